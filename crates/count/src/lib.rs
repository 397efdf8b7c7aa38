//! Claims, decisions and a rule set to intervals, figures and reconciliations.
//!
//! Pure: values in, values out. [`rules`] turns words into numbers, [`mod@casualties`] turns the tellings of one incident
//! into its rows, [`count()`] turns incidents and a [`Question`] into a [`Figure`], [`reconcile`] sets claims about many
//! incidents beside what is documented, and [`Printed`] says an interval in words without closing an open end.
//! How a figure is made is told in plain words in `docs/figures.md`, whose examples are tested.

pub mod as_one;
pub mod casualties;
mod cell;
mod claimed;
mod combine;
mod compact;
pub mod contested;
mod counting;
mod decided;
mod denominator;
mod documented;
mod error;
pub mod figure;
pub mod grading;
pub mod incident;
mod key;
mod membership;
pub mod moved;
pub mod named;
mod parse;
mod parts;
mod presumed;
pub mod printed;
pub mod question;
pub mod rate;
pub mod reconcile;
mod rows;
pub mod rules;
pub mod sensitivity;
mod standing;
mod status_from;

pub use as_one::AsOne;
pub use casualties::{CasualtyRow, casualties};
pub use cell::{Contradiction, SetAside, WhyAside};
pub use contested::{Contested, ContestedKind, Says, Side as ContestedSide, Stance};
pub use counting::Counting;
pub use denominator::NoRate;
pub use error::CountError;
pub use figure::{Beside, Excluded, ExclusionReason, Figure, Record, Tally, Watched, count};
pub use grading::{Independent, Proposal, Unmet, Voice, proposal};
pub use incident::{
    Attributed, DecidedNumber, Decisions, Disputed, Incident, LeftOut, NamedPerson, OnList, Placed,
    Statement, StatusFrom, Telling,
};
pub use moved::{Moved, MovedRecord, Sums, moved};
pub use named::{DRAWS, Doubt, Named};
pub use parse::{Words, period, rate_of};
pub use presumed::presume_ages;
pub use printed::Printed;
pub use question::{By, GradingAsked, Question, Standing, Undated};
pub use rate::{Population, Rate, per_in_words};
pub use reconcile::{AggregateClaim, Area, Reconciled};
pub use rows::Row;
pub use rules::{Reading, RuleSet, rule_text};
pub use sensitivity::{Choice, sensitivity};
pub use status_from::Teller;
