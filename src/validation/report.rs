//! The findings as lines for the terminal, as a CSV file and as a page.

use std::fmt::Write as _;

use super::fact::{Estimate, Kind, Measure};
use super::organisations::{Comparison, Line};
use super::{Finding, Suite};

/// Facts of a kind: measured, and of these in their band.
pub fn count(findings: &[Finding], kind: Kind) -> (usize, usize) {
    let verdicts: Vec<bool> = findings
        .iter()
        .filter(|f| f.fact.kind == kind)
        .filter_map(Finding::holds)
        .collect();
    (verdicts.len(), verdicts.iter().filter(|v| **v).count())
}

fn number(x: f64) -> String {
    if x == f64::INFINITY {
        "∞".to_owned()
    } else if x == f64::NEG_INFINITY {
        "-∞".to_owned()
    } else if x.abs() >= 100.0 {
        format!("{x:.0}")
    } else if x.abs() >= 10.0 {
        format!("{x:.1}")
    } else if x.abs() >= 1.0 {
        format!("{x:.2}")
    } else {
        format!("{x:.3}")
    }
}

fn band((low, high): (f64, f64)) -> String {
    if low == f64::NEG_INFINITY && high == f64::INFINITY {
        "none".to_owned()
    } else if high == f64::INFINITY {
        format!("at least {}", number(low))
    } else if low == f64::NEG_INFINITY {
        format!("at most {}", number(high))
    } else {
        format!("{} to {}", number(low), number(high))
    }
}

fn interval(estimate: Option<Estimate>) -> String {
    match estimate {
        Some(e) if e.lower.is_finite() => {
            format!(
                "{} ({} to {})",
                number(e.value),
                number(e.lower),
                number(e.upper)
            )
        }
        Some(e) => number(e.value),
        None => String::new(),
    }
}

/// In or out, with a question mark where the interval crosses an end of the band.
pub fn verdict(finding: &Finding) -> &'static str {
    match (finding.fact.kind, finding.fact.measure, finding.holds()) {
        (_, Measure::Not(_), _) => "not measured",
        (Kind::Hypothesis, ..) => "hypothesis",
        (_, _, None) => "no value",
        (_, _, Some(true)) if finding.is_clear() => "in",
        (_, _, Some(true)) => "in?",
        (_, _, Some(false)) if finding.is_clear() => "OUT",
        (_, _, Some(false)) => "OUT?",
    }
}

/// Sentences that sum the findings up.
pub fn summary(findings: &[Finding]) -> String {
    let mut text = String::new();
    for (kind, what) in [
        (Kind::HeldOut, "grade: facts that were not tuned to"),
        (Kind::Calibrated, "facts that defaults are tuned to"),
        (Kind::Direction, "signs and orders"),
        (Kind::Identity, "identities"),
    ] {
        let (measured, inside) = count(findings, kind);
        let all = findings.iter().filter(|f| f.fact.kind == kind).count();
        let share = if measured > 0 {
            format!(" ({:.0} %)", 100.0 * inside as f64 / measured as f64)
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "[{}] {what}: {inside} of {measured} in band{share}, {} not measured",
            kind.word(),
            all - measured
        );
    }
    text
}

/// One line a fact, for the terminal.
pub fn lines(findings: &[Finding]) -> String {
    let mut text = String::new();
    let mut topic = "";
    for f in findings {
        if f.topic != topic {
            topic = f.topic;
            let _ = writeln!(text, "\n{topic}");
        }
        let value = match f.fact.measure {
            Measure::Not(why) => why.to_owned(),
            _ => interval(f.judged()),
        };
        let _ = writeln!(
            text,
            "{:12} {:5} {:10} {} | band {} | {} | {}",
            verdict(f),
            f.fact.id,
            f.fact.kind.word(),
            f.fact.what,
            band(f.fact.band),
            value,
            f.fact.evidence
        );
    }
    text
}

/// What the simulated side makes of the real value.
fn times(line: &Line) -> String {
    match (line.real, line.simulated) {
        (Some(real), Some(simulated)) if real != 0.0 => number(simulated.value / real),
        _ => String::new(),
    }
}

/// The organisations, a line a measure, for the terminal.
pub fn organisation_lines(comparisons: &[Comparison]) -> String {
    let mut text =
        "\nReal organisations, each beside firms of the model observed in the same way\n"
            .to_owned();
    for c in comparisons {
        match &c.lines {
            Err(why) => {
                let _ = writeln!(text, "{}: {why}", c.organisation.name);
            }
            Ok(lines) => {
                for line in lines {
                    let _ = writeln!(
                        text,
                        "{:18} {:22} {} | real {} | simulated {} | ratio {}",
                        c.organisation.name,
                        line.layer,
                        line.what,
                        line.real.map_or(String::new(), number),
                        interval(line.simulated),
                        times(line)
                    );
                }
            }
        }
    }
    text
}

/// The organisations as a section of the page, in Markdown.
pub fn organisation_section(comparisons: &[Comparison], seeds: u64) -> String {
    let mut text = format!(
        "\n### Real organisations\n\nThe same code measures their data and the survey or trace of {seeds} simulated firms each, whose people begin as \
         strangers on posts like theirs. No band, nothing tuned; `src/validation/organisations/` says what stands beside what.\n"
    );
    for c in comparisons {
        let _ = writeln!(text, "\n**{}**", c.organisation.name);
        match &c.lines {
            Err(why) => {
                let _ = writeln!(text, "\n{why}");
            }
            Ok(lines) => {
                let _ = writeln!(
                    text,
                    "\n| Layer | Measured | Real | Simulated (interval) | Simulated over real |\n|---|---|---|---|---|"
                );
                for line in lines {
                    let _ = writeln!(
                        text,
                        "| {} | {} | {} | {} | {} |",
                        line.layer,
                        line.what,
                        line.real.map_or(String::new(), number),
                        interval(line.simulated),
                        times(line)
                    );
                }
            }
        }
    }
    text
}

/// The file `validation.csv`.
///
/// # Errors
/// When a row cannot be written.
pub fn csv(findings: &[Finding]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "topic", "id", "kind", "evidence", "what", "low", "high", "people", "value", "lower",
        "upper", "runs", "verdict", "reason",
    ])?;
    let cell = |x: f64| {
        if x.is_finite() {
            format!("{x}")
        } else {
            String::new()
        }
    };
    for f in findings {
        let fact = &f.fact;
        let mut row = |people: String, e: Option<Estimate>, verdict: &str, reason: &str| {
            writer.write_record([
                f.topic,
                fact.id,
                fact.kind.word(),
                fact.evidence,
                fact.what,
                &cell(fact.band.0),
                &cell(fact.band.1),
                &people,
                &e.map_or(String::new(), |e| cell(e.value)),
                &e.map_or(String::new(), |e| cell(e.lower)),
                &e.map_or(String::new(), |e| cell(e.upper)),
                &e.map_or(String::new(), |e| e.runs.to_string()),
                verdict,
                reason,
            ])
        };
        if let Measure::Not(why) = fact.measure {
            row(String::new(), None, "not measured", why)?;
        }
        let judged = f.judged();
        for (people, e) in &f.estimates {
            let is_judged = *e == judged;
            row(
                people.to_string(),
                *e,
                if is_judged { verdict(f) } else { "" },
                "",
            )?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

/// The tables of the page, in Markdown.
pub fn markdown(findings: &[Finding], suite: &Suite) -> String {
    let mut text = String::new();
    let sizes: Vec<String> = suite
        .firms
        .iter()
        .map(|r| format!("{} people ({} seeds)", r.people, r.seeds))
        .collect();
    let _ = writeln!(
        text,
        "Default firm: {}, {} years each. Contrasts: {} people, {} years, {} seeds, the same seed on both sides. Long \
         run: {} people, {} years, {} seeds. Published model of promotions: {} years, {} seeds. Intervals: 95 %, jackknife over seeds. `?`: the interval crosses an end of \
         the band.\n",
        sizes.join(", "),
        suite.firms.first().map_or(0, |r| r.years),
        suite.contrasts.people,
        suite.contrasts.years,
        suite.contrasts.seeds,
        suite.long.people,
        suite.long.years,
        suite.long.seeds,
        suite.published.years,
        suite.published.seeds
    );
    for line in summary(findings).lines() {
        let _ = writeln!(text, "- {line}");
    }
    let mut topic = "";
    let measured = |f: &&Finding| {
        !matches!(f.fact.measure, Measure::Not(_)) && f.fact.kind != Kind::Hypothesis
    };
    for f in findings.iter().filter(measured) {
        if f.topic != topic {
            topic = f.topic;
            let _ = writeln!(
                text,
                "\n### {topic}\n\n| Id | Measured | Kind | Band | Value (interval) | | Other sizes | Evidence |\n|---|---|---|---|---|---|---|---|"
            );
        }
        let judged = f.judged();
        let others: Vec<String> = f
            .estimates
            .iter()
            .filter(|(_, e)| *e != judged)
            .filter_map(|(people, e)| Some(format!("{people}: {}", number(e.as_ref()?.value))))
            .collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            f.fact.id,
            f.fact.what,
            f.fact.kind.word(),
            band(f.fact.band),
            interval(judged),
            verdict(f),
            others.join("; "),
            f.fact.evidence
        );
    }
    let _ = writeln!(
        text,
        "\n### Hypotheses of the model, without evidence\n\n| Id | What the model says | Value (interval) |\n|---|---|---|"
    );
    for f in findings.iter().filter(|f| f.fact.kind == Kind::Hypothesis) {
        let value = match f.fact.measure {
            Measure::Not(why) => why.to_owned(),
            _ => interval(f.judged()),
        };
        let _ = writeln!(text, "| {} | {} | {value} |", f.fact.id, f.fact.what);
    }
    let _ = writeln!(
        text,
        "\n### Not measured\n\n| Id | What | Kind | Why not |\n|---|---|---|---|"
    );
    for f in findings {
        if let Measure::Not(why) = f.fact.measure
            && f.fact.kind != Kind::Hypothesis
        {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {why} |",
                f.fact.id,
                f.fact.what,
                f.fact.kind.word()
            );
        }
    }
    text
}
