//! The checker on a frozen corpus: how many planted slips it finds, and how many right texts it wrongs.
#![allow(clippy::expect_used, reason = "a test may stop where its own corpus cannot be read")]
#![allow(clippy::print_stdout, reason = "the figures of the run are what a reader of the test wants")]

use serde_json::Value;
use sijil_check::{Finding, check};
use sijil_read::{Options, Source};

/// What is found of a corpus, and a line for each text that is judged wrongly.
///
/// A slip is found where a finding overlaps its place; a right text is wronged by any finding at all.
#[derive(Default)]
struct Score {
    slips: usize,
    found: usize,
    right: usize,
    wronged: usize,
    lines: Vec<String>,
}

impl Score {
    fn of(corpus: &str) -> Self {
        let mut score = Self::default();
        for line in corpus.lines() {
            let item: Value = serde_json::from_str(line).expect("an item");
            let (stored, findings) = findings(&item);
            let explains: Vec<&str> = findings.iter().map(|finding| finding.explain.as_str()).collect();
            if item["slip"].is_null() {
                score.right += 1;
                if !findings.is_empty() {
                    score.wronged += 1;
                    score.lines.push(format!("{} wronged: {explains:?}", item["id"]));
                }
                continue;
            }
            score.slips += 1;
            if findings.iter().any(|finding| points_at(finding, &item, &stored)) {
                score.found += 1;
            } else {
                let slip = &item["slip"];
                let line =
                    format!("{} missed: {}: {}; {explains:?}", item["id"], slip["finding"], slip["explain"]);
                score.lines.push(line);
            }
        }
        score
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.slips as f64
    }

    fn false_alarms(&self) -> f64 {
        self.wronged as f64 / self.right as f64
    }

    fn print(&self, name: &str) {
        for line in &self.lines {
            println!("{line}");
        }
        self.print_totals(name);
    }

    fn print_totals(&self, name: &str) {
        println!(
            "{name}: recall {} of {} ({:.3}), false alarms {} of {} ({:.3})",
            self.found,
            self.slips,
            self.recall(),
            self.wronged,
            self.right,
            self.false_alarms()
        );
    }
}

/// What is stored of an item and what the command finds in it: it checks that, not the markup.
fn findings(item: &Value) -> (String, Vec<Finding>) {
    let text = item["text"].as_str().expect("a text");
    let name = format!("item.{}", item["format"].as_str().expect("a format"));
    let reading = sijil_read::read(&name, Source::Bytes(text.as_bytes().to_vec()), &Options::default());
    let stored = reading.expect("a readable item").stored_text().expect("a text").into_owned();
    let findings = check(&stored);
    (stored, findings)
}

/// Whether a finding is of the slip: by its place, or by its words where markup has moved the places.
fn points_at(finding: &Finding, item: &Value, stored: &str) -> bool {
    let slip = &item["slip"];
    let overlaps =
        |start: u64, end: u64| u64::from(finding.span.0) < end && start < u64::from(finding.span.1);
    if item["format"] == "html" {
        let quote = slip["quote"].as_str().expect("a quote");
        return match stored.find(quote) {
            Some(byte) => {
                let start = stored[..byte].chars().count() as u64;
                overlaps(start, start + quote.chars().count() as u64)
            }
            None => finding.quote.contains(quote) || quote.contains(&finding.quote),
        };
    }
    let place = |at: usize| slip["where"][at].as_u64().expect("a place");
    overlaps(place(0), place(1))
}

#[test]
fn the_first_corpus_passes_the_bars() {
    let score = Score::of(include_str!("corpora/first.jsonl"));
    score.print("first corpus");
    assert_eq!((score.slips, score.right), (98, 98));
    assert!(score.recall() >= 0.95, "recall {:.3}", score.recall());
    assert!(score.false_alarms() <= 0.03, "false alarms {:.3}", score.false_alarms());
}

#[test]
fn the_second_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/second.jsonl"));
    score.print("second corpus");
    assert_eq!((score.slips, score.right), (100, 100));
    assert!(score.found >= 91, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_third_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/third.jsonl"));
    score.print("third corpus");
    assert_eq!((score.slips, score.right), (60, 60));
    assert!(score.found >= 58, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_fourth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/fourth.jsonl"));
    score.print("fourth corpus");
    assert_eq!((score.slips, score.right), (60, 60));
    assert!(score.found >= 60, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_fifth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/fifth.jsonl"));
    score.print("fifth corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 78, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_sixth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/sixth.jsonl"));
    score.print("sixth corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 80, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_seventh_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/seventh.jsonl"));
    score.print("seventh corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 80, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_eighth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/eighth.jsonl"));
    score.print("eighth corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 80, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_ninth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/ninth.jsonl"));
    score.print("ninth corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 67, "found {}", score.found);
    assert!(score.wronged <= 2, "wronged {}", score.wronged);
}

#[test]
fn the_tenth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/tenth.jsonl"));
    score.print("tenth corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 66, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_eleventh_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/eleventh.jsonl"));
    score.print("eleventh corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 65, "found {}", score.found);
    assert!(score.wronged <= 5, "wronged {}", score.wronged);
}

/// Nobody who works on the rules has read it: only its totals are printed.
#[test]
fn the_twelfth_corpus_stays_unread() {
    let score = Score::of(include_str!("corpora/twelfth.jsonl"));
    score.print_totals("twelfth corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 60, "found {}", score.found);
    assert!(score.wronged <= 4, "wronged {}", score.wronged);
}

#[test]
fn the_thirteenth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/thirteenth.jsonl"));
    score.print("thirteenth corpus");
    assert_eq!((score.slips, score.right), (80, 80));
    assert!(score.found >= 68, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_fourteenth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/fourteenth.jsonl"));
    score.print("fourteenth corpus");
    assert_eq!((score.slips, score.right), (90, 130));
    assert!(score.found >= 70, "found {}", score.found);
    assert!(score.wronged == 0, "wronged {}", score.wronged);
}

#[test]
fn the_fifteenth_corpus_loses_nothing() {
    let score = Score::of(include_str!("corpora/fifteenth.jsonl"));
    score.print("fifteenth corpus");
    assert_eq!((score.slips, score.right), (80, 140));
    assert!(score.found >= 61, "found {}", score.found);
    assert!(score.wronged <= 2, "wronged {}", score.wronged);
}

#[test]
fn the_sixteenth_corpus_keeps_its_slips_unread() {
    let score = Score::of(include_str!("corpora/sixteenth.jsonl"));
    score.print_totals("sixteenth corpus");
    assert_eq!((score.slips, score.right), (80, 140));
    assert!(score.found >= 55, "found {}", score.found);
    assert!(score.wronged <= 1, "wronged {}", score.wronged);
}
