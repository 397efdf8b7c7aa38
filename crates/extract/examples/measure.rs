//! Development only: how fast texts, texts without sentences, and lists are read.

use std::time::Instant;

use sijil_extract::{Extractor, ListColumns, ListRow, Report, people_of_list};
use sijil_model::DocumentId;
use sijil_model::actor::known_actors;

const ARTICLES: [(&str, &str); 2] = [
    ("Arabic", include_str!("../tests/corpus/001-three-children-ar/article.txt")),
    ("English", include_str!("../tests/corpus/002-three-children-en/article.txt")),
];

fn main() {
    let Ok(document) = DocumentId::new("d".repeat(64)) else { return };
    let extractor = Extractor::new(&known_actors());
    let read = |name: &str, text: &str| {
        let start = Instant::now();
        let claims = extractor
            .extract(&Report { document: &document, text, language: None, country: None })
            .claims
            .len();
        let (spent, bytes) = (start.elapsed(), text.len());
        report(&format!(
            "{name}: {bytes} bytes, {claims} claims, {spent:?}, {:.2} ms for 4 kB",
            spent.as_secs_f64() * 4.096e6 / bytes as f64
        ));
    };
    for (name, text) in ARTICLES {
        read(name, text);
        read(&format!("{name}, many"), &text.repeat(300));
    }
    for unit in ["1", "the ", "killed ", "Salim ", "قتل "] {
        read(&format!("{unit:?} without end"), &unit.repeat(1_000_000 / unit.len()));
    }
    let fields = [Some("id"), Some("name"), Some("sex"), Some("age"), Some("date"), Some("place")];
    let rows: Vec<ListRow<'_>> = (1..=1_000_000)
        .map(|number| ListRow {
            number,
            cells: vec!["17", "سليم كريم نادر الزهر", "ذكر", "34", "2031-05-17", "قصر النهر"],
        })
        .collect();
    let start = Instant::now();
    let columns = ListColumns::new(&fields, |column| rows.iter().map(move |row| row.cells[column]));
    let people: usize =
        rows.chunks(2_000).map(|piece| people_of_list(&document, &columns, piece).len()).sum();
    report(&format!("a list: {people} people in {:?}", start.elapsed()));
}

#[expect(clippy::print_stdout, reason = "printing is what this is for")]
fn report(line: &str) {
    println!("{line}");
}
