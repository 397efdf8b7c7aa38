//! The arithmetic of a text: every block read once, every rule asked, every finding said once.

use sijil_model::fold::digit;

use crate::blocks::{Block, Place, blocks};
use crate::draft::Draft;
use crate::finding::{Finding, Kind};
use crate::passage::Passage;
use crate::retellings::{self, Stretch};
use crate::{beside, changes, claims, derived, exceptions, factors, grid, rates, shares, sums, tables, ties};

/// Everything in a text that its own numbers contradict, in the order of the text.
///
/// Spans are code points into `text`. What may be right by rounding, by an open end ("at least", على الأقل), by
/// classes that overlap or by another denominator is not reported.
pub fn check(text: &str) -> Vec<Finding> {
    let letters: Vec<char> = text.chars().collect();
    let blocks = blocks(&letters);
    let mut drafts = Vec::new();
    // Paragraphs and items, to be held against each other.
    let mut stretches = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph(place) if is_debris(&letters, place) => {}
            Block::Paragraph(place) => {
                let own = passage(&letters, place);
                let over = at.checked_sub(1).and_then(|at| blocks.get(at)).and_then(place_of);
                let mut said = paragraph(&own);
                if let Some(over) = over.filter(|_| said.iter().any(|draft| draft.kind == Kind::Percentage)) {
                    let over = passage(&letters, &over);
                    said.retain(|draft| !derived::one_whole::is_of_one_above(&over, &own, draft));
                }
                drafts.extend(said);
                stretches.push(Stretch { passage: own, short: is_title(&letters, place) });
                if let Some(above) = noted(&letters, &blocks, at) {
                    drafts.extend(derived::noted(&passage(&letters, &(above.start..place.end))));
                }
                let above = at.checked_sub(1).and_then(|at| blocks.get(at)).and_then(place_of);
                if let Some(above) = above.filter(|above| !is_heading(&letters, above)) {
                    // What the paragraph above says is weighed by what is above it.
                    let both = passage(&letters, &(above.start..place.end));
                    let said = derived::continued(&both, start_of(&both, place.start)).into_iter();
                    let own = said.filter(|draft| draft.points.end as usize > place.start);
                    drafts.extend(own.filter(|draft| is_sound(&both, draft) && ties::hold(&both, draft)));
                }
                // A heading speaks of the numbers below it.
                if let (true, Some(Block::Paragraph(below))) =
                    (is_heading(&letters, place), blocks.get(at + 1))
                {
                    let both = passage(&letters, &(place.start..below.end));
                    let said = derived::headed(&both, start_of(&both, below.start)).into_iter();
                    drafts.extend(said.filter(|draft| is_sound(&both, draft)));
                }
            }
            Block::Table(rows) => {
                let grid = grid::of_table(&letters, rows);
                drafts.extend(table(&letters, &blocks, at, &grid));
            }
            Block::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    // What an item concludes may rest on the one above it.
                    let start = items[at.saturating_sub(1)].start;
                    let above = passage(&letters, &(start..item.end));
                    let own = passage(&letters, item);
                    drafts.extend(
                        paragraph(&own).into_iter().filter(|draft| !derived::is_explained(&above, draft)),
                    );
                    stretches.push(Stretch { passage: own, short: true });
                }
                drafts.extend(items.iter().flat_map(|item| follows_from_list(&letters, items, item)));
                drafts.extend(shares_of_one(&letters, &blocks, at, items));
                match grid::of_list(&letters, items) {
                    Some(grid) => {
                        let mut found = table(&letters, &blocks, at, &grid);
                        if !found.is_empty() {
                            let list = passage(&letters, &(items[0].start..items[items.len() - 1].end));
                            found.retain(|draft| !derived::one_whole::leaves_some(&list, draft.stated));
                        }
                        drafts.extend(found);
                    }
                    None => drafts.extend(number_of_items(&letters, &blocks, at, items.len())),
                }
            }
        }
    }
    drafts.extend(retellings::check(&stretches));
    said_once(drafts).into_iter().map(|draft| draft.of(&letters)).collect()
}

/// A number as a text tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Code points of the number with its hedge, half-open.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The least that it may stand for.
    pub low: u64,
    /// The most; none where it is open above.
    pub high: Option<u64>,
    /// Whether it is said to be about right.
    pub approximate: bool,
}

/// The first count of a text with its hedge, before or after it: "at least 61", «61 على الأقل»; none where there is none, or no
/// number in it.
pub fn first_number(text: &str) -> Option<Told> {
    let passage = Passage::read(text, 0);
    let (_, number) = passage.counts(0..passage.atoms.len()).into_iter().next()?;
    let bounds = number.bounds;
    let whole = bounds.low.fract() == 0.0 && !number.is_vague();
    let approximate = bounds.low > 0.0 && bounds.low < number.stated;
    let (low, high) = if approximate { (number.stated, number.stated) } else { (bounds.low, bounds.high) };
    (whole || approximate).then(|| Told {
        start: number.points.start,
        end: number.points.end,
        low: low as u64,
        high: high.is_finite().then_some(high as u64),
        approximate,
    })
}

/// The line of symbols that the rules read, for whoever writes rules.
#[doc(hidden)]
pub fn symbols(text: &str) -> String {
    Passage::read(text, 0).line
}

fn passage(letters: &[char], place: &Place) -> Passage {
    let text: String = letters[place.clone()].iter().collect();
    Passage::read(&text, place.start as u32)
}

/// The first symbol of a passage that starts at a letter or after it.
fn start_of(passage: &Passage, letter: usize) -> usize {
    passage.atoms.partition_point(|atom| (atom.points.start as usize) < letter)
}

/// Two items of a list as one passage, without those between.
fn passage_of(letters: &[char], first: &Place, item: &Place) -> Passage {
    let between = std::iter::repeat_n(&' ', item.start - first.end);
    let text = letters[first.clone()].iter().chain(between).chain(&letters[item.clone()]).collect::<String>();
    Passage::read(&text, first.start as u32)
}

fn paragraph(passage: &Passage) -> Vec<Draft> {
    let mut drafts = shares::remainders(passage);
    drafts.extend(shares::exhaustive(passage));
    drafts.extend(derived::exclusive_shares(passage));
    drafts.extend(sums::check(passage));
    drafts.extend(changes::check(passage));
    drafts.extend(factors::check(passage));
    drafts.extend(rates::check(passage));
    drafts.extend(exceptions::check(passage));
    drafts.extend(derived::check(passage));
    drafts.retain(|draft| is_sound(passage, draft) && ties::hold(passage, draft));
    drafts
}

/// Whether a finding says two different numbers, and the passage does not explain the one that it says is wrong.
fn is_sound(passage: &Passage, draft: &Draft) -> bool {
    draft.may_be_of_one_thing() && !derived::is_excused(passage, draft)
}

/// An item of a list that is a mean or a remainder, against the items before it: "Killed: 120", "Days: 30", "Average: 4 a
/// day".
fn follows_from_list(letters: &[char], items: &[Place], item: &Place) -> Vec<Draft> {
    let own = passage(letters, item);
    let says = |symbol: &str| own.line.split(' ').any(|word| word == symbol);
    let Some(first) = items.first() else { return Vec::new() };
    if (says("per") || says("every")) && !says("avg") && item.start > first.start {
        let mut drafts = derived::rated(&passage_of(letters, first, item));
        // "Households: 240", "People: 1,440", "People per household: 8".
        if drafts.is_empty() && items.get(2).is_some_and(|third| third == item) {
            drafts = derived::rated(&passage(letters, &(first.start..item.end)));
        }
        drafts.retain(|draft| item.contains(&(draft.points.end as usize - 1)));
        return drafts;
    }
    if !says("avg") && !says("rest") {
        let above = items.iter().take_while(|other| other.start < item.start).last();
        let rests = says("R") || says("them") && says("P");
        let Some(above) = above.filter(|_| rests) else { return Vec::new() };
        let mut drafts = derived::resting(&passage(letters, &(above.start..item.end)));
        drafts.retain(|draft| item.contains(&(draft.points.end as usize - 1)));
        return drafts;
    }
    let list = passage(letters, &(first.start..item.end));
    let mut drafts = if says("avg") { rates::check(&list) } else { derived::noted(&list) };
    drafts.extend(derived::rated(&list).into_iter().filter(|_| says("avg")));
    drafts.retain(|draft| item.contains(&(draft.points.end as usize - 1)));
    drafts
}

/// Shares in a list of one whole, which its first item or the paragraph above it tells.
fn shares_of_one(letters: &[char], blocks: &[Block], at: usize, items: &[Place]) -> Vec<Draft> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
    let start = match at.checked_sub(1).and_then(|at| blocks.get(at)) {
        Some(Block::Paragraph(above)) => above.start,
        _ => first.start,
    };
    let has_share = |item: &&Place| passage(letters, item).line.split(' ').any(|word| word == "P");
    let lists = items.iter().skip(1).filter(has_share).map(|item| {
        let list = passage(letters, &(first.start..item.end));
        (item.start, list)
    });
    let of_first = lists
        .take_while(|(_, list)| !derived::has_too_many(list))
        .filter_map(|(item, list)| derived::one_whole::of_first(&list, start_of(&list, item)));
    let all = passage(letters, &(start..last.end));
    let of_one = if derived::has_too_many(&all) { None } else { derived::one_whole::check(&all) };
    of_first.chain(of_one).collect()
}

/// How many items the paragraph above a list says that it has.
fn number_of_items(letters: &[char], blocks: &[Block], at: usize, items: usize) -> Option<Draft> {
    match at.checked_sub(1).and_then(|at| blocks.get(at))? {
        Block::Paragraph(above) => derived::names_headed(&passage(letters, above), items),
        _ => None,
    }
}

/// What a table says wrongly, and the paragraphs beside it of the table; nothing that they excuse.
fn table(letters: &[char], blocks: &[Block], at: usize, grid: &grid::Grid) -> Vec<Draft> {
    let paragraph_at = |at: Option<usize>| match at.and_then(|at| blocks.get(at)) {
        Some(Block::Paragraph(place)) => Some((place, passage(letters, place))),
        _ => None,
    };
    let (above, below) = (paragraph_at(at.checked_sub(1)), paragraph_at(Some(at + 1)));
    let excused = |said: &Option<(&Place, Passage)>, draft: &Draft| {
        said.as_ref().is_some_and(|(_, said)| derived::is_excused(said, draft))
    };
    let mut drafts = tables::check(grid);
    drafts.retain(|draft| !excused(&above, draft) && !excused(&below, draft));
    let beside = |said: &Option<(&Place, Passage)>, leads| {
        let (place, said) = said.as_ref()?;
        let leads_on = leads && beside::leads_to_some(said);
        (!is_note(letters, place) && !leads_on).then(|| beside::total(said, grid, leads)).flatten()
    };
    let led = || {
        let (_, said) = above.as_ref()?;
        beside::led_by(said, grid).filter(|_| !beside::leads_to_some(said))
    };
    drafts.extend(below.as_ref().and_then(|(_, said)| beside::mean_beside(said, grid)));
    let led = led().or_else(|| beside(&above, true)).filter(|draft| !excused(&above, draft));
    let found = led.or_else(|| beside(&below, false).filter(|draft| !excused(&below, draft)));
    drafts.extend(found);
    for (_, said) in above.iter().chain(&below) {
        drafts.extend(beside::column_named_in(said, grid));
        drafts.extend(beside::columns_named_in(said, grid));
        drafts.extend(claims::check(said, grid));
    }
    drafts
}

/// Whether a paragraph is what is left of a page: digits written onto words, as in "Comments37w1View".
fn is_debris(letters: &[char], place: &Place) -> bool {
    // "At 14h, 16h and 18h" is prose.
    let written = |three: &&[char]| {
        three[0].is_ascii_digit()
            && matches!(three[1], 'w' | 'd' | 'h' | 'y' | 'V')
            && three[2].is_alphanumeric()
    };
    letters[place.clone()].windows(3).filter(written).count() >= DEBRIS
}

/// How many digits must be written onto words before a paragraph is read as no prose.
const DEBRIS: usize = 3;

/// How far above a note its paragraph may stand.
const NOTES: usize = 12;

/// The paragraph that a note belongs to: the last one above it that is no note itself and has a number.
fn noted<'b>(letters: &[char], blocks: &'b [Block], at: usize) -> Option<&'b Place> {
    let Block::Paragraph(note) = &blocks[at] else { return None };
    if !is_note(letters, note) && letters[note.start] != '(' {
        return None;
    }
    let numbered = |place: &&Place| letters[(*place).clone()].iter().any(|letter| digit(*letter).is_some());
    let above = blocks[..at].iter().rev().filter_map(|block| match block {
        Block::Paragraph(place) => Some(place),
        _ => None,
    });
    above.take(NOTES).filter(numbered).find(|place| !is_note(letters, place))
}

/// Where a paragraph or a whole list stands.
fn place_of(block: &Block) -> Option<Place> {
    match block {
        Block::Paragraph(place) => Some(place.clone()),
        Block::List(items) => Some(items.first()?.start..items.last()?.end),
        Block::Table(_) => None,
    }
}

/// Whether a paragraph is a heading: one line that no mark ends, as in "Blast at a mill kills 34".
fn is_heading(letters: &[char], place: &Place) -> bool {
    is_title(letters, place) && !letters[place.clone()].contains(&':')
}

/// The same, or with a colon in it: "Fire in Dorran: 52 dead".
fn is_title(letters: &[char], place: &Place) -> bool {
    let line = &letters[place.clone()];
    let ends = line.last().is_some_and(|last| last.is_alphanumeric());
    ends && !line.contains(&'\n') && line.iter().any(|letter| letter.is_alphabetic())
}

/// Whether a paragraph is the note to a mark in a table: "* without two raids …", "(1) Not verified".
fn is_note(letters: &[char], place: &Place) -> bool {
    let mut first = letters[place.clone()].iter().skip_while(|letter| matches!(letter, '\\' | ' '));
    match first.next() {
        Some('(') => {
            let number = first.clone().take_while(|letter| digit(**letter).is_some()).count();
            matches!(number, 1 | 2) && first.nth(number) == Some(&')')
        }
        Some(mark) => matches!(mark, '*' | '†' | '‡' | '§' | '[' | '¹' | '²'),
        None => false,
    }
}

/// One finding for each stated number and kind, in the order of the text.
fn said_once(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|one, two| {
        (one.points.start, one.points.end, one.kind).cmp(&(two.points.start, two.points.end, two.kind))
    });
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        let known = kept.iter().any(|other| {
            other.points.start < draft.points.end
                && draft.points.start < other.points.end
                && other.stated == draft.stated
        });
        if !known {
            kept.push(draft);
        }
    }
    kept
}
