# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""What a window tells a screen reader: the tests see through the same door as a person who cannot see.

The client speaks AT-SPI over D-Bus wherever its session has a bus for it. Here the session's bus and that bus are this process: one
socket, no daemon. Nothing in the program is there for the tests, and what they find by name has a name.
Shape:   Reader.nodes() reads the whole tree of one window, level by level; each level's questions are sent before the first answer is read.
Source:  the D-Bus specification (messages, marshalling), at-spi2-core's xml/*.xml (Accessible, Component, Text, Value).
"""
import dataclasses
import os
import queue
import socket
import struct
import tempfile
import threading

ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE, COMPONENT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Component"
TEXT, VALUE = "org.a11y.atspi.Text", "org.a11y.atspi.Value"
PROPERTIES = "org.freedesktop.DBus.Properties"
CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4
PATH, INTERFACE, MEMBER, ERROR_NAME, REPLY_SERIAL, DESTINATION, SENDER, SIGNATURE = range(1, 9)
FIELD_TYPES = {PATH: "o", INTERFACE: "s", MEMBER: "s", ERROR_NAME: "s", REPLY_SERIAL: "u", DESTINATION: "s", SENDER: "s", SIGNATURE: "g"}
FIXED = {"y": ("<B", 1), "b": ("<I", 4), "n": ("<h", 2), "q": ("<H", 2), "i": ("<i", 4), "u": ("<I", 4), "x": ("<q", 8), "t": ("<Q", 8),
         "d": ("<d", 8)}
# Numbers of AtspiStateType.
STATES = {"checked": 4, "editable": 7, "enabled": 8, "focusable": 11, "focused": 12, "selected": 23, "showing": 25, "visible": 30}


def split(signature):
    """The complete types of a signature: "a(so)u" -> ["a(so)", "u"]."""
    types, i = [], 0
    while i < len(signature):
        end = i
        while signature[end] == "a":
            end += 1
        if signature[end] in "({":
            depth = 0
            while True:
                depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(signature[end], 0)
                end += 1
                if depth == 0:
                    break
        else:
            end += 1
        types.append(signature[i:end])
        i = end
    return types


def alignment(kind):
    return {"s": 4, "o": 4, "a": 4, "g": 1, "v": 1, "(": 8, "{": 8}.get(kind[0]) or FIXED[kind[0]][1]


def pack(out, kind, value):
    """Appends `value` of the one type `kind`."""
    out.extend(b"\0" * (-len(out) % alignment(kind)))
    if kind in FIXED:
        out.extend(struct.pack(FIXED[kind][0], value))
    elif kind in "so":
        data = value.encode()
        out.extend(struct.pack("<I", len(data)) + data + b"\0")
    elif kind == "g":
        out.extend(bytes([len(value)]) + value.encode() + b"\0")
    elif kind == "v":
        pack(out, "g", value[0])
        pack(out, *value)
    elif kind[0] == "a":
        at = len(out)
        out.extend(b"\0" * 4)
        out.extend(b"\0" * (-len(out) % alignment(kind[1:])))
        start = len(out)
        for entry in value:
            pack(out, kind[1:], entry)
        struct.pack_into("<I", out, at, len(out) - start)
    else:
        for part, entry in zip(split(kind[1:-1]), value):
            pack(out, part, entry)


def unpack(data, at, kind):
    """(value, next position) of the one type `kind`."""
    at += -at % alignment(kind)
    if kind in FIXED:
        form, size = FIXED[kind]
        return struct.unpack_from(form, data, at)[0], at + size
    if kind in "so":
        size = struct.unpack_from("<I", data, at)[0]
        return data[at + 4:at + 4 + size].decode("utf-8", "replace"), at + 5 + size
    if kind == "g":
        return data[at + 1:at + 1 + data[at]].decode(), at + 2 + data[at]
    if kind == "v":
        inner, at = unpack(data, at, "g")
        return unpack(data, at, inner)
    if kind[0] == "a":
        size = struct.unpack_from("<I", data, at)[0]
        at += 4
        at += -at % alignment(kind[1:])
        end, values = at + size, []
        while at < end:
            value, at = unpack(data, at, kind[1:])
            values.append(value)
        return values, at
    values = []
    for part in split(kind[1:-1]):
        value, at = unpack(data, at, part)
        values.append(value)
    return tuple(values), at


@dataclasses.dataclass
class Node:
    """One thing on the screen as a screen reader gets it. rect: x, y, width, height on the display. text: of an input."""
    path: str
    role: str
    name: str
    states: int
    rect: tuple
    text: str = ""

    def has(self, state):
        return bool(self.states >> STATES[state] & 1)

    def center(self):
        x, y, width, height = self.rect
        return x + width // 2, y + height // 2


class Gone(Exception):
    """The window does not answer any more."""


class Reader:
    """The bus of one client. Give `env` to the client's process; ask when its window is shown."""

    SECONDS = 30

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="hezhang-bus-")
        address = os.path.join(self.folder.name, "bus")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(address)
        self.listener.listen()
        self.address = f"unix:path={address}"
        self.env = {"DBUS_SESSION_BUS_ADDRESS": self.address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        # One lock to send under: the thread that answers the client must not write into the middle of our questions.
        self.client, self.serial, self.lock, self.sending = None, 0, threading.Lock(), threading.Lock()
        self.answers, self.embedded = queue.Queue(), threading.Event()
        self.door = threading.Thread(target=self._accept, daemon=True)
        self.door.start()

    def close(self):
        if self.listener.fileno() < 0:
            return
        # Wakes the thread that accepts. After a close alone it would go on, on a number that the next bus's socket gets.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.door.join()
        self.listener.close()
        self.folder.cleanup()

    def nodes(self):
        """Everything in the window, parents before children. Fails with Gone where the process has ended."""
        return self._read(self._paths())

    def focused(self):
        """What has the keyboard, the innermost node that says so; or None."""
        paths = self._paths()
        states = self._ask([(path, ACCESSIBLE, "GetState", "", []) for path in paths])
        focused = [path for path, state in zip(paths, states) if state and state[0][0] >> STATES["focused"] & 1]
        nodes = self._read(focused[-1:])
        return nodes[0] if nodes else None

    def _paths(self):
        if not self.embedded.wait(self.SECONDS):
            raise Gone("the client did not come to the bus")
        found, level = [], [ROOT]
        while level:
            lists = self._ask([(path, ACCESSIBLE, "GetChildren", "", []) for path in level])
            level = [path for children in lists if children for _, path in children[0]]
            found += level
        return found

    def _read(self, paths):
        questions = []
        for path in paths:
            questions += [(path, ACCESSIBLE, "GetRoleName", "", []), (path, PROPERTIES, "Get", "ss", [ACCESSIBLE, "Name"]),
                          (path, ACCESSIBLE, "GetState", "", []), (path, COMPONENT, "GetExtents", "u", [0])]
        answers = self._ask(questions)
        nodes = []
        for i, path in enumerate(paths):
            role, name, states, rect = answers[4 * i:4 * i + 4]
            if role and name and states and rect:  # else it went away between two questions
                low, high = states[0]
                nodes.append(Node(path, role[0], name[0], low | high << 32, rect[0]))
        inputs = [node for node in nodes if node.role in ("text", "spin box")]
        for node, text in zip(inputs, self._ask([self._content(node) for node in inputs])):
            node.text = str(text[0]) if text else ""
        return nodes

    @staticmethod
    def _content(node):
        if node.role == "text":
            return node.path, TEXT, "GetText", "ii", [0, -1]
        return node.path, PROPERTIES, "Get", "ss", [VALUE, "CurrentValue"]

    def _ask(self, questions):
        """The body of each answer, None where the object is not there any more."""
        with self.lock:
            first = self.serial + 1
            self.serial += len(questions)
        data = b"".join(self._message(CALL, first + i, {PATH: path, INTERFACE: interface, MEMBER: member, DESTINATION: ":1.1", SENDER: ":1.0",
                                                        **({SIGNATURE: signature} if signature else {})}, arguments)
                        for i, (path, interface, member, signature, arguments) in enumerate(questions))
        try:
            with self.sending:
                self.client.sendall(data)
            got = {}
            while len(got) < len(questions):
                serial, body = self.answers.get(timeout=self.SECONDS)
                if serial is None:
                    raise Gone("the window has ended")
                if serial >= first:
                    got[serial] = body
        except (OSError, queue.Empty) as error:
            raise Gone("the window does not answer") from error
        return [got[first + i] for i in range(len(questions))]

    @staticmethod
    def _message(kind, serial, fields, body=()):
        content = bytearray()
        for part, value in zip(split(fields.get(SIGNATURE, "")), body):
            pack(content, part, value)
        head = bytearray(struct.pack("<cBBBII", b"l", kind, 0, 1, len(content), serial))
        pack(head, "a(yv)", [(number, (FIELD_TYPES[number], value)) for number, value in fields.items()])
        head.extend(b"\0" * (-len(head) % 8))
        return bytes(head + content)

    def _accept(self):
        """The program opens one connection for its session and one for the screen reader."""
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection):
        try:
            with connection, connection.makefile("rb") as stream:
                self._authenticate(connection, stream)
                while True:
                    head = stream.read(16)
                    if len(head) < 16:
                        break
                    size, _, fields_size = struct.unpack("<4xIII", head)
                    rest = stream.read(fields_size + -fields_size % 8 + size)
                    self._take(connection, head[1], struct.unpack_from("<I", head, 8)[0], head + rest, size)
        except OSError:
            pass
        if connection is self.client:
            self.answers.put((None, None))

    @staticmethod
    def _authenticate(connection, stream):
        """EXTERNAL: whoever can open the socket is us."""
        while True:
            line = stream.readline().lstrip(b"\0").strip()
            if line == b"BEGIN" or not line:
                return
            connection.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n" if line.startswith(b"AUTH EXTERNAL") else b"ERROR\r\n")

    def _take(self, connection, kind, serial, data, size):
        fields = dict(unpack(data, 12, "a(yv)")[0])
        if kind in (RETURN, ERROR):
            body = []
            if kind == RETURN and size:
                content, at = data[len(data) - size:], 0
                for part in split(fields.get(SIGNATURE, "")):
                    value, at = unpack(content, at, part)
                    body.append(value)
            self.answers.put((fields[REPLY_SERIAL], body if kind == RETURN else None))
        elif kind == CALL:
            self._answer(connection, fields, serial)

    def _answer(self, connection, fields, serial):
        """The bus and the registry in one."""
        replies = {"Hello": ("s", [":1.1"]), "RequestName": ("u", [1]), "Embed": ("(so)", [("org.a11y.atspi.Registry", ROOT)]),
                   "GetRegisteredEvents": ("a(ss)", [[]]), "GetNameOwner": ("s", [":1.0"]), "NameHasOwner": ("b", [1]),
                   "StartServiceByName": ("u", [2]), "GetAddress": ("s", [self.address]), "Get": ("v", [("b", 1)]),
                   "ListNames": ("as", [["org.a11y.Bus"]])}
        signature, body = replies.get(fields[MEMBER], ("", []))
        with self.lock:
            self.serial += 1
            number = self.serial
        data = self._message(RETURN, number, {REPLY_SERIAL: serial, DESTINATION: ":1.1", SENDER: fields.get(DESTINATION, ":1.0"),
                                              **({SIGNATURE: signature} if signature else {})}, body)
        with self.sending:
            connection.sendall(data)
        if fields[MEMBER] == "Embed":
            self.client = connection
            self.embedded.set()
