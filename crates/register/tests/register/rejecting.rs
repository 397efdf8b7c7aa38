//! A misreading is taken away with what was inferred from it, and nothing else moves.

use sijil_model::codebook::Status;

use crate::support::{Fixture, Report, record, strike};

/// Two named people, a total concluded from them, and that they were civilians.
fn listed() -> (Report, [sijil_model::ClaimId; 5]) {
    let mut report = Report::new("غارة على تل الزيتون: استشهدت سلمى الزيتوني وهدى النهري في منزلهما.");
    let incident = report.incident("غارة");
    let salma = report.person("سلمى الزيتوني", Some(&incident));
    let huda = report.person("هدى النهري", Some(&incident));
    let words = ["سلمى الزيتوني", "هدى النهري"];
    let total = report.inferred(&words, None, &incident, "sum-of-parts");
    let civilian = report.inferred(&words, Some(Status::Civilian), &incident, "civilian-by-description");
    (report, [incident, salma, huda, total, civilian])
}

#[test]
fn a_rejected_number_moves_the_figure_by_exactly_that() {
    let mut fixture = Fixture::new();
    let (one, two) = (strike(1, 10), strike(2, 4));
    fixture.add(&one.report);
    fixture.add(&two.report);
    assert_eq!(fixture.killed(), (Some(14), 2));
    let before = fixture.position();
    fixture.reject(&two.toll);
    assert_eq!(fixture.killed(), (Some(10), 2), "the incident stays, without a number");
    assert_eq!(fixture.figure(before).inside.min, Some(14), "what was said then is what was said then");
    let row = fixture.register.view().claim(two.toll.as_str()).unwrap();
    assert_eq!(row.rejection.unwrap().why, "it speaks of another day");
    fixture.assert_sound();
}

#[test]
fn what_was_inferred_from_a_rejected_person_goes_with_them() {
    let mut fixture = Fixture::new();
    let (report, [incident, salma, huda, total, civilian]) = listed();
    fixture.add(&report);
    let held = |fixture: &Fixture| {
        let view = fixture.register.view();
        let row = view.incident(&record('i', &incident), fixture.position()).unwrap();
        let statements = row.incident.tellings.iter().flat_map(|telling| &telling.statements);
        (statements.map(|said| said.claim.clone()).collect::<Vec<_>>(), row.incident.named.len())
    };
    assert_eq!(held(&fixture), (vec![total, civilian], 2));
    assert_eq!(fixture.killed().0, Some(2));
    fixture.reject(&huda);
    assert_eq!(held(&fixture), (vec![], 1), "the sum counted her");
    assert_eq!(fixture.killed().0, Some(1), "one person is named still");
    let view = fixture.register.view();
    assert!(view.person(&record('p', &huda)).is_err());
    assert_eq!(view.person(&record('p', &salma)).unwrap().incident, Some(record('i', &incident)));
    assert!(view.search("هدى", 10).unwrap().iter().all(|hit| hit.kind == "document"));
    fixture.assert_sound();
}

#[test]
fn a_rejected_inference_leaves_what_it_was_inferred_from() {
    let mut fixture = Fixture::new();
    let (report, [incident, _, _, total, civilian]) = listed();
    fixture.add(&report);
    let statements = |fixture: &Fixture| {
        let row = fixture.register.view().incident(&record('i', &incident), fixture.position()).unwrap();
        row.incident.tellings[0].statements.iter().map(|said| said.claim.clone()).collect::<Vec<_>>()
    };
    fixture.reject(&civilian);
    assert_eq!(statements(&fixture), vec![total.clone()], "the total does not rest on who they were");
    fixture.reject(&total);
    assert!(statements(&fixture).is_empty());
    assert_eq!(fixture.killed().0, Some(2), "the two people are named all the same");
    fixture.assert_sound();
}

#[test]
fn a_status_inferred_for_a_rejected_total_goes_with_it() {
    let mut fixture = Fixture::new();
    let (report, [incident, _, _, total, _]) = listed();
    fixture.add(&report);
    fixture.reject(&total);
    let row = fixture.register.view().incident(&record('i', &incident), fixture.position()).unwrap();
    assert!(row.incident.tellings[0].statements.is_empty());
}

#[test]
fn a_rejected_incident_closes_its_record_and_lets_its_people_go() {
    let mut fixture = Fixture::new();
    let (report, [incident, salma, _, _, _]) = listed();
    fixture.add(&report);
    let before = fixture.position();
    fixture.reject(&incident);
    let view = fixture.register.view();
    assert_eq!(fixture.killed(), (Some(0), 0));
    assert!(view.incident(&record('i', &incident), fixture.position()).is_err());
    assert!(view.incident(&record('i', &incident), before).is_ok());
    assert_eq!(
        view.person(&record('p', &salma)).unwrap().incident,
        None,
        "no one points at a record that is closed"
    );
    fixture.assert_sound();
}

#[test]
fn a_better_reading_adopted_later_brings_the_number_back() {
    let mut fixture = Fixture::new();
    let one = strike(1, 10);
    fixture.add(&one.report);
    fixture.reject(&one.toll);
    assert_eq!(fixture.killed().0, None);
    let mut better = one.report.without(&one.toll);
    better.killed("10 people were killed", 10, &one.incident);
    fixture.extract("2", &[&better], true);
    assert_eq!(fixture.killed().0, Some(10));
    // The old version's reading comes back, and is rejected still.
    fixture.extract("1", &[&one.report], true);
    assert_eq!(fixture.killed().0, None);
    fixture.assert_sound();
}

#[test]
fn an_aggregate_rejected_later_was_there_before() {
    let mut fixture = Fixture::new();
    let mut report = Report::new("The Harbour Committee counted 135 killed in Jabal since October.");
    let aggregate = report.aggregate("135 killed", 135);
    fixture.add(&report);
    let before = fixture.position();
    fixture.reject(&aggregate);
    let view = fixture.register.view();
    assert_eq!(view.aggregates(before).unwrap().len(), 1);
    assert!(view.aggregates(fixture.position()).unwrap().is_empty());
    assert_eq!(fixture.figure(before).reconciled.len(), 1);
    assert!(fixture.figure(fixture.position()).reconciled.is_empty());
    fixture.assert_sound();
}
