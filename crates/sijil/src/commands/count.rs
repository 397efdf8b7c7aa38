//! `sijil count`: a figure.

use serde_json::json;
use sijil_count::{By, Figure, Question, Row};
use sijil_model::{FigureId, Language};
use sijil_register::Event;

use crate::arguments::{Arguments, Count};
use crate::asking;
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::{complain, say};

pub fn run(arguments: &Arguments, asked: &Count) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let question = asking::question(session.register.view(), &stages, asked)?;
    if let Some(name) = &asked.save {
        save(&mut session, asked, name, &question)?;
    }
    let now = session.register.view().position()?;
    let at = asked.at.unwrap_or(now);
    if at > now {
        return Err(Failure::Refused(format!(
            "the log has {now} entries, so there is no position {at}; write at most {now}"
        )));
    }
    let figure = asking::answer(session.register.view(), &stages, &question, at)?;
    let listed = asking::listed(session.register.view(), &question, at)?;
    if asked.json {
        let mut json = serde_json::to_value(&figure)?;
        json["listed"] = listed.into();
        say(&json.to_string());
    } else {
        print(&figure, listed, &stages);
    }
    Ok(())
}

fn save(session: &mut Session, asked: &Count, name: &str, question: &Question) -> Outcome {
    let figure = FigureId::new(name)?;
    let question = serde_json::to_string(question)?;
    let title_en = asked.title_en.clone().unwrap_or_else(|| name.to_owned());
    let title_ar = asked.title_ar.clone().unwrap_or_else(|| title_en.clone());
    let position = session
        .write(|writing| writing.say(Event::FigureDefined { figure, question, title_en, title_ar }))?;
    complain(&format!("saved the question as {name} (entry:{position})"));
    Ok(())
}

fn print(figure: &Figure, listed: Option<u64>, stages: &Stages) {
    let question = figure.question.in_words(Language::En);
    say(&format!("{question}: {}", asking::in_words(&figure.inside, Language::En)));
    if figure.possibly_inside.incidents > 0 {
        say(&format!("  possibly inside: {}", asking::in_words(&figure.possibly_inside, Language::En)));
    }
    let named = figure.inside.named;
    say(&format!(
        "  named people: {}   incidents: {}   rules: {}",
        named.median, figure.inside.incidents, figure.rules
    ));
    if let Some(listed) = listed.filter(|listed| *listed > 0) {
        say(&format!(
            "  people on lists who are in no incident: {listed}; they are in no sum until somebody decides"
        ));
    }
    if !figure.rows.is_empty() {
        print_rows(&figure.rows, stages);
        if figure.rows_overlap {
            say("  an incident may be in several rows; they do not add up to the figure");
        }
    }
    for excluded in &figure.excluded {
        say(&format!("  left out: {} ({})", excluded.id, excluded.reason));
    }
    for reconciled in &figure.reconciled {
        say(&format!("  beside it: {} {}", reconciled.aggregate, json!(reconciled.why)));
    }
    say(&format!("  at log position {}; documented is not total", figure.log_position.unwrap_or_default()));
}

fn print_rows(rows: &[Row], stages: &Stages) {
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<String> = std::iter::once(String::new())
                .chain(row.key.iter().map(|(by, key)| label(*by, key.as_deref(), stages)))
                .collect();
            cells.push(asking::in_words(&row.inside, Language::En));
            if row.possibly_inside.incidents > 0 {
                cells.push(format!("possibly {}", asking::in_words(&row.possibly_inside, Language::En)));
            }
            cells
        })
        .collect();
    crate::terminal::table(&lines);
}

fn label(by: By, key: Option<&str>, stages: &Stages) -> String {
    let Some(key) = key else { return "not known".to_owned() };
    let place =
        matches!(by, By::Governorate | By::District).then(|| sijil_model::PlaceId::new(key).ok()).flatten();
    place
        .and_then(|id| stages.gazetteer.place(&id))
        .and_then(|place| place.name_en.or(place.name_ar))
        .unwrap_or_else(|| key.to_owned())
}
