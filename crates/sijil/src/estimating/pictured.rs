//! What an estimate's report shows of its lists and its draws: who is on which lists, what methods say of the overlaps, and
//! how likely each number is.

use serde_json::Value;
use sijil_estimate::CaptureTable;
use sijil_estimate::density::density_of;
use sijil_estimate::methods::Found;
use sijil_estimate::verdict::Estimate;

use super::picture::{Bar, bars, densities};
use super::report::{Tongue, method_name};
use super::sheet::Block;

/// The most bars of a picture; that there are more is said.
const MOST_BARS: usize = 20;
/// The share of its peak below which a density is not drawn.
const LEAST_DRAWN: f64 = 0.005;

/// A heading that says so where a picture has only the largest of its bars.
fn heading(text: &str, all: usize, tongue: Tongue) -> Block {
    if all <= MOST_BARS {
        return Block::Heading(text.to_owned());
    }
    Block::Heading(tongue.pick(
        format!("{text} (the {MOST_BARS} largest of {all})"),
        format!("{text} (أكبر {MOST_BARS} من {all})"),
    ))
}

fn together(names: impl IntoIterator<Item = impl Into<String>>) -> String {
    names.into_iter().map(Into::into).collect::<Vec<String>>().join(" + ")
}

/// The largest first, and as many as are drawn.
fn largest(mut rows: Vec<Bar>) -> Vec<Bar> {
    rows.sort_by(|one, other| other.value.total_cmp(&one.value));
    rows.truncate(MOST_BARS);
    rows
}

/// Who is on which lists and on no other.
pub fn histories(table: &CaptureTable, tongue: Tongue) -> Vec<Block> {
    let on =
        |history: u32| table.lists().iter().enumerate().filter(move |(list, _)| history >> list & 1 == 1);
    let bar = |(history, count): &(u32, u64)| Bar {
        name: together(on(*history).map(|(_, name)| name)),
        value: *count as f64,
        marks: Vec::new(),
    };
    let told = tongue.pick(
        "People by the lists that they are on, and no other",
        "الناس بحسب القوائم التي هم فيها دون غيرها",
    );
    let rows = table.cells().iter().map(bar).collect();
    vec![heading(told, table.cells().len(), tongue), Block::Picture(bars(&largest(rows), &[], told))]
}

/// People seen on several lists at once, and how many each method that averages would put there.
pub fn overlaps(found: &Estimate, tongue: Tongue) -> Vec<Block> {
    let said = |method: &&Found| method.diagnostics.get("overlaps").and_then(Value::as_array).is_some();
    let methods: Vec<&Found> = found.methods.iter().filter(said).collect();
    let rows = |method: &Found| method.diagnostics["overlaps"].as_array().cloned().unwrap_or_default();
    let Some(first) = methods.first() else { return Vec::new() };
    let expected: Vec<Vec<Value>> = methods.iter().map(|method| rows(method)).collect();
    let bar = |(at, row): (usize, &Value)| Bar {
        name: together(row["lists"].as_array().into_iter().flatten().filter_map(Value::as_str)),
        value: row["seen"].as_f64().unwrap_or_default(),
        marks: expected.iter().map(|rows| rows.get(at)?["expected"].as_f64()).collect(),
    };
    let all: Vec<Bar> = rows(first).iter().enumerate().map(bar).collect();
    let title =
        tongue.pick("Overlaps, and what methods would make of them", "التقاطعات وما تجعله الطرق منها");
    let told = tongue.pick(
        "A bar for the people seen on all of some lists; a mark where each method would put its end",
        "شريط لمن رُصدوا في القوائم المذكورة معًا، وعلامة حيث تضع كلّ طريقة نهايته",
    );
    let names: Vec<&str> = methods.iter().map(|method| method_name(method.method, tongue)).collect();
    vec![
        heading(title, all.len(), tongue),
        Block::Text(told.to_owned()),
        Block::Picture(bars(&largest(all), &names, told)),
    ]
}

/// How likely each number is by each method that averages and is in order.
pub fn posteriors(found: &Estimate, tongue: Tongue) -> Vec<Block> {
    let curve = |method: &Found| {
        let points = density_of(&method.draws.concat());
        let least = LEAST_DRAWN * points.iter().map(|point| point.1).fold(0.0, f64::max);
        let drawn = points.into_iter().filter(|point| point.1 >= least).collect::<Vec<_>>();
        (!drawn.is_empty()).then(|| (method_name(method.method, tongue), drawn))
    };
    let curves: Vec<_> = found
        .methods
        .iter()
        .filter(|method| method.averages() && method.trusted())
        .filter_map(curve)
        .collect();
    if curves.is_empty() {
        return Vec::new();
    }
    let told = tongue
        .pick("How likely each number of people is, by each method", "مدى ترجيح كلّ طريقة لكلّ عدد من الناس");
    vec![Block::Heading(told.to_owned()), Block::Picture(densities(&curves, told))]
}
