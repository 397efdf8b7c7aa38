//! The invariants of a register or a release: what the pure checker needs is read, and what only texts and the
//! database show is looked at here.

mod places;
mod register;
mod release;
mod texts;

pub use register::register;
pub use release::release;
