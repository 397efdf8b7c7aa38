//! What two reports have in common, as numbers that are weighed (`data/incident-weights.csv`).

use super::Report;
use super::dates::{Day, days, weekdays};
use super::vectors::{Row, Words, common, dot, length, matches, phrases, set, share};
use super::words::{numbered, place_key, spread, words};
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
    "head_no_day",
    "phrases",
    "phrases_cosine",
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
    "place",
    "places",
    "main_place",
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
];
/// How many kinds of evidence there are.
pub const KINDS: usize = 42;

/// Reports that share something rarer than this are compared.
const WORD_SPREAD: usize = 60;
const PHRASE_SPREAD: u32 = 20;
const PLACE_SPREAD: usize = 60;
const DAY_SPREAD: usize = 400;
const NAME_SPREAD: u32 = 40;
/// Days of a report that count: its first ones.
const DAYS: usize = 3;
/// Words at the head of a report, its page's furniture aside: what it is about.
const HEAD: usize = 60;
/// Numbers from which one is no count of people.
const MANY: u32 = 200;

/// Reports in numbers: sparse vectors of words and phrases, days, places, names, counts.
pub struct Reports {
    words: Words,
    heads: Words,
    phrases: Vec<Row>,
    phrase_lengths: Vec<f32>,
    each: Vec<Each>,
    places: Vec<Row>,
    place_weights: Vec<f32>,
    place_spread: Vec<u32>,
    names: Vec<Vec<u32>>,
    name_spread: Vec<u32>,
}

/// What one report says besides words, places and names.
struct Each {
    /// Full days, in order, and days without a year: the first few.
    days: Vec<i32>,
    in_year: Vec<(u8, u8)>,
    /// The day of its main incident.
    day: Option<i32>,
    weekdays: Vec<u8>,
    points: Vec<(f64, f64)>,
    governorates: Vec<String>,
    actors: Vec<String>,
    counts: [Option<u32>; 3],
    /// Small numbers in its head.
    numbers: Vec<u32>,
}

impl Each {
    fn new(report: &Report, lines: &[String], head: &[String]) -> Each {
        let dates = dates_of(report);
        let full = |day: &Day| if let Day::Full(day, ..) = day { Some(*day) } else { None };
        Each {
            days: set(dates.iter().filter_map(full).take(DAYS)),
            in_year: dates.iter().map(|day| day.in_year()).take(DAYS + 2).collect(),
            day: report.day.as_deref().map(days).unwrap_or_default().first().and_then(full),
            weekdays: weekdays(lines),
            points: report.points.clone(),
            governorates: set(report.governorates.iter().cloned()),
            actors: set(report.actors.iter().cloned()),
            counts: report.counts,
            numbers: set(head.iter().filter_map(|word| word.parse().ok()).filter(|number| *number < MANY)),
        }
    }
}

impl Reports {
    /// Reads reports; numbers of words do not depend on their order.
    pub fn new(reports: &[Report]) -> Reports {
        let texts: Vec<&str> = reports.iter().map(|report| report.text.as_str()).collect();
        let tokens: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
        let lines = own_lines(&texts);
        let heads: Vec<Vec<String>> =
            lines.iter().map(|lines| words(&lines.join(" ")).into_iter().take(HEAD).collect()).collect();
        let each = reports.iter().zip(&lines).zip(&heads);
        let phrases = phrases(&tokens, PHRASE_SPREAD);
        let (places, place_spread) = places_of(reports);
        let named: Vec<Vec<String>> = reports.iter().map(names_of).collect();
        let numbers = numbered(named.iter().flatten().map(String::as_str));
        let names: Vec<Vec<u32>> =
            named.iter().map(|named| set(named.iter().map(|name| numbers[name.as_str()]))).collect();
        let many = reports.len() as f32;
        Reports {
            words: Words::new(&tokens),
            phrase_lengths: phrases.iter().map(|row| length(row)).collect(),
            phrases,
            each: each.map(|((report, lines), head)| Each::new(report, lines, head)).collect(),
            heads: Words::new(&heads),
            place_weights: place_spread.iter().map(|spread| (many / *spread as f32).ln()).collect(),
            places,
            place_spread,
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
        share(&items(&self.places), PLACE_SPREAD, &mut pairs);
        share(&self.names, NAME_SPREAD as usize, &mut pairs);
        let days: Vec<Vec<i32>> = self.each.iter().map(|each| each.days.clone()).collect();
        share(&days, DAY_SPREAD, &mut pairs);
        pairs
    }

    /// What two reports have in common.
    pub fn evidence(&self, a: u32, b: u32) -> [f32; KINDS] {
        let (a, b) = (a as usize, b as usize);
        let (one, other) = (&self.each[a], &self.each[b]);
        let mut kinds = [0.0; KINDS];
        kinds[0] = 1.0;
        let words = self.words.common(a, b);
        kinds[1] = words.cosine;
        kinds[2] = (words.cosine + 0.02).ln();
        kinds[3] = words.sum.ln_1p() / 5.0;
        kinds[4] = (words.rare as f32).ln_1p();
        kinds[5] = (words.uncommon as f32).ln_1p();
        let head = self.heads.common(a, b);
        kinds[6] = head.cosine;
        kinds[7] = (head.cosine + 0.02).ln();
        kinds[8] = head.sum.ln_1p() / 5.0;
        let phrases = dot(&self.phrases[a], &self.phrases[b]);
        kinds[10] = phrases.ln_1p() / 4.0;
        kinds[11] = phrases / (self.phrase_lengths[a] * self.phrase_lengths[b]).max(1e-6);
        let when = when(one, other);
        kinds[12 + when] = 1.0;
        if when == NO_DAY {
            kinds[9] = head.cosine;
        }
        if let (Some(one), Some(other)) = (one.day, other.day) {
            kinds[21 + one.abs_diff(other).min(2) as usize] = 1.0;
        }
        match weekday(one, other) {
            Some(0) => kinds[24] = 1.0,
            Some(2..) => kinds[25] = 1.0,
            _ => {}
        }
        let (most, sum, main) = self.place(a, b);
        kinds[26] = most / 8.0;
        kinds[27] = sum.min(20.0) / 10.0;
        kinds[28] = f32::from(main);
        match apart(one, other) {
            Some(..=5.0) => kinds[29] = 1.0,
            Some(..=25.0) => kinds[30] = 1.0,
            Some(..=100.0) => kinds[31] = 1.0,
            Some(_) => kinds[32] = 1.0,
            None => {}
        }
        for (at, one, other) in
            [(33, &one.governorates, &other.governorates), (35, &one.actors, &other.actors)]
        {
            if !one.is_empty() && !other.is_empty() {
                kinds[at + usize::from(common(one, other).next().is_none())] = 1.0;
            }
        }
        let names = common(&self.names[a], &self.names[b])
            .filter(|name| self.name_spread[**name as usize] < NAME_SPREAD);
        kinds[37] = names.count().min(3) as f32 / 2.0;
        for (one, other) in one.counts.iter().zip(&other.counts) {
            if let (Some(one), Some(other)) = (one, other) {
                kinds[if one == other { 38 } else { 39 }] += 0.5;
            }
        }
        let same = common(&one.numbers, &other.numbers).count();
        kinds[40] = (same as f32).ln_1p();
        kinds[41] = ((one.numbers.len() + other.numbers.len() - 2 * same) as f32).ln_1p();
        kinds
    }

    /// The most telling place in common, the sum over all, and whether a main place of both is.
    fn place(&self, a: usize, b: usize) -> (f32, f32, bool) {
        let (mut most, mut sum, mut main) = (0.0_f32, 0.0, false);
        for (place, one, other) in matches(&self.places[a], &self.places[b]) {
            let weight = self.place_weights[place as usize] * one.min(1.0) * other.min(1.0);
            most = most.max(weight);
            sum += weight;
            main |= one > 1.0 && other > 1.0 && self.place_spread[place as usize] < NAME_SPREAD;
        }
        (most, sum, main)
    }
}

/// The kind of two reports that name no days to compare, counted from `same_day`.
const NO_DAY: usize = 5;

/// How far apart the nearest days of two reports are, as a kind counted from `same_day`.
fn when(a: &Each, b: &Each) -> usize {
    let full = a.days.iter().flat_map(|one| b.days.iter().map(move |other| one.abs_diff(*other)));
    match full.min() {
        Some(0) => return 0,
        Some(1) => return 1,
        Some(2..=3) => return 2,
        Some(4..=10) => return 3,
        Some(_) => return 4,
        None => {}
    }
    let day = |(month, day): &(u8, u8)| i32::from(*month) * 30 + i32::from(*day);
    let in_year =
        a.in_year.iter().flat_map(|one| b.in_year.iter().map(move |other| day(one).abs_diff(day(other))));
    match in_year.min() {
        Some(0) => 6,
        Some(1..=2) => 7,
        Some(_) => 8,
        None => NO_DAY,
    }
}

/// Days between the weekday that one report names and the nearest weekday or day of the other.
fn weekday(a: &Each, b: &Each) -> Option<i32> {
    // The first day of 1970 was a Thursday; weeks begin with Monday here.
    let of = |each: &Each| -> Vec<i32> {
        if each.weekdays.is_empty() {
            each.days.iter().map(|day| (day + 3).rem_euclid(7)).collect()
        } else {
            each.weekdays.iter().map(|day| i32::from(*day)).collect()
        }
    };
    if a.weekdays.is_empty() && b.weekdays.is_empty() {
        return None;
    }
    let (a, b) = (of(a), of(b));
    let between = |one: i32, other: i32| (one - other).rem_euclid(7).min((other - one).rem_euclid(7));
    a.iter().flat_map(|one| b.iter().map(move |other| between(*one, *other))).min()
}

/// Kilometres between the nearest places of two main incidents.
fn apart(a: &Each, b: &Each) -> Option<f64> {
    let all = a.points.iter().flat_map(|one| b.points.iter().map(move |other| kilometres(*one, *other)));
    all.min_by(f64::total_cmp)
}

/// Kilometres between two points of the globe (the haversine formula).
fn kilometres((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    let (other_lat, other_lon) = (other_lat.to_radians(), other_lon.to_radians());
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let chord = half(other_lat - lat) + lat.cos() * other_lat.cos() * half(other_lon - lon);
    12_742.0 * chord.sqrt().min(1.0).asin()
}

/// Published first, then what the text names.
fn dates_of(report: &Report) -> Vec<Day> {
    let mut all = report.published.as_deref().map(days).unwrap_or_default();
    all.truncate(1);
    all.extend(days(&report.text));
    all
}

/// Places by number with how much each is in the foreground, and how many reports name each.
fn places_of(reports: &[Report]) -> (Vec<Row>, Vec<u32>) {
    let of = |report: &Report| -> Vec<(String, f32)> {
        let keyed = report.places.iter().map(|(phrase, weight)| (place_key(phrase), *weight));
        keyed.filter(|(key, _)| key.chars().count() >= 3).collect()
    };
    let keys: Vec<Vec<(String, f32)>> = reports.iter().map(of).collect();
    let numbers = numbered(keys.iter().flatten().map(|(key, _)| key.as_str()));
    let row = |keys: &Vec<(String, f32)>| -> Row {
        let mut row: Row = keys.iter().map(|(key, weight)| (numbers[key.as_str()], *weight)).collect();
        row.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        row.dedup_by_key(|(place, _)| *place);
        row
    };
    let rows: Vec<Row> = keys.iter().map(row).collect();
    let sets: Vec<Vec<u32>> = rows.iter().map(|row| row.iter().map(|(place, _)| *place).collect()).collect();
    let spread = spread(sets.iter().map(Vec::as_slice), numbers.len());
    (rows, spread)
}

/// First and last word of each full name.
fn names_of(report: &Report) -> Vec<String> {
    let key = |name: &String| {
        let words = words(name);
        (words.len() >= 2).then(|| format!("{} {}", words[0], words[words.len() - 1]))
    };
    report.names.iter().filter_map(key).collect()
}
