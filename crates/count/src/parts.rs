//! A total added up from its parts: people of each status, and men, women and children.
//!
//! Where no total is stated, the sum is the total; where one is, it is held against the sum (`cell.rs`).

use sijil_model::Interval;
use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Coded, Harm, Status};

use crate::cell::{Cell, Evidence, Origin};
use crate::combine::{added, envelope, widened};
use crate::key::{Key, Said};
use crate::standing::{dedup, joined};

/// Classes of which nobody is in two.
const DISJOINT: [Class; 4] = [Class::Men, Class::Women, Class::Children, Class::PersonsUnspecified];

impl<'a, T: AsRef<str> + PartialEq> Evidence<'a, T> {
    /// What the statuses and classes of which anything is said come to together; `None` where none is told.
    pub(crate) fn added_up(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        if !self.tells_parts(harm, class) {
            return None;
        }
        let statuses = self.sum_of_statuses(harm, class, Said::Stated);
        // Where every status is said, only parts of no status can say more.
        let parts = if statuses.is_none() || self.tells_parts_of_no_status(harm, class) {
            self.sum_of_parts(harm, class)
        } else {
            None
        };
        match (statuses, parts) {
            // People of no said status are more than those of the statuses; how many more is not said above.
            (Some(statuses), Some(parts)) if parts.min() > statuses.min() => {
                Some(Cell { interval: widened(parts.interval, statuses.interval.max()), ..parts })
            }
            (Some(statuses), _) => Some(statuses),
            (None, Some(parts)) => Some(parts),
            (None, None) => self.sum_of_statuses(harm, class, Said::Anyhow),
        }
    }

    /// Whether anything is claimed or decided of people of a status or of a finer class.
    fn tells_parts(&self, harm: Harm, class: Class) -> bool {
        let is_part = |part: Class, status: Option<Status>| {
            is_finer(part, class) || (part == class && status.is_some())
        };
        let mut said = self.tellings.iter().flat_map(|telling| &telling.statements);
        let mut decided = self.decisions.numbers.iter();
        said.any(|s| s.harm == harm && is_part(s.class, s.status))
            || decided.any(|d| d.harm == harm && is_part(d.class, d.status))
    }

    /// Whether a part of a class is counted without a status: men, women or children who may be anything.
    pub(crate) fn tells_parts_of_no_status(&self, harm: Harm, class: Class) -> bool {
        let is_part = |part: Class| {
            part != class
                && (class == Class::Total || matches!(part, Class::Boys | Class::Girls | Class::Infants))
        };
        let said =
            self.tellings.iter().filter(|telling| telling.reliable).flat_map(|telling| &telling.statements);
        let mut said = said.filter(|s| {
            s.harm == harm && s.status.is_none() && is_part(s.class) && s.stands != Stands::Superseded
        });
        let mut decided = self.decisions.numbers.iter().filter(|d| d.harm == harm && d.status.is_none());
        said.any(|s| self.counts(s)) || decided.any(|d| is_part(d.class))
    }

    /// A stated total held against the sum of its parts: it is no fewer than they are, and where a document's number cannot
    /// hold them, both stand.
    pub(crate) fn held_against(
        &self,
        harm: Harm,
        class: Class,
        total: Cell<'a, T>,
        sum: Cell<'a, T>,
    ) -> Cell<'a, T> {
        let Some(least) = sum.min() else { return total };
        let cannot_hold = total.sides.iter().any(|(number, _)| number.raised_to(least).1);
        if !cannot_hold && total.min().is_some_and(|min| min >= least) {
            return total;
        }
        let mut claims = [total.claims, sum.claims.clone()].concat();
        dedup(&mut claims);
        let said = total.said && sum.said;
        let total = Cell { claims, said, quantity: None, ..total };
        if !cannot_hold {
            let interval = total.interval.raised_to(least).0;
            return Cell { interval, origin: Origin::Method("no-fewer-than-parts"), ..total };
        }
        // "Ten people" beside fifteen fighters: the ten may be others.
        let besides = self.counts_only_others(harm, class, &sum);
        let most = if besides { added(total.interval, sum.interval) } else { sum.interval };
        let interval = envelope(total.interval, most);
        let mut sides = total.sides;
        sides.push((sum.interval, sum.claims));
        Cell { interval, sides, origin: Origin::Method("envelope"), ..total }
    }

    /// Whether a sum of statuses counts combatants or others and no civilian: whoever is counted free of status may be
    /// besides them.
    pub(crate) fn counts_only_others(&self, harm: Harm, class: Class, sum: &Cell<'a, T>) -> bool {
        let civilian = Key { harm, class, status: Some(Status::Civilian), said: Said::Anyhow };
        matches!(sum.origin, Origin::Method("sum-of-statuses"))
            && !self.decided_or_stated(civilian).is_some_and(|cell| cell.has_number())
            && self.parts_of_status(harm, class, Status::Civilian, Said::Stated).is_none()
    }

    /// Everybody whose status is said or decided, where no total is.
    pub(crate) fn sum_of_statuses(&self, harm: Harm, class: Class, said: Said) -> Option<Cell<'a, T>> {
        let of = |status: &Status| {
            let key = Key { harm, class, status: Some(*status), said };
            self.decided_or_stated(key).filter(Cell::has_number)
        };
        if !Status::ALL.iter().any(|status| of(status).is_some()) {
            return None;
        }
        let parts = |status: &Status| self.parts_of_status(harm, class, *status, said);
        let said = Status::ALL.iter().filter_map(|status| of(status).or_else(|| parts(status)));
        said.reduce(|a, b| joined("sum-of-statuses", a, b, added))
            .map(|cell| Cell { origin: Origin::Method("sum-of-statuses"), ..cell })
    }

    /// Men, women and children of a status where no number of all of that status is: "a civilian woman and two fighters".
    pub(crate) fn parts_of_status(
        &self,
        harm: Harm,
        class: Class,
        status: Status,
        said: Said,
    ) -> Option<Cell<'a, T>> {
        let of =
            |part: &Class| self.decided_or_stated(Key { harm, class: *part, status: Some(status), said });
        let parts = DISJOINT.iter().filter_map(of).filter(Cell::has_number);
        let sum = parts.reduce(|a, b| joined("sum-of-parts", a, b, added));
        sum.filter(|_| class == Class::Total)
            .map(|cell| Cell { origin: Origin::Method("sum-of-parts"), ..cell })
    }

    /// Men, women, children and people of unsaid age and sex; of children boys and girls. Classes that overlap these
    /// only make room above.
    pub(crate) fn sum_of_parts(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        let (method, disjoint, overlapping): (_, &[Class], _) = match class {
            Class::Total => ("sum-of-parts", &DISJOINT, Class::OlderPersons),
            Class::Children => ("children-include", &[Class::Boys, Class::Girls], Class::Infants),
            _ => return None,
        };
        let of = |class: Class| self.total_of_reports(harm, class).filter(Cell::has_number);
        let sum = disjoint.iter().copied().filter_map(of).reduce(|a, b| joined(method, a, b, added));
        let room = |a: Interval, b: Interval| widened(a, b.max());
        let cell = match (sum, of(overlapping)) {
            (Some(sum), Some(other)) => joined(method, sum, other, room),
            (sum, other) => sum.or(other)?,
        };
        Some(Cell { origin: Origin::Method(method), ..cell })
    }
}

/// Whether a class is a part of another.
pub(crate) fn is_finer(part: Class, of: Class) -> bool {
    part != of
        && match of {
            Class::Total => true,
            Class::Children => matches!(part, Class::Boys | Class::Girls | Class::Infants),
            _ => false,
        }
}
