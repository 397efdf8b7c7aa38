#!/usr/bin/env python3
"""Measures `sijil place` on incidents that human coders placed and on names and toponyms with known points.

  places.py incidents SIJIL GAZETTEER INCIDENTS.csv[.gz]           share right, far off, curve of coverage and accuracy, by precision class
  places.py memory SIJIL GAZETTEER INCIDENTS.csv[.gz]              the same in date order, each day's places confirmed for the days after it
  places.py names SIJIL GAZETTEER ADM3.psv ADM2.psv CROSSWALK.tsv AREAS.geojson[.gz]   spellings of sub-districts, found in their district
  places.py toponyms MEASURE CORPUS.xml…                            gold spans on the built-in gazetteer, beside local-geocode where installed
  places.py errors SIJIL GAZETTEER INCIDENTS.csv[.gz] OUT.svg       the map of errors, to be looked at

GAZETTEER is a file of `sijil place import`; MEASURE the example of crates/place, which also tells where an area's middle is. INCIDENTS has `code,date,place_ar,place_en,governorate_ar,governorate_en,lat,lon,geo_accuracy`.
What is not answered counts as wrong. Only Python's standard library.
"""
import collections, csv, gzip, json, math, os, subprocess, sys, tempfile
import xml.etree.ElementTree as xml

AREAS = ("province_governorate", "district", "subdistrict", "none", "")
CITY_OR_FINER = ("city", "town", "village", "neighbourhood", "street", "landmark", "exact", "exact_by_other", "near_place")


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def km(a, b):
    (lat, lon), (lat2, lon2) = [tuple(map(math.radians, p)) for p in (a, b)]
    return 12742 * math.asin(math.sqrt(min(1, math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2)))


def place(sijil, cases, *options):
    lines = "".join(json.dumps({k: v for k, v in case.items() if v not in (None, "")}, ensure_ascii=False) + "\n" for case in cases)
    ran = subprocess.run([os.path.abspath(sijil), "place", "--jsonl", *options], input=lines, capture_output=True, text=True, cwd="/")
    if ran.returncode: sys.exit(ran.stderr)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def incidents(path):
    rows = []
    for r in csv.DictReader(opened(path)):
        if r["lat"] and r["geo_accuracy"] not in AREAS and abs(float(r["lat"])) <= 90 and abs(float(r["lon"])) <= 180:
            r["point"] = float(r["lat"]), float(r["lon"])
            r["within"] = r["governorate_ar"] or r["governorate_en"]
            r["case"] = {"id": r["code"], "place_ar": r["place_ar"], "place_en": r["place_en"], "within": r["within"], "country": "SY"}
            rows.append(r)
    return rows


def best(answer):
    """The first answer with a point, as (score, point), or None."""
    first = (answer["answers"] or [{}])[0]
    return (first["score"], (first["lat"], first["lon"])) if answer["answered"] and first.get("lat") is not None else None


def tell(rows, answers):
    n, off, classes = len(rows), [], collections.defaultdict(list)
    for r, a in zip(rows, answers):
        found = best(a)
        off.append((found[0], km(r["point"], found[1])) if found else (-1.0, math.inf))
        classes[r["geo_accuracy"]].append(off[-1][1] <= 5)
    answered = [o for o in off if o[0] >= 0]
    share = lambda t, of=off, over=None: sum(d <= t for _, d in of) / (over or len(of))
    print(f"n {n}, answered {len(answered) / n:.3f}, @1 {share(1):.3f}, @5 {share(5):.3f}, @25 {share(25):.3f}, @161 {share(161):.3f} of all")
    far = sum(d > 60 for _, d in answered)
    print(f"more than 60 km off: {far} = {far / len(answered):.3f} of the answers, {far / n:.3f} of all; median {sorted(d for _, d in answered)[len(answered) // 2]:.2f} km")
    off.sort(key=lambda o: -o[0])
    print("coverage  lowest score  @5 km  @25 km  > 60 km")
    for part in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0):
        kept = [o for o in off[: int(n * part)] if o[0] >= 0]
        over = int(n * part) if part <= 0.75 else len(kept)
        print(f"{len(kept) / n:8.2f}  {kept[-1][0]:12.2f}  {share(5, kept, over):5.3f}  {share(25, kept, over):6.3f}  {sum(d > 60 for _, d in kept) / over:7.3f}")
    print("by class, @5 km: " + ", ".join(f"{c} {sum(v) / len(v):.2f} ({len(v)})" for c, v in sorted(classes.items(), key=lambda cv: -len(cv[1]))))


def run_incidents(sijil, gazetteer, path):
    rows = incidents(path)
    tell(rows, place(sijil, [r["case"] for r in rows], "--gazetteer", gazetteer))


def run_memory(sijil, gazetteer, path):
    rows = sorted(incidents(path), key=lambda r: r["date"])
    answers, confirmed = [], tempfile.NamedTemporaryFile("w+", suffix=".csv", newline="")
    table = csv.writer(confirmed)
    table.writerow(("text", "within", "place_id", "lat", "lon"))
    at = 0
    while at < len(rows):
        today = [r for r in rows[at:] if r["date"] == rows[at]["date"]]
        confirmed.flush()
        answers += place(sijil, [r["case"] for r in today], "--gazetteer", gazetteer, "--memory", confirmed.name)
        for r in today:
            for text in (r["place_ar"], r["place_en"]):
                if text.strip(): table.writerow((text, r["within"], "", *r["point"]))
        at += len(today)
    tell(rows, answers)


def rings(geometry):
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for shape in shapes for ring in shape]


def inside(point, shape):
    (y, x), odd = point, False
    for ring in shape:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1: odd = not odd
    return odd


def run_names(sijil, gazetteer, adm3, adm2, crosswalk, areas):
    # A district may have several outlines under one name.
    outlines = json.load(opened(areas))["features"]
    features = [f for f in outlines if f["properties"]["level"] == 2]
    name_of = {str(f["properties"]["wof_id"]): f["properties"]["name"] for f in features}
    shapes = collections.defaultdict(list)
    for f in features: shapes[f["properties"]["name"]] += rings(f["geometry"])
    shape_of = {r["adm2_pcode"]: shapes.get(name_of.get(r["wof_id"], r["name_en"])) for r in csv.DictReader(opened(crosswalk), delimiter="\t")}
    # A district without an outline is judged by its governorate's.
    of_governorate = {f["properties"]["name_loc"]: rings(f["geometry"]) for f in outlines if f["properties"]["level"] == 1}
    outlined = sum(bool(shape_of.get(line[:6])) for line in opened(adm3))
    districts = {line.split("|")[0]: line.strip().split("|")[1:] for line in opened(adm2)}
    names = [line.strip().split("|") for line in opened(adm3)]
    for title, keep in (("Latin alone", {"place_en": 1, "within": 1}), ("Arabic alone", {"place_ar": 2, "within": 2}), ("either", {"place_en": 1, "place_ar": 2, "within": 1})):
        cases = []
        for row in names:
            around = districts.get(row[0][:6], ["", ""])
            cases.append({"id": row[0], "country": "SY", **{k: around[i - 1] if k == "within" else row[i] for k, i in keep.items()}})
        first = any_of_five = strict = 0
        missed = []
        for row, answer in zip(names, place(sijil, cases, "--gazetteer", gazetteer)):
            own = shape_of.get(row[0][:6])
            shape = own or of_governorate.get(districts.get(row[0][:4], ["", ""])[1])
            named = [a for a in answer["answers"] if a.get("lat") is not None and a["kind"] in CITY_OR_FINER and "not in the gazetteer" not in a["why"]]
            good = [shape is not None and inside((a["lat"], a["lon"]), shape) for a in named]
            first, any_of_five = first + (good[:1] == [True]), any_of_five + any(good)
            strict += own is not None and good[:1] == [True]
            if not any(good): missed.append(row[1] if "place_en" in keep else row[2])
        print(f"{title}: first answer {first / len(names):.3f}, any of five {any_of_five / len(names):.3f} of {len(names)}; first in a district that has an outline {strict} of {outlined}; missed: {', '.join(missed)}")


def toponyms(path):
    """(name, others of its article, point)"""
    found = []
    for article in xml.parse(path).getroot().iter("article"):
        here = []
        for one in list(article.iter("toponym")) + list(article.iter("location")):
            lat, lon = one.find(".//lat"), one.find(".//lon")
            name = one.findtext("phrase") or one.findtext("name")
            if name and lat is not None and lat.text: here.append((name.strip(), (float(lat.text), float(lon.text))))
        found += [(name, [other for other, _ in here if other != name], point) for name, point in here]
    return found


def run_toponyms(measure, *paths):
    try:
        from geocode.geocode import Geocode
        other = Geocode()
        other.load()
    except ImportError:
        other = None
    for path in paths:
        gold = toponyms(path)
        cases = "".join(json.dumps({"id": str(i), "text": name, "others": sorted(set(others))}) + "\n" for i, (name, others, _) in enumerate(gold))
        ran = subprocess.run([measure], input=cases, capture_output=True, text=True, check=True)
        answers = [json.loads(line) for line in ran.stdout.splitlines()]
        tell_toponyms(f"{path.rsplit('/')[-1]}: sijil", gold, [answer["point"] for answer in answers])
        tell_toponyms(f"{path.rsplit('/')[-1]}: sijil, no answer a first-order area", gold, [without_areas(answer) for answer in answers])
        if other:
            hits = [other.decode(name) for name, _, _ in gold]
            points = [(hit[0]["latitude"], hit[0]["longitude"]) if hit else None for hit in hits]
            tell_toponyms(f"{path.rsplit('/')[-1]}: local-geocode", gold, points)
            without = [point if hit and hit[0]["location_type"] != "admin1" else None for hit, point in zip(hits, points)]
            tell_toponyms(f"{path.rsplit('/')[-1]}: local-geocode, no answer a first-order area", gold, without)


def without_areas(answer):
    """The point of the first answer where it is no first-order area, else of the first settlement: those areas are local-geocode's own."""
    if not answer["answered"] or answer["answers"][0]["kind"] != "governorate": return answer["point"]
    points = [(a["lat"], a["lon"]) for a in answer["answers"] if a["lat"] is not None]
    return points[0] if points else None


def tell_toponyms(title, gold, points):
    right = sum(p is not None and km(p, g[2]) <= 161 for p, g in zip(points, gold))
    answered = sum(p is not None for p in points)
    print(f"{title}: {len(gold)} toponyms, answered {answered / len(gold):.3f}, @161 km {right / len(gold):.3f} of all, {right / max(1, answered):.3f} of the answered")


def run_errors(sijil, gazetteer, path, out):
    rows = incidents(path)
    lines, dots = [], []
    xy = lambda p: (f"{(p[1] - 35.5) * 130:.1f}", f"{(37.5 - p[0]) * 160:.1f}")
    for r, a in zip(rows, place(sijil, [r["case"] for r in rows], "--gazetteer", gazetteer)):
        found = best(a)
        (x, y), off = xy(r["point"]), km(r["point"], found[1]) if found else None
        dots.append(f'<circle cx="{x}" cy="{y}" r="2" fill="{"#999" if off is None else "#2a7" if off <= 5 else "#e80" if off <= 60 else "#c00"}" fill-opacity=".5"/>')
        if off and off > 5: lines.append('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width=".7"/>'.format(x, y, *xy(found[1]), "#c00" if off > 60 else "#e80"))
    with open(out, "w") as f:
        f.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="850"><rect width="900" height="850" fill="white"/>{"".join(lines + dots)}</svg>\n')


if __name__ == "__main__":
    command = {"incidents": run_incidents, "memory": run_memory, "names": run_names, "toponyms": run_toponyms, "errors": run_errors}.get((sys.argv + [""])[1])
    if not command or len(sys.argv) < 4: sys.exit(__doc__)
    command(*sys.argv[2:])
