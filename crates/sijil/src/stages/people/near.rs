//! What an increment reads: those who came in or changed, whoever may be linked with them, out to where no link leads
//! further, and whoever stands near these.
//!
//! Whether two people are one depends on who competes for either. So everybody who may be of a group is *whole* here: all
//! whom they are compared with are at hand. Those at the rim are at hand and not whole; nothing is said of them.

use std::collections::{BTreeMap, BTreeSet};

use sijil_link::people::{self, Learnt, Linked, People, Reach};
use sijil_register::View;
use sijil_register::ask::{PersonClaim, ReachOf};

use super::rows::{Named, claim_at, part_of};
use super::under;
use crate::failure::Failure;

/// Chance from which the draws take two for one (`sijil_link::people`): they are drawn together.
const DRAWN: f32 = 0.1;
/// Chance, once others compete, from which two may be linked.
const LINKED: f32 = 0.03;
/// Chance from which somebody competes: whoever came in lowers the chances of others so.
const COMPETES: f32 = 0.019;

/// People who were linked, with what was found.
pub struct Near {
    /// Those who were read.
    pub named: Named,
    /// As they were compared.
    pub people: People,
    /// Who is who among those who are whole.
    pub linked: Linked,
    /// The claims of these.
    pub whole: BTreeSet<String>,
}

/// Links those who are `due`, and whoever is in reach of them, under what was learnt.
///
/// # Errors
/// Those of the register.
pub fn link(view: &View, learnt: &Learnt, due: &BTreeSet<String>) -> Result<Near, Failure> {
    let mut reading =
        Reading { view, learnt, known: BTreeMap::new(), parts: BTreeSet::new(), reposts: Vec::new() };
    let (mut whole, mut open) = (BTreeSet::new(), due.clone());
    // What changed is looked up by what it says now.
    reading.read(open.clone())?;
    keep_reach(view, &reading.named()?, learnt, &open)?;
    loop {
        reading.tie(&mut open, &whole)?;
        let met = reading.met(&open)?;
        reading.read(met)?;
        whole.append(&mut open);
        let named = reading.named()?;
        let (people, mut linked) = under(&named, learnt);
        let claim = |record: u32| &named.claims[claim_at(&people, record)].claim;
        for edge in &linked.edges {
            let [left, right] = [edge.left, edge.right].map(claim);
            let came_in = due.contains(left) || due.contains(right);
            if edge.chance < DRAWN && edge.exclusive < LINKED && !(came_in && edge.chance >= COMPETES) {
                continue;
            }
            match (whole.contains(left), whole.contains(right)) {
                (true, false) => _ = open.insert(right.clone()),
                (false, true) => _ = open.insert(left.clone()),
                _ => {}
            }
        }
        if open.is_empty() {
            forget_the_rim(&mut linked, |record| whole.contains(claim(record)));
            return Ok(Near { named, people, linked, whole });
        }
    }
}

/// Forgets what was found of those who are not whole. No group holds both.
fn forget_the_rim(linked: &mut Linked, is_whole: impl Fn(u32) -> bool) {
    linked.edges.retain(|edge| is_whole(edge.left) && is_whole(edge.right));
    linked.components.retain(|component| component.members.iter().all(|member| is_whole(*member)));
    for (record, person) in (0..).zip(&mut linked.person) {
        if !is_whole(record) {
            *person = record;
        }
    }
}

/// Where everybody who was read is looked up.
fn looked_up(named: &Named, learnt: &Learnt) -> (People, Vec<Reach>) {
    let people = named.rows.clone().finish_as(learnt, &named.lists);
    let reach = people::reach(&people);
    (people, reach)
}

/// Keeps where some of those who were read are looked up from now on.
fn keep_reach(view: &View, named: &Named, learnt: &Learnt, of: &BTreeSet<String>) -> Result<(), Failure> {
    let (people, reach) = looked_up(named, learnt);
    let kept = reach.iter().zip(0..).filter_map(|(reach, record)| {
        let claim = &named.claims[claim_at(&people, record)];
        of.contains(&claim.claim).then_some(ReachOf {
            number: claim.number,
            keys: &reach.keys,
            fields: &reach.fields,
        })
    });
    Ok(view.keep_reach(kept)?)
}

/// What was read so far.
struct Reading<'a> {
    view: &'a View,
    learnt: &'a Learnt,
    known: BTreeMap<String, PersonClaim>,
    /// Parts of documents of which reposts, and rows that show on which day ages were true, are known.
    parts: BTreeSet<String>,
    reposts: Vec<(String, String)>,
}

impl Reading<'_> {
    /// Reads claims, and of lists that nothing was learnt of the rows that show on which day their ages were true.
    fn read(&mut self, mut claims: BTreeSet<String>) -> Result<(), Failure> {
        while !claims.is_empty() {
            claims.retain(|claim| !self.known.contains_key(claim));
            let read = self.view.named_among(&claims)?;
            claims.clear();
            for claim in read {
                let part = part_of(&claim);
                if !self.learnt.knows(&part) && self.parts.insert(part) {
                    claims.extend(self.view.people_in_part(&claim.document, claim.part, true)?);
                }
                self.known.insert(claim.claim.clone(), claim);
            }
        }
        Ok(())
    }

    /// Adds whoever is linked, drawn or judged together with those who are open, or stands in a copy of their part.
    fn tie(&mut self, open: &mut BTreeSet<String>, whole: &BTreeSet<String>) -> Result<(), Failure> {
        let mut fresh = open.clone();
        while !fresh.is_empty() {
            self.read(fresh.clone())?;
            let mut tied = self.view.tied_to(&fresh)?;
            let parts = fresh.iter().filter_map(|claim| self.known.get(claim)).map(part_of).collect();
            for (first, copy) in self.view.reposts_among(&parts)? {
                for part in [&first, &copy] {
                    let (document, number) = part.rsplit_once(':').unwrap_or_default();
                    let number = number.parse().unwrap_or_default();
                    tied.extend(self.view.people_in_part(document, number, false)?);
                }
                self.reposts.push((first, copy));
            }
            fresh =
                tied.into_iter().filter(|claim| !open.contains(claim) && !whole.contains(claim)).collect();
            open.extend(fresh.iter().cloned());
        }
        self.reposts.sort_unstable();
        self.reposts.dedup();
        Ok(())
    }

    /// Whom those who are open may be compared with.
    fn met(&self, open: &BTreeSet<String>) -> Result<BTreeSet<String>, Failure> {
        let named = self.named()?;
        let (people, reach) = looked_up(&named, self.learnt);
        let mut blocks: BTreeMap<u32, Block> = BTreeMap::new();
        let mut numbers = BTreeSet::new();
        for (record, reach) in (0..).zip(&reach) {
            if !open.contains(&named.claims[claim_at(&people, record)].claim) {
                continue;
            }
            for key in &reach.keys {
                if !blocks.contains_key(key) {
                    blocks.insert(*key, self.view.claims_with_key(*key)?.into_iter().unzip());
                }
                let (claims, fields) = &blocks[key];
                numbers.extend(people::met(&reach.fields, fields).into_iter().map(|at| claims[at]));
            }
        }
        let mut met = BTreeSet::new();
        for number in numbers {
            met.extend(self.view.claim_numbered(number)?);
        }
        Ok(met)
    }

    fn named(&self) -> Result<Named, Failure> {
        Named::among(self.view, self.known.values().cloned().collect(), &self.reposts)
    }
}

/// Everybody who has a key, by number, and what parts them.
type Block = (Vec<i64>, Vec<[u16; people::FIELDS]>);
