//! A figure quoted in a text beside what is documented of the same question.

use sijil_count::Tally;
use sijil_model::{Interval, Upper};

use crate::finding::Severity;

/// What is documented of a question: what is certainly inside it, and what only possibly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documented {
    /// Certainly inside.
    pub inside: Tally,
    /// Possibly inside.
    pub possibly: Tally,
}

/// Why a quoted number does not stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// An error where the text says more or fewer than is documented, a warning where it says it otherwise.
    pub severity: Severity,
    /// The documented number that it does not meet.
    pub computed: u64,
    /// Why, in a sentence.
    pub explain: String,
}

impl Documented {
    /// What is wrong with a quoted number, people both; none where it says what is documented.
    ///
    /// "At least" stands where it is the lowest sum, "from … to" where it is both ends, and a bare number where there is
    /// no other: a bare number hides an interval, and that is a warning. An approximate number, and a tenth around it, stands
    /// anywhere between.
    pub fn disagrees(&self, stated: Interval, approximate: bool) -> Option<Disagreement> {
        let about = |number: u64| if approximate { number.div_ceil(10) } else { 0 };
        let low = stated.min().map(|low| low - about(low))?;
        let found = self.inside.incidents + self.possibly.incidents;
        if found == 0 {
            return Some(warning(0, "no incident of this question is documented".to_owned()));
        }
        let least = self.inside.min.unwrap_or(0);
        let reported = |tally: &Tally| tally.highest_reported.or(tally.min).unwrap_or(0);
        let most = reported(&self.inside) + reported(&self.possibly);
        let high = match stated.max() {
            Upper::Known(high) => Some(high + about(high)),
            Upper::Open | Upper::Unknown => None,
        };
        if low > most {
            return Some(error(
                most,
                format!("reports add up to no more than {most}, {} said", said(low, high)),
            ));
        }
        if let Some(high) = high.filter(|high| *high < least) {
            return Some(error(
                least,
                format!("at least {least} are documented, {} said", said(low, Some(high))),
            ));
        }
        match high {
            _ if approximate => None,
            None if low > least => {
                let perhaps = least + self.possibly.min.unwrap_or(0);
                let disagreement = if low > perhaps { error } else { warning };
                Some(disagreement(least, format!("the least that is documented is {least}, not {low}")))
            }
            None if low < least => Some(warning(least, format!("the least that is documented is {least}"))),
            None => None,
            Some(high) => self.hides(low, high, least),
        }
    }

    /// A closed number within what is documented that is not all of it.
    fn hides(&self, low: u64, high: u64, least: u64) -> Option<Disagreement> {
        let whole = match self.inside.max {
            Upper::Known(max) if self.inside.unknown == 0 => Some(max),
            _ => None,
        };
        if low == least && whole == Some(high) {
            return None;
        }
        let documented = match whole {
            Some(max) if max == least => least.to_string(),
            Some(max) => format!("{least} to {max}"),
            None => format!("at least {least}, with an upper end that is not known"),
        };
        Some(warning(least, format!("documented are {documented}")))
    }
}

fn error(computed: u64, explain: String) -> Disagreement {
    Disagreement { severity: Severity::Error, computed, explain }
}

fn warning(computed: u64, explain: String) -> Disagreement {
    Disagreement { severity: Severity::Warning, computed, explain }
}

fn said(low: u64, high: Option<u64>) -> String {
    match high {
        None => format!("at least {low} are"),
        Some(high) if high == low => format!("{low} are"),
        Some(high) => format!("{low} to {high} are"),
    }
}

#[cfg(test)]
mod tests {
    use sijil_count::Named;

    use super::*;

    fn tally(min: u64, reported: u64, max: Upper, incidents: u64) -> Tally {
        Tally {
            min: Some(min),
            highest_reported: Some(reported),
            max,
            open_ends: 0,
            unknown: 0,
            incidents,
            named: Named::default(),
        }
    }

    /// Twelve to fourteen, and one more possibly.
    fn documented(max: Upper) -> Documented {
        Documented { inside: tally(12, 14, max, 2), possibly: tally(1, 1, Upper::Known(1), 1) }
    }

    fn severity(stated: (u64, Upper), max: Upper) -> Option<(Severity, u64)> {
        let stated = Interval::new(Some(stated.0), None, stated.1).unwrap();
        documented(max).disagrees(stated, false).map(|found| (found.severity, found.computed))
    }

    #[test]
    fn what_is_documented_stands() {
        let closed = Upper::Known(14);
        assert_eq!(severity((12, Upper::Open), closed), None);
        assert_eq!(severity((12, closed), closed), None);
    }

    #[test]
    fn more_than_reports_add_up_to_and_fewer_than_the_least_are_errors() {
        let closed = Upper::Known(14);
        assert_eq!(severity((16, Upper::Known(16)), closed), Some((Severity::Error, 15)));
        assert_eq!(severity((11, Upper::Known(11)), closed), Some((Severity::Error, 12)));
        assert_eq!(severity((14, Upper::Open), closed), Some((Severity::Error, 12)));
        // Thirteen, with the one that is only possibly inside.
        assert_eq!(severity((13, Upper::Open), closed), Some((Severity::Warning, 12)));
    }

    #[test]
    fn a_bare_number_hides_an_interval_and_a_lower_floor_is_old() {
        assert_eq!(severity((13, Upper::Known(13)), Upper::Known(14)), Some((Severity::Warning, 12)));
        assert_eq!(severity((12, Upper::Known(14)), Upper::Open), Some((Severity::Warning, 12)));
        assert_eq!(severity((9, Upper::Open), Upper::Open), Some((Severity::Warning, 12)));
    }

    #[test]
    fn an_approximate_number_stands_between_and_nothing_documented_is_said() {
        let about = Interval::new(Some(13), None, Upper::Known(13)).unwrap();
        assert_eq!(documented(Upper::Known(14)).disagrees(about, true), None);
        let none = tally(0, 0, Upper::Known(0), 0);
        let nothing = Documented { inside: none.clone(), possibly: none };
        assert_eq!(nothing.disagrees(about, true).map(|found| found.severity), Some(Severity::Warning));
    }
}
