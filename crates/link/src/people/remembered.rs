//! How close words are, remembered: the same two words meet in thousands of pairs of records.

use std::sync::atomic::{AtomicU64, Ordering};

use super::vocabulary::WordId;
use crate::names::Closeness;

/// Places for words that were compared, at most: 8 MB.
const MOST: usize = 1 << 20;

/// A table that all threads read and write without waiting: a place holds two words and how close they are in one
/// number, so that whoever reads it sees whether it speaks of their words. Later words take the place of earlier ones.
#[derive(Debug)]
pub(super) struct Remembered(Vec<AtomicU64>);

impl Remembered {
    /// Nothing yet, of a vocabulary of so many words.
    pub(super) fn nothing(words: usize) -> Remembered {
        let places = (16 * words).next_power_of_two().clamp(64, MOST);
        Remembered((0..places).map(|_| AtomicU64::new(0)).collect())
    }

    /// How close two different words are: as it was reckoned before, or as it is reckoned now.
    pub(super) fn or_reckon(&self, a: WordId, b: WordId, reckon: impl FnOnce() -> Closeness) -> Closeness {
        let (low, high) = (a.min(b), a.max(b));
        if high >= 1 << 31 {
            return reckon();
        }
        let words = u64::from(low) << 33 | u64::from(high) << 2;
        let mixed = words.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let place = &self.0[mixed as usize & (self.0.len() - 1)];
        let said = place.load(Ordering::Relaxed);
        // Two words that differ never make 0, which an empty place holds.
        if said & !3 == words {
            return [Closeness::Same, Closeness::Near, Closeness::Other][(said & 3).min(2) as usize];
        }
        let close = reckon();
        place.store(words | close as u64, Ordering::Relaxed);
        close
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_was_reckoned() {
        let remembered = Remembered::nothing(4);
        let close = |a: WordId, b: WordId| match (a + b) % 3 {
            0 => Closeness::Same,
            1 => Closeness::Near,
            _ => Closeness::Other,
        };
        // Far more pairs than places.
        for _ in 0..2 {
            for a in 0..60 {
                for b in (0..60).filter(|b| *b != a) {
                    assert_eq!(remembered.or_reckon(a, b, || close(a, b)), close(a, b));
                }
            }
        }
        assert_eq!(remembered.or_reckon(1, 1 << 31, || Closeness::Near), Closeness::Near);
        assert_eq!(remembered.or_reckon(1, 1 << 31, || Closeness::Other), Closeness::Other);
        // What is at hand is not reckoned again.
        remembered.or_reckon(7, 8, || Closeness::Near);
        assert_eq!(remembered.or_reckon(8, 7, || Closeness::Other), Closeness::Near);
    }
}
