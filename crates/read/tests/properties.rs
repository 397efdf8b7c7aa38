//! Properties of offsets and of the text form of lists, against slow and obvious ways to the same.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop, and says what it skipped"
)]

use proptest::prelude::*;
use sijil_read::{Content, Options, Source, Tables, read};

/// Letters that break naive offsets: Arabic with marks, emoji, direction controls, line ends, quotes, backslashes.
fn words() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ a-zأ-ي\u{64B}-\u{652}😀\u{202B}\u{2028}\"\\\\\r\n\t,;|é–]{1,40}")
        .unwrap()
}

fn tables(csv: Vec<u8>) -> Option<Tables> {
    match read("list.csv", Source::Bytes(csv), &Options::default()).ok()?.content {
        Content::Tables(tables) => Some(tables),
        _ => None,
    }
}

/// A CSV file with a header and these rows, written by the csv crate.
fn csv_of(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.write_record(["الاسم", "العمر", "المحافظة"]).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

proptest! {
    #[test]
    fn parts_lie_where_their_offsets_say(texts in prop::collection::vec(words(), 1..12)) {
        let lines: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(id, text)| serde_json::json!({"id": id.to_string(), "text": text}).to_string())
            .collect();
        let good: Vec<&String> = texts.iter().filter(|text| !text.trim().is_empty()).collect();
        let outcome = read("r.jsonl", Source::Bytes(lines.join("\n").into_bytes()), &Options::default());
        let Ok(reading) = outcome else {
            prop_assert!(good.is_empty());
            return Ok(());
        };
        let Content::Text(text) = &reading.content else { panic!("text") };
        prop_assert_eq!(text.parts.len(), good.len());
        let letters: Vec<char> = text.content.chars().collect();
        let mut end = 0;
        for (part, said) in text.parts.iter().zip(good) {
            let by_letters: String = letters[part.start as usize..part.end as usize].iter().collect();
            prop_assert_eq!(&by_letters, said);
            prop_assert_eq!(text.words(part), said);
            prop_assert!(part.byte_start >= end);
            end = part.byte_end;
        }
        prop_assert_eq!(text.content.len(), end as usize);
    }

    #[test]
    fn plain_text_is_kept_to_the_letter(text in words()) {
        let outcome = read("r.txt", Source::Bytes(text.clone().into_bytes()), &Options::default());
        match outcome {
            Ok(reading) => match reading.content {
                Content::Text(read) => prop_assert_eq!(read.content, text),
                other => prop_assert!(false, "{:?}", other),
            },
            Err(error) => prop_assert!(text.trim().is_empty(), "{}", error),
        }
    }

    #[test]
    fn cells_are_read_as_written(rows in prop::collection::vec(prop::collection::vec(words(), 1..5), 1..40)) {
        let Some(tables) = tables(csv_of(&rows)) else {
            prop_assert!(rows.iter().flatten().all(|cell| cell.trim().is_empty()));
            return Ok(());
        };
        let filled: Vec<&Vec<String>> =
            rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        prop_assert_eq!(tables.row_count() as usize, filled.len());
        for (row, written) in tables.rows().zip(filled) {
            let read: Vec<&str> = row.cells().collect();
            prop_assert_eq!(&read, written);
        }
    }

    #[test]
    fn the_text_form_gives_the_same_list(rows in prop::collection::vec(prop::collection::vec(words(), 1..5), 1..40)) {
        if let Some(tables) = tables(csv_of(&rows)) {
            let text = tables.to_text();
            let again = Tables::from_text(&text).unwrap();
            prop_assert_eq!(&again, &tables);
            prop_assert_eq!(again.to_text(), text);
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0_usize..8) {
        let (name, start): (&str, &[u8]) = [
            ("a.txt", b"".as_slice()),
            ("a.csv", b"name,age\n"),
            ("a.html", b"<html><article>"),
            ("a.jsonl", b"{\"id\":\"1\",\"text\":\"x\"}\n"),
            ("a.zip", b"PK\x03\x04"),
            ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            ("a.warc", b"WARC/1.0\r\nContent-Length: 5\r\n\r\n"),
            ("a.gz", b"\x1F\x8B\x08\0"),
        ][kind];
        let outcome = read(name, Source::Bytes([start, &bytes].concat()), &Options::default());
        if let Err(error) = outcome {
            let message = error.to_string();
            prop_assert!(message.starts_with(name) && message.contains(';') || error.code() == "reader", "{}", message);
        }
    }
}

#[test]
fn a_damaged_text_form_is_refused() {
    let text = tables(csv_of(&[vec!["Nadim".into(), "3".into()], vec!["Huda".into()]])).unwrap().to_text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[2..], ["[\"Nadim\",\"3\"]", "[\"Huda\"]"]);
    let without = |gone: usize| {
        let left = lines.iter().enumerate().filter(|(line, _)| *line != gone).map(|(_, line)| *line);
        left.collect::<Vec<_>>().join("\n")
    };
    for damaged in [
        String::new(),
        without(0),
        without(1),
        without(3),
        text.replace("\"3\"]", "3]"),
        text.replace("tables\":1", "tables\":2"),
    ] {
        assert!(Tables::from_text(&damaged).is_err(), "{damaged}");
    }
}
