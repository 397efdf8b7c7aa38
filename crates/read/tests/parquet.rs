//! Lists in Parquet: what their values say, and what is told of those that cannot be read.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop, and says what it skipped"
)]

mod made;

use Value::{Bytes, Julian, None, Real, Text, Truth, Whole};
use made::parquet::{Value, packed, parquet};
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use proptest::prelude::*;
use sijil_read::{Content, Field, Options, Reading, Source, Warning, read};

fn reading(bytes: Vec<u8>) -> Reading {
    read("list.parquet", Source::Bytes(bytes), &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(bytes: Vec<u8>) -> String {
    read("list.parquet", Source::Bytes(bytes), &Options::default()).unwrap_err().to_string()
}

fn rows(reading: &Reading) -> Vec<Vec<&str>> {
    let Content::Tables(tables) = &reading.content else { panic!("{:?} is a list", reading.content) };
    tables.rows().map(|row| row.cells().collect()).collect()
}

/// The one cell of a file with one column.
fn cell(column: &str, value: Value<'_>) -> String {
    let reading = reading(parquet(column, &[&[value]]));
    assert_eq!(reading.warnings, []);
    rows(&reading)[0][0].to_owned()
}

const COLUMNS: &str = "required binary name (utf8); optional int32 age; optional int32 date (date)";
const ROWS: [&[Value<'static>]; 3] = [
    &[Text("نديم الأملي"), Whole(31), Whole(22_371)],
    &[Text("Rana al-Amali"), None, None],
    &[Text("Karim"), Whole(4), Whole(22_372)],
];

#[test]
fn a_list_is_read_however_it_is_packed_and_parted() {
    let gzip = Compression::GZIP(GzipLevel::default());
    let zstandard = Compression::ZSTD(ZstdLevel::default());
    for packing in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        gzip,
        zstandard,
        Compression::LZ4_RAW,
        Compression::LZ4,
    ] {
        let reading = reading(packed(COLUMNS, &ROWS, packing, 2));
        assert_eq!((reading.reader, reading.media_type), ("sijil-parquet", "application/vnd.apache.parquet"));
        assert_eq!(reading.warnings, []);
        let expected =
            [["نديم الأملي", "31", "2031-04-02"], ["Rana al-Amali", "", ""], ["Karim", "4", "2031-04-03"]];
        assert_eq!(rows(&reading), expected, "{packing:?}");
        let Content::Tables(tables) = &reading.content else { panic!("it is a list") };
        let fields: Vec<_> = tables.iter().flat_map(|table| &table.columns).map(|one| one.field()).collect();
        assert_eq!(fields, [Some(Field::Name), Some(Field::Age), Some(Field::Date)]);
    }
}

#[test]
fn values_are_as_a_person_reads_them() {
    let day = 22_371 * 86_400;
    for (column, value, expected) in [
        ("optional int32 date (date)", Whole(22_371), "2031-04-02"),
        ("optional int64 date (timestamp(nanos,false))", Whole(day * 1_000_000_000), "2031-04-02"),
        ("optional int64 date (timestamp(micros,true))", Whole(day * 1_000_000), "2031-04-02"),
        ("optional int64 date (timestamp_millis)", Whole((day + 27_000) * 1000), "2031-04-02T07:30:00"),
        // 2,440,588 is 1970-01-01.
        ("optional int96 date", Julian(27_000_000_000_000, 2_440_588 + 22_371), "2031-04-02T07:30:00"),
        ("optional int32 at (time_millis)", Whole(27_000_000), "07:30:00"),
        ("optional int32 age (decimal(5,2))", Whole(3150), "31.50"),
        ("optional fixed_len_byte_array(2) age (decimal(4,1))", Bytes(&[0xff, 0xf6]), "-1.0"),
        ("optional double age", Real(31.0), "31"),
        ("optional float age", Real(0.5), "0.5"),
        ("optional int64 id (integer(64,false))", Whole(-1), "18446744073709551615"),
        ("optional int32 id (uint_32)", Whole(-1), "4294967295"),
        ("required boolean killed", Truth(true), "true"),
        // Programs of before strings were marked.
        ("optional binary name", Text("نديم"), "نديم"),
    ] {
        assert_eq!(cell(column, value), expected, "{column}");
    }
}

/// Three invented people, written by pandas 3 with pyarrow: a column of categories, ages with one that is missing, moments
/// in nanoseconds, dates, truths, and a column of lists; packed with Zstandard.
const OF_PANDAS: &[u8] = include_bytes!("lists/pandas.parquet");

#[test]
fn a_file_of_another_program_is_read() {
    let reading = reading(OF_PANDAS.to_vec());
    assert_eq!(
        rows(&reading),
        [
            ["نديم سالم الأملي", "31", "2031-04-02", "2000-01-09", "false"],
            ["Rana Karim al-Amali", "", "2031-04-02", "", ""],
            ["كريم نديم الأملي", "4", "", "2027-03-01", "true"]
        ]
    );
    assert_eq!(reading.warnings, [Warning::ColumnNested { column: "sources".to_owned() }]);
}

#[test]
fn what_is_no_number_is_nothing() {
    let reading = reading(parquet(
        "required binary name (utf8); optional double age",
        &[&[Text("Nadim"), Real(f64::NAN)]],
    ));
    assert_eq!(rows(&reading), [["Nadim", ""]]);
}

#[test]
fn columns_of_lists_and_structures_are_left_out_by_name() {
    let nested = "optional group kin { optional binary of (utf8); optional int32 number; }";
    let file = parquet_of_nested(nested);
    let reading = reading(file);
    assert_eq!(rows(&reading), [["Nadim"]]);
    assert_eq!(reading.warnings, [Warning::ColumnNested { column: "kin".to_owned() }]);
    assert!(reading.warnings[0].to_string().contains("\"kin\""));
}

#[test]
fn a_file_of_nothing_but_lists_is_refused_by_what_it_is() {
    let file = parquet("repeated binary kin (utf8)", &[]);
    assert!(refused(file).contains("lists and structures only"));
}

/// A name, and a group in which nothing is.
fn parquet_of_nested(group: &str) -> Vec<u8> {
    use std::sync::Arc;

    use parquet::column::writer::ColumnWriter;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let schema = format!("message list {{ required binary name (utf8); {group} }}");
    let schema = Arc::new(parquet::schema::parser::parse_message_type(&schema).unwrap());
    let mut writer =
        SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::default())).unwrap();
    let mut rows = writer.next_row_group().unwrap();
    while let Some(mut column) = rows.next_column().unwrap() {
        match column.untyped() {
            ColumnWriter::ByteArrayColumnWriter(of) if of.get_descriptor().name() == "name" => {
                of.write_batch(&["Nadim".into()], Option::None, Option::None).unwrap();
            }
            ColumnWriter::ByteArrayColumnWriter(of) => {
                of.write_batch(&[], Some(&[0]), Option::None).unwrap();
            }
            ColumnWriter::Int32ColumnWriter(of) => {
                of.write_batch(&[], Some(&[0]), Option::None).unwrap();
            }
            _ => panic!("no such column"),
        }
        column.close().unwrap();
    }
    rows.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_row() {
    // «نديم» in windows-1256.
    let reading = reading(parquet(
        "required binary name (utf8); optional int32 age",
        &[&[Text("Rana"), Whole(3)], &[Bytes(&[0xe4, 0xcf, 0xed, 0xe3]), Whole(4)]],
    ));
    assert_eq!(rows(&reading)[1], ["\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", "4"]);
    assert_eq!(
        reading.warnings,
        [Warning::ColumnNotText { column: "name".to_owned(), count: 1, rows: vec![2] }]
    );
}

#[test]
fn broken_and_locked_files_are_refused() {
    let whole = parquet(COLUMNS, &ROWS);
    for end in [16, whole.len() / 2, whole.len() - 1] {
        let cause = refused(whole[..end].to_vec());
        assert!(cause.contains("a damaged or cut off Parquet file"), "{cause}");
    }
    let mut locked = whole;
    locked[..4].copy_from_slice(b"PARE");
    let end = locked.len() - 4;
    locked[end..].copy_from_slice(b"PARE");
    let cause = refused(locked);
    assert!(cause.contains("is Parquet file locked by a password"), "{cause}");
    let cause = refused(parquet(COLUMNS, &[]));
    assert!(cause.contains("has a header but no rows"), "{cause}");
    // Words that begin as the mark does are words.
    let words = read("note.txt", Source::Bytes(b"PAR1 is a mark.".to_vec()), &Options::default()).unwrap();
    assert!(matches!(words.content, Content::Text(_)));
}

#[test]
fn what_unpacks_to_more_than_the_limit_is_refused() {
    let mut options = Options::default();
    options.limits.unpacked_bytes = 10;
    let error = read("list.parquet", Source::Bytes(parquet(COLUMNS, &ROWS)), &options).unwrap_err();
    assert!(error.to_string().contains("over the limit of 10"), "{error}");
}

/// Rows of nothing, and one word in every row, take next to no bytes in the file.
#[test]
fn what_a_few_bytes_unpack_to_is_held_against_the_limits() {
    let refused = |columns: &str, row: &[Value<'_>], options: &Options| {
        let file = parquet(columns, &vec![row; 500]);
        read("list.parquet", Source::Bytes(file), options).unwrap_err().to_string()
    };
    let mut options = Options::default();
    options.limits.cells = 900;
    let error = refused("optional int32 age; optional int32 date (date)", &[None, None], &options);
    assert!(error.contains("over the limit of 900 cells"), "{error}");

    let mut options = Options::default();
    options.limits.unpacked_bytes = 20_000;
    let word = "ن".repeat(100);
    let error = refused("required binary name (utf8)", &[Text(&word)], &options);
    assert!(error.contains("over the limit of"), "{error}");
}

proptest! {
    #[test]
    fn a_damaged_file_is_read_or_refused(at in 0_usize..4096, byte in any::<u8>()) {
        let mut file = parquet(COLUMNS, &ROWS);
        let at = at % file.len();
        file[at] = byte;
        // Either is well; a crash is not.
        if let Err(error) = read("list.parquet", Source::Bytes(file), &Options::default()) {
            prop_assert!(error.to_string().starts_with("list.parquet: "));
        }
    }
}
