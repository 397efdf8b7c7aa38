//! Every command in README.md and docs/ is run, in order, each document in a folder of its own, and prints what it is said to print.
//!
//! `[..]` in a document stands for anything within a line, a line `...` for any lines.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of a document, and what it is said to print.
struct Step {
    line: usize,
    command: String,
    expected: Vec<String>,
}

#[test]
fn every_session_in_the_documents_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut documents = vec![root.join("README.md")];
    documents.extend(std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    documents.sort();
    let mut run = 0;
    for document in documents {
        let steps = steps(&std::fs::read_to_string(&document).unwrap());
        let folder = tempfile::tempdir().unwrap();
        for step in &steps {
            let printed = print(&step.command, folder.path());
            let expected: Vec<&str> = step.expected.iter().map(String::as_str).collect();
            let lines: Vec<&str> = printed.lines().collect();
            assert!(
                matches(&expected, &lines),
                "{}:{}: `{}` printed\n{printed}\nand not\n{}",
                document.display(),
                step.line,
                step.command,
                step.expected.join("\n")
            );
            run += 1;
        }
    }
    assert!(run >= 5, "the documents hold only {run} commands");
}

fn steps(document: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for (number, line) in document.lines().enumerate() {
        match (inside, line) {
            (false, "```console") => inside = true,
            (true, "```") => inside = false,
            (true, line) => match line.strip_prefix("$ ") {
                Some(command) => {
                    steps.push(Step { line: number + 1, command: command.to_owned(), expected: Vec::new() })
                }
                None => {
                    steps.last_mut().expect("a block begins with a command").expected.push(line.to_owned())
                }
            },
            _ => {}
        }
    }
    for step in &mut steps {
        while step.expected.last().is_some_and(|line| line.trim().is_empty()) {
            step.expected.pop();
        }
    }
    steps
}

fn print(command: &str, folder: &Path) -> String {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_sijil"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("{{ {command}\n}} 2>&1"))
        .env("PATH", path)
        .current_dir(folder)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// Whether lines are as expected; `...` stands for any number of them.
fn matches(expected: &[&str], lines: &[&str]) -> bool {
    match (expected.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((&"...", rest)), _) => (0..=lines.len()).any(|skip| matches(rest, &lines[skip..])),
        (Some((wanted, rest)), Some((line, others))) => {
            line_matches(wanted.trim_end(), line.trim_end()) && matches(rest, others)
        }
        _ => false,
    }
}

fn line_matches(wanted: &str, line: &str) -> bool {
    match wanted.split_once("[..]") {
        None => wanted == line,
        Some((start, rest)) => {
            let Some(after) = line.strip_prefix(start) else { return false };
            let borders = after.char_indices().map(|(at, _)| at).chain([after.len()]);
            borders.into_iter().any(|at| line_matches(rest, &after[at..]))
        }
    }
}

#[test]
fn the_comparison_can_fail() {
    assert!(matches(&["made [..]", "...", "end"], &["made a", "x", "y", "end"]));
    assert!(!matches(&["made [..]"], &["made a", "more"]));
    assert!(!line_matches("killed 3", "killed 4"));
    assert!(line_matches("a[..]c[..]", "abbbc"));
}
