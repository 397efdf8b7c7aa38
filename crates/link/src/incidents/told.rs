//! What a report tells besides words, places and names: days, points, actors, numbers; and how far two reports differ in it.

use super::Report;
use super::dates::{Day, days, weekdays};
use super::vectors::set;

/// Days of a report that count: its first ones.
const DAYS: usize = 3;
/// Numbers from which one is no count of people.
const MANY: u32 = 200;

/// What one report says besides words, places and names.
pub struct Told {
    /// Full days, in order, and days without a year: the first few.
    pub days: Vec<i32>,
    pub in_year: Vec<(u8, u8)>,
    /// The day of its main incident.
    pub day: Option<i32>,
    /// That day, where the text tells of it.
    pub told_day: Option<i32>,
    pub weekdays: Vec<u8>,
    pub points: Vec<(f64, f64)>,
    pub governorates: Vec<String>,
    pub actors: Vec<String>,
    pub counts: [Option<u32>; 3],
    /// Small numbers in its head.
    pub numbers: Vec<u32>,
}

impl Told {
    pub fn new(report: &Report, lines: &[String], head: &[String]) -> Told {
        let dates = dates_of(report);
        let full = |day: &Day| if let Day::Full(day, ..) = day { Some(*day) } else { None };
        let day = report.day.as_deref().map(days).unwrap_or_default().first().and_then(full);
        Told {
            days: set(dates.iter().filter_map(full).take(DAYS)),
            in_year: dates.iter().map(|day| day.in_year()).take(DAYS + 2).collect(),
            day,
            told_day: day.filter(|_| report.day_is_told),
            weekdays: weekdays(lines),
            points: report.points.clone(),
            governorates: set(report.governorates.iter().cloned()),
            actors: set(report.actors.iter().cloned()),
            counts: report.counts,
            numbers: set(head.iter().filter_map(|word| word.parse().ok()).filter(|number| *number < MANY)),
        }
    }
}

/// How far apart the nearest days of two reports are; days without a year where there are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    SameDay,
    NextDay,
    ThreeDays,
    TenDays,
    Far,
    NoDay,
    SameDayNoYear,
    NearDayNoYear,
    FarDayNoYear,
}

impl When {
    /// The column of the weights: days that are about the same, no days to compare, days further apart.
    pub fn time(self) -> usize {
        match self {
            When::SameDay | When::NextDay | When::SameDayNoYear | When::NearDayNoYear => 0,
            When::NoDay => 1,
            When::ThreeDays | When::TenDays | When::Far | When::FarDayNoYear => 2,
        }
    }
}

/// How far apart two reports are in time.
pub fn when(a: &Told, b: &Told) -> When {
    let full = a.days.iter().flat_map(|one| b.days.iter().map(move |other| one.abs_diff(*other)));
    match full.min() {
        Some(0) => return When::SameDay,
        Some(1) => return When::NextDay,
        Some(2..=3) => return When::ThreeDays,
        Some(4..=10) => return When::TenDays,
        Some(_) => return When::Far,
        None => {}
    }
    let day = |(month, day): &(u8, u8)| i32::from(*month) * 30 + i32::from(*day);
    let in_year =
        a.in_year.iter().flat_map(|one| b.in_year.iter().map(move |other| day(one).abs_diff(day(other))));
    match in_year.min() {
        Some(0) => When::SameDayNoYear,
        Some(1..=2) => When::NearDayNoYear,
        Some(_) => When::FarDayNoYear,
        None => When::NoDay,
    }
}

/// Days between the weekday that one report names and the nearest weekday or day of the other.
pub fn weekday(a: &Told, b: &Told) -> Option<i32> {
    // The first day of 1970 was a Thursday; weeks begin with Monday here.
    let of = |told: &Told| -> Vec<i32> {
        if told.weekdays.is_empty() {
            told.days.iter().map(|day| (day + 3).rem_euclid(7)).collect()
        } else {
            told.weekdays.iter().map(|day| i32::from(*day)).collect()
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
pub fn apart(a: &Told, b: &Told) -> Option<f64> {
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
