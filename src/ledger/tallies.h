// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What units have counted towards the targets that a task's text demands.
//
// Shape:   targets are read from content and indicator as they are shown now, in that order; two of the same
//          words are one. A tally (register `tally`) is of a task, unit, window (or none) and target, and
//          the target is named by its words: when these change, what was counted stays where it is, as
//          `dropped`, until the office says which target goes on with it (register `target`). Nothing is
//          moved. Decision 0024.
// Meaning: times   counted: 次, 期, …; a rhythm needs its times in a year (每季度1次: 4), a daily one is
//                  not counted
//          share   of cases: so many of so many, or a stated percent where no cases were counted; a clock
//                  (3个工作日内) is the share of cases that keep to it, and needs all of them
//          A unit's tallies in several windows are summed; of stated percents that of the window that closes
//          last counts, of several units that came together the lowest in it. What a unit has counted counts
//          for those that go on with its work (succession.h), as its reports do: of a unit that was split for
//          each of them, and in the sum once.
//          Together: a task with a lead unit is one work, and its units' sum counts against a target. Without
//          one each unit has the whole target to itself.
// Errors:  unknownRecord, badInput, notFound; those of Home::edit; storage errors.
// Threads: those of the home.
#pragma once

#include <map>

#include "src/ledger/home.h"
#include "src/ledger/succession.h"
#include "src/ledger/targets.h"

namespace hezhang::ledger {

inline constexpr std::string_view kTallyRegister = "tally";

// Counters are clamped to 64 bits; so is what is made of them.
[[nodiscard]] std::int64_t addClamped(std::int64_t a, std::int64_t b);

enum class Measure { none, times, share };
// none times share
[[nodiscard]] std::string_view name(Measure measure);
[[nodiscard]] Measure measureOf(const Target& target);

struct Tally {
    std::int64_t done = 0;
    std::int64_t cases = 0;                             // of a share: of so many
    std::optional<std::int64_t> percent;                // stated; of several units the lowest
    bool isCounted = false;                             // somebody has counted or stated something
    [[nodiscard]] std::optional<double> share() const;  // in percent
};

// How a tally stands against a target. REQUIRES: measureOf(target) is not none.
struct Standing {
    double needed = 0;         // times in the year, or percent
    std::int64_t missing = 0;  // times; of counted cases, as many more as must meet it
    bool isMet = false;
};
[[nodiscard]] Standing standingOf(const Target& target, const Tally& tally);
// 5次中已有3次，还差2次 · 20件中18件，90%，要求100% · 报80%，要求100% · 尚未计数
[[nodiscard]] std::string standingWords(const Target& target, const Tally& tally);

struct TargetTallies {
    std::string key;  // wordsKey() of its words
    Target target;
    bool isDropped = false;              // not in the text (any more), and nobody goes on with it
    std::vector<std::string> continued;  // keys of what was dropped and counts here
    std::vector<RecordId> records;       // tallies that count here
    std::map<RecordId, Tally> byUnit;    // standing units that have counted, all windows: they make the sum
    std::map<RecordId, Tally> byHeir;    // the same for every unit that goes on with one's work
    std::map<RecordId, Tally> inWindow;  // by heir, of the window that was asked for
    // What counts for a unit, and what it has counted itself (with those that were merged into it).
    [[nodiscard]] Tally of(const RecordId& unit) const;
    [[nodiscard]] Tally ownOf(const RecordId& unit) const;
    [[nodiscard]] Tally inWindowOf(const RecordId& unit) const;
    [[nodiscard]] Tally total() const;
};
struct TaskTallies {
    bool isTogether = false;
    bool isWhole = false;                // this home holds what every unit has counted
    std::vector<TargetTallies> targets;  // in the order of the text; then those that were dropped, by key
    // What counts against a target for a unit: its own, or the sum.
    [[nodiscard]] Tally measured(const TargetTallies& target, const RecordId& unit) const;
    // Targets in the text that are counted and not reached by what counts for the unit: what "done" belies.
    [[nodiscard]] std::vector<const TargetTallies*> unmetBy(const RecordId& unit) const;
    // By its number in `targets`, from 1, or its words. Errors: notFound.
    [[nodiscard]] Result<const TargetTallies*> find(std::string_view numberOrWords) const;
};
[[nodiscard]] Result<TaskTallies> taskTallies(Home& home, Succession& succession, const RecordId& task,
                                              const std::optional<RecordId>& window);
// The same of a task that is read already.
[[nodiscard]] Result<TaskTallies> taskTallies(Home& home, Succession& succession,
                                              const sync::RecordReading& task,
                                              const std::optional<RecordId>& window);

// What a unit counts: increments, and a percent that is set. Of `times` only `done`.
struct TallyEdit {
    RecordId task{};
    RecordId unit{};
    RecordId window{};     // none: outside of windows
    std::string target{};  // number or words
    std::int64_t done = 0;
    std::int64_t cases = 0;
    std::optional<std::int64_t> percent{};
};
// One transaction, or part of the open batch. Gives the tally. Errors also: badInput: nothing is counted,
// something that the target has not, less than nothing, more done than cases; notFound: no such target.
[[nodiscard]] Result<RecordId> tally(Home& home, const TallyEdit& edit);

struct TargetContinuation {
    RecordId task{};
    std::string dropped{};  // number or words
    std::string as{};       // number or words of one in the text; empty: nobody goes on with it
};
// By the office. Errors also: badInput: another measure, or not what each of them has to be.
[[nodiscard]] Result<sync::EditAnswer> continueTarget(Home& home, const TargetContinuation& continuation);

}  // namespace hezhang::ledger
