//! Adopting who is who: links that are not said again end, draws give named people an interval, and ids say where they went.

use sijil_count::{DRAWS, Named};
use sijil_model::ClaimId;
use sijil_model::codebook::Verdict;
use sijil_register::Event;
use sijil_register::ask::Passage;
use sijil_register::results::{ClaimLink, DrawnPeople, LinkKind, PeopleLine};

use crate::support::{Fixture, Report, link, record, run};

/// A register with one report of two women, who may be one, and the claims of theirs, ascending.
fn two_women() -> (Fixture, [ClaimId; 2]) {
    let mut report = Report::new("A strike killed Salma Haddad and Selma Hadad.");
    let incident = report.incident("strike");
    let mut women = ["Salma Haddad", "Selma Hadad"].map(|name| report.person(name, Some(&incident)));
    women.sort();
    let mut fixture = Fixture::new();
    fixture.add(&report);
    (fixture, women)
}

/// Who is who of two claims: linked or not, and one person in so many draws.
fn who_is_who(women: &[ClaimId; 2], linked: bool, one_in: usize) -> PeopleLine {
    let claims: Vec<String> = women.iter().map(ToString::to_string).collect();
    let link = ClaimLink {
        left: claims[0].clone(),
        right: claims[1].clone(),
        why: "given slip, family slip".into(),
        permille: 700,
    };
    let second = (0..DRAWS).map(|draw| u16::from(draw >= one_in)).collect();
    let drawn = DrawnPeople { claims: claims.clone(), people: vec![vec![0; DRAWS], second] };
    PeopleLine {
        people: claims,
        links: linked.then_some(link).into_iter().collect(),
        drawn: (one_in > 0).then_some(drawn).into_iter().collect(),
    }
}

fn adopt(fixture: &mut Fixture, line: &PeopleLine) -> u64 {
    fixture.write(|writing| {
        run(writing, "1", std::slice::from_ref(line), Event::LinkRun, Some(Event::LinkAdopted))?;
        Ok(())
    });
    fixture.position()
}

fn named(fixture: &Fixture) -> (u64, u64, u64) {
    let Named { low, median, high } = fixture.figure(fixture.position()).inside.named;
    (low, median, high)
}

#[test]
fn draws_give_named_people_an_interval_and_a_judgement_ends_them() {
    let (mut fixture, women) = two_women();
    assert_eq!(named(&fixture), (2, 2, 2));
    adopt(&mut fixture, &who_is_who(&women, false, 64));
    assert_eq!(named(&fixture), (1, 2, 2), "two records that are one person in a quarter of the draws");
    adopt(&mut fixture, &who_is_who(&women, true, 192));
    assert_eq!(fixture.record_of(&women[0]), fixture.record_of(&women[1]));
    assert_eq!(named(&fixture), (1, 1, 2), "one record that is two people in a quarter of them");
    fixture.judge(women[0].as_str(), women[1].as_str(), Verdict::Same);
    assert_eq!(named(&fixture), (1, 1, 1));
    fixture.assert_sound();
}

#[test]
fn what_a_later_linking_does_not_say_again_ends_and_old_ids_tell() {
    let (mut fixture, women) = two_women();
    let ids = women.each_ref().map(|claim| record('p', claim));
    let joined = adopt(&mut fixture, &who_is_who(&women, true, 0));
    let (kept, gone) = match fixture.record_of(&women[0]) {
        Some(kept) if kept == ids[0] => (&ids[0], &ids[1]),
        _ => (&ids[1], &ids[0]),
    };
    let view = fixture.register.view();
    let came = Passage { at: joined, from: gone.clone(), to: kept.clone(), claims: 1 };
    assert_eq!(view.passages(kept).unwrap(), std::slice::from_ref(&came));
    assert_eq!(view.passages(gone).unwrap(), std::slice::from_ref(&came));
    assert_eq!(view.now_in(gone).unwrap(), std::slice::from_ref(kept));
    let same = adopt(&mut fixture, &who_is_who(&women, true, 0));
    assert_eq!(
        fixture.register.view().passages(kept).unwrap(),
        std::slice::from_ref(&came),
        "said again, it stands"
    );
    let parted = adopt(&mut fixture, &who_is_who(&women, false, 0));
    assert!(parted > same);
    let went = Passage { at: parted, from: kept.clone(), to: gone.clone(), claims: 1 };
    assert_eq!(fixture.register.view().passages(gone).unwrap(), [came, went]);
    assert_eq!(fixture.register.view().claim_links(LinkKind::Person).unwrap(), []);
    fixture.assert_sound();
}

/// Links to people who are not among those of whom a run speaks are not its to end.
#[test]
fn links_to_others_stand() {
    let (mut fixture, women) = two_women();
    let mut other = Report::new("Salma Haddad of Tell Zaytun was killed.");
    let third = other.person("Salma Haddad", None);
    fixture.add(&other);
    fixture
        .write(|writing| link(writing, LinkKind::Person, &[(women[0].as_str(), third.as_str())]).map(drop));
    adopt(&mut fixture, &who_is_who(&women, false, 0));
    assert_eq!(fixture.record_of(&women[0]), fixture.record_of(&third));
    fixture.assert_sound();
}
