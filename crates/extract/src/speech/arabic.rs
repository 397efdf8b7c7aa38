//! Who speaks in Arabic: after a verb of saying («قالت مصادر محلية», «نفى الجيش المرجاني»), after «بحسب» and «نقلا عن», and
//! before the colon of a headline («الدفاع المدني: …»). The subject follows its verb, so that all words up to the next
//! particle are its name: «بحسب لجنة الإغاثة الأهلية».

use std::ops::Range;

use sijil_model::codebook::{Identification, ReleaseLevel, SourceKind};

use super::{Source, organised, party};
use crate::names::{Name, organisation_name};
use crate::sense::Sense;
use crate::sentences::Sentence;
use crate::window::{Owner, Window};
use crate::word_forms;
use crate::word_lists::Words;

/// The speakers of a sentence whom names of people and of organisations near a verb have not shown.
pub(super) fn speakers(window: &Window<'_>, run: &Range<usize>, found: &[Source]) -> Vec<Source> {
    let mut more: Vec<Source> = Vec::new();
    for at in openings(window, run) {
        // «تحدثت "رابطة الناجين" عن»
        let at = at + usize::from(matches!(window.tokens.mark(at), Some('“' | '"')));
        let told = |source: &Source| found.iter().any(|other| source.run.contains(&other.run.start));
        if !found.iter().chain(&more).any(|source| source.run.contains(&at)) {
            more.extend(speaker(window, at, run.end).filter(|source| !told(source)));
        }
    }
    more
}

/// «أم سليم» where the text calls her «أم سليم الوراق» first.
pub(super) fn fullest(window: &Window<'_>, name: &Name) -> String {
    let full = name.full(&window.tokens);
    let before = window.names.partition_point(|other| other.run.start < name.run.start);
    let begins = |other: &&Name| {
        name.run.len() > 1
            && window.tokens.is_arabic(other.run.start)
            && other.run.len() > name.run.len()
            && (0..name.run.len())
                .all(|at| window.tokens.word(other.run.start + at) == window.tokens.word(name.run.start + at))
    };
    window.names[..before].iter().find(begins).map_or(full, |other| other.full(&window.tokens))
}

/// Where in a sentence a speaker may begin.
fn openings(window: &Window<'_>, run: &Range<usize>) -> Vec<usize> {
    let after_verb = run.clone().filter_map(|at| {
        window
            .tags
            .at(at)
            .iter()
            .find(|tag| {
                matches!(tag.sense, Sense::Says | Sense::Claim | Sense::Declare(_))
                    && tag.prefix <= 1
                    && !tag.article
            })
            .map(|tag| after_figures(window, at + usize::from(tag.length)))
    });
    let mut openings: Vec<usize> = after_verb.filter(|at| *at < run.end).collect();
    openings.extend(run.clone().filter(|at| accuses(window, *at)).map(|at| at + 1));
    openings.extend(run.clone().flat_map(|at| passed_on(window, at, run.end)));
    openings.extend(run.clone().filter_map(|at| reached_us(window, at)));
    openings.extend(run.clone().filter(|at| is_issued(window, *at)).map(|at| at + 2));
    openings.extend(run.clone().filter_map(|at| had_said(window, at, run.end)));
    openings.extend(run.clone().filter(|at| is_first_in_its_clause(window, *at, run)));
    openings.extend(headline(window, run));
    openings.extend(dateline(window, run));
    openings.extend(signature(window, run));
    openings.sort_unstable();
    openings.dedup();
    openings
}

/// «اتهم المجلس المحلي», «وأدانت منظمة النهر».
fn accuses(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    Words::Accuses.has(word) || word.strip_prefix('و').is_some_and(|word| Words::Accuses.has(word))
}

/// «نقل موقع النهر عن طبيب قوله»: who passes words on, and whose they are.
fn passed_on(window: &Window<'_>, at: usize, end: usize) -> Vec<usize> {
    const TELLER: usize = 7;
    const WORDS: usize = 12;
    let word = window.tokens.word(at);
    if !matches!(word.strip_prefix('و').unwrap_or(word), "نقل" | "نقلت" | "نقلا") {
        return Vec::new();
    }
    let from = (at + 1..end.min(at + TELLER)).find(|at| window.tokens.word(*at) == "عن");
    let said = |from: usize| {
        (from + 1..end.min(from + WORDS))
            .any(|at| matches!(window.tokens.word(at), "قوله" | "قولها" | "قولهم" | "تاكيده" | "تاكيدها"))
    };
    from.filter(|from| said(*from)).map_or(Vec::new(), |from| vec![at + 1, from + 1])
}

/// «تفيد أرقام المرصد», «بحسب بيانات المديرية», «ما أفاد به مصدر»: whose words or figures they are follows.
fn after_figures(window: &Window<'_>, at: usize) -> usize {
    let at = at + usize::from(matches!(window.tokens.word(at), "به" | "بها" | "بذلك"));
    at + usize::from(matches!(
        window.tokens.word(at),
        "ارقام" | "بيانات" | "احصاءات" | "احصاييات" | "سجلات" | "تقديرات" | "قوايم"
    ))
}

/// «وصلتنا من نقطة الإسعاف», «علمنا من الأهالي»: from whom the writer has it.
fn reached_us(window: &Window<'_>, at: usize) -> Option<usize> {
    let reached = matches!(
        window.tokens.word(at),
        "وصلتنا" | "وصلنا" | "وردنا" | "وردتنا" | "علمنا" | "بلغنا" | "وصلني" | "وصلتني"
    );
    (reached && window.tokens.word(at + 1) == "من").then_some(at + 2)
}

/// «بيان صادر عن لجنة الأهالي»: whoever issued it follows.
fn is_issued(window: &Window<'_>, at: usize) -> bool {
    let issued = matches!(window.tokens.word(at), "صادر" | "صادره" | "الصادر" | "الصادره" | "صدر" | "صدرت");
    issued && window.tokens.word(at + 1) == "عن"
}

/// «وكان المجلس قد أعلن», «وكانت مصادر محلية قد ذكرت»: who had said it before.
fn had_said(window: &Window<'_>, at: usize, end: usize) -> Option<usize> {
    const SUBJECT: usize = 8;
    let word = window.tokens.word(at);
    let was = matches!(word.strip_prefix(['و', 'ف']).unwrap_or(word), "كان" | "كانت");
    let had = (at + 2..end.min(at + SUBJECT))
        .take_while(|at| !is_mark_of_clause(window, *at))
        .find(|at| window.tokens.word(*at) == "قد")?;
    let says = |sense: &Sense| matches!(sense, Sense::Says | Sense::Claim | Sense::Declare(_));
    (was && window.tags.is(had + 1, says)).then_some(at + 1)
}

/// «بينما تحصي», «اللجنة الحكومية التي شُكّلت خلصت إلى», «أما الإذاعة فتتحدث عن»: a body that a clause begins with, and
/// whose verb of saying follows.
fn is_first_in_its_clause(window: &Window<'_>, at: usize, run: &Range<usize>) -> bool {
    const VERB: usize = 10;
    let body = window.tags.find(at, |sense| match sense {
        Sense::Institution(_) => Some(()),
        _ => None,
    });
    let Some((_, tag)) = body.filter(|_| window.is_free(at)) else { return false };
    let opens = at == run.start
        || window.tokens.mark(at - 1).is_some_and(|mark| mark != '“' && mark != '"')
        || matches!(window.tokens.word(at - 1), "اما" | "بينما" | "فيما" | "لكن" | "ان");
    let says = |at: usize| {
        window
            .tags
            .at(at)
            .iter()
            .any(|tag| matches!(tag.sense, Sense::Says) && tag.prefix <= 1 && !tag.article)
    };
    let clause = at + usize::from(tag.length)..run.end.min(at + VERB);
    opens && clause.take_while(|at| !is_mark_of_clause(window, *at)).any(says)
}

fn is_mark_of_clause(window: &Window<'_>, at: usize) -> bool {
    matches!(window.tokens.mark(at), Some('.' | ':' | ';' | '“' | '"' | ','))
}

/// The first word of a sentence that has a colon after at most a few words: «مصادر محلية: مقتل ثلاثة».
fn headline(window: &Window<'_>, run: &Range<usize>) -> Option<usize> {
    const LONGEST: usize = 8;
    const OFFICE: usize = 12;
    // A flag, «عاجل |», or the time of day of a live blog, «18:40», may come first.
    let flag = (run.start..run.end.min(run.start + 4))
        .rev()
        .find(|at| window.tokens.is_mark(*at, '|') || window.tokens.is_number(*at));
    let start = (flag.map_or(run.start, |flag| flag + 1)..run.end).find(|at| window.tokens.is_word(*at))?;
    // «مدير مستشفى نهران العام لـ"راديو النهر": …»
    let office = window.tags.is(start, |sense| matches!(sense, Sense::Role(_) | Sense::Teller(_)));
    let end = run.end.min(start + if office { OFFICE } else { LONGEST });
    let goes_on = |at: usize| {
        window.tokens.is_word(at) || office && matches!(window.tokens.mark(at), Some('"' | '“' | '”'))
    };
    let colon = (start..end).find(|at| !goes_on(*at))?;
    // «• القوات الأزرقية: 12 مدنياً»: a row of figures is nobody's words.
    let figures =
        matches!(window.tokens.mark(run.start), Some('-' | '•')) && opens_a_count(window, colon + 1);
    (window.tokens.is_mark(colon, ':') && !figures).then_some(start)
}

/// Whether people that are counted begin at a token.
fn opens_a_count(window: &Window<'_>, at: usize) -> bool {
    window.within(&window.groups, &(at..at + 1), |group| &group.run).iter().any(|group| group.run.start == at)
}

/// «نهران (وكالة النهر) –»: the agency in the brackets of a dateline.
fn dateline(window: &Window<'_>, run: &Range<usize>) -> Option<usize> {
    const LONGEST: usize = 20;
    let mut head = run.start..run.end.min(run.start + LONGEST);
    let dash = head.find(|at| window.tokens.is_mark(*at, '-') && !window.tokens.is_glued(*at))?;
    let close = dash.checked_sub(1).filter(|at| window.tokens.is_mark(*at, ')'))?;
    (run.start..close).rev().find(|at| window.tokens.is_mark(*at, '(')).map(|open| open + 1)
}

/// «شبكة النهر الإخبارية» as a line of its own at the end of a text, tags after it: who issued it.
fn signature(window: &Window<'_>, run: &Range<usize>) -> Option<usize> {
    const LAST: usize = 4;
    let mut last = window.sentences.iter().rev().take(LAST);
    let sentence = last.find(|sentence| sentence.run == *run && sentence.opens_line && run.start > 0)?;
    let first = sentence.run.clone().find(|at| window.tokens.is_word(*at))?;
    let organisation = window.within(&window.organisations, run, |run| run).first()?;
    (organisation.start == first && organisation.end == run.end).then_some(first)
}

/// «د. سليم الوراق» and «المدير العام» on the last lines of a text: who signed it, and the office.
pub(super) fn signed(window: &Window<'_>, sentence: &Sentence) -> Option<Source> {
    const LAST: usize = 3;
    let last = window.sentences.len().saturating_sub(LAST);
    let at = window.sentences.partition_point(|other| other.run.start < sentence.run.start);
    let office = window.sentences.get(at + 1).filter(|next| at >= last && next.opens_line)?;
    let name = window.name_at(bearer_of_line(window, sentence))?;
    let kind = office.run.clone().take(2).find_map(|at| {
        window.tags.find(at, |sense| match sense {
            Sense::Role(kind) | Sense::Teller(kind) => Some(*kind),
            Sense::Title(_) => Some(SourceKind::OfficialStatement),
            _ => None,
        })
    });
    let alone = sentence.opens_line && name.run.end == sentence.run.end && name.run.len() > 1;
    kind.filter(|_| alone).map(|(kind, _)| Source {
        run: name.run.clone(),
        name: Some(name.full(&window.tokens)),
        kind,
        organisation: None,
        identification: Identification::Named,
        release: ReleaseLevel::NamedKeys,
    })
}

/// Where a line's first word stands that is no title, nor the dot of one.
fn bearer_of_line(window: &Window<'_>, line: &Sentence) -> usize {
    let title = |at: &usize| {
        window.tags.is(*at, |sense| matches!(sense, Sense::Title(_)))
            || window.tokens.is_on(Words::Abbreviation, *at)
            || window.tokens.is_mark(*at, '.')
    };
    line.run.start + line.run.clone().take_while(title).count()
}

/// Who begins at a token: a party, an organisation, or people of a role without a name.
fn speaker(window: &Window<'_>, at: usize, end: usize) -> Option<Source> {
    let here = at..at + 1;
    if let Some(actor) = window.within(&window.actors, &here, |actor| &actor.run).first() {
        return (actor.prefix == 0).then(|| party(window, &actor.run));
    }
    if let Some(organisation) = window.within(&window.organisations, &here, |run| run).first() {
        return Some(organised(window, organisation));
    }
    if !window.is_free(at) {
        return None;
    }
    institution(window, at, end).or_else(|| of_a_role(window, at, end))
}

/// «لجنة أهالي نهران» as the first line of a text: a body that is no organisation by its head.
pub(super) fn issuing_body(window: &Window<'_>, line: &Range<usize>) -> Option<Source> {
    let first = line.clone().find(|at| window.tokens.is_word(*at))?;
    let body = institution(window, first, line.end).filter(|body| body.run.len() > 1)?;
    (body.kind != SourceKind::PartyStatement).then_some(body)
}

/// «مديرية الصحة», «نقابة المسعفين», «المرصد»: a body by its noun and the words that go on with it; a noun alone has an
/// article, of what was named before or everybody knows.
fn institution(window: &Window<'_>, at: usize, end: usize) -> Option<Source> {
    let (kind, tag) = window.tags.find(at, |sense| match sense {
        Sense::Org(kind) | Sense::Institution(kind) => Some(*kind),
        _ => None,
    })?;
    let noun = at + usize::from(tag.length);
    let article = window.tokens.word(at).starts_with("ال");
    let phrase = noun..phrase_end(window, noun, end);
    // «اتهمت الوزارة كتائب القنديل»: no name without an article belongs to a noun that has one.
    let other = |at: &usize| article && begins_a_party_without_article(window, *at);
    let run = at..phrase.clone().find(other).unwrap_or(phrase.end);
    let named = run.len() > usize::from(tag.length) || article;
    named.then(|| Source {
        run: run.clone(),
        name: None,
        kind,
        organisation: Some(organisation_name(window, &run)),
        identification: Identification::Named,
        release: ReleaseLevel::Public,
    })
}

fn begins_a_party_without_article(window: &Window<'_>, at: usize) -> bool {
    let actors = window.within(&window.actors, &(at..at + 1), |actor| &actor.run);
    actors.iter().any(|actor| actor.run.start == at) && !window.tokens.word(at).starts_with("ال")
}

/// Where the words end that go on with a noun: at a mark, a particle, a verb, a name or a number.
fn phrase_end(window: &Window<'_>, from: usize, end: usize) -> usize {
    const LONGEST: usize = 4;
    let goes_on = |at: &usize| {
        let stops = |sense: &Sense| {
            matches!(
                sense,
                Sense::Common
                    | Sense::Says
                    | Sense::Claim
                    | Sense::Declare(_)
                    | Sense::Harm(..)
                    | Sense::Strike
                    | Sense::Targeting
                    | Sense::Cause
                    | Sense::Break
                    | Sense::Link(_)
            )
        };
        window.tokens.is_arabic(*at)
            && window.tokens.get(*at).is_some_and(|token| token.lines == 0)
            && !matches!(window.owner(*at), Owner::Person | Owner::Time)
            && !window.tags.at(*at).iter().any(|tag| stops(tag.sense) && tag.prefix == 0)
            && !is_clause(window, *at)
    };
    (from..end.min(from + LONGEST)).take_while(goes_on).last().map_or(from, |last| last + 1)
}

/// «المرصد بسقوط قتلى», «الوكالة فإن», «الشرطة وعناصر», «التابعة»: what is said, or somebody else, begins.
fn is_clause(window: &Window<'_>, at: usize) -> bool {
    let word = window.tokens.word(at);
    let joined = word.starts_with(['و', 'ف', 'ب'])
        && window.tags.at(at).iter().any(|tag| tag.prefix > 0 && !tag.article);
    let of_action = word.strip_prefix('ب').is_some_and(word_forms::looks_derived);
    // «مكتب الصحة بالمحافظة»: where it is.
    let located = word.starts_with("بال");
    joined
        || located
        || of_action
        || Words::AfterAPlace.has(word)
        || matches!(word, "ل" | "ب")
        || matches!(word, "قوله" | "قولها" | "قولهم" | "تاكيده" | "تاكيدها")
        || matches!(word, "و" | "ان" | "انو" | "انه" | "انها" | "بان" | "بانه" | "بانها" | "فان" | "بذلك")
}

/// «مصادر محلية», «ناشطون في البلدة»: whoever has a role; «مدير المشفى الميداني سليم الوراق» by name, «المتحدث باسم
/// القوات الأزرقية» for a party.
fn of_a_role(window: &Window<'_>, at: usize, end: usize) -> Option<Source> {
    let (kind, tag) = window.tags.find(at, |sense| match sense {
        Sense::Role(kind) | Sense::Teller(kind) => Some(*kind),
        _ => None,
    })?;
    let mut last = at + usize::from(tag.length);
    // A role before a name is the named one's: «قال الناشط سليم الوراق».
    if matches!(window.owner(last), Owner::Person | Owner::Organisation) {
        return None;
    }
    let office = usize::from(window.tokens.word(last) == "باسم");
    let phrase = phrase_end(window, last + office, end);
    let spokesman = office > 0 || window.tokens.word(last - 1) == "باسم";
    let whose = window.within(&window.actors, &(last + office..phrase), |actor| &actor.run).first();
    if let Some(name) = window.name_at(bearer(window, phrase)).filter(|_| phrase > last) {
        let party = whose.filter(|_| spokesman);
        return Some(Source {
            run: at..name.run.end,
            name: Some(name.full(&window.tokens)),
            kind: if party.is_some() { SourceKind::PartyStatement } else { kind },
            organisation: party.map(|actor| window.tokens.quote(&actor.run).to_owned()),
            identification: Identification::Named,
            release: ReleaseLevel::NamedKeys,
        });
    }
    if let Some(actor) = whose.filter(|_| spokesman) {
        return Some(Source { run: at..phrase, ..party(window, &actor.run) });
    }
    let body = last + office..phrase;
    if spokesman && !body.is_empty() {
        let arms = matches!(window.tokens.word(body.start), "القوات" | "الجيش" | "القياده" | "قياده" | "سلاح");
        return Some(Source {
            run: at..phrase,
            name: None,
            kind: if arms { SourceKind::PartyStatement } else { kind },
            organisation: Some(window.tokens.quote(&body).to_owned()),
            identification: Identification::UnnamedWithRole,
            release: ReleaseLevel::Public,
        });
    }
    if is_told_of_again(window, at) {
        return None;
    }
    // «مصدر في مديرية الصحة», «مدير مستشفى نهران»
    let of = matches!(window.tokens.word(last), "في" | "من" | "لدي" | "داخل");
    let heads = matches!(window.tokens.word(last - 1), "مدير" | "مديره" | "رييس" | "ادارة");
    let inside = (of || heads).then(|| institution(window, last + usize::from(of), end)).flatten();
    if let Some(inside) = &inside {
        last = inside.run.end;
    } else if window.tokens.word(last) == "في" && window.owner(last + 1) == Owner::Place {
        last = (last + 1..end).find(|at| window.owner(*at) != Owner::Place).unwrap_or(end);
    }
    let public = matches!(kind, SourceKind::OfficialStatement | SourceKind::PartyStatement);
    Some(Source {
        run: at..last,
        name: None,
        kind,
        // «طبيب في المشفى»: no name of one.
        organisation: inside.filter(|inside| inside.run.len() > 1).and_then(|inside| inside.organisation),
        identification: Identification::UnnamedWithRole,
        release: if public { ReleaseLevel::Public } else { ReleaseLevel::NamedKeys },
    })
}

/// «رئيس الجمعية الزراعية، سليم الوراق،»: whoever heads an organisation, by name.
pub(super) fn headed_by(window: &Window<'_>, organisation: &Range<usize>) -> Option<Source> {
    const PLACE: usize = 4;
    let head = organisation.start.checked_sub(1)?;
    let word = window.tokens.word(head);
    let heads = word == "باسم" || Words::GoverningTitle.has(word.strip_prefix('و').unwrap_or(word));
    // «المتحدث باسم الدفاع المدني في نهران، سليم الوراق»
    let placed = super::place_after(window, organisation.end, organisation.end + PLACE);
    let at = bearer(window, placed);
    let name = window.name_at(at).filter(|_| heads && at > placed)?;
    let name_in_full = Some(name.full(&window.tokens));
    Some(Source {
        run: head..name.run.end,
        name: name_in_full,
        identification: Identification::Named,
        release: ReleaseLevel::NamedKeys,
        ..organised(window, organisation)
    })
}

/// «رئيس الجمعية، سليم الوراق،», «المتحدث باسم الجبهة، العقيد سليم الوراق»: where the name of whoever has an office begins.
fn bearer(window: &Window<'_>, at: usize) -> usize {
    const TITLES: usize = 3;
    if !window.tokens.is_mark(at, ',') {
        return at;
    }
    let title = |at: &usize| window.tags.is(*at, |sense| matches!(sense, Sense::Title(_)));
    at + 1 + (at + 1..=at + TITLES).take_while(title).count()
}

/// «وأوضح المصدر» after «مصدر طبي»: whoever was told of before, and no source of its own.
fn is_told_of_again(window: &Window<'_>, at: usize) -> bool {
    let one = match window.tokens.word(at) {
        "المصدر" => "مصدر",
        "المصادر" => "مصادر",
        _ => return false,
    };
    let alone = window.tags.at(at).iter().all(|tag| tag.length == 1);
    alone && (0..at).rev().any(|before| window.tokens.word(before) == one)
}
