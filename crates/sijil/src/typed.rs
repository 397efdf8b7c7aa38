//! What people type into forms and commands, in either script: codes or their labels, digits of any kind, dates as written.

use sijil_model::codebook::Coded;
use sijil_model::fold::{fold, western_digits};
use sijil_model::{Edtf, Interval, Language, ModelError, Quantity, Upper};
use sijil_register::parse_interval;

use crate::failure::Failure;

/// Nobody is known to have lived longer.
const OLDEST: u16 = 125;

/// A value of the codebook by its code, or by its label in either language: `fair`, `Fair`, ضعيفة.
///
/// # Errors
/// The codes that there are.
pub fn code<T: Coded>(text: &str) -> Result<T, ModelError> {
    let folded = fold(text);
    let is_labelled = |value: &T| Language::ALL.iter().any(|language| fold(value.label(*language)) == folded);
    match T::ALL.iter().copied().find(is_labelled) {
        Some(value) => Ok(value),
        None => T::from_code(text.trim()),
    }
}

/// A date: EDTF, or one date with its year as people write it: "20 April 2031", ٢٠ نيسان ٢٠٣١.
///
/// # Errors
/// That it is none.
pub fn date(text: &str) -> Result<Edtf, Failure> {
    let written = western_digits(text.trim());
    Edtf::new(&written).ok().or_else(|| sijil_extract::day_of_list(&written)).ok_or_else(|| {
        Failure::Usage(format!(
            "`{text}` is no date; write 2031-10-05, 2031-10 for a month, 2031-10-05/2031-10-09 for a period, or 5 October 2031"
        ))
    })
}

/// A number of people: `14`, `10-14`, `4+`, `unknown`, in digits of any kind.
///
/// # Errors
/// What it may be.
pub fn people(text: &str) -> Result<String, Failure> {
    let written = western_digits(text.trim());
    let written = if fold(&written) == fold("غير معروف") { "unknown".to_owned() } else { written };
    parse_interval(&written)?;
    Ok(written)
}

/// A number of people as a document would say it; none where it is not known.
///
/// # Errors
/// That it is no number.
pub fn quantity(text: &str) -> Result<Option<Quantity>, Failure> {
    let interval: Interval = parse_interval(&people(text)?)?;
    Ok(match (interval.min(), interval.max()) {
        (Some(n), Upper::Known(to)) if n == to => Some(Quantity::Exact { n }),
        (Some(n), Upper::Known(to)) => Some(Quantity::between(n, to)?),
        (Some(n), _) => Some(Quantity::AtLeast { n }),
        (None, _) => None,
    })
}

/// An age in whole years.
///
/// # Errors
/// That it is none.
pub fn age(text: &str) -> Result<u16, Failure> {
    let age = western_digits(text.trim()).parse().ok().filter(|age| *age <= OLDEST);
    age.ok_or_else(|| Failure::Usage(format!("`{text}` is no age in years")))
}

/// `none`, لا شيء: that there is no such thing.
pub fn is_none(text: &str) -> bool {
    ["none", "لا شيء"].iter().any(|word| fold(word) == fold(text))
}

/// `yes` or `no`, نعم or لا.
///
/// # Errors
/// That it is neither.
pub fn yes_or_no(text: &str) -> Result<bool, Failure> {
    match fold(text).as_str() {
        "yes" | "نعم" => Ok(true),
        "no" | "لا" => Ok(false),
        _ => Err(Failure::Usage(format!("`{text}` is neither `yes` nor `no`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijil_model::codebook::{Fate, Grading};

    #[test]
    fn both_scripts_say_the_same() {
        assert_eq!(people(" ٦١ ").unwrap(), "61");
        assert_eq!(people("١٠-١٤").unwrap(), "10-14");
        assert_eq!(people("۴+").unwrap(), "4+");
        assert_eq!(date("٢٠ نيسان ٢٠٣١").unwrap().as_str(), "2031-04-20");
        assert_eq!(date("20 نيسان 2031").unwrap().as_str(), "2031-04-20");
        assert_eq!(date("20 April 2031").unwrap().as_str(), "2031-04-20");
        assert_eq!(date("2031-04-20/2031-04-22").unwrap().as_str(), "2031-04-20/2031-04-22");
        assert_eq!(code::<Fate>("قتيل").unwrap(), Fate::Killed);
        assert_eq!(code::<Grading>("weak").unwrap(), code::<Grading>("ضعيفة").unwrap());
        assert!(yes_or_no("نعم").unwrap() && !yes_or_no("No").unwrap());
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(people("many").is_err() && people("١٤-١٠").is_err());
        assert!(date("أمس").is_err() && date("31 April 2031").is_err());
        assert!(code::<Fate>("قريب").is_err() && yes_or_no("maybe").is_err());
        assert_eq!(quantity("unknown").unwrap(), None);
    }
}
