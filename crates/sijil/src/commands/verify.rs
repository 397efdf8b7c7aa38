//! `sijil verify`: every hash, signature and proof of a register or a release, offline.

use std::path::{Path, PathBuf};

use serde_json::json;
use sijil_archive::{ErasedItem, VerifyOptions};
use sijil_model::DocumentId;
use sijil_read::{Options, Source};
use sijil_register::{Register, RegisterError};

use crate::arguments::{Arguments, Verify};
use crate::failure::{Failure, Outcome, file};
use crate::session::{folder, passphrase_if_known};
use crate::stages::intake::document_id;
use crate::terminal::{counted, say};

pub fn run(arguments: &Arguments, verify: &Verify) -> Outcome {
    let path: PathBuf = match &verify.path {
        Some(path) => path.clone(),
        None => folder(arguments)?,
    };
    if sijil_publish::is_release(&path) {
        return release(&path, verify.json);
    }
    let against = verify
        .against
        .as_deref()
        .map(|seen| std::fs::read_to_string(seen).map_err(|cause| file(seen, &cause)))
        .transpose()?;
    let unlock = passphrase_if_known(&path)?;
    if verify.deep && unlock.is_none() && sijil_archive::is_sealed(&path) {
        return Err(Failure::Usage(format!(
            "{} is sealed, and --deep reads what is in it; set SIJIL_PASSPHRASE, or leave --deep out",
            path.display()
        )));
    }
    let options = VerifyOptions { unlock: unlock.clone(), against };
    let report = sijil_archive::verify(&path, &options);
    let mut findings: Vec<(String, String)> =
        report.findings.iter().map(|finding| (finding.path.clone(), finding.cause.clone())).collect();
    if verify.deep && findings.is_empty() {
        findings.extend(deep(&mut Register::open(&path, unlock.as_ref())?)?);
    }
    if verify.json {
        say(&json!({
            "sound": findings.is_empty(), "blobs": report.blobs, "bytes": report.bytes, "erased": report.erased.len(),
            "logs": report.logs.iter().map(|log| json!({ "origin": log.origin, "size": log.size, "root": log.root, "fingerprint": log.fingerprint.to_string() })).collect::<Vec<_>>(),
            "findings": findings.iter().map(|(path, cause)| json!({ "path": path, "cause": cause })).collect::<Vec<_>>(),
        })
        .to_string());
    } else {
        tell(&report, &findings);
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Told) }
}

fn tell(report: &sijil_archive::VerifyReport, findings: &[(String, String)]) {
    for log in &report.logs {
        say(&format!("log {}  {}  root {}", log.origin, counted(log.size, "entry"), log.root));
        say(&format!("  fingerprint {}", log.fingerprint));
    }
    report.notes.iter().for_each(|note| say(&format!("  note: {}: {}", note.path, note.cause)));
    report.erased.iter().for_each(|erased| say(&format!("  {}", erased_line(erased))));
    findings.iter().for_each(|(path, cause)| say(&format!("  FOUND {path}: {cause}")));
    let verdict = if findings.is_empty() {
        "every hash, signature and proof holds"
    } else {
        "this register does not hold"
    };
    say(&format!("{}, {}: {verdict}", counted(report.blobs, "file"), counted(report.bytes, "byte")));
}

fn erased_line(erased: &ErasedItem) -> String {
    match erased {
        ErasedItem::Body { entry, by, who, why } => {
            format!("entry:{} erased by entry:{} ({who}): {why}", entry.index + 1, by.index + 1)
        }
        ErasedItem::Evidence { old, new, by } => {
            let what = if new.is_some() { "rewritten without what had to go" } else { "destroyed" };
            format!("{old} {what}, by entry:{}", by.index + 1)
        }
    }
}

/// Makes the view again from the log, and every text from its document, and compares them with those that are stored.
fn deep(register: &mut Register) -> Result<Vec<(String, String)>, Failure> {
    let mut findings = Vec::new();
    match register.check_view() {
        // Which documents there are is asked of the view.
        Err(error @ RegisterError::ViewDiffers { .. }) => {
            return Ok(vec![("register.db".to_owned(), error.to_string())]);
        }
        other => other?,
    }
    let view = register.view();
    for id in view.document_ids()? {
        let Some(reading) = view.reading(&id)? else { continue };
        let (Ok(current), Ok(text)) = (view.current_blob(&id), view.current_blob(&reading.text)) else {
            continue;
        };
        if current != id || text != reading.text {
            continue; // Erased in part: the original is gone, and the log says so.
        }
        let name = view.document(&id)?.name.unwrap_or_else(|| id.clone());
        let read = sijil_read::read(&name, Source::Bytes(register.blob(&id)?), &Options::default());
        let again = read
            .ok()
            .filter(|read| read.version == reading.version)
            .and_then(|read| Some(document_id(read.stored_text()?.as_bytes())));
        match again {
            Some(again) if again == DocumentId::new(text)? => {}
            Some(_) => findings
                .push((format!("evidence {id}"), "its text reads otherwise than the stored one".to_owned())),
            None => findings.push((
                format!("evidence {id}"),
                format!("it cannot be read again with {} {}", reading.reader, reading.version),
            )),
        }
    }
    Ok(findings)
}

fn release(path: &Path, as_json: bool) -> Outcome {
    let checked = sijil_publish::verify_release(path).map_err(|error| Failure::Refused(error.to_string()))?;
    let findings = &checked.findings;
    if as_json {
        let (files, proofs, fingerprint) = (checked.files, checked.proofs, &checked.fingerprint);
        say(&json!({ "sound": findings.is_empty(), "findings": findings, "files": files, "proofs": proofs, "fingerprint": fingerprint }).to_string());
    } else {
        say(&format!(
            "release of {}\n  fingerprint {}\n  {}, {}",
            checked.checkpoint,
            checked.fingerprint,
            counted(checked.files, "file"),
            counted(checked.proofs, "proof")
        ));
        findings.iter().for_each(|finding| say(&format!("  FOUND {finding}")));
        say(if findings.is_empty() {
            "every file, signature and proof of the release holds"
        } else {
            "this release does not hold"
        });
    }
    if findings.is_empty() { Ok(()) } else { Err(Failure::Told) }
}
