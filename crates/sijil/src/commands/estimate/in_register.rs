//! `sijil estimate` inside a register: from its own lists, under what it knows of where they come from.

use serde_json::json;
use sijil_estimate::CaptureTable;
use sijil_estimate::verdict::Status;

use super::{Results, of_tables};
use crate::arguments::{Arguments, Count, Estimate};
use crate::asking;
use crate::estimating::{Stopping, Watching, lists, provenance};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::Stages;

/// Estimates from the lists that were named, together.
pub fn run(arguments: &Arguments, asked: &Estimate, stopping: &Stopping) -> Outcome {
    if asked.strata.is_some() {
        let message = "--strata names a column of a file; of a register's lists, ask for each part with --place, --period or --class";
        return Err(Failure::Usage(message.into()));
    }
    let session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let view = session.register.view();
    let words = Count {
        harm: asked.harm.clone(),
        class: asked.class.clone(),
        place: asked.place.clone(),
        period: asked.period.clone(),
        ..Count::default()
    };
    let question = asking::question(view, &stages, &words)?;
    let areas = asking::areas(&stages, &question)?;
    let at = view.position()?;
    let names: Vec<String> = asked.files.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    let chosen = lists::named(view, &names)?;
    let people = lists::people(view, &chosen, &question, &areas, at)?;
    let mut against = provenance::derived(view, &chosen, at)?;
    against.extend(provenance::mismatched(&chosen, &people, &stages));
    let tables = people.table(&chosen)?;
    let watching = Watching::new(stopping, asked.out.as_deref())?;
    let found = of_tables(asked, &tables.mapped(CaptureTable::without_empty), &watching)?
        .with(against, provenance::beside(&chosen, &people, asked.linking_recall));
    drop(watching);
    let mut json = serde_json::to_value(&found)?;
    json["question"] = serde_json::to_value(&question)?;
    json["inputs"] = json!({
        "log_position": at,
        "table_sha256": tables.first().sha256(),
        "lists": names,
        "draws": tables.tables().iter().map(|(_, weight)| weight).sum::<u64>(),
        "different_tables": tables.tables().len(),
        "found": people.said(),
        "seed": asked.seed,
        "chains": asked.chains,
        "version": env!("CARGO_PKG_VERSION"),
    });
    let results = Results { found: &found, table: tables.first(), json: &json, stopped: found.stopped() };
    results.hand_over(asked, &names.join(", "), "estimate")?;
    if found.status == Status::Estimated { Ok(()) } else { Err(Failure::Told) }
}
