//! The program: reads the command line and hands over. What commands do is in `commands/`.
//!
//! It is a library only so that its tests can reach it; nothing else should.
#![allow(
    missing_docs,
    reason = "nobody but this program's own tests uses it; functions that are not plain say what they do"
)]

pub mod arguments;
pub mod asking;
pub mod checking;
pub mod commands;
pub mod contract;
pub mod demo;
pub mod desk;
pub mod entering;
pub mod erasing;
pub mod estimating;
pub mod failure;
pub mod grading;
pub mod kept_here;
pub mod linking;
mod mapped;
pub mod reporting;
pub mod searching;
pub mod session;
pub mod stages;
pub mod terminal;
pub mod typed;

use std::process::ExitCode;

use clap::Parser;

/// Does what the command line says; the exit code is the contract's.
pub fn run() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match commands::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
