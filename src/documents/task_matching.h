// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which rows of a document are which tasks that are known: by their words, never by number alone.
//
// Shape:   equal words first, present ones before former ones (blanks do not count: Word and a column's width
// change them), then what is more
//          alike than ledger::kSameTask, the most alike first. Several of equal words: the one with the row's
//          number, else in their order where there are as many rows as tasks. What could as well be another
//          task is not decided.
// Errors:  none. Threads: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::documents {

// So much more alike than the next one a task has to be where a mistake would put words into another's place.
inline constexpr double kClearlyMore = 0.2;

// Texts that differ in blanks and line ends alone are equal so.
[[nodiscard]] std::string comparable(std::string_view text);

struct TaskWords {
    std::string content;
    std::string number{};    // as printed; may be empty
    std::string formerly{};  // of a known task: what it said before a person rewrote it
};

enum class MatchKind : std::uint8_t {
    equal,
    alike,
    taken,    // another row is about this task
    several,  // it may be more than one task
    perhaps,  // it resembles the task, too little to be taken for it
    none
};
struct TaskMatch {
    MatchKind kind = MatchKind::none;
    std::size_t known = 0;  // the task; of several one of them; of none nothing
    std::size_t row = 0;    // taken: the row that is about it
    [[nodiscard]] bool isSame() const { return kind == MatchKind::equal || kind == MatchKind::alike; }
};

// One answer for each row. A task is matched by one row at most. `clearly`: by how much it has to be more
// alike than the next one; 0: the most alike is it, and equal ones go by their order.
[[nodiscard]] std::vector<TaskMatch> matchTasks(const std::vector<TaskWords>& known,
                                                const std::vector<TaskWords>& rows, double clearly);

}  // namespace hezhang::documents
