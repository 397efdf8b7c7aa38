//! The people of an incident, one by one: a floor under its numbers.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction};
use sijil_count::{DRAWS, Doubt, NamedPerson, OnList};
use sijil_model::codebook::{AgeClass, Coded, Fate, Harm, Sex, Status};
use sijil_model::{ClaimId, PersonId};

use super::members;
use crate::Result;

/// Everybody of whom some document tells as one person of an incident, in order of their ids; of an incident that is
/// several records, of each of them.
///
/// Somebody without a name counts only where nobody else, told of by other documents, may be the same: "their mother" in
/// one report and "a mother and her three children" in another are one woman until somebody shows that they are two.
pub(super) fn people(tx: &Transaction<'_>, records: &[&str]) -> Result<Vec<NamedPerson>> {
    let mut everybody = Vec::new();
    for record in records {
        everybody.extend(told_of(tx, record)?);
    }
    everybody.sort_by(|a, b| a.person.person.cmp(&b.person.person));
    everybody.sort_by_key(|one| !one.has_name);
    let mut kept: Vec<ToldOf> = Vec::new();
    for one in everybody {
        if one.has_name || !kept.iter().any(|other| one.may_be(other)) {
            kept.push(one);
        }
    }
    let mut people: Vec<NamedPerson> = kept.into_iter().map(|one| one.person).collect();
    people.sort_by(|a, b| a.person.cmp(&b.person));
    doubts(tx, &mut people)?;
    Ok(people)
}

/// A claim's person in each draw: a number within a component of claims.
struct Drawn {
    component: String,
    people: Vec<[u8; 2]>,
}

/// Sets in which draws a record is nobody of its own, or two. Whoever is drawn belongs to the first record that has a claim
/// of theirs, so that the records of an incident together come to the people of the draw.
fn doubts(tx: &Transaction<'_>, people: &mut [NamedPerson]) -> Result<()> {
    let drawn: Vec<Vec<Drawn>> = people.iter().map(|one| drawn_of(tx, &one.claims)).collect::<Result<_>>()?;
    if drawn.iter().all(Vec::is_empty) {
        return Ok(());
    }
    let mut counts = vec![[1_usize; DRAWS]; people.len()];
    for draw in 0..DRAWS {
        let mut seen: BTreeSet<(&str, [u8; 2])> = BTreeSet::new();
        for (record, counts) in drawn.iter().zip(&mut counts).filter(|(record, _)| !record.is_empty()) {
            let of_record = record.iter().map(|claim| (claim.component.as_str(), claim.people[draw]));
            counts[draw] = of_record.filter(|person| seen.insert(*person)).count();
        }
    }
    for (one, counts) in people.iter_mut().zip(counts) {
        one.doubt = Doubt::of_people(|draw| counts[usize::from(draw)]);
    }
    Ok(())
}

/// The draws of a record's claims. What hangs on it without being drawn, as a reviewer joined it, is of its first person.
fn drawn_of(tx: &Transaction<'_>, claims: &[ClaimId]) -> Result<Vec<Drawn>> {
    let mut statement =
        tx.prepare_cached("SELECT component, people FROM drawn WHERE claim = ?1 AND valid_to IS NULL")?;
    let mut drawn: Vec<Drawn> = Vec::new();
    for claim in claims {
        let row = statement
            .query_row([claim.as_str()], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))
            .optional()?;
        let Some((component, bytes)) = row else { continue };
        let (people, _) = bytes.as_chunks::<2>();
        if people.len() == DRAWS && drawn.first().is_none_or(|first| first.component == component) {
            drawn.push(Drawn { component, people: people.to_vec() });
        }
    }
    Ok(drawn)
}

/// A person, and what tells them from the others of the incident.
struct ToldOf {
    person: NamedPerson,
    has_name: bool,
    documents: BTreeSet<String>,
}

impl ToldOf {
    fn may_be(&self, other: &Self) -> bool {
        let agree = |same: Option<bool>| same.unwrap_or(true);
        let (one, two) = (&self.person, &other.person);
        one.harm == two.harm
            && self.documents.is_disjoint(&other.documents)
            && agree(one.sex.zip(two.sex).map(|(a, b)| a == b))
            && agree(one.age_class.zip(two.age_class).map(|(a, b)| is_child(a) == is_child(b)))
    }
}

fn is_child(class: AgeClass) -> bool {
    matches!(class, AgeClass::Child | AgeClass::Infant)
}

fn told_of(tx: &Transaction<'_>, incident: &str) -> Result<Vec<ToldOf>> {
    let mut statement = tx.prepare_cached(
        "SELECT id, fate, sex, age_class, status FROM person WHERE incident = ?1 AND valid_to IS NULL ORDER BY id",
    )?;
    let mut rows = statement.query([incident])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        let code = |at: usize| row.get::<_, Option<String>>(at);
        let Some(harm) = code(1)?.and_then(|fate| Fate::from_code(&fate).ok()).and_then(Fate::harm) else {
            continue;
        };
        let id: String = row.get(0)?;
        let claims = members::claims_of_record(tx, &id)?;
        let said = told_in(tx, &id)?;
        let lists = lists_of(&said, harm);
        people.push(ToldOf {
            has_name: said.iter().any(|told| told.has_name),
            documents: said.into_iter().map(|told| told.part).collect(),
            person: NamedPerson {
                person: PersonId::new(id)?,
                harm,
                sex: code(2)?.and_then(|code| Sex::from_code(&code).ok()),
                age_class: code(3)?.and_then(|code| AgeClass::from_code(&code).ok()),
                status: code(4)?.and_then(|code| Status::from_code(&code).ok()),
                claims: claims.into_iter().map(ClaimId::new).collect::<std::result::Result<_, _>>()?,
                lists,
                doubt: None,
            },
        });
    }
    Ok(people)
}

/// A part of a document that tells of a person.
struct Told {
    /// `document:part`.
    part: String,
    /// The document's source, where it is described, else the document.
    list: String,
    /// What it says became of them; nothing where it does not know.
    fate: Option<Fate>,
    /// Whether it gives a name, also one that was erased since.
    has_name: bool,
}

/// Each list once with what it says itself, and none that says that nothing was done to them which a question counts; of one that
/// says two things, what the record says, else what counts for more.
fn lists_of(said: &[Told], settled: Harm) -> Vec<OnList> {
    let mut lists: BTreeMap<&str, Harm> = BTreeMap::new();
    for told in said {
        let Some(harm) = told.fate.map_or(Some(settled), Fate::harm) else { continue };
        let kept = lists.entry(&told.list).or_insert(harm);
        if harm == settled || *kept != settled && harm < *kept {
            *kept = harm;
        }
    }
    lists.into_iter().map(|(list, harm)| OnList { list: list.to_owned(), harm }).collect()
}

fn told_in(tx: &Transaction<'_>, person: &str) -> Result<Vec<Told>> {
    let mut statement = tx.prepare_cached(
        "SELECT claim.document || ':' || claim.part, coalesce(source.id, claim.document), claim.body ->> 'fate', \
         claim.body ->> 'name' IS NOT NULL \
         FROM member JOIN claim ON claim.id = member.claim AND claim.valid_to IS NULL \
         LEFT JOIN document ON document.id = claim.document LEFT JOIN source ON source.id = document.source AND source.valid_to IS NULL \
         WHERE member.record = ?1 AND member.valid_to IS NULL",
    )?;
    let told = statement.query_map([person], |row| {
        let fate: Option<String> = row.get(2)?;
        let fate = fate.and_then(|fate| Fate::from_code(&fate).ok()).filter(|fate| *fate != Fate::Unknown);
        Ok(Told { part: row.get(0)?, list: row.get(1)?, fate, has_name: row.get(3)? })
    })?;
    Ok(told.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(document: &str, sex: Option<Sex>, age_class: Option<AgeClass>) -> ToldOf {
        let person = NamedPerson {
            person: PersonId::new("p0").unwrap(),
            harm: Harm::Killed,
            sex,
            age_class,
            status: None,
            claims: Vec::new(),
            lists: Vec::new(),
            doubt: None,
        };
        ToldOf { person, has_name: false, documents: BTreeSet::from([document.to_owned()]) }
    }

    #[test]
    fn a_list_says_what_it_says_itself() {
        let told = |list: &str, fate| Told {
            part: format!("{list}:0"),
            list: list.to_owned(),
            fate,
            has_name: true,
        };
        let said = [
            told("ward", Some(Fate::Injured)),
            told("press", None),
            told("prison", Some(Fate::Released)),
            told("twice", Some(Fate::Injured)),
            told("twice", Some(Fate::DiedOfWounds)),
        ];
        let lists: Vec<_> =
            lists_of(&said, Harm::Killed).into_iter().map(|own| (own.list, own.harm)).collect();
        let on = |list: &str, harm| (list.to_owned(), harm);
        let expected = [on("press", Harm::Killed), on("twice", Harm::Killed), on("ward", Harm::Injured)];
        assert_eq!(lists, expected);
    }

    #[test]
    fn a_mother_in_two_reports_may_be_one_woman() {
        let mother = |document| told_of(document, Some(Sex::F), Some(AgeClass::Adult));
        assert!(mother("a:0").may_be(&mother("b:0")));
        assert!(!mother("a:0").may_be(&mother("a:0")), "one report tells of two");
        assert!(!mother("a:0").may_be(&told_of("b:0", Some(Sex::M), Some(AgeClass::Adult))));
        assert!(!mother("a:0").may_be(&told_of("b:0", Some(Sex::F), Some(AgeClass::Child))));
        assert!(mother("a:0").may_be(&told_of("b:0", None, None)));
    }
}
