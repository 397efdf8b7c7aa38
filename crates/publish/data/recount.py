"""Counts again: from published claims and rules to the number of one incident. Shares no code with sijil.

An interval is (min, highest reported, max): max is a number, "open" or None (unknown); min a number or None.
What is done here is told in words in the rules' `methods` and on the site's page about how figures are made.
"""

UNKNOWN = (None, None, None)
CHILDREN = ("children", "boys", "girls", "infants")
VAGUE = ("at_least", "more_than", "less_than", "few", "several", "many", "tens", "dozens", "hundreds", "thousands",
         "plural", "family", "share")


def is_number(end):
    return isinstance(end, int)


def plus(a, b):
    if is_number(a) and is_number(b):
        return a + b
    return "open" if "open" in (a, b) else None


def either(a, b, put):
    return put(a, b) if a is not None and b is not None else (b if a is None else a)


def made(low, highest, high):
    low = min(low, high) if low is not None and is_number(high) else low
    return (low, max(highest, low) if highest is not None and low is not None else highest, high)


def added(a, b):
    return made(either(a[0], b[0], int.__add__), either(a[1], b[1], int.__add__), plus(a[2], b[2]))


def widened(a, end):
    return made(a[0], a[1], plus(a[2], end))


def higher(a, b):
    if "open" in (a, b):
        return "open"
    return max(a, b) if is_number(a) and is_number(b) else None


def lower(a, b):
    known = [end for end in (a, b) if is_number(end)]
    return min(known) if known else ("open" if "open" in (a, b) else None)


def less(end, others):
    return max(0, end - others) if is_number(end) else end


def envelope(a, b):
    return made(either(a[0], b[0], min), either(a[1], b[1], max), higher(a[2], b[2]))


def key_of_end(end):
    return (0, end) if is_number(end) else ((1, 0) if end == "open" else (2, 0))


def contains(wide, narrow):
    if wide[0] is None or narrow[0] is None:
        return False
    ends, inner = key_of_end(wide[2]), key_of_end(narrow[2])
    return wide[0] <= narrow[0] and ends >= inner and (wide[0], ends) != (narrow[0], inner)


def parts_of_one(parts):
    parts = sorted(set(parts), key=lambda p: (p[0] is not None, p[0] or 0, p[1] is not None, p[1] or 0, key_of_end(p[2])))
    whole = parts[0]
    for part in parts[1:]:
        whole = made(either(whole[0], part[0], max), either(whole[1], part[1], max), plus(whole[2], part[2]))
    return whole


def raised(interval, floor):
    low, highest, high = interval
    if floor == 0 or (low is not None and low >= floor):
        return interval
    return made(floor, highest, max(high, floor) if is_number(high) else "open")


def number_said(quantity):
    form = quantity["form"]
    if form == "between":
        return quantity["to"]
    return {"dual": 2, "singular": 1}.get(form, quantity.get("n"))


def read(rules, claim):
    """A number as said, read by a rule set."""
    if rules["only_killed_total"] and claim["harm"] != "killed":
        return UNKNOWN
    quantity = claim["quantity"]
    rule = rules["rules"][quantity["form"]][claim["language"]]
    said = quantity["n"] if quantity["form"] == "between" else (number_said(quantity) or 0)

    def value(end):
        if end.startswith("n"):
            return max(0, said + int(end[1:] or 0))
        return quantity.get("to", 0) if end == "to" else (int(end) if end.isdigit() else None)

    low, high = value(rule["min"]), value(rule["max"])
    if low is None:
        return UNKNOWN
    end = high if high is not None else ("open" if rule["max"] == "open" else None)
    return made(low, number_said(quantity), end)


class Cell:
    """A number in the making."""

    def __init__(self, interval, said=True, overlap_only=False, decided=False, conflicting=False, inferred=None, vague=False):
        self.interval, self.said, self.overlap_only = interval, said, overlap_only
        self.of_statuses = False  # whether it is the sum of civilians and others, each counted as such
        self.sides = ()  # the different numbers that were put together here
        self.decided, self.conflicting = decided, conflicting
        self.inferred, self.vague = inferred, vague

    @property
    def has_number(self):
        return self.interval[0] is not None


def counted(cell):
    return cell if cell is not None and cell.has_number else None


def concluded(cell):
    """The same number, as something that a method concluded and nobody decided."""
    return cell and Cell(cell.interval, cell.said, cell.overlap_only)


def together(a, b, put):
    if a is None or b is None:
        return concluded(a or b)
    return Cell(put(a.interval, b.interval), a.said and b.said, a.overlap_only and b.overlap_only)


class Incident:
    """One incident: its tellings (each a list of numbers as said), the people killed in it, and decisions."""

    def __init__(self, tellings, people, decisions, disputed, rules):
        self.tellings, self.people, self.rules = tellings, people, rules
        self.decisions, self.disputes = decisions, disputed

    # --- what is stated of one harm, class and status ---

    def stated(self, harm, cls, status, said="anyhow"):
        """Said anyhow, as a position of a party only, or by documents alone, be it of a profession (stated) or in words."""
        def is_said_so(s):
            if said == "position" or s["status_from"] == "position":
                return said == s["status_from"]
            return said == "anyhow" or not (s["inferred"] or said == "words" != s["status_from"])

        def is_of(s):
            return (s["harm"], s["class"], s["status"]) == (harm, cls, status) and is_said_so(s)

        def covers(s):
            same = cls in ("total", s["class"]) or (cls == "children" and s["class"] in CHILDREN)
            as_said = s["status"] == status and (said == "position") == (s["status_from"] == "position")
            return same and (status is None or as_said)

        def is_toll_anew(telling, s):
            """Nine civilians, of whom alone a source told, are among the twelve people of whom it tells later."""
            if status != "civilian" or (s["harm"], s["class"], s["status"], s["stands"]) != (harm, cls, None, "alone"):
                return False
            toll = [own for own in telling["claims"] if (own["harm"], own["class"]) == (harm, cls)
                    and not (own["status"] is None and own["inferred"])]
            return not s["inferred"] and all(is_of(own) and own["stands"] == "alone" for own in toll)

        candidates, any_aside = [], False
        for telling in self.tellings:
            exact = [s for s in telling["claims"] if is_of(s)]
            if not exact:
                continue
            later = any(o["order"] > telling["order"] and o["reliable"] and o["origin"] == telling["origin"]
                        and any((is_of(s) and s["stands"] != "superseded" or is_toll_anew(telling, s)) and self.counts(s)
                                for s in o["claims"])
                        for o in self.tellings)
            if not telling["reliable"] or later:
                any_aside = True
                continue
            found = self.candidates(telling, exact, harm, cls, status, covers)
            any_aside = any_aside or not found
            candidates += found
        if not candidates:
            return Cell(UNKNOWN, overlap_only=False) if any_aside else None
        return self.enveloped(candidates)

    def counts(self, s):
        return read(self.rules, s)[0] is not None

    def candidates(self, telling, exact, harm, cls, status, covers):
        def of(stands):
            return [s for s in exact if s["stands"] == stands and self.counts(s)]

        def one(s):
            return Cell(read(self.rules, s), said=number_said(s["quantity"]) is not None, inferred=s["inferred"],
                        vague=s["quantity"]["form"] in VAGUE)

        def joined(parts):
            first = parts[0]
            return Cell(parts_of_one([read(self.rules, s) for s in parts]), inferred=first["inferred"],
                        said=all(number_said(s["quantity"]) is not None for s in parts),
                        vague=any(s["quantity"]["form"] in VAGUE for s in parts))

        def with_others(cell, base):
            for s in telling["claims"]:
                if s is base or not self.counts(s):
                    continue
                either_harm = s["harm"] == "killed_or_injured" and harm in ("killed", "injured")
                if s["stands"] == "besides" and s["harm"] == harm and covers(s):
                    cell.interval = added(cell.interval, read(self.rules, s))
                    cell.said = cell.said and number_said(s["quantity"]) is not None
                elif s["stands"] == "overlap_unknown" and (s["harm"] == harm or either_harm) and covers(s):
                    cell.interval = widened(cell.interval, read(self.rules, s)[2])
            return cell

        if of("alone"):
            return [with_others(one(s), s) for s in of("alone")]
        if of("part_of"):
            parts = of("part_of")
            cell = joined(parts)
            if cls == "total" and status is None:
                cell.interval = widened(cell.interval, "open")
            return [with_others(cell, parts[0])]
        if of("besides"):
            return [with_others(one(of("besides")[0]), of("besides")[0])]
        if of("overlap_unknown"):
            cell = joined(of("overlap_unknown"))
            cell.overlap_only = True
            return [cell]
        return []

    def enveloped(self, candidates):
        def is_sum(c):
            return c.inferred == "sum-of-parts"

        total_stated = any(not is_sum(c) for c in candidates)
        kept = [c for c in candidates if not (total_stated and is_sum(c))]
        highest = None
        for c in kept:
            highest = either(highest, c.interval[1], max)
        kept = [c for c in kept if not (c.vague and any(contains(c.interval, o.interval) for o in kept))]
        interval = kept[0].interval
        for c in kept[1:]:
            interval = envelope(interval, c.interval)
        cell = Cell(made(interval[0], highest, interval[2]), all(c.said for c in kept), all(c.overlap_only for c in kept))
        cell.sides = {c.interval for c in kept}
        return cell

    # --- the number free of status ---

    def decided(self, harm, cls, status):
        found = [d for d in self.decisions if (d["harm"], d["class"], d["status"]) == (harm, cls, status)]
        if not found:
            return None
        interval = interval_of(found[0]["interval"])
        for d in found[1:]:
            interval = envelope(interval, interval_of(d["interval"]))
        return Cell(interval, decided=True, conflicting=any(d["interval"] != found[0]["interval"] for d in found))

    def total_of_reports(self, harm, cls):
        return self.decided(harm, cls, None) or self.no_fewer_than_decided(self.undecided_total(harm, cls), harm, cls, None)

    def no_fewer_than_decided(self, cell, harm, cls, status):
        """A number that nobody decided is no fewer than any of its parts that somebody did."""
        def is_part(d):
            finer = d["class"] != cls and (cls == "total" or (cls == "children" and d["class"] in CHILDREN))
            of_status = finer and status in (None, d["status"])
            return d["harm"] == harm and (of_status or (status is None and d["class"] == cls and d["status"] is not None))
        parts = [self.decided(harm, d["class"], d["status"]) for d in self.decisions if is_part(d)]
        floor = max((part.interval[0] or 0 for part in parts), default=0)
        told = cell.interval if cell else UNKNOWN
        again = raised(told, floor)
        return cell if again == told else Cell(again)

    def decided_or_stated(self, harm, cls, status, said="anyhow"):
        """What is decided, else what documents state; a decision is no party's position."""
        return (said != "position" and self.decided(harm, cls, status)) or self.stated(harm, cls, status, said)

    def undecided_total(self, harm, cls):
        stated, summed = self.stated(harm, cls, None), self.added_up(harm, cls)
        total = self.held_against(harm, cls, stated, summed) if summed and counted(stated) else summed or stated
        claimed = self.claimed(harm, cls)
        if claimed is None or counted(total) is None:
            return claimed or total
        if is_number(total.interval[2]) and claimed.interval[0] > total.interval[2]:
            return Cell(envelope(total.interval, claimed.interval), total.said, total.overlap_only)
        return total

    def claimed(self, harm, cls):
        """Those whom only a party that harmed them calls no civilians: a position, and no evidence."""
        statuses = ("civilian", "combatant", "hors_de_combat")
        decided = any((d["harm"], d["class"]) == (harm, cls) and d["status"] in statuses for d in self.decisions)
        if decided or cls in CHILDREN:
            return None
        whole = None
        for status in statuses[1:]:
            said = counted(self.stated(harm, cls, status, "position"))
            whole = together(whole, said or self.parts_of_status(harm, cls, status, "position"), added)
        return whole

    def claimed_beyond(self, harm, cls, others):
        """Those of them whom nobody else calls so."""
        claimed = self.claimed(harm, cls)
        if claimed is None:
            return None
        said = others.interval[0] if counted(others) else 0
        most = less(claimed.interval[2], said)
        return None if most == 0 else made(max(0, claimed.interval[0] - said), None, most)

    def added_up(self, harm, cls):
        """What is said of people of a status, and of men, women and children, together."""
        def is_part(s):
            finer = s["class"] != cls and (cls == "total" or (cls == "children" and s["class"] in CHILDREN))
            return s["harm"] == harm and (finer or (s["class"] == cls and s["status"] is not None))
        if not any(is_part(s) for s in [*(s for telling in self.tellings for s in telling["claims"]), *self.decisions]):
            return None
        statuses = self.sum_of_statuses(harm, cls, "stated")
        parts = self.sum_of_parts(harm, cls) if not statuses or self.tells_parts_of_no_status(harm, cls) else None
        if statuses and parts and parts.interval[0] > statuses.interval[0]:
            parts.interval = widened(parts.interval, statuses.interval[2])
            return parts
        if not statuses and not parts:
            statuses = self.sum_of_statuses(harm, cls, "anyhow")
        if statuses:
            statuses.of_statuses = True
        return statuses or parts

    def held_against(self, harm, cls, total, parts):
        """A stated total is no fewer than its parts; where a number of it cannot hold them, both stand."""
        least = parts.interval[0]
        if least is None:
            return total
        cannot = any((side[0] is None or side[0] < least) and is_number(side[2]) and side[2] < least for side in total.sides)
        if not cannot and total.interval[0] >= least:
            return total
        most = parts.interval
        if parts.of_statuses and self.no_civilians(harm, cls):
            most = added(total.interval, parts.interval)
        held = envelope(total.interval, most) if cannot else raised(total.interval, least)
        return Cell(held, total.said and parts.said, total.overlap_only)

    def no_civilians(self, harm, cls):
        """Whether nobody is counted as a civilian: whoever is counted free of status may be beside the others."""
        return not counted(self.decided_or_stated(harm, cls, "civilian")) and not self.parts_of_status(harm, cls, "civilian", "stated")

    def tells_parts_of_no_status(self, harm, cls):
        """Whether men, women or children, who may be anything, are counted somewhere."""
        def is_part(s):
            free = s["harm"] == harm and s["status"] is None and s["class"] != cls
            return free and (cls == "total" or s["class"] in CHILDREN[1:])
        said = (s for telling in self.tellings if telling["reliable"] for s in telling["claims"])
        said = (s for s in said if s["stands"] != "superseded")
        return any(is_part(s) and self.counts(s) for s in said) or any(is_part(d) for d in self.decisions)

    def sum_of_statuses(self, harm, cls, said):
        statuses = ("civilian", "combatant", "hors_de_combat", "undetermined")
        stated = {status: counted(self.decided_or_stated(harm, cls, status, said)) for status in statuses}
        whole = None
        if any(stated.values()):
            for status in statuses:
                whole = together(whole, stated[status] or self.parts_of_status(harm, cls, status, said), added)
        return whole

    def parts_of_status(self, harm, cls, status, said):
        """Men, women and children of a status, where no number of all of that status is."""
        whole = None
        for part in ("men", "women", "children", "persons_unspecified") if cls == "total" else ():
            whole = together(whole, counted(self.decided_or_stated(harm, part, status, said)), added)
        return whole

    def sum_of_parts(self, harm, cls):
        disjoint, overlapping = {"total": (("men", "women", "children", "persons_unspecified"), "older_persons"),
                                 "children": (("boys", "girls"), "infants")}.get(cls, ((), None))
        if not disjoint:
            return None
        whole = None
        for part in disjoint:
            whole = together(whole, counted(self.total_of_reports(harm, part)), added)
        return together(whole, counted(self.total_of_reports(harm, overlapping)), lambda a, b: widened(a, b[2]))

    def named(self, harm, cls, of_status):
        def is_of(p):
            child, adult = p["age_class"] in ("child", "infant"), p["age_class"] in ("adult", "older")
            return {"total": True, "men": adult and p["sex"] == "m", "women": adult and p["sex"] == "f", "children": child,
                    "boys": child and p["sex"] == "m", "girls": child and p["sex"] == "f",
                    "infants": p["age_class"] == "infant", "older_persons": p["age_class"] == "older"}.get(cls, False)
        return sum(1 for p in self.people if p["harm"] == harm and is_of(p) and of_status(p))

    def with_floor(self, cell, harm, cls, of_status):
        floor = self.named(harm, cls, of_status)
        if floor == 0 or (cell and cell.decided):
            return cell
        if cell is None:
            return Cell(raised(UNKNOWN, floor))
        if cell.interval[0] is None or cell.interval[0] < floor:
            cell.of_statuses = False
        cell.interval = raised(cell.interval, floor)
        return cell

    def total(self, harm, cls):
        return self.with_floor(self.total_of_reports(harm, cls), harm, cls, lambda p: True)

    # --- civilians and others ---

    def established(self, harm, cls):
        named = self.named(harm, cls, described_civilian)
        children = counted(self.total_of_reports(harm, "children")) if cls == "total" else None
        if children and children.said and not counted(self.others(harm, "children", "combatant")):
            return max(named, children.interval[0])
        return named

    def disputed(self, harm, cls, total):
        found = None
        for d in self.disputes:
            if (d["harm"], d["class"]) == (harm, cls):
                people = interval_of(d["people"])
                people = total if people[0] is None else people
                found = people if found is None else envelope(found, people)
        return found

    def civilians(self, harm, cls):
        return self.decided(harm, cls, "civilian") or self.no_fewer_than_decided(
            self.undecided_civilians(harm, cls), harm, cls, "civilian")

    def undecided_civilians(self, harm, cls):
        total = self.total(harm, cls)
        if total is None or not total.has_number:
            return total
        others = None
        for status in ("combatant", "hors_de_combat"):
            others = together(others, counted(self.said_others(harm, cls, status)), added)
        # A teacher's profession says nothing of her pupils, who are civilians as anybody is.
        stated = counted(self.stated(harm, cls, "civilian", "stated" if others else "words"))
        if others and stated is None:
            stated = self.parts_of_status(harm, cls, "civilian", "stated")
        told = self.stated_free(harm, cls) if others and stated is None else None
        if told and is_number(told.interval[2]) and others.interval[0] > told.interval[2]:
            # It counts fewer people than the others are, and so none of them.
            total, others = told, None
        disputed = self.disputed(harm, cls, total.interval)
        claimed = self.claimed_beyond(harm, cls, others) if disputed is None else None
        in_doubt = disputed or claimed
        if in_doubt is None and self.says_every_status(harm, cls, total):
            stated = counted(self.stated(harm, cls, "civilian", "stated")) or stated
            said = Cell(stated.interval if stated else (0, 0, 0), overlap_only=total.overlap_only)
            return self.with_floor(said, harm, cls, described_civilian)
        if stated is None and others is None and in_doubt is None:
            return concluded(total)

        def taken(interval):
            return max(0, total.interval[0] - interval[2]) if is_number(interval[2]) else 0

        if in_doubt is not None:
            low = taken(added(others.interval, in_doubt) if others else in_doubt)
            if disputed is None:
                low = max(low, min(stated.interval[0] or 0, total.interval[0]) if stated else 0)
        elif others:
            low = max(taken(others.interval), min(stated.interval[0] or 0, total.interval[0]) if stated else 0)
        else:
            low = min(stated.interval[0] or 0, total.interval[0])
        high = less(total.interval[2], others.interval[0] if others else 0)
        low, highest = max(low, self.established(harm, cls)), stated.interval[1] if stated else None
        return Cell(made(low, highest, high), overlap_only=total.overlap_only)

    def stated_free(self, harm, cls):
        """The number that is decided or stated free of status, whatever its parts come to."""
        said = counted(self.decided(harm, cls, None) or self.stated(harm, cls, None))
        return said and self.with_floor(said, harm, cls, lambda p: True)

    def says_every_status(self, harm, cls, total):
        """Whether nobody is left over who may be a civilian or not."""
        each = total.of_statuses and self.sum_of_statuses(harm, cls, "stated") is not None
        return each and self.decided_or_stated(harm, cls, "undetermined") is None and not self.tells_parts_of_no_status(harm, cls)

    def described(self, harm, cls):
        if cls in CHILDREN:
            return concluded(self.civilians(harm, cls))
        floor = self.established(harm, cls)
        stated = counted(self.stated(harm, cls, "civilian"))
        if stated and not stated.overlap_only:
            stated.interval = raised(stated.interval, floor)
            return stated
        total = counted(self.total(harm, cls))
        if total is None:
            return None
        children = counted(self.total_of_reports(harm, "children")) if cls == "total" else None
        either_harm = counted(self.stated("killed_or_injured", cls, "civilian"))
        high = children.interval[2] if children else 0
        high = max(high, floor) if is_number(high) else high
        high = plus(high, either_harm.interval[2] if either_harm else 0)
        return Cell(made(floor, None, lower(high, total.interval[2])), overlap_only=total.overlap_only)

    def said_others(self, harm, cls, status):
        cell = self.decided(harm, cls, status) or self.no_fewer_than_decided(
            self.stated(harm, cls, status), harm, cls, status)
        return self.with_floor(cell, harm, cls, lambda p: p["status"] == status)

    def others(self, harm, cls, status):
        said = self.said_others(harm, cls, status)
        if status != "combatant" or (said and said.decided and not said.conflicting):
            return said
        total = counted(self.total(harm, cls))
        if total is None:
            return None
        disputed = self.disputed(harm, cls, total.interval)
        in_doubt = disputed or self.claimed_beyond(harm, cls, said)
        if in_doubt is None:
            return said
        base = said.interval if counted(said) else (0, 0, 0)
        called = counted(self.stated(harm, cls, "civilian", "words")) if disputed is None else None
        firm = max(self.established(harm, cls), called.interval[0] if called else 0)
        high = lower(plus(base[2], in_doubt[2]), less(total.interval[2], firm))
        return Cell(made(base[0], None, high), overlap_only=total.overlap_only)

    # --- what a question asks ---

    def of(self, harm, cls, status):
        if status is None:
            return self.total(harm, cls)
        if status == "civilian":
            return self.civilians(harm, cls)
        return self.described(harm, cls) if status == "civilian-described" else self.others(harm, cls, status)

    def answer(self, harm, cls, status):
        """The interval of this incident."""
        cell = self.of(harm, cls, status)
        if harm == "killed_or_injured":
            def has_total(one):
                total = counted(self.total(one, cls))
                return total is not None and not total.overlap_only

            apart = has_total("killed") or has_total("injured")
            if apart and not (cell and cell.decided):
                killed, injured = counted(self.of("killed", cls, status)), counted(self.of("injured", cls, status))
                one = killed or injured
                told = cell if has_total(harm) and counted(cell) else None
                if not one:
                    return cell.interval if cell and has_total(harm) else UNKNOWN
                both = added(killed.interval, injured.interval) if killed and injured else widened(one.interval, "open")
                return no_fewer_than(told.interval, both) if told else both
        return cell.interval if cell else UNKNOWN


def no_fewer_than(told, both):
    """What is told of killed and injured people together, beside the sum of both."""
    if (told[2] < both[0]) if is_number(told[2]) else contains(told, both):
        again = both
    else:
        again = raised(told, both[0])
    return told if again == told else made(again[0], either(again[1], told[1], max), again[2])


def described_civilian(person):
    return person["status"] == "civilian" if person["status"] else person["age_class"] in ("child", "infant")


def interval_of(data):
    return (data["min"], data["highest_reported"], data["max"])
