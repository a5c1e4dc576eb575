// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What fields and their values are called in the language that is shown, by the register definitions.
//
// Threads: any.
#pragma once

#include "src/ledger/differences.h"
#include "src/ui/words.h"

namespace hezhang::ui {

// In the language of the window.
[[nodiscard]] QString inLanguage(const schema::Title& title);
// "进展落实情况", "任务"; the field's or register's own name where no definition has it; "the whole entry"
// for `deleted`.
[[nodiscard]] QString registerTitle(const std::string& registerName);
[[nodiscard]] QString fieldTitle(const std::string& registerName, const std::string& field);
// A value as people read it: a choice by its title, a truth as yes or no, a reference as it is;
// "(empty)" for nothing.
[[nodiscard]] QString valueWords(const std::string& registerName, const std::string& field,
                                 const nlohmann::json& value);
// text (of several lines), choice, number, record, line: how a value of the field is written.
[[nodiscard]] QString fieldEditor(const std::string& registerName, const std::string& field);
// The values of a choice.
[[nodiscard]] QStringList fieldChoices(const std::string& registerName, const std::string& field);
// Task, unit and window in one line; what it is of where it is no task's.
[[nodiscard]] QString placeWords(const ledger::RecordPlace& place);
// For DiffText: {text, kind}.
[[nodiscard]] QVariantList runsOf(const std::vector<ledger::TextRun>& runs);
// A value that has no runs, as one.
[[nodiscard]] QVariantList oneRun(const QString& text);
// A device's short name: of two people's, or of two of one person.
[[nodiscard]] QString deviceNumber(const DeviceId& device);
[[nodiscard]] QString deviceWords(const DeviceId& device, const DeviceId& own);

}  // namespace hezhang::ui
