//! `sijil link` inside a register: everybody whom its documents name is linked anew, incidents that may be one strike are
//! looked for, and what moved is told.

use std::collections::{BTreeMap, BTreeSet};

use sijil_register::View;

use crate::arguments::{Arguments, Link};
use crate::commands::moved::Before;
use crate::failure::{Failure, Outcome};
use crate::linking::telling;
use crate::session::Session;
use crate::stages::Stages;
use crate::stages::people::{self, Found, Whole};
use crate::stages::strikes;
use crate::terminal::{complain, counted, say};

/// Links the people of the register, and looks for incidents that may be one.
pub fn run(arguments: &Arguments, link: &Link) -> Outcome {
    if let Some(option) = of_files(link) {
        return Err(Failure::Usage(format!(
            "{option} goes with lists in files: sijil link FILE… {option} …"
        )));
    }
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    if let Some(number) = link.review {
        return telling::tell(session.register.view(), &stages, number);
    }
    let before = Before::of(&session, &stages)?;
    let linked = people(&mut session)?;
    let looked = incidents(&mut session)?;
    if !linked && !looked {
        say(
            "nobody is named in this register, and no two reports tell of incidents; there is nothing to link",
        );
        return Ok(());
    }
    before.tell_moved(&session, &stages)
}

/// Links everybody anew; whether there was anybody.
fn people(session: &mut Session) -> Result<bool, Failure> {
    let Some(whole) = people::whole(session.register.view())? else { return Ok(false) };
    let found = &whole.found;
    for (left, right) in &found.contradictions {
        complain(&format!(
            "judgements contradict each other about {left} and {right}: others make them one person; `sijil show` of each tells which"
        ));
    }
    let records = Records::of(session.register.view(), found)?;
    let run = people::save(&mut session.register, &session.account, found)?;
    say(&format!("run:{run}  {}", in_words(&whole)));
    if is_proposal(session.register.view(), run)? {
        say(&format!("  it is a proposal: everybody stands as they were until `sijil adopt run:{run}`"));
    } else {
        records.tell_moved(session.register.view())?;
    }
    Ok(true)
}

fn is_proposal(view: &View, run: u64) -> Result<bool, Failure> {
    Ok(view.runs(true)?.iter().any(|proposed| proposed.position == run))
}

/// Looks for incidents that may be one strike; whether there were reports to compare.
fn incidents(session: &mut Session) -> Result<bool, Failure> {
    let Some(found) = strikes::whole(&session.register)? else {
        strikes::none_to_compare(&mut session.register)?;
        return Ok(false);
    };
    let (reports, pairs) = (counted(found.reports, "report"), counted(found.pairs, "pair"));
    let told = format!("{reports} of incidents compared; {pairs} of incidents may be one");
    let Some(run) = strikes::save(&mut session.register, &session.account, &found)? else {
        say(&format!("{told}, as before"));
        return Ok(true);
    };
    say(&format!(
        "run:{run}  {told}: `sijil link --review 20` shows them, and nothing is joined before somebody judges"
    ));
    if is_proposal(session.register.view(), run)? {
        say(&format!("  it is a proposal, and shown nowhere until `sijil adopt run:{run}`"));
    }
    Ok(true)
}

/// An option that goes with files only, where one is given.
fn of_files(link: &Link) -> Option<&'static str> {
    let given = [
        (link.out.is_some(), "--out"),
        (!link.map.is_empty(), "--map"),
        (link.truth.is_some(), "--truth"),
        (link.judgements.is_some(), "--judgements"),
        (link.captures, "--captures"),
        (link.explain.is_some(), "--explain"),
        (link.audit.is_some(), "--audit"),
        (link.audited.is_some(), "--audited"),
        (link.priors.is_some(), "--priors"),
    ];
    given.into_iter().find(|(is_given, _)| *is_given).map(|(_, option)| option)
}

/// What a linking came to, on one line.
fn in_words(whole: &Whole) -> String {
    let mut drawn = whole.drawn.clone();
    drawn.sort_unstable();
    let tail = drawn.len() / 40;
    let ends = drawn.get(tail).zip(drawn.get(drawn.len().saturating_sub(1 + tail)));
    let range = ends.map(|(low, high)| format!(" ({low} to {high} in 95 of 100 draws)")).unwrap_or_default();
    format!(
        "{} in {} and reports: {}{range}; linked otherwise than before: {}",
        counted(whole.found.claims, "name"),
        counted(whole.lists, "list"),
        counted(whole.people, "person"),
        counted(whole.found.lines.len(), "group")
    )
}

/// The records of the claims that a linking touches, as they were before it.
struct Records(BTreeMap<String, String>);

impl Records {
    fn of(view: &View, found: &Found) -> Result<Self, Failure> {
        let mut records = BTreeMap::new();
        for claim in found.lines.iter().flat_map(|line| &line.people) {
            if let Some(record) = view.record_of(claim)? {
                records.insert(claim.clone(), record);
            }
        }
        Ok(Self(records))
    }

    /// Prints how many people became one, and who fell apart.
    fn tell_moved(&self, view: &View) -> Outcome {
        let (mut of_new, mut of_old): (Related<'_>, Related<'_>) = Default::default();
        let mut now = Vec::new();
        for (claim, old) in &self.0 {
            now.extend(view.record_of(claim)?.map(|new| (old.as_str(), new)));
        }
        for (old, new) in &now {
            of_new.entry(new).or_default().insert(old);
            of_old.entry(old).or_default().insert(new);
        }
        let several = |of: &Related<'_>| of.values().filter(|others| others.len() > 1).count();
        let joined: usize = of_new.values().map(|old| old.len() - 1).sum();
        say(&format!(
            "  {} joined to others, {} fell apart; `sijil show` of an old id says where it went",
            counted(joined, "person"),
            several(&of_old)
        ));
        Ok(())
    }
}

/// Records by the records with which they share claims.
type Related<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;
