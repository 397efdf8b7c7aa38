//! The words of sijil as types that cannot say nonsense.
//!
//! Nothing here reads a file, a clock or a network; every other crate may use this one and it uses none of them.
//! The glossary in ARCHITECTURE.md says what each word is and is not.

pub mod actor;
pub mod chat;
pub mod claim;
pub mod codebook;
pub mod date;
pub mod error;
pub mod fold;
pub mod id;
pub mod interval;
pub mod place;
pub mod quantity;
pub mod sentence;
pub mod span;
pub mod units;
pub mod words;

pub use actor::{Actor, ActorCode};
pub use claim::{Basis, Claim, Content, Modality, Polarity};
pub use codebook::{Coded, Language};
pub use date::{Anchor, Bounds, Day, Edtf, Relative, TimeExpression, When};
pub use error::ModelError;
pub use id::*;
pub use interval::{Interval, Sum, Upper};
pub use place::{PlacePhrase, Where};
pub use quantity::{Quantity, Said};
pub use span::{Quoted, Span};
