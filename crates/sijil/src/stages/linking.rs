//! Linking while documents come in: reposts by their words, and, as long as the register's people were never linked
//! (`people`), those of the same full name.

use std::collections::{BTreeMap, BTreeSet};

use sijil_link::{Listed, same_person};
use sijil_model::{Claim, Content};
use sijil_register::results::{AlikeLine, ClaimLink, LinkKind, LinkedLine};
use sijil_register::{View, Writing};

use super::Program;
use super::coding::name_key;
use crate::failure::Failure;

/// The linker, as runs record it.
pub fn program() -> Program {
    Program { name: sijil_link::LINKER.into(), version: sijil_link::VERSION.into() }
}

/// What is to be said of claims that may be one, where it differs from what stands; `alike` is in order.
pub fn anew(view: &View, kind: LinkKind, alike: Vec<ClaimLink>) -> Result<Option<AlikeLine>, Failure> {
    let standing = view.claim_links(kind)?;
    if standing == alike {
        return Ok(None);
    }
    let claims: BTreeSet<String> =
        standing.iter().chain(&alike).flat_map(|link| [link.left.clone(), link.right.clone()]).collect();
    Ok(Some(AlikeLine { kind, claims: claims.into_iter().collect(), alike }))
}

/// A claim that founds a record, and of what kind.
type Founder = (LinkKind, String);

/// Links what a batch brings to what the register holds and to the rest of the batch.
pub struct Linking<'a> {
    view: &'a View,
    /// Whether people are linked by their names alone.
    by_name: bool,
    /// People of this batch, by folded name.
    people: BTreeMap<String, Vec<Listed>>,
    /// Parts of this batch, by their words, with their incidents and people.
    parts: BTreeMap<String, (String, Vec<Founder>)>,
    lines: Vec<LinkedLine>,
}

impl<'a> Linking<'a> {
    /// Starts with the register as it is before the batch.
    pub fn new(writing: &'a Writing<'_, '_>) -> Result<Self, Failure> {
        let view = writing.view();
        let by_name = view.linking_learnt(&writing.archive().origin().to_string())?.is_none();
        Ok(Self { view, by_name, people: BTreeMap::new(), parts: BTreeMap::new(), lines: Vec::new() })
    }

    /// Adds a part of a text; a repost's incidents and people are those of the first.
    pub fn add_part(
        &mut self,
        document: &str,
        number: u32,
        key: Option<&str>,
        claims: &[Claim],
    ) -> Result<(), Failure> {
        let name = format!("{document}:{number}");
        let founders: Vec<Founder> = claims.iter().filter_map(founder).collect();
        if let Some(key) = key {
            if let Some((first, originals)) = self.first_with(key, document)? {
                self.repost(&first, &originals, &name, &founders);
                return Ok(());
            }
            self.parts.insert(key.to_owned(), (name, founders));
        }
        self.add_people(document, claims)
    }

    /// Adds the people of a text or of a piece of a list.
    pub fn add_people(&mut self, document: &str, claims: &[Claim]) -> Result<(), Failure> {
        for claim in claims.iter().filter(|_| self.by_name) {
            let Some(key) = name_key(claim) else { continue };
            let new = listed(claim, document, key);
            let mut known = self.known(&new.name_key)?;
            known.extend(self.people.get(&new.name_key).into_iter().flatten().cloned());
            if let Some(found) = same_person(&new, &known) {
                self.lines.push(LinkedLine {
                    kind: LinkKind::Person,
                    left: found.id,
                    right: new.id.clone(),
                    why: found.why,
                });
            }
            // Nearly every name of a long list stands alone: room for one, not for the usual four.
            self.people.entry(new.name_key.clone()).or_insert_with(|| Vec::with_capacity(1)).push(new);
        }
        Ok(())
    }

    /// What was linked.
    pub fn lines(self) -> Vec<LinkedLine> {
        self.lines
    }

    fn first_with(&self, key: &str, document: &str) -> Result<Option<(String, Vec<Founder>)>, Failure> {
        if let Some(first) = self.parts.get(key) {
            return Ok(Some(first.clone()));
        }
        let Some((first, number)) = self.view.part_with_words(key)? else { return Ok(None) };
        if first == document {
            return Ok(None);
        }
        let claims = self.view.claims_of_part(&first, number)?;
        let founders = claims.iter().filter_map(|row| founder(&row.claim));
        Ok(Some((format!("{first}:{number}"), founders.collect())))
    }

    fn repost(&mut self, first: &str, originals: &[Founder], name: &str, founders: &[Founder]) {
        let why = "the same words".to_owned();
        self.lines.push(LinkedLine {
            kind: LinkKind::Repost,
            left: first.to_owned(),
            right: name.to_owned(),
            why,
        });
        if originals.len() != founders.len() {
            return;
        }
        for ((kind, original), (_, copy)) in originals.iter().zip(founders) {
            let why = "the same place in a repost".to_owned();
            self.lines.push(LinkedLine { kind: *kind, left: original.clone(), right: copy.clone(), why });
        }
    }

    fn known(&self, key: &str) -> Result<Vec<Listed>, Failure> {
        let mut known = Vec::new();
        for person in self.view.people_named(key)? {
            for member in self.view.members(&person.id)? {
                let document = self.view.claim(&member.claim)?.claim.document.to_string();
                known.push(Listed {
                    id: member.claim,
                    document,
                    name_key: key.to_owned(),
                    sex: person.sex.clone(),
                    age: person.age,
                    days: (person.earliest.clone(), person.latest.clone()),
                    places: Vec::new(),
                });
            }
        }
        Ok(known)
    }
}

fn founder(claim: &Claim) -> Option<Founder> {
    match claim.content {
        Content::Incident { .. } => Some((LinkKind::Incident, claim.id.to_string())),
        Content::Person(_) => Some((LinkKind::Person, claim.id.to_string())),
        _ => None,
    }
}

fn listed(claim: &Claim, document: &str, name_key: String) -> Listed {
    let mut new =
        Listed { id: claim.id.to_string(), document: document.to_owned(), name_key, ..Listed::default() };
    if let Content::Person(said) = &claim.content {
        new.sex = said.sex.as_ref().map(|known| sijil_model::Coded::code(known.value).to_owned());
        new.age = said.age;
        let day = said.listed.as_ref().and_then(|listed| sijil_extract::day_of_list(listed.date.as_deref()?));
        if let Some(bounds) = day.map(|edtf| edtf.bounds()) {
            new.days = (bounds.earliest.map(|day| day.to_string()), bounds.latest.map(|day| day.to_string()));
        }
    }
    new
}
