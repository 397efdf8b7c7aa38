//! Entries: a leaf that commits without telling, and a body that tells and may be erased.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::canonical::{canonical, parse_canonical};
use crate::error::{Error, Result};
use crate::ids::{AccountId, Digest, EntryRef, OriginId};

/// The largest body, in bytes of canonical JSON. A larger one holds a blob's hash instead.
pub const BODY_LIMIT: usize = 60_000;

/// One entry of a log, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The log that it is in.
    pub origin: OriginId,
    /// Its index in that log, from 0.
    pub index: u64,
    /// What kind of entry: `document.added`, `decision.made`, …
    pub kind: String,
    /// When, in seconds since 1970, rounded down to the minute. Orders nothing.
    pub time: u64,
    /// What it says.
    pub body: Body,
}

impl Entry {
    /// The entry's own name.
    pub fn reference(&self) -> EntryRef {
        EntryRef::new(&self.origin, self.index)
    }

    /// What counts: the author and data as written, or, of an erased entry, those put in their place.
    pub fn content(&self) -> Option<(&AccountId, &Value)> {
        match &self.body {
            Body::Present { author, data } => Some((author, data)),
            Body::Erased { replacement, .. } => replacement.as_ref().map(|put| (&put.author, &put.data)),
        }
    }
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// It is as it was written.
    Present {
        /// Who wrote it.
        author: AccountId,
        /// What was written.
        data: Value,
    },
    /// It was destroyed on purpose.
    Erased {
        /// The entry that says so, with who and why.
        by: EntryRef,
        /// What was put in its place, if anything.
        replacement: Option<Replacement>,
    },
}

/// What stands in place of an erased body: the same, without what had to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Who wrote the original.
    pub author: AccountId,
    /// What is left.
    pub data: Value,
}

/// A leaf: what is hashed into the log and may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) kind: String,
    pub(crate) origin: OriginId,
    pub(crate) time: u64,
    pub(crate) commit: Digest,
}

impl Leaf {
    pub(crate) fn encode(&self) -> Result<Vec<u8>> {
        canonical(&json!({
            "commit": self.commit, "kind": self.kind, "origin": self.origin, "time": self.time,
        }))
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let wrong = |why: &str| Error::NotCanonical { why: format!("a leaf {why}") };
        let Value::Object(mut map) = parse_canonical(bytes)? else { return Err(wrong("is not an object")) };
        let mut text = |name: &str| match map.remove(name) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(wrong("lacks a member")),
        };
        let (kind, origin, commit) = (text("kind")?, text("origin")?, text("commit")?);
        check_kind(&kind)?;
        let time =
            map.remove("time").as_ref().and_then(Value::as_u64).ok_or_else(|| wrong("lacks a time"))?;
        if !map.is_empty() || time % 60 != 0 {
            return Err(wrong("has more members than four, or a time that is not a minute"));
        }
        Ok(Self { kind, origin: origin.parse()?, time, commit: commit.parse()? })
    }
}

/// The commitment of a body under its salt.
pub(crate) fn commit(salt: &[u8; 32], body: &[u8]) -> Digest {
    Digest::from_bytes(Sha256::new().chain_update(salt).chain_update(body).finalize().into())
}

/// A body as it is committed to: the author and the data.
pub(crate) fn encode_body(author: &AccountId, data: &Value) -> Result<Vec<u8>> {
    let data = canonical(data)?;
    // An account id needs no escapes, and "author" sorts before "data".
    let mut body = format!("{{\"author\":\"{author}\",\"data\":").into_bytes();
    body.extend_from_slice(&data);
    body.push(b'}');
    Ok(body)
}

pub(crate) fn decode_body(bytes: &[u8]) -> Result<(AccountId, Value)> {
    let wrong = || Error::NotCanonical { why: "a body has an author and data".to_owned() };
    let Value::Object(mut map) = parse_canonical(bytes)? else { return Err(wrong()) };
    match (map.remove("author"), map.remove("data"), map.is_empty()) {
        (Some(Value::String(author)), Some(data), true) => Ok((author.parse()?, data)),
        _ => Err(wrong()),
    }
}

/// The kinds that the archive itself writes and relies on.
pub(crate) mod kinds {
    pub(crate) const ORIGIN_MADE: &str = "origin.made";
    pub(crate) const KEY_MADE: &str = "key.made";
    pub(crate) const KEY_REVOKED: &str = "key.revoked";
    pub(crate) const LOG_SEEN: &str = "log.seen";
    pub(crate) const EVIDENCE_KEPT: &str = "evidence.kept";
    pub(crate) const BODY_ERASED: &str = "body.erased";
    pub(crate) const TEXT_REDACTED: &str = "text.redacted";

    pub(crate) const OWN: [&str; 7] =
        [ORIGIN_MADE, KEY_MADE, KEY_REVOKED, LOG_SEEN, EVIDENCE_KEPT, BODY_ERASED, TEXT_REDACTED];
}

pub(crate) fn check_kind(kind: &str) -> Result<()> {
    let valid = (1..=40).contains(&kind.len())
        && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.' || byte == b'_');
    if valid { Ok(()) } else { Err(Error::BadKind { kind: kind.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_round_trip_strictly() {
        let origin = OriginId::of_key(&[1; 32]);
        let leaf =
            Leaf { kind: "document.added".into(), origin, time: 1_448_668_800, commit: Digest::of(b"x") };
        let bytes = leaf.encode().unwrap();
        assert_eq!(Leaf::decode(&bytes).unwrap(), leaf);
        let text = String::from_utf8(bytes).unwrap();
        for changed in
            [text.replace("800", "801"), text.replace("{\"c", "{ \"c"), text.replace('}', ",\"x\":1}")]
        {
            assert!(Leaf::decode(changed.as_bytes()).is_err(), "{changed}");
        }
    }

    #[test]
    fn bodies_are_canonical() {
        let author: AccountId = "recorder-1".parse().unwrap();
        let data = json!({"why": "قال الشاهد", "n": 3});
        let body = encode_body(&author, &data).unwrap();
        assert_eq!(body, canonical(&json!({"author": author, "data": data})).unwrap());
        assert_eq!(decode_body(&body).unwrap(), (author, data));
    }
}
