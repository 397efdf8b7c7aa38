//! Erasing one person beside others: kin who share a word of the name, and namesakes who share all of it.

use sijil_model::fold::fold;

use crate::support::{Home, sha256};

const ENGLISH: &str = "Salma Qassar, 30, and her brother Nadir Qassar were killed in an air strike on Port Amal on 9 March 2031. \
Salma was a teacher. Mrs. Qassar left two children; Salma's school closed. Her village mourns سلمى القصّار.\n";
const ARABIC: &str = "قُتلت سلمى القصّار (30 عاماً) وشقيقها نادر القصّار في غارة جوية على ميناء الأمل يوم 9 آذار 2031. \
كانت سلمى معلمة، وقال زوجها إن مدرسة سلمى أُغلقت. وكتبت وكالة: Salma Qassar.\n";

fn people(home: &Home, name: &str) -> Vec<String> {
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    register.view().people_named(&fold(name)).unwrap().into_iter().map(|row| row.id).collect()
}

fn person(home: &Home, name: &str) -> String {
    people(home, name).pop().unwrap_or_else(|| panic!("nobody is called {name}"))
}

/// The text of a document as the register now has it.
fn text(home: &Home, document: &str) -> String {
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let reading = register.view().reading(document).unwrap().unwrap();
    String::from_utf8(register.blob(&reading.text).unwrap()).unwrap()
}

#[test]
fn single_words_and_the_other_script_go_and_kin_keep_their_names() {
    for (report, name, gone, kept) in [
        (ENGLISH, "Salma Qassar", ["Salma", "سلمى", "Mrs. Qassar"], "Nadir Qassar"),
        (ARABIC, "سلمى القصار", ["سلمى", "Salma", "سلمى القصّار"], "نادر القصّار"),
    ] {
        let home = Home::new();
        home.add([home.file("report.txt", report)]).ends(0);
        let document = sha256(report);
        let ran = home.run(["erase", &person(&home, name), "--why", "the family asked"]).ends(0);
        let after = text(&home, &document);
        for word in gone {
            assert!(!after.contains(word), "{word} stands in: {after}");
        }
        assert!(after.contains(kept), "{after}");
        assert_eq!((after.len(), after.chars().count()), (report.len(), report.chars().count()));
        assert!(
            ran.out.contains("a word of the name stays") && ran.out.contains(&document[..12]),
            "{}",
            ran.out
        );
        home.run(["verify", "--deep"]).ends(0);
        let content = home.content();
        home.run(["rebuild"]).ends(0);
        assert_eq!(home.content(), content);
    }
}

#[test]
fn a_namesake_is_told_before_and_keeps_the_name() {
    for (child, grown, name) in [
        (
            "name,age,date,place\nLayla al-Khatib,7,2031-03-05,Port Amal\n",
            "name,age,date,place\nLayla al-Khatib,60,2031-11-05,Tell Zaytun\nSami Nour,30,2031-11-05,Tell Zaytun\n",
            "Layla al-Khatib",
        ),
        (
            "الاسم,العمر,التاريخ,المكان\nليلى الخطيب,7,2031-03-05,ميناء الأمل\n",
            "الاسم,العمر,التاريخ,المكان\nليلى الخطيب,60,2031-11-05,تل الزيتون\nسامي نور,30,2031-11-05,تل الزيتون\n",
            "ليلى الخطيب",
        ),
    ] {
        let home = Home::new();
        home.add([home.file("child.csv", child), home.file("grown.csv", grown)]).ends(0);
        assert_eq!(people(&home, name).len(), 2, "they are two people");
        let (of_child, of_grown) = (sha256(child), sha256(grown));
        let register = sijil_register::Register::open(&home.register, None).unwrap();
        let ages = |id: &String| register.view().person(id).unwrap().age;
        let id = people(&home, name).into_iter().find(|id| ages(id) == Some(7)).unwrap();
        drop(register);
        let told = home.run(["erase", &id, "--why", "the family asked"]).ends(1);
        let told = told.says(&["1 other person of this name", "(age 60)", "--namesakes-stay"]);
        assert!(!told.err.contains(name) && text(&home, &of_child).contains(name));
        home.run(["erase", &id, "--why", "the family asked", "--namesakes-stay"]).ends(0);
        assert!(!text(&home, &of_child).contains(name));
        assert!(text(&home, &of_grown).contains(name), "the other keeps the name");
        assert_eq!(people(&home, name).len(), 1);
        home.run(["verify", "--deep"]).ends(0);
        let content = home.content();
        home.run(["rebuild"]).ends(0);
        assert_eq!(home.content(), content);
    }
}

#[test]
fn of_a_list_with_a_namesake_only_the_own_row_goes() {
    let list = "name,age,date,place\nLayla al-Khatib,7,2031-03-05,Port Amal\nLayla al-Khatib,60,2031-11-05,Tell Zaytun\n";
    let home = Home::new();
    home.add([home.file("list.csv", list)]).ends(0);
    let ids = people(&home, "Layla al-Khatib");
    assert_eq!(ids.len(), 2);
    home.run(["erase", &ids[0], "--why", "the family asked", "--namesakes-stay"]).ends(0);
    assert_eq!(text(&home, &sha256(list)).matches("Layla al-Khatib").count(), 1);
    assert_eq!(people(&home, "Layla al-Khatib"), ids[1..]);
    home.verifies();
}
