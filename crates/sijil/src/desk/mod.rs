//! The review desk: the register in a browser on this computer. It follows the log as it grows, and adds to it.
//!
//! A request comes through the `door` (who may enter, and whether a form is ours), is turned into a `visit` (which
//! page, which language), and answered by a page of `pages/` that fills a view of `sijil-page` from the register, or by
//! a form of `forms/` that says something and leads back. One register, one lock: a page is made off the async threads
//! while it holds the register, and every page first takes in what others appended.

mod answer;
mod door;
mod forms;
mod pages;
mod parts;
mod router;
mod said;
mod serve;
mod viewing;
mod visit;
mod work;

pub use router::router;
pub use serve::serve;
pub use work::Desk;
