#!/usr/bin/env python3
"""Counts what a test runner reported: `count-tests.py KIND FILE EXIT_CODE`.

Prints `passed failed skipped`, then one line a failed test and one a reason to skip. A test that passed after
printing `skipped: …` counts as skipped, not as passed. An exit code other than 0 is never counted as free of
failures, whatever the runner wrote before it ended.

Kinds: junit (cargo nextest's report), libtest (cargo test's output), unittest (Python's), tap (Node's).
"""

import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

SKIPPED = re.compile(r"^\s*(skipped: .+)$", re.MULTILINE)


class Counts:
    """Passed, failed and skipped tests, with the names of the failed and the reasons of the skipped."""

    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = 0
        self.reasons = []

    def passed_with_output(self, output):
        """One test that passed; its output says whether it did its work."""
        reasons = SKIPPED.findall(output)
        if reasons:
            self.skipped += 1
            self.reasons.extend(reasons)
        else:
            self.passed += 1


def junit(text):
    counts = Counts()
    for case in xml.fromstring(text).iter("testcase"):
        name = f"{case.get('classname')} {case.get('name')}"
        output = "\n".join(child.text or "" for child in case if child.tag in ("system-out", "system-err"))
        if case.find("failure") is not None or case.find("error") is not None:
            counts.failed.append(name)
        elif case.find("skipped") is not None:
            counts.skipped += 1
        else:
            counts.passed_with_output(output)
    return counts


def libtest(text):
    counts = Counts()
    # `cargo test -- --show-output` prints each passing test's output under its name.
    shown = dict(re.findall(r"^---- (.+?) stdout ----\n(.*?)(?=\n\n|^----)", text, re.MULTILINE | re.DOTALL))
    for name, result in re.findall(r"^test (.+?) \.\.\. (ok|FAILED|ignored)", text, re.MULTILINE):
        if result == "FAILED":
            counts.failed.append(name)
        elif result == "ignored":
            counts.skipped += 1
        else:
            counts.passed_with_output(shown.get(name, ""))
    return counts


def unittest(text):
    counts = Counts()
    ran = re.findall(r"^Ran (\d+) tests?", text, re.MULTILINE)
    verdict = re.findall(r"^(?:OK|FAILED)(?: \((.*)\))?$", text, re.MULTILINE)
    named = dict(re.findall(r"(failures|errors|skipped|unexpected successes)=(\d+)", verdict[-1] if verdict else ""))
    counts.failed = re.findall(r"^(?:FAIL|ERROR|UNEXPECTED SUCCESS): (.+)$", text, re.MULTILINE)
    unnamed = sum(int(named.get(kind, 0)) for kind in ("failures", "errors", "unexpected successes")) - len(counts.failed)
    counts.failed += ["a test without a name"] * max(unnamed, 0)
    counts.skipped = int(named.get("skipped", 0))
    counts.reasons = [f"skipped: {reason}" for reason in re.findall(r"\.\.\. skipped ['\"](.+)['\"]$", text, re.MULTILINE)]
    # A failed subtest or class set-up is a failure more than the tests that ran.
    counts.passed = max(int(ran[-1]) - len(counts.failed) - counts.skipped, 0) if ran else 0
    return counts


def tap(text):
    counts = Counts()
    totals = dict(re.findall(r"^# (pass|fail|cancelled|skipped|todo) (\d+)$", text, re.MULTILINE))
    counts.passed = int(totals.get("pass", 0))
    counts.skipped = int(totals.get("skipped", 0)) + int(totals.get("todo", 0))
    failures = int(totals.get("fail", 0)) + int(totals.get("cancelled", 0))
    names = re.findall(r"^\s*not ok \d+ - ((?:(?!# (?:SKIP|TODO)).)+)$", text, re.MULTILINE)
    counts.failed = (names + ["a test without a name"] * failures)[:failures]
    counts.reasons = [f"skipped: {reason}" for reason in re.findall(r"# SKIP (.+)$", text, re.MULTILINE)]
    return counts


KINDS = {"junit": junit, "libtest": libtest, "unittest": unittest, "tap": tap}


def main():
    kind, file, exit_code = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    try:
        counts = KINDS[kind](file.read_text(encoding="utf-8", errors="replace"))
    except (OSError, xml.ParseError) as error:
        counts = Counts()
        counts.failed.append(f"no report of the tests ({error})")
    if exit_code != 0 and not counts.failed:
        counts.failed.append(f"the run itself, exit code {exit_code}")
    print(counts.passed, len(counts.failed), counts.skipped)
    for name in counts.failed:
        print(f"FAILED: {name}")
    for reason in sorted(set(counts.reasons)):
        print(reason)


if __name__ == "__main__":
    main()
