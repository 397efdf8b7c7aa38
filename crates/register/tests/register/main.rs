//! The register as a whole: what is written comes back, the same after every rebuild, and as of every earlier position.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

mod adopting;
mod deciding;
mod erasing;
mod history;
mod linking;
mod meeting;
mod membership;
mod rejecting;
mod sealed;
mod searching;
mod strikes;
