//! What many pages are made of: titles, claims with their words, questions in words, proofs, notices.

pub mod acts;
pub mod excerpt;
pub mod lines;
pub mod notices;
pub mod proofs;
pub mod questions;
pub mod reports;
pub mod shelf;
pub mod sums;
pub mod titles;
