//! A share of a share: "half of the 400 had lost their home, and a quarter of those, 50, were in tents", «ستون في المئة من
//! المرضى الـ500 نساء، ونصف النساء، أي 150، حوامل».

use super::{lead, plain};
use crate::amounts::Amount;
use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage};
use crate::shares::is_change;

/// How many letters "of them" has: "of those" and «من هؤلاء», which take up the last who were told, have more.
const OF_THEM: usize = 7;
/// How far after a share the number that it comes to may stand.
const REACH: usize = 6;
/// How many times as large or small as the share of the share its number may be.
const FAR: f64 = 4.0;

/// Findings about shares of shares.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let share = |at: usize| match &passage.atoms[at].item {
        Item::Share(share) if !is_change(passage, at) => Some((at, share)),
        _ => None,
    };
    let shares: Vec<(usize, &Amount)> = (0..passage.atoms.len()).filter_map(share).collect();
    shares.windows(2).filter_map(|two| of_share(passage, two[0], two[1])).collect()
}

fn of_share(passage: &Passage, outer: (usize, &Amount), inner: (usize, &Amount)) -> Option<Draft> {
    let (at, share) = inner;
    if passage.before(at) > outer.0 || !takes_up(passage, outer.0, at) {
        return None;
    }
    let end = passage.sentence(at).end.min(at + REACH);
    let tie = |place: &usize| {
        passage.count_at(*place).is_some()
            && matches!(passage.symbol_before(*place), "," | "(" | "is" | "-" | ":")
    };
    let place = (at + 1..end).find(tie)?;
    let stated = passage.count_at(place)?;
    let counts = plain(passage, 0..place, at);
    let [(_, whole)] = counts.as_slice() else { return None };
    let part = |of: Bounds| Bounds::new(of.low / 100.0, of.high / 100.0);
    let product = |one: Bounds, two: Bounds| Bounds::new(one.low * two.low, one.high * two.high);
    let both = product(product(part(outer.1.bounds), part(share.bounds)), whole.bounds);
    let computed = whole.stated * outer.1.stated * share.stated / 10_000.0;
    let near = stated.stated < computed * FAR && computed < stated.stated * FAR;
    let rest = Bounds::new(100.0 - outer.1.bounds.high, 100.0 - outer.1.bounds.low);
    let of_rest = product(product(part(rest), part(share.bounds)), whole.bounds);
    let explained = both.meets(stated.bounds) || of_rest.meets(stated.bounds);
    if stated.is_vague() || !whole.bounds.is_exact() || explained || !near || stated.stated >= whole.stated {
        return None;
    }
    let explain = format!(
        "{} % of {} % of {} is {}, not {}",
        shown(share.stated),
        shown(outer.1.stated),
        shown(whole.stated),
        shown(computed),
        shown(stated.stated)
    );
    Some(Draft::over(Kind::Percentage, &[stated], stated.stated, computed, explain))
}

/// Whether a share is of those whom the share before it told: "of those", or named as they were.
fn takes_up(passage: &Passage, outer: usize, at: usize) -> bool {
    let those = passage.symbol(at + 1) == "them" && passage.atoms[at + 1].points.len() > OF_THEM;
    let of = |at: &usize| matches!(passage.symbol(*at), "of" | "min" | "the");
    let named = (at + 1..at + 4)
        .find(|at| !of(at))
        .filter(|named| *named > at + 1 || passage.class_at(*named).is_some());
    let class = named.and_then(|at| passage.class_at(at));
    // «ستون في المئة من المرضى نساء، ونصف النساء»: what the first share was told to be, and not its whole.
    let told = || lead(passage, at).filter_map(|at| passage.class_at(at)).collect::<Vec<_>>();
    let whole = passage.counts(0..at).iter().filter_map(|(_, count)| count.class()).collect::<Vec<_>>();
    let own = class.is_some_and(|class| told().contains(&class) && !whole.contains(&class));
    (those || own) && outer < at
}
