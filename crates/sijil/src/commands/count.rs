//! `sijil count`: a figure.

use std::collections::BTreeMap;

use serde::Serialize;
use sijil_count::reconcile::Reconciled;
use sijil_count::{By, Figure, Question, Row};
use sijil_model::{FigureId, Language, Upper};
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
        say(&serde_json::to_string(&AsJson { figure: &figure, listed })?);
    } else {
        print(&figure, listed, &stages);
    }
    Ok(())
}

/// The contract's object.
#[derive(Serialize)]
struct AsJson<'a> {
    #[serde(flatten)]
    figure: &'a Figure,
    /// People of lists who are in no incident.
    listed: Option<u64>,
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
    beside(&figure.reconciled);
    say(&format!("  at log position {}; documented is not total", figure.log_position.unwrap_or_default()));
}

/// Claims about many incidents: what was claimed and what is documented of it; those of which there is nothing to say but
/// the same reason, on one line together.
fn beside(reconciled: &[Reconciled]) {
    let mut same: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for claim in reconciled {
        match (&claim.inside, claim.why.as_deref()) {
            (None, Some(why)) => same.entry(why).or_default().push(claim.aggregate.as_str()),
            (inside, why) => {
                let documented = inside.as_ref().map(|tally| asking::in_words(tally, Language::En));
                say(&format!(
                    "  beside it: {}  claimed {}; documented inside {}{}",
                    claim.aggregate,
                    range(claim.claimed),
                    documented.unwrap_or_else(|| "nothing".to_owned()),
                    why.map(|why| format!(" ({why})")).unwrap_or_default(),
                ));
            }
        }
    }
    for (why, claims) in same {
        let shown = claims[..claims.len().min(3)].join(" ");
        let more = claims.len().saturating_sub(3);
        let more = if more > 0 { format!(" and {more} more (--json lists them)") } else { String::new() };
        say(&format!("  beside it: {shown}{more}: {why}"));
    }
}

/// A claimed number, from its lower to its upper end.
fn range((low, high): (Option<u64>, Upper)) -> String {
    match (low, high) {
        (Some(low), Upper::Known(high)) if low == high => low.to_string(),
        (Some(low), Upper::Known(high)) => format!("{low} to {high}"),
        (None, Upper::Known(high)) => format!("at most {high}"),
        (Some(low), Upper::Open | Upper::Unknown) => format!("at least {low}"),
        (None, Upper::Open | Upper::Unknown) => "no number".to_owned(),
    }
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
