# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A township, a department and the county office in three windows: one joint text and one status, written without a network.

The merged text, the conflict, its settlement and the notice come into all three windows by themselves; nobody leaves or opens a page for it.
A picture of each step is left in $HEZHANG_PICTURES (build/window-pictures/story).
"""
import os
import pathlib
import unittest

from window_case import TASK, WindowCase, wait_until
from county import Failed, SOURCE, assert_agree

PICTURES = pathlib.Path(os.environ.get("HEZHANG_PICTURES", SOURCE / "build" / "window-pictures")) / "story"
BASE = "区级专栏已开设。各单位按月更新。"


class Story(WindowCase):
    def setUp(self):
        super().setUp()
        self.task = self.tasks[0]
        self.town = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        self.bureau = self.county.join("civil", "西夏区民政局", "王海涛", "clerk")
        self.office.hz("set", self.task, "joint_progress", BASE)
        self.office.hz("set", self.task, "joint_status", "not-started")
        for home in (self.office, self.town, self.bureau):
            home.sync()
        self.windows = {name: self.show(home, "--page", f"task/{self.task}", display=self.display if home is self.town else self.new_display())
                        for name, home in (("town", self.town), ("bureau", self.bureau), ("office", self.office))}
        self.step = 0

    def pictures(self, what):
        self.step += 1
        for name, window in self.windows.items():
            window.picture(PICTURES / f"{self.step}-{what}-{name}.png")

    def write_together(self, window, keys, addition, status):
        """Writes at one end of the joint text, picks a status, saves, and goes back to the task."""
        window.press("填写", "push button")
        window.press("各单位共同进展", "text")
        window.keys(*keys)
        window.type(addition)
        window.see(addition, "text")
        window.press(status, "radio button")
        wait_until(lambda: window.see(status, "radio button").has("checked"), f"'{status}' is chosen")
        window.press("保存", "push button")
        window.see("已存本机", "alert message")
        window.keys("Escape")
        window.see("各单位填报")

    def sync_all(self):
        for _ in range(2):  # the second time each gets what the others have sent
            for window, home in zip(self.windows.values(), (self.town, self.bureau, self.office)):
                self.sync_until_at_the_end(window, home)

    # Pressed again after a while, as a person does who sees nothing come.
    def sync_until_at_the_end(self, window, home):
        for patience in (15, 15, 30):
            window.keys("F5")
            try:
                wait_until(lambda: home.json("status")["local"] == 0 and self.is_at_the_end(home), f"{home.name} has everything", patience)
                return
            except Failed:
                if patience == 30:
                    raise

    def is_at_the_end(self, home):
        return all(home.dump(scope) == self.county.admin("dump", "--scope", scope) for scope in home.scopes())

    def test_two_texts_become_one_and_two_statuses_a_conflict_that_all_see_settled(self):
        town, bureau, office = self.windows.values()
        for window in self.windows.values():
            window.see(BASE)
            window.see("已同步")
        self.pictures("before")

        self.county.stop()
        self.write_together(town, ["ctrl+End"], "Town: 6 texts.", "推进中")
        self.write_together(bureau, ["ctrl+Home"], "Bureau: 21 results. ", "已完成")
        self.pictures("offline")

        self.county.serve()
        self.sync_all()
        for window in self.windows.values():
            window.see(f"Bureau: 21 results. {BASE}Town: 6 texts.")
            window.see("自动合并")
            window.see("有冲突")
            window.see("待定，1 项待办")
        self.assertEqual([len(home.json("conflicts")) for home in (self.town, self.bureau, self.office)], [1, 1, 1])
        self.pictures("merged-and-conflict")

        self.settle(office)
        self.sync_all()
        for window in (town, bureau):
            window.see_no_more("有冲突")
            window.see("已完成")
        self.assertEqual([len(home.json("conflicts")) for home in (self.town, self.bureau, self.office)], [0, 0, 0])
        town.see("待定，1 项待办")  # the notice
        self.pictures("settled")

        self.read_the_notice(town)
        assert_agree(self, self.county, [self.town, self.bureau, self.office])

    def settle(self, office):
        office.press("待定", "page tab")
        office.press("状态", "list item")
        office.see("就这样定")
        self.pictures("conflict")
        office.press("王海涛", "radio button")
        wait_until(lambda: office.see("王海涛", "radio button").has("checked"), "the bureau's status is picked")
        self.pictures("choice")
        office.press("就这样定", "push button")
        office.see("已经定好了")

    def read_the_notice(self, town):
        town.press("任务", "page tab")
        town.see("您有 1 处内容未被选用")
        self.pictures("notice-in-the-list")
        town.press("看一看", "push button")
        town.press("定, 刚刚", "list item")
        town.see("选用的")
        self.pictures("notice")
        town.press("知道了", "push button")
        town.see_no_more("待定，1 项待办")


if __name__ == "__main__":
    unittest.main(verbosity=2)
