//! Checking a release from sijil itself: files, signature, proofs. Intervals and quotes are the script's, which shares no
//! code with what made them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use sijil_archive::{Checkpoint, Digest, Fingerprint, InclusionProof, VerifyingKey};

use crate::error::{PublishError, Result};
use crate::folder::MANIFEST;
use crate::proofs::STATEMENT;

/// Files that the manifest cannot list: itself, its signature, and the proof that was made after it.
const UNLISTED: [&str; 3] = [MANIFEST, "manifest.sig", "proofs/release.json"];

/// What checking a release found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many files are those that were signed.
    pub files: usize,
    /// How many proofs hold.
    pub proofs: usize,
    /// The fingerprint of the key, to be compared with one that came another way.
    pub fingerprint: String,
    /// The log and its size when the release was made.
    pub checkpoint: String,
    /// What does not hold: the file, and why; in words.
    pub findings: Vec<String>,
}

#[derive(Deserialize)]
struct Manifest {
    key: String,
    checkpoint: String,
    files: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Proof {
    index: u64,
    leaf: String,
    opening: Option<Opening>,
    path: Vec<String>,
    checkpoint: String,
}

#[derive(Deserialize)]
struct Opening {
    salt: String,
    body: String,
}

/// Whether a folder is a release.
pub fn is_release(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file() && folder.join("check.py").is_file()
}

/// Checks every file, the signature and every proof of a release.
///
/// # Errors
/// Files that cannot be read; whatever they say that is wrong is a finding.
pub fn verify_release(folder: &Path) -> Result<Checked> {
    let mut checked = Checked::default();
    let raw = read(folder, MANIFEST)?;
    let manifest: Manifest = match serde_json::from_slice(&raw) {
        Ok(manifest) => manifest,
        Err(cause) => {
            checked.findings.push(format!("{MANIFEST}: {cause}"));
            return Ok(checked);
        }
    };
    check_files(folder, &manifest, &mut checked)?;
    let key: VerifyingKey = match manifest.key.parse() {
        Ok(key) => key,
        Err(cause) => {
            checked.findings.push(format!("{MANIFEST}: {cause}"));
            return Ok(checked);
        }
    };
    checked.fingerprint = Fingerprint::of(&key).to_string();
    checked.checkpoint = manifest.checkpoint.lines().take(2).collect::<Vec<_>>().join(" ");
    let hash = hex::encode(Sha256::digest(&raw));
    check_statement(folder, &key, &hash, &mut checked);
    check_proofs(folder, &key, &manifest, &hash, &mut checked)?;
    Ok(checked)
}

fn check_files(folder: &Path, manifest: &Manifest, checked: &mut Checked) -> Result<()> {
    let here = names(folder, folder)?;
    for name in
        here.iter().filter(|name| !manifest.files.contains_key(*name) && !UNLISTED.contains(&name.as_str()))
    {
        checked.findings.push(format!("{name}: the manifest does not list it"));
    }
    for (name, hash) in &manifest.files {
        if !here.contains(name) {
            checked.findings.push(format!("{name}: it is missing"));
        } else if hex::encode(Sha256::digest(read(folder, name)?)) == *hash {
            checked.files += 1;
        } else {
            checked.findings.push(format!("{name}: it is not the file that was signed"));
        }
    }
    Ok(())
}

fn check_statement(folder: &Path, key: &VerifyingKey, hash: &str, checked: &mut Checked) {
    let note = std::fs::read_to_string(folder.join("manifest.sig")).unwrap_or_default();
    let wanted = format!("{STATEMENT}\nmanifest sha256 {hash}\n");
    match key.check_statement(&note) {
        Ok(text) if text.starts_with(&wanted) => {}
        Ok(_) => checked.findings.push("manifest.sig: it is the signature of another manifest".to_owned()),
        Err(cause) => checked.findings.push(format!("manifest.sig: {cause}")),
    }
}

fn check_proofs(
    folder: &Path,
    key: &VerifyingKey,
    manifest: &Manifest,
    hash: &str,
    checked: &mut Checked,
) -> Result<()> {
    let proofs: Vec<String> =
        names(folder, &folder.join("proofs"))?.into_iter().filter(|name| name.ends_with(".json")).collect();
    if !proofs.iter().any(|name| name == UNLISTED[2]) {
        checked.findings.push(format!(
            "{}: it is missing, so nothing shows that the log records this release",
            UNLISTED[2]
        ));
    }
    for name in proofs {
        let is_release = name == UNLISTED[2];
        let seen = (!is_release).then_some(manifest.checkpoint.as_str());
        let expected = if is_release {
            ("release.made", "manifest", hash)
        } else {
            ("document.added", "document", stem(&name))
        };
        match check_proof(&read(folder, &name)?, key, seen, expected, is_release) {
            Ok(()) => checked.proofs += 1,
            Err(why) => checked.findings.push(format!("{name}: {why}")),
        }
    }
    Ok(())
}

fn stem(name: &str) -> &str {
    name.trim_start_matches("proofs/").trim_end_matches(".json")
}

/// Checks one proof: `expected` is the entry's kind, and the member of an opened body with its value.
fn check_proof(
    bytes: &[u8],
    key: &VerifyingKey,
    checkpoint: Option<&str>,
    expected: (&str, &str, &str),
    must_open: bool,
) -> std::result::Result<(), String> {
    let told = |cause: &dyn std::fmt::Display| cause.to_string();
    let proof: Proof = serde_json::from_slice(bytes).map_err(|cause| told(&cause))?;
    if checkpoint.is_some_and(|checkpoint| checkpoint != proof.checkpoint) {
        return Err("its checkpoint is not that of the release".to_owned());
    }
    let path = proof.path.iter().map(|hash| {
        let bytes = BASE64_STANDARD.decode(hash).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Digest::from_bytes).ok_or_else(|| "its path holds something else than hashes".to_owned())
    });
    let path = path.collect::<std::result::Result<Vec<_>, _>>()?;
    let checkpoint = Checkpoint::parse(&proof.checkpoint).map_err(|cause| told(&cause))?;
    let inclusion = InclusionProof { index: proof.index, path, checkpoint };
    inclusion.check(proof.leaf.as_bytes(), key).map_err(|cause| told(&cause))?;
    let leaf: serde_json::Value = serde_json::from_str(&proof.leaf).map_err(|cause| told(&cause))?;
    if leaf["kind"] != expected.0 {
        return Err(format!("the log's entry is of the kind {}", leaf["kind"]));
    }
    let Some(opening) = proof.opening else {
        return if must_open { Err("what the entry says is not opened".to_owned()) } else { Ok(()) };
    };
    let salt = hex::decode(&opening.salt).map_err(|cause| told(&cause))?;
    if leaf["commit"] != hex::encode(Sha256::new().chain_update(salt).chain_update(&opening.body).finalize())
    {
        return Err("what is opened is not what the entry commits to".to_owned());
    }
    let body: serde_json::Value = serde_json::from_str(&opening.body).map_err(|cause| told(&cause))?;
    if body["data"][expected.1] == expected.2 {
        Ok(())
    } else {
        Err("the log's entry is about something else".to_owned())
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|cause| PublishError::File { path: path.display().to_string(), cause })
}

/// Every file below a folder, by its path within the release; what Python leaves there when it runs the script is no part
/// of it.
fn names(root: &Path, folder: &Path) -> Result<BTreeSet<String>> {
    let failed = |cause| PublishError::File { path: folder.display().to_string(), cause };
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() && !path.ends_with("__pycache__") {
            found.extend(names(root, &path)?);
        } else if path.is_file() {
            let name = path.strip_prefix(root).unwrap_or(&path);
            found.insert(
                name.components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/"),
            );
        }
    }
    Ok(found)
}
