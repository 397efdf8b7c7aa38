//! Which claims are about the same person, and which documents are reposts. The first cut: what is certain enough
//! to be done without asking; everything else is left to a person's judgement.
//!
//! Pure: the program looks candidates up and hands them in.

pub mod people;
pub mod reposts;

/// The linker's name, as runs record it.
pub const LINKER: &str = "sijil-names";

/// Its version: another one may link otherwise.
pub const VERSION: &str = "1";

pub use people::{Listed, Match, same_person};
pub use reposts::repost_key;
