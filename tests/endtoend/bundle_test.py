# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""A county that has no network at all: everything goes by file, with real hz and hezhangd."""
import json
import os
import subprocess
import unittest

from county import BIN, County, Home, assert_agree, make_ledger, run

NORTH, SOUTH = "镇北堡镇", "兴泾镇"
OFFICE = "西夏区政务公开办公室"
BOTH = [("responsible", NORTH), ("responsible", SOUTH)]


class ByFile(unittest.TestCase):
    def setUp(self):
        self.county = County()
        self.addCleanup(self.county.close)
        self.files = 0

    # --- carrying ---

    def file(self, name="bundle"):
        self.files += 1
        return self.county.folder / f"{name}-{self.files}.hzb"

    def at_county(self, bundle, expect=0, county=None):
        """The county's answer to a bundle, as a file."""
        answer = self.file("answer")
        taken = run("hezhangd", "bundle", "import", bundle, "--data", (county or self.county).data, "-o", answer, "--json",
                    expect=expect)[0]
        return answer, json.loads(taken)

    def export(self, home, *options):
        bundle = self.file(home.name)
        return bundle, home.json("bundle", "export", bundle, *options)

    def journey(self, home):
        bundle, _ = self.export(home)
        answer, taken = self.at_county(bundle)
        return taken, home.json("bundle", "import", answer)

    def join(self, name, unit, person, role, county=None):
        county = county or self.county
        code = json.loads(run("hezhangd", "invite", "--data", county.data, "--unit", unit, "--person", person, "--role", role,
                              "--json")[0])["code"]
        home = Home(county, name)
        request = self.file(name)
        home.hz("enroll", "--bundle", request, code)
        answer, taken = self.at_county(request, county=county)
        self.assertTrue(taken["enrolled"])
        self.assertTrue(home.json("bundle", "import", answer)["up_to_date"])
        return home

    def everything(self, home):
        """What must not change where a bundle is refused."""
        return home.hz("dump")[0], home.hz("digest")[0], home.json("status"), self.county.admin_json("status"), \
            self.county.admin("digest")

    def refused(self, home, bundle, code, county=False):
        out, err, _ = run("hezhangd", "bundle", "import", bundle, "--data", self.county.data, "--json", expect=1) if county \
            else home.hz("bundle", "import", bundle, "--json", expect=1)
        self.assertEqual(json.loads(out)["error"]["code"], code)
        self.assertEqual(len(err.splitlines()), 1, err)

    # --- stories ---

    def test_a_whole_county_works_by_file_alone(self):
        office = self.join("office", OFFICE, "马晓燕", "office")
        ledger, tasks = make_ledger(office, [("公开财政信息。", BOTH)])
        office.json("window", "open", "--ledger", ledger, "--closes", "2023-08-15")
        self.journey(office)
        north = self.join("north", NORTH, "张建国", "clerk")
        self.assertEqual([row["content"] for row in north.json("tasks")], ["公开财政信息。"])

        photo = self.county.folder / "photo.jpg"
        photo.write_bytes(os.urandom(1_300_000))
        filing = north.json("file", "1", "--text", "已公开。", "--status", "done", "--evidence", photo, "--submit")["record"]
        bundle, exported = self.export(north)
        self.assertEqual((exported["blobs"], exported["complete"], exported["file"]), (1, True, str(bundle)))
        answer, taken = self.at_county(bundle)
        for file in (bundle, answer):
            for plain in ("已公开", "content", "evidence", "filing", photo.read_bytes()[1000:1030]):
                self.assertNotIn(plain if isinstance(plain, bytes) else plain.encode(), file.read_bytes(), "can be read underway")
        self.assertEqual((taken["blobs"], taken["refused"], taken["held"], taken["complete"]), (1, 0, 0, True))
        self.assertLess(answer.stat().st_size, 100_000, "photos must not travel back")
        imported = north.json("bundle", "import", answer)
        self.assertTrue(imported["up_to_date"])
        self.assertEqual(north.json("status")["blobs_pending"], 0)
        self.assertEqual(north.json("status")["local"], 0)

        stored = [path for path in (self.county.data / "blobs").glob("*/*") if path.is_file()]
        self.assertEqual([path.read_bytes() for path in stored], [photo.read_bytes()])
        receipt = self.county.folder / "filing.hzr"
        north.hz("receipt", filing, "-o", receipt)
        self.assertTrue(north.json("verify", receipt)["valid"])
        self.assertTrue(json.loads(run("hz", "verify", receipt, "--json",
                                       env={"HEZHANG_HOME": str(self.county.folder / "none")})[0])["valid"])
        self.assertEqual(self.journey(office)[1]["blobs_missing"], 1)
        self.assertEqual(office.fields(filing)["text"], "已公开。")
        bundle, exported = self.export(office)
        self.assertEqual((exported["blobs"], exported["blobs_asked"]), (0, 1))
        answer, taken = self.at_county(bundle)
        self.assertEqual((taken["blobs_given"], taken["complete"]), (1, True))
        self.assertNotIn(photo.read_bytes()[1000:1030], answer.read_bytes(), "can be read underway")
        imported = office.json("bundle", "import", answer)
        self.assertEqual((imported["blobs_fetched"], imported["blobs_missing"], imported["known"]), (1, 0, False))
        self.assertEqual([path.read_bytes() for path in (office.path / "blobs").iterdir()], [photo.read_bytes()])
        self.assertEqual(office.json("bundle", "import", answer)["blobs_fetched"], 0)
        self.journey(north)
        assert_agree(self, self.county, [office, north])
        self.county.admin("verify")
        north.hz("verify")
        self.assertIn("address", north.hz("sync", expect=1)[1])

    def test_doubled_and_out_of_order_files_change_nothing(self):
        office = self.join("office", OFFICE, "马晓燕", "office")
        make_ledger(office, [("公开财政信息。", BOTH)])
        first, _ = self.export(office)
        office.hz("set", office.json("tasks")[0]["id"], "number", "7")
        second, _ = self.export(office)
        to_second, _ = self.at_county(second)
        to_first, _ = self.at_county(first)
        office.hz("bundle", "import", to_second)
        before = self.everything(office)
        for bundle in (first, second, first):
            self.at_county(bundle)
        for answer in (to_first, to_second, to_first):
            self.assertTrue(office.json("bundle", "import", answer)["known"])
        after = self.everything(office)
        self.assertEqual(before[:2], after[:2])
        self.assertEqual(before[3:], after[3:])
        self.assertEqual(office.json("status")["local"], 0)

    def test_an_answer_that_no_longer_fits_is_told_and_nothing_is_lost(self):
        office = self.join("office", OFFICE, "马晓燕", "office")
        make_ledger(office, [("公开财政信息。", BOTH)])
        first, _ = self.export(office)
        office.hz("set", office.json("tasks")[0]["id"], "number", "7")
        second, _ = self.export(office)
        to_first, to_second = self.at_county(first)[0], self.at_county(second)[0]
        office.hz("bundle", "import", to_first)
        self.refused(office, to_second, "outdated")
        self.assertEqual(office.json("status")["received"], 1)
        self.journey(office)
        self.assertEqual(office.json("status")["received"], 0)
        assert_agree(self, self.county, [office])

    def test_damaged_files_are_refused_whole(self):
        office = self.join("office", OFFICE, "马晓燕", "office")
        make_ledger(office, [("公开财政信息。", BOTH)])
        bundle, _ = self.export(office)
        answer, _ = self.at_county(bundle)
        office.hz("set", office.json("tasks")[0]["id"], "number", "7")
        bundle, _ = self.export(office)
        before = self.everything(office)
        damaged = self.file("damaged")
        for file, is_county in ((bundle, True), (answer, False)):
            whole = file.read_bytes()
            for at in (*range(0, len(whole), 97), len(whole) - 1):
                damaged.write_bytes(whole[:at])
                self.refused(office, damaged, "malformed", is_county)
            for at in range(3, len(whole), len(whole) // 40):
                damaged.write_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1:])
                self.refused(office, damaged, "malformed", is_county)
            damaged.write_bytes(whole + b"\0")
            self.refused(office, damaged, "malformed", is_county)
        self.assertEqual(self.everything(office), before)

    def test_of_another_county_or_device_is_said_so(self):
        other = County()
        self.addCleanup(other.close)
        office = self.join("office", OFFICE, "马晓燕", "office")
        north = self.join("north", NORTH, "张建国", "clerk")
        stranger = self.join("stranger", OFFICE, "外人", "office", county=other)
        make_ledger(office, [("公开财政信息。", BOTH)])
        ours, _ = self.export(office)
        theirs, _ = self.export(stranger)
        answer, _ = self.at_county(ours)
        before = self.everything(north)
        self.refused(north, theirs, "otherCounty", county=True)
        self.refused(north, theirs, "otherCounty")
        self.refused(stranger, answer, "otherCounty")
        self.refused(north, answer, "otherDevice")
        self.refused(office, ours, "otherDevice")
        self.refused(office, answer, "badInput", county=True)
        self.refused(office, self.county.folder / "none", "fileNotFound")
        self.assertEqual(self.everything(north), before)

    def test_what_is_too_much_for_one_file_goes_with_the_next(self):
        north = self.join("north", NORTH, "张建国", "clerk")
        for i in range(3):
            photo = self.county.folder / f"photo-{i}.jpg"
            photo.write_bytes(os.urandom(700_000))
        office = self.join("office", OFFICE, "马晓燕", "office")
        ledger, _ = make_ledger(office, [("公开财政信息。", BOTH)])
        office.json("window", "open", "--ledger", ledger, "--closes", "2023-08-15")
        self.journey(office)
        self.journey(north)
        north.hz("file", "1", "--text", "一。", *(word for i in range(3) for word in
                                               ("--evidence", self.county.folder / f"photo-{i}.jpg")))
        files = 0
        while True:
            bundle, exported = self.export(north, "--max-size", "1")
            self.assertLessEqual(bundle.stat().st_size, 1024 * 1024)
            north.hz("bundle", "import", self.at_county(bundle)[0])
            files += 1
            if exported["complete"]:
                break
        self.assertEqual(files, 3)
        self.assertEqual(north.json("status")["blobs_pending"], 0)

    def test_another_home_carries_a_bundle_and_its_answer(self):
        self.county.serve()
        office = self.county.join("office", OFFICE, "马晓燕", "office")
        ledger, _ = make_ledger(office, [("公开财政信息。", BOTH)])
        office.json("window", "open", "--ledger", ledger, "--closes", "2023-08-15")
        office.sync()
        north = self.join("north", NORTH, "张建国", "clerk")
        photo = self.county.folder / "photo.jpg"
        photo.write_bytes(os.urandom(700_000))
        filing = north.json("file", "1", "--text", "已公开。", "--evidence", photo, "--submit")["record"]
        bundle, _ = self.export(north)

        before = office.hz("dump")[0]
        self.assertTrue(office.json("bundle", "import", bundle)["carried"])
        office.hz("bundle", "import", bundle)
        self.assertEqual(office.hz("dump")[0], before)
        self.assertEqual([row["answered"] for row in office.json("bundle", "list")], [False])
        answer = self.file("answer")
        self.assertEqual(office.json("bundle", "export", answer, "--for", "ab", expect=1)["error"]["code"], "notFound")
        self.county.stop()
        office.sync(expect=1)
        self.assertEqual([row["answered"] for row in office.json("bundle", "list")], [False])
        self.county.serve()
        self.assertTrue(office.sync()["up_to_date"])
        self.assertEqual([row["answered"] for row in office.json("bundle", "list")], [True])
        office.hz("bundle", "export", answer, "--for", north.json("whoami")["device"])
        self.assertEqual(office.json("bundle", "list"), [])

        north.hz("bundle", "import", answer)
        self.assertEqual((north.json("status")["local"], north.json("status")["blobs_pending"]), (0, 0))
        office.sync()
        self.assertEqual(office.fields(filing)["text"], "已公开。")
        assert_agree(self, self.county, [office, north])

    def test_imports_beside_a_running_serve(self):
        self.county.serve()
        office = self.county.join("office", OFFICE, "马晓燕", "office")
        make_ledger(office, [("公开财政信息。", BOTH)])
        bundle, _ = self.export(office)
        running = [subprocess.Popen([str(BIN / "hezhangd"), "bundle", "import", str(bundle), "--data", str(self.county.data), "-o",
                                     str(self.file("answer")), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                   for _ in range(3)]
        office.sync()
        for process in running:
            _, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, err), (0, b""))
        office.sync()
        assert_agree(self, self.county, [office])
        self.county.admin("verify")

    def test_a_full_disk_stops_an_import_and_a_repeat_ends_it(self):
        if os.geteuid() != 0:
            self.skipTest("mounting needs root")
        office = self.join("office", OFFICE, "马晓燕", "office")
        make_ledger(office, [("公开财政信息。", BOTH)])
        self.journey(office)
        small = self.county.folder / "small"
        small.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)], check=False).returncode != 0:
            self.skipTest("no tmpfs here")
        self.addCleanup(lambda: subprocess.run(["umount", str(small)], check=True))
        for i in range(4):
            office.hz("set", office.json("tasks")[0]["id"], "content", f"{i}" + "公开财政信息。" * 300)
        north = self.join("north", NORTH, "张建国", "clerk")
        subprocess.run(["cp", "-a", str(north.path), str(small / "north")], check=True)
        full = Home(self.county, "small/north")
        self.journey(office)
        bundle, _ = self.export(full)
        answer, _ = self.at_county(bundle)
        filler = small / "filler"
        filler.write_bytes(b"")
        with open(filler, "ab", buffering=0) as sink:
            try:
                while True:
                    sink.write(b"x" * 4096)
            except OSError:
                pass
        out = json.loads(full.hz("bundle", "import", answer, "--json", expect=1)[0])
        self.assertIn(out["error"]["code"], ("storageFull", "storageFailed"))
        filler.unlink()
        full.hz("bundle", "import", answer)
        assert_agree(self, self.county, [full])


if __name__ == "__main__":
    unittest.main()
