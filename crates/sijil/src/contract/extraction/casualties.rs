//! How many were harmed in an incident, by what one document says of it.

use sijil_count::{
    CasualtyRow, Decisions, NamedPerson, OnList, Statement, StatusFrom, Teller, Telling, casualties,
    presume_ages,
};
use sijil_model::claim::PersonSaid;
use sijil_model::codebook::{AttributionStatus, RelationKind};
use sijil_model::{Claim, ClaimId, Content, PersonId, Polarity};

use super::{Casualty, Page};

impl<'a> Page<'a, '_> {
    /// The incident's casualties, counted under the rules as if the document were the only one.
    pub(super) fn casualties(&self, all: &[&'a Claim]) -> Vec<Casualty> {
        let responsible: Vec<&str> = all.iter().filter_map(|claim| responsible(claim)).collect();
        let mut statements = Vec::new();
        let mut named = Vec::new();
        for claim in all.iter().filter(|claim| claim.polarity == Polarity::Affirmed) {
            match &claim.content {
                Content::Casualty(said) => statements.push(Statement {
                    claim: claim.id.clone(),
                    harm: said.harm,
                    class: said.class,
                    status: said.status,
                    status_from: self.status_from(claim, said, &responsible),
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
            .into_iter()
            .map(|row| self.row(row))
            .collect()
    }

    /// What the status of a number rests on.
    fn status_from(
        &self,
        claim: &Claim,
        said: &sijil_model::claim::Casualty,
        responsible: &[&str],
    ) -> StatusFrom {
        let words = claim.spans.first().map_or("", |quoted| quoted.quote.as_str());
        let speaker = claim.speaker.as_ref().and_then(|id| self.by_id.get(id));
        let source = speaker.and_then(|speaker| match &speaker.content {
            Content::Source(source) => Some(source),
            _ => None,
        });
        let names: Vec<&str> = source
            .iter()
            .flat_map(|one| [&one.organisation, &one.name])
            .flatten()
            .map(String::as_str)
            .collect();
        let teller = source.map(|source| Teller { kind: source.source, names: &names });
        StatusFrom::of(said, words, teller, responsible)
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

    fn row(&self, row: CasualtyRow) -> Casualty {
        let claims: Vec<&&Claim> = row.claims.iter().filter_map(|id| self.by_id.get(id)).collect();
        let said = |quantity| {
            claims.iter().find_map(|claim| match &claim.content {
                Content::Casualty(said) if said.count.quantity == quantity => Some(said.count.clone()),
                _ => None,
            })
        };
        Casualty {
            harm: row.harm,
            class: row.class,
            status: row.status,
            interval: row.interval,
            quantity: row.quantity.and_then(said),
            basis: row.basis.code(),
            rule: row.rule,
            default_civilian: row.default_civilian,
            spans: claims.iter().flat_map(|claim| claim.spans.iter().map(|said| said.span.pair())).collect(),
        }
    }
}

/// The words for a party that a claim holds responsible.
fn responsible(claim: &Claim) -> Option<&str> {
    let Content::Attribution { status, .. } = &claim.content else { return None };
    let cleared = matches!(status, AttributionStatus::Denied | AttributionStatus::RuledOut);
    let is_said = claim.polarity == Polarity::Affirmed && !cleared;
    claim.spans.first().filter(|_| is_said).map(|quoted| quoted.quote.as_str())
}

/// A person as counting sees them; nobody whose harm is not known.
fn named_person(claim: &Claim, person: &PersonSaid) -> Option<NamedPerson> {
    let harm = person.fate?.harm()?;
    Some(NamedPerson {
        person: PersonId::new(format!("p{}", claim.id)).ok()?,
        harm,
        sex: person.sex.as_ref().map(|known| known.value),
        age_class: person.age_class.as_ref().map(|known| known.value),
        status: person.status.as_ref().map(|known| known.value),
        claims: vec![claim.id.clone()],
        lists: vec![OnList { list: claim.document.to_string(), harm }],
        doubt: None,
    })
}
