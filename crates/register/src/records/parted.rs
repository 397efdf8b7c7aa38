//! Taking a component apart where people judged that two of its claims are different.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Transaction;

use super::members::Founder;
use crate::Result;

/// Queries for the edges that make records, the surest first.
pub(super) const CERTAIN: [&str; 2] = [SAME, LINKED];
/// The same, and after them what a machine found alike.
pub(super) const WITH_ALIKE: [&str; 3] = [SAME, LINKED, ALIKE];

/// The groups into which a component falls by some kinds of edges; one, where nothing in it was judged different.
pub(super) fn apart(
    tx: &Transaction<'_>,
    claims: &BTreeMap<String, Founder>,
    edges: &[&str],
) -> Result<Vec<BTreeSet<String>>> {
    let whole = || claims.keys().cloned().collect::<BTreeSet<String>>();
    // Of one claim, or of two that an edge joins, none can be different.
    if claims.len() < 3 {
        return Ok(vec![whole()]);
    }
    let different = pairs(tx, claims, DIFFERENT)?;
    if different.is_empty() {
        return Ok(vec![whole()]);
    }
    let doubted: BTreeSet<_> = pairs(tx, claims, DOUBTED)?.into_iter().collect();
    let mut groups: BTreeMap<String, BTreeSet<String>> =
        claims.keys().map(|id| (id.clone(), BTreeSet::from([id.clone()]))).collect();
    let mut home: BTreeMap<String, String> = claims.keys().map(|id| (id.clone(), id.clone())).collect();
    for kind in edges {
        for (left, right) in pairs(tx, claims, kind)? {
            if doubted.contains(&(left.clone(), right.clone()))
                || doubted.contains(&(right.clone(), left.clone()))
            {
                continue;
            }
            let (Some(here), Some(there)) = (home.get(&left).cloned(), home.get(&right).cloned()) else {
                continue;
            };
            let joins = |a: &String, b: &String| home.get(a) == Some(&here) && home.get(b) == Some(&there);
            if here == there || different.iter().any(|(a, b)| joins(a, b) || joins(b, a)) {
                continue;
            }
            let moved = groups.remove(&there).unwrap_or_default();
            for id in &moved {
                home.insert(id.clone(), here.clone());
            }
            groups.entry(here).or_default().extend(moved);
        }
    }
    Ok(groups.into_values().collect())
}

const DIFFERENT: &str = "SELECT left_id, right_id, sequence FROM judgement WHERE left_id = ?1 AND verdict = 'different' AND valid_to IS NULL";
const DOUBTED: &str = "SELECT left_id, right_id, sequence FROM judgement WHERE left_id = ?1 AND verdict <> 'same' AND valid_to IS NULL";
const SAME: &str = "SELECT left_id, right_id, sequence FROM judgement WHERE left_id = ?1 AND verdict = 'same' AND valid_to IS NULL";
const LINKED: &str = "SELECT left_id, right_id, valid_from FROM link WHERE left_id = ?1 AND kind IN ('incident', 'person') AND valid_to IS NULL";
const ALIKE: &str = "SELECT left_id, right_id, 1000 - coalesce(permille, 0) FROM link WHERE left_id = ?1 AND kind = 'alike' AND valid_to IS NULL";

/// The pairs of a query within a component, the oldest first, or the likeliest.
fn pairs(
    tx: &Transaction<'_>,
    claims: &BTreeMap<String, Founder>,
    sql: &str,
) -> Result<Vec<(String, String)>> {
    let mut statement = tx.prepare_cached(sql)?;
    let mut found: Vec<(i64, String, String)> = Vec::new();
    for claim in claims.keys() {
        for row in statement.query_map([claim], |row| Ok((row.get(2)?, row.get(0)?, row.get(1)?)))? {
            found.push(row?);
        }
    }
    found.retain(|(_, _, right)| claims.contains_key(right));
    found.sort();
    Ok(found.into_iter().map(|(_, left, right)| (left, right)).collect())
}
