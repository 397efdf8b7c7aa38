//! What is told of a protected name that a file would have shown: whose it is, where it stood, what to do. Never the name.

use std::collections::BTreeSet;

use serde_json::Value;

use super::protected::Bearer;

/// Where in a file something stands that shows a name: the keys that lead to it, or row and column; none where the file
/// has neither.
pub(super) fn place(path: &str, bytes: &[u8], shows: impl Fn(&str) -> bool) -> Option<String> {
    match path.rsplit('.').next()? {
        "json" => {
            let keys = keys(&serde_json::from_slice(bytes).ok()?, &shows)?;
            Some(keys.into_iter().rev().collect::<Vec<_>>().join("/"))
        }
        "csv" => cell(bytes, shows),
        _ => None,
    }
}

/// The keys that lead to the first text that shows a name, the innermost first.
fn keys(value: &Value, shows: &impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let within = |key: String, value: &Value| {
        let mut keys = keys(value, shows)?;
        keys.push(key);
        Some(keys)
    };
    match value {
        Value::String(text) => shows(text).then(Vec::new),
        Value::Array(values) => {
            values.iter().zip(0..).find_map(|(value, at): (_, usize)| within(at.to_string(), value))
        }
        Value::Object(fields) => fields.iter().find_map(|(key, value)| within(key.clone(), value)),
        _ => None,
    }
}

fn cell(bytes: &[u8], shows: impl Fn(&str) -> bool) -> Option<String> {
    let mut rows = csv::Reader::from_reader(bytes);
    let header = rows.headers().ok()?.clone();
    rows.records().zip(1..).find_map(|(row, number): (_, usize)| {
        let at = row.ok()?.iter().position(&shows)?;
        Some(format!("row {number}, {}", header.get(at)?))
    })
}

/// The records whose name it is.
pub(super) fn whose(bearers: &BTreeSet<Bearer>) -> String {
    if bearers.is_empty() {
        return "somebody who is no record's".to_owned();
    }
    bearers.iter().map(|bearer| bearer.record.as_str()).collect::<Vec<_>>().join(", ")
}

/// What to do: clear what may be cleared, or take the name out.
pub(super) fn next(bearers: &BTreeSet<Bearer>) -> String {
    let take_out = "take the name out of the title or note that a recorder typed";
    let clear: BTreeSet<&str> = bearers.iter().filter_map(|bearer| bearer.clear.as_deref()).collect();
    if clear.is_empty() || bearers.iter().any(|bearer| bearer.clear.is_none()) {
        return take_out.to_owned();
    }
    let command = |id: &&str| format!("sijil clear {id}, then sijil sign {id} --as ACCOUNT");
    format!("{}; or {take_out}", clear.iter().map(command).collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_its_keys_or_its_cell() {
        let shows = |text: &str| text.contains("Ward");
        let json = br#"[{"id": "a", "titles": {"en": "Raid"}}, {"id": "b", "titles": {"en": "Ward Shami"}}]"#;
        assert_eq!(place("data/incidents.json", json, shows).as_deref(), Some("1/titles/en"));
        let csv = b"id,title\na,Raid\nb,Ward Shami\n";
        assert_eq!(place("data/figures.csv", csv, shows).as_deref(), Some("row 2, title"));
        assert_eq!(place("index.en.html", b"<p>Ward", shows), None);
    }

    #[test]
    fn only_what_a_clearing_makes_public_is_to_be_cleared() {
        let bearer = |record: &str, clear: Option<&str>| Bearer {
            record: record.into(),
            clear: clear.map(str::to_owned),
        };
        let dead = bearer("person p1", Some("i1"));
        assert!(next(&[dead.clone()].into()).starts_with("sijil clear i1, then sijil sign i1"));
        let both: BTreeSet<Bearer> = [dead, bearer("source ward", None)].into();
        assert!(next(&both).starts_with("take the name out"));
        assert_eq!(whose(&both), "person p1, source ward");
    }
}
