//! Asking: from words to a question, from a question to a figure.

use sijil_count::{Area, AsOne, By, Figure, Named, Printed, Question, Tally, Words};
use sijil_model::codebook::{Class, Harm, PlaceRole, ReleaseLevel};
use sijil_model::fold::fold;
use sijil_model::{Actor, Language, PlaceId};
use sijil_place::{PlaceContext, parse_place, resolve};
use sijil_register::ask::IncidentRow;
use sijil_register::{View, ask};

use crate::arguments::Count;
use crate::failure::Failure;
use crate::stages::{Stages, placing, setting};
use crate::terminal::counted;

/// A saved figure.
pub struct Saved {
    /// Its name.
    pub id: String,
    /// Title in English.
    pub title_en: String,
    /// Title in Arabic.
    pub title_ar: String,
    /// What it asks.
    pub question: Question,
}

impl Saved {
    /// The title that a person gave it; none where it is called by its question.
    pub fn given_title(&self, language: Language) -> Option<&str> {
        let title = if language == Language::En { &self.title_en } else { &self.title_ar };
        self.question.given_title(title, &self.id)
    }
}

/// A question that a register keeps in view.
pub struct Kept {
    /// The saved figure; none for the total of the killed, which every register answers.
    pub saved: Option<Saved>,
    /// What it asks.
    pub question: Question,
}

impl Kept {
    /// What it is called in a terminal.
    pub fn name(&self) -> &str {
        self.saved.as_ref().map_or("all killed", |saved| &saved.id)
    }
}

/// The saved figures, before them the total of the killed where none of them asks the same, each answered as of a position.
pub fn kept(view: &View, stages: &Stages, at: u64) -> Result<Vec<(Kept, Figure)>, Failure> {
    let mut kept: Vec<Kept> = saved(view)?
        .into_iter()
        .map(|saved| Kept { question: saved.question.clone(), saved: Some(saved) })
        .collect();
    let standard = standard(view)?;
    if !kept.iter().any(|kept| kept.question == standard) {
        kept.insert(0, Kept { saved: None, question: standard });
    }
    let answered = |kept: Kept| {
        let figure = answer(view, stages, &kept.question, at)?;
        Ok((kept, figure))
    };
    kept.into_iter().map(answered).collect()
}

/// The question of a command line.
pub fn question(view: &View, stages: &Stages, asked: &Count) -> Result<Question, Failure> {
    let in_force = view.setting(setting::RULES, asked.at)?;
    let words = Words {
        harm: asked.harm.as_deref(),
        class: asked.class.as_deref(),
        status: asked.status.as_deref(),
        actors: asked.actor.iter().map(String::as_str).collect(),
        places: asked.place.iter().map(|text| place(view, stages, text)).collect::<Result<_, _>>()?,
        period: asked.period.as_deref(),
        grading: asked.grading.as_deref(),
        by: asked.by.as_deref(),
        rules: asked.rules.as_deref().or(in_force.as_deref()),
        undated: asked.undated.as_deref(),
        means: asked.means.as_deref(),
        site: asked.site.as_deref(),
        per: asked.per.as_deref(),
    };
    let actors: Vec<Actor> = stages.actors.values().cloned().collect();
    Ok(Question::parse(&words, &actors)?)
}

/// The question that the register answers where nothing is asked: all killed, under the rules in force.
pub fn standard(view: &View) -> Result<Question, Failure> {
    let rules = view.setting(setting::RULES, None)?.unwrap_or_else(|| "open".into());
    Ok(Question { rules, ..Question::default() })
}

/// The saved figures.
pub fn saved(view: &View) -> Result<Vec<Saved>, Failure> {
    let rows = view.figures()?;
    rows.into_iter()
        .map(|row| {
            let question = serde_json::from_str(&row.question).map_err(|cause| {
                Failure::Refused(format!("the saved figure {} cannot be read: {cause}", row.id))
            })?;
            Ok(Saved { id: row.id, title_en: row.title_en, title_ar: row.title_ar, question })
        })
        .collect()
}

/// Refuses to let a question take the place of another that is saved under the same name: whoever cleared and signed that one
/// stood behind what it asked. `question` is as the register keeps it.
pub fn refuse_to_replace(view: &View, name: &str, question: &str) -> Result<(), Failure> {
    let Some(known) = saved(view)?.into_iter().find(|known| known.id == name) else { return Ok(()) };
    if serde_json::to_string(&known.question).is_ok_and(|known| known == question) {
        return Ok(());
    }
    let asks = known.question.in_words(Language::En);
    Err(Failure::Refused(format!(
        "there is a figure `{name}` already, and it asks: {asks}; save this question under another name, or replace that one on purpose with --replace"
    )))
}

/// Answers a question as of a log position; where its rate cannot be made the figure says why, and its numbers stand.
pub fn answer(view: &View, stages: &Stages, question: &Question, at: u64) -> Result<Figure, Failure> {
    Ok(view.count(question, &areas(stages, question)?, at)?)
}

/// The same, refused where a rate was asked for that cannot be made.
pub fn answer_with_rate(
    view: &View,
    stages: &Stages,
    question: &Question,
    at: u64,
) -> Result<Figure, Failure> {
    let figure = answer(view, stages, question, at)?;
    match &figure.no_rate {
        Some(why) => Err(Failure::Refused(why.text())),
        None => Ok(figure),
    }
}

/// What contains each place of a question.
pub fn areas(stages: &Stages, question: &Question) -> Result<Vec<Area>, Failure> {
    question.places.iter().map(|place| area(stages, place)).collect()
}

/// People of lists who are in no incident, and so in no sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnLists {
    /// How many.
    pub people: u64,
    /// Where the question is broken down by list, how many on each; whoever is on several is in the number of each.
    pub by_list: Vec<(String, u64)>,
}

/// How many people of lists are in no incident, and so in no sum; none where the question is not of persons as such.
///
/// They may be among the unnamed dead of incidents: adding them would count some twice.
pub fn listed(view: &View, question: &Question, at: u64) -> Result<Option<OnLists>, Failure> {
    let fates: &[&str] = match question.harm {
        Harm::Killed => &["killed", "died_of_wounds"],
        Harm::Injured => &["injured"],
        Harm::Missing => &["missing"],
        Harm::Detained => &["detained"],
        Harm::KilledOrInjured => &["killed", "died_of_wounds", "injured"],
    };
    let narrowed = question.class != Class::Total
        || question.status.is_some()
        || question.grading.is_some()
        || question.means.is_some()
        || question.site.is_some()
        || !question.actors.is_empty();
    if narrowed {
        return Ok(None);
    }
    let period = question.period_bounds();
    let [first, last] = [period.earliest, period.latest].map(|day| day.map(|day| day.to_string()));
    let places: Vec<String> = question.places.iter().map(ToString::to_string).collect();
    let asked = ask::Listed { fates, days: (first.as_deref(), last.as_deref()), places: &places };
    let by_list =
        question.by.contains(&By::List).then(|| view.listed_people_by_list(asked, at)).transpose()?;
    Ok(Some(OnLists { people: view.listed_people(asked, at)?, by_list: by_list.unwrap_or_default() }))
}

/// A position that the log has reached; the last one where none is asked for.
pub fn reached(view: &View, at: Option<u64>) -> Result<u64, Failure> {
    let now = view.position()?;
    match at {
        Some(at) if at > now => Err(Failure::Refused(format!(
            "the log has {}, so there is no position {at}; write at most {now}",
            counted(now, "entry")
        ))),
        at => Ok(at.unwrap_or(now)),
    }
}

/// A sum in words that never close an open end.
pub fn in_words(tally: &Tally, language: Language) -> String {
    Printed::of_tally(tally).text(language)
}

/// What a figure comes to if incidents that may be one strike are one, for a terminal.
/// That incidents were compared with no others yet, and what compares them; none where all were.
pub fn uncompared_in_words(reports: u64) -> Option<String> {
    (reports > 0).then(|| {
        format!(
            "{} of incidents compared with no others yet, and may be of ones that are counted already: `sijil link` tells which",
            crate::terminal::counted(reports as usize, "report")
        )
    })
}

pub fn as_one_in_words(as_one: &AsOne) -> String {
    let AsOne { strikes, inside, possibly_inside } = as_one;
    let incidents = as_one.incidents();
    let strikes = if strikes.len() == 1 { "one".to_owned() } else { strikes.len().to_string() };
    let in_english = |tally| in_words(tally, Language::En);
    let sums = match (inside.incidents, possibly_inside.incidents) {
        (0, possibly) if possibly > 0 => {
            format!("possibly {}, and nothing that is certainly inside", in_english(possibly_inside))
        }
        (certainly, 0) => format!("{}; incidents: {certainly}", in_english(inside)),
        (certainly, _) => {
            format!(
                "{}, possibly inside {}; incidents: {certainly}",
                in_english(inside),
                in_english(possibly_inside)
            )
        }
    };
    format!("{incidents} incidents may be only {strikes}, which nobody has judged; if so: {sums}")
}

/// How many people are known as persons, with the ends where who is who is in doubt.
pub fn named_in_words(named: Named) -> String {
    let Named { low, median, high } = named;
    if low == high { median.to_string() } else { format!("{median} ({low} to {high})") }
}

/// The place that a word of a question means: an id, or a name that is one place. What only sounds like it is proposed and
/// never taken: a question is answered as it was asked.
pub fn place(view: &View, stages: &Stages, text: &str) -> Result<PlaceId, Failure> {
    if let Ok(id) = PlaceId::new(text)
        && stages.gazetteer.place(&id).is_some()
    {
        return Ok(id);
    }
    let phrase = parse_place(text);
    let name = fold(&phrase.name);
    let own = stages.country.as_deref();
    let meant = |country: Option<&str>| {
        resolve(&stages.gazetteer, &phrase, &PlaceContext { country, ..PlaceContext::default() })
    };
    let mut answer = meant(own);
    // Reports tell of other countries too: of those where the register's own has no place of the name.
    if own.is_none_or(|country| stages.gazetteer.is_known_name_in(&name, country)) {
        answer.answered &= stages.gazetteer.is_known_name(&name);
    } else if stages.gazetteer.is_known_name(&name)
        && let Some(abroad) = meant(None).best()
        && let Some(id) = &abroad.place_id
    {
        // A gazetteer of one's own may say no country.
        let country = stages.gazetteer.place(id).and_then(|place| place.country);
        return if country.is_none() || is_told_of(view, stages, id)? {
            one_of_its_name(stages, text, id, abroad.score, &meant(None).answers)
        } else {
            Err(only_elsewhere(stages, text, id, &answer.answers))
        };
    } else {
        answer.answered = false;
    }
    if let Some(best) = answer.best()
        && let Some(id) = &best.place_id
    {
        return one_of_its_name(stages, text, id, best.score, &answer.answers);
    }
    let near = ids_and_names(&answer.answers);
    let instead = if near.is_empty() {
        "write it as reports do, or its id".to_owned()
    } else {
        format!("write one of: {near}")
    };
    let why =
        if answer.reasons.is_empty() { "no place has this name".into() } else { answer.reasons.join("; ") };
    Err(Failure::Refused(format!("the place `{text}` is not found: {why}; {instead}")))
}

/// A place that others of its name are not as likely as.
fn one_of_its_name(
    stages: &Stages,
    text: &str,
    id: &PlaceId,
    score: f64,
    answers: &[sijil_place::Candidate],
) -> Result<PlaceId, Failure> {
    match namesakes(stages, id, score, answers).as_slice() {
        [] => Ok(id.clone()),
        others => Err(Failure::Refused(format!(
            "the place `{text}` is {} places: {}; write the id of the one that is meant, or what lies around it too",
            others.len() + 1,
            std::iter::once(id)
                .chain(others)
                .map(|id| place_in_words(stages, id))
                .collect::<Vec<_>>()
                .join("; ")
        ))),
    }
}

/// Asks back where only another country has a place of the name, and no incident is there: the word may be misspelt.
fn only_elsewhere(stages: &Stages, text: &str, id: &PlaceId, at_home: &[sijil_place::Candidate]) -> Failure {
    let own = stages.country.as_deref().unwrap_or_default();
    let (near, there) = (ids_and_names(at_home), place_in_words(stages, id));
    Failure::Refused(if near.is_empty() {
        format!(
            "the place `{text}` is not found in {own}: write it as reports do, or its id. Elsewhere there is {there}, of which no incident of the register tells; where it is meant, write its id"
        )
    } else {
        format!(
            "the place `{text}` is not found in {own}: did you mean {near}? Elsewhere there is {there}, of which no incident of the register tells; where it is meant, write its id"
        )
    })
}

fn ids_and_names(answers: &[sijil_place::Candidate]) -> String {
    let near = answers.iter().filter_map(|one| Some(format!("{} ({})", one.place_id.as_ref()?, one.name)));
    near.collect::<Vec<_>>().join(", ")
}

/// Whether an incident of the register lies in a place.
fn is_told_of(view: &View, stages: &Stages, place: &PlaceId) -> Result<bool, Failure> {
    let question = Question { places: vec![place.clone()], ..Question::default() };
    let figure = answer(view, stages, &question, view.position()?)?;
    Ok(figure.inside.incidents > 0)
}

/// Places that a word means as well as the best one, which neither lie in it nor around it.
fn namesakes(
    stages: &Stages,
    best: &PlaceId,
    score: f64,
    answers: &[sijil_place::Candidate],
) -> Vec<PlaceId> {
    // Scores that differ by less say nothing about which is meant.
    const ALIKE: f64 = 0.05;
    let lies_in = |inner: &PlaceId, outer: &PlaceId| {
        stages.gazetteer.chain(inner).iter().any(|place| place.id == *outer)
    };
    let as_good = answers.iter().skip(1).filter(|other| score - other.score < ALIKE);
    let ids = as_good.filter_map(|other| other.place_id.clone());
    ids.filter(|id| id != best && !lies_in(id, best) && !lies_in(best, id)).collect()
}

/// A place and those around it by name, from the inside out, with its id: what a question was understood to ask of.
pub fn place_in_words(stages: &Stages, place: &PlaceId) -> String {
    let chain = stages.gazetteer.chain(place);
    let mut names: Vec<&str> =
        chain.iter().filter_map(|place| place.name_en.as_deref().or(place.name_ar.as_deref())).collect();
    names.dedup();
    if names.is_empty() { place.to_string() } else { format!("{} ({place})", names.join(", ")) }
}

/// What a list is called: its source's name, where it is not protected, or its document's.
pub fn list_name(view: &View, list: &str, language: Language) -> String {
    match view.source(list) {
        Ok(Some(source)) if source.release_level < ReleaseLevel::NamedKeys => match language {
            Language::En => source.name_en,
            Language::Ar => source.name_ar,
        },
        Ok(Some(source)) => source.source.to_string(),
        _ => {
            let name = view.document(list).ok().and_then(|document| document.name);
            name.unwrap_or_else(|| list.chars().take(12).collect())
        }
    }
}

/// A place of the gazetteer as its readers call it, in the other script where it has no name in theirs.
fn name_of_place(stages: &Stages, id: &PlaceId, language: Language) -> Option<String> {
    let place = stages.gazetteer.place(id)?;
    match language {
        Language::En => place.name_en.or(place.name_ar),
        Language::Ar => place.name_ar.or(place.name_en),
    }
}

/// Where an incident was, in the reader's language: the place that was found and its governorate; as a report says it
/// where none was.
pub fn where_it_was(stages: &Stages, row: &IncidentRow, language: Language) -> String {
    let places = row.incident.places.iter().filter(|place| place.role == PlaceRole::Primary);
    let mut found = places.filter_map(|place| {
        let here = place.chain.first()?;
        let outer = place.governorate.as_ref().filter(|outer| *outer != here);
        let named = |id: &PlaceId| name_of_place(stages, id, language);
        let names = [Some(named(here)?), outer.and_then(named)];
        Some(names.into_iter().flatten().collect::<Vec<_>>().join(if language == Language::Ar {
            "، "
        } else {
            ", "
        }))
    });
    found.next().unwrap_or_else(|| row.title.clone())
}

/// What a row of a breakdown is called; none where its incidents have no value.
pub fn row_label(
    by: By,
    key: Option<&str>,
    (view, stages): (&View, &Stages),
    language: Language,
) -> Option<String> {
    let key = key?;
    let coded = |vocabulary: &str| sijil_model::codebook::label(vocabulary, key, language).map(str::to_owned);
    let label = match by {
        By::Governorate | By::District => {
            PlaceId::new(key).ok().and_then(|id| name_of_place(stages, &id, language))
        }
        By::Actor => {
            let actor = sijil_model::ActorCode::new(key).ok().and_then(|code| stages.actors.get(&code));
            actor.map(|actor| actor.label(language).to_owned())
        }
        By::Class => coded("class"),
        By::Grading => coded("grading"),
        By::Means => coded("means"),
        By::Site => coded("site_kind"),
        By::List => Some(list_name(view, key, language)),
        By::Month | By::Week => None,
    };
    Some(label.unwrap_or_else(|| key.to_owned()))
}

fn area(stages: &Stages, place: &PlaceId) -> Result<Area, Failure> {
    let ids = chain(stages, place);
    ask::area(&ids)?.ok_or_else(|| Failure::Refused(format!("{place} is no place")))
}

/// A place and what it lies in, innermost first.
pub fn chain(stages: &Stages, place: &PlaceId) -> Vec<String> {
    let chain = stages.gazetteer.chain(place);
    let found = chain.first().map(|here| {
        let ids: Vec<String> = chain.iter().map(|outer| outer.id.to_string()).collect();
        placing::complete_chain(ids, here.governorate.as_ref(), here.country.as_deref())
    });
    found.unwrap_or_else(|| vec![place.to_string()])
}
