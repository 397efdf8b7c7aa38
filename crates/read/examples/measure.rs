//! Reads each file named and prints what it is, how long reading took, and the peak of memory (Linux).
//!
//! `cargo run --release -p sijil-read --example measure -- FILE…`
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::PathBuf;
use std::time::Instant;

use sijil_read::{Content, Options, Source, read};

fn main() {
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let name = path.display().to_string();
        let start = Instant::now();
        let outcome = read(&name, Source::Path(path), &Options::default());
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Err(error) => println!("{error}"),
            Ok(reading) => {
                let holds = match &reading.content {
                    Content::Text(text) => {
                        format!("{} bytes of text, {} parts", text.content.len(), text.parts.len())
                    }
                    Content::Tables(tables) => {
                        format!("{} rows in {} lists", tables.row_count(), tables.len())
                    }
                    Content::Container(members) => format!("{} members", members.len()),
                    Content::Opaque => "no text".to_owned(),
                };
                println!("{name}: {} {}, {holds}", reading.reader, reading.version);
                println!("  {} warnings, {} problems", reading.warnings.len(), reading.problems.len());
                reading.warnings.iter().for_each(|warning| println!("  {warning}"));
                reading.problems.iter().take(5).for_each(|problem| println!("  {problem}"));
                if let Content::Tables(tables) = &reading.content {
                    let start = Instant::now();
                    let text = tables.to_text();
                    println!("  text form {} bytes in {:.2} s", text.len(), start.elapsed().as_secs_f64());
                    for table in tables.iter() {
                        let fields: Vec<String> = table
                            .columns
                            .iter()
                            .map(|column| {
                                format!(
                                    "{}={}",
                                    column.header,
                                    column.field().map_or("?", |field| field.code())
                                )
                            })
                            .collect();
                        println!("  {}", fields.join(" "));
                    }
                }
            }
        }
        println!("  {seconds:.2} s, {}", peak().unwrap_or_default());
    }
}

fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().skip(1).collect::<Vec<_>>().join(" "))
}
