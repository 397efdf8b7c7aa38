//! The script of a release passes on it, and finds every change, also where a changed file is listed and signed anew.

use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::made::{Made, made};

/// Runs the script; `None` where Python or its package is missing.
fn check(folder: &Path) -> Option<(bool, String)> {
    let probe = Command::new("python3").args(["-c", "import cryptography"]).output();
    if !probe.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no python3 with the package cryptography");
        return None;
    }
    let output = Command::new("python3")
        .arg("-B")
        .arg(folder.join("check.py"))
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), text))
}

/// Lists changed files again and signs, as whoever holds the key could.
fn sign_anew(made: &Made) {
    let out = made.out();
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    for (name, hash) in manifest["files"].as_object_mut().unwrap() {
        *hash = hex::encode(Sha256::digest(std::fs::read(out.join(name)).unwrap())).into();
    }
    let bytes = serde_json::to_vec_pretty(&manifest).unwrap();
    let statement = format!(
        "sijil-release/v1\nmanifest sha256 {}\nmade 2031-11-15\n",
        hex::encode(Sha256::digest(&bytes))
    );
    std::fs::write(out.join("manifest.json"), &bytes).unwrap();
    std::fs::write(out.join("manifest.sig"), made.register.archive().sign_statement(&statement).unwrap())
        .unwrap();
}

#[test]
fn the_script_passes_on_a_release() {
    let mut made = made().cleared();
    made.publish().unwrap();
    let Some((passes, told)) = check(&made.out()) else { return };
    assert!(passes, "{told}");
    for word in [
        "files",
        "proofs",
        "quotes",
        "records counted again",
        "numbers on pages",
        "numbers of incidents counted again",
        "everything holds",
    ] {
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn every_change_is_found() {
    let mut made = made().cleared();
    made.publish().unwrap();
    if check(&made.out()).is_none() {
        return;
    }
    let arabic_text = format!("document/{}.txt", made.arabic);
    let arabic_proof = format!("proofs/{}.json", made.arabic);
    let changes: Vec<(&str, &str, &str, &str)> = vec![
        ("data/figures.json", "\"min\": 5", "\"min\": 6", "comes to"),
        ("data/incidents.json", "\"min\": 4", "\"min\": 3", "comes to"),
        ("data/claims.json", "\"n\": 5", "\"n\": 7", "comes to"),
        (
            "data/claims.json",
            "\"text\": \"Four people were killed\"",
            "\"text\": \"Five people were killed\"",
            "reads otherwise",
        ),
        ("data/claims.json", "\"start\": ", "\"start\": 1", "reads otherwise"),
        ("data/rules.json", "\"max\": \"n\"", "\"max\": \"n+1\"", "comes to"),
        (&arabic_text, "خمسة", "عشرة", "reads otherwise"),
        ("figure/killed-nahr.en.html", "data-number", "data-other", "not the file"),
        ("figure/killed-nahr.ar.html", "مقتل خمسة", "مقتل ستة", "is not the one in the data"),
        (&arabic_proof, "\"index\": ", "\"index\": 1", "proofs/"),
        (&arabic_proof, "\"salt\": \"", "\"salt\": \"00", "proofs/"),
        ("proofs/release.json", "\"path\": [\n    \"", "\"path\": [\n    \"A", "proofs/release.json"),
        ("manifest.json", "\"made\": \"2", "\"made\": \"3", "not the one that was signed"),
        ("manifest.sig", "manifest sha256 ", "manifest sha256 0", "manifest"),
        ("style.css", "", "/* */", "style.css"),
    ];
    for (file, from, to, told) in changes {
        let path = made.out().join(file);
        let before = std::fs::read_to_string(&path).unwrap();
        let after = match from {
            "" => format!("{before}{to}"),
            // Which rule of many is used is not the test's business.
            _ if file == "data/rules.json" => before.replace(from, to),
            _ => before.replacen(from, to, 1),
        };
        assert_ne!(before, after, "{file} has no {from}");
        std::fs::write(&path, &after).unwrap();
        let (passes, found) = check(&made.out()).unwrap();
        assert!(!passes && found.contains(told), "{file}, {from} → {to}: {found}");
        assert!(
            !sijil_publish::verify_release(&made.out()).unwrap().findings.is_empty(),
            "{file}, {from} → {to}"
        );
        std::fs::write(&path, &before).unwrap();
    }
    let (passes, found) = check(&made.out()).unwrap();
    assert!(passes, "{found}");
    let checked = sijil_publish::verify_release(&made.out()).unwrap();
    assert!(checked.findings.is_empty() && checked.files > 20 && checked.proofs == 3, "{checked:?}");
}

#[test]
fn a_wrong_number_is_found_even_when_it_is_signed() {
    let mut made = made().cleared();
    made.publish().unwrap();
    if check(&made.out()).is_none() {
        return;
    }
    let changes = [
        ("data/figures.json", "\"min\": 5", "\"min\": 6", "comes to 5"),
        ("figure/killed-nahr.en.html", "<p class=\"adds\">", "<p class=\"adds\">1", "is printed as"),
        ("incident/", "<strong><bdi>", "<strong><bdi>9", "is printed as"),
        ("index.ar.html", "<p class=\"answer\">", "<p class=\"answer\">9", "is printed as"),
        ("data/claims.json", "\"text\": \"Layla Tarif\"", "\"text\": \"Leila Tarif\"", "reads otherwise"),
    ];
    for (file, from, to, told) in changes {
        let path = match file.strip_suffix('/') {
            Some(folder) => crate::made::files(&made.out().join(folder)).remove(0).0,
            None => made.out().join(file),
        };
        let before = std::fs::read_to_string(&path).unwrap();
        let after = before.replacen(from, to, 1);
        assert_ne!(before, after, "{file} has no {from}");
        std::fs::write(&path, &after).unwrap();
        sign_anew(&made);
        let (passes, found) = check(&made.out()).unwrap();
        assert!(!passes && found.contains(told), "{file}, {from} → {to}: {found}");
        assert!(!found.contains("not the file that was signed"), "{found}");
        std::fs::write(&path, &before).unwrap();
    }
}

#[test]
fn a_file_more_or_less_is_found() {
    let mut made = made().cleared();
    made.publish().unwrap();
    if check(&made.out()).is_none() {
        return;
    }
    std::fs::write(made.out().join("extra.txt"), "x").unwrap();
    assert!(check(&made.out()).unwrap().1.contains("extra.txt: the manifest does not list it"));
    std::fs::remove_file(made.out().join("extra.txt")).unwrap();
    std::fs::remove_file(made.out().join("data/codebook.csv")).unwrap();
    assert!(check(&made.out()).unwrap().1.contains("data/codebook.csv: it is missing"));
    std::fs::remove_file(made.out().join("proofs/release.json")).unwrap();
    assert!(check(&made.out()).unwrap().1.contains("proofs/release.json: it is missing"));
}
