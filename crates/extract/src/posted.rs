//! Stage 1d: when a page says that it was published: the time on a post, the line with the date above an article.
//!
//! What it finds is inferred and only anchors other times; a date given with the document is better.

use std::ops::Range;

use sijil_model::date::{Edtf, TimeExpression};

use crate::chrome::lines;
use crate::lexicon::Tags;
use crate::sense::Sense;
use crate::sentences::Sentence;
use crate::times;
use crate::tokens::Tokens;
use crate::word_lists::Words;

/// The rule of a time on a post of a social medium.
pub(crate) const POST_TIME: &str = "post-time";
/// The rule of the date of a post that an article shows: the article is of that day or soon after.
pub(crate) const POST_SHOWN: &str = "post-shown";
/// The rule of a date on the page of an article.
pub(crate) const PAGE_DATE: &str = "page-date";

/// The rule of the date before the first words of an agency's report: "NAHRAN, May 21 –".
pub(crate) const DATELINE: &str = "dateline";
/// The rule of a year that a text says is the one in which it was written.
pub(crate) const THIS_YEAR: &str = "this-year";

/// Lines of a page that are looked at.
const HEAD: usize = 30;
/// Words from which a line is a paragraph of the article.
const PARAGRAPH: usize = 25;
/// The most tokens that a date with its day of the week and its time take.
const LONGEST: usize = 12;
/// The most words before a dash and the date.
const PLACE_OF_ISSUE: usize = 4;

/// The months as pages print them beside a post.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date of publication as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Posted {
    /// Its tokens.
    pub run: Range<usize>,
    /// Letters of the first token that belong to what a page glued before it.
    pub prefix: usize,
    /// The day; on a post perhaps without its year.
    pub day: Edtf,
    /// [`POST_TIME`] or [`PAGE_DATE`].
    pub rule: &'static str,
}

/// The date of publication that a page prints, if it prints one.
pub(crate) fn find(tokens: &Tokens<'_>, tags: &Tags, sentences: &[Sentence]) -> Option<Posted> {
    post_time(tokens, tags)
        .or_else(|| page_date(tokens, tags, sentences))
        .or_else(|| post_shown(tokens, tags))
}

/// Whether a date at the start of a line is a dateline: a place, perhaps the agency in brackets, the date, and a dash,
/// "NAHRAN, Marjan, May 21 –", «نهران (مرجان) 12 تشرين الأول 2031 (وكالة) –».
pub(crate) fn is_dateline(
    tokens: &Tokens<'_>,
    tags: &Tags,
    sentence: &Sentence,
    date: &Range<usize>,
) -> bool {
    const AFTER: usize = 8;
    let free = |at: &usize| tokens.is_mark(*at, '-') && !tokens.is_glued(*at);
    let dash = (date.end..(date.end + AFTER).min(sentence.run.end)).find(free);
    dash.is_some_and(|dash| {
        // "12 November 2031 (Nahran Herald) –"
        let agency = date.start == sentence.run.start
            && tokens.is_mark(date.end, '(')
            && tokens.is_mark(dash - 1, ')');
        (date.end..dash).all(|at| is_quiet(tokens, tags, at) || tokens.is_number(at))
            && (agency || is_after_a_name(tokens, tags, sentence, date))
    })
}

/// Whether a date is all that stands on its line after a place or a newspaper: "Nahran Tribune, 9 March 2031".
pub(crate) fn heads_the_text(
    tokens: &Tokens<'_>,
    tags: &Tags,
    sentence: &Sentence,
    date: &Range<usize>,
) -> bool {
    let stop = usize::from(tokens.is_mark(date.end, '.'));
    date.end + stop == sentence.run.end && is_after_a_name(tokens, tags, sentence, date)
}

/// Whether the words before a date at the start of a text tell of nothing: "Press release", a town, an agency.
pub(crate) fn opens_the_text(tags: &Tags, before: Range<usize>) -> bool {
    let tells =
        |sense: &Sense| matches!(sense, Sense::Harm(..) | Sense::Strike | Sense::Says | Sense::Means(..));
    !before.is_empty() && !tags.any(before, tells)
}

/// Whether a date is the page's own by its label, at the start of a line: "Updated Saturday 14 November 2031, 18:00".
pub(crate) fn is_labelled(tokens: &Tokens<'_>, sentence: &Sentence, date: &Range<usize>) -> bool {
    const BETWEEN: usize = 3;
    let before = sentence.run.start..date.start;
    (sentence.opens_line || sentence.run.start == 0)
        && before.len() <= BETWEEN
        && label(tokens, &(before.start..before.end.min(before.start + 1))).is_some()
}

/// Whether names alone stand between the start of a line and a date.
fn is_after_a_name(tokens: &Tokens<'_>, tags: &Tags, sentence: &Sentence, date: &Range<usize>) -> bool {
    const BEFORE: usize = 8;
    let mut before = sentence.run.start..date.start;
    (sentence.opens_line || sentence.run.start == 0)
        && before.len() <= BEFORE
        && before.clone().any(|at| tokens.is_word(at))
        && !matches!(tokens.word(before.start), "on" | "في" | "يوم" | "بتاريخ")
        && before.all(|at| is_quiet(tokens, tags, at))
}

/// Whether a token is part of a name or a mark between names, and tells nothing.
fn is_quiet(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> bool {
    let names = tokens.is_arabic(at) || tokens.is_capital(at) || tokens.word(at) == "al";
    let mark = matches!(tokens.mark(at), Some(',' | '(' | ')' | '/' | '-' | '.'));
    let tells =
        |sense: &Sense| matches!(sense, Sense::Harm(..) | Sense::Strike | Sense::Says | Sense::Means(..));
    (mark || tokens.is_word(at) && names) && !tags.is(at, tells)
}

/// «منذ بداية العام الحالي 2031», "the current year 2031": the year of writing, which gives days without a year theirs.
pub(crate) fn this_year(tokens: &Tokens<'_>) -> Option<Posted> {
    (2..tokens.len()).find_map(|at| {
        let said = || {
            matches!(
                (tokens.word(at - 2), tokens.word(at - 1)),
                ("العام" | "عام" | "للعام" | "السنه", "الحالي" | "الجاري" | "الحاليه" | "الجاريه")
                    | ("current" | "this", "year")
            )
        };
        let year = tokens.is_number(at) && tokens.word(at).len() == 4 && said();
        let day = year.then(|| Edtf::new(tokens.word(at)).ok()).flatten()?;
        Some(Posted { run: at..at + 1, prefix: 0, day, rule: THIS_YEAR })
    })
}

/// "7:44 PM · May 19, 2031" under a post, "December 4, 2031 · Shared with Public" above it.
fn post_time(tokens: &Tokens<'_>, tags: &Tags) -> Option<Posted> {
    (1..tokens.len()).filter(|at| tokens.is_mark(*at, '•')).find_map(|dot| {
        let clock = tokens.is_number(dot.checked_sub(2)?);
        if clock && matches!(tokens.word(dot - 1), "am" | "pm" | "ص" | "م") {
            let (day, end) = times::day_of_year(tokens, tags, dot + 1)?;
            let (day, end) = before_a_count(tokens, &day, end).unwrap_or((day, end));
            return Some(Posted { run: dot + 1..end, prefix: 0, day, rule: POST_TIME });
        }
        if !matches!((tokens.word(dot + 1), tokens.word(dot + 2)), ("shared", "with") | ("تمت", "المشاركه"))
        {
            return None;
        }
        let first = dot.saturating_sub(LONGEST);
        let ends = |at: &usize| tokens.word(*at) == "at" || tokens.is_mark(*at, '•');
        let end = (first..dot).find(ends).unwrap_or(dot);
        (first..end).find_map(|start| {
            let whole = times::day_of_year(tokens, tags, start).filter(|(_, ends)| *ends == end);
            let whole = whole.map(|(day, _)| Posted { run: start..end, prefix: 0, day, rule: POST_TIME });
            whole.or_else(|| glued(tokens, start..end))
        })
    })
}

/// "May 19, 2031785 Views": a year that a page glued the number of views to.
fn before_a_count(tokens: &Tokens<'_>, day: &Edtf, end: usize) -> Option<(Edtf, usize)> {
    let number = end + 1;
    let (year, count) = tokens.raw(number).split_at_checked("2031".len())?;
    let glued = tokens.is_mark(end, ',') && tokens.is_number(number) && !count.is_empty();
    let day = day.as_str().strip_prefix("XXXX-").filter(|_| glued && year.starts_with("20"))?;
    Some((Edtf::new(&format!("{year}-{day}")).ok()?, number + 1))
}

/// "— Name (@account) May 19, 2031", where all posts that are shown are of one day.
fn post_shown(tokens: &Tokens<'_>, tags: &Tags) -> Option<Posted> {
    let mut shown = (3..tokens.len()).filter(|at| tokens.is_mark(*at, ')')).filter_map(|at| {
        (at.saturating_sub(LONGEST)..at)
            .rev()
            .take_while(|back| !tokens.is_mark(*back, '('))
            .last()
            .filter(|first| tokens.is_mark(*first, '@'))?;
        let (day, end) = times::full_date(tokens, tags, at + 1)?;
        Some(Posted { run: at + 1..end, prefix: 0, day, rule: POST_SHOWN })
    });
    let first = shown.next()?;
    shown.all(|other| other.day == first.day).then_some(first)
}

/// A full date whose English month a page glued to the name before it: "SahelJanuary 6, 2031".
fn glued(tokens: &Tokens<'_>, run: Range<usize>) -> Option<Posted> {
    let first = tokens.raw(run.start);
    let name = MONTHS.iter().find_map(|month| first.strip_suffix(month)).filter(|name| !name.is_empty())?;
    let text = tokens.quote(&run).strip_prefix(name)?;
    let inner = Tokens::of(text);
    let (day, end) = times::day_of_year(&inner, &Tags::of(&inner), 0)?;
    (end == inner.len()).then(|| Posted { run, prefix: name.chars().count(), day, rule: POST_TIME })
}

/// A date that the page says is that of publication; else a line of its own with a date, above the article or with the
/// day of the week and the time; else the date of the last change.
fn page_date(tokens: &Tokens<'_>, tags: &Tags, sentences: &[Sentence]) -> Option<Posted> {
    let (mut alone, mut changed): (Option<Posted>, Option<Posted>) = (None, None);
    let (mut head, mut label_above) = (true, None);
    for (number, line) in lines(sentences).into_iter().enumerate() {
        let run = sentences[line.start].run.start..sentences[line.end - 1].run.end;
        let own_label = label(tokens, &run);
        let above = std::mem::replace(&mut label_above, own_label);
        head &= run.clone().filter(|at| tokens.is_word(*at)).count() < PARAGRAPH;
        if number >= HEAD && own_label.or(above).is_none() {
            continue;
        }
        let Some(dated) = DatedLine::of(tokens, tags, run) else { continue };
        match own_label.filter(|_| dated.is_labelled).or(above.filter(|_| dated.is_whole)) {
            Some(Label::Published) => return Some(dated.posted),
            Some(Label::Changed) => changed = changed.or(Some(dated.posted)),
            None if dated.is_whole && !sentences[line.start].chrome && (head || dated.is_stamped) => {
                // Several dates above an article are headlines' or headings': none is the page's own.
                if alone.as_ref().is_some_and(|other| other.day != dated.posted.day) {
                    return None;
                }
                alone = alone.or(Some(dated.posted));
            }
            None => {}
        }
    }
    alone.or(changed).or_else(|| signed(tokens, tags, sentences))
}

/// The date under a statement: the last line, which says nothing else, by both calendars or one.
fn signed(tokens: &Tokens<'_>, tags: &Tags, sentences: &[Sentence]) -> Option<Posted> {
    let last = lines(sentences).pop().filter(|line| line.start > 0)?;
    let run = sentences[last.start].run.start..sentences[last.end - 1].run.end;
    if run.len() > 2 * LONGEST {
        return None;
    }
    let [time] = times::find(tokens, tags, run.clone()).try_into().ok()?;
    let full = time.year.is_some() && time.is_calendar_day();
    let Some(TimeExpression::Calendar(day)) = time.expression.filter(|_| full) else { return None };
    let rest = (run.start..time.run.start).chain(time.run.end..run.end);
    let alone = rest.filter(|at| !is_beside(tokens, tags, *at)).count() == 0;
    alone.then_some(Posted { run: time.run, prefix: 0, day, rule: PAGE_DATE })
}

/// A line near whose start a full date stands.
struct DatedLine {
    posted: Posted,
    /// Whether it, or its part between bars, says nothing else.
    is_whole: bool,
    /// Whether it has the day of the week and the time.
    is_stamped: bool,
    /// Whether the words right before the date say what date it is.
    is_labelled: bool,
}

impl DatedLine {
    fn of(tokens: &Tokens<'_>, tags: &Tags, run: Range<usize>) -> Option<Self> {
        let posted = first_date(tokens, tags, &run)?;
        let beside = |at: usize| is_beside(tokens, tags, at);
        let left = (run.start..posted.run.start).rev().take_while(|at| beside(*at)).last();
        let left = left.unwrap_or(posted.run.start);
        let right = (posted.run.end..run.end).find(|at| !beside(*at)).unwrap_or(run.end);
        // «مرجان اليوم – 6 أيار 2031»: where or by whom, and a dash.
        let dashed = tokens.is_mark(left, '-') && left - run.start <= PLACE_OF_ISSUE;
        let is_whole = (left == run.start || tokens.is_mark(left - 1, '|') || dashed)
            && (right == run.end || tokens.is_mark(right, '|'));
        let clock = (left..right).any(|at| tokens.is_mark(at, ':') && tokens.is_number(at + 1));
        let weekday = (left..right).any(|at| is_weekday(tags, at));
        let is_labelled = label(tokens, &(left..posted.run.start)).is_some();
        Some(Self { posted, is_whole, is_stamped: clock && weekday, is_labelled })
    }
}

/// What a page says that a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    Changed,
}

/// The label in a few words; a longer line has none.
fn label(tokens: &Tokens<'_>, run: &Range<usize>) -> Option<Label> {
    run.clone().take(LONGEST).find_map(|at| match tokens.word(at) {
        "نشر" | "نشرت" | "النشر" | "نشره" | "published" | "posted" => Some(Label::Published),
        "تحديث" | "التحديث" | "updated" | "update" => Some(Label::Changed),
        _ => None,
    })
}

/// The first full date that starts near the start of a line.
fn first_date(tokens: &Tokens<'_>, tags: &Tags, line: &Range<usize>) -> Option<Posted> {
    line.clone().take(2 * LONGEST).find_map(|start| {
        let (day, end) = times::full_date(tokens, tags, start)?;
        Some(Posted { run: start..end, prefix: 0, day, rule: PAGE_DATE })
    })
}

/// Whether a token says no more than the day of the week, the time or that this is a date.
fn is_beside(tokens: &Tokens<'_>, tags: &Tags, at: usize) -> bool {
    let mark = tokens.mark(at).is_some_and(|mark| mark != '|');
    let clock =
        tokens.is_number(at) && (tokens.is_mark(at + 1, ':') || at > 0 && tokens.is_mark(at - 1, ':'));
    let known = is_weekday(tags, at) || tokens.is_on(Words::BesideADate, at);
    mark || clock || known || label(tokens, &(at..at + 1)).is_some()
}

fn is_weekday(tags: &Tags, at: usize) -> bool {
    tags.is(at, |sense| matches!(sense, Sense::Weekday(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    fn found(text: &str) -> Option<(String, &'static str)> {
        let tokens = Tokens::of(text);
        let posted = find(&tokens, &Tags::of(&tokens), &sentences(&tokens))?;
        Some((posted.day.as_str().to_owned(), posted.rule))
    }

    #[test]
    fn the_time_on_a_post_is_read_where_pages_glue_it_to_the_author() {
        for text in [
            "FacebookLina Sahel's Post\nLina SahelJanuary 6, 2031 · Shared with Publicقصف على بلدة وادي الزيتون",
            "قتيلان في قصف على وادي الزيتون.9:46 PM · Jan 6, 2031·Portal for Phones1 Like",
            "قتيلان في قصف على وادي الزيتون9:46 PM · Jan 6, 20311.9KViews318",
            "قتيلان في قصف على وادي الزيتون9:46 PM · Jan 6, 2031785Views12",
            "مرصد مرجان6 يناير 2031 · تمت المشاركة مع العامة قصف على وادي الزيتون",
        ] {
            assert_eq!(found(text), Some(("2031-01-06".into(), POST_TIME)), "{text}");
        }
    }

    #[test]
    fn a_post_without_its_year_is_a_post_and_posts_that_are_shown_date_an_article() {
        let post =
            "FacebookLina Sahel's Post\nLina SahelFebruary 28 · Shared with Publicقصف على وادي الزيتون";
        assert_eq!(found(post), Some(("XXXX-02-28".into(), POST_TIME)));
        let one = "قُتل مدنيان.\n— مرصد مرجان (@portamal) January 6, 2031\nوقال شهود إن القصف مستمر.";
        assert_eq!(found(one), Some(("2031-01-06".into(), POST_SHOWN)));
        let two = format!("{one}\n— مرصد مرجان (@portamal) January 8, 2031");
        assert_eq!(found(&two), None);
    }

    #[test]
    fn the_line_with_the_date_above_an_article_is_read() {
        for text in [
            "مركز الأخبار\n\nالاثنين, ٦ يناير ٢٠٣١, ١١:١٠\n\nقصفت طائرات بلدة وادي الزيتون.",
            "6 كانون الثاني 2031\n\nمقتل مدني بقصف على وادي الزيتون",
            "قتيلان في وادي الزيتون\n\nتاريخ النشر:06.01.2031 | 23:38 GMT | أخبار مرجان\n\nقُتل مدنيان.",
            "قتيلان في وادي الزيتون\n\nالاثنين, يناير 6, 2031\n\nأخبار, مرجان",
            "قتيلان في وادي الزيتون\n2031.01.06 | 14:32 مرجان\nآخر تحديث: 2031.05.09 | 09:41 مرجان\nقُتل مدنيان.",
            "قتيلان\nمعلومات النشر\nتاريخ النشر:\n06 كانون الثاني, 2031\nتاريخ التحديث:\n14 أيار, 2031",
            "قتيلان في وادي الزيتون\nمرجان اليوم – 6 كانون الثاني 2031\nقُتل مدنيان.",
            "Two killed in Olive Valley\nSecurity | 6 January 2031 | Lina Sahel\nTwo people were killed.",
        ] {
            assert_eq!(found(text), Some(("2031-01-06".into(), PAGE_DATE)), "{text}");
        }
    }

    #[test]
    fn the_year_of_writing_is_read_where_a_text_says_it() {
        for text in [
            "قتل عشرة منذ بداية العام الحالي 2031 حتى أمس",
            "منذ مطلع العام الجاري ٢٠٣١",
            "since the start of this year 2031",
        ] {
            assert_eq!(
                this_year(&Tokens::of(text)).map(|found| found.day.as_str().to_owned()),
                Some("2031".into()),
                "{text}"
            );
        }
        assert_eq!(this_year(&Tokens::of("في العام الماضي 2030 وعام 2029")), None);
    }

    #[test]
    fn the_date_under_a_statement_is_read() {
        let statement = "بيان\nنستنكر القصف على وادي الزيتون الذي قتل فيه مدنيان صباح اليوم ونطالب بمحاسبة من أمر به ونفذه، وندعو المنظمات كلها إلى زيارة المكان والاطلاع على ما حل بأهله.\nمجلس وادي الزيتون\n";
        for signed in ["6 كانون الثاني 2031", "11 شوال 1452هـ الموافق 6 كانون الثاني 2031م"]
        {
            assert_eq!(found(&format!("{statement}{signed}")), Some(("2031-01-06".into(), PAGE_DATE)));
        }
        assert_eq!(found(&format!("{statement}قُتل سليم في 6 كانون الثاني 2031")), None);
    }

    #[test]
    fn dates_of_events_and_of_other_headlines_are_not_the_pages_own() {
        for text in [
            "قُتل مدنيان في وادي الزيتون في 6 كانون الثاني 2031.",
            "Two people were killed on 6 January 2031 in Olive Valley.",
            "2031/01/06\nعنوان أول\n2031/01/05\nعنوان ثان\n2031/01/04\nعنوان ثالث",
            "قُتل مدنيان يوم 6 كانون الثاني",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
