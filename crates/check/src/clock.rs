//! Times of day as written: "09:40", "7 p.m.", "noon", «التاسعة والنصف صباحاً», «الساعة 14:05».
//!
//! A time without its half of the day may be in either, unless it is written as in a day of 24 hours.

use crate::lexicon::{DayTime, Lexicon, Sense};
use crate::numbers::number;
use crate::tokens::{Kind, Token};

/// Minutes of half a day.
const HALF: u16 = 12 * 60;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Minutes since midnight; where the half of the day is open, the earlier of the two.
    pub minutes: u16,
    /// Which half of the day it is in.
    pub half: Half,
}

/// How a time of day tells its half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    /// By a word, or because it can be in one only.
    Known,
    /// Not at all.
    Open,
    /// It is after one in the afternoon, or starts with a nought: all times beside it are of a day of 24 hours.
    Of24,
}

/// The time of day that starts at a token, with its length in tokens.
pub(crate) fn clock(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    digits(tokens, at)
        .or_else(|| named(tokens, at))
        .or_else(|| arabic(tokens, at))
        .or_else(|| first_of_two(tokens, at))
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.word.as_str())
}

/// "9:40", "7 p.m.", "9.30 a.m.", "nine o'clock".
fn digits(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let token = tokens.get(at)?;
    if let (Kind::Number { value: hour, decimals: 0 }, Some(minute)) = (token.kind, minutes_after(tokens, at))
        && hour < 25.0
    {
        let leading = token.points.len() == 2 && hour < 10.0;
        let (half, more) = half_after(tokens, at + 3);
        let of_24 = half.is_none() && (leading || !(1.0..13.0).contains(&hour));
        return Some((time(hour as u16, minute, half, of_24)?, 3 + more));
    }
    if let Kind::Number { value, decimals: 2 } = token.kind {
        let (half, more) = half_after(tokens, at + 1);
        let minute = ((value - value.trunc()) * 100.0).round();
        let told = half.filter(|_| value < 13.0 && minute < 60.0)?;
        return Some((time(value.trunc() as u16, minute as u16, Some(told), false)?, 1 + more));
    }
    let hour =
        number(tokens, at).filter(|hour| hour.value < 13.0 && hour.value > 0.0 && hour.decimals == 0)?;
    let after = at + hour.length;
    let clock = usize::from(matches!(word(tokens, after), "oclock" | "o'clock" | "o’clock"));
    let (half, more) = half_after(tokens, after + clock);
    let latin = half.is_some_and(|_| word(tokens, after + clock).is_ascii());
    // "Two at noon and one in the evening" counts; "at one in the afternoon" does not.
    let spelled = word(tokens, after + clock) == "in" && clock == 0;
    // "Between six and nine in the morning".
    let of_two = (at.saturating_sub(4)..at).any(|at| matches!(word(tokens, at), "between" | "from"));
    let led = of_two
        || at > 0
            && matches!(
                word(tokens, at - 1),
                "at" | "from"
                    | "to"
                    | "until"
                    | "till"
                    | "by"
                    | "about"
                    | "around"
                    | "before"
                    | "after"
                    | "between"
                    | "past"
                    | "since"
                    | "nearly"
                    | "almost"
                    | "only"
            );
    (clock > 0 || latin && (led || !spelled)).then_some(())?;
    Some((time(hour.value as u16, 0, half, false)?, hour.length + clock + more))
}

/// The minutes of "9:40", by the colon after its hour.
fn minutes_after(tokens: &[Token], at: usize) -> Option<u16> {
    let colon = tokens.get(at + 1).filter(|colon| colon.is_mark(':') && colon.glued)?;
    let token = tokens.get(at + 2).filter(|minutes| minutes.glued && colon.glued)?;
    match token.kind {
        Kind::Number { value, decimals: 0 } if value < 60.0 && token.points.len() == 2 => Some(value as u16),
        _ => None,
    }
}

/// The half of the day that follows a time, with its tokens; "p.m." without its last full stop.
fn half_after(tokens: &[Token], at: usize) -> (Option<DayTime>, usize) {
    // "p.m." is cut at its full stops.
    let dotted = matches!(word(tokens, at), "a" | "p")
        && tokens.get(at + 1).is_some_and(|dot| dot.is_mark('.') && dot.glued)
        && word(tokens, at + 2) == "m";
    if dotted {
        let half = if word(tokens, at) == "a" { DayTime::Morning } else { DayTime::Evening };
        return (Some(half), 3);
    }
    let pick = |sense| if let Sense::DayTime(half) = sense { Some(half) } else { None };
    match Lexicon::get().find(tokens, at, pick) {
        Some((half, length)) => (Some(half), length),
        None => (None, 0),
    }
}

/// A time of an hour and minutes; `of_24` where it is written as in a day of 24 hours.
fn time(hour: u16, minute: u16, half: Option<DayTime>, of_24: bool) -> Option<Clock> {
    let known = |afternoon: bool| {
        let minutes = (hour % 12) * 60 + minute + if afternoon { HALF } else { 0 };
        Some(Clock { minutes, half: Half::Known })
    };
    match half {
        _ if hour > 24 => None,
        _ if hour > 12 || of_24 => Some(Clock { minutes: hour % 24 * 60 + minute, half: Half::Of24 }),
        Some(DayTime::Morning) => known(false),
        Some(DayTime::Evening) => known(true),
        // «الحادية عشرة ظهراً», «الثانية ليلاً».
        Some(DayTime::Noon) => known(hour == 12 || hour < 6),
        Some(DayTime::Night) => known((6..12).contains(&hour)),
        None => Some(Clock { minutes: hour % 12 * 60 + minute, half: Half::Open }),
    }
}

/// "Noon", "midnight", «منتصف الليل», «حتى الظهر», "half past nine".
fn named(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let known = |minutes, length| Some((Clock { minutes, half: Half::Known }, length));
    let led = |at: usize| at > 0 && matches!(word(tokens, at - 1), "حتي" | "الي" | "من" | "عند" | "منذ");
    match (word(tokens, at), word(tokens, at + 1)) {
        ("noon" | "midday", _) => known(HALF, 1),
        ("midnight", _) => known(0, 1),
        ("منتصف", half @ ("الليل" | "النهار")) => {
            let (minutes, more) = part_of_hour(tokens, at + 2);
            let base = if half == "الليل" { 0 } else { i32::from(HALF) };
            known((base + minutes).rem_euclid(2 * i32::from(HALF)) as u16, 2 + more)
        }
        ("الظهر", _) if led(at) => known(HALF, 1),
        _ => past_the_hour(tokens, at),
    }
}

/// "Half past nine", "ten past eight", "a quarter to six", "twenty minutes to four".
fn past_the_hour(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let (minutes, length) = match (word(tokens, at), word(tokens, at + 1)) {
        ("half", "past") => (30, 1),
        ("quarter", "past" | "to") => (15, 1),
        ("a", "quarter") if matches!(word(tokens, at + 2), "past" | "to") => (15, 2),
        _ => {
            let told = number(tokens, at).filter(|told| told.value < 60.0 && told.decimals == 0)?;
            let named = usize::from(word(tokens, at + told.length) == "minutes");
            // "Five to nine people" is a range: only "past" is a time without the word.
            let past = word(tokens, at + told.length + named) == "past";
            (past || named > 0 && told.length > 0).then_some((told.value as i32, told.length + named))?
        }
    };
    let sign = match word(tokens, at + length) {
        "past" => 1,
        "to" => -1,
        _ => return None,
    };
    let (clock, more) = hour_alone(tokens, at + length + 1)?;
    let minutes = (i32::from(clock.minutes) + sign * minutes).rem_euclid(2 * i32::from(HALF));
    Some((Clock { minutes: minutes as u16, ..clock }, length + 1 + more))
}

/// An hour in words or digits, with its half of the day where one follows.
fn hour_alone(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let hour = number(tokens, at).filter(|hour| (1.0..13.0).contains(&hour.value) && hour.decimals == 0)?;
    let (half, more) = half_after(tokens, at + hour.length);
    Some((time(hour.value as u16, 0, half, false)?, hour.length + more))
}

/// «الساعة التاسعة والنصف صباحاً», «الثانية بعد الظهر», «الساعة 9»: an hour with the word, a half of the day or a part of
/// an hour beside it.
fn arabic(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    // «الساعة» is a word of ours without its article.
    let led = at > 0 && word(tokens, at - 1) == "ساعه" && at > 1 && word(tokens, at - 2) == "هذه";
    let (hour, length) = match number(tokens, at).filter(|_| led) {
        Some(hour) if (1.0..25.0).contains(&hour.value) && hour.decimals == 0 => {
            (hour.value as u16, hour.length)
        }
        _ => ordinal_hour(tokens, at)?,
    };
    let (minute, more) = part_of_hour(tokens, at + length);
    let (half, words) = half_after(tokens, at + length + more);
    let told = led || half.is_some() || more > 0;
    let base = time(hour, 0, half, false).filter(|_| told)?;
    let minutes = (i32::from(base.minutes) + minute).rem_euclid(2 * i32::from(HALF)) as u16;
    Some((Clock { minutes, ..base }, length + more + words))
}

/// «التاسعة», «الثانية عشرة», «الواحدة».
fn ordinal_hour(tokens: &[Token], at: usize) -> Option<(u16, usize)> {
    let plain = word(tokens, at).strip_prefix("ال").filter(|plain| plain.ends_with('ه'))?;
    if plain == "واحده" {
        return Some((1, 1));
    }
    let hour = Lexicon::get().ordinal(plain).filter(|hour| *hour <= 12.0)? as u16;
    if word(tokens, at + 1) == "عشره" {
        Some((hour + 10, 2)).filter(|_| hour <= 2)
    } else {
        Some((hour, 1))
    }
}

/// «والنصف», «وعشر دقائق», «إلا ربعاً»: minutes after or before the hour, with their tokens.
fn part_of_hour(tokens: &[Token], at: usize) -> (i32, usize) {
    let part = |at: usize| match word(tokens, at) {
        "النصف" | "نصف" => Some(30),
        "الربع" | "ربع" | "ربعا" => Some(15),
        "الثلث" | "ثلث" | "ثلثا" => Some(20),
        _ => None,
    };
    let minutes = |at: usize| {
        let article = usize::from(word(tokens, at) == "هذه");
        let number = number(tokens, at + article).filter(|number| number.value < 60.0)?;
        let end = at + article + number.length;
        matches!(word(tokens, end), "دقائق" | "دقيقه").then_some((number.value as i32, end + 1 - at))
    };
    let (sign, start) = match word(tokens, at) {
        "و" => (1, at + 1),
        "الا" => (-1, at + 1),
        _ => return (0, 0),
    };
    match (part(start), minutes(start)) {
        (Some(part), _) => (sign * part, 2),
        (_, Some((number, length))) => (sign * number, 1 + length),
        _ => (0, 0),
    }
}

/// "From 2 to 4 p.m.": the first of two takes its half of the day from the second.
fn first_of_two(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let led = at > 0 && matches!(word(tokens, at - 1), "from" | "between");
    if at > 0 && matches!(word(tokens, at - 1), "بين" | "من") {
        return first_of_two_arabic(tokens, at);
    }
    let hour = number(tokens, at).filter(|hour| led && (1.0..13.0).contains(&hour.value))?;
    let joint = at + hour.length;
    let joined = matches!(word(tokens, joint), "to" | "and" | "until" | "till");
    let (last, length) = digits(tokens, joint + 1).filter(|_| joined && hour.decimals == 0)?;
    // "Between 2 and 9:40" may be anything; "from 11 to 1 p.m." starts in the morning.
    let plain = length > 1 && last.half == Half::Known;
    plain.then_some((Clock { minutes: hour.value as u16 % 12 * 60, half: Half::Open }, hour.length))
}

/// «بين السادسة والتاسعة صباحاً».
fn first_of_two_arabic(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let (hour, length) = ordinal_hour(tokens, at)?;
    let joined = matches!(word(tokens, at + length), "و" | "الي" | "حتي");
    let second = at + length + usize::from(joined);
    // «والتاسعة» is one word where the particle is not cut.
    let (last, _) = arabic(tokens, second).filter(|_| joined)?;
    let open = Clock { minutes: hour % 12 * 60, half: Half::Open };
    (last.half == Half::Known).then_some((open, length))
}

impl Clock {
    /// The minutes since midnight as written, as if in a day of 24 hours.
    pub(crate) fn minutes_of_24(self) -> u16 {
        // "12:30" without its half is after noon there.
        if self.half == Half::Open && self.minutes < 60 { self.minutes + HALF } else { self.minutes }
    }

    /// The minutes since midnight that it may stand for, beside times of a day of 24 hours or not.
    pub(crate) fn ways(self, of_24: bool) -> impl Iterator<Item = u16> {
        let open = self.half == Half::Open && !of_24;
        std::iter::once(self.minutes).chain(open.then_some((self.minutes + HALF) % (2 * HALF)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prefixes::cut;

    fn read(text: &str) -> Option<(u16, Half)> {
        let tokens = cut(crate::tokens::tokens(text, 0));
        (0..tokens.len()).find_map(|at| clock(&tokens, at)).map(|(clock, _)| (clock.minutes, clock.half))
    }

    #[test]
    fn times_of_both_languages() {
        for (text, minutes, half) in [
            ("at 09:40", 580, Half::Of24),
            ("at 9:40", 580, Half::Open),
            ("at 14:05", 845, Half::Of24),
            ("at 7 p.m.", 1140, Half::Known),
            ("at 7pm", 1140, Half::Known),
            ("at 9.30 a.m.", 570, Half::Known),
            ("at 12.15 a.m.", 15, Half::Known),
            ("nine o'clock in the evening", 1260, Half::Known),
            ("until noon", 720, Half::Known),
            ("half past nine", 570, Half::Open),
            ("at ten past eight", 490, Half::Open),
            ("a quarter to six in the evening", 1065, Half::Known),
            ("من التاسعة صباحاً", 540, Half::Known),
            ("حتى الظهر", 720, Half::Known),
            ("الساعة ٩:٤٠", 580, Half::Open),
            ("عند الساعة الثانية عشرة ظهراً", 720, Half::Known),
            ("الثامنة والنصف", 510, Half::Open),
            ("الخامسة إلا ربعاً مساءً", 1005, Half::Known),
            ("الثانية بعد الظهر", 840, Half::Known),
            ("منتصف الليل", 0, Half::Known),
        ] {
            assert_eq!(read(text), Some((minutes, half)), "{text}");
        }
        for text in [
            "five to nine people",
            "from 20 to 30",
            "the ratio 3:2",
            "في السنة الثانية",
            "12 men",
            "9.30 metres",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
