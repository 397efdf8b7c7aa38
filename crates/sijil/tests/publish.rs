//! `sijil publish` on the built-in example: what it refuses, what it writes, and that others can check it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may stop where something that it needs is missing, and says what it skipped"
)]

mod support;

use std::path::Path;
use std::process::Command;

use support::{Home, files_of};

fn example() -> Home {
    let home = Home::empty();
    support::sijil([std::ffi::OsStr::new("demo"), home.register.as_os_str(), "--no-serve".as_ref()]).ends(0);
    home
}

/// Runs the release's own script, where there is a Python that can.
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
    Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The records that are told to lack something, of one kind.
fn lacking(told: &str, kind: &str) -> Vec<String> {
    let begins = format!("  {kind} ");
    told.lines().filter_map(|line| line.strip_prefix(&begins)).map(str::to_owned).collect()
}

#[test]
fn nothing_cleared_is_nothing_written() {
    let home = Home::new();
    let site = home.path("site").display().to_string();
    home.run(["publish", &site]).ends(1).says(&[
        "nothing can be published yet",
        "no figure is saved",
        "--save NAME",
    ]);
    home.run(["count", "--save", "killed"]).ends(0);
    let told = home.run(["publish", &site]).ends(1);
    assert!(
        told.err.contains("figure killed\n    it is not cleared; next: sijil clear killed"),
        "{}",
        told.err
    );
    assert!(!home.path("site").exists());
    std::fs::create_dir(home.path("site")).unwrap();
    std::fs::write(home.path("site/thesis.txt"), "mine").unwrap();
    home.run(["publish", &site]).ends(2).says(&["is no release"]);
}

#[test]
fn the_example_goes_out_as_far_as_it_is_cleared_and_then_wholly() {
    let home = example();
    let site = home.path("site");
    let out = site.display().to_string();
    let told = home.run(["publish", &out]).ends(0).says(&["release.made", "claims withheld"]);
    assert!(
        !lacking(&told.err, "incident").is_empty() && !lacking(&told.err, "document").is_empty(),
        "{}",
        told.err
    );
    home.run(["verify", &out]).ends(0).says(&["fingerprint"]);
    if let Some((passes, said)) = check(&site) {
        assert!(passes, "{said}");
    }
    // What is told to lack something gets it, until nothing does.
    for _ in 0..3 {
        let told = home.run(["publish", &out]).ends(0).err;
        let records: Vec<String> =
            ["incident", "document"].iter().flat_map(|kind| lacking(&told, kind)).collect();
        for incident in lacking(&told, "incident") {
            if told.contains(&format!("sijil decide {incident} grading")) {
                home.run([
                    "--as",
                    "recorder-a",
                    "decide",
                    &incident,
                    "grading",
                    "weak",
                    "--why",
                    "one source",
                ])
                .ends(0);
            }
        }
        if !records.is_empty() {
            home.run(["--as", "recorder-a", "clear"].into_iter().chain(records.iter().map(String::as_str)))
                .ends(0);
            home.run(["--as", "recorder-b", "sign"].into_iter().chain(records.iter().map(String::as_str)))
                .ends(0);
        }
    }
    home.run(["publish", &out]).ends(0);
    if let Some((passes, said)) = check(&site) {
        assert!(passes && said.contains("records counted again"), "{said}");
    }
    no_protected_name_is_in(&home, &site);
    std::fs::write(site.join("data/figures.csv"), "figure,min\nkilled,1\n").unwrap();
    home.run(["verify", &out]).ends(1).says(&["data/figures.csv: it is not the file that was signed"]);
}

/// Names of protected speakers and of people who may be alive, as the register itself knows them.
fn no_protected_name_is_in(home: &Home, site: &Path) {
    use sijil_model::fold::fold;
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let view = register.view();
    let mut secret: Vec<String> = Vec::new();
    for row in view.claims_of_kind("source", view.position().unwrap()).unwrap() {
        if let sijil_model::Content::Source(said) = row.claim.content
            && said.release_level != sijil_model::codebook::ReleaseLevel::Public
        {
            secret.extend(said.name);
        }
    }
    let people = view.people().unwrap();
    let dead: Vec<String> = people
        .iter()
        .filter(|row| row.fate.as_deref() == Some("killed"))
        .filter_map(|row| row.name.as_deref().map(fold))
        .collect();
    let living =
        people.iter().filter(|row| row.fate.as_deref() != Some("killed")).filter_map(|row| row.name.clone());
    secret.extend(living.filter(|name| name.contains(' ') && !dead.contains(&fold(name))));
    assert!(secret.len() >= 2, "{secret:?}");
    let mut looked_into = 0;
    for (path, bytes) in files_of(site) {
        let text = format!(" {} ", fold(&String::from_utf8_lossy(&bytes)));
        looked_into += 1;
        for name in &secret {
            assert!(
                !text.contains(&format!(" {} ", fold(name))),
                "{} names somebody protected",
                path.display()
            );
        }
    }
    assert!(looked_into > 50);
}

/// Somebody who clears and decides, and somebody who signs.
fn accounts(home: &Home) {
    home.run(["account", "salma"]).ends(0);
    home.run(["account", "karim", "--roles", "reviewer"]).ends(0);
}

/// Clears records as one person and signs them as another.
fn clear(home: &Home, records: &[&str]) {
    home.run(["--as", "salma", "clear"].iter().chain(records)).ends(0);
    home.run(["--as", "karim", "sign"].iter().chain(records)).ends(0);
}

/// Grades the first incident, saves the figure `killed`, and clears and signs both; the incident.
fn clear_the_killed(home: &Home) -> String {
    let incident = home.count(&[])["records"][0]["id"].as_str().unwrap().to_owned();
    home.run(["--as", "salma", "decide", &incident, "grading", "weak", "--why", "one source"]).ends(0);
    home.run(["count", "--save", "killed"]).ends(0);
    clear(home, &[&incident, "killed"]);
    incident
}

#[test]
fn a_father_s_name_within_his_daughter_s_is_no_leak() {
    let home = Home::new();
    accounts(&home);
    let text = "قُتل نديم عبد الرزاق القصار ولمى نديم القصار في غارة لطيران التحالف الجنوبي على ميناء الأمل يوم 5 آذار/مارس 2031.\n";
    let list = "الاسم,العمر,تاريخ الوفاة,مكان الوفاة\nنديم القصار,41,2031-08-20,قصر النهر\n";
    home.add([home.file("report.txt", text), home.file("dead.csv", list)]).ends(0);
    clear_the_killed(&home);
    let site = home.path("site");
    home.run(["publish", &site.display().to_string()]).ends(0);
    let incidents = std::fs::read_to_string(site.join("data/incidents.json")).unwrap();
    assert!(incidents.contains("لمى نديم القصار"), "{incidents}");
    // A father who is named by himself and not cleared is no part of her name.
    let list = files_of(&site).into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(list.into_iter().all(|file| !file.replace("لمى نديم القصار", "").contains("نديم القصار")));
}

#[test]
fn combatants_are_called_so_wherever_they_are_counted() {
    let home = Home::new();
    accounts(&home);
    let text = "Clashes in Port Amal on 5 March 2031 killed four fighters of the Southern Coalition and two civilians, medics said.\n";
    home.add([home.file("report.txt", text)]).ends(0);
    home.run(["count", "--status", "combatant", "--save", "combatants"]).ends(0);
    clear(&home, &["combatants"]);
    let site = home.path("site");
    home.run(["publish", &site.display().to_string()]).ends(0);
    for (language, right, wrong) in
        [("en", "Combatants killed", "Civilians killed"), ("ar", "القتلى المقاتلون", "القتلى المدنيون")]
    {
        let page = std::fs::read_to_string(site.join(format!("index.{language}.html"))).unwrap();
        assert!(page.contains(right) && !page.contains(wrong), "{page}");
    }
}

/// Everything that a release holds, as text.
fn whole(site: &Path) -> String {
    files_of(site).into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// Describes a source by its English name, at a level of protection.
fn describe(home: &Home, source: &str, kind: &str, name: &str, level: &str) {
    home.run(["source", source, "--kind", kind, "--name-en", name, "--level", level]).ends(0);
}

/// Everything in a release of the figure `killed` over one report of five killed, which is cleared as well.
fn release_of(home: &Home, text: &str, source: &str) -> String {
    let file = home.file("report.txt", text);
    let added = home.run(["add", &file.display().to_string(), "--source", source, "--json"]).ends(0).json();
    clear_the_killed(home);
    clear(home, &[added["document"].as_str().unwrap()]);
    let site = home.path("site");
    home.run(["publish", &site.display().to_string()]).ends(0);
    whole(&site)
}

/// Whoever speaks in a document that is withheld is withheld with the words, also where nobody protects them.
#[test]
fn a_speaker_is_told_no_further_than_the_words() {
    let home = Home::new();
    accounts(&home);
    describe(&home, "clinic", "medical_record", "Ward", "3");
    let text =
        "Shelling killed five people in Umm Kahraman on 5 March 2031, the Jabal Rescue Council said.\n";
    let told = release_of(&home, text, "clinic");
    assert!(!told.contains("Rescue Council") && told.contains("protected"), "the speaker is named");
}

/// A protected source whose name a public text shortens is not named as its speaker, though the text's own words go out.
#[test]
fn a_protected_source_is_kept_back_under_a_shorter_name() {
    let home = Home::new();
    accounts(&home);
    describe(&home, "herald", "local_media", "Herald", "0");
    describe(&home, "clinic", "medical_record", "Umm Kahraman Field Hospital", "3");
    let text =
        "Shelling killed five people in Umm Kahraman on 5 March 2031, the Kahraman Field Hospital said.\n";
    let told = release_of(&home, text, "herald");
    assert!(told.contains("Shelling killed five people"), "the words go out");
    let page = std::fs::read_to_string(home.path("site/figure/killed.en.html")).unwrap();
    assert!(
        page.contains("Speaker: <span class=\"withheld\" data-withheld=\"protected_witness\">"),
        "{page}"
    );
}

/// Whom one document has killed and another wounded goes out only as somebody decided, and without what only the protected
/// list knows.
#[test]
fn whom_a_list_has_wounded_is_not_published_as_killed_before_somebody_decides() {
    let home = Home::new();
    accounts(&home);
    describe(&home, "herald", "local_media", "Herald", "0");
    describe(&home, "ward", "medical_record", "Ward", "3");
    let text = "An air raid on Port Amal killed Adnan Shahin and Omar Bitar on 3 March 2031.\n";
    let list = "name,age,date,place,status\nAdnan Shahin,50,2031-03-03,Port Amal,wounded\n";
    for (name, words, source) in [("report.txt", text, "herald"), ("ward.csv", list, "ward")] {
        let file = home.file(name, words);
        home.run(["add", &file.display().to_string(), "--source", source]).ends(0);
    }
    home.run(["link"]).ends(0);
    let incident = clear_the_killed(&home);
    let site = home.path("site");
    let out = site.display().to_string();
    let told = home.run(["publish", &out]).ends(0).err;
    assert!(told.contains("is told to be killed, and in another document to be injured"), "{told}");
    assert!(!whole(&site).contains("Shahin"));
    let next = told.lines().find_map(|line| line.split("sijil decide ").nth(1)).unwrap();
    let person = next.split(' ').next().unwrap().to_owned();
    home.run(["--as", "salma", "decide", &person, "fate", "killed", "--why", "the family says so"]).ends(0);
    clear(&home, &[&incident]);
    home.run(["publish", &out]).ends(0);
    let people = std::fs::read_to_string(site.join("data/persons.csv")).unwrap();
    assert!(people.contains("Adnan Shahin") && !people.contains(",50,"), "{people}");
}
