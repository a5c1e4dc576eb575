// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The lines of a task's indicator that a checker looks at, in the order of the text.
//
// Roles: words · kind (desk site material judgement, or empty), kindText · result (yes no na: ticked in the
//   form now; or empty) · lastResult (of an earlier check), lastText (when, by whom, what was found; or
//   empty)
// Threads: the window's.
#pragma once

#include <QMap>

#include "src/office/worksheet.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class CheckLineListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a page")
public:
    enum class Role { words = Qt::UserRole + 1, kind, kindText, result, lastResult, lastText };
    Q_ENUM(Role)

    explicit CheckLineListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    // Those that stand in the indicator; `marks`: results by key. The key of a row is the line's.
    [[nodiscard]] static std::vector<Row> rowsOf(const office::Worksheet& sheet,
                                                 const QMap<QString, QString>& marks);
};

}  // namespace hezhang::ui
