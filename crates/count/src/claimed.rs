//! What a party that is held responsible, or claims the attack, says of those whom it harmed: that they were fighters. It is
//! a position and no evidence (codebook §2): these people may be civilians or not, and none of them is counted twice.

use sijil_model::codebook::{Class, Harm, Status};
use sijil_model::{Interval, Upper};

use crate::cell::{Cell, Evidence, Origin};
use crate::combine::{added, envelope, interval, less};
use crate::key::{Key, Said};
use crate::standing::joined;

/// The method of a number that rests on a party's position.
pub(crate) const STATUS_CLAIMED: &str = "status-claimed";

impl<'a, T: AsRef<str> + PartialEq> Evidence<'a, T> {
    /// How many people of a class only a party calls combatants or out of the fight; none where somebody decided how many
    /// were civilians or not. Children never are.
    pub(crate) fn claimed(&self, harm: Harm, class: Class) -> Option<Cell<'a, T>> {
        let decided = |status| {
            self.decisions.numbers.iter().any(|d| (d.harm, d.class, d.status) == (harm, class, Some(status)))
        };
        if class.is_children()
            || [Status::Civilian, Status::Combatant, Status::HorsDeCombat].into_iter().any(decided)
        {
            return None;
        }
        let of = |status| {
            let key = Key { harm, class, status: Some(status), said: Said::AsPosition };
            let stated = self.stated(key).filter(Cell::has_number);
            stated.or_else(|| self.parts_of_status(harm, class, status, Said::AsPosition))
        };
        let both = [Status::Combatant, Status::HorsDeCombat].into_iter().filter_map(of);
        let claimed = both.reduce(|a, b| joined(STATUS_CLAIMED, a, b, added))?;
        Some(Cell { origin: Origin::Method(STATUS_CLAIMED), quantity: None, ..claimed })
    }

    /// How many more of a class a party calls combatants than others do; none where it calls none more so.
    pub(crate) fn claimed_beyond(
        &self,
        harm: Harm,
        class: Class,
        others: Option<Interval>,
    ) -> Option<Cell<'a, T>> {
        let claimed = self.claimed(harm, class)?;
        let said = others.and_then(Interval::min).unwrap_or(0);
        let least = claimed.min().map(|least| least.saturating_sub(said));
        let most = less(claimed.interval.max(), said);
        (most != Upper::Known(0)).then(|| Cell { interval: interval(least, None, most), ..claimed })
    }

    /// A total beside the number of those whom a party says that it harmed. Where others tell of nobody it is the total;
    /// else it raises no least, and where it is more than others allow both stand.
    pub(crate) fn beside_claimed(&self, total: Option<Cell<'a, T>>, claimed: Cell<'a, T>) -> Cell<'a, T> {
        let Some(total) = total.filter(Cell::has_number) else { return claimed };
        let Upper::Known(most) = total.interval.max() else { return total };
        if claimed.min().is_none_or(|least| least <= most) {
            return total;
        }
        let mut sides = total.sides;
        if sides.is_empty() {
            sides.push((total.interval, total.claims.clone()));
        }
        sides.push((claimed.interval, claimed.claims.clone()));
        Cell {
            interval: envelope(total.interval, claimed.interval),
            claims: [total.claims, claimed.claims].concat(),
            origin: Origin::Method("envelope"),
            quantity: None,
            sides,
            ..total
        }
    }
}
