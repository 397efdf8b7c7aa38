//! What each choice of a question moves: the same question with one choice changed, all others kept.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sijil_model::codebook::Grading;
use sijil_model::date::Membership;

use crate::error::CountError;
use crate::figure::{Beside, count};
use crate::incident::Incident;
use crate::membership::Scope;
use crate::moved::Sums;
use crate::question::{GradingAsked, Question, Standing, Undated};
use crate::reconcile::Area;
use crate::rules::RuleSet;

/// A question with one choice made another way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Which choice: `rules`, `undated`, `status`, `grading`.
    pub choice: String,
    /// How it is made here, as written in a question.
    pub value: String,
    /// Whether the question itself makes it so.
    pub asked: bool,
    /// What comes out; none where it cannot be answered.
    pub sums: Option<Sums>,
    /// Why it cannot be answered.
    pub refused: Option<String>,
}

/// Answers a question under every rule set, and with its other choices made every way, one at a time.
///
/// # Errors
/// Those of [`count`], but for what a rule set or a choice refuses: that is told in its row.
pub fn sensitivity<'a>(
    question: &Question,
    incidents: impl Iterator<Item = &'a Incident>,
    areas: &[Area],
) -> Result<Vec<Choice>, CountError> {
    let plain = Question { by: Vec::new(), ..question.clone() };
    let beside = Beside { areas, ..Beside::default() };
    // No choice brings in what lies outside of the period, the places, the parties, the means or the site.
    let of_any_grade = Question { grading: None, ..plain.clone() };
    let scope = Scope::of(&of_any_grade, areas)?;
    let within: Vec<&Incident> =
        incidents.filter(|incident| scope.holds(incident) != Membership::Outside).collect();
    let answered = |varied: &Question| {
        let rules = RuleSet::named(&varied.rules)?;
        match count(varied, &rules, within.iter().copied(), &beside) {
            Ok(figure) => Ok((Some(Sums::of(figure)), None)),
            Err(refusal @ (CountError::Refused { .. } | CountError::Impossible { .. })) => {
                Ok((None, Some(refusal.to_string())))
            }
            Err(error) => Err(error),
        }
    };
    // Every kind of choice has the question itself among its rows; it is counted once.
    let as_asked = answered(&plain)?;
    let answer = |(choice, value, varied): (&str, String, Question)| {
        let asked = varied == plain;
        let (sums, refused) = if asked { as_asked.clone() } else { answered(&varied)? };
        Ok(Choice { choice: choice.to_owned(), value, asked, sums, refused })
    };
    variations(&plain).into_par_iter().map(answer).collect()
}

/// The question with each choice made every way.
fn variations(plain: &Question) -> Vec<(&'static str, String, Question)> {
    let with = |change: &dyn Fn(&mut Question)| {
        let mut varied = plain.clone();
        change(&mut varied);
        varied
    };
    let rules = RuleSet::ids()
        .into_iter()
        .map(|set| ("rules", set.to_owned(), with(&|q| set.clone_into(&mut q.rules))));
    let undated = [Undated::Separate, Undated::Include, Undated::Exclude]
        .map(|undated| ("undated", undated.code().to_owned(), with(&|q| q.undated = undated)));
    let status = [None, Some(Standing::Civilian), Some(Standing::CivilianDescribed)].map(|status| {
        let code = status.map_or("everyone", Standing::code);
        ("status", code.to_owned(), with(&|q| q.status = status))
    });
    let grades = [
        None,
        Some(GradingAsked::AndBetter(Grading::Weak)),
        Some(GradingAsked::AndBetter(Grading::Fair)),
        Some(GradingAsked::Only(Grading::Confirmed)),
    ];
    let grading = grades.map(|asked| {
        let code = asked.map_or("every grade".to_owned(), |asked| asked.to_string());
        ("grading", code, with(&|q| q.grading = asked))
    });
    let mut all: Vec<_> = rules.collect();
    all.extend(undated);
    all.extend(status);
    all.extend(grading);
    all
}
