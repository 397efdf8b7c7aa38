//! Surroundings that do not help: two writers, a folder that may not be written, a disk that is full, a view that is lost.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::reports::report;
use crate::support::{Home, is_superuser};

#[test]
fn two_writers_at_once_wait_for_each_other() {
    let home = Home::new();
    for number in 0..60 {
        home.file(
            &format!("{}/{number:03}.txt", if number % 2 == 0 { "even" } else { "odd" }),
            report(number),
        );
    }
    let children: Vec<_> = ["even", "odd", "even"]
        .iter()
        .map(|folder| {
            let mut command = home.command();
            command.arg("-C").arg(&home.register).args(["add", "--json"]).arg(home.path(folder));
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    while_running(&home);
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 30);
    }
    home.verifies();
    assert_eq!(home.claims().len(), 60);
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
}

/// A reader beside writers sees a whole register.
fn while_running(home: &Home) {
    for _ in 0..3 {
        let figure = home.count(&[]);
        assert_eq!(figure["incidents"].as_u64().unwrap(), figure["records"].as_array().unwrap().len() as u64);
        home.verifies();
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_said_so() {
    let home = Home::new();
    let good = home.file("good.txt", report(0));
    home.add([&good]).ends(0);
    let other = home.file("other.txt", report(1));
    for (path, _) in crate::support::files_of(&home.register) {
        std::fs::set_permissions(home.register.join(path), Permissions::from_mode(0o444)).unwrap();
    }
    let folders = folders_of(&home.register);
    folders
        .iter()
        .for_each(|folder| std::fs::set_permissions(folder, Permissions::from_mode(0o555)).unwrap());
    std::fs::set_permissions(home.path("."), Permissions::from_mode(0o755)).unwrap();
    let mut command = home.command();
    command.arg("-C").arg(&home.register).arg("add").arg(&other);
    if is_superuser() {
        command.uid(65534).gid(65534);
    }
    let output = command.output();
    folders
        .iter()
        .for_each(|folder| std::fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap());
    let Ok(output) = output else {
        println!("skipped: the program cannot be run as another user here");
        return;
    };
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("register") && err.contains("permission"), "{err}");
    for (path, _) in crate::support::files_of(&home.register) {
        std::fs::set_permissions(home.register.join(path), Permissions::from_mode(0o644)).unwrap();
    }
    home.verifies();
    assert_eq!(home.claims().len(), 1);
}

fn folders_of(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(folders_of(&path));
        }
    }
    found
}

/// A small disk of its own; gone with the value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir(&at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(&at)
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(at))
    }

    fn grow(&self, size: &str) {
        let status = Command::new("mount")
            .args(["-o", &format!("remount,size={size}")])
            .arg(&self.0)
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.0).status().ok();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let mut home = Home::empty();
    let Some(disk) = SmallDisk::mount(home.path("disk"), "3m") else {
        println!("skipped: a small disk cannot be mounted here (needs root)");
        return;
    };
    home.register = disk.0.join("register");
    home.begin(&[]);
    let mut acknowledged = Vec::new();
    let mut stopped = None;
    for batch in 0..40 {
        for number in 0..40 {
            home.file(&format!("{batch}/{number:02}.txt"), report(batch * 40 + number));
        }
        let ran = home.add([home.path(&batch.to_string())]);
        acknowledged.extend(ran.lines().iter().map(|line| line["document"].as_str().unwrap().to_owned()));
        if ran.code != Some(0) {
            stopped = Some((batch, ran));
            break;
        }
    }
    let (batch, ran) = stopped.expect("three megabytes hold no 1,600 documents");
    let told = ran.err.to_lowercase();
    assert!(ran.code == Some(1) && (told.contains("no space") || told.contains("full")), "{ran:?}");
    home.verifies();
    disk.grow("200m");
    let held = home.claims();
    assert!(
        acknowledged.iter().all(|document| held.contains_key(document)),
        "an acknowledged document is missing"
    );
    home.add([home.path(&batch.to_string())]).ends(0);
    home.verifies();
    assert_eq!(home.claims().len(), (batch + 1) * 40);
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
}

#[test]
fn a_view_that_is_lost_or_damaged_is_made_again() {
    let home = Home::new();
    let good = home.file("good.txt", report(0));
    home.add([&good]).ends(0);
    let (content, figure) = (home.content(), home.count(&[]));
    let view = home.register.join("register.db");
    std::fs::remove_file(&view).unwrap();
    assert_eq!(home.count(&[]), figure);
    assert_eq!(home.content(), content);
    std::fs::write(&view, "no database").unwrap();
    home.run(["count"]).ends(3).says(&["register.db", "sijil rebuild"]);
    home.verifies();
    home.run(["rebuild"]).ends(0).says(&["rebuilt from", "1 document"]);
    assert_eq!(home.content(), content);
}

/// A reader that stops reading is no error.
#[test]
fn a_closed_pipe_ends_quietly() {
    let home = Home::new();
    let mut child = home
        .command()
        .arg("-C")
        .arg(&home.register)
        .arg("log")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.is_empty(), "{err}");
}
