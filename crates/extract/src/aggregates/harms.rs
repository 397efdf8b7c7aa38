//! What a sentence says of many events without counting the dead: bare allegations, homes destroyed, families displaced.

use std::ops::Range;

use sijil_model::codebook::{AggregateKind, CountUnit, Damage, Harm, OtherHarm};
use sijil_model::{Quantity, Said};

use super::Total;
use crate::numbers::{self, Amount};
use crate::sense::Sense;
use crate::window::{Owner, Window};

/// "committed several massacres": a claim without place, date or number of people.
pub(super) fn allegation(window: &Window<'_>, run: &Range<usize>) -> Option<Total> {
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
    const REACH: usize = 12;
    let verb = run.clone().find(|at| {
        window.tags.is(*at, |sense| matches!(sense, Sense::Displaced))
            || is_left_by_families(window, *at, run)
    })?;
    let near = verb.saturating_sub(REACH).max(run.start)..(verb + REACH).min(run.end);
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

/// "12,000 families have left": with families before it, the verb says that they were displaced.
fn is_left_by_families(window: &Window<'_>, at: usize, run: &Range<usize>) -> bool {
    let families = |sense: &Sense| matches!(sense, Sense::Unit(Some(CountUnit::Families)));
    matches!(window.tokens.word(at), "left" | "abandoned")
        && window.tags.any(at.saturating_sub(3).max(run.start)..at, families)
}
