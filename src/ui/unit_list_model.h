// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The units of one task. A unit with two roles stands there twice.
//
// Roles: unitId, unitName, unitRole (lead responsible cooperate), roleText (in words), isOwn (bool).
// Threads: the window's.
#pragma once

#include "src/ledger/queries.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class UnitListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a task")
public:
    enum class Role { unitId = Qt::UserRole + 1, unitName, unitRole, roleText, isOwn };
    Q_ENUM(Role)

    explicit UnitListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    void show(const std::vector<ledger::TaskUnit>& units, const RecordId& own);
};

}  // namespace hezhang::ui
