//! `sijil link`: on files, whose lists are read, linked and written as the contract says; and in a register.

pub mod audit;
pub mod explaining;
pub mod in_register;
pub mod incidents;
pub mod judgements;
pub mod lists;
pub mod place_names;
pub mod reviewing;
pub mod telling;
pub mod truth;
pub mod write;
