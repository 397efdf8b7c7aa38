//! How SQLite goes about the queries that must stay fast in a register of a million claims: by index, never through
//! a whole table.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::View;
use crate::records;
use crate::results::LinkKind;

thread_local!(static RUN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) });

fn note(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(_, sql) = event {
        RUN.with(|run| run.borrow_mut().push(sql.to_owned()));
    }
}

/// The plan of every statement that `ask` runs, as SQLite words it.
fn plans(ask: impl FnOnce(&mut View)) -> Vec<String> {
    let mut view = View::in_memory(None).unwrap();
    RUN.with(|run| run.borrow_mut().clear());
    view.db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note));
    ask(&mut view);
    view.db.trace_v2(TraceEventCodes::empty(), None);
    let statements: Vec<String> = RUN.with(RefCell::take);
    assert!(!statements.is_empty());
    // What the search index runs inside itself is told as a comment.
    let asked = statements
        .iter()
        .filter(|sql| !sql.starts_with("--") && (sql.contains("SELECT") || sql.contains("UPDATE")));
    asked
        .flat_map(|sql| {
            let mut statement = view.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let unbound = vec![rusqlite::types::Value::Null; statement.parameter_count()];
            let rows = statement
                .query_map(rusqlite::params_from_iter(unbound), |row| row.get::<_, String>(3))
                .unwrap();
            rows.map(|step| format!("{} in {sql}", step.unwrap())).collect::<Vec<_>>()
        })
        .collect()
}

/// What a query may go through whole: what it was given.
const GIVEN: [&str; 3] = ["SCAN CONSTANT", "SCAN json_each", "SCAN given"];

#[track_caller]
fn assert_by(index: &str, plans: &[String]) {
    let scans: Vec<_> = plans
        .iter()
        .filter(|step| step.starts_with("SCAN ") && !GIVEN.iter().any(|given| step.starts_with(given)))
        .collect();
    assert!(scans.is_empty(), "{scans:#?}");
    assert!(plans.iter().any(|step| step.contains(index)), "nothing goes by {index}: {plans:#?}");
}

#[test]
fn what_is_asked_of_one_thing_goes_by_its_index() {
    let at = 9;
    assert_by("claim_by_document", &plans(|view| drop(view.claims_of_document("d").unwrap())));
    assert_by("claim_by_document", &plans(|view| drop(view.claims_of_document_page("d", 0, 9).unwrap())));
    assert_by(
        "claim_by_document (document=? AND part=?)",
        &plans(|view| drop(view.claims_of_part("d", 0).unwrap())),
    );
    assert_by(
        "(document=? AND part=? AND row>? AND row<?)",
        &plans(|view| drop(view.claims_of_rows("d", 1, 9).unwrap())),
    );
    assert_by("claim_by_document", &plans(|view| assert!(!view.names_somebody("d").unwrap())));
    assert_by("claim_by_about", &plans(|view| drop(view.claims_about("c").unwrap())));
    assert_by("claim_by_id", &plans(|view| drop(view.claim("c").unwrap_err())));
    assert_by("claim_by_kind", &plans(|view| drop(view.claims_of_kind("aggregate", at).unwrap())));
    assert_by("person_by_name_key", &plans(|view| drop(view.people_named("salma").unwrap())));
    assert_by("person_by_incident", &plans(|view| drop(view.people_of("i").unwrap())));
    assert_by("person", &plans(|view| drop(view.person("p").unwrap_err())));
    assert_by("member_by_record", &plans(|view| drop(view.members("i").unwrap())));
    assert_by("member", &plans(|view| drop(view.record_of("c").unwrap())));
    assert_by("decision_by_target", &plans(|view| drop(view.decisions_on("i").unwrap())));
    assert_by("link_by_right", &plans(|view| drop(view.links_of("c").unwrap())));
    assert_by("judgement_by_right", &plans(|view| drop(view.judgements_of("c").unwrap())));
    assert_by("incident", &plans(|view| drop(view.incident("i", at).unwrap_err())));
    assert_by("placed", &plans(|view| drop(view.place_of("c", at).unwrap())));
    assert_by("part_by_repost_key", &plans(|view| drop(view.part_with_words("k").unwrap())));
    assert_by("published", &plans(|view| drop(view.published("d", 0).unwrap())));
    assert_by("entry_by_position", &plans(|view| drop(view.entry(at).unwrap_err())));
}

#[test]
fn an_increment_asks_about_those_in_its_reach() {
    let claims = BTreeSet::from(["c".to_owned()]);
    assert_by("claim_by_id", &plans(|view| drop(view.named_among(&claims).unwrap())));
    for index in ["link_by_right", "judgement_by_left", "drawn_by_component"] {
        assert_by(index, &plans(|view| drop(view.tied_to(&claims).unwrap())));
    }
    assert_by("link_by_right", &plans(|view| drop(view.reposts_among(&claims).unwrap())));
    assert_by(
        "link USING PRIMARY KEY",
        &plans(|view| drop(view.links_from(LinkKind::Person, &claims).unwrap())),
    );
    assert_by("drawn USING PRIMARY KEY", &plans(|view| drop(view.drawn_among(&claims).unwrap())));
    assert_by("claim_by_document", &plans(|view| drop(view.people_in_part("d", 0, true).unwrap())));
    assert_by("answer_by_day", &plans(|view| drop(view.incidents_near("2031-03-12", "2031-03-12").unwrap())));
    assert_by("claim_by_about", &plans(|view| drop(view.governorates_of("c").unwrap())));
    assert_by("claim_by_kind", &plans(|view| drop(view.newest_incidents(9).unwrap())));
    assert_by("reach USING PRIMARY KEY", &plans(|view| drop(view.claims_with_key::<6>(7).unwrap())));
}

/// Three incident claims that links join, the ends of which a person parted, and somebody who was there.
const THREE: &str = r#"
    INSERT INTO document (id, media_type, size, added) VALUES ('d', 'text/plain', 1, 1);
    INSERT INTO entry (position, origin, number, kind, time) VALUES (1, 'o', 0, 'judgement.made', 0);
    INSERT INTO claim (id, document, part, kind, about, body, valid_from)
      SELECT value, 'd', 0, 'incident', NULL, '{"spans":[],"says":"incident","strikes":null,"modality":"asserted","basis":"stated"}', 1
      FROM json_each('["ca", "cb", "cc"]');
    INSERT INTO claim (id, document, part, kind, about, body, valid_from)
      VALUES ('cp', 'd', 0, 'person', 'ca', '{"spans":[],"says":"person","name":"Salma","fate":"killed","modality":"asserted","basis":"stated"}', 1),
             ('ct', 'd', 0, 'time', 'ca', '{"spans":[],"says":"quote","modality":"asserted","basis":"stated"}', 1);
    INSERT INTO link VALUES ('incident', 'ca', 'cb', '', NULL, 1, NULL), ('incident', 'cb', 'cc', '', NULL, 1, NULL);
    INSERT INTO judgement VALUES (1, 'ca', 'cc', 'different', '', NULL, 1, NULL);
"#;

#[test]
fn making_a_record_again_reads_what_it_is_made_of_and_no_more() {
    let plans = plans(|view| {
        view.db.trace_v2(TraceEventCodes::empty(), None);
        view.db.execute_batch(THREE).unwrap();
        view.db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note));
        let tx = view.db.transaction().unwrap();
        let mut dirty = super::Dirty::default();
        dirty.documents.insert("d".to_owned());
        records::refresh(&tx, 2, &dirty).unwrap();
        // Again, so that records that stand are made anew, and one is left.
        tx.execute("UPDATE claim SET valid_to = 3 WHERE id = 'cb'", []).unwrap();
        dirty.claims.insert("cb".to_owned());
        records::refresh(&tx, 3, &dirty).unwrap();
        tx.commit().unwrap();
    });
    for index in [
        "claim_by_id",
        "claim_by_about",
        "claim_by_document",
        "member_by_record",
        "link_by_right",
        "judgement_by_left",
        "judgement_by_right",
        "decision_by_target",
        "person_by_incident",
        "drawn",
    ] {
        assert_by(index, &plans);
    }
}

/// Every incident of a position is read for a figure: that is one walk through them, and nothing is sorted beside it.
#[test]
fn incidents_as_of_a_position_are_one_walk_in_order() {
    let plans = plans(|view| drop(view.incidents(9).unwrap()));
    assert_eq!(plans.len(), 1, "{plans:#?}");
    assert!(!plans[0].contains("TEMP B-TREE"), "{plans:#?}");
}
