//! Figures as people ask for them: the founding document's, what moved an answer, and what each choice moves.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::reports::report;
use crate::support::{Home, sha256, sijil};

/// The founding document, where it is at hand.
fn article() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed/article.txt"));
    if !path.exists() {
        println!("skipped: the founding document is not here, so its figures were not counted");
        return None;
    }
    Some(path)
}

/// The claim of a kind among those reconciled.
fn of_kind<'a>(figure: &'a Value, kind: &str, claimed: &Value) -> &'a Value {
    let all = figure["reconciled"].as_array().unwrap();
    all.iter().find(|one| one["kind"] == kind && one["claimed"] == *claimed).unwrap()
}

#[test]
fn the_founding_document_s_figures_and_their_reasons() {
    let Some(article) = article() else { return };
    let home = Home::empty();
    crate::support::sijil(["init", home.register.to_str().unwrap(), "--country", "SY"]).ends(0);
    home.add([&article]).ends(0);
    let described = home.count(&["--status", "civilian-described"]);
    assert!(described["min"].as_u64() >= Some(4) && described["max"] == "open", "{described}");
    let civilian = home.count(&["--status", "civilian"]);
    assert!(civilian["min"].as_u64() >= Some(14) && civilian["max"] == "open", "{civilian}");
    assert_eq!((&civilian["unknown"], &civilian["incidents"]), (&json!(1), &json!(3)));
    let without: Vec<&Value> =
        civilian["records"].as_array().unwrap().iter().filter(|record| record["min"].is_null()).collect();
    assert_eq!(without.len(), 1, "the incident without a number is listed");

    let total = of_kind(&civilian, "total", &json!([135, 135]));
    assert_eq!((&total["inside"]["min"], &total["inside"]["incidents"]), (&json!(0), &json!(0)));
    assert!(total["possibly_inside"]["min"].as_u64() >= Some(14), "{total}");
    assert_eq!(total["possibly_inside"]["max"], "open");
    assert_eq!((&total["share"], &total["why"]), (&Value::Null, &json!("2 of 2 incidents undated")));
    let ratio = of_kind(&civilian, "ratio", &json!([2, 2]));
    assert_eq!((&ratio["of"], &ratio["proportion"]), (&json!([26, 26]), &json!([0.077, 0.077])));
    assert_eq!(ratio["stances"][0]["says"], "stated_target");
    let share = of_kind(&civilian, "share", &json!([null, null]));
    assert!(share["why"].as_str().unwrap().contains("never turned into people"), "{share}");
    let comparison = of_kind(&civilian, "comparison", &json!([null, null]));
    let sides = comparison["sides"].as_array().unwrap();
    assert_eq!((&sides[0]["inside"]["min"], &sides[1]["inside"]["min"]), (&json!(14), &json!(0)));
    assert!(comparison["why"].as_str().unwrap().contains("cannot test this"));
    let target =
        civilian["contested"].as_array().unwrap().iter().find(|one| one["kind"] == "target").unwrap();
    assert_eq!(target["sides"][1]["claims"].as_array().unwrap().len(), 2, "{target}");

    home.run(["count", "--status", "civilian"]).ends(0).says(&[
        "at least 14; upper end not known in 2 of 3 incidents",
        "without a number: 1; listed, adds nothing",
        "civilian-by-default in 2: Civilians because nothing says otherwise.",
        "documented inside: no incident; possibly inside: at least 14",
        "coverage not computable: 2 of 2 incidents undated",
        "claimed 2 of 26 (7.7 %)",
        "beside the stated target of Russia",
        "claimed 40.0 %",
        "never turned into people",
        "documented counts cannot test this",
        "nothing military there",
    ]);
}

/// The close reading's test 2: the publication date moves what rests on it, and nothing else.
#[test]
fn the_founding_document_s_date_moves_the_reconciliation_alone() {
    let Some(article) = article() else { return };
    let home = Home::empty();
    crate::support::sijil(["init", home.register.to_str().unwrap(), "--country", "SY"]).ends(0);
    home.add([&article]).ends(0);
    let id = sha256(std::fs::read(&article).unwrap());
    let undated = home.count(&[]);
    let published = |day: &str| {
        home.run(["decide", &id, "published", day, "--why", "read from the page"]).ends(0);
        let figure = home.count(&[]);
        assert_eq!((&figure["min"], &figure["records"]), (&undated["min"], &undated["records"]));
        let total = of_kind(&figure, "total", &json!([135, 135]));
        (total["possibly_inside"]["min"].clone(), total["why"].clone())
    };
    assert_eq!(published("2015-11-28"), (json!(14), json!("1 of 2 incidents undated")));
    assert_eq!(published("2015-12-10"), (json!(10), json!("1 of 1 incidents undated")));
}

/// The sums before and after, of a figure or of one step of a difference.
fn sums(one: &Value, key: &str) -> (u64, u64) {
    let of = |field: &str| one[key]["inside"][field].as_u64().unwrap_or(0);
    (of("min"), of("incidents"))
}

#[test]
fn every_change_between_two_positions_is_explained_by_the_entries_that_caused_it() {
    let home = Home::new();
    home.add([home.file("a.txt", report(0))]).ends(0);
    let from = home.count(&[])["log_position"].as_u64().unwrap();
    home.add([home.file("b.txt", report(8))]).ends(0);
    let before = home.count(&[]);
    let incident = before["records"][0]["id"].as_str().unwrap().to_owned();
    home.run(["decide", &incident, "killed", "9", "--why", "the hospital's list was read"]).ends(0);
    home.run(["decide", &incident, "grading", "discounted", "--why", "told of another war"]).ends(0);
    let now = home.count(&[]);
    let to = now["log_position"].as_u64().unwrap();

    let (a, b) = (from.to_string(), to.to_string());
    let difference = home.run(["count", "--diff", &a, &b, "--json"]).ends(0).json();
    let steps = difference["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 3, "{difference}");
    let (mut min, mut incidents) = sums(&difference, "before");
    for step in steps {
        let ((was, were), (is, are)) = (sums(step, "before"), sums(step, "after"));
        (min, incidents) = (min + is - was, incidents + are - were);
        assert!(!step["entries"].as_array().unwrap().is_empty(), "{step}");
    }
    assert_eq!((min, incidents), sums(&difference, "after"));
    assert_eq!(now["min"].as_u64(), Some(min));
    assert_eq!(steps[1]["entries"][0]["body"]["why"], "the hospital's list was read");
    let left_out = &steps[2]["records"][0];
    assert_eq!((&left_out["after"], &left_out["left_out"]["code"]), (&Value::Null, &json!("discounted")));

    home.run(["count", "--diff", &a, &b]).ends(0).says(&[
        "document.added",
        "b.txt",
        "decision.made",
        "the hospital's list was read",
        "→ 9",
        "left out (",
    ]);
    home.run(["count", "--diff", &b, &b]).ends(0).says(&["nothing between them moved it"]);
    home.run(["count", "--diff", &b, &a]).ends(1).says(&["runs backwards", &format!("--diff {a} {b}")]);
    home.run(["count", "--diff", &a, "9999"]).ends(1).says(&["there is no position 9999"]);
}

#[test]
fn the_sensitivity_table_shows_what_each_choice_moves() {
    let home = Home::new();
    let text = "At least 12 people were killed on 3 March 2031 when aircraft bombed a market in Port Amal.\n";
    home.add([home.file("a.txt", text)]).ends(0);
    let table = home.run(["count", "--sensitivity", "--json"]).ends(0).json();
    let of = |choice: &str, value: &str| {
        let all = table["choices"].as_array().unwrap();
        all.iter().find(|one| one["choice"] == choice && one["value"] == value).unwrap().clone()
    };
    for (set, max) in [("open", json!("open")), ("airwars-like", json!(12)), ("acled", json!(12))] {
        let row = of("rules", set);
        assert_eq!(row["asked"], set == "open");
        assert_eq!(
            (&row["sums"]["inside"]["min"], &row["sums"]["inside"]["max"]),
            (&json!(12), &max),
            "{set}"
        );
        let counted = home.count(&["--rules", set]);
        assert_eq!(
            (&row["sums"]["inside"]["min"], &row["sums"]["inside"]["max"]),
            (&counted["min"], &counted["max"])
        );
    }
    assert_eq!(of("grading", "fair+")["sums"]["inside"]["incidents"], 0);
    let women = home.run(["count", "--sensitivity", "--class", "women"]).ends(0);
    assert!(women.out.contains("not answered: ") && women.out.contains("--rules open"), "{}", women.out);
}

#[test]
fn a_source_repeats_sources_that_are_described_and_not_in_a_circle() {
    let home = Home::new();
    for source in ["agency", "paper", "yearbook"] {
        home.run(["source", source, "--kind", "local_media", "--independence", source]).ends(0);
    }
    home.run(["source", "paper", "--derived-from", "agency"]).ends(0);
    home.run(["source", "yearbook", "--derived-from", "paper,agency"]).ends(0);
    home.run(["source", "agency", "--derived-from", "nobody"]).ends(1).says(&["there is no source `nobody`"]);
    for other in ["yearbook", "paper", "agency"] {
        home.run(["source", "agency", "--derived-from", other])
            .ends(1)
            .says(&["itself derived from `agency`"]);
    }
}

#[test]
fn a_saved_figure_keeps_the_title_that_a_person_gave_it() {
    let home = Home::new();
    home.add([home.file("a.txt", report(0))]).ends(0);
    home.run(["count", "--save", "killed", "--title-en", "Killed so far", "--title-ar", "القتلى حتى الآن"])
        .ends(0);
    home.run(["show", "killed"]).ends(0).says(&["Killed so far / القتلى حتى الآن"]);
    home.run(["count", "--class", "children", "--save", "children"]).ends(0);
    home.run(["show", "children"]).ends(0).says(&["Killed, Children / "]);
}

#[test]
fn a_question_s_place_is_what_was_asked_for_and_is_named() {
    let home = Home::new();
    home.run(["count", "--place", "Sahel"]).ends(0).says(&["in: Sahel, Marjan (xm-sahel)"]);
    // A name that only sounds like a place's is proposed at most.
    let ran = home.run(["count", "--place", "Sahle"]).ends(1);
    assert!(ran.err.contains("`Sahle` is not found"), "{}", ran.err);
}

#[test]
fn a_note_of_one_place_is_told_beside_that_place_and_what_contains_it() {
    let home = Home::new();
    let note =
        |words: &str, place: &str| home.run(["note", words, "--period", "2031-05", "--place", place]).ends(0);
    note("three channels", "Port Amal");
    let lost = note("the ferry office", "where the river bends");
    assert!(lost.err.contains("the note keeps the words"), "{}", lost.err);
    let watched = |place: &str| {
        let figure = home.count(&["--period", "2031-05", "--place", place]);
        let notes = figure["watched"].as_array().unwrap().clone();
        notes.iter().map(|note| note["searched"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(watched("Port Amal"), ["three channels", "the ferry office"]);
    assert_eq!(watched("Sahel"), ["three channels", "the ferry office"], "Port Amal lies in Sahel");
    assert_eq!(watched("Jabal"), ["the ferry office"]);
    home.run(["count", "--period", "2031-06"]).ends(0).says(&["nobody noted what was searched"]);
}

#[test]
fn a_claim_that_was_made_in_april_stands_beside_no_figure_of_june() {
    let home = Home::new();
    let text = "Since 1 April 2031, 31 people have been killed in Sahel, the centre said.";
    let file = home.file("claim.txt", text);
    home.run(["add".as_ref(), file.as_os_str(), "--published".as_ref(), "2031-04-12".as_ref()]).ends(0);
    let beside = |month: &str| home.count(&["--period", month])["reconciled"].as_array().unwrap().len();
    assert_eq!((beside("2031-04"), beside("2031-06")), (1, 0));
}

#[test]
fn a_month_beside_an_arabic_name_reads_forwards_in_the_picture_of_a_report() {
    let home = Home::empty();
    sijil([std::ffi::OsStr::new("demo"), home.register.as_os_str(), "--no-serve".as_ref()]).ends(0);
    let page = home.path("report.html");
    let question = "count --by governorate,month";
    home.run(["report".as_ref(), question.as_ref(), "--out".as_ref(), page.as_os_str()]).ends(0);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("\u{2068}الساحل\u{2069} · \u{2068}2031-10\u{2069}"));
}
