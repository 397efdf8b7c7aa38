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

/// Whether the texts that are judged wrongly are shown: those of a corpus that stays unread are not.
#[derive(PartialEq)]
enum Lines {
    Shown,
    Hidden,
}

/// A corpus of so many slips and right texts, of which at least so many are found and at most so many are wronged.
fn holds(
    corpus: &str,
    (name, lines): (&str, Lines),
    [slips, right]: [usize; 2],
    [found, wronged]: [usize; 2],
) {
    let score = Score::of(corpus);
    if lines == Lines::Shown {
        score.print(name)
    } else {
        score.print_totals(name)
    }
    assert_eq!([score.slips, score.right], [slips, right]);
    assert!(score.found >= found, "found {}", score.found);
    assert!(score.wronged <= wronged, "wronged {}", score.wronged);
}

#[test]
fn the_second_corpus_loses_nothing() {
    holds(include_str!("corpora/second.jsonl"), ("second corpus", Lines::Shown), [100, 100], [93, 0]);
}

#[test]
fn the_third_corpus_loses_nothing() {
    holds(include_str!("corpora/third.jsonl"), ("third corpus", Lines::Shown), [60, 60], [58, 0]);
}

#[test]
fn the_fourth_corpus_loses_nothing() {
    holds(include_str!("corpora/fourth.jsonl"), ("fourth corpus", Lines::Shown), [60, 60], [60, 0]);
}

#[test]
fn the_fifth_corpus_loses_nothing() {
    holds(include_str!("corpora/fifth.jsonl"), ("fifth corpus", Lines::Shown), [80, 80], [78, 0]);
}

#[test]
fn the_sixth_corpus_loses_nothing() {
    holds(include_str!("corpora/sixth.jsonl"), ("sixth corpus", Lines::Shown), [80, 80], [80, 0]);
}

#[test]
fn the_seventh_corpus_loses_nothing() {
    holds(include_str!("corpora/seventh.jsonl"), ("seventh corpus", Lines::Shown), [80, 80], [80, 0]);
}

#[test]
fn the_eighth_corpus_loses_nothing() {
    holds(include_str!("corpora/eighth.jsonl"), ("eighth corpus", Lines::Shown), [80, 80], [80, 0]);
}

#[test]
fn the_ninth_corpus_loses_nothing() {
    holds(include_str!("corpora/ninth.jsonl"), ("ninth corpus", Lines::Shown), [80, 80], [69, 1]);
}

#[test]
fn the_tenth_corpus_loses_nothing() {
    holds(include_str!("corpora/tenth.jsonl"), ("tenth corpus", Lines::Shown), [80, 80], [69, 0]);
}

#[test]
fn the_eleventh_corpus_loses_nothing() {
    holds(include_str!("corpora/eleventh.jsonl"), ("eleventh corpus", Lines::Shown), [80, 80], [72, 3]);
}

#[test]
fn the_twelfth_corpus_loses_nothing() {
    holds(include_str!("corpora/twelfth.jsonl"), ("twelfth corpus", Lines::Shown), [80, 80], [79, 0]);
}

#[test]
fn the_thirteenth_corpus_loses_nothing() {
    holds(include_str!("corpora/thirteenth.jsonl"), ("thirteenth corpus", Lines::Shown), [80, 80], [71, 0]);
}

#[test]
fn the_fourteenth_corpus_loses_nothing() {
    holds(include_str!("corpora/fourteenth.jsonl"), ("fourteenth corpus", Lines::Shown), [90, 130], [79, 0]);
}

#[test]
fn the_fifteenth_corpus_loses_nothing() {
    holds(include_str!("corpora/fifteenth.jsonl"), ("fifteenth corpus", Lines::Shown), [80, 140], [69, 1]);
}

#[test]
fn the_sixteenth_corpus_keeps_its_slips_unread() {
    holds(include_str!("corpora/sixteenth.jsonl"), ("sixteenth corpus", Lines::Hidden), [80, 140], [62, 1]);
}

#[test]
fn the_seventeenth_corpus_loses_nothing() {
    holds(
        include_str!("corpora/seventeenth.jsonl"),
        ("seventeenth corpus", Lines::Shown),
        [80, 120],
        [60, 0],
    );
}

#[test]
fn the_eighteenth_corpus_loses_nothing() {
    holds(include_str!("corpora/eighteenth.jsonl"), ("eighteenth corpus", Lines::Shown), [80, 120], [72, 0]);
}

#[test]
fn the_nineteenth_corpus_loses_nothing() {
    holds(include_str!("corpora/nineteenth.jsonl"), ("nineteenth corpus", Lines::Shown), [80, 80], [79, 0]);
}

#[test]
fn the_twentieth_corpus_loses_nothing() {
    holds(include_str!("corpora/twentieth.jsonl"), ("twentieth corpus", Lines::Shown), [80, 80], [79, 0]);
}

#[test]
fn the_twenty_first_corpus_loses_nothing() {
    holds(
        include_str!("corpora/twentyfirst.jsonl"),
        ("twenty-first corpus", Lines::Shown),
        [80, 80],
        [66, 0],
    );
}

#[test]
fn the_twenty_second_corpus_loses_nothing() {
    holds(
        include_str!("corpora/twentysecond.jsonl"),
        ("twenty-second corpus", Lines::Hidden),
        [80, 80],
        [61, 5],
    );
}

/// The right texts of all corpora that are one paragraph of prose, by their language.
fn right_paragraphs() -> Vec<(String, String)> {
    let corpora = [
        include_str!("corpora/first.jsonl"),
        include_str!("corpora/second.jsonl"),
        include_str!("corpora/fifth.jsonl"),
        include_str!("corpora/tenth.jsonl"),
        include_str!("corpora/thirteenth.jsonl"),
        include_str!("corpora/fifteenth.jsonl"),
        include_str!("corpora/eighteenth.jsonl"),
        include_str!("corpora/twentieth.jsonl"),
        include_str!("corpora/twentyfirst.jsonl"),
    ];
    let items = corpora.iter().flat_map(|corpus| corpus.lines());
    let items = items.map(|line| serde_json::from_str::<Value>(line).expect("an item"));
    let right = items.filter(|item| item["slip"].is_null() && item["format"] == "txt");
    let told = |item: &Value, key: &str| item[key].as_str().expect("words").trim().to_owned();
    let right = right.map(|item| (told(&item, "lang"), told(&item, "text")));
    right.filter(|(_, text)| !text.contains('\n')).collect()
}

/// What two texts say has nothing to do with each other: a right text after another right one, in the same paragraph, is right.
#[test]
fn right_texts_beside_each_other_stay_right() {
    let right = right_paragraphs();
    let pairs = right.iter().enumerate().filter_map(|(at, (language, text))| {
        let (_, next) = right[at + 1..].iter().filter(|(other, _)| other == language).nth(APART)?;
        Some(format!("{text} {next}"))
    });
    let pairs: Vec<String> = pairs.collect();
    let wronged = pairs.iter().filter(|text| !check(text).is_empty()).count();
    println!("{wronged} of {} pairs wronged", pairs.len());
    assert!(wronged <= 13, "{wronged} of {}", pairs.len());
}

/// How many texts lie between the two of a pair.
const APART: usize = 6;
