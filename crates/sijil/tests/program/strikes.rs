//! Incidents of different documents that may be one strike: found by `sijil link`, said by figures, judged by a person.

use crate::support::Home;

/// Two strikes, each told by an English and an Arabic document, and a third that one document tells.
const REPORTS: [(&str, &str); 5] = [
    (
        "herald.txt",
        "Port Amal Herald, 9 March 2031\n\nAn air raid by the Southern Coalition hit the vegetable market of Jisr Sanabil on 8 March 2031, killing 14 people, among them three children, the hospital said.\n",
    ),
    (
        "akhbar.txt",
        "جسر السنابل، 8 آذار/مارس 2031\n\nطيران التحالف الجنوبي يستهدف سوق الخضار في بلدة جسر السنابل صباح اليوم، ما أدى إلى مقتل 12 شخصاً بينهم ثلاثة أطفال.\n",
    ),
    (
        "mujaz.txt",
        "قُتل خمسة أشخاص بقصف حرس المرجان على مدرسة تؤوي نازحين في بلدة أم كهرمان يوم 22 تشرين الأول 2031.\n",
    ),
    (
        "sitrep.txt",
        "On 22 October 2031 mortar shells hit a school used as a shelter in Umm Kahraman. Five people were killed, two of them women.\n",
    ),
    (
        "mine.txt",
        "A landmine killed one child in the village of Birkat Zajal on 2 May 2031, residents said.\n",
    ),
];

/// A register with these reports.
fn told() -> Home {
    let home = Home::new();
    let files: Vec<_> = REPORTS.iter().map(|(name, text)| home.file(name, text)).collect();
    home.add(files).ends(0);
    home
}

/// The claims of the first pair of the queue.
fn first_pair(home: &Home) -> [String; 2] {
    let queue = home.run(["link", "--review", "1"]).ends(0).out;
    let judge = queue.lines().find_map(|line| line.trim().strip_prefix("sijil judge ")).unwrap();
    let mut claims = judge.split(' ').map(str::to_owned);
    [claims.next().unwrap(), claims.next().unwrap()]
}

#[test]
fn a_strike_that_several_documents_tell_is_found_and_joined_by_a_person() {
    let home = told();
    home.run(["count"]).ends(0).says(&[
        "All people: 37",
        "4 incidents may be only 2, which nobody has judged; if so: 18 to 20; incidents: 3",
        "incidents: 5",
    ]);
    home.run(["link"]).ends(0).says(&[
        "5 reports of incidents compared; 2 pairs of incidents may be one, as before",
        "no figure moved",
    ]);
    let queue = home.run(["link", "--review", "9"]).ends(0);
    queue.says(&["two incidents that may be one (the same day", "moves all killed"]);
    let [left, right] = first_pair(&home);
    home.run(["judge", &left, &right, "same", "--why", "one school, one day"]).ends(0);
    home.run(["count"]).ends(0).says(&["All people: 32", "2 incidents may be only one", "if so: 18 to 20"]);
    home.run(["link"]).ends(0).says(&["1 pair of incidents may be one"]);
    let [left, right] = first_pair(&home);
    home.run(["judge", &left, &right, "different", "--why", "two markets"]).ends(0);
    let linked = home.run(["link"]).ends(0).says(&["0 pairs of incidents may be one"]);
    assert!(!linked.out.contains("nobody has judged"), "{}", linked.out);
    let counted = home.run(["count"]).ends(0).says(&["All people: 32", "incidents: 4"]).out;
    assert!(!counted.contains("may be only"), "{counted}");
    home.run(["link", "--review", "9"]).ends(0).says(&["0 pairs in doubt"]);
}

/// A new report of a strike is offered as it comes in, beside what was judged before; who adds it again changes nothing.
#[test]
fn a_report_that_comes_in_is_compared_at_once() {
    let home = Home::new();
    let [herald, akhbar, others @ ..] = REPORTS.map(|(name, text)| home.file(name, text));
    home.add([vec![herald], others.to_vec()].concat()).ends(0).says(&["1 pair of incidents may be one"]);
    let [left, right] = first_pair(&home);
    home.run(["judge", &left, &right, "different", "--why", "two schools"]).ends(0);
    home.run(["link", "--review", "9"]).ends(0).says(&["0 pairs in doubt"]);
    home.add([akhbar.clone()]).ends(0).says(&["1 pair of incidents may be one"]);
    home.run(["link", "--review", "9"]).ends(0).says(&["1 pair in doubt", "the same day"]);
    let again = home.add([akhbar]).ends(0);
    assert!(!again.err.contains("may be one"), "{}", again.err);
    let far =
        "A shell killed two people in the village of Birkat Zajal on 30 November 2031, residents said.\n";
    let far = home.add([home.file("far.txt", far)]).ends(0);
    assert!(!far.err.contains("may be one"), "{}", far.err);
}

/// What a document tells apart is two incidents, however alike.
#[test]
fn two_strikes_of_one_document_are_two() {
    let home = Home::new();
    let text = "Port Amal, 9 May 2031\n\nOn 3 May 2031 an air raid on the market of Jisr Sanabil killed four people.\n\nOn 7 May 2031 two shells hit the same market and killed five people, the mayor said.\n";
    let file = home.file("two.txt", text);
    home.add([file]).ends(0);
    home.run(["link"]).ends(0).says(&["2 reports of incidents compared; 0 pairs of incidents may be one"]);
}

/// Unlike strikes on other days in other places are no strike of several tellings, however few documents there are.
#[test]
fn strikes_far_apart_on_other_days_are_not_offered_as_one() {
    let home = Home::new();
    let texts = [
        "Two boys were killed by a landmine near Port Amal on 7 May 2031.\n",
        "An air strike on a bakery in Qasr al-Nahr killed eleven people on 9 May 2031.\n",
        "Six people were killed in Jisr Sanabil on 12 May 2031 by artillery.\n",
        "قُتل أربعة أشخاص بقصف على بلدة أم كهرمان يوم 20 أيار 2031.\n",
        "An air strike on 22 May 2031 hit a house in Birkat Zajal, killing 50 people.\n",
    ];
    let files: Vec<_> =
        texts.iter().enumerate().map(|(at, text)| home.file(&format!("{at}.txt"), text)).collect();
    for file in files {
        let added = home.add([file]).ends(0);
        assert!(!added.err.contains("may be one"), "{}", added.err);
    }
    home.run(["link"]).ends(0).says(&["5 reports of incidents compared; 0 pairs of incidents may be one"]);
}

#[test]
fn no_judgement_leaves_a_pair_unsaid() {
    let home = Home::new();
    let third = "Marjan Wire\n\nAn air raid on the vegetable market of Jisr Sanabil killed 13 people on 8 March 2031, three of them children, medics said. They blamed the Southern Coalition.\n";
    let reports = [REPORTS[0], REPORTS[1], ("wire.txt", third)];
    home.add(reports.map(|(name, text)| home.file(name, text))).ends(0);
    home.run(["link"]).ends(0).says(&["3 reports of incidents compared; 2 pairs of incidents may be one"]);
    let mut judged = 0;
    while home.run(["link", "--review", "1"]).ends(0).out.contains("sijil judge") {
        let [left, right] = first_pair(&home);
        home.run(["judge", &left, &right, "different", "--why", "they say so"]).ends(0);
        judged += 1;
        assert!(judged <= 3, "a pair is shown twice");
    }
    assert_eq!(judged, 3, "each of the three was held beside both others");
    home.run(["link"]).ends(0).says(&["0 pairs of incidents may be one"]);
}

/// A day that a text does not tell, and that is only its post's, keeps nothing apart: a post is often written again days later.
#[test]
fn the_days_of_posts_keep_no_tellings_apart() {
    let home = Home::new();
    let text = "An air raid by the Southern Coalition hit the vegetable market of Jisr Sanabil, killing 14 people, among them three children, the hospital said.\n";
    for (name, day) in [("first.txt", "2031-03-09"), ("again.txt", "2031-03-13")] {
        let file = home.file(name, format!("{text}{name}\n"));
        home.run(["add", &file.display().to_string(), "--published", day]).ends(0);
    }
    home.run(["link"]).ends(0).says(&["1 pair of incidents may be one"]);
}

/// Who puts together two incidents that name people is told where nobody has looked which of them are one.
#[test]
fn a_judgement_says_that_the_people_were_never_linked() {
    let home = Home::new();
    let texts = [
        "An air raid on the market of Jisr Sanabil killed Adnan Shahin and Omar Bitar on 3 March 2031.\n",
        "أسفرت غارة جوية على سوق جسر السنابل يوم 3 آذار/مارس 2031 عن مقتل عدنان شاهين وعمر البيطار.\n",
    ];
    home.add([home.file("en.txt", texts[0]), home.file("ar.txt", texts[1])]).ends(0);
    let [left, right] = first_pair(&home);
    let judged = home.run(["judge", &left, &right, "same", "--why", "one market, one day"]).ends(0);
    assert!(judged.err.contains("were never linked"), "{}", judged.err);
    home.run(["link"]).ends(0);
    let judged = home.run(["judge", &left, &right, "same", "--why", "one market, one day"]).ends(0);
    assert!(!judged.err.contains("were never linked"), "{}", judged.err);
}
