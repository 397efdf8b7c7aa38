#!/usr/bin/env python3
"""Checks this release without the program that made it. Needs Python 3.9 and: pip install cryptography

Every file's hash; the signature of the manifest; the proofs that documents and this release stand in the signed log;
every quote, read again from its published text; every interval, counted again from the published claims by the
published rules, and every number printed on a page, against the data (check_figures.py, recount.py).
Prints what it finds and exits 1, or says what it checked and exits 0. Compare the fingerprint with one that you got
another way: everything else here could have been made by whoever made this folder.
"""

import base64
import csv
import hashlib
import json
import pathlib
import re
import sys

import check_figures

FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
FOLDER = FOLDER if FOLDER.is_dir() else FOLDER.parent
UNLISTED = {"manifest.json", "manifest.sig", "proofs/release.json"}
found, checked = [], {}


def wrong(what):
    found.append(what)


def count(what, by=1):
    checked[what] = checked.get(what, 0) + by


def data(name):
    return json.loads((FOLDER / "data" / name).read_text("utf-8"))


# --- files, signature, proofs ---

def sha256(data):
    return hashlib.sha256(data).digest()


def check_files(manifest):
    here = {str(path.relative_to(FOLDER).as_posix()) for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    for name in sorted(here - set(manifest["files"]) - UNLISTED):
        wrong(f"{name}: the manifest does not list it")
    for name, listed in manifest["files"].items():
        path = FOLDER / name
        if not path.is_file():
            wrong(f"{name}: it is missing")
        elif sha256(path.read_bytes()).hex() != listed:
            wrong(f"{name}: it is not the file that was signed")
        else:
            count("files")


class Key:
    """A C2SP verifier key: NAME+HASH+KEY."""

    def __init__(self, text):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        self.name, _, encoded = text.split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        if raw[:1] != b"\x01" or len(raw) != 33:
            raise ValueError("the key is no Ed25519 key")
        self.id = sha256(self.name.encode() + b"\n" + raw)[:4]
        self.key = Ed25519PublicKey.from_public_bytes(raw[1:])
        digits = sha256(raw[1:]).hex()
        self.fingerprint = " ".join(digits[at:at + 4] for at in range(0, 64, 4))

    def signed(self, note):
        """The text of a signed note, if this key signed it."""
        text, _, last = note.rpartition("\n\n")
        line = re.fullmatch(r"— (\S+) (\S+)\n", last)
        if not line or line[1] != self.name:
            raise ValueError("it is signed by another key")
        raw = base64.b64decode(line[2], validate=True)
        if raw[:4] != self.id:
            raise ValueError("it is signed by another key")
        self.key.verify(raw[4:], (text + "\n").encode())
        return text + "\n"


def root_of(leaf, index, size, path):
    """RFC 9162, 2.1.3.2: the root that a leaf and its path lead to."""
    if not 0 <= index < size:
        raise ValueError("the entry is not in the log")
    node, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise ValueError("the path is too long")
        if node % 2 or node == last:
            result = sha256(b"\x01" + sibling + result)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            result = sha256(b"\x01" + result + sibling)
        node, last = node // 2, last // 2
    if last:
        raise ValueError("the path is too short")
    return result


def check_proof(key, name, checkpoint=None):
    """Checks that an entry stands in the log; returns its kind, and its body where that is opened."""
    proof = json.loads((FOLDER / name).read_text("utf-8"))
    if checkpoint is not None and proof["checkpoint"] != checkpoint:
        raise ValueError("its checkpoint is not that of the release")
    log, size, root = key.signed(proof["checkpoint"]).splitlines()[:3]
    if log != key.name:
        raise ValueError("its checkpoint is of another log")
    leaf = proof["leaf"].encode()
    path = [base64.b64decode(part, validate=True) for part in proof["path"]]
    if root_of(sha256(b"\x00" + leaf), proof["index"], int(size), path) != base64.b64decode(root, validate=True):
        raise ValueError("it does not lead to the signed root")
    count("proofs")
    leaf, opening = json.loads(leaf), proof.get("opening")
    if opening is None:
        return leaf["kind"], None
    if sha256(bytes.fromhex(opening["salt"]) + opening["body"].encode()).hex() != leaf["commit"]:
        raise ValueError("what is opened is not what the entry commits to")
    return leaf["kind"], json.loads(opening["body"])["data"]


def check_proofs(key, manifest, raw):
    statement = key.signed((FOLDER / "manifest.sig").read_text("utf-8")).splitlines()
    if statement[:2] != ["sijil-release/v1", f"manifest sha256 {sha256(raw).hex()}"]:
        wrong("manifest.json: it is not the one that was signed")
    for path in sorted((FOLDER / "proofs").glob("*.json")):
        name = f"proofs/{path.name}"
        is_release = name == "proofs/release.json"
        try:
            kind, body = check_proof(key, name, None if is_release else manifest["checkpoint"])
        except Exception as error:
            wrong(f"{name}: {error or 'the signature does not hold'}")
            continue
        if is_release and (kind != "release.made" or body is None or body["manifest"] != sha256(raw).hex()):
            wrong(f"{name}: the log's entry is of another release")
        if not is_release and (kind != "document.added" or (body and body["document"] != path.stem)):
            wrong(f"{name}: the log's entry is of another document")
    if not (FOLDER / "proofs/release.json").is_file():
        wrong("proofs/release.json: it is missing, so nothing shows that the log records this release")


# --- quotes ---

def check_quotes(claims):
    for claim in claims:
        for quote in claim["quotes"]:
            count("quotes")
            if claim["withheld"] or not claim["document"]:
                wrong(f"claim {claim['id']}: it is withheld and has a quote")
            elif "row" in quote:
                with open(FOLDER / "document" / f"{claim['document']}.csv", encoding="utf-8-sig", newline="") as file:
                    cells = {(row["row"], row["column"]): row["text"] for row in csv.DictReader(file)}
                column = "" if quote["column"] is None else str(quote["column"])
                text = cells.get((str(quote["row"]), column), "")
                if quote["text"] not in (text, text[1:] if text.startswith("'") else text):
                    wrong(f"claim {claim['id']}: its cell reads otherwise")
            else:
                text = (FOLDER / "document" / f"{claim['document']}.txt").read_bytes().decode("utf-8")
                if text[quote["start"]:quote["end"]] != quote["text"]:
                    wrong(f"claim {claim['id']}: the text reads otherwise where its quote should be")


def main():
    raw = (FOLDER / "manifest.json").read_bytes()
    manifest = json.loads(raw)
    check_files(manifest)
    try:
        key = Key(manifest["key"])
        check_proofs(key, manifest, raw)
        print(f"key {key.fingerprint}")
    except ImportError:
        wrong("the package `cryptography` is missing, so signatures and proofs were not checked: pip install cryptography")
    except Exception as error:
        wrong(f"manifest.sig: {error or 'the signature does not hold'}")
    claims, incidents, figures = data("claims.json"), data("incidents.json"), data("figures.json")
    rules = {rules["id"]: rules for rules in data("rules.json")}
    check_quotes(claims)
    counted = check_figures.incidents_of(incidents, claims, rules)
    check_figures.check_incidents(incidents, counted, wrong, count)
    for figure in figures:
        check_figures.check_figure(figure, counted, wrong, count)
        check_figures.check_rate(figure, wrong, count)
    check_figures.check_pages(FOLDER, figures, incidents, claims, wrong, count)
    for what in found:
        print(f"WRONG  {what}")
    print("checked: " + ", ".join(f"{number} {what}" for what, number in sorted(checked.items())))
    print(f"{len(found)} findings" if found else "everything holds")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
