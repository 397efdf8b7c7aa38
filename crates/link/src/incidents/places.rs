//! Places that reports tell of. Names that were read as places anywhere are looked for in every report, so that a place is
//! found in a hashtag too; each counts by how near the head of a report it stands, and by how few reports it stands
//! at the head of. Two scripts meet in the sound of a name.

use std::collections::{BTreeMap, BTreeSet};

use super::vectors::{Row, length, matches};
use super::word_shares::Missing;
use super::words::numbered;
use crate::names::skeleton;

/// Words of a report within which a place counts fully, and half; further on little.
const NEAR_HEAD: [(usize, f32); 2] = [(30, 1.0), (100, 0.5)];
const FURTHER: f32 = 0.15;
/// However often a place is named, it counts no more than this.
const MOST: f32 = 1.5;
/// A place stands in the foreground from here.
const FOREGROUND: f32 = 0.5;
/// The most words of a name.
const LONGEST: usize = 3;
/// Letters that a name has at least, and sounds.
const LETTERS: usize = 3;
const SOUNDS: usize = 2;
/// In one report of this many in which its words stand, a name must have been read as a place.
const READ_AS_PLACE: f32 = 0.4;

/// Places of reports by number, with how much each is in the foreground.
pub struct Places {
    rows: Vec<Row>,
    lengths: Vec<f32>,
    /// ln(reports / reports in whose foreground it is).
    weights: Vec<f32>,
}

/// The places of two reports beside each other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shared {
    /// Cosine of the angle between them.
    pub cosine: f32,
    /// The most telling place in common.
    pub most: f32,
    /// All places in common.
    pub sum: f32,
}

/// The places of reports by name and by sound, from each report's words and the names that were read as places in it.
pub fn places(words: &[Vec<String>], read: &[Vec<Vec<String>>]) -> [Places; 2] {
    let known = names(words, read);
    let found: Vec<BTreeMap<String, f32>> = words.iter().map(|words| found(words, &known)).collect();
    let sounds = |named: &BTreeMap<String, f32>| {
        let mut sounds: BTreeMap<String, f32> = BTreeMap::new();
        for (name, weight) in named {
            let sound: String = name.split(' ').map(skeleton).collect();
            if sound.len() >= SOUNDS {
                let most = sounds.entry(sound).or_default();
                *most = most.max(*weight);
            }
        }
        sounds
    };
    let by_sound = found.iter().map(sounds).collect();
    [Places::new(found), Places::new(by_sound)]
}

impl Places {
    fn new(found: Vec<BTreeMap<String, f32>>) -> Places {
        let numbers = numbered(found.iter().flat_map(|places| places.keys().map(String::as_str)));
        let mut spread = vec![0_u32; numbers.len()];
        for (name, _) in found.iter().flatten().filter(|(_, weight)| **weight >= FOREGROUND) {
            spread[numbers[name.as_str()] as usize] += 1;
        }
        let missing = Missing::beside(found.len());
        let weight = |spread: &u32| (missing.all() / missing.of_place((*spread).max(1))).ln();
        let weights: Vec<f32> = spread.iter().map(weight).collect();
        let rows: Vec<Row> = found
            .iter()
            .map(|places| places.iter().map(|(name, weight)| (numbers[name.as_str()], *weight)).collect())
            .collect();
        let weighted = |row: &Row| -> Row {
            row.iter().map(|(place, weight)| (*place, weight * weights[*place as usize])).collect()
        };
        let lengths = rows.iter().map(|row| length(&weighted(row)).max(1e-6)).collect();
        Places { rows, lengths, weights }
    }

    /// Those in the foreground of each report.
    pub fn foreground(&self) -> Vec<Vec<u32>> {
        let of = |row: &Row| {
            row.iter().filter(|(_, weight)| *weight >= FOREGROUND).map(|(place, _)| *place).collect()
        };
        self.rows.iter().map(of).collect()
    }

    /// What the places of two reports have in common.
    pub fn shared(&self, a: usize, b: usize) -> Shared {
        let mut shared = Shared::default();
        for (place, one, other) in matches(&self.rows[a], &self.rows[b]) {
            let weight = self.weights[place as usize];
            shared.cosine += one * other * weight * weight;
            let told = one.min(1.0) * other.min(1.0) * weight;
            shared.most = shared.most.max(told);
            shared.sum += told;
        }
        shared.cosine /= self.lengths[a] * self.lengths[b];
        shared
    }
}

/// Names that were read as places in at least [`READ_AS_PLACE`] of the reports in which their words stand.
fn names(words: &[Vec<String>], read: &[Vec<Vec<String>>]) -> BTreeSet<String> {
    let mut as_place: BTreeMap<String, u32> = BTreeMap::new();
    for named in read {
        let named: BTreeSet<String> =
            named.iter().filter(|name| is_name(name)).map(|name| name.join(" ")).collect();
        named.into_iter().for_each(|name| *as_place.entry(name).or_default() += 1);
    }
    let mut standing: BTreeMap<&str, u32> = BTreeMap::new();
    for words in words {
        let runs = (1..=LONGEST).flat_map(|many| words.windows(many)).map(|run| run.join(" "));
        let known: BTreeSet<&str> =
            runs.filter_map(|run| as_place.get_key_value(&run).map(|(name, _)| name.as_str())).collect();
        known.into_iter().for_each(|name| *standing.entry(name).or_default() += 1);
    }
    let often = |name: &str, read: u32| {
        read as f32 >= standing.get(name).map_or(1.0, |many| *many as f32) * READ_AS_PLACE
    };
    as_place.iter().filter(|(name, read)| often(name, **read)).map(|(name, _)| name.clone()).collect()
}

fn is_name(words: &[String]) -> bool {
    (1..=LONGEST).contains(&words.len())
        && words.iter().map(|word| word.chars().count()).sum::<usize>() >= LETTERS
}

/// The places that stand in a report, the longest name at each word, with how much each is in the foreground.
fn found(words: &[String], known: &BTreeSet<String>) -> BTreeMap<String, f32> {
    let mut found: BTreeMap<String, f32> = BTreeMap::new();
    let mut at = 0;
    while at < words.len() {
        let longest = LONGEST.min(words.len() - at);
        let named = (1..=longest).rev().map(|many| (many, words[at..at + many].join(" ")));
        let Some((many, name)) = named.into_iter().find(|(_, name)| known.contains(name)) else {
            at += 1;
            continue;
        };
        let weight = NEAR_HEAD.iter().find(|(within, _)| at < *within).map_or(FURTHER, |(_, weight)| *weight);
        let all = found.entry(name).or_default();
        *all = (*all + weight).min(MOST);
        at += many;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incidents::words::place_words;

    #[test]
    fn a_place_is_found_where_it_was_not_read_and_in_the_other_script() {
        let texts = ["قصف على مدينة السنابل", "عاجل السنابل الآن", "Shelling of Sanabel", "سوق في الجبل"];
        let read = [vec!["مدينة السنابل"], vec![], vec!["Sanabel"], vec![]];
        let words: Vec<Vec<String>> = texts.iter().map(|text| place_words(text)).collect();
        let read: Vec<Vec<Vec<String>>> =
            read.iter().map(|names| names.iter().map(|name| place_words(name)).collect()).collect();
        let [by_name, by_sound] = places(&words, &read);
        assert!(by_name.shared(0, 1).cosine > 0.9);
        assert_eq!(by_name.shared(0, 2).most, 0.0);
        assert!(by_sound.shared(1, 2).cosine > 0.9);
        assert_eq!(by_sound.shared(0, 3).sum, 0.0);
        assert_eq!(by_name.foreground()[0], by_name.foreground()[1]);
    }

    #[test]
    fn a_word_that_is_seldom_a_place_is_none() {
        let words: Vec<Vec<String>> =
            ["amal", "amal came", "amal went"].iter().map(|text| place_words(text)).collect();
        let read = vec![vec![vec!["amal".to_owned()]], vec![], vec![]];
        assert!(places(&words, &read)[0].foreground().iter().all(Vec::is_empty));
    }
}
