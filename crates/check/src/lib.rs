//! What people get wrong in figures: the arithmetic of prose, in English and Arabic, and the invariants of records.
//!
//! The stages, each in a file of its name: `blocks` cuts a text into paragraphs, tables and lists; `tokens`, `money`,
//! `prefixes`, `numbers`, `labels`, `dates`, `clock`, `measures`, `wordy_shares` and `amounts` read numbers with their
//! hedges; `passage` and `symbols` make a paragraph a line of symbols, by the words of `data/*.csv` (`lexicon`, and
//! `cues` for single rules), in which `ellipsis` gives numbers the unit that is said once for two; `shares`, `sums`,
//! `exceptions`, `changes` (with `elsewhere` and `bases`) and `rates` are the rules over such lines, `derived` those that
//! need no word for what is counted, `grid`, `tables`, `relations` and `formulas` over tables, `beside` and `claims` what
//! a paragraph says of their totals and rows. A number is everything that it may stand for (`arithmetic`), and a finding
//! needs two of them that cannot meet, and of which `ties` knows that they are of one matter. [`Documented`] holds a
//! quoted figure against what is documented, [`invariants`] says what must hold in a register and in a release. Nothing
//! here reads a file or a database, and nothing is random.

mod amounts;
mod arithmetic;
mod bases;
mod beside;
mod blocks;
mod changes;
mod claims;
mod classes;
mod clock;
mod cues;
mod dates;
mod derived;
mod draft;
mod ellipsis;
mod elsewhere;
mod exceptions;
mod factors;
mod finding;
mod formulas;
mod grid;
mod hedges;
pub mod invariants;
mod labels;
mod lexicon;
mod measures;
mod money;
mod numbers;
mod passage;
mod prefixes;
mod prose;
mod quoted;
mod rates;
mod relations;
mod retellings;
mod shares;
mod sums;
mod symbols;
mod tables;
mod ties;
mod tokens;
mod wordy_shares;

pub use finding::{Finding, Kind, Severity};
pub use prose::{Told, check, first_number, symbols};
pub use quoted::{Disagreement, Documented};
