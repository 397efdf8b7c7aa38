//! Clusters become drafts of the file: each place gets its names, its point, the areas around it, and areas their
//! middle, radius and seat.

use std::collections::{BTreeMap, BTreeSet};

use sijil_model::codebook::{Coded, PlacePrecision};

use super::Note;
use super::found::{Found, Rank};
use super::merge::{Cluster, id_of};
use crate::container::is_area;
use crate::distance::metres;
use crate::keys::{folded, skeleton};
use crate::shape::{Frame, UNITS, corner};
use crate::write::Draft;

/// More crossings of a ring than this are not counted.
const MOST_CROSSINGS: usize = 100;
/// Degrees beyond the bulk of a country's places within which a place of it may lie.
const MARGIN: f64 = 5.0;
/// A country with fewer places has no bulk to compare with.
const BULK: usize = 20;

/// What is drawn besides the drafts: countries that are held whole.
pub type Covered = Vec<[u8; 2]>;

/// Drafts of all clusters that have a point or places in them.
pub fn drafts(clusters: Vec<Cluster>, files: &[String], notes: &mut Vec<Note>) -> (Vec<Draft>, Covered) {
    let mut drawing = Drawing::new(clusters, files);
    drawing.drop_swapped(notes);
    drawing.note_crossings(notes);
    drawing.note_absent_parents(notes);
    drawing.find_parents();
    drawing.cut_loops(notes);
    drawing.find_countries();
    drawing.find_seats();
    drawing.find_middles(notes);
    let covered = drawing.covered();
    (drawing.drafts.into_iter().filter(|one| one.is_kept).map(|one| one.draft).collect(), covered)
}

/// A draft on its way.
struct Place {
    draft: Draft,
    kind: PlacePrecision,
    point: Option<(f64, f64)>,
    frame: Option<Frame>,
    parent: Option<usize>,
    parents_said: Vec<String>,
    is_kept: bool,
    is_of_whole_country: bool,
    /// File, row and rank of its most believed record, for notes.
    from: (usize, usize, Rank),
}

struct Drawing<'a> {
    drafts: Vec<Place>,
    by_id: BTreeMap<String, usize>,
    files: &'a [String],
}

impl<'a> Drawing<'a> {
    fn new(clusters: Vec<Cluster>, files: &'a [String]) -> Self {
        let mut by_id = BTreeMap::new();
        let mut drafts = Vec::with_capacity(clusters.len());
        for (at, cluster) in clusters.into_iter().enumerate() {
            for id in cluster.iter().flat_map(|found| &found.ids) {
                by_id.insert(id.clone(), at);
            }
            drafts.push(place(cluster));
        }
        Self { drafts, by_id, files }
    }

    fn note(&self, at: usize, refused: bool, cause: &str) -> Note {
        let place = &self.drafts[at];
        let (file, row, _) = place.from;
        Note {
            file: self.files.get(file).cloned().unwrap_or_default(),
            row,
            refused,
            cause: cause.to_owned(),
            about: place.draft.id.clone(),
        }
    }

    /// A point far outside its country that lies inside it when turned round is a mistake of the row.
    fn drop_swapped(&mut self, notes: &mut Vec<Note>) {
        let mut points: BTreeMap<[u8; 2], Vec<(f64, f64)>> = BTreeMap::new();
        for place in self.drafts.iter().filter(|place| place.draft.country != [0, 0]) {
            points.entry(place.draft.country).or_default().extend(place.point);
        }
        let bulks: BTreeMap<[u8; 2], Bulk> =
            points.into_iter().filter_map(|(country, points)| Some((country, Bulk::of(&points)?))).collect();
        for at in 0..self.drafts.len() {
            let place = &self.drafts[at];
            let (Some((lat, lon)), Some(bulk)) = (place.point, bulks.get(&place.draft.country)) else {
                continue;
            };
            if !bulk.holds((lat, lon), MARGIN) && bulk.holds((lon, lat), 0.0) {
                notes.push(self.note(
                    at,
                    true,
                    "it lies outside its country, and inside with latitude and longitude swapped",
                ));
                self.drafts[at].is_kept = false;
            }
        }
    }

    fn note_crossings(&self, notes: &mut Vec<Note>) {
        for at in 0..self.drafts.len() {
            let shape = &self.drafts[at].draft.shape;
            if !shape.is_empty() && shape.crossings(MOST_CROSSINGS) > 0 {
                notes.push(self.note(
                    at,
                    false,
                    "its outline crosses itself; what it encloses an odd number of times is inside",
                ));
            }
        }
    }

    /// A parent that a table of one's own names and no file here holds may be a slip, or be in the gazetteer below.
    fn note_absent_parents(&self, notes: &mut Vec<Note>) {
        for (at, place) in self.drafts.iter().enumerate().filter(|(_, place)| place.from.2 == Rank::Own) {
            for parent in place.parents_said.iter().filter(|id| !self.by_id.contains_key(*id)) {
                let cause = "no file here holds the parent that it names; it counts only where the gazetteer in force holds it";
                notes.push(Note {
                    about: format!("{} in {parent}", place.draft.id),
                    ..self.note(at, false, cause)
                });
            }
        }
    }

    /// The finest area around each place: said by its sources, or by the outlines.
    fn find_parents(&mut self) {
        let areas: Vec<usize> =
            (0..self.drafts.len()).filter(|at| self.drafts[*at].frame.is_some()).collect();
        for at in 0..self.drafts.len() {
            let place = &self.drafts[at];
            let coarser = |other: &usize| {
                *other != at
                    && self.drafts[*other].is_kept
                    && self.drafts[*other].kind > place.kind
                    && is_area(self.drafts[*other].kind)
            };
            let said =
                place.parents_said.iter().filter_map(|id| self.by_id.get(id).copied()).filter(|other| {
                    *other != at
                        && (coarser(other)
                            || self.drafts[*other].kind >= place.kind && place.from.2 == Rank::Own)
                });
            let said = said.min_by_key(|other| self.drafts[*other].kind);
            let around = place.point.and_then(|point| self.finest_around(&areas, point, &coarser));
            self.drafts[at].parent = match (said, around) {
                (Some(said), Some(around)) if self.drafts[around].kind < self.drafts[said].kind => {
                    Some(around)
                }
                (Some(said), _) => Some(said),
                (None, around) => around,
            };
        }
    }

    fn finest_around(
        &self,
        areas: &[usize],
        (lat, lon): (f64, f64),
        wanted: &impl Fn(&usize) -> bool,
    ) -> Option<usize> {
        let (x, y) = corner(lat, lon);
        let framed = areas.iter().copied().filter(|at| {
            self.drafts[*at].frame.is_some_and(|[west, south, east, north]| {
                (west..=east).contains(&x) && (south..=north).contains(&y)
            })
        });
        framed
            .filter(|at| wanted(at) && self.drafts[*at].draft.shape.contains((x, y)))
            .min_by_key(|at| (self.drafts[*at].kind, *at))
    }

    /// A chain of parents that comes back to itself is cut where it was entered.
    fn cut_loops(&mut self, notes: &mut Vec<Note>) {
        for at in 0..self.drafts.len() {
            let mut seen = BTreeSet::from([at]);
            let mut here = at;
            while let Some(parent) = self.drafts[here].parent {
                if !seen.insert(parent) {
                    notes.push(self.note(
                        here,
                        false,
                        "the areas around it lead back to itself; it was taken without them",
                    ));
                    self.drafts[here].parent = None;
                    break;
                }
                here = parent;
            }
        }
    }

    fn chain(&self, at: usize) -> Vec<usize> {
        let mut chain = vec![at];
        while let Some(parent) = self.drafts[chain[chain.len() - 1]].parent {
            chain.push(parent);
        }
        chain
    }

    fn find_countries(&mut self) {
        for at in 0..self.drafts.len() {
            if self.drafts[at].draft.country == [0, 0] {
                let mut codes = self.chain(at).into_iter().map(|around| self.drafts[around].draft.country);
                let code = codes.rfind(|code| *code != [0, 0]).unwrap_or_default();
                self.drafts[at].draft.country = code;
            }
        }
    }

    /// The seat of each area: the settlement in it that is one by its source, else one with the area's name, else, of
    /// a governorate, the most populous.
    fn find_seats(&mut self) {
        let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in (0..self.drafts.len()).filter(|at| !is_area(self.drafts[*at].kind)) {
            for around in self.chain(at).into_iter().skip(1) {
                inside.entry(around).or_default().push(at);
            }
        }
        for area in 0..self.drafts.len() {
            let order = order_of(self.drafts[area].kind);
            // A sub-district without an outline holds nothing; its seat is sought in its district.
            let around = if self.drafts[area].frame.is_none() { self.drafts[area].parent } else { None };
            let within = inside.get(&area).or_else(|| around.and_then(|around| inside.get(&around)));
            let Some(within) = within.filter(|_| order > 0) else { continue };
            let Some(seat) = self.seat_among(area, order, within) else { continue };
            let known = self.drafts[seat].draft.seat;
            self.drafts[seat].draft.seat = if known == 0 { order } else { known.min(order) };
            self.drafts[area].draft.seat_place = self.drafts[seat].draft.id.clone();
            if self.drafts[area].point.is_none() {
                self.drafts[area].point = self.drafts[seat].point;
            }
        }
    }

    fn seat_among(&self, area: usize, order: u8, within: &[usize]) -> Option<usize> {
        let names = |draft: &Draft| -> BTreeSet<String> {
            [&draft.name_en, &draft.name_ar]
                .into_iter()
                .map(|name| skeleton(&folded(name)))
                .filter(|key| !key.is_empty())
                .collect()
        };
        let own = names(&self.drafts[area].draft);
        let rank = |at: &usize| {
            let draft = &self.drafts[*at].draft;
            let is_named = !own.is_disjoint(&names(draft));
            let is_seat = draft.seat == order || (order == 2 && draft.seat == 1);
            (is_seat && is_named, is_seat || is_named, draft.population)
        };
        let settlements = within
            .iter()
            .copied()
            .filter(|at| self.drafts[*at].is_kept && self.drafts[*at].kind >= PlacePrecision::Village);
        let best = settlements.max_by_key(|at| (rank(at), std::cmp::Reverse(*at)))?;
        let (_, fits, population) = rank(&best);
        (fits || (order <= 2 && population > 0)).then_some(best)
    }

    /// Areas without a point get the middle of their outline or of what lies in them, and a radius that reaches it all.
    fn find_middles(&mut self, notes: &mut Vec<Note>) {
        let mut inside: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
        for at in (0..self.drafts.len()).filter(|at| self.drafts[*at].is_kept) {
            if let Some(point) = self.drafts[at].point {
                for around in self.chain(at) {
                    inside.entry(around).or_default().push(point);
                }
            }
        }
        for at in 0..self.drafts.len() {
            let points = inside.get(&at).map_or(&[][..], Vec::as_slice);
            let place = &mut self.drafts[at];
            let of_frame = place.frame.map(|[west, south, east, north]| {
                (f64::from(south + north) / 2.0 / UNITS, f64::from(west + east) / 2.0 / UNITS)
            });
            let Some(middle) = place.point.or(of_frame).or_else(|| mean(points)) else {
                if place.is_kept {
                    place.is_kept = false;
                    notes.push(self.note(at, true, "it has no lat and lon, and no place in it has"));
                }
                continue;
            };
            (place.draft.lat, place.draft.lon) = middle;
            if is_area(place.kind) && place.draft.radius_m == 0 {
                let corners = place
                    .draft
                    .shape
                    .rings
                    .iter()
                    .flatten()
                    .map(|(x, y)| (f64::from(*y) / UNITS, f64::from(*x) / UNITS));
                let farthest = corners
                    .chain(points.iter().copied())
                    .map(|point| metres(middle, point))
                    .fold(0.0, f64::max);
                place.draft.radius_m = (farthest / 1000.0).ceil() as u32 * 1000;
            }
        }
        for at in 0..self.drafts.len() {
            let said = self.drafts[at].parents_said.first().cloned().unwrap_or_default();
            let parent = self.drafts[at].parent.filter(|parent| self.drafts[*parent].is_kept);
            // A parent that no source here has may be in the gazetteer below.
            self.drafts[at].draft.parent = parent.map_or(said, |parent| self.drafts[parent].draft.id.clone());
        }
    }

    /// Countries whose governorates and places come from a source that means to hold all of them.
    fn covered(&self) -> Covered {
        let whole = self.drafts.iter().filter(|place| place.is_of_whole_country && place.is_kept);
        let countries: BTreeSet<[u8; 2]> = whole
            .filter(|place| place.kind == PlacePrecision::Governorate)
            .map(|place| place.draft.country)
            .collect();
        countries.into_iter().filter(|country| *country != [0, 0]).collect()
    }
}

/// The order of an area as [`crate::format::Record::seat`] counts; 0 for what has no seat.
fn order_of(kind: PlacePrecision) -> u8 {
    match kind {
        PlacePrecision::Country => 1,
        PlacePrecision::Governorate => 2,
        PlacePrecision::District => 3,
        PlacePrecision::Subdistrict => 4,
        _ => 0,
    }
}

fn place(cluster: Cluster) -> Place {
    let first =
        |text: fn(&Found) -> Option<&str>| cluster.iter().find_map(text).unwrap_or_default().to_owned();
    let kinds = cluster.iter().filter_map(|found| found.kind);
    let is_settlement = |kind: &PlacePrecision| {
        matches!(kind, PlacePrecision::Village | PlacePrecision::Town | PlacePrecision::City)
    };
    let mut kind = kinds.clone().next().unwrap_or(PlacePrecision::Village);
    if is_settlement(&kind) && cluster[0].rank != Rank::Own {
        kind = kinds.filter(is_settlement).max().unwrap_or(kind);
    }
    let draft = Draft {
        id: id_of(&cluster),
        name_en: first(Found::name_en),
        name_ar: first(Found::name_ar),
        pcode: first(|found| Some(found.pcode.as_str()).filter(|pcode| !pcode.is_empty())),
        alternates: cluster
            .iter()
            .flat_map(|found| found.names.iter().map(|name| name.text.clone()))
            .collect(),
        kind: PlacePrecision::ALL.iter().position(|other| *other == kind).unwrap_or(0) as u8,
        country: first(|found| Some(found.country.as_str()).filter(|code| code.len() == 2))
            .as_bytes()
            .try_into()
            .unwrap_or_default(),
        population: cluster.iter().map(|found| found.population).max().unwrap_or(0),
        radius_m: cluster.iter().map(|found| found.radius_m).max().unwrap_or(0),
        seat: cluster.iter().map(|found| found.seat).filter(|seat| *seat > 0).min().unwrap_or(0),
        shape: cluster
            .iter()
            .map(|found| &found.shape)
            .find(|shape| !shape.is_empty())
            .cloned()
            .unwrap_or_default(),
        ..Draft::default()
    };
    Place {
        kind,
        point: cluster.iter().find_map(|found| found.point),
        frame: draft.shape.frame(),
        parent: None,
        parents_said: cluster.iter().flat_map(|found| found.parents.iter().cloned()).collect(),
        is_kept: true,
        is_of_whole_country: cluster.iter().any(|found| found.is_of_whole_country),
        from: (cluster[0].file, cluster[0].row, cluster[0].rank),
        draft,
    }
}

fn mean(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let count = points.len() as f64;
    let sum = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    (!points.is_empty()).then(|| (sum.0 / count, sum.1 / count))
}

/// Where the bulk of a country's places lies.
struct Bulk {
    lat: (f64, f64),
    lon: (f64, f64),
}

impl Bulk {
    fn of(points: &[(f64, f64)]) -> Option<Self> {
        let range = |pick: fn(&(f64, f64)) -> f64| {
            let mut values: Vec<f64> = points.iter().map(pick).collect();
            values.sort_by(f64::total_cmp);
            let edge = values.len() / 50;
            (values[edge], values[values.len() - 1 - edge])
        };
        (points.len() >= BULK).then(|| Self { lat: range(|point| point.0), lon: range(|point| point.1) })
    }

    fn holds(&self, (lat, lon): (f64, f64), margin: f64) -> bool {
        let is_in = |value: f64, (least, most): (f64, f64)| (least - margin..=most + margin).contains(&value);
        is_in(lat, self.lat) && is_in(lon, self.lon)
    }
}
