//! Resolving on a small made-up country, where every answer can be checked by eye.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use sijil_model::codebook::PlacePrecision::{self, City, Governorate, NearPlace, Town, Village};
use sijil_model::{PlaceId, PlacePhrase};
use sijil_place::{
    Answer, Confirmed, Gazetteer, Import, Memory, PlaceContext, RowError, Scope, disagreements, parse_place,
    resolve, resolve_spellings,
};

/// Marjan: three governorates, and two villages of one name in different ones.
const MARJAN: &str = "\
place_id,name_en,name_ar,alternates,kind,parent,lat,lon,population,pcode
xm:country,Marjan,مرجان,,country,,,,,XM
xm:sahel,Sahel,الساحل,,governorate,xm:country,,,,XM01
xm:nahr,Nahr,النهر,Qasr Nahr|قصر النهر,governorate,xm:country,,,,XM02
xm:jabal,Jabal,الجبل,,governorate,xm:country,,,,XM03
xm:rif-amal,Rural Port Amal,ريف ميناء الأمل,Port Amal countryside,governorate,xm:country,,,,XM04
xm:port-amal,Port Amal,ميناء الأمل,Minaa al-Amal,city,xm:sahel,10.00,50.00,400000,XM0101
xm:mina,Al-Mina,الميناء,,neighbourhood,xm:port-amal,10.01,50.02,,
xm:qasr-nahr,Qasr Nahr,قصر النهر,Kasr an-Nahr,city,xm:nahr,11.00,51.00,150000,XM0201
xm:tell-zaytun,Tell Zaytun,تل الزيتون,Tal al-Zaytoun,city,xm:jabal,12.00,50.50,60000,XM0301
xm:wardah-nahr,Wardah,الوردة,Al-Warda,village,xm:nahr,11.10,51.10,900,
xm:wardah-jabal,Wardah,الوردة,,village,xm:jabal,12.10,50.40,1200,
xm:safsaf,Safsaf,الصفصاف,As-Safsaf,town,xm:rif-amal,10.20,50.10,8000,
xm:rummaneh,Rummaneh,الرمانة,,village,xm:jabal,12.30,50.60,,
";

/// The bytes of a gazetteer file of a table.
fn file_from_table(table: &str) -> Vec<u8> {
    let mut import = Import::default();
    import.add("table", table.as_bytes()).unwrap();
    import.finish().unwrap().bytes
}

fn from_table(table: &str) -> (Gazetteer, Vec<RowError>) {
    Gazetteer::from_source("table", table.as_bytes().to_vec()).unwrap()
}

fn gazetteer() -> Gazetteer {
    let (gazetteer, errors) = from_table(MARJAN);
    assert!(errors.is_empty(), "{errors:?}");
    gazetteer
}

fn answer(said: &str) -> Answer {
    resolve(
        &gazetteer(),
        &parse_place(said),
        &PlaceContext { country: Some("XM"), ..PlaceContext::default() },
    )
}

/// Id and precision of the answer, or nothing.
fn placed(answer: &Answer) -> Option<(&str, PlacePrecision)> {
    answer.best().map(|best| (best.place_id.as_ref().unwrap().as_str(), best.precision))
}

#[test]
fn phrases_and_their_places() {
    for (said, expected) in [
        ("Port Amal", Some(("xm:port-amal", City))),
        ("ميناء الأمل", Some(("xm:port-amal", City))),
        ("Minaa el Amal", Some(("xm:port-amal", City))),
        ("مدينة تل الزيتون", Some(("xm:tell-zaytun", City))),
        ("Tall az-Zaitoon", Some(("xm:tell-zaytun", City))),
        ("الصفصاف", Some(("xm:safsaf", Town))),
        ("village of Wardah in Qasr Nahr countryside", Some(("xm:wardah-nahr", Village))),
        ("Al Warda, Jabal", Some(("xm:wardah-jabal", Village))),
        ("قرية الوردة بمحافظة الجبل", Some(("xm:wardah-jabal", Village))),
        ("قرية الوردة ريف قصر النهر", Some(("xm:wardah-nahr", Village))),
        ("Jabal governorate", Some(("xm:jabal", Governorate))),
        ("محافظة الجبل", Some(("xm:jabal", Governorate))),
        ("Qasr Nahr city", Some(("xm:qasr-nahr", City))),
        ("Qasr Nahr governorate", Some(("xm:nahr", Governorate))),
        ("Tell Zaytun countryside", Some(("xm:tell-zaytun", NearPlace))),
        // The countryside that is a governorate of its own.
        ("ريف ميناء الأمل", Some(("xm:rif-amal", Governorate))),
        ("Safsaf in Port Amal countryside", Some(("xm:safsaf", Town))),
        ("Al-Mina neighbourhood in Port Amal", Some(("xm:mina", PlacePrecision::Neighbourhood))),
        // Not in the gazetteer: the city, and no finer.
        ("Rahba neighbourhood in Qasr Nahr city", Some(("xm:qasr-nahr", City))),
        ("حي الرحبة في مدينة قصر النهر", Some(("xm:qasr-nahr", City))),
        ("Hamra Street, Port Amal city", Some(("xm:port-amal", City))),
        // A neighbourhood with the name of a village far away.
        ("Rummaneh neighbourhood, Port Amal city", Some(("xm:port-amal", City))),
        ("Zahra village in Tell Zaytun countryside", Some(("xm:tell-zaytun", NearPlace))),
        ("Zahra village, Jabal governorate", Some(("xm:jabal", Governorate))),
        ("Zahra", None),
        ("Tell", None),
        ("the city", None),
        ("القرية", None),
        ("", None),
    ] {
        let answer = answer(said);
        assert_eq!(placed(&answer), expected, "{said}: {answer:?}");
        assert_eq!(answer.answered, answer.reasons.is_empty(), "{said}");
    }
}

#[test]
fn a_name_of_a_city_and_a_governorate_is_the_city_and_says_so() {
    let answer = answer("Qasr Nahr");
    assert_eq!(placed(&answer), Some(("xm:qasr-nahr", City)));
    assert!(answer.best().unwrap().why.contains("an area has the same name"), "{answer:?}");
}

#[test]
fn a_coarser_answer_says_what_is_missing_and_has_the_coarser_radius() {
    let answer = answer("Rahba neighbourhood in Qasr Nahr city");
    let best = answer.best().unwrap();
    assert!(best.why.contains("Rahba neighbourhood is not in the gazetteer"), "{}", best.why);
    assert_eq!(best.radius_m, Some(10_000));
}

#[test]
fn a_governorate_is_no_point() {
    let answer = answer("Jabal governorate");
    let best = answer.best().unwrap();
    assert_eq!((best.lat, best.lon), (None, None));
    assert!(best.radius_m.unwrap() > 10_000);
    assert_eq!(best.pcode.as_deref(), Some("XM03"));
}

#[test]
fn namesakes_share_the_score_and_are_all_shown() {
    let (alone, shared) = (answer("Safsaf"), answer("Wardah"));
    assert_eq!(shared.answers.len(), 2);
    assert!(shared.answers[0].score < alone.answers[0].score);
    assert!(shared.answers[0].why.contains("other places have the name"));
}

#[test]
fn the_report_s_places_decide_between_namesakes() {
    let (gazetteer, phrase) = (gazetteer(), parse_place("Wardah"));
    let co_mentioned = [parse_place("Tell Zaytun")];
    let near = PlaceContext { country: Some("XM"), co_mentioned: &co_mentioned, ..PlaceContext::default() };
    assert_eq!(placed(&resolve(&gazetteer, &phrase, &near)), Some(("xm:wardah-jabal", Village)));
    let inside = PlaceContext { country: Some("XM"), within: &["النهر"], ..PlaceContext::default() };
    assert_eq!(placed(&resolve(&gazetteer, &phrase, &inside)), Some(("xm:wardah-nahr", Village)));
}

#[test]
fn two_spellings_are_one_place() {
    let spellings: [PlacePhrase; 2] = [parse_place("الصفصاف"), parse_place("Al Safsaff")];
    let context = PlaceContext { country: Some("XM"), ..PlaceContext::default() };
    assert_eq!(placed(&resolve_spellings(&gazetteer(), &spellings, &context)), Some(("xm:safsaf", Town)));
}

#[test]
fn a_word_more_or_less_in_the_name_finds_the_place() {
    let more = "xm:sindyan,Sindyan Tahtani,سنديان تحتاني,,village,xm:jabal,12.20,50.30,,\n\
                xm:nisr,Tell Nisr,تل النسر,,village,xm:jabal,12.40,50.40,,\n";
    let (gazetteer, _) = from_table(&format!("{MARJAN}{more}"));
    for (said, id) in [
        ("Sindyan, Jabal governorate", "xm:sindyan"),
        ("Lower Sindyan, Jabal governorate", "xm:sindyan"),
        ("سنديان، محافظة الجبل", "xm:sindyan"),
        ("Nisr, Jabal governorate", "xm:nisr"),
        ("قرية النسر بمحافظة الجبل", "xm:nisr"),
    ] {
        let context = PlaceContext { country: Some("XM"), ..PlaceContext::default() };
        let answer = resolve(&gazetteer, &parse_place(said), &context);
        assert_eq!(placed(&answer).map(|(id, _)| id), Some(id), "{said}: {answer:?}");
        assert!(answer.best().unwrap().why.contains("but for a word"), "{answer:?}");
    }
}

#[test]
fn another_country_is_not_considered() {
    let context = PlaceContext { country: Some("XN"), ..PlaceContext::default() };
    assert!(!resolve(&gazetteer(), &parse_place("Port Amal"), &context).answered);
}

#[test]
fn what_a_reviewer_confirmed_is_used_in_the_same_container_only() {
    let rows = "text,within,place_id,lat,lon\nحي الرحبة,قصر النهر,,11.02,51.01\nbroken,,,north,east\n";
    let (memory, errors) = Memory::from_table(rows).unwrap();
    assert_eq!((memory.len(), errors[0].row), (1, 2));
    let context = PlaceContext { country: Some("XM"), memory: Some(&memory), ..PlaceContext::default() };
    let here = resolve(&gazetteer(), &parse_place("حي الرحبة، قصر النهر"), &context);
    assert_eq!(here.best().unwrap().lat, Some(11.02));
    let elsewhere = resolve(&gazetteer(), &parse_place("حي الرحبة، تل الزيتون"), &context);
    assert_ne!(elsewhere.best().and_then(|best| best.lat), Some(11.02));
    assert!(Memory::from_rows(Vec::<Confirmed>::new()).is_empty());
}

#[test]
fn a_confirmed_string_may_name_its_container_itself() {
    let rows = "text,within,place_id,lat,lon\n\"حي الرحبة، قصر النهر\",Nahr,,11.02,51.01\n";
    let (memory, _) = Memory::from_table(rows).unwrap();
    let within = ["Nahr"];
    let context = PlaceContext { within: &within, memory: Some(&memory), ..PlaceContext::default() };
    let again = resolve(&gazetteer(), &parse_place("حي الرحبة (قصر النهر)"), &context);
    assert_eq!(again.best().unwrap().lat, Some(11.02));
    let elsewhere = resolve(&gazetteer(), &parse_place("حي الرحبة، تل الزيتون"), &context);
    assert_ne!(elsewhere.best().and_then(|best| best.lat), Some(11.02));
}

#[test]
fn without_a_country_the_report_s_other_places_tell_it() {
    let table = "place_id,name_en,kind,parent,lat,lon,population,pcode\n\
        xm,Marjan,country,,,,,XM\n\
        xn,Yaqut,country,,,,,XN\n\
        xm:warda,Warda,town,xm,10,50,9000,\n\
        xn:warda,Warda,town,xn,20,40,9000,\n";
    let gazetteer = from_table(table).0;
    for (other, first) in [("Marjan", 10.0), ("Yaqut", 20.0)] {
        let others = [parse_place(other)];
        let context = PlaceContext { co_mentioned: &others, ..PlaceContext::default() };
        let answer = resolve(&gazetteer, &parse_place("Warda"), &context);
        assert_eq!(answer.answers[0].lat, Some(first), "{other}: {answer:?}");
    }
}

#[test]
fn the_chain_leads_to_the_country() {
    let gazetteer = gazetteer();
    let chain: Vec<String> = gazetteer
        .chain(&PlaceId::new("xm:mina").unwrap())
        .into_iter()
        .map(|place| place.id.to_string())
        .collect();
    assert_eq!(chain, ["xm:mina", "xm:port-amal", "xm:sahel", "xm:country"]);
    let mina = gazetteer.place(&PlaceId::new("xm:mina").unwrap()).unwrap();
    assert_eq!((mina.governorate.unwrap().as_str(), mina.country.as_deref()), ("xm:sahel", Some("XM")));
    let sahel = PlaceId::new("xm:sahel").unwrap();
    let found = gazetteer.find("wardah", Scope { country: Some("XM"), area: Some(&sahel) });
    assert_eq!(found, []);
    assert_eq!(gazetteer.find("WARDAH", Scope::default()).len(), 2);
}

#[test]
fn what_lies_on_top_hides_what_lies_below() {
    let moved = "place_id,name_en,kind,parent,lat,lon\nxm:safsaf,Safsaf,town,xm:jabal,12.2,50.7\n";
    let stack = Gazetteer::stack([gazetteer(), from_table(moved).0]);
    let found = stack.find("Safsaf", Scope { country: Some("XM"), area: None });
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].lat, found[0].governorate.as_ref().unwrap().as_str()), (12.2, "xm:jabal"));
}

#[test]
fn names_are_known_for_running_text() {
    let gazetteer = gazetteer();
    assert!(gazetteer.is_known_name("port amal"));
    assert!(gazetteer.starts_known_name("port"));
    assert!(!gazetteer.is_known_name("port"));
    assert!(gazetteer.is_known_name("ميناء الامل"));
    assert!(gazetteer.is_known_name_in("port amal", "XM") && !gazetteer.is_known_name_in("port amal", "XN"));
}

#[test]
fn bad_rows_are_reported_and_the_rest_is_read() {
    let table = "place_id,name_en,kind,parent,lat,lon,pcode\n\
        a,First,town,,1,2,\n\
        a,Again,town,,1,2,\n\
        b,Swapped,town,,120,2,\n\
        c,,town,,1,2,\n\
        d,Odd,hill,,1,2,\n\
        e,Nowhere,governorate,,,,\n\
        f f,Spaces,town,,1,2,\n\
        g,Loop,town,h,1,2,\n\
        h,Loop too,district,g,1,2,\n\
        i,No code,country,,,,\n";
    let (gazetteer, errors) = from_table(table);
    assert_eq!(errors.iter().map(|error| error.row).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 10]);
    assert_eq!(gazetteer.len(), 3);
    assert_eq!(gazetteer.chain(&PlaceId::new("g").unwrap()).len(), 2);
    let refused = Gazetteer::from_source("table", b"name,kind\n".to_vec()).map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("place_id,name_en"), "{refused}");
}

#[test]
fn a_cut_or_foreign_file_is_refused() {
    let file = file_from_table(MARJAN);
    for cut in [0, 8, 40, 67, 68, 200, file.len() - 1] {
        assert!(Gazetteer::from_bytes(file[..cut].to_vec()).is_err(), "cut at {cut}");
    }
    assert!(Gazetteer::from_bytes(vec![b'x'; 4096]).is_err());
}

#[test]
fn a_changed_byte_in_the_look_up_tables_is_found() {
    let file = file_from_table(MARJAN);
    assert_eq!(Gazetteer::from_bytes(file.clone()).unwrap().verify(), Ok(()));
    // The third section's offset and length, see the format.
    let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    let (start, length) = (word(28), word(32));
    for at in (start..start + length).step_by(7) {
        let mut damaged = file.clone();
        damaged[at] ^= 0x20;
        let opened = Gazetteer::from_bytes(damaged);
        assert!(opened.is_err() || opened.is_ok_and(|gazetteer| gazetteer.verify().is_err()), "byte {at}");
    }
}

#[test]
fn an_empty_gazetteer_answers_nothing_and_says_why() {
    let (empty, errors) = from_table("place_id,kind\n");
    assert!(empty.is_empty() && errors.is_empty());
    let answer = resolve(&empty, &parse_place("Port Amal"), &PlaceContext::default());
    assert!(!answer.answered && answer.reasons.join(" ").contains("scripts/fetch-places.sh"), "{answer:?}");
    assert_eq!(answer.place().precision, PlacePrecision::NotPlaced);
}

#[test]
fn the_same_table_makes_the_same_bytes_in_any_row_order() {
    let first = file_from_table(MARJAN);
    let mut lines: Vec<&str> = MARJAN.lines().collect();
    lines[1..].reverse();
    let second = file_from_table(&lines.join("\n"));
    assert_eq!(first, second);
}

#[test]
fn of_confirmations_for_the_same_words_most_count() {
    let rows = "text,within,place_id,lat,lon\nRahba,Nahr,,11.02,51.01\nRahba,Nahr,,11.02,51.02\nRahba,Nahr,,11.90,51.90\n";
    let (memory, _) = Memory::from_table(rows).unwrap();
    let within = ["Nahr"];
    let context = PlaceContext { within: &within, memory: Some(&memory), ..PlaceContext::default() };
    let found = resolve(&gazetteer(), &parse_place("Rahba"), &context);
    assert_eq!(found.best().unwrap().lon, Some(51.02));
}

#[test]
fn another_spelling_of_confirmed_words_finds_their_place() {
    let rows = "text,within,place_id,lat,lon\nKhirbat Sanawbar village,Nahr,,11.20,51.30\n";
    let (memory, _) = Memory::from_table(rows).unwrap();
    let plain = gazetteer();
    let over = memory.over(&plain, Some("XM")).unwrap();
    let within = ["Nahr"];
    let context = PlaceContext {
        country: Some("XM"),
        within: &within,
        memory: Some(&memory),
        ..PlaceContext::default()
    };
    let phrase = parse_place("قرية خربة الصنوبر");
    let found = resolve(&over, &phrase, &context);
    let best = found.best().unwrap();
    assert_eq!((best.lat, best.precision), (Some(11.2), Village), "{found:?}");
    assert!(best.score < 0.99 && best.why.contains("similar name"), "{found:?}");
    assert!(resolve(&plain, &phrase, &context).best().and_then(|best| best.lat) != Some(11.2));
    // What was confirmed is no place to say that something lies in.
    let inside = resolve(&over, &parse_place("the school in Khirbat Sanawbar village"), &context);
    assert!(inside.best().and_then(|best| best.lat) != Some(11.2), "{inside:?}");
}

#[test]
fn a_text_against_its_gazetteer_is_a_disagreement() {
    let gazetteer = gazetteer();
    let told = |said: &str| -> Vec<String> {
        let phrase = parse_place(said);
        let found = answer("Rummaneh village").place();
        disagreements(&gazetteer, &phrase, &found, Some("XM")).iter().map(ToString::to_string).collect()
    };
    assert_eq!(told("Rummaneh village in Jabal governorate"), Vec::<String>::new());
    let elsewhere = told("Rummaneh village in Sahel governorate");
    assert!(elsewhere[0].contains("km outside `Sahel governorate`"), "{elsewhere:?}");
    let other_half = told("Rummaneh village in southern Jabal");
    assert!(other_half[0].contains("of the way to that side"), "{other_half:?}");
    assert_eq!(told("Rummaneh village in northern Jabal"), Vec::<String>::new());
}

#[test]
fn between_two_places_is_near_the_one_that_is_near_the_other() {
    let found = answer("road between Wardah and Tell Zaytun");
    let best = found.best().unwrap();
    assert_eq!(best.precision, NearPlace, "{found:?}");
    assert_ne!(best.place_id.as_ref().unwrap().as_str(), "xm:wardah-nahr", "{found:?}");
}
