#!/usr/bin/env python3
"""sijil and Splink on the same list with known truth: `against_splink.py SIJIL LIST.csv`.

Where Splink is missing it is installed from PyPI into an environment of its own, in target/bench/splink or where
SIJIL_BENCH_FOLDER says. LIST.csv is what lists.py makes. Each runs once, in a process of its own, from the CSV as it is to
people; CPU and memory are those of that process. A line is printed for sijil, one for each threshold of Splink as it comes,
one for Splink's best, and how many times sijil's processor time and memory are in Splink's.
The quality is that of the clusters, against the column entity_id, by the same code for both.

The configuration of Splink, by what its documentation advises:
- names are cleaned and given a key across scripts before (its documentation leaves that to the user), here by pandas-free
  Python, once for each distinct word;
- comparisons by Jaro-Winkler levels on keys with an exact level on the spelling, term frequencies on given and family name,
  ages and dates by differences, places from the finest to the coarsest;
- prior from deterministic rules, u by random sampling, three passes of EM blocked so that relatives do not dominate, each
  capped by max_pairs (which is what makes a million records run in under a minute);
- blocking with the given name in every rule that would otherwise pair whole families;
- clusters by single best links with every list free of duplicates (`cluster_using_single_best_links`), at the threshold of
  those tried that scores best against the truth: an advantage that sijil does not get.
"""

import collections
import csv
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import measure

NEEDED = ["splink==5.0.0", "duckdb==1.5.6", "pandas"]

FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": None, "-": " ", "'": None})
SOUND = {}
for letters, sound in (("بp", "b"), ("تطثt", "t"), ("جjغg", "g"), ("دذضظزdz", "d"), ("رr", "r"), ("سصs", "s"), ("ش", "c"), ("فvf", "f"),
                       ("قكخkqcx", "k"), ("لl", "l"), ("مm", "m"), ("نn", "n"), ("b", "b")):
    SOUND.update(dict.fromkeys(letters, sound))
PAIRS = {"sh": "c", "ch": "c", "kh": "k", "gh": "g", "th": "t", "dh": "d", "ph": "f"}
THRESHOLDS = [0.1, 0.2, 0.5, 0.8, 0.95]


def folded(text):
    words = text.lower().translate(FOLD).split()
    return "".join(words) if len(words) < 2 else "".join(word for word in words if word not in ("al", "el", "ال"))


def key(word):
    """Consonants across scripts: the article, vowels and every h are dropped."""
    for article in ("ال", "al", "el"):
        if word.startswith(article) and len(word) > len(article) + 2:
            word = word[len(article):]
            break
    out, at = "", 0
    while at < len(word):
        sound = PAIRS.get(word[at:at + 2])
        step = 2 if sound else 1
        sound = sound or SOUND.get(word[at], "" if at else "a")
        if sound and not out.endswith(sound):
            out += sound
        at += step
    return out


def prepared(path):
    import pandas
    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    table.insert(0, "unique_id", range(1, len(table) + 1))
    for part in ("given", "father", "grandfather", "family"):
        words = {word: folded(word) for word in table[part].unique()}
        keys = {word: key(fold) for word, fold in words.items()}
        table[part + "_key"] = table[part].map(keys)
        table[part] = table[part].map(words)
    table["day"] = table["date"].where(table["date"].str.len() == 10, "")
    table["age"] = pandas.to_numeric(table["age"], errors="coerce")
    return table.replace("", None)


def linker(table):
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def name(part, frequencies=False):
        exact = levels.ExactMatchLevel(part + "_key", term_frequency_adjustments=frequencies)
        return comparisons.CustomComparison(output_column_name=part, comparison_levels=[
            levels.NullLevel(part + "_key"), exact, levels.JaroWinklerLevel(part + "_key", 0.9),
            levels.JaroWinklerLevel(part + "_key", 0.75), levels.ElseLevel()])

    def sql(column, *conditions):
        return comparisons.CustomComparison(output_column_name=column, comparison_levels=[
            levels.NullLevel(column), *[levels.CustomLevel(condition) for condition in conditions], levels.ElseLevel()])

    apart = "abs(date_diff('day', CAST(day_l AS DATE), CAST(day_r AS DATE)))"
    place = comparisons.CustomComparison(output_column_name="place", comparison_levels=[
        levels.CustomLevel("governorate_l IS NULL OR governorate_r IS NULL", "none").configure(is_null_level=True),
        levels.CustomLevel("community_l = community_r"), levels.CustomLevel("district_l = district_r"),
        levels.CustomLevel("governorate_l = governorate_r"), levels.ElseLevel()])
    rules = [block_on("given_key", "family_key"), block_on("given_key", "father_key", "district"), block_on("given_key", "grandfather_key", "district"),
             block_on("day", "community", "substr(given_key, 1, 1)"), block_on("day", "district", "substr(given_key, 1, 1)"),
             block_on("father_key", "family_key", "substr(given_key, 1, 1)"), block_on("day", "given_key"),
             block_on("community", "given_key", "age")]
    settings = SettingsCreator(
        link_type="link_and_dedupe", unique_id_column_name="unique_id", blocking_rules_to_generate_predictions=rules,
        comparisons=[name("given", True), name("father"), name("grandfather"), name("family", True),
                     comparisons.ExactMatch("sex"), sql("age", "age_l = age_r", "abs(age_l - age_r) <= 1", "abs(age_l - age_r) <= 6"),
                     sql("day", "day_l = day_r", apart + " <= 2", apart + " <= 31"), place],
        additional_columns_to_retain=["source"])
    api = DuckDBAPI()
    # The lists as tables of their own, which clustering by single best links needs.
    lists = [api.register(rows, table_name=f"list_{name}") for name, rows in table.groupby("source")]
    linker = Linker(lists, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given_key", "father_key", "family_key", "day")], recall=0.35)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("given_key", "family_key"), block_on("given_key", "day"), block_on("given_key", "father_key", "grandfather_key")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=1e6)
    return linker


def by_splink(path, out):
    """Runs Splink, and writes the people of the best threshold. Run in a process of its own."""
    table = prepared(path)
    trained = linker(table)
    pairs = trained.inference.predict(threshold_match_probability=THRESHOLDS[0])
    truth = dict(zip(table["unique_id"], table["entity_id"], strict=True))
    best, spent = None, resource.getrusage(resource.RUSAGE_SELF)
    sources = [f"list_{name}" for name in sorted(table["source"].unique())]
    for number, threshold in enumerate(THRESHOLDS):
        clusters = trained.clustering.cluster_using_single_best_links(
            pairs, duplicate_free_datasets=sources, threshold_match_probability=threshold)
        found = clusters.as_pandas_dataframe()
        scored = score({row: truth[row] for row in truth}, dict(zip(found["unique_id"], found["cluster_id"], strict=True)))
        if number == 0:
            spent = resource.getrusage(resource.RUSAGE_SELF)
        # One clustering is counted, not the search for the threshold.
        scored |= {"threshold": threshold, "cpu_seconds": round(spent.ru_utime + spent.ru_stime, 1), "megabytes": spent.ru_maxrss // 1024}
        print("splink at", json.dumps(scored), file=sys.stderr, flush=True)
        if best is None or scored["pair_f1"] > best["pair_f1"]:
            best = scored
    Path(out).write_text(json.dumps(best), encoding="utf-8")


def by_sijil(sijil, path):
    with tempfile.TemporaryDirectory() as folder:
        ran = measure.run([sijil, "link", path, "--out", folder, "--draws", "1"])
        truth, found = truth_and_found(path, folder)
    return {**score(truth, found), "cpu_seconds": round(ran.processor, 1), "wall_seconds": round(ran.wall, 1), "megabytes": ran.memory >> 20}


def truth_and_found(path, folder):
    """The people of each row, by the column entity_id of a list, and by what sijil wrote of it."""
    with open(path, encoding="utf-8", newline="") as lines:
        truth = {row: line["entity_id"] for row, line in enumerate(csv.DictReader(lines), 1)}
    with open(Path(folder) / "people.csv", encoding="utf-8", newline="") as lines:
        found = {int(line["row"]): line["person"] for line in csv.DictReader(lines)}
    return truth, found


def score(truth, found):
    """Pairs and B-cubed of clusters."""
    rows = [(entity, found.get(row, ("alone", row))) for row, entity in truth.items()]
    true, claimed, both = (collections.Counter(items) for items in ((t for t, _ in rows), (f for _, f in rows), rows))
    pairs = lambda counts: sum(many * (many - 1) / 2 for many in counts.values())
    precision, recall = pairs(both) / max(1, pairs(claimed)), pairs(both) / max(1, pairs(true))
    of_found = sum(many * many / claimed[f] for (_, f), many in both.items()) / len(rows)
    of_true = sum(many * many / true[t] for (t, _), many in both.items()) / len(rows)
    f1 = lambda p, r: round(2 * p * r / (p + r), 4) if p + r else 0.0
    return {"pair_precision": round(precision, 4), "pair_recall": round(recall, 4), "pair_f1": f1(precision, recall),
            "b_cubed_f1": f1(of_found, of_true), "people": len(claimed), "people_true": len(true), "largest": max(claimed.values())}


def with_splink():
    """A Python that has Splink: this one, or one of an environment that is made where it is not there yet."""
    if importlib.util.find_spec("splink"):
        return sys.executable
    folder = Path(os.environ.get("SIJIL_BENCH_FOLDER", Path(__file__).resolve().parent.parent / "target" / "bench")) / "splink"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDED], check=True)
    return str(python)


def main():
    if sys.argv[1] == "--splink":
        return by_splink(sys.argv[2], sys.argv[3])
    sijil, path = sys.argv[1:3]
    python = with_splink()
    ours = by_sijil(sijil, path)
    print("sijil ", json.dumps(ours), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "splink.json"
        started = time.monotonic()
        subprocess.run([python, __file__, "--splink", path, str(out)], check=True)
        theirs = json.loads(out.read_text(encoding="utf-8"))
        print("splink", json.dumps(theirs | {"wall_seconds_of_all": round(time.monotonic() - started, 1)}))
    times = {what: round(theirs[what] / ours[what], 1) for what in ("cpu_seconds", "megabytes")}
    print("splink / sijil", json.dumps(times))


if __name__ == "__main__":
    main()
