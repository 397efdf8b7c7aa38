//! The invariants of a release, from its tables: what anybody who has the release can look at.

use std::path::Path;

use sijil_check::invariants::{self, Breach, Tables};

use crate::failure::{Failure, file};

/// Every invariant that the tables of a release do not keep.
pub fn release(folder: &Path) -> Result<Vec<Breach>, Failure> {
    let read = |name: &str| {
        let path = folder.join("data").join(name);
        std::fs::read_to_string(&path).map_err(|cause| file(&path, &cause))
    };
    let (incidents, persons, codebook) =
        (read("incidents.csv")?, read("persons.csv")?, read("codebook.csv")?);
    let tables = Tables { incidents: &incidents, persons: &persons, codebook: &codebook };
    let mut breaches = invariants::release(&tables)
        .map_err(|cause| Failure::Refused(format!("{}: {cause}", folder.display())))?;
    breaches.sort_by(|one, two| (one.invariant, &one.records).cmp(&(two.invariant, &two.records)));
    Ok(breaches)
}
