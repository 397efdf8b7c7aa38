//! What the comparison of two records came to, also as one number: millions of them are kept.

use super::levels::{FEATURES, Feature, Level};

/// What the comparison of two records came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Levels by feature.
    pub levels: [Level; FEATURES],
    /// How much rarer than usual the given name is that agrees: ln(usual chance / its chance), in steps of 1/64.
    pub rare_given: f32,
    /// The same, over the other names that agree.
    pub rare_names: f32,
}

/// A comparison in one number: the pattern of its levels, four bits a feature, then how rare the given name is and the
/// other names, twelve bits each. The order is that of patterns, then of given names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packed(u64);

/// Steps of how rare names are to a unit.
const STEPS: f32 = 64.0;
/// Steps under 0.
const BELOW: i32 = 1 << 10;
/// All steps.
const ALL: i32 = 1 << 12;

impl Comparison {
    /// Of levels, and of how rare names are, which is rounded.
    pub fn new(levels: [Level; FEATURES], rare_given: f32, rare_names: f32) -> Comparison {
        let rounded = |rare: f32| rare_of(step(rare));
        Comparison { levels, rare_given: rounded(rare_given), rare_names: rounded(rare_names) }
    }

    /// The levels as one number, four bits a feature.
    pub fn pattern(&self) -> u64 {
        self.levels.iter().rev().fold(0, |pattern, level| pattern << 4 | u64::from(*level))
    }

    /// All of it in one number.
    pub fn packed(&self) -> Packed {
        Packed(self.pattern() << 24 | step(self.rare_given) << 12 | step(self.rare_names))
    }
}

impl Packed {
    /// The levels as one number, four bits a feature.
    pub fn pattern(self) -> u64 {
        self.0 >> 24
    }

    /// Levels by feature.
    pub fn levels(self) -> [Level; FEATURES] {
        std::array::from_fn(|feature| level_of(self.pattern(), feature) as Level)
    }

    /// How rare the given name is that agrees.
    pub fn rare_given(self) -> f32 {
        rare_of(self.0 >> 12 & 0xfff)
    }

    /// How rare the other names are that agree.
    pub fn rare_names(self) -> f32 {
        rare_of(self.0 & 0xfff)
    }
}

fn step(rare: f32) -> u64 {
    ((rare * STEPS).round() as i32 + BELOW).clamp(0, ALL - 1) as u64
}

fn rare_of(step: u64) -> f32 {
    (step as i32 - BELOW) as f32 / STEPS
}

/// The level of a feature in a pattern.
pub fn level_of(pattern: u64, feature: usize) -> usize {
    (pattern >> (4 * feature) & 15) as usize
}

/// What the levels say, in words: `given same, father slip, age equal`.
pub fn in_words(levels: &[Level; FEATURES]) -> String {
    let mut out = String::with_capacity(128);
    for feature in Feature::ALL {
        let level = usize::from(levels[feature as usize]);
        if level != 0 {
            let comma = if out.is_empty() { "" } else { ", " };
            out.extend([comma, feature.name(), " ", feature.levels()[level]]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            levels in prop::array::uniform10(0_u8..10),
            (given, names) in (-9.0_f32..15.0, -15.0_f32..45.0),
        ) {
            let compared = Comparison::new(levels, given, names);
            prop_assert!((compared.rare_given - given).abs() <= 0.5 / STEPS && (compared.rare_names - names).abs() <= 0.5 / STEPS);
            let packed = compared.packed();
            prop_assert_eq!(packed.pattern(), compared.pattern());
            prop_assert_eq!((packed.rare_given(), packed.rare_names()), (compared.rare_given, compared.rare_names));
            prop_assert_eq!(packed.levels(), levels);
        }
    }
}
