//! Places in Arabic: a head word (قرية, حي, مدينة, ريف …) and the name after it, or a known name.

use std::ops::Range;

use sijil_model::codebook::{Harm, PlacePrecision};

use super::{Found, Knows};
use crate::sense::{HarmForm, Sense, Side};
use crate::window::Window;
use crate::word_forms;
use crate::word_lists::Words;

mod unheaded;

use unheaded::{aimed_at, beyond};

/// Heads in the plural.
const PLURALS: [&str; 8] = ["مناطق", "مدن", "قري", "احياء", "بلدات", "محافظات", "ضواحي", "ارياف"];

/// The place that starts at an Arabic token.
pub(super) fn place(
    window: &Window<'_>,
    at: usize,
    sentence: &Range<usize>,
    knows: &Knows<'_>,
) -> Option<Found> {
    if !window.is_free(at) {
        return None;
    }
    headed(window, at, sentence, knows)
        .or_else(|| world(window, at, sentence))
        .or_else(|| known(window, at, sentence, knows))
        .or_else(|| beyond(window, at, sentence, knows))
        .or_else(|| aimed_at(window, at, sentence, knows))
        .or_else(|| entry(window, at, sentence))
}

/// «سراقب: 3 قتلى»: the place that a line of a list of tolls opens with.
fn entry(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Found> {
    const LONGEST: usize = 3;
    let end = (at + 1..sentence.end.min(at + 1 + LONGEST)).find(|end| window.tokens.is_mark(*end, ':'))?;
    let name = at..end;
    let named = name.clone().all(|at| is_name(window, at)) && super::is_entry(window, &name, sentence);
    named.then(|| Found { run: name.clone(), prefix: 0, name, kind: PlacePrecision::NotPlaced, sure: true })
}

/// «في عين اللوز», «من ميناء الأمل»: what a construct begins after a preposition; a place where it is said again.
pub(super) fn compound(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    let placed = matches!(before, "في" | "وفي" | "ففي" | "من" | "الي" | "قرب" | "مناطق" | "فوق");
    let construct =
        window.tags.at(at).iter().any(|tag| tag.prefix == 0 && matches!(tag.sense, Sense::Construct));
    let next = at + 1;
    (placed && construct && next < sentence.end && is_continuing(window, next)).then_some(at..next + 1)
}

/// «قرية تل الزيتون», «بريف المدينة الشرقي».
fn headed(window: &Window<'_>, at: usize, sentence: &Range<usize>, knows: &Knows<'_>) -> Option<Found> {
    let (kind, tag) = window.tags.find(at, |sense| match sense {
        Sense::Head(kind, Side::Before | Side::Both) => Some(*kind),
        _ => None,
    })?;
    // «عن طريق الأهالي»: by means of them.
    let means = window.tokens.word(at) == "طريق" && at > 0 && window.tokens.word(at - 1) == "عن";
    if tag.article || means || is_harmed(window, at) {
        return None;
    }
    let mut start = at + usize::from(tag.length);
    let hidden = tag.length == 1 && window.tokens.is_mark(start, '_') && window.tokens.is_glued(start);
    let quoted = hidden || matches!(window.tokens.mark(start), Some('“' | '"' | '#'));
    start += usize::from(quoted);
    // «محيط العاصمة قصر النهر»: a head of a head.
    if around(window.tokens.word(at)) {
        start += usize::from(window.tags.is(start, |sense| matches!(sense, Sense::Head(..))));
    }
    let hashed = hidden || window.tokens.is_mark(start.wrapping_sub(1), '#');
    let name = match hashtag(window, start, sentence.end).filter(|_| hashed) {
        Some(name) => name,
        None => in_quotes(window, start, sentence.end)
            .filter(|_| quoted && !hashed)
            .or_else(|| name_run(window, start, sentence, knows))?,
    };
    let mut end = name.end;
    end += usize::from(quoted && matches!(window.tokens.mark(end), Some('”' | '"')));
    // A direction after the name is part of the phrase and not of the name: ريف إدلب الغربي.
    while end < sentence.end
        && end < name.end + 2
        && is_direction(window, end)
        && window.tokens.word(end).starts_with("ال")
    {
        end += 1;
    }
    // A plural head names a known place or none: «مناطق متفرقة».
    let plural = window.tags.at(at).iter().any(|tag| matches!(tag.sense, Sense::Head(..)))
        && PLURALS.iter().any(|head| window.tokens.word(at).ends_with(head));
    if plural && !knows.either(&window.tokens.folded(&name, 0)) && !is_foreign_name(window, at, &name) {
        return None;
    }
    // «منطقة حرة», «قرية مجاورة»: an adjective is no name.
    let known = knows.either(&window.tokens.folded(&name, 0));
    let general = kind >= PlacePrecision::NearPlace
        || matches!(kind, PlacePrecision::Landmark | PlacePrecision::Street)
        || window.tokens.word(at).ends_with("منطقه");
    let ordinary = window.tags.is(name.start, |sense| matches!(sense, Sense::Ordinary))
        || window.tokens.word(name.start) == "الله";
    // «بلدات وقرى», «مخيم للنازحين», «مزارع وابنه»: no name.
    let other = window.tags.at(name.start).iter().any(|tag| {
        tag.prefix > 0
            && !(tag.article && tag.prefix == 2)
            && matches!(tag.sense, Sense::Head(..) | Sense::People(_) | Sense::Kin(_))
    });
    if other && !quoted && !known {
        return None;
    }
    // «العاصمة الأزرقية»: a capital that is not named.
    let capital = window.tokens.word(at).ends_with("عاصمه") && name.len() == 1;
    if capital
        && window.tokens.word(name.start).starts_with("ال")
        && window.tokens.word(name.start).ends_with("يه")
    {
        return None;
    }
    let one = name.len() == 1 && (hashed || !quoted);
    // «قرية ضمان»: what follows a feminine head and is not feminine is no adjective of it.
    let agrees = !window.tokens.word(at).ends_with('ه') || window.tokens.word(name.start).ends_with('ه');
    let adjective = one && agrees && is_adjective(window, name.start, kind);
    if !known && (adjective || general && ordinary) {
        return None;
    }
    let sure = !plural && !matches!(window.tokens.word(at), "اطراف" | "محيط");
    // «مناطق عين اللوز» is a vague part of a named place.
    let vague = window.tokens.word(at).ends_with("مناطق");
    let (start, prefix) = if vague { (name.start, 0) } else { (at, tag.prefix) };
    Some(Found { run: start..end, prefix, name, kind, sure })
}

/// «قُتل مزارع بانفجار لغم», «أصيب مزارع»: somebody, and no farms; «مقتل مدرّسة» is of no school.
fn is_harmed(window: &Window<'_>, at: usize) -> bool {
    let killed =
        |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Verb | HarmForm::Masdar));
    let person = |sense: &Sense| matches!(sense, Sense::People(_));
    at.checked_sub(1).is_some_and(|verb| {
        let word = window.tokens.word(verb);
        let injured = matches!(word.strip_prefix('و').unwrap_or(word), "اصيب" | "جرح");
        let teacher = window.tokens.word(at) == "مدرسه" && window.tags.is(verb, killed);
        teacher || window.tags.is(at, person) && (injured || window.tags.is(verb, killed))
    })
}

fn is_direction(window: &Window<'_>, at: usize) -> bool {
    window.tags.is(at, |sense| matches!(sense, Sense::Direction))
}

/// The name after a head word: one word, two where the first is a construct («تل», «دير») or takes an article after it.
fn name_run(
    window: &Window<'_>,
    start: usize,
    sentence: &Range<usize>,
    knows: &Knows<'_>,
) -> Option<Range<usize>> {
    if start >= sentence.end || !is_name(window, start) {
        return None;
    }
    let longest = (1..=4).rev().map(|length| start + length).find(|end| {
        *end <= sentence.end
            && (start..*end).all(|at| window.tokens.is_arabic(at) && window.is_free(at))
            && knows.either(&window.tokens.folded(&(start..*end), 0))
    });
    let construct = window.tags.is(start, |sense| matches!(sense, Sense::Construct));
    // «عين» alone may be a place too, but «عين اللوز» is one.
    if let Some(end) = longest.filter(|end| !construct || *end > start + 1) {
        return Some(start..end);
    }
    if let Some(end) = before_a_side(window, start, sentence) {
        return Some(start..end);
    }
    let mut end = start + 1;
    if end < sentence.end && is_continuing(window, end) {
        let article = window.tokens.word(end).starts_with("ال");
        let bare = !window.tokens.word(start).starts_with("ال");
        if construct || (bare && article && !is_direction(window, end) && !describes_a_place(window, end)) {
            end += 1;
        }
    }
    if construct
        && end == start + 2
        && window.tags.is(start + 1, |sense| matches!(sense, Sense::Construct))
        && end < sentence.end
        && is_continuing(window, end)
    {
        end += 1;
    }
    Some(start..end)
}

/// «قرية تل حجر كبير جنوبي المدينة», «قرية أم الورد بريف النهر»: all words up to the side on which it lies are the name.
fn before_a_side(window: &Window<'_>, start: usize, sentence: &Range<usize>) -> Option<usize> {
    const LONGEST: usize = 4;
    let settled = |sense: &Sense| {
        matches!(sense, Sense::Head(PlacePrecision::Village | PlacePrecision::Town, Side::Before))
    };
    let head = start.checked_sub(1).filter(|at| *at >= sentence.start)?;
    let end = (start + 1..sentence.end.min(start + LONGEST)).find(|at| opens_a_side(window, *at))?;
    let bare = |at: usize| {
        let plain = |sense: &Sense| matches!(sense, Sense::Ordinary | Sense::Site(_) | Sense::Given(_));
        let unknown = is_continuing(window, at)
            && window.tags.at(at).iter().all(|tag| tag.prefix > 0 && !tag.article || plain(tag.sense));
        unknown && !window.tokens.word(at).starts_with("ال")
            || matches!(window.tokens.word(at), "كبير" | "كبيره" | "صغير" | "صغيره" | "فوقاني" | "تحتاني")
    };
    let construct = window.tags.is(start, |sense| matches!(sense, Sense::Construct));
    (window.tags.is(head, settled)
        && (start + 1..end).all(|at| bare(at) || construct && at == start + 1 && is_continuing(window, at)))
    .then_some(end)
}

/// «شرقي …», «بريف …»: the words on which side of what a place lies.
fn opens_a_side(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    word.starts_with("بريف") || is_direction(window, at) && !word.starts_with("ال")
}

/// Whether a word can begin a place's name: free, not a word of the lexicon that cannot be one.
fn is_name(window: &Window<'_>, at: usize) -> bool {
    window.tokens.is_arabic(at)
        && window.is_free(at)
        && window.tokens.word(at).chars().count() >= 2
        && (is_first_of_a_name(window, at)
            || !window.tags.at(at).iter().any(|tag| tag.prefix == 0 && excludes(tag.sense)))
        && !is_direction(window, at)
        && window.tokens.get(at).is_some_and(|token| token.lines == 0)
}

/// «قرية أم الورد», «في جديدة النهر شرقي المدينة»: words of the language with which names of villages begin.
fn is_first_of_a_name(window: &Window<'_>, at: usize) -> bool {
    let first = matches!(window.tokens.word(at), "ام" | "جديده");
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    let headed = at > 0 && window.tags.is(at - 1, |sense| matches!(sense, Sense::Head(_, Side::Before)));
    let placed = matches!(before, "في" | "علي" | "الي" | "قرب") && opens_a_side(window, at + 2);
    let next = window.tokens.word(at + 1);
    first
        && (headed || placed)
        && is_continuing(window, at + 1)
        && window.tags.at(at + 1).iter().all(|tag| tag.article || tag.prefix > 0)
        && (next.starts_with("ال") || !word_forms::inflects(&window.tags, next))
}

fn is_continuing(window: &Window<'_>, at: usize) -> bool {
    is_name(window, at)
        && !window.tags.at(at).iter().any(|tag| tag.prefix > 0 && !tag.article && excludes(tag.sense))
}

fn excludes(sense: &Sense) -> bool {
    !matches!(
        sense,
        Sense::Construct
            | Sense::Given(_)
            | Sense::Site(_)
            | Sense::Unit(_)
            | Sense::Moment(_)
            | Sense::Family
            | Sense::Head(PlacePrecision::Landmark, _)
            | Sense::DayPart(_)
            | Sense::Org(_)
            | Sense::Weekday(_)
            | Sense::World(_)
            | Sense::Ordinary
    )
}

/// «قرى بسبت وبداما»: after a plural head of villages or towns, a word that the language does not have.
fn is_foreign_name(window: &Window<'_>, at: usize, name: &Range<usize>) -> bool {
    let word = window.tokens.word(name.start);
    ["قري", "بلدات", "مدن"].iter().any(|head| window.tokens.word(at).ends_with(head))
        && window.tags.at(name.start).iter().all(|tag| tag.prefix > 0 && !tag.article)
        && !word_forms::looks_derived(word)
        && !word_forms::inflects(&window.tags, word)
}

/// Heads of what lies around a place.
fn around(word: &str) -> bool {
    ["محيط", "مشارف", "ضواحي"].iter().any(|head| word.ends_with(head))
}

/// The words of a hashtag, its underscores between: «#جسر_الزيتون».
fn hashtag(window: &Window<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let mut here = start + 1;
    while here + 1 < end
        && window.tokens.is_mark(here, '_')
        && window.tokens.is_glued(here)
        && window.tokens.is_glued(here + 1)
        && window.tokens.is_arabic(here + 1)
    {
        here += 2;
    }
    (here > start + 1 && window.tokens.is_arabic(start) && (start..here).all(|at| window.is_free(at)))
        .then_some(start..here)
}

/// The words between quotation marks after a head, at most four: «قرية "بئر الورد"».
fn in_quotes(window: &Window<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let close =
        (start + 1..end.min(start + 5)).find(|at| matches!(window.tokens.mark(*at), Some('”' | '"')))?;
    (start..close).all(|at| window.tokens.is_arabic(at) && window.is_free(at)).then_some(start..close)
}

/// An ordinary word without an article, or one by its form: «حرة», «صناعية», «مجاورة». After «قرية» and «بلدة» the form
/// of an adjective is that of many names too, «قرية بيلونية», unless an ordinary word is in it.
fn is_adjective(window: &Window<'_>, at: usize, kind: PlacePrecision) -> bool {
    let word = window.tokens.word(at);
    let settled = matches!(kind, PlacePrecision::Village | PlacePrecision::Town);
    let formed =
        |stem: &str| !settled || window.tags.is_ordinary(stem) || word_forms::inflects(&window.tags, stem);
    !word.starts_with("ال")
        && (window.tags.is(at, |sense| matches!(sense, Sense::Ordinary))
            || word_forms::looks_derived(word) && word.strip_suffix("يه").is_some_and(formed)
            || word_forms::inflects(&window.tags, word))
}

/// «السورية», «الشعبية», «التابعة», «المحتلة»: adjectives after a name that are none of it.
fn describes_a_place(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    word.ends_with("يه") && word.chars().count() > 6 || Words::AfterAPlace.has(word)
}

/// A known name after a preposition, on a word with one, or anywhere where it is long enough to be no other word.
fn known(window: &Window<'_>, at: usize, sentence: &Range<usize>, knows: &Knows<'_>) -> Option<Found> {
    // «#مجزرة_الورد»: its place is named in it.
    let massacre = at > 1 && window.tokens.is_mark(at - 1, '_') && window.tokens.word(at - 2) == "مجزره";
    if (at > 0 && window.tokens.is_mark(at - 1, '#') || massacre)
        && let Some(run) = hashtag(window, at, sentence.end).or_else(|| massacre.then_some(at..at + 1))
    {
        let construct = window.tags.is(at, |sense| matches!(sense, Sense::Construct));
        return (construct || knows.either(&window.tokens.folded(&run, 0))).then(|| Found {
            run: run.clone(),
            prefix: 0,
            name: run,
            kind: PlacePrecision::NotPlaced,
            sure: true,
        });
    }
    for prefix in prefixes(window.tokens.word(at)) {
        for length in (1..=4).rev() {
            let run = at..at + length;
            let free = |here: usize| {
                window.tokens.is_arabic(here) && window.is_free(here) && !window.tokens.word(here).is_empty()
            };
            if run.end > sentence.end || !run.clone().all(free) {
                continue;
            }
            let name = window.tokens.folded(&run, prefix);
            let given =
                window.tags.at(at).iter().any(|tag| tag.prefix == 0 && matches!(tag.sense, Sense::Given(_)));
            if name.chars().count() >= 3
                && !(prefix > 0 && given)
                && !(length == 1 && (is_other_word(window, at) || (knows.surname)(window.tokens.word(at))))
                && knows.either(&name)
                && located(window, at, prefix, length)
            {
                return Some(Found {
                    run: run.clone(),
                    prefix: prefix as u8,
                    name: run,
                    kind: PlacePrecision::NotPlaced,
                    sure: false,
                });
            }
        }
    }
    None
}

/// Whether a word is one of the language too, or the first of a name that goes on: «عين» of «عين اللوز».
fn is_other_word(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let construct = window.tags.is(at, |sense| matches!(sense, Sense::Construct));
    construct && window.tokens.word(at + 1).starts_with("ال")
        || window.tags.at(at).iter().any(|tag| !matches!(tag.sense, Sense::Construct | Sense::Given(_)))
        || word_forms::looks_derived(word)
        || word_forms::inflects(&window.tags, word)
}

/// A country, region or city of the world.
fn world(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Found> {
    let (kind, tag) =
        window.tags.find(at, |sense| if let Sense::World(kind) = sense { Some(*kind) } else { None })?;
    let run = at..at + usize::from(tag.length);
    if is_of_a_club(window, &run)
        || kind == PlacePrecision::City && is_playing(window, at, tag.prefix, sentence)
    {
        return None;
    }
    (run.end <= sentence.end && run.clone().all(|here| window.is_free(here))).then(|| Found {
        run: run.clone(),
        prefix: tag.prefix,
        name: run,
        kind,
        sure: true,
    })
}

/// «تعادل باريس مع ميلانو»: where a match is told of, a city of the world that nothing is in, from or to is its club.
fn is_playing(window: &Window<'_>, at: usize, prefix: u8, sentence: &Range<usize>) -> bool {
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    let inside = matches!(before, "في" | "وفي" | "من" | "الي" | "مدينه" | "العاصمه")
        || prefix > 0 && window.tokens.word(at).trim_start_matches('و').starts_with('ب');
    let dateline = window.tokens.is_mark(at + 1, ':');
    !inside && !dateline && sentence.clone().any(|at| window.tokens.is_on(Words::Sport, at))
}

/// «نادي الوردة», «الوردة يونايتد», «بنك مرجان», «اتفاق الوردة», «الشرق الأوسط» in quotation marks: a club, a bank, an
/// agreement or a paper, and no place.
fn is_of_a_club(window: &Window<'_>, run: &Range<usize>) -> bool {
    let before = run.start.checked_sub(1).map_or("", |at| window.tokens.word(at));
    let bare = before.strip_prefix(['و', 'ب', 'ل']).unwrap_or(before);
    let quoted = run.len() == 2
        && window.tokens.word(run.start) == "الشرق"
        && run.start > 0
        && matches!(window.tokens.mark(run.start - 1), Some('“' | '"'))
        && window.tokens.mark(run.end).is_some();
    let marks = run.start > 1 && window.tokens.mark(run.start - 1).is_some();
    !marks && (Words::NoPlaceAfter.has(before) || Words::NoPlaceAfter.has(bare))
        || quoted
        || matches!(window.tokens.word(run.end), "يونايتد" | "سيتي" | "بوست" | "تايمز")
}

/// One word needs a preposition or hash sign before it, because names of places are words too; two do not.
fn located(window: &Window<'_>, at: usize, prefix: usize, length: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    let hash = at > 0 && window.tokens.is_mark(at - 1, '#');
    let listed = at > 0 && window.owner(at - 1) == crate::window::Owner::Place;
    let person = window.tags.is(at, |sense| matches!(sense, Sense::Given(_) | Sense::Title(_)));
    !person && (length > 1 || prefix > 0)
        || hash
        || listed
        || matches!(
            before,
            "في" | "من"
                | "وفي"
                | "ومن"
                | "الي"
                | "علي"
                | "وعلي"
                | "ع"
                | "قرب"
                | "شرق"
                | "غرب"
                | "شمال"
                | "جنوب"
                | "شرقي"
                | "غربي"
                | "شمالي"
                | "جنوبي"
                | "وسط"
                | "باتجاه"
                | "نحو"
                | "بين"
                | "داخل"
                | "سكان"
                | "اهالي"
                | "ابناء"
                | "ريف"
                | "مدينه"
        )
}

/// How many letters of prefix a word may carry: none, or one of ب ل و ف.
fn prefixes(word: &str) -> Vec<usize> {
    let mut list = vec![0];
    if word.chars().count() > 2 && word.starts_with(['ب', 'ل', 'و', 'ف']) {
        list.push(1);
        if word.starts_with("وب") || word.starts_with("ول") {
            list.push(2);
        }
    }
    list
}
