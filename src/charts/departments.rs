//! A large firm's network drawn by department: circles for headcount, lines for bundles of ties, arrows for those who
//! were moved. Departments that differ by a number only share a region with one name.

use super::bundles::widest;
use super::curves::pull;
use super::families::{Family, families};
use super::layout;
use super::lettering::{Letters, Weight};
use super::network_counts::{between_departments, headcounts, most_between, moves};
use super::picture::{Align, Area, Stroke, Type};
use super::region_names::{code, lines};
use super::sheet::Sheet;
use super::style::{Mark, Role};
use crate::analysis::Networks;

/// Flows of moved people drawn at most: more arrows than this are a thicket.
pub(super) const MOST_FLOWS: usize = 24;
/// How far lines bend, as a share of their length; arrows bend further, so that they leave the ties between the same two.
const BEND: f32 = 0.06;
const ARROW_BEND: f32 = 0.16;

/// A named part of the floor with the departments in it.
struct Region {
    area: Area,
    name: String,
    departments: Vec<usize>,
}

/// Middle of a department's circle, and the largest radius that has room there.
struct Spot {
    centre: (f32, f32),
    fits: f32,
}

/// Families as regions, their departments in a grid.
fn shared(families: &[Family], weights: &[f32], hall: Area, em: f32) -> Vec<(Region, Vec<Spot>)> {
    let sum = |family: &Family| family.members.iter().map(|(n, _)| weights[*n]).sum();
    let sums: Vec<f32> = families.iter().map(sum).collect();
    let region = |(family, area): (&Family, Area)| {
        let area = area.inset(0.14 * em);
        let floor = Area {
            y: area.y + 1.35 * em,
            height: (area.height - 1.45 * em).max(0.5 * em),
            ..area
        };
        let spot = |cell: Area| Spot {
            centre: cell.centre(),
            fits: (0.4 * cell.width.min(cell.height)).min(1.1 * em),
        };
        let cells = layout::grid(family.members.len(), floor);
        let region = Region {
            area,
            name: family.name.clone(),
            departments: family.members.iter().map(|(n, _)| *n).collect(),
        };
        (region, cells.into_iter().map(spot).collect())
    };
    let areas = layout::rooms(&sums, hall);
    families.iter().zip(areas).map(region).collect()
}

/// A region for each department.
fn alone(names: &[String], weights: &[f32], hall: Area, em: f32) -> Vec<(Region, Vec<Spot>)> {
    let region = |(n, area): (usize, Area)| {
        let area = area.inset(0.12 * em);
        let spot = Spot {
            centre: (
                area.x + area.width / 2.0,
                area.y + 0.67 * area.height.min(area.width * 1.5),
            ),
            fits: 0.27 * area.width.min(area.height).max(0.4 * em),
        };
        let region = Region {
            area,
            name: names[n].clone(),
            departments: vec![n],
        };
        (region, vec![spot])
    };
    let areas = layout::rooms(weights, hall).into_iter();
    areas.enumerate().map(region).collect()
}

/// Where the departments stand; the same for both panels.
pub(super) struct Map {
    hall: Area,
    regions: Vec<Region>,
    /// Middle of each department's circle.
    centres: Vec<(f32, f32)>,
    /// Number inside each circle; headcounts stand there instead where each department has a region of its own.
    numbers: Option<Vec<String>>,
    /// Letter that stands for each region's name where the name does not fit whole; else the name stands there.
    codes: Vec<Option<String>>,
    /// Radius of the circle of one person, and the least of any circle.
    per_person: f32,
    least: f32,
}

impl Map {
    /// The map, and the names that have no room in it, each after its letter.
    pub(super) fn of(
        found: &Networks,
        hall: Area,
        (letters, em): (&Letters, f32),
    ) -> (Self, Vec<String>) {
        let mut map = Self::named(found, hall, em);
        let size = SIZES[SIZES.len() - 1] * em;
        let mut names = Vec::new();
        for region in &map.regions {
            let fits = lines(letters, &region.name, size, map.room_of_name(region, em)).is_some();
            map.codes.push((!fits).then(|| code(names.len())));
            if !fits {
                let name = format!("{} {}", code(names.len()), region.name);
                names.push(name.replace(' ', "\u{a0}"));
            }
        }
        (map, names)
    }

    /// Width and height that a region has for its name.
    fn room_of_name(&self, region: &Region, em: f32) -> (f32, f32) {
        let height = if self.numbers.is_some() {
            1.55 * em
        } else {
            0.42 * region.area.height
        };
        (region.area.width - 0.3 * em, height)
    }

    fn named(found: &Networks, hall: Area, em: f32) -> Self {
        let before_and_after = [headcounts(found, false), headcounts(found, true)];
        let fullest = |n: usize| before_and_after[0][n].max(before_and_after[1][n]).max(1) as f32;
        let departments = found.departments.len();
        let largest = (0..departments).map(fullest).fold(1.0, f32::max);
        let weights: Vec<f32> = (0..departments)
            .map(|n| fullest(n).max(largest * 0.25))
            .collect();
        let families = families(&found.departments);
        let placed: Vec<(Region, Vec<Spot>)> = if let Some(families) = &families {
            shared(families, &weights, hall, em)
        } else {
            alone(&found.departments, &weights, hall, em)
        };
        let mut centres = vec![(0.0, 0.0); departments];
        let mut fits = vec![0.0_f32; departments];
        let mut regions = Vec::with_capacity(placed.len());
        for (region, spots) in placed {
            for (n, spot) in region.departments.iter().zip(spots) {
                centres[*n] = spot.centre;
                fits[*n] = spot.fits;
            }
            regions.push(region);
        }
        // One scale for both panels and all departments: the one with least room for its people decides.
        let scale = |(n, fits): (usize, &f32)| fits / fullest(n).sqrt();
        let per_person = fits.iter().enumerate().map(scale);
        let tightest = fits.iter().copied().fold(f32::INFINITY, f32::min);
        Self {
            per_person: per_person.fold(f32::INFINITY, f32::min),
            least: if families.is_some() {
                (0.44 * em).min(tightest)
            } else {
                0.0
            },
            numbers: families.map(|families| {
                let mut numbers = vec![String::new(); departments];
                for (n, number) in families.into_iter().flat_map(|family| family.members) {
                    numbers[n] = number;
                }
                numbers
            }),
            hall,
            codes: Vec::new(),
            regions,
            centres,
        }
    }

    /// The bend, to the other side where the line would leave the map.
    fn inward(&self, from: (f32, f32), to: (f32, f32), bend: f32, shift: f32) -> f32 {
        let (x, y) = pull(from, to, bend);
        let hall = moved_by(self.hall, shift);
        let inside = (hall.x..=hall.right()).contains(&x) && (hall.y..=hall.bottom()).contains(&y);
        if inside { bend } else { -bend }
    }

    fn radius(&self, people: usize) -> f32 {
        (self.per_person * (people as f32).sqrt()).max(self.least)
    }

    /// Draws one panel.
    pub(super) fn draw(&self, sheet: &mut Sheet<'_>, found: &Networks, after: bool, shift: f32) {
        let em = sheet.em;
        let headcount = headcounts(found, after);
        let centre = |n: usize| (self.centres[n].0 + shift, self.centres[n].1);
        for region in &self.regions {
            let area = moved_by(region.area, shift);
            let (fill, stroke) = if region.people(&headcount) > 0 {
                (Some(Role::Region.into()), None)
            } else {
                (None, Some(dashed(em)))
            };
            sheet.picture.rounded(area, 0.4 * em, fill, stroke);
        }
        let departments = self.centres.len();
        let between = between_departments(found, after);
        let most = most_between(found) as f32;
        for k in widest(&between, departments) {
            let width = (0.45 * em * between[k] as f32 / most).max(0.03 * em);
            let (from, to) = (centre(k / departments), centre(k % departments));
            let stroke = Stroke::solid(Role::Tie.faint(0.6), width);
            let bend = self.inward(from, to, BEND, shift);
            sheet.picture.bent(from, to, bend, stroke);
        }
        if after {
            let moves = moves(found);
            // single people make thin arrows even where nobody moved in company
            let most = moves.first().map_or(1, |(_, _, people)| *people).max(4) as f32;
            for (from, to, people) in moves.into_iter().take(MOST_FLOWS) {
                let end = |n: usize| (centre(n), self.radius(headcount[n]) + 0.08 * em);
                let width = (0.2 * em * people as f32 / most).max(0.08 * em);
                let stroke = Stroke::solid(Role::Strategy(2), width);
                let bend = self.inward(centre(from), centre(to), ARROW_BEND, shift);
                sheet.picture.bent_arrow(end(from), end(to), bend, stroke);
            }
        }
        for (n, people) in headcount.iter().enumerate() {
            let words = match &self.numbers {
                Some(numbers) => numbers[n].clone(),
                None => people.to_string(),
            };
            circle(sheet, centre(n), self.radius(*people), *people, &words);
        }
        self.names(sheet, &headcount, shift);
    }

    /// Names at the tops of the regions on plates that lines pass under, all in the largest letters in which all fit;
    /// a letter where the name does not.
    fn names(&self, sheet: &mut Sheet<'_>, headcount: &[usize], shift: f32) {
        let em = sheet.em;
        let letters = sheet.picture.letters;
        let words = |region: &Region, code: &Option<String>| {
            let name = code.as_ref().unwrap_or(&region.name);
            match &self.numbers {
                Some(_) => vec![
                    format!("{name} ({})", region.people(headcount)),
                    name.clone(),
                ],
                None => vec![name.clone()],
            }
        };
        let all = |size: f32| -> Vec<Option<Vec<String>>> {
            let fitting = |(region, code): (&Region, &Option<String>)| {
                let room = self.room_of_name(region, em);
                let mut wordings = words(region, code).into_iter();
                wordings.find_map(|w| lines(letters, &w, size, room))
            };
            self.regions.iter().zip(&self.codes).map(fitting).collect()
        };
        let sizes = SIZES.map(|size| size * em);
        let smallest = sizes[SIZES.len() - 1];
        let size = sizes
            .into_iter()
            .find(|size| all(*size).iter().all(Option::is_some))
            .unwrap_or(smallest);
        for (found, region) in all(size).into_iter().zip(&self.regions) {
            let area = moved_by(region.area, shift);
            let Some(lines) = found else {
                continue;
            };
            let ground = if region.people(headcount) > 0 {
                Role::Region
            } else {
                Role::Paper
            };
            let top = area.y + 0.12 * em;
            for (k, line) in lines.iter().enumerate() {
                let width = letters.width(line, Weight::Regular, size);
                let plate = Area {
                    x: area.x + area.width / 2.0 - width / 2.0 - 0.15 * em,
                    y: top + k as f32 * 1.12 * size,
                    width: width + 0.3 * em,
                    height: 1.12 * size,
                };
                sheet
                    .picture
                    .rounded(plate, 0.2 * em, Some(ground.into()), None);
                let baseline = plate.y + 0.84 * 1.12 * size;
                let style = Type::new(size, Role::Ink).align(Align::Centre);
                sheet
                    .picture
                    .text(line, (area.x + area.width / 2.0, baseline), style);
            }
        }
    }
}

impl Region {
    fn people(&self, headcount: &[usize]) -> usize {
        self.departments.iter().map(|n| headcount[*n]).sum()
    }
}

fn moved_by(area: Area, shift: f32) -> Area {
    Area {
        x: area.x + shift,
        ..area
    }
}

fn dashed(em: f32) -> Stroke {
    Stroke::dashed(Role::Muted, 0.06 * em, &[4.0, 3.0])
}

/// A department; an outline where nobody is in it.
fn circle(sheet: &mut Sheet<'_>, at: (f32, f32), radius: f32, people: usize, words: &str) {
    let em = sheet.em;
    let (fill, rim, ink) = if people > 0 {
        let rim = Stroke::solid(Role::Paper, 0.08 * em);
        (Role::Muted, rim, Role::Paper)
    } else {
        (Role::Paper, dashed(em), Role::Muted)
    };
    let radius = if people > 0 {
        radius
    } else {
        radius.max(0.3 * em)
    };
    sheet
        .picture
        .mark(Mark::Circle, at, radius, Some(fill.into()), Some(rim));
    // Numbers grow and shrink with their circle, down to where nobody could read them.
    let wide = sheet.picture.letters.width(words, Weight::Bold, 1.0);
    let size = (0.8 * em)
        .min(radius * 1.1)
        .min(radius * 1.7 / wide.max(1e-3));
    if people == 0 && words == "0" {
        return;
    }
    if size >= 0.45 * em {
        let style = Type::new(size, ink).bold().align(Align::Centre);
        sheet.picture.text(words, (at.0, at.1 + size * 0.36), style);
    } else {
        let size = 0.54 * em;
        let style = Type::new(size, Role::Ink).rimmed();
        let beside = (at.0 + radius + 0.12 * em, at.1 + size * 0.36);
        sheet.picture.text(words, beside, style);
    }
}

/// Sizes of letters of names, the largest first.
const SIZES: [f32; 3] = [0.74, 0.64, 0.56];
