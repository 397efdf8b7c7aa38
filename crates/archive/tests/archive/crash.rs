//! Nothing that was acknowledged is lost, whenever the process is killed or the power goes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use sijil_archive::{Archive, Destruction, Digest, EntryRef, Erasure, Observer, Operation, Settings};

use crate::support::{add, assert_sound, author, clock, document, files, folder, make};

const DOCUMENTS: u64 = 500;
const TOGETHER: u64 = 5;
const KILLS: u32 = 200;
const CHILD: &str = "SIJIL_ARCHIVE_CRASH_CHILD";

/// Adds what is missing of the documents, as a program would that is run again, and says what is saved.
fn add_the_rest(path: &Path) {
    let mut archive = Archive::open(path, None).unwrap();
    let mut out = io::stdout();
    let mut next = added(&archive).len() as u64;
    writeln!(out, "\nstarted").unwrap();
    while next < DOCUMENTS {
        let end = (next + TOGETHER).min(DOCUMENTS);
        add(&mut archive, next..end);
        // With the newline first, the line is ours whatever the test harness has written before it.
        writeln!(out, "\nsaved {end}").unwrap();
        out.flush().unwrap();
        next = end;
    }
}

/// The documents in the log, by number.
fn added(archive: &Archive) -> Vec<(u64, Digest)> {
    let entries = archive.entries(archive.origin(), 0..u64::MAX).map(Result::unwrap);
    entries
        .filter(|entry| entry.kind == "document.added")
        .map(|entry| {
            let data = entry.content().unwrap().1.clone();
            (data["number"].as_u64().unwrap(), data["document"].as_str().unwrap().parse().unwrap())
        })
        .collect()
}

fn number_saved(line: &str) -> Option<u64> {
    line.strip_prefix("saved ")?.parse().ok()
}

/// One test in two processes: the parent starts itself as the child that is killed.
#[test]
fn killed_at_two_hundred_random_instants() {
    if let Ok(path) = std::env::var(CHILD) {
        return add_the_rest(Path::new(&path));
    }
    let mut random = StdRng::seed_from_u64(9);
    let (mut kills, mut registers, mut saved_before_kill) = (0, 0, 0u64);
    while kills < KILLS {
        let folder = folder();
        make(&folder.path);
        registers += 1;
        loop {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "crash::killed_at_two_hundred_random_instants", "--nocapture"])
                .env(CHILD, &folder.path)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
            // One kill in eight falls into the opening, the others anywhere in the writing of a later batch.
            let mut saved = 0;
            if !kills.is_multiple_of(8) {
                said.find(|line| line == "started");
                let wait_for = random.random_range(0..4);
                saved =
                    said.by_ref().filter_map(|line| number_saved(&line)).take(wait_for).last().unwrap_or(0);
            }
            std::thread::sleep(Duration::from_micros(random.random_range(0..10_000)));
            child.kill().unwrap();
            let killed = !child.wait().unwrap().success();
            saved = said.filter_map(|line| number_saved(&line)).last().unwrap_or(saved);
            let archive = Archive::open(&folder.path, None).unwrap();
            let documents = added(&archive);
            assert!(documents.len() as u64 >= saved, "{saved} acknowledged, {} there", documents.len());
            for (number, (found, digest)) in (0..).zip(&documents) {
                assert_eq!(number, *found, "each once, in order");
                assert_eq!(archive.evidence(digest).unwrap(), document(number));
            }
            assert_sound(&folder.path);
            kills += u32::from(killed);
            saved_before_kill += u64::from(killed && saved > 0);
            if documents.len() as u64 == DOCUMENTS || kills == KILLS {
                break;
            }
        }
        let there = |path: &Path| added(&Archive::open(path, None).unwrap()).len() as u64;
        let was_whole = there(&folder.path) == DOCUMENTS;
        add_the_rest(&folder.path);
        assert_eq!(there(&folder.path), DOCUMENTS);
        let notes = assert_sound(&folder.path).notes;
        // What a kill after the last document leaves, the next writing clears up; here there is none.
        assert!(was_whole || notes.is_empty(), "running it again clears up, and leaves {notes:?}");
    }
    assert!(saved_before_kill > 0);
    println!(
        "{kills} kills over {registers} registers, {saved_before_kill} of them after something was saved; nothing lost"
    );
}

/// Everything that happened, in order.
#[derive(Default)]
struct Trace(Mutex<Vec<Event>>);

enum Event {
    Disk(Operation),
    /// The caller was told that these are saved: our log's size, and blobs that must be there.
    Saved {
        size: u64,
        blobs: Vec<Digest>,
    },
    /// The caller was told that this blob is destroyed.
    Destroyed(Digest),
}

impl Observer for Trace {
    fn before(&self, operation: &Operation) -> io::Result<()> {
        self.0.lock().unwrap().push(Event::Disk(operation.clone()));
        Ok(())
    }
}

impl Trace {
    fn say(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }
}

/// A workload with everything that writes: batches, an erasure twice over, another register met twice, a key changed.
fn record(root: &Path, other_root: &Path) -> Vec<Event> {
    let trace = Arc::new(Trace::default());
    let disk = sijil_archive::Disk::observed(root, trace.clone());
    let mut archive = Archive::create(disk, &Settings::default(), &clock).unwrap();
    let mut other = make(other_root);
    let save = |size: u64, blobs: Vec<Digest>| trace.say(Event::Saved { size, blobs });
    save(1, Vec::new());
    let mut number = 0;
    let mut add_some = |archive: &mut Archive, count: u64| {
        let added = add(archive, number..number + count);
        number += count;
        save(archive.size().unwrap(), added.iter().map(|(_, digest)| *digest).collect());
        added
    };
    let first = add_some(&mut archive, 7);
    add_some(&mut archive, 3);
    let foreign = add(&mut other, 700..705);
    meet(&mut archive, other_root, &trace, &foreign);
    erase(&mut archive, first[2], Some(json!({"document": "redacted"})), &trace);
    let mut batch = archive.begin(&clock).unwrap();
    for number in 0..250 {
        batch.append("note.made", json!(number), &author()).unwrap();
    }
    batch.commit().unwrap();
    save(archive.size().unwrap(), Vec::new());
    add(&mut other, 705..708);
    let mut batch = other.begin(&clock).unwrap();
    let (index, old) = foreign[1];
    let entry = EntryRef::new(batch.archive().origin(), index);
    let erasure = Erasure { entry, replacement: None };
    batch.erase(&[erasure], &[Destruction { old, new: None }], "withdrawn there", &author()).unwrap();
    batch.commit().unwrap();
    meet(&mut archive, other_root, &trace, &[]);
    trace.say(Event::Destroyed(old));
    erase(&mut archive, first[2], None, &trace);
    let mut batch = archive.begin(&clock).unwrap();
    batch.change_key(None, "a new laptop", &author(), None).unwrap();
    batch.commit().unwrap();
    save(archive.size().unwrap(), Vec::new());
    add_some(&mut archive, 4);
    drop(archive);
    Arc::into_inner(trace).unwrap().0.into_inner().unwrap()
}

fn meet(archive: &mut Archive, other: &Path, trace: &Trace, foreign: &[(u64, Digest)]) {
    let mut batch = archive.begin(&clock).unwrap();
    batch.receive(other, None).unwrap();
    batch.commit().unwrap();
    let blobs = foreign.iter().map(|(_, digest)| *digest).collect();
    trace.say(Event::Saved { size: archive.size().unwrap(), blobs });
}

fn erase(
    archive: &mut Archive,
    (index, old): (u64, Digest),
    replacement: Option<serde_json::Value>,
    trace: &Trace,
) {
    let mut batch = archive.begin(&clock).unwrap();
    let entry = EntryRef::new(batch.archive().origin(), index);
    batch
        .erase(&[Erasure { entry, replacement }], &[Destruction { old, new: None }], "withdrawn", &author())
        .unwrap();
    batch.commit().unwrap();
    trace.say(Event::Saved { size: archive.size().unwrap(), blobs: Vec::new() });
    trace.say(Event::Destroyed(old));
}

/// What may be left after a power cut of what was not yet durable.
#[derive(Clone, Copy, Debug)]
enum Loss {
    /// Nothing of it.
    All,
    /// All of it: only the process died.
    Nothing,
    /// Each name and each file's tail by chance, in any combination.
    Random,
}

/// A file system's memory: inodes with what was written to them, and names.
#[derive(Default)]
struct Model {
    names: BTreeMap<PathBuf, usize>,
    contents: Vec<Vec<u8>>,
    /// Inodes of which a write was lost: later ones would leave a hole, and are lost too.
    torn: BTreeSet<usize>,
}

/// Operations with the inode that each one meant when it happened.
fn with_inodes(operations: &[&Operation]) -> Vec<Option<usize>> {
    let mut names: BTreeMap<&Path, usize> = BTreeMap::new();
    let mut count = 0;
    let mut inodes = Vec::new();
    for operation in operations {
        inodes.push(match operation {
            Operation::Create(path) => {
                let inode = *names.entry(path).or_insert_with(|| {
                    count += 1;
                    count - 1
                });
                Some(inode)
            }
            Operation::Append(path, _) | Operation::Scrub(path) | Operation::SyncFile(path) => {
                names.get(path.as_path()).copied()
            }
            Operation::Rename(from, to) => {
                let inode = names.remove(from.as_path());
                if let Some(inode) = inode {
                    names.insert(to, inode);
                }
                inode
            }
            Operation::Remove(path) => names.remove(path.as_path()),
            _ => None,
        });
    }
    inodes
}

/// Which operations were made durable by a later one.
fn durable(operations: &[&Operation], inodes: &[Option<usize>]) -> Vec<bool> {
    let (mut all, mut files, mut folders) = (false, BTreeSet::new(), BTreeSet::new());
    let mut durable = vec![false; operations.len()];
    for (at, operation) in operations.iter().enumerate().rev() {
        let folder_synced = |path: &Path| folders.contains(path.parent().unwrap());
        durable[at] = all
            || match operation {
                Operation::Append(..) | Operation::Scrub(_) => files.contains(&inodes[at]),
                Operation::Create(path) | Operation::Remove(path) => folder_synced(path),
                Operation::Rename(_, to) => folder_synced(to),
                _ => true,
            };
        match operation {
            Operation::SyncAll => all = true,
            Operation::SyncFile(_) => drop(files.insert(inodes[at])),
            Operation::SyncFolder(path) => drop(folders.insert(path.clone())),
            _ => {}
        }
    }
    durable
}

impl Model {
    fn replay(operations: &[&Operation], inodes: &[Option<usize>], loss: Loss, random: &mut StdRng) -> Self {
        let durable = durable(operations, inodes);
        let mut model = Self::default();
        model.contents.resize(inodes.iter().flatten().max().map_or(0, |inode| inode + 1), Vec::new());
        for at in 0..operations.len() {
            let kept = match loss {
                Loss::Nothing => true,
                Loss::All => durable[at],
                Loss::Random => durable[at] || random.random_bool(0.5),
            };
            model.apply(operations[at], inodes[at], kept, random);
        }
        model
    }

    fn apply(&mut self, operation: &Operation, inode: Option<usize>, kept: bool, random: &mut StdRng) {
        let Some(inode) = inode else { return };
        match operation {
            Operation::Create(path) if kept => {
                self.names.insert(path.clone(), inode);
                self.contents[inode].clear();
            }
            Operation::Append(_, bytes) if !self.torn.contains(&inode) => {
                let length = if kept { bytes.len() } else { random.random_range(0..=bytes.len()) };
                self.contents[inode].extend_from_slice(&bytes[..length]);
                if !kept {
                    self.torn.insert(inode);
                }
            }
            Operation::Scrub(_) => {
                let length = if kept {
                    self.contents[inode].len()
                } else {
                    random.random_range(0..=self.contents[inode].len())
                };
                self.contents[inode][..length].fill(0);
            }
            Operation::Rename(from, to) if kept => {
                if self.names.get(from) == Some(&inode) {
                    self.names.remove(from);
                }
                self.names.insert(to.clone(), inode);
            }
            Operation::Remove(path) if kept && self.names.get(path) == Some(&inode) => {
                self.names.remove(path);
            }
            _ => {}
        }
    }

    fn write(&self, root: &Path) {
        for (path, inode) in &self.names {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, &self.contents[*inode]).unwrap();
        }
    }
}

/// Where the power goes: around every step that makes something durable or destroys it, and at every fifth other one.
fn cut_points(events: &[Event], first: usize) -> Vec<usize> {
    let weighty = |event: &Event| match event {
        Event::Disk(Operation::Rename(_, to)) => to.ends_with("checkpoint"),
        Event::Disk(Operation::Scrub(_) | Operation::Remove(_)) => true,
        _ => false,
    };
    let near = |cut: usize| (cut.saturating_sub(2)..cut + 1).any(|at| events.get(at).is_some_and(weighty));
    (first + 1..=events.len()).filter(|cut| near(*cut) || cut % 5 == 0).collect()
}

#[test]
fn two_hundred_power_cuts() {
    let (root, other) = (folder(), folder());
    let events = record(&root.path, &other.path);
    let first = events.iter().position(|event| matches!(event, Event::Saved { .. })).unwrap();
    let mut random = StdRng::seed_from_u64(4);
    let (mut cuts, mut with_leavings) = (0, 0);
    let operation =
        |event: &Event| if let Event::Disk(operation) = event { Some(operation.clone()) } else { None };
    let whole: Vec<Operation> = events.iter().filter_map(operation).collect();
    let inodes = with_inodes(&whole.iter().collect::<Vec<_>>());
    for cut in cut_points(&events, first) {
        for loss in [Loss::All, Loss::Nothing, Loss::Random] {
            let left = folder();
            let count = events[..cut].iter().filter(|event| matches!(event, Event::Disk(_))).count();
            let operations: Vec<&Operation> = whole[..count].iter().collect();
            Model::replay(&operations, &inodes[..count], loss, &mut random).write(&left.path);
            with_leavings += u32::from(survives(&left.path, &events[..cut], cut, loss));
            cuts += 1;
        }
    }
    println!(
        "{cuts} power cuts in {} operations, {with_leavings} left something to clear up; nothing lost",
        events.len()
    );
    assert!(cuts >= 200 && with_leavings > 20);
}

/// Opens, verifies, finds what was acknowledged, goes on, and verifies again. Returns whether there was something to clear up.
#[track_caller]
fn survives(path: &Path, before: &[Event], cut: usize, loss: Loss) -> bool {
    let report = crate::support::check(path);
    assert!(report.is_sound(), "cut {cut} {loss:?}: {:#?} {:#?}", report.findings, files(path));
    let mut archive = Archive::open(path, None).unwrap();
    let mut destroyed = BTreeSet::new();
    let (mut size, mut blobs) = (0, BTreeSet::new());
    for event in before {
        match event {
            Event::Saved { size: saved, blobs: kept } => {
                size = *saved;
                blobs.extend(kept.iter().copied());
            }
            Event::Destroyed(blob) => drop(destroyed.insert(*blob)),
            Event::Disk(_) => {}
        }
    }
    assert!(archive.size().unwrap() >= size, "cut {cut} {loss:?}: {size} entries acknowledged");
    let entries: Vec<_> = archive.entries_in_order(0).unwrap().map(Result::unwrap).collect();
    assert!(entries.len() as u64 >= size);
    for blob in &blobs {
        match archive.evidence(blob) {
            Ok(_) => assert!(!destroyed.contains(blob), "cut {cut} {loss:?}: {blob} is still there"),
            Err(sijil_archive::Error::NoEvidence { erased: true, .. }) => {}
            Err(error) => panic!("cut {cut} {loss:?}: {error}"),
        }
    }
    add(&mut archive, 9_000..9_002);
    let after = assert_sound(path);
    assert!(after.notes.is_empty(), "cut {cut} {loss:?}: {:#?}", after.notes);
    !report.notes.is_empty()
}
