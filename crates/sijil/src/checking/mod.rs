//! The invariants of a register or a release: what the pure checker needs is read, and what only texts and the
//! database show is looked at here. Figures that a text quotes are held against either.

mod against;
mod places;
mod register;
mod release;
mod texts;

pub use against::{Against, Compared};
pub use register::{of_incident, register};
pub use release::release;
