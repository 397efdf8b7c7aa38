//! Whose body was hurt or found, in Arabic: the pronoun that ends the verb or the part says it, «أصابته شظية في وجهه», «فبُترت ساقه»,
//! «كسروا ثلاثة من أضلاعه», «ضربوني حتى انكسرت أسناني», «عُثر على جثتها», «وجدوهما مقتولين».
//!
//! The trap this avoids: shells strike houses, and blows are nouns too («ضربة»); only beside a part of a body, a missile or a
//! wound is the verb read, and not where a death follows.

use sijil_model::codebook::{Harm, Sex};

use super::Pronoun;
use crate::harm::{dies_in_words, is_negated};
use crate::sense::Sense;
use crate::window::Window;

/// How far after a verb what says that it was done to a body may stand.
const REACH: usize = 9;

/// Verbs with whom they hurt as a pronoun at their end.
const STRIKES: [&str; 17] = [
    "اصاب",
    "اصابت",
    "اصابو",
    "ضربت",
    "ضربو",
    "طعنت",
    "طعنو",
    "دهس",
    "دهست",
    "دهسو",
    "جرحت",
    "جرحو",
    "احرقت",
    "احرقو",
    "جلدو",
    "ركلو",
    "حرقت",
];

/// The same where «ف» before them says that they are verbs: «فطعنه», but «طعنة».
const STRIKES_AFTER_SO: [&str; 3] = ["ضرب", "طعن", "جرح"];

/// Verbs that say what became of a part of the body that follows them.
const MAIMS: [&str; 20] = [
    "بتر",
    "بترت",
    "بتروا",
    "كسر",
    "كسرت",
    "كسروا",
    "انكسر",
    "انكسرت",
    "تكسرت",
    "تهشم",
    "تهشمت",
    "هشموا",
    "احترق",
    "احترقت",
    "شلت",
    "تشوه",
    "تمزقت",
    "فقد",
    "فقدت",
    "اخترقت",
];

/// Parts of a body as they stand before a pronoun.
const PARTS: [&str; 41] = [
    "راس",
    "وجه",
    "عين",
    "عينا",
    "عيني",
    "رقبت",
    "عنق",
    "كتف",
    "صدر",
    "ظهر",
    "بطن",
    "خاصرت",
    "حوض",
    "يد",
    "يدا",
    "يدي",
    "ذراع",
    "ذراعا",
    "ذراعي",
    "كف",
    "ساق",
    "ساقا",
    "ساقي",
    "قدم",
    "قدما",
    "قدمي",
    "رجل",
    "رجلي",
    "فخذ",
    "ركبت",
    "اصبع",
    "اصابع",
    "اطراف",
    "اضلاع",
    "ضلوع",
    "اسنان",
    "انف",
    "فك",
    "اذن",
    "بصر",
    "جسد",
];

/// Whose body words that begin at a token tell to be hurt or dead, and where they end.
pub(super) fn told(window: &Window<'_>, at: usize, end: usize) -> Option<(Pronoun, Harm, usize)> {
    if is_negated(window, at, at.saturating_sub(2)) {
        return None;
    }
    if let Some((pronoun, last)) = dead(window, at, end) {
        return Some((pronoun, Harm::Killed, last));
    }
    if let Some((pronoun, last)) = robbed_of_life(window, at, end) {
        return Some((pronoun, Harm::Killed, last));
    }
    let (pronoun, last) = struck(window, at, end).or_else(|| maimed(window, at, end))?;
    (!dies_after(window, at, end)).then_some((pronoun, Harm::Injured, last))
}

/// «جثته», «جثتيهما»: whose body it is; «وجدها ميتة», «عُثر عليه مقتولا»: who was found dead.
fn dead(window: &Window<'_>, at: usize, end: usize) -> Option<(Pronoun, usize)> {
    const NEAR: usize = 4;
    let word = window.tokens.word(at);
    // «وجدها», «ووجدها»
    let finds = |word: &str| ["وجد", "وجدت", "وجدو", "وجدنا"].iter().any(|verb| word.starts_with(verb));
    let bare = if finds(word) { word } else { word.strip_prefix(['و', 'ف']).unwrap_or(word) };
    let (stem, pronoun) = with_pronoun(bare).filter(|(_, pronoun)| *pronoun != Pronoun::Speaker)?;
    let sought = at > 0 && window.tokens.word(at - 1) == "عن";
    if !sought && matches!(stem, "جثت" | "جثمان" | "جثماني" | "رفات" | "جثتي" | "جثث" | "جثامين")
    {
        return Some((pronoun, at + 1));
    }
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    let on_them = stem == "علي" && before.strip_prefix(['و', 'ف']).unwrap_or(before).starts_with("عثر");
    let finds = matches!(stem, "وجد" | "وجدت" | "وجدو" | "وجدنا") || on_them;
    let lifeless = |at: &usize| {
        matches!(
            window.tokens.word(*at),
            "ميتا"
                | "ميته"
                | "ميتين"
                | "مقتولا"
                | "مقتوله"
                | "مقتولين"
                | "قتيلا"
                | "قتيله"
                | "جثه"
                | "جثتين"
        )
    };
    let last = clause(window, at + 1, end.min(at + NEAR)).find(lifeless).filter(|_| finds)?;
    Some((pronoun, last + 1))
}

/// «أنهت حياته», «أودت قذيفة بحياتها»: whose life it was.
fn robbed_of_life(window: &Window<'_>, at: usize, end: usize) -> Option<(Pronoun, usize)> {
    /// What did it stands between.
    const DOER: usize = 5;
    let word = window.tokens.word(at);
    let verb = matches!(
        word.strip_prefix(['و', 'ف']).unwrap_or(word),
        "انهت"
            | "انهي"
            | "اودت"
            | "اودي"
            | "سلبت"
            | "كلفته"
            | "كلفتها"
            | "افقدته"
            | "افقدتها"
            | "سلبته"
            | "سلبتها"
    );
    let life = |at: usize| {
        with_pronoun(window.tokens.word(at)).filter(|(stem, _)| matches!(*stem, "حيات" | "بحيات"))
    };
    let last = clause(window, at + 1, end).take(DOER).find(|at| life(*at).is_some()).filter(|_| verb)?;
    life(last).map(|(_, pronoun)| (pronoun, last + 1))
}

/// «أصابته في وجهه», «فأصابهما بجروح», «ضربوني بأعقاب البنادق».
fn struck(window: &Window<'_>, at: usize, end: usize) -> Option<(Pronoun, usize)> {
    let word = window.tokens.word(at);
    let so = word.starts_with('ف');
    let (stem, pronoun) = with_pronoun(word.strip_prefix(['و', 'ف']).unwrap_or(word))?;
    let verb = STRIKES.contains(&stem) || so && STRIKES_AFTER_SO.contains(&stem);
    if !verb || is_governed(window, at) || is_noun(window, at, stem) {
        return None;
    }
    let last = clause(window, at + 1, end).filter(|at| is_of_a_body(window.tokens.word(*at))).last()?;
    Some((pronoun, last + 1))
}

/// «بُترت ساقه», «كسروا ثلاثة من أضلاعه».
fn maimed(window: &Window<'_>, at: usize, end: usize) -> Option<(Pronoun, usize)> {
    let word = window.tokens.word(at);
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    // «ما أدى لبتر ساقه»
    let action = bare.strip_prefix(['ل', 'ب']).unwrap_or(bare);
    if !MAIMS.contains(&bare) && action != "بتر" {
        return None;
    }
    let of_them = |at: &usize| {
        window.tags.number(*at).is_some() || matches!(window.tokens.word(*at), "من" | "احدي" | "احد" | "بعض")
    };
    let part = clause(window, at + 1, end).find(|at| !of_them(at))?;
    // «ساقي» is of two legs too.
    let (_, pronoun) = part_of(window.tokens.word(part)).filter(|(_, whose)| *whose != Pronoun::Speaker)?;
    Some((pronoun, part + 1))
}

/// The tokens of a clause from one on, up to a mark or what «و» joins to it.
fn clause<'w>(window: &'w Window<'_>, from: usize, end: usize) -> impl Iterator<Item = usize> + 'w {
    let joins = |at: usize| {
        let word = window.tokens.word(at);
        word.starts_with('و') && part_of(word).is_none()
    };
    (from..end.min(from + REACH)).take_while(move |at| window.tokens.is_word(*at) && !joins(*at))
}

/// A word without the pronoun at its end, and whom that is for.
fn with_pronoun(word: &str) -> Option<(&str, Pronoun)> {
    const ENDS: [(&str, Pronoun); 6] = [
        ("هما", Pronoun::Several),
        ("هم", Pronoun::Several),
        ("هن", Pronoun::Several),
        ("ها", Pronoun::One(Sex::F)),
        ("ه", Pronoun::One(Sex::M)),
        ("ني", Pronoun::Speaker),
    ];
    ENDS.into_iter().find_map(|(end, pronoun)| word.strip_suffix(end).map(|stem| (stem, pronoun)))
}

/// «ساقه», «بكتفها», «أسناني»: a part of a body, and whose it is.
fn part_of(word: &str) -> Option<(&str, Pronoun)> {
    let mine = |word: &'_ str| word.strip_suffix('ي').is_some_and(|stem| PARTS.contains(&stem));
    let part =
        |word: &'_ str| with_pronoun(word).filter(|(stem, _)| PARTS.contains(stem)).map(|(_, whose)| whose);
    [word, word.strip_prefix('ب').unwrap_or(word)].into_iter().find_map(|word| {
        part(word).or_else(|| mine(word).then_some(Pronoun::Speaker)).map(|whose| (word, whose))
    })
}

/// Whether a word says that what was struck is a body: its part, a missile, a wound, a beating.
fn is_of_a_body(word: &str) -> bool {
    let bare = word.strip_prefix("بال").or_else(|| word.strip_prefix('ب')).unwrap_or(word);
    part_of(word).is_some()
        || matches!(
            bare,
            "رصاصه"
                | "رصاصات"
                | "رصاصتان"
                | "رصاصتين"
                | "شظيه"
                | "شظايا"
                | "شظيتان"
                | "طلقه"
                | "طلقات"
                | "طلق"
        )
        || matches!(
            word,
            "بجروح"
                | "بجرح"
                | "بكسور"
                | "بكسر"
                | "بحروق"
                | "برضوض"
                | "باعقاب"
                | "بالعصي"
                | "بسكين"
                | "بالسكين"
                | "مبرحا"
                | "بالرصاص"
                | "برصاص"
        )
}

/// «إصابة», «وإصابتها»: nouns of the letters of «أصابه», «وأصابتها».
fn is_noun(window: &Window<'_>, at: usize, stem: &str) -> bool {
    let raw = window.tokens.raw(at);
    let verb = raw.contains('أ') || raw.starts_with('ف');
    raw.contains('إ') || raw.ends_with('ة') || stem == "اصاب" && !verb
}

/// «أدى إلى إصابته», «بعد إصابتها»: the noun, which is written as the verb is.
fn is_governed(window: &Window<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| window.tokens.word(before));
    matches!(
        before,
        "الي"
            | "بعد"
            | "اثر"
            | "عن"
            | "من"
            | "نتيجه"
            | "جراء"
            | "رغم"
            | "بسبب"
            | "حول"
            | "قبل"
            | "علي"
            | "في"
    )
}

/// Whether the sentence tells of a death after a token.
fn dies_after(window: &Window<'_>, at: usize, end: usize) -> bool {
    const DEATH: usize = 18;
    let killed = |sense: &Sense| matches!(sense, Sense::Harm(Harm::Killed, _));
    (at..end.min(at + DEATH))
        .take_while(|at| !matches!(window.tokens.mark(*at), Some('.' | ';')))
        .any(|at| window.tags.is(at, killed) || dies_in_words(window, at, end))
}
