//! The tables of a release, as anybody has them: numbers, people, dates, codes and what was withheld.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ReaderBuilder, StringRecord};

use super::Breach;
use super::numbers::{self, Number};

/// The tables of a release, as text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables<'a> {
    /// `incidents.csv`: a line a number of an incident.
    pub incidents: &'a str,
    /// `persons.csv`: a line a person killed.
    pub persons: &'a str,
    /// `codebook.csv`: every code with its labels.
    pub codebook: &'a str,
}

/// The columns of `incidents.csv` whose codes have labels, with the vocabulary of each.
const CODED: [(&str, &str); 7] = [
    ("grading", "grading"),
    ("means", "means"),
    ("sites", "site_kind"),
    ("precision", "place_precision"),
    ("harm", "harm"),
    ("class", "class"),
    ("status", "status"),
];

/// What the tables of a release get wrong (1–5, 7, 17, 18).
///
/// # Errors
/// A table that cannot be read or lacks a column, in words.
pub fn release(tables: &Tables<'_>) -> Result<Vec<Breach>, String> {
    let incidents = Table::read("incidents.csv", tables.incidents)?;
    let persons = Table::read("persons.csv", tables.persons)?;
    let codebook = Table::read("codebook.csv", tables.codebook)?;
    let mut breaches = numbers_of(&incidents)?;
    breaches.extend(people(&incidents, &persons)?);
    breaches.extend(withheld(&persons)?);
    breaches.extend(dates(&incidents)?);
    breaches.extend(labels(&incidents, &codebook)?);
    breaches.dedup();
    Ok(breaches)
}

/// A table with a header.
struct Table {
    name: &'static str,
    header: StringRecord,
    rows: Vec<StringRecord>,
}

impl Table {
    fn read(name: &'static str, text: &str) -> Result<Self, String> {
        let mut reader = ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().map_err(|cause| format!("{name}: {cause}"))?.clone();
        let rows = reader.records().collect::<Result<_, _>>().map_err(|cause| format!("{name}: {cause}"))?;
        Ok(Self { name, header, rows })
    }

    fn column(&self, column: &str) -> Result<usize, String> {
        let found = self.header.iter().position(|name| name == column);
        found.ok_or_else(|| format!("{}: it has no column `{column}`", self.name))
    }
}

fn cell(row: &StringRecord, column: usize) -> &str {
    row.get(column).unwrap_or("")
}

fn said(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn by_incident(table: &Table) -> Result<BTreeMap<&str, Vec<&StringRecord>>, String> {
    let incident = table.column("incident")?;
    let mut groups: BTreeMap<&str, Vec<&StringRecord>> = BTreeMap::new();
    for row in &table.rows {
        groups.entry(cell(row, incident)).or_default().push(row);
    }
    Ok(groups)
}

fn numbers_in<'t>(table: &Table, rows: &[&'t StringRecord]) -> Result<Vec<Number<'t>>, String> {
    let at = |name| table.column(name);
    let (harm, class, status) = (at("harm")?, at("class")?, at("status")?);
    let (min, highest, max) = (at("min")?, at("highest_reported")?, at("max")?);
    let number = |row: &&'t StringRecord| Number {
        harm: cell(row, harm),
        class: cell(row, class),
        status: said(cell(row, status)),
        min: cell(row, min).parse().ok(),
        highest: cell(row, highest).parse().ok(),
        max: cell(row, max).parse().ok(),
    };
    Ok(rows.iter().map(number).filter(|number| !number.harm.is_empty()).collect())
}

fn numbers_of(incidents: &Table) -> Result<Vec<Breach>, String> {
    let mut breaches = Vec::new();
    for (incident, rows) in by_incident(incidents)? {
        breaches.extend(numbers::check(incident, &numbers_in(incidents, &rows)?));
    }
    Ok(breaches)
}

/// People above their incident's count (3), and killed in two incidents (5).
fn people(incidents: &Table, persons: &Table) -> Result<Vec<Breach>, String> {
    let (person, harm) = (persons.column("person")?, persons.column("harm")?);
    let mut breaches = Vec::new();
    let mut killed_in: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let counted = by_incident(incidents)?;
    for (incident, rows) in by_incident(persons)? {
        let killed: BTreeSet<&str> =
            rows.iter().filter(|row| cell(row, harm) == "killed").map(|row| cell(row, person)).collect();
        for one in &killed {
            killed_in.entry(one).or_default().insert(incident);
        }
        let numbers = numbers_in(incidents, counted.get(incident).map_or(&[][..], Vec::as_slice))?;
        let total = |number: &&Number<'_>| {
            number.harm == "killed" && number.class == "total" && number.status.is_none()
        };
        let most = numbers.iter().find(total).and_then(|number| number.max);
        if let Some(most) = most.filter(|most| (killed.len() as u64) > *most) {
            let records = std::iter::once(incident).chain(killed.iter().copied()).map(str::to_owned);
            let explain =
                format!("killed total: {} people are listed and the count is at most {most}", killed.len());
            breaches.push(Breach::error(3, records, explain));
        }
    }
    for (one, places) in killed_in.iter().filter(|(_, places)| places.len() > 1) {
        let records = std::iter::once(*one).chain(places.iter().copied()).map(str::to_owned);
        breaches.push(Breach::error(5, records, format!("a person is killed in {} incidents", places.len())));
    }
    Ok(breaches)
}

/// A name that stands there although it is withheld, and people who may be alive (17).
fn withheld(persons: &Table) -> Result<Vec<Breach>, String> {
    let at = |name| persons.column(name);
    let (person, name, withheld, harm) = (at("person")?, at("name")?, at("withheld")?, at("harm")?);
    let mut breaches = Vec::new();
    for row in &persons.rows {
        let id = || [cell(row, person).to_owned()];
        if !cell(row, withheld).is_empty() && !cell(row, name).is_empty() {
            let explain = format!("a name stands there that is withheld ({})", cell(row, withheld));
            breaches.push(Breach::error(17, id(), explain));
        }
        if cell(row, harm) != "killed" {
            let explain = format!("a person who may be alive is listed ({})", cell(row, harm));
            breaches.push(Breach::error(17, id(), explain));
        }
    }
    Ok(breaches)
}

fn dates(incidents: &Table) -> Result<Vec<Breach>, String> {
    let at = |name| incidents.column(name);
    let (incident, first, last) = (at("incident")?, at("earliest")?, at("latest")?);
    let backwards = incidents.rows.iter().filter_map(|row| {
        let (first, last) = (said(cell(row, first))?, said(cell(row, last))?);
        let explain = || format!("its first possible day is {first} and its last {last}");
        (first > last).then(|| Breach::error(7, [cell(row, incident).to_owned()], explain()))
    });
    Ok(backwards.collect())
}

/// Codes without a label in both languages (18).
fn labels(incidents: &Table, codebook: &Table) -> Result<Vec<Breach>, String> {
    let at = |name| codebook.column(name);
    let (vocabulary, code, en, ar) = (at("vocabulary")?, at("code")?, at("label_en")?, at("label_ar")?);
    let labelled: BTreeSet<(&str, &str)> = codebook
        .rows
        .iter()
        .filter(|row| !cell(row, en).trim().is_empty() && !cell(row, ar).trim().is_empty())
        .map(|row| (cell(row, vocabulary), cell(row, code)))
        .collect();
    let mut unlabelled = BTreeSet::new();
    for (column, words) in CODED {
        let column = incidents.column(column)?;
        let codes = incidents.rows.iter().flat_map(|row| cell(row, column).split_whitespace());
        unlabelled.extend(codes.filter(|code| !labelled.contains(&(words, *code))).map(|code| (words, code)));
    }
    let explain = |words: &str, code: &str| format!("{words} `{code}` has no label in both languages");
    Ok(unlabelled
        .into_iter()
        .map(|(words, code)| Breach::error(18, [code.to_owned()], explain(words, code)))
        .collect())
}
