//! Lists of words that single rules ask for, from `data/word_lists.csv`: what a word does there is the list's use, it is no
//! sense that other rules could meet.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use sijil_model::fold::fold;

/// A list; its use stands beside it in the data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Words {
    Abbreviation,
    Accuses,
    AfterAPlace,
    Against,
    AllOver,
    Anybody,
    ArmsOfAState,
    ArmyKind,
    Ascribes,
    Attacks,
    BeforeAName,
    BeforeAPlace,
    BeforeAnAge,
    BeginsNoName,
    Belongs,
    BesideADate,
    BetweenPeople,
    Boasts,
    CarriesOut,
    Casualties,
    Differs,
    Enters,
    EndsNoName,
    Event,
    EventLabel,
    FalseName,
    Falsehood,
    Figures,
    FirstPerson,
    ForceFirst,
    ForceLast,
    GoverningTitle,
    Harmed,
    HasEffect,
    Heard,
    Hidden,
    IWasHurt,
    Injury,
    Issued,
    Justifies,
    Limbs,
    Locates,
    MadePublic,
    MakesAText,
    Material,
    Measures,
    MemoryOf,
    Missile,
    Multiples,
    NamesTheDead,
    News,
    NoForce,
    NoForceAlone,
    NoPeople,
    NoPlaceAfter,
    NoViolence,
    NotHit,
    OfAForce,
    Offices,
    OtherArticles,
    OutOfUse,
    PageFurniture,
    PeopleInIsh,
    Promises,
    Reaches,
    Records,
    Rises,
    SpeaksAlone,
    Sport,
    Suffers,
    TakenTo,
    Talks,
    Telling,
    Tells,
    Testimony,
    TheDead,
    TheWounded,
    TitleOfTheDead,
    Weekdays,
    WhichOfKin,
    Withheld,
    Witness,
}

impl Words {
    /// Whether a folded word is on the list.
    pub fn has(self, word: &str) -> bool {
        LISTS_OF.get(word).is_some_and(|lists| lists & (1 << self as u32) != 0)
    }

    /// Its words and phrases, folded.
    pub fn all(self) -> &'static [String] {
        LISTS.get(self as usize).map_or(&[], Vec::as_slice)
    }
}

#[derive(Debug, Deserialize)]
struct Row {
    list: Words,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are there for people and for the test"))]
    example: String,
}

/// The rows of the data file; the error names the row that is wrong.
fn rows() -> Result<Vec<Row>, csv::Error> {
    csv::Reader::from_reader(include_str!("../data/word_lists.csv").as_bytes()).deserialize().collect()
}

/// The lists in the order of [`Words`].
static LISTS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let mut lists: Vec<Vec<String>> = Vec::new();
    // The file is part of the program and a test reads every row: a row that does not parse cannot be shipped.
    for row in rows().unwrap_or_default() {
        let place = row.list as usize;
        lists.resize(lists.len().max(place + 1), Vec::new());
        lists[place].extend(row.words.split('|').map(fold));
    }
    lists
});

/// The lists that a word is on, a bit each: most words of a text are on none, and one look tells.
static LISTS_OF: LazyLock<FxHashMap<&'static str, u128>> = LazyLock::new(|| {
    let mut lists_of: FxHashMap<&str, u128> = FxHashMap::default();
    for (list, words) in LISTS.iter().enumerate() {
        words.iter().for_each(|word| *lists_of.entry(word).or_default() |= 1 << list);
    }
    lists_of
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_shows_a_word_of_it_in_its_example() {
        let rows = rows().unwrap();
        assert!(rows.len() > 20);
        for row in rows {
            let example = format!(" {} ", fold(&row.example).replace(['.', ',', ':'], " "));
            let shown = row.words.split('|').any(|word| example.contains(&format!(" {} ", fold(word))));
            assert!(shown, "{:?}: no word of it is in its example: {}", row.list, row.example);
        }
    }

    #[test]
    fn words_are_known_by_their_list() {
        assert!(Words::ForceLast.has("battalion") && !Words::ForceLast.has("school"));
        assert!(Words::ForceFirst.has("كتايب") && !Words::ForceFirst.has("battalion"));
        assert!(
            Words::Abbreviation.has("dr") && Words::OtherArticles.all().iter().any(|one| one == "read more")
        );
    }
}
