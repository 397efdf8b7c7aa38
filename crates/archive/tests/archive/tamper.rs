//! Whatever is changed in a register is found: by our verification and by the independent script.
//!
//! The script verifies many tampered copies in one Python process: each case is written to the folder, both verifiers
//! look, and the folder is put right again.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use sijil_archive::{Archive, Destruction, EntryRef, Erasure, VerifyOptions, verify};

use crate::support::{add, assert_sound, author, check, clock, copy, files, folder, make};

/// The independent verifier, waiting for folders. `None` where Python or its package is missing.
struct Script {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

const SERVE: &str = "
import json, os, sys
sys.path.insert(0, sys.argv[1])
import verify
for line in sys.stdin:
    case = json.loads(line)
    kept = case['against'].encode() if case['against'] else None
    print(json.dumps(verify.verify(case['folder'], kept)), flush=True)
";

impl Script {
    fn start() -> Option<Self> {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts");
        let known = Command::new("python3").args(["-c", "import cryptography"]).output();
        if !known.is_ok_and(|output| output.status.success()) {
            println!("skipped: the independent verifier needs python3 with the package `cryptography`");
            return None;
        }
        let mut child = Command::new("python3")
            .args(["-B", "-c", SERVE])
            .arg(scripts)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Some(Self { child, input, output })
    }

    fn verify(&mut self, folder: &Path, against: Option<&str>) -> Vec<String> {
        writeln!(self.input, "{}", json!({"folder": folder, "against": against})).unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Both verifiers on one folder.
struct Verifiers {
    script: Option<Script>,
    cases: u32,
}

impl Verifiers {
    fn new() -> Self {
        Self { script: Script::start(), cases: 0 }
    }

    #[track_caller]
    fn find(&mut self, what: &str, folder: &Path, against: Option<&str>) {
        self.cases += 1;
        let options = VerifyOptions { against: against.map(str::to_owned), ..VerifyOptions::default() };
        let report = verify(folder, &options);
        assert!(!report.is_sound(), "not found: {what}");
        if let Some(script) = &mut self.script {
            assert!(!script.verify(folder, against).is_empty(), "not found by the script: {what}");
        }
    }

    #[track_caller]
    fn pass(&mut self, folder: &Path) {
        assert_sound(folder);
        if let Some(script) = &mut self.script {
            assert_eq!(script.verify(folder, None), Vec::<String>::new());
        }
    }
}

/// A register with everything in it: evidence, an erasure, another register's log, a second key, and so many notes.
fn rich_with(path: &Path, notes: u64) -> Archive {
    let other = folder();
    add(&mut make(&other.path), 900..910);
    let mut archive = make(path);
    let added = add(&mut archive, 0..12);
    add(&mut archive, 12..20);
    let mut batch = archive.begin(&clock).unwrap();
    let new = batch.put_evidence(b"redacted").unwrap();
    let origin = batch.archive().origin().clone();
    let entry = EntryRef::new(&origin, added[3].0);
    let erasure = Erasure { entry, replacement: Some(json!({"document": new})) };
    let destruction = Destruction { old: added[3].1, new: Some(new) };
    batch.erase(&[erasure], &[destruction], "withdrawn", &author()).unwrap();
    batch.commit().unwrap();
    let mut batch = archive.begin(&clock).unwrap();
    batch.receive(&other.path, None).unwrap();
    batch.commit().unwrap();
    let mut batch = archive.begin(&clock).unwrap();
    batch.change_key(None, "a new laptop", &author(), None).unwrap();
    for number in 0..notes {
        batch.append("note.made", json!({"number": number, "text": "ملاحظة"}), &author()).unwrap();
    }
    batch.commit().unwrap();
    add(&mut archive, 20..25);
    archive
}

/// The same with full tiles and hashes of hashes.
fn rich(path: &Path) -> Archive {
    rich_with(path, 260)
}

#[test]
fn a_thousand_changed_bytes_are_found() {
    let mut verifiers = Verifiers::new();
    for (cases, notes) in [(850, 3), (150, 260)] {
        let folder = folder();
        rich_with(&folder.path, notes);
        change_bytes(&mut verifiers, &folder.path, cases);
    }
    println!("{} changed bytes, all found", verifiers.cases);
    assert_eq!(verifiers.cases, 1_000);
}

fn change_bytes(verifiers: &mut Verifiers, folder: &Path, cases: u64) {
    verifiers.pass(folder);
    let targets: Vec<PathBuf> =
        ["log", "bodies", "evidence"].iter().flat_map(|part| files(&folder.join(part))).collect();
    let sizes: Vec<u64> = targets.iter().map(|file| file.metadata().unwrap().len()).collect();
    let mut random = StdRng::seed_from_u64(cases);
    for number in 0..cases {
        // Half of the cases by file, so that small files get theirs, half by byte.
        let (file, at) = if number % 2 == 0 {
            let file = random.random_range(0..targets.len());
            (file, random.random_range(0..sizes[file]))
        } else {
            let mut at = random.random_range(0..sizes.iter().sum());
            let file =
                sizes.iter().position(|size| at.checked_sub(*size).map(|rest| at = rest).is_none()).unwrap();
            (file, at)
        };
        let original = fs::read(&targets[file]).unwrap();
        let mut changed = original.clone();
        let old = changed[at as usize];
        changed[at as usize] = old ^ random.random_range(1..=255u8);
        fs::write(&targets[file], &changed).unwrap();
        let what = format!("byte {at} of {} from {old} to {}", targets[file].display(), changed[at as usize]);
        verifiers.find(&what, folder, None);
        fs::write(&targets[file], &original).unwrap();
    }
    verifiers.pass(folder);
}

#[test]
fn every_file_matters() {
    let folder = folder();
    rich(&folder.path);
    let mut verifiers = Verifiers::new();
    for part in ["log", "bodies", "evidence"] {
        for file in files(&folder.path.join(part)) {
            let original = fs::read(&file).unwrap();
            let name = file.display();
            fs::remove_file(&file).unwrap();
            verifiers.find(&format!("{name} removed"), &folder.path, None);
            for length in [0, original.len() / 2, original.len() - 1] {
                fs::write(&file, &original[..length]).unwrap();
                verifiers.find(&format!("{name} cut to {length}"), &folder.path, None);
            }
            for more in [&b"\0"[..], b"\n", b"{}"] {
                fs::write(&file, [&original, more].concat()).unwrap();
                verifiers.find(&format!("{name} with more at its end"), &folder.path, None);
            }
            fs::write(&file, &original).unwrap();
        }
    }
    verifiers.pass(&folder.path);
    println!("{} files removed, cut off and lengthened, all found", verifiers.cases);
}

#[test]
fn strays_are_found() {
    let folder = folder();
    let archive = rich(&folder.path);
    let origin = archive.origin().as_str().to_owned();
    let mut verifiers = Verifiers::new();
    let named = sijil_archive::Digest::of(b"planted").to_string();
    let places = [
        "stray.txt".to_owned(),
        ".hidden".to_owned(),
        "log/stray".to_owned(),
        format!("log/{origin}/stray"),
        format!("log/{origin}/tile/0/001.p/x"),
        format!("log/{origin}/tile/0/000.p/7"),
        format!("log/{origin}/tile/7/000"),
        format!("bodies/{origin}/stray"),
        format!("bodies/{origin}/000000009999.pack"),
        "bodies/stray".to_owned(),
        "evidence/stray".to_owned(),
        "evidence/ab/stray".to_owned(),
        format!("evidence/{}/{}", &named[..2], &named[2..]),
        "keys/stray".to_owned(),
    ];
    for place in places {
        let file = folder.path.join(&place);
        let made = !file.parent().unwrap().exists();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, b"planted").unwrap();
        verifiers.find(&place, &folder.path, None);
        fs::remove_file(&file).unwrap();
        if made {
            fs::remove_dir(file.parent().unwrap()).unwrap();
        }
    }
    verifiers.pass(&folder.path);
}

/// Rewrites the lines of a pack.
fn edit_pack(file: &Path, edit: impl FnOnce(&mut Vec<String>)) {
    let text = fs::read_to_string(file).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    edit(&mut lines);
    fs::write(file, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

/// Rewrites the entries of an entry tile (and leaves its name, or gives it another width).
fn edit_entries(file: &Path, edit: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let bytes = fs::read(file).unwrap();
    let (mut entries, mut rest) = (Vec::new(), &bytes[..]);
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (entry, after) = after.split_at(usize::from(u16::from_be_bytes(*length)));
        entries.push(entry.to_vec());
        rest = after;
    }
    edit(&mut entries);
    let joined: Vec<u8> = entries
        .iter()
        .flat_map(|entry| [&u16::try_from(entry.len()).unwrap().to_be_bytes()[..], entry].concat())
        .collect();
    fs::write(file, joined).unwrap();
}

#[test]
fn dropped_swapped_and_inserted_entries_are_found() {
    let folder = folder();
    let archive = rich(&folder.path);
    let origin = archive.origin().as_str().to_owned();
    let mut verifiers = Verifiers::new();
    let pack = folder.path.join(format!("bodies/{origin}/000000000001.pack"));
    let tile = folder.path.join(format!("log/{origin}/tile/entries/000"));
    let mut case = |file: &Path, what: &str, edit: &dyn Fn(&Path)| {
        let original = fs::read(file).unwrap();
        edit(file);
        verifiers.find(what, &folder.path, None);
        fs::write(file, original).unwrap();
    };
    case(&pack, "a body dropped", &|file| edit_pack(file, |lines| drop(lines.remove(5))));
    case(&pack, "bodies swapped", &|file| edit_pack(file, |lines| lines.swap(5, 6)));
    case(&pack, "a body inserted", &|file| edit_pack(file, |lines| lines.insert(5, lines[5].clone())));
    case(&pack, "a body emptied", &|file| edit_pack(file, |lines| lines[5] = String::new()));
    case(&pack, "a body in other words", &|file| {
        edit_pack(file, |lines| lines[5] = lines[5].replace("\"number\":5", "\"number\":6"));
    });
    case(&pack, "a body written otherwise", &|file| {
        edit_pack(file, |lines| lines[5] = lines[5].replace("\"number\":", "\"number\": "));
    });
    let entry = archive.size().unwrap() - 1;
    case(&pack, "a body erased without an entry", &|file| {
        let line = json!({"erased": {"index": entry, "origin": origin}}).to_string();
        edit_pack(file, |lines| lines[5] = line.clone());
    });
    case(&tile, "a leaf dropped", &|file| edit_entries(file, |entries| drop(entries.remove(9))));
    case(&tile, "leaves swapped", &|file| edit_entries(file, |entries| entries.swap(9, 10)));
    case(&tile, "a leaf inserted", &|file| {
        edit_entries(file, |entries| entries.insert(9, entries[9].clone()))
    });
    case(&tile, "a leaf's time moved", &|file| {
        edit_entries(file, |entries| {
            let mut leaf: Value = serde_json::from_slice(&entries[9]).unwrap();
            leaf["time"] = json!(leaf["time"].as_u64().unwrap() + 60);
            entries[9] = leaf.to_string().into_bytes();
        });
    });
    verifiers.pass(&folder.path);
}

#[test]
fn another_key_is_found() {
    let (folder, other) = (folder(), crate::support::folder());
    let archive = rich(&folder.path);
    let stranger = make(&other.path);
    let mut verifiers = Verifiers::new();
    let own = archive.origin().as_str();
    let theirs = stranger.origin().as_str();
    let public = |root: &Path, origin: &str| root.join(format!("log/{origin}/key"));
    let original = fs::read_to_string(public(&folder.path, own)).unwrap();
    // The stranger's key under its own name, and under ours.
    let foreign = fs::read_to_string(public(&other.path, theirs)).unwrap();
    for text in [
        foreign.clone(),
        foreign.replace(theirs, own),
        original.trim_end().to_owned(),
        format!("{original}\n"),
    ] {
        fs::write(public(&folder.path, own), text).unwrap();
        verifiers.find("another public key", &folder.path, None);
    }
    fs::write(public(&folder.path, own), original).unwrap();
    // A checkpoint that the stranger signed for our root.
    let checkpoint = folder.path.join(format!("log/{own}/checkpoint"));
    let original = fs::read_to_string(&checkpoint).unwrap();
    let signature = fs::read_to_string(other.path.join(format!("log/{theirs}/checkpoint"))).unwrap();
    let signature = signature.lines().last().unwrap().replace(theirs, own);
    let unsigned = original.rsplit_once('—').unwrap().0;
    fs::write(&checkpoint, format!("{unsigned}{signature}\n")).unwrap();
    verifiers.find("a stranger's signature", &folder.path, None);
    fs::write(&checkpoint, original).unwrap();
    // The origin file names another log that is here.
    let received = archive.origins().find(|origin| *origin != archive.origin()).unwrap();
    fs::write(folder.path.join("origin"), format!("{received}\n")).unwrap();
    assert!(!check(&folder.path).is_sound());
    fs::write(folder.path.join("origin"), format!("{own}\n")).unwrap();
    verifiers.pass(&folder.path);
}

#[test]
fn an_older_copy_is_found_against_a_kept_checkpoint() {
    let (folder, old) = (folder(), crate::support::folder());
    let mut archive = rich(&folder.path);
    copy(&folder.path, &old.path);
    add(&mut archive, 100..110);
    let origin = archive.origin().clone();
    let kept = archive.checkpoint(&origin).unwrap().text.clone();
    let mut verifiers = Verifiers::new();
    verifiers.pass(&old.path);
    verifiers.find("an older copy", &old.path, Some(&kept));
    // Two different continuations of the same beginning: each is sound alone.
    let mut forked = Archive::open(&old.path, None).unwrap();
    add(&mut forked, 200..230);
    verifiers.pass(&old.path);
    verifiers.find("another continuation", &old.path, Some(&kept));
    let against = |text: &str| {
        verify(&folder.path, &VerifyOptions { against: Some(text.to_owned()), ..Default::default() })
    };
    assert!(against(&kept).is_sound());
    assert!(!against(&kept.replace("sijil/", "sijil/x")).is_sound());
    // Only the checkpoint put back: what lies beyond it looks like an unfinished batch, but not against the kept one.
    let earlier = fs::read(old.path.join(format!("log/{origin}/checkpoint"))).unwrap();
    fs::write(folder.path.join(format!("log/{origin}/checkpoint")), earlier).unwrap();
    verifiers.find("an older checkpoint", &folder.path, Some(&kept));
}
