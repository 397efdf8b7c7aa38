//! Every day of the Hijri calendar that is read, against `hijridate` (PyPI), an independent keeper of the Umm al-Qura
//! calendar; skipped in one line where Python does not have it. The years before 1356 were taken from it, so of those
//! the test tells only that they were copied right.

#![allow(clippy::unwrap_used, reason = "helpers of tests, where a failure is to be loud")]

use std::path::Path;
use std::process::Command;

use sijil_place::times::hijri::{from_civil, to_civil};

/// Prints every day from 1343 to 1500 AH with its civil day.
const PROGRAM: &str = "
from hijridate import Hijri
for year in range(1343, 1501):
    for month in range(1, 13):
        for day in range(1, Hijri(year, month, 1).month_length() + 1):
            print(year, month, day, Hijri(year, month, day).to_gregorian().isoformat())
";

/// What the other library says, or a line that says what was skipped.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn other_calendar() -> Option<String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.venv/bin/python");
    let python = if own.exists() { own.into_os_string() } else { "python3".into() };
    let ran = Command::new(python).args(["-c", PROGRAM]).output();
    let Some(ran) = ran.ok().filter(|ran| ran.status.success()) else {
        println!("skipped: Python has no hijridate; run scripts/setup.sh");
        return None;
    };
    Some(String::from_utf8(ran.stdout).unwrap())
}

#[test]
fn every_day_is_that_of_another_library() {
    let Some(other) = other_calendar() else { return };
    let mut days = 0;
    for line in other.lines() {
        let [year, month, day, civil] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let (year, month, day) = (year.parse().unwrap(), month.parse().unwrap(), day.parse().unwrap());
        let found = to_civil(year, month, day).map(|day| day.to_string());
        assert_eq!(found.as_deref(), Some(civil), "{year}-{month}-{day}");
        let back = from_civil(civil.parse().unwrap()).map(|date| (date.year, date.month, date.day));
        assert_eq!(back, Some((Some(year), month, Some(day))), "{civil}");
        days += 1;
    }
    assert_eq!(days, 55_991);
}
