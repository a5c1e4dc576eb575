# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""What many devices at once do to one endpoint: all tablets come back in one minute, sixty people write one cell."""
import json
import shutil
import unittest

from county import County, Home, assert_agree, make_ledger

TABLETS = 100
WRITERS = 60


class Pile(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        _, self.tasks = make_ledger(self.office, [("公开财政信息。", [("responsible", "镇北堡镇")])])
        self.office.sync()
        self.homes = []
        for i in range(TABLETS):
            code = self.county.admin_json("invite", "--unit", "镇北堡镇", "--person", f"人员{i}", "--role", "clerk")["code"]
            home = Home(self.county, f"tablet{i}")
            home.hz("enroll", self.county.url, code)
            self.homes.append(home)

    def all_sync(self, homes):
        """All at the same moment; who was told to wait tries again."""
        open_homes = list(homes)
        for _ in range(5):
            processes = [(home, home.start("sync", "--json")) for home in open_homes]
            done = [(home, json.loads(process.communicate()[0])) for home, process in processes]
            open_homes = [home for home, report in done if not report["up_to_date"]]
            for home, report in done:
                if home in open_homes and "error" in report:
                    self.assertIn(report["error"]["code"], ("storageBusy", "unreachable", "timedOut"), report)
            if not open_homes:
                return
        self.fail(f"{len(open_homes)} homes are not up to date")

    def test_a_hundred_tablets_return_in_one_minute_and_sixty_write_one_cell(self):
        self.all_sync(self.homes)
        status = ["in-progress", "done", "blocked", "ongoing"]
        for i, home in enumerate(self.homes):
            lines = [{"register": "comment", "key": {"record": self.tasks[0]}, "field": "text", "assign": f"{i}-{n}"} for n in range(4)]
            if i < WRITERS:
                lines.append({"record": self.tasks[0], "field": "joint_status", "assign": status[i % len(status)]})
            home.hz("edit", "--batch", "-", stdin="".join(json.dumps(line) + "\n" for line in lines))
        self.all_sync(self.homes)
        self.all_sync([*self.homes, self.office])
        texts = sorted(json.loads(line)["fields"]["text"] for line in self.office.dump("common").splitlines()
                       if json.loads(line)["register"] == "comment")
        self.assertEqual(texts, sorted(f"{i}-{n}" for i in range(TABLETS) for n in range(4)))
        # One conflict, all sixty values in it, the same on every screen.
        conflicts = self.office.json("conflicts")
        self.assertEqual([row["field"] for row in conflicts], ["joint_status"])
        self.assertEqual(len(conflicts[0]["values"]), WRITERS)
        for home in (self.homes[0], self.homes[-1]):
            self.assertEqual([value["dot"] for value in home.json("conflicts")[0]["values"]],
                             [value["dot"] for value in conflicts[0]["values"]])
        self.office.hz("resolve", conflicts[0]["id"], "--take", "1")
        self.office.sync()
        self.all_sync(self.homes)
        self.assertEqual(self.homes[-1].json("conflicts"), [])
        assert_agree(self, self.county, [self.office, *self.homes[::9]])
        self.county.admin("verify")

    def tearDown(self):
        for home in self.homes:
            shutil.rmtree(home.path, ignore_errors=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
