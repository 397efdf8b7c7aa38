//! `sijil judge`: says whether two records or claims are the same.

use sijil_model::codebook::Verdict;
use sijil_register::ask::Target;
use sijil_register::results::LinkKind;
use sijil_register::{Event, View};

use super::decide::why;
use super::moved::Before;
use crate::arguments::{Arguments, Judge, VerdictWord};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::{Stages, people, strikes};
use crate::terminal::{complain, say};

pub fn run(arguments: &Arguments, judge: &Judge) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let before = Before::of(&session, &stages)?;
    let verdict = match judge.verdict {
        VerdictWord::Same => Verdict::Same,
        VerdictWord::Different => Verdict::Different,
        VerdictWord::Unsure => Verdict::Unsure,
    };
    let position = judge_in(&mut session, &judge.left, &judge.right, verdict, &judge.why)?;
    say(&format!("entry:{position}  judgement.made  {} {} {verdict}", judge.left, judge.right));
    before.tell_moved(&session, &stages)?;
    if verdict == Verdict::Same
        && names_several(session.register.view(), &judge.left)?
        && people::is_unlinked(&session.register)?
    {
        complain(
            "the people of this register were never linked: who is named in two ways is counted twice until `sijil link`",
        );
    }
    Ok(())
}

/// Whether the incident that a record or claim is of now names two people or more.
fn names_several(view: &View, id: &str) -> Result<bool, Failure> {
    let Some(record) = view.record_of(&founder(view, id)?)? else { return Ok(false) };
    let named = view.people_of(&record)?.into_iter().filter(|person| person.name.is_some());
    Ok(named.count() > 1)
}

/// Writes a judgement between two records or claims of one kind, and compares incidents again with what is near them: of
/// a group was said no more than held it together, and two that are not one may each be one with others of it.
pub fn judge_in(
    session: &mut Session,
    left: &str,
    right: &str,
    verdict: Verdict,
    reason: &str,
) -> Result<u64, Failure> {
    let (said, kind) = say_in(session, left, right, verdict, reason)?;
    if kind == LinkKind::Incident.code() {
        strikes::compare(&mut session.register, &session.account)?;
    }
    Ok(said)
}

/// Writes a judgement and no more; with what kind of claims it is between.
pub fn say_in(
    session: &mut Session,
    left: &str,
    right: &str,
    verdict: Verdict,
    reason: &str,
) -> Result<(u64, &'static str), Failure> {
    let view = session.register.view();
    let (left, right) = (founder(view, left)?, founder(view, right)?);
    if left == right {
        return Err(Failure::Refused(format!("{left} is compared with itself; name two records")));
    }
    let (kind_left, kind_right) =
        (view.claim(&left)?.claim.content.kind(), view.claim(&right)?.claim.content.kind());
    if kind_left != kind_right {
        return Err(Failure::Refused(format!(
            "one of them is of the kind {kind_left} and the other of the kind {kind_right}; judge two of one kind"
        )));
    }
    let why = why(reason)?;
    let said = session.write(|writing| writing.say(Event::JudgementMade { left, right, verdict, why }))?;
    Ok((said, kind_left))
}

/// The claim that stands for a record: judgements bind to anchors, so that they survive a newer extraction.
pub fn founder(view: &View, id: &str) -> Result<String, Failure> {
    match view.find(id)? {
        Target::Claim(claim) => Ok(claim),
        Target::Incident(record) | Target::Person(record) => {
            let first = view.members(&record)?.into_iter().next();
            first.map(|member| member.claim).ok_or_else(|| {
                Failure::Refused(format!(
                    "{record} has no claims any more; `sijil show {record}` says where they went"
                ))
            })
        }
        other => Err(Failure::Usage(format!(
            "{} cannot be judged; name two incidents, two people or two claims",
            other.id()
        ))),
    }
}
