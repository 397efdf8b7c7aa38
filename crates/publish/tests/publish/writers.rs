//! Who wrote the lines of a chat, and by what number they are reached, is in no file of a release.

use sijil_model::codebook::*;
use sijil_model::*;
use sijil_register::Event;
use sijil_register::event::*;

use crate::made::{Claims, Made, account, add, casualty, clock, files, killed, made, run, stored};

const CHAT: &str = "[02/05/2031, 09:14:22] \u{200e}Messages are end-to-end encrypted.\n\
[02/05/2031, 09:15:01] Abu Lujain: A drone hit a car and four people were killed.\n\
[02/05/2031, 09:17:45] Salma N.: Abu Lujain, who is there?\n\
[02/05/2031, 09:40:33] +999 000 000 123: Call me, or 0999 000 456.\n\
[02/05/2031, 09:50:00] Marjan Lens: We are looking into it.\n";

/// The made-up register with a text that everybody cleared, and what extraction says of it.
fn with_text(text: &str, claims: impl FnOnce(&mut Claims<'_>, &ClaimId)) -> Made {
    let mut made = made();
    let mut said = Claims::new(text);
    let strike = said.say(&["drone"], None, None, Content::Incident { strikes: None });
    claims(&mut said, &strike);
    let incident = strike.to_string().replacen('c', "i", 1);
    let lines = [said.line()];
    let document = made
        .register
        .write(&account("recorder-a"), &clock(), |writing| {
            let document = add(writing, text, "chat.txt", "lens", "en", "2031-05-02");
            let result = stored(writing, &lines);
            let run = writing.say(Event::ExtractionRun(run("sijil-rules", result)))?;
            writing.say(Event::ExtractionAdopted(Adopted { run }))?;
            Ok(document)
        })
        .unwrap();
    made.decide("recorder-a", &incident, "grading", "weak");
    let mut made = made.cleared();
    let all = [incident.as_str(), document.as_str(), "killed-nahr"];
    made.clear(&all);
    made.sign("recorder-b", &all);
    made
}

/// The same with four people killed by a drone, in these words.
fn with_four_killed(text: &str) -> Made {
    with_text(text, |said, strike| {
        let four = casualty(Harm::Killed, Class::Total, Quantity::Exact { n: 4 }, "four");
        said.say(&["four people were killed"], Some(strike), None, four);
    })
}

/// Every file of a release of a made-up register, and that none holds any of these words.
fn published_without(made: &mut Made, secrets: &[&str]) -> String {
    made.publish().unwrap();
    let mut all = String::new();
    for (path, bytes) in files(&made.out()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in secrets {
            assert!(!text.contains(secret), "{}: {secret}", path.display());
        }
        all += &text;
    }
    all
}

#[test]
fn writers_and_numbers_of_a_chat_do_not_go_out() {
    let mut made = with_four_killed(CHAT);
    made.publish().unwrap();
    let mut found = false;
    for (path, bytes) in files(&made.out()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in ["Lujain", "Salma", "000 123", "000 456"] {
            assert!(!text.contains(secret), "{}: {secret}", path.display());
        }
        found |= text.contains("[02/05/2031, 09:15:01] [withheld: who wrote this, or how somebody can be reached]: A drone hit a car and four people were killed.");
        // A source at level 0 is named, in a chat too.
        assert!(!text.contains("09:50:00] [withheld"), "{}", path.display());
    }
    assert!(found, "the rest of the chat is published");
}

#[test]
fn whoever_wrote_a_line_is_in_no_table_though_a_program_took_them_for_a_victim() {
    let text = "[02/05/2031, 09:15:01] Salma Lujain: four people were killed by a drone\n[02/05/2031, 09:16:01] Kinan Bahri: yes\n\
                [02/05/2031, 09:17:01] ليان صقر: نعم\n";
    let mut made = with_text(text, |said, strike| {
        for name in ["Salma Lujain", "ليان صقر"] {
            said.say(&[name], Some(strike), None, killed(name));
        }
    });
    let all = published_without(&mut made, &["Lujain", "Bahri", "ليان", "صقر"]);
    assert!(all.contains("four people were killed by a drone"));
}

#[test]
fn writers_on_lines_of_their_own_and_of_one_line_are_withheld() {
    let who = "withheld: who wrote this, or how somebody can be reached";
    for (text, shown) in [
        (
            "Salma Lujain, [02.05.2031 09:14]\nfour people were killed by a drone\n\nKinan Bahri, [02.05.2031 09:15]\n\
             [Forwarded from Nadim Saqr]\nSalma, go home\n",
            "2.05.2031 09:14]\nfour people were killed by a drone",
        ),
        ("02/05/2031, 09:14 - Salma Lujain: four people were killed by a drone\n", "02/05/2031, 09:14 - ["),
        (
            "02/05/2031, 09:14 - Salma Lujain: a drone, four people were killed\n02/05/2031, 09:15 - Kinan Bahri: yes\n\
             02/05/2031, 09:16 - Salma changed the subject to \"Bahri\"\n02/05/2031, 09:17 - أضافت سلمى Nadim Saqr\n",
            "02/05/2031, 09:16 - [",
        ),
    ] {
        let mut made = with_four_killed(text);
        let all = published_without(&mut made, &["Salma", "Lujain", "Kinan", "Bahri", "Nadim", "Saqr"]);
        assert!(all.contains(who) && all.contains(shown), "{text}");
    }
}

#[test]
fn numbers_addresses_and_coordinates_do_not_go_out_and_counts_do() {
    let text = "On 2031-05-02 a drone came and four people were killed, of 1,250,000 residents. Call 944123456, ٩٤٤١٢٣٤٥٦ or \
                salma.nur@mail.example, t.me/salma_nur, @salma_nur; the house stood at 20.123456, 30.654321.";
    let mut made = with_four_killed(text);
    let secrets = ["944123456", "٩٤٤١٢٣٤٥٦", "salma", "20.123456", "30.654321"];
    let all = published_without(&mut made, &secrets);
    assert!(all.contains("On 2031-05-02 a drone came") && all.contains("of 1,250,000 residents. Call ["));
}

#[test]
fn whoever_is_named_and_is_neither_dead_nor_a_public_source_is_withheld() {
    for (text, named) in [
        (
            "A drone came and four people were killed. Witness Salma Lujain saw it; Lujain fled. Salma Lujain wept.",
            "Lujain",
        ),
        ("A drone: four people were killed. وقال الشاهد ليان صقر إنه رآها. وبكى ليان صقر.", "صقر"),
    ] {
        let mut made = with_four_killed(text);
        let all = published_without(&mut made, &[&format!("Salma {named}"), &format!("ليان {named}")]);
        assert!(all.contains("four people were killed"), "{text}");
    }
}
