//! Why two records were put together, or not: levels, their weights, the classes, and what competed.

use super::compare::compare;
use super::exclusive::Edge;
use super::levels::Feature;
use super::linking::Linked;
use super::model::{CLASS_NAMES, SAME};
use super::rows::People;

/// What speaks for and against one candidate of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    /// The other record.
    pub other: u32,
    /// The pair with its chances: by the model alone, and once those who compete are weighed.
    pub edge: Edge,
    /// Feature, level and weight: ln(chance among pairs of one person / among strangers); of [`Feature::NamedFor`], among
    /// relatives of one event, since it says nothing of strangers.
    pub levels: Vec<(&'static str, &'static str, f32)>,
    /// Weight of how rare the given name is, where it agrees.
    pub rare_given: f32,
    /// The same of the other names.
    pub rare_names: f32,
    /// ln(how many pairs of one person there are / of strangers), as fitted: where the sum of weights begins.
    pub prior: f32,
    /// Chance of each class of pairs.
    pub classes: Vec<(&'static str, f32)>,
}

/// The candidates of a record, the likeliest first.
pub fn explain(people: &People, linked: &Linked, record: u32) -> Vec<Reasons> {
    let weights = &linked.weights;
    let of_edge = |edge: &Edge| {
        let other = if edge.left == record { edge.right } else { edge.left };
        let (a, b) = (&people.records[record as usize], &people.records[other as usize]);
        let compared = compare(a, b, &people.vocabulary, people.lists > 1);
        let level = |feature: Feature| {
            let level = usize::from(compared.levels[feature as usize]);
            let weight = match feature {
                Feature::NamedFor => weights.named_for(compared.pattern(), compared.rare_given),
                _ => weights.of[SAME][feature as usize][level],
            };
            (level > 0).then(|| (feature.name(), feature.levels()[level], weight))
        };
        let sums = weights.of_pattern(compared.pattern());
        let classes = weights.chances(&sums, compared.rare_given, compared.rare_names);
        Reasons {
            other,
            edge: *edge,
            levels: Feature::ALL.into_iter().filter_map(level).collect(),
            rare_given: compared.rare_given,
            rare_names: compared.rare_names,
            prior: weights.prior[SAME] - weights.prior[weights.prior.len() - 1],
            classes: CLASS_NAMES.into_iter().zip(classes).collect(),
        }
    };
    let mut all: Vec<Reasons> =
        linked.edges.iter().filter(|edge| edge.left == record || edge.right == record).map(of_edge).collect();
    all.sort_by(|a, b| b.edge.exclusive.total_cmp(&a.edge.exclusive).then(a.other.cmp(&b.other)));
    all
}
