//! What the tests share: a register in a folder that vanishes, a fixed clock, and reports about Marjan, a country that
//! does not exist.

use std::io::Read;
use std::path::{Path, PathBuf};

use sijil_archive::{AccountId, Passphrase, Settings};
use sijil_count::{Figure, Question};
use sijil_model::codebook::{DatePrecision, PlacePrecision, ReleaseLevel, Reliability, SourceKind, Verdict};
use sijil_model::{Anchor, Basis, ClaimId, DocumentId, Edtf, PlaceId, SourceId, When, Where};
use sijil_register::event::{Adopted, Decision, EntryName, Run, SourceRecord};
use sijil_register::results::{Found, LinkKind, LinkedLine, PlacedLine, ResultWriter};
use sijil_register::{Event, Register, Result, Writing};

mod report;

pub use report::{Report, Strike, strike};

/// 2015-11-28T10:40:30Z.
pub const NOW: u64 = 1_448_707_230;

pub fn clock() -> u64 {
    NOW
}

pub fn author() -> AccountId {
    "recorder-1".parse().unwrap()
}

/// A folder that vanishes with its test.
pub struct Folder {
    _keep: tempfile::TempDir,
    pub path: PathBuf,
}

pub fn folder() -> Folder {
    // In memory where there is such a place: the tests make hundreds of batches durable.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let keep = tempfile::tempdir_in(place).unwrap();
    Folder { path: keep.path().join("register"), _keep: keep }
}

/// A register with what the tests ask of it again and again.
pub struct Fixture {
    pub folder: Folder,
    pub register: Register,
}

impl Fixture {
    pub fn new() -> Self {
        Self::with(&Settings::default())
    }

    pub fn sealed(passphrase: &str) -> Self {
        let sealed = Some(Passphrase::new(passphrase));
        Self::with(&Settings { sealed, work_factor: Some(2), ..Settings::default() })
    }

    fn with(settings: &Settings) -> Self {
        let folder = folder();
        let register = Register::create(&folder.path, settings, &clock).unwrap();
        Self { folder, register }
    }

    /// Writes one batch.
    pub fn write<T>(&mut self, write: impl FnOnce(&mut Writing<'_, '_>) -> Result<T>) -> T {
        self.register.write(&author(), &clock, write).unwrap()
    }

    /// Writes one entry; returns its position.
    pub fn say(&mut self, event: Event) -> u64 {
        self.write(|writing| writing.say(event))
    }

    /// Adds a report whose claims count at once.
    pub fn add(&mut self, report: &Report) {
        self.write(|writing| {
            report.arrive(writing)?;
            extract(writing, "1", &[report], true).map(drop)
        });
    }

    /// An extraction of reports by some version; returns the run's position.
    pub fn extract(&mut self, version: &str, reports: &[&Report], adopt: bool) -> u64 {
        self.write(|writing| extract(writing, version, reports, adopt))
    }

    pub fn judge(&mut self, left: &str, right: &str, verdict: Verdict) -> u64 {
        self.say(judgement(left, right, verdict))
    }

    pub fn decide(&mut self, target: &str, field: &str, value: &str, supersedes: &[u64]) -> u64 {
        self.write(|writing| {
            let supersedes = own_entries(writing, supersedes);
            writing.say(decision(target, field, value, &supersedes))
        })
    }

    pub fn reject(&mut self, claim: &ClaimId) -> u64 {
        self.say(Event::ClaimRejected { claim: claim.to_string(), why: "it speaks of another day".into() })
    }

    /// The figure of all killed, now.
    pub fn killed(&self) -> (Option<u64>, u64) {
        let figure = self.figure(self.position());
        (figure.inside.min, figure.inside.incidents)
    }

    pub fn figure(&self, at: u64) -> Figure {
        self.register.view().count(&Question::default(), &[], at).unwrap()
    }

    pub fn position(&self) -> u64 {
        self.register.view().position().unwrap()
    }

    pub fn content(&self) -> Vec<String> {
        self.register.view().content().unwrap()
    }

    pub fn record_of(&self, claim: &ClaimId) -> Option<String> {
        self.register.view().record_of(claim.as_str()).unwrap()
    }

    /// The view is what the log says: made again from nothing it is the same, and the database is whole.
    #[track_caller]
    pub fn assert_sound(&self) {
        let content = self.content();
        let again = Register::rebuild(&self.folder.path, None).unwrap();
        assert_same(&content, &again.view().content().unwrap());
        drop(again);
        assert_whole(&self.folder.path);
    }
}

/// Compares two contents, and shows what differs rather than both.
#[track_caller]
pub fn assert_same(left: &[String], right: &[String]) {
    let only =
        |a: &[String], b: &[String]| a.iter().filter(|line| !b.contains(line)).cloned().collect::<Vec<_>>();
    assert!(left == right, "only left: {:#?}\nonly right: {:#?}", only(left, right), only(right, left));
}

/// SQLite's own checks, and those of the schema.
#[track_caller]
pub fn assert_whole(folder: &Path) {
    let db = rusqlite::Connection::open(folder.join("register.db")).unwrap();
    let checked: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(checked, "ok");
    let broken: i64 =
        db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
    // Nothing holds twice, and nothing ends before it begins.
    for (table, key) in [
        ("claim", "id"),
        ("member", "claim"),
        ("incident", "id"),
        ("person", "id"),
        ("placed", "claim"),
        ("timed", "claim"),
        ("reading", "document"),
        ("published", "document"),
        ("setting", "key"),
        ("source", "id"),
        ("figure", "id"),
        ("rejection", "claim"),
        ("clearing", "target"),
        ("signature", "target || author"),
        ("objection", "person"),
        ("link", "left_id || right_id"),
        ("drawn", "claim"),
        ("judgement", "min(left_id, right_id) || max(left_id, right_id)"),
    ] {
        let sql = format!(
            "SELECT count(*) FROM (SELECT {key} FROM {table} WHERE valid_to IS NULL GROUP BY 1 HAVING count(*) > 1)"
        );
        let twice: i64 = db.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(twice, 0, "{table} holds something twice");
        let sql = format!("SELECT count(*) FROM {table} WHERE valid_to < valid_from");
        let backwards: i64 = db.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(backwards, 0, "{table} holds something backwards");
    }
}

pub fn document_id(bytes: &[u8]) -> DocumentId {
    DocumentId::new(sijil_archive::Digest::of(bytes).to_string()).unwrap()
}

pub fn result<T: serde::Serialize>(lines: &[T]) -> Vec<u8> {
    let mut out = ResultWriter::new(Vec::new());
    lines.iter().for_each(|line| out.line(line).unwrap());
    out.finish().unwrap()
}

/// Appends a run and, where it counts, its adoption; returns the run's position.
pub fn run<T: serde::Serialize>(
    writing: &mut Writing<'_, '_>,
    version: &str,
    lines: &[T],
    event: fn(Run) -> Event,
    adopted: Option<fn(Adopted) -> Event>,
) -> Result<u64> {
    let result = writing.keep(&result(lines))?;
    let documents = lines.len() as u64;
    let position = writing.say(event(Run {
        program: "test".into(),
        version: version.into(),
        result,
        data: None,
        documents,
    }))?;
    if let Some(adopted) = adopted {
        writing.say(adopted(Adopted { run: position }))?;
    }
    Ok(position)
}

pub fn extract(
    writing: &mut Writing<'_, '_>,
    version: &str,
    reports: &[&Report],
    adopt: bool,
) -> Result<u64> {
    let lines: Vec<_> = reports.iter().map(|report| report.line()).collect();
    run(writing, version, &lines, Event::ExtractionRun, adopt.then_some(Event::ExtractionAdopted))
}

pub fn place(writing: &mut Writing<'_, '_>, lines: &[PlacedLine]) -> Result<u64> {
    run(writing, "1", lines, Event::PlacingRun, Some(Event::PlacingAdopted))
}

pub fn link(writing: &mut Writing<'_, '_>, kind: LinkKind, pairs: &[(&str, &str)]) -> Result<u64> {
    let lines: Vec<LinkedLine> = pairs
        .iter()
        .map(|(left, right)| LinkedLine {
            kind,
            left: (*left).into(),
            right: (*right).into(),
            why: "same-name".into(),
        })
        .collect();
    run(writing, "1", &lines, Event::LinkRun, Some(Event::LinkAdopted))
}

/// Tell Zaytun, in the governorate of Jabal, in Marjan.
pub fn at_town(claim: &ClaimId) -> PlacedLine {
    PlacedLine::Where { claims: vec![claim.clone()], found: found("xm:tell-zaytun") }
}

pub fn found(place: &str) -> Found {
    let id = |text: &str| PlaceId::new(text).unwrap();
    Found {
        place: Where {
            place: Some(id(place)),
            name_en: Some("Tell Zaytun".into()),
            name_ar: Some("تل الزيتون".into()),
            governorate: Some(id("xm:jabal")),
            governorate_name: Some("Jabal".into()),
            country: Some("XM".into()),
            lat: Some(12.5),
            lon: Some(7.25),
            precision: PlacePrecision::Town,
            radius_m: Some(2000),
            why: "exact name".into(),
        },
        chain: vec![place.into(), "xm:jabal".into(), "xm".into()],
        district: None,
    }
}

pub fn on_day(claim: &ClaimId, day: &str) -> PlacedLine {
    let edtf = Edtf::new(day).unwrap();
    let read = When {
        bounds: edtf.bounds(),
        edtf: Some(edtf),
        precision: DatePrecision::Day,
        anchor: Anchor::Unknown,
        time_of_day: None,
        basis: Basis::Stated,
    };
    PlacedLine::When { claims: vec![claim.clone()], read }
}

pub fn judgement(left: &str, right: &str, verdict: Verdict) -> Event {
    Event::JudgementMade {
        left: left.into(),
        right: right.into(),
        verdict,
        why: "the same father's name".into(),
    }
}

/// The names of our own entries, by their positions.
pub fn own_entries(writing: &Writing<'_, '_>, positions: &[u64]) -> Vec<EntryName> {
    let origin = writing.archive().origin().to_string();
    positions.iter().map(|at| EntryName { origin: origin.clone(), number: at - 1 }).collect()
}

pub fn decision(target: &str, field: &str, value: &str, supersedes: &[EntryName]) -> Event {
    Event::DecisionMade(Decision {
        target: target.into(),
        field: field.into(),
        value: value.into(),
        why: "the hospital's register says so".into(),
        used: Vec::new(),
        rejected: Vec::new(),
        supersedes: supersedes.to_vec(),
    })
}

pub fn source(id: &str, reliability: Reliability, independence: Option<&str>) -> Event {
    Event::SourceDescribed(SourceRecord {
        source: SourceId::new(id).unwrap(),
        source_kind: SourceKind::LocalMedia,
        name_en: "Harbour News".into(),
        name_ar: "أخبار الميناء".into(),
        reliability,
        release_level: ReleaseLevel::Public,
        independence: independence.map(str::to_owned),
        derived_from: Vec::new(),
    })
}

/// The record that a claim founds.
pub fn record(prefix: char, claim: &ClaimId) -> String {
    format!("{prefix}{}", &claim.as_str()[1..])
}

/// Every file under a folder, as it lies there, and what compressed ones hold.
pub fn all_bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all_bytes(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let mut inside = Vec::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut inside).unwrap();
        }
        found.push((path.clone(), bytes));
        found.push((path, inside));
    }
    found
}

/// The files in which words stand.
pub fn holding(folder: &Path, words: &str) -> Vec<PathBuf> {
    let wanted = words.as_bytes();
    all_bytes(folder)
        .into_iter()
        .filter(|(_, bytes)| bytes.windows(wanted.len()).any(|window| window == wanted))
        .map(|(path, _)| path)
        .collect()
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
