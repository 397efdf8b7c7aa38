//! The joint test of a sampler (Geweke 2004): parameters and tables, drawn in turn by a sweep given the table and by a table
//! given the parameters, must have the moments that they have when they are drawn from the prior. A sweep or a move with one
//! term wrong moves them, whatever table it would have been right on.

use super::diagnostics::bulk_ess;
use super::sampler::{LatentClasses, Prior, Sampler};
use crate::CaptureTable;
use crate::random::RandomStream;
use crate::summary::{mean, variance};

const LISTS: usize = 3;
const PEOPLE: u64 = 12;
const DRAWS: usize = 150_000;
/// What is compared, in the order of [`looked_at`].
const NAMES: [&str; 11] = [
    "concentration",
    "its square",
    "share of the first class",
    "share of the last class",
    "sum of squared shares",
    "first list in the first class",
    "last list in the last class",
    "share and list together",
    "chance of being on any list",
    "missing",
    "on all lists",
];

fn looked_at(sampler: &Sampler, missing: u64, counts: &[u64]) -> [f64; NAMES.len()] {
    let classes = sampler.share.len();
    let within = |value: f64| value / (1.0 + value);
    let of = |list: usize, class: usize| sampler.on_list[list * classes + class];
    let concentration = within(sampler.alpha);
    [
        concentration,
        concentration * concentration,
        sampler.share[0],
        sampler.share[classes - 1],
        sampler.share.iter().map(|share| share * share).sum(),
        of(0, 0),
        of(LISTS - 1, classes - 1),
        sampler.share[0] * of(0, 0) * of(1, 0),
        sampler.seen_by_any,
        within(missing as f64 / PEOPLE as f64),
        counts[(1 << LISTS) - 2] as f64,
    ]
}

/// A table of as many people as ever, given the parameters.
fn table_given(sampler: &Sampler, random: &mut RandomStream) -> Vec<u64> {
    let mut counts = vec![0; sampler.total.len()];
    random.multinomial(PEOPLE, &sampler.total, sampler.total.iter().sum(), &mut counts);
    counts
}

fn model(prior: Prior) -> LatentClasses {
    let names = ["a", "b", "c"].map(String::from).to_vec();
    let every_history = (1_u32..1 << LISTS).map(|history| (history, 1));
    LatentClasses::new(&CaptureTable::new(names, every_history).unwrap(), prior)
}

/// The largest difference between a moment of the two, in standard errors, and of what.
fn furthest(sampled_under: Prior, drawn_from: Prior, seed: u64) -> (f64, &'static str) {
    let mut random = RandomStream::new(seed, "joint", 0);
    let truth = model(drawn_from);
    let from_prior: Vec<_> = (0..DRAWS)
        .map(|_| {
            let sampler = Sampler::from_prior(&truth, &mut random);
            let unseen = (1.0 - sampler.seen_by_any) / sampler.seen_by_any;
            let mean = random.gamma(PEOPLE as f64) * unseen;
            let missing = random.poisson(mean);
            looked_at(&sampler, missing, &table_given(&sampler, &mut random))
        })
        .collect();
    let mut model = model(sampled_under);
    let mut sampler = Sampler::from_prior(&model, &mut random);
    let in_turn: Vec<_> = (0..DRAWS)
        .map(|_| {
            model = model.with_counts(table_given(&sampler, &mut random));
            sampler.sweep(&model, &mut random);
            looked_at(&sampler, sampler.missing, model.counts())
        })
        .collect();
    let column = |rows: &[[f64; NAMES.len()]], at: usize| rows.iter().map(|row| row[at]).collect::<Vec<_>>();
    let difference = |at: usize| {
        let (prior, turn) = (column(&from_prior, at), column(&in_turn, at));
        let error = variance(&prior) / DRAWS as f64 + variance(&turn) / bulk_ess(std::slice::from_ref(&turn));
        (mean(&prior) - mean(&turn)).abs() / error.sqrt()
    };
    let all = (0..NAMES.len()).map(|at| (difference(at), NAMES[at]));
    all.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap()
}

const UNEVEN: Prior = Prior { classes: 3, alpha_shape: 1.5, alpha_rate: 0.7, list_a: 0.8, list_b: 1.4 };

#[test]
fn sweeps_and_tables_in_turn_stay_at_the_prior() {
    for (prior, seed) in [(UNEVEN, 1), (Prior { classes: 5, alpha_shape: 1.0, ..Prior::default() }, 2)] {
        let (off, of) = furthest(prior, prior, seed);
        assert!(off < 4.0, "{of}: {off} standard errors");
    }
}

/// The test is able to fail: a sampler for a slightly other prior is found out, for each of the prior's numbers.
#[test]
fn a_sampler_of_another_prior_is_found_out() {
    let others = [
        Prior { alpha_shape: 1.6, ..UNEVEN },
        Prior { alpha_rate: 0.75, ..UNEVEN },
        Prior { list_a: 0.85, ..UNEVEN },
        Prior { list_b: 1.45, ..UNEVEN },
    ];
    for other in others {
        let (off, of) = furthest(other, UNEVEN, 1);
        assert!(off > 5.0, "{other:?}: {of}: {off} standard errors");
    }
}
