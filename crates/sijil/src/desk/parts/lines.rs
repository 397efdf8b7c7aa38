//! Claims as pages show them: what is said, the words in their sentence, and whose they are.

use sijil_model::{Claim, ClaimId, Content, Span};
use sijil_page::view::{ClaimLine, Quote, RejectForm, Shown};
use sijil_read::Tables;
use sijil_register::ask::ClaimRow;

use super::shelf::{Kept, Words};
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;

impl Viewing<'_> {
    /// A claim with its words and its document.
    pub fn claim_line(&self, row: &ClaimRow) -> Result<ClaimLine> {
        let document = self.view().document(row.claim.document.as_str())?;
        let document = self.document_link(&document, row.part, Some(&row.claim))?;
        Ok(ClaimLine { document: Some(document), ..self.claim_in_place(row)? })
    }

    /// The same under its own document's heading.
    pub fn claim_in_place(&self, row: &ClaimRow) -> Result<ClaimLine> {
        let claim = &row.claim;
        Ok(ClaimLine {
            id: claim.id.clone(),
            href: Some(self.links.claim(&claim.id)),
            content: Shown::Open(claim.content.clone()),
            quotes: self.quotes(claim)?,
            document: None,
            modality: claim.modality,
            polarity: claim.polarity,
            basis: claim.basis.clone(),
            entered: self.view().entry_of_made(row)?.map(|entry| self.act(&entry)),
            speaker: claim.speaker.as_ref().map(|speaker| self.speaker(speaker)).transpose()?,
            rejected: self.rejection(row)?,
        })
    }

    /// Claims by their ids; one that is gone is left out.
    pub fn claim_lines<'c>(&self, ids: impl IntoIterator<Item = &'c ClaimId>) -> Result<Vec<ClaimLine>> {
        ids.into_iter().map(|id| self.claim_line(&self.view().claim(id.as_str())?)).collect()
    }

    /// The form by which a claim of this page is rejected.
    pub fn reject_form(&self) -> Option<RejectForm> {
        Some(RejectForm { action: self.links.form("reject"), back: self.visit.here() })
    }

    /// The words of a claim in their sentences, or in a list under their columns' names.
    fn quotes(&self, claim: &Claim) -> Result<Vec<Shown<Quote>>> {
        let words = self.words_of(claim.document.as_str())?;
        let href = || Some(self.links.claim_in_document(&claim.document, &claim.id));
        let quotes = match &words {
            // Where the text was redacted since, the words stand alone.
            Words::Kept(kept, _) => match &**kept {
                Kept::Text(text) => {
                    match claim.spans.iter().map(|quoted| quoted.bytes_in(text)).collect::<Option<Vec<_>>>() {
                        Some(ranges) => Quote::of(text, &ranges, href().as_deref()),
                        None => alone(claim, |_| None, href),
                    }
                }
                Kept::Table(tables) => alone(claim, |span| header(tables, span), href),
            },
            Words::Erased | Words::None => alone(claim, |_| None, href),
        };
        Ok(quotes.into_iter().map(Shown::Open).collect())
    }

    fn speaker(&self, claim: &ClaimId) -> Result<Shown<String>> {
        let row = self.view().claim(claim.as_str())?;
        let name = match &row.claim.content {
            Content::Source(source) => source.name.clone(),
            _ => None,
        };
        let words =
            || row.claim.spans.first().map_or_else(|| claim.to_string(), |quoted| quoted.quote.clone());
        Ok(Shown::Open(name.unwrap_or_else(words)))
    }
}

/// Words each for themselves. The cells of a row stand together: one of them leads there.
fn alone(
    claim: &Claim,
    named: impl Fn(Span) -> Option<String>,
    href: impl Fn() -> Option<String>,
) -> Vec<Quote> {
    let quotes = claim.spans.iter().enumerate().map(|(at, quoted)| {
        let leads = at == 0 || matches!(quoted.span, Span::Text { .. });
        Quote::alone(named(quoted.span).as_deref(), &quoted.quote, leads.then(&href).flatten())
    });
    quotes.collect()
}

/// What stands at the head of a cell's column.
fn header(tables: &Tables, span: Span) -> Option<String> {
    let Span::Cell { row, column: Some(column) } = span else { return None };
    let row = tables.row(row)?;
    let header = row.table().columns.get(usize::from(column))?.header.trim();
    (!header.is_empty()).then(|| header.to_owned())
}
