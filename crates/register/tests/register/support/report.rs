//! Made-up reports, with the claims that an extractor would find in them.

use sijil_model::claim::{Aggregate, Casualty, Known, PersonSaid, Stands};
use sijil_model::codebook::{
    AgeClass, AggregateKind, Class, CountUnit, Fate, Harm, PlacePrecision, PlaceRole, Sex, Status,
};
use sijil_model::{
    Basis, Claim, ClaimId, Content, DocumentId, Edtf, PlacePhrase, Quantity, Quoted, Said, SourceId, Span,
    TimeExpression,
};
use sijil_register::event::{DocumentAdded, Form, TextRead};
use sijil_register::results::{ExtractedLine, StoredClaim};
use sijil_register::{Event, Result, Writing};

use super::document_id;

/// A report and what is claimed in it.
#[derive(Clone)]
pub struct Report {
    pub text: String,
    pub document: DocumentId,
    pub claims: Vec<Claim>,
    pub name: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub language: &'static str,
}

impl Report {
    pub fn new(text: &str) -> Self {
        let arabic = text.chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter));
        Self {
            text: text.to_owned(),
            document: document_id(text.as_bytes()),
            claims: Vec::new(),
            name: None,
            published: None,
            source: None,
            language: if arabic { "ar" } else { "en" },
        }
    }

    pub fn published(mut self, day: &str) -> Self {
        self.published = Some(day.to_owned());
        self
    }

    pub fn from(mut self, source: &str) -> Self {
        self.source = Some(source.to_owned());
        self
    }

    /// The first place in the text where these words stand.
    #[track_caller]
    pub fn words(&self, words: &str) -> Quoted {
        let at = self.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in `{}`", self.text));
        Quoted { span: Span::of_bytes(&self.text, at..at + words.len()).unwrap(), quote: words.to_owned() }
    }

    pub fn claim(&mut self, words: &[&str], about: Option<&ClaimId>, content: Content) -> ClaimId {
        let spans = words.iter().map(|words| self.words(words)).collect();
        let claim = Claim { about: about.cloned(), ..Claim::new(&self.document, spans, content) };
        let id = claim.id.clone();
        self.claims.push(claim);
        id
    }

    pub fn incident(&mut self, words: &str) -> ClaimId {
        self.claim(&[words], None, Content::Incident { strikes: None })
    }

    pub fn killed(&mut self, words: &str, n: u64, about: &ClaimId) -> ClaimId {
        self.claim(&[words], Some(about), casualty(Class::Total, None, Quantity::Exact { n }, words))
    }

    /// A number that a rule concluded from the words of others.
    pub fn inferred(
        &mut self,
        words: &[&str],
        status: Option<Status>,
        about: &ClaimId,
        rule: &str,
    ) -> ClaimId {
        let n = words.len() as u64;
        let id =
            self.claim(words, Some(about), casualty(Class::Total, status, Quantity::Exact { n }, words[0]));
        self.claims.last_mut().unwrap().basis = Basis::inferred(rule);
        id
    }

    pub fn person(&mut self, name: &str, about: Option<&ClaimId>) -> ClaimId {
        let said = PersonSaid {
            name: Some(name.to_owned()),
            name_as_printed: None,
            sex: Some(Known::stated(Sex::F)),
            age: Some(30),
            age_months: None,
            age_class: Some(Known::inferred(AgeClass::Adult, "age")),
            fate: Some(Fate::Killed),
            status: None,
            role: None,
            listed: None,
        };
        self.claim(&[name], about, Content::Person(said))
    }

    pub fn place(&mut self, words: &str, about: &ClaimId) -> ClaimId {
        let phrase = PlacePhrase {
            text: words.to_owned(),
            name: words.to_owned(),
            kind: PlacePrecision::Town,
            within: Vec::new(),
            role: PlaceRole::Primary,
        };
        self.claim(&[words], Some(about), Content::Place(phrase))
    }

    pub fn time(&mut self, words: &str, day: &str, about: &ClaimId) -> ClaimId {
        let time = TimeExpression::Calendar(Edtf::new(day).unwrap());
        self.claim(&[words], Some(about), Content::Time { time, time_of_day: None })
    }

    pub fn aggregate(&mut self, words: &str, n: u64) -> ClaimId {
        let aggregate = Aggregate {
            aggregate: AggregateKind::Total,
            harm: Some(Harm::Killed),
            other_harm: None,
            class: Some(Class::Total),
            status: None,
            unit: CountUnit::Persons,
            count: Some(Said { quantity: Quantity::Exact { n }, text: words.to_owned() }),
            of: None,
            means: None,
            period: None,
            period_year: None,
            places: Vec::new(),
            actors: Vec::new(),
            compared_with: None,
        };
        self.claim(&[words], None, Content::Aggregate(aggregate))
    }

    /// The same report without a claim: what another version of the extractor does not see.
    pub fn without(&self, claim: &ClaimId) -> Self {
        let mut other = self.clone();
        other.claims.retain(|held| held.id != *claim);
        other
    }

    /// The same report with a claim said differently on the same words.
    pub fn with(&self, claim: &ClaimId, change: impl Fn(&mut Claim)) -> Self {
        let mut other = self.clone();
        change(other.claims.iter_mut().find(|held| held.id == *claim).unwrap());
        other
    }

    /// Appends the document and its text.
    pub fn arrive(&self, writing: &mut Writing<'_, '_>) -> Result<()> {
        let blob = writing.keep(self.text.as_bytes())?;
        writing.say(Event::DocumentAdded(DocumentAdded {
            document: self.document.clone(),
            name: self.name.clone(),
            media_type: "text/plain".into(),
            size: self.text.len() as u64,
            source: self.source.clone().map(|source| SourceId::new(source).unwrap()),
            published: self.published.clone(),
            container: None,
        }))?;
        writing.say(Event::TextRead(TextRead {
            document: self.document.clone(),
            text: blob,
            form: Form::Text,
            reader: "plain".into(),
            version: "1".into(),
            layout_derived: false,
            parts: None,
            language: Some(self.language.into()),
            repost_key: None,
            length: self.text.chars().count() as u64,
            bytes: self.text.len() as u64,
        }))?;
        Ok(())
    }

    pub fn line(&self) -> ExtractedLine {
        let claims = self.claims.iter().cloned().map(StoredClaim::from).collect();
        ExtractedLine { document: self.document.clone(), part: 0, claims }
    }
}

/// The usual report: a strike on a town, a toll, a day.
pub struct Strike {
    pub report: Report,
    pub incident: ClaimId,
    pub toll: ClaimId,
    pub place: ClaimId,
    pub time: ClaimId,
}

pub fn strike(number: u64, killed: u64) -> Strike {
    let mut report = Report::new(&format!(
        "Report {number}: on 5 November a strike hit Tell Zaytun, {killed} people were killed."
    ));
    let incident = report.incident("a strike");
    let toll = report.killed(&format!("{killed} people"), killed, &incident);
    let place = report.place("Tell Zaytun", &incident);
    let time = report.time("5 November", "2015-11-05", &incident);
    Strike { report, incident, toll, place, time }
}

pub fn casualty(class: Class, status: Option<Status>, quantity: Quantity, words: &str) -> Content {
    Content::Casualty(Casualty {
        harm: Harm::Killed,
        class,
        status,
        role: None,
        count: Said { quantity, text: words.to_owned() },
        stands: Stands::Alone,
    })
}
