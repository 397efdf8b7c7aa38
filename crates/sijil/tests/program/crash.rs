//! Killed at any instant: the register opens, verifies, holds all that was acknowledged, and the same command completes it.
//!
//! `SIJIL_CRASH_RUNS=200 SIJIL_CRASH_DOCS=500` runs as many; without them a small number is run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::reports::report;
use crate::support::{Home, files_of};

fn asked(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// A copy of a register's folder.
fn copy(from: &Path, to: &Path) {
    std::fs::remove_dir_all(to).ok();
    for (path, bytes) in files_of(from) {
        let target = to.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
    // Empty folders belong to a register too.
    for folder in ["incoming", "evidence", "bodies"] {
        std::fs::create_dir_all(to.join(folder)).unwrap();
    }
}

fn adding(home: &Home, documents: &Path, out: &Path) -> Command {
    let mut command = home.command();
    command.arg("-C").arg(&home.register).args(["add", "--json"]).arg(documents);
    command.stdout(std::fs::File::create(out).unwrap()).stderr(Stdio::null());
    command
}

/// The documents that the program said were saved; a line that was cut off by the kill says nothing.
fn acknowledged(out: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(out).unwrap();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["document"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn killed_at_random_instants() {
    let (runs, documents) = (asked("SIJIL_CRASH_RUNS", 12), asked("SIJIL_CRASH_DOCS", 80));
    let mut home = Home::new();
    for number in 0..documents {
        home.file(&format!("reports/{number:04}.txt"), report(number));
    }
    let (reports, out, fresh) = (home.path("reports"), home.path("out"), home.path("fresh"));
    std::fs::rename(&home.register, &fresh).unwrap();

    home.register = home.path("undisturbed");
    copy(&fresh, &home.register);
    let began = Instant::now();
    assert!(adding(&home, &reports, &out).status().unwrap().success());
    let whole = began.elapsed();
    let claims = home.claims();
    let mut figure = home.count(&["--by", "governorate,month"]);
    figure["log_position"] = 0.into();
    assert_eq!(claims.len(), documents);

    let mut random = StdRng::seed_from_u64(20_261_122);
    let (mut killed, mut saved_before, mut between) = (0, 0, 0);
    home.register = home.path("killed");
    for run in 0..runs {
        copy(&fresh, &home.register);
        let mut child = adding(&home, &reports, &out).spawn().unwrap();
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * random.random_range(0.0..1.0)));
        child.kill().unwrap();
        killed += usize::from(child.wait().unwrap().code().is_none());
        home.verifies();
        let saved = acknowledged(&out);
        let held = home.claims();
        for document in &saved {
            assert_eq!(held.get(document), claims.get(document), "run {run}: {document} was acknowledged");
        }
        saved_before += saved.len();
        between += usize::from(!saved.is_empty() && saved.len() < documents);
        assert!(
            adding(&home, &reports, &out).status().unwrap().success(),
            "run {run}: the same command again"
        );
        home.verifies();
        assert_eq!(home.claims(), claims, "run {run}");
        let mut again = home.count(&["--by", "governorate,month"]);
        again["log_position"] = 0.into();
        assert_eq!(again, figure, "run {run}");
    }
    println!(
        "crash: {runs} instants over {documents} documents ({:.1} s undisturbed): {killed} killed while running, \
         {between} of them between two acknowledgements, {saved_before} documents acknowledged before a kill, 0 missing; \
         every register verified and was completed to the same claims",
        whole.as_secs_f64()
    );
    assert!(killed > 0, "no run was killed while it ran");
}

/// A kill while the view is rebuilt leaves the old view or the new one.
#[test]
fn killed_while_rebuilding() {
    let home = Home::new();
    for number in 0..40 {
        home.file(&format!("reports/{number:04}.txt"), report(number));
    }
    home.add([home.path("reports")]).ends(0);
    let content = home.content();
    let began = Instant::now();
    home.run(["rebuild"]).ends(0);
    let whole = began.elapsed();
    for part in 1..6 {
        let mut child = home
            .command()
            .arg("-C")
            .arg(&home.register)
            .arg("rebuild")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * part / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        home.verifies();
        assert_eq!(home.content(), content);
    }
}

/// What a kill leaves in `incoming/` does not stay.
#[test]
fn what_was_cut_off_is_cleared_away() {
    let home = Home::new();
    let stray: PathBuf = home.register.join("incoming").join("cut-off");
    std::fs::write(&stray, "half a document").unwrap();
    let good = home.file("good.txt", report(0));
    home.add([&good]).ends(0);
    assert!(!stray.exists());
    home.verifies();
}
