//! Finds the records that are one place: by a shared id, by a shared P-code, areas by a name that is unique at their
//! level, settlements of different sources by name and nearness.

use std::collections::{BTreeMap, BTreeSet};

use sijil_model::codebook::PlacePrecision;

use super::Merged;
use super::found::{Found, Rank};
use crate::container::is_area;
use crate::distance::metres;
use crate::keys::{folded, skeleton};

/// Settlements of one name in two sources are one within this distance.
const NEAR_M: f64 = 3_000.0;
/// As [`NEAR_M`], where either is a city: sources differ about its middle.
const NEAR_CITY_M: f64 = 10_000.0;

/// Records that are one place, the most believed source first.
pub type Cluster = Vec<Found>;

/// Puts records together; each cluster has at least one that is more than a supplement. Clusters keep the order in
/// which their first record was read.
pub fn clusters(found: Vec<Found>) -> (Vec<Cluster>, Vec<Merged>) {
    let mut groups = Groups::new(found.len());
    join_ids(&found, &mut groups);
    join_areas(&found, &mut groups);
    join_settlements(&found, &mut groups);
    let whys = std::mem::take(&mut groups.whys);
    let mut members: BTreeMap<usize, Cluster> = BTreeMap::new();
    for (at, found) in found.into_iter().enumerate() {
        members.entry(groups.first(at)).or_default().push(found);
    }
    let mut merged = Vec::new();
    let mut clusters = Vec::new();
    for (first, mut cluster) in members {
        cluster.sort_by_key(|found| (found.rank, found.file, found.row));
        if cluster[0].kind.is_none() {
            continue;
        }
        if let Some(why) = whys.get(&first) {
            let from: BTreeSet<String> = cluster.iter().flat_map(|found| found.ids.iter().cloned()).collect();
            merged.push(Merged { id: id_of(&cluster), from: from.into_iter().collect(), why: why.clone() });
        }
        clusters.push(cluster);
    }
    (clusters, merged)
}

/// The id of a merged place: the user's own, else GeoNames', else the first.
pub fn id_of(cluster: &[Found]) -> String {
    let mut ids = cluster.iter().flat_map(|found| &found.ids);
    let own = cluster.first().filter(|found| found.rank == Rank::Own).and_then(|found| found.ids.first());
    let geonames =
        |id: &&String| id.strip_prefix("gn:").is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    own.or_else(|| ids.clone().find(geonames)).or_else(|| ids.next()).cloned().unwrap_or_default()
}

/// Union-find; the first record of a group stands for it.
struct Groups {
    above: Vec<usize>,
    /// Why a group was joined last, by its first record.
    whys: BTreeMap<usize, String>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect(), whys: BTreeMap::new() }
    }

    fn first(&mut self, at: usize) -> usize {
        let mut top = at;
        while self.above[top] != top {
            self.above[top] = self.above[self.above[top]];
            top = self.above[top];
        }
        top
    }

    fn join(&mut self, a: usize, b: usize, why: &str) {
        let (a, b) = (self.first(a), self.first(b));
        if a != b {
            self.above[a.max(b)] = a.min(b);
            self.whys.remove(&a.max(b));
            self.whys.insert(a.min(b), why.to_owned());
        }
    }
}

fn join_ids(found: &[Found], groups: &mut Groups) {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        for id in &one.ids {
            match known.get(id.as_str()) {
                Some(other) => groups.join(*other, at, "same id"),
                None => {
                    known.insert(id, at);
                }
            }
        }
        if !one.pcode.is_empty() && one.kind.is_some_and(is_area) {
            let same = known.get(one.pcode.as_str()).copied();
            match same {
                Some(other) => groups.join(other, at, "same P-code"),
                None => {
                    known.insert(&one.pcode, at);
                }
            }
        }
    }
}

/// Areas of one level and country that share a name which no other area of their source and level has.
fn join_areas(found: &[Found], groups: &mut Groups) {
    for by in [folded, |name: &str| skeleton(&folded(name))] {
        type Key<'a> = (&'a str, PlacePrecision, String);
        let mut named: BTreeMap<Key<'_>, BTreeMap<Rank, BTreeSet<usize>>> = BTreeMap::new();
        for (at, one) in found.iter().enumerate() {
            let Some(kind) = one.kind.filter(|kind| is_area(*kind)) else { continue };
            let first = groups.first(at);
            for name in
                [one.name_en(), one.name_ar()].into_iter().flatten().map(by).filter(|key| key.len() > 1)
            {
                let key = (one.country.as_str(), kind, name);
                named.entry(key).or_default().entry(one.rank).or_default().insert(first);
            }
        }
        for sources in named.values().filter(|sources| sources.len() > 1) {
            if sources.values().all(|places| places.len() == 1) {
                let mut places = sources.values().flatten();
                let Some(first) = places.next() else { continue };
                places.for_each(|other| groups.join(*first, *other, "same area by name"));
            }
        }
    }
}

fn join_settlements(found: &[Found], groups: &mut Groups) {
    let mut named: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    let is_settlement = |kind: PlacePrecision| {
        matches!(kind, PlacePrecision::Village | PlacePrecision::Town | PlacePrecision::City)
    };
    let mut ranks: BTreeMap<usize, BTreeSet<Rank>> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        ranks.entry(groups.first(at)).or_default().insert(one.rank);
        if one.kind.is_some_and(is_settlement) && one.point.is_some() {
            let mut keys: Vec<String> = one.names.iter().map(|name| folded(&name.text)).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                named.entry((&one.country, key)).or_default().push(at);
            }
        }
    }
    for places in named.values().filter(|places| places.len() > 1) {
        for (number, a) in places.iter().enumerate() {
            for b in &places[number + 1..] {
                join_near(&found[*a], &found[*b], (*a, *b), groups, &mut ranks);
            }
        }
    }
}

fn join_near(
    a: &Found,
    b: &Found,
    at: (usize, usize),
    groups: &mut Groups,
    ranks: &mut BTreeMap<usize, BTreeSet<Rank>>,
) {
    let (Some(here), Some(there)) = (a.point, b.point) else { return };
    let is_city = [a, b].iter().any(|one| one.kind == Some(PlacePrecision::City));
    let apart = metres(here, there);
    let (first, second) = (groups.first(at.0), groups.first(at.1));
    if a.rank == b.rank || first == second || apart > if is_city { NEAR_CITY_M } else { NEAR_M } {
        return;
    }
    // Two records of one source are two places, also when a third source has one of them.
    let empty = BTreeSet::new();
    let (mine, other) = (ranks.get(&first).unwrap_or(&empty), ranks.get(&second).unwrap_or(&empty));
    if mine.is_disjoint(other) {
        let both: BTreeSet<Rank> = mine.union(other).copied().collect();
        groups.join(first, second, &format!("same name, {:.1} km apart", apart / 1000.0));
        ranks.insert(groups.first(first), both);
    }
}
