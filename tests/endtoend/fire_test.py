# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Clients and endpoint are killed with -9 at random moments, round after round, behind a network that does everything wrong.

Nothing that was answered as durable is lost, nothing is doubled, and in the end everybody shows the same.
HEZHANG_FIRE_ROUNDS (300) and HEZHANG_SEED repeat a run or make a longer one.
"""
import json
import os
import random
import subprocess
import threading
import unittest
from collections import Counter

from county import County, assert_agree, make_ledger, run, unit_records
from faulty_proxy import FaultyProxy

ROUNDS = int(os.environ.get("HEZHANG_FIRE_ROUNDS", "300"))
SEED = int(os.environ.get("HEZHANG_SEED", "20261126"))
BATCH = 10
BOTH = [("responsible", "镇北堡镇"), ("responsible", "兴泾镇")]


class CountyBehindProxy(County):
    """Its devices know the address of the proxy only."""

    def __init__(self, proxy):
        super().__init__()
        self.proxy = proxy

    def serve(self):
        super().serve()
        self.proxy.target, self.url = self.port, self.proxy.url


class Fire(unittest.TestCase):
    def setUp(self):
        self.proxy = FaultyProxy(SEED)
        self.addCleanup(self.proxy.close)
        self.county = CountyBehindProxy(self.proxy)
        self.addCleanup(self.county.close)
        self.county.serve()
        self.homes = [self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office"),
                      self.county.join("north", "镇北堡镇", "张建国", "clerk"),
                      self.county.join("south", "兴泾镇", "李四", "clerk"),
                      self.county.join("checker", "西夏区督查室", "王敏", "checker")]
        self.office = self.homes[0]
        _, self.tasks = make_ledger(self.office, [(f"公开事项{i}。", BOTH) for i in range(4)])
        self.settle()
        self.written, self.tried, self.kills = {}, set(), Counter()
        self.counted, self.counted_tried = Counter(), Counter()
        self.lock = threading.Lock()

    def settle(self):
        for _ in range(10):
            if all([home.sync(expect=None).get("up_to_date") for home in self.homes * 2]):
                return
        self.fail("not everybody is up to date")

    # -- one home's part of a round, in a thread of its own

    def work(self, home, number, dice):
        if dice.random() < 0.8:
            self.batch(home, number, dice)
        else:
            self.count(home, dice)
        self.sync(home, dice)

    def batch(self, home, number, dice):
        texts = [f"{home.name}-{number}-{i}" for i in range(BATCH)]
        lines = [json.dumps({"register": "comment", "key": {"record": dice.choice(self.tasks)}, "field": "text", "assign": text},
                            ensure_ascii=False) for text in texts]
        if home.name != "checker" and dice.random() < 0.5:
            lines.append(json.dumps({"record": dice.choice(self.tasks), "field": "joint_status", "assign": dice.choice(
                ["in-progress", "done", "blocked"])}))
        kill_after = dice.randrange(len(lines)) if dice.random() < 0.5 else None
        process = home.start("edit", "--batch", "-", stdin=subprocess.PIPE)
        try:
            process.stdin.write("\n".join(lines) + "\n")
            process.stdin.close()
        except BrokenPipeError:
            pass
        if kill_after == 0:
            self.kill(process, "hz edit")
        answered = {}
        for count, line in enumerate(process.stdout, 1):
            if count == kill_after:
                self.kill(process, "hz edit")
            try:
                answer = json.loads(line)
            except ValueError:
                continue  # the kill cut it off
            if answer.get("ok") and answer["line"] <= BATCH:
                answered[texts[answer["line"] - 1]] = (answer["record"], answer["dot"])
        self.end(process)
        with self.lock:
            self.tried.update(texts)
            self.written.update(answered)

    def count(self, home, dice):
        """A counter shows what is doubled: more than was ever tried."""
        if home.name not in ("north", "south"):
            return
        process = home.start("file", "1", "--count", "1", "--json")
        killer = self.kill_soon(process, dice, "hz file", 0.03)
        out, _ = process.communicate()
        killer.join()
        with self.lock:
            self.counted_tried[home.name] += 1
            self.counted[home.name] += 1 if process.returncode == 0 and out else 0

    def sync(self, home, dice):
        process = home.start("sync")
        killer = self.kill_soon(process, dice, "hz sync", 0.12)
        process.communicate()
        killer.join()

    def kill(self, process, what):
        process.kill()
        with self.lock:
            self.kills[what] += 1

    def kill_soon(self, process, dice, what, latest):
        """Kills at a moment of its life, or lets it live."""
        moment, isDoomed = dice.uniform(0, latest), dice.random() < 0.6

        def act():
            try:
                process.wait(moment if isDoomed else None)
            except subprocess.TimeoutExpired:
                self.kill(process, what)
        thread = threading.Thread(target=act)
        thread.start()
        return thread

    def end(self, process):
        process.wait()
        process.stdout.close()
        process.stderr.close()

    # -- what the operator does

    def kill_endpoint(self):
        self.county.kill()
        self.kills["hezhangd"] += 1
        self.county.serve()

    def backup(self):
        self.county.admin("backup", "-o", self.county.folder / "backup")

    def restore(self):
        self.county.kill()
        run("hezhangd", "restore", self.county.folder / "backup", "--data", self.county.data)
        self.kills["restore"] += 1
        self.county.serve()

    def round(self, number, dice):
        threads = [threading.Thread(target=self.work, args=(home, number, random.Random(dice.random()))) for home in self.homes]
        for thread in threads:
            thread.start()
        if number % 3 == 0:
            self.kill_endpoint()
        for thread in threads:
            thread.join()

    def test_nothing_is_lost_and_nothing_doubled(self):
        print(f"repeat with: HEZHANG_SEED={SEED} HEZHANG_FIRE_ROUNDS={ROUNDS} python3 tests/endtoend/fire_test.py")
        dice = random.Random(SEED)
        # Where a filing counts, both have one.
        self.office.hz("window", "open", "--ledger", self.office.json("ledgers")[0]["id"], "--closes", "2023-08-15")
        self.settle()
        self.backup()
        self.proxy.honest = False
        for number in range(1, ROUNDS + 1):
            self.round(number, dice)
            if number % 40 == 0:
                self.backup()
            if number % 90 == 0:
                self.restore()
            if number % 120 == 0 and len(self.homes) < 6:
                self.homes.append(self.homes[1].copy_to(f"copy{number}"))
        self.proxy.honest = True
        self.settle()
        self.settle()
        self.check()
        faults = sum(count for what, count in self.proxy.counts.items() if what != "pass")
        print(f"{ROUNDS} rounds, kills {dict(self.kills)}, {len(self.written)} edits answered, {faults} of "
              f"{sum(self.proxy.counts.values())} requests disturbed: {dict(self.proxy.counts)}: 0 lost, 0 doubled, 0 diverged")

    def check(self):
        rows = [json.loads(line) for line in self.office.dump("common").splitlines()]
        texts = Counter(row["fields"]["text"] for row in rows if row["register"] == "comment")
        records = {row["id"] for row in rows if row["register"] == "comment"}
        lost = [text for text, (record, _) in self.written.items() if record not in records or texts[text] != 1]
        self.assertEqual(lost, [], "answered as durable, and not there once")
        self.assertLessEqual(set(texts), self.tried)
        self.assertEqual([text for text, count in texts.items() if count != 1], [])
        for text in random.Random(SEED).sample(sorted(self.written), min(60, len(self.written))):
            record, dot = self.written[text]
            history = self.office.json("history", record)
            self.assertEqual([row["dot"] for row in history], [dot], text)
            self.assertEqual(history[0]["verdict"], "accepted", text)
        # What was counted is counted once: no less than was answered, no more than was tried.
        names = {row["id"]: row["name"] for row in unit_records(self.office)}
        done = Counter()
        for row in self.office.records("filing"):
            done[names[row["fields"]["unit"]]] += row["fields"].get("done_count", 0)
        for home, unit in (("north", "镇北堡镇"), ("south", "兴泾镇")):
            self.assertGreaterEqual(done[unit], self.counted[home])
            self.assertLessEqual(done[unit], self.counted_tried[home])
            self.assertGreater(self.counted[home], 0)
        for home in self.homes:
            self.assertTrue(home.json("rebuild", "--check")["ok"], home.name)
        self.county.admin("verify")
        assert_agree(self, self.county, self.homes)


if __name__ == "__main__":
    unittest.main(verbosity=2)
