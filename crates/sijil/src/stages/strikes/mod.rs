//! Looking for incidents that are one strike: the engine of reports over what the documents of a register tell. It joins
//! nothing: four in five of its links are right, and a total is not moved by that. What it finds is said, figures show what
//! they come to if it is so, and a person judges. What comes in is compared at once with what is near it in day and place
//! (`near`); a whole linking compares all with all.

mod grouping;
mod near;
mod reports;

pub use near::increment;
pub use reports::COUNTED;

use std::collections::BTreeSet;

use sijil_archive::{AccountId, SystemClock};
use sijil_model::Coded;
use sijil_model::codebook::Verdict;
use sijil_register::results::{AlikeLine, LinkKind};
use sijil_register::{Register, View};

use self::reports::Told;
use super::saving::{ResultSpool, say_run};
use super::{linking, setting};
use crate::asking;
use crate::failure::{Failure, into_register};
use crate::terminal::{complain, counted};

/// What was found.
pub struct Found {
    /// What is to be said anew; none where it stands so.
    pub line: Option<AlikeLine>,
    /// Reports that were compared.
    pub reports: usize,
    /// Pairs of incidents that may be one strike.
    pub pairs: usize,
    documents: u64,
    /// Claims that came in or changed since incidents were compared last.
    pub due: BTreeSet<String>,
    /// The position at which the register was read.
    read_at: u64,
}

/// Compares all reports of the register; none where there are not two of them.
///
/// # Errors
/// Those of the register.
pub fn whole(register: &Register) -> Result<Option<Found>, Failure> {
    let told = reports::of(register, &reports::parts(register.view())?)?;
    if told.len() < 2 {
        return Ok(None);
    }
    let compared: Vec<_> = told.iter().map(|one| one.report.clone()).collect();
    let pairs = sijil_link::incidents::group(&compared).pairs;
    let alike = grouping::alike(&told, &pairs, &judged_apart(register.view())?);
    Ok(Some(Found {
        reports: told.len(),
        pairs: alike.len(),
        documents: documents(&told),
        due: register.view().reach_due(LinkKind::Incident)?,
        read_at: register.view().position()?,
        line: linking::anew(register.view(), LinkKind::Alike, alike)?,
    }))
}

/// Notes that what is due has nothing to be compared with.
///
/// # Errors
/// Those of the register.
pub fn none_to_compare(register: &mut Register) -> Result<(), Failure> {
    let (read_at, due) = (register.view().position()?, register.view().reach_due(LinkKind::Incident)?);
    Ok(register.settle_reach(&due, read_at, 0)?)
}

/// How many documents they are of.
fn documents(told: &[Told]) -> u64 {
    let documents: BTreeSet<&str> =
        told.iter().filter_map(|one| Some(one.part.rsplit_once(':')?.0)).collect();
    documents.len() as u64
}

/// Records of which a reviewer said that they are not one, or that nobody can tell; either way round.
fn judged_apart(view: &View) -> Result<BTreeSet<(String, String)>, Failure> {
    let mut apart = BTreeSet::new();
    for said in view.judgements()?.into_iter().filter(|said| said.verdict != Verdict::Same.code()) {
        if let (Some(left), Some(right)) = (view.record_of(&said.left)?, view.record_of(&said.right)?) {
            apart.insert((left.clone(), right.clone()));
            apart.insert((right, left));
        }
    }
    Ok(apart)
}

/// Compares what came in with what is near it, where that is not too much for an increment, and tells what was found.
///
/// # Errors
/// Those of the register.
pub fn compare(register: &mut Register, author: &AccountId) -> Result<(), Failure> {
    let due = register.view().reach_due(LinkKind::Incident)?.len();
    if due > MOST_COMPARED {
        asking::uncompared_in_words(due as u64).iter().for_each(|told| complain(told));
        return Ok(());
    }
    let Some(found) = increment(register)? else { return Ok(()) };
    if let Some(run) = save(register, author, &found)? {
        complain(&format!(
            "run:{run}  {} of incidents may be one: `sijil link --review 20` shows them, and nothing is joined before somebody judges",
            counted(found.pairs, "pair")
        ));
    }
    Ok(())
}

/// Incidents up to which they are compared at once: a whole collection is for `sijil link`.
const MOST_COMPARED: usize = 200;

/// Says what was found, where it is to be said anew, as a run, which counts at once where the linker's version is the one
/// in force. Returns the run's log position.
///
/// # Errors
/// Those of the register.
pub fn save(register: &mut Register, author: &AccountId, found: &Found) -> Result<Option<u64>, Failure> {
    let Some(line) = &found.line else {
        register.settle_reach(&found.due, found.read_at, 0)?;
        return Ok(None);
    };
    let run = register.write(author, &SystemClock, |writing| {
        let mut out = ResultSpool::new().map_err(into_register)?;
        out.line(line).map_err(into_register)?;
        let result = writing.keep_from(out.finish().map_err(into_register)?)?;
        say_run(writing, setting::LINKER, linking::program(), result, None, found.documents)
            .map_err(into_register)
    })?;
    let touched = found.due.iter().chain(&line.claims).cloned().collect();
    register.settle_reach(&touched, found.read_at, 1)?;
    Ok(Some(run))
}
