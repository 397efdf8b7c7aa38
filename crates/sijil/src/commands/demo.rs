//! `sijil demo`: makes a register from the built-in example, counts, and opens the desk.

use crate::arguments::{Arguments, Count, Demo};
use crate::demo;
use crate::failure::Outcome;
use crate::session::Session;
use crate::terminal::{complain, say};

pub fn run(arguments: &Arguments, demo: &Demo) -> Outcome {
    let dir = match &demo.dir {
        Some(dir) => dir.clone(),
        None => std::env::temp_dir().join(format!("sijil-demo-{}", std::process::id())),
    };
    if dir.join("origin").is_file() {
        say(&format!("{} is there already; opening it", dir.display()));
    } else {
        let made = demo::make(&dir)?;
        say(&format!("made the example register in {}", dir.display()));
        made.missed.iter().for_each(|line| complain(&format!("  not read as the recorder read it: {line}")));
    }
    let at = Arguments {
        register: Some(dir.clone()),
        account: arguments.account.clone(),
        command: crate::arguments::Command::Rebuild,
    };
    super::count::run(&at, &Count { by: Some("governorate,month".into()), ..Count::default() })?;
    if demo.no_serve {
        return Ok(());
    }
    let session = Session::open_folder(&dir, None)?;
    crate::desk::serve(session, "127.0.0.1:0", demo.no_open)
}
