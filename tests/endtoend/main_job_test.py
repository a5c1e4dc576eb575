# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""The promises of the main job, with real processes."""
import json
import sqlite3
import unittest

from county import SOURCE, County, assert_agree, make_ledger, run, unit_records

BOTH = [("responsible", "镇北堡镇"), ("responsible", "兴泾镇")]


class MainJob(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        self.east = self.county.join("east", "兴泾镇", "李春梅", "clerk")

    def open_ledger(self, tasks=None):
        self.ledger, self.tasks = make_ledger(self.office, tasks or [("公开财政信息。", BOTH), ("公开社会组织信息。", BOTH)])
        self.window = self.office.json("window", "open", "--ledger", self.ledger, "--closes", "2023-08-15")["record"]
        self.sync_all()

    def sync_all(self, *homes):
        for home in (homes or (self.office, self.north, self.east)) * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def test_homes_that_edit_offline_agree_after_two_syncs_each(self):
        civil = self.county.join("civil", "西夏区民政局", "王海涛", "clerk")
        checker = self.county.join("checker", "西夏区督查室", "陈志强", "checker")
        self.open_ledger()
        self.sync_all(civil, checker)
        self.county.stop()
        for number, home in enumerate((self.north, self.east), 1):
            home.hz("file", "1", "--text", f"进展{number}。", "--percent", 10 * number, "--status", "in-progress", "--submit")
            home.hz("file", "2", "--count", number)
        self.office.hz("set", self.tasks[0], "indicator", "查看网站。")
        checker.hz("check", "1", "--unit", "镇北堡镇", "--result", "yes", "--finding", "一致。")
        homes = [self.office, self.north, self.east, civil, checker]
        self.county.serve()
        for home in (checker, self.east, civil, self.north, self.office, self.north, self.office, checker, self.east, civil):
            home.sync()
        assert_agree(self, self.county, homes)
        late = self.county.join("late", "镇北堡镇", "新同志", "clerk")
        self.sync_all(*homes)
        assert_agree(self, self.county, [*homes, late])

    def test_a_conflict_is_listed_once_everywhere_and_settled_everywhere(self):
        self.open_ledger()
        task = self.tasks[0]
        self.office.hz("set", task, "joint_status", "not-started")
        self.sync_all()
        self.north.hz("set", task, "joint_status", "done")
        self.east.hz("set", task, "joint_status", "in-progress")
        self.sync_all()
        for home in (self.office, self.north, self.east):
            conflicts = home.json("conflicts")
            self.assertEqual(len(conflicts), 1)
            conflict = conflicts[0]
            self.assertEqual(conflict["id"], f"{task}/joint_status")
            self.assertEqual(conflict["base"], "not-started")
            self.assertEqual([value["value"] for value in conflict["values"]], ["done", "in-progress"])
            self.assertEqual({value["unit_name"] for value in conflict["values"]}, {"镇北堡镇", "兴泾镇"})
            self.assertEqual({value["person_name"] for value in conflict["values"]}, {"张建国", "李春梅"})
            self.assertEqual(len({value["device"] for value in conflict["values"]}), 2)
            self.assertEqual(conflict["shown"], "done")
            self.assertTrue(conflict["reason"])
        # A plain set names the shown value only: the other one stays open.
        self.office.hz("set", task, "joint_status", "blocked")
        self.sync_all()
        self.assertEqual(len(self.office.json("conflicts")), 1)
        before = self.office.json("conflicts")[0]["values"]
        self.office.hz("resolve", f"{task}/joint_status", "--take", before[0]["dot"])
        # Somebody who has not seen the settlement writes a third value.
        self.north.hz("set", task, "joint_status", "ongoing")
        self.sync_all(self.office)
        self.assertEqual(self.office.json("conflicts"), [])
        self.sync_all()
        for home in (self.office, self.north, self.east):
            self.assertEqual(len(home.json("conflicts")), 1, home.name)
        self.office.hz("resolve", f"{task}/joint_status", "--take", "2")
        self.sync_all()
        for home in (self.office, self.north, self.east):
            self.assertEqual(home.json("conflicts"), [])
            history = [row for row in home.json("history", task) if row["field"] == "joint_status"]
            self.assertEqual(len(history), 7)
            self.assertEqual({row["verdict"] for row in history}, {"accepted"})
        assert_agree(self, self.county, [self.office, self.north, self.east])

    def test_equal_values_other_fields_and_other_sentences_are_no_conflicts(self):
        self.open_ledger()
        task = self.tasks[0]
        self.office.hz("set", task, "joint_progress", "已开设专栏。按月更新。")
        self.sync_all()
        self.north.hz("set", task, "joint_progress", "已开设专栏。按月更新。发布解读6件。")
        self.north.hz("set", task, "joint_status", "in-progress")
        self.east.hz("set", task, "joint_progress", "已于3月开设专栏。按月更新。")
        self.east.hz("set", task, "joint_status", "in-progress")
        self.sync_all()
        for home in (self.office, self.north, self.east):
            self.assertEqual(home.json("conflicts"), [])
            self.assertEqual(home.fields(task)["joint_progress"], "已于3月开设专栏。按月更新。发布解读6件。")
            merged = home.json("merged")
            self.assertEqual([(row["field"], row["kind"]) for row in merged], [("joint_progress", "prose")])
        self.office.hz("confirm", task, "joint_progress", "--seen", ",".join(self.office.json("merged")[0]["seen"]))
        self.sync_all()
        self.assertEqual(self.north.json("merged"), [])

    def test_an_edit_of_what_was_seen_earlier_is_concurrent_with_what_came_between(self):
        self.open_ledger()
        task = self.tasks[0]
        self.office.hz("set", task, "joint_status", "not-started")
        self.sync_all()
        opened = self.north.json("show", task, "--clock")["clock"]["joint_status"]
        self.east.hz("set", task, "joint_status", "done")
        self.sync_all()
        self.assertEqual(self.north.fields(task)["joint_status"], "done")
        self.north.hz("set", task, "joint_status", "blocked", "--seen", ",".join(opened))
        self.sync_all()
        for home in (self.office, self.north, self.east):
            values = {value["value"] for value in home.json("conflicts")[0]["values"]}
            self.assertEqual(values, {"done", "blocked"})

    def test_a_late_filing_is_kept_set_aside_and_admitted(self):
        self.open_ledger()
        self.county.stop()
        self.north.hz("file", "1", "--text", "迟到的进展。", "--submit")
        self.office.hz("window", "close", "2023-08-15")
        self.county.serve()
        self.office.sync()
        report = self.north.sync()
        self.assertGreater(report["set_aside"], 0)
        self.sync_all()
        for home in (self.north, self.office):
            aside = home.json("aside")
            self.assertEqual({row["reason"] for row in aside}, {"windowClosed"}, home.name)
            self.assertTrue(all(row["reason_text"] for row in aside))
        self.assertEqual(self.north.json("status")["set_aside"], len(aside))
        record = aside[0]["record"]
        self.office.hz("admit", record, "--reason", "补收")
        self.sync_all()
        for home in (self.north, self.office):
            self.assertEqual(home.json("aside"), [])
            self.assertEqual(home.fields(record)["text"], "迟到的进展。")
        assert_agree(self, self.county, [self.office, self.north, self.east])
        self.assertEqual([row for row in self.office.json("missing", "--window", "2023-08-15")
                          if row["unit_name"] == "镇北堡镇" and row["task"] == self.tasks[0]], [])

    def test_a_report_into_a_closed_ledger_is_set_aside_as_sealed_and_admitted(self):
        self.open_ledger()
        self.county.stop()
        self.north.hz("file", "1", "--text", "封账后才到的进展。", "--submit")
        self.office.hz("set", self.ledger, "state", "closed")
        self.county.serve()
        self.office.sync()
        self.assertGreater(self.north.sync()["set_aside"], 0)
        self.sync_all()
        aside = self.office.json("aside")
        self.assertEqual({row["reason"] for row in aside}, {"sealed"})
        self.assertEqual(self.north.json("status")["set_aside"], len(aside))
        # The office itself still writes.
        self.office.hz("set", aside[0]["record"], "verified_note", "封账后补收。")
        self.office.hz("admit", aside[0]["record"], "--reason", "更正")
        self.sync_all()
        for home in (self.north, self.office):
            self.assertEqual(home.json("aside"), [])
            self.assertEqual(home.fields(aside[0]["record"])["text"], "封账后才到的进展。")
        assert_agree(self, self.county, [self.office, self.north, self.east])

    def test_the_receipt_of_a_filing_in_a_busy_county_stays_small_and_shows_nobody_elses_entries(self):
        self.open_ledger()
        for number in range(40):
            self.east.hz("set", self.tasks[1], "joint_progress", f"第{number}次更新。")
            self.east.sync()
        record = self.north.json("file", "1", "--text", "有回执的进展。", "--submit")["record"]
        self.north.sync()
        self.north.sync()
        path = self.county.folder / "receipt.hzr"
        self.north.hz("receipt", record, "-o", path)
        self.assertLess(path.stat().st_size, 8_000)
        self.assertTrue(json.loads(run("hz", "verify", path, "--json")[0])["valid"])

    def test_a_clerk_cannot_change_the_content_of_a_task(self):
        self.open_ledger()
        out, err, _ = self.north.hz("set", self.tasks[0], "content", "改一改。", "--json", expect=1)
        self.assertEqual(json.loads(out)["error"]["code"], "noRight")
        self.assertEqual(len(err.splitlines()), 1)
        self.assertTrue(err.startswith("hz: "))

    def test_a_township_holds_no_filing_of_another_unit_unless_the_task_is_shared(self):
        self.open_ledger()
        self.office.hz("set", self.tasks[1], "shared", "true")
        self.sync_all()
        self.east.hz("file", "1", "--text", "兴泾镇独有的文字。", "--submit")
        self.east.hz("file", "2", "--text", "兴泾镇共享的文字。", "--submit")
        self.sync_all()
        texts = [json.loads(line)["fields"].get("text") for scope in self.north.scopes()
                 for line in self.north.dump(scope).splitlines()]
        self.assertIn("兴泾镇共享的文字。", texts)
        self.assertNotIn("兴泾镇独有的文字。", texts)
        database = sqlite3.connect(self.north.path / "home.db")
        held = {row[0] for row in database.execute("SELECT scope FROM segment")}
        database.close()
        self.assertLessEqual(held, set(self.north.scopes()))
        raw = b"".join(path.read_bytes() for path in self.north.path.glob("home.db*"))
        self.assertNotIn("兴泾镇独有的文字".encode(), raw)

    def test_a_unit_that_joins_a_shared_task_receives_its_whole_past(self):
        civil = self.county.join("civil", "西夏区民政局", "王海涛", "clerk")
        self.open_ledger()
        self.office.hz("set", self.tasks[0], "shared", "true")
        self.sync_all()
        self.east.hz("file", "1", "--text", "先写的文字。")
        self.sync_all()
        civil.sync()
        units = {row["name"]: row["id"] for row in unit_records(self.office)}
        self.office.hz("add", self.tasks[0], "cooperate", units["西夏区民政局"])
        self.sync_all()
        self.assertTrue(civil.sync()["up_to_date"])
        self.assertIn(f"task:{self.tasks[0]}", civil.scopes())
        assert_agree(self, self.county, [self.office, self.north, self.east, civil])

    def test_the_real_ledger_is_imported_and_consolidated(self):
        document = SOURCE / "tests" / "documents" / "001_c31e98b49c878b27.txt"
        imported = self.office.json("import", document)
        self.assertEqual(imported["tasks"], 30)
        again = self.office.json("import", document)
        self.assertEqual(again["ledger"], imported["ledger"])
        self.assertEqual(len(self.office.json("tasks")), 30)
        self.office.hz("window", "open", "--ledger", imported["ledger"], "--closes", "2023-08-15")
        self.sync_all()
        self.north.hz("file", "1", "--text", "=1+1 不是公式。", "--submit")
        self.sync_all()
        missing = self.office.json("missing", "--window", "2023-08-15")
        self.assertTrue(all(row["state"] in ("none", "unsubmitted", "changed") for row in missing))
        self.assertFalse([row for row in missing if row["unit_name"] == "镇北堡镇" and row["serial"] == 1])
        for kind in ("xlsx", "csv"):
            path = self.county.folder / f"consolidated.{kind}"
            self.office.hz("export", "consolidated", "-o", path)
            self.assertGreater(path.stat().st_size, 1000)
        self.assertIn('"\'=1+1 不是公式。"', path.read_text(encoding="utf-8-sig"))

    def test_what_is_exported_for_word_and_excel_is_read_back_as_the_same_tasks(self):
        def told(path):
            read = json.loads(run("hz", "import", path, "--dry-run", "--json")[0])
            keys = ["ordinal", "item", "content", "indicator", "responsible_text", "deadline_text", "due", "recurrence"]
            return read["title"], read["sections"], [[task[key] for key in keys] for task in read["tasks"]]

        for name in ("000_9b142e44976dbdba.txt", "001_c31e98b49c878b27.txt", "002_ec358700eb64dedd.txt", "004_0a6862e5a3efc62d.txt"):
            document = SOURCE / "tests" / "documents" / name
            ledger = self.office.json("import", document)["ledger"]
            for form in ("consolidated", "assignment"):
                for kind in ("docx", "xlsx"):
                    path = self.county.folder / f"{form}.{kind}"
                    self.office.hz("export", form, "-o", path, "--ledger", ledger)
                    self.assertEqual(told(path), told(document), f"{name} {form} {kind}")

    def test_a_unit_prints_what_it_hands_in_and_the_office_who_is_late(self):
        self.open_ledger()
        self.north.hz("file", "1", "--text", "已开设专栏。", "--submit")
        self.sync_all()
        path = self.county.folder / "form.json"
        self.north.hz("export", "filing-form", "-o", path)
        own = json.loads(path.read_text(encoding="utf-8"))
        self.office.hz("export", "filing-form", "--unit", "镇北堡镇", "-o", path)
        self.assertEqual(json.loads(path.read_text(encoding="utf-8")), own)
        cell = own["tables"][0]["rows"][0]["cells"][6]
        self.assertEqual(cell["text"], "已开设专栏。")
        self.assertTrue(self.office.json("trace", cell["records"][0]))
        self.office.hz("export", "notice", "-o", path)
        text = "\n".join(block["text"] for block in json.loads(path.read_text(encoding="utf-8"))["text"])
        self.assertIn("应报送进展4份，已按要求报送1份，报送率25%。\n尚未报送3份，涉及单位2个。", text)
        self.office.hz("export", "notice", "-o", self.county.folder / "notice.csv", expect=2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
