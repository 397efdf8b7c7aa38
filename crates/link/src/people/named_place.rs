//! A place's name in numbers: equal where it is the same word, or where two scripts sound alike. Two scripts that sound
//! otherwise tell nothing: one city has names that share no consonant.

use super::reach::hash;
use crate::names::skeleton;

/// A place as it is compared: a name, and how it sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Named {
    /// The name's number; 0 is unknown.
    pub number: u32,
    /// Its consonants, and in the last bit whether it is written in Arabic letters.
    sound: u32,
}

impl Named {
    /// A name by its number, from its folded letters.
    pub fn new(number: u32, folded: &str) -> Named {
        Named { number, sound: Named::sound_of(folded) }
    }

    /// The same with another number; an unknown place stays unknown.
    pub fn renumbered(self, number: impl Fn(u32) -> u32) -> Named {
        Named { number: if self.number == 0 { 0 } else { number(self.number) }, ..self }
    }

    /// How a folded name sounds, and in which script it is written.
    fn sound_of(name: &str) -> u32 {
        let words =
            name.split(' ').map(|word| word.strip_prefix("ال").or(word.strip_prefix("al-")).unwrap_or(word));
        let heard = words.filter(|word| *word != "al").map(skeleton);
        let hash = hash(&heard.collect::<String>());
        let arabic = name.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
        hash << 1 | u32::from(arabic)
    }

    /// Whether two places are one, or two; none where that cannot be seen: one of them is unknown, or they are written in two
    /// scripts and sound otherwise ("Damascus", «دمشق»).
    pub fn is(self, other: Named) -> Option<bool> {
        let known = self.number != 0 && other.number != 0;
        let same = self.number == other.number || self.sound ^ other.sound == 1;
        let one_script = (self.sound ^ other.sound) & 1 == 0;
        (known && (same || one_script)).then_some(same)
    }
}

#[cfg(test)]
mod tests {
    use sijil_model::fold::fold;

    use super::*;

    fn is(one: &str, other: &str) -> Option<bool> {
        Named::new(1, &fold(one)).is(Named::new(2, &fold(other)))
    }

    #[test]
    fn two_scripts_meet_in_the_sound_and_are_never_told_apart_by_it() {
        assert_eq!(is("تل النهر", "Tell al-Nahr"), Some(true));
        assert_eq!(is("السنابل", "Sanabil"), Some(true));
        assert_eq!(is("قصر النهر", "Nahr Castle"), None);
        assert_eq!(is("تل النهر", "تل السنابل"), Some(false));
        assert_eq!(is("Sanabil", "Tell Nahr"), Some(false));
        assert_eq!(Named::default().is(Named::new(2, "nahr")), None);
    }
}
