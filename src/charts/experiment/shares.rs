//! Chart `shares`: which mechanisms make a contrast.

use super::super::dots::{self, Dot, Dots, Row};
use super::super::style::strategy_styles;
use super::{Content, Drawing, Table, cells, row, whole};
use crate::analysis::Interval;
use crate::analysis::study::{attribution_finding, called_mechanism, is_of_several};
use crate::language::real;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let Some(attributed) = study.attributions.first() else {
        return table.skip("experiment.skipped.no_ablation");
    };
    let title = attribution_finding(study, attributed, table.language);
    let found = &attributed.found;
    let look = strategy_styles(&[String::new()])[0];
    let shares = found.players.iter().all(|player| player.share.is_some());
    let mut parts: Vec<(&str, Interval, Option<Interval>)> = attributed
        .mechanisms
        .iter()
        .zip(&found.players)
        .map(|(name, player)| (name.as_str(), player.value, player.share))
        .collect();
    parts.sort_by(|a, b| b.1.estimate.abs().total_cmp(&a.1.estimate.abs()));
    let rest = table.say("experiment.shares.rest", &[]);
    parts.push((&rest, found.none, found.none_share));
    let mut csv = vec![row([
        "mechanism",
        "value",
        "lower",
        "upper",
        "share",
        "share_lower",
        "share_upper",
    ])];
    let mut rows = Vec::new();
    for (name, value, share) in parts {
        let empty = || vec![String::new(); 3];
        let share_cells = share
            .as_ref()
            .map_or_else(empty, |share| cells(share).to_vec());
        csv.push([row([name]), cells(&value).to_vec(), share_cells].concat());
        let (interval, words) = match share {
            Some(share) if shares => {
                let percent = share.scaled(100.0);
                let Interval {
                    estimate,
                    lower,
                    upper,
                } = percent;
                (
                    percent,
                    table.say(
                        "experiment.percent",
                        &[
                            ("estimate", real(estimate, 0)),
                            ("lower", real(lower, 0)),
                            ("upper", real(upper, 0)),
                        ],
                    ),
                )
            }
            _ => (value, table.interval(&value)),
        };
        rows.push(Row::Dot(Dot {
            look,
            name: called_mechanism(name, table.language),
            interval,
            value: words,
            open: interval.lower <= 0.0 && interval.upper >= 0.0,
        }));
    }
    let mut outcome = study.outcomes[attributed.outcome].title.clone();
    if is_of_several(study) {
        outcome = format!("{outcome}, {}", attributed.of);
    }
    let own = [
        ("outcome", outcome.into()),
        ("runs", found.replicates.into()),
    ];
    let subtitle = table.say("experiment.shares.subtitle", &own);
    let mut note = table.say("experiment.shares.note", &[table.confidence()]);
    if found.players.iter().any(|player| player.sampling.is_some()) {
        note += &format!(" {}", table.say("experiment.shares.sampled", &[]));
    }
    let content = table.content((title, subtitle, vec![note]), "experiment.dots", csv);
    let axis = if shares {
        table.say("experiment.shares.axis", &[])
    } else {
        table.say("experiment.shares.axis_value", &[])
    };
    let mut sheet = table.sheet(&content.words);
    let x = whole(&rows);
    let dots = Dots {
        rows: &rows,
        x: (x.0.min(0.0), x.1.max(0.0)),
        x_title: &axis,
        reference: Some(0.0),
    };
    let room = sheet.room;
    dots::draw(&mut sheet, room, &dots, table.language);
    Ok((content, sheet.finished()))
}
