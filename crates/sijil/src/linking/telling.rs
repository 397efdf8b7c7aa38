//! `sijil link --review`: the first pairs of the queue, in a terminal.

use sijil_model::{Content, Language};
use sijil_register::View;

use super::reviewing::{Doubt, Doubted, Held, queue};
use crate::asking;
use crate::failure::{Failure, Outcome};
use crate::stages::Stages;
use crate::terminal::{counted, say};

/// Prints the first pairs of the queue.
///
/// # Errors
/// Those of the register.
pub fn tell(view: &View, stages: &Stages, number: usize) -> Outcome {
    let kept = asking::kept(view, stages, view.position()?)?;
    let held: Held = kept
        .iter()
        .map(|(kept, figure)| {
            let incidents = figure.records.iter().map(|record| record.id.to_string());
            (kept.name().to_owned(), incidents.collect())
        })
        .collect();
    let queue = queue(view, &held)?;
    for pair in queue.iter().take(number) {
        say(&first_line(pair));
        for (claim, record) in [&pair.left, &pair.right] {
            say(&format!("  {claim}  of {record}  {}", described(view, claim, record)?));
        }
        say(&format!("  sijil judge {} {} same|different|unsure --why …", pair.left.0, pair.right.0));
    }
    say(&format!("{} in doubt; {} shown", counted(queue.len(), "pair"), queue.len().min(number)));
    Ok(())
}

fn first_line(pair: &Doubted) -> String {
    let figures = if pair.figures.is_empty() { "no figure".to_owned() } else { pair.figures.join(", ") };
    match &pair.doubt {
        Doubt::People(share) => {
            let now = if pair.left.1 == pair.right.1 { "one record" } else { "two records" };
            format!("{share:.2}  {now}  moves {figures}")
        }
        Doubt::LookAlikes(chance, why) => {
            let why = sijil_link::why_in_words(why, Language::En);
            format!(
                "{chance:.2}  two records that no rule proposed, of nearly the same name ({why})  moves {figures}"
            )
        }
        Doubt::Incidents(chance, why) => {
            let why = sijil_link::why_in_words(why, Language::En);
            format!("{chance:.2}  two incidents that may be one ({why})  moves {figures}")
        }
    }
}

/// What a claim itself says, since its record has taken the other's for its own: of a person name, age and day, and the
/// record's incident; of an incident its words, when and where it was.
fn described(view: &View, claim: &str, record: &str) -> Result<String, Failure> {
    let row = view.claim(claim)?.claim;
    let Content::Person(said) = row.content else {
        let quotes = view.claims_about(claim)?.into_iter().filter_map(|about| match about.claim.content {
            Content::Place(_) | Content::Time { .. } | Content::Casualty(_) => {
                about.claim.spans.into_iter().next().map(|quoted| quoted.quote)
            }
            _ => None,
        });
        let own = row.spans.into_iter().map(|quoted| quoted.quote);
        let mut told: Vec<String> = Vec::new();
        for quote in own.chain(quotes) {
            let words = quote.split_whitespace().collect::<Vec<_>>().join(" ");
            if !told.contains(&words) {
                told.push(words);
            }
        }
        return Ok(format!("“{}”", told.join("” “")));
    };
    let months = said.age_months.filter(|_| said.age.is_none()).map(|months| counted(months, "month"));
    let age = said.age.map(|years| years.to_string()).or(months);
    let day = said.listed.and_then(|listed| listed.date);
    let told = [age, day, view.person(record)?.incident];
    let told: String = told.into_iter().flatten().map(|one| format!(", {one}")).collect();
    Ok(format!("“{}”{told}", said.name.unwrap_or_default()))
}
