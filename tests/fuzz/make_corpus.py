#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""What is known to be right, to be changed at random: every frozen message, the example documents, the built-in registers.

    tests/fuzz/make_corpus.py FOLDER     FOLDER/<target>/…
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MESSAGES = ("segments", "entries", "requests", "answers", "bundles")
HEADINGS = ("序号", "重点工作", "工作内容", "责任单位", "完成时限", "进展落实情况")
TASK = ("1", "公开", "公开。", "县民政局牵头，各镇街", "8月底前", "")
HEX = re.compile(r"\b(?:[0-9a-f]{2}){8,}\b")


def word_table():
    def cell(text):
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    rows = "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in (HEADINGS, TASK))
    return f'<w:document xmlns:w="urn:w"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>'


def sheet():
    def cell(text):
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    rows = "".join("<row>" + "".join(map(cell, row)) + "</row>" for row in (HEADINGS, TASK))
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>"


def corpus():
    """(target, name, bytes)"""
    for path in sorted((ROOT / "tests/fixtures").glob("frozen-*.txt")):
        for number, text in enumerate(HEX.findall(path.read_text(encoding="utf-8"))):
            for target in MESSAGES:
                yield target, f"{path.stem}-{number}", bytes.fromhex(text)
    for path in sorted((ROOT / "schema").rglob("*.json")):
        yield "registers", path.name, path.read_bytes()
    for path in sorted((ROOT / "tests/documents").rglob("*")):
        if path.suffix in (".txt", ".md", ".csv", ".html") and path.stat().st_size < 200_000:
            yield "texts", path.name, path.read_bytes()
    yield "words", "table", word_table().encode()
    yield "sheets", "table", sheet().encode()


def main():
    folder = pathlib.Path(sys.argv[1])
    for target, name, data in corpus():
        (folder / target).mkdir(parents=True, exist_ok=True)
        (folder / target / name).write_bytes(data)


if __name__ == "__main__":
    main()
