//! What people decide: it holds, it can be replaced, two heads are shown as conflicting, and no link undoes it.

use sijil_count::{Question, Standing};
use sijil_model::codebook::{Grading, Reliability, Verdict};
use sijil_register::Event;
use sijil_register::event::Decision;
use sijil_register::results::LinkKind;

use crate::support::{Fixture, Strike, author, clock, found, link, record, source, strike};

fn one() -> (Fixture, Strike, String) {
    let mut fixture = Fixture::new();
    let one = strike(1, 10);
    fixture.add(&one.report);
    let incident = record('i', &one.incident);
    (fixture, one, incident)
}

#[test]
fn a_document_s_date_is_decided_and_only_that_moves() {
    let mut fixture = Fixture::new();
    let (one, two) = (strike(1, 10), strike(2, 4));
    let mut one = one;
    one.report = one.report.published("2015-11-30");
    fixture.add(&one.report);
    fixture.add(&two.report);
    let published = |fixture: &Fixture| {
        let view = fixture.register.view();
        view.published(one.report.document.as_str(), 0).unwrap().map(|day| day.as_str().to_owned())
    };
    let order = |fixture: &Fixture, at| {
        fixture.register.view().incident(&record('i', &one.incident), at).unwrap().incident.tellings[0].order
    };
    let other = fixture.register.view().incident(&record('i', &two.incident), fixture.position()).unwrap();
    let then = fixture.position();
    assert_eq!(published(&fixture).as_deref(), Some("2015-11-30"));
    let first = fixture.decide(one.report.document.as_str(), "published", "2015-11-28", &[]);
    assert_eq!(published(&fixture).as_deref(), Some("2015-11-28"));
    assert_eq!(order(&fixture, fixture.position()), order(&fixture, then) - 2);
    // Somebody else knows another date: neither counts until one replaces the other.
    let second = fixture.decide(one.report.document.as_str(), "published", "2015-11-27", &[]);
    assert_eq!(published(&fixture).as_deref(), Some("2015-11-30"));
    fixture.decide(one.report.document.as_str(), "published", "2015-11-27", &[first, second]);
    assert_eq!(published(&fixture).as_deref(), Some("2015-11-27"));
    assert_eq!(
        fixture.register.view().incident(&record('i', &two.incident), fixture.position()).unwrap(),
        other
    );
    fixture.assert_sound();
}

#[test]
fn an_excluded_incident_is_in_no_figure_and_comes_back() {
    let (mut fixture, _, incident) = one();
    let out = fixture.decide(&incident, "excluded", "yes", &[]);
    let figure = fixture.figure(fixture.position());
    assert_eq!(figure.inside.min.unwrap_or(0), 0);
    assert_eq!(figure.excluded.len(), 1);
    fixture.decide(&incident, "excluded", "no", &[out]);
    assert_eq!(fixture.killed(), (Some(10), 1));
    fixture.assert_sound();
}

#[test]
fn two_grades_are_none_until_one_supersedes() {
    let (mut fixture, _, incident) = one();
    let grade = |fixture: &Fixture| {
        fixture.register.view().incident(&incident, fixture.position()).unwrap().incident.grading
    };
    let first = fixture.decide(&incident, "grading", "confirmed", &[]);
    assert_eq!(grade(&fixture), Grading::Confirmed);
    let second = fixture.decide(&incident, "grading", "weak", &[]);
    assert_eq!(grade(&fixture), Grading::Ungraded);
    let heads = fixture.register.view().decisions_on(&incident).unwrap();
    assert_eq!(heads.iter().filter(|head| head.in_force).count(), 2);
    fixture.decide(&incident, "grading", "fair", &[first, second]);
    assert_eq!(grade(&fixture), Grading::Fair);
    let heads = fixture.register.view().decisions_on(&incident).unwrap();
    assert_eq!(
        heads.iter().map(|head| (head.value.as_str(), head.in_force)).collect::<Vec<_>>(),
        [("fair", true), ("weak", false), ("confirmed", false)]
    );
    fixture.assert_sound();
}

#[test]
fn a_decided_number_replaces_the_reports_until_it_is_superseded() {
    let (mut fixture, _, incident) = one();
    let then = fixture.position();
    let first = fixture.decide(&incident, "killed", "12-14", &[]);
    let decided = fixture.figure(fixture.position());
    assert_eq!((decided.inside.min, decided.inside.max), (Some(12), sijil_model::Upper::Known(14)));
    fixture.decide(&incident, "killed", "11", &[first]);
    assert_eq!(fixture.killed().0, Some(11));
    assert_eq!(fixture.figure(then).inside.min, Some(10));
    fixture.assert_sound();
}

#[test]
fn disputed_status_makes_civilians_uncertain_and_leaves_the_total() {
    let (mut fixture, _, incident) = one();
    let civilians = |fixture: &Fixture| {
        let question = Question { status: Some(Standing::Civilian), ..Question::default() };
        fixture.register.view().count(&question, &[], fixture.position()).unwrap().inside
    };
    assert_eq!(civilians(&fixture).min, Some(10));
    fixture.decide(&incident, "disputed.killed", "all", &[]);
    let after = civilians(&fixture);
    assert_eq!((after.min, after.max), (Some(0), sijil_model::Upper::Known(10)));
    assert_eq!(fixture.killed().0, Some(10));
    fixture.assert_sound();
}

#[test]
fn a_decided_place_and_date_stand_for_the_reports_own() {
    let (mut fixture, _, incident) = one();
    let place = serde_json::to_string(&found("xm:tell-zaytun")).unwrap();
    fixture.decide(&incident, "place", &place, &[]);
    fixture.decide(&incident, "date", "2015-11-05", &[]);
    let row = fixture.register.view().incident(&incident, fixture.position()).unwrap();
    assert!(row.incident.dated);
    assert_eq!(row.incident.places.len(), 1);
    assert_eq!(row.incident.places[0].chain[0].as_str(), "xm:tell-zaytun");
    // A second date, from somebody who did not see the first: conflicting, so the reports count again.
    fixture.decide(&incident, "date", "2015-11-07", &[]);
    assert!(!fixture.register.view().incident(&incident, fixture.position()).unwrap().incident.dated);
    fixture.assert_sound();
}

#[test]
fn what_was_decided_of_a_record_follows_its_claim_into_another_and_back() {
    let mut fixture = Fixture::new();
    let (one, two) = (strike(1, 10), strike(2, 4));
    fixture.add(&one.report);
    fixture.add(&two.report);
    let (older, younger) = (record('i', &one.incident), record('i', &two.incident));
    fixture.decide(&younger, "killed", "21", &[]);
    fixture.decide(&younger, "grading", "confirmed", &[]);
    assert_eq!(fixture.killed().0, Some(31));
    // A machine's link does not undo what a person decided.
    fixture.write(|writing| {
        link(writing, LinkKind::Incident, &[(one.incident.as_str(), two.incident.as_str())])
    });
    assert_eq!(fixture.killed(), (Some(21), 1));
    let view = fixture.register.view();
    assert_eq!(view.incident(&older, fixture.position()).unwrap().incident.grading, Grading::Confirmed);
    assert_eq!(view.decisions_on(&older).unwrap().len(), 2);
    // What is decided of the younger id now still arrives.
    let late = fixture.decide(&younger, "excluded", "yes", &[]);
    assert_eq!(fixture.figure(fixture.position()).excluded.len(), 1);
    fixture.decide(&younger, "excluded", "no", &[late]);
    fixture.judge(&older, &younger, Verdict::Different);
    assert_eq!(fixture.killed(), (Some(31), 2));
    fixture.assert_sound();
}

#[test]
fn a_person_s_fields_are_decided() {
    let mut fixture = Fixture::new();
    let mut one = strike(1, 3);
    one.report.text.push_str(" Huda Sahel was among them.");
    let huda = one.report.person("Huda Sahel", Some(&one.incident));
    fixture.add(&one.report);
    let person = record('p', &huda);
    fixture.decide(&person, "name", "هدى الساحلي", &[]);
    fixture.decide(&person, "age", "8", &[]);
    fixture.decide(&person, "age_class", "child", &[]);
    let view = fixture.register.view();
    let row = view.person(&person).unwrap();
    assert_eq!(
        (row.name.as_deref(), row.age, row.age_class.as_deref()),
        (Some("هدى الساحلي"), Some(8), Some("child"))
    );
    assert!(view.search("هدى الساحلى", 5).unwrap().iter().any(|hit| hit.id == person));
    let question = Question { class: sijil_model::codebook::Class::Children, ..Question::default() };
    assert_eq!(view.count(&question, &[], fixture.position()).unwrap().inside.min, Some(1));
    fixture.decide(&person, "age", "9", &[]);
    assert_eq!(
        fixture.register.view().person(&person).unwrap().age,
        Some(30),
        "two heads: what the report says"
    );
    fixture.assert_sound();
}

#[test]
fn a_source_that_is_not_trusted_any_more_is_not_counted() {
    let mut fixture = Fixture::new();
    let mut one = strike(1, 10);
    fixture.say(source("harbour-news", Reliability::Unsure, None));
    one.report = one.report.from("harbour-news");
    fixture.add(&one.report);
    let reliable = |fixture: &Fixture, at| {
        fixture.register.view().incident(&record('i', &one.incident), at).unwrap().incident.tellings[0]
            .reliable
    };
    let then = fixture.position();
    assert!(reliable(&fixture, then));
    fixture.say(source("harbour-news", Reliability::HighlyUnreliable, None));
    assert!(!reliable(&fixture, fixture.position()));
    assert!(reliable(&fixture, then));
    // The document turns out to be another source's.
    fixture.say(source("river-watch", Reliability::LikelyReliable, None));
    fixture.decide(one.report.document.as_str(), "source", "river-watch", &[]);
    assert!(reliable(&fixture, fixture.position()));
    fixture.assert_sound();
}

#[test]
fn a_value_that_its_field_cannot_hold_never_enters_the_log() {
    let (mut fixture, one, incident) = one();
    let before = fixture.position();
    let person = record('p', &one.incident);
    for (target, field, value) in [
        (incident.as_str(), "date", "yesterday"),
        (&incident, "killed", "many"),
        (&incident, "grading", "good"),
        (&incident, "place", "Tell Zaytun"),
        (&incident, "disputed.killed", "some"),
        (&person, "sex", "girl"),
        (&person, "age", "eight"),
        (one.report.document.as_str(), "published", "28/11/2015"),
    ] {
        let event = crate::support::decision(target, field, value, &[]);
        let refused = fixture.register.write(&author(), &clock, |writing| writing.say(event));
        assert!(refused.is_err(), "{field} = {value}");
    }
    assert_eq!(fixture.position(), before);
    fixture.assert_sound();
}

#[test]
fn settings_figures_clearings_and_signatures_hold_once() {
    let (mut fixture, _, incident) = one();
    let setting = |value: &str| Event::SettingChanged { key: "country".into(), value: value.into() };
    let first = fixture.say(setting("XM"));
    fixture.say(setting("XN"));
    fixture.write(|writing| {
        writing.say(Event::Cleared { targets: vec![incident.clone()] })?;
        writing.say(Event::Signed { targets: vec![incident.clone()] })?;
        writing.say(Event::Signed { targets: vec![incident.clone()] })
    });
    fixture.say(Event::Signed { targets: vec![incident.clone()] });
    fixture.say(Event::Cleared { targets: vec![incident.clone()] });
    fixture.say(Event::ObjectionMade { person: "p1".into(), why: "the family asks".into() });
    fixture.say(Event::ObjectionMade { person: "p1".into(), why: "the family asks again".into() });
    let view = fixture.register.view();
    assert_eq!(view.setting("country", None).unwrap().as_deref(), Some("XN"));
    assert_eq!(view.setting("country", Some(first)).unwrap().as_deref(), Some("XM"));
    assert_eq!(view.cleared_and_signed(&incident).unwrap().1, ["recorder-1"]);
    assert_eq!(view.objections().unwrap(), ["p1"]);
    fixture.assert_sound();
}

#[test]
fn what_a_decision_rests_on_is_kept_with_it() {
    let (mut fixture, one, incident) = one();
    fixture.say(Event::DecisionMade(Decision {
        target: incident.clone(),
        field: "killed".into(),
        value: "9".into(),
        why: "one of the ten was counted twice".into(),
        used: vec![one.toll.to_string()],
        rejected: vec![one.toll.to_string()],
        supersedes: Vec::new(),
    }));
    let row = fixture.register.view().incident(&incident, fixture.position()).unwrap();
    let number = &row.incident.decisions.numbers[0];
    assert_eq!((&number.used, number.by.as_str()), (&vec![one.toll], "recorder-1"));
    assert_eq!(number.at, "2015-11-28T10:40Z");
}
