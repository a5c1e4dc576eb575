# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A home ends on a machine: nothing that only it had is lost, and nothing of it stays."""
import json
import sqlite3
import subprocess
import unittest

from county import County, assert_agree, make_ledger


class Leave(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        _, self.tasks = make_ledger(self.office, [("公开财政信息。", [("responsible", "镇北堡镇")])])
        for home in (self.office, self.north) * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def left(self):
        """What lies in the folder of a home that was left."""
        return sorted(path.name for path in self.north.path.iterdir())

    def refused(self, *arguments):
        out, err, _ = self.north.hz("leave", *arguments, "--json", expect=1)
        self.assertTrue(err.startswith("hz: "), err)
        return json.loads(out)["error"]["code"]

    def join_again(self, person="李四"):
        code = self.county.admin_json("invite", "--unit", "镇北堡镇", "--person", person, "--role", "clerk")["code"]
        self.north.hz("enroll", self.county.url, code)
        self.assertTrue(self.north.sync()["up_to_date"])

    def test_work_that_only_the_home_has_keeps_it(self):
        self.north.hz("set", self.tasks[0], "joint_progress", "只在本机。")
        self.assertEqual(self.refused(), "unsentWork")
        self.assertEqual(self.north.json("status")["local"], 1)
        self.north.sync()
        self.assertTrue(self.north.json("leave")["left"])
        self.assertEqual([name for name in self.left() if name != "sync.lock"], [])
        self.north.hz("status", expect=1)
        # The next person on the same machine.
        self.join_again()
        self.assertEqual(self.north.json("whoami")["person_name"], "李四")
        self.assertEqual(self.north.fields(self.tasks[0])["joint_progress"], "只在本机。")
        self.office.sync()
        assert_agree(self, self.county, [self.office, self.north])

    def test_a_bundle_takes_along_what_the_county_does_not_have(self):
        photo = self.county.folder / "photo.jpg"
        photo.write_bytes(b"\xff\xd8 a photo \xff\xd9")
        self.office.hz("window", "open", "--ledger", self.office.json("ledgers")[0]["id"], "--closes", "2023-08-15")
        self.office.sync()
        self.north.sync()
        self.county.stop()
        filing = self.north.json("file", "1", "--text", "没有网络时写的。", "--evidence", photo)["record"]
        bundle = self.county.folder / "last.bundle"
        answer = self.north.json("leave", "--bundle", bundle)
        self.assertEqual((answer["left"], answer["blobs"]), (True, 1))
        self.assertNotIn("home.db", self.left())
        self.county.admin("bundle", "import", bundle)
        self.county.admin("bundle", "import", bundle)  # twice does no harm
        self.county.serve()
        self.office.sync()
        self.assertEqual(self.office.fields(filing)["text"], "没有网络时写的。")
        self.assertEqual(len(list((self.county.data / "blobs").rglob("*"))), 2)
        self.join_again()
        self.office.sync()
        assert_agree(self, self.county, [self.office, self.north])

    def test_what_a_revoked_device_brings_so_is_set_aside_listed_and_admitted(self):
        device = self.north.json("whoami")["device"]
        self.north.hz("set", self.tasks[0], "joint_progress", "被停用前写的。")
        self.county.admin("revoke", "--device", device)
        bundle = self.county.folder / "last.bundle"
        self.north.hz("leave", "--bundle", bundle)
        self.county.admin("bundle", "import", bundle)
        self.office.sync()
        aside = self.office.json("aside")
        self.assertEqual([(row["value"], row["reason"]) for row in aside], [("被停用前写的。", "revoked")])
        self.office.hz("admit", aside[0]["op"], "--reason", "情况属实")
        self.office.sync()
        self.office.sync()
        self.assertEqual(self.office.fields(self.tasks[0])["joint_progress"], "被停用前写的。")

    def test_a_draft_is_work_too(self):
        drafts = self.north.path / "drafts"
        drafts.mkdir()
        (drafts / self.tasks[0]).write_text(json.dumps({"id": "1" * 32, "at": 1, "content": {"text": "没存的。"}}))
        self.assertEqual(self.refused(), "unsentWork")
        self.assertEqual(self.refused("--bundle", self.county.folder / "last.bundle"), "unsentWork")
        self.assertTrue((drafts / self.tasks[0]).exists())
        self.north.hz("leave", "--discard-drafts")
        self.assertFalse(drafts.exists())

    def test_who_still_has_it_open_cannot_write_any_more(self):
        writer = self.north.start("edit", "--batch", "-", stdin=subprocess.PIPE)
        line = json.dumps({"record": self.tasks[0], "field": "joint_status", "assign": "done"}) + "\n"
        writer.stdin.write(line)
        writer.stdin.flush()
        self.assertTrue(json.loads(writer.stdout.readline())["ok"])
        self.north.sync()
        self.north.hz("leave")
        writer.stdin.write(line)
        writer.stdin.close()
        self.assertEqual(json.loads(writer.stdout.readline())["error"]["code"], "notEnrolled")
        self.assertEqual(writer.wait(), 1)
        writer.stdout.close()
        writer.stderr.close()

    def test_who_was_stopped_in_between_ends_it_later(self):
        self.north.sync()
        database = sqlite3.connect(self.north.path / "home.db")
        database.execute("UPDATE meta SET value = x'', sum = 0 WHERE key = 'identity'")
        database.commit()
        database.close()
        self.north.hz("status", expect=1)
        self.join_again()
        self.assertEqual(self.north.json("whoami")["person_name"], "李四")


if __name__ == "__main__":
    unittest.main(verbosity=2)
