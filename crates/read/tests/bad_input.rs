//! Bad input of many kinds: each is refused or read with a clear word, nothing hangs, nothing panics.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop, and says what it skipped"
)]

mod made;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use sijil_read::{
    Content, Limits, Options, PdfReader, ProblemKind, ReadError, Reading, Source, Warning, read,
};

/// What becomes of a bad file.
enum Becomes {
    /// Refused with this code, by a message with these words.
    Refused(&'static str, &'static [&'static str]),
    /// Read, with a warning or problem with these words.
    ReadWith(&'static str),
}

use Becomes::{ReadWith, Refused};

struct Case {
    /// What is bad about it.
    what: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    becomes: Becomes,
}

fn case(what: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>, becomes: Becomes) -> Case {
    Case { what, file, bytes: bytes.into(), becomes }
}

fn wide(words: &str) -> Vec<u8> {
    words.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// An OLE compound file's first bytes, and a name as its table of contents would have it.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    bytes.extend(wide(stream));
    bytes.resize(2048, 0);
    bytes
}

fn list(rows: usize, columns: usize) -> Vec<u8> {
    let line = (0..columns).map(|column| format!("c{column}")).collect::<Vec<_>>().join(",");
    vec![line; rows].join("\n").into_bytes()
}

fn texts() -> Vec<Case> {
    let mixed = [
        b"\xEF\xBB\xBFFour killed in \xE2\x80\x9CPort Amal\xE2\x80\x9D\n".as_slice(),
        b"\xDE\xCA\xE1 \xC3\xD1\xC8\xDA\xC9\n",
    ];
    vec![
        case("empty", "a.txt", "", Refused("empty", &["is empty"])),
        case("nothing but spaces", "b.txt", " \r\n\t\n", Refused("empty", &["is empty"])),
        case("a mark and nothing else", "c.txt", "\u{FEFF}", Refused("empty", &["is empty"])),
        case("NUL in text", "d.txt", "killed\0four", Refused("binary", &["NUL byte at byte 6"])),
        case(
            "binary named as text",
            "e.txt",
            (0..=255).cycle().take(5000).collect::<Vec<u8>>(),
            Refused("binary", &["NUL"]),
        ),
        case(
            "binary without NUL",
            "f.csv",
            (1..=255).cycle().take(5000).collect::<Vec<u8>>(),
            Refused("binary", &["control"]),
        ),
        case(
            "a program",
            "g.txt",
            [b"\x7FELF\x02\x01\x01\0".as_slice(), &[0; 64]].concat(),
            Refused("unsupported", &["x-executable"]),
        ),
        case(
            "a font",
            "h.html",
            [b"wOFF\0\x01\0\0".as_slice(), &[0; 64]].concat(),
            Refused("unsupported", &["font"]),
        ),
        case(
            "mixed encodings",
            "i.txt",
            mixed.concat(),
            ReadWith("1 lines in windows-1256 among UTF-8, the first at byte 34"),
        ),
        case(
            "broken UTF-8",
            "j.txt",
            b"\xD9\x82\xD8\xAA\xD9\x84 \xD8 \xD9\x82".as_slice(),
            ReadWith("1 places are not valid UTF-8, the first at byte 7"),
        ),
        case(
            "half a pair in UTF-16",
            "k.txt",
            [b"\xFF\xFEa\0".as_slice(), b"\x00\xD8b\0"].concat(),
            ReadWith("not valid UTF-16LE, the first at byte 4"),
        ),
        case("UTF-32", "l.txt", b"\xFF\xFE\0\0a\0\0\0".as_slice(), Refused("binary", &["UTF-32"])),
        case(
            "direction overrides",
            "m.txt",
            "paid \u{202E}000,1\u{202C} and \u{2067}open",
            ReadWith(
                "3 invisible direction controls (1 overrides, 1 unbalanced lines), the first at character 5",
            ),
        ),
        case(
            "control characters",
            "n.txt",
            format!("{}\u{7}", "Four killed. ".repeat(20)),
            ReadWith("1 control characters, the first at byte 260"),
        ),
        case("RTF", "o.rtf", r"{\rtf1 killed}", Refused("unsupported", &["RTF", "DOCX"])),
        case(
            "MHTML",
            "p.mhtml",
            "From: <Saved by a browser>\nSubject: x",
            Refused("unsupported", &["MHTML", "HTML"]),
        ),
        case(
            "a page without text",
            "q.html",
            "<html><script>alert(1)</script></html>",
            ReadWith("holds no text"),
        ),
        case(
            "a page that declares another encoding",
            "r.html",
            "<meta charset=windows-1256><p>قُتل أربعة</p>",
            ReadWith("declares windows-1256 but is in UTF-8"),
        ),
        case(
            "a page that forces the order of letters",
            "s.html",
            "<article><p><bdo dir=rtl>evif</bdo> killed in Port Amal</p></article>",
            ReadWith("1 elements force the order"),
        ),
    ]
}

fn lists_and_lines() -> Vec<Case> {
    vec![
        case("header only", "a.csv", "name,age\n", Refused("no_rows", &["no rows"])),
        case("header and blank rows", "b.csv", "name,age\n,\n\n , \n", Refused("no_rows", &["no rows"])),
        case(
            "100 000 columns",
            "c.csv",
            list(4, 100_000),
            Refused("too_many_columns", &["100000 columns", "16384"]),
        ),
        case(
            "100 000 columns in one line",
            "d.csv",
            list(1, 100_000),
            Refused("too_many_columns", &["100000"]),
        ),
        case(
            "a quote that is never closed",
            "e.csv",
            "name,age\n\"Nadim,3\nHuda,4\n",
            ReadWith("line 2: has a stray quote"),
        ),
        case(
            "every line opens a quote",
            "f.csv",
            format!("name,age\n{}", "\"Nadim,3\n".repeat(5001)),
            ReadWith("line 5002: has a stray quote"),
        ),
        case(
            "a cell of a thousand lines",
            "g.csv",
            format!("name,age\n\"{}\",3\n", "x\n".repeat(1000)),
            ReadWith("runs over 1001 lines"),
        ),
        case(
            "more cells than the header",
            "h.csv",
            "name,age\nNadim,3,4,5\n",
            ReadWith("line 2: has 4 cells under a header of 2"),
        ),
        case("a blank row", "i.csv", "name,age\nNadim,3\n\nHuda,4\n", ReadWith("line 3: is blank")),
        case(
            "the header again",
            "j.csv",
            "name,age\nNadim,3\nname,age\nHuda,4\n",
            ReadWith("line 3: repeats the header"),
        ),
        case(
            "a lone surrogate",
            "a.jsonl",
            "{\"id\":\"1\",\"text\":\"good\"}\n{\"id\":\"2\",\"text\":\"\\ud83d bad\"}",
            ReadWith("line 2: has half a character"),
        ),
        case(
            "duplicate ids",
            "b.jsonl",
            "{\"id\":\"1\",\"text\":\"good\"}\n{\"id\":\"1\",\"text\":\"again\"}",
            ReadWith("line 2: has the same \"id\" as line 1"),
        ),
        case(
            "a line cut off",
            "c.jsonl",
            "{\"id\":\"1\",\"text\":\"good\"}\n{\"id\":\"2\",\"te",
            ReadWith("line 2: is not JSON"),
        ),
        case("no line is good", "d.jsonl", "[1]\nx", Refused("no_parts", &["line 1", "JSON"])),
        case(
            "JSON nested a million deep",
            "e.jsonl",
            format!("{{\"id\":\"1\",\"text\":\"good\"}}\n{}", "[".repeat(1_000_000)),
            ReadWith("line 2: is not JSON"),
        ),
    ]
}

fn documents() -> Vec<Case> {
    let book = made::xlsx(&[("S", &[&["s:Name", "s:Age"], &["s:Nadim", "n:3"]])]);
    let header = made::xlsx(&[("S", &[&["s:Name", "s:Age"]])]);
    let pdf = made::pdf("Four killed");
    let docx = made::docx("<w:p><w:r><w:t>Four killed</w:t></w:r></w:p>");
    vec![
        case(
            "truncated PDF",
            "a.pdf",
            &pdf[..pdf.len() / 2],
            Refused("damaged", &["PDF", "ends before its last line"]),
        ),
        case("PDF in name only", "b.pdf", b"%PDF-1.7\n%%EOF\n".as_slice(), Refused("damaged", &["PDF"])),
        case("encrypted PDF", "c.pdf", made::encrypted_pdf(), Refused("encrypted", &["PDF", "password"])),
        case("scanned PDF", "d.pdf", made::scanned_pdf(), ReadWith("holds no text, only pictures")),
        case("truncated XLSX", "a.xlsx", &book[..book.len() / 2], Refused("damaged", &["table of contents"])),
        case("encrypted XLSX", "b.xlsx", compound("EncryptedPackage"), Refused("encrypted", &["password"])),
        case("header-only XLSX", "c.xlsx", header, Refused("no_rows", &["no rows"])),
        case("damaged XLS", "a.xls", compound("Workbook"), Refused("damaged", &["spreadsheet"])),
        case("old Word document", "a.doc", compound("WordDocument"), Refused("unsupported", &["DOCX"])),
        case("truncated DOCX", "a.docx", &docx[..docx.len() / 2], Refused("damaged", &["table of contents"])),
        case("DOCX without text", "b.docx", made::docx("<w:p/>"), Refused("empty", &["is empty"])),
        case(
            "DOCX with broken XML",
            "c.docx",
            made::docx("<w:p><w:r></w:p>"),
            Refused("damaged", &["Word document"]),
        ),
        case(
            "XLSX that claims a million columns",
            "d.xlsx",
            wide_sheet(),
            Refused("too_many_columns", &["16384"]),
        ),
        case("ODS of a billion cells", "a.ods", folded_ods(), Refused("too_large", &["20000000 cells"])),
        case("locked ZIP member", "l.zip", locked_zip(), ReadWith("ZIP member locked by a password")),
        case(
            "truncated web archive",
            "a.warc",
            &made::warc_record("http://x.xm", "text/html", "", b"<p>x")[..150],
            Refused("damaged", &["web archive"]),
        ),
        case("truncated gzip", "b.gz", &made::gzip(&[b'x'; 5000])[..20], Refused("damaged", &["gzip"])),
    ]
}

/// A sheet of a few letters that unfolds to 2^20 rows of 1000 cells.
fn folded_ods() -> Vec<u8> {
    let content = "<office:document-content xmlns:office='o' xmlns:table='t'><office:body><office:spreadsheet><table:table table:name='S'>\
        <table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='1000' office:value='1'>\
        </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    made::zip(&[("mimetype", kind), ("content.xml", content.as_bytes()), ("META-INF/manifest.xml", b"<x/>")])
}

/// A ZIP whose member says that it is locked (bit 0 of its flags).
fn locked_zip() -> Vec<u8> {
    let mut bytes = made::zip(&[("secret.txt", b"Four killed in Port Amal.")]);
    bytes[6] |= 1;
    let central = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[central + 8] |= 1;
    bytes
}

/// A sheet whose only cell stands further right than any sheet reaches.
fn wide_sheet() -> Vec<u8> {
    let book = made::xlsx(&[("S", &[&["s:Name", "s:Age"], &["s:Nadim", "n:3"]])]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let members: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            (name, String::from_utf8(bytes).unwrap().replace("\"B2\"", "\"XFE2\"").into_bytes())
        })
        .collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    made::zip(&members)
}

fn read_bytes(name: &str, bytes: Vec<u8>, options: &Options) -> Result<Reading, ReadError> {
    read(name, Source::Bytes(bytes), options)
}

/// Everything that a reading says, a line each, with what is said of members.
fn said(reading: &Reading) -> Vec<String> {
    let warnings = reading.warnings.iter().map(Warning::to_string);
    let mut said: Vec<String> = warnings.chain(reading.problems.iter().map(ToString::to_string)).collect();
    if let Content::Container(members) = &reading.content {
        said.extend(
            members.iter().filter_map(|member| member.reading.as_ref().err().map(ToString::to_string)),
        );
    }
    said
}

#[test]
fn each_bad_file_gets_its_word() {
    let mut cases = texts();
    cases.extend(lists_and_lines());
    cases.extend(documents());
    let folder = tempfile::tempdir().unwrap();
    for Case { what, file, bytes, becomes } in &cases {
        let path = folder.path().join(file);
        fs::write(&path, bytes).unwrap();
        let start = Instant::now();
        let outcome = read(file, Source::Path(path), &Options::default());
        assert!(start.elapsed() < Duration::from_secs(20), "{what}: took {:?}", start.elapsed());
        match (outcome, becomes) {
            (Err(error), Refused(code, words)) => {
                let message = error.to_string();
                assert_eq!(error.code(), *code, "{what}: {message}");
                assert!(
                    message.starts_with(&format!("{file}: ")) && error.name() == *file,
                    "{what}: {message}"
                );
                assert!(words.iter().all(|words| message.contains(words)), "{what}: {message}");
            }
            (Ok(reading), ReadWith(words)) => {
                let said = said(&reading);
                assert!(
                    said.iter().any(|line| line.contains(words)),
                    "{what}: {:#?}",
                    &said[..said.len().min(9)]
                );
            }
            (Ok(reading), Refused(..)) => panic!("{what}: was read as {:?}", said(&reading)),
            (Err(error), ReadWith(_)) => panic!("{what}: {error}"),
        }
    }
    assert!(cases.len() >= 45);
    println!("{} bad files, each with its word", cases.len());
}

#[test]
fn bad_pdfs_get_the_same_word_from_the_library() {
    let options = Options { pdf: PdfReader::Library, ..Options::default() };
    for Case { what, file, bytes, becomes } in documents() {
        let Refused(code, _) = becomes else { continue };
        if file.ends_with(".pdf") {
            assert_eq!(read_bytes(file, bytes, &options).unwrap_err().code(), code, "{what}");
        }
    }
}

fn members(name: &str, bytes: Vec<u8>, options: &Options) -> Vec<(String, Result<Reading, ReadError>)> {
    match read_bytes(name, bytes, options).unwrap().content {
        Content::Container(members) => {
            members.into_iter().map(|member| (member.name, member.reading)).collect()
        }
        other => panic!("{other:?} is a container"),
    }
}

#[test]
fn unsafe_members_are_refused_and_the_others_are_read() {
    let names = [
        "../up.txt",
        "a/../../up.txt",
        "/etc/up.txt",
        "C:\\up.txt",
        "..\\up.txt",
        "new\nline.txt",
        "good.txt",
    ];
    let all: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"Four killed.".as_slice())).collect();
    let found = members("b.zip", made::zip(&all), &Options::default());
    assert_eq!(found.len(), names.len());
    for (name, reading) in &found[..names.len() - 1] {
        let error = reading.as_ref().unwrap_err();
        assert_eq!(error.code(), "unsafe_name", "{name}");
        assert!(error.to_string().starts_with("b.zip/") && !name.contains('\n'), "{error}");
    }
    assert!(found[names.len() - 1].1.is_ok());
    let found = members("c.zip", made::zip_with_link(), &Options::default());
    assert_eq!(found[0].1.as_ref().unwrap_err().code(), "unsafe_name");
    assert!(found[1].1.is_ok());
}

#[test]
fn bombs_are_stopped_at_the_limits() {
    let zeros = vec![b'0'; 20 << 20];
    let bomb = made::zip(&[("bomb.txt", &zeros), ("good.txt", b"Four killed.")]);
    assert!(bomb.len() < 64 << 10);
    let found = members("bomb.zip", bomb.clone(), &Options::default());
    let error = found[0].1.as_ref().unwrap_err();
    assert_eq!(error.code(), "too_large");
    assert!(error.to_string().contains("more than 250 times its size"), "{error}");
    assert!(found[1].1.is_ok());

    let options =
        Options { limits: Limits { unpacked_bytes: 1 << 20, ..Limits::default() }, ..Options::default() };
    let layered = made::zip(&[("one.zip", &bomb), ("two.zip", &bomb)]);
    let found = members("layered.zip", layered, &options);
    let Content::Container(inner) = &found[0].1.as_ref().unwrap().content else { panic!("a container") };
    assert!(inner.iter().all(|member| member.reading.as_ref().unwrap_err().code() == "too_large"));
    // Nothing is left of the budget for the second.
    assert_eq!(found[1].1.as_ref().unwrap_err().code(), "too_large");
    let error = read_bytes("b.gz", made::gzip(&zeros), &options).unwrap_err();
    assert!(error.to_string().contains("limit of 1048576 bytes"), "{error}");
    let book = made::zip(&[("xl/workbook.xml", b"<x/>"), ("xl/bomb.xml", &zeros)]);
    assert_eq!(read_bytes("b.xlsx", book, &Options::default()).unwrap_err().code(), "too_large");
}

#[test]
fn containers_in_containers_are_opened_to_a_depth() {
    let mut bytes = made::zip(&[("report.txt", b"Four killed.")]);
    for _ in 0..3 {
        bytes = made::zip(&[("inner.zip", &bytes)]);
    }
    let mut reading = read_bytes("a.zip", bytes, &Options::default());
    for _ in 0..3 {
        let Content::Container(mut members) = reading.unwrap().content else { panic!("a container") };
        reading = members.remove(0).reading;
    }
    let error = reading.unwrap_err();
    assert_eq!(error.code(), "too_deep");
    assert!(
        error.to_string().starts_with("a.zip/inner.zip/inner.zip/inner.zip: lies 4 containers deep"),
        "{error}"
    );
}

#[test]
fn a_zip_of_too_many_members_and_an_empty_one_are_refused() {
    let options = Options { limits: Limits { members: 2, ..Limits::default() }, ..Options::default() };
    let many = made::zip(&[("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c")]);
    let error = read_bytes("many.zip", many, &options).unwrap_err();
    assert!(error.to_string().contains("3 members, over the limit of 2"), "{error}");
    assert_eq!(read_bytes("none.zip", made::zip(&[]), &Options::default()).unwrap_err().code(), "empty");
}

#[test]
fn pages_that_would_take_for_ever_are_refused() {
    for tag in ["<div>", "<b>", "<p><table><td>", "<ul><li>", "<span class=x>"] {
        let page = format!("<html><body>{}Four killed", tag.repeat(100_000));
        let error = read_bytes("deep.html", page.into_bytes(), &Options::default()).unwrap_err();
        assert_eq!(error.code(), "too_large", "{tag}");
    }
    // Deeper than any page and still under the bound: read, within seconds.
    for tag in ["<div>", "<b>", "<p><table><td>", "<ul><li>", "<span class=x>"] {
        let page = format!("<html><body>{}Four killed", tag.repeat(3000));
        let start = Instant::now();
        assert!(read_bytes("deep.html", page.into_bytes(), &Options::default()).is_ok());
        assert!(start.elapsed() < Duration::from_secs(30), "{tag}: {:?}", start.elapsed());
    }
}

#[test]
fn sizes_over_the_limits_are_refused() {
    let small = Limits { file_bytes: 10, html_bytes: 20, ..Limits::default() };
    let options = Options { limits: small, ..Options::default() };
    let error = read_bytes("a.txt", vec![b'x'; 11], &options).unwrap_err();
    assert!(error.to_string().contains("limit of 10 bytes"), "{error}");
    let options = Options { limits: Limits { file_bytes: 1000, ..options.limits }, ..options };
    assert_eq!(read_bytes("a.html", vec![b'x'; 21], &options).unwrap_err().code(), "too_large");
    let options = Options { limits: Limits { cells: 10, ..Limits::default() }, ..Options::default() };
    let error =
        read_bytes("a.csv", "name,age\n".repeat(2).replace("age\nname", "age\nNadim").into_bytes(), &options);
    assert!(error.is_ok());
    let rows = format!("name,age\n{}", "Nadim,3\n".repeat(6));
    assert_eq!(read_bytes("a.csv", rows.into_bytes(), &options).unwrap_err().code(), "too_large");
}

#[test]
fn what_is_not_a_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let refused = |name: &str, path: &Path| {
        let error = read(name, Source::Path(path.to_owned()), &Options::default()).unwrap_err();
        assert_eq!(error.name(), name);
        (error.code(), error.to_string())
    };
    assert_eq!(refused("none.txt", &at("none.txt")).0, "not_found");
    assert!(refused("folder", folder.path()).1.contains("a folder"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("loop-b"), at("loop-a")).unwrap();
        std::os::unix::fs::symlink(at("loop-a"), at("loop-b")).unwrap();
        std::os::unix::fs::symlink(at("gone"), at("dangling")).unwrap();
        assert!(refused("loop", &at("loop-a")).1.contains("leads in a circle"));
        assert!(refused("dangling", &at("dangling")).1.contains("not there"));
        assert!(refused("null", Path::new("/dev/null")).1.contains("a pipe, socket or device"));
        let fifo = at("fifo");
        if std::process::Command::new("mkfifo").arg(&fifo).status().is_ok_and(|status| status.success()) {
            assert!(refused("fifo", &fifo).1.contains("a pipe, socket or device"));
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.txt");
    fs::write(&path, "x").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user (root) may read every file");
        return;
    }
    assert_eq!(read("secret.txt", Source::Path(path), &Options::default()).unwrap_err().code(), "permission");
}

#[cfg(unix)]
#[test]
fn an_external_reader_that_fails_hangs_or_floods_is_stopped() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let pdf = made::pdf("x");
    let run = |name: &str, script: &str| {
        let path = folder.path().join(name);
        fs::write(
            &path,
            format!(
                "#!/bin/sh\n[ \"$1\" = -v ] && {{ echo 'pdftotext version 1.2.3' >&2; exit 0; }}\n{script}\n"
            ),
        )
        .unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let limits = Limits { reader_seconds: 1, unpacked_bytes: 100_000, ..Limits::default() };
        let options = Options { pdf: PdfReader::Program(path), limits, ..Options::default() };
        loop {
            let outcome = read_bytes("a.pdf", pdf.clone(), &options);
            // Another test that starts a program at this moment may hold the script open for writing.
            match &outcome {
                Err(error) if error.to_string().contains("busy") => {
                    std::thread::sleep(Duration::from_millis(20))
                }
                _ => return outcome,
            }
        }
    };
    let good = run("good", "echo 'Four killed'; echo 'Syntax Warning: odd' >&2").unwrap();
    assert_eq!((good.reader, good.version.as_str()), ("pdftotext", "1.2.3+1"));
    assert_eq!(good.warnings, [Warning::PdfComplaint { message: "Syntax Warning: odd".to_owned() }]);
    assert_eq!(
        run("locked", "echo 'Command Line Error: Incorrect password' >&2; exit 1").unwrap_err().code(),
        "encrypted"
    );
    assert_eq!(run("broken", "echo 'Syntax Error: no page' >&2; exit 1").unwrap_err().code(), "damaged");
    let start = Instant::now();
    assert!(run("hangs", "exec sleep 30").unwrap_err().to_string().contains("longer than 1 seconds"));
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(run("floods", "exec yes").unwrap_err().code(), "too_large");
    let gone = Options { pdf: PdfReader::Program(folder.path().join("gone")), ..Options::default() };
    assert_eq!(read_bytes("a.pdf", pdf.clone(), &gone).unwrap_err().code(), "reader");
}

#[test]
fn problems_say_whether_the_row_is_missing() {
    let lines = "{\"id\":\"1\",\"text\":\"good\"}\n{\"id\":\"1\",\"text\":\"again\"}\nx\n";
    let reading = read_bytes("a.jsonl", lines.into(), &Options::default()).unwrap();
    let left_out: Vec<bool> = reading.problems.iter().map(|problem| problem.kind.is_left_out()).collect();
    assert_eq!(left_out, [false, true]);
    assert!(matches!(reading.problems[1].kind, ProblemKind::NotJson(_)));
}
