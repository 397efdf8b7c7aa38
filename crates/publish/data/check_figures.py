"""Checks the numbers of a release: figures and incidents against their claims, pages against the data."""

import html.parser
import re

from recount import Incident, interval_of, plus


# --- intervals ---

def sum_of(intervals):
    """What a list of intervals adds up to, in the members of a tally."""
    known = [interval for interval in intervals if interval[0] is not None]
    end = 0
    for interval in intervals:
        end = plus(end, interval[2])
    return {
        "min": sum(i[0] for i in known) if known or not intervals else None,
        "highest_reported": sum(max(i[1] or 0, i[0]) for i in known) if known or not intervals else None,
        "max": end, "open_ends": sum(i[2] == "open" for i in intervals),
        "unknown": len(intervals) - len(known), "incidents": len(intervals),
    }


def compare(where, stated, counted, wrong, count):
    if stated is None:
        return
    for name, value in counted.items():
        if stated[name] != value:
            wrong(f"{where}: {name} is given as {stated[name]} and comes to {value}")
    count("sums")


def with_pool(pool, tally):
    if not pool["incidents"]:
        return tally
    added = {name: (tally[name] or 0) + pool[name] for name in ("min", "highest_reported", "open_ends", "unknown", "incidents")}
    return {**added, "max": plus(tally["max"], pool["max"])}


def incidents_of(incidents, claims, rules):
    by_id = {claim["id"]: claim for claim in claims}
    made = {}
    for one in incidents:
        tellings = [{**t, "claims": [by_id[c]["number"] for c in t["claims"] if by_id[c].get("number")]} for t in one["tellings"]]
        made[one["id"]] = {name: Incident(tellings, one["people"], one["decisions"], one["disputed"], set_) for name, set_ in rules.items()}
    return made


def check_incidents(incidents, counted, wrong, count):
    for one in incidents:
        for row in one["casualties"]:
            if row["interval"] is None or row["harm"] in one["withheld_harms"]:
                count("numbers of incidents taken as given, since a part of them is withheld")
                continue
            again = counted[one["id"]][one["rules"]].answer(row["harm"], row["class"], row["status"])
            if (again[0], again[2]) != (row["interval"]["min"], row["interval"]["max"]):
                wrong(f"incident {one['id']}: {row['harm']} {row['class']} {row['status'] or ''} is given as {row['interval']} and comes to {again}")
            count("numbers of incidents counted again")


def check_figure(figure, counted, wrong, count):
    asked, name = figure["question"], figure["id"]
    apart = lambda record: asked["undated"] == "separate" and record["membership"] == "possibly_inside"
    intervals = {}
    for record in figure["records"]:
        if record["interval"] is None:
            continue
        intervals[record["record"]] = interval_of(record["interval"])
        if record["recount"]:
            again = counted[record["record"]][asked["rules"]].answer(asked["harm"], asked["class"], asked["status"])
            if again != intervals[record["record"]]:
                wrong(f"figure {name}, record {record['record']}: it is given as {intervals[record['record']]} and comes to {again}")
            count("records counted again")
        else:
            count("records taken as given, since what is behind them is withheld")
    shown = [record for record in figure["records"] if record["interval"] is not None]
    for part, is_part in (("inside", lambda r: not apart(r)), ("possibly_inside", apart)):
        counted_again = sum_of([intervals[record["record"]] for record in shown if is_part(record)])
        compare(f"figure {name}, {part}", figure[part], with_pool(figure["pooled"][part], counted_again), wrong, count)
    for row in figure["rows"]:
        if row["inside"] is None or any(record not in intervals for record in row["records"]):
            continue
        if "list" in row["key"]:
            # What one source says alone: which reports are whose is not published.
            count("rows of lists taken as given")
            continue
        cls = row["key"].get("class")
        if cls and not all(record in counted for record in row["records"]):
            continue
        parts = [counted[r][asked["rules"]].answer(asked["harm"], cls, asked["status"]) if cls else intervals[r] for r in row["records"]]
        whole = sum_of(parts)
        both = with_pool({**row["possibly_inside"], **{n: row["possibly_inside"][n] or 0 for n in ("min", "highest_reported")}}, row["inside"])
        for part in ("min", "max", "incidents"):
            if (both[part] or 0) != (whole[part] or 0):
                wrong(f"figure {name}, row {row['key']}: {part} is given as {both[part]} and comes to {whole[part]}")
        count("rows")


def check_rate(figure, wrong, count):
    """A rate: the people that it is divided by, place by place, and both ends, rounded away from each other."""
    rate = figure.get("rate")
    if rate is None:
        return
    places = {}
    for one in rate["populations"]:
        places.setdefault(one["place"], []).append(interval_of(one["people"]))
    fewest = sum(min(i[0] for i in said) for said in places.values())
    is_open = any(i[2] == "open" for said in places.values() for i in said)
    most = "open" if is_open else sum(max(i[2] for i in said) for said in places.values())
    if (fewest, most) != (rate["people"]["min"], rate["people"]["max"]):
        wrong(f"figure {figure['id']}: the people are given as {rate['people']} and come to {fewest} to {most}")
    scale = rate["per"] * 1000
    for part, ends in (("inside", rate), ("possibly_inside", rate["possibly_inside"])):
        tally = figure[part]
        low = None if tally["min"] is None or is_open else tally["min"] * scale // most / 1000
        high = -(-tally["max"] * scale // fewest) / 1000 if isinstance(tally["max"], int) else tally["max"]
        if (ends["min"], ends["max"]) != (low, high):
            wrong(f"figure {figure['id']}: the rate {part} is given as {ends['min']} to {ends['max']} and comes to {low} to {high}")
        count("rates counted again")


# --- pages ---

class Page(html.parser.HTMLParser):
    """The numbers and marked words of a page: (kind, of what, text)."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.items, self.open, self.record, self.casualty = [], [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        classes = (at.get("class") or "").split()
        if tag == "article" and "record" in classes:
            self.record = ""
        if "data-record" in at and self.record == "":
            self.record = at["data-record"]
        if "data-casualty" in at:
            self.casualty = at["data-casualty"]
        if "data-number" in at:
            self.take(tag, "figure", "")
        elif "adds" in classes:
            self.take(tag, "record", self.record)
        elif tag == "strong" and self.casualty:
            self.take(tag, "casualty", self.casualty)
            self.casualty = None
        elif tag == "mark" and "data-claim" in at:
            self.take(tag, "quote", at["data-claim"])
        elif "answer" in classes:
            self.take(tag, "answer", "")

    def take(self, tag, kind, of):
        self.items.append([kind, of, ""])
        self.open.append((tag, len(self.items) - 1))

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, text):
        for _, at in self.open:
            self.items[at][2] += text


def printed(interval):
    """The numbers that an interval is printed with."""
    low, high = interval
    numbers = [n for n in (low, high) if isinstance(n, int)]
    return sorted(set(numbers))


def numbers(text):
    return sorted({int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)})


def tally_ends(tally):
    empty = tally["incidents"] == 0 or tally["unknown"] == tally["incidents"]
    return (None, None) if empty else (tally["min"] or 0, tally["max"])


def check_pages(folder, figures, incidents, claims, wrong, count):
    def expect(path, what, text, interval):
        count("numbers on pages")
        if numbers(text) != printed(interval):
            wrong(f"{path}: {what} is printed as {text.strip()!r} and the data say {interval}")

    quotes = {claim["id"]: {" ".join(q["text"].split()) for q in claim["quotes"]} for claim in claims}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        page = Page(path.read_text("utf-8"))
        code = path.name.rsplit(".", 2)[0]
        figure = next((f for f in figures if name.startswith("figure/") and f["id"] == code), None)
        incident = next((i for i in incidents if name.startswith("incident/") and i["id"] == code), None)
        records = {r["record"]: r for r in figure["records"]} if figure else {}
        pooled = [figure["pooled"][part] for part in ("inside", "possibly_inside") if figure["pooled"][part]["incidents"]] if figure else []
        answers = iter(figures)
        for kind, of, text in page.items:
            if kind == "figure" and figure:
                expect(name, "the figure", text, tally_ends(figure["inside"]))
            elif kind == "answer" and name.startswith("index."):
                one = next(answers)
                expect(name, f"figure {one['id']}", text, tally_ends(one["inside"]))
            elif kind == "record" and of in records:
                interval = records[of]["interval"]
                expect(name, f"record {of}", text, (interval["min"], interval["max"]))
            elif kind == "record" and of == "pooled" and pooled:
                expect(name, "what is added up", text, tally_ends(pooled.pop(0)))
            elif kind == "record" and figure:
                wrong(f"{name}: the data have no record {of}")
            elif kind == "casualty" and incident:
                rows = {".".join(filter(None, (r["harm"], r["class"], r["status"]))): r["interval"] for r in incident["casualties"]}
                expect(name, of, text, (rows[of]["min"], rows[of]["max"]) if rows.get(of) else (None, None))
            elif kind == "quote" and not name.startswith("document/"):
                count("quotes on pages")
                if " ".join(text.split()) not in quotes.get(of, ()):
                    wrong(f"{name}: the quote of claim {of} is not the one in the data")
