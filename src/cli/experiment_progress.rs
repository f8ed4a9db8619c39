//! Progress of an experiment: runs done, time left, failures, and the headline contrast so far.

use std::time::Instant;

use super::experiment_text::spent;
use super::output::print_error;
use crate::experiment::{Progress, difference};

/// Progress: a line that is written over on a terminal, a line for each tenth elsewhere, nothing when quiet.
pub(super) struct Watch {
    bar: Option<indicatif::ProgressBar>,
    lines: bool,
    tenth: usize,
    last: Option<Instant>,
}

impl Watch {
    pub(super) fn new(quiet: bool) -> Self {
        use std::io::IsTerminal as _;
        let terminal = std::io::stderr().is_terminal();
        let bar = (!quiet && terminal).then(|| {
            let bar = indicatif::ProgressBar::new(0);
            let style = indicatif::ProgressStyle::with_template("{msg}\n{wide_bar} {pos} of {len}");
            bar.set_style(style.unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()));
            bar
        });
        Self {
            bar,
            lines: !quiet && !terminal,
            tenth: 0,
            last: None,
        }
    }

    pub(super) fn tell(&mut self, progress: &Progress<'_>) {
        let &Progress { done, runs, .. } = progress;
        let tenth = done * 10 / runs.max(1);
        let due = self
            .last
            .is_none_or(|last| last.elapsed().as_millis() > 500);
        if let Some(bar) = &self.bar {
            if due || done == runs {
                bar.set_length(runs as u64);
                bar.set_position(done as u64);
                bar.set_message(line(progress));
                self.last = Some(Instant::now());
            }
        } else if self.lines && tenth > self.tenth {
            drop(print_error(&format!(
                "{done} of {runs} runs, {}\n",
                line(progress)
            )));
        }
        self.tenth = tenth.max(self.tenth);
    }

    pub(super) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Time left, failures and the headline contrast so far.
fn line(progress: &Progress<'_>) -> String {
    let &Progress {
        plan,
        results,
        done,
        runs,
        failed,
        now: (here, seconds),
    } = progress;
    let left = seconds / here.max(1) as f64 * (runs - done.min(runs)) as f64;
    let mut line = format!("{} left, {failed} failed", spent(left));
    if let Some(d) = difference(plan, results, 0, 0, plan.file.replicates) {
        line += &format!(
            "; {} in {}: {:.3} [{:.3} to {:.3}]",
            plan.contrasts[0].0,
            plan.outcomes[0].name,
            d.difference.estimate,
            d.difference.lower,
            d.difference.upper
        );
    }
    line
}
