// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Whoever's text was not taken is told: an own value that stood in a conflict, or was overruled, and that
// somebody else settled by another value, having seen both. Nobody sends such a notice; each home finds its
// own in the log.
//
// Meaning: *not taken* is an own assign O where an applied assign R of another person, of the same cell,
//          names O and at least one value that differs from O, none of the two authors having seen the
//          other's, and R's value is not O's. Prose that the machine could put together counts only where
//          it could not: a confirmed or edited merger has O's sentences. Of RECORD/deleted: an own edit
//          where somebody settled that the record goes, or an own delete where it stays.
// Shape:   found in small steps, segment by segment, and kept in the home (meta `notices`): how far each
//          scope was looked through, what was found, what the person has seen. Losing it loses nothing but
//          the marks.
// Errors:  storage errors.
// Threads: those of the home; findNotices and markNoticeSeen write.
#pragma once

#include "src/ledger/differences.h"

namespace hezhang::ledger {

inline constexpr std::size_t kNoticeStepSegments = 64;

struct Notice {
    std::string id;  // for markNoticeSeen
    RecordId record;
    std::string field;     // may be `deleted`
    std::string ownField;  // of the own edit: another one where the whole record was deleted
    RecordPlace place;
    nlohmann::json own;  // what this home's person had written
    WallMs ownAt = 0;
    nlohmann::json taken;       // what was taken instead
    Authorship by;              // who decided
    std::vector<TextRun> runs;  // of a text: from the own one to the one taken
    bool isSeen = false;
};

// Looks through at most kNoticeStepSegments segments that were not looked at before. True: there are more.
// REQUIRES: no transaction is open.
[[nodiscard]] Result<bool> findNotices(Home& home);
// Whether findNotices would find segments to look through. Reads only.
[[nodiscard]] Result<bool> isNoticeWorkDue(Home& home);
// What was found so far, the latest decision first; a decision that the county set aside is none.
[[nodiscard]] Result<std::vector<Notice>> notices(Home& home);
[[nodiscard]] Result<void> markNoticeSeen(Home& home, const std::string& id);

}  // namespace hezhang::ledger
