//! The script's own recount equals counting on random incidents: two programs, one answer.

use std::io::Write;
use std::process::{Command, Stdio};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use sijil_count::*;
use sijil_model::claim::Stands;
use sijil_model::codebook::*;
use sijil_model::*;

const INCIDENTS: usize = 400;

fn pick<T: Copy>(random: &mut StdRng, of: &[T]) -> T {
    of[random.random_range(0..of.len())]
}

fn quantity(random: &mut StdRng) -> Quantity {
    let n = random.random_range(1..12);
    match random.random_range(0..17) {
        0..6 => Quantity::Exact { n },
        6 => Quantity::AtLeast { n },
        7 => Quantity::AtMost { n },
        8 => Quantity::MoreThan { n },
        9 => Quantity::Between { n, to: n + random.random_range(0..5) },
        10 => Quantity::About { n },
        11 => Quantity::Plural,
        12 => Quantity::Many,
        13 => Quantity::Dual,
        14 => Quantity::Dozens,
        15 => Quantity::Family,
        _ => Quantity::Share { low: 400, high: 500, approximate: true },
    }
}

fn statement(random: &mut StdRng, number: &mut u32) -> Statement {
    *number += 1;
    let harms = [Harm::Killed, Harm::Killed, Harm::Killed, Harm::Injured, Harm::KilledOrInjured];
    let classes = [
        Class::Total,
        Class::Total,
        Class::Total,
        Class::Children,
        Class::Women,
        Class::Men,
        Class::Boys,
        Class::Infants,
        Class::OlderPersons,
    ];
    let stands = [
        Stands::Alone,
        Stands::Alone,
        Stands::Alone,
        Stands::PartOf,
        Stands::Besides,
        Stands::OverlapUnknown,
        Stands::Superseded,
    ];
    let status = [None, None, None, Some(Status::Civilian), Some(Status::Combatant)];
    let status = pick(random, &status);
    let from = match status {
        Some(Status::Civilian) if random.random_bool(0.3) => StatusFrom::Profession,
        Some(Status::Combatant) if random.random_bool(0.4) => StatusFrom::Position,
        _ => StatusFrom::Words,
    };
    Statement {
        claim: ClaimId::new(format!("c{number}")).unwrap(),
        harm: pick(random, &harms),
        class: pick(random, &classes),
        status,
        status_from: from,
        quantity: quantity(random),
        stands: pick(random, &stands),
        inferred: (random.random_range(0..6) == 0).then(|| RuleId::new("sum-of-parts").unwrap()),
        language: if random.random_bool(0.5) { Language::Ar } else { Language::En },
    }
}

fn interval(random: &mut StdRng) -> Interval {
    let low = random.random_range(0..8);
    match random.random_range(0..3) {
        0 => Interval::exactly(low),
        1 => Interval::at_least(low),
        _ => Interval::new(Some(low), Some(low + 1), Upper::Known(low + 2)).unwrap(),
    }
}

fn incident(random: &mut StdRng, at: usize) -> Incident {
    let mut number = 0;
    let tellings = (0..random.random_range(0..4)).map(|telling| Telling {
        document: DocumentId::new(format!("d{telling}")).unwrap(),
        source: None,
        origin: format!("o{}", random.random_range(0..3)),
        reliable: random.random_range(0..6) > 0,
        order: random.random_range(0..3),
        statements: (0..random.random_range(0..5)).map(|_| statement(random, &mut number)).collect(),
    });
    let tellings: Vec<Telling> = tellings.collect();
    let people = (0..random.random_range(0..4)).map(|person| NamedPerson {
        person: PersonId::new(format!("p{person}")).unwrap(),
        harm: Harm::Killed,
        sex: pick(random, &[None, Some(Sex::F), Some(Sex::M)]),
        age_class: pick(
            random,
            &[
                None,
                Some(AgeClass::Child),
                Some(AgeClass::Adult),
                Some(AgeClass::Infant),
                Some(AgeClass::Older),
            ],
        ),
        status: pick(random, &[None, None, Some(Status::Civilian), Some(Status::Combatant)]),
        claims: vec![],
        lists: vec![],
        doubt: None,
    });
    let named = people.collect();
    let by = sijil_model::AccountId::new("recorder-a").unwrap();
    let mut decisions = Decisions::default();
    for _ in
        0..random.random_range(0..3_usize).saturating_sub(1) + usize::from(random.random_range(0..8) == 0)
    {
        decisions.numbers.push(DecidedNumber {
            harm: pick(random, &[Harm::Killed, Harm::KilledOrInjured]),
            class: pick(random, &[Class::Total, Class::Children]),
            status: pick(random, &[None, Some(Status::Civilian), Some(Status::Combatant)]),
            interval: interval(random),
            used: vec![],
            rejected: vec![],
            by: by.clone(),
            at: String::new(),
            why: String::new(),
        });
    }
    if random.random_range(0..5) == 0 {
        let people = if random.random_bool(0.5) { Interval::UNKNOWN } else { interval(random) };
        decisions.disputed.push(Disputed {
            harm: Harm::Killed,
            class: Class::Total,
            people,
            by,
            at: String::new(),
            why: String::new(),
        });
    }
    Incident {
        id: IncidentId::new(format!("i{at}")).unwrap(),
        when: Bounds::default(),
        dated: false,
        places: vec![],
        actors: vec![],
        means: vec![],
        sites: vec![],
        grading: Grading::Fair,
        left_out: None,
        tellings,
        named,
        decisions,
    }
}

/// An incident in the form in which releases give it.
fn released(incident: &Incident) -> Value {
    let tellings = incident.tellings.iter().map(|telling| {
        let claims = telling.statements.iter().map(|s| {
            json!({ "harm": s.harm, "class": s.class, "status": s.status, "status_from": s.status_from, "quantity": s.quantity, "stands": s.stands, "inferred": s.inferred.as_ref().map(ToString::to_string), "language": s.language })
        });
        json!({ "origin": telling.origin, "reliable": telling.reliable, "order": telling.order, "claims": claims.collect::<Vec<_>>() })
    });
    let people = incident
        .named
        .iter()
        .map(|p| json!({ "harm": p.harm, "sex": p.sex, "age_class": p.age_class, "status": p.status }));
    let decisions = incident
        .decisions
        .numbers
        .iter()
        .map(|d| json!({ "harm": d.harm, "class": d.class, "status": d.status, "interval": d.interval }));
    let disputed = incident
        .decisions
        .disputed
        .iter()
        .map(|d| json!({ "harm": d.harm, "class": d.class, "people": d.people }));
    json!({
        "tellings": tellings.collect::<Vec<_>>(), "people": people.collect::<Vec<_>>(),
        "decisions": decisions.collect::<Vec<_>>(), "disputed": disputed.collect::<Vec<_>>(),
    })
}

/// Asks everything of an incident; the answers as `count` gives them.
fn answers(incident: &Incident) -> Vec<Value> {
    let mut answers = Vec::new();
    for rules in ["open", "airwars-like"] {
        let set = RuleSet::named(rules).unwrap();
        for harm in [Harm::Killed, Harm::KilledOrInjured, Harm::Injured] {
            for class in [Class::Total, Class::Children, Class::Women] {
                for status in std::iter::once(None).chain(Standing::ALL.into_iter().map(Some)) {
                    let question =
                        Question { harm, class, status, rules: rules.into(), ..Question::default() };
                    let figure =
                        count(&question, &set, std::iter::once(incident), &Beside::default()).unwrap();
                    let record = &figure.records[0];
                    answers.push(json!([
                        rules,
                        harm,
                        class,
                        status,
                        [record.min, record.highest_reported, record.max]
                    ]));
                }
            }
        }
    }
    answers
}

const SCRIPT: &str = r#"
import json, sys
sys.path.insert(0, sys.argv[1])
from recount import Incident
wrong = asked = 0
rules = {one["id"]: one for one in json.loads(sys.stdin.readline())}
for line in sys.stdin:
    one, answers = json.loads(line)
    for name, harm, cls, status, expected in answers:
        made = Incident(one["tellings"], one["people"], one["decisions"], one["disputed"], rules[name])
        again = list(made.answer(harm, cls, status))
        asked += 1
        if again != expected:
            wrong += 1
            if wrong <= 3:
                print(name, harm, cls, status, "count:", expected, "recount:", again, json.dumps(one))
print(asked, "asked,", wrong, "wrong")
"#;

#[test]
fn the_script_counts_as_sijil_does() {
    let mut random = StdRng::seed_from_u64(20_261_122);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("recount.py"), include_str!("../../data/recount.py")).unwrap();
    let command = Command::new("python3")
        .args(["-B", "-c", SCRIPT])
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut command) = command else {
        eprintln!("skipped: no python3");
        return;
    };
    let mut input = Vec::new();
    let sets: Vec<Value> =
        ["open", "airwars-like"].map(sijil_publish::rules_as_data).into_iter().map(Result::unwrap).collect();
    writeln!(input, "{}", json!(sets)).unwrap();
    for at in 0..INCIDENTS {
        let incident = incident(&mut random, at);
        writeln!(input, "{}", json!([released(&incident), answers(&incident)])).unwrap();
    }
    let mut stdin = command.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = command.wait_with_output().unwrap();
    writer.join().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.ends_with(&format!("{} asked, 0 wrong\n", INCIDENTS * 2 * 3 * 3 * 6)), "{told}");
}
