//! Fitting the model: expectation and maximisation over counts of patterns (the trick of fastLink, Enamorado, Fifield
//! and Imai 2019), so that the result depends on the data only and not on samples, threads or the order of rows.

use super::compare::compare;
use super::comparison::level_of;
use super::levels::{FEATURES, Feature, LEVELS, name_level};
use super::lots::Lots;
use super::model::{
    self, Alike, CLASSES, EVENT, KIN_EVENT, Model, NAMESAKES, SAME, STRANGERS, Table, Tables,
};
use super::rows::People;

/// A pattern, how telling its names are, and how many pairs have it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Levels.
    pub pattern: u64,
    /// ln rarity of the given name, on average.
    pub rare_given: f32,
    /// ln rarity of the other names, on average.
    pub rare_names: f32,
    /// Pairs.
    pub pairs: f64,
    /// What reviewers said of them: of the pairs, these are surely the same person.
    pub surely_same: f64,
    /// These are surely not.
    pub surely_other: f64,
}

impl Counted {
    /// How many of the pairs are of each class, by the chances of the classes and what reviewers said.
    fn shares(&self, chances: &[f32; CLASSES]) -> [f64; CLASSES] {
        let free = self.pairs - self.surely_same - self.surely_other;
        let same = f64::from(chances[SAME]);
        let others = free + self.surely_other / (1.0 - same).max(1e-6);
        let mut shares = chances.map(|chance| f64::from(chance) * others);
        shares[SAME] = same * free + self.surely_same;
        shares
    }
}

/// How many pairs a shipped table counts for.
const STRENGTH: f64 = 400.0;
/// How many pairs of siblings whose names would agree by chance the shipped [`Alike::SIBLINGS`] counts for.
const SIBLINGS: f64 = 20.0;
/// Rounds of fitting.
const ROUNDS: usize = 20;
/// Pairs of records that are looked at for chances among strangers.
const DRAWN: u64 = 400_000;

/// Chances of levels among strangers, from pairs at even steps over all records (all pairs where they are few).
pub fn strangers(people: &People) -> [Table; FEATURES] {
    let records = &people.records;
    let count = records.len() as u64;
    let mut seen = [[0.0_f64; LEVELS]; FEATURES];
    let mut note = |a: u64, b: u64| {
        let (a, b) = (&records[a as usize], &records[b as usize]);
        let compared = compare(a, b, &people.vocabulary, people.lists > 1);
        for (feature, level) in compared.levels.iter().enumerate() {
            seen[feature][usize::from(*level)] += 1.0;
        }
    };
    if count * count.saturating_sub(1) / 2 <= DRAWN {
        (0..count).for_each(|a| (a + 1..count).for_each(|b| note(a, b)));
    } else {
        let mut lots = Lots::of(0x9e37_79b9_7f4a_7c15);
        for _ in 0..DRAWN {
            let (a, b) = (lots.number() % count, lots.number() % count);
            if a != b {
                note(a, b);
            }
        }
    }
    let words = &people.vocabulary;
    use super::vocabulary::Place;
    for (feature, place) in [
        (Feature::Given, Place::Given),
        (Feature::Father, Place::Father),
        (Feature::Grandfather, Place::Father),
        (Feature::Family, Place::Family),
    ] {
        // The chance of the same word is known exactly, and that of a slip is at least one in twenty of it.
        let table = &mut seen[feature as usize];
        normalise_smoothed(feature, table);
        let same = f64::from(words.agreement(place));
        table[1] = same;
        table[2] = table[2].max(same / 20.0);
        table[5] = table[5].max(same / 2.0);
        table[6] = table[6].max(same / 10.0);
    }
    // Strangers seldom agree in a given name; who bears the grandfather's is known of every record.
    let named_for = &mut seen[Feature::NamedFor as usize];
    *named_for = [0.0; LEVELS];
    for record in records.iter().filter(|record| record.named_for != 0) {
        named_for[usize::from(record.named_for)] += 1.0;
    }
    for feature in
        [Feature::Sex, Feature::Age, Feature::Date, Feature::Place, Feature::List, Feature::NamedFor]
    {
        normalise_smoothed(feature, &mut seen[feature as usize]);
    }
    seen
}

fn normalise_smoothed(feature: Feature, table: &mut Table) {
    for group in feature.groups() {
        let sum: f64 = table[group.clone()].iter().sum();
        let levels = group.clone().count() as f64;
        for chance in &mut table[group.clone()] {
            *chance = (*chance + 0.5) / (sum + 0.5 * levels);
        }
    }
}

/// The model of `records` records before any pair was compared.
pub fn shipped(strangers: [Table; FEATURES], priors: &Tables, records: usize) -> Model {
    let many = records as f64;
    let mut model =
        Model { tables: priors.clone(), strangers, pairs: [0.0; CLASSES], siblings: Alike::SIBLINGS };
    model.pairs[SAME] = many * 0.5;
    model.pairs[KIN_EVENT] = many * 0.5;
    model.pairs[NAMESAKES] = many * 0.02;
    model.pairs[EVENT] = many;
    model.pairs[STRANGERS] = many * (many - 1.0) / 2.0;
    model
}

/// Fits the model to counted patterns of candidate pairs.
pub fn fit(counted: &[Counted], mut model: Model, priors: &Tables) -> Model {
    for _ in 0..ROUNDS {
        round(&mut model, counted, priors);
    }
    model
}

/// Other given names keep their shipped share, since such pairs are not seen; so do names that are like each other,
/// by which relatives are counted.
fn unseen_stay(table: &mut Table, prior: &Table) {
    for (fixed, seen) in [(3..=4, 1..=2), (7..=7, 5..=6)] {
        let sum: f64 = table[seen].iter().sum();
        let share: f64 = prior[fixed.clone()].iter().sum();
        for level in fixed {
            table[level] = sum * prior[level] / (1.0 - share).max(1e-6);
        }
    }
}

/// How many pairs each candidate pair of a class stands for.
///
/// Candidates were taken only where given names are close or one is missing, so most relatives and neighbours were not
/// seen. Those seen whose given names are like each other, which chance explains and a slip hardly does, stand for all
/// (Horvitz and Thompson 1952); those whose given names agree would be counted for the person they may be.
fn stands_for(strangers: &[Table; FEATURES], pattern: u64, class: usize) -> f64 {
    match (class, level_of(pattern, Feature::Given as usize)) {
        (SAME | NAMESAKES, _) | (_, 0) => 1.0,
        (_, level) if level == usize::from(name_level::LIKE) => {
            1.0 / strangers[Feature::Given as usize][level]
        }
        _ => 0.0,
    }
}

fn round(model: &mut Model, counted: &[Counted], priors: &Tables) {
    let weights = model.weights();
    let mut pairs = [0.0_f64; CLASSES];
    let mut seen = [[[0.0_f64; LEVELS]; FEATURES]; CLASSES];
    let mut siblings = Siblings::default();
    for rows in counted.chunk_by(|a, b| a.pattern == b.pattern) {
        let pattern = rows[0].pattern;
        let given = level_of(pattern, Feature::Given as usize);
        if given == usize::from(name_level::OTHER) || given == usize::from(name_level::SCRIPT_OTHER) {
            // Such pairs were not looked for, so those that were met say nothing about how many there are.
            continue;
        }
        let of_pattern = weights.of_pattern(pattern);
        let mut shares = [0.0_f64; CLASSES];
        for row in rows {
            let of_row = row.shares(&weights.chances(&of_pattern, row.rare_given, row.rare_names));
            let alike = of_pattern.relatives.map(|alike| alike.parts(row.rare_given, weights.usual_given));
            siblings.note(pattern, of_row[KIN_EVENT], alike, &model.strangers);
            shares.iter_mut().zip(of_row).for_each(|(share, of_row)| *share += of_row);
        }
        for (class, share) in shares.into_iter().enumerate().take(STRANGERS) {
            let share = share * stands_for(&model.strangers, pattern, class);
            pairs[class] += share;
            for feature in 0..FEATURES {
                seen[class][feature][level_of(pattern, feature)] += share;
            }
        }
    }
    model.siblings = siblings.alike(f64::from(weights.usual_given));
    for (class, pairs) in pairs.iter().enumerate().take(STRANGERS) {
        model.pairs[class] = pairs.max(1.0);
    }
    for (key, table) in &mut model.tables {
        let feature = Feature::ALL[key.1];
        if feature == Feature::Sex {
            // Sex is compared only where given names do not say it, which is where relatives are.
            continue;
        }
        let mut sums = [0.0; LEVELS];
        for class in (0..STRANGERS).filter(|class| model::share(*class, feature) == Some(key.0)) {
            for level in 1..LEVELS {
                sums[level] += seen[class][key.1][level];
            }
        }
        let Some(prior) = priors.get(key) else { continue };
        for (level, sum) in sums.iter().enumerate().skip(1) {
            table[level] = sum + STRENGTH * prior[level];
        }
        if feature == Feature::Given {
            unseen_stay(table, prior);
        }
        if key.0 == model::Share::Same && feature == Feature::Age {
            ages_apart_stay(table, prior);
        }
        model::normalise(feature, table);
    }
}

/// Pairs of children of one father: how many bear one given name by chance or because it runs in the family, and how
/// many strangers in their place would.
#[derive(Debug, Default)]
struct Siblings {
    by_chance: f64,
    in_family: f64,
    strangers: f64,
}

impl Siblings {
    /// Takes pairs of relatives; `alike` are the parts of their chance to bear one name, where they do.
    fn note(&mut self, pattern: u64, pairs: f64, alike: Option<[f32; 2]>, strangers: &[Table; FEATURES]) {
        let given = &strangers[Feature::Given as usize];
        let (same, like) = (usize::from(name_level::SAME), usize::from(name_level::LIKE));
        if level_of(pattern, Feature::Father as usize) != same {
            return;
        }
        match (level_of(pattern, Feature::Given as usize), alike) {
            (level, Some([by_chance, in_family])) if level == same => {
                let by_chance = f64::from(by_chance / (by_chance + in_family));
                self.by_chance += pairs * by_chance;
                self.in_family += pairs * (1.0 - by_chance);
            }
            // They stand for all: see `stands_for`.
            (level, _) if level == like => self.strangers += pairs / given[like] * given[same],
            _ => {}
        }
    }

    /// How often their names are the same: by chance never oftener than strangers' are, `usual` of all.
    fn alike(&self, usual: f64) -> Alike {
        let strangers = self.strangers + SIBLINGS;
        let shipped = Alike::SIBLINGS;
        let by_chance = (self.by_chance + SIBLINGS * f64::from(shipped.by_chance)) / strangers;
        let in_family =
            (self.in_family + SIBLINGS / usual * f64::from(shipped.in_family)) / (strangers / usual);
        Alike { by_chance: by_chance.min(1.0) as f32, in_family: in_family.min(0.5) as f32 }
    }
}

/// Ages far apart are told of one person as seldom as shipped at most: what is over that are namesakes of one family.
fn ages_apart_stay(table: &mut Table, prior: &Table) {
    let near: f64 = table[5..=7].iter().sum();
    let share: f64 = prior[5..=7].iter().sum();
    for level in 8..=9 {
        table[level] = table[level].min(near * prior[level] / share.max(1e-6));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_brothers_bear_one_name_is_learnt() {
        use name_level::{LIKE, OTHER, SAME};
        let pattern = |given: u8, father: u8| {
            u64::from(given) << (4 * Feature::Given as usize)
                | u64::from(father) << (4 * Feature::Father as usize)
        };
        let mut strangers = [[0.0; LEVELS]; FEATURES];
        strangers[Feature::Given as usize][usize::from(SAME)] = 0.03;
        strangers[Feature::Given as usize][usize::from(LIKE)] = 0.001;
        let usual = 0.03_f32;
        let common = Some(Alike::SIBLINGS.parts(-1.0, usual));
        let rare = Some(Alike::SIBLINGS.parts(6.0, usual));
        let mut siblings = Siblings::default();
        let shipped = siblings.alike(usual.into());
        assert!((shipped.by_chance - Alike::SIBLINGS.by_chance).abs() < 1e-6);
        assert!((shipped.in_family - Alike::SIBLINGS.in_family).abs() < 1e-6);
        // Two pairs of names that are like each other stand for 2,000 siblings, of whom 60 pairs would agree by chance.
        siblings.note(pattern(LIKE, SAME), 2.0, None, &strangers);
        siblings.note(pattern(SAME, OTHER), 1000.0, common, &strangers);
        assert!(siblings.alike(usual.into()).by_chance < 0.05);
        siblings.note(pattern(SAME, SAME), 90.0, common, &strangers);
        let alike = siblings.alike(usual.into());
        assert!(alike.by_chance > 0.99 && alike.in_family < 0.003, "{alike:?}");
        // Rare names are shared because they run in the family.
        siblings.note(pattern(SAME, SAME), 100.0, rare, &strangers);
        assert!(siblings.alike(usual.into()).in_family > 0.03);
    }
}
