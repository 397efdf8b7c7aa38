//! docs/figures.md: its rule tables are the data, and every worked example is counted.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what is wrong")]

mod made_up;

use made_up::{Happened, Said, account, decision, incident, killed, open, person, telling};
use sijil_count::{
    Area, Beside, Disputed, Incident, Independent, Population, Printed, Question, RuleSet, Standing,
    Statement, Voice, count, proposal, rules::methods,
};
use sijil_model::claim::Stands;
use sijil_model::codebook::{AgeClass, Class, Coded, Grading, Harm, Means, Sex, Status};
use sijil_model::{Edtf, Interval, Language, PlaceId, Quantity, RuleId, Upper};

const DOC: &str = include_str!("../../../docs/figures.md");

#[test]
fn the_rule_tables_are_the_data() {
    let mut table = String::from("| words | open | airwars-like | acled |\n|---|---|---|---|\n");
    let sets: Vec<RuleSet> = ["open", "airwars-like", "acled"].map(|id| RuleSet::named(id).unwrap()).into();
    for (form, rule) in sets[0].rules() {
        let of = |set: &RuleSet| {
            set.rules()
                .find(|(f, r)| *f == form && same_language(r.id.as_str(), rule.id.as_str()))
                .map(|(_, r)| r.text(Language::En).to_owned())
        };
        let texts: Vec<String> =
            sets.iter().map(|set| of(set).unwrap_or_else(|| "the same".to_owned())).collect();
        table += &format!("| {} | {} |\n", rule.id.as_str().trim_start_matches("open:"), texts.join(" | "));
    }
    for method in methods() {
        table += &format!("| `{}` | {} |\n", method.id, method.text_en);
    }
    assert_eq!(sets.iter().map(|set| set.rules().count()).collect::<Vec<_>>(), [20, 19, 19]);
    for line in table.lines() {
        assert!(DOC.contains(line), "docs/figures.md lacks the line\n{line}");
    }
}

fn same_language(a: &str, b: &str) -> bool {
    a.ends_with(":ar") == b.ends_with(":ar")
}

#[test]
fn every_worked_example_is_counted() {
    let blocks: Vec<&str> =
        DOC.split("```example\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 10, "only {} examples", blocks.len());
    let checked: usize = blocks.iter().map(|block| check(block)).sum();
    assert!(checked >= 25, "only {checked} results");
}

/// Counts an example; returns how many of its results were checked.
fn check(block: &str) -> usize {
    let mut incidents = vec![incident("i0", vec![])];
    let (mut results, mut populations) = (0, Vec::new());
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        let (head, rest) = line.split_once(':').unwrap_or((line, ""));
        let words: Vec<&str> = head.split_whitespace().collect();
        let current = incidents.last_mut().unwrap();
        match words[0] {
            "incident" => {
                let id = format!("i{}", incidents.len());
                incidents.push(incident(&id, vec![]));
            }
            "named" => current.named.push(named(rest, current.named.len())),
            "decided" => *current = std::mem::replace(current, incident("x", vec![])).decided(decided(rest)),
            "disputed" => current.decisions.disputed.push(disputed()),
            "=" => {
                result(&words[1..], rest.trim(), current);
                results += 1;
            }
            "figure" => {
                figure(&words[1..], rest.trim(), &incidents);
                results += 1;
            }
            "people" => populations.push(population(rest, populations.len())),
            "rate" => {
                rate(&words[1..], rest.trim(), &incidents, &populations);
                results += 1;
            }
            origin => current.tellings.push(read(origin, words.get(1), rest, current.tellings.len())),
        }
    }
    results
}

fn read(origin: &str, order: Option<&&str>, rest: &str, at: usize) -> sijil_count::Telling {
    let said = rest.split(';').enumerate().map(|(n, text)| statement(&format!("c{at}-{n}"), text));
    telling(origin, order.map_or(0, |order| order.parse().unwrap()), said.collect())
}

fn statement(claim: &str, text: &str) -> Statement {
    let mut made = killed(claim, Quantity::Plural);
    let mut form = serde_json::Map::new();
    for word in text.split_whitespace() {
        if let Ok(harm) = word.parse::<Harm>() {
            made = made.harm(harm);
        } else if let Ok(class) = word.parse::<Class>() {
            made = made.class(class);
        } else if let Ok(status) = word.parse::<Status>() {
            made = made.status(status);
        } else if let Some(rule) = word.strip_prefix("inferred=") {
            made.inferred = Some(RuleId::new(rule).unwrap());
        } else if let Some(from) = word.strip_prefix("from=") {
            made.status_from = serde_json::from_value(from.into()).unwrap();
        } else if let Ok(stands) = serde_json::from_value::<Stands>(word.into()) {
            made = made.stands(stands);
        } else if let Ok(number) = word.parse::<u64>() {
            form.insert(if form.contains_key("n") { "to" } else { "n" }.to_owned(), number.into());
        } else {
            form.insert("form".to_owned(), word.into());
        }
    }
    made.quantity = serde_json::from_value(form.into()).unwrap_or_else(|cause| panic!("{text}: {cause}"));
    made
}

fn named(text: &str, at: usize) -> sijil_count::NamedPerson {
    let sex = text.split_whitespace().find_map(|word| word.parse::<Sex>().ok());
    let age = text.split_whitespace().find_map(|word| word.parse::<AgeClass>().ok());
    person(&format!("p{at}"), sex, age)
}

fn decided(text: &str) -> sijil_count::DecidedNumber {
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let class = text.split_whitespace().find_map(|word| word.parse::<Class>().ok());
    let status = text.split_whitespace().find_map(|word| word.parse::<Status>().ok());
    decision(class.unwrap_or(Class::Total), status, made_up::interval(numbers[0], numbers[1]))
}

fn disputed() -> Disputed {
    let why = "the party names them as members".to_owned();
    Disputed {
        harm: Harm::Killed,
        class: Class::Total,
        people: Interval::UNKNOWN,
        by: account(),
        at: "2031-12-01T10:00Z".into(),
        why,
    }
}

/// `killed children civilian-described` as a question.
fn question(words: &[&str]) -> Question {
    let mut question = Question::default();
    for word in words {
        if let Ok(harm) = word.parse() {
            question.harm = harm;
        } else if let Ok(class) = word.parse() {
            question.class = class;
        } else {
            let standing = Standing::ALL.into_iter().find(|standing| standing.code() == *word);
            question.status = Some(standing.unwrap_or_else(|| panic!("`{word}` is no part of a question")));
        }
    }
    question
}

/// `= killed: 9 [open:exact]`
fn result(words: &[&str], expected: &str, of: &Incident) {
    let figure = count(&question(words), &open(), [of].into_iter(), &Beside::default()).unwrap();
    let record = &figure.records[0];
    let interval = Interval::new(record.min, record.highest_reported, record.max).unwrap();
    let rule = record.rule.as_ref().map_or("nothing said", |rule| rule.as_str());
    let printed = format!("{} [{rule}]", Printed::of_interval(interval).text(Language::En));
    assert_eq!(printed, expected, "{words:?} of {of:?}");
}

/// `figure killed: at least 14; upper end not known in 2 of 3 incidents`
fn figure(words: &[&str], expected: &str, incidents: &[Incident]) {
    let counted = incidents.iter().filter(|i| i.id.as_str() != "i0");
    let figure = count(&question(words), &open(), counted, &Beside::default()).unwrap();
    assert_eq!(Printed::of_tally(&figure.inside).text(Language::En), expected, "{words:?}");
}

/// `people 2031: 110000 130000` as a number of people in Nahr.
fn population(text: &str, at: usize) -> Population {
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let ends = (numbers[0], *numbers.last().unwrap());
    Population {
        id: format!("entry:{at}"),
        place: nahr(),
        class: Class::Total,
        period: Edtf::new("2031").unwrap(),
        people: Interval::new(Some(ends.0), None, Upper::Known(ends.1)).unwrap(),
        source: "census".to_owned(),
        cited: None,
    }
}

fn nahr() -> PlaceId {
    PlaceId::new("xm-nahr").unwrap()
}

/// `rate killed: at least 12.3`, in Nahr in 2031.
fn rate(words: &[&str], expected: &str, incidents: &[Incident], populations: &[Population]) {
    let placed = |one: &Incident| one.clone().on("2031-10-05").at(&["xm-nahr", "xm-nahr", "xm"]);
    let incidents: Vec<Incident> = incidents.iter().filter(|i| i.id.as_str() != "i0").map(placed).collect();
    let asked = Question {
        places: vec![nahr()],
        period: Some(Edtf::new("2031").unwrap()),
        per: Some(Class::Total),
        ..question(words)
    };
    let areas = [Area { place: nahr(), within: Vec::new() }];
    let beside = Beside { areas: &areas, populations, ..Beside::default() };
    let figure = count(&asked, &open(), incidents.iter(), &beside).unwrap();
    match (figure.rate, figure.no_rate) {
        (Some(rate), None) => assert_eq!(rate.inside.text(Language::En), expected, "{words:?}"),
        (None, Some(why)) => assert!(why.text().contains(expected), "{}", why.text()),
        both => panic!("{both:?}"),
    }
}

/// Every example of grades: sources with their groups, what is proposed, and what fails.
#[test]
fn every_example_of_grades_is_proposed() {
    let blocks: Vec<&str> =
        DOC.split("```grades\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 2, "only {} examples", blocks.len());
    blocks.iter().for_each(|block| grades(block));
}

fn grades(block: &str) {
    let mut told = incident("i1", vec![]);
    told.means = vec![Means::Air];
    let (mut independent, mut conceded) = (Independent::new(), false);
    for line in block.lines() {
        let (head, rest) = line.split_once(": ").unwrap_or((line, ""));
        let proposal = || proposal(&told, &independent, conceded);
        match head.split_whitespace().collect::<Vec<_>>()[..] {
            ["source", name] => {
                let words: Vec<&str> = rest.split_whitespace().collect();
                let (said, repeats) =
                    words.split_at(words.iter().position(|word| *word == "repeats").unwrap_or(words.len()));
                let roots = if repeats.is_empty() { &[name] } else { &repeats[1..] };
                if said == ["shown", "reliable"] {
                    let roots = roots.iter().map(|root| (*root).to_owned()).collect();
                    independent.insert(name.to_owned(), Voice { reliable: true, roots });
                } else {
                    assert_eq!(said, ["unknown"], "{line}");
                }
                told.tellings.push(telling(name, 0, vec![]));
            }
            ["conceded"] => conceded = true,
            ["proposed"] => assert_eq!(proposal().grade.code(), rest, "{line}"),
            ["not", grade] => {
                let against = proposal().against(Grading::from_code(grade).unwrap()).expect(line);
                assert_eq!(against.text(Language::En), rest, "{line}");
            }
            _ => panic!("`{line}` is nothing that an example of grades says"),
        }
    }
}
