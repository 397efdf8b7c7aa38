//! A number with what it counts: "118 people", «118 شخصاً», «شخصان»; the noun agrees with the number.
//!
//! Arabic has six forms (CLDR): one and two are said without a digit, 3 to 10 take the plural, 11 to 99 the accusative
//! singular, full hundreds the genitive singular. After "about" or "more than" two stands in another case.

use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::codebook::{Coded, CountUnit, Language};

/// What a noun stands after, where that changes it: «شخصان» alone, «نحو شخصين».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nothing: it is what is said.
    Alone,
    /// A preposition or a word that governs it.
    After,
}

/// The forms of a unit's noun: a row of `data/units.csv`.
#[derive(Debug, Deserialize)]
struct Forms {
    unit: String,
    en_one: String,
    en_many: String,
    en_all: String,
    ar_one: String,
    ar_two: String,
    ar_two_after: String,
    ar_few: String,
    ar_many: String,
    ar_hundred: String,
    ar_all: String,
}

static UNITS: LazyLock<Vec<Forms>> = LazyLock::new(|| {
    // The file is part of the program and a test asks for every unit.
    let file = include_str!("../data/units.csv");
    csv::Reader::from_reader(file.as_bytes()).deserialize().filter_map(Result::ok).collect()
});

/// A number with its English noun in agreement: `1 document`, `12 documents`, `0 entries`, `3 people`.
pub fn counted(number: impl Display + PartialEq + From<u8>, noun: &str) -> String {
    if number == 1.into() {
        return format!("{number} {noun}");
    }
    match noun.strip_suffix('y') {
        _ if noun == "person" => format!("{number} people"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {noun}s"),
    }
}

impl CountUnit {
    /// So many of the unit. `number` is `n` as the reader's page writes it: "1,234".
    pub fn counted(self, n: u64, number: &str, language: Language, place: Place) -> String {
        let Some(forms) = self.forms() else { return format!("{number} {}", self.label(language)) };
        let noun = match (language, n, n % 100) {
            (Language::En, 1, _) => &forms.en_one,
            (Language::En, ..) => &forms.en_many,
            (Language::Ar, 1, _) => return forms.ar_one.clone(),
            (Language::Ar, 2, _) if place == Place::Alone => return forms.ar_two.clone(),
            (Language::Ar, 2, _) => return forms.ar_two_after.clone(),
            (Language::Ar, _, 3..=10) => &forms.ar_few,
            (Language::Ar, _, 11..=99) => &forms.ar_many,
            (Language::Ar, ..) => &forms.ar_hundred,
        };
        format!("{number} {noun}")
    }

    /// The noun after a word for an indefinite number: "several people", «عدة أشخاص».
    pub fn several(self, language: Language) -> &'static str {
        self.form(language, |forms| &forms.en_many, |forms| &forms.ar_few)
    }

    /// The noun for all of them, as after a share or "dozens of": "40% of the population", «عشرات الأشخاص».
    pub fn all(self, language: Language) -> &'static str {
        self.form(language, |forms| &forms.en_all, |forms| &forms.ar_all)
    }

    fn form(
        self,
        language: Language,
        english: fn(&Forms) -> &String,
        arabic: fn(&Forms) -> &String,
    ) -> &'static str {
        let form = if language == Language::En { english } else { arabic };
        self.forms().map_or_else(|| self.label(language), |forms| form(forms).as_str())
    }

    fn forms(self) -> Option<&'static Forms> {
        UNITS.iter().find(|forms| forms.unit == self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_its_forms() {
        for unit in CountUnit::ALL {
            assert!(unit.forms().is_some(), "{unit}");
        }
        assert_eq!(UNITS.len(), CountUnit::ALL.len());
    }

    #[test]
    fn nouns_agree_with_their_numbers() {
        let told = [counted(1_u64, "entry"), counted(0_usize, "entry"), counted(2_u64, "claim")];
        assert_eq!(told, ["1 entry", "0 entries", "2 claims"]);
        assert_eq!([counted(1_u32, "person"), counted(11_u32, "person")], ["1 person", "11 people"]);
    }

    #[test]
    fn the_noun_agrees_with_the_number() {
        let told = |n: u64, language| CountUnit::Persons.counted(n, &n.to_string(), language, Place::Alone);
        let arabic: Vec<String> =
            [1, 2, 3, 10, 11, 99, 100, 101, 103, 118].map(|n| told(n, Language::Ar)).into();
        assert_eq!(
            arabic,
            [
                "شخص واحد",
                "شخصان",
                "3 أشخاص",
                "10 أشخاص",
                "11 شخصاً",
                "99 شخصاً",
                "100 شخص",
                "101 شخص",
                "103 أشخاص",
                "118 شخصاً"
            ]
        );
        let english: Vec<String> = [0, 1, 2, 118].map(|n| told(n, Language::En)).into();
        assert_eq!(english, ["0 people", "1 person", "2 people", "118 people"]);
    }

    #[test]
    fn two_stand_in_another_case_after_a_word_that_governs_them() {
        assert_eq!(CountUnit::Raids.counted(2, "2", Language::Ar, Place::After), "غارتين");
        assert_eq!(
            CountUnit::PercentOfPopulation.counted(2, "2", Language::Ar, Place::Alone),
            "2 بالمئة من السكان"
        );
        assert_eq!(CountUnit::Homes.several(Language::Ar), "منازل");
        assert_eq!(CountUnit::PercentOfPopulation.all(Language::En), "the population");
    }
}
