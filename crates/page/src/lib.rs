//! How a page is made: words in two languages, view structs, templates, one stylesheet, small exact pictures.
//!
//! The review desk and the published site share everything here; what differs is their [`Frame`] (which ground the
//! page stands on, where its links lead) and what the program fills into the views. No file, no SQL and no HTTP:
//! templates, words and the stylesheet are part of the program, and whoever wants other templates hands them over.
//!
//! What protects a reader: every value is escaped; every name, quote and number stands in a `<bdi>` or a block with
//! `dir="auto"`; invisible direction controls in a value are shown as `[U+202E]` and never obeyed; there is no script
//! and no address outside the page's own ground.
//!
//! Numbers are written in Western digits in both languages, grouped by commas (1,234), because the sources, the
//! tables and the data files beside a page use them and a reader must be able to compare them digit by digit.

mod bar;
mod claims;
mod dates;
mod error;
mod frame;
mod functions;
mod html;
mod links;
mod numbers;
mod pages;
mod quotes;
mod search;
mod text;
pub mod view;
mod words;

pub use dates::dates_apart;
pub use error::PageError;
pub use frame::{Frame, Ground, Section};
pub use links::{Download, Links};
pub use pages::{Page, Pages, STYLESHEET, template_names};
pub use quotes::sentence_around;
pub use search::{Piece, highlight, snippet};
pub use text::{MarkedText, mark_up};
pub use words::{Argument, RuleWords, Speech, Words};
