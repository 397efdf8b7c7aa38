//! Why a candidate is one: kept as facts while many are weighed, put in words for the few that are shown.

use sijil_model::codebook::{Coded, Language, PlacePrecision, label};

use crate::candidates::Gathering;
use crate::container::{Container, Outside};

/// One reason.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Why {
    /// A sentence of its own.
    Plainly(&'static str),
    /// It is of another kind than the text says.
    OtherKind { found: PlacePrecision, said: PlacePrecision },
    /// Where it lies by what the phrase or its report puts it in; a position in [`Gathering::containers`].
    Lies { container: usize, outside: Outside },
    /// The phrase's own name is not known, and this is the place around it, or near it.
    StandsFor(&'static str),
    /// It was found by what a container says; a position in [`Gathering::containers`].
    As { container: usize },
}

/// All reasons in one line.
pub(crate) fn in_words(whys: &[Why], gathering: &Gathering<'_>) -> String {
    let words: Vec<String> = whys.iter().map(|why| why.in_words(gathering)).collect();
    words.join("; ")
}

impl Why {
    fn in_words(self, gathering: &Gathering<'_>) -> String {
        match self {
            Why::Plainly(words) => words.to_owned(),
            Why::OtherKind { found, said } => {
                format!("a {}, where the text says {}", name(found), name(said))
            }
            Why::Lies { container, outside } => {
                gathering.containers.get(container).map_or_else(String::new, |around| lies(around, outside))
            }
            Why::StandsFor(what) => format!("{} is not in the gazetteer; this is {what}", gathering.said()),
            Why::As { container } => {
                let said = gathering.containers.get(container).map(|around| around.said.as_str());
                format!("as {}", said.unwrap_or_default())
            }
        }
    }
}

fn lies(container: &Container, outside: Outside) -> String {
    let said = &container.said;
    match outside {
        Outside { is_itself: true, .. } => format!("{said} itself"),
        Outside { from_area: true, kilometres: 0.0, .. } => format!("in {said}"),
        Outside { from_area: true, kilometres, .. } => format!("{} km outside {said}", kilometres.round()),
        Outside { kilometres, .. } => format!("{} km from {said}", kilometres.round()),
    }
}

fn name(kind: PlacePrecision) -> &'static str {
    label(PlacePrecision::VOCABULARY, kind.code(), Language::En).unwrap_or(kind.code())
}
