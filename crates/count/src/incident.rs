//! One incident as counting sees it: who said what of it, where and when it was, and what was decided.
//!
//! Everything here can be stored in JSON and in binary formats that do not describe themselves. Texts are owned, or, as
//! in `Incident<&str>`, borrowed from the bytes of such a format: the same bytes, read without copying.

use serde::{Deserialize, Serialize};
use sijil_model::claim::Stands;
use sijil_model::codebook::{
    AgeClass, AttributionStatus, Class, Combination, Grading, Harm, Means, PlaceRole, Sex, SiteKind, Status,
};
use sijil_model::{
    AccountId, ActorCode, Bounds, ClaimId, DocumentId, IncidentId, Interval, Language, PersonId, PlaceId,
    Quantity, RuleId,
};

use crate::compact;
use crate::named::Doubt;

/// An incident record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident<T = String> {
    /// Its id.
    pub id: IncidentId<T>,
    /// First and last day on which it may have been.
    pub when: Bounds,
    /// Whether its date is fixed (it has an EDTF date); an undated incident may still have bounds.
    pub dated: bool,
    /// Where, primary places first; places with other roles do not say where it was.
    pub places: Vec<Placed<T>>,
    /// Who is said to have done it.
    pub actors: Vec<Attributed<T>>,
    /// With what.
    pub means: Vec<Means>,
    /// What was hit.
    pub sites: Vec<SiteKind>,
    /// Its grade.
    pub grading: Grading,
    /// Why it is in no figure, where that was decided. An incident graded discounted is in none either way.
    pub left_out: Option<LeftOut>,
    /// What documents say of its casualties, one telling a document.
    pub tellings: Vec<Telling<T>>,
    /// The person records of people harmed in it, named or known only by kin.
    pub named: Vec<NamedPerson<T>>,
    /// What people decided about its numbers.
    pub decisions: Decisions<T>,
}

/// A place of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed<T = String> {
    /// What it has to do with the incident.
    pub role: PlaceRole,
    /// The place, then everything that contains it, up to the country; empty where it was not found.
    pub chain: Vec<PlaceId<T>>,
    /// The governorate in the chain.
    pub governorate: Option<PlaceId<T>>,
    /// The district in the chain.
    pub district: Option<PlaceId<T>>,
}

/// An attribution of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributed<T = String> {
    /// The party.
    pub actor: ActorCode<T>,
    /// How sure; denied and ruled out do not count as attributed.
    pub status: AttributionStatus,
    /// With whom.
    pub combination: Combination,
}

/// Why an incident is in no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The reason, in the words of whoever decided.
    pub reason: String,
    /// Who.
    pub by: Option<AccountId>,
    /// When, as the log has it.
    pub at: Option<String>,
}

/// What one document says of an incident's casualties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling<T = String> {
    /// The document.
    pub document: DocumentId<T>,
    /// The document's own source, where it has one.
    pub source: Option<T>,
    /// Who it goes back to: reposts, translations and documents of one source share an origin.
    pub origin: T,
    /// Whether its source is reliable enough to be counted.
    pub reliable: bool,
    /// Order of publication within the origin; what is later supersedes, equal numbers stand beside each other.
    pub order: i64,
    /// Its casualty claims that were not rejected.
    pub statements: Vec<Statement<T>>,
}

impl<T: AsRef<str>> Telling<T> {
    /// The list that the document is of: its source's code, or its own id where it has none.
    pub fn list(&self) -> &str {
        self.source.as_ref().map_or_else(|| self.document.as_str(), AsRef::as_ref)
    }
}

impl<T: AsRef<str> + Clone> Incident<T> {
    /// The incident as one list tells it: with its reports and the people on it, and without what anybody decided.
    pub(crate) fn as_told_by(&self, list: &str) -> Self {
        Self {
            tellings: self.tellings.iter().filter(|telling| telling.list() == list).cloned().collect(),
            named: self.named.iter().filter_map(|person| person.as_told_by(list)).collect(),
            decisions: Decisions { numbers: Vec::new(), disputed: Vec::new() },
            ..self.clone()
        }
    }
}

/// A casualty claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement<T = String> {
    /// The claim.
    pub claim: ClaimId<T>,
    /// Killed, injured, …
    pub harm: Harm,
    /// Whom the number counts.
    pub class: Class,
    /// Civilian or not, where the claim says so.
    pub status: Option<Status>,
    /// What its status rests on.
    pub status_from: StatusFrom,
    /// How many, as said.
    #[serde(with = "compact::quantity")]
    pub quantity: Quantity,
    /// How the number stands to the others of its document.
    pub stands: Stands,
    /// The rule that inferred the claim; none where the document states it.
    pub inferred: Option<RuleId<T>>,
    /// The language that the words were first said in; for a known translation the language it was made from.
    pub language: Language,
}

/// What it rests on that people are called civilians or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusFrom {
    /// Words for it; or the claim says no status.
    #[default]
    Words,
    /// A profession ("a teacher"): it says what these people were, and nothing of others.
    Profession,
    /// A party that is held responsible, or claims the attack, calls whom it harmed no civilians: a position, not evidence
    /// (codebook §2).
    Position,
}

/// A person record of somebody harmed in the incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPerson<T = String> {
    /// The record.
    pub person: PersonId<T>,
    /// What was done to them; who died of wounds is killed.
    pub harm: Harm,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Age class, where known.
    pub age_class: Option<AgeClass>,
    /// Civilian or not, where words, age or kin say so.
    pub status: Option<Status>,
    /// The claims behind the record.
    pub claims: Vec<ClaimId<T>>,
    /// The lists that the claims stand in, sorted.
    pub lists: Vec<OnList<T>>,
    /// In which draws of the linking the record is the same person as another of this incident; none without doubt.
    pub doubt: Option<Doubt>,
}

/// A list that names a person, and what it says was done to them: one list's wounded may be another's dead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OnList<T = String> {
    /// The source's code, or of a document without a source its id.
    pub list: T,
    /// What it says itself; where it says nothing, what the record says.
    pub harm: Harm,
}

impl<T: AsRef<str> + Clone> NamedPerson<T> {
    /// The person as one list alone tells of them; none where it does not name them.
    fn as_told_by(&self, list: &str) -> Option<Self> {
        let own = self.lists.iter().find(|own| own.list.as_ref() == list)?;
        Some(Self { harm: own.harm, ..self.clone() })
    }
}

impl<T> NamedPerson<T> {
    /// Whether the class counts this person.
    pub fn is_of(&self, class: Class) -> bool {
        let child = matches!(self.age_class, Some(AgeClass::Child | AgeClass::Infant));
        let adult = matches!(self.age_class, Some(AgeClass::Adult | AgeClass::Older));
        match class {
            Class::Total => true,
            Class::Men => adult && self.sex == Some(Sex::M),
            Class::Women => adult && self.sex == Some(Sex::F),
            Class::Children => child,
            Class::Boys => child && self.sex == Some(Sex::M),
            Class::Girls => child && self.sex == Some(Sex::F),
            Class::Infants => self.age_class == Some(AgeClass::Infant),
            Class::OlderPersons => self.age_class == Some(AgeClass::Older),
            Class::PersonsUnspecified => false,
        }
    }

    /// Whether words, age or kin describe a civilian: said so, or a child with nothing against it.
    pub fn is_described_civilian(&self) -> bool {
        match self.status {
            Some(status) => status == Status::Civilian,
            None => self.is_of(Class::Children),
        }
    }

    /// Whether something says that the person was no civilian.
    pub fn is_against_civilian(&self) -> bool {
        matches!(self.status, Some(Status::Combatant | Status::HorsDeCombat))
    }
}

/// What people decided about the numbers of an incident. Two decisions on one number are conflicting until one
/// supersedes the other: hand over every head, and only heads.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Decisions<T = String> {
    /// Numbers.
    pub numbers: Vec<DecidedNumber<T>>,
    /// People whose status is disputed.
    pub disputed: Vec<Disputed>,
}

/// A number that somebody decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecidedNumber<T = String> {
    /// Killed, injured, …
    pub harm: Harm,
    /// Whom it counts.
    pub class: Class,
    /// None for the total free of status.
    pub status: Option<Status>,
    /// The number.
    #[serde(with = "compact::interval")]
    pub interval: Interval,
    /// Claims that it rests on.
    pub used: Vec<ClaimId<T>>,
    /// Claims that it rejects.
    pub rejected: Vec<ClaimId<T>>,
    /// Who.
    pub by: AccountId,
    /// When, as the log has it.
    pub at: String,
    /// Why.
    pub why: String,
}

/// People who may be civilians or not, by a decision with a reason (codebook §2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Disputed {
    /// Killed, injured, …
    pub harm: Harm,
    /// Of which class.
    pub class: Class,
    /// How many of them are disputed; [`Interval::UNKNOWN`] for all.
    #[serde(with = "compact::interval")]
    pub people: Interval,
    /// Who decided.
    pub by: AccountId,
    /// When, as the log has it.
    pub at: String,
    /// Why.
    pub why: String,
}
