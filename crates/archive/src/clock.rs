//! The time as an argument: entries carry it, nothing is ever ordered by it.

/// Tells the time. Any `Fn() -> u64` is a clock, so tests choose their own.
pub trait Clock {
    /// Seconds since 1970-01-01T00:00:00Z. May jump or run backwards without harm.
    fn now(&self) -> u64;
}

impl<F: Fn() -> u64> Clock for F {
    fn now(&self) -> u64 {
        self()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> u64 {
        // A clock set before 1970 reads as 1970: it orders nothing, so it can break nothing.
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |age| age.as_secs())
    }
}

/// The minute that a time lies in, in seconds: finer times would tell who was at the desk.
pub(crate) fn minute(clock: &dyn Clock) -> u64 {
    let now = clock.now().min(crate::canonical::MAX_INTEGER);
    now - now % 60
}
