//! Disclosure control: what the world may see, as a table (`data/policy.csv`, codebook §13) and as types.
//!
//! [`Public`] values are made only here. Whatever the table does not allow is withheld; a matter without a row cannot
//! be, since the table is read into an enumeration.

mod leaks;
mod place;
mod protected;
mod public;
mod redacted;
pub mod small;

use std::collections::BTreeMap;
use std::ops::Range;

use sijil_model::codebook::{Fate, ReleaseLevel, SourceKind};
use sijil_model::{Language, Span};
use sijil_page::Words;
use sijil_page::view::{Shown, Withheld};

pub use place::{PlaceName, PublicPlace};
pub(crate) use protected::{Bearer, Leak, Protected};
pub use public::Public;
pub(crate) use redacted::Redacted;
pub use small::Ends;

use crate::contacts::{contacts, coordinates};
use crate::error::{PublishError, Result};
use crate::ids::OpaqueIds;

macro_rules! matters {
    ($($name:ident = $subject:literal / $state:literal),+ $(,)?) => {
        /// A matter that the policy decides: a row of its table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the table gives each row its reason")]
        pub enum Matter { $($name),+ }

        impl Matter {
            /// Every matter.
            pub const ALL: &'static [Matter] = &[$(Matter::$name),+];

            /// Its subject and state in the table.
            pub fn codes(self) -> (&'static str, &'static str) {
                match self { $(Matter::$name => ($subject, $state)),+ }
            }
        }
    };
}

matters! {
    NameOfDeadCleared = "person_name" / "dead_cleared",
    NameOfDeadNotCleared = "person_name" / "dead_not_cleared",
    NameObjectedTo = "person_name" / "objection",
    NameOfInjured = "person_name" / "injured",
    NameOfMissing = "person_name" / "missing",
    NameOfDetained = "person_name" / "detained",
    NameOfLiving = "person_name" / "living",
    SourcePublic = "source_name" / "public",
    SourceReporter = "source_name" / "protected_reporter",
    SourceProtected = "source_name" / "protected",
    SpeechPublic = "speech" / "public",
    SpeechOfReporter = "speech" / "protected_reporter",
    SpeechProtected = "speech" / "protected",
    DocumentCleared = "document" / "cleared",
    DocumentNotCleared = "document" / "not_cleared",
    DocumentSourceUnknown = "document" / "source_unknown",
    DocumentOfReporter = "document" / "protected_reporter",
    DocumentProtected = "document" / "protected",
    ContactNotPublic = "contact" / "not_public",
    KinBothPublic = "kin" / "both_public",
    KinOther = "kin" / "other",
    IncidentCleared = "incident" / "cleared",
    IncidentNotCleared = "incident" / "not_cleared",
    PlaceStruckAgain = "place" / "struck_again",
}

impl Matter {
    /// The matter of a source or speaker: its level, and whether it is a reporter.
    pub fn of_source(kind: SourceKind, level: ReleaseLevel) -> Self {
        match (level, kind) {
            (ReleaseLevel::Public, _) => Self::SourcePublic,
            (_, SourceKind::FieldReporter) => Self::SourceReporter,
            _ => Self::SourceProtected,
        }
    }

    /// The matter of a source's own words.
    pub fn of_speech(source: Matter) -> Self {
        match source {
            Self::SourcePublic => Self::SpeechPublic,
            Self::SourceReporter => Self::SpeechOfReporter,
            _ => Self::SpeechProtected,
        }
    }

    /// The matter of a name by what became of the person; `cleared` where the incident or the person is.
    pub fn of_name(fate: Option<Fate>, cleared: bool, objection: bool) -> Self {
        match fate {
            _ if objection => Self::NameObjectedTo,
            Some(Fate::Killed | Fate::DiedOfWounds) if cleared => Self::NameOfDeadCleared,
            Some(Fate::Killed | Fate::DiedOfWounds) => Self::NameOfDeadNotCleared,
            Some(Fate::Injured) => Self::NameOfInjured,
            Some(Fate::Missing) => Self::NameOfMissing,
            Some(Fate::Detained) => Self::NameOfDetained,
            Some(Fate::Displaced | Fate::Released | Fate::Unknown) | None => Self::NameOfLiving,
        }
    }
}

/// What is withheld and why, or that it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table(BTreeMap<Matter, Option<Withheld>>);

impl Table {
    /// The table that the program carries.
    ///
    /// # Errors
    /// Never for the shipped table; a test reads it.
    pub fn built_in() -> Result<Self> {
        Self::read(include_str!("../../data/policy.csv"))
    }

    /// Reads a table; every matter must have exactly one row.
    ///
    /// # Errors
    /// A row that names no matter, or no reason to withhold; a matter without a row.
    pub fn read(text: &str) -> Result<Self> {
        let mut rows = BTreeMap::new();
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            let record = record?;
            let cell = |at: usize| record.get(at).unwrap_or_default();
            let broken =
                |cause: &str| PublishError::Format(format!("policy.csv, {}/{}: {cause}", cell(0), cell(1)));
            let matter = Matter::ALL.iter().find(|matter| matter.codes() == (cell(0), cell(1)));
            let matter = *matter.ok_or_else(|| broken("is no matter of the policy"))?;
            let why = match (cell(2), Withheld::ALL.iter().find(|why| why.code() == cell(3))) {
                ("yes", None) => None,
                ("no", Some(why)) => Some(*why),
                _ => return Err(broken("is `yes`, or `no` with a reason")),
            };
            if rows.insert(matter, why).is_some() {
                return Err(broken("stands there twice"));
            }
        }
        match Matter::ALL.iter().find(|matter| !rows.contains_key(matter)) {
            Some(matter) => Err(PublishError::Format(format!("policy.csv has no row {:?}", matter.codes()))),
            None => Ok(Self(rows)),
        }
    }

    /// Whether a matter may go out; if not, why.
    pub fn allows(&self, matter: Matter) -> std::result::Result<(), Withheld> {
        match self.0.get(&matter) {
            Some(None) => Ok(()),
            Some(Some(why)) => Err(*why),
            None => Err(Withheld::NotCleared),
        }
    }
}

/// The policy of one release: its table, its random-looking names, and who is protected.
pub struct Policy {
    table: Table,
    ids: OpaqueIds,
    protected: Protected,
    words: Words,
}

impl Policy {
    pub(crate) fn new(ids: OpaqueIds, protected: Protected, words: Words) -> Result<Self> {
        Ok(Self { table: Table::built_in()?, ids, protected, words })
    }

    /// Whether a matter may go out; if not, why.
    pub fn allows(&self, matter: Matter) -> std::result::Result<(), Withheld> {
        self.table.allows(matter)
    }

    /// The name of a thing in releases: it looks random, stays the same, and tests no guess.
    pub fn id(&self, kind: char, parts: &[&str]) -> Public<String> {
        Public::new(self.ids.of(kind, parts))
    }

    /// The name of a document: its own hash where every word of it is public, else a random-looking one.
    pub(crate) fn document_id(&self, document: &str, whole: bool) -> Public<String> {
        if whole { Public::new(document.to_owned()) } else { self.id('d', &[document]) }
    }

    /// A code of the codebook, of a rule or of the program.
    pub fn code(&self, code: &str) -> Public<String> {
        Public::new(code.to_owned())
    }

    /// A name under its matter.
    pub fn name(&self, matter: Matter, name: &str) -> Shown<Public<String>> {
        match self.allows(matter) {
            Ok(()) => Shown::Open(Public::new(name.to_owned())),
            Err(why) => Shown::Withheld(why),
        }
    }

    /// Words that recorders typed: titles, notes, reasons. Protected names in them are taken out.
    pub fn typed(&self, text: &str) -> Public<String> {
        Public::new(Redacted::new(text, self.protected.find(text), &self.words).text)
    }

    /// A document's text with what is protected taken out: what is everywhere, and what is in this one besides.
    pub(crate) fn redact(
        &self,
        text: &str,
        here: &Protected,
        mut ranges: Vec<(Range<usize>, Withheld)>,
    ) -> Redacted {
        ranges.extend(self.protected.find(text));
        ranges.extend(here.find(text));
        ranges.extend(self.reached(text));
        Redacted::new(text, ranges, &self.words)
    }

    /// By what somebody in a text can be reached or found besides their name.
    fn reached(&self, text: &str) -> impl Iterator<Item = (Range<usize>, Withheld)> {
        let place = self.allows(Matter::PlaceStruckAgain).err();
        let places = coordinates(text).into_iter().filter_map(move |range| Some((range, place?)));
        self.contacts(contacts(text)).chain(places)
    }

    /// What names or numbers of people who did not agree are taken out for.
    pub(crate) fn contacts(
        &self,
        ranges: Vec<Range<usize>>,
    ) -> impl Iterator<Item = (Range<usize>, Withheld)> {
        let why = self.allows(Matter::ContactNotPublic).err();
        ranges.into_iter().filter_map(move |range| Some((range, why?)))
    }

    /// The shown words of a text.
    pub(crate) fn text(&self, redacted: &Redacted) -> Public<String> {
        Public::new(redacted.text.clone())
    }

    /// The words under a span of the original, where all of them may be shown, with where they stand now.
    pub(crate) fn quote(
        &self,
        redacted: &Redacted,
        span: Span,
    ) -> std::result::Result<Public<(Span, String)>, Withheld> {
        let span = redacted.span(span)?;
        let words = span.quote(&redacted.text).ok_or(Withheld::Document)?;
        Ok(Public::new((span, words.to_owned())))
    }

    /// A cell of a list, where it names nobody who is protected.
    pub(crate) fn cell(&self, text: &str, here: &Protected) -> std::result::Result<Public<String>, Withheld> {
        let mut found = self.protected.find(text);
        found.extend(here.find(text));
        found.extend(self.reached(text));
        match found.first() {
            Some((_, why)) => Err(*why),
            None => Ok(Public::new(text.to_owned())),
        }
    }

    /// Lets a whole file out, after a last look at it: no protected name of two words or more may stand in it.
    ///
    /// # Errors
    /// [`PublishError::WouldLeak`].
    pub(crate) fn admit(&self, path: &str, bytes: Vec<u8>) -> Result<Public<Vec<u8>>> {
        let text = String::from_utf8_lossy(&bytes);
        let readings = if path.ends_with(".html") {
            vec![without_tags(&text, ""), without_tags(&text, " ")]
        } else {
            vec![text.into_owned()]
        };
        for reading in readings {
            if let Some(leak) = self.protected.names_somebody(&reading) {
                return Err(self.refused(path, &bytes, leak));
            }
        }
        Ok(Public::new(bytes))
    }

    /// Says whose name a file would have shown, where, and what to do about it.
    fn refused(&self, path: &str, bytes: &[u8], leak: Leak) -> PublishError {
        let shows = |text: &str| self.protected.names_somebody(text).is_some();
        let place = leaks::place(path, bytes, shows).unwrap_or_else(|| "its text".to_owned());
        let speech = self.words.in_language(Language::En);
        PublishError::WouldLeak {
            file: path.to_owned(),
            place,
            whose: leaks::whose(&leak.bearers),
            why: speech.say(leak.why.key(), &[]),
            next: leaks::next(&leak.bearers),
        }
    }
}

/// A page's words and the values of its attributes, with its entities as letters.
fn without_tags(html: &str, instead: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut values = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        words.push_str(&rest[..open]);
        let close = rest[open..].find('>').map_or(rest.len(), |at| open + at + 1);
        for value in rest[open..close].split('"').skip(1).step_by(2) {
            values.push('\n');
            values.push_str(value);
        }
        words.push_str(instead);
        rest = &rest[close..];
    }
    words.push_str(rest);
    words.push_str(&values);
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ] {
        words = words.replace(entity, letter);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_has_a_row_for_every_matter() {
        let table = Table::built_in().unwrap();
        for matter in Matter::ALL {
            let open = matches!(
                matter,
                Matter::NameOfDeadCleared
                    | Matter::SourcePublic
                    | Matter::SpeechPublic
                    | Matter::DocumentCleared
                    | Matter::KinBothPublic
                    | Matter::IncidentCleared
            );
            assert_eq!(table.allows(*matter).is_ok(), open, "{matter:?}");
        }
    }

    #[test]
    fn a_table_with_a_gap_or_a_slip_is_refused() {
        let whole = include_str!("../../data/policy.csv");
        let without: String = whole
            .lines()
            .filter(|line| !line.starts_with("kin,other"))
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(Table::read(&without).unwrap_err().to_string().contains("kin"));
        assert!(Table::read(&whole.replace("injured,no,living", "injured,no,")).is_err());
        assert!(Table::read(&whole.replace("person_name,missing", "person_name,mising")).is_err());
    }

    #[test]
    fn who_may_be_named() {
        for (fate, cleared, objection, why) in [
            (Some(Fate::Killed), true, false, None),
            (Some(Fate::DiedOfWounds), true, false, None),
            (Some(Fate::Killed), false, false, Some(Withheld::NameNotCleared)),
            (Some(Fate::Killed), true, true, Some(Withheld::FamilyObjects)),
            (Some(Fate::Injured), true, false, Some(Withheld::Living)),
            (Some(Fate::Missing), true, false, Some(Withheld::Living)),
            (Some(Fate::Detained), true, false, Some(Withheld::Living)),
            (None, true, false, Some(Withheld::Living)),
        ] {
            let allowed = Table::built_in().unwrap().allows(Matter::of_name(fate, cleared, objection));
            assert_eq!(allowed.err(), why, "{fate:?} {cleared} {objection}");
        }
    }

    #[test]
    fn sources_above_level_zero_are_roles() {
        let table = Table::built_in().unwrap();
        for level in [
            ReleaseLevel::PublicAfterDate,
            ReleaseLevel::Partners,
            ReleaseLevel::Team,
            ReleaseLevel::NamedKeys,
            ReleaseLevel::NeverLeavesDevice,
        ] {
            let reporter = Matter::of_source(SourceKind::FieldReporter, level);
            assert_eq!(table.allows(reporter), Err(Withheld::Reporter));
            assert_eq!(table.allows(Matter::of_speech(reporter)), Err(Withheld::Reporter));
            let witness = Matter::of_source(SourceKind::WitnessTestimony, level);
            assert_eq!(table.allows(Matter::of_speech(witness)), Err(Withheld::ProtectedWitness));
        }
        assert!(table.allows(Matter::of_source(SourceKind::LocalMedia, ReleaseLevel::Public)).is_ok());
    }

    #[test]
    fn a_refused_file_says_whose_name_and_where_and_never_the_name() {
        let mut protected = Protected::default();
        protected.add_words(vec!["taim".into(), "ramli".into()], Withheld::NameNotCleared);
        let bearer = Bearer { record: "person p1".into(), clear: Some("i1".into()) };
        protected.is_borne(vec!["taim".into(), "ramli".into()], bearer);
        let policy = Policy::new(OpaqueIds::new([7; 32]), protected, Words::built_in().unwrap()).unwrap();
        let json = br#"[{"title_en": "The house of Taim al-Ramli"}]"#;
        let told = policy.admit("data/figures.json", json.to_vec()).unwrap_err().to_string();
        for part in ["data/figures.json", "person p1", "0/title_en", "not cleared", "sijil clear i1"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(!told.to_lowercase().contains("ramli"), "{told}");
    }
}
