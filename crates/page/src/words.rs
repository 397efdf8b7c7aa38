//! The words of the pages: one file a language in `locales/`, with plural forms, and every value set apart.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use sijil_model::actor::known_actors;
use sijil_model::{Actor, Language};

use crate::PageError;
use crate::dates::dates_apart;
use crate::html;
use crate::numbers::grouped;
use crate::view;

/// The words of the pages in both languages.
#[derive(Clone)]
pub struct Words {
    english: Arc<Speech>,
    arabic: Arc<Speech>,
}

/// The words of the pages in one language.
pub struct Speech {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    actors: BTreeMap<String, String>,
    rules: RuleWords,
}

/// What a rule that numbers are read by says, in one sentence, by its id (`open:exact`); none where it is unknown.
pub type RuleWords = fn(&str, Language) -> Option<&'static str>;

/// A value that a sentence has a place for.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument<'a> {
    /// A number; it chooses the plural form and is written in groups.
    Number(u64),
    /// A name, a date in words, or a code that chooses between forms.
    Text(Cow<'a, str>),
}

impl From<u64> for Argument<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

const OPEN: &str = "\u{2068}";
const CLOSE: &str = "\u{2069}";

impl Words {
    /// The words that the program carries, with the actors that every register starts with and no rules of numbers.
    pub fn built_in() -> Result<Self, PageError> {
        Self::naming(&known_actors(), |_, _| None)
    }

    /// The same with a register's own actors, and with the rules that numbers are read by.
    pub fn naming(actors: &[Actor], rules: RuleWords) -> Result<Self, PageError> {
        let speech = |language, source| Speech::new(language, source, actors, rules).map(Arc::new);
        Ok(Self {
            english: speech(Language::En, include_str!("../locales/en.ftl"))?,
            arabic: speech(Language::Ar, include_str!("../locales/ar.ftl"))?,
        })
    }

    /// The words of one language.
    pub fn in_language(&self, language: Language) -> &Arc<Speech> {
        match language {
            Language::En => &self.english,
            Language::Ar => &self.arabic,
        }
    }

    /// A sentence as plain text: see [`Speech::say`].
    pub fn say(&self, language: Language, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.in_language(language).say(key, arguments)
    }
}

impl Speech {
    fn new(language: Language, source: &str, actors: &[Actor], rules: RuleWords) -> Result<Self, PageError> {
        let failed = |cause: String| PageError::Words { language, cause };
        let source = match language {
            Language::En => source.to_owned(),
            Language::Ar => chosen_by_form(&dates_apart(source)),
        };
        let resource = FluentResource::try_new(source).map_err(|(_, errors)| {
            failed(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        })?;
        let locale = language.code().parse().map_err(|cause| failed(format!("{cause}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| set_apart(value)));
        bundle.add_resource(resource).map_err(|errors| {
            failed(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        })?;
        let actors =
            actors.iter().map(|actor| (actor.code.to_string(), actor.label(language).to_owned())).collect();
        Ok(Self { language, bundle, actors, rules })
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a sentence of this name.
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A sentence as plain text, each value in Unicode isolates (U+2068, U+2069); a key that is not there is shown as `{key}`.
    pub fn say(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let tamed: Vec<_> = arguments
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Argument::Text(text) => Argument::Text(Cow::Owned(html::tame(text))),
                    number => number.clone(),
                };
                (*name, value)
            })
            .collect();
        self.format(key, &tamed)
    }

    /// The same without isolates, for attributes and the browser's own frame.
    pub fn say_bare(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        without_isolates(&self.say(key, arguments))
    }

    /// A sentence as HTML, each value in a `<bdi>`. Text values must be HTML already.
    pub(crate) fn say_html(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.format(key, arguments).replace(OPEN, "<bdi>").replace(CLOSE, "</bdi>")
    }

    /// A party's name for a reader; the code itself where the register has no such party.
    pub fn actor<'a>(&'a self, code: &'a str) -> &'a str {
        self.actors.get(code).map_or(code, String::as_str)
    }

    /// A rule for a reader: what it says and its id, or its id alone where nothing is known of it.
    pub fn rule(&self, id: &str) -> String {
        let concluded = view::CONCLUSIONS.iter().find(|(rule, _)| *rule == id);
        let numbers = || (self.rules)(id, self.language).map(|words| words.trim_end_matches('.').to_owned());
        match concluded.map(|(_, key)| self.say_bare(key, &[])).or_else(numbers) {
            Some(words) => self.say_bare("rule-told", &[("words", words.into()), ("rule", id.into())]),
            None => id.to_owned(),
        }
    }

    fn format(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("{{{key}}}");
        };
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            match value {
                Argument::Number(number) => values.set(*name, FluentValue::from(*number)),
                Argument::Text(text) => values.set(*name, FluentValue::from(text.as_ref())),
            }
            if self.language == Language::Ar {
                let chooses = match value {
                    Argument::Number(number) => FluentValue::from(like_in_form(*number)),
                    Argument::Text(text) => FluentValue::from(text.as_ref()),
                };
                values.set(format!("{name}{CHOOSES}"), chooses);
            }
        }
        // A sentence whose value is missing is printed with its hole: a page with one gap is better than none.
        let mut errors = Vec::new();
        let mut told = String::new();
        // Writing into a string cannot fail.
        let _ = self.bundle.write_pattern(&mut told, pattern, Some(&values), &mut errors);
        told
    }
}

/// What is added to the name of a value where it chooses between forms.
const CHOOSES: &str = "-form";

/// The source with every choice made by the value of its own that [`CHOOSES`] names: `{ $n -> …` by `$n-form`.
fn chosen_by_form(source: &str) -> String {
    source.replace(" ->", &format!("{CHOOSES} ->"))
}

/// A number up to a hundred that takes the form of this one: in Arabic its tens and ones choose it, 260 as 60, 103 as 3. The
/// plural rules that are used know no remainders.
fn like_in_form(number: u64) -> u64 {
    match number % 100 {
        _ if number < 100 => number,
        0..=2 => 100,
        tens => tens,
    }
}

/// How a value is written into a sentence: numbers in groups, everything inside isolates.
fn set_apart(value: &FluentValue<'_>) -> Option<String> {
    match value {
        // Whole and not negative: made from u64 only.
        FluentValue::Number(number) => Some(format!("{OPEN}{}{CLOSE}", grouped(number.value as u64))),
        FluentValue::String(text) => Some(format!("{OPEN}{text}{CLOSE}")),
        _ => None,
    }
}

fn without_isolates(text: &str) -> String {
    text.replace(OPEN, "").replace(CLOSE, "")
}
