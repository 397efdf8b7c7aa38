"""score-unseen.py counts what is found, what is wrong and what is forbidden, on an invented article."""

import copy
import importlib.util
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent / "score-unseen.py"
TEXT = (
    "Tarif Qasbani and his wife were killed when Marjan air force jets bombed the market of Tell Zaytun on 3 May 2031. "
    "Five are hurt. A third of the 40 wards closed; 120 died since January. The army denied it, Lamis Warraq reports."
)


def module():
    """The script as a module (its name has a hyphen)."""
    spec = importlib.util.spec_from_file_location("score_unseen", SCRIPT)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def span(quote):
    start = TEXT.index(quote)
    return [start, start + len(quote)]


def fact(fact_type, quote, /, **fields):
    return {"type": fact_type, "quote": quote, "span": span(quote)} | fields


def casualty(harm, name, least, most, status=None):
    return {"harm": harm, "class": name, "status": status, "min": least, "max": most}


BOMBED = "bombed the market of Tell Zaytun on 3 May 2031"
GOLD = {
    "id": "invented",
    "text": TEXT,
    "facts": [
        fact(
            "incident", BOMBED, key="I1", killed={"min": 2, "max": 2}, injured={"min": 5, "max": 5},
            classes={"women": {"min": 1, "max": 1}}, date_edtf="2031-05-03", place="Tell Zaytun",
            actor="marjan_air_force", kind="air",
        ),
        fact("person", "Tarif Qasbani", name="Tarif Qasbani", fate="killed", age_class="adult", incident="I1"),
        fact("person", "his wife", name=None, fate="killed", age_class="adult", incident="I1"),
        fact("source", "Lamis Warraq", name="Lamis Warraq", kind="field_reporter"),
        fact("aggregate", "A third of the 40 wards", kind="share", min=0.3333, max=0.3333, of=None, part=None),
        fact("aggregate", "120 died since January", kind="total", min=120, max=120, of=None, part=None),
        fact("site", "the market", kind="market", incident="I1"),
        fact("position", "The army denied it", holder="army", what="denied"),
    ],
    "forbidden": [
        {"why": "wards", "kind": "killed_count", "value": 40},
        {"why": "the reporter", "kind": "person_victim", "value": "Lamis Warraq"},
        {"why": "the unnamed", "kind": "person_victim", "value": "wards"},
        {"why": "no place", "kind": "incident", "value": "Qasr Nahr"},
    ],
}
PERFECT = {
    "id": "invented",
    "incidents": [{
        "id": "i1", "kind": "air.plane", "span": span(BOMBED), "date": {"edtf": "2031-05-03"},
        "places": [{"text": "the town of Tell Zaytun", "role": "primary"}, {"text": "Qasr Nahr", "role": "origin"}],
        "attributions": [{"actor": None, "text": "Marjan air force"}],
        "casualties": [
            casualty("killed", "total", 2, 2), casualty("killed", "total", 1, 2, "civilian"),
            casualty("killed", "women", 1, 1), casualty("killed", "men", 1, 1), casualty("injured", "total", 5, 5),
        ],
        "sites": [{"kind": "market", "span": span("the market")}],
    }],
    "persons": [
        {"id": "p1", "name": "Tarif al-Qasbani", "name_as_printed": "TARIF QASBANI", "span": [0, 13], "fate": "killed"},
        {"id": "p2", "name": None, "span": span("his wife"), "fate": "killed"},
        {"id": "p3", "name": "Lamis Warraq", "span": span("Lamis Warraq"), "fate": None},
    ],
    "sources": [{"name": None, "kind": "field_reporter", "span": span("Lamis Warraq reports")}],
    "aggregates": [
        {"kind": "share", "value": [0.333, 0.333], "span": span("A third")},
        {"kind": "total", "min": 120, "max": 120, "span": span("120 died")},
        {"kind": "total", "min": 3, "max": 3, "span": span("since January")},
    ],
    "positions": [{"holder": "army", "what": "denied", "span": span("denied it")}],
}


class ScoreUnseen(unittest.TestCase):
    def setUp(self):
        self.script = module()
        self.given = copy.deepcopy(PERFECT)

    def summary(self, gold=GOLD):
        return self.script.summary("invented", [self.script.score(gold, self.given)])

    def assert_wrong(self, *kinds):
        """Exactly one fact of each of these types is wrong; those annotated and no longer found are missed."""
        facts = self.summary()["facts"]
        self.assertEqual({kind: row["wrong"] for kind, row in facts.items() if row["wrong"]}, dict.fromkeys(kinds, 1))
        return {kind for kind, row in facts.items() if row["found"] < row["annotated"]}

    def test_a_perfect_answer_is_complete_and_faultless(self):
        summary = self.summary()
        self.assertEqual((summary["all"]["share_found"], summary["all"]["share_wrong"]), (1.0, 0.0))
        self.assertEqual(summary["all"]["annotated"], 18)
        self.assertEqual(summary["forbidden"], {"listed": 4, "violated": []})

    def test_no_answer_finds_nothing_and_gives_nothing_wrong(self):
        for self.given in ({}, {"incidents": [], "persons": [], "sources": [], "aggregates": [], "positions": []}):
            summary = self.summary()
            self.assertEqual((summary["all"]["found"], summary["all"]["given"]), (0, 0))
            self.assertEqual((summary["all"]["share_found"], summary["all"]["share_wrong"]), (0.0, None))
            self.assertEqual(summary["all"]["annotated"], 18)

    def test_a_wrong_number_is_missed_and_wrong(self):
        self.given["incidents"][0]["casualties"][0] |= {"max": "open"}
        self.assertEqual(self.assert_wrong("incident.killed_max"), {"incident.killed_max"})

    def test_a_number_that_nobody_said_is_wrong(self):
        self.given["incidents"][0]["casualties"].append(casualty("killed", "children", 1, 1))
        self.assertEqual(self.assert_wrong("incident.children_min"), set())

    def test_wrong_date_actor_and_kind(self):
        self.given["incidents"][0] |= {"date": {"edtf": "2031-05"}, "kind": "ground"}
        self.given["incidents"][0]["attributions"] = [{"actor": "army", "text": "army"}]
        kinds = {"incident.date", "incident.actor", "incident.kind"}
        self.assertEqual(self.assert_wrong(*kinds), kinds)

    def test_an_unknown_kind_is_missed_but_not_wrong(self):
        self.given["incidents"][0] |= {"kind": "unknown", "attributions": [], "date": None}
        self.assertEqual(self.assert_wrong(), {"incident.date", "incident.actor", "incident.kind"})

    def test_competing_accusations_are_no_actor(self):
        gold = copy.deepcopy(GOLD)
        gold["facts"][0]["actor"] = None
        self.assertEqual(self.summary(gold)["facts"]["incident.actor"]["wrong"], 1)
        self.given["incidents"][0]["attributions"].append({"actor": "army", "text": "army"})
        self.assertEqual(self.summary(gold)["facts"]["incident.actor"]["given"], 0)

    def test_an_incident_elsewhere_matches_by_its_words_or_not_at_all(self):
        self.given["incidents"][0]["places"] = [{"text": "Port Amal", "role": "primary"}]
        self.assertEqual(self.assert_wrong(), set())
        self.given["incidents"][0]["span"] = span("Five are hurt")
        missed = self.assert_wrong("incident", "site")
        self.assertIn("incident.killed_min", missed)
        self.assertIn("site", missed)

    def test_a_second_incident_of_one_event_is_wrong(self):
        self.given["incidents"].append(self.given["incidents"][0] | {"span": [0, 5], "sites": []})
        self.assertEqual(self.assert_wrong("incident"), set())

    def test_another_name_or_fate_is_wrong(self):
        self.given["persons"][0] |= {"name": "Tarif", "name_as_printed": "Tarif"}
        self.assertEqual(self.assert_wrong("person"), {"person", "person.fate"})
        self.given["persons"][0] |= {"name": "Tarif Qasbani", "fate": "injured"}
        self.assertEqual(self.assert_wrong("person.fate"), {"person.fate"})

    def test_sources_aggregates_sites_and_positions_that_fit_nothing(self):
        self.given["sources"][0]["kind"] = "party_statement"
        self.given["aggregates"][1] |= {"min": 121, "max": 121}
        del self.given["aggregates"][2]
        self.given["incidents"][0]["sites"][0]["kind"] = "school"
        self.given["positions"][0]["what"] = "accepted"
        kinds = {"source", "aggregate", "site", "position.what"}
        self.assertEqual(self.assert_wrong(*kinds), kinds)

    def test_forbidden_things_are_found_out(self):
        self.given["incidents"][0]["places"][1]["role"] = "primary"
        self.given["incidents"][0]["casualties"][0]["max"] = 40
        self.given["persons"][2]["fate"] = "killed"
        self.given["persons"].append({"name": None, "span": span("40 wards"), "fate": "injured"})
        violated = self.summary()["forbidden"]["violated"]
        self.assertEqual(violated, [40, "Lamis Warraq", "wards", "Qasr Nahr"])

    def test_arabic_names_are_folded(self):
        fold = self.script.fold
        self.assertEqual(fold("حَيّ الآمــال"), fold("حي الامال"))
        self.assertEqual(fold("أروى القرية"), "اروي القريه")
        self.assertTrue(self.script.contains(fold("حيّ الكروم"), fold("الكروم")))
        self.assertFalse(self.script.contains(fold("الكرومات"), fold("الكروم")))

    def test_totals_are_sums_over_articles(self):
        scores = [self.script.score(GOLD, given) for given in (PERFECT, {})]
        total = self.script.summary("total", scores)
        self.assertEqual((total["all"]["found"], total["all"]["annotated"], total["all"]["share_found"]), (18, 36, 0.5))
        self.assertEqual(total["facts"]["person"]["share_found"], 0.5)
        self.assertEqual(total["forbidden"]["listed"], 8)


if __name__ == "__main__":
    unittest.main()
