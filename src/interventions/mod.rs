//! HR programmes (M19): the same form as a mechanism, plus a window, those to whom it is open, and a draw among them.
//!
//! A scenario lists its programmes (`Programme`); what a kind of programme does is a section of its own
//! (`Interventions`), one file a kind. Who takes part is drawn at random among the eligible, so that the effect can be read
//! off like that of a trial: those drawn against those not drawn, in the table `programmes`.

pub mod culture;
pub mod lunch_and_learn;
pub mod mentoring;
pub mod monitoring;
mod programme;
pub mod rotation;
#[cfg(test)]
mod samples;
pub mod sponsorship;
pub mod training;
pub mod virtual_coffee;

pub use culture::Culture;
pub use lunch_and_learn::LunchAndLearn;
pub use mentoring::Mentoring;
pub use monitoring::Monitoring;
pub use programme::{Drawn, Kind, Programme, weekly};
pub use rotation::Rotation;
pub use sponsorship::Sponsorship;
pub use training::Training;
pub use virtual_coffee::VirtualCoffee;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What each kind of programme does.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Interventions {
    /// Training in skill and habits.
    pub training: Training,
    /// Formal mentoring.
    pub mentoring: Mentoring,
    /// Sponsorship.
    pub sponsorship: Sponsorship,
    /// Lunch and learn.
    pub lunch_and_learn: LunchAndLearn,
    /// Rotation through departments.
    pub rotation: Rotation,
    /// Virtual coffee.
    pub virtual_coffee: VirtualCoffee,
    /// Cooperation culture.
    pub cooperation_culture: Culture,
    /// Monitoring of cliques and favouritism.
    pub monitoring: Monitoring,
}

impl Interventions {
    /// Whether programmes of a kind take place.
    pub fn is_on(&self, kind: Kind) -> bool {
        match kind {
            Kind::Training => self.training.enabled,
            Kind::Mentoring => self.mentoring.enabled,
            Kind::Sponsorship => self.sponsorship.enabled,
            Kind::LunchAndLearn => self.lunch_and_learn.enabled,
            Kind::Rotation => self.rotation.enabled,
            Kind::VirtualCoffee => self.virtual_coffee.enabled,
            Kind::CooperationCulture => self.cooperation_culture.enabled,
            Kind::Monitoring => self.monitoring.enabled,
        }
    }
}
