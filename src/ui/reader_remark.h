// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the reader of a document remarks (src/documents/remark_words.h), in the language that is shown.
//
// Errors:  nullopt for a remark that is not in the table; it is shown as it is.
// Threads: any.
#pragma once

#include <QString>
#include <optional>

namespace hezhang::ui {

class ReaderRemark {
public:
    // Without the task's number where it begins with one: it is shown with its task.
    [[nodiscard]] static std::optional<QString> text(const QString& remark);
};

}  // namespace hezhang::ui
