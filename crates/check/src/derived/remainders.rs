//! What remains: "Of the 30 killed, 12 were women and the remaining 17 men", «بقية الشاحنات، وعددها 34».

use std::ops::Range;

use super::{
    added_and_struck_off, beside, concludes, excuses, has_ordinal, is_definite, is_measured, is_slip, lead,
    may_be_more, plain, tail,
};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs, shown};
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Lexicon;
use crate::passage::{Item, Passage};

/// How far from what remains a number may be and still be meant as that.
const REACH: f64 = 2.5;

/// The same where the words only say that something is still so.
const SLIP: f64 = 1.5;
/// The same of ten and more.
const SLIP_OF_MANY: f64 = 1.6;

/// How many letters "of them" has, منهم and بينهم too; "of these" and «من هؤلاء» have more.
const THESE: usize = 7;

/// Of how many numbers every way of adding and taking away is tried: more give nearly any other.
const STEPS: usize = 4;
/// Of how many numbers those that stand together are taken from others that do.
const MOST: usize = 6;

/// What happened to somebody; nobody is in two of these groups.
const STATES: [&str; 4] = ["killed", "injured", "missing", "detained"];

/// Findings about remainders.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    passage
        .counts(0..passage.atoms.len())
        .iter()
        .filter_map(|(at, rest)| remainder(passage, *at, rest))
        .collect()
}

fn remainder(passage: &Passage, at: usize, rest: &Amount) -> Option<Draft> {
    let strong = said(passage, at);
    let still = strong.is_none();
    let opposites = opposites(passage, at);
    if still && !is_still(passage, at) && opposites.is_empty() {
        return None;
    }
    let strong = strong.unwrap_or(false);
    let mut before = plain(passage, 0..at, at);
    let rest_place = at;
    // "Of the wounded, 22 are still in hospital": nothing is taken from the dead.
    if let Some(group) = own_group(passage, at) {
        let of = |count: &Amount, class: &str| count.nouns.iter().any(|noun| noun.class == class);
        let others =
            |count: &Amount| !of(count, group) && count.class().is_some_and(|class| class != "people");
        // "Nineteen of the dead were men, eight were women".
        let of_others = |at: usize| {
            let sentence = passage.sentence(at);
            !sentence.contains(&rest_place)
                && sentence.into_iter().any(|of| {
                    matches!(passage.symbol(of), "of" | "min")
                        && named_group(passage, of).is_some_and(|other| other != group)
                })
        };
        before.retain(|(at, _)| !of_others(*at));
        if before.iter().any(|(_, count)| others(count)) {
            // "Two children of the injured died".
            let among = |at: usize| {
                let of = (at + 1..at + 4).find(|at| matches!(passage.symbol(*at), "of" | "min"));
                of.and_then(|of| named_group(passage, of)) == Some(group)
            };
            before.retain(|(at, count)| of(count, group) || count.nouns.is_empty() || among(*at));
        }
    }
    let all: Vec<&Amount> = before.iter().map(|(_, count)| *count).collect();
    let sentence = passage.sentence(at);
    let told = passage.before(at)..at;
    let uncounted = may_be_more(passage, told.clone())
        || passage.has(told.clone(), &["each"])
        || has_ordinal(passage, told);
    // «وفي العاصمة التي كان فيها 60 بقيت 25»: of a whole of its own.
    let own = passage.counts(sentence.start..at);
    let own_whole = own.len() == 1
        && own.iter().all(|(place, whole)| {
            whole.stated > rest.stated && passage.has(place.saturating_sub(3)..*place, &["prior"])
        });
    if rest.is_vague() || own_whole || uncounted || leaves_after_shares(passage, at, rest) {
        return None;
    }
    if let Some((whole, parts)) = parted(passage, at) {
        let left = whole.stated - sum(&parts);
        let forgotten = parts.iter().any(|part| whole.stated - part.stated == rest.stated);
        if forgotten && left > 0.0 && rest.bounds.is_exact() {
            return Some(left_over(&[whole], &parts, rest));
        }
    }
    // "1,090, since it leaves out the 60": what was taken is told after it.
    let later = plain(passage, at + 1..sentence.end, at);
    let taken_later = all
        .iter()
        .any(|whole| later.iter().any(|(_, less)| whole.bounds.minus(less.bounds).meets(rest.bounds)));
    if taken_later || leaves(rest, &all) {
        return None;
    }
    let alike = || before.iter().filter(|(_, count)| count.goes_with(rest));
    let since = |start: usize| -> Vec<&Amount> {
        alike().filter(|(place, _)| *place >= start).map(|(_, count)| *count).collect()
    };
    // What its sentence says goes before what was said earlier: the whole may have been divided in another way since.
    let mut ways: Vec<(Vec<&Amount>, Vec<&Amount>)> = Vec::new();
    for start in [sentence.start, passage.before(at)] {
        let counts = since(start);
        let earlier = alike().filter(|(place, _)| *place < start).map(|(_, count)| *count);
        if counts.len() >= 2 {
            ways.extend(taken(&counts));
        }
        if let Some(whole) = largest(earlier).filter(|_| !counts.is_empty()) {
            ways.push((vec![whole], counts));
        }
    }
    if strong {
        ways.extend(taken(&since(0)));
    }
    // "14 of the 20 were found, five of them alive. Six are still missing": some of a part are no further part.
    let of_them = |at: usize| passage.has(at + 1..at + 3, &["them"]);
    let near: Vec<(usize, &Amount)> = alike()
        .filter(|(place, _)| *place >= passage.before(at) && !of_them(*place))
        .map(|(place, count)| (*place, *count))
        .collect();
    if let [(part, one), (whole, other)] = near.as_slice()
        && passage.has(part + 1..*whole, &["of", "min"])
        && !passage.has(part + 1..*whole, &[",", "and"])
    {
        ways.extend(taken(&[one, other]).into_iter().take(1));
    }
    // "19 were known by relatives, eight by papers, and five have no name: 32 in all".
    let together = |start: usize| {
        let counts = before.iter().filter(|(place, _)| *place >= start).map(|(_, count)| count.bounds);
        Bounds::sum(counts).plus(rest.bounds)
    };
    let whole_told_after =
        passage.counts(at + 1..passage.atoms.len()).iter().filter(|(_, whole)| whole.bounds.is_exact()).any(
            |(_, whole)| {
                [sentence.start, passage.before(at)].iter().any(|start| together(*start).meets(whole.bounds))
            },
        );
    if whole_told_after {
        return None;
    }
    let left = |(wholes, parts): &(Vec<&Amount>, Vec<&Amount>)| sum(wholes) - sum(parts);
    // "32 are still unverified" need not be all that are left: only a slip of the pen is one.
    let slip = |left: f64| {
        let far = if left.min(rest.stated) < 10.0 { SLIP } else { SLIP_OF_MANY };
        !still
            || passage.symbol_before(at) == "except" && (left - rest.stated).abs() <= 1.0
            || is_slip(left, rest.stated) && left < rest.stated * far && rest.stated < left * far
    };
    let near =
        |left: f64| left > 0.0 && slip(left) && rest.stated < left * REACH && left < rest.stated * REACH;
    // What is larger than a whole does not remain of it.
    if is_of_those(passage, at) {
        return None;
    }
    let mut ways = ways.into_iter().filter(|way| near(left(way)) && rest.stated < sum(&way.0));
    let way = ways.next()?;
    let way = if are_parallel(passage, &before, &way) {
        ways.find(|other| sum(&other.0) > sum(&way.0) && other.1.len() > way.1.len())?
    } else {
        way
    };
    // "9 planned, 6 approved, 4 completed": a row of numbers, of which the first is no whole.
    let row = |place: &usize| {
        way.0.iter().any(|whole| passage.count_at(*place) == Some(*whole))
            && passage.symbol(place + 1) == "w"
            && passage.symbol(place + 2) == ","
    };
    if still && !is_still(passage, at) && opposites.iter().all(row) {
        return None;
    }
    Some(left_over(&way.0, &way.1, rest))
}

/// "148 had been let go and 35 charged; the remaining 47 …", «أُنقذ 41، وانتُشلت جثث 9، وبقي 13»: whether what is taken for the
/// whole stands beside its part as another part does.
fn are_parallel(
    passage: &Passage,
    before: &[(usize, &Amount)],
    (wholes, parts): &(Vec<&Amount>, Vec<&Amount>),
) -> bool {
    let place = |count: &Amount| before.iter().find(|(_, one)| std::ptr::eq(*one, count)).map(|(at, _)| *at);
    let ([whole], [part, ..]) = (wholes.as_slice(), parts.as_slice()) else { return false };
    let (Some(whole_at), Some(part_at)) = (place(whole), place(part)) else { return false };
    let between = whole_at + 1..part_at;
    let tied = ["of", "min", "them", "incl", "all", ":", "(", ".", "total", "is", "the", "down", "except"];
    // «وانتُشلت»: a verb with its "and".
    let and = |at: usize| passage.symbol(at) == "and" || passage.atoms[at].word.starts_with('و');
    let start = passage.sentence(whole_at).start;
    part_at > whole_at
        && between.clone().any(and)
        && !passage.has(between, &tied)
        && !passage
            .has(whole_at.saturating_sub(3).max(start)..whole_at, &["of", "min", "total", "the", "from"])
        && passage
            .atoms
            .get(part_at + 1)
            .is_some_and(|_| !passage.has(part_at + 1..part_at + 3, &["of", "min", "them"]))
        && (whole.nouns.is_empty() || whole.class() == part.class())
}

/// "Of those whose names are known 20 were children, 16 women and the remaining 12 men": whether a sentence is of some whom no
/// number counts.
fn is_of_those(passage: &Passage, at: usize) -> bool {
    let start = passage.sentence(at).start;
    let and = usize::from(passage.symbol(start) == "and");
    let of = matches!(passage.symbol(start + and), "of" | "min");
    of && excuses::WHOSE.contains(&passage.atoms.get(start + and + 1).map_or("", |atom| atom.word.as_str()))
}

/// "Of the wounded, 22", «12 من المصابين»: what happened to those whom a number is said to be of.
fn own_group(passage: &Passage, at: usize) -> Option<&'static str> {
    let lead = lead(passage, at);
    let of = |of: &usize| matches!(passage.symbol(*of), "of" | "min");
    // "Two of the injured died, raising the toll to eight": of the number before.
    let of_last = |of: &usize| *of == lead.start && *of > passage.sentence(at).start;
    let before = lead.clone().filter(|at| of(at) && !of_last(at)).find_map(|of| named_group(passage, of));
    before.or_else(|| tail(passage, at).take(3).filter(of).find_map(|of| named_group(passage, of)))
}

fn named_group(passage: &Passage, of: usize) -> Option<&'static str> {
    let thing = of + 1 + usize::from(passage.symbol(of + 1) == "the");
    passage.class_at(thing).filter(|class| STATES.contains(class))
}

/// "1,500 tents: two fifths of them went to the north camp and 450 to the south camp, and the rest, 450, are in the depot":
/// whether shares of a whole and the numbers beside them leave a number.
fn leaves_after_shares(passage: &Passage, at: usize, rest: &Amount) -> bool {
    let share = |at: usize| match &passage.atoms[at].item {
        Item::Share(share) => Some(share.bounds),
        _ => None,
    };
    let shares: Vec<Bounds> = (0..at).filter_map(share).collect();
    let gone = Bounds::sum(shares.iter().copied());
    let counts = plain(passage, 0..at, at);
    !shares.is_empty()
        && counts.iter().any(|(_, whole)| {
            let less: Vec<Bounds> = counts.iter().map(|(_, part)| part.bounds).collect();
            let left = whole.bounds.minus(gone.times(whole.stated / 100.0));
            left.meets(rest.bounds) || runs(&less).any(|parts| left.minus(parts).meets(rest.bounds))
        })
}

fn left_over(wholes: &[&Amount], parts: &[&Amount], rest: &Amount) -> Draft {
    let computed = sum(wholes) - sum(parts);
    let explain = format!(
        "{} - {} = {}, not {}",
        terms(wholes, " + "),
        terms(parts, " - "),
        shown(computed),
        shown(rest.stated)
    );
    let near: Vec<&Amount> = wholes.iter().chain(parts).chain([&rest]).copied().collect();
    Draft::over(Kind::Difference, &near, rest.stated, computed, explain)
}

/// "Of the 61 men, 38 have been released and nine were found dead", "forty lorries. Eleven of them were looted and seven
/// burned": a whole and two or more parts, told one after the other, before what is said to be left. No part is of another.
fn parted(passage: &Passage, at: usize) -> Option<(&Amount, Vec<&Amount>)> {
    // "25 a day" is no part.
    let rated =
        |at: usize| passage.has(at + 1..at + 4, &["R"]) || passage.has(at.saturating_sub(3)..at, &["avg"]);
    let told = |within: Range<usize>| -> Vec<(usize, &Amount)> {
        let mut counts = plain(passage, within, at);
        counts.retain(|(at, _)| !is_measured(passage, *at) && !rated(*at));
        counts
    };
    let near = told(passage.before(at)..at);
    let counts = if near.len() < 3 { told(0..at) } else { near };
    let ((whole_at, whole), parts) = counts.split_first()?;
    let ((first, _), (last, _)) = (parts.first()?, parts.last()?);
    let of = passage.has(whole_at.saturating_sub(2)..*whole_at, &["of"]);
    let of_them = |at: usize| passage.has(at + 1..at + 4, &["them"]);
    // «وعُثر»: a verb with its "and".
    let and = |at: usize| passage.symbol(at) == "and" || passage.atoms[at].word.starts_with('و');
    let joined = parts.windows(2).all(|two| (two[0].0..two[1].0).any(and));
    // «اثني عشر من التسعة عشر الأخرى»: of what is left, and no part of the whole.
    let of_rest = passage.has(last + 1..last + 3, &["of", "min"]);
    let twice = |at: usize| matches!(passage.atoms[at].word.as_str(), "twice" | "مرتين");
    let apart = !of_rest
        && parts[1..].iter().all(|(at, _)| !of_them(*at))
        && !passage.has(*first..*last, &["incl", "of"])
        && !(*first..at).any(twice);
    let counts: Vec<&Amount> = parts.iter().map(|(_, part)| *part).collect();
    let plain = counts.iter().all(|part| part.bounds.is_exact() && part.stated < whole.stated);
    // "Five brothers run it. Two are in prison and one has fled, so two are left".
    let alone =
        passage.counts(passage.sentence(*whole_at)).len() == 1 && concludes(passage, lead(passage, at));
    (parts.len() > 1 && parts.len() <= STEPS && (of || of_them(*first) || alone) && joined && apart && plain)
        .then_some((*whole, counts))
}

/// What may have been taken from what: all others from the largest, which may be said twice; or the last one from all before it, as in "27 files
/// and 88 more; 70 were closed".
fn taken<'p>(counts: &[&'p Amount]) -> Vec<(Vec<&'p Amount>, Vec<&'p Amount>)> {
    let Some(whole) = largest(counts.iter().copied()).filter(|_| counts.len() >= 2) else {
        return Vec::new();
    };
    let others = counts.iter().copied().filter(|part| part.stated != whole.stated).collect();
    let last = counts.len() - 1;
    vec![(vec![whole], others), (counts[..last].to_vec(), counts[last..].to_vec())]
}

fn largest<'p>(counts: impl Iterator<Item = &'p Amount>) -> Option<&'p Amount> {
    // Of equal ones the first: the others may be parts.
    counts.reduce(|one, two| if two.stated > one.stated { two } else { one })
}

fn sum(counts: &[&Amount]) -> f64 {
    counts.iter().map(|count| count.stated).sum()
}

/// Numbers with a sign between them.
pub(super) fn terms(counts: &[&Amount], sign: &str) -> String {
    counts.iter().map(|count| shown(count.stated)).collect::<Vec<_>>().join(sign)
}

/// Whether a number is said to be what remains; `true` where no others can be meant.
fn said(passage: &Passage, at: usize) -> Option<bool> {
    let (mut before, after) = (lead(passage, at), tail(passage, at));
    // «فلم يبق من المئة سوى 27»: the whole is said again between.
    if passage.has(before.clone(), &["except"]) && before.start > passage.sentence(at).start {
        before.start = lead(passage, before.start - 1).start;
    }
    // "Three quarters of the rest", «نصف المدارس الباقية».
    let of_share = |mark: usize| {
        let of = matches!(passage.symbol_before(mark), "of" | "min") && passage.has(0..mark, &["P"]);
        let named = |at: usize| matches!(passage.symbol(at), "the" | "n" | "of" | "min");
        let share = before.start.checked_sub(1).is_some_and(|at| passage.symbol(at) == "P");
        of || share && before.start < mark && (before.start..mark).all(named)
    };
    // «والأربعة الباقية تشترك في بئر واحدة», «السبعة الأخرى …، منها أربعة»: the number before is what remains.
    let of_number_before = |mark: usize| {
        let noun = usize::from(passage.symbol(before.start) == "n");
        let number = before.start.checked_sub(1).is_some_and(|at| passage.symbol(at) == "N");
        // «11 ألفاً بقوا، ويقدرهم …».
        let ends = passage.symbol(mark + 1) == "," && !passage.word(mark).is_ascii();
        number && mark <= before.start + noun && (ends || passage.atoms[mark].word.starts_with("ال"))
    };
    let mark = before.clone().rev().find(|at| passage.symbol(*at) == "rest");
    let follows = (after.start..after.start + 2).any(|at| {
        let verb = !passage.word(at).is_ascii() && passage.symbol(at + 1) == "N";
        passage.symbol(at) == "rest" && after.contains(&at) && !verb
    });
    if mark.is_some_and(|mark| !of_share(mark) && !of_number_before(mark)) || follows {
        return Some(true);
    }
    // "44 of the 47 were carried out: all but three".
    let mark = at.checked_sub(2).map_or("", |at| passage.symbol(at));
    let part_of = (passage.sentence(at).start..at)
        .any(|at| passage.symbol(at) == "N" && passage.symbol(at + 1) == "of");
    if passage.symbol_before(at) == "except" && matches!(mark, ":" | "," | "-" | "(") && part_of {
        return Some(true);
    }
    // "The other 12", of a whole; "and 54 others were wounded" leaves nothing.
    let the_other = before.clone().any(|at| {
        passage.symbol(at) == "other"
            && !of_number_before(at)
            && matches!(passage.atoms[at].word.as_str(), "the" | "الاخرون" | "الاخرين" | "الاخري" | "الاخريات")
    });
    // «الحافلات الـ18 الأخرى».
    let after_it = is_definite(passage, at)
        && matches!(
            passage.atoms.get(at + 1).map_or("", |atom| atom.word.as_str()),
            "other" | "others" | "الاخرون" | "الاخرين" | "الاخري" | "الاخريات"
        );
    (the_other || after_it).then_some(false)
}

/// Whether a number is said to be still so: "132 are still standing", «ولا يزال ٤٧ منهم قيد الاحتجاز».
fn is_still(passage: &Passage, at: usize) -> bool {
    let lead = lead(passage, at);
    let clause =
        lead.clone().rev().find(|at| passage.symbol(*at) == ",").map_or(lead.start, |comma| comma + 1);
    // «ولم يكن متاحاً لاستقبال الجرحى سوى 34»: whatever stands between, no more than those.
    let reach = if passage.symbol_before(at) == "except" { lead.len() } else { 4 };
    let near = clause.max(at.saturating_sub(reach))..at;
    let of = |at: usize| passage.symbol(at) == "of";
    // "37 of these": of the number before, not of the whole.
    let of_these = passage.symbol(at + 1) == "them" && passage.atoms[at + 1].points.len() > THESE;
    if of_these || of(at + 1) || of(at - at.min(1)) {
        return false;
    }
    let mut words = near.chain(tail(passage, at).take(3)).map(|at| passage.atoms[at].word.as_str());
    words.any(|word| Cue::Still.is(word.strip_prefix(['و', 'ف']).unwrap_or(word)))
}

/// The numbers before one whose clauses tell the opposite of its own: "168 passed, 72 failed", «حضر 42 وتغيّب 28».
fn opposites(passage: &Passage, at: usize) -> Vec<usize> {
    let plain = |at: usize| {
        let word = passage.atoms[at].word.as_str();
        word.strip_prefix(['و', 'ف']).filter(|_| !word.is_ascii()).unwrap_or(word)
    };
    let of = |at: usize| matches!(passage.symbol(at), "of" | "min");
    let of_these = passage.symbol(at + 1) == "them" && passage.atoms[at + 1].points.len() > THESE;
    if of_these || of(at + 1) || of(at - at.min(1)) {
        return Vec::new();
    }
    let earlier = passage.counts(passage.before(at)..at).into_iter().map(|(place, _)| place);
    let told = |place: &usize| {
        beside(passage, *place).any(|one| {
            let parts = |other| Lexicon::get().are_opposite(plain(one), plain(other));
            beside(passage, at).any(parts)
        })
    };
    earlier.filter(told).collect()
}

/// Whether some way of adding and taking away leaves a number.
fn leaves(rest: &Amount, counts: &[&Amount]) -> bool {
    let bounds: Vec<Bounds> = counts.iter().map(|part| part.bounds).collect();
    // "23, 19 and 27 operations. Hale did 41, Roumi the other 28": some that stand together but for others that do.
    let but_for_some = || {
        (1..bounds.len()).any(|cut| {
            runs(&bounds[..cut]).any(|wholes| {
                runs(&bounds[cut..])
                    .any(|taken| wholes.low >= taken.high && wholes.minus(taken).meets(rest.bounds))
            })
        })
    };
    counts.len() <= STEPS && added_and_struck_off(rest.bounds, counts)
        || counts.len() <= MOST && but_for_some()
        || runs(&bounds).any(|taken| {
            // A number that is not exact is not taken from itself.
            let larger = bounds.iter().filter(|whole| whole.low >= taken.high);
            larger.into_iter().any(|whole| whole.minus(taken).meets(rest.bounds))
        })
}
