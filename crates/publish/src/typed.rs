//! Words that people typed, for what is shown outside the desk without a clearing: no name of anybody whom the register
//! protects, and of nobody who was harmed.

use std::collections::BTreeSet;

use sijil_page::Words;
use sijil_register::Register;

use crate::error::Result;
use crate::make::Surroundings;
use crate::people::People;
use crate::policy::{Protected, Redacted, Table};

/// Takes names out of typed words.
pub struct Typed {
    protected: Protected,
    words: Words,
}

impl Typed {
    /// The names of a register as if no incident were cleared.
    ///
    /// # Errors
    /// Those of the register.
    pub fn of(register: &Register, around: &dyn Surroundings) -> Result<Self> {
        let people = People::of(register, around, &BTreeSet::new(), &Table::built_in()?)?;
        Ok(Self { protected: people.protected, words: Words::built_in()? })
    }

    /// The words with every such name taken out and typed: `[withheld: a protected witness speaks]`.
    pub fn without_names(&self, text: &str) -> String {
        Redacted::new(text, self.protected.find(text), &self.words).text
    }
}
