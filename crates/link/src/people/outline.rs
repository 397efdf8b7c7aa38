//! Outlines: what blocking needs of a record, numbers only; and the first look at two
//! of them, which passes over pairs that no comparison would find likely.

use super::compare::{age, date, place};
use super::levels::{Feature, Level, name_level};
use super::model::{NAMESAKES, SAME, STRANGERS, Weights};
use super::moment::{Days, YEAR};
use super::named_place::Named;
use super::rows::Record;
use super::vocabulary::{Place, Vocabulary, WordId};
use crate::names::Shape;

/// A record's names by their sound, with its days and places.
#[derive(Debug, Clone, Copy)]
pub struct Outline {
    /// Given name, father, grandfather, fourth name, family: the number of the skeleton from 1; 0 is no name.
    names: [u32; NAMES],
    /// A bit for each sound of each.
    sounds: [u32; NAMES],
    /// How rare each is: -8 ln(share of those who bear it); 0 where there is none.
    rare: [u8; NAMES],
    /// 0 unknown, 1 female, 2 male.
    pub sex: u8,
    /// The given name at a glance.
    given: Shape,
    /// Year, month and day of birth as written.
    born: [i16; 3],
    /// When they were born.
    pub birth: Days,
    /// When they died.
    pub date: Days,
    /// Governorate, district, community.
    pub place: [Named; 3],
}

/// Names of a record.
const NAMES: usize = 5;
/// Steps of [`Outline::rare`] to a unit.
const STEPS: f32 = 8.0;

impl Outline {
    /// Of a record.
    pub fn of(record: &Record, words: &Vocabulary) -> Outline {
        let names = [
            (record.given, Place::Given),
            (record.father, Place::Father),
            (record.grandfather, Place::Father),
            (record.extra, Place::Father),
            (record.family, Place::Family),
        ];
        let sound = |word: WordId| if word == 0 { 0 } else { words.skeleton(word) + 1 };
        let rare = |word: WordId, place| if word == 0 { 0.0 } else { -STEPS * words.ln_share(place, word) };
        Outline {
            names: names.map(|(word, _)| sound(word)),
            sounds: names.map(|(word, _)| words.shape(word).sounds()),
            rare: names.map(|(word, place)| rare(word, place) as u8),
            sex: record.sex,
            given: words.shape(record.given),
            born: record.born,
            birth: record.birth,
            date: record.date,
            place: record.place,
        }
    }

    /// The same, with other numbers for its sounds and places than those of their order on these lists.
    pub fn lasting(self, sound: impl Fn(u32) -> u32, place: impl Fn(u32) -> u32) -> Outline {
        let names = self.names.map(|number| if number == 0 { 0 } else { sound(number - 1) });
        let place = self.place.map(|one| one.renumbered(&place));
        Outline { names, place, ..self }
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

/// Whether given names are so unlike in their letters that no comparison would find them close.
pub fn given_apart(a: &Outline, b: &Outline) -> bool {
    let said = a.names[0] != 0 && b.names[0] != 0;
    said && a.names[0] != b.names[0] && !a.given.may_be_close(b.given)
}

/// Sounds in which two names differ that are a slip apart, at most.
const SLIP: u32 = 2;

/// A first look at two records: whether they may be one person, or namesakes, who are counted as well, by names that
/// sound alike, wherever they stand, names that do not, days and places.
pub struct Glance<'a> {
    weights: &'a Weights,
    /// What an age and a date speak for one person at most.
    most: [f32; 2],
}

impl Glance<'_> {
    /// By these weights.
    pub fn by(weights: &Weights) -> Glance<'_> {
        let most = |feature: Feature| weights.of[SAME][feature as usize].into_iter().fold(0.0, f32::max);
        Glance { weights, most: [most(Feature::Age), most(Feature::Date)] }
    }

    /// Whether the ln odds, about, are so high.
    pub fn reaches(&self, a: &Outline, b: &Outline, least: f32) -> bool {
        self.rest_reaches(a, b, least - self.names(a, b, &Shared::by(a, b)))
    }

    /// Whether they are so high, were the rarest names that the two do not share the same but for a letter.
    pub fn reaches_but_for_a_letter(&self, a: &Outline, b: &Outline, least: f32) -> bool {
        let shared = Shared::by(a, b);
        let rarest = |one: &Outline, shared: &[u32; NAMES]| {
            one.rare.iter().zip(shared).map(|(rare, shared)| u32::from(*rare) & !shared).max()
        };
        let rarest = rarest(a, &shared.of_a).min(rarest(b, &shared.of_b)).unwrap_or(0) as f32 / STEPS;
        self.rest_reaches(a, b, least - rarest - self.names(a, b, &shared))
    }

    /// What a feature speaks for one person at a level.
    fn of(&self, feature: Feature, level: Level) -> f32 {
        self.weights.of[SAME][feature as usize][usize::from(level)]
    }

    /// What names speak for one person: those that both bear, by their rarity, and those that differ.
    #[inline]
    fn names(&self, a: &Outline, b: &Outline, shared: &Shared) -> f32 {
        let rare = |one: &Outline, shared: &[u32; NAMES]| -> u32 {
            one.rare.iter().zip(shared).map(|(rare, shared)| u32::from(*rare) & shared).sum()
        };
        let mut sum = rare(a, &shared.of_a).min(rare(b, &shared.of_b)) as f32 / STEPS;
        for (at, feature) in
            [(0, Feature::Given), (1, Feature::Father), (2, Feature::Grandfather), (4, Feature::Family)]
        {
            let both = (a.names[at] != 0) & (b.names[at] != 0);
            let differ = both & ((shared.of_a[at] | shared.of_b[at]) == 0);
            if differ && (a.sounds[at] ^ b.sounds[at]).count_ones() > SLIP {
                sum += self.of(feature, name_level::OTHER);
            }
        }
        sum
    }

    /// Whether days and places speak so much for one person, or what is known of namesakes suffices. Age and date are asked
    /// for only where they may tip the scales.
    #[inline]
    fn rest_reaches(&self, a: &Outline, b: &Outline, least: f32) -> bool {
        let (prior, [most_age, most_date]) = (&self.weights.prior, self.most);
        if prior[NAMESAKES] - prior[STRANGERS] >= least {
            return true;
        }
        let least = least + prior[STRANGERS] - prior[SAME];
        let least = least - self.of(Feature::Place, place(&a.place, &b.place));
        if most_age + most_date < least {
            return false;
        }
        let least = least - self.of(Feature::Date, date(a.date, b.date));
        most_age >= least && self.of(Feature::Age, age((a.birth, a.born), (b.birth, b.born))) >= least
    }
}

/// Names of two records that stand on the other one too, wherever: all bits of each that does.
struct Shared {
    of_a: [u32; NAMES],
    of_b: [u32; NAMES],
}

impl Shared {
    /// Names that are not said are shared as well; they are of no rarity.
    #[inline]
    fn by(a: &Outline, b: &Outline) -> Shared {
        let mut shared = Shared { of_a: [0; NAMES], of_b: [0; NAMES] };
        for (name, of_a) in a.names.iter().zip(&mut shared.of_a) {
            for (other, of_b) in b.names.iter().zip(&mut shared.of_b) {
                let same = u32::from(name == other).wrapping_neg();
                *of_a |= same;
                *of_b |= same;
            }
        }
        shared
    }
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
        let glance = Glance::by(&weights);
        let (mut likely, mut passed_over) = (0, 0);
        for left in 0..outlines.len() {
            for right in left + 1..outlines.len() {
                let glance = glance.reaches(&outlines[left], &outlines[right], -5.3);
                let chance = chance(&people, &weights, left as u32, right as u32);
                passed_over += usize::from(!glance);
                likely += usize::from(chance > 0.1);
                assert!(chance < 0.1 || glance, "{left} {right}: {chance}");
            }
        }
        assert!(likely > 20 && passed_over > 5_000, "{likely} {passed_over}");
    }
}
