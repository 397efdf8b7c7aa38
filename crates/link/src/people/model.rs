//! The model: how likely each level is among pairs of one person, of a family, of one event, and of strangers.
//!
//! Fellegi and Sunter (1969) with five classes of pairs, since families die together: *same person*; *kin, same event*;
//! *namesakes*, whose names agree as those of one person do and nothing else; *others of the same event*;
//! *strangers*. Families and events share their tables between classes.
//! Chances among strangers are measured on pairs drawn at even steps over all records; the rest are shipped
//! (`data/priors.csv`) and moved by the data (`fit.rs`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::comparison::{Packed, level_of};
use super::levels::name_level::{SAME as SAME_NAME, SCRIPT_NEAR, SCRIPT_SAME, SLIP};
use super::levels::{FEATURES, Feature, LEVELS, Level};
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
        (_, Feature::NamedFor) => None,
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
    /// How often two children of one father bear one given name.
    pub siblings: Alike,
}

/// How often two relatives bear one given name.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// By chance: so often as two strangers do, at most 1.
    pub by_chance: f32,
    /// Because it runs in the family, as a grandfather's does, rare names as often as common ones: the chance of it.
    pub in_family: f32,
}

impl Alike {
    /// Two children of one father before anything was seen: parents name no two living children alike.
    pub const SIBLINGS: Alike = Alike { by_chance: 0.1, in_family: 0.0002 };
    /// Other relatives.
    const OTHERS: Alike = Alike { by_chance: 1.0, in_family: 0.002 };

    /// Of pairs of whom `siblings` are children of one father.
    fn mixed(self, siblings: f32) -> Alike {
        let mix = |one: f32, other: f32| siblings * one + (1.0 - siblings) * other;
        Alike {
            by_chance: mix(self.by_chance, Alike::OTHERS.by_chance),
            in_family: mix(self.in_family, Alike::OTHERS.in_family),
        }
    }

    /// Of a name that is the grandfather's, or is not, by the level of [`Feature::NamedFor`]: only his runs in the family,
    /// and a share of all, `heirs`, bear it.
    fn named_for(self, level: usize, heirs: f32) -> Alike {
        let in_family = match level {
            0 => self.in_family,
            1 => self.in_family / heirs,
            _ => 0.0,
        };
        Alike { in_family, ..self }
    }

    /// The two, beside strangers, for a name of a rarity: ln(`usual` chance that strangers share a name / its chance).
    pub fn parts(self, rare: f32, usual: f32) -> [f32; 2] {
        [self.by_chance, self.in_family * rare.exp() / usual]
    }
}

impl Model {
    /// ln(chance of a level in a class / among strangers), by class, feature and level.
    pub fn weights(&self) -> Weights {
        let mut weights = Weights {
            of: [[[0.0; LEVELS]; FEATURES]; CLASSES],
            prior: [0.0; CLASSES],
            usual_given: self.strangers[Feature::Given as usize][1].max(1e-7) as f32,
            heirs: self.strangers[Feature::NamedFor as usize][1] as f32,
            siblings: self.siblings,
            siblings_share: self.siblings_share(),
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
        weights
    }

    /// The share of relatives who are children of one father.
    fn siblings_share(&self) -> f32 {
        let fathers = self.tables.get(&(Share::Kin, Feature::Father as usize));
        fathers.map_or(0.0, |table| (table[usize::from(SAME_NAME)] + table[usize::from(SLIP)]) as f32)
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
    /// Share of records that bear the grandfather's name.
    pub heirs: f32,
    /// How often children of one father bear one name.
    pub siblings: Alike,
    /// Share of relatives who are.
    pub siblings_share: f32,
}

/// What a pattern comes to, rarity of names aside.
#[derive(Debug, Clone, Copy)]
pub struct Sums {
    /// The weight of each class beside the heaviest.
    of: [f32; CLASSES],
    /// Where the given names agree, how often they would among relatives.
    pub relatives: Option<Alike>,
}

impl Weights {
    /// What a pattern comes to.
    pub fn of_pattern(&self, pattern: u64) -> Sums {
        let mut of = self.prior;
        for (class, sum) in of.iter_mut().enumerate() {
            for feature in 0..FEATURES {
                *sum += self.of[class][feature][level_of(pattern, feature)];
            }
        }
        let most = of.into_iter().fold(f32::MIN, f32::max);
        Sums { of: of.map(|sum| (sum - most).exp()), relatives: self.relatives(pattern) }
    }

    /// How often the given names of relatives agree, where those of a pattern do.
    fn relatives(&self, pattern: u64) -> Option<Alike> {
        let given = level_of(pattern, Feature::Given as usize) as Level;
        let father = level_of(pattern, Feature::Father as usize) as Level;
        // Where fathers are not known, relatives are siblings as often as they are elsewhere.
        let siblings = match father {
            SAME_NAME | SLIP | SCRIPT_SAME | SCRIPT_NEAR => 1.0,
            0 => self.siblings_share,
            _ => 0.0,
        };
        let named_for = level_of(pattern, Feature::NamedFor as usize);
        let agrees = given == SAME_NAME || given == SCRIPT_SAME;
        agrees.then(|| self.siblings.mixed(siblings).named_for(named_for, self.heirs))
    }

    /// What [`Feature::NamedFor`] speaks for one person against relatives of one event, in ln; against strangers it says
    /// nothing.
    pub fn named_for(&self, pattern: u64, rare_given: f32) -> f32 {
        let unsaid = pattern & !(15 << (4 * Feature::NamedFor as usize));
        let ln = |pattern| {
            let alike = self.relatives(pattern);
            alike.map_or(0.0, |alike| alike.parts(rare_given, self.usual_given).iter().sum::<f32>().ln())
        };
        ln(unsaid) - ln(pattern)
    }

    /// The chance that two records are one person, of what their comparison came to.
    pub fn chance(&self, told: Packed) -> f32 {
        self.chances(&self.of_pattern(told.pattern()), told.rare_given(), told.rare_names())[SAME]
    }

    /// Chances of the classes for what a pattern comes to and the rarity of the names that agree.
    ///
    /// Rarity speaks for one person and for one family alike against strangers; that of the given name speaks for the
    /// person, and for kin only as far as names run in families. It never favours siblings.
    pub fn chances(&self, pattern: &Sums, rare_given: f32, rare_names: f32) -> [f32; CLASSES] {
        let (given, names) = (rare_given.exp(), rare_names.exp());
        let alike = |alike: Alike| alike.parts(rare_given, self.usual_given).iter().sum();
        let mut of = pattern.of;
        of[SAME] *= given * names;
        of[KIN_EVENT] *= names * pattern.relatives.map_or(1.0, alike);
        of[NAMESAKES] *= given * names;
        let total: f32 = of.iter().sum();
        of.map(|one| one / total)
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
