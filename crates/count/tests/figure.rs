//! Figures: what is excluded and why, breakdowns, places that nobody looked up, what was watched.
#![allow(clippy::unwrap_used, reason = "a test stops at what is wrong")]

mod made_up;

use made_up::{Happened, exact, incident, killed, open, telling};
use sijil_count::{
    Area, Beside, By, CountError, ExclusionReason, Figure, Incident, Question, Undated, Watched, count,
};
use sijil_model::codebook::Grading;
use sijil_model::date::Edtf;
use sijil_model::{PlaceId, Upper};

fn dead(id: &str, n: u64) -> Incident {
    incident(id, vec![telling("hospital", 0, vec![killed(&format!("c-{id}"), exact(n))])])
}

fn answered(question: &Question, incidents: &[Incident]) -> Figure {
    let sahel = Area { place: PlaceId::new("xm:sahel").unwrap(), within: vec![PlaceId::new("xm").unwrap()] };
    count(question, &open(), incidents.iter(), &Beside { areas: &[sahel], ..Beside::default() }).unwrap()
}

#[test]
fn what_is_left_out_is_listed_with_who_decided_and_when() {
    let incidents = [
        dead("i1", 4),
        dead("i2", 5).graded(Grading::Discounted).left_out("fighters only"),
        dead("i3", 6).left_out("told twice"),
    ];
    let figure = answered(&Question::default(), &incidents);
    assert_eq!((figure.inside.min, figure.excluded.len()), (Some(4), 2));
    let first = &figure.excluded[0];
    assert_eq!(
        (first.id.as_str(), first.code, first.reason.as_str()),
        ("i2", ExclusionReason::Discounted, "fighters only")
    );
    assert!(first.decided_by.is_some() && first.at.is_some());
    assert_eq!(figure.excluded[1].code, ExclusionReason::Decided);
}

#[test]
fn undated_and_unplaced_incidents_have_rows_of_their_own() {
    let incidents = [
        dead("i1", 4).on("2031-10-05").at(&["xm:port-amal", "xm:sahel", "xm"]),
        dead("i2", 5).on("2031-10-30/2031-11-02").at(&["xm:sahel", "xm"]),
        dead("i3", 6),
    ];
    let question = Question { by: vec![By::Governorate, By::Month], ..Question::default() };
    let figure = answered(&question, &incidents);
    let keys: Vec<String> = figure.rows.iter().map(|row| serde_json::to_string(&row.key).unwrap()).collect();
    assert_eq!(
        keys,
        [
            r#"{"governorate":"xm:sahel","month":"2031-10"}"#,
            r#"{"governorate":"xm:sahel","month":null}"#,
            r#"{"governorate":null,"month":null}"#,
        ]
    );
    assert_eq!(figure.rows.iter().map(|row| row.inside.min).collect::<Vec<_>>(), [Some(4), Some(5), Some(6)]);
    assert!(!figure.rows_overlap);
}

#[test]
fn rows_by_actor_overlap_and_say_so() {
    let incidents = [dead("i1", 4).by("north").by("south"), dead("i2", 1).by("north")];
    let figure = answered(&Question { by: vec![By::Actor], ..Question::default() }, &incidents);
    assert_eq!((figure.inside.min, figure.rows_overlap), (Some(5), true));
    assert_eq!(figure.rows.iter().map(|row| row.inside.min).collect::<Vec<_>>(), [Some(5), Some(4)]);
}

#[test]
fn what_is_possibly_inside_stands_apart() {
    let incidents = [
        dead("i1", 4).on("2031-10-05").at(&["xm:port-amal", "xm:sahel", "xm"]),
        dead("i2", 5).on("2031-10-30/2031-11-02").at(&["xm:sahel", "xm"]),
        dead("i3", 6).on("2031-10-05").at(&["xm"]),
        dead("i4", 7).on("2031-12-05").at(&["xm:sahel", "xm"]),
    ];
    let question = Question {
        places: vec![PlaceId::new("xm:sahel").unwrap()],
        period: Some(Edtf::new("2031-10").unwrap()),
        ..Question::default()
    };
    let figure = answered(&question, &incidents);
    assert_eq!((figure.inside.min, figure.possibly_inside.min, figure.records.len()), (Some(4), Some(11), 3));
    let excluding = answered(&Question { undated: Undated::Exclude, ..question }, &incidents);
    assert_eq!(
        excluding.excluded.iter().map(|e| e.code).collect::<Vec<_>>(),
        [ExclusionReason::PossiblyInside; 2]
    );
}

#[test]
fn a_place_that_nobody_looked_up_is_refused() {
    let question = Question { places: vec![PlaceId::new("xm:nahr").unwrap()], ..Question::default() };
    let refused = count(&question, &open(), [].iter(), &Beside::default());
    assert!(matches!(refused, Err(CountError::UnknownPlace { .. })));
}

#[test]
fn the_json_is_the_contract_s() {
    let watched = [Watched {
        id: "n1".to_owned(),
        period: Some(Edtf::new("2031-10").unwrap()),
        places: vec!["xm-port-amal".to_owned()],
        areas: Vec::new(),
        searched: "local pages in Arabic".to_owned(),
        channels: vec!["telegram".to_owned()],
        dark: vec!["Port Amal, 3 to 9 October".to_owned()],
    }];
    let beside = Beside { watched: &watched, log_position: Some(41), ..Beside::default() };
    let figure = count(&Question::default(), &open(), [incident("i1", vec![])].iter(), &beside).unwrap();
    assert_eq!(figure.inside.max, Upper::Unknown);
    let json = serde_json::to_value(&figure).unwrap();
    for field in [
        "question",
        "log_position",
        "rules",
        "min",
        "highest_reported",
        "max",
        "open_ends",
        "unknown",
        "named",
        "possibly_inside",
        "watched",
        "records",
        "excluded",
        "reconciled",
        "rows",
    ] {
        assert!(json.get(field).is_some(), "{field}");
    }
    assert_eq!(
        (&json["min"], &json["max"], &json["unknown"]),
        (&serde_json::Value::Null, &serde_json::Value::Null, &1.into())
    );
    assert_eq!(json["watched"][0]["dark"][0], "Port Amal, 3 to 9 October");
}

#[test]
fn a_note_stands_beside_the_figures_that_it_touches() {
    let area = |text: &str, within: &[&str]| Area {
        place: PlaceId::new(text).unwrap(),
        within: within.iter().map(|outer| PlaceId::new(*outer).unwrap()).collect(),
    };
    let note = |id: &str, period: &str, places: &[&str], areas: Vec<Area>| Watched {
        id: id.to_owned(),
        period: Some(Edtf::new(period).unwrap()),
        places: places.iter().map(|place| (*place).to_owned()).collect(),
        areas,
        searched: String::new(),
        channels: Vec::new(),
        dark: Vec::new(),
    };
    let watched = [
        note("town", "2031-10", &["Port Amal"], vec![area("xm:port", &["xm:sahel", "xm"])]),
        note("other", "2031-10", &["Nahr"], vec![area("xm:nahr", &["xm"])]),
        note("country", "2031-09/2031-11", &[], Vec::new()),
        note("unknown", "2031-10", &["where the river bends"], Vec::new()),
        note("earlier", "2031-05", &[], Vec::new()),
    ];
    let areas = [area("xm:sahel", &["xm"])];
    let beside = Beside { watched: &watched, areas: &areas, ..Beside::default() };
    let asked = |places: Vec<PlaceId>| {
        let question =
            Question { places, period: Some(Edtf::new("2031-10").unwrap()), ..Question::default() };
        let figure = count(&question, &open(), [].iter(), &beside).unwrap();
        figure.watched.into_iter().map(|note| note.id).collect::<Vec<_>>()
    };
    assert_eq!(asked(vec![PlaceId::new("xm:sahel").unwrap()]), ["town", "country", "unknown"]);
    assert_eq!(asked(Vec::new()), ["town", "other", "country", "unknown"]);
}
