//! What comes in, beside what is near it in day and place: an increment reads these reports, and a number of others by
//! which words and names are known for common ones.

use std::collections::{BTreeMap, BTreeSet};

use sijil_link::Joined;
use sijil_link::incidents::Pair;
use sijil_model::Edtf;
use sijil_register::results::{AlikeLine, ClaimLink, LinkKind};
use sijil_register::{Register, View};

use super::reports::{self, PartOf, Told};
use super::{Found, documents, grouping, judged_apart};
use crate::failure::Failure;

/// Reports that came in last, beside which others are weighed.
const OTHERS: usize = 400;
/// Chance, in thousandths, from which it is said that two may be one: beside so few others fewer links are right. Of two
/// that were said to be one with the same others less is asked, as in a whole linking.
const LEAST: u16 = 750;

/// Compares what came in or changed since incidents were compared last with what is near it; none where nothing did.
///
/// # Errors
/// Those of the register.
pub fn increment(register: &Register) -> Result<Option<Found>, Failure> {
    let view = register.view();
    let (read_at, due) = (view.position()?, view.reach_due(LinkKind::Incident)?);
    let mut parts = BTreeSet::new();
    for claim in &due {
        // What holds no longer is in no part.
        parts.extend(view.part_of_claim(claim)?);
    }
    if due.is_empty() {
        return Ok(None);
    }
    let new = reports::of(register, &parts)?;
    for told in new.iter().filter(|told| due.contains(&told.claim)) {
        parts.extend(near(view, told)?);
    }
    parts.extend(view.newest_incidents(OTHERS)?);
    let told = reports::of(register, &parts)?;
    let (alike, pairs) = found(view, &told, &due)?;
    let ends: BTreeSet<String> =
        alike.iter().flat_map(|link| [link.left.clone(), link.right.clone()]).collect();
    let line = AlikeLine { kind: LinkKind::Alike, claims: ends.into_iter().collect(), alike };
    Ok(Some(Found {
        line: (pairs > 0).then_some(line),
        reports: told.len(),
        pairs,
        documents: documents(&told),
        due,
        read_at,
    }))
}

/// What of those that are due may be one with others, beside what was found among the same before; and how many are new.
fn found(view: &View, told: &[Told], due: &BTreeSet<String>) -> Result<(Vec<ClaimLink>, usize), Failure> {
    let is_due = |at: u32| due.contains(&told[at as usize].claim);
    let compared: Vec<_> = told.iter().map(|one| one.report.clone()).collect();
    let mut pairs = sijil_link::incidents::group(&compared).pairs;
    pairs.retain(|pair| is_due(pair.left) || is_due(pair.right));
    let standing = view.links_from(LinkKind::Alike, &told.iter().map(|one| one.claim.clone()).collect())?;
    let known: BTreeSet<(&str, &str)> =
        standing.iter().map(|link| (link.left.as_str(), link.right.as_str())).collect();
    let stands = |left: &str, right: &str| known.contains(&(left, right));
    // What was found before is certain here: what comes in joins groups and parts none.
    let claim = |at: u32| told[at as usize].claim.as_str();
    pairs.retain(|pair| !stands(claim(pair.left), claim(pair.right)));
    pairs.extend(standing.iter().filter_map(|link| as_pair(told, link)));
    let mut alike = grouping::alike(told, &pairs, &judged_apart(view)?);
    let mut groups = Groups::of(&standing);
    let mut is_said = |link: &ClaimLink| link.permille >= LEAST || groups.hold(&link.left, &link.right);
    alike.retain(|link| is_said(link) && !stands(&link.left, &link.right));
    let new = alike.len();
    let ends: BTreeSet<&String> = alike.iter().flat_map(|link| [&link.left, &link.right]).collect();
    let mut among: Vec<ClaimLink> = standing
        .iter()
        .filter(|link| ends.contains(&link.left) && ends.contains(&link.right))
        .cloned()
        .collect();
    alike.append(&mut among);
    alike.sort();
    Ok((alike, new))
}

/// Claims that links hold together, some of them perhaps no more: somebody may have judged since.
struct Groups<'a> {
    place: BTreeMap<&'a str, usize>,
    joined: Joined,
}

impl<'a> Groups<'a> {
    fn of(links: &'a [ClaimLink]) -> Self {
        let mut place: BTreeMap<&str, usize> = BTreeMap::new();
        for claim in links.iter().flat_map(|link| [&link.left, &link.right]) {
            let next = place.len();
            place.entry(claim).or_insert(next);
        }
        let mut joined = Joined::apart(place.len());
        for link in links {
            joined.join(place[link.left.as_str()], place[link.right.as_str()]);
        }
        Self { place, joined }
    }

    fn hold(&mut self, left: &str, right: &str) -> bool {
        let [left, right] = [left, right].map(|claim| self.place.get(claim).copied());
        left.zip(right).is_some_and(|(left, right)| self.joined.first(left) == self.joined.first(right))
    }
}

fn as_pair(told: &[Told], link: &ClaimLink) -> Option<Pair> {
    let place = |claim: &str| told.binary_search_by(|one| one.claim.as_str().cmp(claim)).ok();
    let (left, right) = (place(&link.left)? as u32, place(&link.right)? as u32);
    Some(Pair { left: left.min(right), right: left.max(right), chance: 1.0 })
}

/// The parts of documents that tell of something at most three days before or after, in a governorate of it; where either
/// has none, everywhere. Of what has no day nothing is near.
fn near(view: &View, told: &Told) -> Result<Vec<PartOf>, Failure> {
    let day = told.report.day.as_deref().and_then(|day| Edtf::new(day).ok());
    let Some((first, last)) =
        day.map(|day| day.bounds()).and_then(|bounds| bounds.earliest.zip(bounds.latest))
    else {
        return Ok(Vec::new());
    };
    let own = view.governorates_of(&told.claim)?;
    let mut parts = Vec::new();
    for (claim, document, part) in view.incidents_near(&first.to_string(), &last.to_string())? {
        let other = view.governorates_of(&claim)?;
        if own.is_empty() || other.is_empty() || !own.is_disjoint(&other) {
            parts.push((document, part));
        }
    }
    Ok(parts)
}
