//! Planted secrets are in no byte of a release, in whatever form; and the search finds them when they are put there.

use std::path::Path;

use base64::Engine as _;
use sha2::{Digest, Sha256};
use sijil_model::fold::fold;

use crate::made::{
    ARABIC, Made, NOTE, REPORTER, REPORTER_AR, SECOND, WITHHELD, WORDS, account, clock, files, made,
};

/// Ways to write a secret into a file.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    let wide = |bytes: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let percent: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let percent_spaces = secret.replace(' ', "%20");
    let plus = secret.replace(' ', "+");
    let decimal: String = secret.chars().map(|letter| format!("&#{};", letter as u32)).collect();
    let hexadecimal: String = secret.chars().map(|letter| format!("&#x{:x};", letter as u32)).collect();
    let json: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let digest = Sha256::digest(secret);
    let base64 = base64::prelude::BASE64_STANDARD;
    let texts = [
        secret.to_owned(),
        secret.to_lowercase(),
        secret.to_uppercase(),
        percent.clone(),
        percent.to_lowercase(),
        percent_spaces,
        plus,
        secret.replace(' ', "_"),
        secret.replace(' ', "-").to_lowercase(),
        decimal,
        hexadecimal,
        json,
        hex::encode(digest),
        hex::encode_upper(digest),
        base64.encode(digest),
        base64.encode(secret),
        hex::encode(secret),
    ];
    let mut forms: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    forms.extend([wide(u16::to_le_bytes), wide(u16::to_be_bytes), digest.to_vec()]);
    forms
}

/// Arabic spellings: with and without tashkeel, tatweel, hamza.
fn spellings(name: &str) -> Vec<String> {
    let marked: String =
        name.chars().flat_map(|letter| [letter, '\u{064e}']).filter(|letter| *letter != ' ').collect();
    let stretched = name.replace('ي', "يـ").replace('ل', "لـ");
    vec![
        name.to_owned(),
        marked,
        stretched,
        name.replace('ا', "أ"),
        name.replace('أ', "ا"),
        name.replace('ي', "ى"),
        name.replace('ة', "ه"),
        fold(name),
    ]
}

/// Everything that must not be found.
fn secrets(made: &Made) -> Vec<String> {
    let mut secrets: Vec<String> = spellings(REPORTER_AR);
    secrets.extend(
        [
            "Ramli",
            "Ramlī",
            "الرملي",
            WORDS,
            "the roof fall on the children",
            NOTE,
            "smell of gas was everywhere",
        ]
        .map(str::to_owned),
    );
    secrets.push(REPORTER.to_owned());
    secrets.push("taim-ramli-note.txt".to_owned());
    secrets.extend(WITHHELD.map(str::to_owned));
    secrets.extend(WITHHELD.map(|name| name.rsplit(' ').next().unwrap().to_owned()));
    secrets.push(SECOND.trim().to_owned());
    let hidden = [&made.note, &made.second, &made.article];
    secrets.extend(hidden.map(String::clone));
    // Ids made of hidden documents: whoever guesses the document could compute them.
    secrets.extend([made.incident.clone(), made.other.clone()]);
    secrets.extend([made.incident[1..].to_owned(), made.other[1..].to_owned()]);
    for document in hidden {
        let claims = made.register.view().claims_of_document(document).unwrap();
        secrets.extend(claims.into_iter().map(|row| row.claim.id.to_string()));
    }
    secrets
}

/// The secrets that are found in a folder, with the files; spelling and markup are seen through.
fn found(folder: &Path, secrets: &[String]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, bytes) in files(folder) {
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let bare = fold(&without_tags(&text));
        for secret in secrets {
            let plain =
                forms(secret).iter().any(|form| contains(&bytes, form) || contains(name.as_bytes(), form));
            let folded = fold(secret);
            let spelt = folded.len() > 5 && bare.contains(&folded);
            // A hash may also be written in base64.
            let raw = hex::decode(secret).ok().filter(|raw| raw.len() >= 16);
            let coded = raw
                .is_some_and(|raw| contains(&bytes, base64::prelude::BASE64_STANDARD.encode(raw).as_bytes()));
            if plain || spelt || coded {
                found.push((name.clone(), secret.clone()));
            }
        }
    }
    found
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => out.push(letter),
            _ => {}
        }
    }
    out
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(hay, needle).is_some()
}

#[test]
fn no_planted_secret_is_in_any_byte() {
    let mut made = made().cleared();
    made.publish().unwrap();
    let secrets = secrets(&made);
    assert!(secrets.len() > 40);
    let leaked = found(&made.out(), &secrets);
    assert!(leaked.is_empty(), "{leaked:#?}");
    // What may be seen is seen: the search does not look into an empty folder.
    assert!(!found(&made.out(), &["Layla Tarif".to_owned(), made.arabic.clone()]).is_empty());
}

#[test]
fn the_search_finds_what_is_put_there() {
    let mut made = made().cleared();
    made.publish().unwrap();
    let secrets = secrets(&made);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("planted.html");
    for secret in [REPORTER, REPORTER_AR, "Ramli", WORDS, &made.note.clone()] {
        for (at, form) in forms(secret).into_iter().enumerate() {
            std::fs::write(&file, [b"before ".as_slice(), &form, b" after"].concat()).unwrap();
            assert!(!found(folder.path(), &secrets).is_empty(), "{secret} in form {at}");
        }
    }
    std::fs::write(&file, "<p>تَيْم <b>الـرّملي</b></p>").unwrap();
    assert!(!found(folder.path(), &secrets).is_empty());
    std::fs::write(&file, "<p>nothing here</p>").unwrap();
    assert!(found(folder.path(), &secrets).is_empty());
}

#[test]
fn a_name_in_a_title_that_somebody_typed_does_not_go_out() {
    let mut made = made().cleared();
    let event = sijil_register::Event::FigureDefined {
        figure: sijil_model::FigureId::new("killed-nahr").unwrap(),
        question: "{}".into(),
        title_en: "Killed, as Taim Ramli saw it".into(),
        title_ar: "القتلى كما رآهم تيم الرملي".into(),
    };
    made.write("recorder-a", event);
    made.clear(&["killed-nahr"]);
    made.sign("recorder-b", &["killed-nahr"]);
    made.publish().unwrap();
    let leaked = found(&made.out(), &secrets(&made));
    assert!(leaked.is_empty(), "{leaked:#?}");
}

#[test]
fn names_in_a_release_test_no_guess() {
    let (mut one, mut other) = (made().cleared(), made().cleared());
    one.publish().unwrap();
    other.publish().unwrap();
    // Two registers that hold the same give the same things other names: nothing but the secret tells which is which.
    let ids = |made: &Made| -> Vec<String> {
        let claims: serde_json::Value =
            serde_json::from_slice(&std::fs::read(made.out().join("data/claims.json")).unwrap()).unwrap();
        claims.as_array().unwrap().iter().map(|claim| claim["id"].as_str().unwrap().to_owned()).collect()
    };
    let (one, other) = (ids(&one), ids(&other));
    assert!(one.len() > 10 && one.iter().all(|id| !other.contains(id)));
}

#[test]
fn the_hash_of_a_document_goes_with_its_erasure() {
    let mut made = made().cleared();
    made.publish().unwrap();
    assert!(!found(&made.out(), std::slice::from_ref(&made.arabic)).is_empty());
    let erased = ARABIC.replace("ليلى طريف", "سسسس سسسس");
    let old: sijil_archive::Digest = made.arabic.parse().unwrap();
    let author = account("recorder-a");
    made.register
        .write(&author, &clock(), |writing| {
            let new = writing.keep(erased.as_bytes())?.parse().unwrap();
            let destruction = sijil_archive::Destruction { old, new: Some(new) };
            writing.batch().erase(&[], &[destruction], "the family asked", &account("recorder-a"))?;
            Ok(())
        })
        .unwrap();
    made.publish().unwrap();
    let leaked = found(&made.out(), &[made.arabic.clone(), ARABIC.trim().to_owned()]);
    assert!(leaked.is_empty(), "{leaked:#?}");
}
