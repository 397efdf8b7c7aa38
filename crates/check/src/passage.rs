//! A paragraph as a line of symbols, so that what is said in many words, in two languages, is one pattern.
//!
//! "Of the 240 killed, 60 (25%) were children" and «من أصل 240 قتيلاً، 60 (25%) أطفال» both become
//! `of N n , N ( P ) … n`. Capital letters are amounts: `N` a count, `P` a share, `Q` percentage points, `D` a length
//! of time, `T` a period or a month, `t` a day, `R` "per day", `X` "doubled",
//! `x` "three times". `n` is a counted thing, `w` any other word.

use std::ops::Range;

use regex::{Captures, Regex};

use crate::amounts::{self, Amount, What};
use crate::arithmetic::Bounds;
use crate::dates::{self, Dated, Period};
use crate::labels;
use crate::lexicon::{Lexicon, Noun, Sense, Unit};
use crate::prefixes;
use crate::tokens::{self, Kind, Token};

/// What stands at a place of a passage.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    Count(Amount),
    Share(Amount),
    Points(Amount),
    Length(Amount, Unit),
    Period(Period),
    Day(Dated),
    Rate(Unit),
    Factor(Amount),
    Noun(Noun),
    /// A place in a row in digits: "30th". Its symbol is that of a word.
    Ordinal(f64),
    Word,
}

/// One symbol of a passage.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Atom {
    pub item: Item,
    /// Its first word, folded; empty for digits and marks.
    pub word: String,
    pub points: Range<u32>,
}

/// How many words after "doubled" may tell how often.
const CLAUSE: usize = 8;

/// A paragraph as symbols.
#[derive(Debug)]
pub(crate) struct Passage {
    /// The symbols, each followed by a space.
    pub line: String,
    pub atoms: Vec<Atom>,
    starts: Vec<usize>,
    /// Where sentences end.
    ends: Vec<usize>,
}

impl Passage {
    /// Reads a paragraph whose first letter is the code point `first` of the text.
    pub(crate) fn read(text: &str, first: u32) -> Self {
        let tokens = prefixes::cut(tokens::tokens(text, first));
        let mut passage =
            Self { line: String::new(), atoms: Vec::new(), starts: Vec::new(), ends: Vec::new() };
        let (mut at, mut day) = (0, None);
        while at < tokens.len() {
            let (symbol, item, length) = match day.and_then(|day| dates::same_month(&tokens, at, day)) {
                Some((day, length)) => ("t", Item::Day(day), length),
                None => next(&tokens, at),
            };
            if let Item::Day(told) = item {
                day = Some(told);
            }
            // "A two-thirds majority" is one share.
            let majority = symbol == "P" && passage.symbol_before(passage.atoms.len()) == "P";
            let majority = majority && matches!(tokens[at].word.as_str(), "majority" | "اغلبيه" | "غالبيه");
            let (symbol, item) = if majority { ("w", Item::Word) } else { (symbol, item) };
            let points = tokens[at].points.start..tokens[at + length - 1].points.end;
            passage.starts.push(passage.line.len());
            if symbol == "." {
                passage.ends.push(passage.atoms.len());
            }
            passage.line.push_str(symbol);
            passage.line.push(' ');
            passage.atoms.push(Atom { item, word: tokens[at].word.clone(), points });
            at += length;
        }
        passage
    }

    /// The number of the symbol that starts at a byte of the line.
    pub(crate) fn index(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The amount that a group of a match stands for.
    pub(crate) fn amount<'p>(&'p self, captures: &Captures<'_>, group: &str) -> Option<&'p Amount> {
        let found = captures.name(group)?;
        self.amount_at(self.index(found.start()))
    }

    /// The place of a group of a match.
    pub(crate) fn place(&self, captures: &Captures<'_>, group: &str) -> Option<usize> {
        captures.name(group).map(|found| self.index(found.start()))
    }

    pub(crate) fn amount_at(&self, at: usize) -> Option<&Amount> {
        match &self.atoms.get(at)?.item {
            Item::Count(amount)
            | Item::Share(amount)
            | Item::Points(amount)
            | Item::Length(amount, _)
            | Item::Factor(amount) => Some(amount),
            _ => None,
        }
    }

    pub(crate) fn period_at(&self, at: usize) -> Option<Period> {
        if let Item::Period(period) = self.atoms.get(at)?.item { Some(period) } else { None }
    }

    pub(crate) fn count_at(&self, at: usize) -> Option<&Amount> {
        match &self.atoms.get(at)?.item {
            Item::Count(amount) => Some(amount),
            _ => None,
        }
    }

    /// The class of the counted thing that a word at a place names.
    pub(crate) fn class_at(&self, at: usize) -> Option<&'static str> {
        if let Item::Noun(noun) = &self.atoms.get(at)?.item { Some(noun.class) } else { None }
    }

    /// All counts within a stretch of symbols, in order, with their places.
    pub(crate) fn counts(&self, within: Range<usize>) -> Vec<(usize, &Amount)> {
        within.filter_map(|at| Some((at, self.count_at(at)?))).collect()
    }

    /// The first word at a place, folded, without the Arabic article.
    pub(crate) fn word(&self, at: usize) -> &str {
        let word = self.atoms.get(at).map_or("", |atom| atom.word.as_str());
        word.strip_prefix("ال").unwrap_or(word)
    }

    /// Where the sentence before the one around a place starts; its own start where there is none.
    pub(crate) fn before(&self, at: usize) -> usize {
        let start = self.sentence(at).start;
        start.checked_sub(2).map_or(0, |at| self.sentence(at).start)
    }

    /// The symbol at a place.
    pub(crate) fn symbol(&self, at: usize) -> &str {
        let Some(start) = self.starts.get(at) else { return "" };
        self.line[*start..].split(' ').next().unwrap_or("")
    }

    /// The symbol before an atom; empty at the start.
    pub(crate) fn symbol_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.symbol(before))
    }

    /// Whether a symbol stands within a stretch.
    pub(crate) fn has(&self, within: Range<usize>, symbols: &[&str]) -> bool {
        within.into_iter().any(|at| symbols.contains(&self.symbol(at)))
    }

    /// The sentence around a place, without its end.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let next = self.ends.partition_point(|end| *end < at);
        let start = next.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        start..self.ends.get(next).copied().unwrap_or(self.atoms.len())
    }

    /// All matches of a pattern, also those that overlap by their ends.
    pub(crate) fn matches<'l>(&'l self, pattern: &'l Regex) -> impl Iterator<Item = Captures<'l>> + 'l {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = pattern.captures_at(&self.line, from)?;
            let whole = found.get(0)?;
            let first = self.index(whole.start());
            from = self.starts.get(first + 1).copied().unwrap_or(self.line.len());
            Some(found)
        })
    }
}

/// A pattern over symbols; the patterns are ours, and a test reads each.
pub(crate) fn pattern(text: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "every pattern is a constant that tests compile")]
    Regex::new(text).expect("a pattern of our own")
}

fn next(tokens: &[Token], at: usize) -> (&'static str, Item, usize) {
    let token = &tokens[at];
    if let Some(ordinal) = ordinal(tokens, at) {
        return ("w", Item::Ordinal(ordinal), 2);
    }
    if let Some(length) = labels::no_count(tokens, at) {
        return ("w", Item::Word, length);
    }
    if let Some((period, length)) = stretch(tokens, at) {
        return ("T", Item::Period(period), length);
    }
    if let Some(day) = listed_day(tokens, at) {
        return ("t", Item::Day(day), 1);
    }
    if let Some((date, length)) = dates::date(tokens, at) {
        return match dates::length_of(date) {
            Some(period) => ("M", Item::Period(period), length),
            None => ("t", Item::Day(date), length),
        };
    }
    if let Kind::Mark(mark) = token.kind
        && !matches!(mark, '~' | '≈' | '≥' | '≤' | '<' | '>')
    {
        return (mark_symbol(tokens, at, mark), Item::Word, 1);
    }
    if is_that_is(tokens, at) {
        return ("is", Item::Word, 4);
    }
    phrase(tokens, at)
}

/// "30th", where it is no day of a month.
fn ordinal(tokens: &[Token], at: usize) -> Option<f64> {
    let ending = tokens.get(at + 1).filter(|token| token.glued)?;
    let is_ordinal = matches!(ending.word.as_str(), "st" | "nd" | "rd" | "th");
    let number = crate::numbers::number(tokens, at).filter(|number| is_ordinal && number.length == 1)?;
    dates::date(tokens, at).is_none().then_some(number.value)
}

/// "i.e.", whose dots end no sentence.
fn is_that_is(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.word == word);
    let dot = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark('.'));
    word(at, "i") && dot(at + 1) && word(at + 2, "e") && dot(at + 3)
}

/// Whether somebody else's word is quoted: 'who had written "doubled"'.
fn is_quoted(tokens: &[Token], run: Range<usize>) -> bool {
    let mark = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| matches!(token.kind, Kind::Mark('"' | '“' | '”' | '«' | '»' | '‘' | '’')))
    };
    run.start > 0 && mark(run.start - 1) && mark(run.end)
}

fn phrase(tokens: &[Token], at: usize) -> (&'static str, Item, usize) {
    let lexicon = Lexicon::get();
    let factor = lexicon.find(tokens, at, |sense| match sense {
        Sense::Factor(factor, times) => Some((factor, times)),
        _ => None,
    });
    // "Nine times a day": a number of times.
    let often = |length: usize| {
        lexicon.find(tokens, at + length, |sense| matches!(sense, Sense::Rate(_)).then_some(()))
    };
    if let Some(((factor, times), length)) =
        factor.filter(|((_, times), length)| !(*times && often(*length).is_some()))
    {
        if is_quoted(tokens, at..at + length) {
            return ("w", Item::Word, length);
        }
        let symbol = if times { "x" } else { "X" };
        return (symbol, Item::Factor(multiple(tokens, at..at + length, factor)), length);
    }
    let rate =
        lexicon.find(tokens, at, |sense| if let Sense::Rate(unit) = sense { Some(unit) } else { None });
    // "A day later" is no rate.
    let later = |length: usize| {
        lexicon.symbol(tokens, at + length).is_some_and(|(name, _)| matches!(name, "later" | "ago"))
    };
    // "Over a year", "less than a month": a length of time.
    let long = at > 0
        && matches!(tokens[at].word.as_str(), "a" | "an")
        && matches!(
            tokens[at - 1].word.as_str(),
            "over" | "than" | "within" | "for" | "about" | "nearly" | "almost" | "under" | "half" | "after"
        );
    // «في السنة الأخيرة»: one year of several.
    let one_of = |length: usize| {
        let next = tokens.get(at + length).map_or("", |token| token.word.as_str());
        tokens[at].word == "في" && next.starts_with("ال") && !is_number(tokens, at + length)
    };
    if let Some((unit, length)) = rate.filter(|(_, length)| !long && !later(*length) && !one_of(*length)) {
        return ("R", Item::Rate(unit), length);
    }
    let symbol =
        lexicon.find(tokens, at, |sense| if let Sense::Symbol(name) = sense { Some(name) } else { None });
    let amount = amounts::amount(tokens, at).filter(|read| {
        let counts_nothing = |at: usize| labels::no_count(tokens, at).is_some();
        !is_comparison(tokens, at, read)
            && !is_compound(tokens, at + read.length)
            && !(at + 1..at + read.length).any(counts_nothing)
    });
    if let Some((times, length)) = amount.as_ref().and_then(|read| times(tokens, at, read)) {
        return ("x", Item::Factor(times), length);
    }
    if let Some(read) = amount.as_ref()
        && read.what == What::Share
        && is_quoted(tokens, at..at + read.length)
    {
        return ("w", Item::Word, read.length);
    }
    if let Some(read) = amount
        && symbol.is_none_or(|(_, length)| length <= read.length)
    {
        return counted(read);
    }
    let noun =
        lexicon.find(tokens, at, |sense| if let Sense::Noun(noun, _) = sense { Some(noun) } else { None });
    match (symbol, noun) {
        // "Of these 12": no "of them".
        (Some(("them", 2)), _) if tokens[at + 1].word.starts_with("th") && is_number(tokens, at + 2) => {
            ("of", Item::Word, 1)
        }
        (Some((name, length)), None) => (name, Item::Word, length),
        (Some((name, length)), Some((_, words))) if words <= length => (name, Item::Word, length),
        (_, Some((noun, length))) => ("n", Item::Noun(noun), length),
        (None, None) => ("w", Item::Word, 1),
    }
}

/// "A two-room flat": a number that is written onto a word counts nothing.
fn is_compound(tokens: &[Token], after: usize) -> bool {
    let glued = |at: usize| tokens.get(at).filter(|token| token.glued);
    let counted =
        |sense| matches!(sense, Sense::Time(..) | Sense::Number(..) | Sense::Share(..)).then_some(());
    glued(after).is_some_and(|mark| mark.is_mark('-'))
        && glued(after + 1).is_some_and(|word| word.kind == Kind::Word)
        && Lexicon::get().find(tokens, after + 1, counted).is_none()
}

fn is_number(tokens: &[Token], at: usize) -> bool {
    crate::numbers::number(tokens, at).is_some()
}

/// "Ten more than two years earlier", "more than three times": what is "more" is not the number after it.
fn is_comparison(tokens: &[Token], at: usize, read: &amounts::Read) -> bool {
    let lexicon = Lexicon::get();
    let symbol = |at: usize| lexicon.symbol(tokens, at);
    let Some((_, length)) = symbol(at).filter(|(name, _)| matches!(*name, "more" | "fewer")) else {
        return false;
    };
    let ago = symbol(at + read.length).is_some_and(|(name, _)| name == "ago");
    let times = |sense| matches!(sense, Sense::Factor(..)).then_some(());
    let multiple = lexicon.find(tokens, at + length, times).is_some_and(|(_, words)| words > 1);
    multiple || ago && matches!(read.what, What::Length(_)) && at > 0
}

fn counted(read: amounts::Read) -> (&'static str, Item, usize) {
    let length = read.length;
    match read.what {
        What::Count => ("N", Item::Count(read.amount), length),
        What::Share => ("P", Item::Share(read.amount), length),
        What::Points => ("Q", Item::Points(read.amount), length),
        What::Length(unit) => ("D", Item::Length(read.amount, unit), length),
    }
}

/// "Over five times", «أربعة أمثاله»: a count of times is a multiple.
fn times(tokens: &[Token], at: usize, read: &amounts::Read) -> Option<(Amount, usize)> {
    let after = tokens.get(at + read.length)?;
    let then = tokens.get(at + read.length + 1).map_or("", |token| token.word.as_str());
    let is_times = match after.word.as_str() {
        // "Hit 182 times" counts.
        "times" => {
            matches!(then, "as" | "more" | "the" | "its" | "their" | "what" | "higher" | "greater" | "larger")
        }
        word => matches!(word, "امثال" | "امثاله" | "امثالها" | "اضعاف" | "اضعافه" | "اضعافها"),
    };
    let (stated, bounds) = (read.amount.stated, read.amount.bounds);
    if !is_times || !matches!(read.what, What::Count) || read.amount.is_vague() {
        return None;
    }
    let bounds = match (bounds.is_exact(), bounds.high.is_infinite()) {
        (true, _) => Bounds::new(stated * 0.95, stated * 1.08),
        (_, true) => Bounds::new(stated, f64::INFINITY),
        _ => bounds,
    };
    let points = read.amount.points.start..after.points.end;
    Some((Amount { stated, bounds, nouns: Vec::new(), word: String::new(), points }, read.length + 1))
}

/// "doubled", with what stands before it: "more than", "nearly", "almost".
fn multiple(tokens: &[Token], run: Range<usize>, factor: f64) -> Amount {
    let before = |back: usize| run.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let after = |ahead: usize| tokens.get(run.end + ahead).map_or("", |token| token.word.as_str());
    let bounds = match (before(2), before(1)) {
        _ if more_than_once(tokens, run.end) => Bounds::new(factor, f64::INFINITY),
        ("more", "than")
        | ("اكثر", "من")
        | ("يزيد" | "تزيد" | "زاد" | "زادت", "علي" | "عن")
        | (_, "over" | "باكثر") => Bounds::new(factor, f64::INFINITY),
        (_, "nearly" | "almost" | "تقريبا" | "يكاد") => Bounds::new(factor * 0.85, factor),
        ("less" | "fewer", "than") | ("اقل", "من") => Bounds::new(0.0, factor),
        (_, "about" | "roughly" | "around" | "approximately" | "نحو" | "حوالي") => {
            Bounds::new(factor * 0.85, factor * 1.15)
        }
        _ if after(0) == "تقريبا" || (after(0), after(1)) == ("علي", "الاقل") => {
            Bounds::new(factor * 0.85, factor * 1.3)
        }
        _ => Bounds::new(factor * 0.95, factor * 1.08),
    };
    let points = tokens[run.start].points.start..tokens[run.end - 1].points.end;
    Amount { stated: factor, bounds, nouns: Vec::new(), word: String::new(), points }
}

/// "doubled more than once", «تضاعف … أكثر من مرة», within its clause.
fn more_than_once(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    (at..(at + CLAUSE).min(tokens.len())).take_while(|at| !tokens[*at].is_mark('.')).any(|at| {
        matches!(
            (word(at), word(at + 1), word(at + 2)),
            ("more", "than", "once")
                | ("اكثر", "من", "مره")
                | ("several", "times", _)
                | ("مرات", "عده", _)
                | ("عده", "مرات", _)
        )
    })
}

/// A period between two dates.
fn stretch(tokens: &[Token], at: usize) -> Option<(Period, usize)> {
    let introduced = at > 0 && matches!(tokens[at - 1].word.as_str(), "between" | "بين");
    let edge = |at: usize, words: &[&str]| {
        at + tokens.get(at).map_or(0, |token| usize::from(words.contains(&token.word.as_str())))
    };
    let start = edge(at, &["مطلع", "بدايه", "اول"]);
    let (first, last, length, joint) = match dates::shared_month(tokens, at) {
        Some((first, last, length)) => (first, last, length, at + 1),
        None => {
            let (first, length) = dates::date(tokens, start)?;
            let joint = start + length;
            if !dates::joins(tokens, joint) {
                return None;
            }
            let next = edge(joint + 1, &["نهايه", "اخر", "ختام"]);
            let (last, more) = dates::date(tokens, next)?;
            (first, last, next + more - at, joint)
        }
    };
    let and = matches!(tokens[joint].word.as_str(), "and" | "و");
    if and && !introduced {
        return None;
    }
    dates::period(first, last).map(|period| (period, length))
}

/// "On 8, 15 and 22 May": days of a month that is said after the last.
fn listed_day(tokens: &[Token], at: usize) -> Option<Dated> {
    let led =
        |at: usize| at > 0 && matches!(tokens[at - 1].word.as_str(), "on" | "of" | "في" | "يومي" | "ايام");
    let listed = |at: usize| {
        at > 1 && tokens[at - 1].is_mark(',') && matches!(tokens[at - 2].kind, Kind::Number { .. })
    };
    if !(led(at) || listed(at)) {
        return None;
    }
    if let Some((first, _, _)) = dates::shared_month(tokens, at) {
        return Some(first);
    }
    let next =
        tokens.get(at + 1).filter(|token| token.is_mark(',')).and_then(|_| listed_day(tokens, at + 2))?;
    match (next, tokens[at].kind) {
        (Dated::Day { year, month, .. }, Kind::Number { value, decimals: 0 })
            if (1.0..=31.0).contains(&value) =>
        {
            Some(Dated::Day { year, month, day: value as i8 })
        }
        _ => None,
    }
}

/// The symbol of a mark; a full stop ends a sentence unless it follows a short word within one.
fn mark_symbol(tokens: &[Token], at: usize, mark: char) -> &'static str {
    match mark {
        '.' | '?' => {
            let next = tokens.get(at + 1);
            let within = next.is_some_and(|token| {
                token.glued || (token.kind == Kind::Word && token.word.is_ascii() && !token.capital)
            });
            if within { "w" } else { "." }
        }
        ',' => ",",
        ';' => ";",
        ':' => ":",
        '(' => "(",
        ')' => ")",
        '-' => "-",
        '+' => "+",
        '=' => "=",
        '/' => "of",
        _ => "w",
    }
}
