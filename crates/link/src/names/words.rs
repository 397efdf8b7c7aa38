//! From letters to words that are compared: folded, compounds glued, the article set aside, damage repaired.
//!
//! «عبد الرحمن», «عبدالرحمن» and «عبدالرحمان»… meet in one word; so do “Abdul Rahman” and “Abdelrahman”.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use sijil_model::fold::fold_letter;

/// Words of a name as printed, in order: folded, compounds glued («ابو X», «عبد X», «X الدين»), the article dropped,
/// digits and single stray letters taken out or glued back.
///
/// Quoted parts (a kunya, a nickname) and parts in brackets are left out. What only stands where a name would
/// (“unidentified man”, «مجهول الهوية») has no words: two people without a name are not namesakes.
pub fn split_words(name: &str) -> Vec<String> {
    let words = as_printed(name);
    if is_no_name(&words) { Vec::new() } else { words }
}

/// The beginning of a name that holds its first `words` words, as printed: `1` of «عبد الله قصار» is «عبد الله».
pub(super) fn words_within(name: &str, words: usize) -> &str {
    let ends = name.char_indices().filter(|(_, letter)| letter.is_whitespace()).map(|(at, _)| at);
    let ends = ends.chain([name.len()]);
    let within = ends.take_while(|end| as_printed(&name[..*end]).len() <= words).last();
    name[..within.unwrap_or(name.len())].trim_end()
}

fn as_printed(name: &str) -> Vec<String> {
    let mut raw: Vec<Word> = Vec::with_capacity(6);
    for piece in outside_quotes(name).split(|c: char| !(c.is_alphanumeric() || is_mark(c))) {
        if let Some(word) = Word::new(piece) {
            join_stray_letter(&mut raw, word);
        }
    }
    glue(&raw)
}

/// Whether words begin as those do that stand for a missing name, or are nothing but a code for one.
fn is_no_name(words: &[String]) -> bool {
    static PHRASES: OnceLock<[Vec<Vec<String>>; 2]> = OnceLock::new();
    let [heads, codes] = PHRASES.get_or_init(|| {
        ["no_name", "no_name_alone"].map(|kind| super::parts::words_of_kind(kind).map(as_printed).collect())
    });
    heads.iter().any(|head| words.starts_with(head)) || codes.iter().any(|code| words == code)
}

/// All words of a cell as one: a column that holds one part of a name, «عبد الله» or “abu dgheim”.
pub fn one_word(cell: &str) -> String {
    let mut words = split_words(cell);
    match words.len() {
        1 => words.remove(0),
        _ => words.concat(),
    }
}

/// Marks within a word: apostrophes, vowel signs, tatweel, invisible letters.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | 'ʼ' | 'ʿ' | 'ʾ' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        || matches!(letter, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// The letters that stand outside quotation marks and brackets; a bracket that is not closed ends the name.
fn outside_quotes(name: &str) -> std::borrow::Cow<'_, str> {
    if !name.contains(['"', '(', '[', '“', '«', '{', '/']) {
        return name.into();
    }
    let mut out = String::with_capacity(name.len());
    let mut closing: Option<char> = None;
    for letter in name.chars() {
        match (closing, letter) {
            (Some(end), _) if letter == end => closing = None,
            (Some(_), _) => {}
            (None, '"') => closing = Some('"'),
            (None, '(') => closing = Some(')'),
            (None, '[') => closing = Some(']'),
            (None, '{') => closing = Some('}'),
            (None, '“') => closing = Some('”'),
            (None, '«') => closing = Some('»'),
            (None, '/') if !out.trim().is_empty() && out.split_whitespace().count() >= 2 => break,
            _ => out.push(if letter == '/' { ' ' } else { letter }),
        }
    }
    if out.trim().is_empty() {
        name.replace(['"', '(', ')', '[', ']', '“', '”', '«', '»'], " ").into()
    } else {
        out.into()
    }
}

/// A folded word, and whether its first letters can be the article.
#[derive(Debug)]
struct Word {
    folded: String,
    arabic: bool,
    /// Written with إل or آل: that is no article.
    own_alef: bool,
}

impl Word {
    fn new(piece: &str) -> Option<Word> {
        let mut folded = String::with_capacity(piece.len());
        for letter in piece.chars() {
            match letter {
                'ؤ' => folded.push('و'),
                'ئ' => folded.push('ي'),
                'ء' | '`' => {}
                letter => fold_letter(letter, &mut folded),
            }
        }
        let folded = folded.trim();
        if folded.is_empty() || folded.chars().all(|letter| letter.is_ascii_digit()) {
            return None;
        }
        let arabic = super::is_arabic(folded);
        let own_alef = arabic && (piece.starts_with("إل") || piece.starts_with("آل")) && piece != "آل";
        let folded = if arabic { repaired(folded) } else { folded.to_owned() };
        Some(Word { folded, arabic, own_alef })
    }
}

/// Letters that PDF extraction turned round: هللا for الله, اال for الا.
fn repaired(word: &str) -> String {
    let word = word.replace("هللا", "الله").replace("اهلل", "الله");
    match word.strip_prefix("اال") {
        Some(rest) if rest.chars().count() >= 2 => format!("الا{rest}"),
        _ => word,
    }
}

/// A single Arabic letter is a piece of the word before it («حسي ن»).
fn join_stray_letter(words: &mut Vec<Word>, word: Word) {
    let stray = word.arabic && word.folded.chars().count() == 1 && word.folded != "و";
    match words.last_mut() {
        Some(last) if stray && last.arabic => last.folded.push_str(&word.folded),
        _ if stray => {}
        _ => words.push(word),
    }
}

const ABD: [&str; 6] = ["عبد", "abd", "abdul", "abdel", "abdal", "abdol"];
const FATHER_OF: [&str; 7] = ["ابو", "ابي", "ابا", "abu", "abo", "abou", "aboo"];
const MOTHER_OF: [&str; 6] = ["ام", "um", "umm", "om", "oum", "umu"];
const LINK_WORDS: [&str; 7] = ["بن", "بنت", "ابن", "bin", "ibn", "bint", "ben"];
const ARTICLES: [&str; 16] =
    ["ال", "al", "el", "ul", "as", "ar", "an", "at", "az", "ash", "ad", "es", "er", "en", "ez", "esh"];

fn glue(words: &[Word]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let text = word.folded.as_str();
        let has_next = at < words.len();
        if has_next && ABD.contains(&text) {
            at += usize::from(at + 1 < words.len() && is_article(words, at));
            out.push(format!("{}{}", if word.arabic { "عبد" } else { "abd" }, bare(&words[at])));
            at += 1;
        } else if has_next && (FATHER_OF.contains(&text) || MOTHER_OF.contains(&text)) {
            at += usize::from(at + 1 < words.len() && is_article(words, at));
            let mother = MOTHER_OF.contains(&text);
            let head = match (word.arabic, mother) {
                (true, false) => "ابو",
                (true, true) => "ام",
                (false, false) => "abu",
                (false, true) => "um",
            };
            out.push(format!("{head}{}", bare(&words[at])));
            at += 1;
        } else if (has_next && is_article(words, at - 1)) || (!out.is_empty() && LINK_WORDS.contains(&text)) {
            // The article by itself, or “son of” within a chain.
        } else if let Some(tail) = second_half(text).filter(|_| !out.is_empty()) {
            if let Some(last) = out.last_mut() {
                last.push_str(tail);
            }
        } else {
            out.push(bare(word));
        }
    }
    out
}

/// «… الدين» and «… الله» belong to the word before them.
fn second_half(word: &str) -> Option<&'static str> {
    match word {
        "الدين" | "دين" => Some("دين"),
        "الله" | "لله" => Some("له"),
        "aldin" | "eldin" | "eddin" | "uddin" | "aldeen" | "eldeen" | "eddine" | "deen" | "din" | "addin"
        | "addeen" | "eldien" => Some("din"),
        "allah" | "ullah" | "ollah" | "lah" | "lillah" => Some("lah"),
        _ => None,
    }
}

/// Whether the word at this place is an article by itself and not the last word.
fn is_article(words: &[Word], at: usize) -> bool {
    at + 1 < words.len() && words.get(at).is_some_and(|word| ARTICLES.contains(&word.folded.as_str()))
}

/// The word without article, with compounds that are written as one word in the same form as those written as two.
fn bare(word: &Word) -> String {
    if word.arabic { bare_arabic(&word.folded, word.own_alef) } else { bare_latin(&word.folded) }
}

fn bare_arabic(word: &str, own_alef: bool) -> String {
    for (head, fewest) in [("عبد", 3), ("ابو", 3), ("ام", 5)] {
        if let Some(rest) = word.strip_prefix(head) {
            let letters = rest.chars().count();
            if letters >= fewest && (head != "ام" || rest.starts_with("ال")) {
                return format!("{head}{}", halves(without_article(rest)));
            }
        }
    }
    let word = if own_alef || own_article().contains(word) { word } else { without_article(word) };
    halves(word)
}

/// «عزالدين» as «عز الدين», «عطاالله» as «عطا الله».
fn halves(word: &str) -> String {
    for (whole, half) in [("الدين", "دين"), ("الله", "له"), ("لله", "له")] {
        let start = word.strip_suffix(whole).filter(|start| start.chars().count() >= 2 || whole == "الله");
        if let Some(start) = start {
            return format!("{start}{half}");
        }
    }
    word.to_owned()
}

fn without_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 3 || rest == "له" => rest,
        _ => word,
    }
}

fn bare_latin(word: &str) -> String {
    for head in ["abdul", "abdel", "abdal", "abdol", "abdu", "abde", "abda", "abd"] {
        if let Some(rest) = word.strip_prefix(head).filter(|rest| rest.len() >= 3) {
            return format!("abd{}", latin_halves(latin_article(rest)));
        }
    }
    for head in ["abou", "aboo", "abu", "abo"] {
        if let Some(rest) = word.strip_prefix(head).filter(|rest| rest.len() >= 3) {
            return format!("abu{}", latin_article(rest));
        }
    }
    latin_halves(latin_article(word))
}

fn latin_halves(word: &str) -> String {
    for (whole, half) in [
        ("aldin", "din"),
        ("eldin", "din"),
        ("eddin", "din"),
        ("uddin", "din"),
        ("aldeen", "din"),
        ("eldeen", "din"),
        ("eddine", "din"),
        ("allah", "lah"),
        ("ullah", "lah"),
        ("ollah", "lah"),
    ] {
        if let Some(start) = word.strip_suffix(whole).filter(|start| start.len() >= 2) {
            return format!("{start}{half}");
        }
    }
    word.to_owned()
}

/// “alnajjar” without its article; a word of under six letters keeps it (Ali, Alaa, Elias).
fn latin_article(word: &str) -> &str {
    for article in ["al", "el"] {
        if let Some(rest) = word.strip_prefix(article) {
            let consonant = rest.chars().next().is_some_and(|first| !"aeiouy".contains(first));
            if rest.len() >= 4 && consonant && rest.is_ascii() {
                return rest;
            }
        }
    }
    word
}

/// Words whose first letters look like the article and are their own.
fn own_article() -> &'static BTreeSet<&'static str> {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| super::parts::words_of_kind("own_article").collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("عبد الرحمن", "عبدالرحمن"),
            ("أبو الفحم", "ابوالفحم"),
            ("عز الدين", "عزالدين"),
            ("عطا الله", "عطاالله"),
            ("هللا", "الله"),
            ("حسي ن", "حسين"),
            ("االسمر", "الاسمر"),
            ("Abdul Rahman", "Abdel-Rahman"),
            ("Abdulrahman", "Abd al-Rahman"),
            ("Abu al-Naser", "abunaser"),
            ("Salah al-Din", "Salahuddin"),
            ("al-Najjar", "Alnajjar"),
            ("النجار", "نجار"),
            ("سيد", "السيد"),
        ] {
            assert_eq!(one_word(a), one_word(b), "{a} and {b}");
        }
    }

    #[test]
    fn what_belongs_to_the_name_stays() {
        for (word, folded) in [
            ("إلهام", "الهام"),
            ("الياس", "الياس"),
            ("آلاء", "الا"),
            ("Ali", "ali"),
            ("علي", "علي"),
            ("الي", "الي"),
        ] {
            assert_eq!(one_word(word), folded);
        }
        assert_ne!(one_word("نور"), one_word("نورة"));
        assert_ne!(one_word("محمد"), one_word("محمود"));
    }

    #[test]
    fn what_stands_for_a_missing_name_is_none() {
        for none in [
            "Unknown",
            "UNIDENTIFIED man",
            "مجهول الهوية",
            "مجهولة",
            "غير معروف",
            "N/A",
            "no name",
            "لم يُعرف اسمه",
        ] {
            assert!(split_words(none).is_empty(), "{none}: {:?}", split_words(none));
            assert_eq!(one_word(none), "");
        }
        for name in ["Nan Salim", "Na Aziz", "غيث معروف", "None Karim"] {
            assert!(!split_words(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn brackets_quotes_and_numbers_are_left_out() {
        assert_eq!(split_words("سمير أبو حدايد \"أبو رامي\""), ["سمير", "ابوحدايد"]);
        assert_eq!(split_words("Samir Hadid (Abu Rami"), ["samir", "hadid"]);
        assert_eq!(split_words("سمير 0 حدايد"), ["سمير", "حدايد"]);
        assert_eq!(split_words("(سمير)"), ["سمير"]);
        assert!(split_words(" - ").is_empty());
    }
}
