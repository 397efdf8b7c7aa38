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
    AccordingTo,
    Accuses,
    AfterAName,
    AfterAPlace,
    Against,
    AimsAt,
    AllOver,
    Animals,
    Anybody,
    ArmsOfAState,
    ArmyKind,
    Ascribes,
    Attacks,
    Beats,
    BeforeAName,
    BeforeAPlace,
    BeforeAnAge,
    BeginsNoName,
    Belongs,
    BesideADate,
    BesideAHarm,
    BetweenPeople,
    Boasts,
    BodyParts,
    Buries,
    CarriesOut,
    Casualties,
    Connects,
    Crashes,
    Crew,
    Custody,
    Corrects,
    Differs,
    Disasters,
    DoneToTheDead,
    EndsAPhrase,
    EndsNoName,
    Enters,
    Event,
    EventLabel,
    FalseName,
    Falsehood,
    Figures,
    FirstPerson,
    ForceFirst,
    ForceLast,
    Frees,
    GoesAway,
    GoverningTitle,
    Harmed,
    HasEffect,
    Heard,
    Hearsay,
    Hidden,
    HoldsAnswerable,
    IWasHurt,
    Injury,
    Issued,
    Justifies,
    Limbs,
    LeavesBehind,
    LivesOn,
    Locates,
    Loses,
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
    NobodyToKill,
    NotHit,
    OfAForce,
    OfALife,
    Offices,
    OtherArticles,
    OtherMatters,
    OutOfUse,
    OwnWord,
    PageFurniture,
    PartyHead,
    PeopleInIsh,
    Plays,
    Posts,
    Promises,
    Published,
    Reaches,
    Records,
    Rises,
    SpeaksAlone,
    SpeaksFor,
    SpeaksOfItself,
    Sport,
    StrongPast,
    Struck,
    Suffers,
    SumsUp,
    TakenTo,
    TakesLives,
    Talks,
    Telling,
    Tells,
    Testimony,
    TheDead,
    TheWounded,
    TitleOfTheDead,
    Unborn,
    Vehicle,
    Weekdays,
    WhichOfKin,
    Withheld,
    Witness,
    Wounds,
}

impl Words {
    /// Whether a folded word is on the list.
    pub fn has(self, word: &str) -> bool {
        self.is_among(Self::lists_of(word))
    }

    /// The lists that a folded word is on, a bit a list: what a token keeps, so that no rule looks its word up again.
    pub fn lists_of(word: &str) -> u128 {
        let known = &*LISTS_OF;
        if known.may_be_on_any(word) { known.lists.get(word).copied().unwrap_or_default() } else { 0 }
    }

    /// Whether the list is among those that [`Words::lists_of`] gave.
    pub fn is_among(self, lists: u128) -> bool {
        lists & (1 << self as u32) != 0
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

/// The lists that words are on.
struct ListsOf {
    /// A bit a list.
    lists: FxHashMap<&'static str, u128>,
    /// Whether any word of a list is of such a form: most words of a text are on none, and their form tells.
    forms: [bool; FORMS],
}

/// Forms of words that are told apart.
const FORMS: usize = 1 << 12;

impl ListsOf {
    /// Whether some word of some list has as many bytes as this one and begins and ends as it does, as far as their low
    /// bits tell.
    fn may_be_on_any(&self, word: &str) -> bool {
        self.forms[form(word)]
    }
}

/// The form of a word: five bits of its length, four of its last byte, three of its second. In Arabic
/// these are second bytes of letters, which tell more than the first ones.
fn form(word: &str) -> usize {
    let bytes = word.as_bytes();
    let low = |at: Option<usize>, bits: u32| {
        usize::from(at.and_then(|at| bytes.get(at)).copied().unwrap_or_default()) & ((1 << bits) - 1)
    };
    (bytes.len() & 31) << 7 | low(bytes.len().checked_sub(1), 4) << 3 | low(Some(1), 3)
}

static LISTS_OF: LazyLock<ListsOf> = LazyLock::new(|| {
    let (mut lists, mut forms) = (FxHashMap::<&str, u128>::default(), [false; FORMS]);
    for (list, words) in LISTS.iter().enumerate() {
        for word in words {
            *lists.entry(word).or_default() |= 1 << list;
            forms[form(word)] = true;
        }
    }
    ListsOf { lists, forms }
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
