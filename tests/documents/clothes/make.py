#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Dresses the documents of tests/documents as Word, Excel, web page and CSV files, by way of LibreOffice too.

    tests/documents/clothes/make.py HZ OUT [SOFFICE]

HZ is the built program: what it reads from the text is written out again with real structure (merged item cells, headings
as rows, a header that comes again, a cell that a page break cut into two rows, a month that Excel made a date).
"""
import csv, html, io, json, pathlib, re, subprocess, sys, zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent.parent
TABLES = {"000": ["序号", "重点工作", "主要内容", "责任科室", "完成时限"],
          "001": ["序号", "重点工作", "主要内容", "量化指标", "责任单位", "完成时限", "进展落实情况"],
          "004": ["序号", "重点工作", "主要内容", "量化指标", "责任单位", "完成时限", "进展落实情况"]}
FIELDS = {"序号": "ordinal", "重点工作": "item", "主要内容": "content", "量化指标": "indicator", "责任单位": "responsible_text",
          "责任科室": "responsible_text", "完成时限": "deadline_text", "进展落实情况": None}


def source(number):
    return next(HERE.glob(number + "_*.txt"))


def paragraphs(number):
    """The lines of a text, wrapped ones joined again."""
    out = []
    for line in source(number).read_text("utf-8").replace("**", "").split("\n"):
        line = line.strip()
        wrapped = out and out[-1] and line and len(out[-1]) > 30 and not re.match(r"[（(]?[一二三四五六七八九十\d]+[、.）)]|（填报", line)
        if wrapped and out[-1][-1] not in "。：:）)":
            out[-1] += line
        elif line:
            out.append(line)
    return out


def head(number, title):
    lines = paragraphs(number)
    header = next(i for i, line in enumerate(lines) if line.replace("\t", " ").startswith("序号 重点工作"))
    return [line for line in lines[:header] if not re.match("[一二]、(围绕|总体)", line) or header > 60]


class Row:
    def __init__(self, kind, cells):
        self.kind, self.cells = kind, cells  # header, section, task, rest


def rows(number, document):
    """The table as a person would type it; None is a cell that goes on from above."""
    names = TABLES[number]
    titles = {s["tasks"][0]: s["title"] for s in document["sections"]}
    out, item = [Row("header", names)], None
    for task in document["tasks"]:
        if task["serial"] in titles:
            out.append(Row("section", [titles[task["serial"]]]))
            item = None
        if task["serial"] == len(document["tasks"]) // 2:
            out.append(Row("header", names))
            item = None
        cells = [task[FIELDS[name]] if FIELDS[name] else "" for name in names]
        same, item = item == task["item"] and task["item"], task["item"]
        if same:
            cells[1] = None
        if task["serial"] == 3:  # a page ends within the content
            half = len(cells[2]) // 2
            out.append(Row("task", cells[:2] + [cells[2][:half]] + cells[3:]))
            out.append(Row("rest", ["", None if same else "", cells[2][half:]] + [""] * (len(cells) - 3)))
            continue
        out.append(Row("task", cells))
    return out


# --- Word ---

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text):
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in re.split("(?<=，)", text) if part)
    return f"<w:p>{runs}</w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def word_table(table):
    width = len(table[0].cells)
    xml = '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>' + "<w:gridCol/>" * width + "</w:tblGrid>"
    for i, row in enumerate(table):
        if row.kind == "section":
            xml += "<w:tr>" + cell(row.cells[0], f'<w:gridSpan w:val="{width}"/>') + "</w:tr>"
            continue
        xml += "<w:tr>" + ("<w:trPr><w:tblHeader/></w:trPr>" if i == 0 else "")
        for column, text in enumerate(row.cells):
            below = i + 1 < len(table) and len(table[i + 1].cells) == width and table[i + 1].cells[column] is None
            merge = "<w:vMerge/>" if text is None else '<w:vMerge w:val="restart"/>' if below else ""
            xml += cell(text or "", merge)
        xml += "</w:tr>"
    return xml + "</w:tbl>"


def docx(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        def put(name, text):
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text, zipfile.ZIP_DEFLATED)
        put("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        put("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        put("word/document.xml", f"<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>")
    return out.getvalue()


# --- Excel ---

def xlsx(heads, table):
    width = len(table[0].cells)
    grid, merges = [], []

    def name(column, row):
        return "ABCDEFGHIJ"[column] + str(row)

    def text_cell(column, row, text):
        month = re.fullmatch(r"2023年(\d+)月", text)
        if month:  # what Excel makes of it when it is typed
            serial = {"12": 45261, "10": 45200}[month[1]]
            return f'<c r="{name(column, row)}" s="1"><v>{serial}</v></c>'
        if text.isdigit():
            return f'<c r="{name(column, row)}"><v>{text}</v></c>'
        return f'<c r="{name(column, row)}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    number = 0
    for text in heads:
        number += 1
        grid.append(f'<row r="{number}">{text_cell(0, number, text)}</row>')
        merges.append(f"A{number}:{name(width - 1, number)}")
    open_merge = {}
    for row in table:
        number += 1
        if row.kind == "section":
            grid.append(f'<row r="{number}">{text_cell(0, number, row.cells[0])}</row>')
            merges.append(f"A{number}:{name(width - 1, number)}")
            continue
        cells = ""
        for column, text in enumerate(row.cells):
            if text is None:
                first = open_merge.setdefault(column, number - 1)
                merges[:] = [m for m in merges if not m.startswith(name(column, first) + ":")] + [f"{name(column, first)}:{name(column, number)}"]
            else:
                open_merge.pop(column, None)
                cells += text_cell(column, number, text) if text else ""
        grid.append(f'<row r="{number}">{cells}</row>')
    sheet = "<sheetData>" + "".join(grid) + f'</sheetData><mergeCells count="{len(merges)}">' + "".join(f'<mergeCell ref="{m}"/>' for m in merges) + "</mergeCells>"
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' + "".join(
            f'<Override PartName="/xl/{p}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{t}+xml"/>'
            for p, t in (("workbook", "sheet.main"), ("styles", "styles"), ("worksheets/sheet1", "worksheet"))) + "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{relation}"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{relation}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}>{sheet}</worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(zipfile.ZipInfo(part), '<?xml version="1.0" encoding="UTF-8"?>' + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- web pages and CSV ---

def web_page(heads, table, charset):
    body = "".join(f"<p>{html.escape(text)}</p>\n" for text in heads)
    if table:
        width = len(table[0].cells)
        body += "<table border=1>\n"
        for i, row in enumerate(table):
            if row.kind == "section":
                body += f"<tr><td colspan={width}><b>{html.escape(row.cells[0])}</b></td></tr>\n"
                continue
            body += "<tr>"
            for column, text in enumerate(row.cells):
                if text is None:
                    continue
                span = 1
                while i + span < len(table) and len(table[i + span].cells) == width and table[i + span].cells[column] is None:
                    span += 1
                merged = f' rowspan="{span}"' if span > 1 else ""
                body += f"<td{merged}><p class=MsoNormal><span lang=ZH-CN>{html.escape(text)}</span></p></td>"
            body += "</tr>\n"
        body += "</table>"
    return (f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>政务公开</title>'
            f"<style>td {{ border: 1px }}</style></head>\n<body>{body}</body></html>").encode("utf-8" if charset == "utf-8" else "gb18030")


def csv_file(heads, table):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    width = len(table[0].cells)
    for text in heads:
        writer.writerow([text] + [""] * (width - 1))
    for row in table:
        writer.writerow([cell or "" for cell in row.cells] + [""] * (width - len(row.cells)))
    return out.getvalue().encode("gb18030")


def convert(soffice, folder, ending, files):
    subprocess.run([soffice, "--headless", "--convert-to", ending, "--outdir", folder, *files], check=True, stdout=subprocess.DEVNULL)


def main():
    hz, out = sys.argv[1], pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    made = []

    def put(name, data):
        (out / name).write_bytes(data)
        made.append(name)

    for number in ("000", "001", "002", "003", "004"):
        put(f"{number}-gbk.txt", source(number).read_text("utf-8").encode("gb18030"))
        if number not in TABLES:
            put(f"{number}.docx", docx("".join(paragraph(p) for p in paragraphs(number))))
            put(f"{number}-gbk.html", web_page(paragraphs(number), None, "gb2312"))
            continue
        document = json.loads(subprocess.run([hz, "import", source(number), "--dry-run", "--json"], check=True, capture_output=True).stdout)
        heads, table = head(number, document["title"]), rows(number, document)
        put(f"{number}.docx", docx("".join(paragraph(p) for p in heads) + word_table(table)))
        put(f"{number}.xlsx", xlsx(heads, table))
        put(f"{number}.html", web_page(heads, table, "utf-8"))
        put(f"{number}-gbk.html", web_page(heads, table, "gb2312"))
        put(f"{number}-gbk.csv", csv_file(heads, table))
    if len(sys.argv) < 4:
        return
    soffice, work = sys.argv[3], out / "work"
    for ending, way, back in (("docx", "odt", "docx"), ("xlsx", "ods", "xlsx")):
        files = [out / name for name in made if name.endswith("." + ending)]
        convert(soffice, work / way, way, files)
        convert(soffice, work / "back", back, sorted((work / way).glob("*")))
        for file in sorted((work / "back").glob("*." + ending)):
            file.rename(out / f"{file.stem}-{way}.{ending}")
        convert(soffice, work / "office", "html", files)
        for file in sorted((work / "office").glob("*.html")):
            file.rename(out / f"{file.stem}-{ending}.html")
    convert(soffice, work / "same", "docx:MS Word 2007 XML", [out / name for name in made if name.endswith(".docx")])
    for file in sorted((work / "same").glob("*.docx")):
        file.rename(out / f"{file.stem}-office.docx")
    convert(soffice, work / "csv", "csv:Text - txt - csv (StarCalc):44,34,76,1", [out / n for n in made if n.endswith(".xlsx")])
    for file in sorted((work / "csv").glob("*.csv")):
        file.rename(out / f"{file.stem}-xlsx.csv")


main()
