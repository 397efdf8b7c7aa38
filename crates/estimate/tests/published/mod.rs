//! Published tables beside the repository: read where they are there, said to be skipped where they are not.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use std::path::PathBuf;

use serde_json::Value;
use sijil_estimate::CaptureTable;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/capture-histories");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: published capture histories are not beside the repository");
    None
}

/// A published table, or `None` where the tables are not there.
pub fn table(name: &str) -> Option<CaptureTable> {
    let path = folder()?.join(format!("{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let lists: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let width = lists.len() - 1;
    let cells: Vec<(u32, u64)> = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let history = (0..width).map(|list| record[list].parse::<u32>().unwrap() << list).sum();
            (history, record[width].parse().unwrap())
        })
        .collect();
    Some(CaptureTable::new(lists[..width].to_vec(), cells).unwrap())
}

/// The reference numbers, or `None` where they are not there.
pub fn reference() -> Option<Value> {
    let text = std::fs::read_to_string(folder()?.join("reference.json")).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// Whether a number agrees with one printed to `digits` places after the point.
pub fn printed(value: f64, reference: f64, digits: i32) -> bool {
    (value - reference).abs() <= 0.501 * 10_f64.powi(-digits) + 1e-6 * reference.abs()
}
