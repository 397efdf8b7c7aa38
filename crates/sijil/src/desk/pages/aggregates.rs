//! Claims about many incidents at once, each held against what the register documents; never added to anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use sijil_count::{Question, Reconciled};
use sijil_model::codebook::{Coded, Harm};
use sijil_model::{ClaimId, Language};
use sijil_page::Section;
use sijil_page::view::{AggregatesPage, Part, ReconciledLine};

use crate::asking;
use crate::desk::Desk;
use crate::desk::answer::Result;
use crate::desk::parts::sums::{claimed, sum};
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// Claims on a page.
const PAGE: u64 = 20;

/// `GET /aggregates`
pub async fn list(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    desk.page(visit, Some(Section::Aggregates), page).await
}

fn page(viewing: &Viewing<'_>) -> Result<AggregatesPage> {
    let all = reconciled(viewing)?;
    let paging = viewing.visit.paging(PAGE, all.len() as u64);
    let shown = all.iter().skip(paging.from.saturating_sub(1) as usize).take(PAGE as usize);
    Ok(AggregatesPage {
        aggregates: shown.map(|line| viewing.reconciled_line(line)).collect::<Result<_>>()?,
        paging,
        reject: viewing.reject_form(),
    })
}

/// Every such claim once, whatever harm it is about.
fn reconciled(viewing: &Viewing<'_>) -> Result<Vec<Reconciled>> {
    let mut all: BTreeMap<ClaimId, Reconciled> = BTreeMap::new();
    let rules = viewing.rules_in_force()?;
    for harm in Harm::ALL.iter().copied().filter(|harm| can_count(viewing, *harm)) {
        let question = Question { harm, rules: rules.clone(), ..Question::default() };
        let figure = asking::answer(viewing.view(), viewing.stages(), &question, viewing.at)?;
        for line in figure.reconciled {
            all.entry(line.aggregate.clone()).or_insert(line);
        }
    }
    Ok(all.into_values().collect())
}

fn can_count(viewing: &Viewing<'_>, harm: Harm) -> bool {
    viewing.rules().is_ok_and(|rules| rules.counts(harm, sijil_model::codebook::Class::Total, None))
}

impl Viewing<'_> {
    /// A claim about many incidents beside what is documented.
    pub fn reconciled_line(&self, line: &Reconciled) -> Result<ReconciledLine> {
        let why = match self.language {
            Language::En => &line.why,
            Language::Ar => &line.why_ar,
        };
        Ok(ReconciledLine {
            claim: self.claim_line(&self.view().claim(line.aggregate.as_str())?)?,
            claimed: claimed(line),
            inside: line.inside.as_ref().map(sum).unwrap_or_default(),
            possibly: line.possibly_inside.as_ref().map(sum).unwrap_or_default(),
            share: line.share.map(Part::of),
            withheld: None,
            why: why.clone().or_else(|| line.why.clone()),
        })
    }
}
