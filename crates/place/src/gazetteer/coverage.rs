//! What a gazetteer has of each country.

use std::collections::BTreeMap;

use serde::Serialize;
use sijil_model::codebook::{Coded, PlacePrecision};

use super::layer::Texts;
use super::{At, Gazetteer};
use crate::keys::{Script, script};

/// What a gazetteer has of a country.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Places of each kind of the codebook.
    pub kinds: BTreeMap<String, usize>,
    /// Places with a name in Latin letters.
    pub latin: usize,
    /// Places with a name in Arabic letters.
    pub arabic: usize,
    /// Places with names in other letters alone.
    pub other_scripts: usize,
    /// Places with a P-code.
    pub pcodes: usize,
}

impl Coverage {
    fn add(&mut self, kind: PlacePrecision, texts: Texts<'_>) {
        *self.kinds.entry(kind.code().to_owned()).or_default() += 1;
        let has = |letters: Script| texts.names().any(|name| script(name) == letters);
        let (latin, arabic) = (has(Script::Latin), has(Script::Arabic));
        self.latin += usize::from(latin);
        self.arabic += usize::from(arabic);
        self.other_scripts += usize::from(!latin && !arabic);
        self.pcodes += usize::from(!texts.pcode().is_empty());
    }
}

impl Gazetteer {
    /// What there is of each country, hidden places left out; places of no known country stand under an empty code.
    pub fn coverage(&self) -> BTreeMap<String, Coverage> {
        let mut countries: BTreeMap<String, Coverage> = BTreeMap::new();
        for (number, layer) in self.layers.iter().enumerate() {
            for index in 0..layer.len() {
                let at = At { layer: number as u16, index };
                if !self.is_hidden(at) {
                    let code = self.country(at).map(|code| String::from_utf8_lossy(&code).into_owned());
                    countries.entry(code.unwrap_or_default()).or_default().add(self.kind(at), self.texts(at));
                }
            }
        }
        countries
    }
}
