//! Erasing a person: gone from every byte, still counted, every proof stands, and the log says so.

use std::io::Read;
use std::path::{Path, PathBuf};

use sijil_model::fold::fold;

use crate::support::reports::docx_of;
use crate::support::{Home, files_of, sha256};

/// What is written of a person, in several spellings, and of somebody beside them who stays.
struct Told {
    names: &'static [&'static str],
    stays: &'static str,
    text: &'static str,
    html: &'static str,
    line: &'static str,
    list: &'static str,
}

const ENGLISH: Told = Told {
    names: &["Nadim Raed al-Qassar", "NADIM RAED AL-QASSAR", "Nadim Raed Al Qassar"],
    stays: "Huda Salim al-Lulu",
    text: "The baker Nadim Raed al-Qassar was killed in an air strike on a market in Port Amal on 5 March 2031.\n\
           NADIM RAED AL-QASSAR was buried on the same evening, his brother said.\n",
    html: "<html><head><title>Nadim Raed al-Qassar</title></head><body><article><h1>Port Amal</h1>\
           <p>The teacher Huda Salim al-Lulu was killed in an air strike on Port Amal on 5 March 2031.</p>\
           <p>Beside her lay the baker Nadim Raed al-Qassar.</p></article></body></html>",
    line: "The baker Nadim Raed Al Qassar was killed in an air strike on Port Amal on 5 March 2031.",
    list: "name,age,sex,date,place\nNadim Raed al-Qassar,34,m,2031-03-05,Port Amal\nHuda Salim al-Lulu,29,f,2031-03-05,Port Amal\n",
};

const ARABIC: Told = Told {
    names: &["نديم رائد القصار", "نَديم رائد القصّار", "نديـــم رائد القصار"],
    stays: "هدى سليم اللؤلؤ",
    text: "قُتل الخباز نديم رائد القصار في غارة جوية استهدفت سوقا في ميناء الأمل يوم 5 آذار/مارس 2031.\n\
           وشُيّع نَديم رائد القصّار مساء اليوم نفسه.\n",
    html: "<html dir=rtl><head><title>نديم رائد القصار</title></head><body><article><h1>ميناء الأمل</h1>\
           <p>قُتلت المعلمة هدى سليم اللؤلؤ في غارة جوية على ميناء الأمل يوم 5 آذار/مارس 2031.</p>\
           <p>وإلى جانبها الخباز نديـــم رائد القصار.</p></article></body></html>",
    line: "قُتل الخباز نديم رائد القصّار في غارة جوية على ميناء الأمل يوم 5 آذار/مارس 2031.",
    list: "الاسم,العمر,الجنس,التاريخ,المكان\nنديم رائد القصّار,34,ذكر,2031-03-05,ميناء الأمل\nهدى سليم اللؤلؤ,29,أنثى,2031-03-05,ميناء الأمل\n",
};

fn add(home: &Home, told: &Told) -> Vec<PathBuf> {
    let docx = docx_of(&format!("{}\nNobody else was named.", told.line));
    let lines = format!(
        "{{\"id\":\"p1\",\"text\":\"{}\"}}\n{{\"id\":\"p2\",\"text\":\"Nothing was heard.\"}}\n",
        told.line
    );
    let paths = vec![
        home.file("add/report.txt", told.text),
        home.file("add/page.html", told.html),
        home.file("add/statement.docx", docx),
        home.file("add/posts.jsonl", lines),
        // A file's name tells as much as what is in it.
        home.file(&format!("add/{}.csv", told.names[0]), told.list),
    ];
    home.add(&paths).ends(0);
    paths
}

/// Everything that can be read in a folder: bytes, unpacked bytes, and the names of files.
fn readable(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, bytes) in files_of(folder) {
        let shown = path.display().to_string();
        let mut unpacked = Vec::new();
        let _ = flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked);
        if let Ok(mut zip) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) {
            for at in 0..zip.len() {
                zip.by_index(at).unwrap().read_to_end(&mut unpacked).unwrap();
            }
        }
        let wide: Vec<u16> =
            bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        for text in [
            shown.clone(),
            String::from_utf8_lossy(&bytes).into_owned(),
            String::from_utf8_lossy(&unpacked).into_owned(),
            String::from_utf16_lossy(&wide),
        ] {
            found.push((shown.clone(), text));
        }
    }
    found
}

#[track_caller]
fn is_nowhere(folder: &Path, name: &str) {
    let folded = fold(name);
    for (path, text) in readable(folder) {
        assert!(!text.contains(name), "{name} stands in {path}");
        assert!(!fold(&text).contains(&folded), "{name}, spelt otherwise, stands in {path}");
    }
}

fn person(home: &Home, name: &str) -> String {
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let people = register.view().people_named(&fold(name)).unwrap();
    people.first().unwrap_or_else(|| panic!("nobody is called {name}")).id.clone()
}

fn erased(told: &Told) {
    let home = Home::new();
    let paths = add(&home, told);
    let id = person(&home, told.names[0]);
    home.run(["count", "--save", "all", "--json"]).ends(0);
    home.run([
        "decide",
        &id,
        "name",
        told.names[0],
        "--why",
        &format!("{} is how the family writes it", told.names[1]),
    ])
    .ends(0);
    assert!(
        readable(&home.register).iter().any(|(_, text)| text.contains(told.names[0])),
        "the name stands there before"
    );
    let (claims, mut figure) = (home.claims(), home.count(&[]));

    let ran = home.run(["erase", &id, "--why", "the family asked"]).ends(0);
    let entry = ran
        .out
        .lines()
        .find_map(|line| line.strip_suffix("  erased"))
        .expect("the entry is printed")
        .to_owned();
    for name in told.names {
        is_nowhere(&home.register, name);
        assert!(!ran.out.contains(name) && !ran.err.contains(name), "{ran:?}");
    }
    assert!(home.verifies().contains("erased"), "verify says that something was erased");
    home.run(["verify", "--deep"]).ends(0);
    home.run(["show", &entry]).ends(0).says(&["the family asked"]);
    let log = home.run(["log", "--json", "-n", "200"]).lines();
    assert!(log.iter().any(|entry| entry["erased_by"].is_u64()), "the log shows what was erased");

    assert_eq!(home.claims(), claims, "every claim keeps its id");
    let mut after = home.count(&[]);
    (figure["log_position"], after["log_position"]) = (0.into(), 0.into());
    assert_eq!(after, figure, "the person stays counted");
    home.run(["show", &id]).ends(0).says(&["(unnamed)"]);
    person(&home, told.stays);
    assert!(
        readable(&home.register).iter().any(|(_, text)| text.contains(told.stays)),
        "who stands beside them keeps their name"
    );

    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
    for name in told.names {
        is_nowhere(&home.register, name);
    }
    // No guess can be tested: nothing in the folder is the hash of the name or of a document that was rewritten.
    let all = readable(&home.register);
    for name in told.names {
        assert!(
            !all.iter().any(|(_, text)| text.contains(&sha256(name))),
            "a hash of {name} stands in the folder"
        );
    }
    assert_eq!(paths.len(), 5);
}

#[test]
fn an_english_name_goes_from_every_byte() {
    erased(&ENGLISH);
}

#[test]
fn an_arabic_name_goes_from_every_byte() {
    erased(&ARABIC);
}

#[test]
fn the_reason_may_not_name_who_is_erased() {
    let home = Home::new();
    add(&home, &ENGLISH);
    let id = person(&home, ENGLISH.names[0]);
    home.run(["erase", &id, "--why", "Nadim Raed al-Qassar asked"]).ends(1).says(&["--why"]);
    home.run(["erase", &id]).ends(2);
    home.run(["erase", "p00000000000000000000000000000000", "--why", "x"]).ends(1);
    assert_eq!(person(&home, ENGLISH.names[0]), id);
}

/// What is added again after an erasure is a new document: the register does not remember what it forgot.
#[test]
fn work_goes_on_after_an_erasure() {
    let home = Home::new();
    add(&home, &ENGLISH);
    let id = person(&home, ENGLISH.names[0]);
    home.run(["erase", &id, "--why", "the family asked"]).ends(0);
    home.add([home.file("new.txt", crate::support::reports::report(3))]).ends(0);
    home.verifies();
    is_nowhere(&home.register, ENGLISH.names[0]);
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
}

#[test]
fn a_name_goes_with_the_father_in_a_column_of_his_own_and_a_namesake_s_stays() {
    let home = Home::new();
    let list = "name,father,age,date,place\nNadim Qassar,Raed,34,2031-03-05,Port Amal\nNadim Qassar,Khalil,34,2031-03-05,Port Amal\n";
    home.add([home.file("dead.csv", list)]).ends(0);
    home.run(["link"]).ends(0).says(&["2 people"]);
    let found = home.run(["show", "Nadim Raed Qassar", "--json"]).ends(0).json();
    let people: Vec<&serde_json::Value> =
        found["found"].as_array().unwrap().iter().filter(|hit| hit["kind"] == "person").collect();
    assert_eq!(people.len(), 1, "{found}");
    home.run(["erase", people[0]["id"].as_str().unwrap(), "--why", "the family asked"])
        .ends(0)
        .says(&["1 document rewritten without the name"]);
    for (path, bytes) in files_of(&home.register) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("raed"), "{}", path.display());
    }
    home.run(["show", "Khalil"]).ends(0).says(&["Nadim Khalil Qassar", "document"]);
    home.verifies();
}
