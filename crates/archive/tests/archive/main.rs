//! Whole registers on disk: made, read, crashed, filled, tampered with, erased from, exchanged, sealed.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and prints its counts"
)]

mod against_another_log;
mod basics;
mod crash;
mod erasure;
mod faults;
mod keys;
mod meeting;
mod sealed;
mod support;
mod tamper;
