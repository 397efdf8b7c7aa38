//! What a method says of the overlaps that were seen: beside its number, and as a warning where it would not make them.

use serde_json::{Value, json};

use super::Found;
use crate::CaptureTable;
use crate::overlaps::{Overlap, misfit};

fn names(table: &CaptureTable, set: u32) -> Vec<&str> {
    crate::loglinear::members(set).into_iter().map(|list| table.lists()[list].as_str()).collect()
}

impl Found {
    /// Says what the method makes of overlaps, and warns of one that it would not make.
    pub(super) fn compare_overlaps(&mut self, table: &CaptureTable, overlaps: &[Overlap]) {
        let row = |overlap: &Overlap| {
            json!({
                "lists": names(table, overlap.set),
                "seen": overlap.seen,
                "expected": overlap.expected,
                "below": overlap.below,
            })
        };
        self.say("overlaps", overlaps.iter().map(row).collect::<Value>());
        let Some(worst) = misfit(overlaps) else { return };
        let (lists, method) = (names(table, worst.set), json!(self.method));
        let method = method.as_str().unwrap_or_default();
        let text = format!(
            "{method} would put about {:.0} people on all of {}, and {} are: it does not fit what was seen",
            worst.expected,
            lists.join(", "),
            worst.seen
        );
        let arabic = format!(
            "تضع {method} نحو {:.0} من الناس في {} معًا، والمرصودون فيها {}: فهي لا تلائم ما رُصد",
            worst.expected,
            lists.join("، "),
            worst.seen
        );
        self.warn("overlaps_misfit", &text, &arabic);
    }
}
