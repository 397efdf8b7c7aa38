//! Names: a name as printed is split into given name, father, grandfather and family; each part has a folded form that
//! is compared and a skeleton that brings candidates together. The name as printed is never changed.

mod close;
mod full;
mod parts;
mod skeleton;
mod transliterate;
mod words;

pub use close::{Closeness, Shape, closeness};
pub use full::full_name;
pub use parts::{Kin, NameParts, parts_of_columns, parts_of_name};
pub use skeleton::skeleton;
pub use transliterate::spelling_cost;
pub use words::{one_word, split_words};

/// Whether a folded word is written in Arabic letters.
pub fn is_arabic(word: &str) -> bool {
    word.chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter))
}
