//! Acts: who did what, when, in which entry; decisions and judgements as history shows them.

use sijil_model::codebook::{AgeClass, Coded, Fate, Grading, Sex, Status, Verdict};
use sijil_model::{ClaimId, IncidentId, Language};
use sijil_page::view::{Act, ClaimLink, DecisionLine, EntryLink, JudgementLine, Rejection, Shown, Standing};
use sijil_register::ask::{ClaimRow, DecisionRow, EntryRow, JudgementRow};
use sijil_register::event::Decision;
use sijil_register::results::Found;

use crate::desk::answer::Result;
use crate::desk::viewing::Viewing;

impl Viewing<'_> {
    /// A link to an entry by its position.
    pub fn entry_link(&self, position: u64) -> EntryLink {
        EntryLink { number: position, href: Some(self.links.entry(position)) }
    }

    /// Who wrote an entry, and when.
    pub fn act(&self, entry: &EntryRow) -> Act {
        Act { entry: Some(self.entry_link(entry.position)), by: entry.author.clone(), at: entry.time.clone() }
    }

    /// A claim's id as a link to where it can be read.
    pub fn claim_link(&self, id: &ClaimId) -> ClaimLink {
        ClaimLink { id: id.clone(), href: Some(self.links.claim(id)) }
    }

    /// Several of them.
    pub fn claim_links<'c>(&self, ids: impl IntoIterator<Item = &'c ClaimId>) -> Vec<ClaimLink> {
        ids.into_iter().map(|id| self.claim_link(id)).collect()
    }

    /// Who rejected a claim, and why.
    pub fn rejection(&self, row: &ClaimRow) -> Result<Option<Rejection>> {
        let Some(said) = &row.rejection else { return Ok(None) };
        let entries = self.view().entries_naming(row.claim.id.as_str())?;
        let entry = entries.iter().find(|entry| entry.kind == "claim.rejected");
        let act = entry.map_or_else(
            || Act { entry: None, by: said.author.clone(), at: String::new() },
            |entry| self.act(entry),
        );
        Ok(Some(Rejection { act, why: Shown::Open(said.why.clone()) }))
    }

    /// What people decided about something, newest first.
    pub fn decision_lines(&self, target: &str) -> Result<Vec<DecisionLine>> {
        let rows = self.view().decisions_on(target)?;
        rows.iter().map(|row| self.decision_line(row, &rows)).collect()
    }

    fn decision_line(&self, row: &DecisionRow, all: &[DecisionRow]) -> Result<DecisionLine> {
        let heads = all.iter().filter(|other| other.in_force && other.field == row.field).count();
        let standing = match (row.in_force, heads) {
            (false, _) => Standing::Superseded,
            (true, 1) => Standing::InForce,
            (true, _) => Standing::Conflicting,
        };
        let body = self.view().entry_named(&row.entry)?.body;
        let decision: Option<Decision> = body.and_then(|body| serde_json::from_value(body).ok());
        let links = |ids: &[String]| {
            ids.iter().filter_map(|id| Some(self.claim_link(&ClaimId::new(id.as_str()).ok()?))).collect()
        };
        Ok(DecisionLine {
            act: Act {
                entry: Some(self.entry_link(row.position)),
                by: row.author.clone(),
                at: row.time.clone(),
            },
            field: row.field.clone(),
            value: Shown::Open(self.decided_value(&row.field, &row.value)),
            why: Shown::Open(row.why.clone()),
            standing,
            used: decision.as_ref().map(|decision| links(&decision.used)).unwrap_or_default(),
            set_aside: decision.as_ref().map(|decision| links(&decision.rejected)).unwrap_or_default(),
        })
    }

    /// A decided value in the reader's words.
    fn decided_value(&self, field: &str, value: &str) -> String {
        fn label<T: Coded>(code: &str, language: Language) -> Option<String> {
            T::from_code(code).ok().map(|value| value.label(language).to_owned())
        }
        let place = || {
            let found: Found = serde_json::from_str(value).ok()?;
            let own = found.place.place.as_ref().and_then(|id| self.place_name(id));
            own.or(found.place.name_en).or(found.place.name_ar)
        };
        let incident = || {
            let record = self.view().record_of(value).ok()??;
            let title = self.incident_by_id(&IncidentId::new(record).ok()?).ok()??;
            Some(self.title_in_words(&title))
        };
        let worded = match field {
            "place" => place(),
            "grading" => label::<Grading>(value, self.language),
            "sex" => label::<Sex>(value, self.language),
            "age_class" => label::<AgeClass>(value, self.language),
            "fate" => label::<Fate>(value, self.language),
            "status" => label::<Status>(value, self.language),
            "incident" => incident(),
            "excluded" => yes_or_no(value, self.language).map(str::to_owned),
            _ => None,
        };
        worded.unwrap_or_else(|| value.to_owned())
    }

    /// What people judged about the claims of a record, newest first.
    pub fn judgement_lines(&self, claims: &[ClaimId]) -> Result<Vec<JudgementLine>> {
        let mut rows: Vec<(JudgementRow, bool)> = Vec::new();
        for claim in claims {
            for row in self.view().judgements_of(claim.as_str())? {
                let is_left = row.left == claim.as_str();
                if !rows.iter().any(|(known, _)| known.entry == row.entry) {
                    rows.push((row, is_left));
                }
            }
        }
        rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.position));
        rows.iter().map(|(row, is_left)| self.judgement_line(row, *is_left)).collect()
    }

    fn judgement_line(&self, row: &JudgementRow, is_left: bool) -> Result<JudgementLine> {
        let other = self.view().claim(if is_left { &row.right } else { &row.left })?;
        Ok(JudgementLine {
            act: self.act(&self.view().entry_named(&row.entry)?),
            verdict: Verdict::from_code(&row.verdict)?,
            other: self.record_link(&other)?,
            why: Shown::Open(row.why.clone()),
            standing: if other.valid_to.is_none() { Standing::InForce } else { Standing::Orphan },
        })
    }
}

fn yes_or_no(value: &str, language: Language) -> Option<&'static str> {
    match (value, language) {
        ("yes", Language::En) => Some("yes"),
        ("yes", Language::Ar) => Some("نعم"),
        ("no", Language::En) => Some("no"),
        ("no", Language::Ar) => Some("لا"),
        _ => None,
    }
}
