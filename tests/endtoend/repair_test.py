# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of real databases are damaged and deleted: hz repair and hezhangd repair bring back what anybody still has."""
import json
import pathlib
import sqlite3
import unittest

from county import County, assert_agree, make_ledger


class Repair(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        _, self.tasks = make_ledger(self.office, [(f"公开事项{i}。", [("responsible", "镇北堡镇")]) for i in range(20)])
        self.sync_all()
        for i, task in enumerate(self.tasks):
            self.north.hz("set", task, "joint_progress", f"第{i}项已经办理，写了一些内容。")
            self.north.sync()
        self.sync_all()

    def sync_all(self):
        for home in (self.office, self.north) * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def damage(self, path, *statements):
        database = sqlite3.connect(pathlib.Path(path))
        for statement in statements:
            self.assertGreater(database.execute(statement).rowcount, 0, statement)
        database.commit()
        database.close()

    def test_a_home_gets_again_what_it_lost_and_only_that(self):
        self.north.hz("set", self.tasks[0], "joint_status", "done")  # not sent yet
        whole = sum(path.stat().st_size for path in self.north.path.glob("home.db*"))
        self.damage(self.north.path / "home.db",
                    "DELETE FROM entry WHERE position IN (SELECT position FROM segment WHERE state = 0 ORDER BY serial DESC LIMIT 3)",
                    "UPDATE envelope SET bytes = x'00' WHERE serial IN (SELECT serial FROM segment WHERE state = 0 ORDER BY serial LIMIT 2)",
                    "DELETE FROM page WHERE id = (SELECT max(id) - 4 FROM page)",
                    "DELETE FROM cell WHERE field = 'content'")
        self.north.hz("rebuild", "--check", expect=1)
        report = self.north.json("repair")
        self.assertEqual(report["lost"], [])
        self.assertGreaterEqual(report["fetched"], 5)
        self.assertLess(report["bytes_received"], whole / 5)
        self.assertTrue(self.north.json("rebuild", "--check")["ok"])
        self.assertEqual(self.north.json("status")["local"], 1)
        self.sync_all()
        assert_agree(self, self.county, [self.office, self.north])
        self.assertEqual(self.north.json("repair")["fetched"], 0)

    def test_the_county_gets_back_what_the_devices_have(self):
        self.county.stop()
        self.damage(self.county.data / "county.db",
                    "DELETE FROM entry WHERE position = (SELECT max(position) - 2 FROM entry)",
                    "UPDATE entry SET bytes = x'0102' WHERE position = (SELECT max(position) - 5 FROM entry)",
                    "UPDATE envelope SET bytes = zeroblob(length(bytes)) WHERE serial = (SELECT max(serial) - 8 FROM envelope)",
                    "UPDATE node SET hash = zeroblob(32) WHERE level > 0",
                    "DELETE FROM cell WHERE field = 'joint_progress'")
        self.county.admin("verify", expect=1)
        out = self.county.admin("repair", "--json", expect=1)
        self.assertEqual(len(json.loads(out)["damaged"]), 3)
        self.county.serve()
        report = self.north.json("repair")
        self.assertEqual(report["given"], 3)
        self.assertEqual(json.loads(self.county.admin("repair", "--json"))["damaged"], [])
        self.county.admin("verify")
        self.sync_all()
        assert_agree(self, self.county, [self.office, self.north])

    def test_what_the_disk_did_to_the_state_alone_needs_no_network(self):
        self.county.stop()
        self.damage(self.county.data / "county.db", "DELETE FROM cell WHERE field = 'joint_progress'")
        self.county.admin("verify", expect=1)
        self.county.admin("repair")
        self.county.admin("verify")
        self.north.hz("repair", expect=1)  # a home needs the county
        self.county.serve()
        assert_agree(self, self.county, [self.office, self.north])


if __name__ == "__main__":
    unittest.main(verbosity=2)
