//! The rule sets of a release as data, so that another program can read the words again.

use std::collections::BTreeMap;

use serde::Serialize;
use sijil_count::{RuleSet, rules::methods};
use sijil_model::Language;

use crate::error::Result;

/// A built-in rule set as a release gives it.
///
/// # Errors
/// No such set.
pub fn rules_as_data(id: &str) -> Result<serde_json::Value> {
    Ok(serde_json::to_value(ReleasedRules::of(&RuleSet::named(id)?))?)
}

/// A rule set.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedRules {
    pub id: String,
    pub version: String,
    pub title_en: String,
    pub title_ar: String,
    pub source: String,
    pub only_killed_total: bool,
    /// By form of quantity; one for words first said in English, one for Arabic.
    pub rules: BTreeMap<&'static str, BTreeMap<&'static str, ReleasedRule>>,
    /// The rules by which numbers are put together.
    pub methods: BTreeMap<String, [String; 2]>,
}

/// A rule: `min` and `max` are `n` (the number said), `n+1`, `n-1`, `to` (of a range), a number, `open` or `unknown`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleasedRule {
    pub id: String,
    pub min: String,
    pub max: String,
    pub approximate: bool,
    pub text_en: String,
    pub text_ar: String,
    pub source: String,
}

impl ReleasedRules {
    /// A rule set as data.
    pub fn of(rules: &RuleSet) -> Self {
        let mut by_form: BTreeMap<&'static str, BTreeMap<&'static str, ReleasedRule>> = BTreeMap::new();
        for (form, rule) in rules.rules() {
            let [min, max] = rule.ends();
            let released = ReleasedRule {
                id: rule.id.to_string(),
                min,
                max,
                approximate: rule.approximate,
                text_en: rule.text(Language::En).to_owned(),
                text_ar: rule.text(Language::Ar).to_owned(),
                source: rule.source.clone(),
            };
            let languages = by_form.entry(form).or_default();
            // The general rule comes first; one for Arabic alone follows it.
            languages.insert("ar", released.clone());
            languages.entry("en").or_insert(released);
        }
        Self {
            id: rules.id().to_owned(),
            version: rules.version().to_owned(),
            title_en: rules.title(Language::En).to_owned(),
            title_ar: rules.title(Language::Ar).to_owned(),
            source: rules.source().to_owned(),
            only_killed_total: rules.only_killed_total(),
            rules: by_form,
            methods: methods()
                .iter()
                .map(|method| (method.id.clone(), [method.text_en.clone(), method.text_ar.clone()]))
                .collect(),
        }
    }
}
