#!/usr/bin/env python3
"""Fits the weights of `crates/link/data/incident-weights.csv` to reports of which the incident is known. Needs numpy and scikit-learn.

  sijil link --incidents REPORTS.jsonl --out DIR --evidence
  fit-incidents.py REPORTS.jsonl DIR/evidence.csv crates/link/data/incident-weights.csv [--measure]

REPORTS holds a JSON object a line with `text` and `incidents`, the codes of the incidents that it tells of; those of several are not
learnt from. What a kind of evidence is worth is the sum of what it is worth always and what it is worth more or less where days agree,
are not named, or are apart; all are pulled to zero (ridge). With --measure incidents are parted into folds, each two reports are weighed
by what was learnt from the incidents of other folds, and the B-cubed F1 of their groups is printed; nothing is written.
"""
import collections, csv, gzip, heapq, json, sys
import numpy as np
from sklearn.linear_model import LogisticRegression

FOLDS, PULL, TIMES = 6, 0.01, 3


def read(reports, evidence):
    opened = gzip.open(reports, "rt") if reports.endswith(".gz") else open(reports)
    codes = [set(json.loads(line)["incidents"]) for line in opened]
    gold = [next(iter(found)) if len(found) == 1 else None for found in codes]
    with open(evidence) as lines:
        names = next(csv.reader([lines.readline()]))[3:]
        table = np.loadtxt(lines, delimiter=",", dtype=np.float32)
    return gold, names, table[:, :2].astype(int), table[:, 2].astype(int), table[:, 3:]


def spread(kinds, time):
    """Evidence once, and again in the columns of what is known of the days."""
    return np.column_stack([kinds] + [kinds * (time == known)[:, None] for known in range(TIMES)])


def learn(kinds, same):
    return LogisticRegression(C=PULL, max_iter=400, tol=1e-4).fit(kinds, same)


def group(count, pairs, chances, least=0.5):
    """As crates/link/src/incidents/group.rs: the most alike are joined, sums of chances being divided by pairs to the power of 3/4."""
    sums, heap = [dict() for _ in range(count)], []
    for (a, b), chance in zip(pairs.tolist(), chances.tolist()):
        if chance >= 0.01:
            sums[a][b] = sums[b][a] = chance
            if chance > least: heap.append((-chance, a, b, 0, 0))
    heapq.heapify(heap)
    members, ages = [[i] for i in range(count)], [0] * count
    while heap:
        _, a, b, age, other_age = heapq.heappop(heap)
        if not members[a] or not members[b] or (ages[a], ages[b]) != (age, other_age): continue
        members[a] += members[b]; members[b] = []; ages[a] += 1
        for other, chance in sums[b].items():
            if other != a:
                sums[a][other] = sums[a].get(other, 0) + chance; sums[other].pop(b, None)
        sums[b] = {}; sums[a].pop(b, None)
        for other, chance in sums[a].items():
            sums[other][a] = chance
            mean = chance / (len(members[a]) * len(members[other])) ** 0.75
            if mean > least:
                low, high = min(a, other), max(a, other)
                heapq.heappush(heap, (-mean, low, high, ages[low], ages[high]))
    first = [0] * count
    for at, group in enumerate(members):
        for report in group: first[report] = at
    return first


def b_cubed(gold, found):
    known = [i for i, code in enumerate(gold) if code]
    true, made = collections.Counter(gold[i] for i in known), collections.Counter(found[i] for i in known)
    both = collections.Counter((gold[i], found[i]) for i in known)
    p = sum(n * n / made[k[1]] for k, n in both.items()) / len(known)
    r = sum(n * n / true[k[0]] for k, n in both.items()) / len(known)
    return p, r, 2 * p * r / (p + r)


def out_of_fold(gold, pairs, known, kinds, same):
    codes = sorted({code for code in gold if code})
    fold_of = dict(zip(codes, np.random.RandomState(1).randint(0, FOLDS, len(codes))))
    fold = np.array([fold_of[code] if code else i % FOLDS for i, code in enumerate(gold)])
    left, right = fold[pairs[:, 0]], fold[pairs[:, 1]]
    chances = np.zeros(len(pairs))
    for i in range(FOLDS):
        for j in range(i, FOLDS):
            judged = ((left == i) & (right == j)) | ((left == j) & (right == i))
            learnt = known & ~np.isin(left, (i, j)) & ~np.isin(right, (i, j))
            chances[judged] = learn(kinds[learnt], same[learnt]).predict_proba(kinds[judged])[:, 1]
    return chances


def main(reports, evidence, weights, *rest):
    gold, names, pairs, time, kinds = read(reports, evidence)
    numbers = {code: number for number, code in enumerate(sorted({code for code in gold if code}))}
    code = np.array([numbers.get(code, -1) for code in gold])
    left, right = code[pairs[:, 0]], code[pairs[:, 1]]
    known, same = (left >= 0) & (right >= 0), (left >= 0) & (left == right)
    columns = spread(kinds, time)
    middle, scale = columns.mean(axis=0), columns.std(axis=0)
    scale[scale < 1e-6] = 1
    columns = (columns - middle) / scale
    if rest == ("--measure",):
        chances = out_of_fold(gold, pairs, known, columns, same)
        for least in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            print("least %.2f: precision %.4f recall %.4f F1 %.4f" % (least, *b_cubed(gold, group(len(gold), pairs, chances, least))))
        return
    model = learn(columns[known], same[known])
    worth = model.coef_[0] / scale
    start = model.intercept_[0] - worth @ middle
    worth = worth.reshape(TIMES + 1, len(names))
    always = worth[0] + worth[1:]
    always[:, names.index("always")] += start
    with open(weights, "w") as out:
        out.write("kind,agree,unsaid,apart\n")
        for at, name in enumerate(names): out.write("%s,%.3f,%.3f,%.3f\n" % (name, *always[:, at]))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5): sys.exit(__doc__)
    main(*sys.argv[1:])
