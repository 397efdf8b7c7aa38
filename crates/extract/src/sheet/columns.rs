//! The columns of a spreadsheet: which shape it has, and what each column holds.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use sijil_model::codebook::{Class, Coded, Harm, Status};
use sijil_model::fold::fold;

use crate::error::SheetError;

/// The shape of a spreadsheet of incidents: whose columns it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// As Airwars publishes: a row an incident; or a row a victim, with the incident's code.
    Airwars,
    /// As UCDP GED: a row an event, deaths by side.
    Ucdp,
    /// As ACLED: a row an event, one number of fatalities.
    Acled,
    /// With the codebook's words: a row an incident (`killed_min`, `killed_children_max`, …), or a row a number (`harm`,
    /// `class`, `status`, `min`, `max`), or a row a person with the incident's code; sijil writes these itself.
    Codebook,
}

impl Shape {
    /// All of them.
    pub const ALL: [Shape; 4] = [Shape::Airwars, Shape::Ucdp, Shape::Acled, Shape::Codebook];

    /// As written after `--as`.
    pub fn code(self) -> &'static str {
        match self {
            Shape::Airwars => "airwars",
            Shape::Ucdp => "ucdp",
            Shape::Acled => "acled",
            Shape::Codebook => "codebook",
        }
    }

    /// The shape of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    Code,
    Date,
    DateEnd,
    DatePrecision,
    TimeOfDay,
    Place,
    District,
    Governorate,
    Latitude,
    Longitude,
    Precision,
    Actors,
    Actor,
    OtherActor,
    Violence,
    Means,
    Sites,
    Grading,
    /// A number of people: one end of it, or both.
    Number(Harm, Class, Option<Status>, End),
    /// Of a sheet with a row a number: what it counts.
    Harm,
    Class,
    Status,
    Min,
    Max,
    Rule,
    /// Of a sheet of people; the word is that of [`crate::list::people_of_list`].
    Person(&'static str),
    AgeClass,
    /// Known, and nothing here takes it.
    NotCarried,
}

/// Which end of a number a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Least,
    Most,
    /// Several such columns of the same people are added.
    Both,
}

/// The columns of a sheet, read by its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumns {
    shape: Shape,
    /// In the order of the sheet.
    held: Vec<(u16, Holds)>,
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct Line {
    shape: Shape,
    header: String,
    holds: String,
}

/// Every line was read by a test: one that cannot be read is not shipped.
static CROSSWALK: LazyLock<Vec<(Shape, String, Holds)>> = LazyLock::new(|| {
    csv::Reader::from_reader(include_str!("../../data/sheet_columns.csv").as_bytes())
        .deserialize::<Line>()
        .filter_map(Result::ok)
        .filter_map(|line| Some((line.shape, fold(&line.header), holds(&line.holds)?)))
        .collect()
});

impl SheetColumns {
    /// Reads a header. Without a shape that of the most columns is taken.
    ///
    /// # Errors
    /// Where the columns fit no shape, or not the one that was said.
    pub fn of_headers(said: Option<Shape>, headers: &[&str]) -> Result<Self, SheetError> {
        let shapes = said.map_or(Shape::ALL.to_vec(), |shape| vec![shape]);
        let read = shapes.into_iter().map(|shape| Self::of_shape(shape, headers));
        // Of equals the first: max_by_key gives the last.
        let best = read.rev().max_by_key(|columns| columns.known());
        best.filter(SheetColumns::is_a_sheet).ok_or_else(|| SheetError::NoShape {
            said: said.map_or("airwars, ucdp, acled or codebook", Shape::code),
            headers: headers.join(", "),
        })
    }

    fn of_shape(shape: Shape, headers: &[&str]) -> Self {
        let held = headers.iter().zip(0u16..).filter_map(|(header, column)| {
            let folded = fold(header);
            let known = CROSSWALK.iter().find(|(of, word, _)| *of == shape && *word == folded);
            let wide = || (shape == Shape::Codebook).then(|| wide_number(&folded)).flatten();
            known.map(|(_, _, holds)| *holds).or_else(wide).map(|holds| (column, holds))
        });
        Self {
            shape,
            held: held.collect(),
            headers: headers.iter().map(|&header| header.to_owned()).collect(),
        }
    }

    /// How many columns mean something.
    fn known(&self) -> usize {
        self.held
            .iter()
            .filter(|(_, holds)| *holds != Holds::NotCarried)
            .map(|(_, holds)| holds)
            .collect::<BTreeSet<_>>()
            .len()
    }

    /// Whether the columns tell of incidents or of people in them.
    fn is_a_sheet(&self) -> bool {
        let numbers =
            self.held.iter().any(|(_, holds)| matches!(holds, Holds::Number(..) | Holds::Min | Holds::Max));
        self.are_of_people()
            || numbers && (self.has(Holds::Date) || self.has(Holds::Place) || self.has(Holds::Code))
    }

    /// Whether a row is a person, and not an incident that has a name.
    pub fn are_of_people(&self) -> bool {
        let any = |test: fn(&Holds) -> bool| self.held.iter().any(|(_, holds)| test(holds));
        let named = any(|holds| matches!(holds, Holds::Person(word) if word.starts_with("name")));
        let described =
            any(|holds| matches!(holds, Holds::Person("sex" | "age" | "status") | Holds::AgeClass));
        let numbered = any(|holds| matches!(holds, Holds::Number(..) | Holds::Min | Holds::Max));
        self.has(Holds::Code) && named && (described || !numbered)
    }

    /// The shape.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Every header as printed.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// A column's header as printed.
    pub fn header(&self, column: u16) -> &str {
        self.headers.get(usize::from(column)).map_or("", String::as_str)
    }

    /// The columns that nothing here takes, in the order of the sheet.
    pub fn not_carried(&self) -> Vec<u16> {
        let of_people = self.are_of_people();
        let is_taken = |holds: &Holds| match holds {
            Holds::NotCarried => false,
            Holds::Code | Holds::AgeClass => true,
            Holds::Person(_) => of_people,
            _ => !of_people,
        };
        let taken = |column: &u16| self.held.iter().any(|(held, holds)| held == column && is_taken(holds));
        (0..).take(self.headers.len()).filter(|column| !taken(column)).collect()
    }

    /// Whether there is a row for each number, and not for each incident.
    pub(super) fn are_of_numbers(&self) -> bool {
        self.has(Holds::Harm) && (self.has(Holds::Min) || self.has(Holds::Max))
    }

    fn has(&self, holds: Holds) -> bool {
        self.columns_of(holds).next().is_some()
    }

    /// The columns that hold something, in the order of the sheet.
    pub(super) fn columns_of(&self, holds: Holds) -> impl Iterator<Item = u16> {
        self.held.iter().filter(move |(_, held)| *held == holds).map(|(column, _)| *column)
    }

    /// The columns of days.
    pub(super) fn of_days(&self) -> impl Iterator<Item = u16> {
        self.columns_of(Holds::Date).chain(self.columns_of(Holds::DateEnd))
    }

    /// All columns with what they hold.
    pub(super) fn held(&self) -> &[(u16, Holds)] {
        &self.held
    }
}

fn holds(word: &str) -> Option<Holds> {
    Some(match word {
        "code" => Holds::Code,
        "date" => Holds::Date,
        "date_end" => Holds::DateEnd,
        "date_precision" => Holds::DatePrecision,
        "time_of_day" => Holds::TimeOfDay,
        "place" => Holds::Place,
        "district" => Holds::District,
        "governorate" => Holds::Governorate,
        "lat" => Holds::Latitude,
        "lon" => Holds::Longitude,
        "precision" => Holds::Precision,
        "actors" => Holds::Actors,
        "actor" => Holds::Actor,
        "other_actor" => Holds::OtherActor,
        "violence" => Holds::Violence,
        "means" => Holds::Means,
        "sites" => Holds::Sites,
        "grading" => Holds::Grading,
        "harm" => Holds::Harm,
        "class" => Holds::Class,
        "status" => Holds::Status,
        "min" => Holds::Min,
        "max" => Holds::Max,
        "rule" => Holds::Rule,
        "name" => Holds::Person("name"),
        "name_ar" => Holds::Person("name_ar"),
        "name_en" => Holds::Person("name_en"),
        "sex" => Holds::Person("sex"),
        "age" => Holds::Person("age"),
        "fate" => Holds::Person("status"),
        "person_number" => Holds::Person("id"),
        "age_class" => Holds::AgeClass,
        "highest" | "not_carried" => Holds::NotCarried,
        number => return number_of(number),
    })
}

/// `killed.total.civilian.min`: harm, class, status (`any` is none) and end.
fn number_of(word: &str) -> Option<Holds> {
    let mut parts = word.split('.');
    let harm = Harm::from_code(parts.next()?).ok()?;
    let class = Class::from_code(parts.next()?).ok()?;
    let status = match parts.next()? {
        "any" => None,
        status => Some(Status::from_code(status).ok()?),
    };
    let end = match parts.next()? {
        "min" => End::Least,
        "max" => End::Most,
        "both" => End::Both,
        _ => return None,
    };
    Some(Holds::Number(harm, class, status, end))
}

/// `killed min`, `killed children max`, `killed civilian min`: a folded header of the codebook's words.
fn wide_number(header: &str) -> Option<Holds> {
    let (words, end) = match header.rsplit_once(' ')? {
        (words, "min") => (words, End::Least),
        (words, "max") => (words, End::Most),
        _ => return None,
    };
    // The longest first: "killed or injured" begins with "killed".
    let spaced = |code: &str| code.replace('_', " ");
    let harm = Harm::ALL
        .iter()
        .copied()
        .filter(|harm| words.starts_with(&spaced(harm.code())))
        .max_by_key(|h| h.code().len())?;
    let mut rest = words.strip_prefix(&spaced(harm.code()))?.trim();
    let mut class = Class::Total;
    if let Some(found) = Class::ALL.iter().find(|class| begins_with(rest, &spaced(class.code()))) {
        class = *found;
        rest = rest.strip_prefix(&spaced(found.code()))?.trim();
    }
    let status = Status::ALL
        .iter()
        .copied()
        .find(|status| rest == spaced(status.code()) || rest == format!("{}s", spaced(status.code())));
    (rest.is_empty() || status.is_some()).then_some(Holds::Number(harm, class, status, end))
}

fn begins_with(words: &str, first: &str) -> bool {
    words.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_crosswalk_is_read_and_no_header_means_two_things() {
        let lines = include_str!("../../data/sheet_columns.csv").lines().count() - 1;
        assert_eq!(CROSSWALK.len(), lines);
        let mut seen = BTreeSet::new();
        for (shape, header, _) in CROSSWALK.iter() {
            assert!(seen.insert((*shape, header.clone())), "{header} of {shape:?} stands twice");
        }
    }

    #[test]
    fn headers_tell_the_shape() {
        let shape = |headers: &[&str]| SheetColumns::of_headers(None, headers).map(|columns| columns.shape());
        assert_eq!(shape(&["code", "date", "civ_killed_min", "civ_killed_max"]), Ok(Shape::Airwars));
        assert_eq!(shape(&["event_id_cnty", "event_date", "fatalities", "location"]), Ok(Shape::Acled));
        assert_eq!(shape(&["id", "date_start", "low", "high", "side_a"]), Ok(Shape::Ucdp));
        assert_eq!(shape(&["incident", "date", "harm", "class", "min", "max"]), Ok(Shape::Codebook));
        let error = shape(&["colour", "weight"]).unwrap_err().to_string();
        assert!(error.contains("colour, weight") && error.contains("codebook"), "{error}");
    }

    #[test]
    fn wide_headers_of_the_codebook() {
        let number = |header: &str| wide_number(&fold(header));
        let holds = |harm, class, status, end| Some(Holds::Number(harm, class, status, end));
        assert_eq!(number("killed_min"), holds(Harm::Killed, Class::Total, None, End::Least));
        assert_eq!(number("killed_children_max"), holds(Harm::Killed, Class::Children, None, End::Most));
        assert_eq!(
            number("injured_civilians_min"),
            holds(Harm::Injured, Class::Total, Some(Status::Civilian), End::Least)
        );
        assert_eq!(
            number("killed_or_injured_max"),
            holds(Harm::KilledOrInjured, Class::Total, None, End::Most)
        );
        assert_eq!(number("killed_sheep_min"), None);
    }
}
