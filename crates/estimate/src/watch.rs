//! Somebody who watches a long run: is told how far it is, may stop it, and keeps what chains have done.

use crate::lcmcr::{Diagnostics, Unfinished};
use crate::methods::Method;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// A method begins.
    Begins(Method),
    /// Chains have made so many of their sweeps.
    Sweeps {
        /// Sweeps of each chain.
        done: usize,
        /// The most that they will make.
        most: usize,
        /// What was known of them when they were last compared.
        diagnostics: Option<Diagnostics>,
    },
}

/// Watches a run. Nothing that it is told or says changes a number of a run that it lets go on.
pub trait Watch: Sync {
    /// Told at every step; a run stops soon after false.
    fn goes_on(&self, step: &Step) -> bool {
        let _ = step;
        true
    }

    /// Chains as they stand, under a name that depends on the table, the settings and the version.
    fn keep(&self, name: &str, chains: &Unfinished) {
        let _ = (name, chains);
    }

    /// Chains that were kept under a name.
    fn kept(&self, name: &str) -> Option<Unfinished> {
        let _ = name;
        None
    }

    /// Chains of this name are finished.
    fn finished(&self, name: &str) {
        let _ = name;
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {}
