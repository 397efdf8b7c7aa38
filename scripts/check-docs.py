#!/usr/bin/env python3
"""Every `$ sijil …` in the documents is run by a test.

Sessions stand in fenced blocks of kind `console`, which crates/sijil/tests/documents.rs runs for README.md and
docs/*.md. So: a block with `$ sijil` is of that kind and not ignored, and its file is one of these. Also: a link from one document to a file of the project leads to one that exists.

`check-docs.py [ROOT]`; exits 1 when something was found.
"""

import re
import sys
from pathlib import Path

SKIPPED_FOLDERS = {".git", "target", "node_modules", ".venv", "crates"}
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([^`]*)$")
COMMAND = re.compile(r"^\s*\$ (?:[A-Z_]+=\S+ )*sijil\b")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def blocks(text):
    """The fenced blocks of a Markdown text, as (line of the fence, info string, lines)."""
    fence = info = start = None
    body = []
    for number, line in enumerate(text.splitlines(), 1):
        match = FENCE.match(line)
        if fence is None and match:
            fence, info, start, body = match.group(1), match.group(2).strip(), number, []
        elif fence is not None and match and match.group(1).startswith(fence) and not match.group(2):
            yield start, info, body
            fence = None
        elif fence is not None:
            body.append(line)
    if fence is not None:
        yield start, info, body


def documents_run(root):
    """The documents whose sessions the program's test runs."""
    if not (root / "crates" / "sijil" / "tests" / "documents.rs").exists():
        return set()
    return {path.resolve() for path in [root / "README.md", *root.glob("docs/*.md")]}


def check(root):
    """Findings, as lines."""
    run = documents_run(root)
    for path in sorted(root.glob("**/*.md")):
        relative = path.relative_to(root)
        if SKIPPED_FOLDERS.intersection(relative.parts):
            continue
        text = path.read_text(encoding="utf-8")
        fenced = set()
        for start, info, body in blocks(text):
            fenced.update(body)
            commands = sum(bool(COMMAND.match(line)) for line in body)
            if not commands:
                continue
            words = re.split(r"[\s,]+", info)
            if words[0] != "console":
                yield f"{relative}:{start}: a session in a block of kind “{info}”; make it `console`, so that it is run"
            elif "ignore" in words:
                yield f"{relative}:{start}: a session that is ignored"
            elif path.resolve() not in run:
                yield f"{relative}:{start}: crates/sijil/tests/documents.rs does not run this document"
        for line in text.splitlines():
            if line in fenced:
                continue
            for target in LINK.findall(line):
                if "://" in target or target.startswith("mailto:"):
                    continue
                if not (path.parent / target).exists():
                    yield f"{relative}: a link to {target}, which does not exist"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    findings = list(check(root))
    for finding in findings:
        print(finding)
    print(f"{len(documents_run(root))} documents are run by tests, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
