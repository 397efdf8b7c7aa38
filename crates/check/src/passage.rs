//! A paragraph as a line of symbols, so that what is said in many words, in two languages, is one pattern.
//!
//! "Of the 240 killed, 60 (25%) were children" and «من أصل 240 قتيلاً، 60 (25%) أطفال» both become
//! `of N n , N ( P ) … n`. Capital letters are amounts: `N` a count, `P` a share, `Q` percentage points, `D` a length
//! of time, `T` a period or a month, `t` a day, `R` "per day", `X` "doubled",
//! `x` "three times". `n` is a counted thing, `w` any other word.

use std::ops::Range;

use regex::{Captures, Regex};

use crate::amounts::Amount;
use crate::clock::Clock;
use crate::dates::{self, Dated, Period};
use crate::ellipsis;
use crate::lexicon::{Noun, Unit};
use crate::money;
use crate::prefixes;
use crate::symbols;
use crate::tokens::{self, Token};

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
    /// How old somebody is, where the words say so. Its symbol is that of a word.
    Age(Amount),
    /// A number of a measure, in digits: "3,200 hectares". Its symbol is that of a word.
    Measured(Amount),
    /// A time of day. Its symbol is that of a word.
    Clock(Clock),
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
    /// It starts with a capital letter.
    pub capital: bool,
    /// No space before it.
    pub glued: bool,
    pub points: Range<u32>,
}

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
        let tokens = prefixes::cut(money::written_out(tokens::tokens(text, first)));
        let mut passage =
            Self { line: String::new(), atoms: Vec::new(), starts: Vec::new(), ends: Vec::new() };
        let (mut at, mut day) = (0, None);
        while at < tokens.len() {
            let (symbol, item, length) = match day.and_then(|day| dates::same_month(&tokens, at, day)) {
                Some((day, length)) => ("t", Item::Day(day), length),
                None => symbols::next(&tokens, at),
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
            let Token { word, capital, glued, .. } = &tokens[at];
            let (capital, glued) = (*capital, *glued);
            passage.atoms.push(Atom { item, word: word.clone(), capital, glued, points });
            at += length;
        }
        passage.share_units();
        passage
    }

    /// Reads numbers whose unit is said with another: every such symbol is one letter, as theirs was.
    fn share_units(&mut self) {
        let line = self.line.clone();
        let symbols: Vec<&str> = line.split(' ').collect();
        for at in 0..self.atoms.len() {
            if let Some((symbol, item)) = ellipsis::shared_unit(&self.atoms, &symbols, at) {
                self.line.replace_range(self.starts[at]..self.starts[at] + symbol.len(), symbol);
                self.atoms[at].item = item;
            }
        }
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

    /// The number of people, things, units of time or years of age at a place.
    pub(crate) fn number_at(&self, at: usize) -> Option<&Amount> {
        match &self.atoms.get(at)?.item {
            Item::Count(number) | Item::Length(number, _) | Item::Age(number) => Some(number),
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

    /// Whether two symbols stand one after the other within a stretch.
    pub(crate) fn line_has(&self, within: Range<usize>, [first, second]: [&str; 2]) -> bool {
        within.into_iter().any(|at| self.symbol(at) == first && self.symbol(at + 1) == second)
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
