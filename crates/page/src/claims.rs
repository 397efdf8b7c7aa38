//! What a claim says, in words of either language. Names and quantities stand as the document has them.

use sijil_model::claim::{Aggregate, Casualty, PersonSaid, SourceSaid};
use sijil_model::codebook::CountUnit;
use sijil_model::units::Place;
use sijil_model::{Coded, Content, Language, PlacePhrase, Quantity, Said, TimeExpression};

use crate::html::isolate;
use crate::numbers::grouped;
use crate::words::{Argument, Speech};

impl Speech {
    /// The kind of a claim, in a word or two.
    pub(crate) fn claim_kind(&self, content: &Content) -> String {
        let key = match content {
            Content::Incident { .. } => "claim-kind-incident",
            Content::Casualty(_) => "claim-kind-casualty",
            Content::Person(_) => "claim-kind-person",
            Content::Relation { .. } => "claim-kind-relation",
            Content::KinGroup { .. } => "claim-kind-kin-group",
            Content::Time { .. } => "claim-kind-time",
            Content::Place(_) => "claim-kind-place",
            Content::Attribution { .. } => "claim-kind-attribution",
            Content::Means { .. } => "claim-kind-means",
            Content::Site { .. } => "claim-kind-site",
            Content::OtherHarm { .. } => "claim-kind-other-harm",
            Content::Position { .. } => "claim-kind-position",
            Content::Aggregate(_) => "claim-kind-aggregate",
            Content::Source(_) => "claim-kind-source",
            Content::Quote => "claim-kind-quote",
        };
        self.say_bare(key, &[])
    }

    /// What a claim says, as HTML; empty where its kind says it all.
    pub(crate) fn claim_words(&self, content: &Content) -> String {
        let parts = match content {
            Content::Incident { strikes } => {
                strikes.iter().map(|count| self.counted("claim-strikes", count)).collect()
            }
            Content::Casualty(casualty) => self.casualty(casualty),
            Content::Person(person) => self.person(person),
            Content::Relation { relation, .. } => vec![self.label(*relation)],
            Content::KinGroup { name } => {
                vec![self.say_html("claim-family", &[("name", crate::html::escape(name).into())])]
            }
            Content::Time { time, time_of_day } => self.time_said(time, *time_of_day),
            Content::Place(place) => vec![self.place(place), self.label(place.role)],
            Content::Attribution { actor, status, combination } => {
                vec![isolate(self.actor(actor.as_str())), self.label(*status), self.label(*combination)]
            }
            Content::Means { means } => vec![self.label(*means)],
            Content::Site { site, assertion, damage, count, .. } => {
                let mut parts = vec![self.label(*site)];
                parts.extend(count.iter().map(|count| self.said(count)));
                parts.extend((assertion.code() != "unknown").then(|| self.label(*assertion)));
                parts.extend((damage.code() != "unknown").then(|| self.label(*damage)));
                parts
            }
            Content::OtherHarm { harm, unit, count } => {
                let mut parts = vec![self.label(*harm)];
                parts.extend(count.iter().map(|count| self.said_of(count, *unit)));
                parts
            }
            Content::Position { holder, position } => {
                vec![isolate(self.actor(holder.as_str())), self.label(*position)]
            }
            Content::Aggregate(aggregate) => self.aggregate(aggregate),
            Content::Source(source) => self.source(source),
            Content::Quote => Vec::new(),
        };
        parts.join(" · ")
    }

    /// A quantity in words: what a form means before any rule set reads it.
    pub(crate) fn quantity(&self, quantity: Quantity) -> String {
        self.quantity_of(quantity, None)
    }

    /// A quantity with what it counts, the noun in the number's own form: "at least 118 people", «118 شخصاً على الأقل».
    fn quantity_of(&self, quantity: Quantity, unit: Option<CountUnit>) -> String {
        let counted = |n: u64, place| match unit {
            Some(unit) => Argument::from(unit.counted(n, &grouped(n), self.language(), place)),
            None => Argument::Number(n),
        };
        let number = |key, n| self.say_html(key, &[("n", counted(n, Place::Alone))]);
        let governed = |key, n| self.say_html(key, &[("n", counted(n, Place::After))]);
        let word = |key, with_unit, noun: fn(CountUnit, Language) -> &'static str| match unit {
            Some(unit) => self.say_html(with_unit, &[("units", noun(unit, self.language()).into())]),
            None => self.say_html(key, &[]),
        };
        match quantity {
            Quantity::Exact { n } => number("interval-exact", n),
            Quantity::AtLeast { n } => number("interval-at-least", n),
            Quantity::AtMost { n } => number("interval-at-most", n),
            Quantity::MoreThan { n } => governed("quantity-more-than", n),
            Quantity::LessThan { n } => governed("quantity-less-than", n),
            Quantity::About { n } => governed("quantity-about", n),
            Quantity::Between { n, to } => {
                self.say_html("interval-range", &[("low", n.into()), ("high", counted(to, Place::After))])
            }
            Quantity::Few => word("quantity-few", "quantity-few-of", CountUnit::several),
            Quantity::Several => word("quantity-several", "quantity-several-of", CountUnit::several),
            Quantity::Many => word("quantity-many", "quantity-many-of", CountUnit::all),
            Quantity::Tens => word("quantity-tens", "quantity-tens-of", CountUnit::all),
            Quantity::Dozens => word("quantity-dozens", "quantity-dozens-of", CountUnit::all),
            Quantity::Hundreds => word("quantity-hundreds", "quantity-hundreds-of", CountUnit::all),
            Quantity::Thousands => word("quantity-thousands", "quantity-thousands-of", CountUnit::all),
            Quantity::Plural => word("quantity-plural", "quantity-plural-of", CountUnit::several),
            Quantity::Dual => number("interval-exact", 2),
            Quantity::Singular => number("interval-exact", 1),
            Quantity::Family => self.say_html("quantity-family", &[]),
            Quantity::Share { low, high, .. } => {
                let part = if low == high {
                    format!("<bdi>{}</bdi>", share(low))
                } else {
                    let ends = [("low", share(low).into()), ("high", share(high).into())];
                    self.say_html("interval-share-range", &ends)
                };
                let Some(unit) = unit else { return part };
                let units = unit.all(self.language()).into();
                self.say_html("quantity-share-of", &[("share", part.into()), ("units", units)])
            }
        }
    }

    fn label(&self, code: impl Coded) -> String {
        code.label(self.language()).to_owned()
    }

    /// A quantity with the words in which it was said.
    fn said(&self, said: &Said) -> String {
        self.said_as(said, None)
    }

    /// The same with what it counts.
    fn said_of(&self, said: &Said, unit: CountUnit) -> String {
        self.said_as(said, Some(unit))
    }

    fn said_as(&self, said: &Said, unit: Option<CountUnit>) -> String {
        let plain = |html: String| html.replace("<bdi>", "").replace("</bdi>", "");
        let quantity = plain(self.quantity_of(said.quantity, unit));
        let words = crate::html::escape(&said.text);
        let is_said = [&quantity, &plain(self.quantity(said.quantity))].contains(&&words.to_lowercase());
        if words.is_empty() || is_said {
            return format!("<bdi>{quantity}</bdi>");
        }
        self.say_html("claim-said", &[("quantity", quantity.into()), ("words", words.into())])
    }

    fn counted(&self, key: &str, said: &Said) -> String {
        let quantity = self.quantity(said.quantity).replace("<bdi>", "").replace("</bdi>", "");
        self.say_html(key, &[("count", quantity.into())])
    }

    fn casualty(&self, casualty: &Casualty) -> Vec<String> {
        let mut parts = vec![self.label(casualty.harm), self.label(casualty.class)];
        parts.extend(casualty.status.map(|status| self.label(status)));
        parts.extend(casualty.role.map(|role| self.label(role)));
        parts.push(self.said(&casualty.count));
        parts
    }

    fn person(&self, person: &PersonSaid) -> Vec<String> {
        let name = person.name.as_deref().or(person.name_as_printed.as_deref());
        let mut parts = vec![name.map_or_else(|| self.say_html("person-unnamed", &[]), isolate)];
        parts.extend(person.sex.as_ref().map(|sex| self.label(sex.value)));
        parts.extend(person.age.map(|age| self.say_html("age-years", &[("n", u64::from(age).into())])));
        parts.extend(
            person.age_months.map(|age| self.say_html("age-months", &[("n", u64::from(age).into())])),
        );
        parts.extend(person.age_class.as_ref().map(|class| self.label(class.value)));
        parts.extend(person.fate.map(|fate| self.label(fate)));
        parts.extend(person.status.as_ref().map(|status| self.label(status.value)));
        parts.extend(person.role.map(|role| self.label(role)));
        parts
    }

    fn time_said(
        &self,
        time: &TimeExpression,
        part: Option<sijil_model::codebook::TimeOfDay>,
    ) -> Vec<String> {
        let date = match time {
            TimeExpression::Calendar(date) => isolate(&self.date(date)),
            TimeExpression::Weekday { .. } | TimeExpression::Relative(_) | TimeExpression::Hijri(_) => {
                self.say_html("claim-time-relative", &[])
            }
        };
        std::iter::once(date).chain(part.map(|part| self.label(part))).collect()
    }

    fn place(&self, place: &PlacePhrase) -> String {
        let names = std::iter::once(&place.text).chain(&place.within).map(|name| isolate(name));
        names.collect::<Vec<_>>().join(&self.say_bare("list-separator", &[]))
    }

    fn aggregate(&self, aggregate: &Aggregate) -> Vec<String> {
        let mut parts = vec![self.label(aggregate.aggregate)];
        parts.extend(aggregate.harm.map(|harm| self.label(harm)));
        parts.extend(aggregate.other_harm.map(|harm| self.label(harm)));
        parts.extend(aggregate.class.map(|class| self.label(class)));
        parts.extend(aggregate.status.map(|status| self.label(status)));
        parts.extend(aggregate.count.as_ref().map(|count| self.said_of(count, aggregate.unit)));
        parts.extend(aggregate.of.as_ref().map(|whole| self.counted("claim-of", whole)));
        parts.extend(aggregate.means.map(|means| self.label(means)));
        if let Some(TimeExpression::Calendar(period)) = &aggregate.period {
            parts.push(isolate(&self.date(period)));
        }
        parts.extend(aggregate.places.iter().map(|place| self.place(place)));
        parts.extend(
            aggregate
                .actors
                .iter()
                .chain(&aggregate.compared_with)
                .map(|actor| isolate(self.actor(actor.as_str()))),
        );
        parts
    }

    fn source(&self, source: &SourceSaid) -> Vec<String> {
        let mut parts: Vec<String> =
            [&source.name, &source.organisation].into_iter().flatten().map(|name| isolate(name)).collect();
        parts.push(self.label(source.source));
        parts
    }
}

/// Thousandths as a percentage: 415 is `41.5%`.
pub(crate) fn share(thousandths: u32) -> String {
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}.{tenth}%", thousandths / 10),
    }
}
