// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What stood in a window when the office closed it, frozen: which filing in which version, who was missing,
// and by which entries of the county log that can be shown.
//
// Shape:   what is frozen is a text, JSON with keys in byte order, without blanks, one newline at its end.
// Its
//          digest is the suite's hash of these bytes, and its name among the files of the home; record
//          `closing` of the window names it, so the digest stands in the log, signed, and has a receipt. A
//          window that was opened and closed again has several, the latest counts.
//            {"closed_at","counts":[…],"epoch","extended","form","last_day","ledger","position","rows":[…],
//            "window"}; counts: closing_counts.h
//            a row has complete, correct, evidence {…}, filing, fingerprint, item, last_day, locked, on_time,
//            serial, state, task, unit, unit_name; its last_day is later than the window's where the unit was
//            granted more time (extension.h): evidence more_time names the ops of the grant, extended that
//            which put the window off
//          It is as of `position`: what was granted, put off or admitted after it is told as such by a check
//          and changes nothing in it. `closed_at` alone is by the clock of the device that closed it.
//          A row is a task and a unit it is asked of. Four facts, each with its evidence: *on time*, what
//          stands reached the county by the row's last day (Beijing time); *complete*, it was submitted as it
//          stands; *correct*, the office approved it as it stands; *locked*, by the closing itself. Evidence
//          is an op by its dot with the position of its entry and the county's time: only what the county had
//          answered counts.
// Limits:  kBlobBytesMax, some 7,500 filings.
// Errors:  unknownRecord; notFound: never closed, or the file is not here yet; malformed: it is not what its
//          digest says, or of another form; tooLarge; storage errors.
// Threads: those of the home.
#pragma once

#include "src/office/window_filings.h"

namespace hezhang::office {

inline constexpr std::string_view kClosingRegister = "closing";
inline constexpr std::string_view kFrozenCell = "frozen";

// The text, as the home stands.
[[nodiscard]] Result<std::string> freeze(ledger::Home& home, const RecordId& window);

struct FrozenWindow {
    std::string digest;
    std::string text;
    nlohmann::json content;           // the same, parsed
    std::optional<WallMs> enteredAt;  // when its digest came into the log, by the county's clock
};
// The latest one.
[[nodiscard]] Result<FrozenWindow> frozenWindow(ledger::Home& home, const RecordId& window);

struct FrozenFinding {
    RecordId task;  // none, like the unit: of the window, for all rows
    RecordId unit;
    std::string why;
    std::string until;  // of `granted`: the day that was granted since; empty: taken back
};
struct FrozenCheck {
    std::string digest;
    bool isNamed = true;   // the log names this digest for the window
    bool isLatest = true;  // and none after it
    std::size_t rows = 0;
    std::size_t proved = 0;              // pieces of evidence that stand in the log as they are named
    std::vector<FrozenFinding> absent;   // with evidence whose op or entry is not here (any more)
    std::vector<FrozenFinding> wrong;    // the log says something else
    std::vector<FrozenFinding> changed;  // not as they were: admitted, edited, approved since
    std::vector<FrozenFinding> granted;  // more time granted or taken back since: what is frozen stands
    [[nodiscard]] bool isValid() const { return isNamed && wrong.empty(); }
};
// Makes the rows again from what stands now, looks every op up that was named, and measures lateness again by
// what had been granted when the window was closed.
[[nodiscard]] Result<FrozenCheck> verifyFrozen(ledger::Home& home, const RecordId& window);
// The same of a text from anywhere. Errors also: badInput: it is of another window.
[[nodiscard]] Result<FrozenCheck> verifyFrozen(ledger::Home& home, const RecordId& window,
                                               std::string_view text);

// The four facts about one filing as it stands, each with the op that shows it.
struct FactEvidence {
    std::string dot;
    std::uint64_t position = 0;  // of its entry in the county log
    std::optional<WallMs> at;    // the county's time; nullopt: the entry is not here
    ledger::Authorship by;
};
struct FilingFacts {
    std::optional<bool> isOnTime;  // nullopt: what stands was not submitted, or the county has not answered
    std::string lastDay;
    bool isGrantedLater = false;            // that day was granted after the window was closed
    std::optional<FactEvidence> submitted;  // complete: what stands
    std::optional<FactEvidence> approved;   // correct: what stands
    bool isLocked = false;                  // the window is closed
    std::optional<FactEvidence> closed;     // nullopt also: the county has not answered
    [[nodiscard]] bool isComplete() const { return submitted.has_value(); }
    [[nodiscard]] bool isCorrect() const { return approved.has_value(); }
};
// `unit`: that the filing was written for. Errors also: badInput: the window is of another ledger.
[[nodiscard]] Result<FilingFacts> filingFacts(ledger::Home& home, const RecordId& task, const RecordId& unit,
                                              const RecordId& window);

}  // namespace hezhang::office
