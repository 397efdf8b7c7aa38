//! Names at most one letter away from a wanted one, as an automaton over the bytes of a list of names.
//!
//! The bits of a state say how many letters of the wanted name may have been read, one set without a difference and one
//! with (Wu and Manber, "Fast text searching allowing errors", 1992), so that a state is a few numbers. The trap this
//! avoids: an automaton that is built for each name before it is used takes longer to build than the search takes.

use fst::Automaton;

/// Most letters of a wanted name: each has its bit, and one stands before the first.
const MOST: usize = 63;

/// Letters that are looked up in a table: those of one byte.
const ASCII: usize = 0x80;

/// A wanted name.
pub(super) struct OneLetterAway {
    letters: Vec<char>,
    /// For each letter of one byte, a bit for each place at which the name has it.
    ascii: [u64; ASCII],
}

/// What has been read of a name.
#[derive(Clone, Copy)]
pub(super) struct Read {
    /// How many letters of the wanted name it may be the same as, a bit each.
    same: u64,
    /// The same with one letter added, left out or another.
    other: u64,
    /// The letter whose bytes are being read, and how many of them are still to come.
    letter: u32,
    missing: u8,
}

impl OneLetterAway {
    /// From a folded name; none for one that is too long.
    pub fn from(name: &str) -> Option<Self> {
        let letters: Vec<char> = name.chars().collect();
        if letters.len() > MOST {
            return None;
        }
        let mut ascii = [0; ASCII];
        for (place, letter) in letters.iter().enumerate().filter(|(_, letter)| letter.is_ascii()) {
            ascii[*letter as usize] |= 1 << place;
        }
        Some(Self { letters, ascii })
    }

    /// A bit for each place at which the wanted name has a letter.
    fn places_of(&self, letter: u32) -> u64 {
        self.ascii.get(letter as usize).copied().unwrap_or_else(|| {
            self.letters.iter().rev().fold(0, |bits, own| bits << 1 | u64::from(u32::from(*own) == letter))
        })
    }
}

impl Automaton for OneLetterAway {
    type State = Read;

    fn start(&self) -> Read {
        Read { same: 1, other: 1 << 1, letter: 0, missing: 0 }
    }

    fn is_match(&self, read: &Read) -> bool {
        read.missing == 0 && (read.same | read.other) >> self.letters.len() & 1 == 1
    }

    fn can_match(&self, read: &Read) -> bool {
        read.same | read.other != 0
    }

    fn accept(&self, read: &Read, byte: u8) -> Read {
        let (letter, missing) = match byte {
            0x00..=0x7f => (u32::from(byte), 0),
            0x80..=0xbf => (read.letter << 6 | u32::from(byte & 0x3f), read.missing.saturating_sub(1)),
            0xc0..=0xdf => (u32::from(byte & 0x1f), 1),
            0xe0..=0xef => (u32::from(byte & 0x0f), 2),
            0xf0..=0xff => (u32::from(byte & 0x07), 3),
        };
        if missing > 0 {
            return Read { letter, missing, ..*read };
        }
        let here = self.places_of(letter);
        let same = (read.same & here) << 1;
        let (added, another, left_out) = (read.same, read.same << 1, same << 1);
        let other = (read.other & here) << 1 | added | another | left_out;
        let all = u64::MAX >> (MOST - self.letters.len());
        Read { same, other: other & all, letter, missing }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn accepts(wanted: &str, name: &str) -> bool {
        let Some(automaton) = OneLetterAway::from(wanted) else { return false };
        let read = name.bytes().fold(automaton.start(), |read, byte| automaton.accept(&read, byte));
        automaton.can_match(&read) && automaton.is_match(&read)
    }

    /// By trying every change, without looking at the automaton.
    fn is_one_away(wanted: &[char], name: &[char]) -> bool {
        let without = |word: &[char], at: usize| -> Vec<char> { [&word[..at], &word[at + 1..]].concat() };
        wanted == name
            || (0..wanted.len()).any(|at| without(wanted, at) == name)
            || (0..name.len()).any(|at| without(name, at) == wanted)
            || wanted.len() == name.len()
                && (0..name.len()).any(|at| without(name, at) == without(wanted, at))
    }

    proptest! {
        #[test]
        fn it_accepts_what_is_one_letter_away(wanted in "[abنهذ]{0,6}", name in "[abنهذ]{0,6}") {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            prop_assert_eq!(accepts(&wanted, &name), is_one_away(&letters(&wanted), &letters(&name)));
        }
    }

    #[test]
    fn a_name_of_any_length_is_read_or_refused() {
        let longest = "ن".repeat(MOST);
        assert!(accepts(&longest, &longest[2..]) && accepts(&longest, &format!("{longest}a")));
        assert!(!accepts(&longest, &format!("{longest}ab")) && !accepts(&longest, &longest[4..]));
        assert!(OneLetterAway::from(&"a".repeat(MOST + 1)).is_none());
    }
}
