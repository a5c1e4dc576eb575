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
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
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
    """One process of hezhang that fills the display."""

    def __init__(self, display, home, *options, size="1280x800"):
        self.display = display
        self.log = pathlib.Path(display.runtime) / f"log-{os.path.basename(str(home))}"
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([str(BIN / "hezhang"), "--home", str(home), "--size", size, *options], env=display.env,
                                            stdout=log, stderr=log)
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
        self.xdotool("type", "--delay", "15", text)

    def click(self, x, y):
        self.xdotool("mousemove", x, y, "click", 1)

    def picture(self, path):
        subprocess.run(["import", "-window", "root", str(path)], env=self.display.env, check=True)

    def words(self):
        """What the process wrote: warnings of QML are defects."""
        return self.log.read_text(encoding="utf-8")

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=30)
