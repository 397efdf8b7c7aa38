//! Rows of delimited text; a row that is not UTF-8 is an error of its own and ends nothing.

/// A row's cells, or what is wrong with the row.
pub type Row = Result<Vec<String>, &'static str>;

/// The first line that is not blank, without a byte order mark.
pub fn first_line(bytes: &[u8]) -> Option<&str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let line = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty())?;
    std::str::from_utf8(line).ok().map(str::trim_end)
}

/// What separates the cells of a line: tab, bar, semicolon or comma.
pub fn delimiter(line: &str) -> u8 {
    let count = |mark: char| line.matches(mark).count();
    let marks = ['\t', '|', ';', ','];
    // The last of equals: a line with no mark at all is a table of one column.
    marks.into_iter().max_by_key(|mark| count(*mark)).map_or(b',', |mark| mark as u8)
}

/// All rows, the header too.
pub fn rows(bytes: &[u8]) -> impl Iterator<Item = Row> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let separator = first_line(bytes).map_or(b',', delimiter);
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        // Tables of names separated by tabs or bars hold quotation marks that quote nothing.
        .quoting(matches!(separator, b',' | b';'))
        .from_reader(bytes);
    reader.into_byte_records().map(|record| {
        let record = record.map_err(|_| "it cannot be read as a row; is a quotation mark missing?")?;
        let cells = record.iter().map(|cell| std::str::from_utf8(cell).map(|cell| cell.trim().to_owned()));
        cells.collect::<Result<_, _>>().map_err(|_| "it is not in UTF-8; save the table as UTF-8")
    })
}

/// Columns by their names in small letters.
pub struct Header(Vec<String>);

impl Header {
    pub fn new(cells: &[String]) -> Self {
        Self(cells.iter().map(|cell| cell.trim().to_lowercase()).collect())
    }

    /// The position of the first of these names that is a column.
    pub fn of(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|column| column == name))
    }

    /// The cell of the first of these names that is a column; empty where none is.
    pub fn cell<'a>(&self, row: &'a [String], names: &[&str]) -> &'a str {
        self.of(names).and_then(|at| row.get(at)).map_or("", String::as_str)
    }
}

/// A number in a cell; `None` where it is empty, an error where it is something else.
pub fn number(cell: &str) -> Result<Option<f64>, &'static str> {
    if cell.is_empty() {
        return Ok(None);
    }
    // Decimal commas and the minus of typesetting come from spreadsheets.
    let plain = cell.replace(',', ".").replace('\u{2212}', "-");
    plain.parse().map(Some).map_err(|_| "a coordinate or population is not a number")
}

/// A point of two cells.
pub fn point(lat: &str, lon: &str) -> Result<Option<(f64, f64)>, &'static str> {
    match (number(lat)?, number(lon)?) {
        (Some(lat), Some(lon)) => Ok(Some((lat, lon))),
        (None, None) => Ok(None),
        _ => Err("only one of latitude and longitude is given"),
    }
}
