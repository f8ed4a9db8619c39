//! M1 Opportunity: on which channel two people meet, what it costs and what it builds. Stated in the rule's page, the parent.

use super::Opportunity;
use crate::engine::Channel;
use crate::random::Draws;
use crate::world::Profile;

impl Opportunity {
    /// The channel on which two people meet.
    #[inline]
    pub fn channel(
        &self,
        ego: &Profile,
        alter: &Profile,
        arranged: bool,
        draws: &mut Draws,
    ) -> Channel {
        let by_video = draws.chance(self.video.single()) || arranged;
        if ego.meets_in_person(alter) {
            Channel::InPerson
        } else if by_video {
            Channel::Video
        } else {
            Channel::Asynchronous
        }
    }

    /// Hours that a contact costs each side [hours].
    #[inline]
    pub fn hours(&self, channel: Channel) -> f32 {
        match channel {
            Channel::InPerson => self.hours_in_person.single(),
            Channel::Video => self.hours_video.single(),
            Channel::Asynchronous => self.hours_asynchronous.single(),
        }
    }

    /// Power of a channel to build collaboration, given that to build friendship [share].
    #[inline]
    pub fn power_for_work(&self, power: f32) -> f32 {
        1.0 - self.power_work.single() * (1.0 - power)
    }

    /// Power of a channel to build friendship and trust, meeting in person being 1 [share].
    #[inline]
    pub fn power(&self, channel: Channel) -> f32 {
        match channel {
            Channel::InPerson => 1.0,
            Channel::Video => self.power_video.single(),
            Channel::Asynchronous => self.power_asynchronous.single(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::nowhere;
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::units::{Hours, Probability, Share};

    #[test]
    fn the_channel_follows_from_where_two_people_are() {
        let rule = Opportunity {
            video: Probability::new(0.3),
            ..nowhere()
        };
        let here = Profile {
            presence: 0b00011,
            ..Profile::VACANT
        };
        let other_days = Profile {
            presence: 0b11100,
            ..Profile::VACANT
        };
        let far = Profile {
            site: 1,
            presence: 0b11111,
            ..Profile::VACANT
        };
        let channel = |a: &Profile, b: &Profile, i| {
            rule.channel(
                a,
                b,
                false,
                &mut Randomness::new(5).draws(Purpose::Choice, 0, i),
            )
        };
        assert!((0..100).all(|i| channel(&here, &here, i) == Channel::InPerson));
        for apart in [other_days, far] {
            let video = (0..20_000)
                .filter(|&i| channel(&here, &apart, i) == Channel::Video)
                .count();
            let share = video as f64 / 20_000.0;
            assert!(
                (share - 0.3).abs() < 4.0 * (0.3_f64 * 0.7 / 20_000.0).sqrt(),
                "{share}"
            );
            assert!((0..100).all(|i| channel(&here, &apart, i) != Channel::InPerson));
        }
    }

    #[test]
    fn channels_cost_and_build_what_their_parameters_say() {
        let rule = Opportunity {
            hours_in_person: Hours::new(0.75),
            hours_video: Hours::new(0.5),
            hours_asynchronous: Hours::new(0.25),
            power_video: Share::new(0.5),
            power_asynchronous: Share::new(0.25),
            power_work: Share::new(0.4),
            ..nowhere()
        };
        let channels = [Channel::InPerson, Channel::Video, Channel::Asynchronous];
        assert_eq!(channels.map(|c| rule.hours(c)), [0.75, 0.5, 0.25]);
        assert_eq!(channels.map(|c| rule.power(c)), [1.0, 0.5, 0.25]);
        // 1 - 0.4 * (1 - 0.5)
        assert!((rule.power_for_work(0.5) - 0.8).abs() < 1e-6);
        assert_eq!(rule.power_for_work(1.0), 1.0);
    }
}
