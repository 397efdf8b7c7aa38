//! Places of lists under their Arabic names, so that “Damascus” on one list is «دمشق» on another.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use sijil_model::fold::fold;
use sijil_place::{Gazetteer, Scope};

/// The Arabic names that the built-in gazetteer has for places written otherwise.
pub struct PlaceNames {
    gazetteer: Gazetteer,
    known: RefCell<BTreeMap<String, Option<String>>>,
}

impl PlaceNames {
    /// Those of the gazetteer that is part of the program.
    pub fn built_in() -> Self {
        Self { gazetteer: Gazetteer::built_in(), known: RefCell::default() }
    }

    /// A place as it is compared: under its Arabic name where all places of its name that have one have the same, else as it
    /// is written.
    pub fn compared(&self, cell: &str) -> String {
        if cell.is_empty() || cell.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter)) {
            return cell.to_owned();
        }
        let mut known = self.known.borrow_mut();
        let arabic = known.entry(cell.to_owned()).or_insert_with(|| self.arabic(cell));
        arabic.clone().unwrap_or_else(|| cell.to_owned())
    }

    fn arabic(&self, cell: &str) -> Option<String> {
        let found = self.gazetteer.find(cell, Scope::default());
        let names: BTreeSet<String> =
            found.iter().filter_map(|place| place.name_ar.as_deref()).map(fold).collect();
        names.into_iter().next().filter(|only| {
            found.iter().all(|place| place.name_ar.as_deref().is_none_or(|name| fold(name) == *only))
        })
    }
}
