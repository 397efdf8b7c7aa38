//! Claims of a release: what each says as far as protection allows, and the words it rests on.

use serde::Serialize;
use sijil_count::{RuleSet, StatusFrom};
use sijil_model::claim::{Casualty, PersonSaid, Stands};
use sijil_model::codebook::{Class, Harm, Identification, Status};
use sijil_model::{Basis, Claim, ClaimId, Content, Language, Modality, Polarity, Quantity, RuleId, Span};
use sijil_page::view::{Shown, Withheld};
use sijil_register::View;
use sijil_register::ask::ClaimRow;

use crate::documents::Document;
use crate::error::Result;
use crate::people::People;
use crate::policy::{Matter, Policy, Public, small};

/// A claim as it goes out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedClaim {
    /// Its name in the release.
    pub id: ClaimId,
    /// What kind of claim.
    pub kind: &'static str,
    /// The incident that it is about, by its name in the release.
    pub incident: Option<String>,
    /// The document, where that goes out.
    pub document: Option<String>,
    /// The number that it gives, as said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// What it says; none where that is withheld.
    pub content: Option<Content>,
    /// The words that it rests on.
    pub quotes: Vec<ReleasedQuote>,
    /// Why its words are not shown.
    pub withheld: Option<Withheld>,
    pub modality: Modality,
    pub polarity: Polarity,
    #[serde(flatten)]
    pub basis: Basis,
    /// Who speaks, as pages say it.
    #[serde(skip)]
    pub speaker: Option<Shown<String>>,
    /// The document as the register has it.
    #[serde(skip)]
    pub document_key: String,
}

/// Words that a claim rests on, and where they stand in the published text or list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReleasedQuote {
    /// Code points `[start, end)`, or a cell.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
}

/// A number as said: all that a recount needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Number {
    pub harm: Harm,
    pub class: Class,
    pub status: Option<Status>,
    pub status_from: StatusFrom,
    pub quantity: Quantity,
    pub stands: Stands,
    pub inferred: Option<RuleId>,
    pub language: Language,
}

/// What claims are sorted by.
pub(crate) struct Sorting<'a> {
    pub view: &'a View,
    pub policy: &'a Policy,
    pub people: &'a People,
    pub rules: &'a RuleSet,
}

impl Sorting<'_> {
    /// The name of a claim in the release.
    pub fn id(&self, claim: &str) -> Result<ClaimId> {
        Ok(ClaimId::new(self.policy.id('c', &[claim]).into_inner())?)
    }

    /// A claim as it goes out. `incident` is the name of a cleared incident, or none for a claim about many; of a number
    /// that is too small nothing is told.
    pub fn claim(
        &self,
        row: &ClaimRow,
        incident: Option<&str>,
        document: &Document,
        number: Option<Number>,
        small: bool,
    ) -> Result<ReleasedClaim> {
        let claim = &row.claim;
        let decided = if small { Err(Withheld::Living) } else { self.quotes(row, document) };
        let content = match (&decided, small) {
            (_, true) => None,
            (Ok(_), _) => self.content(claim)?,
            (Err(_), _) => without_words(&claim.content),
        };
        let (quotes, withheld) = match decided {
            Ok(quotes) => (quotes, None),
            Err(why) => (Vec::new(), Some(why)),
        };
        Ok(ReleasedClaim {
            id: self.id(claim.id.as_str())?,
            kind: claim.content.kind(),
            incident: incident.map(str::to_owned),
            document: document.allowed.is_ok().then(|| document.id.to_string()),
            number: if small { None } else { number },
            content,
            quotes,
            withheld,
            modality: claim.modality,
            polarity: claim.polarity,
            basis: claim.basis.clone(),
            // Who speaks is told no further than what they say.
            speaker: match withheld {
                Some(why) => claim.speaker.as_ref().map(|_| Shown::Withheld(why)),
                None => self.speaker(claim, document)?,
            },
            document_key: document.row.id.clone(),
        })
    }

    /// Whether a number of the living is too small to be shown by itself.
    pub fn is_small(&self, number: &Number) -> bool {
        let reading = self.rules.read(number.quantity, number.harm, number.language);
        small::is_small(number.harm, reading.interval)
    }

    fn quotes(
        &self,
        row: &ClaimRow,
        document: &Document,
    ) -> std::result::Result<Vec<ReleasedQuote>, Withheld> {
        document.allowed?;
        if let Content::Person(_) = &row.claim.content {
            let record = self.view.record_of(row.claim.id.as_str()).ok().flatten();
            let matter = record.map_or(Matter::NameOfLiving, |record| self.people.matter(&record));
            self.policy.allows(matter)?;
        }
        if let Content::Relation { other, .. } = &row.claim.content {
            self.policy.allows(self.kin(row.claim.about.as_ref(), other))?;
        }
        if let Some(why) =
            self.people.speakers.get(&row.claim.id).copied().or_else(|| self.people.why_speech_is_kept(row))
        {
            return Err(why);
        }
        let quoted = |quoted: &sijil_model::Quoted| {
            let (span, text) = document.quote(self.policy, quoted.span, &quoted.quote)?;
            Ok(ReleasedQuote { span, text })
        };
        row.claim.spans.iter().map(quoted).collect()
    }

    fn kin(&self, one: Option<&ClaimId>, other: &ClaimId) -> Matter {
        let is_public = |claim: &ClaimId| {
            let record = self.view.record_of(claim.as_str()).ok().flatten();
            record.is_some_and(|record| self.policy.allows(self.people.matter(&record)).is_ok())
        };
        if one.is_some_and(is_public) && is_public(other) { Matter::KinBothPublic } else { Matter::KinOther }
    }

    /// What a claim says whose words are shown: ids in it are those of the release.
    fn content(&self, claim: &Claim) -> Result<Option<Content>> {
        Ok(Some(match &claim.content {
            Content::Relation { relation, other } => {
                Content::Relation { relation: *relation, other: self.id(other.as_str())? }
            }
            Content::Time { time, .. } => Content::Time { time: time.clone(), time_of_day: None },
            // What else a list's row holds, numbers of identity cards among it, is nobody's business.
            Content::Person(said) => Content::Person(PersonSaid { listed: None, ..said.clone() }),
            other => other.clone(),
        }))
    }

    fn speaker(&self, claim: &Claim, document: &Document) -> Result<Option<Shown<String>>> {
        let Some(speaker) = &claim.speaker else { return Ok(None) };
        if let Some(why) = self.people.speakers.get(speaker) {
            return Ok(Some(Shown::Withheld(*why)));
        }
        let row = self.view.claim(speaker.as_str())?;
        let Content::Source(said) = row.claim.content else { return Ok(None) };
        let name = said.name.or(said.organisation);
        let kept = name.as_deref().and_then(|name| {
            let found = document.here.find(name).first().map(|(_, why)| *why);
            found.or_else(|| self.people.is_of_a_secret_source(name))
        });
        if let Some(why) = kept {
            return Ok(Some(Shown::Withheld(why)));
        }
        Ok(name.map(|name| {
            match self.policy.name(Matter::SourcePublic, &self.policy.typed(&name).into_inner()) {
                Shown::Open(name) => Shown::Open(Public::into_inner(name)),
                Shown::Withheld(why) => Shown::Withheld(why),
            }
        }))
    }
}

/// What of a claim may be told where its words may not: codes and numbers, no name, no place, no time.
fn without_words(content: &Content) -> Option<Content> {
    Some(match content.clone() {
        Content::Casualty(casualty) => {
            let count = sijil_model::Said { text: String::new(), ..casualty.count };
            Content::Casualty(Casualty { count, ..casualty })
        }
        Content::Incident { .. } => Content::Incident { strikes: None },
        Content::Source(said) => Content::Source(sijil_model::claim::SourceSaid {
            name: None,
            organisation: None,
            identification: Identification::UnnamedWithRole,
            ..said
        }),
        told @ (Content::Attribution { .. }
        | Content::Means { .. }
        | Content::Position { .. }
        | Content::Quote) => told,
        Content::Site { site, assertion, damage, .. } => {
            Content::Site { site, affiliation: None, assertion, damage, count: None }
        }
        _ => return None,
    })
}
