//! The contract's object of `sijil extract`: a document's claims, read under a rule set, placed and dated.
//!
//! Ids here (`i1`, `p1`) are of this object only; claims keep their own. Places and times come through closures,
//! because the caller knows the gazetteer and the document's dates.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sijil_count::{
    CasualtyRow, Decisions, NamedPerson, RuleSet, Statement, Telling, casualties, presume_ages,
};
use sijil_extract::Extraction;
use sijil_model::claim::{Aggregate, PersonSaid};
use sijil_model::codebook::{AggregateKind, Fate, Harm, PlacePrecision, PlaceRole, RelationKind, TimeOfDay};
use sijil_model::{
    Basis, Claim, ClaimId, Coded, Content, Language, PersonId, PlacePhrase, Polarity, Quantity, Said, Span,
    TimeExpression, When, Where,
};

/// Reads a time as said, its part of the day, and the year that the claim itself gives it from elsewhere.
pub type ReadTime<'a> = dyn Fn(&TimeExpression, Option<TimeOfDay>, Option<i16>) -> When + 'a;

/// How the caller dates and places what a document says.
pub struct Resolvers<'a> {
    /// A time.
    pub when: &'a ReadTime<'a>,
    /// The day of an incident of which no time is said: a post's own, by a rule; none where there is no such rule.
    pub own_day: Option<When>,
    /// A place as said.
    pub place: &'a dyn Fn(&PlacePhrase) -> Where,
}

/// The object of one document.
pub fn render(id: &str, extraction: &Extraction, rules: &RuleSet, resolvers: &Resolvers<'_>) -> Value {
    let claims = &extraction.claims;
    let page = Page::of(extraction, rules, resolvers);
    let of = |test: fn(&Content) -> bool| claims.iter().filter(move |claim| test(&claim.content));
    json!({
        "id": id,
        "lang": extraction.language.code(),
        "incidents": of(|c| matches!(c, Content::Incident { .. })).map(|claim| page.incident(claim)).collect::<Vec<_>>(),
        "persons": of(|c| matches!(c, Content::Person(_))).map(|claim| page.person(claim)).collect::<Vec<_>>(),
        "aggregates": claims.iter().filter_map(|claim| page.aggregate(claim)).collect::<Vec<_>>(),
        "positions": claims.iter().filter_map(|claim| page.position(claim)).collect::<Vec<_>>(),
        "sources": claims.iter().filter_map(|claim| page.source(claim)).collect::<Vec<_>>(),
        "quotes": of(|c| matches!(c, Content::Quote)).map(|claim| json!({"speaker": page.speaker(claim), "span": span(claim)})).collect::<Vec<_>>(),
        "mentions": mentions(extraction),
    })
}

/// A document's claims with the short ids of this object.
struct Page<'a> {
    extraction: &'a Extraction,
    rules: &'a RuleSet,
    resolvers: &'a Resolvers<'a>,
    /// `i1`, `p1` by claim.
    short: BTreeMap<&'a ClaimId, String>,
    /// Claims by what they are about.
    about: BTreeMap<&'a ClaimId, Vec<&'a Claim>>,
    by_id: BTreeMap<&'a ClaimId, &'a Claim>,
}

impl<'a> Page<'a> {
    fn of(extraction: &'a Extraction, rules: &'a RuleSet, resolvers: &'a Resolvers<'a>) -> Self {
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
                    short.insert(&claim.id, format!("i{incidents}"));
                }
                Content::Person(_) => {
                    persons += 1;
                    short.insert(&claim.id, format!("p{persons}"));
                }
                _ => {}
            }
        }
        Self { extraction, rules, resolvers, short, about, by_id }
    }

    fn of_incident(&self, incident: &Claim) -> &[&'a Claim] {
        self.about.get(&incident.id).map_or(&[], Vec::as_slice)
    }

    fn incident(&self, claim: &Claim) -> Value {
        let all = self.of_incident(claim);
        let strikes =
            if let Content::Incident { strikes } = &claim.content { strikes.as_ref() } else { None };
        let means: Vec<Value> = all
            .iter()
            .filter_map(|claim| match &claim.content {
                Content::Means { means } => Some(json!({"code": means.code(), "span": span(claim)})),
                _ => None,
            })
            .collect();
        let persons: Vec<&String> = all
            .iter()
            .filter(|claim| matches!(claim.content, Content::Person(_)))
            .filter_map(|claim| self.short.get(&claim.id))
            .collect();
        json!({
            "id": self.short.get(&claim.id),
            "claim": claim.id,
            "kind": means.first().map_or(json!("unknown"), |first| first["code"].clone()),
            // The words of the event come last, after the word of harm.
            "span": claim.spans.last().map(|said| said.span.pair()),
            "strike_count": strikes,
            "date": self.date(all),
            "places": self.places(all),
            "attributions": all.iter().filter_map(|claim| attribution(claim)).collect::<Vec<_>>(),
            "casualties": self.casualties(all),
            "sites": all.iter().filter_map(|claim| self.site(claim)).collect::<Vec<_>>(),
            "harms": all.iter().filter_map(|claim| self.harm(claim)).collect::<Vec<_>>(),
            "means": means,
            "persons": persons,
        })
    }

    fn own_day(&self) -> Value {
        let Some(when) = &self.resolvers.own_day else { return Value::Null };
        json!({
            "edtf": when.edtf, "bounds": when.bounds, "text": null, "span": null, "relative": null,
            "precision": when.precision.code().parse::<u8>().ok(), "anchor": when.anchor,
            "basis": when.basis.code(), "rule": when.basis.rule(),
        })
    }

    /// The time that is fixed, else the first that is said.
    fn date(&self, all: &[&Claim]) -> Value {
        let times: Vec<(&Claim, &TimeExpression, When)> = all
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
        let told = |whole| times.iter().find(|(_, _, when)| is_known(when, whole));
        let Some((claim, time, when)) = told(true).or_else(|| told(false)).or(times.first()) else {
            return self.own_day();
        };
        let mut date = object(json!({
            "edtf": when.edtf, "bounds": when.bounds, "text": quote(claim), "span": span(claim),
            "precision": when.precision.code().parse::<u8>().ok(), "anchor": when.anchor,
            "time_of_day": when.time_of_day.map(Coded::code),
        }));
        if let TimeExpression::Relative(relative) = time {
            date.insert("relative".into(), json!(relative));
        }
        put_basis(&mut date, &when.basis);
        Value::Object(date)
    }

    /// The incident's places, primary ones first, in each role a country or region after what is finer. Where there is only one of these, the place around it follows as one of
    /// its own: who codes towns finds the town of a street.
    fn places(&self, all: &[&Claim]) -> Vec<Value> {
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
        let mut list: Vec<Value> = said
            .iter()
            .map(|(claim, phrase)| self.place(phrase, claim.spans.first().map(|said| said.span)))
            .collect();
        if let Some((phrase, span)) = around {
            list.insert(1, self.place(&phrase, Some(span)));
        }
        list
    }

    fn place(&self, phrase: &PlacePhrase, span: Option<Span>) -> Value {
        let place = (self.resolvers.place)(phrase);
        let (en, ar) = (place.name_en.as_ref(), place.name_ar.as_ref());
        let name = if self.extraction.language == Language::Ar { ar.or(en) } else { en.or(ar) };
        let within = (!phrase.within.is_empty()).then(|| phrase.within.join(", "));
        json!({
            "text": phrase.text, "span": span.map(|span| span.pair()), "kind": phrase.kind.code(), "within": within,
            "role": phrase.role.code(), "place_id": place.place, "name": name, "governorate": place.governorate_name,
            "lat": place.lat, "lon": place.lon, "precision": place.precision.code(), "why": place.why,
        })
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

    fn casualties(&self, all: &[&'a Claim]) -> Vec<Value> {
        let mut statements = Vec::new();
        let mut named = Vec::new();
        for claim in all.iter().filter(|claim| claim.polarity == Polarity::Affirmed) {
            match &claim.content {
                Content::Casualty(said) => statements.push(Statement {
                    claim: claim.id.clone(),
                    harm: said.harm,
                    class: said.class,
                    status: said.status,
                    quantity: said.count.quantity,
                    stands: said.stands,
                    inferred: claim.basis.rule().cloned(),
                    language: self.extraction.language,
                }),
                Content::Person(person) => named.extend(named_person(claim, person)),
                _ => {}
            }
        }
        if self.rules.presumes_ages() {
            let descends = |person: &NamedPerson| person.claims.iter().any(|claim| self.descends(claim));
            presume_ages(&mut named, &statements, descends);
        }
        let Some(document) = all.first().map(|claim| claim.document.clone()) else { return Vec::new() };
        let telling = Telling {
            source: None,
            origin: document.to_string(),
            document,
            reliable: true,
            order: 0,
            statements,
        };
        casualties(&[telling], &named, self.rules, &Decisions::default())
            .iter()
            .map(|row| self.row(row))
            .collect()
    }

    /// Whether somebody is told of as another's son, daughter or grandchild.
    fn descends(&self, person: &ClaimId) -> bool {
        let kin = |claim: &&Claim| match claim.content {
            Content::Relation { relation, .. } => {
                matches!(relation, RelationKind::ChildOf | RelationKind::GrandchildOf)
            }
            _ => false,
        };
        self.about.get(person).is_some_and(|about| about.iter().any(kin))
    }

    fn row(&self, row: &CasualtyRow) -> Value {
        let claims: Vec<&&Claim> = row.claims.iter().filter_map(|id| self.by_id.get(id)).collect();
        let mut value = object(json!(row.interval));
        value.insert("harm".into(), json!(row.harm.code()));
        value.insert("class".into(), json!(row.class.code()));
        value.insert("status".into(), json!(row.status.map(Coded::code)));
        put_basis(&mut value, &row.basis);
        value.insert("rule".into(), json!(row.rule));
        value.insert("default_civilian".into(), json!(row.default_civilian));
        let said = row.quantity.and_then(|quantity| {
            claims.iter().find_map(|claim| match &claim.content {
                Content::Casualty(said) if said.count.quantity == quantity => Some(said.count.clone()),
                _ => None,
            })
        });
        if let Some(said) = said {
            value.insert("quantity".into(), json!(said));
        }
        let spans: Vec<[u32; 2]> =
            claims.iter().flat_map(|claim| claim.spans.iter().map(|said| said.span.pair())).collect();
        value.insert("spans".into(), json!(spans));
        Value::Object(value)
    }

    fn site(&self, claim: &Claim) -> Option<Value> {
        let Content::Site { site, affiliation, assertion, damage, count } = &claim.content else {
            return None;
        };
        let mut value = object(json!({
            "kind": site.code(), "span": span(claim), "text": quote(claim), "affiliation": affiliation, "assertion": assertion.code(),
            "damage": damage.code(),
        }));
        self.put_count(&mut value, count.as_ref());
        Some(Value::Object(value))
    }

    fn harm(&self, claim: &Claim) -> Option<Value> {
        let Content::OtherHarm { harm, unit, count } = &claim.content else { return None };
        let mut value = object(
            json!({"kind": harm.code(), "unit": unit.code(), "span": span(claim), "text": quote(claim)}),
        );
        self.put_count(&mut value, count.as_ref());
        Some(Value::Object(value))
    }

    /// A quantity as said, and as read under the rules.
    fn put_count(&self, value: &mut Map<String, Value>, count: Option<&Said>) {
        let Some(said) = count else { return };
        value.insert("quantity".into(), json!(said));
        if !matches!(said.quantity, Quantity::Share { .. }) {
            let reading = self.rules.read(said.quantity, Harm::Killed, self.extraction.language);
            value.extend(object(json!(reading.interval)));
            value.insert("rule".into(), json!(reading.rule));
            value.insert("approximate".into(), json!(reading.approximate));
        }
    }

    fn person(&self, claim: &Claim) -> Value {
        let Content::Person(person) = &claim.content else { return Value::Null };
        let relations: Vec<Value> = self
            .about
            .get(&claim.id)
            .into_iter()
            .flatten()
            .filter_map(|about| match &about.content {
                Content::Relation { relation, other } => {
                    Some(json!({"kind": relation.code(), "person": self.short.get(other)}))
                }
                _ => None,
            })
            .collect();
        json!({
            "id": self.short.get(&claim.id), "claim": claim.id, "name": person.name, "name_as_printed": person.name_as_printed,
            "span": span(claim), "text": quote(claim), "sex": person.sex.as_ref().map(|known| known.value.code()),
            "age": person.age, "age_months": person.age_months,
            "age_class": person.age_class.as_ref().map(|known| known.value.code()), "fate": person.fate.map(Coded::code),
            "status": person.status.as_ref().map(|known| known.value.code()), "role": person.role.map(Coded::code),
            "incident": claim.about.as_ref().and_then(|id| self.short.get(id)), "relations": relations,
        })
    }

    fn aggregate(&self, claim: &Claim) -> Option<Value> {
        let Content::Aggregate(said) = &claim.content else { return None };
        let harm = said.other_harm.map(Coded::code).or(said.harm.map(Coded::code));
        let mut value = object(json!({
            "kind": said.aggregate.code(), "harm": harm, "class": said.class.map(Coded::code), "status": said.status.map(Coded::code),
            "unit": said.unit.code(), "places": said.places.iter().map(|place| &place.name).collect::<Vec<_>>(),
            "actor": said.actors.first(), "actors": said.actors, "compared_with": said.compared_with,
            "speaker": self.speaker(claim), "span": span(claim), "text": quote(claim),
        }));
        self.put_period(&mut value, said);
        match (said.aggregate, said.count.as_ref().map(|count| count.quantity)) {
            (AggregateKind::Ratio, _) => {
                let number = |said: &Option<Said>| said.as_ref().and_then(|said| said.quantity.number());
                value.insert("part".into(), json!(number(&said.count)));
                value.insert("of".into(), json!(number(&said.of)));
            }
            (_, Some(Quantity::Share { low, high, approximate })) => {
                value.insert("value".into(), json!([f64::from(low) / 1000.0, f64::from(high) / 1000.0]));
                value.insert("approximate".into(), json!(approximate));
                value.insert("quantity".into(), json!(said.count));
            }
            _ => self.put_count(&mut value, said.count.as_ref()),
        }
        Some(Value::Object(value))
    }

    fn put_period(&self, value: &mut Map<String, Value>, said: &Aggregate) {
        let Some(time) = &said.period else { return };
        let year = said.period_year.as_ref().map(|found| found.year);
        let when = (self.resolvers.when)(time, None, year);
        value.insert("period".into(), json!(when.edtf));
        value.insert("period_bounds".into(), json!(when.bounds));
        let basis = if year.is_some() { "inferred" } else { when.basis.code() };
        value.insert("period_basis".into(), json!(basis));
        if let Some(found) = &said.period_year {
            value.insert("period_year".into(), json!({"year": found.year, "span": found.said.span.pair()}));
        }
    }

    fn position(&self, claim: &Claim) -> Option<Value> {
        let Content::Position { holder, position } = &claim.content else { return None };
        let named = claim.spans.get(1).map(|said| said.quote.as_str());
        Some(json!({
            "holder": holder, "holder_text": named, "what": position.code(), "text": quote(claim), "span": span(claim), "polarity": claim.polarity,
            "speaker": self.speaker(claim),
        }))
    }

    fn source(&self, claim: &Claim) -> Option<Value> {
        let Content::Source(source) = &claim.content else { return None };
        Some(json!({
            "name": source.name, "kind": source.source.code(), "organisation": source.organisation,
            "identification": source.identification.code(), "span": span(claim), "text": quote(claim),
            "release_level": source.release_level.code().parse::<u8>().ok(),
        }))
    }

    /// Who speaks: a name, else an organisation, else the words for the role.
    fn speaker(&self, claim: &Claim) -> Value {
        let Some(source) = claim.speaker.as_ref().and_then(|id| self.by_id.get(id)) else {
            return Value::Null;
        };
        match &source.content {
            Content::Source(said) => {
                json!(said.name.as_deref().or(said.organisation.as_deref()).unwrap_or(quote(source)))
            }
            _ => json!(quote(source)),
        }
    }
}

fn attribution(claim: &Claim) -> Option<Value> {
    let Content::Attribution { actor, status, combination } = &claim.content else { return None };
    Some(
        json!({"actor": actor, "text": quote(claim), "span": span(claim), "status": status.code(), "combination": combination.code()}),
    )
}

/// A person as counting sees them; nobody whose harm is not known.
fn named_person(claim: &Claim, person: &PersonSaid) -> Option<NamedPerson> {
    let harm = match person.fate? {
        Fate::Killed | Fate::DiedOfWounds => Harm::Killed,
        Fate::Injured => Harm::Injured,
        Fate::Missing => Harm::Missing,
        Fate::Detained => Harm::Detained,
        _ => return None,
    };
    Some(NamedPerson {
        person: PersonId::new(format!("p{}", claim.id)).ok()?,
        harm,
        sex: person.sex.as_ref().map(|known| known.value),
        age_class: person.age_class.as_ref().map(|known| known.value),
        status: person.status.as_ref().map(|known| known.value),
        claims: vec![claim.id.clone()],
        lists: vec![claim.document.to_string()],
        doubt: None,
    })
}

fn mentions(extraction: &Extraction) -> Value {
    let pairs = |spans: &[Span]| spans.iter().map(|span| span.pair()).collect::<Vec<_>>();
    let all = &extraction.mentions;
    json!({
        "persons": pairs(&all.persons), "places": pairs(&all.places), "organisations": pairs(&all.organisations),
        "dates": pairs(&all.dates), "weapons": pairs(&all.weapons),
    })
}

fn span(claim: &Claim) -> Option<[u32; 2]> {
    claim.spans.first().map(|said| said.span.pair())
}

fn quote(claim: &Claim) -> &str {
    claim.spans.first().map_or("", |said| said.quote.as_str())
}

fn put_basis(value: &mut Map<String, Value>, basis: &Basis) {
    value.insert("basis".into(), json!(basis.code()));
    if let Some(rule) = basis.rule() {
        value.insert("rule".into(), json!(rule));
    }
}

/// The fields of a JSON object.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
