//! From the overlaps of lists: how many people are on none of them, or why nobody can say.
//!
//! Everything is values in, values out: a [`CaptureTable`], settings with a seed, and back come numbers, draws and reasons.
//! The same arguments give the same bits on any machine and with any number of threads.

mod assumption;
mod captures;
pub mod chao;
pub mod combine;
pub mod density;
pub mod dga;
mod differing;
mod error;
pub mod highest;
pub mod lcmcr;
mod left_out;
pub mod loglinear;
pub mod methods;
pub mod overlaps;
mod random;
mod regression;
mod sensitivity;
mod special;
pub mod summary;
mod table;
pub mod verdict;
mod watch;

pub use captures::{Captures, Weighted, read_captures};
pub use error::{EstimateError, Result};
pub use random::RandomStream;
pub use table::{CaptureTable, MOST_LISTS, MOST_PEOPLE, pairs};
pub use watch::{Step, Unwatched, Watch};
