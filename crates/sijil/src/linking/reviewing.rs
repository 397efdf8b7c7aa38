//! What a person should judge first: pairs of whom the draws that stand do not agree, those first whose answer would move
//! most figures.

use std::collections::{BTreeMap, BTreeSet};

use sijil_model::Content;
use sijil_register::View;
use sijil_register::ask::Draws;

use crate::asking::{self, Saved};
use crate::failure::{Failure, Outcome};
use crate::stages::Stages;
use crate::terminal::say;

/// Two claims of people who may be one.
pub struct Doubted {
    /// A claim, and the record that it is of now.
    pub left: (String, String),
    /// Another, of another record or of the same.
    pub right: (String, String),
    /// Share of the draws in which they are one person.
    pub share: f64,
    /// The figures that hold the incident of either.
    pub figures: Vec<String>,
}

impl Doubted {
    /// By how much the answer is open, times the figures that it would move.
    fn consequence(&self) -> f64 {
        self.share * (1.0 - self.share) * self.figures.len() as f64
    }
}

/// Figures by name, with the incidents in each.
pub type Held = Vec<(String, BTreeSet<String>)>;

/// All pairs in doubt on which nobody has judged, the most consequential first, then the most doubtful.
///
/// # Errors
/// Those of the register.
pub fn queue(view: &View, figures: &Held) -> Result<Vec<Doubted>, Failure> {
    in_order(view, figures, components(view.drawn()?))
}

/// The same of those with one record: it and others, and its own claims where it may be two people.
///
/// # Errors
/// Those of the register.
pub fn queue_of(view: &View, figures: &Held, record: &str) -> Result<Vec<Doubted>, Failure> {
    let mut pairs = in_order(view, figures, components(view.drawn_with(record)?))?;
    pairs.retain(|pair| pair.left.1 == record || pair.right.1 == record);
    Ok(pairs)
}

fn in_order(
    view: &View,
    figures: &Held,
    components: BTreeMap<String, Vec<Drawn>>,
) -> Result<Vec<Doubted>, Failure> {
    let mut pairs = Vec::new();
    for drawn in components.into_values() {
        pairs.extend(pairs_of(view, &drawn)?);
    }
    let judged: BTreeSet<(String, String)> = view
        .judgements()?
        .into_iter()
        .flat_map(|row| [(row.left.clone(), row.right.clone()), (row.right, row.left)])
        .collect();
    pairs.retain(|pair| !judged.contains(&(pair.left.0.clone(), pair.right.0.clone())));
    for pair in &mut pairs {
        let incidents = [&pair.left.1, &pair.right.1].map(|record| view.person(record).ok()?.incident);
        let holds =
            |held: &BTreeSet<String>| incidents.iter().flatten().any(|incident| held.contains(incident));
        pair.figures = figures.iter().filter(|(_, held)| holds(held)).map(|(name, _)| name.clone()).collect();
    }
    let open = |pair: &Doubted| pair.share * (1.0 - pair.share);
    pairs.sort_by(|a, b| {
        b.consequence()
            .total_cmp(&a.consequence())
            .then(open(b).total_cmp(&open(a)))
            .then_with(|| (&a.left, &a.right).cmp(&(&b.left, &b.right)))
    });
    Ok(pairs)
}

/// Who else a person may be by the draws, the likeliest first: records and shares of draws.
///
/// # Errors
/// Those of the register.
pub fn may_be(view: &View, record: &str) -> Result<Vec<(String, f64)>, Failure> {
    let mut found = Vec::new();
    for drawn in components(view.drawn_with(record)?).into_values() {
        for pair in pairs_of(view, &drawn)? {
            match (pair.left.1 == record, pair.right.1 == record) {
                (true, false) => found.push((pair.right.1, pair.share)),
                (false, true) => found.push((pair.left.1, pair.share)),
                _ => {}
            }
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}

/// A claim that was drawn, with the number of its person in each draw.
type Drawn = (String, Vec<u16>);

/// The claims that were drawn together, by component.
fn components(draws: Draws) -> BTreeMap<String, Vec<Drawn>> {
    let mut components: BTreeMap<String, Vec<Drawn>> = BTreeMap::new();
    for (claim, (component, people)) in draws {
        components.entry(component).or_default().push((claim, people));
    }
    components
}

/// Two records of which the draws do not agree, by a claim of each; and of one record that may be two its two claims that
/// are least together.
fn pairs_of(view: &View, drawn: &[Drawn]) -> Result<Vec<Doubted>, Failure> {
    let mut records: BTreeMap<String, Vec<&Drawn>> = BTreeMap::new();
    for one in drawn {
        if let Some(record) = view.record_of(&one.0)? {
            records.entry(record).or_default().push(one);
        }
    }
    let mut pairs = Vec::new();
    let all: Vec<(&str, &[&Drawn])> =
        records.iter().map(|(record, claims)| (record.as_str(), claims.as_slice())).collect();
    for (at, (record, claims)) in all.iter().enumerate() {
        let first = (claims[0], *record);
        pairs.extend(all[at + 1..].iter().map(|(other, theirs)| doubted(first, (theirs[0], *other))));
        let own = claims[1..].iter().map(|other| doubted(first, (*other, *record)));
        pairs.extend(own.min_by(|a, b| a.share.total_cmp(&b.share)));
    }
    pairs.retain(|pair| pair.share > 0.0 && pair.share < 1.0);
    Ok(pairs)
}

/// Two claims, each with its record.
fn doubted((one, record): (&Drawn, &str), (other, its): (&Drawn, &str)) -> Doubted {
    let together = one.1.iter().zip(&other.1).filter(|(a, b)| a == b).count();
    Doubted {
        left: (one.0.clone(), record.to_owned()),
        right: (other.0.clone(), its.to_owned()),
        share: together as f64 / one.1.len().max(1) as f64,
        figures: Vec::new(),
    }
}

/// Every saved figure, and the total of the killed, with the incidents in it.
fn incidents_of_figures(view: &View, stages: &Stages) -> Result<Held, Failure> {
    let at = view.position()?;
    let mut questions = vec![("all killed".to_owned(), asking::standard(view)?)];
    questions.extend(asking::saved(view)?.into_iter().map(|Saved { id, question, .. }| (id, question)));
    let held = |(name, question)| {
        let figure = asking::answer(view, stages, &question, at)?;
        Ok((name, figure.records.iter().map(|record| record.id.to_string()).collect()))
    };
    questions.into_iter().map(held).collect()
}

/// Prints the first pairs of the queue.
///
/// # Errors
/// Those of the register.
pub fn tell(view: &View, stages: &Stages, number: usize) -> Outcome {
    let queue = queue(view, &incidents_of_figures(view, stages)?)?;
    for pair in queue.iter().take(number) {
        let together = pair.left.1 == pair.right.1;
        let now = if together { "one record" } else { "two records" };
        let figures = if pair.figures.is_empty() { "no figure".to_owned() } else { pair.figures.join(", ") };
        say(&format!("{:.2}  {now}  moves {figures}", pair.share));
        for (claim, record) in [&pair.left, &pair.right] {
            say(&format!("  {claim}  of {record}  {}", described(view, claim, record)?));
        }
        say(&format!("  sijil judge {} {} same|different|unsure --why …", pair.left.0, pair.right.0));
    }
    say(&format!("{} pairs are in doubt; {} are shown", queue.len(), queue.len().min(number)));
    Ok(())
}

/// What a claim itself says, name, age and day, since its record has taken the other's for its own; and the record's
/// incident.
fn described(view: &View, claim: &str, record: &str) -> Result<String, Failure> {
    let Content::Person(said) = view.claim(claim)?.claim.content else { return Ok(String::new()) };
    let months = said.age_months.filter(|_| said.age.is_none()).map(|months| format!("{months} months"));
    let age = said.age.map(|years| years.to_string()).or(months);
    let day = said.listed.and_then(|listed| listed.date);
    let told = [age, day, view.person(record)?.incident];
    let told: String = told.into_iter().flatten().map(|one| format!(", {one}")).collect();
    Ok(format!("“{}”{told}", said.name.unwrap_or_default()))
}
