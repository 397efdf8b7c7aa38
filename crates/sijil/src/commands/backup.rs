//! `sijil backup` and `restore`: the whole register in one file, and back. The view is left out: it is made again.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use sijil_archive::VerifyOptions;
use zip::write::SimpleFileOptions;

use crate::arguments::{Arguments, Backup, Restore};
use crate::failure::{Failure, Outcome, file};
use crate::kept_here;
use crate::session::{folder, passphrase_for};
use crate::terminal::{counted, say};

/// What is truth in a register's folder; the rest is views and locks.
const TRUTH: [&str; 5] = ["origin", "log", "bodies", "evidence", "keys"];

pub fn run(arguments: &Arguments, backup: &Backup) -> Outcome {
    let folder = folder(arguments)?;
    if backup.file.exists() {
        return Err(Failure::Refused(format!(
            "{} exists already; a backup never takes the place of another: give it a name of its own",
            backup.file.display()
        )));
    }
    // Nobody writes while the files are copied: an opened batch holds the writers' lock.
    let mut session = crate::session::Session::open(arguments)?;
    let target = backup.file.clone();
    let files = session.write(|_| pack(&folder, &target).map_err(crate::failure::into_register))?;
    say(&format!(
        "{}: {}; restore it with `sijil restore {} DIR`",
        backup.file.display(),
        counted(files, "file"),
        backup.file.display()
    ));
    let kept_here = kept_here::sources_of(session.register.view())?;
    if kept_here > 0 {
        let opened =
            if sijil_archive::is_sealed(&folder) { "is sealed as the register is" } else { "is not sealed" };
        say(&format!(
            "  it holds {} of level 5 with all that they said, since a backup brings back the whole register; it {opened}: \
             keep it where the register is kept",
            counted(kept_here, "source")
        ));
    }
    Ok(())
}

fn pack(folder: &Path, target: &Path) -> Result<u64, Failure> {
    let partial = target.with_extension("partial");
    let out = File::create_new(&partial).map_err(|cause| file(&partial, &cause))?;
    let result = write_zip(folder, out);
    let files = match result {
        Ok(files) => files,
        Err(error) => {
            std::fs::remove_file(&partial).ok();
            return Err(error);
        }
    };
    std::fs::rename(&partial, target).map_err(|cause| file(target, &cause))?;
    Ok(files)
}

fn write_zip(folder: &Path, out: File) -> Result<u64, Failure> {
    let mut zip = zip::ZipWriter::new(BufWriter::new(out));
    // Evidence is mostly packed or sealed already; storing keeps a backup readable by anything.
    let options =
        SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).large_file(true);
    let failed =
        |path: &Path, cause: &dyn std::fmt::Display| Failure::Refused(format!("{}: {cause}", path.display()));
    let mut count = 0;
    for path in truth(folder)? {
        let name = path
            .strip_prefix(folder)
            .map_err(|error| failed(&path, &error))?
            .to_string_lossy()
            .replace('\\', "/");
        zip.start_file(name, options).map_err(|error| failed(&path, &error))?;
        let mut from = BufReader::new(File::open(&path).map_err(|cause| file(&path, &cause))?);
        std::io::copy(&mut from, &mut zip).map_err(|cause| file(&path, &cause))?;
        count += 1;
    }
    let mut out = zip.finish().map_err(|error| failed(folder, &error))?;
    out.flush().map_err(|cause| file(folder, &cause))?;
    out.get_ref().sync_all().map_err(|cause| file(folder, &cause))?;
    Ok(count)
}

fn truth(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for name in TRUTH {
        let path = folder.join(name);
        if path.exists() {
            collect(&path, &mut files)?;
        }
    }
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|cause| file(path, &cause))?;
    let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    inside.sort();
    inside.iter().try_for_each(|child| collect(child, files))
}

pub fn restore(restore: &Restore) -> Outcome {
    let Restore { file: from, dir } = restore;
    if dir.exists() && std::fs::read_dir(dir).is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(Failure::Refused(format!("{} is not empty; name a new folder", dir.display())));
    }
    // Unpacked beside its place and renamed at the end: a restore that fails leaves nothing half-made.
    let partial = dir.with_extension("restoring");
    let result = unpack(from, &partial).and_then(|files| {
        check(&partial)?;
        Ok(files)
    });
    let files = match result {
        Ok(files) => files,
        Err(error) => {
            std::fs::remove_dir_all(&partial).ok();
            return Err(error);
        }
    };
    std::fs::remove_dir(dir).ok();
    std::fs::rename(&partial, dir).map_err(|cause| file(dir, &cause))?;
    say(&format!("{}: {}, every hash and signature holds", dir.display(), counted(files, "file")));
    Ok(())
}

fn unpack(from: &Path, into: &Path) -> Result<u64, Failure> {
    let bad = |error: &dyn std::fmt::Display| {
        Failure::Refused(format!(
            "{}: {error}; it is no backup of a register, or it is damaged",
            from.display()
        ))
    };
    let opened = File::open(from).map_err(|cause| file(from, &cause))?;
    let mut zip = zip::ZipArchive::new(BufReader::new(opened)).map_err(|error| bad(&error))?;
    std::fs::create_dir(into).map_err(|cause| file(into, &cause))?;
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).map_err(|error| bad(&error))?;
        let name = member.enclosed_name().ok_or_else(|| bad(&"a name in it leads out of its folder"))?;
        let path = into.join(name);
        let parent = path.parent().unwrap_or(into);
        std::fs::create_dir_all(parent).map_err(|cause| file(parent, &cause))?;
        let mut out = File::create_new(&path).map_err(|cause| file(&path, &cause))?;
        std::io::copy(&mut member, &mut out).map_err(|cause| bad(&cause))?;
        out.sync_all().map_err(|cause| file(&path, &cause))?;
    }
    Ok(zip.len() as u64)
}

fn check(folder: &Path) -> Outcome {
    let report = sijil_archive::verify(
        folder,
        &VerifyOptions { unlock: passphrase_for(folder)?, ..VerifyOptions::default() },
    );
    match report.findings.first() {
        None => Ok(()),
        Some(first) => Err(Failure::Refused(format!(
            "the backup does not hold ({}: {}, and {} more); take an earlier one",
            first.path,
            first.cause,
            report.findings.len() - 1
        ))),
    }
}
