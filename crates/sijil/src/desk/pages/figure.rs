//! A figure: its number, the records behind it, what was left out, and what other claims say beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use sijil_count::rate::Ends;
use sijil_count::{
    AsOne, By, Contradiction, Figure, Population, Question, Rate, Record, RuleSet, Standing, Tally, Undated,
    rule_text,
};
use sijil_model::codebook::Status;
use sijil_model::date::Membership;
use sijil_model::{Day, FigureId, RuleId};
use sijil_page::view::{
    Act, AsOneLine, ContestedLine, ExcludedLine, FigurePage, FileKind, FileLink, Link, Named, NoRateLine,
    Notice, PersonLine, PopulationLine, PossiblyWhy, RateEnds, RateLine, RecordLine, RowLine, RuleLine,
    Rules, SaveForm, Shown, Today, TroubleKind, Watched,
};
use sijil_page::{Download, Section};
use sijil_register::ask::IncidentRow;

use super::figures;
use crate::asking::{self, Saved};
use crate::desk::Desk;
use crate::desk::answer::{self, Refusal, Result, attachment};
use crate::desk::parts::sums::{interval, sum};
use crate::desk::viewing::Viewing;
use crate::desk::visit::Visit;

/// Records on a page.
const PAGE: u64 = 20;

/// `GET /figure?harm=…&period=…`: a question that is not saved. One that cannot be answered comes back in its form.
pub async fn ask(State(desk): State<Arc<Desk>>, visit: Visit) -> Response {
    let asked = visit.clone();
    let made = desk.on_work(move |work, door| {
        let viewing = Viewing::new(work, &asked)?;
        let made = viewing
            .asked()
            .map_err(|refusal| refusal.or_kind(TroubleKind::BadQuestion).about("question"))
            .and_then(|question| page(&viewing, None, &question));
        let section = Some(Section::Figures);
        match made {
            Ok(page) => Ok((StatusCode::OK, work.render(&viewing, section, &page, door)?)),
            Err(refusal) if refusal.0.kind == TroubleKind::BadQuestion => {
                let notice = Notice::Refused(refusal.told(viewing.language));
                let page = figures::page(&viewing, Some(notice))?;
                Ok((refusal.status(), work.render(&viewing, section, &page, door)?))
            }
            Err(refusal) => Err(refusal),
        }
    });
    match made.await {
        Ok((status, page)) => answer::html(status, page, &visit),
        Err(refusal) => desk.refuse(visit, refusal).await,
    }
}

/// `GET /figure/{name}`
pub async fn show(State(desk): State<Arc<Desk>>, visit: Visit, Path(name): Path<String>) -> Response {
    let make = move |viewing: &Viewing<'_>| {
        let saved = saved(viewing, &name)?;
        page(viewing, Some(&saved), &saved.question)
    };
    desk.page(visit, Some(Section::Figures), make).await
}

/// `GET /figure/{name}/json`: what `sijil count --json` prints.
pub async fn json(State(desk): State<Arc<Desk>>, visit: Visit, Path(name): Path<String>) -> Response {
    let make = move |viewing: &Viewing<'_>| {
        let saved = saved(viewing, &name)?;
        let figure = answer(viewing, &saved.question)?;
        let bytes = serde_json::to_vec(&figure)
            .map_err(|cause| Refusal::new(TroubleKind::Internal, &name).with(cause.to_string()))?;
        Ok(attachment(&format!("{}.json", saved.id), "application/json", bytes))
    };
    desk.file(visit, make).await
}

fn saved(viewing: &Viewing<'_>, name: &str) -> Result<Saved> {
    let saved = asking::saved(viewing.view())?.into_iter().find(|saved| saved.id == name);
    saved.ok_or_else(|| Refusal::new(TroubleKind::NotFound, name))
}

/// The position of the log that the address asks for; now where it asks for none or for one to come.
fn position(viewing: &Viewing<'_>) -> u64 {
    viewing.visit.number("at").map_or(viewing.at, |at| at.min(viewing.at))
}

fn answer(viewing: &Viewing<'_>, question: &Question) -> Result<Figure> {
    let answered = asking::answer(viewing.view(), viewing.stages(), question, position(viewing));
    answered.map_err(|failure| Refusal::from(failure).or_kind(TroubleKind::BadQuestion).about("question"))
}

fn page(viewing: &Viewing<'_>, saved: Option<&Saved>, question: &Question) -> Result<FigurePage> {
    let id = saved.map(|saved| FigureId::new(saved.id.as_str())).transpose()?;
    let title = saved.and_then(|saved| saved.given_title(viewing.language)).map(str::to_owned);
    let figure = answer(viewing, question)?;
    let rules = RuleSet::named(&question.rules)?;
    let incidents: BTreeMap<String, IncidentRow> = viewing
        .view()
        .incidents(position(viewing))?
        .into_iter()
        .map(|row| (row.incident.id.to_string(), row))
        .collect();
    let behind = in_order(&figure, &incidents);
    let paging = viewing.visit.paging(PAGE, behind.len() as u64);
    let shown: Vec<&(&Record, &IncidentRow)> =
        behind.iter().skip(paging.from.saturating_sub(1) as usize).take(PAGE as usize).collect();
    let is_apart = |record: &Record| {
        question.undated == Undated::Separate && record.membership == Membership::PossiblyInside
    };
    let (mut inside, mut possibly_inside) = (Vec::new(), Vec::new());
    for (record, row) in &shown {
        let line = record_line(viewing, question, &rules, record, row)?;
        if is_apart(record) { possibly_inside.push(line) } else { inside.push(line) }
    }
    let named = named(&figure.inside);
    Ok(FigurePage {
        downloads: id.as_ref().map(|id| json_link(viewing, id)).into_iter().collect(),
        save: id.is_none().then(|| save_form(viewing)),
        question: viewing.question(question),
        sum: sum(&figure.inside),
        possibly: sum(&figure.possibly_inside),
        as_one: figure.as_one.as_ref().map(|one| as_one(viewing, one)),
        uncompared: viewing.view().uncompared_incidents()?,
        rate: figure.rate.as_ref().map(|rate| rate_line(viewing, &figure, rate)).transpose()?,
        no_rate: figure.no_rate.as_ref().map(|why| NoRateLine {
            of: why.of,
            place: viewing.place_name(&why.place).unwrap_or_else(|| why.place.to_string()),
            period: why.period.clone(),
            command: why.command(),
        }),
        named: (named.high > 0).then_some(named),
        position: position(viewing),
        rules: rules_told(viewing, &rules, &figure),
        watched: watched(viewing, &figure)?,
        paging: (paging.total > PAGE).then_some(paging),
        people: people(viewing, &shown)?,
        inside,
        possibly_inside,
        excluded: excluded(viewing, &figure, &incidents)?,
        reconciled: figure
            .reconciled
            .iter()
            .map(|line| viewing.reconciled_line(line))
            .collect::<Result<_>>()?,
        contested: contested(viewing, &figure, &shown)?,
        by: question.by.iter().map(|by| by.code().to_owned()).collect(),
        rows: rows(viewing, question, &figure)?,
        today: today(viewing, question)?,
        reject: viewing.reject_form(),
        notice: viewing.notice()?,
        id,
        title,
    })
}

fn as_one(viewing: &Viewing<'_>, one: &AsOne) -> AsOneLine {
    AsOneLine {
        incidents: one.incidents() as u64,
        strikes: one.strikes.len() as u64,
        sum: Some(sum(&one.inside)),
        possibly: Some(sum(&one.possibly_inside)).filter(|sum| sum.incidents > 0),
        href: Some(viewing.links.page("review")),
    }
}

/// What is contested in general, and of the incidents that are shown.
fn contested(
    viewing: &Viewing<'_>,
    figure: &Figure,
    shown: &[&(&Record, &IncidentRow)],
) -> Result<Vec<ContestedLine>> {
    let mut lines = Vec::new();
    for one in &figure.contested {
        let row =
            shown.iter().map(|(_, row)| *row).find(|row| Some(&row.incident.id) == one.incident.as_ref());
        if one.incident.is_none() || row.is_some() {
            lines.push(viewing.contested_line(one, row)?);
        }
    }
    Ok(lines)
}

/// The records behind a figure: those certainly inside first, then by day; what has no day comes last.
fn in_order<'f>(
    figure: &'f Figure,
    incidents: &'f BTreeMap<String, IncidentRow>,
) -> Vec<(&'f Record, &'f IncidentRow)> {
    let mut behind: Vec<_> = figure
        .records
        .iter()
        .filter_map(|record| Some((record, incidents.get(record.id.as_str())?)))
        .collect();
    let day = |row: &IncidentRow| row.incident.when.earliest.unwrap_or(Day::MAX);
    behind.sort_by(|(a, a_row), (b, b_row)| {
        (a.membership, day(a_row), &a.id).cmp(&(b.membership, day(b_row), &b.id))
    });
    behind
}

fn record_line(
    viewing: &Viewing<'_>,
    question: &Question,
    rules: &RuleSet,
    record: &Record,
    row: &IncidentRow,
) -> Result<RecordLine> {
    let default_civilian = question.status == Some(Standing::Civilian)
        && row.incident.casualties(rules).iter().any(|line| {
            line.harm == question.harm
                && line.class == question.class
                && line.status == Some(Status::Civilian)
                && line.default_civilian
        });
    Ok(RecordLine {
        incident: viewing.incident_title(row)?,
        interval: interval(record),
        rule: record.rule.clone(),
        default_civilian,
        conflicting: matches!(record.contradiction, Some(Contradiction::ConflictingDecisions { .. })),
        why_possibly: (record.membership == Membership::PossiblyInside).then(|| why_possibly(question, row)),
        claims: viewing.claim_lines(&record.claims)?,
    })
}

/// What it is about an incident that leaves open whether it is inside.
fn why_possibly(question: &Question, row: &IncidentRow) -> PossiblyWhy {
    let incident = &row.incident;
    let in_time = question
        .period
        .as_ref()
        .is_none_or(|period| incident.when.within(period.bounds()) == Membership::Inside);
    if !in_time {
        return if incident.dated { PossiblyWhy::DateRange } else { PossiblyWhy::Undated };
    }
    let in_place = question.places.is_empty()
        || incident.places.iter().any(|place| place.chain.iter().any(|id| question.places.contains(id)));
    if in_place && !question.actors.is_empty() { PossiblyWhy::Actor } else { PossiblyWhy::Place }
}

/// The people of the incidents that are shown.
fn people(viewing: &Viewing<'_>, shown: &[&(&Record, &IncidentRow)]) -> Result<Vec<PersonLine>> {
    let mut people = Vec::new();
    for (record, _) in shown {
        for row in viewing.view().people_of(record.id.as_str())? {
            people.push(viewing.person_line(&row)?);
        }
    }
    Ok(people)
}

fn rules_told(viewing: &Viewing<'_>, rules: &RuleSet, figure: &Figure) -> Rules {
    let mut used: BTreeMap<&RuleId, u64> = BTreeMap::new();
    for rule in figure.records.iter().filter_map(|record| record.rule.as_ref()) {
        *used.entry(rule).or_default() += 1;
    }
    let line = |(id, records): (&RuleId, u64)| RuleLine {
        id: id.clone(),
        about: rule_text(id.as_str(), viewing.language).map(str::to_owned),
        records,
    };
    Rules {
        name: figure.rules.clone(),
        about: Some(rules.title(viewing.language).to_owned()),
        used: used.into_iter().map(line).collect(),
    }
}

fn watched(viewing: &Viewing<'_>, figure: &Figure) -> Result<Vec<Watched>> {
    let line = |note: &sijil_count::Watched| -> Result<Watched> {
        let position = note.id.trim_start_matches("entry:").parse().unwrap_or_default();
        Ok(Watched {
            period: note.period.clone(),
            places: note.places.clone(),
            what: note.searched.clone(),
            dark: (!note.dark.is_empty()).then(|| note.dark.join("; ")),
            act: viewing.act(&viewing.view().entry(position)?),
        })
    };
    figure.watched.iter().map(line).collect()
}

/// Whom a sum names.
fn named(tally: &Tally) -> Named {
    let sijil_count::Named { low, median, high } = tally.named;
    Named { low, median, high }
}

/// Where a source is described, or the document that is one.
fn source_address(viewing: &Viewing<'_>, source: &str) -> Result<String> {
    match viewing.view().source(source)? {
        Some(_) => Ok(viewing.links.page("sources")),
        None => viewing.list_address(source),
    }
}

/// A rate, with what sources say of how many people there were.
fn rate_line(viewing: &Viewing<'_>, figure: &Figure, rate: &Rate) -> Result<RateLine> {
    let ends = |ends: &Ends| {
        let (low, high) = ends.printed();
        RateEnds { low, high }
    };
    let population = |one: &Population| -> Result<PopulationLine> {
        let position = one.id.trim_start_matches("entry:").parse().unwrap_or_default();
        Ok(PopulationLine {
            people: one.people,
            place: viewing.place_name(&one.place).unwrap_or_else(|| one.place.to_string()),
            period: one.period.clone(),
            source: Link {
                text: Shown::Open(asking::list_name(viewing.view(), &one.source, viewing.language)),
                href: Some(source_address(viewing, &one.source)?),
            },
            cited: one.cited.clone().map(Shown::Open),
            act: viewing.act(&viewing.view().entry(position)?),
        })
    };
    Ok(RateLine {
        of: rate.of,
        inside: ends(&rate.inside),
        possibly: ends(&rate.possibly_inside),
        divided: sum(&figure.inside),
        people: rate.people,
        populations: rate.populations.iter().map(population).collect::<Result<_>>()?,
    })
}

fn excluded(
    viewing: &Viewing<'_>,
    figure: &Figure,
    incidents: &BTreeMap<String, IncidentRow>,
) -> Result<Vec<ExcludedLine>> {
    let mut lines = Vec::new();
    for excluded in &figure.excluded {
        let Some(row) = incidents.get(excluded.id.as_str()) else { continue };
        let decisions = viewing.view().decisions_on(excluded.id.as_str())?;
        let decided = decisions
            .iter()
            .find(|decision| decision.in_force && matches!(decision.field.as_str(), "excluded" | "grading"));
        let act = decided.map(|decision| Act {
            entry: Some(viewing.entry_link(decision.position)),
            by: decision.author.clone(),
            at: decision.time.clone(),
        });
        let why = decided.map_or_else(|| excluded.reason.clone(), |decision| decision.why.clone());
        lines.push(ExcludedLine { incident: viewing.incident_title(row)?, why: Shown::Open(why), act });
    }
    Ok(lines)
}

fn rows(viewing: &Viewing<'_>, question: &Question, figure: &Figure) -> Result<Vec<RowLine>> {
    let line = |row: &sijil_count::Row| -> Result<RowLine> {
        let list = row.key.get(&By::List).and_then(Option::as_deref);
        let documents = list.map(|list| viewing.list_address(list)).transpose()?;
        Ok(RowLine {
            keys: question
                .by
                .iter()
                .map(|by| viewing.row_key(*by, row.key.get(by).and_then(Option::as_deref)))
                .collect(),
            sum: Some(sum(&row.inside)),
            possibly: Some(sum(&row.possibly_inside)),
            named: list.map(|_| named(&row.inside)),
            href: documents.or_else(|| viewing.row_address(question, &row.key)),
        })
    };
    figure.rows.iter().map(line).collect()
}

/// What the same question answers now, where an earlier position was asked for.
fn today(viewing: &Viewing<'_>, question: &Question) -> Result<Option<Today>> {
    if position(viewing) == viewing.at {
        return Ok(None);
    }
    let now = asking::answer(viewing.view(), viewing.stages(), question, viewing.at)?;
    let href = viewing.visit.with(&[("at", None), ("saved", None), ("from", None)]);
    Ok(Some(Today { position: viewing.at, sum: sum(&now.inside), href: Some(href) }))
}

fn json_link(viewing: &Viewing<'_>, id: &FigureId) -> FileLink {
    FileLink {
        name: format!("{id}.json"),
        kind: FileKind::Made,
        href: viewing.links.download("figure", id.as_str(), Download::Json),
        bytes: None,
    }
}

fn save_form(viewing: &Viewing<'_>) -> SaveForm {
    SaveForm { action: viewing.links.form("save"), query: viewing.visit.here() }
}
