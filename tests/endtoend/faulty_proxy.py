# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A proxy on loopback that does to HTTP requests what bad networks do, drawn from one seed."""
import http.client
import random
import socket
import threading
import time
from collections import Counter

PORTAL = b"<html>please log in</html>"
# What becomes of a request, and how often.
WEIGHTS = {"pass": 40, "drop": 8, "double": 10, "delay": 10, "cut_request": 8, "cut_answer": 10, "trickle": 6, "portal": 5,
           "half_open": 3}


class FaultyProxy:
    """Stands before one port of loopback. `honest` passes everything. One behaviour a request."""

    def __init__(self, seed):
        self.dice, self.counts, self.honest, self.target = random.Random(seed), Counter(), True, 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.open = set()
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def draw(self):
        with self.lock:
            what = "pass" if self.honest else self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            self.counts[what] += 1
            return what, self.dice.random()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.open.add(client)
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            stream = client.makefile("rb")
            while self.one(client, stream):
                pass
        except (OSError, ValueError, http.client.HTTPException):
            pass
        finally:
            with self.lock:
                self.open.discard(client)
            client.close()

    def one(self, client, stream):
        """One request on a connection; False: the connection ends."""
        first = stream.readline().split()
        if len(first) < 2:
            return False
        headers = {}
        for line in iter(stream.readline, b"\r\n"):
            if not line:
                return False
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        what, part = self.draw()
        if what == "drop":
            return False
        if headers.get("expect", "").lower() == "100-continue":
            client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = stream.read(int(headers.get("content-length", "0")))
        if what == "portal":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(PORTAL), PORTAL))
            return True
        if what == "half_open":
            time.sleep(0.2 + part * 0.3)  # what a dead link looks like until it is torn down
            return False
        if what == "delay":
            time.sleep(part * 0.15)
        if what == "cut_request":
            self.send_part(first, headers, body[: int(part * len(body))], len(body))
            return False
        answer = self.forward(first, headers, body)
        if what == "double":
            answer = self.forward(first, headers, body)
        if what == "cut_answer":
            client.sendall(answer[: int(part * len(answer))])
            return False
        if what == "trickle":
            step = max(1, len(answer) // 8)
            for at in range(0, len(answer), step):
                client.sendall(answer[at : at + step])
                time.sleep(0.01)
            return True
        client.sendall(answer)
        return True

    def forward(self, first, headers, body):
        upstream = http.client.HTTPConnection("127.0.0.1", self.target, timeout=20)
        try:
            upstream.request(first[0].decode(), first[1].decode(), body, {"Content-Type": headers.get("content-type", "")})
            response = upstream.getresponse()
            content = response.read()
            kind = response.getheader("Content-Type", "")
            return (f"HTTP/1.1 {response.status} {response.reason}\r\nContent-Type: {kind}\r\n"
                    f"Content-Length: {len(content)}\r\n\r\n").encode() + content
        finally:
            upstream.close()

    def send_part(self, first, headers, body, length):
        with socket.create_connection(("127.0.0.1", self.target), timeout=5) as upstream:
            upstream.sendall(b"%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                             % (first[0], first[1], headers.get("content-type", "").encode(), length) + body)

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(timeout=10)
        with self.lock:
            clients = list(self.open)
        for client in clients:
            try:
                client.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
