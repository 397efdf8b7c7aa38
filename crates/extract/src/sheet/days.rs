//! The days of a row of a spreadsheet, each in the order in which its column writes them.

use sijil_model::codebook::TimeOfDay;
use sijil_model::{ClaimId, Content, Edtf, TimeExpression};

use super::columns::Holds;
use super::row::{Cell, RowMade};
use super::{RemarkKind, words};
use crate::list::may_be_either;

impl RowMade<'_, '_> {
    /// The day or days of the incident, as coarse as the sheet says, with the part of the day.
    pub(super) fn time(&mut self, incident: &ClaimId) {
        let Some((column, cell)) = self.cell(Holds::Date) else { return };
        let Some(first) = self.day((column, cell)) else {
            let text = if may_be_either(cell) {
                "nobody can tell its day from its month: other rows have the day first, and others the month; write 2031-05-17"
            } else {
                "it is no date; write 2031-05-17, 2031-05 or 17/05/2031"
            };
            return self.remark(Some(column), RemarkKind::CellRefused, cell, text.into());
        };
        let mut cells = vec![(column, cell)];
        let mut date = first;
        if let Some((column, cell)) = self.cell(Holds::DateEnd) {
            match self.day((column, cell)).and_then(|last| until(&date, &last)) {
                Some(range) => {
                    date = range;
                    cells.push((column, cell));
                }
                None => {
                    let text =
                        "it is no date on or after the first one; the first one alone was taken".into();
                    self.remark(Some(column), RemarkKind::CellRefused, cell, text);
                }
            }
        }
        if let Some((column, cell)) = self.cell(Holds::DatePrecision) {
            date = coarsened(&date, cell);
            cells.push((column, cell));
        }
        let time_of_day = self.cell(Holds::TimeOfDay).and_then(|(column, cell)| {
            let part = words::code_of::<TimeOfDay>(cell);
            if part.is_some() {
                cells.push((column, cell));
            } else {
                self.not_carried(column, cell);
            }
            part
        });
        let content = Content::Time { time: TimeExpression::Calendar(date), time_of_day };
        self.about(incident, &cells, content);
    }

    /// The day of a cell, in its column's order; that it was taken in one of two is told.
    fn day(&mut self, (column, cell): Cell<'_>) -> Option<Edtf> {
        let order = self.reader.orders.get(&column).copied().unwrap_or_default();
        let day = order.day(cell)?;
        let assumed = if order.is_assumed(cell) {
            Some(
                "no row of the column tells whether the day or the month comes first; read with the day first",
            )
        } else if order.is_against(cell) {
            Some(
                "its day and month stand in the other order than in the column's other rows; read as it stands",
            )
        } else {
            None
        };
        if let Some(text) = assumed {
            self.remark(Some(column), RemarkKind::Assumed, cell, text.into());
        }
        Some(day)
    }
}

/// From one date to another; none where that runs backwards.
fn until(first: &Edtf, last: &Edtf) -> Option<Edtf> {
    if first == last {
        return Some(first.clone());
    }
    let forwards = first.bounds().earliest? <= last.bounds().latest?;
    forwards.then(|| Edtf::new(&format!("{first}/{last}")).ok()).flatten()
}

/// A date as coarse as ACLED's `time_precision` says: 2 is some day within a week of it, 3 some day of its month.
fn coarsened(date: &Edtf, precision: &str) -> Edtf {
    let Some(day) = date.bounds().earliest else { return date.clone() };
    let week = jiff::Span::new().days(6);
    if date.as_str().len() != "2031-10-05".len() {
        return date.clone(); // It is as coarse already.
    }
    let text = match precision.trim() {
        "2" => day
            .checked_sub(week)
            .ok()
            .zip(day.checked_add(week).ok())
            .map(|(first, last)| format!("{first}/{last}")),
        "3" => date.as_str().get(..7).map(str::to_owned),
        _ => None,
    };
    text.and_then(|text| Edtf::new(&text).ok()).unwrap_or_else(|| date.clone())
}
