//! Serde forms of the model's quantity and interval without tags, so that binary formats can hold an incident.
//!
//! The model's own forms are the contract's JSON and use tags and untagged numbers, which formats that do not describe
//! themselves cannot read. Here a quantity is its form's place in [`FORMS`] and two numbers, and an upper end is a
//! number and what kind of end it is.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sijil_model::{Interval, Quantity, Upper};

/// The forms in the order of their stored numbers; new ones are added at the end.
pub(crate) const FORMS: [&str; 19] = [
    "exact",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "about",
    "between",
    "few",
    "several",
    "many",
    "tens",
    "dozens",
    "hundreds",
    "thousands",
    "plural",
    "dual",
    "singular",
    "family",
    "share",
];

/// A form's place in [`FORMS`].
pub(crate) fn form_index(quantity: Quantity) -> usize {
    match quantity {
        Quantity::Exact { .. } => 0,
        Quantity::AtLeast { .. } => 1,
        Quantity::AtMost { .. } => 2,
        Quantity::MoreThan { .. } => 3,
        Quantity::LessThan { .. } => 4,
        Quantity::About { .. } => 5,
        Quantity::Between { .. } => 6,
        Quantity::Few => 7,
        Quantity::Several => 8,
        Quantity::Many => 9,
        Quantity::Tens => 10,
        Quantity::Dozens => 11,
        Quantity::Hundreds => 12,
        Quantity::Thousands => 13,
        Quantity::Plural => 14,
        Quantity::Dual => 15,
        Quantity::Singular => 16,
        Quantity::Family => 17,
        Quantity::Share { .. } => 18,
    }
}

/// The quantity of a form's place with its numbers; `None` where there is no such form or a range is backwards.
pub(crate) fn quantity_of(form: usize, n: u64, to: u64) -> Option<Quantity> {
    Some(match form {
        0 => Quantity::Exact { n },
        1 => Quantity::AtLeast { n },
        2 => Quantity::AtMost { n },
        3 => Quantity::MoreThan { n },
        4 => Quantity::LessThan { n },
        5 => Quantity::About { n },
        6 => Quantity::between(n, to).ok()?,
        7 => Quantity::Few,
        8 => Quantity::Several,
        9 => Quantity::Many,
        10 => Quantity::Tens,
        11 => Quantity::Dozens,
        12 => Quantity::Hundreds,
        13 => Quantity::Thousands,
        14 => Quantity::Plural,
        15 => Quantity::Dual,
        16 => Quantity::Singular,
        17 => Quantity::Family,
        18 => Quantity::Share {
            low: u32::try_from(n >> 1).ok()?,
            high: u32::try_from(to).ok()?,
            approximate: n & 1 == 1,
        },
        _ => return None,
    })
}

/// The numbers of a quantity, the inverse of [`quantity_of`].
fn numbers(quantity: Quantity) -> (u64, u64) {
    match quantity {
        Quantity::Between { n, to } => (n, to),
        Quantity::Share { low, high, approximate } => {
            ((u64::from(low) << 1) | u64::from(approximate), u64::from(high))
        }
        Quantity::Exact { n }
        | Quantity::AtLeast { n }
        | Quantity::AtMost { n }
        | Quantity::MoreThan { n }
        | Quantity::LessThan { n }
        | Quantity::About { n } => (n, 0),
        _ => (0, 0),
    }
}

/// `#[serde(with = "compact::quantity")]`: `[form, n, to]`.
pub(crate) mod quantity {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(quantity: &Quantity, out: S) -> Result<S::Ok, S::Error> {
        let (n, to) = numbers(*quantity);
        (form_index(*quantity) as u8, n, to).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Quantity, D::Error> {
        let (form, n, to) = <(u8, u64, u64)>::deserialize(input)?;
        quantity_of(form.into(), n, to)
            .ok_or_else(|| D::Error::custom(format!("{form} {n} {to} is no quantity")))
    }
}

/// `#[serde(with = "compact::interval")]`: `[min, highest_reported, kind of upper end, its number]`.
pub(crate) mod interval {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(interval: &Interval, out: S) -> Result<S::Ok, S::Error> {
        let (kind, end): (u8, u64) = match interval.max() {
            Upper::Unknown => (0, 0),
            Upper::Open => (1, 0),
            Upper::Known(n) => (2, n),
        };
        (interval.min(), interval.highest_reported(), kind, end).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Interval, D::Error> {
        let (min, highest, kind, end) = <(Option<u64>, Option<u64>, u8, u64)>::deserialize(input)?;
        let max = match kind {
            0 => Upper::Unknown,
            1 => Upper::Open,
            2 => Upper::Known(end),
            _ => return Err(D::Error::custom(format!("{kind} is no kind of upper end"))),
        };
        Interval::new(min, highest, max).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_survives_and_keeps_its_place() {
        let share = Quantity::Share { low: 400, high: 500, approximate: true };
        for (form, name) in FORMS.iter().enumerate() {
            let quantity = if *name == "share" { share } else { quantity_of(form, 3, 7).unwrap() };
            assert_eq!((quantity.form(), form_index(quantity)), (*name, form));
            let (n, to) = numbers(quantity);
            assert_eq!(quantity_of(form, n, to), Some(quantity));
        }
        assert_eq!(quantity_of(FORMS.len(), 1, 1), None);
        assert_eq!(quantity_of(6, 7, 3), None);
    }
}
