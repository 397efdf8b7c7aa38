//! Decided numbers: `killed` = `10-14`, `killed.children` = `3`, `killed.total.civilian` = `4+`, `disputed.killed` = `all`.

use sijil_count::{DecidedNumber, Decisions, Disputed};
use sijil_model::codebook::{Class, Coded, Harm, Status};
use sijil_model::{AccountId, Interval, Upper};

use super::decisions::Standing;
use crate::{RegisterError, Result};

/// Adds a decision on a number; a field that is none is left alone.
pub(super) fn decide(decisions: &mut Decisions, decision: Standing) -> Result<()> {
    let by = match decision.author.clone() {
        Some(author) => author,
        None => AccountId::new("unknown")?,
    };
    match Field::parse(&decision.field) {
        Some(Field::Number { harm, class, status }) => decisions.numbers.push(DecidedNumber {
            harm,
            class,
            status,
            interval: parse_interval(&decision.value)?,
            used: decision.used,
            rejected: decision.rejected,
            by,
            at: decision.at,
            why: decision.why,
        }),
        Some(Field::Disputed { harm, class }) => decisions.disputed.push(Disputed {
            harm,
            class,
            people: if decision.value == "all" {
                Interval::UNKNOWN
            } else {
                parse_interval(&decision.value)?
            },
            by,
            at: decision.at,
            why: decision.why,
        }),
        None => {}
    }
    Ok(())
}

/// A field of an incident that holds a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the codebook's words")]
pub enum Field {
    /// How many.
    Number { harm: Harm, class: Class, status: Option<Status> },
    /// How many of whom it is disputed whether they were civilians.
    Disputed { harm: Harm, class: Class },
}

impl Field {
    /// Reads `harm[.class[.status]]` or `disputed.harm[.class]`.
    pub fn parse(field: &str) -> Option<Self> {
        let (disputed, rest) = match field.strip_prefix("disputed.") {
            Some(rest) => (true, rest),
            None => (false, field),
        };
        let mut words = rest.split('.');
        let harm = Harm::from_code(words.next()?).ok()?;
        let class = words.next().map_or(Ok(Class::Total), Class::from_code).ok()?;
        let status = words.next().map(Status::from_code).transpose().ok()?;
        match (disputed, status, words.next()) {
            (true, None, None) => Some(Field::Disputed { harm, class }),
            (false, status, None) => Some(Field::Number { harm, class, status }),
            _ => None,
        }
    }
}

/// Reads `14`, `10-14`, `4+` (open) or `unknown`.
pub fn parse_interval(text: &str) -> Result<Interval> {
    let wrong = || {
        RegisterError::Refused(format!("`{text}` is not a number of people; write 14, 10-14, 4+ or unknown"))
    };
    let number = |part: &str| part.trim().parse::<u64>().map_err(|_| wrong());
    if text == "unknown" {
        return Ok(Interval::UNKNOWN);
    }
    if let Some(low) = text.strip_suffix('+') {
        return Ok(Interval::at_least(number(low)?));
    }
    match text.split_once(['-', '–']) {
        Some((low, high)) => {
            let (low, high) = (number(low)?, number(high)?);
            Ok(Interval::new(Some(low), Some(high), Upper::Known(high))?)
        }
        None => Ok(Interval::exactly(number(text)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_others_are_none() {
        assert_eq!(
            Field::parse("killed"),
            Some(Field::Number { harm: Harm::Killed, class: Class::Total, status: None })
        );
        assert_eq!(
            Field::parse("killed.children.civilian"),
            Some(Field::Number {
                harm: Harm::Killed,
                class: Class::Children,
                status: Some(Status::Civilian)
            })
        );
        assert_eq!(
            Field::parse("disputed.killed"),
            Some(Field::Disputed { harm: Harm::Killed, class: Class::Total })
        );
        assert_eq!(Field::parse("grading"), None);
        assert_eq!(Field::parse("killed.sheep"), None);
    }

    #[test]
    fn numbers_are_read_and_nonsense_is_refused() {
        assert_eq!(parse_interval("14").unwrap(), Interval::exactly(14));
        assert_eq!(parse_interval("4+").unwrap(), Interval::at_least(4));
        assert_eq!(parse_interval("10-14").unwrap().max(), Upper::Known(14));
        assert!(parse_interval("14-10").is_err());
        assert!(parse_interval("some").unwrap_err().to_string().contains("10-14"));
    }
}
