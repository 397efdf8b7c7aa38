//! Checking a release without the register: every file against the manifest, and the manifest against its signature.
//!
//! That the key is the right one is for people to compare: the fingerprint is printed. What the numbers come to is
//! counted again by the `check.py` that lies in every release, which is not our program.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use sijil_archive::VerifyingKey;

use crate::error::{PublishError, Result};
use crate::folder::MANIFEST;
use crate::proofs::statement;

/// Files that the manifest cannot list: itself, its signature, and the proof that is made after it.
const BESIDE: [&str; 3] = [MANIFEST, "manifest.sig", "proofs/release.json"];

#[derive(Deserialize)]
struct Listed {
    key: String,
    made: String,
    files: BTreeMap<String, String>,
}

/// Whether a folder is a release.
pub fn is_release(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file() && folder.join("check.py").is_file()
}

/// What is wrong with a release: nothing, if every file is as it was signed and there is no other.
///
/// # Errors
/// A manifest that cannot be read at all.
pub fn verify_release(folder: &Path) -> Result<Vec<String>> {
    let manifest = read(folder, MANIFEST)?;
    let listed: Listed = serde_json::from_slice(&manifest)?;
    let mut findings = Vec::new();
    match listed.key.parse::<VerifyingKey>() {
        Ok(key) => findings.extend(signature(&key, folder, &manifest, &listed.made)?),
        Err(error) => findings.push(format!("{MANIFEST}: its key cannot be read: {error}")),
    }
    for (path, hash) in &listed.files {
        match std::fs::read(folder.join(path)) {
            Ok(bytes) if hex::encode(Sha256::digest(&bytes)) == *hash => {}
            Ok(_) => findings.push(format!("{path}: it is not as it was signed")),
            Err(cause) => findings.push(format!("{path}: {cause}")),
        }
    }
    let mut strays = Vec::new();
    walk(folder, folder, &mut strays)?;
    strays.retain(|path| !listed.files.contains_key(path) && !BESIDE.contains(&path.as_str()));
    findings.extend(strays.into_iter().map(|path| format!("{path}: the manifest does not list it")));
    Ok(findings)
}

fn signature(key: &VerifyingKey, folder: &Path, manifest: &[u8], made: &str) -> Result<Option<String>> {
    let note = String::from_utf8_lossy(&read(folder, "manifest.sig")?).into_owned();
    let expected = statement(&hex::encode(Sha256::digest(manifest)), made);
    Ok(match key.check_statement(&note) {
        Ok(said) if said == expected => None,
        Ok(_) => Some("manifest.sig: it signs another manifest".to_owned()),
        Err(error) => Some(format!("manifest.sig: {error}")),
    })
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|cause| PublishError::File { path: path.display().to_string(), cause })
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) -> Result<()> {
    let failed = |cause| PublishError::File { path: folder.display().to_string(), cause };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            walk(root, &path, found)?;
        } else if let Ok(inside) = path.strip_prefix(root) {
            found.push(inside.to_string_lossy().replace('\\', "/"));
        }
    }
    found.sort();
    Ok(())
}
