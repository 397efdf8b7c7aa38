//! The circumstances of an incident: when, where, by whom, with what, on what; each with the claims that say so.

use sijil_model::{Content, Language, Quantity, When};
use sijil_page::view::{
    AttributionLine, ClaimLink, HarmLine, IncidentPlace, MeansLine, PlaceLine, PositionLine, Shown, SiteLine,
    TimeLine,
};
use sijil_register::ask::ClaimRow;
use sijil_register::results::Found;

use crate::desk::answer::Result;
use crate::desk::parts::reports::Report;
use crate::desk::viewing::Viewing;

impl Viewing<'_> {
    /// The times that reports give, each once.
    pub fn times(&self, reports: &[Report]) -> Result<Vec<TimeLine>> {
        let mut lines: Vec<TimeLine> = Vec::new();
        for (row, _) in reports.iter().flat_map(Report::times) {
            let is_said = matches!(row.claim.content, Content::Time { .. });
            let Some(when) =
                self.view().time_of(row.claim.id.as_str(), self.at)?.or_else(|| is_said.then(When::unknown))
            else {
                continue;
            };
            let said = is_said.then(|| words(row)).flatten();
            match lines.iter_mut().find(|line| line.when == when && line.said == said) {
                Some(line) => line.claims.push(self.link_of(row)),
                None => lines.push(TimeLine { when, said, claims: vec![self.link_of(row)] }),
            }
        }
        Ok(lines)
    }

    /// The places that a decision or reports give, each once.
    pub fn places(&self, incident: &str, reports: &[Report]) -> Result<Vec<IncidentPlace>> {
        let mut lines: Vec<IncidentPlace> = Vec::new();
        for decision in self.view().decisions_in_force(incident, "place")? {
            let Ok(found) = serde_json::from_str::<Found>(&decision.value) else { continue };
            lines.push(IncidentPlace {
                place: self.place_line(&found, None, Vec::new()),
                role: sijil_model::codebook::PlaceRole::Primary,
            });
        }
        let phrases = reports.iter().flat_map(|report| {
            report.said(|content| if let Content::Place(phrase) = content { Some(phrase) } else { None })
        });
        for (row, phrase) in phrases {
            let found = self.view().place_of(row.claim.id.as_str(), self.at)?;
            let line = match &found {
                Some(found) => self.place_line(found, Some(&phrase.text), vec![self.link_of(row)]),
                None => not_placed(&phrase.text, vec![self.link_of(row)]),
            };
            let known = lines.iter_mut().find(|known| {
                known.role == phrase.role
                    && (&known.place.name, &known.place.said) == (&line.name, &line.said)
            });
            match known {
                Some(known) => known.place.claims.push(self.link_of(row)),
                None => lines.push(IncidentPlace { place: line, role: phrase.role }),
            }
        }
        Ok(lines)
    }

    fn place_line(&self, found: &Found, said: Option<&str>, claims: Vec<ClaimLink>) -> PlaceLine {
        let place = &found.place;
        let own = match self.language {
            Language::En => place.name_en.as_ref().or(place.name_ar.as_ref()),
            Language::Ar => place.name_ar.as_ref().or(place.name_en.as_ref()),
        };
        let name = place.place.as_ref().and_then(|id| self.place_name(id)).or_else(|| own.cloned());
        let outer = found
            .chain
            .iter()
            .skip(1)
            .filter_map(|id| self.place_name(&sijil_model::PlaceId::new(id.as_str()).ok()?));
        PlaceLine {
            said: said.filter(|said| name.as_deref() != Some(*said)).map(|said| Shown::Open(said.to_owned())),
            within: if name.is_some() { outer.collect() } else { Vec::new() },
            name: name.map(Shown::Open),
            precision: place.precision,
            why: (!place.why.is_empty()).then(|| sijil_place::why_in_words(&place.why, self.language)),
            claims,
        }
    }

    /// Who is said to have done it.
    pub fn attributions(&self, reports: &[Report]) -> Vec<AttributionLine> {
        let said = gathered(reports, |content| {
            if let Content::Attribution { actor, status, combination } = content {
                Some((actor, *status, *combination))
            } else {
                None
            }
        });
        let line =
            |((actor, status, combination), rows): ((&sijil_model::ActorCode, _, _), Vec<&ClaimRow>)| {
                AttributionLine {
                    actor: self.actor_name(actor),
                    status,
                    combination,
                    claims: self.links_of_rows(&rows),
                }
            };
        said.into_iter().map(line).collect()
    }

    /// What parties say of themselves or of their targets.
    pub fn positions(&self, reports: &[Report]) -> Vec<PositionLine> {
        let said = gathered(reports, |content| {
            if let Content::Position { holder, position } = content {
                Some((holder, *position))
            } else {
                None
            }
        });
        said.into_iter()
            .map(|((holder, position), rows)| PositionLine {
                holder: self.actor_name(holder),
                position,
                claims: self.links_of_rows(&rows),
            })
            .collect()
    }

    /// With what.
    pub fn means(&self, reports: &[Report]) -> Vec<MeansLine> {
        let said =
            gathered(
                reports,
                |content| if let Content::Means { means } = content { Some(*means) } else { None },
            );
        said.into_iter().map(|(means, rows)| MeansLine { means, claims: self.links_of_rows(&rows) }).collect()
    }

    /// What was hit.
    pub fn sites(&self, reports: &[Report]) -> Vec<SiteLine> {
        let said = gathered(reports, |content| {
            if let Content::Site { site, assertion, damage, .. } = content {
                Some((*site, *assertion, *damage))
            } else {
                None
            }
        });
        said.into_iter()
            .map(|((site, assertion, damage), rows)| SiteLine {
                site,
                assertion,
                damage,
                claims: self.links_of_rows(&rows),
            })
            .collect()
    }

    /// Harm other than to bodies.
    pub fn harms(&self, reports: &[Report]) -> Result<Vec<HarmLine>> {
        let rules = self.rules()?;
        let count =
            |quantity: Quantity, row: &ClaimRow| rules.rule(quantity, language_of(row)).interval(quantity);
        let said = gathered(reports, |content| {
            if let Content::OtherHarm { harm, count, .. } = content {
                Some((*harm, count.as_ref().map(|count| count.quantity)))
            } else {
                None
            }
        });
        Ok(said
            .into_iter()
            .map(|((harm, quantity), rows)| HarmLine {
                harm,
                interval: quantity.map(|quantity| count(quantity, rows[0])),
                claims: self.links_of_rows(&rows),
            })
            .collect())
    }

    fn link_of(&self, row: &ClaimRow) -> ClaimLink {
        self.claim_link(&row.claim.id)
    }

    fn links_of_rows(&self, rows: &[&ClaimRow]) -> Vec<ClaimLink> {
        rows.iter().map(|row| self.link_of(row)).collect()
    }
}

/// What reports say of one kind, each once, with the claims that say so.
fn gathered<'r, T: PartialEq + 'r>(
    reports: &'r [Report],
    kind: impl Fn(&'r Content) -> Option<T> + Copy + 'r,
) -> Vec<(T, Vec<&'r ClaimRow>)> {
    let mut lines: Vec<(T, Vec<&ClaimRow>)> = Vec::new();
    for (row, said) in reports.iter().flat_map(|report| report.said(kind)) {
        match lines.iter_mut().find(|(known, _)| *known == said) {
            Some((_, rows)) => rows.push(row),
            None => lines.push((said, vec![row])),
        }
    }
    lines
}

fn words(row: &ClaimRow) -> Option<String> {
    row.claim.spans.first().map(|quoted| quoted.quote.clone())
}

fn not_placed(said: &str, claims: Vec<ClaimLink>) -> PlaceLine {
    PlaceLine {
        name: None,
        within: Vec::new(),
        said: Some(Shown::Open(said.to_owned())),
        precision: sijil_model::codebook::PlacePrecision::NotPlaced,
        why: None,
        claims,
    }
}

/// The language of a claim's own words.
fn language_of(row: &ClaimRow) -> Language {
    let is_arabic =
        words(row).unwrap_or_default().chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter));
    if is_arabic { Language::Ar } else { Language::En }
}
