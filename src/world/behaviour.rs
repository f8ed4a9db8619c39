//! A strategy is a bundle of behaviours: numbers that say how one relates, and nothing else.
//!
//! The world hands out a person's behaviour, never the strategy's name: a `Behaviour` has no name,
//! cannot be compared, and so no decision can depend on the label. Names are kept for the records only
//! (`Labels`), and `tests/architecture/` refuses their use in any rule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Factor, Few, Hours, Probability, Share, Strength, Weight};

/// How a person relates to colleagues. A strategy in a scenario is one named set of these numbers.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// Hours a week given to relationships beyond what the work itself requires [hours a week].
    /// Source: order of magnitude from E32 (networking 19 % of managers' time, all staff less).
    pub relationship_hours: Hours,
    /// Most contacts a person seeks out in a week [count, at most 8 count]. Assumed; no source.
    pub initiative: Few,
    /// Weight of shared interests in choosing whom to contact [utility]. Assumed; no source.
    pub weight_interests: Weight,
    /// Weight of the partner's perceived influence [utility]. Assumed; no source.
    pub weight_influence: Weight,
    /// Weight of a need of the partner that one can meet [utility]. Assumed; no source.
    pub weight_need: Weight,
    /// Weight of the rhythm: how overdue the next contact is [utility]. Assumed; no source.
    pub weight_rhythm: Weight,
    /// Weight of the partner's relevance for one's own aspiration [utility]. Assumed; no source.
    pub weight_aspiration: Weight,
    /// Weight of reach into departments where one has few ties [utility]. Assumed; no source.
    pub weight_reach: Weight,
    /// Weight of trust in the partner [utility]. Assumed; no source.
    pub weight_trust: Weight,
    /// Weight of the ledger: how much the partner owes one [utility]. Assumed; no source.
    pub weight_ledger: Weight,
    /// Weight of proximity: same team, same site [utility]. Assumed; no source.
    pub weight_proximity: Weight,
    /// Chance that a contact without a shared interest rests on honest curiosity, else on feigned interest [probability].
    /// Assumed; no source.
    pub curiosity: Probability,
    /// Chance that a shared interest is followed rather than used as a pretext [probability]. Assumed; no source.
    pub sincerity: Probability,
    /// How much of what a contact shows of the partner's needs is noticed and remembered [share]. Assumed; no source.
    pub attentiveness: Share,
    /// How much one offers in a contact, of what one could [share]. Assumed; no source.
    pub generosity: Share,
    /// How much a debt of the partner lowers what one offers [share]; 0 tolerates any imbalance up to the boundary.
    /// Source: sign from E71b, E71c; size assumed.
    pub scorekeeping: Share,
    /// Imbalance at which even the generous hold back [contacts' worth of value]. Assumed; no source.
    pub boundary: Factor,
    /// Readiness to accept a call, before trust and rank are weighed [utility]. Assumed; no source.
    pub openness: Weight,
    /// How readily one speaks for a colleague whom one trusts [share]. Assumed; no source.
    pub advocacy: Share,
    /// Keeping notes about people: raises the number of ties one can hold [share]. Assumed; no source.
    pub note_keeping: Share,
    /// Pruning by closeness (1) or at random (0) when all places are taken [probability]. Assumed; no source.
    pub selectivity: Probability,
    /// Calling people only when one needs them: the extra effort under threat [strength]. Assumed; no source.
    pub calls_when_threatened: Strength,
}

impl Default for Behaviour {
    /// A colleague without a marked way of relating: the middle of the three shipped strategies.
    fn default() -> Self {
        Self {
            relationship_hours: Hours::new(4.0),
            initiative: Few::new(3),
            weight_interests: Weight::new(0.7),
            weight_influence: Weight::new(0.5),
            weight_need: Weight::new(0.4),
            weight_rhythm: Weight::new(0.8),
            weight_aspiration: Weight::new(0.3),
            weight_reach: Weight::new(0.2),
            weight_trust: Weight::new(0.8),
            weight_ledger: Weight::new(0.1),
            weight_proximity: Weight::new(0.6),
            curiosity: Probability::new(0.5),
            sincerity: Probability::new(0.8),
            attentiveness: Share::new(0.4),
            generosity: Share::new(0.5),
            scorekeeping: Share::new(0.4),
            boundary: Factor::new(3.0),
            openness: Weight::new(0.5),
            advocacy: Share::new(0.5),
            note_keeping: Share::new(0.2),
            selectivity: Probability::new(0.7),
            calls_when_threatened: Strength::new(0.4),
        }
    }
}

impl Behaviour {
    /// Relates authentically: gives time, looks for real common ground, learns what others need.
    pub fn authentic() -> Self {
        Self {
            relationship_hours: Hours::new(6.0),
            initiative: Few::new(5),
            weight_interests: Weight::new(1.2),
            weight_influence: Weight::new(0.3),
            weight_need: Weight::new(0.9),
            weight_rhythm: Weight::new(1.2),
            weight_aspiration: Weight::new(0.3),
            weight_reach: Weight::new(0.5),
            weight_trust: Weight::new(1.0),
            weight_ledger: Weight::new(0.0),
            weight_proximity: Weight::new(0.5),
            curiosity: Probability::new(0.9),
            sincerity: Probability::new(0.97),
            attentiveness: Share::new(0.8),
            generosity: Share::new(0.8),
            scorekeeping: Share::new(0.1),
            boundary: Factor::new(5.0),
            openness: Weight::new(0.9),
            advocacy: Share::new(0.8),
            note_keeping: Share::new(0.6),
            selectivity: Probability::new(0.9),
            calls_when_threatened: Strength::new(0.2),
        }
    }

    /// Relates transactionally: seeks the influential, gives to receive, keeps the score.
    pub fn transactional() -> Self {
        Self {
            relationship_hours: Hours::new(6.0),
            initiative: Few::new(5),
            weight_interests: Weight::new(0.2),
            weight_influence: Weight::new(1.6),
            weight_need: Weight::new(0.3),
            weight_rhythm: Weight::new(0.5),
            weight_aspiration: Weight::new(1.0),
            weight_reach: Weight::new(0.4),
            weight_trust: Weight::new(0.3),
            weight_ledger: Weight::new(0.5),
            weight_proximity: Weight::new(0.3),
            curiosity: Probability::new(0.2),
            sincerity: Probability::new(0.4),
            attentiveness: Share::new(0.4),
            generosity: Share::new(0.5),
            scorekeeping: Share::new(0.8),
            boundary: Factor::new(1.5),
            openness: Weight::new(0.4),
            advocacy: Share::new(0.4),
            note_keeping: Share::new(0.4),
            selectivity: Probability::new(0.8),
            calls_when_threatened: Strength::new(0.9),
        }
    }

    /// Relates hardly at all: does the work, eats alone, answers when asked.
    pub fn isolated() -> Self {
        Self {
            relationship_hours: Hours::new(1.0),
            initiative: Few::new(1),
            weight_interests: Weight::new(0.6),
            weight_influence: Weight::new(0.1),
            weight_need: Weight::new(0.2),
            weight_rhythm: Weight::new(0.3),
            weight_aspiration: Weight::new(0.1),
            weight_reach: Weight::new(0.0),
            weight_trust: Weight::new(0.8),
            weight_ledger: Weight::new(0.0),
            weight_proximity: Weight::new(0.8),
            curiosity: Probability::new(0.4),
            sincerity: Probability::new(0.95),
            attentiveness: Share::new(0.2),
            generosity: Share::new(0.5),
            scorekeeping: Share::new(0.2),
            boundary: Factor::new(3.0),
            openness: Weight::new(-0.8),
            advocacy: Share::new(0.3),
            note_keeping: Share::new(0.0),
            selectivity: Probability::new(0.5),
            calls_when_threatened: Strength::new(0.1),
        }
    }
}

/// A behaviour as the weekly rules read it: single precision, nothing else.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields are those of `Behaviour`, where each is documented
pub struct Conduct {
    pub relationship_hours: f32,
    pub initiative: u32,
    pub weight_interests: f32,
    pub weight_influence: f32,
    pub weight_need: f32,
    pub weight_rhythm: f32,
    pub weight_aspiration: f32,
    pub weight_reach: f32,
    pub weight_trust: f32,
    pub weight_ledger: f32,
    pub weight_proximity: f32,
    pub curiosity: f32,
    pub sincerity: f32,
    pub attentiveness: f32,
    pub generosity: f32,
    pub scorekeeping: f32,
    pub boundary: f32,
    pub openness: f32,
    pub advocacy: f32,
    pub note_keeping: f32,
    pub selectivity: f32,
    pub calls_when_threatened: f32,
}

impl From<&Behaviour> for Conduct {
    fn from(behaviour: &Behaviour) -> Self {
        let &Behaviour {
            relationship_hours,
            initiative,
            weight_interests,
            weight_influence,
            weight_need,
            weight_rhythm,
            weight_aspiration,
            weight_reach,
            weight_trust,
            weight_ledger,
            weight_proximity,
            curiosity,
            sincerity,
            attentiveness,
            generosity,
            scorekeeping,
            boundary,
            openness,
            advocacy,
            note_keeping,
            selectivity,
            calls_when_threatened,
        } = behaviour;
        Self {
            relationship_hours: relationship_hours.single(),
            initiative: initiative.get(),
            weight_interests: weight_interests.single(),
            weight_influence: weight_influence.single(),
            weight_need: weight_need.single(),
            weight_rhythm: weight_rhythm.single(),
            weight_aspiration: weight_aspiration.single(),
            weight_reach: weight_reach.single(),
            weight_trust: weight_trust.single(),
            weight_ledger: weight_ledger.single(),
            weight_proximity: weight_proximity.single(),
            curiosity: curiosity.single(),
            sincerity: sincerity.single(),
            attentiveness: attentiveness.single(),
            generosity: generosity.single(),
            scorekeeping: scorekeeping.single(),
            boundary: boundary.single(),
            openness: openness.single(),
            advocacy: advocacy.single(),
            note_keeping: note_keeping.single(),
            selectivity: selectivity.single(),
            calls_when_threatened: calls_when_threatened.single(),
        }
    }
}

/// Which of the scenario's named behaviours a person has. It says nothing by itself; only `Labels` names it.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub struct StrategyKey(u8);

/// The behaviours of a scenario and, for the records, their names.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Strategies {
    conducts: Vec<Conduct>,
    labels: Vec<String>,
}

impl Strategies {
    /// From names and behaviours, in a fixed order; at most 255.
    pub fn new(named: impl IntoIterator<Item = (String, Conduct)>) -> Self {
        let (labels, conducts) = named.into_iter().take(255).unzip();
        Self { conducts, labels }
    }

    /// How someone with this key relates.
    #[inline(always)]
    pub fn conduct(&self, key: StrategyKey) -> &Conduct {
        &self.conducts[key.0 as usize]
    }

    /// The key of a named strategy.
    pub fn key(&self, label: &str) -> Option<StrategyKey> {
        self.labels
            .iter()
            .position(|l| l == label)
            .map(|i| StrategyKey(i as u8))
    }

    /// All keys, in the order of their names.
    pub fn keys(&self) -> impl Iterator<Item = StrategyKey> + use<> {
        (0..self.labels.len() as u8).map(StrategyKey)
    }

    /// The name, for the records. Rules must not call this; the architecture test sees to it.
    pub fn label_for_records(&self, key: StrategyKey) -> &str {
        &self.labels[key.0 as usize]
    }

    /// Most contacts anyone seeks out in a week, for the size of the weekly post.
    pub fn largest_initiative(&self) -> u32 {
        self.conducts
            .iter()
            .map(|c| c.initiative)
            .max()
            .unwrap_or(0)
    }
}
