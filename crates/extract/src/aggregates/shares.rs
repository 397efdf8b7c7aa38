//! Shares: "about 40% of the city’s population", "a quarter of them", "more than half of the deaths", «ثلث الضحايا».

use std::ops::Range;

use sijil_model::codebook::{AggregateKind, CountUnit, Harm, OtherHarm};
use sijil_model::{Quantity, Said};

use super::Total;
use crate::sense::{HarmForm, Hedge, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// How far after a share stands what it is of.
const REACH: usize = 8;
/// Most tokens of a hedge: "no less than".
const HEDGE: usize = 4;

/// A share, and its words.
pub(super) struct Share {
    /// The lower end in thousandths.
    pub low: u32,
    /// The upper end in thousandths.
    pub high: u32,
    /// Whether it is told as nearly that.
    pub approximate: bool,
    /// Its words.
    pub run: Range<usize>,
}

/// What a share is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// The dead or hurt of a total.
    Victims,
    People,
    Things(CountUnit),
}

/// The shares of a sentence.
pub(super) fn find(window: &Window<'_>, run: &Range<usize>) -> Vec<Total> {
    run.clone().filter_map(|at| share(window, at, run)).collect()
}

fn share(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<Total> {
    let share = hedged(window, percent(window, at).or_else(|| in_words(window, at))?, run);
    let (of, end) = of_what(window, &share.run, run)?;
    let displaced = window.tags.any(run.clone(), |sense| matches!(sense, Sense::Displaced));
    // "half of the families live on olives" says nothing of harm.
    let harmed = || {
        window.tags.any(run.clone(), |sense| matches!(sense, Sense::Harm(..) | Sense::Destroyed(_)))
            || run.clone().any(|at| window.tokens.is_on(Words::OutOfUse, at))
    };
    if of != Of::Victims && !displaced && !harmed() {
        return None;
    }
    let unit = match of {
        Of::Victims => CountUnit::Victims,
        Of::People => CountUnit::PercentOfPopulation,
        Of::Things(unit) => unit,
    };
    let quantity = Quantity::Share { low: share.low, high: share.high, approximate: share.approximate };
    let said = Said { quantity, text: window.tokens.quote(&share.run).to_owned() };
    Some(Total {
        other: (displaced && of == Of::People).then_some(OtherHarm::DisplacedPersons),
        harm: (of == Of::Victims).then_some(Harm::KilledOrInjured),
        count: Some(said),
        ..Total::new(AggregateKind::Share, share.run.start..end, unit, "share")
    })
}

/// What stands after a share, and where its word ends: nothing but words may stand between.
fn of_what(window: &Window<'_>, share: &Range<usize>, run: &Range<usize>) -> Option<(Of, usize)> {
    let last = share.end - 1;
    // «ثلثهم», "a quarter of them": of those told before.
    let them = window.tokens.is_arabic(last) && window.tokens.word(last).ends_with("هم");
    if them || matches!(window.tokens.word(share.end), "them" | "those") {
        return Some((Of::Victims, share.end + usize::from(!them)));
    }
    let words = |here: &usize| window.tokens.is_word(*here) || window.tokens.mark(*here) == Some('\'');
    (share.end..(share.end + REACH).min(run.end)).take_while(words).find_map(|here| {
        let victims = window.tokens.is_on(Words::TheDead, here);
        let found = window.tags.find(here, |sense| match sense {
            Sense::Harm(_, HarmForm::People(_)) => Some(Of::Victims),
            Sense::Population | Sense::People(_) => Some(Of::People),
            Sense::Unit(Some(CountUnit::Families)) => Some(Of::People),
            Sense::Unit(Some(unit)) => Some(Of::Things(*unit)),
            Sense::Unit(None) if !window.tokens.is_on(Words::Measures, here) => {
                Some(Of::Things(CountUnit::Locations))
            }
            Sense::Site(_) => Some(Of::Things(CountUnit::Locations)),
            _ => None,
        });
        match found {
            _ if victims => Some((Of::Victims, here + 1)),
            found => found.map(|(of, tag)| (of, here + usize::from(tag.length))),
        }
    })
}

/// "more than half": the share is the lower end; "about a third": nearly that.
fn hedged(window: &Window<'_>, share: Share, run: &Range<usize>) -> Share {
    let at = share.run.start;
    let article = usize::from(at > run.start && matches!(window.tokens.word(at - 1), "a" | "one"));
    let start = at - article;
    let before = (start.saturating_sub(HEDGE).max(run.start)..start).find_map(|here| {
        let (hedge, tag) = window
            .tags
            .find(here, |sense| if let Sense::Hedge(hedge) = sense { Some(*hedge) } else { None })?;
        (here + usize::from(tag.length) == start).then_some((hedge, here))
    });
    let Some((hedge, here)) = before else { return Share { run: start..share.run.end, ..share } };
    let (low, high, approximate) = match hedge {
        Hedge::AtLeast | Hedge::MoreThan => (share.low, 1000, false),
        Hedge::AtMost | Hedge::LessThan => (0, share.high, false),
        Hedge::About => (share.low, share.high, true),
    };
    Share { low, high, approximate, run: here..share.run.end }
}

/// "40%", "40 per cent of", «40 في المئة من».
pub(super) fn percent(window: &Window<'_>, at: usize) -> Option<Share> {
    let word = |step: usize| window.tokens.word(at + step);
    let width = match (word(1), word(2)) {
        _ if !window.tokens.is_number(at) => return None,
        _ if window.tokens.is_mark(at + 1, '%') => 2,
        ("percent" | "بالميه" | "بالمايه", _) => 2,
        ("per", "cent") | ("في", "الميه" | "المايه") => 3,
        _ => return None,
    };
    let value: f64 = window.tokens.raw(at).parse().or_else(|_| window.tokens.word(at).parse()).ok()?;
    let thousandths = (value * 10.0).round().clamp(0.0, 1000.0) as u32;
    Some(Share { low: thousandths, high: thousandths, approximate: false, run: at..at + width })
}

/// "half of", "a third of", «نصف», «ثلثهم».
fn in_words(window: &Window<'_>, at: usize) -> Option<Share> {
    let ((low, high), tag) = window
        .tags
        .find(at, |sense| if let Sense::Share(low, high) = sense { Some((*low, *high)) } else { None })?;
    let end = at + usize::from(tag.length);
    let follows = window.tokens.word(end) == "of";
    let of = follows || window.tokens.word(end - 1) == "of";
    (window.tokens.is_arabic(at) || of).then_some(Share {
        low,
        high,
        approximate: false,
        run: at..end + usize::from(follows),
    })
}
