//! What the world may see: disclosure control, site, CSV, JSON, proofs.
//!
//! A release is a folder of files that opens without a program and without script. What goes into it passes two gates:
//! *who* stands behind it (cleared by one person, signed off by another: [`gate`]), and *what* it would tell about whom
//! ([`policy`]: a table, and [`policy::Public`] values that only the policy makes). Whatever passes neither is withheld
//! and said to be, by its kind; whatever is counted stays counted.
//!
//! `docs/publishing.md` tells all of this to those who publish and to those who check.

mod claims;
mod contacts;
mod contested;
mod documents;
pub mod error;
mod figures;
mod files;
mod folder;
pub mod gate;
pub mod ids;
mod incidents;
mod make;
mod people;
pub mod policy;
mod proofs;
mod rates;
mod rules;
mod site;
mod tables;
mod texts;
mod typed;
mod verify;

pub use error::{PublishError, Result};
pub use gate::{Missing, Reason};
pub use make::{OpenError, Released, Surroundings, missing, publish};
pub use policy::{PlaceName, small};
pub use rules::rules_as_data;
pub use typed::Typed;
pub use verify::{Checked, is_release, verify_release};
