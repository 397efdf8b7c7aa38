//! The figures that a text quotes: how many, of whom, where and when, each as a question.

use std::collections::{BTreeMap, BTreeSet};

use sijil_count::{Question, RuleSet, Standing};
use sijil_extract::times_in;
use sijil_model::claim::{Aggregate, Stands};
use sijil_model::codebook::{AggregateKind, Class, Harm, PlaceRole, Status};
use sijil_model::date::Day;
use sijil_model::fold::{fold, western_digits};
use sijil_model::{
    ActorCode, Claim, ClaimId, Content, Edtf, Interval, Language, PlaceId, PlacePhrase, Polarity, Quoted,
    Said, TimeExpression,
};
use sijil_read::Part;
use sijil_register::results::PlacedLine;

use super::released::OwnPlaces;
use crate::failure::Failure;
use crate::stages::placing::{Answers, PartFacts};
use crate::stages::{Stages, coding, intake};

/// What joins two dates.
const JOINTS: [&str; 3] = ["and ", "و", ","];
/// How many words a date may have: «تشرين الأول 2031».
const DATE_WORDS: usize = 3;

/// A number of people in a text, and the question that it answers.
pub struct QuotedFigure {
    /// The words of the number.
    pub words: Quoted,
    /// The number, read under the rules in force.
    pub stated: Interval,
    /// Whether it is said to be approximate.
    pub approximate: bool,
    /// What it answers.
    pub question: Question,
}

/// The figures of a text, and how many numbers of people are no figures of its own: somebody else's words, or without a
/// place or time that is found.
pub struct Quotes {
    /// In the order of the text.
    pub figures: Vec<QuotedFigure>,
    /// Numbers left alone.
    pub left_alone: usize,
}

/// Reads the paragraphs of a text as reports are read, each by itself: what is counted in one is no event of another, and
/// neither is what a sentence counts that states its own time.
///
/// # Errors
/// A rule set that is not known.
pub fn quotes(
    (stages, own, scope): (&Stages, Option<&OwnPlaces>, &[String]),
    rules: &str,
    text: &str,
    part: &Part,
) -> Result<Quotes, Failure> {
    let (rules, document) = (RuleSet::named(rules)?, intake::document_id(text.as_bytes()));
    let mut quotes = Quotes { figures: Vec::new(), left_alone: 0 };
    let year = only_year(text);
    for stretch in paragraphs(text, part).iter().flat_map(|paragraph| stretches(text, paragraph)) {
        let coded = coding::part(stages, &document, text, 0, &stretch);
        let reader = Reader {
            own,
            scope,
            year,
            text: words_of(text, &stretch),
            ..Reader::of(stages, &rules, &coded, &stretch)
        };
        quotes.take(&reader, &coded.claims);
    }
    quotes.figures.sort_by_key(|figure| figure.words.span.pair());
    Ok(quotes)
}

impl Quotes {
    fn take(&mut self, reader: &Reader<'_>, claims: &[Claim]) {
        for claim in claims.iter().filter(|claim| is_number(claim)) {
            match reader.figure(claim) {
                Some(figure) => self.figures.push(figure),
                None => self.left_alone += 1,
            }
        }
    }
}

/// The words of a part of a text.
pub fn words_of<'t>(text: &'t str, part: &Part) -> &'t str {
    text.get(part.byte_start as usize..part.byte_end as usize).unwrap_or_default()
}

/// The stretches of a part between blank lines.
fn paragraphs(text: &str, part: &Part) -> Vec<Part> {
    let words = words_of(text, part);
    let mut paragraphs = Vec::new();
    let (mut at, mut byte) = (part.start, part.byte_start);
    for line in words.split_inclusive('\n') {
        let (end, byte_end) = (at + line.chars().count() as u32, byte + line.len() as u32);
        let here = Part { start: at, end, byte_start: byte, byte_end, ..part.clone() };
        match paragraphs.last_mut() {
            Some(Part { end: last, byte_end: last_byte, .. })
                if *last_byte == byte && !line.trim().is_empty() =>
            {
                (*last, *last_byte) = (end, byte_end);
            }
            _ if line.trim().is_empty() => {}
            _ => paragraphs.push(here),
        }
        (at, byte) = (end, byte_end);
    }
    paragraphs
}

/// The stretches of a paragraph that each state one time.
fn stretches(text: &str, paragraph: &Part) -> Vec<Part> {
    let words = words_of(text, paragraph);
    let (mut at, mut byte) = (paragraph.start, 0);
    let mut stretches = Vec::new();
    for turn in sijil_extract::turns_of_time(words).into_iter().chain([words.len()]) {
        let end = at + words[byte..turn].chars().count() as u32;
        let (byte_start, byte_end) = (paragraph.byte_start + byte as u32, paragraph.byte_start + turn as u32);
        stretches.push(Part { start: at, end, byte_start, byte_end, ..paragraph.clone() });
        (at, byte) = (end, turn);
    }
    stretches
}

/// The year of a text that names one only.
fn only_year(text: &str) -> Option<i16> {
    let western = western_digits(text);
    let numbers = western.split(|letter: char| !letter.is_ascii_digit()).filter(|word| word.len() == 4);
    let years: BTreeSet<i16> =
        numbers.filter_map(|word| word.parse().ok()).filter(|year| (1900..2100).contains(year)).collect();
    years.iter().next().copied().filter(|_| years.len() == 1)
}

/// The date that a text begins with, and where it ends.
fn leading_date(text: &str) -> Option<(Edtf, usize)> {
    let ends: Vec<usize> = text
        .split_inclusive(char::is_whitespace)
        .take(DATE_WORDS)
        .scan(0, |end, word| {
            *end += word.len();
            Some(*end)
        })
        .collect();
    // A month by its name alone is one after "in".
    let lead = if text.starts_with(|letter: char| letter.is_ascii()) { "in" } else { "في" };
    let date = |end: usize| match times_in(&format!("{lead} {}", text[..end].trim_end())).as_slice() {
        [(TimeExpression::Calendar(date), None)] => Some((date.clone(), end)),
        _ => None,
    };
    // Its first word or two are a date by themselves, so that no other word leads to it; more words, as far as they say more.
    let mut read = ends.iter().take(2).find_map(|end| date(*end))?;
    for (longer, end) in ends.iter().filter_map(|end| date(*end)) {
        if longer != read.0 {
            read = (longer, end);
        }
    }
    Some(read)
}

/// Whether a claim is a number of people that an author may have counted.
fn is_number(claim: &Claim) -> bool {
    let counted = |said: &Said| said.quantity.number().is_some();
    match &claim.content {
        Content::Casualty(said) => counted(&said.count) && claim.polarity == Polarity::Affirmed,
        Content::Aggregate(said) => {
            said.aggregate == AggregateKind::Total
                && said.harm.is_some()
                && said.count.as_ref().is_some_and(counted)
        }
        _ => false,
    }
}

/// The claims about each incident.
fn about(claims: &[Claim]) -> BTreeMap<&ClaimId, Vec<&Claim>> {
    let mut about: BTreeMap<&ClaimId, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        if let Some(subject) = &claim.about {
            about.entry(subject).or_default().push(claim);
        }
    }
    about
}

/// Where and when the claims of a text lead.
#[derive(Default)]
struct Leads {
    places: BTreeMap<String, Option<PlaceId>>,
    times: BTreeMap<ClaimId, Edtf>,
}

impl Leads {
    fn of(answers: Answers) -> Self {
        let mut found = Self::default();
        for line in answers.lines() {
            match line {
                PlacedLine::Where { claims, found: at } => {
                    let places = claims.into_iter().map(|claim| (claim.to_string(), at.place.place.clone()));
                    found.places.extend(places);
                }
                PlacedLine::When { claims, read } => {
                    let Some(day) = read.edtf else { continue };
                    found.times.extend(claims.into_iter().map(|claim| (claim, day.clone())));
                }
            }
        }
        found
    }
}

struct Reader<'a> {
    rules: &'a RuleSet,
    language: Language,
    claims: &'a [Claim],
    about: BTreeMap<&'a ClaimId, Vec<&'a Claim>>,
    found: Leads,
    /// The places of the release that figures are held against: it says what it means by a name.
    own: Option<&'a OwnPlaces>,
    /// The folded titles of figures of everywhere: a place that they name and nobody else knows is where they are of.
    scope: &'a [String],
    /// The words of the stretch.
    text: &'a str,
    /// The only year that the text names: that of its days without one.
    year: Option<i16>,
}

impl<'a> Reader<'a> {
    fn of(stages: &Stages, rules: &'a RuleSet, coded: &'a coding::CodedPart, part: &Part) -> Self {
        let facts = PartFacts {
            published: part.published.as_deref().and_then(|day| Edtf::new(day).ok()),
            country: part.country.clone(),
            is_post: false,
        };
        let mut answers = Answers::default();
        answers.add_part(stages, &coded.claims, &facts);
        Self {
            rules,
            language: coded.language,
            claims: &coded.claims,
            about: about(&coded.claims),
            found: Leads::of(answers),
            own: None,
            scope: &[],
            text: "",
            year: None,
        }
    }

    /// A number as a figure; none where it is another's, or where nothing says of where or when it is.
    fn figure(&self, claim: &Claim) -> Option<QuotedFigure> {
        if claim.speaker.is_some() {
            return None;
        }
        let (count, question) = match &claim.content {
            Content::Aggregate(said) => (said.count.as_ref()?, self.of_aggregate(claim, said)?),
            Content::Casualty(said) if matches!(said.stands, Stands::Alone | Stands::PartOf) => {
                (&said.count, self.of_incident(claim, (said.harm, said.class, said.status))?)
            }
            _ => return None,
        };
        if question.places.is_empty() && question.period.is_none() {
            return None;
        }
        let period = match question.period.clone() {
            Some(period) => Some(self.dated(period)?),
            None => None,
        };
        let question = Question { period, ..question };
        let reading = self.rules.read(count.quantity, question.harm, self.language);
        Some(QuotedFigure {
            words: claim.spans.first()?.clone(),
            stated: reading.interval,
            approximate: reading.approximate,
            question,
        })
    }

    /// The one time of some claims: "in September and October" is from the first to the last; none where they lie apart, since
    /// nobody can tell which is meant.
    fn joined(&self, times: &[&ClaimId]) -> Option<Edtf> {
        let mut found: Vec<Edtf> =
            times.iter().filter_map(|time| self.found.times.get(*time).cloned()).collect();
        let joined = found.first().map(|first| self.joined_to(first)).unwrap_or_default();
        found.extend(joined);
        let (first, rest) = found.split_first()?;
        if rest.iter().all(|other| other == first) {
            return Some(first.clone());
        }
        let dated: Option<Vec<Edtf>> = found.into_iter().map(|time| self.dated(time)).collect();
        let ends = |time: &Edtf| Some((time.bounds().earliest?, time.bounds().latest?));
        let mut ends: Vec<(Day, Day)> = dated?.iter().map(ends).collect::<Option<_>>()?;
        ends.sort_unstable();
        let (from, mut to) = *ends.first()?;
        for (next, last) in ends {
            if next > to.tomorrow().ok()? {
                return None;
            }
            to = to.max(last);
        }
        Edtf::new(&format!("{from}/{to}")).ok()
    }

    /// The dates that "and" joins to one: October 2031 in "September and October 2031", which is read as one date only.
    fn joined_to(&self, first: &Edtf) -> Vec<Edtf> {
        let starts = self.text.char_indices().filter(|(at, letter)| {
            letter.is_alphanumeric() && !self.text[..*at].ends_with(char::is_alphanumeric)
        });
        let found =
            starts.filter_map(|(at, _)| leading_date(&self.text[at..]).map(|(date, end)| (date, at + end)));
        let same = |date: &Edtf| date == first || self.dated(date.clone()) == self.dated(first.clone());
        let Some((_, end)) = found.into_iter().find(|(date, _)| same(date)) else { return Vec::new() };
        let mut rest = &self.text[end..];
        let mut dates = Vec::new();
        while let Some(next) = JOINTS.iter().find_map(|joint| rest.trim_start().strip_prefix(joint)) {
            let Some((date, end)) = leading_date(next.trim_start()) else { break };
            dates.push(date);
            rest = &next.trim_start()[end..];
        }
        dates
    }

    /// A period with its year; none where nobody says which: "between 3 and 12 November" is in no year of its own.
    fn dated(&self, period: Edtf) -> Option<Edtf> {
        if !period.as_str().contains("XXXX") {
            return Some(period);
        }
        Edtf::new(&period.as_str().replace("XXXX", &format!("{:04}", self.year?))).ok()
    }

    /// Whether another number of the same people is said of the same places: of "ten in Sahel and four in Nahr" nobody can
    /// tell here which is whose.
    fn is_shared(&self, claim: &Claim, counted: (Harm, Class, Option<Status>), places: &[PlaceId]) -> bool {
        let said = |other: &Claim| match &other.content {
            Content::Casualty(said) => Some((said.harm, said.class, said.status)),
            Content::Aggregate(said) => Some((said.harm?, said.class.unwrap_or(Class::Total), said.status)),
            _ => None,
        };
        let is_other = |other: &&Claim| other.id != claim.id && other.about == claim.about;
        let same = |other: &Claim| said(other) == Some(counted) && is_number(other);
        places.len() > 1 && self.claims.iter().filter(is_other).any(same)
    }

    /// All of these places, or none where one is not found; each with the name of its claim's answer.
    fn all<'p>(&self, phrases: impl Iterator<Item = (String, &'p PlacePhrase)>) -> Option<Vec<PlaceId>> {
        let own = |phrase: &PlacePhrase| self.own?.get(&fold(&phrase.name))?.clone();
        let found = |key: &String| self.found.places.get(key)?.clone();
        let of_scope =
            |phrase: &PlacePhrase| self.scope.iter().any(|title| title.contains(&fold(&phrase.name)));
        phrases
            .map(|(key, phrase)| {
                // The country that a release's titles name may be called like a town elsewhere in the world.
                let named_in_titles = self.own.is_some() && of_scope(phrase);
                (own(phrase).or_else(|| found(&key).filter(|_| !named_in_titles)), phrase)
            })
            .filter(|(place, phrase)| place.is_some() || !of_scope(phrase))
            .map(|(place, _)| place)
            .collect()
    }

    fn of_aggregate(&self, claim: &Claim, said: &Aggregate) -> Option<Question> {
        let period = match &said.period {
            Some(_) => Some(self.joined(&[&claim.id])?),
            None => None,
        };
        let places = said.places.iter().enumerate();
        let places = self.all(places.map(|(number, place)| (format!("{}:{number}", claim.id), place)))?;
        let counted = (said.harm?, said.class.unwrap_or(Class::Total), said.status);
        if self.is_shared(claim, counted, &places) {
            return None;
        }
        let question = self.question(counted, places, period, said.actors.clone());
        Some(Question { means: said.means, ..question })
    }

    fn of_incident(&self, claim: &Claim, counted: (Harm, Class, Option<Status>)) -> Option<Question> {
        let about = self.about.get(claim.about.as_ref()?)?;
        let primary = about.iter().filter_map(|other| match &other.content {
            Content::Place(phrase) if phrase.role == PlaceRole::Primary => {
                Some((other.id.to_string(), phrase))
            }
            _ => None,
        });
        let places = self.all(primary)?;
        if self.is_shared(claim, counted, &places) {
            return None;
        }
        let times = about.iter().filter(|other| matches!(other.content, Content::Time { .. }));
        let times: Vec<&ClaimId> = times.map(|time| &time.id).collect();
        let period = if times.is_empty() { None } else { Some(self.joined(&times)?) };
        let actors = about.iter().filter_map(|other| match &other.content {
            Content::Attribution { actor, .. } if other.polarity == Polarity::Affirmed => Some(actor.clone()),
            _ => None,
        });
        Some(self.question(counted, places, period, actors.collect()))
    }

    fn question(
        &self,
        (harm, class, status): (Harm, Class, Option<Status>),
        mut places: Vec<PlaceId>,
        period: Option<Edtf>,
        mut actors: Vec<ActorCode>,
    ) -> Question {
        places.sort_unstable();
        places.dedup();
        actors.sort_unstable();
        actors.dedup();
        let status = status.and_then(|status| match status {
            Status::Civilian => Some(Standing::Civilian),
            Status::Combatant => Some(Standing::Combatant),
            _ => None,
        });
        Question {
            harm,
            class,
            status,
            actors,
            places,
            period,
            rules: self.rules.id().to_owned(),
            ..Question::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_from_the_start_of_a_text() {
        let read =
            |text: &str| leading_date(text).map(|(date, end)| (date.to_string(), text[end..].to_owned()));
        let date = |date: &str, rest: &str| Some((date.to_owned(), rest.to_owned()));
        assert_eq!(read("October 2031 in Nahr"), date("2031-10", "in Nahr"));
        assert_eq!(read("تشرين الأول 2031."), date("2031-10", ""));
        assert_eq!(read("shelling in October"), None);
    }
}
