//! What the program says of a refusal, in the reader's language. It says so in English (`data/refusals.csv` has the
//! sentences that a form or an address of the desk can lead to); what is not there is shown as it was said.

use std::sync::LazyLock;

use sijil_model::Language;
use sijil_model::sentence::{filled, held};
use sijil_page::dates_apart;

/// Sentences in English and Arabic; the file is part of the program, and a test reads every row.
static SENTENCES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let file = include_str!("../../data/refusals.csv");
    csv::Reader::from_reader(file.as_bytes()).into_deserialize().filter_map(Result::ok).collect()
});

/// A sentence of the program in the reader's language; so are those that stand in it.
pub fn in_language(said: &str, language: Language) -> String {
    match language {
        Language::En => said.to_owned(),
        Language::Ar => in_arabic(said).map_or_else(|| said.to_owned(), |told| dates_apart(&told)),
    }
}

fn in_arabic(said: &str) -> Option<String> {
    SENTENCES.iter().find_map(|(english, arabic)| {
        let inner =
            |value: &str| in_arabic(value).unwrap_or_else(|| sijil_place::why_in_words(value, Language::Ar));
        let values: Vec<String> = held(english, said)?.into_iter().map(inner).collect();
        Some(filled(arabic, &values))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that a program file says, with its holes as the table has them.
    fn sources() -> String {
        fn walk(folder: &std::path::Path, into: &mut String) {
            let mut entries: Vec<_> =
                std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            entries.sort();
            for path in entries {
                if path.is_dir() {
                    walk(&path, into);
                } else {
                    into.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
                }
            }
        }
        let mut text = String::new();
        for krate in ["sijil", "count", "model", "register"] {
            walk(
                &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(krate).join("src"),
                &mut text,
            );
        }
        let mut told = String::new();
        for (number, part) in text.split('{').enumerate() {
            let hole = part.split_once('}').filter(|(name, _)| {
                number > 0
                    && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_.".contains(letter))
            });
            match hole {
                Some((_, rest)) => told += &format!("{{}}{rest}"),
                None if number > 0 => told += &format!("{{{part}"),
                None => told += part,
            }
        }
        told
    }

    #[test]
    fn every_sentence_is_one_that_the_program_says() {
        let sources = sources();
        assert!(SENTENCES.len() > 40);
        for (english, arabic) in SENTENCES.iter() {
            // Sentences that are put together stand in parts.
            let parts = ["a document", "an incident", "a person", "a claim"];
            let apart = parts.iter().any(|what| english.contains(&format!("no field of {what};")));
            let parted = ["; write it as reports do, or its id", "; write one of: {}"]
                .iter()
                .any(|end| english.starts_with("the place `{}` is not found: {}") && english.ends_with(end));
            let graded = english.ends_with("is not understood; write {}");
            let stands = sources.contains(english.as_str()) || apart || parted || graded;
            assert!(stands, "nothing says “{english}”");
            assert!(arabic.chars().any(|letter| ('\u{0621}'..='\u{064a}').contains(&letter)), "{english}");
        }
    }

    #[test]
    fn refusals_are_told_in_arabic_with_what_was_typed() {
        let arabic = |said: &str| in_language(said, Language::Ar);
        let refused = crate::typed::date("أمس").unwrap_err();
        assert!(arabic(refused.message()).starts_with("«أمس» ليس تاريخاً؛"), "{}", refused.message());
        let refused = crate::typed::people("كثيرون").unwrap_err();
        assert!(arabic(refused.message()).starts_with("«كثيرون» ليس عدد أشخاص"), "{}", refused.message());
        assert_eq!(
            arabic(
                "the place `تل` is not found: `تل` is not in the gazetteer; write it as reports do, or its id"
            ),
            "المكان «تل» غير موجود: «تل» ليس في معجم الأماكن؛ اكتبه كما تكتبه الأخبار، أو اكتب معرّفه"
        );
        assert_eq!(arabic("the disk is full"), "the disk is full");
        assert_eq!(in_language("{} is no place", Language::En), "{} is no place");
    }
}
