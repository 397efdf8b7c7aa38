//! What of a document a page shows: a whole text, a page of a long one, or the rows of a list around those that matter.

use std::collections::BTreeMap;

use sijil_model::{ClaimId, Span};
use sijil_page::mark_up;
use sijil_page::view::{Body, Paging, Shown, TableCell, TableRow, Withheld};
use sijil_read::{Row, Tables};
use sijil_register::ask::{ClaimRow, DocumentRow};

use crate::desk::answer::Result;
use crate::desk::parts::excerpt::{Excerpt, excerpts};
use crate::desk::parts::shelf::{Kept, Words};
use crate::desk::viewing::Viewing;

/// Rows of a list on a page.
const ROWS: u64 = 50;

/// The part of a document that a page shows.
pub struct Part {
    /// Its number in the document, from 0.
    pub number: u32,
    /// What is shown.
    pub body: Body,
    /// The claims that stand in it, in the order of their words.
    pub claims: Vec<ClaimRow>,
}

impl Viewing<'_> {
    /// The part in which the claim of the address stands, or its letter or row lies; the first where it names none.
    pub fn part_shown(&self, document: &DocumentRow) -> Result<Part> {
        let wanted = match self.visit.get("claim") {
            Some(id) => self.view().claim(id).ok().filter(|row| row.claim.document.as_str() == document.id),
            None => None,
        };
        match self.words_of(&document.id)? {
            Words::None => Ok(Part { number: 0, body: Body::NoText, claims: Vec::new() }),
            Words::Erased => {
                Ok(Part { number: 0, body: Body::Withheld(Withheld::Erased), claims: Vec::new() })
            }
            Words::Kept(kept, _) => match &*kept {
                Kept::Text(text) => self.text_shown(document, text, wanted.as_ref()),
                Kept::Table(tables) => self.rows_shown(document, tables, wanted.as_ref()),
            },
        }
    }

    fn text_shown(&self, document: &DocumentRow, text: &str, wanted: Option<&ClaimRow>) -> Result<Part> {
        let pages = excerpts(text, &self.view().parts(&document.id)?);
        let letter = wanted
            .and_then(first_letter)
            .or_else(|| u32::try_from(self.visit.number("from")?).ok())
            .unwrap_or(0);
        let at = pages.iter().rposition(|page| page.letters.start <= letter).unwrap_or(0);
        let shown = &pages[at];
        let claims: Vec<ClaimRow> = self
            .view()
            .claims_of_part(&document.id, shown.part)?
            .into_iter()
            .filter(|row| stands_in(row, shown))
            .collect();
        // Words that were redacted since are not where they were; such a claim keeps its quote and has no mark.
        let spans =
            claims.iter().flat_map(|row| row.claim.spans.iter().map(|quoted| (row.claim.id.clone(), quoted)));
        let spans: Vec<(ClaimId, Span)> = spans
            .filter(|(_, quoted)| quoted.span.quote(text) == Some(&quoted.quote))
            .map(|(id, quoted)| (id, quoted.span))
            .collect();
        let marked = mark_up(&text[shown.bytes.clone()], shown.bytes.start, &spans)?;
        let paging = (pages.len() > 1).then(|| self.text_paging(&pages, at));
        Ok(Part { number: shown.part, body: Body::Text { text: marked, paging }, claims })
    }

    fn text_paging(&self, pages: &[Excerpt], at: usize) -> Paging {
        let address = |page: &Excerpt| self.at_item(u64::from(page.letters.start));
        let shown = &pages[at];
        Paging {
            from: u64::from(shown.letters.start) + 1,
            to: u64::from(shown.letters.end),
            total: pages.last().map_or(0, |last| u64::from(last.letters.end)),
            previous: at.checked_sub(1).map(|before| address(&pages[before])),
            next: pages.get(at + 1).map(address),
        }
    }

    fn rows_shown(&self, document: &DocumentRow, tables: &Tables, wanted: Option<&ClaimRow>) -> Result<Part> {
        let total = u64::from(tables.row_count());
        let first = match wanted.and_then(first_row) {
            // Some rows before the one that matters, so that it is seen among its like.
            Some(row) => u64::from(row).saturating_sub(6),
            None => self.visit.number("from").unwrap_or(0).min(total.saturating_sub(1)),
        };
        let last = (first + ROWS).min(total);
        let numbers = (first + 1..=last).filter_map(|number| u32::try_from(number).ok());
        let rows: Vec<Row<'_>> = numbers.filter_map(|number| tables.row(number)).collect();
        let claims = match (rows.first(), rows.last()) {
            (Some(first), Some(last)) => {
                self.view().claims_of_rows(&document.id, first.number(), last.number())?
            }
            _ => Vec::new(),
        };
        let marks = marks(&claims);
        let header = rows
            .first()
            .map(|row| row.table().columns.iter().map(|column| column.header.clone()).collect())
            .unwrap_or_default();
        let paging = Paging {
            from: if total == 0 { 0 } else { first + 1 },
            to: last,
            total,
            previous: (first > 0).then(|| self.at_item(first.saturating_sub(ROWS))),
            next: (last < total).then(|| self.at_item(last)),
        };
        let rows = rows.iter().map(|row| table_row(row, marks.get(&row.number()))).collect();
        Ok(Part { number: 0, body: Body::Table { header, rows, paging }, claims })
    }

    fn at_item(&self, item: u64) -> String {
        self.visit.with(&[("from", Some(&item.to_string())), ("claim", None), ("saved", None)])
    }
}

/// The claims of a row, with the column on which each rests; none is the whole row.
type Marks<'c> = Vec<(&'c ClaimId, Option<u16>)>;

/// The claims of each row.
fn marks(claims: &[ClaimRow]) -> BTreeMap<u32, Marks<'_>> {
    let mut marks: BTreeMap<u32, Marks<'_>> = BTreeMap::new();
    for row in claims {
        for quoted in &row.claim.spans {
            if let Span::Cell { row: number, column } = quoted.span {
                marks.entry(number).or_default().push((&row.claim.id, column));
            }
        }
    }
    marks
}

fn table_row(row: &Row<'_>, marks: Option<&Marks<'_>>) -> TableRow {
    let marks: &[(&ClaimId, Option<u16>)] = marks.map_or(&[], Vec::as_slice);
    let mut anchors: Vec<ClaimId> = Vec::new();
    for (claim, _) in marks {
        if !anchors.contains(claim) {
            anchors.push((*claim).clone());
        }
    }
    let cells: Vec<&str> = row.cells().collect();
    // A claim on the whole row is marked on its first words.
    let first_words = cells.iter().position(|cell| !cell.trim().is_empty());
    let rests_on = |column: usize, said: Option<u16>| {
        said.map_or(first_words == Some(column), |said| usize::from(said) == column)
    };
    let cell = |(column, text): (usize, &&str)| {
        let mut claims: Vec<ClaimId> = Vec::new();
        for (claim, said) in marks {
            if rests_on(column, *said) && !claims.contains(claim) {
                claims.push((*claim).clone());
            }
        }
        TableCell { text: Shown::Open((*text).to_owned()), claims }
    };
    TableRow { number: u64::from(row.number()), anchors, cells: cells.iter().enumerate().map(cell).collect() }
}

fn first_letter(row: &ClaimRow) -> Option<u32> {
    row.claim.spans.iter().find_map(|quoted| match quoted.span {
        Span::Text { start, .. } => Some(start),
        Span::Cell { .. } => None,
    })
}

fn first_row(row: &ClaimRow) -> Option<u32> {
    row.claim.spans.iter().find_map(|quoted| match quoted.span {
        Span::Cell { row, .. } => Some(row),
        Span::Text { .. } => None,
    })
}

/// Whether any of a claim's words lie on a page.
fn stands_in(row: &ClaimRow, page: &Excerpt) -> bool {
    row.claim.spans.iter().any(|quoted| match quoted.span {
        Span::Text { byte_start, byte_end, .. } => {
            (byte_start as usize) < page.bytes.end && (byte_end as usize) > page.bytes.start
        }
        Span::Cell { .. } => false,
    })
}
