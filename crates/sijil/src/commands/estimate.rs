//! `sijil estimate`: how many are on no list, or why nobody can say.

mod in_register;

use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sijil_estimate::lcmcr::Prior;
use sijil_estimate::methods::{ClassSettings, Method};
use sijil_estimate::verdict::{Asked, Estimate as Found, Settings, Status, estimate};
use sijil_estimate::{CaptureTable, Captures, EstimateError, Watch, Weighted, read_captures};

use crate::arguments::{Arguments, Estimate, MethodWord};
use crate::estimating::{Stopping, Watching};
use crate::failure::{Failure, Outcome, file};
use crate::terminal::{complain, say};

/// Each file by itself; one that cannot be read is told and does not stop the others. Inside a register, names that are no
/// files are its lists, and are estimated from together.
pub fn run(arguments: &Arguments, asked: &Estimate) -> Outcome {
    let stopping = Stopping::listening();
    let inside = crate::session::named_or_around(arguments)?.is_some();
    if inside && !asked.files.iter().any(|path| path.exists()) {
        return in_register::run(arguments, asked, &stopping);
    }
    if asked.harm.is_some() || asked.class.is_some() || asked.period.is_some() || !asked.place.is_empty() {
        let message =
            "--harm, --class, --place and --period ask of a register's lists; of a file, leave the rows out";
        return Err(Failure::Usage(message.into()));
    }
    let mut refused = false;
    for path in &asked.files {
        if stopping.asked() {
            complain(&format!("{}: not begun", path.display()));
            refused = true;
            continue;
        }
        match of_file(asked, path, &stopping) {
            Ok(status) => refused |= status != Status::Estimated,
            Err(Failure::Refused(message)) => {
                complain(&format!("sijil: {message}"));
                refused = true;
            }
            Err(failure) => return Err(failure),
        }
    }
    if refused { Err(Failure::Told) } else { Ok(()) }
}

fn of_file(asked: &Estimate, path: &Path, stopping: &Stopping) -> Result<Status, Failure> {
    let bytes = std::fs::read(path).map_err(|cause| file(path, &cause))?;
    let named = |error: EstimateError| Failure::Refused(format!("{}: {error}", path.display()));
    let captures = read_captures(&bytes, asked.strata.as_deref()).map_err(named)?;
    if !captures.set_aside.is_empty() {
        complain(&format!("{}: not read as lists: {}", path.display(), captures.set_aside.join(", ")));
    }
    let watching = Watching::new(stopping, asked.out.as_deref())?;
    let found = of_tables(asked, &captures.all, &watching)?;
    let json = written(asked, &bytes, &captures, &found, &watching)?;
    drop(watching);
    let name = path.file_stem().map_or_else(|| "estimate".into(), |name| name.to_string_lossy());
    handed_over(asked, &path.display().to_string(), &name, &found, &json, stopping)?;
    Ok(found.status)
}

/// The verdict in words, in the folder that was asked for, and as JSON.
fn handed_over(
    asked: &Estimate,
    what: &str,
    name: &str,
    found: &Found,
    json: &Value,
    stopping: &Stopping,
) -> Outcome {
    if !asked.json {
        tell(what, found);
        if stopping.asked() {
            complain(match asked.out {
                Some(_) => "stopped; what chains have done is kept, and the same command goes on from there",
                None => "stopped; with --out DIR what chains have done is kept and gone on from",
            });
        }
    }
    if let Some(folder) = &asked.out {
        let kept = crate::estimating::keep(folder, name, found, json)?;
        if !asked.json {
            complain(&format!("kept in {}: {}", folder.display(), kept.join(", ")));
        }
    }
    say(&json.to_string());
    Ok(())
}

fn of_tables(asked: &Estimate, tables: &Weighted, watch: &dyn Watch) -> Result<Found, Failure> {
    estimate(tables, &settings(asked), watch).map_err(|error| Failure::Usage(error.to_string()))
}

fn settings(asked: &Estimate) -> Settings {
    let method = match asked.method {
        MethodWord::Auto | MethodWord::All => Asked::Auto,
        MethodWord::Loglinear => Asked::One(Method::Loglinear),
        MethodWord::Chao => Asked::One(Method::Chao),
        MethodWord::Dga => Asked::One(Method::Dga),
        MethodWord::Lcmcr => Asked::One(Method::Lcmcr),
    };
    let prior = Prior {
        classes: asked.classes,
        alpha_shape: asked.concentration[0],
        alpha_rate: asked.concentration[1],
        list_a: asked.listing[0],
        list_b: asked.listing[1],
    };
    let classes = ClassSettings {
        seed: asked.seed,
        chains: usize::from(asked.chains),
        most_sweeps: asked.sweeps,
        prior,
        most_tables: asked.tables,
    };
    Settings {
        asked: method,
        classes,
        delta: asked.delta,
        linking_recall: asked.linking_recall,
        xi: asked.xi.clone(),
    }
}

/// The JSON of one file.
fn written(
    asked: &Estimate,
    bytes: &[u8],
    captures: &Captures,
    found: &Found,
    watch: &dyn Watch,
) -> Result<Value, Failure> {
    let mut json = serde_json::to_value(found)?;
    let draws: u64 = captures.all.tables().iter().map(|(_, weight)| weight).sum();
    json["inputs"] = json!({
        "sha256": hex::encode(Sha256::digest(bytes)),
        "table_sha256": captures.all.first().sha256(),
        "lists": captures.all.first().lists(),
        "draws": draws,
        "different_tables": captures.all.tables().len(),
        "seed": asked.seed,
        "chains": asked.chains,
        "version": env!("CARGO_PKG_VERSION"),
    });
    if asked.strata.is_some() {
        json["sensitivity"]["strata"] = strata(asked, &captures.strata, found, &mut json["warnings"], watch)?;
    }
    Ok(json)
}

/// Each stratum by itself, and their sum where every one has an estimate. The ends of the sum are the sums of ends, so
/// its interval is wider than it need be.
fn strata(
    asked: &Estimate,
    strata: &[(String, Weighted)],
    whole: &Found,
    warnings: &mut Value,
    watch: &dyn Watch,
) -> Result<Value, Failure> {
    let mut rows = Vec::new();
    let mut sum = Some((0.0, 0.0, 0.0));
    for (name, tables) in strata {
        let tables = tables.mapped(CaptureTable::without_empty);
        let found = of_tables(asked, &tables, watch)?;
        sum = sum
            .zip(found.headline.as_ref())
            .map(|((low, median, high), own)| (low + own.low, median + own.median, high + own.high));
        rows.push(json!({
            "stratum": name,
            "observed": found.observed,
            "lists": found.lists,
            "status": found.status,
            "reasons": found.reasons,
            "headline": found.headline,
        }));
    }
    if let (Some((low, median, high)), Some(whole), Some(warnings)) =
        (sum, &whole.headline, warnings.as_array_mut())
        && !(whole.low..=whole.high).contains(&median)
    {
        let text = format!(
            "the strata add up to {median:.0} ({low:.0} to {high:.0}), and all together give {:.0}: who is listed differs between strata",
            whole.median
        );
        let arabic = format!(
            "مجموع الطبقات {median:.0} (من {low:.0} إلى {high:.0})، والكلّ معًا {:.0}: من تضمّهم القوائم يختلفون بين الطبقات",
            whole.median
        );
        warnings.push(json!({ "code": "strata_differ", "text": text, "text_ar": arabic }));
    }
    let sum = sum.map(|(low, median, high)| json!({ "low": low, "median": median, "high": high }));
    Ok(json!({ "column": asked.strata, "rows": rows, "sum": sum }))
}

/// The verdict for a person, on standard error.
fn tell(name: &str, found: &Found) {
    let lists = if found.lists == 1 { "list" } else { "lists" };
    let start = format!("{name}: {} people on {} {lists}", found.observed, found.lists);
    match (&found.headline, found.status) {
        (Some(headline), _) => complain(&format!(
            "{start}; in all about {:.0} ({:.0} to {:.0}), an estimate under an assumption, never to be added to a count",
            headline.median, headline.low, headline.high
        )),
        (None, Status::NoHeadline) => complain(&format!("{start}; no headline")),
        (None, _) => complain(&format!("{start}; refused")),
    }
    for reason in &found.reasons {
        complain(&format!("  {}: {}", reason.code, reason.text));
    }
    for warning in &found.warnings {
        complain(&format!("  note: {}", warning.text));
    }
}
