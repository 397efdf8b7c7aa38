//! Incidents of a release: cleared ones with their claims and people, the others as numbers alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sijil_count::{CasualtyRow, Incident, NamedPerson};
use sijil_model::codebook::{AgeClass, Class, Harm, Sex, Status};
use sijil_model::{ClaimId, Content, IncidentId, Interval, PersonId, RuleId, When};
use sijil_page::view::{Shown, Withheld};
use sijil_register::Register;
use sijil_register::ask::IncidentRow;

use crate::claims::{Number, ReleasedClaim, Sorting};
use crate::documents::{Document, when_of};
use crate::error::Result;
use crate::make::Surroundings;
use crate::people::may_be_living;
use crate::policy::small::{self, KeptBack};
use crate::policy::{PlaceName, Public, PublicPlace};

/// A cleared incident as it goes out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedIncident {
    pub id: IncidentId,
    #[serde(flatten)]
    pub when: When,
    pub places: Vec<(sijil_model::codebook::PlaceRole, Public<PublicPlace>)>,
    pub actors: Vec<sijil_count::Attributed>,
    pub means: Vec<sijil_model::codebook::Means>,
    pub sites: Vec<sijil_model::codebook::SiteKind>,
    pub grading: sijil_model::codebook::Grading,
    /// The rule set of `casualties`.
    pub rules: String,
    pub casualties: Vec<ReleasedCasualty>,
    pub tellings: Vec<ReleasedTelling>,
    pub people: Vec<ReleasedPerson>,
    pub decisions: Vec<ReleasedNumber>,
    pub disputed: Vec<ReleasedDispute>,
    /// Harms of which a statement or person is not shown, so that their numbers cannot be computed again from here.
    pub withheld_harms: BTreeSet<Harm>,
    /// The numbers of the living that are too small to be shown, or leave too small ones.
    #[serde(skip)]
    pub kept: KeptBack,
    /// The claims in the order of their documents, as the register names them.
    #[serde(skip)]
    pub claim_keys: Vec<String>,
    /// The incident as the register names it.
    #[serde(skip)]
    pub key: String,
}

/// A number of an incident as it goes out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedCasualty {
    pub harm: Harm,
    pub class: Class,
    pub status: Option<Status>,
    /// None where so few of the living are counted that they would be singled out.
    pub interval: Option<Interval>,
    pub rule: RuleId,
    pub default_civilian: bool,
    pub claims: Vec<ClaimId>,
    #[serde(skip)]
    pub row: CasualtyRow,
}

/// What one document says, by opaque numbers: who it goes back to, and its place in the order of publication.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedTelling {
    pub telling: usize,
    pub origin: usize,
    pub reliable: bool,
    pub order: usize,
    pub claims: Vec<ClaimId>,
}

/// Somebody killed. People who may be alive are not listed one by one.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedPerson {
    pub id: PersonId,
    pub name: Option<Public<String>>,
    /// Why there is no name.
    pub withheld: Option<Withheld>,
    pub harm: Harm,
    pub sex: Option<Sex>,
    pub age: Option<u16>,
    pub age_class: Option<AgeClass>,
    pub status: Option<Status>,
    pub claims: Vec<ClaimId>,
}

/// A number that a person decided.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedNumber {
    pub harm: Harm,
    pub class: Class,
    pub status: Option<Status>,
    pub interval: Interval,
}

/// People of whom a decision says that it is disputed whether they were civilians.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedDispute {
    pub harm: Harm,
    pub class: Class,
    pub people: Interval,
}

/// Everything that a cleared incident rests on, gathered.
pub(crate) struct Gathering<'a> {
    pub register: &'a Register,
    pub around: &'a dyn Surroundings,
    pub sorting: Sorting<'a>,
    pub documents: BTreeMap<String, Document>,
    pub claims: BTreeMap<String, ReleasedClaim>,
    pub missing: Vec<crate::gate::Missing>,
}

impl<'a> Gathering<'a> {
    /// Nothing gathered yet.
    pub fn new(register: &'a Register, around: &'a dyn Surroundings, sorting: Sorting<'a>) -> Self {
        let (documents, claims, missing) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self { register, around, sorting, documents, claims, missing }
    }

    /// The name of an incident in the release.
    pub fn id(&self, incident: &str) -> Result<IncidentId> {
        Ok(IncidentId::new(self.sorting.policy.id('i', &[incident]).into_inner())?)
    }

    /// A cleared incident with all its claims.
    pub fn incident(&mut self, row: &IncidentRow) -> Result<ReleasedIncident> {
        let incident = &row.incident;
        let id = self.id(incident.id.as_str())?;
        let rules = self.sorting.rules;
        let rows = incident.casualties(rules);
        let kept = KeptBack::of_rows(&rows);
        let (claim_keys, mut withheld_harms) = self.claims_of(incident, id.as_str(), &kept)?;
        if withheld_harms.contains(&Harm::KilledOrInjured) {
            // What is told of both together makes room above in each.
            withheld_harms.extend([Harm::Killed, Harm::Injured]);
        }
        withheld_harms.extend(kept.harms());
        let people = self.people_of(incident, &mut withheld_harms)?;
        let decisions = decisions(incident, &kept, &mut withheld_harms);
        let disputed = disputes(incident, &kept, &mut withheld_harms);
        if withheld_harms.contains(&Harm::Injured) {
            // Who was killed or injured may be added up from both.
            withheld_harms.insert(Harm::KilledOrInjured);
        }
        Ok(ReleasedIncident {
            when: when_of(incident.when, incident.dated),
            places: self.places(incident),
            actors: incident.actors.clone(),
            means: incident.means.clone(),
            sites: incident.sites.clone(),
            grading: incident.grading,
            rules: rules.id().to_owned(),
            casualties: self.casualties(rows, &kept)?,
            tellings: self.tellings(incident)?,
            people,
            decisions,
            disputed,
            withheld_harms,
            claim_keys,
            kept,
            key: incident.id.to_string(),
            id,
        })
    }

    /// The document of a claim, read once.
    pub fn document(&mut self, id: &str) -> Result<()> {
        if !self.documents.contains_key(id) {
            let Sorting { policy, people, .. } = self.sorting;
            let document = Document::of(self.register, self.around, (policy, people), id, &mut self.missing)?;
            self.documents.insert(id.to_owned(), document);
        }
        Ok(())
    }

    /// Sorts a claim into the release; a rejected one is a misreading and stays out.
    pub fn add_claim(&mut self, key: &str, incident: Option<&str>) -> Result<()> {
        self.add_number(key, incident, None, false)
    }

    /// The same of a claim that gives a number, with whether that is too small to be told.
    fn add_number(
        &mut self,
        key: &str,
        incident: Option<&str>,
        number: Option<Number>,
        small: bool,
    ) -> Result<()> {
        if self.claims.contains_key(key) {
            return Ok(());
        }
        let row = self.register.view().claim(key)?;
        if row.rejection.is_some() || row.valid_to.is_some() {
            return Ok(());
        }
        self.document(row.claim.document.as_str())?;
        let document = &self.documents[row.claim.document.as_str()];
        let released = self.sorting.claim(&row, incident, document, number, small)?;
        for quote in &released.quotes {
            if let sijil_model::Span::Cell { row: at, column } = quote.span
                && let Some(document) = self.documents.get_mut(row.claim.document.as_str())
            {
                document.cells.insert((at, column), quote.text.clone());
            }
        }
        self.claims.insert(key.to_owned(), released);
        Ok(())
    }

    fn claims_of(
        &mut self,
        incident: &Incident,
        name: &str,
        kept: &KeptBack,
    ) -> Result<(Vec<String>, BTreeSet<Harm>)> {
        let view = self.register.view();
        let mut numbers: BTreeMap<String, Number> = BTreeMap::new();
        for statement in incident.tellings.iter().flat_map(|telling| &telling.statements) {
            numbers.insert(statement.claim.to_string(), number_of(statement));
        }
        let mut keys = Vec::new();
        for member in view.members(incident.id.as_str())? {
            let about = view.claims_about(&member.claim)?;
            keys.push(member.claim);
            for row in about {
                let key = row.claim.id.to_string();
                if matches!(row.claim.content, Content::Person(_)) {
                    let kin = view
                        .claims_about(&key)?
                        .into_iter()
                        .filter(|row| matches!(row.claim.content, Content::Relation { .. }));
                    keys.extend(kin.map(|row| row.claim.id.to_string()));
                }
                keys.push(key);
            }
        }
        // A person's claim may be linked to the incident from a list that is about no incident.
        keys.extend(incident.named.iter().flat_map(|person| &person.claims).map(ToString::to_string));
        let mut seen = BTreeSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        let mut withheld = BTreeSet::new();
        for key in &keys {
            let number = numbers.get(key).cloned();
            let is_small = |number: &&Number| {
                self.sorting.is_small(number) || kept.holds((number.harm, number.class, number.status))
            };
            let small = number.as_ref().filter(is_small).map(|number| number.harm);
            withheld.extend(small);
            self.add_number(key, Some(name), number, small.is_some())?;
        }
        keys.retain(|key| self.claims.contains_key(key));
        Ok((keys, withheld))
    }

    fn people_of(&self, incident: &Incident, withheld: &mut BTreeSet<Harm>) -> Result<Vec<ReleasedPerson>> {
        let mut people = Vec::new();
        for named in &incident.named {
            if may_be_living(named.harm) || named.doubt.is_some() {
                withheld.insert(named.harm);
            }
            if named.harm != Harm::Killed {
                continue;
            }
            let Sorting { policy, people: sorted, .. } = &self.sorting;
            let row = sorted.rows.get(named.person.as_str());
            let name = row
                .and_then(|row| row.name.as_deref())
                .map(|name| policy.name(sorted.matter(named.person.as_str()), name));
            let (name, why) = match name {
                Some(Shown::Open(name)) => (Some(name), None),
                Some(Shown::Withheld(why)) => (None, Some(why)),
                None => (None, None),
            };
            // An exact age beside a withheld name says who it is.
            let age = row.and_then(|row| row.age).filter(|_| why.is_none());
            let age = age.map(|age| self.told_age(named, age)).transpose()?.flatten();
            people.push(ReleasedPerson {
                id: PersonId::new(policy.id('p', &[named.person.as_str()]).into_inner())?,
                age,
                name,
                withheld: why,
                harm: named.harm,
                sex: named.sex,
                age_class: named.age_class,
                status: named.status,
                claims: named
                    .claims
                    .iter()
                    .map(|claim| self.sorting.id(claim.as_str()))
                    .collect::<Result<_>>()?,
            });
        }
        Ok(people)
    }

    /// The age of somebody where a document that goes out gives it, or a person decided it: what only a protected list knows
    /// of the dead stays with it.
    fn told_age(&self, named: &NamedPerson, age: u16) -> Result<Option<u16>> {
        let view = self.register.view();
        let goes_out = |document: &Document| document.allowed.is_ok();
        for claim in &named.claims {
            let row = view.claim(claim.as_str())?;
            if let Content::Person(said) = &row.claim.content
                && said.age == Some(age)
                && self.documents.get(row.claim.document.as_str()).is_some_and(goes_out)
            {
                return Ok(Some(age));
            }
        }
        let decided = view.decisions_in_force(named.person.as_str(), "age")?;
        Ok((!decided.is_empty()).then_some(age))
    }

    fn casualties(&self, rows: Vec<CasualtyRow>, kept: &KeptBack) -> Result<Vec<ReleasedCasualty>> {
        let released = rows.into_iter().map(|row| {
            let small = kept.holds((row.harm, row.class, row.status));
            Ok(ReleasedCasualty {
                harm: row.harm,
                class: row.class,
                status: row.status,
                interval: (!small).then_some(row.interval),
                rule: row.rule.clone(),
                default_civilian: row.default_civilian,
                claims: self.names(&row.claims)?,
                row,
            })
        });
        released.collect()
    }

    /// The names in the release of those claims that are in it.
    pub fn names(&self, claims: &[ClaimId]) -> Result<Vec<ClaimId>> {
        claims
            .iter()
            .filter(|claim| self.claims.contains_key(claim.as_str()))
            .map(|claim| self.sorting.id(claim.as_str()))
            .collect()
    }

    fn tellings(&self, incident: &Incident) -> Result<Vec<ReleasedTelling>> {
        let rank = |values: BTreeSet<String>| {
            values.into_iter().enumerate().map(|(at, value)| (value, at + 1)).collect::<BTreeMap<_, _>>()
        };
        let orders: BTreeSet<i64> = incident.tellings.iter().map(|telling| telling.order).collect();
        let origins = rank(
            incident
                .tellings
                .iter()
                .map(|telling| self.sorting.policy.id('o', &[&telling.origin]).into_inner())
                .collect(),
        );
        let mut tellings = Vec::new();
        for (at, telling) in incident.tellings.iter().enumerate() {
            let origin = self.sorting.policy.id('o', &[&telling.origin]).into_inner();
            let claims: Vec<ClaimId> =
                telling.statements.iter().map(|statement| statement.claim.clone()).collect();
            tellings.push(ReleasedTelling {
                telling: at + 1,
                origin: origins.get(&origin).copied().unwrap_or_default(),
                reliable: telling.reliable,
                order: orders.iter().position(|order| *order == telling.order).unwrap_or_default(),
                claims: self.names(&claims)?,
            });
        }
        Ok(tellings)
    }

    fn places(&self, incident: &Incident) -> Vec<(sijil_model::codebook::PlaceRole, Public<PublicPlace>)> {
        let mut places = Vec::new();
        for placed in &incident.places {
            let chain: Vec<PlaceName> = placed.chain.iter().filter_map(|id| self.around.place(id)).collect();
            if let Some(place) = self.sorting.policy.place(&chain, &incident.sites) {
                places.push((placed.role, place));
            }
        }
        places
    }
}

fn number_of(statement: &sijil_count::Statement) -> Number {
    Number {
        harm: statement.harm,
        class: statement.class,
        status: statement.status,
        status_from: statement.status_from,
        quantity: statement.quantity,
        stands: statement.stands,
        inferred: statement.inferred.clone(),
        language: statement.language,
    }
}

fn decisions(incident: &Incident, kept: &KeptBack, withheld: &mut BTreeSet<Harm>) -> Vec<ReleasedNumber> {
    let mut decisions = Vec::new();
    for decided in &incident.decisions.numbers {
        let (harm, class, status, interval) = (decided.harm, decided.class, decided.status, decided.interval);
        if small::is_small(harm, interval) || kept.holds((harm, class, status)) {
            withheld.insert(harm);
            continue;
        }
        decisions.push(ReleasedNumber { harm, class, status, interval });
    }
    decisions
}

fn disputes(incident: &Incident, kept: &KeptBack, withheld: &mut BTreeSet<Harm>) -> Vec<ReleasedDispute> {
    let mut disputes = Vec::new();
    for one in &incident.decisions.disputed {
        let (harm, class, people) = (one.harm, one.class, one.people);
        if small::is_small(harm, people) || kept.holds_parts(harm) {
            withheld.insert(harm);
            continue;
        }
        disputes.push(ReleasedDispute { harm, class, people });
    }
    disputes
}
