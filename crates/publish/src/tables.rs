//! CSV tables of a release: UTF-8 with a byte-order mark, so that spreadsheets open Arabic rightly, and no cell that a
//! spreadsheet would run as a formula.

use std::collections::BTreeSet;

use sijil_count::{By, Printed};
use sijil_model::codebook::{Class, Grading, Means, PlaceRole, SiteKind, entries, label};
use sijil_model::{Actor, Coded, Interval, Language, PlaceId, Upper};

use crate::error::{PublishError, Result};
use crate::figures::{ReleasedFigure, ReleasedRow, sum_of};
use crate::incidents::ReleasedIncident;
use crate::make::Surroundings;

/// What tells a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Rows as CSV.
pub(crate) fn csv_bytes(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.into_inner().map_err(|cause| PublishError::Format(cause.to_string()))
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what begins like one.
fn guarded(cell: &str) -> String {
    let first = cell.trim_start().chars().next();
    if first.is_some_and(|first| "=+-@".contains(first)) || cell.starts_with(['\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// `figures.csv`: a line a figure, and one for each of its rows, whose places are named in both languages.
pub(crate) fn figures(figures: &[ReleasedFigure], around: &dyn Surroundings) -> Result<Vec<u8>> {
    let header = [
        "figure",
        "title_en",
        "title_ar",
        "row",
        "row_en",
        "row_ar",
        "min",
        "highest_reported",
        "max",
        "open_ends",
        "unknown",
        "incidents",
        "possibly_min",
        "possibly_max",
        "possibly_incidents",
        "rules",
        "in_words_en",
        "in_words_ar",
    ];
    let actors = around.actors();
    let mut rows = Vec::new();
    for figure in figures {
        let names = [figure.id.to_string(), figure.title_en.get().clone(), figure.title_ar.get().clone()];
        rows.push(line(
            &names,
            [String::new(), String::new(), String::new()],
            Some((&figure.inside, &figure.possibly_inside)),
            &figure.rules,
        ));
        for row in &figure.rows {
            rows.push(line(
                &names,
                row_names(row, &actors, around),
                row.inside.as_ref().zip(row.possibly_inside.as_ref()),
                &figure.rules,
            ));
        }
    }
    csv_bytes(&header, rows)
}

/// `places.csv`: the places that figures ask for and whose rows they show, named in both languages.
pub(crate) fn places(figures: &[ReleasedFigure], around: &dyn Surroundings) -> Result<Vec<u8>> {
    let of_rows =
        figures.iter().flat_map(|figure| &figure.rows).flat_map(|row| &row.key).filter_map(|(by, key)| {
            let is_place = matches!(by, By::Governorate | By::District);
            PlaceId::new(key.as_deref().filter(|_| is_place)?).ok()
        });
    let asked = figures.iter().flat_map(|figure| figure.question.places.iter().cloned());
    let places: BTreeSet<PlaceId> = asked.chain(of_rows).collect();
    let named = places.iter().filter_map(|id| around.place(id));
    let rows =
        named.map(|name| vec![name.id.to_string(), name.en.unwrap_or_default(), name.ar.unwrap_or_default()]);
    csv_bytes(&["place", "name_en", "name_ar"], rows)
}

/// A row's key as codes, and as it is called in English and Arabic.
fn row_names(row: &ReleasedRow, actors: &[Actor], around: &dyn Surroundings) -> [String; 3] {
    let joined = |name: &dyn Fn(By, &str) -> String| {
        let cells =
            row.key.iter().map(|(by, key)| key.as_deref().map_or("?".to_owned(), |key| name(*by, key)));
        cells.collect::<Vec<_>>().join(" / ")
    };
    let named = |language: Language| move |by: By, key: &str| called(by, key, language, actors, around);
    [joined(&|_, key| key.to_owned()), joined(&named(Language::En)), joined(&named(Language::Ar))]
}

/// What a value of a breakdown is called; itself where it is no code.
fn called(by: By, key: &str, language: Language, actors: &[Actor], around: &dyn Surroundings) -> String {
    let of_codebook = |vocabulary| label(vocabulary, key, language).map(str::to_owned);
    let name = match by {
        By::Governorate | By::District => {
            PlaceId::new(key).ok().and_then(|id| around.place(&id)).and_then(|name| match language {
                Language::En => name.en.or(name.ar),
                Language::Ar => name.ar.or(name.en),
            })
        }
        By::Actor => actors
            .iter()
            .find(|actor| actor.code.as_str() == key)
            .map(|actor| actor.label(language).to_owned()),
        By::Class => of_codebook(Class::VOCABULARY),
        By::Grading => of_codebook(Grading::VOCABULARY),
        By::Means => of_codebook(Means::VOCABULARY),
        By::Site => of_codebook(SiteKind::VOCABULARY),
        By::Month | By::Week | By::List => None,
    };
    name.unwrap_or_else(|| key.to_owned())
}

fn line(
    names: &[String; 3],
    row: [String; 3],
    tallies: Option<(&sijil_count::Tally, &sijil_count::Tally)>,
    rules: &str,
) -> Vec<String> {
    let mut cells = names.to_vec();
    cells.extend(row);
    match tallies {
        Some((inside, possibly)) => {
            let (sum, apart) = (sum_of(inside), sum_of(possibly));
            let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
            cells.extend([number(inside.min), number(inside.highest_reported), upper(inside.max)]);
            cells.extend([sum.open_ends.to_string(), sum.unknown.to_string(), sum.incidents.to_string()]);
            cells.extend([
                number(possibly.min),
                upper(possibly.max),
                apart.incidents.to_string(),
                rules.to_owned(),
            ]);
            let printed = Printed::of_tally(inside);
            cells.extend([printed.text(Language::En), printed.text(Language::Ar)]);
        }
        None => {
            cells.extend(std::iter::repeat_n(String::new(), 9));
            cells.extend([
                rules.to_owned(),
                "withheld: fewer than three of the living, or a number from which they could be reckoned"
                    .to_owned(),
                "محجوب: أقل من ثلاثة من الأحياء، أو رقم يمكن أن يُستنتج منه ذلك".to_owned(),
            ]);
        }
    }
    cells
}

/// `incidents.csv`: a line an incident that is cleared.
pub(crate) fn incidents(incidents: &[ReleasedIncident]) -> Result<Vec<u8>> {
    let header = [
        "incident",
        "date",
        "earliest",
        "latest",
        "place_en",
        "place_ar",
        "precision",
        "lat",
        "lon",
        "grading",
        "actors",
        "means",
        "sites",
        "harm",
        "class",
        "status",
        "min",
        "highest_reported",
        "max",
        "rule",
    ];
    let mut rows = Vec::new();
    for incident in incidents {
        let place = incident
            .places
            .iter()
            .find(|(role, _)| *role == PlaceRole::Primary)
            .map(|(_, place)| place.get());
        let text = |value: Option<String>| value.unwrap_or_default();
        let bounds = incident.when.bounds;
        let about = vec![
            incident.id.to_string(),
            text(incident.when.edtf.as_ref().map(ToString::to_string)),
            text(bounds.earliest.map(|day| day.to_string())),
            text(bounds.latest.map(|day| day.to_string())),
            text(place.and_then(|place| place.name_en.clone())),
            text(place.and_then(|place| place.name_ar.clone())),
            place.map_or("not_placed", |place| place.precision.code()).to_owned(),
            text(place.and_then(|place| place.lat).map(|lat| lat.to_string())),
            text(place.and_then(|place| place.lon).map(|lon| lon.to_string())),
            incident.grading.code().to_owned(),
            joined(incident.actors.iter().map(|actor| actor.actor.to_string())),
            joined(incident.means.iter().map(ToString::to_string)),
            joined(incident.sites.iter().map(ToString::to_string)),
        ];
        if incident.casualties.is_empty() {
            rows.push([about.clone(), vec![String::new(); 7]].concat());
        }
        for row in &incident.casualties {
            let codes = [
                row.harm.code().to_owned(),
                row.class.code().to_owned(),
                row.status.map_or(String::new(), |status| status.code().to_owned()),
            ];
            let [min, highest, max] =
                row.interval.map_or([String::new(), String::new(), "withheld".into()], ends);
            rows.push(
                [about.clone(), codes.to_vec(), vec![min, highest, max, row.rule.to_string()]].concat(),
            );
        }
    }
    csv_bytes(&header, rows)
}

/// `persons.csv`: a line a person killed; who may be alive is in no table.
pub(crate) fn persons(incidents: &[ReleasedIncident]) -> Result<Vec<u8>> {
    let header = ["person", "incident", "name", "withheld", "sex", "age", "age_class", "status", "harm"];
    let rows = incidents.iter().flat_map(|incident| {
        incident.people.iter().map(|person| {
            vec![
                person.id.to_string(),
                incident.id.to_string(),
                person.name.as_ref().map_or(String::new(), |name| name.get().clone()),
                person.withheld.map_or(String::new(), |why| why.code().to_owned()),
                person.sex.map_or(String::new(), |sex| sex.code().to_owned()),
                person.age.map_or(String::new(), |age| age.to_string()),
                person.age_class.map_or(String::new(), |class| class.code().to_owned()),
                person.status.map_or(String::new(), |status| status.code().to_owned()),
                person.harm.code().to_owned(),
            ]
        })
    });
    csv_bytes(&header, rows)
}

/// `codebook.csv`: every code with its labels.
pub(crate) fn codebook() -> Result<Vec<u8>> {
    let rows = entries().iter().map(|entry| {
        vec![entry.vocabulary.clone(), entry.code.clone(), entry.label_en.clone(), entry.label_ar.clone()]
    });
    csv_bytes(&["vocabulary", "code", "label_en", "label_ar"], rows)
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(" ")
}

fn ends(interval: Interval) -> [String; 3] {
    let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    [number(interval.min()), number(interval.highest_reported()), upper(interval.max())]
}

fn upper(max: Upper) -> String {
    match max {
        Upper::Known(high) => high.to_string(),
        Upper::Open => "open".to_owned(),
        Upper::Unknown => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_read_arabic_and_run_nothing() {
        let bytes = csv_bytes(
            &["name"],
            ["=SUM(A1)", "+1", "-2", "@x", " =1", "ليلى, «النورس»", "3"].map(|cell| vec![cell.to_owned()]),
        )
        .unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{feff}name\r\n"));
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines, ["'=SUM(A1)", "'+1", "'-2", "'@x", "' =1", "\"ليلى, «النورس»\"", "3"]);
    }

    #[test]
    fn the_codebook_speaks_arabic() {
        let text = String::from_utf8(codebook().unwrap()).unwrap();
        assert!(text.contains("harm,killed") && text.chars().any(|c| c == 'ق'));
    }
}
