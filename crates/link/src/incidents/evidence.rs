//! What two reports have in common, as numbers that are weighed (`data/incident-weights.csv`).

use super::Report;
use super::dates::{Day, days};
use super::words::{numbered, place_key, spread, words};

/// How many kinds of evidence there are.
pub const KINDS: usize = 24;

/// Their names, in order.
pub const NAMES: [&str; KINDS] = [
    "always",
    "words",
    "words_to_a_point",
    "words_ln",
    "same_day",
    "next_day",
    "three_days",
    "ten_days",
    "far",
    "no_day",
    "same_day_no_year",
    "near_day_no_year",
    "far_day_no_year",
    "place",
    "places",
    "main_place",
    "no_place",
    "place_no_day",
    "words_no_day",
    "names",
    "phrases",
    "phrases_cosine",
    "same_count",
    "other_count",
];

/// Reports in numbers: sparse vectors of words and phrases, days, places, names, counts.
pub struct Reports {
    /// Words with weights, by word; length one.
    words: Vec<Vec<(u32, f32)>>,
    /// Rare pairs of neighbouring words with weights, by pair.
    phrases: Vec<Vec<(u32, f32)>>,
    phrase_lengths: Vec<f32>,
    /// Full days and days without a year, the first few.
    days: Vec<Vec<i32>>,
    in_year: Vec<Vec<(u8, u8)>>,
    places: Vec<Vec<(u32, f32)>>,
    place_weights: Vec<f32>,
    place_spread: Vec<u32>,
    names: Vec<Vec<u32>>,
    name_spread: Vec<u32>,
    counts: Vec<[Option<u32>; 3]>,
}

/// Reports that share something rarer than this are compared.
const WORD_SPREAD: u32 = 60;
const PHRASE_SPREAD: u32 = 20;
const PLACE_SPREAD: u32 = 60;
const DAY_SPREAD: usize = 400;
const NAME_SPREAD: u32 = 40;
/// Days of a report that count: its first ones.
const DAYS: usize = 3;

impl Reports {
    /// Reads reports; numbers of words do not depend on their order.
    pub fn new(reports: &[Report]) -> Reports {
        let tokens: Vec<Vec<String>> = reports.iter().map(|report| words(&report.text)).collect();
        let numbers = numbered(tokens.iter().flatten().map(String::as_str));
        let ids: Vec<Vec<u32>> =
            tokens.iter().map(|tokens| tokens.iter().map(|word| numbers[word.as_str()]).collect()).collect();
        let many = reports.len() as f32;
        let words =
            weighted(&ids, numbers.len(), |spread| spread >= 2 && spread as f32 <= many * 0.5 + 1.0, many);
        let (phrases, _) = phrases(&tokens);
        let phrase_count = phrases.iter().flatten().max().map_or(0, |most| *most as usize + 1);
        let phrases = rare(&phrases, phrase_count, many);
        let phrase_lengths = phrases.iter().map(|row| length(row)).collect();
        let dates: Vec<Vec<Day>> = reports.iter().map(dates_of).collect();
        let keys: Vec<Vec<(String, f32)>> = reports.iter().map(places_of).collect();
        let place_numbers = numbered(keys.iter().flatten().map(|(key, _)| key.as_str()));
        let places: Vec<Vec<(u32, f32)>> = keys
            .iter()
            .map(|keys| {
                let mut row: Vec<(u32, f32)> =
                    keys.iter().map(|(key, weight)| (place_numbers[key.as_str()], *weight)).collect();
                row.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
                row.dedup_by_key(|(place, _)| *place);
                row
            })
            .collect();
        let place_sets: Vec<Vec<u32>> =
            places.iter().map(|row| row.iter().map(|(place, _)| *place).collect()).collect();
        let place_spread = spread(place_sets.iter().map(Vec::as_slice), place_numbers.len());
        let named: Vec<Vec<String>> = reports.iter().map(names_of).collect();
        let name_numbers = numbered(named.iter().flatten().map(String::as_str));
        let names: Vec<Vec<u32>> =
            named.iter().map(|named| set(named.iter().map(|name| name_numbers[name.as_str()]))).collect();
        let name_spread = spread(names.iter().map(Vec::as_slice), name_numbers.len());
        Reports {
            words,
            phrases,
            phrase_lengths,
            days: dates.iter().map(|days| set_of_days(days)).collect(),
            in_year: dates
                .iter()
                .map(|days| days.iter().map(|day| day.in_year()).take(DAYS + 2).collect())
                .collect(),
            place_weights: place_spread.iter().map(|spread| (many / *spread as f32).ln()).collect(),
            places,
            place_spread,
            names,
            name_spread,
            counts: reports.iter().map(|report| report.counts).collect(),
        }
    }

    /// Pairs that share something telling, in order.
    pub fn candidates(&self) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        let word_sets: Vec<Vec<u32>> =
            self.words.iter().map(|row| row.iter().map(|(word, _)| *word).collect()).collect();
        share(&word_sets, WORD_SPREAD as usize, &mut pairs);
        let phrase_sets: Vec<Vec<u32>> =
            self.phrases.iter().map(|row| row.iter().map(|(item, _)| *item).collect()).collect();
        share(&phrase_sets, PHRASE_SPREAD as usize, &mut pairs);
        let place_sets: Vec<Vec<u32>> =
            self.places.iter().map(|row| row.iter().map(|(place, _)| *place).collect()).collect();
        share(&place_sets, PLACE_SPREAD as usize, &mut pairs);
        share(&self.names, NAME_SPREAD as usize, &mut pairs);
        share(&self.days, DAY_SPREAD, &mut pairs);
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// What two reports have in common.
    pub fn evidence(&self, a: u32, b: u32) -> [f32; KINDS] {
        let (a, b) = (a as usize, b as usize);
        let mut kinds = [0.0; KINDS];
        let words = dot(&self.words[a], &self.words[b]);
        kinds[0] = 1.0;
        kinds[1] = words;
        kinds[2] = words.min(0.3);
        kinds[3] = (words + 0.02).ln();
        let when = self.when(a, b);
        kinds[when] = 1.0;
        let (most, sum, main) = self.place(a, b);
        kinds[13] = most / 8.0;
        kinds[14] = sum.min(20.0) / 10.0;
        kinds[15] = f32::from(main);
        kinds[16] = f32::from(most == 0.0 && !self.places[a].is_empty() && !self.places[b].is_empty());
        if when == 9 {
            kinds[17] = most / 8.0;
            kinds[18] = words.min(0.4);
        }
        let names = common(&self.names[a], &self.names[b])
            .filter(|name| self.name_spread[*name as usize] < NAME_SPREAD);
        kinds[19] = names.count().min(3) as f32 / 2.0;
        let phrases = dot(&self.phrases[a], &self.phrases[b]);
        kinds[20] = (1.0 + phrases).ln() / 4.0;
        kinds[21] = phrases / (self.phrase_lengths[a] * self.phrase_lengths[b]).max(1e-6);
        for (one, other) in self.counts[a].iter().zip(&self.counts[b]) {
            if let (Some(one), Some(other)) = (one, other) {
                kinds[if one == other { 22 } else { 23 }] += 0.5;
            }
        }
        kinds
    }

    fn when(&self, a: usize, b: usize) -> usize {
        let apart = self.days[a]
            .iter()
            .flat_map(|one| self.days[b].iter().map(move |other| one.abs_diff(*other)))
            .min();
        match apart {
            Some(0) => return 4,
            Some(1) => return 5,
            Some(2..=3) => return 6,
            Some(4..=10) => return 7,
            Some(_) => return 8,
            None => {}
        }
        let in_year = |day: &(u8, u8)| i32::from(day.0) * 30 + i32::from(day.1);
        let apart = self.in_year[a]
            .iter()
            .flat_map(|one| self.in_year[b].iter().map(move |other| in_year(one).abs_diff(in_year(other))))
            .min();
        match apart {
            Some(0) => 10,
            Some(1..=2) => 11,
            Some(_) => 12,
            None => 9,
        }
    }

    /// The most telling place in common, the sum over all, and whether a main place of both is.
    fn place(&self, a: usize, b: usize) -> (f32, f32, bool) {
        let (mut most, mut sum, mut main) = (0.0_f32, 0.0, false);
        for (place, one, other) in matches(&self.places[a], &self.places[b]) {
            let weight = self.place_weights[place as usize] * one.min(1.0) * other.min(1.0);
            most = most.max(weight);
            sum += weight;
            main |= one > 1.0 && other > 1.0 && self.place_spread[place as usize] < 40;
        }
        (most, sum, main)
    }
}

/// Published first, then what the text names.
fn dates_of(report: &Report) -> Vec<Day> {
    let mut all = report.published.as_deref().map(days).unwrap_or_default();
    all.truncate(1);
    all.extend(days(&report.text));
    all
}

fn set_of_days(dates: &[Day]) -> Vec<i32> {
    let full = dates.iter().filter_map(|day| if let Day::Full(day, ..) = day { Some(*day) } else { None });
    let mut first: Vec<i32> = full.take(DAYS).collect();
    first.sort_unstable();
    first.dedup();
    first
}

/// Names of countries say little about where.
fn places_of(report: &Report) -> Vec<(String, f32)> {
    let keyed = report.places.iter().map(|(phrase, weight)| (place_key(phrase), *weight));
    keyed.filter(|(key, _)| key.chars().count() >= 3).collect()
}

/// First and last word of each full name.
fn names_of(report: &Report) -> Vec<String> {
    let key = |name: &String| {
        let words = words(name);
        (words.len() >= 2).then(|| format!("{} {}", words[0], words[words.len() - 1]))
    };
    report.names.iter().filter_map(key).collect()
}

fn set(items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut items: Vec<u32> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// Sets of neighbouring words, numbered in their order. In a text of Arabic letters only Arabic words count: the rest is
/// the page's furniture.
fn phrases(tokens: &[Vec<String>]) -> (Vec<Vec<u32>>, usize) {
    let of = |tokens: &Vec<String>| -> Vec<String> {
        let arabic = tokens.iter().filter(|word| !word.is_ascii()).count() * 3 > tokens.len();
        let kept: Vec<&String> = tokens.iter().filter(|word| !arabic || !word.is_ascii()).collect();
        kept.windows(2).map(|pair| format!("{} {}", pair[0], pair[1])).collect()
    };
    let phrases: Vec<Vec<String>> = tokens.iter().map(of).collect();
    let numbers = numbered(phrases.iter().flatten().map(String::as_str));
    let sets = phrases.iter().map(|row| set(row.iter().map(|phrase| numbers[phrase.as_str()]))).collect();
    (sets, numbers.len())
}

fn rare(sets: &[Vec<u32>], count: usize, many: f32) -> Vec<Vec<(u32, f32)>> {
    let spread = spread(sets.iter().map(Vec::as_slice), count);
    let weight = |item: &u32| {
        let of = spread[*item as usize];
        (2..=PHRASE_SPREAD).contains(&of).then(|| (*item, (many / of as f32).ln()))
    };
    sets.iter().map(|set| set.iter().filter_map(weight).collect()).collect()
}

/// Sparse vectors of length one: (1 + ln count) · ln(reports / reports that have it).
fn weighted(ids: &[Vec<u32>], count: usize, keep: impl Fn(u32) -> bool, many: f32) -> Vec<Vec<(u32, f32)>> {
    let sets: Vec<Vec<u32>> = ids.iter().map(|ids| set(ids.iter().copied())).collect();
    let spread = spread(sets.iter().map(Vec::as_slice), count);
    let row = |ids: &Vec<u32>| {
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        let mut row: Vec<(u32, f32)> = sorted
            .chunk_by(|a, b| a == b)
            .filter(|chunk| keep(spread[chunk[0] as usize]))
            .map(|chunk| {
                (chunk[0], (1.0 + (chunk.len() as f32).ln()) * (many / spread[chunk[0] as usize] as f32).ln())
            })
            .collect();
        let length = length(&row).max(1e-6);
        row.iter_mut().for_each(|(_, weight)| *weight /= length);
        row
    };
    ids.iter().map(row).collect()
}

fn length(row: &[(u32, f32)]) -> f32 {
    row.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt()
}

fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    matches(a, b).map(|(_, one, other)| one * other).sum()
}

/// Items of both rows, which are in order.
fn matches<'a>(a: &'a [(u32, f32)], b: &'a [(u32, f32)]) -> impl Iterator<Item = (u32, f32, f32)> + 'a {
    let mut from = 0;
    a.iter().filter_map(move |(item, one)| {
        while from < b.len() && b[from].0 < *item {
            from += 1;
        }
        b.get(from).filter(|(other, _)| other == item).map(|(_, other)| (*item, *one, *other))
    })
}

fn common<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    a.iter().copied().filter(|item| b.binary_search(item).is_ok())
}

/// Pairs of reports that share an item which at most `most` reports have.
fn share<T: Ord + Copy>(sets: &[Vec<T>], most: usize, pairs: &mut Vec<(u32, u32)>) {
    let mut by: Vec<(T, u32)> =
        sets.iter().zip(0..).flat_map(|(set, report)| set.iter().map(move |item| (*item, report))).collect();
    by.sort_unstable();
    for group in by.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() <= most) {
        for (at, (_, left)) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|(_, right)| (*left, *right)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
}
