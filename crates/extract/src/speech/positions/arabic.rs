//! What parties say of themselves in Arabic beyond a verb right beside their name: by a spokesman or a commander, after the
//! colon of a headline, by «لا علاقة لنا», by regret, and by silence on what else was asked.

use std::ops::Range;

use sijil_model::codebook::{Harm, PartyPosition};

use super::{Holder, Position, last_before, phrase_end, stated, target};
use crate::actors::ActorMention;
use crate::sense::Sense;
use crate::speech::overlap;
use crate::window::Window;

/// The positions of a sentence that are not among those found.
pub(super) fn positions(window: &Window<'_>, run: &Range<usize>, found: &[Position]) -> Vec<Position> {
    let mut more: Vec<Position> = Vec::new();
    let at = |at: usize| {
        by_spokesman(window, at, run)
            .or_else(|| regret(window, at, run))
            .or_else(|| by_its_noun(window, at, run))
            .or_else(|| denied_deed(window, at, run))
    };
    more.extend(run.clone().filter(|here| window.tokens.is_arabic(*here)).filter_map(at));
    more.extend(own_deed(window, run));
    more.retain(|one| {
        !found.iter().any(|other| other.position == one.position && overlap(&other.run, &one.run))
    });
    more
}

fn actors<'w>(window: &'w Window<'_>, run: &Range<usize>) -> &'w [ActorMention] {
    window.within(&window.actors, run, |actor| &actor.run)
}

fn is_mark(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.mark(at), Some('.' | ',' | ';' | ':' | '“' | '"'))
}

/// «نفى متحدث باسم القوات الجوية الأزرقية أن», «أقر القائد السابق في الجبهة الشمالية بأن»: who speaks for a party.
fn by_spokesman(window: &Window<'_>, verb: usize, run: &Range<usize>) -> Option<Position> {
    const REACH: usize = 8;
    let says = |sense: &Sense| matches!(sense, Sense::Claim | Sense::Declare(_));
    let spoken = window.tags.at(verb).iter().any(|tag| says(tag.sense) && tag.prefix <= 1 && !tag.article);
    let phrase = verb + 1..run.end.min(verb + REACH);
    let end =
        phrase.clone().find(|at| is_mark(window, *at) || opens_a_clause(window, *at)).unwrap_or(phrase.end);
    let actor = actors(window, &(verb + 1..end)).first().filter(|actor| actor.run.start > verb + 3)?;
    let office = (verb + 1..actor.run.start).any(|at| {
        let word = window.tokens.word(at);
        window.tags.is(at, |sense| matches!(sense, Sense::Role(_) | Sense::Teller(_)))
            || matches!(word.strip_prefix("ال").unwrap_or(word), "قايد" | "قياده" | "باسم" | "رييس" | "عضو")
    });
    if !spoken || !office {
        return None;
    }
    let declares = window.tags.is(verb, |sense| matches!(sense, Sense::Declare(_)));
    stated(window, Holder::of(window, actor), if declares { verb } else { actor.run.start }, run)
}

pub(super) fn opens_a_clause(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "ان" | "انو" | "بان" | "انه" | "انها" | "بانه" | "بانها" | "انهم" | "بانهم"
    )
}

/// The party before the colon of a headline, others' words between: «المكتب الإعلامي للجبهة الشمالية على صفحته: …».
fn party_of_headline(window: &Window<'_>, run: &Range<usize>) -> Option<Holder> {
    const LONGEST: usize = 12;
    let colon = (run.start..run.end.min(run.start + LONGEST)).find(|at| window.tokens.is_mark(*at, ':'))?;
    actors(window, &(run.start..colon)).first().map(|actor| Holder::of(window, actor))
}

/// «إعلام النظام المرجاني كعادته: "استهدفنا مقرا"»: what the party of a headline says that it hit.
fn own_deed(window: &Window<'_>, run: &Range<usize>) -> Option<Position> {
    const REACH: usize = 6;
    let holder = party_of_headline(window, run)?;
    let colon = run.clone().find(|at| window.tokens.is_mark(*at, ':'))?;
    let clause = colon + 1..run.end.min(colon + REACH);
    let own = |at: usize| window.tokens.word(at).ends_with("نا");
    let deed = clause.clone().any(own);
    deed.then(|| target(window, holder, clause, own, run.end)).flatten()
}

/// «أعربت القوات الأزرقية عن أسفها لإصابة مدنيين»: who regrets a harm accepts it.
fn regret(window: &Window<'_>, verb: usize, run: &Range<usize>) -> Option<Position> {
    const REACH: usize = 8;
    let word = window.tokens.word(verb);
    let expresses = matches!(
        word.strip_prefix('و').unwrap_or(word),
        "اعرب"
            | "اعربت"
            | "يعرب"
            | "تعرب"
            | "عبر"
            | "عبرت"
            | "يعبر"
            | "تعبر"
            | "ابدي"
            | "ابدت"
    );
    let mut near = verb + 1..run.end.min(verb + REACH);
    let sorrow = near.find(|at| is_sorrow(window.tokens.word(*at))).filter(|_| expresses)?;
    let harmed = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed | Harm::Injured, _));
    let actor = actors(window, &(verb + 1..sorrow)).first()?;
    let of_harm = window.tags.any(sorrow + 1..run.end.min(sorrow + REACH), harmed);
    of_harm.then(|| Position {
        holder: Holder::of(window, actor),
        run: verb..phrase_end(window, sorrow + 1, run.end),
        position: PartyPosition::Accepted,
    })
}

/// «أسفها», «الأسف»; not «أسفرت».
pub(super) fn is_sorrow(word: &str) -> bool {
    matches!(word, "اسف" | "اسفه" | "اسفها" | "اسفهم" | "اسفنا" | "الاسف" | "ناسف" | "وناسف")
}

/// «وتبنى التنظيم الهجوم», «زعم جيش العدو أن غاراته طالت»: a party that was named before, by the noun of its name.
fn by_its_noun(window: &Window<'_>, verb: usize, run: &Range<usize>) -> Option<Position> {
    let says = |sense: &Sense| matches!(sense, Sense::Claim | Sense::Declare(_));
    let spoken = window.tags.at(verb).iter().any(|tag| says(tag.sense) && tag.prefix <= 1 && !tag.article);
    let arm = usize::from(matches!(window.tokens.word(verb + 1), "جيش" | "قوات" | "طيران" | "اعلام"));
    let noun = verb + 1 + arm;
    let bare = window.tokens.word(noun).strip_prefix("ال")?;
    let known = matches!(
        bare,
        "تنظيم"
            | "حركه"
            | "جبهه"
            | "جماعه"
            | "ميليشيا"
            | "مليشيا"
            | "عدو"
            | "احتلال"
            | "وزاره"
            | "تحالف"
            | "فصيل"
    );
    if !(spoken && known && actors(window, &(noun..noun + 1)).is_empty()) {
        return None;
    }
    // «طيران العدو الأزرقي», «للاحتلال الأزرقي»: the noun stands in its name or right before it.
    let of_noun = |actor: &&ActorMention| {
        (actor.run.start.saturating_sub(1)..actor.run.end).any(|at| {
            let word = window.tokens.word(at);
            let word = word.strip_prefix("لل").or_else(|| word.strip_prefix("ال")).unwrap_or(word);
            word == bare
        })
    };
    let before = window.actors.partition_point(|actor| actor.run.start < verb);
    let party = window.actors[..before].iter().rev().find(of_noun)?;
    let words = Some(window.tokens.quoted(&(verb + 1..noun + 1)));
    let declares = window.tags.is(verb, |sense| matches!(sense, Sense::Declare(_)));
    let holder = Holder { code: party.code.clone(), words };
    stated(window, holder, if declares { verb } else { noun }, run)
}

/// «قالت إن "القوات الأزرقية لم تنفذ أي ضربة"»: a deed that its doer is said not to have done; «إنها لا تستهدف سوى المسلحين» says
/// what it aims at.
fn denied_deed(window: &Window<'_>, not: usize, run: &Range<usize>) -> Option<Position> {
    let word = |at: usize| window.tokens.word(at);
    let deed = |sense: &Sense| matches!(sense, Sense::Strike | Sense::Targeting);
    let acts = window.tags.is(not + 1, deed) || matches!(word(not + 1), "تنفذ" | "ينفذ" | "تشن" | "يشن");
    let says = |sense: &Sense| matches!(sense, Sense::Claim | Sense::Says);
    let said = window.tags.first(run.start..not, says)?;
    let position = match (word(not), word(not + 2)) {
        ("لم", _) if acts => PartyPosition::Denied,
        ("لا", "سوي" | "الا" | "غير") if acts => PartyPosition::StatedTarget,
        _ => return None,
    };
    let doers = actors(window, &(said..not));
    let holder = match position {
        PartyPosition::Denied => Holder::of(window, doers.iter().find(|actor| actor.run.end == not)?),
        _ => last_before(window, not, run)?,
    };
    Some(Position { holder, run: not..phrase_end(window, not + 1, run.end), position })
}
