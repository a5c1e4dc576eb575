// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// More time for one report: a unit asks, with a day and a reason; the office grants it or refuses, with its
// own words, which come back to whoever asked. A record of register `extension` each, so both sides work
// without a network; it is known by its report and a number, so nobody has to look for it.
//
// Shape:   a day that was granted is the last day of that unit's report of that task in that window, where it
//          is later than the window's own; what comes in by then is taken although the window is closed
//          (rights.h), and lateness is measured against it. Of several decisions for one report the newest
//          counts, whichever request it stands on (StandingExtension): a later grant may be shorter, a later
//          refusal takes a grant back. Units go on with each other's extensions (succession.h).
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
    bool isSuperseded = false;  // it was decided, and another request of the report later
};
// The latest first.
[[nodiscard]] Result<std::vector<Extension>> extensions(Home& home, const std::optional<RecordId>& window);
// Those of one report.
[[nodiscard]] Result<std::vector<Extension>> extensionsOf(Home& home, const RecordId& task,
                                                          const RecordId& unit, const RecordId& window);

// What a person is shown of one report.
struct ReportExtension {
    std::optional<Extension> waiting;  // the latest that has no answer
    std::optional<Extension> decided;  // that with the newest decision
    bool isUsedUp = false;             // it cannot be asked for again
    [[nodiscard]] std::string grantedTo() const { return decided ? decided->grantedTo : std::string(); }
};
[[nodiscard]] Result<ReportExtension> extensionOf(Home& home, const RecordId& task, const RecordId& unit,
                                                  const RecordId& window);

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

// What the requests for one report come to, as they are taken one by one, in any order. The one rule for
// pages, commands, reminders, the judgement and the snapshot of a closed window. A request that waits takes
// nothing away of what was decided before. Of two decisions on one request the first counts until it is
// settled.
struct StandingExtension {
    RecordId request{};  // with the newest decision; none: nothing was decided
    sync::Order at{};    // of that decision in the log
    std::string grantedTo{};
    sync::OpRef decision{};  // the ops that say so
    sync::OpRef day{};
    bool isAsking = false;
    // As it stood before this position of the log.
    void take(const sync::RecordReading& one, std::uint64_t before = UINT64_MAX);
};

// That of a unit's report: it counts for each unit that goes on with its work, until the latest of their
// days.
[[nodiscard]] Result<StandingExtension> longestExtension(sync::Projection& state, Succession& succession,
                                                         const RecordId& task, const RecordId& unit,
                                                         const RecordId& window);

struct ExtensionsOfWindow {
    using Report = std::pair<RecordId, RecordId>;  // task and unit, as units stand now
    std::map<Report, StandingExtension> reports;
    [[nodiscard]] const StandingExtension& of(const RecordId& task, const RecordId& unit) const;
};
[[nodiscard]] Result<ExtensionsOfWindow> extensionsOfWindow(Home& home, Succession& succession,
                                                            const RecordId& window,
                                                            std::uint64_t before = UINT64_MAX);

}  // namespace hezhang::ledger
