# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""The office invites in its window; the person joins in another with what that window showed; an invitation is withdrawn, the device stopped.

Pictures of the steps are left in $HEZHANG_PICTURES (build/window-pictures/invitation).
"""
import os
import pathlib
import unittest

from window_case import TASK, Home, WindowCase, wait_until
from county import SOURCE

PICTURES = pathlib.Path(os.environ.get("HEZHANG_PICTURES", SOURCE / "build" / "window-pictures")) / "invitation"
PERSON = "Li Chunmei"


class Invitation(WindowCase):
    def test_who_is_invited_in_the_window_joins_and_can_be_stopped(self):
        office = self.show(self.office, "--page", "devices")
        office.see("本机")
        code = self.invite_in(office)
        clerk = self.join_in(code)

        self.withdraw_another(office)
        for is_left in (True, False):
            office.press(PERSON, "list item")
            office.picture(PICTURES / "3-device.png")
            office.press("停用这台设备", "push button")
            office.see(f"停用{PERSON}的设备？")
            if is_left:
                office.keys("Return")  # the safe answer has the keyboard
                office.see_no_more(f"停用{PERSON}的设备？")
        wait_until(lambda: [office.click(*node.center()) for node in office.shown(role="push button") if node.name == "停用"], "it is asked")
        office.see("设备已停用")
        office.picture(PICTURES / "4-stopped.png")

        clerk.keys("F5")
        clerk.see("没有同步成")
        clerk.press("同步", "page tab")
        clerk.see("县政务公开办已停用本机")
        clerk.picture(PICTURES / "5-told.png")

    def invite_in(self, office):
        office.press("邀请", "push button")
        office.press("单位", "combo box")
        office.press("兴泾镇", "list item")
        office.press("姓名", "text")
        office.type(PERSON)
        office.picture(PICTURES / "1-form.png")
        office.press("生成邀请", "push button")
        office.see("邀请二维码")
        office.picture(PICTURES / "2-code.png")
        return next(node.name for node in office.shown(role="label") if len(node.name.split("-")) == 4)

    def withdraw_another(self, office):
        office.press("继续邀请", "push button")
        office.press("姓名", "text")
        office.type("Wang")
        office.press("生成邀请", "push button")
        code = wait_until(lambda: next((node.name for node in office.shown(role="label") if len(node.name.split("-")) == 4), None), "a code")
        office.keys("Escape")
        office.press("未使用的邀请")
        office.press("Wang", "list item")
        office.see("撤回对Wang的邀请？")
        office.picture(PICTURES / "6-withdraw.png")
        wait_until(lambda: [office.click(*node.center()) for node in office.shown(role="push button") if node.name == "撤回"], "it is asked")
        office.see("邀请已撤回")
        office.see("没有未使用的邀请")
        late = Home(self.county, "late")
        refused = late.hz("enroll", self.county.url, code, "--json", expect=1)
        self.assertIn("badCode", str(refused))
        office.keys("Escape")
        office.press("设备", "list item")

    def join_in(self, code):
        clerk = self.show(Home(self.county, "new"), display=self.new_display())
        clerk.see("欢迎使用合账")
        clerk.press("地址", "text")
        clerk.type(self.county.url)
        clerk.press("邀请码", "text")
        clerk.type(code)
        clerk.press("加入本县", "push button")
        clerk.see(TASK)
        return clerk


if __name__ == "__main__":
    unittest.main(verbosity=2)
