//! What names were found to mean: a text names the same towns over and over, and each of them is weighed beside all
//! others.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::hits::Hit;

/// Names that are kept; when there are more, all begin anew.
const MOST: usize = 1 << 12;

/// How a name was looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Look {
    /// By spelling, sound and a letter away.
    Alike,
    /// By its folded spelling alone.
    Same,
}

/// A look-up: how, of what name, in which country.
type Asked = (Look, Option<String>, String);

/// What the look-ups of one gazetteer found.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<FxHashMap<Asked, Arc<[Hit]>>>);

impl Remembered {
    /// What was found before, else what `find` finds.
    pub fn or_find(
        &self,
        look: Look,
        name: &str,
        country: Option<&str>,
        find: impl FnOnce() -> Vec<Hit>,
    ) -> Vec<Hit> {
        let asked = (look, country.map(str::to_owned), name.to_owned());
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&asked).cloned();
        if let Some(known) = known {
            return known.to_vec();
        }
        let found = find();
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert(asked, Arc::from(found.as_slice()));
        found
    }
}
