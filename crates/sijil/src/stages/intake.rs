//! Intake: which files a command means, and what their readers make of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use sijil_model::{Day, DocumentId, Edtf};
use sijil_read::{Content, MetadataField, Options, ProblemKind, Reading, Source};

use super::unread;

/// A document that was read, before anything is made of it.
pub struct Received {
    /// SHA-256 of its bytes.
    pub document: DocumentId,
    /// Its file's name, without folders.
    pub name: Option<String>,
    /// Its bytes, or where they lie.
    pub bytes: Bytes,
    /// How many bytes.
    pub size: u64,
    /// What its reader made of it.
    pub reading: Reading,
    /// When it says that it was published.
    pub published: Option<String>,
    /// The container that it came out of.
    pub container: Option<DocumentId>,
}

/// Where a document's bytes are until they are saved.
pub enum Bytes {
    /// In a file: a large one is never held twice.
    At(PathBuf),
    /// In memory: a container's member.
    Held(Vec<u8>),
}

/// What became of one file.
pub enum Taken {
    /// One document, or a container with its members, and what there is to say of them.
    Documents(Vec<Received>, Vec<Notice>),
    /// Nothing: why.
    Refused(String),
}

/// Something that a person should know of a file that was taken.
pub struct Notice {
    /// Which file or member, where in it, and what.
    pub text: String,
    /// What it costs.
    pub loss: Loss,
}

/// What is missing for something that a person is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Nothing.
    Nothing,
    /// A file, member, line or row was refused.
    Refused,
    /// So many cells of a list say nothing of their person; the rows are taken.
    Unread(u64),
    /// Nothing, but so many cells of a list cannot be so as they stand.
    Doubted(u64),
}

/// The files that paths mean: files themselves, and those in folders, in the order of their names.
///
/// A link that leads back into a folder that it lies in is passed over with a message.
pub fn files(paths: &[PathBuf], messages: &mut Vec<String>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        walk(path, &mut seen, &mut found, messages);
    }
    found
}

fn walk(path: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<PathBuf>, messages: &mut Vec<String>) {
    if !path.is_dir() {
        found.push(path.to_owned());
        return;
    }
    let Ok(real) = path.canonicalize() else {
        messages
            .push(format!("{}: the folder cannot be opened; check its name and permissions", path.display()));
        return;
    };
    if !seen.insert(real) {
        messages.push(format!(
            "{}: passed over, it leads back to a folder that was read already",
            path.display()
        ));
        return;
    }
    match std::fs::read_dir(path) {
        Ok(entries) => {
            let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            inside.sort();
            inside.iter().for_each(|child| walk(child, seen, found, messages));
        }
        Err(cause) => messages.push(format!("{}: {cause}; check its permissions", path.display())),
    }
}

/// Reads one file; a container's members are documents of their own. `last` is the last day that a list of it can tell of.
pub fn take(path: &Path, last: Day) -> Taken {
    let shown = path.display().to_string();
    let limits = Options::default().limits;
    let bytes = match sijil_read::load(&shown, Source::Path(path.to_owned()), &limits) {
        Ok(bytes) => bytes,
        Err(error) => return Taken::Refused(error.to_string()),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    taken(&shown, name, bytes, last, |_| Bytes::At(path.to_owned()))
}

/// What a person wrote down, such as what somebody told them by telephone, as a document of its own.
pub fn note(text: &str) -> Taken {
    let held = |bytes: &[u8]| Bytes::Held(bytes.to_vec());
    taken(NOTE, Some(NOTE.to_owned()), text.as_bytes().to_vec(), Day::MAX, held)
}

/// The file name of a note: it tells the reader that it is plain text.
const NOTE: &str = "note.txt";

fn taken(
    shown: &str,
    name: Option<String>,
    bytes: Vec<u8>,
    last: Day,
    kept: impl Fn(&[u8]) -> Bytes,
) -> Taken {
    let (document, size, held) = (document_id(&bytes), bytes.len() as u64, kept(&bytes));
    match sijil_read::read(shown, Source::Bytes(bytes), &Options::default()) {
        Ok(reading) => {
            let mut batch = Batch::default();
            batch.receive(Received {
                document,
                name,
                bytes: held,
                size,
                published: published_in(&reading),
                reading,
                container: None,
            });
            let mut notices: Vec<Notice> =
                batch.documents.iter().flat_map(|document| notices(shown, document, last)).collect();
            notices.extend(batch.notices);
            Taken::Documents(batch.documents, notices)
        }
        Err(error) => Taken::Refused(error.to_string()),
    }
}

#[derive(Default)]
struct Batch {
    documents: Vec<Received>,
    notices: Vec<Notice>,
}

impl Batch {
    /// Takes a document, and after it the members of a container, each with the container that it came out of.
    fn receive(&mut self, mut received: Received) {
        let members = match &mut received.reading.content {
            Content::Container(members) => std::mem::take(members),
            _ => Vec::new(),
        };
        let container = received.document.clone();
        self.documents.push(received);
        for member in members {
            let name = member.name.rsplit('/').next().map(str::to_owned);
            match member.reading {
                Ok(reading) => self.receive(Received {
                    document: document_id(&member.bytes),
                    name,
                    size: member.bytes.len() as u64,
                    bytes: Bytes::Held(member.bytes),
                    published: published_in(&reading),
                    reading,
                    container: Some(container.clone()),
                }),
                Err(error) => self.notices.push(Notice { text: error.to_string(), loss: Loss::Refused }),
            }
        }
    }
}

/// The id of a document: SHA-256 of its bytes.
pub fn document_id(bytes: &[u8]) -> DocumentId {
    match DocumentId::new(hex::encode(Sha256::digest(bytes))) {
        Ok(id) => id,
        Err(_) => unreachable!("64 hexadecimal digits are an id"),
    }
}

/// The day of publication that a document itself states, as EDTF.
pub fn published_in(reading: &Reading) -> Option<String> {
    let stated = &reading.metadatum(MetadataField::Published)?.value;
    [stated.as_str(), stated.get(..10)?].into_iter().find_map(|text| Edtf::new(text).ok()).map(String::from)
}

/// What the reader noticed, with the file's name and, of a container's member, its own.
fn notices(shown: &str, document: &Received, last: Day) -> Vec<Notice> {
    let member = document.name.as_deref().filter(|_| document.container.is_some());
    let place = member.map_or_else(|| shown.to_owned(), |name| format!("{shown}, {name}"));
    let reading = &document.reading;
    let warnings = reading.warnings.iter().map(|warning| (warning.to_string(), Loss::Nothing));
    let problems = reading.problems.iter().map(|problem| {
        let loss = if is_refused(&problem.kind) { Loss::Refused } else { Loss::Nothing };
        (problem.to_string(), loss)
    });
    let cells = match &reading.content {
        Content::Tables(tables) => unread::in_tables(tables, last),
        _ => Vec::new(),
    };
    let cells = cells.into_iter().map(|doubted| {
        let loss = if doubted.doubt.is_unread() { Loss::Unread } else { Loss::Doubted };
        (doubted.text, loss(doubted.cells))
    });
    warnings
        .chain(problems)
        .chain(cells)
        .map(|(what, loss)| Notice { text: format!("{place}: {what}"), loss })
        .collect()
}

/// Whether a line or row with something in it is missing from the reading.
fn is_refused(kind: &ProblemKind) -> bool {
    kind.is_left_out() && !matches!(kind, ProblemKind::BlankRow | ProblemKind::RepeatedHeader)
}
