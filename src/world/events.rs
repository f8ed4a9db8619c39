//! What happened: plain records that rules leave behind and the observer takes away.

use serde::{Deserialize, Serialize};

use super::behaviour::StrategyKey;
use super::ties::Tie;

/// Kind of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names are the meanings; the dictionary of the tables explains them
pub enum EventKind {
    Hired,
    Promoted,
    Reassigned,
    Moved,
    Left,
    LaidOff,
    Retired,
    Restructuring,
    Refused,
    Demoted,
    BecameBoss,
    OvertookMentor,
    MentorLeft,
    Programme,
}

impl EventKind {
    /// The word used in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hired => "hired",
            Self::Promoted => "promoted",
            Self::Reassigned => "reassigned",
            Self::Moved => "moved",
            Self::Left => "left",
            Self::LaidOff => "laid_off",
            Self::Retired => "retired",
            Self::Restructuring => "restructuring",
            Self::Refused => "refused",
            Self::Demoted => "demoted",
            Self::BecameBoss => "became_boss",
            Self::OvertookMentor => "overtook_mentor",
            Self::MentorLeft => "mentor_left",
            Self::Programme => "programme",
        }
    }
}

/// One event.
#[derive(Clone)]
pub struct Event {
    /// Week.
    pub week: i32,
    /// Kind.
    pub kind: EventKind,
    /// Identity of the person, if it concerns one.
    pub employee: Option<u32>,
    /// Key of the person's strategy, for the records.
    pub strategy: Option<StrategyKey>,
    /// Department before, if any.
    pub from_department: Option<u16>,
    /// Department after, if any.
    pub to_department: Option<u16>,
    /// Level before, if any.
    pub from_level: Option<u8>,
    /// Level after, if any.
    pub to_level: Option<u8>,
    /// Why.
    pub cause: &'static str,
    /// Index of the restructuring that caused it, if one did.
    pub restructuring: Option<u16>,
    /// Moves in the vacancy chain that this event ends, for hires and for moves into a vacancy.
    pub chain: Option<u16>,
    /// Decision that led to it, if one did.
    pub decision: Option<u32>,
}

/// Kind of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum DecisionKind {
    Promotion,
    Placement,
    Layoff,
    Move,
    Demotion,
}

impl DecisionKind {
    /// The word used in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Promotion => "promotion",
            Self::Placement => "placement",
            Self::Layoff => "layoff",
            Self::Move => "move",
            Self::Demotion => "demotion",
        }
    }
}

/// One candidate of one panel, with the parts of the score.
#[derive(Clone, Default)]
pub struct Candidate {
    /// Identity.
    pub employee: u32,
    /// Slot at the time.
    pub slot: u32,
    /// Key of the strategy, for the records only.
    pub strategy: StrategyKey,
    /// Sum of the parts.
    pub score: f64,
    /// Part from performance as the panel sees it.
    pub performance: f64,
    /// Part from reputation.
    pub reputation: f64,
    /// Part from those who speak for the candidate.
    pub advocacy: f64,
    /// Part from being known to the panel.
    pub acquaintance: f64,
    /// Part that is luck.
    pub luck: f64,
    /// How many spoke for the candidate.
    pub advocates: u16,
    /// How many of the panel know the candidate.
    pub known_to: u16,
    /// How many spoke whose word counted less, since a programme looks at cliques.
    pub dampened: u16,
    /// Members of the panel who hold a negative tie to the candidate.
    pub opponents: u16,
    /// Whether chosen.
    pub chosen: bool,
    /// Part from having worked in more than one place of the firm.
    pub breadth: f64,
    /// Part from skill at managing, as the panel sees it.
    pub potential: f64,
    /// Part from having come to the level lately.
    pub pace: f64,
}

/// One decision of a panel; candidates from best to worst.
#[derive(Clone)]
pub struct Decision {
    /// Number of the decision in this run.
    pub number: u32,
    /// Week.
    pub week: i32,
    /// Kind.
    pub kind: DecisionKind,
    /// Department of the post.
    pub department: u16,
    /// Level of the post.
    pub level: u8,
    /// Members of the panel.
    pub panel_size: u16,
    /// Index of the restructuring it belongs to, if to one.
    pub restructuring: Option<u16>,
    /// Candidates, best first.
    pub candidates: Vec<Candidate>,
}

/// What a restructuring did to a member of an affected department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Outcome {
    Kept,
    Better,
    Lateral,
    LessDesirable,
    Dismissed,
    Left,
}

impl Outcome {
    /// The word used in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Better => "better",
            Self::Lateral => "lateral",
            Self::LessDesirable => "less_desirable",
            Self::Dismissed => "dismissed",
            Self::Left => "left",
        }
    }
}

/// One member of an affected department, before and after.
#[derive(Clone)]
pub struct Placement {
    /// Index of the restructuring.
    pub restructuring: u16,
    /// Week.
    pub week: i32,
    /// Identity.
    pub employee: u32,
    /// Key of the strategy, for the records only.
    pub strategy: StrategyKey,
    /// Department before.
    pub from_department: u16,
    /// Department after, if still employed.
    pub to_department: Option<u16>,
    /// Level before.
    pub from_level: u8,
    /// Level after, if still employed.
    pub to_level: Option<u8>,
    /// What happened.
    pub outcome: Outcome,
    /// Whether the person's own post was abolished.
    pub displaced: bool,
}

/// Blame, a credit dispute or an error that hit someone.
#[derive(Clone)]
pub struct Incident {
    /// Week.
    pub week: i32,
    /// Identity of the person hit.
    pub employee: u32,
    /// Key of the strategy, for the records only.
    pub strategy: StrategyKey,
    /// Department.
    pub department: u16,
    /// Level.
    pub level: u8,
    /// What it was.
    pub cause: &'static str,
    /// Colleagues who were there.
    pub present: u8,
    /// Of these, how many defended the person.
    pub defenders: u8,
    /// Colleagues present whom the person holds a strong tie to.
    pub counted_on: u8,
    /// Share of the harm that was not averted [0 to 1].
    pub harm: f32,
}

/// One person among whom a programme has drawn its participants.
#[derive(Clone)]
pub struct Enrolment {
    /// Name of the programme.
    pub programme: String,
    /// Kind of the programme.
    pub kind: &'static str,
    /// Week of the draw: the programme's first.
    pub week: i32,
    /// Last week of the programme.
    pub ends: i32,
    /// Identity.
    pub employee: u32,
    /// Key of the strategy, for the records only.
    pub strategy: StrategyKey,
    /// Whether the person takes part.
    pub treated: bool,
    /// Hours a week that taking part costs.
    pub hours: f32,
    /// Mentor, sponsor or exchange partner.
    pub partner: Option<u32>,
}

/// Projects that ended in a week.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProjectCounts {
    /// All.
    pub ended: u32,
    /// Of all, those that succeeded.
    pub won: u32,
    /// Across functions.
    pub crossing: u32,
    /// Of these, those that succeeded.
    pub crossing_won: u32,
    /// Across functions, with a translator.
    pub translated: u32,
    /// Of these, those that succeeded.
    pub translated_won: u32,
}

/// A tie that ended because one side left the firm.
#[derive(Debug, Clone, Copy)]
pub struct Parting {
    /// Slot of the one who stays.
    pub stays: u32,
    /// What the one who stays held about the other.
    pub tie: Tie,
}

/// What happened in a week. The rows are cleared when the next week begins, so a checkpoint leaves them out.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Happenings {
    /// Events, in order.
    #[serde(skip)]
    pub events: Vec<Event>,
    /// Decisions, in order.
    #[serde(skip)]
    pub decisions: Vec<Decision>,
    /// What the week's restructurings did to whom.
    #[serde(skip)]
    pub placements: Vec<Placement>,
    /// Incidents, in order.
    #[serde(skip)]
    pub incidents: Vec<Incident>,
    /// Whom programmes that began this week have drawn, and whom they have not.
    #[serde(skip)]
    pub enrolments: Vec<Enrolment>,
    /// Meetings that programmes have put into this week.
    pub meetings: u32,
    /// Decisions made so far in this run.
    pub decisions_made: u32,
    /// Projects that ended.
    #[serde(skip)]
    pub projects: ProjectCounts,
    /// Close ties that ended because one side left; taken by the rule that mourns them.
    #[serde(skip)]
    pub partings: Vec<Parting>,
    /// Efficiency of the firm, in the weeks in which it is worked out [0 to 1].
    #[serde(skip)]
    pub efficiency: Option<f64>,
}

impl Happenings {
    /// The number of the next decision of this run.
    pub fn number_decision(&mut self) -> u32 {
        let number = self.decisions_made;
        self.decisions_made += 1;
        number
    }
}
