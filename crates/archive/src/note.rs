//! C2SP signed notes, checkpoints and verifier keys, with Ed25519; decoded strictly.
//!
//! A checkpoint is three lines (log name, size, root in base64), for a key change a fourth (`next-key VKEY`), an empty
//! line, and one signature line. Everything else is refused, so no byte of a checkpoint can be changed unseen.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::ids::{Digest, OriginId};

const ED25519: u8 = 1;
const NEXT_KEY: &str = "next-key ";
const FIRST_OF_PROOF: &str = "c2sp.org/";

/// What a log's owner signs: "my log has this many entries, and this root".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log.
    pub origin: OriginId,
    /// The number of entries.
    pub size: u64,
    /// The RFC 6962 root of these entries.
    pub root: Digest,
    /// The signed note, as it lies in the folder and as it is handed to a witness.
    pub text: String,
}

impl Checkpoint {
    /// The parts of a checkpoint's text. The signature is checked by [`VerifyingKey::check`], not here.
    ///
    /// # Errors
    /// [`Error::BadNote`] when the text is not exactly a checkpoint of one of our logs with one signature.
    pub fn parse(text: &str) -> Result<Self> {
        let note = Note::parse(text)?;
        Ok(Self { origin: note.origin, size: note.size, root: note.root, text: text.to_owned() })
    }

    /// Signs a size and a root.
    pub(crate) fn sign(key: &SigningKey, size: u64, root: Digest, next_key: Option<&VerifyingKey>) -> Self {
        let origin = key.public.origin.clone();
        let mut body =
            format!("{}\n{size}\n{}\n", origin.log_name(), BASE64_STANDARD.encode(root.as_bytes()));
        if let Some(next) = next_key {
            body.push_str(&format!("{NEXT_KEY}{next}\n"));
        }
        let mut signature = key.public.key_id().to_vec();
        signature.extend_from_slice(&key.secret.sign(body.as_bytes()).to_bytes());
        let text = format!("{body}\n— {} {}\n", origin.log_name(), BASE64_STANDARD.encode(signature));
        Self { origin, size, root, text }
    }

    /// The key that follows, when this checkpoint hands the log over to a new one.
    pub(crate) fn next_key(&self) -> Result<Option<VerifyingKey>> {
        Ok(Note::parse(&self.text)?.next_key)
    }
}

/// A public key of a log, with the log's name; printed as a C2SP verifier key (`sijil/ORIGIN+hash+key`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    /// The log that the key signs.
    pub origin: OriginId,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifyingKey {
    /// The 32 bytes of the key.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Whether the origin is named after this very key, as it is for the first key of every log.
    pub(crate) fn is_first(&self) -> bool {
        OriginId::of_key(&self.to_bytes()) == self.origin
    }

    /// Checks a checkpoint's signature.
    ///
    /// # Errors
    /// [`Error::BadNote`] when it is of another log, by another key, or the signature does not hold.
    pub fn check(&self, checkpoint: &Checkpoint) -> Result<()> {
        let note = Note::parse(&checkpoint.text)?;
        if note.origin != self.origin {
            return Err(bad(format!("it is of the log {}, not {}", note.origin, self.origin)));
        }
        if note.key_id != self.key_id() {
            return Err(bad("it is signed by another key".to_owned()));
        }
        let signature = ed25519_dalek::Signature::from_bytes(&note.signature);
        let holds = self.key.verify_strict(note.body.as_bytes(), &signature);
        holds.map_err(|_| bad("the signature does not hold".to_owned()))
    }

    /// Checks a signed statement (see [`crate::Archive::sign_statement`]) and returns its lines.
    ///
    /// # Errors
    /// [`Error::BadNote`] when it is by another key, or the signature does not hold.
    pub fn check_statement<'note>(&self, note: &'note str) -> Result<&'note str> {
        let end =
            note.find("\n\n").ok_or_else(|| bad("there is no empty line before the signature".to_owned()))?;
        let (body, signed) = (&note[..=end], &note[end + 2..]);
        let (key_id, signature) = Note::parse_signature(signed, &self.origin.log_name())?;
        if key_id != self.key_id() {
            return Err(bad("it is signed by another key".to_owned()));
        }
        let signature = ed25519_dalek::Signature::from_bytes(&signature);
        self.key
            .verify_strict(body.as_bytes(), &signature)
            .map_err(|_| bad("the signature does not hold".to_owned()))?;
        Ok(body)
    }

    fn key_id(&self) -> [u8; 4] {
        let hash = Sha256::new()
            .chain_update(self.origin.log_name())
            .chain_update([b'\n', ED25519])
            .chain_update(self.to_bytes())
            .finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    fn from_parts(origin: OriginId, bytes: &[u8]) -> Result<Self> {
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| bad("a key has 32 bytes".to_owned()))?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes);
        Ok(Self { origin, key: key.map_err(|_| bad("these bytes are not an Ed25519 key".to_owned()))? })
    }
}

impl std::fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut data = vec![ED25519];
        data.extend_from_slice(&self.to_bytes());
        let (name, id) = (self.origin.log_name(), hex::encode(self.key_id()));
        write!(f, "{name}+{id}+{}", BASE64_STANDARD.encode(data))
    }
}

impl std::str::FromStr for VerifyingKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || bad("a key is written NAME+HASH+KEY".to_owned());
        let (name, rest) = text.split_once('+').ok_or_else(wrong)?;
        let (_, data) = rest.split_once('+').ok_or_else(wrong)?;
        let data = BASE64_STANDARD.decode(data).map_err(|_| wrong())?;
        let [ED25519, bytes @ ..] = data.as_slice() else { return Err(wrong()) };
        let key = Self::from_parts(origin_of(name)?, bytes)?;
        if key.to_string() == text { Ok(key) } else { Err(wrong()) }
    }
}

/// The secret half of a log's key, written in the form of Go's note package (`PRIVATE+KEY+NAME+HASH+KEY`).
#[derive(Clone)]
pub(crate) struct SigningKey {
    secret: ed25519_dalek::SigningKey,
    /// The public half.
    pub(crate) public: VerifyingKey,
}

const PRIVATE: &str = "PRIVATE+KEY+";

impl SigningKey {
    /// A new key for a log: an existing one's next, or the first of a new log that takes its name from it.
    pub(crate) fn generate(origin: Option<&OriginId>) -> Self {
        let secret = ed25519_dalek::SigningKey::from_bytes(&rand::random());
        let key = secret.verifying_key();
        let origin = origin.cloned().unwrap_or_else(|| OriginId::of_key(&key.to_bytes()));
        Self { secret, public: VerifyingKey { origin, key } }
    }

    /// A statement as a signed note: its lines, an empty line, and one signature line. What could be taken for a
    /// checkpoint, whose first line is a log's name, is refused, and so are texts that a note cannot hold.
    pub(crate) fn sign_statement(&self, text: &str) -> Result<String> {
        let lines =
            text.strip_suffix('\n').ok_or_else(|| bad("a statement ends with a line end".to_owned()))?;
        let unfit = |line: &str| line.is_empty() || line.chars().any(char::is_control);
        if lines.split('\n').any(unfit) || text.starts_with("sijil/") || text.starts_with(FIRST_OF_PROOF) {
            return Err(bad(
                "a statement has no empty lines and controls, and no log's name in front".to_owned()
            ));
        }
        let mut signature = self.public.key_id().to_vec();
        signature.extend_from_slice(&self.secret.sign(text.as_bytes()).to_bytes());
        Ok(format!("{text}\n— {} {}\n", self.public.origin.log_name(), BASE64_STANDARD.encode(signature)))
    }

    pub(crate) fn to_text(&self) -> String {
        let mut data = vec![ED25519];
        data.extend_from_slice(&self.secret.to_bytes());
        let (name, id) = (self.public.origin.log_name(), hex::encode(self.public.key_id()));
        format!("{PRIVATE}{name}+{id}+{}\n", BASE64_STANDARD.encode(data))
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        let wrong = || bad("a secret key is written PRIVATE+KEY+NAME+HASH+KEY".to_owned());
        let rest = text.strip_suffix('\n').and_then(|line| line.strip_prefix(PRIVATE)).ok_or_else(wrong)?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(_), Some(data)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong());
        };
        let data = BASE64_STANDARD.decode(data).map_err(|_| wrong())?;
        let [ED25519, seed @ ..] = data.as_slice() else { return Err(wrong()) };
        let secret = ed25519_dalek::SigningKey::from_bytes(seed.try_into().map_err(|_| wrong())?);
        let public = VerifyingKey { origin: origin_of(name)?, key: secret.verifying_key() };
        let key = Self { secret, public };
        if key.to_text() == text { Ok(key) } else { Err(wrong()) }
    }
}

/// A checkpoint taken apart.
struct Note<'text> {
    body: &'text str,
    origin: OriginId,
    size: u64,
    root: Digest,
    next_key: Option<VerifyingKey>,
    key_id: [u8; 4],
    signature: [u8; 64],
}

impl<'text> Note<'text> {
    fn parse(text: &'text str) -> Result<Self> {
        let end =
            text.find("\n\n").ok_or_else(|| bad("there is no empty line before the signature".to_owned()))?;
        let (body, signed) = (&text[..=end], &text[end + 2..]);
        let mut lines = body.lines();
        let (Some(name), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(bad("fewer than three lines".to_owned()));
        };
        let next_key = match (lines.next(), lines.next()) {
            (None, _) => None,
            (Some(line), None) => match line.strip_prefix(NEXT_KEY) {
                Some(key) => Some(key.parse()?),
                None => return Err(bad("an unknown fourth line".to_owned())),
            },
            _ => return Err(bad("more than four lines".to_owned())),
        };
        let (key_id, signature) = Self::parse_signature(signed, name)?;
        let origin = origin_of(name)?;
        let note = Self {
            size: decimal(size)?,
            root: Digest::from_bytes(strict_base64(root)?),
            body,
            origin,
            next_key,
            key_id,
            signature,
        };
        if body.contains('\r') { Err(bad("a carriage return".to_owned())) } else { Ok(note) }
    }

    fn parse_signature(line: &str, name: &str) -> Result<([u8; 4], [u8; 64])> {
        let wrong = || bad("there must be one signature line, by the log itself".to_owned());
        let data = line
            .strip_suffix('\n')
            .and_then(|line| line.strip_prefix("— "))
            .and_then(|line| line.strip_prefix(name))
            .and_then(|line| line.strip_prefix(' '))
            .ok_or_else(wrong)?;
        let bytes: [u8; 68] = strict_base64(data)?;
        let (id, signature) = bytes.split_at(4);
        Ok((id.try_into().map_err(|_| wrong())?, signature.try_into().map_err(|_| wrong())?))
    }
}

/// Base64 in its one canonical spelling, of exactly `N` bytes.
pub(crate) fn strict_base64<const N: usize>(text: &str) -> Result<[u8; N]> {
    let bytes = BASE64_STANDARD.decode(text).map_err(|error| bad(format!("base64: {error}")))?;
    bytes.try_into().map_err(|_| bad(format!("expected {N} bytes in base64")))
}

/// A decimal number in its one spelling: no sign, no leading zero.
pub(crate) fn decimal(text: &str) -> Result<u64> {
    let number: u64 = text.parse().map_err(|_| bad(format!("{text:?} is not a number")))?;
    if number.to_string() == text { Ok(number) } else { Err(bad(format!("{text:?} is not a plain number"))) }
}

fn origin_of(name: &str) -> Result<OriginId> {
    name.strip_prefix("sijil/")
        .ok_or_else(|| bad(format!("{name:?} is not the name of a sijil log")))?
        .parse()
}

fn bad(why: String) -> Error {
    Error::BadNote { why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_checkpoint_counts() {
        let key = SigningKey::generate(None);
        let checkpoint = Checkpoint::sign(&key, 7, Digest::of(b"root"), None);
        key.public.check(&Checkpoint::parse(&checkpoint.text).unwrap()).unwrap();
        for at in 0..checkpoint.text.len() {
            for change in [1u8, 0x20, 0x80] {
                let mut bytes = checkpoint.text.clone().into_bytes();
                bytes[at] ^= change;
                let accepted = String::from_utf8(bytes).is_ok_and(|text| {
                    Checkpoint::parse(&text).is_ok_and(|changed| key.public.check(&changed).is_ok())
                });
                assert!(!accepted, "byte {at} changed by {change}");
            }
        }
        for more in ["\n", " ", "— sijil/x AAAA\n"] {
            assert!(Checkpoint::parse(&format!("{}{more}", checkpoint.text)).is_err());
        }
    }

    #[test]
    fn keys_round_trip() {
        let key = SigningKey::generate(None);
        assert!(key.public.is_first());
        assert_eq!(key.public.to_string().parse::<VerifyingKey>().unwrap(), key.public);
        assert_eq!(SigningKey::parse(&key.to_text()).unwrap().public, key.public);
        let next = SigningKey::generate(Some(&key.public.origin));
        assert!(!next.public.is_first());
        let handover = Checkpoint::sign(&key, 3, Digest::of(b"root"), Some(&next.public));
        assert_eq!(Checkpoint::parse(&handover.text).unwrap().next_key().unwrap(), Some(next.public));
    }

    /// The Ed25519 verifier key and the signed note in the documentation of Go's golang.org/x/mod/sumdb/note have the
    /// key id 0xc74f20a3 for the name PeterNeumann; our key id is made by the same rule.
    #[test]
    fn key_ids_follow_the_published_rule() {
        let data = BASE64_STANDARD.decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let hash =
            Sha256::new().chain_update("PeterNeumann").chain_update([b'\n']).chain_update(&data).finalize();
        assert_eq!(hex::encode(&hash[..4]), "c74f20a3");
    }
}
