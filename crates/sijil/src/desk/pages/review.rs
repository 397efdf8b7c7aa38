//! The queue: pairs of claims that may be of one person or of one strike, to be judged with one click.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sijil_link::why_in_words;
use sijil_model::{Content, IncidentId};
use sijil_page::Section;
use sijil_page::view::{PairForm, PairLine, PairOf, PairSide, ReviewPage};

use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;
use crate::desk::work::Answered;
use crate::linking::reviewing::{self, Doubt, Doubted, Held};

/// Pairs on a page.
const PAGE: u64 = 10;

/// `GET /review`
pub async fn list(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    desk.page(visit, Some(Section::Review), page).await
}

/// The page of the queue.
pub fn page(viewing: &Viewing<'_>) -> Result<ReviewPage> {
    let queue = viewing.doubted()?;
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
pub fn pairs_with_person(viewing: &Viewing<'_>, record: &str) -> Result<Vec<PairLine>> {
    let pairs = reviewing::queue_of_person(viewing.view(), &held(viewing)?, record)?;
    pairs.iter().map(|pair| pair_line(viewing, pair)).collect()
}

/// The pairs in doubt with one incident.
pub fn pairs_with_incident(viewing: &Viewing<'_>, record: &str) -> Result<Vec<PairLine>> {
    let pairs = reviewing::queue_of_incident(viewing.view(), &held(viewing)?, record)?;
    pairs.iter().map(|pair| pair_line(viewing, pair)).collect()
}

/// Judging a pair of this page.
pub fn pair_form(viewing: &Viewing<'_>) -> PairForm {
    PairForm { action: viewing.links.form("judge"), back: viewing.visit.here() }
}

/// The figures that the desk keeps in view, with the incidents in each.
fn held(viewing: &Viewing<'_>) -> Result<Held> {
    Ok(viewing.answered()?.iter().map(Answered::held).collect())
}

fn pair_line(viewing: &Viewing<'_>, pair: &Doubted) -> Result<PairLine> {
    let told = |why: &str| Some(why_in_words(why, viewing.language));
    let (of, likely, why) = match &pair.doubt {
        Doubt::People(share) => (PairOf::People, share, None),
        Doubt::Incidents(chance, why) => (PairOf::Incidents, chance, told(why)),
        Doubt::LookAlikes(chance, why) => (PairOf::LookAlikes, chance, told(why)),
    };
    let side = |(claim, record): &(String, String)| match pair.doubt {
        Doubt::People(_) | Doubt::LookAlikes(..) => person(viewing, claim, record),
        Doubt::Incidents(..) => incident(viewing, claim, record),
    };
    let sides = [side(&pair.left)?, side(&pair.right)?];
    let incidents: Vec<String> =
        sides.iter().filter_map(|side| Some(side.incident.as_ref()?.id.to_string())).collect();
    let figures = viewing.stands_in(&incidents, None)?;
    Ok(PairLine {
        of,
        share: (likely * 1000.0).round() as u32,
        why,
        one_record: pair.left.1 == pair.right.1,
        sides,
        figures: figures.into_iter().map(|one| one.figure).collect(),
    })
}

fn person(viewing: &Viewing<'_>, claim: &str, record: &str) -> Result<PairSide> {
    let row = viewing.view().person(record)?;
    let incident = row.incident.as_deref().map(IncidentId::new).transpose()?;
    Ok(PairSide {
        claim: viewing.claim_line(&viewing.view().claim(claim)?)?,
        besides: Vec::new(),
        person: Some(viewing.person_line(&row)?),
        incident: incident.as_ref().map(|id| viewing.incident_by_id(id)).transpose()?.flatten(),
    })
}

/// An incident as one report tells it: what happened, and how many were harmed, each number once.
fn incident(viewing: &Viewing<'_>, claim: &str, record: &str) -> Result<PairSide> {
    let mut numbers = Vec::new();
    let mut besides = Vec::new();
    for row in viewing.view().claims_about(claim)?.iter().filter(|row| row.rejection.is_none()) {
        let Content::Casualty(said) = &row.claim.content else { continue };
        let number = (said.harm, said.class, said.status, said.count.quantity);
        if !numbers.contains(&number) {
            numbers.push(number);
            besides.push(viewing.claim_line(row)?);
        }
    }
    Ok(PairSide {
        claim: viewing.claim_line(&viewing.view().claim(claim)?)?,
        besides,
        person: None,
        incident: viewing.incident_by_id(&IncidentId::new(record)?)?,
    })
}
