//! Two registers meet: what one says is known to the other, and what is in force in each stays its own.

use sijil_archive::Received;
use sijil_model::codebook::{Class, Grading, Reliability, Verdict};
use sijil_register::event::{Adopted, EntryName, PopulationNote, Run};
use sijil_register::{Event, Register};

use crate::support::{Fixture, author, clock, record, result, source, strike};

/// `here` receives what `there` has, and can read all of it.
#[track_caller]
fn receive(here: &mut Fixture, there: &Fixture) {
    receive_unread(here, there);
    assert_eq!(unread(here), Vec::<String>::new());
}

fn receive_unread(here: &mut Fixture, there: &Fixture) {
    here.write(|writing| Ok(writing.batch().receive(&there.folder.path, None)?));
}

/// Why some entries of other registers do not count.
fn unread(fixture: &Fixture) -> Vec<String> {
    let entries = fixture.register.view().entries(0, 999).unwrap();
    entries.into_iter().filter_map(|entry| entry.unread).collect()
}

#[test]
fn what_one_says_stands_in_the_other_and_back() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    let (one, two, three) = (strike(1, 10), strike(2, 4), strike(3, 7));
    a.add(&one.report);
    a.add(&two.report);
    a.judge(one.incident.as_str(), two.incident.as_str(), Verdict::Same);
    b.add(&three.report);
    b.add(&two.report);
    let alone = b.figure(b.position());
    let before = b.position();
    receive(&mut b, &a);
    assert_eq!(b.register.view().sizes().unwrap().1, 3, "the same bytes are one document");
    assert_eq!(b.record_of(&one.incident), b.record_of(&two.incident), "the judgement came along");
    assert_eq!(b.killed().1, 2);
    assert_eq!(b.figure(before), alone, "what was said before they met stands");
    b.assert_sound();
    receive(&mut a, &b);
    assert_eq!(a.killed(), b.killed());
    assert_eq!(a.register.view().search("Tell Zaytun", 9).unwrap().len(), 3);
    a.assert_sound();
    // Again with nothing new, and again with something.
    receive(&mut b, &a);
    a.add(&strike(4, 1).report);
    receive(&mut b, &a);
    assert_eq!(a.killed(), b.killed());
    b.assert_sound();
}

#[test]
fn settings_accounts_ratings_and_figures_stay_each_one_s_own() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    let account = |roles: &str| Event::AccountMade {
        account: sijil_model::AccountId::new("salma").unwrap(),
        roles: vec![roles.into()],
    };
    let figure = |question: &str| Event::FigureDefined {
        figure: sijil_model::FigureId::new("killed").unwrap(),
        question: question.into(),
        title_en: "Killed".into(),
        title_ar: "القتلى".into(),
    };
    for (fixture, value, reliability) in
        [(&mut a, "theirs", Reliability::HighlyUnreliable), (&mut b, "ours", Reliability::LikelyReliable)]
    {
        fixture.say(Event::SettingChanged { key: "country".into(), value: value.into() });
        fixture.say(Event::RulesAdopted { rules: value.into() });
        fixture.say(account(value));
        fixture.say(figure(value));
        fixture.say(source("harbour-news", reliability, None));
    }
    a.say(source("river-watch", Reliability::Unsure, None));
    a.say(source("river-watch", Reliability::LikelyUnreliable, None));
    receive(&mut b, &a);
    let view = b.register.view();
    assert_eq!(view.setting("country", None).unwrap().as_deref(), Some("ours"));
    assert_eq!(view.setting("rules", None).unwrap().as_deref(), Some("ours"));
    assert_eq!(view.accounts().unwrap()[0].roles, ["ours"]);
    assert_eq!(view.figures().unwrap()[0].question, "ours");
    assert_eq!(view.source("harbour-news").unwrap().unwrap().reliability, Reliability::LikelyReliable);
    assert_eq!(
        view.source("river-watch").unwrap().unwrap().reliability,
        Reliability::LikelyUnreliable,
        "whom only they know"
    );
    b.say(source("river-watch", Reliability::HighlyReliable, None));
    a.say(source("river-watch", Reliability::Unsure, None));
    receive(&mut b, &a);
    assert_eq!(
        b.register.view().source("river-watch").unwrap().unwrap().reliability,
        Reliability::HighlyReliable
    );
    b.assert_sound();
}

#[test]
fn positions_that_a_foreign_entry_names_are_those_of_its_own_log() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    // The logs are not equally long, so that a position of one is something else in the other.
    for n in 0..5 {
        b.say(Event::SettingChanged { key: "country".into(), value: n.to_string() });
    }
    let one = strike(1, 10);
    a.add(&one.report);
    let incident = record('i', &one.incident);
    let first = a.decide(&incident, "grading", "weak", &[]);
    let run = a.extract("2", &[&one.report.without(&one.toll)], false);
    a.decide(&incident, "grading", "confirmed", &[first]);
    a.say(Event::ExtractionAdopted(Adopted { run }));
    receive(&mut b, &a);
    let row = b.register.view().incident(&incident, b.position()).unwrap();
    assert_eq!(row.incident.grading, Grading::Confirmed);
    assert_eq!(b.killed().0, None);
    assert!(b.register.view().runs(true).unwrap().is_empty());
    // Another grade decided here is the second head: conflicting in both.
    b.decide(&incident, "grading", "fair", &[]);
    receive(&mut a, &b);
    for fixture in [&a, &b] {
        let row = fixture.register.view().incident(&incident, fixture.position()).unwrap();
        assert_eq!(row.incident.grading, Grading::Ungraded);
        fixture.assert_sound();
    }
    // Either of them can end the conflict, by naming both heads.
    let heads = a.register.view().decisions_on(&incident).unwrap();
    let heads = heads.into_iter().filter(|row| row.in_force).map(|row| row.entry).collect::<Vec<_>>();
    assert_eq!(heads.len(), 2);
    assert_ne!(heads[0].origin, heads[1].origin);
    a.say(crate::support::decision(&incident, "grading", "contested", &heads));
    receive(&mut b, &a);
    for fixture in [&a, &b] {
        let row = fixture.register.view().incident(&incident, fixture.position()).unwrap();
        assert_eq!(row.incident.grading, Grading::Contested);
        fixture.assert_sound();
    }
}

#[test]
fn what_another_judged_or_read_stands_beside_our_own_and_not_in_its_place() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    let (one, two) = (strike(1, 10), strike(2, 4));
    for fixture in [&mut a, &mut b] {
        fixture.add(&one.report);
        fixture.add(&two.report);
    }
    // They read the first report with a newer version, which misses its toll.
    a.extract("2", &[&one.report.without(&one.toll)], true);
    assert_eq!(a.killed().0, Some(4));
    a.reject(&two.toll);
    a.judge(one.incident.as_str(), two.incident.as_str(), Verdict::Same);
    b.judge(one.incident.as_str(), two.incident.as_str(), Verdict::Different);
    receive(&mut b, &a);
    assert_ne!(b.record_of(&one.incident), b.record_of(&two.incident), "in doubt they stay apart");
    let verdicts = b.register.view().judgements().unwrap().into_iter().map(|row| row.verdict);
    assert_eq!(
        verdicts.collect::<std::collections::BTreeSet<_>>().len(),
        2,
        "both stand, for somebody to decide"
    );
    assert_eq!(
        b.killed().0,
        Some(10),
        "our reading of the first report stays in force; their rejection counts"
    );
    // Their restoration lifts their rejection; ours would stay.
    a.say(Event::ClaimRestored { claim: two.toll.to_string(), why: "read again".into() });
    receive(&mut b, &a);
    assert_eq!(b.killed().0, Some(14));
    b.reject(&two.toll);
    a.reject(&two.toll);
    a.say(Event::ClaimRestored { claim: two.toll.to_string(), why: "read once more".into() });
    receive(&mut b, &a);
    assert_eq!(b.killed().0, Some(10), "what we rejected stays rejected");
    // Whoever judges last having seen both ends it.
    b.judge(one.incident.as_str(), two.incident.as_str(), Verdict::Same);
    assert_eq!(b.record_of(&one.incident), b.record_of(&two.incident));
    b.assert_sound();
}

/// All of a foreign log comes in at one position of ours.
#[test]
fn a_whole_life_of_claims_arrives_at_one_position() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    let one = strike(1, 10);
    a.add(&one.report);
    a.write(|writing| one.report.arrive(writing));
    let without = one.report.without(&one.toll);
    for reading in [&without, &one.report, &without, &one.report] {
        a.extract("2", &[reading], true);
        let said =
            reading.with(&one.incident, |claim| claim.modality = sijil_model::codebook::ModalityCode::Quoted);
        a.extract("3", &[&said], true);
    }
    for verdict in [Verdict::Same, Verdict::Different, Verdict::Same] {
        a.judge(one.incident.as_str(), strike(2, 4).incident.as_str(), verdict);
    }
    a.write(|writing| crate::support::place(writing, &[crate::support::on_day(&one.time, "2015-11-05")]));
    a.write(|writing| crate::support::place(writing, &[crate::support::on_day(&one.time, "2015-11-06")]));
    a.add(&strike(2, 4).report);
    for _ in 0..2 {
        a.reject(&strike(2, 4).toll);
    }
    for _ in 0..2 {
        a.say(Event::Cleared { targets: vec![record('i', &one.incident)] });
    }
    for _ in 0..2 {
        a.say(Event::Signed { targets: vec![record('i', &one.incident)] });
    }
    for _ in 0..2 {
        a.say(Event::ObjectionMade { person: "p1".into(), why: "the family asks".into() });
    }
    receive(&mut b, &a);
    assert_eq!(b.killed(), a.killed());
    let then = |fixture: &Fixture| {
        fixture
            .register
            .view()
            .incidents(fixture.position())
            .unwrap()
            .into_iter()
            .map(|row| row.incident)
            .collect::<Vec<_>>()
    };
    assert_eq!(then(&b), then(&a));
    a.assert_sound();
    b.assert_sound();
}

#[test]
fn a_date_known_elsewhere_fills_a_gap_and_what_rests_on_it_is_made_again() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    let one = strike(1, 10);
    b.add(&one.report);
    a.add(&one.report.clone().published("2015-11-20").from("harbour-news"));
    let incident =
        |b: &Fixture| b.register.view().incident(&record('i', &one.incident), b.position()).unwrap().incident;
    assert_eq!(incident(&b).tellings[0].order, 0);
    receive(&mut b, &a);
    assert_eq!(
        b.register.view().document(one.report.document.as_str()).unwrap().source.as_deref(),
        Some("harbour-news")
    );
    assert_ne!(incident(&b).tellings[0].order, 0);
    b.assert_sound();
}

#[test]
fn nobody_elsewhere_can_make_a_register_unreadable() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    let one = strike(1, 10);
    b.add(&one.report);
    let count = b.killed();
    // Our own `say` would not write these: somebody else's program, or somebody who wants harm, does.
    let mut archive = sijil_archive::Archive::open(&a.folder.path, None).unwrap();
    let mut batch = archive.begin(&clock).unwrap();
    let run = |result: String| {
        Event::ExtractionRun(Run {
            program: "x".into(),
            version: "1".into(),
            result,
            data: None,
            documents: 1,
        })
    };
    let lines = serde_json::json!({"document": one.report.document, "part": "first", "claims": []});
    let garbage = batch.put_evidence(b"this is no gzip").unwrap().to_string();
    let lines = batch.put_evidence(&result(&[lines])).unwrap().to_string();
    let mut said = vec![Event::ExtractionAdopted(Adopted { run: 999 }).into_entry().unwrap()];
    for blob in ["0".repeat(64), garbage, lines, "no digest".into()] {
        let position = batch.next_index() + said.len() as u64 + 1;
        said.push(run(blob).into_entry().unwrap());
        said.push(Event::ExtractionAdopted(Adopted { run: position }).into_entry().unwrap());
    }
    let incident = record('i', &one.incident);
    let decision = serde_json::json!({"target": incident, "field": "date", "value": "yesterday", "why": "x"});
    said.push(("decision.made".into(), decision));
    said.push(("judgement.made".into(), serde_json::json!({"left": 1})));
    said.push(("weather.noted".into(), serde_json::json!({"rain": true})));
    for (kind, body) in said {
        batch.append(&kind, body, &author()).unwrap();
    }
    batch.commit().unwrap();
    a.register.refresh().unwrap_err();
    receive_unread(&mut b, &a);
    assert_eq!(b.killed(), count);
    assert_eq!(
        unread(&b).len(),
        6,
        "five adoptions and a judgement are kept, each with the reason why it does not count"
    );
    b.assert_sound();
}

#[test]
fn a_fork_is_refused_and_the_view_stays() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    a.add(&strike(1, 10).report);
    receive(&mut b, &a);
    let content = b.content();
    // An older copy of A goes on differently.
    let other = crate::support::folder();
    crate::support::copy(&a.folder.path, &other.path);
    a.add(&strike(2, 4).report);
    receive(&mut b, &a);
    let mut forked = Register::open(&other.path, None).unwrap();
    forked.write(&author(), &clock, |writing| strike(3, 9).report.arrive(writing)).unwrap();
    forked.write(&author(), &clock, |writing| strike(4, 9).report.arrive(writing)).unwrap();
    assert!(
        b.register
            .write(&author(), &clock, |writing| Ok(writing.batch().receive(&other.path, None)?))
            .is_err()
    );
    assert_ne!(b.content(), content);
    assert_eq!(b.killed(), (Some(14), 2));
    let known = b.write(|writing| Ok(writing.batch().receive(&a.folder.path, None)?));
    assert!(
        known.logs.iter().all(|(_, received)| matches!(received, Received::Known | Received::Ours)),
        "{known:?}"
    );
    b.assert_sound();
}

/// Another register's note stands beside ours, and takes the place of none of them.
#[test]
fn nobody_s_population_is_replaced_from_elsewhere() {
    let (mut a, mut b) = (Fixture::new(), Fixture::new());
    let note = |people: &str, replaces| {
        Event::PopulationNoted(PopulationNote {
            place: "xm-nahr".into(),
            period: "2031".into(),
            class: Class::Total,
            people: people.into(),
            source: "census".into(),
            cited: None,
            replaces,
        })
    };
    let name = |fixture: &Fixture, at: u64| EntryName {
        origin: fixture.register.archive().origin().to_string(),
        number: at - 1,
    };
    let stands = |fixture: &Fixture| -> Vec<Option<u64>> {
        let all = fixture.register.view().populations(fixture.position()).unwrap();
        all.iter().map(|one| one.people.min()).collect()
    };
    let ours = a.say(note("120000", None));
    let ours = name(&a, ours);
    receive(&mut b, &a);
    let theirs = b.say(note("90000", Some(ours)));
    assert_eq!(stands(&b), [Some(90_000)], "whoever notes decides what counts here");
    receive(&mut a, &b);
    assert_eq!(stands(&a), [Some(120_000), Some(90_000)]);
    b.say(note("95000", Some(name(&b, theirs))));
    receive(&mut a, &b);
    assert_eq!(stands(&a), [Some(120_000), Some(95_000)], "their own they may replace");
    a.assert_sound();
}
