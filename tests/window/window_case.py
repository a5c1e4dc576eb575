# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of real windows share: a county with an office, one ledger, one open window of reports, a display."""
import unittest

from window import Display, Window, wait_until  # first: it finds the modules of tests/endtoend
from county import County, Home, make_ledger

TASK = "公开财政预算、决算信息。"
OTHER_TASK = "公开政策解读。"


class WindowCase(unittest.TestCase):
    size = "1280x800"

    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        members = [("responsible", "镇北堡镇"), ("responsible", "兴泾镇"), ("cooperate", "西夏区民政局")]
        self.ledger, self.tasks = make_ledger(self.office, [(TASK, members), (OTHER_TASK, members)])
        self.office.hz("window", "open", "--ledger", self.ledger, "--closes", "2026-12-31", "--title", "2026年四季度")
        self.office.sync()
        self.display = self.new_display()

    def new_display(self):
        display = Display(self.size)
        self.addCleanup(display.close)
        return display

    def invite(self, unit="镇北堡镇", person="张建国", role="clerk"):
        return self.county.admin_json("invite", "--unit", unit, "--person", person, "--role", role)["code"]

    def show(self, home, *options, display=None, kind=Window, **more):
        """A window on a home. It must not end by itself, and its process must write no word."""
        window = kind(display or self.display, home.path, *options, size=self.size, **more)

        def end():
            window.close()
            self.assertTrue(window.is_ended_by_us, f"the window has ended by itself: {window.process.returncode}")
            self.assertEqual(window.words(), "", "the window's process wrote something")
        self.addCleanup(end)
        return window


__all__ = ["Home", "OTHER_TASK", "TASK", "WindowCase", "wait_until"]
