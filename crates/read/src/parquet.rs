//! Parquet: the columns of a flat table become a list, by the column interface of the `parquet` crate, without Arrow.
//!
//! Cells become text as a person would read them: whole numbers without a point, dates as `2031-04-02`, what is
//! missing as nothing. Columns of lists or structures are left out by name. Rows are read some thousands at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use parquet::basic::{Compression, ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use crate::error::ReadError;
use crate::table::{RowsError, Table, TableBuilder};
use crate::task::Task;
use crate::warning::{POSITIONS_KEPT, Problem, ProblemAt, Warning};

const KIND: &str = "Parquet file";
/// Rows that are read at a time.
const ROWS: usize = 4096;

/// A list, with what was noticed.
type List = (Table, Vec<Warning>, Vec<Problem>);

/// What stopped a file, before it has a name.
enum Stop {
    Refused(ReadError),
    Rows(RowsError),
    /// The cells at hand take more bytes than they may.
    Bytes,
    Cause(String),
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        Stop::Refused(error)
    }
}

impl From<RowsError> for Stop {
    fn from(error: RowsError) -> Self {
        Stop::Rows(error)
    }
}

impl From<ParquetError> for Stop {
    fn from(error: ParquetError) -> Self {
        Stop::Cause(error.to_string())
    }
}

/// Reads a file.
pub(crate) fn read(task: &Task<'_>, bytes: Vec<u8>) -> Result<List, ReadError> {
    // A damaged file must not end the program, whatever it makes the library do.
    match catch_unwind(AssertUnwindSafe(|| list(task, bytes))) {
        Ok(Ok(list)) => Ok(list),
        Ok(Err(Stop::Refused(error))) => Err(error),
        Ok(Err(Stop::Rows(error))) => Err(task.rows(&error)),
        Ok(Err(Stop::Bytes)) => {
            let limit = task.options.limits.unpacked_bytes;
            let cause = format!("rows of it unpack to texts over the limit of {limit} bytes");
            Err(task.too_large(cause, "write its long texts as files of their own"))
        }
        Ok(Err(Stop::Cause(cause))) => Err(task.damaged(KIND, cause)),
        Err(_) => Err(task.damaged(KIND, "the reader gave up on it")),
    }
}

fn list(task: &Task<'_>, bytes: Vec<u8>) -> Result<List, Stop> {
    let file = SerializedFileReader::new(Bytes::from(bytes))?;
    let held = file.metadata();
    let schema = held.file_metadata().schema_descr();
    let (flat, nested): (Vec<usize>, Vec<usize>) =
        (0..schema.num_columns()).partition(|at| is_flat(&schema.column(*at)));
    if flat.is_empty() {
        let kind = "a Parquet file that holds lists and structures only";
        return Err(task.unsupported(kind, "write it with one value a row in each column").into());
    }
    allowed(task, held, flat.len())?;
    let mut columns: Vec<Column> = flat.iter().map(|at| Column::new(&schema.column(*at))).collect();
    let names = columns.iter().map(|column| column.name.clone()).collect();
    let mut builder = TableBuilder::under_header(task.options, names)?;
    let mut left_out: Vec<&str> = nested.iter().map(|at| schema.get_column_root(*at).name()).collect();
    left_out.dedup();
    let left_out = left_out.into_iter().map(|column| Warning::ColumnNested { column: column.to_owned() });
    builder.warnings.extend(left_out);
    let mut row = 0;
    for group in 0..held.num_row_groups() {
        let group = file.get_row_group(group)?;
        let end = row + group.metadata().num_rows().unsigned_abs();
        let mut readers = Vec::with_capacity(flat.len());
        for at in &flat {
            readers.push(group.get_column_reader(*at)?);
        }
        loop {
            let mut counts = Vec::with_capacity(columns.len());
            // What the cells at hand may take: a word that a dictionary holds once may stand in every row.
            let mut left = task.options.limits.unpacked_bytes;
            for (column, reader) in columns.iter_mut().zip(&mut readers) {
                counts.push(column.read(reader, row, left)?);
                left -= column.letters.len() as u64;
            }
            let count = counts.first().copied().unwrap_or_default();
            if counts.iter().any(|other| *other != count) {
                return Err(Stop::Cause("its columns are not equally long".to_owned()));
            }
            for at in 0..count {
                row += 1;
                builder.push(columns.iter().map(|column| column.cell(at)), ProblemAt::Row(row))?;
            }
            if count == 0 || row > end {
                break;
            }
        }
        if row != end {
            return Err(Stop::Cause("it holds fewer or more rows than it says".to_owned()));
        }
    }
    builder.warnings.extend(columns.into_iter().filter_map(Column::not_text));
    Ok(builder.finish()?)
}

/// Refuses what claims to unpack to more than the limits, and packing that is not read. Rows of nothing take no bytes, so
/// that cells are counted too.
fn allowed(task: &Task<'_>, held: &ParquetMetaData, columns: usize) -> Result<(), Stop> {
    let sum = |of: fn(&RowGroupMetaData) -> i64| {
        let mut all = held.row_groups().iter().map(|group| u64::try_from(of(group)).ok());
        all.try_fold(0_u64, |sum, one| sum.checked_add(one?))
            .ok_or_else(|| Stop::Cause("it gives sizes that are none".to_owned()))
    };
    let unpacked = task.unpacked.get().saturating_add(sum(RowGroupMetaData::total_byte_size)?);
    let limit = task.options.limits.unpacked_bytes;
    if unpacked > limit {
        let cause = format!("it unpacks to {unpacked} bytes, over the limit of {limit}");
        return Err(task.too_large(cause, "write it as several files").into());
    }
    task.unpacked.set(unpacked);
    let cells = sum(RowGroupMetaData::num_rows)?.saturating_mul(columns as u64);
    if cells > task.options.limits.cells as u64 {
        return Err(RowsError::Cells.into());
    }
    let packings =
        held.row_groups().iter().flat_map(|group| group.columns()).map(|column| column.compression());
    let unread = |packing: &Compression| matches!(packing, Compression::BROTLI(_) | Compression::LZO);
    match packings.into_iter().find(unread) {
        Some(packing) => Err(task
            .unsupported(
                format!("a Parquet file packed with {packing}"),
                "write it again packed with Snappy, Zstandard or Gzip",
            )
            .into()),
        None => Ok(()),
    }
}

/// One value a row, in a column of its own.
fn is_flat(column: &ColumnDescriptor) -> bool {
    column.path().parts().len() == 1 && column.max_rep_level() == 0
}

/// What the values of a column stand for.
#[derive(Clone, Copy)]
enum Form {
    /// Themselves.
    Plain,
    /// Numbers without a sign.
    Unsigned,
    /// Days from 1970-01-01.
    Day,
    /// Moments, in so many parts of a second from 1970-01-01.
    Moment(i64),
    /// Times of day, in so many parts of a second.
    Clock(i64),
    /// Decimal fractions with so many digits after the point.
    Decimal(usize),
    /// Floating point in two bytes.
    Half,
    /// Identifiers of sixteen bytes (RFC 9562).
    Uuid,
}

impl Form {
    /// By the logical type, or the older converted type where a file has only that.
    fn of(column: &ColumnDescriptor) -> Form {
        use ConvertedType as Older;
        let parts = |unit: TimeUnit| match unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        };
        let digits = |scale: i32| Form::Decimal(usize::try_from(scale).unwrap_or_default());
        match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Date), _) | (_, Older::DATE) => Form::Day,
            (Some(LogicalType::Timestamp(of)), _) => Form::Moment(parts(of.unit)),
            (Some(LogicalType::Time(of)), _) => Form::Clock(parts(of.unit)),
            (Some(LogicalType::Integer(of)), _) if !of.is_signed => Form::Unsigned,
            (Some(LogicalType::Decimal(of)), _) => digits(of.scale),
            (Some(LogicalType::Float16), _) => Form::Half,
            (Some(LogicalType::Uuid), _) => Form::Uuid,
            (_, Older::TIMESTAMP_MILLIS) => Form::Moment(1_000),
            (_, Older::TIMESTAMP_MICROS) => Form::Moment(1_000_000),
            (_, Older::TIME_MILLIS) => Form::Clock(1_000),
            (_, Older::TIME_MICROS) => Form::Clock(1_000_000),
            (_, Older::UINT_8 | Older::UINT_16 | Older::UINT_32 | Older::UINT_64) => Form::Unsigned,
            (_, Older::DECIMAL) => digits(column.type_scale()),
            _ => Form::Plain,
        }
    }

    /// The number that is meant: with its sign, or without.
    fn signed(self, signed: i128, unsigned: i128) -> i128 {
        if matches!(self, Form::Unsigned) { unsigned } else { signed }
    }

    /// Writes a number as a person would read it; what would be no day of the calendar, or no time of a day, stays the number.
    fn write(self, number: i128, out: &mut String) {
        let words = match self {
            Form::Plain | Form::Unsigned | Form::Half | Form::Uuid => None,
            Form::Day => i64::try_from(number).ok().and_then(|days| moment(days.checked_mul(86_400)?)),
            Form::Moment(parts) => i64::try_from(number).ok().and_then(|of| moment(of.div_euclid(parts))),
            Form::Clock(parts) => i64::try_from(number).ok().and_then(|of| clock(of.div_euclid(parts))),
            Form::Decimal(digits) => Some(decimal(number, digits)),
        };
        out.push_str(&words.unwrap_or_else(|| number.to_string()));
    }
}

/// The shortest decimal that is this number and no other of two bytes: 0.1, where it is written out 0.099975586.
fn shortest(number: half::f16) -> f64 {
    let whole = number.to_f64();
    let rounded = (1..=5).filter_map(|digits| format!("{whole:.digits$e}").parse().ok());
    rounded.into_iter().find(|short: &f64| half::f16::from_f64(*short) == number).unwrap_or(whole)
}

/// `2031-04-02`, with the time where there is one.
fn moment(seconds: i64) -> Option<String> {
    let from = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
    let moment = from.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()?;
    let at_midnight = moment.time() == jiff::civil::Time::midnight();
    Some(if at_midnight { moment.date().to_string() } else { moment.to_string() })
}

fn clock(seconds: i64) -> Option<String> {
    let of_a_day = (0..86_400).contains(&seconds);
    of_a_day.then(|| format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

fn decimal(number: i128, digits: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let padded = format!("{:0>width$}", number.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = padded.split_at(padded.len() - digits);
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The number that bytes stand for, the most telling first, in two's complement.
fn big_endian(bytes: &[u8]) -> Option<i128> {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let mut all = [if negative { 0xff } else { 0 }; 16];
    let start = all.len().checked_sub(bytes.len())?;
    all[start..].copy_from_slice(bytes);
    Some(i128::from_be_bytes(all))
}

/// A column, and its cells of the rows that are at hand.
struct Column {
    name: String,
    form: Form,
    /// The level of a value that is there.
    there: i16,
    letters: String,
    ends: Vec<usize>,
    /// Rows whose bytes are no text, and the first of them.
    not_text: (u64, Vec<u64>),
}

impl Column {
    fn new(column: &ColumnDescriptor) -> Column {
        Column {
            name: column.name().to_owned(),
            form: Form::of(column),
            there: column.max_def_level(),
            letters: String::new(),
            ends: Vec::new(),
            not_text: (0, Vec::new()),
        }
    }

    fn cell(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start..self.ends[row]]
    }

    /// Reads the next rows, after so many, into so many bytes at most, and gives how many they are.
    fn read(&mut self, reader: &mut ColumnReader, row: u64, most: u64) -> Result<usize, Stop> {
        use ColumnReader as Of;
        let form = self.form;
        match reader {
            Of::BoolColumnReader(of) => self.take(of, (row, most), |value, out| write(out, value)),
            Of::Int32ColumnReader(of) => self.take(of, (row, most), |value, out| {
                form.write(form.signed((*value).into(), value.cast_unsigned().into()), out);
                true
            }),
            Of::Int64ColumnReader(of) => self.take(of, (row, most), |value, out| {
                form.write(form.signed((*value).into(), value.cast_unsigned().into()), out);
                true
            }),
            Of::Int96ColumnReader(of) => self.take(of, (row, most), |value, out| {
                Form::Moment(1_000).write(value.to_millis().into(), out);
                true
            }),
            Of::FloatColumnReader(of) => {
                self.take(of, (row, most), |value, out| value.is_nan() || write(out, value))
            }
            Of::DoubleColumnReader(of) => {
                self.take(of, (row, most), |value, out| value.is_nan() || write(out, value))
            }
            Of::ByteArrayColumnReader(of) => {
                self.take(of, (row, most), |value, out| bytes(form, value.data(), out))
            }
            Of::FixedLenByteArrayColumnReader(of) => {
                self.take(of, (row, most), |value, out| bytes(form, value.data(), out))
            }
        }
    }

    /// `words` writes a value, and says whether it could be written.
    fn take<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        (row, most): (u64, u64),
        words: impl Fn(&T::T, &mut String) -> bool,
    ) -> Result<usize, Stop> {
        self.letters.clear();
        self.ends.clear();
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        let (count, ..) = reader.read_records(ROWS, Some(&mut levels), None, &mut values)?;
        let mut values = values.iter();
        for at in 0..count {
            if self.there == 0 || levels.get(at) == Some(&self.there) {
                let is_text = values.next().is_none_or(|value| words(value, &mut self.letters));
                if !is_text {
                    self.not_text.0 += 1;
                    if self.not_text.1.len() < POSITIONS_KEPT {
                        self.not_text.1.push(row + at as u64 + 1);
                    }
                }
            }
            self.ends.push(self.letters.len());
            if self.letters.len() as u64 > most {
                return Err(Stop::Bytes);
            }
        }
        Ok(count)
    }

    fn not_text(self) -> Option<Warning> {
        let (count, rows) = self.not_text;
        (count > 0).then_some(Warning::ColumnNotText { column: self.name, count, rows })
    }
}

/// Rust writes the shortest decimal that is this number: 12, 12.5, never 12.0.
fn write(out: &mut String, value: impl std::fmt::Display) -> bool {
    use std::fmt::Write as _;
    write!(out, "{value}").is_ok()
}

/// A decimal, a number of two bytes, an identifier, or text; what is none of them stands as U+FFFD.
fn bytes(form: Form, bytes: &[u8], out: &mut String) -> bool {
    match (form, bytes) {
        (Form::Decimal(_), _) => {
            let number = big_endian(bytes);
            number.inspect(|number| form.write(*number, out));
            number.is_some()
        }
        (Form::Half, [low, high]) => {
            let number = half::f16::from_le_bytes([*low, *high]);
            number.is_nan() || write(out, shortest(number))
        }
        (Form::Uuid, _) => bytes.iter().enumerate().all(|(at, byte)| {
            let dash = if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
            write(out, format_args!("{dash}{byte:02x}"))
        }),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            out.push_str(&text);
            matches!(text, std::borrow::Cow::Borrowed(_))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: Form, number: i128) -> String {
        let mut out = String::new();
        form.write(number, &mut out);
        out
    }

    #[test]
    fn numbers_are_written_as_a_person_reads_them() {
        assert_eq!(written(Form::Day, 22_371), "2031-04-02");
        assert_eq!(written(Form::Day, -1), "1969-12-31");
        assert_eq!(written(Form::Day, i128::from(i32::MAX)), "2147483647", "no day of the calendar");
        assert_eq!(written(Form::Moment(1_000), 22_371 * 86_400_000), "2031-04-02");
        assert_eq!(written(Form::Moment(1_000_000_000), -1), "1969-12-31T23:59:59");
        assert_eq!(written(Form::Clock(1_000), 27_000_000), "07:30:00");
        assert_eq!(written(Form::Clock(1_000), -1_000), "-1000", "no time of a day");
        assert_eq!(written(Form::Decimal(2), -1205), "-12.05");
        assert_eq!(written(Form::Decimal(3), 7), "0.007");
        assert_eq!(written(Form::Decimal(0), 31), "31");
        assert_eq!(written(Form::Unsigned, 31), "31");
    }

    #[test]
    fn bytes_are_what_their_column_says() {
        let read = |form: Form, of: &[u8]| {
            let mut out = String::new();
            bytes(form, of, &mut out).then_some(out)
        };
        let identifier: Vec<u8> = (0x10..0x20).collect();
        assert_eq!(read(Form::Uuid, &identifier).unwrap(), "10111213-1415-1617-1819-1a1b1c1d1e1f");
        assert_eq!(read(Form::Half, &[0x40, 0x4a]).unwrap(), "12.5");
        assert_eq!(read(Form::Half, &[0x66, 0x2e]).unwrap(), "0.1");
        assert_eq!(read(Form::Half, &[0x00, 0x7e]).unwrap(), "", "not a number");
        assert_eq!(read(Form::Plain, "سامر".as_bytes()).unwrap(), "سامر");
        assert_eq!(read(Form::Plain, &identifier[..1]).unwrap(), "\u{10}");
        assert_eq!(read(Form::Plain, &[0xff]), None);
    }

    #[test]
    fn bytes_of_a_decimal_are_a_number() {
        assert_eq!(big_endian(&[0x01, 0x00]), Some(256));
        assert_eq!(big_endian(&[0xff]), Some(-1));
        assert_eq!(big_endian(&[]), Some(0));
        assert_eq!(big_endian(&[1; 17]), None);
    }
}
