//! What templates can call: words, numbers, dates, codes, pictures. All of it in the language of one environment.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde::de::DeserializeOwned;
use sijil_model::date::Edtf;
use sijil_model::{Content, Interval, Language, Quantity, Sum, When, codebook};

use crate::html::{escape, isolate, own_address, tame};
use crate::numbers::{Sentence, gaps, grouped, sum_sentence};
use crate::view::{self, ENTRY_KINDS, Found, PossiblyWhy, Question, Standing, TroubleKind, Withheld};
use crate::words::{Argument, Speech};
use crate::{bar, claims};

type Out = Result<Value, Error>;

/// Gives templates their functions and filters, and makes every printed value safe.
pub(crate) fn register(environment: &mut Environment<'static>, speech: &Arc<Speech>) {
    environment.set_formatter(print);
    environment.add_filter("bdi", |text: String| Value::from_safe_string(isolate(&text)));
    environment.add_filter("href", |address: String| Value::from_safe_string(own_address(&address)));
    environment.add_filter("short", |text: String| short(&text));
    environment
        .add_filter("n", |number: u64| Value::from_safe_string(format!("<bdi>{}</bdi>", grouped(number))));
    environment.add_filter("share", |part: u32| {
        Value::from_safe_string(format!("<bdi>{}</bdi>", claims::share(part)))
    });
    environment.add_filter("grouped", grouped);
    sentences(environment, speech);
    numbers(environment, speech);
    codes(environment, speech);
    pictures(environment, speech);
}

/// Prints a value: safe HTML as it is, anything else escaped and with its controls shown.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() && state.undefined_behavior() == UndefinedBehavior::Strict {
        return Err(Error::new(ErrorKind::UndefinedError, "a value that the page does not have is printed"));
    }
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let text = if value.is_safe() { value.to_string() } else { escape(&value.to_string()) };
    out.write_str(&text).map_err(Error::from)
}

fn sentences(environment: &mut Environment<'static>, speech: &Arc<Speech>) {
    let own = speech.clone();
    environment.add_function("say", move |key: String, values: Kwargs| -> Out {
        known(&own, &key)?;
        Ok(safe(own.say_html(&key, &arguments(&values, true)?)))
    });
    let own = speech.clone();
    environment.add_function("text", move |key: String, values: Kwargs| -> Result<String, Error> {
        known(&own, &key)?;
        Ok(own.say_bare(&key, &arguments(&values, false)?))
    });
    let own = speech.clone();
    environment.add_function("shown", move |value: Value| -> Out { Ok(safe(shown(&own, &value)?)) });
    let own = speech.clone();
    environment.add_function("shown_text", move |value: Value| -> Result<String, Error> {
        shown_text(&own, &value)
    });
    let own = speech.clone();
    environment.add_function("withheld", move |why: Value| -> Out { Ok(safe(withheld(&own, of(why)?))) });
    let own = speech.clone();
    environment.add_function("question", move |asked: Value| -> Result<String, Error> {
        Ok(headline(&own, &of(asked)?))
    });
    let own = speech.clone();
    environment.add_function("conditions", move |asked: Value| -> Result<Vec<Value>, Error> {
        Ok(conditions(&own, &of(asked)?, true).into_iter().map(safe).collect())
    });
    let own = speech.clone();
    environment.add_function("claim", move |content: Value| -> Out {
        Ok(safe(own.claim_words(&of::<Content>(content)?)))
    });
    let own = speech.clone();
    environment.add_function("claim_kind", move |content: Value| -> Result<String, Error> {
        Ok(own.claim_kind(&of::<Content>(content)?))
    });
}

fn numbers(environment: &mut Environment<'static>, speech: &Arc<Speech>) {
    let own = speech.clone();
    environment.add_function("interval", move |interval: Value| -> Out {
        let (key, values) = crate::numbers::interval_sentence(of::<Interval>(interval)?);
        Ok(safe(own.say_html(key, &values)))
    });
    let own = speech.clone();
    environment
        .add_function("sum", move |sum: Value| -> Out { Ok(safe(told(&own, &sum_sentence(of(sum)?)))) });
    let own = speech.clone();
    environment.add_function("sum_text", move |sum: Value| -> Result<String, Error> {
        let (key, values) = sum_sentence(of(sum)?);
        Ok(own.say_bare(key, &values))
    });
    let own = speech.clone();
    environment.add_function("gaps", move |sum: Value| -> Result<Vec<Value>, Error> {
        Ok(gaps(of(sum)?).iter().map(|sentence| safe(told(&own, sentence))).collect())
    });
    let own = speech.clone();
    environment.add_function("quantity", move |quantity: Value| -> Out {
        Ok(safe(own.quantity(of::<Quantity>(quantity)?)))
    });
    let own = speech.clone();
    environment
        .add_function("date", move |date: Value| -> Out { Ok(safe(isolate(&own.date(&of::<Edtf>(date)?)))) });
    let own = speech.clone();
    environment
        .add_function("when", move |when: Value| -> Out { Ok(safe(isolate(&own.when(&of::<When>(when)?)))) });
    let own = speech.clone();
    environment.add_function("when_text", move |when: Value| -> Result<String, Error> {
        Ok(own.when(&of::<When>(when)?))
    });
    let own = speech.clone();
    environment.add_function("time", move |moment: String| -> Value {
        safe(format!(
            "<time datetime=\"{}\"><bdi>{}</bdi></time>",
            escape(&moment),
            escape(&own.time(&moment))
        ))
    });
    let own = speech.clone();
    environment.add_function("size", move |bytes: u64| -> Value {
        let (key, n) = match bytes {
            0..10_000 => ("size-bytes", bytes),
            10_000..10_000_000 => ("size-kilobytes", bytes / 1_000),
            _ => ("size-megabytes", bytes / 1_000_000),
        };
        safe(own.say_html(key, &[("n", n.into())]))
    });
}

fn codes(environment: &mut Environment<'static>, speech: &Arc<Speech>) {
    let language = speech.language();
    environment
        .add_function("code", move |vocabulary: String, code: String| label(&vocabulary, &code, language));
    environment.add_function("codes", move |vocabulary: String| -> Vec<Value> {
        let rows = codebook::entries().iter().filter(|row| row.vocabulary == vocabulary);
        rows.map(|row| {
            Value::from(BTreeMap::from([
                ("value", row.code.clone()),
                ("label", label(&vocabulary, &row.code, language)),
            ]))
        })
        .collect()
    });
    let own = speech.clone();
    environment.add_function("standing", move |standing: Value| -> Result<String, Error> {
        Ok(own.say_bare(of::<Standing>(standing)?.key(), &[]))
    });
    let own = speech.clone();
    environment.add_function("possibly", move |why: Value| -> Result<String, Error> {
        Ok(own.say_bare(of::<PossiblyWhy>(why)?.key(), &[]))
    });
    let own = speech.clone();
    environment.add_function("found", move |found: Value| -> Result<String, Error> {
        Ok(own.say_bare(of::<Found>(found)?.key(), &[]))
    });
    let own = speech.clone();
    environment.add_function("trouble", move |trouble: Value| -> Result<Vec<Value>, Error> {
        let thing = escape(&trouble.get_attr("thing")?.to_string());
        let keys = of::<TroubleKind>(trouble.get_attr("kind")?)?.keys();
        Ok(keys.iter().map(|key| safe(own.say_html(key, &[("thing", thing.clone().into())]))).collect())
    });
    let own = speech.clone();
    environment.add_function("entry_kind", move |kind: String| entry_kind(&own, &kind));
    let own = speech.clone();
    environment.add_function("field", move |field: String| field_name(&own, &field));
    let own = speech.clone();
    environment.add_function("grading", move |code: String| grading(&own, &code));
    let own = speech.clone();
    environment.add_function("rule", move |id: String| own.rule(&id));
    let own = speech.clone();
    environment.add_function("axis", move |by: String| axis(&own, &by));
    let own = speech.clone();
    environment.add_function("language_name", move |code: String| match code.as_str() {
        "ar" => own.say_bare("language-ar", &[]),
        _ => own.say_bare("language-en", &[]),
    });
}

fn pictures(environment: &mut Environment<'static>, speech: &Arc<Speech>) {
    environment.add_function("scale", |rows: Value| -> Result<u64, Error> {
        let mut sums = Vec::new();
        for row in rows.try_iter()? {
            sums.extend(of::<Option<Sum>>(row.get_attr("sum")?)?);
            sums.extend(of::<Option<Sum>>(row.get_attr("possibly")?)?);
        }
        Ok(bar::scale(&sums))
    });
    let own = speech.clone();
    environment.add_function("bar", move |sum: Value, scale: u64| -> Out {
        let sum: Sum = of(sum)?;
        let words = own.sum(sum).replace(['\u{2068}', '\u{2069}'], "");
        Ok(safe(bar::draw(sum, scale, own.language() == Language::Ar, &words)))
    });
}

/// A value of a view as the type that it was.
fn of<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(value)
}

fn safe(html: String) -> Value {
    Value::from_safe_string(html)
}

fn told(speech: &Speech, (key, values): &Sentence) -> String {
    speech.say_html(key, values)
}

fn known(speech: &Speech, key: &str) -> Result<(), Error> {
    if speech.knows(key) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidOperation,
        format!("there are no words named `{key}` in {}", speech.language().code()),
    ))
}

/// The values that a template gives to a sentence; for HTML, escaped unless they are HTML already.
fn arguments<'a>(values: &'a Kwargs, html: bool) -> Result<Vec<(&'a str, Argument<'static>)>, Error> {
    let read = |name: &'a str| {
        let value: Value = values.get(name)?;
        let argument = match u64::try_from(value.clone()) {
            Ok(number) if value.kind() == ValueKind::Number => Argument::Number(number),
            _ if html && !value.is_safe() => Argument::from(escape(&value.to_string())),
            _ => Argument::from(value.to_string()),
        };
        Ok((name, argument))
    };
    values.args().map(read).collect()
}

/// A value that may be withheld, as HTML.
fn shown(speech: &Speech, value: &Value) -> Result<String, Error> {
    let open = value.get_attr("open")?;
    if open.is_undefined() {
        return Ok(withheld(speech, of(value.get_attr("withheld")?)?));
    }
    Ok(isolate(&open.to_string()))
}

fn shown_text(speech: &Speech, value: &Value) -> Result<String, Error> {
    let open = value.get_attr("open")?;
    if open.is_undefined() {
        let why: Withheld = of(value.get_attr("withheld")?)?;
        return Ok(speech.say_bare("withheld", &[("why", speech.say_bare(why.key(), &[]).into())]));
    }
    Ok(tame(&open.to_string()))
}

fn withheld(speech: &Speech, why: Withheld) -> String {
    let words = speech.say_html("withheld", &[("why", speech.say_html(why.key(), &[]).into())]);
    format!("<span class=\"withheld\" data-withheld=\"{}\">{words}</span>", why.code())
}

fn label(vocabulary: &str, code: &str, language: Language) -> String {
    codebook::label(vocabulary, code, language).unwrap_or(code).to_owned()
}

/// A question's headline: "Civilian children killed", "القتلى المدنيون من الأطفال"; whoever is asked for, it names.
fn headline(speech: &Speech, question: &Question) -> String {
    use sijil_model::Coded as _;
    let status = question.status.map_or("everyone", |standing| standing.status().code());
    let values = [
        ("harm", question.harm.code().into()),
        ("class", question.class.code().into()),
        ("status", status.into()),
    ];
    speech.say_bare("question", &values)
}

impl Speech {
    /// A question on one line, as plain text: "Children killed · In Nahr".
    pub fn question(&self, question: &Question) -> String {
        std::iter::once(headline(self, question))
            .chain(conditions(self, question, false))
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

/// What else a question asks for, one sentence each; as HTML or as plain text.
fn conditions(speech: &Speech, question: &Question, html: bool) -> Vec<String> {
    use sijil_model::Coded as _;
    let language = speech.language();
    let separator = speech.say_bare("list-separator", &[]);
    let safe = |text: &str| if html { escape(text) } else { tame(text) };
    let list = |names: &[String]| names.iter().map(|name| safe(name)).collect::<Vec<_>>().join(&separator);
    let mut told = Vec::new();
    let mut add = |key: &str, value: String| {
        let value = [("value", Argument::from(value))];
        told.push(if html { speech.say_html(key, &value) } else { speech.say_bare(key, &value) });
    };
    if !question.places.is_empty() {
        add("condition-places", list(&question.places));
    }
    if let Some(period) = &question.period {
        add("condition-period", safe(&speech.date(period)));
    }
    if !question.actors.is_empty() {
        add("condition-actors", list(&question.actors));
    }
    if let Some(means) = question.means {
        add("condition-means", means.label(language).to_owned());
    }
    if let Some(site) = question.site {
        add("condition-site", site.label(language).to_owned());
    }
    if let Some(per) = question.per {
        add("condition-per", per.label(language).to_owned());
    }
    if let Some(code) = &question.grading {
        add("condition-grading", safe(&grading(speech, code)));
    }
    if question.status == Some(sijil_count::Standing::CivilianDescribed) {
        add("condition-described", String::new());
    }
    match question.undated {
        sijil_count::Undated::Separate => {}
        sijil_count::Undated::Include => add("condition-undated-include", String::new()),
        sijil_count::Undated::Exclude => add("condition-undated-exclude", String::new()),
    }
    told
}

fn grading(speech: &Speech, code: &str) -> String {
    match code.strip_suffix('+') {
        Some(grade) => speech
            .say_bare("grading-or-better", &[("grade", label("grading", grade, speech.language()).into())]),
        None => label("grading", code, speech.language()),
    }
}

fn entry_kind(speech: &Speech, kind: &str) -> String {
    let known = ENTRY_KINDS
        .iter()
        .find(|(code, _)| if code.ends_with('.') { kind.starts_with(code) } else { kind == *code });
    known.map_or_else(|| kind.to_owned(), |(_, key)| speech.say_bare(key, &[]))
}

/// What rows are told apart by.
fn axis(speech: &Speech, by: &str) -> String {
    let key = match by {
        "month" => "axis-month",
        "week" => "axis-week",
        "year" => "axis-year",
        "district" => "axis-district",
        "governorate" => "axis-governorate",
        "actor" => "axis-actor",
        "grading" => "axis-grading",
        "class" => "axis-class",
        "means" => "axis-means",
        "site" => "axis-site",
        "list" => "axis-list",
        _ => return by.to_owned(),
    };
    speech.say_bare(key, &[])
}

/// A decided field in words: its parts are fields of our own or codes of the codebook ("killed.children.min").
fn field_name(speech: &Speech, field: &str) -> String {
    let word = |part: &str| {
        let own =
            view::FIELDS.iter().find(|(name, _)| *name == part).map(|(_, key)| speech.say_bare(key, &[]));
        let coded = || {
            ["harm", "class", "status"]
                .iter()
                .find_map(|vocabulary| codebook::label(vocabulary, part, speech.language()))
        };
        own.or_else(|| coded().map(str::to_owned)).unwrap_or_else(|| part.to_owned())
    };
    field.split(['.', '/']).map(word).collect::<Vec<_>>().join(" · ")
}

/// The first letters of a long hash or id.
fn short(text: &str) -> String {
    match text.char_indices().nth(12) {
        Some((at, _)) if text.chars().count() > 16 => format!("{}…", &text[..at]),
        _ => text.to_owned(),
    }
}
