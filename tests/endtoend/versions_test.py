# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Releases: folders and messages of earlier programs (tests/fixtures, made by make_release.py) with this one."""
import ctypes
import hashlib
import hmac
import http.client
import json
import pathlib
import sqlite3
import tarfile
import tempfile
import unittest

from county import SOURCE, County, Home, assert_agree

FIXTURES = SOURCE / "tests" / "fixtures"
FAR = 4_102_444_800_000  # 2100, in ms: invitations end with time, and the test does not
STATUS_OK = 0
ZSTD = ctypes.CDLL("libzstd.so.1")
ZSTD.ZSTD_decompress.restype = ctypes.c_size_t
ZSTD.ZSTD_decompress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
ZSTD.ZSTD_isError.argtypes = [ctypes.c_size_t]


class OldCounty(County):
    """The county folder of a fixture, and its homes."""

    def __init__(self, release, names=("county", "office", "north")):  # pylint: disable=super-init-not-called
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hezhang-test-"))
        self.data = self.folder / "county"
        self.endpoint, self.url, self.port = None, None, 0
        for name in names:
            with tarfile.open(release / f"{name}.tar.xz") as archive:
                archive.extractall(self.folder)

    def home(self, name):
        home = Home(self, name)
        (home.path / "url").write_text(self.url)
        return home

    def let_invitations_last(self):
        connection = sqlite3.connect(self.data / "county.db")
        connection.execute("UPDATE invitation SET expires_at = ?", (FAR,))
        connection.commit()
        connection.close()

    def post(self, path, body):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        link.request("POST", path, body, {"Content-Type": "application/x-hezhang"})
        answer = link.getresponse()
        result = answer.status, answer.read()
        link.close()
        return result


def sized(data, at):
    """Bytes with their size before them, as docs/wire-format.md section 2 writes them; and where they end."""
    size = shift = 0
    while True:
        size |= (data[at] & 0x7f) << shift
        shift += 7
        at += 1
        if not data[at - 1] & 0x80:
            return data[at:at + size], at + size


def frame(data):
    """(auth, packed, tag) of a frame."""
    packed, at = sized(data, 2)
    tag, end = sized(data, at)
    assert data[0] == 0 and end == len(data), "no frame of version 0"
    return data[1], packed, tag


def tag_of(key, packed, bound):
    return hmac.new(key, b"hezhang/frame/0" + bytes([len(bound)]) + bound + packed, hashlib.sha256).digest()


def message_of(packed):
    if packed[0] == 0:
        return packed[1:]
    plain = ctypes.create_string_buffer(8 << 20)  # docs/wire-format.md section 5: message unpacked
    size = ZSTD.ZSTD_decompress(plain, len(plain), packed[1:], len(packed) - 1)
    assert not ZSTD.ZSTD_isError(size), "no zstd frame"
    return plain.raw[:size]


def key_that_made(identity, packed, tag):
    """The message key, found where it stands in what a home keeps of itself."""
    keys = (identity[at:at + 32] for at in range(len(identity) - 31))
    return next(key for key in keys if hmac.compare_digest(tag_of(key, packed, b""), tag))


class OfRelease:
    """What must hold for each; `name` is the fixture's."""

    name = None

    def setUp(self):
        self.release = FIXTURES / self.name
        self.expected = json.loads((self.release / "expected.json").read_text(encoding="utf-8"))
        self.county = OldCounty(self.release)
        self.addCleanup(self.county.close)

    def test_an_order_that_the_old_program_passed_over_takes_effect(self):
        erased = self.expected["erased"]
        other = OldCounty(self.release, ("ordered", "passed"))
        self.addCleanup(other.close)
        other.serve()
        north = other.home("north")
        self.assertNotIn("kind", north.fields(self.expected["place"]), "opened by a program that knows it")
        self.assertTrue(north.json("rebuild", "--check")["ok"])
        self.in_step(north)
        for file in north.path.rglob("*"):
            self.assertNotIn(erased.encode(), file.read_bytes() if file.is_file() else b"", file)
        assert_agree(self, other, [north])
        self.assertTrue(north.json("verify")["valid"])

    def serve(self):
        self.county.serve()
        return self.county.home("office"), self.county.home("north")

    def in_step(self, *homes):
        for home in homes:
            report = home.sync()
            self.assertTrue(report["up_to_date"], f"{home.name}: {report}")

    def check_nothing_is_lost(self, home, texts):
        shown = "".join(home.dump(scope) for scope in home.scopes())
        for text in texts:
            self.assertIn(text, shown, home.name)

    def check_sound(self, *homes):
        self.assertTrue(self.county.admin_json("verify")["valid"])
        for home in homes:
            self.assertTrue(home.json("rebuild", "--check")["ok"], home.name)
            self.assertTrue(home.json("verify")["valid"], home.name)

    def test_a_home_is_read_before_it_ever_syncs(self):
        self.county.url = "http://127.0.0.1:9"
        north = self.county.home("north")
        self.check_nothing_is_lost(north, self.expected["texts"] + self.expected["pending"])
        self.assertGreater(north.json("status")["local"], 0)
        self.assertTrue(north.json("rebuild", "--check")["ok"])
        task = self.expected["conflict"]["record"]
        north.hz("set", task, "joint_progress", "升级以后、联网以前写的。")
        self.assertEqual(north.fields(task)["joint_progress"], "升级以后、联网以前写的。")

    def test_the_folders_go_on_and_lose_nothing(self):
        office, north = self.serve()
        self.in_step(office, north, office, north)
        texts = self.expected["texts"] + self.expected["pending"]
        self.check_nothing_is_lost(office, texts + self.expected["texts_of_south"])
        self.check_nothing_is_lost(north, texts)
        status = north.json("status")
        self.assertEqual((status["local"], status["received"]), (0, 0))
        self.assertEqual(office.json("status")["blobs_pending"] + status["blobs_pending"], 0)
        assert_agree(self, self.county, [office, north])
        self.check_sound(office, north)

        conflict = self.expected["conflict"]
        for home in (office, north):
            found = [row for row in home.json("conflicts") if row["record"] == conflict["record"]]
            self.assertEqual([(row["field"], sorted(value["value"] for value in row["values"])) for row in found],
                             [(conflict["field"], conflict["values"])])
        asides = office.json("aside")
        self.assertIn((self.expected["aside"]["text"], self.expected["aside"]["reason"]),
                      [(row["value"], row["reason"]) for row in asides])
        self.assertNotIn(self.expected["deleted"], "".join(office.dump(scope) for scope in office.scopes()))
        self.assertTrue(office.json("history", self.expected["deleted"]))

        # And life goes on, by the new definitions.
        office.hz("admit", asides[0]["op"], "--reason", "情况属实")
        office.hz("resolve", f"{conflict['record']}/{conflict['field']}", "--value", "ongoing")
        north.hz("set", self.expected["place"], "address", "镇北堡镇二号")
        self.in_step(office, north, office)
        self.check_nothing_is_lost(office, ["镇北堡镇二号", self.expected["aside"]["text"]])
        assert_agree(self, self.county, [office, north])

    def test_photos_that_were_never_sent_arrive(self):
        office, north = self.serve()
        self.in_step(north, office)
        names = {path.name for path in self.county.data.rglob("*") if path.is_file()}
        for photo in ("served.jpg", "pending.jpg"):
            content = b"\xff\xd8\xff\xe0" + photo.encode() * 100 + b"\xff\xd9"
            self.assertIn(hashlib.sha256(content).hexdigest(), names, photo)

    def test_a_sync_of_an_old_device_is_answered(self):
        office, _ = self.serve()
        identity = (self.release / "spoke.identity").read_bytes()
        requests = sorted(self.release.glob("sync-*.request"))
        self.assertTrue(requests)
        for path in requests:
            request = path.read_bytes()
            _, packed, tag = frame(request)
            key = key_that_made(identity, packed, tag)
            status, body = self.county.post("/v1/sync", request)
            self.assertEqual(status, 200)
            auth, packed, answer_tag = frame(body)
            self.assertEqual(auth, 1)
            self.assertEqual(answer_tag, tag_of(key, packed, tag), "the answer is not the county's")
            message = message_of(packed)
            self.assertEqual((message[0], message[1]), (0, STATUS_OK))
        office.sync()
        self.check_nothing_is_lost(office, [self.expected["said"]])
        self.check_sound(office)

    def test_an_enrolment_of_an_old_device_is_answered(self):
        self.county.let_invitations_last()
        self.serve()
        before = self.county.admin_json("devices")
        for path in sorted(self.release.glob("enrol-*.request")):
            status, body = self.county.post("/v1/enroll", path.read_bytes())
            self.assertEqual(status, 200)
            message = message_of(frame(body)[1])
            self.assertEqual((message[0], message[1]), (0, STATUS_OK))
        enrolled = [row for row in self.county.admin_json("devices") if row not in before]
        self.assertEqual(len(enrolled), 1)
        names = {row["person"]: row["name"] for row in self.county.admin_json("persons")}
        self.assertEqual(names[enrolled[0]["person"]], self.expected["invited"])


class Release1(OfRelease, unittest.TestCase):
    name = "release-1"


class Release2(OfRelease, unittest.TestCase):
    name = "release-2"


if __name__ == "__main__":
    unittest.main()
