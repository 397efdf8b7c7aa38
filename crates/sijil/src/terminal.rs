//! What goes to standard output and standard error. A reader that stops reading is no error.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

pub use sijil_model::units::counted;

/// Prints one line to standard output; a closed pipe ends the program as a success.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{}", tame(line))
        && error.kind() == std::io::ErrorKind::BrokenPipe
    {
        std::process::exit(0);
    }
}

/// Prints a value as one line of JSON, written while it is made; a closed pipe ends the program as a success.
///
/// # Errors
/// A value that has no JSON, and those of the output.
pub fn say_json(value: &impl serde::Serialize) -> serde_json::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = serde_json::to_writer(&mut out, value)
        .and_then(|()| writeln!(out).and_then(|()| out.flush()).map_err(serde_json::Error::io));
    match written {
        Err(error) if error.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe) => std::process::exit(0),
        written => written,
    }
}

/// Prints one line to standard error.
pub fn complain(line: &str) {
    // Nobody is left to be told if even this cannot be written.
    let _ = writeln!(std::io::stderr().lock(), "{}", tame(line));
}

/// A line without what a terminal would obey: names of files may hold escape sequences. Breaks and tabs stay.
fn tame(line: &str) -> Cow<'_, str> {
    let obeyed = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    if !line.contains(obeyed) {
        return Cow::Borrowed(line);
    }
    let shown = |letter: char| {
        if obeyed(letter) { format!("\\u{{{:x}}}", u32::from(letter)) } else { letter.to_string() }
    };
    line.chars().map(shown).collect::<String>().into()
}

/// A progress bar on a terminal; nothing anywhere else.
pub fn progress(length: u64, what: &str) -> indicatif::ProgressBar {
    if !std::io::stderr().is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let style = indicatif::ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {elapsed}")
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
    let bar = indicatif::ProgressBar::new(length).with_style(style).with_message(what.to_owned());
    // One long file moves no bar for minutes; the time that has passed says that work goes on.
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    bar
}

/// Prints rows with aligned columns, the last one as long as it is.
pub fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let pad = widths[at].saturating_sub(cell.chars().count());
            if at + 1 == row.len() { cell.clone() } else { format!("{cell}{}", " ".repeat(pad)) }
        });
        say(&cells.collect::<Vec<_>>().join("  "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing_that_it_obeys() {
        assert_eq!(tame("a\u{1b}[2Jb\u{9b}\tc\n"), "a\\u{1b}[2Jb\\u{9b}\tc\n");
        assert!(matches!(tame("قائمة.csv"), Cow::Borrowed(_)));
    }
}
