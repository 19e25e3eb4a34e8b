"""A strict reader of the one form in which a document is written. What it does not know, it refuses."""

import re

ROOM = 8192
# Room for a signature that has a time-stamp.
STAMPED = 24576
SPACE = b"\x00\t\n\x0c\r "
DELIMITERS = SPACE + b"()<>[]{}/%"
ESCAPES = {"n": 10, "r": 13, "t": 9, "b": 8, "f": 12, "(": 40, ")": 41, "\\": 92}
NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)\Z")


class Fault(Exception):
    """The bytes are not in the form described."""


class NotJudged(Exception):
    """The file has something that this verifier does not know: a time-stamp."""


class Number(bytes):
    """A number as its characters."""


class Name(bytes):
    """A name without its slash, decoded."""


class Text(bytes):
    """A string, decoded."""


class Ref(int):
    """The number of an object that is referred to."""


class Gap:
    """Room for a signature."""


class Stream:
    def __init__(self, keys, data):
        self.keys, self.data = keys, data


class Section:
    def __init__(self, start, end, objects, table_at, trailer):
        self.start, self.end, self.objects, self.table_at, self.trailer = start, end, objects, table_at, trailer
        self.by_id = {number: value for number, value in objects}

    def resolve(self, value):
        return self.by_id.get(int(value)) if isinstance(value, Ref) else value


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def takes(self, word):
        found = self.data.startswith(word, self.at)
        if found:
            self.at += len(word)
        return found

    def expect(self, word):
        if not self.takes(word):
            raise Fault(f"{word!r} is missing at byte {self.at}")

    def space(self):
        while self.at < len(self.data) and self.data[self.at] in SPACE:
            self.at += 1

    def line(self):
        end = self.data.find(b"\n", self.at)
        if end < 0:
            raise Fault("a line has no end")
        line, self.at = self.data[self.at : end], end + 1
        return line

    def digits(self):
        end = self.at
        while end < len(self.data) and 48 <= self.data[end] <= 57:
            end += 1
        if not 1 <= end - self.at <= 10:
            raise Fault(f"a number is missing at byte {self.at}")
        number, self.at = int(self.data[self.at : end]), end
        return number

    def token(self):
        end = self.at
        while end < len(self.data) and self.data[end] not in DELIMITERS:
            end += 1
        token, self.at = self.data[self.at : end], end
        return token

    def section(self, start):
        objects, stated = [], {}
        self.space()
        while True:
            at = self.at
            if self.takes(b"xref"):
                break
            number, value = self.object()
            if number in stated:
                raise Fault("an object stands twice")
            stated[number] = at
            objects.append((number, value))
            self.space()
        if self.table() != stated:
            raise Fault("the table does not say where the objects are")
        trailer = self.value(0)
        if not isinstance(trailer, dict):
            raise Fault("the trailer is missing")
        self.space()
        self.expect(b"startxref\n")
        if self.digits() != at:
            raise Fault("the table stands elsewhere")
        self.expect(b"\n%%EOF")
        return Section(start, self.at, objects, at, trailer)

    def table(self):
        places = {}
        self.space()
        while not self.takes(b"trailer"):
            first = self.digits()
            self.expect(b" ")
            count = self.digits()
            self.space()
            for number in range(first, first + count):
                offset = self.digits()
                self.expect(b" ")
                generation = self.digits()
                if self.takes(b" f"):
                    self.space()
                    continue
                self.expect(b" n")
                self.space()
                if generation != 0 or number in places:
                    raise Fault("the table names an object twice")
                places[number] = offset
        return places

    def object(self):
        number = self.digits()
        self.expect(b" 0 obj")
        value = self.value(0)
        self.space()
        if self.takes(b"stream"):
            if not isinstance(value, dict):
                raise Fault("a stream has no dictionary")
            value = self.stream(value)
        self.space()
        self.expect(b"endobj")
        return number, value

    def stream(self, keys):
        if not self.takes(b"\n"):
            self.expect(b"\r\n")
        length = keys.get(b"Length")
        if not isinstance(length, Number) or not length.isdigit():
            raise Fault("a stream does not say its length")
        end = self.at + int(length)
        if end > len(self.data):
            raise Fault("a stream is cut")
        data, self.at = self.data[self.at : end], end
        self.takes(b"\r\n") or self.takes(b"\n")
        self.expect(b"endstream")
        return Stream(keys, data)

    def value(self, depth):
        self.space()
        if depth > 64:
            raise Fault("values are nested too deep")
        first = self.data[self.at : self.at + 1]
        if first == b"/":
            return self.name()
        if first == b"(":
            return self.literal()
        if first == b"[":
            return self.array(depth)
        if self.data.startswith(b"<<", self.at):
            return self.dictionary(depth)
        if first == b"<":
            return self.hexadecimal()
        if first and first in b"0123456789+-.":
            return self.number()
        word = self.token()
        if word in (b"null", b"true", b"false"):
            return {b"null": None, b"true": True, b"false": False}[word]
        raise Fault(f"something stands at byte {self.at} that is not a value")

    def number(self):
        token = self.token()
        if len(token) > 20 or not NUMBER.match(token):
            raise Fault("a number is not written as it should be")
        after = self.data[self.at : self.at + 5]
        if after[:4] == b" 0 R" and (len(after) == 4 or after[4] in DELIMITERS):
            if not re.fullmatch(rb"\+?\d+", token):
                raise Fault("a reference is not written as it should be")
            self.at += 4
            return Ref(int(token))
        return Number(token)

    def name(self):
        self.at += 1
        token = self.token()
        if re.search(rb"#(?![0-9A-Fa-f]{2})", token):
            raise Fault("a name is not written as it should be")
        return Name(re.sub(rb"#(..)", lambda found: bytes([int(found[1], 16)]), token, flags=re.DOTALL))

    def literal(self):
        self.at += 1
        out, depth = bytearray(), 1
        while self.at < len(self.data):
            byte = self.data[self.at]
            self.at += 1
            if byte == 92:
                self.escape(out)
                continue
            depth += (byte == 40) - (byte == 41)
            if depth == 0:
                return Text(out)
            out.append(byte)
        raise Fault("a string has no end")

    def escape(self, out):
        found = re.compile(rb"[0-7]{1,3}").match(self.data, self.at)
        if found:
            out.append(int(found[0], 8) & 0xFF)
            self.at = found.end()
            return
        letter = self.data[self.at : self.at + 1].decode("latin-1")
        if letter not in ESCAPES:
            raise Fault("a string is not written as it should be")
        out.append(ESCAPES[letter])
        self.at += 1

    def hexadecimal(self):
        self.at += 1
        end = self.data.find(b">", self.at)
        if end < 0:
            raise Fault("a string has no end")
        figures = self.data[self.at : end]
        self.at = end + 1
        if len(figures) == ROOM * 2:
            return Gap()
        if len(figures) == STAMPED * 2:
            raise NotJudged("a signature has a time-stamp")
        if not re.fullmatch(rb"(?:[0-9A-Fa-f]{2})*", figures):
            raise Fault("a string is not written as it should be")
        return Text(bytes.fromhex(figures.decode()))

    def array(self, depth):
        self.at += 1
        values = []
        while True:
            self.space()
            if self.takes(b"]"):
                return values
            values.append(self.value(depth + 1))

    def dictionary(self, depth):
        self.at += 2
        keys = {}
        while True:
            self.space()
            if self.takes(b">>"):
                return keys
            if self.data[self.at : self.at + 1] != b"/" or len(keys) == 2048:
                raise Fault("a dictionary is not written as it should be")
            key = bytes(self.name())
            if key in keys:
                raise Fault("a dictionary says one thing twice")
            keys[key] = self.value(depth + 1)


def read(data):
    """The base and the updates of a file."""
    reader = Reader(data)
    reader.expect(b"%PDF-1.")
    if not re.fullmatch(rb"\d", reader.line()):
        raise Fault("the version is not one that is written here")
    reader.expect(b"%")
    mark = reader.line()
    if len(mark) > 8 or any(byte < 128 for byte in mark):
        raise Fault("the second line holds something else than its mark")
    sections = [reader.section(0)]
    while reader.at < len(data):
        if len(sections) == 9:
            raise Fault("there are too many updates")
        sections.append(reader.section(reader.at))
    return sections


def write(value):
    """A value in its one form."""
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    if isinstance(value, Gap):
        return b"<" + b"0" * (ROOM * 2) + b">"
    if isinstance(value, Ref):
        return b"%d 0 R" % int(value)
    if isinstance(value, Number):
        return bytes(value)
    if isinstance(value, Name):
        is_plain = lambda byte: 33 <= byte <= 126 and byte != 35 and byte not in DELIMITERS
        return b"/" + b"".join(bytes([byte]) if is_plain(byte) else b"#%02X" % byte for byte in value)
    if isinstance(value, Text):
        if not all(32 <= byte < 127 for byte in value):
            return b"<" + value.hex().upper().encode() + b">"
        return b"(" + re.sub(rb"([()\\])", rb"\\\1", bytes(value)) + b")"
    if isinstance(value, list):
        return b"[" + b" ".join(map(write, value)) + b"]"
    if isinstance(value, dict):
        return b"<<" + b" ".join(write(Name(key)) + b" " + write(item) for key, item in value.items()) + b">>"
    return write(value.keys) + b"\nstream\n" + value.data + b"\nendstream"


def text_of(value):
    """The characters of a string; None where it is none."""
    if not isinstance(value, Text):
        return None
    try:
        return value[2:].decode("utf-16-be") if value[:2] == b"\xfe\xff" else value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def text(words):
    if all(32 <= ord(letter) < 127 for letter in words):
        return Text(words.encode())
    return Text(b"\xfe\xff" + words.encode("utf-16-be"))
