// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which task of an earlier year a task goes on with: what a machine may propose, what a person has decided,
// and what became of the earlier one.
//
// Shape:   a link is an element of the task's set `continues`: the earlier task's id. A task may go on with
//          several, and several with one. That a task is new is the cell `is_new`. Nothing is linked by
//          itself: what is proposed becomes a link when a person takes it.
//          The earlier year is that of the newest ledger before the task's own.
//          linked    a person has linked it · isNew    a person has said that it is new
//          certain   one earlier task is like it (ledger/likeness.h), each is most like the other, and no
//                    other comes near; among those near each other the number as printed decides
//          doubtful  there are such that a person should look at
//          none      nothing is like it
// Limits:  kCandidatesMax candidates a task, the most alike first.
// Errors:  unknownRecord; badInput: not a task of an earlier year; those of Home::edit; storage errors.
// Threads: those of the home.
#pragma once

#include "src/office/paragraph.h"

namespace hezhang::office {

inline constexpr std::string_view kContinuesCell = "continues";
inline constexpr std::string_view kIsNewCell = "is_new";
inline constexpr std::size_t kCandidatesMax = 5;

enum class YearLinkState : std::uint8_t { linked, isNew, certain, doubtful, none };
// linked new certain doubtful none
[[nodiscard]] std::string_view name(YearLinkState state);

struct YearCandidate {
    RecordId task;
    std::int64_t serial = 0;
    std::string number;  // as printed
    std::string content;
    double likeness = 0;  // 0 … 1
};
struct YearLink {
    RecordId task;
    std::int64_t serial = 0;
    std::string number;
    std::string content;
    YearLinkState state = YearLinkState::none;
    std::vector<YearCandidate> linked;      // by serial
    std::vector<YearCandidate> candidates;  // of certain one; of doubtful all; else none
};
struct YearLinks {
    RecordId ledger;
    std::int64_t year = 0;
    std::optional<std::int64_t> earlierYear;  // nullopt: there is no earlier ledger, nothing is proposed
    std::vector<YearLink> tasks;              // by serial
};
[[nodiscard]] Result<YearLinks> yearLinks(ledger::Home& home, const RecordId& ledgerId);

// Links a task with an earlier one, or takes the link back. A task that is linked is not new any more.
[[nodiscard]] Result<void> linkTask(ledger::Home& home, const RecordId& task, const RecordId& earlier);
[[nodiscard]] Result<void> unlinkTask(ledger::Home& home, const RecordId& task, const RecordId& earlier);
// Says that a task goes on with none; its links go.
[[nodiscard]] Result<void> markNew(ledger::Home& home, const RecordId& task);
// Links every task of the ledger that is certain, in one transaction. Returns how many.
[[nodiscard]] Result<std::size_t> linkCertain(ledger::Home& home, const RecordId& ledgerId);

// What a task page shows of the year before.
struct EarlierTask {
    RecordId task;
    std::int64_t year = 0;
    std::string ledgerTitle;
    std::int64_t serial = 0;
    std::string number;
    std::string item;
    std::string content;
    std::string indicator;
    std::string jointProgress;
    std::string decidedStatus;
    RecordId window;  // the one that closed last with something reported; none: nothing was
    std::string windowTitle;
    Paragraph paragraph;  // of that window; of a home that does not hold all filings only its own
};
// Those a task goes on with, by year and serial; gone ones left out.
[[nodiscard]] Result<std::vector<EarlierTask>> earlierTasks(ledger::Home& home, const RecordId& task);

}  // namespace hezhang::office
