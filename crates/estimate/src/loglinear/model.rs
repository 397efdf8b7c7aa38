//! Which interactions a log-linear model has, their printed form, and all hierarchical models of a number of lists.

use std::fmt;

/// A hierarchical model: sets of lists with a parameter each. Every list alone is one of them; the constant is not named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Model {
    lists: usize,
    terms: Vec<u32>,
}

impl Model {
    /// The model of independent lists.
    pub fn independence(lists: usize) -> Self {
        Model { lists, terms: (0..lists).map(|list| 1 << list).collect() }
    }

    /// The model with these interactions, all their subsets, and every list alone.
    pub fn generated(lists: usize, interactions: &[u32]) -> Self {
        let mut model = Model::independence(lists);
        for set in 1_u32..1 << lists {
            if set.count_ones() >= 2 && interactions.iter().any(|interaction| interaction & set == set) {
                model.terms.push(set);
            }
        }
        model.terms.sort_by_key(|set| (set.count_ones(), *set));
        model
    }

    /// This model with a term more; for a hierarchical model the term's subsets must be in it.
    pub fn with(&self, term: u32) -> Self {
        let mut terms = self.terms.clone();
        terms.push(term);
        terms.sort_by_key(|set| (set.count_ones(), *set));
        Model { lists: self.lists, terms }
    }

    /// How many lists it is about.
    pub fn lists(&self) -> usize {
        self.lists
    }

    /// Its sets of lists, smaller ones first; the constant left out.
    pub fn terms(&self) -> &[u32] {
        &self.terms
    }

    /// How many parameters it has, the constant among them.
    pub fn parameters(&self) -> usize {
        self.terms.len() + 1
    }

    /// Whether every set of this model is one of the other's.
    pub fn is_within(&self, other: &Model) -> bool {
        self.terms.len() <= other.terms.len() && self.terms.iter().all(|set| other.terms.contains(set))
    }

    /// The sets that no other set of the model contains: larger ones first, then by their lists.
    pub fn generators(&self) -> Vec<u32> {
        let mut sets: Vec<u32> = self
            .terms
            .iter()
            .copied()
            .filter(|set| !self.terms.iter().any(|other| other != set && other & set == *set))
            .collect();
        sets.sort_by_key(|set| (std::cmp::Reverse(set.count_ones()), members(*set)));
        sets
    }

    /// The model in the lists' own names, for people: `a*b + c`.
    pub fn in_names(&self, names: &[String]) -> String {
        let set = |set: &u32| {
            let names: Vec<&str> = members(*set).iter().map(|list| names[*list].as_str()).collect();
            names.join("*")
        };
        self.generators().iter().map(set).collect::<Vec<_>>().join(" + ")
    }
}

/// The lists of a set, ascending.
pub fn members(set: u32) -> Vec<usize> {
    (0..32).filter(|list| set >> list & 1 == 1).collect()
}

impl fmt::Display for Model {
    /// In the form that programs of this field print, lists counted from 1: `[123,14,34]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = self.lists > 9;
        let set = |set: &u32| {
            let lists: Vec<String> = members(*set).iter().map(|list| (list + 1).to_string()).collect();
            lists.join(if wide { "." } else { "" })
        };
        let sets: Vec<String> = self.generators().iter().map(set).collect();
        write!(f, "[{}]", sets.join(","))
    }
}

/// All hierarchical models of `lists` lists with interactions of up to `order` lists, in a fixed order.
pub fn hierarchical(lists: usize, order: u32) -> Vec<Model> {
    let mut found = vec![Model::independence(lists).terms];
    for size in 2..=order {
        found = found.iter().flat_map(|terms| extended(lists, terms, size)).collect();
    }
    found.into_iter().map(|terms| Model { lists, terms }).collect()
}

/// The ways to add sets of one size whose own subsets are all there.
fn extended(lists: usize, terms: &[u32], size: u32) -> Vec<Vec<u32>> {
    let candidates: Vec<u32> = (0_u32..1 << lists)
        .filter(|set| set.count_ones() == size)
        .filter(|set| members(*set).iter().all(|list| terms.contains(&(set & !(1 << list)))))
        .collect();
    (0_u64..1 << candidates.len())
        .map(|chosen| {
            let added = candidates.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
            terms.iter().copied().chain(added.map(|(_, set)| *set)).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_models_as_published() {
        assert_eq!(hierarchical(3, 2).len(), 8);
        assert_eq!(hierarchical(4, 2).len(), 64);
        assert_eq!(hierarchical(4, 3).len(), 113);
        assert_eq!(hierarchical(5, 2).len(), 1024);
        assert_eq!(hierarchical(5, 4).len(), 6893);
    }

    #[test]
    fn a_model_is_named_by_its_generators() {
        let model = Model::generated(4, &[0b1100, 0b0111, 0b1001]);
        assert_eq!(model.to_string(), "[123,14,34]");
        assert_eq!(model.parameters(), 1 + 4 + 5 + 1);
        assert_eq!(Model::generated(4, &[0b0011]).to_string(), "[12,3,4]");
    }
}
