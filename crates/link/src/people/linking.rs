//! From people to clusters: candidates, comparison, fitting, exclusivity, clustering.

use rayon::prelude::*;

use super::blocks::RuleReport;
use super::cluster::{self, Taken, Weighed};
use super::compare::compare;
use super::compared::Compared;
use super::comparison::Packed;
use super::exclusive::{self, Edge, Neighbours};
use super::fit;
use super::judged::{Contradiction, Judged};
use super::learnt::Learnt;
use super::lists;
use super::model::{self, Weights};
use super::rows::People;
use crate::LinkError;

/// How to link.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Chances in place of the shipped ones, as CSV.
    pub priors: Option<String>,
    /// What reviewers said: two records and whether they are the same.
    pub judged: Vec<(u32, u32, bool)>,
}

/// Who is who.
#[derive(Debug)]
pub struct Linked {
    /// For each record the lowest record of its cluster.
    pub person: Vec<u32>,
    /// Pairs worth keeping, with their chances.
    pub edges: Vec<Edge>,
    /// Components with the weights that the model gives, for draws.
    pub components: Vec<Weighed>,
    /// The weights of the model.
    pub weights: Weights,
    /// What each rule of blocking came to.
    pub rules: Vec<RuleReport>,
    /// Pairs that were compared.
    pub compared: u64,
    /// For each list whether it was taken to hold nobody twice.
    pub once: Vec<bool>,
    /// Judgements that contradict each other.
    pub contradictions: Vec<Contradiction>,
}

/// Links all records.
///
/// # Errors
/// Where the chances that were given are not whole.
pub fn link(people: &People, settings: &Settings) -> Result<Linked, LinkError> {
    let priors = model::tables(settings.priors.as_deref().unwrap_or(model::SHIPPED))?;
    let judged = Judged::new(&settings.judged);
    let shipped = fit::shipped(fit::strangers(people), &priors, people.records.len());
    let compared = Compared::of(people, &judged.0, &shipped.weights());
    let weights = fit::fit(&compared.counted(&judged.0), shipped, &priors).weights();
    let once = |edges: &[Edge], neighbours: &Neighbours| lists::without_duplicates(people, edges, neighbours);
    Ok(put_together(people, compared, weights, once, judged))
}

/// Links all records under what an earlier run learnt: nothing is fitted. `names` are those of the lists, in order.
pub fn link_as(people: &People, learnt: &Learnt, names: &[String], judged: &[(u32, u32, bool)]) -> Linked {
    let judged = Judged::new(judged);
    let compared = Compared::of(people, &judged.0, learnt.weights());
    put_together(people, compared, learnt.weights().clone(), |_, _| learnt.once(names), judged)
}

/// From compared candidates to clusters; `once` says which lists hold nobody twice.
fn put_together(
    people: &People,
    mut candidates: Compared,
    weights: Weights,
    once: impl Fn(&[Edge], &Neighbours) -> Vec<bool>,
    (judged, contradictions): (Judged, Vec<Contradiction>),
) -> Linked {
    let records = people.records.len();
    let (rules, compared) = (std::mem::take(&mut candidates.rules), candidates.len() as u64);
    let mut edges = candidates.scored(&weights);
    let neighbours = Neighbours::new(&edges, records);
    let unseen = |a: u32, b: u32| chance(people, &weights, a, b);
    let once = once(&edges, &neighbours);
    let apart = |a: u32, b: u32| {
        let (one, other) = (people.records[a as usize].list, people.records[b as usize].list);
        one == other && (once[one as usize] || lists::names_two_fathers(people, a, b))
    };
    let components: Vec<Weighed> = cluster::components(&edges, records, &judged, Taken::Alone)
        .par_iter()
        .map(|members| Weighed::new(members, &edges, &neighbours, &judged, (unseen, apart), Taken::Alone))
        .collect();
    // Most of what is asked for from here on was weighed there.
    let places = cluster::Places::of(&components, records);
    let unseen = |a: u32, b: u32| places.chance(a, b).unwrap_or_else(|| unseen(a, b));
    exclusive::weigh(&mut edges, &neighbours, records, unseen);
    let clusters = |members: &Vec<u32>| {
        let asked = (unseen, apart);
        cluster::clusters(&Weighed::new(members, &edges, &neighbours, &judged, asked, Taken::Exclusive))
    };
    let mut person: Vec<u32> = (0..records as u32).collect();
    let likely = cluster::components(&edges, records, &judged, Taken::Exclusive);
    let clusters: Vec<Vec<u32>> = likely.par_iter().map(clusters).collect();
    for (members, clusters) in likely.iter().zip(clusters) {
        for (member, lowest) in members.iter().zip(clusters) {
            person[*member as usize] = members[lowest as usize];
        }
    }
    Linked { person, edges, components, weights, rules, compared, once, contradictions }
}

/// The chance that two records are one person, by the model alone.
pub fn chance(people: &People, weights: &Weights, a: u32, b: u32) -> f32 {
    weights.chance(told(people, a, b))
}

/// What the comparison of two records comes to.
pub fn told(people: &People, a: u32, b: u32) -> Packed {
    let (a, b) = (&people.records[a as usize], &people.records[b as usize]);
    compare(a, b, &people.vocabulary, people.lists > 1).packed()
}
