#!/usr/bin/env python3
"""verify.py FOLDER [--against CHECKPOINT_FILE]: verifies a sijil register from FORMATS.md alone, sharing no code with sijil.

Prints what is wrong and exits 1 if anything is; of each log it stops at the first thing. Needs the package `cryptography`.
Of a sealed register only the logs are verified: the content needs the passphrase."""
import base64, hashlib, json, os, pathlib, re, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PARTS = {"origin", "lock", "log", "bodies", "evidence", "incoming", "keys", "views", "sijil.toml"}
VIEWS = {name + end for name in ("register.db", "register.db.new") for end in ("", "-wal", "-shm", "-journal")}
ERRORS = (ValueError, OSError, KeyError, IndexError, TypeError, AttributeError, InvalidSignature, RecursionError)
def sha(data): return hashlib.sha256(data).digest()
def is_hash(text): return isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None
def names(folder): return sorted(os.listdir(folder)) if os.path.isdir(folder) else []
def need(condition, why):
    if not condition: raise ValueError(why)
def read(*path): return pathlib.Path(*path).read_bytes()
def files(folder):
    return {os.path.relpath(os.path.join(at, name), folder) for at, _, found in os.walk(folder) for name in found}
def b64(text, length):
    data = base64.b64decode(text, validate=True)
    need(len(data) == length and base64.b64encode(data).decode() == text, "base64 is not canonical")
    return data
def canonical(value):
    """RFC 8785, narrowed to strings, integers below 2^53, booleans, null, arrays and objects."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    need(isinstance(value, (str, type(None))) or (type(value) in (int, bool) and abs(value) < 2**53), "not an integer below 2^53")
    return json.dumps(value, ensure_ascii=False)
def parse(data):
    value = json.loads(data.decode("utf-8"))
    need(canonical(value).encode("utf-8") == data, "JSON, but not canonical")
    return value
def parse_key(text):
    """A C2SP verifier key: its log's name and the Ed25519 key."""
    name, number, data = text.split("+", 2)
    data = b64(data, 33)
    need(data[0] == 1 and sha(name.encode() + b"\n" + data)[:4].hex() == number, "not an Ed25519 verifier key")
    return name, data[1:]
def parse_note(data, name, key):
    """A checkpoint (C2SP signed note): size, root and, in a handover, the next key. Every byte must be as it must be."""
    body, _, signed = data.decode("utf-8").partition("\n\n")
    lines = body.split("\n")
    need(lines[0] == name and len(lines) in (3, 4) and re.fullmatch("0|[1-9][0-9]*", lines[1]), "not a checkpoint of this log")
    signature = b64(signed[len(name) + 3:-1], 68)
    need(signed.startswith(f"— {name} ") and signed[-1] == "\n", "there must be one signature line")
    need(signature[:4] == sha(name.encode() + b"\n\x01" + key)[:4], "signed by another key")
    Ed25519PublicKey.from_public_bytes(key).verify(signature[4:], (body + "\n").encode())
    need(len(lines) == 3 or lines[3].startswith("next-key "), "an unknown fourth line")
    return int(lines[1]), b64(lines[2], 32), lines[3][9:] if len(lines) == 4 else None
def tile_path(kind, index, width):
    path = f"{index % 1000:03}"
    while index := index // 1000:
        path = f"x{index % 1000:03}/{path}"
    return f"tile/{kind}/{path}" + (f".p/{width}" if width < 256 else "")
def root_of(hashes):
    """RFC 6962 section 2.1, bottom up: a lone last hash goes up unchanged."""
    while len(hashes) > 1:
        pairs = [sha(b"\x01" + left + right) for left, right in zip(hashes[::2], hashes[1::2])]
        hashes = pairs + hashes[len(pairs) * 2:]
    return hashes[0] if hashes else sha(b"")
class Log:
    """One log, read and verified: keys, checkpoint, tiles, bodies. Raises at the first thing that is wrong."""
    def __init__(self, register, origin, sealed):
        self.origin, self.name, self.folder = origin, f"sijil/{origin}", os.path.join(register, "log", origin)
        self.leaves, self.hashes, self.words, self.gone = [], [], [], {}
        self.needed, note = {"checkpoint", "key"}, read(self.folder, "checkpoint")
        self.read_keys(read(self.folder, "key").decode(), int(note.split(b"\n")[1]))
        self.size, root, following = parse_note(note, self.name, self.chain[-1][1])
        need(following is None, "a handover stands for a checkpoint")
        self.read_entries(), self.check_hashes()
        for size, signed in self.handovers + [(self.size, root)]:
            need(root_of(self.hashes[:size]) == signed, f"the entries do not lead to the root signed at {size}")
        if not sealed:
            self.read_packs(os.path.join(register, "bodies", origin))
    def read_keys(self, text, claimed):
        self.first, (name, key) = text[:-1], parse_key(text[:-1])
        number = int.from_bytes(sha(key)[:10], "big")
        named = "".join("0123456789abcdefghijklmnopqrstuv"[number >> shift & 31] for shift in range(75, -1, -5))
        need(text[-1] == "\n" and name == self.name and named == self.origin, "its key is not the one it is named after")
        self.chain, self.handovers = [(0, key)], []
        for file in names(self.folder):
            if re.fullmatch("handover-[0-9]{12}", file) and int(file[9:]) <= claimed:
                size, root, following = parse_note(read(self.folder, file), name, self.chain[-1][1])
                need(size == int(file[9:]) and parse_key(following)[0] == name, f"{file} is not a handover")
                self.chain.append((size, parse_key(following)[1])), self.handovers.append((size, root)), self.needed.add(file)
    def read_entries(self):
        for start in range(0, self.size, 256):
            self.needed.add(path := tile_path("entries", start // 256, min(256, self.size - start)))
            data, at = read(self.folder, path), 0
            for _ in range(min(256, self.size - start)):
                end = at + 2 + int.from_bytes(data[at:at + 2], "big")
                entry, at = data[at + 2:end], end
                leaf = parse(entry)
                plain = leaf.keys() == {"commit", "kind", "origin", "time"} and re.fullmatch("[a-z._]{1,40}", leaf["kind"])
                need(plain and leaf["origin"] == self.origin and is_hash(leaf["commit"]), f"{path}: not a leaf of this log")
                need(type(leaf["time"]) is int and leaf["time"] >= 0 == leaf["time"] % 60, f"{path}: the time is not a minute")
                self.leaves.append(leaf), self.hashes.append(sha(b"\x00" + entry))
            need(at == len(data), f"{path}: cut off, or bytes after the last entry")
    def check_hashes(self):
        level, hashes = 0, self.hashes
        while hashes:
            for index in range(0, (len(hashes) + 255) // 256):
                part = hashes[index * 256:index * 256 + 256]
                self.needed.add(path := tile_path(level, index, len(part)))
                need(read(self.folder, path) == b"".join(part), f"{path}: not the hashes of the entries")
            level, hashes = level + 1, [root_of(hashes[at:at + 256]) for at in range(0, len(hashes) - 255, 256)]
        need(files(self.folder) == self.needed, f"stray or unfinished: {files(self.folder) - self.needed}")
    def read_packs(self, folder):
        firsts = [int(pack[:-5]) for pack in names(folder)]
        need(names(folder) == [f"{first:012}.pack" for first in firsts] and firsts[0] == 0, "not the packs of this log")
        for first, end in zip(firsts, firsts[1:] + [self.size]):
            lines = read(folder, f"{first:012}.pack").split(b"\n")
            need(lines.pop() == b"" and len(lines) == end - first > 0, f"pack {first}: not as many lines as entries")
            for index, line in enumerate(map(parse, lines), first):
                if line.keys() == {"erased"} and line["erased"].keys() == {"origin", "index"}:
                    self.gone[index] = (line["erased"]["origin"], line["erased"]["index"])
                    continue
                need(line.keys() == {"body", "salt"} and is_hash(line["salt"]), f"pack {first}: not a line of a pack")
                commit = sha(bytes.fromhex(line["salt"]) + canonical(line["body"]).encode()).hex()
                right = commit == self.leaves[index]["commit"] and line["body"].keys() == {"author", "data"}
                need(right, f"the body of entry {index} is not the one committed to, or not an author and data")
                self.words.append((index, self.leaves[index]["kind"], line["body"]["data"]))
        self.last_batch = firsts[-1]
    def said(self, kind): return [(index, data) for index, word, data in self.words if word == kind]
def check_erasures(logs, own, unsettled):
    said = {(item["origin"], item["index"], origin, by) for origin, log in logs.items()
            for by, data in log.said("body.erased") for item in data["items"]}
    for origin, index, by in ((origin, index, by) for origin, log in logs.items() for index, by in log.gone.items()):
        need((origin, index, *by) in said, f"bodies/{origin}: {index} is gone, and {by} does not say that it was erased")
    for origin, index, by, at in said:
        there = by in (own, origin) and origin in logs and any(word[0] == index for word in logs[origin].words)
        need(not there or unsettled(by, at), f"bodies/{origin}: {index} was erased and is still there")
def check_evidence(register, logs, own, seen, unsettled):
    """Every blob that a log keeps is there and is what its name says; no other is, unless its destruction is under way."""
    erased, states = {}, {origin: {} for origin in logs}
    for origin in logs:
        for index, kind, data in logs[origin].words:
            if kind == "evidence.kept" and (origin == own or index < seen.get(origin, 0)):
                states[origin].update({digest: True for digest in data["digests"]})
            for blob in data["redactions"] if kind == "text.redacted" else []:
                states[origin][blob["old"]], erased[blob["old"]] = False, (origin, index)
    ours = states.pop(own)  # what we redact goes, whoever keeps it; what another redacts and a third keeps may be here or not
    kept = {digest for said in states.values() for digest in said if said[digest] and ours.get(digest) is not False}
    required = {digest for digest in ours if ours[digest]} | {digest for digest in kept if digest not in erased}
    for path in files(os.path.join(register, "evidence")):
        name = path[:2] + path[3:]
        known = name in required | kept or (name in erased and unsettled(*erased[name]))
        need(known and path == os.path.join(name[:2], name[2:]), f"evidence/{path}: stray, or erased and still there")
    for name in required | kept & {path[:2] + path[3:] for path in files(os.path.join(register, "evidence"))}:
        place = os.path.join(register, "evidence", name[:2], name[2:])
        content = read(place if os.path.exists(place) else os.path.join(register, "incoming", name))
        need(sha(content).hex() == name, f"evidence/{name}: its content is not what its name says")
def check_register(register, logs, own, sealed, against):
    need(own in logs, "our own log does not hold")
    stray = set(names(register)) - (PARTS if sealed else PARTS | VIEWS)
    stray |= set(names(os.path.join(register, "keys"))) - {f"{own}.secret", "vault"}
    need(not stray, f"stray files: {sorted(stray)}")
    stated = logs[own].said("log.seen")
    for index, data in stated:
        log = logs[data["origin"]]
        held = data["size"] <= log.size and root_of(log.hashes[:data["size"]]).hex() == data["root"] and log.first == data["key"]
        need(held, f"log/{log.origin}: not what our entry {index} saw")
    def unsettled(by, at):
        """Whether what an entry destroys may still be there: it is in our last batch, or in what that batch revealed."""
        before = [data["size"] for index, data in stated if data["origin"] == by and index < logs[own].last_batch]
        return at >= (logs[own].last_batch if by == own else max(before, default=0))
    if not sealed:
        check_erasures(logs, own, unsettled)
        check_evidence(register, logs, own, {data["origin"]: data["size"] for _, data in stated}, unsettled)
    if against is not None:
        log = logs[against.split(b"\n")[0].decode()[6:]]
        key = [key for start, key in log.chain if start <= int(against.split(b"\n")[1])][-1]
        size, root, _ = parse_note(against, log.name, key)
        need(size <= log.size and root_of(log.hashes[:size]) == root, "the log was rolled back or rewritten since")
def verify(register, against=None):
    """What is wrong with the register in this folder; `against` is the bytes of a checkpoint that somebody kept."""
    found, logs, sealed = [], {}, os.path.exists(os.path.join(register, "keys", "vault"))
    for origin in sorted(set(names(os.path.join(register, "log"))) | set(names(os.path.join(register, "bodies")))):
        try:
            logs[origin] = Log(register, origin, sealed)
        except ERRORS as error:
            found.append(f"log/{origin}: {error or 'the signature does not hold'}")
    try:
        own = read(register, "origin").decode()
        need(own.endswith("\n"), "origin: not a line")
        check_register(register, logs, own[:-1], sealed, against)
    except ERRORS as error:
        found.append(str(error) or "the checkpoint to verify against is not signed by this log")
    return found

if __name__ == "__main__":
    if len(sys.argv) != 2 and sys.argv[2:3] != ["--against"]: sys.exit(__doc__)
    problems = verify(sys.argv[1], read(sys.argv[3]) if len(sys.argv) == 4 else None)
    print("\n".join(problems) or "sound")
    sys.exit(bool(problems))
