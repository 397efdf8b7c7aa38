//! `sijil enter`: what a document says and no program read in it becomes claims, by whoever read it.

use sijil_model::codebook::Verdict;
use sijil_model::{Claim, ClaimId, DocumentId, Span};
use sijil_register::ask::Target;
use sijil_register::results::{ExtractedLine, StoredClaim};
use sijil_register::{Event, Register};

use super::moved::Before;
use crate::arguments::{Arguments, Enter};
use crate::entering::{self, find_words};
use crate::failure::{Failure, Outcome, into_register};
use crate::session::Session;
use crate::stages::placing::Answers;
use crate::stages::{Stages, replacing, saving, strikes};
use crate::terminal::say;

pub fn run(arguments: &Arguments, enter: &Enter) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let before = Before::of(&session, &stages)?;
    let (position, claims) = enter_in(&mut session, &stages, enter)?;
    say(&format!("entry:{position}  claim.made"));
    let view = session.register.view();
    for claim in &claims {
        let record = view.record_of(claim.id.as_str())?.map(|record| format!("  of {record}"));
        say(&format!(
            "  {}  {} {}{}",
            claim.id,
            claim.content.kind(),
            claim.content.predicate(),
            record.unwrap_or_default()
        ));
    }
    before.tell_moved(&session, &stages)
}

/// Checks and writes what was read; returns the entry's log position and the claims.
pub fn enter_in(session: &mut Session, stages: &Stages, enter: &Enter) -> Result<(u64, Vec<Claim>), Failure> {
    let register = &session.register;
    let document = document_of(register, &enter.document)?;
    let text = text_of(register, &document)?;
    let words = find_words(&text, &enter.words)?;
    let part = part_of(register, &document, words.span)?;
    let incident = enter.incident.as_deref().map(str::trim).filter(|id| !id.is_empty());
    let place = incident.map(|id| InIncident::of(register, id, &document, part)).transpose()?;
    let own = place.as_ref().and_then(|place| place.own.clone());
    let whole = Enter { incident: place.as_ref().map(|place| place.record.clone()), ..enter.clone() };
    let claims = entering::claims(&document, &text, &words, &whole, own.clone())?;
    if let Ok(row) = register.view().claim(claims[0].id.as_str()) {
        return Err(Failure::Refused(format!(
            "this is entered already, as {}; `sijil show {}` shows it",
            row.claim.id, row.claim.id
        )));
    }
    let mut answers = Answers::default();
    replacing::answer_part(register, stages, document.as_str(), part, &claims, &mut answers)?;
    let same = place.filter(|_| own.is_none()).map(|place| Event::JudgementMade {
        left: place.founder,
        right: claims[0].id.to_string(),
        verdict: Verdict::Same,
        why: "entered as another report of this incident".into(),
    });
    let stored = claims.iter().cloned().map(StoredClaim::from).collect();
    let line = ExtractedLine { document, part, claims: stored };
    let position = session.write(|writing| {
        let position = writing.say(Event::ClaimsMade(line))?;
        same.map(|judgement| writing.say(judgement)).transpose()?;
        saving::say_answers(writing, stages, answers, 1).map_err(into_register)?;
        Ok(position)
    })?;
    strikes::compare(&mut session.register, &session.account)?;
    Ok((position, claims))
}

fn document_of(register: &Register, id: &str) -> Result<DocumentId, Failure> {
    match register.view().find(id)? {
        Target::Document(id) => Ok(DocumentId::new(id)?),
        other => {
            Err(Failure::Usage(format!("{} is no document; name the document that says it", other.id())))
        }
    }
}

/// The text of a document as it was read.
fn text_of(register: &Register, document: &DocumentId) -> Result<String, Failure> {
    let short = &document.as_str()[..12];
    match register.view().reading(document.as_str())? {
        Some(reading) if reading.form == "text" => {
            Ok(String::from_utf8_lossy(&register.blob(&reading.text)?).into_owned())
        }
        Some(_) => Err(Failure::Refused(format!(
            "{short} is a list: each of its rows is a person already; put one into an incident with `sijil decide PERSON incident INCIDENT`"
        ))),
        None => Err(Failure::Refused(format!(
            "{short} has no words to rest on; write down what it shows with `sijil add --note`, and enter it from there"
        ))),
    }
}

/// The part of a document in which a span begins.
fn part_of(register: &Register, document: &DocumentId, span: Span) -> Result<u32, Failure> {
    let [start, _] = span.pair();
    let parts = register.view().parts(document.as_str())?;
    Ok(parts.iter().find(|part| part.starts <= start && start < part.ends).map_or(0, |part| part.number))
}

/// The incident that a document is read as telling of.
struct InIncident {
    record: String,
    /// The claim that stands for the record.
    founder: String,
    /// The claim of it in the same part of the document.
    own: Option<ClaimId>,
}

impl InIncident {
    fn of(register: &Register, id: &str, document: &DocumentId, part: u32) -> Result<Self, Failure> {
        let view = register.view();
        let Target::Incident(record) = view.find(id)? else {
            return Err(Failure::Usage(format!("{id} is no incident; its id begins with `i`")));
        };
        let mut own = None;
        let members = view.members(&record)?;
        for member in &members {
            let row = view.claim(&member.claim)?;
            if row.claim.document == *document && row.part == part && own.is_none() {
                own = Some(row.claim.id);
            }
        }
        let founder = members.into_iter().next().map(|member| member.claim).ok_or_else(|| {
            Failure::Refused(format!(
                "{record} has no claims any more; `sijil show {record}` says where they went"
            ))
        })?;
        Ok(Self { record, founder, own })
    }
}
