//! The register: a folder whose truth is the archive and whose view is one SQLite file. The only place with SQL.
//!
//! State is a function of the log: at position *p* it is our entries before *p*, and others' up to the sizes that they
//! had been seen at. [`View`] takes entries in batch by batch; deleting the file and taking them in again gives the same.
//!
//! What this crate does not do: read documents, extract, look up places or link. The program does that and hands
//! results in as entries ([`Event`]) and blobs ([`results`]).

pub mod error;
pub mod event;
pub mod results;

pub mod ask;
mod records;
mod register;
mod view;

pub use error::{RegisterError, Result};
pub use event::Event;
pub use records::{Field, NO_INCIDENT, parse_interval};
pub use register::{Register, Writing, remove_plaintext};
pub use view::{Blobs, View};
