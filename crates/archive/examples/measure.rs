//! Measures the bars of the archive: how long 10,000 documents take to add, and how fast they are verified.
//!
//! `cargo run --release -p sijil-archive --example measure [FOLDER]` needs `sha256sum` for the comparison.
#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use serde_json::json;
use sijil_archive::{AccountId, Archive, Settings, SystemClock, VerifyOptions, verify};

const DOCUMENTS: u64 = 10_000;
const TOGETHER: u64 = 100;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keep = tempfile::tempdir()?;
    let folder = std::env::args().nth(1).map_or_else(|| keep.path().join("register"), PathBuf::from);
    let mut archive = Archive::create(&folder, &Settings::default(), &SystemClock)?;
    let author: AccountId = "recorder-1".parse()?;
    let start = Instant::now();
    for batch_number in 0..DOCUMENTS / TOGETHER {
        let mut batch = archive.begin(&SystemClock)?;
        for number in batch_number * TOGETHER..(batch_number + 1) * TOGETHER {
            let document = batch.put_evidence(format!("{number:>4096}").as_bytes())?;
            let text = batch.put_evidence(format!("{number:<4096}").as_bytes())?;
            batch.append(
                "document.added",
                json!({"document": document, "name": format!("{number}.txt")}),
                &author,
            )?;
            batch.append(
                "text.read",
                json!({"document": document, "text": text, "reader": "plain 1"}),
                &author,
            )?;
        }
        batch.commit()?;
    }
    println!("added {DOCUMENTS} documents of 4 kB with their texts in {:.1?}", start.elapsed());
    let start = Instant::now();
    drop(Archive::open(&folder, None)?);
    println!("opened in {:.1?}", start.elapsed());
    let mut ratios = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let report = verify(&folder, &VerifyOptions::default());
        let ours = start.elapsed();
        assert!(report.is_sound(), "{:?}", report.findings);
        let start = Instant::now();
        let sums = Command::new("sh")
            .args(["-c", "find \"$0\" -type f -print0 | xargs -0 sha256sum > /dev/null"])
            .arg(folder.join("evidence"))
            .status()?;
        let theirs = start.elapsed();
        assert!(sums.success());
        println!("verified {} blobs in {ours:.1?}; sha256sum over the same files {theirs:.1?}", report.blobs);
        ratios.push(theirs.as_secs_f64() / ours.as_secs_f64());
    }
    println!("verification runs at {ratios:.2?} of the speed of sha256sum");
    Ok(())
}
