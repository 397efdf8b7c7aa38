#!/usr/bin/env python3
"""The habits of CONTRIBUTING.md that a machine can see: file sizes, headers, names, no ignored test, no
developer's path. Prints a line per finding; exits 1 when one of them is an error rather than a warning.

`check-style.py [ROOT]` looks at the files that git tracks or would track, or at all files where there is no git.
"""

import re
import subprocess
import sys
from pathlib import Path

USUAL_LINES = 500
MOST_LINES = 800
# What the first line of a longer file must say, followed by the reason.
REASON = re.compile(r"one file because \w+")
SKIPPED_FOLDERS = {".git", "target", "node_modules", ".venv", "__pycache__"}
# Words that say nothing about what a file or type is for.
EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "utilities", "common", "misc"}
EMPTY_TYPE = re.compile(r"\b(?:struct|enum|trait|type)\s+(\w*(?:Manager|Helper|Utils)\w*)")
# Put together from pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w./:$}*-])/(?:" + "|".join(["work", "tmp", "root", r"home/\w+", r"Users/\w+"]) + r")/")
# A line that shows such a path on purpose (a hostile name in a test, say) says so.
ON_PURPOSE = "example path"
IGNORED = re.compile(r"#\s*\[\s*" + "ignore")


def files_of(root):
    """Paths relative to `root`, sorted."""
    command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8").split("\0")
        paths = [Path(name) for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path.relative_to(root) for path in root.rglob("*")]
    return sorted(
        path for path in paths if (root / path).is_file() and not SKIPPED_FOLDERS.intersection(path.parts)
    )


def empty_words(path):
    """The words without meaning in the names of a file and its folders."""
    words = []
    for part in path.parts:
        words += re.findall(r"[A-Z]?[a-z]+|[A-Z]+", part)
    return [word for word in words if word.lower() in EMPTY_WORDS]


def check(path, text):
    """Findings about one file, as (is an error, line number, message)."""
    for word in empty_words(path):
        yield True, 0, f"the name says “{word}”: name the one thing that is in it"
    if text is None:
        return
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        found = MACHINE_PATH.search(line)
        if found and ON_PURPOSE not in line:
            yield True, number, f"a path of one machine ({found.group(0)}…)"
    if path.suffix != ".rs":
        return
    if "src" in path.parts and not text.startswith("//!"):
        yield True, 1, "no header: start with a `//!` sentence on what the file does"
    if len(lines) > USUAL_LINES:
        excused = bool(REASON.search(lines[0]))
        error = len(lines) > MOST_LINES and not excused
        advice = "" if excused else f"; beyond {MOST_LINES} the first line must say “one file because …”"
        yield error, 1, f"{len(lines)} lines{advice}"
    for number, line in enumerate(lines, 1):
        if IGNORED.search(line):
            yield True, number, "an ignored test: make it run, or take it out"
        name = EMPTY_TYPE.search(line)
        if name:
            yield True, number, f"the name {name.group(1)} does not say what it is"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    errors = warnings = count = 0
    for path in files_of(root):
        count += 1
        data = (root / path).read_bytes()
        try:
            text = None if b"\0" in data else data.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        for error, line, message in check(path, text):
            errors += error
            warnings += not error
            place = f"{path}:{line}" if line else str(path)
            print(f"{'error' if error else 'warning'}: {place}: {message}")
    print(f"{count} files, {errors} errors, {warnings} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
