//! Sentences with holes, so that what a program said in one language can be said in another: `{}` stands for any words.

/// What stands in the holes of a sentence that `told` is, in their order, where it is that. The last hole reaches as far as
/// it can, every other no further than to the first of what follows it.
pub fn held<'a>(sentence: &str, told: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = sentence.split("{}").peekable();
    let mut rest = told.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let end = if is_last { rest.len().checked_sub(part.len())? } else { rest.find(part)? };
        let value = rest.get(..end).filter(|value| !value.is_empty())?;
        rest = rest.get(end..)?.strip_prefix(part)?;
        values.push(value);
    }
    rest.is_empty().then_some(values)
}

/// A sentence with its holes filled: `{}` by the next value, `{2}` by the second.
pub fn filled(sentence: &str, values: &[String]) -> String {
    let (mut told, mut next) = (String::new(), 0);
    let mut rest = sentence;
    while let Some((before, hole, after)) = first_hole(rest) {
        let at = hole.parse::<usize>().map_or(next, |number| number.saturating_sub(1));
        next = at + 1;
        told.push_str(before);
        told.push_str(values.get(at).map_or("", String::as_str));
        rest = after;
    }
    told + rest
}

/// What stands before the first hole, in it and after it.
fn first_hole(sentence: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = sentence.split_once('{')?;
    let (hole, after) = rest.split_once('}')?;
    Some((before, hole, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_is_found_again() {
        let values = ["6".to_owned(), "ريف النهر".to_owned()];
        let told = filled("{} km from {}", &values);
        assert_eq!(told, "6 km from ريف النهر");
        assert_eq!(held("{} km from {}", &told), Some(vec!["6", "ريف النهر"]));
        assert_eq!(filled("من {2} على بعد {1} كم", &values), "من ريف النهر على بعد 6 كم");
        for other in ["{} km outside {}", "in {}", "{} km from"] {
            assert_eq!(held(other, &told), None, "{other}");
        }
        assert_eq!(held("`{}` is no date", "`` is no date"), None, "a hole holds something");
    }
}
