//! CSV and its kin: comma, semicolon, tab or bar; titles above the header, Arabic headers, missing quotes.

use csv::{ByteRecord, ReaderBuilder};
use memchr::{memchr, memchr_iter};

use crate::columns::Field;
use crate::table::{RowsError, TableBuilder};
use crate::warning::{Problem, ProblemAt, ProblemKind};

/// Letters that are looked at for the delimiter.
const SAMPLE: usize = 64 << 10;
/// A cell over more lines than this may be two cells that lost a quote.
const LONG_CELL: u64 = 100;
/// How many times its length a text may be read again after quotes that are not closed; past it, quotes are letters.
const READ_AGAIN: usize = 20;

/// The delimiters of lists.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Reads all rows of `text` into the builder.
pub(crate) fn read(text: &str, builder: &mut TableBuilder<'_>) -> Result<(), RowsError> {
    let (text, delimiter, first_line) = match said_delimiter(text) {
        Some((delimiter, rest)) => (rest, delimiter, 2),
        None => (text, delimiter(text).map_or(b',', |found| found.delimiter), 1),
    };
    let head = sample(text);
    let per_line = memchr_iter(delimiter, head.as_bytes()).count() / head.lines().count().max(1) + 1;
    let cells = per_line.saturating_mul(memchr_iter(b'\n', text.as_bytes()).count() + 1);
    builder.reserve(text.len(), cells.min(text.len()));
    let mut rows = Rows { text, delimiter, position: 0, line: first_line, read_again: 0 };
    while rows.position < text.len() {
        rows.read_on(builder)?;
    }
    Ok(())
}

/// Whether a text without a telling name is surely a list: every line has the same cells, and those of the first
/// are mostly headers that we know.
pub(crate) fn is_surely_list(text: &str) -> bool {
    delimiter(text).is_some_and(|found| found.records >= 3 && found.regular && found.starts_with_header)
}

/// Excel's own mark: a first line `sep=;`.
fn said_delimiter(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let said = line.trim_end_matches('\r').strip_prefix("sep=")?.as_bytes();
    (said.len() == 1 && !said[0].is_ascii_alphanumeric()).then_some((said[0], rest))
}

struct FoundDelimiter {
    delimiter: u8,
    records: usize,
    regular: bool,
    starts_with_header: bool,
}

/// The delimiter that gives the most regular rows, and the most headers that we know.
fn delimiter(text: &str) -> Option<FoundDelimiter> {
    let sample = sample(text);
    let mut best: Option<(f64, FoundDelimiter)> = None;
    for delimiter in
        DELIMITERS.into_iter().filter(|delimiter| memchr(*delimiter, sample.as_bytes()).is_some())
    {
        let (score, found) = regularity(sample, delimiter);
        if score > 0.0 && best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, found));
        }
    }
    best.map(|(_, found)| found)
}

/// Whole lines from the start of a text.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let end = memchr::memrchr(b'\n', &text.as_bytes()[..SAMPLE]).map_or(0, |end| end + 1);
    // One line longer than the sample is a very wide header; its own letters decide.
    text.get(..end).filter(|head| !head.is_empty()).or_else(|| text.lines().next()).unwrap_or(text)
}

fn regularity(sample: &str, delimiter: u8) -> (f64, FoundDelimiter) {
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    let (mut records, mut known_headers, mut starts_with_header) = (0, 0, false);
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(sample.as_bytes());
    for record in reader.into_records().map_while(Result::ok).take(200) {
        *widths.entry(record.len()).or_default() += 1;
        records += 1;
        if records <= 30 && record.len() > 1 {
            let known = record.iter().take(200).filter(|cell| Field::of_header(cell).is_some()).count();
            known_headers = known_headers.max(known);
            starts_with_header |= records == 1 && known >= 2 && known * 2 >= record.len();
        }
    }
    let (width, count) =
        widths.iter().filter(|(width, _)| **width > 1).max_by_key(|(_, count)| **count).unwrap_or((&1, &0));
    let share = *count as f64 / f64::from(records.max(1));
    let score = share * (1.0 + (*width as f64).ln()) + known_headers as f64;
    let regular = *count == records as usize;
    (score, FoundDelimiter { delimiter, records: records as usize, regular, starts_with_header })
}

/// Where reading stands.
struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    position: usize,
    line: u64,
    /// Bytes that were read as part of a quoted cell that was none.
    read_again: usize,
}

impl Rows<'_> {
    /// Reads to the end, or up to and with a line that has a stray quote.
    fn read_on(&mut self, builder: &mut TableBuilder<'_>) -> Result<(), RowsError> {
        let (start, bytes) = (self.position, self.text.as_bytes());
        let quoting = self.read_again / READ_AGAIN <= self.text.len();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(quoting)
            .delimiter(self.delimiter)
            .from_reader(&bytes[start..]);
        let mut record = ByteRecord::new();
        // Reading from memory does not fail.
        while let Ok(true) = reader.read_byte_record(&mut record) {
            self.skip_blank_lines(builder)?;
            let end = start + usize::try_from(reader.position().byte()).unwrap_or_default();
            let raw = &bytes[self.position..end];
            let ends = memchr_iter(b'\n', raw).count() as u64;
            if memchr(b'"', raw).is_some() && !is_well_quoted(raw, self.delimiter) {
                if quoting {
                    self.read_again += raw.len();
                    return self.read_stray(builder);
                }
                builder.problems.push(self.stray());
            }
            if ends > LONG_CELL {
                builder.problems.push(Problem {
                    at: ProblemAt::Line(self.line),
                    kind: ProblemKind::LongCell { lines: ends },
                });
            }
            self.push(&record, builder)?;
            self.position = end;
            self.line += ends;
        }
        self.position = bytes.len();
        Ok(())
    }

    /// The CSV reader passes over blank lines in silence; a list must not.
    fn skip_blank_lines(&mut self, builder: &mut TableBuilder<'_>) -> Result<(), RowsError> {
        let bytes = self.text.as_bytes();
        if self.position > 0 && bytes[self.position - 1] == b'\r' && bytes.get(self.position) == Some(&b'\n')
        {
            self.position += 1;
            self.line += 1;
        }
        loop {
            let rest = &bytes[self.position..];
            let (length, is_line) = match rest {
                [b'\r', b'\n', ..] => (2, true),
                [b'\n', ..] => (1, true),
                [b'\r', ..] => (1, false),
                _ => return Ok(()),
            };
            builder.push(std::iter::empty(), ProblemAt::Line(self.line))?;
            self.position += length;
            self.line += u64::from(is_line);
        }
    }

    /// Takes one line as it is, quotes being letters, and goes on after it.
    fn read_stray(&mut self, builder: &mut TableBuilder<'_>) -> Result<(), RowsError> {
        let rest = &self.text[self.position..];
        let length = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(false)
            .delimiter(self.delimiter)
            .from_reader(&rest.as_bytes()[..length]);
        let mut record = ByteRecord::new();
        if let Ok(true) = reader.read_byte_record(&mut record) {
            builder.problems.push(self.stray());
            self.push(&record, builder)?;
        }
        self.position += length;
        self.line += 1;
        Ok(())
    }

    fn stray(&self) -> Problem {
        Problem { at: ProblemAt::Line(self.line), kind: ProblemKind::StrayQuote }
    }

    fn push(&self, record: &ByteRecord, builder: &mut TableBuilder<'_>) -> Result<(), RowsError> {
        // Cut at ASCII letters, the cells of a UTF-8 text are UTF-8.
        let cells = record.iter().map(|cell| std::str::from_utf8(cell).unwrap_or_default());
        builder.push(cells, ProblemAt::Line(self.line))
    }
}

/// Whether every quote that opens a cell is closed at the end of the cell. The CSV reader forgives what is not, and so
/// would make one row of two people.
fn is_well_quoted(record: &[u8], delimiter: u8) -> bool {
    let mut rest = record;
    loop {
        let Some(quoted) = rest.strip_prefix(b"\"") else {
            // A cell without quotes ends at the next delimiter, or with the record.
            match memchr::memchr2(delimiter, b'\n', rest) {
                Some(end) if rest[end] == delimiter => rest = &rest[end + 1..],
                _ => return true,
            }
            continue;
        };
        let mut end = 0;
        loop {
            match memchr(b'"', &quoted[end..]) {
                None => return false,
                Some(found) if quoted.get(end + found + 1) == Some(&b'"') => end += found + 2,
                Some(found) => {
                    rest = &quoted[end + found + 1..];
                    break;
                }
            }
        }
        match rest {
            [] | [b'\r' | b'\n', ..] => return true,
            [next, after @ ..] if *next == delimiter => rest = after,
            _ => return false,
        }
    }
}
