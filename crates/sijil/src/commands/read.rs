//! `sijil read`: the text that extraction sees.

use std::io::Write;

use sijil_read::{Content, Member, Options, Reading, Source};

use crate::arguments::Read;
use crate::failure::{Failure, Outcome};
use crate::terminal::{complain, say};

pub fn run(read: &Read) -> Outcome {
    let shown = read.file.display().to_string();
    let reading = sijil_read::read(&shown, Source::Path(read.file.clone()), &Options::default())
        .map_err(|error| Failure::Refused(error.to_string()))?;
    for warning in &reading.warnings {
        complain(&format!("{shown}: {warning}"));
    }
    for problem in &reading.problems {
        complain(&format!("{shown}: {problem}"));
    }
    if let Content::Container(members) = &reading.content {
        list(members, "");
        return Ok(());
    }
    let text = reading.stored_text().ok_or_else(|| {
        Failure::Refused(format!(
            "{shown}: there is no text in it ({}); `sijil add` keeps it as evidence",
            reading.media_type
        ))
    })?;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Internal(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// The members of a container, and theirs, with what each is or why it was refused.
fn list(members: &[Member], within: &str) {
    for member in members {
        let name = format!("{within}{}", member.name);
        match &member.reading {
            Ok(reading) => say(&format!("{name}  {}", reading.media_type)),
            Err(error) => say(&format!("{name}  {error}")),
        }
        if let Ok(Reading { content: Content::Container(members), .. }) = &member.reading {
            list(members, &format!("{name}/"));
        }
    }
}
