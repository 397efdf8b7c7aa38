//! Blocks: which pairs of records are compared at all. Each rule gives records keys; records that share one are
//! candidates. A block that is too large is parted by a further field, and what is left out is said.

use rayon::prelude::*;

use super::model::Weights;
use super::outline::{Glance, Outline, given_apart};
use super::pairs::Pairs;
use super::rows::{People, Record};
use super::vocabulary::Vocabulary;
use crate::names::Closeness;

/// Records of a block up to which all pairs are compared.
pub(super) const LARGEST: usize = 48;
/// Blocks that one thread takes at a time.
const BLOCKS: usize = 2048;
/// Records on either side that are compared in a block that no field parts.
const WINDOW: usize = 8;

/// What must hold for a pair of a block to be compared, beside what a glance sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guard {
    /// Nothing but what a glance sees, as for all.
    Nothing,
    /// Given names are close, where both have one.
    Given,
    /// Given names are close, and where one has none, families.
    GivenElseFamily,
}

impl Guard {
    /// Whether the names of two records let them be compared.
    fn lets(self, a: &Record, b: &Record, words: &Vocabulary) -> bool {
        let close = |a: u32, b: u32| words.closeness(a, b) != Closeness::Other;
        match self {
            Guard::Nothing => true,
            Guard::Given => a.given == 0 || b.given == 0 || close(a.given, b.given),
            Guard::GivenElseFamily if a.given == 0 || b.given == 0 => {
                let both = |a: u32, b: u32| a != 0 && b != 0 && close(a, b);
                both(a.family, b.family) || both(a.family, b.father) || both(a.father, b.family)
            }
            Guard::GivenElseFamily => close(a.given, b.given),
        }
    }
}

/// ln odds of one person under which no pair is compared: a chance of 5 in 1,000.
const LEAST: f32 = -5.3;

/// A rule: its name for reports, its keys, its guard.
struct Rule {
    name: &'static str,
    keys: fn(&Outline, &mut Vec<u64>),
    guard: Guard,
}

/// What a rule came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleReport {
    /// The rule, in words.
    pub rule: &'static str,
    /// Pairs that it proposes, those of other rules among them.
    pub pairs: u64,
    /// Blocks that were parted.
    pub parted: u64,
    /// Pairs of parted blocks that agree on no further field and so were not compared.
    pub left_out: u64,
}

const RULES: [Rule; 9] = [
    Rule { name: "given name and another name", keys: given_and_other, guard: Guard::Nothing },
    Rule { name: "father and family, given names close", keys: father_and_family, guard: Guard::Given },
    Rule { name: "day and place, given names close", keys: day_and_place, guard: Guard::GivenElseFamily },
    Rule { name: "month and family, given names close", keys: month_and_family, guard: Guard::Given },
    Rule { name: "month, given name and governorate", keys: month_and_given, guard: Guard::Nothing },
    Rule { name: "family and birth, given names close", keys: family_and_birth, guard: Guard::Given },
    Rule { name: "given name, birth and place", keys: given_and_birth, guard: Guard::Nothing },
    Rule { name: "day of birth, given names close", keys: day_of_birth, guard: Guard::GivenElseFamily },
    Rule { name: "family and place, given names close", keys: family_and_place, guard: Guard::Given },
];

/// All candidates, and what each rule came to; `weights` are those by which a glance tells people apart.
pub fn candidates(people: &People, weights: &Weights) -> (Pairs, Vec<RuleReport>) {
    let outline = |record: &Record| Outline::of(record, &people.vocabulary);
    let outlines = people.records.par_iter().map(outline).collect();
    let known = Known { people, glance: Glance::by(weights), outlines };
    let mut candidates = Candidates {
        pairs: Pairs::none(people.records.len()),
        fresh: Vec::with_capacity(AT_HAND.min(8 * people.records.len())),
    };
    let rules = RULES.iter().zip(0..);
    let mut keyed = Vec::new();
    let reports =
        rules.map(|(rule, number)| of_rule(&known, rule, number, &mut keyed, &mut candidates)).collect();
    candidates.pairs.add(&mut candidates.fresh);
    (candidates.pairs, reports)
}

/// What all rules look at.
struct Known<'a> {
    people: &'a People,
    glance: Glance<'a>,
    /// By record.
    outlines: Vec<Outline>,
}

/// Pairs that are proposed: those at hand join the others when they are many.
struct Candidates {
    pairs: Pairs,
    fresh: Vec<(u32, u32)>,
}

/// Proposed pairs that are at hand at a time, before they join the others: 64 MB.
const AT_HAND: usize = 1 << 23;

impl Candidates {
    fn extend(&mut self, pairs: Vec<(u32, u32)>) {
        if self.fresh.len() + pairs.len() > AT_HAND {
            self.pairs.add(&mut self.fresh);
        }
        self.fresh.extend(pairs);
    }
}

/// Which rules propose two records, were no block parted and none told apart at a glance: a bit a rule.
pub fn proposing(people: &People, left: u32, right: u32) -> u32 {
    let outlines =
        [left, right].map(|record| Outline::of(&people.records[record as usize], &people.vocabulary));
    rules_of(people, [left, right], [&outlines[0], &outlines[1]]).fold(0, |rules, rule| rules | 1 << rule)
}

/// The keys of all rules, as 32 bits each: records that share one are in a block.
pub(super) fn keys(outline: &Outline) -> Vec<u32> {
    let (mut keys, mut of_rule) = (Vec::new(), Vec::with_capacity(8));
    for (rule, number) in RULES.iter().zip(0..) {
        of_rule.clear();
        (rule.keys)(outline, &mut of_rule);
        keys.extend(of_rule.iter().map(|key| short(*key, number)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What parts a large block, as 16 bits each; 0 where a record does not say.
pub(super) fn fields(outline: &Outline) -> [u16; FIELDS] {
    FURTHER.map(|field| match field(outline) {
        0 => 0,
        said => ((mix(said) >> 48) as u16).max(1),
    })
}

/// The upper half of a rule's key; keys that fall together give spare candidates only.
fn short(key: u64, rule: u64) -> u32 {
    (mix(key ^ mix(rule)) >> 32) as u32
}

/// The rules that propose two records of which the outlines are known, were no block parted and none told apart at a glance.
pub fn rules_of<'a>(
    people: &'a People,
    records: [u32; 2],
    outlines: [&'a Outline; 2],
) -> impl Iterator<Item = usize> + 'a {
    let [a, b] = records.map(|record| &people.records[record as usize]);
    let mut keys = [const { Vec::new() }; 2];
    let proposes = move |rule: &Rule| {
        for (keys, outline) in keys.iter_mut().zip(outlines) {
            keys.clear();
            (rule.keys)(outline, keys);
        }
        keys[0].iter().any(|key| keys[1].contains(key)) && rule.guard.lets(a, b, &people.vocabulary)
    };
    RULES.iter().map(proposes).enumerate().filter(|(_, proposes)| *proposes).map(|(rule, _)| rule)
}

/// Adds what a rule proposes to the pairs; `keyed` is room for the keys.
fn of_rule(
    known: &Known<'_>,
    rule: &Rule,
    number: u64,
    keyed: &mut Vec<u64>,
    candidates: &mut Candidates,
) -> RuleReport {
    keyed.clear();
    let mut keys = Vec::with_capacity(8);
    for (at, outline) in known.outlines.iter().enumerate() {
        keys.clear();
        (rule.keys)(outline, &mut keys);
        keys.sort_unstable();
        keys.dedup();
        // The key and the record in one number.
        keyed.extend(keys.iter().map(|key| u64::from(short(*key, number)) << 32 | at as u64));
    }
    keyed.par_sort_unstable();
    let blocks: Vec<&[u64]> =
        keyed.chunk_by(|a, b| a >> 32 == b >> 32).filter(|block| block.len() > 1).collect();
    let proposed = |blocks: &[&[u64]]| {
        let mut part =
            Block { known, guard: rule.guard, near: Vec::new(), pairs: Vec::new(), parted: 0, left_out: 0 };
        let mut members = Vec::new();
        for block in blocks {
            members.clear();
            members.extend(block.iter().map(|keyed| (keyed & 0xffff_ffff) as u32));
            part.take(&members);
        }
        part
    };
    let mut report = RuleReport { rule: rule.name, pairs: 0, parted: 0, left_out: 0 };
    for some in blocks.chunks(BLOCKS * 8 * rayon::current_num_threads()) {
        let parts: Vec<Block> = some.par_chunks(BLOCKS).map(proposed).collect();
        for part in parts {
            report.parted += part.parted;
            report.left_out += part.left_out;
            report.pairs += part.pairs.len() as u64;
            candidates.extend(part.pairs);
        }
    }
    report
}

/// Pairs of some blocks of one rule.
struct Block<'a> {
    known: &'a Known<'a>,
    guard: Guard,
    /// Outlines of those who are looked at.
    near: Vec<Outline>,
    pairs: Vec<(u32, u32)>,
    parted: u64,
    left_out: u64,
}

impl Block<'_> {
    fn take(&mut self, members: &[u32]) {
        if members.len() <= LARGEST {
            self.within(members, LARGEST);
            return;
        }
        self.parted += 1;
        let before = self.pairs.len();
        self.part(members, 0);
        let from = &mut self.pairs[before..];
        from.sort_unstable();
        let mut kept = from.to_vec();
        kept.dedup();
        self.pairs.truncate(before);
        let possible = members.len() as u64 * (members.len() as u64 - 1) / 2;
        self.left_out += possible.saturating_sub(kept.len() as u64);
        self.pairs.extend(kept);
    }

    /// Parts a block by each further field; pairs that agree on one of them are candidates.
    fn part(&mut self, members: &[u32], depth: usize) {
        for (at, field) in FURTHER.iter().enumerate().skip(depth) {
            let mut keyed: Vec<u64> = members
                .iter()
                .filter_map(|member| {
                    let key = field(&self.known.outlines[*member as usize]);
                    (key != 0).then(|| (mix(key) >> 32) << 32 | u64::from(*member))
                })
                .collect();
            keyed.sort_unstable();
            for part in keyed.chunk_by(|a, b| a >> 32 == b >> 32).filter(|part| part.len() > 1) {
                let part: Vec<u32> = part.iter().map(|keyed| (keyed & 0xffff_ffff) as u32).collect();
                if part.len() <= LARGEST {
                    self.within(&part, LARGEST);
                } else if at + 1 < FURTHER.len() {
                    self.part(&part, at + 1);
                    self.within(&part, WINDOW);
                } else {
                    self.within(&part, WINDOW);
                }
            }
        }
    }

    /// Pairs of members that stand so near to each other in the order of content.
    fn within(&mut self, members: &[u32], reach: usize) {
        let Known { people, glance, outlines } = self.known;
        self.near.clear();
        self.near.extend(members.iter().map(|member| outlines[*member as usize]));
        for (at, left) in members.iter().enumerate() {
            for (next, right) in members.iter().enumerate().skip(at + 1).take(reach) {
                let (near, other) = (&self.near[at], &self.near[next]);
                let [a, b] = [left, right].map(|member| &people.records[*member as usize]);
                let lets = (self.guard == Guard::Nothing || !given_apart(near, other))
                    && glance.reaches(near, other, LEAST)
                    && self.guard.lets(a, b, &people.vocabulary);
                if lets {
                    self.pairs.push((*left, *right));
                }
            }
        }
    }
}

/// How many fields part a large block.
pub const FIELDS: usize = 6;
/// Fields that part a large block, the most telling first; 0 where a record does not say.
const FURTHER: [fn(&Outline) -> u64; FIELDS] = [
    |one| of(&[one.father(), one.grandfather()]),
    Outline::day,
    Outline::birth_year,
    |one| u64::from(if one.place[2].number != 0 { one.place[2].number } else { one.place[1].number }),
    Outline::family,
    |one| u64::from(one.place[0].number),
];

fn given_and_other(one: &Outline, keys: &mut Vec<u64>) {
    // Either may come first.
    for other in [one.father(), one.grandfather(), one.extra(), one.family()] {
        keys.extend(some(of(&[one.given().min(other), one.given().max(other)])));
    }
}

fn father_and_family(one: &Outline, keys: &mut Vec<u64>) {
    for father in [one.father(), one.grandfather()] {
        keys.extend(some(of(&[father, one.family()])));
    }
}

fn day_and_place(one: &Outline, keys: &mut Vec<u64>) {
    for place in [one.place[1].number, one.place[2].number] {
        keys.extend(some(of(&[one.day(), u64::from(place)])));
    }
}

fn month_and_family(one: &Outline, keys: &mut Vec<u64>) {
    keys.extend(some(of(&[one.month(), one.family()])));
}

fn month_and_given(one: &Outline, keys: &mut Vec<u64>) {
    keys.extend(some(of(&[one.month(), one.given(), u64::from(one.place[0].number)])));
}

fn family_and_birth(one: &Outline, keys: &mut Vec<u64>) {
    let year = one.birth_year();
    for year in [year, year + u64::from(year != 0)] {
        // Rows that do not say the sex meet each other.
        keys.extend(some(of(&[one.family(), year, u64::from(one.sex) + 1])));
    }
}

fn given_and_birth(one: &Outline, keys: &mut Vec<u64>) {
    let year = one.birth_year();
    let place = if one.place[1].number != 0 { one.place[1].number } else { one.place[2].number };
    for year in [year, year + u64::from(year != 0)] {
        keys.extend(some(of(&[one.given(), year, u64::from(place)])));
    }
}

fn day_of_birth(one: &Outline, keys: &mut Vec<u64>) {
    if one.birth.exact() {
        keys.extend(some(of(&[one.birth.first as u32 as u64 + 1, 1])));
    }
}

fn family_and_place(one: &Outline, keys: &mut Vec<u64>) {
    for place in [one.place[1].number, one.place[2].number] {
        keys.extend(some(of(&[one.family(), u64::from(place)])));
    }
}

/// A key of several values; none where one of them is not said.
fn of(values: &[u64]) -> u64 {
    if values.contains(&0) {
        return 0;
    }
    values.iter().fold(1, |key, value| mix(key ^ *value).wrapping_add(*value) | 1)
}

fn some(key: u64) -> Option<u64> {
    (key != 0).then_some(key)
}

fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}
