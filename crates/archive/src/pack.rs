//! Packs: the bodies of one batch of entries, a line each, that can be destroyed one by one.
//!
//! ```text
//! {"body":{"author":"…","data":…},"salt":"64 hexadecimal digits"}
//! {"erased":{"index":57,"origin":"…"}}
//! ```
//! Line *i* of `bodies/ORIGIN/N.pack` belongs to entry N + *i*. Each line is canonical JSON.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::canonical::{canonical, parse_canonical};
use crate::entry::commit;
use crate::error::{Error, Result};
use crate::ids::{Digest, EntryRef, OriginId};

/// One line of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A body as it was committed to, in canonical bytes, with its salt.
    Present { salt: [u8; 32], body: Vec<u8> },
    /// The body and its salt were destroyed; that entry says why.
    Erased(EntryRef),
}

const BEFORE_BODY: &[u8] = b"{\"body\":";
const BEFORE_SALT: &[u8] = b",\"salt\":\"";
const AFTER_SALT: &[u8] = b"\"}";

impl Line {
    /// The commitment, of a body that is there.
    pub(crate) fn commitment(&self) -> Option<Digest> {
        match self {
            Self::Present { salt, body } => Some(commit(salt, body)),
            Self::Erased(_) => None,
        }
    }

    fn encode(&self, out: &mut Vec<u8>) -> Result<()> {
        match self {
            Self::Present { salt, body } => {
                for part in [BEFORE_BODY, body, BEFORE_SALT, hex::encode(salt).as_bytes(), AFTER_SALT] {
                    out.extend_from_slice(part);
                }
            }
            Self::Erased(by) => out.extend_from_slice(&canonical(&json!({ "erased": by }))?),
        }
        out.push(b'\n');
        Ok(())
    }

    /// The parts of a line. That the body itself is canonical is checked when it is decoded or verified.
    fn decode(line: &[u8]) -> Result<Self> {
        let wrong =
            || Error::NotCanonical { why: "a line of a pack has a body and a salt, or is erased".to_owned() };
        if let Some(rest) = line.strip_prefix(BEFORE_BODY) {
            let rest = rest.strip_suffix(AFTER_SALT).ok_or_else(wrong)?;
            let (rest, salt) = rest.split_last_chunk::<64>().ok_or_else(wrong)?;
            let body = rest.strip_suffix(BEFORE_SALT).ok_or_else(wrong)?;
            let salt: Digest = std::str::from_utf8(salt).map_err(|_| wrong())?.parse()?;
            return Ok(Self::Present { salt: *salt.as_bytes(), body: body.to_vec() });
        }
        let Value::Object(mut map) = parse_canonical(line)? else { return Err(wrong()) };
        let by = map.remove("erased").ok_or_else(wrong)?;
        let by: EntryRef = serde_json::from_value(by.clone())
            .ok()
            .filter(|parsed| json!(parsed) == by && map.is_empty())
            .ok_or_else(wrong)?;
        Ok(Self::Erased(by))
    }
}

/// The bytes of a pack.
pub(crate) fn encode(lines: &[Line]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    lines.iter().try_for_each(|line| line.encode(&mut out))?;
    Ok(out)
}

/// The lines of a pack, strictly: each ends with a line feed, and there is at least one.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Line>> {
    let whole = bytes.strip_suffix(b"\n");
    let whole = whole.ok_or_else(|| Error::NotCanonical { why: "the last line is cut off".to_owned() })?;
    whole.split(|byte| *byte == b'\n').map(Line::decode).collect()
}

/// The folder of a log's packs.
pub(crate) fn pack_folder(origin: &OriginId) -> PathBuf {
    PathBuf::from("bodies").join(origin.as_str())
}

/// The file of the pack whose first entry is `first`.
pub(crate) fn pack_path(origin: &OriginId, first: u64) -> PathBuf {
    pack_folder(origin).join(format!("{first:012}.pack"))
}

/// The first entry of the pack with this file name, or none.
pub(crate) fn pack_first(name: &str) -> Option<u64> {
    let first: u64 = name.strip_suffix(".pack")?.parse().ok()?;
    (format!("{first:012}.pack") == name).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_round_trip_strictly() {
        let origin = OriginId::of_key(&[1; 32]);
        let lines = vec![
            Line::Present { salt: [7; 32], body: br#"{"author":"a","data":"\n"}"#.to_vec() },
            Line::Erased(EntryRef::new(&origin, 9)),
        ];
        let bytes = encode(&lines).unwrap();
        assert_eq!(decode(&bytes).unwrap(), lines);
        assert_eq!(lines[0].commitment(), Some(commit(&[7; 32], br#"{"author":"a","data":"\n"}"#)));
        for wrong in [&bytes[..bytes.len() - 1], &[&bytes[..], b"\n"].concat(), b"", b"\n"] {
            assert!(decode(wrong).is_err());
        }
    }
}
