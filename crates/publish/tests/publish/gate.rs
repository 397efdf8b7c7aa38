//! What is refused, and how precisely the refusal says what is missing.

use sijil_publish::PublishError;

use crate::made::{files, made};

fn refusal(error: PublishError) -> String {
    match error {
        PublishError::NothingToPublish { missing } => {
            missing.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        other => panic!("{other}"),
    }
}

#[test]
fn nothing_is_public_by_default() {
    let mut made = made();
    let told = refusal(made.publish().unwrap_err());
    assert!(told.contains("figure killed-nahr\n    it is not cleared; next: sijil clear killed-nahr, then sijil sign killed-nahr --as ACCOUNT"), "{told}");
    assert!(!made.out().exists());
}

#[test]
fn who_cleared_cannot_be_who_signs() {
    let mut made = made();
    made.clear(&["killed-nahr"]);
    made.sign("recorder-a", &["killed-nahr"]);
    let told = refusal(made.publish().unwrap_err());
    assert!(told.contains("recorder-a cleared it and nobody else has signed it; next: sijil sign killed-nahr --as ACCOUNT (somebody other than recorder-a)"), "{told}");
}

#[test]
fn a_figure_that_moved_since_it_was_cleared_is_not_cleared() {
    let mut made = made().cleared();
    let incident = made.incident.clone();
    made.decide("recorder-a", &incident, "killed", "6");
    let told = refusal(made.publish().unwrap_err());
    assert!(
        told.contains("when it was cleared") && told.contains("now; next: sijil clear killed-nahr"),
        "{told}"
    );
}

#[test]
fn an_incident_says_everything_that_it_lacks() {
    let mut made = made();
    let (incident, other) = (made.incident.clone(), made.other.clone());
    made.decide("recorder-a", &other, "grading", "weak");
    made.decide("recorder-b", &other, "grading", "fair");
    made.clear(&["killed-nahr", &other]);
    made.sign("recorder-b", &["killed-nahr"]);
    let released = made.publish().unwrap();
    let told: Vec<String> = released.missing.iter().map(ToString::to_string).collect();
    let of = |id: &str| told.iter().find(|told| told.starts_with(&format!("incident {id}"))).unwrap();
    assert!(of(&incident).contains("it is not cleared; next: sijil clear"), "{told:?}");
    assert!(
        of(&incident)
            .contains(&format!("it is not graded; next: sijil decide {incident} grading GRADE --why …")),
        "{told:?}"
    );
    assert!(of(&other).contains("2 decisions on grading stand against each other"), "{told:?}");
    assert!(of(&other).contains("recorder-a cleared it and nobody else has signed it"), "{told:?}");
    assert_eq!((released.incidents, released.shown), (0, 0));
    // Its numbers are in the figure all the same, without a place or a date.
    let figures = std::fs::read_to_string(made.out().join("data/figures.json")).unwrap();
    assert!(figures.contains("\"incidents\": 2"), "{figures}");
    for (path, bytes) in files(&made.out()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("Kafr Lulu") && !text.contains("2031-10-09"), "{}", path.display());
    }
}

#[test]
fn a_document_without_a_clearing_or_source_is_told() {
    let mut made = made();
    let incident = made.incident.clone();
    made.decide("recorder-a", &incident, "grading", "fair");
    made.clear(&["killed-nahr", &incident]);
    made.sign("recorder-b", &["killed-nahr", &incident]);
    let released = made.publish().unwrap();
    let told: Vec<String> = released.missing.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.starts_with(&format!("document {}", made.article))), "{told:?}");
    assert_eq!(released.shown, 0);
    assert!(released.withheld > 0);
}

/// What a release would say beside a number is cleared with it.
#[test]
fn a_figure_whose_incidents_may_be_one_since_it_was_cleared_is_cleared_anew() {
    let mut made = made().cleared();
    made.found_alike();
    let told = refusal(made.publish().unwrap_err());
    assert!(told.contains("2 incidents are fewer"), "{told}");
    made.clear(&["killed-nahr"]);
    made.sign("recorder-b", &["killed-nahr"]);
    made.publish().unwrap();
    let figures = std::fs::read_to_string(made.out().join("data/figures.json")).unwrap();
    assert!(figures.contains("\"as_one\""), "{figures}");
}

#[test]
fn few_of_the_living_are_no_figure() {
    let mut made = made();
    made.clear(&["injured"]);
    made.sign("recorder-b", &["injured"]);
    let told = refusal(made.publish().unwrap_err());
    assert!(told.contains("fewer than three people who may be alive"), "{told}");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let mut made = made().cleared();
    std::fs::create_dir(made.out()).unwrap();
    std::fs::write(made.out().join("thesis.txt"), "mine").unwrap();
    let error = made.publish().unwrap_err();
    assert!(matches!(error, PublishError::NotARelease { .. }), "{error}");
    assert_eq!(files(&made.out()).len(), 1);
    std::fs::remove_file(made.out().join("thesis.txt")).unwrap();
    made.publish().unwrap();
    // An earlier release makes way for a later one.
    made.publish().unwrap();
}
