//! Claims about many incidents at once, set beside what is documented; none is ever added to anything.
//!
//! A claimed total is compared with the incidents inside and possibly inside its period, places and actors. Its
//! coverage is an interval, or not computable with the reason. Ratios, shares, comparisons, other harms and bare
//! allegations are listed with the reason why they cannot be held against a count.

use serde::{Deserialize, Serialize};
use sijil_model::codebook::{AggregateKind, Class, Coded, CountUnit, Harm, Means, OtherHarm, Status};
use sijil_model::date::{Edtf, Membership};
use sijil_model::{ActorCode, Bounds, ClaimId, Day, Interval, Language, PlaceId, Quantity, Upper};

use crate::contested::{Says, Stance};
use crate::documented::Documented;
use crate::figure::Tally;
use crate::incident::Incident;
use crate::membership::{Scope, means_within};
use crate::question::{Question, Standing};
use crate::rules::RuleSet;

/// A place with everything that contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The place.
    pub place: PlaceId,
    /// What contains it, up to the country; without the place itself.
    pub within: Vec<PlaceId>,
}

impl Area {
    /// Whether one of the two is the other, or lies in it.
    pub(crate) fn meets(&self, other: &Area) -> bool {
        self.place == other.place || self.within.contains(&other.place) || other.within.contains(&self.place)
    }
}

/// A claim about many incidents at once, with its places and period as found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AggregateClaim {
    /// The claim.
    pub id: ClaimId,
    /// Total, ratio, share, comparison, other harm, or a bare allegation.
    pub kind: AggregateKind,
    /// Harm to people, where that is what it counts.
    pub harm: Option<Harm>,
    /// Other harm, where that is what it counts.
    pub other_harm: Option<OtherHarm>,
    /// Whom it counts.
    pub class: Option<Class>,
    /// Civilian or not, where said.
    pub status: Option<Status>,
    /// What is counted.
    pub unit: CountUnit,
    /// The number as said; of a ratio the part.
    pub quantity: Option<Quantity>,
    /// Of a ratio the whole.
    pub of: Option<Quantity>,
    /// The means that it is of alone.
    pub means: Option<Means>,
    /// The language of its words.
    pub language: Language,
    /// Over which time; unbounded where it is not known.
    pub period: Bounds,
    /// Over which places, those that were found.
    pub places: Vec<Area>,
    /// Whether it names places that were not found.
    pub somewhere: bool,
    /// By whom.
    pub actors: Vec<ActorCode>,
    /// Of a comparison the other side.
    pub compared_with: Option<ActorCode>,
}

/// A claim about many incidents beside what is documented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reconciled {
    /// The claim.
    pub aggregate: ClaimId,
    /// Total, ratio, share, …
    pub kind: AggregateKind,
    /// The number claimed: lower and upper end.
    pub claimed: (Option<u64>, Upper),
    /// Of a ratio the whole: lower and upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<(Option<u64>, Upper)>,
    /// Of a share or a ratio the part of the whole: the least and the most, between 0 and 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proportion: Option<(f64, f64)>,
    /// Of a ratio of targets what its actors state that they aim at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stances: Vec<Stance>,
    /// The question whose answer is what is documented; none where a place was not found, or nothing is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Question>,
    /// What is documented certainly inside.
    pub inside: Option<Tally>,
    /// What is documented possibly inside.
    pub possibly_inside: Option<Tally>,
    /// Of civilians, those whom words, age or kin describe so: inside and possibly inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described: Option<(Tally, Tally)>,
    /// Of a comparison what is documented of each side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<Side>,
    /// The share of the claim that is documented: the least, and the most (`None` where it is open).
    pub share: Option<(f64, Option<f64>)>,
    /// Why there is no share, or what the share is up against.
    pub why: Option<String>,
    /// The same in Arabic.
    pub why_ar: Option<String>,
}

/// What is documented of one actor of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The actor.
    pub actor: ActorCode,
    /// Certainly inside.
    pub inside: Tally,
    /// Possibly inside.
    pub possibly_inside: Tally,
}

/// A claim that is being set beside what is documented, incident by incident.
#[derive(Clone)]
pub(crate) struct Reconciling<'q> {
    claim: &'q AggregateClaim,
    /// What is looked up for it: what it claims, and of civilians those described so; of a comparison each side.
    documented: Vec<Documented<'q>>,
}

impl<'q> Reconciling<'q> {
    /// The claim beside no incident yet.
    pub(crate) fn new(claim: &'q AggregateClaim, rules: &RuleSet) -> Self {
        Self { claim, documented: claim.looked_up(rules) }
    }

    pub(crate) fn add<T: AsRef<str> + PartialEq>(&mut self, incident: &Incident<T>, rules: &RuleSet) {
        self.documented.iter_mut().for_each(|documented| documented.add(incident, rules));
    }

    /// Takes in other incidents.
    pub(crate) fn join(&mut self, other: Self) {
        self.documented.iter_mut().zip(other.documented).for_each(|(own, other)| own.join(other));
    }

    /// The claim beside all that was added.
    pub(crate) fn finish(self, rules: &RuleSet, stances: &[Stance]) -> Reconciled {
        Reconciled { stances: self.claim.stances(stances), ..self.claim.reconciled(rules, &self.documented) }
    }
}

impl AggregateClaim {
    /// Whether the claim may say something about what is asked.
    pub(crate) fn concerns(&self, question: &Question, asked: &Scope<'_>) -> bool {
        let harm = self.harm.is_none_or(|harm| harm == question.harm);
        let time = self.period.within(asked.period) != Membership::Outside;
        let place = self.places.is_empty()
            || self.somewhere
            || asked.areas.is_empty()
            || self.places.iter().any(|own| asked.areas.iter().any(|area| own.meets(area)));
        let mut own = self.actors.iter().chain(&self.compared_with);
        let actor = asked.actors.is_empty()
            || self.actors.is_empty()
            || own.any(|actor| asked.actors.contains(actor));
        let kinds = self.means.zip(asked.means);
        let means = kinds.is_none_or(|(own, asked)| means_within(own, asked) != Membership::Outside);
        harm && time && place && actor && means
    }

    /// What of the incidents has to be looked up, in the order in which [`Self::reconciled`] reads it; nothing where no
    /// count says anything about the claim.
    fn looked_up(&self, rules: &RuleSet) -> Vec<Documented<'_>> {
        let harm = match (self.kind, self.harm) {
            (AggregateKind::Total, Some(harm)) if self.counts_people() => harm,
            (AggregateKind::Comparison, harm) => harm.unwrap_or(Harm::Killed),
            _ => return Vec::new(),
        };
        let (class, standing) = (self.class.unwrap_or(Class::Total), self.status.map(standing_of));
        if !rules.counts(harm, class, standing) {
            return Vec::new();
        }
        let of = |actors, standing| Documented::of(self.scope(actors), harm, class, standing);
        if self.kind == AggregateKind::Comparison {
            return self.compared().map(|actor| of(std::slice::from_ref(actor), standing)).collect();
        }
        let described = (standing == Some(Standing::Civilian)).then_some(Standing::CivilianDescribed);
        std::iter::once(standing)
            .chain(described.map(Some))
            .map(|standing| of(self.actors.as_slice(), standing))
            .collect()
    }

    fn counts_people(&self) -> bool {
        matches!(self.unit, CountUnit::Persons | CountUnit::Victims)
    }

    /// The sides of a comparison.
    fn compared(&self) -> impl Iterator<Item = &ActorCode> {
        self.actors.iter().chain(&self.compared_with)
    }

    fn reconciled(&self, rules: &RuleSet, documented: &[Documented<'_>]) -> Reconciled {
        let claimed = match (self.quantity, self.kind) {
            (
                Some(quantity),
                AggregateKind::Total | AggregateKind::Ratio | AggregateKind::Harm | AggregateKind::Allegation,
            ) => rules.rule(quantity, self.language).interval(quantity),
            _ => Interval::UNKNOWN,
        };
        let mut entry = Reconciled {
            aggregate: self.id.clone(),
            kind: self.kind,
            claimed: (claimed.min(), claimed.max()),
            of: self.of.filter(|_| self.kind == AggregateKind::Ratio).map(|of| {
                let whole = rules.rule(of, self.language).interval(of);
                (whole.min(), whole.max())
            }),
            proportion: self.proportion(),
            stances: Vec::new(),
            asks: None,
            inside: None,
            possibly_inside: None,
            described: None,
            sides: Vec::new(),
            share: None,
            why: None,
            why_ar: None,
        };
        match (self.kind, self.harm) {
            (AggregateKind::Total, Some(_)) if self.counts_people() => {
                self.against_documented(&mut entry, claimed, rules, documented);
            }
            (AggregateKind::Comparison, _) => {
                let side = |(actor, documented): (&ActorCode, &Documented<'_>)| Side {
                    actor: actor.clone(),
                    inside: documented.inside.tally(),
                    possibly_inside: documented.possibly.tally(),
                };
                entry.sides = self.compared().zip(documented).map(side).collect();
                entry.say(Why::Comparison);
            }
            (AggregateKind::Harm, _) if self.other_harm.is_some() => {
                self.other_harm.into_iter().for_each(|harm| entry.say(Why::OtherHarm(harm)));
            }
            (kind, _) => entry.say(Why::NoCount(kind, self.unit)),
        }
        entry
    }

    /// Of a share what it says, of a ratio its part of its whole where both are numbers.
    fn proportion(&self) -> Option<(f64, f64)> {
        let part = |value: u64, whole: u64| (value as f64 / whole as f64 * 1000.0).round() / 1000.0;
        match (self.kind, self.quantity?, self.of) {
            (AggregateKind::Share, Quantity::Share { low, high, .. }, _) => {
                Some((part(low.into(), 1000), part(high.into(), 1000)))
            }
            (AggregateKind::Ratio, said, Some(Quantity::Exact { n: whole })) if whole > 0 => {
                said.number().map(|n| (part(n, whole), part(n, whole)))
            }
            _ => None,
        }
    }

    /// Beside a ratio of targets: what its actors state that they aim at.
    fn stances(&self, stances: &[Stance]) -> Vec<Stance> {
        let of_targets =
            self.kind == AggregateKind::Ratio && matches!(self.unit, CountUnit::Locations | CountUnit::Raids);
        let stated = |stance: &&Stance| match &stance.says {
            Says::StatedTarget { holder } => self.actors.contains(holder),
            Says::NoMilitaryObjective => false,
        };
        stances.iter().filter(|_| of_targets).filter(stated).cloned().collect()
    }

    fn against_documented(
        &self,
        entry: &mut Reconciled,
        claimed: Interval,
        rules: &RuleSet,
        documented: &[Documented<'_>],
    ) {
        let Some((documented, described)) = documented.split_first() else {
            return entry.say(Why::RulesRefuse);
        };
        entry.described =
            described.first().map(|described| (described.inside.tally(), described.possibly.tally()));
        let (inside, possibly) = (documented.inside.tally(), documented.possibly.tally());
        // "128 since the start of the month" may be of any month: nothing that is documented says anything about it.
        let timeless = (self.period == Bounds::default()).then_some(Why::NoPeriod);
        let no_share = documented.why_no_share(claimed);
        let why = timeless.or(no_share);
        if why.is_none() {
            entry.share = Some(share(claimed, &inside, &possibly));
        }
        let beyond = match (inside.min, claimed.max()) {
            (Some(documented), Upper::Known(most)) if documented > most && timeless.is_none() => {
                Some(Why::Beyond { documented, most })
            }
            _ => None,
        };
        if let Some(why) = beyond.or(why) {
            entry.say(why);
        }
        entry.asks = self.asks(documented, rules);
        (entry.inside, entry.possibly_inside) = (Some(inside), Some(possibly));
    }

    /// The claim's own harm, people, period, places and parties as a question.
    fn asks(&self, looked_up: &Documented<'_>, rules: &RuleSet) -> Option<Question> {
        let end = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        let period = match self.period {
            Bounds { earliest: None, latest: None } => None,
            Bounds { earliest, latest } => Edtf::new(&format!("{}/{}", end(earliest), end(latest))).ok(),
        };
        (!self.somewhere).then(|| Question {
            harm: looked_up.harm,
            class: looked_up.class,
            status: looked_up.standing,
            actors: self.actors.clone(),
            places: self.places.iter().map(|area| area.place.clone()).collect(),
            means: self.means,
            period,
            rules: rules.id().to_owned(),
            ..Question::default()
        })
    }

    fn scope<'s>(&'s self, actors: &'s [ActorCode]) -> Scope<'s> {
        Scope {
            period: self.period,
            areas: self.places.iter().collect(),
            somewhere: self.somewhere,
            actors,
            means: self.means,
            ..Scope::default()
        }
    }
}

fn standing_of(status: Status) -> Standing {
    match status {
        Status::Civilian => Standing::Civilian,
        Status::Combatant => Standing::Combatant,
        Status::HorsDeCombat => Standing::HorsDeCombat,
        Status::Undetermined => Standing::Undetermined,
    }
}

impl Documented<'_> {
    /// Why a share cannot be computed, if it cannot.
    fn why_no_share(&self, claimed: Interval) -> Option<Why> {
        match claimed.min() {
            None => Some(Why::NoNumber),
            Some(0) => Some(Why::ClaimsNobody),
            Some(_) if self.undated > 0 => Some(Why::Undated { undated: self.undated, of: self.numbered }),
            Some(_) if self.unplaced > 0 => {
                Some(Why::Unplaced { unplaced: self.unplaced, of: self.numbered })
            }
            Some(_) => None,
        }
    }
}

/// The share of a claim that is documented: the least of what is certainly inside, the most of all that may be.
fn share(claimed: Interval, inside: &Tally, possibly: &Tally) -> (f64, Option<f64>) {
    let thousandths = |part: u64, whole: u64| (part as f64 / whole as f64 * 1000.0).round() / 1000.0;
    let least = match claimed.max() {
        Upper::Known(most) => thousandths(inside.min.unwrap_or(0), most),
        // Of a number that nobody bounds above, no share is certain.
        Upper::Open | Upper::Unknown => 0.0,
    };
    let most = match (inside.max.plus(possibly.max), claimed.min()) {
        (Upper::Known(documented), Some(fewest)) => Some(thousandths(documented, fewest)),
        _ => None,
    };
    (least, most)
}

/// Why a claim is not held against the count.
#[derive(Debug, Clone, Copy)]
enum Why {
    Undated { undated: u64, of: u64 },
    Unplaced { unplaced: u64, of: u64 },
    NoPeriod,
    NoNumber,
    ClaimsNobody,
    Beyond { documented: u64, most: u64 },
    RulesRefuse,
    Comparison,
    OtherHarm(OtherHarm),
    NoCount(AggregateKind, CountUnit),
}

impl Reconciled {
    fn say(&mut self, why: Why) {
        self.why = Some(why.text(Language::En));
        self.why_ar = Some(why.text(Language::Ar));
    }
}

impl Why {
    fn text(self, language: Language) -> String {
        let unit = |unit: CountUnit| unit.label(language).to_lowercase();
        match (self, language) {
            (Why::Undated { undated, of }, Language::En) => format!("{undated} of {of} incidents undated"),
            (Why::Undated { undated, of }, Language::Ar) => format!("{undated} من {of} من الحوادث بلا تاريخ"),
            (Why::Unplaced { unplaced, of }, Language::En) => {
                format!("{unplaced} of {of} incidents without a place")
            }
            (Why::Unplaced { unplaced, of }, Language::Ar) => {
                format!("{unplaced} من {of} من الحوادث بلا مكان")
            }
            (Why::NoNumber, Language::En) => "the claim has no number".to_owned(),
            (Why::NoNumber, Language::Ar) => "لا رقم في الادعاء".to_owned(),
            (Why::ClaimsNobody, Language::En) => "the claim allows that there was nobody".to_owned(),
            (Why::ClaimsNobody, Language::Ar) => "الادعاء يحتمل ألا يكون هناك أحد".to_owned(),
            (Why::Beyond { documented, most }, Language::En) => {
                format!("at least {documented} are documented inside, more than the {most} claimed")
            }
            (Why::Beyond { documented, most }, Language::Ar) => {
                format!("الموثّق ضمنه {documented} على الأقل، أكثر من {most} المذكورة في الادعاء")
            }
            (Why::NoPeriod, Language::En) => "it is not known of which period it is".to_owned(),
            (Why::NoPeriod, Language::Ar) => "لا تُعرف المدة التي يتحدث عنها".to_owned(),
            (Why::RulesRefuse, Language::En) => "the rule set counts only the total of the killed".to_owned(),
            (Why::RulesRefuse, Language::Ar) => "مجموعة القواعد تعدّ مجموع القتلى فقط".to_owned(),
            (Why::Comparison, Language::En) => {
                "documented counts cannot test this: reporting differs between the two".to_owned()
            }
            (Why::Comparison, Language::Ar) => {
                "الأعداد الموثّقة لا تختبر هذا: فالتغطية تختلف بين الطرفين".to_owned()
            }
            (Why::OtherHarm(harm), Language::En) => {
                format!(
                    "{}: not people killed or injured; it is listed and never added",
                    harm.label(language)
                )
            }
            (Why::OtherHarm(harm), Language::Ar) => {
                format!("{}: ليس قتلى أو جرحى؛ يُذكر ولا يُجمع", harm.label(language))
            }
            (Why::NoCount(kind, of), _) => no_count(kind, &unit(of), language),
        }
    }
}

fn no_count(kind: AggregateKind, unit: &str, language: Language) -> String {
    match (kind, language) {
        (AggregateKind::Share, Language::En) => {
            "a share without the number of its whole, from a source, is never turned into people".to_owned()
        }
        (AggregateKind::Share, Language::Ar) => "نسبة بلا عددٍ للكلّ من مصدرٍ لا تُحوَّل إلى أشخاص".to_owned(),
        (AggregateKind::Ratio, Language::En) => {
            format!("a ratio of {unit} counts no people; it is listed and never added")
        }
        (AggregateKind::Ratio, Language::Ar) => format!("نسبة من {unit} لا تعدّ أشخاصًا؛ تُذكر ولا تُجمع"),
        (AggregateKind::Allegation, Language::En) => {
            "an allegation without a number of people; it is listed and never added".to_owned()
        }
        (AggregateKind::Allegation, Language::Ar) => "اتهام بلا عدد أشخاص؛ يُذكر ولا يُجمع".to_owned(),
        (_, Language::En) => format!("it counts {unit}, not people; it is listed and never added"),
        (_, Language::Ar) => format!("يعدّ {unit} لا أشخاصًا؛ يُذكر ولا يُجمع"),
    }
}
