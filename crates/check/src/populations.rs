//! Rates over occasions: «54 قضية في الجلسة».

use std::sync::LazyLock;

use regex::Regex;

use crate::arithmetic::{Bounds, shown};
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Passage, pattern};

/// "360 cases in 20 sessions, or 18 cases a session".
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<count>N) (?:n |w )in (?P<units>N) (?:n |w ){1,2}(?:, )?is (?P<each>N) (?:n |w )?(?:in |skip |per |every )(?P<unit>w|n) ",
    )
});
/// Findings about rates that are not over time.
pub(crate) fn check(passage: &Passage) -> Vec<Draft> {
    passage.matches(&EACH).filter_map(|found| each(passage, &found)).collect()
}

/// So many at each of the occasions that are counted beside them.
fn each(passage: &Passage, found: &regex::Captures<'_>) -> Option<Draft> {
    let (count, units) = (passage.amount(found, "count")?, passage.amount(found, "units")?);
    let each = passage.amount(found, "each")?;
    let unit = passage.word(passage.place(found, "unit")?);
    let units_word = units.word.strip_suffix('s').unwrap_or(&units.word);
    let computed = count.bounds.over(units.bounds);
    let said = Bounds::new(each.bounds.low - 0.5, each.bounds.high + 0.5);
    if unit.is_empty() || unit != units_word || units.is_vague() || count.is_vague() || computed.meets(said) {
        return None;
    }
    let exact = count.stated / units.stated;
    let explain = format!(
        "{} in {} is {} each, not {}",
        shown(count.stated),
        shown(units.stated),
        shown(exact),
        shown(each.stated)
    );
    Some(Draft::over(Kind::Rate, &[count, units, each], each.stated, exact, explain))
}
