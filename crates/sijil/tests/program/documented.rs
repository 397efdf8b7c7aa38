//! Every command has help, and every command and option stands in docs/commands.md.

use clap::CommandFactory;

use crate::support::sijil;

const DOCUMENT: &str = include_str!("../../../../docs/commands.md");

/// The part of the document that is about one command.
fn section(name: &str) -> Option<&'static str> {
    let start = DOCUMENT.find(&format!("\n## `sijil {name}"))? + 1;
    let rest = &DOCUMENT[start..];
    Some(rest[2..].find("\n## ").map_or(rest, |end| &rest[..end + 2]))
}

/// The same without its sessions: those are run by a test of their own.
fn without_sessions(section: &str) -> String {
    section.split("```").step_by(2).collect()
}

#[test]
fn every_command_and_option_is_documented() {
    let program = sijil::arguments::Arguments::command();
    let mut missing = Vec::new();
    for command in program.get_subcommands() {
        let name = command.get_name();
        let Some(section) = section(name) else {
            missing.push(format!("sijil {name}"));
            continue;
        };
        for option in command.get_arguments().filter_map(clap::Arg::get_long) {
            if !section.contains(&format!("`--{option}")) {
                missing.push(format!("sijil {name} --{option}"));
            }
        }
        for given in command.get_positionals() {
            let value = given.get_id().as_str().to_uppercase();
            if !section.contains(&value) {
                missing.push(format!("sijil {name} {value}"));
            }
        }
        if !section.contains("```console") {
            missing.push(format!("an example of sijil {name}"));
        }
    }
    for option in program.get_arguments().filter_map(clap::Arg::get_long) {
        if !DOCUMENT.contains(&format!("`--{option}")) {
            missing.push(format!("--{option}"));
        }
    }
    assert!(missing.is_empty(), "docs/commands.md lacks {}", missing.join(", "));
}

#[test]
fn nothing_is_documented_that_is_not_there() {
    let program = sijil::arguments::Arguments::command();
    let everywhere: Vec<&str> =
        program.get_arguments().filter_map(clap::Arg::get_long).chain(["help", "version"]).collect();
    for line in DOCUMENT.lines().filter(|line| line.starts_with("## `sijil ")) {
        let name = line.trim_start_matches("## `sijil ").split([' ', '`']).next().unwrap();
        let command = program.find_subcommand(name).unwrap_or_else(|| panic!("there is no command {name}"));
        let section = without_sessions(section(name).unwrap());
        let options: Vec<&str> = command.get_arguments().filter_map(clap::Arg::get_long).collect();
        for word in section
            .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'))
            .filter(|word| word.starts_with("--") && word.contains(char::is_alphabetic))
        {
            let option = &word[2..];
            assert!(options.contains(&option) || everywhere.contains(&option), "sijil {name} has no {word}");
        }
    }
}

#[test]
fn every_command_has_help() {
    let program = sijil::arguments::Arguments::command();
    let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    assert!(names.len() >= 25, "{} commands", names.len());
    let all = sijil(["--help"]).ends(0);
    for name in names {
        assert!(all.out.contains(&format!("  {name} ")), "`sijil --help` does not list {name}");
        let help = sijil([name, "--help"]).ends(0);
        assert!(help.out.contains("Usage:") && help.err.is_empty(), "{name}: {help:?}");
        let first = help.out.lines().next().unwrap_or_default();
        assert!(first.split_whitespace().count() >= 3, "`sijil {name} --help` begins with {first:?}");
    }
    assert!(sijil(["--version"]).ends(0).out.starts_with("sijil "));
    sijil(["no-such-command"]).ends(2);
}

#[test]
fn every_heading_of_a_list_is_documented_beside_its_field() {
    const IMPORTING: &str = include_str!("../../../../docs/importing.md");
    const HEADERS: &str = include_str!("../../../read/data/headers.csv");
    for line in HEADERS.lines().skip(1).filter(|line| !line.is_empty()) {
        let [field, _, header] = line.splitn(3, ',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let header = header.trim_matches('"');
        let row = IMPORTING.lines().find(|row| row.starts_with(&format!("| `{field}` |"))).expect(field);
        let is_there = row.split([',', '،', '|']).any(|word| word.trim().trim_matches(['«', '»']) == header);
        assert!(is_there, "docs/importing.md: {header} of {field}");
    }
}
