//! What stands beside a figure: claims about many incidents with what is documented of them, and what is contested.

use std::collections::BTreeMap;

use sijil_count::contested::{Contested, Side};
use sijil_count::reconcile::Reconciled;
use sijil_count::{Says, Tally};
use sijil_model::codebook::AggregateKind;
use sijil_model::{ActorCode, ClaimId, Language, Upper};
use sijil_register::View;

use crate::asking;
use crate::failure::{Failure, Outcome};
use crate::stages::Stages;
use crate::terminal::say;

/// The most claims or incidents on one line; the rest are counted, and the JSON lists them.
const SHOWN: usize = 5;

/// Claims about many incidents; those of which there is nothing to say but the same reason on one line together.
pub fn reconciled(view: &View, stages: &Stages, reconciled: &[Reconciled]) -> Outcome {
    let mut same: BTreeMap<&str, Vec<&ClaimId>> = BTreeMap::new();
    for claim in reconciled {
        let why = claim.why.as_deref().unwrap_or_default();
        match claim.kind {
            AggregateKind::Total
            | AggregateKind::Ratio
            | AggregateKind::Share
            | AggregateKind::Comparison => {
                say(&format!("  beside it: {}", quoted(view, &claim.aggregate)?));
                said(claim);
                for side in &claim.sides {
                    let (inside, possibly) = (words(&side.inside), words(&side.possibly_inside));
                    say(&format!(
                        "    documented of {}: {inside}; possibly inside: {possibly}",
                        actor(stages, &side.actor)
                    ));
                }
                for stance in &claim.stances {
                    if let Says::StatedTarget { holder } = &stance.says {
                        let words = quoted(view, &stance.claim)?;
                        say(&format!("    beside the stated target of {}: {words}", actor(stages, holder)));
                    }
                }
                not_counted(claim, why);
            }
            _ => same.entry(why).or_default().push(&claim.aggregate),
        }
    }
    for (why, claims) in same {
        say(&format!("  beside it: {}: {why}", listed(view, &claims)?));
    }
    Ok(())
}

/// What a claim says, and what is documented of it.
fn said(claim: &Reconciled) {
    let share = |(least, most): (f64, f64)| {
        let percent = |part: f64| format!("{:.1}", part * 100.0);
        if least == most {
            format!("{} %", percent(least))
        } else {
            format!("{} to {} %", percent(least), percent(most))
        }
    };
    let part = claim.proportion.map(share);
    match (claim.kind, claim.of, part) {
        (AggregateKind::Ratio, Some(of), part) => say(&format!(
            "    claimed {} of {}{}",
            range(claim.claimed),
            range(of),
            part.map(|part| format!(" ({part})")).unwrap_or_default()
        )),
        (_, _, Some(part)) => say(&format!("    claimed {part}")),
        (AggregateKind::Total, ..) => say(&format!("    claimed {}", range(claim.claimed))),
        _ => {}
    }
    if let (Some(inside), Some(possibly)) = (&claim.inside, &claim.possibly_inside) {
        say(&format!("    documented inside: {}; possibly inside: {}", words(inside), words(possibly)));
    }
    if let Some((inside, possibly)) = &claim.described {
        let (inside, possibly) = (words(inside), words(possibly));
        say(&format!(
            "    of these civilians by their description: inside {inside}; possibly inside {possibly}"
        ));
    }
}

/// The share of the claim that is documented, or why there is none.
fn not_counted(claim: &Reconciled, why: &str) {
    let because = if why.is_empty() { String::new() } else { format!(" ({why})") };
    match claim.share {
        Some((least, Some(most))) if least == most => {
            say(&format!("    coverage: {:.1} %{because}", least * 100.0));
        }
        Some((least, Some(most))) => {
            say(&format!("    coverage: {:.1} to {:.1} %{because}", least * 100.0, most * 100.0));
        }
        Some((least, None)) => {
            say(&format!("    coverage: at least {:.1} %, open above{because}", least * 100.0));
        }
        None if claim.kind == AggregateKind::Total => say(&format!("    coverage not computable: {why}")),
        None => say(&format!("    {why}")),
    }
}

/// What is claimed against what else is claimed, side by side.
pub fn contested(view: &View, stages: &Stages, contested: &[Contested]) -> Outcome {
    for one in contested.iter().take(SHOWN) {
        let about = one.incident.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
        let sides: Vec<String> =
            one.sides.iter().map(|side| side_in_words(view, stages, one, side)).collect::<Result<_, _>>()?;
        say(&format!("  contested: {about}{}", sides.join("; against it ")));
    }
    let more = contested.len().saturating_sub(SHOWN);
    if more > 0 {
        say(&format!("  contested: {more} more (--json lists them)"));
    }
    Ok(())
}

fn side_in_words(view: &View, stages: &Stages, one: &Contested, side: &Side) -> Result<String, Failure> {
    Ok(match side {
        Side::StatedTarget { claims } => {
            let holder = one.holder.as_ref().map(|holder| actor(stages, holder)).unwrap_or_default();
            format!("stated target of {holder}: {}", listed(view, &claims.iter().collect::<Vec<_>>())?)
        }
        Side::NoMilitaryObjective { claims } => {
            format!("nothing military there: {}", listed(view, &claims.iter().collect::<Vec<_>>())?)
        }
        Side::Toll { min, max, claims } => {
            format!("{} by {}", range((*min, *max)), listed(view, &claims.iter().collect::<Vec<_>>())?)
        }
        Side::Actor { actor: code } => actor(stages, code),
    })
}

fn actor(stages: &Stages, code: &ActorCode) -> String {
    stages.actors.get(code).map_or_else(|| code.to_string(), |actor| actor.label_en.clone())
}

fn words(tally: &Tally) -> String {
    asking::in_words(tally, Language::En)
}

/// A claim's words and its id.
fn quoted(view: &View, claim: &ClaimId) -> Result<String, Failure> {
    let row = view.claim(claim.as_str())?;
    let quote = row.claim.spans.first().map(|span| span.quote.replace('\n', " ")).unwrap_or_default();
    Ok(format!("“{quote}” ({claim})"))
}

/// Several claims, the first few with their words.
fn listed(view: &View, claims: &[&ClaimId]) -> Result<String, Failure> {
    let shown: Vec<String> =
        claims.iter().take(SHOWN).map(|claim| quoted(view, claim)).collect::<Result<_, _>>()?;
    let more = claims.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more (--json lists them)") } else { String::new() };
    Ok(format!("{}{more}", shown.join(", ")))
}

/// A claimed number, from its lower to its upper end.
fn range((low, high): (Option<u64>, Upper)) -> String {
    match (low, high) {
        (Some(low), Upper::Known(high)) if low == high => low.to_string(),
        (Some(low), Upper::Known(high)) => format!("{low} to {high}"),
        (None, Upper::Known(high)) => format!("at most {high}"),
        (Some(low), Upper::Open | Upper::Unknown) => format!("at least {low}"),
        (None, Upper::Open | Upper::Unknown) => "no number".to_owned(),
    }
}
