//! Which symbol stands for what starts at a token, and what it is: the words of both languages become one line.

use std::ops::Range;

use crate::amounts::{self, Amount, What};
use crate::arithmetic::Bounds;
use crate::clock;
use crate::dates::{self, Dated, Period};
use crate::labels;
use crate::lexicon::{Lexicon, Sense};
use crate::passage::Item;
use crate::tokens::{Kind, Token};

/// How many words after "doubled" may tell how often.
const CLAUSE: usize = 8;

/// The symbol, the item and the tokens of what starts at a token.
pub(crate) fn next(tokens: &[Token], at: usize) -> (&'static str, Item, usize) {
    let (symbol, item, length) = next_but_measures(tokens, at);
    let digits = matches!(tokens[at].kind, Kind::Number { .. }) && item == Item::Word;
    let measured = amounts::amount(tokens, at).filter(|read| digits && length == read.length);
    (symbol, measured.map_or(item, |read| Item::Measured(read.amount)), length)
}

/// The same, with numbers that count nothing as words.
fn next_but_measures(tokens: &[Token], at: usize) -> (&'static str, Item, usize) {
    let token = &tokens[at];
    if let Some(ordinal) = ordinal(tokens, at) {
        return ("w", Item::Ordinal(ordinal), 2);
    }
    if let Some((clock, length)) = clock::clock(tokens, at) {
        return ("w", Item::Clock(clock), length);
    }
    if let Some(length) = labels::no_count(tokens, at) {
        let age = || amounts::amount(tokens, at).map(|read| Item::Age(read.amount));
        let item = if labels::is_age(tokens, at) { age() } else { None };
        return ("w", item.unwrap_or(Item::Word), length);
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
        // «تضاعف 15 مرة».
        if let Some((many, more)) = so_many_times(tokens, at + length).filter(|_| !times && factor == 2.0) {
            return (symbol, Item::Factor(multiple(tokens, at..at + length + more, many)), length + more);
        }
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

/// «15 مرة», «20 ضعفاً» after "doubled", with its tokens.
fn so_many_times(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let number = crate::numbers::number(tokens, at).filter(|number| number.value > 2.0)?;
    let times = tokens.get(at + number.length)?;
    matches!(times.word.as_str(), "مره" | "مرات" | "ضعفا" | "اضعاف")
        .then_some((number.value, number.length + 1))
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
    // "More than halved": less than half is left.
    let beyond = if factor < 1.0 { Bounds::new(0.0, factor) } else { Bounds::new(factor, f64::INFINITY) };
    let bounds = match (before(2), before(1)) {
        _ if more_than_once(tokens, run.end) => Bounds::new(factor, f64::INFINITY),
        ("more", "than")
        | ("اكثر", "من")
        | ("يزيد" | "تزيد" | "زاد" | "زادت", "علي" | "عن")
        | (_, "over" | "باكثر") => beyond,
        (_, "nearly" | "almost" | "تقريبا" | "يكاد") if factor < 1.0 => {
            Bounds::new(factor, factor * 1.15)
        }
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
