//! `sijil check` on registers and releases: the invariants of the codebook, with their numbers and records.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Home, sijil};

fn demo() -> Home {
    let home = Home::empty();
    sijil([std::ffi::OsStr::new("demo"), home.register.as_os_str(), "--no-serve".as_ref()]).ends(0);
    home
}

fn invariants(findings: &[Value], severity: &str) -> BTreeSet<u64> {
    findings
        .iter()
        .filter(|finding| finding["severity"] == severity)
        .map(|finding| finding["invariant"].as_u64().unwrap())
        .collect()
}

#[test]
fn a_register_is_held_against_the_codebook() {
    let home = demo();
    let ran = home.run(["check"]).ends(1);
    let findings = ran.lines();
    let errors = invariants(&findings, "error");
    // Days in years to come, and a grade that no claim carries: planted in the example. Nobody is listed beyond the
    // count, every claim reads again, no incident is counted twice, and no repost is a second source.
    assert_eq!(errors, BTreeSet::from([7, 10]));
    for finding in &findings {
        assert!(!finding["records"].as_array().unwrap().is_empty(), "{finding}");
        assert!(finding["explain"].as_str().unwrap().len() > 10, "{finding}");
    }
    let named = sijil(["check".as_ref(), home.register.as_os_str()]).ends(1);
    assert_eq!(named.out, ran.out);
}

#[test]
fn a_slip_in_a_table_of_a_release_is_found() {
    let home = demo();
    let site = home.path("site");
    home.run(["publish".as_ref(), site.as_os_str()]).ends(0);
    let as_made = sijil(["check".as_ref(), site.as_os_str()]).ends(0);
    assert_eq!(invariants(&as_made.lines(), "error"), BTreeSet::new());
    let codebook = site.join("data/codebook.csv");
    let text = std::fs::read_to_string(&codebook).unwrap();
    let without =
        text.lines().filter(|line| !line.starts_with("harm,killed,")).collect::<Vec<_>>().join("\r\n");
    assert_ne!(without.len(), text.trim_end().len());
    std::fs::write(&codebook, without).unwrap();
    let found = sijil(["check".as_ref(), site.as_os_str()]).ends(1).lines();
    assert_eq!(invariants(&found, "error"), BTreeSet::from([18]));
    std::fs::remove_file(&codebook).unwrap();
    sijil(["check".as_ref(), site.as_os_str()]).ends(1).says(&["codebook.csv"]);
}
