# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""What people type is theirs: it is in no bundle that goes through other hands, in no log, and on nobody's stderr."""
import os
import random
import shutil
import string
import subprocess
import unittest

from county import BIN, County, Failed, make_ledger, run

SEED = int(os.environ.get("HEZHANG_SEED", "1"))
PIECE = 8   # bytes of a marker that are enough to be found: packing may cut it


class Canary(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.draw = random.Random(SEED)
        self.markers, self.said = [], []
        self.log = self.county.folder / "endpoint.log"
        self.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.north = self.county.join("north", "镇北堡镇", "张建国", "clerk")
        self.south = self.county.join("south", "兴泾镇", "李秀英", "clerk")

    def serve(self):
        """As County.serve, with everything that the endpoint says in a file."""
        with self.log.open("ab") as log:
            self.county.endpoint = subprocess.Popen(
                [str(BIN / "hezhangd"), "serve", "--data", str(self.county.data), "--listen", f"127.0.0.1:{self.county.port}"],
                stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.county.endpoint.stdout.readline()
        if not line.startswith("listening "):
            raise Failed(f"hezhangd said: {line!r}")
        self.county.url = line.split()[1]
        self.county.port = int(self.county.url.rsplit(":", 1)[1])

    def marker(self):
        """A text that occurs nowhere else, half of it Chinese."""
        self.markers.append("".join(self.draw.choices(string.ascii_letters, k=24)) +
                            "".join(chr(self.draw.randrange(0x4E00, 0x9FA0)) for _ in range(8)))
        return self.markers[-1]

    def hz(self, home, *arguments, expect=0):
        out, err, _ = home.hz(*arguments, expect=expect, env={"HEZHANG_LOG": "debug"})
        self.said.append(err)
        return out

    def found_in(self, data):
        pieces = {coded[at:at + PIECE] for marker in self.markers for coded in (marker.encode(), marker.encode("utf-16-le"))
                  for at in range(0, len(coded) - PIECE + 1)}
        return sorted(piece for piece in pieces if piece in data)

    def write_everywhere(self):
        ledger, tasks = make_ledger(self.office, [(self.marker(), [("responsible", "镇北堡镇")]), ("公开人事信息。", [])])
        self.hz(self.office, "set", tasks[0], "item", self.marker())
        self.hz(self.office, "window", "open", "--ledger", ledger, "--closes", "2023-08-15")
        for home in (self.office, self.north, self.south):
            self.hz(home, "sync")
        self.hz(self.north, "set", tasks[0], "joint_progress", self.marker())
        self.hz(self.office, "set", tasks[0], "joint_progress", self.marker())
        self.hz(self.north, "new", "comment", f"record={tasks[0]}", f"text={self.marker()}")
        evidence = self.county.folder / "evidence.txt"
        evidence.write_text(self.marker() * 40, encoding="utf-8")
        self.hz(self.north, "file", "1", "--text", self.marker(), "--evidence", evidence)
        # What is refused is not told either: a field that is none, a right that is not there.
        self.hz(self.north, "set", tasks[1], "no_such_field", self.marker(), expect=None)
        self.hz(self.south, "set", tasks[0], "content", self.marker(), expect=None)
        return tasks

    def test_what_people_type_is_in_no_bundle_no_log_and_on_no_stderr(self):
        backup = self.county.folder / "older.db"
        self.county.admin("backup", "-o", backup)
        self.write_everywhere()
        bundle, answer = self.county.folder / "north.hzb", self.county.folder / "answer.hzb"
        self.hz(self.north, "bundle", "export", bundle)
        # By another home's hands and over the network, and by file.
        self.hz(self.south, "bundle", "import", bundle)
        for _ in range(2):
            carried = list((self.south.path / "carried").glob("*"))
            self.assertTrue(carried)
            for file in carried:
                self.assertEqual(self.found_in(file.read_bytes()), [], file.name)
            self.hz(self.south, "sync")
        self.said.append(run("hezhangd", "bundle", "import", bundle, "--data", self.county.data, "-o", answer)[1])
        self.hz(self.north, "bundle", "import", answer)
        # Damage is told without what it damaged.
        damaged = bytearray(bundle.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        (self.county.folder / "damaged.hzb").write_bytes(damaged)
        self.hz(self.south, "bundle", "import", self.county.folder / "damaged.hzb", expect=1)
        # The endpoint has something to say: its database is an older one.
        self.county.stop()
        shutil.copyfile(backup, self.county.data / "county.db")
        self.serve()
        for home in (self.office, self.north, self.south) * 2:
            self.hz(home, "sync")
            self.hz(home, "rebuild", "--check")
        self.said.append(run("hezhangd", "verify", "--data", self.county.data)[1])
        self.county.stop()

        # What is looked for is there to be found, and the log says something.
        shown = self.office.hz("dump")[0].encode()
        self.assertGreater(len(self.found_in(shown)), 0)
        self.assertGreater(self.log.stat().st_size, 0)
        for file in (bundle, answer):
            self.assertEqual(self.found_in(file.read_bytes()), [], file.name)
        self.assertEqual(self.found_in(self.log.read_bytes()), [], "the endpoint's log")
        self.assertEqual(self.found_in("\n".join(self.said).encode()), [], "stderr")


if __name__ == "__main__":
    unittest.main()
