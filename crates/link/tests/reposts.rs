//! Planted reposts are found, different reports of one event are not: on invented reports, and on real ones where they
//! are at hand. Prints the shares that it asserts.

use sijil_link::reposts::origins;

/// Shares of words that an edited repost changes.
const EDITS: [u32; 5] = [0, 5, 10, 15, 20];
/// What people write around a text that they pass on; `{}` is the text.
const FRAMES: [&str; 8] = [
    "{}",
    "نقلاً عن شبكة مرجان الإخبارية:\n{}",
    "منقول من صفحة بلدتنا 👇👇\n{}\nحسبنا الله ونعم الوكيل 😢 #عاجل #مرجان",
    "{}\n\nالمصدر: وكالة أنباء نهران، الرابط في أول تعليق https://example.org/a/17",
    "Quoting Portal of Marjan (@portal): “{}”",
    "RT @nahran_now: {} pic.example/abc123",
    "Via the local desk —\n{}\nShared without comment.",
    "🔴 عاجل | {} | #أخبار_مرجان",
];
/// Words that edits put in.
const WORDS: [&str; 8] = ["أيضا", "هناك", "صباحا", "قالوا", "also", "there", "reportedly", "الآن"];

/// Numbers that are the same on every run (a linear congruence, Knuth's).
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end.max(1) as u64) as usize
    }
}

/// The text with a share of its words left out, swapped, replaced, misspelt or censored, in a frame.
fn repost(text: &str, percent: u32, frame: &str, draws: &mut Draws) -> String {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    for _ in 0..words.len() * percent as usize / 100 {
        let at = draws.below(words.len());
        match draws.below(5) {
            0 if words.len() > 3 => drop(words.remove(at)),
            1 if at + 1 < words.len() => words.swap(at, at + 1),
            2 => words[at] = WORDS[draws.below(WORDS.len())].to_owned(),
            3 => {
                let letters: Vec<char> = words[at].chars().collect();
                let hole = draws.below(letters.len());
                words[at] = letters
                    .iter()
                    .enumerate()
                    .filter(|(n, _)| *n != hole)
                    .map(|(_, letter)| *letter)
                    .collect();
            }
            _ => words[at] = words[at].chars().flat_map(|letter| [letter, '.']).collect(),
        }
    }
    frame.replace("{}", &words.join(" "))
}

/// The share of planted reposts, all sizes of edits and frames, that are grouped with their origin.
fn found(texts: &[String]) -> (usize, usize) {
    let mut draws = Draws(14);
    let mut all = texts.to_vec();
    let mut planted = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        for percent in EDITS {
            let frame = FRAMES[draws.below(FRAMES.len())];
            planted.push((all.len(), at));
            all.push(repost(text, percent, frame, &mut draws));
        }
    }
    let origins = origins(&all);
    (planted.iter().filter(|(copy, text)| origins[*copy] == origins[*text]).count(), planted.len())
}

fn invented() -> Vec<(String, String)> {
    let blocks = include_str!("reposts/reports.txt").split("== ").filter(|block| !block.trim().is_empty());
    blocks
        .filter_map(|block| block.split_once('\n'))
        .map(|(event, text)| (event.to_owned(), text.trim().to_owned()))
        .collect()
}

#[test]
fn planted_reposts_of_invented_reports_are_found() {
    let texts: Vec<String> = invented().into_iter().map(|(_, text)| text).collect();
    let (found, planted) = found(&texts);
    println!("invented: {found} of {planted} reposts");
    assert!(found * 100 >= planted * 95, "{found} of {planted}");
}

#[test]
fn different_reports_of_one_event_are_no_reposts() {
    let reports = invented();
    let texts: Vec<&str> = reports.iter().map(|(_, text)| text.as_str()).collect();
    let origins = origins(&texts);
    let grouped: Vec<&String> = reports
        .iter()
        .enumerate()
        .filter(|(at, _)| origins[*at] != *at as u32)
        .map(|(_, (event, _))| event)
        .collect();
    assert!(grouped.is_empty(), "{grouped:?}");
}

/// Notices that an office and a hospital write every day in the same words.
const NOTICES: [&str; 3] = [
    "الدفاع المدني في بئر الورد | {1} حزيران: مقتل {2} مدنيين وإصابة {3} آخرين في قصف مدفعي استهدف الأحياء السكنية في {p}. فرقنا تفقدت المكان ونقلت المصابين وأمنت المدنيين. الحصيلة غير نهائية.",
    "نشرة مشفى وادي الزيتون ليوم {1} أيار 2031: استقبل قسم الإسعاف خلال الساعات الماضية {2} إصابات من {p}، وأجريت {3} عمليات جراحية. تشكر إدارة المشفى المتبرعين بالدم، وتذكر الأهالي بأن الزيارة متوقفة.",
    "Marjan Observatory daily count, {1} June 2031. Our researchers documented the deaths of {2} civilians today in {p} as a result of shelling, and {3} wounded. The figures cover only cases confirmed by two sources and will be revised.",
];

#[test]
fn daily_notices_in_the_same_words_are_no_reposts_and_a_risen_toll_is_one() {
    const PLACES: [&str; 6] = ["قصر النهر", "جسر السنابل", "وادي العنب", "Qasr Nahr", "Port Amal", "Orsa"];
    let fill = |form: &str, numbers: [usize; 3], place: &str| {
        let parts = [("{1}", numbers[0]), ("{2}", numbers[1]), ("{3}", numbers[2])];
        parts.iter().fold(form.replace("{p}", place), |text, (hole, n)| text.replace(hole, &n.to_string()))
    };
    let mut texts = Vec::new();
    for form in NOTICES {
        texts.extend((0..6).map(|day| fill(form, [day * 3 + 5, day + 3, day * 2 + 8], PLACES[day])));
    }
    let apart: Vec<u32> = (0..texts.len() as u32).collect();
    assert_eq!(origins(&texts), apart);
    for form in NOTICES {
        let told = fill(form, [5, 4, 9], PLACES[0]);
        let rose = fill(form, [5, 7, 14], PLACES[0]);
        assert_eq!(origins(&[told, rose]), [0, 0], "{form}");
    }
}
