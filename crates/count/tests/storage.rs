//! An incident survives JSON and a binary format that does not describe itself.
#![allow(clippy::unwrap_used, reason = "a test stops at what is wrong")]

mod made_up;

use made_up::{Happened, Said, decision, exact, incident, interval, killed, person, telling};
use sijil_count::{Disputed, Doubt, Incident};
use sijil_model::claim::Stands;
use sijil_model::codebook::{AgeClass, Class, Grading, Harm, Means, Sex, SiteKind, Status};
use sijil_model::{Interval, Quantity};

fn full() -> Incident {
    let quantities = [
        exact(4),
        Quantity::Between { n: 3, to: 9 },
        Quantity::Dozens,
        Quantity::Share { low: 501, high: 1000, approximate: true },
    ];
    let said = quantities.into_iter().enumerate().map(|(at, q)| {
        killed(&format!("c{at}"), q)
            .status(Status::Civilian)
            .class(Class::Women)
            .stands(Stands::PartOf)
            .inferred("kin-word")
    });
    let doubted = sijil_count::NamedPerson {
        doubt: Some(Doubt::of(300)),
        ..person("p1", Some(Sex::F), Some(AgeClass::Adult))
    };
    let mut full = incident("i1", vec![telling("hospital", -3, said.collect())])
        .on("2031-10-05/2031-10-06")
        .at(&["xm:port-amal", "xm:sahel", "xm"])
        .by("northern_front")
        .graded(Grading::Fair)
        .people(vec![doubted])
        .decided(decision(Class::Total, None, interval(4, None)))
        .left_out("told twice");
    full.means = vec![Means::AirPlane];
    full.sites = vec![SiteKind::Market];
    full.decisions.disputed = vec![Disputed {
        harm: Harm::Killed,
        class: Class::Total,
        people: Interval::UNKNOWN,
        by: made_up::account(),
        at: "2031-12-01T10:00Z".to_owned(),
        why: "the party names them as members".to_owned(),
    }];
    full
}

#[test]
fn an_incident_survives_json_and_postcard() {
    let incident = full();
    let json = serde_json::to_vec(&incident).unwrap();
    assert_eq!(serde_json::from_slice::<Incident>(&json).unwrap(), incident);
    let blob = postcard::to_stdvec(&incident).unwrap();
    assert_eq!(postcard::from_bytes::<Incident>(&blob).unwrap(), incident);
    assert!(blob.len() < json.len() / 2, "{} of {} bytes", blob.len(), json.len());
}
