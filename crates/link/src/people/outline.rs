//! Outlines: what blocking needs of a record, numbers only; and the first look at two
//! of them, which passes over pairs that no comparison would find likely.

use super::compare::{age, date, place};
use super::levels::{Feature, name_level};
use super::model::{NAMESAKES, SAME, STRANGERS, Weights};
use super::moment::{Days, YEAR};
use super::rows::Record;
use super::vocabulary::{MOST_UNLIKE, Place, Vocabulary, WordId};

/// A record's names by their sound, with its days and places.
#[derive(Debug, Clone, Copy)]
pub struct Outline {
    /// Given name, father, grandfather, fourth name, family: the number of the skeleton from 1; 0 is no name.
    names: [u32; 5],
    /// A bit for each sound of each.
    sounds: [u32; 5],
    /// How rare each is: -8 ln(share of those who bear it).
    rare: [u8; 5],
    /// 0 unknown, 1 female, 2 male.
    pub sex: u8,
    /// Year, month and day of birth as written.
    born: [i16; 3],
    /// When they were born.
    pub birth: Days,
    /// When they died.
    pub date: Days,
    /// Governorate, district, community; 0 is unknown.
    pub place: [u32; 3],
}

/// Steps of [`Outline::rare`] to a unit.
const STEPS: f32 = 8.0;

impl Outline {
    /// Of a record.
    pub fn of(record: &Record, words: &Vocabulary) -> Outline {
        let names = [record.given, record.father, record.grandfather, record.extra, record.family];
        let places = [Place::Given, Place::Father, Place::Father, Place::Father, Place::Family];
        let sound = |word: WordId| if word == 0 { 0 } else { words.skeleton(word) + 1 };
        let rare = |at: usize| (-STEPS * words.share(places[at], names[at]).ln()) as u8;
        Outline {
            names: names.map(sound),
            sounds: names.map(|word| words.sounds(word)),
            rare: [0, 1, 2, 3, 4].map(rare),
            sex: record.sex,
            born: record.born,
            birth: record.birth,
            date: record.date,
            place: record.place,
        }
    }

    /// The same, its names numbered by `sounds` and its places by `places` instead of by their order on these lists.
    pub fn lasting(self, sounds: &[u32], places: &[u32]) -> Outline {
        let name = |number: u32| if number == 0 { 0 } else { sounds[number as usize - 1] };
        let place = |number: u32| if number == 0 { 0 } else { places[number as usize] };
        Outline { names: self.names.map(name), place: self.place.map(place), ..self }
    }

    /// The given name's sound; 0 is none.
    pub fn given(&self) -> u64 {
        self.names[0].into()
    }

    /// The father's.
    pub fn father(&self) -> u64 {
        self.names[1].into()
    }

    /// The grandfather's.
    pub fn grandfather(&self) -> u64 {
        self.names[2].into()
    }

    /// A fourth name's.
    pub fn extra(&self) -> u64 {
        self.names[3].into()
    }

    /// The family's.
    pub fn family(&self) -> u64 {
        self.names[4].into()
    }

    /// The day of death; 0 where it is not known to the day.
    pub fn day(&self) -> u64 {
        if self.date.exact() { u64::from(self.date.first as u32) + 1 } else { 0 }
    }

    /// The month of death; 0 where it is not known.
    pub fn month(&self) -> u64 {
        if self.date.known() { (self.date.first as f32 / (YEAR / 12.0) + 40_000.0) as u64 } else { 0 }
    }

    /// The year of birth; 0 where it is not known.
    pub fn birth_year(&self) -> u64 {
        if self.birth.known() { (self.birth.middle() / YEAR + 4000.0) as u64 } else { 0 }
    }
}

/// Whether given names are so unlike in their sounds that no comparison would find them close.
pub fn given_apart(a: &Outline, b: &Outline) -> bool {
    let said = a.names[0] != 0 && b.names[0] != 0;
    said && a.names[0] != b.names[0] && (a.sounds[0] ^ b.sounds[0]).count_ones() > MOST_UNLIKE
}

/// How much, in ln, a name speaks for one person at most, which two bear but for a letter.
pub fn rarest_of_both(a: &Outline, b: &Outline) -> f32 {
    let rarest = |one: &Outline| {
        one.rare.iter().zip(one.names).filter(|(_, name)| *name != 0).map(|(rare, _)| *rare).max()
    };
    f32::from(rarest(a).min(rarest(b)).unwrap_or(0)) / STEPS
}

/// Sounds in which two names differ that are a slip apart, at most.
const SLIP: u32 = 2;

/// About the ln odds that two records are one person, or namesakes, who are counted as well: by names that sound alike,
/// wherever they stand, names that do not, days and places.
pub fn glance(a: &Outline, b: &Outline, weights: &Weights) -> f32 {
    let of = &weights.of[SAME];
    // A bit for each name that stands on the other record too.
    let (mut on_b, mut on_a) = (0_u32, 0_u32);
    for at in 0..5 {
        for other in 0..5 {
            let same = u32::from(a.names[at] == b.names[other]) & u32::from(a.names[at] != 0);
            on_b |= same << at;
            on_a |= same << other;
        }
    }
    let rare = |one: &Outline, same: u32| -> u32 {
        (0..5).map(|at| u32::from(one.rare[at]) * (same >> at & 1)).sum()
    };
    let mut names = rare(a, on_b).min(rare(b, on_a)) as f32 / STEPS;
    for (at, feature) in
        [(0, Feature::Given), (1, Feature::Father), (2, Feature::Grandfather), (4, Feature::Family)]
    {
        let said = a.names[at] != 0 && b.names[at] != 0 && (on_a | on_b) >> at & 1 == 0;
        if said && (a.sounds[at] ^ b.sounds[at]).count_ones() > SLIP {
            names += of[feature as usize][usize::from(name_level::OTHER)];
        }
    }
    let days = of[Feature::Age as usize][usize::from(age((a.birth, a.born), (b.birth, b.born)))]
        + of[Feature::Date as usize][usize::from(date(a.date, b.date))]
        + of[Feature::Place as usize][usize::from(place(&a.place, &b.place))];
    (weights.prior[SAME] + days).max(weights.prior[NAMESAKES]) + names - weights.prior[STRANGERS]
}

#[cfg(test)]
mod tests {
    use super::super::linking::chance;
    use super::super::rows::{At, Row, Rows};
    use super::super::{fit, model};
    use super::*;

    #[test]
    fn a_glance_passes_over_none_that_a_comparison_would_find_likely() {
        let mut rows = Rows::new();
        let (given, names) = (["سامر", "رامي", "نادر", "هادي"], ["كريم", "سليم", "وليد", "زياد", "جميل"]);
        for at in 0..240_usize {
            let name =
                [given[at % 4], names[at / 4 % 5], names[at / 7 % 5], ["قصار", "مراد", "حداد"][at % 3]]
                    .join(" ");
            let date = format!("2031-{:02}-{:02}", 1 + at / 3 % 12, 2 + at / 2 % 27);
            let age = (at / 5 % 60).to_string();
            let community = ["السنابل", "عين الحور", ""][at / 2 % 3];
            let row = Row { name: &name, age: &age, date: &date, community, ..Row::default() };
            rows.push((at % 2) as u32, At { file: (at % 2) as u16, row: at as u32 }, &row);
        }
        let people = rows.finish();
        let priors = model::tables(model::SHIPPED).unwrap();
        let weights = fit::shipped(fit::strangers(&people), &priors, people.records.len()).weights();
        let outlines: Vec<Outline> =
            people.records.iter().map(|record| Outline::of(record, &people.vocabulary)).collect();
        let (mut likely, mut passed_over) = (0, 0);
        for left in 0..outlines.len() {
            for right in left + 1..outlines.len() {
                let glance = glance(&outlines[left], &outlines[right], &weights);
                let chance = chance(&people, &weights, left as u32, right as u32);
                passed_over += usize::from(glance < -5.3);
                likely += usize::from(chance > 0.1);
                assert!(chance < 0.1 || glance > -5.3, "{left} {right}: {glance} {chance}");
            }
        }
        assert!(likely > 20 && passed_over > 5_000, "{likely} {passed_over}");
    }
}
