//! Making a release: the gate, the gathering, the files, the entry in the log.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use sijil_archive::{AccountId, Clock};
use sijil_count::{Area, Figure, Question, RuleSet, per_in_words};
use sijil_model::{Actor, Language, PlaceId};
use sijil_page::{Pages, Words};
use sijil_register::ask::{FigureRow, IncidentRow};
use sijil_register::{Event, Register, RegisterError, View};

use crate::claims::Sorting;
use crate::error::{PublishError, Result};
use crate::figures::ReleasedFigure;
use crate::files;
use crate::folder::{self, Folder};
use crate::gate::{self, Missing, Reason};
use crate::ids::OpaqueIds;
use crate::incidents::{Gathering, ReleasedIncident};
use crate::people::People;
use crate::policy::small::{self, KeptBack};
use crate::policy::{PlaceName, Policy, Table};
use crate::proofs::{self, EntryProof};
use crate::site::{Index, Site, history_of};

/// What a release needs to know besides the register.
pub trait Surroundings {
    /// A place of the gazetteers in force.
    fn place(&self, id: &PlaceId) -> Option<PlaceName>;
    /// The parties, with their names.
    fn actors(&self) -> Vec<Actor>;
    /// What contains each place of a question.
    ///
    /// # Errors
    /// Why it cannot be told, in words.
    fn areas(&self, question: &Question) -> std::result::Result<Vec<Area>, String>;
    /// The name of the register as readers see it.
    fn register_name(&self) -> String;
    /// Where people are named in a text, harmed or not: bytes.
    fn people_named(&self, text: &str) -> Vec<Range<usize>>;
    /// Checks of the severity error that the register does not pass.
    ///
    /// # Errors
    /// Why it cannot be told, in words.
    fn open_errors(&self, register: &Register) -> std::result::Result<Vec<OpenError>, String>;
}

/// A check of the severity error that a register does not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenError {
    /// Its number in the codebook.
    pub number: u8,
    /// The figures, incidents, people, documents or codes that it tells of.
    pub records: Vec<String>,
    /// What is said and what contradicts it.
    pub explain: String,
}

/// What went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// SHA-256 of the manifest.
    pub manifest: String,
    /// The position of the entry that records the release.
    pub position: u64,
    /// The figures.
    pub figures: Vec<String>,
    /// How many incidents have a page.
    pub incidents: usize,
    /// How many claims are shown with their words.
    pub shown: usize,
    /// How many claims are listed as withheld.
    pub withheld: usize,
    /// What did not go out, and what it lacks.
    pub missing: Vec<Missing>,
}

/// Publishes every figure that is cleared and signed, with what it rests on as far as that is; into a folder that does
/// not exist or is an earlier release.
///
/// # Errors
/// A view that does not follow from the log; [`PublishError::NothingToPublish`] with what is missing;
/// [`PublishError::NotARelease`]; [`PublishError::WouldLeak`]; those of the register and the disk. Then nothing was
/// written.
pub fn publish(
    register: &mut Register,
    around: &dyn Surroundings,
    author: &AccountId,
    clock: &dyn Clock,
    out: &Path,
) -> Result<Released> {
    folder::check(out)?;
    register.check_view()?;
    let asked_at = register.view().position()?;
    let (mut figures, mut missing) = figures_that_may_go(register, around)?;
    if figures.is_empty() {
        return Err(PublishError::NothingToPublish { missing });
    }
    let ids = OpaqueIds::of_register(register, author, clock)?;
    // The first release makes the secret of its ids, which the log holds; all of a release is of one position.
    if register.view().position()? != asked_at {
        (figures, missing) = figures_that_may_go(register, around)?;
    }
    let made = day(clock);
    let (folder, mut released, policy) = gather(register, around, ids, &figures, &made, &mut missing)?;
    folder.write(out)?;
    let event = Event::ReleaseMade { manifest: released.manifest.clone(), figures: released.figures.clone() };
    released.position = register.write(author, clock, |writing| writing.say(event))?;
    let archive = register.archive();
    let proof = proofs::of_entry(archive, archive.origin(), released.position - 1, true)?;
    folder::add(&policy, out, "proofs/release.json", files::pretty(&proof)?)?;
    released.missing = missing;
    Ok(released)
}

/// What nobody could publish yet, record by record, without publishing anything.
///
/// # Errors
/// Those of the register.
pub fn missing(register: &Register, around: &dyn Surroundings) -> Result<Vec<Missing>> {
    Ok(figures_that_may_go(register, around)?.1)
}

type Answered = (FigureRow, Figure);

fn figures_that_may_go(
    register: &Register,
    around: &dyn Surroundings,
) -> Result<(Vec<Answered>, Vec<Missing>)> {
    let view = register.view();
    // Every text is read for it: only where a figure could go.
    let mut open_errors = None;
    let at = view.position()?;
    let (mut figures, mut missing) = (Vec::new(), Vec::new());
    let rows = view.figures()?;
    if rows.is_empty() {
        let reasons = vec![Reason {
            what: "no figure is saved".into(),
            next: "sijil count … --save NAME, then sijil clear NAME and sijil sign NAME --as ACCOUNT".into(),
        }];
        missing.push(Missing { id: String::new(), kind: "register", reasons });
    }
    for row in rows {
        let question: Question = serde_json::from_str(&row.question)?;
        let areas = around.areas(&question).map_err(RegisterError::Refused)?;
        let figure = view.count(&question, &areas, at)?;
        let mut reasons = gate::figure(view, &row.id)?;
        reasons.extend(figure.no_rate.as_ref().map(|why| Reason {
            what: why.text(),
            next: "note how many people there were, with a source: sijil population".to_owned(),
        }));
        if let (true, Some(clearing)) = (reasons.is_empty(), view.clearing(&row.id)?) {
            reasons.extend(moved(view, &row.id, &question, &areas, &figure, clearing.position)?);
        }
        if reasons.is_empty() && is_small(&figure) {
            let what =
                "it counts fewer than three people who may be alive, who would be singled out".to_owned();
            reasons.push(Reason { what, next: "ask a wider question: sijil count … --save NAME".into() });
        }
        if reasons.is_empty() {
            let open = match open_errors.take() {
                Some(open) => open,
                None => around.open_errors(register).map_err(RegisterError::Refused)?,
            };
            reasons.extend(gate::open_errors(view, &row.id, &figure, &open)?);
            open_errors = Some(open);
        }
        if reasons.is_empty() {
            figures.push((row, figure));
        } else {
            missing.push(Missing { id: row.id, kind: "figure", reasons });
        }
    }
    Ok((figures, missing))
}

/// A figure that reads otherwise than when it was cleared was not cleared as it reads.
fn moved(
    view: &View,
    id: &str,
    question: &Question,
    areas: &[Area],
    now: &Figure,
    cleared: u64,
) -> Result<Option<Reason>> {
    let then = view.count(question, areas, cleared)?;
    let reads = |figure: &Figure| {
        let Figure { inside, possibly_inside, as_one, rate, .. } = figure;
        (inside.clone(), possibly_inside.clone(), as_one.clone(), rate.clone())
    };
    if reads(&then) == reads(now) {
        return Ok(None);
    }
    let in_words = |tally: &sijil_count::Tally| sijil_count::Printed::of_tally(tally).text(Language::En);
    let words = |figure: &Figure| {
        let mut number = in_words(&figure.inside);
        if let Some(one) = &figure.as_one {
            let incidents = one.incidents();
            number += &format!(", or {} if {incidents} incidents are fewer", in_words(&one.inside));
        }
        match &figure.rate {
            Some(rate) => format!(
                "{number}, {} {}",
                rate.inside.text(Language::En),
                per_in_words(rate.of, Language::En)
            ),
            None => number,
        }
    };
    let what = format!(
        "it read \"{}\" when it was cleared (entry:{cleared}) and reads \"{}\" now",
        words(&then),
        words(now)
    );
    Ok(Some(Reason { what, next: format!("sijil clear {id}, then sijil sign {id} --as ACCOUNT") }))
}

fn is_small(figure: &Figure) -> bool {
    let sums = [&figure.inside, &figure.possibly_inside];
    sums.into_iter().any(|tally| small::is_small(figure.question.harm, tally))
}

/// Gathers everything that goes out into a folder that is not written yet.
fn gather(
    register: &Register,
    around: &dyn Surroundings,
    ids: OpaqueIds,
    figures: &[Answered],
    made: &str,
    missing: &mut Vec<Missing>,
) -> Result<(Folder, Released, Policy)> {
    let view = register.view();
    let rules = RuleSet::named(view.setting("rules", None)?.as_deref().unwrap_or("open"))?;
    let cleared = cleared_incidents(view, figures, &rules, missing)?;
    let people = People::of(register, around, &cleared.keys().cloned().collect(), &Table::built_in()?)?;
    let words = Words::naming(&around.actors(), sijil_count::rule_text)?;
    let policy = Policy::new(ids, people.protected.clone(), words.clone())?;
    let sorting = Sorting { view, policy: &policy, people: &people, rules: &rules };
    let mut gathering = Gathering::new(register, around, sorting);
    let (incidents, released) = gather_records(&mut gathering, figures, &cleared)?;
    missing.append(&mut gathering.missing);
    let proofs = document_proofs(register, &gathering, &policy)?;
    let site = site(&gathering, &incidents, &released, &proofs, made, words)?;
    let mut folder = Folder::default();
    let manifest = files::fill(&mut folder, &policy, register, &site, &rules)?;
    let shown = gathering.claims.values().filter(|claim| claim.withheld.is_none()).count();
    let counts = Released {
        manifest,
        position: 0,
        figures: released.iter().map(|figure| figure.id.to_string()).collect(),
        incidents: incidents.len(),
        shown,
        withheld: gathering.claims.len() - shown,
        missing: Vec::new(),
    };
    drop(site);
    drop(gathering);
    Ok((folder, counts, policy))
}

/// Incidents and figures as they go out, in the order of names that tell nothing, so that the order tells nothing either.
fn gather_records(
    gathering: &mut Gathering<'_>,
    figures: &[Answered],
    cleared: &BTreeMap<String, IncidentRow>,
) -> Result<(Vec<ReleasedIncident>, Vec<ReleasedFigure>)> {
    let mut incidents =
        cleared.values().map(|row| gathering.incident(row)).collect::<Result<Vec<ReleasedIncident>>>()?;
    incidents.sort_by(|a, b| a.id.cmp(&b.id));
    incidents.iter_mut().for_each(|incident| incident.people.sort_by(|a, b| a.id.cmp(&b.id)));
    let kept: BTreeMap<String, KeptBack> =
        incidents.iter().map(|one| (one.key.clone(), one.kept.clone())).collect();
    let withheld: BTreeMap<String, BTreeSet<_>> =
        incidents.iter().map(|one| (one.key.clone(), one.withheld_harms.clone())).collect();
    let mut released = Vec::new();
    for (row, figure) in figures {
        let mut one = gathering.figure(row, figure, cleared, &kept)?;
        gathering.mark_recountable(&mut one, &withheld);
        released.push(one);
    }
    Ok((incidents, released))
}

/// What the pages are made of.
fn site<'a>(
    gathering: &'a Gathering<'_>,
    incidents: &'a [ReleasedIncident],
    figures: &'a [ReleasedFigure],
    proofs: &'a BTreeMap<String, EntryProof>,
    made: &str,
    words: Words,
) -> Result<Site<'a>> {
    let (view, archive) = (gathering.register.view(), gathering.register.archive());
    let actors = gathering.around.actors().into_iter().map(|actor| (actor.code.to_string(), actor));
    let told = |one: &ReleasedIncident| -> Result<_> { Ok((one.key.clone(), history_of(view, one)?)) };
    Ok(Site {
        around: gathering.around,
        figures,
        incidents,
        claims: &gathering.claims,
        documents: &gathering.documents,
        proofs,
        actors: actors.collect(),
        pages: Pages::new(words)?,
        made: made.to_owned(),
        position: view.position()?,
        fingerprint: archive.fingerprint(archive.origin())?.to_string(),
        origin: archive.origin().log_name(),
        checkpoint: archive.checkpoint(archive.origin())?.text.clone(),
        programs: programs(view)?,
        history: incidents.iter().map(told).collect::<Result<_>>()?,
        index: Index::of(incidents, &gathering.claims),
    })
}

/// The incidents behind the figures that may go out; what the others lack is told.
fn cleared_incidents(
    view: &View,
    figures: &[Answered],
    rules: &RuleSet,
    missing: &mut Vec<Missing>,
) -> Result<BTreeMap<String, IncidentRow>> {
    let at = view.position()?;
    let behind: BTreeSet<&str> = figures
        .iter()
        .flat_map(|(_, figure)| {
            figure
                .records
                .iter()
                .map(|record| record.id.as_str())
                .chain(figure.excluded.iter().map(|one| one.id.as_str()))
        })
        .collect();
    let mut cleared = BTreeMap::new();
    for id in behind {
        let row = view.incident(id, at)?;
        let reasons = gate::incident(view, &row, rules)?;
        if reasons.is_empty() {
            cleared.insert(id.to_owned(), row);
        } else {
            missing.push(Missing { id: id.to_owned(), kind: "incident", reasons });
        }
    }
    Ok(cleared)
}

fn programs(view: &View) -> Result<Vec<String>> {
    let mut programs: Vec<String> = view
        .runs(false)?
        .into_iter()
        .filter(|run| run.adopted.is_some())
        .map(|run| format!("{} {}", run.program, run.version))
        .collect();
    programs.sort();
    programs.dedup();
    Ok(programs)
}

/// Proofs that the documents that go out stand in the log. Only of a document every word of which is public is the
/// commitment opened: it holds the hash, and the name of the file.
fn document_proofs(
    register: &Register,
    gathering: &Gathering<'_>,
    policy: &Policy,
) -> Result<BTreeMap<String, EntryProof>> {
    let (view, archive) = (register.view(), register.archive());
    let mut proofs = BTreeMap::new();
    for (key, document) in gathering.documents.iter().filter(|(_, document)| document.allowed.is_ok()) {
        let entry = view.entry_of_document(key)?;
        let says = entry.body.as_ref().and_then(|body| body.get("document")?.as_str());
        if says != Some(key) {
            continue; // Erased: no entry says any more that it is this document's.
        }
        let proof = |open| proofs::of_entry(archive, &entry.origin.parse()?, entry.number, open);
        let closed = proof(false)?;
        let opened = if document.is_whole() { Some(proof(true)?) } else { None };
        let opened = opened.filter(|proof| {
            proof
                .opening
                .as_ref()
                .is_some_and(|opened| policy.typed(&opened.body).into_inner() == opened.body)
        });
        proofs.insert(key.clone(), opened.unwrap_or(closed));
    }
    Ok(proofs)
}

fn day(clock: &dyn Clock) -> String {
    let seconds = i64::try_from(clock.now()).unwrap_or_default();
    let day = jiff::Timestamp::from_second(seconds).map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date());
    day.map_or_else(|_| "1970-01-01".to_owned(), |day| day.to_string())
}
