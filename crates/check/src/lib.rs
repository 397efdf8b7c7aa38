//! What people get wrong in figures: the arithmetic of prose, in English and Arabic.
//!
//! The stages, each in a file of its name: `blocks` cuts a text into paragraphs, tables and lists; `tokens`,
//! `prefixes`, `numbers`, `dates` and `amounts` read numbers with their hedges; `passage` makes a paragraph a line of
//! symbols, by the words of `data/*.csv`; `shares`, `sums`, `gathered`,
//! `exceptions`, `changes`, `rates` and `populations` are the rules over such lines,
//! `grid` and `tables` over tables. A number is everything that it may stand for (`arithmetic`), and a finding needs
//! two of them that cannot meet. Nothing here knows a register, and nothing is random.

mod amounts;
mod arithmetic;
mod blocks;
mod changes;
mod classes;
mod dates;
mod draft;
mod exceptions;
mod finding;
mod gathered;
mod grid;
mod lexicon;
mod numbers;
mod passage;
mod populations;
mod prefixes;
mod prose;
mod rates;
mod shares;
mod sums;
mod tables;
mod tokens;

pub use finding::{Finding, Kind, Severity};
pub use prose::{check, symbols};
