//! Which counted things can overlap: women and children cannot, women and medics can.

use crate::amounts::Amount;

/// Sets of classes of which nobody is in two.
const DISJOINT: [&[&str]; 7] = [
    &["men", "women", "children", "infants"],
    &["men", "women", "boys", "girls", "infants"],
    &["adults", "children", "infants"],
    &["adults", "elderly", "children"],
    &["civilians", "combatants"],
    &["killed", "injured", "missing", "detained"],
    &["children", "elderly"],
];

/// Whether nobody can be counted in both: "612 people killed" and "1,413 injured" by what happened to them.
pub(crate) fn disjoint(one: &Amount, two: &Amount) -> bool {
    // «1240 ضحية بين قتيل وجريح».
    let both = |amount: &Amount| amount.nouns.iter().any(|noun| noun.class == "casualties");
    let apart = one.nouns.iter().any(|one| two.nouns.iter().any(|two| are_disjoint(one.class, two.class)));
    apart && !both(one) && !both(two)
}

/// Whether nobody can be of both classes.
pub(crate) fn are_disjoint(one: &str, two: &str) -> bool {
    one != two && DISJOINT.iter().any(|set| set.contains(&one) && set.contains(&two))
}

/// Whether nobody can be counted in two of them.
pub(crate) fn all_disjoint(parts: &[&Amount]) -> bool {
    pairs(parts).all(|(one, two)| disjoint(one, two))
}

/// Whether somebody may well be counted in two of them: known classes that overlap.
pub(crate) fn some_overlap(parts: &[&Amount]) -> bool {
    pairs(parts).any(|(one, two)| {
        let known = one.class().is_some() && two.class().is_some();
        known && one.class() != two.class() && !disjoint(one, two) && one.kind() == two.kind()
    })
}

/// Whether the classes leave nobody out.
pub(crate) fn complete(parts: &[&Amount]) -> bool {
    let has = |class| parts.iter().any(|part| part.nouns.iter().any(|noun| noun.class == class));
    has("men") && has("women") && (has("children") || has("boys") && has("girls"))
        || has("civilians") && has("combatants")
        || has("adults") && has("children")
        || has("killed") && has("injured")
}

fn pairs<'a, 'p>(parts: &'a [&'p Amount]) -> impl Iterator<Item = (&'p Amount, &'p Amount)> + 'a {
    parts.iter().enumerate().flat_map(move |(at, one)| parts[at + 1..].iter().map(move |two| (*one, *two)))
}
