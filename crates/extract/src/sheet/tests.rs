//! What rows of each shape say.

use sijil_model::actor::read_actors;
use sijil_model::claim::Casualty;
use sijil_model::codebook::{Class, Harm, Status};
use sijil_model::{Content, DocumentId, Quantity, TimeExpression};

use super::*;

fn read(headers: &[&str], rows: &[&[&str]]) -> Vec<CodedRow> {
    let actors = read_actors("code,kind,label_en,label_ar,aliases_en,aliases_ar\nnorthern_front,non_state_armed_group,Northern Front,جبهة الشمال,Northern Army,جيش الشمال\nsahel_guard,allied_militia,Sahel Guard,حرس الساحل,Guard of Sahel,حرس الساحل\n").unwrap();
    let (document, parties) = (DocumentId::new("d".repeat(64)).unwrap(), Parties::of(&actors));
    let columns = SheetColumns::of_headers(None, headers).unwrap();
    let mut reader = SheetReader::new(&document, &columns, &parties, |column| {
        rows.iter().filter_map(move |cells| cells.get(column).copied())
    });
    rows.iter()
        .zip(1..)
        .map(|(cells, number)| reader.read(&ListRow { number, cells: cells.to_vec() }))
        .collect()
}

fn numbers(row: &CodedRow) -> Vec<(Harm, Class, Option<Status>, Quantity)> {
    let casualty = |claim: &Claim| match &claim.content {
        Content::Casualty(Casualty { harm, class, status, count, .. }) => {
            Some((*harm, *class, *status, count.quantity))
        }
        _ => None,
    };
    row.claims.iter().filter_map(casualty).collect()
}

fn date(row: &CodedRow) -> String {
    let time = row.claims.iter().find_map(|claim| match &claim.content {
        Content::Time { time: TimeExpression::Calendar(edtf), .. } => Some(edtf.to_string()),
        _ => None,
    });
    time.unwrap_or_default()
}

#[test]
fn an_airwars_row_is_an_incident_with_its_numbers_and_grade() {
    let headers = [
        "code",
        "date",
        "date_end",
        "place_en",
        "governorate_ar",
        "lat",
        "lon",
        "geo_accuracy",
        "belligerent",
        "strike_type",
        "grading",
        "civ_killed_min",
        "civ_killed_max",
        "children_killed_min",
        "children_killed_max",
        "mil_killed_min",
    ];
    let rows = read(
        &headers,
        &[&[
            "X1",
            "2031-10-05",
            "2031-10-06",
            "Port Amal",
            "الساحل",
            "35.5",
            "36.1",
            "town",
            "Northern Army, Unknown, Moon People",
            "Airstrike, Drone Strike",
            "Fair",
            "4",
            "8",
            "3",
            "3",
            "",
        ]],
    );
    let row = &rows[0];
    assert_eq!(row.founds.as_ref().unwrap().0.as_deref(), Some("X1"));
    assert_eq!((date(row).as_str(), row.grading), ("2031-10-05/2031-10-06", Some(Grading::Fair)));
    assert_eq!(
        numbers(row),
        [
            (Harm::Killed, Class::Total, Some(Status::Civilian), Quantity::Between { n: 4, to: 8 }),
            (Harm::Killed, Class::Children, Some(Status::Civilian), Quantity::Exact { n: 3 }),
        ]
    );
    let located = row.located.as_ref().unwrap();
    assert_eq!((located.point, located.precision), (Some((35.5, 36.1)), Some(PlacePrecision::Town)));
    assert_eq!(
        (located.spellings.as_slice(), located.governorate.as_slice()),
        (["Port Amal".to_owned()].as_slice(), ["الساحل".to_owned()].as_slice())
    );
    let remarks: Vec<_> = row.remarks.iter().map(|remark| (remark.kind, remark.cell.as_str())).collect();
    assert_eq!(remarks, [(RemarkKind::NotCarried, "Moon People")]);
    let incident = &row.claims[0].id;
    assert!(row.claims[1..].iter().all(|claim| claim.about.as_ref() == Some(incident)));
}

#[test]
fn bad_cells_are_told_and_the_rest_of_the_row_is_taken() {
    let headers = ["code", "date", "civ_killed_min", "civ_killed_max", "men_killed_min", "men_killed_max"];
    let rows = read(
        &headers,
        &[
            &["X1", "soon", "many", "8", "9", "4"],
            &["X1", "2031-10-05", "1", "1", "", ""],
            &["#event+code", "#date", "", "", "", ""],
        ],
    );
    let told: Vec<_> =
        rows[0].remarks.iter().map(|remark| (remark.row, remark.column, remark.kind)).collect();
    assert_eq!(
        told,
        [
            (1, Some(1), RemarkKind::CellRefused),
            (1, Some(2), RemarkKind::CellRefused),
            (1, Some(4), RemarkKind::CellRefused)
        ]
    );
    assert_eq!(
        numbers(&rows[0]),
        [(Harm::Killed, Class::Total, Some(Status::Civilian), Quantity::AtMost { n: 8 })]
    );
    assert_eq!(rows[1].remarks[0].kind, RemarkKind::RowRefused);
    assert!(rows[1].remarks[0].text.contains("row 1") && rows[1].claims.is_empty());
    assert_eq!(rows[2], CodedRow::default(), "a row of tags says nothing");
}

#[test]
fn a_ucdp_row_has_deaths_by_side_and_one_actor_where_the_violence_has_one_side() {
    let headers = [
        "id",
        "date_start",
        "date_end",
        "type_of_violence",
        "side_a",
        "side_b",
        "low",
        "high",
        "best",
        "deaths_a",
        "deaths_b",
        "deaths_civilians",
    ];
    let rows = read(
        &headers,
        &[
            &[
                "7",
                "2031-10-01",
                "2031-10-07",
                "1",
                "Northern Front",
                "Sahel Guard",
                "9",
                "12",
                "10",
                "2",
                "3",
                "5",
            ],
            &[
                "8",
                "2031-10-01 00:00:00.000",
                "2031-10-01 00:00:00.000",
                "3",
                "Sahel Guard",
                "Civilians",
                "4",
                "4",
                "4",
                "0",
                "0",
                "4",
            ],
        ],
    );
    assert_eq!(
        numbers(&rows[0]),
        [
            (Harm::Killed, Class::Total, None, Quantity::Between { n: 9, to: 12 }),
            (Harm::Killed, Class::Total, Some(Status::Combatant), Quantity::Exact { n: 5 }),
            (Harm::Killed, Class::Total, Some(Status::Civilian), Quantity::Exact { n: 5 }),
        ]
    );
    let parties = |row: &CodedRow| {
        row.claims.iter().filter(|claim| matches!(claim.content, Content::Attribution { .. })).count()
    };
    assert_eq!((parties(&rows[0]), parties(&rows[1])), (2, 1));
    assert_eq!((date(&rows[0]), date(&rows[1])), ("2031-10-01/2031-10-07".into(), "2031-10-01".into()));
    assert!(rows[1].remarks.is_empty(), "{:?}", rows[1].remarks);
}

#[test]
fn an_acled_date_is_as_coarse_as_its_precision_says() {
    let headers =
        ["event_id_cnty", "event_date", "time_precision", "location", "admin1", "fatalities", "actor1"];
    let row = |day: &'static str, precision: &'static str| {
        let rows = read(&headers, &[&["XM1", day, precision, "Port Amal", "Sahel", "3", "Northern Front"]]);
        date(&rows[0])
    };
    assert_eq!(row("05 October 2031", "1"), "2031-10-05");
    assert_eq!(row("2031-10-05", "2"), "2031-09-29/2031-10-11");
    assert_eq!(row("2031-10-05", "3"), "2031-10");
}

#[test]
fn our_own_tables_come_back_and_what_was_concluded_is_concluded_again() {
    let headers = [
        "incident",
        "date",
        "place_en",
        "actors",
        "harm",
        "class",
        "status",
        "min",
        "highest_reported",
        "max",
        "rule",
    ];
    let rows = read(
        &headers,
        &[
            &[
                "i1",
                "2031-10",
                "Port Amal",
                "northern_front sahel_guard",
                "killed",
                "total",
                "",
                "10",
                "12",
                "open",
                "envelope",
            ],
            &[
                "i1",
                "2031-10",
                "Port Amal",
                "northern_front sahel_guard",
                "killed",
                "total",
                "civilian",
                "10",
                "12",
                "open",
                "civilian-by-default",
            ],
            &["i1", "2031-10", "Port Amal", "", "injured", "children", "", "2", "", "2", "open:exact"],
            &["i2", "2031-10", "Port Amal", "", "eaten", "total", "", "2", "", "2", ""],
        ],
    );
    assert_eq!(numbers(&rows[0]), [(Harm::Killed, Class::Total, None, Quantity::AtLeast { n: 10 })]);
    assert!(numbers(&rows[1]).is_empty());
    assert_eq!(numbers(&rows[2]), [(Harm::Injured, Class::Children, None, Quantity::Exact { n: 2 })]);
    assert_eq!(
        rows[2].claims[0].about,
        rows[0].claims[0].about.clone().or(Some(rows[0].claims[0].id.clone()))
    );
    assert!(rows[3].remarks.iter().any(|remark| remark.text.contains("killed_or_injured")));
    let parties =
        rows[0].claims.iter().filter(|claim| matches!(claim.content, Content::Attribution { .. })).count();
    assert_eq!(parties, 2);
}

#[test]
fn people_are_about_the_incident_of_their_code() {
    let headers = ["code", "victim_no", "name_ar", "name_latin", "sex", "age_group", "age", "status"];
    let rows = read(
        &headers,
        &[
            &["X1", "1", "سليم كريم الزهر", "", "male", "child", "", "killed"],
            &["X1", "2", "", "Lina Al-Zahr", "female", "adult", "34", ""],
            &["", "3", "", "Rami", "", "", "", ""],
            &["X2", "1", "", "", "male", "", "", "killed"],
        ],
    );
    let founder = &rows[0].founds.as_ref().unwrap().1;
    assert!(rows[1].founds.is_none());
    for (row, at) in [(&rows[0], 1), (&rows[1], 0)] {
        assert_eq!(row.claims[at].about.as_ref(), Some(founder));
    }
    let Content::Person(boy) = &rows[0].claims[1].content else { panic!() };
    assert_eq!(boy.age_class.as_ref().map(|known| known.value), Some(sijil_model::codebook::AgeClass::Child));
    let Content::Person(woman) = &rows[1].claims[0].content else { panic!() };
    assert_eq!(woman.fate, None, "the column is there, and the cell says nothing");
    assert_eq!(rows[2].remarks[0].kind, RemarkKind::RowRefused);
    assert_eq!(rows[3].remarks[0].kind, RemarkKind::NotCarried);
}

#[test]
fn days_are_read_in_the_order_that_their_column_tells() {
    let sheet = |days: &[&'static str]| {
        let rows: Vec<[&str; 4]> = days.iter().map(|day| ["", *day, "1", "1"]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[_; 4]>::as_slice).collect();
        read(&["place", "date", "civ_killed_min", "civ_killed_max"], &rows)
    };
    let kinds = |rows: &[CodedRow]| {
        rows.iter().flat_map(|row| &row.remarks).map(|remark| (remark.row, remark.kind)).collect::<Vec<_>>()
    };
    let rows = sheet(&["03/04/2031", "12/31/2030", "04/13/2031"]);
    assert_eq!(rows.iter().map(date).collect::<Vec<_>>(), ["2031-03-04", "2030-12-31", "2031-04-13"]);
    assert_eq!(kinds(&rows), []);
    let rows = sheet(&["03/04/2031", "2030-12-31"]);
    assert_eq!(date(&rows[0]), "2031-04-03");
    assert_eq!(kinds(&rows), [(1, RemarkKind::Assumed)]);
    let rows = sheet(&["03/04/2031", "12/31/2030", "٣١/١٢/٢٠٣٠"]);
    assert_eq!(kinds(&rows), [(1, RemarkKind::CellRefused)]);
}
