//! Links that no rule of blocking proposed: how many there are, estimated from those that one rule or two proposed
//! (Chao 1987, bias-corrected: f1 (f1 − 1) / (2 (f2 + 1))), as ecologists estimate the species that no sample holds.
//!
//! Rules that share fields fail together. Where lists say so little that few rules propose anything, a link is proposed by
//! all of them, or by one where a field is wrong, or by none where two are: with three rules over three fields, each wrong
//! with a small chance e, by three (1 − e)³, by one 3 e (1 − e)², by none about 3 e². Then those by none are about
//! f1² / (3 f), f being those by more than one, and Chao's estimate, which wants rules that fail by themselves, is far too
//! high.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

/// Links of a draw that few rules proposed, in people that they join: of the n (n − 1) / 2 links of a cluster of n,
/// which join n − 1, each counts for 2 / n.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seldom {
    once: f64,
    twice: f64,
    more: f64,
    /// Which lists stood on the two sides of links that one rule proposed.
    sides: FxHashMap<(u64, u64), f64>,
}

impl Seldom {
    /// Takes a link within a cluster of `members`, proposed by so many `rules`, and the lists on its two sides; takes it
    /// back, with `times` -1.
    pub fn note(&mut self, members: u32, rules: u32, sides: (u64, u64), times: i8) {
        let people = f64::from(times) * 2.0 / f64::from(members.max(2));
        match rules {
            1 => {
                self.once += people;
                *self.sides.entry(sides).or_default() += people;
            }
            2 => self.twice += people,
            _ => self.more += people,
        }
    }

    /// Takes those of other components.
    pub fn add(&mut self, other: &Seldom) {
        self.once += other.once;
        self.twice += other.twice;
        self.more += other.more;
        other.sides.iter().for_each(|(sides, people)| *self.sides.entry(*sides).or_default() += people);
    }

    /// How many people links that no rule proposed would join.
    fn missed(&self, few_rules: bool) -> f64 {
        let chao = (self.once * (self.once - 1.0) / (2.0 * (self.twice + 1.0))).max(0.0);
        let together = self.once * self.once / (3.0 * (self.twice + self.more + 1.0));
        if few_rules { chao.min(together) } else { chao }
    }
}

/// Shares that are nothing but what rounding left over of links taken back.
const NOTHING: f64 = 1e-6;

/// Joins people as the links that one rule proposed join them, by their lists, for those that none did. How many were. `few_rules` says that hardly
/// more than three rules proposed anything.
pub fn join(histories: &mut BTreeMap<u64, u32>, seldom: &Seldom, few_rules: bool) -> u32 {
    let (missed, mut joined, mut due) = (seldom.missed(few_rules), 0, 0.0);
    let sides: BTreeMap<_, _> = seldom.sides.iter().filter(|(_, share)| **share > NOTHING).collect();
    for ((one, other), share) in sides {
        due += missed * share / seldom.once;
        let wanted = (due - f64::from(joined)).round().max(0.0) as u32;
        let of = |history: &u64| histories.get(history).copied().unwrap_or(0);
        let there = if one == other { of(one) / 2 } else { of(one).min(of(other)) };
        let many = wanted.min(there);
        if many > 0 {
            for side in [one, other] {
                histories.entry(*side).and_modify(|people| *people -= many);
            }
            *histories.entry(one | other).or_default() += many;
            joined += many;
        }
    }
    histories.retain(|_, people| *people > 0);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_joined_as_those_whom_one_rule_joined() {
        let mut seldom = Seldom::default();
        (0..9).for_each(|_| seldom.note(2, 1, (1, 2), 1));
        (0..11).for_each(|_| seldom.note(2, 2, (1, 2), 1));
        // 9 · 8 / (2 · 12) = 3.
        let mut histories = BTreeMap::from([(1, 10), (2, 4), (3, 20)]);
        assert_eq!(join(&mut histories, &seldom, false), 3);
        assert_eq!(histories, BTreeMap::from([(1, 7), (2, 1), (3, 23)]));
    }

    #[test]
    fn no_more_are_joined_than_there_are() {
        let mut seldom = Seldom::default();
        (0..9).for_each(|_| seldom.note(2, 1, (1, 1), 1));
        let mut histories = BTreeMap::from([(1, 3)]);
        assert_eq!(join(&mut histories, &seldom, false), 1);
        assert_eq!(histories, BTreeMap::from([(1, 2)]));
        assert_eq!(join(&mut histories, &Seldom::default(), false), 0);
    }

    #[test]
    fn where_few_rules_apply_they_fail_together() {
        let mut seldom = Seldom::default();
        (0..300).for_each(|_| seldom.note(2, 1, (1, 2), 1));
        (0..600).for_each(|_| seldom.note(2, 3, (1, 2), 1));
        let people = || BTreeMap::from([(1, 5000), (2, 5000)]);
        // 300² / (3 · 601) = 49.9; Chao's would be 300 · 299 / 2.
        assert_eq!(join(&mut people(), &seldom, true), 50);
        assert_eq!(join(&mut people(), &seldom, false), 5000);
    }
}
