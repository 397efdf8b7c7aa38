//! An incident: where and when, who was harmed by whom, and every report of it.

mod circumstances;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use sijil_count::{CasualtyRow, Contradiction, Incident};
use sijil_model::{Basis, ClaimId};
use sijil_page::view::{
    CasualtyLine, Choice, DecideForm, IncidentPage, JudgeForm, ProposedGrade, Report, Typed, UnmetGrade,
};
use sijil_register::ask::{ClaimRow, IncidentRow};

use super::review;
use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::parts::reports;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;
use crate::grading;

/// What can be decided of an incident.
const FIELDS: [&str; 14] = [
    "date",
    "place",
    "grading",
    "killed",
    "killed.children",
    "killed.women",
    "killed.men",
    "killed.total.civilian",
    "killed.total.combatant",
    "disputed.killed",
    "injured",
    "missing",
    "detained",
    "excluded",
];

/// The most incidents offered as perhaps the same.
const CANDIDATES: usize = 100;

/// `GET /incident/{id}`
pub async fn show(State(desk): State<Arc<Desk>>, visit: Visit, Path(id): Path<String>) -> Response {
    desk.page(visit, None, move |viewing| page(viewing, &id)).await
}

/// The page of an incident.
pub fn page(viewing: &Viewing<'_>, id: &str) -> Result<IncidentPage> {
    let row = viewing.view().incident(id, viewing.at)?;
    let reports = viewing.reports(id)?;
    let people = viewing.view().people_of(id)?;
    let founders: Vec<ClaimId> = reports.iter().map(|report| report.founder.claim.id.clone()).collect();
    Ok(IncidentPage {
        title: viewing.incident_title_from(&row, &reports)?,
        times: viewing.times(&reports)?,
        places: viewing.places(id, &reports)?,
        grading: row.incident.grading,
        proposal: Some(proposal(viewing, &row.incident)?),
        workflow: None,
        casualties: casualties(viewing, &row.incident)?,
        attributions: viewing.attributions(&reports),
        positions: viewing.positions(&reports),
        means: viewing.means(&reports),
        sites: viewing.sites(&reports),
        harms: viewing.harms(&reports)?,
        people: people.iter().map(|person| viewing.person_line(person)).collect::<Result<_>>()?,
        reports: told(viewing, &row.incident, &reports)?,
        decisions: viewing.decision_lines(id)?,
        in_doubt: review::pairs_with_incident(viewing, id)?,
        pair: Some(review::pair_form(viewing)),
        judgements: viewing.judgement_lines(&founders)?,
        figures: viewing.stands_in(&[id.to_owned()], None)?,
        decide: Some(decide_form(viewing, id, &FIELDS)),
        judge: Some(JudgeForm { candidates: candidates(viewing, &row)?, ..judge_form(viewing, id) }),
        reject: viewing.reject_form(),
        notice: viewing.notice()?,
    })
}

/// The grade that the incident's sources allow.
fn proposal(viewing: &Viewing<'_>, incident: &Incident) -> Result<ProposedGrade> {
    let proposed = grading::proposed(viewing.view(), incident)?;
    let unmet = proposed
        .unmet
        .iter()
        .map(|(grade, why)| UnmetGrade { grade: *grade, why: why.text(viewing.language) });
    Ok(ProposedGrade { grade: proposed.grade, unmet: unmet.collect() })
}

/// The form by which a value is decided.
pub fn decide_form(viewing: &Viewing<'_>, id: &str, fields: &[&str]) -> DecideForm {
    DecideForm {
        action: viewing.links.form("decide"),
        id: id.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        back: viewing.visit.here(),
        typed: Typed::default(),
    }
}

/// The form by which a pair is judged, without candidates.
pub fn judge_form(viewing: &Viewing<'_>, id: &str) -> JudgeForm {
    JudgeForm {
        action: viewing.links.form("judge"),
        id: id.to_owned(),
        candidates: Vec::new(),
        back: viewing.visit.here(),
        typed: Typed::default(),
    }
}

fn casualties(viewing: &Viewing<'_>, incident: &Incident) -> Result<Vec<CasualtyLine>> {
    let rules = viewing.rules()?;
    let line = |row: CasualtyRow| {
        let named =
            incident.named.iter().filter(|person| person.harm == row.harm && person.is_of(row.class)).count()
                as u64;
        CasualtyLine {
            harm: row.harm,
            class: row.class,
            status: row.status,
            interval: row.interval,
            quantity: row.quantity,
            named: (row.status.is_none() && named > 0).then_some(named),
            rule: (row.basis != Basis::Decided).then_some(row.rule),
            default_civilian: row.default_civilian,
            conflicting: matches!(row.contradiction, Some(Contradiction::ConflictingDecisions { .. })),
            contradiction: row.contradiction.map(|contradiction| contradiction.text(viewing.language)),
            claims: viewing.claim_links(&row.claims),
        }
    };
    Ok(incident.casualties(&rules).into_iter().map(line).collect())
}

/// The reports with their claims; reposts of one stand under it.
fn told(viewing: &Viewing<'_>, incident: &Incident, reports: &[reports::Report]) -> Result<Vec<Report>> {
    let mut told: Vec<(String, Report)> = Vec::new();
    for report in reports {
        let document = viewing.view().document(report.founder.claim.document.as_str())?;
        let link = viewing.document_link(&document, report.founder.part, Some(&report.founder.claim))?;
        let name = report.part_name();
        let same_words = viewing.view().links_of(&name)?;
        let root = told
            .iter_mut()
            .find(|(root, _)| same_words.iter().any(|link| link.left == *root || link.right == *root));
        // Reposts count once, and their claims can still be read in their own document.
        match root {
            Some((_, first)) => first.reposts.push(link),
            None => told.push((
                name,
                Report {
                    document: link,
                    reposts: Vec::new(),
                    superseded: is_superseded(incident, report),
                    claims: claims(viewing, report)?,
                },
            )),
        }
    }
    Ok(told.into_iter().map(|(_, report)| report).collect())
}

/// Whether a later document of the same origin replaced what this one says.
fn is_superseded(incident: &Incident, report: &reports::Report) -> bool {
    let own = incident.tellings.iter().find(|telling| telling.document == report.founder.claim.document);
    own.is_some_and(|own| {
        incident.tellings.iter().any(|other| {
            other.origin == own.origin && other.order > own.order && !other.statements.is_empty()
        })
    })
}

/// The claims of a report, those about its people beneath them.
fn claims(viewing: &Viewing<'_>, report: &reports::Report) -> Result<Vec<sijil_page::view::ClaimLine>> {
    let mut lines = Vec::new();
    for row in report.claims() {
        lines.push(viewing.claim_in_place(row)?);
        if row.claim.id != report.founder.claim.id {
            let about: Vec<ClaimRow> = viewing.view().claims_about(row.claim.id.as_str())?;
            for deeper in &about {
                lines.push(viewing.claim_in_place(deeper)?);
            }
        }
    }
    Ok(lines)
}

/// Incidents that may be the same: in a place of this one and on days that it may have been on, the nearest first.
fn candidates(viewing: &Viewing<'_>, row: &IncidentRow) -> Result<Vec<Choice>> {
    let own = &row.incident;
    let place = |incident: &Incident| incident.places.first().and_then(|place| place.chain.first()).cloned();
    let here = place(own);
    let mut near: Vec<(bool, bool, IncidentRow)> = Vec::new();
    for other in viewing.view().incidents(viewing.at)?.into_iter().filter(|other| other.incident.id != own.id)
    {
        let same_day = own.when.narrowed_by(other.incident.when).is_some();
        let same_place = here.is_some() && place(&other.incident) == here;
        near.push((!same_place, !same_day, other));
    }
    near.sort_by(|a, b| (a.0, a.1, &a.2.incident.id).cmp(&(b.0, b.1, &b.2.incident.id)));
    let choice = |(_, _, other): &(bool, bool, IncidentRow)| -> Result<Choice> {
        let title = viewing.incident_title(other)?;
        let words = viewing.title_in_words(&title);
        let short: String = title.id.as_str().chars().take(8).collect();
        Ok(Choice { value: title.id.to_string(), label: format!("{words} · {short}") })
    };
    near.iter().take(CANDIDATES).map(choice).collect()
}
