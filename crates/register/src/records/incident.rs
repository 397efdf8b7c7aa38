//! An incident record: all that its claims and the decisions on it say, in the form in which it is counted.

use rusqlite::{OptionalExtension, Transaction, params};
use sijil_count::{Attributed, Decisions, Incident, LeftOut, Placed, Statement, StatusFrom, Teller, Telling};
use sijil_model::claim::Polarity;
use sijil_model::codebook::{AttributionStatus, Coded, Grading, PlaceRole, Reliability, SourceKind};
use sijil_model::{Basis, Bounds, ClaimId, Content, Edtf, IncidentId, Language, PlaceId, When};

use super::answers::answer;
use super::decisions;
use super::members;
use super::named;
use super::numbers;
use super::person::parse;
use crate::event::SourceRecord;
use crate::results::{Found, StoredClaim};
use crate::{RegisterError, Result};

/// Makes an incident record again; nothing is written where nothing changed.
pub(super) fn remake(tx: &Transaction<'_>, at: u64, record: &str) -> Result<()> {
    let claims = members::claims_of_record(tx, record)?;
    let former: Option<(Vec<u8>, String)> = tx
        .prepare_cached("SELECT view, title FROM incident WHERE id = ?1 AND valid_to IS NULL")?
        .query_row([record], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let now = if claims.is_empty() { None } else { Some(assemble(tx, record, &[record], &claims)?) };
    let now = now.map(|draft| Ok::<_, RegisterError>((encode(&draft.incident)?, draft.title))).transpose()?;
    if now == former {
        return Ok(());
    }
    if former.is_some() {
        tx.prepare_cached("UPDATE incident SET valid_to = ?2 WHERE id = ?1 AND valid_to IS NULL")?
            .execute(params![record, at])?;
    }
    if let Some((view, title)) = now {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO incident (id, view, title, valid_from) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![record, view, title, at])?;
    }
    Ok(())
}

/// An incident as bytes: compact, so that thousands are read in a few milliseconds.
pub(super) fn encode(incident: &Incident) -> Result<Vec<u8>> {
    postcard::to_stdvec(incident).map_err(|cause| RegisterError::BadBlob {
        what: "incident",
        name: incident.id.to_string(),
        cause: cause.to_string(),
    })
}

/// An incident from its bytes.
pub(crate) fn decode(id: &str, bytes: &[u8]) -> Result<Incident> {
    postcard::from_bytes(bytes).map_err(|cause| RegisterError::BadBlob {
        what: "incident",
        name: id.to_owned(),
        cause: cause.to_string(),
    })
}

/// How a part of a document is named in links: `document:part`.
pub(crate) fn part_name(document: &str, part: u32) -> String {
    format!("{document}:{part}")
}

pub(super) struct Draft {
    pub(super) incident: Incident,
    title: String,
    dates: Vec<When>,
}

/// What the claims of an incident come to, with the people of the records that it is.
pub(super) fn assemble(tx: &Transaction<'_>, id: &str, records: &[&str], claims: &[String]) -> Result<Draft> {
    let incident = Incident {
        id: IncidentId::new(id)?,
        when: Bounds::default(),
        dated: false,
        places: Vec::new(),
        actors: Vec::new(),
        means: Vec::new(),
        sites: Vec::new(),
        grading: Grading::Ungraded,
        left_out: None,
        tellings: Vec::new(),
        named: named::people(tx, records)?,
        decisions: Decisions::default(),
    };
    let mut draft = Draft { incident, title: String::new(), dates: Vec::new() };
    let mut reports = Vec::new();
    for claim in claims {
        reports.push((claim, said_about(tx, claim)?));
    }
    let responsible: Vec<String> =
        reports.iter().flat_map(|(_, said)| said).filter_map(|(_, said)| responsible(said)).collect();
    for (claim, said) in reports {
        add_report(tx, claim, said, &responsible, &mut draft)?;
    }
    drop_coarser_places(&mut draft.incident.places);
    (draft.incident.when, draft.incident.dated) = agree(&draft.dates);
    draft
        .incident
        .tellings
        .sort_by(|a, b| (&a.origin, a.order, &a.document).cmp(&(&b.origin, b.order, &b.document)));
    decide(tx, claims, &mut draft)?;
    Ok(draft)
}

/// Adds what one document says of the incident: the claims about one of its incident claims.
fn add_report(
    tx: &Transaction<'_>,
    claim: &str,
    said: Vec<(String, StoredClaim)>,
    responsible: &[String],
    draft: &mut Draft,
) -> Result<()> {
    let (document, part): (String, u32) = tx
        .prepare_cached("SELECT document, part FROM claim WHERE id = ?1 AND valid_to IS NULL")?
        .query_row([claim], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut telling = telling(tx, &document, part)?;
    let language = part_language(tx, &document, part)?;
    let dates_before = draft.dates.len();
    for (id, said) in said {
        let inferred = match &said.basis {
            Basis::Inferred(rule) => Some(rule.clone()),
            _ => None,
        };
        match said.content {
            Content::Casualty(casualty) if said.polarity == Polarity::Affirmed => {
                let words = said.spans.first().map_or("", |quoted| quoted.quote.as_str());
                let teller = teller(tx, &document, said.speaker.as_ref())?;
                let names: Vec<&str> =
                    teller.iter().flat_map(|(_, names)| names).map(String::as_str).collect();
                let teller = teller.as_ref().map(|(kind, _)| Teller { kind: *kind, names: &names });
                telling.statements.push(Statement {
                    claim: ClaimId::new(id)?,
                    harm: casualty.harm,
                    class: casualty.class,
                    status: casualty.status,
                    status_from: StatusFrom::of(&casualty, words, teller, responsible),
                    quantity: casualty.count.quantity,
                    stands: casualty.stands,
                    inferred,
                    language,
                })
            }
            Content::Time { .. } => draft.dates.extend(answer::<When>(tx, "timed", &id)?),
            Content::Place(phrase) => {
                if draft.title.is_empty() && phrase.role == PlaceRole::Primary {
                    draft.title.clone_from(&phrase.text);
                }
                let found = answer::<Found>(tx, "placed", &id)?;
                push_new(&mut draft.incident.places, placed(phrase.role, found)?);
            }
            Content::Attribution { actor, status, combination } => {
                let status =
                    if said.polarity == Polarity::Denied { AttributionStatus::Denied } else { status };
                push_new(&mut draft.incident.actors, Attributed { actor, status, combination });
            }
            Content::Means { means } => push_new(&mut draft.incident.means, means),
            Content::Site { site, .. } if said.polarity == Polarity::Affirmed => {
                push_new(&mut draft.incident.sites, site)
            }
            _ => {}
        }
    }
    if draft.dates.len() == dates_before {
        // A post about its own day says no time; a rule may have given it the post's, and says so.
        draft.dates.extend(answer::<When>(tx, "timed", claim)?);
    }
    draft.incident.tellings.push(telling);
    Ok(())
}

/// The words for a party that a claim holds responsible.
fn responsible(said: &StoredClaim) -> Option<String> {
    let Content::Attribution { status, .. } = &said.content else { return None };
    let cleared = matches!(status, AttributionStatus::Denied | AttributionStatus::RuledOut);
    let is_said = said.polarity == Polarity::Affirmed && !cleared;
    said.spans.first().filter(|_| is_said).map(|quoted| quoted.quote.clone())
}

/// Who gives a claim, with the names of it: whoever speaks in the text, else the document's own source.
fn teller(
    tx: &Transaction<'_>,
    document: &str,
    speaker: Option<&ClaimId>,
) -> Result<Option<(SourceKind, Vec<String>)>> {
    let Some(speaker) = speaker else {
        let own = source_of(tx, document)?;
        return Ok(own.map(|own| (own.source_kind, vec![own.name_en, own.name_ar])));
    };
    let body: Option<String> = tx
        .prepare_cached("SELECT body FROM claim WHERE id = ?1 AND valid_to IS NULL")?
        .query_row([speaker.as_str()], |row| row.get(0))
        .optional()?;
    let Some(said) = body.map(|body| parse::<StoredClaim>("claim", speaker.as_str(), &body)).transpose()?
    else {
        return Ok(None);
    };
    let Content::Source(source) = said.content else { return Ok(None) };
    Ok(Some((source.source, source.organisation.into_iter().chain(source.name).collect())))
}

/// The claims about an incident claim that hold and were not rejected; what was inferred from a rejected one goes too.
fn said_about(tx: &Transaction<'_>, claim: &str) -> Result<Vec<(String, StoredClaim)>> {
    let mut statement = tx.prepare_cached(
        "SELECT claim.id, body, rejection.claim IS NOT NULL FROM claim LEFT JOIN rejection ON rejection.claim = claim.id AND rejection.valid_to IS NULL \
         WHERE about = ?1 AND kind <> 'person' AND claim.valid_to IS NULL ORDER BY claim.key",
    )?;
    let rows = statement.query_map([claim], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows: Vec<(String, String, bool)> = rows.collect::<rusqlite::Result<_>>()?;
    let mut kept = Vec::new();
    let mut rejected = rejected_people(tx, claim)?;
    for (id, body, is_rejected) in rows {
        let said: StoredClaim = parse("claim", &id, &body)?;
        if is_rejected {
            rejected.push(said);
        } else {
            kept.push((id, said));
        }
    }
    kept.retain(|(_, said)| {
        said.basis.rule().is_none() || !rejected.iter().any(|rejected| rests_on(said, rejected))
    });
    Ok(kept)
}

/// Whether an inferred claim rests on another: on the words of a stated one, or, being about the status of the same
/// people, on an inferred total.
fn rests_on(inferred: &StoredClaim, other: &StoredClaim) -> bool {
    let of_people = |claim: &StoredClaim| matches!(claim.content, Content::Person(_) | Content::Casualty(_));
    if other.basis.rule().is_none() || matches!(other.content, Content::Person(_)) {
        let kindred =
            inferred.content.kind() == other.content.kind() || (of_people(inferred) && of_people(other));
        let words = other.spans.first().map(|quoted| quoted.span);
        return kindred
            && words.is_some_and(|words| inferred.spans.iter().any(|quoted| quoted.span.overlaps(words)));
    }
    let is_total = matches!(&other.content, Content::Casualty(casualty) if casualty.status.is_none());
    is_total && of_people(inferred) && inferred.spans == other.spans
}

fn rejected_people(tx: &Transaction<'_>, claim: &str) -> Result<Vec<StoredClaim>> {
    let mut statement = tx.prepare_cached(
        "SELECT claim.id, body FROM claim JOIN rejection ON rejection.claim = claim.id AND rejection.valid_to IS NULL \
         WHERE about = ?1 AND kind = 'person' AND claim.valid_to IS NULL",
    )?;
    let rows =
        statement.query_map([claim], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut people = Vec::new();
    for row in rows {
        let (id, body) = row?;
        people.push(parse::<StoredClaim>("claim", &id, &body)?);
    }
    Ok(people)
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

fn placed(role: PlaceRole, found: Option<Found>) -> Result<Placed> {
    let Some(found) = found else {
        return Ok(Placed { role, chain: Vec::new(), governorate: None, district: None });
    };
    let chain = found.chain.into_iter().map(PlaceId::new).collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(Placed { role, chain, governorate: found.place.governorate, district: found.district })
}

/// A place that only contains another place of the same role says nothing more.
fn drop_coarser_places(places: &mut Vec<Placed>) {
    let all = places.clone();
    places.retain(|place| match place.chain.first() {
        None => !all.iter().any(|other| other.role == place.role && !other.chain.is_empty()),
        Some(here) => !all
            .iter()
            .any(|other| other.role == place.role && other.chain.iter().skip(1).any(|outer| outer == here)),
    });
}

/// The days on which all dated reports agree; where they contradict each other, the days that any of them allows.
fn agree(dates: &[When]) -> (Bounds, bool) {
    let dated: Vec<&When> = dates.iter().filter(|when| when.edtf.is_some()).collect();
    let is_dated = !dated.is_empty();
    let told: Vec<Bounds> = if is_dated {
        dated.iter().map(|w| w.bounds).collect()
    } else {
        dates.iter().map(|w| w.bounds).collect()
    };
    let mut agreed = Some(Bounds::default());
    for bounds in &told {
        agreed = agreed.and_then(|so_far| so_far.narrowed_by(*bounds));
    }
    let wide = || Bounds {
        earliest: told.iter().map(|b| b.earliest).min().flatten(),
        latest: told
            .iter()
            .map(|b| b.latest)
            .collect::<Option<Vec<_>>>()
            .and_then(|all| all.into_iter().max()),
    };
    (agreed.unwrap_or_else(wide), is_dated)
}

fn telling(tx: &Transaction<'_>, document: &str, part: u32) -> Result<Telling> {
    let (root_document, root_part) = repost_root(tx, document, part)?;
    // A repost is its first document's voice: of its source, and said when that was published.
    let origin = match source_of(tx, &root_document)? {
        Some(source) => source.independence.unwrap_or_else(|| source.source.to_string()),
        None => part_name(&root_document, root_part),
    };
    let source = source_of(tx, document)?;
    let reliable = source.as_ref().is_none_or(|source| {
        !matches!(source.reliability, Reliability::LikelyUnreliable | Reliability::HighlyUnreliable)
    });
    let said = published(tx, &root_document, root_part)?.and_then(|edtf| edtf.bounds().earliest);
    Ok(Telling {
        document: sijil_model::DocumentId::new(document)?,
        source: source.map(|source| source.source.to_string()),
        origin,
        reliable,
        order: said.map_or(0, day_number),
        statements: Vec::new(),
    })
}

fn source_of(tx: &Transaction<'_>, document: &str) -> Result<Option<SourceRecord>> {
    tx.prepare_cached(
        "SELECT record FROM source JOIN document ON document.source = source.id WHERE document.id = ?1 AND source.valid_to IS NULL",
    )?
    .query_row([document], |row| row.get::<_, String>(0))
    .optional()?
    .map(|record| parse("source", document, &record))
    .transpose()
}

fn day_number(day: sijil_model::Day) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    day.since(epoch).map_or(0, |span| i64::from(span.get_days()))
}

/// The first document and part with the same words; the part itself where it is no repost.
fn repost_root(tx: &Transaction<'_>, document: &str, part: u32) -> Result<(String, u32)> {
    let root: Option<String> = tx
        .prepare_cached("SELECT left_id FROM link WHERE right_id = ?1 AND kind = 'repost' AND valid_to IS NULL ORDER BY left_id LIMIT 1")?
        .query_row([part_name(document, part)], |row| row.get(0))
        .optional()?;
    let named = root.as_deref().and_then(|root| {
        let (document, part) = root.rsplit_once(':')?;
        Some((document.to_owned(), part.parse().ok()?))
    });
    Ok(named.unwrap_or_else(|| (document.to_owned(), part)))
}

/// When a part of a document was published, by decision, by its own line, or by its document. Decisions that conflict
/// do not count.
pub(crate) fn published(tx: &rusqlite::Connection, document: &str, part: u32) -> Result<Option<Edtf>> {
    let text: Option<String> = tx
        .prepare_cached(
            "SELECT coalesce((SELECT min(value) FROM decision WHERE target = ?1 AND field = 'published' AND valid_to IS NULL HAVING min(value) = max(value)), \
             (SELECT published FROM part WHERE document = ?1 AND number = ?2 AND valid_to IS NULL), \
             (SELECT edtf FROM published WHERE document = ?1 AND valid_to IS NULL))",
        )?
        .query_row(params![document, part], |row| row.get(0))?;
    Ok(text.and_then(|text| Edtf::new(&text).ok()))
}

fn part_language(tx: &Transaction<'_>, document: &str, part: u32) -> Result<Language> {
    let language: Option<Option<String>> = tx
        .prepare_cached("SELECT language FROM part WHERE document = ?1 AND number = ?2 AND valid_to IS NULL")?
        .query_row(params![document, part], |row| row.get(0))
        .optional()?;
    Ok(if language.flatten().as_deref() == Some("ar") { Language::Ar } else { Language::En })
}

fn decide(tx: &Transaction<'_>, claims: &[String], draft: &mut Draft) -> Result<()> {
    let standing = decisions::standing(tx, 'i', claims)?;
    let agreed = decisions::agreed(&standing);
    if let Some(date) = agreed.get("date") {
        draft.incident.when = Edtf::new(&date.value)?.bounds();
        draft.incident.dated = true;
    }
    if let Some(place) = agreed.get("place") {
        let found: Found = parse("decided place", "", &place.value)?;
        draft.title = found.place.name_en.clone().unwrap_or_default();
        draft.incident.places.retain(|place| place.role != PlaceRole::Primary);
        draft.incident.places.insert(0, placed(PlaceRole::Primary, Some(found))?);
    }
    if let Some(grading) = agreed.get("grading") {
        draft.incident.grading = Grading::from_code(&grading.value)?;
        // Who discounts an incident leaves it out; a decision that says so in so many words comes before it.
        draft.incident.left_out = (draft.incident.grading == Grading::Discounted).then(|| LeftOut {
            reason: grading.why.clone(),
            by: grading.author.clone(),
            at: Some(grading.at.clone()),
        });
    }
    for decision in standing {
        match decision.field.as_str() {
            "date" | "place" | "grading" => {}
            "excluded" if decision.value == "no" => {}
            "excluded" => {
                draft.incident.left_out =
                    Some(LeftOut { reason: decision.why, by: decision.author, at: Some(decision.at) })
            }
            // Of numbers every head is handed over: counting shows their conflict.
            _ => numbers::decide(&mut draft.incident.decisions, decision)?,
        }
    }
    Ok(())
}

/// Seconds since 1970 as people write a minute: `2031-10-05T14:03Z`.
pub(crate) fn minute(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400);
    let minutes = seconds.rem_euclid(86_400) / 60;
    let day =
        jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days.clamp(-700_000, 2_900_000)));
    day.map_or_else(|_| seconds.to_string(), |day| format!("{day}T{:02}:{:02}Z", minutes / 60, minutes % 60))
}
