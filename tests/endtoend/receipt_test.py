# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A second program reads receipts (receipt_reader.py, written from docs/wire-format.md alone) and says of each what `hz verify` says."""
import json
import os
import random
import unittest

import receipt_reader
from county import County, make_ledger, run

SEED = int(os.environ.get("HEZHANG_SEED", "1"))
TAMPERED = 200


def tampered(data, draw):
    """The receipt with one thing changed, and what."""
    at, changed = draw.randrange(len(data)), bytearray(data)
    kind = draw.choice(("bit", "byte", "cut", "longer", "removed", "inserted", "doubled", "moved"))
    size = draw.randrange(1, 40)
    if kind == "bit":
        changed[at] ^= 1 << draw.randrange(8)
    elif kind == "byte":
        changed[at] = (changed[at] + draw.randrange(1, 256)) % 256
    elif kind == "cut":
        del changed[at:]
    elif kind == "longer":
        changed += draw.randbytes(size)
    elif kind == "removed":
        del changed[at:at + size]
    elif kind == "inserted":
        changed[at:at] = draw.randbytes(size)
    elif kind == "doubled":
        changed[at:at] = changed[at:at + size]
    else:
        part = changed[at:at + size]
        del changed[at:at + size]
        to = draw.randrange(len(changed) + 1)
        changed[to:to] = part
    return bytes(changed), kind


class SecondReader(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.county.serve()
        self.office = self.county.join("office", "西夏区政务公开办公室", "马晓燕", "office")
        self.clerk = self.county.join("clerk", "镇北堡镇", "张建国", "clerk")
        _, self.tasks = make_ledger(self.office, [("公开财政信息。", [("responsible", "镇北堡镇")]), ("公开人事信息。", [])])
        self.sync_all()

    def sync_all(self):
        for home in (self.office, self.clerk) * 2:
            self.assertTrue(home.sync()["up_to_date"])

    def product_says(self, data):
        """What `hz verify` says of these bytes; None: that they prove nothing."""
        file = self.county.folder / "asked.receipt"
        file.write_bytes(data)
        out, _, code = run("hz", "verify", file, "--json", env={"HEZHANG_HOME": str(self.county.folder / "nobody")}, expect=None)
        answer = json.loads(out)
        self.assertEqual(answer["valid"], code == 0)
        return answer if answer["valid"] else None

    def reader_says(self, data):
        try:
            return receipt_reader.read_receipt(data)
        except receipt_reader.Invalid:
            return None

    def assert_same(self, data, what):
        product, reader = self.product_says(data), self.reader_says(data)
        self.assertEqual(product is None, reader is None, what)
        if product:
            for name in ("county", "county_key", "record", "position", "fields"):
                self.assertEqual(product[name], reader[name], what)
        return product

    def receipts(self):
        """Of a record of one op, of many, of a conflict, of one that two homes wrote."""
        self.clerk.hz("set", self.tasks[0], "joint_progress", "已办理，群众可以查询。")
        self.clerk.hz("set", self.tasks[0], "joint_status", "in-progress")
        comment = self.clerk.json("new", "comment", f"record={self.tasks[0]}", "text=一句话")["record"]
        self.sync_all()
        self.clerk.hz("set", self.tasks[0], "joint_status", "done")
        self.office.hz("set", self.tasks[0], "joint_status", "blocked")
        self.sync_all()
        for number, record in enumerate((*self.tasks, comment)):
            file = self.county.folder / f"{number}.receipt"
            self.clerk.hz("receipt", record, "-o", file)
            yield file.read_bytes()

    def test_genuine_receipts_are_genuine_to_both_and_200_tampered_ones_to_neither(self):
        draw = random.Random(SEED)
        receipts = list(self.receipts())
        for number, data in enumerate(receipts):
            self.assertIsNotNone(self.assert_same(data, f"receipt {number}"), f"receipt {number}")
        for number in range(TAMPERED):
            data = draw.choice(receipts)
            changed, kind = tampered(data, draw)
            if changed == data:
                continue
            again = f"{kind}, tampered {number}; again: HEZHANG_SEED={SEED} python3 tests/endtoend/receipt_test.py"
            self.assertIsNone(self.assert_same(changed, again), again)


if __name__ == "__main__":
    unittest.main()
