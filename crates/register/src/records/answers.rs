//! Answers: where and when the words of a claim lead, as the placing in force says.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction};
use serde::de::DeserializeOwned;
use sijil_model::When;

use super::person::parse;
use crate::Result;
use crate::results::Found;

/// What is known now of where (`placed`) or when (`timed`) a claim leads.
pub(super) fn answer<T: DeserializeOwned>(
    tx: &Transaction<'_>,
    table: &'static str,
    claim: &str,
) -> Result<Option<T>> {
    key(tx, table, claim)?.map(|key| read(tx, claim, key)).transpose()
}

fn key(tx: &Transaction<'_>, table: &'static str, claim: &str) -> Result<Option<i64>> {
    let sql = format!("SELECT answer FROM {table} WHERE claim = ?1 AND valid_to IS NULL");
    Ok(tx.prepare_cached(&sql)?.query_row([claim], |row| row.get(0)).optional()?)
}

fn read<T: DeserializeOwned>(tx: &Transaction<'_>, claim: &str, key: i64) -> Result<T> {
    let body: String =
        tx.prepare_cached("SELECT body FROM answer WHERE key = ?1")?.query_row([key], |row| row.get(0))?;
    parse("answer", claim, &body)
}

/// What people need of the answers that were read already: a list repeats the same ones by the thousand.
#[derive(Default)]
pub(super) struct Known {
    days: BTreeMap<i64, (Option<String>, Option<String>)>,
    chains: BTreeMap<i64, Option<String>>,
}

impl Known {
    /// The first and the last day that a claim's time may mean.
    pub(super) fn days(
        &mut self,
        tx: &Transaction<'_>,
        claim: &str,
    ) -> Result<(Option<String>, Option<String>)> {
        let Some(key) = key(tx, "timed", claim)? else { return Ok((None, None)) };
        if let Some(days) = self.days.get(&key) {
            return Ok(days.clone());
        }
        let bounds = read::<When>(tx, claim, key)?.bounds;
        let days = (bounds.earliest.map(|day| day.to_string()), bounds.latest.map(|day| day.to_string()));
        self.days.insert(key, days.clone());
        Ok(days)
    }

    /// The place of a claim and those around it, innermost first, with a space before, between and after them.
    pub(super) fn chain(&mut self, tx: &Transaction<'_>, claim: &str) -> Result<Option<String>> {
        let Some(key) = key(tx, "placed", claim)? else { return Ok(None) };
        if let Some(chain) = self.chains.get(&key) {
            return Ok(chain.clone());
        }
        let found = read::<Found>(tx, claim, key)?;
        let chain = (!found.chain.is_empty()).then(|| format!(" {} ", found.chain.join(" ")));
        self.chains.insert(key, chain.clone());
        Ok(chain)
    }
}
