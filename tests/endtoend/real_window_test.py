# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A reporting window at real size: document 001, 26 departments and 9 towns, each with a home of its own; some are late, some missing, one
is returned, figures contradict, a task is added in July, a unit is renamed. All that the office then prints is counted again from `hz dump`."""
import collections
import datetime
import hashlib
import json
import re
import unittest
import zipfile

from county import SOURCE, County, run

OFFICE = "西夏区政务公开办公室"
DEPARTMENTS = ["发展和改革局", "教育局", "工业和信息化局", "民政局", "司法局", "财政局", "人力资源和社会保障局", "自然资源局", "生态环境分局", "住房和城乡建设局",
               "交通运输局", "水务局", "农业农村局", "商务和投资促进局", "文化旅游广电局", "卫生健康局", "退役军人事务局", "应急管理局", "审计局", "市场监督管理局",
               "统计局", "医疗保障局", "审批服务管理局", "综合执法局", "信访局", "督查室"]
TOWNS = ["镇北堡镇", "兴泾镇", "西花园路街道", "北京西路街道", "文昌路街道", "朔方路街道", "宁华路街道", "贺兰山西路街道", "怀远路街道"]
DOCUMENT = SOURCE / "tests/documents/001_c31e98b49c878b27.txt"
CLOSES = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()

NEVER, UNSENT, LATE, CHANGED, RETURNED, ODD, TWIN = "财政局", "审计局", "统计局", "水务局", "商务和投资促进局", "教育局", "民政局"


def fingerprint(fields):
    """What a submitted filing carries: docs of `filing`, the hash of the dump form of five cells."""
    parts = {name: fields[name] for name in ("text", "status", "percent", "done_count", "evidence") if name in fields}
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def text_of_docx(path):
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", paragraph)) for paragraph in xml.split("</w:p>"))


class RealWindow(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        rows = [f"西夏区{name},{name},department," for name in DEPARTMENTS]
        rows += [f"{name},,{'town' if name.endswith('镇') else 'street'}," for name in TOWNS]
        self.county.folder.joinpath("real.csv").write_text("name,short_names,kind,parent\n" + "\n".join(rows) + "\n")
        self.county.admin("units", "import", self.county.folder / "real.csv")
        self.county.serve()
        self.office = self.county.join("office", OFFICE, "马晓燕", "office")
        self.full = {name: name if name in TOWNS else f"西夏区{name}" for name in DEPARTMENTS + TOWNS}

    def units(self):
        return {row["fields"].get("name", row["fields"]["first_name"]): row["id"] for row in self.office.records("unit")}

    def file_all(self, home, name, tasks):
        """One batch: a unit's filings, written as a program would, each with the fingerprint it is submitted with."""
        unit, lines = self.ids[self.full[name]], []
        for number, task in enumerate(tasks, 1):
            fields = {"text": f"{name}已完成第{task['serial']}项的{number}条工作。", "status": "in-progress", "percent": 10 + number}
            key = {"task": task["id"], "unit": unit, "window": self.window, "scope": f"unit:{unit}"}
            record = {"register": "filing", "key": {name: key[name] for name in ("task", "unit", "window")}}
            if name == ODD and number == 1:
                fields |= {"status": "in-progress", "percent": 100}
            if name in (TWIN, "司法局") and number == 1:
                fields["text"] = "2023年7月10日举办政府开放日活动，28人参加。"
            for field, value in fields.items():
                lines.append(record | {"field": field, "assign": value})
            lines.append(record | {"field": "done_count", "increment": 2})
            fields["done_count"] = 2
            if name != UNSENT:
                lines.append(record | {"field": "submitted", "add": fingerprint(fields)})
        batch = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        out, _, _ = home.hz("edit", "--batch", "-", "--commit-every", 500, stdin=batch)
        self.assertEqual(json.loads(out.splitlines()[-1]), {"applied": len(lines), "failed": 0})

    def filings(self, window):
        rows = self.office.records("filing")
        return [row for row in rows if row["fields"]["window"] == window]

    def is_submitted(self, row):
        return fingerprint(row["fields"]) in row["fields"].get("submitted", [])

    def test_runs_and_every_printed_figure_is_counted_again(self):
        ledger = self.office.json("import", DOCUMENT)["ledger"]
        self.window = self.office.json("window", "open", "--ledger", ledger, "--closes", CLOSES)["record"]
        self.office.sync()
        self.ids = self.units()

        # In July a task is added, for every town.
        added = self.office.json("new", "task", f"ledger={ledger}", "serial=31", "item=新增工作", "content=公开村级事项清单。", "number=31")["record"]
        for name in TOWNS:
            self.office.hz("add", added, "responsible", self.ids[name])
        self.office.sync()

        homes = {name: self.county.join(f"unit{number}", self.full[name], f"经办{number}", "clerk")
                 for number, name in enumerate(DEPARTMENTS + TOWNS)}
        tasks = self.office.json("tasks", "--ledger", ledger)
        of_unit = collections.defaultdict(list)
        for task in tasks:
            for unit in task["units"]:
                of_unit[unit["unit"]].append(task)
        asked = sum(len(of_unit[self.ids[self.full[name]]]) for name in homes)
        self.assertGreater(asked, 35 * 24)

        self.county.stop()                     # everybody writes without a network
        for name, home in homes.items():
            if name != NEVER:
                self.file_all(home, name, of_unit[self.ids[self.full[name]]])
        self.county.serve()
        for name, home in homes.items():
            if name != LATE:
                self.assertTrue(home.sync()["up_to_date"], name)
        self.office.sync()

        # One edits what was submitted; the office gives one back, with a reason that reaches its author.
        own = {row["fields"]["unit"]: row["id"] for row in self.filings(self.window)}
        homes[CHANGED].hz("file", of_unit[self.ids[self.full[CHANGED]]][0]["serial"], "--text", "水务局改过的话。")
        homes[CHANGED].sync()
        returned = own[self.ids[self.full[RETURNED]]]
        self.office.hz("set", returned, "returned", "请补充数字。")
        self.office.hz("unit", "rename", self.full["信访局"], "西夏区信访服务局")
        self.office.sync()
        homes[RETURNED].sync()
        self.assertEqual(homes[RETURNED].fields(returned)["returned"], "请补充数字。")

        # What does not go together.
        found = collections.Counter(row["kind"] for row in self.office.json("contradictions", "--window", CLOSES))
        self.assertGreaterEqual(sum(found.values()), 2, found)

        # The office closes; what comes afterwards stays aside until it is admitted by name and reason.
        self.office.hz("window", "close", CLOSES)
        self.office.sync()
        before = self.office.json("window", "snapshot", CLOSES)
        homes[LATE].sync()
        homes[LATE].sync()
        self.office.sync()
        aside = [row for row in self.office.json("aside") if row["unit"] == self.ids[self.full[LATE]]]
        self.assertTrue(aside)
        self.assertEqual({row["reason"] for row in aside}, {"windowClosed"})
        verified = self.office.json("window", "snapshot", CLOSES, "--verify")
        self.assertTrue(verified["valid"], verified)
        self.assertEqual(before["digest"], self.office.json("window", "snapshot", CLOSES)["digest"])
        self.office.hz("admit", aside[0]["record"], "--reason", "断网两天，经同意补报。")
        for home in (self.office, homes[LATE], self.office):
            home.sync()

        # The snapshot, counted again from the dump of the records.
        rows = self.filings(self.window)
        late = self.ids[self.full[LATE]]
        stood = {(row["fields"]["task"], row["fields"]["unit"]) for row in rows if self.is_submitted(row) and row["fields"]["unit"] != late}
        shown = {(row["task"], row["unit"]) for row in before["rows"] if row["state"] == "submitted"}
        self.assertEqual(shown, stood)
        self.assertEqual(len(before["rows"]), asked)

        # The circular: its figures.
        self.office.hz("export", "notice", "-o", self.county.folder / "notice.json", "--ledger", ledger, "--window", CLOSES)
        said = "\n".join(block["text"] for block in json.loads((self.county.folder / "notice.json").read_text())["text"])
        submitted = sum(self.is_submitted(row) for row in rows)
        counted = {key: int(value) for key, value in re.findall(r"(任务|责任单位|应报送进展|已按要求报送|尚未报送)(\d+)", said)}
        self.assertEqual(counted, {"任务": 31, "责任单位": 35, "应报送进展": asked, "已按要求报送": submitted, "尚未报送": asked - submitted})
        missing = self.office.json("missing", "--window", CLOSES)
        self.assertEqual(len(missing), asked - submitted)
        self.assertEqual({row["state"] for row in missing}, {"none", "unsubmitted", "changed"})

        # The consolidated ledger: each submitted sentence stands in its task's paragraph, with the sum of the units' counters.
        printed = {}
        for kind in ("docx", "xlsx", "pdf", "json"):
            printed[kind] = self.county.folder / f"ledger.{kind}"
            self.office.hz("export", "consolidated", "-o", printed[kind], "--ledger", ledger, "--window", CLOSES)
        word = re.sub(r"\s", "", text_of_docx(printed["docx"]))
        by_task = collections.defaultdict(list)
        for row in rows:
            if row["fields"].get("submitted"):
                by_task[row["fields"]["task"]].append(row["fields"])
        self.assertEqual(len(by_task), 31)
        for task, filings in by_task.items():
            for fields in filings:
                self.assertIn(re.sub(r"\s", "", fields["text"]), word)
            total = sum(fields.get("done_count", 0) for fields in filings)
            self.assertIn(f"（合计{total}，{len(filings)}个单位填报）", word)
        self.assertEqual(word.count("2023年7月10日举办政府开放日活动，28人参加。"), 1, "said by two units, printed once")
        # The other files say the same: what was printed as Excel and PDF is read back as the same tasks.
        want = [task["content"].strip() for task in json.loads(run("hz", "import", "--dry-run", "--json", printed["docx"])[0])["tasks"]]
        self.assertEqual(len(want), 31)
        for kind in ("xlsx", "pdf"):
            got = json.loads(run("hz", "import", "--dry-run", "--json", printed[kind])[0])
            self.assertEqual([task["content"].strip() for task in got["tasks"]], want, kind)


if __name__ == "__main__":
    unittest.main()
