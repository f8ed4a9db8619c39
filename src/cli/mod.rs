//! The command line: one file a subcommand. Only here is anything printed.

mod chart;
mod chart_experiment;
mod chart_run;
mod chart_runs;
mod check;
mod cluster;
mod collect;
mod experiment;
mod experiment_arguments;
mod experiment_progress;
mod experiment_text;
mod explain;
mod imports;
mod interrupt;
mod kind;
mod measure;
mod new;
mod output;
mod presentation;
mod progress;
mod quoting;
mod refusals;
mod results;
mod run;
mod schema;
mod shard;
mod shard_number;
mod showing;
mod story;
mod study;
mod threads;
mod twin;
mod validate;
mod verify;
mod verify_experiment;
mod workshop;

use clap::{Parser, Subcommand};

/// Simulate alliances at work: a firm of people who relate authentically, transactionally or hardly at all.
#[derive(Debug, Parser)]
#[command(name = "allies", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Run),
    Check(check::Check),
    Explain(explain::Explain),
    Schema(schema::Schema),
    New(new::New),
    Measure(measure::MeasureArguments),
    Chart(chart::Chart),
    Story(story::StoryArguments),
    Workshop(workshop::Workshop),
    Verify(verify::Verify),
    Experiment(experiment_arguments::ExperimentArguments),
    Collect(collect::Collect),
    Cluster(cluster::Cluster),
    Twin(twin::TwinArguments),
    Validate(validate::Validate),
}

/// Parses the command line, runs the command, prints an error once; the exit code.
pub fn main() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // help and version are no errors; both may meet a closed pipe
            let code = if error.use_stderr() {
                output::WRONG_INPUT
            } else {
                output::FINE
            };
            drop(error.print());
            return code;
        }
    };
    let done = match &arguments.command {
        Command::Run(command) => run::run(command),
        Command::Check(command) => check::run(command),
        Command::Explain(command) => explain::run(command).map_err(Into::into),
        Command::Schema(command) => schema::run(command).map_err(Into::into),
        Command::New(command) => new::run(command).map_err(Into::into),
        Command::Measure(command) => measure::run(command).and_then(|said| {
            output::print(&said)?;
            Ok(output::FINE)
        }),
        Command::Chart(command) => chart::run(command).map_err(Into::into),
        Command::Workshop(command) => workshop::run(command),
        Command::Story(command) => story::run(command).map_err(Into::into),
        Command::Verify(command) => verify::run(command),
        Command::Experiment(command) => experiment::run(command),
        Command::Collect(command) => collect::run(command),
        Command::Cluster(command) => cluster::run(command),
        Command::Twin(command) => twin::run(command),
        Command::Validate(command) => validate::run(command),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            let code = fault_of(&error);
            drop(output::print_error(&format!(
                "error: {}\n",
                with_causes(&error)
            )));
            code
        }
    }
}

/// The exit code of an error.
fn fault_of(error: &anyhow::Error) -> u8 {
    use crate::experiment::RunError;
    use crate::records::{Error, Fault};
    if let Some(RunError::Interrupted { .. } | RunError::InterruptedWriting) = error.downcast_ref()
    {
        return output::INTERRUPTED;
    }
    if error.is::<measure::WrongInput>() {
        return output::WRONG_INPUT;
    }
    match error.downcast_ref::<Error>().map(Error::fault) {
        Some(Fault::WrongInput) => output::WRONG_INPUT,
        _ => output::FAILED,
    }
}

/// An error with its causes; a cause that the text names already is not said again.
fn with_causes(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text += &format!(": {cause}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    #[test]
    fn an_interruption_while_results_are_written_is_told_as_one() {
        let error = super::run::stopped(&AtomicBool::new(true)).unwrap_err();
        assert_eq!(super::fault_of(&error), super::output::INTERRUPTED);
        assert_eq!(
            error.to_string(),
            "interrupted while the results were written"
        );
        assert!(super::run::stopped(&AtomicBool::new(false)).is_ok());
    }

    #[test]
    fn a_cause_that_is_named_already_is_not_said_again() {
        let cause = || std::io::Error::other("disk full");
        let error = anyhow::Error::new(cause()).context("a: cannot write: disk full");
        assert_eq!(super::with_causes(&error), "a: cannot write: disk full");
        let error = anyhow::Error::new(cause()).context("cannot draw the charts");
        assert_eq!(
            super::with_causes(&error),
            "cannot draw the charts: disk full"
        );
    }
}
