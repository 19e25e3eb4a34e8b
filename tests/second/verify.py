"""A second verifier, written from FORMAT.md alone. It shares no code with the first, which is written in Rust.

verify.py [--fingerprint FIGURES] [--time-authority FIGURES]... [--head ENTRY:FIGURES] PATH...

A path is a document, an excerpt or a package's folder. One line of JSON is printed for each.
"""

import argparse
import json
from pathlib import Path

import form
import package


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--fingerprint")
    words.add_argument("--time-authority", action="append", default=[])
    words.add_argument("--head")
    words.add_argument("paths", nargs="+", type=Path)
    given = words.parse_args()
    card = bytes.fromhex(given.fingerprint.replace(" ", "")) if given.fingerprint else None
    times = {bytes.fromhex(one.replace(" ", "")) for one in given.time_authority}
    for path in given.paths:
        print(json.dumps(head(path, given.head) if given.head else judged(path, card, times)))


def judged(path, card, times):
    if path.is_dir():
        fails, wholeness, signer, practice = package.verify(path, card, times)
    elif (raw := path.read_bytes()).startswith(b"{"):
        fails, wholeness = package.verify_excerpt(raw)
        signer, practice = "not-compared", False
    else:
        verdict = form.verify(raw)
        fails, wholeness, practice, signer = verdict.fails, verdict.wholeness, verdict.practice, "not-compared"
        fails = fails | ({"time-authority"} if verdict.other_times(times) else set())
        if card is not None and "structure" not in fails:
            is_known = verdict.authority and verdict.one_authority and verdict.authority.fingerprint() == card
            signer = "known" if is_known else "unknown"
            fails = fails | (set() if is_known else {"fingerprint"})
    return {"wholeness": wholeness, "signer": signer, "practice": practice, "fails": sorted(fails)}


def head(path, typed):
    """An entry as it is typed from paper, looked for in an excerpt."""
    entry, _, sum_ = typed.partition(":")
    raw = (path / package.EXCERPT if path.is_dir() else path).read_bytes()
    found = package.Excerpt.read(raw).hash_at(int(entry.replace(",", "")))
    if found is None:
        return {"found": "not here"}
    return {"found": "holds" if found == bytes.fromhex(sum_.replace(" ", "")) else "another hash"}


main()
