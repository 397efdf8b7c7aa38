//! All decomposable graphs over some lists, each as the sets of lists whose tables make up its likelihood.

use crate::loglinear::members;

/// A decomposable graph: its likelihood is a product over cliques and a quotient over separators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Its cliques, as sets of lists, in a fixed order.
    pub cliques: Vec<u32>,
    /// Sets and how often they multiply (or, below zero, divide) the likelihood.
    pub factors: Vec<(u32, i32)>,
}

impl Graph {
    /// Whether every list depends on every other: then nothing is said about who is missing.
    pub fn is_saturated(&self) -> bool {
        self.cliques.len() == 1
    }

    /// The graph in lists' names: `[a b][b c]`.
    pub fn in_names(&self, names: &[String]) -> String {
        let clique = |set: &u32| {
            let names: Vec<&str> = members(*set).iter().map(|list| names[*list].as_str()).collect();
            format!("[{}]", names.join(" "))
        };
        self.cliques.iter().map(clique).collect()
    }
}

/// All decomposable graphs of `lists` lists: 8, 61, 822 and 18,154 for 3 to 6.
pub fn decomposable_graphs(lists: usize) -> Vec<Graph> {
    let edges = crate::pairs(lists);
    (0_u32..1 << edges.len())
        .filter_map(|chosen| {
            let mut neighbours = vec![0_u32; lists];
            for (at, (one, other)) in edges.iter().enumerate() {
                if chosen >> at & 1 == 1 {
                    neighbours[*one] |= 1 << other;
                    neighbours[*other] |= 1 << one;
                }
            }
            graph(&neighbours)
        })
        .collect()
}

/// Takes out lists whose remaining neighbours all know each other, one by one; where none is left to take, the graph has
/// a cycle without a chord and is not decomposable.
fn graph(neighbours: &[u32]) -> Option<Graph> {
    let mut left: u32 = (1 << neighbours.len()) - 1;
    let mut cliques: Vec<u32> = Vec::new();
    let mut counts: std::collections::BTreeMap<u32, i32> = std::collections::BTreeMap::new();
    while left != 0 {
        let simplicial = members(left).into_iter().find(|list| {
            let around = neighbours[*list] & left;
            members(around).iter().all(|other| around & !(1 << other) & !neighbours[*other] == 0)
        })?;
        let around = neighbours[simplicial] & left;
        let clique = around | 1 << simplicial;
        if !cliques.iter().any(|known| known & clique == clique) {
            cliques.push(clique);
        }
        *counts.entry(clique).or_default() += 1;
        if around != 0 {
            *counts.entry(around).or_default() -= 1;
        }
        left &= !(1 << simplicial);
    }
    cliques.sort_by_key(|set| members(*set));
    let factors = counts.into_iter().filter(|(_, count)| *count != 0).collect();
    Some(Graph { cliques, factors })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_graphs_as_published() {
        let counts: Vec<usize> = (2..=6).map(|lists| decomposable_graphs(lists).len()).collect();
        assert_eq!(counts, [2, 8, 61, 822, 18_154]);
    }

    #[test]
    fn a_chain_divides_by_its_middle() {
        let chain = decomposable_graphs(3).into_iter().find(|graph| graph.cliques == [0b011, 0b110]).unwrap();
        assert_eq!(chain.factors, [(0b010, -1), (0b011, 1), (0b110, 1)]);
    }
}
