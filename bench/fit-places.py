#!/usr/bin/env python3
"""Fits the weights of `crates/place/data/weights.csv` on incidents that human coders placed. Needs numpy.

  SIJIL_FEATURES=1 measure GAZETTEER < cases.jsonl > features.jsonl
  fit-places.py GOLD features.jsonl crates/place/data/weights.csv [--split]

GOLD is a CSV with `code,date,lat,lon,geo_accuracy`. With --split the later half by date is left out of the fit and measured, then the
other way round; nothing is written. Without it all rows are fitted and the file is written. The loss is that the right answer is among
the candidates within 5 km of the coder's point, or that none is.
"""
import csv, gzip, json, math, sys
import numpy as np

AREAS = ("province_governorate", "district", "subdistrict", "none", "")
PULL = 0.0002  # strength of the pull to zero
# The incidents are of a known country without neighbourhoods in its gazetteer, stand alone, and seldom name an area that is not the report's:
# what they cannot tell is set by hand.
HELD = {"confirmed": 1.0, "activity": 0.1, "part_found": 1.0, "settlement_said": -0.8, "company": 2.5, "renown": 1.2, "compatriot": 3.0, "inside_stated": 1.0, "outside_stated": -0.9}


def km(a, b, c, d):
    a, b, c, d = map(math.radians, (a, b, c, d))
    return 12742 * math.asin(math.sqrt(min(1, math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2)))


def cases(gold, features):
    opened = gzip.open(gold, "rt") if gold.endswith(".gz") else open(gold)
    rows = {r["code"]: r for r in csv.DictReader(opened) if r["lat"] and r["geo_accuracy"] not in AREAS and abs(float(r["lon"])) <= 180}
    found = []
    for line in open(features):
        code, candidates = json.loads(line)
        row = rows.get(code)
        if row is None: continue
        points = [c[0] for c in candidates]
        X = np.array([c[1] for c in candidates], float)
        right = np.array([km(float(row["lat"]), float(row["lon"]), *p) <= 5 for p in points], bool)
        found.append((row["date"], X, right))
    found.sort(key=lambda case: case[0])
    return found


def packed(found):
    """All cases in one array, each with a candidate "none" of no features at its end."""
    width = next(X.shape[1] for _, X, _ in found if len(X))
    X, right, case = [], [], []
    for number, (_, features, is_right) in enumerate(found):
        if len(features): X.append(features); right.append(is_right)
        X.append(np.zeros((1, width))); right.append(np.array([not is_right.any()]))
        case += [number] * (len(features) + 1)
    return np.vstack(X), np.concatenate(right), np.array(case)


def fit(found, names, steps=3000):
    X, right, case = packed(found)
    starts = np.r_[0, np.flatnonzero(np.diff(case)) + 1]
    w = np.array([HELD.get(name, 0.0) for name in names])
    free = np.array([name not in HELD for name in names])
    m, v = np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for step in range(1, steps + 1):
        e = np.exp(np.clip(X @ w, -50, 50))
        total, good = np.add.reduceat(e, starts), np.add.reduceat(e * right, starts)
        gradient = X.T @ (e / total[case] - e * right / good[case]) / len(found) + PULL * w
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w -= free * 0.03 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return w


def measure(found, w):
    """Share right with the likeliest candidate, and of the three quarters with the highest probability."""
    results = []
    for _, X, right in found:
        if not len(X): results.append((0, False)); continue
        e = np.exp(np.clip(X @ w, -50, 50))
        best = int(np.argmax(e))
        results.append((e[best] / (e.sum() + 1), bool(right[best])))
    results.sort(reverse=True)
    top = results[: len(results) * 3 // 4]
    reachable = sum(right.any() for _, _, right in found) / len(found)
    return {"n": len(found), "at_5km": round(sum(r for _, r in results) / len(results), 4), "best_75": round(sum(r for _, r in top) / len(top), 4),
            "reachable": round(float(reachable), 4)}


def main(gold, features, out, split=False):
    found = cases(gold, features)
    names = [line.split(",")[0] for line in open(out).read().split()[1:]]
    if split:
        half = len(found) // 2
        for a, b in ((found[:half], found[half:]), (found[half:], found[:half])):
            w = fit(a, names)
            print("fitted on", measure(a, w), "left out", measure(b, w))
        return
    w = fit(found, names)
    print(measure(found, w))
    with open(out, "w") as f:
        f.write("feature,weight\n" + "".join(f"{n},{x:.3f}\n" for n, x in zip(names, w)))
    print(open(out).read())


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--split"]
    if len(arguments) != 3: sys.exit(__doc__)
    main(*arguments, split="--split" in sys.argv)
