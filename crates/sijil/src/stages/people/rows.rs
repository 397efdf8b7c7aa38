//! From claims to the rows that the engine compares: every part of a document is a list of its own.

use std::collections::{BTreeMap, BTreeSet};

use sijil_link::people::{At, People, Row, Rows};
use sijil_model::codebook::PlacePrecision;
use sijil_model::fold::fold;
use sijil_model::{Bounds, Coded};
use sijil_register::View;
use sijil_register::ask::PersonClaim;
use sijil_register::results::Found;

use super::is_same;
use crate::failure::Failure;

/// Everybody harmed whom documents name.
pub struct Named {
    /// By claim.
    pub claims: Vec<PersonClaim>,
    /// The parts of documents that name them, in order.
    pub lists: Vec<String>,
    /// A row a claim, numbered from 1 in the order of `claims`.
    pub rows: Rows,
    /// What reviewers said of two claims, by their places.
    pub judgements: Vec<(usize, usize, bool)>,
    /// Claims at the same place of reposts, by their places; nobody judged either.
    pub copies: Vec<(usize, usize)>,
}

/// The place in [`Named::claims`] of a record.
pub fn claim_at(people: &People, record: u32) -> usize {
    people.at[record as usize].row as usize - 1
}

impl Named {
    /// All of a register.
    pub fn of(view: &View) -> Result<Named, Failure> {
        Named::among(view, view.named_claims()?, &view.reposts(view.position()?)?)
    }

    /// Some, with the judgements on them; of `reposts`, which are parts of documents, they are copies where both are here.
    pub fn among(
        view: &View,
        mut claims: Vec<PersonClaim>,
        reposts: &[(String, String)],
    ) -> Result<Named, Failure> {
        let copies = copies(&claims, reposts);
        claims.sort_by(|a, b| a.claim.cmp(&b.claim));
        let place: BTreeMap<&str, usize> = claims.iter().map(|one| one.claim.as_str()).zip(0..).collect();
        let mut judgements = Vec::new();
        for said in view.judgements()? {
            if let (Some(left), Some(right)) = (place.get(said.left.as_str()), place.get(said.right.as_str()))
            {
                judgements.push((*left, *right, is_same(&said.verdict)));
            }
        }
        let judged: BTreeSet<usize> =
            judgements.iter().flat_map(|(left, right, _)| [*left, *right]).collect();
        let copies = copies.iter().filter_map(|(left, right)| {
            let (left, right) = (*place.get(left.as_str())?, *place.get(right.as_str())?);
            (!judged.contains(&left) && !judged.contains(&right)).then_some((left, right))
        });
        let copies = copies.collect();
        let lists: BTreeSet<String> = claims.iter().map(part_of).collect();
        let lists: Vec<String> = lists.into_iter().collect();
        let mut rows = Rows::new();
        for (claim, row) in claims.iter().zip(1..) {
            let list = lists.binary_search(&part_of(claim)).unwrap_or_default();
            push(&mut rows, u32::try_from(list).unwrap_or(u32::MAX), At { file: 0, row }, claim);
        }
        Ok(Named { claims, lists, rows, judgements, copies })
    }

    /// How many documents name somebody.
    pub fn documents(&self) -> u64 {
        self.claims.iter().map(|claim| claim.document.as_str()).collect::<BTreeSet<_>>().len() as u64
    }

    /// What is certain of two records: judgements, and copies.
    pub fn judged(&self, people: &People) -> Vec<(u32, u32, bool)> {
        let mut record = vec![0_u32; self.claims.len()];
        (0..).zip(&people.at).for_each(|(number, at)| record[at.row as usize - 1] = number);
        let judged = self.judgements.iter().map(|(left, right, same)| (record[*left], record[*right], *same));
        let copies = self.copies.iter().map(|(left, right)| (record[*left], record[*right], true));
        judged.chain(copies).collect()
    }
}

/// `document:part` of a claim: the list that it stands on.
pub fn part_of(claim: &PersonClaim) -> String {
    format!("{}:{}", claim.document, claim.part)
}

/// The claims of reposts with those at the same place of their first: in as many claims, with the same names.
fn copies(claims: &[PersonClaim], reposts: &[(String, String)]) -> Vec<(String, String)> {
    let mut of_parts: BTreeMap<String, Vec<&PersonClaim>> = BTreeMap::new();
    for claim in claims {
        of_parts.entry(part_of(claim)).or_default().push(claim);
    }
    let name = |claim: &PersonClaim| claim.said.name.as_deref().map(fold);
    let mut copies = Vec::new();
    for (first, copy) in reposts {
        let (Some(first), Some(copy)) = (of_parts.get(first), of_parts.get(copy)) else { continue };
        if first.len() == copy.len() && first.iter().zip(copy).all(|(a, b)| name(a) == name(b)) {
            copies.extend(first.iter().zip(copy).map(|(a, b)| (a.claim.clone(), b.claim.clone())));
        }
    }
    copies
}

fn push(rows: &mut Rows, list: u32, at: At, claim: &PersonClaim) {
    let said = &claim.said;
    let listed = said.listed.clone().unwrap_or_default();
    let age = said.age.or(said.age_months.map(|months| months / 12)).map(|age| age.to_string());
    let date = claim.when.and_then(date);
    let [governorate, district, community] = claim.place.as_ref().map(levels).unwrap_or_default();
    rows.push(
        list,
        at,
        &Row {
            name: said.name.as_deref().unwrap_or_default(),
            sex: said.sex.as_ref().map_or("", |sex| sex.value.code()),
            age: age.as_deref().unwrap_or_default(),
            birth: listed.birth_date.as_deref().unwrap_or_default(),
            date: date.as_deref().unwrap_or_default(),
            governorate,
            district,
            community,
            ..Row::default()
        },
    );
}

/// A day, month or year, the finest that holds all days that are possible.
fn date(bounds: Bounds) -> Option<String> {
    let (first, last) = (bounds.earliest?.to_string(), bounds.latest?.to_string());
    [10, 7, 4].into_iter().find_map(|length| {
        let (first, last) = (first.get(..length)?, last.get(..length)?);
        (first == last).then(|| first.to_owned())
    })
}

/// Governorate, district and the place itself, as ids of the gazetteer: they are the same in every language.
fn levels(found: &Found) -> [&str; 3] {
    let governorate = found.place.governorate.as_ref().map_or("", |id| id.as_str());
    let inside = found.chain.iter().position(|id| id == governorate).unwrap_or(found.chain.len());
    let inside: Vec<&str> = found.chain[..inside].iter().map(String::as_str).collect();
    let is_district = matches!(found.place.precision, PlacePrecision::Subdistrict | PlacePrecision::District);
    match inside[..] {
        _ if governorate.is_empty() => ["", "", ""],
        [] => [governorate, "", ""],
        [district] if is_district => [governorate, district, ""],
        [community] => [governorate, "", community],
        [community, .., district] => [governorate, district, community],
    }
}
