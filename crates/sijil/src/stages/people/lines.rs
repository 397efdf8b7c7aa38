//! From clusters to the lines of a run: for each group of claims that differs from what stands, its links and its draws.

use std::collections::{BTreeMap, BTreeSet};

use sijil_count::DRAWS;
use sijil_link::Joined;
use sijil_link::people::{Drawn, Edge, Linked, LookAlike, People, chance, compare, in_words, who_is_who};
use sijil_register::View;
use sijil_register::ask::Draws;
use sijil_register::results::{ClaimLink, DrawnPeople, LinkKind, PeopleLine};

use super::rows::{Named, claim_at};
use crate::failure::Failure;

/// Who is who, by the places of claims.
pub struct Answer<'a> {
    named: &'a Named,
    /// For each claim one of its person's claims.
    person: Vec<usize>,
    links: BTreeSet<ClaimLink>,
    drawn: Vec<DrawnPeople>,
}

impl<'a> Answer<'a> {
    /// Of linked records.
    pub fn of(named: &'a Named, people: &People, linked: &Linked) -> Answer<'a> {
        let mut person = vec![0; named.claims.len()];
        for (record, first) in (0..).zip(&linked.person) {
            person[claim_at(people, record)] = claim_at(people, *first);
        }
        let seed = |members: &[u32]| {
            let first = members.iter().map(|member| &named.claims[claim_at(people, *member)].claim).min();
            first.and_then(|claim| u64::from_str_radix(claim.get(1..17)?, 16).ok()).unwrap_or_default()
        };
        let drawn = who_is_who(linked, DRAWS, seed);
        Answer {
            named,
            links: Tree::of(named, people, linked).links(),
            person,
            drawn: drawn.iter().map(|drawn| in_claims(named, people, drawn)).collect(),
        }
    }

    /// How many people there are.
    pub fn people(&self) -> usize {
        self.person.iter().collect::<BTreeSet<_>>().len()
    }

    /// How many people there are in each draw: those of whom nothing was drawn, and those drawn.
    pub fn people_drawn(&self) -> Vec<usize> {
        let place = self.places();
        let drawn: BTreeSet<usize> = self
            .drawn
            .iter()
            .flat_map(|drawn| &drawn.claims)
            .map(|claim| self.person[place[claim.as_str()]])
            .collect();
        let certain = self.people() - drawn.len();
        let of_draw = |draw: usize| {
            let distinct = |drawn: &DrawnPeople| {
                drawn.people.iter().map(|draws| draws[draw]).collect::<BTreeSet<u16>>().len()
            };
            certain + self.drawn.iter().map(distinct).sum::<usize>()
        };
        (0..DRAWS).map(of_draw).collect()
    }

    /// The groups of claims of which links or draws differ from those that stand. A group holds whatever was or is linked
    /// or drawn together, so that what ends is known to be meant.
    pub fn changes(&self, mut standing: Said) -> Vec<PeopleLine> {
        let place = self.places();
        standing.keep(|claim| place.contains_key(claim));
        let said = Said { links: self.links.clone(), drawn: self.drawn.clone() };
        let mut groups = Joined::apart(place.len());
        [&said, &standing].into_iter().for_each(|said| said.join(&mut groups, &place));
        let (said, standing) = (said.by_group(&mut groups, &place), standing.by_group(&mut groups, &place));
        let touched: BTreeSet<usize> = said.keys().chain(standing.keys()).copied().collect();
        let mut lines: BTreeMap<usize, PeopleLine> = touched
            .into_iter()
            .filter(|group| said.get(group) != standing.get(group))
            .map(|group| {
                let Said { links, drawn } = said.get(&group).cloned().unwrap_or_default();
                (group, PeopleLine { people: Vec::new(), links: links.into_iter().collect(), drawn })
            })
            .collect();
        for (at, claim) in self.named.claims.iter().enumerate() {
            if let Some(line) = lines.get_mut(&groups.first(at)) {
                line.people.push(claim.claim.clone());
            }
        }
        lines.into_values().collect()
    }

    fn places(&self) -> BTreeMap<&str, usize> {
        self.named.claims.iter().map(|one| one.claim.as_str()).zip(0..).collect()
    }
}

/// People whom no rule of blocking proposed though their names are nearly the same, by claim.
pub fn look_alikes(named: &Named, people: &People, linked: &Linked) -> Vec<ClaimLink> {
    let link = |pair: LookAlike| {
        let claim = |record: u32| named.claims[claim_at(people, record)].claim.clone();
        let (a, b) = (&people.records[pair.left as usize], &people.records[pair.right as usize]);
        let compared = compare(a, b, &people.vocabulary, people.lists > 1);
        let (one, other) = (claim(pair.left), claim(pair.right));
        let (left, right) = if one < other { (one, other) } else { (other, one) };
        let permille = (pair.chance * 1000.0).round() as u16;
        ClaimLink { left, right, why: in_words(&compared.levels), permille }
    };
    let mut links: Vec<ClaimLink> =
        sijil_link::people::look_alikes(people, linked).into_iter().map(link).collect();
    links.sort();
    links
}

/// Links and draws: those found, or those that stand.
#[derive(Clone, Default, PartialEq)]
pub struct Said {
    links: BTreeSet<ClaimLink>,
    drawn: Vec<DrawnPeople>,
}

impl Said {
    /// All that stand.
    pub fn of_all(view: &View) -> Result<Said, Failure> {
        Ok(Said::standing(view.claim_links(LinkKind::Person)?, view.drawn()?))
    }

    /// Those that stand among some claims, with which no others are linked or drawn.
    pub fn among(view: &View, claims: &BTreeSet<String>) -> Result<Said, Failure> {
        Ok(Said::standing(view.links_from(LinkKind::Person, claims)?, view.drawn_among(claims)?))
    }

    fn standing(links: Vec<ClaimLink>, draws: Draws) -> Said {
        let mut components: BTreeMap<String, DrawnPeople> = BTreeMap::new();
        for (claim, (component, people)) in draws {
            let drawn = components.entry(component).or_default();
            drawn.claims.push(claim);
            drawn.people.push(people);
        }
        Said { links: links.into_iter().collect(), drawn: components.into_values().collect() }
    }

    /// Forgets what is said of claims that are not here.
    fn keep(&mut self, is_here: impl Fn(&str) -> bool) {
        self.links.retain(|link| is_here(&link.left) && is_here(&link.right));
        for DrawnPeople { claims, people } in &mut self.drawn {
            let here: Vec<bool> = claims.iter().map(|claim| is_here(claim)).collect();
            let (mut of_claims, mut of_people) = (here.iter(), here.iter());
            claims.retain(|_| of_claims.next() == Some(&true));
            people.retain(|_| of_people.next() == Some(&true));
        }
        self.drawn.retain(|drawn| !drawn.claims.is_empty());
    }

    /// Joins what is linked or drawn together.
    fn join(&self, groups: &mut Joined, place: &BTreeMap<&str, usize>) {
        for link in &self.links {
            groups.join(place[link.left.as_str()], place[link.right.as_str()]);
        }
        for two in self.drawn.iter().flat_map(|drawn| drawn.claims.windows(2)) {
            groups.join(place[two[0].as_str()], place[two[1].as_str()]);
        }
    }

    fn by_group(self, groups: &mut Joined, place: &BTreeMap<&str, usize>) -> BTreeMap<usize, Said> {
        let mut of: BTreeMap<usize, Said> = BTreeMap::new();
        for link in self.links {
            of.entry(groups.first(place[link.left.as_str()])).or_default().links.insert(link);
        }
        for drawn in self.drawn {
            of.entry(groups.first(place[drawn.claims[0].as_str()])).or_default().drawn.push(drawn);
        }
        of.values_mut().for_each(|said| said.drawn.sort_by(|a, b| a.claims.cmp(&b.claims)));
        of
    }
}

/// The draws of a component, its claims in order.
fn in_claims(named: &Named, people: &People, drawn: &Drawn) -> DrawnPeople {
    let mut order: Vec<(usize, usize)> =
        drawn.members.iter().map(|member| claim_at(people, *member)).zip(0..).collect();
    order.sort_unstable();
    let of_claim = |(_, member): &(usize, usize)| {
        let place = |draw: &Vec<u16>| {
            let same = |(_, other): &(usize, usize)| draw[*other] == draw[*member];
            order.iter().position(same).and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX)
        };
        drawn.people.iter().map(place).collect()
    };
    DrawnPeople {
        claims: order.iter().map(|(claim, _)| named.claims[*claim].claim.clone()).collect(),
        people: order.iter().map(of_claim).collect(),
    }
}

/// The links that hold each person's claims together: the likeliest that do, and no more of them than that takes.
struct Tree<'a> {
    named: &'a Named,
    people: &'a People,
    groups: Joined,
    links: BTreeSet<ClaimLink>,
}

impl<'a> Tree<'a> {
    fn of(named: &'a Named, people: &'a People, linked: &Linked) -> Tree<'a> {
        let mut tree =
            Tree { named, people, groups: Joined::apart(named.claims.len()), links: BTreeSet::new() };
        // What a reviewer joined is joined, and is no machine's link.
        for (left, right, _) in named.judgements.iter().filter(|(_, _, same)| *same) {
            tree.groups.join(*left, *right);
        }
        for (left, right) in &named.copies {
            tree.link(*left, *right, "the same place in a repost".to_owned(), 1.0);
        }
        let together = |edge: &&Edge| linked.person[edge.left as usize] == linked.person[edge.right as usize];
        let mut edges: Vec<&Edge> = linked.edges.iter().filter(together).collect();
        let claims = |edge: &Edge| {
            let (a, b) = (claim_at(people, edge.left), claim_at(people, edge.right));
            (a.min(b), a.max(b))
        };
        edges.sort_by(|a, b| b.exclusive.total_cmp(&a.exclusive).then_with(|| claims(a).cmp(&claims(b))));
        edges.into_iter().for_each(|edge| tree.link_records(edge.left, edge.right, edge.exclusive));
        // Whoever is only near through others: the model's own chance is said.
        for (record, first) in (0..).zip(&linked.person) {
            tree.link_records(*first, record, chance(people, &linked.weights, *first, record));
        }
        tree
    }

    fn link_records(&mut self, left: u32, right: u32, chance: f32) {
        let (a, b) = (&self.people.records[left as usize], &self.people.records[right as usize]);
        let (left, right) = (claim_at(self.people, left), claim_at(self.people, right));
        if self.groups.first(left) != self.groups.first(right) {
            let compared = compare(a, b, &self.people.vocabulary, self.people.lists > 1);
            self.link(left, right, in_words(&compared.levels), chance);
        }
    }

    fn link(&mut self, left: usize, right: usize, why: String, chance: f32) {
        if self.groups.join(left, right) {
            let claim = |at: usize| self.named.claims[at].claim.clone();
            let (left, right) = (claim(left.min(right)), claim(left.max(right)));
            let permille = (chance * 1000.0).round() as u16;
            self.links.insert(ClaimLink { left, right, why, permille });
        }
    }

    fn links(self) -> BTreeSet<ClaimLink> {
        self.links
    }
}
