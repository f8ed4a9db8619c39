//! What letters carry: an offer and its reply, each packed into 32 bits.

use crate::world::NOBODY;

/// Place, in one's row of ties, of the record about somebody whom one does not know: no row is as long.
pub const STRANGER: u16 = u16::MAX;

/// How two people are in contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Face to face.
    InPerson,
    /// By video or telephone.
    Video,
    /// In writing, not at the same time.
    Asynchronous,
}

/// What a contact rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A real shared interest.
    Shared,
    /// Curiosity about the other.
    Curious,
    /// A feigned interest.
    Feigned,
}

/// What a letter carries, packed into 32 bits.
///
/// bit 0 formal, 1 aimed, 2 late, 3 new, 4-5 channel, 6-7 basis, 8-10 kind of value, 11-13 class of mutual contacts,
/// 14 scheduled, 15 introduced, 16-23 amount, 24-31 regard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offer(u32);

/// What a reply carries, packed into 32 bits; and where the receiver keeps the record about the caller.
///
/// bit 0 accepted, 1 aimed, 2 saw through, 4 conflict, 6-7 basis, 8-10 kind of value, 11-14 further dealings,
/// 16-23 amount, 24-31 regard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    bits: u32,
    place: u16,
}

#[inline(always)]
fn part(x: f32) -> u32 {
    // the conversion to 8 bits keeps what it is given between 0 and 255
    u32::from((x * 255.0 + 0.5) as u8)
}

#[inline(always)]
const fn flag(bits: u32, bit: u32) -> bool {
    bits & (1 << bit) != 0
}

/// What one of the two brings into a contact: the bits that an offer and a reply have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given(u32);

impl Given {
    /// Whether the offer meets a need that the giver knows of.
    #[inline(always)]
    pub const fn is_aimed(self) -> bool {
        flag(self.0, 1)
    }
    /// What the contact rests on.
    #[inline(always)]
    pub const fn basis(self) -> Basis {
        match (self.0 >> 6) & 3 {
            0 => Basis::Shared,
            1 => Basis::Curious,
            _ => Basis::Feigned,
        }
    }
    /// Whether the interest is feigned.
    #[inline(always)]
    pub const fn is_feigned(self) -> bool {
        (self.0 >> 6) & 3 >= Basis::Feigned as u32
    }
    /// Kind of value offered, an index.
    #[inline(always)]
    pub const fn kind(self) -> u8 {
        ((self.0 >> 8) & 7) as u8
    }
    /// Amount of value offered [0 to 1, in 255 parts].
    #[inline(always)]
    pub const fn amount(self) -> f32 {
        ((self.0 >> 16) & 255) as f32 * (1.0 / 255.0)
    }
    /// How highly the giver holds the other: trust x strength [0 to 1, in 255 parts].
    #[inline(always)]
    pub const fn regard(self) -> f32 {
        (self.0 >> 24) as f32 * (1.0 / 255.0)
    }
}

impl Offer {
    /// An offer of `amount` of `kind` on a channel and a basis.
    #[inline]
    pub fn new(channel: Channel, basis: Basis, kind: u8, amount: f32, regard: f32) -> Self {
        Self(
            (channel as u32) << 4
                | (basis as u32) << 6
                | u32::from(kind & 7) << 8
                | part(amount) << 16
                | part(regard) << 24,
        )
    }
    /// Marks it: required by the work; aimed at a known need; a late call under threat; to a stranger.
    #[inline]
    #[must_use]
    pub fn marked(self, formal: bool, aimed: bool, late: bool, new: bool) -> Self {
        Self(
            self.0
                | u32::from(formal)
                | u32::from(aimed) << 1
                | u32::from(late) << 2
                | u32::from(new) << 3,
        )
    }
    /// Adds how the two come to be in contact: arranged for both; through a common ally; and the class of their mutual contacts.
    #[inline]
    #[must_use]
    pub fn through(self, scheduled: bool, introduced: bool, mutual: u8) -> Self {
        Self(
            self.0
                | u32::from(mutual & 7) << 11
                | u32::from(scheduled) << 14
                | u32::from(introduced) << 15,
        )
    }
    /// What the caller brings.
    #[inline(always)]
    pub const fn given(self) -> Given {
        Given(self.0)
    }
    /// Whether the work requires the contact.
    #[inline(always)]
    pub const fn is_formal(self) -> bool {
        flag(self.0, 0)
    }
    /// Whether the contact was arranged for both: a ritual, a programme.
    #[inline(always)]
    pub const fn is_scheduled(self) -> bool {
        flag(self.0, 14)
    }
    /// Whether the contact takes place without being asked for: required or arranged.
    #[inline(always)]
    pub const fn is_fixed(self) -> bool {
        self.is_formal() | self.is_scheduled()
    }
    /// Whether the caller held no record about the other.
    #[inline(always)]
    pub const fn is_new(self) -> bool {
        flag(self.0, 3)
    }
    /// Whether a common ally made the introduction.
    #[inline(always)]
    pub const fn is_introduced(self) -> bool {
        flag(self.0, 15)
    }
    /// Class of mutual contacts (see M8).
    #[inline(always)]
    pub const fn mutual(self) -> u8 {
        ((self.0 >> 11) & 7) as u8
    }
    /// Whether the caller calls only because of a threat.
    #[inline(always)]
    pub const fn is_late(self) -> bool {
        flag(self.0, 2)
    }
    /// The channel.
    #[inline(always)]
    pub const fn channel(self) -> Channel {
        match (self.0 >> 4) & 3 {
            0 => Channel::InPerson,
            1 => Channel::Video,
            _ => Channel::Asynchronous,
        }
    }
}

impl Reply {
    /// The call was declined.
    pub const DECLINED: Self = Self {
        bits: 0,
        place: STRANGER,
    };

    /// The call was accepted with a counter-offer.
    #[inline]
    pub fn accepted(basis: Basis, kind: u8, amount: f32, regard: f32) -> Self {
        Self {
            bits: 1
                | (basis as u32) << 6
                | u32::from(kind & 7) << 8
                | part(amount) << 16
                | part(regard) << 24,
            place: STRANGER,
        }
    }
    /// Marks it: aimed at a known need; saw through a feigned interest.
    #[inline]
    #[must_use]
    pub fn marked(mut self, aimed: bool, saw_through: bool) -> Self {
        self.bits |= u32::from(aimed) << 1 | u32::from(saw_through) << 2;
        self
    }
    /// Adds the place of the receiver's record about the caller, or `STRANGER`.
    #[inline]
    #[must_use]
    pub fn from_place(mut self, place: u16) -> Self {
        self.place = place;
        self
    }
    /// Marks a contact that ended in a conflict of the two.
    #[inline]
    #[must_use]
    pub fn with_conflict(mut self, conflict: bool) -> Self {
        self.bits |= u32::from(conflict) << 4;
        self
    }
    /// Adds how often the two dealt with each other beyond the first time [0 to 15].
    #[inline]
    #[must_use]
    pub fn with_further(mut self, further: u8) -> Self {
        self.bits |= u32::from(further & 15) << 11;
        self
    }
    /// In one word, as it travels back.
    #[inline(always)]
    pub(super) const fn packed(self) -> u64 {
        (self.place as u64) << 32 | self.bits as u64
    }
    /// From that word.
    #[inline(always)]
    pub(super) const fn unpacked(word: u64) -> Self {
        Self {
            bits: word as u32,
            place: (word >> 32) as u16,
        }
    }
    /// What the receiver brings.
    #[inline(always)]
    pub const fn given(self) -> Given {
        Given(self.bits)
    }
    /// Place of the receiver's record about the caller, or `STRANGER`.
    #[inline(always)]
    pub const fn place(self) -> u16 {
        self.place
    }
    /// Dealings of the week beyond the first [0 to 15].
    #[inline(always)]
    pub const fn further(self) -> u8 {
        ((self.bits >> 11) & 15) as u8
    }
    /// Whether the contact ended in a conflict.
    #[inline(always)]
    pub const fn is_conflict(self) -> bool {
        flag(self.bits, 4)
    }
    /// Whether the call was accepted.
    #[inline(always)]
    pub const fn is_accepted(self) -> bool {
        flag(self.bits, 0)
    }
    /// Whether the receiver saw through a feigned interest.
    #[inline(always)]
    pub const fn saw_through(self) -> bool {
        flag(self.bits, 2)
    }
}

/// A place in the outbox.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    /// Slot of the receiver; `NOBODY` when the place is empty.
    pub target: u32,
    /// What it carries.
    pub offer: Offer,
    /// Place of the writer's record about the receiver, or `STRANGER`.
    pub place: u16,
}

impl Letter {
    /// An empty place.
    pub const NONE: Self = Self {
        target: NOBODY,
        offer: Offer(0),
        place: STRANGER,
    };
}

/// A letter as it lies in the inbox.
#[derive(Debug, Clone, Copy, Default)]
pub struct Call {
    /// Slot of the writer.
    pub from: u32,
    /// What it carries.
    pub offer: Offer,
    /// Which of the writer's letters it is.
    pub number: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let offer = Offer::new(Channel::Asynchronous, Basis::Feigned, 5, 0.2, 0.8)
            .marked(false, true, true, false)
            .through(true, false, 5);
        assert!(offer.is_scheduled() && !offer.is_introduced());
        assert_eq!(offer.mutual(), 5);
        assert_eq!(offer.channel(), Channel::Asynchronous);
        let given = offer.given();
        assert_eq!((given.basis(), given.kind()), (Basis::Feigned, 5));
        assert!(given.is_feigned());
        assert!((given.amount() - 0.2).abs() < 1e-6 && (given.regard() - 0.8).abs() < 1e-6);
        assert!(!offer.is_formal() && given.is_aimed() && offer.is_late() && !offer.is_new());
        let reply = Reply::accepted(Basis::Curious, 2, 1.0, 0.0).marked(false, true);
        assert!(!reply.given().is_feigned());
        assert!(reply.is_accepted() && reply.saw_through() && !reply.given().is_aimed());
        assert_eq!((reply.place(), reply.from_place(7).place()), (STRANGER, 7));
        assert!(!reply.is_conflict() && reply.with_conflict(true).is_conflict());
        assert_eq!((reply.further(), reply.with_further(15).further()), (0, 15));
        assert_eq!(reply.with_further(15).given().amount(), 1.0);
        assert!(!Reply::DECLINED.is_accepted());
    }
}
