//! Places in English: a capitalised name beside a head word, after a preposition, or known from elsewhere.

use std::ops::Range;

use sijil_model::codebook::{PlacePrecision, SiteKind};

use super::{Found, Knows, Place};
use crate::names::{capital_run, is_name_word, particle};
use crate::sense::{MeansPart, Sense, Side};
use crate::sentences::Sentence;
use crate::window::{Owner, Window};
use crate::word_lists::Words;

/// How far before "on" an attack stands, and before "at": "shelling of a ferry queue at X".
const NEAR: usize = 3;
const FAR: usize = 6;
/// Most words of one name.
const LONGEST: usize = 5;

/// The place that starts at a token.
pub(super) fn place(
    window: &Window<'_>,
    at: usize,
    Sentence { run: sentence, capitals, .. }: &Sentence,
    knows: &Knows<'_>,
    last: Option<&Place>,
) -> Option<Found> {
    if let Some(found) = headed_before(window, at, sentence) {
        return Some(found);
    }
    if !capitals && is_inside_a_name(window, at, sentence.start) {
        return None;
    }
    let sheikh = usize::from(window.tokens.word(at) == "sheikh" && window.tokens.is_capital(at));
    let run = at..capital_run(window, at + sheikh, sentence.end)?.end;
    if run.len() > LONGEST * 2 {
        return None; // no name of a place, and looking up its parts would take long
    }
    let run = without_acronym(window, known_beginning(window, run, knows));
    let run = if *capitals { listed_beginning(window, run, knows) } else { run };
    let folded = window.tokens.folded(&run, 0);
    let known = (knows.text)(&folded);
    let listed_name = (knows.gazetteer)(&folded);
    if let Some((end, kind)) = head_after(window, run.end, sentence.end) {
        let family = window.tags.any(end..end + 1, |sense| matches!(sense, Sense::Family));
        // "north Syria town": some town of the country; but the "Marjan roundabout" has its own name.
        let capital = window.tokens.is_capital(run.end) && !capitals;
        let called = kind <= PlacePrecision::Street && at > 0 && window.tokens.word(at - 1) == "the";
        let some = of_the_world(window, &run).is_some() && !capital && !called;
        if is_people_adjective(window, &run) && !capital || family || some {
            return None;
        }
        return Some(Found { run: at..end, prefix: 0, name: run, kind, sure: true });
    }
    // "UN", "NGO": the letters of an agency, and no town of the world that is called so.
    let short = window.tokens.raw(at).chars().count() < 4;
    let letters = is_shouted(window, at) && run.len() == 1 && (short || !listed_name);
    let weekday = run.len() == 1 && window.tokens.is_on(Words::Weekdays, at);
    if belongs_to_a_person(window, &run) || is_adjective(window, &run) || letters || weekday {
        return None;
    }
    let evidence = evidence(window, at, sentence);
    let listed = last.is_some_and(|last| goes_on_list(window, last, &run));
    let sure = evidence == Evidence::Sure && !capitals;
    // "Nahran: two people were killed": where a short report is from.
    let opens = at == sentence.start && window.tokens.is_mark(run.end, ':');
    let entry = super::is_entry(window, &run, sentence);
    let place = known || sure || entry || ((evidence != Evidence::None || opens) && listed_name) || listed;
    let person_title = crate::names::title_before(window, at).is_some();
    (place && !person_title).then(|| Found {
        run: run.clone(),
        prefix: 0,
        kind: of_the_world(window, &run).unwrap_or(PlacePrecision::NotPlaced),
        name: run,
        sure,
    })
}

/// What the list of countries and the like says of a name: "Syria", and "Syrias" where apostrophes are lost.
fn of_the_world(window: &Window<'_>, run: &Range<usize>) -> Option<PlacePrecision> {
    let whole = window.tags.find(run.start, |sense| match sense {
        Sense::World(kind) => Some(*kind),
        _ => None,
    });
    whole.filter(|(_, tag)| run.start + usize::from(tag.length) == run.end).map(|(kind, _)| kind)
}

/// Where a country at the beginning of a run ends: "Syria Kurd Town".
fn country_end(window: &Window<'_>, run: &Range<usize>) -> Option<usize> {
    let (_, tag) = window.tags.find(run.start, |sense| matches!(sense, Sense::World(_)).then_some(()))?;
    Some(run.start + usize::from(tag.length)).filter(|end| *end < run.end)
}

/// "Olive Hill NGO": letters in capitals after a name are no part of it.
fn without_acronym(window: &Window<'_>, run: Range<usize>) -> Range<usize> {
    let mut end = run.end;
    while end > run.start + 1 && is_shouted(window, end - 1) && !is_shouted(window, run.start) {
        end -= 1;
    }
    run.start..end
}

/// "NGO", "MOSCOW": a word all in capitals.
pub(crate) fn is_shouted(window: &Window<'_>, at: usize) -> bool {
    let raw = window.tokens.raw(at);
    raw.chars().count() > 1 && raw.chars().all(char::is_uppercase)
}

/// "Syrian town", "Syrian Kurdish village": adjectives of people name no place.
fn is_people_adjective(window: &Window<'_>, run: &Range<usize>) -> bool {
    run.clone().all(|at| is_of_a_people(window.tokens.word(at)) || window.tokens.word(at).ends_with("qi"))
}

/// "Tavrian", "Kurdish": of adjectives in "-ish" there are few, and towns end in it too.
pub(crate) fn is_of_a_people(word: &str) -> bool {
    ["ian", "ean", "ese"].iter().any(|ending| word.ends_with(ending)) || Words::PeopleInIsh.has(word)
}

/// "Deir Ezzor Raqqa": where a known name is the beginning of a longer run whose rest is known too, it ends there.
fn known_beginning(window: &Window<'_>, run: Range<usize>, knows: &Knows<'_>) -> Range<usize> {
    if let Some(end) = country_end(window, &run) {
        return run.start..end;
    }
    let knows = knows.text;
    if knows(&window.tokens.folded(&run, 0)) {
        return run;
    }
    (run.start + 1..run.end)
        .rev()
        .find(|cut| {
            knows(&window.tokens.folded(&(run.start..*cut), 0))
                && knows(&window.tokens.folded(&(*cut..run.end), 0))
        })
        .map_or(run.clone(), |cut| run.start..cut)
}

/// "Attack in Nahran Market Kills Ten": in a headline all words begin with capitals, and a name that is listed ends the run.
fn listed_beginning(window: &Window<'_>, run: Range<usize>, knows: &Knows<'_>) -> Range<usize> {
    let listed = |end: &usize| (knows.gazetteer)(&window.tokens.folded(&(run.start..*end), 0));
    let end = (run.start + 1..=run.end).rev().find(listed);
    let cut = run.start..end.unwrap_or(run.end);
    if is_people_adjective(window, &cut) { run } else { cut }
}

/// Whether the word before belongs to the same name: "Samir Majid Kamel Abu Salim" is read from its first word.
fn is_inside_a_name(window: &Window<'_>, at: usize, start: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= start) else { return false };
    let hyphen = window.tokens.is_mark(before, '-') && window.tokens.is_glued(before);
    let before = if hyphen && before > start { before - 1 } else { before };
    window.tokens.get(at).is_some_and(|token| token.lines == 0)
        && (is_name_word(window, before) || hyphen && particle(&window.tokens, before).is_some())
}

#[derive(PartialEq, Eq)]
enum Evidence {
    Sure,
    Weak,
    None,
}

/// What the words before a name say: "in", "near" and "over the" after a raid are sure, "to" and "of" are not.
fn evidence(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Evidence {
    let mut before = at;
    while before > sentence.start && at - before < 4 && passes(window, before - 1) {
        before -= 1;
    }
    let Some(before) = before.checked_sub(1).filter(|before| *before >= sentence.start) else {
        return Evidence::None;
    };
    match window.tokens.word(before) {
        "in" | "near" | "outside" | "around" | "inside" | "throughout" | "across" | "within" => {
            Evidence::Sure
        }
        "at" if matches!(window.tokens.word(at), "least" | "most" | "once") => Evidence::None,
        "at" if after_strike(window, before, sentence, FAR) => Evidence::Sure,
        "on" | "over" | "against" | "into" if after_strike(window, before, sentence, NEAR) => Evidence::Sure,
        "at" if after_site(window, before) => Evidence::Sure,
        "from" if after_people(window, before, sentence) => Evidence::Sure,
        "to" if is_road(window, before.wrapping_sub(1)) => Evidence::Sure,
        "of" if names_a_part(window, before) => Evidence::Sure,
        "s" if before > 1 && window.owner(before - 2) == Owner::Place => Evidence::Sure,
        // "in Tavrias Nahran", where apostrophes are lost
        word if word.ends_with('s') && window.owner(before) == Owner::Place => Evidence::Sure,
        "city" | "town" | "village" => Evidence::Weak,
        "from" | "to" | "of" | "at" | "on" | "over" | "toward" | "towards" | "into" | "between"
        | "through" => Evidence::Weak,
        _ if window.tags.is(before, |sense| matches!(sense, Sense::Strike | Sense::Targeting))
            && strikes_place(window, at) =>
        {
            Evidence::Sure
        }
        _ => Evidence::None,
    }
}

/// "north of X", "in the middle of X", "residents of X", "the market of X", "the shelling of X".
fn names_a_part(window: &Window<'_>, of: usize) -> bool {
    const WORDS: [&str; 15] = [
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "middle",
        "centre",
        "center",
        "heart",
        "edge",
        "residents",
        "inhabitants",
    ];
    let Some(before) = of.checked_sub(1) else { return false };
    WORDS.contains(&window.tokens.word(before))
        || window.tags.is(before, |sense| {
            matches!(
                sense,
                Sense::Head(..) | Sense::Site(_) | Sense::Means(_, MeansPart::Event | MeansPart::Shelling)
            )
        })
}

/// Words between a preposition and a name: "the", directions, "rebel-held".
fn passes(window: &Window<'_>, at: usize) -> bool {
    matches!(
        window.tokens.word(at),
        "the" | "greater" | "rural" | "held" | "besieged" | "nearby" | "old" | "upper" | "lower"
    ) || matches!(window.tokens.word(at), "government" | "regime" | "rebel" | "opposition")
        && window.tokens.word(at + 1) == "held"
        || window.tags.is(at, |sense| matches!(sense, Sense::Direction))
        || window.tokens.is_mark(at, '-')
        || (window.tokens.is_mark(at + 1, '-') && window.tokens.word(at + 2) == "held")
}

/// "strikes over X", "the raid on X".
fn after_strike(window: &Window<'_>, before: usize, sentence: &Range<usize>, reach: usize) -> bool {
    let from = before.saturating_sub(reach).max(sentence.start);
    window.tags.any(from..before, |sense| {
        matches!(
            sense,
            Sense::Means(_, MeansPart::Event | MeansPart::Shelling | MeansPart::Weapon)
                | Sense::Strike
                | Sense::Massacre
        )
    })
}

/// "a farm at X", "the market at X".
fn after_site(window: &Window<'_>, at: usize) -> bool {
    at > 0 && window.tags.is(at - 1, |sense| matches!(sense, Sense::Site(_)))
}

/// "on the road to X": near it.
fn is_road(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "road" | "highway" | "track")
}

/// "civilians from X", "victims … are from X".
fn after_people(window: &Window<'_>, before: usize, sentence: &Range<usize>) -> bool {
    let from = before.saturating_sub(5).max(sentence.start);
    window.tags.any(from..before, |sense| {
        matches!(
            sense,
            Sense::People(_)
                | Sense::Harm(_, crate::sense::HarmForm::People(_))
                | Sense::Family
                | Sense::Displaced
        )
    })
}

/// "bombed X" is a place, "bombed the house of X" and "targeted X family" are not.
fn strikes_place(window: &Window<'_>, at: usize) -> bool {
    !(at..at + 5).any(|here| {
        window.tags.is(here, |sense| {
            matches!(sense, Sense::Family | Sense::Site(_) | Sense::Unit(_) | Sense::People(_))
        })
    })
}

/// The head word after a name: "X neighborhood", "X refugee camp", "X eastern countryside".
pub(super) fn head_after(window: &Window<'_>, at: usize, end: usize) -> Option<(usize, PlacePrecision)> {
    // "Al-Mashru’ Road": the apostrophe is a letter of the name.
    let apostrophe = usize::from(window.tokens.is_mark(at, '\'') && window.tokens.is_glued(at));
    let between = |at: usize| {
        window.tags.is(at, |sense| matches!(sense, Sense::Direction))
            || matches!(window.tokens.word(at), "medical" | "specialised" | "specialized" | "general")
    };
    let mut here = at + apostrophe;
    here += usize::from(between(here));
    let mut kind = None;
    while here < end && window.is_free(here) {
        let Some((found, tag)) = window.tags.find(here, |sense| match sense {
            Sense::Head(kind, Side::After | Side::Both) => Some(*kind),
            _ => None,
        }) else {
            break;
        };
        here += usize::from(tag.length);
        kind = Some(found);
    }
    kind.map(|kind| (here, kind))
}

/// "the village of X", "the city of X".
fn headed_before(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Found> {
    let (kind, tag) = window.tags.find(at, |sense| match sense {
        Sense::Head(kind, Side::Both) => Some(*kind),
        _ => None,
    })?;
    let of = at + usize::from(tag.length);
    // Plural heads and regions name a whole that is not the place itself.
    let whole = matches!(
        window.tokens.word(at),
        "areas"
            | "regions"
            | "region"
            | "area"
            | "districts"
            | "outskirts"
            | "suburbs"
            | "vicinity"
            | "environs"
            | "street"
            | "road"
    ) || window.tokens.word(at).ends_with('s');
    if window.tokens.word(of) != "of" || whole {
        return None;
    }
    let start = of + 1 + usize::from(window.tokens.word(of + 1) == "the");
    let name = capital_run(window, start, sentence.end)?;
    Some(Found { run: at..name.end, prefix: 0, name, kind, sure: true })
}

/// "X, Y and" right before: the list of places goes on.
fn goes_on_list(window: &Window<'_>, last: &Place, run: &Range<usize>) -> bool {
    let at = run.start;
    let words = run.clone().filter(|at| window.tokens.is_word(*at)).count();
    if words > 3 || crate::people::age_after(window, run.end).is_some() {
        return false;
    }
    let between = last.run.end..at;
    let joint = |here: usize| {
        window.tokens.is_mark(here, ',') || matches!(window.tokens.word(here), "and" | "or" | "&")
    };
    // A person may follow a place in a list; two capitals with a given name are no place.
    let person = window.tags.is(at, |sense| matches!(sense, Sense::Given(_)));
    !between.is_empty()
        && between.len() <= 2
        && between.into_iter().all(joint)
        && !person
        && window.tokens.get(at).is_some_and(|token| token.lines == 0)
}

/// "in Marjanian territories": an adjective before its noun.
fn is_adjective(window: &Window<'_>, run: &Range<usize>) -> bool {
    let word = window.tokens.word(run.end - 1);
    let ending = is_of_a_people(word) || word.ends_with("ite");
    // "the Tavrian-majority city"
    let compound = window.tokens.is_mark(run.end, '-') && window.tokens.is_glued(run.end);
    let noun = window.tokens.is_word(run.end)
        && !window.tokens.is_capital(run.end)
        && !window.tags.is(run.end, |sense| matches!(sense, Sense::Common | Sense::Says));
    ending && (noun || compound)
}

/// "in Khaled’s house", "in the Talyoush family house".
fn belongs_to_a_person(window: &Window<'_>, run: &Range<usize>) -> bool {
    let mut here = run.end;
    let possessive = window.tokens.is_mark(here, '\'') && window.tokens.word(here + 1) == "s";
    if possessive {
        here += 2;
    }
    let home =
        |at: usize| window.tags.is(at, |sense| matches!(sense, Sense::Site(SiteKind::ResidentialHome)));
    // "the Haddad residence", "the Haddad and Omari homes", "the home of Salim Haddad"
    let of_home = run.start > 1 && window.tokens.word(run.start - 1) == "of" && home(run.start - 2);
    let two = window.tokens.word(here) == "and"
        && (here + 1..here + 6)
            .any(|at| window.tags.is(at, |sense| matches!(sense, Sense::Family)) || home(at));
    // "a policeman struck Vera Lisk, 24,"
    let struck = run.start > 0 && matches!(window.tokens.word(run.start - 1), "struck" | "hit");
    struck && crate::people::age_after(window, run.end).is_some()
        || of_home
        || home(here)
        || two && window.tokens.word(run.start.wrapping_sub(1)) == "the"
        || window.tags.is(here, |sense| matches!(sense, Sense::Family))
        || possessive && window.tags.is(here, |sense| matches!(sense, Sense::Kin(_) | Sense::Site(_)))
}
