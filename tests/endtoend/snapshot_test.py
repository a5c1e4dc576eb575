# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A device that joins late begins with the present state: a small part of the bytes, the same ledger; the history comes when asked for."""
import json
import random
import string
import unittest

from county import County, Home, assert_agree, make_ledger

TASKS = 20
ROUNDS = 10
EDITS = 400          # a round
LETTERS = string.ascii_letters + string.digits


class Snapshot(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.dice = random.Random(20261126)
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        _, self.tasks = make_ledger(self.office, [(f"公开事项{i}。", [("responsible", "镇北堡镇")]) for i in range(TASKS)])
        self.sync_all(self.office, self.north)

    def sync_all(self, *homes):
        for home in homes * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def text(self, length):
        return "".join(self.dice.choices(LETTERS, k=length)) + "。"

    def work_a_year(self):
        """Texts that are written again and again, and do not pack well: more than two megabytes of history."""
        for _ in range(ROUNDS):
            lines = [json.dumps({"record": self.tasks[i % TASKS], "field": "joint_progress", "assign": self.text(800)})
                     for i in range(EDITS)]
            self.north.hz("edit", "--batch", "-", "--commit-every", "100", stdin="\n".join(lines) + "\n")
            self.assertTrue(self.north.sync()["up_to_date"])

    def enrol(self, name):
        code = self.county.admin_json("invite", "--unit", "镇北堡镇", "--person", "李春梅", "--role", "clerk")["code"]
        home = Home(self.county, name)
        home.hz("enroll", self.county.url, code)
        return home

    def test_it_shows_the_same_for_a_part_of_the_bytes_and_gets_the_history_when_it_asks(self):
        self.north.hz("set", self.tasks[0], "joint_progress", "北镇最初的话。")
        self.sync_all(self.north, self.office)
        self.work_a_year()   # and the office's machine is off
        late = self.enrol("late")
        report = late.sync()
        history = report["history_missing"]
        self.assertGreater(history, 0)
        stored = sum(path.stat().st_size for path in (self.county.data).glob("county.db*"))
        self.assertLess(report["bytes_received"], stored / 20)
        self.assertEqual(late.json("status")["history_missing"], history)
        self.north.sync()
        assert_agree(self, self.county, [self.north, late])
        self.assertTrue(late.json("rebuild", "--check")["ok"])
        late.hz("verify")
        self.assertIn("hz sync --history", late.hz("history", self.tasks[1])[0])
        self.assertEqual(len(late.json("history", self.tasks[1])), len(late.json("show", self.tasks[1], "--clock")["clock"]))

        # It works like any other, also against what was written without knowing.
        late.hz("set", self.tasks[1], "joint_progress", "迟到的设备也能写。")
        self.office.hz("set", self.tasks[0], "joint_progress", "北镇最初的话。办公室很久以前加的话。")
        self.sync_all(late, self.office, self.north, late)
        self.assertIn("办公室很久以前加的话。", late.fields(self.tasks[0])["joint_progress"])
        self.assertEqual(self.north.json("show", self.tasks[1])["fields"]["joint_progress"], "迟到的设备也能写。")
        # Before the next comparison, which reads everything many times, it is written anew: long pasts are slow to merge.
        late.hz("set", self.tasks[0], "joint_progress", "合在一起。")
        self.sync_all(late, self.office, self.north)
        assert_agree(self, self.county, [self.office, self.north, late])

        whole = late.json("sync", "--history")
        self.assertEqual(whole["history_missing"], 0)
        self.assertGreater(whole["bytes_received"], stored / 4)
        self.assertGreater(len(late.json("history", self.tasks[1])), ROUNDS)
        self.assertTrue(late.json("rebuild", "--check")["ok"])
        late.hz("verify")
        assert_agree(self, self.county, [self.office, self.north, late])

        # And lets go of it again, with what it has got since.
        done = late.json("compact", "--keep-days", "0")
        self.assertLess(done["file_bytes"], done["file_bytes_before"] / 4)
        self.assertEqual(done["file_bytes"], (late.path / "home.db").stat().st_size)
        self.assertGreater(late.json("status")["history_missing"], 0)
        self.assertTrue(late.json("rebuild", "--check")["ok"])
        late.hz("verify")
        assert_agree(self, self.county, [self.office, self.north, late])

        # Without a network it gets it back by file.
        bundle, answer = self.county.folder / "late.bundle", self.county.folder / "late.answer"
        late.hz("bundle", "export", bundle, "--history")
        self.assertTrue(self.county.admin_json("bundle", "import", bundle, "-o", answer)["complete"])
        self.assertEqual(late.json("bundle", "import", answer)["history_missing"], 0)
        self.assertGreater(len(late.json("history", self.tasks[1])), ROUNDS)
        self.assertTrue(late.json("rebuild", "--check")["ok"])
        late.hz("verify")
        assert_agree(self, self.county, [self.office, self.north, late])

    def test_a_short_history_is_read_as_it_is(self):
        late = self.enrol("late")
        self.assertEqual(late.sync()["history_missing"], 0)
        self.sync_all(self.office, self.north)
        assert_agree(self, self.county, [self.office, self.north, late])


if __name__ == "__main__":
    unittest.main()
