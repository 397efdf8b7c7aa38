//! The desk without a socket: who gets in, what its pages show in both languages, and what its forms do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where something that it needs is missing"
)]

mod conclusions;
mod door;
mod forms;
mod pages;
#[path = "../support/mod.rs"]
mod support;
mod visitor;
