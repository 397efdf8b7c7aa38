//! One amount: a number with its hedge, its range and the thing that it counts.

use std::ops::Range;

use crate::arithmetic::Bounds;
use crate::hedges::{hedge_after, hedge_before};
use crate::lexicon::{Form, Hedge, Lexicon, Noun, Sense, Unit};
use crate::money::MONEY;
use crate::numbers::{Number, number};
use crate::tokens::{Kind, Token};
use crate::wordy_shares::wordy_share;

/// Numbers that stand for a year.
const YEARS: std::ops::RangeInclusive<f64> = 1900.0..=2100.0;

/// How far "about" reaches, as a part of the number.
const ABOUT: f64 = 0.1;
/// How many more "forty-odd" may be.
const ODD: f64 = 9.0;
/// How many letters both forms of a word share: طالب and طالبة.
const STEM: usize = 4;
/// Adjectives that may stand between a number and what it counts.
const ADJECTIVES: usize = 2;

/// A number of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    /// As written, without its hedge.
    pub stated: f64,
    /// Everything that it may stand for.
    pub bounds: Bounds,
    /// What is counted, where a known word says so; the second of two words too ("civilian deaths").
    pub nouns: Vec<Noun>,
    /// The word after the number, folded; empty where a mark follows.
    pub word: String,
    /// Code points of number and hedge.
    pub points: Range<u32>,
}

impl Amount {
    pub(crate) fn class(&self) -> Option<&'static str> {
        self.nouns.first().map(|noun| noun.class)
    }

    pub(crate) fn kind(&self) -> Option<&'static str> {
        self.nouns.first().map(|noun| noun.kind)
    }

    /// Whether two amounts can count the same kind of thing.
    pub(crate) fn goes_with(&self, other: &Self) -> bool {
        let alike = |one: &Noun| other.nouns.iter().any(|two| one.kind == two.kind);
        self.nouns.is_empty() || other.nouns.is_empty() || self.nouns.iter().any(alike)
    }

    /// Whether it is a sum of money.
    pub(crate) fn is_money(&self) -> bool {
        self.class() == Some(MONEY)
    }

    pub(crate) fn is_vague(&self) -> bool {
        self.stated.is_nan()
    }
}

/// An amount and the tokens that it takes, what it counts not among them.
#[derive(Debug)]
pub(crate) struct Read {
    pub amount: Amount,
    pub what: What,
    pub length: usize,
}

/// What kind of amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Count,
    Share,
    Points,
    Length(Unit),
}

/// The amount that starts at a token, with the half that follows a length of time: «أربع سنوات ونصف السنة», «عامين ونصف العام».
pub(crate) fn amount(tokens: &[Token], at: usize) -> Option<Read> {
    let whole = whole_amount(tokens, at)?;
    let end = at + whole.length;
    let half = half_unit(tokens, end).filter(|_| matches!(whole.what, What::Length(_)));
    let Some(more) = half else { return Some(whole) };
    let (stated, bounds) = (whole.amount.stated + 0.5, whole.amount.bounds.plus(Bounds::exactly(0.5)));
    Some(read(tokens, at..end + more, stated, bounds, whole.what))
}

fn whole_amount(tokens: &[Token], at: usize) -> Option<Read> {
    tokens.get(at)?;
    let (hedge, here) = hedge_before(tokens, at);
    if hedge == Some(Hedge::Vague) {
        let bounds = Bounds::new(2.0, f64::INFINITY);
        return Some(read(tokens, at..here, f64::NAN, bounds, What::Count));
    }
    if let Some(read) = wordy_share(tokens, at, here, hedge) {
        return Some(read);
    }
    if hedge.is_none()
        && let Some(read) = bare_noun(tokens, at)
    {
        return Some(read);
    }
    if let Some(read) = time_before_number(tokens, at).or_else(|| one_time(tokens, at)) {
        return Some(read);
    }
    if let Some(read) = a_few_more(tokens, at, here) {
        return Some(read);
    }
    let first = with_half(tokens, here, number(tokens, here)?);
    let mut end = here + first.length;
    let last = range_end(tokens, end, at, &first);
    if let Some((_, length)) = &last {
        end += length;
    }
    let (hedge, after) = hedge_after(tokens, end, hedge);
    let (what, length) = unit_after(tokens, end + after);
    let last = last.map(|(number, _)| number);
    let bounds = bounds(&first, last.as_ref(), hedge, what);
    Some(read(tokens, at..end + after + length, first.value, bounds, what))
}

/// «نيّف وأربعون», "forty-odd": a number of tens and up to nine more.
fn a_few_more(tokens: &[Token], at: usize, here: usize) -> Option<Read> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let before = usize::from(matches!(word(here), "نيف" | "بضع" | "بضعه") && word(here + 1) == "و") * 2;
    let number = number(tokens, here + before)?;
    let end = here + before + number.length;
    let after = match (word(end), word(end + 1)) {
        _ if before > 0 => 0,
        ("odd", _) => 1,
        ("و", "نيف") => 2,
        _ if tokens.get(end).is_some_and(|mark| mark.is_mark('-')) && word(end + 1) == "odd" => 2,
        _ => return None,
    };
    let bounds = Bounds::new(number.value, number.value + ODD);
    (number.value >= 10.0).then(|| read(tokens, at..end + after, number.value, bounds, What::Count))
}

/// A number with "and a half" after it.
fn with_half(tokens: &[Token], at: usize, number: Number) -> Number {
    let word = |ahead: usize| tokens.get(at + number.length + ahead).map_or("", |token| token.word.as_str());
    if (word(0), word(1), word(2)) != ("and", "a", "half") {
        return number;
    }
    Number { value: number.value + 0.5, decimals: 1, scale: 1.0, length: number.length + 3 }
}

/// «ونصف», «ونصف الساعة» after a length of time, in tokens.
fn half_unit(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    if (word(at), word(at + 1)) != ("و", "نصف") {
        return None;
    }
    let article = usize::from(word(at + 2) == "هذه");
    // «السنة» is a word of ours with its article too.
    let named =
        matches!(word(at + 2), "السنه" | "الساعه" | "اليوم" | "الشهر" | "الاسبوع" | "العام" | "الدقيقه");
    let unit = time_at(tokens, at + 2 + article).map_or(0, |(_, length)| article + length);
    let unit = unit.max(usize::from(named));
    (unit > 0 || tokens.get(at + 2).is_none_or(|next| !is_of_others(next))).then_some(2 + unit)
}

/// Whether a word after «ونصف» tells of what it is half: «المحتجزين», «سكانها».
fn is_of_others(next: &Token) -> bool {
    let word = next.word.as_str();
    let owned = ["ها", "هم", "هن", "هما", "نا"].iter().any(|ending| word.ends_with(ending));
    let noun = |sense| matches!(sense, Sense::Noun(..)).then_some(());
    let counted = Lexicon::get().find(std::slice::from_ref(next), 0, noun).is_some();
    word.starts_with("ال") || matches!(word, "هذه" | "هولاء") || owned || counted
}

pub(crate) fn read(tokens: &[Token], run: Range<usize>, stated: f64, bounds: Bounds, what: What) -> Read {
    let points = tokens[run.start].points.start..tokens[run.end - 1].points.end;
    let nouns = if what == What::Count { nouns(tokens, run.end) } else { Vec::new() };
    let word = tokens.get(run.end).map_or(String::new(), |token| token.word.clone());
    Read { amount: Amount { stated, bounds, nouns, word, points }, what, length: run.len() }
}

/// "two children" as one Arabic word (طفلان), and a bare singular (طفل, "a child"): one.
fn bare_noun(tokens: &[Token], at: usize) -> Option<Read> {
    let article = usize::from(matches!(tokens[at].word.as_str(), "a" | "an"));
    let latin = tokens.get(at + article)?.word.is_ascii();
    let pick = |sense| match sense {
        Sense::Noun(noun, form) if form != Form::Plural => Some((noun, form, None)),
        Sense::Time(unit, form) if form == Form::Dual => Some((NO_NOUN, form, Some(unit))),
        _ => None,
    };
    let ((noun, form, unit), length) = Lexicon::get().find(tokens, at + article, pick)?;
    // «ستة مدنيين»: after a number or what it counts, the ending is a plural's. «شهيد 1»: the digit counts.
    let article_before =
        at > 0 && matches!(tokens[at - 1].word.as_str(), "ال" | "هذه") && is_plural(tokens, at);
    let number_at = |back: usize| at.checked_sub(back).is_some_and(|at| number(tokens, at).is_some());
    let counted =
        form == Form::Dual && (article_before || number_at(1) || number_at(2) && is_plural(tokens, at - 1));
    // «180 طالباً وطالبة»: the same people, by both forms of their word.
    let stem = |at: usize| tokens[at].word.chars().take(STEM).collect::<String>();
    let both_forms = at > 2 && tokens[at - 1].word == "و" && stem(at - 2) == stem(at) && number_at(3);
    if both_forms {
        return None;
    }
    let digit = |at: usize| tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Number { .. }));
    if unit.is_none() && (counted || digit(at + article + length)) {
        return None;
    }
    // "A fatality rate".
    let compound = tokens.get(at + article + length).is_some_and(|next| {
        matches!(
            next.word.as_str(),
            "rate" | "toll" | "count" | "figure" | "list" | "register" | "ratio" | "report"
        )
    });
    if compound {
        return None;
    }
    let people = matches!(noun.kind, "person" | "place") || form == Form::Dual;
    if (latin && article == 0) || (form == Form::Singular && !(people && first_of_noun(tokens, at))) {
        return None;
    }
    let value = if form == Form::Dual { 2.0 } else { 1.0 };
    let mut end = at + article + length;
    let says_it_again = |token: &Token| {
        matches!(token.word.as_str(), "واحد" | "واحده" | "اثنان" | "اثنين" | "اثنتان" | "اثنتين")
    };
    end += usize::from(tokens.get(end).is_some_and(says_it_again));
    let what = unit.map_or(What::Count, What::Length);
    let mut read = read(tokens, at..end, value, Bounds::exactly(value), what);
    if unit.is_none() {
        read.amount.nouns = vec![noun];
    }
    Some(read)
}

fn is_plural(tokens: &[Token], at: usize) -> bool {
    let pick = |sense| matches!(sense, Sense::Noun(_, Form::Plural)).then_some(());
    Lexicon::get().find(tokens, at, pick).is_some()
}

const NO_NOUN: Noun = Noun { class: "", kind: "" };

/// A singular that is not the second part of a phrase: after a word that joins, or at a start.
fn first_of_noun(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) else { return true };
    matches!(before.kind, Kind::Mark(_))
        || matches!(
            before.word.as_str(),
            "و" | "and"
                | "هم"
                | "بينهم"
                | "مقتل"
                | "اصابه"
                | "وهم"
                | "killed"
                | "killing"
                | "including"
                | "of"
        )
}

fn nouns(tokens: &[Token], at: usize) -> Vec<Noun> {
    let pick = |sense| if let Sense::Noun(noun, _) = sense { Some(noun) } else { None };
    if let Some(noun) = noun_before(tokens, at) {
        return vec![noun];
    }
    let of_them =
        Lexicon::get().symbol(tokens, at).filter(|(name, _)| *name == "them").map_or(0, |(_, length)| length);
    let at = at + of_them;
    for here in at..=at + ADJECTIVES {
        if is_modifier(tokens, here) {
            continue;
        }
        if let Some((noun, length)) = Lexicon::get().find(tokens, here, pick) {
            let second = Lexicon::get().find(tokens, here + length, pick);
            return std::iter::once(noun).chain(second.map(|(noun, _)| noun)).collect();
        }
        let plain = tokens.get(here).is_some_and(|token| {
            // «95 لمستشفى»: what a particle leads to is not counted.
            token.kind == Kind::Word
                && !matches!(token.word.as_str(), "ل" | "ب" | "have" | "has" | "had" | "did" | "went" | "got")
                && !is_symbol(tokens, here)
                && number(tokens, here).is_none()
        });
        if !plain {
            break;
        }
    }
    Vec::new()
}

/// "97 home searches": a singular before a plural, after a number of several.
fn is_modifier(tokens: &[Token], at: usize) -> bool {
    let single = |sense| if let Sense::Noun(noun, Form::Singular) = sense { Some(noun.kind) } else { None };
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let one = at > 0 && matches!(word(at - 1), "one" | "a" | "an" | "the" | "1");
    let next = word(at + 1);
    let plural = next.is_ascii() && next.len() > 3 && next.ends_with('s') && !is_symbol(tokens, at + 1);
    let found = Lexicon::get().find(tokens, at, single);
    word(at).is_ascii()
        && plural
        && !one
        && found.is_some_and(|(kind, length)| length == 1 && kind != "person")
}

/// الجلسات الـ44: what is counted stands before its number, both with the article.
fn noun_before(tokens: &[Token], end: usize) -> Option<Noun> {
    let article =
        (end.saturating_sub(4)..end).rev().find(|at| matches!(tokens[*at].word.as_str(), "هذه" | "ال"))?;
    // «غادرت الحافلة بالتسعة»: a particle stands between.
    let with_particle = tokens[article].points.len() == 3 && tokens[article + 1].glued;
    let before = article.checked_sub(1).filter(|_| !with_particle)?;
    let counts = number(tokens, article + 1).is_some_and(|number| article + 1 + number.length == end);
    let pick = |sense| if let Sense::Noun(noun, Form::Plural) = sense { Some(noun) } else { None };
    let noun = Lexicon::get().find(tokens, before, pick).map(|(noun, _)| noun);
    noun.filter(|_| counts)
}

pub(crate) fn is_symbol(tokens: &[Token], at: usize) -> bool {
    Lexicon::get().symbol(tokens, at).is_some()
}

/// The second number of "10–14", "two or three", "between 10 and 14", with its tokens.
fn range_end(tokens: &[Token], at: usize, start: usize, first: &Number) -> Option<(Number, usize)> {
    let token = tokens.get(at)?;
    let between = start > 0 && matches!(tokens[start - 1].word.as_str(), "between" | "بين");
    let joins = token.is_mark('-')
        || matches!(token.word.as_str(), "or" | "او")
        || between && matches!(token.word.as_str(), "and" | "و");
    let last = number(tokens, at + 1).filter(|last| joins && last.value > first.value)?;
    Some((last, 1 + last.length))
}

/// "%", "per cent", "percentage points", "days" after a number, with its tokens; "35 sitting days" too.
fn unit_after(tokens: &[Token], at: usize) -> (What, usize) {
    if tokens.get(at).is_some_and(|token| token.is_mark('%')) {
        return (What::Share, 1);
    }
    match Lexicon::get().symbol(tokens, at) {
        Some(("percent", length)) => return (What::Share, length),
        Some(("points", length)) => return (What::Points, length),
        _ => {}
    }
    let hyphen = usize::from(tokens.get(at).is_some_and(|token| token.is_mark('-') && token.glued));
    let adjective = tokens.get(at).is_some_and(|token| {
        // "44 last year".
        let which =
            matches!(token.word.as_str(), "last" | "this" | "next" | "that" | "per" | "every" | "each");
        token.kind == Kind::Word && token.word.is_ascii() && !which && !Lexicon::get().knows(&token.word)
    });
    for skipped in [hyphen, usize::from(adjective)] {
        // «و38 يوم الأربعاء»: 38 on Wednesday.
        let on_day = |length: usize| {
            Lexicon::get().symbol(tokens, at + skipped + length).is_some_and(|(name, _)| name == "dayname")
        };
        // «إلى 600 عام 2027»: 600 in the year 2027.
        let of_year = |length: usize| {
            let year = tokens.get(at + skipped + length).map(|token| &token.kind);
            tokens[at + skipped].word == "عام"
                && matches!(year, Some(Kind::Number { value, .. }) if YEARS.contains(value))
        };
        let length = |(_, length): &(Unit, usize)| !on_day(*length) && !of_year(*length);
        if let Some((unit, length)) = time_at(tokens, at + skipped).filter(length) {
            return (What::Length(unit), skipped + length);
        }
    }
    (What::Count, 0)
}

pub(crate) fn time_at(tokens: &[Token], at: usize) -> Option<(Unit, usize)> {
    Lexicon::get().find(tokens, at, |sense| if let Sense::Time(unit, _) = sense { Some(unit) } else { None })
}

/// الأسابيع الأربعة: a length of time whose number follows it, both with the article.
fn time_before_number(tokens: &[Token], at: usize) -> Option<Read> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let article = |at: usize| matches!(word(at), "هذه" | "ال");
    let (unit, length) = time_at(tokens, at).filter(|_| !tokens[at].word.is_ascii())?;
    let mut here = at + length;
    // «أسبوع واحد», «عام كامل».
    if matches!(word(here), "واحد" | "واحده" | "كامل" | "كامله") {
        return Some(read(tokens, at..here + 1, 1.0, Bounds::exactly(1.0), What::Length(unit)));
    }
    // «ساعة ونصف الساعة».
    if let Some(half) = half_unit(tokens, here) {
        let bounds = Bounds::around(1.5, 0.05);
        return Some(read(tokens, at..here + half, 1.5, bounds, What::Length(unit)));
    }
    // «أشهر الإغلاق التسعة»: what filled the time stands between.
    here += usize::from(word(here).starts_with("ال") && article(here + 1));
    let number = number(tokens, here + 1).filter(|_| article(here))?;
    let bounds = Bounds::exactly(number.value);
    Some(read(tokens, at..here + 1 + number.length, number.value, bounds, What::Length(unit)))
}

/// «خلال أسبوع،»: one, which no number says, where nothing follows that tells which.
fn one_time(tokens: &[Token], at: usize) -> Option<Read> {
    let led = at > 0 && matches!(tokens[at - 1].word.as_str(), "خلال" | "غضون" | "ظرف" | "بحر" | "مدي");
    let pick = |sense| match sense {
        Sense::Time(unit @ (Unit::Day | Unit::Week), Form::Singular) => Some(unit),
        _ => None,
    };
    let (unit, length) = Lexicon::get().find(tokens, at, pick).filter(|_| led)?;
    let next = tokens.get(at + length).map(|token| token.kind);
    matches!(next, None | Some(Kind::Mark(',' | '.' | ';' | ':' | ')')))
        .then(|| read(tokens, at..at + length, 1.0, Bounds::exactly(1.0), What::Length(unit)))
}

fn bounds(first: &Number, last: Option<&Number>, hedge: Option<Hedge>, what: What) -> Bounds {
    let half = 0.5 * 0.1f64.powi(first.decimals as i32);
    let low = first.value;
    let high = last.map_or(low, |last| last.value);
    if matches!(what, What::Share | What::Points) {
        return match hedge {
            Some(hedge) if last.is_none() => hedged_share(low, half, hedge),
            _ => Bounds::new(low - half, high + half),
        };
    }
    let step = if first.decimals == 0 { 1.0 } else { 0.0 };
    match hedge {
        Some(Hedge::AtLeast) => Bounds::new(low, f64::INFINITY),
        // "Over four weeks" may be during them.
        Some(Hedge::MoreThan) if matches!(what, What::Length(_)) => Bounds::new(low, f64::INFINITY),
        Some(Hedge::MoreThan) => Bounds::new(low + step, f64::INFINITY),
        Some(Hedge::AtMost) => Bounds::new(0.0, high),
        Some(Hedge::LessThan) => Bounds::new(0.0, high - step),
        Some(Hedge::Nearly) => Bounds::new(low * (1.0 - ABOUT), high),
        Some(Hedge::About | Hedge::Vague) => Bounds::new(low * (1.0 - ABOUT), high * (1.0 + ABOUT)),
        None if first.scale > 1.0 || first.decimals > 0 => {
            Bounds::new(low - half * first.scale, high + half * first.scale)
        }
        None => Bounds::new(low, high),
    }
}

pub(crate) fn hedged_share(share: f64, half: f64, hedge: Hedge) -> Bounds {
    let slack = (share * ABOUT).max(1.0);
    match hedge {
        Hedge::AtLeast | Hedge::MoreThan => Bounds::new(share - half.min(0.05), f64::INFINITY),
        Hedge::AtMost | Hedge::LessThan => Bounds::new(0.0, share + half.min(0.05)),
        Hedge::Nearly => Bounds::new(share - slack.max(2.0), share + half.min(0.05)),
        Hedge::About | Hedge::Vague => Bounds::around(share, slack),
    }
}
