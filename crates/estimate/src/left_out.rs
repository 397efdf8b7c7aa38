//! What an estimate is without each list: whether one of them decides.

use serde_json::{Map, Value, json};

use crate::dga::MOST_LISTS_GRAPHS;
use crate::methods::{ClassSettings, Method, classes_alone, graphs_alone};
use crate::verdict::{Reason, Settings};
use crate::{CaptureTable, Watch};

/// The most sweeps of each chain without a list: as many runs as there are lists are made.
const MOST_SWEEPS: usize = 40_000;

/// The estimate without each list: by the average over graphs, which is quick, while six lists or fewer are left; of more by
/// chains of latent classes, which are worth their time only where there is a `number` that a list could move. A reason in
/// place of rows says why there are none.
pub(crate) fn without_each(
    table: &CaptureTable,
    settings: &Settings,
    number: bool,
    watch: &dyn Watch,
) -> Map<String, Value> {
    let mut found = Map::new();
    let left = table.width().saturating_sub(1);
    let why = match left {
        0..=2 => Some(Reason::new(
            "not_run",
            "without one list there would be fewer than three, from which nothing is estimated",
            "من دون قائمة واحدة تبقى أقلّ من ثلاث، ولا يُقدَّر منها شيء",
        )),
        _ if left > MOST_LISTS_GRAPHS && !number => Some(Reason::new(
            "not_run",
            "there is no number here that a list could move",
            "ليس هنا رقم يمكن أن تحرّكه قائمة",
        )),
        _ => None,
    };
    let rows: Vec<Value> = match &why {
        Some(_) => Vec::new(),
        None => (0..table.width()).map(|list| without(table, list, settings, watch)).collect(),
    };
    found.insert("leave_one_list_out".into(), rows.into());
    found.insert("leave_one_list_out_missing".into(), json!(why));
    found
}

fn without(table: &CaptureTable, list: usize, settings: &Settings, watch: &dyn Watch) -> Value {
    let (name, rest) = (&table.lists()[list], table.without(list));
    let (method, numbers) = match graphs_alone(&rest, settings.delta) {
        Some(numbers) => (Method::Dga, Ok(numbers)),
        None => {
            let most_sweeps = settings.classes.most_sweeps.min(MOST_SWEEPS);
            let classes = ClassSettings { most_sweeps, ..settings.classes };
            (Method::Lcmcr, classes_alone(&rest, &classes, watch))
        }
    };
    match numbers {
        Ok([low, median, high]) => {
            json!({ "without": name, "method": method, "median": median, "low": low, "high": high })
        }
        Err(why) => json!({ "without": name, "method": method, "median": null, "why": why }),
    }
}

/// Whether somebody stopped the run while it was at this.
pub(crate) fn stopped(sensitivity: &Map<String, Value>) -> bool {
    rows(sensitivity).any(|row| row["why"] == "stopped")
}

/// A warning for each list without which the middle would be outside the interval.
pub(crate) fn moved(sensitivity: &Map<String, Value>, low: f64, high: f64) -> Vec<Reason> {
    rows(sensitivity)
        .filter_map(|row| {
            let median = row["median"].as_f64()?;
            let outside = !(low..=high).contains(&median);
            outside.then(|| {
                let list = row["without"].as_str().unwrap_or_default();
                let text = format!("without the list {list} the middle is {median:.0}, outside the interval");
                let arabic = format!("من دون القائمة {list} الوسط {median:.0}، وهو خارج الفترة");
                Reason::new("one_list_decides", &text, &arabic)
            })
        })
        .collect()
}

fn rows(sensitivity: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    sensitivity.get("leave_one_list_out").and_then(Value::as_array).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lcmcr::Prior;
    use crate::verdict::Asked;
    use crate::{RandomStream, Step, Unwatched};

    struct Stopped;

    impl Watch for Stopped {
        fn goes_on(&self, _: &Step) -> bool {
            false
        }
    }

    /// Three hundred people, alike, on lists that hold a seventh of them each.
    fn table(lists: usize) -> CaptureTable {
        let mut random = RandomStream::new(1, "left out", 0);
        let history = |_| (0..lists).map(|list| u32::from(random.uniform() < 0.15) << list).sum::<u32>();
        let cells: Vec<(u32, u64)> =
            (0..300).map(history).filter(|history| *history != 0).map(|history| (history, 1)).collect();
        CaptureTable::new((0..lists).map(|list| list.to_string()).collect(), cells).unwrap()
    }

    fn found(lists: usize, number: bool, watch: &dyn Watch) -> Map<String, Value> {
        let mut settings = Settings::usual(Asked::Auto);
        settings.classes.prior = Prior { classes: 2, ..Prior::default() };
        without_each(&table(lists), &settings, number, watch)
    }

    #[test]
    fn many_lists_are_left_out_by_latent_classes() {
        let found = found(8, true, &Unwatched);
        assert_eq!(rows(&found).count(), 8);
        for row in rows(&found) {
            assert_eq!(row["method"], "lcmcr");
            let number = |key: &str| row[key].as_f64().unwrap();
            assert!(number("low") < 300.0 && 300.0 < number("high"), "{row}");
        }
        assert_eq!((moved(&found, 200.0, 450.0).len(), stopped(&found)), (0, false));
        assert_eq!(moved(&found, 1e6, 2e6).len(), 8);
    }

    #[test]
    fn a_run_that_is_stopped_meanwhile_is_known_for_it() {
        assert!(stopped(&found(8, true, &Stopped)));
        assert!(!stopped(&found(5, true, &Stopped)), "graphs take no time");
    }

    #[test]
    fn why_there_are_no_rows_is_said() {
        for (lists, number, why) in [(3, true, "fewer than three"), (8, false, "no number")] {
            let found = found(lists, number, &Unwatched);
            let text = found["leave_one_list_out_missing"]["text"].as_str().unwrap();
            assert!(rows(&found).next().is_none() && text.contains(why), "{text}");
        }
        assert!(found(7, false, &Unwatched)["leave_one_list_out_missing"].is_null());
    }
}
