//! RFC 8785 canonical JSON, narrowed: strings, integers below 2⁵³ in magnitude, booleans, null, arrays, objects.
//!
//! The trap avoided: a number such as `0.1` or `1e400` has many spellings, and two languages print it differently,
//! so a commitment over it could not be checked by somebody else. Fractions are written as strings by the caller.

use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// The largest magnitude of an integer: 2⁵³ − 1, what every JSON reader holds exactly.
pub(crate) const MAX_INTEGER: u64 = (1 << 53) - 1;

const MAX_DEPTH: usize = 100;

/// The canonical bytes of a value.
///
/// ```
/// use serde_json::json;
/// let bytes = sijil_archive::canonical(&json!({"ب": 2, "a": "\n"}))?;
/// assert_eq!(bytes, r#"{"a":"\n","ب":2}"#.as_bytes());
/// assert!(sijil_archive::canonical(&json!({"share": 0.4})).is_err());
/// # Ok::<(), sijil_archive::Error>(())
/// ```
///
/// # Errors
/// [`Error::NotCanonical`] for a fraction, an integer of 2⁵³ or more, or nesting deeper than 100.
pub fn canonical(value: &Value) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(256);
    write_value(value, &mut out, 0)?;
    Ok(out)
}

/// The value of bytes that must be canonical: nothing before, between or after, no key twice, keys in order.
///
/// # Errors
/// [`Error::NotCanonical`] when the bytes are not JSON or not exactly what [`canonical`] would write.
pub fn parse_canonical(bytes: &[u8]) -> Result<Value> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| refuse(format!("not JSON: {error}")))?;
    if canonical(&value)? == bytes {
        Ok(value)
    } else {
        Err(refuse("JSON, but not in canonical form (RFC 8785)".to_owned()))
    }
}

fn refuse(why: String) -> Error {
    Error::NotCanonical { why }
}

fn write_value(value: &Value, out: &mut Vec<u8>, depth: usize) -> Result<()> {
    if depth > MAX_DEPTH {
        return Err(refuse(format!("nested deeper than {MAX_DEPTH}")));
    }
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out)?,
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write_value(item, out, depth + 1)?;
            }
            out.push(b']');
        }
        Value::Object(map) => write_object(map, out, depth)?,
    }
    Ok(())
}

fn write_number(number: &serde_json::Number, out: &mut Vec<u8>) -> Result<()> {
    let magnitude = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
    match magnitude {
        Some(magnitude) if magnitude <= MAX_INTEGER => out.extend_from_slice(number.to_string().as_bytes()),
        Some(_) => return Err(refuse(format!("the integer {number} is 2^53 or more; write it as a string"))),
        None => return Err(refuse(format!("the number {number} is not an integer; write it as a string"))),
    }
    Ok(())
}

fn write_object(map: &Map<String, Value>, out: &mut Vec<u8>, depth: usize) -> Result<()> {
    let mut members: Vec<_> = map.iter().collect();
    // RFC 8785 §3.2.3 orders by UTF-16 code units, which differs from UTF-8 order above U+FFFF.
    members.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
    out.push(b'{');
    for (place, (key, item)) in members.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write_string(key, out);
        out.push(b':');
        write_value(item, out, depth + 1)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x09 => b't',
            0x0a => b'n',
            0x0c => b'f',
            0x0d => b'r',
            0x00..=0x1f => 0,
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[plain_from..at]);
        plain_from = at + 1;
        if short == 0 {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(&[b'\\', short]);
        }
    }
    out.extend_from_slice(&text.as_bytes()[plain_from..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// The published example of RFC 8785 §3.2.2 (strings) and §3.2.3 (order of keys).
    #[test]
    fn rfc_8785_strings_and_order() {
        let text = json!({"string": "\u{20ac}$\u{000F}\u{000a}A'\u{0042}\u{0022}\u{005c}\\\"\u{002f}"});
        assert_eq!(
            String::from_utf8(canonical(&text).unwrap()).unwrap(),
            "{\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
        let keys = json!({"\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{0080}": "Control", "\u{00f6}": "Latin Small Letter O With Diaeresis"});
        let written = String::from_utf8(canonical(&keys).unwrap()).unwrap();
        let order: Vec<usize> = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
            .iter()
            .map(|word| written.find(word).unwrap())
            .collect();
        assert!(order.is_sorted(), "{written}");
    }

    #[test]
    fn refuses_what_has_no_single_spelling() {
        for wrong in
            [json!(0.5), json!(1e20), json!(9_007_199_254_740_992u64), json!(-9_007_199_254_740_992i64)]
        {
            assert!(matches!(canonical(&wrong), Err(Error::NotCanonical { .. })), "{wrong}");
        }
        assert_eq!(canonical(&json!(-9_007_199_254_740_991i64)).unwrap(), b"-9007199254740991");
        for wrong in [
            "{\"a\":1 }",
            "{\"a\":1}\n",
            "{\"b\":1,\"a\":2}",
            "{\"a\":1,\"a\":1}",
            "\"\\u0041\"",
            "-0",
            "1.0",
            "01",
        ] {
            assert!(parse_canonical(wrong.as_bytes()).is_err(), "{wrong}");
        }
        let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
        assert!(canonical(&deep).is_err());
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-9_007_199_254_740_991i64..=9_007_199_254_740_991).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn round_trips(value in any_value()) {
            let bytes = canonical(&value).unwrap();
            prop_assert_eq!(parse_canonical(&bytes).unwrap(), value);
        }
    }
}
