//! The stages, driven: read → extract → place → link → save. A stage never calls the next; this does.

pub mod anchors;
pub mod coding;
pub mod intake;
pub mod linking;
pub mod memory;
pub mod people;
pub mod placing;
pub mod replacing;
pub mod rerun;
pub mod saving;
pub mod sheets;
pub mod strikes;
pub mod unread;

use std::collections::BTreeMap;

use sijil_extract::Extractor;
use sijil_model::actor::{known_actors, read_actors};
use sijil_model::{Actor, ActorCode};
use sijil_place::{Gazetteer, Memory};
use sijil_register::Register;

use crate::failure::Failure;

/// Names of settings that the stages read.
pub mod setting {
    /// The country that reports are about, ISO 3166-1 alpha-2.
    pub const COUNTRY: &str = "country";
    /// The hash of a gazetteer file or a table of places, on top of the built-in gazetteer.
    pub const GAZETTEER: &str = "gazetteer";
    /// The hash of a table of actors, on top of the built-in ones.
    pub const ACTORS: &str = "actors";
    /// The extractor whose runs are adopted at once, `name version`.
    pub const EXTRACTOR: &str = "extractor";
    /// The placer whose runs are adopted at once.
    pub const PLACER: &str = "placer";
    /// The linker whose runs are adopted at once.
    pub const LINKER: &str = "linker";
    /// The rule set in force.
    pub const RULES: &str = "rules";
}

/// A program of a stage, as runs record it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Program {
    /// `name version`, the form of a setting.
    pub fn in_force(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// The reader of claims: our extractor, or a test's.
pub trait Coder: Send + Sync {
    /// What runs record.
    fn program(&self) -> Program;
    /// The claims of a text.
    fn extract(&self, report: &sijil_extract::Report<'_>) -> sijil_extract::Extraction;
}

/// Our own extractor.
struct OwnCoder(Extractor);

impl Coder for OwnCoder {
    fn program(&self) -> Program {
        Program { name: sijil_extract::EXTRACTOR.into(), version: sijil_extract::VERSION.into() }
    }

    fn extract(&self, report: &sijil_extract::Report<'_>) -> sijil_extract::Extraction {
        self.0.extract(report)
    }
}

/// What the stages work with.
#[derive(Clone)]
pub struct Stages {
    /// Text to claims.
    pub coder: std::sync::Arc<dyn Coder>,
    /// Phrases to places.
    pub gazetteer: std::sync::Arc<Gazetteer>,
    /// SHA-256 of the register's own gazetteer, where it has one.
    pub gazetteer_data: Option<String>,
    /// Parties.
    pub actors: BTreeMap<ActorCode, Actor>,
    /// The country that reports are about.
    pub country: Option<String>,
    /// What reviewers confirmed.
    pub memory: std::sync::Arc<Memory>,
}

impl Stages {
    /// With what is built in.
    pub fn built_in(country: Option<String>) -> Self {
        Self::with(known_actors(), Gazetteer::built_in(), None, country)
    }

    /// With a gazetteer on top of what they have.
    pub fn on_top(self, gazetteer: Gazetteer) -> Self {
        let stack = Gazetteer::stack([self.gazetteer.as_ref().clone(), gazetteer]);
        Self::with(self.actors.into_values().collect(), stack, self.gazetteer_data, self.country)
    }

    /// With what a register has in force.
    pub fn of(register: &Register) -> Result<Self, Failure> {
        let view = register.view();
        let mut actors = known_actors();
        // An empty setting takes a table back.
        let own =
            |name: &str| Ok::<_, Failure>(view.setting(name, None)?.filter(|digest| !digest.is_empty()));
        if let Some(digest) = own(setting::ACTORS)? {
            let table = text_blob(register, &digest)?;
            let named = read_actors(&table).map_err(|error| Failure::Refused(error.to_string()))?;
            actors.retain(|known| !named.iter().any(|actor| actor.code == known.code));
            actors.extend(named);
        }
        let data = own(setting::GAZETTEER)?;
        let gazetteer = match &data {
            Some(digest) => {
                let (own, _) = Gazetteer::from_source("the register's gazetteer", register.blob(digest)?)
                    .map_err(|error| Failure::Refused(error.to_string()))?;
                Gazetteer::stack([Gazetteer::built_in(), own])
            }
            None => Gazetteer::built_in(),
        };
        let stages = Self::with(actors, gazetteer, data, view.setting(setting::COUNTRY, None)?);
        Ok(stages.remembering(memory::of(register)?))
    }

    /// The same with what reviewers confirmed.
    pub fn remembering(&self, memory: Memory) -> Self {
        Self { memory: std::sync::Arc::new(memory), ..self.clone() }
    }

    /// The same for reports about a country.
    pub fn about(&self, country: Option<String>) -> Self {
        if self.country == country {
            return self.clone();
        }
        let actors: Vec<Actor> = self.actors.values().cloned().collect();
        let coder = OwnCoder(coding::extractor(&actors, &self.gazetteer, country.as_deref()));
        Self { coder: std::sync::Arc::new(coder), country, ..self.clone() }
    }

    fn with(
        actors: Vec<Actor>,
        gazetteer: Gazetteer,
        gazetteer_data: Option<String>,
        country: Option<String>,
    ) -> Self {
        let gazetteer = std::sync::Arc::new(gazetteer);
        let coder = OwnCoder(coding::extractor(&actors, &gazetteer, country.as_deref()));
        let actors = actors.into_iter().map(|actor| (actor.code.clone(), actor)).collect();
        let memory = std::sync::Arc::default();
        Self { coder: std::sync::Arc::new(coder), gazetteer, gazetteer_data, actors, country, memory }
    }
}

fn text_blob(register: &Register, digest: &str) -> Result<String, Failure> {
    let bytes = register.blob(digest)?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::Refused(format!("the stored table {digest} is not UTF-8; run `sijil verify`")))
}
