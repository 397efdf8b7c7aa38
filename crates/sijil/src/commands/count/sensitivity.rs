//! `sijil count --sensitivity`: what each choice of a question moves.

use serde_json::json;
use sijil_count::{Area, Choice, Question, Sums};
use sijil_model::Language;
use sijil_register::View;

use crate::asking;
use crate::failure::Outcome;
use crate::terminal::{say, table};

pub fn run(view: &View, question: &Question, areas: &[Area], at: u64, json: bool) -> Outcome {
    let choices = view.sensitivity(question, areas, at)?;
    if json {
        say(&json!({ "question": question, "log_position": at, "choices": choices }).to_string());
        return Ok(());
    }
    say(&format!("{}: what each choice moves", question.in_words(Language::En)));
    let rows: Vec<Vec<String>> = choices.iter().map(row).collect();
    table(&rows);
    say(&format!("  * as asked; at log position {at}; documented is not total"));
    Ok(())
}

fn row(choice: &Choice) -> Vec<String> {
    let mark = if choice.asked { "  *" } else { "" };
    let answer = choice
        .sums
        .as_ref()
        .map_or_else(|| format!("not answered: {}", choice.refused.as_deref().unwrap_or_default()), words);
    vec![mark.to_owned(), choice.choice.clone(), choice.value.clone(), answer]
}

fn words(sums: &Sums) -> String {
    let inside = asking::in_words(&sums.inside, Language::En);
    if sums.possibly_inside.incidents == 0 {
        return inside;
    }
    format!("{inside}; possibly inside {}", asking::in_words(&sums.possibly_inside, Language::En))
}
