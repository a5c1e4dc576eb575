# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""By touch only, upright at 800x1280: from an empty folder to a report that the county has signed for.

How a finger comes to a display that has none is told in finger.cpp. Text comes as an on-screen keyboard gives it.
"""
import os
import pathlib
import unittest

from window_case import TASK, Home, WindowCase, wait_until
from window import Window

FINGER = pathlib.Path(os.environ.get("HEZHANG_FINGER", pathlib.Path(__file__).resolve().parents[2] / "build/tests/libhezhang_finger.so"))
TEXT = "已公开2026年财政预算，共12条。"


class TouchWindow(Window):
    def __init__(self, *arguments, **more):
        super().__init__(*arguments, env={"LD_PRELOAD": str(FINGER)}, **more)

    def do(self, *words):
        self.process.stdin.write((" ".join(map(str, words)) + "\n").encode())
        self.process.stdin.flush()

    def tap(self, name, role=None):
        node = self.see(name, role)
        self.touch(*node.center())
        return node

    def touch(self, x, y):
        self.do("press", x, y)
        self.do("release", x, y)

    def write(self, name, text):
        """Taps into an input and writes there."""
        node = self.tap(name, "text")
        wait_until(lambda: self.focused() and self.focused().path == node.path, f"'{name}' has the keyboard")
        self.do("write", text)
        wait_until(lambda: any(node.text == text for node in self.shown(name, "text")), f"'{text}' stands in '{name}'")

    def drag(self, start, end, steps=12):
        """A finger that goes from one point to another and stays there for a moment, so that nothing flies on."""
        self.do("press", *start)
        for step in range(1, steps + 1):
            self.do("move", *(a + (b - a) * step // steps for a, b in zip(start, end)))
        self.do("release", *end)


class Touch(WindowCase):
    size = "800x1280"

    def test_from_an_empty_folder_to_a_report_with_a_receipt(self):
        home = Home(self.county, "north")
        window = self.show(home, kind=TouchWindow)
        window.write("地址", self.county.url)
        window.write("邀请码", self.invite())
        window.tap("加入本县", "push button")
        window.tap(TASK, "list item")
        window.see("各单位填报")
        window.tap("填报", "push button")
        window.write("进展落实情况", TEXT)
        window.tap("推进中", "radio button")
        wait_until(lambda: window.see("推进中", "radio button").has("checked"), "the status is chosen")
        window.write("完成比例", "60")
        self.step_up(window)
        window.tap("报送", "push button")
        window.see("已报送，已存本机")
        filing = wait_until(lambda: home.records("filing"), "the filing is in the home")[0]
        self.assertEqual((filing["fields"]["text"], filing["fields"]["status"], filing["fields"]["percent"]), (TEXT, "in-progress", 61))
        self.assertEqual(len(filing["fields"]["submitted"]), 1)
        wait_until(lambda: filing["id"] in self.county.admin("dump", "--scope", filing["scope"]), "the county has it")
        window.tap("返回", "push button")
        window.see("各单位填报")
        self.flick(window)
        window.tap("查看回执", "push button")
        window.see("有效")
        home.hz("receipt", filing["id"], "-o", self.county.folder / "receipt.hzr")

    def flick(self, window):
        """A page that is longer than the window goes up under a finger, and no button under it is pressed."""
        window.tap("同步", "page tab")
        window.xdotool("windowsize", "--sync", window.id, 800, 500)
        wait_until(lambda: window.see("同步", "page tab").rect[1] < 500, "the window is lower")
        before = window.see("县里已收到").rect[1]
        window.drag((400, 380), (400, 180))
        wait_until(lambda: all(node.rect[1] < before for node in window.shown("县里已收到")), "the page has moved")
        window.xdotool("windowsize", "--sync", window.id, 800, 1280)
        window.see("查看回执", "push button")

    def step_up(self, window):
        """The plus at the end of a number is a target of its own."""
        x, y, width, height = window.see("完成比例", "spin box").rect
        window.touch(x + width - height // 2, y + height // 2)
        window.see("61", "spin box")


if __name__ == "__main__":
    unittest.main(verbosity=2)
