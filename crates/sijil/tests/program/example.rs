//! The built-in example: it is made, counted in the contract's form, walked down to sentences, and rebuilt the same.

use std::path::Path;

use crate::support::{Home, sha256};

fn demo() -> Home {
    let home = Home::empty();
    let ran = crate::support::sijil([
        std::ffi::OsStr::new("demo"),
        home.register.as_os_str(),
        "--no-serve".as_ref(),
    ])
    .ends(0);
    assert!(ran.out.contains("Killed"), "{}", ran.out);
    home
}

#[test]
fn it_is_made_verified_and_rebuilt_the_same() {
    let home = demo();
    home.verifies();
    home.run(["verify", "--deep"]).ends(0);
    let (content, figure) = (home.content(), home.count(&[]));
    assert!(home.claims().len() >= 16, "the example holds {} documents", home.claims().len());
    std::fs::remove_file(home.register.join("register.db")).unwrap();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
    assert_eq!(home.count(&[]), figure);
    let made = sijil::demo::make(&home.path("again")).unwrap();
    assert_eq!(made.session.register.view().sizes().unwrap(), sizes(&home));
}

fn sizes(home: &Home) -> (u64, u64) {
    sijil_register::Register::open(&home.register, None).unwrap().view().sizes().unwrap()
}

#[test]
fn a_figure_has_the_fields_of_the_contract() {
    let home = demo();
    let figure = home.count(&["--by", "governorate,month", "--period", "2031"]);
    for field in [
        "question",
        "log_position",
        "rules",
        "min",
        "highest_reported",
        "max",
        "open_ends",
        "unknown",
        "named",
        "possibly_inside",
        "watched",
        "records",
        "excluded",
        "reconciled",
        "rows",
    ] {
        assert!(figure.get(field).is_some(), "the figure lacks {field}");
    }
    for field in ["low", "median", "high"] {
        assert!(figure["named"][field].is_u64(), "named lacks {field}");
    }
    for field in ["min", "highest_reported", "max", "open_ends", "unknown"] {
        assert!(figure["possibly_inside"].get(field).is_some(), "possibly_inside lacks {field}");
    }
    let max = &figure["max"];
    assert!(max.is_u64() || max.is_null() || max == "open", "{max}");
    let records = figure["records"].as_array().unwrap();
    assert!(!records.is_empty());
    for record in records {
        assert!(
            record["id"].is_string()
                && record.get("min").is_some()
                && record.get("max").is_some()
                && record["claims"].is_array(),
            "{record}"
        );
    }
    let reconciled = figure["reconciled"].as_array().unwrap();
    let aggregate = reconciled
        .iter()
        .find(|one| one["claimed"].is_array())
        .expect("the example has an aggregate of people");
    for field in ["aggregate", "claimed", "inside", "possibly_inside", "share", "why"] {
        assert!(aggregate.get(field).is_some(), "a reconciliation lacks {field}: {aggregate}");
    }
}

/// From every saved figure to its records, their claims, the quoted words, and the bytes that they stand in.
#[test]
fn every_figure_is_walked_down_to_its_bytes() {
    let home = demo();
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let figures: Vec<String> =
        register.view().figures().unwrap().into_iter().map(|figure| figure.id).collect();
    assert!(!figures.is_empty());
    let mut walked = 0;
    for figure in figures {
        let shown = home.run(["show", &figure, "--json"]).ends(0).json();
        for record in shown["records"].as_array().unwrap() {
            home.run(["show", record["id"].as_str().unwrap()]).ends(0);
            for claim in record["claims"].as_array().unwrap() {
                let claim = home.run(["show", claim.as_str().unwrap(), "--json"]).ends(0).json();
                let document = claim["document"].as_str().unwrap();
                assert_eq!(sha256(register.blob(document).unwrap()), document);
                let text = register.view().reading(document).unwrap().unwrap().text;
                let text = register.blob(&text).unwrap();
                for span in claim["spans"].as_array().unwrap() {
                    let (Some(start), Some(end)) =
                        (span["span"]["byte_start"].as_u64(), span["span"]["byte_end"].as_u64())
                    else {
                        continue;
                    };
                    let words = String::from_utf8_lossy(&text[start as usize..end as usize]).into_owned();
                    assert_eq!(span["quote"].as_str().unwrap(), words);
                    walked += 1;
                }
            }
        }
    }
    assert!(walked > 20, "only {walked} quotes were read again");
}

/// `sijil read` gives the text that spans point into.
#[test]
fn what_is_read_is_what_is_stored() {
    let home = demo();
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/documents");
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let mut compared = 0;
    for entry in std::fs::read_dir(documents).unwrap() {
        let path = entry.unwrap().path();
        let id = sha256(std::fs::read(&path).unwrap());
        let Some(reading) = register.view().reading(&id).unwrap() else { continue };
        let ran = crate::support::sijil([std::ffi::OsStr::new("read"), path.as_os_str()]).ends(0);
        assert_eq!(ran.out.as_bytes(), register.blob(&reading.text).unwrap(), "{}", path.display());
        compared += 1;
    }
    assert!(compared >= 16, "only {compared} documents have a text");
}
