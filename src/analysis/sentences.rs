//! What happened, in sentences with numbers: for the terminal, the charts' titles and the report.
//!
//! A difference is named only where the 95 % intervals lie apart; otherwise the words say that there
//! is none that this run could show.

use super::intervals::Interval;
use super::{Analysis, Change, OutcomeCounts, PromotionRecord, Survival};

/// The three sentences for the terminal: promotions, restructurings, personas.
pub(super) fn three(analysis: &Analysis) -> [String; 3] {
    [
        promotions(analysis),
        restructurings(analysis),
        personas(analysis),
    ]
}

fn promotions(analysis: &Analysis) -> String {
    let parts: Vec<String> = analysis
        .promotions
        .by_strategy
        .iter()
        .filter_map(|record| {
            let rate = record.rate?;
            Some(format!(
                "{} {:.1} ({:.1} to {:.1}; {} in {:.0} employee-years)",
                record.strategy,
                rate.estimate,
                rate.lower,
                rate.upper,
                promotions_word(record.promotions),
                record.employee_years
            ))
        })
        .collect();
    if parts.is_empty() {
        return "Promotions: the tables show nobody employed.".into();
    }
    format!(
        "Promotions per 100 employee-years, with 95 % intervals: {}. {}.",
        parts.join(", "),
        promotion_finding(&analysis.promotions.by_strategy)
    )
}

fn promotions_word(count: usize) -> String {
    counted(count, "promotion", "promotions")
}

/// A number with its noun.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The finding about promotions, without a full stop.
pub fn promotion_finding(records: &[PromotionRecord]) -> String {
    let mut rated: Vec<(&PromotionRecord, Interval)> = records
        .iter()
        .filter_map(|record| Some((record, record.rate?)))
        .collect();
    if rated.iter().all(|(record, _)| record.promotions == 0) {
        return "Nobody was promoted in this run".into();
    }
    if let [(record, rate)] = rated[..] {
        return format!(
            "People with the {} strategy got {:.1} promotions per 100 employee-years",
            record.strategy, rate.estimate
        );
    }
    rated.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
    let (top, bottom) = (rated[0], rated[rated.len() - 1]);
    let numbers = |a: Interval, b: Interval| {
        format!(
            "{:.1} against {:.1} promotions per 100 employee-years",
            a.estimate, b.estimate
        )
    };
    if !top.1.overlaps(&rated[1].1) {
        format!(
            "{} people were promoted most often: {} among {} people",
            capitalised(&top.0.strategy),
            numbers(top.1, rated[1].1),
            rated[1].0.strategy
        )
    } else if top.1.overlaps(&bottom.1) {
        "No clear difference in promotions between the strategies in this run".into()
    } else {
        format!(
            "{} people were promoted less often than {} people: {}",
            capitalised(&bottom.0.strategy),
            top.0.strategy,
            numbers(bottom.1, top.1)
        )
    }
}

fn restructurings(analysis: &Analysis) -> String {
    let found = &analysis.restructurings;
    if found.each.is_empty() {
        return "Restructurings: none in this run.".into();
    }
    let parts: Vec<String> = found
        .pooled
        .iter()
        .filter_map(|counts| {
            let worse = counts.worse()?;
            Some(format!(
                "{} {:.0} % ({:.0} to {:.0} %; {} people)",
                counts.strategy,
                worse.estimate * 100.0,
                worse.lower * 100.0,
                worse.upper * 100.0,
                counts.people()
            ))
        })
        .collect();
    format!(
        "{} affected {}; worse off after it (less desirable post or dismissed): {}. {}.",
        counted(found.each.len(), "restructuring", "restructurings"),
        counted(found.people(), "person", "people"),
        parts.join(", "),
        outcome_finding(&found.pooled)
    )
}

/// The finding about restructurings, without a full stop.
pub fn outcome_finding(pooled: &[OutcomeCounts]) -> String {
    let mut shares: Vec<(&OutcomeCounts, Interval)> = pooled
        .iter()
        .filter_map(|counts| Some((counts, counts.worse()?)))
        .collect();
    if shares.is_empty() {
        return "No restructuring affected anybody in this run".into();
    }
    if let [(counts, worse)] = shares[..] {
        return format!(
            "{:.0} % of the {} people affected ended worse off",
            worse.estimate * 100.0,
            counts.strategy
        );
    }
    shares.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
    let (top, bottom) = (shares[0], shares[shares.len() - 1]);
    if top.1.overlaps(&bottom.1) {
        return "No clear difference between the strategies in who ended worse off after \
                restructurings"
            .into();
    }
    format!(
        "{} people ended worse off after restructurings more often than {} people: {:.0} % against \
         {:.0} %",
        capitalised(&top.0.strategy),
        bottom.0.strategy,
        top.1.estimate * 100.0,
        bottom.1.estimate * 100.0
    )
}

/// The finding about constraint before and after, without a full stop.
pub fn constraint_finding(reassigned: &Change, others: &Change, occasion: &str) -> String {
    let whose = if reassigned.people > 0 {
        "people who changed posts"
    } else {
        "people"
    };
    let change = if reassigned.people > 0 {
        reassigned
    } else {
        others
    };
    match change.interval {
        Some(interval) if interval.lower > 0.0 || interval.upper < 0.0 => {
            let up = interval.estimate > 0.0;
            let mut text = format!(
                "Constraint {} for most {whose} {occasion}, by {:.2} in the median",
                if up { "rose" } else { "fell" },
                interval.estimate.abs(),
            );
            if reassigned.people > 0
                && let Some(other) = others.interval
            {
                let rest = if other.overlaps(&interval) {
                    "; no clear difference from the others".to_owned()
                } else if other.estimate.abs() < 0.005 {
                    "; that of the others hardly changed".to_owned()
                } else {
                    let way = if other.estimate > 0.0 { "rose" } else { "fell" };
                    format!("; that of the others {way} by {:.2}", other.estimate.abs())
                };
                text.push_str(&rest);
            }
            text
        }
        Some(_) => format!("No clear change in the constraint of {whose} {occasion}"),
        None if change.people == 0 => {
            format!("Where people stood in the network {occasion}")
        }
        None => format!(
            "Where people stood in the network {occasion}: too few changed posts ({}) to tell a change",
            change.people
        ),
    }
}

/// The finding about the survival of ties, without a full stop.
pub fn survival_finding(reassigned: &Survival, others: &Survival, occasion: &str) -> String {
    let percent = |share: Interval| format!("{:.0} %", share.estimate * 100.0);
    match (reassigned.share(), others.share()) {
        (Some(moved), Some(stayed)) if moved.overlaps(&stayed) => format!(
            "No clear difference: people who changed posts kept {} of their ties {occasion}, others {}",
            percent(moved),
            percent(stayed)
        ),
        (Some(moved), Some(stayed)) => format!(
            "People who changed posts kept {} of their ties {occasion}, others {}",
            percent(moved),
            percent(stayed)
        ),
        (Some(share), None) | (None, Some(share)) => {
            format!("{} of the ties were kept {occasion}", percent(share))
        }
        (None, None) => format!("The network {occasion}"),
    }
}

fn personas(analysis: &Analysis) -> String {
    if analysis.personas.is_empty() {
        return "Personas: the scenario names none.".into();
    }
    let parts: Vec<String> = analysis
        .personas
        .iter()
        .map(|career| {
            let end = match (&career.exit, &career.last_post) {
                (Some(exit), _) => format!("{} in {}", exit.text, exit.when()),
                (None, Some(post)) => format!("ends as {post}"),
                (None, None) => "is still there".into(),
            };
            format!(
                "{} ({}): {}, {}, {end}",
                career.name,
                career.strategy,
                promotions_word(career.promotions),
                counted(career.reassignments, "reassignment", "reassignments"),
            )
        })
        .collect();
    format!("Personas: {}.", parts.join("; "))
}

/// The word with its first letter as a capital.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(strategy: &str, promotions: usize, employee_years: f64) -> PromotionRecord {
        PromotionRecord {
            strategy: strategy.into(),
            people: 10,
            employee_years,
            promotions,
            rate: Some(super::super::intervals::poisson(promotions).scaled(100.0 / employee_years)),
            cumulative: Vec::new(),
        }
    }

    #[test]
    fn overlapping_intervals_are_no_finding() {
        let text =
            promotion_finding(&[record("authentic", 6, 100.0), record("isolated", 3, 100.0)]);
        assert_eq!(
            text,
            "No clear difference in promotions between the strategies in this run"
        );
    }

    #[test]
    fn a_difference_is_named_with_its_numbers() {
        let text = promotion_finding(&[
            record("authentic", 60, 500.0),
            record("isolated", 5, 500.0),
            record("transactional", 10, 500.0),
        ]);
        assert!(text.starts_with("Authentic people were promoted most often: 12.0 against 2.0"));
        let between = promotion_finding(&[
            record("authentic", 60, 500.0),
            record("isolated", 5, 500.0),
            record("transactional", 50, 500.0),
        ]);
        assert!(between.starts_with("Isolated people were promoted less often than authentic"));
        let nobody = promotion_finding(&[record("authentic", 0, 9.0), record("isolated", 0, 9.0)]);
        assert_eq!(nobody, "Nobody was promoted in this run");
    }

    #[test]
    fn few_people_moved_gives_no_claim() {
        let few = Change {
            people: 2,
            median: Some(0.4),
            interval: None,
        };
        let text = constraint_finding(&few, &Change::default(), "after restructuring 1");
        assert!(text.contains("too few"), "{text}");
        let moved = Survival {
            before: 10,
            kept: 6,
        };
        let stayed = Survival {
            before: 10,
            kept: 8,
        };
        assert!(survival_finding(&moved, &stayed, "x").starts_with("No clear difference"));
    }
}
