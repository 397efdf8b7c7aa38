//! Look-up keys: the folded spelling of a place name, and its consonant skeleton, in which Arabic and Latin
//! spellings of one name meet.
//!
//! السوسة, "As Susah", "Sooseh" and "Al Soussa" all have the skeleton `ss`. A skeleton finds too much (vowels are
//! what tells many names apart), so whoever uses it ranks by [`similarity`] and context. Known misses: an initial ع
//! that Latin writes as a vowel is dropped on both sides, Egyptian `g` for ج and `s` for ث are not.

use sijil_model::fold::fold;

/// The script of a name, told by its letters and never by a language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Latin letters with any marks.
    Latin,
    /// Arabic letters, those of Persian, Kurdish and Urdu among them.
    Arabic,
    /// Any other script, a mixture, or no letters.
    Other,
}

/// The script that all letters of a name have.
pub fn script(name: &str) -> Script {
    let mut scripts = name.chars().filter(|letter| letter.is_alphabetic()).map(letter_script);
    let Some(first) = scripts.next() else { return Script::Other };
    if scripts.all(|other| other == first) { first } else { Script::Other }
}

/// The script of a name's first letter: enough for one that is known to be of a single script.
pub fn first_script(name: &str) -> Script {
    name.chars().find(|letter| letter.is_alphabetic()).map_or(Script::Other, letter_script)
}

fn letter_script(letter: char) -> Script {
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{00c0}'..='\u{02ff}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{0620}'..='\u{06ff}'
        | '\u{0750}'..='\u{077f}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
        _ => Script::Other,
    }
}

/// The folded spelling of a place name: [`fold`] without the many marks that stand for ع and ء in Latin
/// ("Ma`arrat", "Daraʻa"), which would otherwise cut a word in two.
pub fn folded(name: &str) -> String {
    const MARKS: [char; 9] = ['`', '´', '′', 'ʻ', 'ˈ', 'ˌ', '‛', '"', 'ʽ'];
    if name.contains(MARKS) { fold(&name.replace(MARKS, "")) } else { fold(name) }
}

/// The consonant skeleton of a folded name; empty where it has no consonants of either script.
pub fn skeleton(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    let mut tokens = folded.split(' ').peekable();
    while let Some(token) = tokens.next() {
        if token.starts_with(is_arabic) {
            arabic_skeleton(token, &mut key)
        } else {
            latin_skeleton(token, tokens.peek().is_none(), &mut key)
        }
    }
    key
}

fn is_arabic(letter: char) -> bool {
    letter_script(letter) == Script::Arabic
}

/// What stands between country and skeleton in a key.
pub const AFTER_COUNTRY: char = ':';

/// The key under which a skeleton is kept: names of one country lie together, so that those of the world are not read.
pub fn country_skeleton(country: [u8; 2], skeleton: &str) -> String {
    let mut key = String::with_capacity(skeleton.len() + 3);
    key.extend(country.iter().filter(|byte| **byte != 0).map(|byte| char::from(byte.to_ascii_uppercase())));
    key.push(AFTER_COUNTRY);
    key.push_str(skeleton);
    key
}

/// Letters of a name that are compared; a longer name is compared by its beginning.
const LETTERS: usize = 48;

/// A folded name without articles and spaces, with vowels that spellings confuse as one: what [`similarity`] compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Essence {
    letters: [char; LETTERS],
    length: usize,
}

/// The essence of a folded name.
pub fn essence(folded: &str) -> Essence {
    let mut essence = Essence { letters: ['\0'; LETTERS], length: 0 };
    for token in folded.split(' ') {
        if token.starts_with(is_arabic) {
            reduce_ending(without_arabic_article(token), &mut essence);
        } else if !is_latin_article(token) {
            reduce_vowels(without_joined_article(token), &mut essence);
        }
    }
    essence
}

impl std::fmt::Display for Essence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.letters().iter().try_for_each(|letter| write!(f, "{letter}"))
    }
}

impl Essence {
    /// The essence that was written as this text.
    pub fn read(text: &str) -> Self {
        let mut essence = Self { letters: ['\0'; LETTERS], length: 0 };
        text.chars().for_each(|letter| essence.push(letter));
        essence
    }

    fn push(&mut self, letter: char) {
        if self.length < LETTERS {
            self.letters[self.length] = letter;
            self.length += 1;
        }
    }

    fn letters(&self) -> &[char] {
        &self.letters[..self.length]
    }
}

/// How alike two essences are, 0 to 1: one minus their edit distance over the longer length.
pub fn similarity(a: &Essence, b: &Essence) -> f32 {
    let longer = a.length.max(b.length);
    if longer == 0 { 0.0 } else { 1.0 - edit_distance(a.letters(), b.letters()) as f32 / longer as f32 }
}

/// Levenshtein distance by rows of bits (Myers 1999); both have at most 64 letters.
fn edit_distance(a: &[char], b: &[char]) -> u32 {
    let Some(last) = a.len().checked_sub(1) else { return b.len() as u32 };
    let (mut plus, mut minus, mut score) = (u64::MAX, 0_u64, a.len() as u32);
    for letter in b {
        let equal = a.iter().rev().fold(0_u64, |bits, other| bits << 1 | u64::from(other == letter));
        let diagonal = ((equal & plus).wrapping_add(plus) ^ plus) | equal | minus;
        let mut across_plus = minus | !(diagonal | plus);
        let mut across_minus = plus & diagonal;
        score += (across_plus >> last & 1) as u32;
        score -= (across_minus >> last & 1) as u32;
        across_plus = across_plus << 1 | 1;
        across_minus <<= 1;
        plus = across_minus | !(diagonal | across_plus);
        minus = across_plus & diagonal;
    }
    score
}

fn without_arabic_article(token: &str) -> &str {
    for article in ["وال", "بال", "ال"] {
        if let Some(rest) = token.strip_prefix(article)
            && rest.chars().count() >= 2
        {
            return rest;
        }
    }
    token
}

fn arabic_skeleton(token: &str, key: &mut String) {
    let token = without_arabic_article(token);
    let token = token.strip_suffix('ه').unwrap_or(token);
    for letter in token.chars() {
        let consonant = match letter {
            'ت' | 'ط' | 'ث' => 't',
            'ح' | 'خ' | 'ه' => 'h',
            'د' | 'ذ' | 'ض' => 'd',
            'ز' | 'ظ' | 'ژ' => 'z',
            'س' | 'ص' => 's',
            'ش' | 'چ' => 'S',
            'غ' | 'گ' => 'g',
            'ق' | 'ك' => 'k',
            'ج' => 'j',
            'ب' | 'پ' => 'b',
            'ف' | 'ڤ' => 'f',
            'ل' => 'l',
            'م' => 'm',
            'ن' => 'n',
            'ر' => 'r',
            '0'..='9' => letter,
            _ => continue,
        };
        key.push(consonant);
    }
}

fn is_latin_article(token: &str) -> bool {
    matches!(
        token,
        "al" | "el"
            | "as"
            | "ash"
            | "ad"
            | "ar"
            | "at"
            | "an"
            | "az"
            | "ath"
            | "adh"
            | "es"
            | "esh"
            | "ed"
            | "er"
            | "et"
            | "en"
            | "ez"
            | "eth"
            | "ul"
            | "us"
            | "uz"
            | "ur"
    )
}

/// Drops an article that is written in one with its word: "Albu", "Elmina". Arabic always joins it, and there too
/// it is dropped from any word that begins so, "Alba" included; what counts is that both sides do the same.
fn without_joined_article(token: &str) -> &str {
    let rest = token.strip_prefix("al").or_else(|| token.strip_prefix("el")).unwrap_or(token);
    if rest.len() >= 2 && rest.starts_with(|letter: char| !is_vowel(letter)) { rest } else { token }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'y')
}

fn latin_skeleton(token: &str, is_last: bool, key: &mut String) {
    if is_latin_article(token) {
        return;
    }
    let token = without_feminine_ending(without_joined_article(token), is_last);
    let letters: Vec<char> = token.chars().collect();
    let (mut at, mut written) = (0, None);
    while at < letters.len() {
        let (sound, length) = latin_sound(&letters[at..]);
        at += length;
        // A doubled letter in writing is one sound; the same consonant after a vowel is another.
        if written != Some(sound) && !is_vowel(sound) {
            key.push(sound);
        }
        written = Some(sound);
    }
}

/// ة is written -ah or -eh at the end of a name, and -at or -et before a further word: "Khirbat al Ward".
fn without_feminine_ending(token: &str, is_last: bool) -> &str {
    let spoken =
        || token.strip_suffix("at").or_else(|| token.strip_suffix("et")).filter(|rest| rest.len() >= 3);
    let silent = token.strip_suffix("ah").or_else(|| token.strip_suffix("eh"));
    silent.or_else(|| if is_last { None } else { spoken() }).unwrap_or(token)
}

fn latin_sound(letters: &[char]) -> (char, usize) {
    match letters {
        ['t', 'c', 'h', ..] => ('S', 3),
        ['c', 'h', ..] | ['s', 'h', ..] => ('S', 2),
        ['k', 'h', ..] => ('h', 2),
        ['g', 'h', ..] => ('g', 2),
        ['t', 'h', ..] => ('t', 2),
        ['d', 'h', ..] => ('d', 2),
        ['p', 'h', ..] => ('f', 2),
        ['q' | 'c', ..] => ('k', 1),
        ['v', ..] => ('f', 1),
        ['p', ..] => ('b', 1),
        [letter, ..] => (*letter, 1),
        [] => (' ', 1),
    }
}

/// The end of an Arabic word as it is heard: سوى, سوا and سوة are one.
fn reduce_ending(token: &str, essence: &mut Essence) {
    token.chars().for_each(|letter| essence.push(letter));
    if let [_, .., last @ ('ه' | 'ي')] = &mut essence.letters[..essence.length] {
        *last = 'ا';
    }
}

/// Vowels as they are heard: e and y are i, o and w are u, "ay" and "aw" are their second sound, and a final h after a
/// vowel is silent.
fn reduce_vowels(token: &str, essence: &mut Essence) {
    let start = essence.length;
    for letter in token.chars() {
        let letter = match letter {
            'e' | 'y' => 'i',
            'o' | 'w' => 'u',
            'q' => 'k',
            letter => letter,
        };
        let last = essence.letters().get(start..).and_then(<[char]>::last).copied();
        if last == Some('a') && matches!(letter, 'i' | 'u') {
            essence.length -= 1;
        }
        if last != Some(letter) {
            essence.push(letter);
        }
    }
    if let [.., 'a' | 'i', 'h'] = &essence.letters()[start..] {
        essence.letters[essence.length - 1] = '\0';
        essence.length -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, slow and obvious.
    fn model_distance(a: &[char], b: &[char]) -> u32 {
        match (a.split_first(), b.split_first()) {
            (None, _) => b.len() as u32,
            (_, None) => a.len() as u32,
            (Some((x, a_rest)), Some((y, b_rest))) if x == y => model_distance(a_rest, b_rest),
            (Some((_, a_rest)), Some((_, b_rest))) => {
                1 + model_distance(a_rest, b)
                    .min(model_distance(a, b_rest))
                    .min(model_distance(a_rest, b_rest))
            }
        }
    }

    proptest! {
        #[test]
        fn edit_distance_is_levenshtein(a in "[abc]{0,7}", b in "[abc]{0,7}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            prop_assert_eq!(edit_distance(&a, &b), model_distance(&a, &b));
        }
    }

    #[test]
    fn spellings_of_one_name_share_a_skeleton() {
        for spellings in [
            ["السوسة", "As Sūsah", "Sooseh", "Al Soussa"],
            ["دير الزور", "Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr"],
            ["البوكمال", "Albu Kamal", "Al-Bukamal", "البو كمال"],
            ["تل الزيتون", "Tell Zaytun", "Tall az-Zaytūn", "Tel Zeitoun"],
            ["قصر النهر", "Qasr Nahr", "Kasr an-Nahr", "Qaşr Nahr"],
            ["خربة الورد", "Khirbat al Ward", "Khirbet Ward", "Khirbah al-Ward"],
        ] {
            let keys: Vec<_> = spellings.iter().map(|name| skeleton(&folded(name))).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{spellings:?} {keys:?}");
        }
    }

    #[test]
    fn a_mark_for_ayn_does_not_cut_the_word() {
        assert_eq!(folded("Ma`arrat"), folded("Ma‘arrat"));
        assert_eq!(folded("Daraʻa"), "daraa");
    }

    #[test]
    fn script_is_told_by_letters() {
        assert_eq!(script("Tell Zaytūn"), Script::Latin);
        assert_eq!(script("تل الزيتون"), Script::Arabic);
        assert_eq!(script("تل Zaytun"), Script::Other);
        assert_eq!(script("Дамаск"), Script::Other);
        assert_eq!(script("12"), Script::Other);
        assert_eq!(first_script("7 nisan"), Script::Latin);
        assert_eq!(first_script("12"), Script::Other);
    }

    #[test]
    fn similarity_sees_vowels_loosely_and_consonants_strictly() {
        let alike = |a: &str, b: &str| similarity(&essence(&folded(a)), &essence(&folded(b)));
        assert_eq!(alike("Sooseh", "Suse"), 1.0);
        assert_eq!(alike("Deir al Wardah", "Dayr Warda"), 1.0);
        assert!(alike("Sooseh", "As Susah") > 0.7);
        assert!(alike("Sooseh", "Sis") < 0.6);
    }
}
