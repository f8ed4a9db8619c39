//! M15 Review: ratings, and panels that decide with what they can know.
//!
//! # What happens
//! Every `period` weeks each person is rated by the manager:
//!
//! ```text
//! z = (mean weekly output - firm mean) / firm sd
//! rating = by_output * z - held - unseen * [no common office day with the manager]
//!        + (1 - calibration) * ( w * by_liking * (regard - 1/4) + by_flattery * f / (f + flattery_half)
//!                                + by_rater * leaning + rating_noise * (1 - clarity * regard) * N )
//!   regard   the manager's trust x strength of tie to the person [0..1]
//!   f        feigned interests of the person's that the manager took for real (M6) [count]
//!   leaning  what this manager values in this person, the same at every rating:
//!            charm * skill + sqrt(1 - charm^2) * N_ij      skill  interpersonal skill of the person [sd]
//!   held     what incidents since the last rating are held against the person (M14)
//!   w        1; less where a programme watches for favouritism (M19), as with the advocates below
//! ```
//!
//! A panel for a post (the manager above it, that manager's manager, and managers of the department up to
//! `panel`) scores each candidate:
//!
//! ```text
//! performance  = by_performance  * mean over members of (rating + panel_noise * (1 - clarity * regard_m) * N_m)
//! reputation   = by_reputation   * 2 (r - 1/2) * (1/2 + k/2)
//! advocacy     = by_advocacy     * A / (1 + A),   A = sum over advocates of w_a * advocacy_a * support_a * (1/5 + influence_a)
//!              - by_opposition   * O / (1 + O),   O = sum over opponents of (1/5 + influence_o)
//! acquaintance = by_acquaintance * share of the panel that knows the candidate
//! breadth      = by_breadth * min(2, lateral moves by choice)
//! potential    = by_potential * (m + panel_noise / sqrt(members) * N)        m = skill at managing; for managing posts only
//! pace         = by_pace * max(0, 1 - t / plateau)                           t = weeks on the level; for promotions only
//! luck         = by_luck * N
//! ```
//!
//! Rules that a firm may set: the weights above; `calibration`, a round in which managers compare their ratings and
//! by which that share of liking and noise goes; `outside` members of other departments on each panel;
//! a short list made blind on output alone (`blind_stage`), of which `reserved` places are kept for candidates whom no
//! member of the panel knows; and `output_only`, where the panel has nothing but the figures: performance is by_performance * z,
//! and reputation, advocacy, acquaintance and potential count nothing.
//!
//! Advocates are those with a tie to the candidate who sit on the panel or work in the post's department and whose support
//! (trust times the strength of career support or friendship, whichever is stronger) is at least `speaks_up`. A sponsor
//! by programme (M19) speaks wherever the post is, with the strength of the promise in place of advocacy_a * support_a.
//! Opponents are members of the panel who hold a negative tie to the candidate: trust below `opposes`.
//!
//! # Source
//! Ratings are performance plus the rater's ties, and the next manager rates otherwise: E72f (Castilla 2011). What lasts between
//! one rater and one person explains about twice as much of a rating as performance does: Scullen, Mount and Goff 2000,
//! *Journal of Applied Psychology* 85:956, from memory; here it has less weight, for the correlation with performance that E72f
//! asks for. Ingratiation raises ratings: E68 (Higgins, Judge and Ferris 2003). Those who are seen at the office are thought
//! more dependable, whatever they say there: Elsbach, Cable and Sherman 2010, *Human Relations* 63:735, from memory; E76b. Political skill shows in ratings: E66 (Munyon et al. 2015), sign. Current performance drives promotion:
//! E11 (Benson, Li and Shue 2019). Sponsorship relates to promotion: E27 (Ng et al. 2005), r about .12. Lateral moves help: E23
//! (Bidwell and Keller 2025), sign. A negative tie weighs at least as much as a positive one: E72d (Labianca and Brass 2006), sign. Skill at managing hardly counts: E11. Careers are
//! tournaments: who rose early goes on rising, who stays long on a level is thought to have arrived (Rosenbaum 1979, *Administrative
//! Science Quarterly* 24:220; Ference, Stoner and Warren 1977, *Academy of Management Review* 2:602; both from memory), fast tracks E6. Sizes are
//! assumed and calibrated to keep effects as small as E27 finds them.
//!
//! # Assumptions and limits
//! The panel knows ratings, not output. There is one set of rules for the firm.
//!
//! # Order and randomness
//! Ratings in their week, panels when a post is to be filled; all read the state as it stands. Rating noise
//! belongs to the person, the leaning to the pair of manager and person for good; panel noise to the pair (candidate, post).
//!
//! # Switched off
//! Nobody is rated, panels decide by lot.

#[cfg(test)]
mod fixture;
mod panel;
mod rating;
mod scoring;
#[cfg(test)]
mod scoring_tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Factor, Few, Share, Strength, Weeks, Weight};
use crate::world::Tie;

/// Ratings and panels.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Review {
    /// Whether the rule is on; off, nobody is rated and panels decide by lot [switch].
    pub enabled: bool,
    /// Weeks between ratings [weeks]. Assumed; no source.
    pub period: Weeks,
    /// Weight of output; with the other parts ratings have a standard deviation of about 1 [standard deviations per standard deviation]. Source: E72f.
    pub by_output: Weight,
    /// Fall of the rating of someone who has no office day in common with the manager [standard deviations]. Source: E76b; the size is set to E76.
    pub unseen: Weight,
    /// Rise of the rating from flattery without end [standard deviations]. Source: E68 (.1 to .3 at what is common).
    pub by_flattery: Weight,
    /// Flattering contacts that have half that effect [count]. Assumed; no source.
    pub flattery_half: Few,
    /// Rise of the rating from being liked by the manager [standard deviations]. Source: sign from E72f, E68.
    pub by_liking: Weight,
    /// Weight of what this manager values in this person, over and above performance [standard deviations]. Source: sign from E72f; size below Scullen et al. 2000.
    pub by_rater: Weight,
    /// Correlation of that leaning with interpersonal skill [share]. Source: sign from E66; the size is assumed.
    pub charm: Share,
    /// Noise of a rating of an unknown person [standard deviations]. Assumed; calibrated so that rating and performance correlate .4 to .8 (E72f, our band).
    pub rating_noise: Factor,
    /// Share of the noise that full acquaintance removes [share]. Assumed; no source.
    pub clarity: Share,
    /// Members of a panel at most [count]. Assumed; no source.
    pub panel: Few,
    /// Noise of a panel member about an unknown person [standard deviations]. Assumed; no source.
    pub panel_noise: Factor,
    /// Weight of performance [utility per standard deviation]. Source: sign from E11.
    pub by_performance: Weight,
    /// Weight of reputation [utility]. Source: sign from E66.
    pub by_reputation: Weight,
    /// Weight of advocacy [utility]. Source: sign and small size from E27.
    pub by_advocacy: Weight,
    /// Weight of members of the panel who hold a negative tie to the candidate [utility]. Source: sign from E72d.
    pub by_opposition: Weight,
    /// Trust below which a member of the panel is an opponent [strength]. Definition: as `sincerity.hostile`. Assumed; no source.
    pub opposes: Strength,
    /// Weight of being known to the panel [utility]. Source: sign from E34.
    pub by_acquaintance: Weight,
    /// Weight of luck [utility]. Assumed; no source.
    pub by_luck: Weight,
    /// Support from which a colleague speaks up [strength]. Assumed; no source.
    pub speaks_up: Strength,
    /// Strength of tie from which a panel member knows a candidate [strength]. Definition.
    pub knows: Strength,
    /// Candidates on the short list at most; the best rated come first [count]. Assumed; no source.
    pub short_list: Few,
    /// Whether panels have the figures of output and nothing else [switch]. Scenario's choice.
    pub output_only: bool,
    /// Whether the short list is made on output alone, without ratings [switch]. Scenario's choice.
    pub blind_stage: bool,
    /// Share of liking and noise that comparing ratings among managers removes [share]. Assumed; no source.
    pub calibration: Share,
    /// Members of a panel from other departments [count]. Scenario's choice.
    pub outside: Few,
    /// Places on the short list kept for candidates whom nobody on the panel knows [count]. Scenario's choice.
    pub reserved: Few,
    /// Weight of each lateral move of one's own choice, two at most [utility]. Source: sign from E23.
    pub by_breadth: Weight,
    /// Weight of skill at managing for a managing post [utility per standard deviation]. Source: small by E11.
    pub by_potential: Weight,
    /// Weight of having come to the level lately, in a promotion [utility]. Source: sign from Rosenbaum 1979, E6 (fast tracks); the size is assumed.
    pub by_pace: Weight,
    /// Time on a level after which one counts as having arrived [weeks]. Source: Ference, Stoner and Warren 1977 and its followers (about five years).
    pub plateau: Weeks,
}

impl Default for Review {
    fn default() -> Self {
        Self {
            enabled: true,
            period: Weeks::new(26),
            by_output: Weight::new(0.7),
            unseen: Weight::new(0.3),
            by_flattery: Weight::new(0.6),
            flattery_half: Few::new(40),
            by_liking: Weight::new(0.7),
            by_rater: Weight::new(0.5),
            charm: Share::new(0.4),
            rating_noise: Factor::new(0.6),
            clarity: Share::new(0.5),
            panel: Few::new(4),
            panel_noise: Factor::new(0.8),
            by_performance: Weight::new(0.5),
            by_reputation: Weight::new(0.5),
            by_advocacy: Weight::new(0.6),
            by_opposition: Weight::new(0.6),
            opposes: Strength::new(0.2),
            by_acquaintance: Weight::new(0.4),
            by_luck: Weight::new(0.8),
            speaks_up: Strength::new(0.12),
            knows: Strength::new(0.1),
            short_list: Few::new(12),
            output_only: false,
            blind_stage: false,
            calibration: Share::new(0.0),
            outside: Few::new(0),
            reserved: Few::new(0),
            by_breadth: Weight::new(0.25),
            by_potential: Weight::new(0.1),
            by_pace: Weight::new(0.6),
            plateau: Weeks::new(260),
        }
    }
}

/// What a panel needs to know about the ties: strengths now.
pub type StrengthNow<'a> = &'a (dyn Fn(&Tie) -> [f32; 3] + Sync);

impl Review {
    /// Whether ratings are given this week.
    pub fn is_due(&self, week: i32) -> bool {
        self.enabled && week.rem_euclid(self.period.get().max(1) as i32) == 0
    }
}
