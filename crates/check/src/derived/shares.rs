//! Shares of counts: "nearly two thirds of the 48 schools, 24 of them", "240 beds. It now has 90: a loss of 65 per cent".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::subjects::{all_before, is_between_shares, is_of_untold, shared_out};
use super::{
    NARROW, all, concludes, direct_ratios, distance, gives_reason, is_new_subject, is_of_an_hour, is_part,
    lead, ordered, pair, plain, ratios, retold, same_thing, says_again, words_beside,
};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::bases::told_before;
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage, pattern};
use crate::shares::is_change;

/// How far before a share a word may stand that says what it follows from.
const REACH: usize = 4;
/// How far after a share the thing that it is of may stand.
const NAMED: usize = 7;
/// How far after a share its whole, or its part, may stand.
const AFTER: usize = 12;

/// How far from a number "more" may stand.
const CAME: usize = 4;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Share(_) if is_of_an_hour(passage, at) || is_between_shares(passage, at) => None,
            Item::Share(share) if is_change(passage, at) => change(passage, at, share),
            // «العائلات الباقية، وهي ثلثا العائلات»: a share of what is left is no share of the part.
            Item::Share(_) if passage.has(at.saturating_sub(REACH)..at, &["rest", "other"]) => None,
            Item::Share(share) => match (whole_after(passage, at), part_after(passage, at)) {
                (Some(whole), _) => of_whole(passage, at, share, whole),
                (_, Some(part)) => given(passage, at, share, part),
                _ => retold::taken_up(passage, at, share)
                    .or_else(|| of_capacity(passage, at, share))
                    .or_else(|| apposed(passage, at, share))
                    .or_else(|| of_pair(passage, at, share))
                    .or_else(|| linked(passage, at, share))
                    .or_else(|| named(passage, at, share))
                    .or_else(|| restated(passage, at, share))
                    .or_else(|| fallen_to(passage, at, share))
                    .or_else(|| retold::check(passage, at, share)),
            },
            _ => None,
        })
        .collect()
}

/// "Holds 720 people in a space built for 480, an occupancy of 150 per cent": of the only two counts near it.
fn of_capacity(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let says = |at: usize| {
        let word = passage.word(at);
        Cue::Capacity.is(word) || word.strip_prefix('ا').is_some_and(|word| Cue::Capacity.is(word))
    };
    let counts = plain(passage, passage.before(at)..sentence.end, at);
    let [(_, one), (_, other)] = counts.as_slice() else { return None };
    let (capacity, held) = ordered((one, other));
    let computed = held.bounds.over(capacity.bounds).times(100.0);
    let full = share.stated > 100.0 && sentence.into_iter().any(says);
    if !full || computed.meets(share.bounds) || is_change(passage, at) {
        return None;
    }
    Some(Draft::share_of(held, capacity, share))
}

/// A rise or fall between two counts.
fn change(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let (first, second) = pair(passage, at)?;
    // A change that was told before is held against that.
    let repeats = || !told_before(passage, &passage.sentence(at), at).is_empty();
    if all_before(passage, at) && (is_new_subject(passage, at) || repeats()) {
        return None;
    }
    let near = at.saturating_sub(REACH)..at + REACH;
    let fell = passage.has(near.clone(), &["down", "loss", "fewer"]);
    let rose = passage.has(near, &["up", "gain", "more"]);
    let of = |one: &Amount, other: &Amount| {
        let base = match (fell, rose) {
            (true, false) => ordered((one, other)).1,
            (false, true) => ordered((one, other)).0,
            _ => one,
        };
        distance(one.bounds, other.bounds).over(base.bounds).times(100.0)
    };
    let counts = all(passage, at);
    // "210 before and 21 more, or 10 per cent": a rise is said as the number that came to it.
    let came = |one: &Amount| {
        let place = (0..passage.atoms.len()).find(|at| passage.count_at(*at) == Some(one));
        place.is_some_and(|at| {
            passage.has(at.saturating_sub(CAME)..at, &["more", "gain", "by"])
                || passage.has(at + 1..at + CAME, &["more", "gain", "other"])
        })
    };
    let named = passage.has(at.saturating_sub(CAME)..at, &["gain", "up", "by"]);
    let told = |one: &Amount, other: &Amount| {
        let so_many = one.bounds.over(other.bounds).times(100.0).meets(share.bounds);
        rose && !fell && so_many && (!named || came(one))
    };
    let mut pairs = counts.iter().enumerate().flat_map(|(place, one)| {
        let others = counts.iter().enumerate().filter(move |(other, _)| *other != place);
        others.map(move |(_, other)| (*one, *other))
    });
    // "Rice rose by a third, to 800 pounds from 600. Wages are up by 5 per cent": another share is of the two.
    let own = plain(passage, passage.sentence(at), at);
    let told_by_another = own.is_empty()
        && (0..at).any(|place| match &passage.atoms[place].item {
            Item::Share(other) => {
                [of(first, second), of(second, first)].iter().any(|one| one.meets(other.bounds))
            }
            _ => false,
        });
    if !first.goes_with(second)
        || told_by_another
        || pairs.any(|(one, other)| of(one, other).meets(share.bounds) || told(one, other))
    {
        return None;
    }
    let computed = of(first, second).low;
    let explain = format!(
        "from {} to {} is a change of {} %, not {} %",
        shown(first.stated),
        shown(second.stated),
        shown(computed),
        shown(share.stated)
    );
    Some(Draft::over(Kind::Percentage, &[share, first, second], share.stated, computed, explain))
}

/// "Nearly two thirds of the 48 schools, 24 of them": the whole is said, and one part of it in the sentence, or in the
/// next.
fn of_whole(passage: &Passage, at: usize, share: &Amount, whole: usize) -> Option<Draft> {
    let of_all = passage.count_at(whole)?;
    let sentence = passage.sentence(at);
    let next = passage.sentence(sentence.end + 1).end.max(sentence.end);
    let parts_in = |within: Range<usize>| -> Vec<(usize, &Amount)> {
        // "70 per cent of the 150 in 2030 and 40 per cent of the 200 in 2031": the whole of another share is no part.
        let other_whole = |place: usize| {
            (place.saturating_sub(AFTER)..place).any(|share| {
                passage.symbol(share) == "P" && share != at && whole_after(passage, share) == Some(place)
            })
        };
        let smaller = |(place, part): &(usize, &Amount)| {
            part.stated < of_all.stated && part.goes_with(of_all) && !other_whole(*place)
        };
        plain(passage, within, whole).into_iter().filter(smaller).collect()
    };
    // "25 per cent of 320 … taken together 180 of 570": a part of a whole of its own.
    let of_another = |at: usize| {
        let next = plain(passage, at + 1..passage.sentence(at).end, at);
        next.first().is_some_and(|(other, _)| *other != whole && is_part_of(passage, at, *other))
    };
    let parts_in = |within: Range<usize>| -> Vec<(usize, &Amount)> {
        parts_in(within).into_iter().filter(|(at, _)| !of_another(*at)).collect()
    };
    let own = parts_in(sentence.clone());
    let elsewhere = own.is_empty();
    let parts = if elsewhere { parts_in(sentence.end..next) } else { own };
    // "One in four of the 1,000 once, one in five twice, and 550 not at all": the part of no share.
    let alone = |(part_at, _): &(usize, &Amount)| !passage.has(whole..*part_at, &["P"]);
    let tied = |(part_at, part): &&(usize, &Amount)| {
        // "Half of the 200 own land, and a quarter of them, 50 families": of another share.
        alone(&(*part_at, *part))
            && matches!(passage.symbol_before(*part_at), "," | "(" | "-" | "all")
            && matches!(passage.symbol(part_at + 1), "," | ")" | "-" | "n" | "w")
    };
    let only = parts.first().filter(|part| parts.len() == 1 && alone(part));
    let (part_at, part) = only.or_else(|| parts.iter().find(tied))?;
    let counts = all(passage, at);
    let of = |part: Bounds| part.over(of_all.bounds).times(100.0).meets(share.bounds);
    // What stands beside its share is the part itself, not what is left.
    let beside = matches!(passage.symbol_before(*part_at), "," | "(" | "-")
        && (part_at + 1..part_at + 4).any(|at| matches!(passage.symbol(at), "," | ")" | "-"));
    let clause = sentence.start..whole;
    let again = says_again(passage, clause, part_at.saturating_sub(NAMED).max(whole + 1)..*part_at);
    let left = |part: Bounds| !beside && !again && of(distance(part, of_all.bounds));
    let smaller = counts.iter().filter(|part| part.stated < of_all.stated);
    let explained = smaller.map(|part| part.bounds).any(|part| of(part) || left(part));
    // "A third, they said. Twelve of the 48, a quarter, …": two who do not agree.
    let disputed = elsewhere && retold::has_own_share(passage, at, part, of_all);
    if explained || disputed { None } else { Some(Draft::share_of(part, of_all, share)) }
}

/// "Thirty-five per cent of all proceedings, 50 in number": the part is said.
fn given(passage: &Passage, at: usize, share: &Amount, part_at: usize) -> Option<Draft> {
    let part = passage.count_at(part_at)?;
    let counts = all(passage, part_at);
    let whole = counts
        .iter()
        .filter(|whole| whole.stated > part.stated)
        .max_by(|a, b| a.stated.total_cmp(&b.stated))?;
    let last = plain(passage, 0..at, at).last().map(|(_, count)| *count);
    let of = |whole: Bounds| part.bounds.over(whole).times(100.0);
    let sums = counts.windows(2).map(|two| two[0].bounds.plus(two[1].bounds));
    let differences = counts.windows(2).map(|two| distance(two[0].bounds, two[1].bounds));
    let mut wholes = counts.iter().map(|whole| whole.bounds).chain(sums).chain(differences);
    if wholes.any(|whole| of(whole).meets(share.bounds)) {
        return None;
    }
    let whole = last.filter(|last| last.stated > part.stated).unwrap_or(whole);
    Some(Draft::share_of(part, whole, share))
}

/// "In 40 trials, that is 81 per cent": a link stands before the share.
fn linked(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let start = at.saturating_sub(REACH).max(sentence.start);
    let mark = |at: &usize| matches!(passage.symbol(*at), "N" | "P" | ";" | "," | "and");
    let link = (start..at).rev().take_while(|at| !mark(at)).any(|at| {
        matches!(passage.symbol(at), "is" | ":" | "-" | "all" | "reach" | "avg")
            || matches!(passage.atoms[at].word.as_str(), "share" | "proportion")
            || passage.symbol(at) == "skip" && passage.symbol(at + 2) == "of"
    }) || concludes(passage, lead(passage, at))
        // "A third of the dead, in other words, …".
        || passage.symbol_before(at) == "." && (at + 1..at + REACH + 2).any(|place| {
            passage.symbol_before(place) == "," && concludes(passage, place..place + 1)
        })
        || (start..at).any(|at| Cue::ShareName.is(passage.word(at)));
    // "Among those under 25 the share was 80 per cent": of a group that nothing counts.
    let clause = (start..at).rev().find(|at| passage.symbol(*at) == ",").map_or(start, |comma| comma + 1);
    let group = (sentence.start..at).rev().find(|at| passage.symbol(*at) == "them");
    let group = group.filter(|them| passage.atoms[*them].word == "among" && at - them > 2);
    if group.is_some_and(|them| passage.counts(them.min(clause)..at).is_empty()) {
        return None;
    }
    let counts = all(passage, at);
    let own = plain(passage, sentence.start..at, at);
    if own.is_empty() && (is_new_subject(passage, at) || is_of_untold(passage, at)) {
        return None;
    }
    // "In the new town, where we asked 200, it was one in ten": of those, and no part of others.
    if let [(asked, _)] = own.as_slice()
        && (asked.saturating_sub(REACH)..*asked).any(|at| Cue::Asked.is(passage.word(at)))
    {
        return None;
    }
    let (part, whole) = match own.as_slice() {
        [(_, part)] => {
            let before = plain(passage, 0..sentence.start, at);
            let larger = before.iter().map(|(_, count)| *count).filter(|count| count.stated > part.stated);
            (*part, larger.max_by(|a, b| a.stated.total_cmp(&b.stated))?)
        }
        [(part_at, part), (whole_at, whole)] if is_part_of(passage, *part_at, *whole_at) => (*part, *whole),
        [] if shared_out(passage, at).is_some() => shared_out(passage, at)?,
        _ => pair(passage, at).map(ordered).or_else(|| pair_of_named(passage, at))?,
    };
    let of = |one: Bounds, whole: &Amount| one.over(whole.bounds).times(100.0).meets(share.bounds);
    let explained = match own.as_slice() {
        [(part_at, _)] => {
            // «41 مدنياً، أي أكثر من النصف»: of the part itself, and not of what is left.
            let own = share.bounds.high - share.bounds.low > NARROW
                && passage.symbol_before(at) == "is"
                && (part_at + 1..at).all(|at| matches!(passage.symbol(at), "n" | "," | "is"));
            let left = |whole: &Amount| !own && of(distance(part.bounds, whole.bounds), whole);
            let larger = counts.iter().filter(|whole| whole.stated > part.stated);
            larger.into_iter().any(|whole| of(part.bounds, whole) || left(whole))
        }
        // "50 of the 200 tents": neither is a part of both together.
        [(part_at, _), (whole_at, _)] if is_part_of(passage, *part_at, *whole_at) => {
            let again = words_beside(passage, *part_at)
                .any(|one| words_beside(passage, at).any(|two| is_same_word(passage, one, two)));
            !again && of(distance(part.bounds, whole.bounds), whole)
                || counts.iter().any(|part| counts.iter().any(|whole| of(part.bounds, whole)))
        }
        // "270 entries, of which 90".
        _ if is_part_near(passage, at) || opens_with_whole(passage, &own) => {
            direct_ratios(&counts).any(|ratio| ratio.times(100.0).meets(share.bounds))
        }
        _ => ratios(&counts).any(|ratio| ratio.times(100.0).meets(share.bounds)),
    };
    if !link
        || explained
        || retold::has_own_share(passage, at, part, whole)
        || !(part.goes_with(whole) || is_part_near(passage, at) || is_rate_of(passage, at, part))
    {
        None
    } else {
        Some(Draft::share_of(part, whole, share))
    }
}

/// "18 deaths in 1,200 cases, a fatality rate of 1.5 per cent": whether a share is the rate of what a part counts.
fn is_rate_of(passage: &Passage, at: usize, part: &Amount) -> bool {
    let lead = lead(passage, at);
    let again = |at: usize| part.class().is_some() && passage.class_at(at) == part.class();
    passage.has(lead.clone(), &["avg", "is"]) && lead.into_iter().any(again)
}

/// "Forty cameras, fourteen of which worked. Seventy-five per cent of the cameras were blind": the share names what the
/// larger of the only two counts before it counts.
fn named(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let counts = plain(passage, 0..at, at);
    let (_, first) = counts.first()?;
    // Said again in the same words, a whole is still one number.
    let (_, second) = counts.iter().find(|(_, other)| other.stated != first.stated)?;
    if counts.iter().any(|(_, other)| other.stated != first.stated && other.stated != second.stated) {
        return None;
    }
    let (part, whole) = ordered((first, second));
    let part_at = counts.iter().find(|(_, count)| std::ptr::eq(*count, part))?.0;
    let of = (at + 1..at + 4).find(|at| matches!(passage.symbol(*at), "of" | "min")).unwrap_or(at);
    let thing = |at: usize| {
        let class = match &passage.atoms.get(at).map(|atom| &atom.item) {
            Some(Item::Noun(noun)) => Some(noun.class),
            _ => None,
        };
        same_thing(passage.word(at), &whole.word) || class.is_some() && class == whole.class()
    };
    let fits = |part: Bounds| part.over(whole.bounds).times(100.0).meets(share.bounds);
    let closed = share.bounds.high.is_finite();
    // "35 were acquittals. Three quarters of the verdicts were acquittals": the part is said again.
    let again = (at + 1..passage.sentence(at).end.min(at + AFTER)).any(|later| {
        let word = passage.word(later);
        let told = |at: usize| same_thing(passage.word(at), word);
        let of_whole = whole.class().is_some() && passage.class_at(later) == whole.class();
        !of_whole && !same_thing(word, &whole.word) && (part_at + 1..at.min(part_at + NAMED)).any(told)
    });
    let counts = all(passage, at);
    let smaller = counts.iter().flat_map(|part| {
        let larger = counts.iter().filter(|whole| part.stated < whole.stated);
        larger.map(|whole| part.bounds.over(whole.bounds))
    });
    // "1,200 dunams of wheat and 800 of barley; a quarter of it, 500 dunams".
    let apposed =
        counts.iter().filter(|part| !std::ptr::eq(**part, *first) && !std::ptr::eq(**part, *second));
    let of_both = apposed.map(|part| part.bounds.over(first.bounds.plus(second.bounds)));
    let told = smaller.chain(of_both).any(|ratio| ratio.times(100.0).meets(share.bounds));
    let explained =
        told || fits(part.bounds) || closed && !again && fits(distance(part.bounds, whole.bounds));
    let end = passage.sentence(at).end.min(of + NAMED);
    if explained || share.stated > 100.0 || !(of + 1..end).any(thing) {
        None
    } else {
        Some(Draft::share_of(part, whole, share))
    }
}

/// "530 buildings. Of these 247, more than half, were destroyed".
fn apposed(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let part_at = at.checked_sub(2)?;
    let part = passage.count_at(part_at)?;
    let marks = (passage.symbol_before(at), passage.symbol(at + 1));
    let apart = matches!(marks, ("," | "-", "," | "-"));
    // "50 of the 75, two thirds": of them it is no share.
    let is_whole = (part_at.saturating_sub(NAMED)..part_at)
        .any(|at| passage.count_at(at).is_some() && is_part_of(passage, at, part_at));
    // "Of the 213 people … 71 – a quarter – were children".
    let own = plain(passage, passage.sentence(at).start..part_at, at);
    let own = own.last().filter(|(whole, _)| passage.has(whole.saturating_sub(2)..*whole, &["of"]));
    let before = plain(passage, 0..passage.sentence(at).start, at);
    let wholes = own.into_iter().chain(before.iter()).map(|(_, whole)| *whole);
    let mut wholes = wholes.filter(|whole| whole.stated > part.stated);
    let whole = wholes.next().filter(|_| own.is_some() || wholes.next().is_none())?;
    let fits = part.bounds.over(whole.bounds).times(100.0).meets(share.bounds);
    if !apart || is_whole || fits { None } else { Some(Draft::share_of(part, whole, share)) }
}

/// "Nine of the seventeen judges, a two-thirds majority, held".
fn of_pair(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    static PAIR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<part>N) (?:of|min) (?:the )?(?P<whole>N) (?:n |w |in |the |of |min ){0,6}[,(-] (?:skip |w ){0,2}(?P<share>P) (?:w )?[,)-] ",
        )
    });
    let found = passage.matches(&PAIR).find(|found| passage.place(found, "share") == Some(at))?;
    let (part, whole) = (passage.amount(&found, "part")?, passage.amount(&found, "whole")?);
    let counts = all(passage, at);
    let explained = direct_ratios(&counts).any(|ratio| ratio.times(100.0).meets(share.bounds));
    (!explained && part.stated < whole.stated).then(|| Draft::share_of(part, whole, share))
}

/// "A third of the families have no breadwinner: 120 families of the 480 …": said first in words, then in numbers.
fn restated(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let mut counts = plain(passage, at..passage.sentence(at).end, at);
    counts.retain(|(_, count)| !matches!(count.word.as_str(), "points" | "نقاط" | "نقطه"));
    let told_first = |two: &&[(usize, &Amount)]| {
        // "Of 90,000 files, 50,000 burned".
        let (whole, part) = (two[0].0, two[1].0);
        matches!(passage.symbol_before(whole), "of") && passage.has(whole..part, &[","]) && part - whole <= 4
    };
    let part_first = |two: &&[(usize, &Amount)]| is_part_of(passage, two[0].0, two[1].0);
    let two = counts.windows(2).find(|two| part_first(two) || told_first(two))?;
    let ((part_at, part), (_, whole)) = if part_first(&two) { (two[0], two[1]) } else { (two[1], two[0]) };
    let told = passage.has(at + 1..part_at, &[":", "-", "(", ";", "is"])
        || (at + 1..part_at).any(|at| gives_reason(passage, at))
        || plain(passage, passage.sentence(at), at).len() == 2;
    let counts = all(passage, at);
    let fits = |one: &&Amount| {
        let larger = counts.iter().filter(|of| of.stated > one.stated);
        larger.map(|of| one.bounds.over(of.bounds)).any(|ratio| ratio.times(100.0).meets(share.bounds))
    };
    if !told || counts.iter().any(fits) || part.stated >= whole.stated {
        None
    } else {
        Some(Draft::share_of(part, whole, share))
    }
}

/// "Violations fell to a quarter": what is left, of the two counts near it.
fn fallen_to(passage: &Passage, at: usize, share: &Amount) -> Option<Draft> {
    let to = passage.symbol(at.checked_sub(1)?) == "to";
    let fell = passage.has(passage.sentence(at).start..at, &["down"]);
    let (part, whole) = ordered(pair(passage, at).filter(|_| to && fell)?);
    let explained = direct_ratios(&all(passage, at)).any(|ratio| ratio.times(100.0).meets(share.bounds));
    if explained || !part.goes_with(whole) { None } else { Some(Draft::share_of(part, whole, share)) }
}

/// Of more counts before a share the last one and the largest, where both count what the share is of.
fn pair_of_named(passage: &Passage, at: usize) -> Option<(&Amount, &Amount)> {
    let named: Vec<&str> = (at + 2..at + 4)
        .filter_map(|at| match &passage.atoms.get(at)?.item {
            Item::Noun(noun) => Some(noun.class),
            _ => None,
        })
        .collect();
    let of = matches!(passage.symbol(at + 1), "of" | "min");
    // «126 من هذه المدارس»: the thing may stand further on.
    let counts_it = |(place, _): &(usize, &Amount)| {
        (place + 1..place + 5).take_while(|at| !super::is_number(passage, *at)).any(|at| {
            matches!(&passage.atoms.get(at).map(|atom| &atom.item), Some(Item::Noun(noun)) if named.contains(&noun.class))
        })
    };
    let counts: Vec<&Amount> =
        plain(passage, 0..at, at).into_iter().filter(counts_it).map(|(_, count)| count).collect();
    let whole = counts.iter().copied().max_by(|one, two| one.stated.total_cmp(&two.stated))?;
    let part = counts.last().copied().filter(|part| of && part.stated < whole.stated)?;
    Some((part, whole))
}

/// Whether two words of the text, no words of ours, are forms of one: «رُفضت» and «الرفض».
fn is_same_word(passage: &Passage, one: usize, two: usize) -> bool {
    let plain = |at: usize| passage.symbol(at) == "w";
    one != two && plain(one) && plain(two) && same_thing(passage.word(one), passage.word(two))
}

/// Whether one of the two counts near a share is said to be a part, and the text has no others.
fn is_part_near(passage: &Passage, at: usize) -> bool {
    let near = plain(passage, passage.before(at)..at, at);
    near.len() == 2 && near.iter().any(|(place, _)| is_part(passage, *place))
}

/// "Among 500 who returned, 185 said": a whole first, then a part of it.
fn opens_with_whole(passage: &Passage, counts: &[(usize, &Amount)]) -> bool {
    let [(first, whole), (_, part)] = counts else { return false };
    let of = passage.has(first.saturating_sub(2)..*first, &["of"]);
    of && passage.sentence(*first).start + 2 >= *first && part.stated < whole.stated
}

/// "50 of the 200": whether the first of two counts is said to be of the second.
pub(super) fn is_part_of(passage: &Passage, part: usize, whole: usize) -> bool {
    let between = part + 1..whole;
    whole > part
        && whole - part <= NAMED
        && passage.has(between.clone(), &["of", "min"])
        && !passage.has(between, &["and", ",", ".", "N"])
}

/// "P of the 48 schools", «نصف المدارس البالغ عددها 58», «نصف مدارس المنطقة الثمانين»: the count that a share is of.
fn whole_after(passage: &Passage, at: usize) -> Option<usize> {
    let end = (at + AFTER).min(passage.sentence(at).end);
    let whole = (at + 1..end).find(|at| passage.count_at(*at).is_some())?;
    let mut between = at + 1..whole;
    let of = matches!(passage.symbol(at + 1), "of" | "min");
    let plain = |at: usize| {
        matches!(passage.symbol(at), "of" | "min" | "the" | "w" | "n" | "total" | "skip" | "numbering")
    };
    let definite = passage.atoms[whole - 1].word == "ال" || passage.atoms[whole - 1].word == "هذه";
    // «من المبلغ المطلوب وهو 650 مليوناً».
    let named = of && matches!(passage.symbol_before(whole), "is" | "all") && whole > at + 3;
    let numbering = named || passage.has(between.clone(), &["numbering"]);
    if named {
        between.end -= 1;
    }
    (between.all(plain) && (of || numbering || definite)).then_some(whole)
}

/// "P of the proceedings, 50 in number": the count that a share is said to come to.
fn part_after(passage: &Passage, at: usize) -> Option<usize> {
    let end = (at + AFTER).min(passage.sentence(at).end);
    let found = (at + 1..end).find(|at| passage.count_at(*at).is_some())?;
    let comma = (at + 1..found).any(|at| passage.symbol(at) == ",");
    let numbering = passage.has(at + 1..found, &["numbering"]);
    let in_number = passage.symbol(found + 1) == "in"
        && passage.atoms.get(found + 2).is_some_and(|atom| atom.word == "number");
    let broken = passage.has(at + 1..found, &["P", ";", "and", "D", "T"]);
    (!broken && (numbering || comma && in_number)).then_some(found)
}
