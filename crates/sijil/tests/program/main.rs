//! The program as people use it: whole commands on registers of their own, watched from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop where something that it needs is missing, and says what it skipped"
)]

#[path = "../support/mod.rs"]
mod support;

mod backup;
mod bad_input;
mod checking;
mod counting;
mod crash;
mod documented;
mod doubts;
mod entering;
mod erasure;
mod erasure_beside;
mod estimating;
mod example;
mod importing;
mod linking;
mod linking_in_register;
mod newer_extractor;
mod opened;
mod places;
mod published;
mod rates;
mod refused;
mod sealed;
mod strikes;
mod surroundings;
mod tamper;
