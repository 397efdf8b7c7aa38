#!/usr/bin/env python3
"""bench.py PROGRAM FOLDER [NAME…]: measures a release build against its bars and prints a line for each.

NAMEs: documents, verify, count, figures, list, text; all of them where none is given. `--scale 0.1` makes everything smaller, to try
the scripts out. FOLDER is made and filled with some gigabytes; remove it afterwards. Only Python's standard library."""

import argparse
import os
import pathlib
import shutil
import statistics
import sys

import material
import measure

EXAMPLE = pathlib.Path(__file__).resolve().parent.parent / "crates" / "sijil" / "demo"


def told(name, value, bar, holds, note=""):
    """Prints a result; a bar that is missed is marked, and the exit code says so."""
    told.missed |= not holds
    print(f"{'ok    ' if holds else 'MISSED'}  {name:<58} {value:<26} bar: {bar}{'   ' + note if note else ''}", flush=True)


told.missed = False


def register(program, folder):
    """A new register about Marjan."""
    shutil.rmtree(folder, ignore_errors=True)
    measure.run([program, "init", folder, "--country", "XM"])
    for table in ("gazetteer", "actors"):
        measure.run([program, "-C", folder, "settings", table, EXAMPLE / f"{table}.csv"])
    return folder


def mb(count):
    return f"{count / 1e6:,.0f} MB"


def documents(program, work, scale):
    count = int(10_000 * scale)
    reports, home = work / "reports", work / "register"
    if not reports.exists():
        material.write_reports(reports, count)
    register(program, home)
    ran = measure.run([program, "-C", home, "add", reports])
    told(f"add {count:,} documents of 4 kB", f"{ran.wall:.1f} s, {mb(ran.memory)}", f"{60 * scale:g} s", ran.wall <= 60 * scale, f"processor {ran.processor:.1f} s")
    again = measure.run([program, "-C", home, "add", reports])
    print(f"        the same again, known already: {again.wall:.1f} s")
    rebuilt = measure.run([program, "-C", home, "rebuild"])
    print(f"        rebuild: {rebuilt.wall:.1f} s, {mb(rebuilt.memory)}")


def verify(program, work, scale):
    home = work / "register"
    names = work / "names"
    parts = [home / part for part in ("log", "bodies", "evidence")]
    files = sorted(path for part in parts for path in part.rglob("*") if path.is_file())
    names.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in files))
    size = sum(path.stat().st_size for path in files)
    hashing = ["sh", "-c", f"xargs -0 sha256sum < '{names}' > /dev/null"]
    verifying = [program, "-C", home, "verify"]
    measure.run(hashing), measure.run(verifying)
    taken = {"hashing": [], "verifying": []}
    for _ in range(5):
        taken["hashing"].append(measure.run(hashing).wall)
        taken["verifying"].append(measure.run(verifying).wall)
    hashed, verified = statistics.median(taken["hashing"]), statistics.median(taken["verifying"])
    told(
        f"verify {len(files):,} files, {mb(size)}, beside sha256sum",
        f"{hashed / verified:.2f} of its speed",
        "0.30",
        hashed / verified >= 0.3,
        f"sha256sum {hashed:.2f} s, verify {verified:.2f} s",
    )


def count(program, work, scale):
    home = work / "register"
    incidents = int(10_000 * scale)
    for name, question in [
        ("killed", []),
        ("in one month", ["--period", "2031-03"]),
        ("by governorate and month", ["--by", "governorate,month"]),
    ]:
        command = [program, "-C", home, "count", "--json", *question]
        wall = measure.median_wall(command, 9)
        told(f"count over {incidents:,} incidents: {name}", f"{wall * 1000:.0f} ms", "100 ms", wall <= 0.1)


def figures(program, work, scale):
    rows = int(100_000 * scale)
    path, home = work / "incidents.csv", work / "figures-register"
    if not path.exists():
        material.write_incidents(path, rows)
    register(program, home)
    ran = measure.run([program, "-C", home, "import", path])
    print(f"        import {rows:,} incidents with {7 * rows:,} claims: {ran.wall:.1f} s, {mb(ran.memory)}")
    by = ["count", "--by", "governorate,month"]
    for name, command, bar in [
        ("count by governorate and month", by, 0.15),
        ("the same as JSON, with every record", [*by, "--json"], 0.15),
        ("what each choice moves in a year", ["count", "--period", "2031", "--sensitivity"], 2),
    ]:
        wall = measure.median_wall([program, "-C", home, *command], 9)
        told(f"{rows:,} incidents: {name}", f"{wall * 1000:.0f} ms", f"{bar * 1000:.0f} ms", wall <= bar)


def people(program, work, scale):
    rows = int(1_000_000 * scale)
    path, home = work / "list.csv", work / "list-register"
    if not path.exists():
        material.write_list(path, rows)
    register(program, home)
    ran = measure.run([program, "-C", home, "add", path])
    told(f"add a list of {rows:,} rows", f"{ran.wall:.1f} s, {mb(ran.memory)}", f"{90 * scale:g} s, 1,000 MB", ran.wall <= 90 * scale and ran.memory <= 1e9, f"processor {ran.processor:.1f} s")


def text(program, work, scale):
    size = int(200e6 * scale)
    path, home = work / "text.txt", work / "text-register"
    if not path.exists():
        material.write_text(path, size)
    ran = measure.run(["sh", "-c", f"exec '{program}' read '{path}' > /dev/null"])
    told(f"read a text of {mb(size)}", f"{ran.wall:.1f} s, {mb(ran.memory)}", "bounded: 1,000 MB", ran.memory <= 1e9)
    register(program, home)
    ran = measure.run([program, "-C", home, "add", path])
    told(f"add a text of {mb(size)}", f"{ran.wall:.1f} s, {mb(ran.memory)}", "bounded: 2,500 MB", ran.memory <= 2.5e9)


BENCHMARKS = {"documents": documents, "verify": verify, "count": count, "figures": figures, "list": people, "text": text}


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("program", type=pathlib.Path)
    asked.add_argument("folder", type=pathlib.Path)
    asked.add_argument("names", nargs="*", choices=[*BENCHMARKS, []])
    asked.add_argument("--scale", type=float, default=1.0)
    given = asked.parse_args()
    program, work = given.program.resolve(), given.folder.resolve()
    work.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f} at the start{' (busy: times are too long)' if load > 0.5 else ''}", flush=True)
    for name in given.names or BENCHMARKS:
        BENCHMARKS[name](program, work, given.scale)
    sys.exit(1 if told.missed else 0)


if __name__ == "__main__":
    main()
