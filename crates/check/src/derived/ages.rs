//! As many ages as people: "four brothers aged 20, 17, 14 and 9", «أربعة إخوة، أعمارهم 20 و17 و14 و9 سنوات».

use crate::amounts::Amount;
use crate::arithmetic::shown;
use crate::draft::Draft;
use crate::finding::Kind;
use crate::passage::{Item, Passage};

/// The most people whose ages are told one by one.
const MANY: f64 = 12.0;
/// How far before their ages people may be counted.
const REACH: usize = 9;
/// How far from the number of ages a number of people may be and still be a slip.
const SLIP: f64 = 2.0;

/// Words that lead to the ages of those who were told.
const AGED: [&str; 7] = ["aged", "ages", "اعمارهم", "اعمارهن", "واعمارهم", "واعمارهن", "اعمار"];

/// Findings about numbers of ages.
pub(super) fn check(passage: &Passage) -> Vec<Draft> {
    let aged = |at: &usize| AGED.contains(&passage.word(*at));
    (0..passage.atoms.len()).filter(aged).filter_map(|at| of_people(passage, at)).collect()
}

fn of_people(passage: &Passage, at: usize) -> Option<Draft> {
    let start = passage.sentence(at).start.max(at.saturating_sub(REACH));
    let before = passage.counts(start..at);
    let (place, people) = before.last()?;
    let some = passage.has(*place..at, &["incl", "them", "of", "between", "P", "R", "and"])
        || (*place..at).any(|at| passage.word(at).starts_with("واخ"))
        || passage.has(start..*place, &["them"]);
    let ages = listed(passage, at + 1)? as f64;
    let apart = (ages - people.stated).abs();
    let small = people.bounds.is_exact() && (2.0..=MANY).contains(&people.stated);
    let one_list = (0..passage.atoms.len()).filter(|at| AGED.contains(&passage.word(*at))).count() == 1;
    if some || !small || !one_list || !may_be_people(people) || ages < 2.0 || apart == 0.0 || apart > SLIP {
        return None;
    }
    let explain = format!("{} ages are told, not {}", shown(ages), shown(people.stated));
    Some(Draft::over(Kind::Sum, &[people], people.stated, ages, explain))
}

fn may_be_people(people: &Amount) -> bool {
    people.nouns.is_empty() && !people.word.is_empty() || people.kind() == Some("person")
}

/// How many numbers stand one after the other from a place on, with nothing but commas, "and" and "years" between;
/// `None` where they are a range, or more is told of some of them.
fn listed(passage: &Passage, start: usize) -> Option<usize> {
    let mut number = 0;
    for at in start..passage.sentence(start).end {
        let years = matches!(passage.word(at), "سنه" | "سنوات" | "عاما" | "اعوام" | "years" | "year");
        match &passage.atoms[at].item {
            Item::Count(age) | Item::Length(age, _) | Item::Age(age) if age.bounds.is_exact() => number += 1,
            Item::Word if matches!(passage.symbol(at), "," | "and") || years => {}
            Item::Word if number > 0 && matches!(passage.symbol(at), ")" | "-" | ";" | ":") => break,
            // «أربعة إخوة أعمارهم 20 و17 و14، كانوا …»: the list is over.
            Item::Word if number > 0 && passage.symbol_before(at) == "," => break,
            // "Aged 9, 12 and 14 were killed".
            Item::Word if number > 1 && passage.symbol(at) == "is" => break,
            _ => return None,
        }
    }
    Some(number)
}
