//! `sijil check` on registers and releases: the invariants of the codebook, with their numbers and records.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Home, sijil};

fn demo() -> Home {
    let home = Home::empty();
    sijil([std::ffi::OsStr::new("demo"), home.register.as_os_str(), "--no-serve".as_ref()]).ends(0);
    home
}

fn invariants(findings: &[Value], severity: &str) -> BTreeSet<u64> {
    findings
        .iter()
        .filter(|finding| finding["severity"] == severity)
        .map(|finding| finding["invariant"].as_u64().unwrap())
        .collect()
}

#[test]
fn a_register_is_held_against_the_codebook() {
    let home = demo();
    let ran = home.run(["check"]).ends(1);
    let findings = ran.lines();
    let errors = invariants(&findings, "error");
    // Days in years to come. Nobody is listed beyond the count, every claim reads again, no incident is counted twice, no
    // repost is a second source, and the grade that no claim carries names the words that do.
    assert_eq!(errors, BTreeSet::from([7]));
    for finding in &findings {
        assert!(!finding["records"].as_array().unwrap().is_empty(), "{finding}");
        assert!(finding["explain"].as_str().unwrap().len() > 10, "{finding}");
    }
    let named = sijil(["check".as_ref(), home.register.as_os_str()]).ends(1);
    assert_eq!(named.out, ran.out);
}

#[test]
fn a_slip_in_a_table_of_a_release_is_found() {
    let home = demo();
    let site = home.path("site");
    home.run(["publish".as_ref(), site.as_os_str()]).ends(0);
    let figures = std::fs::read_to_string(site.join("data/figures.csv")).unwrap();
    assert!(figures.contains(",xm-nahr / 2031-09,Nahr / 2031-09,النهر / 2031-09,"), "{figures}");
    let as_made = sijil(["check".as_ref(), site.as_os_str()]).ends(0);
    assert_eq!(invariants(&as_made.lines(), "error"), BTreeSet::new());
    let codebook = site.join("data/codebook.csv");
    let text = std::fs::read_to_string(&codebook).unwrap();
    let without =
        text.lines().filter(|line| !line.starts_with("harm,killed,")).collect::<Vec<_>>().join("\r\n");
    assert_ne!(without.len(), text.trim_end().len());
    std::fs::write(&codebook, without).unwrap();
    let found = sijil(["check".as_ref(), site.as_os_str()]).ends(1).lines();
    assert_eq!(invariants(&found, "error"), BTreeSet::from([18]));
    std::fs::remove_file(&codebook).unwrap();
    sijil(["check".as_ref(), site.as_os_str()]).ends(1).says(&["codebook.csv"]);
}

/// The figure of a text that does not stand, and how bad it is.
fn misquoted(findings: &[Value]) -> Vec<(&str, f64, f64)> {
    let figures = findings.iter().filter(|finding| finding["finding"] == "figure");
    figures
        .map(|finding| {
            let number = |field: &str| finding[field].as_f64().unwrap();
            (finding["severity"].as_str().unwrap(), number("stated"), number("computed"))
        })
        .collect()
}

#[test]
fn a_quoted_figure_is_held_against_the_register() {
    let home = demo();
    let counted = home.run(["count", "--period", "2031-09/2031-11", "--json"]).ends(0).json();
    let least = counted["min"].as_u64().unwrap();
    let text = format!(
        "At least 12 people were killed.\n\n\
         Between September and November 2031 at least {least} people were killed.\n\n\
         Between September and November 2031 at least {} people were killed.\n\n\
         وثقنا بين أيلول وتشرين الثاني 2031 مقتل {} شخصاً على الأقل.\n\n\
         In October 2031, 900 people were killed in Marjan.\n",
        least + 100,
        least - 1
    );
    let report = home.path("report.md");
    std::fs::write(&report, &text).unwrap();
    let against = |folder: &std::path::Path| {
        sijil(["check".as_ref(), report.as_os_str(), "--against".as_ref(), folder.as_os_str()])
    };
    let ran = against(&home.register).ends(1).says(&["4 figures held", "1 number of people left alone"]);
    let findings = ran.lines();
    let found = misquoted(&findings);
    let reported = |tally: &Value| tally["highest_reported"].as_u64().unwrap();
    let most = (reported(&counted) + reported(&counted["possibly_inside"])) as f64;
    let floor = least as f64;
    assert_eq!(found[..2], [("error", floor + 100.0, most), ("warning", floor - 1.0, floor)]);
    assert_eq!((found[2].0, found[2].1, found.len()), ("error", 900.0, 3));
    assert_eq!(findings[0]["question"]["period"], "2031-09/2031-11");
    let start = findings[0]["where"][0].as_u64().unwrap() as usize;
    let quote = findings[0]["quote"].as_str().unwrap();
    assert!(text.chars().skip(start).collect::<String>().starts_with(quote));
    assert!(quote.contains(&(least + 100).to_string()));
}

/// A sentence that states its own time is not asked about the day and place of the one before.
#[test]
fn a_sentence_with_a_time_of_its_own_takes_none_from_its_neighbour() {
    let home = demo();
    let counted = home.run(["count", "--period", "2031-10", "--json"]).ends(0).json();
    let least = counted["min"].as_u64().unwrap();
    let report = home.path("report.md");
    let texts = [
        format!(
            "On 3 May 2031 nine people were killed in Port Amal. In October 2031, at least {least} people were killed."
        ),
        format!(
            "قُتل تسعة أشخاص في ميناء الأمل يوم 3 أيار 2031. وفي تشرين الأول 2031 قُتل {least} شخصاً على الأقل."
        ),
    ];
    for text in texts {
        std::fs::write(&report, &text).unwrap();
        let ran =
            sijil(["check".as_ref(), report.as_os_str(), "--against".as_ref(), home.register.as_os_str()]);
        let stated: Vec<f64> = misquoted(&ran.ends(1).lines()).iter().map(|found| found.1).collect();
        assert_eq!(stated, [9.0], "{text}");
    }
}

#[test]
fn what_the_rules_in_force_do_not_count_is_left_alone() {
    let home = demo();
    home.run(["--as", "recorder-a", "rules", "acled"]).ends(0);
    let report = home.path("report.md");
    std::fs::write(&report, "In October 2031, 900 children were killed in Marjan.").unwrap();
    sijil(["check".as_ref(), report.as_os_str(), "--against".as_ref(), home.register.as_os_str()])
        .ends(0)
        .says(&["0 figures held", "1 number of people left alone", "1 read, 0 refused"]);
}

#[test]
fn a_day_without_a_year_is_of_the_only_year_of_its_text() {
    let home = demo();
    let report = home.path("report.md");
    let against = |text: &str| {
        std::fs::write(&report, text).unwrap();
        sijil(["check".as_ref(), report.as_os_str(), "--against".as_ref(), home.register.as_os_str()])
    };
    let text = "Between 3 and 12 October 900 people were killed in Marjan.\n";
    against(text).ends(0).says(&["0 figures held", "1 number of people left alone"]);
    let dated = against(&format!("{text}\nThis is what 2031 was like.\n")).ends(1).says(&["1 figure held"]);
    assert_eq!(dated.lines()[0]["question"]["period"], "2031-10-03/2031-10-12");
}

#[test]
fn a_quoted_figure_is_held_against_a_release() {
    let home = demo();
    let site = home.path("site");
    home.run(["publish".as_ref(), site.as_os_str()]).ends(0);
    let report = home.path("report.md");
    let text = "Between September and November 2031 at least 900 people were killed. In May 2030, 4 people were killed.\n\nIn September 2031, 90 people were killed in Jabal governorate.";
    std::fs::write(&report, text).unwrap();
    let against = |path: &std::path::Path| {
        sijil(["check".as_ref(), path.as_os_str(), "--against".as_ref(), site.as_os_str()])
    };
    let ran = against(&report).ends(1).says(&["2 figures held", "1 number of people left alone"]);
    let findings = ran.lines();
    let stated: Vec<f64> = misquoted(&findings).iter().map(|found| found.1).collect();
    assert_eq!(stated, [900.0, 90.0], "the release says what it calls Jabal");
    against(&home.register).ends(1).says(&["only texts quote figures"]);
    std::fs::remove_file(site.join("data/figures.json")).unwrap();
    against(&report).ends(1).says(&["figures.json"]);
}

/// A figure's own headline, as its page says it or in a sentence: rightly quoted it stands, wrongly it is an error, against the
/// register and against the site alike.
#[test]
fn a_headline_of_the_site_is_held_against_its_own_figure() {
    let home = demo();
    let site = home.path("site");
    home.run(["publish".as_ref(), site.as_os_str()]).ends(0);
    let report = home.path("report.md");
    let severities = |text: &str, against: &std::path::Path| -> Vec<String> {
        std::fs::write(&report, text).unwrap();
        let ran = sijil(["check".as_ref(), report.as_os_str(), "--against".as_ref(), against.as_os_str()]);
        ran.lines().iter().map(|found| found["severity"].as_str().unwrap().to_owned()).collect()
    };
    for (text, number, wrong) in [
        ("At least 61 people were killed in Marjan between September and November 2031.", "61", "91"),
        ("People killed in Marjan, September to November 2031: at least 61", "61", "91"),
        ("# People killed in Marjan, September to November 2031\n\nat least 61\n", "61", "91"),
        ("القتلى في مرجان، أيلول – تشرين الثاني 2031: 61 على الأقل", "61", "91"),
        (
            "Southern Coalition raids killed at least 23 people in Nahr in September and October 2031.",
            "23",
            "32",
        ),
    ] {
        for against in [&home.register, &site] {
            assert_eq!(severities(text, against), [""; 0], "{text} against {}", against.display());
            let slip = text.replace(number, wrong);
            assert_eq!(severities(&slip, against), ["error"], "{slip} against {}", against.display());
        }
    }
}
