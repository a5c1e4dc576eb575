# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A second reader of receipts, written from docs/wire-format.md alone: sections 0, 1, 3, 4 and 7. It shares no line with the product.

    python3 receipt_reader.py FILE     says what the receipt proves; exit 1: it proves nothing

Only the standard library, and `openssl` for Ed25519. Counties of the 国密 suite are not read.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

VALUE_MAX, OPS_MAX = 16 * 1024, 1024
# What stands before the 32 bytes of an Ed25519 key (RFC 8410).
KEY_PREFIX = bytes.fromhex("302a300506032b6570032100")


class Invalid(Exception):
    """The file proves nothing."""


def need(condition, text):
    if not condition:
        raise Invalid(text)


def digest(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


class Reader:
    """Section 0: each value has exactly one encoding, and nothing else is read."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        need(size <= len(self.data) - self.at, "ends early")
        self.at += size
        return self.data[self.at - size:self.at]

    def byte(self, *allowed):
        value = self.take(1)[0]
        need(not allowed or value in allowed, "a byte that means nothing")
        return value

    def number(self, bits=64):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
        need(value < 1 << bits and (byte or not shift), "not the shortest form of a number")
        return value

    def signed(self):
        value = self.number()
        return (value >> 1) ^ -(value & 1)

    def data_of(self):
        return self.take(self.number())

    def text(self):
        return self.data_of()

    def list(self, read):
        count = self.number()
        need(count <= len(self.data) - self.at, "a list larger than the file")
        return [read() for _ in range(count)]

    def value(self):
        """Section 1: the class and what it says."""
        raw = self.data_of()
        need(0 < len(raw) <= VALUE_MAX, "a value of no size")
        payload = raw[1:]
        if raw[0] == 0:
            try:
                need("\0" not in payload.decode(), "a text with a NUL")
            except UnicodeDecodeError as error:
                raise Invalid("a text that is not UTF-8") from error
        elif raw[0] == 1:
            need(len(payload) == 8, "an integer of another size")
        elif raw[0] == 2:
            need(payload in (b"\0", b"\1"), "a boolean that is neither")
        else:
            need(raw[0] == 0x10, "a value of no class")
        return raw

    def end(self):
        need(self.at == len(self.data), "bytes are left over")


def write_number(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out) + bytes([value])


def write_signed(value):
    return write_number(value << 1 if value >= 0 else (-value << 1) - 1)


def write_data(data):
    return write_number(len(data)) + data


def shown(value):
    if value[0] == 0:
        return value[1:].decode()
    return str(int.from_bytes(value[1:], "big", signed=True)) if value[0] == 1 else ""


def tree_root(leaves, size, proof):
    """The root over `size` leaves, of which `leaves` {index: hash} and the roots of all subtrees without any are given (section 4)."""
    left = list(proof)

    def root(start, end, inside):
        if not inside:
            need(left, "the proof is too short")
            return left.pop(0)
        if end - start == 1:
            return leaves[start]
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        return digest(b"\1", root(start, middle, [i for i in inside if i < middle]),
                      root(middle, end, [i for i in inside if i >= middle]))

    need(leaves and list(leaves) == sorted(leaves) and max(leaves) < size, "positions do not ascend")
    found = root(0, size, list(leaves))
    need(not left, "the proof is too long")
    return found


def ascending(pairs):
    keys = [key for key, _ in pairs]
    need(all(a < b for a, b in zip(keys, keys[1:])), "positions do not ascend")
    return dict(pairs)


def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    with tempfile.TemporaryDirectory() as folder:
        files = {name: pathlib.Path(folder) / name for name in ("key", "message", "signature")}
        files["key"].write_bytes(KEY_PREFIX + key)
        files["message"].write_bytes(message)
        files["signature"].write_bytes(signature)
        return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files["key"], "-rawin", "-in",
                               files["message"], "-sigfile", files["signature"]], capture_output=True, check=False).returncode == 0


class Entry:
    """Section 3."""

    def __init__(self, data):
        reader = Reader(data)
        reader.byte(0)
        self.kind = reader.byte(0, 1, 2)
        reader.text()
        self.at = reader.signed()
        self.segment, self.runs, self.op, self.control, self.body = None, [], None, None, b""
        if self.kind == 0:
            self.segment = reader.take(32)
            self.runs = reader.list(lambda: (reader.number(32), reader.byte(), reader.byte(), reader.byte(), reader.byte(0, 1),
                                             reader.byte(0, 1)))
            reader.byte(0, 1)
        elif self.kind == 1:
            self.op = reader.take(32)
            reader.take(32)
            reader.number()
            reader.byte()
            reader.take(16)
            reader.text()
        else:
            self.control, self.body = reader.byte(), reader.data_of()
        reader.end()

    def accepted(self):
        """Of each op whether it was accepted here."""
        need(sum(run[0] for run in self.runs) <= OPS_MAX, "an entry of too many ops")
        return [verdict == 1 and not repeated for count, verdict, _, _, _, repeated in self.runs for _ in range(count)]


def read_page(reader, county_key):
    """Section 4. {position: entry}."""
    start = reader.at
    reader.byte(0)
    reader.take(16)
    reader.take(16)
    size, root = reader.number(), reader.take(32)
    reader.signed()
    unsigned = reader.data[start:reader.at] + b"\0"
    signature = reader.data_of()
    proof = reader.list(lambda: reader.take(32))
    entries = reader.list(lambda: (reader.number(), reader.data_of(), reader.data_of()))
    need(all(not segment for _, _, segment in entries), "bytes that prove nothing")
    read = {position: Entry(entry) for position, entry, _ in entries}

    def check():
        if entries:
            leaves = ascending([(position, digest(b"\0", entry)) for position, entry, _ in entries])
            need(tree_root(leaves, size, proof) == root, "entries do not stand under the head")
        need(is_signed(county_key, b"hezhang/head/0" + unsigned, signature), "a head is not signed by the county")
        return read

    return check


def read_segment(reader):
    """Section 7, "proved segment". The canonical form of each op is put together as section 1 says."""
    position = reader.number()
    start = reader.at
    county = reader.take(16)
    reader.take(16)
    reader.take(16)
    reader.text()
    header = reader.data[start:reader.at]
    count, packed = reader.number(), reader.take(32)
    proof = reader.list(lambda: reader.take(32))

    def op():
        counter, record, field, kind, value = reader.number(), reader.take(16), reader.text(), reader.byte(), reader.value()
        person, at = reader.take(16), reader.signed()
        seen = reader.list(lambda: reader.take(16) + write_number(reader.number()) + reader.take(32))
        salt, index = reader.take(32), reader.number(32)
        canonical = (header + write_number(counter) + record + write_data(field) + bytes([kind]) + person + write_signed(at) +
                     write_number(len(seen)) + b"".join(seen) + digest(b"hezhang/value/0", salt, value))
        return index, digest(b"hezhang/op/0", canonical), record, field, value

    return position, county, count, packed, proof, reader.list(op)


def check_segment(segment, entries, admitted, record):
    position, _, count, packed, proof, ops = segment
    need(position in entries, "an entry is missing")
    entry = entries[position]
    need(all(op[2] == record for op in ops), "an op of another record")
    root = tree_root(ascending([(op[0], digest(b"\0", op[1])) for op in ops]), count, proof)
    need(entry.segment == digest(b"hezhang/segment/0", root, packed), "not what the county entered")
    accepted = entry.accepted()
    need(len(accepted) == count, "an entry that does not fit its segment")
    need(all(accepted[op[0]] or op[1] in admitted for op in ops), "an op that was not accepted")
    return entry.at


def read_receipt(data):
    """What the receipt proves, in the names of `hz verify --json`. Raises Invalid."""
    reader = Reader(data)
    need(reader.text() == b"hezhang receipt", "not a receipt")
    reader.byte(0)
    need(reader.byte() == 1, "of a suite that is not read here")
    county_key = reader.data_of()
    start = reader.at
    reader.text()
    reader.list(lambda: (reader.text(), reader.value()))
    key = reader.data[start:reader.at]
    segments = reader.list(lambda: read_segment(reader))
    pages = reader.list(lambda: read_page(reader, county_key))
    reader.end()
    need(segments, "it proves no op")
    entries = {}
    for check in pages:
        found = check()
        need(not entries.keys() & found.keys(), "an entry twice")
        entries.update(found)
    need(0 in entries and entries[0].kind == 2, "it does not say whose log it is of")
    first = Reader(entries[0].body)
    county, name, suite, named_key = first.take(16), first.text(), first.byte(), first.data_of()
    first.take(16)
    first.end()
    need(named_key == county_key and suite == 1, "it is of another county")
    record = digest(b"hezhang/record/0", county, key)[:16]
    admitted = {entry.op for entry in entries.values() if entry.kind == 1}
    proved = {"position": 0, "at": None, "fields": {}}
    for segment in segments:
        need(segment[1] == county, "a segment of another county")
        at = check_segment(segment, entries, admitted, record)
        if segment[0] >= proved["position"]:
            proved["position"], proved["at"] = segment[0], at
        proved["fields"].update((op[3].decode(), shown(op[4])) for op in segment[5])
    return {"county": name.decode(), "county_key": digest(county_key).hex(), "record": record.hex(), **proved}


if __name__ == "__main__":
    try:
        print(json.dumps(read_receipt(pathlib.Path(sys.argv[1]).read_bytes()), ensure_ascii=False, indent=1))
    except Invalid as invalid:
        sys.exit(f"it proves nothing: {invalid}")
