//! The JSON of the contract, where it is more than a type written out.

pub mod extraction;
