// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A window's tasks with the filings of each, read once: what paragraphs and contradictions are made of.
//
// Shape:   tasks by serial. Filings of a task: lead units first, then responsible ones, then those that
//          co-operate, then others; among equals by the unit's first name (a rename moves nothing), then by
//          record. A filing may lie in two scopes: then it is there twice.
// Errors:  unknownRecord; badInput: the task is of another ledger than the window; storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/views.h"

namespace hezhang::office {

struct WindowFiling {
    RecordId record;
    RecordId unit;      // that it was written for
    RecordId standing;  // that goes on with its work
    std::string unitName;
    std::string firstName;
    std::string role;  // lead responsible cooperate; empty: the unit has no part in the task (any more)
    ledger::FilingState state = ledger::FilingState::none;
    sync::RecordReading reading;

    [[nodiscard]] bool wasSubmitted() const {
        return state == ledger::FilingState::submitted || state == ledger::FilingState::changed;
    }
    [[nodiscard]] std::string text(std::string_view cell) const { return ledger::cellText(reading, cell); }
    // nullopt: nothing was written, or several values are in conflict.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view cell) const;
    [[nodiscard]] bool isInConflict(std::string_view cell) const;
};

struct WindowTask {
    RecordId task;
    std::int64_t serial = 0;
    std::string item;
    std::string content;
    std::vector<ledger::UnitPart> parts;  // as they stand now
    std::vector<WindowFiling> filings;
};

// Of the whole ledger, or of one task.
[[nodiscard]] Result<std::vector<WindowTask>> windowTasks(ledger::Home& home, ledger::Succession& succession,
                                                          const RecordId& window,
                                                          const std::optional<RecordId>& only);

}  // namespace hezhang::office
