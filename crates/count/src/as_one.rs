//! What a figure comes to if incidents that may be one strike are one: the other end of a doubt that nobody has judged.

use serde::{Deserialize, Serialize};
use sijil_model::IncidentId;

use crate::figure::{Figure, Tally};

/// A figure's sums if incidents that may be one strike are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOne {
    /// The incidents that may be one, strike by strike; of each at least one is in the figure.
    pub strikes: Vec<Vec<IncidentId>>,
    /// Everything certainly inside, then.
    pub inside: Tally,
    /// Everything possibly inside, then.
    pub possibly_inside: Tally,
}

impl AsOne {
    /// How many incidents may be one with another.
    pub fn incidents(&self) -> usize {
        self.strikes.iter().map(Vec::len).sum()
    }
}

impl Figure {
    /// Says beside the figure what it comes to, certainly and possibly inside, if the incidents of each of the `strikes` are
    /// one. Nothing is said where none of those incidents is in it.
    pub fn or_as_one(
        mut self,
        [inside, possibly_inside]: [Tally; 2],
        strikes: impl Iterator<Item = Vec<IncidentId>>,
    ) -> Self {
        let holds = |id: &IncidentId| self.records.binary_search_by(|record| record.id.cmp(id)).is_ok();
        let strikes: Vec<Vec<IncidentId>> = strikes.filter(|strike| strike.iter().any(holds)).collect();
        if !strikes.is_empty() {
            self.as_one = Some(AsOne { strikes, inside, possibly_inside });
        }
        self
    }
}
