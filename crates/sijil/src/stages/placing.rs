//! Placing: where and when the words of claims lead, with the gazetteer and the document's dates.

use std::collections::BTreeMap;

use sijil_model::claim::PersonSaid;
use sijil_model::codebook::PlacePrecision;
use sijil_model::{Claim, ClaimId, Content, Edtf, PlaceId, PlacePhrase, TimeExpression, When, Where};
use sijil_place::{Anchors, PlaceContext, parse_place, read_period, read_time, resolve};
use sijil_register::results::{Found, PlacedLine};

use super::anchors::{anchors, is_posted};
use super::{Program, Stages};

/// A text of at most this many code points that says no time, a post or a short report, is read as one about its own day.
const POST_LENGTH: u32 = 1_200;

/// The placer, as runs record it.
pub fn program() -> Program {
    Program { name: "sijil-places".into(), version: "1".into() }
}

/// What is known of a part of a document besides its claims.
#[derive(Debug, Clone, Default)]
pub struct PartFacts {
    /// When it was published.
    pub published: Option<Edtf>,
    /// The country that it is about.
    pub country: Option<String>,
    /// Whether it is a post, whose own day may stand for an event of which it says no time.
    pub is_post: bool,
}

impl PartFacts {
    /// Whether a text of this length, from a source of this kind, is a post.
    pub fn is_post(source: Option<sijil_model::codebook::SourceKind>, length: u32) -> bool {
        match source {
            Some(kind) => kind == sijil_model::codebook::SourceKind::SocialMediaPost,
            None => length <= POST_LENGTH,
        }
    }
}

/// Answers, each kept once with the claims that it is for.
#[derive(Default)]
pub struct Answers {
    places: BTreeMap<String, (Found, Vec<ClaimId>)>,
    times: BTreeMap<String, (When, Vec<ClaimId>)>,
}

impl Answers {
    /// Places and dates the claims of one part.
    pub fn add_part(&mut self, stages: &Stages, claims: &[Claim], facts: &PartFacts) {
        let phrases: Vec<PlacePhrase> = claims.iter().filter_map(phrase_of).cloned().collect();
        let anchors = anchors(claims, facts.published.clone());
        let mut dated = std::collections::BTreeSet::new();
        for claim in claims {
            match &claim.content {
                Content::Place(phrase) => {
                    let answer = resolve(&stages.gazetteer, phrase, &context(stages, facts, &phrases));
                    self.keep_place(claim.id.clone(), found(stages, answer.place()));
                }
                Content::Time { time, time_of_day } => {
                    dated.extend(claim.about.clone());
                    self.time(claim, read_time(time, *time_of_day, &anchors));
                }
                Content::Aggregate(aggregate) => {
                    for (number, phrase) in aggregate.places.iter().enumerate() {
                        let found = place_area(stages, phrase, &context(stages, facts, &phrases));
                        // The places of one claim are told apart by their number.
                        let place = ClaimId::new(format!("{}:{number}", claim.id))
                            .unwrap_or_else(|_| claim.id.clone());
                        self.keep_place(place, found);
                    }
                    if let Some(period) = &aggregate.period {
                        let year = aggregate.period_year.as_ref().map(|said| said.year);
                        let anchors =
                            Anchors { year_from_text: year.or(anchors.year_from_text), ..anchors.clone() };
                        self.time(claim, read_period(period, &anchors));
                    }
                }
                _ => {}
            }
        }
        if (facts.is_post || is_posted(claims)) && anchors.published.is_some() {
            let undated = |claim: &&Claim| {
                matches!(claim.content, Content::Incident { .. }) && !dated.contains(&claim.id)
            };
            for claim in claims.iter().filter(undated) {
                self.time(claim, sijil_place::times::same_day_post(&anchors));
            }
        }
    }

    /// Places and dates the people of a piece of a list.
    pub fn add_listed(&mut self, stages: &Stages, claims: &[Claim], seen: &mut Seen) {
        for claim in claims {
            let Content::Person(PersonSaid { listed: Some(listed), .. }) = &claim.content else { continue };
            if let Some(day) = listed.date.as_deref().and_then(|date| seen.day(date)) {
                self.time(claim, day);
            }
            if let Some(words) = listed.place.as_deref().or(listed.governorate.as_deref()) {
                let within = listed.governorate.as_deref().filter(|_| listed.place.is_some());
                let found = seen.place(stages, words, within);
                self.keep_place(claim.id.clone(), found);
            }
        }
    }

    /// The lines of the result, in a fixed order.
    pub fn lines(self) -> impl Iterator<Item = PlacedLine> {
        // In order of their ids, in which the view keeps them.
        let in_order = |mut claims: Vec<ClaimId>| {
            claims.sort_unstable();
            claims
        };
        let places = self
            .places
            .into_values()
            .map(move |(found, claims)| PlacedLine::Where { claims: in_order(claims), found });
        let times = self
            .times
            .into_values()
            .map(move |(read, claims)| PlacedLine::When { claims: in_order(claims), read });
        places.chain(times)
    }

    /// Whether nothing was placed or dated.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.times.is_empty()
    }

    /// Reads the calendar date of a time claim, which needs no anchor.
    pub fn calendar(&mut self, claim: &Claim) {
        if let Content::Time { time, time_of_day } = &claim.content {
            self.time(claim, read_time(time, *time_of_day, &Anchors::default()));
        }
    }

    /// Takes in those of other documents.
    pub fn extend(&mut self, others: Answers) {
        for (key, (found, claims)) in others.places {
            self.places.entry(key).or_insert_with(|| (found, Vec::new())).1.extend(claims);
        }
        for (key, (read, claims)) in others.times {
            self.times.entry(key).or_insert_with(|| (read, Vec::new())).1.extend(claims);
        }
    }

    /// Keeps where a claim's words lead.
    pub fn keep_place(&mut self, claim: ClaimId, found: Found) {
        let key = serde_json::to_string(&found).unwrap_or_default();
        self.places.entry(key).or_insert_with(|| (found, Vec::new())).1.push(claim);
    }

    fn time(&mut self, claim: &Claim, when: When) {
        let key = serde_json::to_string(&when).unwrap_or_default();
        self.times.entry(key).or_insert_with(|| (when, Vec::new())).1.push(claim.id.clone());
    }
}

fn context<'a>(stages: &'a Stages, facts: &'a PartFacts, phrases: &'a [PlacePhrase]) -> PlaceContext<'a> {
    let country = facts.country.as_deref().or(stages.country.as_deref());
    PlaceContext { country, co_mentioned: phrases, memory: Some(&stages.memory), within: &[] }
}

/// A place with the chain of places around it.
pub fn found(stages: &Stages, place: Where) -> Found {
    let chain = place.place.as_ref().map(|id| stages.gazetteer.chain(id)).unwrap_or_default();
    let ids = chain.iter().map(|place| place.id.to_string()).collect();
    let district = chain.iter().find(|place| place.kind == PlacePrecision::District);
    Found {
        district: district.map(|place| place.id.clone()),
        chain: complete_chain(ids, place.governorate.as_ref(), place.country.as_deref()),
        place,
    }
}

/// A chain of places up to the country, whose id is its code in small letters.
pub fn complete_chain(
    mut ids: Vec<String>,
    governorate: Option<&PlaceId>,
    country: Option<&str>,
) -> Vec<String> {
    for outer in [governorate.map(ToString::to_string), country.map(str::to_lowercase)].into_iter().flatten()
    {
        if !ids.contains(&outer) {
            ids.push(outer);
        }
    }
    ids
}

/// A claim about many incidents speaks of areas: a governorate is meant where it shares its name with its city.
fn place_area(stages: &Stages, phrase: &PlacePhrase, context: &PlaceContext<'_>) -> Found {
    if phrase.kind == PlacePrecision::NotPlaced {
        let area = PlacePhrase { kind: PlacePrecision::Governorate, ..phrase.clone() };
        let answer = resolve(&stages.gazetteer, &area, context);
        if answer.best().is_some_and(|best| best.kind == PlacePrecision::Governorate) {
            return found(stages, answer.place());
        }
    }
    found(stages, resolve(&stages.gazetteer, phrase, context).place())
}

/// Strings of a list that were looked up already: lists repeat them by the thousand.
#[derive(Default)]
pub struct Seen {
    days: BTreeMap<String, Option<When>>,
    places: BTreeMap<(String, Option<String>), Found>,
}

impl Seen {
    fn day(&mut self, text: &str) -> Option<When> {
        self.days
            .entry(text.to_owned())
            .or_insert_with(|| {
                let edtf = sijil_extract::day_of_list(text)?;
                Some(read_time(&TimeExpression::Calendar(edtf), None, &Anchors::default()))
            })
            .clone()
    }

    fn place(&mut self, stages: &Stages, words: &str, within: Option<&str>) -> Found {
        let key = (words.to_owned(), within.map(str::to_owned));
        self.places
            .entry(key)
            .or_insert_with(|| {
                let within: Vec<&str> = within.into_iter().collect();
                let context = PlaceContext {
                    country: stages.country.as_deref(),
                    within: &within,
                    memory: Some(&stages.memory),
                    co_mentioned: &[],
                };
                found(stages, resolve(&stages.gazetteer, &parse_place(words), &context).place())
            })
            .clone()
    }
}

fn phrase_of(claim: &Claim) -> Option<&PlacePhrase> {
    match &claim.content {
        Content::Place(phrase) if phrase.kind != PlacePrecision::Country => Some(phrase),
        _ => None,
    }
}
