//! `sijil estimate`: the contract of its JSON, what it refuses and why, and that bad input is named.

use serde_json::Value;

use crate::support::{Home, Ran};

/// Three lists that overlap well: 500 people, chances 0.5, 0.4 and 0.3, nobody's listing bearing on another's.
const BENIGN: &str = "a,b,c,count\n1,0,0,105\n0,1,0,70\n0,0,1,45\n1,1,0,70\n1,0,1,45\n0,1,1,30\n1,1,1,30\n";

fn estimates(text: &str, arguments: &[&str]) -> Ran {
    let home = Home::empty();
    let lists = home.file("lists.csv", text).into_os_string();
    home.run(["estimate".into(), lists].into_iter().chain(arguments.iter().map(Into::into)))
}

fn codes(of: &Value) -> Vec<&str> {
    of.as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

#[test]
fn lists_that_overlap_well_give_an_envelope() {
    let found = estimates(BENIGN, &[]).ends(0).says(&["never to be added to a count"]).json();
    assert_eq!((&found["observed"], &found["lists"]), (&395.into(), &3.into()));
    assert_eq!(found["status"], "estimated");
    let (low, high) =
        (found["headline"]["low"].as_f64().unwrap(), found["headline"]["high"].as_f64().unwrap());
    assert!(low < 500.0 && 500.0 < high, "{low} {high}");
    let methods = found["methods"].as_array().unwrap();
    let classes = methods.iter().find(|method| method["method"] == "lcmcr").unwrap();
    assert!(classes["diagnostics"]["rhat"].as_f64().unwrap() <= 1.01);
    assert_eq!(classes["diagnostics"]["chains"].as_array().unwrap().len(), 4);
    assert!(found["assumption"].as_str().unwrap().contains("linked"));
    assert_eq!(found["inputs"]["seed"], 1);
    for key in ["pairs", "highest_order", "between_methods"] {
        assert!(!found["sensitivity"][key].is_null(), "{key}");
    }
}

#[test]
fn the_same_seed_prints_the_same_with_any_number_of_threads() {
    let home = Home::empty();
    let lists = home.file("lists.csv", BENIGN);
    let with = |threads: &str, seed: &str| {
        let arguments = ["--method", "lcmcr", "--json", "--seed", seed];
        let mut command = home.command();
        command.arg("estimate").arg(&lists).args(arguments);
        let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        found["methods"].clone()
    };
    assert_eq!(with("1", "1"), with("3", "1"));
    assert_ne!(with("1", "1"), with("1", "2"));
}

#[test]
fn a_table_that_cannot_carry_a_number_is_refused() {
    let two = "a,b,count\n1,0,30\n0,1,20\n1,1,10\n";
    let found = estimates(two, &["--json"]).ends(1);
    assert_eq!(found.err, "");
    let found = found.json();
    assert_eq!((&found["status"], &found["headline"]), (&"refused".into(), &Value::Null));
    assert_eq!(codes(&found["reasons"]), ["too_few_lists"]);
    assert!(found["reasons"][0]["text_ar"].as_str().unwrap().contains("مستقلة"));

    let sparse = "a,b,c,count\n1,0,0,300\n0,1,0,200\n0,0,1,100\n1,1,0,9\n1,0,1,8\n0,1,1,7\n";
    let found = estimates(sparse, &["--method", "dga"]).ends(1).json();
    assert!(codes(&found["reasons"]).contains(&"too_sparse"), "{found}");

    let unestimable = "a,b,c,count\n1,0,0,27\n0,1,0,37\n0,0,1,19\n1,1,0,4\n1,0,1,30\n";
    let found = estimates(unestimable, &[]).ends(1).json();
    assert!(codes(&found["reasons"]).contains(&"no_mle"), "{found}");
}

/// Every kind of bad table is refused with its place, its cause and what to do, and nothing is estimated.
#[test]
fn bad_tables_are_named() {
    let wide: Vec<String> = (0..40).map(|list| format!("list{list}")).collect();
    let forty = format!("{},count\n{},5\n", wide.join(","), vec!["1"; 40].join(","));
    let tables: [(&str, &[&str]); 12] = [
        (
            "a,b,c,count\n1,0,0,-3\n",
            &["line 2, column count: “-3” is not a whole number of people, 0 or more"],
        ),
        ("a,b,c,count\n1,0,0,2.5\n", &["line 2, column count: “2.5”", "write how many people"]),
        ("a,b,c,count\n1,0,0,\n", &["line 2, column count: it is empty", "write 0"]),
        ("a,b,c,count\n1,0,0,3\n1,1,0,2\n1,0,0,4\n", &["line 4: the same history stands in an earlier line"]),
        ("a,b,c,count\n1,0,1,3\n0,0,0,9\n", &["line 3: it is on none of the lists", "what is estimated"]),
        ("a,b,c,count\n1,0,1,3\n1,0,0,9\n", &["list b: it holds nobody", "leave its column out"]),
        ("a,b,c,count\n1,0,yes,3\n", &["line 2, column c: “yes” is neither 0 nor 1"]),
        ("a,b,c,count\n1,0,2,3\n", &["line 2, column c: “2” is neither 0 nor 1"]),
        ("a,b,c,count\n1,0,3\n", &["line 2: it has 3 values, and the header 4"]),
        ("a,b,c,count\n1,0,1,2000000000000\n", &["2000000000000 people are more than 1000000000000"]),
        ("", &["no column is a list"]),
        (&forty, &["40 lists, and at most 32 can be estimated from"]),
    ];
    for (text, words) in tables {
        let found = estimates(text, &["--json"]).ends(1);
        assert_eq!(found.out, "", "{text}");
        found.says(words).says(&["lists.csv"]);
    }
    // Three people are a table, and a refusal with its reasons in the JSON.
    let three = estimates("a,b,c,count\n1,0,0,1\n0,1,0,1\n0,0,1,1\n", &["--sweeps", "2000"]).ends(1).json();
    assert_eq!(codes(&three["reasons"])[..2], ["too_sparse", "too_sparse"]);
}

#[test]
fn settings_that_cannot_be_are_named_before_anything_is_run() {
    for (arguments, words) in [
        (["--linking-recall", "1.5"], "linking-recall is 1.5; write a number above 0 and at most 1"),
        (["--delta", "0"], "delta is 0; write a number above 0"),
        (["--xi=-1", "--seed=1"], "xi"),
        (["--sweeps", "10"], "sweeps is 10; write 1000 to 100000000"),
        (["--classes", "1"], "classes is 1; write 2 to 64"),
        (["--chains", "2"], "chains"),
    ] {
        let found = estimates(BENIGN, &arguments).ends(2).says(&[words]);
        assert_eq!(found.out, "", "{arguments:?}");
    }
}

#[test]
fn files_whose_results_would_be_one_are_refused_before_work() {
    let home = Home::empty();
    let (one, other) = (home.file("north/lists.csv", BENIGN), home.file("south/lists.csv", BENIGN));
    let kept = home.path("kept");
    let arguments =
        ["estimate".as_ref(), one.as_os_str(), other.as_os_str(), "--out".as_ref(), kept.as_os_str()];
    let found = home.run(arguments).ends(2).says(&["would both be called lists"]);
    assert_eq!((found.out.as_str(), kept.exists()), ("", false));
}

/// Thousands of people on twelve lists, so that chains are still at work when they are stopped.
#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_keeps_its_chains_and_no_result() {
    let home = Home::empty();
    let listed = |person: u64, list: u64| {
        let often = if (list + person).is_multiple_of(5) { 52 } else { 12 };
        u64::from(((person * 2_654_435_761) >> (list * 2 + 3)) % 100 < often)
    };
    let row =
        |person: u64| (0..12).map(|list| listed(person, list).to_string()).collect::<Vec<_>>().join(",");
    let rows: Vec<String> = (0..4000).map(row).filter(|row| row.contains('1')).collect();
    let lists = home.file("lists.csv", format!("a,b,c,d,e,f,g,h,i,j,k,l\n{}\n", rows.join("\n")));
    let kept = home.path("kept");
    let mut command = home.command();
    command.arg("estimate").arg(&lists).args(["--method", "lcmcr", "--sweeps", "100000000"]);
    let mut running = command
        .arg("--out")
        .arg(&kept)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let unfinished = kept.join("unfinished");
    while !unfinished.exists() {
        assert_eq!(running.try_wait().unwrap(), None, "it ended by itself");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let id = running.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = running.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("what chains have done is kept") && !said.contains("kept in"), "{said}");
    let found: Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert!(codes(&found["reasons"]).contains(&"stopped"), "{found}");
    let names = std::fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["unfinished"]);
    assert_eq!(std::fs::read_dir(&unfinished).unwrap().count(), 1);
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_next() {
    let home = Home::empty();
    let bad = home.file("bad.csv", "a,b,c,count\n1,0,0,-3\n");
    let good = home.file("good.csv", BENIGN);
    let files = [bad, home.path("nowhere.csv"), good].map(std::path::PathBuf::into_os_string);
    let arguments = ["estimate", "--method", "loglinear"].map(std::ffi::OsString::from);
    let found = home.run(arguments.into_iter().chain(files)).ends(1);
    assert_eq!(found.lines().len(), 1);
    found.says(&["bad.csv: line 2, column count: “-3” is not a whole number", "nowhere.csv"]);
}

#[test]
fn strata_stand_beside_the_whole_and_their_sum_is_compared() {
    let rows = |stratum: &str, factor: u32| {
        BENIGN
            .lines()
            .skip(1)
            .map(|line| {
                let (history, count) = line.rsplit_once(',').unwrap();
                format!("{history},{stratum},{}\n", count.parse::<u32>().unwrap() * factor)
            })
            .collect::<String>()
    };
    let text = format!("a,b,c,where,count\n{}{}", rows("north", 1), rows("south", 2));
    let found = estimates(&text, &["--strata", "where", "--method", "loglinear"]).ends(0).json();
    let strata = &found["sensitivity"]["strata"];
    assert_eq!(strata["rows"][1]["stratum"], "south");
    let sum = strata["sum"]["median"].as_f64().unwrap();
    assert!((sum / found["headline"]["median"].as_f64().unwrap() - 1.0).abs() < 0.02, "{sum}");
    assert!(!codes(&found["warnings"]).contains(&"strata_differ"));
    estimates(&text, &["--strata", "there"]).ends(1).says(&["column there: it is not there"]);
}

#[test]
fn a_folder_keeps_the_draws_and_a_report_in_both_languages() {
    let home = Home::empty();
    let named = BENIGN.replace("a,b,c,count", "<b>a,b|b,c,count");
    let lists = home.file("lists.csv", named);
    let kept = home.path("kept");
    let mut command = home.command();
    command.arg("estimate").arg(&lists).arg("--out").arg(&kept);
    assert!(command.output().unwrap().status.success());
    let read = |name: &str| std::fs::read_to_string(kept.join(name)).unwrap();
    let json: Value = serde_json::from_str(&read("lists.json")).unwrap();
    let draws = read("lists.draws.csv");
    let mut chains: Vec<f64> = draws
        .lines()
        .filter(|line| line.starts_with("lcmcr,"))
        .map(|line| line.rsplit_once(',').unwrap().1.parse().unwrap())
        .collect();
    chains.sort_by(f64::total_cmp);
    let classes =
        json["methods"].as_array().unwrap().iter().find(|found| found["method"] == "lcmcr").unwrap();
    let middle = chains[chains.len() / 2];
    assert!(
        (middle - classes["median"].as_f64().unwrap()).abs() <= 1.0,
        "the archive gives the figure again"
    );
    let arabic = read("lists.ar.html");
    assert!(arabic.contains("dir=\"rtl\"") && arabic.contains("<svg") && arabic.contains("لا يُجمع أبدًا"));
    let english = read("lists.en.html");
    // Intervals, how likely each number is, who is on which lists, overlaps, ξ, and chains.
    for (page, words) in [
        (&english, ["How likely each number", "and no other</h2>", "a mark where each method"]),
        (&arabic, ["مدى ترجيح", "دون غيرها</h2>", "وعلامة حيث تضع"]),
    ] {
        assert_eq!(page.matches("<svg").count(), 6);
        assert!(words.iter().all(|words| page.contains(words)), "{words:?}");
    }
    let overlaps = classes["diagnostics"]["overlaps"].as_array().unwrap();
    assert_eq!((overlaps.len(), &overlaps[0]["seen"]), (4, &100.into()));
    assert!((overlaps[0]["expected"].as_f64().unwrap() - 100.0).abs() < 10.0, "{overlaps:?}");
    assert!(
        english.contains("never added to a count")
            && english.contains("&lt;b&gt;a")
            && !english.contains("<b>")
    );
    assert!(read("lists.en.md").contains("b\\|b") && read("lists.ar.md").contains("| الطريقة |"));
}

#[test]
fn answers_to_who_is_who_are_pooled() {
    let draw = |number: u32, both: u32| {
        format!(
            "{number},1,0,0,{}\n{number},0,1,0,90\n{number},0,0,1,80\n{number},1,1,0,{both}\n{number},1,0,1,30\n{number},0,1,1,25\n{number},1,1,1,12\n",
            130 - both
        )
    };
    let text = format!("draw,a,b,c,count\n{}{}{}", draw(1, 20), draw(2, 20), draw(3, 60));
    let found = estimates(&text, &["--method", "loglinear"]).json();
    assert_eq!((&found["inputs"]["draws"], &found["inputs"]["different_tables"]), (&3.into(), &2.into()));
    assert_eq!(found["sensitivity"]["linkage"]["tables"], 2);
    assert!(codes(&found["warnings"]).contains(&"linkage_decides"), "{}", found["sensitivity"]["linkage"]);
}

/// A list of those of 300 people, each with a name of their own, whom it has.
fn list_of(has: impl Fn(usize) -> bool) -> String {
    let given = ["Adan", "Bero", "Celim", "Daro", "Emin", "Faro", "Galen", "Hasen", "Ilan", "Jaro"];
    let father = ["Tarvo", "Menkil", "Osder", "Pallin", "Quorre", "Restan"];
    let family = ["Abran", "Belkan", "Corvan", "Deshin", "Ervan"];
    let row = |at: usize| {
        let (one, two, three) = (given[at % 10], father[at / 10 % 6], family[at / 60]);
        format!("{one} {two} {three},2031-{:02}-0{}\n", 3 + at % 3, 1 + at % 9)
    };
    format!("name,date\n{}", (0..300).filter(|at| has(*at)).map(row).collect::<String>())
}

#[test]
fn a_register_estimates_from_its_own_lists() {
    let home = Home::new();
    let lists = [
        ("hospital", list_of(|at| at % 2 == 0)),
        ("court", list_of(|at| at / 2 % 5 < 2)),
        ("families", list_of(|at| at / 10 % 3 == 0)),
    ];
    for (source, text) in lists {
        home.run(["source", source, "--kind", "list_of_dead", "--name-en", source]).ends(0);
        let path = home.file(&format!("{source}.csv"), text);
        home.run(["add".as_ref(), path.as_os_str(), "--source".as_ref(), source.as_ref()]).ends(0);
    }
    let asked = ["estimate", "hospital", "court", "families", "--method", "dga"];
    let found = home.run(asked).ends(0).json();
    assert_eq!((&found["observed"], &found["lists"]), (&240.into(), &3.into()));
    let ends = [&found["headline"]["low"], &found["headline"]["high"]].map(|end| end.as_f64().unwrap());
    assert!(ends[0] < 300.0 && 300.0 < ends[1], "{ends:?}");
    let warned = ["independence_unknown", "identifiable_people", "linking_recall_unknown"];
    assert_eq!(codes(&found["warnings"])[..3], warned);
    assert_eq!(found["inputs"]["found"]["records_without_name"], 0);

    let april = home.run(asked.into_iter().chain(["--period", "2031-04", "--linking-recall", "0.9"])).json();
    assert_eq!(april["inputs"]["found"]["people"], 80);
    assert!(april["sensitivity"]["linking_recall"]["observed"].as_u64().unwrap() < 80);

    for source in ["court", "families"] {
        home.run(["source", source, "--independence", "together"]).ends(0);
    }
    let derived = home.run(asked).ends(1).says(&["of one group (together)"]).json();
    assert_eq!(codes(&derived["reasons"]), ["derived_list"]);
    assert_eq!(derived["headline"], Value::Null);
    home.run(["source", "families", "--derived-from", "hospital"]).ends(0);
    let repeated = home.run(asked).ends(1).says(&["families repeats hospital"]).json();
    assert_eq!(codes(&repeated["reasons"]), ["derived_list", "derived_list"]);

    home.run(asked.into_iter().chain(["--strata", "place"]))
        .ends(2)
        .says(&["--strata names a column of a file"]);
    home.run(["estimate", "hospital", "nobody"]).ends(1).says(&["`nobody` is no file here"]);
}

#[test]
fn a_list_of_other_months_is_not_of_the_same_people() {
    let home = Home::new();
    let lists = [
        ("one", list_of(|at| at % 3 != 1)),
        ("two", list_of(|at| at / 2 % 5 < 2)),
        ("three", list_of(|at| at / 10 % 3 == 0)),
    ];
    for (name, text) in lists {
        let path = home.file(&format!("{name}.csv"), text);
        home.add([path]);
    }
    let found = home.run(["estimate", "one", "two", "three", "--method", "chao"]).ends(1);
    let found = found.says(&["one has nobody of 2031-04"]).json();
    assert_eq!(codes(&found["reasons"]), ["scope_mismatch"]);
}
