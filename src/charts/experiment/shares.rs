//! Chart `shares`: which mechanisms make a contrast.

use super::super::dots::{self, Dot, Dots, Row};
use super::super::sheet::Words;
use super::super::style::strategy_styles;
use super::{Content, Drawing, Table, cells, row};
use crate::analysis::Interval;
use crate::analysis::study::{attribution_finding, with_interval};
use crate::language::Language;

pub(super) fn chart<'a>(table: &Table<'a>) -> Result<(Content, Drawing<'a>), String> {
    let study = table.study;
    let Some(attributed) = study.attributions.first() else {
        return Err("the experiment has no ablation section".to_owned());
    };
    let title = attribution_finding(study, attributed);
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
    parts.push(("with all of them off", found.none, found.none_share));
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
                    format!("{estimate:.0} % ({lower:.0} to {upper:.0})"),
                )
            }
            _ => (value, with_interval(&value)),
        };
        rows.push(Row::Dot(Dot {
            look,
            name: name.to_owned(),
            interval,
            value: words,
            open: interval.lower <= 0.0 && interval.upper >= 0.0,
        }));
    }
    let content = Content {
        words: Words {
            title: title.clone(),
            subtitle: format!(
                "{}, {}: Shapley values of mechanisms switched off alone and together, {} replicates of the same luck",
                study.outcomes[attributed.outcome].title, attributed.of, found.replicates
            ),
            notes: vec![format!(
                "A share is what a mechanism adds, averaged over all orders of switching on, by the whole contrast; \
                 shares add up with what is left when all are off, and one below zero works against the contrast. \
                 {:.0} % intervals over replicates; hollow marks: the interval includes zero.",
                study.confidence * 100.0
            )],
        },
        alt: format!("Dot chart with intervals. {title}."),
        caption: format!("{title}."),
        csv,
    };
    let mut sheet = table.sheet(&content.words);
    let x = dots::range(&rows, None);
    let dots = Dots {
        rows: &rows,
        x: (x.0.min(0.0), x.1.max(0.0)),
        x_title: if shares {
            "share of the contrast [%]"
        } else {
            "value [unit of the outcome]"
        },
        reference: Some(0.0),
    };
    let room = sheet.room;
    dots::draw(&mut sheet, room, &dots, Language::ENGLISH);
    Ok((content, sheet.picture))
}
