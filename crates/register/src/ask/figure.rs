//! What a question is answered from, as of a position: incidents, claims about many incidents, what was watched.

use std::collections::BTreeSet;

use sijil_count::reconcile::Area;
use sijil_count::{AggregateClaim, Beside, Counting, Figure, Question, RuleSet, Says, Stance, Watched};
use sijil_model::claim::Polarity;
use sijil_model::codebook::{PartyPosition, SiteAssertion};
use sijil_model::{Bounds, Content, Edtf, IncidentId, Language, PlaceId};

use super::ClaimRow;
use crate::{RegisterError, Result, View};

impl View {
    /// Answers a question as of a position. `areas` says what contains each place of the question.
    ///
    /// # Errors
    /// A question that its rule set does not answer, and those of the database.
    pub fn count(&self, question: &Question, areas: &[Area], at: u64) -> Result<Figure> {
        let refused = |error: sijil_count::CountError| RegisterError::Refused(error.to_string());
        let rules = RuleSet::named(&question.rules).map_err(refused)?;
        let position = at;
        // One look at one state, whatever a writer does meanwhile; and locks are taken once, not for each aggregate.
        let _look = self.db.unchecked_transaction()?;
        let at = self.settled(at)?;
        let aggregates = self.aggregates(at)?;
        let (stances, watched) = (self.stances(at)?, self.watched(at)?);
        let populations = if question.per.is_some() { self.populations(at)? } else { Vec::new() };
        let beside = Beside {
            log_position: Some(position),
            areas,
            aggregates: &aggregates,
            stances: &stances,
            excluded: &[],
            watched: &watched,
            populations: &populations,
        };
        let counting = Counting::new(question, &rules, &beside).map_err(refused)?;
        self.finished(counting, at)
    }

    /// The end of the last batch that was saved by a position: within a batch there is no state.
    pub(super) fn settled(&self, at: u64) -> Result<u64> {
        Ok(self
            .column::<Option<u64>>("SELECT max(ends) FROM batch WHERE ends <= ?1", [at])?
            .pop()
            .flatten()
            .unwrap_or(0))
    }

    /// Claims about many incidents that held at a position and were not rejected, with their places and times.
    ///
    /// # Errors
    /// Those of the database.
    pub fn aggregates(&self, at: u64) -> Result<Vec<AggregateClaim>> {
        let rows = self.claims_of_kind("aggregate", at)?;
        rows.iter()
            .filter(|row| row.rejection.is_none() && row.claim.polarity == Polarity::Affirmed)
            .filter_map(|row| self.aggregate(row, at).transpose())
            .collect()
    }

    fn aggregate(&self, row: &ClaimRow, at: u64) -> Result<Option<AggregateClaim>> {
        let Content::Aggregate(said) = &row.claim.content else { return Ok(None) };
        let mut places = Vec::new();
        for number in 0..said.places.len() {
            if let Some(found) = self.place_of(&format!("{}:{number}", row.claim.id), at)? {
                places.extend(area(&found.chain)?);
            }
        }
        let period = self.time_of(row.claim.id.as_str(), at)?.map_or(Bounds::default(), |when| when.bounds);
        let text = row.claim.spans.first().map(|quoted| quoted.quote.as_str()).unwrap_or_default();
        Ok(Some(AggregateClaim {
            id: row.claim.id.clone(),
            kind: said.aggregate,
            harm: said.harm,
            other_harm: said.other_harm,
            class: said.class,
            status: said.status,
            unit: said.unit,
            quantity: said.count.as_ref().map(|count| count.quantity),
            of: said.of.as_ref().map(|of| of.quantity),
            means: said.means,
            language: language_of(text),
            period,
            somewhere: places.len() < said.places.len(),
            places,
            actors: said.actors.clone(),
            compared_with: said.compared_with.clone(),
        }))
    }

    /// What parties state that they aim at, and what the same documents, or claims about the same incidents, say against
    /// it, as of a position and without what was rejected.
    ///
    /// # Errors
    /// Those of the database.
    pub fn stances(&self, at: u64) -> Result<Vec<Stance>> {
        let stated = self.claims_of_kind("position", at)?;
        let stated = stated.iter().filter(|row| {
            matches!(row.claim.content, Content::Position { position: PartyPosition::StatedTarget, .. })
        });
        let mut stances = Vec::new();
        let mut documents: BTreeSet<String> = BTreeSet::new();
        for row in stated {
            let stance = self.stance(row, at)?;
            let about = stance.iter().filter_map(|stance| stance.incident.as_ref());
            documents.insert(row.claim.document.to_string());
            documents.extend(
                about.map(|id| self.documents_of(id.as_str(), at)).collect::<Result<Vec<_>>>()?.concat(),
            );
            stances.extend(stance);
        }
        for document in documents {
            let sites = self.sites_of_document(&document, at)?;
            stances.extend(
                sites
                    .iter()
                    .map(|row| self.stance(row, at))
                    .collect::<Result<Vec<_>>>()?
                    .into_iter()
                    .flatten(),
            );
        }
        Ok(stances)
    }

    fn stance(&self, row: &ClaimRow, at: u64) -> Result<Option<Stance>> {
        let affirmed = row.claim.polarity != Polarity::Denied && row.rejection.is_none();
        let says = match &row.claim.content {
            Content::Position { holder, position: PartyPosition::StatedTarget } => {
                Says::StatedTarget { holder: holder.clone() }
            }
            Content::Site { assertion: SiteAssertion::FreeOfMilitaryObjective, .. } => {
                Says::NoMilitaryObjective
            }
            _ => return Ok(None),
        };
        let about = row.claim.about.as_ref().map(|about| self.record_then(about.as_str(), at)).transpose()?;
        Ok(affirmed.then(|| Stance {
            claim: row.claim.id.clone(),
            document: row.claim.document.clone(),
            incident: about.flatten(),
            says,
        }))
    }

    /// The incident of which a claim was a member at a position.
    fn record_then(&self, claim: &str, at: u64) -> Result<Option<IncidentId>> {
        let sql = "SELECT record FROM member WHERE claim = ?1 AND valid_from <= ?2 AND (valid_to IS NULL OR valid_to > ?2)";
        let record: Option<String> = self.column(sql, rusqlite::params![claim, at])?.pop();
        Ok(record.and_then(|id| IncidentId::new(id).ok()))
    }

    fn documents_of(&self, incident: &str, at: u64) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT claim.document FROM member JOIN claim ON claim.id = member.claim \
             WHERE member.record = ?1 AND member.valid_from <= ?2 AND (member.valid_to IS NULL OR member.valid_to > ?2) ORDER BY 1";
        self.column(sql, rusqlite::params![incident, at])
    }

    fn watched(&self, at: u64) -> Result<Vec<Watched>> {
        let watched = |row: super::NoteRow| {
            let areas = row.note.chains.iter().filter_map(|chain| area(chain).transpose());
            Ok(Watched {
                id: format!("entry:{}", row.position),
                period: Edtf::new(&row.note.period).ok(),
                areas: areas.collect::<Result<_>>()?,
                places: row.note.places,
                searched: row.note.searched,
                channels: Vec::new(),
                dark: row.note.dark.into_iter().collect(),
            })
        };
        self.notes(at)?.into_iter().map(watched).collect()
    }
}

/// A place and what contains it, from a chain of ids, innermost first.
pub fn area(chain: &[String]) -> Result<Option<Area>> {
    let mut ids = chain.iter().map(|id| PlaceId::new(id.clone()));
    let Some(place) = ids.next().transpose()? else { return Ok(None) };
    Ok(Some(Area { place, within: ids.collect::<std::result::Result<_, _>>()? }))
}

fn language_of(text: &str) -> Language {
    let arabic = text.chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter));
    if arabic { Language::Ar } else { Language::En }
}
