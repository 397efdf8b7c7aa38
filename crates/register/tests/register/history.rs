//! State is a function of the log: made again it is the same, and as of an earlier position it is what it was then.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sijil_model::codebook::{ModalityCode, Reliability, Verdict};
use sijil_model::{ClaimId, Content};
use sijil_register::ask::IncidentRow;
use sijil_register::event::Adopted;
use sijil_register::results::LinkKind;
use sijil_register::{Event, Register, Result, Writing};

use crate::support::{
    Fixture, Report, assert_same, assert_whole, at_town, copy, decision, extract, folder, judgement, link,
    on_day, own_entries, place, record, source, strike,
};

/// Documents, each as three versions of an extractor read it.
struct World {
    readings: Vec<[Report; 3]>,
    incidents: Vec<ClaimId>,
    people: Vec<ClaimId>,
    others: Vec<ClaimId>,
}

fn world() -> World {
    let mut world =
        World { readings: Vec::new(), incidents: Vec::new(), people: Vec::new(), others: Vec::new() };
    let texts = [
        "On 5 November a strike hit Tell Zaytun, 10 people were killed, Salma Zaytun and Huda Sahel among them; then shelling began. 135 dead in all.",
        "A strike on the market of Tell Zaytun on 6 November: a strike killed 4 people, Salma Zaytun and Huda Sahel, before shelling. 20 dead in all.",
        "On 7 November Port Amal: a strike, 8 people dead, named Salma Zaytun, Huda Sahel. Later shelling. 9 dead in all.",
        "في 5 November غارة a strike على Port Amal: مقتل 3 people منهم Salma Zaytun و Huda Sahel ثم shelling. 50 dead in all.",
    ];
    let tolls = ["10 people", "4 people", "8 people", "3 people"];
    let totals = ["135 dead", "20 dead", "9 dead", "50 dead"];
    for (at, text) in texts.iter().enumerate() {
        let mut report = Report::new(text);
        if at % 2 == 0 {
            report = report.published("2015-11-20").from(["harbour-news", "river-watch"][at / 2]);
        }
        let first = report.incident("a strike");
        let second = report.incident("shelling");
        let n = tolls[at].split(' ').next().unwrap().parse().unwrap();
        let toll = report.killed(tolls[at], n, &first);
        let town = if text.contains("Tell Zaytun") { "Tell Zaytun" } else { "Port Amal" };
        let (town, day) = (
            report.place(town, &first),
            report.time(&text[text.find(" November").unwrap() - 1..][..10], "2015-11-05", &first),
        );
        let salma = report.person("Salma Zaytun", Some(&first));
        let huda = report.person("Huda Sahel", Some(&first));
        let sum = report.inferred(&["Salma Zaytun", "Huda Sahel"], None, &first, "sum-of-parts");
        let total = report.aggregate(totals[at], 100);
        // The second version does not see one person, nor the toll; the third says other things of the same words.
        let second_version = report.without(&huda).without(&toll);
        let third = report
            .with(&toll, |claim| claim.about = Some(second.clone()))
            .with(&salma, |claim| {
                if let Content::Person(said) = &mut claim.content {
                    said.age = Some(44);
                }
            })
            .with(&first, |claim| claim.modality = ModalityCode::Reported)
            .with(&huda, |claim| claim.about = Some(second.clone()))
            .without(&total);
        world.incidents.extend([first, second]);
        world.people.extend([salma, huda]);
        world.others.extend([toll, town, day, sum, total]);
        world.readings.push([report, second_version, third]);
    }
    world
}

#[derive(Debug, Clone)]
enum Step {
    Add(usize),
    Extract { documents: Vec<usize>, version: usize, adopt: bool },
    Adopt(usize),
    Place(usize, u8),
    Link(Vec<(usize, usize)>, bool),
    Repost(usize, usize),
    Judge(bool, usize, usize, Verdict),
    Decide { target: usize, field: usize, value: usize, supersede: bool },
    Reject(usize),
    Rate(usize, bool),
    Published(usize, u8, bool),
    SourceOf(usize, usize),
    Clear(usize),
    Set(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let verdict =
        prop_oneof![3 => Just(Verdict::Same), 2 => Just(Verdict::Different), 1 => Just(Verdict::Unsure)];
    prop_oneof![
        4 => (0..4_usize).prop_map(Step::Add),
        6 => (prop::collection::vec(0..4_usize, 1..3), 0..3_usize, prop::bool::weighted(0.8))
            .prop_map(|(documents, version, adopt)| Step::Extract { documents, version, adopt }),
        1 => (0..9_usize).prop_map(Step::Adopt),
        2 => (0..4_usize, 1..9_u8).prop_map(|(document, day)| Step::Place(document, day)),
        2 => (prop::collection::vec((0..8_usize, 0..8_usize), 1..4), any::<bool>()).prop_map(|(pairs, people)| Step::Link(pairs, people)),
        1 => (0..4_usize, 0..4_usize).prop_map(|(first, second)| Step::Repost(first, second)),
        5 => (any::<bool>(), 0..8_usize, 0..8_usize, verdict).prop_map(|(people, left, right, verdict)| Step::Judge(people, left, right, verdict)),
        5 => (0..8_usize, 0..9_usize, 0..2_usize, any::<bool>())
            .prop_map(|(target, field, value, supersede)| Step::Decide { target, field, value, supersede }),
        2 => (0..36_usize).prop_map(Step::Reject),
        1 => (0..2_usize, any::<bool>()).prop_map(|(source, good)| Step::Rate(source, good)),
        1 => (0..4_usize, 1..9_u8, any::<bool>()).prop_map(|(document, day, supersede)| Step::Published(document, day, supersede)),
        1 => (0..4_usize, 0..2_usize).prop_map(|(document, source)| Step::SourceOf(document, source)),
        1 => (0..8_usize).prop_map(Step::Clear),
        1 => (0..3_u8).prop_map(Step::Set),
    ]
}

/// What the steps so far have made, as somebody at the desk would know it.
#[derive(Default)]
struct Desk {
    added: [bool; 4],
    runs: Vec<u64>,
    heads: BTreeMap<(String, String), Vec<u64>>,
}

const FIELDS: [(char, &str, [&str; 2]); 9] = [
    ('i', "killed", ["12-14", "6"]),
    ('i', "grading", ["confirmed", "weak"]),
    ('i', "excluded", ["yes", "no"]),
    ('i', "date", ["2015-11-05", "2015-11"]),
    ('i', "disputed.killed", ["all", "2"]),
    ('i', "killed.children", ["1", "2+"]),
    ('p', "fate", ["injured", "missing"]),
    ('p', "age_class", ["child", "adult"]),
    ('p', "name", ["سلمى الزيتوني", "Salma Zaytuni"]),
];

const SOURCES: [&str; 2] = ["harbour-news", "river-watch"];

impl Desk {
    fn decide(
        &mut self,
        writing: &mut Writing<'_, '_>,
        target: &str,
        field: &str,
        value: &str,
        supersede: bool,
    ) -> Result<()> {
        let heads = self.heads.entry((target.to_owned(), field.to_owned())).or_default();
        let supersedes = if supersede { std::mem::take(heads) } else { Vec::new() };
        let supersedes = own_entries(writing, &supersedes);
        heads.push(writing.say(decision(target, field, value, &supersedes))?);
        Ok(())
    }

    fn play(&mut self, world: &World, writing: &mut Writing<'_, '_>, step: &Step) -> Result<()> {
        let pool = |people: bool| if people { &world.people } else { &world.incidents };
        match step {
            Step::Add(document) => {
                world.readings[*document][0].arrive(writing)?;
                self.added[*document] = true;
            }
            Step::Extract { documents, version, adopt } => {
                let mut of: Vec<usize> =
                    documents.iter().copied().filter(|document| self.added[*document]).collect();
                of.dedup();
                let reports: Vec<&Report> =
                    of.iter().map(|document| &world.readings[*document][*version]).collect();
                self.runs.push(extract(writing, &version.to_string(), &reports, *adopt)?);
            }
            Step::Adopt(run) => {
                if let Some(run) = self.runs.get(*run) {
                    writing.say(Event::ExtractionAdopted(Adopted { run: *run }))?;
                }
            }
            Step::Place(document, day) => {
                let (town, time) = (&world.others[document * 5 + 1], &world.others[document * 5 + 2]);
                place(writing, &[at_town(town), on_day(time, &format!("2015-11-0{day}"))])?;
            }
            Step::Link(pairs, people) => {
                let pool = pool(*people);
                let pairs: Vec<_> =
                    pairs.iter().map(|(a, b)| (pool[*a].as_str(), pool[*b].as_str())).collect();
                link(writing, if *people { LinkKind::Person } else { LinkKind::Incident }, &pairs)?;
            }
            Step::Repost(first, second) => {
                let part = |document: &usize| format!("{}:0", world.readings[*document][0].document);
                link(writing, LinkKind::Repost, &[(&part(first), &part(second))])?;
            }
            Step::Judge(people, left, right, verdict) => {
                let prefix = if *people { 'p' } else { 'i' };
                let pool = pool(*people);
                writing.say(judgement(&record(prefix, &pool[*left]), pool[*right].as_str(), *verdict))?;
            }
            Step::Decide { target, field, value, supersede } => {
                let (prefix, field, values) = FIELDS[*field];
                let target = record(prefix, &pool(prefix == 'p')[*target]);
                self.decide(writing, &target, field, values[*value], *supersede)?;
            }
            Step::Reject(claim) => {
                let all = world.incidents.iter().chain(&world.people).chain(&world.others);
                let claim = all.clone().nth(*claim).map(ToString::to_string).unwrap_or_default();
                writing.say(Event::ClaimRejected { claim, why: "misread".into() })?;
            }
            Step::Rate(at, good) => {
                let reliability =
                    if *good { Reliability::LikelyReliable } else { Reliability::HighlyUnreliable };
                writing.say(source(SOURCES[*at], reliability, good.then_some("one-room")))?;
            }
            Step::Published(document, day, supersede) => {
                let document = world.readings[*document][0].document.to_string();
                self.decide(writing, &document, "published", &format!("2015-11-1{day}"), *supersede)?;
            }
            Step::SourceOf(document, at) => {
                let document = world.readings[*document][0].document.to_string();
                self.decide(writing, &document, "source", SOURCES[*at], true)?;
            }
            Step::Clear(incident) => {
                let targets = vec![record('i', &world.incidents[*incident])];
                writing.say(Event::Cleared { targets: targets.clone() })?;
                writing.say(Event::Signed { targets })?;
            }
            Step::Set(value) => {
                writing.say(Event::SettingChanged { key: "country".into(), value: value.to_string() })?;
            }
        }
        Ok(())
    }
}

/// All that an answer rests on, as of a position.
fn answer(register: &Register, at: u64) -> (Vec<IncidentRow>, String) {
    let view = register.view();
    let figure = view.count(&sijil_count::Question::default(), &[], at).unwrap();
    (view.incidents(at).unwrap(), serde_json::to_string(&figure).unwrap())
}

fn play(batches: &[Vec<Step>]) {
    let world = world();
    let mut fixture = Fixture::new();
    let mut desk = Desk::default();
    let mut then = Vec::new();
    let early = folder();
    for (at, batch) in batches.iter().enumerate() {
        fixture.write(|writing| batch.iter().try_for_each(|step| desk.play(&world, writing, step)));
        let position = fixture.position();
        then.push((position, answer(&fixture.register, position)));
        if at == batches.len() / 2 {
            copy(&fixture.folder.path, &early.path);
        }
    }
    for (position, expected) in &then {
        assert_eq!(&answer(&fixture.register, *position), expected, "as of {position}");
    }
    // What was replayed only so far says the same as what knows how it went on.
    let so_far = Register::rebuild(&early.path, None).unwrap();
    let position = so_far.view().position().unwrap();
    assert_eq!(answer(&so_far, position), answer(&fixture.register, position));
    fixture.assert_sound();
    let content = fixture.content();
    let Fixture { folder, register } = fixture;
    drop(register);
    for name in ["register.db", "register.db-wal", "register.db-shm"] {
        std::fs::remove_file(folder.path.join(name)).ok();
    }
    let again = Register::open(&folder.path, None).unwrap();
    assert_same(&content, &again.view().content().unwrap());
    drop(again);
    assert_whole(&folder.path);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_comes_back_and_every_earlier_answer_stands(
        batches in prop::collection::vec(prop::collection::vec(step(), 1..6), 1..12)
    ) {
        let mut whole = vec![vec![Step::Add(0), Step::Add(1), Step::Extract { documents: vec![0, 1], version: 0, adopt: true }]];
        whole.extend(batches);
        play(&whole);
    }
}

#[test]
fn a_position_within_a_batch_is_answered_as_of_the_batch_before() {
    let mut fixture = Fixture::new();
    fixture.add(&strike(1, 10).report);
    let before = fixture.position();
    let mut two = strike(2, 4);
    two.report.text.push_str(" 90 dead in all.");
    two.report.aggregate("90 dead", 90);
    fixture.add(&two.report);
    let expected = fixture.figure(before);
    for within in before..fixture.position() {
        let figure = fixture.figure(within);
        assert_eq!((&figure.inside, &figure.reconciled), (&expected.inside, &expected.reconciled));
        assert_eq!(figure.log_position, Some(within));
    }
    assert_eq!(fixture.figure(fixture.position()).reconciled.len(), 1);
}

#[test]
fn two_programs_on_one_folder_see_what_the_other_wrote() {
    let mut fixture = Fixture::new();
    let mut other = Register::open(&fixture.folder.path, None).unwrap();
    fixture.add(&strike(1, 10).report);
    assert!(other.refresh().unwrap());
    other
        .write(&crate::support::author(), &crate::support::clock, |writing| {
            writing.say(Event::SettingChanged { key: "country".into(), value: "XM".into() })
        })
        .unwrap();
    fixture.add(&strike(2, 4).report);
    other.refresh().unwrap();
    assert_eq!(fixture.killed(), (Some(14), 2));
    assert_same(&fixture.content(), &other.view().content().unwrap());
    fixture.assert_sound();
}

#[test]
fn a_batch_that_fails_leaves_no_trace() {
    let mut fixture = Fixture::new();
    fixture.add(&strike(1, 10).report);
    let content = fixture.content();
    let failed: Result<()> =
        fixture.register.write(&crate::support::author(), &crate::support::clock, |writing| {
            strike(2, 4).report.arrive(writing)?;
            Err(sijil_register::RegisterError::Refused("no".into()))
        });
    assert!(failed.is_err());
    assert_same(&content, &fixture.content());
    fixture.assert_sound();
}

#[test]
fn a_view_that_fell_behind_or_was_broken_is_made_again() {
    let mut fixture = Fixture::new();
    fixture.add(&strike(1, 10).report);
    let Fixture { folder, register } = fixture;
    drop(register);
    let old = std::fs::read(folder.path.join("register.db")).unwrap();
    let mut fixture = Fixture { register: Register::open(&folder.path, None).unwrap(), folder };
    fixture.add(&strike(2, 4).report);
    let content = fixture.content();
    let Fixture { folder, register } = fixture;
    drop(register);
    std::fs::write(folder.path.join("register.db"), old).unwrap();
    let behind = Register::open(&folder.path, None).unwrap();
    assert_same(&content, &behind.view().content().unwrap());
    drop(behind);
    std::fs::write(
        folder.path.join("register.db"),
        b"this is no database, it only looks long enough to be one",
    )
    .unwrap();
    assert!(Register::open(&folder.path, None).is_err());
    let again = Register::rebuild(&folder.path, None).unwrap();
    assert_same(&content, &again.view().content().unwrap());
}

/// A view that another version of the program made is named as one, and made again.
#[test]
fn a_view_of_another_version_is_made_again() {
    let mut fixture = Fixture::new();
    fixture.add(&strike(1, 3).report);
    let content = fixture.content();
    let Fixture { folder, register } = fixture;
    drop(register);
    let view = rusqlite::Connection::open(folder.path.join("register.db")).unwrap();
    view.pragma_update(None, "application_id", 1).unwrap();
    drop(view);
    let refused = Register::open(&folder.path, None).err().map(|error| error.to_string());
    assert!(refused.is_some_and(|said| said.contains("another version") && said.contains("`sijil rebuild`")));
    let again = Register::rebuild(&folder.path, None).unwrap();
    assert_same(&content, &again.view().content().unwrap());
}

/// Somebody takes a row out of the database by hand: the log still knows of it.
#[test]
fn a_view_that_was_changed_by_hand_is_found() {
    let mut fixture = Fixture::new();
    fixture.add(&strike(1, 10).report);
    fixture.add(&strike(2, 4).report);
    fixture.register.check_view().unwrap();
    let by_hand = rusqlite::Connection::open(fixture.folder.path.join("register.db")).unwrap();
    let last = "DELETE FROM incident WHERE rowid = (SELECT max(rowid) FROM incident)";
    assert_eq!(by_hand.execute(last, []).unwrap(), 1);
    let told = fixture.register.check_view().unwrap_err().to_string();
    assert!(told.contains("(incident)") && told.contains("sijil rebuild"), "{told}");
    let Fixture { folder, register } = fixture;
    drop((register, by_hand));
    Register::rebuild(&folder.path, None).unwrap().check_view().unwrap();
}
