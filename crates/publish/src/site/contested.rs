//! What is contested, on a figure's page.

use sijil_count::ContestedKind;
use sijil_page::view::{ContestedLine, ContestedSide};

use super::Room;
use crate::contested::{ReleasedContested, ReleasedSide};
use crate::figures::ReleasedFigure;

impl Room<'_> {
    pub(super) fn contested(&self, figure: &ReleasedFigure) -> Vec<ContestedLine> {
        let line = |one: &ReleasedContested| {
            let incident = match (&one.key, &one.record) {
                (Some(key), Some(record)) => Some(self.title(key, record)?),
                _ => None,
            };
            let about = match one.kind {
                ContestedKind::Target => "target",
                ContestedKind::Toll => "toll",
                ContestedKind::Actor => "actor",
            };
            let sides = one.sides.iter().map(|side| self.side(side)).collect();
            Some(ContestedLine { about: about.to_owned(), incident, sides })
        };
        figure.contested.iter().filter_map(line).collect()
    }

    fn side(&self, side: &ReleasedSide) -> ContestedSide {
        let claims = side.keys.iter().filter_map(|key| self.site.claims.get(key));
        ContestedSide {
            actor: side.actor.as_ref().map(|actor| self.actor(actor.as_str())),
            interval: side.interval,
            claims: claims.map(|claim| self.claim(claim, true)).collect(),
        }
    }
}
