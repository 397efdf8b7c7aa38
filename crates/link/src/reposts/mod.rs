//! Reposts: documents with the same words, or nearly, however they are framed, cut, or spelt. Five copies are one origin;
//! being outside a group proves no independence.

mod key;
mod near;
mod notices;
mod page;

pub use key::repost_key;
pub use near::origins;
pub(crate) use page::own_lines;
