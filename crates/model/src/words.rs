//! Words of a text with where they stand, folded as names are compared: by spelling in either script, with Arabic
//! prefixes and articles taken off.

use crate::fold::fold_letter;

/// A word as compared, and its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word as compared.
    pub folded: String,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// What may stand before an Arabic word as one with it, longest first.
const PREFIXES: [&str; 14] =
    ["وبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك"];

/// Articles that stand as words of their own in Latin letters.
const ARTICLES: [&str; 8] = ["al", "el", "ad", "an", "ar", "as", "ash", "at"];

/// The words of a text, articles in Latin letters left out.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut folded = String::new();
    for (at, letter) in text.char_indices() {
        folded.clear();
        folded.push('x');
        fold_letter(letter, &mut folded);
        let rest = &folded[1..];
        if !rest.is_empty() && rest.trim().is_empty() {
            open = false;
            continue;
        }
        let end = at + letter.len_utf8();
        match words.last_mut().filter(|_| open) {
            Some(word) => {
                word.folded.extend(rest.chars().filter(|c| *c != ' '));
                word.end = end;
            }
            None if rest.is_empty() => {}
            None => {
                words.push(Word { folded: rest.replace(' ', ""), start: at, end });
                open = true;
            }
        }
    }
    words.retain(|word| !ARTICLES.contains(&word.folded.as_str()));
    words
}

/// The words of a name, bare: «والنورس» is نورس.
pub fn name_words(name: &str) -> Vec<String> {
    words(name).into_iter().map(|word| bare(&word.folded).to_owned()).collect()
}

/// Whether a word of a text may be this bare word of a name.
pub fn may_be(word: &str, name: &str) -> bool {
    if word == name || word.strip_suffix('s') == Some(name) {
        return true;
    }
    PREFIXES.iter().any(|prefix| word.strip_prefix(prefix) == Some(name))
}

/// The bare words that a word of a text may be.
pub fn readings(word: &str) -> impl Iterator<Item = &str> {
    std::iter::once(word)
        .chain(word.strip_suffix('s'))
        .chain(PREFIXES.iter().filter_map(move |prefix| word.strip_prefix(prefix)))
        .filter(|reading| !reading.is_empty())
}

fn bare(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() > 2 => rest,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places_under_every_spelling() {
        let text = "قال خَالِـــد النَّورس: Qal’at al-Bahr";
        let found = words(text);
        let folded: Vec<&str> = found.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["قال", "خالد", "النورس", "qalat", "bahr"]);
        assert_eq!(&text[found[1].start..found[1].end], "خَالِـــد");
    }

    #[test]
    fn prefixes_do_not_hide_a_name() {
        assert_eq!(name_words("خالد النورس"), ["خالد", "نورس"]);
        assert!(may_be("وخالد", "خالد") && may_be("للنورس", "نورس") && may_be("tarifs", "tarif"));
        assert!(!may_be("مخالد", "خالد"));
    }
}
