//! Documents behind a release: whether each may go out, its text with what is protected taken out, its source as a role.

use std::collections::{BTreeMap, BTreeSet};

use sijil_model::codebook::{DatePrecision, SourceKind};
use sijil_model::words::name_words;
use sijil_model::{Anchor, Basis, Bounds, Coded, Day, DocumentId, Edtf, Language, Span, When};
use sijil_page::view::{DocumentLink, Shown, Withheld};
use sijil_page::{Links, Words};
use sijil_register::Register;
use sijil_register::ask::{ClaimRow, DocumentRow};
use sijil_register::event::SourceRecord;

use crate::error::Result;
use crate::gate::{self, Missing};
use crate::make::Surroundings;
use crate::people::People;
use crate::policy::{Matter, Policy, Protected, Public, Redacted};
use crate::texts::{text_of, with_family_name};

/// A document behind a release.
pub(crate) struct Document {
    /// Its name in the release.
    pub id: DocumentId,
    /// What the register knows of it. Nothing of this goes out unless the document does.
    pub row: DocumentRow,
    /// Whether it may go out.
    pub allowed: std::result::Result<(), Withheld>,
    /// What kind of source it is from, where that is described.
    pub kind: Option<SourceKind>,
    /// The source's name in both languages, English first.
    pub source: Option<Shown<[Public<String>; 2]>>,
    /// Its text, where it goes out.
    pub text: Option<Redacted>,
    /// What is kept back in it besides what is kept back everywhere.
    pub here: Protected,
    /// The language of its text.
    pub language: Option<Language>,
    /// When it was published, to the day.
    pub published: When,
    /// Whether its bytes are still those that were received: an erasure puts others in their place.
    pub is_original: bool,
    /// Cells of a list that are quoted: by row and column.
    pub cells: BTreeMap<(u32, Option<u16>), String>,
}

impl Document {
    /// Reads a document and sorts what of it may go out; adds to `missing` what it lacks.
    pub fn of(
        register: &Register,
        around: &dyn Surroundings,
        (policy, people): (&Policy, &People),
        id: &str,
        missing: &mut Vec<Missing>,
    ) -> Result<Self> {
        let view = register.view();
        let row = view.document(id)?;
        let source = view.source_of(id)?;
        let reasons = gate::document(view, id)?;
        let matter = matter(source.as_ref(), reasons.is_empty());
        if matter == Matter::DocumentNotCleared {
            missing.push(Missing { id: id.to_owned(), kind: "document", reasons });
        } else if matter == Matter::DocumentSourceUnknown {
            let what = "nobody has said who its source is".to_owned();
            let next = format!("sijil decide {id} source SOURCE --why …");
            missing.push(Missing {
                id: id.to_owned(),
                kind: "document",
                reasons: vec![gate::Reason { what, next }],
            });
        }
        let is_original = view.current_blob(id).is_ok_and(|current| current == id);
        // Of a document that was destroyed nothing goes out, whoever cleared it before.
        let is_gone = view.reading(id)?.is_some_and(|reading| view.current_blob(&reading.text).is_err());
        let allowed = if is_gone { Err(Withheld::Erased) } else { policy.allows(matter) };
        let (mut text, mut here) = (None, Protected::default());
        if allowed.is_ok() {
            let claims = view.claims_of_document(id)?;
            let said = names_in(&claims);
            match text_of(register, id)? {
                Some(original) => {
                    here = people.named_in(&original, &said);
                    let chat = people.chat_in(&original);
                    if let Err(why) = policy.allows(Matter::ContactNotPublic) {
                        let names = chat.writers.into_iter().chain(chat.words);
                        names.for_each(|words| here.add_words(words, why));
                    }
                    let mut ranges = people.speech_in(&original, &claims);
                    if let Err(why) = policy.allows(Matter::NameOfLiving) {
                        let places = places_in(&claims);
                        for range in around.people_named(&original) {
                            let words = name_words(&original[range.clone()]);
                            let is_place = words.iter().all(|word| places.contains(word));
                            if !is_place && !people.may_be_named(&words) {
                                here.add_words(words, why);
                                ranges.push((with_family_name(&original, range), why));
                            }
                        }
                    }
                    ranges.extend(policy.contacts(chat.places));
                    text = Some(policy.redact(&original, &here, ranges));
                }
                None => here = people.named_in("", &said),
            }
        }
        let whole = is_original && text.as_ref().is_some_and(Redacted::is_whole);
        Ok(Self {
            id: DocumentId::new(policy.document_id(id, whole).into_inner())?,
            allowed,
            kind: source.as_ref().map(|source| source.source_kind),
            source: source.as_ref().map(|source| shown_source(policy, source)),
            here,
            is_original,
            language: view.parts(id)?.first().and_then(|part| part.language.as_deref()).and_then(language),
            published: view.published(id, 0)?.map_or_else(When::unknown, |edtf| dated(&edtf)),
            cells: BTreeMap::new(),
            text,
            row,
        })
    }

    /// Whether the document and every word of it go out, so that its hash tests no guess.
    pub fn is_whole(&self) -> bool {
        self.allowed.is_ok() && self.is_original && self.text.as_ref().is_some_and(Redacted::is_whole)
    }

    /// Its file within the release.
    pub fn file(&self) -> String {
        format!("document/{}.{}", self.id, if self.text.is_some() { "txt" } else { "csv" })
    }

    /// The words under a span, or why they are not shown.
    pub fn quote(
        &self,
        policy: &Policy,
        span: Span,
        quote: &str,
    ) -> std::result::Result<(Span, String), Withheld> {
        self.allowed?;
        match (span, &self.text) {
            (Span::Text { .. }, Some(text)) => policy.quote(text, span).map(Public::into_inner),
            (Span::Cell { column: Some(_), .. }, _) => {
                policy.cell(quote, &self.here).map(|words| (span, words.into_inner()))
            }
            // A whole row may hold what nobody needs: numbers of identity cards, dates of birth.
            (Span::Text { .. }, None) | (Span::Cell { column: None, .. }, _) => Err(Withheld::Document),
        }
    }

    /// The document as pages point to it.
    pub fn link(&self, links: &Links, words: &Words) -> DocumentLink {
        let language = links.language();
        let title = match (&self.allowed, &self.text) {
            (Err(why), _) => Shown::Withheld(*why),
            (Ok(()), Some(text)) => Shown::Open(first_words(&text.text)),
            (Ok(()), None) => Shown::Open(self.role(language, words)),
        };
        let source = self.source.as_ref().map(|source| match source {
            Shown::Open(names) => Shown::Open(names[language as usize].get().clone()),
            Shown::Withheld(why) => Shown::Withheld(*why),
        });
        DocumentLink {
            id: self.has_page().then(|| self.id.clone()),
            title,
            href: self.has_page().then(|| links.document(&self.id)),
            language: self.language,
            kind: self.kind,
            source,
            published: if self.allowed.is_ok() { self.published.clone() } else { When::unknown() },
        }
    }

    fn role(&self, language: Language, words: &Words) -> String {
        match self.kind {
            Some(kind) => kind.label(language).to_owned(),
            None => words.say(language, "found-document", &[]),
        }
    }
}

/// A date as a reader is shown it: never finer than a day.
pub(crate) fn dated(edtf: &Edtf) -> When {
    let bounds = edtf.bounds();
    when(bounds, true, Some(edtf.clone()))
}

/// Bounds as a reader is shown them.
pub(crate) fn when_of(bounds: Bounds, is_dated: bool) -> When {
    let edtf = match bounds {
        Bounds { earliest: Some(first), latest: Some(last) } if is_dated && first == last => {
            Some(Edtf::day(first))
        }
        Bounds { earliest: Some(first), latest: Some(last) } if is_dated => {
            Edtf::new(&format!("{first}/{last}")).ok()
        }
        _ => None,
    };
    when(bounds, is_dated, edtf)
}

fn when(bounds: Bounds, is_dated: bool, edtf: Option<Edtf>) -> When {
    let days = |first: Day, last: Day| first.until(last).map_or(i32::MAX, |span| span.get_days());
    let precision = match bounds {
        _ if !is_dated || edtf.is_none() => DatePrecision::Unknown,
        Bounds { earliest: Some(first), latest: Some(last) } => match days(first, last) {
            0 => DatePrecision::Day,
            1..=5 => DatePrecision::WithinDays,
            6 => DatePrecision::Week,
            7..=31 => DatePrecision::Month,
            32..=366 => DatePrecision::Year,
            _ => DatePrecision::LongerOrOpen,
        },
        _ => DatePrecision::LongerOrOpen,
    };
    When { edtf, bounds, precision, anchor: Anchor::Unknown, time_of_day: None, basis: Basis::Stated }
}

fn matter(source: Option<&SourceRecord>, cleared: bool) -> Matter {
    let source = source.map(|source| Matter::of_source(source.source_kind, source.release_level));
    match source {
        Some(Matter::SourceReporter) => Matter::DocumentOfReporter,
        Some(Matter::SourceProtected) => Matter::DocumentProtected,
        _ if !cleared => Matter::DocumentNotCleared,
        Some(_) => Matter::DocumentCleared,
        None => Matter::DocumentSourceUnknown,
    }
}

/// A source's name in both languages, as far as it may be known.
pub(crate) fn shown_source(policy: &Policy, source: &SourceRecord) -> Shown<[Public<String>; 2]> {
    let matter = Matter::of_source(source.source_kind, source.release_level);
    match (policy.name(matter, &source.name_en), policy.name(matter, &source.name_ar)) {
        (Shown::Open(en), Shown::Open(ar)) => Shown::Open([en, ar]),
        (Shown::Withheld(why), _) | (_, Shown::Withheld(why)) => Shown::Withheld(why),
    }
}

/// The words of the places that claims name, which may be in no gazetteer.
fn places_in(claims: &[ClaimRow]) -> BTreeSet<String> {
    let names = claims.iter().filter_map(|row| match &row.claim.content {
        sijil_model::Content::Place(place) => Some(name_words(&place.text)),
        _ => None,
    });
    names.flatten().collect()
}

fn names_in(claims: &[ClaimRow]) -> Vec<String> {
    let names = claims.iter().flat_map(|row| match &row.claim.content {
        sijil_model::Content::Person(person) => vec![person.name.clone(), person.name_as_printed.clone()],
        sijil_model::Content::Source(source) => vec![source.name.clone()],
        _ => Vec::new(),
    });
    names.flatten().collect()
}

fn language(code: &str) -> Option<Language> {
    match code {
        "en" => Some(Language::En),
        "ar" => Some(Language::Ar),
        _ => None,
    }
}

fn first_words(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut words: String = line.chars().take(90).collect();
    if words.len() < line.len() {
        words = words.rsplit_once(' ').map_or(words.clone(), |(whole, _)| whole.to_owned()) + " …";
    }
    words
}
