# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A monkey at a real window: keys and clicks from a seed, while the office edits and syncs and the endpoint goes away and comes back.

Nothing falls over, no word of QML is written, no edit is lost. $HEZHANG_MONKEY_SECONDS: how long (20); $HEZHANG_SEED: the seed (drawn,
printed). It runs in a folder of its own and with that as $HOME, so that it cannot write elsewhere.
"""
import os
import random
import time
import unittest

from window_case import WindowCase
from county import assert_agree

SECONDS = float(os.environ.get("HEZHANG_MONKEY_SECONDS", "20"))
SEED = int(os.environ.get("HEZHANG_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)
KEYS = ["Tab", "Tab", "Tab", "shift+Tab", "Return", "Return", "space", "Escape", "Up", "Down", "Left", "Right", "Home", "End", "Page_Down", "Page_Up",
        "BackSpace", "Delete", "F5", "ctrl+a", "ctrl+z", "ctrl+v", "ctrl+c", "alt+Left", "1", "0", "a", "period"]
ROLES = ("push button", "list item", "page tab", "radio button", "check box", "text")
SAVING = ("填报", "填写", "保存", "报送", "就这样定", "这样妥当", "恢复这个内容", "撤销我的上一次修改")
WORDS = ["report ", "12 items. ", "done\n", "-7", "100", "x" * 60]


class Monkey(WindowCase):
    def setUp(self):
        super().setUp()
        print(f"HEZHANG_SEED={SEED} HEZHANG_MONKEY_SECONDS={SECONDS}", flush=True)
        self.random = random.Random(SEED)
        self.home = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        self.home.hz("file", self.tasks[0], "--text", "开始。", "--status", "in-progress")
        self.report_window = self.office.records("window")[0]["id"]

    def open(self):
        """At a page that is drawn; text and filters of the window before are gone, drafts and edits are not."""
        task = self.random.choice(self.tasks)
        forms = [f"filing/{task}/{self.report_window}", f"together/{task}"]
        page = self.random.choice(["tasks", f"task/{task}", "inbox", "sync", *3 * forms])
        window = self.show(self.home, "--page", page, "--lang", "zh", env={"HOME": str(self.folder)}, cwd=self.folder)
        window.see("任务", "page tab")
        return window

    def test_it_breaks_nothing_and_loses_nothing(self):
        self.folder = self.county.folder / "monkey"
        self.folder.mkdir()
        window = self.open()
        end, turn, history = time.monotonic() + SECONDS, 0, self.own_history()
        while time.monotonic() < end:
            turn += 1
            self.act(window)
            self.assertIsNone(window.process.poll(), f"the window ended in turn {turn}")
            if turn % 15 == 0:
                self.world(turn // 15)
                history = self.with_nothing_lost(history)
            if turn % 30 == 0:
                window.kill()
                history = self.with_nothing_lost(history)
                window = self.open()
        window.kill()
        history = self.with_nothing_lost(history)
        print(f"{turn} turns, {len(history)} own edits", flush=True)
        self.assertTrue(self.home.json("rebuild", "--check")["ok"])
        if self.county.endpoint is None:
            self.county.serve()
        for home in (self.home, self.office, self.home):
            home.sync()
        assert_agree(self, self.county, [self.home, self.office])

    def with_nothing_lost(self, history):
        now = self.own_history()
        self.assertEqual(history - now, set(), "an edit is gone")
        return now

    def own_history(self):
        """The dots of what this home has written, by its own history."""
        me = self.home.json("whoami")["device"]
        records = {row["id"] for register in ("filing", "task") for row in self.home.records(register)}
        return {row["op"] for record in records for row in self.home.json("history", record) if row["device"] == me}

    def act(self, window):
        dice = self.random.random()
        if dice < 0.2:
            self.work(window)
        elif dice < 0.45:
            window.keys(*self.random.choices(KEYS, k=self.random.randint(1, 4)))
        elif dice < 0.6:
            window.type(self.random.choice(WORDS))
        elif dice < 0.75:
            window.click(self.random.randrange(1280), self.random.randrange(800))
        elif dice < 0.8:
            window.xdotool("mousemove", self.random.randrange(1280), self.random.randrange(800), "click", "--repeat", 5, self.random.choice([4, 5]))
        else:  # what can be pressed, and above all what saves, is seldom hit by chance
            targets = [node for node in window.shown() if node.role in ROLES]
            saving = [node for node in targets if node.name in SAVING and node.role == "push button"]
            if targets:
                window.click(*self.random.choice(saving if saving and self.random.random() < 0.5 else targets).center())

    def work(self, window):
        """Chance alone seldom saves anything."""
        inputs, savers = window.shown(role="text"), window.shown("保存", "push button")
        if inputs and savers:
            window.click(*self.random.choice(inputs).center())
            window.type(self.random.choice(WORDS))
            window.click(*savers[-1].center())
        else:
            for saver in [node for node in window.shown(role="push button") if node.name in SAVING][:1]:
                window.click(*saver.center())

    def world(self, number):
        """What happens elsewhere meanwhile."""
        self.office.hz("set", self.random.choice(self.tasks), self.random.choice(["joint_progress", "content"]), f"县里第{number}次写。")
        if self.county.endpoint and self.random.random() < 0.4:
            self.county.stop()
        elif self.county.endpoint is None:
            self.county.serve()
        if self.county.endpoint:
            self.office.sync()


if __name__ == "__main__":
    unittest.main(verbosity=2)
