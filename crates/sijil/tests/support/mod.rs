//! What the tests of the program share: running it, temporary registers, and made-up reports about Marjan.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test binary uses its part; a test may stop where something that it needs is missing"
)]

pub mod reports;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The files of the built-in example: its places and parties are those of the made-up reports.
pub const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo");

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code; none where it was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails the test unless the program ended with this code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Fails the test unless all these words stand in what was printed.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.out.contains(word) || self.err.contains(word),
                "“{word}” is not in\nout: {}\nerr: {}",
                self.out,
                self.err
            );
        }
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|cause| panic!("{cause}: {}\n{}", self.out, self.err))
    }

    /// Standard output as JSON, one object a line.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|cause| panic!("{cause}: {line}")))
            .collect()
    }
}

/// The program, to be run without anything of the surroundings that could change what it does.
pub fn program() -> Command {
    // Another build can be named, a release for long runs: SIJIL_TEST_PROGRAM.
    let built = std::env::var_os("SIJIL_TEST_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_sijil").into());
    let mut command = Command::new(built);
    command.env_remove("SIJIL_PASSPHRASE").env_remove("SIJIL_ACCOUNT").stdin(Stdio::null());
    command
}

/// Runs the program with these arguments.
pub fn sijil<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Ran {
    Ran::of(program().args(arguments).output().unwrap())
}

/// A register in a folder of its own, which goes with it.
pub struct Home {
    temporary: tempfile::TempDir,
    /// The register's folder.
    pub register: PathBuf,
    /// What SIJIL_PASSPHRASE is when the program runs.
    pub passphrase: Option<&'static str>,
}

impl Home {
    /// A folder without a register in it.
    pub fn empty() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let register = temporary.path().join("register");
        Self { temporary, register, passphrase: None }
    }

    /// A register about Marjan, with the example's places and parties in force.
    pub fn new() -> Self {
        let home = Self::empty();
        home.begin(&[]);
        home
    }

    /// Makes the register, with further options of `sijil init`.
    pub fn begin(&self, options: &[&str]) {
        let mut command = self.command();
        command.arg("init").arg(&self.register).args(["--country", "XM"]).args(options);
        Ran::of(command.output().unwrap()).ends(0);
        for table in ["gazetteer", "actors"] {
            self.run(["settings", table, &format!("{EXAMPLE}/{table}.csv")]).ends(0);
        }
    }

    /// A path beside the register.
    pub fn path(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    /// Writes a file beside the register.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, about to work on the register.
    pub fn command(&self) -> Command {
        let mut command = program();
        if let Some(passphrase) = self.passphrase {
            command.env("SIJIL_PASSPHRASE", passphrase);
        }
        command
    }

    /// Runs a command on the register.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        Ran::of(self.command().arg("-C").arg(&self.register).args(arguments).output().unwrap())
    }

    /// Adds files or folders.
    pub fn add<A: AsRef<OsStr>>(&self, paths: impl IntoIterator<Item = A>) -> Ran {
        let paths = paths.into_iter().map(|path| path.as_ref().to_owned());
        self.run(["add", "--json"].map(Into::into).into_iter().chain(paths))
    }

    /// The figure that a question asks for.
    pub fn count(&self, question: &[&str]) -> Value {
        self.run(["count", "--json"].iter().chain(question)).ends(0).json()
    }

    /// Fails the test unless every hash, signature and proof holds; gives what `verify` printed.
    #[track_caller]
    pub fn verifies(&self) -> String {
        self.run(["verify"]).ends(0).says(&["every hash, signature and proof holds"]).out
    }

    /// Every row of the view, after a rebuild or not.
    pub fn content(&self) -> Vec<String> {
        let passphrase = self.passphrase.map(sijil_archive::Passphrase::new);
        sijil_register::Register::open(&self.register, passphrase.as_ref()).unwrap().view().content().unwrap()
    }

    /// The ids of the claims that hold, by document.
    pub fn claims(&self) -> BTreeMap<String, Vec<String>> {
        let passphrase = self.passphrase.map(sijil_archive::Passphrase::new);
        let register = sijil_register::Register::open(&self.register, passphrase.as_ref()).unwrap();
        let view = register.view();
        let documents = view.document_ids().unwrap().into_iter();
        documents
            .map(|id| {
                let claims = view
                    .claims_of_document(&id)
                    .unwrap()
                    .into_iter()
                    .map(|row| row.claim.id.to_string())
                    .collect();
                (id, claims)
            })
            .collect()
    }
}

/// Every file under a folder with its bytes, by its path from there.
pub fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The document's id: SHA-256 of its bytes.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}

/// Whether this process may read what permissions forbid: tests of permissions say nothing then.
pub fn is_superuser() -> bool {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x");
    std::fs::write(&file, "x").unwrap();
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o000);
    std::fs::set_permissions(&file, permissions).unwrap();
    std::fs::read(&file).is_ok()
}
