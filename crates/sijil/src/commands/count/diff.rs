//! `sijil count --diff A B`: every change of an answer between two positions, by the entries that caused it.

use serde_json::{Value, json};
use sijil_count::{Area, MovedRecord, Printed, Question, Record, Sums};
use sijil_model::date::Membership;
use sijil_model::{Interval, Language};
use sijil_register::View;
use sijil_register::ask::{EntryRow, Step};

use crate::asking;
use crate::failure::{Failure, Outcome};
use crate::stages::Stages;
use crate::terminal::{counted, say};

/// Entries of one batch that are named on the terminal; the rest are counted, and the JSON lists them.
const SHOWN: usize = 6;

pub fn run(
    (view, stages): (&View, &Stages),
    question: &Question,
    areas: &[Area],
    (from, to): (u64, u64),
    json: bool,
) -> Outcome {
    // A difference is told in numbers: people may have been noted in between.
    let question = &Question { per: None, ..question.clone() };
    let to = asking::reached(view, Some(to))?;
    if from > to {
        return Err(Failure::Refused(format!(
            "--diff {from} {to} runs backwards; write the earlier position first: --diff {to} {from}"
        )));
    }
    let sums = |at| Ok::<_, Failure>(Sums::of(view.count(question, areas, at)?));
    let (before, after) = (sums(from)?, sums(to)?);
    let steps = view.diff(question, areas, from, to)?;
    if json {
        let steps: Vec<Value> = steps.iter().map(step_json).collect();
        let whole = json!({ "question": question, "from": from, "to": to, "before": before, "after": after, "steps": steps });
        say(&whole.to_string());
        return Ok(());
    }
    say(&question.in_words(Language::En));
    say(&format!("  at log position {from}: {}", words(&before)));
    say(&format!("  at log position {to}: {}", words(&after)));
    for step in &steps {
        tell(view, stages, step)?;
    }
    if steps.is_empty() {
        say("  nothing between them moved it");
    }
    Ok(())
}

/// One batch: its entries, then what they moved.
fn tell(view: &View, stages: &Stages, step: &Step) -> Outcome {
    for entry in step.entries.iter().take(SHOWN) {
        say(&format!("  {}", entry_words(entry)));
    }
    let more = step.entries.len().saturating_sub(SHOWN);
    if more > 0 {
        say(&format!("  and {} more of the same batch (--json lists them)", counted(more, "entry")));
    }
    for record in &step.moved.records {
        // Where the incident was at the end of the batch, or before it went.
        let at = if record.after.is_some() { step.position } else { step.position.saturating_sub(1) };
        let row = view.incident(record.id.as_str(), at).ok();
        let place = row.map(|row| asking::where_it_was(stages, &row, Language::En)).unwrap_or_default();
        say(&format!("    {} {place}: {} → {}", record.id, state(record.before.as_ref()), became(record)));
    }
    say(&format!("    of these: {} → {}", words(&step.moved.before), words(&step.moved.after)));
    Ok(())
}

fn entry_words(entry: &EntryRow) -> String {
    let text = |key: &str| {
        let value = entry.body.as_ref()?.get(key)?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let told = ["name", "target", "field", "value", "left", "right", "verdict", "claim", "run", "why"];
    let told: Vec<String> = told.iter().filter_map(|key| text(key)).collect();
    let author = entry.author.as_deref().unwrap_or("-");
    let erased = if entry.body.is_none() { "  (erased)" } else { "" };
    format!("entry:{}  {}  {author}  {}  {}{erased}", entry.position, entry.time, entry.kind, told.join("  "))
}

fn state(record: Option<&Record>) -> String {
    let Some(record) = record else { return "not counted".to_owned() };
    let interval =
        Interval::new(record.min, record.highest_reported, record.max).unwrap_or(Interval::UNKNOWN);
    let number = Printed::of_interval(interval).text(Language::En);
    let apart = if record.membership == Membership::Inside { "" } else { ", possibly inside" };
    format!("{number}{apart}")
}

fn became(record: &MovedRecord) -> String {
    match (&record.after, &record.left_out) {
        (None, Some(left_out)) => format!("left out ({})", left_out.reason),
        (after, _) => state(after.as_ref()),
    }
}

fn words(sums: &Sums) -> String {
    let inside = asking::in_words(&sums.inside, Language::En);
    if sums.possibly_inside.incidents == 0 {
        return inside;
    }
    format!("{inside}, possibly inside {}", asking::in_words(&sums.possibly_inside, Language::En))
}

fn step_json(step: &Step) -> Value {
    let entry = |entry: &EntryRow| {
        json!({ "entry": format!("entry:{}", entry.position), "origin": entry.origin, "number": entry.number, "kind": entry.kind,
            "at": entry.time, "by": entry.author, "body": entry.body })
    };
    let entries: Vec<Value> = step.entries.iter().map(entry).collect();
    json!({ "position": step.position, "entries": entries, "before": step.moved.before, "after": step.moved.after,
        "records": step.moved.records })
}
