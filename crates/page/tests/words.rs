//! The words: every key in both languages, every key that is used exists, no key unused, six plural forms in Arabic.

#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;
use sijil_count::{Question, Standing};
use sijil_model::codebook::{Class, Harm, Status};
use sijil_model::{Coded as _, Language};
use sijil_page::{Words, view};

const ENGLISH: &str = include_str!("../locales/en.ftl");
const ARABIC: &str = include_str!("../locales/ar.ftl");

/// The messages of a file, by key.
fn messages(file: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut key = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" = ") {
            Some((name, value)) if !line.starts_with(' ') => {
                key = name.to_owned();
                assert!(found.insert(key.clone(), value.to_owned()).is_none(), "{key} stands twice");
            }
            _ if !key.is_empty() => found.get_mut(&key).unwrap().push_str(&format!("\n{line}")),
            _ => {}
        }
    }
    found
}

/// Templates and sources as one text.
fn users(folder: &str, extension: &str) -> String {
    fn walk(folder: &Path, extension: &str, into: &mut String) {
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, extension, into);
            } else if path.extension().is_some_and(|found| found == extension) {
                into.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut text = String::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), extension, &mut text);
    text
}

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let (english, arabic) = (messages(ENGLISH), messages(ARABIC));
    let keys = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&english), keys(&arabic));
    let variable = Regex::new(r"\$[a-z]+").unwrap();
    let closure: fn(&str, &BTreeMap<String, String>, &Regex) -> BTreeSet<String> =
        |key, of, variable| variable.find_iter(&of[key]).map(|found| found.as_str().to_owned()).collect();
    for key in english.keys().filter(|key| !key.starts_with("question")) {
        assert_eq!(
            closure(key, &english, &variable),
            closure(key, &arabic, &variable),
            "{key} has other values in Arabic"
        );
    }
}

#[test]
fn every_key_that_is_used_exists_and_none_is_unused() {
    let keys = messages(ENGLISH);
    let templates = users("templates", "html");
    let sources = users("src", "rs");
    let called = Regex::new(r#"\b(?:say|text)\(\s*"([^"]+)""#).unwrap();
    for found in called.captures_iter(&templates) {
        assert!(keys.contains_key(&found[1]), "a template says `{}`, which has no words", &found[1]);
    }
    for key in keys.keys() {
        let quoted = format!("\"{key}\"");
        let referred = format!("{{ {key} }}");
        let used = templates.contains(&quoted)
            || sources.contains(&quoted)
            || ENGLISH.contains(&referred)
            || ARABIC.contains(&referred);
        assert!(used, "nothing says `{key}`");
    }
}

#[test]
fn arabic_words_are_arabic_and_nothing_is_markup() {
    let variables = Regex::new(r"\{[^}]*\}").unwrap();
    let letters = |text: &str| text.chars().any(|letter| ('\u{0621}'..='\u{064a}').contains(&letter));
    for (key, words) in messages(ARABIC) {
        let only_values = key == "language-switch"
            || variables.replace_all(&words, "").chars().all(|letter| !letter.is_alphabetic());
        assert!(only_values || letters(&words), "{key} has no Arabic words: {words}");
    }
    for (key, words) in messages(ENGLISH).into_iter().chain(messages(ARABIC)) {
        assert!(!words.contains(['<', '&']), "{key} holds markup");
    }
}

#[test]
fn arabic_has_all_six_plural_forms_wherever_a_number_chooses() {
    for (key, words) in messages(ARABIC) {
        if words.contains("[few]") || words.contains("[one]") || words.contains("[two]") {
            for form in ["[zero]", "[one]", "[two]", "[few]", "[many]", "*[other]"] {
                assert!(words.contains(form), "{key} lacks {form}");
            }
        }
    }
    let words = Words::built_in().unwrap();
    let told = |n: u64| {
        words
            .say(Language::Ar, "holdings-documents", &[("n", n.into())])
            .replace(['\u{2068}', '\u{2069}'], "")
    };
    let forms: Vec<String> = [0, 1, 2, 3, 11, 100, 1234].into_iter().map(told).collect();
    assert_eq!(
        forms,
        ["لا وثائق", "وثيقة واحدة", "وثيقتان", "3 وثائق", "11 وثيقة", "100 وثيقة", "1,234 وثيقة"]
    );
}

#[test]
fn every_sentence_can_be_said_with_all_its_values() {
    let words = Words::built_in().unwrap();
    let variable = Regex::new(r"\$([a-z]+)").unwrap();
    for (language, file) in [(Language::En, ENGLISH), (Language::Ar, ARABIC)] {
        for (key, source) in messages(file) {
            let names: BTreeSet<&str> =
                variable.captures_iter(&source).map(|found| found.get(1).unwrap().as_str()).collect();
            for n in [0u64, 1, 2, 5, 11, 100] {
                let values: Vec<_> = names.iter().map(|name| (*name, n.into())).collect();
                let told = words.say(language, &key, &values);
                assert!(!told.contains('{') && !told.contains('$'), "{key}: {told}");
            }
        }
    }
}

#[test]
fn a_value_cannot_leave_its_place_in_a_sentence() {
    let words = Words::built_in().unwrap();
    let told = words.say(Language::En, "search-none", &[("query", "a\u{2069}\u{202e}b".into())]);
    assert_eq!(told, "Nothing holds all of these words: \u{2068}a[U+2069][U+202E]b\u{2069}");
}

#[test]
fn a_question_names_those_whom_it_counts_and_nobody_else() {
    let words = Words::built_in().unwrap();
    let standings: Vec<Option<Standing>> = std::iter::once(None).chain(Standing::ALL.map(Some)).collect();
    for (language, civilian, combatant) in
        [(Language::En, "Civilian", "Combatant"), (Language::Ar, "المدنيون", "المقاتلون")]
    {
        let mut told = BTreeSet::new();
        for harm in Harm::ALL {
            for class in Class::ALL {
                for status in &standings {
                    let asked =
                        Question { harm: *harm, class: *class, status: *status, ..Question::default() };
                    let asked = view::Question::naming(&asked, Vec::new(), Vec::new());
                    let line = words.in_language(language).question(&asked);
                    let of = status.map(Standing::status);
                    assert_eq!(line.contains(civilian), of == Some(Status::Civilian), "{status:?}: {line}");
                    assert_eq!(line.contains(combatant), of == Some(Status::Combatant), "{status:?}: {line}");
                    assert!(told.insert(line.clone()), "said of two questions: {line}");
                }
            }
        }
    }
}

/// «260 قيداً», «11 قيداً»: the form of tens, above a hundred too; «103 قيود», «100 قيد».
#[test]
fn arabic_numbers_above_a_hundred_take_the_form_of_their_tens() {
    let words = Words::built_in().unwrap();
    for (n, form) in [(11_u64, "قيداً"), (99, "قيداً"), (100, "قيد "), (103, "قيود"), (260, "قيداً")]
    {
        let told = words.in_language(Language::Ar).say_bare("footer-position", &[("n", n.into())]);
        assert!(told.contains(form), "{n}: {told}");
    }
}
