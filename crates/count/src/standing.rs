//! The numbers of one incident under each status: the total free of status, civilians, combatants and others.
//!
//! Rows per status live under the total with a joint constraint: whoever is certainly in one row is in no other, and
//! nobody is counted twice. Civilian unless evidence says otherwise; only a decision makes a status disputed, and a party's
//! position about those whom it harmed leaves it open (`claimed.rs`).

use std::collections::BTreeSet;

use sijil_model::codebook::{Class, Harm, Status};
use sijil_model::{ClaimId, Interval, Upper};

use crate::cell::{Cell, Contradiction, Evidence, Origin};
use crate::claimed::STATUS_CLAIMED;
use crate::combine::{added, envelope, interval, less, lower, no_fewer_than, widened};
use crate::incident::NamedPerson;
use crate::key::{Key, Said};
use crate::named::NamedDraws;
use crate::question::Standing;

impl<'a, T: AsRef<str> + PartialEq> Evidence<'a, T> {
    /// The incident's number for a harm, class and status; `None` where nothing is said.
    pub(crate) fn answer(&self, harm: Harm, class: Class, standing: Option<Standing>) -> Option<Cell<'a, T>> {
        if harm == Harm::KilledOrInjured {
            self.killed_or_injured(class, standing)
        } else {
            self.of(harm, class, standing)
        }
    }

    fn of(&self, harm: Harm, class: Class, standing: Option<Standing>) -> Option<Cell<'a, T>> {
        match standing {
            None => self.total(harm, class),
            Some(Standing::Civilian) => self.civilians(harm, class),
            Some(Standing::CivilianDescribed) => self.described(harm, class),
            Some(other) => self.others(harm, class, other.status()),
        }
    }

    /// Killed or injured: what is decided of both together; else what is stated of both, never fewer than the killed and
    /// the injured together.
    fn killed_or_injured(&self, class: Class, standing: Option<Standing>) -> Option<Cell<'a, T>> {
        let both = self.of(Harm::KilledOrInjured, class, standing);
        let numbers = self.untraced();
        let has_total =
            |harm| numbers.total(harm, class).is_some_and(|cell| cell.has_number() && !cell.overlap_only);
        let decided = both.as_ref().is_some_and(Cell::is_decided);
        if decided || !(has_total(Harm::Killed) || has_total(Harm::Injured)) {
            return both;
        }
        let sum = self.killed_and_injured(class, standing);
        match (both, sum) {
            (Some(both), Some(sum)) if both.has_number() && has_total(Harm::KilledOrInjured) => {
                let number = no_fewer_than(both.interval, sum.interval);
                let is_raised = number != both.interval;
                Some(if is_raised { joined("killed-and-injured", both, sum, |_, _| number) } else { both })
            }
            (Some(both), None) if has_total(Harm::KilledOrInjured) => Some(both),
            (both, sum) => {
                let mut sum = sum?;
                sum.aside.extend(both.into_iter().flat_map(|cell| cell.aside));
                Some(sum)
            }
        }
    }

    /// The killed and the injured together; of whom only one of both is told, more may be.
    fn killed_and_injured(&self, class: Class, standing: Option<Standing>) -> Option<Cell<'a, T>> {
        let killed = self.of(Harm::Killed, class, standing).filter(Cell::has_number);
        let injured = self.of(Harm::Injured, class, standing).filter(Cell::has_number);
        Some(match (killed, injured) {
            (Some(killed), Some(injured)) => joined("killed-and-injured", killed, injured, added),
            (one, other) => {
                let one = one.or(other)?;
                Cell::by_method("killed-and-injured", widened(one.interval, Upper::Open), one.claims)
            }
        })
    }

    /// The number free of status, named people its floor.
    pub(crate) fn total(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        let cell = self.total_of_reports(harm, class);
        self.with_floor(cell, harm, class, |_| true)
    }

    /// The number free of status as decided, reported, or added up.
    pub(crate) fn total_of_reports(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        if !self.is_told_of(harm, class) {
            return None;
        }
        let key = Key { harm, class, status: None, said: Said::Anyhow };
        self.decided(key).or_else(|| self.no_fewer_than_decided(self.undecided_total(key), key))
    }

    fn undecided_total(&self, key: Key) -> Option<Cell<'a, T>> {
        let Key { harm, class, .. } = key;
        let summed = self.added_up(harm, class);
        let stated = self.stated(key);
        let total = match (summed, stated) {
            (Some(sum), Some(stated)) if stated.has_number() => {
                Some(self.held_against(harm, class, stated, sum))
            }
            (Some(mut summed), Some(stated)) => {
                summed.aside.extend(stated.aside);
                Some(summed)
            }
            (summed, stated) => summed.or(stated),
        };
        match self.claimed(harm, class) {
            Some(claimed) => Some(self.beside_claimed(total, claimed)),
            None => total,
        }
    }

    /// Whether anything is claimed or decided of a class or its parts, be it no number.
    fn is_told_of(&self, harm: Harm, class: Class) -> bool {
        let of_class = |other: Class| {
            class == Class::Total || other == class || (class == Class::Children && other.is_children())
        };
        let mut said = self.tellings.iter().flat_map(|telling| &telling.statements);
        let mut decided = self.decisions.numbers.iter();
        said.any(|s| s.harm == harm && of_class(s.class))
            || decided.any(|d| d.harm == harm && of_class(d.class))
    }

    /// Raises a number to the named people of the cell. A decision stands, and the contradiction is told.
    fn with_floor(
        &self,
        cell: Option<Cell<'a, T>>,
        harm: Harm,
        class: Class,
        is_of: impl Fn(&NamedPerson<T>) -> bool,
    ) -> Option<Cell<'a, T>> {
        let named = self.named_low(harm, class, &is_of);
        if named == 0 {
            return cell;
        }
        let people = || self.named.iter().filter(|p| p.harm == harm && p.is_of(class) && is_of(p));
        let Some(mut cell) = cell else {
            let raised = Interval::UNKNOWN.raised_to(named).0;
            return Some(Cell::by_method("named-floor", raised, people().flat_map(|p| &p.claims).collect()));
        };
        let is_decided = cell.is_decided();
        let (raised, contradicts) = cell.interval.raised_to(named);
        if is_decided {
            if let (true, Upper::Known(decided)) = (contradicts, cell.interval.max()) {
                cell.contradiction = Some(Contradiction::NamedAboveDecision { named, decided });
            }
        } else if raised != cell.interval {
            if let (true, Upper::Known(reports)) = (contradicts, cell.interval.max()) {
                cell.contradiction = Some(Contradiction::NamedAboveReports { named, reports });
            }
            cell.interval = raised;
            cell.origin = Origin::Method("named-floor");
            cell.quantity = None;
            cell.claims.extend(people().flat_map(|p| &p.claims));
        }
        Some(cell)
    }

    fn named_low(&self, harm: Harm, class: Class, is_of: &impl Fn(&NamedPerson<T>) -> bool) -> u64 {
        let mut draws = NamedDraws::default();
        self.named
            .iter()
            .filter(|p| p.harm == harm && p.is_of(class) && is_of(p))
            .for_each(|p| draws.add(p.doubt.as_ref()));
        draws.named().low
    }

    /// People whom nothing can take out of the civilians: children whose number is said, and people described so.
    fn established(&self, harm: Harm, class: Class) -> u64 {
        let named = self.named_low(harm, class, &NamedPerson::is_described_civilian);
        let numbers = self.untraced();
        let children =
            if class == Class::Total { numbers.total_of_reports(harm, Class::Children) } else { None };
        let children = children.filter(|cell| cell.said && cell.has_number());
        let fighting = children.is_some()
            && numbers.others(harm, Class::Children, Status::Combatant).is_some_and(|cell| cell.has_number());
        named.max(children.filter(|_| !fighting).and_then(|cell| cell.min()).unwrap_or(0))
    }

    /// How many of a total are disputed; `None` where nobody is.
    fn disputed(&self, harm: Harm, class: Class, total: Interval) -> Option<Interval> {
        let of_cell = self.decisions.disputed.iter().filter(|d| d.harm == harm && d.class == class);
        of_cell.map(|d| if d.people.min().is_none() { total } else { d.people }).reduce(envelope)
    }

    /// Civilians: everyone, unless evidence says otherwise.
    fn civilians(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        let key = Key { harm, class, status: Some(Status::Civilian), said: Said::Stated };
        if let Some(decided) = self.decided(key) {
            return self.with_floor(Some(decided), harm, class, NamedPerson::is_described_civilian);
        }
        self.no_fewer_than_decided(self.undecided_civilians(key), key)
    }

    fn undecided_civilians(&self, key: Key) -> Option<Cell<'a, T>> {
        let Key { harm, class, .. } = key;
        let total = self.total(harm, class).filter(Cell::has_number);
        let Some(total) = total else { return self.total(harm, class) };
        let others =
            [Status::Combatant, Status::HorsDeCombat].map(|status| self.said_others(harm, class, status));
        let others = others.into_iter().flatten().filter(Cell::has_number);
        let others = others.reduce(|a, b| joined("envelope", a, b, added));
        // "A teacher and four of her pupils": a profession says nothing of the four, who are civilians as anybody is.
        let said = if others.is_some() { Said::Stated } else { Said::InWords };
        let stated = self.stated(Key { said, ..key }).filter(Cell::has_number);
        let stated = stated.or_else(|| {
            others.as_ref()?;
            self.parts_of_status(harm, class, Status::Civilian, Said::Stated)
        });
        // "Two citizens and three soldiers were killed": more fighters than the number counts are none of its people.
        let told = self.stated_free(harm, class).filter(|_| stated.is_none());
        let (total, others) = match told.zip(others.as_ref()) {
            Some((told, others)) if leaves_out(&told, others) => (told, None),
            _ => (total, others),
        };
        let of = |cell: &Option<Cell<'a, T>>| cell.as_ref().map(|cell| cell.interval);
        let disputed = self.disputed(harm, class, total.interval);
        let claimed = self.claimed_beyond(harm, class, of(&others)).filter(|_| disputed.is_none());
        let in_doubt = disputed.or(of(&claimed));
        if in_doubt.is_none() && self.says_every_status(harm, class, &total) {
            let stated = self.stated(key).filter(Cell::has_number).or(stated);
            let said = every_status_said(total, stated, others);
            return self.with_floor(Some(said), harm, class, NamedPerson::is_described_civilian);
        }
        let method = match (disputed, &claimed, &stated) {
            (Some(_), ..) => "status-disputed",
            (None, Some(_), _) => STATUS_CLAIMED,
            (None, None, Some(_)) => "civilian-stated",
            (None, None, None) => "civilian-by-default",
        };
        if stated.is_none() && others.is_none() && in_doubt.is_none() {
            return Some(Cell { origin: Origin::Method(method), quantity: None, ..total });
        }
        // What a document calls civilians may be the very people whose status a decision disputes; no party's word does that.
        let firm = stated.as_ref().filter(|_| disputed.is_none()).map(|cell| cell.interval);
        let least = least_civilians(total.interval, firm, of(&others), in_doubt);
        let most = less(total.interval.max(), others.as_ref().and_then(Cell::min).unwrap_or(0));
        let highest = of(&stated).and_then(Interval::highest_reported);
        let range = interval(Some(least.max(self.established(harm, class))), highest, most);
        let mut claims = total.claims;
        claims.extend(others.into_iter().chain(stated).chain(claimed).flat_map(|cell| cell.claims));
        dedup(&mut claims);
        let overlap_only = total.overlap_only;
        Some(Cell {
            aside: total.aside,
            sides: total.sides,
            overlap_only,
            ..Cell::by_method(method, range, claims)
        })
    }

    /// The number that is decided or stated free of status, whatever its parts come to, named people its floor.
    pub(crate) fn stated_free(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        let key = Key { harm, class, status: None, said: Said::Anyhow };
        let said = self.decided(key).or_else(|| self.stated(key)).filter(Cell::has_number)?;
        self.with_floor(Some(said), harm, class, |_| true)
    }

    /// Whether a total is only the sum of civilians and others, each counted as such: nobody is left over who may be either.
    fn says_every_status(&self, harm: Harm, class: Class, total: &Cell<'a, T>) -> bool {
        let undetermined = Key { harm, class, status: Some(Status::Undetermined), said: Said::Anyhow };
        matches!(total.origin, Origin::Method("sum-of-statuses"))
            && self.sum_of_statuses(harm, class, Said::Stated).is_some()
            && self.decided_or_stated(undetermined).is_none()
            && !self.tells_parts_of_no_status(harm, class)
    }

    /// Civilians whom words, age or kin describe so.
    fn described(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        if class.is_children() {
            let children = self.civilians(harm, class)?;
            return Some(Cell { origin: Origin::Method("civilian-by-description"), ..children });
        }
        let stated = self.stated(Key { harm, class, status: Some(Status::Civilian), said: Said::Anyhow });
        let established = self.established(harm, class);
        let raised = |mut cell: Cell<'a, T>| {
            cell.interval = cell.interval.raised_to(established).0;
            cell
        };
        if let Some(stated) = stated.filter(|cell| cell.has_number() && !cell.overlap_only) {
            return Some(raised(stated));
        }
        let total = self.total(harm, class).filter(Cell::has_number)?;
        let children =
            if class == Class::Total { self.total_of_reports(harm, Class::Children) } else { None };
        let either = self.stated(Key {
            harm: Harm::KilledOrInjured,
            class,
            status: Some(Status::Civilian),
            said: Said::Anyhow,
        });
        let end = |cell: &Option<Cell<'a, T>>| {
            cell.as_ref().filter(|c| c.has_number()).map_or(Upper::Known(0), |c| c.interval.max())
        };
        let high = raise(end(&children), established).plus(end(&either));
        let people =
            self.named.iter().filter(|p| p.harm == harm && p.is_of(class) && p.is_described_civilian());
        let mut claims: Vec<_> =
            [children, either].into_iter().flatten().flat_map(|cell| cell.claims).collect();
        claims.extend(people.flat_map(|p| &p.claims));
        let high = lower(high, total.interval.max());
        let range = interval(Some(established), None, high);
        let overlap_only = total.overlap_only;
        Some(Cell { overlap_only, ..Cell::by_method("civilian-by-description", range, claims) })
    }

    /// People said to be combatants, out of the fight, or of undetermined status, and those who may be by a decision.
    fn others(&self, harm: Harm, class: Class, status: Status) -> Option<Cell<'a, T>> {
        let said = self.said_others(harm, class, status);
        if said.as_ref().is_some_and(|cell| matches!(cell.origin, Origin::Decided))
            || status != Status::Combatant
        {
            return said;
        }
        let total = self.total(harm, class).filter(Cell::has_number)?;
        let said_interval = said.as_ref().filter(|cell| cell.has_number()).map(|cell| cell.interval);
        let disputed = self.disputed(harm, class, total.interval);
        let claimed = self.claimed_beyond(harm, class, said_interval).filter(|_| disputed.is_none());
        let (method, in_doubt, civilians) = match (disputed, &claimed) {
            (Some(disputed), _) => ("status-disputed", disputed, 0),
            (None, Some(claimed)) => (STATUS_CLAIMED, claimed.interval, self.called_civilians(harm, class)),
            (None, None) => return said,
        };
        let said_interval = said_interval.unwrap_or(Interval::exactly(0));
        let most = lower(
            said_interval.max().plus(in_doubt.max()),
            less(total.interval.max(), self.established(harm, class).max(civilians)),
        );
        let claims: Vec<_> = said.into_iter().chain(claimed).flat_map(|cell| cell.claims).collect();
        let claims = if claims.is_empty() { total.claims } else { claims };
        let range = interval(said_interval.min(), None, most);
        let overlap_only = total.overlap_only;
        Some(Cell { overlap_only, ..Cell::by_method(method, range, claims) })
    }

    /// How many people of a class documents call civilians at least.
    fn called_civilians(&self, harm: Harm, class: Class) -> u64 {
        let key = Key { harm, class, status: Some(Status::Civilian), said: Said::InWords };
        self.stated(key).and_then(|cell| cell.min()).unwrap_or(0)
    }

    /// People of another status as decided or stated, named ones their floor.
    fn said_others(&self, harm: Harm, class: Class, status: Status) -> Option<Cell<'a, T>> {
        let key = Key { harm, class, status: Some(status), said: Said::Anyhow };
        let cell = self.decided(key).or_else(|| self.no_fewer_than_decided(self.stated(key), key));
        self.with_floor(cell, harm, class, |person| person.status == Some(status))
    }
}

/// Whether a number that is said free of status cannot count the people of another status, who are more.
fn leaves_out<T>(total: &Cell<'_, T>, others: &Cell<'_, T>) -> bool {
    match total.interval.max() {
        Upper::Known(most) => others.min().is_some_and(|least| least > most),
        Upper::Open | Upper::Unknown => false,
    }
}

/// The civilians of a total that is the sum of statuses: those stated, and where only others are, nobody.
fn every_status_said<'a, T: AsRef<str>>(
    total: Cell<'a, T>,
    stated: Option<Cell<'a, T>>,
    others: Option<Cell<'a, T>>,
) -> Cell<'a, T> {
    let mut claims = total.claims;
    claims.extend(others.into_iter().flat_map(|cell| cell.claims));
    let (method, civilians) = match stated {
        Some(stated) => {
            claims.extend(stated.claims);
            ("civilian-stated", stated.interval)
        }
        None => ("civilian-by-default", Interval::exactly(0)),
    };
    dedup(&mut claims);
    Cell {
        aside: total.aside,
        overlap_only: total.overlap_only,
        ..Cell::by_method(method, civilians, claims)
    }
}

/// The fewest civilians: those stated, and those of the total who can be neither others nor in doubt.
fn least_civilians(
    total: Interval,
    stated: Option<Interval>,
    others: Option<Interval>,
    in_doubt: Option<Interval>,
) -> u64 {
    let without = |taken: Interval| match taken.max() {
        Upper::Known(most) => total.min().unwrap_or(0).saturating_sub(most),
        Upper::Open | Upper::Unknown => 0,
    };
    let stated = stated.and_then(Interval::min).unwrap_or(0).min(total.min().unwrap_or(0));
    match (others, in_doubt) {
        (others, Some(in_doubt)) => {
            without(others.map_or(in_doubt, |others| added(others, in_doubt))).max(stated)
        }
        (Some(others), None) => without(others).max(stated),
        (None, None) => stated,
    }
}

/// Two cells of different people as one, their intervals put together by `put`.
pub(crate) fn joined<'a, T>(
    method: &'static str,
    a: Cell<'a, T>,
    b: Cell<'a, T>,
    put: impl Fn(Interval, Interval) -> Interval,
) -> Cell<'a, T> {
    Cell {
        said: a.said && b.said,
        overlap_only: a.overlap_only && b.overlap_only,
        aside: [a.aside, b.aside].concat(),
        contradiction: a.contradiction.or(b.contradiction),
        ..Cell::by_method(method, put(a.interval, b.interval), [a.claims, b.claims].concat())
    }
}

fn raise(upper: Upper, floor: u64) -> Upper {
    match upper {
        Upper::Known(high) => Upper::Known(high.max(floor)),
        end => end,
    }
}

/// Takes out claims that stand in a list already.
pub(crate) fn dedup<T: AsRef<str>>(list: &mut Vec<&ClaimId<T>>) {
    let mut seen = BTreeSet::new();
    list.retain(|claim| seen.insert(claim.as_str()));
}
