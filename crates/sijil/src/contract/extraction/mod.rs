//! The contract's object of `sijil extract`: a document's claims, read under a rule set, placed and dated.
//!
//! Ids here (`i1`, `p1`) are of this object only; claims keep their own. Places and times come through closures,
//! because the caller knows the gazetteer and the document's dates.

use std::collections::BTreeMap;

use sijil_count::RuleSet;
use sijil_extract::Extraction;
use sijil_model::claim;
use sijil_model::codebook::{AggregateKind, Harm, PlacePrecision, PlaceRole, TimeOfDay};
use sijil_model::date::Relative;
use sijil_model::{
    Claim, ClaimId, Coded, Content, Language, PlacePhrase, Quantity, Said, Span, TimeExpression, When, Where,
};

mod casualties;
mod shape;

pub use shape::*;

/// Reads a time as said, its part of the day, and the year that the claim itself gives it from elsewhere.
pub type ReadTime<'a> = dyn Fn(&TimeExpression, Option<TimeOfDay>, Option<i16>) -> When + 'a;

/// How the caller dates and places what a document says.
pub struct Resolvers<'a> {
    /// A time.
    pub when: &'a ReadTime<'a>,
    /// The period of a claim about many incidents, with the year that the text gives it elsewhere.
    pub period: &'a dyn Fn(&TimeExpression, Option<i16>) -> When,
    /// The day of an incident of which no time is said: a post's own, by a rule; none where there is no such rule.
    pub own_day: Option<When>,
    /// A place as said.
    pub place: &'a dyn Fn(&PlacePhrase) -> Where,
}

/// The object of one document.
pub fn render<'a>(
    id: &'a str,
    extraction: &'a Extraction,
    rules: &RuleSet,
    resolvers: &Resolvers<'_>,
) -> Document<'a> {
    let claims = &extraction.claims;
    let page = Page::of(extraction, rules, resolvers);
    let of = |test: fn(&Content) -> bool| claims.iter().filter(move |claim| test(&claim.content));
    Document {
        id,
        lang: extraction.language.code(),
        incidents: of(|c| matches!(c, Content::Incident { .. })).map(|claim| page.incident(claim)).collect(),
        persons: claims.iter().filter_map(|claim| page.person(claim)).collect(),
        aggregates: claims.iter().filter_map(|claim| page.aggregate(claim)).collect(),
        positions: claims.iter().filter_map(|claim| page.position(claim)).collect(),
        sources: claims.iter().filter_map(source).collect(),
        quotes: of(|c| matches!(c, Content::Quote))
            .map(|claim| Quote { speaker: page.speaker(claim), span: span(claim) })
            .collect(),
        mentions: mentions(extraction),
    }
}

/// A document's claims with the short ids of this object.
struct Page<'a, 'r> {
    extraction: &'a Extraction,
    rules: &'r RuleSet,
    resolvers: &'r Resolvers<'r>,
    /// `i1`, `p1` by claim.
    short: BTreeMap<&'a ClaimId, Short>,
    /// Claims by what they are about.
    about: BTreeMap<&'a ClaimId, Vec<&'a Claim>>,
    by_id: BTreeMap<&'a ClaimId, &'a Claim>,
}

impl<'a, 'r> Page<'a, 'r> {
    fn of(extraction: &'a Extraction, rules: &'r RuleSet, resolvers: &'r Resolvers<'r>) -> Self {
        let (mut short, mut about, mut by_id) =
            (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new(), BTreeMap::new());
        let (mut incidents, mut persons) = (0, 0);
        for claim in &extraction.claims {
            by_id.insert(&claim.id, claim);
            if let Some(subject) = &claim.about {
                about.entry(subject).or_default().push(claim);
            }
            match &claim.content {
                Content::Incident { .. } => {
                    incidents += 1;
                    short.insert(&claim.id, Short { letter: 'i', number: incidents });
                }
                Content::Person(_) => {
                    persons += 1;
                    short.insert(&claim.id, Short { letter: 'p', number: persons });
                }
                _ => {}
            }
        }
        Self { extraction, rules, resolvers, short, about, by_id }
    }

    fn short(&self, claim: &ClaimId) -> Option<Short> {
        self.short.get(claim).copied()
    }

    fn incident(&self, claim: &'a Claim) -> Incident<'a> {
        let all = self.about.get(&claim.id).map_or(&[][..], Vec::as_slice);
        let strikes =
            if let Content::Incident { strikes } = &claim.content { strikes.as_ref() } else { None };
        let means: Vec<MeansUsed> = all
            .iter()
            .filter_map(|claim| match claim.content {
                Content::Means { means } => Some(MeansUsed { code: means, span: span(claim) }),
                _ => None,
            })
            .collect();
        let persons = all.iter().filter(|claim| matches!(claim.content, Content::Person(_)));
        Incident {
            id: self.short(&claim.id),
            claim: &claim.id,
            kind: means.first().map_or("unknown", |first| first.code.code()),
            // The words of the event come last, after the word of harm.
            span: claim.spans.last().map(|said| said.span.pair()),
            strike_count: strikes,
            date: self.date(all),
            places: self.places(all),
            attributions: all.iter().filter_map(|claim| attribution(claim)).collect(),
            casualties: self.casualties(all),
            sites: all.iter().filter_map(|claim| self.site(claim)).collect(),
            harms: all.iter().filter_map(|claim| self.harm(claim)).collect(),
            means,
            persons: persons.filter_map(|claim| self.short(&claim.id)).collect(),
        }
    }

    /// The time that is fixed, else the first that is said, else by a rule the post's own day.
    fn date(&self, all: &[&'a Claim]) -> Option<Date<'a>> {
        let mut times: Vec<(&Claim, &TimeExpression, When)> = all
            .iter()
            .filter_map(|claim| match &claim.content {
                Content::Time { time, time_of_day } => {
                    Some((*claim, time, (self.resolvers.when)(time, *time_of_day, None)))
                }
                _ => None,
            })
            .collect();
        let is_known = |when: &When, whole: bool| {
            when.edtf.as_ref().is_some_and(|edtf| !(whole && edtf.as_str().contains("XXXX")))
        };
        let told = |whole| times.iter().position(|(_, _, when)| is_known(when, whole));
        let chosen = told(true).or_else(|| told(false)).unwrap_or(0);
        if chosen >= times.len() {
            return self.resolvers.own_day.clone().map(|when| date(None, None, when));
        }
        let (claim, time, when) = times.swap_remove(chosen);
        let relative = if let TimeExpression::Relative(relative) = time { Some(relative) } else { None };
        Some(date(Some(claim), relative, when))
    }

    /// The incident's places, primary ones first, in each role a country or region after what is finer. Where there is only one of these, the place around it follows as one of
    /// its own: who codes towns finds the town of a street.
    fn places(&self, all: &[&Claim]) -> Vec<Place> {
        let mut said: Vec<(&Claim, &PlacePhrase)> = all
            .iter()
            .filter_map(|claim| {
                if let Content::Place(phrase) = &claim.content { Some((*claim, phrase)) } else { None }
            })
            .collect();
        let is_wide = |kind| matches!(kind, PlacePrecision::Country | PlacePrecision::Region);
        said.sort_by_key(|(_, phrase)| (phrase.role, is_wide(phrase.kind)));
        let primary = said.iter().filter(|(_, phrase)| phrase.role == PlaceRole::Primary).count();
        let around =
            said.first().filter(|_| primary == 1).and_then(|(claim, phrase)| self.around(claim, phrase));
        let mut list: Vec<Place> = said
            .iter()
            .map(|(claim, phrase)| self.place(phrase, claim.spans.first().map(|said| said.span)))
            .collect();
        if let Some((phrase, span)) = around {
            list.insert(1, self.place(&phrase, Some(span)));
        }
        list
    }

    fn place(&self, phrase: &PlacePhrase, span: Option<Span>) -> Place {
        let place = (self.resolvers.place)(phrase);
        let (en, ar) = (place.name_en, place.name_ar);
        Place {
            text: phrase.text.clone(),
            span: span.map(Span::pair),
            kind: phrase.kind,
            within: (!phrase.within.is_empty()).then(|| phrase.within.join(", ")),
            role: phrase.role,
            place_id: place.place,
            name: if self.extraction.language == Language::Ar { ar.or(en) } else { en.or(ar) },
            governorate: place.governorate_name,
            lat: place.lat,
            lon: place.lon,
            precision: place.precision,
            why: place.why,
        }
    }

    /// The place that a place is said to lie in, and where it stands: the mention after it that is as long.
    fn around(&self, claim: &Claim, phrase: &PlacePhrase) -> Option<(PlacePhrase, Span)> {
        /// Letters between a place and the one around it: "west of the city of".
        const FARTHEST: u32 = 40;
        /// Letters of an Arabic prefix, which a mention has and a phrase has not.
        const PREFIX: usize = 3;
        let (text, rest) = phrase.within.split_first()?;
        let [_, end] = claim.spans.first()?.span.pair();
        let letters = text.chars().count();
        let span = self.extraction.mentions.places.iter().find(|mention| {
            let [from, to] = mention.pair();
            let length = (to - from) as usize;
            (end..end + FARTHEST).contains(&from) && (letters..=letters + PREFIX).contains(&length)
        })?;
        let around = PlacePhrase {
            text: text.clone(),
            name: text.clone(),
            kind: PlacePrecision::NotPlaced,
            within: rest.to_vec(),
            role: phrase.role,
        };
        Some((around, *span))
    }

    fn site(&self, claim: &'a Claim) -> Option<Site<'a>> {
        let Content::Site { site, affiliation, assertion, damage, count } = &claim.content else {
            return None;
        };
        Some(Site {
            kind: *site,
            span: span(claim),
            text: quote(claim),
            affiliation: affiliation.as_deref(),
            assertion: *assertion,
            damage: *damage,
            count: count.as_ref().map(|said| self.count(said)),
        })
    }

    fn harm(&self, claim: &'a Claim) -> Option<IncidentHarm<'a>> {
        let Content::OtherHarm { harm, unit, count } = &claim.content else { return None };
        Some(IncidentHarm {
            kind: *harm,
            unit: *unit,
            span: span(claim),
            text: quote(claim),
            count: count.as_ref().map(|said| self.count(said)),
        })
    }

    fn count(&self, said: &'a Said) -> Count<'a> {
        let read = || {
            let reading = self.rules.read(said.quantity, Harm::Killed, self.extraction.language);
            Read { interval: reading.interval, rule: reading.rule, approximate: reading.approximate }
        };
        let is_share = matches!(said.quantity, Quantity::Share { .. });
        Count { quantity: said, read: (!is_share).then(read) }
    }

    fn person(&self, claim: &'a Claim) -> Option<Person<'a>> {
        let Content::Person(person) = &claim.content else { return None };
        let about = self.about.get(&claim.id).into_iter().flatten();
        let relation = |about: &&Claim| match &about.content {
            Content::Relation { relation, other } => {
                Some(Relation { kind: *relation, person: self.short(other) })
            }
            _ => None,
        };
        Some(Person {
            id: self.short(&claim.id),
            claim: &claim.id,
            name: person.name.as_deref(),
            name_as_printed: person.name_as_printed.as_deref(),
            span: span(claim),
            text: quote(claim),
            sex: person.sex.as_ref().map(|known| known.value),
            age: person.age,
            age_months: person.age_months,
            age_class: person.age_class.as_ref().map(|known| known.value),
            fate: person.fate,
            status: person.status.as_ref().map(|known| known.value),
            role: person.role,
            incident: claim.about.as_ref().and_then(|id| self.short(id)),
            relations: about.filter_map(relation).collect(),
        })
    }

    fn aggregate(&self, claim: &'a Claim) -> Option<Aggregate<'a>> {
        let Content::Aggregate(said) = &claim.content else { return None };
        Some(Aggregate {
            kind: said.aggregate,
            harm: said.other_harm.map(Coded::code).or(said.harm.map(Coded::code)),
            class: said.class,
            status: said.status,
            unit: said.unit,
            number: self.number(said),
            period: self.period(said),
            places: said.places.iter().map(|place| place.name.as_str()).collect(),
            means: said.means,
            actor: said.actors.first(),
            actors: &said.actors,
            compared_with: said.compared_with.as_ref(),
            speaker: self.speaker(claim),
            span: span(claim),
            text: quote(claim),
        })
    }

    fn number(&self, said: &'a claim::Aggregate) -> Option<AggregateNumber<'a>> {
        if said.aggregate == AggregateKind::Ratio {
            let number = |said: &Option<Said>| said.as_ref().and_then(|said| said.quantity.number());
            return Some(AggregateNumber::Ratio { part: number(&said.count), of: number(&said.of) });
        }
        let count = said.count.as_ref()?;
        Some(match count.quantity {
            Quantity::Share { low, high, approximate } => {
                let value = [low, high].map(|thousandths| f64::from(thousandths) / 1000.0);
                AggregateNumber::Share { value, approximate, quantity: count }
            }
            _ => AggregateNumber::Count(self.count(count)),
        })
    }

    fn period(&self, said: &claim::Aggregate) -> Option<Period> {
        let year = said.period_year.as_ref();
        let when = (self.resolvers.period)(said.period.as_ref()?, year.map(|found| found.year));
        Some(Period {
            edtf: when.edtf,
            bounds: when.bounds,
            basis: if year.is_some() { "inferred" } else { when.basis.code() },
            year: year.map(|found| YearSaid { year: found.year, span: found.said.span.pair() }),
        })
    }

    fn position(&self, claim: &'a Claim) -> Option<Position<'a>> {
        let Content::Position { holder, position } = &claim.content else { return None };
        Some(Position {
            holder,
            holder_text: claim.spans.get(1).map(|said| said.quote.as_str()),
            what: *position,
            text: quote(claim),
            span: span(claim),
            polarity: claim.polarity,
            speaker: self.speaker(claim),
        })
    }

    /// Who speaks: a name, else an organisation, else the words for the role.
    fn speaker(&self, claim: &Claim) -> Option<&'a str> {
        let source = self.by_id.get(claim.speaker.as_ref()?)?;
        let named = match &source.content {
            Content::Source(said) => said.name.as_deref().or(said.organisation.as_deref()),
            _ => None,
        };
        Some(named.unwrap_or(quote(source)))
    }
}

fn date<'a>(claim: Option<&'a Claim>, relative: Option<&'a Relative>, when: When) -> Date<'a> {
    Date {
        edtf: when.edtf,
        bounds: when.bounds,
        text: claim.map(quote),
        span: claim.and_then(span),
        relative,
        precision: when.precision.code().parse().ok(),
        anchor: when.anchor,
        time_of_day: when.time_of_day,
        basis: when.basis.code(),
        rule: when.basis.rule().cloned(),
    }
}

fn source(claim: &Claim) -> Option<Source<'_>> {
    let Content::Source(source) = &claim.content else { return None };
    Some(Source {
        name: source.name.as_deref(),
        kind: source.source,
        organisation: source.organisation.as_deref(),
        identification: source.identification,
        span: span(claim),
        text: quote(claim),
        release_level: source.release_level.code().parse().ok(),
    })
}

fn attribution(claim: &Claim) -> Option<Attribution<'_>> {
    let Content::Attribution { actor, status, combination } = &claim.content else { return None };
    let (status, combination) = (*status, *combination);
    Some(Attribution { actor, text: quote(claim), span: span(claim), status, combination })
}

fn mentions(extraction: &Extraction) -> Mentions {
    let pairs = |spans: &[Span]| spans.iter().map(|span| span.pair()).collect();
    let all = &extraction.mentions;
    Mentions {
        persons: pairs(&all.persons),
        places: pairs(&all.places),
        organisations: pairs(&all.organisations),
        dates: pairs(&all.dates),
        weapons: pairs(&all.weapons),
    }
}

fn span(claim: &Claim) -> Option<Pair> {
    claim.spans.first().map(|said| said.span.pair())
}

fn quote(claim: &Claim) -> &str {
    claim.spans.first().map_or("", |said| said.quote.as_str())
}
