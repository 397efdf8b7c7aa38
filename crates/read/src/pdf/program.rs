//! Poppler's `pdftotext`, run with a time limit on a file of its own; the only external program that sijil runs.

use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{KIND, Raw};
use crate::error::ReadError;
use crate::task::Task;
use crate::warning::Warning;

const NAME: &str = "pdftotext";
/// Letters of its complaints that are kept.
const COMPLAINT: usize = 400;

/// The program on the path.
pub(super) fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(NAME))
        .find(|file| file.is_file() && file.is_absolute())
}

/// Reads a PDF in reading order (not `-layout`, which would tear columns into each other's sentences).
pub(super) fn read(task: &Task<'_>, program: &Path, bytes: &[u8]) -> Result<Raw, ReadError> {
    let failed = |cause: String| ReadError::Reader {
        name: task.name.to_owned(),
        reader: NAME,
        cause,
        next: "check the installation of poppler-utils, or choose the built-in library",
    };
    let version = version(program).ok_or_else(|| failed("it does not say its version".to_owned()))?;
    let mut file = tempfile::NamedTempFile::new().map_err(|error| failed(error.to_string()))?;
    file.write_all(bytes).map_err(|error| failed(error.to_string()))?;
    let child = Command::new(program)
        .args(["-enc", "UTF-8", "-eol", "unix"])
        .arg(file.path())
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let limits = &task.options.limits;
    let output = gather(child, Duration::from_secs(limits.reader_seconds), limits.unpacked_bytes);
    let output = output.map_err(|stop| match stop {
        Stop::Time => failed(format!("it took longer than {} seconds, the limit", limits.reader_seconds)),
        Stop::Size => task.too_large(
            format!("its text is over the limit of {} bytes", limits.unpacked_bytes),
            "split it into smaller files",
        ),
        Stop::Cause(cause) => failed(cause),
    })?;
    let complaint = complaint(&output.errors, file.path());
    if !output.success {
        return Err(match complaint.contains("password") {
            true => task.encrypted(KIND),
            false => task.damaged(KIND, complaint),
        });
    }
    let text = String::from_utf8_lossy(&output.text).into_owned();
    let warnings =
        if complaint.is_empty() { vec![] } else { vec![Warning::PdfComplaint { message: complaint }] };
    Ok(Raw { reader: NAME, version, text, warnings })
}

/// `pdftotext -v` says `pdftotext version 22.12.0` first.
fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("-v").stdin(Stdio::null()).output().ok()?;
    let said = [output.stderr, output.stdout].concat();
    let said = String::from_utf8_lossy(&said);
    let version = said.lines().next()?.split_whitespace().last()?.to_owned();
    version.starts_with(|letter: char| letter.is_ascii_digit()).then_some(version)
}

enum Stop {
    Time,
    Size,
    Cause(String),
}

struct Output {
    success: bool,
    text: Vec<u8>,
    errors: Vec<u8>,
}

/// Waits for the program and what it writes, ending it when it takes too long.
fn gather(mut child: Child, time: Duration, size: u64) -> Result<Output, Stop> {
    let text = reader_thread(child.stdout.take(), size + 1);
    let errors = reader_thread(child.stderr.take(), 64 << 10);
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() < time => thread::sleep(Duration::from_millis(5)),
            outcome => {
                // It may have ended by itself meanwhile; either way it is gone.
                let _ = child.kill();
                let _ = child.wait();
                return Err(outcome.map_or_else(|error| Stop::Cause(error.to_string()), |_| Stop::Time));
            }
        }
    };
    let joined = |thread: thread::JoinHandle<Vec<u8>>| {
        thread.join().map_err(|_| Stop::Cause("it was lost".to_owned()))
    };
    let (text, errors) = (joined(text)?, joined(errors)?);
    if text.len() as u64 > size {
        return Err(Stop::Size);
    }
    Ok(Output { success: status.success(), text, errors })
}

/// Reads a pipe up to a size; past it the pipe is closed, and the program ends by itself.
fn reader_thread(pipe: Option<impl Read + Send + 'static>, size: u64) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What was read before an error is still what the program said.
            let _ = pipe.take(size).read_to_end(&mut bytes);
        }
        bytes
    })
}

/// Its complaints in one line, without the name of the file that we made up.
fn complaint(errors: &[u8], file: &Path) -> String {
    let said = String::from_utf8_lossy(errors).replace(&*file.to_string_lossy(), "the file");
    let mut lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.dedup();
    let said = lines.join("; ");
    match said.char_indices().nth(COMPLAINT) {
        Some((end, _)) => format!("{}… ({} lines)", &said[..end], lines.len()),
        None => said,
    }
}
