//! `sijil link --explain LIST:ROW`: what speaks for and against every candidate of a row.

use serde_json::{Map, Value, json};
use sijil_link::people::{At, Feature, Reasons, explain};

use super::write::Places;
use crate::failure::Failure;
use sijil_link::people::Linked;

/// The row that `LIST:ROW` names.
pub fn row(places: &Places<'_>, said: &str) -> Result<u32, Failure> {
    let (list, row) = said.rsplit_once(':').ok_or_else(|| {
        Failure::Usage(format!("--explain {said}: write LIST:ROW, for example hospital:12"))
    })?;
    let names = || places.lists.iter().map(|list| list.name.as_str()).collect::<Vec<_>>().join(", ");
    let file = places.lists.iter().position(|known| known.name == list).ok_or_else(|| {
        Failure::Usage(format!("--explain {said}: no list is called “{list}”; lists are {}", names()))
    })?;
    let wanted = row.parse().ok().zip(u16::try_from(file).ok()).map(|(row, file)| At { file, row });
    let found = wanted.and_then(|wanted| places.people.at.iter().position(|at| *at == wanted));
    found.and_then(|found| u32::try_from(found).ok()).ok_or_else(|| {
        let rows = places.lists[file].rows;
        Failure::Usage(format!("--explain {said}: {list} has rows 1 to {rows}"))
    })
}

/// Everything about a row, as JSON.
pub fn shown(places: &Places<'_>, linked: &Linked, persons: &[Vec<u32>], record: u32) -> Value {
    let person = |record: u32| {
        let at = places.people.at[record as usize];
        format!("p{}", persons[usize::from(at.file)][at.row as usize - 1])
    };
    let candidate = |reasons: &Reasons| {
        let (list, row) = places.of(reasons.other);
        let levels: Map<String, Value> = reasons
            .levels
            .iter()
            .map(|(feature, level, weight)| {
                // All other weights are against strangers, and add up.
                let against =
                    if *feature == Feature::NamedFor.name() { "against_relatives" } else { "weight" };
                ((*feature).to_owned(), json!({ "level": level, against: rounded(*weight) }))
            })
            .collect();
        let classes: Map<String, Value> =
            reasons.classes.iter().map(|(class, chance)| ((*class).to_owned(), rounded(*chance))).collect();
        json!({
            "list": list,
            "row": row,
            "person": person(reasons.other),
            "probability": rounded(reasons.edge.exclusive),
            "before_competition": rounded(reasons.edge.chance),
            "prior": rounded(reasons.prior),
            "levels": levels,
            "rare_given": rounded(reasons.rare_given),
            "rare_names": rounded(reasons.rare_names),
            "classes": classes,
        })
    };
    let candidates: Vec<Value> = explain(places.people, linked, record).iter().map(candidate).collect();
    let (list, row) = places.of(record);
    json!({
        "list": list,
        "row": row,
        "person": person(record),
        "candidates": candidates,
        "model": { "name": sijil_link::LINKER, "version": sijil_link::VERSION },
    })
}

fn rounded(number: f32) -> Value {
    json!((f64::from(number) * 10_000.0).round() / 10_000.0)
}
