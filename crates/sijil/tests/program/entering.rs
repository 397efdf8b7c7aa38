//! What programs missed, entered by a person: it counts, leads to its words, and stands whatever programs read later.

use crate::support::{Home, sha256};

const TEXT: &str = "The committee met on Sunday.\nOld Salim of the mill, it said, never came back from Tell Zaytun; \
    the others who went with him were eight.\nحضر اللقاء سالم حداد.\n";

const LIST: &str = "name,age,sex,date,place\nLayla Murad,34,f,2031-04-20,Tell Zaytun\nRami Saqr,8,m,2031-04-20,Tell Zaytun\n";

fn filled() -> (Home, String) {
    let home = Home::new();
    home.add([home.file("minutes.txt", TEXT)]).ends(0);
    (home, sha256(TEXT))
}

fn enter(home: &Home, document: &str, words: &str, fields: &[&str]) -> crate::support::Ran {
    home.run(["enter", document, "--words", words].iter().chain(fields))
}

/// The record that the first claim of an answer belongs to.
fn record(out: &str) -> String {
    out.split_whitespace().find(|word| word.starts_with('i') && word.len() == 33).expect(out).to_owned()
}

/// The claims that an answer lists, with their kinds.
fn claim(out: &str, kind: &str) -> String {
    let line = out.lines().find(|line| line.split_whitespace().nth(1) == Some(kind)).expect(out);
    line.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn an_incident_that_was_missed_counts_and_leads_to_its_words() {
    let (home, document) = filled();
    assert_eq!(home.count(&[])["incidents"], 0);
    let words = "never came back from Tell Zaytun; the others who went with him were eight";
    let fields = ["--date", "٢٠ نيسان ٢٠٣١", "--place", "Tell Zaytun", "--killed", "٨-٩", "--injured", "2"];
    let entered = enter(&home, &document[..12], words, &fields).ends(0).says(&["claim.made", "all killed"]);
    let figure = home.count(&["--period", "2031-04", "--place", "Tell Zaytun"]);
    assert_eq!((figure["min"].as_u64(), figure["max"].as_u64()), (Some(8), Some(9)), "{figure}");
    let incident = record(&entered.out);
    home.run(["show", &incident]).ends(0).says(&[
        &document,
        "casualty killed/total",
        "entered by owner",
        words,
    ]);
    let number = claim(&entered.out, "casualty");
    home.run(["show", &number]).ends(0).says(&[&format!("[{words}]"), "entered by owner", "entry:"]);
    home.run(["log", "-n", "9"]).ends(0).says(&["claim.made"]);

    enter(&home, &document, words, &fields).ends(1).says(&["entered already"]);
    enter(&home, &document, "never came home", &["--killed", "1"]).ends(1).says(&["does not say"]);
    enter(&home, &document, words, &[]).ends(2).says(&["nothing to enter"]);
    enter(&home, &document, words, &["--killed", "some"]).ends(1).says(&["10-14"]);

    home.run(["reject", &number, "--why", "they came back"]).ends(0).says(&["all killed"]);
    assert!(home.count(&[])["min"].is_null(), "nobody says how many any more");
    home.verifies();
}

#[test]
fn what_was_entered_stands_through_every_run_and_rebuild() {
    let (home, document) = filled();
    let words = "the others who went with him were eight";
    enter(&home, &document, words, &["--killed", "8", "--date", "2031-04-20"]).ends(0);
    let (claims, figure) = (home.claims(), home.count(&[]));
    home.run(["extract"]).ends(0);
    assert_eq!(home.claims(), claims);
    assert_eq!(home.count(&[])["min"], figure["min"]);
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
    let other = Home::new();
    other.run(["sync".as_ref(), home.register.as_os_str()]).ends(0);
    assert_eq!(other.count(&[])["min"], 8, "another register receives it");
    home.verifies();
}

#[test]
fn a_person_and_a_number_for_an_incident_of_another_document() {
    let (home, document) = filled();
    let raid = "Four people were killed in an air strike on Tell Zaytun on 20 April 2031.\n";
    home.add([home.file("raid.txt", raid)]).ends(0);
    let incident = home.count(&[])["records"][0]["id"].as_str().unwrap().to_owned();
    let words = "حضر اللقاء سالم حداد";
    let fields = ["--incident", &incident, "--person", "سالم حداد", "--fate", "قتيل", "--age", "٤١"];
    let entered = enter(&home, &document, words, &fields).ends(0);
    let figure = home.count(&[]);
    assert_eq!((figure["incidents"].as_u64(), figure["min"].as_u64()), (Some(1), Some(4)), "{figure}");
    assert_eq!(figure["named"]["median"], 1, "{figure}");
    let person = claim(&entered.out, "person");
    home.run(["show", &person]).ends(0).says(&["says [حضر اللقاء سالم حداد]", "“سالم حداد”"]);
    enter(&home, &document, "were eight", &["--incident", &incident, "--killed", "8"]).ends(0);
    let figure = home.count(&[]);
    assert_eq!((figure["incidents"].as_u64(), figure["max"].as_u64()), (Some(1), Some(8)), "{figure}");
    home.verifies();
}

/// Whose age makes a child of them is counted among the children, by what was entered and by what is decided.
#[test]
fn an_age_that_is_entered_or_decided_says_who_is_a_child() {
    let (home, document) = filled();
    let fields = ["--date", "2031-04-20", "--person", "سالم حداد", "--fate", "killed", "--age", "9"];
    let entered = enter(&home, &document, "حضر اللقاء سالم حداد", &fields).ends(0);
    let children = || home.count(&["--class", "children"])["min"].as_u64().unwrap_or(0);
    assert_eq!(children(), 1);
    let person = format!("p{}", &claim(&entered.out, "person")[1..]);
    home.run(["decide", &person, "age", "٤١", "--why", "the register of births"]).ends(0);
    assert_eq!(children(), 0);
    home.run(["decide", &person, "age_class", "child", "--why", "his mother"]).ends(0);
    assert_eq!(children(), 1, "a class that is decided of itself stands");
    home.verifies();
}

/// What somebody told of a strike that the register has is offered at once.
#[test]
fn a_note_of_a_known_incident_is_compared_with_it() {
    let home = Home::new();
    let raid = "Four people were killed in an air strike on Tell Zaytun on 20 April 2031.\n";
    home.add([home.file("raid.txt", raid)]).ends(0);
    let kind = ["source", "caller-7", "--kind", "field_reporter", "--name-en", "caller", "--name-ar", "متصل"];
    home.run(kind).ends(0);
    let told = "An air strike killed four people in Tell Zaytun on 20 April 2031, he said.";
    let noted = home.run(["add", "--note", told, "--source", "caller-7"]).ends(0);
    assert!(noted.err.contains("of incidents may be one"), "{}", noted.err);
}

#[test]
fn a_person_of_a_list_is_put_into_an_incident_and_out_again() {
    let home = Home::new();
    home.add([home.file("dead.csv", LIST)]).ends(0);
    let raid = "A child was killed in an air strike on Tell Zaytun on 20 April 2031.\n";
    home.add([home.file("raid.txt", raid)]).ends(0);
    let incident = home.count(&[])["records"][0]["id"].as_str().unwrap().to_owned();
    let register = sijil_register::Register::open(&home.register, None).unwrap();
    let people = register.view().people_named("layla murad").unwrap();
    let person = people[0].id.clone();
    drop(register);
    let decide =
        |value: &str| home.run(["decide", &person, "incident", value, "--why", "the family said so"]);
    let named = |home: &Home| home.count(&[])["named"]["median"].as_u64().unwrap();
    let before = named(&home);
    decide("i00").ends(1);
    decide(&incident[..12]).ends(0).says(&["known as people"]);
    assert_eq!(named(&home), before + 1);
    home.run(["show", &incident]).ends(0).says(&["Layla Murad"]);
    let content = home.content();
    home.run(["rebuild"]).ends(0);
    assert_eq!(home.content(), content);
    decide("none").ends(0);
    assert_eq!(named(&home), before);
}

#[test]
fn a_telephone_call_is_a_document_that_can_be_entered_from() {
    let home = Home::new();
    let told = "He called at noon: two of his cousins did not live through the night of the 20th.";
    home.run(["add", "--note", told]).ends(2).says(&["--source"]);
    home.run(["source", "caller-7", "--kind", "field_reporter", "--name-en", "caller", "--name-ar", "متصل"])
        .ends(0);
    home.run(["add", "--note", told, "--source", "caller-7", "--published", "2031-04-21"]).ends(0);
    home.run(["show", &sha256(told)]).ends(0).says(&["note.txt", "published 2031-04-21"]);
    enter(
        &home,
        &sha256(told),
        "two of his cousins did not live through the night",
        &["--killed", "2", "--date", "2031-04-20"],
    )
    .ends(0);
    assert_eq!(home.count(&["--period", "2031-04-20"])["min"], 2);
    home.verifies();
}

#[test]
fn an_erased_person_is_in_no_entry_either() {
    let (home, document) = filled();
    let fields = ["--person", "سالم حداد", "--fate", "killed"];
    let entered = enter(&home, &document, "اللقاء سالم حداد", &fields).ends(0);
    let claim = claim(&entered.out, "person");
    let person = format!("p{}", &claim[1..]);
    home.run(["erase", &person, "--why", "the family asked"]).ends(0);
    for entry in 1..=home.run(["log", "-n", "99"]).ends(0).out.lines().count() {
        let shown = home.run(["show", &format!("entry:{entry}")]).ends(0).out;
        assert!(!sijil_model::fold::fold(&shown).contains("سالم حداد"), "{shown}");
    }
    home.run(["show", &person]).ends(0).says(&["(unnamed)"]);
    home.verifies();
}

#[test]
fn a_list_whose_ages_and_dates_cannot_be_read_is_taken_and_told_row_by_row() {
    let home = Home::new();
    let rows = "ليلى مراد,340,2031-04-20\nRami Saqr,8,2031-13-45\nسليم مراد,-5,غير معروف\nHuda Saqr,٨ شهور,٢٠ نيسان ٢٠٣١\n";
    let list = home.file("dead.csv", format!("الاسم,العمر,تاريخ الوفاة\n{rows}"));
    let added = home.add([list]).ends(0).says(&[
        "dead.csv: rows 1, 3, العمر: it is no age; write years up to 130",
        "dead.csv: row 2, تاريخ الوفاة: it is no date; write 2031-05-17",
        "0 refused; 4 claims; 3 cells not read",
    ]);
    assert!(!added.err.contains("340"), "what may be a name in a slipped column is not repeated");
}

#[test]
fn days_of_a_list_that_cannot_be_are_told_row_by_row_and_nobody_is_lost() {
    let home = Home::new();
    let rows = "ليلى مراد,2010-02-03,2009-04-20\nRami Saqr,2001,2999-01-01\nسليم مراد,1990,2011\n";
    let list = home.file("dead.csv", format!("الاسم,تاريخ الميلاد,تاريخ الوفاة\n{rows}"));
    home.add([list]).ends(0).says(&[
        "dead.csv: row 1, تاريخ الميلاد: the birth is after the date of the same row",
        "dead.csv: row 2, تاريخ الوفاة: it is after the day on which the list was published, or after today",
        "1 document added, 0 known already, 0 refused; 3 claims; 2 cells to look at again",
    ]);
}

/// Nobody is counted killed whose cell of fates denies it, leaves it open or is empty.
#[test]
fn a_list_says_of_whom_it_says_no_fate() {
    let home = Home::new();
    let list = "name,age,fate,date\nSalim Karim Zahr,40,killed,03/04/2031\nLina Nadir Zahr,7,not killed,12/31/2030\nRami Said Ward,30,,03/05/2031\nهدى سعيد الورد,25,مصابة ثم توفيت,03/06/2031\nنور سعيد الورد,9,لم تستشهد,03/07/2031\n";
    let told = home.add([home.file("fates.csv", list)]).ends(0);
    told.says(&["fates.csv: rows 2–3, 5, fate: it says no fate that is known here", "3 cells not read"]);
    home.run(["count", "--by", "list", "--period", "2031-03"]).ends(0).says(&["people on lists"]);
}
