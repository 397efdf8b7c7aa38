//! `sijil read`: the text that extraction sees.

use std::io::Write;

use sijil_read::{Content, Options, Source};

use crate::arguments::Read;
use crate::failure::{Failure, Outcome};
use crate::terminal::complain;

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
        for member in members {
            let what = member.reading.as_ref().map_or_else(ToString::to_string, |inside| inside.media_type.to_owned());
            crate::terminal::say(&format!("{}  {what}", member.name));
        }
        return Ok(());
    }
    let text = reading.stored_text().ok_or_else(|| {
        Failure::Refused(format!("{shown}: there is no text in it ({}); `sijil add` keeps it as evidence", reading.media_type))
    })?;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Internal(format!("standard output: {error}"))),
        _ => Ok(()),
    }
}
