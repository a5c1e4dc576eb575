# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A revoked device hands in what it has not sent and empties itself: nothing of it is lost, nothing of it stays."""
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from county import BIN, County, assert_agree, make_ledger

READ = "县里下发的任务内容。"
UNSENT = "被停用前写的，没有上报。"
DRAFT = "录入了没有保存。"
PHOTO = b"\xff\xd8" + b"a photo of the notice board. " * 20_000 + b"\xff\xd9"
THUMB = b"\xff\xd8\xff" + b"a small picture" + b"\xff\xd9"
ROUNDS = int(os.environ.get("HEZHANG_ROUNDS", "16"))


class Wipe(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        ledger, self.tasks = make_ledger(self.office, [(READ, [("responsible", "镇北堡镇")])])
        self.office.hz("window", "open", "--ledger", ledger, "--closes", "2023-08-15")
        for home in (self.office, self.north) * 2:
            self.assertTrue(home.sync()["up_to_date"])
        self.device = self.north.json("whoami")["device"]
        self.photo = self.county.folder / "photo.jpg"
        self.photo.write_bytes(PHOTO)

    def work(self, home):
        """What only the device has: an edit, a filing with a photo and its thumbnail, a draft; and the search index."""
        home.hz("set", self.tasks[0], "joint_progress", UNSENT)
        home.hz("file", "1", "--text", UNSENT, "--evidence", self.photo)
        name = next((home.path / "blobs").iterdir()).name
        (home.path / "blobs" / f"{name}.thumb").write_bytes(THUMB)
        (home.path / "drafts").mkdir(exist_ok=True)
        (home.path / "drafts" / self.tasks[0]).write_text(
            json.dumps({"id": "1" * 32, "at": 1, "content": {"text": DRAFT}}, ensure_ascii=False))
        self.assertTrue(home.json("search", "县里下发"))
        return name

    def order(self, *options):
        return self.county.admin_json("revoke", "--device", self.device, *options)

    def listed(self):
        return next(row for row in self.county.admin_json("devices") if row["device"] == self.device)

    def found(self, folder):
        """(file, text) for every text of the county that is in a file of the folder."""
        texts = [READ, UNSENT, DRAFT, "镇北堡镇", "张建国", "西夏区", self.tasks[0]]
        needles = [text.encode() for text in texts] + [bytes.fromhex(self.tasks[0]), PHOTO[:200], THUMB]
        return [(path.name, needle) for path in folder.rglob("*") if path.is_file()
                for needle in needles if needle in path.read_bytes()]

    def assert_empty(self, home):
        self.assertEqual(self.found(home.path), [])
        self.assertLessEqual({path.name for path in home.path.iterdir()}, {"sync.lock", "waiting", "wiped"})

    def assert_says_so(self, home):
        for command in (["status"], ["sync"], ["tasks"], ["leave"]):
            out, err, _ = home.hz(*command, "--json", expect=1)
            self.assertEqual(json.loads(out)["error"]["code"], "wiped")
            self.assertIn("revoked this device and had it emptied", err)
        words = (home.path / "wiped").read_text(encoding="utf-8")
        self.assertIn("清空", words)
        self.assertIn("emptied", words)

    def test_the_device_hands_in_everything_and_nothing_of_it_stays(self):
        blob = self.work(self.north)
        self.assertNotEqual(self.found(self.north.path), [])  # so that the search for it means something
        self.assertEqual((self.listed()["revoked"], self.listed()["wipe"]), (False, None))
        self.assertEqual(self.order("--wipe"), {"revoked": self.device, "wipe": True})
        self.assertEqual((self.listed()["revoked"], self.listed()["wipe"], self.listed()["wipe_at"]), (True, "ordered", None))
        answer = self.north.sync(expect=1)
        self.assertEqual((answer["error"]["code"], answer["up_to_date"]), ("wiped", False))
        self.assert_empty(self.north)
        self.assert_says_so(self.north)
        self.assertEqual(self.listed()["wipe"], "done")
        self.assertIsNotNone(self.listed()["wipe_at"])
        self.office.sync()
        aside = {(row["field"], row["value"], row["reason"]) for row in self.office.json("aside")}
        self.assertLessEqual({("joint_progress", UNSENT, "revoked"), ("text", UNSENT, "revoked"),
                              ("evidence", blob, "revoked")}, aside)
        self.assertEqual((self.county.data / "blobs" / blob[:2] / blob).read_bytes(), PHOTO)
        self.assertEqual(self.county.admin("verify"), self.county.admin("verify"))
        assert_agree(self, self.county, [self.office])

    def test_revoked_first_and_emptied_later_then_enrolled_by_somebody_else(self):
        self.work(self.north)
        self.assertEqual(self.order(), {"revoked": self.device, "wipe": False})
        self.assertEqual(self.north.sync(expect=1)["error"]["code"], "revoked")
        self.assertEqual(self.north.json("status")["blobs_pending"], 0)
        self.assertNotEqual(self.found(self.north.path), [])
        self.order("--wipe")
        self.order("--wipe")
        self.assertEqual(self.north.sync(expect=1)["error"]["code"], "wiped")
        self.assert_empty(self.north)
        code = self.county.admin_json("invite", "--unit", "镇北堡镇", "--person", "李四", "--role", "clerk")["code"]
        self.north.hz("enroll", self.county.url, code)
        self.assertTrue(self.north.sync()["up_to_date"])
        self.assertFalse((self.north.path / "wiped").exists())
        self.assertEqual(self.north.json("whoami")["person_name"], "李四")
        assert_agree(self, self.county, [self.north])

    def test_who_has_it_open_meanwhile_writes_no_more(self):
        writer = self.north.start("edit", "--batch", "-", stdin=subprocess.PIPE)
        line = json.dumps({"record": self.tasks[0], "field": "joint_progress", "assign": UNSENT}, ensure_ascii=False) + "\n"
        writer.stdin.write(line)
        writer.stdin.flush()
        self.assertTrue(json.loads(writer.stdout.readline())["ok"])
        self.order("--wipe")
        self.assertEqual(self.north.sync(expect=1)["error"]["code"], "wiped")
        writer.stdin.write(line)
        writer.stdin.close()
        self.assertFalse(json.loads(writer.stdout.readline())["ok"])
        self.assertEqual(writer.wait(), 1)
        writer.stdout.close()
        writer.stderr.close()
        self.assert_empty(self.north)
        self.office.sync()
        self.assertEqual([row["value"] for row in self.office.json("aside")], [UNSENT])

    def journey(self, home):
        """How taking the county's answer to a bundle ends, and the answer."""
        bundle, answer = self.county.folder / "north.bundle", self.county.folder / "north.answer"
        home.hz("bundle", "export", bundle)
        self.county.admin("bundle", "import", bundle, "-o", answer)
        return self.taken(home, answer), answer

    def taken(self, home, answer):
        return json.loads(home.hz("bundle", "import", answer, "--json", expect=1)[0])["error"]["code"]

    def test_without_its_county_nothing_is_emptied_and_by_file_all_that_was_handed_in(self):
        blob = self.work(self.north)
        self.order("--wipe")
        self.county.stop()
        self.assertEqual(self.north.sync(expect=1)["error"]["code"], "unreachable")
        bundle, early = self.county.folder / "early.bundle", self.county.folder / "early.answer"
        self.north.hz("bundle", "export", bundle)
        self.county.admin("bundle", "import", bundle, "-o", early)
        self.north.hz("set", self.tasks[0], "joint_progress", "文件在路上时写的。")
        self.assertEqual(self.taken(self.north, early), "revoked")
        self.assertEqual(self.taken(self.north, early), "revoked")
        self.assertNotEqual(self.found(self.north.path), [])
        self.assertEqual(self.journey(self.north)[0], "wiped")
        self.assert_empty(self.north)
        self.assert_says_so(self.north)
        self.assertEqual(self.listed()["wipe"], "told", "nothing came back to the county")
        self.county.serve()
        self.office.sync()
        aside = {(row["field"], row["value"], row["reason"]) for row in self.office.json("aside")}
        self.assertLessEqual({("joint_progress", UNSENT, "revoked"), ("joint_progress", "文件在路上时写的。", "revoked"),
                              ("evidence", blob, "revoked")}, aside)
        self.assertEqual((self.county.data / "blobs" / blob[:2] / blob).read_bytes(), PHOTO)

    def test_killed_while_it_takes_the_order_from_a_file_it_loses_nothing(self):
        self.work(self.north)
        self.order("--wipe")
        bundle, answer = self.county.folder / "north.bundle", self.county.folder / "north.answer"
        self.north.hz("bundle", "export", bundle)
        self.county.admin("bundle", "import", bundle, "-o", answer)
        seed = int(os.environ.get("HEZHANG_SEED", time.time_ns() % 1_000_000))
        print(f"HEZHANG_SEED={seed}")
        draw = random.Random(seed)
        whole = self.north.copy_to("whole")
        began = time.monotonic()
        self.assertEqual(self.taken(whole, answer), "wiped", "a copy that was not written to since is the same device")
        takes = time.monotonic() - began
        for number in range(max(ROUNDS // 2, 4)):
            home = self.north.copy_to(f"copy{number}")
            process = home.start("bundle", "import", answer, "--json")
            try:
                process.wait(timeout=draw.uniform(0.2, 1.1) * takes)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.communicate()
            self.assertEqual(self.taken(home, answer), "wiped", f"seed {seed}, round {number}")
            self.assert_empty(home)

    def test_the_order_survives_a_restore_where_somebody_has_seen_it(self):
        self.county.admin("backup", "-o", self.county.folder / "backup")
        self.work(self.north)
        self.order("--wipe")
        self.office.sync()
        self.county.stop()
        subprocess.run([str(BIN / "hezhangd"), "restore", str(self.county.folder / "backup"), "--data", str(self.county.data)],
                       check=True, stdout=subprocess.DEVNULL)
        self.county.serve()
        self.assertEqual((self.listed()["revoked"], self.listed()["wipe"]), (False, None))
        self.office.sync()
        self.assertEqual((self.listed()["revoked"], self.listed()["wipe"]), (True, "ordered"))
        self.assertEqual(self.north.sync(expect=1)["error"]["code"], "wiped")
        self.assert_empty(self.north)

    def test_killed_at_any_moment_it_loses_nothing_and_is_empty_in_the_end(self):
        seed = int(os.environ.get("HEZHANG_SEED", time.time_ns() % 1_000_000))
        print(f"HEZHANG_SEED={seed}")
        draw = random.Random(seed)
        self.work(self.north)
        self.order("--wipe")
        # How long one takes, so that the kills fall all over it.
        whole = self.north.copy_to("whole")
        began = time.monotonic()
        whole.sync(expect=1)
        takes = time.monotonic() - began
        killed = 0
        for number in range(ROUNDS):
            home = self.north.copy_to(f"copy{number}")
            mark = f"第{number}份独有的一句。"
            home.hz("set", self.tasks[0], "joint_progress", mark)
            for _ in range(20):
                process = home.start("sync", "--json")
                try:
                    process.wait(timeout=draw.uniform(0.2, 1.1) * takes)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    killed += 1
                process.communicate()
                if process.returncode == 1:
                    break
            out, _, _ = home.hz("sync", "--json", expect=1)
            self.assertEqual(json.loads(out)["error"]["code"], "wiped", f"seed {seed}, round {number}")
            self.assert_empty(home)
            shutil.rmtree(home.path)
        print(f"{killed} killed")
        self.office.sync()
        values = [row["value"] for row in self.office.json("aside")]
        for number in range(ROUNDS):
            self.assertIn(f"第{number}份独有的一句。", values, f"seed {seed}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
