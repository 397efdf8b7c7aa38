//! Numbers of people in cells: two ends, or one, as a quantity.

use sijil_model::Quantity;
use sijil_model::fold::western_digits;

/// One end of a number as a cell gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// A number.
    Number(u64),
    /// "open": more is possible.
    Open,
}

/// More people than there are are no number of people.
const MOST: u64 = 10_000_000_000;

/// Reads a cell: 12, ١٢, "1,200", "12.0", or `open`; an empty one is none, and so is one that a release of ours keeps back.
///
/// # Errors
/// What is wrong with it, and what to write instead.
pub(super) fn read(cell: &str) -> Result<Option<Said>, String> {
    let cell = cell.trim();
    if cell.is_empty() || cell == "withheld" {
        return Ok(None);
    }
    if cell.eq_ignore_ascii_case("open") {
        return Ok(Some(Said::Open));
    }
    let digits = western_digits(cell);
    let whole = digits.strip_suffix(".0").or_else(|| digits.strip_suffix(".00")).unwrap_or(&digits);
    match without_groups(whole).and_then(|whole| whole.parse().ok()) {
        Some(number) if number <= MOST => Ok(Some(Said::Number(number))),
        _ => Err(
            "it is no number of people; write a whole number, or leave the cell empty where nothing is known"
                .into(),
        ),
    }
}

/// Digits without what parts them into thousands; none where that parts anything else: "3,5" may be three and a half.
fn without_groups(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split([',', '٬', '\u{a0}']).collect();
    let digits = |group: &&str| !group.is_empty() && group.chars().all(|letter| letter.is_ascii_digit());
    let thousands =
        groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    (groups.iter().all(digits) && thousands).then(|| groups.concat())
}

/// A cell without the apostrophe that keeps spreadsheets from running it as a formula: releases write one before -38.6.
pub(super) fn unguarded(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// The quantity between two ends: a least without a most is "at least", a most without a least "up to".
///
/// # Errors
/// Where the least is above the most, or only "open" is said.
pub(super) fn quantity(least: Option<Said>, most: Option<Said>) -> Result<Option<Quantity>, String> {
    use Said::{Number, Open};
    Ok(Some(match (least, most) {
        (None, None) => return Ok(None),
        (Some(Number(n)), Some(Number(to))) if n == to => Quantity::Exact { n },
        (Some(Number(n)), Some(Number(to))) if n < to => Quantity::Between { n, to },
        (Some(Number(n)), Some(Number(to))) => {
            return Err(format!("the least, {n}, is above the most, {to}; correct one of them"));
        }
        (Some(Number(n)), None | Some(Open)) => Quantity::AtLeast { n },
        (None, Some(Number(0))) => Quantity::Exact { n: 0 },
        (None, Some(Number(n))) => Quantity::AtMost { n },
        (Some(Open), _) | (None, Some(Open)) => {
            return Err("only an open end is given; write the least beside it".into());
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbers_or_a_reason() {
        for (cell, number) in [("12", 12), (" ١٢ ", 12), ("1,200", 1200), ("12.0", 12), ("0", 0)] {
            assert_eq!(read(cell), Ok(Some(Said::Number(number))), "{cell}");
        }
        assert_eq!(read(" "), Ok(None));
        for cell in ["-3", "+3", "many", "3.5", "3,5", "1,2,3", "10-12", "18446744073709551615"] {
            assert!(read(cell).unwrap_err().contains("whole number"), "{cell}");
        }
    }

    #[test]
    fn two_ends_are_one_quantity() {
        let number = |n| Some(Said::Number(n));
        assert_eq!(quantity(number(4), number(4)), Ok(Some(Quantity::Exact { n: 4 })));
        assert_eq!(quantity(number(4), number(8)), Ok(Some(Quantity::Between { n: 4, to: 8 })));
        assert_eq!(quantity(number(4), None), Ok(Some(Quantity::AtLeast { n: 4 })));
        assert_eq!(quantity(None, number(4)), Ok(Some(Quantity::AtMost { n: 4 })));
        assert!(quantity(number(9), number(4)).unwrap_err().contains("above the most"));
        assert!(quantity(None, Some(Said::Open)).is_err());
    }
}
