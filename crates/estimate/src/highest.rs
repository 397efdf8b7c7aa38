//! No highest-order interaction (Fienberg 1972; Aleshin-Guendel, Sadinle and Wakefield 2024): the one assumption that the
//! people observed cannot test, with a number ξ that says how far it is from true.

use libm::log;

use crate::CaptureTable;

/// How many are missing when the highest-order odds ratio is `xi`; 1 is no such interaction.
///
/// `None` where a history that stands in the formula's divisor is empty: nothing can then be said.
pub fn missing_by_highest_order(table: &CaptureTable, xi: f64) -> Option<f64> {
    let lists = table.width() as u32;
    if !(2..=10).contains(&lists) || xi <= 0.0 {
        return None;
    }
    let mut logarithm = log(xi);
    let mut zero = false;
    for history in 1_u32..1 << lists {
        let count =
            table.cells().binary_search_by_key(&history, |cell| cell.0).map_or(0, |at| table.cells()[at].1);
        // Histories of an odd number of lists stand above, those of an even number below.
        let above = history.count_ones() % 2 == 1;
        match (count, above) {
            (0, false) => return None,
            (0, true) => zero = true,
            (count, true) => logarithm += log(count as f64),
            (count, false) => logarithm -= log(count as f64),
        }
    }
    Some(if zero { 0.0 } else { libm::exp(logarithm) })
}

/// The missing for each of these ξ, or for some from ½ to 2 where none is given, as (ξ, missing).
pub fn highest_order_sweep(table: &CaptureTable, xis: &[f64]) -> Vec<(f64, f64)> {
    let xis = if xis.is_empty() { &[0.5, 0.667, 0.8, 1.0, 1.25, 1.5, 2.0] } else { xis };
    xis.iter().filter_map(|xi| missing_by_highest_order(table, *xi).map(|missing| (*xi, missing))).collect()
}

/// How many there are by two lists alone when being on one multiplies the odds of being on the other by `xi`.
pub fn two_list_bound(table: &CaptureTable, xi: f64) -> Option<f64> {
    let only = |list: usize| (table.on_list(list) - table.on_both(0, 1)) as f64;
    let both = table.on_both(0, 1) as f64;
    (table.width() == 2 && both > 0.0).then(|| table.observed() as f64 + xi * only(0) * only(1) / both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_lists_have_no_interaction() {
        // Odds 1/2, 1, 2 for three lists and 240 people on none of them.
        let names = ["a", "b", "c"].map(String::from).to_vec();
        let odds = [0.5, 1.0, 2.0];
        let cells = (1_u32..8).map(|h| {
            let product: f64 = (0..3).filter(|j| h >> j & 1 == 1).map(|j| odds[j as usize]).product();
            (h, (240.0 * product) as u64)
        });
        let table = CaptureTable::new(names, cells).unwrap();
        assert!((missing_by_highest_order(&table, 1.0).unwrap() - 240.0).abs() < 1e-9);
        assert!((missing_by_highest_order(&table, 2.0).unwrap() - 480.0).abs() < 1e-9);
    }
}
