//! Words that single rules ask for, from `data/cues.csv`: each row names what its words tell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use sijil_model::fold::fold;

/// What some words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    /// Being more or less by a number.
    By,
    /// Whose number a multiple is of.
    Owned,
    /// A number that was told.
    Figure,
    /// What happened to people one by one.
    Case,
    /// A whole that parts go from.
    Parted,
    /// What is still so or did not happen.
    Still,
    /// Years that are counted one after the other.
    RunningYear,
    /// What leads to the ages of those who were told.
    Aged,
    /// What something came to in money.
    Cost,
    /// Shares that need no other link to the numbers before them.
    ShareName,
    /// A share of a capacity which may be more than all of it.
    Capacity,
    /// The number that is right after all.
    Right,
    /// Beginnings of words for what there should be.
    Wanted,
    /// An hour that is only about right.
    AboutThen,
    /// How many there are.
    Number,
    /// All of them.
    All,
    /// Beginnings of words for the end of a time that was given.
    Ends,
    /// Time that is still to come of a length.
    Ahead,
    /// Some of those who are counted.
    Some,
    /// What came to a stock.
    Came,
    /// What each date of a list is.
    Date,
    /// What happens on a day, several of which may be on one.
    Session,
    /// What is cast in a vote.
    Vote,
    /// How many more votes one side has.
    Majority,
    /// Beginnings of words for those who did not vote.
    Abstained,
    /// What says that the first of a row is the largest.
    Leads,
    /// What leads to the second of a row.
    Follows,
    /// What can be held by something.
    Holds,
    /// What leads to those who were asked.
    Asked,
    /// What leads to something that was told before.
    Since,
    /// How something began that has an age.
    Founded,
    /// Beginnings of words for those who voted against.
    Against,
    /// The beginning or the end of a month.
    Edge,
    /// A row or column that holds the mean of others.
    Mean,
    /// A row that holds what is left of the first one.
    Rest,
    /// What a total is without.
    LeftOut,
    /// Beginnings of words for what something was to hold or do.
    MeantFor,
    /// What somebody says or reports.
    Tells,
}

impl Cue {
    /// Whether a folded word tells it.
    pub(crate) fn is(self, word: &str) -> bool {
        words(self).is_some_and(|words| words.contains(word))
    }

    /// Whether a folded word begins with one that tells it.
    pub(crate) fn begins(self, word: &str) -> bool {
        words(self).is_some_and(|words| words.iter().any(|beginning| word.starts_with(beginning)))
    }

    fn name(self) -> &'static str {
        match self {
            Cue::By => "by",
            Cue::Owned => "owned",
            Cue::Figure => "figure",
            Cue::Case => "case",
            Cue::Parted => "parted",
            Cue::Still => "still",
            Cue::RunningYear => "running_year",
            Cue::Aged => "aged",
            Cue::Cost => "cost",
            Cue::ShareName => "share_name",
            Cue::Capacity => "capacity",
            Cue::Right => "right",
            Cue::Wanted => "wanted",
            Cue::AboutThen => "about_then",
            Cue::Number => "number",
            Cue::All => "all",
            Cue::Ends => "ends",
            Cue::Ahead => "ahead",
            Cue::Some => "some",
            Cue::Came => "came",
            Cue::Date => "date",
            Cue::Session => "session",
            Cue::Vote => "vote",
            Cue::Majority => "majority",
            Cue::Abstained => "abstained",
            Cue::Leads => "leads",
            Cue::Follows => "follows",
            Cue::Holds => "holds",
            Cue::Asked => "asked",
            Cue::Since => "since",
            Cue::Founded => "founded",
            Cue::Against => "against",
            Cue::Edge => "edge",
            Cue::Mean => "mean",
            Cue::Rest => "rest",
            Cue::LeftOut => "left_out",
            Cue::MeantFor => "meant_for",
            Cue::Tells => "tells",
        }
    }
}

fn words(cue: Cue) -> Option<&'static BTreeSet<String>> {
    static WORDS: OnceLock<BTreeMap<&'static str, BTreeSet<String>>> = OnceLock::new();
    let table = WORDS.get_or_init(|| {
        let rows = include_str!("../data/cues.csv").lines().skip(1);
        let row = |row: &'static str| {
            let (name, rest) = row.split_once(',')?;
            let (_, words) = rest.split_once(',')?;
            Some((name, words.split('|').map(fold).collect()))
        };
        rows.filter_map(row).collect()
    });
    table.get(cue.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_its_words_and_their_beginnings() {
        assert!(Cue::Still.is("remain") && Cue::Still.is("يزال") && !Cue::Still.is("gone"));
        assert!(Cue::Wanted.begins("required") && !Cue::Wanted.is("required"));
    }
}
