//! Questions: from an address to a question, from a question to words and to an address.

use sijil_count::{By, Question, rate_of};
use sijil_model::Edtf;
use sijil_model::codebook::Coded;
use sijil_model::date::Membership;
use sijil_page::view::{self, Choice, QuestionForm, RowKey, TypedQuestion};

use crate::arguments::Count;
use crate::asking;
use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;

/// The most place names that the form suggests.
const SUGGESTED: usize = 400;

impl Viewing<'_> {
    /// What the address asks; the names are those of `sijil count`.
    pub fn asked(&self) -> Result<Question> {
        let text = |name: &str| self.visit.get(name).map(str::to_owned);
        let words = Count {
            harm: text("harm"),
            class: text("class"),
            status: text("status"),
            actor: text("actor").into_iter().collect(),
            place: self
                .visit
                .question()
                .filter(|(name, _)| *name == "place")
                .map(|(_, place)| place.to_owned())
                .collect(),
            period: text("period"),
            grading: text("grading"),
            by: text("by"),
            rules: text("rules"),
            undated: text("undated"),
            means: text("means"),
            site: text("site"),
            per: text("per"),
            ..Count::default()
        };
        Ok(asking::question(self.view(), self.stages(), &words)?)
    }

    /// A question ready to be worded.
    pub fn question(&self, question: &Question) -> view::Question {
        view::Question::naming(
            question,
            question.actors.iter().map(|code| self.actor_name(code)).collect(),
            question.places.iter().map(|id| self.place_name(id).unwrap_or_else(|| id.to_string())).collect(),
        )
    }

    /// Where a question is answered, with some of its parts changed; none where an address cannot say it.
    pub fn question_address(&self, question: &Question, changes: &[(&str, &str)]) -> Option<String> {
        if question.actors.len() > 1 {
            return None;
        }
        let mut parts: Vec<(&str, String)> =
            vec![("harm", question.harm.code().to_owned()), ("class", question.class.code().to_owned())];
        parts.extend(question.status.map(|status| ("status", status.code().to_owned())));
        parts.extend(question.actors.iter().map(|code| ("actor", code.to_string())));
        parts.extend(question.places.iter().map(|id| ("place", id.to_string())));
        parts.extend(question.period.iter().map(|period| ("period", period.to_string())));
        parts.extend(question.grading.map(|grading| ("grading", grading.to_string())));
        parts.extend(question.means.map(|means| ("means", means.code().to_owned())));
        parts.extend(question.site.map(|site| ("site", site.code().to_owned())));
        parts.extend(question.per.map(|per| ("per", per.code().to_owned())));
        let by: Vec<&str> = question.by.iter().map(|by| by.code()).collect();
        parts.extend((!by.is_empty()).then(|| ("by", by.join(","))));
        parts.push(("rules", question.rules.clone()));
        parts.push(("undated", question.undated.code().to_owned()));
        parts.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        parts.extend(
            changes
                .iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let mut address = form_urlencoded::Serializer::new(String::new());
        address.extend_pairs(parts).append_pair("lang", self.language.code());
        Some(format!("/figure?{}", address.finish()))
    }

    /// The question form, with what was asked in it.
    pub fn question_form(&self) -> Result<QuestionForm> {
        let typed = |name: &str| self.visit.get(name).unwrap_or_default().to_owned();
        let rules =
            self.visit.get("rules").map_or_else(|| self.rules_in_force(), |rules| Ok(rules.to_owned()))?;
        Ok(QuestionForm {
            action: "/figure".to_owned(),
            typed: TypedQuestion {
                harm: typed("harm"),
                class: typed("class"),
                status: typed("status"),
                actor: typed("actor"),
                place: typed("place"),
                period: typed("period"),
                grading: typed("grading"),
                by: typed("by"),
                rules,
                undated: typed("undated"),
                means: typed("means"),
                site: typed("site"),
                per: rate_of(&typed("per")).map_or_else(|_| String::new(), |of| of.code().to_owned()),
            },
            actors: self
                .stages()
                .actors
                .values()
                .map(|actor| Choice {
                    value: actor.code.to_string(),
                    label: actor.label(self.language).to_owned(),
                })
                .collect(),
            places: self.known_places()?,
            rules: sijil_count::RuleSet::ids().into_iter().map(str::to_owned).collect(),
        })
    }

    /// Names of places in which incidents were, as suggestions.
    fn known_places(&self) -> Result<Vec<String>> {
        let incidents = self.view().incidents(self.at)?;
        let ids: std::collections::BTreeSet<_> =
            incidents.iter().flat_map(|row| &row.incident.places).flat_map(|place| &place.chain).collect();
        let names: std::collections::BTreeSet<String> =
            ids.into_iter().take(SUGGESTED).filter_map(|id| self.place_name(id)).collect();
        Ok(names.into_iter().collect())
    }

    /// What a row of a breakdown is for.
    pub fn row_key(&self, by: By, key: Option<&str>) -> RowKey {
        let Some(key) = key else { return RowKey::Unknown };
        let coded =
            |vocabulary: &str| RowKey::Code { vocabulary: vocabulary.to_owned(), code: key.to_owned() };
        match by {
            By::Governorate | By::District => {
                let name = sijil_model::PlaceId::new(key).ok().and_then(|id| self.place_name(&id));
                RowKey::Name(name.unwrap_or_else(|| key.to_owned()))
            }
            By::Month | By::Week => {
                sijil_model::Edtf::new(key).map_or_else(|_| RowKey::Name(key.to_owned()), RowKey::Date)
            }
            By::Actor => RowKey::Name(
                sijil_model::ActorCode::new(key)
                    .map_or_else(|_| key.to_owned(), |code| self.actor_name(&code)),
            ),
            By::Class => coded("class"),
            By::Grading => coded("grading"),
            By::Means => coded("means"),
            By::Site => coded("site_kind"),
            By::List => RowKey::Name(asking::list_name(self.view(), key, self.language)),
        }
    }

    /// Where the documents of a list are: a source's, or the one document.
    pub fn list_address(&self, list: &str) -> Result<String> {
        if self.view().source(list)?.is_none() {
            return Ok(self.links.document(&sijil_model::DocumentId::new(list)?));
        }
        let mut address = form_urlencoded::Serializer::new(String::new());
        address.append_pair("source", list).append_pair("lang", self.language.code());
        Ok(format!("/documents?{}", address.finish()))
    }

    /// Where a row's own question is answered; none where the question is already about such a part, or the row has no value.
    pub fn row_address(
        &self,
        question: &Question,
        keys: &std::collections::BTreeMap<By, Option<String>>,
    ) -> Option<String> {
        // A rate is of the whole question's people: a part of it has others.
        let mut changes = vec![("by", ""), ("per", "")];
        for (by, key) in keys {
            let (name, taken) = match by {
                By::Governorate | By::District => ("place", !question.places.is_empty()),
                By::Month => ("period", !is_within(key.as_deref(), question.period.as_ref())),
                By::Week | By::List => return None,
                By::Actor => ("actor", !question.actors.is_empty()),
                By::Class => ("class", false),
                By::Grading => ("grading", question.grading.is_some()),
                By::Means => ("means", question.means.is_some()),
                By::Site => ("site", question.site.is_some()),
            };
            if taken {
                return None;
            }
            changes.push((name, key.as_deref()?));
        }
        self.question_address(question, &changes)
    }
}

/// Whether a month lies in the period that was asked for, so that it can be asked for alone.
fn is_within(month: Option<&str>, period: Option<&Edtf>) -> bool {
    let month = month.and_then(|month| Edtf::new(month).ok());
    period.is_none_or(|period| {
        month.is_some_and(|month| month.bounds().within(period.bounds()) == Membership::Inside)
    })
}
