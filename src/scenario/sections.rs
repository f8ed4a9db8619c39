//! The scenario: its sections are the parameter structs of the rules themselves.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::initialization::OrganisationPlan;
use crate::interventions::{Interventions, Programme};
use crate::mechanisms::{
    Acceptance, Attention, Capacity, Change, Choice, Dealings, Decay, Enforcement, Evolution,
    Exchange, Exit, Fit, Hiring, Incidents, Influence, Information, Learning, Liking, Onboarding,
    Opportunity, Pay, Projects, Reciprocity, Reputation, Restructuring, Review, Sincerity, Threat,
    Vacancies, Work,
};
use crate::units::{Days, Probability, Score, Share, Strength, WEEKS_PER_YEAR, Weeks, Years};
use crate::world::Behaviour;

/// Everything that defines a run, but for the seed given on the command line.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// Name of the scenario; the results folder is called after it [text].
    pub name: String,
    /// What the scenario is about, for the report [text].
    pub description: String,
    /// Seed of all draws, 0 to 9223372036854775807 [whole number]. Scenario's choice.
    pub seed: u64,
    /// Length of the recorded run [years]. Scenario's choice.
    pub years: Years,
    /// Weeks that an invented firm runs before the recorded run begins, so that its ties have grown [weeks]. Assumed; no source.
    pub burn_in: Weeks,
    /// The formal organisation.
    pub organisation: OrganisationPlan,
    /// Named ways of relating, each a set of behaviours.
    pub strategies: BTreeMap<String, Behaviour>,
    /// Who relates in which way.
    pub assignment: Assignment,
    /// Named employees, followed in every output.
    pub personas: Vec<Persona>,
    /// HR programmes, in any order.
    pub programmes: Vec<Programme>,
    /// Restructurings, in any order.
    pub restructurings: Vec<Change>,
    /// M1: whom one can meet.
    pub opportunity: Opportunity,
    /// M1: enforcement of the formal structure.
    pub enforcement: Enforcement,
    /// M2: hours for relationships.
    pub attention: Attention,
    /// M3: whom to contact.
    pub choice: Choice,
    /// M4: whether a call is answered.
    pub acceptance: Acceptance,
    /// M5: value, needs and the growth of ties.
    pub exchange: Exchange,
    /// M5: how often those in contact deal with each other.
    pub dealings: Dealings,
    /// M6: how much people take to each other.
    pub liking: Liking,
    /// M6: sincerity and trust.
    pub sincerity: Sincerity,
    /// M7: giving and receiving.
    pub reciprocity: Reciprocity,
    /// M8: fading of ties.
    pub decay: Decay,
    /// M9: room for ties.
    pub capacity: Capacity,
    /// M10: talk and reputation.
    pub reputation: Reputation,
    /// M11: influence.
    pub influence: Influence,
    /// M12: news and ideas.
    pub information: Information,
    /// M13: own work.
    pub work: Work,
    /// M13: projects.
    pub projects: Projects,
    /// M14: incidents and who defends.
    pub incidents: Incidents,
    /// M15: ratings and panels.
    pub review: Review,
    /// M15, M16: filling of vacancies.
    pub vacancies: Vacancies,
    /// M15: competence in a new job, and the firm's efficiency.
    pub fit: Fit,
    /// M16: entry.
    pub hiring: Hiring,
    /// M16: settling in.
    pub onboarding: Onboarding,
    /// M16: pay.
    pub pay: Pay,
    /// M16: exit.
    pub exit: Exit,
    /// M17: restructurings.
    pub restructuring: Restructuring,
    /// M17: fear before and after a restructuring.
    pub threat: Threat,
    /// M18: relationships under new ranks.
    pub evolution: Evolution,
    /// M19: what each kind of HR programme does.
    pub interventions: Interventions,
    /// M20: change of habits.
    pub learning: Learning,
    /// What is recorded.
    pub records: RecordsPlan,
}

impl Default for Scenario {
    fn default() -> Self {
        let strategies = BTreeMap::from([
            ("authentic".to_owned(), Behaviour::authentic()),
            ("transactional".to_owned(), Behaviour::transactional()),
            ("isolated".to_owned(), Behaviour::isolated()),
        ]);
        Self {
            name: "baseline".to_owned(),
            description: String::new(),
            seed: 1,
            years: Years::new(10),
            burn_in: Weeks::new(156),
            organisation: OrganisationPlan::default(),
            strategies,
            assignment: Assignment::default(),
            personas: Vec::new(),
            programmes: Vec::new(),
            restructurings: Vec::new(),
            opportunity: Opportunity::default(),
            enforcement: Enforcement::default(),
            attention: Attention::default(),
            choice: Choice::default(),
            acceptance: Acceptance::default(),
            exchange: Exchange::default(),
            dealings: Dealings::default(),
            liking: Liking::default(),
            sincerity: Sincerity::default(),
            reciprocity: Reciprocity::default(),
            decay: Decay::default(),
            capacity: Capacity::default(),
            reputation: Reputation::default(),
            influence: Influence::default(),
            information: Information::default(),
            work: Work::default(),
            projects: Projects::default(),
            incidents: Incidents::default(),
            review: Review::default(),
            vacancies: Vacancies::default(),
            fit: Fit::default(),
            hiring: Hiring::default(),
            onboarding: Onboarding::default(),
            pay: Pay::default(),
            exit: Exit::default(),
            restructuring: Restructuring::default(),
            threat: Threat::default(),
            evolution: Evolution::default(),
            interventions: Interventions::default(),
            learning: Learning::default(),
            records: RecordsPlan::default(),
        }
    }
}

/// Who relates in which way. The mix in real firms is unknown; the default is a hypothesis.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Assignment {
    /// Share of the staff by strategy; the shares sum to 1. When empty: authentic 0.4, transactional 0.4, isolated 0.2 [share]. Assumed; no source.
    pub shares: BTreeMap<String, Share>,
    /// Shares in single departments in place of the general ones [share]. Scenario's choice.
    pub by_department: BTreeMap<String, BTreeMap<String, Share>>,
}

impl Scenario {
    /// The same scenario with another seed.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Fills what the scenario leaves open, so that a resolved scenario shows every value used.
    pub fn complete(&mut self) {
        if self.organisation.import.is_none() {
            self.organisation.complete();
        }
        self.assignment.complete();
    }

    /// Ends the run earlier. What is scheduled beyond the new end is left out; each is named in a sentence.
    pub fn shorten(&mut self, years: Years) -> Vec<String> {
        self.years = years;
        let weeks = years.get() * WEEKS_PER_YEAR as u32;
        let mut left_out = Vec::new();
        self.restructurings.retain(|change| {
            let within = change.week.get() < weeks;
            if !within {
                left_out.push(format!(
                    "the run ends after week {}: the restructuring {:?} of week {} is left out",
                    weeks.saturating_sub(1),
                    change.name,
                    change.week.get()
                ));
            }
            within
        });
        self.programmes.retain(|programme| {
            let within = programme.week.get() < weeks;
            if !within {
                left_out.push(format!(
                    "the run ends after week {}: the programme {:?} of week {} is left out",
                    weeks.saturating_sub(1),
                    programme.name,
                    programme.week.get()
                ));
            }
            within
        });
        left_out
    }
}

impl Assignment {
    /// Fills in the default mix when no shares are given.
    pub fn complete(&mut self) {
        if self.shares.is_empty() {
            let part = |name: &str, share| (name.to_owned(), Share::new(share));
            self.shares = BTreeMap::from([
                part("authentic", 0.4),
                part("transactional", 0.4),
                part("isolated", 0.2),
            ]);
        }
    }
}

/// A named employee. What is left out is drawn as for anyone else.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Persona {
    /// Name, used in every output [text].
    pub name: String,
    /// Department in which the person starts; any when left out [name of a department].
    pub department: Option<String>,
    /// Level on which the person starts; the lowest when left out [name of a level].
    pub level: Option<String>,
    /// Id in the imported files, when the persona is one of the imported people [text].
    pub source_id: Option<String>,
    /// Strategy [name of a strategy].
    pub strategy: Option<String>,
    /// Competence at the work [standard deviations].
    pub competence: Option<Score>,
    /// Interpersonal skill [standard deviations].
    pub skill: Option<Score>,
    /// Influence beyond rank: resources, gatekeeping [strength].
    pub resources: Option<Strength>,
    /// Number of interests; more interests make a shared one with anybody likelier [count, at most 32 count].
    pub interests: Option<crate::units::Few>,
    /// What the person offers by habit: information, practical_help, emotional_support, stimulation, introductions or visibility [kind of value].
    pub habit: Option<ValueKind>,
    /// Days in the office [days a week].
    pub office_days: Option<Days>,
    /// Whether the person never leaves of their own accord, so that the story goes on [switch].
    pub stays: Option<bool>,
}

/// A kind of value that one can give another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// News and knowledge.
    Information,
    /// Help with this week's work.
    PracticalHelp,
    /// Someone who listens.
    EmotionalSupport,
    /// New thoughts.
    Stimulation,
    /// Access to others.
    Introductions,
    /// Being seen, and sponsored.
    Visibility,
}

/// What is recorded besides the events.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RecordsPlan {
    /// Whether the edge list and the network file of each snapshot are written [switch].
    pub ties: bool,
    /// Whether the network measures of each snapshot are written [switch].
    pub positions: bool,
    /// Whether a snapshot is taken at each year's end besides those around restructurings, at the start and at the end [switch].
    pub yearly_snapshots: bool,
    /// Weeks between counts of the active ties; 1 counts every week, more saves time in a very large firm [weeks]. Scenario's choice.
    pub ties_every: Weeks,
    /// People up to whom betweenness is exact; above, it is estimated from a sample of sources [count of 100 people]. Definition.
    pub exact_hundreds: crate::units::Few,
    /// Sources from which betweenness is estimated above that size, in tens [count of 10 sources]. Definition.
    pub pivot_tens: crate::units::Few,
    /// Whether everyone is asked at the start, at each year's end and at the end for the closest colleagues on each layer: the table `survey` [switch].
    pub survey: bool,
    /// Most colleagues a person names on a layer [count]. Definition.
    pub survey_names: crate::units::Few,
    /// Strength from which a colleague is named: that of monthly contact [strength]. Definition.
    pub survey_from: Strength,
    /// Standard deviation of that cut-off over persons and layers [strength]. Assumed; no source.
    pub survey_noise: Strength,
    /// Chance that a colleague with whom there is hardly a tie is forgotten; the closer, the less [probability]. Assumed; no source.
    pub survey_forgets: Probability,
    /// Whether contacts are added up by pair and window: the table `trace` [switch].
    pub trace: bool,
    /// Length of a window of the trace [weeks]. Scenario's choice.
    pub trace_window: Weeks,
    /// Weeks at the end of the run that are traced, in whole windows [weeks]. Scenario's choice.
    pub trace_last: Weeks,
    /// People up to whom survey and trace are taken; larger firms would fill the disk [count of 100 people]. Definition.
    pub observed_hundreds: crate::units::Few,
}

impl Default for RecordsPlan {
    fn default() -> Self {
        Self {
            ties: true,
            positions: true,
            yearly_snapshots: true,
            ties_every: Weeks::new(1),
            exact_hundreds: crate::units::Few::new(20),
            pivot_tens: crate::units::Few::new(25),
            survey: true,
            survey_names: crate::units::Few::new(20),
            survey_from: Strength::new(0.2),
            survey_noise: Strength::new(0.03),
            survey_forgets: Probability::new(0.2),
            trace: true,
            trace_window: Weeks::new(13),
            trace_last: Weeks::new(52),
            observed_hundreds: crate::units::Few::new(20),
        }
    }
}
