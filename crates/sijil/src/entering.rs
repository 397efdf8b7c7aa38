//! Entering: claims that a person reads in a document, built from the words they rest on.
//!
//! The claims are like those of an extraction, with the basis *decided*: they count, are walked down to their words, and
//! can be rejected. No run of a program ends them.

use std::ops::Range;

use sha2::{Digest, Sha256};
use sijil_model::claim::{Casualty, Known, PersonSaid, Stands};
use sijil_model::codebook::{AgeClass, Class, Fate, Harm, PlaceRole, Sex};
use sijil_model::{
    Basis, Claim, ClaimId, Content, DocumentId, PlacePhrase, Quoted, Said, Span, TimeExpression,
};
use sijil_place::parse_place;

use crate::arguments::Enter;
use crate::failure::Failure;
use crate::typed;

/// The most letters of the words that claims rest on: a passage, not a whole report.
const MOST_LETTERS: usize = 2_000;

/// The claims that a person read in the `words` of a text, the incident's first; `incident` is the claim of the document
/// that they are about, where it has one already.
///
/// # Errors
/// Values that cannot be read, nothing to enter.
pub fn claims(
    document: &DocumentId,
    text: &str,
    words: &Quoted,
    enter: &Enter,
    incident: Option<ClaimId>,
) -> Result<Vec<Claim>, Failure> {
    let act = Act::of(document, words, enter)?;
    let mut claims = Vec::new();
    let facts = facts_of_incident(enter)?;
    let incident = match incident {
        None if facts.is_empty() && enter.incident.is_none() => None,
        None => {
            let founder = act.claim(0, vec![words.clone()], Content::Incident { strikes: None }, None);
            claims.push(founder.clone());
            Some(founder.id)
        }
        known => known,
    };
    for content in facts {
        claims.push(act.claim(claims.len(), vec![words.clone()], content, incident.clone()));
    }
    if let Some(name) = said(enter.person.as_ref()) {
        let (spans, content) = person(text, words, name, enter)?;
        claims.push(act.claim(claims.len(), spans, content, incident));
    }
    if claims.iter().all(|claim| matches!(claim.content, Content::Incident { .. })) {
        return Err(Failure::Usage(
            "there is nothing to enter; give a day, a place, how many were killed or injured, or a person"
                .into(),
        ));
    }
    Ok(claims)
}

/// The words in a text, however they are broken into lines: where they stand.
///
/// # Errors
/// They do not stand there, stand there more than once, or are too many.
pub fn find_words(text: &str, words: &str) -> Result<Quoted, Failure> {
    if words.chars().count() > MOST_LETTERS {
        return Err(Failure::Usage(format!(
            "the words are longer than {MOST_LETTERS} letters; give the passage that says it"
        )));
    }
    let found = places_of(text, words);
    match found.as_slice() {
        [] => Err(Failure::Refused(format!(
            "the document does not say “{words}”; copy the words as they stand (`sijil read` prints the text)"
        ))),
        [only] => quoted(text, only.clone())
            .ok_or_else(|| Failure::Internal("words that were found cannot be quoted".into())),
        several => Err(Failure::Refused(format!(
            "the document says “{words}” {} times; give more of the words around them",
            several.len()
        ))),
    }
}

/// Every place of some words in a text, whatever white space stands between them: byte ranges.
fn places_of(text: &str, words: &str) -> Vec<Range<usize>> {
    let mut words = words.split_whitespace();
    let Some(first) = words.next() else { return Vec::new() };
    let rest: Vec<&str> = words.collect();
    let whole = |start: usize| {
        let mut end = start + first.len();
        for word in &rest {
            let after = text[end..].trim_start();
            if after.len() == text.len() - end || !after.starts_with(word) {
                return None;
            }
            end = text.len() - after.len() + word.len();
        }
        Some(start..end)
    };
    text.match_indices(first).filter_map(|(start, _)| whole(start)).collect()
}

fn quoted(text: &str, range: Range<usize>) -> Option<Quoted> {
    Some(Quoted { span: Span::of_bytes(text, range.clone())?, quote: text.get(range)?.to_owned() })
}

/// A field that was filled in.
fn said(field: Option<&String>) -> Option<&str> {
    field.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// What is said of the incident: its day, its place, its numbers.
fn facts_of_incident(enter: &Enter) -> Result<Vec<Content>, Failure> {
    let mut facts = Vec::new();
    if let Some(date) = said(enter.date.as_ref()) {
        let time = TimeExpression::Calendar(typed::date(date)?);
        facts.push(Content::Time { time, time_of_day: None });
    }
    if let Some(place) = said(enter.place.as_ref()) {
        facts.push(Content::Place(PlacePhrase { role: PlaceRole::Primary, ..parse_place(place) }));
    }
    let class = said(enter.class.as_ref()).map_or(Ok(Class::Total), typed::code)?;
    for (harm, number) in [(Harm::Killed, &enter.killed), (Harm::Injured, &enter.injured)] {
        let Some(number) = said(number.as_ref()) else { continue };
        let quantity = typed::quantity(number)?.ok_or_else(|| {
            Failure::Usage(format!("`{number}` is no number of people; where nobody says one, leave it out"))
        })?;
        let count = Said { quantity, text: number.to_owned() };
        let stands = Stands::Alone;
        facts.push(Content::Casualty(Casualty { harm, class, status: None, role: None, count, stands }));
    }
    Ok(facts)
}

/// A person, resting on the name where the words have it, and on the words.
fn person(text: &str, words: &Quoted, name: &str, enter: &Enter) -> Result<(Vec<Quoted>, Content), Failure> {
    let fate = said(enter.fate.as_ref()).map(typed::code::<Fate>).transpose()?;
    let fate = fate.ok_or_else(|| {
        Failure::Usage("what became of the person is missing; give a fate, such as `killed`".into())
    })?;
    let sex = said(enter.sex.as_ref()).map(typed::code::<Sex>).transpose()?;
    let age = said(enter.age.as_ref()).map(typed::age).transpose()?;
    let printed = words.bytes_in(text).and_then(|range| {
        let inside = places_of(&text[range.clone()], name).into_iter().next()?;
        quoted(text, range.start + inside.start..range.start + inside.end)
    });
    let person = PersonSaid {
        name: Some(name.to_owned()),
        name_as_printed: printed.as_ref().map(|printed| printed.quote.clone()),
        sex: sex.map(|value| Known { value, basis: Basis::Decided }),
        age,
        age_months: None,
        age_class: age.map(|years| Known::inferred(AgeClass::of_years(years), "age")),
        fate: Some(fate),
        status: None,
        role: None,
        listed: None,
    };
    Ok((printed.into_iter().chain([words.clone()]).collect(), Content::Person(person)))
}

/// All that was entered together: from it the claims have their ids, so that the same said twice is the same.
struct Act<'a> {
    document: &'a DocumentId,
    digest: [u8; 32],
}

impl<'a> Act<'a> {
    fn of(document: &'a DocumentId, words: &Quoted, enter: &Enter) -> Result<Self, Failure> {
        let Enter { incident, date, place, killed, injured, class, person, fate, sex, age, .. } = enter;
        let fields = [incident, date, place, killed, injured, class, person, fate, sex, age];
        let typed: Vec<Option<&str>> = fields.iter().map(|field| said(field.as_ref())).collect();
        let whole = serde_json::to_vec(&(document, words.span, typed))?;
        Ok(Self { document, digest: Sha256::digest(whole).into() })
    }

    /// The claim of this number among those of the act.
    fn claim(&self, number: usize, spans: Vec<Quoted>, content: Content, about: Option<ClaimId>) -> Claim {
        let mut hash = Sha256::new();
        hash.update(self.digest);
        hash.update(format!("\n{number}\n{}", content.kind()));
        let id = ClaimId::new(format!("c{}", hex::encode(&hash.finalize()[..16])));
        let claim = Claim::new(self.document, spans, content);
        Claim { id: id.unwrap_or(claim.id.clone()), about, basis: Basis::Decided, ..claim }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "قال قريب له إن سالم\nحداد قُتل في تل الزيتون. وقُتل آخر. وقُتل آخر.";

    #[test]
    fn words_are_found_whatever_stands_between_them() {
        let found = find_words(TEXT, "إن سالم حداد  قُتل").unwrap();
        assert_eq!(found.quote, "إن سالم\nحداد قُتل");
        assert_eq!(found.span.quote(TEXT), Some(found.quote.as_str()));
        assert!(find_words(TEXT, "وقُتل آخر").unwrap_err().message().contains("2 times"));
        assert!(find_words(TEXT, "سالمحداد").is_err() && find_words(TEXT, " ").is_err());
    }

    #[test]
    fn the_same_said_twice_is_the_same_and_another_number_is_another_claim() {
        let document = DocumentId::new("d".repeat(64)).unwrap();
        let entered = |killed: &str| {
            let enter = Enter {
                words: "قُتل في تل الزيتون".into(),
                place: Some("تل الزيتون".into()),
                killed: Some(killed.into()),
                ..Enter::default()
            };
            let words = find_words(TEXT, &enter.words).unwrap();
            claims(&document, TEXT, &words, &enter, None).unwrap()
        };
        let (one, again, two) = (entered("١"), entered("١"), entered("٢"));
        assert_eq!(one, again);
        assert_eq!(
            one.iter().map(|claim| claim.content.kind()).collect::<Vec<_>>(),
            ["incident", "place", "casualty"]
        );
        assert!(one.iter().zip(&two).all(|(one, two)| one.id != two.id));
        assert!(one[1..].iter().all(|claim| claim.about.as_ref() == Some(&one[0].id)));
    }

    #[test]
    fn a_person_rests_on_the_name_where_it_stands() {
        let document = DocumentId::new("d".repeat(64)).unwrap();
        let enter = Enter {
            words: "سالم حداد قُتل".into(),
            person: Some("سالم حداد".into()),
            fate: Some("قتيل".into()),
            age: Some("٣٤".into()),
            ..Enter::default()
        };
        let words = find_words(TEXT, &enter.words).unwrap();
        let claims = super::claims(&document, TEXT, &words, &enter, None).unwrap();
        let [only] = claims.as_slice() else { panic!("{claims:?}") };
        assert_eq!(only.spans[0].quote, "سالم\nحداد");
        let Content::Person(said) = &only.content else { panic!("{only:?}") };
        assert_eq!((said.age, said.fate), (Some(34), Some(Fate::Killed)));
        assert_eq!(said.age_class.as_ref().map(|known| known.value), Some(AgeClass::Adult));
        assert!(super::claims(&document, TEXT, &words, &Enter { fate: None, ..enter }, None).is_err());
    }
}
