//! A person: the names, what is said, and why claims are held to be about one human being.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use sijil_model::codebook::{AgeClass, Fate, Sex, Status};
use sijil_model::fold::fold;
use sijil_model::{ClaimId, Content, IncidentId};
use sijil_page::view::{
    Choice, JudgeForm, Link, LinkLine, LinkedBy, NameLine, PersonPage, RelationLine, Shown,
};
use sijil_register::ask::{ClaimRow, PersonRow};

use super::incident::{decide_form, judge_form};
use super::review;
use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::parts::titles::code;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;
use crate::linking::reviewing;
use crate::stages::setting;

/// What can be decided of a person.
const FIELDS: [&str; 7] = ["name", "sex", "age", "age_class", "fate", "status", "incident"];

/// The most people offered as perhaps the same.
const CANDIDATES: usize = 60;

/// `GET /person/{id}`
pub async fn show(State(desk): State<Arc<Desk>>, visit: Visit, Path(id): Path<String>) -> Response {
    desk.page(visit, None, move |viewing| page(viewing, &id)).await
}

/// The page of a person.
pub fn page(viewing: &Viewing<'_>, id: &str) -> Result<PersonPage> {
    let row = viewing.view().person(id)?;
    let members = viewing.view().members(id)?;
    let claims = members
        .iter()
        .map(|member| Ok(viewing.view().claim(&member.claim)?))
        .collect::<Result<Vec<ClaimRow>>>()?;
    let ids: Vec<ClaimId> = claims.iter().map(|row| row.claim.id.clone()).collect();
    let incident = row.incident.as_deref().map(IncidentId::new).transpose()?;
    let title = incident.as_ref().map(|id| viewing.incident_by_id(id)).transpose()?.flatten();
    let records: Vec<String> = incident.iter().map(ToString::to_string).collect();
    Ok(PersonPage {
        person: viewing.person_line(&row)?,
        names: names(viewing, &claims),
        sex: code::<Sex>(row.sex.as_deref()),
        age: row.age,
        age_class: code::<AgeClass>(row.age_class.as_deref()),
        fate: code::<Fate>(row.fate.as_deref()),
        status: code::<Status>(row.status.as_deref()),
        role: claims.iter().find_map(|row| said(row).and_then(|said| said.role)),
        relations: relations(viewing, &claims)?,
        incidents: title.into_iter().collect(),
        claims: claims.iter().map(|row| viewing.claim_line(row)).collect::<Result<_>>()?,
        figures: viewing.stands_in(&records, None)?,
        in_doubt: review::pairs_with_person(viewing, id)?,
        pair: Some(review::pair_form(viewing)),
        links: links(viewing, &ids)?,
        judgements: viewing.judgement_lines(&ids)?,
        decisions: viewing.decision_lines(id)?,
        decide: Some(decide_form(viewing, id, &FIELDS)),
        judge: Some(JudgeForm { candidates: candidates(viewing, &row)?, ..judge_form(viewing, id) }),
        reject: viewing.reject_form(),
        notice: viewing.notice()?,
    })
}

fn said(row: &ClaimRow) -> Option<&sijil_model::claim::PersonSaid> {
    match &row.claim.content {
        Content::Person(said) => Some(said),
        _ => None,
    }
}

/// Every spelling of the name, with the claims that have it.
fn names(viewing: &Viewing<'_>, claims: &[ClaimRow]) -> Vec<NameLine> {
    let mut spellings: BTreeMap<&str, Vec<&ClaimId>> = BTreeMap::new();
    for row in claims {
        if let Some(name) =
            said(row).and_then(|said| said.name.as_deref().or(said.name_as_printed.as_deref()))
        {
            spellings.entry(name).or_default().push(&row.claim.id);
        }
    }
    let line = |(name, ids): (&str, Vec<&ClaimId>)| NameLine {
        name: Shown::Open(name.to_owned()),
        claims: viewing.claim_links(ids),
    };
    spellings.into_iter().map(line).collect()
}

fn relations(viewing: &Viewing<'_>, claims: &[ClaimRow]) -> Result<Vec<RelationLine>> {
    let mut lines = Vec::new();
    for row in claims {
        for about in viewing
            .view()
            .claims_about(row.claim.id.as_str())?
            .iter()
            .filter(|about| about.rejection.is_none())
        {
            let Content::Relation { relation, other } = &about.claim.content else { continue };
            let other = viewing.record_link(&viewing.view().claim(other.as_str())?)?;
            lines.push(RelationLine {
                relation: *relation,
                other,
                claims: vec![viewing.claim_link(&about.claim.id)],
            });
        }
    }
    Ok(lines)
}

/// The machine's links between the person's claims.
fn links(viewing: &Viewing<'_>, ids: &[ClaimId]) -> Result<Vec<LinkLine>> {
    let program = viewing.view().setting(setting::LINKER, None)?.unwrap_or_default();
    let mut rows = Vec::new();
    for id in ids {
        for link in viewing.view().links_of(id.as_str())? {
            if !rows.contains(&link) {
                rows.push(link);
            }
        }
    }
    let end = |id: &str| -> Result<Link> {
        let row = viewing.view().claim(id)?;
        let words = row.claim.spans.first().map_or_else(|| id.to_owned(), |quoted| quoted.quote.clone());
        Ok(Link { text: Shown::Open(words), href: Some(viewing.links.claim(&row.claim.id)) })
    };
    rows.iter()
        .map(|link| {
            let by = LinkedBy::Machine(program.clone());
            Ok(LinkLine {
                left: end(&link.left)?,
                right: end(&link.right)?,
                by,
                why: sijil_link::why_in_words(&link.why, viewing.language),
                probability: link.permille.map(u32::from),
            })
        })
        .collect()
}

/// People who may be the same: by the draws of the linking first, then of the same name, then of a name that shares a
/// word, then of the same incident.
fn candidates(viewing: &Viewing<'_>, row: &PersonRow) -> Result<Vec<Choice>> {
    let mut near: Vec<PersonRow> = Vec::new();
    for (record, _) in reviewing::may_be(viewing.view(), &row.id)? {
        near.push(viewing.view().person(&record)?);
    }
    if let Some(name) = &row.name {
        let folded = fold(name);
        near.extend(viewing.view().people_named(&folded)?);
        for word in folded.split(' ') {
            for hit in
                viewing.view().search(word, CANDIDATES as u64)?.iter().filter(|hit| hit.kind == "person")
            {
                near.extend(viewing.view().person(&hit.id).ok());
            }
        }
    }
    if let Some(incident) = &row.incident {
        near.extend(viewing.view().people_of(incident)?);
    }
    let mut choices: Vec<Choice> = Vec::new();
    for other in near.iter().filter(|other| other.id != row.id) {
        if choices.len() < CANDIDATES && !choices.iter().any(|choice| choice.value == other.id) {
            choices.push(Choice { value: other.id.clone(), label: label(viewing, other)? });
        }
    }
    Ok(choices)
}

fn label(viewing: &Viewing<'_>, row: &PersonRow) -> Result<String> {
    let line = viewing.person_line(row)?;
    let name = match line.name.or(line.known_as) {
        Some(Shown::Open(name)) => name,
        _ => row.id.clone(),
    };
    let age = row.age.map(|age| format!(" · {age}")).unwrap_or_default();
    let short: String = row.id.chars().take(8).collect();
    Ok(format!("{name}{age} · {short}"))
}
