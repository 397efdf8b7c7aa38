//! What a text says that makes a finding none: its shares are rounded, somebody is counted in two groups, a number is
//! corrected, another time or another whole is told of.

use std::ops::Range;

use super::{NARROW, added_and_struck_off, concludes, is_past, people, plain, same_thing};
use crate::amounts::Amount;
use crate::arithmetic::Bounds;
use crate::cues::Cue;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::lexicon::Lexicon;
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How many points a share of a share may be off what was computed.
const NESTED: f64 = 0.5;

/// The same as a part of it.
const NEARLY: f64 = 0.03;

/// All of a whole in per cent, and how far rounded shares may be from it together.
const ALL: f64 = 100.0;
const ROUNDED: f64 = 3.0;

/// How many must tell numbers for them to be of several.
const SOURCES: usize = 2;

/// How many symbols after a share may narrow down its whole, and how many letters a word has that does.
const NAMED: usize = 12;
const LETTERS: usize = 4;

/// Words that narrow down a whole.
pub(super) const WHOSE: [&str; 6] = ["those", "التي", "الذين", "اللواتي", "اللاتي", "الذي"];

/// How far before "more than one" it may be denied.
const BEFORE: usize = 8;

/// Whether a text says that the number is a wrong one, or that its numbers need not add up: some are in two groups, or
/// shares are rounded.
pub(crate) fn is_excused(passage: &Passage, draft: &Draft) -> bool {
    is_corrected(passage, draft)
        || need_not_add_up(passage, draft)
        || draft.kind == Kind::Percentage && is_of_another_whole(passage, draft)
        || is_of_earlier_time(passage, draft)
        || draft.kind == Kind::Sum && are_of_several_sources(passage, draft)
}

/// Whether the numbers of a sum are told by several: "Shehab reports that 20 were hurt, the centre reports 30".
fn are_of_several_sources(passage: &Passage, draft: &Draft) -> bool {
    let at = |point: &u32| passage.atoms.partition_point(|atom| atom.points.end <= *point);
    let (Some(first), Some(last)) = (draft.of.iter().map(at).min(), draft.of.iter().map(at).max()) else {
        return false;
    };
    let start = passage.sentence(first).start;
    let tells = |at: &usize| {
        let word = passage.word(*at);
        Cue::Tells.is(word) || word.strip_prefix(['و', 'ف']).is_some_and(|word| Cue::Tells.is(word))
    };
    (start..last).filter(tells).count() >= SOURCES
}

/// Whether a share or a rate is told of an earlier time, and what it is held against of the time that the text is about: "at
/// the same point last year the appeal was 52 per cent funded", "the monthly average of the year before was 130".
fn is_of_earlier_time(passage: &Passage, draft: &Draft) -> bool {
    if !matches!(draft.kind, Kind::Percentage | Kind::Rate) {
        return false;
    }
    let own = |at: &usize| {
        passage.number_at(*at).or(passage.amount_at(*at)).is_some_and(|amount| {
            amount.stated == draft.stated && draft.points.contains(&amount.points.start)
        })
    };
    let Some(at) = (0..passage.atoms.len()).rev().find(own) else { return false };
    let sentence = passage.sentence(at);
    let change = passage.symbol(at) == "P" && is_change(passage, at);
    // Numbers of its own sentence are of its own time.
    let told = |point: &u32| {
        *point != passage.atoms[at].points.start
            && sentence.clone().any(|at| passage.atoms[at].points.contains(point))
    };
    let beside = sentence.clone().filter(|place| *place != at && passage.number_at(*place).is_some()).count();
    let own_two = beside > 1 || draft.of.iter().filter(|point| told(point)).count() > 1;
    let month = |within: Range<usize>| within.into_iter().find_map(|at| passage.period_at(at)?.date);
    let past = (sentence.start..at).any(|at| {
        is_past(passage, at)
            && (at.saturating_sub(2)..at + 3).any(|at| Lexicon::get().unit(passage.word(at)).is_some())
    });
    // "From 1 to 30 April 186,300 meals … In March the daily average was 5,940".
    let elsewhere = draft.kind == Kind::Rate
        && month(sentence.start..at).is_some()
        && passage.has(0..sentence.start, &["T", "M"])
        && !passage.counts(sentence.clone()).iter().any(|(place, _)| *place != at);
    // "Last month it was 72, so deliveries have been cut to half": of both.
    let both =
        concludes(passage, sentence.start..at) || passage.has(sentence.start..at, &["cmp", "down", "up"]);
    !change && !both && !own_two && (past || elsewhere)
}

/// Whether a share says itself of what it is, and no number counts that: "40 per cent of those that it actually decided",
/// "among the 300 boys the figure was 20 per cent".
fn is_of_another_whole(passage: &Passage, draft: &Draft) -> bool {
    let own = |at: usize| match &passage.atoms[at].item {
        Item::Share(share) => share.stated == draft.stated && draft.points.contains(&share.points.start),
        _ => false,
    };
    let Some(at) = (0..passage.atoms.len()).find(|at| own(*at)) else { return false };
    is_of_some(passage, at) || is_of_own_group(passage, at, draft)
}

/// "40 per cent of the cases that the courts heard": whether words that no number was told with narrow down the whole.
fn is_of_some(passage: &Passage, at: usize) -> bool {
    let end = passage.sentence(at).end;
    let mark = |at: &usize| matches!(passage.symbol(*at), "," | ";" | ":" | ")" | "-" | "N" | "P");
    let tail: Vec<usize> = (at + 1..end).take_while(|at| !mark(at)).take(NAMED).collect();
    let of = tail.first().is_some_and(|at| matches!(passage.symbol(*at), "of" | "min"));
    let who = tail.iter().position(|at| WHOSE.contains(&passage.atoms[*at].word.as_str()));
    let Some(who) = who.filter(|_| of) else { return false };
    let told = |word: &str| (0..at).any(|at| same_thing(passage.word(at), word));
    let mut words =
        tail[who + 1..].iter().map(|at| passage.word(*at)).filter(|word| word.chars().count() >= LETTERS);
    let first = words.next();
    first.is_some_and(|first| !told(first) && !words.any(told))
}

/// "Among the 300 boys the figure was 20%": whether the only number of a share's clause that it rests on is the whole, and no
/// part of it is told.
fn is_of_own_group(passage: &Passage, at: usize, draft: &Draft) -> bool {
    let start = passage.sentence(at).start;
    let clause =
        (start..at).rev().find(|at| matches!(passage.symbol(*at), ";" | ":")).map_or(start, |mark| mark + 1);
    let counts = plain(passage, clause..at, at);
    let [(place, group)] = counts.as_slice() else { return false };
    let opens = place - clause <= 4;
    let among = passage.has(clause..*place, &["of", "them", "min"]) && !passage.has(clause..*place, &[","]);
    let beside = (place + 1..at).all(|at| matches!(passage.symbol(at), "n" | "w" | "," | "(" | "-" | "is"));
    let mark =
        matches!(passage.symbol_before(at), "(" | "," | "-") || passage.symbol_before(at) == "is" && beside;
    // "Of the 300 boys, 20%" has its whole, and what is computed is of another.
    opens && among && !mark && draft.of.contains(&group.points.start) && is_smaller(passage, group, draft)
}

/// Whether a finding takes a number for the part.
fn is_smaller(passage: &Passage, group: &Amount, draft: &Draft) -> bool {
    let counts = plain(passage, 0..passage.atoms.len(), passage.atoms.len());
    let mut others = counts.iter().filter(|(_, one)| draft.of.contains(&one.points.start));
    others.any(|(_, other)| other.stated > group.stated)
}

fn need_not_add_up(passage: &Passage, draft: &Draft) -> bool {
    let stated = (0..passage.atoms.len()).rev().find(|at| {
        let count = passage.count_at(*at);
        count.is_some_and(|count| count.stated == draft.stated && draft.points.contains(&count.points.start))
    });
    if draft.kind == Kind::Sum
        && stated.is_some_and(|at| people::may_come_to(passage, draft.stated, draft.computed, at))
    {
        return true;
    }
    // "Without anybody counted in more than one".
    let nobody = |at: usize| {
        let mut before = (at.saturating_sub(BEFORE)..at).map(|at| passage.atoms[at].word.as_str());
        before.any(|word| matches!(word, "without" | "nobody" | "none" | "no" | "not" | "دون" | "لا" | "لم"))
    };
    let several = |at: usize| {
        let one = passage.count_at(at).is_some_and(|one| one.stated == 1.0)
            && matches!(passage.atoms[at].word.as_str(), "more" | "اكثر");
        let more = passage.symbol(at) == "more"
            && matches!(passage.word(at + 1), "one" | "اجابه" | "فيه" | "فئه" | "حاجه" | "خيار" | "سبب");
        (one || more) && !nobody(at)
    };
    // "A single case may involve several violations".
    let may_be_several = |at: usize| {
        let one = |at: usize| {
            matches!(passage.word(at), "single" | "same" | "one" | "واحد" | "واحده" | "نفسه" | "نفسها")
                || passage.symbol(at) == "one"
        };
        let many = |at: usize| {
            matches!(passage.word(at), "several" | "multiple" | "both" | "two" | "عده" | "اكثر" | "متعدده")
        };
        let near = at.saturating_sub(BEFORE)..(at + BEFORE).min(passage.atoms.len());
        // «قد تتضمن» may, «قد تضمنت» has.
        let next = passage.word(at + 1);
        let may = passage.symbol(at) == "nor" || passage.word(at) == "قد" && next.starts_with(['ت', 'ي']);
        may && near.clone().any(one) && near.into_iter().any(many)
    };
    // "Not verified, and not included in the total", «لا يدخل في المجموع».
    let left_out = |at: usize| {
        let denied = passage.atoms.get(at.wrapping_sub(1)).map_or("", |atom| atom.word.as_str());
        let counted = matches!(
            passage.word(at),
            "included"
                | "include"
                | "counted"
                | "count"
                | "يدخل"
                | "تدخل"
                | "يشمل"
                | "يشمله"
                | "تشمل"
                | "يحتسب"
                | "تحتسب"
                | "محتسب"
                | "محسوب"
        );
        let in_total = passage.has(at + 1..at + 5, &["total"]);
        let denied = matches!(denied, "not" | "لا" | "لم" | "ولا" | "ولم" | "غير");
        in_total && (counted && denied || Cue::LeftOut.is(passage.word(at)))
    };
    let rounded = |at: usize| matches!(passage.word(at), "rounded" | "rounding" | "تقريب" | "لتقريب");
    // "Five by day and three by night, six in all: two of them work in both shifts".
    let both = |at: usize| {
        let twice = passage.count_at(at).filter(|_| passage.has(at + 1..at + 3, &["them"]));
        twice.is_some_and(|twice| draft.computed - twice.stated == draft.stated)
    };
    // "300 dollars for himself and 150 for each of his two children, 600 in all".
    let of_each = |at: usize| {
        let each = matches!(passage.symbol(at), "each" | "every" | "per");
        let next = (at + 1..at + BEFORE).find_map(|at| passage.count_at(at)).filter(|_| each);
        let last = (at.saturating_sub(BEFORE)..at).rev().find_map(|at| passage.count_at(at));
        next.zip(last)
            .is_some_and(|(times, part)| draft.computed + part.stated * (times.stated - 1.0) == draft.stated)
    };
    let hundred = (ALL - draft.stated).abs() <= ROUNDED || draft.computed == ALL;
    // "29 on Saturday and 24 on Sunday; some made both trips, so that only 33 different vehicles were used".
    let counted_once = |at: usize| {
        draft.stated < draft.computed
            && matches!(
                passage.word(at),
                "both"
                    | "twice"
                    | "different"
                    | "distinct"
                    | "unique"
                    | "مرتين"
                    | "كلتا"
                    | "كلا"
                    | "كلتيهما"
                    | "كليهما"
                    | "مختلفه"
                    | "مختلفا"
            )
            && !nobody(at)
            && passage.amount_at(at).is_none()
            && Lexicon::get().people(passage.word(at + 1)).is_none()
            && passage.amount_at(at + 1).is_none()
    };
    // "They could name several, so that the shares come to more than 100 per cent".
    let of_shares = |at: usize| {
        draft.stated == ALL
            && matches!(
                passage.word(at),
                "shares"
                    | "percentages"
                    | "answers"
                    | "figures"
                    | "نسب"
                    | "اجابات"
                    | "مجموع"
                    | "exceed"
                    | "exceeds"
            )
    };
    let added_up = matches!(draft.kind, Kind::Sum | Kind::Table);
    draft.kind == Kind::Percentage && is_weighted(passage, draft)
        || (0..passage.atoms.len()).any(|at| {
            added_up
                && (several(at)
                    || left_out(at)
                    || may_be_several(at)
                    || both(at)
                    || of_each(at)
                    || counted_once(at))
                || hundred && rounded(at)
                || of_shares(at)
        })
}

/// Whether a share is of one of two groups, or of both together: "40% of the 500 girls and 20% of the 300 boys, 32.5% of
/// all children".
fn is_weighted(passage: &Passage, draft: &Draft) -> bool {
    let mut start = 0;
    while start < passage.atoms.len() {
        let sentence = passage.sentence(start);
        let next = passage.sentence(sentence.end + 1).end.max(sentence.end);
        if [sentence.end, next].iter().any(|end| are_weighted(passage, sentence.start..*end, draft.stated)) {
            return true;
        }
        start = sentence.end + 1;
    }
    false
}

/// Whether a stretch tells of two groups and three shares, one of which is that of both together.
fn are_weighted(passage: &Passage, within: Range<usize>, stated: f64) -> bool {
    let shares: Vec<&Amount> = within
        .clone()
        .filter_map(|at| if let Item::Share(share) = &passage.atoms[at].item { Some(share) } else { None })
        .collect();
    let counts: Vec<Bounds> =
        plain(passage, within, passage.atoms.len()).iter().map(|(_, one)| one.bounds).collect();
    let ([first, second, third], [one, other]) = (shares.as_slice(), counts.as_slice()) else { return false };
    let together = |of_one: &Amount, of_other: &Amount| {
        let all = one.low + other.low;
        of_one.bounds.times(one.low / all).plus(of_other.bounds.times(other.low / all))
    };
    shares.iter().any(|share| share.stated == stated)
        && [(first, second, third), (first, third, second), (second, third, first)].iter().any(
            |(one, other, all)| {
                together(one, other).meets(all.bounds) || together(other, one).meets(all.bounds)
            },
        )
}

/// Whether a text that tells of several times gives the numbers a share of their own: "one in five in 2030; in 2031, with
/// 40 of 160, one in four".
pub(super) fn is_of_another_time(passage: &Passage, draft: &Draft) -> bool {
    let own = |at: usize| match &passage.atoms[at].item {
        Item::Share(share) => {
            // "Most" says nothing of its own.
            let narrow = share.bounds.high - share.bounds.low < NARROW;
            narrow && share.stated != draft.stated && share.bounds.meets(Bounds::exactly(draft.computed))
        }
        _ => false,
    };
    let times = ["M", "T", "sofar", "ago"];
    let told = (0..passage.atoms.len()).find(|at| own(*at));
    told.is_some_and(|at| passage.has(passage.before(at)..passage.sentence(at).end, &times))
}

/// Whether a text says that the number is a wrong one: "an earlier version said 57. The correct number is 75".
fn is_corrected(passage: &Passage, draft: &Draft) -> bool {
    // "The correct number is 75": it is told there.
    let told = |at: usize| (at + 1..at + 5).any(|at| passage.amount_at(at).is_some());
    let right = (0..passage.atoms.len()).rev().find(|at| Cue::Right.is(passage.word(*at)) && told(*at));
    let wrong = |at: usize| passage.amount_at(at).is_some_and(|amount| amount.stated == draft.stated);
    right.is_some_and(|right| (0..right).any(wrong) && !(right..passage.atoms.len()).any(wrong))
}

/// Whether the numbers of a passage before a finding, some added and some struck off, give what it says is wrong.
pub(crate) fn is_explained(passage: &Passage, draft: &Draft) -> bool {
    let own = |at: usize| {
        let points = &passage.atoms[at].points;
        draft.points.contains(&points.start) && passage.count_at(at).is_some_and(|n| n.stated == draft.stated)
    };
    let stated = (0..passage.atoms.len()).rev().find(|at| own(*at));
    stated.and_then(|at| Some((at, passage.count_at(at)?))).is_some_and(|(at, number)| {
        let before: Vec<&Amount> = plain(passage, 0..at, at).into_iter().map(|(_, count)| count).collect();
        added_and_struck_off(number.bounds, &before)
    })
}

/// Whether a share is of a share, and both together are what was computed: "60 per cent of the 500 fled, and half of those,
/// 150, more than once", "70% of the 300 were civilians. Of the civilians 30% were children: 63".
pub(super) fn is_nested(passage: &Passage, draft: &Draft) -> bool {
    let counts = plain(passage, 0..passage.atoms.len(), passage.atoms.len());
    let wholes: Vec<f64> = counts.iter().map(|(_, count)| count.stated).collect();
    // The number that is said to be such a share.
    let own = counts.iter().filter(|(_, count)| draft.of.contains(&count.points.start));
    let parts: Vec<f64> = own.map(|(_, part)| part.stated).collect();
    let shares = passage.atoms.iter().filter_map(|atom| match &atom.item {
        Item::Share(share) if share.stated != draft.stated => Some(share.stated),
        _ => None,
    });
    shares.flat_map(|other| [other, 100.0 - other]).any(|other| {
        let of_it = draft.stated * other / 100.0;
        let is_it = |share: f64| (of_it - share).abs() < NESTED.min(share * NEARLY);
        is_it(draft.computed)
            || parts.iter().any(|part| wholes.iter().any(|whole| is_it(part / whole * 100.0)))
    })
}
