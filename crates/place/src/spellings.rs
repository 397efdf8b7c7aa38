//! Several phrases that name one place: brought to the same head.

use std::borrow::Cow;

use sijil_model::PlacePhrase;

use crate::keys::{folded, skeleton};
use crate::phrase::parse_place;

/// Spellings whose heads differ, where one puts the outer place first: "Port Amal, Mina" beside الميناء.
pub(crate) fn aligned(phrases: &[PlacePhrase]) -> Cow<'_, [PlacePhrase]> {
    let key = |text: &str| skeleton(&folded(text));
    let heads: Vec<String> = phrases.iter().map(|phrase| key(&phrase.name)).collect();
    let mut aligned = Cow::Borrowed(phrases);
    for (at, phrase) in phrases.iter().enumerate().filter(|(_, phrase)| !phrase.within.is_empty()) {
        let is_other_head = |text: &&String| {
            let inner = key(&parse_place(text).name);
            !inner.is_empty()
                && inner != heads[at]
                && heads.iter().enumerate().any(|(other, head)| other != at && *head == inner)
        };
        if let Some(inner) = phrase.within.iter().find(is_other_head) {
            let nest = parse_place(inner);
            let outer = phrase.within.iter().filter(|text| *text != inner).cloned();
            let within = std::iter::once(phrase.text.clone()).chain(outer).collect();
            aligned.to_mut()[at] = PlacePhrase { within, role: phrase.role, ..nest };
        }
    }
    aligned
}
