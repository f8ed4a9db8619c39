//! What is kept of one person: what everyone sees (read at random, 32 bytes), what a person is, where a person
//! stands, and what one week leaves behind.

use serde::{Deserialize, Serialize};

use super::behaviour::StrategyKey;
use super::ties::NOBODY;

/// Kinds of value that one can give another.
pub const VALUES: usize = 6;
/// Names of the kinds of value, in the order of their index.
pub const VALUE_NAMES: [&str; VALUES] = [
    "information",
    "practical_help",
    "emotional_support",
    "stimulation",
    "introductions",
    "visibility",
];
/// Index of practical help.
pub const PRACTICAL_HELP: usize = 1;
/// Index of emotional support.
pub const EMOTIONAL_SUPPORT: usize = 2;
/// Index of introductions.
pub const INTRODUCTIONS: usize = 4;
/// Index of visibility and sponsorship.
pub const VISIBILITY: usize = 5;

/// What anyone can see of a colleague.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Profile {
    /// Identity, never reused; `NOBODY` for a vacant slot.
    pub id: u32,
    /// Interests, one bit a topic.
    pub interests: u32,
    /// Perceived influence [0 to 1].
    pub influence: f32,
    /// What the organisation believes of the person as a collaborator [0 to 1].
    pub reputation: f32,
    /// How well known the person is [0 to 1].
    pub known: f32,
    /// Post held.
    pub post: u32,
    /// Department.
    pub department: u16,
    /// Week hired.
    pub hired: i16,
    /// Level on the ladder, 0 at the bottom.
    pub level: u8,
    /// Site.
    pub site: u8,
    /// Function of the department.
    pub function: u8,
    /// Days in the office, one bit a weekday.
    pub presence: u8,
    /// How warm the person comes across [0 to 255].
    pub warmth: u8,
    /// Kind of value that the person needs most; only who has learnt it may act on it (M5).
    pub need: u8,
    /// Competence as colleagues take it to be, from the last rating [0 to 255; 128 is average or not rated yet].
    pub esteem: u8,
}

impl Profile {
    /// Esteem of someone average, or not rated yet.
    pub const AVERAGE: u8 = 128;

    /// What a rating makes colleagues believe of a person's competence.
    pub fn esteem_of(rating: f32) -> u8 {
        // three standard deviations on each side
        (128.0 + rating * (127.0 / 3.0)).clamp(0.0, 255.0) as u8
    }

    /// The last rating, as esteem keeps it [standard deviations].
    #[inline(always)]
    pub fn rated(&self) -> f32 {
        (f32::from(self.esteem) - f32::from(Self::AVERAGE)) * (3.0 / 127.0)
    }

    /// A vacant slot, never hired: no record about a former holder is as young as that, so none counts.
    pub const VACANT: Self = Self {
        id: NOBODY,
        interests: 0,
        influence: 0.0,
        reputation: 0.5,
        known: 0.0,
        post: NOBODY,
        department: 0,
        hired: i16::MAX,
        level: 0,
        site: 0,
        function: 0,
        presence: 0,
        warmth: 128,
        need: 0,
        esteem: Self::AVERAGE,
    };

    /// Whether someone is here.
    #[inline(always)]
    pub fn is_employed(&self) -> bool {
        self.id != NOBODY
    }

    /// Share of ego's interests that alter has too [0 to 1]; symmetric: over the smaller set.
    #[inline(always)]
    pub fn shared_interests(&self, alter: &Self) -> f32 {
        let shared = (self.interests & alter.interests).count_ones();
        let smaller = self
            .interests
            .count_ones()
            .min(alter.interests.count_ones())
            .max(1);
        shared as f32 / smaller as f32
    }

    /// Whether both are in the office of the same site on at least one day of the week.
    #[inline(always)]
    pub fn meets_in_person(&self, alter: &Self) -> bool {
        self.site == alter.site && self.presence & alter.presence != 0
    }

    /// Whether the person works from home on a day of the week or more.
    #[inline]
    pub fn has_home_days(&self) -> bool {
        self.presence.count_ones() < 5
    }
}

/// What a person strives for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Aspiration {
    /// To lead.
    #[default]
    Leadership,
    /// To be excellent at the craft.
    Excellence,
    /// To build something new.
    Building,
}

impl Aspiration {
    /// The word for the records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Leadership => "leadership",
            Self::Excellence => "excellence",
            Self::Building => "building",
        }
    }
}

/// What a person is.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub struct Character {
    /// Competence at the work [standard deviations].
    pub competence: f32,
    /// Competence at managing others, a skill of its own [standard deviations].
    pub managing: f32,
    /// Interpersonal skill [standard deviations].
    pub skill: f32,
    /// Adaptability [standard deviations].
    pub adaptability: f32,
    /// Sociability: factor on the hours that one's way of relating asks for; mean 1.
    pub sociability: f32,
    /// Week of birth.
    pub born: i32,
    /// Kind of value most and second most needed.
    pub needs: [u8; 2],
    /// Kind of value one offers by habit.
    pub habit: u8,
    /// What the person strives for.
    pub aspiration: Aspiration,
    /// How the person relates, by key.
    pub strategy: StrategyKey,
    /// What training and experience have changed in the habits.
    pub habits: Habits,
}

/// What training and experience have changed in someone's habits, over what the way of relating says. All 0 at first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Habits {
    /// More (or less) hours and initiative for relating [share of more].
    pub effort: f32,
    /// More of what a contact shows of the partner's needs is noticed [share].
    pub attentiveness: f32,
    /// The cooperation norm felt beyond the firm's own [0 to 1].
    pub cooperation: f32,
    /// Discouragement: share of the hours and the initiative that is lost [0 to 1].
    pub discouragement: f32,
}

/// What the news of the calendar year so far has brought, for the records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearNews {
    /// Pieces of news that were new to the person.
    pub heard: u16,
    /// Of these, from other departments.
    pub elsewhere: u16,
    /// Ideas.
    pub ideas: u16,
    /// Ages when heard of those from other departments, summed [weeks].
    pub age: u32,
}

/// Where a person stands.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Standing {
    /// Last rating [standard deviations of performance]; None before the first.
    pub rating: Option<f32>,
    /// Output since the last review [weeks' worth of an average colleague].
    pub output: f32,
    /// Weeks counted in `output`.
    pub weeks: u16,
    /// Mean weekly output of the last reviewed period, or the running one before [weeks' worth].
    pub performance: f32,
    /// Informal standing: recent regard of those who listen, weighted by their influence [0 to 1].
    pub informal: f32,
    /// Influence that the post or the person has beyond rank: resources, gatekeeping [0 to 1].
    pub resources: f32,
    /// Strength of active friendships, summed, as of the last look [strength].
    pub friendship: f32,
    /// Active ties as of the last look [count].
    pub active_ties: u8,
    /// Threat felt from an announced restructuring [0 to 1].
    pub threat: f32,
    /// Week since which the person has held the present level.
    pub level_since: i16,
    /// Week of the last time passed over for promotion; `i16::MIN` if never.
    pub passed_over: i16,
    /// Promotions in this firm [count].
    pub promotions: u8,
    /// Forced reassignments in this firm [count].
    pub reassignments: u8,
    /// Project the person is on, `NOBODY` if none.
    pub project: u32,
    /// What incidents since the last rating are held against the person [standard deviations of performance].
    pub held_against: f32,
    /// Hours a week that programmes take at present [hours].
    pub programme_hours: f32,
    /// Output of the calendar year so far, for the records.
    pub year_output: f32,
    /// True performance in the last reviewed period, against the firm's [standard deviations]; None before the first review.
    pub performed: Option<f32>,
    /// Pay [pay of an average post at the bottom]; None when pay is switched off.
    pub pay: Option<f32>,
    /// Lateral moves of one's own choice in this firm [count].
    pub laterals: u8,
    /// Friends who left, as of `friends_left_week`, fading since [count].
    pub friends_left: f32,
    /// Week of the last loss of a friend.
    pub friends_left_week: i16,
    /// Upheaval of the last restructuring that came near, as of `upheaval_week`, fading since [0 to 1].
    pub upheaval: f32,
    /// Week of that restructuring.
    pub upheaval_week: i16,
    /// News of the calendar year so far, for the records.
    pub year_news: YearNews,
    /// Incidents of the calendar year so far, and those in which somebody defended the person, for the records.
    pub year_incidents: (u8, u8),
    /// How often the person has taken over a colleague's way of relating, for the records.
    pub imitations: u8,
}

/// Whom one of a person's matters concerns, once that has turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// Identity of the person whose matter it is.
    pub of: u32,
    /// Slot of whom it concerns.
    pub whom: u32,
    /// Identity of whom it concerns.
    pub id: u32,
    /// Department of the person whose matter it is: another department has other matters.
    pub department: u16,
    /// Week from which the matter is another.
    pub until: i16,
}

impl Errand {
    /// No matter yet.
    pub const NONE: Self = Self {
        of: NOBODY,
        whom: NOBODY,
        id: NOBODY,
        department: 0,
        until: i16::MIN,
    };
}

/// What one week leaves behind; cleared by the next.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Week {
    /// Hours spent on contacts.
    pub hours: f32,
    /// Hours one can give to contacts this week.
    pub budget: f32,
    /// Help received [weeks' worth of practical value].
    pub help: f32,
    /// Invitations declined this week.
    pub declined: f32,
    /// Regard received this week, weighted by influence.
    pub regard: f32,
    /// Contacts this week.
    pub contacts: u8,
    /// Contacts this week that the work required.
    pub formal: u8,
    /// Contacts with other departments this week.
    pub across: u8,
    /// Ties formed this week.
    pub formed: u8,
    /// Ties dropped this week for want of room.
    pub dropped: u8,
    /// Of the contacts, those by video.
    pub by_video: u8,
    /// Of the contacts, those in writing.
    pub in_writing: u8,
    /// Of the contacts, those with people of another site.
    pub other_site: u8,
    /// Contacts that were arranged: rituals, programmes.
    pub arranged: u8,
    /// Contacts in which the other feigned an interest.
    pub feigned: u8,
    /// Of these, those that were seen through.
    pub seen_through: u8,
    /// Contacts that ended in a conflict.
    pub conflicts: u8,
    /// Dormant ties taken up again.
    pub revived: u8,
    /// Rumours that went round about the person.
    pub rumours: u8,
    /// Dealings beyond the first with those in contact.
    pub further: u8,
    /// A topic that curiosity has turned into an interest.
    pub kindled: Option<u8>,
    /// What the week's talk has made of the trust in one tie: place in the row, trust.
    pub heard: Option<(u16, f32)>,
    /// Output of the week.
    pub output: f32,
    /// Reputation after this week's talk.
    pub reputation: f32,
    /// Acquaintance after this week's talk.
    pub known: f32,
    /// Pieces of news heard.
    pub news: u8,
    /// Ideas had.
    pub ideas: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn esteem_keeps_a_rating_within_three_standard_deviations() {
        for (rating, kept) in [
            (0.0, 0.0),
            (1.5, 1.5),
            (-2.0, -2.0),
            (7.0, 3.0),
            (-7.0, -3.0),
        ] {
            let profile = Profile {
                esteem: Profile::esteem_of(rating),
                ..Profile::VACANT
            };
            // one step is 3/127 of a standard deviation
            assert!(
                (profile.rated() - kept).abs() < 0.03,
                "{rating}: {}",
                profile.rated()
            );
        }
    }
}
