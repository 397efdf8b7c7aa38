//! From chances to the pairs that are said: the likeliest that hold each group together, and no more than that takes.

use std::collections::BTreeSet;

use sijil_link::incidents::{Pair, Report, groups};
use sijil_register::results::ClaimLink;

use super::reports::Told;

/// Chance from which two reports may be of one strike; of groups less is asked (`sijil_link::incidents::groups`).
const LEAST: f32 = 0.5;

/// The reports of different records that may be of one strike. What stands in one part of a document was told apart
/// there, and what was judged otherwise stays apart.
pub fn alike(told: &[Told], pairs: &[Pair], apart: &BTreeSet<(String, String)>) -> Vec<ClaimLink> {
    let are_apart = |a: &Told, b: &Told| {
        a.record != b.record && (a.part == b.part || apart.contains(&(a.record.clone(), b.record.clone())))
    };
    let mut chances: Vec<(u32, u32, f32)> = pairs
        .iter()
        .map(|pair| (pair.left, pair.right, pair.chance))
        .filter(|(left, right, _)| {
            let (left, right) = (&told[*left as usize], &told[*right as usize]);
            left.record != right.record && !are_apart(left, right)
        })
        .collect();
    chances.extend(of_one_record(told));
    chances.sort_by_key(|(left, right, _)| (*left, *right));
    let group = groups(told.len(), &chances, LEAST);
    chances.retain(|(left, right, _)| group[*left as usize] == group[*right as usize]);
    chances.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| (a.0, a.1).cmp(&(b.0, b.1))));
    let mut home: Vec<usize> = (0..told.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..told.len()).map(|at| vec![at]).collect();
    let mut said = Vec::new();
    for (left, right, chance) in chances {
        let (left, right) = (left as usize, right as usize);
        let (here, there) = (home[left], home[right]);
        let clash = |a: &usize| members[there].iter().any(|b| are_apart(&told[*a], &told[*b]));
        if here == there || members[here].iter().any(clash) {
            continue;
        }
        let moved = std::mem::take(&mut members[there]);
        moved.iter().for_each(|at| home[*at] = here);
        members[here].extend(moved);
        if told[left].record != told[right].record {
            said.push(link(&told[left], &told[right], chance));
        }
    }
    said.sort();
    said
}

/// The reports of each record, one after the other: they are of one incident already.
fn of_one_record(told: &[Told]) -> impl Iterator<Item = (u32, u32, f32)> {
    let mut by_record: Vec<(&str, u32)> =
        told.iter().zip(0..).map(|(told, at)| (told.record.as_str(), at)).collect();
    by_record.sort_unstable();
    let mut pairs = Vec::new();
    for record in by_record.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, left)) in record.iter().enumerate() {
            pairs.extend(record[at + 1..].iter().map(|(_, right)| (*left, *right, 1.0)));
        }
    }
    pairs.into_iter()
}

fn link(left: &Told, right: &Told, chance: f32) -> ClaimLink {
    ClaimLink {
        left: left.claim.clone(),
        right: right.claim.clone(),
        why: why(&left.report, &right.report),
        // No machine is sure.
        permille: ((chance * 1000.0).round() as u16).min(999),
    }
}

/// What of two reports agrees, as codes (`crates/link/data/agreement.csv`).
fn why(one: &Report, other: &Report) -> String {
    let share = |a: &[String], b: &[String]| a.iter().any(|word| b.contains(word));
    let killed = one.counts[0].zip(other.counts[0]);
    let told = [
        (one.day.is_some() && one.day == other.day, "the same day"),
        (share(&one.places, &other.places), "a place of the same name"),
        (share(&one.governorates, &other.governorates), "the same governorate"),
        (share(&one.names, &other.names), "a victim of the same name"),
        (share(&one.actors, &other.actors), "the same party"),
        (killed.is_some_and(|(one, other)| one == other), "as many killed"),
        (killed.is_some_and(|(one, other)| one != other), "another number killed"),
    ];
    let told: Vec<&str> = told.into_iter().filter(|(holds, _)| *holds).map(|(_, code)| code).collect();
    if told.is_empty() { "words in common".to_owned() } else { told.join(", ") }
}
