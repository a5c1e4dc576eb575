# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""The network is taken away and given back under an open window; and a server that takes every connection and answers none."""
import socket
import threading
import time
import unittest

from window_case import OTHER_TASK, TASK, WindowCase, wait_until
from county import assert_agree

FIRST_PAGE_SECONDS = 10  # with a server that hangs, on a loaded machine


class Silence:
    """Accepts on a port and never says a word."""

    def __init__(self, port):
        self.listener = socket.create_server(("127.0.0.1", port))
        self.connections = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                self.connections.append(self.listener.accept()[0])
            except OSError:
                return

    def close(self):
        if self.listener.fileno() < 0:
            return
        # shutdown: close alone does not wake the thread that accepts, and the port would stay taken.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            connection.close()


class Network(WindowCase):
    def setUp(self):
        super().setUp()
        self.home = self.county.join("north", "镇北堡镇", "张建国", "clerk")

    def report(self, window, task, text):
        """Opens the task's report from the list, writes, saves, and comes back to the list."""
        window.press(task, "list item")
        window.press("填报", "push button")
        window.press("进展落实情况", "text")
        window.keys("ctrl+a")
        window.type(text)
        window.see(text, "text")
        window.press("保存", "push button")
        window.see("已存本机", "alert message")
        window.keys("Escape", "Escape")
        window.see("搜索", "text")

    def test_what_is_written_without_a_network_arrives_when_it_is_back(self):
        window = self.show(self.home)
        window.see("已同步")
        self.county.stop()
        self.report(window, TASK, "First report without a network.")
        window.see("离线")
        window.see("1 条未送出")
        self.report(window, OTHER_TASK, "Second report without a network.")
        window.see("2 条未送出")
        self.assertEqual(self.home.json("status")["local"], 2)
        window.press("同步", "page tab")
        window.see("连不上县里")
        self.office.hz("set", self.tasks[0], "joint_progress", "没有网络时县里写的。")

        self.county.serve()
        self.office.sync()
        window.see("已同步", seconds=90)  # by itself
        self.assertEqual(self.home.json("status")["local"], 0)
        self.office.sync()
        assert_agree(self, self.county, [self.office, self.home])
        window.press("任务", "page tab")
        window.press(TASK, "list item")
        window.see("没有网络时县里写的。")

    def test_with_a_server_that_never_answers_the_window_opens_and_saves(self):
        self.county.stop()
        silence = Silence(self.county.port)
        self.addCleanup(silence.close)
        begun = time.monotonic()
        window = self.show(self.home)
        window.see(TASK, seconds=FIRST_PAGE_SECONDS)
        self.assertLess(time.monotonic() - begun, FIRST_PAGE_SECONDS)
        window.see("正在同步")
        wait_until(lambda: silence.connections, "the sync hangs at the server")
        self.report(window, TASK, "Written while the server hangs.")
        self.assertEqual(self.home.records("filing")[0]["fields"]["text"], "Written while the server hangs.")
        window.see("正在同步")  # it still does, and nothing waited for it

        window.press("同步", "page tab")
        window.press("停止", "push button")
        window.see("立即同步", "push button")
        silence.close()
        self.county.serve()
        window.press("立即同步", "push button")
        window.see("已同步")
        record = self.home.records("filing")[0]
        self.assertIn(record["id"], self.county.admin("dump", "--scope", record["scope"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
