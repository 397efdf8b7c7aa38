//! The model: how likely each level is among pairs of one person, of a family, of one event, and of strangers.
//!
//! Fellegi and Sunter (1969) with five classes of pairs, since families die together: *same person*; *kin, same event*;
//! *namesakes*, whose names agree as those of one person do and nothing else; *others of the same event*;
//! *strangers*. Families and events share their tables between classes.
//! Chances among strangers are measured on pairs drawn at even steps over all records; the rest are shipped
//! (`data/priors.csv`) and moved by the data (`fit.rs`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::compare::level_of;
use super::levels::{FEATURES, Feature, LEVELS, name_level};
use crate::LinkError;

/// How many classes of pairs.
pub const CLASSES: usize = 5;
/// The class of pairs of one person.
pub const SAME: usize = 0;
/// Kin who died in the same event.
pub const KIN_EVENT: usize = 1;
/// Namesakes: two people of one name, as in families that name sons for grandfathers.
pub const NAMESAKES: usize = 2;
/// Others of the same event.
pub const EVENT: usize = 3;
/// Strangers.
pub const STRANGERS: usize = 4;
/// What the classes are called in explanations, in order.
pub const CLASS_NAMES: [&str; CLASSES] =
    ["same_person", "kin_of_one_event", "namesakes", "others_of_one_event", "strangers"];

/// Chances of levels, by level.
pub type Table = [f64; LEVELS];

/// The tables that are learnt: which classes share each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// Of the same person.
    Same,
    /// Of kin.
    Kin,
    /// Of one event, which is that of one person too.
    Event,
}

/// Which table a class uses for a feature; none where it is as among strangers.
pub fn share(class: usize, feature: Feature) -> Option<Share> {
    match (class, feature) {
        // Dates and places of one event are told with the same slips as those of one person.
        (SAME | KIN_EVENT | EVENT, Feature::Date | Feature::Place) => Some(Share::Event),
        (SAME, _) => Some(Share::Same),
        (NAMESAKES, Feature::Given | Feature::Father | Feature::Grandfather | Feature::Family) => {
            Some(Share::Same)
        }
        (KIN_EVENT, Feature::Father | Feature::Grandfather | Feature::Family | Feature::Age) => {
            Some(Share::Kin)
        }
        _ => None,
    }
}

/// Learnt tables, by who shares them and feature.
pub type Tables = BTreeMap<(Share, usize), Table>;

/// The model.
#[derive(Debug, Clone)]
pub struct Model {
    /// Learnt chances of levels.
    pub tables: Tables,
    /// Chances of levels among strangers.
    pub strangers: [Table; FEATURES],
    /// How many pairs of each class there are among all pairs of records.
    pub pairs: [f64; CLASSES],
    /// How often two children of one father bear one given name, beside two strangers: at most 1.
    pub siblings_alike: f64,
}

/// The same before anything was seen: parents name no two living children alike.
pub const SIBLINGS_ALIKE: f64 = 0.1;

/// Chance that two relatives have one given name because it runs in the family.
const NAMED_ALIKE: f64 = 0.002;

impl Model {
    /// ln(chance of a level in a class / among strangers), by class, feature and level.
    pub fn weights(&self) -> Weights {
        let mut weights = Weights {
            of: [[[0.0; LEVELS]; FEATURES]; CLASSES],
            prior: [0.0; CLASSES],
            usual_given: 0.0,
            siblings_alike: self.siblings_alike(),
        };
        for class in 0..CLASSES {
            weights.prior[class] = self.pairs[class].max(1e-9).ln() as f32;
            for feature in Feature::ALL {
                let Some(share) = share(class, feature) else { continue };
                let Some(table) = self.tables.get(&(share, feature as usize)) else { continue };
                let chances = table.iter().zip(&self.strangers[feature as usize]);
                for (level, (chance, stranger)) in chances.enumerate().take(feature.levels().len()).skip(1) {
                    weights.of[class][feature as usize][level] =
                        (chance.max(1e-7) / stranger.max(1e-7)).ln() as f32;
                }
            }
        }
        weights.usual_given = self.strangers[Feature::Given as usize][1].max(1e-7) as f32;
        weights
    }

    /// ln of how often two relatives bear one given name, beside strangers, by the level of their fathers' names: where
    /// it is not known, they are children of one father as often as relatives are.
    fn siblings_alike(&self) -> [f32; LEVELS] {
        use name_level::{SAME, SCRIPT_NEAR, SCRIPT_SAME, SLIP};
        let mut alike = [0.0; LEVELS];
        for level in [SAME, SLIP, SCRIPT_SAME, SCRIPT_NEAR] {
            alike[usize::from(level)] = self.siblings_alike.ln() as f32;
        }
        let fathers = self.tables.get(&(Share::Kin, Feature::Father as usize));
        let siblings = fathers.map_or(0.0, |table| table[usize::from(SAME)] + table[usize::from(SLIP)]);
        alike[0] = (1.0 - siblings + siblings * self.siblings_alike).ln() as f32;
        alike
    }
}

/// What a model gives for adding up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// By class, feature and level.
    pub of: [[[f32; LEVELS]; FEATURES]; CLASSES],
    /// ln(number of pairs) of each class.
    pub prior: [f32; CLASSES],
    /// Chance that two strangers have one given name.
    pub usual_given: f32,
    /// ln of how often relatives do, beside that, by the level of their fathers' names.
    pub siblings_alike: [f32; LEVELS],
}

impl Weights {
    /// ln of the weight of each class for a pattern, rarity of names aside.
    pub fn of_pattern(&self, pattern: u64) -> [f32; CLASSES] {
        let mut sums = self.prior;
        for (class, sum) in sums.iter_mut().enumerate() {
            for feature in 0..FEATURES {
                *sum += self.of[class][feature][level_of(pattern, feature)];
            }
        }
        let given = level_of(pattern, Feature::Given as usize);
        if given == usize::from(name_level::SAME) || given == usize::from(name_level::SCRIPT_SAME) {
            sums[KIN_EVENT] += self.siblings_alike[level_of(pattern, Feature::Father as usize)];
        }
        sums
    }

    /// Chances of the classes for a pattern and the rarity of the names that agree.
    pub fn chances_of(&self, pattern: u64, rare_given: f32, rare_names: f32) -> [f32; CLASSES] {
        let given_agrees = level_of(pattern, Feature::Given as usize) == usize::from(name_level::SAME);
        self.chances(&self.of_pattern(pattern), given_agrees, rare_given, rare_names)
    }

    /// The same for a pattern's weights.
    ///
    /// Rarity speaks for one person and for one family alike against strangers; that of the given name speaks for the
    /// person, and for kin only as far as names run in families. It never favours siblings.
    pub fn chances(
        &self,
        pattern: &[f32; CLASSES],
        given_agrees: bool,
        rare_given: f32,
        rare_names: f32,
    ) -> [f32; CLASSES] {
        let mut sums = *pattern;
        sums[SAME] += rare_given + rare_names;
        let namesakes = if given_agrees {
            (1.0 + NAMED_ALIKE as f32 * rare_given.exp() / self.usual_given).ln()
        } else {
            0.0
        };
        sums[KIN_EVENT] += rare_names + namesakes;
        sums[NAMESAKES] += rare_given + rare_names;
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        let mut total = 0.0;
        for sum in &mut sums {
            *sum = (*sum - most).exp();
            total += *sum;
        }
        sums.map(|sum| sum / total)
    }
}

/// The shipped chances.
pub const SHIPPED: &str = include_str!("../../data/priors.csv");

/// Reads chances from CSV `class,feature,level,probability`; within each group they are made to add up to one.
///
/// # Errors
/// Where a line names no class, feature or level, or its number is no chance, or a table is not whole.
pub fn tables(csv: &str) -> Result<Tables, LinkError> {
    let mut tables = Tables::new();
    for (number, line) in csv.lines().enumerate().skip(1) {
        let refuse = || LinkError::Priors { line: number + 1, text: line.to_owned() };
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let [class, feature, level, chance] = cells.as_slice() else { return Err(refuse()) };
        let share = match *class {
            "same" => Share::Same,
            "kin" => Share::Kin,
            "event" => Share::Event,
            _ => return Err(refuse()),
        };
        let feature = Feature::ALL.into_iter().find(|known| known.name() == *feature).ok_or_else(refuse)?;
        let level = feature
            .levels()
            .iter()
            .position(|known| known == level)
            .filter(|at| *at > 0)
            .ok_or_else(refuse)?;
        let chance: f64 =
            chance.parse().ok().filter(|chance| (0.0..=1.0).contains(chance)).ok_or_else(refuse)?;
        tables.entry((share, feature as usize)).or_insert([0.0; LEVELS])[level] = chance;
    }
    for class in 0..CLASSES {
        for feature in Feature::ALL {
            let Some(share) = share(class, feature) else { continue };
            if !tables.contains_key(&(share, feature as usize)) {
                return Err(LinkError::PriorMissing {
                    class: format!("{share:?}").to_lowercase(),
                    feature: feature.name(),
                });
            }
        }
    }
    for ((_, feature), table) in &mut tables {
        normalise(Feature::ALL[*feature], table);
    }
    Ok(tables)
}

/// Makes the chances of each group add up to one.
pub fn normalise(feature: Feature, table: &mut Table) {
    for group in feature.groups() {
        let sum: f64 = table[group.clone()].iter().sum();
        if sum > 0.0 {
            table[group.clone()].iter_mut().for_each(|chance| *chance /= sum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_chances_are_whole() {
        let tables = tables(SHIPPED).unwrap();
        for ((_, feature), table) in &tables {
            let feature = Feature::ALL[*feature];
            for (level, chance) in feature.levels().iter().zip(table).skip(1) {
                assert!(*chance > 0.0, "{} {level}", feature.name());
            }
        }
    }

    #[test]
    fn bad_chances_are_refused_with_their_line() {
        let error = tables("class,feature,level,probability\nsame,given,same,1.5").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
        assert!(tables("class,feature,level,probability\nsame,given,same,0.5").is_err());
    }
}
