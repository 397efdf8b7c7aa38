//! Place phrases to places with a precision, times as said with an anchor to dates and bounds.
//!
//! Nothing here reads a file, a clock or a network: the gazetteer is part of the program or comes as bytes.

mod candidates;
mod company;
mod container;
mod distance;
mod format;
mod hits;
mod named;
mod parts;
mod qualifiers;
mod remembered;
mod shape;
mod spellings;
mod weigh;
mod why;
mod words;
mod write;

pub mod answer;
pub mod crosswalk;
pub mod disagreement;
pub mod error;
pub mod gazetteer;
pub mod import;
pub mod keys;
pub mod memory;
pub mod phrase;
pub mod resolve;
pub mod times;

pub use answer::{Answer, Candidate};
pub use crosswalk::other_codes;
pub use disagreement::{Disagreement, disagreements, kilometres};
pub use error::{PlaceError, RowError};
pub use gazetteer::{Bytes, Gazetteer, Place, Scope};
pub use import::{Import, Imported};
pub use memory::{Confirmed, Memory};
pub use phrase::parse_place;
pub use resolve::{PlaceContext, explain_features, resolve, resolve_spellings};
pub use times::{Anchors, read_period, read_time};
pub use why::{why_in_words, why_of_coordinates};
