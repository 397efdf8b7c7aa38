//! `sijil check`: the arithmetic of prose, recomputed from the numbers that the text itself gives, and the invariants
//! of registers and releases.

use std::path::Path;

use serde_json::Value;
use sijil_check::{Finding, Severity, check};
use sijil_read::{Options, Source};
use sijil_register::Register;

use crate::arguments::{Arguments, Check};
use crate::checking;
use crate::failure::{Failure, Outcome};
use crate::session::{folder, passphrase_for};
use crate::terminal::{complain, say};

pub fn run(arguments: &Arguments, asked: &Check) -> Outcome {
    let paths = if asked.paths.is_empty() { vec![folder(arguments)?] } else { asked.paths.clone() };
    let (mut errors, mut warnings, mut refused) = (0, 0, 0);
    for path in &paths {
        match findings(path) {
            Ok(findings) => {
                errors += findings.iter().filter(|(_, severity)| *severity == Severity::Error).count();
                warnings += findings.iter().filter(|(_, severity)| *severity == Severity::Warning).count();
                for (finding, _) in findings {
                    say(&line(path, finding, paths.len() > 1));
                }
            }
            Err(failure @ Failure::Internal(_)) => return Err(failure),
            Err(failure) => {
                refused += 1;
                complain(&format!("sijil: {}", failure.message()));
            }
        }
    }
    let read = paths.len() - refused;
    complain(&format!("{read} read, {refused} refused; {errors} errors, {warnings} warnings"));
    if errors + refused == 0 { Ok(()) } else { Err(Failure::Told) }
}

/// What a text's own numbers contradict, or which invariants a register or release does not keep.
fn findings(path: &Path) -> Result<Vec<(Value, Severity)>, Failure> {
    if !path.is_dir() {
        return text(path)?
            .iter()
            .map(|finding| Ok((serde_json::to_value(finding)?, finding.severity)))
            .collect();
    }
    let breaches = if sijil_publish::is_release(path) {
        checking::release(path)?
    } else {
        checking::register(&Register::open(path, passphrase_for(path)?.as_ref())?)?
    };
    breaches.iter().map(|breach| Ok((serde_json::to_value(breach)?, breach.severity))).collect()
}

fn text(path: &Path) -> Result<Vec<Finding>, Failure> {
    let shown = path.display().to_string();
    let reading = sijil_read::read(&shown, Source::Path(path.to_owned()), &Options::default())
        .map_err(|error| Failure::Refused(error.to_string()))?;
    let text = reading.stored_text().ok_or_else(|| {
        Failure::Refused(format!("{shown}: there is no text in it ({}); name prose", reading.media_type))
    })?;
    Ok(check(&text))
}

/// A finding as the contract prints it; with its file or folder where several were named.
fn line(path: &Path, mut finding: Value, several: bool) -> String {
    if let (true, Value::Object(fields)) = (several, &mut finding) {
        fields.insert("file".into(), path.display().to_string().into());
    }
    finding.to_string()
}
