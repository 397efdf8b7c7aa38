//! Adopting a linking: the links that it found, who is who in its draws, and who and what may be one.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction, params};

use super::apply::replace;
use super::runs::{self, Named};
use super::{Blobs, Dirty};
use crate::Result;
use crate::results::{ClaimLink, LinkKind, LinkedLine, LinkingLine, PeopleLine, read_lines};

/// Makes a linking count.
pub(super) fn adopt(
    tx: &Transaction<'_>,
    at: u64,
    run: &Named<'_>,
    blobs: &dyn Blobs,
    dirty: &mut Dirty,
) -> Result<()> {
    let result = runs::adopt(tx, at, run)?;
    read_lines(&result.clone(), blobs.open(&result)?, |line: LinkingLine| match line {
        LinkingLine::Linked(line) => one(tx, at, line, dirty),
        LinkingLine::People(line) if run.own => people(tx, at, &line, dirty),
        // Who is who here is said here: another register's links stand beside ours and end none.
        LinkingLine::People(line) => {
            line.links.iter().try_for_each(|link| begin(tx, at, LinkKind::Person, link))?;
            dirty.claims.extend(line.people);
            Ok(())
        }
        LinkingLine::Alike(line) if run.own => {
            say_anew(tx, at, line.kind, &line.claims, &line.alike)?;
            dirty.claims.extend(line.claims);
            Ok(())
        }
        // What may be one here is looked for here.
        LinkingLine::Alike(_) => Ok(()),
    })
}

fn one(tx: &Transaction<'_>, at: u64, line: LinkedLine, dirty: &mut Dirty) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO link (kind, left_id, right_id, why, valid_from) SELECT ?1, ?2, ?3, ?4, ?5 \
         WHERE NOT EXISTS (SELECT 1 FROM link WHERE left_id = ?2 AND right_id = ?3 AND valid_to IS NULL)",
    )?
    .execute(params![line.kind.code(), line.left, line.right, line.why, at])?;
    if line.kind == LinkKind::Repost {
        // Who a repost goes back to is part of what its incidents are made of.
        dirty.documents.extend(line.right.rsplit_once(':').map(|(document, _)| document.to_owned()));
    } else {
        dirty.claims.insert(line.left);
        dirty.claims.insert(line.right);
    }
    Ok(())
}

/// Says anew who is who among some people: links that are not said again end, draws are replaced.
fn people(tx: &Transaction<'_>, at: u64, line: &PeopleLine, dirty: &mut Dirty) -> Result<()> {
    say_anew(tx, at, LinkKind::Person, &line.people, &line.links)?;
    keep_draws(tx, at, line)?;
    dirty.claims.extend(line.people.iter().cloned());
    Ok(())
}

/// Says the links of a kind among some claims anew: those that are not said again end.
fn say_anew(
    tx: &Transaction<'_>,
    at: u64,
    kind: LinkKind,
    claims: &[String],
    links: &[ClaimLink],
) -> Result<()> {
    let among: BTreeSet<&str> = claims.iter().map(String::as_str).collect();
    let said: BTreeSet<&ClaimLink> = links.iter().collect();
    let mut standing = BTreeSet::new();
    for claim in claims {
        for link in links_from(tx, kind, claim)? {
            if !among.contains(link.right.as_str()) {
                continue;
            }
            if said.contains(&link) {
                standing.insert(link);
            } else {
                end(tx, at, kind, &link)?;
            }
        }
    }
    links.iter().filter(|link| !standing.contains(*link)).try_for_each(|link| begin(tx, at, kind, link))
}

/// The machines' links of a kind that lead from a claim.
fn links_from(tx: &Transaction<'_>, kind: LinkKind, claim: &str) -> Result<Vec<ClaimLink>> {
    let mut statement = tx.prepare_cached(
        "SELECT right_id, why, coalesce(permille, 1000) FROM link WHERE left_id = ?1 AND kind = ?2 AND valid_to IS NULL",
    )?;
    let link = |row: &rusqlite::Row<'_>| {
        Ok(ClaimLink { left: claim.to_owned(), right: row.get(0)?, why: row.get(1)?, permille: row.get(2)? })
    };
    let links = statement.query_map([claim, kind.code()], link)?;
    Ok(links.collect::<rusqlite::Result<_>>()?)
}

fn begin(tx: &Transaction<'_>, at: u64, kind: LinkKind, link: &ClaimLink) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO link (kind, left_id, right_id, why, permille, valid_from) SELECT ?6, ?1, ?2, ?3, ?4, ?5 \
         WHERE NOT EXISTS (SELECT 1 FROM link WHERE left_id = ?1 AND right_id = ?2 AND valid_to IS NULL)",
    )?
    .execute(params![link.left, link.right, link.why, link.permille, at, kind.code()])?;
    Ok(())
}

/// Ends a link. One that began at the same position never held.
fn end(tx: &Transaction<'_>, at: u64, kind: LinkKind, link: &ClaimLink) -> Result<()> {
    let standing = "WHERE left_id = ?1 AND right_id = ?2 AND kind = ?4 AND valid_to IS NULL";
    let values = params![link.left, link.right, at, kind.code()];
    tx.prepare_cached(&format!("DELETE FROM link {standing} AND valid_from = ?3"))?.execute(values)?;
    tx.prepare_cached(&format!("UPDATE link SET valid_to = ?3 {standing}"))?.execute(values)?;
    Ok(())
}

fn keep_draws(tx: &Transaction<'_>, at: u64, line: &PeopleLine) -> Result<()> {
    let drawn: BTreeMap<&str, Drawn> = line
        .drawn
        .iter()
        .flat_map(|drawn| {
            drawn.claims.iter().zip(&drawn.people).map(|(claim, people)| {
                let component = drawn.claims[0].clone();
                let people = people.iter().flat_map(|person| person.to_le_bytes()).collect();
                (claim.as_str(), Drawn { component, people })
            })
        })
        .collect();
    for claim in &line.people {
        let standing = tx
            .prepare_cached("SELECT component, people FROM drawn WHERE claim = ?1 AND valid_to IS NULL")?
            .query_row([claim], |row| Ok(Drawn { component: row.get(0)?, people: row.get(1)? }))
            .optional()?;
        let new = drawn.get(claim.as_str());
        if standing.as_ref() == new {
            continue;
        }
        replace(tx, "drawn", "claim", claim, at)?;
        if let Some(Drawn { component, people }) = new {
            tx.prepare_cached(
                "INSERT INTO drawn (claim, component, people, valid_from) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![claim, component, people, at])?;
        }
    }
    Ok(())
}

/// A claim's person in each draw, as it is kept.
#[derive(PartialEq)]
struct Drawn {
    component: String,
    people: Vec<u8>,
}

/// Ends the draws of a claim's whole component: a judgement on one of its people says what the draws could not know.
pub(super) fn end_draws_with(tx: &Transaction<'_>, claim: &str, at: u64, dirty: &mut Dirty) -> Result<()> {
    let mut statement = tx.prepare_cached(
        "SELECT claim FROM drawn WHERE valid_to IS NULL AND component = (SELECT component FROM drawn WHERE claim = ?1 AND valid_to IS NULL)",
    )?;
    let claims =
        statement.query_map([claim], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    claims.iter().try_for_each(|claim| replace(tx, "drawn", "claim", claim, at))?;
    dirty.claims.extend(claims);
    Ok(())
}
