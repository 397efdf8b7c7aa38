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
    for token in folded.split(' ') {
        if token.starts_with(is_arabic) {
            arabic_skeleton(token, &mut key)
        } else {
            latin_skeleton(token, &mut key)
        }
    }
    key
}

fn is_arabic(letter: char) -> bool {
    letter_script(letter) == Script::Arabic
}

/// A folded name without articles and spaces, with Latin vowels reduced to a, i and u: what [`similarity`] compares.
pub fn essence(folded: &str) -> String {
    let mut essence = String::with_capacity(folded.len());
    for token in folded.split(' ') {
        if token.starts_with(is_arabic) {
            essence.push_str(without_arabic_article(token));
        } else if !is_latin_article(token) {
            reduce_vowels(without_joined_article(token), &mut essence);
        }
    }
    essence
}

/// How alike two essences are, 0 to 1: one minus their edit distance over the longer length.
pub fn similarity(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longer = a.len().max(b.len());
    if longer == 0 { 0.0 } else { 1.0 - edit_distance(&a, &b) as f32 / longer as f32 }
}

fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
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

fn latin_skeleton(token: &str, key: &mut String) {
    if is_latin_article(token) {
        return;
    }
    let token = without_joined_article(token);
    let token = token.strip_suffix("ah").or_else(|| token.strip_suffix("eh")).unwrap_or(token);
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

fn reduce_vowels(token: &str, essence: &mut String) {
    let mut last = None;
    for letter in token.chars() {
        let letter = match letter {
            'e' | 'y' => 'i',
            'o' | 'w' => 'u',
            'q' => 'k',
            letter => letter,
        };
        if last != Some(letter) {
            essence.push(letter);
        }
        last = Some(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_skeleton() {
        for spellings in [
            ["السوسة", "As Sūsah", "Sooseh", "Al Soussa"],
            ["دير الزور", "Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr"],
            ["البوكمال", "Albu Kamal", "Al-Bukamal", "البو كمال"],
            ["تل الزيتون", "Tell Zaytun", "Tall az-Zaytūn", "Tel Zeitoun"],
            ["قصر النهر", "Qasr Nahr", "Kasr an-Nahr", "Qaşr Nahr"],
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
    }

    #[test]
    fn similarity_sees_vowels_loosely_and_consonants_strictly() {
        let alike = |a: &str, b: &str| similarity(&essence(&folded(a)), &essence(&folded(b)));
        assert_eq!(alike("Sooseh", "Suseh"), 1.0);
        assert!(alike("Sooseh", "As Susah") > 0.7);
        assert!(alike("Sooseh", "Sis") < 0.6);
    }
}
