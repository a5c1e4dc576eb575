# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""By keyboard only, in a real window: from an empty folder to a report that the county has signed for.

Only keys that a person finds by trying: Tab, the arrows, Return, Escape. Each stop of Tab has a name and shows that it has the keyboard
(Window.tab_to), so nothing is reached by counting.
"""
import json
import unittest

from window_case import TASK, Home, WindowCase, wait_until
from county import run

TEXT = "Budget of 2026 published, 12 entries."


class Keyboard(WindowCase):
    def test_from_an_empty_folder_to_a_report_with_a_receipt(self):
        home = Home(self.county, "north")
        window = self.show(home)
        window.see("欢迎使用合账")
        self.enrol(window)
        window.see(TASK)

        window.tab_to(TASK, "list item")
        window.keys("Return")
        window.tab_to("填报", "push button")
        window.keys("Return")
        window.see("进展落实情况")
        self.fill(window)
        window.see("已报送，已存本机")

        filing = wait_until(lambda: home.records("filing"), "the filing is in the home")[0]
        self.assertEqual(filing["fields"]["text"], TEXT)
        self.assertEqual(filing["fields"]["status"], "in-progress")
        self.assertEqual(filing["fields"]["percent"], 60)
        self.assertEqual(len(filing["fields"]["submitted"]), 1)
        wait_until(lambda: filing["id"] in self.county.admin("dump", "--scope", filing["scope"]), "the county has it")
        self.ask_for_the_receipt(window, home, filing["id"])

    def enrol(self, window):
        window.tab_to("地址", "text")
        window.type(self.county.url)
        window.tab_to("邀请码", "text")
        window.type(self.invite())
        window.tab_to("加入本县", "push button")
        window.keys("Return")

    def fill(self, window):
        window.tab_to("进展落实情况", "text")
        window.type(TEXT)
        window.tab_to("未启动", "radio button")
        window.keys("Right")
        wait_until(lambda: window.focused().name == "推进中" and window.focused().has("checked"), "the arrow picks the next status")
        window.tab_to("完成比例", "text")
        window.keys("ctrl+a")
        window.type("60")
        window.tab_to("报送", "push button")
        window.keys("Return")

    def ask_for_the_receipt(self, window, home, record):
        window.keys("Escape", "Escape")
        window.see("搜索", "text")
        window.tab_to("同步", "page tab")
        window.keys("Return")
        window.tab_to("查看回执", "push button")
        window.keys("Return")
        window.see("有效")
        file = self.county.folder / "receipt.hzr"
        home.hz("receipt", record, "-o", file)
        answer = json.loads(run("hz", "verify", file, "--json", env={"HEZHANG_HOME": str(self.county.folder / "none")})[0])
        self.assertEqual((answer["valid"], answer["record"]), (True, record))

    def test_tab_goes_round_on_every_page_and_back_again(self):
        home = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        home.hz("set", self.tasks[0], "joint_progress", "第一句。")
        window = self.show(home)
        window.see(TASK)
        self.goes_round(window, "搜索")
        window.tab_to(TASK, "list item")
        window.keys("Return")
        window.see("各单位填报")
        self.goes_round(window, "返回")
        window.tab_to("填写经过", "push button")
        window.keys("Return")
        window.see("第一句。")
        self.goes_round(window, "返回")
        window.keys("Escape")
        window.see("各单位填报")
        window.tab_to("填写", "push button")
        window.keys("Return")
        window.see("各单位共同进展")
        self.goes_round(window, "各单位共同进展")
        for place, sight in (("待定", "待定事项"), ("同步", "回执")):
            window.tab_to(place, "page tab")
            window.keys("Return")
            window.see(sight)
            self.goes_round(window, "待定")

    def goes_round(self, window, start):
        """From one stop Tab passes others and comes back; Shift+Tab passes the same ones the other way round."""
        window.tab_to(start)
        forward = self.stops(window, start, "Tab", window.assert_focus_is_visible)
        self.assertEqual(forward, list(reversed(self.stops(window, start, "shift+Tab", lambda node: None))))

    @staticmethod
    def stops(window, start, key, look):
        passed = []
        while True:
            node = window.tab(key)
            look(node)
            if start in node.name:
                return passed
            passed.append((node.role, node.name))
            if len(passed) > 60:
                raise AssertionError(f"{key} does not come back to '{start}': {passed}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
