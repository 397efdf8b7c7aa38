//! Stage 6: claims about many incidents at once: totals over a period, ratios, shares, comparisons, homes and
//! displacement, bare allegations. None of them is ever added to an incident.

use std::ops::Range;

use sijil_model::codebook::{AggregateKind, Class, CountUnit, Damage, Harm, OtherHarm, Status};
use sijil_model::{Quantity, Said};

use crate::groups::Group;
use crate::harm::{Hit, Who};
use crate::numbers::{self, Amount};
use crate::sense::{HarmForm, Sense};
use crate::window::{Owner, Window};

/// An aggregate, before it is a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Total {
    pub kind: AggregateKind,
    pub run: Range<usize>,
    pub harm: Option<Harm>,
    pub other: Option<OtherHarm>,
    pub class: Option<Class>,
    pub status: Option<Status>,
    pub unit: CountUnit,
    pub count: Option<Said>,
    pub of: Option<Said>,
    pub rule: &'static str,
}

impl Total {
    fn new(kind: AggregateKind, run: Range<usize>, unit: CountUnit, rule: &'static str) -> Self {
        Total {
            kind,
            run,
            harm: None,
            other: None,
            class: None,
            status: None,
            unit,
            count: None,
            of: None,
            rule,
        }
    }
}

/// The aggregates of a sentence that need no word of period to be seen.
pub(crate) fn find(window: &Window<'_>, run: &Range<usize>) -> Vec<Total> {
    let mut found = Vec::new();
    found.extend(ratio(window, run));
    found.extend(shares(window, run));
    found.extend(comparison(window, run));
    found.extend(allegation(window, run));
    found
}

/// A casualty number of a sentence that speaks of a period: a total.
pub(crate) fn total(window: &Window<'_>, hit: &Hit, rule: &'static str) -> Option<Total> {
    let Who::Group(index) = hit.who else { return None };
    Some(people(&window.groups[index], hit.run.clone(), hit.harm, rule))
}

/// A number of people as a total.
pub(crate) fn people(group: &Group, run: Range<usize>, harm: Harm, rule: &'static str) -> Total {
    Total {
        harm: Some(harm),
        class: Some(group.class),
        status: group.status,
        count: Some(group.said.clone()),
        ..Total::new(AggregateKind::Total, run, CountUnit::Persons, rule)
    }
}

fn unit_at(window: &Window<'_>, at: usize) -> Option<(Option<CountUnit>, usize)> {
    window
        .tags
        .find(at, |sense| if let Sense::Unit(unit) = sense { Some(*unit) } else { None })
        .map(|(unit, tag)| (unit, at + usize::from(tag.length)))
}

/// A number with its unit, over at most three words between: "26 locations", "hundreds of civilian homes".
fn measure(window: &Window<'_>, at: usize, end: usize) -> Option<(Amount, CountUnit, usize)> {
    if window.owner(at) == Owner::Time {
        return None;
    }
    let amount = numbers::amount(&window.tokens, &window.tags, at)?;
    (amount.run.end..(amount.run.end + 3).min(end)).find_map(|here| {
        let (unit, after) = unit_at(window, here)?;
        let quiet = (amount.run.end..here).all(|between| {
            window.tokens.is_word(between)
                && !window.tags.is(between, |sense| matches!(sense, Sense::People(_)))
        });
        let known = unit?;
        quiet.then(|| (amount.clone(), known, after))
    })
}

/// "26 locations …, of which only two": a part of a whole; "two of the 26 locations", «موقعان من أصل 26».
fn ratio(window: &Window<'_>, run: &Range<usize>) -> Option<Total> {
    for at in run.clone() {
        let Some((whole, unit, after)) = measure(window, at, run.end) else { continue };
        for here in after..(after + 12).min(run.end) {
            let word = window.tokens.word(here);
            let of_which = (word == "of"
                && matches!(window.tokens.word(here + 1), "which" | "them" | "these"))
                || matches!(word, "منها" | "بينها");
            if !of_which {
                continue;
            }
            let from = here + if word == "of" { 2 } else { 1 };
            let part = (from..(from + 4).min(run.end)).find_map(|start| small_part(window, start));
            if let Some(part) = part {
                let span = at..part.run.end;
                return Some(Total {
                    count: Some(part.said),
                    of: Some(whole.said),
                    ..Total::new(AggregateKind::Ratio, span, unit, "ratio")
                });
            }
        }
        if let Some(total) =
            out_of(window, at, &whole, unit, run).or_else(|| of_so_many(window, at, &whole, unit, run))
        {
            return Some(total);
        }
    }
    None
}

/// "Of 40 strikes recorded in April, only six hit military sites", «ومن أصل 40 غارة … ست غارات فقط».
fn of_so_many(
    window: &Window<'_>,
    at: usize,
    whole: &Amount,
    unit: CountUnit,
    run: &Range<usize>,
) -> Option<Total> {
    let before = at.checked_sub(1).filter(|before| *before >= run.start)?;
    let opens = window.tokens.word(before) == "of"
        && (before == run.start || window.tokens.is_mark(before - 1, ','))
        || window.tokens.word(before) == "اصل";
    if !opens {
        return None;
    }
    let only = |here: usize| matches!(window.tokens.word(here), "only" | "just" | "فقط");
    (whole.run.end + 1..(whole.run.end + 16).min(run.end)).find_map(|start| {
        let part = numbers::amount(&window.tokens, &window.tags, start)
            .filter(|_| window.owner(start) != Owner::Time)?;
        let limited = start > 0 && only(start - 1) || (part.run.end..part.run.end + 3).any(only);
        let smaller = part.said.quantity.number() < whole.said.quantity.number();
        (limited && smaller).then(|| {
            let span = at..part.run.end;
            Total {
                count: Some(part.said),
                of: Some(whole.said.clone()),
                ..Total::new(AggregateKind::Ratio, span, unit, "ratio")
            }
        })
    })
}

/// The part of a ratio: a number, or an Arabic dual such as «موقعان».
fn small_part(window: &Window<'_>, at: usize) -> Option<Amount> {
    if let Some(amount) = numbers::amount(&window.tokens, &window.tags, at) {
        return Some(amount);
    }
    let word = window.tokens.word(at);
    let dual = window.tokens.is_arabic(at)
        && (word.ends_with("ان") || word.ends_with("ين"))
        && unit_at_stem(window, at);
    dual.then(|| Amount {
        said: Said { quantity: Quantity::Dual, text: window.tokens.raw(at).to_owned() },
        run: at..at + 1,
    })
}

/// Whether a dual is of a unit: «موقعان» of «موقع».
fn unit_at_stem(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at).to_owned();
    let stem = word.trim_end_matches("ان").trim_end_matches("ين");
    let inner = crate::tokens::Tokens::of(stem);
    crate::lexicon::Tags::of(&inner).is(0, |sense| matches!(sense, Sense::Unit(_)))
}

/// "two out of 26 locations", «2 من أصل 26 موقعا».
fn out_of(
    window: &Window<'_>,
    at: usize,
    whole: &Amount,
    unit: CountUnit,
    run: &Range<usize>,
) -> Option<Total> {
    let words = (
        at.checked_sub(1).map(|at| window.tokens.word(at)),
        at.checked_sub(2).map(|at| window.tokens.word(at)),
    );
    let joint = match words {
        (Some("of"), Some("out")) | (Some("اصل"), Some("من")) => 2,
        (Some("the"), Some("of")) => 2,
        _ => return None,
    };
    let end = at - joint;
    (end.saturating_sub(4).max(run.start)..end).find_map(|start| {
        let part = numbers::amount(&window.tokens, &window.tags, start).filter(|part| part.run.end == end)?;
        let span = start..whole.run.end + 1;
        Some(Total {
            count: Some(part.said),
            of: Some(whole.said.clone()),
            ..Total::new(AggregateKind::Ratio, span, unit, "ratio")
        })
    })
}

/// "about 40% of the city’s population", "the majority of victims".
fn shares(window: &Window<'_>, run: &Range<usize>) -> Vec<Total> {
    let mut found = Vec::new();
    for at in run.clone() {
        let Some((share, start, end)) = percent(window, at, run).or_else(|| word_share(window, at)) else {
            continue;
        };
        let people = (end..(end + 8).min(run.end)).find(|here| {
            window.tags.is(*here, |sense| {
                matches!(sense, Sense::Population | Sense::People(_) | Sense::Harm(_, HarmForm::People(_)))
            })
        });
        let Some(people) = people.filter(|people| {
            (end..*people).all(|here| window.tokens.is_word(here) || window.tokens.mark(here) == Some('\''))
        }) else {
            continue;
        };
        let victims = window.tags.is(people, |sense| matches!(sense, Sense::Harm(_, HarmForm::People(_))))
            || matches!(window.tokens.word(people), "victims");
        let displaced = window.tags.any(run.clone(), |sense| matches!(sense, Sense::Displaced));
        // "half of the families live on olives" says nothing of harm.
        let harmed =
            window.tags.any(run.clone(), |sense| matches!(sense, Sense::Harm(..) | Sense::Destroyed(_)));
        if !(victims || displaced || harmed) {
            continue;
        }
        let unit = if victims { CountUnit::Victims } else { CountUnit::PercentOfPopulation };
        let said = Said { quantity: share, text: window.tokens.quote(&(start..end)).to_owned() };
        found.push(Total {
            other: (displaced && !victims).then_some(OtherHarm::DisplacedPersons),
            harm: victims.then_some(Harm::KilledOrInjured),
            count: Some(said),
            ..Total::new(AggregateKind::Share, start..people + 1, unit, "share")
        });
    }
    found
}

fn percent(window: &Window<'_>, at: usize, run: &Range<usize>) -> Option<(Quantity, usize, usize)> {
    if !window.tokens.is_number(at) {
        return None;
    }
    let sign = window.tokens.is_mark(at + 1, '%')
        || matches!(window.tokens.word(at + 1), "percent" | "بالميه" | "بالمايه")
        || window.tokens.word(at + 1) == "per" && window.tokens.word(at + 2) == "cent"
        || window.tokens.word(at + 1) == "في" && matches!(window.tokens.word(at + 2), "الميه" | "المايه");
    if !sign {
        return None;
    }
    let value: f64 = window.tokens.raw(at).parse().ok().or_else(|| window.tokens.word(at).parse().ok())?;
    let thousandths = (value * 10.0).round().clamp(0.0, 1000.0) as u32;
    let width = if window.tokens.is_mark(at + 1, '%')
        || matches!(window.tokens.word(at + 1), "percent" | "بالميه" | "بالمايه")
    {
        2
    } else {
        3
    };
    let hedge = (at.saturating_sub(3).max(run.start)..at).find(|here| {
        window
            .tags
            .find(*here, |sense| matches!(sense, Sense::Hedge(_)).then_some(()))
            .is_some_and(|(_, tag)| here + usize::from(tag.length) == at)
    });
    let quantity = Quantity::Share { low: thousandths, high: thousandths, approximate: hedge.is_some() };
    Some((quantity, hedge.unwrap_or(at), at + width))
}

fn word_share(window: &Window<'_>, at: usize) -> Option<(Quantity, usize, usize)> {
    let ((low, high), tag) = window
        .tags
        .find(at, |sense| if let Sense::Share(low, high) = sense { Some((*low, *high)) } else { None })?;
    let arabic = window.tokens.is_arabic(at);
    let end = at + usize::from(tag.length);
    let of = window.tokens.word(end) == "of" || window.tokens.word(end.wrapping_sub(1)) == "of";
    (arabic || of).then_some((
        Quantity::Share { low, high, approximate: false },
        at,
        end + usize::from(window.tokens.word(end) == "of"),
    ))
}

/// "more deaths … compared to the coalition’s raids".
fn comparison(window: &Window<'_>, run: &Range<usize>) -> Option<Total> {
    let compare = window.tags.first(run.clone(), |sense| matches!(sense, Sense::Compare)).or_else(|| {
        run.clone().find(|at| {
            window.tokens.word(*at) == "than"
                && !window
                    .within(&window.actors, &(*at..(*at + 6).min(run.end)), |actor| &actor.run)
                    .is_empty()
        })
    })?;
    let more = window.tags.first(run.start..compare, |sense| matches!(sense, Sense::More))?;
    let harm = (run.start..run.end).find_map(|at| {
        window.tags.find(at, |sense| match sense {
            Sense::Harm(harm, _) => Some(*harm),
            _ => None,
        })
    })?;
    let end = window
        .within(&window.actors, &(compare..run.end), |actor| &actor.run)
        .first()
        .map_or(compare + 1, |actor| actor.run.end);
    Some(Total {
        harm: Some(harm.0),
        ..Total::new(AggregateKind::Comparison, more..end, CountUnit::Victims, "comparison")
    })
}

/// "committed several massacres": a claim without place, date or number of people.
fn allegation(window: &Window<'_>, run: &Range<usize>) -> Option<Total> {
    let massacre = window.tags.first(run.clone(), |sense| matches!(sense, Sense::Massacre))?;
    let said = window.tags.any(run.clone(), |sense| matches!(sense, Sense::Commit | Sense::Cause));
    let plural = matches!(window.tokens.word(massacre), "massacres" | "crimes" | "atrocities")
        || window.tokens.word(massacre).contains("مجازر")
        || window.tokens.word(massacre).contains("جرايم")
        || window.tokens.word(massacre).contains("فظايع")
        || window.tokens.word(massacre).contains("مذابح");
    if !said || !plural {
        return None;
    }
    let amount = (massacre.saturating_sub(4).max(run.start)..massacre).find_map(|at| {
        numbers::amount(&window.tokens, &window.tags, at).filter(|amount| amount.run.end == massacre)
    });
    let start = amount.as_ref().map_or(massacre, |amount| amount.run.start);
    Some(Total {
        count: amount.map(|amount| amount.said),
        harm: Some(Harm::Killed),
        ..Total::new(AggregateKind::Allegation, start..massacre + 1, CountUnit::Incidents, "allegation")
    })
}

/// Harm other than to bodies: homes destroyed, families displaced, infrastructure damaged, fear.
pub(crate) fn other_harms(window: &Window<'_>, run: &Range<usize>) -> Vec<Total> {
    let mut found = Vec::new();
    found.extend(homes(window, run));
    found.extend(displaced(window, run));
    if let Some(at) = window.tags.first(run.clone(), |sense| matches!(sense, Sense::Infrastructure)) {
        let from = (at.saturating_sub(8).max(run.start)..at)
            .find(|here| window.tags.is(*here, |sense| matches!(sense, Sense::Destroyed(_))));
        if let Some(from) = from {
            found.push(Total {
                other: Some(OtherHarm::InfrastructureDamage),
                ..Total::new(AggregateKind::Harm, from..at + 1, CountUnit::Locations, "damage")
            });
        }
    }
    if let Some(at) = window.tags.first(run.clone(), |sense| matches!(sense, Sense::Fear)) {
        found.push(Total {
            other: Some(OtherHarm::PsychologicalFear),
            ..Total::new(AggregateKind::Harm, at..at + 1, CountUnit::Persons, "fear")
        });
    }
    found
}

fn homes(window: &Window<'_>, run: &Range<usize>) -> Option<Total> {
    let (at, (amount, end)) = run.clone().find_map(|at| {
        let (amount, unit, end) = measure(window, at, run.end)?;
        (unit == CountUnit::Homes).then_some((at, (amount, end)))
    })?;
    let near = at.saturating_sub(8).max(run.start)..(end + 5).min(run.end);
    let damage = near
        .filter_map(|here| {
            window
                .tags
                .find(here, |sense| if let Sense::Destroyed(damage) = sense { Some(*damage) } else { None })
                .map(|(damage, _)| (here.abs_diff(at), damage))
        })
        .min_by_key(|(distance, _)| *distance)?
        .1;
    let other = if damage == Damage::Destroyed { OtherHarm::HomesDestroyed } else { OtherHarm::HomesDamaged };
    Some(Total {
        other: Some(other),
        count: Some(amount.said),
        ..Total::new(AggregateKind::Harm, at..end, CountUnit::Homes, "homes")
    })
}

fn displaced(window: &Window<'_>, run: &Range<usize>) -> Option<Total> {
    let verb = window.tags.first(run.clone(), |sense| matches!(sense, Sense::Displaced))?;
    let near = verb.saturating_sub(9).max(run.start)..(verb + 9).min(run.end);
    for at in near.clone() {
        if let Some((amount, CountUnit::Families, end)) = measure(window, at, near.end) {
            return Some(Total {
                other: Some(OtherHarm::DisplacedFamilies),
                count: Some(amount.said),
                ..Total::new(AggregateKind::Harm, at..end, CountUnit::Families, "displaced")
            });
        }
    }
    let families = near.clone().find(|at| {
        matches!(window.tokens.word(*at), "families" | "عائلات" | "عايلات" | "اسر" | "الاسر" | "العايلات")
    });
    if let Some(at) = families {
        let said = Said { quantity: Quantity::Plural, text: window.tokens.raw(at).to_owned() };
        let span = at.min(verb)..at.max(verb) + 1;
        return Some(Total {
            other: Some(OtherHarm::DisplacedFamilies),
            count: Some(said),
            ..Total::new(AggregateKind::Harm, span, CountUnit::Families, "displaced")
        });
    }
    let group = window
        .within(&window.groups, &near, |group| &group.run)
        .iter()
        .find(|group| group.counted && group.harm.is_none())?;
    Some(Total {
        other: Some(OtherHarm::DisplacedPersons),
        class: Some(group.class),
        count: Some(group.said.clone()),
        ..Total::new(AggregateKind::Harm, group.run.clone(), CountUnit::Persons, "displaced")
    })
}
