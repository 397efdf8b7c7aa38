//! What two reports have in common, as numbers that are weighed (`data/incident-weights.csv`).

use super::Report;
use super::passages::Passages;
use super::places::{Places, places};
use super::told::{Told, apart, weekday, when};
use super::vectors::{Row, Words, common, dot, length, phrases, set, share};
use super::words::{numbered, place_words, spread, without_heads, words};
use crate::reposts::own_lines;

/// Their names, in order.
pub const NAMES: [&str; KINDS] = [
    "always",
    "words",
    "words_ln",
    "words_sum",
    "rare_words",
    "uncommon_words",
    "head",
    "head_ln",
    "head_sum",
    "phrases",
    "phrases_cosine",
    "passage_of_both",
    "passage_of_one",
    "same_day",
    "next_day",
    "three_days",
    "ten_days",
    "far",
    "no_day",
    "same_day_no_year",
    "near_day_no_year",
    "far_day_no_year",
    "same_day_of_incident",
    "next_day_of_incident",
    "other_day_of_incident",
    "same_weekday",
    "other_weekday",
    "place_cosine",
    "place_cosine_ln",
    "sound_cosine",
    "sound_cosine_ln",
    "sound",
    "sounds",
    "within_5_km",
    "within_25_km",
    "within_100_km",
    "beyond_100_km",
    "same_governorate",
    "other_governorate",
    "same_actor",
    "other_actor",
    "names",
    "same_count",
    "other_count",
    "same_numbers",
    "other_numbers",
    "other_told_day",
];
/// How many kinds of evidence there are.
pub const KINDS: usize = 47;

/// What may be known of the days of two reports. It decides what other evidence is worth: see [`Evidence::time`].
pub const TIMES: usize = 3;
/// What each kind of evidence is worth in each case.
pub type Weights = [[f32; TIMES]; KINDS];

/// What two reports have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// In the order of [`NAMES`].
    pub kinds: [f32; KINDS],
    /// 0: days that are about the same; 1: no days to compare; 2: days further apart.
    pub time: usize,
}

impl Evidence {
    /// The chance that they tell of one incident.
    pub fn chance(&self, weights: &Weights) -> f32 {
        let sum: f32 = self.kinds.iter().zip(weights).map(|(kind, weight)| kind * weight[self.time]).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// Reports that share something rarer than this are compared.
const WORD_SPREAD: usize = 60;
const PHRASE_SPREAD: u32 = 20;
const DAY_SPREAD: usize = 400;
const NAME_SPREAD: u32 = 40;
const PLACE_SPREAD: usize = 150;
/// Words at the head of a report, its page's furniture aside: what it is about.
const HEAD: usize = 60;

/// Reports in numbers: sparse vectors of words and phrases, days, places, names, counts.
pub struct Reports {
    words: Words,
    heads: Words,
    passages: Passages,
    phrases: Vec<Row>,
    phrase_lengths: Vec<f32>,
    told: Vec<Told>,
    places: [Places; 2],
    names: Vec<Vec<u32>>,
    name_spread: Vec<u32>,
}

impl Reports {
    /// Reads reports; numbers of words do not depend on their order.
    pub fn new(reports: &[Report]) -> Reports {
        let texts: Vec<&str> = reports.iter().map(|report| report.text.as_str()).collect();
        let tokens: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
        let lines = own_lines(&texts);
        let own: Vec<Vec<String>> = lines.iter().map(|lines| words(&lines.join(" "))).collect();
        let heads: Vec<Vec<String>> =
            own.iter().map(|own| own.iter().take(HEAD).cloned().collect()).collect();
        let told = reports.iter().zip(&lines).zip(&heads);
        let phrases = phrases(&tokens, PHRASE_SPREAD);
        let named: Vec<Vec<String>> = reports.iter().map(names_of).collect();
        let numbers = numbered(named.iter().flatten().map(String::as_str));
        let names: Vec<Vec<u32>> =
            named.iter().map(|named| set(named.iter().map(|name| numbers[name.as_str()]))).collect();
        Reports {
            words: Words::new(&tokens),
            phrase_lengths: phrases.iter().map(|row| length(row)).collect(),
            phrases,
            told: told.map(|((report, lines), head)| Told::new(report, lines, head)).collect(),
            heads: Words::new(&heads),
            passages: Passages::new(&own),
            places: places_of(&own, reports),
            name_spread: spread(names.iter().map(Vec::as_slice), numbers.len()),
            names,
        }
    }

    /// Pairs that share something telling, in order.
    pub fn candidates(&self) -> Vec<(u32, u32)> {
        let items = |rows: &[Row]| -> Vec<Vec<u32>> {
            rows.iter().map(|row| row.iter().map(|(item, _)| *item).collect()).collect()
        };
        let mut pairs = Vec::new();
        share(&self.words.sets(), WORD_SPREAD, &mut pairs);
        share(&items(&self.phrases), PHRASE_SPREAD as usize, &mut pairs);
        for places in &self.places {
            share(&places.foreground(), PLACE_SPREAD, &mut pairs);
        }
        share(&self.names, NAME_SPREAD as usize, &mut pairs);
        let days: Vec<Vec<i32>> = self.told.iter().map(|told| told.days.clone()).collect();
        share(&days, DAY_SPREAD, &mut pairs);
        pairs
    }

    /// What two reports have in common.
    pub fn evidence(&self, a: u32, b: u32) -> Evidence {
        let (a, b) = (a as usize, b as usize);
        let (one, other) = (&self.told[a], &self.told[b]);
        let mut kinds = Kinds { kinds: [0.0; KINDS], next: 0 };
        kinds.push(1.0);
        self.words(a, b, &mut kinds);
        let when = when(one, other);
        kinds.one_of(9, Some(when as usize));
        kinds.one_of(3, one.day.zip(other.day).map(|(one, other)| one.abs_diff(other).min(2) as usize));
        kinds.one_of(2, weekday(one, other).filter(|days| *days != 1).map(|days| usize::from(days > 1)));
        self.places(a, b, &mut kinds);
        kinds.one_of(
            4,
            apart(one, other).map(|apart| {
                usize::from(apart > 5.0) + usize::from(apart > 25.0) + usize::from(apart > 100.0)
            }),
        );
        kinds.one_of(2, differ(&one.governorates, &other.governorates));
        kinds.one_of(2, differ(&one.actors, &other.actors));
        let names = common(&self.names[a], &self.names[b])
            .filter(|name| self.name_spread[**name as usize] < NAME_SPREAD);
        kinds.push(names.count().min(3) as f32 / 2.0);
        let counts = || one.counts.iter().zip(&other.counts).filter_map(|(one, other)| one.zip(*other));
        kinds.push(counts().filter(|(one, other)| one == other).count() as f32 / 2.0);
        kinds.push(counts().filter(|(one, other)| one != other).count() as f32 / 2.0);
        let same = common(&one.numbers, &other.numbers).count();
        kinds.push((same as f32).ln_1p());
        kinds.push(((one.numbers.len() + other.numbers.len() - 2 * same) as f32).ln_1p());
        let told = one.told_day.zip(other.told_day).map(|(one, other)| one.abs_diff(other));
        kinds.push(f32::from(told.is_some_and(|days| days > 1)));
        Evidence { kinds: kinds.kinds, time: when.time() }
    }

    fn words(&self, a: usize, b: usize, kinds: &mut Kinds) {
        let words = self.words.common(a, b);
        kinds.push(words.cosine);
        kinds.push(ln(words.cosine));
        kinds.push(words.sum.ln_1p() / 5.0);
        kinds.push((words.rare as f32).ln_1p());
        kinds.push((words.uncommon as f32).ln_1p());
        let head = self.heads.common(a, b);
        kinds.push(head.cosine);
        kinds.push(ln(head.cosine));
        kinds.push(head.sum.ln_1p() / 5.0);
        let phrases = dot(&self.phrases[a], &self.phrases[b]);
        kinds.push(phrases.ln_1p() / 4.0);
        kinds.push(phrases / (self.phrase_lengths[a] * self.phrase_lengths[b]).max(1e-6));
        let (least, most) = self.passages.found(a, b);
        kinds.push(least);
        kinds.push(most);
    }

    fn places(&self, a: usize, b: usize, kinds: &mut Kinds) {
        let [name, sound] = self.places.each_ref().map(|places| places.shared(a, b));
        for places in [name, sound] {
            kinds.push(places.cosine);
            kinds.push(ln(places.cosine));
        }
        kinds.push(sound.most / 8.0);
        kinds.push(sound.sum.min(20.0) / 10.0);
    }
}

/// Evidence that is being put down, in the order of [`NAMES`].
struct Kinds {
    kinds: [f32; KINDS],
    next: usize,
}

impl Kinds {
    fn push(&mut self, kind: f32) {
        self.kinds[self.next] = kind;
        self.next += 1;
    }

    /// Of `many` kinds one holds, or none.
    fn one_of(&mut self, many: usize, which: Option<usize>) {
        (0..many).for_each(|kind| self.push(f32::from(which == Some(kind))));
    }
}

/// The logarithm of a share that may be none.
fn ln(share: f32) -> f32 {
    (share + 0.02).ln()
}

/// Whether two sets that are not empty have nothing in common, as a kind: 0 something, 1 nothing.
fn differ(a: &[String], b: &[String]) -> Option<usize> {
    (!a.is_empty() && !b.is_empty()).then(|| usize::from(common(a, b).next().is_none()))
}

/// Places by name and by sound, with how near the head of a report they stand.
fn places_of(own: &[Vec<String>], reports: &[Report]) -> [Places; 2] {
    let words: Vec<Vec<String>> = own.iter().map(|own| without_heads(own.clone())).collect();
    let read = |report: &Report| report.places.iter().map(|phrase| place_words(phrase)).collect();
    places(&words, &reports.iter().map(read).collect::<Vec<_>>())
}

/// First and last word of each full name.
fn names_of(report: &Report) -> Vec<String> {
    let key = |name: &String| {
        let words = words(name);
        (words.len() >= 2).then(|| format!("{} {}", words[0], words[words.len() - 1]))
    };
    report.names.iter().filter_map(key).collect()
}
