//! Candidates, compared: of each pair only the number of its kind is kept, and the few that a model may find likely are
//! compared again when it is known.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::blocks::{self, RuleReport};
use super::compare::{Comparison, compare};
use super::exclusive::Edge;
use super::fit::Counted;
use super::judged::Judged;
use super::linking::chance;
use super::model::{SAME, Weights};
use super::pairs::{Pairs, Run};
use super::rows::People;

/// Candidates, compared.
pub struct Compared {
    pairs: Pairs,
    /// What each rule of blocking came to.
    pub rules: Vec<RuleReport>,
    kinds: Kinds,
    /// By run, in pieces of [`PIECE`] pairs.
    pieces: Vec<Vec<Piece>>,
}

/// The kinds of some pairs that follow each other.
struct Piece {
    /// The numbers of those that it has.
    kinds: Vec<u32>,
    /// Of each pair, the place of its own among them.
    of: Vec<u16>,
}

/// Pairs of a piece: so few that the places of their kinds fit two bytes.
const PIECE: usize = 1 << 16;
/// Chance under which a pair is forgotten.
const KEPT: f32 = 0.005;

impl Compared {
    /// All that rules of blocking propose, and all that reviewers spoke of; by `weights` a glance tells people apart.
    pub fn of(people: &People, judged: &Judged, weights: &Weights) -> Compared {
        let (mut pairs, rules) = blocks::candidates(people, weights);
        pairs.add(&mut judged.all().map(|(left, right, _)| (left, right)).collect());
        let mut compared = Compared { pieces: Vec::new(), pairs, rules, kinds: Kinds::default() };
        for runs in compared.pairs.runs().chunks(2 * rayon::current_num_threads()) {
            let parts: Vec<Vec<(Kinds, Vec<u16>)>> =
                runs.par_iter().map(|run| kinds_of(people, run)).collect();
            for part in parts {
                let piece = |(kinds, of): (Kinds, Vec<u16>)| Piece {
                    kinds: kinds.all.iter().map(|kind| compared.kinds.number(kind)).collect(),
                    of,
                };
                compared.pieces.push(part.into_iter().map(piece).collect());
            }
        }
        compared
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Pairs counted by their kind, in the order of patterns.
    pub fn counted(&self, judged: &Judged) -> Vec<Counted> {
        let mut said: FxHashMap<u32, (f64, f64)> = FxHashMap::default();
        for (left, right, same) in judged.all() {
            if let Some((run, place)) = self.pairs.place(left, right) {
                let piece = &self.pieces[run][place / PIECE];
                let said = said.entry(piece.kind(place % PIECE)).or_default();
                if same { said.0 += 1.0 } else { said.1 += 1.0 }
            }
        }
        let mut kinds: Vec<(&Kind, u32)> = self.kinds.all.iter().zip(0..).collect();
        kinds.sort_unstable_by_key(|(kind, _)| kind.key);
        let counted = |(kind, number): (&Kind, u32)| {
            let (surely_same, surely_other) = said.get(&number).copied().unwrap_or_default();
            Counted {
                pattern: kind.pattern(),
                rare_given: (kind.given / kind.pairs) as f32,
                rare_names: (kind.names / kind.pairs) as f32,
                pairs: kind.pairs,
                surely_same,
                surely_other,
            }
        };
        kinds.into_iter().map(counted).collect()
    }

    /// Edges whose chance is worth keeping, in the order of their pairs.
    pub fn scored(self, people: &People, weights: &Weights) -> Vec<Edge> {
        let likely: Vec<bool> =
            self.kinds.all.iter().map(|kind| kind.highest_chance(weights) >= 0.99 * KEPT).collect();
        let edges = |(run, pieces): (Run, Vec<Piece>)| -> Vec<Edge> {
            let kinds = pieces.iter().flat_map(|piece| (0..piece.of.len()).map(move |at| piece.kind(at)));
            let likely = run.pairs().zip(kinds).filter(|(_, kind)| likely[*kind as usize]);
            let edges = likely.map(|((left, right), _)| {
                let chance = chance(people, weights, left, right);
                Edge { left, right, chance, exclusive: chance }
            });
            edges.filter(|edge| edge.chance >= KEPT).collect()
        };
        let runs = self.pairs.into_runs().into_par_iter();
        let parts: Vec<Vec<Edge>> = runs.zip(self.pieces).map(edges).collect();
        parts.into_iter().flatten().collect()
    }
}

impl Piece {
    /// The number of a pair's kind.
    fn kind(&self, at: usize) -> u32 {
        self.kinds[usize::from(self.of[at])]
    }
}

/// Pairs of one pattern whose names are about as rare.
#[derive(Debug, Clone, Copy)]
struct Kind {
    /// The pattern, and the steps of how rare names are, four bits each.
    key: u64,
    pairs: f64,
    /// Sums of how rare the given name is, and the other names.
    given: f64,
    names: f64,
    /// The rarest of each.
    rarest: [f32; 2],
}

impl Kind {
    fn of(compared: &Comparison) -> Kind {
        let step = |rare: f32, width: f32| (((rare / width).round() as i32).clamp(-4, 11) + 4) as u64;
        let (given, names) = (compared.rare_given, compared.rare_names);
        Kind {
            key: compared.pattern() << 8 | step(given, 1.2) << 4 | step(names, 1.5),
            pairs: 1.0,
            given: given.into(),
            names: names.into(),
            rarest: [given, names],
        }
    }

    fn pattern(&self) -> u64 {
        self.key >> 8
    }

    /// What no pair of this kind surpasses: the rarer the names that agree, the likelier is one person.
    fn highest_chance(&self, weights: &Weights) -> f32 {
        let [given, names] = self.rarest;
        weights.chances(&weights.of_pattern(self.pattern()), given, names)[SAME]
    }

    fn add(&mut self, other: &Kind) {
        self.pairs += other.pairs;
        self.given += other.given;
        self.names += other.names;
        self.rarest = [0, 1].map(|at| self.rarest[at].max(other.rarest[at]));
    }
}

/// Kinds of pairs, numbered in the order in which they came.
#[derive(Debug, Default)]
struct Kinds {
    all: Vec<Kind>,
    numbers: FxHashMap<u64, u32>,
}

impl Kinds {
    /// Adds pairs of a kind, and gives its number.
    fn number(&mut self, kind: &Kind) -> u32 {
        if let Some(number) = self.numbers.get(&kind.key) {
            self.all[*number as usize].add(kind);
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(kind.key, number);
        self.all.push(*kind);
        number
    }
}

/// The kinds of pairs, piece by piece, and of each pair the place of its own.
fn kinds_of(people: &People, run: &Run) -> Vec<(Kinds, Vec<u16>)> {
    let mut pairs = run.pairs();
    let piece = |at: usize| {
        let mut kinds = Kinds::default();
        let place = |(left, right): (u32, u32)| {
            let (a, b) = (&people.records[left as usize], &people.records[right as usize]);
            kinds.number(&Kind::of(&compare(a, b, &people.vocabulary, people.lists > 1))) as u16
        };
        let of = pairs.by_ref().take(PIECE.min(run.len() - at)).map(place).collect();
        (kinds, of)
    };
    (0..run.len()).step_by(PIECE).map(piece).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::levels::{FEATURES, LEVELS};
    use super::super::model::{self, Model};
    use super::*;

    proptest! {
        /// Pairs of a kind are passed over by the chance of its rarest names.
        #[test]
        fn rarer_names_never_speak_for_others(
            levels in prop::collection::vec(0_u64..2, FEATURES),
            (given, names) in (-5.0_f32..12.0, -5.0_f32..20.0),
            (more_given, more_names) in (0.0_f32..6.0, 0.0_f32..6.0),
        ) {
            let model = Model {
                tables: model::tables(model::SHIPPED).unwrap(),
                strangers: [[0.1; LEVELS]; FEATURES],
                pairs: [1e3, 1e3, 1e2, 1e4, 1e7],
                siblings: model::Alike::SIBLINGS,
            };
            let pattern = levels.iter().fold(0, |pattern, level| pattern << 4 | level);
            let (weights, rarest) = (model.weights(), [given + more_given, names + more_names]);
            let kind = Kind { key: pattern << 8, pairs: 1.0, given: 0.0, names: 0.0, rarest };
            let chance = weights.chances(&weights.of_pattern(pattern), given, names)[SAME];
            prop_assert!(chance * 0.999 <= kind.highest_chance(&weights));
        }
    }
}
