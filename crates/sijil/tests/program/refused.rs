//! What is refused because somebody could come to harm by it, or a figure be another than was signed.

use crate::support::{Home, sijil};

const RAID: &str = "Four people were killed in an air strike on Port Amal on 5 March 2031.\n";

/// A register with one incident from a source that may be named, cleared by the owner; its incident and document.
fn cleared() -> (Home, String, String) {
    let home = Home::new();
    home.run(["source", "lens", "--kind", "local_media", "--level", "0", "--reliability", "likely_reliable"])
        .ends(0);
    let raid = home.file("raid.txt", RAID);
    let said = ["--source", "lens", "--published", "2031-03-06"].map(std::ffi::OsStr::new);
    home.run(["add".as_ref(), raid.as_os_str()].into_iter().chain(said)).ends(0);
    home.run(["count", "--save", "killed"]).ends(0);
    let incident = home.count(&[])["records"][0]["id"].as_str().unwrap().to_owned();
    let document = crate::support::sha256(RAID);
    home.run(["decide", &incident, "grading", "weak", "--why", "one origin"]).ends(0);
    home.run(["account", "second", "--roles", "reviewer"]).ends(0);
    (home, incident, document)
}

fn clear_and_sign(home: &Home, ids: &[&str]) {
    home.run(["clear"].iter().chain(ids)).ends(0);
    home.run(["--as", "second", "sign"].iter().chain(ids)).ends(0);
}

#[test]
fn an_empty_passphrase_seals_nothing() {
    for empty in ["", "   "] {
        let mut home = Home::empty();
        home.passphrase = Some(empty);
        let mut command = home.command();
        command.arg("init").arg(&home.register).arg("--sealed");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("the passphrase is empty") && said.contains("SIJIL_PASSPHRASE"), "{said}");
        assert!(!home.register.exists());
    }
}

#[test]
fn the_logs_of_a_sealed_register_are_verified_without_its_passphrase() {
    let mut home = Home::empty();
    home.passphrase = Some("seven plain words that nobody else knows");
    home.begin(&["--sealed"]);
    home.passphrase = None;
    home.verifies();
    home.run(["verify", "--deep"]).ends(2).says(&["--deep", "SIJIL_PASSPHRASE"]);
    home.run(["log"]).ends(2);
}

#[test]
fn a_question_takes_the_place_of_another_only_on_purpose() {
    let home = Home::new();
    home.run(["count", "--save", "late"]).ends(0);
    home.run(["count", "--save", "late", "--title-en", "Killed so far"]).ends(0);
    home.run(["count", "--harm", "injured", "--save", "late"]).ends(1).says(&[
        "`late`",
        "another name",
        "--replace",
    ]);
    assert!(!home.run(["log", "-n", "1", "--json"]).out.contains("injured"));
    home.run(["count", "--harm", "injured", "--save", "late", "--replace"]).ends(0);
}

#[test]
fn an_account_does_what_its_roles_allow() {
    let (home, incident, _) = cleared();
    home.run(["account", "third"]).ends(0);
    home.run(["clear", "killed", &incident]).ends(0);
    home.run(["--as", "third", "sign", &incident]).ends(1).says(&[
        "only a reviewer signs",
        "third is recorder",
        "--as",
    ]);
    home.run(["--as", "second", "sign", &incident]).ends(0);
    let site = home.path("site").display().to_string();
    home.run(["--as", "third", "publish", &site]).ends(1).says(&["only a publisher publishes"]);
    home.run(["--as", "second", "account", "fourth", "--roles", "publisher"])
        .ends(1)
        .says(&["second is reviewer"]);
    home.run(["--as", "second", "account", "fourth", "--roles", "reviewer"]).ends(0);
}

#[test]
fn no_figure_goes_out_with_an_open_error() {
    let (home, incident, document) = cleared();
    let site = home.path("site").display().to_string();
    home.run(["decide", &incident, "date", "2032-02-20", "--why", "a slip"])
        .ends(0)
        .says(&["check 7 finds an error"]);
    home.run(["decide", &incident, "grading", "confirmed", "--why", "a slip"])
        .ends(0)
        .says(&["check 10 finds an error", "accepts responsibility"]);
    clear_and_sign(&home, &["killed", &incident, &document]);
    let told = home.run(["publish", &site]).ends(1).says(&["check 10 finds an error in", &incident]);
    assert!(told.err.contains("check 7") && !home.path("site").exists(), "{}", told.err);
    home.run(["decide", &incident, "grading", "weak", "--why", "one origin"]).ends(0);
    home.run(["decide", &incident, "date", "2031-03-05", "--why", "as reported"]).ends(0);
    clear_and_sign(&home, &["killed", &incident, &document]);
    home.run(["publish", &site]).ends(0);
}

#[test]
fn level_five_is_received_by_no_other_register_and_a_backup_says_that_it_holds_it() {
    let home = Home::new();
    let other = Home::new();
    let backup = home.path("first.zip").display().to_string();
    assert!(!home.run(["backup", &backup]).ends(0).out.contains("level 5"));
    let near = ["source", "near", "--kind", "witness_testimony", "--level", "5"];
    home.run(near).ends(0).says(&["no other register can receive"]);
    let size = other.run(["log", "-n", "100"]).out;
    other
        .run(["sync".as_ref(), home.register.as_os_str()])
        .ends(1)
        .says(&["1 source of level 5", "nothing was received"]);
    assert_eq!(other.run(["log", "-n", "100"]).out, size);
    let backup = home.path("second.zip").display().to_string();
    home.run(["backup", &backup]).ends(0).says(&["1 source of level 5", "is not sealed"]);
    let restored = home.path("restored").display().to_string();
    sijil(["restore", &backup, &restored]).ends(0);
    home.run(["source", "near", "--level", "4"]).ends(0);
    other.run(["sync".as_ref(), home.register.as_os_str()]).ends(0);
}
