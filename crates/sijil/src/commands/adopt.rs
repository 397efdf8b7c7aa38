//! `sijil adopt`: makes a proposed run count, and says which judgements carried, ask again, or are orphans.

use sijil_model::Span;
use sijil_register::ask::RunRow;
use sijil_register::event::Adopted;
use sijil_register::{Event, View};

use super::moved::Before;
use crate::arguments::{Adopt, Arguments};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::{Program, Stages, setting};
use crate::terminal::{say, table};

pub fn run(arguments: &Arguments, adopt: &Adopt) -> Outcome {
    let mut session = Session::open(arguments)?;
    let Some(run) = &adopt.run else { return list(&session) };
    let stages = Stages::of(&session.register)?;
    let before = Before::of(&session, &stages)?;
    let anchors = anchors(session.register.view())?;
    let position = adopt_in(&mut session, run)?;
    say(&format!("entry:{position}  adopted  {run}"));
    tell_carried(session.register.view(), &anchors)?;
    before.tell_moved(&session, &stages)
}

fn list(session: &Session) -> Outcome {
    let proposed = session.register.view().runs(true)?;
    if proposed.is_empty() {
        say("no run is proposed; every one is in force");
        return Ok(());
    }
    table(
        &proposed
            .iter()
            .map(|run| {
                vec![
                    format!("run:{}", run.position),
                    run.kind.clone(),
                    run.program.clone(),
                    run.version.clone(),
                ]
            })
            .collect::<Vec<_>>(),
    );
    say("a run counts after `sijil adopt run:N`");
    Ok(())
}

/// Makes a proposed run count, and its program's version the one in force; returns the log position.
pub fn adopt_in(session: &mut Session, run: &str) -> Result<u64, Failure> {
    let number = run.strip_prefix("run:").unwrap_or(run);
    let proposed = session.register.view().runs(true)?;
    let row = proposed.into_iter().find(|row| row.position.to_string() == number);
    let row: RunRow =
        row.ok_or_else(|| Failure::Refused(format!("{run} is no proposed run; `sijil adopt` lists them")))?;
    let (key, adopted): (&str, fn(Adopted) -> Event) = match row.kind.as_str() {
        "extraction" => (setting::EXTRACTOR, Event::ExtractionAdopted),
        "placing" => (setting::PLACER, Event::PlacingAdopted),
        _ => (setting::LINKER, Event::LinkAdopted),
    };
    let value = Program { name: row.program, version: row.version }.in_force();
    session.write(|writing| {
        writing.say(Event::SettingChanged { key: key.into(), value })?;
        writing.say(adopted(Adopted { run: row.position }))
    })
}

/// A claim that a person said something about, with where it stands.
pub struct Anchor {
    claim: String,
    document: String,
    kind: &'static str,
    span: Option<Span>,
    what: String,
}

/// Every claim that judgements, decisions and rejections bind to.
pub fn anchors(view: &View) -> Result<Vec<Anchor>, Failure> {
    let mut anchors = Vec::new();
    for (claim, what) in view.claims_bound()? {
        let row = view.claim(&claim)?;
        let span = row.claim.spans.first().map(|quoted| quoted.span);
        anchors.push(Anchor {
            claim,
            document: row.claim.document.to_string(),
            kind: row.claim.content.kind(),
            span,
            what,
        });
    }
    Ok(anchors)
}

fn tell_carried(view: &View, anchors: &[Anchor]) -> Outcome {
    let mut carried = 0;
    for anchor in anchors {
        if view.claim(&anchor.claim)?.valid_to.is_none() {
            carried += 1;
            continue;
        }
        let overlapping = view.claims_of_document(&anchor.document)?.into_iter().find(|row| {
            let span = row.claim.spans.first().map(|quoted| quoted.span);
            row.claim.content.kind() == anchor.kind
                && matches!((span, anchor.span), (Some(a), Some(b)) if a.overlaps(b))
        });
        match overlapping {
            Some(row) => say(&format!(
                "  asks again: the {} on {} now reads {}; say it again if it still holds",
                anchor.what, anchor.claim, row.claim.id
            )),
            None => say(&format!("  orphan: the {} on {} has no claim any more", anchor.what, anchor.claim)),
        }
    }
    say(&format!("  carried over: {carried}"));
    Ok(())
}
