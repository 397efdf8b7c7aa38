//! How many cells an OpenDocument sheet unfolds to: a few letters of it can say "this cell, sixteen thousand times".
//!
//! The spreadsheet library unfolds them all; this looks first, and only counts.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::container::{archive, member_bytes};
use crate::error::ReadError;
use crate::task::Task;

/// Cells that may be unfolded; the library takes about 60 bytes for each.
const CELLS: u64 = 20_000_000;

/// Refuses a workbook that unfolds to more cells than any honest list of its kind.
pub(crate) fn check(task: &Task<'_>, bytes: &[u8]) -> Result<(), ReadError> {
    let mut archive = archive(task, bytes)?;
    let Some(index) = archive.index_for_name("content.xml") else { return Ok(()) };
    let content = member_bytes(task, &mut archive, index, task.name)?;
    if cells(&content) > CELLS {
        let cause = format!("its sheets unfold to more than {CELLS} cells, the limit");
        return Err(task.too_large(cause, "save the sheets as CSV"));
    }
    Ok(())
}

/// Cells up to the last filled one of each row, times the row; broken XML is left to the library's own words.
fn cells(xml: &[u8]) -> u64 {
    let mut reader = Reader::from_reader(xml);
    let (mut all, mut row, mut filled, mut rows) = (0_u64, 0_u64, 0_u64, 1);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.local_name().as_ref() == b"table-row" => {
                (row, filled, rows) = (0, 0, repeats(&start, b"number-rows-repeated"));
            }
            Event::Start(start) if is_cell(&start) => {
                row = row.saturating_add(repeats(&start, b"number-columns-repeated"));
                filled = row;
            }
            Event::Empty(start) if is_cell(&start) => {
                row = row.saturating_add(repeats(&start, b"number-columns-repeated"));
                // A formula or value makes even an element without content a filled cell.
                if start
                    .attributes()
                    .flatten()
                    .any(|attribute| attribute.key.as_ref().starts_with(b"office:"))
                {
                    filled = row;
                }
            }
            Event::End(end) if end.local_name().as_ref() == b"table-row" => {
                all = all.saturating_add(filled.saturating_mul(rows));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    all
}

fn is_cell(start: &BytesStart<'_>) -> bool {
    matches!(start.local_name().as_ref(), b"table-cell" | b"covered-table-cell")
}

fn repeats(start: &BytesStart<'_>, name: &[u8]) -> u64 {
    let said = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name);
    said.and_then(|said| std::str::from_utf8(&said.value).ok()?.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filled_cells_count_with_their_repeats() {
        let row = |rows: u32, cells: &str| {
            format!("<t:table-row t:number-rows-repeated=\"{rows}\">{cells}</t:table-row>")
        };
        let cell = "<t:table-cell t:number-columns-repeated=\"100\"><p/></t:table-cell>";
        let empty = "<t:table-cell t:number-columns-repeated=\"16000\"/>";
        let sheet = format!(
            "<x>{}{}{}</x>",
            row(3, cell),
            row(1_048_576, empty),
            row(1, &format!("{empty}{cell}{empty}"))
        );
        assert_eq!(cells(sheet.as_bytes()), 300 + 16_100);
    }
}
