//! Stage 6: what was hit, with what, and what is said of it: sites, means and damage.

use std::ops::Range;

use sijil_model::Said;
use sijil_model::codebook::{Coded, Damage, Means, SiteAssertion, SiteKind};

use crate::numbers;
use crate::sense::{MeansPart, Sense};
use crate::window::Window;
use crate::word_lists::Words;

/// A site in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    pub kind: SiteKind,
    pub run: Range<usize>,
    pub assertion: SiteAssertion,
    pub damage: Damage,
    pub count: Option<Said>,
    /// The family whose home it is.
    pub family: Option<Range<usize>>,
}

/// The sites that a run of tokens says were hit.
pub(crate) fn sites(window: &Window<'_>, run: &Range<usize>) -> Vec<Site> {
    let hit = window.tags.any(run.clone(), |sense| {
        matches!(sense, Sense::Strike | Sense::Targeting | Sense::Means(..) | Sense::Destroyed(_))
    });
    if !hit {
        return Vec::new();
    }
    let mut found: Vec<Site> = Vec::new();
    let mut at = run.start;
    while at < run.end {
        let Some((kind, tag)) =
            window.tags.find(at, |sense| if let Sense::Site(kind) = sense { Some(*kind) } else { None })
        else {
            at += 1;
            continue;
        };
        let end = at + usize::from(tag.length);
        if is_hit(window, at, run)
            && !is_of_a_feast(window, at)
            && !found.iter().any(|site| site.kind == kind)
        {
            found.push(site(window, kind, at..end, run));
        }
        at = end;
    }
    found
}

fn site(window: &Window<'_>, kind: SiteKind, words: Range<usize>, sentence: &Range<usize>) -> Site {
    let free = (words.end..(words.end + 4).min(sentence.end))
        .any(|at| window.tags.is(at, |sense| matches!(sense, Sense::FreeOf)));
    let family = family(window, &words, sentence);
    let start = words.start.min(family.as_ref().map_or(words.start, |family| family.start));
    let end = words.end.max(family.as_ref().map_or(words.end, |family| family.end));
    let count = (start.saturating_sub(4).max(sentence.start)..start).find_map(|at| {
        numbers::amount(&window.tokens, &window.tags, at)
            .filter(|amount| amount.run.end + 2 >= words.start && amount.run.end <= words.start)
    });
    let damage = (sentence.clone()).find_map(|at| {
        window.tags.find(at, |sense| if let Sense::Destroyed(damage) = sense { Some(*damage) } else { None })
    });
    Site {
        kind,
        run: start..end,
        assertion: if free { SiteAssertion::FreeOfMilitaryObjective } else { SiteAssertion::Unknown },
        damage: damage.map_or(Damage::Unknown, |(damage, _)| damage),
        count: count.map(|amount| amount.said),
        family,
    }
}

/// Whether a site is what was hit, and not where somebody was taken or who speaks ("in a hospital", "school director").
fn is_hit(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> bool {
    if window.owner(at) == crate::window::Owner::Organisation {
        return false;
    }
    let from = at.saturating_sub(12).max(sentence.start);
    let struck = (from..at).any(|here| {
        window.tags.is(here, |sense| {
            matches!(sense, Sense::Strike | Sense::Targeting | Sense::Means(..) | Sense::Destroyed(_))
        })
    });
    let passive = (at..(at + 12).min(sentence.end)).any(|here| {
        matches!(window.tokens.word(here), "was" | "were" | "been")
            && window.tags.any(here + 1..here + 4, |sense| {
                matches!(sense, Sense::Strike | Sense::Targeting | Sense::Destroyed(_))
            })
    });
    let taken = (from..at).any(|here| window.tokens.is_on(Words::NotHit, here));
    let military = window.tags.is(at, |sense| matches!(sense, Sense::Site(SiteKind::MilitaryHeadquarters)));
    (struck || passive)
        && !taken
        && !(military && (from..at).any(|here| window.tags.is(here, |sense| matches!(sense, Sense::FreeOf))))
}

/// "a wedding tent", "a mourning tent": no camp's.
fn is_of_a_feast(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.word(at), "tent" | "tents")
        && at > 0
        && matches!(
            window.tokens.word(at - 1),
            "wedding" | "mourning" | "funeral" | "condolence" | "election"
        )
}

/// "the house of Talyoush family", "the Talyoush family home", منزل عائلة الزهر: the family's words.
pub(crate) fn family(
    window: &Window<'_>,
    words: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<Range<usize>> {
    let after = (words.end..(words.end + 8).min(sentence.end))
        .find(|at| window.tags.is(*at, |sense| matches!(sense, Sense::Family)));
    if let Some(at) = after {
        let names = family_name(window, at, sentence)?;
        return Some(names.start.min(at)..names.end.max(at + 1));
    }
    let before = (words.start.saturating_sub(2).max(sentence.start)..words.end).find(|at| {
        window.tags.is(*at, |sense| matches!(sense, Sense::Family)) && !window.tokens.is_arabic(*at)
    })?;
    let names = family_name(window, before, sentence)?;
    Some(names.start..before + 1)
}

/// The name beside a word of family: before it in English, after it in Arabic.
pub(crate) fn family_name(window: &Window<'_>, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    if window.tokens.is_arabic(at) {
        let end = (at + 1..(at + 3).min(sentence.end))
            .take_while(|here| {
                window.tokens.is_arabic(*here)
                    && !window.tags.is(*here, |sense| {
                        matches!(sense, Sense::Common | Sense::Harm(..) | Sense::People(_))
                    })
            })
            .last()?
            + 1;
        let first = window.tokens.word(at + 1);
        let last = if first.starts_with("ال") { at + 2 } else { end };
        return Some(at + 1..last);
    }
    let mut start = at;
    while start > sentence.start
        && at - start < 6
        && (window.tokens.is_capital(start - 1) && window.tokens.is_word(start - 1)
            || window.tokens.is_mark(start - 1, '-')
            || matches!(window.tokens.word(start - 1), "al" | "abu" | "el"))
        && window.tokens.word(start - 1) != "the"
    {
        start -= 1;
    }
    (start < at).then_some(start..at)
}

/// The means that a run of tokens names, finest first; the event's own word where there is nothing finer.
pub(crate) fn means(window: &Window<'_>, run: &Range<usize>) -> Vec<(Means, Range<usize>)> {
    let mut found: Vec<(Means, Range<usize>)> = Vec::new();
    let mut at = run.start;
    while at < run.end {
        let Some(((code, part), tag)) = window
            .tags
            .find(at, |sense| if let Sense::Means(code, part) = sense { Some((*code, *part)) } else { None })
        else {
            at += 1;
            continue;
        };
        let words = at..at + usize::from(tag.length);
        at = words.end;
        let vague = code == Means::Unknown || part == MeansPart::Shelling;
        if !vague && !found.iter().any(|(other, _)| *other == code) {
            found.push((code, words));
        }
    }
    found.sort_by_key(|(code, _)| std::cmp::Reverse(code.code().contains('.')));
    found
}

/// The means of which all that were said are a kind; none where nothing or several things were said.
pub(crate) fn only_one(said: &[(Means, Range<usize>)]) -> Option<Means> {
    let (first, _) = said.first()?;
    match said {
        [_] => Some(*first),
        _ if said.iter().all(|(means, _)| means.coarse() == first.coarse()) => {
            Means::from_code(first.coarse()).ok()
        }
        _ => None,
    }
}
