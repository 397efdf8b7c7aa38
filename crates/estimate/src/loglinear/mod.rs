//! Log-linear models of the counts of capture histories (Fienberg 1972; Cormack 1989): Poisson counts, a term for each
//! list and for some sets of lists, and the cell of those on no list read off the intercept.

mod bootstrap;
mod cells;
mod exists;
mod fit;
pub(crate) mod linear;
mod model;
mod profile;
mod select;
mod stepwise;

pub use bootstrap::{Bootstrap, bias_corrected, resampled};
pub use cells::CellCounts;
pub use exists::{Existence, existence};
pub use fit::{Fit, fit};
pub use model::{Model, hierarchical, members};
pub use profile::{Profile, profile_interval};
pub use select::{Average, Criterion, Selection, select, select_among};
pub use stepwise::{Stepwise, stepwise};

/// The most lists for which log-linear models are fitted: every cell of the table is then held in memory.
pub const MOST_LISTS_LOGLINEAR: usize = 10;
/// The most lists for which all hierarchical models are fitted.
pub const MOST_LISTS_ALL_MODELS: usize = 5;
