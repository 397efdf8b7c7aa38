//! Latent classes: the sampler against a posterior that is summed out in full, and against itself on more threads.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod published;

use libm::{exp, lgamma, log, pow};
use sijil_estimate::lcmcr::{
    LatentClasses, LcmcrRun, Prior, RunSettings, Sampler, Unfinished, bulk_ess, run, run_on_ladder,
};
use sijil_estimate::summary::quantile;
use sijil_estimate::{CaptureTable, RandomStream, Step, Unwatched, Watch};

const LISTS: usize = 3;
/// Numbers of missing people that are compared; larger ones are left out on both sides.
const MISSING: usize = 40;
/// Points of the integral over the concentration.
const POINTS: usize = 60;

fn ln_beta(a: f64, b: f64) -> f64 {
    lgamma(a) + lgamma(b) - lgamma(a + b)
}

/// Concentrations with the logarithms of their prior weight: with α = t⁴ the gamma's pole at 0 is gone.
fn concentrations(prior: &Prior) -> Vec<(f64, f64)> {
    let step = 3.6 / POINTS as f64;
    (0..POINTS)
        .map(|at| {
            let t = (at as f64 + 0.5) * step;
            let alpha = pow(t, 4.0);
            (alpha, (prior.alpha_shape - 1.0) * log(alpha) - prior.alpha_rate * alpha + 3.0 * log(t))
        })
        .collect()
}

/// The prior probability that the classes hold so many people, each named: broken sticks, the concentration summed out.
fn ln_sticks(in_class: &[usize], concentrations: &[(f64, f64)]) -> f64 {
    let of = |(alpha, weight): &(f64, f64)| {
        let mut sum = *weight;
        let mut later: usize = in_class.iter().sum();
        for own in &in_class[..in_class.len() - 1] {
            later -= own;
            sum += ln_beta(1.0 + *own as f64, alpha + later as f64) - ln_beta(1.0, *alpha);
        }
        exp(sum)
    };
    log(concentrations.iter().map(of).sum::<f64>())
}

/// Ways to put `rest` people into the classes from `class` on.
fn splits(rest: usize, class: usize, current: &mut Vec<usize>, classes: usize, found: &mut Vec<Vec<usize>>) {
    if class == classes - 1 {
        current.push(rest);
        found.push(current.clone());
        current.pop();
        return;
    }
    for own in 0..=rest {
        current.push(own);
        splits(rest - own, class + 1, current, classes, found);
        current.pop();
    }
}

/// P(missing = k), k below [`MISSING`]: every assignment of every person seen, every split of those not seen.
fn exact(people: &[u32], prior: &Prior) -> Vec<f64> {
    let classes = prior.classes;
    let concentrations = concentrations(prior);
    let mut sticks = std::collections::BTreeMap::new();
    let mut mass = vec![0.0; MISSING];
    for code in 0..classes.pow(people.len() as u32) {
        let class_of: Vec<usize> =
            (0..people.len() as u32).map(|at| code / classes.pow(at) % classes).collect();
        let mut seen = vec![0_usize; classes];
        let mut on = vec![[0_usize; LISTS]; classes];
        for (person, class) in people.iter().zip(&class_of) {
            seen[*class] += 1;
            (0..LISTS).for_each(|list| on[*class][list] += (person >> list & 1) as usize);
        }
        for (missing, mass) in mass.iter_mut().enumerate() {
            let mut all = Vec::new();
            splits(missing, 0, &mut Vec::new(), classes, &mut all);
            for unseen in all {
                let in_class: Vec<usize> = seen.iter().zip(&unseen).map(|(a, b)| a + b).collect();
                let mut sum =
                    *sticks.entry(in_class.clone()).or_insert_with(|| ln_sticks(&in_class, &concentrations));
                for class in 0..classes {
                    for on in on[class] {
                        sum +=
                            ln_beta(prior.list_a + on as f64, prior.list_b + (in_class[class] - on) as f64)
                                - ln_beta(prior.list_a, prior.list_b);
                    }
                    sum -= lgamma(unseen[class] as f64 + 1.0);
                }
                // N! / missing! with a prior of 1/N; the missing's own factorial is in the number of splits.
                sum += lgamma((people.len() + missing) as f64);
                *mass += exp(sum);
            }
        }
    }
    let total: f64 = mass.iter().sum();
    mass.iter().map(|mass| mass / total).collect()
}

/// How far the sampler's shares are from the exact ones, in standard errors of as many draws as it is worth.
fn furthest(people: &[u32], prior: Prior, seed: u64) -> f64 {
    let names = ["a", "b", "c"].map(String::from).to_vec();
    let table = CaptureTable::new(names, people.iter().map(|history| (*history, 1))).unwrap();
    let expected = exact(people, &prior);
    let model = LatentClasses::new(&table, prior);
    let mut random = RandomStream::new(seed, "exact", 0);
    let mut sampler = Sampler::started(&model, 1, &mut random);
    let mut draws = Vec::new();
    for sweep in 0..300_000 {
        sampler.sweep(&model, &mut random);
        let missing = sampler.population(&model) as usize - people.len();
        if sweep >= 1000 && missing < MISSING {
            draws.push(missing as f64);
        }
    }
    [0, 1, 2, 3, 5, 8, 12, 20]
        .into_iter()
        .map(|at| {
            let below: Vec<f64> =
                draws.iter().map(|draw| f64::from(u8::from(*draw <= f64::from(at)))).collect();
            let share = below.iter().sum::<f64>() / below.len() as f64;
            let wanted: f64 = expected[..=at as usize].iter().sum();
            let worth = bulk_ess(&[below]);
            (share - wanted).abs() / (wanted * (1.0 - wanted) / worth).sqrt()
        })
        .fold(0.0, f64::max)
}

#[test]
fn two_classes_are_as_summed_out_in_full() {
    let prior = Prior { classes: 2, ..Prior::default() };
    let off = furthest(&[1, 3, 5, 6, 7], prior, 1);
    assert!(off < 4.0, "{off} standard errors");
}

#[test]
fn three_classes_are_as_summed_out_in_full() {
    let prior = Prior { classes: 3, alpha_shape: 1.5, alpha_rate: 0.7, list_a: 0.8, list_b: 1.4 };
    let off = furthest(&[1, 3, 6, 7], prior, 2);
    assert!(off < 4.0, "{off} standard errors");
}

/// The comparison is able to fail: with another prior of the lists the sampler is not at the exact posterior.
#[test]
fn another_prior_is_seen() {
    let prior = Prior { classes: 2, ..Prior::default() };
    let (here, there) =
        (exact(&[1, 3, 5, 6, 7], &prior), exact(&[1, 3, 5, 6, 7], &Prior { list_b: 1.1, ..prior }));
    assert!((here[0] - there[0]).abs() > 0.01, "{} {}", here[0], there[0]);
}

#[test]
fn any_number_of_threads_draws_the_same() {
    let model = LatentClasses::new(&overlapping(), Prior::default());
    let settings = RunSettings { seed: 7, chains: 4, most_sweeps: 3000, target: 1e9 };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(&model, &settings, "", &Unwatched))
    };
    let (one, three) = (with(1), with(3));
    assert_eq!(one, three);
    assert_ne!(one, run(&model, &RunSettings { seed: 8, ..settings }, "", &Unwatched));
}

/// Stops chains after a number of sweeps, and keeps them as JSON, as the program does.
struct Stopper {
    after: usize,
    kept: std::sync::Mutex<std::collections::BTreeMap<String, String>>,
}

impl Watch for Stopper {
    fn goes_on(&self, step: &Step) -> bool {
        !matches!(step, Step::Sweeps { done, .. } if *done >= self.after)
    }

    fn keep(&self, name: &str, chains: &Unfinished) {
        let text = serde_json::to_string(chains).unwrap();
        self.kept.lock().unwrap().insert(name.to_owned(), text);
    }

    fn kept(&self, name: &str) -> Option<Unfinished> {
        self.kept.lock().unwrap().get(name).map(|text| serde_json::from_str(text).unwrap())
    }
}

#[test]
fn chains_that_were_stopped_go_on_to_the_same_bits() {
    let model = LatentClasses::new(&overlapping(), Prior::default());
    // A ladder of six rungs makes a third of the sweeps.
    let settings = RunSettings { seed: 3, chains: 4, most_sweeps: 40_000, target: 1e9 };
    for run in [run, run_on_ladder] {
        let whole = run(&model, &settings, "table", &Unwatched);
        let mut stopper = Stopper { after: 1, kept: Default::default() };
        for after in [1, 5000, 9000, usize::MAX] {
            stopper.after = after;
            let found = run(&model, &settings, "table", &stopper);
            assert_eq!(found.stopped, after < usize::MAX);
            if !found.stopped {
                assert_eq!(found.draws, whole.draws);
                assert_eq!(found.diagnostics, whole.diagnostics);
            }
        }
    }
}

/// Chains that were kept without some of their draws are not gone on from: the run begins anew and is the whole run.
#[test]
fn kept_chains_without_all_their_draws_begin_anew() {
    let model = LatentClasses::new(&overlapping(), Prior::default());
    let settings = RunSettings { seed: 3, chains: 4, most_sweeps: 12_000, target: 1e9 };
    let whole = run(&model, &settings, "table", &Unwatched);
    let spoilt: [fn(&mut Unfinished); 3] = [
        |kept| kept.chains[2].draws.0.truncate(10),
        |kept| kept.chains[1].thinning *= 2,
        |kept| kept.chains[0].draws.0[5] = f64::NAN,
    ];
    for spoil in spoilt {
        let mut stopper = Stopper { after: 5000, kept: Default::default() };
        assert!(run(&model, &settings, "table", &stopper).stopped);
        let mut kept = stopper.kept("table").unwrap();
        spoil(&mut kept);
        stopper.keep("table", &kept);
        stopper.after = usize::MAX;
        let found = run(&model, &settings, "table", &stopper);
        assert_eq!((found.draws, found.sweeps), (whole.draws.clone(), whole.sweeps));
    }
}

fn overlapping() -> CaptureTable {
    let names = ["a", "b", "c"].map(String::from).to_vec();
    let cells = [(1, 120), (2, 90), (4, 200), (3, 40), (5, 35), (6, 60), (7, 25)];
    CaptureTable::new(names, cells).unwrap()
}

/// A ladder's states are exchanged so that the table's own rung draws from the same posterior as a chain by itself.
#[test]
fn a_ladder_draws_from_the_same_posterior() {
    let model = LatentClasses::new(&overlapping(), Prior { classes: 3, ..Prior::default() });
    let settings = RunSettings { seed: 4, chains: 4, most_sweeps: 60_000, target: 4000.0 };
    let (alone, ladder) =
        (run(&model, &settings, "", &Unwatched), run_on_ladder(&model, &settings, "", &Unwatched));
    assert!(ladder.rungs > 3 && alone.rungs == 1);
    let (one, other) = (alone.sorted(), ladder.sorted());
    for p in [0.05, 0.25, 0.5, 0.75, 0.95] {
        // The share of a ladder's draws below a quantile of the chain's is that quantile, within four standard errors of both.
        let edge = quantile(&one, p);
        let below = other.iter().filter(|draw| **draw <= edge).count() as f64 / other.len() as f64;
        let worth = |run: &LcmcrRun| run.diagnostics.bulk.min(run.diagnostics.tail);
        let error = (p * (1.0 - p) * (1.0 / worth(&alone) + 1.0 / worth(&ladder))).sqrt();
        assert!((below - p).abs() < 4.0 * error + 0.003, "{p}: {below}, standard error {error}");
    }
}

/// The published program's quantiles on the published tables (A3), within four Monte Carlo errors of both.
#[test]
fn published_quantiles_are_met() {
    let Some(reference) = published::reference() else { return };
    let tables = [
        "kosovo",
        "hiv_rome_4",
        "spina_bifida_my3",
        "spina_bifida_my5_as_dga_doc",
        "neworleans_5",
        "neworleans_8",
    ];
    for name in tables {
        let model = LatentClasses::new(&published::table(name).unwrap(), Prior::default());
        let found = run(&model, &RunSettings { target: 500.0, ..RunSettings::default() }, "", &Unwatched);
        assert!(found.agreed, "{name}: {:?}", found.diagnostics);
        let (sorted, worth) = (found.sorted(), found.diagnostics.bulk.min(found.diagnostics.tail));
        let mut rows = 0;
        for row in reference["lcmcr_K10_a025_b025"].as_array().unwrap() {
            if row["data"] != format!("{name}.csv") {
                continue;
            }
            rows += 1;
            let number = |key: &str| row[key].as_f64().unwrap();
            for (p, key) in [(0.025, "q025"), (0.5, "q50"), (0.975, "q975")] {
                // Our own error is theirs, scaled by what draws are worth.
                let error = number(&format!("mcse_{key}")) * (1.0 + number("ess") / worth).sqrt();
                let (ours, theirs) = (quantile(&sorted, p), number(key));
                assert!((ours - theirs).abs() <= 4.0 * error, "{name} {key}: {ours} {theirs} ± {error}");
            }
        }
        assert!(rows > 0, "{name}");
    }
}
