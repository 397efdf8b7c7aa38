//! Incidents: which reports tell of the same strike. Words, rare phrases, days, places, names of victims and, weakly,
//! numbers are evidence; what each is worth is data (`data/incident-weights.csv`), fitted to labelled reports by logistic
//! regression.

mod dates;
mod evidence;
mod group;
mod passages;
mod places;
mod told;
mod vectors;
mod word_shares;
mod words;

pub use evidence::{Evidence, KINDS, NAMES};
use evidence::{Reports, TIMES, Weights};
pub use group::groups;
use rayon::prelude::*;

/// A report, with what extraction read in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Its text.
    pub text: String,
    /// When it was published, as written.
    pub published: Option<String>,
    /// Places as printed.
    pub places: Vec<String>,
    /// Names of those harmed.
    pub names: Vec<String>,
    /// The day of its main incident, as `YYYY-MM-DD`, as far as it was resolved.
    pub day: Option<String>,
    /// Whether the text tells of that day, by a date or by words such as "on Friday" that count from a known one; a rule
    /// may have given a post its own.
    pub day_is_told: bool,
    /// Latitude and longitude of the places of its main incident.
    pub points: Vec<(f64, f64)>,
    /// Their first administrative levels.
    pub governorates: Vec<String>,
    /// Who is said to have done it.
    pub actors: Vec<String>,
    /// Killed, injured, children killed, as far as said.
    pub counts: [Option<u32>; 3],
}

/// Two reports and the chance that they tell of one incident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// A report, by its place.
    pub left: u32,
    /// Another, further on.
    pub right: u32,
    /// The chance.
    pub chance: f32,
}

/// Reports put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped {
    /// For each report the first report of its incident.
    pub incident: Vec<u32>,
    /// Pairs that were weighed and are not far from likely.
    pub pairs: Vec<Pair>,
}

/// Chance from which two reports are of one incident; of groups less is asked (`group.rs`).
const LEAST: f32 = 0.5;

/// Groups reports by the incident that they tell of. The order of the reports makes no difference but for numbers.
pub fn group(reports: &[Report]) -> Grouped {
    let weights = weights();
    let known = Reports::new(reports);
    let pair = |(left, right)| Pair { left, right, chance: known.evidence(left, right).chance(&weights) };
    let mut pairs: Vec<Pair> =
        known.candidates().into_par_iter().map(pair).filter(|pair| pair.chance >= 0.01).collect();
    copies(reports, &mut pairs);
    let chances: Vec<(u32, u32, f32)> =
        pairs.iter().map(|pair| (pair.left, pair.right, pair.chance)).collect();
    Grouped { incident: group::groups(reports.len(), &chances, LEAST), pairs }
}

/// The chance that a repost tells of what its origin tells.
const COPY: f32 = 0.98;

/// Reposts tell of the same incident, whatever else they have in common; texts of one form that tell of other days are none.
fn copies(reports: &[Report], pairs: &mut Vec<Pair>) {
    let texts: Vec<&str> = reports.iter().map(|report| report.text.as_str()).collect();
    for (right, left) in crate::reposts::origins(&texts).into_iter().enumerate() {
        let right = right as u32;
        let [one, other] = [left, right].map(|at| &reports[at as usize]);
        let other_days = one.day_is_told && other.day_is_told && one.day != other.day;
        if left == right || other_days {
            continue;
        }
        match pairs.binary_search_by_key(&(left, right), |pair| (pair.left, pair.right)) {
            Ok(at) => pairs[at].chance = pairs[at].chance.max(COPY),
            Err(at) => pairs.insert(at, Pair { left, right, chance: COPY }),
        }
    }
}

/// All pairs that share something telling, with what they have in common, for learning weights.
pub fn evidence(reports: &[Report]) -> Vec<(u32, u32, Evidence)> {
    let known = Reports::new(reports);
    let pairs = known.candidates();
    pairs.into_par_iter().map(|(left, right)| (left, right, known.evidence(left, right))).collect()
}

/// `data/incident-weights.csv`: what each kind of evidence is worth, by what is known of the days.
fn weights() -> Weights {
    let mut weights = [[0.0; TIMES]; KINDS];
    for line in include_str!("../../data/incident-weights.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let kind = cells.next().and_then(|name| NAMES.iter().position(|known| *known == name));
        let Some(kind) = kind else { continue };
        for (weight, cell) in weights[kind].iter_mut().zip(cells) {
            *weight = cell.parse().unwrap_or(0.0);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_evidence_has_a_weight() {
        let named: Vec<&str> = include_str!("../../data/incident-weights.csv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(',').map(|(name, _)| name))
            .collect();
        assert_eq!(named, NAMES);
        let numbers = |line: &str| line.split(',').skip(1).filter(|cell| cell.parse::<f32>().is_ok()).count();
        assert!(
            include_str!("../../data/incident-weights.csv")
                .lines()
                .skip(1)
                .all(|line| numbers(line) == TIMES)
        );
    }

    /// Few reports all use the words of their trade: these make no strike of two.
    #[test]
    fn what_two_of_a_few_reports_say_as_all_do_is_no_sign() {
        let report = |text: &str, day: &str, place: &str| Report {
            text: text.to_owned(),
            places: vec![place.to_owned()],
            day: Some(day.to_owned()),
            day_is_told: true,
            ..Report::default()
        };
        let reports = [
            report(
                "Three people were killed and two wounded when a shell hit a house in Qasr Nahr on Monday, the civil defence said.",
                "2031-03-03",
                "Qasr Nahr",
            ),
            report(
                "Four people were killed and two wounded when a shell hit a house in Ain Warda on Friday, the civil defence said.",
                "2031-03-07",
                "Ain Warda",
            ),
            report(
                "A shell that hit a house in Qasr Nahr on Monday killed three people, residents said; two were wounded.",
                "2031-03-03",
                "Qasr Nahr",
            ),
        ];
        let grouped = group(&reports);
        assert_eq!(grouped.incident, [0, 1, 0]);
    }

    #[test]
    fn the_same_strike_is_put_together_and_another_is_not() {
        let report = |text: &str, place: &str, published: &str| Report {
            text: text.to_owned(),
            published: Some(published.to_owned()),
            places: vec![place.to_owned()],
            ..Report::default()
        };
        let reports = [
            report(
                "طيران حربي يقصف سوق الخضار في بلدة جسر السنابل ومقتل ثلاثة",
                "بلدة جسر السنابل",
                "2031-03-12",
            ),
            report("مقتل ثلاثة مدنيين بقصف سوق الخضار في جسر السنابل", "جسر السنابل", "2031-03-12"),
            report("انفجار لغم في حقل قرب قرية عين الحور وإصابة راع", "قرية عين الحور", "2031-05-02"),
            report("إصابة راع بانفجار لغم قرب عين الحور", "عين الحور", "2031-05-02"),
            report("وصول قافلة إلى ميناء الأمل", "ميناء الأمل", "2031-06-20"),
        ];
        let grouped = group(&reports);
        assert_eq!(grouped.incident[0], grouped.incident[1]);
        assert_eq!(grouped.incident[2], grouped.incident[3]);
        assert_ne!(grouped.incident[0], grouped.incident[2]);
        assert_eq!(grouped.incident[4], 4);
    }
}
