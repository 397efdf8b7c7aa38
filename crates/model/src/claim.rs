//! Claims: one thing that a document says, with the words it rests on.
//!
//! A claim keeps numbers and dates as said; what they come to is read later under a rule set. It is immutable:
//! whoever disagrees decides or rejects, and the claim stays.

mod aggregate;
mod person;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::codebook::{
    AttributionStatus, Class, Coded, Combination, CountUnit, Damage, Harm, Identification, Means,
    ModalityCode, OtherHarm, PartyPosition, RelationKind, ReleaseLevel, Role, SiteAssertion, SiteKind,
    SourceKind, Status, TimeOfDay,
};
use crate::{ActorCode, ClaimId, DocumentId, PlacePhrase, Quoted, RuleId, Said, Span, TimeExpression};

pub use aggregate::{Aggregate, YearFromElsewhere};
pub use person::{Known, ListedDetails, PersonSaid};

/// How a document says something: see [`ModalityCode`].
pub type Modality = ModalityCode;

/// Whether something is said to be so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It is so.
    #[default]
    Affirmed,
    /// It is not so.
    Denied,
    /// The absence itself is asserted: "free of military headquarters".
    AssertedAbsence,
}

impl Polarity {
    /// Whether it is said to be so.
    pub fn is_affirmed(&self) -> bool {
        *self == Polarity::Affirmed
    }
}

/// What a value rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "basis", content = "rule", rename_all = "snake_case")]
pub enum Basis {
    /// The document says it.
    Stated,
    /// A rule concluded it, and its name is here.
    Inferred(RuleId),
    /// A person chose it.
    Decided,
    /// A statistical procedure filled it in.
    Imputed,
}

impl Basis {
    /// An inference by the rule of this name; rule names are lower-case words joined by `-`.
    pub fn inferred(rule: &str) -> Self {
        RuleId::new(rule).map_or(Basis::Stated, Basis::Inferred)
    }

    /// `stated`, `inferred`, `decided` or `imputed`.
    pub fn code(&self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Inferred(_) => "inferred",
            Basis::Decided => "decided",
            Basis::Imputed => "imputed",
        }
    }

    /// The rule, where one concluded the value.
    pub fn rule(&self) -> Option<&RuleId> {
        match self {
            Basis::Inferred(rule) => Some(rule),
            _ => None,
        }
    }
}

/// One thing that a document says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// From its anchor: see [`claim_id`].
    pub id: ClaimId,
    /// The document that says it.
    pub document: DocumentId,
    /// The words it rests on, trigger first; never empty.
    pub spans: Vec<Quoted>,
    /// The incident, person or aggregate claim of the same document that this one is about.
    pub about: Option<ClaimId>,
    /// What is said.
    #[serde(flatten)]
    pub content: Content,
    /// Whether it is said to be so.
    #[serde(default, skip_serializing_if = "Polarity::is_affirmed")]
    pub polarity: Polarity,
    /// How it is said.
    pub modality: Modality,
    /// The source claim of the same document whose words these are; none is the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<ClaimId>,
    /// What it rests on.
    #[serde(flatten)]
    pub basis: Basis,
}

/// What a claim says, by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Content {
    /// That something happened at one moment in space and time in which harm was alleged.
    Incident {
        /// How many strikes, where said.
        strikes: Option<Said>,
    },
    /// How many people were harmed in the incident it is about.
    Casualty(Casualty),
    /// One human being, named or not.
    Person(PersonSaid),
    /// How two people are related: the person it is about *is `relation`* of `other`.
    Relation {
        /// `mother_of`, `child_of`, …
        relation: RelationKind,
        /// The other person's claim.
        other: ClaimId,
    },
    /// A kin group that is named but whose members are not ("the Talyoush family"); never expanded into people.
    KinGroup {
        /// The family's name.
        name: String,
    },
    /// When the incident or aggregate happened, or the document was published.
    Time {
        /// As said.
        time: TimeExpression,
        /// Part of the day, where said.
        time_of_day: Option<TimeOfDay>,
    },
    /// Where.
    Place(PlacePhrase),
    /// Who did it.
    Attribution {
        /// The party.
        actor: ActorCode,
        /// How sure.
        status: AttributionStatus,
        /// With whom.
        combination: Combination,
    },
    /// With what.
    Means {
        /// The code that the words carry, and no finer.
        means: Means,
    },
    /// What was hit.
    Site {
        /// What it is.
        site: SiteKind,
        /// Whose it is: `civilian`, an actor, or not known.
        affiliation: Option<String>,
        /// Military or free of that.
        assertion: SiteAssertion,
        /// How badly damaged.
        damage: Damage,
        /// How many, where said.
        count: Option<Said>,
    },
    /// Harm other than to bodies, in one incident.
    OtherHarm {
        /// Which.
        harm: OtherHarm,
        /// What is counted.
        unit: CountUnit,
        /// How many, where said.
        count: Option<Said>,
    },
    /// What a party says of itself or of its target.
    Position {
        /// Whose position.
        holder: ActorCode,
        /// Which kind.
        position: PartyPosition,
    },
    /// A claim about many incidents at once; never added to incidents.
    Aggregate(Aggregate),
    /// Who speaks.
    Source(SourceSaid),
    /// Words given as somebody's own.
    Quote,
}

/// How many people, as said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Casualty {
    /// Killed, injured, …
    pub harm: Harm,
    /// Whom the number counts.
    pub class: Class,
    /// Civilian or not, where the words, an age or kin say so; none is the total free of status.
    pub status: Option<Status>,
    /// What they did, where said.
    pub role: Option<Role>,
    /// How many, as said; the number of `spans` people where the claim is the sum of its parts.
    pub count: Said,
    /// How the number stands to the others of its incident.
    pub stands: Stands,
}

/// How a number stands to the other numbers of its incident in the same document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// Beside them: the incident's toll, or the toll of a class.
    Alone,
    /// Within another number ("including three children", بينهم): never added.
    PartOf,
    /// Besides another number of the same harm ("10 people and two others"): added to it.
    Besides,
    /// Nobody can tell whether it lies within or besides ("10 people and many civilian casualties").
    OverlapUnknown,
    /// A superseded toll in the same text ("rises to 14, up from 10").
    Superseded,
}

/// A source as said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceSaid {
    /// Name, where one is printed.
    pub name: Option<String>,
    /// What kind of source.
    pub source: SourceKind,
    /// The organisation they speak for.
    pub organisation: Option<String>,
    /// Named, unnamed with a role, …
    pub identification: Identification,
    /// How far the name may go; reporters and witnesses are [`ReleaseLevel::NamedKeys`] whatever was printed.
    pub release_level: ReleaseLevel,
}

impl Content {
    /// The kind's name: `incident`, `casualty`, …
    pub fn kind(&self) -> &'static str {
        match self {
            Content::Incident { .. } => "incident",
            Content::Casualty(_) => "casualty",
            Content::Person(_) => "person",
            Content::Relation { .. } => "relation",
            Content::KinGroup { .. } => "kin_group",
            Content::Time { .. } => "time",
            Content::Place(_) => "place",
            Content::Attribution { .. } => "attribution",
            Content::Means { .. } => "means",
            Content::Site { .. } => "site",
            Content::OtherHarm { .. } => "other_harm",
            Content::Position { .. } => "position",
            Content::Aggregate(_) => "aggregate",
            Content::Source(_) => "source",
            Content::Quote => "quote",
        }
    }

    /// What is said, apart from how many: with the anchor it names the claim.
    pub fn predicate(&self) -> String {
        match self {
            Content::Casualty(c) => {
                let status = c.status.map_or("any", Coded::code);
                format!("{}/{}/{status}", c.harm.code(), c.class.code())
            }
            Content::Person(p) => p.fate.map_or("named", Coded::code).to_owned(),
            Content::Relation { relation, other } => format!("{}/{other}", relation.code()),
            Content::Attribution { actor, status, .. } => format!("{actor}/{}", status.code()),
            Content::Means { means } => means.code().to_owned(),
            Content::Site { site, assertion, .. } => format!("{}/{}", site.code(), assertion.code()),
            Content::OtherHarm { harm, .. } => harm.code().to_owned(),
            Content::Position { holder, position } => format!("{holder}/{}", position.code()),
            Content::Aggregate(a) => {
                let harm = a.harm.map(Coded::code).or(a.other_harm.map(Coded::code)).unwrap_or("any");
                format!("{}/{harm}", a.aggregate.code())
            }
            Content::Place(p) => p.role.code().to_owned(),
            Content::Incident { .. }
            | Content::KinGroup { .. }
            | Content::Time { .. }
            | Content::Source(_)
            | Content::Quote => String::new(),
        }
    }

    /// The form of the quantity, where the claim has one.
    pub fn quantity_form(&self) -> &'static str {
        match self {
            Content::Casualty(c) => c.count.quantity.form(),
            Content::Aggregate(a) => a.count.as_ref().map_or("", |count| count.quantity.form()),
            Content::OtherHarm { count: Some(count), .. } | Content::Site { count: Some(count), .. } => {
                count.quantity.form()
            }
            _ => "",
        }
    }
}

/// A claim's id: `c` and 128 bits of the SHA-256 over document, spans (in bytes, or row and column), kind,
/// predicate and quantity form.
///
/// No version of an extractor, no interval and no ordinal is in it, so a better extractor that reads the same words
/// as the same thing gives the same claim, and the judgements on it stay.
pub fn claim_id(document: &DocumentId, spans: &[Quoted], content: &Content) -> ClaimId {
    let mut hash = Sha256::new();
    hash.update(document.as_str());
    for said in spans {
        match said.span {
            Span::Text { byte_start, byte_end, .. } => hash.update(format!("\n{byte_start}-{byte_end}")),
            Span::Cell { row, column } => hash.update(format!("\nr{row}c{}", column.map_or(-1, i32::from))),
        }
    }
    hash.update(format!("\n{}\n{}\n{}", content.kind(), content.predicate(), content.quantity_form()));
    let digest = hex::encode(&hash.finalize()[..16]);
    match ClaimId::new(format!("c{digest}")) {
        Ok(id) => id,
        Err(_) => unreachable!("a letter and 32 hexadecimal digits are an id"),
    }
}

impl Claim {
    /// A claim of the author's, asserted and stated, with the id of its anchor.
    pub fn new(document: &DocumentId, spans: Vec<Quoted>, content: Content) -> Self {
        Self {
            id: claim_id(document, &spans, &content),
            document: document.clone(),
            spans,
            about: None,
            content,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            speaker: None,
            basis: Basis::Stated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Quantity;
    use crate::codebook::{Fate, Sex};

    fn document() -> DocumentId {
        DocumentId::new("d".repeat(64)).unwrap()
    }

    fn casualty(quantity: Quantity, modality: Modality) -> Claim {
        let text = "ten people were killed";
        let spans = vec![Quoted { span: Span::of_bytes(text, 0..10).unwrap(), quote: text[0..10].into() }];
        let content = Content::Casualty(Casualty {
            harm: Harm::Killed,
            class: Class::Total,
            status: None,
            role: None,
            count: Said { quantity, text: "ten".into() },
            stands: Stands::Alone,
        });
        Claim { modality, ..Claim::new(&document(), spans, content) }
    }

    #[test]
    fn the_id_is_the_anchor_and_what_is_said() {
        let ten = casualty(Quantity::Exact { n: 10 }, Modality::Asserted);
        assert_eq!(ten.id, casualty(Quantity::Exact { n: 10 }, Modality::Reported).id);
        assert_ne!(ten.id, casualty(Quantity::AtLeast { n: 10 }, Modality::Asserted).id);
    }

    #[test]
    fn a_place_has_a_kind_of_its_own() {
        let phrase = crate::PlacePhrase {
            text: "Tell Zaytun city".into(),
            name: "Tell Zaytun".into(),
            kind: crate::codebook::PlacePrecision::City,
            within: vec!["Jabal".into()],
            role: crate::codebook::PlaceRole::Primary,
        };
        let claim = Claim::new(
            &document(),
            casualty(Quantity::Dual, Modality::Asserted).spans,
            Content::Place(phrase),
        );
        let json = serde_json::to_string(&claim).unwrap();
        assert_eq!(serde_json::from_str::<Claim>(&json).unwrap(), claim);
    }

    #[test]
    fn a_claim_survives_json() {
        let claim = casualty(Quantity::Dozens, Modality::Reported);
        let json = serde_json::to_string(&claim).unwrap();
        assert_eq!(serde_json::from_str::<Claim>(&json).unwrap(), claim);
        let person = Claim {
            basis: Basis::inferred("sum-of-parts"),
            ..Claim::new(
                &document(),
                claim.spans,
                Content::Person(PersonSaid {
                    name: None,
                    name_as_printed: None,
                    sex: Some(Known::inferred(Sex::F, "kin-word")),
                    age: None,
                    age_months: None,
                    age_class: None,
                    fate: Some(Fate::Killed),
                    status: None,
                    role: None,
                    listed: None,
                }),
            )
        };
        let json = serde_json::to_string(&person).unwrap();
        assert_eq!(serde_json::from_str::<Claim>(&json).unwrap(), person);
    }
}
