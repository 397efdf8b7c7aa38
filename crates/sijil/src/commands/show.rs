//! `sijil show`: anything by its id, and what it rests on: figure, records, claims, sentence, bytes, proof.

use serde_json::{Value, json};
use sijil_count::{Printed, RuleSet};
use sijil_model::{Bounds, Claim, Language};
use sijil_page::Piece;
use sijil_page::view::Quote;
use sijil_register::ask::{ClaimRow, LinkRow, Passage, Target};
use sijil_register::{RegisterError, View};

use crate::arguments::{Arguments, Show};
use crate::asking;
use crate::commands::count::rate_lines;
use crate::failure::{Failure, Outcome};
use crate::searching::Sought;
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::{counted, say};

pub fn run(arguments: &Arguments, show: &Show) -> Outcome {
    let session = Session::open(arguments)?;
    let view = session.register.view();
    let target = match view.find(&show.id) {
        Err(RegisterError::NotFound { what, id }) => {
            let named = named(view, &Stages::of(&session.register)?, &id)?;
            if named.lines.is_empty() {
                return Err(RegisterError::NotFound { what, id }.into());
            }
            named.tell(show.json);
            return Ok(());
        }
        found => found?,
    };
    let shown = match target {
        Target::Figure(id) => figure(&session, &id)?,
        Target::Incident(id) => incident(view, &Stages::of(&session.register)?, &id)?,
        Target::Person(id) => person(view, &id)?,
        Target::Claim(id) => claim(&session, &id)?,
        Target::Document(id) => document(&session, &id)?,
        Target::Entry(position) => entry(&session, position)?,
        Target::Source(id) => source(view, &id)?,
    };
    shown.tell(show.json);
    Ok(())
}

/// What is shown, in words and as JSON.
struct Shown {
    lines: Vec<String>,
    json: Value,
}

impl Shown {
    fn tell(&self, as_json: bool) {
        if as_json {
            say(&self.json.to_string());
        } else {
            self.lines.iter().for_each(|line| say(line));
        }
    }
}

/// The most that a name finds.
const MOST_FOUND: u64 = 50;

/// What is called so, in either script: incidents by their place, people by their name, documents by their words.
fn named(view: &View, stages: &Stages, words: &str) -> Result<Shown, Failure> {
    let (hits, total) = Sought::of(view, words)?.page(view, 0, MOST_FOUND)?;
    let at = view.position()?;
    let (mut lines, mut json) = (Vec::new(), Vec::new());
    for hit in &hits {
        let title = match hit.kind.as_str() {
            "incident" => asking::where_it_was(stages, &view.incident(&hit.id, at)?, Language::En),
            "person" => view.person(&hit.id)?.name.unwrap_or_default(),
            _ => view.document(&hit.id)?.name.unwrap_or_default(),
        };
        lines.push(format!("{}  {}  {title}", hit.kind, hit.id));
        json.push(json!({ "kind": hit.kind, "id": hit.id, "title": title }));
    }
    if total > MOST_FOUND {
        lines.push(format!("  and {} more; write more of the name", total - MOST_FOUND));
    }
    Ok(Shown { lines, json: json!({ "found": json, "total": total }) })
}

fn figure(session: &Session, id: &str) -> Result<Shown, Failure> {
    let view = session.register.view();
    let stages = Stages::of(&session.register)?;
    let saved = asking::saved(view)?.into_iter().find(|saved| saved.id == id);
    let saved = saved.ok_or_else(|| Failure::Refused(format!("there is no figure {id}")))?;
    let at = view.position()?;
    let figure = asking::answer(view, &stages, &saved.question, at)?;
    let mut lines = vec![
        format!("{} / {}", saved.title_en, saved.title_ar),
        format!("  {}", asking::in_words(&figure.inside, Language::En)),
    ];
    if figure.possibly_inside.incidents > 0 {
        lines.push(format!("  possibly inside: {}", asking::in_words(&figure.possibly_inside, Language::En)));
    }
    lines.extend(figure.as_one.iter().map(|as_one| format!("  {}", asking::as_one_in_words(as_one))));
    lines.extend(figure.rate.iter().flat_map(|rate| rate_lines(view, &stages, &figure, rate)));
    lines.extend(figure.no_rate.iter().map(|why| format!("  no rate: {}", why.text())));
    lines.extend(figure.records.iter().map(|record| {
        let claims: Vec<&str> = record.claims.iter().map(sijil_model::ClaimId::as_str).collect();
        format!("  {}  {}", record.id, claims.join(" "))
    }));
    Ok(Shown { lines, json: serde_json::to_value(&figure)? })
}

fn incident(view: &View, stages: &Stages, id: &str) -> Result<Shown, Failure> {
    let row = match view.incident(id, view.position()?) {
        Err(RegisterError::NotFound { .. }) => return gone(view, id),
        row => row?,
    };
    let rules =
        RuleSet::named(&view.setting(crate::stages::setting::RULES, None)?.unwrap_or_else(|| "open".into()))?;
    let place = asking::where_it_was(stages, &row, Language::En);
    let said = if row.title.is_empty() || row.title == place {
        String::new()
    } else {
        format!(" — as said “{}”", row.title)
    };
    let mut lines = vec![format!("{id}  {place}{said}"), format!("  {}", when(&row.incident))];
    for casualty in row.incident.casualties(&rules) {
        let status = casualty.status.map(|status| format!(" {status}")).unwrap_or_default();
        let number = Printed::of_interval(casualty.interval).text(Language::En);
        lines.push(format!("  {} {}{status}: {number}  by {}", casualty.harm, casualty.class, casualty.rule));
    }
    let grade = crate::grading::proposed(view, &row.incident)?;
    lines.push(format!("  grade: {}; its sources allow {}", row.incident.grading, grade.grade));
    lines.extend(
        grade.unmet.iter().map(|(grade, why)| format!("    not {grade}: {}", why.text(Language::En))),
    );
    for person in view.people_of(id)? {
        let fate = person.fate.unwrap_or_default();
        lines.push(format!("  {}  {}  {fate}", person.id, person.name.unwrap_or_else(|| "(unnamed)".into())));
    }
    for member in view.members(id)? {
        let founder = view.claim(&member.claim)?;
        lines.push(format!("  document {}", founder.claim.document));
        lines.push(line(&founder));
        lines.extend(entered(view, &founder)?.map(|by| format!("      {by}")));
        for row in view.claims_about(&member.claim)? {
            lines.push(line(&row));
            lines.extend(entered(view, &row)?.map(|by| format!("      {by}")));
        }
    }
    for decision in view.decisions_on(id)? {
        let mark = if decision.in_force { "" } else { " (superseded)" };
        lines.push(format!(
            "  entry:{}  {} = {}  {}{mark}",
            decision.position, decision.field, decision.value, decision.why
        ));
    }
    lines.extend(passages(view, id)?);
    Ok(Shown {
        lines,
        json: json!({ "incident": row.incident, "title": row.title, "place": place, "grade": grade, "casualties": row.incident.casualties(&rules).iter().map(|c| json!({
        "harm": c.harm, "class": c.class, "status": c.status, "interval": c.interval, "rule": c.rule, "claims": c.claims })).collect::<Vec<_>>() }),
    })
}

/// When an incident was, as far as it is known.
fn when(incident: &sijil_count::Incident) -> String {
    let end = |day: Option<sijil_model::Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    let Bounds { earliest, latest } = incident.when;
    let dated = if incident.dated { "date" } else { "no date; it was" };
    match (earliest, latest) {
        (None, None) => "date: not known".to_owned(),
        (first, last) if first == last => format!("{dated}: {}", end(first)),
        (first, last) => format!("{dated}: {} to {}", end(first), end(last)),
    }
}

fn person(view: &View, id: &str) -> Result<Shown, Failure> {
    let row = match view.person(id) {
        Err(RegisterError::NotFound { .. }) => return gone(view, id),
        row => row?,
    };
    let name = row.name.clone().unwrap_or_else(|| "(unnamed)".into());
    let mut lines = vec![format!("{id}  {name}")];
    let known =
        [("fate", &row.fate), ("sex", &row.sex), ("age class", &row.age_class), ("incident", &row.incident)];
    lines.extend(known.iter().filter_map(|(what, value)| Some(format!("  {what}: {}", value.as_ref()?))));
    lines.extend(row.age.map(|age| format!("  age: {age}")));
    for member in view.members(id)? {
        lines.push(line(&view.claim(&member.claim)?));
        lines.extend(view.links_of(&member.claim)?.iter().map(|link| {
            let why = sijil_link::why_in_words(&link.why, Language::En);
            format!("    linked {} ~ {}: {}{why}", link.left, link.right, chance(link))
        }));
        lines.extend(view.judgements_of(&member.claim)?.iter().map(|said| {
            format!(
                "    entry:{} judged {} {} {}: {}",
                said.position, said.left, said.right, said.verdict, said.why
            )
        }));
    }
    lines.extend(passages(view, id)?);
    let json = json!({ "id": id, "name": row.name, "fate": row.fate, "sex": row.sex, "age": row.age, "incident": row.incident });
    Ok(Shown { lines, json })
}

/// The chance of a link, where it was reckoned.
fn chance(link: &LinkRow) -> String {
    link.permille.map_or_else(String::new, |permille| format!("{:.3}, ", f64::from(permille) / 1000.0))
}

/// A record that is no more: where its claims went, and where they are now.
fn gone(view: &View, id: &str) -> Result<Shown, Failure> {
    let now = view.now_in(id)?;
    let where_now = if now.is_empty() { "nowhere".to_owned() } else { now.join(", ") };
    let mut lines = vec![format!("{id}  is no record any more; its claims are in {where_now}")];
    lines.extend(passages(view, id)?);
    Ok(Shown { lines, json: json!({ "id": id, "now": now }) })
}

/// What came to a record from others and went from it to others.
fn passages(view: &View, id: &str) -> Result<Vec<String>, Failure> {
    let passage = |passage: Passage| {
        let Passage { at, from, to, claims } = passage;
        let what = counted(claims, "claim");
        if to == id {
            format!("  entry:{at}  {what} came from {from}")
        } else {
            format!("  entry:{at}  {what} went to {to}")
        }
    };
    Ok(view.passages(id)?.into_iter().map(passage).collect())
}

fn claim(session: &Session, id: &str) -> Result<Shown, Failure> {
    let view = session.register.view();
    let row = view.claim(id)?;
    let mut lines = vec![line(&row)];
    lines.extend(sentences(session, &row.claim)?.into_iter().map(|sentence| format!("    says {sentence}")));
    lines.push(format!("    document {}", row.claim.document));
    lines.extend(entered(view, &row)?.map(|by| format!("    {by}")));
    lines.extend(row.claim.about.as_ref().map(|about| format!("    about {about}")));
    lines.extend(view.record_of(id)?.map(|record| format!("    of record {record}")));
    lines.extend(row.rejection.as_ref().map(|rejection| format!("    rejected: {}", rejection.why)));
    Ok(Shown { lines, json: serde_json::to_value(&row.claim)? })
}

/// Who entered a claim, where a person did.
fn entered(view: &View, row: &ClaimRow) -> Result<Option<String>, Failure> {
    Ok(view.entry_of_made(row)?.map(|entry| {
        format!("entered by {}, entry:{}", entry.author.as_deref().unwrap_or("-"), entry.position)
    }))
}

/// The sentences of a claim's words, these in brackets; none of a list, and none where the text no longer says them.
fn sentences(session: &Session, claim: &Claim) -> Result<Vec<String>, Failure> {
    let Some(reading) = session.register.view().reading(claim.document.as_str())? else {
        return Ok(Vec::new());
    };
    if reading.form != "text" || session.register.view().current_blob(&reading.text).is_err() {
        return Ok(Vec::new());
    }
    let text = String::from_utf8_lossy(&session.register.blob(&reading.text)?).into_owned();
    let words: Vec<_> = claim.spans.iter().filter_map(|quoted| quoted.bytes_in(&text)).collect();
    let in_brackets = |quote: Quote| {
        let piece = |piece: &Piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() };
        quote.pieces.iter().map(piece).collect::<String>().replace(['\n', '\r'], " ")
    };
    Ok(Quote::of(&text, &words, None).into_iter().map(in_brackets).collect())
}

fn document(session: &Session, id: &str) -> Result<Shown, Failure> {
    let view = session.register.view();
    let row = view.document(id)?;
    let published = view.published(id, 0)?.map_or_else(|| "not known".to_owned(), String::from);
    let mut lines = vec![
        format!("{id}"),
        format!("  {}  {}  {} bytes", row.name.as_deref().unwrap_or("-"), row.media_type, row.size),
        format!("  published {published}  added entry:{}", row.added),
    ];
    if let Some(reading) = view.reading(id)? {
        lines.push(format!("  text {} by {} {}", reading.text, reading.reader, reading.version));
    }
    let claims = view.claims_of_document_page(id, 0, 200)?;
    lines.extend(claims.iter().map(line));
    let json = json!({ "id": id, "name": row.name, "media_type": row.media_type, "size": row.size, "published": published,
        "claims": claims.iter().map(|row| row.claim.id.to_string()).collect::<Vec<_>>() });
    Ok(Shown { lines, json })
}

fn entry(session: &Session, position: u64) -> Result<Shown, Failure> {
    let row = session.register.view().entry(position)?;
    let proof = session.register.archive().proof(&row.origin.parse()?, row.number)?;
    let mut lines = vec![
        format!("entry:{position}  {}  {}  {}", row.time, row.author.as_deref().unwrap_or("-"), row.kind),
        format!("  {}", row.body.as_ref().map_or_else(|| "erased".to_owned(), Value::to_string)),
    ];
    lines.extend(row.erased_by.map(|by| format!("  erased by entry:{by}")));
    lines.extend(proof.to_text().lines().map(|line| format!("  | {line}")));
    Ok(Shown {
        lines,
        json: json!({ "position": position, "kind": row.kind, "time": row.time, "author": row.author, "body": row.body, "proof": proof.to_text() }),
    })
}

fn source(view: &View, id: &str) -> Result<Shown, Failure> {
    let record = view.source(id)?.ok_or_else(|| Failure::Refused(format!("there is no source {id}")))?;
    let lines = vec![format!(
        "{id}  {}  {}  release level {}",
        record.source_kind, record.reliability, record.release_level
    )];
    Ok(Shown { lines, json: serde_json::to_value(&record)? })
}

/// A claim on one line: what it says, and the words.
fn line(row: &ClaimRow) -> String {
    let claim = &row.claim;
    let quote = claim.spans.first().map(|quoted| quoted.quote.replace('\n', " ")).unwrap_or_default();
    let place = claim.spans.first().map(|quoted| quoted.span.to_string()).unwrap_or_default();
    let basis = claim.basis.rule().map(|rule| format!(" by {rule}")).unwrap_or_default();
    let set_aside = if row.rejection.is_some() { "  (rejected)" } else { "" };
    format!(
        "    {}  {} {}{basis}  {place} “{quote}”{set_aside}",
        claim.id,
        claim.content.kind(),
        claim.content.predicate()
    )
}
