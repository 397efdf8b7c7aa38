//! A slow, obvious recount from raw statements, written from docs/figures.md and not from the code; one file because it is read as one argument.
//!
//! Numbers are `(least, most, said)`; an open end is infinity. Days, places and means are sets that are tried one by
//! one.

use std::collections::{BTreeMap, BTreeSet};

use sijil_count::{
    By, GradingAsked, Incident, NamedPerson, Placed, Question, Standing, Statement, StatusFrom, Telling,
    Undated,
};
use sijil_model::claim::Stands;
use sijil_model::codebook::{
    AgeClass, AttributionStatus, Class, Coded, Combination, Grading, Harm, Means, PlaceRole, Sex, Status,
};
use sijil_model::{Interval, Language, Quantity, Upper};

use crate::generate::{DAYS, FIRST, day};

pub const OPEN: f64 = f64::INFINITY;

/// The least, the most, and the largest number anybody said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    pub least: f64,
    pub most: f64,
    pub said: Option<f64>,
}

fn number(least: f64, most: f64, said: Option<f64>) -> Number {
    let least = least.min(most);
    Number { least, most, said: said.map(|said| said.max(least)) }
}

fn words(set: &str, quantity: Quantity, language: Language) -> Option<Number> {
    use Quantity::*;
    let (least, most) = match (set, quantity) {
        (_, Share { .. }) | ("acled", Family) => return None,
        (_, Exact { n } | About { n }) => (n as f64, n as f64),
        (_, Dual) => (2.0, 2.0),
        (_, Singular) => (1.0, 1.0),
        ("acled", Between { n, .. }) => (n as f64, n as f64),
        (_, Between { n, to }) => (n as f64, to as f64),
        ("open", AtLeast { n }) => (n as f64, OPEN),
        ("open", MoreThan { n }) => (n as f64 + 1.0, OPEN),
        ("open", AtMost { n }) => (1.0, n as f64),
        ("open", LessThan { n }) => (1.0, n.max(1) as f64 - 1.0),
        ("acled", LessThan { n }) => (n.max(1) as f64 - 1.0, n.max(1) as f64 - 1.0),
        (_, AtLeast { n } | MoreThan { n } | AtMost { n } | LessThan { n }) => (n as f64, n as f64),
        ("open", Few) => (3.0, 9.0),
        ("open", Several | Many | Plural | Family) => (2.0, OPEN),
        ("open", Tens) => (10.0, OPEN),
        ("open", Dozens) => (if language == Language::Ar { 10.0 } else { 12.0 }, OPEN),
        ("open", Hundreds) => (100.0, OPEN),
        ("open", Thousands) => (1000.0, OPEN),
        ("acled", Few | Several | Many | Plural) => (3.0, 10.0),
        ("acled", Tens) => (10.0, 10.0),
        ("acled", Dozens) => (12.0, 12.0),
        ("acled", Hundreds) => (100.0, 100.0),
        ("acled", Thousands) => (1000.0, 1000.0),
        (_, Tens | Dozens) => (12.0, 24.0),
        (_, Hundreds) => (100.0, 200.0),
        (_, Thousands) => (1000.0, 2000.0),
        (_, Few | Several | Many | Plural | Family) => (2.0, 2.0),
    };
    let said = match quantity {
        Exact { n } | About { n } | AtLeast { n } | MoreThan { n } | AtMost { n } | LessThan { n } => Some(n),
        Between { to, .. } => Some(to),
        Dual => Some(2),
        Singular => Some(1),
        _ => None,
    };
    Some(number(least, most, said.map(|n| n as f64)))
}

fn says_number(quantity: Quantity) -> bool {
    words("open", quantity, Language::En).is_some_and(|n| n.said.is_some())
}

fn is_vague(quantity: Quantity) -> bool {
    use Quantity::*;
    !matches!(quantity, Exact { .. } | About { .. } | Between { .. } | AtMost { .. } | Dual | Singular)
}

fn plus(a: Number, b: Number) -> Number {
    let said = match (a.said, b.said) {
        (Some(a), Some(b)) => Some(a + b),
        (a, b) => a.or(b),
    };
    number(a.least + b.least, a.most + b.most, said)
}

/// A number said of killed and injured people, which is at least their sum.
fn at_least(both: Number, sum: Number) -> Number {
    let said = larger(both.said, sum.said);
    let wider = both.least <= sum.least && both.most >= sum.most && both != sum;
    if both.most < sum.least
        || (both.most == OPEN && wider && (both.least, both.most) != (sum.least, sum.most))
    {
        return number(sum.least, sum.most, said);
    }
    if both.least >= sum.least { both } else { number(sum.least, both.most, both.said) }
}

fn room(a: Number, most: f64) -> Number {
    number(a.least, a.most + most, a.said)
}

fn hull(a: Number, b: Number) -> Number {
    number(a.least.min(b.least), a.most.max(b.most), larger(a.said, b.said))
}

fn larger(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

/// At least the largest part, at most all different parts together.
fn of_parts(parts: &[Number]) -> Option<Number> {
    let mut different: Vec<Number> = Vec::new();
    for part in parts {
        if !different.contains(part) {
            different.push(*part);
        }
    }
    let least = different.iter().map(|p| p.least).fold(0.0, f64::max);
    let most = different.iter().map(|p| p.most).sum();
    let said = different.iter().fold(None, |said, p| larger(said, p.said));
    (!different.is_empty()).then(|| number(least, most, said))
}

/// A toll of a cell, with whether every word behind it says a number, and whether only unsure overlaps are behind it.
#[derive(Debug, Clone, Copy)]
pub struct Toll {
    number: Number,
    says: bool,
    unsure: bool,
}

/// How a number must be said to be looked at: in any way that is no party's position; by documents; in words for the status
/// itself; or as a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Any,
    Documents,
    Words,
    Position,
}

fn is_said(way: Way, s: &Statement) -> bool {
    let position = s.status_from == StatusFrom::Position;
    if position || way == Way::Position {
        return position && way == Way::Position;
    }
    match way {
        Way::Documents => s.inferred.is_none(),
        Way::Words => s.inferred.is_none() && s.status_from == StatusFrom::Words,
        _ => true,
    }
}

pub struct Recount<'a> {
    pub incident: &'a Incident,
    pub set: &'a str,
}

impl Recount<'_> {
    pub fn answer(&self, harm: Harm, class: Class, standing: Option<Standing>) -> Option<Number> {
        if harm != Harm::KilledOrInjured {
            return self.of(harm, class, standing).map(|toll| toll.number);
        }
        let both = self.of(harm, class, standing).map(|toll| toll.number);
        let told = |harm| self.total(harm, class).is_some_and(|toll| !toll.unsure);
        let status = standing.filter(|s| *s != Standing::CivilianDescribed).map(Standing::status);
        let decided =
            standing != Some(Standing::CivilianDescribed) && self.decided(harm, class, status).is_some();
        let apart = told(Harm::Killed) || told(Harm::Injured);
        if decided || !apart {
            return both;
        }
        let killed = self.of(Harm::Killed, class, standing).map(|toll| toll.number);
        let injured = self.of(Harm::Injured, class, standing).map(|toll| toll.number);
        let sum = match (killed, injured) {
            (Some(killed), Some(injured)) => Some(plus(killed, injured)),
            (one, other) => one.or(other).map(|n| room(n, OPEN)),
        };
        match (both.filter(|_| told(harm)), sum) {
            (Some(both), Some(sum)) => Some(at_least(both, sum)),
            (both, sum) => sum.or(both),
        }
    }

    fn of(&self, harm: Harm, class: Class, standing: Option<Standing>) -> Option<Toll> {
        match standing {
            None => self.total(harm, class),
            Some(Standing::Civilian) => self.civilians(harm, class),
            Some(Standing::CivilianDescribed) => self.described(harm, class),
            Some(Standing::Combatant) => self.fighters(harm, class),
            Some(Standing::HorsDeCombat) => self.of_status(harm, class, Status::HorsDeCombat),
            Some(Standing::Undetermined) => self.of_status(harm, class, Status::Undetermined),
        }
    }

    /// What the documents in force say of exactly this harm, class and status.
    fn stated(&self, harm: Harm, class: Class, status: Option<Status>, way: Way) -> Option<Toll> {
        Some(self.stated_each(harm, class, status, way)?.0)
    }

    /// The same, and each of the numbers behind it.
    fn stated_each(
        &self,
        harm: Harm,
        class: Class,
        status: Option<Status>,
        way: Way,
    ) -> Option<(Toll, Vec<Number>)> {
        let exact = |s: &&Statement| {
            let of_cell = (s.harm, s.class, s.status) == (harm, class, status);
            of_cell && is_said(way, s) && self.read(s).is_some()
        };
        let mut numbers: Vec<(Number, bool, bool, bool, bool)> = Vec::new();
        for telling in self.in_force(&exact) {
            if status == Some(Status::Civilian) && self.is_toll_told_anew(telling, harm, class, way) {
                continue;
            }
            let with = |stands: Stands| -> Vec<&Statement> {
                telling.statements.iter().filter(exact).filter(|s| s.stands == stands).collect()
            };
            let (alone, parts, besides, unsure) = (
                with(Stands::Alone),
                with(Stands::PartOf),
                with(Stands::Besides),
                with(Stands::OverlapUnknown),
            );
            if !alone.is_empty() {
                for s in alone {
                    numbers.extend(self.with_neighbours(
                        telling,
                        harm,
                        class,
                        status,
                        way,
                        self.read(s),
                        &[s],
                        s,
                    ));
                }
            } else if !parts.is_empty() {
                let joined = self
                    .join(&parts)
                    .map(|n| if class == Class::Total && status.is_none() { room(n, OPEN) } else { n });
                numbers.extend(
                    self.with_neighbours(telling, harm, class, status, way, joined, &parts, parts[0]),
                );
            } else if !besides.is_empty() {
                numbers.extend(self.with_neighbours(
                    telling,
                    harm,
                    class,
                    status,
                    way,
                    self.read(besides[0]),
                    &besides[..1],
                    besides[0],
                ));
            } else if let Some(joined) = self.join(&unsure) {
                let vague = unsure.iter().any(|s| is_vague(s.quantity));
                let says = unsure.iter().all(|s| says_number(s.quantity));
                numbers.push((joined, vague, says, true, is_sum(unsure[0])));
            }
        }
        if numbers.iter().any(|n| !n.4) {
            numbers.retain(|n| !n.4);
        }
        let said = numbers.iter().fold(None, |said, n| larger(said, n.0.said));
        let all = numbers.clone();
        numbers.retain(|(n, vague, ..)| {
            let narrower =
                |o: &Number| o.least >= n.least && o.most <= n.most && (o.least, o.most) != (n.least, n.most);
            !(*vague && all.iter().any(|(other, ..)| narrower(other)))
        });
        let hull = numbers.iter().map(|n| n.0).reduce(hull)?;
        let toll = Toll {
            number: number(hull.least, hull.most, said),
            says: numbers.iter().all(|n| n.2),
            unsure: numbers.iter().all(|n| n.3),
        };
        Some((toll, numbers.iter().map(|n| n.0).collect()))
    }

    /// "Nine civilians" and nothing else of all, of whom the same origin later tells as so many people.
    fn is_toll_told_anew(&self, telling: &Telling, harm: Harm, class: Class, way: Way) -> bool {
        let inferred_sum = |s: &Statement| s.status.is_none() && s.inferred.is_some();
        let of_cell = |s: &&Statement| (s.harm, s.class) == (harm, class) && !inferred_sum(s);
        let own: Vec<&Statement> = telling.statements.iter().filter(of_cell).collect();
        let only_civilians = own
            .iter()
            .all(|s| s.status == Some(Status::Civilian) && is_said(way, s) && s.stands == Stands::Alone);
        let later =
            self.incident.tellings.iter().filter(|other| {
                other.reliable && other.origin == telling.origin && other.order > telling.order
            });
        let mut anew = later.flat_map(|other| &other.statements).filter(|s| {
            (s.harm, s.class, s.status) == (harm, class, None)
                && s.stands == Stands::Alone
                && s.inferred.is_none()
                && self.read(s).is_some()
        });
        only_civilians && anew.next().is_some()
    }

    /// Of each origin the reliable documents that said it last.
    fn in_force(&self, exact: &impl Fn(&&Statement) -> bool) -> Vec<&Telling> {
        let says = |t: &&Telling| {
            t.reliable && t.statements.iter().filter(|s| s.stands != Stands::Superseded).any(|s| exact(&s))
        };
        let tellings: Vec<&Telling> = self.incident.tellings.iter().filter(says).collect();
        let origins: BTreeSet<&str> = tellings.iter().map(|t| t.origin.as_str()).collect();
        let mut last = Vec::new();
        for origin in origins {
            let of_origin: Vec<&&Telling> = tellings.iter().filter(|t| t.origin == origin).collect();
            let newest = of_origin.iter().map(|t| t.order).max().unwrap();
            last.extend(of_origin.into_iter().filter(|t| t.order == newest));
        }
        last
    }

    fn read(&self, s: &Statement) -> Option<Number> {
        if self.set == "acled" && s.harm != Harm::Killed {
            return None;
        }
        words(self.set, s.quantity, s.language)
    }

    fn join(&self, parts: &[&Statement]) -> Option<Number> {
        of_parts(&parts.iter().filter_map(|s| self.read(s)).collect::<Vec<_>>())
    }

    /// A number with what its document puts besides it, and with room for what may lie besides it.
    #[allow(clippy::too_many_arguments)]
    fn with_neighbours(
        &self,
        telling: &Telling,
        harm: Harm,
        class: Class,
        status: Option<Status>,
        way: Way,
        base: Option<Number>,
        behind: &[&Statement],
        first: &Statement,
    ) -> Option<(Number, bool, bool, bool, bool)> {
        let mut number = base?;
        let mut says = behind.iter().all(|s| says_number(s.quantity));
        for other in telling.statements.iter().filter(|s| !std::ptr::eq(*s, first)) {
            let class_fits = class == Class::Total
                || other.class == class
                || (class == Class::Children && other.class.is_children());
            let is_position = other.status_from == StatusFrom::Position;
            let same_way = is_position == (way == Way::Position);
            let fits = class_fits && (status.is_none() || other.status == status && same_way);
            let either = other.harm == Harm::KilledOrInjured && harm != Harm::KilledOrInjured;
            if fits && other.harm == harm && other.stands == Stands::Besides {
                let Some(besides) = self.read(other) else { continue };
                number = plus(number, besides);
                says &= says_number(other.quantity);
            }
            if fits && (other.harm == harm || either) && other.stands == Stands::OverlapUnknown {
                number = room(number, self.read(other).map_or(0.0, |n| n.most));
            }
        }
        Some((number, behind.iter().any(|s| is_vague(s.quantity)), says, false, is_sum(first)))
    }

    fn decided(&self, harm: Harm, class: Class, status: Option<Status>) -> Option<Toll> {
        let numbers = self
            .incident
            .decisions
            .numbers
            .iter()
            .filter(|d| (d.harm, d.class, d.status) == (harm, class, status));
        let number = numbers.map(|d| from(d.interval).unwrap()).reduce(hull)?;
        Some(Toll { number, says: true, unsure: false })
    }

    /// The largest number that somebody decided of some of these people.
    fn least_decided(&self, harm: Harm, class: Class, status: Option<Status>) -> f64 {
        let among = |of: Class| match class {
            Class::Total => true,
            Class::Children => of.is_children(),
            _ => of == class,
        };
        let part = |of: Class, s: Option<Status>| {
            (of, s) != (class, status) && among(of) && (status.is_none() || s == status)
        };
        let numbers = self.incident.decisions.numbers.iter();
        numbers
            .filter(|d| d.harm == harm && part(d.class, d.status))
            .filter_map(|d| Some(self.decided(harm, d.class, d.status)?.number.least))
            .fold(0.0, f64::max)
    }

    /// No fewer than the parts that somebody decided.
    fn with_decided(
        &self,
        toll: Option<Toll>,
        harm: Harm,
        class: Class,
        status: Option<Status>,
    ) -> Option<Toll> {
        let least = self.least_decided(harm, class, status);
        if toll.is_some_and(|toll| toll.number.least >= least) {
            return toll;
        }
        let raised = self.floored(toll, false, least)?;
        Some(Toll { says: true, unsure: false, ..raised })
    }

    /// A decision, where there is one and no position of a party is asked for; else what documents say.
    fn known(&self, harm: Harm, class: Class, status: Status, way: Way) -> Option<Toll> {
        let decided = self.decided(harm, class, Some(status)).filter(|_| !matches!(way, Way::Position));
        decided.or_else(|| self.stated(harm, class, Some(status), way))
    }

    /// Free of status, before people are looked at.
    fn reported(&self, harm: Harm, class: Class) -> Option<Toll> {
        let decided = self.decided(harm, class, None);
        decided.or_else(|| self.with_decided(self.undecided(harm, class), harm, class, None))
    }

    fn undecided(&self, harm: Harm, class: Class) -> Option<Toll> {
        let sum = self.all_parts(harm, class);
        let total = match (self.stated_each(harm, class, None, Way::Any), sum) {
            (Some((toll, each)), Some(sum)) => Some(self.beside_parts(harm, class, toll, &each, sum)),
            (toll, sum) => toll.map(|(toll, _)| toll).or(sum),
        };
        match (total, self.positions(harm, class)) {
            (None, positions) => positions,
            // A party that says more than everybody else allows stands beside them; else it adds nothing to a total.
            (Some(total), Some(positions)) if positions.number.least > total.number.most => {
                Some(Toll { number: hull(total.number, positions.number), ..total })
            }
            (total, _) => total,
        }
    }

    /// People of whom only parties say that they were fighters or out of the fight, where nobody decided what they were.
    fn positions(&self, harm: Harm, class: Class) -> Option<Toll> {
        let decided = |status: &Status| self.decided(harm, class, Some(*status)).is_some();
        let statuses = [Status::Combatant, Status::HorsDeCombat];
        if class.is_children() || decided(&Status::Civilian) || statuses.iter().any(decided) {
            return None;
        }
        let said = |status: Status| {
            let all = self.stated(harm, class, Some(status), Way::Position);
            all.or_else(|| self.parts_of_status(harm, class, status, Way::Position))
        };
        sum(statuses.into_iter().filter_map(said))
    }

    /// The most of them who are not among those whom others call so too; none where that is nobody.
    fn doubtful(&self, harm: Harm, class: Class, others: Option<Toll>) -> Option<Number> {
        let said = others.map_or(0.0, |others| others.number.least);
        let Number { least, most, .. } = self.positions(harm, class)?.number;
        (most > said).then(|| number((least - said).max(0.0), most - said, None))
    }

    /// A total is no fewer than its parts; one that cannot hold them stands as the least, and they as the most: where they
    /// are only fighters and others, the people of the total may come on top.
    fn beside_parts(&self, harm: Harm, class: Class, toll: Toll, each: &[Number], sum: Toll) -> Toll {
        let (number, parts) = (toll.number, sum.number);
        let too_small = each.iter().any(|n| n.most < parts.least);
        if !too_small && number.least >= parts.least {
            return toll;
        }
        let says = toll.says && sum.says;
        if !too_small {
            let said = number.said.map(|said| said.max(parts.least));
            return Toll { number: Number { least: parts.least, said, ..number }, says, ..toll };
        }
        let statuses = self.all_statuses(harm, class, Way::Documents);
        let civilians = self
            .known(harm, class, Status::Civilian, Way::Any)
            .or_else(|| self.parts_of_status(harm, class, Status::Civilian, Way::Documents));
        let only_others = civilians.is_none() && statuses.is_some_and(|s| s.number == parts);
        let most = if only_others { plus(number, parts) } else { parts };
        Toll { number: hull(number, most), says, ..toll }
    }

    /// What statuses and classes come to together.
    fn all_parts(&self, harm: Harm, class: Class) -> Option<Toll> {
        let statuses = self.all_statuses(harm, class, Way::Documents);
        let parts = self.parts(harm, class);
        match (statuses, parts) {
            (Some(s), Some(p)) if p.number.least > s.number.least && self.has_free_part(harm, class) => {
                Some(Toll { number: room(p.number, s.number.most), ..p })
            }
            (Some(s), _) => Some(s),
            (None, Some(p)) => Some(p),
            (None, None) => self.all_statuses(harm, class, Way::Any),
        }
    }

    /// Whether men, women, children, … are counted without a status somewhere.
    fn has_free_part(&self, harm: Harm, class: Class) -> bool {
        let parts: &[Class] = match class {
            Class::Total => &Class::ALL[1..],
            _ => &[Class::Boys, Class::Girls, Class::Infants],
        };
        let tellings = self.incident.tellings.iter().filter(|telling| telling.reliable);
        let free = |harm_of, status: Option<Status>, class_of| {
            harm_of == harm && status.is_none() && class_of != class && parts.contains(&class_of)
        };
        let mut said = tellings.flat_map(|telling| &telling.statements);
        let mut decided = self.incident.decisions.numbers.iter();
        said.any(|s| {
            free(s.harm, s.status, s.class) && s.stands != Stands::Superseded && self.read(s).is_some()
        }) || decided.any(|d| free(d.harm, d.status, d.class))
    }

    /// The civilians where the total is only the sum of civilians and others, each counted as such.
    fn each_as_such(&self, harm: Harm, class: Class, total: Toll) -> Option<Number> {
        let free = self.decided(harm, class, None).or_else(|| self.stated(harm, class, None, Way::Any));
        let statuses = self.all_statuses(harm, class, Way::Documents)?;
        let least = self.people(harm, class, |_| true).max(self.least_decided(harm, class, None));
        let raised = least > statuses.number.least;
        let unsure = self.speaks_of(harm, class, Status::Undetermined)
            || self.decided(harm, class, Some(Status::Undetermined)).is_some();
        if free.is_some() || raised || unsure || self.has_free_part(harm, class) {
            return None;
        }
        debug_assert_eq!(total.number.least, statuses.number.least);
        let said = self.stated(harm, class, Some(Status::Civilian), Way::Documents);
        let said = said.or_else(|| self.parts_of_status(harm, class, Status::Civilian, Way::Documents));
        Some(said.map_or(number(0.0, 0.0, None), |said| said.number))
    }

    /// Whether anybody says anything of people of a status, be it no number.
    fn speaks_of(&self, harm: Harm, class: Class, status: Status) -> bool {
        let said = self.incident.tellings.iter().flat_map(|telling| &telling.statements);
        said.into_iter().any(|s| (s.harm, s.class, s.status) == (harm, class, Some(status)))
    }

    fn all_statuses(&self, harm: Harm, class: Class, way: Way) -> Option<Toll> {
        let stated = |s: &Status| self.known(harm, class, *s, way);
        Status::ALL.iter().find_map(stated)?;
        let parts = |s: &Status| self.parts_of_status(harm, class, *s, way);
        sum(Status::ALL.iter().filter_map(|s| stated(s).or_else(|| parts(s))))
    }

    /// Men, women, children and others of one status.
    fn parts_of_status(&self, harm: Harm, class: Class, status: Status, way: Way) -> Option<Toll> {
        let parts = [Class::Men, Class::Women, Class::Children, Class::PersonsUnspecified];
        let parts = parts.into_iter().filter(|_| class == Class::Total);
        sum(parts.filter_map(|part| self.known(harm, part, status, way)))
    }

    fn parts(&self, harm: Harm, class: Class) -> Option<Toll> {
        let (disjoint, overlapping) = match class {
            Class::Total => (
                vec![Class::Men, Class::Women, Class::Children, Class::PersonsUnspecified],
                Class::OlderPersons,
            ),
            Class::Children => (vec![Class::Boys, Class::Girls], Class::Infants),
            _ => return None,
        };
        let main = sum(disjoint.into_iter().filter_map(|c| self.reported(harm, c)));
        let other = self.reported(harm, overlapping);
        match (main, other) {
            (Some(main), Some(other)) => Some(Toll {
                number: room(main.number, other.number.most),
                says: main.says && other.says,
                unsure: main.unsure && other.unsure,
            }),
            (main, other) => main.or(other),
        }
    }

    /// How many of these people there are in the least 2.5 % of the draws.
    fn people(&self, harm: Harm, class: Class, is: impl Fn(&NamedPerson) -> bool) -> f64 {
        let people = || self.incident.named.iter().filter(|p| p.harm == harm && of_class(p, class) && is(p));
        low_median_high(&people().collect::<Vec<_>>())[0] as f64
    }

    fn floored(&self, toll: Option<Toll>, decided: bool, floor: f64) -> Option<Toll> {
        match toll {
            Some(toll) if decided || toll.number.least >= floor => Some(toll),
            Some(toll) => {
                let number = number(floor, toll.number.most.max(floor), toll.number.said);
                Some(Toll { number, ..toll })
            }
            None if floor > 0.0 => {
                Some(Toll { number: number(floor, OPEN, None), says: true, unsure: false })
            }
            None => None,
        }
    }

    fn total(&self, harm: Harm, class: Class) -> Option<Toll> {
        let decided = self.decided(harm, class, None).is_some();
        self.floored(self.reported(harm, class), decided, self.people(harm, class, |_| true))
    }

    fn of_status(&self, harm: Harm, class: Class, status: Status) -> Option<Toll> {
        let decided = self.decided(harm, class, Some(status));
        let stated = || self.stated(harm, class, Some(status), Way::Any);
        let toll = decided.or_else(|| self.with_decided(stated(), harm, class, Some(status)));
        self.floored(toll, decided.is_some(), self.people(harm, class, |p| p.status == Some(status)))
    }

    fn disputed(&self, harm: Harm, class: Class, total: Number) -> Option<Number> {
        let disputes = self.incident.decisions.disputed.iter().filter(|d| (d.harm, d.class) == (harm, class));
        disputes.map(|d| from(d.people).unwrap_or(total)).reduce(hull)
    }

    fn established(&self, harm: Harm, class: Class) -> f64 {
        let named = self.people(harm, class, is_described);
        if class != Class::Total {
            return named;
        }
        match self.reported(harm, Class::Children) {
            Some(children) if children.says && self.fighters(harm, Class::Children).is_none() => {
                named.max(children.number.least)
            }
            _ => named,
        }
    }

    fn fighters(&self, harm: Harm, class: Class) -> Option<Toll> {
        let said = self.of_status(harm, class, Status::Combatant);
        let decisions = self.incident.decisions.numbers.iter();
        let mut values = decisions
            .filter(|d| (d.harm, d.class, d.status) == (harm, class, Some(Status::Combatant)))
            .map(|d| d.interval);
        let first = values.next();
        if first.is_some() && values.all(|v| Some(v) == first) {
            return said;
        }
        let total = self.total(harm, class);
        let decided = total.and_then(|total| self.disputed(harm, class, total.number));
        let Some(disputed) = decided.or_else(|| self.doubtful(harm, class, said)) else {
            return said.filter(|_| total.is_some());
        };
        let words =
            self.stated(harm, class, Some(Status::Civilian), Way::Words).filter(|_| decided.is_none());
        let firm = self.established(harm, class).max(words.map_or(0.0, |words| words.number.least));
        let said = said.map_or(number(0.0, 0.0, None), |said| said.number);
        let ceiling = (total.unwrap().number.most - firm).max(0.0);
        Some(Toll {
            number: number(said.least, (said.most + disputed.most).min(ceiling), None),
            says: true,
            unsure: total.unwrap().unsure,
        })
    }

    fn civilians(&self, harm: Harm, class: Class) -> Option<Toll> {
        if let Some(decided) = self.decided(harm, class, Some(Status::Civilian)) {
            return Some(decided);
        }
        self.with_decided(self.undecided_civilians(harm, class), harm, class, Some(Status::Civilian))
    }

    fn undecided_civilians(&self, harm: Harm, class: Class) -> Option<Toll> {
        let total = self.total(harm, class)?;
        let others = sum([Status::Combatant, Status::HorsDeCombat]
            .into_iter()
            .filter_map(|s| self.of_status(harm, class, s)));
        let way = if others.is_some() { Way::Documents } else { Way::Words };
        let stated = self.stated(harm, class, Some(Status::Civilian), way);
        let parts = others.and_then(|_| self.parts_of_status(harm, class, Status::Civilian, Way::Documents));
        let stated = stated.or(parts);
        // More fighters than a said number counts are none of its people.
        let is_decided = self.decided(harm, class, None);
        let free = is_decided.or_else(|| self.stated(harm, class, None, Way::Any));
        let free = self.floored(free, is_decided.is_some(), self.people(harm, class, |_| true));
        let said = self.decided(harm, class, None).or_else(|| self.stated(harm, class, None, Way::Any));
        let (total, others) = match (free.filter(|_| said.is_some() && stated.is_none()), others) {
            (Some(free), Some(others)) if others.number.least > free.number.most => (free, None),
            _ => (total, others),
        };
        let disputed = self.disputed(harm, class, total.number);
        let doubtful = disputed.or_else(|| self.doubtful(harm, class, others));
        if let (None, Some(number)) = (doubtful, self.each_as_such(harm, class, total)) {
            let named = self.people(harm, class, is_described);
            return self.floored(Some(Toll { number, says: true, unsure: total.unsure }), false, named);
        }
        if stated.is_none() && others.is_none() && doubtful.is_none() {
            return Some(total);
        }
        let not_these = |most: f64| if most == OPEN { 0.0 } else { (total.number.least - most).max(0.0) };
        let other_most = others.map_or(0.0, |o| o.number.most);
        let stated_least = stated.map_or(0.0, |stated| stated.number.least.min(total.number.least));
        let least = match (doubtful, stated) {
            (Some(doubtful), _) => {
                let words = if disputed.is_some() { 0.0 } else { stated_least };
                not_these(other_most + doubtful.most).max(words)
            }
            (None, None) => not_these(other_most),
            (None, Some(stated)) if others.is_none() => stated.number.least.min(total.number.least),
            (None, Some(stated)) => not_these(other_most).max(stated.number.least.min(total.number.least)),
        };
        let most = (total.number.most - others.map_or(0.0, |o| o.number.least)).max(0.0);
        let least = least.max(self.established(harm, class));
        Some(Toll {
            number: number(least, most, stated.and_then(|s| s.number.said)),
            says: true,
            unsure: total.unsure,
        })
    }

    fn described(&self, harm: Harm, class: Class) -> Option<Toll> {
        if class.is_children() {
            return self.civilians(harm, class);
        }
        let established = self.established(harm, class);
        let stated = self.stated(harm, class, Some(Status::Civilian), Way::Any);
        if let Some(stated) = stated.filter(|s| !s.unsure) {
            return self.floored(Some(stated), false, established);
        }
        let total = self.total(harm, class)?;
        let children = if class == Class::Total { self.reported(harm, Class::Children) } else { None };
        let either = self.stated(Harm::KilledOrInjured, class, Some(Status::Civilian), Way::Any);
        let most =
            children.map_or(0.0, |c| c.number.most).max(established) + either.map_or(0.0, |e| e.number.most);
        Some(Toll {
            number: number(established, most.min(total.number.most), None),
            says: true,
            unsure: total.unsure,
        })
    }
}

fn is_sum(s: &Statement) -> bool {
    s.inferred.as_ref().is_some_and(|rule| rule.as_str() == "sum-of-parts")
}

fn sum(tolls: impl Iterator<Item = Toll>) -> Option<Toll> {
    tolls.reduce(|a, b| Toll {
        number: plus(a.number, b.number),
        says: a.says && b.says,
        unsure: a.unsure && b.unsure,
    })
}

fn from(interval: Interval) -> Option<Number> {
    let most = match interval.max() {
        Upper::Known(most) => most as f64,
        _ => OPEN,
    };
    Some(number(interval.min()? as f64, most, interval.highest_reported().map(|n| n as f64)))
}

fn is_described(p: &NamedPerson) -> bool {
    p.status == Some(Status::Civilian) || (p.status.is_none() && of_class(p, Class::Children))
}

fn of_class(p: &NamedPerson, class: Class) -> bool {
    let young = p.age_class == Some(AgeClass::Child) || p.age_class == Some(AgeClass::Infant);
    let grown = p.age_class == Some(AgeClass::Adult) || p.age_class == Some(AgeClass::Older);
    match class {
        Class::Total => true,
        Class::Men => grown && p.sex == Some(Sex::M),
        Class::Women => grown && p.sex == Some(Sex::F),
        Class::Children => young,
        Class::Boys => young && p.sex == Some(Sex::M),
        Class::Girls => young && p.sex == Some(Sex::F),
        Class::Infants => p.age_class == Some(AgeClass::Infant),
        Class::OlderPersons => p.age_class == Some(AgeClass::Older),
        Class::PersonsUnspecified => false,
    }
}

/// Every draw counted out, then the 7th, 128th and 250th of the 256.
pub fn low_median_high(people: &[&NamedPerson]) -> [u64; 3] {
    let in_draw =
        |draw: u8| people.iter().filter(|p| p.doubt.is_none_or(|doubt| !doubt.holds_in(draw))).count() as u64;
    let mut counts: Vec<u64> = (0..=255).map(in_draw).collect();
    counts.sort();
    [counts[6], counts[127], counts[249]]
}

pub fn counted(incident: &Incident, question: &Question, class: Class) -> Vec<NamedPerson> {
    let harms = match question.harm {
        Harm::KilledOrInjured => vec![Harm::Killed, Harm::Injured, Harm::KilledOrInjured],
        harm => vec![harm],
    };
    let of_status = |p: &NamedPerson| match question.status {
        None => true,
        Some(Standing::Civilian) => {
            p.status != Some(Status::Combatant) && p.status != Some(Status::HorsDeCombat)
        }
        Some(Standing::CivilianDescribed) => is_described(p),
        Some(Standing::Combatant) => p.status == Some(Status::Combatant),
        Some(Standing::HorsDeCombat) => p.status == Some(Status::HorsDeCombat),
        Some(Standing::Undetermined) => p.status == Some(Status::Undetermined),
    };
    let people =
        incident.named.iter().filter(|p| harms.contains(&p.harm) && of_class(p, class) && of_status(p));
    people.cloned().collect()
}

/// Inside, possibly inside or outside, from the set of everything that the incident may be against what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum In {
    Yes,
    Perhaps,
    No,
}

fn sets<T: PartialEq>(may_be: &[T], asked: &[T]) -> In {
    match may_be.iter().filter(|one| asked.contains(one)).count() {
        0 => In::No,
        n if n == may_be.len() => In::Yes,
        _ => In::Perhaps,
    }
}

/// The finest places of the little world, "elsewhere" among them.
fn leaves(place: Option<&str>) -> Vec<&'static str> {
    let all = [
        "xm:port",
        "xm:sahel elsewhere",
        "xm:qasr",
        "xm:nahr elsewhere",
        "xm elsewhere",
        "yy:tell",
        "yy:jabal elsewhere",
        "yy elsewhere",
    ];
    match place {
        None => all.to_vec(),
        Some("xm") => all[..5].to_vec(),
        Some("yy") => all[5..].to_vec(),
        Some("xm:sahel") => all[..2].to_vec(),
        Some("xm:nahr") => all[2..4].to_vec(),
        Some("yy:jabal") => all[5..7].to_vec(),
        Some(leaf) => all.into_iter().filter(|known| *known == leaf).collect(),
    }
}

fn finest(place: &Placed) -> Option<&str> {
    place.chain.first().map(|id| id.as_str())
}

fn ways(means: Means) -> Vec<&'static str> {
    let air = vec!["plane", "drone", "other air"];
    let artillery = vec!["mortar", "other artillery"];
    match means {
        Means::Air => air,
        Means::AirPlane => vec!["plane"],
        Means::AirDrone => vec!["drone"],
        Means::Mortar => vec!["mortar"],
        Means::ArtilleryOrRocket => artillery,
        Means::AirstrikeOrArtillery => [air, artillery].concat(),
        _ => vec!["small arms"],
    }
}

pub fn attributed(incident: &Incident) -> BTreeMap<String, In> {
    let mut actors = BTreeMap::new();
    for a in &incident.actors {
        if a.status != AttributionStatus::Denied && a.status != AttributionStatus::RuledOut {
            let sure = if a.combination == Combination::Alternative { In::Perhaps } else { In::Yes };
            let known = actors.entry(a.actor.to_string()).or_insert(sure);
            *known = sure.min(*known);
        }
    }
    actors
}

pub fn membership(question: &Question, incident: &Incident) -> In {
    let scale = [Grading::Confirmed, Grading::Fair, Grading::Weak];
    let grade = |g: Grading| scale.iter().position(|s| *s == g);
    let graded = match question.grading {
        None => true,
        Some(GradingAsked::Only(asked)) => incident.grading == asked,
        Some(GradingAsked::AndBetter(asked)) => {
            grade(incident.grading).is_some_and(|at| Some(at) <= grade(asked))
        }
    };
    let on_site = question.site.is_none_or(|site| incident.sites.contains(&site));
    if !graded || !on_site {
        return In::No;
    }
    let mut all = vec![In::Yes];
    if let Some(period) = &question.period {
        // Days before and after the calendar stand for everything earlier and later.
        let at = |d: Option<sijil_model::Day>, none: i32| d.map_or(none, |d| (d - FIRST).get_days());
        let days = |b: sijil_model::Bounds| (at(b.earliest, -1)..=at(b.latest, DAYS)).collect::<Vec<i32>>();
        all.push(sets(&days(incident.when), &days(period.bounds())));
    }
    if !question.places.is_empty() {
        let asked: Vec<&str> = question.places.iter().flat_map(|p| leaves(Some(p.as_str()))).collect();
        let primary = incident.places.iter().filter(|p| p.role == PlaceRole::Primary);
        let answers: BTreeSet<In> = primary.map(|p| sets(&leaves(finest(p)), &asked)).collect();
        all.push(match answers.len() {
            1 => *answers.first().unwrap(),
            _ => In::Perhaps,
        });
    }
    if !question.actors.is_empty() {
        let by = attributed(incident);
        all.push(question.actors.iter().filter_map(|a| by.get(a.as_str())).min().copied().unwrap_or(In::No));
    }
    if let Some(means) = question.means {
        all.push(incident.means.iter().map(|said| sets(&ways(*said), &ways(means))).min().unwrap_or(In::No));
    }
    all.into_iter().max().unwrap()
}

/// The values of an incident in one part of a breakdown.
pub fn values(by: By, incident: &Incident) -> Vec<(Option<String>, In)> {
    let areas = |area: fn(&Placed) -> Option<String>| {
        let areas: BTreeSet<Option<String>> =
            incident.places.iter().filter(|p| p.role == PlaceRole::Primary).map(area).collect();
        let sure = if areas.len() > 1 { In::Perhaps } else { In::Yes };
        if areas.is_empty() { vec![(None, In::Yes)] } else { areas.into_iter().map(|a| (a, sure)).collect() }
    };
    let each = |codes: BTreeSet<&str>| -> Vec<(Option<String>, In)> {
        if codes.is_empty() {
            vec![(None, In::Yes)]
        } else {
            codes.into_iter().map(|c| (Some(c.to_owned()), In::Yes)).collect()
        }
    };
    let stretch = |name: fn(sijil_model::Day) -> String| {
        let (Some(first), Some(last)) = (incident.when.earliest, incident.when.latest) else {
            return vec![(None, In::Yes)];
        };
        let names: BTreeSet<String> =
            (0..DAYS).map(day).filter(|d| (first..=last).contains(d)).map(name).collect();
        vec![(names.first().cloned().filter(|_| names.len() == 1 && incident.dated), In::Yes)]
    };
    match by {
        By::Governorate => areas(|p| p.governorate.as_ref().map(ToString::to_string)),
        By::District => areas(|p| p.district.as_ref().map(ToString::to_string)),
        By::Month => stretch(|d| d.strftime("%Y-%m").to_string()),
        By::Week => stretch(|d| d.strftime("%G-W%V").to_string()),
        By::Actor => {
            let by = attributed(incident);
            if by.is_empty() {
                vec![(None, In::Yes)]
            } else {
                by.into_iter().map(|(a, sure)| (Some(a), sure)).collect()
            }
        }
        By::Class => Class::ALL.iter().map(|c| (Some(c.code().to_owned()), In::Yes)).collect(),
        By::Grading => each([incident.grading.code()].into()),
        By::Means => each(incident.means.iter().map(|m| m.code()).collect()),
        By::Site => each(incident.sites.iter().map(|s| s.code()).collect()),
        By::List => {
            let read = incident.tellings.iter().map(|t| t.source.as_deref().unwrap_or(t.document.as_str()));
            each(
                read.chain(incident.named.iter().flat_map(|p| p.lists.iter().map(|own| own.list.as_str())))
                    .collect(),
            )
        }
    }
}

/// A sum written out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summed {
    pub incidents: u64,
    pub unknown: u64,
    pub open: u64,
    pub least: f64,
    pub said: f64,
    pub most: f64,
    pub people: Vec<NamedPerson>,
}

impl Summed {
    pub fn add(&mut self, number: Option<Number>, people: Vec<NamedPerson>) {
        self.incidents += 1;
        self.people.extend(people);
        match number {
            None => self.unknown += 1,
            Some(n) => {
                self.open += u64::from(n.most == OPEN);
                self.least += n.least;
                self.said += n.said.unwrap_or(n.least).max(n.least);
                self.most += n.most;
            }
        }
    }

    /// The upper end: open if any is, else not known if any is not, else the sum.
    pub fn upper(&self) -> Upper {
        match (self.open, self.unknown) {
            (0, 0) => Upper::Known(self.most as u64),
            (0, _) => Upper::Unknown,
            _ => Upper::Open,
        }
    }
}

/// Whether a question counts an incident in its figure, apart, or not at all.
pub fn goes(question: &Question, incident: &Incident) -> Option<bool> {
    let membership = membership(question, incident);
    let left_out = incident.left_out.is_some() || incident.grading == Grading::Discounted;
    match (membership, question.undated) {
        (In::No, _) => None,
        _ if left_out => None,
        (In::Yes, _) | (_, Undated::Include) => Some(false),
        (In::Perhaps, Undated::Separate) => Some(true),
        (In::Perhaps, Undated::Exclude) => None,
    }
}
