//! A value that the world may see. Only the policy makes one.

use serde::{Serialize, Serializer};

/// A value that disclosure control has let through.
///
/// There is no way to make one outside this module's parent, and files of a release take nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Public<T>(T);

impl<T> Public<T> {
    /// Lets a value through: for the policy alone.
    pub(super) fn new(value: T) -> Self {
        Self(value)
    }

    /// The value.
    pub fn get(&self) -> &T {
        &self.0
    }

    /// The value, taken out.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Serialize> Serialize for Public<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(out)
    }
}
