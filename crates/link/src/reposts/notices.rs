//! Notices of one form: a hospital or an office that reports every day in the same words tells of another day by other
//! numbers and names. A copy keeps both, but for a toll that rose.

use rustc_hash::FxHashSet;

/// Fewest numbers that stand in the place of others.
const FEWEST: usize = 2;
/// Letters of a word that can be a name.
const NAME: usize = 3;
/// Small numbers as notices write them, folded, from one on; in Arabic the two genders from three on.
const WORDS: [&[&str]; 12] = [
    &["one"],
    &["two"],
    &["three", "ثلاثه", "ثلاث"],
    &["four", "اربعه", "اربع"],
    &["five", "خمسه", "خمس"],
    &["six", "سته", "ست"],
    &["seven", "سبعه", "سبع"],
    &["eight", "ثمانيه", "ثماني"],
    &["nine", "تسعه", "تسع"],
    &["ten", "عشره", "عشر"],
    &["eleven"],
    &["twelve"],
];

/// A number with the words around it, empty where there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    n: u64,
    before: String,
    after: String,
}

/// The numbers and words of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wording {
    numbers: Vec<Number>,
    words: FxHashSet<String>,
}

impl Wording {
    /// Of the folded lines of a text.
    pub fn of(lines: &[String]) -> Self {
        let words: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
        let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| *word).to_owned();
        let numbers = (0..words.len())
            .filter_map(|at| {
                let n = number(words[at])?;
                Some(Number { n, before: beside(at.checked_sub(1)), after: beside(Some(at + 1)) })
            })
            .collect();
        let named = |word: &&&str| word.chars().count() >= NAME && number(word).is_none();
        Self { numbers, words: words.iter().filter(named).map(|word| (*word).to_owned()).collect() }
    }

    /// Its numbers, years left out.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        self.numbers.iter().map(|number| number.n)
    }

    /// Whether two texts in nearly the same words tell of different events: more numbers than not stand beside a word
    /// beside which the other has another number, and each has words that the other has not.
    pub fn tells_of_another(&self, other: &Self) -> bool {
        let beside = |one: &Number, two: &Number| {
            !one.before.is_empty() && one.before == two.before
                || !one.after.is_empty() && one.after == two.after
        };
        let (mut same, mut changed) = (0, 0);
        for number in &self.numbers {
            let mut like = other.numbers.iter().filter(|two| beside(number, two)).peekable();
            if like.peek().is_some() {
                let kept = like.any(|two| two.n == number.n);
                same += usize::from(kept);
                changed += usize::from(!kept);
            }
        }
        let own = |one: &Self, two: &Self| one.words.difference(&two.words).next().is_some();
        changed >= FEWEST && changed > same && own(self, other) && own(other, self)
    }
}

/// The number that a word is; years tell no days apart.
fn number(word: &str) -> Option<u64> {
    const YEARS: std::ops::Range<u64> = 1900..2100;
    let digits = word.parse().ok().filter(|n| !YEARS.contains(n));
    digits.or_else(|| WORDS.iter().zip(1..).find(|(forms, _)| forms.contains(&word)).map(|(_, n)| n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(text: &str) -> Wording {
        Wording::of(&[sijil_model::fold::fold(text)])
    }

    #[test]
    fn another_day_of_a_bulletin_is_another_event_and_a_toll_that_rose_is_not() {
        let day = wording("الدفاع المدني | 7 حزيران: مقتل سيدة وإصابة 6 في قصف على قرية حوش السنابل");
        let next = wording("الدفاع المدني | 10 حزيران: مقتل 4 وإصابة 9 في قصف على بلدة بئر الورد");
        assert!(day.tells_of_another(&next) && next.tells_of_another(&day));
        let told = "On 3 June a shell fell on the market of Qasr Nahr, killing 5 and wounding 12";
        let rose = told.replace('5', "7").replace("12", "20");
        assert!(!wording(told).tells_of_another(&wording(&rose)));
        assert!(
            !wording(told).tells_of_another(&wording(&format!("Via X: {told}. More at 18:40 in Nahran")))
        );
    }
}
