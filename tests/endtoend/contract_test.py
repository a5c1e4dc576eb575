# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""The command line as scripts rely on it: commands, keys, exit codes, the error line and object. One table a question."""
import hashlib
import json
import os
import re
import subprocess
import unittest

from county import BIN, SOURCE, County, Home, make_ledger, run

NORTH, SOUTH = "镇北堡镇", "兴泾镇"
BOTH = [("responsible", NORTH), ("responsible", SOUTH)]
PLAN = SOURCE / "tests" / "documents" / "001_c31e98b49c878b27.txt"

# Keys that are fixed; more may be added. A list answers with objects of these keys.
AUTHOR = {"unit", "person", "device", "at"}
EDIT = {"op", "dot"}
HISTORY = {"op", "dot", "field", "kind", "value", "seen", "verdict"} | AUTHOR
IMPORTED_TASK = {"ordinal", "item", "content", "indicator", "responsible_text", "units", "deadline_text", "due", "recurrence"}


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.county = County()
        cls.addClassCleanup(cls.county.close)
        cls.county.serve()
        cls.office = cls.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        cls.north = cls.county.join("north", NORTH, "张建国", "clerk")
        cls.south = cls.county.join("south", SOUTH, "李春梅", "clerk")
        cls.checker = cls.county.join("checker", "西夏区督查室", "陈志强", "checker")
        cls.ledger, cls.tasks = make_ledger(cls.office, [("公开财政信息。", BOTH), ("公开社会组织信息。", BOTH)])
        cls.window = cls.office.json("window", "open", "--ledger", cls.ledger, "--closes", "2023-08-15")["record"]
        cls.office.hz("set", cls.tasks[0], "joint_progress", "甲。乙。")
        cls.photo = cls.county.folder / "photo.jpg"
        cls.photo.write_bytes(b"\xff\xd8\xff photo")
        cls.sync_all()
        # One conflict, one machine merge, one set-aside op.
        cls.north.hz("set", cls.tasks[0], "joint_status", "done")
        cls.south.hz("set", cls.tasks[0], "joint_status", "blocked")
        cls.north.hz("set", cls.tasks[0], "joint_progress", "甲。乙。丙。")
        cls.south.hz("set", cls.tasks[0], "joint_progress", "甲一。乙。")
        cls.filing = cls.north.json("file", "1", "--text", "按时。", "--count", "2", "--submit")["record"]
        cls.sync_all()
        cls.closed = cls.office.json("window", "open", "--ledger", cls.ledger, "--closes", "2023-03-10")["record"]
        cls.sync_all()
        cls.office.hz("window", "close", cls.closed)
        cls.office.sync()
        cls.late = cls.north.json("file", "2", "--window", "2023-03-10", "--text", "迟。")["record"]
        cls.sync_all()

    @classmethod
    def sync_all(cls):
        for home in (cls.north, cls.south, cls.checker, cls.office) * 2:
            home.sync()

    def setUp(self):
        self.conflict = self.tasks[0] + "/joint_status"

    def keys_of(self, answer):
        """The keys every row of a list has, or those of an object."""
        if isinstance(answer, list):
            self.assertTrue(answer, "an empty list shows no keys")
            return set.intersection(*(set(row) for row in answer))
        return set(answer)

    def test_every_command_of_hz_answers_with_its_keys(self):
        receipt = self.county.folder / "contract.hzr"
        bundle = self.county.folder / "contract.hzb"
        form = self.county.folder / "form.csv"
        form.write_text("2023年任务台账\n序号,主要内容,责任单位,完成时限,进展落实情况\n1,公开财政信息。,各镇,11月底,已公开。\n")
        self.office.hz("set", self.tasks[0], "indicator", "查看政府网站和实际掌握情况")
        printed = self.county.folder / "filing.json"
        self.office.json("export", "filing-form", "-o", printed, "--ledger", self.ledger, "--unit", NORTH)
        code = "HZFORM1 filing-form " + json.loads(printed.read_text(encoding="utf-8"))["fingerprint"]
        place = self.office.json("new", "place", f"unit={self.unit_id(NORTH)}", "first_name=大厅", "name=大厅")["record"]
        self.sync_all()
        comment = self.office.json("new", "comment", f"record={self.tasks[1]}", "text=看过")["record"]
        extension = self.south.json("extension", "ask", "2", "--until", "2023-08-20", "--reason", "汛期")["record"]
        self.sync_all()
        live = self.office.json("show", self.tasks[1], "--clock")["clock"]
        table = [
            (self.office, ["verify", code], {"valid", "form", "title", "ledger", "unit", "unit_name", "window", "closes", "edits_since", "last_edit"}),
            (self.office, ["whoami"], {"device", "person", "unit", "role", "county", "scopes"}),
            (self.office, ["ledgers"], {"id", "year", "title"}),
            (self.office, ["tasks"], {"id", "serial", "number", "item", "content", "units", "due", "joint_status"}),
            (self.office, ["search", "财政"], {"record"}),
            (self.office, ["show", self.tasks[0]], {"id", "register", "scope", "fields"}),
            (self.office, ["show", self.tasks[0][:8], "--clock"], {"id", "register", "scope", "fields", "clock"}),
            (self.office, ["history", self.tasks[0]], HISTORY),
            (self.office, ["trace", self.filing], {"op", "position"}),
            (self.office, ["trace", "1", "--cell", "progress", "--ledger", self.ledger, "--window", "2023-08-15"],
             {"task", "window", "cell", "text", "sentences", "sources"}),
            (self.office, ["new", "comment", f"record={self.tasks[0]}", "text=一"], {"record"}),
            (self.office, ["set", self.tasks[1], "number", "2"], EDIT),
            (self.office, ["set", self.tasks[1], "item", "信息", "--seen", "none"], EDIT),
            (self.office, ["set", self.tasks[1], "content", "公开社会组织的信息。", "--seen", ",".join(live["content"])], EDIT),
            (self.office, ["add", self.tasks[1], "cooperate", "西夏区司法局"], EDIT),
            (self.office, ["remove", self.tasks[1], "cooperate", "司法局"], EDIT),
            (self.north, ["increment", self.filing, "done_count", "-1"], EDIT),
            (self.office, ["delete", comment], EDIT),
            (self.north, ["file", "2", "--status", "done", "--percent", "100", "--evidence", self.photo], {"record"}),
            (self.checker, ["check", "1", "--unit", NORTH, "--place", place[:6], "--result", "no", "--finding", "旧。", "--photo",
                            self.photo], {"record"}),
            (self.office, ["missing", "--window", "2023-08-15"], {"task", "unit", "state", "last_day", "extended", "asking", "days"}),
            (self.office, ["remind", "--window", "2023-08-15"], {"window", "text", "units"}),
            (self.office, ["remind", "--window", "2023-08-15", "--unit", SOUTH], {"window", "text", "units"}),
            (self.office, ["extension", "list"],
             {"record", "task", "unit", "window", "until", "reason", "state", "superseded", "granted_to", "answer", "person_name", "at"}),
            (self.south, ["extension", "ask", "1", "--until", "2023-08-20", "--reason", "汛期"], {"record"}),
            (self.office, ["extension", "grant", extension, "--until", "2023-08-25", "--reason", "同意"], {"record"}),
            (self.office, ["extension", "refuse", extension, "--reason", "不再延期"], {"record"}),
            (self.office, ["targets", "1", "--unit", NORTH, "--ledger", self.ledger, "--window", "2023-08-15"],
             {"task", "unit", "window", "together", "all_held", "targets"}),
            (self.checker, ["worksheet", "--unit", NORTH, "--ledger", self.ledger],
             {"task", "serial", "task_item", "line", "kind", "words", "dropped", "result", "check", "at", "by", "finding"}),
            (self.office, ["paragraph", "1", "--ledger", self.ledger, "--window", "2023-08-15"],
             {"task", "window", "text", "composed", "state", "sentences", "count", "filings", "all_held", "seen", "base"}),
            (self.office, ["file", "2", "--text", "办公室。", "--status", "done", "--percent", "80", "--submit"], {"record"}),
            (self.office, ["contradictions", "--ledger", self.ledger, "--window", "2023-08-15"],
             {"kind", "task", "task_item", "units", "fields", "text"}),
            (self.office, ["status"], {"local", "received", "applied", "set_aside", "conflicts", "blobs_pending", "last_sync",
                                       "clock_skew_ms"}),
            (self.office, ["prune"], {"files", "bytes", "kept"}),
            (self.office, ["vector"], {"lane", "scope", "device", "n", "hash"}),
            (self.office, ["scopes"], {"scope", "position", "digest"}),
            (self.office, ["conflicts"], {"id", "record", "field", "base", "values", "shown", "reason"}),
            (self.office, ["merged"], {"record", "field", "kind", "text", "seen"}),
            (self.office, ["confirm", self.tasks[0], "joint_progress"], EDIT),
            (self.office, ["aside"], {"op", "record", "field", "value", "reason", "reason_text", "unit", "person"}),
            (self.office, ["admit", self.late, "--reason", "网络中断"], {"ops"}),
            (self.office, ["resolve", self.conflict, "--take", "1"], EDIT),
            (self.office, ["digest"], {"digest"}),
            (self.office, ["digest", "--scope", "common"], {"digest"}),
            (self.office, ["rebuild", "--check"], {"ok"}),
            (self.office, ["import", PLAN, "--year", "2022"],
             {"ledger", "tasks", "unresolved", "warnings", "created", "changed", "update"}),
            (self.office, ["import", PLAN, "--title", "2023年任务", "--leave-out", "1", "--leave-out", "2", "--dry-run"],
             {"title", "year", "sections", "warnings", "tasks", "update", "unresolved"}),
            (self.office, ["import", PLAN, "--ledger", self.ledger, "--over-edits", "--remove-missing", "--dry-run"],
             {"title", "year", "sections", "warnings", "tasks", "update", "unresolved"}),
            (self.north, ["fill", form, "--ledger", self.ledger, "--window", "2023-08-15", "--task", "1", "--dry-run"],
             {"unit", "window", "taken", "changes", "same", "unmatched", "absent", "named_unit"}),
            (self.office, ["export", "--list"], {"form"}),
            (self.office, ["export", "consolidated", "-o", self.county.folder / "c.csv", "--ledger", self.ledger, "--window",
                           "2023-08-15", "--unit", NORTH], {"file"}),
            (self.office, ["window", "open", "--ledger", self.ledger, "--closes", "2023-12-05", "--title", "下半年"], {"record"}),
            (self.office, ["window", "close", "2023-12-05", "--ledger", self.ledger], {"record"}),
            (self.office, ["window", "snapshot", "2023-12-05", "--ledger", self.ledger], {"window", "closed_at", "entered_at", "digest", "rows", "counts"}),
            (self.office, ["window", "snapshot", "2023-12-05", "--ledger", self.ledger, "--verify"],
             {"valid", "digest", "rows", "proved", "absent", "wrong", "changed", "granted_since", "named", "latest"}),
            (self.office, ["window", "snapshot", "2023-12-05", "--ledger", self.ledger, "-o", self.county.folder / "frozen.json"],
             {"file", "digest", "rows"}),
            (self.office, ["window", "snapshot", "2023-12-05", "--ledger", self.ledger, "--verify", "--file",
                           self.county.folder / "frozen.json"], {"valid", "named", "latest"}),
            (self.office, ["year", "links", "--ledger", self.ledger], {"ledger", "year", "earlier_year", "tasks"}),
            (self.office, ["year", "links", "--ledger", self.ledger, "--accept"], {"ledger", "linked"}),
            (self.office, ["year", "link", "1", "--ledger", self.ledger, "--new"], {"task", "state"}),
            (self.office, ["year", "link", "1", "1", "--ledger", self.ledger], {"task", "earlier", "state"}),
            (self.office, ["year", "link", "1", "1", "--ledger", self.ledger, "--remove"], {"task", "earlier", "state"}),
            (self.office, ["sync"], {"pushed", "pulled", "set_aside", "conflicts", "bytes_sent", "bytes_received", "elapsed_ms",
                                     "up_to_date"}),
            (self.office, ["compact"], {"segments", "bytes", "file_bytes_before", "file_bytes"}),
            (self.office, ["repair"], {"compared", "differing", "fetched", "given", "rebuilt", "lost"}),
            (self.office, ["bundle", "export", bundle], {"file", "bytes", "segments", "ops", "blobs", "complete"}),
            (self.north, ["bundle", "import", bundle], {"carried", "device"}),
            (self.north, ["bundle", "list"], {"device", "bytes", "answered"}),
            (self.office, ["receipt", self.filing, "-o", receipt], {"record"}),
            (self.office, ["verify", receipt], {"valid", "county", "county_key", "record", "position", "at"}),
            (self.office, ["verify"], {"valid"}),
            (self.office, ["holidays"], {"year", "region", "notice", "title", "issued", "provisional", "off", "work", "record"}),
            (self.office, ["holidays", "load", SOURCE / "schema/holidays/2026.json"],
             {"year", "region", "notice", "title", "issued", "provisional", "off", "work", "record"}),
            (self.office, ["parse", "deadline", "8月底前", "--reference", "2023-03-01"], {"due", "recurrence", "note"}),
            (self.office, ["parse", "targets", "图文解读占比不低于80%"], {"targets"}),
            (self.office, ["parse", "units", "县财政局牵头，各镇街配合"], {"units", "warnings"}),
            (self.office, ["unit", "rename", "司法局", "西夏区司法和信访局"], {"record"}),
            (self.office, ["unit", "split", "司法局", "--into", "西夏区信访局,西夏区法制局", "--date", "2023-09-01"],
             {"unit", "into", "created", "tasks", "persons"}),
            (self.office, ["unit", "merge", "西夏区信访局", "--into", "民政局"], {"unit", "into", "created", "tasks", "persons"}),
        ]
        answers = {}
        for home, arguments, keys in table:
            with self.subTest(command=" ".join(map(str, arguments))):
                answer = home.json(*arguments)
                self.assertLessEqual(keys, self.keys_of(answer))
                answers[" ".join(map(str, arguments[:2]))] = answer
        self.assertLessEqual({"value", "dot"} | AUTHOR, self.keys_of(answers["conflicts"][0]["values"]))
        self.assertEqual(answers["conflicts"][0]["id"], self.conflict)
        self.assertEqual({value["value"] for value in answers["conflicts"][0]["values"]}, {"done", "blocked"})
        self.assertLessEqual({"unit", "unit_name", "role"}, self.keys_of(answers["tasks"][0]["units"]))
        self.assertLessEqual({"unit", "role", "group", "open_ended"}, self.keys_of(answers["parse units"]["units"]))
        self.assertEqual({row["state"] for row in answers["missing --window"]} - {"none", "unsubmitted", "changed"}, set())
        used = {self.command_of(arguments) for _, arguments, _ in table}
        self.assertEqual(hz_commands() - used, {"edit", "dump", "enroll", "leave"}, "these have tests of their own")

    @staticmethod
    def command_of(arguments):
        two = " ".join(map(str, arguments[:2]))
        return two if two in hz_commands() else str(arguments[0])

    def unit_id(self, name):
        return next(row["id"] for row in map(json.loads, self.office.dump("common").splitlines())
                    if row["register"] == "unit" and row["fields"]["name"] == name)

    def test_every_command_of_hezhangd_answers_with_its_keys(self):
        second = County()
        self.addCleanup(second.close)
        second.serve()
        home = second.join("home", NORTH, "张建国", "clerk")
        backup = second.folder / "backup"
        bundle = second.folder / "bundle"
        home.hz("bundle", "export", bundle)
        units = second.folder / "units.csv"
        table = [
            (["invite", "--unit", NORTH, "--person", "王五", "--role", "leader"], {"code", "url", "expires_at"}),
            (["units", "import", units], {"created", "changed", "unchanged", "warnings"}),
            (["devices"], {"device", "person", "person_name", "unit", "unit_name", "role", "branches"}),
            (["persons"], {"person", "name", "unit", "unit_name", "role"}),
            (["status"], {"epoch", "entries", "segments", "branches", "held", "archives", "archives_missing"}),
            (["archive"], {"file", "segments", "bytes", "file_bytes_before", "file_bytes"}),
            (["digest", "--scope", "common"], {"digest"}),
            (["prune"], {"files", "bytes", "kept"}),
            (["verify"], {"valid"}),
            (["repair"], {"damaged", "tree_rebuilt", "state_rebuilt"}),
            (["bundle", "import", bundle, "-o", second.folder / "answer"],
             {"device", "accepted", "held", "refused", "blobs", "enrolled", "complete", "file", "bytes"}),
            (["backup", "-o", backup], {"file", "archives"}),
            (["end", "--person", "王五"], set()),
            (["revoke", "--device", home.json("whoami")["device"]], set()),
        ]
        for arguments, keys in table:
            with self.subTest(command=arguments[0]):
                self.assertLessEqual(keys, self.keys_of(second.admin_json(*arguments)))
        second.stop()
        with self.subTest(command="restore"):
            restored = second.folder / "restored"
            json.loads(run("hezhangd", "restore", backup, "--data", restored, "--json")[0])
            run("hezhangd", "verify", "--data", restored)
        with self.subTest(command="init"):
            json.loads(run("hezhangd", "init", "--data", second.folder / "sm", "--county", "国密县", "--suite", "sm", "--json")[0])
        used = {arguments[0] for arguments, _ in table} | {"restore", "init"}
        self.assertEqual(hezhangd_commands() - used, {"serve", "dump", "redact"}, "these have tests of their own")

    def test_url_of_an_invitation_is_null_without_a_server(self):
        other = County()
        self.addCleanup(other.close)
        answer = other.admin_json("invite", "--unit", NORTH, "--person", "甲", "--role", "clerk")
        self.assertIsNone(answer["url"])
        answer = other.admin_json("invite", "--unit", NORTH, "--person", "甲", "--role", "clerk", "--url", "https://a.example")
        self.assertEqual(answer["url"], "https://a.example")

    def test_a_corrected_document_tells_what_it_changes_before_and_after(self):
        plan = self.county.folder / "corrected.txt"
        head = "某县2019年重点任务台账\n序号\t重点工作\t主要内容\t量化指标\t责任单位\t完成时限\n"
        rows = [f"{number}\t{item}\t{content}\t\t{NORTH}\t9月底前\n" for number, item, content in (
            (1, "预算", "公开年度预算信息。"), (2, "解读", "做好政策解读工作。"), (3, "名单", "公开许可事项名单。"))]
        plan.write_text(head + "".join(rows))
        made = self.office.json("import", plan)
        self.assertTrue(made["update"]["is_new"])
        second = next(task["task"] for task in made["update"]["added"] if task["serial"] == 2)
        self.office.hz("set", second, "content", "做好政策解读和回应工作。")
        plan.write_text(head + rows[0].replace("预算信息", "预算决算信息") + rows[1] +
                        rows[2].replace("公开许可事项名单", "编制培训计划并按期举办讲座"))

        shown = self.office.json("import", plan, "--dry-run")["update"]
        self.assertEqual({"ledger", "title", "is_new", "added", "changed", "missing", "unchanged", "kept_edits"}, set(shown))
        self.assertEqual({"task", "serial", "number", "content", "fields"}, self.keys_of(shown["changed"]))
        fields = {field["changed_by"]: field for task in shown["changed"] for field in task["fields"]}
        self.assertEqual({"field", "before", "after", "changed_by", "taken", "by"}, set(fields["document"]))
        self.assertEqual(("公开年度预算信息。", "公开年度预算决算信息。", True),
                         tuple(fields["document"][key] for key in ("before", "after", "taken")))
        self.assertEqual(("马晓燕", False), (fields["person"]["by"]["person_name"], fields["person"]["taken"]))
        self.assertEqual([(3, 0, False)], [(row["serial"], row["filings"], row["removed"]) for row in shown["missing"]])
        out, _, _ = self.office.hz("import", plan, "--dry-run")
        self.assertIn("公开年度预算{+决算+}信息。", out)

        done = self.office.json("import", plan, "--over-edits", "--remove-missing")["update"]
        self.assertEqual((0, [True]), (done["kept_edits"], [row["removed"] for row in done["missing"]]))
        self.assertEqual("做好政策解读工作。", self.office.json("show", second)["fields"]["content"])
        self.assertEqual([], self.office.json("import", plan)["update"]["changed"])

    def test_what_the_rules_cannot_know_of_a_document_is_said_by_options(self):
        plan = self.county.folder / "by-hand.txt"
        head = "某县2018年重点任务台账\n序号\t重点工作\t主要内容\t量化指标\t责任单位\t完成时限\n"
        rows = [f"{number}\t{item}\t{content}\t\t{NORTH}\t9月底前\n" for number, item, content in (
            (1, "预算", "公开年度预算信息。"), (2, "解读", "做好政策解读工作。"), (3, "名单", "公开许可事项名单。"), (4, "热线", "办好政务服务热线。"))]
        plan.write_text(head + "".join(rows))
        made = self.office.json("import", plan)
        tasks = {task["serial"]: task["task"] for task in made["update"]["added"]}
        self.office.hz("set", tasks[2], "content", "做好政策解读和回应工作。")
        plan.write_text(head + rows[0].replace("预算信息", "预算决算信息") + rows[1].replace("工作。", "工作，按季评估。") +
                        rows[2].replace("公开许可事项名单", "编制培训计划并按期举办讲座") + "4\t会议\t召开年度总结会议。\t\t" + NORTH + "\t9月底前\n")

        for wrong in (["--same", "9=3"], ["--same", "1=4"], ["--take", "3/content"], ["--keep", "1/item"], ["--remove-task", "1"], ["--leave-out", "9"],
                      ["--same", "3=99"]):
            _, err, _ = self.office.hz("import", plan, *wrong, "--json", expect=1)
            self.assertTrue(err, wrong)
        for wrong in (["--same", "3"], ["--same", "x=3"], ["--take", "content"], ["--leave-out", "0"],
                      ["--take", "1/content", "--keep", "1/content"]):
            self.office.hz("import", plan, *wrong, expect=2)
        self.assertEqual("公开年度预算信息。", self.office.json("show", tasks[1])["fields"]["content"])

        options = ("--same", "3=3", "--take", "2/content", "--keep", "1/content", "--remove-task", "4", "--leave-out", "4")
        shown = self.office.json("import", plan, *options, "--dry-run")["update"]
        self.assertEqual([], shown["added"])
        done = self.office.json("import", plan, *options)["update"]
        self.assertEqual(0, done["kept_edits"])
        self.assertEqual([(4, True)], [(row["serial"], row["removed"]) for row in done["missing"]])
        contents = [self.office.json("show", tasks[serial])["fields"]["content"] for serial in (1, 2, 3)]
        self.assertEqual(["公开年度预算信息。", "做好政策解读工作，按季评估。", "编制培训计划并按期举办讲座。"], contents)
        self.assertEqual(3, len(self.office.json("tasks", "--ledger", done["ledger"])))

    def test_dry_run_needs_no_home_and_tells_all_of_a_task(self):
        out, _, _ = run("hz", "import", PLAN, "--dry-run", "--json", env=self.nowhere())
        document = json.loads(out)
        self.assertLessEqual({"title", "year", "sections", "warnings", "tasks"}, set(document))
        self.assertLessEqual({"title", "tasks"}, self.keys_of(document["sections"]))
        self.assertLessEqual(IMPORTED_TASK, self.keys_of(document["tasks"]))
        self.assertLessEqual({"unit", "role"}, self.keys_of(document["tasks"][0]["units"]))
        self.assertEqual([number for section in document["sections"] for number in section["tasks"]],
                         list(range(1, len(document["tasks"]) + 1)))

    def nowhere(self):
        return {"HEZHANG_HOME": str(self.county.folder / "nowhere")}

    def test_lists_and_objects_are_one_line_of_json_and_nothing_else(self):
        for arguments in (["tasks"], ["status"], ["conflicts"], ["vector"], ["show", self.tasks[0]]):
            out, err, _ = self.office.hz(*arguments, "--json")
            self.assertEqual((len(out.splitlines()), err), (1, ""))
        for arguments in (["dump", "--scope", "common"],):
            self.assertEqual(self.office.hz(*arguments, "--json")[0], self.office.hz(*arguments)[0])

    def test_dump_lines_are_canonical_and_digest_is_of_exactly_these_bytes(self):
        for line in self.office.dump("common").splitlines():
            row = json.loads(line)
            self.assertEqual(line, json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
            self.assertEqual(set(row), {"id", "register", "scope", "fields"})
            self.assertEqual(set(row["fields"]) & {"nonce", "scope"}, set())
        ids = [json.loads(line)["id"] for line in self.office.dump("common").splitlines()]
        self.assertEqual(ids, sorted(ids))
        whole = self.office.hz("dump")[0].encode()
        self.assertEqual(self.office.hz("digest")[0].strip(), hashlib.sha256(whole).hexdigest())

    # --- errors ---

    def test_errors_are_one_line_an_object_and_the_right_exit_code(self):
        task, unknown = self.tasks[0], "abcdef12"
        dot = self.office.json("history", task)[0]["dot"]
        missing_file = self.county.folder / "no" / "such"
        table = [  # code, error code, arguments
            (1, "unknownRecord", ["show", unknown]), (1, "unknownRecord", ["history", unknown]),
            (1, "unknownRecord", ["delete", unknown]), (1, "unknownRecord", ["set", unknown, "text", "x"]),
            (1, "unknownRecord", ["resolve", unknown + "/text", "--take", "1"]),
            (1, "unknownRecord", ["confirm", unknown, "text"]), (1, "unknownRecord", ["trace", unknown]),
            (1, "unknownRecord", ["receipt", unknown, "-o", self.county.folder / "r"]),
            (1, "unknownField", ["set", task, "nosuch", "1"]), (1, "unknownField", ["add", task, "nosuch", "1"]),
            (1, "unknownField", ["confirm", task, "nosuch"]),
            (1, "unknownField", ["new", "comment", f"record={task}", "nosuch=1"]),
            (1, "unknownRegister", ["new", "nosuch", "a=b"]),
            (1, None, ["tasks", "--unit", "无此单位"]), (1, None, ["file", "1", "--unit", "无此单位", "--text", "x"]),
            (1, None, ["file", "99", "--text", "x"]), (1, None, ["tasks", "--ledger", "无此台账"]),
            (1, None, ["missing", "--window", "2031-01-01"]),
            (1, None, ["set", task, "due", "2023-02-30"]), (1, None, ["set", task, "serial", "7"]),
            (1, None, ["file", "1", "--percent", "101"]), (1, None, ["file", "1", "--percent", "-1"]),
            (1, None, ["increment", task, "number", "1"]), (1, None, ["add", task, "content", "x"]),
            (1, None, ["resolve", task + "/content", "--take", "1"]),
            (1, "fileNotFound", ["import", missing_file]), (1, "fileNotFound", ["import", missing_file, "--dry-run"]),
            (1, "fileNotFound", ["edit", "--batch", missing_file]),
            (1, "fileNotFound", ["file", "1", "--evidence", missing_file]),
            (1, "fileUnwritable", ["export", "consolidated", "-o", missing_file / "x.csv"]),
            (1, "fileUnwritable", ["receipt", self.filing, "-o", missing_file]),
            (1, "noTasks", ["import", SOURCE / "tests/documents/003_40d6bf7421138a8c.txt", "--dry-run"]),
            (1, "noRight", ["delete", self.ledger]),
            (1, "fileNotFound", ["bundle", "import", missing_file]), (1, "malformed", ["bundle", "import", PLAN]),
            (1, "fileUnwritable", ["bundle", "export", missing_file / "b"]),
            (1, "notFound", ["bundle", "export", missing_file, "--for", "ab"]),
            (2, "usage", ["bundle"]), (2, "usage", ["bundle", "export"]),
            (2, "usage", ["bundle", "export", missing_file, "--max-size", "257"]),
            (2, "usage", ["bundle", "export", missing_file, "--max-size", "0"]),
            (2, "usage", ["bundle", "export", missing_file, "--fetch", "-1"]),
            (2, "usage", ["bundle", "export", missing_file, "--fetch", "all"]),
            (2, "usage", ["enroll", "CODE"]), (2, "usage", ["enroll", "--bundle", missing_file]),
            (2, "usage", ["set", task]), (2, "usage", ["nosuch"]), (2, "usage", ["file", "1", "--nosuch"]),
            (2, "usage", ["set", task, "content", "x", "--seen", "xyz"]),
            (2, "usage", ["set", task, "content", "x", "--seen", dot + "/"]),
            (2, "usage", ["set", task, "content", "x", "--seen", dot + ","]),
            (2, "usage", ["set", task, "content", "x", "--seen", ""]),
            (2, "usage", ["set", task, "content", "x", "--seen", dot.split("/")[0] + "/0"]),
            (2, "usage", ["set", task, "content", "x", "--seen", dot.split("/")[0] + "/99999999999999999999"]),
            (2, "usage", ["resolve", self.conflict]), (2, "usage", ["resolve", self.conflict, "--take", "0"]),
            (2, "usage", ["resolve", task, "--take", "1"]),
            (2, "usage", ["file", "1", "--status", "finished"]), (2, "usage", ["tasks", "--status", "finished"]),
            (2, "usage", ["file", "1"]), (2, "usage", ["file", "1", "--percent", "half"]),
            (2, "usage", ["check", "1", "--unit", NORTH, "--result", "perhaps"]),
            (2, "usage", ["tasks", "--due-before", "2023-13-01"]), (2, "usage", ["export", "nosuch", "-o", "x"]),
            (2, "usage", ["show", "abc"]), (2, "usage", ["show", "no-record"]), (2, "usage", ["rebuild"]),
            (2, "usage", ["window"]), (2, "usage", ["parse", "units"]),
            (2, "usage", ["window", "open", "--ledger", self.ledger, "--closes", "soon"]),
            (2, "usage", ["parse", "deadline", "x", "--reference", "1.1.2023"]),
        ]
        before = self.north.hz("dump")[0]
        for code, name, arguments in table:
            with self.subTest(command=" ".join(map(str, arguments))):
                out, err, _ = self.north.hz(*arguments, expect=code)
                self.assert_one_line(err, "hz: ")
                self.assertEqual(out, "")
                out, again, _ = self.north.hz(*arguments, "--json", expect=code)
                self.assertEqual(again, err)
                error = json.loads(out)["error"]
                self.assertTrue(error["message"])
                if name is not None:
                    self.assertEqual(error["code"], name)
        self.assertEqual(self.north.hz("dump")[0], before, "what failed left something behind")

    def assert_one_line(self, err, prefix):
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertTrue(err.startswith(prefix), err)
        self.assertRegex(err, r"^\w+: [^:].*: \S.*$")

    def test_errors_of_hezhangd_are_one_line_an_object_and_the_right_exit_code(self):
        data, absent = self.county.data, self.county.folder / "absent"
        port = self.county.url.rsplit(":", 1)[1]
        idle = County()
        self.addCleanup(idle.close)
        notes = self.county.folder / "notes.txt"
        notes.write_text("no units, no backup", encoding="utf-8")
        table = [
            (1, "inUse", ["init", "--data", data, "--county", "又一个"]),
            (1, "inUse", ["serve", "--data", data, "--listen", "127.0.0.1:0"]),
            (1, "inUse", ["serve", "--data", idle.data, "--listen", f"127.0.0.1:{port}"]),
            (1, "inUse", ["restore", notes, "--data", data]),
            (1, None, ["status", "--data", absent]), (1, None, ["serve", "--data", absent]),
            (1, None, ["invite", "--data", data, "--unit", "无此单位", "--person", "甲", "--role", "clerk"]),
            (1, None, ["revoke", "--data", data, "--device", "00" * 16]),
            (1, None, ["end", "--data", data, "--person", "无此人"]),
            (1, None, ["dump", "--data", absent]), (1, None, ["verify", "--data", absent]),
            (1, "fileNotFound", ["units", "--data", data, "import", absent]),
            (1, None, ["units", "--data", data, "import", notes]),
            (1, "fileNotFound", ["bundle", "--data", data, "import", absent]),
            (1, "malformed", ["bundle", "--data", data, "import", notes]),
            (2, "usage", ["bundle", "--data", data, "export", notes]),
            (1, None, ["backup", "--data", data, "-o", absent / "b"]),
            (1, None, ["restore", notes, "--data", absent]), (1, "fileNotFound", ["restore", absent, "--data", absent]),
            (2, "usage", []), (2, "usage", ["nosuch"]), (2, "usage", ["status"]), (2, "usage", ["status", "--data"]),
            (2, "usage", ["status", "--data", data, "--nosuch"]), (2, "usage", ["status", "extra", "--data", data]),
            (2, "usage", ["invite", "--data", data, "--unit", NORTH, "--person", "甲", "--role", "king"]),
            (2, "usage", ["invite", "--data", data, "--unit", NORTH, "--person", "甲", "--role", "clerk", "--url", "nonsense"]),
            (2, "usage", ["init", "--data", absent, "--county", "甲", "--suite", "rot13"]),
            (2, "usage", ["init", "--data", absent, "--county", ""]),
            (2, "usage", ["serve", "--data", data, "--listen", "nowhere"]),
            (2, "usage", ["serve", "--data", data, "--listen", "127.0.0.1:70000"]),
            (2, "usage", ["serve", "--data", data, "--listen", "0.0.0.0:0"]),
            (2, "usage", ["serve", "--data", data, "--tls-cert", notes]),
            (2, "usage", ["dump", "--data", data, "--scope", "wat"]),
            (2, "usage", ["revoke", "--data", data]),
        ]
        for code, name, arguments in table:
            with self.subTest(command=" ".join(map(str, arguments))):
                out, err, _ = run("hezhangd", *arguments, expect=code)
                self.assert_one_line(err, "hezhangd: ")
                self.assertEqual(out, "")
                out, _, _ = run("hezhangd", *arguments, "--json", expect=code)
                error = json.loads(out)["error"]
                self.assertTrue(error["message"])
                if name is not None:
                    self.assertEqual(error["code"], name)
        self.assertFalse(absent.exists(), "a refused command made a folder")

    def test_ambiguous_names_are_wrong_usage_with_the_candidates(self):
        for year in ("2001", "2002"):  # older than the ledger of the other tests
            self.office.hz("new", "ledger", f"year={year}", "title=同名台账", "state=open")
        out, err, _ = self.office.hz("tasks", "--ledger", "同名台账", "--json", expect=2)
        self.assertEqual(json.loads(out)["error"]["code"], "ambiguous")
        for row in self.office.json("ledgers"):
            if row["title"] == "同名台账":
                self.assertIn(row["id"][:6], err)
        for name in ("甲街道", "乙街道"):
            self.office.hz("new", "unit", f"first_name={name}", f"name={name}", "short_names=共同街道")
        out, err, _ = self.office.hz("tasks", "--unit", "共同街道", "--json", expect=2)
        self.assertEqual(json.loads(out)["error"]["code"], "ambiguous")
        self.assertIn("甲街道", err)
        self.assertIn("乙街道", err)

    def test_without_one_open_window_a_filing_asks_for_it(self):
        other = County()
        self.addCleanup(other.close)
        other.serve()
        office = other.join("office", "西夏区政务公开办公室", "马", "office")
        ledger, _ = make_ledger(office, [("甲。", BOTH)])
        office.hz("file", "1", "--unit", NORTH, "--text", "x", expect=2)
        for day in ("2023-08-15", "2023-12-05"):
            office.hz("window", "open", "--ledger", ledger, "--closes", day)
        out, err, _ = office.hz("file", "1", "--unit", NORTH, "--text", "x", "--json", expect=2)
        self.assertEqual(json.loads(out)["error"]["code"], "ambiguous")
        for day in ("2023-08-15", "2023-12-05"):
            self.assertIn(day, err)

    def test_options_stand_anywhere(self):
        expected = self.office.hz("show", self.tasks[0], "--clock", "--json")[0]
        path = str(self.office.path)
        for words in (["--json", "--clock", "show", self.tasks[0], "--home", path],
                      ["show", "--clock", "--home=" + path, self.tasks[0], "--json"],
                      ["--home", path, "show", "--json", "--clock", "--", self.tasks[0]]):
            self.assertEqual(run("hz", *words)[0], expected)
        expected = run("hezhangd", "digest", "--data", self.county.data, "--scope", "common", "--json")[0]
        for words in (["--json", "--scope", "common", "digest", "--data", self.county.data],
                      ["--data=" + str(self.county.data), "digest", "--json", "--scope=common"]):
            self.assertEqual(run("hezhangd", *words)[0], expected)

    def test_both_programs_tell_their_version(self):
        for program in ("hz", "hezhangd"):
            self.assertEqual(json.loads(run(program, "--version", "--json")[0])["program"], program)
            self.assertTrue(run(program, "--version")[0].startswith(program + " "))

    def test_the_home_is_the_option_then_the_variable_then_the_standard_folder(self):
        base = self.county.folder / "xdg"
        (base).mkdir()
        os.symlink(self.office.path, base / "hezhang")
        device = self.office.json("whoami")["device"]
        other = {"HEZHANG_HOME": str(self.north.path)}
        self.assertEqual(json.loads(run("hz", "whoami", "--json", "--home", self.office.path, env=other)[0])["device"], device)
        self.assertNotEqual(json.loads(run("hz", "whoami", "--json", env=other)[0])["device"], device)
        standard = {"HEZHANG_HOME": "", "XDG_DATA_HOME": str(base)}
        self.assertEqual(json.loads(run("hz", "whoami", "--json", env=standard)[0])["device"], device)

    @unittest.skipUnless(os.geteuid() == 0, "mounting a small file system needs root")
    def test_a_full_disk_leaves_no_half_written_file_behind(self):
        mount = self.county.folder / "small"
        mount.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(mount)], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", str(mount)], check=False)
        backup = self.county.folder / "whole.backup"
        self.county.admin("backup", "-o", backup)
        for program, arguments in (("hz", ["--home", self.office.path, "export", "consolidated", "-o", mount / "c.csv", "--ledger",
                                           self.ledger]),
                                   ("hz", ["--home", self.office.path, "receipt", self.filing, "-o", mount / "r.hzr"]),
                                   ("hezhangd", ["backup", "--data", self.county.data, "-o", mount / "backup"]),
                                   ("hezhangd", ["init", "--data", mount / "new", "--county", "甲"]),
                                   ("hezhangd", ["restore", backup, "--data", mount / "restored"])):
            with self.subTest(command=arguments):
                fill(mount / "fill")
                out, _, _ = run(program, *arguments, "--json", expect=1)
                self.assertEqual(json.loads(out)["error"]["code"], "storageFull")
                self.assertEqual([path.name for path in mount.iterdir()], ["fill"])

    # --- batch ---

    def test_a_batch_states_the_fate_of_every_line(self):
        comment = {"register": "comment", "key": {"record": self.tasks[0]}, "field": "text", "assign": "好"}
        bad = ["{", "[]", "7", "null", '"x"', "{}", "\x00", "{\"record\": 7}",
               json.dumps(comment)[:-1] + ', "assign": "另一个"}',
               json.dumps({**comment, "nosuch": 1}), json.dumps({**comment, "add": "x"}),
               json.dumps({**comment, "record": self.tasks[0]}), json.dumps({**comment, "field": "nosuch"}),
               json.dumps({**comment, "register": "nosuch"}), json.dumps({**comment, "key": []}),
               json.dumps({**comment, "key": {"record": "zz"}}), json.dumps({**comment, "key": {"wat": 1}}),
               json.dumps({**comment, "assign": 7}), json.dumps({**comment, "assign": {}}),
               json.dumps({**comment, "assign": None}), json.dumps({**comment, "seen": "x"}),
               json.dumps({**comment, "seen": ["x/1"]}), json.dumps({**comment, "seen": [1]}),
               json.dumps({**comment, "assign": "长" * 20000}),
               json.dumps({"record": "abcdef12", "field": "text", "assign": "x"}),
               json.dumps({"record": self.tasks[0], "field": "joint_status", "assign": "finished"}),
               json.dumps({"record": self.filing, "field": "percent", "assign": "60"}),
               json.dumps({"record": self.filing, "field": "percent", "assign": 60.5}),
               json.dumps({"record": self.filing, "field": "percent", "assign": 10**30}),
               json.dumps({"record": self.filing, "field": "done_count", "increment": "1"}),
               json.dumps({"record": self.filing, "field": "text", "increment": 1}),
               "{\"record\":" * 5000]
        lines = [json.dumps(comment)] + [line for one in bad for line in (one, json.dumps(comment))]
        for every in ("1", "7"):
            out, _, _ = self.north.hz("edit", "--batch", "-", "--commit-every", every, stdin="\n".join(lines) + "\n", expect=1)
            answers = [json.loads(line) for line in out.splitlines()]
            self.assertEqual([answer["line"] for answer in answers[:-1]], list(range(1, len(lines) + 1)))
            for number, answer in enumerate(answers[:-1]):
                self.assertEqual(answer["ok"], number % 2 == 0, (lines[number][:100], answer))
                self.assertIn("dot" if answer["ok"] else "error", answer)
            self.assertEqual(answers[-1], {"applied": len(bad) + 1, "failed": len(bad)})
        self.assertTrue(self.north.json("rebuild", "--check")["ok"])

    def test_a_batch_without_a_last_newline_or_with_windows_lines_is_read(self):
        comment = json.dumps({"register": "comment", "key": {"record": self.tasks[0]}, "field": "text", "assign": "好"})
        out, _, _ = self.north.hz("edit", "--batch", "-", stdin=comment + "\r\n\r\n" + comment)
        self.assertEqual(json.loads(out.splitlines()[-1]), {"applied": 2, "failed": 0})
        self.assertEqual([json.loads(line)["line"] for line in out.splitlines()[:-1]], [1, 3])
        out, _, _ = self.north.hz("edit", "--batch", "-", stdin="")
        self.assertEqual(json.loads(out), {"applied": 0, "failed": 0})

    # --- help and manual pages ---

    def test_every_command_of_hz_has_help_and_an_entry_with_its_options_in_the_manual(self):
        entries = manual_entries()
        for command in sorted(hz_commands()):
            with self.subTest(command=command):
                out, err, _ = run("hz", *command.split(), "--help")
                self.assertEqual(err, "")
                self.assertTrue(out.startswith("hz " + command), out)
                entry = entries.get(command)
                self.assertIsNotNone(entry, "not in docs/man/hz.1")
                options = set(re.findall(r"^  (-{1,2}[a-z][a-z-]*)", out, re.M))
                self.assertLessEqual({"--home", "--json", "--help", "--version"}, options)
                for option in options - {"--home", "--json", "--help", "--version"}:
                    self.assertRegex(entry, r"Fl " + re.escape(option[1:]) + r"\b")
        self.assertEqual(set(entries) - hz_commands(), set(), "the manual knows commands that hz does not")

    def test_every_command_of_hezhangd_has_help_and_a_synopsis_with_its_options_in_the_manual(self):
        manual = (SOURCE / "docs" / "man" / "hezhangd.8").read_text(encoding="utf-8")
        synopsis = manual[manual.index(".Sh SYNOPSIS"):manual.index(".Sh DESCRIPTION")].split(".Nm\n")
        for command in sorted(hezhangd_commands()):
            with self.subTest(command=command):
                page, err, _ = run("hezhangd", command, "--help")
                self.assertEqual(err, "")
                self.assertTrue(page.startswith(f"hezhangd {command} "), page)
                forms = [form for form in synopsis if re.search(r"^\.Cm (?:\w+ \| )*" + command + r"\b", form)]
                self.assertEqual(len(forms), 1)
                for option in re.findall(r"(?<![\w-])-(-?[a-z][a-z-]*)", page.splitlines()[0]):
                    self.assertRegex(forms[0], r"Fl " + re.escape(option) + r"\b", command)
                self.assertRegex(manual, r"\.It Cm (?:\w+ , )?" + command + r"\b")

    def test_every_command_of_the_contract_exists(self):
        self.assertLessEqual(
            set("enroll whoami import ledgers tasks search show history new delete set add remove increment edit missing file check "
                "sync status vector scopes conflicts resolve merged confirm aside admit dump digest export trace rebuild receipt "
                "verify".split()) | {"parse deadline", "parse units", "window open", "window close", "bundle export",
                                      "bundle import"}, hz_commands())
        self.assertLessEqual(set("init serve invite units bundle devices revoke persons end dump digest backup status verify restore".split()),
                             hezhangd_commands())


def fill(path):
    """Takes the rest of a disk."""
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass


def hz_commands():
    """As `hz --help` lists them."""
    out = run("hz", "--help")[0]
    names = set()
    for line in out.splitlines():
        match = re.match(r"^  ([a-z]+(?: (?:open|close|snapshot|links|link|deadline|units|targets|export|import|list|merge|split|rename|load|ask|grant|refuse))?)(?=\s)", line)
        if match:
            names.add(match[1])
    return names


def hezhangd_commands():
    return set(re.findall(r"^  hezhangd ([a-z]+)", run("hezhangd", "--help")[0], re.M))


def manual_entries():
    """The entries of hz.1 under COMMANDS: command -> its lines of markup, those of its head included."""
    text = (SOURCE / "docs" / "man" / "hz.1").read_text(encoding="utf-8")
    text = text[text.index(".Sh COMMANDS"):text.index(".Sh ENVIRONMENT")]
    entries = {}
    for entry in re.split(r"(?m)^\.It ", text)[1:]:
        words = re.match(r"(?:Xo )?Cm ([a-z]+(?: (?:open|close|snapshot|links|link|deadline|units|targets|export|import|list|merge|split|rename|load|ask|grant|refuse))?)\b", entry)
        entries[words[1]] = entry
    return entries


if __name__ == "__main__":
    unittest.main(verbosity=2)
