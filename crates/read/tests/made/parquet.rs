//! Parquet files, made in memory for the tests.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Repetition};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// A cell.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    None,
    Text(&'a str),
    Bytes(&'a [u8]),
    Whole(i64),
    Real(f64),
    Truth(bool),
    /// Nanoseconds of a day, and the day of the Julian calendar, as old programs write moments.
    Julian(u64, u32),
}

/// A file of rows under columns such as `optional binary name (utf8)`, which semicolons part.
pub fn parquet(columns: &str, rows: &[&[Value<'_>]]) -> Vec<u8> {
    packed(columns, rows, Compression::SNAPPY, 1000)
}

/// The same, packed in a way and parted into groups of so many rows.
pub fn packed(columns: &str, rows: &[&[Value<'_>]], packing: Compression, group: usize) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(&format!("message list {{ {columns}; }}")).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(packing).build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema.clone(), properties).unwrap();
    for rows in rows.chunks(group) {
        let mut group = writer.next_row_group().unwrap();
        let mut at = 0;
        while let Some(mut column) = group.next_column().unwrap() {
            let optional = schema.get_fields()[at].get_basic_info().repetition() != Repetition::REQUIRED;
            let values: Vec<Value<'_>> = rows.iter().map(|row| row[at]).collect();
            write(column.untyped(), &values, optional);
            column.close().unwrap();
            at += 1;
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn write(column: &mut ColumnWriter<'_>, values: &[Value<'_>], optional: bool) {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(!matches!(value, Value::None))).collect();
    let levels = optional.then_some(levels.as_slice());
    let there = values.iter().filter(|value| !matches!(value, Value::None));
    macro_rules! all {
        ($writer:expr, $value:expr) => {{
            let all: Vec<_> = there.map($value).collect();
            $writer.write_batch(&all, levels, None).unwrap();
        }};
    }
    let whole = |value: &Value<'_>| match value {
        Value::Whole(whole) => *whole,
        other => panic!("{other:?} is a whole number"),
    };
    let real = |value: &Value<'_>| match value {
        Value::Real(real) => *real,
        other => panic!("{other:?} is a number"),
    };
    let bytes = |value: &Value<'_>| match value {
        Value::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
        Value::Bytes(bytes) => Bytes::copy_from_slice(bytes),
        other => panic!("{other:?} is bytes"),
    };
    match column {
        ColumnWriter::BoolColumnWriter(of) => all!(of, |value| matches!(value, Value::Truth(true))),
        ColumnWriter::Int32ColumnWriter(of) => all!(of, |value| i32::try_from(whole(value)).unwrap()),
        ColumnWriter::Int64ColumnWriter(of) => all!(of, whole),
        ColumnWriter::Int96ColumnWriter(of) => all!(of, |value| {
            let Value::Julian(nanoseconds, day) = value else { panic!("{value:?} is a moment") };
            let mut moment = Int96::new();
            moment.set_data(*nanoseconds as u32, (nanoseconds >> 32) as u32, *day);
            moment
        }),
        ColumnWriter::FloatColumnWriter(of) => all!(of, |value| real(value) as f32),
        ColumnWriter::DoubleColumnWriter(of) => all!(of, real),
        ColumnWriter::ByteArrayColumnWriter(of) => all!(of, |value| ByteArray::from(bytes(value))),
        ColumnWriter::FixedLenByteArrayColumnWriter(of) => {
            all!(of, |value| FixedLenByteArray::from(ByteArray::from(bytes(value))))
        }
    }
}
