//! `sijil estimate`: how many are on no list, or why nobody can say.

mod in_register;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
    if asked.out.is_some() {
        names_differ(&asked.files)?;
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
    let (json, stopped) = written(asked, &bytes, &captures, &found, &watching)?;
    drop(watching);
    let results = Results { found: &found, table: captures.all.first(), json: &json, stopped };
    results.hand_over(asked, &path.display().to_string(), &name_of(path))?;
    Ok(found.status)
}

/// What a file's results are called.
fn name_of(path: &Path) -> String {
    path.file_stem().map_or_else(|| "estimate".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Refuses files whose results would be written over each other.
fn names_differ(files: &[PathBuf]) -> Outcome {
    let mut names = BTreeMap::new();
    for path in files {
        if let Some(other) = names.insert(name_of(path), path) {
            return Err(Failure::Usage(format!(
                "the results of {} and {} would both be called {} in the folder of --out; give them in two commands with two folders, or rename one",
                other.display(),
                path.display(),
                name_of(path)
            )));
        }
    }
    Ok(())
}

/// What came of a run.
struct Results<'a> {
    found: &'a Found,
    table: &'a CaptureTable,
    json: &'a Value,
    stopped: bool,
}

impl Results<'_> {
    /// The verdict in words, in the folder that was asked for, and as JSON. Of a run that was stopped the folder keeps only
    /// what chains have done.
    fn hand_over(&self, asked: &Estimate, what: &str, name: &str) -> Outcome {
        if !asked.json {
            tell(what, self.found);
            if self.stopped {
                complain(match asked.out {
                    Some(_) => {
                        "stopped; what chains have done is kept, and the same command goes on from there"
                    }
                    None => "stopped; with --out DIR what chains have done is kept and gone on from",
                });
            }
        }
        if let Some(folder) = asked.out.as_ref().filter(|_| !self.stopped) {
            let kept = crate::estimating::keep(folder, name, self.found, self.table, self.json)?;
            if !asked.json {
                complain(&format!("kept in {}: {}", folder.display(), kept.join(", ")));
            }
        }
        say(&self.json.to_string());
        Ok(())
    }
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

/// The JSON of one file, and whether anything in it was stopped.
fn written(
    asked: &Estimate,
    bytes: &[u8],
    captures: &Captures,
    found: &Found,
    watch: &dyn Watch,
) -> Result<(Value, bool), Failure> {
    let mut json = serde_json::to_value(found)?;
    let mut stopped = found.stopped();
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
        let (strata, cut_short) = strata(asked, &captures.strata, found, &mut json["warnings"], watch)?;
        json["sensitivity"]["strata"] = strata;
        stopped |= cut_short;
    }
    Ok((json, stopped))
}

/// Each stratum by itself, and their sum where every one has an estimate. The ends of the sum are the sums of ends, so
/// its interval is wider than it need be. Says too whether one of them was stopped.
fn strata(
    asked: &Estimate,
    strata: &[(String, Weighted)],
    whole: &Found,
    warnings: &mut Value,
    watch: &dyn Watch,
) -> Result<(Value, bool), Failure> {
    let (mut rows, mut stopped) = (Vec::new(), false);
    let mut sum = Some((0.0, 0.0, 0.0));
    for (name, tables) in strata {
        let tables = tables.mapped(CaptureTable::without_empty);
        let found = of_tables(asked, &tables, watch)?;
        stopped |= found.stopped();
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
    Ok((json!({ "column": asked.strata, "rows": rows, "sum": sum }), stopped))
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
