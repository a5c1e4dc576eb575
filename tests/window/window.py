# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A real window of hezhang on a virtual display, driven by keys and by the pointer as a person would."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "endtoend"))
from county import BIN, Failed  # noqa: E402
from screen_reader import Reader  # noqa: E402

FOCUS_COLOURS = [(0x0B, 0x72, 0x85), (0x16, 0x60, 0x6C)]  # Style.focus; Style.accent: the bar at the current row of a list
TABS_MAX = 60


def wait_until(condition, what, seconds=30):
    """Waits for a condition, not for a time; fails with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise Failed(f"not within {seconds} s: {what}")


class Display:
    """An Xvfb of its own, on a free number."""

    def __init__(self, size="1280x800"):
        self.runtime = tempfile.mkdtemp(prefix="hezhang-display-")
        reading, writing = os.pipe()
        # noreset: else the server starts anew when xdotool, its only client, goes, and refuses the window that comes just then.
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
                                       pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as numbers:
            self.name = ":" + numbers.readline().strip()
        self.env = {**os.environ, "DISPLAY": self.name, "XDG_RUNTIME_DIR": self.runtime, "QT_QPA_PLATFORM": "xcb",
                    "XDG_CONFIG_HOME": self.runtime}
        self.env.pop("QT_QUICK_BACKEND", None)

    def close(self):
        self.server.terminate()
        self.server.wait(timeout=30)
        shutil.rmtree(self.runtime, ignore_errors=True)


class Window:
    """One process of hezhang that fills the display. What it shows is read as a screen reader reads it (screen_reader.py)."""

    def __init__(self, display, home, *options, size="1280x800", env=None, cwd=None):
        self.display, self.reader, self.is_ended_by_us = display, Reader(), False
        self.log = pathlib.Path(display.runtime) / f"log-{os.path.basename(str(home))}"
        self.env = {**display.env, **self.reader.env, **(env or {})}
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen([str(BIN / "hezhang"), "--home", str(home), "--size", size, *options], env=self.env, cwd=cwd,
                                            stdin=subprocess.PIPE, stdout=log, stderr=log)
        self.id = wait_until(self._find, "the window is shown")
        self.xdotool("windowfocus", "--sync", self.id)

    def _find(self):
        if self.process.poll() is not None:
            raise Failed(f"hezhang ended with {self.process.returncode}: {self.words()}")
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], env=self.display.env,
                               capture_output=True, text=True, check=False).stdout.split()
        return found[-1] if found else None

    def xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self.display.env, check=True, stdout=subprocess.DEVNULL)

    def keys(self, *names):
        self.xdotool("key", "--delay", "30", *names)

    def type(self, text):
        self.xdotool("type", "--delay", "15", "--", text)

    def click(self, x, y):
        self.xdotool("mousemove", x, y, "click", 1)

    # -- what it shows

    def shown(self, name=None, role=None):
        """The nodes in sight, in the tree's order; `name` may be a part of the name or of the text."""
        return [node for node in self.reader.nodes() if node.has("showing") and node.rect[2] > 0 and (role is None or node.role == role)
                and (name is None or name in node.name or name in node.text)]

    def see(self, name, role=None, seconds=30):
        """Waits until it is in sight; returns the first node."""
        try:
            return wait_until(lambda: self.shown(name, role), f"'{name}' is in sight", seconds)[0]
        except Failed as failed:
            sights = sorted({f"{node.name}={node.text}" if node.text else node.name for node in self.shown() if node.name or node.text})
            raise Failed(f"{failed}; in sight: {sights}") from failed

    def see_no_more(self, name, role=None, seconds=30):
        wait_until(lambda: not self.shown(name, role), f"'{name}' is gone", seconds)

    def focused(self):
        return self.reader.focused()

    # -- what a person does

    def press(self, name, role=None):
        """A click into the middle of what has that name."""
        self.click(*self.see(name, role).center())

    def tab(self, key="Tab"):
        """The next stop. It is another one: where Tab stays, nobody gets any further."""
        before = self.focused()
        self.keys(key)

        def arrived():
            node = self.focused()
            return node if node and node.path != before.path else None
        return wait_until(arrived, f"{key} leaves '{before.name}'", 10)

    def tab_to(self, name, role=None, key="Tab"):
        """That key until what has that name has the keyboard. On the way each stop has a name and shows that it has the keyboard."""
        passed = []
        for _ in range(TABS_MAX):
            node = self.tab(key)
            if not node.name:
                raise Failed(f"after {passed} {key} stops at something without a name: {node}")
            self.assert_focus_is_visible(node)
            if name in node.name and role in (None, node.role):
                return node
            passed.append(node.name)
        raise Failed(f"'{name}' is not reached by {key}; passed: {passed}")

    def assert_focus_is_visible(self, node):
        """A ring or a frame in the colour of focus around it, or (a row of a list) inside it."""
        x, y, width, height = node.rect
        # The text of a number stands between its steps: the frame is around all of them.
        around = 56 if node.role == "text" else 6
        area = f"{width + 2 * around}x{height + 2 * around}+{max(0, x - around)}+{max(0, y - around)}"

        def is_drawn():
            pixels = self.pixels(area)
            return any(pixels.get(colour, 0) >= min(width, height) for colour in FOCUS_COLOURS)
        wait_until(is_drawn, f"the focus on '{node.name}' is visible", 5)

    def pixels(self, area):
        """{colour: how many} in a part of the display."""
        data = subprocess.run(["import", "-window", "root", "-crop", area, "-depth", "8", "rgb:-"], env=self.display.env, check=True,
                              capture_output=True).stdout
        counts = {}
        for at in range(0, len(data) - 2, 3):
            colour = tuple(data[at:at + 3])
            counts[colour] = counts.get(colour, 0) + 1
        return counts

    def picture(self, path):
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], env=self.display.env, check=True)

    def words(self):
        """What the process wrote: warnings of QML are defects."""
        return self.log.read_text(encoding="utf-8")

    def close(self):
        self.end(signal.SIGTERM)

    def kill(self):
        self.end(signal.SIGKILL)

    def end(self, how):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.is_ended_by_us = True
        self.process.wait(timeout=30)
        self.process.stdin.close()
        self.reader.close()
