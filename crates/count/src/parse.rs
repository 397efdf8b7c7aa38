//! From the words of a command line to a [`Question`]; errors say what was understood and what to write instead.
//!
//! Codes are accepted, and their labels in English and Arabic. Places come as ids: the program looks them up in its
//! gazetteer, and asks where a name is two places.

use sijil_model::codebook::Class;
use sijil_model::date::Edtf;
use sijil_model::fold::{fold, western_digits};
use sijil_model::{Actor, ActorCode, Coded, Language, PlaceId};

use crate::error::CountError;
use crate::question::{By, GradingAsked, Question, Standing, Undated};
use crate::rules::RuleSet;

/// The parts of a question as a person wrote them.
#[derive(Debug, Clone, Default)]
pub struct Words<'a> {
    /// `--harm`
    pub harm: Option<&'a str>,
    /// `--class`
    pub class: Option<&'a str>,
    /// `--status`
    pub status: Option<&'a str>,
    /// `--actor`, each
    pub actors: Vec<&'a str>,
    /// `--place`, each, as found
    pub places: Vec<PlaceId>,
    /// `--period`
    pub period: Option<&'a str>,
    /// `--grading`
    pub grading: Option<&'a str>,
    /// `--by`, separated by commas
    pub by: Option<&'a str>,
    /// `--rules`
    pub rules: Option<&'a str>,
    /// `--undated`
    pub undated: Option<&'a str>,
    /// `--means`
    pub means: Option<&'a str>,
    /// `--site`
    pub site: Option<&'a str>,
    /// `--per`
    pub per: Option<&'a str>,
}

impl Question {
    /// Reads the words of a question and checks that it can be answered. `actors` are those that the register knows.
    pub fn parse(words: &Words<'_>, actors: &[Actor]) -> Result<Question, CountError> {
        let rules = RuleSet::named(words.rules.unwrap_or("open"))?;
        let default = Question::default();
        let question = Question {
            harm: code("the harm", words.harm)?.unwrap_or(default.harm),
            class: code("the class", words.class)?.unwrap_or(default.class),
            status: words.status.map(standing).transpose()?,
            actors: words.actors.iter().map(|text| actor(text, actors)).collect::<Result<_, _>>()?,
            places: words.places.clone(),
            period: words.period.map(period).transpose()?,
            grading: words.grading.map(GradingAsked::parse).transpose()?,
            by: words.by.map(breakdown).transpose()?.unwrap_or_default(),
            rules: rules.id().to_owned(),
            undated: words.undated.map(undated).transpose()?.unwrap_or_default(),
            means: code("the means", words.means)?,
            site: code("the site", words.site)?,
            per: words.per.map(rate_of).transpose()?,
        };
        question.check(&rules)?;
        Ok(question)
    }
}

/// A code of the codebook, by its code or a label.
fn code<T: Coded>(part: &'static str, text: Option<&str>) -> Result<Option<T>, CountError> {
    let Some(text) = text else { return Ok(None) };
    let said = fold(text);
    let names = |value: T| {
        value.code() == text.trim()
            || Language::ALL.iter().any(|language| fold(value.label(*language)) == said)
    };
    match T::ALL.iter().copied().find(|value| names(*value)) {
        Some(value) => Ok(Some(value)),
        None => Err(not_understood(part, text, T::ALL.iter().map(|value| value.code()))),
    }
}

/// Of whom a rate is: a class, or `people` for everybody.
///
/// # Errors
/// Words that are neither.
pub fn rate_of(text: &str) -> Result<Class, CountError> {
    if matches!(fold(text).as_str(), "people" | "persons" | "اشخاص" | "شخص") {
        return Ok(Class::Total);
    }
    Ok(code("whom the rate is of", Some(text))?.unwrap_or(Class::Total))
}

fn standing(text: &str) -> Result<Standing, CountError> {
    let said = fold(text);
    let found = Standing::ALL.into_iter().find(|s| {
        s.code() == text.trim() || Language::ALL.iter().any(|language| fold(s.label(*language)) == said)
    });
    found.ok_or_else(|| not_understood("the status", text, Standing::ALL.into_iter().map(Standing::code)))
}

fn undated(text: &str) -> Result<Undated, CountError> {
    match text.trim() {
        "separate" => Ok(Undated::Separate),
        "include" => Ok(Undated::Include),
        "exclude" => Ok(Undated::Exclude),
        _ => Err(not_understood("--undated", text, ["separate", "include", "exclude"])),
    }
}

fn breakdown(text: &str) -> Result<Vec<By>, CountError> {
    let mut by = Vec::new();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let found = By::ALL.into_iter().find(|by| by.code() == word || by.label(Language::Ar) == word);
        let found =
            found.ok_or_else(|| not_understood("the breakdown", word, By::ALL.into_iter().map(By::code)))?;
        if !by.contains(&found) {
            by.push(found);
        }
    }
    Ok(by)
}

fn actor(text: &str, actors: &[Actor]) -> Result<ActorCode, CountError> {
    let said = fold(text);
    let names = |actor: &Actor| {
        let words =
            actor.aliases_en.iter().chain(&actor.aliases_ar).chain([&actor.label_en, &actor.label_ar]);
        actor.code.as_str() == text.trim() || words.into_iter().any(|word| fold(word) == said)
    };
    if let Some(found) = actors.iter().find(|actor| names(actor)) {
        return Ok(found.code.clone());
    }
    let near = actors.iter().map(|actor| actor.code.as_str()).min_by_key(|code| distance(code, &said));
    let instead = match near {
        Some(code) if distance(code, &said) <= 1 + code.chars().count() / 3 => {
            format!("did you mean {code}?")
        }
        Some(_) => format!(
            "write one of: {}",
            actors.iter().map(|actor| actor.code.as_str()).collect::<Vec<_>>().join(", ")
        ),
        None => "it knows none yet".to_owned(),
    };
    Err(CountError::UnknownActor { text: text.to_owned(), instead })
}

/// A period. Digits may be those of an Arabic keyboard: ٢٠٣١-١٠ is 2031-10.
///
/// # Errors
/// What is no date, has no year, or ends before it begins.
pub fn period(text: &str) -> Result<Edtf, CountError> {
    let text: &str = &western_digits(text.trim());
    let error = |instead: &str| CountError::NotUnderstood {
        part: "the period",
        text: text.to_owned(),
        instead: instead.to_owned(),
    };
    const FORMS: &str = "a day, month or year such as 2031-10-05, 2031-10 or 2031, a range such as 2031-09-30/2031-11-25, or an open one such as 2031-09/..";
    if let Some((first, last)) = text.split_once('/')
        && let (Ok(from), Ok(to)) = (Edtf::new(first), Edtf::new(last))
        && let (Some(start), Some(end)) = (from.bounds().earliest, to.bounds().latest)
        && start > end
    {
        return Err(CountError::BackwardsPeriod {
            text: text.to_owned(),
            instead: format!("{last}/{first}"),
        });
    }
    let edtf = Edtf::new(text).map_err(|_| error(FORMS))?;
    let without_year = text.split('/').any(|end| end.starts_with("XXXX"));
    let bounds = edtf.bounds();
    if without_year || (bounds.earliest.is_none() && bounds.latest.is_none()) {
        return Err(error("it with its year: without one it is no period"));
    }
    Ok(edtf)
}

fn not_understood<'a>(
    part: &'static str,
    text: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> CountError {
    let known: Vec<&str> = known.into_iter().collect();
    CountError::NotUnderstood {
        part,
        text: text.to_owned(),
        instead: format!("one of: {}", known.join(", ")),
    }
}

/// How many letters to change, add or drop (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijil_model::actor::known_actors;
    use sijil_model::codebook::{Harm, Means};

    fn asked(words: &Words<'_>) -> Result<Question, String> {
        Question::parse(words, &known_actors()).map_err(|error| error.to_string())
    }

    #[test]
    fn words_in_both_languages() {
        let words = Words {
            harm: Some("killed"),
            class: Some("أطفال"),
            status: Some("civilian-described"),
            actors: vec!["روسيا", "islamic_state"],
            by: Some("governorate, month"),
            means: Some("air"),
            period: Some("2031-09-30/2031-11-25"),
            ..Words::default()
        };
        let question = asked(&words).unwrap();
        assert_eq!(
            (question.harm, question.class, question.means),
            (Harm::Killed, Class::Children, Some(Means::Air))
        );
        assert_eq!(question.actors[0].as_str(), "russia");
        assert_eq!(question.by, [By::Governorate, By::Month]);
    }

    #[test]
    fn bad_words_say_what_to_write_instead() {
        let wrong = |words: Words<'_>, expected: &str| {
            let error = asked(&words).unwrap_err();
            assert!(error.contains(expected), "{error}");
        };
        wrong(Words { harm: Some("kiled"), ..Words::default() }, "one of: killed, injured");
        wrong(
            Words { period: Some("2031-11-25/2031-09-30"), ..Words::default() },
            "write 2031-09-30/2031-11-25",
        );
        let arabic = Words { period: Some("٢٠٣١-١٠"), ..Words::default() };
        let asked = Question::parse(&arabic, &[]).unwrap();
        assert_eq!(asked.period.map(|period| period.to_string()), Some("2031-10".to_owned()));
        wrong(Words { period: Some("XXXX-09-30"), ..Words::default() }, "with its year");
        wrong(Words { period: Some("last autumn"), ..Words::default() }, "2031-10-05");
        wrong(Words { actors: vec!["rusia"], ..Words::default() }, "did you mean russia?");
        wrong(Words { actors: vec!["nobody at all"], ..Words::default() }, "write one of: ");
        wrong(Words { grading: Some("good"), ..Words::default() }, "fair+");
        wrong(Words { by: Some("moth"), ..Words::default() }, "governorate, district, month");
        wrong(Words { rules: Some("acled"), class: Some("women"), ..Words::default() }, "--rules open");
        wrong(Words { by: Some("class"), class: Some("women"), ..Words::default() }, "without --class");
        wrong(Words { undated: Some("maybe"), ..Words::default() }, "separate, include, exclude");
    }
}
