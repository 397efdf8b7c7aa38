//! The picture of intervals as SVG: certain up to the least (dark), possible up to the most (light), an open end drawn open.

use std::fmt::Write as _;

use sijil_count::Tally;
use sijil_model::Upper;

use super::{Picture, escape};

/// Colours of what is certain and what is possible: those of the desk and the site.
pub const CERTAIN: &str = "34495a";
pub const POSSIBLE: &str = "b7c3cd";

/// Widths in the picture's units: names, the scaled part, the space in which open ends run out.
const NAMES: u64 = 180;
const SCALED: u64 = 360;
const ROOM: u64 = 40;
const ROW: u64 = 24;

/// A bar: how much of its scale is certain, how much more is possible, and whether its end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Thousandths of the scale.
    pub certain: u64,
    /// Thousandths of the scale beyond what is certain.
    pub possible: u64,
    /// Whether more is possible and nobody says how much.
    pub open: bool,
}

/// The bar of each row on their common scale.
pub fn bars(picture: &Picture) -> Vec<Bar> {
    let most = |tally: &Tally| match tally.max {
        Upper::Known(most) => most.max(tally.min.unwrap_or(0)),
        _ => tally.min.unwrap_or(0),
    };
    let scale = picture.rows.iter().map(|(_, tally)| most(tally)).max().unwrap_or(0).max(1);
    let share = |number: u64| u64::try_from(u128::from(number) * 1000 / u128::from(scale)).unwrap_or(1000);
    let bar = |tally: &Tally| {
        let certain = share(tally.min.unwrap_or(0));
        Bar {
            certain,
            possible: share(most(tally)) - certain,
            open: tally.incidents > 0 && !matches!(tally.max, Upper::Known(_)),
        }
    };
    picture.rows.iter().map(|(_, tally)| bar(tally)).collect()
}

/// The picture as SVG that needs no stylesheet.
pub fn svg(picture: &Picture) -> String {
    let (width, height) = (NAMES + SCALED + ROOM, ROW * picture.rows.len() as u64 + 8);
    let at = |x: u64| if picture.right_to_left { width - x } else { x };
    let (name_at, anchor) = if picture.right_to_left { (width - 4, "end") } else { (4, "start") };
    let mut shapes = String::new();
    // Writing to a string cannot fail.
    for (place, ((name, _), bar)) in picture.rows.iter().zip(bars(picture)).enumerate() {
        let y = ROW * place as u64 + 8;
        let units = |thousandths: u64| thousandths * SCALED / 1000;
        let (certain, end) = (NAMES + units(bar.certain), NAMES + units(bar.certain + bar.possible));
        let _ = write!(
            shapes,
            "<text x=\"{name_at}\" y=\"{}\" text-anchor=\"{anchor}\" direction=\"ltr\">{}</text>",
            y + 10,
            escape(name)
        );
        for (colour, from, to) in [(CERTAIN, NAMES, certain), (POSSIBLE, certain, end)] {
            let _ = write!(
                shapes,
                "<rect x=\"{}\" y=\"{y}\" width=\"{}\" height=\"12\" fill=\"#{colour}\"/>",
                at(from).min(at(to)),
                to - from
            );
        }
        if bar.open {
            let tip = NAMES + SCALED + ROOM - 4;
            let _ = write!(
                shapes,
                "<path d=\"M{} {m}H{}\" stroke=\"#{CERTAIN}\" stroke-dasharray=\"4 3\"/><path d=\"M{a} {}L{} {m}L{a} {}\" fill=\"none\" stroke=\"#{CERTAIN}\"/>",
                at(end),
                at(tip),
                y + 2,
                at(tip),
                y + 10,
                m = y + 6,
                a = at(tip - 5),
            );
        } else {
            let _ =
                write!(shapes, "<path d=\"M{x} {}V{}\" stroke=\"#{CERTAIN}\"/>", y - 2, y + 14, x = at(end));
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\"><title>{}</title>{shapes}</svg>",
        escape(&picture.told)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(min: u64, max: Upper) -> Tally {
        let named = sijil_count::Named::default();
        Tally { min: Some(min), highest_reported: None, max, open_ends: 0, unknown: 0, incidents: 1, named }
    }

    #[test]
    fn bars_are_exact_and_open_ends_are_open() {
        let rows = vec![("a".into(), tally(10, Upper::Known(20))), ("b".into(), tally(5, Upper::Open))];
        let picture = Picture { told: "a 10 to 20 & b".into(), rows, right_to_left: false };
        assert_eq!(
            bars(&picture),
            [Bar { certain: 500, possible: 500, open: false }, Bar { certain: 250, possible: 0, open: true }]
        );
        let drawn = svg(&picture);
        assert!(drawn.contains("width=\"180\" height=\"12\" fill=\"#34495a\""), "{drawn}");
        assert!(
            drawn.contains("<title>a 10 to 20 &amp; b</title>")
                && drawn.matches("stroke-dasharray").count() == 1
        );
        let arabic = svg(&Picture { right_to_left: true, ..picture });
        assert!(arabic.contains("<rect x=\"220\" y=\"8\" width=\"180\""), "{arabic}");
    }
}
