//! One incident's casualty rows, with the claims and the rule behind each.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::{Class, Coded, Harm, Status};
use sijil_model::{Basis, ClaimId, Interval, Quantity, RuleId, Upper};

use crate::cell::{Cell, Contradiction, Evidence, Origin, SetAside};
use crate::incident::{Decisions, Incident, NamedPerson, Telling};
use crate::key::{Key, Said};
use crate::question::Standing;
use crate::rules::RuleSet;

/// A number of an incident: so many people of a class and status suffered a harm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CasualtyRow {
    /// Killed, injured, …
    pub harm: Harm,
    /// Whom it counts.
    pub class: Class,
    /// None for the total free of status; rows with a status live under it and are never added to it.
    pub status: Option<Status>,
    /// The number.
    pub interval: Interval,
    /// Of a civilian row those whom words, age or kin describe as civilians.
    pub described: Option<Interval>,
    /// The claims behind the number.
    pub claims: Vec<ClaimId>,
    /// Claims about the number that are not behind it, with the reasons.
    pub set_aside: Vec<SetAside>,
    /// The rule: of words (`open:dozens`), or by which it was put together (`envelope`).
    pub rule: RuleId,
    /// What it rests on.
    pub basis: Basis,
    /// The words, where one claim is behind the number.
    pub quantity: Option<Quantity>,
    /// Whether these are civilians only because nothing says otherwise.
    pub default_civilian: bool,
    /// What contradicts the number, if anything.
    pub contradiction: Option<Contradiction>,
}

/// The rows of one incident under a rule set, in the codebook's order.
///
/// A total free of status comes for every class of which something is known, then its rows per status. `tellings` are
/// all documents that tell of the incident, `named` the person records of it, `decisions` the heads of what people
/// decided.
pub fn casualties(
    tellings: &[Telling],
    named: &[NamedPerson],
    rules: &RuleSet,
    decisions: &Decisions,
) -> Vec<CasualtyRow> {
    let evidence = Evidence { tellings, named, decisions, rules, traced: true };
    let harms = Harm::ALL.iter().copied().filter(|harm| evidence.is_about(*harm));
    harms.flat_map(|harm| Class::ALL.iter().flat_map(move |class| evidence.rows(harm, *class))).collect()
}

impl Incident {
    /// The incident's rows under a rule set.
    pub fn casualties(&self, rules: &RuleSet) -> Vec<CasualtyRow> {
        casualties(&self.tellings, &self.named, rules, &self.decisions)
    }
}

impl<'a, T: AsRef<str> + PartialEq> Evidence<'a, T> {
    fn is_about(&self, harm: Harm) -> bool {
        self.tellings.iter().flat_map(|t| &t.statements).any(|s| s.harm == harm)
            || self.named.iter().any(|p| p.harm == harm)
            || self.decisions.numbers.iter().any(|d| d.harm == harm)
    }

    fn rows(&self, harm: Harm, class: Class) -> Vec<CasualtyRow> {
        if !self.rules.counts(harm, class, None) {
            return Vec::new();
        }
        let mut rows = Vec::new();
        if let Some(mut total) = self.answer(harm, class, None) {
            total.contradiction = total.contradiction.or_else(|| self.parts_above(harm, class));
            rows.push(row(harm, class, None, &total));
        }
        let standings =
            [Standing::Civilian, Standing::Combatant, Standing::HorsDeCombat, Standing::Undetermined];
        for standing in standings.into_iter().filter(|s| self.rules.counts(harm, class, Some(*s))) {
            let worth = class == Class::Total || self.tells_status(harm, class, standing.status());
            if let Some(cell) =
                self.answer(harm, class, Some(standing)).filter(|cell| worth && cell.has_number())
            {
                rows.push(self.status_row(harm, class, standing, cell));
            }
        }
        rows
    }

    /// Whether anything is said or decided of the status of people of a class.
    fn tells_status(&self, harm: Harm, class: Class, status: Status) -> bool {
        let key = Key { harm, class, status: Some(status), said: Said::Anyhow };
        let decided = self
            .decisions
            .numbers
            .iter()
            .any(|d| d.harm == harm && d.class == class && d.status == Some(status));
        decided
            || self.decisions.disputed.iter().any(|d| d.harm == harm && d.class == class)
            || self.stated(key).is_some()
    }

    fn status_row(&self, harm: Harm, class: Class, standing: Standing, cell: Cell<'a, T>) -> CasualtyRow {
        let mut made = row(harm, class, Some(standing.status()), &cell);
        if standing != Standing::Civilian {
            return made;
        }
        let described = self.answer(harm, class, Some(Standing::CivilianDescribed)).filter(Cell::has_number);
        made.described = described.as_ref().map(|cell| cell.interval);
        made.default_civilian = matches!(cell.origin, Origin::Method("civilian-by-default"));
        if let Some(described) =
            described.filter(|d| made.default_civilian && same_ends(d.interval, cell.interval))
        {
            made = CasualtyRow { described: made.described, ..row(harm, class, made.status, &described) };
        }
        made
    }

    fn parts_above(&self, harm: Harm, class: Class) -> Option<Contradiction> {
        let Upper::Known(most) = self.stated_free(harm, class)?.interval.max() else { return None };
        let parts = self.sum_of_parts(harm, class)?.min()?;
        (parts > most).then_some(Contradiction::PartsAboveTotal { parts, total: most })
    }
}

fn same_ends(a: Interval, b: Interval) -> bool {
    (a.min(), a.max()) == (b.min(), b.max())
}

fn row<T: AsRef<str>>(harm: Harm, class: Class, status: Option<Status>, cell: &Cell<'_, T>) -> CasualtyRow {
    let rule = rule_of(cell);
    CasualtyRow {
        harm,
        class,
        status,
        interval: cell.interval,
        described: None,
        claims: cell.claims.iter().map(|claim| claim.owned()).collect(),
        set_aside: cell
            .aside
            .iter()
            .map(|(claim, why)| SetAside { claim: claim.owned(), why: *why })
            .collect(),
        basis: match cell.origin {
            Origin::Words(_) => Basis::Stated,
            Origin::Decided => Basis::Decided,
            Origin::Inferred(_) | Origin::Method(_) => Basis::Inferred(rule.clone()),
        },
        rule,
        quantity: cell.quantity,
        default_civilian: false,
        contradiction: cell.contradiction,
    }
}

/// The name of the rule behind a number.
pub(crate) fn rule_of<T: AsRef<str>>(cell: &Cell<'_, T>) -> RuleId {
    let name = match cell.origin {
        Origin::Words(rule) => return rule.clone(),
        Origin::Inferred(rule) => return rule.owned(),
        Origin::Method(name) => name,
        Origin::Decided => "decided",
    };
    match RuleId::new(name) {
        Ok(rule) => rule,
        Err(_) => unreachable!("names of methods are lower-case words joined by -"),
    }
}
