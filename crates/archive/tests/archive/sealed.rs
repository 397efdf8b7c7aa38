//! A sealed register holds nothing that can be read or guessed without its passphrase.

use std::process::Command;

use serde_json::json;
use sijil_archive::{
    Archive, Destruction, Digest, EntryRef, Erasure, Error, Passphrase, Settings, VerifyOptions, verify,
};

use crate::support::{Folder, add, author, clock, document, files, folder, holds, make};

const WORDS: &str = "سبعة زيتونات خضراء";

fn settings() -> Settings {
    Settings { sealed: Some(Passphrase::new(WORDS)), work_factor: Some(4), ..Settings::default() }
}

fn sealed() -> (Folder, Archive) {
    let folder = folder();
    let archive = Archive::create(&folder.path, &settings(), &clock).unwrap();
    (folder, archive)
}

fn options() -> VerifyOptions {
    VerifyOptions { unlock: Some(Passphrase::new(WORDS)), ..VerifyOptions::default() }
}

#[test]
fn nothing_readable_is_on_disk() {
    let (folder, mut archive) = sealed();
    let added = add(&mut archive, 0..5);
    let mut batch = archive.begin(&clock).unwrap();
    let large: Vec<u8> = document(7).repeat(5_000);
    let digest = batch.put_evidence_from(large.as_slice()).unwrap();
    batch.commit().unwrap();
    archive.put_sealed_file("register.db", b"SQLite format 3 with names").unwrap();
    for secret in ["المدنيين", "recorder-1", "document\":", "SQLite", "PRIVATE+KEY", "AGE-SECRET-KEY"]
    {
        assert_eq!(holds(&folder.path, secret.as_bytes()), None, "{secret}");
    }
    for (_, digest) in &added {
        let guess = digest.to_string();
        assert_eq!(holds(&folder.path, guess.as_bytes()), None);
        let named =
            files(&folder.path).iter().any(|file| file.to_string_lossy().replace('/', "").contains(&guess));
        assert!(!named, "a file's name would let a guess be tested");
    }
    let again = Archive::open(&folder.path, Some(&Passphrase::new(WORDS))).unwrap();
    assert_eq!(again.evidence(&digest).unwrap(), large);
    assert_eq!(again.evidence(&added[3].1).unwrap(), document(3));
    assert_eq!(again.entry(again.origin(), added[3].0).unwrap().content().unwrap().0, &author());
    assert_eq!(again.get_sealed_file("register.db").unwrap().unwrap(), b"SQLite format 3 with names");
    let report = verify(&folder.path, &options());
    assert!(report.is_sound() && report.blobs == 6, "{:?}", report.findings);
}

#[test]
fn it_opens_with_its_passphrase_only() {
    let (folder, _) = sealed();
    let open = |words: Option<&str>| Archive::open(&folder.path, words.map(Passphrase::new).as_ref()).err();
    assert!(matches!(open(None), Some(Error::Locked { .. })));
    assert!(matches!(open(Some("eight green olives")), Some(Error::WrongPassphrase { .. })));
    assert!(open(Some(WORDS)).is_none());
    let report = verify(&folder.path, &VerifyOptions::default());
    assert!(report.is_sound(), "{:?}", report.findings);
    assert!(
        report.notes.iter().any(|note| note.cause.contains("without its passphrase")),
        "what was not verified is said"
    );
}

#[test]
fn it_is_erased_from_and_met_like_any_other() {
    let (folder, mut archive) = sealed();
    let added = add(&mut archive, 0..4);
    let mut batch = archive.begin(&clock).unwrap();
    let entry = EntryRef::new(batch.archive().origin(), added[1].0);
    let erasure = Erasure { entry, replacement: Some(json!("x")) };
    batch.erase(&[erasure], &[Destruction { old: added[1].1, new: None }], "withdrawn", &author()).unwrap();
    batch.commit().unwrap();
    assert!(archive.evidence(&added[1].1).is_err());
    let there = crate::support::folder();
    let mut plain = make(&there.path);
    let mut batch = plain.begin(&clock).unwrap();
    batch.receive(&folder.path, Some(&Passphrase::new(WORDS))).unwrap();
    batch.commit().unwrap();
    assert_eq!(plain.evidence(&added[0].1).unwrap(), document(0));
    crate::support::assert_sound(&there.path);
    let mut batch = archive.begin(&clock).unwrap();
    batch.receive(&there.path, None).unwrap();
    batch.change_key(None, "a new laptop", &author(), None).unwrap();
    batch.commit().unwrap();
    add(&mut archive, 8..9);
    assert_eq!(holds(&folder.path, b"PRIVATE+KEY"), None, "the next key is sealed too");
    let report = verify(&folder.path, &options());
    assert!(report.is_sound() && report.notes.is_empty(), "{:?} {:?}", report.findings, report.notes);
}

#[test]
fn changed_bytes_are_found() {
    let (folder, mut archive) = sealed();
    add(&mut archive, 0..3);
    let mut tried = 0;
    for part in ["log", "bodies", "evidence"] {
        for file in files(&folder.path.join(part)) {
            let original = std::fs::read(&file).unwrap();
            for at in (0..original.len()).step_by(1 + original.len() / 9) {
                let mut changed = original.clone();
                changed[at] ^= 1;
                std::fs::write(&file, changed).unwrap();
                assert!(!verify(&folder.path, &options()).is_sound(), "byte {at} of {}", file.display());
                tried += 1;
            }
            std::fs::write(&file, original).unwrap();
        }
    }
    let leftover = folder.path.join("register.db");
    std::fs::write(&leftover, b"SQLite").unwrap();
    assert!(!verify(&folder.path, &options()).is_sound(), "a readable database does not belong here");
    assert!(tried > 50);
}

/// What is sealed is age: with the identity in hand, any age program opens a pack.
#[test]
fn another_age_program_opens_it() {
    if !Command::new("age").arg("--version").output().is_ok_and(|output| output.status.success()) {
        println!("skipped: there is no `age` program here");
        return;
    }
    let (folder, archive) = sealed();
    let vault = std::fs::read(folder.path.join("keys/vault")).unwrap();
    assert!(vault.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let pack =
        std::fs::read(folder.path.join(format!("bodies/{}/000000000000.pack", archive.origin()))).unwrap();
    assert!(pack.starts_with(b"age-encryption.org/v1\n-> X25519 "));
    assert_ne!(Digest::of(&vault), Digest::of(&pack));
}

/// Without the passphrase the independent script verifies the logs, and finds a change in them.
#[test]
fn the_script_verifies_the_logs() {
    if !Command::new("python3")
        .args(["-c", "import cryptography"])
        .output()
        .is_ok_and(|out| out.status.success())
    {
        println!("skipped: the independent verifier needs python3 with the package `cryptography`");
        return;
    }
    let (folder, mut archive) = sealed();
    add(&mut archive, 0..3);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/verify.py");
    let run = || Command::new("python3").arg("-B").arg(script).arg(&folder.path).output().unwrap();
    assert_eq!(String::from_utf8(run().stdout).unwrap(), "sound\n");
    let tile = folder.path.join(format!("log/{}/tile/0/000.p/5", archive.origin()));
    let mut changed = std::fs::read(&tile).unwrap();
    changed[40] ^= 1;
    std::fs::write(&tile, changed).unwrap();
    assert_eq!(run().status.code(), Some(1));
}
