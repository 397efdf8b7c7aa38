//! Headings of entries: "4 October, Nahran." and «4 تشرين الأول، نهران:» at the start of a line, a day and a place that head
//! what is told after them, as bulletins and chronicles write.

use std::ops::Range;

use crate::sense::Sense;
use crate::sentences::Sentence;
use crate::times::Extent;
use crate::window::Window;

/// Most tokens of a heading.
const LONGEST: usize = 14;
/// Most words of its place.
const WORDS: usize = 5;

/// The words for the place in the heading that a sentence begins with.
pub(crate) fn place_of_heading(window: &Window<'_>, sentence: &Sentence) -> Option<Range<usize>> {
    if !(sentence.opens_line || sentence.run.start == 0) {
        return None;
    }
    let marked = |at: usize| window.tokens.mark(at);
    let start = sentence.run.clone().find(|at| !matches!(marked(*at), Some('-' | '•')))?;
    let day = window
        .within(&window.times, &(start..sentence.run.end), |time| &time.run)
        .iter()
        .find(|time| time.extent == Extent::Moment && time.is_calendar_day())?;
    let last = (start + LONGEST).min(sentence.run.end);
    let dash = |at: usize| window.tokens.is_mark(at, '-') && !window.tokens.is_glued(at);
    let ends = |at: usize| {
        !day.run.contains(&at) && (matches!(marked(at), Some('.' | ':')) || at > day.run.end && dash(at))
    };
    let end = (start..last).find(|at| ends(*at)).or((last == sentence.run.end).then_some(last))?;
    let place = if day.run.start == start {
        day.run.end..end
    } else if day.run.end == end {
        start..day.run.start
    } else {
        return None;
    };
    let apart = [day.run.end, day.run.start.saturating_sub(1)];
    let apart =
        apart.into_iter().any(|at| (start..end).contains(&at) && (marked(at) == Some(',') || dash(at)));
    let place = without_marks(window, place);
    let words = place.clone().all(|at| is_of_a_name(window, at));
    (apart && words && !place.is_empty() && place.len() <= WORDS && day.run.end <= end).then_some(place)
}

/// A run without the marks at its ends.
fn without_marks(window: &Window<'_>, run: Range<usize>) -> Range<usize> {
    let word = |at: &usize| window.tokens.mark(*at).is_none();
    let start = run.clone().find(word).unwrap_or(run.end);
    let end = run.rev().find(word).map_or(start, |last| last + 1);
    start..end.max(start)
}

/// Whether a token may be part of a place's name: a capital, an Arabic word, and nothing that tells of harm or speech.
fn is_of_a_name(window: &Window<'_>, at: usize) -> bool {
    let tells = |sense: &Sense| {
        matches!(
            sense,
            Sense::Harm(..)
                | Sense::Strike
                | Sense::Says
                | Sense::People(_)
                | Sense::Means(..)
                | Sense::Role(_)
        )
    };
    let word = window.tokens.is_word(at) && !window.tokens.is_number(at);
    let name = window.tokens.is_arabic(at)
        || window.tokens.is_capital(at)
        || matches!(window.tokens.word(at), "al" | "of" | "camp" | "town" | "village" | "near");
    word && name && !window.tags.is(at, tells)
}
