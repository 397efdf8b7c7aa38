//! Incidents that may be one strike: a figure says what it comes to if they are, and nothing is joined before a person
//! judges.

use sijil_model::ClaimId;
use sijil_model::codebook::Verdict;
use sijil_register::Event;
use sijil_register::results::{AlikeLine, ClaimLink, LinkKind};

use crate::support::{Fixture, Report, record, run};

/// A register with three reports of a strike each: 4, 6 and 5 killed.
fn three_reports() -> (Fixture, [ClaimId; 3]) {
    let mut fixture = Fixture::new();
    let texts = [
        ("4 were killed in a strike on Tell Zaytun.", "4", 4),
        ("A strike on Tell Zaytun killed 6.", "6", 6),
        ("قتل 5 في ضربة على تل زيتون.", "5", 5),
    ];
    let claims = texts.map(|(text, words, killed)| {
        let mut report = Report::new(text);
        let incident = report.incident(if text.is_ascii() { "strike" } else { "ضربة" });
        report.killed(words, killed, &incident);
        fixture.add(&report);
        incident
    });
    (fixture, claims)
}

/// What a machine says: these may be one, among all of them.
fn alike(claims: &[ClaimId; 3], pairs: &[(usize, usize, u16)]) -> AlikeLine {
    let mut incidents: Vec<String> = claims.iter().map(ToString::to_string).collect();
    incidents.sort();
    let link = |(left, right, permille): &(usize, usize, u16)| {
        let (one, other) = (claims[*left].to_string(), claims[*right].to_string());
        let (left, right) = if one < other { (one, other) } else { (other, one) };
        ClaimLink { left, right, why: "the same day".into(), permille: *permille }
    };
    let mut alike: Vec<ClaimLink> = pairs.iter().map(link).collect();
    alike.sort();
    AlikeLine { kind: LinkKind::Alike, claims: incidents, alike }
}

fn adopt(fixture: &mut Fixture, line: &AlikeLine) -> u64 {
    fixture.write(|writing| {
        run(writing, "1", std::slice::from_ref(line), Event::LinkRun, Some(Event::LinkAdopted))?;
        Ok(())
    });
    fixture.position()
}

/// How many incidents may be how many strikes, and what the figure comes to if they are.
fn as_one(fixture: &Fixture, at: u64) -> Option<(Vec<usize>, Option<u64>, u64)> {
    let as_one = fixture.figure(at).as_one?;
    Some((as_one.strikes.iter().map(Vec::len).collect(), as_one.inside.min, as_one.inside.incidents))
}

#[test]
fn a_figure_says_what_it_comes_to_if_incidents_are_one() {
    let (mut fixture, claims) = three_reports();
    let before = fixture.position();
    assert_eq!((fixture.killed(), as_one(&fixture, before)), ((Some(15), 3), None));
    let two = adopt(&mut fixture, &alike(&claims, &[(0, 1, 900)]));
    assert_eq!(fixture.killed(), (Some(15), 3), "the floor does not move");
    assert_eq!(as_one(&fixture, two), Some((vec![2], Some(9), 2)), "the lower of 4 and 6, and 5");
    let three = adopt(&mut fixture, &alike(&claims, &[(0, 1, 900), (1, 2, 600)]));
    assert_eq!(as_one(&fixture, three), Some((vec![3], Some(4), 1)));
    let none = adopt(&mut fixture, &alike(&claims, &[]));
    assert_eq!(as_one(&fixture, none), None);
    assert_eq!(as_one(&fixture, two), Some((vec![2], Some(9), 2)), "as it was then");
    assert_eq!(as_one(&fixture, before), None);
    fixture.assert_sound();
}

/// Invariant: a person's judgement is never undone by a machine.
#[test]
fn judgements_settle_what_a_machine_found_alike() {
    let (mut fixture, claims) = three_reports();
    let found = alike(&claims, &[(0, 1, 900), (1, 2, 600), (0, 2, 550)]);
    adopt(&mut fixture, &found);
    let judged = fixture.judge(claims[0].as_str(), claims[1].as_str(), Verdict::Different);
    assert_eq!(as_one(&fixture, judged), Some((vec![2], Some(9), 2)), "the likelier of the others, 6 and 5");
    let again = adopt(&mut fixture, &found);
    assert_eq!(as_one(&fixture, again), Some((vec![2], Some(9), 2)), "another run does not join them");
    let same = fixture.judge(claims[1].as_str(), claims[2].as_str(), Verdict::Same);
    assert_eq!((fixture.killed(), as_one(&fixture, same)), ((Some(9), 2), None));
    fixture.judge(claims[1].as_str(), claims[2].as_str(), Verdict::Unsure);
    assert_eq!(fixture.killed(), (Some(15), 3), "what was joined is apart again");
    fixture.assert_sound();
}

#[test]
fn what_was_left_out_or_misread_is_no_half_of_a_strike() {
    let (mut fixture, claims) = three_reports();
    adopt(&mut fixture, &alike(&claims, &[(0, 1, 900), (1, 2, 600)]));
    let left_out = fixture.decide(&record('i', &claims[1]), "excluded", "it was told twice", &[]);
    assert_eq!((fixture.killed(), as_one(&fixture, left_out)), ((Some(9), 2), None));
    fixture.decide(&record('i', &claims[1]), "excluded", "no", &[left_out]);
    assert_eq!(as_one(&fixture, fixture.position()), Some((vec![3], Some(4), 1)));
    let misread = fixture.reject(&claims[2]);
    assert_eq!(as_one(&fixture, misread), Some((vec![2], Some(4), 1)));
    fixture.assert_sound();
}
