//! Bad input of many kinds: a clear word with the file's name and the reason, the contract's exit code, and the rest done.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;

use crate::support::reports::{docx_of, report, zip_of};
use crate::support::{Home, Ran, is_superuser, sha256, sijil};

/// What becomes of a bad file.
enum Becomes {
    /// It is refused: exit 1, nothing of it is kept.
    Refused,
    /// It is kept, but something in it was refused: exit 1.
    KeptInPart,
    /// It is kept, with a word about it: exit 0.
    KeptWithAWord,
}

use Becomes::{KeptInPart, KeptWithAWord, Refused};

struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    becomes: Becomes,
    /// Words of the message.
    words: &'static [&'static str],
}

fn case(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    becomes: Becomes,
    words: &'static [&'static str],
) -> Case {
    Case { name, bytes: bytes.into(), becomes, words }
}

fn texts() -> Vec<Case> {
    let arabic = "قُتل أربعة أشخاص في غارة جوية على سوق ميناء الأمل يوم 6 آذار 2031، ونقل الجرحى إلى المشفى.\n";
    let (cp1256, _, _) = encoding_rs::WINDOWS_1256
        .encode("قتل اربعة اشخاص في غارة جوية على سوق ميناء الامل، ونقل الجرحى الى المشفى.\n");
    let utf16: Vec<u8> = arabic.repeat(4).encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        case("empty.txt", "", Refused, &["is empty"]),
        case("only-spaces.txt", " \r\n\t\n", Refused, &["is empty"]),
        case("binary.txt", (0..=255).cycle().take(5000).collect::<Vec<u8>>(), Refused, &["not text"]),
        case("nul.txt", "killed\0four", Refused, &["NUL byte at byte 6"]),
        case(
            "executable.txt",
            [b"\x7FELF\x02\x01\x01\0".as_slice(), &[0; 64]].concat(),
            Refused,
            &["executable"],
        ),
        case(
            "mixed.txt",
            ["Four killed in “Port Amal”\n".as_bytes(), b"\xDE\xCA\xE1 \xC3\xD1\xC8\xDA\xC9\n"].concat(),
            KeptWithAWord,
            &["windows-1256 among UTF-8"],
        ),
        case(
            "broken-utf8.txt",
            b"\xD9\x82\xD8\xAA\xD9\x84 \xD8 \xD9\x82".as_slice(),
            KeptWithAWord,
            &["not valid UTF-8", "byte 7"],
        ),
        case("windows-1256.txt", cp1256.into_owned(), KeptWithAWord, &["windows-1256"]),
        case("utf16-without-mark.txt", utf16, KeptWithAWord, &["UTF-16"]),
        case(
            "half-a-pair.txt",
            [b"\xFF\xFEa\0".as_slice(), b"\x00\xD8b\0"].concat(),
            KeptWithAWord,
            &["not valid UTF-16"],
        ),
        case(
            "bidi.txt",
            "paid \u{202E}000,1\u{202C} to \u{2067}the families",
            KeptWithAWord,
            &["direction controls", "overrides"],
        ),
        case(
            "bell.txt",
            format!("{}\u{7}", "Nothing happened. ".repeat(20)),
            KeptWithAWord,
            &["control character"],
        ),
        case("letter.rtf", r"{\rtf1 killed}", Refused, &["RTF", "DOCX"]),
        case("page.mhtml", "From: <Saved by a browser>\nSubject: x", Refused, &["MHTML"]),
        case(
            "scripts-only.html",
            "<html><script>alert(1)</script></html>",
            KeptWithAWord,
            &["holds no text"],
        ),
        case(
            "broken-markup.html",
            "<table><p>Four <b>killed</table></i><div",
            KeptWithAWord,
            &["no article"],
        ),
        case(
            "forced-order.html",
            "<article><p><bdo dir=rtl>evif</bdo> killed</p></article>",
            KeptWithAWord,
            &["force the order"],
        ),
    ]
}

fn lists_and_lines() -> Vec<Case> {
    let wide = (0..100_000).map(|column| format!("c{column}")).collect::<Vec<_>>().join(",");
    vec![
        case("wide.csv", format!("{wide}\n{wide}\n"), Refused, &["100000 columns"]),
        case("header-only.csv", "name,age\n", Refused, &["no rows"]),
        case(
            "ragged.csv",
            "name,age\nNadim Adil al-Lulu,3,4,5\nHuda Adil al-Lulu,4\n",
            KeptWithAWord,
            &["line 2", "4 cells under a header of 2"],
        ),
        case(
            "open-quote.csv",
            "name,age\n\"Nadim Adil,3\nHuda Adil,4\n",
            KeptWithAWord,
            &["line 2", "stray quote"],
        ),
        case(
            "lone-surrogate.jsonl",
            "{\"id\":\"1\",\"text\":\"Nothing.\"}\n{\"id\":\"2\",\"text\":\"\\ud83d bad\"}",
            KeptInPart,
            &["line 2", "half a character"],
        ),
        case(
            "same-id.jsonl",
            "{\"id\":\"1\",\"text\":\"Quiet.\"}\n{\"id\":\"1\",\"text\":\"again\"}",
            KeptWithAWord,
            &["line 2", "same \"id\" as line 1"],
        ),
        case(
            "cut-off.jsonl",
            "{\"id\":\"1\",\"text\":\"Calm.\"}\n{\"id\":\"2\",\"te",
            KeptInPart,
            &["line 2", "not JSON"],
        ),
        case(
            "deep.jsonl",
            format!("{{\"id\":\"1\",\"text\":\"All calm.\"}}\n{}", "[".repeat(100_000)),
            KeptInPart,
            &["line 2", "not JSON"],
        ),
        case("no-good-line.jsonl", "[1]\nx", Refused, &["line 1", "JSON"]),
    ]
}

fn packed() -> Vec<Case> {
    let good = report(900);
    let pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pag";
    let mut encrypted = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    encrypted.resize(512, 0);
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    encrypted.resize(2048, 0);
    let docx = docx_of("Four people were killed.");
    let zeros = vec![b' '; 80 << 20];
    let mut nested = zip_of(&[("good.txt", good.as_bytes())]);
    for _ in 0..5 {
        nested = zip_of(&[("inner.zip", &nested)]);
    }
    vec![
        case("truncated.pdf", pdf.as_slice(), Refused, &["PDF", "damaged or cut off"]),
        case("encrypted.xlsx", encrypted, Refused, &["password"]),
        case("truncated.docx", &docx[..docx.len() / 2], Refused, &["damaged or cut off"]),
        case(
            "no-document.docx",
            zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<x/>")]),
            Refused,
            &["without its main part", "word/document.xml"],
        ),
        case(
            "bomb.zip",
            zip_of(&[("zeros.txt", &zeros), ("beside.txt", report(901).as_bytes())]),
            KeptInPart,
            &["zeros.txt", "too large"],
        ),
        case(
            "climbing.zip",
            zip_of(&[("../../outside.txt", good.as_bytes()), ("inside.txt", report(902).as_bytes())]),
            KeptInPart,
            &["outside.txt", "unsafe name"],
        ),
        case("nested.zip", nested, KeptInPart, &["containers deep"]),
        case("truncated.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b].as_slice(), Refused, &["gzip"]),
    ]
}

#[test]
fn each_bad_file_gets_its_word_and_its_exit_code() {
    let home = Home::new();
    let mut cases = texts();
    cases.extend(lists_and_lines());
    cases.extend(packed());
    assert!(cases.len() >= 25, "{} kinds", cases.len());
    for Case { name, bytes, becomes, words } in &cases {
        let path = home.file(&format!("one/{name}"), bytes);
        let ran = home.add([&path]);
        let (code, kept) = match becomes {
            Refused => (1, false),
            KeptInPart => (1, true),
            KeptWithAWord => (0, true),
        };
        assert_eq!(ran.code, Some(code), "{name}: {ran:?}");
        let line =
            ran.err.lines().find(|line| line.contains(name) && words.iter().all(|word| line.contains(word)));
        assert!(line.is_some(), "{name}: no line with {words:?} in {}", ran.err);
        assert_eq!(ran.out.contains(&sha256(bytes)), kept, "{name}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{name}: {}", ran.err);
    }
    home.verifies();
    assert!(!home.path("outside.txt").exists() && !home.path("../outside.txt").exists());
    assert!(home.claims().contains_key(&sha256(report(901))), "what lay beside a bomb is kept");
}

#[test]
fn the_rest_of_a_batch_is_done() {
    let home = Home::new();
    let bad: Vec<Case> =
        texts().into_iter().chain(packed()).filter(|case| matches!(case.becomes, Refused)).collect();
    for (at, case) in bad.iter().enumerate() {
        home.file(&format!("batch/{at:02}-{}", case.name), &case.bytes);
        home.file(&format!("batch/{at:02}-z-good.txt"), report(at));
    }
    let ran = home.add([home.path("batch")]).ends(1).says(&[&format!("{} refused", bad.len())]);
    for (at, case) in bad.iter().enumerate() {
        assert!(ran.err.contains(case.name), "{} is not named in {}", case.name, ran.err);
        assert!(ran.out.contains(&sha256(report(at))), "the report beside {} was not added", case.name);
    }
    assert_eq!(ran.lines().len(), bad.len());
    home.verifies();
    // Asked again the same are refused and nothing is added twice.
    home.add([home.path("batch")])
        .ends(1)
        .says(&["0 documents added", &format!("{} known already", bad.len())]);
}

#[test]
fn strict_stops_at_the_first() {
    let home = Home::new();
    home.file("batch/a-empty.txt", "");
    let good = home.file("batch/b-good.txt", report(0));
    let batch = home.path("batch").display().to_string();
    home.run(["add", "--strict", &batch]).ends(1).says(&["a-empty.txt", "is empty", "--strict"]);
    assert!(home.claims().is_empty(), "nothing was added");
    let row = home.file("row.jsonl", "{\"id\":\"1\",\"text\":\"Calm.\"}\nno json");
    home.run(["add", "--strict", &row.display().to_string()]).ends(1).says(&[
        "row.jsonl",
        "line 2",
        "--strict",
    ]);
    home.run(["add", "--strict", &good.display().to_string()]).ends(0);
    home.verifies();
}

#[test]
fn what_is_no_file_is_said_to_be_none() {
    let home = Home::new();
    let good = home.file("good.txt", report(0));
    home.add([home.path("missing.txt"), good]).ends(1).says(&[
        "missing.txt",
        "no such file",
        "1 document added",
    ]);
    let fifo = home.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    home.add([&fifo]).ends(1).says(&["fifo", "not a file"]);
    home.add(["/dev/null"]).ends(1).says(&["/dev/null", "not a file"]);
    std::fs::create_dir(home.path("hollow")).unwrap();
    home.add([home.path("hollow")]).ends(0).says(&["0 documents added"]);
    symlink(home.path("nowhere"), home.path("dangling")).unwrap();
    home.add([home.path("dangling")]).ends(1).says(&["dangling", "link to something that is not there"]);
    home.verifies();
}

#[test]
fn folders_that_lead_back_into_themselves_end() {
    let home = Home::new();
    home.file("loop/inner/good.txt", report(0));
    symlink(home.path("loop"), home.path("loop/inner/back")).unwrap();
    symlink(home.path("loop/self"), home.path("loop/self")).unwrap();
    let ran = home.add([home.path("loop")]).ends(1).says(&["back", "leads back", "loop/self"]);
    assert_eq!(ran.lines().len(), 1, "{}", ran.out);
    home.verifies();
}

#[test]
fn what_may_not_be_read_is_said_so() {
    let home = Home::new();
    let locked = home.file("batch/locked.txt", report(1));
    std::fs::set_permissions(&locked, PermissionsExt::from_mode(0o000)).unwrap();
    home.file("batch/open.txt", report(2));
    if is_superuser() {
        // The system lets this user read everything: somebody else asks.
        std::fs::set_permissions(home.path("."), PermissionsExt::from_mode(0o755)).unwrap();
        let output = crate::support::program().arg("read").arg(&locked).uid(65534).gid(65534).output();
        let Ok(output) = output else {
            println!("skipped: the program cannot be run as another user here");
            return;
        };
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(err.contains("locked.txt") && err.contains("permissions"), "{err}");
        return;
    }
    let ran = home.add([home.path("batch")]).ends(1).says(&["locked.txt", "permissions"]);
    assert_eq!(ran.lines().len(), 1);
}

#[test]
fn a_huge_line_is_read_whole() {
    let home = Home::new();
    let line = format!(
        "{} Four people were killed in Port Amal on 3 March 2031.",
        "A quiet morning, with nothing to report. ".repeat(25_000)
    );
    let path = home.file("line.txt", &line);
    home.add([&path]).ends(0).says(&[&sha256(&line)]);
    assert_eq!(home.run(["read", &path.display().to_string()]).ends(0).out, line);
    home.verifies();
}

#[test]
fn read_says_the_same_as_add() {
    let home = Home::empty();
    for Case { name, bytes, becomes, words } in texts().into_iter().chain(lists_and_lines()).chain(packed()) {
        let path = home.file(name, bytes);
        let ran = sijil([std::ffi::OsStr::new("read"), path.as_os_str()]);
        let code = if matches!(becomes, Refused) || name == "scripts-only.html" { 1 } else { 0 };
        assert_eq!(ran.code, Some(code), "{name}: {ran:?}");
        let said = format!("{}{}", ran.out, ran.err);
        assert!(
            said.contains(name) && words.iter().all(|word| said.contains(word)),
            "{name}: no {words:?} in {said}"
        );
    }
}

#[test]
fn wrong_usage_is_told_from_refusals() {
    let home = Home::new();
    let good = home.file("good.txt", report(0)).display().to_string();
    home.run(["add"]).ends(2);
    home.run(["add", &good, "--published", "soon"]).ends(2).says(&["soon"]);
    home.run(["add", &good, "--source", "nobody"]).ends(2).says(&["nobody", "sijil source"]);
    home.run(["--as", "stranger", "add", &good]).ends(2).says(&["stranger", "sijil account"]);
    assert!(home.claims().is_empty());
    let nowhere = Home::empty();
    nowhere.run(["add", &good]).ends(2).says(&["register"]);
    home.run(["count", "--period", "whenever"]).says(&["whenever"]);
    home.run(["count", "--at", "1000000"]).ends(1).says(&["1000000"]);
    home.run(["show", "i0000000000000000000000000000000"]).ends(1);
    home.run(["init"]).ends(2);
    home.run(["init", &home.register.display().to_string()]).ends(1).says(&["register"]);
}

/// Lines that `sijil extract --jsonl` refuses are named with their number; the others are answered in order.
#[test]
fn extract_goes_on_after_a_bad_line() {
    let home = Home::empty();
    let lines = [
        r#"{"id":"first","text":"Four people were killed in Port Amal on 3 March 2031."}"#,
        "no json",
        r#"{"id":"half","text":"\ud83d half"}"#,
        r#"{"id":"first","text":"the same id"}"#,
        r#"{"text":"no id"}"#,
        "\u{fffd}",
        r#"{"id":"last","text":"قُتل أربعة أشخاص في غارة جوية على قصر النهر يوم 6 آذار 2031."}"#,
    ];
    // Line 6 is not even text.
    let bytes: Vec<u8> = lines
        .join("\n")
        .replace('\u{fffd}', "\u{1}")
        .bytes()
        .map(|byte| if byte == 1 { 0xff } else { byte })
        .collect();
    let path = home.file("reports.jsonl", bytes);
    let ran: Ran = sijil(["extract", "--jsonl", "--country", "XM", &path.display().to_string()]).ends(1);
    let ids: Vec<String> = ran.lines().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["first", "first", "last"]);
    for line in ["line 2", "line 3", "line 5", "line 6"] {
        assert!(ran.err.contains("reports.jsonl") && ran.err.contains(line), "{line} is not in {}", ran.err);
    }
    assert_eq!(ran.lines()[0]["incidents"][0]["casualties"][0]["min"], 4);
}

/// A setting that the next command could not read would lock everybody out.
#[test]
fn a_setting_is_read_before_it_is_in_force_and_can_be_taken_back() {
    let home = Home::new();
    let bad = home.file("bad.csv", "name,side\nNorthern Front,x\n");
    home.run(["settings", "actors", &bad.display().to_string()]).ends(1).says(&[
        "bad.csv",
        "`code`",
        "docs/commands.md",
    ]);
    for country in ["ZZZ", "سوريا", ""] {
        home.run(["settings", "country", country]).ends(2).says(&["two letters"]);
    }
    home.run(["count"]).ends(0);
    home.run(["settings", "actors", "built-in"]).ends(0);
    home.run(["settings", "gazetteer", "built-in"]).ends(0);
    home.run(["settings"]).ends(0).says(&["actors     built-in", "gazetteer  built-in"]);
    home.run(["count"]).ends(0);
    home.run(["rebuild"]).ends(0);
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(home.register.join("register.db")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600, "others may read register.db");
}

#[test]
fn a_file_name_cannot_steer_the_terminal() {
    let home = Home::new();
    let named = home.file("a\u{1b}[2Jb.txt", "Two people were killed in Tell Zaytun on 5 March 2031.");
    let ran = home.run(["add".as_ref(), named.as_os_str()]).ends(0).says(&["\\u{1b}[2Jb.txt"]);
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'));
}
