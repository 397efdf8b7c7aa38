//! The queue: pairs of claims that may be of one person, to be judged with one click.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sijil_model::IncidentId;
use sijil_page::Section;
use sijil_page::view::{PairForm, PairLine, PairSide, ReviewPage};

use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;
use crate::linking::reviewing::{self, Doubted, Held};

/// Pairs on a page.
const PAGE: u64 = 10;

/// `GET /review`
pub async fn list(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    desk.page(visit, Some(Section::Review), page).await
}

/// The page of the queue.
pub fn page(viewing: &Viewing<'_>) -> Result<ReviewPage> {
    let queue = reviewing::queue(viewing.view(), &held(viewing)?)?;
    let paging = viewing.visit.paging(PAGE, queue.len() as u64);
    let shown = queue.iter().skip(paging.from.saturating_sub(1) as usize).take(PAGE as usize);
    Ok(ReviewPage {
        pairs: shown.map(|pair| pair_line(viewing, pair)).collect::<Result<_>>()?,
        paging,
        form: Some(pair_form(viewing)),
        notice: viewing.notice()?,
    })
}

/// The pairs in doubt with one person.
pub fn pairs_with(viewing: &Viewing<'_>, record: &str) -> Result<Vec<PairLine>> {
    let pairs = reviewing::queue_of(viewing.view(), &held(viewing)?, record)?;
    pairs.iter().map(|pair| pair_line(viewing, pair)).collect()
}

/// Judging a pair of this page.
pub fn pair_form(viewing: &Viewing<'_>) -> PairForm {
    PairForm { action: viewing.links.form("judge"), back: viewing.visit.here() }
}

/// The figures that the desk keeps in view, with the incidents in each.
fn held(viewing: &Viewing<'_>) -> Result<Held> {
    let answered = viewing.answered()?;
    let of = |one: &crate::desk::work::Answered| {
        let name = one.id.as_ref().map_or_else(|| "all-killed".to_owned(), ToString::to_string);
        (name, one.figure.records.iter().map(|record| record.id.to_string()).collect())
    };
    Ok(answered.iter().map(of).collect())
}

fn pair_line(viewing: &Viewing<'_>, pair: &Doubted) -> Result<PairLine> {
    let side = |(claim, record): &(String, String)| -> Result<(PairSide, Option<String>)> {
        let row = viewing.view().person(record)?;
        let incident = row.incident.as_deref().map(IncidentId::new).transpose()?;
        let title = incident.as_ref().map(|id| viewing.incident_by_id(id)).transpose()?.flatten();
        let claim = viewing.claim_line(&viewing.view().claim(claim)?)?;
        Ok((PairSide { claim, person: viewing.person_line(&row)?, incident: title }, row.incident))
    };
    let ((left, one), (right, other)) = (side(&pair.left)?, side(&pair.right)?);
    let incidents: Vec<String> = one.into_iter().chain(other).collect();
    let figures = viewing.stands_in(&incidents, None)?;
    Ok(PairLine {
        share: (pair.share * 1000.0).round() as u32,
        one_record: pair.left.1 == pair.right.1,
        sides: [left, right],
        figures: figures.into_iter().map(|one| one.figure).collect(),
    })
}
