//! Which rows and claims are about the same person, which reports are about the same strike, and which documents are
//! reposts of another.
//!
//! Pure: the program reads files and the register and hands rows, claims and texts in.

mod error;
pub mod incidents;
mod joined;
pub mod names;
pub mod people;
pub mod reposts;
pub mod same_name;
mod why;

pub use error::LinkError;
pub use joined::Joined;
pub use reposts::repost_key;
pub use same_name::{Listed, Match, same_person};
pub use why::why_in_words;

/// The linker's name, as runs record it.
pub const LINKER: &str = "sijil-names";

/// Its version: another one may link otherwise.
pub const VERSION: &str = "2";
