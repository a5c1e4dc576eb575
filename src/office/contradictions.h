// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What does not go together in the filings of a window, for a person to look at.
//
// Shape:   only filings that were ever submitted count. Values in conflict are left to the conflict list.
//          leadDone        a lead unit reports done, another unit of the task something else (ongoing goes
//                          with done)
//          figureFell      done_count or percent is lower than the unit's in the window before; what units
//                          that came together had counts together, their percents not at all
//          percentStatus   100 % and not done (ongoing may be), or done and below 100 %
//          belowTarget     a unit reports done, and what was counted (its own, or together where a unit
//                          leads the task) does not reach a target of the task; not where nothing was counted
//          sameEvent       units use the same words, blanks, signs and widths aside, for what has a day or,
//                          in a long sentence, a number; what the task's own text says does not count
//          afterApproval   the office approved it, and it was edited since
//          By task, then in this order, then by unit.
// Errors:  unknownRecord; storage errors.
// Threads: those of the home.
#pragma once

#include <array>

#include "src/office/window_filings.h"

namespace hezhang::office {

enum class ContradictionKind : std::uint8_t {
    leadDone,
    figureFell,
    percentStatus,
    belowTarget,
    sameEvent,
    afterApproval
};
inline constexpr std::array kContradictionKinds{
    ContradictionKind::leadDone,    ContradictionKind::figureFell, ContradictionKind::percentStatus,
    ContradictionKind::belowTarget, ContradictionKind::sameEvent,  ContradictionKind::afterApproval};
// lead-done figure-fell percent-status below-target same-event after-approval
[[nodiscard]] std::string_view name(ContradictionKind kind);

// A unit's filing as it stands: what a person has to compare.
struct ContradictionUnit {
    RecordId unit;
    std::string unitName;
    RecordId filing;
    RecordId window;
    std::string role;    // lead responsible cooperate, or empty
    std::string status;  // empty: none, or several in conflict
    std::optional<std::int64_t> percent;
    std::optional<std::int64_t> count;
    std::string text;
    std::string fingerprint;  // what a return of it names
    bool operator==(const ContradictionUnit&) const = default;
};

struct Contradiction {
    ContradictionKind kind = ContradictionKind::leadDone;
    RecordId task;
    std::int64_t serial = 0;
    std::string taskItem;
    std::vector<ContradictionUnit> units;
    std::vector<ContradictionUnit> before;  // of figureFell: what was filed in the window before
    std::vector<std::string> fields;
    std::string text;                    // in words, Chinese
    std::string sentence;                // sameEvent: what they all say; belowTarget: what is missing
    std::size_t editsSinceApproval = 0;  // of afterApproval
};
[[nodiscard]] Result<std::vector<Contradiction>> contradictions(ledger::Home& home, const RecordId& window);

// Whether a sentence tells an event that two units can hardly both have had: it has a day of a month and
// eight characters at least, or another number (no percentage, year or document's) and sixteen. Not where
// `known` says the same.
[[nodiscard]] bool namesAnEvent(std::string_view sentence, std::string_view known);

}  // namespace hezhang::office
