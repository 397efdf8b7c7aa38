//! Stage 1: a text cut into tokens, each with its place in the source and its folded form for look-up.
//!
//! The source is never edited: the folded forms are a *view* beside it, and every token knows its bytes and its code
//! points, so that any run of tokens is a span of the source without counting again.

use std::ops::Range;

use sijil_model::fold::{digit, fold_letter};
use sijil_model::{Quoted, Span};

mod hidden;

use hidden::{hides, is_glued_word, is_next_word};

use crate::word_lists::Words;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Latin letters.
    Latin,
    /// Arabic letters.
    Arabic,
    /// Digits, with separators of thousands and decimals inside.
    Number,
    /// One mark: a comma, a bracket, a hyphen.
    Mark(char),
}

/// One token: where it stands and what it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    start: u32,
    end: u32,
    letters: u32,
    letters_end: u32,
    fold_start: u32,
    fold_end: u32,
    /// What it is made of.
    pub kind: Kind,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// How many line ends stand before it (2 is enough to know).
    pub lines: u8,
}

/// A window of a text as tokens.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    folded: String,
    list: Vec<Token>,
    /// The word lists that each token's folded form is on, as [`Words::lists_of`] gives them.
    lists: Vec<u128>,
}

impl<'a> Tokens<'a> {
    /// Cuts a text into tokens, in one pass.
    pub fn of(text: &'a str) -> Self {
        let mut tokens = Self {
            text,
            folded: String::with_capacity(text.len()),
            list: Vec::with_capacity(text.len() / 5),
            lists: Vec::with_capacity(text.len() / 5),
        };
        tokens.cut();
        tokens
    }

    /// The text that was cut.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at a place, if there is one.
    pub fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    /// The folded form of a token; empty beyond the end and for marks.
    pub fn word(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| &self.folded[token.fold_start as usize..token.fold_end as usize])
    }

    /// Whether the folded form of a token is on a list; no token beyond the end is.
    pub fn is_on(&self, list: Words, at: usize) -> bool {
        self.lists.get(at).is_some_and(|lists| list.is_among(*lists))
    }

    /// The token as it stands in the source.
    pub fn raw(&self, at: usize) -> &'a str {
        self.list.get(at).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// Whether the token is this mark.
    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// The mark at a place.
    pub fn mark(&self, at: usize) -> Option<char> {
        match self.list.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether the token starts with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.capital)
    }

    /// Whether the token is glued to the one before.
    pub fn is_glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.glued)
    }

    /// Whether the token is a word of either script.
    pub fn is_word(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| matches!(token.kind, Kind::Latin | Kind::Arabic))
    }

    /// Whether the token is Arabic.
    pub fn is_arabic(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == Kind::Arabic)
    }

    /// Whether the token is digits.
    pub fn is_number(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == Kind::Number)
    }

    /// Where these folded words end, if the text goes on with them at a token; one of these marks before a word, glued to
    /// what stands before it, does not count.
    pub fn after_words(&self, at: usize, words: &[impl AsRef<str>], marks: &[char]) -> Option<usize> {
        words.iter().try_fold(at, |at, word| {
            let joined = self.is_glued(at) && self.mark(at).is_some_and(|mark| marks.contains(&mark));
            let here = at + usize::from(joined);
            (self.word(here) == word.as_ref()).then_some(here + 1)
        })
    }

    /// The bytes that a run of tokens covers.
    pub fn bytes(&self, run: &Range<usize>) -> Range<usize> {
        match (self.list.get(run.start), run.end.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if run.start < run.end => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The folded words of a run, one space between, without the first `prefix` letters.
    pub fn folded(&self, run: &Range<usize>, prefix: usize) -> String {
        let mut folded = String::with_capacity(24);
        for at in run.clone() {
            let word = self.word(at);
            if word.is_empty() {
                continue;
            }
            if !folded.is_empty() {
                folded.push(' ');
            }
            let skip = if at == run.start {
                word.char_indices().nth(prefix).map_or(0, |(bytes, _)| bytes)
            } else {
                0
            };
            folded.push_str(&word[skip..]);
        }
        folded
    }

    /// The source words of a run of tokens.
    pub fn quote(&self, run: &Range<usize>) -> &'a str {
        &self.text[self.bytes(run)]
    }

    /// The span of a run of tokens with its words.
    pub fn quoted(&self, run: &Range<usize>) -> Quoted {
        self.quoted_without(run, 0)
    }

    /// The same, without the first `prefix` letters of the first token: an Arabic prefix such as «بـ» is not the name.
    pub fn quoted_without(&self, run: &Range<usize>, prefix: usize) -> Quoted {
        let (Some(first), Some(last)) = (self.list.get(run.start), self.list.get(run.end.saturating_sub(1)))
        else {
            return Quoted {
                span: Span::Text { start: 0, end: 0, byte_start: 0, byte_end: 0 },
                quote: String::new(),
            };
        };
        let (skipped, bytes) = self.skip(first, prefix);
        let span = Span::Text {
            start: first.letters + skipped,
            end: last.letters_end,
            byte_start: first.start + bytes,
            byte_end: last.end,
        };
        Quoted { span, quote: self.text[(first.start + bytes) as usize..last.end as usize].to_owned() }
    }

    /// How many code points and bytes of a token its first `prefix` folded letters take, marks included.
    fn skip(&self, token: &Token, prefix: usize) -> (u32, u32) {
        let (mut points, mut bytes, mut seen) = (0, 0, 0);
        let mut folded = String::new();
        for letter in self.text[token.start as usize..token.end as usize].chars() {
            folded.clear();
            fold_letter(letter, &mut folded);
            if seen >= prefix && !folded.is_empty() {
                break;
            }
            seen += folded.chars().count();
            points += 1;
            bytes += letter.len_utf8() as u32;
        }
        if prefix == 0 { (0, 0) } else { (points, bytes) }
    }

    fn cut(&mut self) {
        let mut letters = self.text.char_indices().peekable();
        let (mut at, mut point, mut lines, mut glued) = (0usize, 0u32, 2u8, false);
        while let Some(&(start, letter)) = letters.peek() {
            at = at.max(start);
            if !is_content(letter) {
                lines = (lines + u8::from(letter == '\n')).min(2);
                glued = false;
                letters.next();
                point += 1;
                continue;
            }
            let kind = kind_of(letter);
            let (first, capital) = (point, letter.is_uppercase());
            let mut end = start;
            while let Some(&(here, next)) = letters.peek() {
                let inside =
                    here == start || continues(kind, next, &self.text[start..here], &self.text[here..]);
                if !inside {
                    break;
                }
                end = here + next.len_utf8();
                point += 1;
                letters.next();
                if matches!(kind, Kind::Mark(_)) {
                    break;
                }
            }
            self.push(start..end, first..point, kind, (capital, glued, lines));
            (lines, glued) = (0, true);
        }
    }

    fn push(
        &mut self,
        bytes: Range<usize>,
        points: Range<u32>,
        kind: Kind,
        (capital, glued, lines): (bool, bool, u8),
    ) {
        let fold_start = self.folded.len();
        if !matches!(kind, Kind::Mark(_)) {
            let mut other = String::new();
            for letter in self.text[bytes.clone()].chars() {
                if letter.is_ascii_alphanumeric() {
                    self.folded.push(letter.to_ascii_lowercase());
                } else {
                    other.clear();
                    fold_letter(letter, &mut other);
                    self.folded.extend(other.chars().filter(|letter| *letter != ' '));
                }
            }
        }
        self.lists.push(Words::lists_of(&self.folded[fold_start..]));
        self.list.push(Token {
            start: bytes.start as u32,
            end: bytes.end as u32,
            letters: points.start,
            letters_end: points.end,
            fold_start: fold_start as u32,
            fold_end: self.folded.len() as u32,
            kind,
            capital,
            glued,
            lines,
        });
    }
}

/// The longest word that is kept as one token, in bytes; longer runs of letters are cut, so that no token is unbounded.
const LONGEST: usize = 200;

fn is_content(letter: char) -> bool {
    !letter.is_whitespace() && !is_invisible(letter)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
        || letter.is_control() && !letter.is_whitespace()
}

fn is_arabic_letter(letter: char) -> bool {
    matches!(letter, '\u{0610}'..='\u{061a}' | '\u{0620}'..='\u{065f}' | '\u{066e}'..='\u{06d3}' | '\u{06d5}'..='\u{06dc}' | '\u{06ea}'..='\u{06ef}' | '\u{06fa}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn is_digit(letter: char) -> bool {
    digit(letter).is_some()
}

fn kind_of(letter: char) -> Kind {
    if is_digit(letter) {
        Kind::Number
    } else if is_arabic_letter(letter) {
        Kind::Arabic
    } else if letter.is_alphabetic() {
        Kind::Latin
    } else {
        Kind::Mark(plain_mark(letter))
    }
}

/// One sign for each kind of quotation mark, dash and comma.
fn plain_mark(letter: char) -> char {
    match letter {
        '‘' | '’' | 'ʼ' | '`' => '\'',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        '،' | '٫' => ',',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        '“' | '«' | '„' | '❝' => '“',
        '”' | '»' | '❞' => '”',
        '●' | '▪' | '◦' | '·' | '‣' | '*' => '•',
        other => other,
    }
}

/// Whether a letter goes on with a token of this kind; `before` is the token so far, `rest` the text from the letter on.
fn continues(kind: Kind, letter: char, before: &str, rest: &str) -> bool {
    let length = before.len();
    if length > LONGEST {
        return false;
    }
    let mut after = rest.chars().skip(1);
    match kind {
        Kind::Mark(_) => false,
        Kind::Number => {
            is_digit(letter)
                || (matches!(letter, ',' | '.' | '٬' | '٫' | '،')
                    && length < 24
                    && separates_digits(letter, after.next(), after.next(), after.next(), after.next()))
        }
        Kind::Arabic => {
            (is_arabic_letter(letter) && !is_next_word(letter, before) && !is_glued_word(before, rest))
                || (is_invisible(letter) && after.next().is_some_and(is_arabic_letter))
                || hides(letter, before, rest)
        }
        Kind::Latin => {
            (letter.is_alphabetic() && !is_arabic_letter(letter))
                || is_combining(letter)
                || (matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`') && joins_word(after.next(), after.next()))
        }
    }
}

/// A separator inside a number: three digits follow a separator of thousands, one or two a decimal point.
fn separates_digits(
    mark: char,
    one: Option<char>,
    two: Option<char>,
    three: Option<char>,
    four: Option<char>,
) -> bool {
    let digit = |letter: Option<char>| letter.is_some_and(is_digit);
    let thousands = digit(one) && digit(two) && digit(three) && !digit(four);
    let decimal = digit(one) && !(digit(two) && digit(three)) && (mark == '.' || mark == '٫');
    thousands || decimal
}

/// An apostrophe inside a word; the possessive «’s» is a token of its own.
fn joins_word(next: Option<char>, after: Option<char>) -> bool {
    let Some(next) = next.filter(|letter| letter.is_alphabetic() && !is_arabic_letter(*letter)) else {
        return false;
    };
    let possessive = matches!(next, 's' | 'S') && !after.is_some_and(char::is_alphanumeric);
    !possessive
}

fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::of(text);
        (0..tokens.len()).map(|at| tokens.raw(at).to_owned()).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(words("Al-Hafiz’s 1,250 homes"), ["Al", "-", "Hafiz", "’", "s", "1,250", "homes"]);
        assert_eq!(words("don't, 3.5% (12:30)"), ["don't", ",", "3.5", "%", "(", "12", ":", "30", ")"]);
        assert_eq!(words("قُتل ٢٣ طفلاً."), ["قُتل", "٢٣", "طفلاً", "."]);
        assert_eq!(words("شهـ..ـيد و استـ*ـشهاد"), ["شهـ..ـيد", "و", "استـ*ـشهاد"]);
        assert_eq!(
            words("قـ ـصـ ـف تركي، مقـــ,تل شهدا.ء."),
            ["قـ ـصـ ـف", "تركي", "،", "مقـــ,تل", "شهدا.ء", "."]
        );
        assert_eq!(
            words("متأ.ثرة بالق.صف على القرية.وقال"),
            ["متأ.ثرة", "بالق.صف", "على", "القرية", ".", "وقال"]
        );
        assert_eq!(words("في مدينة الزاهرةقُتل شاباً"), ["في", "مدينة", "الزاهرة", "قُتل", "شاباً"]);
        assert_eq!(words("مزهر\nالذي"), ["مزهر", "الذي"]);
        assert_eq!(words("in 2015, 30 fell"), ["in", "2015", ",", "30", "fell"]);
    }

    #[test]
    fn spans_reread_without_arabic_prefixes() {
        let text = "وقع القصف بِقرية السوق";
        let tokens = Tokens::of(text);
        let said = tokens.quoted_without(&(2..4), 1);
        assert_eq!(said.quote, "قرية السوق");
        assert_eq!(said.span.quote(text), Some("قرية السوق"));
        assert_eq!(
            Span::of_bytes(text, 10 + "وقع ".len() - 10 + "القصف بِ".len()..text.len()),
            Some(said.span)
        );
    }

    #[test]
    fn a_run_of_letters_without_end_is_cut() {
        let text = "a".repeat(10_000);
        assert!(words(&text).iter().all(|word| word.len() <= LONGEST + 4));
    }
}
