//! Development only: documents (JSON lines with `id` and `text`) in, `id,origin` out, so that the grouping of reposts can be
//! scored by itself.

use std::io::{BufRead, Write};

use serde_json::Value;
use sijil_link::reposts::origins;

fn main() {
    let lines = std::io::stdin().lock().lines().map_while(Result::ok);
    let documents: Vec<Value> = lines.filter_map(|line| serde_json::from_str(&line).ok()).collect();
    let of = |document: &Value, field: &str| document[field].as_str().unwrap_or_default().to_owned();
    let texts: Vec<String> = documents.iter().map(|document| of(document, "text")).collect();
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "id,origin");
    for (document, origin) in documents.iter().zip(origins(&texts)) {
        let _ = writeln!(out, "{},{}", of(document, "id"), of(&documents[origin as usize], "id"));
    }
}
