#!/usr/bin/env python3
"""score-unseen.py [--sijil PATH] [--json]: how well `sijil extract` does on the frozen articles of tests/unseen.

It runs sijil once over all articles and compares its answer with the gold: facts annotated and found by type, given
facts that are wrong, forbidden things extracted. It prints counts and never the misses, so that no rule is made from
them: tables, or with --json one object an article and a last one with the totals.

Matching, one to one and the closest first; names are compared folded (case, accents, Arabic spellings):
- incident: the place's name, with or without head words, or an overlap with the quote. Its numbers, date, actor and
  level-1 kind are facts of their own: one that differs is wrong, also where the gold has none. A coarser date differs.
  Several actors where the gold has none are competing accusations, so not wrong; `unknown` is no value. An incident
  that matches none is one wrong fact, its sites besides.
- person: the whole name, or for the unnamed an overlap and the fate. Wrong: anyone else who has a fate.
- source: the name of person or organisation, or an overlap and the kind.
- aggregate: kind and numbers (a comparison without a number: kind and overlap). A further line on the words of one
  that was found is a breakdown, which the gold does not list.
- site: the kind, within the matched incident. position: holder and overlap; what it says is a fact of its own.
A person's age class, a source's kind by name and an aggregate's period are not scored."""

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
UNSEEN = ROOT / "crates" / "sijil" / "tests" / "unseen"
# The classes that the gold annotates; others are not judged.
CLASSES = ("children", "women", "infants")
LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None} | dict.fromkeys("'’‘ʼ`"))
Json = dict[str, Any]


def fold(text: str | None) -> str:
    """A name's words, so that spellings of it compare equal: «الآمال» and «الامال», "Gov. TV" and "the gov tv"."""
    letters = unicodedata.normalize("NFKD", text or "").casefold().translate(LETTERS)
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return " ".join(re.findall(r"[^\W_]+", bare)).removeprefix("the ")


def folded(fact: Json, *keys: str) -> list[str]:
    return [fold(fact[key]) for key in keys if fact.get(key)]


def contains(phrase: str, words: str) -> bool:
    """Whether folded words stand as whole words in a folded phrase."""
    return bool(words) and f" {words} " in f" {phrase} "


def overlap(left: Json, right: Json) -> int:
    """How many code points the spans of two facts share."""
    a, b = left.get("span") or [0, 0], right.get("span") or [0, 0]
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def places(incident: Json) -> list[str]:
    """Where an incident is placed, not what else is mentioned with it."""
    primary = [place for place in incident.get("places") or [] if place.get("role") in ("primary", None)]
    return [name for place in primary for name in folded(place, "text", "name")]


def numbers(aggregate: Json) -> list:
    if aggregate.get("kind") == "ratio":
        return [aggregate.get("of"), aggregate.get("part")]
    return list(aggregate.get("value") or [aggregate.get("min"), aggregate.get("max")])


def near(left: Any, right: Any) -> bool:
    """Equal, where a third may be written 0.33."""
    both = isinstance(left, int | float) and isinstance(right, int | float)
    return abs(left - right) <= 0.005 if both else left == right


def closeness(gold: Json, given: Json) -> tuple[int, ...]:
    """How well a given fact fits a gold one of its type, to be compared; empty where it does not."""
    shared, fits, name = overlap(gold, given), False, fold(gold.get("name"))
    match gold["type"]:
        case "incident":
            placed = any(contains(place, fold(gold["place"])) for place in places(given))
            distance = abs(gold["span"][0] - (given.get("span") or [0])[0])
            return (placed + (shared > 0), shared, -distance) if placed or shared else ()
        case "person" if name:
            fits = name in folded(given, "name", "name_as_printed")
        case "person":
            fits = shared > 0 and not given.get("name") and given.get("fate") == gold["fate"]
        case "source":
            named = bool(name) and name in folded(given, "name", "organisation")
            return (named, shared) if named or (shared and given.get("kind") == gold["kind"]) else ()
        case "aggregate" if numbers(gold) == [None, None]:
            fits = shared > 0 and given.get("kind") == gold["kind"]
        case "aggregate":
            fits = given.get("kind") == gold["kind"] and all(map(near, numbers(gold), numbers(given)))
        case "position":
            fits = shared > 0 and fold(gold["holder"]) in folded(given, "holder")
    return (shared,) if fits else ()


def pair(gold: list[Json], given: list[Json]) -> dict[int, int]:
    """Indexes of gold facts with those of their given facts, the closest first and the earlier before the later."""
    ranked = [(closeness(left, right), -i, -j) for i, left in enumerate(gold) for j, right in enumerate(given)]
    pairs: dict[int, int] = {}
    for _, i, j in sorted((fit for fit in ranked if fit[0]), reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def annotated_details(gold: Json) -> Json:
    """What the gold says of an incident, by name; None where nothing is said."""
    details = {f"{name}_min": gold["classes"].get(name, {}).get("min") for name in CLASSES}
    details |= {"killed_min": gold["killed"]["min"], "killed_max": gold["killed"]["max"]}
    details |= {"injured_min": gold.get("injured", {}).get("min"), "date": gold["date_edtf"], "actor": gold["actor"]}
    return details | {"kind": None if gold["kind"] == "unknown" else gold["kind"]}


def given_details(incident: Json, annotated_actor: str | None) -> Json:
    """The same as sijil gave it."""
    def casualty(harm: str, name: str, bound: str) -> Any:
        rows = [row for row in incident.get("casualties") or [] if (row["harm"], row["class"]) == (harm, name)]
        return next((row.get(bound) for row in rows if row.get("status") is None), None)

    details = {f"{name}_min": casualty("killed", name, "min") for name in CLASSES}
    details |= {f"killed_{bound}": casualty("killed", "total", bound) for bound in ("min", "max")}
    details |= {"injured_min": casualty("injured", "total", "min"), "actor": given_actor(incident, annotated_actor)}
    date, kind = (incident.get("date") or {}).get("edtf"), (incident.get("kind") or "unknown").split(".")[0]
    return details | {"date": date and date.rstrip("?~%"), "kind": None if kind == "unknown" else kind}


def given_actor(incident: Json, annotated: str | None) -> str | None:
    """The annotated actor if it is among those given, else the first of them, else None."""
    known = [row for row in incident.get("attributions") or [] if row.get("actor") != "unknown"]
    if annotated and any(fold(annotated) in folded(row, "actor", "text") for row in known):
        return annotated
    actors = list(dict.fromkeys(row.get("actor") or row.get("text") for row in known))
    return actors[0] if actors and (annotated or len(actors) == 1) else None


def has_fate(person: Json) -> bool:
    return person.get("fate") not in (None, "unknown")


def is_violated(rule: Json, prediction: Json, text: str) -> bool:
    """Whether what the gold forbids was extracted."""
    incidents, words = prediction.get("incidents") or [], fold(str(rule["value"]))
    if rule["kind"] == "incident":
        return any(contains(name, words) for incident in incidents for name in places(incident))
    if rule["kind"] == "killed_count":
        rows = [row for incident in incidents for row in incident.get("casualties") or []]
        totals = [row for row in rows if (row["harm"], row["class"]) == ("killed", "total")]
        return any(rule["value"] in (row.get("min"), row.get("max"))
                   for row in totals if row.get("status") in (None, "civilian"))
    victims = [person for person in prediction.get("persons") or [] if has_fate(person)]
    printed = [folded(person, "name", "name_as_printed") or [fold(text[slice(*person.get("span") or [0, 0])])]
               for person in victims]
    return any(contains(name, words) or contains(words, name) for names in printed for name in names)


def score(gold: Json, prediction: Json, text: str = "") -> Json:
    """An article's counts by type (annotated, found, wrong), forbidden things listed, and values of those violated.
    `prediction` is a line of `sijil extract`, {} for no answer; in `text` unnamed people are recognised."""
    counts: dict[str, list[int]] = {}

    def add(name: str, *more: int) -> None:
        counts[name] = [old + new for old, new in zip(counts.get(name, [0, 0, 0]), more, strict=True)]

    def compare(name: str, annotated: Any, given: Any) -> None:
        add(name, annotated is not None, given is not None and given == annotated, given not in (None, annotated))

    hit: set[tuple[str, str]] = set()
    for name in ("incident", "person", "source", "aggregate", "position"):
        annotated = [fact for fact in gold["facts"] if fact["type"] == name]
        given = prediction.get(f"{name}s") or []
        pairs = pair(annotated, given)
        rest = [fact for j, fact in enumerate(given) if j not in pairs.values()]
        if name == "person":
            rest = [person for person in rest if has_fate(person)]
        if name == "aggregate":
            rest = [line for line in rest if not any(overlap(annotated[i], line) for i in pairs)]
        add(name, len(annotated), len(pairs), len(rest))
        for i, fact in enumerate(annotated):
            answer = given[pairs[i]] if i in pairs else {}
            if name == "incident":
                said = given_details(answer, fact["actor"])
                for detail, value in annotated_details(fact).items():
                    compare(f"incident.{detail}", value, said[detail])
                hit |= {(fact["key"], site["kind"]) for site in answer.get("sites") or []}
            elif detail := {"person": "fate", "position": "what"}.get(name):
                compare(f"{name}.{detail}", fact[detail], answer.get(detail))
        if name == "incident":
            hit |= {(f"unmatched {n}", site["kind"]) for n, one in enumerate(rest) for site in one.get("sites") or []}
    sites = {(fact["incident"], fact["kind"]) for fact in gold["facts"] if fact["type"] == "site"}
    hit = {(where, kind) for where, kind in hit if kind != "unknown"}
    add("site", len(sites), len(sites & hit), len(hit - sites))
    violated = [rule["value"] for rule in gold["forbidden"] if is_violated(rule, prediction, text)]
    return {"id": gold["id"], "counts": counts, "listed": len(gold["forbidden"]), "violated": violated}


def summary(name: str, scores: Iterable[Json]) -> Json:
    """Scores of articles in one: sums, the share found, and of the facts that were given the share that is wrong."""
    scores, counts = list(scores), {}
    for kind, row in (item for one in scores for item in one["counts"].items()):
        counts[kind] = [old + new for old, new in zip(counts.get(kind, [0, 0, 0]), row, strict=True)]
    facts = {kind: shares(*row) for kind, row in counts.items()}
    whole = shares(*map(sum, zip([0, 0, 0], *counts.values(), strict=True)))
    forbidden = {"listed": sum(one["listed"] for one in scores), "violated": [v for one in scores for v in one["violated"]]}
    return {"id": name, "all": whole, "facts": facts, "forbidden": forbidden}


def shares(annotated: int, found: int, wrong: int) -> Json:
    row = {"annotated": annotated, "found": found, "given": found + wrong, "wrong": wrong}
    row["share_found"] = round(found / annotated, 4) if annotated else None
    return row | {"share_wrong": round(wrong / (found + wrong), 4) if found + wrong else None}


def extract(sijil: Path, articles: list[Json]) -> dict[str, Json]:
    """What `sijil extract --jsonl` answers, by article."""
    lines = [{key: value for key, value in article.items() if value is not None} for article in articles]
    sent = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        done = subprocess.run([sijil, "extract", "--jsonl"], input=sent.encode(), capture_output=True, check=False)
    except OSError as error:
        sys.exit(f"{sijil} does not run: {error}. Build it (`cargo build --bin sijil`) or name it with --sijil.")
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.decode().splitlines())}
    missing = [article["id"] for article in articles if article["id"] not in answers]
    if done.returncode or missing:
        sys.exit(f"sijil extract ended with {done.returncode}, answers missing: {missing}\n{done.stderr.decode()}")
    return answers


def table(rows: Iterable[tuple[str, Json]]) -> None:
    for name, row in rows:
        found, wrong = ("–" if row[key] is None else f"{row[key]:.1%}" for key in ("share_found", "share_wrong"))
        print(f"{name:22} found {row['found']:3} of {row['annotated']:3} {found:>6}"
              f"   wrong {row['wrong']:3} of {row['given']:3} given {wrong:>6}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sijil", type=Path, default=ROOT / "target" / "debug" / "sijil", help="the program to score")
    options.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = options.parse_args()
    golds = [json.loads(path.read_bytes()) for path in sorted(UNSEEN.glob("*.gold.json"))]
    texts = {gold["id"]: (UNSEEN / f"{gold['id']}.txt").read_bytes().decode() for gold in golds}
    articles = [{"text": texts[gold["id"]]} | {key: gold[key] for key in ("id", "published", "lang", "country")}
                for gold in golds]
    answers = extract(asked.sijil, articles)
    scores = [score(gold, answers[gold["id"]], texts[gold["id"]]) for gold in golds]
    each, total = [summary(one["id"], [one]) for one in scores], summary("total", scores)
    if asked.json:
        print("\n".join(json.dumps(one, ensure_ascii=False) for one in [*each, total]))
        return
    table((one["id"], one["all"]) for one in each)
    print()
    table([*total["facts"].items(), ("all facts", total["all"])])
    print(f"\nforbidden: {len(total['forbidden']['violated'])} of {total['forbidden']['listed']} violated")


if __name__ == "__main__":
    main()
