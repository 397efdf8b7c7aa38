//! `sijil link` on files: what it explains, what it asks reviewers, what it does with their answers.

use std::path::Path;

use serde_json::Value;

use crate::support::{Home, Ran};

const HOSPITAL: &str = "name,age,date,key\nنديم رائد خليل القصار,31,2031-03-12,1\nسلوى كرم زياد المراد,9,2031-03-12,2\nهالة سمير نبيل الزين,52,2031-03-14,3\n";
const MINISTRY: &str = "name,age,date,key\nنديم رائد القصار,31,2031-03-12,1\nسلوى كرم زياد المراد,9,2031-03-12,2\nكرم زياد المراد,40,2031-03-12,4\n";

fn link(home: &Home, more: &[&str]) -> Ran {
    let lists = [home.file("hospital.csv", HOSPITAL), home.file("ministry.csv", MINISTRY)];
    let lists = lists.into_iter().map(std::path::PathBuf::into_os_string);
    home.run(std::iter::once("link".into()).chain(lists).chain(more.iter().map(Into::into)))
}

fn people(out: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(out.join("people.csv")).unwrap();
    text.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().to_owned()).collect()
}

#[test]
fn a_row_is_explained_with_its_weights_and_competitors() {
    let home = Home::empty();
    let found: Value = link(&home, &["--explain", "hospital:1"]).ends(0).json();
    let best = &found["candidates"][0];
    assert_eq!((&best["list"], &best["row"]), (&"ministry".into(), &1.into()), "{found}");
    assert_eq!(best["levels"]["given"]["level"], "same");
    let sum: f64 = best["classes"].as_object().unwrap().values().map(|chance| chance.as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 0.001, "{sum}");
    assert!(found["model"]["version"].is_string());
    link(&home, &["--explain", "morgue:1"])
        .ends(2)
        .says(&["no list is called “morgue”", "hospital, ministry"]);
    link(&home, &["--explain", "hospital:9"]).ends(2).says(&["has rows 1 to 3"]);
    link(&home, &["--explain", "hospital"]).ends(2).says(&["write LIST:ROW"]);
}

#[test]
fn truth_shows_what_blocking_proposes() {
    let home = Home::empty();
    let out = home.path("out");
    let out_argument = out.to_str().unwrap();
    let found: Value = link(&home, &["--truth", "key", "--out", out_argument]).ends(0).json();
    assert_eq!(found["truth"]["blocking"]["true_pairs"], 2, "{found}");
    assert_eq!(found["truth"]["blocking"]["proposed_by_no_rule"], 0);
    assert_eq!(found["blocking"][0]["true_pairs"], 2);
    assert_eq!(std::fs::read_to_string(out.join("uncovered.csv")).unwrap().lines().count(), 1);
}

#[test]
fn judgements_are_hard_and_contradictions_are_said() {
    let home = Home::empty();
    let out = home.path("out");
    let header = "left_list,left_row,right_list,right_row,judgement\n";
    // As in our own review.csv a reason stands in quotes, since it may hold commas.
    let apart = "left_list,left_row,right_list,right_row,why,judgement\n\
        hospital,1,ministry,1,\"same name, same day\",different\nhospital,3,ministry,3,,same\n";
    let apart = home.file("apart.csv", apart);
    link(&home, &["--judgements", apart.to_str().unwrap(), "--out", out.to_str().unwrap()]).ends(0);
    let people = people(&out);
    assert_ne!(people[0], people[3], "{people:?}");
    assert_eq!(people[2], people[5], "{people:?}");
    let circle = "hospital,1,ministry,1,same\nhospital,1,ministry,3,same\nministry,1,ministry,3,different\n";
    let circle = home.file("circle.csv", format!("{header}{circle}"));
    let ran = link(&home, &["--judgements", circle.to_str().unwrap()]).ends(0);
    let said = "judgements contradict each other about ministry row";
    assert_eq!(ran.says(&[said]).json()["contradictions"], 1);
}

#[test]
fn an_audit_that_was_filled_in_gives_precision_with_an_interval() {
    let home = Home::empty();
    let out = home.path("out");
    link(&home, &["--audit", "5", "--out", out.to_str().unwrap()]).ends(0);
    let audit = std::fs::read_to_string(out.join("audit.csv")).unwrap();
    assert!(audit.lines().filter(|line| line.contains(",,together,")).count() >= 1, "{audit}");
    let filled = home.file("filled.csv", audit.replace(",,together,", ",same,together,"));
    let found: Value = link(&home, &["--audited", filled.to_str().unwrap()]).ends(0).json();
    assert_eq!(found["audit"]["precision"]["estimate"], 1.0, "{found}");
    assert!(found["audit"]["precision"]["low"].as_f64().unwrap() < 1.0);
    let wrong = home.file("wrong.csv", audit.replace(",,together,", ",perhaps,together,"));
    link(&home, &["--audited", wrong.to_str().unwrap()]).ends(1).says(&["line 2", "“perhaps”"]);
    let row = audit.lines().nth(1).unwrap();
    let twice = home.file("twice.csv", format!("{audit}{row}\n"));
    link(&home, &["--audited", twice.to_str().unwrap()]).ends(1).says(&["this pair stands further up"]);
}

#[test]
fn reports_of_one_strike_are_grouped_and_the_evidence_is_written() {
    let home = Home::empty();
    let reports = [
        ("a", "طيران حربي يقصف سوق الخضار في بلدة جسر السنابل ومقتل ثلاثة مدنيين", "2031-03-12"),
        ("b", "مقتل ثلاثة مدنيين بقصف سوق الخضار في بلدة جسر السنابل", "2031-03-12"),
        ("c", "انفجار لغم في حقل قرب قرية عين الحور وإصابة راع", "2031-05-02"),
        ("d", "وصول قافلة إلى ميناء الأمل", "2031-06-20"),
    ];
    let lines: String = reports
        .iter()
        .map(|(id, text, published)| {
            format!("{}\n", serde_json::json!({ "id": id, "text": text, "published": published }))
        })
        .collect();
    let (file, out) = (home.file("reports.jsonl", lines), home.path("out"));
    let arguments =
        ["link", "--incidents", file.to_str().unwrap(), "--evidence", "--out", out.to_str().unwrap()];
    assert_eq!(home.run(arguments).ends(0).json()["incidents"], 3);
    let incidents = std::fs::read_to_string(out.join("incidents.csv")).unwrap();
    assert_eq!(incidents, "id,incident\na,s1\nb,s1\nc,s3\nd,s4\n");
    let evidence = std::fs::read_to_string(out.join("evidence.csv")).unwrap();
    let columns = |line: &str| line.split(',').count();
    assert!(evidence.starts_with("left,right,time,always,words,"), "{evidence}");
    let compared: Vec<&str> = evidence.lines().skip(1).collect();
    assert!(compared.iter().any(|line| line.starts_with("0,1,0,1,")), "{evidence}");
    assert!(evidence.lines().all(|line| columns(line) == columns(compared[0])));
    home.run(["link", "--incidents", file.to_str().unwrap(), "--evidence"]).ends(2);
}

#[test]
fn cells_that_say_nothing_are_told_and_people_without_a_name_stay_apart() {
    let home = Home::empty();
    let rows = "unknown,20,2031-10-05\nunknown,20,2031-10-05\nمجهول الهوية,20,2031-10-05\nAdam Salim,999,2031-10-05\nHuda Karim,-3,2031-13-45\nOmar Nadir,غير معروف,2099-01-01\n";
    let list = home.file("morgue.csv", format!("name,age,date\n{rows}"));
    let out = home.path("out");
    let ran = home.run(["link".into(), list.into_os_string(), "--out".into(), out.clone().into_os_string()]);
    ran.ends(0).says(&[
        "3 rows have no name: they are counted, each as a person, and linked with nobody (rows 1–3)",
        "2 rows have an age that is none of a person's: left out of comparisons; write years up to 130, or “8 months”, «٨ شهور» (rows 4–5)",
        "1 row has a date that is none: left out of comparisons; write 2031-05-17, 17/05/2031, 2031-05 or 2031 (row 5)",
        "rows have a date in the future",
    ]);
    assert_eq!(people(&out).into_iter().collect::<std::collections::BTreeSet<_>>().len(), 6);
    let bare = home.file("bare.csv", "Adam Salim,20,2031-10-05\nHuda Karim,21,2031-10-06\n");
    home.run(["link".into(), bare.into_os_string()])
        .ends(1)
        .says(&["has no header", "for example name,age,date"]);
}

#[test]
fn rows_that_are_all_alike_are_bounded_and_said() {
    let home = Home::empty();
    let list = home.file("alike.csv", format!("name,age\n{}", "Adam Salim Karim,20\n".repeat(20_000)));
    let ran = home.run(["link".into(), list.into_os_string()]).ends(0);
    ran.says(&["too many rows share it, even parted"]);
}

#[test]
fn a_father_in_a_column_of_his_own_is_of_the_name() {
    let home = Home::empty();
    for (number, header) in ["name,father,age,date", "الاسم,اسم الأب,العمر,تاريخ الوفاة"].iter().enumerate()
    {
        let first = format!(
            "{header}\nSalwa Murad,Karam,22,2031-03-12\nSalwa Murad,Ziad,22,2031-03-12\nنديم القصار,رائد,40,2031-03-12\nHala Sami Zein,Sami,52,2031-03-14\n"
        );
        let second = "full name,age,date\nSalwa Karam Murad,22,2031-03-12\nSalwa Ziad Murad,22,2031-03-12\nنديم رائد القصار,40,2031-03-12\nHala Sami Zein,52,2031-03-14\n";
        let named = |text: &str, list: &str| home.file(&format!("{list}{number}.csv"), text);
        for lists in [
            [named(&first, "first"), named(&first, "copy")],
            [named(&first, "first"), named(second, "whole")],
        ] {
            let out = home.path("out");
            let lists = lists.map(std::path::PathBuf::into_os_string);
            home.run(["link".into()].into_iter().chain(lists).chain(["--out".into(), out.clone().into()]))
                .ends(0);
            let people = people(&out);
            assert_eq!(people[..4], people[4..], "{header}");
            assert_eq!(people[..4].iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{header}");
        }
    }
}
