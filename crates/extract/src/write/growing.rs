//! Numbers of one incident that grew while it was told of: "two people killed", later "death toll up to four".

use super::Writer;
use super::casualties::Draft;
use super::settle::{FARTHEST, is_number};
use crate::harm::Hit;
use crate::scenes::Scene;
use crate::sense::Sense;
use crate::window::Window;
use crate::word_lists::Words;

impl Writer<'_, '_> {
    /// "Three bodies recovered", then "Toll rises to five": in a running report a number that a later one says to have grown.
    pub(super) fn is_outgrown(&self, drafts: &[Draft<'_>], at: usize) -> bool {
        let one = &drafts[at];
        let toll = |other: &Draft<'_>| {
            let near = other.hit.run.start.saturating_sub(4)..other.hit.run.start;
            self.window.tags.any(near.clone(), |sense| matches!(sense, Sense::Toll | Sense::TollInjured))
                && (near.into_iter().any(|at| self.window.tokens.is_on(Words::Rises, at))
                    || self.window.tokens.word(other.hit.run.start) == "up")
        };
        is_number(one)
            && !self.window.tokens.is_arabic(one.hit.run.start)
            && drafts[at + 1..].iter().any(|other| {
                other.total
                    && !other.scene.reported
                    && other.scene.sentence > one.scene.sentence
                    && other.casualty.harm == one.casualty.harm
                    && (one.number() + 1..=one.number() * FARTHEST).contains(&other.number())
                    && toll(other)
            })
    }

    /// Whether a later sentence says that the number rose above this one.
    pub(super) fn is_risen_later(&self, drafts: &[Draft<'_>], at: usize) -> bool {
        let one = &drafts[at];
        drafts[at + 1..].iter().any(|other| {
            other.total
                && other.casualty.harm == one.casualty.harm
                && other.number() > one.number()
                && rises(self.window, other.scene, other.hit)
        })
    }
}

/// "bringing the number to 45", "the toll rose to 14", ارتفعت الحصيلة إلى, «المجموع: 4 شهداء».
pub(super) fn rises(window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
    let from = hit.run.start.saturating_sub(12).max(scene.run.start);
    // "Death toll up to four"
    let up_to = window.tokens.word(hit.run.start) == "up";
    up_to
        || (from..hit.run.start).any(|at| window.tokens.is_on(Words::Rises, at))
        || window.tokens.is_on(Words::SumsUp, scene.run.start)
}
