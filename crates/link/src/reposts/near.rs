//! Near-duplicates: runs of letters in common, found by MinHash (Broder 1997) and checked one by one.
//!
//! Runs of letters rather than words, so that misspellings and other spellings cost little, and without spaces, so that
//! Arabic prefixes and censored spellings cost nothing. Runs that many documents share, such as the lines with which an
//! organisation ends every notice, count for little.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::notices::Wording;
use super::page;
use crate::Joined;

/// Letters of a run.
const RUN: usize = 6;
/// Bands of the sketch, and numbers of a band.
const BANDS: usize = 64;
const ROWS: usize = 3;
/// Fewest runs of a text that is compared; shorter ones two people may have written by themselves.
const FEWEST: usize = 35;
/// Share of the shorter text's runs that the other must have.
const CONTAINED: f32 = 0.5;
/// Share of all runs of both that must be common to both.
const ALIKE: f32 = 0.28;

/// What is kept of a text for finding its like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sketch {
    /// Hashes of its runs, in order, each once.
    runs: Vec<u32>,
    /// A key a band: texts that share one may be alike.
    bands: Vec<u64>,
}

impl Sketch {
    /// Of the letters of a text; none where it is too short to tell.
    fn of(letters: &[char]) -> Option<Sketch> {
        let mut runs: Vec<u32> = letters.windows(RUN).map(hash).collect();
        runs.sort_unstable();
        runs.dedup();
        (runs.len() >= FEWEST).then(|| Sketch { bands: bands(&runs), runs })
    }
}

/// For each text the first text, in the order given, of which it is a repost, itself where it is none.
pub fn origins<T: AsRef<str> + Sync>(texts: &[T]) -> Vec<u32> {
    let pages: Vec<Vec<String>> = texts.par_iter().map(|text| page::lines(text.as_ref())).collect();
    let formulas = page::formulas(&pages);
    let sketches: Vec<Option<Sketch>> =
        pages.par_iter().map(|lines| Sketch::of(&page::letters(lines, &formulas))).collect();
    let weights = weights(&sketches);
    let numbers: Vec<u64> = pages.par_iter().map(|lines| key_of_numbers(lines)).collect();
    let mut joined = Joined::apart(texts.len());
    // Most texts are like no other: the words are kept of those that are, each read once.
    let mut wordings: FxHashMap<usize, Wording> = FxHashMap::default();
    for (left, right) in candidates(&sketches, &numbers) {
        let (left, right) = (left as usize, right as usize);
        if joined.first(left) == joined.first(right) {
            continue;
        }
        let (Some(a), Some(b)) = (&sketches[left], &sketches[right]) else { continue };
        if !alike(a, b, &weights) {
            continue;
        }
        for at in [left, right] {
            wordings.entry(at).or_insert_with(|| Wording::of(&pages[at]));
        }
        if !wordings[&left].tells_of_another(&wordings[&right]) {
            joined.join(left, right);
        }
    }
    (0..texts.len()).map(|at| joined.first(at) as u32).collect()
}

/// How telling each run is: a run of many documents is a formula.
fn weights(sketches: &[Option<Sketch>]) -> FxHashMap<u32, f32> {
    let mut spread: FxHashMap<u32, u32> = FxHashMap::default();
    for run in sketches.iter().flatten().flat_map(|sketch| &sketch.runs) {
        *spread.entry(*run).or_default() += 1;
    }
    let many = sketches.len() as f32;
    spread.into_iter().map(|(run, of)| (run, ((many + 2.0) / (of as f32 + 1.0)).ln().max(0.05))).collect()
}

fn alike(a: &Sketch, b: &Sketch, weights: &FxHashMap<u32, f32>) -> bool {
    let weight = |run: &u32| weights.get(run).copied().unwrap_or(1.0);
    let sum = |sketch: &Sketch| sketch.runs.iter().map(weight).sum::<f32>();
    let common: f32 = a.runs.iter().filter(|run| b.runs.binary_search(run).is_ok()).map(weight).sum();
    let (of_a, of_b) = (sum(a), sum(b));
    common >= CONTAINED * of_a.min(of_b) && common >= ALIKE * (of_a + of_b - common)
}

/// Pairs that share a band, in order. Texts with the same numbers stand beside each other in it, so that a copy of one of
/// many notices of one form meets the day that it is of.
fn candidates(sketches: &[Option<Sketch>], numbers: &[u64]) -> Vec<(u32, u32)> {
    let mut keyed: Vec<(u64, u64, u32)> = sketches
        .iter()
        .zip(numbers)
        .zip(0..)
        .filter_map(|((sketch, numbers), at)| Some((sketch.as_ref()?, *numbers, at)))
        .flat_map(|(sketch, numbers, at)| sketch.bands.iter().map(move |band| (*band, numbers, at)))
        .collect();
    keyed.sort_unstable();
    let mut pairs = Vec::new();
    for group in keyed.chunk_by(|a, b| a.0 == b.0) {
        // Each with the next, and with the first: what is alike is joined along the chain.
        let pair = |one: u32, other: u32| (one.min(other), one.max(other));
        pairs.extend(group.windows(2).map(|two| pair(two[0].2, two[1].2)));
        pairs.extend(group.iter().skip(2).map(|(.., other)| pair(group[0].2, *other)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn bands(runs: &[u32]) -> Vec<u64> {
    (0..BANDS)
        .map(|band| {
            (0..ROWS).fold(band as u64, |key, row| {
                let salt = (band * ROWS + row) as u64;
                let least = runs.iter().map(|run| mix(u64::from(*run) ^ mix(salt + 1))).min().unwrap_or(0);
                mix(key ^ least)
            })
        })
        .collect()
}

/// What the numbers of a text come to, in whatever order.
fn key_of_numbers(lines: &[String]) -> u64 {
    Wording::of(lines).numbers().fold(0, |key, n| key.wrapping_add(mix(n + 1)))
}

fn hash(run: &[char]) -> u32 {
    (run.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| mix(hash ^ u64::from(*letter as u32))) >> 32)
        as u32
}

fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "قصف طيران حربي ظهر اليوم سوق الخضار في بلدة جسر السنابل، فقتل أربعة مدنيين بينهم طفلان وأصيب أحد عشر آخرون، بحسب المركز الصحي في البلدة. وقال شاهد إن الطائرة حلقت مرتين قبل أن تلقي قذيفتين على صف الدكاكين الشرقي.";

    /// A bulletin of many days, and late copies of each day's: every copy is of its own day.
    #[test]
    fn copies_among_many_notices_of_one_form_meet_their_day() {
        const DAYS: usize = 504;
        let places =
            ["حوش السنابل", "بئر الورد", "تل الزيتون", "قصر النهر", "عين الدلب", "رأس الجسر", "كرم التين"];
        let quarters = ["الشيح", "الطابون", "القمح", "الصفصاف", "العنب", "الرمان", "السدرة", "الشوك"];
        let parts = ["الشمالي", "الجنوبي", "الشرقي", "الغربي", "الأعلى", "الأدنى", "القديم", "الجديد", "الأوسط"];
        let notice = |day: usize| {
            let (place, quarter, part) = (places[day % 7], quarters[day / 7 % 8], parts[day / 56]);
            let (killed, hurt, shells) = (3 + day % 11, 14 + day * 7 % 23, 40 + day * 5);
            format!(
                "الدفاع المدني في مرجان، حصيلة اليوم: سقطت {shells} قذيفة على {place} وحي {quarter} {part}، ونقلت فرقنا {killed} قتلى و {hurt} جريحا إلى المشفى الميداني، وأخمدت حرائق في المنازل والدكاكين، وأزالت الأنقاض من الطرق الرئيسية، ووزعت المياه على العائلات التي لجأت إلى المدارس، وتدعو الإدارة السكان إلى البقاء في الأقبية والابتعاد عن الأجسام الغريبة والاتصال بغرفة العمليات عند الحاجة، والعمل ما زال مستمرا حتى ساعة كتابة هذا الخبر"
            )
        };
        let mut texts: Vec<String> = (0..DAYS).map(notice).collect();
        texts.extend((0..DAYS).rev().map(|day| format!("نقلا عن شبكة السهل: {}", notice(day))));
        let origins = origins(&texts);
        let expected: Vec<u32> = (0..DAYS as u32).chain((0..DAYS as u32).rev()).collect();
        assert_eq!(origins, expected);
    }

    #[test]
    fn frames_cuts_and_spellings_are_reposts() {
        let framed =
            format!("نقلا عن شبكة مرجان الإخبارية:\n{}", REPORT.replace("أربعة", "اربعه").replace('،', ""));
        let cut = REPORT.split(" وقال").next().unwrap_or_default().to_owned();
        let other = "أعلنت بلدية جسر السنابل الحداد بعد غارة على السوق الشرقي قتل فيها أربعة من أبنائها، وطلبت من المانحين دعم المركز الصحي الذي استقبل الجرحى حتى المساء، فيما تواصل فرق الإنقاذ رفع الأنقاض.".to_owned();
        assert_eq!(origins(&[REPORT.to_owned(), framed, cut, other]), [0, 0, 0, 3]);
    }

    #[test]
    fn short_texts_are_left_alone() {
        assert_eq!(origins(&["رحمهم الله", "رحمهم الله"]), [0, 1]);
    }
}
