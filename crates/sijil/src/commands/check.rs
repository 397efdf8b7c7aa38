//! `sijil check`: the arithmetic of prose, recomputed from the numbers that the text itself gives.

use std::path::Path;

use serde_json::Value;
use sijil_check::{Finding, Severity, check};
use sijil_read::{Options, Source};

use crate::arguments::Check;
use crate::failure::{Failure, Outcome};
use crate::terminal::{complain, say};

pub fn run(asked: &Check) -> Outcome {
    let (mut errors, mut refused) = (0, 0);
    for path in &asked.paths {
        match findings(path) {
            Ok(findings) => {
                errors += findings.iter().filter(|finding| finding.severity == Severity::Error).count();
                for finding in &findings {
                    say(&line(path, finding, asked.paths.len() > 1)?);
                }
            }
            Err(failure) => {
                refused += 1;
                complain(&format!("sijil: {}", failure.message()));
            }
        }
    }
    complain(&format!("{} read, {refused} refused; {errors} errors", asked.paths.len() - refused));
    if errors + refused == 0 { Ok(()) } else { Err(Failure::Told) }
}

/// What a text's own numbers contradict.
fn findings(path: &Path) -> Result<Vec<Finding>, Failure> {
    let shown = path.display().to_string();
    if path.is_dir() {
        return Err(Failure::Refused(format!(
            "{shown}: a folder; name the texts in it. The invariants of a register or release are not checked yet; \
             `sijil verify` checks its hashes, signatures and proofs"
        )));
    }
    let reading = sijil_read::read(&shown, Source::Path(path.to_owned()), &Options::default())
        .map_err(|error| Failure::Refused(error.to_string()))?;
    let text = reading.stored_text().ok_or_else(|| {
        Failure::Refused(format!("{shown}: there is no text in it ({}); name prose", reading.media_type))
    })?;
    Ok(check(&text))
}

/// A finding as the contract prints it; with its file where several were named.
fn line(path: &Path, finding: &Finding, several: bool) -> Result<String, Failure> {
    let mut value = serde_json::to_value(finding)?;
    if let (true, Value::Object(fields)) = (several, &mut value) {
        fields.insert("file".into(), path.display().to_string().into());
    }
    Ok(value.to_string())
}
