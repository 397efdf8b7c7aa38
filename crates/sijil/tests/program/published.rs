//! A date of publication is learned: what rests on it moves, nothing else does, and the log says who and why.

use crate::support::reports::report;
use crate::support::{Home, sha256};

const UNDATED: &str =
    "Four people were killed yesterday when aircraft bombed a market in Port Amal, medics said.\n";

#[test]
fn what_rests_on_it_moves_and_nothing_else_does() {
    let home = Home::new();
    let undated = home.file("undated.txt", UNDATED);
    let dated = home.file("dated.txt", report(0));
    home.add([&undated, &dated]).ends(0);
    home.run(["account", "salma"]).ends(0);
    let march = ["--period", "2031-03"];
    let before = home.count(&march);
    let alone = before["records"]
        .as_array()
        .unwrap()
        .iter()
        .find(|record| record["membership"] == "inside")
        .unwrap()
        .clone();
    assert_eq!(before["possibly_inside"]["min"], 4, "{before}");
    let earlier = before["log_position"].as_u64().unwrap();

    let id = &sha256(UNDATED)[..12];
    let ran = home.run([
        "--as",
        "salma",
        "decide",
        id,
        "published",
        "2031-03-06",
        "--why",
        "the archived page bears this date",
    ]);
    ran.ends(0).says(&["decision.made"]);

    let after = home.count(&march);
    assert_eq!(after["possibly_inside"]["incidents"], 0, "{after}");
    assert_eq!(after["min"].as_u64(), Some(before["min"].as_u64().unwrap() + 4));
    assert!(after["records"].as_array().unwrap().contains(&alone), "the other incident is as it was");
    assert_eq!(home.count(&["--period", "2031-03-05"])["min"], 4, "yesterday is the fifth");
    assert_eq!(home.count(&["--period", "2031-04"])["possibly_inside"]["incidents"], 0);

    let then = home.count(&["--period", "2031-03", "--at", &earlier.to_string()]);
    assert_eq!(then, before, "what was counted earlier is counted the same");

    let log = home.run(["log", "--json", "-n", "50"]).lines();
    let entry = log.iter().find(|entry| entry["kind"] == "decision.made").unwrap();
    assert_eq!(entry["author"], "salma");
    assert_eq!(entry["body"]["why"], "the archived page bears this date");
    assert_eq!(entry["body"]["value"], "2031-03-06");
    home.verifies();
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
}

#[test]
fn a_second_decision_replaces_the_first() {
    let home = Home::new();
    let path = home.file("undated.txt", UNDATED);
    home.add([&path]).ends(0);
    let id = sha256(UNDATED);
    for day in ["2031-03-06", "2031-05-06"] {
        home.run(["decide", &id, "published", day, "--why", "read again"]).ends(0);
    }
    assert_eq!(home.count(&["--period", "2031-03"])["incidents"], 0);
    assert_eq!(home.count(&["--period", "2031-05-05"])["min"], 4);
    home.run(["decide", &id, "published", "some day", "--why", "x"]).ends(2).says(&["some day"]);
    home.run(["decide", &id, "published", "2031-05-06", "--why", " "]).ends(2).says(&["--why"]);
    home.run(["decide", &id, "colour", "red", "--why", "x"]).ends(2).says(&["colour", "published"]);
    home.verifies();
}

#[test]
fn said_while_adding_it_counts_at_once() {
    let home = Home::new();
    let path = home.file("undated.txt", UNDATED);
    home.run(["add", "--published", "2031-03-06", &path.display().to_string()]).ends(0);
    assert_eq!(home.count(&["--period", "2031-03-05"])["min"], 4);
}
