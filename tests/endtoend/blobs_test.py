# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Files between real processes: syncs killed and cut off in the middle of a file, in both directions, counted in bytes."""
import os
import random
import shutil
import signal
import socket
import threading
import unittest

from county import County, make_ledger, run

CHUNK = 512 * 1024
SIZE = 6 * CHUNK + 100_000


class Meter:
    """A relay on loopback before the endpoint: it counts the bytes of both directions, and calls `at` when one direction has
    reached `limit`; from then on it passes on nothing. One sync at a time."""

    def __init__(self, port):
        self.target = port
        self.up = self.down = 0
        self.limit_up = self.limit_down = None
        self.at = None
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.threads = [threading.Thread(target=self.accept)]
        self.open = []
        self.threads[0].start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                client.close()
                continue
            self.open += [client, server]
            for source, sink, is_up in ((client, server, True), (server, client, False)):
                thread = threading.Thread(target=self.relay, args=(source, sink, is_up))
                self.threads.append(thread)
                thread.start()

    def relay(self, source, sink, is_up):
        try:
            while data := source.recv(16 * 1024):
                if not self.count(len(data), is_up):
                    break
                sink.sendall(data)
        except OSError:
            pass
        for one in (source, sink):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def count(self, size, is_up):
        with self.lock:
            if is_up:
                self.up += size
            else:
                self.down += size
            is_over = (self.limit_up is not None and self.up > self.limit_up) or (
                self.limit_down is not None and self.down > self.limit_down)
            at, self.at = (self.at, None) if is_over else (None, self.at)
        if at:
            at()
        return not is_over

    def begin(self, limit_up=None, limit_down=None, at=None):
        with self.lock:
            self.up = self.down = 0
            self.limit_up, self.limit_down, self.at = limit_up, limit_down, at

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for one in self.open:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in self.threads:
            thread.join()
        for one in self.open:
            one.close()


class Blobs(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.meter = Meter(self.county.port)
        self.addCleanup(self.meter.close)
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        ledger, _ = make_ledger(self.office, [("公开财政信息。", [("responsible", "镇北堡镇")])])
        self.office.hz("window", "open", "--ledger", ledger, "--closes", "2023-08-15")
        self.office.sync()
        self.north.sync()
        for home in (self.office, self.north):
            (home.path / "url").write_text(self.meter.url, encoding="utf-8")
        self.dice = random.Random(20260815)

    def file(self, size=SIZE):
        """A file of the town's filing; (record, content)."""
        path = self.county.folder / "photo.jpg"
        path.write_bytes(self.dice.randbytes(size))
        record = self.north.json("file", "1", "--text", "有照片。", "--evidence", path)["record"]
        return record, path.read_bytes()

    def killed_sync(self, home, **limits):
        """A sync that is killed when so many bytes have passed."""
        process = home.start("sync")
        self.meter.begin(at=process.kill, **limits)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, -signal.SIGKILL)

    def names(self, home):
        return sorted(path.name for path in (home.path / "blobs").iterdir())

    def parts(self, folder):
        return sorted(path.stat().st_size for path in folder.rglob("*.part"))

    def test_a_sync_killed_in_mid_upload_goes_on_there(self):
        self.file()
        self.killed_sync(self.north, limit_up=3 * CHUNK + 200_000)
        self.assertEqual(self.parts(self.county.data / "blobs"), [3 * CHUNK])
        self.assertEqual(self.north.json("status")["blobs_pending"], 1)
        self.meter.begin()
        self.assertTrue(self.north.sync()["up_to_date"])
        self.assertLess(self.meter.up, SIZE - 3 * CHUNK + 20_000)
        self.assertEqual(self.north.json("status")["blobs_pending"], 0)
        self.assertEqual(self.parts(self.county.data / "blobs"), [])

    def test_an_endpoint_killed_in_mid_upload_has_what_it_said_it_had(self):
        self.file()
        self.meter.begin(limit_up=3 * CHUNK + 200_000, at=self.county.kill)
        self.assertEqual(self.north.sync(expect=1)["error"]["code"], "unreachable")
        self.county.serve()
        self.meter.begin()
        self.assertTrue(self.north.sync()["up_to_date"])
        self.assertLess(self.meter.up, SIZE - 3 * CHUNK + 20_000)

    def test_a_sync_killed_in_mid_download_goes_on_there(self):
        record, content = self.file()
        self.north.sync()
        self.killed_sync(self.office, limit_down=3 * CHUNK + 200_000)
        self.assertEqual(self.parts(self.office.path / "blobs"), [3 * CHUNK])
        self.assertEqual(self.office.json("show", record)["files"], {"count": 1, "here": 0, "at_county": 0})
        self.meter.begin()
        report = self.office.sync()
        self.assertEqual((report["blobs_fetched"], report["blobs_missing"], report["blobs_pending"]), (1, 0, 0))
        self.assertLess(self.meter.down, SIZE - 3 * CHUNK + 20_000)
        name = self.office.fields(record)["evidence"][0]
        self.assertEqual(self.names(self.office), [name])
        self.assertEqual((self.office.path / "blobs" / name).read_bytes(), content)
        self.assertEqual(self.office.json("show", record)["files"], {"count": 1, "here": 1, "at_county": 1})

    def test_links_that_live_for_a_chunk_bring_a_file_through_both_ways(self):
        _, content = self.file()
        for home, limits in ((self.north, {"limit_up": CHUNK + 100_000}), (self.office, {"limit_down": CHUNK + 100_000})):
            sent = rounds = 0
            while rounds < 20:
                self.meter.begin(**limits)
                report = home.json("sync", expect=None)
                sent += self.meter.up if home is self.north else self.meter.down
                rounds += 1
                if "error" not in report:
                    break
            self.assertTrue(report["up_to_date"])
            self.assertGreater(rounds, 4)
            # Each broken link costs the chunk it broke in, at most.
            self.assertLess(sent, SIZE + rounds * 130_000)
        self.assertEqual((self.office.path / "blobs" / self.names(self.office)[0]).read_bytes(), content)

    def test_a_file_that_is_not_at_the_county_yet_stops_nothing(self):
        self.file()
        self.meter.begin(limit_up=CHUNK)
        self.assertEqual(self.north.sync(expect=1)["error"]["code"], "unreachable")
        self.meter.begin()
        report = self.office.sync()
        self.assertEqual((report["up_to_date"], report["blobs_fetched"], report["blobs_missing"]), (True, 0, 1))
        self.assertEqual(self.office.json("status")["blobs_missing"], 1)
        self.north.sync()
        self.assertEqual(self.office.sync()["blobs_fetched"], 1)

    def test_a_restored_county_gets_its_files_back_from_who_fetched_them(self):
        self.county.admin("backup", "-o", self.county.folder / "backup")
        record, content = self.file(1000)
        self.north.sync()
        self.office.sync()
        name = self.office.fields(record)["evidence"][0]
        self.county.stop()
        shutil.rmtree(self.county.data / "blobs")
        shutil.rmtree(self.north.path)
        run("hezhangd", "restore", self.county.folder / "backup", "--data", self.county.data)
        self.county.serve()
        self.meter.begin()
        self.office.sync()
        self.assertTrue(self.office.sync()["up_to_date"])
        self.assertEqual((self.county.data / "blobs" / name[:2] / name).read_bytes(), content)

    def test_a_limit_changes_nothing_but_the_pace(self):
        self.file()
        self.assertTrue(self.north.json("sync", "--limit-rate", "8M")["up_to_date"])
        (self.office.path / "limit-rate").write_text("8M\n", encoding="utf-8")
        self.assertEqual(self.office.sync()["blobs_fetched"], 1)
        self.north.hz("sync", "--limit-rate", "1K", expect=2)
        self.north.hz("sync", "--limit-rate", "fast", expect=2)

    def test_an_auditor_brings_files_when_he_asks_for_them(self):
        self.file(1000)
        self.north.sync()
        auditor = self.county.join("auditor", "西夏区督查室", "赵六", "auditor")
        self.assertEqual(auditor.json("status")["blobs_missing"], 1)
        self.assertEqual(auditor.json("sync", "--fetch", "10")["blobs_fetched"], 1)

    def test_files_that_nothing_names_go_when_the_operator_says_so(self):
        record, _ = self.file(1000)
        self.north.sync()
        used = self.fields_of(record)
        stray = self.county.data / "blobs" / "ab" / ("ab" + "0" * 62)
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"x" * 10)
        for path in [stray, *(self.county.data / "blobs").rglob("*"), *(self.north.path / "blobs").iterdir()]:
            os.utime(path, (1_700_000_000, 1_700_000_000))
        gone = {"files": 1, "bytes": 10, "kept": 1, "dry_run": False}
        self.assertEqual(self.county.admin_json("prune", "--dry-run"), {**gone, "dry_run": True})
        self.assertTrue(stray.exists())
        self.assertEqual(self.county.admin_json("prune", "--older-than", "90000"), {**gone, "files": 0, "bytes": 0, "kept": 2})
        self.assertEqual(self.county.admin_json("prune"), gone)
        self.assertFalse(stray.exists())
        self.assertEqual(self.north.json("prune"), {"files": 0, "bytes": 0, "kept": 1, "dry_run": False})
        self.assertEqual(self.names(self.north), used)
        self.county.admin("prune", "--older-than", "0", expect=2)
        self.north.hz("prune", "--older-than", "soon", expect=2)
        self.assertEqual(self.office.sync()["blobs_fetched"], 1)

    def fields_of(self, record):
        return self.north.fields(record)["evidence"]


if __name__ == "__main__":
    unittest.main(verbosity=2)
