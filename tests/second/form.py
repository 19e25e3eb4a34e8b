"""What holds of a signed document: the rule of FORMAT.md, "A form"."""

import re
from datetime import datetime

import pdf
from pdf import Fault, Gap, Name, Number, Ref, Stream, Text, write
from signature import Signature, sha256
from stamp import root_of

FORBIDDEN_KEYS = {
    b"AA", b"OpenAction", b"JS", b"JavaScript", b"XFA", b"URI", b"NeedAppearances", b"Encrypt", b"RichMediaContent",
    b"OCProperties", b"OCGs", b"OC", b"Alternates", b"OPI", b"Collection", b"Perms",
}
FORBIDDEN_ACTIONS = {
    b"JavaScript", b"Launch", b"URI", b"SubmitForm", b"ImportData", b"GoToR", b"GoToE", b"Rendition", b"Movie",
    b"Sound", b"Hide", b"RichMediaExecute",
}
FIELD_KEYS = {
    b"Type", b"Subtype", b"FT", b"Ff", b"T", b"TU", b"Rect", b"F", b"P", b"AP", b"StructParent", b"DA", b"MK",
    b"Border", b"BS",
}
LOOK_KEYS = {b"Type", b"Subtype", b"BBox", b"Resources", b"Filter", b"Length"}
TIME = "D:%Y%m%d%H%M%S+00'00'"
# A finding that fails makes the document "cannot tell" and not "altered" where it is one of these.
OPEN = {"producer", "complete"}


def keys_of(value):
    return value.keys if isinstance(value, Stream) else value if isinstance(value, dict) else None


def is_name(value, *names):
    return isinstance(value, Name) and bytes(value) in names


class Verdict:
    def __init__(self, fails, wholeness, practice=False, authority=None, one_authority=True, signed=0, places=0, roots=()):
        self.fails, self.wholeness, self.practice = fails, wholeness, practice
        self.authority, self.one_authority = authority, one_authority
        self.signed, self.places = signed, places
        # Of the authorities that made its time-stamps, of those that hold.
        self.roots = set(roots)

    def other_times(self, times):
        """Whether a time-stamp is by none of the authorities that were given."""
        return bool(times) and not self.roots <= times


def verify(data):
    """The verdict without the card."""
    try:
        if len(data) > 512 * 1024 * 1024:
            raise Fault("too large")
        base, *updates = pdf.read(data)
    except Fault:
        claims = b"Evidence Trail" in data and b"ETSI.CAdES.detached" in data
        return Verdict({"structure"}, "altered" if claims else "cannot-tell")
    fails = set()
    is_ours = says_ours(base)
    fields = fields_of(base)
    fails |= set() if is_ours else {"producer"}
    fails |= {"fields"} if fields is None else set()
    fields = fields or []
    fails |= set() if is_plain(base, fields) else {"base"}
    if len(updates) < len(fields) or not updates and not fields:
        fails.add("complete")
    found, signed = [], 0
    for place, update in enumerate(updates):
        before = updates[place - 1] if place else base
        field = fields[place] if place < len(fields) else None
        signature = look(data, update, before, field, fails)
        if signature:
            found.append(signature)
            signed += 1
    if len(updates) > 1:
        points = [one.signer.point for one in found]
        if len(set(points)) < len(points):
            fails.add("people")
        if len({one.authority.raw for one in found}) > 1:
            fails.add("authority")
    weak = OPEN | (set() if is_ours else {"base", "fields"})
    wholeness = "altered" if fails - weak else "cannot-tell" if fails else "intact"
    return Verdict(
        fails,
        wholeness,
        any(one.is_practice() for one in found),
        found[-1].authority if found else None,
        len({one.authority.raw for one in found}) <= 1,
        signed,
        len(fields),
        (one.root for one in found if one.root is not None),
    )


def says_ours(base):
    info = keys_of(base.resolve(base.trailer.get(b"Info")))
    producer = pdf.text_of(info.get(b"Producer")) if info else None
    return producer is not None and bool(re.match(r"Evidence Trail(?: |\Z)", producer))


def fields_of(base):
    """The places for signatures in the order of signing; None where they are not as described."""
    catalog = keys_of(base.resolve(base.trailer.get(b"Root"))) or {}
    form = keys_of(base.resolve(catalog.get(b"AcroForm")))
    if form is None or not form.keys() <= {b"Fields", b"SigFlags", b"DA", b"DR"} or form.get(b"SigFlags") != b"3":
        return None
    listed = base.resolve(form.get(b"Fields"))
    if not isinstance(listed, list):
        return None
    fields = []
    for one in listed:
        keys = base.resolve(one) if isinstance(one, Ref) else None
        if not isinstance(keys, dict) or not keys.keys() <= FIELD_KEYS:
            return None
        rect, name = keys.get(b"Rect"), pdf.text_of(keys.get(b"T"))
        is_field = is_name(keys.get(b"FT"), b"Sig") and is_name(keys.get(b"Subtype"), b"Widget")
        if not is_field or not isinstance(rect, list) or len(rect) != 4 or name is None:
            return None
        fields.append((int(one), name, keys))
    names = [name for _, name, _ in fields]
    return fields if len(names) == 1 or names == ["first", "second", "head"] else None


def is_plain(base, fields):
    own = {number for number, _, _ in fields}
    if not base.trailer.keys() <= {b"Size", b"Root", b"Info", b"ID"}:
        return False
    for number, value in base.objects:
        keys = keys_of(value)
        if not is_harmless(value) or not holds_only(base, value, own):
            return False
        if number not in own and keys is not None and is_annotation(keys):
            return False
    return all(b"AP" not in keys or is_letters(base, keys[b"AP"]) for _, _, keys in fields)


def is_harmless(value):
    if isinstance(value, list):
        return all(map(is_harmless, value))
    keys = keys_of(value)
    if keys is None:
        return True
    if isinstance(value, Stream) and keys.keys() & {b"F", b"FFilter", b"FDecodeParms"}:
        return False
    return (
        not is_name(keys.get(b"S"), *FORBIDDEN_ACTIONS)
        and not is_name(keys.get(b"Type"), b"ObjStm", b"XRef")
        and not keys.keys() & FORBIDDEN_KEYS
        and all(map(is_harmless, keys.values()))
    )


def is_annotation(keys):
    return is_name(keys.get(b"Type"), b"Annot") or is_name(keys.get(b"Subtype"), b"Widget", b"Link")


def holds_only(base, value, own):
    keys = keys_of(value)
    if keys is not None and b"Annots" in keys:
        listed = base.resolve(keys[b"Annots"])
        if not isinstance(listed, list) or not all(isinstance(one, Ref) and int(one) in own for one in listed):
            return False
    inner = value if isinstance(value, list) else keys.values() if keys is not None else []
    return all(not (keys_of(one) is not None and is_annotation(keys_of(one))) and holds_only(base, one, own) for one in inner)


def is_letters(base, look):
    if not isinstance(look, dict) or set(look) != {b"N"}:
        return False
    form = keys_of(base.resolve(look[b"N"]))
    if form is None or not form.keys() <= LOOK_KEYS or not is_name(form.get(b"Subtype"), b"Form"):
        return False
    held = form.get(b"Resources")
    return b"Resources" not in form or keys_of(held) is not None and keys_of(held).keys() <= {b"Font"}


def look(data, update, before, field, fails):
    """Looks at one update; the signature, if one could be read in it."""
    written = rebuilt(data, update, before, field) if field else None
    if written is None:
        fails.add("revision")
        return None
    at, name, start, end = written
    room = data[start:end]
    figures = room[1:-1]
    try:
        if room[:1] != b"<" or room[-1:] != b">" or not re.match(rb"3082[0-9A-Fa-f]{4}", figures):
            raise ValueError("no signature")
        length = 2 * (4 + int(figures[4:8], 16))
        if length > len(figures):
            raise ValueError("the signature is longer than its room")
        signature = Signature(bytes.fromhex(figures[:length].decode("ascii")))
    except (ValueError, UnicodeDecodeError):
        fails.add("encoding")
        return None
    has_room = len(figures) == 2 * (pdf.ROOM if signature.stamp is None else pdf.STAMPED)
    if not has_room or signature.again().hex().upper().encode() != figures[:length] or figures[length:].strip(b"0"):
        fails.add("encoding")
    signature.root = root_of(signature.stamp, signature.value, at) if signature.stamp is not None else None
    checks = {
        "digest": signature.digest == sha256(data[:start] + data[end : update.end]),
        "signature": signature.is_signed(),
        "certificate": signature.is_vouched_for(),
        "validity": signature.is_in_time(at),
        "name": signature.signer.name() == name,
        "time": signature.stamp is None or signature.root is not None,
    }
    fails |= {code for code, holds in checks.items() if not holds}
    return signature


def rebuilt(data, update, before, field):
    """Writes the update again: its time, its name, and where its signature stands; None where a byte differs."""
    number, _, keys = field
    size = before.trailer.get(b"Size")
    if not isinstance(size, Number) or not size.isdigit() or len(update.objects) < 3:
        return None
    size = int(size)
    value, parts = keys_of(update.objects[1][1]), [part for _, part in update.objects[2:]]
    if value is None or not isinstance(value.get(b"Contents"), Gap) or len(parts) > 24 or not is_drawn(parts, size + 1):
        return None
    words = [pdf.text_of(value.get(key)) for key in (b"M", b"Name", b"Reason", b"Location")]
    if None in words:
        return None
    try:
        at = datetime.strptime(words[0], TIME)
    except ValueError:
        return None
    if at.strftime(TIME) != words[0]:
        return None
    filled = {**keys, b"AP": {b"N": Ref(size + 1)}, b"V": Ref(size)}
    numbers = [before.end] * 3
    while True:
        signed = {
            b"Type": Name(b"Sig"), b"Filter": Name(b"Adobe.PPKLite"), b"SubFilter": Name(b"ETSI.CAdES.detached"),
            b"ByteRange": [Number(b"0"), *(Number(b"%d" % one) for one in numbers)], b"Contents": value[b"Contents"],
            b"M": pdf.text(words[0]), b"Name": pdf.text(words[1]), b"Reason": pdf.text(words[2]),
            b"Location": pdf.text(words[3]),
        }
        out, places = bytearray(b"\n"), []
        for one, item in zip([number, *range(size, size + 1 + len(parts))], [filled, signed, *parts]):
            places.append(before.end + len(out))
            out += b"%d 0 obj\n" % one + write(item) + b"\nendobj\n"
        start = before.end + out.index(b"/Contents <", places[1] - before.end) + 10
        table_at = before.end + len(out)
        lines = [b"%010d 00000 n \n" % place for place in places]
        out += b"xref\n%d 1\n" % number + lines[0] + b"%d %d\n" % (size, len(parts) + 1) + b"".join(lines[1:])
        trailer = {**before.trailer, b"Size": Number(b"%d" % (size + len(parts) + 1)), b"Prev": Number(b"%d" % before.table_at)}
        out += b"trailer\n" + write(trailer) + b"\nstartxref\n%d\n%%%%EOF" % table_at
        end = start + value[b"Contents"].room * 2 + 2
        exact = [start, end, before.end + len(out) - end]
        if exact == numbers:
            break
        numbers = exact
    there = data[update.start : update.end]
    a, b = start - update.start, end - update.start
    if len(there) != len(out) or there[:a] != out[:a] or there[b:] != out[b:]:
        return None
    return at, words[1], start, end


def is_drawn(parts, first):
    """Whether the appearance draws letters and lines with fonts of its own, and refers to nothing else."""
    form = parts[0]
    if not isinstance(form, Stream) or not form.keys.keys() <= LOOK_KEYS or not is_name(form.keys.get(b"Subtype"), b"Form"):
        return False
    held = keys_of(form.keys.get(b"Resources"))
    own = range(first, first + len(parts))
    return held is not None and held.keys() <= {b"Font"} and all(stays(one, own) for one in parts) and all(map(is_font, parts[1:]))


def stays(value, own):
    if isinstance(value, Ref):
        return int(value) in own
    if isinstance(value, Gap):
        return False
    keys = keys_of(value)
    inner = value if isinstance(value, list) else keys.values() if keys is not None else []
    return all(stays(one, own) for one in inner)


def is_font(part):
    keys = keys_of(part)
    if keys is None:
        return False
    subtype = keys.get(b"Subtype")
    if b"Type" in keys:
        return is_name(keys[b"Type"], b"Font", b"FontDescriptor", b"CMap") and not is_name(subtype, b"Image")
    known = {b"Length", b"Length1", b"Length2", b"Length3", b"Filter", b"Subtype"}
    fits = b"Subtype" not in keys or is_name(subtype, b"CIDFontType0C", b"OpenType")
    return isinstance(part, Stream) and keys.keys() <= known and fits
