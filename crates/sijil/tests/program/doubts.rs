//! What a figure does not take at its word: the attacker about whom it harmed, a batch that nobody compared, a day that cannot
//! be; and who left out what.

use serde_json::json;

use crate::support::Home;
use crate::support::reports::report;

#[test]
fn the_attacker_s_word_makes_nobody_a_fighter() {
    let texts = [
        "An air strike killed a family of five, including three children, in Sahel Town on 5 October 2031. \
         The Hill Army claimed it had killed five fighters.\n",
        "قتلت غارة جوية عائلة من خمسة أفراد بينهم ثلاثة أطفال في بلدة الساحل في 5 تشرين الأول 2031. \
         وقال الجيش إنه قتل خمسة مسلحين.\n",
    ];
    for (number, text) in texts.iter().enumerate() {
        let home = Home::new();
        home.add([home.file(&format!("{number}.txt"), text)]).ends(0);
        let civilian = home.count(&["--status", "civilian"]);
        assert_eq!((&civilian["min"], &civilian["max"]), (&json!(3), &json!(5)), "{civilian}");
        let fighters = home.count(&["--status", "combatant"]);
        assert_eq!((&fighters["min"], &fighters["max"]), (&json!(0), &json!(2)), "{fighters}");
        assert_eq!(home.count(&[])["min"], json!(5));
    }
}

#[test]
fn what_nobody_compared_is_said_until_it_is_compared() {
    let home = Home::new();
    home.add((0..3).map(|number| home.file(&format!("{number}.txt"), report(number)))).ends(0);
    let uncompared = |home: &Home| home.run(["count"]).ends(0).out.contains("compared with no others yet");
    assert!(!uncompared(&home));
    // What was compared is kept beside the log.
    home.run(["rebuild"]).ends(0);
    home.run(["count"]).ends(0).says(&["3 reports of incidents compared with no others yet", "`sijil link`"]);
    home.run(["publish", home.path("site").to_str().unwrap()])
        .ends(1)
        .says(&["nothing is published", "`sijil link`"]);
    home.run(["link"]).ends(0);
    assert!(!uncompared(&home));
}

#[test]
fn who_left_out_an_incident_is_said_and_a_slip_of_a_year_is_asked_back() {
    let home = Home::new();
    home.add([home.file("0.txt", report(0))]).ends(0);
    let incident = home.count(&[])["records"][0]["id"].as_str().unwrap().to_owned();
    home.run(["show", &incident]).ends(0).says(&["date: 2031-"]);
    home.run(["decide", &incident, "date", "1025-11-05", "--why", "the paper says so"])
        .ends(2)
        .says(&["before 1900", "write it again"]);
    home.run(["decide", &incident, "grading", "discounted", "--why", "told twice"]).ends(0);
    let out = &home.count(&[])["excluded"][0];
    assert_eq!((&out["code"], &out["reason"]), (&json!("discounted"), &json!("told twice")));
    assert!(out["decided_by"].is_string() && out["at"].is_string(), "{out}");
}
