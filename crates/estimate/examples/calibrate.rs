//! Is what is estimated true where the truth is known? `calibrate worlds [WORLDS]` makes worlds with a known number of
//! people, and says how often they are refused and how often the interval holds the number; `calibrate ranks [RUNS]`
//! draws worlds from the priors themselves, where the true number's rank among the draws must be uniform.
#![expect(clippy::print_stdout, reason = "a measurement prints")]
#![allow(clippy::unwrap_used, reason = "a measurement stops at what is wrong")]

use sijil_estimate::dga::{DgaSettings, decomposable_graphs, posterior};
use sijil_estimate::lcmcr::{LatentClasses, Prior, RunSettings, run};
use sijil_estimate::methods::Method;
use sijil_estimate::verdict::{Asked, Settings, Status, estimate};
use sijil_estimate::{CaptureTable, RandomStream, Unwatched, Weighted};

/// People of a known world, and how likely each list holds them: by class its share and its chances.
struct World {
    name: &'static str,
    classes: &'static [(f64, &'static [f64])],
    /// What being on the first list multiplies the odds of being on the second by.
    first_on_second: f64,
}

const PEOPLE: u64 = 2000;

const WORLDS: [World; 6] = [
    World { name: "alike, 4 lists", classes: &[(1.0, &[0.3, 0.25, 0.2, 0.35])], first_on_second: 1.0 },
    World { name: "alike, 3 lists", classes: &[(1.0, &[0.4, 0.3, 0.35])], first_on_second: 1.0 },
    World { name: "alike, 5 lists", classes: &[(1.0, &[0.3, 0.15, 0.2, 0.25, 0.1])], first_on_second: 1.0 },
    World { name: "one pair dependent", classes: &[(1.0, &[0.3, 0.2, 0.25, 0.3])], first_on_second: 3.0 },
    World {
        name: "two kinds of people",
        classes: &[(0.6, &[0.15, 0.12, 0.1, 0.2]), (0.4, &[0.55, 0.5, 0.45, 0.6])],
        first_on_second: 1.0,
    },
    World { name: "sparse", classes: &[(1.0, &[0.05, 0.04, 0.03, 0.05])], first_on_second: 1.0 },
];

fn names(lists: usize) -> Vec<String> {
    (0..lists).map(|list| format!("list {list}")).collect()
}

impl World {
    fn table(&self, random: &mut RandomStream) -> CaptureTable {
        let lists = self.classes[0].1.len();
        let people = (0..PEOPLE).map(|_| {
            let (mut pick, mut class) = (random.uniform(), 0);
            while pick > self.classes[class].0 && class + 1 < self.classes.len() {
                pick -= self.classes[class].0;
                class += 1;
            }
            (0..lists).fold(0_u32, |history, list| {
                let chance = self.classes[class].1[list];
                let odds = chance / (1.0 - chance)
                    * if list == 1 && history & 1 == 1 { self.first_on_second } else { 1.0 };
                history | u32::from(random.uniform() < odds / (1.0 + odds)) << list
            })
        });
        let cells: Vec<(u32, u64)> =
            people.filter(|history| *history != 0).map(|history| (history, 1)).collect();
        CaptureTable::new(names(lists), cells).unwrap()
    }
}

fn worlds(number: u64) {
    println!(
        "| world of {PEOPLE} | refused | no headline | covered of estimated | by loglinear | by dga | by lcmcr | median of middles |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for world in &WORLDS {
        let (mut refused, mut without, mut covered, mut middles) = (0, 0, 0, Vec::new());
        let mut own = [(0, 0); 3];
        for at in 0..number {
            let table = Weighted::one(world.table(&mut RandomStream::new(1, world.name, at)));
            let mut settings = Settings::usual(Asked::Auto);
            settings.classes.seed = at;
            let found = estimate(&table, &settings, &Unwatched).unwrap();
            let holds = |low: f64, high: f64| low <= PEOPLE as f64 && PEOPLE as f64 <= high;
            match found.status {
                Status::Refused => refused += 1,
                Status::NoHeadline => without += 1,
                Status::Estimated => {
                    let headline = found.headline.unwrap();
                    covered += u64::from(holds(headline.low, headline.high));
                    middles.push(headline.median);
                }
            }
            for (own, method) in own.iter_mut().zip([Method::Loglinear, Method::Dga, Method::Lcmcr]) {
                let method = found.methods.iter().find(|found| found.method == method).unwrap();
                if let (true, Some(low), Some(high)) = (method.trusted(), method.low, method.high) {
                    own.0 += u64::from(holds(low, high));
                    own.1 += 1;
                }
            }
        }
        middles.sort_by(f64::total_cmp);
        let of = |(covered, all): (u64, u64)| format!("{covered}/{all}");
        println!(
            "| {} | {refused} | {without} | {} | {} | {} | {} | {:.0} |",
            world.name,
            of((covered, middles.len() as u64)),
            of(own[0]),
            of(own[1]),
            of(own[2]),
            middles.get(middles.len() / 2).copied().unwrap_or(f64::NAN)
        );
    }
}

const SEEN: u64 = 150;
const BINS: usize = 10;

/// With a prior of 1/N the number seen says nothing of the chances: given those, the missing are negative binomial.
fn world_of(cells: &[f64], random: &mut RandomStream) -> (CaptureTable, f64) {
    let none = cells[0];
    let mean = random.gamma(SEEN as f64) * none / (1.0 - none);
    let missing = random.poisson(mean.min(1e15));
    let mut counts = vec![0; cells.len() - 1];
    random.multinomial(SEEN, &cells[1..], 1.0 - none, &mut counts);
    let lists = cells.len().trailing_zeros() as usize;
    let histories = counts.iter().zip(1_u32..).map(|(count, history)| (history, *count));
    (CaptureTable::new(names(lists), histories).unwrap(), (SEEN + missing) as f64)
}

fn classes_cells(lists: usize, prior: &Prior, random: &mut RandomStream) -> Vec<f64> {
    let alpha = (random.gamma(prior.alpha_shape) / prior.alpha_rate).max(1e-12);
    let mut cells = vec![0.0; 1 << lists];
    let mut left = 1.0;
    for class in 0..prior.classes {
        let stick = if class + 1 == prior.classes { 1.0 } else { random.beta(1.0, alpha) };
        let chances: Vec<f64> = (0..lists).map(|_| random.beta(prior.list_a, prior.list_b)).collect();
        for (history, cell) in cells.iter_mut().enumerate() {
            let of = |list: usize| if history >> list & 1 == 1 { chances[list] } else { 1.0 - chances[list] };
            *cell += left * stick * (0..lists).map(of).product::<f64>();
        }
        left *= 1.0 - stick;
    }
    cells
}

/// Cells from the hyper-Dirichlet prior of a decomposable graph drawn at random: clique by clique, each given what it
/// shares with those before.
fn graph_cells(lists: usize, settings: &DgaSettings, random: &mut RandomStream) -> Vec<f64> {
    let graphs: Vec<_> =
        decomposable_graphs(lists).into_iter().filter(|graph| !graph.is_saturated()).collect();
    let mut cliques = graphs[random.below(graphs.len())].cliques.clone();
    let mut cells = vec![1.0; 1 << lists];
    let (mut known, mut before): (u32, Vec<u32>) = (0, Vec::new());
    while !cliques.is_empty() {
        // The clique that shares most with those before it: its share then lies within one of them.
        let next = (0..cliques.len()).max_by_key(|at| (cliques[*at] & known).count_ones()).unwrap();
        let clique = cliques.remove(next);
        assert!(before.is_empty() || before.iter().any(|earlier| clique & known & !earlier == 0));
        let shared = clique & known;
        let shape = settings.delta * f64::from(1_u32 << (lists as u32 - clique.count_ones()));
        let drawn: Vec<f64> = (0..1_u32 << lists)
            .map(|set| if set & !clique == 0 { random.gamma(shape).max(1e-300) } else { 0.0 })
            .collect();
        for (history, cell) in (0_u32..).zip(cells.iter_mut()) {
            let same = |set: u32| set & shared == history & shared;
            let total: f64 = (0_u32..).zip(&drawn).filter(|(set, _)| same(*set)).map(|(_, draw)| draw).sum();
            *cell *= drawn[(history & clique) as usize] / total;
        }
        known |= clique;
        before.push(clique);
    }
    cells
}

/// Where the truth stands among draws, as one of [`BINS`] bins; among equal draws at random.
fn bin(draws: &[f64], truth: f64, random: &mut RandomStream) -> usize {
    let below = draws.iter().filter(|draw| **draw < truth).count() as f64;
    let equal = draws.iter().filter(|draw| **draw == truth).count() as f64;
    let rank = (below + random.uniform() * (equal + 1.0)) / (draws.len() + 1) as f64;
    ((rank * BINS as f64) as usize).min(BINS - 1)
}

fn ranks(number: u64) {
    let mut found = [[0_u64; BINS]; 3];
    let mut left_out = 0;
    let prior = Prior::default();
    for at in 0..number {
        let mut random = RandomStream::new(2, "ranks", at);
        for (of, lists) in [(0, 3), (1, 4)] {
            let settings = DgaSettings::usual(lists);
            let (table, truth) = world_of(&graph_cells(lists, &settings, &mut random), &mut random);
            let draws = posterior(&table, &settings).even_draws(999);
            found[of][bin(&draws, truth, &mut random)] += 1;
        }
        let (table, truth) = world_of(&classes_cells(4, &prior, &mut random), &mut random);
        let settings =
            RunSettings { seed: at, target: 400.0, most_sweeps: 100_000, ..RunSettings::default() };
        let chains = run(&LatentClasses::new(&table, prior), &settings, "", &Unwatched);
        left_out += u64::from(!chains.agreed);
        found[2][bin(&chains.sorted(), truth, &mut random)] += 1;
    }
    for (name, bins) in ["dga, 3 lists", "dga, 4 lists", "lcmcr, 4 lists"].iter().zip(found) {
        let expected = number as f64 / BINS as f64;
        let square: f64 = bins.iter().map(|bin| (*bin as f64 - expected).powi(2) / expected).sum();
        println!("| {name} | {number} | {bins:?} | {square:.1} |");
    }
    println!(
        "χ² of 9 degrees of freedom: above 16.9 once in twenty; {left_out} runs of chains stopped at the most sweeps"
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = arguments.get(2).map_or(100, |text| text.parse().unwrap());
    match arguments.get(1).map(String::as_str) {
        Some("worlds") => worlds(number),
        Some("ranks") => ranks(number),
        _ => println!("calibrate worlds|ranks [NUMBER]"),
    }
}
