//! What a document's times count from: its publication, given or printed on its page, and the days that it dates itself.

use sijil_model::{Claim, Content, Day, Edtf, TimeExpression};
use sijil_place::{Anchors, read_time};

/// The rule of a time that a page prints on a post.
const POST_TIME: &str = "post-time";
/// The rule of a date that a page prints on an article.
const PAGE_DATE: &str = "page-date";

/// What relative dates of a part count from: its publication, and the latest day that it dates itself. A publication that
/// is not given is the one that the page prints, so that everything that counts from it is inferred.
pub fn anchors(claims: &[Claim], published: Option<Edtf>) -> Anchors {
    let mut latest = None;
    let mut year = None;
    for claim in claims {
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
    let published = published.or_else(|| printed(claims, POST_TIME).or_else(|| printed(claims, PAGE_DATE)));
    Anchors { published, not_before: latest, year_from_text: year, ..Anchors::default() }
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
