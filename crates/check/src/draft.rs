//! A finding before its words are read again from the text.

use std::ops::Range;

use crate::amounts::Amount;
use crate::arithmetic::{rounded, shown};
use crate::dates::Period;
use crate::finding::{Finding, Kind, Severity};
use crate::lexicon::Unit;

/// How many times as large or small as what was computed a share may be and still be a slip: a point that is left out makes
/// ten.
const FAR: f64 = 25.0;

/// What a rule found: where, what is stated, what the other numbers give, and the arithmetic.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub points: Range<u32>,
    pub kind: Kind,
    pub stated: f64,
    pub computed: f64,
    pub explain: String,
    /// Where the numbers start that it rests on, the stated one among them.
    pub of: Vec<u32>,
}

impl Draft {
    /// A finding over all the amounts that it is about.
    pub(crate) fn over(kind: Kind, amounts: &[&Amount], stated: f64, computed: f64, explain: String) -> Self {
        let start = amounts.iter().map(|amount| amount.points.start).min().unwrap_or(0);
        let end = amounts.iter().map(|amount| amount.points.end).max().unwrap_or(0);
        Self::at(start..end, kind, stated, computed, explain).resting_on(amounts)
    }

    /// A finding at a place that is no amount's.
    pub(crate) fn at(points: Range<u32>, kind: Kind, stated: f64, computed: f64, explain: String) -> Self {
        Self { points, kind, stated, computed, explain, of: Vec::new() }
    }

    /// The same finding, with numbers that it rests on and does not point at.
    pub(crate) fn resting_on(mut self, amounts: &[&Amount]) -> Self {
        self.of.extend(amounts.iter().map(|amount| amount.points.start));
        self
    }

    /// Whether the numbers that it rests on may be of one thing: what is stated and what was computed are two numbers for
    /// whoever reads it, no difference lies between a number and itself, and a share is not far off what was computed.
    pub(crate) fn may_be_of_one_thing(&self) -> bool {
        let (least, most) =
            (self.stated.abs().min(self.computed.abs()), self.stated.abs().max(self.computed.abs()));
        let of_itself = match self.kind {
            Kind::Difference => self.computed == 0.0,
            Kind::Multiple => self.computed == 1.0,
            _ => false,
        };
        let far = self.kind == Kind::Percentage && most > least * FAR;
        shown(self.stated) != shown(self.computed) && !of_itself && !far
    }

    /// What is left of a whole, or how far two numbers are apart, that `stated` is not; over all three, or over `stated`
    /// alone where the others stand further off.
    pub(crate) fn left_of(
        kind: Kind,
        whole: &Amount,
        less: &Amount,
        stated: &Amount,
        together: bool,
    ) -> Self {
        let left = whole.stated - less.stated;
        let explain = format!(
            "{} - {} = {}, not {}",
            shown(whole.stated),
            shown(less.stated),
            shown(left),
            shown(stated.stated)
        );
        let amounts: &[&Amount] = if together { &[whole, less, stated] } else { &[stated] };
        Self::over(kind, amounts, stated.stated, left, explain).resting_on(&[whole, less])
    }

    /// How long it is between two days, which `stated` is not.
    pub(crate) fn length(of: Period, unit: Unit, stated: &Amount) -> Self {
        let found = of.length(unit);
        let explain = format!(
            "{} to {} {}s, without and with the last, not {}",
            shown(found.low.max(0.0)),
            shown(found.high),
            unit.name(),
            shown(stated.stated)
        );
        Self::over(Kind::Period, &[stated], stated.stated, found.high, explain)
    }

    /// A share that a part of a whole is not.
    pub(crate) fn share_of(part: &Amount, whole: &Amount, share: &Amount) -> Self {
        let exact = part.stated / whole.stated * 100.0;
        let explain = format!(
            "{} of {} is {} %, not {} %",
            shown(part.stated),
            shown(whole.stated),
            shown(exact),
            shown(share.stated)
        );
        Self::over(Kind::Percentage, &[part, share], share.stated, exact, explain).resting_on(&[whole])
    }

    /// The finding, with its words as they stand in the text.
    pub(crate) fn of(self, letters: &[char]) -> Finding {
        let (start, end) = (self.points.start as usize, (self.points.end as usize).min(letters.len()));
        Finding {
            span: (self.points.start, self.points.end),
            quote: letters[start.min(end)..end].iter().collect(),
            finding: self.kind,
            stated: self.stated,
            computed: rounded(self.computed),
            severity: Severity::Error,
            explain: self.explain,
        }
    }
}
