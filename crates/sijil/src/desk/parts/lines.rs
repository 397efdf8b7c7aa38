//! Claims as pages show them: what is said, the words in their sentence, and whose they are.

use sijil_model::{Claim, ClaimId, Content, Quoted, Span};
use sijil_page::view::{ClaimLine, Quote, RejectForm, Shown};
use sijil_register::ask::ClaimRow;

use super::excerpt::around;
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

    /// The words of a claim, each in its sentence, or in a list under its column's name.
    fn quotes(&self, claim: &Claim) -> Result<Vec<Shown<Quote>>> {
        let words = self.words_of(claim.document.as_str())?;
        let kept = match &words {
            Words::Kept(kept, _) => Some(&**kept),
            Words::Erased | Words::None => None,
        };
        let quotes = claim.spans.iter().enumerate().map(|(at, quoted)| {
            let (before, after) = beside(quoted, kept);
            // The cells of a row stand together: one of them leads there.
            let leads = at == 0 || matches!(quoted.span, Span::Text { .. });
            let href = leads.then(|| self.links.claim_in_document(&claim.document, &claim.id));
            Shown::Open(Quote { before, words: quoted.quote.clone(), after, href })
        });
        Ok(quotes.collect())
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

/// What stands before and after words. Where the text was redacted since, they stand alone.
fn beside(quoted: &Quoted, kept: Option<&Kept>) -> (String, String) {
    match (quoted.span, kept) {
        (Span::Text { byte_start, byte_end, .. }, Some(Kept::Text(text)))
            if quoted.span.quote(text) == Some(&quoted.quote) =>
        {
            around(text, byte_start as usize..byte_end as usize)
        }
        (Span::Cell { row, column: Some(column) }, Some(Kept::Table(tables))) => {
            let columns = tables.row(row).map(|row| &row.table().columns);
            let header = columns
                .and_then(|columns| columns.get(usize::from(column)))
                .map(|column| column.header.trim());
            let named = header.filter(|header| !header.is_empty());
            (named.map(|header| format!("{header}: ")).unwrap_or_default(), String::new())
        }
        _ => (String::new(), String::new()),
    }
}
