//! A text cut into paragraphs, tables and lists of labelled numbers.

use std::ops::Range;

/// A stretch of text in code points.
pub(crate) type Place = Range<usize>;

/// One part of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// Running text, its soft line breaks within.
    Paragraph(Place),
    /// Rows of cells.
    Table(Vec<Vec<Place>>),
    /// Items of a list, a line each, without their bullets.
    List(Vec<Place>),
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Blank,
    Cells(char),
    Rule,
    Item,
    /// "Families registered on 1 June: 1,240": a label and its number, without a bullet.
    Figure,
    Heading,
    Words,
}

/// The most letters of a line whose cells spaces part.
const ALIGNED: usize = 140;

/// Lines shorter than this are whole lines rather than wrapped ones.
const WRAPPED: usize = 50;

/// The blocks of a text, in order.
pub(crate) fn blocks(letters: &[char]) -> Vec<Block> {
    let mut list: Vec<Block> = Vec::new();
    let mut joins = false;
    for line in lines(letters) {
        let shape = shape(letters, &line);
        match shape {
            Shape::Cells(sign) => {
                let cells = cells(letters, &line, sign);
                match list.last_mut() {
                    Some(Block::Table(rows)) if joins => rows.push(cells),
                    _ => list.push(Block::Table(vec![cells])),
                }
            }
            Shape::Rule => continue,
            Shape::Item | Shape::Figure => match list.last_mut() {
                Some(Block::List(items)) => items.push(line.clone()),
                _ => list.push(Block::List(vec![line.clone()])),
            },
            Shape::Words => match list.last_mut() {
                Some(Block::Paragraph(place)) if joins && wraps(letters, place) => place.end = line.end,
                _ => list.push(Block::Paragraph(line.clone())),
            },
            Shape::Heading => list.push(Block::Paragraph(line.clone())),
            Shape::Blank => {}
        }
        joins = !matches!(shape, Shape::Blank | Shape::Heading);
    }
    list.into_iter().map(|block| plain(letters, block)).collect()
}

/// A table of one row, or of one column, is no table, and one item no list: "* Not verified" is a note.
fn plain(letters: &[char], block: Block) -> Block {
    match block {
        Block::List(items) if items.len() < 2 => Block::Paragraph(items[0].clone()),
        Block::List(items) => {
            let is_item = |line: &Place| shape(letters, line) == Shape::Item;
            let item = |line| if is_item(&line) { without_bullet(letters, line) } else { line };
            Block::List(items.into_iter().map(item).collect())
        }
        Block::Table(rows) if rows.len() < 2 => {
            let cells = || rows.iter().flatten();
            let start = cells().map(|cell| cell.start).min().unwrap_or(0);
            let end = cells().map(|cell| cell.end).max().unwrap_or(start);
            Block::Paragraph(start..end)
        }
        other => other,
    }
}

fn lines(letters: &[char]) -> Vec<Place> {
    let mut list = Vec::new();
    let mut start = 0;
    for (at, letter) in letters.iter().enumerate() {
        if *letter == '\n' {
            list.push(start..at);
            start = at + 1;
        }
    }
    list.push(start..letters.len());
    list
}

fn shape(letters: &[char], line: &Place) -> Shape {
    let words = &letters[line.clone()];
    let Some(first) = words.iter().position(|letter| !letter.is_whitespace()) else { return Shape::Blank };
    let words = &words[first..];
    let bars = words.iter().filter(|letter| **letter == '|').count();
    if bars > 0 && words.iter().all(|letter| matches!(letter, '|' | '-' | ':' | ' ' | '\r' | '\t')) {
        return Shape::Rule;
    }
    if bars >= 2 || (bars == 1 && words[0] != '|') {
        return Shape::Cells('|');
    }
    if words.contains(&'\t') {
        return Shape::Cells('\t');
    }
    if is_aligned(words) {
        return Shape::Cells(' ');
    }
    if words[0] == '#' {
        return Shape::Heading;
    }
    let after = words.get(1).copied();
    let bullet = matches!(words[0], '-' | '*' | '•' | '–' | '—' | '▪' | '◦') && after == Some(' ');
    let digits = words.iter().take_while(|letter| letter.is_numeric()).count();
    let numbered = (1..=2).contains(&digits)
        && matches!(words.get(digits), Some('.' | ')'))
        && words.get(digits + 1) == Some(&' ');
    match () {
        () if bullet || numbered => Shape::Item,
        () if is_figure(words) => Shape::Figure,
        () => Shape::Words,
    }
}

/// Whether a line is cells that two spaces or more part, of which one at least is a number.
fn is_aligned(words: &[char]) -> bool {
    let gaps = words.windows(3).filter(|three| three[0] != ' ' && three[1] == ' ' && three[2] == ' ').count();
    let ended = |two: &[char]| matches!(two[0], '.' | '?' | '!' | ':' | ',') && two[1] == ' ';
    let double = words.windows(3).any(|three| ended(&three[..2]) && three[2] == ' ');
    gaps > 0 && !double && words.len() <= ALIGNED
}

/// Whether a short line is a label, a colon and a number with at most a word after it.
fn is_figure(words: &[char]) -> bool {
    let Some(colon) = words.iter().rposition(|letter| *letter == ':') else { return false };
    let value = trimmed(words, colon + 1..words.len());
    let rest = words[value.clone()].split(|letter| letter.is_whitespace()).count();
    let number = words.get(value.start).is_some_and(|letter| letter.is_numeric()) && words[colon + 1] == ' ';
    words.len() <= WRAPPED * 2 && number && rest <= 2 && words[value.end - 1] != '.'
}

/// Whether a paragraph goes on in the next line: its last line is long and no sentence ends there.
fn wraps(letters: &[char], place: &Place) -> bool {
    let paragraph = &letters[place.clone()];
    let last = paragraph.iter().rposition(|letter| *letter == '\n').map_or(0, |at| at + 1);
    let end = paragraph.iter().rev().find(|letter| !letter.is_whitespace());
    paragraph.len() - last >= WRAPPED || end.is_some_and(|letter| matches!(letter, ',' | '،'))
}

/// The cells of a row, trimmed; the empty ones before and after a row's outer bars are none.
fn cells(letters: &[char], line: &Place, sign: char) -> Vec<Place> {
    let mut list = Vec::new();
    let mut start = line.start;
    for at in line.clone().chain([line.end]) {
        // Cells that spaces part have two between them.
        let parts =
            at == line.end || letters[at] == sign && (sign != ' ' || letters.get(at + 1) == Some(&' '));
        if parts {
            list.push(trimmed(letters, start..at));
            start = at + 1;
        }
    }
    if sign == ' ' {
        list.retain(|cell| !cell.is_empty());
    }
    if sign == '|' {
        if list.first().is_some_and(Range::is_empty) {
            list.remove(0);
        }
        if list.last().is_some_and(Range::is_empty) {
            list.pop();
        }
    }
    list
}

/// A stretch without spaces and Markdown's marks of emphasis around it.
pub(crate) fn trimmed(letters: &[char], place: Place) -> Place {
    let loose = |letter: char| letter.is_whitespace() || matches!(letter, '*' | '_' | '`');
    let (mut start, mut end) = (place.start, place.end);
    while start < end && loose(letters[start]) {
        start += 1;
    }
    while end > start && loose(letters[end - 1]) {
        end -= 1;
    }
    start..end
}

/// A list item without its bullet or number, which ends at a space.
fn without_bullet(letters: &[char], item: Place) -> Place {
    let is_space = |at: &usize| letters[*at].is_whitespace();
    let bullet = item.clone().find(|at| !is_space(at)).unwrap_or(item.end);
    let end = (bullet..item.end).find(is_space).unwrap_or(item.end);
    trimmed(letters, end..item.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_tables_and_lists() {
        let text =
            "Killed by town:\n\n| Town | Killed |\n|---|---|\n| Marj | 12 |\n\n- Marj: 12\n- Sahl: 9\n\nEnd.";
        let letters: Vec<char> = text.chars().collect();
        let kinds: Vec<&str> = blocks(&letters)
            .iter()
            .map(|block| match block {
                Block::Paragraph(_) => "paragraph",
                Block::Table(rows) if rows.len() == 2 && rows[0].len() == 2 => "table",
                Block::Table(_) => "other table",
                Block::List(items) if items.len() == 2 => "list",
                Block::List(_) => "other list",
            })
            .collect();
        assert_eq!(kinds, ["paragraph", "table", "list", "paragraph"]);
    }
}
