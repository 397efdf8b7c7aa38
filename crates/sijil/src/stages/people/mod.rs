//! Linking the people of a register: the engine over everybody harmed whom documents name, with what reviewers judged.
//!
//! A whole linking fits the model to the register and keeps what it learnt beside its run; an increment links under what
//! the run in force learnt, and reads only those whom what came in or changed reaches (`near`). Either hands over only what
//! differs from what stands, so that an increment comes to what linking all at once under the same would.

mod lines;
mod near;
mod rows;

use std::collections::BTreeSet;

use sijil_archive::{AccountId, SystemClock};
use sijil_link::people::{self, Learnt, Linked, People, Reach, Settings};
use sijil_model::codebook::Verdict;
use sijil_register::ask::ReachOf;
use sijil_register::results::{AlikeLine, LinkKind, PeopleLine};
use sijil_register::{Register, View, Writing};

use self::lines::{Answer, Said};
use self::near::Near;
use self::rows::{Named, claim_at};
use super::saving::{ResultSpool, say_run};
use super::{linking, setting};
use crate::failure::{Failure, into_register};

/// What a linking found.
pub struct Found {
    /// What is to change, group by group.
    pub lines: Vec<PeopleLine>,
    /// Whom no rule of blocking proposed though their names are nearly the same, where that is to be said anew.
    pub look_alikes: Option<AlikeLine>,
    /// Named claims that were read.
    pub claims: usize,
    /// Claims that came in or changed since the last linking.
    pub due: BTreeSet<String>,
    /// Pairs of claims about which judgements contradict each other.
    pub contradictions: Vec<(String, String)>,
    /// What it learnt, or had learnt before.
    learnt: Learnt,
    documents: u64,
    /// The position at which it read the register.
    read_at: u64,
    /// Where everybody is looked up from now on, by the number of the claim; empty where only some were read.
    reach: Vec<(i64, Reach)>,
}

/// What linking everybody came to.
pub struct Whole {
    /// What is to change.
    pub found: Found,
    /// Lists and reports that name somebody.
    pub lists: usize,
    /// People among them, by the best answer.
    pub people: usize,
    /// The same in each draw of who is who.
    pub drawn: Vec<usize>,
}

/// Links everybody anew, with a model fitted to the register; none where nobody is named.
///
/// # Errors
/// Those of the register.
pub fn whole(view: &View) -> Result<Option<Whole>, Failure> {
    let named = Named::of(view)?;
    if named.claims.is_empty() {
        return Ok(None);
    }
    let first = named.rows.clone().finish();
    let settings = Settings { judged: named.judged(&first), ..Settings::default() };
    let fitted = people::link(&first, &settings).map_err(|error| Failure::Refused(error.to_string()))?;
    let learnt = Learnt::of(&first, &fitted, &named.lists);
    let (people, linked) = under(&named, &learnt);
    let look_alikes = lines::look_alikes(&named, &people, &linked);
    let look_alikes = linking::anew(view, LinkKind::LookAlike, look_alikes)?;
    let answer = Answer::of(&named, &people, &linked);
    Ok(Some(Whole {
        lists: named.lists.len(),
        people: answer.people(),
        drawn: answer.people_drawn(),
        found: Found { look_alikes, ..all(view, &named, (&people, &linked), &answer, learnt)? },
    }))
}

/// Everybody as linking under what was learnt finds them.
fn under(named: &Named, learnt: &Learnt) -> (People, Linked) {
    let people = named.rows.clone().finish_as(learnt, &named.lists);
    let linked = people::link_as(&people, learnt, &named.lists, &named.judged(&people));
    (people, linked)
}

/// What is to change where everybody was linked.
fn all(
    view: &View,
    named: &Named,
    (people, linked): (&People, &Linked),
    answer: &Answer<'_>,
    learnt: Learnt,
) -> Result<Found, Failure> {
    let number = |record: u32| named.claims[claim_at(people, record)].number;
    let reach = people::reach(people);
    Ok(Found {
        lines: answer.changes(Said::of_all(view)?),
        look_alikes: None,
        claims: named.claims.len(),
        due: view.reach_due(LinkKind::Person)?,
        contradictions: contradictions(named, people, linked),
        learnt,
        documents: named.documents(),
        read_at: view.position()?,
        reach: (0..).zip(reach).map(|(record, reach)| (number(record), reach)).collect(),
    })
}

fn contradictions(named: &Named, people: &People, linked: &Linked) -> Vec<(String, String)> {
    let claim = |record: u32| named.claims[claim_at(people, record)].claim.clone();
    linked.contradictions.iter().map(|pair| (claim(pair.left), claim(pair.right))).collect()
}

/// What linking under the run in force came to.
pub enum Increment {
    /// The register's people were never linked.
    NeverLinked,
    /// What the run in force learnt means nothing to the linker that is built in.
    OfAnotherLinker,
    /// What is to change.
    Found(Box<Found>),
}

/// Whether documents of the register name people and nobody has linked them yet.
///
/// # Errors
/// Those of the register.
pub fn is_unlinked(register: &Register) -> Result<bool, Failure> {
    let origin = register.archive().origin().to_string();
    let view = register.view();
    Ok(view.linking_learnt(&origin)?.is_none() && !view.reach_due(LinkKind::Person)?.is_empty())
}

/// Links those who came in or changed, and whoever is in their reach, under what the run in force learnt. Everybody is
/// linked where it is not known who is near whom under that, and where what came in is half as much as there was.
///
/// # Errors
/// Those of the register.
pub fn increment(register: &Register) -> Result<Increment, Failure> {
    let view = register.view();
    let origin = register.archive().origin().to_string();
    let Some(digest) = view.linking_learnt(&origin)? else { return Ok(Increment::NeverLinked) };
    let learnt: Option<Learnt> = serde_json::from_slice(&register.blob(&digest)?).ok();
    let Some(learnt) = learnt.filter(Learnt::is_of_this_linker) else {
        return Ok(Increment::OfAnotherLinker);
    };
    let due = view.reach_due(LinkKind::Person)?;
    let under_this = view.reach_under()?.filter(|(under, _)| *under == digest);
    let found = if under_this.is_some_and(|(_, claims)| 2 * due.len() < claims) {
        near(view, learnt, due)?
    } else {
        let named = Named::of(view)?;
        let (people, linked) = under(&named, &learnt);
        let answer = Answer::of(&named, &people, &linked);
        all(view, &named, (&people, &linked), &answer, learnt)?
    };
    Ok(Increment::Found(Box::new(found)))
}

fn near(view: &View, learnt: Learnt, due: BTreeSet<String>) -> Result<Found, Failure> {
    let read_at = view.position()?;
    let Near { named, people, linked, whole } = near::link(view, &learnt, &due)?;
    let answer = Answer::of(&named, &people, &linked);
    Ok(Found {
        lines: answer.changes(Said::among(view, &whole)?),
        look_alikes: None,
        claims: named.claims.len(),
        contradictions: contradictions(&named, &people, &linked),
        learnt,
        documents: named.documents(),
        read_at,
        reach: Vec::new(),
        due,
    })
}

/// Says what was found as a run, which counts at once where the linker's version is the one in force. Returns the run's
/// log position.
///
/// # Errors
/// Those of the register.
pub fn save(register: &mut Register, author: &AccountId, found: &Found) -> Result<u64, Failure> {
    let (run, learnt) =
        register.write(author, &SystemClock, |writing| say(writing, found).map_err(into_register))?;
    let origin = register.archive().origin().to_string();
    let in_force = register.view().linking_learnt(&origin)?;
    if in_force.as_deref() == Some(&learnt) {
        settle(register, found, &learnt, 1)?;
    }
    Ok(run)
}

/// Says that nothing is to change by what was found.
///
/// # Errors
/// Those of the register.
pub fn pass_over(register: &mut Register, found: &Found) -> Result<(), Failure> {
    let origin = register.archive().origin().to_string();
    match register.view().linking_learnt(&origin)? {
        Some(learnt) => settle(register, found, &learnt, 0),
        None => Ok(()),
    }
}

fn settle(register: &mut Register, found: &Found, learnt: &str, batches: u64) -> Result<(), Failure> {
    if !found.reach.is_empty() {
        let reach = found.reach.iter().map(|(number, Reach { keys, fields })| ReachOf {
            number: *number,
            keys,
            fields,
        });
        register.view().keep_reach_of_all(learnt, reach)?;
    }
    let touched = found.lines.iter().flat_map(|line| &line.people);
    let linked: BTreeSet<String> = found.due.iter().chain(touched).cloned().collect();
    Ok(register.settle_reach(&linked, found.read_at, batches)?)
}

fn say(writing: &mut Writing<'_, '_>, found: &Found) -> Result<(u64, String), Failure> {
    let mut out = ResultSpool::new()?;
    found.lines.iter().try_for_each(|line| out.line(line))?;
    found.look_alikes.iter().try_for_each(|line| out.line(line))?;
    let result = writing.keep_from(out.finish()?)?;
    let learnt = writing.keep(&serde_json::to_vec(&found.learnt)?)?;
    let run =
        say_run(writing, setting::LINKER, linking::program(), result, Some(learnt.clone()), found.documents)?;
    Ok((run, learnt))
}

/// What reviewers said of two claims, as linking takes it: a pair of which nobody can tell stays apart.
fn is_same(verdict: &str) -> bool {
    verdict == sijil_model::Coded::code(Verdict::Same)
}
