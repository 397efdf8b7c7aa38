//! What speaks for a candidate, in numbers, and how much each number counts.
//!
//! A candidate's features times the weights in `data/weights.csv` give its strength; strengths become probabilities
//! beside the chance that no candidate is right (a strength of 0). The weights were fitted by `bench/fit-places.py`
//! on incidents that human coders placed; they are general properties of names and places, no list of either.

use std::sync::LazyLock;

/// Features, in the order of the file of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// It bears the phrase's own name.
    Named,
    /// In the same folded spelling.
    SameSpelling,
    /// In a spelling that sounds the same.
    SameSound,
    /// How far short of the same spelling it is, 0 to 0.5.
    Unlike,
    /// All of two or more spellings of the phrase fit it.
    SpellingsAgree,
    /// Only some of the spellings fit.
    SpellingsDiffer,
    /// Logarithm of kilometres to the settlement that the phrase puts it in.
    FromTown,
    /// Logarithm of kilometres outside the area that the phrase puts it in.
    OutsideStated,
    /// It lies in the area that the phrase puts it in.
    InsideStated,
    /// Logarithm of kilometres outside the area that the report puts it in.
    OutsideReported,
    /// It lies in the area that the report puts it in.
    InsideReported,
    /// Logarithm of inhabitants.
    Inhabitants,
    /// It is a seat of administration.
    Seat,
    /// The phrase says a neighbourhood, and this is a settlement.
    PartSaid,
    /// The phrase says a street or a landmark, and this is a settlement: streets are called after other towns.
    PointSaid,
    /// The phrase says a part of a settlement, and this is one.
    PartFound,
    /// The phrase says a settlement, and this is a part of one.
    SettlementSaid,
    /// The phrase says village, town or city, and this is that.
    KindFits,
    /// The name is short: 1 for one consonant, less the more there are.
    Short,
    /// It is what the phrase puts the place in, and the place is a part of a settlement.
    AroundPart,
    /// It is what the phrase puts the place in, and the place is a settlement.
    AroundSettlement,
    /// It is what the phrase puts the place in, and no word says what the place is.
    AroundUnsaid,
    /// It is what the phrase puts the place in, and the place is of a kind that lies outside settlements.
    AroundOutlying,
    /// It is what the place is said to be near.
    Near,
    /// It is the seat of the governorate, and the place is a part of a settlement.
    SeatForPart,
    /// It is the seat of the governorate, and no word says what the place is.
    SeatForUnsaid,
    /// It is the seat of the governorate, and the place is a settlement.
    SeatForSettlement,
    /// It is the seat of the governorate, and the place is of a kind that lies outside settlements.
    SeatForOutlying,
    /// Another candidate that bears the name fits its spelling and its report.
    BetterNamed,
    /// Places of the same report lie near.
    Company,
    /// Logarithm of inhabitants, where no country is known.
    Renown,
    /// Share of the report's other places that lie in its country, where none is said.
    Compatriot,
    /// An Arabic spelling fits a name other than the one by which it is shown.
    FurtherName,
    /// How far short of the same spelling the spelling is that fits least, where there are two or more.
    LeastAlike,
    /// Its consonants are not quite those of the phrase.
    OtherConsonants,
    /// It is the seat of the governorate, and the place is named as villages are: "Tell …", كفر.
    SeatForVillageName,
    /// It is what the phrase puts the place in, and the place is named as villages are.
    AroundVillageName,
    /// A reviewer confirmed it for some words.
    Confirmed,
    /// It is the seat of the governorate: logarithm of the governorate's radius, beside a usual one.
    SeatSpread,
    /// It is the seat of the governorate: logarithm of its inhabitants, beside a usual one's.
    SeatInhabitants,
    /// It bears the phrase's own name: logarithm of how often reviewers confirmed something near it.
    Activity,
    /// It lies outside the area that the report puts it in, however far.
    NotInReported,
    /// A word such as "upper" or "Tell" had to be added to its name or left out.
    Altered,
    /// Its name is a part of the phrase's, the whole of which nothing bears.
    PartOfName,
}

/// How many features there are.
pub const COUNT: usize = Feature::PartOfName as usize + 1;

/// The features of one candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features(pub [f32; COUNT]);

impl Default for Features {
    fn default() -> Self {
        Self([0.0; COUNT])
    }
}

impl Features {
    /// Sets one.
    pub fn set(&mut self, feature: Feature, value: f32) {
        self.0[feature as usize] = value;
    }

    /// Reads one.
    pub fn get(&self, feature: Feature) -> f32 {
        self.0[feature as usize]
    }

    /// The weighted sum.
    pub fn strength(&self) -> f32 {
        self.0.iter().zip(WEIGHTS.iter()).map(|(value, weight)| value * weight).sum()
    }
}

static WEIGHTS: LazyLock<[f32; COUNT]> = LazyLock::new(|| {
    let mut weights = [0.0; COUNT];
    // A test reads every line, so that none is passed over here.
    let lines = include_str!("../data/weights.csv").lines().skip(1).filter_map(|line| line.split_once(','));
    for (weight, (_, value)) in weights.iter_mut().zip(lines) {
        *weight = value.parse().unwrap_or_default();
    }
    weights
});

/// Probabilities of strengths, and that of none of them (strength 0).
pub fn probabilities(strengths: &[f32]) -> (Vec<f64>, f64) {
    let highest = strengths.iter().copied().fold(0.0_f32, f32::max);
    let powers: Vec<f64> = strengths.iter().map(|strength| f64::from(strength - highest).exp()).collect();
    let none = f64::from(-highest).exp();
    let sum = powers.iter().sum::<f64>() + none;
    (powers.into_iter().map(|power| power / sum).collect(), none / sum)
}

/// The natural logarithm of one and a number of kilometres.
pub fn log_km(kilometres: f32) -> f32 {
    kilometres.max(0.0).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_under_its_own_name() {
        let lines: Vec<&str> = include_str!("../data/weights.csv").lines().skip(1).collect();
        assert_eq!(lines.len(), COUNT);
        for line in lines {
            let (name, value) = line.split_once(',').unwrap();
            assert!(!name.is_empty());
            assert!(value.parse::<f32>().is_ok(), "{line}");
        }
    }

    #[test]
    fn probabilities_leave_room_for_none() {
        let (weighed, none) = probabilities(&[2.0, 0.0]);
        assert!((weighed.iter().sum::<f64>() + none - 1.0).abs() < 1e-6);
        assert!((none - 1.0 / (2.0_f64.exp() + 2.0)).abs() < 1e-6);
        assert_eq!(probabilities(&[]), (Vec::new(), 1.0));
    }
}
