//! Named people: how many of an incident's person records are people of their own, under the doubt of linking.
//!
//! Linking is not certain, so it hands over draws: worlds in which doubtful pairs are one person or two. A named count
//! is read off the draws, never off the raw clusters, and its low end is a floor of the incident's number.

use serde::{Deserialize, Serialize};

/// How many draws of the linking there are.
pub const DRAWS: usize = 256;

/// In which draws a person record is the same human being as another record of its incident, and in which it is two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Doubt {
    none: [u64; DRAWS / 64],
    two: [u64; DRAWS / 64],
}

impl Doubt {
    /// Merged into another record in these draws.
    pub fn in_draws(draws: impl IntoIterator<Item = u8>) -> Self {
        let mut doubt = Self::default();
        draws.into_iter().for_each(|draw| set(&mut doubt.none, draw));
        doubt
    }

    /// By how many people of its own the record is in each draw, 0, 1 or more; none where it is one in all. A record that
    /// falls into three or more counts as two.
    pub fn of_people(people: impl Fn(u8) -> usize) -> Option<Self> {
        let mut doubt = Self::default();
        for draw in 0..=u8::MAX {
            match people(draw) {
                0 => set(&mut doubt.none, draw),
                1 => {}
                _ => set(&mut doubt.two, draw),
            }
        }
        (doubt != Self::default()).then_some(doubt)
    }

    /// Doubt in `permille` thousandths of the draws, spread evenly: for a judgement "unsure" write 500.
    pub fn of(permille: u16) -> Self {
        let share = u32::from(permille.min(1000));
        // Draw d is doubtful where the running share steps over a whole number.
        Self::in_draws(
            (0..=u8::MAX).filter(|d| (u32::from(*d) + 1) * share / 1000 > u32::from(*d) * share / 1000),
        )
    }

    /// Whether the record is merged into another in this draw.
    pub fn holds_in(&self, draw: u8) -> bool {
        is_set(&self.none, draw)
    }

    /// Whether the record is two people in this draw.
    pub fn is_two_in(&self, draw: u8) -> bool {
        is_set(&self.two, draw)
    }
}

fn set(words: &mut [u64; DRAWS / 64], draw: u8) {
    words[usize::from(draw) / 64] |= 1 << (draw % 64);
}

fn is_set(words: &[u64; DRAWS / 64], draw: u8) -> bool {
    words[usize::from(draw) / 64] >> (draw % 64) & 1 == 1
}

/// A named count under the doubt of linking: 2.5 %, 50 % and 97.5 % of the draws.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Named {
    /// The low end.
    pub low: u64,
    /// The middle.
    pub median: u64,
    /// The high end.
    pub high: u64,
}

/// People counted draw by draw; people without doubt are kept as one number.
#[derive(Debug, Clone, Default)]
pub(crate) struct NamedDraws {
    certain: u64,
    doubtful: Option<Box<[u64; DRAWS]>>,
}

impl NamedDraws {
    /// Adds one person record.
    pub(crate) fn add(&mut self, doubt: Option<&Doubt>) {
        match doubt {
            None => self.certain += 1,
            Some(doubt) => {
                let draws = self.doubtful.get_or_insert_with(|| Box::new([0; DRAWS]));
                for draw in 0..=u8::MAX {
                    draws[usize::from(draw)] +=
                        u64::from(!doubt.holds_in(draw)) + u64::from(doubt.is_two_in(draw));
                }
            }
        }
    }

    /// Adds other people.
    pub(crate) fn join(&mut self, other: Self) {
        self.certain += other.certain;
        if let Some(others) = other.doubtful {
            let draws = self.doubtful.get_or_insert_with(|| Box::new([0; DRAWS]));
            draws.iter_mut().zip(others.iter()).for_each(|(own, other)| *own += other);
        }
    }

    /// The count with its ends.
    pub(crate) fn named(&self) -> Named {
        let Some(doubtful) = &self.doubtful else {
            return Named { low: self.certain, median: self.certain, high: self.certain };
        };
        let mut sorted = **doubtful;
        sorted.sort_unstable();
        let tail = DRAWS / 40;
        Named {
            low: self.certain + sorted[tail],
            median: self.certain + sorted[(DRAWS - 1) / 2],
            high: self.certain + sorted[DRAWS - 1 - tail],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(people: &[Option<Doubt>]) -> Named {
        let mut draws = NamedDraws::default();
        people.iter().for_each(|doubt| draws.add(doubt.as_ref()));
        draws.named()
    }

    #[test]
    fn people_without_doubt_are_one_number() {
        assert_eq!(named(&[None, None]), Named { low: 2, median: 2, high: 2 });
    }

    #[test]
    fn an_unsure_pair_is_one_person_or_two() {
        assert_eq!(named(&[None, Some(Doubt::of(500))]), Named { low: 1, median: 1, high: 2 });
        assert_eq!(named(&[None, Some(Doubt::of(10))]), Named { low: 2, median: 2, high: 2 });
    }

    #[test]
    fn a_record_that_may_be_two_people_raises_the_high_end() {
        let doubt = Doubt::of_people(|draw| if draw < 64 { 2 } else { 1 });
        assert_eq!(named(&[None, doubt]), Named { low: 2, median: 2, high: 3 });
        assert_eq!(Doubt::of_people(|_| 1), None);
    }

    #[test]
    fn doubt_is_spread_over_the_draws() {
        for permille in [0, 1, 250, 500, 999, 1000] {
            let held = (0..=u8::MAX).filter(|d| Doubt::of(permille).holds_in(*d)).count();
            assert_eq!(held, DRAWS * usize::from(permille) / 1000);
        }
    }
}
