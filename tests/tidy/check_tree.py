#!/usr/bin/env python3
"""Checks the layers: who may include whom, what names sync must not know, and lists what is long.

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
    r"<Q[A-Z]": ["src/ui", "src/app"],
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
PASSIVE = ["sync/op", "sync/log", "sync/merge", "sync/store", "sync/engine", "sync/trust"]
PASSIVE_BANNED = {r"\bsystem_clock\b": "a wall clock", r"\bstd::thread\b": "a thread", r"\bsleep_for\b": "waiting"}


def layer_of(path):
    matches = [folder for folder in MAY_INCLUDE if path == folder or path.startswith(folder + "/")]
    return max(matches, key=len) if matches else None


def inside(path, folders):
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def code_only(text):
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def main():
    findings, long_files = [], []
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
        banned = dict(SYNC_BANNED) if relative.startswith("sync/") else {}
        banned.update(PASSIVE_BANNED if inside(relative, PASSIVE) else {})
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
