//! What an estimate depends on: each list, pairs of lists alone, and the one number that no table can show.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::chao::two_lists;
use crate::highest::{highest_order_sweep, two_list_bound};
use crate::methods;
use crate::verdict::{Reason, Settings};
use crate::{CaptureTable, Weighted};

const MOST_ANSWERS: usize = 25;
const MOST_BY_LINKAGE: f64 = 1.25;

/// What follows from the tables without any choice: odds ratios ξ, pairs, and each list left out in turn.
pub(crate) fn of_table(tables: &Weighted, settings: &Settings) -> Map<String, Value> {
    let table = tables.first();
    let observed = table.observed() as f64;
    let mut found = Map::new();
    let pairs: Vec<Value> = two_lists(table)
        .iter()
        .map(|pair| {
            json!({
                "lists": [table.lists()[pair.lists.0], table.lists()[pair.lists.1]],
                "both": pair.both,
                "lincoln_petersen": pair.lincoln_petersen,
                "chapman": pair.chapman,
                "standard_error": pair.standard_error,
            })
        })
        .collect();
    found.insert("pairs".into(), pairs.into());
    let sweep: Vec<Value> = if table.width() == 2 {
        let usual = if settings.xi.is_empty() { &[0.5, 1.0, 2.0, 4.0] } else { settings.xi.as_slice() };
        usual
            .iter()
            .filter_map(|xi| Some(json!({ "xi": xi, "population": two_list_bound(table, *xi)? })))
            .collect()
    } else {
        let of = |(xi, missing): &(f64, f64)| json!({ "xi": xi, "population": observed + missing });
        highest_order_sweep(table, &settings.xi).iter().map(of).collect()
    };
    found.insert("highest_order".into(), sweep.into());
    found.insert("smallest_lists_merged".into(), smallest_merged(table, settings.delta));
    if let Some(recall) = settings.linking_recall {
        found.insert("linking_recall".into(), by_recall(table, recall, settings.delta));
    }
    if tables.tables().len() > 1 {
        found.insert("linkage".into(), by_linkage(tables, settings.delta));
    }
    found
}

/// The middle of the graphs' average if the links that an audit says were missed are put in: a person on just two lists for
/// each missed link, out of two who seem to be on one list each. `missed` are the links that an audit says are not there, of
/// which those are `put_in` for which there are two such people.
fn by_recall(table: &CaptureTable, recall: f64, delta: Option<f64>) -> Value {
    let mut cells: BTreeMap<u32, u64> = table.cells().iter().copied().collect();
    let (mut wanted, mut put_in) = (0, 0);
    for (history, count) in table.cells().iter().filter(|(history, _)| history.count_ones() == 2) {
        let singles = crate::loglinear::members(*history).into_iter().map(|list| 1_u32 << list);
        let there = singles.clone().map(|single| cells.get(&single).copied().unwrap_or(0)).min().unwrap_or(0);
        let of_pair = libm::round(*count as f64 * (1.0 / recall - 1.0)) as u64;
        let missed = of_pair.min(there);
        (wanted, put_in) = (wanted + of_pair, put_in + missed);
        *cells.entry(*history).or_default() += missed;
        singles.for_each(|single| *cells.entry(single).or_default() -= missed);
    }
    let Ok(linked) = CaptureTable::new(table.lists().to_vec(), cells) else { return Value::Null };
    let median = methods::graphs_alone(&linked, delta).map(|[_, median, _]| median);
    json!({ "recall": recall, "missed": wanted, "put_in": put_in, "observed": linked.observed(), "median": median })
}

/// A warning where it was said how well links were found, and no average shows what that would change.
pub(crate) fn recall_unused(sensitivity: &Map<String, Value>) -> Option<Reason> {
    sensitivity.get("linking_recall")?["median"].is_null().then(|| {
        Reason::new(
            "linking_recall_unused",
            "what the missed links would change is not shown: that takes the average over graphs, which is made for 3 to 6 lists",
            "لا يظهر ما كانت الروابط الفائتة ستغيّره: فذلك يحتاج إلى متوسط المخططات، وهو لثلاث قوائم إلى ست",
        )
    })
}

/// The same with the two smallest lists as one: a list of a few people has no dependence of its own to show.
fn smallest_merged(table: &CaptureTable, delta: Option<f64>) -> Value {
    if table.width() < 4 {
        return Value::Null;
    }
    let mut lists: Vec<usize> = (0..table.width()).collect();
    lists.sort_by_key(|list| table.on_list(*list));
    let (into, from) = (lists[0].min(lists[1]), lists[0].max(lists[1]));
    let merged = table.merged(into, from);
    let name = merged.lists()[into].clone();
    methods::graphs_alone(&merged, delta).map_or(
        Value::Null,
        |[low, median, high]| json!({ "merged": name, "median": median, "low": low, "high": high }),
    )
}

/// How far the answers to who is who move people seen and the middle of the quickest average; on at most
/// [`MOST_ANSWERS`] different tables, at even steps.
fn by_linkage(tables: &Weighted, delta: Option<f64>) -> Value {
    let thinned = tables.thinned(MOST_ANSWERS);
    let ends = |values: Vec<f64>| {
        let least = values.iter().copied().reduce(f64::min)?;
        Some(json!([least, values.iter().copied().reduce(f64::max)?]))
    };
    let middle = |table: &CaptureTable| {
        let graphs = methods::graphs_alone(table, delta).map(|[_, median, _]| median);
        graphs.or_else(|| methods::chao(&Weighted::one(table.clone())).median)
    };
    let each = thinned.tables().iter().map(|(table, _)| table);
    json!({
        "tables": thinned.tables().len(),
        "observed": ends(each.clone().map(|table| table.observed() as f64).collect()),
        "median": ends(each.filter_map(middle).collect()),
    })
}

/// A warning where who is who moves the middle by more than [`MOST_BY_LINKAGE`].
pub(crate) fn linkage_decides(sensitivity: &Map<String, Value>) -> Option<Reason> {
    let ends = &sensitivity.get("linkage")?["median"];
    let (least, most) = (ends[0].as_f64()?, ends[1].as_f64()?);
    (most > MOST_BY_LINKAGE * least).then(|| {
        let text =
            format!("which records are taken for one person moves the middle from {least:.0} to {most:.0}");
        let arabic = format!("أيّ السجلات تُعدّ لشخص واحد يحرّك الوسط من {least:.0} إلى {most:.0}");
        Reason::new("linkage_decides", &text, &arabic)
    })
}
