//! How often words stand in reports of war at large. What reports have in common was weighed among many of them
//! ([`MANY`]); beside a few others every word is rare, and any two of them seem to tell of one thing. So where fewer are
//! compared, what is missing is filled up: each word counts as in as many reports more as it would be in at large.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::words::words;

/// Reports among which the weights were learnt.
const MANY: usize = 1_792;

/// Shares of reports in which a word, or two neighbouring words, stand, by the words as [`words`] gives them.
static SHARES: LazyLock<FxHashMap<String, f32>> = LazyLock::new(|| {
    let mut shares: FxHashMap<String, f32> = FxHashMap::default();
    let mut of = 1.0;
    // The file is part of the program and a test reads every row.
    let rows = include_str!("../../data/word-shares.csv").lines().skip(1);
    for (said, reports) in rows.filter_map(|row| row.split_once(',')) {
        let reports: f32 = reports.parse().unwrap_or_default();
        if said.is_empty() {
            of = reports;
            continue;
        }
        let share = shares.entry(words(said).join(" ")).or_default();
        *share = (*share + reports / of).min(1.0);
    }
    shares
});

/// What is missing to [`MANY`] reports.
#[derive(Debug, Clone, Copy)]
pub struct Missing {
    compared: usize,
}

impl Missing {
    /// Beside so many that are compared.
    pub fn beside(compared: usize) -> Missing {
        Missing { compared }
    }

    /// All reports, those compared and those missing.
    pub fn all(self) -> f32 {
        self.compared.max(MANY) as f32
    }

    /// In how many of the missing ones a word stands, or two neighbouring words with one space between, that stand in so
    /// many of those compared. Years and days are as common among them as they are here.
    pub fn with(self, said: &str, compared: u32) -> u32 {
        let missing = MANY.saturating_sub(self.compared) as f32;
        let share = if said.bytes().all(|byte| byte.is_ascii_digit()) {
            compared as f32 / self.compared.max(1) as f32
        } else {
            SHARES.get(said).copied().unwrap_or_default()
        };
        (share * missing).round() as u32
    }

    /// How many reports of all are of a place that so many of those compared are of: reports of a few weeks come back to
    /// the same towns, more of them also to others.
    pub fn of_place(self, compared: u32) -> f32 {
        compared as f32 * (self.all() / self.compared.max(1) as f32).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_says_in_how_many_reports_its_words_stand() {
        let mut rows = include_str!("../../data/word-shares.csv").lines();
        assert_eq!(rows.next(), Some("words,reports"));
        let rows: Vec<(&str, u32)> = rows
            .map(|row| row.split_once(',').unwrap())
            .map(|(said, reports)| (said, reports.parse().unwrap()))
            .collect();
        let (first, rest) = rows.split_first().unwrap();
        assert_eq!(first.0, "", "how many reports there were comes first");
        assert!(
            rest.len() > 500 && rest.iter().all(|(said, reports)| !said.is_empty() && *reports <= first.1)
        );
        assert!(SHARES.values().all(|share| (0.0..=1.0).contains(share)));
    }

    #[test]
    fn what_is_missing_is_filled_up_and_nothing_where_nothing_is() {
        let few = Missing::beside(20);
        assert_eq!(few.all(), MANY as f32);
        assert!(few.with("killed", 2) > 200 && few.with("قتل", 2) > 50, "common in both languages");
        assert!(few.with("were killed", 2) > 20 && few.with("killed", 2) > few.with("were killed", 2));
        assert_eq!(few.with("nahran", 2), 0, "no place of this world");
        assert_eq!(few.with("2031", 20), MANY as u32 - 20, "the year of all of them");
        assert!(few.of_place(5) > 5.0 && few.of_place(5) < few.all() / 4.0);
        let many = Missing::beside(MANY + 200);
        assert_eq!((many.all(), many.with("killed", 2), many.of_place(5)), ((MANY + 200) as f32, 0, 5.0));
    }
}
