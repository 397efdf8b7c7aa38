//! What runs found, as it lies in the evidence: gzip of JSON lines, one form a kind of run.
//!
//! A line is complete in itself, so that a run over a list of a million rows is written and read in bounded memory.

use std::io::{BufRead, BufReader, Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sijil_model::claim::{Polarity, claim_id};
use sijil_model::codebook::ModalityCode;
use sijil_model::{Basis, Claim, ClaimId, Content, DocumentId, PlaceId, Quoted, When, Where};

use crate::{RegisterError, Result};

/// A line of an extraction's result: claims of one part of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtractedLine {
    /// Which document.
    pub document: DocumentId,
    /// Which part of it, counted from 0.
    pub part: u32,
    /// The claims, in the extractor's order.
    pub claims: Vec<StoredClaim>,
}

/// A claim without what its place already says: its document, and its id, which is computed from its anchor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredClaim {
    /// The id of a claim that a person made, who may read the words otherwise than a program that read the same ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ClaimId>,
    /// The words it rests on.
    pub spans: Vec<Quoted>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<ClaimId>,
    /// What is said.
    #[serde(flatten)]
    pub content: Content,
    /// Whether it is said to be so.
    #[serde(default, skip_serializing_if = "Polarity::is_affirmed")]
    pub polarity: Polarity,
    /// How it is said.
    pub modality: ModalityCode,
    /// Whose words these are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<ClaimId>,
    /// What it rests on.
    #[serde(flatten)]
    pub basis: Basis,
}

impl From<Claim> for StoredClaim {
    fn from(claim: Claim) -> Self {
        let Claim { id, spans, about, content, polarity, modality, speaker, basis, .. } = claim;
        let id = (basis == Basis::Decided).then_some(id);
        Self { id, spans, about, content, polarity, modality, speaker, basis }
    }
}

impl StoredClaim {
    /// The claim, with its document and id.
    pub fn of(self, document: &DocumentId) -> Claim {
        let StoredClaim { id, spans, about, content, polarity, modality, speaker, basis } = self;
        let id = id.unwrap_or_else(|| claim_id(document, &spans, &content));
        Claim { id, document: document.clone(), spans, about, content, polarity, modality, speaker, basis }
    }
}

/// A line of a placing's result: where or when the words of some claims lead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacedLine {
    /// A place.
    Where {
        /// The claims of the place phrase, or of people whom a list puts there.
        claims: Vec<ClaimId>,
        /// What was found, with the places around it, innermost first.
        found: Found,
    },
    /// A time.
    When {
        /// The claims of the time, or of people for whom a list gives that date.
        claims: Vec<ClaimId>,
        /// What was read.
        read: When,
    },
}

/// A place that was found, with the chain of places around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The place.
    #[serde(flatten)]
    pub place: Where,
    /// The place and those around it, innermost first, as ids of the gazetteer.
    pub chain: Vec<String>,
    /// The district in the chain, where the gazetteer knows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<PlaceId>,
}

/// A line of a linking's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LinkingLine {
    /// Two things that are the same.
    Linked(LinkedLine),
    /// Who is who among some people, said anew.
    People(PeopleLine),
    /// Which of some claims may be one though nothing joins them, said anew.
    Alike(AlikeLine),
}

/// Which of some claims may be one: what a machine found alike before among them and is not said again ends. It joins
/// nothing; that is for a person to judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeLine {
    /// Of incidents that may be one strike, or of people whose names are nearly the same.
    pub kind: LinkKind,
    /// The claims, ascending.
    pub claims: Vec<String>,
    /// Those that may be one.
    pub alike: Vec<ClaimLink>,
}

/// Who is who among the claims of some people: what machines linked between them before and is not said again ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleLine {
    /// Claims of people, ascending.
    pub people: Vec<String>,
    /// The links between them.
    pub links: Vec<ClaimLink>,
    /// Who is who in each draw, where there is doubt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<DrawnPeople>,
}

/// Who is who among some claims in draw after draw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnPeople {
    /// The claims, ascending; the first one names them all.
    pub claims: Vec<String>,
    /// By claim, for each draw the place in `claims` of the first claim of the same person.
    pub people: Vec<Vec<u16>>,
}

/// Two claims that are of one person, or incidents that may be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClaimLink {
    /// A claim.
    pub left: String,
    /// Another, whose id is higher.
    pub right: String,
    /// What of the two agrees and what does not, in words.
    pub why: String,
    /// The chance that they are one, in thousandths.
    pub permille: u16,
}

/// Two things that are the same, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedLine {
    /// What is linked.
    pub kind: LinkKind,
    /// The earlier one: a claim's id, or `document:part`.
    pub left: String,
    /// The later one.
    pub right: String,
    /// The rule, in words.
    pub why: String,
}

/// What a link joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Two parts of documents with the same words.
    Repost,
    /// Two claims of one incident.
    Incident,
    /// Two claims of one person.
    Person,
    /// Two claims of incidents that may be one strike: it joins nothing.
    Alike,
    /// Two claims of people whose names are nearly the same and whom no rule of blocking proposed: it joins nothing.
    LookAlike,
}

impl LinkKind {
    /// As in the data.
    pub fn code(self) -> &'static str {
        match self {
            LinkKind::Repost => "repost",
            LinkKind::Incident => "incident",
            LinkKind::Person => "person",
            LinkKind::Alike => "alike",
            LinkKind::LookAlike => "look_alike",
        }
    }
}

/// Writes lines of a result.
pub struct ResultWriter<W: Write> {
    out: Option<Member<W>>,
}

/// A gzip file is members one after the other.
#[allow(clippy::large_enum_variant, reason = "there is one of it at a time")]
enum Member<W: Write> {
    /// None was begun yet, or the last one has ended; with whether there is any.
    Between(W, bool),
    /// Lines go into this one.
    Open(GzEncoder<W>),
}

impl<W: Write> ResultWriter<W> {
    /// Starts a result; its bytes depend on the lines alone, not on a clock.
    pub fn new(out: W) -> Self {
        Self { out: Some(Member::Between(out, false)) }
    }

    /// Appends one line.
    pub fn line(&mut self, line: &impl Serialize) -> Result<()> {
        let mut member = match self.out.take() {
            Some(Member::Open(member)) => member,
            Some(Member::Between(out, _)) => GzEncoder::new(out, Compression::fast()),
            None => return Err(broken()),
        };
        serde_json::to_writer(&mut member, line)?;
        member.write_all(b"\n").map_err(in_result)?;
        self.out = Some(Member::Open(member));
        Ok(())
    }

    /// Appends lines that were packed before: a whole result of their own.
    pub fn packed(&mut self, lines: &[u8]) -> Result<()> {
        let mut out = match self.out.take() {
            Some(Member::Open(member)) => member.finish().map_err(in_result)?,
            Some(Member::Between(out, _)) => out,
            None => return Err(broken()),
        };
        out.write_all(lines).map_err(in_result)?;
        self.out = Some(Member::Between(out, true));
        Ok(())
    }

    /// Ends the result and gives the writer back.
    pub fn finish(self) -> Result<W> {
        match self.out {
            Some(Member::Open(member)) => member.finish().map_err(in_result),
            Some(Member::Between(out, true)) => Ok(out),
            Some(Member::Between(out, false)) => {
                GzEncoder::new(out, Compression::fast()).finish().map_err(in_result)
            }
            None => Err(broken()),
        }
    }
}

/// After an error there is no going on.
fn broken() -> RegisterError {
    RegisterError::Refused("a run's result could not be written before; run the command again".into())
}

/// Reads the lines of a result one by one and hands each to `each`.
pub fn read_lines<T: DeserializeOwned>(
    name: &str,
    bytes: impl Read,
    mut each: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let bad = |cause: String| RegisterError::BadBlob { what: "result", name: name.to_owned(), cause };
    let mut line = String::new();
    // A result that was destroyed without replacement says nothing.
    let mut bytes = BufReader::new(bytes);
    if bytes.fill_buf().map_err(|cause| bad(cause.to_string()))?.is_empty() {
        return Ok(());
    }
    let mut reader = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(bytes));
    loop {
        line.clear();
        if reader.read_line(&mut line).map_err(|cause| bad(cause.to_string()))? == 0 {
            return Ok(());
        }
        each(serde_json::from_str(&line).map_err(|cause| bad(cause.to_string()))?)?;
    }
}

fn in_result(cause: std::io::Error) -> RegisterError {
    RegisterError::File { path: "a run's result".into(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijil_model::codebook::PlacePrecision;

    #[test]
    fn lines_come_back() {
        let line = LinkedLine {
            kind: LinkKind::Person,
            left: "c1".into(),
            right: "c2".into(),
            why: "same-folded-name".into(),
        };
        let mut out = ResultWriter::new(Vec::new());
        out.line(&line).unwrap();
        out.line(&line).unwrap();
        let bytes = out.finish().unwrap();
        let mut seen = Vec::new();
        read_lines::<LinkedLine>("x", bytes.as_slice(), |l| {
            seen.push(l);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, vec![line.clone(), line]);
    }

    #[test]
    fn lines_that_were_packed_before_come_back_in_order() {
        let line = |left: &str| LinkedLine {
            kind: LinkKind::Person,
            left: left.into(),
            right: "c".into(),
            why: "w".into(),
        };
        let pack = |left: &str| {
            let mut out = ResultWriter::new(Vec::new());
            out.line(&line(left)).unwrap();
            out.finish().unwrap()
        };
        let mut out = ResultWriter::new(Vec::new());
        out.packed(&pack("1")).unwrap();
        out.line(&line("2")).unwrap();
        out.line(&line("3")).unwrap();
        out.packed(&pack("4")).unwrap();
        let bytes = out.finish().unwrap();
        let mut seen = Vec::new();
        read_lines::<LinkedLine>("x", bytes.as_slice(), |line| {
            seen.push(line.left);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, ["1", "2", "3", "4"]);
        let empty = ResultWriter::new(Vec::new()).finish().unwrap();
        read_lines::<LinkedLine>("x", empty.as_slice(), |_| panic!("there is no line")).unwrap();
    }

    #[test]
    fn a_place_comes_back_with_its_chain() {
        let place = Where {
            place: None,
            name_en: None,
            name_ar: None,
            governorate: None,
            governorate_name: None,
            country: None,
            lat: None,
            lon: None,
            precision: PlacePrecision::NotPlaced,
            radius_m: None,
            why: "not in the gazetteer".into(),
        };
        let found = Found { place, chain: vec!["xm".into()], district: None };
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<Found>(&json).unwrap(), found);
    }

    #[test]
    fn a_damaged_result_is_named() {
        let error =
            read_lines::<LinkedLine>("abc", b"no gzip".as_slice(), |_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("abc"), "{error}");
    }
}
