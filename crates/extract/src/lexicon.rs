//! Stage 2: words of the field, from reviewed data files, found in a text in one pass.
//!
//! Each row of `data/*.csv` is a sense with its forms and an example sentence; a test reads every example. Arabic
//! prefixes (و ف ب ل ك and ال) are tried as alternatives where the whole word is not known: «بريف» is «ريف» with a
//! preposition. Look-up is by folded word, so spelling variants of hamza, ta marbuta and alif maqsura meet.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use sijil_model::fold::fold;

use crate::error::LexiconError;
use crate::numbers;
use crate::sense::{HarmForm, Number, People, Sense};
use crate::tokens::Tokens;
use crate::word_lists::Words;

/// A sense of the lexicon, found at a place of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag {
    /// What it means.
    pub sense: &'static Sense,
    /// How many tokens it covers.
    pub length: u8,
    /// How many letters of prefix its first token carries.
    pub prefix: u8,
    /// Whether «ال» is among them.
    pub article: bool,
    /// Whether «و» or «ف» is the first of them.
    pub and: bool,
}

/// What the lexicon knows of each token of a window.
pub(crate) struct Tags {
    list: Vec<Tag>,
    starts: Vec<u32>,
    numbers: Vec<Option<numbers::Number>>,
    /// Whether an amount can begin at a token; it cannot at most.
    opens_amount: Vec<bool>,
}

impl Tags {
    /// Looks every token up.
    pub fn of(tokens: &Tokens<'_>) -> Self {
        let mut tags = Tags {
            list: Vec::with_capacity(tokens.len() * 2),
            starts: Vec::with_capacity(tokens.len() + 1),
            numbers: (0..tokens.len()).map(|at| numbers::number(tokens, at)).collect(),
            opens_amount: Vec::new(),
        };
        let mut stem = String::new();
        for at in 0..tokens.len() {
            tags.starts.push(tags.list.len() as u32);
            if tokens.is_word(at) {
                look_up(tokens, at, &mut stem, &mut tags.list);
            }
        }
        tags.starts.push(tags.list.len() as u32);
        tags.say_whose_kin(tokens);
        tags.opens_amount = (0..tokens.len()).map(|at| numbers::opens_amount(tokens, &tags, at)).collect();
        tags
    }

    /// «ابني» is "my son", and "the two sons of": the first where somebody tells of himself nearby, else the second.
    fn say_whose_kin(&mut self, tokens: &Tokens<'_>) {
        /// Who tells of himself says "I", "we" or another word of kin at least so near.
        const NEAR: usize = 60;
        let is_speakers = |tag: &Tag| matches!(tag.sense, Sense::Kin(kin) if kin.of_speaker);
        if !self.list.iter().any(is_speakers) {
            return;
        }
        let speaks = |at: &usize| self.at(*at).iter().any(is_speakers);
        let own: Vec<usize> =
            (0..tokens.len()).filter(|at| speaks(at) || tokens.is_on(Words::FirstPerson, *at)).collect();
        // «قُتل أخي وهو يوزع الخبز»: nobody follows whose brother he could be.
        let whose_follows = |at: usize| {
            let somebody = |tag: &Tag| {
                matches!(tag.sense, Sense::Given(_) | Sense::People(_) | Sense::Kin(_) | Sense::Family)
            };
            tokens.word(at).starts_with("ال") || self.at(at).iter().any(somebody)
        };
        let verb = |at: usize| {
            let verb = |tag: &Tag| matches!(tag.sense, Sense::Harm(_, HarmForm::Verb));
            at.checked_sub(1).is_some_and(|at| self.at(at).iter().any(verb))
        };
        let own_alone = |at: usize| match tokens.word(at) {
            // After a verb «أبو» and «أخو» would be whose.
            "اخي" | "ابي" => verb(at),
            "امي" | "والدتي" | "زوجتي" | "زوجي" | "اختي" | "اخوتي" => {
                !whose_follows(at + 1)
            }
            _ => false,
        };
        let tells = |at: usize| {
            if own_alone(at) {
                return true;
            }
            let from = own.partition_point(|other| other + NEAR < at);
            let mut near = own[from..].iter().take_while(|other| **other <= at + NEAR);
            near.any(|other| tokens.word(*other) != tokens.word(at))
        };
        let mut kept = Vec::with_capacity(self.list.len());
        let mut starts = Vec::with_capacity(self.starts.len());
        for at in 0..tokens.len() {
            starts.push(kept.len() as u32);
            let whose = speaks(&at).then(|| tells(at));
            let stays = |tag: &&Tag| match whose {
                Some(speakers) if matches!(tag.sense, Sense::Kin(_)) => is_speakers(tag) == speakers,
                _ => true,
            };
            kept.extend(self.at(at).iter().filter(stays));
        }
        starts.push(kept.len() as u32);
        (self.list, self.starts) = (kept, starts);
    }

    /// The senses that begin at a token, longest first.
    pub fn at(&self, token: usize) -> &[Tag] {
        match (self.starts.get(token), self.starts.get(token.wrapping_add(1))) {
            (Some(&from), Some(&to)) => &self.list[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The number that starts at a token.
    pub fn number(&self, token: usize) -> Option<numbers::Number> {
        self.numbers.get(token).copied().flatten()
    }

    /// Whether an amount can begin at a token.
    pub fn opens_amount(&self, token: usize) -> bool {
        self.opens_amount.get(token).is_some_and(|opens| *opens)
    }

    /// The first sense at a token that the reader accepts.
    pub fn find<T>(&self, token: usize, read: impl Fn(&Sense) -> Option<T>) -> Option<(T, Tag)> {
        self.at(token).iter().find_map(|tag| read(tag.sense).map(|value| (value, *tag)))
    }

    /// Whether a token has a sense.
    pub fn is(&self, token: usize, test: impl Fn(&Sense) -> bool) -> bool {
        self.at(token).iter().any(|tag| test(tag.sense))
    }

    /// Whether a folded word is an ordinary one that no name goes on with.
    pub fn is_ordinary(&self, word: &str) -> bool {
        LEXICON.get(word).is_some_and(|phrases| {
            phrases.iter().any(|phrase| phrase.rest.is_empty() && matches!(phrase.sense, Sense::Ordinary))
        })
    }

    /// Whether any token of a run begins a sense.
    pub fn any(&self, run: Range<usize>, test: impl Fn(&Sense) -> bool) -> bool {
        run.into_iter().any(|token| self.is(token, &test))
    }

    /// The first token of a run that begins a sense.
    pub fn first(&self, run: Range<usize>, test: impl Fn(&Sense) -> bool) -> Option<usize> {
        run.into_iter().find(|token| self.is(*token, &test))
    }
}

/// One form of an entry: the words after the first, and the sense.
struct Phrase {
    rest: Vec<String>,
    /// Whether the form ends in ya: the name «علي» is not the word «على», nor «وادي» «وأدى».
    ya: bool,
    sense: &'static Sense,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Row {
    pub sense: String,
    pub value: String,
    pub language: String,
    pub forms: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are there for people and for the test"))]
    pub example: String,
}

const FILES: [(&str, &str); 12] = [
    ("harm.csv", include_str!("../data/harm.csv")),
    ("people.csv", include_str!("../data/people.csv")),
    ("kin.csv", include_str!("../data/kin.csv")),
    ("means.csv", include_str!("../data/means.csv")),
    ("sites.csv", include_str!("../data/sites.csv")),
    ("places.csv", include_str!("../data/places.csv")),
    ("world.csv", include_str!("../data/world.csv")),
    ("time.csv", include_str!("../data/time.csv")),
    ("words.csv", include_str!("../data/words.csv")),
    ("sources.csv", include_str!("../data/sources.csv")),
    ("titles.csv", include_str!("../data/titles.csv")),
    (
        "names.csv",
        concat!(include_str!("../data/given_names.csv"), include_str!("../data/ordinary_words.csv")),
    ),
];

/// Reads every data file; the error names the first row that is wrong.
pub(crate) fn rows() -> Result<Vec<(Sense, Row)>, LexiconError> {
    let mut read = Vec::new();
    for (file, text) in FILES {
        let mut table = csv::Reader::from_reader(text.as_bytes());
        for (at, row) in table.deserialize::<Row>().enumerate() {
            let wrong = |cause: String| LexiconError { file, row: at + 1, cause };
            let row = row.map_err(|cause| wrong(cause.to_string()))?;
            if row.sense == "sense" {
                continue; // the header of a second file in one
            }
            read.push((Sense::read(&row.sense, &row.value).map_err(wrong)?, row));
        }
    }
    Ok(read)
}

static LEXICON: LazyLock<FxHashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut lexicon: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    // The files are part of the program and a test reads every row: a row that does not parse cannot be shipped.
    for (sense, row) in rows().unwrap_or_default() {
        let sense: &'static Sense = Box::leak(Box::new(sense));
        let possessed: &'static Sense = match sense {
            Sense::Kin(kin) if row.language == "ar" => {
                let mut kin = kin.clone();
                kin.possessed = true;
                Box::leak(Box::new(Sense::Kin(kin)))
            }
            other => other,
        };
        for form in row.forms.split('|') {
            let words: Vec<String> = fold(form).split(' ').map(str::to_owned).collect();
            if let (Sense::Kin(kin), [word]) = (sense, words.as_slice())
                && row.language == "ar"
                && !kin.of_speaker
            {
                for with_owner in with_pronouns(word) {
                    lexicon.entry(with_owner).or_default().push(Phrase {
                        rest: Vec::new(),
                        ya: false,
                        sense: possessed,
                    });
                }
            }
            if let Some((first, rest)) = words.split_first() {
                lexicon.entry(first.clone()).or_default().push(Phrase {
                    rest: rest.to_vec(),
                    ya: form.ends_with('ي'),
                    sense,
                });
            }
        }
    }
    inflect(&mut lexicon);
    for phrases in lexicon.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    lexicon.into_iter().collect()
});

/// Adds the forms of Arabic nouns of people that grammar makes of those in the files: «مهندس» gives «مهندسان» and, where it is
/// no plural of the files, «مهندسين»; «معلمة» gives «معلمتان», «معلمات»; «مزارعين» gives «مزارعون».
fn inflect(lexicon: &mut BTreeMap<String, Vec<Phrase>>) {
    let mut made: Vec<(String, &'static Sense)> = Vec::new();
    for (sense, row) in rows().unwrap_or_default().into_iter().filter(|(_, row)| row.language == "ar") {
        let Sense::People(people) = sense else { continue };
        let several = |number: Number| -> &'static Sense {
            Box::leak(Box::new(Sense::People(People { number, ..people })))
        };
        let (dual, plural) = (several(Number::Dual), several(Number::Plural));
        for form in row.forms.split('|').filter(|form| !form.contains(' ')) {
            let made_of = |stem: &str, endings: &[&str], sense| -> Vec<(String, &'static Sense)> {
                endings.iter().map(|ending| (fold(&format!("{stem}{ending}")), sense)).collect()
            };
            match people.number {
                Number::Singular if takes_a_dual(form) => match form.strip_suffix('ة') {
                    Some(stem) => {
                        made.extend(made_of(stem, &["تان", "تين"], dual));
                        made.extend(made_of(stem, &["ات"], plural));
                    }
                    None => made.extend(made_of(form, &["ان", "ين"], dual)),
                },
                Number::Plural => {
                    let stem = form.strip_suffix("ين").filter(|stem| stem.chars().count() > 2);
                    made.extend(stem.map(|stem| made_of(stem, &["ون"], plural)).unwrap_or_default());
                }
                _ => {}
            }
        }
    }
    for (word, sense) in made {
        let phrases = lexicon.entry(word).or_default();
        if phrases.iter().all(|phrase| !phrase.rest.is_empty()) {
            phrases.push(Phrase { rest: Vec::new(), ya: false, sense });
        }
    }
}

/// Whether the dual of a noun in the singular is made by its ending alone, and means nothing else: «طالبان» and «الفردان» are names.
fn takes_a_dual(form: &str) -> bool {
    let owned = form.ends_with('ه') || form.ends_with("ها");
    form.chars().count() > 2
        && !owned
        && !form.ends_with(['ى', 'ا'])
        && !form.starts_with("ال")
        && !matches!(form, "طالب" | "فرد")
}

/// What people a word alone is for.
pub(crate) fn people(word: &str) -> Option<&'static Sense> {
    let phrases = LEXICON.get(word)?.iter().filter(|phrase| phrase.rest.is_empty());
    phrases.map(|phrase| phrase.sense).find(|sense| matches!(sense, Sense::People(_)))
}

/// An Arabic kin word with each pronoun that says whose: والدة gives والدته, والدتها, والدتهم, والدتهما; بنت gives بنتو, as it
/// is spoken.
fn with_pronouns(word: &str) -> Vec<String> {
    let stem = match word.strip_suffix('ه') {
        Some(stem) => format!("{stem}ت"),
        None => word.to_owned(),
    };
    let mut forms = Vec::new();
    for pronoun in ["ه", "ها", "هم", "هما", "هن", "و"] {
        forms.push(format!("{stem}{pronoun}"));
        if let Some(bare) = stem.strip_suffix('ء') {
            forms.push(fold(&format!("{bare}ئ{pronoun}")));
        }
    }
    forms
}

fn look_up(tokens: &Tokens<'_>, at: usize, stem: &mut String, found: &mut Vec<Tag>) {
    let word = tokens.word(at);
    let before = found.len();
    find(tokens, at, word, Tag::bare(), found);
    if tokens.is_arabic(at) {
        let whole_known = found[before..].iter().any(|tag| !matches!(tag.sense, Sense::Ordinary));
        for (letters, article, and, rest) in prefixes(word) {
            // A whole word that is known is not cut, but for its article.
            if whole_known && !(article && letters == 2) {
                continue;
            }
            find(tokens, at, rest, Tag { prefix: letters, article, and, ..Tag::bare() }, found);
        }
        // «للعراق» is «العراق» with a preposition.
        if let Some(rest) = word.strip_prefix("لل") {
            stem.clear();
            stem.push_str("ال");
            stem.push_str(rest);
            find(tokens, at, stem, Tag { prefix: 1, ..Tag::bare() }, found);
        }
        // «61 طفلا», «وطفلا»: the accusative, also of a word that without its owner would be a dual.
        let whole = found[before..].iter().any(|tag| {
            !matches!(tag.sense, Sense::Ordinary) && !matches!(tag.sense, Sense::Kin(kin) if !kin.possessed)
        });
        if !whole && let Some(bare) = word.strip_suffix('ا') {
            let conjunction = bare.strip_prefix('و').map(|rest| (rest, 1));
            for (bare, prefix) in [Some((bare, 0)), conjunction].into_iter().flatten() {
                if bare.chars().count() > 2 {
                    stem.clear();
                    stem.push_str(bare);
                    find(tokens, at, stem, Tag { prefix, and: prefix > 0, ..Tag::bare() }, found);
                }
            }
        }
    }
    found[before..].sort_by_key(|tag| std::cmp::Reverse(tag.length));
}

impl Tag {
    fn bare() -> Self {
        Tag { sense: &Sense::Common, length: 1, prefix: 0, article: false, and: false }
    }
}

/// The ways to take prefixes off an Arabic word: letters taken, whether an article and a conjunction are among them,
/// and what is left; at least two letters stay.
fn prefixes(word: &str) -> impl Iterator<Item = (u8, bool, bool, &str)> {
    const PREFIXES: [(&str, bool, bool); 17] = [
        ("ال", true, false),
        ("و", false, true),
        ("ف", false, true),
        ("ب", false, false),
        ("ل", false, false),
        ("ك", false, false),
        ("وال", true, true),
        ("فال", true, true),
        ("بال", true, false),
        ("كال", true, false),
        ("لل", true, false),
        ("وب", false, true),
        ("ول", false, true),
        ("وبال", true, true),
        ("ولل", true, true),
        ("فب", false, true),
        ("س", false, false),
    ];
    PREFIXES.iter().filter_map(move |(prefix, article, and)| {
        let rest = word.strip_prefix(prefix)?;
        (rest.chars().nth(1).is_some()).then_some((prefix.chars().count() as u8, *article, *and, rest))
    })
}

fn find(tokens: &Tokens<'_>, at: usize, word: &str, like: Tag, found: &mut Vec<Tag>) {
    for phrase in LEXICON.get(word).map_or(&[][..], Vec::as_slice) {
        // «طفلة» is no «طفله», «ابنه» is no «ابنة»: a ta marbuta is no pronoun.
        let owned = matches!(phrase.sense, Sense::Kin(kin) if kin.possessed);
        let name = matches!(phrase.sense, Sense::Given(_) | Sense::Head(..) | Sense::Construct) && phrase.ya;
        let bare = matches!(phrase.sense, Sense::Kin(kin) if !kin.possessed);
        if owned && tokens.raw(at).ends_with('ة')
            || bare && tokens.raw(at).ends_with('ه')
            || name && tokens.raw(at).ends_with('ى')
        {
            continue;
        }
        let end = tokens.after_words(at + 1, &phrase.rest, &['-']);
        if let Some(length) = end.and_then(|end| u8::try_from(end - at).ok()) {
            found.push(Tag { sense: phrase.sense, length, ..like });
        }
    }
}

/// The number of people that a bare noun stands for, by its grammar.
pub(crate) fn bare_quantity(number: Number) -> sijil_model::Quantity {
    match number {
        Number::Singular => sijil_model::Quantity::Singular,
        Number::Dual => sijil_model::Quantity::Dual,
        Number::Plural => sijil_model::Quantity::Plural,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every entry is found in its own example, with its own sense.
    #[test]
    fn every_example_shows_its_entry() {
        let rows = rows().unwrap();
        assert!(rows.len() > 400);
        for (sense, row) in rows {
            if matches!(sense, Sense::Common | Sense::Ordinary | Sense::Given(_)) {
                continue;
            }
            let tokens = Tokens::of(&row.example);
            let tags = Tags::of(&tokens);
            let shown = (0..tokens.len()).any(|at| {
                tags.is(at, |found| match (found, &sense) {
                    (Sense::Kin(a), Sense::Kin(b)) => {
                        a.relation == b.relation && a.sex == b.sex && a.number == b.number
                    }
                    (a, b) => a == b,
                })
            });
            assert!(shown, "{} {} is not in its example: {}", row.sense, row.value, row.example);
        }
    }

    #[test]
    fn a_word_with_prefixes_is_found_and_says_how_many_letters_they_take() {
        let tokens = Tokens::of("وبالريف");
        let tags = Tags::of(&tokens);
        let (_, tag) = tags.find(0, |sense| matches!(sense, Sense::Head(..)).then_some(())).unwrap();
        assert_eq!((tag.prefix, tag.article, tag.and), (4, true, true));
    }

    #[test]
    fn hyphens_do_not_hide_a_phrase() {
        let tokens = Tokens::of("a suicide-car bombing");
        let tags = Tags::of(&tokens);
        assert_eq!(tags.at(1)[0].length, 4);
    }
}
