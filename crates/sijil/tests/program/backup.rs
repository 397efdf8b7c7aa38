//! A backup comes back byte for byte; one that is damaged does not come back at all.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::reports::report;
use crate::support::{Home, files_of};

fn filled() -> Home {
    let home = Home::new();
    for number in 0..6 {
        home.file(&format!("reports/{number}.txt"), report(number));
    }
    home.add([home.path("reports")]).ends(0);
    home
}

#[test]
fn a_restored_register_is_the_same_byte_for_byte() {
    let mut home = filled();
    let (content, figure, first) = (home.content(), home.count(&[]), home.register.clone());
    let file = home.path("backup.zip").display().to_string();
    home.run(["backup", &file]).ends(0).says(&["files"]);
    let kept = std::fs::read(&file).unwrap();
    home.run(["backup", &file]).ends(1).says(&["exists already"]);
    assert_eq!(std::fs::read(&file).unwrap(), kept);
    let there = home.path("restored").display().to_string();
    crate::support::sijil(["restore", &file, &there]).ends(0).says(&["every hash and signature holds"]);
    let truth = |folder: &std::path::Path| {
        let mut files = files_of(folder);
        files.retain(|path, _| {
            !path.starts_with("register.db")
                && !path.to_string_lossy().starts_with("register.db-")
                && path.as_os_str() != "lock"
        });
        files
    };
    assert_eq!(truth(&first), truth(&home.path("restored")));
    home.register = home.path("restored");
    home.verifies();
    assert_eq!((home.content(), home.count(&[])), (content, figure));
    let more = home.file("more.txt", report(99));
    home.add([&more]).ends(0);
    home.verifies();
}

#[test]
fn a_damaged_backup_is_refused_and_leaves_nothing() {
    let home = filled();
    let file = home.path("backup.zip");
    home.run(["backup", &file.display().to_string()]).ends(0);
    let whole = std::fs::read(&file).unwrap();
    let mut random = StdRng::seed_from_u64(7);
    let mut damaged: Vec<Vec<u8>> = vec![
        whole[..whole.len() / 2].to_vec(),
        whole[..whole.len() - 1].to_vec(),
        b"PK".to_vec(),
        Vec::new(),
    ];
    for _ in 0..16 {
        let mut bytes = whole.clone();
        let at = random.random_range(0..bytes.len());
        bytes[at] ^= 1 << random.random_range(0..8);
        damaged.push(bytes);
    }
    let mut refused = 0;
    for bytes in &damaged {
        let bad = home.file("bad.zip", bytes);
        let there = home.path("restored");
        std::fs::remove_dir_all(&there).ok();
        let ran =
            crate::support::sijil([std::ffi::OsStr::new("restore"), bad.as_os_str(), there.as_os_str()]);
        if ran.code == Some(0) {
            // Some bytes of a ZIP say nothing (times, attributes): then what came back is whole.
            let found = files_of(&there);
            let ours = files_of(&home.register);
            assert!(
                found.iter().all(|(path, bytes)| path.as_os_str() == "lock" || ours.get(path) == Some(bytes)),
                "a damaged backup came back changed"
            );
            continue;
        }
        refused += 1;
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.err.contains("backup"), "{ran:?}");
        assert!(!there.exists() && !home.path("restored.restoring").exists(), "something was left: {ran:?}");
    }
    assert!(refused >= 4 + 8, "only {refused} of {} were refused", damaged.len());
}

#[test]
fn nothing_is_restored_over_something() {
    let home = filled();
    let file = home.path("backup.zip").display().to_string();
    home.run(["backup", &file]).ends(0);
    crate::support::sijil(["restore", &file, &home.register.display().to_string()])
        .ends(1)
        .says(&["not empty"]);
    crate::support::sijil(["restore", &home.path("missing.zip").display().to_string(), "x"])
        .ends(1)
        .says(&["missing.zip"]);
    let reports = home.file("no-register.zip", crate::support::reports::zip_of(&[("a.txt", b"x")]));
    crate::support::sijil([
        "restore",
        &reports.display().to_string(),
        &home.path("no").display().to_string(),
    ])
    .ends(1);
    let climbing = home
        .file("climbing.zip", crate::support::reports::zip_of(&[("../outside.txt", b"x"), ("origin", b"x")]));
    crate::support::sijil([
        "restore",
        &climbing.display().to_string(),
        &home.path("deep/no").display().to_string(),
    ])
    .ends(1);
    assert!(!home.path("outside.txt").exists() && !home.path("deep/outside.txt").exists());
}
