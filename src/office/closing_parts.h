// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What closing and the check of a closing share. Private to them.
//
// Errors:  those of closing.h.
// Threads: those of the home.
#pragma once

#include "src/ledger/extension.h"
#include "src/office/closing.h"

namespace hezhang::office {

// The number of the form that is written now. A text without one is of the first: it names no op for a later
// last day, and has no counts.
inline constexpr int kClosingForm = 2;

// Whoever wrote it: nothing is read of it that is not there.
[[nodiscard]] bool isFrozen(const nlohmann::json& content);

// All of a snapshot but when it was closed, as the county had answered it before this position.
[[nodiscard]] Result<nlohmann::json> windowContent(ledger::Home& home, const RecordId& window,
                                                   std::uint64_t before);

// The digests that record `closing` of the window names, the latest last.
[[nodiscard]] Result<std::vector<std::string>> closingDigests(ledger::Home& home, const RecordId& window);

// The last day for all: as the window is known by, or put off by an op before this position.
struct WindowDay {
    std::string day;
    const sync::LiveRow* extended = nullptr;  // that op; null: not put off
};
[[nodiscard]] WindowDay windowDay(const sync::RecordReading& window, std::uint64_t before);

}  // namespace hezhang::office
