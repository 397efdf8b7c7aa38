#!/usr/bin/env python3
"""How linking grows with the list: `growth.py SIJIL FOLDER [RECORDS…]`, 10,000 to a million where none are given.

Makes lists of lists.py with --fixed-density and seed 7 in FOLDER, where they are not there yet, links each once with 20 draws
and prints a row a list: processor seconds, peak memory, pairs compared, and how right it is. Only Python's standard library.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import against_splink
import measure

SIZES = [10_000, 100_000, 1_000_000]


def main():
    sijil, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    print("| records | CPU s | µs a record | MB | pairs compared | a record | pair F1 | B³ F1 | people: interval (true) |\n|---|---|---|---|---|---|---|---|---|")
    for records in map(int, sys.argv[3:] or SIZES):
        path = folder / f"growth-{records}.csv"
        if not path.exists():
            lists = Path(__file__).with_name("lists.py")
            subprocess.run([sys.executable, lists, str(records), "7", path, "--fixed-density"], check=True)
        with tempfile.TemporaryDirectory() as out:
            ran = measure.run([sijil, "link", path, "--out", out, "--draws", "20"])
            scored = against_splink.score(*against_splink.truth_and_found(path, out))
        found = json.loads(ran.output)
        people = found["people"]
        print(f"| {records:,} | {ran.processor:.1f} | {1e6 * ran.processor / records:.0f} | {ran.memory / 1e6:.0f} | {found['compared']:,} "
              f"| {found['compared'] / records:.1f} | {scored['pair_f1']:.3f} | {scored['b_cubed_f1']:.3f} "
              f"| {people['low']:,}–{people['high']:,} ({scored['people_true']:,}) |", flush=True)


if __name__ == "__main__":
    main()
