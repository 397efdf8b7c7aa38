//! What an estimate leaves in a folder: the verdict, the draws behind it, and a report in English and Arabic.

pub mod lists;
mod picture;
mod pictured;
pub mod provenance;
mod report;
mod sheet;
mod watching;

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use sijil_estimate::CaptureTable;
use sijil_estimate::verdict::Estimate;

use crate::failure::{Failure, file, write_whole};

pub use report::Tongue;
pub use watching::{Stopping, Watching};

/// Writes `NAME.json`, `NAME.draws.csv` and the reports, and names what was written.
pub fn keep(
    folder: &Path,
    name: &str,
    found: &Estimate,
    table: &CaptureTable,
    json: &Value,
) -> Result<Vec<String>, Failure> {
    std::fs::create_dir_all(folder).map_err(|cause| file(folder, &cause))?;
    let mut parts =
        vec![(format!("{name}.json"), format!("{json:#}\n")), (format!("{name}.draws.csv"), draws(found))];
    for tongue in [Tongue::English, Tongue::Arabic] {
        let sheet = report::report(name, found, table, json, tongue);
        parts.push((format!("{name}.{}.md", tongue.code()), sheet.markdown()));
        parts.push((format!("{name}.{}.html", tongue.code()), sheet.html()));
    }
    for (name, text) in &parts {
        write_whole(&folder.join(name), text.as_bytes())?;
    }
    Ok(parts.into_iter().map(|(name, _)| name).collect())
}

/// The draws of every method: chains by number in their order, everything else as chain 0.
fn draws(found: &Estimate) -> String {
    let mut text = String::from("method,chain,draw,population\n");
    for method in &found.methods {
        let name = report::code(&method.method);
        let chains = method.draws.len() > 1;
        for (chain, draws) in method.draws.iter().enumerate() {
            for (at, draw) in draws.iter().enumerate() {
                let chain = if chains { chain + 1 } else { 0 };
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{name},{chain},{},{draw}", at + 1);
            }
        }
    }
    text
}
