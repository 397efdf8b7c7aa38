//! What single words do in a place phrase, from `data/words.csv`: say a kind, join, separate, point, or mean nothing
//! on their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sijil_model::codebook::{Coded, PlacePrecision};

/// What a word does in a place phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordRole {
    /// It says what the place is: "village", قرية.
    Head(PlacePrecision),
    /// It says only that it is an area: "region", منطقة.
    Area,
    /// It puts the place near another: "near", قرب.
    Near,
    /// It points: "northern", الشرقي.
    Direction,
    /// What follows is around what came before: "in", في.
    Connector,
    /// What follows belongs to the head before it: "of".
    Joiner,
    /// It can be left out at the start.
    Article,
    /// What follows is another place: "or".
    Alternative,
    /// Part of many names and never a name on its own: "Tell", تل.
    Generic,
}

static WORDS: LazyLock<BTreeMap<&'static str, WordRole>> = LazyLock::new(|| {
    let lines = include_str!("../data/words.csv").lines().skip(1);
    // A test reads every line: one that means nothing cannot be shipped.
    lines
        .filter_map(|line| line.split_once(','))
        .filter_map(|(word, role)| Some((word, role_of(role)?)))
        .collect()
});

fn role_of(role: &str) -> Option<WordRole> {
    Some(match role {
        "area" => WordRole::Area,
        "near" => WordRole::Near,
        "direction" => WordRole::Direction,
        "connector" => WordRole::Connector,
        "joiner" => WordRole::Joiner,
        "article" => WordRole::Article,
        "alternative" => WordRole::Alternative,
        "generic" => WordRole::Generic,
        kind => WordRole::Head(PlacePrecision::from_code(kind).ok()?),
    })
}

/// What a folded word does; `None` for words of names.
pub(crate) fn role(folded: &str) -> Option<WordRole> {
    WORDS.get(folded).copied()
}

/// Whether a folded phrase has a word for what lies outside settlements.
pub(crate) fn is_outlying(folded: &str) -> bool {
    static OUTLYING: LazyLock<BTreeSet<&str>> =
        LazyLock::new(|| include_str!("../data/outlying.csv").lines().skip(1).collect());
    folded.split(' ').any(|word| OUTLYING.contains(word))
}

/// A side of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    North,
    South,
    East,
    West,
}

/// The one side of an area that a folded phrase says: "eastern …", الشرقي; none where it says two or none.
pub(crate) fn side(folded: &str) -> Option<Side> {
    let of = |word: &str| match word.strip_prefix("ال").unwrap_or(word) {
        "north" | "northern" | "شمال" | "شمالي" | "شماليه" => Some(Side::North),
        "south" | "southern" | "جنوب" | "جنوبي" | "جنوبيه" => Some(Side::South),
        "east" | "eastern" | "شرق" | "شرقي" | "شرقيه" => Some(Side::East),
        "west" | "western" | "غرب" | "غربي" | "غربيه" => Some(Side::West),
        _ => None,
    };
    let mut sides = folded.split(' ').filter_map(of);
    sides.next().filter(|_| sides.next().is_none())
}

/// Whether a folded name of several words begins as villages' names do: "Tell …", كفر.
pub(crate) fn is_village_name(folded: &str) -> bool {
    let mut words = folded.split(' ');
    words.next().is_some_and(|first| role(first) == Some(WordRole::Generic)) && words.next().is_some()
}

/// Whether a folded name has no word that could tell a place: heads, directions and the like alone.
pub(crate) fn is_generic(folded: &str) -> bool {
    folded.split(' ').all(|word| word.is_empty() || role(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_folded_word_with_a_role() {
        for line in include_str!("../data/words.csv").lines().skip(1) {
            let (word, role) = line.split_once(',').unwrap();
            assert_eq!(crate::keys::folded(word), word, "{word} is not folded");
            assert!(role_of(role).is_some(), "{word} has the unknown role {role}");
        }
        assert_eq!(
            WORDS.len(),
            include_str!("../data/words.csv").lines().skip(1).count(),
            "a word stands twice"
        );
    }

    #[test]
    fn every_outlying_word_is_folded() {
        for word in include_str!("../data/outlying.csv").lines() {
            assert_eq!(crate::keys::folded(word), word);
        }
        assert!(is_outlying("ward oil field"));
        assert!(!is_outlying("ward street"));
    }

    #[test]
    fn a_head_alone_is_no_name() {
        assert!(is_generic("the city"));
        assert!(is_generic("تل"));
        assert!(!is_generic("تل الزيتون"));
    }
}
