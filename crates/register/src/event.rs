//! The log's language: what each kind of entry says.
//!
//! An entry's kind stands in its leaf, what it says in its body. Both are written and read only here.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sijil_model::codebook::{Class, ReleaseLevel, Reliability, SourceKind, Verdict};
use sijil_model::{AccountId, DocumentId, FigureId, SourceId};

use crate::results::ExtractedLine;
use crate::{RegisterError, Result};

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum Event {
    /// A setting has a new value.
    #[serde(rename = "settings.changed")]
    SettingChanged {
        /// Its name, `country` for example.
        key: String,
        /// Its value.
        value: String,
    },
    /// A rule set is in force.
    #[serde(rename = "rules.adopted")]
    RulesAdopted {
        /// Its id, `open` for example.
        rules: String,
    },
    /// An account may work here, under a pseudonym.
    #[serde(rename = "account.made")]
    AccountMade {
        /// The pseudonym.
        account: AccountId,
        /// What it may do: `recorder`, `reviewer`, `publisher`.
        roles: Vec<String>,
    },
    /// A source is described, or described anew.
    #[serde(rename = "source.described")]
    SourceDescribed(SourceRecord),
    /// Bytes were received.
    #[serde(rename = "document.added")]
    DocumentAdded(DocumentAdded),
    /// A reader made a text or a table of a document.
    #[serde(rename = "text.read")]
    TextRead(TextRead),
    /// An extractor proposed claims.
    #[serde(rename = "extraction.run")]
    ExtractionRun(Run),
    /// A proposed extraction counts from here on.
    #[serde(rename = "extraction.adopted")]
    ExtractionAdopted(Adopted),
    /// Places and times were looked up.
    #[serde(rename = "placing.run")]
    PlacingRun(Run),
    /// A proposed placing counts from here on.
    #[serde(rename = "placing.adopted")]
    PlacingAdopted(Adopted),
    /// Records were linked.
    #[serde(rename = "link.run")]
    LinkRun(Run),
    /// A proposed linking counts from here on.
    #[serde(rename = "link.adopted")]
    LinkAdopted(Adopted),
    /// A person read claims in a part of a document; they stand whatever extraction reads in it.
    #[serde(rename = "claim.made")]
    ClaimsMade(ExtractedLine),
    /// A claim was a misreading.
    #[serde(rename = "claim.rejected")]
    ClaimRejected {
        /// Which claim.
        claim: String,
        /// Why.
        why: String,
    },
    /// A claim that was rejected was read right after all.
    #[serde(rename = "claim.restored")]
    ClaimRestored {
        /// Which claim.
        claim: String,
        /// Why.
        why: String,
    },
    /// Two things are the same, different, or nobody can tell.
    #[serde(rename = "judgement.made")]
    JudgementMade {
        /// A claim (of an incident or a person); a record's id stands for the claim that founded it.
        left: String,
        /// The other.
        right: String,
        /// Same, different or unsure.
        verdict: Verdict,
        /// Why.
        why: String,
    },
    /// A value was chosen.
    #[serde(rename = "decision.made")]
    DecisionMade(Decision),
    /// A question was saved as a figure.
    #[serde(rename = "figure.defined")]
    FigureDefined {
        /// Its name.
        figure: FigureId,
        /// The question, as JSON.
        question: String,
        /// Title in English.
        title_en: String,
        /// Title in Arabic.
        title_ar: String,
    },
    /// What was watched, when, in which channels, and what was dark.
    #[serde(rename = "monitoring.noted")]
    MonitoringNoted(MonitoringNote),
    /// How many people there were in a place, by a source: what rates are divided by.
    #[serde(rename = "population.noted")]
    PopulationNoted(PopulationNote),
    /// Records may go out.
    #[serde(rename = "cleared")]
    Cleared {
        /// Incidents, documents, persons or figures.
        targets: Vec<String>,
    },
    /// A second person stands behind records.
    #[serde(rename = "signed")]
    Signed {
        /// What was signed.
        targets: Vec<String>,
    },
    /// A family does not want a name to be public.
    #[serde(rename = "objection.made")]
    ObjectionMade {
        /// The person's record.
        person: String,
        /// Why, in words that name nobody.
        why: String,
    },
    /// Something was released to the public.
    #[serde(rename = "release.made")]
    ReleaseMade {
        /// SHA-256 of the release's manifest.
        manifest: String,
        /// The figures in it.
        figures: Vec<String>,
    },
    /// A document changed hands, was copied or came out of a container.
    #[serde(rename = "custody.noted")]
    CustodyNoted {
        /// Which document.
        document: DocumentId,
        /// What happened, in words.
        what: String,
    },
}

/// Bytes that were received.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentAdded {
    /// SHA-256 of the bytes.
    pub document: DocumentId,
    /// The file's name, without its folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the bytes are.
    pub media_type: String,
    /// How many bytes.
    pub size: u64,
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// When it was published, EDTF, and where that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The container it came out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<DocumentId>,
}

/// What a reader made of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextRead {
    /// Which document.
    pub document: DocumentId,
    /// SHA-256 of the text, or of the table's stored form.
    pub text: String,
    /// Text or table.
    pub form: Form,
    /// The reader's name.
    pub reader: String,
    /// The reader's version.
    pub version: String,
    /// Whether the text was laid out again from a page (PDF): spans then want the page beside them.
    pub layout_derived: bool,
    /// SHA-256 of the list of parts ([`Part`], JSON), where the document has more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<String>,
    /// The language of a document of one part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Folded hash of a document of one part: equal for reposts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repost_key: Option<String>,
    /// Length in code points.
    pub length: u64,
    /// Length in bytes.
    pub bytes: u64,
}

/// Whether a document reads as running text or as a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Running text.
    Text,
    /// Rows and columns.
    Table,
}

/// One report within a document: a line of JSONL, or the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The part's own name, a JSONL line's `id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// First code point.
    pub starts: u32,
    /// One past the last code point.
    pub ends: u32,
    /// First byte.
    pub byte_start: u32,
    /// One past the last byte.
    pub byte_end: u32,
    /// EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// `en` or `ar`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Folded hash: equal for reposts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repost_key: Option<String>,
}

/// A run of a program over documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The program's name.
    pub program: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the result, a gzip of JSON lines: see [`crate::results`].
    pub result: String,
    /// SHA-256 of the data that it used besides: a gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// How many documents it covers.
    pub documents: u64,
}

/// A run that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Adopted {
    /// The log position of the run.
    pub run: u64,
}

/// A chosen value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// A record, a claim or a document.
    pub target: String,
    /// Which of its fields.
    pub field: String,
    /// The value, in the field's own form.
    pub value: String,
    /// Why.
    pub why: String,
    /// The claims that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<String>,
    /// The claims that it sets aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<String>,
    /// The entries of earlier decisions that it replaces, of any log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<EntryName>,
}

/// An entry by its place in its own log, which is the same in every register that has received it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryName {
    /// Whose log.
    pub origin: String,
    /// Its number in that log, from 0.
    pub number: u64,
}

/// Who speaks, as the register knows them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// The register's short code.
    pub source: SourceId,
    /// What kind of source.
    pub source_kind: SourceKind,
    /// Name in English.
    pub name_en: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// How far it is trusted.
    pub reliability: Reliability,
    /// How far its name may go.
    pub release_level: ReleaseLevel,
    /// Sources of one group are not independent of each other; none means that nobody has shown independence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub independence: Option<String>,
    /// Sources that it takes what it says from: of one that repeats another only the first speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derived_from: Vec<SourceId>,
}

/// What was watched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonitoringNote {
    /// EDTF.
    pub period: String,
    /// Where, as place ids or words.
    pub places: Vec<String>,
    /// The chain of each place that is one of the gazetteer's, innermost first; notes of before say none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chains: Vec<Vec<String>>,
    /// What was searched, in which channels.
    pub searched: String,
    /// What could not be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dark: Option<String>,
}

/// How many people there were.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PopulationNote {
    /// The place's id.
    pub place: String,
    /// The time for which the source gives the number, EDTF.
    pub period: String,
    /// Whom it counts; total is everybody.
    pub class: Class,
    /// How many: `120000`, `110000-130000`, `100000+`.
    pub people: String,
    /// Who says so: a source's code, or a document's id.
    pub source: String,
    /// Where in the source, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cited: Option<String>,
    /// The entry that it takes the place of: of any log in the register that notes it, elsewhere only of that register's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<EntryName>,
}

impl Event {
    /// The kind that stands in the leaf, and the body.
    pub fn into_entry(self) -> Result<(String, Value)> {
        let Value::Object(mut whole) = serde_json::to_value(&self)? else {
            return Err(RegisterError::Refused(
                "an event is not an object; this is an error in sijil".into(),
            ));
        };
        let kind = whole.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok((kind, whole.remove("body").unwrap_or_default()))
    }

    /// Reads an entry; `None` for kinds that the archive itself writes or that a newer sijil knows.
    pub fn from_entry(position: u64, kind: &str, body: &Value) -> Result<Option<Event>> {
        if !KINDS.contains(&kind) {
            return Ok(None);
        }
        let whole = serde_json::json!({ "kind": kind, "body": body });
        serde_json::from_value(whole).map(Some).map_err(|cause| RegisterError::BadEntry {
            position,
            kind: kind.to_owned(),
            cause: cause.to_string(),
        })
    }
}

/// The kinds of entry that the register writes.
pub const KINDS: &[&str] = &[
    "settings.changed",
    "rules.adopted",
    "account.made",
    "source.described",
    "document.added",
    "text.read",
    "extraction.run",
    "extraction.adopted",
    "placing.run",
    "placing.adopted",
    "link.run",
    "link.adopted",
    "claim.made",
    "claim.rejected",
    "claim.restored",
    "judgement.made",
    "decision.made",
    "figure.defined",
    "monitoring.noted",
    "population.noted",
    "cleared",
    "signed",
    "objection.made",
    "release.made",
    "custody.noted",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_comes_back_from_its_entry() {
        let event = Event::JudgementMade {
            left: "c1".into(),
            right: "c2".into(),
            verdict: Verdict::Same,
            why: "same age, same father's name".into(),
        };
        let (kind, body) = event.clone().into_entry().unwrap();
        assert_eq!(kind, "judgement.made");
        assert_eq!(Event::from_entry(7, &kind, &body).unwrap(), Some(event));
    }

    /// Serde names every kind that it knows when it is given none of them.
    #[test]
    fn every_kind_is_read_again() {
        let error = serde_json::from_str::<Event>(r#"{"kind":"none","body":{}}"#).unwrap_err().to_string();
        let (_, named) = error.split_once("expected one of").unwrap();
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        assert_eq!(named, KINDS);
    }

    #[test]
    fn a_body_of_another_shape_names_the_entry() {
        let error =
            Event::from_entry(7, "judgement.made", &serde_json::json!({"left": 1})).unwrap_err().to_string();
        assert!(error.contains("entry 7") && error.contains("judgement.made"), "{error}");
    }

    #[test]
    fn a_kind_of_a_newer_version_is_passed_over() {
        assert_eq!(Event::from_entry(7, "weather.noted", &serde_json::json!({})).unwrap(), None);
    }
}
