//! Sums that are written out, parts against their wholes, and tolls that rise.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::amounts::Amount;
use crate::arithmetic::{Bounds, runs, shown};
use crate::classes::some_overlap;
use crate::derived::{has_too_many, is_definite, is_measured, is_slip, made_of, same_thing};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Passage, pattern};

static ADDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<one>N) (?:n |w ){0,2}\+ (?P<two>N) (?:n |w ){0,2}(?:\+ (?P<three>N) (?:n |w ){0,2})?= (?P<total>N) ",
    )
});
static BRING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<bring>bring) [^N.]*?(?:(?:from|min|prior) [^N.]*?(?P<from>N) [^N.]*?)?to [^N.]{0,12}?(?P<to>N) ",
    )
});
static PART_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<part>N) (?:(?P<bare>of|min) (?:the |total |w |skip |of ){0,5}|(?:n |w ){1,2}(?P<out>of) |(?:n |w ){1,2}min n (?:n |w ){0,3}the |(?:n |w ){1,2}(?P<owned>min) n (?:n |w ){1,3}|(?:n |w ){1,2}(?:of|min) (?:the |total )(?:the |total |w |n |skip |of ){0,3})(?P<whole>N) ",
    )
});

/// "Of 45 witnesses, 54 asked …", «من أصل الحافلات الـ26 التي غادرت، وصلت 31 حافلة».
static OF_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\. )(?P<first>of|min) (?:the |total |w |n ){0,4}?(?P<whole>N) [^NPDT.,;:(]{2,40}, (?P<verb>(?:prior |reach |w |n ){0,3})(?P<part>N) (?:n |w |is |min n )",
    )
});

/// "Of the service's 34 engines 28 are out of service", «من سيارات الإسعاف الـ46 التابعة للمديرية أصيبت 34».
static OF_OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\. )(?:of|min) (?:the |total |w |n ){1,6}(?P<whole>N) (?:n |w ){1,5}(?P<part>N) (?:is |w |\. |$)",
    )
});

/// "In 31 of these villages", «٤٢ قرية منها».
static OF_THEM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<part>N) (?:n |w )?them "));

/// "Nineteen of the crew", «35 من المركبات».
static OF_THE_SAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<part>N) (?:of|min) (?P<the>the )?(?P<thing>n|w|group) "));

/// "The toll, which stood at 118, rose to 137 after nine more bodies were found".
static RISEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<from>N) [^N.PD]{0,40}?up [^N.PD]{0,20}?to (?:the |w |total ){0,2}(?P<to>N) [^N.P]{0,40}?(?P<more>N) ",
    )
});

/// How many letters a plain "of" has; "out of" and «من أصل» have more.
const OF: usize = 3;

/// How many times as large as what may be its whole a number may be that says not that it counts the same.
const FAR: f64 = 2.0;

/// Findings about sums and parts of a passage.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    let mut drafts = Vec::new();
    drafts.extend(passage.matches(&ADDED).filter_map(|found| {
        let parts: Vec<&Amount> =
            ["one", "two", "three"].iter().filter_map(|group| passage.amount(&found, group)).collect();
        total(passage.amount(&found, "total")?, &parts)
    }));
    drafts.extend(passage.matches(&PART_OF).filter_map(|found| part_of(passage, &found)));
    drafts.extend(passage.matches(&OF_OPENING).filter_map(|found| part_of(passage, &found)));
    drafts.extend(passage.matches(&OF_FIRST).filter_map(|found| part_of(passage, &found)));
    drafts.extend(passage.matches(&OF_THEM).filter_map(|found| of_them(passage, &found)));
    drafts.extend(passage.matches(&OF_THE_SAME).filter_map(|found| of_the_same(passage, &found)));
    drafts.extend(passage.matches(&RISEN).filter_map(|found| risen(passage, &found)));
    drafts.extend(passage.matches(&BRING).filter_map(|found| brought(passage, &found)));
    drafts
}

/// "30 of 26 locations".
fn part_of(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (part, whole) = (passage.amount(found, "part")?, passage.amount(found, "whole")?);
    let place = passage.place(found, "part")?;
    // «64 سيارة من سيارات المديرية الـ46».
    let whole_at = passage.place(found, "whole")?;
    if found.name("owned").is_some() && !is_definite(passage, whole_at) {
        return None;
    }
    // "Of the 40 streets, 120 houses were hit", «من القرى الـ12 نزحت 20 عائلة»: others than those who are counted.
    if let Some(first) = found.name("first") {
        let led = found.name("verb").is_some_and(|verb| !matches!(verb.as_str(), "" | "prior "));
        let named = passage.place(found, "first")? + 1..whole_at + 2;
        let class = part.class();
        let same = named.into_iter().any(|at| {
            same_thing(passage.word(at), &part.word) || class.is_some() && passage.class_at(at) == class
        });
        if !same && (led || first.as_str() == "min" || part.stated > whole.stated * FAR) {
            return None;
        }
    }
    // «52 سيارة إطفاء من أصل 25»; a plain "of" may lead to another number.
    let plain = |at: usize| passage.atoms.get(at).is_none_or(|of| of.points.len() <= OF);
    if passage.place(found, "out").is_some_and(plain) {
        return None;
    }
    // "Statement 44/31": a reference, no part of anything.
    let slash =
        found.name("bare").is_some() && passage.atoms.get(place + 1).is_some_and(|atom| atom.word.is_empty());
    // "The members of the council met five times".
    let often = matches!(whole.word.as_str(), "times" | "مرات" | "مره");
    let bare_min = found.name("bare").is_some_and(|bare| bare.as_str() == "min");
    let change = passage.has(place.saturating_sub(4)..place, &["up", "down", "from", "between"]);
    // «وعانى 19 من الحالتين معاً»: 19 who had both.
    let both = whole.stated == 2.0;
    if both
        || part.is_vague()
        || whole.is_vague()
        || !part.goes_with(whole)
        || slash
        || often
        || (bare_min && change)
    {
        return None;
    }
    larger(part, whole)
}

/// "31 of these villages", where nothing before is as many.
fn of_them(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let at = passage.place(found, "part")?;
    let part = passage.count_at(at)?;
    let them = (at + 1..at + 3).find(|at| passage.symbol(*at) == "them")?;
    // «75 شخصاً بينهم 32 طفلاً»: the number is a whole of its own, and a list of some of them follows.
    let per = matches!(passage.symbol_before(at), "per" | "every");
    if per
        || passage.word(them).starts_with("بين")
        || (them + 1..them + 3).any(|at| passage.symbol(at) == "N")
    {
        return None;
    }
    let mut before = passage.counts(passage.before(at)..at);
    before.retain(|(_, count)| count.goes_with(part));
    // "Thirteen nights, the first five of them": of what was told last.
    let last = (passage.before(at)..at).rev().find(|at| matches!(passage.symbol(*at), "N" | "D" | "t"))?;
    // "Since January 29 aid workers …, 24 of them": a day may be a number of them.
    if passage.symbol(last) != "N" {
        return None;
    }
    // "Six people were killed. Three of them were taken away; … the six bodies of those killed": of a number told earlier.
    let earlier = passage.counts(0..passage.before(at));
    if earlier.iter().any(|(_, count)| count.bounds.high >= part.bounds.low && count.goes_with(part)) {
        return None;
    }
    let whole =
        before.iter().map(|(_, count)| *count).max_by(|one, two| one.stated.total_cmp(&two.stated))?;
    // "41 in May and 73 in June; 102 of them".
    let together = Bounds::sum(before.iter().map(|(_, count)| count.bounds));
    let closed = part.bounds.low > together.high
        && before.iter().all(|(_, count)| count.bounds.high.is_finite() && !count.is_vague());
    if closed && whole.stated > 1.0 && !part.is_vague() { larger(part, whole) } else { None }
}

/// "Nineteen of the crew", after a crew of 17 and no larger number of the same.
fn of_the_same(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (at, thing) = (passage.place(found, "part")?, passage.place(found, "thing")?);
    let part = passage.count_at(at)?;
    let word = passage.word(thing);
    let definite = found.name("the").is_some() || passage.atoms[thing].word.starts_with("ال");
    let same = |(place, count): &(usize, &Amount)| {
        same_thing(&count.word, word)
            || passage.symbol_before(*place) == "group" && passage.word(place - 1) == word
    };
    if has_too_many(passage) {
        return None;
    }
    let before = passage.counts(0..at);
    let (_, whole) = before.iter().copied().find(same)?;
    // Any other number may be more of the same.
    let alone = before.iter().all(|(_, count)| count.stated <= whole.stated || !count.goes_with(part));
    let several = before.iter().filter(|one| same(one)).count() > 1;
    if definite && alone && !several && !part.is_vague() && whole.stated > 1.0 {
        larger(part, whole)
    } else {
        None
    }
}

/// A toll that rose by those who were found, where it comes to something else but for a slip of the pen.
fn risen(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (from, to) = (passage.amount(found, "from")?, passage.amount(found, "to")?);
    let more = passage.amount(found, "more")?;
    let place = passage.place(found, "more")?;
    let sentence = passage.sentence(place);
    let further = passage.symbol(place + 1) == "more"
        || matches!(passage.atoms[place - 1].word.as_str(), "another" | "further" | "انتشال")
        || passage.has(passage.place(found, "to")? + 1..place, &["later"])
        || (place + 1..place + 4).any(|at| matches!(passage.word(at), "اخري" | "اضافيه" | "جديده" | "اخرين"));
    let exact = [from, to, more].iter().all(|amount| amount.bounds.is_exact());
    let only = passage.counts(sentence.clone()).len() == 3 && !passage.has(sentence, &["x", "X", "P"]);
    let alike = from.goes_with(to) && more.goes_with(to);
    let slip = is_slip(from.stated + more.stated, to.stated);
    if further && exact && only && alike && slip { total(to, &[from, more]) } else { None }
}

/// A part that is more than its whole.
pub(crate) fn larger(part: &Amount, whole: &Amount) -> Option<Draft> {
    if part.bounds.low <= whole.bounds.high {
        return None;
    }
    let explain = format!("{} cannot be a part of {}", shown(part.stated), shown(whole.stated));
    Some(Draft::over(Kind::NOfM, &[part, whole], part.stated, whole.stated, explain))
}

/// Counts in a stretch that may be added up to a total of this kind.
pub(crate) fn siblings<'p>(passage: &'p Passage, within: Range<usize>, whole: &Amount) -> Vec<&'p Amount> {
    let mut parts = Vec::new();
    let (mut inside, mut all_of_them) = (false, false);
    let of_them = |at: usize| {
        (at + 1..at + 3).take_while(|at| passage.symbol(*at) != "N").any(|at| passage.symbol(at) == "them")
    };
    for at in within {
        match passage.symbol(at) {
            "incl" | "them" => inside = true,
            "," | ";" | "-" | ")" | "and" if inside => inside = false,
            // "26 deaths, 19 of them at checkpoints": some of those before.
            "N" if !parts.is_empty() && !all_of_them && of_them(at) => {}
            "N" => {
                all_of_them |= parts.is_empty() && of_them(at);
                let part = passage.count_at(at).filter(|part| part.goes_with(whole) && !inside);
                // "One with 22 people, one with 31": what has so many is no one of them.
                let holder = passage.count_at(at).is_some_and(|one| one.stated == 1.0)
                    && matches!(passage.word(at + 1), "with" | "carrying" | "holding" | "of")
                    && passage.count_at(at + 2).is_some();
                // "A dozen more people … 35,000 euros and 20,000": what names something else is no money.
                let named = matches!(passage.symbol(at + 1), "n" | "w" | "more");
                let money = |part: &Amount| part.is_money() == whole.is_money() || !part.is_money() && !named;
                let part = part.filter(|part| money(part));
                let counts = !is_rate(passage, at) && !is_measured(passage, at) && !holder;
                parts.extend(part.filter(|_| counts));
            }
            _ => {}
        }
    }
    parts
}

fn is_rate(passage: &Passage, at: usize) -> bool {
    (at + 1..at + 5)
        .take_while(|at| !matches!(passage.symbol(*at), "N" | "," | "."))
        .any(|at| passage.symbol(at) == "R")
}

/// Whether some run of the parts gives the total: then the text may mean those.
fn explained(whole: &Amount, parts: &[&Amount]) -> bool {
    let bounds: Vec<Bounds> = parts.iter().map(|part| part.bounds).collect();
    runs(&bounds).any(|run| run.meets(whole.bounds))
}

/// A stated total against its parts.
pub(crate) fn total(stated: &Amount, parts: &[&Amount]) -> Option<Draft> {
    let sum = Bounds::sum(parts.iter().map(|part| part.bounds));
    // "At least 30 in all" may know of more than it lists.
    let floor = stated.bounds.high.is_infinite() && sum.high < stated.bounds.low;
    if floor || sum.meets(stated.bounds) {
        return None;
    }
    let computed: f64 = parts.iter().map(|part| part.stated).filter(|n| !n.is_nan()).sum();
    let terms: Vec<String> =
        parts.iter().filter(|part| !part.is_vague()).map(|part| shown(part.stated)).collect();
    let explain = format!("{} = {}, not {}", terms.join(" + "), shown(computed), shown(stated.stated));
    let all: Vec<&Amount> = parts.iter().copied().chain([stated]).collect();
    Some(Draft::over(Kind::Sum, &all, stated.stated, computed, explain))
}

/// "12 and 8 people were killed, bringing the toll from 40 to 62".
fn brought(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let bring = passage.place(found, "bring")?;
    let to = passage.amount(found, "to")?;
    let sentence = passage.sentence(bring);
    let mut parts = siblings(passage, sentence.start..bring, to);
    // "On Monday 14 … Twenty-three more on Tuesday": the first number comes on top of those told before.
    let on_top = passage.counts(sentence.start..bring).first().is_some_and(|(at, _)| {
        passage.symbol(at + 1) == "more"
            || passage.atoms[at + 1].word == "اخرين"
            || passage.atoms[at + 1].word == "اخري"
    });
    // "Four of the wounded have died. Their deaths bring the toll to 71".
    let named_before = parts.is_empty() && passage.has(sentence.start..bring, &["n", "w"]);
    if on_top || named_before {
        parts = siblings(passage, passage.before(bring)..bring, to);
    }
    let prior = passage.amount(found, "from").or_else(|| earlier_toll(passage, bring, to));
    if to.is_vague() || parts.is_empty() {
        return None;
    }
    match prior {
        Some(prior) => {
            parts.retain(|part| !std::ptr::eq(*part, prior));
            let bounds: Vec<Bounds> = parts.iter().map(|part| part.bounds).collect();
            let explains = runs(&bounds).any(|more| prior.bounds.plus(more).meets(to.bounds));
            parts.insert(0, prior);
            if explains || parts.len() < 2 { None } else { total(to, &parts) }
        }
        None => {
            let sum = Bounds::sum(parts.iter().map(|part| part.bounds));
            let open = passage.has(sentence, &["sofar"]);
            let own = parts.len() > 1 && !open && to.bounds.high <= sum.low * 1.5 && !explained(to, &parts);
            let fewer = sum.low > to.bounds.high && !some_overlap(&parts);
            // "Killed six and hurt 31, four of whom later died, raising the toll to ten".
            let told: Vec<&Amount> =
                passage.counts(passage.before(bring)..bring).into_iter().map(|(_, one)| one).collect();
            let some = made_of(to.bounds, &told);
            let told = parts.len() > 1 && (own || fewer) && !some && !some_overlap(&parts);
            if told { total(to, &parts) } else { None }
        }
    }
}

/// A toll that is said to have stood before: "from the previous 40".
fn earlier_toll<'p>(passage: &'p Passage, bring: usize, to: &Amount) -> Option<&'p Amount> {
    let start = passage.before(bring);
    let prior = |at: &usize| {
        passage.has(at.saturating_sub(4)..*at, &["prior"])
            || passage.has(*at + 1..(*at + 4).min(bring), &["prior"])
    };
    // "… bringing the toll to 26. The previous count was 23."
    let next = passage.sentence(bring).end + 1;
    (start..passage.sentence(next).end.max(next - 1))
        .filter(|at| passage.count_at(*at).is_some_and(|toll| toll.goes_with(to) && !std::ptr::eq(toll, to)))
        .find(prior)
        .and_then(|at| passage.count_at(at))
}
