//! A sealed register: no plaintext of a planted name lies in its folder after any command.

use sijil_model::fold::fold;

use crate::support::{Home, files_of, sha256};

const NAME: &str = "Nadim Raed al-Qassar";
const NAME_AR: &str = "نديم رائد القصار";
const REPORT: &str =
    "The baker Nadim Raed al-Qassar was killed in an air strike on Port Amal on 5 March 2031.\n";
const REPORT_AR: &str =
    "قُتل نديم رائد القصار في غارة جوية استهدفت سوقا في ميناء الأمل يوم 5 آذار/مارس 2031.\n";

/// Fails the test if the name, or any part of it, can be read in any file or file name.
#[track_caller]
fn holds_no_plaintext(home: &Home, after: &str) {
    for (path, bytes) in files_of(&home.register) {
        let shown = path.display();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("SQLite format"), "{shown} is a plain database after {after}");
        for needle in [NAME, "al-Qassar", NAME_AR, "القصار", "Port Amal", "ميناء"] {
            let wide: Vec<u8> = needle.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(
                !text.contains(needle) && !shown.to_string().contains(needle),
                "{needle} is in {shown} after {after}"
            );
            assert!(
                !bytes.windows(wide.len()).any(|window| window == wide),
                "{needle} is in {shown} as UTF-16 after {after}"
            );
        }
        assert!(!fold(&text).contains(&fold(NAME)), "{shown} after {after}");
        for report in [REPORT, REPORT_AR] {
            assert!(
                !shown.to_string().replace('/', "").contains(&sha256(report)),
                "{shown} tells which document it is, after {after}"
            );
        }
    }
}

#[test]
fn no_plaintext_lies_in_the_folder_after_any_command() {
    let mut home = Home::empty();
    home.passphrase = Some("seven plain words that nobody else knows");
    home.begin(&["--sealed"]);
    holds_no_plaintext(&home, "init");
    let english = home.file("Nadim Raed al-Qassar.txt", REPORT);
    let arabic = home.file("نديم رائد القصار.txt", REPORT_AR);
    home.add([&english, &arabic]).ends(0);
    holds_no_plaintext(&home, "add");
    let figure = home.count(&[]);
    assert_eq!(figure["incidents"], 2, "{figure}");
    let person = person(&home);
    let commands: [&[&str]; 9] = [
        &["count", "--by", "month", "--save", "all"],
        &["show", &person],
        &["decide", &person, "age", "34", "--why", "his brother said so"],
        &["log"],
        &["verify"],
        &["verify", "--deep"],
        &["rebuild"],
        &["lock"],
        &["unlock"],
    ];
    for command in commands {
        home.run(command).ends(0);
        holds_no_plaintext(&home, &command.join(" "));
    }
    assert_eq!(home.count(&[])["min"], figure["min"]);
    let file = home.path("backup.zip").display().to_string();
    home.run(["backup", &file]).ends(0);
    assert!(!String::from_utf8_lossy(&std::fs::read(&file).unwrap()).contains("al-Qassar"));
}

fn person(home: &Home) -> String {
    let passphrase = home.passphrase.map(sijil_archive::Passphrase::new);
    let register = sijil_register::Register::open(&home.register, passphrase.as_ref()).unwrap();
    register.view().people_named(&fold(NAME)).unwrap().first().expect("the report names him").id.clone()
}

#[test]
fn without_the_passphrase_nothing_opens() {
    let mut home = Home::empty();
    home.passphrase = Some("right");
    home.begin(&["--sealed"]);
    let report = home.file("a.txt", REPORT);
    home.add([&report]).ends(0);
    home.passphrase = Some("wrong");
    for command in [&["count"][..], &["log"], &["show", "entry:1"], &["rebuild"]] {
        home.run(command).ends(1).says(&["passphrase"]);
    }
    home.run(["verify"]).ends(1);
    home.passphrase = None;
    let ran = home.run(["count"]).ends(2).says(&["SIJIL_PASSPHRASE"]);
    assert!(!ran.err.contains("right"));
    holds_no_plaintext(&home, "wrong passphrases");
    home.passphrase = Some("right");
    assert_eq!(home.count(&[])["incidents"], 1);
    home.verifies();
}

#[test]
fn lock_is_for_sealed_registers() {
    let home = Home::new();
    home.run(["lock"]).ends(1).says(&["not sealed", "--sealed"]);
}
