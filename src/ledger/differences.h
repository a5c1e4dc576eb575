// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What waits for a person's decision, as pages show it: conflicts, texts that the machine put together,
// values that authority overruled; each with where it stands, who wrote what, and what each author had
// before his eyes.
//
// Errors:  unknownRecord; storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/queries.h"
#include "src/ledger/text_diff.h"

namespace hezhang::ledger {

// Where a record stands, in words; what does not apply is empty.
struct RecordPlace {
    std::string registerName;
    RecordId task;      // of a task itself, a filing, a check
    RecordId window;    // of a filing
    std::string title;  // of the task, else the record's own name
    std::string unitName;
    std::string detail;  // title of the reporting window, name of the place
};
[[nodiscard]] Result<RecordPlace> placeOf(Home& home, const RecordId& record);

enum class DifferenceKind : std::uint8_t {
    none,  // settled, or there never was one
    conflict,
    merged,    // prose was put together sentence by sentence
    overruled  // a value of higher rank stands
};

// Why the shown value is shown.
enum class WhyShown : std::uint8_t {
    onlyOne,
    firstInLog,    // no rule can choose: the one the county took in first
    highestRank,   // authority, in conflict: the first of the highest rank
    rankStands,    // authority, not in conflict
    sameSentence,  // prose, in conflict: changes of one sentence; the first text
    putTogether,   // prose, not in conflict
    keptAlive      // deleted by one, changed by another: kept until somebody decides
};

struct DifferenceValue {
    nlohmann::json value;  // RECORD/deleted: whether it deletes
    std::string dot;
    Authorship by;
    bool isOwn = false;    // written by this home's person
    bool isShown = false;  // the value shown, or in the text shown
    std::optional<Authorship>
        saw;  // who wrote the latest value its author had before his eyes; none: the field was empty
    std::string changedField;  // RECORD/deleted: the field that was changed, and to what
    nlohmann::json changedTo;
    std::vector<TextRun> runs;  // of a text: against the base
};

struct Difference {
    DifferenceKind kind = DifferenceKind::none;
    RecordId record;
    std::string field;
    RecordPlace place;
    nlohmann::json base;  // what all started from; null: nothing, or they did not start from one
    std::vector<DifferenceValue> values;  // in the one order
    nlohmann::json shown;
    std::vector<TextRun> shownRuns;  // of a text: against the base
    WhyShown why = WhyShown::onlyOne;
    std::vector<std::string>
        listed;        // dots of all that is before the person's eyes: the context of his decision
    WallMs since = 0;  // when the second of the values was written, by its author's clock
    [[nodiscard]] bool isOwn() const;
};
// One cell; `field` may be `deleted`. kind none where nothing waits.
[[nodiscard]] Result<Difference> differenceOf(Home& home, const RecordId& record, const std::string& field);
// All of them, conflicts in front, the longest waiting first.
[[nodiscard]] Result<std::vector<Difference>> differences(Home& home);

// Replaces what the machine made by `value`, in the context `listed`. Errors: changed where others are live
// now; notFound where nothing waits (any more).
[[nodiscard]] Result<sync::EditAnswer> replaceMerged(Home& home, const RecordId& record,
                                                     const std::string& field, const std::string& value,
                                                     const std::vector<std::string>& listed);

}  // namespace hezhang::ledger
