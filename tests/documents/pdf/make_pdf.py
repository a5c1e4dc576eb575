#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the PDF fixtures of this folder from the texts above it: Word files written by hand, printed by LibreOffice.

    tests/documents/pdf/make_pdf.py BIN    BIN: the folder of the built hz

See README.md here. Needs libreoffice-writer-nogui and fonts-noto-cjk; no test runs it.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
TEXTS = HERE.parent
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT_RELS = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>"""
PART_RELS = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{RELATION}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{RELATION}/footer" Target="footer1.xml"/></Relationships>"""
STYLES = f"""<?xml version="1.0"?><w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Noto Serif CJK SC" w:hAnsi="Noto Serif CJK SC" w:eastAsia="Noto Serif CJK SC"/><w:sz w:val="21"/>
<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>"""
FOOTER = f"""<?xml version="1.0"?><w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">第 </w:t></w:r>
<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> 页 共 </w:t></w:r>
<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> 页</w:t></w:r></w:p></w:ftr>"""
BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def paragraph(text, center=False, size=21):
    align = '<w:jc w:val="center"/>' if center else ""
    return (f'<w:p><w:pPr>{align}</w:pPr><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>')


def cell(text, width, center=True, span=1, merge=None):
    parts = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if span > 1:
        parts.append(f'<w:gridSpan w:val="{span}"/>')
    if merge:
        parts.append('<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>")
    parts.append('<w:vAlign w:val="center"/>')
    return f'<w:tc><w:tcPr>{"".join(parts)}</w:tcPr>{paragraph(text, center)}</w:tc>'


def row(cells, header=False):
    return f'<w:tr>{"<w:trPr><w:tblHeader/></w:trPr>" if header else ""}{"".join(cells)}</w:tr>'


def merges(tasks, section_of):
    """For each task "restart", "continue" or None: the item's cell spans the tasks that share it."""
    same = [i > 0 and tasks[i]["item"] == tasks[i - 1]["item"] and section_of[i] == section_of[i - 1] for i in range(len(tasks))]
    return ["continue" if same[i] else "restart" if i + 1 < len(tasks) and same[i + 1] else None for i in range(len(tasks))]


def table(document, columns):
    """columns: (heading, key of the task, width in twips, centred)"""
    widths = [width for _, _, width, _ in columns]
    tasks = document["tasks"]
    section_of = {serial: number for number, section in enumerate(document["sections"]) for serial in section["tasks"]}
    sections = [section_of.get(task["serial"], -1) for task in tasks]
    rows = [row([cell(name, width) for name, _, width, _ in columns], header=True)]
    for i, (task, merge) in enumerate(zip(tasks, merges(tasks, sections))):
        if sections[i] >= 0 and (i == 0 or sections[i] != sections[i - 1]):
            rows.append(row([cell(document["sections"][sections[i]]["title"], sum(widths), center=False, span=len(columns))]))
        cells = []
        for _, key, width, centred in columns:
            spans = merge if key == "item" else None
            cells.append(cell("" if spans == "continue" or not key else task[key], width, centred, merge=spans))
        rows.append(row(cells))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>')


def write_docx(path, body, landscape):
    size = ('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>')
    text = (f'<?xml version="1.0"?><w:document xmlns:w="{WORD}" xmlns:r="{RELATION}"><w:body>{body}<w:sectPr>'
            f'<w:footerReference w:type="default" r:id="rId2"/>{size}'
            '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="600" w:footer="600" w:gutter="0"/>'
            "</w:sectPr></w:body></w:document>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT_RELS), ("word/document.xml", text),
                           ("word/_rels/document.xml.rels", PART_RELS), ("word/styles.xml", STYLES), ("word/footer1.xml", FOOTER)):
            package.writestr(name, part)


def understood(binaries, text):
    done = subprocess.run([binaries / "hz", "import", "--dry-run", "--json", text], capture_output=True, check=True)
    return json.loads(done.stdout)


def lines_of(text, first=0, last=None):
    lines = [line.strip().replace("**", "") for line in text.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines[first:last] if line]


def head(lines):
    """The first line is the title."""
    return paragraph(lines[0], True, 36) + "".join(paragraph(line, line.startswith("（") and len(line) < 12) for line in lines[1:])


NUMBER, ITEM = ("序号", "ordinal", 700, True), ("重点工作", "item", 2000, True)
TABLES = {
    "000": (1, 2, [NUMBER, ("重点工作", "item", 3200, False), ("主要内容", "content", 7200, False),
                   ("责任科室", "responsible_text", 1900, True), ("完成时限", "deadline_text", 1500, True)]),
    "001": (0, 16, [NUMBER, ITEM, ("主要内容", "content", 5000, False), ("量化指标", "indicator", 2700, False),
                    ("责任单位", "responsible_text", 1700, True), ("完成时限", "deadline_text", 1100, True),
                    ("进展落实情况", "", 1300, True)]),
    "004": (0, 144, [NUMBER, ITEM, ("主要内容", "content", 5600, False), ("量化指标", "indicator", 2700, False),
                     ("责任单位", "responsible_text", 2200, True), ("完成时限", "deadline_text", 1300, True)]),
}


def main():
    binaries = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        for text in sorted(TEXTS.glob("0*.txt")):
            target = pathlib.Path(folder) / (text.stem + ".docx")
            if text.name[:3] in TABLES:
                first, last, columns = TABLES[text.name[:3]]
                document = understood(binaries, text)
                write_docx(target, head(lines_of(text, first, last)) + table(document, columns), landscape=True)
            else:
                write_docx(target, "".join(paragraph(line) for line in lines_of(text)), landscape=False)
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir", HERE, target],
                           check=True, stdout=subprocess.DEVNULL)


main()
