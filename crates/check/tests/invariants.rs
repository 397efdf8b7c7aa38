//! The invariants of records: each breach is found with its number, and what keeps them is left alone.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own records cannot be made")]

use sijil_check::invariants::{Breach, Conceded, Tables, aggregates, incident, release};
use sijil_count::{
    AggregateClaim, Attributed, Decisions, Incident, LeftOut, NamedPerson, Placed, RuleSet, Statement,
    StatusFrom, Telling,
};
use sijil_model::claim::Stands;
use sijil_model::codebook::{
    AggregateKind, AttributionStatus, Class, Combination, CountUnit, Grading, Harm, PlaceRole,
};
use sijil_model::{
    AccountId, ActorCode, Bounds, ClaimId, DocumentId, Edtf, IncidentId, Language, PersonId, PlaceId,
    Quantity,
};

/// 10 October 2031, in days since 1970.
const PUBLISHED: i64 = 22_562;

fn says(class: Class, n: u64, stands: Stands) -> Statement {
    Statement {
        claim: ClaimId::new(format!("c-{class}-{n}")).unwrap(),
        harm: Harm::Killed,
        class,
        status: None,
        status_from: StatusFrom::Words,
        quantity: Quantity::Exact { n },
        stands,
        inferred: None,
        language: Language::En,
    }
}

fn told(origin: &str, statements: Vec<Statement>) -> Telling {
    let document = DocumentId::new(format!("d-{origin}")).unwrap();
    Telling {
        document,
        source: None,
        origin: origin.to_owned(),
        reliable: true,
        order: PUBLISHED,
        statements,
    }
}

/// Four killed in Qasr Nahr on 8 October 2031, as one paper has it.
fn sound() -> Incident {
    Incident {
        id: IncidentId::new("i1").unwrap(),
        when: Edtf::new("2031-10-08").unwrap().bounds(),
        dated: true,
        places: vec![],
        actors: vec![],
        means: vec![],
        sites: vec![],
        grading: Grading::Ungraded,
        left_out: None,
        tellings: vec![told("herald", vec![says(Class::Total, 4, Stands::Alone)])],
        named: vec![],
        decisions: Decisions::default(),
    }
}

fn named(id: &str) -> NamedPerson {
    NamedPerson {
        person: PersonId::new(id).unwrap(),
        harm: Harm::Killed,
        sex: None,
        age_class: None,
        status: None,
        claims: vec![ClaimId::new(format!("c-{id}")).unwrap()],
        lists: vec![],
        doubt: None,
    }
}

fn by(actor: &str, status: AttributionStatus) -> Attributed {
    Attributed { actor: ActorCode::new(actor).unwrap(), status, combination: Combination::Sole }
}

fn found(one: &Incident, conceded: Conceded) -> Vec<u8> {
    let rules = RuleSet::named("open").unwrap();
    incident(one, &rules, conceded).iter().map(|breach| breach.invariant).collect()
}

#[track_caller]
fn breaks(one: &Incident, invariants: &[u8]) {
    assert_eq!(found(one, Conceded::No), invariants);
}

#[test]
fn parts_and_people_do_not_exceed_the_count() {
    breaks(&sound(), &[]);
    let mut parts = sound();
    parts.tellings[0]
        .statements
        .extend([says(Class::Children, 3, Stands::PartOf), says(Class::Women, 2, Stands::PartOf)]);
    breaks(&parts, &[4]);
    let people = |number: usize| Incident {
        named: (0..number).map(|at| named(&format!("p{at}"))).collect(),
        ..sound()
    };
    breaks(&people(4), &[]);
    breaks(&people(5), &[3]);
    let rules = RuleSet::named("open").unwrap();
    let breach = &incident(&people(5), &rules, Conceded::No)[0];
    assert_eq!(breach.records, ["i1", "p0", "p1", "p2", "p3", "p4"]);
    assert_eq!(breach.explain, "killed total: 5 people are listed and reports count at most 4");
}

#[test]
fn nothing_is_reported_before_it_was() {
    let on = |edtf: &str| Incident { when: Edtf::new(edtf).unwrap().bounds(), ..sound() };
    breaks(&on("2031-10-11"), &[]); // A day is left to time zones.
    breaks(&on("2031-10-12"), &[7]);
    breaks(&on("2031-10"), &[]);
    let backwards =
        Bounds { earliest: Edtf::new("2031-10-09").unwrap().bounds().earliest, latest: sound().when.latest };
    breaks(&Incident { when: backwards, ..sound() }, &[7]);
    let mut undated = on("2031-10-12");
    undated.tellings[0].order = 0; // Nobody knows when it was published.
    breaks(&undated, &[]);
}

#[test]
fn a_grade_is_held_against_independent_sources_and_parties() {
    let graded = |grading| Incident { grading, ..sound() };
    breaks(&graded(Grading::Fair), &[10]);
    let mut two = graded(Grading::Fair);
    two.tellings.push(told("hospital", vec![says(Class::Total, 4, Stands::Alone)]));
    breaks(&two, &[]);
    two.tellings[1].origin = "herald".to_owned(); // The same voice twice.
    breaks(&two, &[10]);
    let mut unreliable = graded(Grading::Weak);
    breaks(&unreliable, &[]);
    unreliable.tellings[0].reliable = false;
    breaks(&unreliable, &[10]);
    assert_eq!(found(&graded(Grading::Confirmed), Conceded::No), [10]);
    assert_eq!(found(&graded(Grading::Confirmed), Conceded::Yes), []);
    let mut contested = graded(Grading::Contested);
    contested.actors =
        vec![by("northern_front", AttributionStatus::Alleged), by("coral_guard", AttributionStatus::Denied)];
    breaks(&contested, &[10]);
    contested.actors[1].status = AttributionStatus::Alleged;
    breaks(&contested, &[]);
}

#[test]
fn places_lie_in_their_governorate_and_exclusions_are_signed() {
    let id = |text: &str| PlaceId::new(text).unwrap();
    let mut placed = sound();
    let chain = vec![id("xm:qasr-nahr"), id("xm:nahr"), id("xm")];
    placed.places =
        vec![Placed { role: PlaceRole::Primary, chain, governorate: Some(id("xm:nahr")), district: None }];
    breaks(&placed, &[]);
    placed.places[0].governorate = Some(id("xm:sahel"));
    breaks(&placed, &[8]);
    let left_out = |reason: &str, by: Option<&str>| {
        let by = by.map(|by| AccountId::new(by).unwrap());
        Incident {
            left_out: Some(LeftOut { reason: reason.into(), by, at: Some("2031-11-01".into()) }),
            ..sound()
        }
    };
    breaks(&left_out("a training accident", Some("a1")), &[]);
    breaks(&left_out(" ", None), &[20]);
}

fn claimed(kind: AggregateKind, part: Option<u64>, of: Option<u64>) -> AggregateClaim {
    let exact = |n| Quantity::Exact { n };
    AggregateClaim {
        id: ClaimId::new("c1").unwrap(),
        kind,
        harm: None,
        other_harm: None,
        class: None,
        status: None,
        unit: CountUnit::Locations,
        quantity: part.map(exact),
        of: of.map(exact),
        means: None,
        language: Language::En,
        period: Bounds::default(),
        places: vec![],
        somewhere: false,
        actors: vec![],
        compared_with: None,
    }
}

#[test]
fn a_part_is_no_larger_than_its_whole_and_a_share_is_of_something() {
    let rules = RuleSet::named("open").unwrap();
    let numbers =
        |claim| aggregates(&[claim], &[], &rules).iter().map(|breach| breach.invariant).collect::<Vec<_>>();
    assert_eq!(numbers(claimed(AggregateKind::Ratio, Some(2), Some(26))), [0_u8; 0]);
    assert_eq!(numbers(claimed(AggregateKind::Ratio, Some(30), Some(26))), [13]);
    assert_eq!(numbers(claimed(AggregateKind::Share, None, None)), [14]);
}

const HEADER: &str =
    "incident,earliest,latest,precision,grading,means,sites,harm,class,status,min,highest_reported,max";
const CODES: &str = "vocabulary,code,label_en,label_ar\nharm,killed,killed,قتل\nclass,total,total,المجموع\nclass,children,children,أطفال\ngrading,fair,Fair,مقبولة\nplace_precision,exact,exact,دقيق\n";

fn in_release(incidents: &[&str], persons: &[&str]) -> Vec<Breach> {
    let incidents = format!("\u{feff}{HEADER}\n{}\n", incidents.join("\n"));
    let persons = format!("person,incident,name,withheld,harm\n{}\n", persons.join("\n"));
    release(&Tables { incidents: &incidents, persons: &persons, codebook: CODES }).unwrap()
}

#[test]
fn a_release_is_checked_by_its_tables() {
    let total = "i1,2031-10-08,2031-10-08,exact,fair,,,killed,total,,2,2,2";
    let one = "p1,i1,Layla Zumurrudi,,killed";
    assert_eq!(in_release(&[total], &[one]), []);
    let numbers = |incidents: &[&str], persons: &[&str]| -> Vec<u8> {
        in_release(incidents, persons).iter().map(|breach| breach.invariant).collect()
    };
    assert_eq!(numbers(&["i1,,,exact,fair,,,killed,total,,5,5,3"], &[]), [1]);
    assert_eq!(numbers(&[total, "i1,2031-10-08,2031-10-08,exact,fair,,,killed,children,,3,3,3"], &[]), [4]);
    assert_eq!(numbers(&[total], &[one, "p2,i1,,objection,killed", "p3,i1,,objection,killed"]), [3]);
    assert_eq!(numbers(&[total, "i2,,,exact,fair,,,killed,total,,1,1,open"], &[one, "p1,i2,,,killed"]), [5]);
    assert_eq!(numbers(&["i1,2031-10-09,2031-10-08,exact,fair,,,killed,total,,2,2,2"], &[]), [7]);
    assert_eq!(numbers(&[total], &["p1,i1,Layla Zumurrudi,objection,killed"]), [17]);
    assert_eq!(numbers(&[total], &["p1,i1,Layla Zumurrudi,,injured"]), [17]);
    assert_eq!(numbers(&["i1,,,exact,fair,air,,killed,total,,2,2,2"], &[]), [18]);
    let broken = release(&Tables { incidents: "incident\ni1\n", persons: "person\n", codebook: CODES });
    assert!(broken.unwrap_err().starts_with("incidents.csv: it has no column"));
}
