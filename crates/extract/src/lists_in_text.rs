//! Lists of names inside a text: after "The victims were named as:", أسماء الشهداء, each line names people of one fate.

use sijil_model::codebook::Harm;

use crate::harm::{Hit, Who, is_speaker, number_of};
use crate::names::Name;
use crate::sense::{HarmForm, Sense, Title};
use crate::sentences::Sentence;
use crate::window::Window;

/// The rule of those whom a list tells of.
pub(crate) const RULE: &str = "list-of-names";
/// How far before a numbered list, in tokens, deaths are told of.
const REACH: usize = 400;
/// How far into an item its name begins: "2. her daughter in law Siham".
const NAMED: usize = 8;
/// How many lines of a list are read without a new heading.
const LONGEST: usize = 400;

/// A list that is open: the lines of it that were read.
pub(crate) struct Listing {
    harm: Harm,
    lines: usize,
    /// The number of its last item, where its items are numbered.
    item: Option<u64>,
    /// Whether that number stood alone, so that its item is still to come.
    begun: bool,
}

impl Listing {
    fn of(harm: Harm) -> Option<Self> {
        Some(Listing { harm, lines: 0, item: None, begun: false })
    }
}

/// Adds the names of a line that goes on with a list, and notes whether this line opens one.
pub(crate) fn follow(
    window: &Window<'_>,
    sentence: &Sentence,
    hits: &mut Vec<Hit>,
    listing: &mut Option<Listing>,
    chains: &mut usize,
) {
    let heading = heading(window, sentence);
    if let Some(harm) = heading {
        *listing = Listing::of(harm);
    }
    if listing.is_none() && heading.is_none() && begins_numbered_list(window, sentence) {
        *listing = Listing::of(Harm::Killed);
    }
    let Some(open) = listing else { return };
    let harm = open.harm;
    let only_a_number = sentence.run.len() <= 2 && window.tokens.is_number(sentence.run.start);
    if only_a_number {
        let item = item(window, sentence, open.item);
        (open.begun, open.item) = (item.is_some(), item.or(open.item));
        return;
    }
    let mut end = sentence.run.end;
    if heading.is_none() {
        let (words, named) = words_and_names(window, sentence);
        let dense = named * 10 >= words * 4 && named > 0;
        let item = if open.begun { open.item } else { item(window, sentence, open.item) };
        // "5. and 6. Salim and Omar": the rest of an item's line.
        let last = sentence.run.end.saturating_sub(2);
        let rest = open.begun && !sentence.opens_line && named == 0 && window.tokens.is_number(last);
        if !dense && (rest || item.is_none() && heads_a_group(window, sentence, open)) {
            return;
        }
        let numbered = item.is_some_and(|item| item > 0);
        let goes_on = (dense || item.is_some() && named > 0 || numbered) && open.lines < LONGEST;
        *listing =
            goes_on.then(|| Listing { harm, lines: open.lines + 1, item: item.or(open.item), begun: false });
        if !goes_on {
            return;
        }
        if !dense {
            end = first_part(window, sentence);
        }
    }
    for (at, name) in names_of(window, sentence).take_while(|(_, name)| name.run.start < end) {
        let latin = !window.tokens.is_arabic(name.run.start);
        let made = crate::harm::made_it(window, name.run.start);
        let tells =
            made || latin && (is_speaker(window, &name.run) || heading.is_some() && name.run.len() == 1);
        if tells || hits.iter().any(|hit| hit.who == Who::Name(at)) {
            continue;
        }
        if heading.is_some() && name.run.start < colon(window, sentence) {
            continue;
        }
        // «إصابة سبعة عرف منهم كريم ونادر»: who follows the wounded in their list is one of them.
        let before = hits
            .iter()
            .filter(|hit| matches!(hit.who, Who::Name(_)) && hit.run.end <= name.run.start)
            .max_by_key(|hit| hit.run.start);
        let harm = before.filter(|_| heading.is_some()).map_or(harm, |hit| hit.harm);
        hits.push(Hit::alone(Who::Name(at), &name.run, harm, RULE, *chains));
    }
    if heading.is_some() {
        hits.extend(and_somebody(window, sentence, hits, *chains));
    }
    if heading.is_none() && hits.is_empty() {
        hits.extend(somebody(window, sentence, harm, *chains));
    }
    *chains += 1;
}

/// "12. A boy of about ten, no papers": an item that names nobody and tells of one person.
fn somebody(window: &Window<'_>, sentence: &Sentence, harm: Harm, chain: usize) -> Option<Hit> {
    const OPENING: usize = 4;
    let start = sentence.run.start;
    let who = window.groups.partition_point(|group| group.run.start < start);
    let group = window.groups.get(who).filter(|group| group.run.start < start + OPENING)?;
    (number_of(group.said.quantity) == Some(1) && group.counts())
        .then(|| Hit::alone(Who::Group(who), &group.run, harm, RULE, chain))
}

/// "The victims: Salim Haddad, Rima Karam and an unidentified boy": who has no name ends the list.
fn and_somebody(window: &Window<'_>, sentence: &Sentence, hits: &[Hit], chain: usize) -> Option<Hit> {
    let named = |hit: &&Hit| matches!(hit.who, Who::Name(_)) && hit.rule == RULE;
    let last = hits.iter().filter(named).max_by_key(|hit| hit.run.start)?;
    let and = last.run.end + usize::from(window.tokens.is_mark(last.run.end, ','));
    let group = window.group_at(and + 1).filter(|group| group.counts() && group.harm.is_none())?;
    let joined = window.tokens.word(and) == "and" && group.run.end <= sentence.run.end;
    let who = window.groups.partition_point(|other| other.run.start < group.run.start);
    joined.then(|| Hit::alone(Who::Group(who), &group.run, last.harm, RULE, chain))
}

/// The names of a sentence, with their positions.
fn names_of<'w>(window: &'w Window<'_>, sentence: &Sentence) -> impl Iterator<Item = (usize, &'w Name)> {
    let (from, end) =
        (window.names.partition_point(|name| name.run.start < sentence.run.start), sentence.run.end);
    window.names.iter().enumerate().skip(from).take_while(move |(_, name)| name.run.start < end)
}

/// How many words a sentence has, and how many of them are of names.
fn words_and_names(window: &Window<'_>, sentence: &Sentence) -> (usize, usize) {
    let words = sentence.run.clone().filter(|at| window.tokens.is_word(*at)).count();
    (words, names_of(window, sentence).map(|(_, name)| name.run.len()).sum())
}

/// The number of an item that goes on with a list, "7. Salim Haddad, driver, 48": the next one, of two the second.
/// A list without numbers goes on by its marks, «▪ سليم حداد بائع الخضار»: its items are all item 0.
fn item(window: &Window<'_>, sentence: &Sentence, last: Option<u64>) -> Option<u64> {
    let start = sentence.run.start;
    if !sentence.opens_line {
        return None;
    }
    if matches!(window.tokens.mark(start), Some('-' | '•')) {
        return last.is_none_or(|last| last == 0).then_some(0);
    }
    let numbered = window.tokens.is_number(start)
        && matches!(window.tokens.mark(start + 1), Some('.' | ')' | '-' | '_' | '/'));
    let number = window.tokens.word(start).parse::<u64>().ok().filter(|_| numbered)?;
    match last {
        None => (number == 1).then_some(1),
        Some(last) => (last + 1..=last + 2).contains(&number).then_some(number),
    }
}

/// "Bus staff": a few words between the items of a numbered list, which goes on after them.
fn heads_a_group(window: &Window<'_>, sentence: &Sentence, open: &Listing) -> bool {
    const WORDS: usize = 4;
    let next = || {
        let at = window.sentences.partition_point(|other| other.run.start <= sentence.run.start);
        window.sentences.get(at).is_some_and(|next| item(window, next, open.item).is_some())
    };
    open.item.is_some_and(|item| item > 0)
        && sentence.opens_line
        && !sentence.ended
        && words_and_names(window, sentence).0 <= WORDS
        && next()
}

/// Where the first part of an item ends, at a comma or a bracket: after it stands who else has to do with the first.
fn first_part(window: &Window<'_>, sentence: &Sentence) -> usize {
    let mut marks = sentence.run.clone().skip(2);
    marks.find(|at| matches!(window.tokens.mark(*at), Some(',' | '(' | ';'))).unwrap_or(sentence.run.end)
}

/// "1. Salim Haddad, 61": the first line of a numbered list of names, in a text that tells of deaths.
fn begins_numbered_list(window: &Window<'_>, sentence: &Sentence) -> bool {
    let number = |start: usize, n: &str| {
        window.tokens.word(start) == n
            && matches!(window.tokens.mark(start + 1), Some('.' | ')' | '-' | '_' | '/'))
    };
    let named = |sentence: &Sentence| {
        (sentence.run.start..sentence.run.start + NAMED).any(|at| window.name_at(at).is_some())
    };
    let first = sentence.opens_line && number(sentence.run.start, "1") && named(sentence);
    let next = || {
        let from = window.sentences.partition_point(|other| other.run.start <= sentence.run.start);
        window.sentences[from..].iter().take(2).any(|other| number(other.run.start, "2") && named(other))
    };
    first && next() && tells_of_deaths_before(window, sentence)
}

fn tells_of_deaths_before(window: &Window<'_>, sentence: &Sentence) -> bool {
    let from = sentence.run.start.saturating_sub(REACH);
    window.tags.any(from..sentence.run.start, |sense| matches!(sense, Sense::Harm(Harm::Killed, _)))
}

/// The harm of a list that a sentence opens: it ends in a colon, or its words announce names.
fn heading(window: &Window<'_>, sentence: &Sentence) -> Option<Harm> {
    let titles = sentence.run.clone().find_map(|at| {
        window.tags.find(at, |sense| match sense {
            Sense::Title(Title::Names) => crate::harm::listed_harm(window, at, sentence.run.start),
            Sense::Title(Title::NamesInjured) => Some(Harm::Injured),
            _ => None,
        })
    });
    let colon = sentence.run.clone().rev().take(4).any(|at| window.tokens.is_mark(at, ':'));
    let short =
        matches!(titles, Some((_, tag)) if tag.length == 1 && window.tokens.is_arabic(sentence.run.start));
    if let Some((harm, _)) = titles.filter(|_| !short || colon) {
        return Some(harm);
    }
    if names_the_detained(window, sentence) {
        return Some(Harm::Detained);
    }
    // «من الأسماء التي وصلتنا:», "The names so far:", after deaths that were told of.
    let names = || {
        sentence
            .run
            .clone()
            .any(|at| matches!(window.tokens.word(at), "names" | "اسماء" | "الاسماء" | "اسماوهم"))
    };
    let of_nobody = || !window.tags.any(sentence.run.clone(), |sense| matches!(sense, Sense::Harm(..)));
    if colon && names() && of_nobody() && tells_of_deaths_before(window, sentence) {
        return Some(Harm::Killed);
    }
    // «الشهداء», «#الشهداء» alone on a line.
    let hash = usize::from(window.tokens.is_mark(sentence.run.start, '#'));
    let alone = sentence.run.len() <= 2 + hash
        && window.tokens.is_arabic(sentence.run.start + hash)
        && window
            .tags
            .any(sentence.run.clone(), |sense| matches!(sense, Sense::Harm(_, HarmForm::People(_))));
    // «أدى لاستشهاد كل من», the names on the lines after it.
    let last = sentence.run.end.saturating_sub(2).max(sentence.run.start);
    let each = window.tokens.word(last) == "كل" && window.tokens.word(last + 1) == "من";
    let inside_line = crate::sentences::opens_list(&window.tokens, sentence.run.start);
    if !colon && !alone && !each && !inside_line && !takes_nobody(window, sentence) {
        return None;
    }
    // «ضحايا القصف:», "The victims of the air strike:" before names are the dead.
    let victims = |sense: &Sense| matches!(sense, Sense::Harm(Harm::KilledOrInjured, HarmForm::People(_)));
    let the = usize::from(window.tokens.word(sentence.run.start) == "the");
    if colon && window.tags.is(sentence.run.start + the, victims) {
        return Some(Harm::Killed);
    }
    sentence
        .run
        .clone()
        .find_map(|at| {
            window.tags.find(at, |sense| match sense {
                Sense::Harm(Harm::KilledOrInjured, _) => None,
                Sense::Harm(harm, _) => Some(*harm),
                _ => None,
            })
        })
        .map(|(harm, _)| harm)
}

/// «أسماء المعتقلين في المداهمة».
fn names_the_detained(window: &Window<'_>, sentence: &Sentence) -> bool {
    sentence.run.clone().any(|at| {
        matches!(window.tokens.word(at), "اسماء" | "واسماء")
            && matches!(window.tokens.word(at + 1), "المعتقلين" | "المختطفين" | "المحتجزين" | "الاسري")
    })
}

/// «انتقل إلى رحمة الله تعالى» at the end of a line: whom it takes stands on the lines after it.
fn takes_nobody(window: &Window<'_>, sentence: &Sentence) -> bool {
    let verb = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, HarmForm::Verb));
    window.tokens.is_arabic(sentence.run.start)
        && sentence.run.clone().any(|at| {
            window
                .tags
                .find(at, |sense| verb(sense).then_some(()))
                .is_some_and(|(_, tag)| at + usize::from(tag.length) == sentence.run.end && tag.length > 1)
        })
}

fn colon(window: &Window<'_>, sentence: &Sentence) -> usize {
    sentence
        .run
        .clone()
        .find(|at| {
            window.tokens.is_mark(*at, ':')
                || window
                    .tags
                    .is(*at, |sense| matches!(sense, Sense::Title(Title::Names | Title::NamesInjured)))
        })
        .unwrap_or(sentence.run.end)
}
