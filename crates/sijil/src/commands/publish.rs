//! `sijil publish`: a folder for the world, of what is cleared and signed.

use std::ops::Range;
use std::path::Path;

use sijil_archive::SystemClock;
use sijil_check::Severity;
use sijil_check::invariants::Breach;
use sijil_count::{Area, Question};
use sijil_extract::Report;
use sijil_model::{Actor, DocumentId, PlaceId, Span};
use sijil_publish::{Missing, OpenError, PlaceName, PublishError, Surroundings};
use sijil_register::Register;

use crate::arguments::{Arguments, Publish};
use crate::asking;
use crate::checking;
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::{complain, counted, say};

pub fn run(arguments: &Arguments, publish: &Publish) -> Outcome {
    let mut session = Session::open(arguments)?;
    session.must_be("publisher", "publishes")?;
    let stages = Stages::of(&session.register)?;
    // Nobody could say of how many incidents two may be one, and a release cannot be taken back.
    if let Some(uncompared) = asking::uncompared_in_words(session.register.view().uncompared_incidents()?) {
        return Err(Failure::Refused(format!("nothing is published: {uncompared}; publish after that")));
    }
    match sijil_publish::publish(
        &mut session.register,
        &Around(&stages),
        &session.account,
        &SystemClock,
        &publish.out,
    ) {
        Ok(released) => {
            tell_missing(&released.missing);
            say(&format!("entry:{}  release.made  {}", released.position, released.figures.join(" ")));
            say(&format!(
                "  {}, {} with their words, {} withheld",
                counted(released.incidents, "incident"),
                counted(released.shown, "claim"),
                counted(released.withheld, "claim")
            ));
            say(&format!(
                "  open {}, and check it: python3 {}",
                page(&publish.out),
                publish.out.join("check.py").display()
            ));
            Ok(())
        }
        Err(PublishError::NothingToPublish { missing }) => {
            tell_missing(&missing);
            Err(Failure::Refused(PublishError::NothingToPublish { missing }.to_string()))
        }
        Err(error) => Err(failure(error)),
    }
}

fn tell_missing(missing: &[Missing]) {
    if !missing.is_empty() {
        complain("withheld until somebody clears it and somebody else signs:");
    }
    missing.iter().for_each(|one| complain(&format!("  {one}")));
}

fn page(out: &Path) -> String {
    out.join("index.html").display().to_string()
}

pub(super) fn failure(error: PublishError) -> Failure {
    match error {
        PublishError::NotARelease { .. } => Failure::Usage(error.to_string()),
        PublishError::Register(error) => error.into(),
        PublishError::Archive(error) => error.into(),
        PublishError::Page(_) | PublishError::Format(_) => Failure::Internal(error.to_string()),
        _ => Failure::Refused(error.to_string()),
    }
}

/// What the register's stages know of places and parties.
pub(super) struct Around<'a>(pub(super) &'a Stages);

impl Surroundings for Around<'_> {
    fn place(&self, id: &PlaceId) -> Option<PlaceName> {
        let place = self.0.gazetteer.place(id)?;
        Some(PlaceName {
            id: id.clone(),
            en: place.name_en,
            ar: place.name_ar,
            kind: place.kind,
            point: Some((place.lat, place.lon)),
        })
    }

    fn actors(&self) -> Vec<Actor> {
        self.0.actors.values().cloned().collect()
    }

    fn areas(&self, question: &Question) -> Result<Vec<Area>, String> {
        asking::areas(self.0, question).map_err(|failure| failure.message().to_owned())
    }

    /// The folder's name may say whose it is; a release does not.
    fn register_name(&self) -> String {
        "sijil".to_owned()
    }

    fn people_named(&self, text: &str) -> Vec<Range<usize>> {
        // Claims are not asked for, so whose document it is does not matter.
        let Ok(document) = DocumentId::new("0".repeat(64)) else { return Vec::new() };
        let report = Report { document: &document, text, language: None, country: self.0.country.as_deref() };
        let named = self.0.coder.extract(&report).mentions.persons;
        let bytes = |span: Span| match span {
            Span::Text { byte_start, byte_end, .. } => Some(byte_start as usize..byte_end as usize),
            Span::Cell { .. } => None,
        };
        named.into_iter().filter_map(bytes).collect()
    }

    fn open_errors(&self, register: &Register) -> Result<Vec<OpenError>, String> {
        let breaches = checking::register(register).map_err(|failure| failure.message().to_owned())?;
        let errors = breaches.into_iter().filter(|breach| breach.severity == Severity::Error);
        let open = |breach: Breach| OpenError {
            number: breach.invariant,
            records: breach.records,
            explain: breach.explain,
        };
        Ok(errors.map(open).collect())
    }
}
