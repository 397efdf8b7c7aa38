//! Numbers that are parts of others, that say who those before them are, or that count one more.

use sijil_model::Quantity;
use sijil_model::codebook::{Class, Harm};

use super::{Group, Heads, bare_quantity, head_run, heads, is_possessive, kin_at, kin_group, said};
use crate::numbers::{self, Amount};
use crate::sense::{HarmForm, Kin, Number, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// "Five people, all children,", "six (all of them women)": the noun has the number of those before it.
pub(in crate::groups) fn number_all(window: &Window<'_>, before: Option<&Group>, group: &mut Group) {
    let Some(before) = before.filter(|before| before.counted && !group.counted) else { return };
    let (tokens, gap) = (&window.tokens, before.run.end..group.run.start);
    // "all women and children" are of neither class alone.
    let alone = !matches!(tokens.word(group.run.end), "and" | "or");
    let mark = alone && matches!(tokens.mark(gap.start), Some(',' | '(' | '-'));
    let words = gap.skip(1).map(|at| tokens.word(at));
    if mark && (words.clone().eq(["all"]) || words.eq(["all", "of", "them"])) {
        group.said.quantity = before.said.quantity;
        (group.counted, group.part) = (true, true);
    }
}

/// "The 11 dead were all civilians": whether a noun only says who all those before it were; they are of its class and status.
pub(in crate::groups) fn says_who_they_were(
    window: &Window<'_>,
    before: Option<&mut Group>,
    group: &Group,
) -> bool {
    let dead = |sense: &Sense| {
        matches!(sense, Sense::Harm(_, HarmForm::Past | HarmForm::Adjective | HarmForm::People(_)))
    };
    let Some(before) = before.filter(|before| before.counted && !group.counted && !group.definite) else {
        return false;
    };
    let tokens = &window.tokens;
    let harmed = usize::from(window.tags.is(before.run.end, dead));
    let copula = before.run.end + harmed;
    let told = (before.harm.is_some() || harmed > 0)
        && matches!(tokens.word(copula), "were" | "are")
        && (copula + 1..group.run.start).all(|at| matches!(tokens.word(at), "all" | "both"))
        && copula < group.run.start
        && !matches!(tokens.word(group.run.end), "and" | "or");
    if told {
        before.status = before.status.or(group.status);
        before.class = if before.class == Class::Total { group.class } else { before.class };
        let said = window.tags.find(before.run.end, |sense| match sense {
            Sense::Harm(harm, HarmForm::Past | HarmForm::Adjective) => Some(*harm),
            _ => None,
        });
        before.harm = before.harm.or(said.map(|(harm, _)| harm));
        before.run.end = group.run.end;
    }
    told
}

/// "five of the dead were children", "13 of whom were women", and after "of those killed" also "six were children".
pub(super) fn of_the_dead(window: &Window<'_>, at: usize, amount: &Amount, end: usize) -> Option<Group> {
    let harm = |at: usize| {
        window.tags.find(at, |sense| match sense {
            Sense::Harm(harm, HarmForm::Past | HarmForm::Adjective | HarmForm::People(_)) => Some(*harm),
            _ => None,
        })
    };
    let from = amount.run.end;
    let word = |at: usize| window.tokens.word(at);
    let mut here = from;
    let said = if word(from) == "of" && matches!(word(from + 1), "the" | "those") {
        let (said, tag) = harm(from + 2)?;
        here = from + 2 + usize::from(tag.length);
        Some(said)
    } else if word(from) == "of" && matches!(word(from + 1), "them" | "whom") {
        here = from + 2;
        None
    } else {
        let before =
            at.checked_sub(3).filter(|at| word(*at) == "of" && matches!(word(at + 1), "the" | "those"))?;
        Some(harm(before + 2)?.0)
    };
    let verb = matches!(word(here), "were" | "was" | "are");
    let (heads, head_end) = heads(window, here + usize::from(verb), end).filter(|_| verb)?;
    let quantity = amount.said.clone();
    let group = heads.group(at..head_end, quantity);
    Some(Group { part: true, counted: true, harm: group.harm.or(said), ..group })
}

/// "Five were killed and as many wounded": the number before it again.
pub(super) fn as_many(window: &Window<'_>, at: usize, before: &[Group]) -> Option<Group> {
    let word = |at: usize| window.tokens.word(at);
    let harmed = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Harm(..)));
    let last = at + 2;
    let ends = harmed(last) || matches!(word(last), "were" | "others" | "more") && harmed(last + 1);
    if word(at) != "as" || word(at + 1) != "many" || !ends {
        return None;
    }
    let n = before.last().filter(|group| group.counted)?.said.quantity.number()?;
    let run = at..last;
    let said = said(window, Quantity::Exact { n }, &run);
    Some(Group { implied: true, counted: true, ..Heads::default().group(run, said) })
}

/// "All but one of the nine passengers were killed": the rest of a number.
pub(super) fn all_but(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let word = |at: usize| window.tokens.word(at);
    if word(at) != "all" || word(at + 1) != "but" {
        return None;
    }
    let left = window.tags.number(at + 2)?;
    let of = at + 2 + left.length;
    let article =
        usize::from(matches!(word(of + 1), "the" | "these" | "those") || is_possessive(word(of + 1)));
    let whole = window.tags.number(of + 1 + article).filter(|_| word(of) == "of")?;
    let (heads, last) = heads(window, of + 1 + article + whole.length, end)?;
    let run = at..last;
    let said = said(window, Quantity::Exact { n: whole.n.checked_sub(left.n)? }, &run);
    Some(Group { counted: true, ..heads.group(run, said) })
}

/// "Three of the seven hostages were shot", "two of the five men aboard drowned": some of a number of whom nothing else is told; but "three of
/// the nine people killed were children".
pub(super) fn some_of_a_number(window: &Window<'_>, at: usize, amount: &Amount, end: usize) -> Option<Group> {
    const REACH: usize = 5;
    let word = |at: usize| window.tokens.word(at);
    let of = amount.run.end;
    let article =
        usize::from(matches!(word(of + 1), "the" | "these" | "those") || is_possessive(word(of + 1)));
    if word(of) != "of" {
        return None;
    }
    let whole = numbers::amount(&window.tokens, &window.tags, of + 1 + article)?;
    let noun = heads(window, whole.run.end, end).filter(|(heads, _)| heads.harm.is_none());
    let (heads, last) = match noun {
        Some(noun) => noun,
        // "Five of the six were killed"
        None => (Heads::default(), whole.run.end),
    };
    let aux = |at: usize| matches!(word(at), "were" | "was" | "are" | "is" | "have" | "has" | "had");
    let died = |at: usize| {
        word(at) == "drowned"
            || window.tags.is(at, |sense| matches!(sense, Sense::Harm(_, HarmForm::Intransitive)))
    };
    let harmed = |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Harm(..)));
    let words = |at: &usize| window.tokens.is_word(*at) && !matches!(word(*at), "who" | "and" | "whom");
    let verb = || (last..end.min(last + REACH)).take_while(words).find(|at| aux(*at) || harmed(*at));
    let said = amount.said.clone();
    (is_object(window, at) || verb().is_some_and(|verb| aux(verb) || died(verb)))
        .then(|| Group { counted: true, ..heads.group(at..last, said) })
}

/// "killed one of their four hostages": right after a verb of harm.
fn is_object(window: &Window<'_>, at: usize) -> bool {
    let harms = |sense: &Sense| {
        matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, HarmForm::Past | HarmForm::Active))
    };
    at > 0 && window.tags.is(at - 1, harms)
}

/// "Half of the 24 passengers were killed", "a third of the 30 pupils", "two thirds of the 30": a share of a number that it divides.
pub(super) fn share_of_a_number(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let word = |at: usize| window.tokens.word(at);
    let past = |length: usize| at + length + usize::from(window.tokens.is_mark(at + length, '-'));
    let several = window.tags.number(at).filter(|number| word(past(number.length)).ends_with('s'));
    let first =
        several.map_or(at + usize::from(matches!(word(at), "a" | "one")), |number| past(number.length));
    let taken = several.map_or(1, |number| number.n);
    let parts = match word(first) {
        "half" => 2,
        "third" => 3,
        "quarter" => 4,
        "fifth" => 5,
        "thirds" if taken > 1 => 3,
        "quarters" if taken > 1 => 4,
        "fifths" if taken > 1 => 5,
        _ => return None,
    };
    let of = first + 1 + usize::from(word(first + 1) == "of");
    let article = usize::from(matches!(word(of), "the" | "these" | "those") || is_possessive(word(of)));
    let whole = window.tags.number(of + article).filter(|_| article > 0)?;
    let share = whole.n.checked_mul(taken).filter(|all| all.is_multiple_of(parts))? / parts;
    let (heads, last) = heads(window, of + article + whole.length, end)?;
    // "Half of the 14 people killed were children": all 14 were killed.
    let killed = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(..));
    let of_the_harmed = window.tags.is(last, harmed) || window.tags.any(of + article..last, killed);
    if of_the_harmed && word(first + 1) == "of" {
        let run = at..first + 1;
        let said = said(window, Quantity::Exact { n: share }, &run);
        return Some(Group { counted: true, implied: true, ..Heads::default().group(run, said) });
    }
    let run = at..last;
    let said = said(window, Quantity::Exact { n: share }, &run);
    Some(Group { counted: true, ..heads.group(run, said) })
}

/// "one died and the other is in a coma", "the other two lost a foot", "the third has been sent home": one of a few told of before.
fn the_other(window: &Window<'_>, at: usize) -> Option<Group> {
    let word = |at: usize| window.tokens.word(at);
    let verb = |at: usize| {
        let harmed = |sense: &Sense| matches!(sense, Sense::Harm(..));
        matches!(
            word(at),
            "was"
                | "were"
                | "is"
                | "are"
                | "has"
                | "had"
                | "have"
                | "lost"
                | "each"
                | "remains"
                | "took"
                | "both"
        ) || window.tokens.is_on(Words::Suffers, at)
            || window.tags.is(at, harmed)
            || crate::harm::is_violence(window, at)
            || matches!(word(at), "in" | "stable")
    };
    if !crate::harm::distributed::is_the_other(window, at) {
        return None;
    }
    let amount = numbers::amount(&window.tokens, &window.tags, at + 2);
    let last = amount.as_ref().map_or(at + 2, |amount| amount.run.end);
    let run = at..last;
    let singular = !matches!(word(at + 1), "others" | "rest");
    let said = amount.map_or_else(|| said(window, Quantity::Singular, &run), |amount| amount.said);
    let ends = |at: usize| {
        window.tokens.mark(at).is_some()
            || at >= window.tokens.len()
            || window.tokens.is_on(Words::EndsAPhrase, at)
    };
    // "killed one guard and injured the other"
    let object = is_object(window, at) && ends(last);
    (singular && (verb(last) || object)).then(|| Group {
        implied: true,
        other: true,
        counted: true,
        ..Heads::default().group(run, said)
    })
}

/// "killing 8 of its 30 passengers and wounding the rest": those who are left of a number.
pub(super) fn the_rest(window: &Window<'_>, at: usize, before: &[Group]) -> Option<Group> {
    let word = |at: usize| window.tokens.word(at);
    let ends = || {
        window.tokens.mark(at + 2).is_some()
            || at + 2 >= window.tokens.len()
            || window.tokens.is_on(Words::EndsAPhrase, at + 2)
    };
    if word(at) != "the" || !matches!(word(at + 1), "rest" | "others") || !is_object(window, at) || !ends() {
        return None;
    }
    let part = before.last().filter(|part| part.counted)?;
    let numbers: Vec<u64> =
        part.run.clone().filter_map(|at| window.tags.number(at)).map(|number| number.n).collect();
    let [some, whole] = numbers.as_slice() else { return None };
    let run = at..at + 2;
    let said = said(window, Quantity::Exact { n: whole.checked_sub(*some).filter(|n| *n > 0)? }, &run);
    Some(Group { implied: true, other: true, counted: true, ..Heads::default().group(run, said) })
}

/// "two were killed and a third was wounded".
pub(super) fn one_more(window: &Window<'_>, at: usize) -> Option<Group> {
    // "One person died and another was wounded."
    let lost = |at: usize| {
        matches!(window.tokens.word(at), "was" | "is" | "lost" | "had" | "died")
            || window.tokens.is_on(Words::Suffers, at)
    };
    // "killed one shepherd and maimed another"
    let harms = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Active | HarmForm::Past));
    let object_ends = |at: usize| {
        window.tokens.mark(at).is_some()
            || at >= window.tokens.len()
            || window.tokens.is_on(Words::EndsAPhrase, at)
    };
    let taken = at > 0 && window.tags.is(at - 1, harms) && object_ends(at + 1);
    // "One soldier was killed and another seriously wounded"
    let adverb = usize::from(window.tokens.word(at + 1).ends_with("ly"));
    let was = at > 0
        && window.tokens.word(at - 1) == "and"
        && window.tags.is(at + 1 + adverb, |sense| matches!(sense, Sense::Harm(_, HarmForm::Past)))
        && object_ends(at + 2 + adverb);
    let another = window.tokens.word(at) == "another" && (lost(at + 1) || taken || was);
    if another {
        let run = at..at + 1;
        let said = said(window, Quantity::Singular, &run);
        return Some(Group { implied: true, other: true, ..Heads::default().group(run, said) });
    }
    if let Some(group) = the_other(window, at) {
        return Some(group);
    }
    let nth = matches!(window.tokens.word(at + 1), "second" | "third" | "fourth" | "fifth" | "sixth");
    let adverb = usize::from(window.tokens.word(at + 2).ends_with("ly"));
    let hurt_too = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Past));
    let verb = matches!(window.tokens.word(at + 2), "was" | "is" | "remains" | "died" | "lost" | "with")
        || window.tags.is(at + 2 + adverb, hurt_too);
    // "killing two soldiers and wounding a third"
    let hurt = |sense: &Sense| matches!(sense, Sense::Harm(_, HarmForm::Active | HarmForm::Past));
    let ends = window.tokens.mark(at + 2).is_some()
        || at + 2 >= window.tokens.len()
        || window.tokens.is_on(Words::EndsAPhrase, at + 2);
    let object = at > 0 && window.tags.is(at - 1, hurt) && ends;
    let run = at..at + 2;
    (window.tokens.word(at) == "a" && nth && (verb || object)).then(|| Group {
        implied: true,
        other: true,
        ..Heads::default().group(run.clone(), said(window, Quantity::Singular, &run))
    })
}

/// "His wife and daughter", "his wife, son and two daughters", "a man and woman": one more after another, whose "his" or "a" is
/// not said again.
pub(super) fn goes_on(window: &Window<'_>, at: usize, before: &[Group]) -> Option<Group> {
    let word = |at: usize| window.tokens.word(at);
    let last = before.last().filter(|last| last.run.end + 1 == at)?;
    let one = last.said.quantity == Quantity::Singular || last.kin.is_some() && !last.counted;
    let one_of_kin = kin_at(window, at).filter(|(kin, _)| last.kin.is_some() && kin.number != Number::Plural);
    if let Some((kin, length)) = one_of_kin {
        // "his wife, mother of two" says who she was.
        let listed = window.tokens.is_mark(at - 1, ',') && matches!(word(at + length), "and" | ",");
        let run = at..at + length;
        let said = said(window, bare_quantity(kin.number), &run);
        // "mourned the loss of his brother and father" tells of the dead again, "his sister and mother of Omar" of one.
        // but "three sons and daughter-in-law of a councillor"
        let whose = word(at + length) == "of" && !matches!(word(at + length + 1), "a" | "an" | "the");
        let of = last.run.start > 0 && word(last.run.start - 1) == "of" || whose;
        return (!of && (word(at - 1) == "and" || listed)).then(|| kin_group(run, said, &kin));
    }
    let article =
        matches!(word(last.run.start), "a" | "an") || word(last.run.start) == "the" && !last.definite;
    let (heads, head_end) = head_run(window, at, at + 1)?;
    let singular = heads.number == Some(Number::Singular) && heads.harm.is_none();
    let run = at..head_end;
    (one && article && singular && word(at - 1) == "and")
        .then(|| heads.group(run.clone(), said(window, Quantity::Singular, &run)))
}

/// "Civilians: 2 killed.": a label of those whom the number after it counts.
pub(in crate::groups) fn labels(window: &Window<'_>, label: Option<&Group>, group: &mut Group) -> bool {
    let Some(label) = label.filter(|label| !label.counted && label.harm.is_none() && group.implied) else {
        return false;
    };
    let labels = window.tokens.is_mark(label.run.end, ':')
        && label.run.end + 1 == group.run.start
        && window.opens_sentence(label.run.start);
    if labels {
        (group.class, group.status) = (label.class, label.status);
    }
    labels
}

/// "a 15-year-old was killed", "an 80-year-old", "a 16-year-old Marjani": somebody known by the age, and perhaps the people they are
/// of.
pub(super) fn aged_one(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    const CHILD: u64 = 18;
    let tokens = &window.tokens;
    if !matches!(tokens.word(at), "a" | "an" | "another") {
        return None;
    }
    let number = window.tags.number(at + 1)?;
    let (years, last) = (number.n, at + 1 + number.length);
    let dash = |at: usize| usize::from(tokens.is_mark(at, '-'));
    let unit = last + dash(last);
    let old = unit + 1 + dash(unit + 1);
    if tokens.word(unit) != "year" || tokens.word(old) != "old" {
        return None;
    }
    let ends = |last: usize| {
        last >= end
            || tokens.mark(last).is_some_and(|mark| mark != '-')
            || tokens.is_on(Words::EndsAPhrase, last)
            || window.tags.is(last, |sense| matches!(sense, Sense::Harm(..)))
    };
    let of_a_people = tokens.is_capital(old + 1) && ends(old + 2);
    let last = old + 1 + usize::from(of_a_people);
    let run = at..last;
    let child = years < CHILD;
    let class = if child { Class::Children } else { Class::Total };
    let said = said(window, Quantity::Singular, &run);
    ends(last).then(|| Group { class, ..Heads::default().group(run, said) })
}

/// "two of his children".
pub(super) fn of_kin(window: &Window<'_>, at: usize) -> Option<(Kin, usize)> {
    let owner = is_possessive(window.tokens.word(at + 1)) || window.tokens.word(at + 1) == "whose";
    let kin = (window.tokens.word(at) == "of" && owner).then(|| kin_at(window, at + 2)).flatten()?;
    Some((kin.0, at + 2 + kin.1))
}

/// "the wife, three sons and daughter of a teacher": whether kin alone stand before the "of" of whose they are.
pub(super) fn goes_on_to_whose(window: &Window<'_>, from: usize) -> bool {
    const LIST: usize = 12;
    let listed = |at: &usize| {
        matches!(window.tokens.word(*at), "and" | "in" | "law")
            || matches!(window.tokens.mark(*at), Some(',' | '-'))
            || window.tags.number(*at).is_some()
            || window.tags.is(*at, |sense| matches!(sense, Sense::Kin(_)))
    };
    let of = from + (from..from + LIST).take_while(listed).count();
    of > from && window.tokens.word(of) == "of" && matches!(window.tokens.word(of + 1), "a" | "an" | "the")
}

/// "a family of five".
pub(super) fn family_of(window: &Window<'_>, at: usize, end: usize) -> Option<Group> {
    let start = at + usize::from(matches!(window.tokens.word(at), "a" | "an" | "the" | "entire" | "whole"));
    if window.tokens.word(start) != "family" || window.tokens.word(start + 1) != "of" {
        return None;
    }
    let amount =
        numbers::amount(&window.tokens, &window.tags, start + 2).filter(|amount| amount.run.end <= end)?;
    Some(Group { counted: true, ..Heads::default().group(at..amount.run.end, amount.said) })
}
