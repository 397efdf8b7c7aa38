//! Levels of agreement: what a comparison of two records can come to, feature by feature.
//!
//! Levels are in groups: which group applies depends on what the two records say (a date to the day or to the month, one
//! script or two), and chances add up to one within a group. Level 0 says that there was nothing to compare.

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Feature {
    /// Given name.
    Given,
    /// Father's name.
    Father,
    /// Grandfather's name.
    Grandfather,
    /// Family name.
    Family,
    /// Sex, where the given names do not say it already.
    Sex,
    /// Birth and age.
    Age,
    /// Date of death.
    Date,
    /// Place of death.
    Place,
    /// Whether both stand on one list.
    List,
    /// Whether a given name in which both agree is the grandfather's.
    NamedFor,
}

/// How many features there are.
pub const FEATURES: usize = 10;
/// More than the levels of any feature.
pub const LEVELS: usize = 12;

/// A level's number within its feature.
pub type Level = u8;

const NAME: [&str; 8] =
    ["none", "same", "slip", "like", "other", "script_same", "script_near", "script_other"];
const SEX: [&str; 3] = ["none", "same", "other"];
const AGE: [&str; 10] = ["none", "day", "part", "year", "apart", "equal", "one", "three", "eight", "far"];
const DATE: [&str; 9] = ["none", "day", "two", "week", "month", "season", "far", "possible", "impossible"];
const PLACE: [&str; 10] = [
    "none",
    "community",
    "community_district",
    "community_governorate",
    "community_apart",
    "district",
    "district_governorate",
    "district_apart",
    "governorate",
    "governorate_apart",
];
const LIST: [&str; 3] = ["none", "same", "other"];
const NAMED_FOR: [&str; 3] = ["none", "grandfather", "not_grandfather"];

impl Feature {
    /// All of them, in order.
    pub const ALL: [Feature; FEATURES] = [
        Feature::Given,
        Feature::Father,
        Feature::Grandfather,
        Feature::Family,
        Feature::Sex,
        Feature::Age,
        Feature::Date,
        Feature::Place,
        Feature::List,
        Feature::NamedFor,
    ];

    /// Its name in data files and explanations.
    pub fn name(self) -> &'static str {
        ["given", "father", "grandfather", "family", "sex", "age", "date", "place", "list", "named_for"]
            [self as usize]
    }

    /// The names of its levels, by number.
    pub fn levels(self) -> &'static [&'static str] {
        match self {
            Feature::Given | Feature::Father | Feature::Grandfather | Feature::Family => &NAME,
            Feature::Sex => &SEX,
            Feature::Age => &AGE,
            Feature::Date => &DATE,
            Feature::Place => &PLACE,
            Feature::List => &LIST,
            Feature::NamedFor => &NAMED_FOR,
        }
    }

    /// Its groups of levels.
    pub fn groups(self) -> &'static [std::ops::RangeInclusive<usize>] {
        const NAMES: [std::ops::RangeInclusive<usize>; 2] = [1..=4, 5..=7];
        const TWO: [std::ops::RangeInclusive<usize>; 1] = [1..=2];
        const AGES: [std::ops::RangeInclusive<usize>; 2] = [1..=4, 5..=9];
        const DATES: [std::ops::RangeInclusive<usize>; 2] = [1..=6, 7..=8];
        const PLACES: [std::ops::RangeInclusive<usize>; 3] = [1..=4, 5..=7, 8..=9];
        match self {
            Feature::Given | Feature::Father | Feature::Grandfather | Feature::Family => &NAMES,
            Feature::Sex | Feature::List | Feature::NamedFor => &TWO,
            Feature::Age => &AGES,
            Feature::Date => &DATES,
            Feature::Place => &PLACES,
        }
    }
}

/// Levels of names that other files speak of.
pub mod name_level {
    use super::Level;
    /// The same word.
    pub const SAME: Level = 1;
    /// A slip apart, one of the two being rare.
    pub const SLIP: Level = 2;
    /// A slip apart, both being names that many have.
    pub const LIKE: Level = 3;
    /// Another word.
    pub const OTHER: Level = 4;
    /// A usual spelling in the other script.
    pub const SCRIPT_SAME: Level = 5;
    /// An unusual one.
    pub const SCRIPT_NEAR: Level = 6;
    /// Another word in the other script.
    pub const SCRIPT_OTHER: Level = 7;
}
