"""The checks of scripts/ find what they are there to find, and pass what is right."""

import importlib.util
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent


def module(name):
    """A script of this folder as a module (their names have hyphens)."""
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), SCRIPTS / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


class Folder(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_script(self, name):
        """Exit code and output of a check on the folder."""
        command = [sys.executable, str(SCRIPTS / f"{name}.py"), str(self.root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout


class Style(Folder):
    def assert_error(self, part):
        code, output = self.run_script("check-style")
        self.assertEqual(code, 1, output)
        self.assertIn(part, output)

    def test_good_files_pass(self):
        self.write("crates/count/src/interval.rs", "//! Intervals.\n")
        self.write("crates/count/tests/sums.rs", "#[test]\nfn sums() {}\n")
        address = "/".join(["https://example.org", "work", "here"])
        self.write("docs/a.md", f"See {address} and ../shared.\n")
        self.assertEqual(self.run_script("check-style"), (0, "3 files, 0 errors, 0 warnings\n"))

    def test_missing_header(self):
        self.write("crates/count/src/interval.rs", "use std::fmt;\n")
        self.assert_error("interval.rs:1: no header")

    def test_long_file_warns_then_fails_unless_it_says_why(self):
        self.write("crates/count/src/interval.rs", "//! Intervals.\n" + "//\n" * 600)
        self.assertEqual(self.run_script("check-style")[0], 0)
        self.write("crates/count/src/interval.rs", "//! Intervals.\n" + "//\n" * 900)
        self.assert_error("901 lines")
        self.write("crates/count/src/interval.rs", "//! Codes (one file because it is one table).\n" + "//\n" * 900)
        self.assertEqual(self.run_script("check-style")[0], 0)

    def test_ignored_test(self):
        self.write("crates/count/src/interval.rs", "//! Intervals.\n#[" + "ignore = \"slow\"]\nfn a() {}\n")
        self.assert_error("interval.rs:2: an ignored test")

    def test_path_of_a_machine(self):
        self.write("docs/a.md", "Open `/" + "home/sara/register`.\n")
        self.assert_error("docs/a.md:1: a path of one machine")

    def test_empty_names(self):
        self.write("crates/count/src/string_utils.rs", "//! Strings.\n")
        self.assert_error("the name says “utils”")
        self.write("crates/count/src/string_utils.rs", "//! Strings.\nstruct LogManager;\n")
        self.assert_error("LogManager")


class Documents(Folder):
    SESSION = "```console\n$ sijil log\n```\n"

    def test_a_session_that_a_test_runs(self):
        self.write("README.md", self.SESSION)
        self.write("docs/guide.md", self.SESSION)
        self.write("crates/sijil/tests/documents.rs", "")
        self.assertEqual(self.run_script("check-docs"), (0, "2 documents are run by tests, 0 findings\n"))

    def test_a_session_that_none_runs(self):
        self.write("README.md", self.SESSION)
        self.assertIn("does not run this document", self.run_script("check-docs")[1])

    def test_a_session_of_another_kind(self):
        self.write("README.md", "```sh\n$ sijil log\n```\n")
        self.assertIn("README.md:1: a session in a block of kind “sh”", self.run_script("check-docs")[1])

    def test_a_broken_link(self):
        self.write("README.md", "[formats](FORMATS.md)\n")
        self.assertEqual(self.run_script("check-docs")[0], 1)


class Licences(unittest.TestCase):
    def test_expressions(self):
        allowed = module("check-licences").allowed
        allow = {"MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"}
        for expression in (
            "MIT",
            "MIT/GPL-3.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
            "GPL-3.0 OR MIT AND Apache-2.0",
        ):
            self.assertTrue(allowed(expression, allow), expression)
        for expression in ("GPL-3.0", "MIT AND GPL-3.0", "MIT AND (GPL-3.0 OR AGPL-3.0)", "MIT WITH x"):
            self.assertFalse(allowed(expression, allow), expression)


class Counts(Folder):
    def count(self, kind, text, code):
        self.write("log", text)
        command = [sys.executable, str(SCRIPTS / "count-tests.py"), kind, str(self.root / "log"), str(code)]
        return subprocess.check_output(command, text=True).splitlines()

    def test_junit(self):
        report = """<testsuites><testsuite>
            <testcase classname="sijil-count" name="a"/>
            <testcase classname="sijil-count" name="b"><failure>no</failure></testcase>
            <testcase classname="sijil-read" name="c"><system-out>skipped: no pdftotext</system-out></testcase>
            </testsuite></testsuites>"""
        self.assertEqual(self.count("junit", report, 100), ["1 1 1", "FAILED: sijil-count b", "skipped: no pdftotext"])
        self.assertEqual(self.count("junit", "not a report", 101)[0], "0 1 0")

    def test_libtest(self):
        log = (
            "test a ... ok\ntest b::c ... FAILED\ntest d ... ok\n\nsuccesses:\n\n---- d stdout ----\n"
            "skipped: nothing there\n\n\nsuccesses:\n    a\n    d\n\ntest result: FAILED.\n"
        )
        self.assertEqual(self.count("libtest", log, 101), ["1 1 1", "FAILED: b::c", "skipped: nothing there"])

    def test_unittest(self):
        log = "test_a (m.A.test_a) ... ok\ntest_b (m.A.test_b) ... skipped 'no package'\n\nRan 3 tests in 0.1s\n\n"
        failed = "======\nFAIL: test_c (m.A.test_c)\n-----\n" + log + "FAILED (failures=1, skipped=1)\n"
        self.assertEqual(self.count("unittest", failed, 1), ["1 1 1", "FAILED: test_c (m.A.test_c)", "skipped: no package"])
        self.assertEqual(self.count("unittest", log + "OK (skipped=1)\n", 0)[0], "2 0 1")

    def test_tap(self):
        log = "ok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP no desk\n# tests 3\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n"
        self.assertEqual(self.count("tap", log, 1), ["1 1 1", "FAILED: b", "skipped: no desk"])

    def test_an_exit_code_is_never_lost(self):
        for kind in ("junit", "libtest", "unittest", "tap"):
            self.assertEqual(self.count(kind, "<testsuites/>", 1)[0], "0 1 0", kind)


if __name__ == "__main__":
    unittest.main()
