#!/usr/bin/env python3
"""Counts in how many short reports each word, and each two neighbouring words, stand: `crates/link/data/word-shares.csv`.

  word-shares.py REPORTS.jsonl… > crates/link/data/word-shares.csv

Each line has a `text`. Two texts after each other count as one report, since most are a sentence or two. What stands in fewer
than four is left out. The program folds the words as it reads them.
"""
import collections, json, re, sys

LEAST = 4
WORD = re.compile(r"[^\W\d_][\w\u064b-\u0652’']*")
MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")


def words(text):
    return [MARKS.sub("", word).lower() for word in WORD.findall(text) if len(word) > 1]


def main(files):
    texts = []
    for file in files:
        lines = [json.loads(line)["text"] for line in open(file)]
        texts += [lines[at] + "\n" + "".join(lines[at + 1 : at + 2]) for at in range(0, len(lines), 2)]
    counts = collections.Counter()
    for text in texts:
        found = words(text)
        counts.update(set(found) | {" ".join(pair) for pair in zip(found, found[1:])})
    print("words,reports\n,%d" % len(texts))
    for word, many in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        if many >= LEAST: print("%s,%d" % (word, many))


if __name__ == "__main__":
    if len(sys.argv) < 2: sys.exit(__doc__)
    main(sys.argv[1:])
