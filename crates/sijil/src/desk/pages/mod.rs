//! The pages: a file is named for its address, a function for what it does there.

pub mod aggregates;
pub mod claim;
pub mod contested;
pub mod document;
pub mod entry;
pub mod figure;
pub mod figures;
pub mod incident;
pub mod lists;
pub mod log;
pub mod person;
pub mod review;
pub mod search;
pub mod sources;
