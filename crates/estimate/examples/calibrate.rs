//! Is what is estimated true where the truth is known? `calibrate worlds [WORLDS] [NAME] [SEED]` makes worlds with a known
//! number of people, of each kind or of those whose name holds a word, and says how often they are refused and how often the
//! interval holds the number; `calibrate averages` does the same without latent classes, which is quick; `calibrate ranks
//! [RUNS] [NAME] [SEED]` draws worlds from the priors themselves, where the true number's rank among the draws must be uniform.
#![expect(clippy::print_stdout, reason = "a measurement prints")]
#![allow(clippy::unwrap_used, reason = "a measurement stops at what is wrong")]

use sijil_estimate::dga::{DgaSettings, decomposable_graphs, posterior};
use sijil_estimate::lcmcr::{LatentClasses, Prior, RunSettings, run};
use sijil_estimate::methods::Method;
use sijil_estimate::summary::quantile;
use sijil_estimate::verdict::{Asked, Estimate, Settings, Status, estimate};
use sijil_estimate::{CaptureTable, RandomStream, Step, Unwatched, Watch, Weighted};

/// People of a known world, and how likely each list holds them: by class its share and its chances.
struct World {
    name: &'static str,
    classes: &'static [(f64, &'static [f64])],
    /// The standard deviation of a person's own logit, added to that of every list.
    spread: f64,
    /// What being on the first of two lists multiplies the odds of being on the second by.
    dependent: &'static [(usize, usize, f64)],
}

const PEOPLE: u64 = 2000;

const ALIKE: World =
    World { name: "alike, 4 lists", classes: &[(1.0, &[0.3, 0.25, 0.2, 0.35])], spread: 0.0, dependent: &[] };

const WORLDS: [World; 19] = [
    ALIKE,
    World { name: "alike, 3 lists", classes: &[(1.0, &[0.4, 0.3, 0.35])], ..ALIKE },
    World { name: "alike, 5 lists", classes: &[(1.0, &[0.3, 0.15, 0.2, 0.25, 0.1])], ..ALIKE },
    World {
        name: "one pair dependent, odds × 3",
        classes: &[(1.0, &[0.3, 0.2, 0.25, 0.3])],
        dependent: &[(0, 1, 3.0)],
        ..ALIKE
    },
    World {
        name: "one pair dependent, odds ÷ 3",
        classes: &[(1.0, &[0.3, 0.35, 0.25, 0.3])],
        dependent: &[(0, 1, 1.0 / 3.0)],
        ..ALIKE
    },
    World {
        name: "two pairs dependent, odds × 3",
        classes: &[(1.0, &[0.3, 0.2, 0.25, 0.2])],
        dependent: &[(0, 1, 3.0), (2, 3, 3.0)],
        ..ALIKE
    },
    World {
        name: "two kinds of people, 4 lists",
        classes: &[(0.6, &[0.15, 0.12, 0.1, 0.2]), (0.4, &[0.55, 0.5, 0.45, 0.6])],
        ..ALIKE
    },
    World {
        name: "two kinds of people, 5 lists",
        classes: &[(0.6, &[0.15, 0.12, 0.1, 0.2, 0.1]), (0.4, &[0.55, 0.5, 0.45, 0.6, 0.4])],
        ..ALIKE
    },
    World { name: "people differ by degrees, 4 lists", spread: 1.0, ..ALIKE },
    World {
        name: "two kinds of people, 3 lists",
        classes: &[(0.6, &[0.15, 0.12, 0.2]), (0.4, &[0.55, 0.5, 0.6])],
        ..ALIKE
    },
    World {
        name: "people differ by degrees, 3 lists",
        classes: &[(1.0, &[0.4, 0.3, 0.35])],
        spread: 1.0,
        ..ALIKE
    },
    World {
        name: "two kinds of people, otherwise, 3 lists",
        classes: &[(0.5, &[0.1, 0.3, 0.2]), (0.5, &[0.4, 0.5, 0.6])],
        ..ALIKE
    },
    World {
        name: "a few whom lists see, 3 lists",
        classes: &[(0.8, &[0.2, 0.15, 0.2]), (0.2, &[0.6, 0.7, 0.6])],
        ..ALIKE
    },
    World {
        name: "kinds that lists divide among them, 3 lists",
        classes: &[(0.5, &[0.5, 0.15, 0.3]), (0.5, &[0.15, 0.5, 0.3])],
        ..ALIKE
    },
    World {
        name: "people differ by half as much, 3 lists",
        classes: &[(1.0, &[0.4, 0.3, 0.35])],
        spread: 0.5,
        ..ALIKE
    },
    World { name: "people differ by half as much, 4 lists", spread: 0.5, ..ALIKE },
    World {
        name: "one pair dependent, odds × 3, 3 lists",
        classes: &[(1.0, &[0.3, 0.2, 0.3])],
        dependent: &[(0, 1, 3.0)],
        ..ALIKE
    },
    World { name: "alike, fewer seen, 3 lists", classes: &[(1.0, &[0.2, 0.15, 0.25])], ..ALIKE },
    World { name: "sparse (chances of 3 to 5 %)", classes: &[(1.0, &[0.05, 0.04, 0.03, 0.05])], ..ALIKE },
];

fn names(lists: usize) -> Vec<String> {
    (0..lists).map(|list| format!("list {list}")).collect()
}

impl World {
    fn table(&self, random: &mut RandomStream) -> CaptureTable {
        let lists = self.classes[0].1.len();
        let cells: Vec<(u32, u64)> = (0..PEOPLE)
            .map(|_| self.history(random))
            .filter(|history| *history != 0)
            .map(|history| (history, 1))
            .collect();
        CaptureTable::new(names(lists), cells).unwrap()
    }

    /// The lists that hold somebody.
    fn history(&self, random: &mut RandomStream) -> u32 {
        let (mut pick, mut class) = (random.uniform(), 0);
        while pick > self.classes[class].0 && class + 1 < self.classes.len() {
            pick -= self.classes[class].0;
            class += 1;
        }
        let own = if self.spread > 0.0 { (self.spread * random.normal()).exp() } else { 1.0 };
        self.classes[class].1.iter().enumerate().fold(0_u32, |history, (list, chance)| {
            let of = |(one, other, odds): &(usize, usize, f64)| {
                if *other == list && history >> one & 1 == 1 { *odds } else { 1.0 }
            };
            let odds = own * chance / (1.0 - chance) * self.dependent.iter().map(of).product::<f64>();
            history | u32::from(random.uniform() < odds / (1.0 + odds)) << list
        })
    }
}

/// Lets every method run but latent classes.
struct AveragesAlone;

impl Watch for AveragesAlone {
    fn goes_on(&self, step: &Step) -> bool {
        *step != Step::Begins(Method::Lcmcr)
    }
}

/// How often what was estimated held the truth.
#[derive(Default)]
struct Tally {
    held: usize,
    of: usize,
    middles: Vec<f64>,
    widths: Vec<f64>,
}

impl Tally {
    fn add(&mut self, numbers: [f64; 3]) {
        let [low, median, high] = numbers;
        self.held += usize::from(low <= PEOPLE as f64 && PEOPLE as f64 <= high);
        self.of += 1;
        self.middles.push(median);
        self.widths.push(high / low);
    }

    fn add_all(&mut self, numbers: Option<[f64; 3]>) {
        numbers.into_iter().for_each(|numbers| self.add(numbers));
    }

    fn middle(values: &[f64]) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        quantile(&sorted, 0.5)
    }
}

const AVERAGES: [Method; 3] = [Method::Loglinear, Method::Dga, Method::Lcmcr];

/// The numbers of a method that is in order.
fn numbers(found: &Estimate, method: Method) -> Option<[f64; 3]> {
    let found = found.methods.iter().find(|found| found.method == method && found.trusted())?;
    Some([found.low?, found.median?, found.high?])
}

/// What the headline would be without latent classes, where they were kept from running and nothing else speaks against it.
fn envelope_of_averages(found: &Estimate) -> Option<[f64; 3]> {
    let alone = found.reasons.iter().all(|reason| reason.code == "stopped");
    let [one, other] = [numbers(found, Method::Loglinear)?, numbers(found, Method::Dga)?];
    alone.then(|| [one[0].min(other[0]), 0.5 * (one[1] + other[1]), one[2].max(other[2])])
}

fn worlds(number: u64, word: &str, seed: u64, watch: &dyn Watch) {
    println!(
        "| world of {PEOPLE} | refused | no headline | headline holds it | loglinear | dga | lcmcr | median of middles | median of high/low | misfit said |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for world in WORLDS.iter().filter(|world| world.name.contains(word)) {
        let (mut refused, mut without, mut headlines) = (0, 0, Tally::default());
        let (mut own, mut misfits): ([Tally; 3], usize) = Default::default();
        for at in 0..number {
            let table = Weighted::one(world.table(&mut RandomStream::new(seed, world.name, at)));
            let mut settings = Settings::usual(Asked::Auto);
            settings.classes.seed = at;
            let found = estimate(&table, &settings, watch).unwrap();
            let headline = found.headline.as_ref().map(|found| [found.low, found.median, found.high]);
            match (found.status, headline.or_else(|| envelope_of_averages(&found))) {
                (_, Some(numbers)) => headlines.add(numbers),
                (Status::NoHeadline, None) => without += 1,
                (_, None) => refused += 1,
            }
            misfits += usize::from(found.warnings.iter().any(|warning| warning.code == "overlaps_misfit"));
            for (own, method) in own.iter_mut().zip(AVERAGES) {
                own.add_all(numbers(&found, method));
            }
        }
        let [loglinear, dga, lcmcr] = own.map(|own| format!("{} of {}", own.held, own.of));
        println!(
            "| {} | {refused} | {without} | {} of {} | {loglinear} | {dga} | {lcmcr} | {:.0} | {:.2} | {misfits} |",
            world.name,
            headlines.held,
            headlines.of,
            Tally::middle(&headlines.middles),
            Tally::middle(&headlines.widths)
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

/// The number's rank among draws of graphs for three lists, for four, and of classes for four, where the name holds the word.
fn ranks(number: u64, word: &str, seed: u64) {
    const NAMES: [&str; 3] = ["graphs, 3 lists", "graphs, 4 lists", "classes, 4 lists"];
    let mut found = [[0_u64; BINS]; 3];
    let mut left_out = 0;
    let prior = Prior::default();
    for at in 0..number {
        for (bins, name) in found.iter_mut().zip(NAMES).filter(|(_, name)| name.contains(word)) {
            let mut random = RandomStream::new(seed, name, at);
            let lists = if name == NAMES[0] { 3 } else { 4 };
            let (draws, truth) = if name == NAMES[2] {
                let (table, truth) = world_of(&classes_cells(lists, &prior, &mut random), &mut random);
                let own = seed << 32 | at;
                let settings =
                    RunSettings { seed: own, target: 400.0, most_sweeps: 100_000, ..RunSettings::default() };
                let chains = run(&LatentClasses::new(&table, prior), &settings, "", &Unwatched);
                left_out += u64::from(!chains.agreed);
                (chains.sorted(), truth)
            } else {
                let settings = DgaSettings::usual(lists);
                let (table, truth) = world_of(&graph_cells(lists, &settings, &mut random), &mut random);
                (posterior(&table, &settings).even_draws(999), truth)
            };
            bins[bin(&draws, truth, &mut random)] += 1;
        }
    }
    for (name, bins) in NAMES.iter().zip(found).filter(|(name, _)| name.contains(word)) {
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
    let word = arguments.get(3).map_or("", String::as_str);
    let seed = arguments.get(4).map_or(1, |text| text.parse().unwrap());
    match arguments.get(1).map(String::as_str) {
        Some("worlds") => worlds(number, word, seed, &Unwatched),
        Some("averages") => worlds(number, word, seed, &AveragesAlone),
        Some("ranks") => ranks(number, word, seed),
        _ => println!("calibrate worlds|averages|ranks [NUMBER] [WORD] [SEED]"),
    }
}
