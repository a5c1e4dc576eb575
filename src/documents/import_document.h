// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What an importer has read from a document: a ledger to be, not yet a record.
//
// Shape:   tasks in the order of the document, serial 1, 2, …; sections refer to them by serial. `ordinal` is
// as
//          printed and may repeat or be empty. The item is carried down over merged cells. Text is UTF-8 with
//          line breaks joined; names of units are names, never ids.
// Units:   lines count from 1 in a text; in a spreadsheet a line is a row, in a Word file a table row or
// paragraph. Threads: values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/ledger/calendar.h"
#include "src/ledger/deadline.h"
#include "src/ledger/unit_phrase.h"
#include "sync/base/bytes.h"

namespace hezhang::documents {

struct ImportOptions {
    std::optional<int> year = std::nullopt;  // the plan year, against what the document says
    ledger::WorkCalendar calendar = {};      // of deadlines in working days
};

// Something a person should look at; English.
struct ImportWarning {
    int line = 0;
    std::string text;
};

// A unit of the county that a person has picked for a task.
struct PickedUnit {
    RecordId unit;
    ledger::UnitRole role = ledger::UnitRole::responsible;
    bool operator==(const PickedUnit&) const = default;
};

struct ImportedTask {
    int serial = 0;
    int line = 0;
    std::string ordinal;
    std::string item;
    std::string content;
    std::string indicator;
    std::string progress;  // what a unit has filled in; of a table's cells, not of a text
    std::string responsibleText;
    std::vector<ledger::PhraseUnit> units;
    std::optional<std::vector<PickedUnit>> picked = std::nullopt;  // by a person: stand instead of `units`
    std::string deadlineText;
    std::optional<ledger::Date> due;
    ledger::Recurrence recurrence = ledger::Recurrence::none;
    std::string deadlineNote;
    std::vector<std::string> datesInContent;  // as written, where they differ from the deadline's date
};

struct ImportedSection {
    std::string title;  // as printed, with its numeral
    std::vector<int> tasks;
};

// A day by which the head or tail of the document asks for reports.
struct SuggestedWindow {
    std::optional<ledger::Date> closes;
    ledger::Recurrence recurrence = ledger::Recurrence::none;
    std::string text;
    int line = 0;
};

// A line, row or paragraph as it stands in the document; the cells of a row are parted by tabs.
struct SourceText {
    int line = 0;
    std::string text;
};

struct ImportedDocument {
    std::string title;
    std::string edition;  // 填报版, 征求意见稿
    std::optional<int> year;
    std::optional<std::string> issuer;  // a guess
    std::optional<ledger::Date> referenceDate;
    std::vector<ImportedSection> sections;
    std::vector<ImportedTask> tasks;
    std::vector<SuggestedWindow> windows;
    std::vector<ImportWarning> warnings;
    std::vector<SourceText> source;  // all of it, by line
};

}  // namespace hezhang::documents
