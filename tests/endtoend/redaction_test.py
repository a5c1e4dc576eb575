# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A value erased by law is in no file of the county and of any device that has synced; proofs and receipts stay valid."""
import json
import unittest

from county import County, assert_agree, make_ledger, run

SECRET = "身份证号640102197001011234"


def files_with(folder, text):
    """The files under a folder in which the text lies, packed or not: names only."""
    needle = text.encode()
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")
                  if path.is_file() and needle in path.read_bytes())


class Redaction(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        _, self.tasks = make_ledger(self.office, [("公开财政信息。", [("responsible", "镇北堡镇")])])
        self.sync_all()

    def sync_all(self):
        for home in (self.office, self.north) * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def op_with(self, home, record, text):
        return next(row["op"] for row in home.json("history", record) if row["value"] == text)

    def test_the_text_is_gone_everywhere_and_the_rest_is_proved_as_before(self):
        task = self.tasks[0]
        self.north.hz("set", task, "joint_progress", f"已办理。{SECRET}。")
        self.north.hz("set", task, "joint_status", "in-progress")
        comment = self.north.json("new", "comment", f"record={task}", "text=无关的话")["record"]
        self.sync_all()
        # A receipt of before, a search index, and text in the free pages: all that a home may keep of it.
        receipt = self.county.folder / "before.receipt"
        self.north.hz("receipt", comment, "-o", receipt)
        self.assertEqual(len(self.north.json("search", SECRET)), 1)
        self.assertEqual(len(self.office.json("search", SECRET)), 1)
        for folder in (self.north.path, self.office.path, self.county.data):
            self.assertTrue(files_with(folder, SECRET), folder)
        op = self.op_with(self.office, task, f"已办理。{SECRET}。")

        answer = self.county.admin_json("redact", "--op", op)
        self.assertEqual((answer["op"], answer["record"], answer["field"], answer["new"]), (op, task, "joint_progress", True))
        self.assertEqual(files_with(self.county.data, SECRET), [])
        self.sync_all()

        for home in (self.north, self.office):
            self.assertEqual(files_with(home.path, SECRET), [], home.name)
            self.assertEqual(home.json("search", SECRET), [])
            row = next(row for row in home.json("history", task) if row["op"] == op)
            self.assertEqual((row["value"], row["erased"], row["verdict"]), (None, True, "accepted"))
            self.assertIn("已依法清除", home.hz("history", task)[0])
            self.assertNotIn("joint_progress", home.fields(task))
            self.assertEqual(home.fields(task)["joint_status"], "in-progress")
            self.assertTrue(home.json("rebuild", "--check")["ok"])
        assert_agree(self, self.county, [self.office, self.north])
        self.county.admin("verify")
        self.assertTrue(self.north.json("verify", receipt)["valid"])
        # A receipt of now, out of the extract.
        after = self.county.folder / "after.receipt"
        self.north.hz("receipt", comment, "-o", after)
        self.assertTrue(json.loads(run("hz", "verify", after, "--json")[0])["valid"])
        self.north.hz("receipt", task, "-o", after)
        self.assertTrue(json.loads(run("hz", "verify", after, "--json")[0])["valid"])

        late = self.county.join("late", "兴泾镇", "李丽", "clerk")
        self.assertEqual(files_with(late.path, SECRET), [])
        self.sync_all()
        assert_agree(self, self.county, [self.office, self.north, late])
        self.north.hz("set", task, "joint_progress", "已办理。")
        self.sync_all()
        self.assertEqual(self.office.fields(task)["joint_progress"], "已办理。")

    def test_a_device_that_was_away_hands_in_its_work_and_loses_the_text(self):
        task = self.tasks[0]
        self.office.hz("set", task, "content", f"公开财政信息。{SECRET}。")
        self.sync_all()
        self.north.hz("file", "1", "--text", "离线写的。", expect=None)
        self.north.hz("set", task, "joint_progress", "离线写的进展。")
        op = self.op_with(self.office, task, f"公开财政信息。{SECRET}。")
        self.county.admin("redact", "--op", op)
        self.assertTrue(files_with(self.north.path, SECRET))
        self.sync_all()
        self.assertEqual(files_with(self.north.path, SECRET), [])
        self.assertEqual(self.office.fields(task)["joint_progress"], "离线写的进展。")
        assert_agree(self, self.county, [self.office, self.north])

    def test_a_photo_goes_with_the_value_that_names_it(self):
        photo = self.county.folder / "photo.jpg"
        photo.write_bytes(b"\xff\xd8" + SECRET.encode() + b"\xff\xd9")
        self.office.hz("window", "open", "--ledger", self.office.json("ledgers")[0]["id"], "--closes", "2023-08-15")
        self.sync_all()
        filing = self.north.json("file", "1", "--text", "有照片。", "--evidence", photo)["record"]
        self.sync_all()
        self.assertTrue(files_with(self.county.data / "blobs", SECRET))
        # What the window client makes of a photo, on both sides.
        for folder in (self.county.data, self.north.path):
            for path in list((folder / "blobs").rglob("*")):
                if path.is_file() and len(path.name) == 64:
                    path.with_name(path.name + ".thumb").write_bytes(SECRET.encode())
        row = next(row for row in self.north.json("history", filing) if row["field"] == "evidence")
        self.county.admin("redact", "--op", row["op"])
        self.sync_all()
        for folder in (self.county.data, self.north.path, self.office.path):
            self.assertEqual(files_with(folder, SECRET), [], folder)
        self.assertEqual(self.north.fields(filing)["text"], "有照片。")

    def test_twice_wrong_and_unknown(self):
        task = self.tasks[0]
        op = self.op_with(self.office, task, "公开财政信息。")
        self.county.admin("redact", "--op", op)
        self.assertFalse(self.county.admin_json("redact", "--op", op)["new"])
        self.county.admin("redact", "--op", "0" * 64, expect=1)
        self.county.admin("redact", "--op", "abc", expect=2)
        self.office.hz("delete", task)
        self.office.sync()
        deletion = next(row["op"] for row in self.office.json("history", task) if row["field"] == "deleted")
        self.county.admin("redact", "--op", deletion, expect=1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
