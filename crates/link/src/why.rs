//! Why two are linked, in the language of whoever reads it. Runs keep the codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sijil_model::Language;

/// What each code says, in English and Arabic.
static SAID: LazyLock<BTreeMap<String, [String; 2]>> = LazyLock::new(|| {
    let rows = csv::Reader::from_reader(include_str!("../data/agreement.csv").as_bytes()).into_deserialize();
    // The file is part of the program, and a test asks for the words of every level.
    rows.filter_map(Result::ok).map(|(code, en, ar): (String, String, String)| (code, [en, ar])).collect()
});

/// The reason that a run gives for a link (`given same, father slip`) in words; what has none stays as it is.
pub fn why_in_words(why: &str, language: Language) -> String {
    let said = |code: &str| {
        let words = SAID.get(code)?;
        Some(if language == Language::Ar { words[1].as_str() } else { words[0].as_str() })
    };
    let words_of_a_name = |part: &str| {
        let number = part.strip_prefix("the same name in ")?.strip_suffix(" words")?;
        (language == Language::Ar).then(|| format!("الاسم نفسه بعدد كلمات {number}"))
    };
    let part = |part: &str| {
        let level = || {
            let (feature, level) = part.split_once(' ')?;
            Some(format!("{}: {}", said(feature)?, said(level)?))
        };
        said(part)
            .map(str::to_owned)
            .or_else(level)
            .or_else(|| words_of_a_name(part))
            .unwrap_or(part.to_owned())
    };
    why.split(", ").map(part).collect::<Vec<_>>().join(if language == Language::Ar { "، " } else { ", " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Feature;

    #[test]
    fn every_level_has_words_in_both_languages() {
        for feature in Feature::ALL {
            for level in feature.levels().iter().skip(1) {
                let code = format!("{} {level}", feature.name());
                for language in [Language::En, Language::Ar] {
                    let words = why_in_words(&code, language);
                    assert!(words.contains(": ") && words != code, "{code}: {words}");
                    assert!(!words.contains('_'), "{words}");
                }
            }
        }
    }

    #[test]
    fn reasons_are_told_in_the_reader_s_language() {
        let why = "given script_same, age one";
        assert_eq!(
            why_in_words(why, Language::En),
            "given name: the usual spelling in the other script, birth or age: about a year apart"
        );
        assert_eq!(
            why_in_words(why, Language::Ar),
            "الاسم: كتابته المعتادة بالحروف الأخرى، الميلاد أو العمر: بفارق سنة تقريبًا"
        );
        assert_eq!(
            why_in_words("the same name in 3 words, the same age", Language::Ar),
            "الاسم نفسه بعدد كلمات 3، العمر نفسه"
        );
        assert_eq!(why_in_words("the uncle confirmed it", Language::Ar), "the uncle confirmed it");
    }
}
