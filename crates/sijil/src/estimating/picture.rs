//! Pictures of an estimate, as SVG that draws the same in both directions of writing: numbers grow to the right.

use std::fmt::Write as _;

use super::sheet::escape;

/// As narrow as names and numbers allow: on a phone a picture is made smaller, and its letters with it.
const WIDTH: f64 = 480.0;
/// Where the scale begins, to the right of the names.
const LEFT: f64 = 165.0;
const ROW: f64 = 26.0;
const COLOURS: [&str; 4] = ["#1f5f8b", "#b5651d", "#4f7f3a", "#7a4b94"];

/// One interval of a picture.
pub struct Row {
    /// What stands before it.
    pub name: String,
    /// Its lower end, middle and upper end.
    pub numbers: [f64; 3],
    /// Whether it is drawn dark: it may be quoted.
    pub dark: bool,
}

fn framed(height: f64, told: &str, shapes: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" role=\"img\" direction=\"ltr\" font-family=\"sans-serif\" font-size=\"14\"><title>{}</title>{shapes}</svg>",
        escape(told)
    )
}

/// Intervals under each other on a logarithmic scale, and a line at the people seen.
pub fn intervals(rows: &[Row], seen: f64, told: &str) -> String {
    let most = rows.iter().map(|row| row.numbers[2]).fold(seen * 1.05, f64::max);
    let span = (most / seen).ln().max(1e-9);
    let at = |number: f64| LEFT + (WIDTH - LEFT - 20.0) * ((number / seen).ln() / span).clamp(0.0, 1.0);
    let height = ROW * (rows.len() as f64 + 1.5);
    let mut shapes =
        format!("<path d=\"M{LEFT} 6V{:.1}\" stroke=\"#999\" stroke-dasharray=\"3 3\"/>", height - ROW);
    // Writing to a string cannot fail.
    for (place, row) in rows.iter().enumerate() {
        let y = ROW * (place as f64 + 0.8);
        let colour = if row.dark { COLOURS[0] } else { "#999" };
        let [low, middle, high] = row.numbers.map(at);
        let _ = write!(
            shapes,
            "<text x=\"4\" y=\"{:.1}\">{}</text><path d=\"M{low:.1} {y:.1}H{high:.1}\" stroke=\"{colour}\" stroke-width=\"3\"/><circle cx=\"{middle:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\"/>",
            y + 4.0,
            escape(&row.name)
        );
    }
    for (number, anchor) in [(seen, "middle"), (most, "end")] {
        let _ = write!(
            shapes,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{number:.0}</text>",
            at(number),
            height - 6.0
        );
    }
    framed(height, told, &shapes)
}

/// Lines over each other, each as (x, y); the ends of the upright scale are written beside it.
pub fn lines(lines: &[Vec<(f64, f64)>], told: &str) -> String {
    let height = 180.0;
    let ends = |of: &dyn Fn(&(f64, f64)) -> f64| {
        let all = lines.iter().flatten().map(of);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let ((left, right), (low, high)) = (ends(&|point| point.0), ends(&|point| point.1));
    let x = |value: f64| 80.0 + (WIDTH - 100.0) * (value - left) / (right - left).max(1e-9);
    let y = |value: f64| 160.0 - 140.0 * (value - low) / (high - low).max(1e-9);
    let mut shapes = format!(
        "<text x=\"74\" y=\"164\" text-anchor=\"end\">{low:.0}</text><text x=\"74\" y=\"24\" text-anchor=\"end\">{high:.0}</text>"
    );
    for (line, points) in lines.iter().enumerate() {
        let points: Vec<String> = points.iter().map(|(a, b)| format!("{:.1},{:.1}", x(*a), y(*b))).collect();
        let colour = COLOURS[line % COLOURS.len()];
        let _ = write!(
            shapes,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.2\" points=\"{}\"/>",
            points.join(" ")
        );
    }
    framed(height, told, &shapes)
}

/// One bar, and marks on its scale.
pub struct Bar {
    /// What stands above it.
    pub name: String,
    /// How long it is.
    pub value: f64,
    /// Marks, each in the colour of its place; none where there is nothing to mark.
    pub marks: Vec<Option<f64>>,
}

/// Bars under each other, each with its name above it and its number behind it. `marked` says what marks of each colour are.
pub fn bars(rows: &[Bar], marked: &[&str], told: &str) -> String {
    let all = rows.iter().flat_map(|row| row.marks.iter().flatten().chain([&row.value]));
    let most = all.copied().fold(1.0, f64::max);
    let length = |value: f64| (WIDTH - 80.0) * value / most;
    let (mut shapes, top) = legend(marked);
    for (place, row) in rows.iter().enumerate() {
        let y = top + 2.0 * ROW * place as f64;
        let end = length(row.value);
        // The number stands behind the bar and every mark.
        let last = row.marks.iter().flatten().copied().fold(row.value, f64::max);
        let _ = write!(
            shapes,
            "<text x=\"4\" y=\"{:.1}\">{}</text><path d=\"M4 {:.1}h{end:.1}\" stroke=\"#9db4c5\" stroke-width=\"14\"/><text x=\"{:.1}\" y=\"{:.1}\">{:.0}</text>",
            y + 18.0,
            escape(&row.name),
            y + 34.0,
            length(last) + 10.0,
            y + 39.0,
            row.value
        );
        for (mark, colour) in row.marks.iter().zip(COLOURS) {
            let Some(mark) = mark else { continue };
            let _ = write!(
                shapes,
                "<path d=\"M{:.1} {:.1}v20\" stroke=\"{colour}\" stroke-width=\"3\"/>",
                4.0 + length(*mark),
                y + 24.0
            );
        }
    }
    framed(top + 2.0 * ROW * rows.len() as f64 + 4.0, told, &shapes)
}

/// How likely each number is by each of several ways, on a logarithmic scale; heights are comparable.
pub fn densities(curves: &[(&str, Vec<(f64, f64)>)], told: &str) -> String {
    let points = || curves.iter().flat_map(|(_, points)| points);
    let (first, last) =
        points().fold((f64::INFINITY, 0.0_f64), |(first, last), (x, _)| (first.min(*x), last.max(*x)));
    let highest = points().map(|point| point.1).fold(f64::MIN_POSITIVE, f64::max);
    let names: Vec<&str> = curves.iter().map(|(name, _)| *name).collect();
    let (mut shapes, top) = legend(&names);
    let floor = top + 160.0;
    let x = |value: f64| 32.0 + (WIDTH - 64.0) * (value / first).ln() / (last / first).ln().max(1e-9);
    for ((_, points), colour) in curves.iter().zip(COLOURS) {
        let points: Vec<String> = points
            .iter()
            .map(|(value, height)| format!("{:.1},{:.1}", x(*value), floor - 150.0 * height / highest))
            .collect();
        let _ = write!(
            shapes,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>",
            points.join(" ")
        );
    }
    let _ = write!(shapes, "<path d=\"M32 {floor:.1}H{:.1}\" stroke=\"#999\"/>", WIDTH - 32.0);
    for step in 0..=4 {
        let value = first * (last / first).powf(f64::from(step) / 4.0);
        let _ = write!(
            shapes,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{value:.0}</text>",
            x(value),
            floor + 18.0
        );
    }
    framed(floor + 26.0, told, &shapes)
}

/// What each colour stands for, one under the other, and how much room that takes.
fn legend(names: &[&str]) -> (String, f64) {
    let mut shapes = String::new();
    for ((place, name), colour) in names.iter().enumerate().zip(COLOURS) {
        let y = 20.0 * place as f64 + 14.0;
        let _ = write!(
            shapes,
            "<path d=\"M4 {:.1}h16\" stroke=\"{colour}\" stroke-width=\"3\"/><text x=\"26\" y=\"{:.1}\">{}</text>",
            y - 4.0,
            y,
            escape(name)
        );
    }
    (shapes, 20.0 * names.len() as f64)
}
