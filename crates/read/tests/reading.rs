//! What the readers give for good files of each kind, in English and Arabic.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop, and says what it skipped"
)]

mod made;

use made::parquet::{Value, parquet};
use made::{docx, gzip, pdf, warc_record, xlsx, zip};
use sijil_read::{
    Content, Direction, DirectionFrom, Field, FoundBy, Member, MetadataField, Options, PdfReader, Problem,
    ProblemAt, ProblemKind, Reading, Source, Tables, Text, Warning, read,
};

fn reading(name: &str, bytes: impl Into<Vec<u8>>) -> Reading {
    read(name, Source::Bytes(bytes.into()), &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn text(reading: &Reading) -> &Text {
    let Content::Text(text) = &reading.content else { panic!("{:?} is text", reading.content) };
    text
}

fn tables(reading: &Reading) -> &Tables {
    let Content::Tables(tables) = &reading.content else { panic!("{:?} is a list", reading.content) };
    tables
}

fn members(reading: &Reading) -> &[Member] {
    let Content::Container(members) = &reading.content else {
        panic!("{:?} is a container", reading.content)
    };
    members
}

fn fields(reading: &Reading) -> Vec<Option<Field>> {
    tables(reading).iter().next().unwrap().columns.iter().map(|column| column.field()).collect()
}

#[test]
fn plain_text_is_the_input_itself() {
    let words = "Menu | Home | About\r\n\r\n  قُتل أربعة أشخاص.\t\r\n";
    let reading = reading("copied page.txt", format!("\u{FEFF}{words}"));
    assert_eq!(text(&reading).content, words);
    assert_eq!((reading.encoding, reading.media_type), (Some("UTF-8"), "text/plain"));
    let part = &text(&reading).parts[0];
    assert_eq!((part.start, part.byte_start), (0, 0));
    assert_eq!((part.end as usize, part.byte_end as usize), (words.chars().count(), words.len()));
}

#[test]
fn prose_with_commas_never_becomes_a_list() {
    let words = "Four, of whom three, died.\nTwo, then five, fled.\nNames, ages, and places are unknown.\n";
    assert_eq!(text(&reading("notes", words)).content, words);
}

#[test]
fn lists_are_read_with_any_delimiter() {
    for delimiter in [",", ";", "\t", "|"] {
        let list = ["الاسم,العمر,المحافظة", "سالم الساحلي,34,الساحل", "هدى النهري,7,النهر", "بلا عمر,,الجبل"];
        let list = list.map(|row| row.replace(',', delimiter)).join("\r\n");
        for name in ["list.csv", "list.txt", "list"] {
            let reading = reading(name, list.as_str());
            let tables = tables(&reading);
            assert_eq!(fields(&reading), [Some(Field::Name), Some(Field::Age), Some(Field::Governorate)]);
            assert_eq!(tables.row_count(), 3);
            assert_eq!(tables.cell(2, 0), Some("هدى النهري"));
            assert_eq!(tables.cell(3, 1), Some(""));
            assert_eq!(tables.row(1).unwrap().field(Field::Governorate), Some("الساحل"));
            assert_eq!((tables.cell(0, 0), tables.cell(4, 0), tables.cell(1, 3)), (None, None, None));
            assert_eq!((reading.warnings.len(), reading.problems.len()), (0, 0), "{delimiter:?} {name}");
        }
    }
}

#[test]
fn titles_above_the_header_are_kept_apart() {
    let list = "قائمة الضحايا – إقليم الساحل,,\nحتى 2 نيسان 2031,,\n,,\nم,الاسم الرباعي,الجنس\n1,سالم علي حسن الساحلي,ذكر\n\
                2,هدى علي حسن النهري,أنثى\n,,\n,,\n";
    let reading = reading("list.csv", list);
    let table = tables(&reading).iter().next().unwrap();
    assert_eq!(table.titles, ["قائمة الضحايا – إقليم الساحل", "حتى 2 نيسان 2031"]);
    assert_eq!(fields(&reading), [Some(Field::Id), Some(Field::Name), Some(Field::Sex)]);
    assert_eq!((table.row_count(), reading.problems.len()), (2, 0));
}

#[test]
fn columns_without_a_known_header_are_known_by_their_values() {
    let list = "who,x1,x2,x3\nNadim Sahli,m,2031-04-02,killed\nHuda Nahri,f,2031-04-02,injured\nRami Jabali,m,2031-04-03,missing\n";
    let reading = reading("list.csv", list);
    assert_eq!(fields(&reading), [None, Some(Field::Sex), Some(Field::Date), Some(Field::Status)]);
    let table = tables(&reading).iter().next().unwrap();
    assert_eq!(table.columns[1].found.unwrap().by, FoundBy::Content);
}

#[test]
fn a_caller_may_name_columns() {
    let options = Options {
        columns: [("who".to_owned(), Some(Field::Name)), ("age".to_owned(), None)].into_iter().collect(),
        ..Options::default()
    };
    let list = "who,age,Name\nNadim,3,x\nHuda,4,y\n";
    let reading = read("list.csv", Source::Bytes(list.into()), &options).unwrap();
    assert_eq!(fields(&reading), [Some(Field::Name), None, None]);
    assert_eq!(reading.warnings, [Warning::SameField { column: 2, field: "name" }]);
}

#[test]
fn a_list_without_a_header_keeps_its_first_row() {
    let reading = reading("list.csv", "Nadim Sahli,Port Amal\nHuda Nahri,Qasr Nahr\n");
    assert_eq!(tables(&reading).row_count(), 2);
    assert_eq!(reading.warnings, [Warning::NoHeader]);
}

#[test]
fn bad_rows_are_named_and_the_rest_is_read() {
    let list = "name,age\n\"Nadim\nSahli\",3\n\nHuda,4,extra\nname,age\n\"Rami,5\nLayla,6\nSami,7\n";
    let reading = reading("list.csv", list);
    let names: Vec<&str> = tables(&reading).rows().filter_map(|row| row.field(Field::Name)).collect();
    assert_eq!(names, ["Nadim\nSahli", "Huda", "\"Rami", "Layla", "Sami"]);
    let at = |line, kind| Problem { at: ProblemAt::Line(line), kind };
    let expected = [
        at(4, ProblemKind::BlankRow),
        at(5, ProblemKind::MoreCells { found: 3, header: 2 }),
        at(6, ProblemKind::RepeatedHeader),
        at(7, ProblemKind::StrayQuote),
    ];
    let mut problems = reading.problems.clone();
    problems.sort_by_key(|problem| match problem.at {
        ProblemAt::Line(line) | ProblemAt::Row(line) | ProblemAt::SheetRow(_, line) => line,
    });
    assert_eq!(problems, expected);
}

#[test]
fn each_sheet_with_rows_is_a_list_and_rows_run_on() {
    let book = xlsx(&[
        (
            "الضحايا",
            &[
                &["s:الاسم", "s:العمر", "s:التاريخ"],
                &["s:سالم الساحلي", "n:34", "d:48305"],
                &["s:هدى", "n:7.5", "d:48306.5"],
            ],
        ),
        ("Empty", &[]),
        ("Injured", &[&["s:Name", "s:Age"], &["s:Rami & Sons", "n:12"], &[], &["s:Layla", "e:#REF!"]]),
    ]);
    let reading = reading("book.xlsx", book);
    let tables = tables(&reading);
    assert_eq!((tables.len(), tables.row_count()), (2, 4));
    assert_eq!(tables.row(1).unwrap().cells().collect::<Vec<_>>(), ["سالم الساحلي", "34", "2032-04-01"]);
    assert_eq!(tables.cell(2, 2), Some("2032-04-02T12:00:00"));
    assert_eq!((tables.cell(2, 1), tables.cell(3, 0)), (Some("7.5"), Some("Rami & Sons")));
    assert_eq!(tables.row(3).unwrap().table().sheet.as_deref(), Some("Injured"));
    assert!(matches!(&reading.warnings[..], [Warning::SheetSkipped { sheet, .. }] if sheet == "Empty"));
    let at = |row, kind| Problem { at: ProblemAt::SheetRow("Injured".to_owned(), row), kind };
    assert_eq!(reading.problems, [at(4, ProblemKind::CellError { column: 1 }), at(3, ProblemKind::BlankRow)]);
}

#[test]
fn word_documents_give_lines_and_tables_with_tabs() {
    let body = "<w:p><w:pPr><w:bidi/><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>قُتل أربعة </w:t></w:r>\
                <w:ins><w:r><w:t>أشخاص &amp; جُرح &#x62B;لاثة</w:t></w:r></w:ins>\
                <w:del><w:r><w:delText>خمسة</w:delText></w:r></w:del></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>الاسم</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>العمر</w:t></w:r></w:p></w:tc></w:tr>\
                <w:tr><w:tc><w:p><w:r><w:t>سالم</w:t></w:r></w:p><w:p><w:r><w:t>الساحلي</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>34</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
                <w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>";
    let reading = reading("report.docx", docx(body));
    let text = text(&reading);
    assert_eq!(text.content, "قُتل أربعة أشخاص & جُرح ثلاثة\nالاسم\tالعمر\nسالم الساحلي\t34\none\ntwo\tthree");
    assert_eq!(reading.warnings, [Warning::TrackedChanges { deletions: 1 }]);
    assert_eq!(reading.metadatum(MetadataField::Creator).unwrap().value, "Made Up");
    assert_eq!(reading.metadatum(MetadataField::Modified).unwrap().value, "2031-04-03T08:00:00Z");
}

#[test]
fn a_zip_is_read_member_by_member() {
    let inner = zip(&[("deep/list.csv", b"name,age\nNadim,3\n")]);
    let outer = zip(&[
        ("تقرير.txt", "قُتل أربعة".as_bytes()),
        ("inner.zip", &inner),
        ("photo.png", made::PNG),
        ("__MACOSX/._x", b"\0\0"),
    ]);
    let reading = reading("batch.zip", outer);
    let found = members(&reading);
    assert_eq!(
        found.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(),
        ["تقرير.txt", "inner.zip", "photo.png"]
    );
    assert_eq!(text(found[0].reading.as_ref().unwrap()).content, "قُتل أربعة");
    let inner = found[1].reading.as_ref().unwrap();
    assert_eq!(tables(members(inner)[0].reading.as_ref().unwrap()).cell(1, 0), Some("Nadim"));
    let photo = found[2].reading.as_ref().unwrap();
    assert_eq!((photo.media_type, &photo.content), ("image/png", &Content::Opaque));
    assert_eq!(reading.warnings, [Warning::MembersSkipped { count: 1 }]);
}

#[test]
fn a_gzipped_list_is_read() {
    let reading = reading("lists/april.csv.gz", gzip(b"name,age\nNadim,3\n"));
    assert_eq!(members(&reading)[0].name, "april.csv");
    assert_eq!(tables(members(&reading)[0].reading.as_ref().unwrap()).row_count(), 1);
}

#[test]
fn archived_pages_are_read_by_their_addresses() {
    let page =
        "<html lang=ar dir=rtl><article><h1>قصف السوق</h1><p>قُتل أربعة أشخاص في ميناء الأمل.</p></article>";
    let plain = warc_record("http://news.xm/a", "text/html; charset=utf-8", "", page.as_bytes());
    let packed =
        warc_record("http://news.xm/b", "text/html", "Content-Encoding: gzip\r\n", &gzip(page.as_bytes()));
    let chunked = format!("5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", &page[..5], page.len() - 5, &page[5..]);
    let chunked =
        warc_record("http://news.xm/c", "text/html", "Transfer-Encoding: chunked\r\n", chunked.as_bytes());
    let picture = warc_record("http://news.xm/d.png", "image/png", "", made::PNG);
    let strange = warc_record("http://news.xm/e", "text/html", "Content-Encoding: br\r\n", b"???");
    let records: Vec<Vec<u8>> = vec![plain, packed, chunked, picture, strange];
    let warc: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let wacz = zip(&[("datapackage.json", b"{}"), ("archive/data.warc.gz", &warc)]);
    for (name, bytes) in [("a.warc", records.concat()), ("a.warc.gz", warc), ("a.wacz", wacz)] {
        let reading = reading(name, bytes);
        let found = members(&reading);
        assert_eq!(found.len(), 4, "{name}");
        for page in &found[..3] {
            let page = page.reading.as_ref().unwrap();
            assert_eq!(text(page).content, "قصف السوق\nقُتل أربعة أشخاص في ميناء الأمل.");
            assert_eq!(page.metadatum(MetadataField::Captured).unwrap().value, "2031-04-02T10:00:00Z");
        }
        assert_eq!(found[3].reading.as_ref().unwrap_err().code(), "unsupported");
        assert_eq!(reading.warnings, [Warning::RecordsSkipped { count: 1 }]);
    }
}

#[test]
fn direction_is_as_declared_else_of_the_first_letter() {
    let page = reading(
        "a.html",
        "<html><body dir=rtl><article><p>Four killed, says the mayor of Port Amal.</p></article>",
    );
    assert_eq!(
        (text(&page).direction, text(&page).direction_from),
        (Direction::Rtl, DirectionFrom::Declared)
    );
    let plain = reading("a.txt", "قُتل");
    assert_eq!(
        (text(&plain).direction, text(&plain).direction_from),
        (Direction::Rtl, DirectionFrom::FirstLetter)
    );
}

fn by_library(bytes: Vec<u8>) -> Reading {
    let options = Options { pdf: PdfReader::Library, ..Options::default() };
    read("report.pdf", Source::Bytes(bytes), &options).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_pdf_is_read_by_the_library() {
    let reading = by_library(pdf("Four people were killed in Port Amal."));
    assert_eq!(text(&reading).content.trim(), "Four people were killed in Port Amal.");
    assert!(reading.layout_derived);
    assert!(matches!(reading.warnings[..], [Warning::PdfByLibrary { .. }]));
    assert_eq!((reading.reader, reading.version.as_str()), ("pdf-extract", "0.12.1+1"));
}

#[test]
fn arabic_in_a_pdf_is_put_into_reading_order() {
    let reading = by_library(made::arabic_pdf());
    assert_eq!(text(&reading).content.trim(), made::ARABIC_PDF_TEXT);
    assert!(reading.warnings.contains(&Warning::ArabicReordered { lines: 1 }));
}

#[test]
fn a_pdf_is_read_by_poppler() {
    let version = std::process::Command::new("pdftotext").arg("-v").output();
    if version.is_err() {
        eprintln!("skipped: pdftotext is not installed (poppler-utils), only the library was tested");
        return;
    }
    for (bytes, expected) in [
        (pdf("Four people were killed in Port Amal."), "Four people were killed in Port Amal."),
        (made::arabic_pdf(), made::ARABIC_PDF_TEXT),
    ] {
        let reading = reading("report.pdf", bytes);
        assert_eq!(text(&reading).content.trim(), expected);
        assert_eq!(reading.reader, "pdftotext");
        assert!(reading.layout_derived && reading.version.ends_with("+1"));
    }
}

#[test]
fn versions_of_libraries_are_those_of_the_lock_file() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock")).unwrap();
    let book = reading("b.xlsx", xlsx(&[("S", &[&["s:Name", "s:Age"], &["s:Nadim", "n:3"]])]));
    let columns = reading("p.parquet", parquet("optional binary name (utf8)", &[&[Value::Text("Nadim")]]));
    for (library, version) in [
        ("calamine", book.version.as_str()),
        ("parquet", &columns.version),
        ("pdf-extract", &by_library(pdf("x")).version),
    ] {
        let locked = lock.split_once(&format!("name = \"{library}\"\nversion = \"")).unwrap().1;
        let locked = locked.split_once('"').unwrap().0;
        assert!(
            version.contains(locked),
            "{library} {locked} is locked; raise the constant in lib.rs ({version})"
        );
    }
}
