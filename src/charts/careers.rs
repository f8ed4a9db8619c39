//! Chart `careers`: everybody's level over the years as faint paths, in colour where it changed, personas on top.

use super::axes::{Scale, plain};
use super::desk::{Desk, cells};
use super::labels::spread;
use super::lettering::Weight;
use super::picture::{Align, Area, Stroke, Type};
use super::sheet::{Sheet, Words};
use super::style::{Mark, Role};
use super::{Content, Drawing};
use crate::analysis::{Life, wilson};
use crate::language::real;
use crate::units::WEEKS_PER_YEAR;

/// Faint paths drawn at most, evenly over everybody.
const MOST_FAINT: usize = 160;
/// Personas drawn at most.
const MOST_NAMED: usize = 8;

fn year(week: i32) -> f64 {
    f64::from(week) / f64::from(WEEKS_PER_YEAR)
}

/// The chart, or why there is nothing to draw.
pub(super) fn chart<'a>(desk: &Desk<'a>) -> Result<(Content, Drawing<'a>), String> {
    let analysis = desk.analysis;
    let lives = &analysis.lives;
    if lives.is_empty() || analysis.ladder.is_empty() || desk.years() <= 0.0 {
        return Err(desk.say("skipped.no_levels", &[]));
    }
    let start: Vec<&Life> = lives.iter().filter(|life| life.first == 0).collect();
    let rank = |level: Option<&str>| {
        analysis
            .ladder
            .iter()
            .position(|l| Some(l.as_str()) == level)
    };
    let risen = start
        .iter()
        .filter(|life| rank(life.level(i32::MAX)) > rank(life.level(0)))
        .count();
    let gone = start.iter().filter(|life| life.exit.is_some()).count();
    let share = wilson(risen, start.len());
    let title = match share {
        Some(share) => desk.say(
            "careers.title",
            &[
                ("n", start.len().into()),
                ("risen", desk.language.percent(share.estimate).into()),
                ("years", real(desk.years(), 0)),
            ],
        ),
        None => desk.say("careers.plain", &[]),
    };
    let mut csv = vec![cells([
        "employee", "name", "strategy", "persona", "year", "level", "exit",
    ])];
    for life in lives {
        for (week, level) in &life.levels {
            csv.push(vec![
                life.employee.to_string(),
                life.name.clone().unwrap_or_default(),
                life.strategy.clone(),
                life.persona.to_string(),
                format!("{:.4}", year(*week)),
                level.clone(),
                String::new(),
            ]);
        }
        if let Some(exit) = &life.exit {
            csv.push(vec![
                life.employee.to_string(),
                life.name.clone().unwrap_or_default(),
                life.strategy.clone(),
                life.persona.to_string(),
                format!("{:.4}", year(life.end)),
                String::new(),
                exit.clone(),
            ]);
        }
    }
    let careers: Vec<String> = analysis.sentences(desk.language)[2..].to_vec();
    let subtitle = desk.say(
        "careers.subtitle",
        &[
            ("people", desk.people(start.len()).into()),
            ("gone", gone.into()),
            ("shown", faint(lives).len().into()),
        ],
    );
    let content = Content {
        words: Words {
            title,
            subtitle,
            notes: vec![format!(
                "{} {}",
                desk.say("careers.note", &[]),
                desk.one_run()
            )],
        },
        alt: desk.say("careers.alt", &[("careers", careers.join(" ").into())]),
        caption: careers.join(" "),
        csv,
    };
    let mut sheet = desk.sheet(&content.words);
    sheet.key(&desk.key());
    draw(desk, &mut sheet);
    Ok((content, sheet.finished()))
}

/// People drawn faintly: all of a small firm, every so many of a large one.
fn faint(lives: &[Life]) -> Vec<&Life> {
    let step = lives.len().div_ceil(MOST_FAINT).max(1);
    lives
        .iter()
        .filter(|life| !life.persona)
        .step_by(step)
        .collect()
}

fn draw(desk: &Desk<'_>, sheet: &mut Sheet<'_>) {
    let em = sheet.em;
    let analysis = desk.analysis;
    let letters = sheet.picture.letters;
    let room = sheet.room;
    let small = 0.8 * em;
    let ladder = &analysis.ladder;
    let names: Vec<String> = ladder
        .iter()
        .map(|level| letters.shorten(level, Weight::Regular, small, 9.0 * em))
        .collect();
    let left = names
        .iter()
        .map(|name| letters.width(name, Weight::Regular, small))
        .fold(0.0, f32::max)
        + 0.8 * em;
    let personas: Vec<&Life> = analysis
        .lives
        .iter()
        .filter(|l| l.persona)
        .take(MOST_NAMED)
        .collect();
    let labels: Vec<String> = personas
        .iter()
        .map(|life| {
            let name = life
                .name
                .clone()
                .unwrap_or_else(|| life.employee.to_string());
            let name = letters.shorten(&name, Weight::Bold, 0.86 * em, 10.0 * em);
            if life.exit.is_some() {
                desk.say("careers.gone", &[("name", name.into())])
            } else {
                name
            }
        })
        .collect();
    let right = labels
        .iter()
        .map(|name| letters.width(name, Weight::Bold, 0.86 * em))
        .fold(0.0, f32::max);
    let right = if right > 0.0 {
        right + 2.4 * em
    } else {
        0.8 * em
    };
    let plot = Area {
        x: room.x + left,
        y: room.y + 0.3 * em,
        width: (room.width - left - right).max(4.0 * em),
        height: (room.height - 3.2 * em).max(2.0 * em),
    };
    let x = Scale::years(0.0, desk.years(), plot.x, plot.right());
    let lane = plot.height / ladder.len() as f32;
    let lane_of = |level: &str| {
        let rank = ladder.iter().position(|known| known == level).unwrap_or(0);
        plot.bottom() - (rank as f32 + 0.5) * lane
    };
    for (rank, (level, name)) in ladder.iter().zip(&names).enumerate() {
        let y = lane_of(level);
        // Every other lane is shaded: what is within a lane is one level, its height means nothing.
        let band = Area {
            y: y - lane / 2.0,
            height: lane,
            ..plot
        };
        let shade = (rank % 2 == 0).then(|| Role::Region.into());
        sheet.picture.rectangle(band, shade, None);
        let style = Type::new(small, Role::Ink).align(Align::Right);
        sheet
            .picture
            .text(name, (plot.x - 0.5 * em, y + small * 0.36), style);
    }
    let ticks = x.ticks(2.4 * em);
    for tick in &ticks {
        let at = x.place(*tick);
        let line = [(at, plot.bottom()), (at, plot.bottom() + 0.3 * em)];
        sheet
            .picture
            .polyline(&line, Stroke::solid(Role::Muted, 0.06 * em));
        let words = plain(*tick, &ticks, desk.language);
        let style = Type::new(small, Role::Muted).align(Align::Centre);
        sheet
            .picture
            .text(&words, (at, plot.bottom() + 1.2 * em), style);
    }
    let words = desk.say("axis.years", &[]);
    let style = Type::new(0.84 * em, Role::Ink).align(Align::Centre);
    let spot = (plot.x + plot.width / 2.0, plot.bottom() + 2.4 * em);
    sheet.picture.text(&words, spot, style);
    for moment in analysis.restructuring_years() {
        let at = x.place(moment);
        let line = [(at, plot.y), (at, plot.bottom())];
        sheet
            .picture
            .polyline(&line, Stroke::dashed(Role::Muted, 0.06 * em, &[3.0, 3.0]));
    }
    // Everybody has an own height within the lane, so that paths do not hide one another.
    let path = |life: &Life, offset: f32| -> Vec<(f32, f32)> {
        let mut line: Vec<(f32, f32)> = Vec::new();
        for (week, level) in &life.levels {
            let at = (x.place(year(*week)), lane_of(level) + offset);
            if let Some((_, last)) = line.last().copied() {
                line.push((at.0, last));
            }
            line.push(at);
        }
        if let Some((_, last)) = line.last().copied() {
            line.push((x.place(year(life.end)), last));
        }
        line
    };
    let crowd = faint(&analysis.lives);
    let n = crowd.len().max(1) as f32;
    // Those whose level changed are what the title counts: they stand out from those who stayed.
    for changed in [false, true] {
        for (i, life) in crowd.iter().enumerate() {
            if (life
                .levels
                .iter()
                .any(|(_, level)| *level != life.levels[0].1))
                != changed
            {
                continue;
            }
            // Steps of the golden section spread neighbours in the list over the lane.
            let share = (i as f32 * 0.618_034).fract() - 0.5;
            let line = path(life, share * lane * 0.86);
            let stroke = if changed {
                let look = desk.style(&life.strategy);
                let role = look.role;
                Stroke::dashed(role.faint((50.0 / n).clamp(0.6, 0.9)), 0.1 * em, look.dash)
            } else {
                Stroke::solid(Role::Muted.faint((30.0 / n).clamp(0.35, 0.6)), 0.05 * em)
            };
            sheet.picture.polyline(&line, stroke);
        }
    }
    let count = personas.len().max(1) as f32;
    let mut ends = Vec::new();
    for (i, life) in personas.iter().enumerate() {
        let look = desk.style(&life.strategy);
        let offset = ((i as f32 + 0.5) / count - 0.5) * lane * 0.6;
        let line = path(life, offset);
        sheet
            .picture
            .polyline(&line, Stroke::solid(Role::Paper, 0.34 * em));
        sheet
            .picture
            .polyline(&line, Stroke::dashed(look.role, 0.19 * em, look.dash));
        let rim = Stroke::solid(Role::Paper, 0.08 * em);
        for week in &life.promoted {
            let level = life.level(*week).unwrap_or_default();
            let at = (x.place(year(*week)), lane_of(level) + offset);
            let fill = Some(look.role.into());
            sheet
                .picture
                .mark(Mark::Triangle, at, 0.36 * em, fill, Some(rim.clone()));
        }
        for week in &life.reassigned {
            let level = life.level(*week).unwrap_or_default();
            let at = (x.place(year(*week)), lane_of(level) + offset);
            let ring = Stroke::solid(look.role, 0.12 * em);
            let paper = Some(Role::Paper.into());
            sheet
                .picture
                .mark(Mark::Circle, at, 0.34 * em, paper, Some(ring));
        }
        let end = line.last().copied().unwrap_or((plot.x, plot.y));
        if life.exit.is_some() {
            cross(sheet, end, look.role);
        }
        ends.push(end);
    }
    let wishes: Vec<f32> = ends.iter().map(|(_, y)| *y).collect();
    let heights = spread(
        &wishes,
        1.25 * em,
        plot.y + 0.5 * em,
        plot.bottom() - 0.4 * em,
    );
    for (i, life) in personas.iter().enumerate() {
        let look = desk.style(&life.strategy);
        let (at, y) = (plot.right() + 2.0 * em, heights[i]);
        let from = (ends[i].0 + 0.45 * em, ends[i].1);
        let turn = (plot.right() + 0.3 * em, ends[i].1);
        let to = (at - 1.1 * em, y - 0.25 * em);
        // A line from who left early would run along the levels of others; the name says that they left.
        if from.0 >= turn.0 {
            let stroke = Stroke::solid(Role::Muted.faint(0.8), 0.05 * em);
            sheet.picture.polyline(&[from, to], stroke);
        }
        let fill = Some(look.role.into());
        sheet.picture.mark(
            look.mark,
            (at - 0.6 * em, y - 0.25 * em),
            0.32 * em,
            fill,
            None,
        );
        let style = Type::new(0.86 * em, look.role).bold();
        sheet.picture.text(&labels[i], (at, y + 0.03 * em), style);
    }
}

/// The end of a path that left the firm.
fn cross(sheet: &mut Sheet<'_>, (x, y): (f32, f32), role: Role) {
    let r = 0.3 * sheet.em;
    let lines = [
        ((x - r, y - r), (x + r, y + r)),
        ((x - r, y + r), (x + r, y - r)),
    ];
    let width = 0.14 * sheet.em;
    sheet.picture.segments(&lines, Stroke::solid(role, width));
}
