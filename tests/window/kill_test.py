# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""kill -9 while somebody types, saves, syncs: what the page called kept or saved is there after the restart.

Rounds and moments come from a seed, which is printed. $HEZHANG_ROUNDS: rounds of each kind (1); $HEZHANG_SEED: the seed (drawn).
"""
import os
import random
import time
import unittest

from window_case import WindowCase, wait_until

ROUNDS = int(os.environ.get("HEZHANG_ROUNDS", "1"))
SEED = int(os.environ.get("HEZHANG_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)


class Kill(WindowCase):
    def setUp(self):
        super().setUp()
        print(f"HEZHANG_SEED={SEED} HEZHANG_ROUNDS={ROUNDS}", flush=True)
        self.random = random.Random(SEED)
        self.home = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        window = self.office.records("window")[0]["id"]
        self.page = f"filing/{self.tasks[0]}/{window}"

    def open(self):
        """The form, ready; and what its text shows."""
        window = self.show(self.home, "--page", self.page)
        return window, window.see("进展落实情况", "text").text

    def type_over(self, window, text):
        window.press("进展落实情况", "text")
        window.keys("ctrl+a")
        window.type(text)

    def in_ledger(self):
        rows = self.home.records("filing")
        return rows[0]["fields"]["text"] if rows else ""

    def wait_before_kill(self, most):
        """Not a condition that is waited for: the moment of the crash is what is drawn."""
        time.sleep(self.random.uniform(0, most))

    def words(self, number):
        return f"Round {number}: " + " ".join(str(self.random.randrange(1000)) for _ in range(8))

    def test_what_was_kept_of_a_draft_is_back(self):
        for number in range(ROUNDS):
            window, _ = self.open()
            text = self.words(number)
            self.type_over(window, text)
            self.wait_before_kill(0.6)
            kept = self.kept_now(window)
            window.kill()
            again, shown = self.open()
            # Typed in order, kept in order: what is back is a beginning, at least as long as what the page called kept.
            self.assertTrue(text.startswith(shown), (text, shown))
            if kept:
                self.assertTrue(shown.startswith(kept), (kept, shown))
                again.see("草稿已恢复")
            again.kill()

    def kept_now(self, window):
        """The text, if the page said in one and the same look that it is kept. A second look that shows the same text: it was that one."""
        first, text = self.look(window)
        second, same = self.look(window)
        return text if first and second and text == same else ""

    @staticmethod
    def look(window):
        nodes = window.shown()
        return any("已保留" in node.name for node in nodes), next(node.text for node in nodes if node.role == "text")

    def test_what_was_saved_is_in_the_ledger_and_the_rest_in_the_draft(self):
        for number in range(ROUNDS):
            window, _ = self.open()
            text = self.words(number)
            self.type_over(window, text)
            window.see(text, "text")
            wait_until(lambda: self.kept_now(window) == text, "the draft is kept")
            window.press("保存", "push button")
            self.wait_before_kill(0.25)
            said = bool(window.shown("已存本机", "alert message"))
            window.kill()
            saved = self.in_ledger()
            if said:
                self.assertEqual(saved, text, "the page said that it was saved")
            again, shown = self.open()
            self.assertEqual(shown, text, "neither saved nor a draft")
            self.assertEqual(bool(again.shown("草稿已恢复")), saved != text, "a draft comes back exactly where it was not saved")
            again.kill()

    def test_a_sync_that_was_cut_off_is_made_good_by_the_next(self):
        for number in range(ROUNDS):
            window, _ = self.open()
            text = self.words(number)
            self.type_over(window, text)
            window.see(text, "text")
            window.press("保存", "push button")
            window.see("已存本机", "alert message")
            self.office.hz("set", self.tasks[0], "joint_progress", f"县里第{number}次写。")
            self.office.sync()
            window.keys("F5")
            self.wait_before_kill(0.3)
            window.kill()
            self.assertEqual(self.in_ledger(), text)
            self.assertTrue(self.home.json("rebuild", "--check")["ok"])
            again, shown = self.open()
            self.assertEqual(shown, text)
            again.keys("F5")
            wait_until(lambda: self.home.json("status")["local"] == 0, "everything is sent")
            wait_until(lambda: self.is_equal(), "the home and the county agree", 40)
            again.kill()

    def is_equal(self):
        return all(self.home.dump(scope) == self.county.admin("dump", "--scope", scope) for scope in self.home.scopes())


if __name__ == "__main__":
    unittest.main(verbosity=2)
