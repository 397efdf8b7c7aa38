//! What is documented of one thing that a claim about many incidents is about.

use sijil_model::codebook::{Class, Harm};
use sijil_model::date::Membership;
use sijil_model::{Bounds, Interval};

use crate::counting::{Adder, counted_people, evidence, is_left_out};
use crate::incident::Incident;
use crate::membership::{Scope, primary};
use crate::question::Standing;
use crate::rules::RuleSet;

/// What is documented of one thing that a claim is about, in the making.
#[derive(Clone)]
pub(crate) struct Documented<'q> {
    scope: Scope<'q>,
    pub(crate) harm: Harm,
    pub(crate) class: Class,
    pub(crate) standing: Option<Standing>,
    pub(crate) inside: Adder,
    pub(crate) possibly: Adder,
    /// Of those possibly inside that have a number: how many, how many of them undated, and how many unplaced.
    pub(crate) numbered: u64,
    pub(crate) undated: u64,
    pub(crate) unplaced: u64,
}

impl<'q> Documented<'q> {
    pub(crate) fn of(scope: Scope<'q>, harm: Harm, class: Class, standing: Option<Standing>) -> Self {
        let (inside, possibly) = (Adder::default(), Adder::default());
        Self { scope, harm, class, standing, inside, possibly, numbered: 0, undated: 0, unplaced: 0 }
    }

    /// Adds an incident where it is inside or possibly inside.
    pub(crate) fn add<T: AsRef<str> + PartialEq>(&mut self, incident: &Incident<T>, rules: &RuleSet) {
        let membership = self.scope.holds(incident);
        if membership == Membership::Outside || is_left_out(incident) {
            return;
        }
        let cell = evidence(incident, rules).untraced().answer(self.harm, self.class, self.standing);
        let interval = cell.map_or(Interval::UNKNOWN, |cell| cell.interval);
        let people = counted_people(incident, self.harm, self.class, self.standing);
        if membership == Membership::Inside {
            return self.inside.add(interval, people);
        }
        self.possibly.add(interval, people);
        if interval.min().is_some() {
            self.numbered += 1;
            self.undated += u64::from(!incident.dated && self.scope.period != Bounds::default());
            let placed = primary(&incident.places).any(|place| !place.chain.is_empty());
            let asks_where = self.scope.somewhere || !self.scope.areas.is_empty();
            self.unplaced += u64::from(!placed && asks_where);
        }
    }

    /// Takes in other incidents.
    pub(crate) fn join(&mut self, other: Self) {
        self.inside.join(other.inside);
        self.possibly.join(other.possibly);
        self.numbered += other.numbered;
        self.undated += other.undated;
        self.unplaced += other.unplaced;
    }
}
