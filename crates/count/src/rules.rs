//! Rule sets: words to numbers, as data (`data/rules.csv`, `data/sets.csv`, `data/methods.csv`).
//!
//! A set has one rule for every form of quantity, a few more for one language; each has an id, a text in two
//! languages, its source and an example that is a test. What the words were stays in the claim.

use std::sync::LazyLock;

use serde::Deserialize;
use sijil_model::codebook::{Class, Harm};
use sijil_model::{Interval, Language, Quantity, RuleId, Upper};

use crate::compact::{FORMS, form_index};
use crate::error::CountError;
use crate::question::Standing;

/// A named, versioned set of rules that turn words into intervals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    id: String,
    version: String,
    title: [String; 2],
    source: String,
    only_killed_total: bool,
    presumes_ages: bool,
    /// By form, then by language.
    by_form: Vec<[Rule; 2]>,
}

/// One rule: what a form of words comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id: `open:dozens`.
    pub id: RuleId,
    /// Whether the number is to be shown as approximate.
    pub approximate: bool,
    /// What it says, in English and Arabic.
    pub text: [String; 2],
    /// What it rests on.
    pub source: String,
    low: End,
    high: End,
}

/// What words came to under a rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The interval; [`Interval::UNKNOWN`] where the words count nobody or the set refuses them.
    pub interval: Interval,
    /// The rule.
    pub rule: RuleId,
    /// Whether to show it as approximate.
    pub approximate: bool,
}

/// An end of a rule's interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The number said, and so many more or fewer.
    Said(i64),
    /// The second number of a range.
    To,
    Number(u64),
    Open,
    Unknown,
}

impl RuleSet {
    /// The ids of the built-in sets, the default first.
    pub fn ids() -> Vec<&'static str> {
        BUILT_IN.as_ref().map(|sets| sets.iter().map(|set| set.id.as_str()).collect()).unwrap_or_default()
    }

    /// A built-in set: `open` (the default), `airwars-like` or `acled`.
    pub fn named(id: &str) -> Result<RuleSet, CountError> {
        let sets = BUILT_IN.as_ref().map_err(Clone::clone)?;
        let known = || sets.iter().map(|set| set.id.as_str()).collect::<Vec<_>>().join(", ");
        sets.iter()
            .find(|set| set.id == id)
            .cloned()
            .ok_or_else(|| CountError::UnknownRules { id: id.to_owned(), known: known() })
    }

    /// The set's name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The set's version: a change of any rule changes it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What a reader sees.
    pub fn title(&self, language: Language) -> &str {
        &self.title[language as usize]
    }

    /// What the set rests on; a set named after an organisation says that it was inferred.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The rule for a form of words first said in this language.
    pub fn rule(&self, quantity: Quantity, language: Language) -> &Rule {
        &self.by_form[form_index(quantity)][language as usize]
    }

    /// Reads words as numbers. `language` is the one that they were first said in.
    pub fn read(&self, quantity: Quantity, harm: Harm, language: Language) -> Reading {
        let rule = self.rule(quantity, language);
        if self.only_killed_total && harm != Harm::Killed {
            let refusal = RuleId::new("acled:only-killed-total").unwrap_or_else(|_| rule.id.clone());
            return Reading { interval: Interval::UNKNOWN, rule: refusal, approximate: false };
        }
        Reading { interval: rule.interval(quantity), rule: rule.id.clone(), approximate: rule.approximate }
    }

    /// The interval alone, without taking the rule's name along.
    pub(crate) fn interval(&self, quantity: Quantity, harm: Harm, language: Language) -> Interval {
        if self.only_killed_total && harm != Harm::Killed {
            return Interval::UNKNOWN;
        }
        self.rule(quantity, language).interval(quantity)
    }

    /// Whether the set counts only the total of the killed.
    pub fn only_killed_total(&self) -> bool {
        self.only_killed_total
    }

    /// Whether the coders whom the set follows presume ages that nobody says: a son, daughter or grandchild is a child,
    /// everybody else an adult. Used where one document is read; a register counts only what is said or inferred.
    pub fn presumes_ages(&self) -> bool {
        self.presumes_ages
    }

    /// Whether the set counts this at all; `acled` counts only the total of the killed.
    pub fn counts(&self, harm: Harm, class: Class, standing: Option<Standing>) -> bool {
        !self.only_killed_total || (harm == Harm::Killed && class == Class::Total && standing.is_none())
    }

    /// Every rule of the set with its form; a rule for one language follows the general one.
    pub fn rules(&self) -> impl Iterator<Item = (&'static str, &Rule)> {
        FORMS.iter().zip(&self.by_form).flat_map(|(form, [en, ar])| {
            let second = (en != ar).then_some((*form, ar));
            std::iter::once((*form, en)).chain(second)
        })
    }
}

impl Rule {
    /// What a quantity comes to. A lower end above the upper one (as in "up to 0") is lowered to it.
    pub fn interval(&self, quantity: Quantity) -> Interval {
        let (n, to) = match quantity {
            Quantity::Between { n, to } => (n, to),
            other => (other.number().unwrap_or(0), 0),
        };
        let value = |end: End| match end {
            End::Said(more) => Some(n.saturating_add_signed(more)),
            End::To => Some(to),
            End::Number(number) => Some(number),
            End::Open | End::Unknown => None,
        };
        let Some(mut low) = value(self.low) else { return Interval::UNKNOWN };
        let high = match (self.high, value(self.high)) {
            (_, Some(high)) => {
                low = low.min(high);
                Upper::Known(high)
            }
            (End::Open, None) => Upper::Open,
            (_, None) => Upper::Unknown,
        };
        Interval::new(Some(low), quantity.number(), high).unwrap_or(Interval::UNKNOWN)
    }

    /// The rule's two ends as its table has them: `n`, `n+1`, `n-1`, `to`, a number, `open`, `unknown`.
    pub fn ends(&self) -> [String; 2] {
        [self.low, self.high].map(|end| match end {
            End::Said(0) => "n".to_owned(),
            End::Said(more) => format!("n{more:+}"),
            End::To => "to".to_owned(),
            End::Number(number) => number.to_string(),
            End::Open => "open".to_owned(),
            End::Unknown => "unknown".to_owned(),
        })
    }

    /// What the rule says, for a reader.
    pub fn text(&self, language: Language) -> &str {
        &self.text[language as usize]
    }
}

/// What a rule says, for a reader: rules of the built-in sets, and rules by which numbers are put together
/// (`envelope`, `sum-of-parts`, …). `None` for a rule that this crate does not know.
pub fn rule_text(id: &str, language: Language) -> Option<&'static str> {
    if let Some(method) = methods().iter().find(|method| method.id == id) {
        return Some(if language == Language::En { &method.text_en } else { &method.text_ar });
    }
    let sets = BUILT_IN.as_ref().ok()?;
    sets.iter()
        .flat_map(RuleSet::rules)
        .find(|(_, rule)| rule.id.as_str() == id)
        .map(|(_, rule)| rule.text(language))
}

/// The rules by which numbers are put together: id and text in two languages.
pub fn methods() -> &'static [Method] {
    &METHODS
}

/// A rule by which numbers are put together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Method {
    /// Its id: `envelope`.
    pub id: String,
    /// What it does, in English.
    pub text_en: String,
    /// What it does, in Arabic.
    pub text_ar: String,
    /// What it rests on.
    pub source: String,
}

static BUILT_IN: LazyLock<Result<Vec<RuleSet>, CountError>> =
    LazyLock::new(|| read_sets(include_str!("../data/sets.csv"), include_str!("../data/rules.csv")));

static METHODS: LazyLock<Vec<Method>> = LazyLock::new(|| {
    // Part of the program, and a test reads every row: it cannot be shipped broken.
    csv::Reader::from_reader(include_str!("../data/methods.csv").as_bytes())
        .deserialize()
        .filter_map(Result::ok)
        .collect()
});

#[derive(Deserialize)]
struct SetRow {
    id: String,
    version: String,
    only_killed_total: String,
    presumes_ages: String,
    title_en: String,
    title_ar: String,
    source: String,
}

#[derive(Deserialize)]
struct RuleRow {
    set: String,
    form: String,
    language: Option<Language>,
    id: String,
    min: String,
    max: String,
    approximate: String,
    text_en: String,
    text_ar: String,
    source: String,
}

fn read_sets(sets: &str, rules: &str) -> Result<Vec<RuleSet>, CountError> {
    let rules = rows::<RuleRow>("rules.csv", rules)?;
    rows::<SetRow>("sets.csv", sets)?.into_iter().map(|set| read_set(set, &rules)).collect()
}

fn read_set(set: SetRow, rules: &[RuleRow]) -> Result<RuleSet, CountError> {
    let mut by_form: Vec<[Option<Rule>; 2]> = FORMS.iter().map(|_| [None, None]).collect();
    for (at, row) in rules.iter().enumerate().filter(|(_, row)| row.set == set.id) {
        let broken = |cause: String| CountError::BadRuleData { file: "rules.csv", row: at + 1, cause };
        let form = FORMS
            .iter()
            .position(|form| *form == row.form)
            .ok_or_else(|| broken(format!("no form `{}`", row.form)))?;
        let rule = Rule {
            id: RuleId::new(&row.id).map_err(|cause| broken(cause.to_string()))?,
            approximate: row.approximate == "yes",
            text: [row.text_en.clone(), row.text_ar.clone()],
            source: row.source.clone(),
            low: end(&row.min).ok_or_else(|| broken(format!("`{}` is no end", row.min)))?,
            high: end(&row.max).ok_or_else(|| broken(format!("`{}` is no end", row.max)))?,
        };
        match row.language {
            Some(language) => by_form[form][language as usize] = Some(rule),
            None => by_form[form] = [Some(rule.clone()), Some(rule)],
        }
    }
    let complete = by_form.into_iter().zip(FORMS).map(|(rules, form)| match rules {
        [Some(en), Some(ar)] => Ok([en, ar]),
        _ => Err(CountError::BadRuleData {
            file: "rules.csv",
            row: 0,
            cause: format!("set {} has no rule for {form}", set.id),
        }),
    });
    Ok(RuleSet {
        by_form: complete.collect::<Result<_, _>>()?,
        id: set.id,
        version: set.version,
        title: [set.title_en, set.title_ar],
        source: set.source,
        only_killed_total: set.only_killed_total == "yes",
        presumes_ages: set.presumes_ages == "yes",
    })
}

fn rows<T: serde::de::DeserializeOwned>(file: &'static str, table: &str) -> Result<Vec<T>, CountError> {
    csv::Reader::from_reader(table.as_bytes())
        .deserialize()
        .enumerate()
        .map(|(at, row)| {
            row.map_err(|cause| CountError::BadRuleData { file, row: at + 1, cause: cause.to_string() })
        })
        .collect()
}

fn end(text: &str) -> Option<End> {
    Some(match text {
        "n" => End::Said(0),
        "n+1" => End::Said(1),
        "n-1" => End::Said(-1),
        "to" => End::To,
        "open" => End::Open,
        "unknown" => End::Unknown,
        number => End::Number(number.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compact::quantity_of;

    #[derive(Deserialize)]
    struct Example {
        set: String,
        form: String,
        language: Option<Language>,
        id: String,
        example: String,
        n: Option<u64>,
        to: Option<u64>,
        example_min: String,
        example_max: String,
    }

    fn upper(text: &str) -> Upper {
        match text {
            "open" => Upper::Open,
            "unknown" => Upper::Unknown,
            number => Upper::Known(number.parse().unwrap()),
        }
    }

    #[test]
    fn every_rule_reads_its_example() {
        let examples = rows::<Example>("rules.csv", include_str!("../data/rules.csv")).unwrap();
        assert!(examples.len() >= 3 * FORMS.len());
        for row in examples {
            let set = RuleSet::named(&row.set).unwrap();
            let form = FORMS.iter().position(|form| *form == row.form).unwrap();
            let quantity = quantity_of(form, row.n.unwrap_or(0), row.to.unwrap_or(0)).unwrap();
            let reading = set.read(quantity, Harm::Killed, row.language.unwrap_or(Language::En));
            assert_eq!(reading.rule.as_str(), row.id, "{}", row.example);
            assert_eq!(reading.interval.min(), row.example_min.parse().ok(), "{}: {}", row.id, row.example);
            assert_eq!(reading.interval.max(), upper(&row.example_max), "{}: {}", row.id, row.example);
        }
    }

    #[test]
    fn every_rule_speaks_both_languages() {
        let ids: Vec<String> = RuleSet::ids()
            .into_iter()
            .flat_map(|id| {
                RuleSet::named(id).unwrap().rules().map(|(_, rule)| rule.id.to_string()).collect::<Vec<_>>()
            })
            .chain(methods().iter().map(|method| method.id.clone()))
            .collect();
        let rows_of_methods =
            csv::Reader::from_reader(include_str!("../data/methods.csv").as_bytes()).into_records().count();
        assert_eq!(methods().len(), rows_of_methods);
        for id in ids {
            let arabic = rule_text(&id, Language::Ar).unwrap();
            assert!(arabic.chars().any(|c| ('\u{0621}'..='\u{064a}').contains(&c)), "{id}");
            assert!(rule_text(&id, Language::En).unwrap().is_ascii() || id.ends_with(":ar"), "{id}");
        }
    }

    #[test]
    fn dozens_from_arabic_were_tens() {
        let open = RuleSet::named("open").unwrap();
        let from = |language| open.read(Quantity::Dozens, Harm::Killed, language).interval;
        assert_eq!(
            (from(Language::En), from(Language::Ar)),
            (Interval::at_least(12), Interval::at_least(10))
        );
    }

    #[test]
    fn acled_refuses_the_injured_and_groups() {
        let acled = RuleSet::named("acled").unwrap();
        let injured = acled.read(Quantity::Exact { n: 4 }, Harm::Injured, Language::En);
        assert_eq!((injured.interval, injured.rule.as_str()), (Interval::UNKNOWN, "acled:only-killed-total"));
        assert!(acled.counts(Harm::Killed, Class::Total, None));
        assert!(!acled.counts(Harm::Killed, Class::Children, None));
        assert!(!acled.counts(Harm::Killed, Class::Total, Some(Standing::Civilian)));
    }

    #[test]
    fn a_set_that_does_not_exist_is_told_with_those_that_do() {
        let error = RuleSet::named("opne").unwrap_err().to_string();
        assert!(error.contains("`opne`") && error.contains("open, airwars-like, acled"), "{error}");
    }

    #[test]
    fn a_lower_end_never_passes_the_upper_one() {
        let open = RuleSet::named("open").unwrap();
        for quantity in [Quantity::AtMost { n: 0 }, Quantity::LessThan { n: 1 }, Quantity::LessThan { n: 0 }]
        {
            assert_eq!(
                open.read(quantity, Harm::Killed, Language::En).interval.min(),
                Some(0),
                "{quantity:?}"
            );
        }
    }
}
