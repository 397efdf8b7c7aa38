//! A single changed byte is found, by sijil and by the verifier in Python that shares no code with it.

use std::path::{Path, PathBuf};
use std::process::Command;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::reports::report;
use crate::support::{Home, files_of};

/// How many changes are tried here; the archive's own tests try a thousand.
const CHANGES: usize = 24;

fn filled() -> Home {
    let home = Home::new();
    for number in 0..4 {
        home.file(&format!("reports/{number}.txt"), report(number));
    }
    home.add([home.path("reports")]).ends(0);
    home
}

/// The verifier in Python, where there is one that can check signatures.
fn second_verifier(register: &Path) -> Option<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let own = root.join(".venv/bin/python");
    let python = if own.exists() { own } else { PathBuf::from("python3") };
    let works = Command::new(&python)
        .args(["-c", "import cryptography.hazmat.primitives.asymmetric.ed25519"])
        .output();
    if !works.is_ok_and(|output| output.status.success()) {
        return None;
    }
    Some(
        Command::new(python)
            .arg(root.join("scripts/verify.py"))
            .arg(register)
            .output()
            .unwrap()
            .status
            .success(),
    )
}

fn targets(register: &Path) -> Vec<PathBuf> {
    let files = files_of(register);
    let truth = files.iter().filter(|(path, bytes)| {
        !bytes.is_empty() && ["log", "bodies", "evidence"].iter().any(|folder| path.starts_with(folder))
    });
    truth.map(|(path, _)| register.join(path)).collect()
}

#[test]
fn a_changed_byte_is_found_by_both() {
    let home = filled();
    home.verifies();
    let second = second_verifier(&home.register);
    match second {
        Some(sound) => assert!(sound, "the verifier in Python finds something in an untouched register"),
        None => println!("skipped: the verifier in Python (no Python with the package cryptography)"),
    }
    let mut random = StdRng::seed_from_u64(11);
    let targets = targets(&home.register);
    for _ in 0..CHANGES {
        let path = &targets[random.random_range(0..targets.len())];
        let whole = std::fs::read(path).unwrap();
        let mut changed = whole.clone();
        let at = random.random_range(0..changed.len());
        changed[at] ^= 1 << random.random_range(0..8);
        std::fs::write(path, changed).unwrap();
        home.run(["verify"]).ends(1).says(&["FOUND", "does not hold"]);
        if second.is_some() {
            assert_eq!(second_verifier(&home.register), Some(false), "{} byte {at}", path.display());
        }
        std::fs::write(path, whole).unwrap();
    }
    home.verifies();
}

#[test]
fn what_is_missing_or_too_much_is_found() {
    let home = filled();
    for path in targets(&home.register) {
        let whole = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        home.run(["verify"]).ends(1);
        std::fs::write(&path, whole).unwrap();
    }
    let stray = home.register.join("evidence").join("stray");
    std::fs::write(&stray, "x").unwrap();
    home.run(["verify"]).ends(1).says(&["stray"]);
    std::fs::remove_file(stray).unwrap();
    let found = home.run(["verify", "--json"]).ends(0).json();
    assert_eq!(found["sound"], true);
}

#[test]
fn a_checkpoint_that_was_seen_binds_the_log() {
    let home = filled();
    let log = std::fs::read_dir(home.register.join("log")).unwrap().next().unwrap().unwrap().path();
    let earlier = home.file("earlier", std::fs::read(log.join("checkpoint")).unwrap()).display().to_string();
    let kept = files_of(&home.register);
    home.add([&home.file("more.txt", report(50))]).ends(0);
    let later = home.file("later", std::fs::read(log.join("checkpoint")).unwrap()).display().to_string();
    home.run(["verify", "--against", &earlier]).ends(0);
    home.run(["verify", "--against", &later, "--deep"]).ends(0);
    // Rolled back, the register still holds by itself; only who saw the later checkpoint can tell.
    std::fs::remove_dir_all(&home.register).unwrap();
    for (path, bytes) in kept {
        let path = home.register.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::create_dir_all(home.register.join("incoming")).unwrap();
    home.verifies();
    home.run(["verify", "--against", &earlier]).ends(0);
    home.run(["verify", "--against", &later]).ends(1).says(&["FOUND"]);
    let other = filled();
    other.run(["verify", "--against", &earlier]).ends(1);
    home.run(["verify", "--against", &home.path("missing").display().to_string()]).ends(1).says(&["missing"]);
}

#[test]
fn deep_reads_every_text_again() {
    let home = filled();
    home.run(["verify", "--deep"]).ends(0).says(&["every hash, signature and proof holds"]);
}

/// A database that is not that of the log: every hash holds, and what is counted does not follow from what was said.
#[test]
fn a_view_that_does_not_follow_from_the_log_is_found_and_nothing_is_signed_from_it() {
    let home = filled();
    home.run(["count", "--save", "killed"]).ends(0);
    home.run(["verify", "--deep"]).ends(0);
    let other = Home::new();
    for number in 4..8 {
        other.file(&format!("reports/{number}.txt"), report(number));
    }
    other.add([other.path("reports")]).ends(0);
    other.run(["count", "--save", "killed"]).ends(0);
    for side in ["-wal", "-shm"] {
        std::fs::remove_file(home.register.join(format!("register.db{side}"))).ok();
    }
    std::fs::copy(other.register.join("register.db"), home.register.join("register.db")).unwrap();
    home.run(["verify", "--deep"]).ends(1).says(&["FOUND register.db", "sijil rebuild"]);
    let site = home.path("site");
    home.run(["publish".as_ref(), site.as_os_str()])
        .ends(1)
        .says(&["does not follow from the log", "sijil rebuild"]);
    assert!(!site.exists());
    home.run(["rebuild"]).ends(0);
    home.run(["verify", "--deep"]).ends(0);
}
