#!/usr/bin/env python3
"""log_t.py NAME.json…: what the published rule for replicates makes of estimates kept by `sijil estimate --method dga --out`,
one a replicate. Worked out apart from the program, to check what it says as `log_t` of one file with all replicates as draws.
Only Python's standard library."""

import csv
import json
import math
import pathlib
import statistics
import sys


def t_quantile(p, freedom):
    """By Simpson's rule over the density, and halving."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    density = lambda x: scale * (1 + x * x / freedom) ** (-(freedom + 1) / 2)

    def below(x, steps=20_000):
        width = x / steps
        inner = sum((4 if at % 2 else 2) * density(at * width) for at in range(1, steps))
        return 0.5 + width / 3 * (density(0) + inner + density(x))

    low, high = 0.0, 200.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < p else (low, middle)
    return (low + high) / 2


def combined(replicates):
    """`replicates`: people observed and draws of everybody's number. Low, mean, high."""
    missing = [[math.log(draw - observed) for draw in draws] for observed, draws in replicates]
    number = len(replicates)
    within = statistics.fmean(statistics.variance(draws) for draws in missing)
    centres = [statistics.fmean(draws) for draws in missing]
    between = statistics.variance(centres)
    freedom = (number - 1) * (1 + within / ((number + 1) * between)) ** 2
    spread = t_quantile(0.975, freedom) * math.sqrt(within + (1 + 1 / number) * between)
    observed = statistics.fmean(observed for observed, _ in replicates)
    mean = statistics.fmean(statistics.fmean(draws) for _, draws in replicates)
    return [observed + math.exp(statistics.fmean(centres) + sign * spread) for sign in (-1, 1)], mean


def kept(path):
    with open(path.with_suffix(".draws.csv"), encoding="utf-8") as rows:
        draws = [float(row["population"]) for row in csv.DictReader(rows)]
    return json.loads(path.read_text())["observed"], draws


if __name__ == "__main__":
    (low, high), mean = combined([kept(pathlib.Path(path)) for path in sys.argv[1:]])
    print(f"{low:.6f} {mean:.6f} {high:.6f}")
