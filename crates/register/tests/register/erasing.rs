//! A person's name is destroyed: it is in no byte, nothing else moves, and the view is what a rebuild makes.

use sijil_archive::{Destruction, Digest, EntryRef, Erasure};
use sijil_model::{ClaimId, Content};
use sijil_register::results::{ExtractedLine, LinkKind, read_lines};
use sijil_register::{Event, Register};

use crate::support::{
    Fixture, Report, assert_same, author, clock, decision, extract, holding, link, record, result, strike,
};

const NAME: &str = "سلمى الزيتوني";

/// The same number of bytes and letters, so that no offset moves.
fn hidden(text: &str) -> String {
    let hide = |letter: char| match letter.len_utf8() {
        1 if letter == ' ' => ' ',
        1 => 'x',
        2 => '·',
        3 => '▇',
        _ => '🞓',
    };
    text.replace(NAME, &NAME.chars().map(hide).collect::<String>())
}

struct Named {
    fixture: Fixture,
    reports: Vec<Report>,
    salma: Vec<ClaimId>,
}

/// Three documents name her, with a list's link, a judgement, a decided name and a file called after her.
fn named() -> Named {
    let mut fixture = Fixture::new();
    let mut reports = Vec::new();
    let mut salma = Vec::new();
    for (at, text) in [
        "غارة على تل الزيتون قتلت سلمى الزيتوني وهدى النهري.",
        "غارة أخرى؟ مقتل سلمى الزيتوني.",
        "قائمة: سلمى الزيتوني",
    ]
    .iter()
    .enumerate()
    {
        let mut report = Report::new(text);
        report.name = Some(format!("{NAME} {at}.txt"));
        let incident = (at < 2).then(|| report.incident("غارة"));
        salma.push(report.person(NAME, incident.as_ref()));
        if at == 0 {
            report.person("هدى النهري", incident.as_ref());
        }
        reports.push(report);
    }
    for report in &reports {
        fixture.add(report);
    }
    fixture.write(|writing| link(writing, LinkKind::Person, &[(salma[0].as_str(), salma[2].as_str())]));
    fixture.judge(salma[0].as_str(), salma[1].as_str(), sijil_model::codebook::Verdict::Same);
    fixture.say(decision(&record('p', &salma[0]), "name", &format!("{NAME} أم علي"), &[]));
    fixture.add(&strike(9, 4).report);
    Named { fixture, reports, salma }
}

/// A blob, and the bytes that stand in its place.
type Replaced = (String, Option<Vec<u8>>);

/// Every body and blob that names her, and what stands in its place.
fn plan(fixture: &Fixture, reports: &[Report]) -> (Vec<Erasure>, Vec<Replaced>) {
    let archive = fixture.register.archive();
    let origin = archive.origin().clone();
    let mut bodies = Vec::new();
    for entry in archive.entries(&origin, 0..u64::MAX) {
        let entry = entry.unwrap();
        let data = entry.content().unwrap().1.to_string();
        if data.contains(NAME) {
            let replacement = Some(serde_json::from_str(&hidden(&data)).unwrap());
            bodies.push(Erasure { entry: EntryRef::new(&origin, entry.index), replacement });
        }
    }
    let mut blobs: Vec<Replaced> = reports
        .iter()
        .map(|report| (report.document.to_string(), Some(hidden(&report.text).into_bytes())))
        .collect();
    for run in fixture.register.view().runs(false).unwrap().iter().filter(|run| run.kind == "extraction") {
        let bytes = fixture.register.blob(&run.result).unwrap();
        let mut lines: Vec<ExtractedLine> = Vec::new();
        read_lines(&run.result, bytes.as_slice(), |line| {
            lines.push(line);
            Ok(())
        })
        .unwrap();
        let mut hit = false;
        for claim in lines.iter_mut().flat_map(|line| &mut line.claims) {
            claim.spans.iter_mut().for_each(|said| said.quote = hidden(&said.quote));
            if let Content::Person(said) = &mut claim.content
                && said.name.as_deref() == Some(NAME)
            {
                (said.name, hit) = (None, true);
            }
        }
        if hit {
            blobs.push((run.result.clone(), Some(result(&lines))));
        }
    }
    (bodies, blobs)
}

fn erase(fixture: &mut Fixture, bodies: &[Erasure], blobs: &[Replaced]) {
    fixture.write(|writing| {
        let mut destroyed = Vec::new();
        for (old, new) in blobs {
            let new = new.as_ref().map(|bytes| writing.batch().put_evidence(bytes)).transpose()?;
            destroyed.push(Destruction { old: old.parse::<Digest>()?, new });
        }
        Ok(writing.batch().erase(bodies, &destroyed, "the family asks", &author())?)
    });
}

#[test]
fn the_name_is_in_no_byte_and_nothing_else_moves() {
    let Named { mut fixture, reports, salma } = named();
    assert!(!holding(&fixture.folder.path, NAME).is_empty());
    let then = fixture.position();
    let answers: Vec<_> =
        (1..=then).map(|at| (fixture.figure(at), fixture.register.view().incidents(at).unwrap())).collect();
    let person = record('p', &salma[0]);
    let members = fixture.register.view().members(&person).unwrap();
    assert_eq!(members.len(), 3);
    let (bodies, blobs) = plan(&fixture, &reports);
    assert_eq!((bodies.len(), blobs.len()), (4, 6));
    erase(&mut fixture, &bodies, &blobs);

    for words in [NAME, "سلمى", "الزيتوني"] {
        assert_eq!(holding(&fixture.folder.path, words), Vec::<std::path::PathBuf>::new(), "{words}");
    }
    let folded = sijil_model::fold::fold(NAME);
    assert_eq!(holding(&fixture.folder.path, &folded), Vec::<std::path::PathBuf>::new());
    let view = fixture.register.view();
    assert!(view.search(NAME, 9).unwrap().is_empty());
    assert_eq!(view.search("النهري", 9).unwrap().len(), 2);
    assert_eq!(
        view.members(&person).unwrap(),
        members,
        "the same words are the same claims, and one record still"
    );
    let row = view.person(&person).unwrap();
    assert!(row.name.is_none_or(|name| !name.contains("سلمى")));
    for (at, (figure, incidents)) in answers.iter().enumerate() {
        assert_eq!(&fixture.figure(at as u64 + 1), figure, "as of {}", at + 1);
        assert_eq!(&view.incidents(at as u64 + 1).unwrap(), incidents, "as of {}", at + 1);
    }
    // The bytes of a document are what stands in their place, and its entry says by which one it was erased.
    let bytes = fixture.register.blob(reports[0].document.as_str()).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), hidden(&reports[0].text));
    let entry = view.entry_of_document(reports[0].document.as_str()).unwrap();
    let by = view.entry(entry.erased_by.unwrap()).unwrap();
    assert_eq!((entry.kind.as_str(), by.kind.as_str()), ("document.added", "body.erased"));
    for claim in view.claims_of_document(reports[0].document.as_str()).unwrap() {
        let said = &claim.claim.spans[0];
        assert_eq!(said.span.quote(&hidden(&reports[0].text)), Some(said.quote.as_str()));
    }
    fixture.assert_sound();
    fixture.add(&strike(10, 2).report);
    fixture.assert_sound();
}

#[test]
fn what_is_destroyed_without_replacement_leaves_a_register_that_opens() {
    let Named { mut fixture, reports, salma } = named();
    let (bodies, blobs) = plan(&fixture, &reports);
    let bodies: Vec<_> = bodies.into_iter().map(|erasure| Erasure { replacement: None, ..erasure }).collect();
    let blobs: Vec<_> = blobs.into_iter().map(|(old, _)| (old, None)).collect();
    erase(&mut fixture, &bodies, &blobs);
    for words in [NAME, "الزيتوني"] {
        assert_eq!(holding(&fixture.folder.path, words), Vec::<std::path::PathBuf>::new(), "{words}");
    }
    let view = fixture.register.view();
    assert_eq!(fixture.killed(), (Some(4), 1), "what nothing was left of is not counted, the rest is");
    assert!(view.person(&record('p', &salma[0])).is_err());
    assert!(view.document(reports[0].document.as_str()).is_ok(), "that there was a document is known still");
    let gone = fixture.register.blob(reports[0].document.as_str()).unwrap_err().to_string();
    assert!(gone.contains("erased by entry"), "{gone}");
    fixture.assert_sound();
}

#[test]
fn a_document_whose_entry_is_gone_is_described_again_when_it_comes_again() {
    let Named { mut fixture, reports, .. } = named();
    let (bodies, _) = plan(&fixture, &reports);
    let bodies: Vec<_> = bodies.into_iter().map(|erasure| Erasure { replacement: None, ..erasure }).collect();
    erase(&mut fixture, &bodies, &[]);
    let held = |fixture: &Fixture| fixture.register.view().document(reports[0].document.as_str()).unwrap();
    assert_eq!((held(&fixture).size, held(&fixture).name), (0, None));
    assert_eq!(fixture.register.view().claims_of_document(reports[0].document.as_str()).unwrap().len(), 3);
    let again = Report { name: Some("post 4.txt".into()), ..reports[0].clone() };
    fixture.write(|writing| again.arrive(writing));
    let document = held(&fixture);
    assert_eq!((document.name.as_deref(), document.media_type.as_str()), (Some("post 4.txt"), "text/plain"));
    assert_eq!(document.size, reports[0].text.len() as u64);
    fixture.assert_sound();
}

#[test]
fn a_desk_that_was_open_meanwhile_goes_on() {
    let Named { fixture, reports, .. } = named();
    let mut desk = fixture;
    let (bodies, blobs) = plan(&desk, &reports);
    // Another program erases.
    let mut other = Register::open(&desk.folder.path, None).unwrap();
    other
        .write(&author(), &clock, |writing| {
            let mut destroyed = Vec::new();
            for (old, new) in &blobs {
                let new = writing.batch().put_evidence(new.as_ref().unwrap())?;
                destroyed.push(Destruction { old: old.parse()?, new: Some(new) });
            }
            Ok(writing.batch().erase(&bodies, &destroyed, "the family asks", &author())?)
        })
        .unwrap();
    drop(other);
    desk.say(Event::SettingChanged { key: "country".into(), value: "XM".into() });
    assert!(desk.register.view().search(NAME, 9).unwrap().is_empty());
    assert_eq!(holding(&desk.folder.path, NAME), Vec::<std::path::PathBuf>::new());
    desk.add(&strike(11, 3).report);
    desk.assert_sound();
}

#[test]
fn many_programs_notice_an_erasure_at_once() {
    let Named { mut fixture, reports, .. } = named();
    let (bodies, blobs) = plan(&fixture, &reports);
    let path = fixture.folder.path.clone();
    let opened: Vec<Register> = (0..4).map(|_| Register::open(&path, None).unwrap()).collect();
    erase(&mut fixture, &bodies, &blobs);
    let content = fixture.content();
    std::thread::scope(|scope| {
        for mut register in opened {
            scope.spawn(move || register.refresh().unwrap());
        }
        for _ in 0..4 {
            let (path, content) = (&path, &content);
            scope.spawn(move || {
                assert_same(content, &Register::open(path, None).unwrap().view().content().unwrap())
            });
            scope.spawn(move || {
                assert_same(content, &Register::rebuild(path, None).unwrap().view().content().unwrap())
            });
        }
    });
    assert_eq!(holding(&path, NAME), Vec::<std::path::PathBuf>::new());
    drop(fixture.register);
    let register = Register::open(&path, None).unwrap();
    assert_same(&content, &register.view().content().unwrap());
    Fixture { register, folder: fixture.folder }.assert_sound();
}

#[test]
fn an_erasure_reaches_another_register_with_the_log() {
    let Named { fixture: mut a, reports, .. } = named();
    let mut b = Fixture::new();
    b.write(|writing| Ok(writing.batch().receive(&a.folder.path, None)?));
    let killed = b.killed();
    assert!(!b.register.view().search(NAME, 9).unwrap().is_empty());
    let (bodies, blobs) = plan(&a, &reports);
    erase(&mut a, &bodies, &blobs);
    b.write(|writing| Ok(writing.batch().receive(&a.folder.path, None)?));
    assert!(b.register.view().search(NAME, 9).unwrap().is_empty());
    assert_eq!(holding(&b.folder.path, NAME), Vec::<std::path::PathBuf>::new());
    assert_eq!(b.killed(), killed);
    assert!(b.register.view().entries(0, 999).unwrap().iter().all(|entry| entry.unread.is_none()));
    b.assert_sound();
}

#[test]
fn an_extraction_after_an_erasure_reads_on() {
    let Named { mut fixture, reports, salma } = named();
    let (bodies, blobs) = plan(&fixture, &reports);
    erase(&mut fixture, &bodies, &blobs);
    let mut again = Report { text: hidden(&reports[1].text), ..reports[1].clone() };
    again
        .claims
        .iter_mut()
        .flat_map(|claim| &mut claim.spans)
        .for_each(|said| said.quote = hidden(&said.quote));
    if let Content::Person(said) = &mut again.claims[1].content {
        said.name = None;
    }
    fixture.write(|writing| extract(writing, "2", &[&again], true));
    assert_eq!(fixture.register.view().members(&record('p', &salma[0])).unwrap().len(), 3);
    fixture.assert_sound();
    let content = fixture.content();
    let reopened = Register::open(&fixture.folder.path, None).unwrap();
    assert_same(&content, &reopened.view().content().unwrap());
}
