//! Text to claims, in English and Arabic; place phrases stay phrases.
//!
//! The stages, each in a file or folder of its name: `tokens` and `sentences` cut the text (`chrome` marks what is
//! furniture of a web page); `lexicon` finds the words of the field, from `data/*.csv`; `times`, `actors`, `places`,
//! `names`, `numbers` and `groups` read phrases; `harm` says who suffered what; `attribution`, `sites`, `speech` and
//! `aggregates` read the rest of a sentence, `breakdowns` what an earlier total is made of, `entries` headings of day and
//! place, `testimony` the head over what a witness tells; `scenes` and `incidents` put sentences together; `write` makes claims.
//! Nothing here knows a date, a gazetteer (but for countries and well-known cities of the world in Arabic, whose names
//! are words of the language: `data/world.csv`) or another document, and nothing is random: the same text gives the same
//! claims, byte for byte. A text of any size is read in windows of bounded size, so that time stays linear.

use std::sync::Arc;

use sijil_model::{Actor, Claim, ClaimId, DocumentId, Language, Span};

mod actors;
mod aggregates;
mod attribution;
mod beside_the_dead;
mod breakdowns;
mod chrome;
mod corrections;
mod entries;
pub mod error;
mod groups;
mod harm;
mod incidents;
mod lexicon;
pub mod list;
mod lists_in_text;
mod names;
mod numbers;
mod people;
mod places;
mod posted;
mod scenes;
mod sense;
mod sentences;
pub mod sheet;
mod sites;
mod speech;
mod testimony;
mod times;
mod tokens;
mod window;
mod windows;
mod word_forms;
mod word_lists;
mod write;

pub use list::{
    DayOrder, Doubt, FullName, ListColumns, ListRow, day_of_list, doubts_in_row, is_looked_at,
    people_of_list, says_nothing,
};
pub use times::{times_in, turns_of_time};

/// The name of these rules, as runs record it.
pub const EXTRACTOR: &str = "sijil-rules";
/// Their version; a text read by the same version gives the same claims.
pub const VERSION: &str = "1";

/// Names that are known to be places, to help where words alone do not say it.
pub trait PlaceNames: Send + Sync {
    /// Whether this folded name (see [`sijil_model::fold::fold`]) is a place.
    fn is_place(&self, folded: &str) -> bool;
}

/// Reads texts with one table of actors.
pub struct Extractor {
    actors: actors::ActorTable,
    places: Option<Arc<dyn PlaceNames>>,
}

/// One part of a document, as it is to be read. Its publication date is absent on purpose: claims never rest on it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The document.
    pub document: &'a DocumentId,
    /// Its text; spans are relative to it.
    pub text: &'a str,
    /// Its language, where known; otherwise the script decides.
    pub language: Option<Language>,
    /// The country it is about, ISO 3166-1 alpha-2; not used by these rules, which know no country.
    pub country: Option<&'a str>,
}

/// What a text says.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// The language that most of it is in.
    pub language: Language,
    /// Claims: incidents in order of importance, each with what is about it; then claims about many incidents; then
    /// sources, positions, quotes and times that are about none.
    pub claims: Vec<Claim>,
    /// Everything named, harmed or not.
    pub mentions: Mentions,
    /// Which rule made each claim, in order, and what was considered and left out.
    pub derivation: Vec<Step>,
}

/// Spans of everything named: whole words as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// People.
    pub persons: Vec<Span>,
    /// Places, with their head word.
    pub places: Vec<Span>,
    /// Organisations.
    pub organisations: Vec<Span>,
    /// Times.
    pub dates: Vec<Span>,
    /// Arms and attacks by their arms.
    pub weapons: Vec<Span>,
}

/// One step of a derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The claim it made; none where something was left out.
    pub claim: Option<ClaimId>,
    /// The rule, lower-case words joined by `-`.
    pub rule: &'static str,
    /// The words.
    pub said: String,
}

impl Extractor {
    /// An extractor for a register's actors.
    pub fn new(actors: &[Actor]) -> Self {
        Self { actors: actors::ActorTable::new(actors), places: None }
    }

    /// The same with the help of known names of places.
    pub fn with_places(self, places: Arc<dyn PlaceNames>) -> Self {
        Self { places: Some(places), ..self }
    }

    /// What a text says.
    pub fn extract(&self, report: &Report<'_>) -> Extraction {
        windows::extract(&self.actors, report, self.places.as_deref())
    }
}
