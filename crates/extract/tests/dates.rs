//! Times as said, in both languages, with what they come to: `dates/en.csv` and `dates/ar.csv`, made from the forms in which
//! reports say times, and reckoned by an independent calendar, Hijri days by another; never by this program. And sentences
//! that were typed one by one, natural and hostile: `dates/en_typed.csv` and `dates/ar_typed.csv`.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a failure is to be loud")]

use sijil_extract::times_in;
use sijil_model::codebook::Coded;
use sijil_model::{Day, Edtf};
use sijil_place::{Anchors, read_time};

/// What a line expects, and what came of it, in the same words.
fn mismatch(line: &csv::StringRecord) -> Option<String> {
    let [text, published, expected @ ..] = line.iter().collect::<Vec<_>>().try_into().unwrap_or([""; 8]);
    let anchors = Anchors {
        published: (!published.is_empty()).then(|| Edtf::new(published).unwrap()),
        ..Anchors::default()
    };
    let times = times_in(text);
    let found = match times.as_slice() {
        [(time, part)] => {
            let when = read_time(time, *part, &anchors);
            let edge = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
            let basis = when.basis.rule().map_or_else(|| when.basis.code().to_owned(), ToString::to_string);
            vec![
                when.edtf.as_ref().map_or(String::new(), ToString::to_string),
                edge(when.bounds.earliest),
                edge(when.bounds.latest),
                when.precision.code().to_owned(),
                basis,
                when.time_of_day.map_or(String::new(), |part| part.code().to_owned()),
            ]
        }
        others => vec![format!("{} times: {others:?}", others.len())],
    };
    (found != expected)
        .then(|| format!("{text} [{published}]\n  expected {expected:?}\n  found    {found:?}"))
}

fn read_all(name: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates").join(name);
    let mut table = csv::Reader::from_path(path).unwrap();
    let lines: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().unwrap();
    assert!(lines.len() >= 400, "{name} has {} cases", lines.len());
    let wrong: Vec<String> = lines.iter().filter_map(mismatch).collect();
    assert!(wrong.is_empty(), "{} of {} in {name}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

/// What came of a typed sentence, where it is not what it says: `none` is no time at all, an empty date one that nothing
/// fixes.
fn typed_mismatch(line: &csv::StringRecord) -> Option<String> {
    let [text, published, expected @ ..] = line.iter().collect::<Vec<_>>().try_into().unwrap_or([""; 4]);
    let anchors = Anchors {
        published: (!published.is_empty()).then(|| Edtf::new(published).unwrap()),
        ..Anchors::default()
    };
    let times = times_in(text);
    let found = match times.as_slice() {
        [] => ["none".to_owned(), String::new()],
        [(time, part)] => {
            let when = read_time(time, *part, &anchors);
            [
                when.edtf.map_or(String::new(), |edtf| edtf.to_string()),
                part.map_or("", |part| part.code()).to_owned(),
            ]
        }
        others => [format!("{} times: {others:?}", others.len()), String::new()],
    };
    (found != expected)
        .then(|| format!("{text} [{published}]\n  expected {expected:?}\n  found    {found:?}"))
}

fn read_typed(name: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates").join(name);
    let mut table = csv::Reader::from_path(path).unwrap();
    let lines: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().unwrap();
    assert!(lines.len() >= 60, "{name} has {} sentences", lines.len());
    let wrong: Vec<String> = lines.iter().filter_map(typed_mismatch).collect();
    assert!(wrong.is_empty(), "{} of {} in {name}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

#[test]
fn typed_times_in_english() {
    read_typed("en_typed.csv");
}

#[test]
fn typed_times_in_arabic() {
    read_typed("ar_typed.csv");
}

#[test]
fn times_in_english() {
    read_all("en.csv");
}

#[test]
fn times_in_arabic() {
    read_all("ar.csv");
}
