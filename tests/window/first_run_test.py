# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""The first run in a real window, by keyboard only, against a real endpoint."""
import os
import shutil
import subprocess
import tempfile
import unittest

from window import Display, Window, wait_until  # first: it finds the modules of tests/endtoend
from county import BIN, County, Home, make_ledger


class FirstRun(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        make_ledger(self.office, [("公开财政信息。", [("responsible", "镇北堡镇")])])
        self.office.sync()
        self.display = Display()
        self.addCleanup(self.display.close)
        self.home = Home(self.county, "north")

    def invite(self):
        return self.county.admin_json("invite", "--unit", "镇北堡镇", "--person", "张建国", "--role", "clerk")

    def show(self):
        window = Window(self.display, self.home.path)
        self.addCleanup(window.close)
        return window

    def is_enrolled(self):
        return self.home.hz("whoami", expect=None)[2] == 0

    def test_an_empty_folder_becomes_a_home_with_its_tasks_by_keyboard_only(self):
        window = self.show()
        window.keys("Tab")
        window.type(self.county.url)
        window.keys("Tab")
        window.type(self.invite()["code"])
        window.keys("Return")
        wait_until(self.is_enrolled, "the folder is enrolled")
        wait_until(lambda: self.home.json("tasks"), "the tasks are here by themselves")
        self.assertEqual(self.home.json("whoami")["unit_name"], "镇北堡镇")
        self.assertIsNone(window.process.poll())

    def test_a_window_that_is_killed_after_the_first_run_opens_on_the_same_home(self):
        window = self.show()
        window.keys("Tab")
        window.type(self.county.url)
        window.keys("Tab")
        window.type(self.invite()["code"])
        window.keys("Return")
        wait_until(self.is_enrolled, "the folder is enrolled")
        device = self.home.json("whoami")["device"]
        window.kill()
        again = self.show()
        wait_until(lambda: self.home.json("tasks"), "the tasks are here by themselves")
        self.assertEqual(self.home.json("whoami")["device"], device)
        self.assertIsNone(again.process.poll())


class WithoutADisplay(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hezhang-answers-")
        self.addCleanup(shutil.rmtree, self.folder)

    def test_help_and_version_are_answered(self):
        env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        env["XDG_RUNTIME_DIR"] = self.folder  # Qt has a word about it where there is none
        for option, start in (("--help", "Usage: "), ("--version", "hezhang ")):
            with self.subTest(option):
                done = subprocess.run([str(BIN / "hezhang"), option], env=env, capture_output=True, text=True, timeout=30)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertTrue(done.stdout.startswith(start), done.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
