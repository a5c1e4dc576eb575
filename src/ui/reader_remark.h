// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the reader of a document remarks (ImportWarning, English), in the language that is shown.
//
// Errors:  nullopt for a remark that is not in the table; it is shown as it is.
// Threads: any.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <optional>

namespace hezhang::ui {

class ReaderRemark {
    Q_DECLARE_TR_FUNCTIONS(ReaderRemark)
public:
    // Without the task's number where it begins with one: it is shown with its task.
    [[nodiscard]] static std::optional<QString> text(const QString& remark);
};

}  // namespace hezhang::ui
