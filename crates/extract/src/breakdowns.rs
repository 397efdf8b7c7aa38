//! Stage 6: numbers that break a total down, told after it: "Of the 212 civilians, 127 were killed in one governorate".
//!
//! A total of many events that was told once stays a total wherever its number is told again. The trap this avoids: the
//! whole of a breakdown, or its largest part, becomes the greatest incident of the register.

use std::ops::Range;

use sijil_model::Said;
use sijil_model::codebook::{AggregateKind, AttributionStatus, Class, Combination, Harm};

use crate::aggregates::{self, Total};
use crate::attribution::Attributed;
use crate::groups::Group;
use crate::harm::{Hit, Who, is_link};
use crate::numbers::{self, Amount};
use crate::scenes::Scene;
use crate::sense::Link;
use crate::window::Window;

/// A smaller number may be that of another event by chance; one that is told as "the N people" may not.
const LARGE: u64 = 20;
/// How many sentences after a total a table of its parts may begin.
const TABLE: usize = 6;
/// How far into a sentence its words may refer to the total before it: "They include", «ومن بينهم».
const OPENING: usize = 4;
/// How many sentences after a number the items that tell its parts may begin, and how many items are read.
const OPENS_ITEMS: usize = 3;
const LONGEST_LIST: usize = 40;

/// The totals that a text has told so far.
#[derive(Default)]
pub(crate) struct Told {
    totals: Vec<(Harm, u64)>,
    /// The last sentence that told one, and the harm and the largest number that it told.
    last: Option<(usize, Harm, u64)>,
    /// The last line of a table of parts, and the number that they are parts of.
    line: Option<(usize, u64)>,
}

impl Told {
    /// Makes totals of a scene's numbers where they break an earlier total down, and takes note of its own totals.
    pub fn settle(&mut self, window: &Window<'_>, scene: &mut Scene) {
        if let Some(harm) = self.is_broken_down_by(window, scene) {
            let hits = std::mem::take(&mut scene.hits);
            scene.totals.extend(parts(window, scene, &hits, harm));
        } else {
            let (again, other) = std::mem::take(&mut scene.hits).into_iter().partition::<Vec<_>, _>(|hit| {
                self.is_told_again(window, hit) || self.is_of_cases(window, scene, hit)
            });
            scene.hits = other;
            scene
                .totals
                .extend(again.iter().filter_map(|hit| aggregates::total(window, hit, "total-told-again")));
        }
        let parts = self.line_of_a_table(window, scene);
        if !parts.is_empty() {
            scene.attributed.extend(attributed_by_line(window, &scene.run));
            scene.totals.extend(parts);
        }
        for total in scene.totals.iter().filter(|total| total.kind == AggregateKind::Total) {
            let n = total.count.as_ref().and_then(|said| said.quantity.number());
            self.totals.extend(total.harm.zip(n));
            let before = self.last.filter(|last| last.0 == scene.sentence).map_or(0, |last| last.2);
            self.last = total.harm.map(|harm| (scene.sentence, harm, before.max(n.unwrap_or(0))));
        }
    }

    /// The harm of the total that a scene breaks down: "Of the 212 civilians, …" or, right after it, "They include …".
    fn is_broken_down_by(&self, window: &Window<'_>, scene: &Scene) -> Option<Harm> {
        let whole = || {
            let groups = window.within(&window.groups, &scene.run, |group| &group.run);
            groups.iter().filter(|group| is_partitive(window, group)).find_map(|group| {
                let n = group.said.quantity.number()?;
                self.totals.iter().rev().find(|told| told.1 == n).map(|told| told.0)
            })
        };
        let next = self.last.filter(|last| last.0 + 1 == scene.sentence && opens_with_parts(window, scene));
        next.map(|last| last.1).or_else(whole)
    }

    /// "- Government forces: 51" soon after a total, or after another such line: parts of it, by party or by place.
    fn line_of_a_table(&mut self, window: &Window<'_>, scene: &Scene) -> Vec<Total> {
        let Some((last, harm, largest)) = self.last else { return Vec::new() };
        let whole = match self.line {
            Some((line, whole)) if line + 1 == scene.sentence => whole,
            _ if last + TABLE >= scene.sentence => largest,
            _ => return Vec::new(),
        };
        if !scene.hits.is_empty() || !scene.totals.is_empty() {
            return Vec::new();
        }
        let number = |said: &Said| said.quantity.number().unwrap_or(0);
        let (parts, sum): (Vec<Total>, u64) = if let Some(amount) = amount_of_line(window, scene) {
            let n = number(&amount.said);
            // A line of none goes on with the table.
            (Some(aggregates::line(amount, harm)).filter(|_| n > 0).into_iter().collect(), n)
        } else if let Some(people) = people_of_line(window, scene) {
            let total =
                |group: &&Group| aggregates::people(group, group.run.clone(), harm, "line-of-a-table");
            (people.iter().map(total).collect(), number(&people[0].said))
        } else {
            let parts = amounts_by_place(window, scene);
            let sum = parts.iter().map(|amount| number(&amount.said)).sum();
            (parts.into_iter().map(|amount| aggregates::line(amount, harm)).collect(), sum)
        };
        if parts.is_empty() && sum > 0 || sum > whole {
            return Vec::new();
        }
        self.line = Some((scene.sentence, whole));
        parts
    }

    fn is_told_again(&self, window: &Window<'_>, hit: &Hit) -> bool {
        let Who::Group(index) = hit.who else { return false };
        let group = &window.groups[index];
        group.said.quantity.number().is_some_and(|n| n >= LARGE) && self.knows(hit.harm, group)
    }

    /// «163 حالة اعتقال، بينهم خمسة أطفال» without a place or a time, after totals: cases are many by their word.
    fn is_of_cases(&self, window: &Window<'_>, scene: &Scene, hit: &Hit) -> bool {
        let case = |at: usize| matches!(window.tokens.word(at), "حاله" | "حالات");
        let counted = |hit: &Hit| matches!(hit.who, Who::Group(index) if window.groups[index].counted);
        !self.totals.is_empty()
            && scene.places.is_empty()
            && scene.times.is_empty()
            && counted(hit)
            && scene.run.start <= hit.run.start
            && (scene.run.start..hit.run.end).any(case)
    }

    fn knows(&self, harm: Harm, group: &Group) -> bool {
        group.said.quantity.number().is_some_and(|n| self.totals.contains(&(harm, n)))
    }
}

/// The number of a line that is a label, a colon and a number.
fn amount_of_line(window: &Window<'_>, scene: &Scene) -> Option<Amount> {
    let colon = colon_of_label(window, scene)?;
    let amount = numbers::amount(&window.tokens, &window.tags, colon + 1)?;
    let ends = (amount.run.end..scene.run.end).all(|at| window.tokens.mark(at).is_some());
    ends.then_some(amount)
}

/// «• القوات الأزرقية: 46 مدنياً، بينهم 11 طفلاً»: the people that a line of its own counts after a label and a colon, all
/// of them first.
fn people_of_line<'w>(window: &'w Window<'_>, scene: &Scene) -> Option<Vec<&'w Group>> {
    let colon = colon_of_label(window, scene)?;
    let groups = window.within(&window.groups, &(colon..scene.run.end), |group| &group.run);
    let people: Vec<&Group> = groups.iter().filter(|group| group.counted && !group.implied).collect();
    let first = people.first().filter(|first| first.run.start == colon + 1 && first.harm.is_none())?;
    let parts = people.len() == 1
        || (first.run.end..people[1].run.start).any(|at| is_link(window, at, Link::Including));
    parts.then_some(people)
}

/// «حسب المحافظة: نهران 58، قصر النهر 21», "By province: Nahran 58": the numbers after names, two or more, in a line of its own.
fn amounts_by_place(window: &Window<'_>, scene: &Scene) -> Vec<Amount> {
    const NAME: usize = 4;
    let by = matches!(window.tokens.word(scene.run.start), "حسب" | "بحسب" | "وفق" | "by" | "per");
    let Some(colon) = colon_of_label(window, scene).filter(|_| by) else { return Vec::new() };
    let mut found: Vec<Amount> = Vec::new();
    let mut at = colon + 1;
    while at < scene.run.end {
        let name = (at..at + NAME).find(|at| !window.tokens.is_word(*at) || window.tokens.is_number(*at));
        let amount = name.filter(|name| *name > at).and_then(|number| {
            let bracket = usize::from(matches!(window.tokens.mark(number), Some('(' | ':')));
            numbers::amount(&window.tokens, &window.tags, number + bracket)
        });
        let Some(amount) = amount else { return Vec::new() };
        at = amount.run.end;
        while at < scene.run.end && (window.tokens.mark(at).is_some() || window.tokens.word(at) == "and") {
            at += 1;
        }
        found.push(amount);
    }
    if found.len() > 1 { found } else { Vec::new() }
}

/// The colon after the words, and no number, that a line of its own begins with.
fn colon_of_label(window: &Window<'_>, scene: &Scene) -> Option<usize> {
    let colon = scene.run.clone().find(|at| window.tokens.is_mark(*at, ':'))?;
    let mut label = scene.run.start..colon;
    let words =
        label.clone().any(|at| window.tokens.is_word(at)) && !label.any(|at| window.tokens.is_number(at));
    (window.sentences[scene.sentence].opens_line && words).then_some(colon)
}

/// The parties that a line of a table names.
fn attributed_by_line(window: &Window<'_>, run: &Range<usize>) -> Option<Attributed> {
    let actor = window.within(&window.actors, run, |actor| &actor.run).first()?;
    Some(Attributed {
        code: actor.code.clone(),
        run: actor.run.clone(),
        prefix: actor.prefix,
        status: AttributionStatus::AssertedByAuthor,
        combination: Combination::Sole,
    })
}

/// "of the 212 civilians", "among the 212", «من بين الـ212 مدنيا», «من أصل 212».
fn is_partitive(window: &Window<'_>, group: &Group) -> bool {
    let word = |back: usize| group.run.start.checked_sub(back).map_or("", |at| window.tokens.word(at));
    let english = window.tokens.word(group.run.start) == "the" && matches!(word(1), "of" | "among");
    let back = 1 + usize::from(word(1) == "ال");
    let arabic = matches!(word(back), "بين" | "اصل") && matches!(word(back + 1), "من" | "ومن");
    english || arabic
}

/// "They include", "Among them were", "Of these, 40", "Forty of them", «وبينهم», «من هؤلاء»: the sentence begins with parts of
/// what was told before it.
fn opens_with_parts(window: &Window<'_>, scene: &Scene) -> bool {
    let mut opening = scene.run.start..(scene.run.start + OPENING).min(scene.run.end);
    opening.any(|at| {
        is_link(window, at, Link::Including)
            || window.tokens.word(at) == "include"
            || is_of_those_before(window, at)
    })
}

/// "of these", "among those", «من هؤلاء».
fn is_of_those_before(window: &Window<'_>, at: usize) -> bool {
    match window.tokens.word(at) {
        "of" | "among" => matches!(window.tokens.word(at + 1), "these" | "those" | "them" | "whom"),
        "من" | "ومن" | "بين" => window.tokens.word(at + 1) == "هولاء",
        _ => false,
    }
}

/// The counted people of a sentence, the whole left out, each with its own harm or that of the whole.
fn parts(window: &Window<'_>, scene: &Scene, hits: &[Hit], harm: Harm) -> Vec<Total> {
    let first = window.groups.partition_point(|group| group.run.start < scene.run.start);
    let inside = window.groups.iter().enumerate().skip(first);
    let people = inside.take_while(|(_, group)| group.run.start < scene.run.end);
    people
        .filter(|(_, group)| group.counted && !is_partitive(window, group))
        .map(|(index, group)| {
            let own = hits.iter().find(|hit| hit.who == Who::Group(index)).map(|hit| hit.harm);
            let harm = own.or(group.harm).unwrap_or(harm);
            aggregates::people(group, group.run.clone(), harm, "breakdown-of-a-total")
        })
        .collect()
}

/// A number whose parts the items of a list tell, each with an attack of its own, is no event's: «استقبلنا 21 شهيداً … - 9 شهداء
/// في غارة على …».
pub(crate) fn sum_up_items(window: &Window<'_>, scenes: &mut [Scene]) {
    for at in 0..scenes.len() {
        let Some((harm, whole)) = largest(window, &scenes[at]).filter(|_| !is_item(window, &scenes[at]))
        else {
            continue;
        };
        let rest = scenes[at + 1..].iter().take(OPENS_ITEMS + LONGEST_LIST);
        let items: Vec<u64> = rest
            .skip_while(|scene| {
                !is_item(window, scene) && scene.sentence <= scenes[at].sentence + OPENS_ITEMS
            })
            .take_while(|scene| is_item(window, scene))
            .filter(|scene| scene.strike || !scene.means.is_empty())
            .filter_map(|scene| largest(window, scene).filter(|one| one.0 == harm).map(|one| one.1))
            .collect();
        let fits = items.iter().sum::<u64>() <= whole && items.iter().all(|one| *one < whole);
        if items.len() > 1 && fits {
            let hits = std::mem::take(&mut scenes[at].hits);
            let total = |hit| aggregates::total(window, hit, "total-told-by-items");
            scenes[at].totals.extend(hits.iter().filter_map(total));
        }
    }
}

fn is_item(window: &Window<'_>, scene: &Scene) -> bool {
    let marked = matches!(window.tokens.mark(scene.run.start), Some('-' | '•'))
        || crate::sentences::is_item(&window.tokens, scene.run.start);
    window.sentences[scene.sentence].opens_line && marked
}

/// The largest number of all people whom a sentence tells of, with what became of them.
fn largest(window: &Window<'_>, scene: &Scene) -> Option<(Harm, u64)> {
    let number = |hit: &Hit| {
        let Who::Group(index) = hit.who else { return None };
        let group = &window.groups[index];
        let all = group.counted && group.class == Class::Total && hit.harm == Harm::Killed;
        group.said.quantity.number().filter(|_| all).map(|n| (hit.harm, n))
    };
    scene.hits.iter().filter_map(number).max_by_key(|one| one.1)
}
