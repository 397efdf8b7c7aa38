//! `sijil count`: a figure.

mod beside;
mod diff;
mod sensitivity;

use std::collections::BTreeMap;

use serde::Serialize;
use sijil_count::{By, Figure, Printed, Question, Rate, Row, per_in_words, rule_text};
use sijil_model::{FigureId, Language};
use sijil_register::{Event, View};

use crate::arguments::{Arguments, Count};
use crate::asking::{self, OnLists};
use crate::failure::Outcome;
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::{complain, say, say_json};

pub fn run(arguments: &Arguments, asked: &Count) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let question = asking::question(session.register.view(), &stages, asked)?;
    if let [from, to] = asked.diff[..] {
        let areas = asking::areas(&stages, &question)?;
        return diff::run((session.register.view(), &stages), &question, &areas, (from, to), asked.json);
    }
    if let Some(name) = &asked.save {
        // A rate that is refused is not saved.
        if question.per.is_some() {
            let view = session.register.view();
            asking::answer_with_rate(view, &stages, &question, view.position()?)?;
        }
        save(&mut session, asked, name, &question)?;
    }
    let at = asking::reached(session.register.view(), asked.at)?;
    if asked.sensitivity {
        let areas = asking::areas(&stages, &question)?;
        return sensitivity::run(session.register.view(), &question, &areas, at, asked.json);
    }
    let figure = asking::answer_with_rate(session.register.view(), &stages, &question, at)?;
    let listed = asking::listed(session.register.view(), &question, at)?;
    if asked.json {
        let (listed, listed_by) = listed.map(|on| (on.people, on.by_list)).unzip();
        let listed_by = listed_by.unwrap_or_default().into_iter().collect();
        // What was compared is of now and not of the figure, which is the same whenever it is asked for.
        let uncompared = session.register.view().uncompared_incidents()?;
        asking::uncompared_in_words(uncompared).iter().for_each(|told| complain(told));
        say_json(&AsJson { figure: &figure, listed, listed_by })?;
    } else {
        print(session.register.view(), &figure, listed, &stages)?;
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
    /// The same by list, where that is asked.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    listed_by: BTreeMap<String, u64>,
}

fn save(session: &mut Session, asked: &Count, name: &str, question: &Question) -> Outcome {
    let figure = FigureId::new(name)?;
    let titled =
        |title: &Option<String>, language| title.clone().unwrap_or_else(|| question.in_words(language));
    let (title_en, title_ar) = (titled(&asked.title_en, Language::En), titled(&asked.title_ar, Language::Ar));
    let question = serde_json::to_string(question)?;
    if !asked.replace {
        asking::refuse_to_replace(session.register.view(), name, &question)?;
    }
    let position = session
        .write(|writing| writing.say(Event::FigureDefined { figure, question, title_en, title_ar }))?;
    complain(&format!("saved the question as {name} (entry:{position})"));
    Ok(())
}

fn print(view: &View, figure: &Figure, listed: Option<OnLists>, stages: &Stages) -> Outcome {
    let question = figure.question.in_words(Language::En);
    say(&format!("{question}: {}", asking::in_words(&figure.inside, Language::En)));
    for place in &figure.question.places {
        say(&format!("  in: {}", asking::place_in_words(stages, place)));
    }
    if figure.possibly_inside.incidents > 0 {
        say(&format!("  possibly inside: {}", asking::in_words(&figure.possibly_inside, Language::En)));
    }
    if let Some(as_one) = &figure.as_one {
        say(&format!("  {}", asking::as_one_in_words(as_one)));
    }
    if let Some(uncompared) = asking::uncompared_in_words(view.uncompared_incidents()?) {
        say(&format!("  {uncompared}"));
    }
    if let Some(rate) = &figure.rate {
        rate_lines(view, stages, figure, rate).iter().for_each(|line| say(line));
    }
    let named = figure.inside.named;
    say(&format!(
        "  known as people: {}   incidents: {}   rules: {}",
        asking::named_in_words(named),
        figure.inside.incidents,
        figure.rules
    ));
    without_number(view, stages, figure)?;
    by_rule(figure);
    if let Some(listed) = listed.filter(|listed| listed.people > 0 || !listed.by_list.is_empty()) {
        say(&format!(
            "  people on lists who are in no incident: {}; they are in no sum until somebody decides",
            listed.people
        ));
        for (list, people) in &listed.by_list {
            say(&format!("  people on lists, of {}: {people}", asking::list_name(view, list, Language::En)));
        }
    }
    if !figure.rows.is_empty() {
        print_rows(view, &figure.rows, stages);
        if figure.question.by.contains(&By::List) {
            say(
                "  each list's row is what that list alone says; whoever is on three lists is in three rows, so they do not add up to the figure",
            );
        } else if figure.rows_overlap {
            say("  an incident may be in several rows; they do not add up to the figure");
        }
    }
    for excluded in &figure.excluded {
        say(&format!("  left out: {} ({})", excluded.id, excluded.reason));
    }
    beside::reconciled(view, stages, &figure.reconciled)?;
    beside::contested(view, stages, &figure.contested)?;
    for note in &figure.watched {
        let dark =
            if note.dark.is_empty() { String::new() } else { format!("; dark: {}", note.dark.join(", ")) };
        say(&format!("  watched: {}: {}{dark} ({})", note.when_and_where(), note.searched, note.id));
    }
    if figure.watched.is_empty() {
        say("  watched: nobody noted what was searched; `sijil note` does");
    }
    say(&format!("  at log position {}; documented is not total", figure.log_position.unwrap_or_default()));
    Ok(())
}

/// How many incidents are named on one line; the rest are counted and in the JSON.
const NAMED: usize = 5;

/// The incidents that add nothing because nobody states a number: listed, and counted as such.
fn without_number(view: &View, stages: &Stages, figure: &Figure) -> Outcome {
    let without: Vec<_> = figure.records.iter().filter(|record| record.min.is_none()).collect();
    if without.is_empty() {
        return Ok(());
    }
    let at = figure.log_position.unwrap_or_default();
    let mut named = Vec::new();
    for record in without.iter().take(NAMED) {
        let row = view.incident(record.id.as_str(), at)?;
        named.push(format!("{} ({})", record.id, asking::where_it_was(stages, &row, Language::En)));
    }
    let more = without.len() - named.len();
    let more = if more > 0 { format!(" and {more} more (--json lists them)") } else { String::new() };
    say(&format!("  without a number: {}; listed, adds nothing: {}{more}", without.len(), named.join(", ")));
    Ok(())
}

/// The rules behind the numbers, with how many incidents each decided.
fn by_rule(figure: &Figure) {
    let mut used: BTreeMap<&str, u64> = BTreeMap::new();
    for rule in figure.records.iter().filter_map(|record| record.rule.as_ref()) {
        *used.entry(rule.as_str()).or_default() += 1;
    }
    for (rule, incidents) in used {
        let text = rule_text(rule, Language::En).map(|text| format!(": {text}")).unwrap_or_default();
        say(&format!("  by {rule} in {incidents}{text}"));
    }
}

/// The lines of a rate, with both numbers that it is made of.
pub(super) fn rate_lines(view: &View, stages: &Stages, figure: &Figure, rate: &Rate) -> Vec<String> {
    let per = per_in_words(rate.of, Language::En);
    let mut lines = vec![format!("  {per}: {}", rate.inside.text(Language::En))];
    if figure.possibly_inside.incidents > 0 {
        lines.push(format!("  {per}, possibly inside: {}", rate.possibly_inside.text(Language::En)));
    }
    lines.extend(rate.populations.iter().map(|one| {
        let cited = one.cited.as_ref().map(|cited| format!(", {cited}")).unwrap_or_default();
        format!(
            "  divided by: {} in {}, {}, by {}{cited} ({})",
            Printed::of_interval(one.people).text(Language::En),
            asking::place_in_words(stages, &one.place),
            one.period,
            asking::list_name(view, &one.source, Language::En),
            one.id
        )
    }));
    lines
}

fn print_rows(view: &View, rows: &[Row], stages: &Stages) {
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<String> = std::iter::once(String::new())
                .chain(row.key.iter().map(|(by, key)| {
                    let label = asking::row_label(*by, key.as_deref(), (view, stages), Language::En);
                    label.unwrap_or_else(|| "not known".to_owned())
                }))
                .collect();
            cells.push(asking::in_words(&row.inside, Language::En));
            if row.key.contains_key(&By::List) {
                cells.push(format!("known as people: {}", asking::named_in_words(row.inside.named)));
            }
            if row.possibly_inside.incidents > 0 {
                cells.push(format!("possibly {}", asking::in_words(&row.possibly_inside, Language::En)));
            }
            cells
        })
        .collect();
    crate::terminal::table(&lines);
}
