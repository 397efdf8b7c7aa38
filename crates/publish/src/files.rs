//! The files of a release: data, tables, documents, pages, proofs, and the manifest that is signed.

use std::collections::BTreeSet;

use serde::Serialize;
use sha2::{Digest, Sha256};
use sijil_count::RuleSet;
use sijil_page::STYLESHEET;
use sijil_register::Register;

use crate::claims::ReleasedClaim;
use crate::error::Result;
use crate::figures::ReleasedFigure;
use crate::folder::{Folder, MANIFEST};
use crate::policy::Policy;
use crate::proofs::{self, Manifest};
use crate::rules::ReleasedRules;
use crate::site::Site;
use crate::tables;

/// The script that checks a release, with its parts.
const SCRIPTS: [(&str, &str); 3] = [
    ("check.py", include_str!("../data/check.py")),
    ("check_figures.py", include_str!("../data/check_figures.py")),
    ("recount.py", include_str!("../data/recount.py")),
];

/// Puts every file into the folder; returns the manifest's SHA-256 in hexadecimal digits.
pub(crate) fn fill(
    folder: &mut Folder,
    policy: &Policy,
    register: &Register,
    site: &Site<'_>,
    rules: &RuleSet,
) -> Result<String> {
    put_data(folder, policy, site, rules)?;
    put_documents(folder, policy, site)?;
    for (path, html) in site.pages()? {
        folder.put(policy, path, html)?;
    }
    let files: Vec<(String, u64)> = folder.sizes().map(|(path, size)| (path.to_owned(), size)).collect();
    for (path, html) in site.verify_pages(&files)? {
        folder.put(policy, path, html)?;
    }
    sign(folder, policy, register, site)
}

/// A value as JSON that people can read.
pub(crate) fn pretty(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn put_data(folder: &mut Folder, policy: &Policy, site: &Site<'_>, rules: &RuleSet) -> Result<()> {
    let mut sets: BTreeSet<String> =
        site.figures.iter().map(|figure| figure.question.rules.clone()).collect();
    sets.insert(rules.id().to_owned());
    let sets =
        sets.iter().map(|id| Ok(ReleasedRules::of(&RuleSet::named(id)?))).collect::<Result<Vec<_>>>()?;
    let mut claims: Vec<&ReleasedClaim> = site.claims.values().collect();
    claims.sort_by(|a, b| a.id.cmp(&b.id));
    let figures: &[ReleasedFigure] = site.figures;
    folder.put(policy, "data/figures.json", pretty(&figures)?)?;
    folder.put(policy, "data/incidents.json", pretty(&site.incidents)?)?;
    folder.put(policy, "data/claims.json", pretty(&claims)?)?;
    folder.put(policy, "data/rules.json", pretty(&sets)?)?;
    folder.put(policy, "data/figures.csv", tables::figures(figures, site.around)?)?;
    folder.put(policy, "data/places.csv", tables::places(figures, site.around)?)?;
    folder.put(policy, "data/incidents.csv", tables::incidents(site.incidents)?)?;
    folder.put(policy, "data/persons.csv", tables::persons(site.incidents)?)?;
    folder.put(policy, "data/codebook.csv", tables::codebook()?)?;
    folder.put(policy, "style.css", STYLESHEET)?;
    SCRIPTS.iter().try_for_each(|(name, script)| folder.put(policy, *name, *script))
}

fn put_documents(folder: &mut Folder, policy: &Policy, site: &Site<'_>) -> Result<()> {
    for (key, document) in site.documents.iter().filter(|(_, document)| document.has_page()) {
        match &document.text {
            Some(text) => folder.put(policy, document.file(), policy.text(text).into_inner())?,
            None => {
                let cells = document.cells.iter().map(|((row, column), text)| {
                    vec![
                        row.to_string(),
                        column.map_or(String::new(), |column| column.to_string()),
                        text.clone(),
                    ]
                });
                folder.put(policy, document.file(), tables::csv_bytes(&["row", "column", "text"], cells)?)?;
            }
        }
        if let Some(proof) = site.proofs.get(key) {
            folder.put(policy, format!("proofs/{}.json", document.id), pretty(proof)?)?;
        }
    }
    folder.put(policy, "proofs/checkpoint", site.checkpoint.clone())
}

/// Writes the manifest and signs its hash; returns the hash.
fn sign(folder: &mut Folder, policy: &Policy, register: &Register, site: &Site<'_>) -> Result<String> {
    let archive = register.archive();
    let manifest = Manifest {
        format: proofs::STATEMENT,
        origin: site.origin.clone(),
        key: archive.key(archive.origin())?.to_string(),
        fingerprint: site.fingerprint.clone(),
        made: &site.made,
        program: format!("sijil {}", env!("CARGO_PKG_VERSION")),
        checkpoint: site.checkpoint.clone(),
        figures: site.figures.iter().map(|figure| figure.id.to_string()).collect(),
        files: folder.hashes(),
    };
    let bytes = pretty(&manifest)?;
    let hash = hex::encode(Sha256::digest(&bytes));
    let note = archive.sign_statement(&proofs::statement(&hash, &site.made))?;
    folder.put(policy, MANIFEST, bytes)?;
    folder.put(policy, "manifest.sig", note)?;
    Ok(hash)
}
