//! A newer extraction is a proposal; adopted, it carries over what people said about the same words.

use sijil_model::codebook::{Fate, ModalityCode, Verdict};
use sijil_model::{ClaimId, Content, Quoted, Span};
use sijil_register::results::LinkKind;

use crate::support::{Fixture, Report, at_town, extract, link, on_day, place, record, strike};

#[test]
fn a_run_that_nobody_adopted_changes_nothing() {
    let mut fixture = Fixture::new();
    let one = strike(1, 10);
    fixture.add(&one.report);
    let run = fixture.extract("2", &[&one.report.without(&one.toll)], false);
    assert_eq!(fixture.killed().0, Some(10));
    let proposed = fixture.register.view().runs(true).unwrap();
    assert_eq!(
        proposed.iter().map(|run| (run.position, run.version.as_str())).collect::<Vec<_>>(),
        [(run, "2")]
    );
    fixture.say(sijil_register::Event::ExtractionAdopted(sijil_register::event::Adopted { run }));
    assert_eq!(fixture.killed().0, None);
    assert!(fixture.register.view().runs(true).unwrap().is_empty());
    fixture.assert_sound();
}

#[test]
fn judgements_stay_on_equal_anchors_and_vanished_ones_are_orphans() {
    let mut fixture = Fixture::new();
    let (one, two) = (strike(1, 10), strike(2, 10));
    fixture.add(&one.report);
    fixture.add(&two.report);
    fixture.judge(one.incident.as_str(), two.incident.as_str(), Verdict::Same);
    fixture.reject(&two.toll);
    let together = record('i', &one.incident);
    assert_eq!(fixture.record_of(&two.incident), Some(together.clone()));
    let before = fixture.figure(fixture.position());

    let again = one.report.with(&one.incident, |claim| claim.modality = ModalityCode::Reported);
    fixture.extract("2", &[&again, &two.report.without(&two.toll)], true);
    assert_eq!(
        fixture.record_of(&one.incident),
        Some(together.clone()),
        "the same words are the same claim, and as old"
    );
    assert_eq!(fixture.record_of(&two.incident), Some(together));
    assert_eq!(fixture.figure(fixture.position()).inside, before.inside);
    let view = fixture.register.view();
    let bound = view.claims_bound().unwrap();
    let orphan = view.claim(two.toll.as_str()).unwrap();
    assert!(orphan.valid_to.is_some());
    assert!(bound.contains(&(two.toll.to_string(), "rejection".into())));
    assert!(bound.contains(&(one.incident.to_string(), "judgement".into())));
    fixture.assert_sound();
}

#[test]
fn a_claim_that_is_about_something_else_now_leaves_what_it_was_about() {
    let mut fixture = Fixture::new();
    let mut report =
        Report::new("A strike hit Qasr Nahr, then shelling hit its market; 7 people were killed.");
    let (first, second) = (report.incident("A strike"), report.incident("shelling"));
    let toll = report.killed("7 people", 7, &first);
    let huda = {
        report.text.push_str(" Huda Sahel was among them.");
        report.person("Huda Sahel", Some(&first))
    };
    fixture.add(&report);
    let statements = |fixture: &Fixture, incident: &ClaimId| {
        let row = fixture.register.view().incident(&record('i', incident), fixture.position()).unwrap();
        (row.incident.tellings[0].statements.len(), row.incident.named.len())
    };
    assert_eq!((statements(&fixture, &first), statements(&fixture, &second)), ((1, 1), (0, 0)));
    // First only the number moves, so that nothing else makes the first record again.
    let moved = report.with(&toll, |claim| claim.about = Some(second.clone()));
    fixture.extract("2", &[&moved], true);
    assert_eq!((statements(&fixture, &first), statements(&fixture, &second)), ((0, 1), (1, 0)));
    let moved = moved.with(&huda, |claim| claim.about = Some(second.clone()));
    fixture.extract("3", &[&moved], true);
    assert_eq!((statements(&fixture, &first), statements(&fixture, &second)), ((0, 0), (1, 1)));
    assert_eq!(fixture.killed().0, Some(7));
    fixture.assert_sound();
}

#[test]
fn two_claims_with_one_anchor_in_one_run_are_one_however_often_it_runs() {
    let mut fixture = Fixture::new();
    let mut one = strike(1, 10);
    let twin = sijil_model::Claim { modality: ModalityCode::Quoted, ..one.report.claims[1].clone() };
    one.report.claims.push(twin);
    fixture.add(&one.report);
    fixture.extract("2", &[&one.report], true);
    fixture.extract("3", &[&one.report], true);
    let row = fixture.register.view().incident(&record('i', &one.incident), fixture.position()).unwrap();
    assert_eq!(row.incident.tellings[0].statements.len(), 1);
    fixture.assert_sound();
}

#[test]
fn the_title_follows_the_place_as_the_report_names_it() {
    let mut fixture = Fixture::new();
    let one = strike(1, 10);
    fixture.add(&one.report);
    let title = |fixture: &Fixture| {
        fixture.register.view().incident(&record('i', &one.incident), fixture.position()).unwrap().title
    };
    assert_eq!(title(&fixture), "Tell Zaytun");
    let renamed = one.report.with(&one.place, |claim| {
        if let Content::Place(phrase) = &mut claim.content {
            phrase.text = "town of Tell Zaytun".into();
        }
    });
    fixture.extract("2", &[&renamed], true);
    assert_eq!(title(&fixture), "town of Tell Zaytun");
    fixture.assert_sound();
}

#[test]
fn places_and_times_come_in_and_are_replaced() {
    let mut fixture = Fixture::new();
    let one = strike(1, 10);
    fixture.add(&one.report);
    let incident = |fixture: &Fixture, at| {
        fixture.register.view().incident(&record('i', &one.incident), at).unwrap().incident
    };
    assert!(!incident(&fixture, fixture.position()).dated);
    fixture.write(|writing| place(writing, &[at_town(&one.place), on_day(&one.time, "2015-11-05")]));
    let then = fixture.position();
    let placed = incident(&fixture, then);
    assert!(placed.dated && placed.places[0].chain[0].as_str() == "xm:tell-zaytun");
    fixture.write(|writing| place(writing, &[on_day(&one.time, "2015-11-06")]));
    assert_eq!(incident(&fixture, fixture.position()).when.latest.unwrap().to_string(), "2015-11-06");
    assert_eq!(incident(&fixture, then).when.latest.unwrap().to_string(), "2015-11-05");
    fixture.assert_sound();
}

#[test]
fn a_repost_linked_later_is_no_second_voice() {
    let mut fixture = Fixture::new();
    let (one, two) = (strike(1, 10), strike(2, 12));
    fixture.add(&one.report);
    fixture.add(&two.report);
    fixture.judge(one.incident.as_str(), two.incident.as_str(), Verdict::Same);
    let origins = |fixture: &Fixture| {
        let row = fixture.register.view().incident(&record('i', &one.incident), fixture.position()).unwrap();
        row.incident
            .tellings
            .iter()
            .map(|telling| telling.origin.clone())
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    assert_eq!(origins(&fixture), 2);
    let parts = (format!("{}:0", one.report.document), format!("{}:0", two.report.document));
    fixture.write(|writing| link(writing, LinkKind::Repost, &[(&parts.0, &parts.1)]));
    assert_eq!(origins(&fixture), 1);
    fixture.assert_sound();
}

#[test]
fn rows_of_a_list_are_found_after_some_of_them_were_read_anew() {
    let mut fixture = Fixture::new();
    let mut list = Report::new("name,age\nSalma Zaytun,30\nHuda Sahel,4\nNour Nahr,9\nRim Jabal,70\n");
    let people: Vec<ClaimId> = ["Salma Zaytun", "Huda Sahel", "Nour Nahr", "Rim Jabal"]
        .iter()
        .enumerate()
        .map(|(at, name)| {
            list.person(name, None);
            let claim = list.claims.last_mut().unwrap();
            let span = Span::Cell { row: at as u32 + 1, column: None };
            claim.spans = vec![Quoted { span, quote: (*name).to_owned() }];
            claim.id = sijil_model::claim::claim_id(&list.document, &claim.spans, &claim.content);
            claim.id.clone()
        })
        .collect();
    fixture.write(|writing| {
        list.arrive(writing)?;
        extract(writing, "1", &[&list], true)
    });
    // Another version says something else of the first and third row: `injured` names another claim, an age does not.
    let again = list.with(&people[0], |claim| {
        if let Content::Person(said) = &mut claim.content {
            said.age = Some(31);
        }
    });
    let again = again.with(&people[2], |claim| {
        if let Content::Person(said) = &mut claim.content {
            said.fate = Some(Fate::Injured);
        }
    });
    fixture.extract("2", &[&again], true);
    let view = fixture.register.view();
    for row in 1..=4_u32 {
        let found = view.claims_of_rows(list.document.as_str(), row, row).unwrap();
        assert_eq!(found.len(), 1, "row {row}");
        assert_eq!(found[0].claim.spans[0].span, Span::Cell { row, column: None });
    }
    assert_eq!(view.claims_of_rows(list.document.as_str(), 2, 4).unwrap().len(), 3);
    assert_eq!(view.person(&record('p', &people[0])).unwrap().age, Some(31));
    assert!(view.person(&record('p', &people[2])).is_err());
    fixture.assert_sound();
}
