//! One row of a spreadsheet of incidents: the incident's claim, and those about it.

use sijil_model::claim::{Casualty, Stands};
use sijil_model::codebook::{
    AttributionStatus, Class, Coded, Combination, Damage, Grading, Harm, Means, PlacePrecision, PlaceRole,
    SiteAssertion, SiteKind, Status,
};
use sijil_model::{Basis, Claim, ClaimId, Content, PlacePhrase, Quantity, Quoted, Said, Span};

use super::columns::{End, Holds, Shape};
use super::{CodedRow, Located, Remark, RemarkKind, SheetReader, number, words};
use crate::list::ListRow;

/// Rules by which sijil concludes a number from others: what it wrote by them it concludes again.
const CONCLUDED: [&str; 3] = ["civilian-by-default", "killed-and-injured", "children-include"];

/// Words that say that nobody knows.
const NOBODY_KNOWS: [&str; 3] = ["unknown", "not known", "غير معروف"];

/// Reads a row.
pub(super) fn read(reader: &mut SheetReader<'_>, row: &ListRow<'_>) -> CodedRow {
    let mut made = RowMade { reader, row, coded: CodedRow::default() };
    let code = made.text_of(Holds::Code);
    if code.is_none() && made.reader.columns.are_of_numbers() {
        let text = "the row has a number and names no incident; write the incident's code, so that its numbers belong together";
        made.remark(None, RemarkKind::RowRefused, "", text.into());
        return made.coded;
    }
    let earlier = code.as_ref().and_then(|code| made.reader.known.get(code).cloned());
    match earlier {
        Some((_, incident)) if made.reader.columns.are_of_numbers() => made.one_number(&incident),
        Some((first, _)) => {
            let text =
                format!("this code stands in row {first} already; give each incident a code of its own");
            let column = made.cell(Holds::Code).map(|(column, _)| column);
            made.remark(column, RemarkKind::RowRefused, &code.unwrap_or_default(), text);
        }
        None => made.incident(code),
    }
    made.coded
}

/// A cell that is not empty: its column, and what stands in it.
pub(super) type Cell<'c> = (u16, &'c str);

/// A row on its way to claims.
pub(super) struct RowMade<'r, 'a> {
    pub(super) reader: &'r mut SheetReader<'a>,
    pub(super) row: &'r ListRow<'r>,
    pub(super) coded: CodedRow,
}

impl RowMade<'_, '_> {
    fn incident(&mut self, code: Option<String>) {
        let Some(founding) = self.found(code.as_deref()) else { return };
        self.time(&founding);
        self.place(&founding);
        self.parties(&founding);
        self.means_and_sites(&founding);
        self.grading();
        if self.reader.columns.are_of_numbers() {
            self.one_number(&founding);
        } else {
            self.numbers(&founding);
        }
    }

    /// The claim that there was an incident, on its code or on the row's first cell.
    pub(super) fn found(&mut self, code: Option<&str>) -> Option<ClaimId> {
        let first = || {
            self.row
                .cells
                .iter()
                .zip(0u16..)
                .find(|(cell, _)| !cell.trim().is_empty())
                .map(|(cell, at)| (at, *cell))
        };
        let cell = self.cell(Holds::Code).or_else(first)?;
        let claim =
            Claim::new(self.reader.document, vec![self.quoted(cell)], Content::Incident { strikes: None });
        let id = claim.id.clone();
        if let Some(code) = code {
            self.reader.known.insert(code.to_owned(), (self.row.number, id.clone()));
        }
        self.coded.founds = Some((code.map(str::to_owned), id.clone()));
        self.coded.claims.push(claim);
        Some(id)
    }

    fn place(&mut self, incident: &ClaimId) {
        let (places, governorates) = (self.cells(Holds::Place), self.cells(Holds::Governorate));
        let districts = self.cells(Holds::District);
        let precision = self.cell(Holds::Precision).and_then(|(column, cell)| {
            let found = words::precision(self.reader.columns.shape(), cell);
            if found.is_none() {
                self.not_carried(column, cell);
            }
            found
        });
        let (lat, lon) = (self.degrees(Holds::Latitude, 90.0), self.degrees(Holds::Longitude, 180.0));
        let mut cells: Vec<Cell<'_>> =
            places.iter().chain(&districts).chain(&governorates).copied().collect();
        cells.extend([&lat, &lon].into_iter().flatten().map(|(cell, _)| *cell));
        let named = [&places, &districts, &governorates].into_iter().flatten().next();
        // A point without a name is called by its coordinates.
        let point = || Some(format!("{}, {}", lat.as_ref()?.0.1.trim(), lon.as_ref()?.0.1.trim()));
        let Some(text) = named.map(|(_, name)| name.trim().to_owned()).or_else(point) else { return };
        let finest = [
            (&places, precision),
            (&districts, Some(PlacePrecision::District)),
            (&governorates, Some(PlacePrecision::Governorate)),
        ];
        let kind = finest.into_iter().find(|(cells, _)| !cells.is_empty()).and_then(|(_, kind)| kind);
        let texts =
            |cells: &[Cell<'_>]| cells.iter().map(|(_, cell)| cell.trim().to_owned()).collect::<Vec<_>>();
        let within = [texts(&districts), texts(&governorates)]
            .concat()
            .into_iter()
            .filter(|outer| *outer != text)
            .collect();
        let phrase = PlacePhrase {
            name: text.clone(),
            text,
            kind: kind.unwrap_or(PlacePrecision::NotPlaced),
            within,
            role: PlaceRole::Primary,
        };
        let point = lat.zip(lon).map(|((_, lat), (_, lon))| (lat, lon));
        let located = (texts(&places), texts(&governorates), texts(&districts));
        let claim = self.about(incident, &cells, Content::Place(phrase));
        let (spellings, governorate, district) = located;
        self.coded.located = Some(Located { claim, spellings, governorate, district, point, precision });
    }

    fn parties(&mut self, incident: &ClaimId) {
        let mut said: Vec<(u16, &str, &str)> = Vec::new();
        for (column, cell) in self.cells(Holds::Actors) {
            said.extend(
                self.words_in(cell, |word| self.reader.parties.of_word(word).is_some())
                    .into_iter()
                    .map(|word| (column, cell, word)),
            );
        }
        let one_sided = self.cell(Holds::Violence).is_some_and(|(_, cell)| words::is_one_sided(cell));
        said.extend(self.cells(Holds::Actor).into_iter().map(|(column, cell)| (column, cell, cell.trim())));
        if !one_sided {
            said.extend(
                self.cells(Holds::OtherActor).into_iter().map(|(column, cell)| (column, cell, cell.trim())),
            );
        }
        let mut found: Vec<(u16, &str, sijil_model::ActorCode)> = Vec::new();
        for (column, cell, word) in said {
            match self.reader.parties.of_word(word) {
                Some(actor) if found.iter().any(|(_, _, known)| known == actor) => {}
                Some(actor) => found.push((column, cell, actor.clone())),
                None if NOBODY_KNOWS.contains(&word.to_lowercase().as_str()) => {}
                None => self.not_carried(column, word),
            }
        }
        // Nobody says whether several acted together or one of them.
        let combination = if found.len() == 1 { Combination::Sole } else { Combination::Unclear };
        let status = match self.reader.columns.shape() {
            Shape::Airwars => AttributionStatus::Suspected,
            _ => AttributionStatus::AssertedByAuthor,
        };
        for (column, cell, actor) in found {
            self.about(incident, &[(column, cell)], Content::Attribution { actor, status, combination });
        }
    }

    fn means_and_sites(&mut self, incident: &ClaimId) {
        for (column, word) in self.coded_words(Holds::Means, |word| words::code_of::<Means>(word).is_some()) {
            let Some(means) = words::code_of::<Means>(word) else {
                self.not_carried(column, word);
                continue;
            };
            self.about_column(incident, column, Content::Means { means });
        }
        for (column, word) in
            self.coded_words(Holds::Sites, |word| words::code_of::<SiteKind>(word).is_some())
        {
            let Some(site) = words::code_of::<SiteKind>(word) else {
                self.not_carried(column, word);
                continue;
            };
            let content = Content::Site {
                site,
                affiliation: None,
                assertion: SiteAssertion::Unknown,
                damage: Damage::Unknown,
                count: None,
            };
            self.about_column(incident, column, content);
        }
    }

    fn about_column(&mut self, incident: &ClaimId, column: u16, content: Content) {
        let cell = self.row.cells.get(usize::from(column)).copied().unwrap_or_default();
        self.about(incident, &[(column, cell)], content);
    }

    fn grading(&mut self) {
        let Some((column, cell)) = self.cell(Holds::Grading) else { return };
        match words::code_of::<Grading>(cell) {
            Some(Grading::Ungraded) => {}
            Some(grading) => self.coded.grading = Some(grading),
            None => self.not_carried(column, cell),
        }
    }

    /// The numbers of a row that is an incident.
    fn numbers(&mut self, incident: &ClaimId) {
        let columns = self.reader.columns;
        let mut counted: Vec<(Harm, Class, Option<Status>)> = Vec::new();
        for (_, holds) in columns.held() {
            if let Holds::Number(harm, class, status, _) = holds
                && !counted.contains(&(*harm, *class, *status))
            {
                counted.push((*harm, *class, *status));
            }
        }
        for (harm, class, status) in counted {
            let ends = |end| self.cells(Holds::Number(harm, class, status, end));
            let (least, most, both) = (ends(End::Least), ends(End::Most), ends(End::Both));
            if both.is_empty() {
                self.number(
                    incident,
                    (harm, class, status),
                    (least.first().copied(), most.first().copied()),
                    Basis::Stated,
                );
            } else {
                self.sum(incident, (harm, class, status), &both);
            }
        }
    }

    /// One number that several cells add up to.
    fn sum(&mut self, incident: &ClaimId, of: (Harm, Class, Option<Status>), cells: &[Cell<'_>]) {
        let (mut total, mut open) = (0u64, false);
        for (column, cell) in cells {
            match number::read(cell) {
                Ok(Some(number::Said::Number(n))) => total = total.saturating_add(n),
                Ok(Some(number::Said::Open)) => open = true,
                Ok(None) => {}
                Err(text) => return self.remark(Some(*column), RemarkKind::CellRefused, cell, text),
            }
        }
        let text = cells.iter().map(|(_, cell)| cell.trim()).collect::<Vec<_>>().join(" + ");
        let basis = if cells.len() == 1 { Basis::Stated } else { Basis::inferred("sum-of-parts") };
        // A side of which nothing is said may have more.
        let (harm, class, status) = of;
        let columns = self.reader.columns.columns_of(Holds::Number(harm, class, status, End::Both)).count();
        let quantity = match open || cells.len() < columns {
            true => Quantity::AtLeast { n: total },
            false => Quantity::Exact { n: total },
        };
        self.casualty(incident, of, cells, (quantity, text), basis);
    }

    /// One number between two cells.
    fn number(
        &mut self,
        incident: &ClaimId,
        of: (Harm, Class, Option<Status>),
        ends: (Option<Cell<'_>>, Option<Cell<'_>>),
        basis: Basis,
    ) {
        let mut read = |end: Option<Cell<'_>>| {
            let (column, cell) = end?;
            match number::read(cell) {
                Ok(said) => said,
                Err(text) => {
                    self.remark(Some(column), RemarkKind::CellRefused, cell, text);
                    None
                }
            }
        };
        let (least, most) = (read(ends.0), read(ends.1));
        let cells: Vec<Cell<'_>> = [ends.0, ends.1].into_iter().flatten().collect();
        match number::quantity(least, most) {
            Ok(Some(quantity)) => {
                let text = cells.iter().map(|(_, cell)| cell.trim()).collect::<Vec<_>>().join("–");
                self.casualty(incident, of, &cells, (quantity, text), basis);
            }
            Ok(None) => {}
            Err(text) => {
                let column = cells.first().map(|(column, _)| *column);
                self.remark(
                    column,
                    RemarkKind::CellRefused,
                    cells.first().map_or("", |(_, cell)| cell),
                    text,
                );
            }
        }
    }

    fn casualty(
        &mut self,
        incident: &ClaimId,
        (harm, class, status): (Harm, Class, Option<Status>),
        cells: &[Cell<'_>],
        (quantity, text): (Quantity, String),
        basis: Basis,
    ) {
        let count = Said { quantity, text };
        let content =
            Content::Casualty(Casualty { harm, class, status, role: None, count, stands: Stands::Alone });
        self.about(incident, cells, content);
        if let Some(claim) = self.coded.claims.last_mut() {
            claim.basis = basis;
        }
    }

    /// The number of a row that is a number: what it counts is said in cells.
    fn one_number(&mut self, incident: &ClaimId) {
        let rule = self.text_of(Holds::Rule).unwrap_or_default();
        if CONCLUDED.contains(&rule.as_str()) {
            return;
        }
        let Some(harm) = self.code_in::<Harm>(Holds::Harm) else { return };
        let class =
            if self.cell(Holds::Class).is_none() { Some(Class::Total) } else { self.code_in(Holds::Class) };
        let said_status = self.cell(Holds::Status).is_some();
        let status = self.code_in::<Status>(Holds::Status);
        let Some(class) = class.filter(|_| !said_status || status.is_some()) else { return };
        let inferred = rule.starts_with("sum-of-") || rule == "civilian-by-description";
        let basis = if inferred { Basis::inferred(&rule) } else { Basis::Stated };
        let ends = (self.cell(Holds::Min), self.cell(Holds::Max));
        self.number(incident, (harm, class, status), ends, basis);
    }

    /// The code in a cell; a word without one is refused, because a number without it counts nobody.
    fn code_in<T: Coded>(&mut self, holds: Holds) -> Option<T> {
        let (column, cell) = self.cell(holds)?;
        let code = words::code_of::<T>(cell);
        if code.is_none() {
            let known = T::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", ");
            self.remark(Some(column), RemarkKind::CellRefused, cell, format!("it is none of {known}"));
        }
        code
    }

    /// The words that a cell lists; in our own tables codes stand apart by spaces.
    fn words_in<'c>(&self, cell: &'c str, known: impl Fn(&str) -> bool) -> Vec<&'c str> {
        let by_spaces: Vec<&str> = cell.split_whitespace().collect();
        if self.reader.columns.shape() == Shape::Codebook
            && by_spaces.len() > 1
            && by_spaces.iter().all(|word| known(word))
        {
            by_spaces
        } else {
            words::listed(cell)
        }
    }

    /// Adds a claim about an incident.
    pub(super) fn about(&mut self, incident: &ClaimId, cells: &[Cell<'_>], content: Content) -> ClaimId {
        let spans = cells.iter().map(|cell| self.quoted(*cell)).collect();
        let claim =
            Claim { about: Some(incident.clone()), ..Claim::new(self.reader.document, spans, content) };
        let id = claim.id.clone();
        self.coded.claims.push(claim);
        id
    }

    fn quoted(&self, (column, cell): Cell<'_>) -> Quoted {
        Quoted { span: Span::Cell { row: self.row.number, column: Some(column) }, quote: cell.to_owned() }
    }

    pub(super) fn not_carried(&mut self, column: u16, word: &str) {
        self.remark(Some(column), RemarkKind::NotCarried, word.trim(), "it has no code here".into());
    }

    pub(super) fn remark(&mut self, column: Option<u16>, kind: RemarkKind, cell: &str, text: String) {
        let (row, cell) = (self.row.number, cell.trim().to_owned());
        self.coded.remarks.push(Remark { row, column, kind, cell, text });
    }
}

impl<'r> RowMade<'r, '_> {
    /// The words of cells that list codes.
    fn coded_words(&self, holds: Holds, known: impl Fn(&str) -> bool) -> Vec<Cell<'r>> {
        let cells = self.cells(holds).into_iter();
        cells
            .flat_map(|(column, cell)| {
                self.words_in(cell, &known).into_iter().map(move |word| (column, word))
            })
            .collect()
    }

    /// Degrees in a cell, with the cell.
    fn degrees(&mut self, holds: Holds, most: f64) -> Option<(Cell<'r>, f64)> {
        let (column, cell) = self.cell(holds)?;
        let degrees = number::unguarded(cell).parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
        if degrees.is_none() {
            let text = format!("it is no number of degrees from -{most} to {most}");
            self.remark(Some(column), RemarkKind::CellRefused, cell, text);
        }
        Some(((column, cell), degrees?))
    }

    /// The first cell that holds something and is not empty.
    pub(super) fn cell(&self, holds: Holds) -> Option<Cell<'r>> {
        self.cells(holds).first().copied()
    }

    /// The cells that hold something and are not empty, in the order of the sheet.
    pub(super) fn cells(&self, holds: Holds) -> Vec<Cell<'r>> {
        let row = self.row;
        let filled =
            |column: u16| row.cells.get(usize::from(column)).copied().filter(|cell| !cell.trim().is_empty());
        self.reader.columns.columns_of(holds).filter_map(|column| Some((column, filled(column)?))).collect()
    }

    /// The trimmed words of the first cell that holds something.
    pub(super) fn text_of(&self, holds: Holds) -> Option<String> {
        self.cell(holds).map(|(_, cell)| cell.trim().to_owned())
    }
}
