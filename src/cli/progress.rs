//! Progress of one run, or of the runs of a workshop.

use super::output::print_error;

/// A bar with the time left on a terminal, a line for each tenth elsewhere where it takes long, nothing when quiet.
pub(super) struct Progress {
    bar: Option<indicatif::ProgressBar>,
    /// What is counted, such as "week".
    unit: &'static str,
    lines: bool,
    first: Option<i32>,
    told: i32,
}

impl Progress {
    pub(super) fn new(quiet: bool, unit: &'static str, long: bool) -> Self {
        use std::io::IsTerminal as _;
        let terminal = std::io::stderr().is_terminal();
        let bar = (!quiet && terminal).then(|| {
            let bar = indicatif::ProgressBar::new(0);
            let form = format!("{unit} {{pos}} of {{len}} {{wide_bar}} {{eta}} left");
            let style = indicatif::ProgressStyle::with_template(&form);
            bar.set_style(style.unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()));
            bar
        });
        Self {
            bar,
            unit,
            lines: !quiet && !terminal && long,
            first: None,
            told: 0,
        }
    }

    /// So many of all are done; what is below 0 at first, such as weeks of a burn-in, counts as well.
    pub(super) fn tell(&mut self, done: i32, all: i32) {
        let first = *self.first.get_or_insert(done.min(0));
        if let Some(bar) = &self.bar {
            bar.set_length(i64::from(all - first) as u64);
            bar.set_position(i64::from(done - first) as u64);
        }
        let tenth = (done - first) * 10 / (all - first).max(1);
        if self.lines && tenth > self.told {
            self.told = tenth;
            drop(print_error(&format!("{} {done} of {all}\n", self.unit)));
        }
    }

    pub(super) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
