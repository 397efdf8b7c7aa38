//! What a person should judge first: incidents that may be one strike, and pairs of whom the draws that stand do not agree;
//! those first whose answer would move most figures. After them come people of nearly the same name whom no rule of
//! blocking proposed.

use std::collections::{BTreeMap, BTreeSet};

use sijil_model::codebook::Grading;
use sijil_register::View;
use sijil_register::ask::Draws;
use sijil_register::results::LinkKind;

use crate::failure::Failure;

/// What two claims are of, and how likely they are of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// People, with the share of the draws in which they are one.
    People(f64),
    /// Incidents, with the chance that they are one strike and what of the two agrees, as codes.
    Incidents(f64, String),
    /// People of nearly the same name whom no rule of blocking proposed, with the chance that they are one and what of the
    /// two agrees, as codes.
    LookAlikes(f64, String),
}

/// Two claims of people or incidents that may be one.
pub struct Doubted {
    /// A claim, and the record that it is of now.
    pub left: (String, String),
    /// Another, of another record or of the same.
    pub right: (String, String),
    /// What of.
    pub doubt: Doubt,
    /// The figures that hold the incident of either.
    pub figures: Vec<String>,
}

impl Doubted {
    /// How much an answer says: a machine joins people, so that it is its doubt; it joins no incidents and no look-alikes,
    /// so that the likelier they are one, the more a figure that counts both awaits the answer.
    fn open(&self) -> f64 {
        match self.doubt {
            Doubt::People(share) => share * (1.0 - share),
            Doubt::Incidents(chance, _) | Doubt::LookAlikes(chance, _) => chance,
        }
    }

    /// How much it says, times the figures that it would move.
    fn consequence(&self) -> f64 {
        self.open() * self.figures.len() as f64
    }

    fn is_of(&self, record: &str) -> bool {
        self.left.1 == record || self.right.1 == record
    }
}

/// Figures by name, with the incidents in each.
pub type Held = Vec<(String, BTreeSet<String>)>;

/// All pairs in doubt on which nobody has judged, the most consequential first, then the most doubtful.
///
/// # Errors
/// Those of the register.
pub fn queue(view: &View, figures: &Held) -> Result<Vec<Doubted>, Failure> {
    let mut pairs = incidents(view)?;
    pairs.extend(people(view, view.drawn()?)?);
    pairs.extend(look_alikes(view)?);
    in_order(view, figures, pairs)
}

/// The same of those with one person: they and others, and their own claims where they may be two people.
///
/// # Errors
/// Those of the register.
pub fn queue_of_person(view: &View, figures: &Held, record: &str) -> Result<Vec<Doubted>, Failure> {
    let mut pairs = people(view, view.drawn_with(record)?)?;
    pairs.extend(look_alikes(view)?);
    in_order(view, figures, pairs.into_iter().filter(|pair| pair.is_of(record)).collect())
}

/// The same of those with one incident.
///
/// # Errors
/// Those of the register.
pub fn queue_of_incident(view: &View, figures: &Held, record: &str) -> Result<Vec<Doubted>, Failure> {
    let pairs = incidents(view)?;
    in_order(view, figures, pairs.into_iter().filter(|pair| pair.is_of(record)).collect())
}

fn in_order(view: &View, figures: &Held, mut pairs: Vec<Doubted>) -> Result<Vec<Doubted>, Failure> {
    let judged = judged(view)?;
    pairs.retain(|Doubted { left: (left, one), right: (right, other), .. }| {
        !judged.contains(&(left.clone(), right.clone())) && !judged.contains(&(one.clone(), other.clone()))
    });
    for pair in &mut pairs {
        let incident = |record: &String| match pair.doubt {
            Doubt::People(_) | Doubt::LookAlikes(..) => view.person(record).ok()?.incident,
            Doubt::Incidents(..) => Some(record.clone()),
        };
        let incidents = [incident(&pair.left.1), incident(&pair.right.1)];
        let holds =
            |held: &BTreeSet<String>| incidents.iter().flatten().any(|incident| held.contains(incident));
        pair.figures = figures.iter().filter(|(_, held)| holds(held)).map(|(name, _)| name.clone()).collect();
    }
    let is_look_alike = |pair: &Doubted| matches!(pair.doubt, Doubt::LookAlikes(..));
    pairs.sort_by(|a, b| {
        is_look_alike(a)
            .cmp(&is_look_alike(b))
            .then(b.consequence().total_cmp(&a.consequence()))
            .then(b.open().total_cmp(&a.open()))
            .then_with(|| (&a.left, &a.right).cmp(&(&b.left, &b.right)))
    });
    Ok(pairs)
}

/// Claims on which somebody judged, and the records that these are of, either way round. A judgement on two claims of one
/// record says nothing of its others.
fn judged(view: &View) -> Result<BTreeSet<(String, String)>, Failure> {
    let mut judged = BTreeSet::new();
    let mut add = |one: &str, other: &str| {
        judged.insert((one.to_owned(), other.to_owned()));
        judged.insert((other.to_owned(), one.to_owned()));
    };
    for said in view.judgements()? {
        add(&said.left, &said.right);
        if let (Some(one), Some(other)) = (view.record_of(&said.left)?, view.record_of(&said.right)?)
            && one != other
        {
            add(&one, &other);
        }
    }
    Ok(judged)
}

/// Incidents that a machine found alike and that are not one record. What is left out of all figures, or discounted, moves
/// none of them.
fn incidents(view: &View) -> Result<Vec<Doubted>, Failure> {
    let mut pairs = apart(view, LinkKind::Alike, Doubt::Incidents)?;
    let at = view.position()?;
    let mut counted: BTreeMap<String, bool> = BTreeMap::new();
    for record in pairs.iter().flat_map(|pair| [&pair.left.1, &pair.right.1]) {
        if !counted.contains_key(record) {
            let incident = view.incident(record, at)?.incident;
            let is_left_out = incident.left_out.is_some() || incident.grading == Grading::Discounted;
            counted.insert(record.clone(), !is_left_out);
        }
    }
    pairs.retain(|pair| [&pair.left.1, &pair.right.1].iter().all(|record| counted[*record]));
    Ok(pairs)
}

/// People of nearly the same name who are not one record.
fn look_alikes(view: &View) -> Result<Vec<Doubted>, Failure> {
    apart(view, LinkKind::LookAlike, Doubt::LookAlikes)
}

/// What links of a kind say of claims of different records.
fn apart(view: &View, kind: LinkKind, doubt: fn(f64, String) -> Doubt) -> Result<Vec<Doubted>, Failure> {
    let mut pairs = Vec::new();
    for link in view.claim_links(kind)? {
        if let (Some(left), Some(right)) = (view.record_of(&link.left)?, view.record_of(&link.right)?)
            && left != right
        {
            pairs.push(Doubted {
                left: (link.left, left),
                right: (link.right, right),
                doubt: doubt(f64::from(link.permille) / 1000.0, link.why),
                figures: Vec::new(),
            });
        }
    }
    Ok(pairs)
}

/// Who else a person may be by the draws, the likeliest first: records and shares of draws.
///
/// # Errors
/// Those of the register.
pub fn may_be(view: &View, record: &str) -> Result<Vec<(String, f64)>, Failure> {
    let mut found = Vec::new();
    for pair in people(view, view.drawn_with(record)?)? {
        let Doubt::People(share) = pair.doubt else { continue };
        match (pair.left.1 == record, pair.right.1 == record) {
            (true, false) => found.push((pair.right.1, share)),
            (false, true) => found.push((pair.left.1, share)),
            _ => {}
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}

/// A claim that was drawn, with the number of its person in each draw.
type Drawn = (String, Vec<u16>);

/// Pairs of whom some draws do not agree.
fn people(view: &View, draws: Draws) -> Result<Vec<Doubted>, Failure> {
    let mut components: BTreeMap<String, Vec<Drawn>> = BTreeMap::new();
    for (claim, (component, people)) in draws {
        components.entry(component).or_default().push((claim, people));
    }
    let mut pairs = Vec::new();
    for drawn in components.into_values() {
        pairs.extend(pairs_of(view, &drawn)?);
    }
    Ok(pairs)
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
        pairs.extend(all[at + 1..].iter().map(|(other, theirs)| (first, (theirs[0], *other))));
        let own = claims[1..].iter().map(|other| (first, (*other, *record)));
        pairs.extend(own.min_by(|a, b| together(a.0.0, a.1.0).total_cmp(&together(b.0.0, b.1.0))));
    }
    let doubted = |((one, record), (other, its)): ((&Drawn, &str), (&Drawn, &str))| {
        let share = together(one, other);
        (share > 0.0 && share < 1.0).then(|| Doubted {
            left: (one.0.clone(), record.to_owned()),
            right: (other.0.clone(), its.to_owned()),
            doubt: Doubt::People(share),
            figures: Vec::new(),
        })
    };
    Ok(pairs.into_iter().filter_map(doubted).collect())
}

/// The share of draws in which two claims are one person.
fn together(one: &Drawn, other: &Drawn) -> f64 {
    let draws = one.1.iter().zip(&other.1).filter(|(a, b)| a == b).count();
    draws as f64 / one.1.len().max(1) as f64
}
