//! Claims about many incidents: a part larger than its whole, a share of nothing, a total below what is documented.

use sijil_count::reconcile::Reconciled;
use sijil_count::{AggregateClaim, RuleSet};
use sijil_model::codebook::{AggregateKind, Harm};
use sijil_model::{Interval, Quantity, Upper};

use super::Breach;

/// What claims about many incidents get wrong (13–15), `reconciled` being the same claims beside what is documented.
pub fn aggregates(claims: &[AggregateClaim], reconciled: &[Reconciled], rules: &RuleSet) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = claims.iter().filter_map(|claim| part_above(claim, rules)).collect();
    breaches.extend(claims.iter().filter_map(share_of_nothing));
    breaches.extend(reconciled.iter().filter_map(below_documented));
    breaches
}

/// "30 of 26 locations" (13): a source's slip or a misreading.
fn part_above(claim: &AggregateClaim, rules: &RuleSet) -> Option<Breach> {
    let read = |quantity: Quantity| -> Interval {
        rules.read(quantity, claim.harm.unwrap_or(Harm::Killed), claim.language).interval
    };
    let part = claim.quantity.map(read)?.min()?;
    let Upper::Known(whole) = claim.of.map(read)?.max() else { return None };
    let explain = || format!("{part} of {whole}: the part is larger than its whole");
    (part > whole).then(|| Breach::error(13, [claim.id.to_string()], explain()))
}

/// A share whose whole nobody says (14).
fn share_of_nothing(claim: &AggregateClaim) -> Option<Breach> {
    let explain =
        || "a share without the number that it is a share of; it is turned into no people".to_owned();
    (claim.kind == AggregateKind::Share && claim.of.is_none())
        .then(|| Breach::warning(14, [claim.id.to_string()], explain()))
}

/// A total that is below what is documented certainly inside it (15). Figures show the two beside each other.
fn below_documented(reconciled: &Reconciled) -> Option<Breach> {
    let Upper::Known(claimed) = reconciled.claimed.1 else { return None };
    let documented = reconciled.inside.as_ref()?.min?;
    let explain =
        || format!("it claims at most {claimed}, and at least {documented} are documented inside it");
    (reconciled.kind == AggregateKind::Total && documented > claimed)
        .then(|| Breach::warning(15, [reconciled.aggregate.to_string()], explain()))
}
