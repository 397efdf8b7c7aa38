//! A newer extractor: old figures stand, its run is a proposal, and adopting it carries what people said over by anchors.

use sijil::session::Session;
use sijil::stages::saving::{self, Said};
use sijil::stages::{Coder, Program, Stages, coding, intake, rerun};
use sijil_extract::{Extraction, Extractor, Report};
use sijil_model::claim::claim_id;
use sijil_model::{Claim, Content, Span};

use crate::support::Home;

const KEPT: &str = "Four people were killed in an air strike on Port Amal on 5 March 2031.\n";
const MOVED: &str = "Five people were killed in an air strike on Qasr Nahr on 6 March 2031.\n";
const DROPPED: &str = "Six people were killed in an air strike on Tell Zaytun on 7 March 2031.\n";

/// The second version of the extractor: it reads the trigger of one report otherwise, and nothing in another.
struct Second(Extractor);

impl Coder for Second {
    fn program(&self) -> Program {
        Program { name: sijil_extract::EXTRACTOR.into(), version: "second".into() }
    }

    fn extract(&self, report: &Report<'_>) -> Extraction {
        let mut found = self.0.extract(report);
        if report.text == DROPPED {
            found.claims.clear();
        }
        if report.text == MOVED {
            found.claims = widened(found.claims);
        }
        found
    }
}

/// The same claims with the incident's words one letter longer: another anchor over the old one.
fn widened(mut claims: Vec<Claim>) -> Vec<Claim> {
    let at = claims.iter().position(|claim| matches!(claim.content, Content::Incident { .. })).unwrap();
    let old = claims[at].id.clone();
    let quoted = &mut claims[at].spans[0];
    if let Span::Text { end, byte_end, .. } = &mut quoted.span {
        (*end, *byte_end) = (*end + 1, *byte_end + 1);
    }
    quoted.quote.push(' ');
    let new = claim_id(&claims[at].document, &claims[at].spans, &claims[at].content);
    claims[at].id = new.clone();
    for claim in &mut claims {
        if claim.about.as_ref() == Some(&old) {
            claim.about = Some(new.clone());
        }
    }
    claims
}

fn second(session: &Session) -> Stages {
    let mut stages = Stages::of(&session.register).unwrap();
    let actors: Vec<_> = stages.actors.values().cloned().collect();
    let extractor = coding::extractor(&actors, &stages.gazetteer, stages.country.as_deref());
    stages.coder = std::sync::Arc::new(Second(extractor));
    stages
}

/// A register with three reports, and something that a person said about each.
fn filled() -> Home {
    let home = Home::new();
    for (name, text) in [("kept.txt", KEPT), ("moved.txt", MOVED), ("dropped.txt", DROPPED)] {
        home.add([home.file(name, text)]).ends(0);
    }
    for text in [KEPT, MOVED, DROPPED] {
        home.run(["decide", &incident(&home, text), "grading", "weak", "--why", "one source"]).ends(0);
    }
    home
}

/// The record of the incident that a report tells.
fn incident(home: &Home, text: &str) -> String {
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let rows = register.view().claims_of_document(&crate::support::sha256(text)).unwrap();
    let claim = rows
        .iter()
        .find(|row| matches!(row.claim.content, Content::Incident { .. }))
        .unwrap()
        .claim
        .id
        .clone();
    register.view().record_of(claim.as_str()).unwrap().unwrap()
}

/// The claim of the number that a report tells.
fn number(home: &Home, text: &str) -> String {
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let rows = register.view().claims_of_document(&crate::support::sha256(text)).unwrap();
    rows.iter()
        .find(|row| matches!(row.claim.content, Content::Casualty { .. }))
        .unwrap()
        .claim
        .id
        .to_string()
}

fn propose(home: &Home) -> String {
    let mut session = Session::open_folder(&home.register, None).unwrap();
    let stages = second(&session);
    let account = session.account.clone();
    let (position, claims) = rerun::everything(&mut session.register, &stages, &account).unwrap();
    assert!(claims > 0);
    format!("run:{position}")
}

#[test]
fn a_proposal_moves_nothing_until_it_is_adopted() {
    let home = filled();
    let (claims, mut figure) = (home.claims(), home.count(&["--by", "governorate"]));
    home.run(["adopt"]).ends(0).says(&["no run is proposed"]);
    let run = propose(&home);
    let mut still = home.count(&["--by", "governorate"]);
    (figure["log_position"], still["log_position"]) = (0.into(), 0.into());
    assert_eq!(still, figure, "a proposal moves no figure");
    assert_eq!(home.claims(), claims, "and no claim");
    home.run(["adopt"]).ends(0).says(&[&run, "sijil-rules", "second"]);
    home.run(["adopt", "run:1"]).ends(1).says(&["run:1"]);
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
    home.verifies();
}

#[test]
fn adopting_carries_asks_again_and_lists_orphans() {
    let home = filled();
    home.run(["reject", &number(&home, KEPT), "--why", "it counts the wounded too"]).ends(0);
    let before = home.count(&[]);
    assert_eq!((before["min"].as_u64(), before["incidents"].as_u64()), (Some(11), Some(3)), "{before}");
    let position = before["log_position"].as_u64().unwrap();
    let run = propose(&home);
    let ran = home.run(["adopt", &run]).ends(0).says(&[
        "adopted",
        "asks again",
        "orphan",
        "carried over",
        "all killed",
    ]);
    // Two things were said about the kept report, one about each of the others.
    assert!(ran.out.contains("carried over: 2"), "{}", ran.out);
    let lines = |word: &str| ran.out.lines().filter(|line| line.contains(word)).count();
    assert_eq!((lines("asks again:"), lines("orphan:")), (1, 1), "{}", ran.out);

    let after = home.count(&[]);
    assert_eq!((after["min"].as_u64(), after["incidents"].as_u64()), (Some(5), Some(2)), "{after}");
    assert_eq!(home.count(&["--at", &position.to_string()]), before, "the earlier figure stands");
    home.run(["show", &incident(&home, KEPT)]).ends(0).says(&["grading = weak"]);
    home.run(["adopt"]).ends(0).says(&["no run is proposed"]);
    home.verifies();
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
}

/// After the adoption the second version is in force: the first one's runs are proposals.
#[test]
fn the_version_in_force_is_an_entry() {
    let home = filled();
    let run = propose(&home);
    home.run(["adopt", &run]).ends(0);
    let figure = home.count(&[]);
    let late = home.file("late.txt", crate::support::reports::report(0));
    home.run(["add", &late.display().to_string()]).ends(0);
    assert_eq!(
        home.count(&[])["min"],
        figure["min"],
        "the program's own version is no longer the one in force"
    );
    home.run(["adopt"]).ends(0).says(&["run:"]);

    let mut session = Session::open_folder(&home.register, None).unwrap();
    let stages = second(&session);
    let path = home.file("by-second.txt", crate::support::reports::report(1));
    let intake::Taken::Documents(documents, _) = intake::take(&path, sijil_model::Day::MAX) else {
        panic!("a report is read")
    };
    let prepared =
        documents.into_iter().map(|received| saving::prepare(&stages, received, &Said::default())).collect();
    let account = session.account.clone();
    let saved = saving::save(&mut session.register, &stages, &account, prepared).unwrap();
    assert!(saved[0].claims > 0);
    drop(session);
    assert!(home.count(&[])["min"].as_u64() > figure["min"].as_u64());
    home.verifies();
}

/// The program itself reads everything again: the same version finds the same, and nothing moves.
#[test]
fn reading_everything_again_with_the_same_version_moves_nothing() {
    let home = filled();
    let (claims, mut figure) = (home.claims(), home.count(&[]));
    home.run(["extract"]).ends(0).says(&["run:", "claims by sijil-rules"]);
    let mut again = home.count(&[]);
    (figure["log_position"], again["log_position"]) = (0.into(), 0.into());
    assert_eq!((home.claims(), again), (claims, figure));
    home.verifies();
}
