//! Lengths of time and ages between the only two days of a passage: "came home on 19 March, twenty-eight days late".

use std::ops::Range;

use super::{concludes, ordinals, tail};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::cues::Cue;
use crate::dates::{self, Dated, Period};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Unit;
use crate::passage::{Item, Passage};
use crate::ties;

/// How far after "born" a birthday may stand.
const REACH: usize = 8;
/// How many times as long as the time between two days a length may be and still be meant by them.
const NEAR: f64 = 2.2;

/// The same where its words say that it is between them.
const FAR: f64 = 8.0;

/// The age that nobody passes.
const OLDEST: f64 = 125.0;

/// Hours of a day.
const DAY: f64 = 24.0;

pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    (0..passage.atoms.len())
        .filter_map(|at| match &passage.atoms[at].item {
            Item::Length(length, unit) => {
                let told_again =
                    || left(passage, at, length, *unit).or_else(|| retold(passage, at, length, *unit));
                age(passage, at).or_else(|| summed(passage, at, length, *unit)).or_else(told_again).or_else(
                    || {
                        let told = spoken_of(passage, at)
                            || is_from_to(passage, at)
                            || is_only_length(passage, at, length, *unit)
                            || is_told_first(passage, at, length, *unit)
                            || is_deadline(passage, at);
                        (told && !is_some_of_it(passage, at))
                            .then(|| between(passage, at, length, *unit))
                            .flatten()
                    },
                )
            }
            _ => age(passage, at),
        })
        .collect()
}

/// "Eleven days in February, three weeks in June and five days … Put together, that is 37 days": the lengths of the sentence
/// before, added up.
fn summed(passage: &Passage, at: usize, length: &Amount, unit: Unit) -> Option<Draft> {
    let sentence = passage.sentence(at);
    let opening = sentence.start..at;
    let cue = passage.has(opening.clone(), &["total"])
        || passage.has(tail(passage, at), &["total"])
        || concludes(passage, opening.clone());
    // "Three hours there and five back, eight hours in all": hours alone are added up where all are.
    let least = if unit == Unit::Hour { Unit::Minute } else { Unit::Hour };
    let lengths_in = |within: Range<usize>| -> Vec<(&Amount, Unit)> {
        let all = elliptic_lengths(passage, within).into_iter();
        all.filter(|(_, unit)| *unit > least).collect()
    };
    // "18 months for the theft and 30 months for the fire, five years altogether".
    let own = lengths_in(opening.clone());
    let earlier = passage.before(at)..sentence.start;
    let told = if own.len() > 1 { opening } else { earlier };
    // "A week", "from 4 to 6 March": lengths that no number tells.
    let uncounted = passage.has(told.clone(), &["R", "T"]);
    let parts = lengths_in(told);
    let alone = own.len() != 1 && two_days(passage, 0..passage.atoms.len()).is_none();
    let hours = unit == Unit::Hour && parts.iter().any(|(_, unit)| *unit != Unit::Hour);
    if !cue || !alone || uncounted || parts.len() < 2 || length.is_vague() || unit < Unit::Hour || hours {
        return None;
    }
    let days = |(length, unit): &(&Amount, Unit)| in_days(length, *unit);
    let sum = Bounds::sum(parts.iter().map(days));
    let said = days(&(length, unit));
    let slack = if unit > Unit::Day { unit.mean_days() / 2.0 } else { 0.0 };
    let said = Bounds::new(said.low - slack, said.high + slack);
    let about = said.low < sum.high * NEAR && sum.low < said.high * NEAR;
    // "31 years old; the other is seven years younger, that is, 24".
    let apart = parts.iter().any(|one| {
        parts.iter().any(|other| days(one).low > days(other).low && days(one).minus(days(other)).meets(said))
    });
    if !about || apart || sum.meets(said) || parts.iter().any(|part| days(part).meets(said)) {
        return None;
    }
    let computed = sum.high / unit.mean_days();
    let terms: Vec<String> =
        parts.iter().map(|(length, unit)| format!("{} {}s", shown(length.stated), unit.name())).collect();
    let explain =
        format!("{} = {} {}s, not {}", terms.join(" + "), shown(computed), unit.name(), shown(length.stated));
    Some(Draft::over(Kind::Sum, &[length], length.stated, computed, explain))
}

/// The lengths of time of a stretch; a bare number after one is of its unit: "three hours there and five back".
fn elliptic_lengths(passage: &Passage, within: Range<usize>) -> Vec<(&Amount, Unit)> {
    let mut lengths: Vec<(&Amount, Unit)> = Vec::new();
    for at in within {
        match &passage.atoms[at].item {
            Item::Length(length, unit) => lengths.push((length, *unit)),
            Item::Count(number) if number.nouns.is_empty() && number.bounds.is_exact() => {
                let ends = matches!(passage.symbol(at + 1), "," | ";" | "in" | "and" | "-");
                let unit = lengths.last().map(|(_, unit)| *unit).filter(|_| ends);
                lengths.extend(unit.map(|unit| (number, unit)));
            }
            _ => {}
        }
    }
    lengths
}

/// The lengths of time of a stretch that are days or more, with their places.
fn lengths_in(passage: &Passage, within: Range<usize>) -> Vec<(usize, &Amount, Unit)> {
    let length = |at: usize| match &passage.atoms[at].item {
        Item::Length(length, unit) => Some((at, length, *unit)),
        _ => None,
    };
    within.filter_map(length).collect()
}

/// A length of time in days, as wide as what it is counted in may be.
fn in_days(length: &Amount, unit: Unit) -> Bounds {
    let (shortest, longest) = unit.days();
    Bounds::new(length.bounds.low * shortest, length.bounds.high * longest)
}

/// "He was given 72 hours. When the four days were over": the only other length of the paragraph, said again in another
/// unit with the article.
fn retold(passage: &Passage, at: usize, length: &Amount, unit: Unit) -> Option<Draft> {
    let before = lengths_in(passage, 0..at);
    let [(told_at, told, of)] = before.as_slice() else { return None };
    // «الأيام الأربعة»: the article is cut from the first word.
    let word = passage.atoms[at].word.as_str();
    let definite = matches!(passage.symbol_before(at), "the")
        && !matches!(passage.word(at + 1), "before" | "after" | "since" | "to" | "that" | "from" | "of")
        && (word.is_empty() || !word.is_ascii() || at > 0 && passage.atoms[at - 1].word != "all");
    let other = passage.sentence(*told_at) == passage.sentence(at)
        || passage.has(0..passage.atoms.len(), &["t", "T", "M", "R", "every", "ago"])
        || passage.has(at.saturating_sub(3)..at, &["avg"])
        || matches!(passage.word(at.saturating_sub(1)), "last" | "first" | "next");
    let (one, two) = (in_days(told, *of), in_days(length, unit));
    let slack = 0.5 * unit.mean_days().min(of.mean_days());
    let about = two.low < one.high * NEAR && one.low < two.high * NEAR;
    if !definite || other || *of == unit || !about || length.is_vague() || told.is_vague() {
        return None;
    }
    let said = Bounds::new(two.low - slack, two.high + slack);
    if one.meets(said) {
        return None;
    }
    let computed = one.high / unit.mean_days();
    let explain = format!(
        "{} {}s are {} {}s, not {}",
        shown(told.stated),
        of.name(),
        shown(computed),
        unit.name(),
        shown(length.stated)
    );
    Some(Draft::over(Kind::Period, &[length], length.stated, computed, explain))
}

/// "Sentenced to ten years, of which he has served seven; four years remain".
fn left(passage: &Passage, at: usize, rest: &Amount, unit: Unit) -> Option<Draft> {
    let start = at.saturating_sub(REACH).max(passage.sentence(at).start);
    let ahead = (start..at).chain(tail(passage, at)).any(|at| Cue::Ahead.is(passage.word(at)));
    let said = ahead || passage.has(start..at, &["rest"]) || passage.has(tail(passage, at), &["rest"]);
    let before = lengths_in(passage, 0..at);
    let ((whole_at, whole, of), gone) = before.split_first()?;
    // "The current is off 18 hours a day, which leaves seven".
    let of_day = *of == Unit::Hour && unit == Unit::Hour && said && gone.is_empty();
    if of_day && matches!(passage.atoms.get(whole_at + 1).map(|atom| &atom.item), Some(Item::Rate(Unit::Day)))
    {
        let left = DAY - whole.stated;
        let plain = whole.bounds.is_exact() && rest.bounds.is_exact() && left > 0.0 && rest.stated < DAY;
        let explain = format!("24 - {} = {}, not {}", shown(whole.stated), shown(left), shown(rest.stated));
        return (plain && left != rest.stated)
            .then(|| Draft::over(Kind::Difference, &[rest], rest.stated, left, explain));
    }
    // "Off for 18 hours out of 24, so that only six are left", «18 ساعة من أصل 24، فلم تصل إلا ست».
    let of_at = (whole_at + 1..whole_at + 3).find(|at| passage.symbol(*at) == "of");
    let all_of = of_at.and_then(|of| passage.count_at(of + 1)).filter(|_| gone.is_empty());
    let only = passage.has(start..at, &["except"]);
    if let Some(all) = all_of.filter(|all| all.bounds.is_exact() && (said || only) && *of == unit) {
        let left = all.stated - whole.stated;
        let wrong = left > 0.0 && left != rest.stated && rest.bounds.is_exact() && rest.stated < all.stated;
        return wrong.then(|| Draft::left_of(Kind::Difference, all, whole, rest, false));
    }
    // «وأمضى منها سبعاً»: of the same unit.
    let counted =
        |at: &usize| passage.count_at(*at).filter(|_| passage.has(at.saturating_sub(2)..*at, &["them"]));
    let parts: Vec<&Amount> = match gone {
        [] => (0..at).filter(|at| passage.count_at(*at).is_some()).filter_map(|at| counted(&at)).collect(),
        gone if gone.iter().all(|(_, _, unit)| unit == of) => gone.iter().map(|(_, one, _)| *one).collect(),
        _ => return None,
    };
    let exact =
        parts.iter().all(|part| part.bounds.is_exact()) && whole.bounds.is_exact() && rest.bounds.is_exact();
    let [part] = parts.as_slice() else { return None };
    // «ثلاث سنوات ونصف قضاها»: halves that are not read.
    let halves = (0..at).any(|at| passage.symbol(at) == "and" && passage.symbol(at + 1) == "P");
    let computed = whole.stated - part.stated;
    if halves
        || !said
        || !exact
        || *of != unit
        || computed <= 0.0
        || computed == rest.stated
        || rest.stated >= whole.stated
    {
        return None;
    }
    Some(Draft::left_of(Kind::Difference, whole, part, rest, false))
}

/// Whether a length of time opens its sentence, is spoken of as known, or follows the second day.
fn spoken_of(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence(at);
    let opens = (sentence.start..at).all(|at| matches!(passage.symbol(at), "in" | "and"));
    let lasted = passage.has(at.saturating_sub(3).max(sentence.start)..at, &["lasted"]);
    let apposed =
        at >= 2 && passage.symbol_before(at) == "," && matches!(passage.atoms[at - 2].item, Item::Day(_));
    // "Freed on 12 November, ten months later", «أي بعد 57 يوماً».
    let later = passage.symbol(at + 1) == "later" || passage.symbol_before(at) == "later";
    // "To mark eight years since the bombing of …", «بعد مرور ثماني سنوات على».
    let since = matches!(passage.word(at + 1), "since")
        || at > 0 && matches!(passage.word(at - 1), "مرور" | "لمرور" | "بمرور");
    let else_tied = passage.has(at + 1..at + 2, &["ago", "R", "every"]);
    // "For ten months, from 12 February until …".
    let bounded = passage.symbol(at + 1) == "," && matches!(passage.symbol(at + 2), "from" | "min");
    (opens || known(passage, at) || apposed || lasted || bounded || later || since) && !else_tied
}

/// "The first two days", «اليومان الأول والأخير»: some of a stretch.
fn is_some_of_it(passage: &Passage, at: usize) -> bool {
    matches!(passage.word(at + 1), "اول" | "اخير" | "اولان" | "اخيران")
        // "He was visited four times, the first time after seven months".
        || (at.saturating_sub(4)..at).any(|at| matches!(passage.word(at), "time" | "مره" | "مرات" | "times"))
        // "Is meant to last three days".
        || at > 1
            && matches!(passage.atoms[at - 1].word.as_str(), "first" | "last")
            && passage.symbol(at - 2) != "to"
}

/// "Those 97 days", "the 97 days that it lasted", «السنوات الثلاث التي»; not "the six-year war".
fn known(passage: &Passage, at: usize) -> bool {
    let before = (at.saturating_sub(2)..at).rev().find(|at| passage.symbol(*at) == "the");
    // «هذه الأسابيع الخمسة»: an article stands between.
    let shown = |at: usize| {
        matches!(passage.atoms[at].word.as_str(), "those" | "these" | "تلك")
            || passage.symbol_before(at) == "the"
    };
    let told =
        matches!(passage.word(at + 1), "of" | "that" | "which" | "between" | "تي" | "ذي" | "لتي" | "لذي");
    let owned = at > 0
        && matches!(passage.atoms[at - 1].word.as_str(), "her" | "his" | "its" | "their" | "my" | "our");
    owned || before.is_some_and(|at| shown(at) || told)
}

/// The only length of time of a paragraph, after its only two days and about as long as they are apart.
fn is_only_length(passage: &Passage, at: usize, length: &Amount, unit: Unit) -> bool {
    let mut others =
        passage.atoms.iter().filter(|atom| matches!(atom.item, Item::Length(..) | Item::Period(_)));
    let only = others.next().is_some() && others.next().is_none();
    let else_tied = passage.has(at + 1..at + 2, &["ago", "R", "every", "later"])
        || passage.has(at.saturating_sub(3)..at, &["every", "avg", "per"]);
    let days = two_days(passage, 0..at).filter(|_| two_days(passage, 0..passage.atoms.len()).is_some());
    only && !else_tied && days.is_some_and(|(first, last)| is_about(first, last, length, unit))
}

/// "On strike for seven weeks, for they began on 4 March and ended on 8 April": the only length of its sentence, before
/// the only two days of the paragraph, and about as long as they are apart.
fn is_told_first(passage: &Passage, at: usize, length: &Amount, unit: Unit) -> bool {
    let sentence = passage.sentence(at);
    let mut others = sentence.clone().filter(|at| matches!(passage.atoms[*at].item, Item::Length(..)));
    let only = others.next().is_some() && others.next().is_none();
    let else_tied = passage.has(at + 1..at + 2, &["ago", "R", "every", "later"])
        || passage.has(at.saturating_sub(3)..at, &["every", "avg", "per", "label"]);
    let next = passage.sentence(sentence.end + 1).end.max(sentence.end);
    let days = two_days(passage, at..sentence.end)
        // "Lifted after 18 days. It had been imposed on 3 March and ended on 21 March".
        .or_else(|| {
            two_days(passage, sentence.start..next)
                .filter(|_| lengths_in(passage, sentence.end..next).is_empty())
        })
        .filter(|_| two_days(passage, 0..passage.atoms.len()).is_some());
    only && !else_tied && days.is_some_and(|(first, last)| is_about(first, last, length, unit))
}

/// "On 25 May they were given ten days, which end on 4 June": the only length of its sentence between the only two days
/// of the paragraph, the second of which is said to end it.
fn is_deadline(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence(at);
    let only = sentence.clone().filter(|at| matches!(passage.atoms[*at].item, Item::Length(..))).count() == 1;
    let day = |at: &usize| matches!(passage.atoms[*at].item, Item::Day(_));
    let days: Vec<usize> = (0..passage.atoms.len()).filter(day).collect();
    let [first, last] = days.as_slice() else { return false };
    let ends = (at..*last).any(|at| Cue::Ends.begins(passage.word(at)));
    only && *first < at
        && at < *last
        && ends
        && *last < passage.sentence(sentence.end + 1).end.max(sentence.end)
}

/// Whether a length is about as long as two days are apart.
fn is_about(first: Dated, last: Dated, length: &Amount, unit: Unit) -> bool {
    let Some(period) = dates::period(first, last) else { return false };
    let exact = period.length(unit).high;
    // "72 hours" are three days.
    let days =
        unit > Unit::Hour || unit == Unit::Hour && length.stated >= 24.0 && length.stated % 24.0 == 0.0;
    days && length.stated < exact * NEAR && exact < length.stated * NEAR
}

/// The only two days of a stretch, in the order of the text.
pub(super) fn two_days(passage: &Passage, within: Range<usize>) -> Option<(Dated, Dated)> {
    let days: Vec<Dated> = within
        .filter_map(|at| if let Item::Day(day) = passage.atoms[at].item { Some(day) } else { None })
        .collect();
    let [first, last] = days.as_slice() else { return None };
    Some((*first, *last))
}

/// A length of time against the two days of its sentence, else those of the sentence before too.
fn between(passage: &Passage, at: usize, length: &Amount, unit: Unit) -> Option<Draft> {
    let sentence = passage.sentence(at);
    // «ثلاث سنوات ونصف السنة».
    if passage.symbol(at + 1) == "and" && passage.symbol(at + 2) == "P" {
        return None;
    }
    // "The outage before it had lasted about two weeks".
    if (sentence.start..at).any(|at| super::is_past(passage, at) && passage.word(at) != "last") {
        return None;
    }
    // "An earlier blockade, in 2028, had lasted eleven weeks": the sentence has a time of its own.
    let elsewhere = sentence.clone().any(|at| matches!(passage.atoms[at].item, Item::Period(_)));
    // "On strike from 2 to 30 May …, which lasted six weeks".
    let periods: Vec<Period> = sentence.clone().filter_map(|at| passage.period_at(at)).collect();
    let lasted = passage.has(at.saturating_sub(3)..at, &["lasted"]) || is_from_to(passage, at);
    if let ([period], true) = (periods.as_slice(), lasted) {
        let fits = period.length(unit).meets(length.bounds) || length.is_vague();
        return (!fits && period.step == Unit::Day).then(|| Draft::length(*period, unit, length));
    }
    // "Imposed in May 2026 and lifted in May 2029, lasted three years".
    let months: Vec<Dated> = sentence.clone().filter_map(|at| date_at(passage, at)).collect();
    // "Arrested in June 2018 and freed in June 2024 after six years".
    let after = passage.symbol(at + 1) == "later" || passage.symbol_before(at) == "later";
    let dated = || sentence.clone().filter_map(|at| date_at(passage, at)).all(has_year);
    let last_before = || sentence.clone().rfind(|at| date_at(passage, *at).is_some()) < Some(at);
    if let ([first, last], true) =
        (months.as_slice(), (lasted || after && dated() && last_before()) && elsewhere)
    {
        let period = dates::period(*first, *last)?;
        let fits = period.length(unit).meets(length.bounds) || length.is_vague();
        return (!fits).then(|| Draft::length(period, unit, length));
    }
    // "On 21 January, three months since their separation. On 3 March …": of what it is since.
    let since = matches!(passage.word(at + 1), "since" | "منذ");
    // "Over the six weeks of the siege", after two days of something else.
    let before = passage.sentence(passage.before(at));
    let tied = !passage.has(at + 1..at + 2, &["of"])
        || ties::opens_back(passage, sentence.clone())
        || ties::is_told_again(passage, &before, &sentence);
    let both = || two_days(passage, passage.before(at)..sentence.end).filter(|_| !since && tied);
    let (first, last) = two_days(passage, sentence.clone())
        .or_else(|| if elsewhere { None } else { both() })
        .or_else(|| (tied && known(passage, at)).then(|| two_days(passage, 0..at)).flatten())
        .or_else(|| {
            is_told_first(passage, at, length, unit)
                .then(|| two_days(passage, at..passage.atoms.len()))
                .flatten()
        })?;
    let periods: Vec<Period> =
        [dates::period(first, last), dates::period(last, first)].into_iter().flatten().collect();
    let shortest = periods.iter().min_by(|one, two| one.days.low.total_cmp(&two.days.low))?;
    if length.is_vague() || periods.iter().any(|period| period.length(unit).meets(length.bounds)) {
        return None;
    }
    // "Twenty minutes after the raid", beside two days: of something else.
    let exact = shortest.length(unit).high;
    let far = length.stated > exact * FAR || exact > length.stated * FAR;
    (!far).then(|| Draft::length(*shortest, unit, length))
}

/// "From its founding in 1979 to its end in 2011, that is 42 years": whether a length is what two dates with "from" and "to" are
/// said to come to.
fn is_from_to(passage: &Passage, at: usize) -> bool {
    let sentence = passage.sentence(at);
    let dates: Vec<usize> = sentence.clone().filter(|at| date_at(passage, *at).is_some()).collect();
    let [first, last] = dates.as_slice() else { return false };
    let edges = |within: Range<usize>, symbols: &[&str]| passage.has(within, symbols);
    let tied = edges(sentence.start..*first, &["from", "min"]) && edges(*first..*last, &["to"]);
    let link = *last + 1..at;
    let marks = |at: usize| matches!(passage.symbol(at), "," | "is" | "(" | "-" | "thus" | ":" | "skip");
    *last < at && tied && link.len() <= REACH / 2 && !link.is_empty() && link.into_iter().all(marks)
}

fn has_year(date: Dated) -> bool {
    match date {
        Dated::Day { year, .. } | Dated::Month { year, .. } => year.is_some(),
        Dated::Year(_) => true,
    }
}

/// The day, month or year at a place.
fn date_at(passage: &Passage, at: usize) -> Option<Dated> {
    match passage.atoms[at].item {
        Item::Day(day) => Some(day),
        Item::Period(period) => period.date,
        _ => None,
    }
}

/// "Born on 14 May 1981, was shot on 2 June 2024. She was 33", "was 33 when … on 2 June 2024", «وهي في الثالثة عشرة».
fn age(passage: &Passage, at: usize) -> Option<Draft> {
    let born = (0..at).rev().find(|at| passage.symbol(*at) == "born")?;
    let birthday = (born + 1..at.min(born + REACH)).find(|at| date_at(passage, *at).is_some())?;
    let years = match &passage.atoms[at].item {
        Item::Length(years, Unit::Year) | Item::Count(years) | Item::Age(years) => Some(years),
        _ => None,
    };
    // Who is in the thirteenth year of life is twelve; many say so of somebody who is thirteen.
    let row = ordinals::number_at(passage, at).filter(|_| is_year_of_life(passage, at));
    // Two sentences after a birth somebody else is spoken of, and no number is above what people live.
    let years = years.filter(|years| years.stated <= OLDEST);
    if passage.before(at) > birthday {
        return None;
    }
    let said = match (years.filter(|years| !years.is_vague() && is_aged(passage, at)), row) {
        (Some(years), _) => years.bounds,
        (_, Some(row)) => Bounds::new(row - 1.0, row),
        _ => return None,
    };
    let dates: Vec<Dated> = (birthday..passage.atoms.len()).filter_map(|at| date_at(passage, at)).collect();
    let before: Vec<Dated> = (birthday..at).filter_map(|at| date_at(passage, at)).collect();
    let two = if before.len() == 2 { before } else { dates };
    let [first, last] = two.as_slice() else { return None };
    let allowed = dates::full_years(*first, *last).or_else(|| {
        let full = (dates::period(*first, *last)?.days.low - 1.0) / Unit::Year.mean_days();
        Some(Bounds::new((full - 0.01).floor(), (full + 0.01).floor()))
    })?;
    if said.meets(allowed) {
        return None;
    }
    let explain = format!(
        "between birth and that day are {} full years, not {}",
        shown(allowed.high),
        shown(said.high)
    );
    let points = ordinals::points_of(passage, at);
    Some(Draft::at(points, Kind::Period, said.high, allowed.high, explain))
}

/// Whether a number is said of how old somebody is.
pub(super) fn is_aged(passage: &Passage, at: usize) -> bool {
    let aged = passage.has(at.saturating_sub(2)..at, &["is", "age"])
        || passage.has(at.saturating_sub(3)..at, &["age"])
        || at > 0 && passage.atoms[at - 1].word == "عن"
        || (at.saturating_sub(3)..at).any(|at| matches!(passage.word(at), "عمره" | "عمرها"));
    let plain = matches!(passage.symbol(at + 1), "and" | "." | "," | "w" | "n" | "")
        || matches!(passage.word(at + 1), "when" | "years" | "old" | "at");
    aged && plain
}

/// «في الثالثة عشرة من عمره», "in her thirteenth year".
fn is_year_of_life(passage: &Passage, at: usize) -> bool {
    let end = passage.sentence(at).end.min(at + 4);
    let life = (at + 1..end).any(|at| matches!(passage.word(at), "عمره" | "عمرها" | "عمر"));
    let own = at > 0 && matches!(passage.atoms[at - 1].word.as_str(), "his" | "her");
    life || own && passage.atoms.get(at + 1).is_some_and(|atom| atom.word == "year")
}
