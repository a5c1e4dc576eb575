// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// More time for one report: a unit asks, with a day and a reason; the office grants it or refuses, with its
// own words, which come back to whoever asked. A record of register `extension` each, so both sides work
// without a network; it is known by its report and a number, so nobody has to look for it.
//
// Shape:   a day that was granted is the last day of that unit's report of that task in that window, where it
// is later
//          than the window's own; what comes in by then is taken although the window is closed (rights.h),
//          and lateness is measured against it. A refusal that follows a grant takes it back. Units go on
//          with each other's extensions (succession.h).
// Units:   days are ISO dates of Beijing.
// Limits:  kRequestsMax requests for one report, over all devices of its unit.
// Errors:  badInput: no reason, a day that is no later one, a request that waits already, a unit the task is
//          not asked of, no request left; unknownRecord; those of Home::edit. All in one transaction.
// Threads: those of the home.
#pragma once

#include "src/ledger/queries.h"

namespace hezhang::ledger {

inline constexpr std::string_view kExtensionRegister = "extension";
inline constexpr std::int64_t kRequestsMax = 6;  // as the definition has it: the largest number

enum class ExtensionState : std::uint8_t { asked, granted, refused };
[[nodiscard]] std::string_view name(ExtensionState state);

struct Extension {
    RecordId record;
    RecordId task;
    std::int64_t serial = 0;
    std::string taskItem;
    RecordId unit;
    std::string unitName;
    RecordId window;
    std::string until;  // as asked
    std::string reason;
    ExtensionState state = ExtensionState::asked;
    std::string grantedTo;  // empty unless granted
    std::string answer;
    Authorship by;  // who asked
    bool isUnsent = false;
};
// The latest first.
[[nodiscard]] Result<std::vector<Extension>> extensions(Home& home, const std::optional<RecordId>& window);
// Those of one report.
[[nodiscard]] Result<std::vector<Extension>> extensionsOf(Home& home, const RecordId& task,
                                                          const RecordId& unit, const RecordId& window);

struct ExtensionRequest {
    RecordId task{};
    RecordId unit{};
    RecordId window{};
    std::string until{};
    std::string reason{};
};
[[nodiscard]] Result<RecordId> askForExtension(Home& home, const ExtensionRequest& request);

struct ExtensionAnswer {
    bool isGranted = false;
    std::string until{};  // empty: as asked
    std::string words{};  // needed for a refusal
};
// An answer may be given anew.
[[nodiscard]] Result<void> answerExtension(Home& home, const RecordId& extension,
                                           const ExtensionAnswer& answer);

// The last day of a window for all, extended or not; an ISO date.
[[nodiscard]] Result<std::string> lastDayOf(Home& home, const RecordId& window);

// What a record says; the names stay empty.
[[nodiscard]] Extension extensionIn(const sync::RecordReading& reading);

// The requests for one report of which the ids are looked up, not searched for; deleted ones left out. With
// those of units that `unit` came from.
[[nodiscard]] Result<void> eachRequestFor(sync::Projection& state, Succession& succession,
                                          const RecordId& task, const RecordId& unit, const RecordId& window,
                                          const std::function<Result<void>(sync::RecordReading&&)>& visit);

struct ExtensionsOfWindow {
    using Report = std::pair<RecordId, RecordId>;  // task and unit, as units stand now
    std::map<Report, std::string> granted;         // the last day
    std::set<Report> asking;                       // with a request that waits
};
[[nodiscard]] Result<ExtensionsOfWindow> extensionsOfWindow(Home& home, Succession& succession,
                                                            const RecordId& window);

}  // namespace hezhang::ledger
