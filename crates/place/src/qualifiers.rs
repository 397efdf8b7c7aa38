//! Words that one source gives to a name and another leaves out, from `data/qualifiers.csv`: "Tell", "great", "upper".
//!
//! They tell villages of one name apart, so a name without its word is another candidate and never the same name.

use std::sync::LazyLock;

use crate::keys::{Script, first_script, skeleton};
use crate::words::is_generic;

/// A name of fewer consonants is too short to lose or gain a word.
const CONSONANTS: usize = 2;

/// A word that is often left out.
struct Qualifier {
    /// Whether it stands before the name and not after it.
    is_before: bool,
    latin: &'static str,
    arabic: &'static str,
    /// What translators write before the name instead.
    english: Vec<&'static str>,
    /// Its consonants, by which every spelling of it is known: "foqani", "Kebir", الكبيرة.
    consonants: String,
}

static QUALIFIERS: LazyLock<Vec<Qualifier>> = LazyLock::new(|| {
    // A test reads every line.
    let read = |line: &'static str| {
        let [stands, latin, arabic, english] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
        let is_before = stands == "before";
        let consonants = consonants(arabic, is_before);
        Some(Qualifier { is_before, latin, arabic, english: english.split(' ').collect(), consonants })
    };
    include_str!("../data/qualifiers.csv").lines().skip(1).filter_map(read).collect()
});

impl Qualifier {
    /// A name with this word, in the letters of the name.
    fn with(&self, name: &str) -> String {
        let word = if first_script(name) == Script::Arabic { self.arabic } else { self.latin };
        if self.is_before { format!("{word} {name}") } else { format!("{name} {word}") }
    }
}

/// A folded name without its qualifier or with that translated, else with each that it may have.
pub(crate) fn alterations(name: &str) -> Vec<String> {
    let is_name = |name: &str| skeleton(name).len() >= CONSONANTS && !is_generic(name);
    let translated = translated(name).into_iter().flat_map(|(one, rest)| [one.with(rest), rest.to_owned()]);
    let without = without(name).map(str::to_owned);
    let with = QUALIFIERS.iter().filter(|_| is_name(name)).map(|one| one.with(name));
    translated.chain(without).filter(|name| is_name(name)).chain(with).collect()
}

/// The qualifier whose translation a name begins with, and the rest of the name.
fn translated(name: &str) -> Option<(&'static Qualifier, &str)> {
    let (first, rest) = name.split_once(' ')?;
    QUALIFIERS.iter().find(|one| one.english.contains(&first)).map(|one| (one, rest))
}

/// The rest of a name that begins or ends with a qualifier.
fn without(name: &str) -> Option<&str> {
    let is = |word: &str, is_before: bool| {
        let consonants = consonants(word, is_before);
        QUALIFIERS.iter().any(|one| one.is_before == is_before && one.consonants == consonants)
    };
    match (name.split_once(' '), name.rsplit_once(' ')) {
        (_, Some((rest, last))) if is(last, false) => Some(rest),
        (Some((first, rest)), _) if is(first, true) => Some(rest),
        _ => None,
    }
}

/// The consonants of a word that stands before a name or after it: ة is heard otherwise there.
fn consonants(word: &str, is_before: bool) -> String {
    skeleton(&if is_before { format!("{word} ") } else { word.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_word_in_both_scripts() {
        let lines: Vec<&str> = include_str!("../data/qualifiers.csv").lines().skip(1).collect();
        assert_eq!(lines.len(), QUALIFIERS.len());
        for one in QUALIFIERS.iter() {
            assert_eq!(crate::keys::folded(one.latin), one.latin);
            assert_eq!(crate::keys::folded(one.arabic), one.arabic);
            assert_eq!(without(&format!("{} wardah", one.latin)).is_some(), one.is_before, "{}", one.latin);
        }
    }

    #[test]
    fn a_name_loses_or_gains_a_word() {
        assert_eq!(without("nahr foqani"), Some("nahr"));
        assert_eq!(without("النهر الكبيره"), Some("النهر"));
        assert_eq!(without("tel zaytun"), Some("zaytun"));
        assert_eq!(without("khirbat zaytun"), Some("zaytun"));
        assert_eq!(without("zaytun"), None);
        assert_eq!(alterations("lower zaytun").first().map(String::as_str), Some("zaytun tahtani"));
        assert!(alterations("zaytun").contains(&"zaytun tahtani".to_owned()));
        assert!(alterations("الزيتون").contains(&"تل الزيتون".to_owned()));
        assert!(alterations("tel").is_empty());
    }
}
