//! The founding document's structure told in Arabic, with invented names: the 21 points that it is judged by.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a failure is to be loud")]

use std::sync::Arc;

use serde_json::{Value, json};
use sijil_count::RuleSet;
use sijil_extract::{Extraction, Extractor, PlaceNames, Report};
use sijil_model::actor::read_actors;
use sijil_model::{Content, DocumentId, PlacePhrase};
use sijil_place::{Anchors, Gazetteer, PlaceContext, read_time, resolve};

#[path = "../../sijil/src/contract/extraction/mod.rs"]
mod extraction;

const TEXT: &str = include_str!("corpus/003-whole-article-ar/article.txt");
const GOLD: &str = include_str!("corpus/003-whole-article-ar/gold.json");
const ACTORS: &str = include_str!("corpus/actors.csv");

struct Country;

impl PlaceNames for Country {
    fn is_place(&self, folded: &str) -> bool {
        folded == "مرجان"
    }
}

/// What the contract prints of the article.
fn object() -> Value {
    let document = DocumentId::new("d".repeat(64)).unwrap();
    let extractor = Extractor::new(&read_actors(ACTORS).unwrap()).with_places(Arc::new(Country));
    let found =
        extractor.extract(&Report { document: &document, text: TEXT, language: None, country: Some("XM") });
    let year = year_from_text(&found);
    let when = |time: &_, part, own: Option<i16>| {
        read_time(time, part, &Anchors { year_from_text: own.or(year), ..Anchors::default() })
    };
    let gazetteer = Gazetteer::built_in();
    let place = |phrase: &PlacePhrase| resolve(&gazetteer, phrase, &PlaceContext::default()).place();
    let period = |time: &_, year| when(time, None, year);
    let resolvers = extraction::Resolvers { own_day: None, when: &when, period: &period, place: &place };
    let rules = RuleSet::named("open").unwrap();
    serde_json::to_value(extraction::render("twin", &found, &rules, &resolvers)).unwrap()
}

fn year_from_text(found: &Extraction) -> Option<i16> {
    found.claims.iter().find_map(|claim| match &claim.content {
        Content::Aggregate(aggregate) => aggregate.period_year.as_ref().map(|said| said.year),
        _ => None,
    })
}

/// The code points of the words in brackets, where all the words stand in the article after `from`.
fn marked(words: &str, from: usize) -> (usize, usize) {
    let (before, rest) = words.split_once('[').unwrap_or(("", words));
    let (inside, after) = rest.split_once(']').unwrap_or((rest, ""));
    let start = TEXT[from..].find(&format!("{before}{inside}{after}")).unwrap_or_else(|| panic!("{words}"));
    let start = TEXT[..from + start + before.len()].chars().count();
    (start, start + inside.chars().count())
}

fn span(value: &Value) -> Option<(usize, usize)> {
    Some((value[0].as_u64()? as usize, value[1].as_u64()? as usize))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn overlaps(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// The incident whose own span or places touch the gold's words.
fn incident<'v>(object: &'v Value, words: &str) -> &'v Value {
    let gold = marked(words, 0);
    let touches = |incident: &&Value| {
        let places = list(incident, "places").iter().map(|place| &place["span"]);
        places.chain([&incident["span"]]).filter_map(span).any(|found| overlaps(found, gold))
    };
    list(object, "incidents").iter().find(touches).unwrap_or(&Value::Null)
}

/// The row of all people killed, free of status; or of a class.
fn killed<'v>(incident: &'v Value, class: &str) -> &'v Value {
    let row = |row: &&Value| row["harm"] == "killed" && row["class"] == class && row["status"].is_null();
    list(incident, "casualties").iter().find(row).unwrap_or(&Value::Null)
}

fn has(values: &[Value], test: impl Fn(&Value) -> bool) -> bool {
    values.iter().any(test)
}

/// Whether something is so: the name of the point beside it.
type Point = (&'static str, bool);

fn incident_points(object: &Value, gold: &Value) -> Vec<Point> {
    let [first, second] = [0, 1].map(|at| &gold["incidents"][at]);
    let [one, two] = [first, second].map(|gold| incident(object, gold["words"].as_str().unwrap()));
    let range =
        |incident: &Value| json!([killed(incident, "total")["min"], killed(incident, "total")["max"]]);
    vec![
        ("first incident, killed", range(one) == first["killed"]),
        ("first incident, children", killed(one, "children")["min"] == first["children"]),
        ("first incident, date unresolved", !one.is_null() && one["date"]["edtf"].is_null()),
        ("first incident, actor", has(list(one, "attributions"), |by| by["actor"] == first["actor"])),
        ("second incident, killed", range(two) == second["killed"]),
        ("second incident, home", has(list(two, "sites"), |site| site["kind"] == second["site"])),
        ("two incidents", !one.is_null() && !two.is_null() && one["id"] != two["id"]),
    ]
}

fn person_points(object: &Value, gold: &Value) -> Vec<Point> {
    let persons = list(object, "persons");
    let named = |name: &Value| has(persons, |person| person["name"] == *name);
    let mother = marked(gold["unnamed"].as_str().unwrap(), 0);
    let source = gold["source"].as_str().unwrap();
    let fated = |person: &Value| {
        person["name"].as_str().is_some_and(|name| name.contains(source)) && !person["fate"].is_null()
    };
    vec![
        ("first child", named(&gold["persons"][0])),
        ("second child", named(&gold["persons"][1])),
        ("third child", named(&gold["persons"][2])),
        (
            "their mother",
            has(persons, |person| {
                person["name"].is_null() && span(&person["span"]).is_some_and(|at| overlaps(at, mother))
            }),
        ),
        (
            "the reporter is a source",
            has(list(object, "sources"), |one| {
                one["name"] == source && one["release_level"].as_u64() >= Some(3)
            }),
        ),
        ("the reporter is no victim", !persons.is_empty() && !has(persons, fated)),
    ]
}

fn aggregate_points(object: &Value, gold: &Value) -> Vec<Point> {
    let aggregates = list(object, "aggregates");
    let kind =
        |kind: &str, test: &dyn Fn(&Value) -> bool| has(aggregates, |one| one["kind"] == kind && test(one));
    let numbers: Vec<&Value> =
        list(object, "incidents").iter().flat_map(|incident| list(incident, "casualties")).collect();
    let counted = |n: &Value| numbers.iter().any(|row| row["min"] == *n || row["max"] == *n);
    let harms =
        list(object, "incidents").iter().flat_map(|incident| list(incident, "harms")).chain(aggregates);
    let homes = |one: &Value| {
        (one["kind"] == "homes_destroyed" || one["harm"] == "homes_destroyed")
            && one["min"] == gold["homes"]["min"]
            && one["max"] == gold["homes"]["max"]
    };
    let share = gold["share"].as_f64().unwrap();
    vec![
        (
            "total",
            kind("total", &|one| {
                one["min"] == gold["total"]["min"] && one["period"] == gold["total"]["period"]
            }),
        ),
        (
            "ratio",
            kind("ratio", &|one| one["of"] == gold["ratio"]["of"] && one["part"] == gold["ratio"]["part"]),
        ),
        (
            "share",
            kind("share", &|one| {
                let [low, high] = [0, 1].map(|at| one["value"][at].as_f64().unwrap_or(f64::NAN));
                low <= share && share <= high
            }),
        ),
        ("comparison", kind("comparison", &|_| true)),
        ("homes", harms.into_iter().any(homes)),
        ("the total is in no incident", !counted(&gold["counts_nobody"][0])),
        ("locations count nobody", !counted(&gold["counts_nobody"][1])),
        (
            "stated target",
            has(list(object, "positions"), |one| {
                one["holder"] == gold["stated_target_of"] && one["what"] == "stated_target"
            }),
        ),
    ]
}

#[test]
fn the_21_points() {
    let (object, gold) = (object(), serde_json::from_str::<Value>(GOLD).unwrap());
    let mut points = incident_points(&object, &gold);
    points.extend(person_points(&object, &gold));
    points.extend(aggregate_points(&object, &gold));
    assert_eq!(points.len(), 21);
    let missed: Vec<&str> = points.iter().filter(|point| !point.1).map(|point| point.0).collect();
    assert!(missed.is_empty(), "{missed:?}\n{object:#}");
}

#[test]
fn every_place_and_no_other() {
    let (object, gold) = (object(), serde_json::from_str::<Value>(GOLD).unwrap());
    let mut from = 0;
    let mut spans = |key: &str| -> Vec<(usize, usize)> {
        from = 0;
        list(&gold, key)
            .iter()
            .map(|words| {
                let words = words.as_str().unwrap();
                let found = marked(words, from);
                from = TEXT.char_indices().nth(found.0).unwrap().0;
                found
            })
            .collect()
    };
    let (wanted, vague) = (spans("places"), spans("vague_places"));
    let found: Vec<_> = list(&object["mentions"], "places").iter().filter_map(span).collect();
    let quote = |at: &(usize, usize)| TEXT.chars().skip(at.0).take(at.1 - at.0).collect::<String>();
    let missed: Vec<_> = wanted.iter().filter(|place| !found.contains(place)).map(quote).collect();
    let spurious: Vec<_> = found
        .iter()
        .filter(|place| !wanted.contains(place) && !vague.iter().any(|vague| overlaps(*vague, **place)))
        .map(quote)
        .collect();
    assert!(missed.is_empty() && spurious.is_empty(), "missed {missed:?}, spurious {spurious:?}");
}
