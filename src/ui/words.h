// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Between the values of the ledger and those of Qt.
//
// Threads: pure functions.
#pragma once

#include <QString>
#include <QStringList>
#include <nlohmann/json.hpp>

#include "src/ledger/views.h"

namespace hezhang::ui {

[[nodiscard]] inline QString toQt(const std::string& text) {
    return QString::fromStdString(text);
}
template <class Id>
[[nodiscard]] QString idText(const Id& id) {
    return id.isNone() ? QString() : QString::fromStdString(id.hex());
}
// None for what is no id.
[[nodiscard]] inline RecordId idOf(const QString& text) {
    return RecordId::fromHexText(text.toStdString()).value_or(RecordId{});
}
// A value as text: a number in digits, nothing for null.
[[nodiscard]] inline QString valueText(const nlohmann::json& value) {
    if (value.is_string()) {
        return toQt(value.get<std::string>());
    }
    return value.is_null() ? QString() : toQt(value.dump());
}
// The parts that are not empty, in one line.
[[nodiscard]] QString joined(const QStringList& parts);
[[nodiscard]] QString filingStateWord(ledger::FilingState state);
// A verdict as people follow it: local received applied aside, or empty.
[[nodiscard]] QString progressWord(const std::string& verdict);
// Who wrote the latest value of a cell, and when; empty where there is none.
[[nodiscard]] QString authorText(const ledger::CellShown& cell);
[[nodiscard]] QString cellStateWord(sync::CellState state);  // empty single merged conflict

}  // namespace hezhang::ui
