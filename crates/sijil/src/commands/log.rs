//! `sijil log`: the entries, newest first.

use serde_json::json;

use crate::arguments::{Arguments, Log};
use crate::failure::Outcome;
use crate::session::Session;
use crate::terminal::say;

pub fn run(arguments: &Arguments, log: &Log) -> Outcome {
    let session = Session::open(arguments)?;
    for entry in session.register.view().entries(0, log.number)? {
        if log.json {
            say(&json!({
                "position": entry.position, "origin": entry.origin, "index": entry.number, "kind": entry.kind,
                "time": entry.time, "author": entry.author, "body": entry.body, "erased_by": entry.erased_by,
            })
            .to_string());
            continue;
        }
        let author = entry.author.as_deref().unwrap_or("-");
        let erased = entry.erased_by.map(|by| format!("  erased by entry:{by}")).unwrap_or_default();
        say(&format!("{:>6}  {}  {author}  {}{erased}", entry.position, entry.time, entry.kind));
    }
    Ok(())
}
