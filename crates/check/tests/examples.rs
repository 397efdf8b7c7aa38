//! The checker on examples of its own: each wrong one gives its finding, each right one none.
#![allow(clippy::expect_used, reason = "a test may stop where its own examples cannot be read")]

use serde_json::Value;
use sijil_check::check;

fn kinds(text: &str) -> Vec<(String, String)> {
    check(text)
        .iter()
        .map(|finding| {
            let kind = serde_json::to_value(finding.finding).expect("a kind");
            (kind.as_str().expect("a word").to_owned(), finding.explain.clone())
        })
        .collect()
}

#[test]
fn each_example_gives_what_it_says() {
    let mut wrong = Vec::new();
    for line in include_str!("examples.jsonl").lines() {
        let example: Value = serde_json::from_str(line).expect("an example");
        let text = example["text"].as_str().expect("a text");
        let found = kinds(text);
        let right = match example["finding"].as_str() {
            Some(kind) => found.iter().any(|(other, _)| other == kind),
            None => found.is_empty(),
        };
        if !right {
            wrong.push(format!("{} expected, {found:?} found in {text:?}", example["finding"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_finding_points_at_its_words() {
    let text = "قُتل 12 شخصاً. Of the 240 people killed, 60 (35%) were children.";
    let findings = check(text);
    assert_eq!(findings.len(), 1);
    let (start, end) = findings[0].span;
    let quote: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(quote, findings[0].quote);
    assert_eq!((findings[0].stated, findings[0].computed), (35.0, 25.0));
    assert!(findings[0].explain.contains("60 of 240 is 25 %"));
}

/// Texts that no report is like: they may say nothing, and must neither stop the checker nor hold it up.
#[test]
fn hostile_texts_are_read_to_their_end() {
    let numbers = |n: u32| (2..n).map(|i| format!("{i} people were hurt, ")).collect::<String>();
    for text in [
        ": 10%, 20%, 30% as follows".to_owned(),
        ":".to_owned(),
        "(".to_owned(),
        "لاحقاً 3 أيام".to_owned(),
        format!("In the raid {} on average 6 per strike, or 12 %.", numbers(1_000)),
        "no digits here\n\n".repeat(5_000),
        format!("|{}\n|{}\n|{}", " 7 |".repeat(300), "---|".repeat(300), " 5 % |".repeat(300)),
    ] {
        check(&text);
    }
}
