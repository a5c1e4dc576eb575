# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Units that are merged, split and renamed, and people who move, with work pending on tablets that are away."""
import json
import unittest

from county import SOURCE, County, assert_agree, make_ledger, run, unit_records

NORTH, EAST, STREET = "镇北堡镇", "兴泾镇", "文昌路街道"
BOTH = [("responsible", NORTH), ("responsible", EAST)]


class Units(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", NORTH, "张建国", "clerk")
        self.east = self.county.join("east", EAST, "李春梅", "clerk")
        self.homes = [self.office, self.north, self.east]

    def open_ledger(self, tasks):
        self.ledger, self.tasks = make_ledger(self.office, tasks)
        self.window = self.office.json("window", "open", "--ledger", self.ledger, "--closes", "2023-08-15")["record"]
        self.sync_all()

    def sync_all(self, *homes):
        for home in (homes or self.homes) * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def unit(self, name):
        return next(row["id"] for row in unit_records(self.office) if row["name"] == name)

    def person(self, name):
        return next(row["id"] for row in self.office.records("person") if row["fields"]["name"] == name)

    def missing(self, home=None):
        """[(serial, unit name, state)] of the window."""
        rows = (home or self.office).json("missing", "--window", "2023-08-15")
        return [(row["serial"], row["unit_name"], row["state"]) for row in rows]

    def check_agreement(self):
        assert_agree(self, self.county, self.homes)
        self.county.admin("verify")
        for home in self.homes:
            self.assertTrue(json.loads(home.hz("verify", "--json")[0])["valid"], home.name)
            self.assertTrue(home.json("rebuild", "--check")["ok"], home.name)

    # -- merged

    def test_a_unit_merged_while_its_tablet_is_away_loses_nothing(self):
        self.open_ledger([("公开财政信息。", BOTH), ("公开社会组织信息。", [("lead", NORTH), ("cooperate", EAST)]),
                          ("公开养老信息。", [("responsible", NORTH)])])
        before = self.north.json("file", "1", "--text", "合并前已报。", "--submit")["record"]
        self.sync_all()
        photos = []
        for number in range(40):
            photos += ["--evidence", self.county.folder / f"photo{number}.jpg"]
            photos[-1].write_bytes(b"\xff\xd8" + bytes(range(number, 200)) * 10)
        away = self.north.json("file", "2", "--text", "离线时写的进展。", *photos, "--submit")["record"]
        lines = [json.dumps({"record": self.tasks[2], "field": "joint_progress", "assign": f"第{number}次更新。"})
                 for number in range(200)]
        self.north.hz("edit", "--batch", "-", "--commit-every", "50", stdin="\n".join(lines))
        self.north.hz("set", self.tasks[1], "joint_status", "done")
        answer = self.office.json("unit", "merge", NORTH, "--into", EAST, "--date", "2023-07-01")
        self.assertEqual([row["unit_name"] for row in answer["into"]], [EAST])
        self.assertEqual(sorted(answer["tasks"]), sorted(self.tasks))
        self.assertEqual(len(answer["persons"]), 1)
        self.sync_all(self.office, self.east)

        # The successor holds the past and goes on with it.
        self.assertEqual(self.east.fields(before)["text"], "合并前已报。")
        self.assertEqual(self.east.json("file", "1", "--text", "合并前已报。合并后续报。", "--submit")["record"], before)
        self.sync_all(self.east, self.office)
        report = self.north.sync()
        self.assertEqual(report["set_aside"], 0)
        self.assertIn(f"unit:{self.unit(EAST)}", report["scopes_joined"])
        self.assertEqual(report["scopes_left"], [])
        self.sync_all()

        for home in self.homes:
            self.assertEqual(home.json("aside"), [])
            self.assertEqual(home.json("conflicts"), [])
            self.assertEqual(home.fields(away)["text"], "离线时写的进展。")
            self.assertEqual(home.fields(before)["text"], "合并前已报。合并后续报。")
            self.assertEqual(home.fields(self.tasks[2])["joint_progress"], "第199次更新。")
            self.assertEqual(len(home.fields(away)["evidence"]), 40)
            self.assertEqual(home.json("status")["blobs_pending"], 0)
        # One demand for both, and what the one had filed counts.
        self.assertEqual(self.missing(), [(3, EAST, "none")])
        self.assertEqual(self.north.json("whoami")["unit_name"], EAST)
        history = self.office.json("history", away)
        self.assertEqual({row["unit_name"] for row in history}, {NORTH}, "what was written stays its author's")
        self.check_agreement()

        # The people of the one that is over write on as those of the other.
        fresh = self.north.json("file", "3", "--text", "合并后新报。", "--submit")["record"]
        self.assertEqual(self.north.fields(fresh)["unit"], self.unit(EAST))
        self.sync_all()
        self.assertEqual(self.missing(), [])
        self.check_agreement()

    def test_after_a_merger_the_tasks_names_and_exports_are_those_of_the_one_that_goes_on(self):
        self.open_ledger([("公开财政信息。", BOTH), ("公开养老信息。", [("responsible", NORTH)])])
        self.north.hz("file", "2", "--text", "镇北堡写的。", "--submit")
        self.sync_all()
        self.office.hz("unit", "merge", NORTH, "--into", EAST)
        self.sync_all()
        for home in self.homes:
            tasks = home.json("tasks", "--unit", EAST)
            self.assertEqual([row["serial"] for row in tasks], [1, 2], home.name)
            for row in tasks:
                self.assertEqual([unit["unit_name"] for unit in row["units"]], [EAST])
        # The old name and its short name still find it.
        self.assertEqual(len(self.office.json("tasks", "--unit", NORTH)), 2)
        self.assertEqual(len(self.office.json("search", NORTH)) > 0, True)
        table = self.county.folder / "all.csv"
        self.office.hz("export", "consolidated", "-o", table, "--unit", EAST)
        text = table.read_text(encoding="utf-8-sig")
        self.assertIn("镇北堡写的。", text)
        self.assertIn(f"{NORTH}（现{EAST}）", text)
        # Nobody is invited into a unit that is over: he joins the one that goes on.
        late = self.county.join("late", NORTH, "新同志", "clerk")
        self.assertEqual(late.json("whoami")["unit_name"], EAST)
        # And whoever was of the old one gets a second device without becoming another person.
        again = self.county.join("again", EAST, "张建国", "clerk")
        self.assertEqual(again.json("whoami")["person"], self.north.json("whoami")["person"])

    def test_a_merger_the_office_takes_back_leaves_no_trace_in_the_rights(self):
        self.open_ledger([("公开财政信息。", BOTH)])
        self.office.hz("unit", "merge", NORTH, "--into", EAST)
        self.sync_all()
        self.assertIn(f"unit:{self.unit(NORTH)}", self.east.scopes())
        self.office.hz("remove", self.unit(EAST), "predecessors", self.unit(NORTH))
        self.office.hz("set", self.unit(NORTH), "valid_to", "")
        self.sync_all()
        self.assertNotIn(f"unit:{self.unit(NORTH)}", self.east.scopes())
        self.assertEqual(self.missing(), [(1, EAST, "none"), (1, NORTH, "none")])
        self.check_agreement()

    def test_what_cannot_be_is_refused_in_words(self):
        self.open_ledger([("公开财政信息。", BOTH)])
        for arguments in (["merge", NORTH, "--into", NORTH], ["merge", NORTH, "--into", "没有的单位"],
                          ["split", NORTH, "--into", f"{EAST},{EAST}"]):
            self.office.hz("unit", *arguments, expect=1)
        self.office.hz("unit", "split", NORTH, "--into", "只有一个", expect=2)
        self.north.hz("unit", "merge", NORTH, "--into", EAST, expect=1)
        self.office.hz("unit", "merge", NORTH, "--into", EAST)
        err = self.office.hz("unit", "merge", EAST, "--into", NORTH, expect=1)[1]
        self.assertIn(EAST, err)
        out, _, _ = self.office.hz("add", self.unit(NORTH), "predecessors", self.unit(EAST), "--json", expect=1)
        self.assertEqual(json.loads(out)["error"]["code"], "badValue")

    def test_two_offices_that_merge_apart_lose_nothing_and_guess_nothing(self):
        self.open_ledger([("公开财政信息。", [("responsible", NORTH)])])
        second = self.county.join("second", "西夏区政务公开办公室", "丁主任", "office")
        self.homes.append(second)
        self.north.hz("file", "1", "--text", "合并前写的。")
        self.sync_all()
        self.office.hz("unit", "merge", NORTH, "--into", EAST)
        second.hz("unit", "merge", NORTH, "--into", STREET)
        self.sync_all()
        # Of two successors nobody but a person can say which: it is as after a split.
        self.assertEqual(self.missing(), [(1, NORTH, "unsubmitted")])
        self.office.hz("remove", self.unit(STREET), "predecessors", self.unit(NORTH))
        self.sync_all()
        self.assertEqual(self.missing(), [(1, EAST, "unsubmitted")])
        # Each into the other: the county takes the first, and a circle that is admitted hangs nobody.
        self.office.hz("remove", self.unit(EAST), "predecessors", self.unit(NORTH))
        self.sync_all()
        self.office.hz("unit", "merge", NORTH, "--into", EAST)
        second.hz("unit", "merge", EAST, "--into", NORTH)
        self.sync_all()
        aside = self.office.json("aside")
        self.assertEqual([(row["field"], row["reason"]) for row in aside], [("predecessors", "badValue")])
        self.assertEqual(self.missing(), [(1, EAST, "unsubmitted")])
        self.office.hz("admit", aside[0]["op"], "--reason", "试一试")
        self.sync_all()
        self.assertEqual(len(self.missing()), 1)
        self.check_agreement()

    # -- split

    def test_a_unit_split_with_work_pending_keeps_it_and_is_demanded_once(self):
        self.open_ledger([("公开财政信息。", [("responsible", NORTH)]), ("公开养老信息。", [("responsible", NORTH)])])
        shared = self.north.json("file", "1", "--text", "拆分前写的。")["record"]
        self.sync_all()
        away = self.north.json("file", "2", "--text", "离线时写的。", "--submit")["record"]
        answer = self.office.json("unit", "split", NORTH, "--into", "北堡镇,镇苏街道")
        self.assertEqual(len(answer["created"]), 2)
        self.assertEqual(len(answer["tasks"]), 2)
        self.sync_all(self.office)
        upper = self.county.join("upper", "北堡镇", "上官文", "clerk")
        lower = self.county.join("lower", "镇苏街道", "夏侯玉", "clerk")
        self.homes += [upper, lower]
        self.assertEqual(self.north.sync()["set_aside"], 0)
        self.sync_all()
        for home in self.homes:
            if home is not self.east:
                self.assertEqual(home.fields(away)["text"], "离线时写的。", home.name)
                self.assertEqual(home.fields(shared)["text"], "拆分前写的。", home.name)
        # Nobody but the office can say whose the task is now: it is asked once, of the unit that is named.
        self.assertEqual(self.missing(), [(1, NORTH, "unsubmitted")])
        # Both may go on with what was begun.
        self.assertEqual(upper.json("file", "1", "--text", "拆分前写的。北堡续。")["record"], shared)
        self.assertEqual(lower.json("file", "1", "--text", "拆分前写的。镇苏续。", "--submit")["record"], shared)
        self.sync_all()
        self.assertEqual([row["serial"] for row in upper.json("tasks", "--unit", "北堡镇")], [1, 2])
        # The office says who goes on with the second task; what was filed for it counts.
        self.office.hz("add", self.tasks[1], "responsible", self.unit("北堡镇"))
        self.office.hz("remove", self.tasks[1], "responsible", self.unit(NORTH))
        # And where its people belong now.
        self.office.hz("set", self.person("张建国"), "unit", "北堡镇")
        self.sync_all()
        self.assertNotIn((2, "北堡镇", "none"), self.missing())
        self.assertEqual(self.north.json("whoami")["unit_name"], "北堡镇")
        self.assertEqual(self.north.json("aside"), [])
        self.check_agreement()

    # -- renamed

    def test_a_unit_renamed_with_work_pending_is_the_same_unit(self):
        self.open_ledger([("公开财政信息。", BOTH)])
        away = self.north.json("file", "1", "--text", "改名前写的。", "--submit")["record"]
        self.office.hz("unit", "rename", NORTH, "镇北堡街道")
        self.sync_all()
        self.assertEqual(self.north.json("aside"), [])
        self.assertEqual(self.office.fields(away)["text"], "改名前写的。")
        for home in self.homes:
            names = [unit["unit_name"] for row in home.json("tasks") for unit in row["units"]]
            self.assertEqual(names, [EAST, "镇北堡街道"] if names[0] == EAST else ["镇北堡街道", EAST])
            self.assertEqual(home.json("tasks", "--unit", NORTH), home.json("tasks", "--unit", "镇北堡街道"))
        self.assertEqual(self.north.json("whoami")["unit_name"], "镇北堡街道")
        self.assertEqual(self.missing(), [(1, EAST, "none")])
        table = self.county.folder / "all.csv"
        self.office.hz("export", "consolidated", "-o", table)
        self.assertIn("镇北堡街道", table.read_text(encoding="utf-8-sig"))
        self.office.hz("unit", "rename", EAST, "镇北堡街道", expect=1)
        self.check_agreement()

    def test_a_merger_reaches_a_tablet_that_has_no_network(self):
        self.open_ledger([("公开财政信息。", BOTH)])
        begun = self.east.json("file", "1", "--text", "兴泾写的。")["record"]
        self.sync_all(self.east, self.office)
        away = self.north.json("file", "1", "--text", "离线时写的。", "--submit")["record"]
        self.office.hz("unit", "merge", NORTH, "--into", EAST)
        self.sync_all(self.office)

        def journey():
            bundle, answer = self.county.folder / "out.hzb", self.county.folder / "back.hzb"
            self.north.hz("bundle", "export", bundle)
            run("hezhangd", "bundle", "import", bundle, "--data", self.county.data, "-o", answer)
            return self.north.json("bundle", "import", answer)

        first = journey()
        self.assertEqual(first["set_aside"], 0)
        self.assertEqual(first["scopes_joined"], [f"unit:{self.unit(EAST)}"])
        journey()
        self.assertEqual(self.north.fields(begun)["text"], "兴泾写的。")
        self.sync_all()
        self.assertEqual(self.office.fields(away)["text"], "离线时写的。")
        self.check_agreement()

    # -- tasks

    def test_a_unit_that_leaves_a_shared_task_keeps_its_past_and_its_unsent_work_is_set_aside(self):
        self.open_ledger([("公开财政信息。", BOTH)])
        task = self.tasks[0]
        self.office.hz("set", task, "shared", "true")
        self.sync_all()
        record = self.north.json("file", "1", "--text", "先写的。")["record"]
        self.sync_all()
        self.north.hz("file", "1", "--text", "先写的。离开前写的。", "--submit")
        self.north.hz("set", task, "joint_progress", "共同进展。")
        self.office.hz("remove", task, "responsible", self.unit(NORTH))
        self.office.hz("set", task, "indicator", "离开后才写的指标。")
        self.sync_all(self.office, self.east)
        report = self.north.sync()
        self.assertEqual(report["scopes_left"], [f"task:{task}"])
        self.assertEqual(report["set_aside"], 3)
        self.assertNotIn(f"task:{task}", self.north.scopes())
        shown = self.north.json("show", record)
        self.assertFalse(shown["held"])
        self.assertEqual(shown["fields"]["text"], "先写的。", "what it wrote before stays its history")
        aside = self.north.json("aside")
        self.assertEqual({row["reason"] for row in aside}, {"noRight"})
        self.assertIn("先写的。离开前写的。", [row["value"] for row in aside])
        self.assertEqual(self.north.json("status")["local"], 0)
        # From now on the device says so itself, and what is typed is not taken for sent.
        self.north.hz("file", "1", "--text", "再写。", expect=1)
        self.east.hz("file", "1", "--text", "兴泾写的。", "--submit")
        self.sync_all()
        self.assertEqual(self.east.fields(record)["text"], "先写的。")
        self.assertEqual(self.missing(), [])
        self.office.hz("admit", record, "--reason", "离开前已写")
        self.sync_all()
        for home in self.homes:
            self.assertEqual(home.fields(record)["text"], "先写的。离开前写的。", home.name)
        self.assertEqual([row["field"] for row in self.north.json("aside")], ["joint_progress"])
        raw = b"".join(path.read_bytes() for path in self.north.path.glob("home.db*"))
        self.assertNotIn("兴泾写的".encode(), raw, "nothing that is written afterwards reaches it")
        # It comes back: no gaps, nothing twice.
        self.office.hz("add", task, "cooperate", self.unit(NORTH))
        self.sync_all()
        self.assertTrue(self.north.json("show", record)["held"])
        self.assertIn("兴泾写的。", [row["fields"].get("text") for row in self.north.records("filing")])
        self.assertEqual(len(self.north.json("history", record)), len(self.office.json("history", record)))
        self.check_agreement()

    # -- people

    def test_a_person_who_moves_follows_the_new_unit_and_unsent_work_is_set_aside(self):
        self.open_ledger([("公开财政信息。", BOTH), ("公开养老信息。", [("responsible", EAST)])])
        old = self.north.json("file", "1", "--text", "在镇北堡写的。", "--submit")["record"]
        self.sync_all()
        self.north.hz("file", "1", "--percent", "80")
        self.office.hz("set", self.person("张建国"), "unit", EAST)
        self.sync_all(self.office)
        report = self.north.sync()
        self.assertEqual(report["set_aside"], 1)
        self.assertIn(f"unit:{self.unit(NORTH)}", report["scopes_left"])
        self.assertIn(f"unit:{self.unit(EAST)}", report["scopes_joined"])
        self.sync_all()
        self.assertEqual(self.north.json("whoami")["unit_name"], EAST)
        self.assertEqual([(row["field"], row["value"], row["reason"]) for row in self.north.json("aside")],
                         [("percent", 80, "noRight")])
        new = self.north.json("file", "2", "--text", "在兴泾写的。", "--submit")["record"]
        self.north.hz("set", old, "percent", "90", expect=1)
        self.sync_all()
        for home in (self.office, self.east):
            self.assertEqual(home.json("show", new)["fields"]["unit"], self.unit(EAST))
            self.assertEqual({row["unit_name"] for row in home.json("history", new)}, {EAST})
        self.assertEqual({row["unit_name"] for row in self.office.json("history", old) if row["verdict"] == "accepted"},
                         {NORTH})
        self.office.hz("admit", old, "--reason", "调离前已写")
        self.sync_all()
        self.assertEqual(self.office.fields(old)["percent"], 80)
        self.assertEqual(self.north.json("aside"), [])
        self.check_agreement()

    def test_a_person_whose_time_ends_reads_on_no_more_and_the_unsent_work_is_not_lost(self):
        self.open_ledger([("公开财政信息。", BOTH)])
        record = self.north.json("file", "1", "--text", "离任前写的。", "--submit")["record"]
        self.county.admin("end", "--person", "张建国")
        self.office.hz("set", self.tasks[0], "indicator", "离任后才写的指标。")
        self.sync_all(self.office)
        report = self.north.sync()
        self.assertEqual(report["set_aside"], 2)
        self.assertIn("common", report["scopes_left"])
        self.sync_all(self.office)
        self.assertEqual({row["reason"] for row in self.north.json("aside")}, {"revoked"})
        self.north.hz("file", "1", "--text", "再写。", expect=1)
        raw = b"".join(path.read_bytes() for path in self.north.path.glob("home.db*"))
        self.assertNotIn("离任后才写的指标".encode(), raw)
        self.office.hz("admit", record, "--reason", "离任前已写")
        self.sync_all()
        self.assertEqual(self.office.fields(record)["text"], "离任前写的。")
        self.assertEqual(self.missing(), [(1, EAST, "none")])
        self.assertEqual(self.north.json("aside"), [])

    # -- the real ledger

    def test_the_real_ledger_asks_once_for_units_that_came_together(self):
        document = SOURCE / "tests" / "documents" / "001_c31e98b49c878b27.txt"
        imported = self.office.json("import", document)
        self.office.hz("window", "open", "--ledger", imported["ledger"], "--closes", "2023-08-15")
        self.sync_all()
        before = self.missing()
        of_north = {row[0] for row in before if row[1] == NORTH}
        of_east = {row[0] for row in before if row[1] == EAST}
        self.assertGreater(len(of_north), 20)
        self.north.hz("file", "1", "--text", "镇北堡已报。", "--submit")
        self.office.hz("unit", "merge", NORTH, "--into", EAST)
        self.sync_all()
        after = self.missing()
        self.assertNotIn(NORTH, {row[1] for row in after})
        self.assertEqual({row[0] for row in after if row[1] == EAST}, (of_north | of_east) - {1})
        self.assertEqual(len([row for row in after if row[1] == EAST]), len((of_north | of_east) - {1}))
        # The same document again, with its closed groups: nobody who is over is asked anew.
        again = self.office.json("import", document)
        self.assertEqual(again["ledger"], imported["ledger"])
        self.sync_all()
        self.assertEqual(self.missing(), after)
        self.check_agreement()


if __name__ == "__main__":
    unittest.main(verbosity=2)
