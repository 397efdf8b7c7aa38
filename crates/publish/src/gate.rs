//! The gate: what is cleared by one person and signed off by another, and what each record still lacks.

use std::collections::{BTreeMap, BTreeSet};

use sijil_count::{Contradiction, Figure, RuleSet};
use sijil_model::Content;
use sijil_model::codebook::{Coded, Fate, Grading};
use sijil_register::View;
use sijil_register::ask::IncidentRow;

use crate::error::Result;
use crate::make::OpenError;

/// What a record lacks before it may go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The record: a figure, an incident or a document.
    pub id: String,
    /// What kind of record.
    pub kind: &'static str,
    /// What is missing, each with the command that comes next.
    pub reasons: Vec<Reason>,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What.
    pub what: String,
    /// What to do about it: a command.
    pub next: String,
}

impl Reason {
    fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), next: next.into() }
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind, self.id)?;
        self.reasons.iter().try_for_each(|reason| write!(f, "\n    {}; next: {}", reason.what, reason.next))
    }
}

/// What a figure lacks. `since` is the position at which it was defined.
pub(crate) fn figure(view: &View, id: &str) -> Result<Vec<Reason>> {
    let since = view.figure_since(id)?.unwrap_or_default();
    clearing(view, id, since)
}

/// The checks of the severity error that a figure, an incident behind it or a person of one does not pass (codebook §14: none
/// stays open). Of a document alone only its day can be wrong, which rests on the machine's clock.
pub(crate) fn open_errors(view: &View, id: &str, figure: &Figure, open: &[OpenError]) -> Result<Vec<Reason>> {
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let at = view.position()?;
    let mut behind = BTreeSet::from([id.to_owned()]);
    let left_out = figure.excluded.iter().map(|one| one.id.to_string());
    for incident in figure.records.iter().map(|record| record.id.to_string()).chain(left_out) {
        let row = view.incident(&incident, at)?.incident;
        behind.extend(row.named.iter().map(|person| person.person.to_string()));
        behind.insert(incident);
    }
    let concerns = |one: &&OpenError| one.records.iter().any(|record| behind.contains(record));
    let reason = |one: &OpenError| {
        let what =
            format!("check {} finds an error in {}: {}", one.number, one.records.join(", "), one.explain);
        Reason::new(
            what,
            "sijil show ID, and decide or reject what is wrong; `sijil check REGISTER` lists all of them",
        )
    };
    Ok(open.iter().filter(concerns).map(reason).collect())
}

/// What a document lacks.
pub(crate) fn document(view: &View, id: &str) -> Result<Vec<Reason>> {
    let since = view.reading(id)?.map_or(Ok(0), |_| view.document(id).map(|row| row.added))?;
    clearing(view, id, since)
}

/// What an incident lacks: its clearing, its grade, and an end to its conflicts.
pub(crate) fn incident(view: &View, row: &IncidentRow, rules: &RuleSet) -> Result<Vec<Reason>> {
    let id = row.incident.id.as_str();
    let mut reasons = clearing(view, id, row.valid_from)?;
    let conflicts = conflicting_fields(view, id)?;
    if row.incident.grading == Grading::Ungraded && !conflicts.contains_key("grading") {
        reasons.push(Reason::new("it is not graded", format!("sijil decide {id} grading GRADE --why …")));
    }
    for (field, count) in &conflicts {
        reasons.push(Reason::new(
            format!("{count} decisions on {field} stand against each other"),
            format!("sijil decide {id} {field} VALUE --why …"),
        ));
    }
    let disputed = row.incident.casualties(rules).into_iter().filter_map(|row| match row.contradiction {
        Some(told @ Contradiction::NamedAboveDecision { .. }) => Some((row, told)),
        _ => None,
    });
    for (row, told) in disputed {
        reasons.push(Reason::new(
            told.text(sijil_model::Language::En),
            format!("sijil decide {id} {}.{} VALUE --why …", row.harm, row.class),
        ));
    }
    for person in &row.incident.named {
        let person = person.person.as_str();
        if let Some(other) = other_fate(view, person)? {
            reasons.push(Reason::new(
                format!("{person} is told to be killed, and in another document to be {}", other.code()),
                format!("sijil decide {person} fate VALUE --why …"),
            ));
        }
    }
    for (left, right) in conflicting_judgements(view, id)? {
        reasons.push(Reason::new(
            format!("{left} and {right} are judged both same and different"),
            format!("sijil judge {left} {right} VERDICT --why …"),
        ));
    }
    Ok(reasons)
}

/// What became of somebody by another document than the one that has them killed: wounded or held, where nobody decided which it
/// is. Who was missing and is found dead is dead, and so is who died of wounds.
fn other_fate(view: &View, person: &str) -> Result<Option<Fate>> {
    if !view.decisions_in_force(person, "fate")?.is_empty() {
        return Ok(None);
    }
    let (mut killed, mut others) = (BTreeSet::new(), Vec::new());
    for member in view.members(person)? {
        let row = view.claim(&member.claim)?;
        let Content::Person(said) = &row.claim.content else { continue };
        match said.fate {
            Some(Fate::Killed) => drop(killed.insert(row.claim.document.clone())),
            Some(Fate::DiedOfWounds) => return Ok(None),
            Some(fate @ (Fate::Injured | Fate::Detained)) => others.push((row.claim.document.clone(), fate)),
            _ => {}
        }
    }
    let other = others.into_iter().find(|(document, _)| killed.iter().any(|killed| killed != document));
    Ok(other.map(|(_, fate)| fate))
}

/// Whether a person's own record is cleared and signed: for people of lists, who belong to no incident.
pub(crate) fn is_person_cleared(view: &View, id: &str) -> Result<bool> {
    Ok(clearing(view, id, 0)?.is_empty())
}

/// What a clearing lacks; `since` is when the thing became what it is.
fn clearing(view: &View, id: &str, since: u64) -> Result<Vec<Reason>> {
    let clear = format!("sijil clear {id}");
    let sign = |except: &str| format!("sijil sign {id} --as ACCOUNT (somebody other than {except})");
    let Some(clearing) = view.clearing(id)? else {
        return Ok(vec![Reason::new("it is not cleared", format!("{clear}, then {}", sign("who clears")))]);
    };
    if clearing.position < since {
        let what =
            format!("it has changed (entry:{since}) since it was cleared (entry:{})", clearing.position);
        return Ok(vec![Reason::new(what, format!("{clear}, then {}", sign("who clears")))]);
    }
    let Some(by) = clearing.by else {
        return Ok(vec![Reason::new(
            "nobody knows any more who cleared it",
            format!("{clear}, then {}", sign("who clears")),
        )]);
    };
    let second = clearing.signed.iter().find(|(account, at)| *account != by && *at >= since);
    Ok(match second {
        Some(_) => Vec::new(),
        None => vec![Reason::new(format!("{by} cleared it and nobody else has signed it"), sign(&by))],
    })
}

fn conflicting_fields(view: &View, id: &str) -> Result<BTreeMap<String, usize>> {
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for decision in view.decisions_on(id)?.into_iter().filter(|decision| decision.in_force) {
        values.entry(decision.field).or_default().insert(decision.value);
    }
    Ok(values
        .into_iter()
        .filter(|(_, values)| values.len() > 1)
        .map(|(field, values)| (field, values.len()))
        .collect())
}

fn conflicting_judgements(view: &View, id: &str) -> Result<BTreeSet<(String, String)>> {
    let mut verdicts: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for member in view.members(id)? {
        for judgement in view.judgements_of(&member.claim)? {
            let pair = if judgement.left < judgement.right {
                (judgement.left, judgement.right)
            } else {
                (judgement.right, judgement.left)
            };
            verdicts.entry(pair).or_default().insert(judgement.verdict);
        }
    }
    let both = |verdicts: &BTreeSet<String>| verdicts.contains("same") && verdicts.contains("different");
    Ok(verdicts.into_iter().filter(|(_, verdicts)| both(verdicts)).map(|(pair, _)| pair).collect())
}
