//! Numbers that count nothing: hours, ages, distances, and names that are numbers.

use crate::lexicon::{Form, Lexicon, Noun, Sense};
use crate::tokens::{Kind, Token};

/// Numbers that count nothing: ages, times, distances, labels, ordinals, notes.
pub(crate) fn no_count(tokens: &[Token], at: usize) -> Option<usize> {
    let hour =
        |at: usize| tokens.get(at).is_some_and(|token| token.word == "oclock" || token.word == "o'clock");
    if hour(at + 1) {
        return Some(2);
    }
    if let Some(length) = underage(tokens, at) {
        return Some(length);
    }
    if is_pronoun(tokens, at) {
        return Some(1);
    }
    if let Some((_, length)) = crate::clock::clock(tokens, at) {
        return Some(length);
    }
    if is_denied(tokens, at) || is_below_age(tokens, at) {
        return crate::numbers::number(tokens, at).map(|number| number.length);
    }
    let Kind::Number { .. } = tokens[at].kind else { return None };
    // "61. In March …": the number of a paragraph.
    let after_it = |sign: char| tokens.get(at + 1).is_some_and(|next| next.glued && next.is_mark(sign));
    if at == 0 && tokens.len() > 2 && (after_it('.') || after_it(')')) {
        return Some(1);
    }
    if is_written_onto_a_word(tokens, at) {
        return Some(1);
    }
    let mark = |at: usize, signs: &[char]| {
        tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Mark(sign) if signs.contains(&sign)))
    };
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let before = |back: usize| at.checked_sub(back);
    let symbol = |at: usize| Lexicon::get().symbol(tokens, at).map_or("", |(name, _)| name);
    if mark(at + 1, &[':'])
        && tokens.get(at + 2).is_some_and(|token| token.glued && matches!(token.kind, Kind::Number { .. }))
    {
        return Some(3);
    }
    // "3rd", "1980s", "8am", "120mm": what is written onto a number makes it no count, unless it is a word of ours.
    let suffix = tokens.get(at + 1).is_some_and(|token| {
        let latin = token.kind == Kind::Word && token.word.is_ascii();
        token.glued && latin && (token.word == "s" || !Lexicon::get().knows(&token.word))
    });
    let age = mark(at + 1, &['-']) && word(at + 2) == "year" && mark(at + 3, &['-']);
    let years_old =
        is_years_old(tokens, at) || word(at + 1) == "months" && matches!(word(at + 2), "old" | "of");
    let labelled = before(1).is_some_and(|at| symbol(at) == "label" || mark(at, &['#', '[', '^', '№']))
        || before(2).is_some_and(|at| symbol(at) == "label" && mark(at + 1, &['.', '-', ':']))
        || is_next_label(tokens, at);
    // "Week 2, the heaviest"; not "in one week 20".
    let week = before(1).is_some_and(|at| {
        word(at) == "week"
            && before(2).is_none_or(|at| matches!(word(at), "" | "than" | "in" | "to" | "of" | "from"))
    });
    let named = before(1).is_some_and(|at| at > 0 && is_named_place(tokens, at));
    if suffix {
        return Some(2);
    }
    let measured = symbol(at + 1) == "measure" || mark(at + 1, &['°']);
    // «عدد غارات الفصل 124 غارة»: what is followed by its own thing is no label.
    let counts = |sense| matches!(sense, Sense::Noun(..)).then_some(());
    // «تلف في الطريق 150 صندوقاً»: the accusative after a number is what it counts.
    let accusative = word(at + 1).ends_with('ا') && word(at + 1).chars().count() > 3;
    let counted = accusative || Lexicon::get().find(tokens, at + 1, counts).is_some();
    let labelled = labelled && !counted;
    (age || week || years_old || labelled || named || measured).then_some(1)
}

/// "32.5 per cent, not 30", «80% لا 75%»: what is right was said before.
fn is_denied(tokens: &[Token], at: usize) -> bool {
    let Some(not) =
        at.checked_sub(1).filter(|not| matches!(tokens[*not].word.as_str(), "not" | "لا" | "وليس"))
    else {
        return false;
    };
    // "Not 30 but 40": told after it.
    not > 0 && crate::numbers::number(tokens, at).is_some()
}

/// Words that an age follows.
const AGES: [&str; 9] = ["age", "ages", "اعمارهم", "اعمارهن", "الاعمار", "عمره", "عمرها", "سن", "العمر"];

/// Whether a number tells how old somebody is: "30 years old", «أعمارهم 4 و7».
pub(crate) fn is_age(tokens: &[Token], at: usize) -> bool {
    is_years_old(tokens, at)
        || is_below_age(tokens, at)
        || at > 0 && AGES.contains(&tokens[at - 1].word.as_str())
        || is_next_label(tokens, at) && is_age(tokens, at - 2)
}

/// «ثلثاهم دون الثلاثين»: an age with the article, which counts nobody.
fn is_below_age(tokens: &[Token], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let side = matches!(word(2), "دون" | "تحت");
    let ends = tokens.get(at + 1).is_none_or(|next| matches!(next.kind, Kind::Mark(_)));
    matches!(word(1), "هذه" | "ال") && side && ends && !matches!(tokens[at].kind, Kind::Number { .. })
}

fn is_years_old(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    matches!(word(at + 1), "years" | "year") && matches!(word(at + 2), "old" | "of")
}

/// "Notes 19 and 22", "articles 7, 9 and 14", «الفقرات 41 إلى 48»: a number that a label leads to by those before it.
fn is_next_label(tokens: &[Token], at: usize) -> bool {
    let Some(first) = at.checked_sub(3) else { return false };
    let joins = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            matches!(token.word.as_str(), "and" | "to" | "و" | "الي") || token.is_mark('-')
        })
    };
    let comma = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(','));
    let listed = comma(at - 1) && (joins(at + 1) || comma(at + 1));
    let label = Lexicon::get().symbol(tokens, first).is_some_and(|(name, _)| name == "label");
    let number = matches!(tokens[at - 2].kind, Kind::Number { .. });
    number && (joins(at - 1) || listed) && (label || is_next_label(tokens, at - 2))
}

/// "The old one": a thing, and no number.
fn is_pronoun(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let counts = |sense| matches!(sense, Sense::Noun(..) | Sense::Time(..)).then_some(());
    let led =
        at > 0 && matches!(word(at - 1), "the" | "old" | "new" | "other" | "this" | "that" | "last" | "same");
    word(at) == "one"
        && led
        && !matches!(word(at + 1), "of" | "in" | "out")
        && Lexicon::get().find(tokens, at + 1, counts).is_none()
}

/// "Comments:24w2Zahra", «القاع24»: digits of a page's remains; an Arabic particle before a number is none.
fn is_written_onto_a_word(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| &tokens[at]).filter(|word| word.kind == Kind::Word);
    tokens[at].glued && before.is_some_and(|word| word.word.is_ascii() || word.word.chars().count() > 3)
}

/// "Under eighteen", «دون الخامسة عشرة»: an age, where nothing counted follows.
fn underage(tokens: &[Token], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|at| tokens[at].word.as_str())?;
    let length = crate::numbers::number(tokens, at).filter(|_| matches!(before, "under" | "دون"))?.length;
    let next = tokens.get(at + length);
    let word = next.map_or("", |token| token.word.as_str());
    let ends =
        matches!(word, "" | "were" | "was" | "and" | "هم") && !next.is_some_and(|token| token.is_mark('%'));
    // "Those under 25", «من هم دون 18».
    let who = at.checked_sub(2).map_or("", |at| tokens[at].word.as_str());
    let people =
        matches!(who, "those" | "people" | "children" | "anyone" | "everyone" | "girls" | "boys" | "هم");
    let counts = |sense| matches!(sense, Sense::Noun(..)).then_some(());
    let of_people = people && Lexicon::get().find(tokens, at + length, counts).is_none();
    (ends || of_people).then_some(length)
}

/// "School 12", "Camp 4": a place that is called by its number.
fn is_named_place(tokens: &[Token], at: usize) -> bool {
    let place =
        |sense| matches!(sense, Sense::Noun(Noun { kind: "place", .. }, Form::Singular)).then_some(());
    let starts = matches!(tokens[at - 1].kind, Kind::Mark('.' | '?'));
    tokens[at].capital && !starts && Lexicon::get().find(tokens, at, place).is_some()
}
