#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the PDF files of this folder: one small table, locked, protected, turned and scanned.

    tests/documents/pdf/odd/make_odd.py BIN    BIN: the folder of the built hezhang-paper

Needs qpdf and poppler-utils; no test runs it.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
HEADINGS = ("序号", "重点工作", "主要内容", "责任单位", "完成时限")
ROWS = (("1", "政策解读", "做好政策解读，公开率不低于80%。", "县司法局", "11月底"),
        ("2", "预算公开", "公开本级预算决算。", "县财政局", "8月15日前"),
        ("3", "政民互动", "全年开展不少于2次。", "各乡镇", "全年"))


def page():
    head = "".join(f'<th width="20%">{heading}</th>' for heading in HEADINGS)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return ('<html><body><h1>2026年政务公开工作任务落实台账</h1><table border="1" width="100%">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>")


def turned(plain):
    """The page lies upright in the file, what is drawn is turned, and the page is shown turned back."""
    text = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", plain, "-"], capture_output=True, check=True).stdout
    box = re.search(rb"/MediaBox \[\s*[\d.]+\s+[\d.]+\s+([\d.]+)\s+([\d.]+)\s*\]", text)
    width, height = (float(side) for side in box.groups())
    text = text.replace(box.group(0), b"/MediaBox [ 0 0 %g %g ] /Rotate 90" % (height, width), 1)
    at = text.index(b"stream\n", text.index(b"Contents for page 1")) + len(b"stream\n")
    text = text[:at] + b"0 1 -1 0 %g 0 cm\n" % height + text[at:]
    return subprocess.run(["fix-qdf"], input=text, capture_output=True, check=True).stdout


def scanned(plain):
    """The page as a picture, as a scanner makes it."""
    picture = subprocess.run(["pdftoppm", "-r", "60", "-gray", plain], capture_output=True, check=True).stdout
    width, height = (int(side) for side in picture.split(b"\n", 3)[1].split())
    pixels = zlib.compress(picture[-width * height:], 9)
    draw = b"%d 0 0 %d 0 0 cm /P Do" % (842, 595)
    objects = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>",
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
               b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
               b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(pixels), pixels))
    text, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return text + (b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                   % (len(places) + 1, table, len(places) + 1, len(text)))


def main():
    binaries = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder) / "plain.pdf"
        subprocess.run([binaries / "hezhang-paper", "write", "--landscape", "-o", plain], input=page().encode(), check=True)
        subprocess.run(["qpdf", "--encrypt", "geheim", "geheim", "256", "--", plain, HERE / "locked.pdf"], check=True)
        subprocess.run(["qpdf", "--encrypt", "", "geheim", "256", "--", plain, HERE / "protected.pdf"], check=True)
        subprocess.run(["qpdf", "--rotate=+90", plain, HERE / "on-its-side.pdf"], check=True)
        (HERE / "turned.pdf").write_bytes(turned(plain))
        (HERE / "scanned.pdf").write_bytes(scanned(plain))


main()
