//! Records: which claims are one incident or one person, and what they come to. Made again wherever something moved.

mod answers;
mod decisions;
mod incident;
mod members;
mod named;
mod numbers;
mod parted;
mod person;
mod strikes;

use std::collections::BTreeSet;

use rusqlite::Transaction;

use crate::Result;
use crate::ask::reach;
use crate::view::Dirty;

pub use decisions::NO_INCIDENT;
pub(crate) use decisions::check;
pub(crate) use incident::{decode, minute, published};
pub use numbers::{Field, parse_interval};

/// Makes every record again that a batch touched; what changed holds from `at`.
pub(crate) fn refresh(tx: &Transaction<'_>, at: u64, dirty: &Dirty) -> Result<()> {
    let mut claims = dirty.claims.clone();
    for document in &dirty.documents {
        claims.extend(founding_claims(tx, document)?);
    }
    reach::touched(tx, &claims)?;
    let touched = members::regroup(tx, at, claims)?;
    let (people, mut incidents): (BTreeSet<String>, BTreeSet<String>) =
        touched.into_iter().partition(|record| record.starts_with('p'));
    let mut known = answers::Known::default();
    for record in &people {
        incidents.extend(person::remake(tx, at, record, &mut known)?);
    }
    for record in &incidents {
        incident::remake(tx, at, record)?;
    }
    strikes::remake(tx, at, incidents)
}

fn founding_claims(tx: &Transaction<'_>, document: &str) -> Result<Vec<String>> {
    let mut statement = tx.prepare_cached(
        "SELECT id FROM claim WHERE document = ?1 AND kind IN ('incident', 'person') AND valid_to IS NULL",
    )?;
    let ids = statement.query_map([document], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}
