//! Rates: only with a number of people that somebody sourced, at every place where a figure is shown.

use serde_json::json;

use crate::support::Home;

const OCTOBER: [&str; 6] = ["--place", "Tell Zaytun", "--period", "2031-10", "--per", "people"];

const REPORT: &str =
    "On 5 October 2031 an air raid on the market of Tell Zaytun killed three people, including two children.";

fn with_census() -> Home {
    let home = Home::new();
    home.add([home.file("market.txt", REPORT)]).ends(0);
    home.run(["source", "census", "--kind", "official_statement", "--name-en", "Office of Statistics"])
        .ends(0);
    home
}

fn noted(home: &Home, rest: &[&str]) -> crate::support::Ran {
    let start = ["population", "110000-130000", "--place", "Tell Zaytun"];
    home.run(start.iter().chain(rest))
}

#[test]
fn a_rate_is_refused_until_a_sourced_number_for_that_place_and_time_is_noted() {
    let home = with_census();
    let refused = home.run(["count"].iter().chain(&OCTOBER)).ends(1);
    refused.says(&["nobody noted with a source", "sijil population NUMBER", "--period 2031-10"]);
    home.run(["count", "--per", "people", "--period", "2031"]).ends(1).says(&["--place too"]);
    home.run(["count", "--per", "people", "--place", "Tell Zaytun"]).ends(1).says(&["--period too"]);
    noted(&home, &["--period", "2031"]).ends(2).says(&["needs a source"]);
    noted(&home, &["--period", "2031", "--source", "hearsay"]).ends(1).says(&["no source and no document"]);
    home.run(["population", "0-5", "--place", "Tell Zaytun", "--period", "2031", "--source", "census"])
        .ends(1)
        .says(&["may be nobody"]);
    noted(&home, &["--period", "XXXX-10", "--source", "census"]).ends(2).says(&["with its year"]);
    noted(&home, &["--period", "2024", "--source", "census"]).ends(0);
    home.run(["count"].iter().chain(&OCTOBER)).ends(1).says(&["total of 2024 (entry:"]);
}

#[test]
fn a_rate_carries_both_numbers_and_follows_the_log() {
    let home = with_census();
    noted(&home, &["--period", "2031", "--source", "census", "--cited", "Yearbook, table 4"]).ends(0);
    let figure = home.count(&OCTOBER);
    let rate = &figure["rate"];
    assert_eq!((&figure["min"], &rate["per"], &rate["of"]), (&json!(3), &json!(100_000), &json!("total")));
    assert_eq!((&rate["min"], &rate["max"]), (&json!(2.307), &json!(2.728)));
    assert_eq!(rate["people"]["max"], 130_000);
    let entry = rate["populations"][0]["id"].as_str().unwrap().to_owned();
    let shown = home.run(["show", &entry, "--json"]).ends(0).json();
    assert_eq!(shown["body"]["cited"], "Yearbook, table 4");
    let then = figure["log_position"].as_u64().unwrap().to_string();

    let anew = ["--period", "2031", "--source", "census", "--replaces", &entry];
    home.run(["population", "300000", "--place", "Tell Zaytun"].iter().chain(&anew)).ends(0);
    assert_eq!(home.count(&OCTOBER)["rate"]["max"], 1.0);
    let before: Vec<&str> = OCTOBER.iter().copied().chain(["--at", &then]).collect();
    assert_eq!(home.count(&before)["rate"]["max"], 2.728, "an earlier position keeps its own");
    noted(&home, &["--period", "2031", "--source", "census", "--replaces", &entry])
        .ends(1)
        .says(&["no number of people that stands"]);
}

#[test]
fn a_report_leads_from_a_rate_to_both_of_its_numbers() {
    let home = with_census();
    noted(&home, &["--period", "2031", "--source", "census"]).ends(0);
    let save = ["--save", "october", "--title-en", "October"];
    home.run(["count"].iter().chain(&OCTOBER).chain(&save)).ends(0);
    let out = home.path("october.md");
    home.run(["report".as_ref(), "october".as_ref(), "--out".as_ref(), out.as_os_str()]).ends(0);
    let text = std::fs::read_to_string(&out).unwrap();
    for part in
        ["per 100,000 people", "2.30 to 2.73", "110000 to 130000", "sijil show entry:", "لكل 100,000 شخص"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("--per total"), "the command asks the same again: {text}");

    home.run(["show", "october"]).ends(0).says(&[
        "per 100,000 people",
        "110000 to 130000",
        "by Office of Statistics",
    ]);
    let entry = home.count(&OCTOBER)["rate"]["populations"][0]["id"].as_str().unwrap().to_owned();
    noted(&home, &["--period", "2024", "--source", "census", "--replaces", &entry]).ends(0);
    home.run(["show", "october"]).ends(0).says(&["no rate: nobody noted with a source"]);
    home.run(["report".as_ref(), "october".as_ref(), "--out".as_ref(), out.as_os_str()]).ends(0);
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.contains("No rate: no source is noted") && text.contains("لا معدّل"), "{text}");
}

#[test]
fn a_list_s_row_is_what_it_says_itself_and_rows_do_not_add_up() {
    let home = Home::new();
    for (source, toll) in [("hospital", "three"), ("council", "four")] {
        home.run(["source", source, "--kind", "official_statement", "--name-en", source]).ends(0);
        let text = REPORT.replace("three", toll);
        let path = home.file(&format!("{source}.txt"), text);
        home.run(["add".as_ref(), path.as_os_str(), "--source".as_ref(), source.as_ref()]).ends(0);
    }
    let figure = home.count(&["--by", "list"]);
    let rows: Vec<_> =
        figure["rows"].as_array().unwrap().iter().map(|row| (&row["key"]["list"], &row["min"])).collect();
    assert_eq!(rows, [(&json!("council"), &json!(4)), (&json!("hospital"), &json!(3))]);
    home.run(["count", "--by", "list"]).ends(0).says(&["whoever is on three lists is in three rows"]);
}
