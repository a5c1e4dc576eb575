# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Hostile bytes on every route of a running hezhangd: it answers or closes, keeps its memory, loses and takes nothing."""
import http.client
import http.server
import os
import pathlib
import random
import socket
import threading
import time
import unittest

from county import County, Home, assert_agree, make_ledger

POSTS = ("/v1/sync", "/v1/enroll", "/v1/blob/put", "/v1/blob/get", "/v1/office", "/v1/repair", "/v1/snapshot", "/v1/wipe")
PAGES = ("/health", "/metrics")
OURS = "application/x-hezhang"
ROUNDS = int(os.environ.get("HEZHANG_HOSTILE_ROUNDS", "300"))  # of each kind of damage
SEED = int(os.environ.get("HEZHANG_SEED", "20261125"))
MEMORY_MAX_KB = 300_000


class Recorder(http.server.BaseHTTPRequestHandler):
    """A proxy that keeps what devices really send: the seeds of the damage."""
    port, bodies = 0, []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Recorder.bodies.append((self.path, body))
        link = http.client.HTTPConnection("127.0.0.1", Recorder.port, timeout=60)
        link.request("POST", self.path, body, {"Content-Type": self.headers["Content-Type"]})
        answer = link.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        link.close()

    def log_message(self, *arguments):
        pass


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.county = County()
        cls.addClassCleanup(cls.county.close)
        cls.county.serve()
        cls.office = cls.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        _, cls.tasks = make_ledger(cls.office, [("公开财政信息。", [("responsible", "镇北堡镇")])])
        cls.office.sync()
        Recorder.port, Recorder.bodies = cls.county.port, []
        proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(proxy.server_close)
        cls.addClassCleanup(proxy.shutdown)
        url = f"http://127.0.0.1:{proxy.server_port}"
        code = cls.county.admin_json("invite", "--unit", "镇北堡镇", "--person", "张建国", "--role", "clerk")["code"]
        cls.north = Home(cls.county, "north")
        cls.north.hz("enroll", url, code)
        cls.north.sync()
        photo = cls.county.folder / "photo.jpg"
        photo.write_bytes(b"\xff\xd8\xff" + bytes(range(256)) * 8)
        cls.office.hz("window", "open", "--ledger", cls.office.json("ledgers")[0]["id"], "--closes", "2023-08-15")
        cls.office.sync()
        cls.north.sync()
        cls.north.hz("file", "1", "--text", "一。", "--evidence", photo)
        cls.north.sync()
        cls.seeds = list(Recorder.bodies)
        cls.entries = cls.county.admin_json("status")["entries"]

    def setUp(self):
        self.dice = random.Random(SEED)
        self.addCleanup(self.see_that_nothing_happened)

    def see_that_nothing_happened(self):
        self.assertIsNone(self.county.endpoint.poll(), "hezhangd has ended")
        self.assertEqual(self.ask("GET", "/health"), (200, b"ok"))
        self.assertEqual(self.county.admin_json("status")["entries"], self.entries)
        self.assertTrue(self.north.sync()["up_to_date"])
        self.assertLess(self.memory_kb(), MEMORY_MAX_KB)

    def memory_kb(self):
        status = pathlib.Path(f"/proc/{self.county.endpoint.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0])

    def ask(self, method, path, body=None, headers=None, timeout=20):
        """One request by itself: (status, content)."""
        link = http.client.HTTPConnection("127.0.0.1", self.county.port, timeout=timeout)
        try:
            link.request(method, path, body, headers or {})
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def raw(self, data, timeout=20):
        """Bytes as they are; what comes back until the other side closes, or one answer is there."""
        with socket.create_connection(("127.0.0.1", self.county.port), timeout=timeout) as link:
            try:
                link.sendall(data)
                link.shutdown(socket.SHUT_WR)
                received = b""
                while chunk := link.recv(65536):
                    received += chunk
                return received
            except (ConnectionResetError, BrokenPipeError):
                return b""

    def damaged(self, body):
        body = bytearray(body)
        kind = self.dice.randrange(6)
        if kind == 0:
            return bytes(body[:self.dice.randrange(len(body))])
        if kind == 1:
            return bytes(body) + self.dice.randbytes(self.dice.randrange(1, 64))
        if kind == 2:
            place = self.dice.randrange(len(body))
            return bytes(body[:place] + self.dice.randbytes(8) + body[place + 8:])
        if kind == 3:
            start = self.dice.randrange(len(body))
            return bytes(body[:start] + b"\xff" * 8 + body[start:])
        if kind == 4:
            other = self.dice.choice(self.seeds)[1]
            return bytes(body[:self.dice.randrange(len(body))] + other[self.dice.randrange(len(other)):])
        for _ in range(self.dice.randrange(1, 6)):
            body[self.dice.randrange(len(body))] ^= 1 << self.dice.randrange(8)
        return bytes(body)

    def test_random_bodies_are_no_message(self):
        for number in range(ROUNDS):
            path = POSTS[number % len(POSTS)]
            body = self.dice.randbytes(self.dice.choice((0, 1, 7, 33, 200, 5000)))
            status, _ = self.ask("POST", path, body, {"Content-Type": OURS})
            self.assertEqual(status, 400, (SEED, number, path))

    def test_damaged_messages_of_a_real_device_are_no_message(self):
        self.assertEqual({path for path, _ in self.seeds}, {"/v1/sync", "/v1/enroll", "/v1/blob/put", "/v1/snapshot"})
        for number in range(ROUNDS * 2):
            path, body = self.dice.choice(self.seeds)
            status, content = self.ask("POST", path, self.damaged(body), {"Content-Type": OURS})
            self.assertIn(status, (200, 400), (SEED, number, path))  # 200: a signed or tagged refusal
            self.assertLess(len(content), 1000, (SEED, number, path))

    def test_a_message_on_another_route_is_none(self):
        for path, body in self.seeds:
            for other in POSTS:
                if other != path:
                    self.assertEqual(self.ask("POST", other, body, {"Content-Type": OURS})[0], 400, (path, other))

    def test_messages_sent_again_change_nothing(self):
        for path, body in self.seeds:
            status, _ = self.ask("POST", path, body, {"Content-Type": OURS})
            self.assertIn(status, (200, 400))

    def test_other_methods_types_and_pages_are_refused(self):
        for path in POSTS:
            self.assertEqual(self.ask("GET", path)[0], 405)
            self.assertEqual(self.ask("PUT", path, b"x", {"Content-Type": OURS})[0], 405)
            for kind in ("text/html", "", "application/x-hezhang-not"):
                self.assertEqual(self.ask("POST", path, b"x", {"Content-Type": kind})[0], 415)
        for path in PAGES:
            self.assertEqual(self.ask("POST", path, b"x", {"Content-Type": OURS})[0], 405)
        for path in ("/", "/v1", "/v1/sync/", "/V1/SYNC", "//v1/sync", "/v1/../v1/sync", "/%2e%2e/county.db", "/county.db",
                     "/health/", "/" + "a" * 4000):
            self.assertEqual(self.ask("POST", path, b"x", {"Content-Type": OURS})[0], 404, path)

    def test_lengths_that_lie_are_refused_before_memory_is_taken(self):
        head = "POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-hezhang\r\n"
        for length in ("2000000", "99999999999", "9223372036854775807"):
            answer = self.raw(f"{head}Content-Length: {length}\r\n\r\nxx".encode())
            self.assertTrue(answer.startswith(b"HTTP/1.1 413"), (length, answer[:60]))
        for length in ("-1", "+5", "0x10", "5, 6", "1e3", "", "18446744073709551616", "99999999999999999999999"):
            answer = self.raw(f"{head}Content-Length: {length}\r\n\r\nxx".encode())
            self.assertNotIn(b" 200 ", answer[:20], (length, answer[:60]))
        answer = self.raw(f"{head}Content-Length: 2\r\nContent-Length: 30\r\n\r\nxx".encode())
        self.assertNotIn(b" 200 ", answer[:20])
        answer = self.raw(f"{head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".encode())
        self.assertNotIn(b" 200 ", answer[:20])

    def test_chunks_without_end_are_cut_off(self):
        head = b"POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-hezhang\r\nTransfer-Encoding: chunked\r\n\r\n"
        answer = self.raw(head + (b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 64)
        self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 413"), answer[:60])
        for size in (b"ffffffffffffffff", b"-1", b"zz", b"7fffffffffffffff"):
            self.assertNotIn(b" 200 ", self.raw(head + size + b"\r\nxx\r\n")[:20])

    def test_what_is_no_http_is_answered_400_or_closed(self):
        for number in range(ROUNDS):
            data = self.dice.randbytes(self.dice.randrange(1, 400))
            if number % 3 == 0:
                data = b"POST /v1/sync HTTP/1.1\r\n" + data + b"\r\n\r\n"
            if number % 3 == 1:
                data = data.replace(b"\0", b" ") + b" /health HTTP/1.1\r\n\r\n"
            answer = self.raw(data)
            self.assertTrue(answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4")), (SEED, number, answer[:60]))
        for data in (b"GET /health HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
                     b"GET /health HTTP/1.1\r\n" + b"".join(b"X%d: a\r\n" % i for i in range(5000)) + b"\r\n",
                     b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", b"\x16\x03\x01" + b"\0" * 500, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
            answer = self.raw(data)
            self.assertTrue(answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4")), answer[:60])

    def test_slow_headers_are_closed_while_others_are_served(self):
        slow = [socket.create_connection(("127.0.0.1", self.county.port), timeout=60) for _ in range(200)]
        self.addCleanup(lambda: [link.close() for link in slow])
        drip = b"POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-hezhang\r\n"
        began, closed = time.monotonic(), 0
        place = 0
        while time.monotonic() - began < 30 and closed < len(slow):
            for link in list(slow):
                try:
                    link.send(drip[place % len(drip):place % len(drip) + 1])
                except OSError:
                    closed += 1
                    slow.remove(link)
                    link.close()
            place += 1
            self.assertEqual(self.ask("GET", "/health")[0], 200)
            if not slow:
                break
            # The pace of the attack, not a wait for anything.
            threading.Event().wait(0.5)
        self.assertEqual(slow, [], f"{len(slow)} slow connections are still open")

    def test_a_flood_of_connections_does_not_shut_out_a_device(self):
        links = []
        self.addCleanup(lambda: [link.close() for link in links])
        for _ in range(1000):
            links.append(socket.create_connection(("127.0.0.1", self.county.port), timeout=20))
        self.assertTrue(self.north.sync()["up_to_date"])

    def test_parallel_garbage_does_not_disturb_a_sync(self):
        stop = threading.Event()

        def shoot(seed):
            dice = random.Random(seed)
            while not stop.is_set():
                try:
                    self.raw(b"POST /v1/sync HTTP/1.1\r\nContent-Type: application/x-hezhang\r\nContent-Length: 40\r\n\r\n" +
                             dice.randbytes(40))
                except OSError:
                    pass

        threads = [threading.Thread(target=shoot, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(5):
                self.assertTrue(self.north.sync()["up_to_date"])
        finally:
            stop.set()
            for thread in threads:
                thread.join()


class AfterTheAttack(unittest.TestCase):
    def test_a_county_under_fire_goes_on_working_and_verifies(self):
        county = County()
        self.addCleanup(county.close)
        county.serve()
        office = county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        dice = random.Random(SEED)
        for number in range(60):
            link = http.client.HTTPConnection("127.0.0.1", county.port, timeout=20)
            link.request("POST", POSTS[number % len(POSTS)], dice.randbytes(300), {"Content-Type": OURS})
            link.getresponse().read()
            link.close()
            if number % 20 == 0:
                office.hz("new", "ledger", f"year={2000 + number}", "title=台账", "state=open")
                self.assertTrue(office.sync()["up_to_date"])
        assert_agree(self, county, [office])
        county.stop()
        county.admin("verify")


if __name__ == "__main__":
    unittest.main(verbosity=2)
