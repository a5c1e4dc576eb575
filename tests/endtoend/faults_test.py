# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""What counties do to their computers, with real processes: kills, copies, restores, hostile and missing servers."""
import http.server
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import threading
import unittest

from county import County, Home, assert_agree, make_ledger, run

BOTH = [("responsible", "镇北堡镇"), ("responsible", "兴泾镇")]
ROUNDS = int(os.environ.get("HEZHANG_KILL_ROUNDS", "34"))  # of each of the three kinds


class Faults(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        self.ledger, self.tasks = make_ledger(self.office, [("公开财政信息。", BOTH), ("公开社会组织信息。", BOTH)])
        self.office.hz("window", "open", "--ledger", self.ledger, "--closes", "2023-08-15")
        self.sync_all()

    def sync_all(self, *homes):
        for home in (homes or (self.office, self.north)) * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def batch_line(self, number):
        return json.dumps({"register": "comment", "key": {"record": self.tasks[0]}, "field": "text",
                           "assign": f"第{number}条"}) + "\n"

    def answered(self, process, kill_after):
        """The dots that were answered ok before the process ended: it is killed a moment after `kill_after` lines."""
        dots = []
        for number, line in enumerate(process.stdout):
            if number == kill_after:
                process.kill()
            try:
                answer = json.loads(line)
            except ValueError:
                continue  # the kill cut it off
            if answer.get("ok"):
                dots.append((answer["dot"], answer["record"]))
        return dots

    def test_kills_lose_no_answered_edit_and_double_none(self):
        seed = int(os.environ.get("HEZHANG_SEED", "20260815"))
        dice = random.Random(seed)
        written = {}
        for round_number in range(ROUNDS):
            with self.subTest(seed=seed, round=round_number):
                # hz in edit --batch
                lines = [self.batch_line(f"{round_number}-{i}") for i in range(40)]
                process = self.north.start("edit", "--batch", "-", stdin=subprocess.PIPE)
                try:
                    process.stdin.write("".join(lines))
                    process.stdin.close()
                except BrokenPipeError:
                    pass
                # Counted in answers, not in time: a slow machine is killed in the middle as well.
                written.update(self.answered(process, dice.randrange(36)))
                process.wait()
                process.stdout.close()
                process.stderr.close()
                self.assertTrue(self.north.json("rebuild", "--check")["ok"])
                # hz in sync
                process = self.north.start("sync")
                killer = threading.Timer(dice.uniform(0.002, 0.06), process.kill)
                killer.start()
                process.communicate()
                killer.cancel()
                # hezhangd while a sync runs
                process = self.north.start("sync")
                killer = threading.Timer(dice.uniform(0.0, 0.06), self.county.endpoint.kill)
                killer.start()
                process.communicate()
                killer.join()
                self.county.endpoint.wait()
                self.county.endpoint.stdout.close()
                self.county.serve()
        self.sync_all(self.north, self.office)
        self.assertTrue(self.north.json("rebuild", "--check")["ok"])
        self.assertGreater(len(written), ROUNDS)
        histories = {}
        for dot, record in written.items():
            rows = self.office.json("history", record) if len(histories) < 40 else None
            if rows is not None:
                histories[record] = rows
                self.assertEqual([row["dot"] for row in rows].count(dot), 1, dot)
        present = {json.loads(line)["id"] for line in self.office.dump("common").splitlines()}
        self.assertLessEqual(set(written.values()), present)
        assert_agree(self, self.county, [self.office, self.north])
        self.county.admin("verify")

    def test_a_copied_home_used_on_two_machines_loses_nothing(self):
        self.north.hz("file", "1", "--text", "复制前写的。")
        copy = self.north.copy_to("copy")
        self.north.hz("file", "1", "--percent", "10")
        copy.hz("file", "1", "--percent", "20")
        copy.hz("file", "2", "--text", "在副本上写的。")
        self.sync_all(self.north, copy, self.office)
        self.sync_all(copy, self.north, self.office)
        filings = [json.loads(line)["fields"] for line in self.office.dump(self.unit_scope()).splitlines()]
        self.assertIn("复制前写的。", [fields.get("text") for fields in filings])
        self.assertIn("在副本上写的。", [fields.get("text") for fields in filings])
        self.assertIn({"conflict": [10, 20], "shown": 10}, [fields.get("percent") for fields in filings])
        assert_agree(self, self.county, [self.office, self.north, copy])
        device = [row for row in self.county.admin_json("devices") if row["person_name"] == "张建国"][0]
        self.assertGreater(len({lane["lane"] for lane in device["lanes"] if lane["scope"] == self.unit_scope()}), 1)

    def test_a_clone_that_reuses_numbers_becomes_a_branch_and_the_office_is_told(self):
        self.north.hz("file", "1", "--percent", "5")
        self.north.sync()
        backup = pathlib.Path(str(self.north.path) + ".db")
        shutil.copy(self.north.path / "home.db", backup)
        self.north.hz("file", "1", "--percent", "10")
        self.north.sync()
        # The database alone goes back to the backup, with a guard that says nothing of the last sync.
        guard = (self.north.path / "guard").stat()
        for path in self.north.path.glob("home.db*"):
            path.unlink()
        shutil.copy(backup, self.north.path / "home.db")
        self.assertEqual((self.north.path / "guard").stat().st_ino, guard.st_ino)
        self.north.hz("file", "1", "--percent", "20")
        self.sync_all(self.north, self.office)
        self.sync_all(self.north, self.office)
        assert_agree(self, self.county, [self.office, self.north])
        percent = [json.loads(line)["fields"].get("percent") for line in self.office.dump(self.unit_scope()).splitlines()]
        self.assertIn({"conflict": [10, 20], "shown": 10}, percent)

    def unit_scope(self):
        return next(scope for scope in self.north.scopes() if scope.startswith("unit:"))

    def test_an_endpoint_restored_from_an_older_backup_gets_back_what_it_lost(self):
        self.north.hz("file", "1", "--text", "备份前。")
        self.sync_all()
        backup = self.county.folder / "county.backup"
        self.county.admin("backup", "-o", backup)
        late = self.county.join("late", "兴泾镇", "李春梅", "clerk")
        self.north.hz("file", "2", "--text", "备份后。", "--submit")
        late.hz("file", "1", "--text", "新设备写的。")
        self.sync_all(self.north, late, self.office)
        record = next(json.loads(line)["id"] for line in self.north.dump(self.unit_scope()).splitlines()
                      if json.loads(line)["fields"].get("text") == "备份后。")
        receipt = self.county.folder / "receipt"
        self.north.hz("receipt", record, "-o", receipt)
        before = {scope: self.office.dump(scope) for scope in self.office.scopes()}
        entries = self.county.admin_json("status")["entries"]
        self.county.stop()
        run("hezhangd", "restore", backup, "--data", self.county.data)
        self.assertLess(self.county.admin_json("status")["entries"], entries)
        self.county.serve()
        # The office brings back everybody's, the device that the county has forgotten among them.
        self.sync_all(self.office)
        self.sync_all(late, self.north, self.office)
        after = {scope: self.office.dump(scope) for scope in self.office.scopes()}
        self.assertEqual(after, before)
        assert_agree(self, self.county, [self.office, self.north, late])
        self.assertTrue(json.loads(run("hz", "verify", receipt, "--json")[0])["valid"])
        self.county.admin("verify")
        self.north.hz("file", "1", "--text", "恢复以后。")
        self.sync_all(self.north, self.office, late)
        assert_agree(self, self.county, [self.office, self.north, late])

    def test_nothing_new_costs_one_small_request(self):
        self.sync_all()
        report = self.north.sync()
        self.assertEqual(report["requests"], 1)
        self.assertLess(report["bytes_sent"] + report["bytes_received"], 600)
        entries = self.county.admin_json("status")["entries"]
        self.north.sync()
        self.assertEqual(self.county.admin_json("status")["entries"], entries)

    def test_two_syncs_at_once_enter_every_edit_once(self):
        for number in range(20):
            self.north.hz("increment", self.north.json("file", "1", "--text", "计数。")["record"], "done_count", "1")
        processes = [self.north.start("sync", "--json") for _ in range(3)]
        for process in processes:
            out, err = process.communicate()
            self.assertEqual(process.returncode, 0, err)
        self.sync_all()
        counts = [json.loads(line)["fields"].get("done_count") for line in self.office.dump(self.unit_scope()).splitlines()]
        self.assertIn(20, counts)

    def flip(self, database, table, column, where):
        connection = sqlite3.connect(database)
        row, value = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {where}").fetchone()
        damaged = bytearray(value)
        damaged[len(damaged) // 2] ^= 1
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (bytes(damaged), row))
        connection.commit()
        connection.close()

    def test_a_flipped_byte_fails_verify_with_its_place(self):
        self.north.hz("file", "1", "--text", "要核对的。", "--submit")
        self.sync_all()
        record = json.loads(self.north.dump(self.unit_scope()).splitlines()[0])["id"]
        receipt = self.county.folder / "receipt"
        self.north.hz("receipt", record, "-o", receipt)
        facts = json.loads(run("hz", "verify", receipt, "--json")[0])
        self.assertEqual((facts["valid"], facts["county"], facts["record"]), (True, "银川市西夏区", record))
        whole = receipt.read_bytes()
        dice = random.Random(1)
        damaged = self.county.folder / "damaged"
        for place in [0, len(whole) - 1, *dice.sample(range(len(whole)), 60)]:
            changed = bytearray(whole)
            changed[place] ^= 1 << dice.randrange(8)
            damaged.write_bytes(bytes(changed))
            run("hz", "verify", damaged, expect=1)
        for changed in (whole[:-1], whole + b"\0", b"", whole[1:]):
            damaged.write_bytes(changed)
            run("hz", "verify", damaged, expect=1)
        run("hz", "verify", receipt, "--county-key", facts["county_key"])
        run("hz", "verify", receipt, "--county-key", "0" * 64, expect=1)
        self.north.hz("verify")
        self.county.admin("verify")
        self.county.stop()
        for folder, database in ((self.county.data, "county.db"), (self.north.path, "home.db")):
            for table, where in (("envelope", "serial = (SELECT max(serial) FROM segment)"), ("entry", "position > 10")):
                copy = self.county.folder / "copy"
                shutil.copytree(folder, copy)
                self.flip(copy / database, table, "bytes", where)
                if database == "county.db":
                    out, err, _ = run("hezhangd", "verify", "--data", copy, expect=1)
                else:
                    out, err, _ = run("hz", "--home", copy, "verify", expect=1)
                self.assertRegex(out + err, r"entr(y|ies) \d+")
                shutil.rmtree(copy)

    def test_bad_input_gets_one_clear_line_and_the_right_exit_code(self):
        task = self.tasks[0]
        cases = [(1, ("show", "abcdef12")), (1, ("set", task, "nosuch", "1")), (1, ("new", "nosuch", "a=b")),
                 (1, ("file", "1", "--percent", "120")), (1, ("import", "/nonexistent.txt")),
                 (2, ("set", task)), (2, ("nosuch",)), (2, ("file", "1", "--nosuch")), (1, ("file", "1", "--unit", "无此单位", "--text", "无")),
                 (2, ("set", task, "joint_status", "done", "--seen", "xyz")), (1, ("enroll", self.county.url, "AAAA-BBBB"))]
        for code, arguments in cases:
            with self.subTest(arguments=arguments):
                out, err, _ = self.north.hz(*arguments, expect=code)
                self.assertEqual(len(err.strip().splitlines()), 1, err)
                self.assertTrue(err.startswith("hz: "), err)
                out, _, _ = self.north.hz(*arguments, "--json", expect=code)
                self.assertIn("code", json.loads(out)["error"])
        fresh = Home(self.county, "fresh")
        fresh.hz("enroll", self.county.url, "AAAA-BBBB-CCCC-DDDD", expect=1)
        self.assertFalse((fresh.path / "home.db").exists())
        fresh.hz("tasks", expect=1)
        code = self.county.admin_json("invite", "--unit", "兴泾镇", "--person", "李", "--role", "clerk")["code"]
        fresh.hz("enroll", self.county.url, code)
        Home(self.county, "second").hz("enroll", self.county.url, code, expect=1)
        fresh.hz("enroll", self.county.url, code, expect=1)
        good = self.batch_line("好")
        lines = good + "not json\n" + json.dumps({"record": task, "field": "content", "assign": "x"}) + "\n" + good
        out, _, _ = self.north.hz("edit", "--batch", "-", stdin=lines, expect=1)
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([answer.get("ok") for answer in answers[:-1]], [True, False, False, True])
        self.assertEqual(answers[-1], {"applied": 2, "failed": 2})

    def test_no_server_a_portal_and_garbage_change_nothing(self):
        self.north.hz("file", "1", "--text", "等网络。")
        local = self.north.json("status")["local"]
        self.county.stop()
        report = self.north.sync(expect=1)
        self.assertEqual((report["up_to_date"], report["error"]["code"]), (False, "unreachable"))

        class Portal(http.server.BaseHTTPRequestHandler):
            kind = "text/html"

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                body = b"<html>please log in</html>"
                self.send_response(200)
                self.send_header("Content-Type", self.kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        server = http.server.HTTPServer(("127.0.0.1", self.county.port), Portal)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        for kind in ("text/html", "application/x-hezhang"):
            Portal.kind = kind
            report = self.north.sync(expect=1)
            self.assertEqual(report["error"]["code"], "notOurServer")
        server.shutdown()
        thread.join()
        server.server_close()
        self.assertEqual(self.north.json("status")["local"], local)
        self.county.serve()
        self.sync_all()
        self.assertEqual(self.north.json("status")["local"], 0)

    @unittest.skipUnless(os.geteuid() == 0, "mounting a small file system needs root")
    def test_a_full_disk_loses_nothing_that_was_answered(self):
        mount = self.county.folder / "small"
        mount.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(mount)], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", str(mount)], check=False)
        home = Home(self.county, "small/home")
        code = self.county.admin_json("invite", "--unit", "兴泾镇", "--person", "李", "--role", "clerk")["code"]
        home.hz("enroll", self.county.url, code)
        home.sync()
        lines = "".join(json.dumps({"register": "comment", "key": {"record": self.tasks[0]}, "field": "text",
                                    "assign": f"{i}" + "满" * 800}) + "\n" for i in range(900))
        out, err, _ = home.hz("edit", "--batch", "-", stdin=lines, expect=1)
        answers = [json.loads(line) for line in out.splitlines()]
        kept = [answer["record"] for answer in answers if answer.get("ok")]
        self.assertTrue(kept)
        self.assertIn("storageFull", {answer["error"]["code"] for answer in answers if answer.get("ok") is False})
        subprocess.run(["mount", "-o", "remount,size=30m", str(mount)], check=True)
        home.sync()
        self.office.sync()
        present = {json.loads(line)["id"] for line in self.office.dump("common").splitlines()}
        self.assertLessEqual(set(kept), present)
        self.assertTrue(home.json("rebuild", "--check")["ok"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
