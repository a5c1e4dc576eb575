// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The command line of `hezhang`: docs/man/hezhang.1.
//
// Errors:  a line for people, where it cannot be understood.
// Threads: values.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

namespace hezhang::app {

struct Options {
    QString home;      // --home, else $HEZHANG_HOME, else ${XDG_DATA_HOME:-~/.local/share}/hezhang
    QString language;  // zh_CN, en; empty: as it was set
    bool isLarge = false;
    bool isDark = false;
    std::optional<QSize> size;
    QString grab;  // picture file; the program ends when it is written
    QString page;  // shown first; empty: where the window was left
    bool isMeasuring = false;
    QStringList measured;    // pages that are opened after the first one
    bool isOffline = false;  // no sync of its own accord
};

struct ParsedOptions {
    Options options;
    QString error;   // not empty: exit 2
    QString answer;  // of --help and --version: printed, exit 0
};
[[nodiscard]] ParsedOptions parseOptions(const QStringList& arguments);

}  // namespace hezhang::app
