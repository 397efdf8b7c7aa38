//! Who wrote the lines of a chat, and by what number they are reached, is in no file of a release.

use sijil_model::codebook::*;
use sijil_model::*;
use sijil_register::Event;
use sijil_register::event::*;

use crate::made::{Claims, Made, account, add, casualty, clock, files, made, run, stored};

const CHAT: &str = "[02/05/2031, 09:14:22] \u{200e}Messages are end-to-end encrypted.\n\
[02/05/2031, 09:15:01] Abu Lujain: A drone hit a car and four people were killed.\n\
[02/05/2031, 09:17:45] Salma N.: Abu Lujain, who is there?\n\
[02/05/2031, 09:40:33] +999 000 000 123: Call me, or 0999 000 456.\n\
[02/05/2031, 09:50:00] Marjan Lens: We are looking into it.\n";

/// The made-up register with a chat that everybody cleared.
fn with_chat() -> Made {
    let mut made = made();
    let mut chat = Claims::new(CHAT);
    let strike = chat.say(&["A drone hit a car"], None, None, Content::Incident { strikes: None });
    chat.say(
        &["four people were killed"],
        Some(&strike),
        None,
        casualty(Harm::Killed, Class::Total, Quantity::Exact { n: 4 }, "four"),
    );
    let incident = strike.to_string().replacen('c', "i", 1);
    let lines = [chat.line()];
    let document = made
        .register
        .write(&account("recorder-a"), &clock(), |writing| {
            let document = add(writing, CHAT, "chat.txt", "lens", "en", "2031-05-02");
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

#[test]
fn writers_and_numbers_of_a_chat_do_not_go_out() {
    let mut made = with_chat();
    made.publish().unwrap();
    let mut found = false;
    for (path, bytes) in files(&made.out()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in ["Lujain", "Salma", "000 123", "000 456"] {
            assert!(!text.contains(secret), "{}: {secret}", path.display());
        }
        found |= text.contains("[02/05/2031, 09:15:01] [withheld: a writer’s name or telephone number]: A drone hit a car and four people were killed.");
        // A source at level 0 is named, in a chat too.
        assert!(!text.contains("09:50:00] [withheld"), "{}", path.display());
    }
    assert!(found, "the rest of the chat is published");
}
