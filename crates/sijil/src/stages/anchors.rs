//! What a document's times count from: its publication, given or printed on its page, and the days that it dates itself.

use sijil_model::{Claim, Content, Day, Edtf, TimeExpression};
use sijil_place::{Anchors, read_time};

/// The rule of a time that a page prints on a post.
const POST_TIME: &str = "post-time";
/// The rules of dates that a page prints of itself.
const PRINTED: [&str; 4] = [POST_TIME, "page-date", "dateline", "post-shown"];
/// The rule of a year that a text says is the one in which it was written.
const THIS_YEAR: &str = "this-year";
/// The length of a date with year, month and day.
const FULL_DATE: usize = 10;

/// What relative dates of a part count from: its publication, and the latest day that it dates itself. A publication that
/// is not given is the one that the page prints, so that everything that counts from it is inferred.
pub fn anchors(claims: &[Claim], published: Option<Edtf>) -> Anchors {
    let mut latest = None;
    let mut year = None;
    for claim in claims.iter().filter(|claim| claim.basis.rule().is_none_or(|by| by.as_str() != THIS_YEAR)) {
        let (time, said_year) = match &claim.content {
            Content::Time { time, .. } => (Some(time), None),
            Content::Aggregate(aggregate) => {
                (aggregate.period.as_ref(), aggregate.period_year.as_ref().map(|said| said.year))
            }
            _ => (None, None),
        };
        let Some(TimeExpression::Calendar(edtf)) = time else { continue };
        // A range's end is written of as past; an open one dates nothing.
        latest = latest.max(last_day(edtf, said_year));
        year = year.or(said_year);
    }
    let published =
        published.or_else(|| PRINTED.iter().find_map(|rule| printed(claims, rule)).filter(is_full));
    let this_year = || printed(claims, THIS_YEAR).and_then(|year| year.as_str().parse::<i16>().ok());
    let year = year.or_else(this_year);
    let year = year.or_else(|| only_year(claims).filter(|_| published.is_none()));
    Anchors { published, not_before: latest, year_from_text: year, ..Anchors::default() }
}

fn is_full(date: &Edtf) -> bool {
    date.as_str().len() == FULL_DATE && !date.as_str().contains('X')
}

/// The year of the full dates of a text, where all have the same.
fn only_year(claims: &[Claim]) -> Option<i16> {
    let mut years = claims.iter().filter_map(|claim| match &claim.content {
        Content::Time { time: TimeExpression::Calendar(edtf), .. } if is_full(edtf) => {
            edtf.as_str()[..4].parse::<i16>().ok()
        }
        _ => None,
    });
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// Whether the page shows the document as a post of a social medium.
pub fn is_posted(claims: &[Claim]) -> bool {
    printed(claims, POST_TIME).is_some()
}

fn printed(claims: &[Claim], rule: &str) -> Option<Edtf> {
    claims.iter().find_map(|claim| match (&claim.content, claim.basis.rule()) {
        (Content::Time { time: TimeExpression::Calendar(day), .. }, Some(by)) if by.as_str() == rule => {
            Some(day.clone())
        }
        _ => None,
    })
}

fn last_day(edtf: &Edtf, year: Option<i16>) -> Option<Day> {
    let known = Anchors { year_from_text: year, ..Anchors::default() };
    read_time(&TimeExpression::Calendar(edtf.clone()), None, &known).bounds.latest
}
