//! An audit: pairs drawn evenly from what linking decided, for a reviewer to judge; and, from what they judged, how
//! precise and how complete the links are, with intervals.
//!
//! Pairs are drawn from three strata: together, likely but apart, unlikely. Pairs that no rule of blocking proposed, or
//! that are next to impossible, are in none of them; recall is among the pairs that were looked at.

use std::path::Path;

use serde_json::{Value, json};
use sijil_link::people::Linked;

use super::write::{Places, quoted, written};
use crate::failure::{Failure, file};

/// The strata, in order.
const STRATA: [&str; 3] = ["together", "likely", "unlikely"];
/// Chance from which a pair that was left apart is likely.
const LIKELY: f32 = 0.05;
/// The standard normal deviate of 95 %.
const DEVIATE: f64 = 1.959_964;

/// Writes `audit.csv`: up to `count` pairs of each stratum, to be judged same, different or unsure.
pub fn draw(dir: &Path, places: &Places<'_>, linked: &Linked, count: usize) -> Result<(), Failure> {
    let mut strata: [Vec<(u32, u32)>; 3] = [together(linked), Vec::new(), Vec::new()];
    for edge in &linked.edges {
        if linked.person[edge.left as usize] != linked.person[edge.right as usize] {
            strata[if edge.exclusive >= LIKELY { 1 } else { 2 }].push((edge.left, edge.right));
        }
    }
    written(dir, "audit.csv", |out| {
        writeln!(out, "left_list,left_row,right_list,right_row,judgement,stratum,of")?;
        for (pairs, stratum) in strata.iter_mut().zip(STRATA) {
            let of = pairs.len();
            // The pairs with the lowest numbers by content, which is an even draw that is the same on every machine.
            pairs.sort_by_cached_key(|(left, right)| {
                let ([left, right], [left_row, right_row]) = ends(places, *left, *right);
                mixed(&format!("{left}\t{left_row}\t{right}\t{right_row}"))
            });
            for (left, right) in pairs.iter().take(count) {
                let ([left, right], [left_row, right_row]) = ends(places, *left, *right);
                writeln!(out, "{},{left_row},{},{right_row},,{stratum},{of}", quoted(left), quoted(right))?;
            }
        }
        Ok(())
    })
}

/// All pairs of rows of one person.
fn together(linked: &Linked) -> Vec<(u32, u32)> {
    let mut members: Vec<(u32, u32)> = linked.person.iter().copied().zip(0..).collect();
    members.sort_unstable();
    let mut pairs = Vec::new();
    for person in members.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, left)) in person.iter().enumerate() {
            pairs.extend(person[at + 1..].iter().map(|(_, right)| (*left, *right)));
        }
    }
    pairs
}

/// List and row of both ends, in the order of the lists.
fn ends<'a>(places: &'a Places<'_>, left: u32, right: u32) -> ([&'a str; 2], [u32; 2]) {
    let (left, right) = (places.of(left), places.of(right));
    let (first, second) = if left <= right { (left, right) } else { (right, left) };
    ([first.0, second.0], [first.1, second.1])
}

/// FNV-1a, finished by splitmix64.
fn mixed(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// What was judged of a stratum.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Judged {
    pairs: f64,
    same: f64,
    judged: f64,
}

impl Judged {
    /// Share of the stratum that is one person, and its variance (Jeffreys' prior).
    fn share(self) -> (f64, f64) {
        let share = (self.same + 0.5) / (self.judged + 1.0);
        (share, share * (1.0 - share) / (self.judged + 2.0))
    }
}

/// Reads a filled-in `audit.csv`: precision and recall with 95 % intervals.
pub fn read(path: &Path) -> Result<Value, Failure> {
    let text = std::fs::read_to_string(path).map_err(|cause| file(path, &cause))?;
    let shown = path.display();
    let mut strata = [Judged::default(); 3];
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split(',').collect()).unwrap_or_default();
    let column = |name: &str| {
        let at = header.iter().rev().position(|known| known.trim() == name);
        at.ok_or_else(|| Failure::Usage(format!("{shown}: no column {name}; --audit N writes such a file")))
    };
    let (judgement, stratum, of) = (column("judgement")?, column("stratum")?, column("of")?);
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        // Counted from the right, since names of lists may hold commas.
        let cells: Vec<&str> = line.rsplit(',').map(str::trim).collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let refuse = |cause: String| Failure::Refused(format!("{shown}, line {}: {cause}", number + 1));
        let at = STRATA.iter().position(|known| *known == cell(stratum));
        let at = at.ok_or_else(|| refuse(format!("“{}” is no stratum of an audit", cell(stratum))))?;
        strata[at].pairs = cell(of).parse().map_err(|_| refuse(format!("“{}” is no number", cell(of))))?;
        match cell(judgement) {
            "same" => (strata[at].same, strata[at].judged) = (strata[at].same + 1.0, strata[at].judged + 1.0),
            "different" => strata[at].judged += 1.0,
            "unsure" | "" => {}
            other => return Err(refuse(format!("“{other}” is none of same, different, unsure"))),
        }
    }
    Ok(shares(&strata))
}

/// Precision by Wilson's interval (1927); recall from the three strata, its interval on the scale of ln odds.
fn shares(strata: &[Judged; 3]) -> Value {
    let [together, apart @ ..] = strata;
    let (right, right_variance) = together.share();
    let found = together.pairs * right;
    let (mut missed, mut variance) = (0.0, 0.0);
    for stratum in apart {
        let (share, of_share) = stratum.share();
        missed += stratum.pairs * share;
        variance += stratum.pairs.powi(2) * of_share;
    }
    let judged: f64 = strata.iter().map(|stratum| stratum.judged).sum();
    let precision = wilson(together.same, together.judged);
    let recall = (missed > 0.0 && found > 0.0).then(|| {
        let odds = (found / missed).ln();
        let error = (right_variance / right.powi(2) + variance / missed.powi(2)).sqrt() * DEVIATE;
        let share = |odds: f64| 1.0 / (1.0 + (-odds).exp());
        [share(odds), share(odds - error), share(odds + error)]
    });
    json!({ "judged": judged, "precision": interval(precision), "recall": interval(recall) })
}

fn wilson(same: f64, judged: f64) -> Option<[f64; 3]> {
    if judged == 0.0 {
        return None;
    }
    let (share, square) = (same / judged, DEVIATE * DEVIATE);
    let middle = (share + square / (2.0 * judged)) / (1.0 + square / judged);
    let half = (share * (1.0 - share) / judged + square / (4.0 * judged * judged)).sqrt() * DEVIATE
        / (1.0 + square / judged);
    Some([share, middle - half, middle + half])
}

fn interval(of: Option<[f64; 3]>) -> Value {
    let rounded = |number: f64| (number * 10_000.0).round() / 10_000.0;
    of.map_or(Value::Null, |[share, low, high]| {
        json!({ "estimate": rounded(share), "low": rounded(low), "high": rounded(high) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_and_recall_come_with_intervals() {
        let judged = |pairs, same, judged| Judged { pairs, same, judged };
        let shares =
            shares(&[judged(1000.0, 90.0, 100.0), judged(100.0, 50.0, 100.0), judged(5000.0, 0.0, 100.0)]);
        // Wilson's interval of 90 out of 100, as in the tables.
        assert_eq!(shares["precision"], json!({ "estimate": 0.9, "low": 0.8256, "high": 0.9448 }));
        let recall = &shares["recall"];
        assert!(recall["low"].as_f64() < Some(0.92) && recall["high"].as_f64() > Some(0.94), "{recall}");
        assert_eq!(super::shares(&[Judged::default(); 3])["precision"], Value::Null);
    }
}
