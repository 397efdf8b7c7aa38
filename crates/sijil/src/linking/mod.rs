//! `sijil link` on files: lists are read, linked, and written as the contract says.

pub mod audit;
pub mod explaining;
pub mod in_register;
pub mod incidents;
pub mod judgements;
pub mod lists;
pub mod reviewing;
pub mod truth;
pub mod write;
