//! `sijil link` inside a register: who is who, what reviewers said of it, what later documents move, and what became of ids.

use std::collections::{BTreeMap, BTreeSet};

use sijil::stages::people::{self, Increment};
use sijil::stages::saving::{ResultSpool, say_run};
use sijil::stages::{linking, setting};
use sijil_register::Register;
use sijil_register::results::{PeopleLine, read_lines};

use crate::support::Home;

const HOSPITAL: &str = "name,age,date\nنديم رائد خليل القصار,31,2031-03-12\nسلوى كرم زياد المراد,9,2031-03-12\nهالة سمير نبيل الزين,52,2031-03-14\nKaram Salim Haddad,40,2031-03-20\n";
const MINISTRY: &str = "name,age,date\nنديم رائد القصار,31,2031-03-12\nسلوى كرم زياد المراد,9,2031-03-12\nكرم زياد المراد,40,2031-03-12\nكرم سليم حداد,40,2031-03-20\n";
const MORGUE: &str = "name,age,date\nهاله سمير نبيل الزين,52,2031-03-14\nلمى وائل الشامي,5,2031-04-02\n";

/// A register with two lists in it, linked.
fn linked() -> Home {
    let home = Home::new();
    add(&home, &[("hospital.csv", HOSPITAL), ("ministry.csv", MINISTRY)]);
    home.run(["link"]).ends(0).says(&["8 names in 2 lists and reports: 5 people"]);
    home
}

fn add(home: &Home, lists: &[(&str, &str)]) {
    let files: Vec<_> = lists.iter().map(|(name, text)| home.file(name, text)).collect();
    home.add(files).ends(0);
}

/// The records of everybody, each as the names that its claims print, and its id.
fn records(home: &Home) -> BTreeMap<BTreeSet<String>, String> {
    let register = Register::open(&home.register, None).unwrap();
    let view = register.view();
    let people = view.people().unwrap().into_iter();
    people
        .map(|person| {
            let members = view.members(&person.id).unwrap();
            let claims = members.into_iter().map(|member| view.claim(&member.claim).unwrap());
            let words = |row: sijil_register::ask::ClaimRow| {
                format!("{}:{}", &row.claim.document.as_str()[..6], row.claim.spans[0].quote)
            };
            (claims.map(words).collect(), person.id)
        })
        .collect()
}

/// The record of which a claim prints this name.
fn id_of(home: &Home, name: &str) -> String {
    let wanted = format!(":{name}");
    let found = records(home).into_iter().find(|(names, _)| names.iter().any(|one| one.ends_with(&wanted)));
    found.unwrap_or_else(|| panic!("nobody is called {name}")).1
}

#[test]
fn people_are_linked_across_spellings_and_scripts_and_linking_again_moves_nobody() {
    let home = linked();
    let together = records(&home);
    assert_eq!(together.len(), 5, "{together:#?}");
    home.run(["link"]).ends(0).says(&["linked otherwise than before: 0 groups", "no figure moved"]);
    assert_eq!(records(&home), together);
    let shown = home.run(["show", &id_of(&home, "Karam Salim Haddad")]).ends(0);
    shown.says(&["given name: the usual spelling in the other script", "linked"]);
    home.run(["link", "--out", "x"]).ends(2).says(&["--out goes with lists in files"]);
}

/// Invariant: a reviewer's judgement is never undone by a machine.
#[test]
fn judgements_outlast_linking_and_old_ids_say_where_they_went() {
    let home = Home::new();
    add(&home, &[("hospital.csv", HOSPITAL), ("ministry.csv", MINISTRY)]);
    let (left, right) = (id_of(&home, "نديم رائد خليل القصار"), id_of(&home, "نديم رائد القصار"));
    home.run(["link"]).ends(0).says(&["2 people joined to others, 0 fell apart"]);
    let records_joined = records(&home).into_values().collect::<Vec<_>>();
    let (kept, gone) = if records_joined.contains(&left) { (&left, &right) } else { (&right, &left) };
    home.run(["show", gone]).ends(0).says(&["is no record any more", kept]);
    home.run(["show", kept]).ends(0).says(&["came from", gone]);
    home.run([
        "judge",
        &left.replacen('p', "c", 1),
        &right.replacen('p', "c", 1),
        "different",
        "--why",
        "the mothers differ",
    ])
    .ends(0);
    home.run(["link"]).ends(0);
    assert_eq!(records(&home).len(), 6);
    home.run(["show", gone]).ends(0).says(&["came from", kept]);
    let (hala, lama) = (id_of(&home, "هالة سمير نبيل الزين"), id_of(&home, "كرم زياد المراد"));
    home.run(["judge", &hala, &lama, "same", "--why", "the family says so"]).ends(0);
    home.run(["link"]).ends(0);
    assert_eq!(records(&home).len(), 5);
}

#[test]
fn judgements_that_contradict_each_other_are_said() {
    let home = linked();
    // Claims, since records go from one to another.
    let claim = |name: &&str| id_of(&home, name).replacen('p', "c", 1);
    let names = ["نديم رائد خليل القصار", "هالة سمير نبيل الزين", "كرم زياد المراد"];
    let claims: Vec<String> = names.iter().map(claim).collect();
    for (left, right, verdict) in [(0, 1, "same"), (0, 2, "same"), (1, 2, "different")] {
        home.run(["judge", &claims[left], &claims[right], verdict, "--why", "as the family said"]).ends(0);
    }
    home.run(["link"]).ends(0).says(&["judgements contradict each other about c"]);
}

#[test]
fn a_new_list_moves_only_those_near_it() {
    let home = linked();
    let before = records(&home);
    add(&home, &[("morgue.csv", MORGUE)]);
    let after = records(&home);
    let hala: Vec<_> = after.keys().filter(|names| names.iter().any(|name| name.contains("سمير"))).collect();
    assert!(hala.len() == 1 && hala[0].len() == 2, "the other spelling is hers: {after:#?}");
    let stayed = before.iter().filter(|(names, id)| after.get(*names) == Some(id)).count();
    assert_eq!((stayed, after.len()), (4, 6), "{after:#?}");
    let register = Register::open(&home.register, None).unwrap();
    let run = register.view().runs(false).unwrap().into_iter().find(|run| run.kind == "link").unwrap();
    let mut touched = Vec::new();
    let lines = register.blob(&run.result).unwrap();
    read_lines("run", lines.as_slice(), |line: PeopleLine| {
        touched.push(line.people.len());
        Ok(())
    })
    .unwrap();
    assert_eq!(touched, [2], "one group: the two rows of one woman");
}

/// Whatever order documents come in, and in whatever batches: under one model the people are the same.
#[test]
fn increments_come_to_what_linking_all_at_once_does() {
    let lists = [
        ("morgue.csv", MORGUE),
        ("church.csv", "name,age\nKaram Saleem Haddad,40\nNadim Raed al-Qassar,31\n"),
        ("council.csv", "name,date\nلمى وائل الشامي,2031-04-02\nسلوى كرم المراد,2031-03-12\n"),
        ("school.csv", "name,age,date\nسلوى كرم المراد,9,2031-03-12\nكرم زياد المراد,41,2031-03-12\n"),
    ];
    let all_at_once = linked();
    add(&all_at_once, &lists);
    let expected: BTreeSet<_> = records(&all_at_once).into_keys().collect();
    assert!(expected.iter().any(|names| names.len() > 2), "{expected:#?}");
    for batches in [&[&[3_usize, 0][..], &[2], &[1]][..], &[&[1], &[2, 3, 0]]] {
        let home = linked();
        for batch in batches {
            add(&home, &batch.iter().map(|list| lists[*list]).collect::<Vec<_>>());
        }
        assert_eq!(records(&home).into_keys().collect::<BTreeSet<_>>(), expected, "{batches:?}");
    }
}

/// Whatever comes in one after the other, judgements between: whom linking everybody under the same model finds are those
/// whom increments found that read a few.
#[test]
fn increments_that_read_a_few_come_to_what_reading_all_does() {
    let mut read = Vec::new();
    for seed in 1..=3 {
        let home = Home::new();
        let mut invented = Invented(seed);
        add(&home, &[("first.csv", &invented.list(130, false)), ("second.csv", &invented.list(90, false))]);
        home.run(["link"]).ends(0);
        for (number, rows) in [1, 6, 2, 14, 1, 3].into_iter().enumerate() {
            let late = home.file(&format!("late{number}.csv"), invented.list(rows, number == 3));
            let told = home.add([late]).ends(0).err;
            read.extend(
                told.split_once("near them, ")
                    .and_then(|(_, rest)| rest.split(' ').next()?.parse::<usize>().ok()),
            );
            if number == 2 {
                let queue = home.run(["link", "--review", "1"]).ends(0).out;
                let judge = queue.lines().find_map(|line| line.trim().strip_prefix("sijil judge "));
                let claims: Vec<&str> = judge.unwrap().split(' ').take(2).collect();
                home.run(["judge", claims[0], claims[1], "different", "--why", "the mothers differ"]).ends(0);
            }
        }
        // A register whose view was made again does not know who is near whom, and reads everybody.
        let register = Register::rebuild(&home.register, None).unwrap();
        let Increment::Found(found) = people::increment(&register).unwrap() else { panic!("it was linked") };
        assert_eq!((found.claims, &found.lines), (130 + 90 + 27, &Vec::new()), "seed {seed}");
    }
    assert!(read.iter().min().is_some_and(|fewest| *fewest < 60), "{read:?}");
}

/// Lists of people who are invented from few names, so that many are near each other.
struct Invented(u64);

impl Invented {
    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words[(self.0 >> 33) as usize % words.len()]
    }

    /// So many rows; with births, some show on which day ages were true.
    fn list(&mut self, rows: usize, births: bool) -> String {
        let given = ["نديم", "سلوى", "هالة", "كرم", "لمى", "Karam", "Salwa", "رامي", "زياد", "هاله"];
        let father = ["رائد", "كرم", "سمير", "وائل", "Samir", "نبيل", "سليم"];
        let family = ["القصار", "المراد", "الزين", "الشامي", "Haddad", "حداد", "الحلبي", "البيطار", "Zein"];
        let mut list = String::from("name,age,birth_date,date\n");
        for _ in 0..rows {
            let name = [self.one_of(&given), self.one_of(&father), self.one_of(&family)].join(" ");
            let age = self.one_of(&["", "9", "31", "32", "40", "52"]);
            let birth = if births { self.one_of(&["", "1999-05-07", "1990-11-02"]) } else { "" };
            let date = self.one_of(&["2031-03-12", "2031-03-12", "2031-03-14", "2031-04-02", ""]);
            list += &format!("{name},{age},{birth},{date}\n");
        }
        list
    }
}

/// Whoever may be one or two is asked about until somebody has judged.
#[test]
fn pairs_in_doubt_are_offered_for_judging() {
    let home = Home::new();
    let council = "name,date\nNadim Raed al-Qassar,2031-03-12\nكرم مراد,2031-03-12\nسلوى كرم مراد,\n";
    add(&home, &[("hospital.csv", HOSPITAL), ("ministry.csv", MINISTRY), ("council.csv", council)]);
    home.run(["link"]).ends(0);
    let queue = home.run(["link", "--review", "1"]).ends(0).says(&["in doubt; 1 shown"]);
    let judge = queue.out.lines().find_map(|line| line.trim().strip_prefix("sijil judge ")).unwrap();
    let claims: Vec<&str> = judge.split(' ').take(2).collect();
    home.run(["judge", claims[0], claims[1], "different", "--why", "the mothers differ"]).ends(0);
    home.run(["link"]).ends(0);
    let next = home.run(["link", "--review", "99"]).ends(0).out;
    assert!(!next.contains(&format!("{} {}", claims[0], claims[1])), "{next}");
}

#[test]
fn a_list_s_row_holds_whom_that_list_calls_dead() {
    let home = Home::new();
    let ward =
        "name,age,fate,date\nهاني سالم العودة,34,killed,2031-05-02\nرنا خليل العودة,29,wounded,2031-05-02\n";
    let morgue =
        "name,age,fate,date\nهاني سالم العودة,34,killed,2031-05-02\nرنا خليل العودة,29,killed,2031-05-02\n";
    add(&home, &[("ward.csv", ward), ("morgue.csv", morgue)]);
    let by_list = |harm: &str| {
        let asked = home.run(["count", "--harm", harm, "--by", "list", "--json"]).ends(0).json();
        let of_each = asked["listed_by"].as_object().unwrap().values();
        let mut of_each: Vec<u64> = of_each.map(|people| people.as_u64().unwrap()).collect();
        of_each.sort_unstable();
        (asked["listed"].as_u64(), of_each)
    };
    assert_eq!(by_list("killed"), (Some(2), vec![1, 2]), "the ward's wounded is not among the ward's dead");
    assert_eq!(by_list("injured"), (Some(0), vec![1]));
}

#[test]
fn a_pair_is_offered_with_what_each_list_says() {
    let home = Home::new();
    let lists = [
        ("h.csv", "name,age,date\nKaram Salim Haddad,40,2031-03-20\n"),
        ("m.csv", "name,age,date\nكرم سليم حداد,41,2031-03-20\n"),
    ];
    add(&home, &lists);
    home.run(["link"]).ends(0);
    let said = home.run(["link", "--review", "9"]).ends(0);
    said.says(&["“Karam Salim Haddad”, 40, 2031-03-20", "“كرم سليم حداد”, 41, 2031-03-20"]);
}

/// A linking in force whose learning the built-in linker cannot read: what comes in is linked with nobody, and that is told
/// until somebody links anew.
#[test]
fn what_another_linker_learnt_is_told_and_not_passed_over() {
    let home = linked();
    let mut session = sijil::session::Session::open_folder(&home.register, None).unwrap();
    let account = session.account.clone();
    let of_another = br#"{"linker":"another"}"#;
    let say = |writing: &mut sijil_register::Writing<'_, '_>| {
        let result = writing.keep_from(ResultSpool::new().unwrap().finish().unwrap())?;
        let learnt = writing.keep(of_another)?;
        Ok(say_run(writing, setting::LINKER, linking::program(), result, Some(learnt), 2).unwrap())
    };
    session.register.write(&account, &sijil_archive::SystemClock, say).unwrap();
    drop(session);
    let morgue = home.file("morgue.csv", MORGUE);
    home.add([morgue]).ends(0).says(&["linked with nobody yet", "run `sijil link`"]);
    home.run(["link"]).ends(0);
    let later = home.file("later.csv", "name,age,date\nلمى وائل الشامي,5,2031-04-02\n");
    let ran = home.add([later]).ends(0);
    assert!(!ran.err.contains("linked with nobody yet"), "{}", ran.err);
}

/// Whom no rule of blocking proposes is offered after all others, until somebody has judged.
#[test]
fn people_of_nearly_the_same_name_are_offered_last() {
    let home = Home::new();
    let lists = [
        ("h.csv", "name,age,date\nفادي شعبان,31,\nKaram Salim Haddad,40,2031-03-20\n"),
        ("m.csv", "name,age,date\nفادي شعبام,31,\nكرم سليم حداد,41,2031-03-20\n"),
    ];
    add(&home, &lists);
    home.run(["link"]).ends(0);
    let queue = home.run(["link", "--review", "9"]).ends(0).out;
    let offered = queue.find("that no rule proposed, of nearly the same name").unwrap();
    assert!(queue.find("one record").is_some_and(|first| first < offered), "{queue}");
    let judge = queue[offered..].lines().find_map(|line| line.trim().strip_prefix("sijil judge ")).unwrap();
    let claims: Vec<&str> = judge.split(' ').take(2).collect();
    let shown = home.run(["show", &claims[0].replacen('c', "p", 1)]).ends(0).out;
    assert!(!shown.contains("linked"), "nothing joins them: {shown}");
    home.run(["judge", claims[0], claims[1], "unsure", "--why", "no other list names him"]).ends(0);
    let next = home.run(["link", "--review", "9"]).ends(0).out;
    assert!(!next.contains("no rule proposed"), "{next}");
}

#[test]
fn fathers_in_a_column_tell_namesakes_apart_and_are_found() {
    let home = Home::new();
    add(
        &home,
        &[(
            "hospital.csv",
            "name,father,age,date\nSalwa Murad,Karam,40,2031-03-12\nSalwa Murad,Ziad,40,2031-03-12\n",
        )],
    );
    home.run(["link"]).ends(0).says(&["2 names in 1 list and reports: 2 people"]);
    home.run(["show", "Ziad"]).ends(0).says(&["Salwa Ziad Murad"]);
}
