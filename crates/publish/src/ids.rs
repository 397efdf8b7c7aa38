//! Names of things in releases: HMAC-SHA256 under a secret of the register, so that none can be guessed or tested.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sijil_archive::{AccountId, Clock};
use sijil_register::{Event, Register};

use crate::error::{PublishError, Result};

/// The setting that names the evidence blob that holds the secret. The blob travels with the register, never with a
/// release.
pub const KEY_SETTING: &str = "publish.key";

/// Makes names under one secret.
#[derive(Clone)]
pub struct OpaqueIds {
    key: [u8; 32],
}

impl OpaqueIds {
    /// Names under this secret.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// Names under the register's secret; makes one, as an entry, where it has none.
    ///
    /// # Errors
    /// Those of the register; a secret that is not 32 bytes.
    pub fn of_register(register: &mut Register, author: &AccountId, clock: &dyn Clock) -> Result<Self> {
        let known = register.view().setting(KEY_SETTING, None)?;
        let name = match known {
            Some(name) => name,
            None => {
                let key: [u8; 32] = rand::random();
                register.write(author, clock, |writing| {
                    let name = writing.keep(&key)?;
                    writing
                        .say(Event::SettingChanged { key: KEY_SETTING.to_owned(), value: name.clone() })?;
                    Ok(name)
                })?
            }
        };
        let key = register.blob(&name)?;
        let key = key.try_into().map_err(|_| {
            PublishError::Format(format!(
                "the setting {KEY_SETTING} names no secret of 32 bytes; run `sijil verify`"
            ))
        })?;
        Ok(Self { key })
    }

    /// The name of a thing: its kind's letter and 32 hexadecimal digits.
    pub fn of(&self, kind: char, parts: &[&str]) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else {
            unreachable!("HMAC takes a secret of any length")
        };
        mac.update(&[kind as u8]);
        for part in parts {
            // Lengths keep ("ab", "c") and ("a", "bc") apart.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        format!("{kind}{}", hex::encode(&mac.finalize().into_bytes()[..16]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_depend_on_the_secret_the_kind_and_every_part() {
        let ids = OpaqueIds::new([1; 32]);
        let name = ids.of('i', &["a", "bc"]);
        assert_eq!(name, ids.of('i', &["a", "bc"]));
        assert_eq!(name.len(), 33);
        for other in [
            ids.of('i', &["ab", "c"]),
            ids.of('p', &["a", "bc"]),
            OpaqueIds::new([2; 32]).of('i', &["a", "bc"]),
        ] {
            assert_ne!(name, other);
        }
    }
}
