//! `sijil check`: the arithmetic of prose, recomputed from the numbers that the text itself gives, the figures that it
//! quotes, and the invariants of registers and releases.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use sijil_check::{Severity, check};
use sijil_read::{Options, Source};
use sijil_register::Register;

use crate::arguments::{Arguments, Check};
use crate::checking::{self, Against};
use crate::failure::{Failure, Outcome};
use crate::session::{folder, passphrase_for};
use crate::terminal::{complain, counted, progress, say};

pub fn run(arguments: &Arguments, asked: &Check) -> Outcome {
    let paths = if asked.paths.is_empty() { vec![folder(arguments)?] } else { asked.paths.clone() };
    let mut checking = Checking {
        against: asked.against.as_deref().map(Against::open).transpose()?,
        compared: 0,
        left_alone: 0,
    };
    let (mut errors, mut warnings, mut refused) = (0, 0, 0);
    let bar = progress(paths.len() as u64, "checking");
    for path in &paths {
        let found = checking.findings(path);
        bar.inc(1);
        match found {
            Ok(findings) => {
                errors += findings.iter().filter(|(_, severity)| *severity == Severity::Error).count();
                warnings += findings.iter().filter(|(_, severity)| *severity == Severity::Warning).count();
                let several = paths.len() > 1;
                bar.suspend(|| {
                    findings.into_iter().for_each(|(finding, _)| say(&line(path, finding, several)))
                });
            }
            Err(failure @ Failure::Internal(_)) => return Err(failure),
            Err(failure) => {
                refused += 1;
                bar.suspend(|| complain(&format!("sijil: {}", failure.message())));
            }
        }
    }
    bar.finish_and_clear();
    checking.say_compared();
    let read = paths.len() - refused;
    complain(&format!(
        "{read} read, {refused} refused; {}, {}",
        counted(errors, "error"),
        counted(warnings, "warning")
    ));
    if errors + refused == 0 { Ok(()) } else { Err(Failure::Told) }
}

/// A finding as it is printed.
type Line = (Value, Severity);

struct Checking {
    against: Option<Against>,
    compared: usize,
    left_alone: usize,
}

impl Checking {
    /// What a text's own numbers contradict, or which invariants a register or release does not keep.
    fn findings(&mut self, path: &Path) -> Result<Vec<Line>, Failure> {
        if !path.is_dir() {
            return self.text(path);
        }
        if self.against.is_some() {
            return Err(Failure::Refused(format!(
                "{}: it is a folder, and only texts quote figures; name texts, or leave --against out",
                path.display()
            )));
        }
        let breaches = if sijil_publish::is_release(path) {
            checking::release(path)?
        } else {
            checking::register(&Register::open(path, passphrase_for(path)?.as_ref())?)?
        };
        breaches.iter().map(|breach| as_line(breach, breach.severity)).collect()
    }

    fn text(&mut self, path: &Path) -> Result<Vec<Line>, Failure> {
        let shown = path.display().to_string();
        let reading = sijil_read::read(&shown, Source::Path(path.to_owned()), &Options::default())
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let text = reading.stored_text().ok_or_else(|| {
            Failure::Refused(format!("{shown}: there is no text in it ({}); name prose", reading.media_type))
        })?;
        let mut lines: Vec<Line> = check(&text)
            .iter()
            .map(|finding| as_line(finding, finding.severity))
            .collect::<Result<_, Failure>>()?;
        if let Some(against) = &self.against {
            let compared = against.compare(&reading)?;
            self.compared += compared.figures;
            self.left_alone += compared.left_alone;
            for misquoted in &compared.findings {
                lines.push(as_line(misquoted, misquoted.finding.severity)?);
            }
        }
        Ok(lines)
    }

    fn say_compared(&self) {
        if self.against.is_some() {
            complain(&format!(
                "{} held against what is documented; {} of people left alone: another's words, without a \
                 place or time that is found, or of no figure of a release",
                counted(self.compared, "figure"),
                counted(self.left_alone, "number")
            ));
        }
    }
}

fn as_line(finding: &impl Serialize, severity: Severity) -> Result<Line, Failure> {
    Ok((serde_json::to_value(finding)?, severity))
}

/// A finding as the contract prints it; with its file or folder where several were named.
fn line(path: &Path, mut finding: Value, several: bool) -> String {
    if let (true, Value::Object(fields)) = (several, &mut finding) {
        fields.insert("file".into(), path.display().to_string().into());
    }
    finding.to_string()
}
