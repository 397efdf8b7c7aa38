//! Numbers as bounds, so that "at least", "about" and rounding are part of the arithmetic.

/// Slack for binary fractions, far below any rounding that a text can show.
const SLACK: f64 = 1e-9;

/// Everything a number as written may stand for; `high` may be infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub low: f64,
    pub high: f64,
}

impl Bounds {
    pub(crate) fn exactly(value: f64) -> Self {
        Self { low: value, high: value }
    }

    pub(crate) fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    pub(crate) fn around(value: f64, slack: f64) -> Self {
        Self { low: value - slack, high: value + slack }
    }

    pub(crate) fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// Whether some value is within both: then the text may be right.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.low <= other.high + SLACK && other.low <= self.high + SLACK
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// The distance between the two, in either direction.
    pub(crate) fn minus(self, other: Self) -> Self {
        let high = if self.high.is_infinite() { f64::INFINITY } else { self.high - other.low };
        let low = if other.high.is_infinite() { f64::NEG_INFINITY } else { self.low - other.high };
        Self { low, high }
    }

    /// `self` divided by `other`; endless where the divisor may be nothing.
    pub(crate) fn over(self, other: Self) -> Self {
        let low = if other.high.is_infinite() { 0.0 } else { self.low / other.high };
        let high = if other.low <= 0.0 { f64::INFINITY } else { self.high / other.low };
        Self { low, high }
    }

    pub(crate) fn times(self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor }
    }

    pub(crate) fn sum(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::exactly(0.0), Self::plus)
    }
}

/// What each run of neighbours comes to, the single ones too: of one, two and three 1, 3, 6, 2, 5, 3.
pub(crate) fn runs(bounds: &[Bounds]) -> impl Iterator<Item = Bounds> + '_ {
    (0..bounds.len()).flat_map(move |from| {
        bounds[from..].iter().scan(Bounds::exactly(0.0), |sum, one| {
            *sum = sum.plus(*one);
            Some(*sum)
        })
    })
}

/// A number for a person: no digits that nobody stated, at most two after the point.
pub(crate) fn shown(value: f64) -> String {
    let rounded = rounded(value);
    if rounded == rounded.trunc() { format!("{rounded:.0}") } else { format!("{rounded}") }
}

/// To two digits after the point.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ends_stay_open() {
        let at_least = Bounds::new(4.0, f64::INFINITY);
        assert_eq!(at_least.plus(Bounds::exactly(3.0)), Bounds::new(7.0, f64::INFINITY));
        assert_eq!(Bounds::exactly(10.0).over(at_least), Bounds::new(0.0, 2.5));
        assert!(Bounds::exactly(12.0).meets(at_least));
        assert!(!Bounds::exactly(3.0).meets(at_least));
    }

    #[test]
    fn runs_are_of_neighbours() {
        let bounds = [1.0, 2.0, 3.0].map(Bounds::exactly);
        let sums: Vec<f64> = runs(&bounds).map(|run| run.low).collect();
        assert_eq!(sums, [1.0, 3.0, 6.0, 2.0, 5.0, 3.0]);
    }

    #[test]
    fn numbers_are_shown_plainly() {
        assert_eq!((shown(41.666_666), shown(57.0), shown(0.5)), ("41.67".into(), "57".into(), "0.5".into()));
    }
}
