//! `sijil place import SOURCE… --out FILE`: files and folders of downloaded sources become one gazetteer file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sijil_place::import::{FileRead, Imported, Note};
use sijil_place::{Import, PlaceError};

use crate::arguments::Place;
use crate::failure::{Failure, Outcome, file, write_whole};
use crate::terminal::{complain, counted, progress, say};

pub fn run(place: &Place) -> Outcome {
    let (Some(out), [_, sources @ ..]) = (&place.out, place.text.as_slice()) else {
        return Err(Failure::Usage("write `sijil place import SOURCE… --out FILE`".into()));
    };
    if sources.is_empty() {
        return Err(Failure::Usage("name the files or folders to import, before --out".into()));
    }
    let mut paths = Vec::new();
    for source in sources {
        add_paths(Path::new(source), &mut paths)?;
    }
    // Records of Who's On First come in hundreds of thousands of files: their order must not depend on the disk.
    paths.sort();
    paths.dedup();
    let (mut import, mut unreadable) = (Import::default(), 0);
    let bar = progress(paths.len() as u64, "reading");
    for path in &paths {
        if let Err(error) = add(&mut import, path) {
            complain(&format!("{}: {}", path.display(), error.message()));
            unreadable += 1;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let imported = import.finish().map_err(refused)?;
    tell_files(&imported);
    if imported.places == 0 {
        return Err(Failure::Refused(format!(
            "no places were found in {}; name GeoNames dumps, Who's On First, COD-AB or a table with a name, lat and lon",
            counted(paths.len(), "file")
        )));
    }
    write_whole(out, &imported.bytes)?;
    if let Some(report) = &place.report {
        write_whole(report, table_of(&imported).as_bytes())?;
    }
    tell(out, &imported, place.report.is_some());
    if unreadable == 0 && imported.notes.iter().all(|note| !note.refused) {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn refused(error: PlaceError) -> Failure {
    Failure::Refused(error.to_string())
}

fn add_paths(path: &Path, paths: &mut Vec<PathBuf>) -> Outcome {
    if !path.is_dir() {
        paths.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(|cause| file(path, &cause))? {
        add_paths(&entry.map_err(|cause| file(path, &cause))?.path(), paths)?;
    }
    Ok(())
}

fn add(import: &mut Import, path: &Path) -> Outcome {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| file(path, &cause))?;
    // A workbook is a ZIP; everything else is told by the import itself.
    if !bytes.starts_with(b"PK") {
        return import.add(&name, &bytes).map_err(refused);
    }
    let options = sijil_read::Options::default();
    let reading = sijil_read::read(&name, sijil_read::Source::Bytes(bytes), &options)
        .map_err(|error| Failure::Refused(error.to_string()))?;
    let sijil_read::Content::Tables(tables) = reading.content else {
        return Err(Failure::Refused("it holds no table; unpack it first".into()));
    };
    for (number, table) in tables.iter().enumerate() {
        let mut rows = vec![table.columns.iter().map(|column| column.header.clone()).collect::<Vec<_>>()];
        rows.extend(table.rows().map(|row| row.cells().map(str::to_owned).collect()));
        import.add_rows(&format!("{name}, sheet {}", number + 1), &rows);
    }
    Ok(())
}

/// What each file is, and which of its rows were left out.
fn tell_files(imported: &Imported) {
    for FileRead { name, format, rows, taken } in &imported.files {
        match format {
            Some(format) => {
                complain(&format!("{name}: {}, {}, {taken} taken", format.label(), counted(*rows, "row")))
            }
            None => complain(&format!("{name}: holds no places")),
        }
    }
    for note in imported.notes.iter().filter(|note| note.refused) {
        let about = if note.about.is_empty() { String::new() } else { format!(" ({})", note.about) };
        complain(&format!("{} row {} was left out: {}{about}", note.file, note.row, note.cause));
    }
}

fn tell(out: &Path, imported: &Imported, is_reported: bool) {
    let mut causes: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in imported.notes.iter().filter(|note| !note.refused) {
        causes.entry(&note.cause).or_default().push(note);
    }
    for (cause, notes) in causes {
        let first = notes[0];
        complain(&format!(
            "{}: {cause} (the first: {} row {})",
            counted(notes.len(), "row"),
            first.file,
            first.row
        ));
    }
    let mut whys: BTreeMap<&str, usize> = BTreeMap::new();
    for merged in &imported.merged {
        *whys.entry(merged.why.split(',').next().unwrap_or_default()).or_default() += 1;
    }
    for (why, count) in whys {
        complain(&format!("{} merged out of several records: {why}", counted(count, "place")));
    }
    let has_remarks = !imported.notes.is_empty() || !imported.merged.is_empty();
    if has_remarks && !is_reported {
        complain("each row and each merged place: --report FILE.csv");
    }
    let refused = imported.notes.iter().filter(|note| note.refused).count();
    say(&format!(
        "{}: {}, {} merged, {} refused, {}",
        out.display(),
        counted(imported.places, "place"),
        imported.merged.len(),
        counted(refused, "row"),
        counted(imported.bytes.len(), "byte")
    ));
}

/// Everything that was left out, taken otherwise than it stands, or merged, as CSV.
fn table_of(imported: &Imported) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut row = |cells: [&str; 5]| {
        // Writing to memory does not fail.
        let _ = table.write_record(cells);
    };
    row(["what", "file", "row", "about", "why"]);
    for note in &imported.notes {
        let what = if note.refused { "left out" } else { "taken, with a note" };
        row([what, &note.file, &note.row.to_string(), &note.about, &note.cause]);
    }
    for merged in &imported.merged {
        row(["merged", "", "", &format!("{} = {}", merged.id, merged.from.join(" = ")), &merged.why]);
    }
    String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
}
