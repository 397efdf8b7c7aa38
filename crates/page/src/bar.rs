//! A small exact picture of an interval: what is certain, what is possible, and an open end drawn open.
//!
//! Certain up to the lower end (dark), possible from there to the upper end (light, closed by a line). An open end is
//! a row of dashes to the border of the picture with an arrow, and no closing line; nothing known is a dotted line.
//! In Arabic the picture grows from right to left. Its words say the same, for whoever does not see it.

use std::fmt::Write as _;

use sijil_model::{Sum, Upper};

use crate::html;

/// Width of the scaled part, then of the space in which open ends run out, in the picture's units.
const SCALED: u64 = 200;
const WIDTH: u64 = 232;

/// The number that reaches the end of the scaled part: the largest known number of the rows, at least 1.
pub(crate) fn scale<'a>(sums: impl IntoIterator<Item = &'a Sum>) -> u64 {
    let largest = |sum: &Sum| match sum.max {
        Upper::Known(high) => high.max(sum.min),
        _ => sum.min,
    };
    sums.into_iter().map(largest).max().unwrap_or(0).max(1)
}

/// The picture of a sum on a scale, as SVG; `told` is the same in words.
pub(crate) fn draw(sum: Sum, scale: u64, right_to_left: bool, told: &str) -> String {
    let mut shapes = String::new();
    let low = sum.min.min(scale);
    if sum.incidents == 0 || sum.unknown == sum.incidents {
        if sum.unknown > 0 {
            line(&mut shapes, "unknown", 0, SCALED * 100, right_to_left);
        }
    } else {
        rectangle(&mut shapes, "certain", 0, place(low, scale), right_to_left);
        match sum.max {
            Upper::Known(high) => {
                let high = high.min(scale);
                rectangle(&mut shapes, "possible", place(low, scale), place(high, scale), right_to_left);
                upright(&mut shapes, place(high, scale), right_to_left);
            }
            Upper::Open | Upper::Unknown => {
                line(&mut shapes, "open", place(low, scale), (WIDTH - 8) * 100, right_to_left);
                arrow(&mut shapes, right_to_left);
            }
        }
    }
    let told = html::escape(told);
    format!(
        "<svg class=\"bar\" role=\"img\" aria-label=\"{told}\" viewBox=\"0 0 {WIDTH} 16\" width=\"{WIDTH}\" height=\"16\">\
         <title>{told}</title>{shapes}</svg>"
    )
}

/// A number's place in hundredths of a unit.
fn place(number: u64, scale: u64) -> u64 {
    u64::try_from(u128::from(number) * u128::from(SCALED) * 100 / u128::from(scale)).unwrap_or(SCALED * 100)
}

fn units(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn mirrored(at: u64, right_to_left: bool) -> u64 {
    if right_to_left { WIDTH * 100 - at } else { at }
}

fn rectangle(out: &mut String, class: &str, from: u64, to: u64, right_to_left: bool) {
    if to > from {
        let left = mirrored(from, right_to_left).min(mirrored(to, right_to_left));
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"3\" width=\"{}\" height=\"10\"/>",
            units(left),
            units(to - from)
        );
    }
}

fn line(out: &mut String, class: &str, from: u64, to: u64, right_to_left: bool) {
    let (from, to) = (mirrored(from, right_to_left), mirrored(to, right_to_left));
    let _ = write!(
        out,
        "<line class=\"{class}\" x1=\"{}\" y1=\"8\" x2=\"{}\" y2=\"8\"/>",
        units(from),
        units(to)
    );
}

fn upright(out: &mut String, at: u64, right_to_left: bool) {
    let at = mirrored(at.max(50), right_to_left);
    let _ = write!(out, "<line class=\"end\" x1=\"{0}\" y1=\"1\" x2=\"{0}\" y2=\"15\"/>", units(at));
}

fn arrow(out: &mut String, right_to_left: bool) {
    let (tip, tail) =
        (mirrored((WIDTH - 2) * 100, right_to_left), mirrored((WIDTH - 8) * 100, right_to_left));
    let (tip, tail) = (units(tip), units(tail));
    let _ = write!(out, "<polyline class=\"arrow\" points=\"{tail},3 {tip},8 {tail},13\"/>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijil_model::Interval;

    fn of(intervals: &[Interval]) -> Sum {
        intervals.iter().copied().collect()
    }

    #[test]
    fn a_closed_interval_is_exact_and_closed() {
        let picture =
            draw(of(&[Interval::new(Some(10), None, Upper::Known(14)).unwrap()]), 28, false, "10 to 14");
        assert!(picture.contains(r#"<rect class="certain" x="0.00" y="3" width="71.42""#), "{picture}");
        assert!(picture.contains(r#"<rect class="possible" x="71.42" y="3" width="28.58""#), "{picture}");
        assert!(picture.contains("class=\"end\"") && !picture.contains("arrow"), "{picture}");
    }

    #[test]
    fn an_open_end_has_an_arrow_and_no_closing_line() {
        for open in [Interval::at_least(4), Interval::new(Some(4), None, Upper::Unknown).unwrap()] {
            let picture = draw(of(&[open]), 4, false, "at least 4");
            assert!(picture.contains("arrow") && !picture.contains("class=\"end\""), "{picture}");
        }
    }

    #[test]
    fn nothing_known_is_dotted_and_nothing_recorded_is_empty() {
        assert!(draw(of(&[Interval::UNKNOWN]), 4, false, "").contains("class=\"unknown\""));
        assert!(!draw(Sum::default(), 4, false, "").contains("<line"));
    }

    #[test]
    fn arabic_pictures_grow_from_the_right() {
        let picture = draw(of(&[Interval::exactly(4)]), 4, true, "4");
        assert!(picture.contains(r#"x="32.00" y="3" width="200.00""#), "{picture}");
    }

    #[test]
    fn the_scale_is_the_largest_known_number() {
        let sums = [
            of(&[Interval::at_least(14)]),
            of(&[Interval::new(Some(1), None, Upper::Known(20)).unwrap()]),
            Sum::default(),
        ];
        assert_eq!(scale(&sums), 20);
        assert_eq!(scale(&[]), 1);
    }
}
