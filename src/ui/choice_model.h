// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A short list to choose one of: windows, forms, units, file types.
//
// Roles:   choiceId, title.
// Threads: the window's; rows may be made in any.
#pragma once

#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class ChoiceModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of another model")
public:
    enum class Role { choiceId = Qt::UserRole + 1, title };
    Q_ENUM(Role)

    explicit ChoiceModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    [[nodiscard]] static Row rowOf(const QString& key, const QString& id, const QString& title) {
        Row row{key, {}};
        row.set(Role::choiceId, id).set(Role::title, title);
        return row;
    }
};

}  // namespace hezhang::ui
