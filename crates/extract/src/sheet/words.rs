//! The words in the cells of spreadsheets, to the codebook's codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use sijil_model::codebook::{Coded, PlacePrecision};
use sijil_model::fold::fold;

use super::coded;
use super::columns::Shape;

#[derive(Deserialize)]
struct Line {
    vocabulary: String,
    word: String,
    code: String,
}

static WORDS: LazyLock<BTreeMap<(String, String), String>> = LazyLock::new(|| {
    csv::Reader::from_reader(include_str!("../../data/sheet_words.csv").as_bytes())
        .deserialize::<Line>()
        .filter_map(Result::ok)
        .map(|line| ((line.vocabulary, fold(&line.word)), line.code))
        .collect()
});

fn known(vocabulary: &str, word: &str) -> Option<&'static str> {
    WORDS.get(&(vocabulary.to_owned(), fold(word))).map(String::as_str)
}

/// The code of a word: by the table, else the code or label itself.
pub(super) fn code_of<T: Coded>(word: &str) -> Option<T> {
    known(T::VOCABULARY, word).and_then(|code| T::from_code(code).ok()).or_else(|| coded(word))
}

/// How fine a place is, in the words or numbers of a shape.
pub(super) fn precision(shape: Shape, word: &str) -> Option<PlacePrecision> {
    match known(&format!("{}_place_precision", shape.code()), word) {
        Some(code) => PlacePrecision::from_code(code).ok(),
        None => code_of(word),
    }
}

/// Whether the words say that the first party acted and the other suffered.
pub(super) fn is_one_sided(word: &str) -> bool {
    known("violence", word) == Some("one_sided")
}

/// The words of a cell that lists several, separated by commas, semicolons or `|`; the whole cell where it is one word.
///
/// Codes of our own tables are separated by spaces.
pub(super) fn listed(cell: &str) -> Vec<&str> {
    let parts = cell.split([',', ';', '|', '،', '؛']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijil_model::codebook::{Means, SiteKind, TimeOfDay};

    #[test]
    fn every_word_of_the_table_has_a_code_that_exists() {
        assert_eq!(
            WORDS.len(),
            include_str!("../../data/sheet_words.csv").lines().count() - 1,
            "no word stands twice"
        );
        for ((vocabulary, word), code) in WORDS.iter() {
            let exists = match vocabulary.as_str() {
                "means" => Means::from_code(code).is_ok(),
                "site_kind" => SiteKind::from_code(code).is_ok(),
                "time_of_day" => TimeOfDay::from_code(code).is_ok(),
                "violence" => code == "one_sided",
                _ => vocabulary.ends_with("place_precision") && PlacePrecision::from_code(code).is_ok(),
            };
            assert!(exists, "{vocabulary} {word}: {code}");
        }
    }

    #[test]
    fn words_codes_and_labels_are_read_in_both_languages() {
        assert_eq!(code_of::<Means>("Airstrike and/or Artillery"), Some(Means::AirstrikeOrArtillery));
        assert_eq!(code_of::<Means>("air.drone"), Some(Means::AirDrone));
        assert_eq!(code_of::<Means>("ضربة جوية"), Some(Means::Air));
        assert_eq!(code_of::<Means>("sorcery"), None);
        assert_eq!(precision(Shape::Ucdp, "4"), Some(PlacePrecision::Governorate));
        assert_eq!(precision(Shape::Airwars, "town"), Some(PlacePrecision::Town));
        assert_eq!(listed("Airstrike, Drone Strike؛ قصف"), ["Airstrike", "Drone Strike", "قصف"]);
    }
}
