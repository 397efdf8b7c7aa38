//! Small numbers of the living are in no file of a release, neither by themselves nor as what a total leaves.

use std::process::Command;

use crate::made::{Made, files, made};

/// A release with numbers decided for the raid, with the figure of the injured.
fn released(numbers: &[(&str, &str)]) -> Made {
    let mut made = made();
    let incident = made.incident.clone();
    numbers.iter().for_each(|(field, value)| made.decide("recorder-a", &incident, field, value));
    let mut made = made.cleared();
    made.clear(&["injured", &incident]);
    made.sign("recorder-b", &["injured", &incident]);
    made.publish().unwrap();
    made
}

fn rows(made: &Made) -> Vec<(String, String)> {
    let table = std::fs::read(made.out().join("data/incidents.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(&table[3..]);
    let cell = |row: &csv::StringRecord, at: usize| row[at].to_owned();
    let rows = reader.records().map(|row| row.unwrap()).filter(|row| &row[13] != "killed");
    rows.map(|row| {
        let (of, number) = ([13, 14, 15].map(|at| cell(&row, at)), [16, 17, 18].map(|at| cell(&row, at)));
        (of.join(".").trim_end_matches('.').to_owned(), number.join("/"))
    })
    .collect()
}

fn of<'a>(rows: &'a [(String, String)], of: &str) -> &'a str {
    rows.iter().find(|(row, _)| row == of).map_or("", |(_, number)| number)
}

fn script_passes(made: &Made) {
    match Command::new("python3").arg("check.py").current_dir(made.out()).output() {
        Ok(told) if String::from_utf8_lossy(&told.stderr).contains("cryptography") => {
            eprintln!("skipped: check.py, which needs Python's cryptography");
        }
        Ok(told) => assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout)),
        Err(cause) => eprintln!("skipped: check.py, since python3 does not start: {cause}"),
    }
}

/// Nine of ten injured were children: one was not, and the page of the incident must not tell.
#[test]
fn a_class_beside_its_total_is_kept_back_where_it_leaves_few() {
    let made = released(&[("injured", "10"), ("injured.children", "9")]);
    let told = rows(&made);
    assert_eq!(of(&told, "injured.total"), "10/10/10", "{told:?}");
    assert_eq!(of(&told, "injured.children"), "//withheld", "{told:?}");
    for (path, bytes) in files(&made.out().join("incident")) {
        let page = String::from_utf8(bytes).unwrap();
        assert!(page.contains("injured.total") && !page.contains("injured.children"), "{}", path.display());
    }
    for name in ["incidents.json", "claims.json", "figures.json"] {
        let text = std::fs::read_to_string(made.out().join("data").join(name)).unwrap();
        assert!(!text.contains("\"min\": 9"), "{name}: {text}");
    }
    script_passes(&made);
}

/// "At least one boy" is one boy, whoever else there may be.
#[test]
fn an_open_end_does_not_hide_one_child() {
    let made = released(&[("injured", "20+"), ("injured.boys", "1+")]);
    let told = rows(&made);
    assert_eq!(of(&told, "injured.total"), "20//open", "{told:?}");
    assert_eq!(of(&told, "injured.boys"), "//withheld", "{told:?}");
    script_passes(&made);
}

/// Five killed and seven killed or injured are two injured.
#[test]
fn who_was_killed_or_injured_tells_of_no_few_injured() {
    let mut made = made();
    let incident = made.incident.clone();
    made.decide("recorder-a", &incident, "killed", "5");
    made.decide("recorder-a", &incident, "killed_or_injured", "7");
    let mut made = made.cleared();
    made.publish().unwrap();
    let told = rows(&made);
    assert_eq!(of(&told, "killed_or_injured.total"), "//withheld", "{told:?}");
    script_passes(&made);
}
