//! The names of things in a register folder: digests, origins, accounts, entries.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// The SHA-256 of some bytes, written as 64 lower-case hexadecimal digits.
///
/// ```
/// use sijil_archive::Digest;
/// let empty = Digest::of(b"");
/// assert!(empty.to_string().starts_with("e3b0c442"));
/// assert_eq!(empty.to_string().parse::<Digest>()?, empty);
/// # Ok::<(), sijil_archive::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest from its 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::BadDigest { text: text.to_owned() };
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(wrong());
        }
        let bytes = hex::decode(text).map_err(|_| wrong())?;
        Ok(Self(bytes.try_into().map_err(|_| wrong())?))
    }
}

impl TryFrom<String> for Digest {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// One installation of sijil: one key, one log. Sixteen letters and digits derived from its first key.
///
/// The name is the first 80 bits of the SHA-256 of the public key, in base 32 (`0-9a-v`), so that a key can be
/// checked against the name without asking anybody.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OriginId(String);

const ORIGIN_LENGTH: usize = 16;
const ORIGIN_DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

impl OriginId {
    /// The origin whose first public key this is.
    pub fn of_key(public_key: &[u8; 32]) -> Self {
        let hash = Sha256::digest(public_key);
        let mut name = String::with_capacity(ORIGIN_LENGTH);
        for five_bytes in hash[..10].chunks(5) {
            let bits = five_bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
            for digit in (0..8).rev() {
                name.push(char::from(ORIGIN_DIGITS[(bits >> (digit * 5) & 31) as usize]));
            }
        }
        Self(name)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the origin's log in checkpoints: `sijil/ORIGIN`.
    pub fn log_name(&self) -> String {
        format!("sijil/{}", self.0)
    }
}

impl fmt::Display for OriginId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OriginId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OriginId({self})")
    }
}

impl FromStr for OriginId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let valid = text.len() == ORIGIN_LENGTH && text.bytes().all(|byte| ORIGIN_DIGITS.contains(&byte));
        if valid { Ok(Self(text.to_owned())) } else { Err(Error::BadOrigin { text: text.to_owned() }) }
    }
}

impl TryFrom<String> for OriginId {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<OriginId> for String {
    fn from(origin: OriginId) -> Self {
        origin.0
    }
}

/// The pseudonymous account that an entry names as its author: 1 to 64 letters, digits, `-`, `_` or `.`.
///
/// It lives in the body, never in the leaf, so a published log names nobody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

impl AccountId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AccountId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let valid = (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if valid { Ok(Self(text.to_owned())) } else { Err(Error::BadAccount { text: text.to_owned() }) }
    }
}

impl TryFrom<String> for AccountId {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<AccountId> for String {
    fn from(account: AccountId) -> Self {
        account.0
    }
}

/// What the archive itself writes (evidence lists, seen logs) is authored by the origin.
impl From<&OriginId> for AccountId {
    fn from(origin: &OriginId) -> Self {
        Self(origin.0.clone())
    }
}

/// An entry: the log that it is in, and its index there, from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryRef {
    /// The log.
    pub origin: OriginId,
    /// The index in that log.
    pub index: u64,
}

impl EntryRef {
    /// Entry `index` of `origin`.
    pub fn new(origin: &OriginId, index: u64) -> Self {
        Self { origin: origin.clone(), index }
    }
}

impl fmt::Display for EntryRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.origin, self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_strict() {
        let text = Digest::of(b"abc").to_string();
        assert_eq!(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(text.to_uppercase().parse::<Digest>().is_err());
        assert!(text[1..].parse::<Digest>().is_err());
    }

    #[test]
    fn origins_come_from_keys() {
        let origin = OriginId::of_key(&[7; 32]);
        assert_eq!(origin.as_str().len(), 16);
        assert_eq!(origin.as_str().parse::<OriginId>().unwrap(), origin);
        assert_ne!(origin, OriginId::of_key(&[8; 32]));
        assert!("../../../../../etc".parse::<OriginId>().is_err());
    }

    #[test]
    fn accounts_are_short_and_plain() {
        assert!("recorder-1".parse::<AccountId>().is_ok());
        for wrong in ["", "a b", "مسجل", "a/b", &"x".repeat(65)] {
            assert!(wrong.parse::<AccountId>().is_err(), "{wrong}");
        }
    }
}
