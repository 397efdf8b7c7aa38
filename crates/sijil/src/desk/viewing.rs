//! A register looked at for one request: in one language, as of now. `parts/` and `pages/` add what they make of it.

use std::sync::Arc;

use sijil_count::RuleSet;
use sijil_model::{Language, PlaceId};
use sijil_page::{Links, Speech};
use sijil_register::{Register, View};

use super::answer::Result;
use super::visit::Visit;
use super::work::{Answered, Work};
use crate::linking::reviewing::Doubted;
use crate::stages::{Stages, setting};

/// What a page is made from.
pub struct Viewing<'a> {
    work: &'a Work,
    /// What is asked for.
    pub visit: &'a Visit,
    /// The reader's language.
    pub language: Language,
    /// Where pages lie.
    pub links: Links,
    /// The log position now.
    pub at: u64,
}

impl<'a> Viewing<'a> {
    /// The register as it is now.
    pub(super) fn new(work: &'a Work, visit: &'a Visit) -> Result<Self> {
        let at = work.session.register.view().position()?;
        Ok(Self { work, visit, language: visit.language, links: visit.links(), at })
    }

    /// The register.
    pub fn register(&self) -> &'a Register {
        &self.work.session.register
    }

    /// Its queries.
    pub fn view(&self) -> &'a View {
        self.work.session.register.view()
    }

    /// The gazetteer and the parties in force.
    pub fn stages(&self) -> &'a Stages {
        &self.work.stages
    }

    /// Texts and lists that were read a moment ago.
    pub fn shelf(&self) -> &'a std::cell::RefCell<super::parts::shelf::Shelf> {
        &self.work.shelf
    }

    /// The figures that the desk keeps in view, as of now.
    pub(super) fn answered(&self) -> Result<Arc<Vec<Answered>>> {
        self.work.answered(self.at)
    }

    /// The same as of an earlier position.
    pub(super) fn answered_at(&self, at: u64) -> Result<Arc<Vec<Answered>>> {
        self.work.answered(at)
    }

    /// All pairs in doubt as of now, the most consequential first.
    pub(super) fn doubted(&self) -> Result<Arc<Vec<Doubted>>> {
        self.work.doubted(self.at)
    }

    /// The name of the rule set in force.
    pub fn rules_in_force(&self) -> Result<String> {
        Ok(self.view().setting(setting::RULES, None)?.unwrap_or_else(|| "open".to_owned()))
    }

    /// The rule set in force.
    pub fn rules(&self) -> Result<RuleSet> {
        Ok(RuleSet::named(&self.rules_in_force()?)?)
    }

    /// A place's name in the reader's language, or in the other where it has none in this.
    pub fn place_name(&self, id: &PlaceId) -> Option<String> {
        let place = self.stages().gazetteer.place(id)?;
        match self.language {
            Language::En => place.name_en.or(place.name_ar),
            Language::Ar => place.name_ar.or(place.name_en),
        }
    }

    /// A party's name in the reader's language; its code where the register has no such party.
    pub fn actor_name(&self, code: &sijil_model::ActorCode) -> String {
        self.stages()
            .actors
            .get(code)
            .map_or_else(|| code.to_string(), |actor| actor.label(self.language).to_owned())
    }

    /// The words of the pages in the reader's language.
    pub fn speech(&self) -> &'a Speech {
        self.work.words(self.language)
    }
}
