# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Word and Excel files from little: paragraphs, tables, sheets, written as zip and XML without a library."""
import io
import zipfile
from xml.sax.saxutils import escape

W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
     'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
     'xmlns:v="urn:schemas-microsoft-com:vml"')


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, text)
    return out.getvalue()


def types(overrides):
    return ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>' +
            "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides) + "</Types>")


def relations(items):
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    return ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
            "".join(f'<Relationship Id="{id}" Type="{base}{kind}" Target="{target}"/>' for id, kind, target in items) + "</Relationships>")


# --- Word ---

def run(text, properties=""):
    parts = escape(text).split("\n")
    return (f"<w:r>{'<w:rPr>' + properties + '</w:rPr>' if properties else ''}" +
            "<w:br/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts) + "</w:r>")


def p(text="", numbered=None, raw=""):
    """A paragraph; a line end in it is a soft one. `numbered`: (list, level) of the numbering."""
    properties = (f'<w:pPr><w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr></w:pPr>'
                  if numbered else "")
    return f"<w:p>{properties}{run(text) if text else ''}{raw}</w:p>"


def inserted(text):
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text):
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def moved_from(text):
    return f'<w:moveFrom w:id="3" w:author="a">{run(text)}</w:moveFrom>'


def moved_to(text):
    return f'<w:moveTo w:id="4" w:author="a">{run(text)}</w:moveTo>'


def hidden(text):
    return run(text, "<w:vanish/>")


def struck(text):
    return run(text, "<w:strike/>")


def text_box(text):
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>")


class Cell:
    """A cell: paragraphs parted by \\n. down: 'begins' or 'goes on' of a cell merged downwards; raw: its paragraphs as XML."""

    def __init__(self, text="", span=1, down="", raw=""):
        self.text, self.span, self.down, self.raw = text, span, down, raw


def begins(text):
    return Cell(text, down="begins")


ON = Cell(down="goes on")


def whole(text, span):
    return Cell(text, span=span)


def table(rows, deleted_rows=()):
    """Rows of texts and Cells. The widths serve LibreOffice only."""
    out = []
    columns = max(sum(c.span if isinstance(c, Cell) else 1 for c in row) for row in rows)
    for at, row in enumerate(rows):
        cells = []
        for cell in row:
            cell = cell if isinstance(cell, Cell) else Cell(cell)
            merge = {"begins": '<w:vMerge w:val="restart"/>', "goes on": "<w:vMerge/>"}.get(cell.down, "")
            properties = (f'<w:tcPr><w:tcW w:w="{9600 // columns * cell.span}" w:type="dxa"/>' +
                          (f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "") + merge + "</w:tcPr>")
            inside = cell.raw or "".join(p(line) for line in cell.text.split("\n"))
            cells.append(f"<w:tc>{properties}{inside}</w:tc>")
        gone = '<w:trPr><w:del w:id="9" w:author="a"/></w:trPr>' if at in deleted_rows else ""
        out.append(f"<w:tr>{gone}{''.join(cells)}</w:tr>")
    grid = f'<w:gridCol w:w="{9600 // columns}"/>' * columns
    border = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
                     for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (f"<w:tbl><w:tblPr><w:tblW w:w=\"9600\" w:type=\"dxa\"/><w:tblBorders>{border}</w:tblBorders></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(out)}</w:tbl>")


NUMBERING = (f'<?xml version="1.0" encoding="UTF-8"?><w:numbering {W}><w:abstractNum w:abstractNumId="0">'
             '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
             '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
             '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')


def docx(*blocks):
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    return packed({
        "[Content_Types].xml": types([("/word/document.xml", base + "document.main+xml"), ("/word/numbering.xml", base + "numbering+xml")]),
        "_rels/.rels": relations([("rId1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": relations([("rId1", "numbering", "numbering.xml")]),
        "word/numbering.xml": NUMBERING,
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{"".join(blocks)}'
                             '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'})


# --- Excel ---

FORMATS = ["General", "yyyy/m/d", 'yyyy"年"m"月"', "0%", "0.0%", 'm"月"d"日"', 'yyyy"年"', 'm"月"', "@"]


class Value:
    """A number shown by one of FORMATS."""

    def __init__(self, number, shown="General"):
        self.number, self.shown = number, shown


class Sheet:
    def __init__(self, name, rows, merges=(), hidden_rows=(), hidden_columns=(), state="", widths=None, height=None):
        self.name, self.rows, self.merges, self.state = name, rows, merges, state
        self.hidden_rows, self.hidden_columns, self.widths, self.height = hidden_rows, hidden_columns, widths or {}, height

    def xml(self):
        columns = "".join(f'<col min="{i}" max="{i}" width="{self.widths.get(i, 12)}" customWidth="1"'
                          f'{" hidden=" + chr(34) + "1" + chr(34) if i in self.hidden_columns else ""}/>'
                          for i in sorted(set(self.widths) | set(self.hidden_columns)))
        rows = []
        for at, row in enumerate(self.rows, 1):
            cells = []
            for column, value in enumerate(row):
                place = f"{chr(ord('A') + column)}{at}"
                if value is None:
                    cells.append(f'<c r="{place}" s="{len(FORMATS)}"/>')
                elif isinstance(value, Value):
                    cells.append(f'<c r="{place}" s="{FORMATS.index(value.shown)}"><v>{value.number}</v></c>')
                elif isinstance(value, (int, float)):
                    cells.append(f'<c r="{place}" s="0"><v>{value!r}</v></c>')
                else:
                    cells.append(f'<c r="{place}" s="{len(FORMATS)}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
            gone = ' hidden="1"' if at in self.hidden_rows else ""
            gone += f' ht="{self.height}" customHeight="1"' if self.height else ""
            rows.append(f'<row r="{at}"{gone}>{"".join(cells)}</row>')
        merges = (f'<mergeCells count="{len(self.merges)}">' + "".join(f'<mergeCell ref="{m}"/>' for m in self.merges) + "</mergeCells>"
                  if self.merges else "")
        return ('<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f'{"<cols>" + columns + "</cols>" if columns else ""}<sheetData>{"".join(rows)}</sheetData>{merges}</worksheet>')


def xlsx(*sheets):
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    named = "".join(f'<sheet name="{escape(s.name)}" sheetId="{i}" r:id="rId{i}"{" state=" + chr(34) + s.state + chr(34) if s.state else ""}/>'
                    for i, s in enumerate(sheets, 1))
    own = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>' for i, code in enumerate(FORMATS))
    edge = '<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/>'
    styles = "".join(f'<xf numFmtId="{164 + i}" fontId="0" fillId="0" borderId="1" applyNumberFormat="1" applyBorder="1"/>' for i in range(len(FORMATS)))
    wrapped = '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" applyBorder="1" applyAlignment="1"><alignment wrapText="1" vertical="center"/></xf>'
    parts = {
        "[Content_Types].xml": types([("/xl/workbook.xml", base + "sheet.main+xml"), ("/xl/styles.xml", base + "styles+xml")] +
                                     [(f"/xl/worksheets/sheet{i}.xml", base + "worksheet+xml") for i in range(1, len(sheets) + 1)]),
        "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": relations([(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)] +
                                                [("rId99", "styles", "styles.xml")]),
        "xl/workbook.xml": '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                           'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                           f'<sheets>{named}</sheets></workbook>',
        "xl/styles.xml": '<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                         f'<numFmts count="{len(FORMATS)}">{own}</numFmts><fonts count="1"><font><sz val="11"/><name val="Noto Sans CJK SC"/></font></fonts>'
                         '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
                         f'<borders count="2"><border/><border>{edge}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
                         f'<cellXfs count="{len(FORMATS) + 1}">{styles}{wrapped}</cellXfs></styleSheet>'}
    for i, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = sheet.xml()
    return packed(parts)
