//! `sijil add`: archives documents, and reads, extracts, places and links them.

use std::path::PathBuf;

use rayon::prelude::*;
use serde_json::json;
use sijil_model::{Day, Edtf, SourceId};

use crate::arguments::{Add, Arguments};
use crate::failure::{Failure, Outcome};
use crate::session::{self, Session};
use crate::stages::Stages;
use crate::stages::intake::{self, Loss, Notice, Received, Taken};
use crate::stages::people::{self, Increment};
use crate::stages::saving::{self, Prepared, Said, Saved};
use crate::stages::strikes;
use crate::terminal::{complain, counted, progress, say};

/// Documents that are saved together: enough that saving costs little, few enough that little is lost in a crash.
const BATCH_DOCUMENTS: usize = 100;

/// A batch is saved earlier when its files come to this.
const BATCH_BYTES: u64 = 32 << 20;

pub fn run(arguments: &Arguments, add: &Add) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    if let Some(note) = &add.note {
        tell(add.json, &note_in(&mut session, &stages, note, add)?);
        return Ok(());
    }
    let said = said(&session, add)?;
    let last = last_day(&said);
    let mut messages = Vec::new();
    let files = intake::files(&add.paths, &mut messages);
    let mut tally = Tally { refused: messages.len(), ..Tally::default() };
    messages.iter().for_each(|message| complain(message));
    let bar = progress(files.len() as u64, "adding");
    let mut names_somebody = false;
    for batch in batches(&files) {
        let taken: Vec<(Vec<Received>, Vec<Notice>)> =
            batch.par_iter().map(|path| take(path, last)).collect();
        let mut received = Vec::new();
        for (documents, notices) in taken {
            notices.iter().for_each(|notice| complain(&notice.text));
            let refused_before = tally.refused;
            notices.iter().for_each(|notice| tally.lose(notice.loss));
            if tally.refused > refused_before && add.strict {
                return Err(Failure::Refused(
                    "stopped at the first file or row that could not be read, as --strict asks".into(),
                ));
            }
            received.extend(documents);
        }
        let prepared = prepared(&session, &stages, &said, received)?;
        for saved in saving::save(&mut session.register, &stages, &session.account, prepared)? {
            tally.add(&saved);
            names_somebody |=
                !saved.known && session.register.view().names_somebody(saved.document.as_str())?;
            tell(add.json, &saved);
        }
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    // Who names nobody changes nobody.
    settle(&mut session, names_somebody)?;
    tally.tell(add.json)
}

/// Keeps what a person wrote down as a document, and codes it as every other.
pub fn note_in(session: &mut Session, stages: &Stages, note: &str, add: &Add) -> Result<Saved, Failure> {
    if note.trim().is_empty() {
        return Err(Failure::Usage("the note is empty; write down what was told".into()));
    }
    let said = said(session, add)?;
    let received = match intake::note(note) {
        Taken::Documents(received, _) => received,
        Taken::Refused(why) => return Err(Failure::Refused(why)),
    };
    let prepared = prepared(session, stages, &said, received)?;
    let saved = saving::save(&mut session.register, stages, &session.account, prepared)?;
    let saved = saved.into_iter().next().ok_or_else(|| Failure::Internal("a note was not saved".into()))?;
    let names_somebody = !saved.known && session.register.view().names_somebody(saved.document.as_str())?;
    settle(session, names_somebody)?;
    Ok(saved)
}

/// Compares what came in with what the register has: its people, where it names somebody, and its incidents.
fn settle(session: &mut Session, names_somebody: bool) -> Outcome {
    if names_somebody {
        link_people(session)?;
    }
    strikes::compare(&mut session.register, &session.account)
}

/// Links the people of what came in, where the register's people were linked before.
fn link_people(session: &mut Session) -> Outcome {
    match people::increment(&session.register)? {
        Increment::Found(found) if found.lines.is_empty() => {
            people::pass_over(&mut session.register, &found)?
        }
        Increment::Found(found) => {
            let run = people::save(&mut session.register, &session.account, &found)?;
            complain(&format!(
                "run:{run}  {} that came in or changed compared with those near them, {} in all; linked otherwise than before: {}",
                counted(found.due.len(), "name"),
                found.claims,
                counted(found.lines.len(), "group")
            ));
        }
        Increment::OfAnotherLinker => complain(
            "the people of these documents are linked with nobody yet: the linking in force is of another linker; run `sijil link`",
        ),
        Increment::NeverLinked => {}
    }
    Ok(())
}

fn said(session: &Session, add: &Add) -> Result<Said, Failure> {
    let source = add.source.as_deref().map(SourceId::new).transpose()?;
    let mut source_kind = None;
    if let Some(source) = &source {
        let known = session.register.view().source(source.as_str())?;
        let known = known.ok_or_else(|| {
            Failure::Usage(format!("there is no source `{source}`; describe it first: sijil source {source} --kind local_media --name-en …"))
        })?;
        source_kind = Some(known.source_kind);
    }
    Ok(Said { source, source_kind, published: add.published.as_deref().map(Edtf::new).transpose()? })
}

/// The last day that what comes in can tell of: that on which it was published, where that is said, else today.
fn last_day(said: &Said) -> Day {
    said.published.as_ref().and_then(|day| day.bounds().latest).unwrap_or_else(session::today)
}

fn take(path: &std::path::Path, last: Day) -> (Vec<Received>, Vec<Notice>) {
    match intake::take(path, last) {
        Taken::Documents(documents, notices) => (documents, notices),
        Taken::Refused(text) => (Vec::new(), vec![Notice { text, loss: Loss::Refused }]),
    }
}

/// Codes what the register does not have yet; what it has is only named again.
fn prepared(
    session: &Session,
    stages: &Stages,
    said: &Said,
    received: Vec<Received>,
) -> Result<Vec<Prepared>, Failure> {
    let view = session.register.view();
    let known = received.iter().map(|received| view.has_document(received.document.as_str()));
    let known = known.collect::<sijil_register::Result<Vec<bool>>>()?;
    let coded = received.into_par_iter().zip(known).map(|(received, known)| match known {
        true => saving::prepare_known(received, said),
        false => saving::prepare(stages, received, said),
    });
    Ok(coded.collect())
}

fn batches(files: &[PathBuf]) -> Vec<&[PathBuf]> {
    let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let (mut batches, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (at, path) in files.iter().enumerate() {
        bytes += size(path);
        if at + 1 - start == BATCH_DOCUMENTS || bytes >= BATCH_BYTES || at + 1 == files.len() {
            batches.push(&files[start..=at]);
            (start, bytes) = (at + 1, 0);
        }
    }
    batches
}

/// What is printed is durable.
fn tell(as_json: bool, saved: &Saved) {
    if as_json {
        say(&json!({ "document": saved.document, "name": saved.name, "known": saved.known, "claims": saved.claims }).to_string());
    } else {
        let name = saved.name.as_deref().unwrap_or("-");
        let what = if saved.known { "known already".to_owned() } else { counted(saved.claims, "claim") };
        say(&format!("{}  {name}  {what}", &saved.document.as_str()[..12]));
    }
}

#[derive(Default)]
struct Tally {
    added: usize,
    known: usize,
    refused: usize,
    unread: u64,
    doubted: u64,
    claims: u64,
}

impl Tally {
    fn lose(&mut self, loss: Loss) {
        match loss {
            Loss::Nothing => {}
            Loss::Refused => self.refused += 1,
            Loss::Unread(cells) => self.unread += cells,
            Loss::Doubted(cells) => self.doubted += cells,
        }
    }

    fn add(&mut self, saved: &Saved) {
        self.known += usize::from(saved.known);
        self.added += usize::from(!saved.known);
        self.claims += saved.claims;
    }

    fn tell(&self, as_json: bool) -> Outcome {
        let Tally { added, known, refused, unread, doubted, claims } = self;
        let mut line = format!(
            "{} added, {known} known already, {refused} refused; {}",
            counted(*added, "document"),
            counted(*claims, "claim")
        );
        if *unread > 0 {
            line.push_str(&format!("; {} not read", counted(*unread, "cell")));
        }
        if *doubted > 0 {
            line.push_str(&format!("; {} to look at again", counted(*doubted, "cell")));
        }
        if as_json {
            complain(&line)
        } else {
            say(&line)
        }
        if *refused > 0 { Err(Failure::Told) } else { Ok(()) }
    }
}
