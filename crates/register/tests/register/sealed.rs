//! A sealed register: nothing of what it holds is on the disk in the clear.

use sijil_archive::Passphrase;
use sijil_register::{Register, remove_plaintext};

use crate::support::{Fixture, Report, all_bytes, assert_same, author, clock, holding, record, strike};

const NAME: &str = "سلمى الزيتوني";
const PASSPHRASE: &str = "seven olive trees by the river";

#[test]
fn no_word_of_it_is_in_any_byte_of_the_folder() {
    let mut fixture = Fixture::sealed(PASSPHRASE);
    let mut report = Report::new(&format!("غارة على تل الزيتون قتلت {NAME}."));
    report.name = Some(format!("{NAME}.txt"));
    let incident = report.incident("غارة");
    let salma = report.person(NAME, Some(&incident));
    fixture.add(&report);
    fixture.add(&strike(2, 4).report);
    fixture.decide(&record('p', &salma), "name", &format!("{NAME} الكبيرة"), &[]);
    fixture.reject(&incident);
    for words in [NAME, "الزيتوني", "Tell Zaytun", "SQLite format 3", report.document.as_str()] {
        assert_eq!(holding(&fixture.folder.path, words), Vec::<std::path::PathBuf>::new(), "{words}");
    }
    let names: Vec<_> = all_bytes(&fixture.folder.path).into_iter().map(|(path, _)| path).collect();
    assert!(!names.iter().any(|path| path.ends_with("register.db")));

    let content = fixture.content();
    let Fixture { folder, register } = fixture;
    drop(register);
    assert!(Register::open(&folder.path, None).is_err());
    assert!(Register::open(&folder.path, Some(&Passphrase::new("seven fig trees"))).is_err());
    let passphrase = Passphrase::new(PASSPHRASE);
    let mut again = Register::open(&folder.path, Some(&passphrase)).unwrap();
    assert_same(&content, &again.view().content().unwrap());
    assert_eq!(again.view().search("سلمي", 5).unwrap().len(), 2);
    assert_eq!(again.blob(report.document.as_str()).unwrap(), report.text.as_bytes());
    again
        .write(&author(), &clock, |writing| {
            writing.say(sijil_register::Event::CustodyNoted {
                document: report.document.clone(),
                what: "copied".into(),
            })
        })
        .unwrap();
    let content = again.view().content().unwrap();
    drop(again);
    let rebuilt = Register::rebuild(&folder.path, Some(&passphrase)).unwrap();
    assert_same(&content, &rebuilt.view().content().unwrap());
    assert_eq!(holding(&folder.path, NAME), Vec::<std::path::PathBuf>::new());
    // Without its stored view, it is made again.
    drop(rebuilt);
    std::fs::remove_file(folder.path.join("views/register.db.sealed")).unwrap();
    let fresh = Register::open(&folder.path, Some(&passphrase)).unwrap();
    assert_same(&content, &fresh.view().content().unwrap());
}

#[test]
fn a_sealed_register_reads_the_same_as_an_open_one() {
    let (mut sealed, mut open) = (Fixture::sealed(PASSPHRASE), Fixture::new());
    for fixture in [&mut sealed, &mut open] {
        fixture.add(&strike(1, 10).report);
        fixture.add(&strike(2, 4).report);
    }
    assert_eq!(sealed.killed(), (Some(14), 2));
    assert_eq!(sealed.figure(sealed.position()), open.figure(open.position()));
}

#[test]
fn plaintext_that_lies_about_is_removed_and_counted() {
    let fixture = Fixture::sealed(PASSPHRASE);
    assert_eq!(remove_plaintext(&fixture.folder.path).unwrap(), 0);
    for name in
        ["register.db", "register.db-wal", "register.db.new", "register.db.new-wal", "register.db.new-shm"]
    {
        std::fs::write(fixture.folder.path.join(name), NAME).unwrap();
    }
    assert_eq!(remove_plaintext(&fixture.folder.path).unwrap(), 5);
    assert_eq!(holding(&fixture.folder.path, NAME), Vec::<std::path::PathBuf>::new());
}
