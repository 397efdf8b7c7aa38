//! Why a candidate is one: kept as facts while many are weighed, put in words for the few that are shown.
//!
//! What is stored is English. [`why_in_words`] says it to a reader of Arabic.

use sijil_model::codebook::{self, Coded, Language, PlacePrecision, label};
use sijil_model::sentence::{filled, held};

use crate::candidates::Gathering;
use crate::container::{Container, Outside};

/// One sentence that reasons are made of, in both languages; each `{}` stands for a name, a kind or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    en: &'static str,
    ar: &'static str,
}

/// Declares sentences, and the list of all of them in which a stored reason is looked up.
macro_rules! sentences {
    ($($name:ident = $en:literal, $ar:literal;)*) => {
        $(pub(crate) const $name: Sentence = Sentence { en: $en, ar: $ar };)*
        const ALL: &[Sentence] = &[$($name),*];
    };
}

sentences! {
    SAME_NAME = "same name", "الاسم نفسه";
    SAME_BUT_A_WORD = "the same name but for a word", "الاسم نفسه إلا كلمة";
    SIMILAR_NAME = "similar name", "اسم قريب منه";
    ONE_SPELLING = "only one of the spellings fits", "يوافقه رسم واحد من رسوم الاسم";
    AN_AREA_TOO = "an area has the same name, and no head word says which is meant",
        "لمنطقة الاسم نفسه، ولا كلمة تبيّن أيهما المقصود";
    OTHERS_TOO = "other places have the name", "لأماكن أخرى الاسم نفسه";
    OTHER_KIND = "a {}, where the text says {}", "نوعه: {}، والنص يقول: {}";
    ITSELF = "{} itself", "{} نفسها";
    INSIDE = "in {}", "في {}";
    OUTSIDE = "{} km outside {}", "على بعد {} كم خارج {}";
    AWAY = "{} km from {}", "على بعد {} كم من {}";
    AS = "as {}", "بحسب {}";
    UNLISTED = "{} is not in the gazetteer", "{} ليس في معجم الأماكن";
    THIS_IS_CITY = "this is its city", "وهذه مدينته";
    THIS_IS_NEAR = "this is the place near it", "وهذا المكان القريب منه";
    THIS_IS_AROUND = "this is the place around it", "وهذا المكان الذي حوله";
    THIS_IS_AREA = "this is the area around it", "وهذه المنطقة التي حوله";
    THIS_IS_SEAT = "this is the seat of its governorate", "وهذا مركز محافظته";
    THIS_IS_PART = "this is a place that its name holds", "وهذا مكان يرد في اسمه";
    CONFIRMED = "a reviewer confirmed this place for the same words", "أكّد مراجع هذا المكان للكلمات نفسها";
    CONFIRMED_BY = "a reviewer confirmed this place for the same words ({})",
        "أكّد مراجع هذا المكان للكلمات نفسها ({})";
    TOO_GENERAL = "{} is too general to be looked up alone", "{} أعمّ من أن يُبحث عنه وحده";
    OTHERS_ARE_FAR = "the best candidate scores {}, and others lie far from it",
        "أفضل مرشح درجته {}، وغيره بعيد عنه";
    MAY_BE_ANOTHER = "the best candidate scores {}, and the gazetteer may not have the place that is meant",
        "أفضل مرشح درجته {}، وقد لا يكون المكان المقصود في معجم الأماكن";
    EMPTY = "the gazetteer is empty: run scripts/fetch-places.sh and build again",
        "معجم الأماكن فارغ: شغّل scripts/fetch-places.sh ثم ابنِ البرنامج من جديد";
    OF_COORDINATES = "the spreadsheet's coordinates", "الإحداثيات التي في الجدول";
}

/// What parts reasons.
const BETWEEN: &str = "; ";

/// The reason of a place that a spreadsheet gave coordinates for: that, and what the coordinates come to.
pub fn why_of_coordinates(found: &str) -> String {
    format!("{}{BETWEEN}{found}", OF_COORDINATES.en)
}

/// The reasons that were stored with a place, in the reader's language; what no sentence says stays as it is.
pub fn why_in_words(why: &str, language: Language) -> String {
    if language == Language::En {
        return why.to_owned();
    }
    let part = |part: &str| {
        let read = ALL.iter().find_map(|sentence| Some((sentence, held(sentence.en, part)?)));
        read.map_or_else(
            || part.to_owned(),
            |(sentence, values)| {
                let values: Vec<String> = values.into_iter().map(in_arabic).collect();
                filled(sentence.ar, &values)
            },
        )
    };
    why.split(BETWEEN).map(part).collect::<Vec<_>>().join("؛ ")
}

/// A value in an Arabic sentence: kinds of places by their Arabic label, words in guillemets, the rest as it stands.
fn in_arabic(value: &str) -> String {
    if let Some(words) = value.strip_prefix('`').and_then(|value| value.strip_suffix('`')) {
        return format!("«{words}»");
    }
    let kinds = codebook::entries().iter().filter(|row| row.vocabulary == PlacePrecision::VOCABULARY);
    let mut kinds = kinds.filter_map(|row| {
        let english = label(PlacePrecision::VOCABULARY, &row.code, Language::En)?;
        (english == value).then(|| label(PlacePrecision::VOCABULARY, &row.code, Language::Ar))?
    });
    kinds.next().unwrap_or(value).to_owned()
}

impl Sentence {
    /// The sentence as it is stored, with what its holes hold.
    pub(crate) fn with(self, values: &[String]) -> String {
        filled(self.en, values)
    }
}

/// One reason.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Why {
    /// A sentence of its own.
    Plainly(Sentence),
    /// It is of another kind than the text says.
    OtherKind { found: PlacePrecision, said: PlacePrecision },
    /// Where it lies by what the phrase or its report puts it in; a position in [`Gathering::containers`].
    Lies { container: usize, outside: Outside },
    /// The phrase's own name is not known, and this is the place around it, or near it.
    StandsFor(Sentence),
    /// It was found by what a container says; a position in [`Gathering::containers`].
    As { container: usize },
}

/// All reasons in one line.
pub(crate) fn in_words(whys: &[Why], gathering: &Gathering<'_>) -> String {
    let words: Vec<String> = whys.iter().map(|why| why.in_words(gathering)).collect();
    words.join(BETWEEN)
}

impl Why {
    fn in_words(self, gathering: &Gathering<'_>) -> String {
        match self {
            Why::Plainly(sentence) => sentence.with(&[]),
            Why::OtherKind { found, said } => OTHER_KIND.with(&[name(found), name(said)]),
            Why::Lies { container, outside } => {
                gathering.containers.get(container).map_or_else(String::new, |around| lies(around, outside))
            }
            Why::StandsFor(what) => {
                [UNLISTED.with(&[gathering.said().to_owned()]), what.with(&[])].join(BETWEEN)
            }
            Why::As { container } => {
                let said = gathering.containers.get(container).map(|around| around.said.clone());
                AS.with(&[said.unwrap_or_default()])
            }
        }
    }
}

fn lies(container: &Container, outside: Outside) -> String {
    let said = container.said.clone();
    match outside {
        Outside { is_itself: true, .. } => ITSELF.with(&[said]),
        Outside { from_area: true, kilometres: 0.0, .. } => INSIDE.with(&[said]),
        Outside { from_area: true, kilometres, .. } => OUTSIDE.with(&[kilometres.round().to_string(), said]),
        Outside { kilometres, .. } => AWAY.with(&[kilometres.round().to_string(), said]),
    }
}

fn name(kind: PlacePrecision) -> String {
    label(PlacePrecision::VOCABULARY, kind.code(), Language::En).unwrap_or(kind.code()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_said_in_arabic_too() {
        for sentence in ALL {
            let values: Vec<String> =
                (1..=sentence.en.matches("{}").count()).map(|n| n.to_string()).collect();
            assert_eq!(sentence.ar.matches("{}").count(), values.len(), "{}", sentence.en);
            let told = why_in_words(&sentence.with(&values), Language::Ar);
            assert_eq!(told, filled(sentence.ar, &values), "another sentence was read for {}", sentence.en);
        }
    }

    #[test]
    fn reasons_are_told_in_the_reader_s_language() {
        for (why, told) in [
            ("same name; 6 km from ريف جسر السنابل", "الاسم نفسه؛ على بعد 6 كم من ريف جسر السنابل"),
            ("same name; a Town, where the text says Village", "الاسم نفسه؛ نوعه: بلدة، والنص يقول: قرية"),
            ("`البلدة` is too general to be looked up alone", "«البلدة» أعمّ من أن يُبحث عنه وحده"),
            (
                "سوق الخضار is not in the gazetteer; this is its city",
                "سوق الخضار ليس في معجم الأماكن؛ وهذه مدينته",
            ),
            ("a reviewer saw it", "a reviewer saw it"),
        ] {
            assert_eq!(why_in_words(why, Language::Ar), told);
            assert_eq!(why_in_words(why, Language::En), why);
        }
    }
}
