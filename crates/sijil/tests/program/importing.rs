//! `sijil import`: spreadsheets of each shape become claims and decisions; a real one counts as its own cells add up.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Home, sijil};

const INCIDENTS: &str = "code,date,date_end,place_en,governorate_en,lat,lon,geo_accuracy,belligerent,strike_type,infrastructure,grading,civ_killed_min,civ_killed_max,children_killed_min,children_killed_max,civ_injured_min,civ_injured_max,mil_killed_min,mil_killed_max,link
M1,2031-10-05,,Qasr al-Nahr,Nahr,,,town,Northern Front,Airstrike,Market,Fair,4,8,3,3,10,,,,x
M2,2031-10-30,2031-11-02,Port Amal,Sahel,,,city,\"Coral Guard, Northern Front, Moon People\",Artillery,,Weak,2,2,,,,,1,3,
M3,2031-11-20,,Nowhere at all,,,,,Northern Front,Sorcery,,Discounted,9,9,,,,,,,
M4,soon,,Port Amal,Sahel,35.1,95.0,,,,,Fair,some,6,,,,,5,4,
M1,2031-10-06,,Port Amal,Sahel,,,,,,,Fair,1,1,,,,,,,
";

const PEOPLE: &str = "code,victim_no,name_ar,name_latin,sex,age_group,age,status
M2,1,سليم كريم الزهر,,male,adult,40,killed
M2,2,لينا كريم الزهر,,female,child,7,killed
M2,3,رامي سعيد الورد,,male,adult,30,killed
M2,4,نور سعيد الورد,,female,adult,30,killed
M2,5,هدى سعيد الورد,,female,adult,25,killed
M2,6,مازن سعيد الورد,,male,adult,28,killed
M9,1,عامر وليد النبع,,male,adult,28,killed
M2,7,,,male,adult,,killed
";

fn imported(home: &Home, files: &[&Path], code: i32) -> Vec<Value> {
    let files = files.iter().map(|file| file.as_os_str().to_owned());
    home.run(["import".into(), "--json".into()].into_iter().chain(files)).ends(code).lines()
}

#[test]
fn a_spreadsheet_becomes_a_register_and_every_bad_cell_is_told() {
    let home = Home::new();
    let sheet = home.file("incidents.csv", INCIDENTS);
    home.run(["import".as_ref(), "--strict".as_ref(), sheet.as_os_str()])
        .ends(1)
        .says(&["nothing was imported"]);
    assert_eq!(home.count(&[])["incidents"], 0);

    let told = &imported(&home, &[&sheet], 1)[0];
    assert_eq!(
        (&told["shape"], &told["incidents"], &told["grades"]),
        (&json!("airwars"), &json!(4), &json!(4))
    );
    let refused: Vec<(u64, &str)> = told["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["row"].as_u64().unwrap(), one["column"].as_str().unwrap()))
        .collect();
    assert_eq!(refused, [(4, "date"), (4, "civ_killed_min"), (4, "mil_killed_min"), (5, "code")]);
    let words: Vec<&str> =
        told["without_code"].as_array().unwrap().iter().map(|one| one["word"].as_str().unwrap()).collect();
    assert_eq!(words, ["Moon People", "Sorcery"]);
    assert_eq!(told["not_carried"], json!([{ "column": "link", "cells": 1 }]));

    let civilians = home.count(&["--status", "civilian"]);
    assert_eq!(
        (&civilians["min"], &civilians["max"], &civilians["incidents"]),
        (&json!(7), &json!(16), &json!(3))
    );
    assert_eq!(civilians["excluded"].as_array().unwrap().len(), 1, "the discounted one is listed");
    let everyone = home.count(&["--by", "governorate"]);
    assert_eq!((&everyone["min"], &everyone["max"]), (&json!(8), &json!(19)));
    let row = |place: &str| {
        everyone["rows"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["key"]["governorate"].as_str().is_some_and(|key| key.contains(place)))
            .unwrap()
            .clone()
    };
    assert_eq!((&row("nahr")["min"], &row("sahel")["min"]), (&json!(4), &json!(4)));
    assert_eq!(
        home.count(&["--period", "2031-10"])["possibly_inside"]["min"],
        4,
        "a range of days and a date that cannot be read"
    );
    assert_eq!(home.count(&["--grading", "fair+"])["incidents"], 2);
    assert_eq!(home.count(&["--actor", "northern_front"])["incidents"], 2);
    assert_eq!(home.count(&["--harm", "injured"])["max"], "open", "a least without a most");

    // A file that is known is no news: what was refused of it was told once.
    let again = &imported(&home, &[&sheet], 0)[0];
    assert_eq!((&again["known"], &again["refused"]), (&json!(true), &json!([])));
    home.run(["import".as_ref(), sheet.as_os_str()]).ends(0).says(&["known already; nothing was changed"]);
    assert_eq!(home.count(&["--status", "civilian"])["records"], civilians["records"]);
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
    home.verifies();
}

#[test]
fn the_walk_goes_down_to_the_cell_and_a_decision_names_its_row() {
    let home = Home::new();
    imported(&home, &[&home.file("incidents.csv", INCIDENTS)], 1);
    let figure = home.count(&["--status", "civilian", "--grading", "fair+", "--period", "2031-10-05"]);
    let record = &figure["records"][0];
    let claim = record["claims"][0].as_str().unwrap();
    home.run(["show", claim]).ends(0).says(&["row 1, column 13 “4”"]);
    home.run(["show", record["id"].as_str().unwrap()])
        .ends(0)
        .says(&["fair", "so coded in row 1 of incidents.csv"]);
}

#[test]
fn people_join_the_incident_of_their_code_and_more_dead_than_the_most_are_found() {
    let home = Home::new();
    let (incidents, people) = (home.file("incidents.csv", INCIDENTS), home.file("people.csv", PEOPLE));
    let told = imported(&home, &[&people, &incidents], 1);
    assert_eq!((&told[0]["people"], &told[0]["codes_without_incident"]), (&json!(7), &json!(1)));
    assert_eq!(told[0]["unnamed"], json!([8]), "counted by their incident, and no one to tell apart");
    let figure = home.count(&[]);
    let records = figure["records"].as_array().unwrap();
    let raised: Vec<&Value> =
        records.iter().filter(|record| record["contradiction"]["kind"] == "named_above_reports").collect();
    assert_eq!(raised.len(), 1, "{figure}");
    assert_eq!((&raised[0]["min"], &raised[0]["contradiction"]["reports"]), (&json!(6), &json!(5)));
    let breaches = home.run(["check"]).lines();
    let beyond: Vec<&Value> = breaches.iter().filter(|breach| breach["invariant"] == 3).collect();
    assert!(beyond.iter().any(|breach| breach["records"][0] == raised[0]["id"]), "{breaches:?}");
}

#[test]
fn ucdp_and_acled_sheets_are_told_by_their_columns_or_by_name() {
    let home = Home::new();
    let ucdp = home.file("ged.csv", "id,date_start,date_end,where_coordinates,adm_1,where_prec,type_of_violence,side_a,side_b,best,low,high,deaths_a,deaths_b,deaths_civilians\n7,2031-10-01,2031-10-03,Port Amal,Sahel,1,1,Northern Front,Coral Guard,10,9,12,2,3,5\n");
    let acled = home.file("acled.csv", "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,admin1,location,fatalities\nXM1,05 October 2031,1,Explosions/Remote violence,Air/drone strike,Northern Front,Civilians (Marjan),Nahr,Qasr al-Nahr,4\n");
    let told = imported(&home, &[&ucdp, &acled], 0);
    assert_eq!((&told[0]["shape"], &told[1]["shape"]), (&json!("ucdp"), &json!("acled")));
    assert_eq!(told[0]["not_carried"], json!([{ "column": "best", "cells": 1 }]));
    let figure = home.count(&[]);
    assert_eq!((&figure["min"], &figure["max"]), (&json!(13), &json!(16)));
    assert_eq!(home.count(&["--status", "combatant"])["min"], 5);
    assert_eq!(home.count(&["--actor", "northern_front"])["incidents"], 2);
    home.run(["import", "--as", "airwars", acled.to_str().unwrap()])
        .ends(1)
        .says(&["airwars", "event_id_cnty"]);
    home.run(["import", "--as", "excel", acled.to_str().unwrap()])
        .ends(2)
        .says(&["no account `excel`", "airwars, ucdp, acled or codebook"]);
    let text = home.file("report.txt", "Nine people were killed in Port Amal.");
    home.run(["import", text.to_str().unwrap()]).ends(1).says(&["not one spreadsheet"]);
}

/// What a release writes can be imported: the same sums, nothing concluded twice.
#[test]
fn a_release_s_table_of_incidents_comes_back() {
    let home = Home::empty();
    sijil([std::ffi::OsStr::new("demo"), home.register.as_os_str(), "--no-serve".as_ref()]).ends(0);
    let site = home.path("site");
    home.run(["publish".as_ref(), site.as_os_str()]).ends(0);
    let table = site.join("data/incidents.csv");
    let other = Home::new();
    let told = imported(&other, &[&table], 0);
    let mut reader = csv::Reader::from_path(&table).unwrap();
    let headers = reader.headers().unwrap().clone();
    let at =
        |name: &str| headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let killed = rows.iter().filter(|row| {
        &row[at("harm")] == "killed"
            && &row[at("class")] == "total"
            && row[at("status")].is_empty()
            && &row[at("grading")] != "discounted"
    });
    let least: u64 = killed.filter_map(|row| row[at("min")].parse::<u64>().ok()).sum();
    let incidents: BTreeSet<&str> = rows.iter().map(|row| &row[at("incident")]).collect();
    assert_eq!(told[0]["incidents"], incidents.len());
    assert!(least > 0);
    assert_eq!(other.count(&[])["min"], least);
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let path =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/airwars-syria")).join(name);
    let file = std::fs::File::open(path).ok()?;
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(file), &mut bytes).ok()?;
    Some(bytes)
}

/// Least and most of the records whose number is known, incidents, those without a number, and open ends.
fn sums<'a>(figure: &'a Value, counted: impl Fn(&'a str) -> bool) -> Value {
    let mut sums = [0u64; 5];
    for record in figure["records"].as_array().unwrap() {
        if counted(record["id"].as_str().unwrap()) {
            sums[0] += record["min"].as_u64().unwrap_or(0);
            sums[1] += record["max"].as_u64().unwrap_or(0);
            sums[2] += 1;
            sums[3] += u64::from(record["min"].is_null());
            sums[4] += u64::from(record["max"] == "open");
        }
    }
    json!(sums)
}

/// The rows of a breakdown: each row's own least, and its records' sums.
fn rows(figure: &Value, by: &str) -> BTreeMap<String, Value> {
    let of_row = |row: &Value| {
        let ids: BTreeSet<&str> =
            row["records"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let sums = sums(figure, |id| ids.contains(id));
        let least = row["min"].as_u64().unwrap_or(0) + row["possibly_inside"]["min"].as_u64().unwrap_or(0);
        assert_eq!(sums[0], least, "a row's least is its records'");
        (row["key"][by].as_str().unwrap_or("none").to_owned(), sums)
    };
    figure["rows"].as_array().unwrap().iter().map(of_row).collect()
}

#[test]
fn a_real_spreadsheet_counts_as_an_independent_recount_does() {
    let (Some(incidents), Some(victims)) = (shared("incidents.csv.gz"), shared("victims.csv.gz")) else {
        println!(
            "skipped: the shared data are not here, so no real spreadsheet was imported and counted again"
        );
        return;
    };
    let home = Home::empty();
    sijil(["init", home.register.to_str().unwrap(), "--country", "SY"]).ends(0);
    let (incidents, victims) = (home.file("incidents.csv", incidents), home.file("victims.csv", victims));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/program/importing/recount.py");
    let recount = Command::new("python3").arg(script).arg(&incidents).arg(&victims).output().unwrap();
    assert!(recount.status.success(), "{}", String::from_utf8_lossy(&recount.stderr));
    let recount: Value = serde_json::from_slice(&recount.stdout).unwrap();

    imported(&home, &[&incidents], 1);
    let all = home.count(&["--status", "civilian", "--by", "grading"]);
    assert_eq!(sums(&all, |_| true), recount["all"]["all"]);
    assert_eq!(json!(rows(&all, "grading")), recount["grading"]);
    let years = recount["year"].as_object().unwrap();
    let whole_years = years.iter().filter(|(year, _)| year.parse::<u16>().is_ok());
    for (year, expected) in whole_years {
        let figure = home.count(&["--status", "civilian", "--undated", "exclude", "--period", year]);
        assert_eq!(sums(&figure, |_| true), *expected, "{year}");
    }

    // By governorate where the sheet gives one by its own name: what "eastern X" or "X or Y" means is for a person to say.
    let gazetteer = sijil_place::Gazetteer::built_in();
    let name = |id: &str| {
        gazetteer
            .place(&sijil_model::PlaceId::new(id).unwrap())
            .and_then(|place| place.name_ar)
            .unwrap_or_default()
    };
    let named = governorates();
    let sheet = csv::Reader::from_path(&incidents)
        .unwrap()
        .deserialize()
        .map(Result::unwrap)
        .collect::<Vec<BTreeMap<String, String>>>();
    let said: BTreeMap<&str, &str> =
        sheet.iter().map(|row| (row["code"].as_str(), row["governorate_ar"].as_str())).collect();
    let codes_of_incidents = codes(&home);
    let is_said = |id: &str| named.contains(said[codes_of_incidents[id].as_str()]);
    let by_place = home.count(&["--status", "civilian", "--by", "governorate"]);
    let mut counted = BTreeMap::new();
    for row in by_place["rows"].as_array().unwrap() {
        let ids: BTreeSet<&str> = row["records"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .filter(|id| is_said(id))
            .collect();
        if !ids.is_empty() {
            counted.insert(
                name(row["key"]["governorate"].as_str().unwrap()),
                sums(&by_place, |id| ids.contains(id)),
            );
        }
    }
    let mut expected = recount["governorate"].as_object().unwrap().clone();
    expected.retain(|name, _| named.contains(name));
    assert_eq!(json!(counted), Value::Object(expected));

    // The people listed are a floor: who lists more dead than its own most is told (codebook §16.3).
    imported(&home, &[&incidents, &victims], 0);
    let codes = codes(&home);
    let breaches = home.run(["check"]).lines();
    let beyond = breaches.iter().filter(|breach| {
        breach["invariant"] == 3 && breach["explain"].as_str().unwrap().starts_with("killed total")
    });
    let beyond: BTreeSet<&str> =
        beyond.map(|breach| codes[breach["records"][0].as_str().unwrap()].as_str()).collect();
    let expected: BTreeSet<&str> =
        recount["above"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!(beyond, expected);
    println!("{} incidents list more dead than their own most", beyond.len());
}

/// The codes of a spreadsheet's incidents, by their record.
fn codes(home: &Home) -> BTreeMap<String, String> {
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let view = register.view();
    let rows = view.document_ids().unwrap().into_iter().flat_map(|id| view.claims_of_document(&id).unwrap());
    let founding = rows.filter(|row| row.claim.content.kind() == "incident");
    founding
        .map(|row| (format!("i{}", &row.claim.id.as_str()[1..]), row.claim.spans[0].quote.clone()))
        .collect()
}

/// The names in Arabic of the governorates of Syria.
fn governorates() -> BTreeSet<String> {
    let table = include_str!("../../../place/data/governorates.csv");
    let names =
        table.lines().filter_map(|line| line.strip_prefix("SY,")).filter_map(|line| line.split(',').nth(2));
    names.map(str::to_owned).collect()
}

/// A register of one sheet, and what was told of it.
fn one_sheet(code: i32, sheet: &str) -> (Home, Vec<Value>) {
    let home = Home::new();
    let file = home.file("sheet.csv", sheet);
    let told = imported(&home, &[&file], code);
    (home, told)
}

#[test]
fn a_fate_that_is_not_read_is_nobodys_death() {
    let (home, told) = one_sheet(
        0,
        "code,name_ar,name_latin,age,status\nM1,,Karim Zahr,40,survived\nM1,,Rami Ward,old,killed\n",
    );
    assert_eq!(home.count(&[])["named"]["median"], 1);
    let words: Vec<&str> =
        told[0]["without_code"].as_array().unwrap().iter().map(|of| of["word"].as_str().unwrap()).collect();
    assert_eq!(words, ["old", "survived"]);
}

#[test]
fn a_sheet_that_says_confirmed_is_no_acceptance_and_a_number_kept_back_is_none() {
    let sheet = "code,date,place_en,belligerent,grading,civ_killed_min,civ_killed_max\n\
        C1,2031-10-05,Port Amal,Marjan government,Confirmed,5,5\nC2,2031-10-06,Port Amal,,Weak,withheld,\n";
    let (home, told) = one_sheet(0, sheet);
    assert_eq!(told[0]["incidents"], 2);
    let checked = home.run(["check"]);
    assert!(checked.out.contains("graded confirmed: no claim says"), "{}", checked.out);
}

#[test]
fn an_incident_that_has_a_name_is_no_person() {
    let sheet =
        "code,name,date,place_en,killed_min,killed_max\nC1,Bakery strike,2031-10-05,Port Amal,40,50\n";
    let (home, _) = one_sheet(0, sheet);
    let figure = home.count(&[]);
    assert_eq!((figure["min"].as_u64(), figure["max"].as_u64()), (Some(40), Some(50)));
}

#[test]
fn numbers_that_cannot_be_are_refused_and_unknown_sides_stay_open() {
    let head = "code,date,place_en,killed_min,killed_max\n";
    let (home, told) = one_sheet(
        1,
        &format!(
            "{head}C1,2031-10-05,Port Amal,18446744073709551615,\nC2,2031-10-06,Port Amal,\"3,5\",\nC3,2031-10-07,Port Amal,2,2\n"
        ),
    );
    assert_eq!(told[0]["refused"].as_array().unwrap().len(), 2);
    assert_eq!(home.count(&[])["min"], 2);
    let (_, told) = one_sheet(
        1,
        "date,place_en,harm,class,status,min,max\n2031-10-05,Port Amal,killed,total,,3,3\n2031-10-05,Port Amal,killed,children,,1,1\n",
    );
    assert_eq!((told[0]["incidents"].as_u64(), told[0]["refused"].as_array().unwrap().len()), (Some(0), 2));
    let ucdp = "id,date_start,where_coordinates,country,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n1,2031-10-05,Port Amal,Marjan,2,,,,,,\n";
    let (home, _) = one_sheet(0, ucdp);
    let fighters = home.count(&["--status", "combatant"]);
    assert_eq!((fighters["min"].as_u64(), fighters["max"].as_str()), (Some(2), Some("open")));
}

#[test]
fn days_of_a_sheet_are_read_in_the_order_of_their_column() {
    let home = Home::new();
    let head = "code,date,place_en,civ_killed_min,civ_killed_max\n";
    let american = format!(
        "{head}M1,03/04/2031,Port Amal,1,1\nM2,12/31/2030,Port Amal,2,2\nM3,04/13/2031,Port Amal,4,4\n"
    );
    let american = home.file("american.csv", &american);
    assert_eq!(imported(&home, &[&american], 0)[0]["assumed"], json!([]));
    home.run(["count", "--period", "2031-03-04"]).ends(0).says(&["2031-03-04: 1"]);
    let unsaid = home.file("unsaid.csv", format!("{head}N1,05/06/2031,Port Amal,8,8\n"));
    home.run(["import".as_ref(), unsaid.as_os_str()]).ends(0).says(&[
        "unsaid.csv, row 1, date: no row of the column tells whether the day or the month comes first",
    ]);
    home.run(["count", "--period", "2031-06-05"]).ends(0).says(&["2031-06-05: 8"]);
}
