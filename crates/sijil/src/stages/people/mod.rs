//! Linking the people of a register: the engine over everybody harmed whom documents name, with what reviewers judged.
//!
//! A whole linking fits the model to the register and keeps what it learnt beside its run; an increment links under what
//! the run in force learnt. Either reads all named people and hands over only what differs from what stands, so that an
//! increment moves those near its documents and comes to what linking all at once under the same would.

mod lines;
mod rows;

use sijil_archive::{AccountId, SystemClock};
use sijil_link::people::{self, Learnt, Linked, People, Settings};
use sijil_model::codebook::Verdict;
use sijil_register::results::{AlikeLine, LinkKind, PeopleLine};
use sijil_register::{Register, View, Writing};

use self::rows::Named;
use super::saving::{ResultSpool, say_run};
use super::{linking, setting};
use crate::failure::{Failure, into_register};

/// What a linking found.
pub struct Found {
    /// What is to change, group by group.
    pub lines: Vec<PeopleLine>,
    /// Whom no rule of blocking proposed though their names are nearly the same, where that is to be said anew.
    pub look_alikes: Option<AlikeLine>,
    /// What it learnt, or had learnt before.
    learnt: Learnt,
    /// Named claims that were compared.
    pub claims: usize,
    /// Lists and reports that they are from, and the documents that hold these.
    pub lists: usize,
    documents: u64,
    /// People among them, by the best answer.
    pub people: usize,
    /// The same in each draw of who is who.
    pub drawn: Vec<usize>,
    /// Pairs of claims about which judgements contradict each other.
    pub contradictions: Vec<(String, String)>,
}

/// Links everybody anew, with a model fitted to the register; none where nobody is named.
///
/// # Errors
/// Those of the register.
pub fn whole(view: &View) -> Result<Option<Found>, Failure> {
    let named = Named::of(view)?;
    if named.claims.is_empty() {
        return Ok(None);
    }
    let first = named.rows.clone().finish();
    let settings = Settings { judged: named.judged(&first), ..Settings::default() };
    let fitted = people::link(&first, &settings).map_err(|error| Failure::Refused(error.to_string()))?;
    let learnt = Learnt::of(&first, &fitted, &named.lists);
    under(view, named, learnt, true).map(Some)
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

/// Links everybody under what the run in force learnt.
///
/// # Errors
/// Those of the register.
pub fn increment(register: &Register) -> Result<Increment, Failure> {
    let origin = register.archive().origin().to_string();
    let Some(digest) = register.view().linking_learnt(&origin)? else { return Ok(Increment::NeverLinked) };
    let learnt: Option<Learnt> = serde_json::from_slice(&register.blob(&digest)?).ok();
    let Some(learnt) = learnt.filter(Learnt::is_of_this_linker) else {
        return Ok(Increment::OfAnotherLinker);
    };
    Ok(Increment::Found(Box::new(under(register.view(), Named::of(register.view())?, learnt, false)?)))
}

/// Links under what was learnt; whether look-alikes are looked for too.
fn under(view: &View, named: Named, learnt: Learnt, look_alikes: bool) -> Result<Found, Failure> {
    let people: People = named.rows.clone().finish_as(&learnt, &named.lists);
    let linked: Linked = people::link_as(&people, &learnt, &named.lists, &named.judged(&people));
    let answer = lines::Answer::of(&named, &people, &linked);
    let claim = |record: u32| named.claims[rows::claim_at(&people, record)].claim.clone();
    let look_alikes = match look_alikes {
        true => linking::anew(view, LinkKind::LookAlike, lines::look_alikes(&named, &people, &linked))?,
        false => None,
    };
    Ok(Found {
        look_alikes,
        lines: answer.changes(view)?,
        learnt,
        claims: named.claims.len(),
        lists: named.lists.len(),
        documents: named.documents(),
        people: answer.people(),
        drawn: answer.people_drawn(),
        contradictions: linked
            .contradictions
            .iter()
            .map(|pair| (claim(pair.left), claim(pair.right)))
            .collect(),
    })
}

/// Says what was found as a run, which counts at once where the linker's version is the one in force. Returns the run's
/// log position.
///
/// # Errors
/// Those of the register.
pub fn save(register: &mut Register, author: &AccountId, found: &Found) -> Result<u64, Failure> {
    Ok(register.write(author, &SystemClock, |writing| say(writing, found).map_err(into_register))?)
}

fn say(writing: &mut Writing<'_, '_>, found: &Found) -> Result<u64, Failure> {
    let mut out = ResultSpool::new()?;
    found.lines.iter().try_for_each(|line| out.line(line))?;
    found.look_alikes.iter().try_for_each(|line| out.line(line))?;
    let result = writing.keep_from(out.finish()?)?;
    let learnt = writing.keep(&serde_json::to_vec(&found.learnt)?)?;
    say_run(writing, setting::LINKER, linking::program(), result, Some(learnt), found.documents)
}

/// What reviewers said of two claims, as linking takes it: a pair of which nobody can tell stays apart.
fn is_same(verdict: &str) -> bool {
    verdict == sijil_model::Coded::code(Verdict::Same)
}
