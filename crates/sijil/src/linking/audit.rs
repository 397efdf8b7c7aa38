//! An audit: pairs drawn evenly from what linking decided, for a reviewer to judge; and, from what they judged, how
//! precise and how complete the links are, with intervals.
//!
//! Pairs are drawn from three strata: together, likely but apart, unlikely. Pairs that no rule of blocking proposed, or
//! that are next to impossible, are in none of them; recall is among the pairs that were looked at.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
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
    pairs: u64,
    same: u64,
    judged: u64,
}

/// A share with the ends of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Share {
    share: f64,
    low: f64,
    high: f64,
}

impl Judged {
    /// The share of the stratum that is one person, with Wilson's interval (1927); none where nobody judged.
    fn share(self) -> Option<Share> {
        if self.judged == 0 {
            return None;
        }
        let (judged, square) = (self.judged as f64, DEVIATE * DEVIATE);
        let share = self.same as f64 / judged;
        let middle = (share + square / (2.0 * judged)) / (1.0 + square / judged);
        let half = (share * (1.0 - share) / judged + square / (4.0 * judged * judged)).sqrt() * DEVIATE
            / (1.0 + square / judged);
        Some(Share { share, low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
    }

    /// How many pairs of the stratum are one person: none of an empty one; not known where nobody judged any.
    fn people(self) -> Option<Share> {
        if self.pairs == 0 {
            return Some(Share { share: 0.0, low: 0.0, high: 0.0 });
        }
        let (share, pairs) = (self.share()?, self.pairs as f64);
        Some(Share { share: share.share * pairs, low: share.low * pairs, high: share.high * pairs })
    }
}

/// A row of a filled-in `audit.csv`.
#[derive(Deserialize)]
struct Row {
    left_list: String,
    left_row: u64,
    right_list: String,
    right_row: u64,
    judgement: String,
    stratum: String,
    of: u64,
}

/// Reads a filled-in `audit.csv`: precision and recall with 95 % intervals.
///
/// # Errors
///
/// A file that cannot be read; a row that is none of an audit, that says another size of its stratum than the rows before
/// it, or whose pair was judged before.
pub fn read(path: &Path) -> Result<Value, Failure> {
    let text = std::fs::read_to_string(path).map_err(|cause| file(path, &cause))?;
    let refuse = |line: u64, cause: String| {
        Failure::Refused(format!("{}, line {line}: {cause}; --audit N writes such a file", path.display()))
    };
    let mut strata = [Judged::default(); 3];
    let mut seen = BTreeSet::new();
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|cause| refuse(1, cause.to_string()))?.clone();
    for record in reader.into_records() {
        let record = record
            .map_err(|cause| refuse(cause.position().map_or(0, csv::Position::line), cause.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row: Row = record.deserialize(Some(&header)).map_err(|cause| refuse(line, cause.to_string()))?;
        if !seen.insert(row.pair()) {
            return Err(refuse(line, "this pair stands further up already".to_owned()));
        }
        row.counted(&mut strata).map_err(|cause| refuse(line, cause))?;
    }
    Ok(shares(&strata))
}

impl Row {
    /// Both ends in order, so that a pair is the same from either side.
    fn pair(&self) -> [(String, u64); 2] {
        let mut ends = [(self.left_list.clone(), self.left_row), (self.right_list.clone(), self.right_row)];
        ends.sort();
        ends
    }

    /// Adds what was judged to its stratum.
    fn counted(&self, strata: &mut [Judged; 3]) -> Result<(), String> {
        let stratum = STRATA.iter().zip(strata).find(|(name, _)| **name == self.stratum);
        let (name, stratum) =
            stratum.ok_or_else(|| format!("“{}” is no stratum of an audit", self.stratum))?;
        if stratum.pairs != 0 && stratum.pairs != self.of {
            return Err(format!(
                "“{name}” holds {} pairs by the rows before, {} by this",
                stratum.pairs, self.of
            ));
        }
        stratum.pairs = self.of;
        match self.judgement.as_str() {
            "same" => (stratum.same, stratum.judged) = (stratum.same + 1, stratum.judged + 1),
            "different" => stratum.judged += 1,
            "unsure" | "" => {}
            other => return Err(format!("“{other}” is none of same, different, unsure")),
        }
        Ok(())
    }
}

/// Precision is that of the pairs together; recall is what was found of all that is one person in the three strata.
fn shares(strata: &[Judged; 3]) -> Value {
    let [together, likely, unlikely] = strata;
    let recall = || {
        let (found, likely, unlikely) = (together.people()?, likely.people()?, unlikely.people()?);
        recall(found, sum(likely, unlikely))
    };
    json!({
        "judged": strata.iter().map(|stratum| stratum.judged).sum::<u64>(),
        "precision": interval(together.share()),
        "recall": interval(recall()),
    })
}

/// The sum of two independent numbers; its ends by recovered variances (MOVER: Zou and Donner 2008).
fn sum(a: Share, b: Share) -> Share {
    let share = a.share + b.share;
    Share {
        share,
        low: share - (a.share - a.low).hypot(b.share - b.low),
        high: share + (a.high - a.share).hypot(b.high - b.share),
    }
}

/// The share `found / (found + missed)`. An end of its interval is the share r at which the end of `(1−r)·found − r·missed`,
/// by recovered variances, is 0: the method of Fieller (1954) with MOVER's ends. None where neither is anything.
fn recall(found: Share, missed: Share) -> Option<Share> {
    let (f, m) = (found.share, missed.share);
    if f + m == 0.0 {
        return None;
    }
    let between = |r: f64, f_end: f64, m_end: f64| ((1.0 - r) * (f - f_end)).hypot(r * (m_end - m));
    let low = root(|r| (1.0 - r) * f - r * m - between(r, found.low, missed.high));
    let high = root(|r| (1.0 - r) * f - r * m + between(r, found.high, missed.low));
    Some(Share { share: f / (f + m), low, high })
}

/// Where a function that falls from above 0 to below crosses it between 0 and 1, by bisection; an end where it does not.
fn root(of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if of(middle) > 0.0 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

fn interval(of: Option<Share>) -> Value {
    let rounded = |number: f64| (number * 10_000.0).round() / 10_000.0;
    of.map_or(Value::Null, |Share { share, low, high }| {
        json!({ "estimate": rounded(share), "low": rounded(low), "high": rounded(high) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(pairs: u64, same: u64, judged: u64) -> Judged {
        Judged { pairs, same, judged }
    }

    #[test]
    fn precision_and_recall_come_with_intervals() {
        // 900 of 1,000 that are together are right, 50 of 100 that are likely were missed, none of the unlikely.
        let shares = shares(&[judged(1000, 90, 100), judged(100, 50, 100), judged(0, 0, 0)]);
        // Wilson's interval of 90 out of 100, as in the tables.
        assert_eq!(shares["precision"], json!({ "estimate": 0.9, "low": 0.8256, "high": 0.9448 }));
        assert_eq!(shares["recall"]["estimate"], 0.9474);
        let recall = &shares["recall"];
        assert!(recall["low"].as_f64() > Some(0.93) && recall["low"].as_f64() < Some(0.94), "{recall}");
        assert!(recall["high"].as_f64() > Some(0.95) && recall["high"].as_f64() < Some(0.96), "{recall}");
    }

    #[test]
    fn what_nobody_judged_is_not_known() {
        let nothing = shares(&[judged(1000, 0, 0), judged(100, 0, 0), judged(5000, 0, 0)]);
        assert_eq!((&nothing["precision"], &nothing["recall"]), (&Value::Null, &Value::Null));
        let one_stratum = shares(&[judged(1000, 90, 100), judged(100, 50, 100), judged(5000, 0, 0)]);
        assert_eq!(one_stratum["precision"]["estimate"], 0.9);
        assert_eq!(one_stratum["recall"], Value::Null);
    }

    #[test]
    fn all_found_is_a_recall_of_one_with_a_lower_end() {
        let shares = shares(&[judged(1000, 100, 100), judged(100, 0, 100), judged(100, 0, 100)]);
        assert_eq!((&shares["recall"]["estimate"], &shares["recall"]["high"]), (&json!(1.0), &json!(1.0)));
        assert!(shares["recall"]["low"].as_f64() < Some(0.999));
    }

    #[test]
    fn a_row_that_does_not_fit_the_others_is_refused() {
        let row = |of| Row {
            left_list: "a".into(),
            left_row: 1,
            right_list: "b".into(),
            right_row: 2,
            judgement: "same".into(),
            stratum: "likely".into(),
            of,
        };
        let mut strata = [Judged::default(); 3];
        assert!(row(7).counted(&mut strata).is_ok());
        assert!(row(8).counted(&mut strata).is_err());
        assert_eq!(strata[1], judged(7, 1, 1));
    }
}
