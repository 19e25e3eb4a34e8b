"""What holds of a package and of a ledger's excerpt: the rules of FORMAT.md under these names."""

import json
import re
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import form
from signature import Signature, sha256

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LOOSE = "hashes-sha256.txt"
REDACTED = ("local-authority", "subject-access")
TAGS = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "statement.json", "statement.p7s", "tagmanifest-sha256.txt"]
EXCERPT = "data/ledger/excerpt.jsonl"
TEXTS = [
    "format", "variant", "school", "reference", "store", "case", "made", "to", "organisation", "their_reference",
    "medium", "medium_serial", "bagit", "bag_info", "manifest",
]
MEMBERS = {*TEXTS, "number", "practice", "head", "documents"}
ENTRY = {"seq", "case", "at", "kind", "body_hash", "prev", "session", "key", "hash", "signature", "body"}


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def figures(text, count=64):
    """The bytes of so many small figures; None for anything else."""
    good = isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{count}}}", text)
    return bytes.fromhex(text) if good else None


def place_of(text):
    good = isinstance(text, str) and re.fullmatch("0|[1-9][0-9]*", text)
    return int(text) if good and int(text) < 2**64 else None


def head_of(value):
    if not isinstance(value, dict) or set(value) != {"seq", "hash"}:
        return None
    place, sum_ = place_of(value["seq"]), figures(value["hash"])
    return None if place is None or sum_ is None else (place, sum_)


def is_text(*values):
    return all(isinstance(value, str) for value in values)


def load(raw):
    """JSON in its one form; None for anything else."""
    try:
        value = json.loads(raw)
    except ValueError:
        return None
    try:
        return value if canonical(value) == raw else None
    except UnicodeEncodeError:
        return None


# The excerpt


class Excerpt:
    def __init__(self, title, lines):
        self.store, self.case = title["store"], title["case"]
        self.first, self.head, self.lines = place_of(title["first"]), head_of(title["head"]), lines

    @staticmethod
    def read(raw):
        if not raw.endswith(b"\n"):
            return None
        title, *lines = map(load, raw[:-1].split(b"\n"))
        if not isinstance(title, dict) or set(title) != {"format", "store", "case", "first", "head"}:
            return None
        good = title["format"] == "evidence-trail/ledger-excerpt/1" and is_text(title["store"], title["case"])
        if not good or place_of(title["first"]) is None or head_of(title["head"]) is None:
            return None
        return Excerpt(title, lines) if all(map(is_line, lines)) else None

    def entries(self):
        return [line for line in self.lines if set(line) == ENTRY]

    def hash_at(self, place):
        found = [figures(line["hash"]) for line in self.lines if place_of(line["seq"]) == place]
        return found[0] if found else None

    def fails(self):
        checks = {
            "ledger": self.is_chained(),
            "entries": all(hash_fits(entry) and body_fits(entry) for entry in self.entries()),
            "entry-signatures": all(is_signed(entry) for entry in self.entries()),
            "entry-keys": self.keys_are_named(),
        }
        return {code for code, holds in checks.items() if not holds}

    def is_chained(self):
        last, before, reached = 0, None, False
        for line in self.lines:
            place, sum_ = place_of(line["seq"]), figures(line["hash"])
            if place is None or sum_ is None or place <= last:
                return False
            is_next = place == last + 1
            if place > self.first and not is_next:
                return False
            is_entry = set(line) == ENTRY
            if is_entry and before is not None and is_next and figures(line["prev"]) != before:
                return False
            is_own = is_entry and line["case"] == self.case
            if place == self.first and not is_own and self.entries() or place < self.first and is_own:
                return False
            reached |= place == self.first
            last, before = place, sum_
        return reached and (last, before) == self.head

    def keys_are_named(self):
        people, known = {}, set()
        for entry in self.entries():
            says = said(entry) if entry["kind"].startswith("store/") else None
            says = says if isinstance(says, dict) else {}
            if entry["kind"] in ("store/keys-enrolled", "store/keys-renewed"):
                key = figures(says.get("ledger"))
                if key and is_text(says.get("person")):
                    people[says["person"]] = key
                    known.add((key, None))
            key = figures(entry["key"])
            if key is None or (key, entry["session"]) not in known:
                return False
            if entry["kind"] == "store/session-certified":
                session = self.certified(says, people)
                if session is None:
                    return False
                known.add(session)
        return True

    def certified(self, says, people):
        certificate = says.get("certificate")
        if not isinstance(certificate, dict):
            return None
        message = b"evidence-trail/session/v1\0" + sha256(canonical(certificate))
        for who in ("first", "second"):
            key = people.get(certificate.get(who))
            if key is None or not ed25519(key, message, says.get(f"{who}_signature")):
                return None
        own = certificate.get("store") == self.store and certificate.get("case") == self.case
        key, session = figures(certificate.get("key")), certificate.get("session")
        is_good = own and certificate["first"] != certificate["second"] and key and is_text(session)
        return (key, session) if is_good else None


def is_line(line):
    if not isinstance(line, dict):
        return False
    if set(line) == {"hash", "seq"}:
        return head_of(line) is not None
    if set(line) != ENTRY:
        return False
    texts = [line[key] for key in ENTRY - {"case", "session", "body"}]
    optional = [line[key] for key in ("case", "session") if line[key] is not None]
    body = line["body"]
    is_body = body is None or isinstance(body, dict) and set(body) == {"json", "salt"} and is_text(*body.values())
    return is_text(*texts, *optional) and is_body


def said(entry):
    try:
        return json.loads(entry["body"]["json"]) if entry["body"] else None
    except ValueError:
        return None


def hash_fits(entry):
    front = {key: entry[key] for key in ("at", "body_hash", "case", "key", "kind", "prev", "seq", "session")}
    return figures(entry["hash"]) == sha256(b"evidence-trail/entry/v1\0" + canonical({**front, "v": 1}))


def body_fits(entry):
    if entry["body"] is None:
        return True
    salt, says = figures(entry["body"]["salt"]), said(entry)
    fits = salt and figures(entry["body_hash"]) == sha256(salt + entry["body"]["json"].encode())
    return bool(fits) and isinstance(says, dict) and says.get("kind") == entry["kind"]


def is_signed(entry):
    key, sum_ = figures(entry["key"]), figures(entry["hash"])
    return bool(key and sum_) and ed25519(key, b"evidence-trail/signature/v1\0" + sum_, entry["signature"])


def ed25519(key, message, signature):
    value = figures(signature, 128)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(value or b"", message)
    except (InvalidSignature, ValueError):
        return False
    return value is not None


# The package


def is_plain(name):
    parts = name.split("/")
    good = all(part and part[0] != "." and part[-1] != "." for part in parts)
    return good and len(name) <= 160 and bool(re.fullmatch(r"[A-Za-z0-9._/-]+", name))


def listing(sums):
    return "".join(f"{sums[name].hex()}  {name}\n" for name in sorted(sums)).encode()


def read_manifest(raw):
    try:
        lines = raw.decode("utf-8").split("\n")[:-1]
    except UnicodeDecodeError:
        return None
    found = {}
    for line in lines:
        sum_, _, name = line.partition("  ")
        if not is_plain(name) or not name.startswith("data/") or figures(sum_) is None:
            return None
        found[name] = figures(sum_)
    is_one = len({name.lower() for name in found}) == len(lines)
    return found if found and is_one and listing(found) == raw else None


def read_statement(raw):
    value = load(raw)
    if not isinstance(value, dict) or set(value) != MEMBERS or not is_text(*(value[key] for key in TEXTS)):
        return None
    number, documents = value["number"], value["documents"]
    good = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**32
    good = good and isinstance(value["practice"], bool) and isinstance(documents, list) and head_of(value["head"])
    if not good or value["format"] != "evidence-trail/package/1" or made_at(value) is None:
        return None
    for one in documents:
        if not isinstance(one, dict) or set(one) != {"path", "what", "missing"} or not is_text(one["path"], one["what"]):
            return None
        if not isinstance(one["missing"], list) or not is_text(*one["missing"]):
            return None
    return value


def made_at(statement):
    try:
        return datetime.strptime(statement["made"], "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


def files_of(folder):
    """Every name in the folder, and the bytes of what is a plain file."""
    names, files = set(), {}
    for path in Path(folder).rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_dir():
            names.add(name)
        elif not any(path.iterdir()):
            names.add(f"{name}/")
        if path.is_file() and not path.is_symlink():
            files[name] = path.read_bytes()
    return (names, files) if LOOSE not in names or any("/" in name for name in names) else laid_out(names, files)


def laid_out(names, files):
    """Loose files under the names that they have in a bag; a list that is not right is a file that nobody listed."""
    there = {name: f"{sha256(raw).hex()}  {name}" for name, raw in files.items() if name != LOOSE}
    try:
        lines = files.get(LOOSE, b"").decode("utf-8").split("\n")
    except UnicodeDecodeError:
        lines = ["not a list"]
    is_listed = names == set(files) and len(lines) > 1 and lines[-1] == "" and set(lines[:-1]) <= set(there.values())
    own = {name.replace("__", "/") for name in names if name != LOOSE} | (set() if is_listed else {LOOSE})
    return own, {name.replace("__", "/"): raw for name, raw in files.items() if name != LOOSE or not is_listed}


def verify(folder, card, times=frozenset()):
    names, files = files_of(folder)
    fails, practice, signer = set(), False, "not-compared"
    tags = {name: files[name] for name in TAGS if name in files}
    sums = {name: sha256(raw) for name, raw in tags.items()}
    own = {name: sum_ for name, sum_ in sums.items() if name != TAGS[5]}
    if len(tags) < 6 or tags["bagit.txt"] != BAGIT or tags[TAGS[5]] != listing(own):
        fails.add("bag")
    statement = read_statement(tags["statement.json"]) if "statement.json" in tags else None
    if statement is None:
        fails.add("statement")
    else:
        practice |= statement["practice"]
        bound = [("bagit.txt", "bagit"), ("bag-info.txt", "bag_info"), ("manifest-sha256.txt", "manifest")]
        if any(name not in sums or sums[name] != figures(statement[key]) for name, key in bound):
            fails.add("statement")
    try:
        signature = Signature(tags["statement.p7s"]) if "statement.p7s" in tags else None
    except ValueError:
        signature = None
    if signature is None:
        fails.add("signature")
    else:
        is_over = statement is not None and signature.digest == sums["statement.json"]
        if not is_over or signature.again() != signature.raw or not signature.is_signed():
            fails.add("signature")
        at = made_at(statement) if statement else None
        if not signature.is_vouched_for() or at is None or not signature.is_in_time(at):
            fails.add("certificate")
        practice |= signature.is_practice()
        if card is not None:
            signer = "known" if signature.authority.fingerprint() == card else "unknown"
            fails |= {"fingerprint"} if signer == "unknown" else set()
    listed = read_manifest(tags["manifest-sha256.txt"]) if "manifest-sha256.txt" in tags else None
    fails |= {"files"} if listed is None else payload(names, files, listed, statement, signature, times)
    is_meant = "statement.json" in tags or "statement.p7s" in tags
    return fails, wholeness(fails, is_meant), signer, practice


def payload(names, files, listed, statement, signature, times):
    fails = set()
    if names - set(listed) - set(TAGS):
        fails.add("no-other-files")
    if any(name not in files or sha256(files[name]) != sum_ for name, sum_ in listed.items()):
        fails.add("files")
    excerpt = Excerpt.read(files[EXCERPT]) if EXCERPT in files else None
    stated = {one["path"]: len(one["missing"]) for one in statement["documents"]} if statement else {}
    documents = [name for name in listed if name.startswith("data/documents/") and name in files]
    authority = signature.authority.raw if signature else None
    judged = {name: form.verify(files[name]) for name in documents}
    if set(stated) != set(documents) or not all(stands(judged[name], stated.get(name), authority) for name in documents):
        fails.add("documents")
    bodies = [entry["body"]["json"] for entry in excerpt.entries() if entry["body"]] if excerpt else []
    kept = [sum_ for name, sum_ in listed.items() if name.startswith(("data/documents/", "data/exhibits/"))]
    if excerpt is None or not all(any(sum_.hex() in body for body in bodies) for sum_ in kept):
        fails.add("kept")
    fails |= {"time"} if any("time" in one.fails for one in judged.values()) else set()
    fails |= {"time-authority"} if any(one.other_times(times) for one in judged.values()) else set()
    fails |= excerpt.fails() if excerpt else {"ledger"}
    if excerpt and not excerpt.entries() and (statement is None or statement["variant"] not in REDACTED):
        fails.add("ledger")
    is_own = excerpt and statement and (excerpt.store, excerpt.case) == (statement["store"], statement["case"])
    if not is_own or excerpt.head != head_of(statement["head"]):
        fails.add("head")
    return fails


def stands(found, missing, authority):
    is_same = found.authority is None or found.authority.raw == authority
    is_whole = found.wholeness != "altered" and not found.fails - {"complete"}
    return is_whole and is_same and missing == max(0, found.places - found.signed)


def verify_excerpt(raw):
    excerpt = Excerpt.read(raw)
    fails = excerpt.fails() if excerpt else {"ledger"}
    is_meant = b"evidence-trail/ledger-excerpt/" in raw.split(b"\n")[0]
    return fails, wholeness(fails, is_meant)


def wholeness(fails, is_meant):
    if not fails - {"fingerprint", "time-authority"}:
        return "intact"
    return "altered" if is_meant else "cannot-tell"
