//! Hand-made claims and incidents of a country that does not exist.
#![allow(dead_code, reason = "each test file uses a part")]

use sijil_count::{
    Attributed, DecidedNumber, Decisions, Incident, LeftOut, NamedPerson, Placed, RuleSet, Statement,
    StatusFrom, Telling,
};
use sijil_model::claim::Stands;
use sijil_model::codebook::{
    AgeClass, AttributionStatus, Class, Combination, Grading, Harm, PlaceRole, Sex, Status,
};
use sijil_model::date::Edtf;
use sijil_model::{
    AccountId, ActorCode, Bounds, ClaimId, DocumentId, IncidentId, Interval, Language, PersonId, PlaceId,
    Quantity, RuleId, Upper,
};

pub fn open() -> RuleSet {
    RuleSet::named("open").unwrap()
}

pub fn interval(min: u64, max: impl Into<Option<u64>>) -> Interval {
    let max = max.into().map_or(Upper::Open, Upper::Known);
    Interval::new(Some(min), None, max).unwrap()
}

/// The two ends.
pub fn ends(interval: Interval) -> (Option<u64>, Upper) {
    (interval.min(), interval.max())
}

pub fn exact(n: u64) -> Quantity {
    Quantity::Exact { n }
}

/// A statement that people were killed; the other kinds are made from it.
pub fn killed(claim: &str, quantity: Quantity) -> Statement {
    Statement {
        claim: ClaimId::new(claim).unwrap(),
        harm: Harm::Killed,
        class: Class::Total,
        status: None,
        status_from: StatusFrom::Words,
        quantity,
        stands: Stands::Alone,
        inferred: None,
        language: Language::En,
    }
}

pub trait Said {
    fn harm(self, harm: Harm) -> Statement;
    fn class(self, class: Class) -> Statement;
    fn status(self, status: Status) -> Statement;
    fn stands(self, stands: Stands) -> Statement;
    fn inferred(self, rule: &str) -> Statement;
}

impl Said for Statement {
    fn harm(self, harm: Harm) -> Statement {
        Statement { harm, ..self }
    }
    fn class(self, class: Class) -> Statement {
        Statement { class, ..self }
    }
    fn status(self, status: Status) -> Statement {
        Statement { status: Some(status), ..self }
    }
    fn stands(self, stands: Stands) -> Statement {
        Statement { stands, ..self }
    }
    fn inferred(self, rule: &str) -> Statement {
        Statement { inferred: Some(RuleId::new(rule).unwrap()), ..self }
    }
}

/// A document of an origin, published in this order within it.
pub fn telling(origin: &str, order: i64, statements: Vec<Statement>) -> Telling {
    let document = DocumentId::new(format!("{origin}-{order}")).unwrap();
    let source = Some(origin.to_owned());
    Telling { document, source, origin: origin.to_owned(), reliable: true, order, statements }
}

pub fn incident(id: &str, tellings: Vec<Telling>) -> Incident {
    Incident {
        id: IncidentId::new(id).unwrap(),
        when: Bounds::default(),
        dated: false,
        places: vec![],
        actors: vec![],
        means: vec![],
        sites: vec![],
        grading: Grading::Ungraded,
        left_out: None,
        tellings,
        named: vec![],
        decisions: Decisions::default(),
    }
}

pub trait Happened {
    fn on(self, edtf: &str) -> Incident;
    fn bounded(self, edtf: &str) -> Incident;
    fn at(self, chain: &[&str]) -> Incident;
    fn by(self, actor: &str) -> Incident;
    fn graded(self, grading: Grading) -> Incident;
    fn people(self, people: Vec<NamedPerson>) -> Incident;
    fn decided(self, decided: DecidedNumber) -> Incident;
    fn left_out(self, reason: &str) -> Incident;
}

impl Happened for Incident {
    fn on(self, edtf: &str) -> Incident {
        Incident { dated: true, ..self.bounded(edtf) }
    }
    fn bounded(self, edtf: &str) -> Incident {
        Incident { when: Edtf::new(edtf).unwrap().bounds(), ..self }
    }
    /// The place, its district, its governorate and the country, as far as given.
    fn at(mut self, chain: &[&str]) -> Incident {
        let chain: Vec<PlaceId> = chain.iter().map(|text| PlaceId::new(*text).unwrap()).collect();
        let governorate = chain.len().checked_sub(2).map(|at| chain[at].clone());
        self.places.push(Placed { role: PlaceRole::Primary, governorate, district: None, chain });
        self
    }
    fn by(mut self, actor: &str) -> Incident {
        let actor = ActorCode::new(actor).unwrap();
        self.actors.push(Attributed {
            actor,
            status: AttributionStatus::Alleged,
            combination: Combination::Unclear,
        });
        self
    }
    fn graded(self, grading: Grading) -> Incident {
        Incident { grading, ..self }
    }
    fn people(self, named: Vec<NamedPerson>) -> Incident {
        Incident { named, ..self }
    }
    fn decided(mut self, decided: DecidedNumber) -> Incident {
        self.decisions.numbers.push(decided);
        self
    }
    fn left_out(self, reason: &str) -> Incident {
        let left_out = LeftOut {
            reason: reason.to_owned(),
            by: Some(account()),
            at: Some("2031-12-01T10:00Z".to_owned()),
        };
        Incident { left_out: Some(left_out), ..self }
    }
}

pub fn account() -> AccountId {
    AccountId::new("a1").unwrap()
}

pub fn person(id: &str, sex: Option<Sex>, age_class: Option<AgeClass>) -> NamedPerson {
    NamedPerson {
        person: PersonId::new(id).unwrap(),
        harm: Harm::Killed,
        sex,
        age_class,
        status: None,
        claims: vec![ClaimId::new(format!("c-{id}")).unwrap()],
        lists: Vec::new(),
        doubt: None,
    }
}

pub fn decision(class: Class, status: Option<Status>, interval: Interval) -> DecidedNumber {
    DecidedNumber {
        harm: Harm::Killed,
        class,
        status,
        interval,
        used: vec![ClaimId::new("c-used").unwrap()],
        rejected: vec![ClaimId::new("c-rejected").unwrap()],
        by: account(),
        at: "2031-12-01T10:00Z".to_owned(),
        why: "the hospital's register".to_owned(),
    }
}
