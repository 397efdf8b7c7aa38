//! What a release holds: pages in both languages, data, tables, an entry in the log.

use crate::made::{ARABIC, files, made};

#[test]
fn a_release_opens_in_both_languages_and_is_recorded() {
    let mut made = made().cleared();
    let released = made.publish().unwrap();
    assert_eq!((released.figures.as_slice(), released.incidents), (["killed-nahr".to_owned()].as_slice(), 1));
    assert!(released.shown >= 8 && released.withheld >= 6, "{released:?}");
    let read =
        |name: &str| std::fs::read_to_string(made.out().join(name)).unwrap_or_else(|_| panic!("{name}"));
    for (language, direction, words) in [("en", "ltr", "Southern Coalition"), ("ar", "rtl", "قصر النهر")]
    {
        let index = read(&format!("index.{language}.html"));
        assert!(
            index.contains(&format!("dir=\"{direction}\""))
                && index.contains(&format!("killed-nahr.{language}.html")),
            "{index}"
        );
        let figure = read(&format!("figure/killed-nahr.{language}.html"));
        assert!(figure.contains("data-min=\"5\"") || figure.contains("data-number"), "{figure}");
        let _ = words;
        for page in ["about", "verify"] {
            assert!(read(&format!("{page}.{language}.html")).contains("<h1>"));
        }
    }
    assert!(read("figure/killed-nahr.en.html").contains("Four people were killed"));
    assert!(read("figure/killed-nahr.ar.html").contains("مقتل خمسة أشخاص"));
    let kinds: Vec<String> =
        made.register.view().entries(0, 3).unwrap().into_iter().map(|entry| entry.kind).collect();
    assert!(kinds.contains(&"release.made".to_owned()), "{kinds:?}");
}

/// The first release makes the secret of its ids on the way, which the log holds too.
#[test]
fn all_of_a_release_is_of_one_position() {
    let mut made = made().cleared();
    made.publish().unwrap();
    let json = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(made.out().join(name)).unwrap()).unwrap()
    };
    let manifest = json("manifest.json");
    let size = manifest["checkpoint"].as_str().unwrap().lines().nth(1).unwrap().to_owned();
    let figures = json("data/figures.json");
    let positions: Vec<String> =
        figures.as_array().unwrap().iter().map(|one| one["log_position"].to_string()).collect();
    assert!(!positions.is_empty() && positions.iter().all(|one| *one == size), "{size}: {positions:?}");
    let index = std::fs::read_to_string(made.out().join("index.en.html")).unwrap();
    assert_eq!(index.matches(&format!("<bdi>{size}</bdi> ")).count(), positions.len() + 1, "{index}");
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let mut made = made().cleared();
    made.publish().unwrap();
    let mut links = 0;
    for (path, bytes) in
        files(&made.out()).into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "html"))
    {
        let html = String::from_utf8(bytes).unwrap();
        assert!(
            !html.contains("<script") && !html.contains("http://") && !html.contains("https://"),
            "{}",
            path.display()
        );
        for part in html.split("href=\"").skip(1) {
            let href = part.split('"').next().unwrap().replace("&#x2f;", "/");
            let href = href.as_str();
            let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let there = std::fs::read_to_string(&target)
                .unwrap_or_else(|_| panic!("{} leads to {href}", path.display()));
            assert!(
                anchor.is_empty() || there.contains(&format!("id=\"{anchor}\"")),
                "{} leads to {href}",
                path.display()
            );
            links += 1;
        }
    }
    assert!(links > 60, "{links}");
}

#[test]
fn tables_open_in_arabic() {
    let mut made = made().cleared();
    made.publish().unwrap();
    for (name, words) in [
        ("figures.csv", "القتلى في النهر"),
        ("incidents.csv", "الصفصافة"),
        ("persons.csv", "Sami Tarif"),
        ("persons.csv", "ليلى طريف"),
        ("codebook.csv", "قتل"),
    ] {
        let bytes = std::fs::read(made.out().join("data").join(name)).unwrap();
        assert_eq!(&bytes[..3], b"\xef\xbb\xbf", "{name}");
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(words), "{name}: {text}");
    }
}

#[test]
fn a_document_of_which_every_word_is_public_carries_its_hash_and_its_opened_proof() {
    let mut made = made().cleared();
    made.publish().unwrap();
    let whole = std::fs::read_to_string(made.out().join(format!("document/{}.txt", made.arabic))).unwrap();
    assert_eq!(whole, ARABIC);
    let proof = std::fs::read_to_string(made.out().join(format!("proofs/{}.json", made.arabic))).unwrap();
    assert!(proof.contains("opening") && proof.contains(&made.arabic));
    // The article names protected people: its text goes out redacted, under another name, without its hash.
    assert!(!made.out().join(format!("document/{}.txt", made.article)).exists());
    let redacted =
        files(&made.out().join("document")).into_iter().map(|(_, bytes)| String::from_utf8(bytes).unwrap());
    let redacted = redacted.filter(|text| text.starts_with("Raid on Qasr Nahr")).collect::<Vec<_>>();
    assert!(
        redacted[0].contains("[withheld: ") && redacted[0].contains("Four people were killed"),
        "{redacted:?}"
    );
}

#[test]
fn times_are_no_finer_than_a_day_and_places_no_finer_than_their_precision() {
    let mut made = made().cleared();
    made.publish().unwrap();
    for name in ["data/incidents.json", "data/claims.json", "data/figures.json", "manifest.json"] {
        let text = std::fs::read_to_string(made.out().join(name)).unwrap();
        assert!(!text.contains("night") && !text.contains("T12:") && !text.contains("20.123"), "{name}");
    }
}
