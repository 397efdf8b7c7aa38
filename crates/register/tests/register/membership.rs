//! Who is the same as whom, against a slow and obvious model: edges in order, and no edge that joins what a person parted.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sijil_model::ClaimId;
use sijil_model::codebook::Verdict;
use sijil_register::results::LinkKind;

use crate::support::{Fixture, Report, extract, judgement, link, record};

const INCIDENTS: usize = 6;
const PEOPLE: usize = 8;
const ALL: usize = INCIDENTS + PEOPLE;

#[derive(Debug, Clone)]
enum Step {
    Judge(usize, usize, Verdict),
    Link(Vec<(usize, usize)>),
    Reject(usize),
    /// An extraction that sees these claims only.
    Extract(u16),
}

fn step() -> impl Strategy<Value = Step> {
    // Pairs of one kind mostly: the others must not matter.
    let pair = || {
        prop_oneof![
            3 => (0..INCIDENTS, 0..INCIDENTS),
            4 => (INCIDENTS..ALL, INCIDENTS..ALL),
            1 => (0..ALL, 0..ALL),
        ]
    };
    let verdict = prop_oneof![
        4 => Just(Verdict::Same),
        2 => Just(Verdict::Different),
        1 => Just(Verdict::Unsure),
    ];
    prop_oneof![
        8 => (pair(), verdict).prop_map(|((left, right), verdict)| Step::Judge(left, right, verdict)),
        4 => prop::collection::vec(pair(), 1..4).prop_map(Step::Link),
        1 => (0..ALL).prop_map(Step::Reject),
        1 => any::<u16>().prop_map(Step::Extract),
    ]
}

/// The claims of one document: incidents, and people who are each of one of them.
fn claims() -> (Report, Vec<ClaimId>) {
    let words: Vec<String> = (0..INCIDENTS)
        .map(|n| format!("strike {n}"))
        .chain((0..PEOPLE).map(|n| format!("Salma {n}")))
        .collect();
    let mut report = Report::new(&format!("{}.", words.join(", ")));
    let incidents: Vec<ClaimId> = words[..INCIDENTS].iter().map(|words| report.incident(words)).collect();
    let people = words[INCIDENTS..].iter().enumerate();
    let people: Vec<ClaimId> =
        people.map(|(n, words)| report.person(words, Some(&incidents[n % INCIDENTS]))).collect();
    (report, [incidents, people].concat())
}

/// What the log says, and nothing clever.
#[derive(Default)]
struct Model {
    seen_first: BTreeMap<usize, usize>,
    here: BTreeSet<usize>,
    rejected: BTreeSet<usize>,
    verdicts: Vec<(usize, usize, Verdict)>,
    links: Vec<(usize, usize)>,
}

impl Model {
    fn extract(&mut self, seen: impl Iterator<Item = usize>) {
        self.here = seen.collect();
        for claim in &self.here {
            let age = self.seen_first.len();
            self.seen_first.entry(*claim).or_insert(age);
        }
    }

    fn link(&mut self, pairs: &[(usize, usize)], ids: &[ClaimId]) {
        let mut new: Vec<_> = pairs.iter().copied().filter(|pair| !self.links.contains(pair)).collect();
        new.sort_by_key(|(left, right)| (&ids[*left], &ids[*right]));
        new.dedup();
        self.links.extend(new);
    }

    fn verdict(&self, a: usize, b: usize) -> Option<Verdict> {
        let latest = self
            .verdicts
            .iter()
            .rev()
            .find(|(left, right, _)| (*left, *right) == (a, b) || (*left, *right) == (b, a));
        latest.map(|(_, _, verdict)| *verdict)
    }

    /// Every standing claim with the claim that names its record.
    fn founders(&self) -> BTreeMap<usize, usize> {
        let standing: BTreeSet<usize> = self.here.difference(&self.rejected).copied().collect();
        let is_incident = |claim: usize| claim < INCIDENTS;
        let mut group: BTreeMap<usize, usize> = standing.iter().map(|claim| (*claim, *claim)).collect();
        let latest = |at: usize| {
            let (left, right, _) = self.verdicts[at];
            !self.verdicts[at + 1..]
                .iter()
                .any(|(a, b, _)| (*a, *b) == (left, right) || (*a, *b) == (right, left))
        };
        let judged = (0..self.verdicts.len())
            .filter(|at| latest(*at))
            .map(|at| (self.verdicts[at].0, self.verdicts[at].1));
        let judged = judged.filter(|(a, b)| self.verdict(*a, *b) == Some(Verdict::Same)).collect::<Vec<_>>();
        for (a, b) in judged.into_iter().chain(self.links.iter().copied()) {
            let doubted = self.verdict(a, b).is_some_and(|verdict| verdict != Verdict::Same);
            if doubted || !standing.contains(&a) || !standing.contains(&b) || is_incident(a) != is_incident(b)
            {
                continue;
            }
            let (here, there) = (group[&a], group[&b]);
            let of =
                |wanted: usize| group.iter().filter(move |(_, g)| **g == wanted).map(|(claim, _)| *claim);
            let parted = of(here).any(|x| of(there).any(|y| self.verdict(x, y) == Some(Verdict::Different)));
            if here != there && !parted {
                group.values_mut().filter(|g| **g == there).for_each(|g| *g = here);
            }
        }
        let oldest = |wanted: usize| {
            group
                .iter()
                .filter(|(_, g)| **g == wanted)
                .map(|(claim, _)| *claim)
                .min_by_key(|claim| self.seen_first[claim])
                .unwrap()
        };
        group.iter().map(|(claim, g)| (*claim, oldest(*g))).collect()
    }
}

fn check(fixture: &Fixture, model: &Model, ids: &[ClaimId]) {
    let founders = model.founders();
    let name = |claim: usize| record(if claim < INCIDENTS { 'i' } else { 'p' }, &ids[claim]);
    for (claim, id) in ids.iter().enumerate() {
        let expected = founders.get(&claim).map(|founder| name(*founder));
        assert_eq!(fixture.record_of(id), expected, "claim {claim} of {founders:?}");
    }
    let view = fixture.register.view();
    let people: BTreeSet<usize> =
        founders.iter().filter(|(claim, _)| **claim >= INCIDENTS).map(|(_, founder)| *founder).collect();
    assert_eq!(view.people().unwrap().len(), people.len());
    for founder in people {
        let mut members: Vec<usize> =
            founders.iter().filter(|(_, f)| **f == founder).map(|(claim, _)| *claim).collect();
        members.sort_by_key(|claim| &ids[*claim]);
        let about =
            members.iter().filter_map(|claim| founders.get(&((claim - INCIDENTS) % INCIDENTS))).next();
        assert_eq!(view.person(&name(founder)).unwrap().incident, about.map(|incident| name(*incident)));
    }
    let incidents: BTreeSet<String> =
        founders.iter().filter(|(claim, _)| **claim < INCIDENTS).map(|(_, founder)| name(*founder)).collect();
    let held: BTreeSet<String> = view
        .incidents(fixture.position())
        .unwrap()
        .into_iter()
        .map(|row| row.incident.id.to_string())
        .collect();
    assert_eq!(held, incidents);
}

fn play(batches: &[Vec<Step>]) {
    let (report, ids) = claims();
    let mut fixture = Fixture::new();
    let mut model = Model::default();
    fixture.add(&report);
    model.extract(0..ALL);
    for batch in batches {
        fixture.write(|writing| {
            for step in batch {
                let id = |claim: usize| ids[claim].as_str();
                match step {
                    Step::Judge(left, right, verdict) => {
                        writing.say(judgement(id(*left), id(*right), *verdict))?;
                        model.verdicts.push((*left, *right, *verdict));
                    }
                    Step::Link(pairs) => {
                        let named: Vec<_> =
                            pairs.iter().map(|(left, right)| (id(*left), id(*right))).collect();
                        link(writing, LinkKind::Person, &named)?;
                        model.link(pairs, &ids);
                    }
                    Step::Reject(claim) => {
                        let why = "misread".to_owned();
                        writing.say(sijil_register::Event::ClaimRejected {
                            claim: id(*claim).to_owned(),
                            why,
                        })?;
                        model.rejected.insert(*claim);
                    }
                    Step::Extract(mask) => {
                        let seen = |claim: &usize| *claim == 0 || mask & (1 << claim) != 0;
                        let mut other = report.clone();
                        other.claims =
                            (0..ALL).filter(seen).map(|claim| report.claims[claim].clone()).collect();
                        extract(writing, "2", &[&other], true)?;
                        model.extract((0..ALL).filter(seen));
                    }
                }
            }
            Ok(())
        });
        check(&fixture, &model, &ids);
    }
    fixture.assert_sound();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_are_what_the_obvious_model_says(batches in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..12)) {
        play(&batches);
    }
}

/// Invariant: a reviewer's judgement is never undone by a machine.
#[test]
fn no_chain_of_links_joins_two_whom_a_person_parted() {
    let (a, b, c) = (INCIDENTS, INCIDENTS + 1, INCIDENTS + 2);
    play(&[
        vec![Step::Link(vec![(a, b), (b, c)])],
        vec![Step::Judge(a, c, Verdict::Different)],
        vec![Step::Judge(a, c, Verdict::Unsure)],
        vec![Step::Judge(a, c, Verdict::Different), Step::Judge(b, c, Verdict::Same)],
        vec![Step::Judge(a, c, Verdict::Same)],
        vec![Step::Reject(b)],
    ]);
}

#[test]
fn a_record_keeps_the_oldest_claim_s_id_through_merge_and_split() {
    play(&[
        vec![Step::Judge(2, 1, Verdict::Same)],
        vec![Step::Judge(1, 0, Verdict::Same)],
        vec![Step::Judge(0, 1, Verdict::Different)],
        vec![Step::Reject(1)],
        vec![Step::Extract(0b0011_1111_0000_0011)],
        vec![Step::Extract(u16::MAX)],
    ]);
}
