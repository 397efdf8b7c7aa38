//! Releases of a made-up register: who stands behind them, what they tell, what they keep back, and how others check them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may stop where something that it needs is missing, and says what it skipped"
)]

mod check;
mod gate;
mod leak;
mod made;
mod recount;
mod release;
mod small;
mod writers;
