#!/usr/bin/env python3
"""Checks the layers: who may include whom, what names sync must not know, what QML must not do, and lists what is long.

The table is that of docs/architecture.md. Exit 1 and one line a finding.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# folder -> folders it may include (itself is always allowed). The longest matching folder counts.
MAY_INCLUDE = {
    "sync/base": [],
    "sync/storage": ["sync/base"],
    "sync/op": ["sync/base", "sync/trust"],
    "sync/trust": ["sync/base"],
    "sync/log": ["sync/base", "sync/op", "sync/trust"],
    "sync/merge": ["sync/base", "sync/op"],
    "sync/store": ["sync/base", "sync/op", "sync/log", "sync/trust", "sync/storage"],
    "sync/transport": ["sync/base", "sync/op", "sync/log", "sync/trust"],
    "sync/engine": ["sync/base", "sync/op", "sync/log", "sync/trust", "sync/merge", "sync/store", "sync/transport"],
    "schema": ["sync/base", "sync/op", "sync/merge"],
    "src/ledger": ["sync", "schema"],
    "src/office": ["src/ledger", "sync", "schema"],
    "src/documents": ["src/office", "src/ledger", "sync", "schema"],
    "src/cli": ["src/documents", "src/office", "src/ledger", "sync", "schema"],
    "src/endpoint": ["src/office", "src/ledger", "sync", "schema"],
    "src/paper": ["sync/base"],
    "src/ui": ["src/documents", "src/office", "src/ledger", "sync", "schema"],
    "src/app": ["src/ui", "src/documents", "src/office", "src/ledger", "sync", "schema", "qml"],
    "qml": [],
}
# header -> folders that may use it
OUTSIDE = {
    r"<sqlite3\.h>": ["sync/storage"],
    r"<curl/": ["sync/transport"],
    r"<boost/": ["src/endpoint"],
    r"<openssl/": ["sync/trust"],
    r"<zstd\.h>": ["sync/op"],
    r"<zip\.h>": ["src/documents"],
    r"<pugixml": ["src/documents"],
    r"<xlsxwriter": ["src/documents"],
    r"<Q[A-Z]": ["src/ui", "src/app", "src/paper", "qml"],
    r"<Qt[A-Z]": ["src/app", "qml"],
    r"<ZXing/": ["src/ui"],
    r"<qpdf/": ["src/paper"],
    r"<qrencode": ["src/documents", "src/ui"],
    r"<zlib\.h>": ["src/documents", "sync/store"],
    r"<nlohmann/": ["schema", "src"],
    r"<random>": [],
}
# sync is an engine another product could use; it is passive and repeats from one seed.
SYNC_BANNED = {
    r"\b(ledger|filing|township|window)\b": "a ledger word",
    r"\bunordered_(map|set)\b": "iteration order that differs from run to run",
    r"\brandom_device\b": "a random device",
    r"\buniform_int_distribution\b": "results that differ between libraries",
}
# The one that nobody can go through.
SYNC_ALLOWED = {"sync/base/lookup.h"}
PASSIVE = ["sync/op", "sync/log", "sync/merge", "sync/store", "sync/engine", "sync/trust"]
PASSIVE_BANNED = {r"\bsystem_clock\b": "a wall clock", r"\bstd::thread\b": "a thread", r"\bsleep_for\b": "waiting"}

# QML: what may be imported, and words that people read.
QML_IMPORTS = r"QtQuick|QtQml|QtCore|Qt\.labs\.qmlmodels|Hezhang\.Ui|Hezhang\.Model"
QML_LINES_MAX, QML_FUNCTION_LINES_MAX = 300, 15
QML_LAYOUTS = ("RowLayout", "ColumnLayout", "GridLayout", "StackLayout")
QML_WORDS = (r"\b(?:text|title|subtitle|label|help|placeholder|error|counter|heading|corner|detail|missing|actionText|acceptText|rejectText"
             r"|Accessible\.name|Accessible\.description)\s*:(.*)$")
# A string that no person reads as a word: a colour, or nothing of two letters.
QML_WORDLESS = r"#[0-9A-Fa-f]{6,8}$|(?!.*[A-Za-z\u4e00-\u9fff]{2})"


def layer_of(path):
    matches = [folder for folder in MAY_INCLUDE if path == folder or path.startswith(folder + "/")]
    return max(matches, key=len) if matches else None


def inside(path, folders):
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def code_only(text):
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def qml_code_only(text):
    """The text with comments and the insides of strings blanked, so that braces can be counted."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def qml_enclosing(code, at):
    """The name of the object whose braces are the innermost ones around position `at`; "" at the top."""
    depth = 0
    for i in range(at - 1, -1, -1):
        depth += {"}": 1, "{": -1}.get(code[i], 0)
        if depth < 0:
            return re.search(r"([\w.]*)\s*$", code[:i]).group(1)
    return ""


def qml_function_lengths(code):
    """(name, lines) of every JavaScript function."""
    for found in re.finditer(r"\bfunction\s+(\w+)[^{\n]*\{", code):
        depth, i = 1, found.end()
        while depth and i < len(code):
            depth += {"{": 1, "}": -1}.get(code[i], 0)
            i += 1
        yield found.group(1), code.count("\n", found.start(), i) + 1


def qml_findings(relative, text):
    gallery = relative.startswith("qml/gallery/")
    code = qml_code_only(text)
    if not text.startswith("// SPDX-FileCopyrightText:"):
        yield "lacks the licence lines"
    if len(text.splitlines()) > QML_LINES_MAX:
        yield f"has more than {QML_LINES_MAX} lines"
    for name in re.findall(r"^import ([\w.]+)", text, re.M):
        if not re.match(rf"({QML_IMPORTS})(\.|$)", name) and not (gallery and name == "Hezhang.Gallery"):
            yield f"must not import {name}"
    for found in re.finditer(r"\b(?:Repeater|Instantiator)\s*\{", code):
        if qml_enclosing(code, found.start()).split(".")[-1] in QML_LAYOUTS:
            yield "has a Repeater right inside a layout: Qt 6.4 crashes when its model changes; put it into a Row, Column or Flow"
    for name, lines in qml_function_lengths(code):
        if lines > QML_FUNCTION_LINES_MAX:
            yield f"function {name} has {lines} lines: it belongs into C++, with a test"
    # The gallery shows made-up data; what it says is nobody's text.
    if not gallery:
        for value in re.findall(QML_WORDS, text, re.M):
            words = [found for found in re.findall(r'"((?:\\.|[^"\\\n])*)"', value) if not re.match(QML_WORDLESS, found)]
            if words and "qsTr(" not in value:
                yield f"shows a text that is not translated: {words[0]}"


def main():
    findings, long_files = [], []
    for path in sorted(ROOT.glob("qml/**/*.qml")):
        relative = path.relative_to(ROOT).as_posix()
        findings += [f"{relative}: {what}" for what in qml_findings(relative, path.read_text(encoding="utf-8"))]
    for path in sorted(ROOT.glob("**/*")):
        relative = path.relative_to(ROOT).as_posix()
        layer = layer_of(relative)
        if path.suffix not in (".h", ".cpp") or layer is None:
            continue
        text = path.read_text(encoding="utf-8")
        if not text.startswith("// SPDX-FileCopyrightText:"):
            findings.append(f"{relative}: lacks the licence lines")
        for included in re.findall(r'^#include "([^"]+)"', text, re.M):
            target = layer_of(included)
            if target is None:
                if not included.startswith(("schema/",)):
                    findings.append(f"{relative}: includes {included}, which is not written from the root")
            elif not inside(included, MAY_INCLUDE[layer] + [layer]):
                findings.append(f"{relative}: {layer} must not include {included}")
        for pattern, folders in OUTSIDE.items():
            if re.search(r"^#include " + pattern, text, re.M) and not inside(relative, folders):
                findings.append(f"{relative}: must not include {pattern}")
        code = code_only(text)
        banned = dict(SYNC_BANNED) if relative.startswith("sync/") and relative not in SYNC_ALLOWED else {}
        banned.update(PASSIVE_BANNED if inside(relative, PASSIVE) else {})
        # The compiler would say so, were a header not one of many files that a unity build includes.
        if path.suffix == ".h" and re.search(r"\bnamespace \{", code):
            findings.append(f"{relative}: a header with a nameless namespace: each file has types of its own then")
        if re.search(r"\bsetContextProperty\b", code):
            findings.append(f"{relative}: uses setContextProperty; a page gets its model as a required property")
        for pattern, what in banned.items():
            if re.search(pattern, code):
                findings.append(f"{relative}: uses {what} ({pattern})")
        if len(text.splitlines()) > 600:
            long_files.append(f"{relative}: {len(text.splitlines())} lines")
    for line in findings:
        print(line)
    for line in long_files:
        print("long (listed, not forbidden):", line)
    print(f"check_tree: {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
