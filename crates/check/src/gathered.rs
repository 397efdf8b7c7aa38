//! Totals that a list comes to without a word such as "total": "14 dead and 37 injured, 51 casualties".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::draft::Draft;
use crate::passage::{Item, Passage, pattern};
use crate::sums::total;

/// "A clinic, two schools and three wells, that is six facilities".
static AMOUNTS_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<list>(?:N (?:n |w )?(?:, and |, |and )){2,}N (?:n |w )?)[^NPDR.;]{0,40}?is (?P<total>N) (?:n|w) ",
    )
});
/// "Three convoys came: 28 trucks on Monday, 35 …": as many numbers as the first says.
static SO_MANY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<many>N) (?:n |w |in |reach |to |M |T |t |dayname |later ){0,8}?(?P<open>:) ")
});
/// Words for places of any kind.
const PLACES: [&str; 8] = ["facilities", "sites", "places", "buildings", "منشات", "مرافق", "مواقع", "مبان"];
/// Words that take a whole up again, and words that follow a number whose thing is not said again.
const ALL_OF_THEM: [&str; 6] = ["كلها", "كلهم", "جميعها", "جميعهم", "كافه", "جميع"];
const UNSAID: [&str; 6] = ["من", "from", "at", "in", "on", "في"];
/// The least part of a list's sum that a number after it may be and still mean the whole list.
const WHOLE: f64 = 0.8;

/// Findings about lists and what they come to.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts: Vec<Draft> =
        passage.matches(&AMOUNTS_TO).filter_map(|found| amounts_to(passage, &found)).collect();
    drafts.extend(passage.matches(&SO_MANY).filter_map(|found| so_many(passage, &found)));
    let totals = passage.counts(0..passage.atoms.len());
    drafts.extend(totals.iter().filter_map(|(at, stated)| all_of_them(passage, *at, stated)));
    drafts.extend(totals.iter().filter_map(|(at, stated)| casualties(passage, *at, stated)));
    drafts
}

fn amounts_to(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let list = found.name("list")?;
    let within = passage.index(list.start())..passage.index(list.end());
    let stated = passage.amount(found, "total")?;
    let parts: Vec<&Amount> = passage.counts(within.clone()).into_iter().map(|(_, part)| part).collect();
    // "The clinic, two schools and …": the list began before its first number.
    let begun = within.start.checked_sub(1).is_some_and(|at| matches!(passage.symbol(at), "," | "and"));
    let places = parts.iter().all(|part| part.kind() == Some("place"));
    if begun || !places || !PLACES.contains(&stated.word.as_str()) { None } else { total(stated, &parts) }
}

/// A list of as many numbers as its head says, and the number that takes it up again.
fn so_many(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (many, open) = (passage.amount(found, "many")?, passage.place(found, "open")?);
    let sentence = passage.sentence(open);
    let reach = (open..sentence.end).find(|at| passage.symbol(*at) == "reach");
    let parts = passage.counts(open + 1..reach.unwrap_or(sentence.end));
    let word = parts.first().map(|(_, part)| part.word.as_str()).filter(|word| !word.is_empty())?;
    let again = |at: &usize| passage.count_at(*at).is_some_and(|count| count.word == word);
    let stated = match reach {
        Some(reach) => (reach..sentence.end).find(again)?,
        None => Some(sentence.end + 2).filter(|at| passage.symbol(at - 1) == "the" && again(at))?,
    };
    let stated = passage.count_at(stated)?;
    let parts: Vec<&Amount> = parts.into_iter().map(|(_, part)| part).collect();
    let sum = Bounds::sum(parts.iter().map(|part| part.bounds));
    let largest = parts.iter().map(|part| part.stated).fold(0.0, f64::max);
    let whole = stated.stated > largest && stated.stated >= sum.low * WHOLE;
    if parts.len() as f64 == many.stated && parts.len() > 1 && whole { total(stated, &parts) } else { None }
}

/// "250 blankets from the port and 180 from the depot … all the blankets, 420 blankets".
fn all_of_them(passage: &Passage, at: usize, stated: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let marker = (at.saturating_sub(4).max(sentence.start)..at).find(|at| {
        let word = passage.atoms[*at].word.as_str();
        let again = (at + 1..at + 3).any(|at| passage.word(at) == stated.word);
        ALL_OF_THEM.contains(&word) || word == "all" && again
    })?;
    let parts: Vec<&Amount> =
        passage.counts(sentence.start..marker).into_iter().map(|(_, part)| part).collect();
    let (first, others) = parts.split_first()?;
    let said = |part: &&&Amount| part.word == stated.word || UNSAID.contains(&part.word.as_str());
    let same = !stated.word.is_empty()
        && first.word == stated.word
        && others.iter().filter(said).count() == others.len();
    let bare = !passage.has(sentence.start..marker, &["of", "them", "incl", "rest", "nor", "P"]);
    let sum: f64 = parts.iter().map(|part| part.stated).sum();
    if same && bare && !others.is_empty() && stated.stated >= sum * WHOLE {
        total(stated, &parts)
    } else {
        None
    }
}

/// "14 dead and 37 injured, 51 casualties"; "the casualties, dead and injured, came to 51" a sentence later.
fn casualties(passage: &Passage, at: usize, stated: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let own = stated.class() == Some("casualties");
    let named = |class| nouns(passage, sentence.clone()).any(|noun| noun == class);
    let later = named("killed")
        && named("injured")
        && passage.has(sentence.clone(), &["reach"])
        && passage.counts(sentence.clone()).len() == 1;
    let before = if own { sentence.start..at } else { passage.before(at)..sentence.start };
    let counts = passage.counts(before.clone());
    let [(killed_at, killed), (injured_at, injured)] = counts.as_slice() else { return None };
    let harms = [harm(passage, *killed_at), harm(passage, *injured_at)];
    let both = harms == [Some("killed"), Some("injured")] || harms == [Some("injured"), Some("killed")];
    let other = ["of", "them", "incl", "P", "sofar", "nor", "from", "prior"];
    let tied = later || passage.has(at.saturating_sub(2)..at, &[",", "is", ":", "-", "total"]);
    let apart = !tied
        || passage.has(before.start..at, &[";"])
        || passage.has(before.start..at, &other)
        || matches!(passage.symbol(at.wrapping_sub(1)), "of" | "to");
    if !both || !(own || later) || apart { None } else { total(stated, &[killed, injured]) }
}

fn nouns(passage: &Passage, within: Range<usize>) -> impl Iterator<Item = &'static str> {
    within.filter_map(|at| noun(passage, at))
}

fn noun(passage: &Passage, at: usize) -> Option<&'static str> {
    match &passage.atoms.get(at)?.item {
        Item::Noun(noun) => Some(noun.class),
        _ => None,
    }
}

/// What came to those who are counted: by their own word, or by the verb before them.
fn harm(passage: &Passage, at: usize) -> Option<&'static str> {
    let known = |class: &&str| matches!(*class, "killed" | "injured");
    let own = passage.count_at(at).and_then(Amount::class).filter(known);
    own.or_else(|| at.checked_sub(1).and_then(|at| noun(passage, at)).filter(known))
}
