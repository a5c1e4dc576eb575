// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What readers remark of a document, in the words that people read: warnings (ImportWarning), the notes of a
// deadline, why a document holds no tasks, why a unit was not found. Readers write them in plain English,
// which programs get (--json).
//
// Errors:  nullopt for a remark that is not in the table; it is shown as it is.
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hezhang::documents {

struct RemarkWords {
    std::string zh;
    std::string en;
};

// Of one remark, without the number of the task that it may begin with ("task 3: …").
[[nodiscard]] std::optional<RemarkWords> remarkWords(std::string_view remark);

// In Chinese, with the task's number: 任务 3：…. Of several, parted by "; ", each; what is not known stays as
// it is.
[[nodiscard]] std::string remarkInChinese(std::string_view remark);

}  // namespace hezhang::documents
