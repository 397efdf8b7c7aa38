//! Gazetteers as people use them: imported into a file, in force in a register, refused where they are damaged.

use crate::support::{EXAMPLE, Home, sijil};

/// The places of the example, imported into a file beside the register.
fn imported(home: &Home) -> String {
    let file = home.path("marjan.gaz").display().to_string();
    sijil(["place", "import", &format!("{EXAMPLE}/gazetteer.csv"), "--out", &file]).ends(0).says(&["places"]);
    file
}

#[test]
fn a_register_s_own_gazetteer_is_the_one_that_place_asks() {
    let home = Home::new();
    let by_table = home.run(["place", "حي الميناء في ميناء الأمل"]).ends(0);
    let file = imported(&home);
    home.run(["settings", "gazetteer", &file]).ends(0);
    let by_file = home.run(["place", "حي الميناء في ميناء الأمل"]).ends(0).says(&["xm-"]);
    assert_eq!(by_table.out, by_file.out);
    // Outside of it nobody knows Marjan, unless its file is named.
    let elsewhere = sijil(["place", "--country", "XM", "Port Amal"]).ends(0);
    assert!(!elsewhere.out.contains("xm-"), "{}", elsewhere.out);
    sijil(["place", "--country", "XM", "--gazetteer", &file, "Port Amal"]).ends(0).says(&["xm-port-amal"]);
    home.verifies();
}

/// What `extract` shows of a file is what `add` would read of it.
#[test]
fn a_file_is_read_with_the_register_s_places_and_parties() {
    let home = Home::new();
    let text = "The Coral Guard shelled Port Amal on 3 May 2031, killing two men.";
    let report = home.file("report.txt", text).display().to_string();
    let read = |ran: crate::support::Ran| {
        let document = ran.ends(0).json();
        let incident = &document["incidents"][0];
        (incident["places"][0]["place_id"].clone(), incident["attributions"][0]["actor"].clone())
    };
    let within = read(home.run(["extract", &report]));
    assert_eq!(within, ("xm-port-amal".into(), "coral_guard".into()));
    let outside = read(sijil(["extract", &report]));
    assert_ne!(outside, within, "outside of the register nobody knows Marjan");
}

#[test]
fn a_damaged_gazetteer_does_not_come_into_force() {
    let home = Home::new();
    let mut bytes = std::fs::read(imported(&home)).unwrap();
    // The third section of the header, the table of names.
    let names = u32::from_le_bytes(bytes[28..32].try_into().unwrap()) as usize;
    bytes[names + 32..names + 64].fill(0xff);
    let damaged = home.file("damaged.gaz", bytes).display().to_string();
    let before = home.run(["settings"]).ends(0).out;
    home.run(["settings", "gazetteer", &damaged]).ends(1).says(&["gazetteer"]);
    let foreign = home.file("letter.txt", "Nothing here is a place.\n").display().to_string();
    home.run(["settings", "gazetteer", &foreign]).ends(1).says(&["letter.txt", "holds no places"]);
    assert_eq!(home.run(["settings"]).ends(0).out, before);
}

#[test]
fn bad_rows_are_told_and_the_rest_is_imported() {
    let home = Home::empty();
    let table = "place_id,name_en,name_ar,kind,parent,lat,lon\n\
        xm:a,Tell Ward,تل الورد,village,,12.1,50.4\n\
        xm:b,Turned,,village,,120.1,12.4\n\
        xm:c,,,village,,12.1,50.4\n";
    let table = home.file("own.csv", table).display().to_string();
    let (out, report) = (home.path("own.gaz"), home.path("report.csv"));
    let (out, report) = (out.display().to_string(), report.display().to_string());
    let ran = sijil(["place", "import", &table, "--out", &out, "--report", &report]).ends(1);
    ran.says(&["row 2", "swapped", "row 3", "neither name_en nor name_ar", "1 place", "2 rows refused"]);
    let report = std::fs::read_to_string(report).unwrap();
    assert_eq!(report.lines().filter(|line| line.starts_with("left out")).count(), 2, "{report}");
    let known = sijil(["place", "info", &out]).ends(0).json();
    assert_eq!(known["places"], 1);
}

#[test]
fn a_parent_that_no_file_holds_is_told_by_row() {
    let home = Home::empty();
    let table = "place_id,name_en,kind,parent,lat,lon\n\
        xm:a,Tell Ward,village,xm:jabal,12.1,50.4\n\
        xm:b,Ayn Ward,village,xm:jabla,12.2,50.5\n\
        xm:jabal,Jabal,governorate,,12.0,50.0\n";
    let table = home.file("own.csv", table).display().to_string();
    let (out, report) = (home.path("own.gaz"), home.path("report.csv"));
    let (out, report) = (out.display().to_string(), report.display().to_string());
    let ran = sijil(["place", "import", &table, "--out", &out, "--report", &report]).ends(0);
    ran.says(&["1 row: no file here holds the parent", "own.csv row 2", "3 places"]);
    assert!(std::fs::read_to_string(report).unwrap().contains("xm:b in xm:jabla"));
}

#[test]
fn files_without_places_are_told_by_name() {
    let home = Home::empty();
    let out = home.path("own.gaz").display().to_string();
    let cut = home.file("cut.geojson", r#"{"type":"FeatureCollection","features":[{"#).display().to_string();
    let letter = home.file("letter.txt", "Nothing here is a place.\n").display().to_string();
    let ran = sijil(["place", "import", &cut, &letter, "--out", &out]).ends(1);
    ran.says(&[
        "cut.geojson: its JSON breaks off",
        "letter.txt: holds no places",
        "no places were found in 2 files",
    ]);
    assert!(!std::path::Path::new(&out).exists());
}

#[test]
fn a_place_confirmed_once_holds_for_every_report_of_the_same_words() {
    let home = Home::new();
    let report = |n: usize, day: usize| {
        let text =
            format!("Three people were killed in an air strike on Ghadir village on {day} March 2031.\n");
        home.file(&format!("{n}.txt"), text)
    };
    home.add([report(1, 3), report(2, 17)]).ends(0);
    let in_district = || home.count(&["--place", "Ras Yaqut district"])["min"].as_u64().unwrap();
    assert_eq!(in_district(), 0);
    let incident = home.count(&[])["records"][0]["id"].as_str().unwrap().to_owned();
    home.run(["decide", &incident, "place", "Birkat Zajal", "--why", "the map of the municipality"]).ends(0);
    // The other report's village is the same one, and so is that of a report that comes later.
    assert_eq!(in_district(), 6);
    home.add([report(3, 29)]).ends(0);
    assert_eq!(in_district(), 9);
    // Elsewhere the same name is another village.
    let text =
        "Four people were killed in an air strike on Ghadir village in Jabal governorate on 2 May 2031.\n";
    home.add([home.file("4.txt", text)]).ends(0);
    assert_eq!(in_district(), 9);
    home.verifies();
}

#[test]
fn contradictions_about_places_are_told_by_the_check() {
    let home = Home::new();
    let text = "Three people were killed in an air strike on Birkat Zajal village in the eastern countryside of Jabal governorate on 3 March 2031.\n";
    home.add([home.file("1.txt", text)]).ends(0);
    let ran = home.run(["check", home.register.to_str().unwrap()]);
    assert!(ran.out.contains("outside"), "{}", ran.out);
}

#[test]
fn a_question_about_a_name_of_two_places_says_both() {
    let home = Home::new();
    let table = "place_id,name_en,name_ar,kind,parent,lat,lon\n\
        xm:n,Upper Vale,الوادي الأعلى,governorate,,12.5,50.4\n\
        xm:s,Lower Vale,الوادي الأسفل,governorate,,10.1,50.4\n\
        xm:a,Tell Ward,تل الورد,village,xm:n,12.4,50.4\n\
        xm:b,Tell Ward,تل الورد,village,xm:s,10.2,50.5\n";
    let (table, file) = (home.file("own.csv", table), home.path("own.gaz"));
    let (table, file) = (table.display().to_string(), file.display().to_string());
    sijil(["place", "import", &table, "--out", &file]).ends(0);
    home.run(["settings", "gazetteer", &file]).ends(0);
    for name in ["Tell Ward", "تل الورد"] {
        let ran = home.run(["count", "--place", name]).ends(1);
        ran.says(&["is 2 places", "Upper Vale (xm:a)", "Lower Vale (xm:b)", "write the id"]);
    }
    home.run(["count", "--place", "xm:b"]).ends(0).says(&["Lower Vale (xm:b)"]);
}

/// A misspelt place of the register's country is not answered from a country of which the register tells nothing.
#[test]
fn a_place_of_another_country_is_asked_back_unless_an_incident_is_there() {
    let home = Home::new();
    let asked = home.run(["count", "--place", "Atlantis"]).ends(1);
    asked.says(&["the place `Atlantis` is not found in XM", "of which no incident of the register tells"]);
}
