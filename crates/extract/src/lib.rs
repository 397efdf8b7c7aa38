//! Text to claims, in English and Arabic; place phrases stay phrases.
mod actors;
mod aggregates;
mod attribution;
mod chrome;
mod error;
mod groups;
mod harm;
mod lexicon;
mod lists_in_text;
mod names;
mod numbers;
mod people;
mod places;
mod scenes;
mod sense;
mod sentences;
mod sites;
mod speech;
mod times;
mod tokens;
mod window;

/// Names that are known to be places, to help where words alone do not say it.
pub trait PlaceNames {
    /// Whether this folded name (see [`sijil_model::fold::fold`]) is a place.
    fn is_place(&self, folded: &str) -> bool;
}
