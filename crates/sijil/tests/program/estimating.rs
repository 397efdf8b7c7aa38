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
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(with("1", "5"), with("3", "5"));
    assert_ne!(with("1", "5"), with("1", "6"));
}

#[test]
fn a_table_that_cannot_carry_a_number_is_refused() {
    let two = "a,b,count\n1,0,30\n0,1,20\n1,1,10\n";
    let found = estimates(two, &["--json"]).ends(1);
    assert_eq!(found.err, "");
    let found = found.json();
    assert_eq!((&found["status"], &found["headline"]), (&"refused".into(), &Value::Null));
    assert_eq!(codes(&found["reasons"]), ["too_few_lists"]);

    let sparse = "a,b,c,count\n1,0,0,300\n0,1,0,200\n0,0,1,100\n1,1,0,9\n1,0,1,8\n0,1,1,7\n";
    let found = estimates(sparse, &["--method", "dga"]).ends(1).json();
    assert!(codes(&found["reasons"]).contains(&"too_sparse"), "{found}");

    let unestimable = "a,b,c,count\n1,0,0,27\n0,1,0,37\n0,0,1,19\n1,1,0,4\n1,0,1,30\n";
    let found = estimates(unestimable, &[]).ends(1).json();
    assert!(codes(&found["reasons"]).contains(&"no_mle"), "{found}");
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
