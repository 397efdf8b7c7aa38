#!/usr/bin/env python3
"""Makes lists of invented people with known truth, to measure linking: `lists.py RECORDS SEED OUT.csv [--fixed-density]
[--siblings-differ]`.

The error model, fixed before the engine was tuned against anything it makes, and not changed since:

world     ten governorates, six districts each, eight places a district; one event for every 5.2 people on average, of
          which 55 % kill one person, 20 % kill strangers together, 25 % kill members of one household (2 to 14, the
          children of one father, sometimes his parents). With --fixed-density the number of families grows with RECORDS.
          One in twenty pairs of children of a father bear one name here, which on a list of real people were 2 of 12,010;
          with --siblings-differ none do.
names     given names with Zipf weights (male 120, female 90, made by script, in Arabic and Latin), families from two syllables
          and 30 heads, Zipf weights; a third of grandsons carry the grandfather's name.
lists     six: A-D in Arabic, E in Latin letters, F mixed. A person is on list k with probability depending on the list and
          on how well their event was covered; 1 to 5 % of a list's rows are the same person again.
errors    by list: given, father, grandfather, family left out (0 to 1 %, 5 to 50 %, 25 to 85 %, 1 to 6 %); hamza, ta
          marbuta, alif maqsura, article and compound spelling in 20 to 60 % of words that have them; a letter lost, doubled,
          swapped or wrong in 1 to 5 % of words; Latin spellings by random vowels and digraphs; "child of" or "wife of" in
          1 to 9 % of rows of children and wives; sex wrong 1 %; age missing 20 to 55 %, off by one 14 %, by up to six 5 %;
          date missing 3 to 12 %, off by one or two days 9 %, up to a month 4 %, only the month 5 %; place cut at the
          district or governorate 25 to 65 %, wrong 3 %.
"""

import csv
import random
import sys

MALE = ["محمد", "أحمد", "علي", "حسن", "حسين", "خالد", "عمر", "يوسف", "إبراهيم", "محمود", "سامر", "كريم", "نادر", "رامي", "زياد",
        "وليد", "طارق", "ماهر", "سعيد", "عادل", "جمال", "فؤاد", "هاني", "أنس", "بشار", "غسان", "نبيل", "رشيد", "صالح", "منذر"]
FEMALE = ["فاطمة", "مريم", "زينب", "عائشة", "هدى", "سعاد", "نور", "ليلى", "رنا", "سمر", "هبة", "أمل", "رغد", "دعاء", "إيمان",
          "سلمى", "وفاء", "نجوى", "حنان", "ريم", "لينا", "منى", "سناء", "خديجة", "رقية", "شهد", "جنى", "تالا", "بيان", "آية"]
SERVANT = ["الرحمن", "الله", "الكريم", "القادر", "العزيز", "الرزاق", "الحميد", "الناصر"]
LETTERS = "بتجحخدرزسشصطعفقكلمنهوي"
LATIN = {"ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
         "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q",
         "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ى": "a", "ة": "a", "ء": "", "ؤ": "o", "ئ": "e"}
LISTS = {  # script, chance to be on it, left out: father, grandfather, family; slips; kin; age missing; date missing; place cut
    "A": ("ar", .52, .05, .25, .01, .01, .01, .20, .03, .25), "B": ("ar", .46, .25, .60, .02, .03, .04, .40, .05, .45),
    "C": ("ar", .40, .50, .85, .06, .05, .09, .55, .12, .65), "D": ("ar", .33, .15, .45, .02, .02, .03, .30, .05, .35),
    "E": ("la", .30, .30, .70, .03, .04, .05, .45, .06, .50), "F": ("mixed", .25, .35, .75, .04, .05, .05, .50, .08, .55)}


class World:
    def __init__(self, records, rng, fixed_density, siblings_differ):
        self.siblings_differ = siblings_differ
        self.rng = rng
        extra = ["".join(rng.choice(LETTERS) for _ in range(rng.choice([3, 4, 4, 5]))) for _ in range(150)]
        self.male = MALE + ["عبد " + name for name in SERVANT] + extra[:82]
        self.female = FEMALE + [name + "ة" for name in extra[82:142]]
        scale = max(1, records // 100_000) if fixed_density else 1
        heads = ["ال"] * 20 + ["أبو "] * 8 + ["", ""]
        self.families = list({rng.choice(heads) + "".join(rng.choice(LETTERS) for _ in range(rng.choice([4, 5, 5, 6])))
                              for _ in range(4000 * scale)})
        self.families.sort()
        rng.shuffle(self.families)
        self.weights = {id(names): [1 / (rank + 3) ** .9 for rank in range(len(names))] for names in (self.male, self.female)}
        self.family_weights = [1 / (rank + 20) ** .7 for rank in range(len(self.families))]
        self.cumulative = {}

    def pick(self, names, weights):
        key = id(names)
        if key not in self.cumulative:
            total, sums = 0, []
            for weight in weights:
                total += weight
                sums.append(total)
            self.cumulative[key] = sums
        return self.rng.choices(names, cum_weights=self.cumulative[key])[0]

    def given(self, sex):
        names = self.male if sex == "m" else self.female
        return self.pick(names, self.weights[id(names)])

    def family(self):
        return self.pick(self.families, self.family_weights)

    def person(self, father=None, grandfather=None, family=None, age=None):
        sex = "m" if self.rng.random() < .62 else "f"
        grandfather = grandfather or self.given("m")
        father = father or (grandfather if self.rng.random() < .03 else self.given("m"))
        given = grandfather if sex == "m" and self.rng.random() < .33 else self.given(sex)
        return {"given": given, "father": father, "grandfather": grandfather, "family": family or self.family(), "sex": sex,
                "age": self.rng.choice(range(85)) if age is None else age}

    def event(self):
        draw, rng = self.rng.random(), self.rng
        if draw < .55:
            return [self.person()]
        if draw < .75:
            return [self.person() for _ in range(rng.randint(2, 9))]
        father, grandfather, family = self.given("m"), self.given("m"), self.family()
        household = [self.person(father, grandfather, family, rng.randint(0, 22)) for _ in range(rng.randint(2, 10))]
        taken = set()
        for child in household if self.siblings_differ else []:
            while child["given"] in taken: child["given"] = self.given(child["sex"])
            taken.add(child["given"])
        if rng.random() < .5:
            man = self.person(grandfather, self.given("m"), family, rng.randint(28, 55))
            man.update(given=father, sex="m")
            household.append(man)
        if rng.random() < .4:
            woman = self.person(age=rng.randint(25, 50))
            woman.update(given=self.given("f"), sex="f", wife=family)
            household.append(woman)
        return household


def spelt(word, rng, rate):
    """Another Arabic spelling of a word."""
    if rng.random() > rate:
        return word
    for a, b in (("أ", "ا"), ("إ", "ا"), ("ة", "ه"), ("ى", "ي"), ("ؤ", "و"), ("ئ", "ي"), ("أبو ", "ابو"), ("عبد ", "عبد"), ("آ", "ا")):
        if a in word and rng.random() < .7:
            word = word.replace(a, b)
    if word.endswith("ي") and rng.random() < .3:
        word = word[:-1] + "ى"
    if word.startswith("ال") and rng.random() < .2:
        word = word[2:]
    return word


def slipped(word, rng, rate, letters):
    """A word with a letter lost, doubled, swapped or wrong."""
    if rng.random() > rate or len(word) < 3:
        return word
    at = rng.randrange(1, len(word) - 1)
    return rng.choice([word[:at] + word[at + 1:], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2:],
                       word[:at] + rng.choice(letters) + word[at + 1:]])


def latin(word, rng):
    """One of many Latin spellings of an Arabic word."""
    out, prefix = "", ""
    if word.startswith("ال"):
        prefix, word = rng.choice(["al-", "al ", "el-", "Al", "al-"]), word[2:]
    if word.startswith("أبو "):
        prefix, word = rng.choice(["abu ", "Abu-", "abo "]), word[4:]
    if word.startswith("عبد "):
        prefix, word = rng.choice(["abdul ", "abd al-", "abdel", "abdal"]), word[4:].removeprefix("ال")
    for at, letter in enumerate(word):
        here = LATIN.get(letter, letter)
        if at and letter == "و":
            here = rng.choice(["u", "ou", "oo", "o"])
        elif at and letter == "ي":
            here = rng.choice(["i", "ee", "y", "i"])
        elif letter == "ق":
            here = rng.choice(["q", "q", "k"])
        elif letter == "ش":
            here = rng.choice(["sh", "sh", "ch"])
        elif out and here and here[0] not in "aiueoy" and out[-1] not in "aiueoy" and rng.random() < .8:
            here = rng.choice("aaeiou" if rng.random() < .4 else "ae") + here
        out += here
    return (prefix + out).strip()


def row(person, name, spec, rng, world):
    script, _, no_father, no_grandfather, no_family, slips, kin, no_age, no_date, cut = spec
    if script == "mixed":
        script = "la" if rng.random() < .5 else "ar"
    parts = {part: person[part] for part in ("given", "father", "grandfather", "family")}
    said = ""
    if rng.random() < kin and ((person["age"] < 18) or "wife" in person):
        said = "wife" if "wife" in person else "child"
        parts["given"] = ""
        if said == "wife":
            parts.update(father="", grandfather="", family=person["wife"])
    for part, chance in (("father", no_father), ("grandfather", no_grandfather), ("family", no_family), ("given", .005)):
        if rng.random() < chance and not (said and part in ("father", "given")):
            parts[part] = ""
    for part, word in parts.items():
        if word:
            parts[part] = slipped(latin(word, rng), rng, slips * 1.3, "abdefghijklmnorstuy") if script == "la" else \
                slipped(spelt(word, rng, .2 + slips * 8), rng, slips, LETTERS)
    age, sex = person["age"], person["sex"]
    draw = rng.random()
    age = max(0, age + (rng.choice([-1, 1]) if draw < .14 else rng.randint(-6, 6) if draw < .19 else 0))
    if rng.random() < .01:
        sex = "f" if sex == "m" else "m"
    year, month, day = person["date"]
    draw = rng.random()
    if draw < .09:
        day = min(28, max(1, day + rng.choice([-2, -1, 1, 2])))
    elif draw < .13:
        month, day = max(1, min(12, month + rng.choice([-1, 0, 1]))), rng.randint(1, 28)
    date = f"{year}-{month:02}" if .13 <= draw < .18 else f"{year}-{month:02}-{day:02}"
    governorate, district, place = person["place"]
    if rng.random() < .03:
        district, place = rng.randrange(6), rng.randrange(8)
    places = [f"G{governorate}", f"G{governorate}D{district}", f"G{governorate}D{district}P{place}"]
    if rng.random() < cut:
        places[2] = ""
        if rng.random() < .5:
            places[1] = ""
    return [name, parts["given"], parts["father"], parts["grandfather"], parts["family"], said, sex if rng.random() > .02 else "",
            "" if rng.random() < no_age else age, "" if rng.random() < no_date else date, *places, person["id"]]


def main():
    records, seed, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    rng = random.Random(seed)
    world = World(records, rng, "--fixed-density" in sys.argv, "--siblings-differ" in sys.argv)
    rows, number = [], 0
    while len(rows) < records:
        covered = rng.choice([.5, .8, 1, 1, 1.3])
        when = (rng.choice([2031, 2032, 2033]), rng.randint(1, 12), rng.randint(1, 28))
        where = (min(9, int(rng.expovariate(.35))), rng.randrange(6), rng.randrange(8))
        for person in world.event():
            number += 1
            person.update(id=number, date=when, place=where)
            for name, spec in LISTS.items():
                if rng.random() < spec[1] * covered:
                    rows.append(row(person, name, spec, rng, world))
                    if rng.random() < {"A": .01, "B": .03, "C": .05}.get(name, .02):
                        rows.append(row(person, name, spec, rng, world))
    rows = rows[:records]
    rng.shuffle(rows)
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "given", "father", "grandfather", "family", "kin", "sex", "age", "date", "governorate",
                         "district", "community", "entity_id"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
