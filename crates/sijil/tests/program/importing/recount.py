"""Counts an Airwars-shaped spreadsheet again, from the file alone: sums of civilians killed by year, grade and governorate.

`recount.py INCIDENTS [VICTIMS]` prints JSON. A least without a most is open above, a most without a least begins at one
(at none where it is none); a least above its most is no number; where no total of civilians is given, men, women and
children are added, and where only fighters are counted there are no civilians. Discounted incidents are in no sum.
"""

import csv
import json
import sys

PARTS = ["children", "women", "men"]


def pair(row, name):
    least, most = (int(row[f"{name}_{end}"]) if row[f"{name}_{end}"] else None for end in ("min", "max"))
    if least is None and most is None:
        return None
    if least is None:
        return min(1, most), most
    if most is None:
        return least, None
    return (least, most) if least <= most else None


def civilians(row):
    total = pair(row, "civ_killed")
    if total:
        return total
    parts = [part for part in (pair(row, f"{name}_killed") for name in PARTS) if part]
    if parts:
        mosts = [most for _, most in parts]
        return sum(least for least, _ in parts), None if None in mosts else sum(mosts)
    return (0, 0) if pair(row, "mil_killed") else None


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def year(row):
    """The year of all its days: a range of days that leaves the year is in none; one that runs backwards is its first."""
    first, last = row["date"], row["date_end"]
    return first[:4] if not last or last < first or last[:4] == first[:4] else "several"


def group(rows, key):
    """For each key: sum of leasts, sum of the mosts that are known, incidents, incidents without a number, open ends."""
    groups = {}
    for row in rows:
        sums = groups.setdefault(key(row), [0, 0, 0, 0, 0])
        number = civilians(row)
        sums[2] += 1
        if number is None:
            sums[3] += 1
            continue
        sums[0] += number[0]
        sums[1] += number[1] or 0
        sums[4] += number[1] is None
    return groups


def above_their_most(rows, victims):
    """Codes of incidents that list more dead than all their killed at most."""
    listed = {}
    for victim in victims:
        named = victim["name_ar"] or victim["name_latin"]
        if victim["status"] == "killed" and named:
            listed[victim["code"]] = listed.get(victim["code"], 0) + 1
    codes = []
    for row in rows:
        numbers = [civilians(row), pair(row, "mil_killed")]
        known = [number for number in numbers if number]
        if any(number[1] is None for number in known) or not known:
            continue
        if listed.get(row["code"], 0) > sum(number[1] for number in known):
            codes.append(row["code"])
    return codes


def main():
    rows = rows_of(sys.argv[1])
    victims = rows_of(sys.argv[2]) if len(sys.argv) > 2 else []
    counted = [row for row in rows if row["grading"].lower() != "discounted"]
    placed = [row for row in counted if row["governorate_ar"]]
    print(json.dumps({
        "all": group(counted, lambda row: "all"),
        "year": group(counted, year),
        "grading": group(counted, lambda row: row["grading"].lower() or "ungraded"),
        "governorate": group(placed, lambda row: row["governorate_ar"]),
        "above": above_their_most(counted, victims),
    }, ensure_ascii=False))


main()
