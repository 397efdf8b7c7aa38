//! JSON Lines: a report a line, `{"id","text","published"?,"lang"?,"country"?}`; a bad line never stops the rest.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::reading::{Part, Text};
use crate::text::TextBuilder;
use crate::warning::{Problem, ProblemAt, ProblemKind};

/// The reports of all good lines as one text, a part each; with the problems of the others.
pub(crate) fn read(input: &str) -> (Option<Text>, Vec<Problem>) {
    let mut builder = TextBuilder::default();
    let mut problems = Vec::new();
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    for (line, number) in input.split('\n').zip(1_u64..) {
        if line.trim().is_empty() {
            continue;
        }
        let mut note = |kind| problems.push(Problem { at: ProblemAt::Line(number), kind });
        match report(line, number, &mut note) {
            Ok((words, part)) => {
                match &part.id {
                    None => note(ProblemKind::NoId),
                    Some(id) => match ids.get(id) {
                        Some(first_line) => note(ProblemKind::DuplicateId { first_line: *first_line }),
                        None => drop(ids.insert(id.clone(), number)),
                    },
                }
                builder.push(&words, part);
            }
            Err(kind) => note(kind),
        }
    }
    ((!builder.is_empty()).then(|| builder.finish()), problems)
}

/// Whether a text without a telling name is JSON Lines of reports: its first line is an object with a text.
pub(crate) fn is_surely_reports(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default();
    first.starts_with('{')
        && serde_json::from_str::<Map<String, Value>>(first)
            .is_ok_and(|object| object.get("text").is_some_and(Value::is_string))
}

fn report(
    line: &str,
    number: u64,
    note: &mut impl FnMut(ProblemKind),
) -> Result<(String, Part), ProblemKind> {
    let mut object: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| not_json(line, &error))?;
    let Some(Value::String(words)) = object.remove("text") else { return Err(ProblemKind::NoText) };
    if words.trim().is_empty() {
        return Err(ProblemKind::EmptyText);
    }
    let mut field = |name: &'static str| match object.remove(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(value)) => Some(value),
        Some(Value::Number(value)) if name == "id" => Some(value.to_string()),
        Some(_) => {
            note(ProblemKind::BadField(name));
            None
        }
    };
    let part = Part {
        id: field("id"),
        published: field("published"),
        lang: field("lang"),
        country: field("country"),
        title: field("title"),
        line: Some(number),
        ..Part::default()
    };
    Ok((words, part))
}

/// The parser's words do not say that half a surrogate pair was the trouble in a way that helps.
fn not_json(line: &str, error: &serde_json::Error) -> ProblemKind {
    let words = error.to_string();
    let surrogate = words.contains("surrogate") || words.contains("unexpected end of hex escape");
    if surrogate && line.contains("\\u") {
        return ProblemKind::LoneSurrogate;
    }
    // Within one line the parser's line number is always 1.
    ProblemKind::NotJson(words.replace(" at line 1 column", " at column"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(input: &str) -> Vec<(u64, ProblemKind)> {
        let line = |at| match at {
            ProblemAt::Line(line) => line,
            ProblemAt::Row(row) | ProblemAt::SheetRow(_, row) => row,
        };
        read(input).1.into_iter().map(|problem| (line(problem.at), problem.kind)).collect()
    }

    #[test]
    fn each_line_is_a_part() {
        let input = "{\"id\":\"a\",\"text\":\"قُتل أربعة\",\"lang\":\"ar\",\"published\":\"2031-04-02\"}\n\
                     {\"id\":7,\"text\":\"Four killed\\nin Port Amal\",\"country\":\"XM\"}\n";
        let (text, problems) = read(input);
        let text = text.unwrap();
        assert_eq!(problems, []);
        assert_eq!(text.content, "قُتل أربعة\n\nFour killed\nin Port Amal");
        let words: Vec<&str> = text.parts.iter().map(|part| text.words(part)).collect();
        assert_eq!(words, ["قُتل أربعة", "Four killed\nin Port Amal"]);
        assert_eq!((text.parts[1].start, text.parts[1].byte_start), (12, 21));
        assert_eq!(text.parts[1].id.as_deref(), Some("7"));
        assert_eq!(text.parts[0].published.as_deref(), Some("2031-04-02"));
    }

    #[test]
    fn bad_lines_are_named_and_the_rest_is_read() {
        let input = "{\"id\":\"a\",\"text\":\"one\"}\n\
                     {\"id\":\"b\",\"text\":\"half \\ud800 pair\"}\n\
                     not json\n\
                     {\"id\":\"c\"}\n\
                     \n\
                     {\"id\":\"d\",\"text\":\" \"}\n\
                     {\"id\":\"a\",\"text\":\"two\"}\n\
                     {\"text\":\"three\",\"published\":[1]}\n\
                     [1]\n\
                     {\"id\":\"e\",\"text\":\"\\udc00\"}";
        let kinds = kinds(input);
        let lines: Vec<u64> = kinds.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 3, 4, 6, 7, 8, 8, 9, 10]);
        assert_eq!(kinds[0].1, ProblemKind::LoneSurrogate);
        assert!(matches!(kinds[1].1, ProblemKind::NotJson(_)));
        assert_eq!(kinds[2].1, ProblemKind::NoText);
        assert_eq!(kinds[3].1, ProblemKind::EmptyText);
        assert_eq!(kinds[4].1, ProblemKind::DuplicateId { first_line: 1 });
        assert_eq!((&kinds[5].1, &kinds[6].1), (&ProblemKind::BadField("published"), &ProblemKind::NoId));
        assert_eq!(kinds[8].1, ProblemKind::LoneSurrogate);
        assert_eq!(read(input).0.unwrap().content, "one\n\ntwo\n\nthree");
    }
}
