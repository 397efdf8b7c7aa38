//! Every number that `count` and `report` print can be opened: it is added up from incidents that are named beside it,
//! and each of them from claims that `show` prints with their words.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use serde_json::Value;

use crate::support::{Home, sijil};

fn demo() -> Home {
    let home = Home::empty();
    sijil([std::ffi::OsStr::new("demo"), home.register.as_os_str(), "--no-serve".as_ref()]).ends(0);
    home
}

/// Questions of all kinds of the built-in example.
const QUESTIONS: [&str; 6] = [
    "count --by governorate,month",
    "count --status civilian --by actor --undated include",
    "count --class children --status civilian-described --period 2031-10 --by week",
    "count --harm injured --by governorate",
    "count --by class --grading fair+ --undated exclude",
    "count --by means,site",
];

/// The sum of the records' ends, as a tally has it.
fn sums_to(tally: &Value, records: &[&Value]) {
    let known: Vec<u64> = records.iter().filter_map(|record| record["min"].as_u64()).collect();
    let least =
        if known.is_empty() && !records.is_empty() { Value::Null } else { known.iter().sum::<u64>().into() };
    assert_eq!((&tally["min"], &tally["incidents"]), (&least, &records.len().into()), "{tally}");
    let open = records.iter().filter(|record| record["max"] == "open").count();
    assert_eq!(tally["open_ends"], open, "{tally}");
    if let Some(most) = tally["max"].as_u64() {
        assert_eq!(most, records.iter().map(|record| record["max"].as_u64().unwrap()).sum::<u64>());
    }
}

#[test]
fn every_number_that_count_prints_is_added_up_from_records_that_open() {
    let home = demo();
    let (mut records_opened, mut claims) = (BTreeSet::new(), BTreeSet::new());
    let mut reconciled = 0;
    for question in QUESTIONS {
        let words: Vec<&str> = question.split(' ').skip(1).collect();
        let figure = home.count(&words);
        let records = figure["records"].as_array().unwrap();
        let apart = !question.contains("include");
        let part = |possibly: bool| {
            records
                .iter()
                .filter(|record| (apart && record["membership"] == "possibly_inside") == possibly)
                .collect::<Vec<_>>()
        };
        sums_to(&figure, &part(false));
        sums_to(&figure["possibly_inside"], &part(true));
        let by_id: BTreeMap<&str, &Value> =
            records.iter().map(|record| (record["id"].as_str().unwrap(), record)).collect();
        for row in figure["rows"].as_array().unwrap() {
            // A row of a class counts other people of the same incidents; its own question gives them.
            let ids = row["records"].as_array().unwrap();
            assert!(ids.iter().all(|id| by_id.contains_key(id.as_str().unwrap())), "{row}");
            if let Some(class) = row["key"]["class"].as_str() {
                let asked = home.count(&["--class", class, "--grading", "fair+", "--undated", "exclude"]);
                assert_eq!((&asked["min"], &asked["max"]), (&row["min"], &row["max"]), "{class}");
                continue;
            }
            let least: u64 = ids.iter().filter_map(|id| by_id[id.as_str().unwrap()]["min"].as_u64()).sum();
            let of = |tally: &Value| tally["min"].as_u64().unwrap_or(0);
            assert_eq!(least, of(row) + of(&row["possibly_inside"]), "{row}");
        }
        for claim in figure["reconciled"].as_array().unwrap() {
            home.run(["show", claim["aggregate"].as_str().unwrap()]).ends(0).says(&["“"]);
            let Some(asks) = claim["asks"].as_object() else { continue };
            // The claim's own question gives the numbers that stand beside it.
            let mut options: Vec<String> = Vec::new();
            for (name, value) in asks {
                let all = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                let name = match name.as_str() {
                    "actors" => "actor",
                    "places" => "place",
                    name => name,
                };
                options.extend(
                    all.iter()
                        .filter_map(|value| Some([format!("--{name}"), value.as_str()?.to_owned()]))
                        .flatten(),
                );
            }
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            let documented = home.count(&options);
            assert_eq!(documented["min"], claim["inside"]["min"], "{claim}");
            assert_eq!(documented["possibly_inside"]["min"], claim["possibly_inside"]["min"], "{claim}");
            reconciled += 1;
        }
        for record in records {
            records_opened.insert(record["id"].as_str().unwrap().to_owned());
            claims.extend(
                record["claims"].as_array().unwrap().iter().map(|claim| claim.as_str().unwrap().to_owned()),
            );
            assert!(
                record["min"].is_null() || !record["claims"].as_array().unwrap().is_empty(),
                "a number without a claim: {record}"
            );
        }
    }
    assert!(reconciled >= 2 && records_opened.len() > 10 && claims.len() > 20);
    for id in &records_opened {
        home.run(["show", id]).ends(0);
    }
    for claim in &claims {
        home.run(["show", claim]).ends(0).says(&["“", "document "]);
    }
}

/// The text of a page outside of what is linked, quoted or code; and the links with their words.
fn loose_text_and_links(page: &str) -> (String, Vec<(String, String)>) {
    let body = page.split_once("<body>").unwrap().1;
    let (mut loose, mut links, mut rest) = (String::new(), Vec::new(), body);
    while let Some((before, tag)) = rest.split_once('<') {
        loose.push_str(before);
        let (name, after) = tag.split_once('>').unwrap();
        let skip = |end: &str| after.split_once(end).unwrap();
        rest = if let Some(target) = name.strip_prefix("a href=\"#") {
            let (words, after) = skip("</a>");
            links.push((
                target.trim_end_matches('"').to_owned(),
                words.replace("<bdi>", "").replace("</bdi>", ""),
            ));
            after
        } else if name.starts_with("code") {
            skip("</code>").1
        } else if name.starts_with("bdi class=\"said\"") {
            skip("</bdi>").1
        } else if name.starts_with("svg") {
            skip("</svg>").1
        } else {
            after
        };
        loose.push(' ');
    }
    (loose, links)
}

#[test]
fn every_number_of_a_report_is_a_link_to_the_incidents_behind_it() {
    let home = demo();
    let file = home.path("report.html");
    let arguments = ["report"].iter().chain(&QUESTIONS).map(|word| (*word).to_owned());
    let out = ["--out".to_owned(), file.to_str().unwrap().to_owned()];
    home.run(arguments.chain(out)).ends(0).says(&["6 figures"]);
    let page = std::fs::read_to_string(&file).unwrap();
    let (loose, links) = loose_text_and_links(&page);
    let bare: Vec<&str> =
        loose.split_whitespace().filter(|word| word.chars().any(char::is_numeric)).collect();
    assert!(bare.is_empty(), "numbers that nothing opens: {bare:?}");
    assert!(links.len() > 100);
    for (target, words) in &links {
        let anchor = format!("id=\"{target}\"");
        assert_eq!(page.matches(&anchor).count(), 1, "“{words}” opens #{target}");
    }
    // A row's list is that of its records, in both languages.
    let figure = home.count(&["--by", "governorate,month"]);
    for (place, row) in figure["rows"].as_array().unwrap().iter().enumerate() {
        for language in ["en", "ar"] {
            let section = page.split_once(&format!("id=\"{language}-1-row-{place}\"")).unwrap().1;
            let list = section.split_once("<p>").unwrap().1.split_once("</p>").unwrap().0;
            for id in row["records"].as_array().unwrap() {
                assert!(
                    list.contains(&format!("#{language}-1-{}\"", id.as_str().unwrap())),
                    "{language} {row}"
                );
            }
        }
    }
    assert!(page.contains("dir=\"rtl\"") && page.contains("كيف عُدّ") && page.contains("How it was counted"));
}

#[test]
fn a_report_is_written_in_each_form_and_names_nobody() {
    let home = demo();
    home.run([
        "count",
        "--by",
        "month",
        "--save",
        "monthly",
        "--title-en",
        "Killed, month by month",
        "--title-ar",
        "القتلى شهرًا شهرًا",
    ])
    .ends(0);
    let write = |name: &str, more: &[&str]| {
        let file = home.path(name);
        let words =
            ["report", "monthly", "--out", file.to_str().unwrap()].into_iter().chain(more.iter().copied());
        home.run(words).ends(0);
        std::fs::read(&file).unwrap()
    };
    let markdown = String::from_utf8(write("report.md", &["--lang", "en"])).unwrap();
    assert!(
        markdown.contains("## Killed, month by month") && markdown.contains("](#en-1-inside)"),
        "{markdown}"
    );
    assert!(markdown.contains("<svg") && !markdown.contains("القتلى"));
    let arabic = String::from_utf8(write("report.html", &["--lang", "ar"])).unwrap();
    assert!(
        arabic.contains("القتلى شهرًا شهرًا")
            && arabic.contains("dir=\"rtl\"")
            && !arabic.contains("How it was counted")
    );
    let docx = write("report.docx", &[]);
    assert_eq!(docx, write("again.docx", &[]), "the same register gives the same bytes");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut document = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    for part in [
        "Killed, month by month",
        "القتلى شهرًا شهرًا",
        "<w:bidi/>",
        "w:anchor=\"en-1-inside\"",
        "w:fill=\"34495a\"",
    ] {
        assert!(document.contains(part), "{part}");
    }
    // Our own reader opens it, and no name of the example's dead is in it.
    let read = home.run(["read".as_ref(), home.path("report.docx").as_os_str()]).ends(0).out;
    assert!(read.contains("How it was counted"));
    let counted = home.count(&[]);
    let mut names: Vec<String> = Vec::new();
    for record in counted["records"].as_array().unwrap() {
        let shown = home.run(["show", record["id"].as_str().unwrap()]).ends(0).out;
        let people = shown.lines().filter(|line| line.starts_with("  p"));
        names.extend(people.filter_map(|line| line.trim().split("  ").nth(1)).map(str::to_owned));
    }
    names.retain(|name| name.contains(' '));
    assert!(!names.is_empty(), "the example names somebody");
    for name in names.iter().map(String::as_str) {
        assert!(!read.contains(name) && !markdown.contains(name) && !arabic.contains(name));
    }
    // Nor does one stand in a title that somebody typed.
    let name = names[0].as_str();
    let typed = format!("Killed beside {name}");
    home.run(["count", "--save", "beside", "--title-en", &typed, "--title-ar", &typed]).ends(0);
    let file = home.path("beside.md");
    home.run(["report", "beside", "--out", file.to_str().unwrap(), "--title", &typed]).ends(0);
    let report = std::fs::read_to_string(&file).unwrap();
    assert!(report.contains("Killed beside \\[") && !report.contains(name), "{report}");
    home.run(["report", "yearly", "--out", "x.md"]).ends(1).says(&["monthly", "count --by month"]);
    home.run(["report", "monthly", "--out", "x.pdf"]).ends(2).says(&[".docx"]);
}

/// Every number of a JSON value as the terminal may print it: whole, or as a percentage.
fn numbers_of(value: &Value, numbers: &mut BTreeSet<String>) {
    match value {
        Value::Number(number) => {
            numbers.insert(number.to_string());
            numbers.extend(number.as_f64().map(|share| format!("{:.1}", share * 100.0)));
        }
        Value::Array(all) => all.iter().for_each(|one| numbers_of(one, numbers)),
        Value::Object(fields) => {
            // Ends that are open and ends that are not known are printed as one number.
            if let (Some(open), Some(unknown)) = (value["open_ends"].as_u64(), value["unknown"].as_u64()) {
                numbers.insert((open + unknown).to_string());
            }
            fields.values().for_each(|one| numbers_of(one, numbers));
        }
        Value::String(text) => numbers.extend(printed_in(text)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// The numbers of a text outside of words that are quoted, and outside of ids.
fn printed_in(text: &str) -> Vec<String> {
    let mut loose = String::new();
    let mut depth = 0;
    for letter in text.chars() {
        depth += i32::from(letter == '“') - i32::from(letter == '”');
        loose.push(if depth > 0 { ' ' } else { letter });
    }
    let is_id = |word: &str| {
        word.len() == 33 && word[1..].bytes().all(|byte| byte.is_ascii_hexdigit())
            || word.starts_with("entry:")
    };
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words = loose.split_whitespace().map(word).filter(|word| !is_id(word));
    words.filter(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.') && !word.is_empty()).collect()
}

/// The ids that a text names.
fn ids_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == ':'));
    let ids = words.map(|word| word.trim_end_matches(':')).filter(|word| {
        word.starts_with("entry:")
            || (word.len() == 33
                && word.starts_with(['c', 'i'])
                && word[1..].bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    ids.map(str::to_owned).collect()
}

/// What of the figure a line of the terminal tells: its own part alone, so that no number stands for another.
fn part_of(line: &str, figure: &Value, row: &mut std::slice::Iter<'_, Value>, beside: &mut Value) -> Value {
    let records = figure["records"].as_array().unwrap();
    let starts = |start: &str| line.trim_start().starts_with(start);
    let tally = |of: &Value| {
        let ends = ["min", "highest_reported", "max", "open_ends", "unknown", "incidents", "named"];
        Value::from_iter(ends.map(|end| (end, of[end].clone())))
    };
    if starts("possibly inside:") {
        tally(&figure["possibly_inside"])
    } else if starts("known as people:") {
        Value::from(vec![tally(figure), figure["rules"].clone()])
    } else if starts("by ") {
        let rule = line.split_whitespace().nth(1).unwrap();
        let about = line.split_once(": ").map_or("", |(_, about)| about);
        let decided = records.iter().filter(|record| record["rule"] == rule).count();
        Value::from(vec![decided.into(), Value::from(about)])
    } else if starts("without a number:") {
        records.iter().filter(|record| record["min"].is_null()).count().into()
    } else if starts("people on lists") {
        figure["listed"].clone()
    } else if starts("beside it:") {
        let ids = ids_in(line);
        let all = figure["reconciled"].as_array().unwrap();
        *beside =
            all.iter().filter(|one| ids.contains(one["aggregate"].as_str().unwrap())).cloned().collect();
        beside.clone()
    } else if line.starts_with("    ") {
        beside.clone()
    } else if starts("contested:") {
        figure["contested"].clone()
    } else if starts("watched:") {
        figure["watched"].clone()
    } else if starts("at log position") {
        figure["log_position"].clone()
    } else if line.starts_with("  ") && !starts("an incident may") && !starts("left out:") && !starts("in: ")
    {
        row.next().unwrap_or_else(|| panic!("“{line}” is no row of the figure")).clone()
    } else {
        tally(figure)
    }
}

#[test]
fn every_number_on_the_terminal_is_one_of_the_figure_s_and_every_id_opens() {
    let home = demo();
    let mut ids = BTreeSet::new();
    let mut walked = 0;
    for question in QUESTIONS {
        let told = home.run(question.split(' ')).ends(0).out;
        let words: Vec<&str> = question.split(' ').skip(1).collect();
        let figure = home.count(&words);
        let mut rows = figure["rows"].as_array().unwrap().iter();
        let mut beside = Value::Null;
        for line in told.lines() {
            let mut known = BTreeSet::new();
            numbers_of(&part_of(line, &figure, &mut rows, &mut beside), &mut known);
            // The question itself is said before the figure's first number.
            let number =
                line.rsplit_once(", ").filter(|_| !line.starts_with(' ')).map_or(line, |(_, rest)| rest);
            let number = if line.starts_with(' ') { line } else { number.split_once(": ").unwrap().1 };
            for printed in printed_in(number) {
                assert!(known.contains(&printed), "{printed} in “{line}” is none of {known:?}");
                walked += 1;
            }
            ids.extend(ids_in(line));
        }
        assert_eq!(rows.next(), None, "{question}: a row that is not printed");
    }
    assert!(walked > 300 && ids.len() > 20, "{walked} numbers, {} ids", ids.len());
    for id in &ids {
        home.run(["show", id]).ends(0);
    }
}

#[test]
fn a_name_in_either_script_leads_to_the_same_people_and_incidents() {
    let home = demo();
    let found = |words: &str| -> BTreeSet<(String, String)> {
        let shown = home.run(["show", words, "--json"]).ends(0).json();
        let hits = shown["found"].as_array().unwrap().iter();
        hits.map(|hit| (hit["kind"].as_str().unwrap().into(), hit["id"].as_str().unwrap().into())).collect()
    };
    for (arabic, latin, kind, fewest) in [
        ("ليلى نعيم", "Layla Naim", "person", 2),
        ("الزمردي", "al-Zumurrudi", "person", 2),
        ("جسر السنابل", "Jisr Sanabil", "incident", 2),
    ] {
        let hits = found(arabic);
        assert!(hits.iter().filter(|(own, _)| own == kind).count() >= fewest, "{arabic}: {hits:?}");
        let of_kind = |hits: BTreeSet<(String, String)>| -> BTreeSet<_> {
            hits.into_iter().filter(|(own, _)| own == kind).collect()
        };
        assert_eq!(of_kind(hits), of_kind(found(latin)), "{arabic}, {latin}");
    }
    home.run(["show", "Qwertyuiop"]).ends(1).says(&["there is no"]);
}

#[test]
fn rows_by_district_are_of_the_districts_that_the_gazetteer_knows() {
    let home = demo();
    let figure = home.count(&["--by", "district"]);
    let rows = figure["rows"].as_array().unwrap();
    let least = |district: Option<&str>| -> Option<u64> {
        let row = rows.iter().find(|row| row["key"]["district"].as_str() == district)?;
        row["min"].as_u64()
    };
    assert_eq!(least(Some("xm-jisr-sanabil-d")), Some(19), "{rows:?}");
    assert!(rows.iter().filter(|row| row["key"]["district"].is_string()).count() >= 5, "{rows:?}");
}
