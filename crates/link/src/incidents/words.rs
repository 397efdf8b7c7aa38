//! Words of reports, folded and without the letters that Arabic puts before a word; how telling each is.

use std::collections::BTreeMap;

use sijil_model::fold::fold;

/// Words that stand before the name of a place and say little.
const HEADS: [&str; 30] = [
    "مدينه",
    "قريه",
    "بلده",
    "لده",
    "ريف",
    "محافظه",
    "ناحيه",
    "حي",
    "منطقه",
    "مخيم",
    "محيط",
    "شمال",
    "جنوب",
    "شرق",
    "غرب",
    "شمالي",
    "جنوبي",
    "شرقي",
    "غربي",
    "وسط",
    "جبل",
    "city",
    "town",
    "village",
    "countryside",
    "governorate",
    "district",
    "neighborhood",
    "neighbourhood",
    "province",
];

/// The words of a text: folded, prefixes of Arabic words taken off, addresses left out.
pub fn words(text: &str) -> Vec<String> {
    let kept: Vec<&str> =
        text.split_whitespace().filter(|word| !word.contains("://") && !word.starts_with("www.")).collect();
    let folded = fold(&kept.join(" "));
    folded.split(' ').filter(|word| word.chars().count() > 1).map(|word| stem(word).to_owned()).collect()
}

/// The words of a text but those that stand before names of places.
pub fn place_words(text: &str) -> Vec<String> {
    without_heads(words(text))
}

/// Words but those that stand before names of places.
pub fn without_heads(words: Vec<String>) -> Vec<String> {
    words.into_iter().filter(|word| !HEADS.contains(&word.as_str())).collect()
}

fn stem(word: &str) -> &str {
    if word.is_ascii() {
        return word;
    }
    for prefix in ["وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"] {
        if let Some(rest) = word.strip_prefix(prefix).filter(|rest| rest.chars().count() >= 3) {
            return rest;
        }
    }
    word
}

/// How many reports have each of some numbers.
pub fn spread<'a>(sets: impl Iterator<Item = &'a [u32]>, most: usize) -> Vec<u32> {
    let mut counts = vec![0; most];
    for set in sets {
        set.iter().for_each(|item| counts[*item as usize] += 1);
    }
    counts
}

/// Numbers for strings, in the order of the strings.
pub fn numbered<'a>(all: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u32> {
    let mut numbers: BTreeMap<&str, u32> = all.map(|word| (word, 0)).collect();
    numbers.values_mut().zip(0..).for_each(|(number, next)| *number = next);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_addresses_are_set_aside() {
        assert_eq!(words("والقصف على #بلدة_السنابل https://example.org/x"), ["قصف", "علي", "لده", "سنابل"]);
        assert_eq!(place_words("مدينة خان النخيل"), ["خان", "نخيل"]);
    }
}
