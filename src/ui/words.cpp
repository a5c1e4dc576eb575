// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/words.h"

#include "src/ui/format.h"

namespace hezhang::ui {

QString joined(const QStringList& parts) {
    QStringList there = parts;
    there.removeAll(QString());
    return there.join(QStringLiteral(" · "));
}

QString filingStateWord(ledger::FilingState state) {
    switch (state) {
    case ledger::FilingState::noWindow:
        return QStringLiteral("noWindow");
    case ledger::FilingState::none:
        return QStringLiteral("none");
    case ledger::FilingState::unsubmitted:
        return QStringLiteral("unsubmitted");
    case ledger::FilingState::changed:
        return QStringLiteral("changed");
    case ledger::FilingState::submitted:
        return QStringLiteral("submitted");
    }
    return {};
}

QString progressWord(const std::string& verdict) {
    if (verdict == "accepted") {
        return QStringLiteral("applied");
    }
    if (verdict == "refused") {
        return QStringLiteral("aside");
    }
    return verdict == "held" ? QStringLiteral("received") : toQt(verdict);
}

QString authorText(const ledger::CellShown& cell) {
    const ledger::Authorship* by =
        cell.values.empty() ? (cell.by ? &*cell.by : nullptr) : &cell.values.back().by;
    if (by == nullptr) {
        return {};
    }
    return Format::tr("%1 %2, %3", "unit, person, when")
        .arg(toQt(by->unitName), toQt(by->personName), Format::when(by->at));
}

QString cellStateWord(sync::CellState state) {
    switch (state) {
    case sync::CellState::empty:
        return QStringLiteral("empty");
    case sync::CellState::single:
        return QStringLiteral("single");
    case sync::CellState::merged:
        return QStringLiteral("merged");
    case sync::CellState::conflict:
        return QStringLiteral("conflict");
    }
    return {};
}

}  // namespace hezhang::ui
