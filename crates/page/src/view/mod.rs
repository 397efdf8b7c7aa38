//! What the pages show: one struct a page, filled by the desk and by publishing, worded and laid out here.
//!
//! Numbers, dates and codes come as the model's types and are worded for the reader; links come as ready strings
//! (see [`crate::Links`]), `None` where the ground has no such page. What may not be shown is [`Shown::Withheld`] with
//! the kind of reason, so that a gap is always visible as a gap.

mod claim;
mod document;
mod figure;
mod forms;
mod incident;
mod log;
mod parts;
mod person;
mod rate;
mod register;
mod review;
mod site;

pub use claim::*;
pub use document::*;
pub use figure::*;
pub use forms::*;
pub use incident::*;
pub use log::*;
pub use parts::*;
pub use person::*;
pub use rate::*;
pub use register::*;
pub use review::*;
pub use site::*;
