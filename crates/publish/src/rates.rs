//! Rates as they go out: both numbers that one is made of, and who says how many people there were.

use serde::Serialize;
use sijil_count::Population;
use sijil_count::rate::Ends;
use sijil_model::codebook::Class;
use sijil_model::{Edtf, Interval, PlaceId};
use sijil_page::view::{Shown, Withheld};
use sijil_register::event::SourceRecord;

use crate::documents::shown_source;
use crate::error::Result;
use crate::incidents::Gathering;
use crate::policy::Public;

/// A figure per so many people.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedRate {
    pub per: u64,
    pub of: Class,
    #[serde(flatten)]
    pub inside: Ends,
    pub possibly_inside: Ends,
    pub people: Interval,
    pub populations: Vec<ReleasedPopulation>,
}

/// How many people there were, by a source.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedPopulation {
    pub place: PlaceId,
    pub class: Class,
    pub period: Edtf,
    pub people: Interval,
    /// The name of the source, or of the source of the document that says so, in English and Arabic.
    pub source: Shown<[Public<String>; 2]>,
    pub cited: Option<Public<String>>,
    /// The day on which it was noted.
    pub noted: String,
}

impl Gathering<'_> {
    pub(crate) fn rate(&self, rate: &sijil_count::Rate) -> Result<ReleasedRate> {
        Ok(ReleasedRate {
            per: rate.per,
            of: rate.of,
            inside: rate.inside,
            possibly_inside: rate.possibly_inside,
            people: rate.people,
            populations: rate.populations.iter().map(|one| self.population(one)).collect::<Result<_>>()?,
        })
    }

    fn population(&self, one: &Population) -> Result<ReleasedPopulation> {
        let (view, policy) = (self.register.view(), self.sorting.policy);
        let source: Option<SourceRecord> = match view.source(&one.source)? {
            Some(source) => Some(source),
            None => view.source_of(&one.source)?,
        };
        Ok(ReleasedPopulation {
            place: one.place.clone(),
            class: one.class,
            period: one.period.clone(),
            people: one.people,
            source: source
                .map_or(Shown::Withheld(Withheld::Document), |source| shown_source(policy, &source)),
            cited: one.cited.as_deref().map(|cited| policy.typed(cited)),
            noted: self.day_of_entry(&one.id)?,
        })
    }
}
