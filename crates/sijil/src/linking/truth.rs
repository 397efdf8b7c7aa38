//! How right clusters are, where a column says who is who: pairs, and B-cubed (Bagga and Baldwin 1998); and what no rule
//! of blocking proposes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sijil_link::people::{People, proposing};

/// Precision, recall and F1 of `(truth, found)` by row; rows without truth are left out.
pub fn scores(rows: &[(&str, u32)]) -> Value {
    let rows: Vec<(&str, u32)> = rows.iter().copied().filter(|(truth, _)| !truth.is_empty()).collect();
    let (mut truths, mut founds, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (truth, found) in &rows {
        *truths.entry(*truth).or_insert(0_u64) += 1;
        *founds.entry(*found).or_insert(0_u64) += 1;
        *both.entry((*truth, *found)).or_insert(0_u64) += 1;
    }
    let pairs = |count: &u64| (count * count.saturating_sub(1) / 2) as f64;
    let right: f64 = both.values().map(pairs).sum();
    let (claimed, true_pairs): (f64, f64) =
        (founds.values().map(pairs).sum(), truths.values().map(pairs).sum());
    let all = rows.len().max(1) as f64;
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((truth, found), count) in &both {
        let square = (count * count) as f64;
        precision += square / founds[found] as f64 / all;
        recall += square / truths[truth] as f64 / all;
    }
    json!({
        "records": rows.len(),
        "people": truths.len(),
        "people_found": founds.len(),
        "pairs": measures(right / claimed.max(1.0), right / true_pairs.max(1.0)),
        "b_cubed": measures(precision, recall),
        "largest": founds.values().max(),
        "largest_true": truths.values().max(),
    })
}

fn measures(precision: f64, recall: f64) -> Value {
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    let rounded = |value: f64| (value * 10_000.0).round() / 10_000.0;
    json!({ "precision": rounded(precision), "recall": rounded(recall), "f1": rounded(f1) })
}

/// Rows of one person beyond which that person's pairs are not looked at one by one.
const MOST_ROWS: usize = 500;

/// What rules of blocking propose of the pairs that are one person by the truth, and the pairs that none does.
pub struct Blocking {
    /// True pairs by rule, in the order of the rules.
    pub by_rule: Vec<u64>,
    /// All true pairs that were looked at.
    pub pairs: u64,
    /// Those that no rule proposes, by record.
    pub uncovered: Vec<(u32, u32)>,
    /// People with too many rows to look at.
    pub passed_over: u64,
}

/// Looks at every pair of records that have one truth; `truth_of` is empty where it is not known.
pub fn blocking<'a>(people: &People, rules: usize, truth_of: impl Fn(u32) -> &'a str) -> Blocking {
    let mut by_truth: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for record in 0..people.records.len() as u32 {
        let truth = truth_of(record);
        if !truth.is_empty() {
            by_truth.entry(truth).or_default().push(record);
        }
    }
    let mut blocking = Blocking { by_rule: vec![0; rules], pairs: 0, uncovered: Vec::new(), passed_over: 0 };
    for rows in by_truth.values() {
        if rows.len() > MOST_ROWS {
            blocking.passed_over += 1;
            continue;
        }
        for (at, left) in rows.iter().enumerate() {
            for right in &rows[at + 1..] {
                let proposing = proposing(people, *left, *right);
                blocking.pairs += 1;
                for (rule, pairs) in blocking.by_rule.iter_mut().enumerate() {
                    *pairs += u64::from(proposing >> rule & 1);
                }
                if proposing == 0 {
                    blocking.uncovered.push((*left, *right));
                }
            }
        }
    }
    blocking
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_the_definition() {
        let scores = scores(&[("a", 1), ("a", 1), ("a", 2), ("b", 2), ("", 7)]);
        assert_eq!(scores["pairs"]["precision"], 0.5);
        assert_eq!(scores["pairs"]["recall"], 0.3333);
        assert_eq!(scores["b_cubed"]["precision"], 0.75);
        assert_eq!(scores["b_cubed"]["recall"], 0.6667);
        assert_eq!(
            (&scores["people"], &scores["people_found"], &scores["largest"]),
            (&json!(2), &json!(2), &json!(2))
        );
    }
}
