//! Titles: how a page points to an incident, a person, a document, a figure.

use std::collections::BTreeSet;

use sijil_model::codebook::{AgeClass, Coded, Fate, PlacePrecision, PlaceRole, Status};
use sijil_model::{
    Anchor, Basis, Claim, Content, DocumentId, Edtf, FigureId, IncidentId, Language, PersonId,
    TimeExpression, When,
};
use sijil_page::view::{DocumentLink, IncidentTitle, Link, PersonLine, Shown};
use sijil_place::{Anchors, read_time};
use sijil_register::ask::{ClaimRow, DocumentRow, IncidentRow, PersonRow, Target};

use super::reports::Report;
use super::shelf::{Kept, Words};
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;

/// The most letters of a document's first words.
const TITLE: usize = 90;

/// A line of fewer words is a heading of something else.
const TITLE_WORDS: usize = 5;

impl Viewing<'_> {
    /// An incident in short: where and when, as far as is known.
    pub fn incident_title(&self, row: &IncidentRow) -> Result<IncidentTitle> {
        let reports = self.reports(row.incident.id.as_str())?;
        self.incident_title_from(row, &reports)
    }

    /// The same, from reports that are at hand.
    pub fn incident_title_from(&self, row: &IncidentRow, reports: &[Report]) -> Result<IncidentTitle> {
        let incident = &row.incident;
        let main =
            incident.places.iter().find(|place| !place.chain.is_empty() && place.role == PlaceRole::Primary);
        let here = main.and_then(|place| place.chain.first());
        let name = here.and_then(|id| self.place_name(id));
        let outer = main.and_then(|place| place.governorate.as_ref()).filter(|outer| Some(*outer) != here);
        let placed = name.is_some();
        let said = (!row.title.is_empty()).then(|| row.title.clone());
        Ok(IncidentTitle {
            id: incident.id.clone(),
            href: Some(self.links.incident(&incident.id)),
            place: name.or(said).map(Shown::Open),
            within: outer.filter(|_| placed).and_then(|outer| self.place_name(outer)),
            precision: match here {
                Some(id) if placed => self.precision_at(reports, id.as_str())?,
                _ => PlacePrecision::NotPlaced,
            },
            when: self.when_of(row, reports)?,
        })
    }

    /// How fine a report or a decision places an incident there.
    fn precision_at(&self, reports: &[Report], place: &str) -> Result<PlacePrecision> {
        for (row, _) in reports
            .iter()
            .flat_map(|report| report.said(|content| matches!(content, Content::Place(_)).then_some(())))
        {
            if let Some(found) = self.view().place_of(row.claim.id.as_str(), self.at)?
                && found.chain.first().is_some_and(|first| first == place)
            {
                return Ok(found.place.precision);
            }
        }
        let id = sijil_model::PlaceId::new(place)?;
        Ok(self.stages().gazetteer.place(&id).map_or(PlacePrecision::NotPlaced, |place| place.kind))
    }

    /// When an incident was: as decided, as a report dates it, or the days on which reports agree.
    fn when_of(&self, row: &IncidentRow, reports: &[Report]) -> Result<When> {
        let id = row.incident.id.as_str();
        if let Some(decided) = self.view().decisions_in_force(id, "date")?.first() {
            return Ok(of_date(Edtf::new(&decided.value)?, Basis::Decided));
        }
        let bounds = row.incident.when;
        for (claim, _) in reports.iter().flat_map(Report::times) {
            if let Some(when) = self.view().time_of(claim.claim.id.as_str(), self.at)?
                && when.bounds == bounds
                && when.edtf.is_some() == row.incident.dated
            {
                return Ok(when);
            }
        }
        let range = match (bounds.earliest, bounds.latest) {
            (Some(first), Some(last)) if row.incident.dated => Edtf::new(&format!("{first}/{last}")).ok(),
            _ => None,
        };
        Ok(range.map_or_else(|| When { bounds, ..When::unknown() }, |range| of_date(range, Basis::Stated)))
    }

    /// A person in short.
    pub fn person_line(&self, row: &PersonRow) -> Result<PersonLine> {
        let id = PersonId::new(row.id.as_str())?;
        let members = self.view().members(&row.id)?;
        let claims = members
            .iter()
            .map(|member| Ok(self.view().claim(&member.claim)?.claim))
            .collect::<Result<Vec<Claim>>>()?;
        let documents: BTreeSet<&DocumentId> = claims.iter().map(|claim| &claim.document).collect();
        let known_as = claims.first().and_then(|claim| claim.spans.first()).filter(|_| row.name.is_none());
        let months = claims.iter().find_map(|claim| match &claim.content {
            Content::Person(said) => said.age_months,
            _ => None,
        });
        Ok(PersonLine {
            href: Some(self.links.person(&id)),
            id,
            name: row.name.clone().map(Shown::Open),
            known_as: known_as.map(|quoted| Shown::Open(quoted.quote.clone())),
            age: row.age,
            age_months: months,
            age_class: code::<AgeClass>(row.age_class.as_deref()),
            fate: code::<Fate>(row.fate.as_deref()),
            status: code::<Status>(row.status.as_deref()),
            documents: documents.len() as u64,
        })
    }

    /// A document as others point to it; `claim` opens it where that claim stands.
    pub fn document_link(&self, row: &DocumentRow, part: u32, claim: Option<&Claim>) -> Result<DocumentLink> {
        let id = DocumentId::new(row.id.as_str())?;
        let source = self.view().source_of(&row.id)?;
        let parts = self.view().parts(&row.id)?;
        let language = parts.iter().find(|own| own.number == part).and_then(|own| own.language.as_deref());
        let name = source.as_ref().map(|source| match self.language {
            Language::En => source.name_en.clone(),
            Language::Ar => source.name_ar.clone(),
        });
        Ok(DocumentLink {
            title: Shown::Open(self.document_title(row, part)?),
            href: Some(claim.map_or_else(
                || self.links.document(&id),
                |claim| self.links.claim_in_document(&id, &claim.id),
            )),
            id: Some(id),
            language: language
                .and_then(|code| Language::ALL.into_iter().find(|language| language.code() == code)),
            kind: source.as_ref().map(|source| source.source_kind),
            source: name.map(Shown::Open),
            published: self.published(&row.id, part)?,
        })
    }

    /// The first words of a document or of its part; of a list its file's name.
    pub fn document_title(&self, row: &DocumentRow, part: u32) -> Result<String> {
        let named = || row.name.clone().unwrap_or_else(|| row.id.clone());
        let Words::Kept(kept, _) = self.words_of(&row.id)? else { return Ok(named()) };
        let Kept::Text(text) = &*kept else { return Ok(named()) };
        let parts = self.view().parts(&row.id)?;
        let own = parts.iter().find(|own| own.number == part);
        let words =
            own.and_then(|own| text.get(own.byte_start as usize..own.byte_end as usize)).unwrap_or(text);
        Ok(first_words(words).unwrap_or_else(named))
    }

    /// When a document was published.
    pub fn published(&self, document: &str, part: u32) -> Result<When> {
        let decided = self.view().decisions_in_force(document, "published")?;
        let basis = if decided.is_empty() { Basis::Stated } else { Basis::Decided };
        Ok(self.view().published(document, part)?.map_or_else(When::unknown, |date| of_date(date, basis)))
    }

    /// A link to the record that a claim belongs to, in its words; to the claim itself where it belongs to none.
    pub fn record_link(&self, row: &ClaimRow) -> Result<Link> {
        let id = &row.claim.id;
        let words = || row.claim.spans.first().map_or_else(|| id.to_string(), |quoted| quoted.quote.clone());
        match self.view().record_of(id.as_str())? {
            Some(record) => self.link_to(&record),
            None => Ok(Link { text: Shown::Open(words()), href: Some(self.links.claim(id)) }),
        }
    }

    /// A link to anything by its whole id.
    pub fn link_to(&self, id: &str) -> Result<Link> {
        let link = |text: String, href: String| Link { text: Shown::Open(text), href: Some(href) };
        Ok(match self.view().find(id)? {
            Target::Figure(id) => link(id.clone(), self.links.figure(&FigureId::new(id)?)),
            Target::Incident(id) => match self.view().incident(&id, self.at) {
                Ok(row) => link(
                    self.title_in_words(&self.incident_title(&row)?),
                    self.links.incident(&row.incident.id),
                ),
                Err(_) => Link { text: Shown::Open(id), href: None },
            },
            Target::Person(id) => match self.view().person(&id) {
                Ok(row) => {
                    let line = self.person_line(&row)?;
                    let text = line.name.or(line.known_as).unwrap_or(Shown::Open(id));
                    Link { text, href: line.href }
                }
                Err(_) => Link { text: Shown::Open(id), href: None },
            },
            Target::Claim(id) => {
                let row = self.view().claim(&id)?;
                let words = row.claim.spans.first().map_or(id, |quoted| quoted.quote.clone());
                link(words, self.links.claim(&row.claim.id))
            }
            Target::Document(id) => {
                let row = self.view().document(&id)?;
                link(self.document_title(&row, 0)?, self.links.document(&DocumentId::new(id)?))
            }
            Target::Entry(position) => link(format!("entry:{position}"), self.links.entry(position)),
            Target::Source(id) => link(id, self.links.page("sources")),
        })
    }

    /// An incident's title as plain words, for choices and links.
    pub fn title_in_words(&self, title: &IncidentTitle) -> String {
        let place = match &title.place {
            Some(Shown::Open(place)) => place.clone(),
            _ => title.id.as_str().chars().take(13).collect(),
        };
        format!("{place} · {}", self.speech().when(&title.when))
    }

    /// An incident as it stands, in short; none where it was joined to another.
    pub fn incident_by_id(&self, id: &IncidentId) -> Result<Option<IncidentTitle>> {
        match self.view().incident(id.as_str(), self.at) {
            Ok(row) => Ok(Some(self.incident_title(&row)?)),
            Err(sijil_register::RegisterError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A code of the codebook, where it is known.
pub fn code<T: Coded>(code: Option<&str>) -> Option<T> {
    T::from_code(code?).ok()
}

/// A date as a time that is read, as fine as its days are.
pub fn of_date(date: Edtf, basis: Basis) -> When {
    let read = read_time(&TimeExpression::Calendar(date.clone()), None, &Anchors::default());
    When { bounds: date.bounds(), edtf: Some(date), anchor: Anchor::Unknown, basis, ..read }
}

/// The beginning of a text's first sentence, up to a word's end: of the first line that has some words, because copied
/// pages begin with their menus and posts with a sign; else of the first line.
fn first_words(text: &str) -> Option<String> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let words =
        |line: &&str| line.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let line = lines().find(|line| words(line) >= TITLE_WORDS).or_else(|| lines().next())?;
    let Some((limit, _)) = line.char_indices().nth(TITLE) else { return Some(line.to_owned()) };
    let end = line[..limit].rfind(char::is_whitespace).unwrap_or(limit);
    Some(format!("{}…", &line[..end]))
}

#[cfg(test)]
mod tests {
    use sijil_model::codebook::DatePrecision;

    use super::*;

    #[test]
    fn titles_end_with_a_word() {
        assert_eq!(first_words("\n  Market hit \nmore").as_deref(), Some("Market hit"));
        let page =
            "Skip to main content\nHome\nNine killed as air raid hits market\nmore of the same story here";
        assert_eq!(first_words(page).as_deref(), Some("Nine killed as air raid hits market"));
        let long = first_words(&"ميناء الأمل ".repeat(20)).unwrap();
        assert!(long.ends_with("…") && long.chars().count() <= TITLE + 1 && !long.contains("  "), "{long}");
        assert_eq!(first_words(" \n "), None);
    }

    #[test]
    fn a_date_is_as_fine_as_its_text() {
        let precision = |text: &str| of_date(Edtf::new(text).unwrap(), Basis::Stated).precision;
        assert_eq!(precision("2031-10-05"), DatePrecision::Day);
        assert_eq!(precision("2031-10"), DatePrecision::Month);
        assert_eq!(precision("2031-10-05/2031-10-09"), DatePrecision::WithinDays);
        assert_eq!(precision("2031-10-05/.."), DatePrecision::LongerOrOpen);
    }
}
