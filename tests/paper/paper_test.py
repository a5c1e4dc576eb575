#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""hezhang-paper by itself: every PDF of the tests, what it prints, and files whose bytes were changed. Built with sanitizers it runs the same."""
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

PAPER = pathlib.Path(os.environ["HEZHANG_BIN"]) / "hezhang-paper"
PDFS = pathlib.Path(__file__).resolve().parents[1] / "documents" / "pdf"
PAGE = "<html><body><h1>𬭚𠮷名册</h1><table border='1'><thead><tr><th>姓名</th></tr></thead>{}</table></body></html>"


class Paper(unittest.TestCase):
    def run_paper(self, *arguments, given=b"", codes=(0, 1)):
        done = subprocess.run([PAPER, *arguments], input=given, capture_output=True, timeout=120, check=False)
        self.assertIn(done.returncode, codes, done.stderr.decode(errors="replace")[-3000:])
        self.assertNotIn(b"Sanitizer", done.stderr)
        self.assertNotIn(b"runtime error", done.stderr)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(done.returncode != 0, bool(lines) and "error" in lines[-1])
        return lines

    def test_every_pdf_is_read_or_refused_in_words(self):
        files = sorted(PDFS.rglob("*.pdf"))
        self.assertGreater(len(files), 8)
        for file in files:
            lines = self.run_paper("read", file)
            self.assertTrue(lines, file.name)
            self.assertTrue("error" in lines[-1] or lines[-1]["of"] == len(lines), file.name)

    def test_what_it_prints_it_reads_back(self):
        with tempfile.TemporaryDirectory() as folder:
            for options in (["--landscape"], ["--portrait"], ["--letter", "37,26,35,28"]):
                file = pathlib.Path(folder) / "page.pdf"
                rows = "".join(f"<tr><td>𬬻㙍〈{i}〉</td></tr>" for i in range(80))
                self.run_paper("write", *options, "-o", file, given=PAGE.format(rows).encode(), codes=(0,))
                words = [run[4] for page in self.run_paper("read", file) for run in page["runs"]]
                self.assertIn("𬭚𠮷名册", words)
                self.assertEqual([word for word in words if word.startswith("𬬻")], [f"𬬻㙍〈{i}〉" for i in range(80)])

    def test_wrong_words_are_refused(self):
        for arguments in ([], ["read"], ["write", "-o", "x.pdf"], ["write", "--letter", "37,26,35", "-o", "x.pdf"],
                          ["write", "--letter", "37,26,35,-1", "-o", "x.pdf"], ["write", "--letter", "1,2,3,1000", "-o", "x.pdf"],
                          ["write", "--portrait", "--letter", "1,2,3,4", "-o", "x.pdf"]):
            self.assertEqual(self.run_paper(*arguments, codes=(2,))[-1]["error"], "usage", arguments)

    def test_changed_bytes_hurt_nobody(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "changed.pdf"
            for seed in range(40):
                chance = random.Random(seed)
                whole = chance.choice(sorted((PDFS / "odd").glob("*.pdf"))).read_bytes()
                pdf = bytearray(whole[:chance.randrange(len(whole))] if seed % 8 == 0 else whole)
                for _ in range(chance.randrange(1, 30)):
                    pdf[chance.randrange(len(pdf))] = chance.randrange(256)
                file.write_bytes(pdf)
                with self.subTest(seed=seed):
                    self.run_paper("read", file)


if __name__ == "__main__":
    unittest.main()
