//! What people decided of one number of an incident, and what that says of the numbers that it is a part of.

use sijil_model::Interval;
use sijil_model::codebook::Status;

use crate::cell::{Cell, Contradiction, Evidence, Origin, WhyAside};
use crate::combine::envelope;
use crate::incident::DecidedNumber;
use crate::key::{Key, Said};
use crate::parts::is_finer;
use crate::standing::dedup;

impl<'a, T: AsRef<str> + PartialEq> Evidence<'a, T> {
    /// The decided number of a cell; conflicting decisions span a range until one supersedes the other.
    pub(crate) fn decided(&self, key: Key) -> Option<Cell<'a, T>> {
        let of_cell =
            |d: &&DecidedNumber<T>| d.harm == key.harm && d.class == key.class && d.status == key.status;
        let mut decisions = self.decisions.numbers.iter().filter(of_cell).peekable();
        let first = decisions.next()?;
        let conflicting = self.decisions.numbers.iter().filter(of_cell).any(|d| d.interval != first.interval);
        let mut cell = Cell::by_method("conflicting", first.interval, first.used.iter().collect());
        cell.aside.extend(first.rejected.iter().map(|claim| (claim, WhyAside::Rejected)));
        let mut count = 1;
        for decision in decisions {
            cell.interval = envelope(cell.interval, decision.interval);
            cell.claims.extend(decision.used.iter());
            cell.aside.extend(decision.rejected.iter().map(|claim| (claim, WhyAside::Rejected)));
            count += 1;
        }
        if conflicting {
            cell.contradiction = Some(Contradiction::ConflictingDecisions { count });
        } else {
            cell.origin = Origin::Decided;
        }
        Some(cell)
    }

    /// What is decided of a number, else what documents state of it; a decision is no party's position.
    pub(crate) fn decided_or_stated(&self, key: Key) -> Option<Cell<'a, T>> {
        let decided = if key.said == Said::AsPosition { None } else { self.decided(key) };
        decided.or_else(|| self.stated(key))
    }

    /// Raises a number that nobody decided to the largest of its parts that somebody did.
    pub(crate) fn no_fewer_than_decided(&self, cell: Option<Cell<'a, T>>, key: Key) -> Option<Cell<'a, T>> {
        let is_part = |d: &&DecidedNumber<T>| {
            let of_status = |status: Option<Status>| key.status.is_none() || d.status == status;
            let finer = is_finer(d.class, key.class) && of_status(key.status);
            d.harm == key.harm
                && (finer || key.status.is_none() && d.class == key.class && d.status.is_some())
        };
        let parts = self.decisions.numbers.iter().filter(is_part);
        let parts = parts.filter_map(|d| self.decided(Key { class: d.class, status: d.status, ..key }));
        let largest = parts.filter(Cell::has_number).max_by_key(Cell::min);
        let Some((part, least)) = largest.and_then(|part| part.min().map(|least| (part, least))) else {
            return cell;
        };
        let told = cell.as_ref().map_or(Interval::UNKNOWN, |cell| cell.interval);
        let (interval, _) = told.raised_to(least);
        if interval == told {
            return cell;
        }
        let mut raised = cell.unwrap_or_else(|| Cell::by_method("no-fewer-than-parts", told, Vec::new()));
        raised.claims.extend(part.claims);
        dedup(&mut raised.claims);
        let origin = Origin::Method("no-fewer-than-parts");
        Some(Cell { interval, origin, quantity: None, said: true, overlap_only: false, ..raised })
    }
}
