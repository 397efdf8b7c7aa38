#!/usr/bin/env python3
"""score-unseen.py [--sijil PATH] [--articles DIR] [--json]: how well `sijil extract` does on frozen articles.

The articles are those of tests/unseen, or those of another folder of the same form.

Runs sijil once and compares with the gold: facts found by type, given facts that are wrong, forbidden things extracted.
Prints counts and no misses, so that no rule is made from them; with --json an object an article, then the total, and
of what is forbidden which values came.
Facts are matched one to one, the closest first, and names folded (case, accents, Arabic spellings):
- incident: the place, with or without head words, or an overlap with the quote. Its numbers, date, actor and level-1
  kind are facts of their own: one that differs is wrong, also where the gold has none, and so is a coarser date.
  Several actors where the gold has none are competing accusations, not wrong; `unknown` is no value.
- person: the whole name, or for the unnamed an overlap and the fate. Nobody else may have a fate.
- source: the name of person or organisation, or an overlap and the kind.
- aggregate: kind and numbers, or kind and overlap for a comparison without a number. A further line on the words of one
  that was found is a breakdown, which the gold does not list.
- site: the kind, within the matched incident. position: holder, by code or as printed, and overlap; what it says is a fact of its own.
Not scored: a person's age class, a source's kind by name, an aggregate's period."""
import argparse
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
UNSEEN = ROOT / "crates" / "sijil" / "tests" / "unseen"
CLASSES = ("children", "women", "infants")  # those that the gold annotates; others are not judged
LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None} | dict.fromkeys("'’‘ʼ`"))
Json = dict[str, Any]
Row = tuple[str, int, int, int]

def fold(text: str | None) -> str:
    """A name's words, so that spellings of it compare equal: «الآمال» and «الامال», "Gov. TV" and "the gov tv"."""
    letters = unicodedata.normalize("NFKD", text or "").casefold().translate(LETTERS)
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return " ".join(re.findall(r"[^\W_]+", bare)).removeprefix("the ")

def folded(fact: Json, *keys: str) -> list[str]:
    return [words for key in keys if (words := fold(fact.get(key)))]

def contains(phrase: str, words: str) -> bool:
    """Whether folded words stand as whole words in a folded phrase."""
    return bool(words) and f" {words} " in f" {phrase} "

def overlap(left: Json, right: Json) -> int:
    """How many code points the spans of two facts share."""
    a, b = left.get("span") or [0, 0], right.get("span") or [0, 0]
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))

def places(incident: Json) -> list[str]:  # where it is placed, not what else is mentioned with it
    return [name for place in incident.get("places") or [] if place.get("role") in ("primary", None)
            for name in folded(place, "text", "name")]

def numbers(aggregate: Json) -> list:
    """The kind and its two numbers, rounded so that a third may be written 0.33."""
    kind = aggregate.get("kind")
    keys = ("of", "part") if kind == "ratio" else ("min", "max")
    values = aggregate.get("value") or [aggregate.get(key) for key in keys]
    return [kind, *(round(value, 2) if isinstance(value, float) else value for value in values)]

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
            named = name in folded(given, "name", "organisation")
            return (named, shared) if named or (shared and given.get("kind") == gold["kind"]) else ()
        case "aggregate":
            unsaid = numbers(gold) == [given.get("kind"), None, None]
            fits = shared > 0 if unsaid else numbers(gold) == numbers(given)
        case "position":
            fits = shared > 0 and fold(gold["holder"]) in folded(given, "holder", "holder_text")
    return (shared,) if fits else ()

def pair(gold: list[Json], given: list[Json]) -> dict[int, int]:
    """Indexes of gold facts with those of their given facts, the closest first and the earlier before the later."""
    fits = [(closeness(left, right), -i, -j) for i, left in enumerate(gold) for j, right in enumerate(given)]
    pairs: dict[int, int] = {}
    for fit, i, j in sorted(fits, reverse=True):
        if fit and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs

def annotated_details(gold: Json) -> Json:
    """What the gold says of an incident, by name; None where nothing is said."""
    details = {f"{name}_min": gold["classes"].get(name, {}).get("min") for name in CLASSES}
    details |= {f"killed_{bound}": gold["killed"][bound] for bound in ("min", "max")}
    details |= {"injured_min": gold.get("injured", {}).get("min"), "date": gold["date_edtf"]}
    return details | {"actor": gold["actor"], "kind": gold["kind"]}

def given_details(incident: Json, annotated_actor: str | None) -> Json:
    """The same as sijil gave it."""
    def casualty(harm: str, name: str, bound: str) -> Any:
        rows = [row for row in incident.get("casualties") or [] if (row["harm"], row["class"]) == (harm, name)]
        return next((row.get(bound) for row in rows if row.get("status") is None), None)

    details = {f"{name}_min": casualty("killed", name, "min") for name in CLASSES}
    details |= {f"killed_{bound}": casualty("killed", "total", bound) for bound in ("min", "max")}
    details |= {"injured_min": casualty("injured", "total", "min"), "actor": given_actor(incident, annotated_actor)}
    date = (incident.get("date") or {}).get("edtf") or ""
    return details | {"date": date.rstrip("?~%") or None, "kind": (incident.get("kind") or "unknown").split(".")[0]}

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
        return any(rule["value"] in (row.get("min"), row.get("max"))
                   for incident in incidents for row in incident.get("casualties") or []
                   if (row["harm"], row["class"]) == ("killed", "total") and row.get("status") in (None, "civilian"))
    return any(contains(name, words) or contains(words, name)
               for one in filter(has_fate, prediction.get("persons") or [])
               for name in folded(one, "name", "name_as_printed") or [fold(text[slice(*one.get("span") or [0, 0])])])

def score(gold: Json, prediction: Json) -> Json:
    """An article's rows of (type, annotated, found, wrong), forbidden things listed, and values of those violated.
    `prediction` is a line of `sijil extract`, {} for no answer. The gold's `text`, if given, tells who is unnamed."""
    rows: list[Row] = []
    hit: set[tuple[str, str]] = set()

    def compare(name: str, *values: Any) -> None:
        annotated, given = (None if value == "unknown" else value for value in values)
        right = given is not None and given == annotated
        rows.append((name, annotated is not None, right, given is not None and not right))

    for name in ("incident", "person", "source", "aggregate", "position"):
        annotated = [fact for fact in gold["facts"] if fact["type"] == name]
        given = prediction.get(f"{name}s") or []
        pairs = pair(annotated, given)
        # Neither people without a fate nor breakdowns are judged.
        judged = {"person": has_fate, "aggregate": lambda line: not any(overlap(annotated[i], line) for i in pairs)}
        rest = list(filter(judged.get(name), [fact for j, fact in enumerate(given) if j not in pairs.values()]))
        rows.append((name, len(annotated), len(pairs), len(rest)))
        for i, fact in enumerate(annotated):
            answer = given[pairs[i]] if i in pairs else {}
            if name == "incident":
                said = given_details(answer, fact["actor"])
                for detail, value in annotated_details(fact).items():
                    compare(f"incident.{detail}", value, said[detail])
                hit |= {(fact["key"], site["kind"]) for site in answer.get("sites") or []}
            elif detail := {"person": "fate", "position": "what"}.get(name):
                compare(f"{name}.{detail}", fact[detail], answer.get(detail))
        if name == "incident":  # An incident that is wrong is one fact, each of its sites another.
            hit |= {(f"unmatched {n}", site["kind"]) for n, one in enumerate(rest) for site in one.get("sites") or []}
    sites = {(fact["incident"], fact["kind"]) for fact in gold["facts"] if fact["type"] == "site"}
    hit = {site for site in hit if site[1] != "unknown"}
    rows.append(("site", len(sites), len(sites & hit), len(hit - sites)))
    violated = [rule["value"] for rule in gold["forbidden"] if is_violated(rule, prediction, gold.get("text", ""))]
    return {"id": gold["id"], "rows": rows, "listed": len(gold["forbidden"]), "violated": violated}

def summary(name: str, scores: list[Json]) -> Json:
    """Scores of articles in one: sums, the share found, and of the facts that were given the share that is wrong."""
    rows = [row for one in scores for row in one["rows"]]
    facts = {kind: shares([row for row in rows if row[0] == kind]) for kind in sorted({row[0] for row in rows})}
    listed, violated = sum(one["listed"] for one in scores), [value for one in scores for value in one["violated"]]
    return {"id": name, "all": shares(rows), "facts": facts, "forbidden": {"listed": listed, "violated": violated}}

def shares(rows: list[Row]) -> Json:
    annotated, found, wrong = (sum(row[column] for row in rows) for column in (1, 2, 3))
    given = found + wrong
    return {"annotated": annotated, "found": found, "share_found": round(found / annotated, 4) if annotated else None,
            "given": given, "wrong": wrong, "share_wrong": round(wrong / given, 4) if given else None}

def extract(sijil: Path, golds: list[Json]) -> dict[str, Json]:
    keys = ("id", "text", "published", "lang", "country")
    sent = [json.dumps({key: gold[key] for key in keys if gold[key] is not None}) + "\n" for gold in golds]
    done = subprocess.run([sijil, "extract", "--jsonl"], input="".join(sent).encode(), capture_output=True)
    if done.returncode or done.stdout.count(b"\n") != len(golds):
        sys.exit(f"sijil extract did not answer for each article; exit {done.returncode}:\n{done.stderr.decode()}")
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}

def table(rows: dict[str, Json]) -> str:
    def percent(share: float | None) -> str:
        return "–" if share is None else f"{share:.1%}"

    return "\n".join(f"{name:22} found {row['found']:3} of {row['annotated']:3} {percent(row['share_found']):>6}"
                     f", wrong {row['wrong']:3} of {row['given']:3} given {percent(row['share_wrong']):>6}"
                     for name, row in rows.items())

def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sijil", type=Path, default=ROOT / "target" / "debug" / "sijil", help="the program to score")
    options.add_argument("--articles", type=Path, default=UNSEEN, help="a folder of NAME.txt and NAME.gold.json")
    options.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = options.parse_args()
    if not asked.sijil.is_file():
        options.error(f"there is no {asked.sijil}: run `cargo build`, or name the program with --sijil")
    golds = [json.loads(path.read_bytes()) for path in sorted(asked.articles.glob("*.gold.json"))]
    for gold in golds:
        gold["text"] = (asked.articles / f"{gold['id']}.txt").read_bytes().decode()
    answers = extract(asked.sijil, golds)
    scores = [score(gold, answers[gold["id"]]) for gold in golds]
    each, total = [summary(one["id"], [one]) for one in scores], summary("total", scores)
    if asked.json:
        return print(*(json.dumps(one, ensure_ascii=False) for one in [*each, total]), sep="\n")
    print(table({one["id"]: one["all"] for one in each}), table(total["facts"] | {"all facts": total["all"]}),
          f"forbidden: {len(total['forbidden']['violated'])} of {total['forbidden']['listed']} violated", sep="\n\n")

if __name__ == "__main__":
    main()
