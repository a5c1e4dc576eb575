# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Every page as a screen reader and a finger find it: what can be used has a name and a role, and is large enough.

Read from outside, of the real window, as a screen reader reads it: roles and names that are right in QML can still be lost on the way
(Qt's own controls set a role of their own when a screen reader comes).
"""
import unittest

from window_case import TASK, Home, WindowCase, wait_until

USABLE = ("push button", "page tab", "radio button", "check box", "list item", "text", "spin box", "combo box", "menu item")
TARGET = 48
SIZES = ((800, 1280), (360, 720))


class Accessible(WindowCase):
    size = "1280x1280"

    def setUp(self):
        super().setUp()
        self.home = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        task = self.tasks[0]
        self.home.hz("file", task, "--text", "已公开12条。", "--status", "in-progress", "--percent", "60", "--submit")
        self.home.hz("set", task, "joint_progress", "镇里写的。")
        self.home.hz("set", task, "joint_status", "done")
        self.office.hz("set", task, "joint_progress", "县里写的。")
        self.office.hz("set", task, "joint_status", "blocked")
        for home in (self.office, self.home, self.office, self.home):
            home.sync()
        report = self.office.records("window")[0]["id"]
        self.pages = {"tasks": TASK, f"task/{task}": "各单位填报", f"filing/{task}/{report}": "完成比例", f"together/{task}": "各单位共同进展",
                      "inbox": "待定事项", f"difference/{task}/joint_status": "就这样定", f"history/{task}": "县里收到", "sync": "我填的",
                      **dict.fromkeys(["checks", "search", "settings", "more", "shortcuts"], "")}

    def test_what_can_be_used_has_a_name_and_a_role_and_is_large_enough(self):
        self.look_at(self.home, self.pages)

    def test_the_office_s_pages_too(self):
        report, task = self.office.records("window")[0]["id"], self.tasks[0]
        earlier = self.office.json("new", "ledger", "year=2025", "title=上年要点", "state=open")["record"]
        self.office.hz("new", "task", f"ledger={earlier}", "serial=1", f"content={TASK}", f"item={TASK}")
        self.home.hz("file", task, "--text", "已公开12条。", "--status", "in-progress", "--percent", "100", "--submit")
        self.home.sync()
        self.office.sync()
        self.look_at(self.office, {**dict.fromkeys(["office", "matrix", "windows", "asides", "import", "returned", "holidays", "units", "code", "export", "devices", "invitation"], ""),
                                   f"contradictions/{report}": "完成比例与状态不符", f"window/{report}": "关闭报送期", "years": "是同一项任务",
                                   f"printed/{task}/{report}": "来源条目"})

    def test_the_checker_s_and_the_pages_about_what_he_found(self):
        checker = self.county.join("checker", "西夏区政务公开办公室", "陈志强", "checker")
        place = self.home.json("new", "place", "unit=镇北堡镇", "first_name=公告栏", "name=公告栏")["record"]
        self.home.sync()
        checker.sync()
        found = checker.json("check", self.tasks[0], "--unit", "镇北堡镇", "--place", place, "--result", "no", "--finding", "没有更新。")
        unit = self.home.json("whoami")["unit"]
        checker.sync()
        self.home.sync()
        self.look_at(checker, {"checks": "公告栏", f"place/{unit}/{place}": "没有更新。", f"check/{self.tasks[0]}/{unit}/{place}": "添加照片"})
        self.look_at(self.home, {"our-checks": "没有更新。", f"objection/{found['record']}": "没有更新。"})

    def test_a_task_with_more_reports_than_a_page_shows_at_once_has_them_all(self):
        for month in range(1, 9):
            report = self.office.json("window", "open", "--ledger", self.ledger, "--closes", f"2027-0{month}-01", "--title", f"{month}月")["record"]
            self.office.sync()
            self.home.sync()
            self.home.hz("file", self.tasks[0], "--window", report, "--text", f"第{month}次。", "--status", "in-progress", "--submit")
        window = self.show(self.home, "--offline", "--page", f"task/{self.tasks[0]}")
        names = [f"第{month}次。" for month in range(1, 9)]
        wait_until(lambda: {node.name for node in window.reader.nodes()} >= set(names) or None, "every report has its card")

    def look_at(self, home, pages):
        """Where a page names nothing to wait for, its heading will do."""
        for page, sight in pages.items():
            window = self.show(home, "--offline", "--page", page)
            for size in SIZES:
                window.xdotool("windowsize", "--sync", window.id, *size)
                window.see(sight, None if sight else "heading")
                with self.subTest(page=page.split("/")[0], size=size):
                    # A page settles when it has got its new size: rows are made, texts wrap.
                    wait_until(lambda: not self.faults(window, size) or None, f"{page} has no faults: {self.faults(window, size)}", 5)
            window.close()

    def test_the_first_run_too(self):
        window = self.show(Home(self.county, "empty"))
        window.see("欢迎使用合账")
        self.assertEqual(self.faults(window, (1280, 1280)), [])

    @staticmethod
    def faults(window, size):
        found = []
        for node in window.shown():
            x, y, width, height = node.rect
            usable = node.role in USABLE or (node.has("focusable") and node.role not in ("label", "heading", "page tab list"))
            if not usable or x < 0 or x >= size[0]:
                continue
            if not node.name:
                found.append(f"{node.role} at {node.rect} has no name")
            if node.role not in USABLE and node.role != "list":
                found.append(f"'{node.name}' can be used and is a {node.role}")
            if node.role != "text" and min(width, height) < TARGET:
                found.append(f"'{node.name}' ({node.role}) is {width} x {height}")
        return found


if __name__ == "__main__":
    unittest.main(verbosity=2)
