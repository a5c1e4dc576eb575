// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The ledgers of the county, to choose one of.
//
// Roles: ledgerId, title (year and title), tasks (int).
// Threads: the window's; rows may be made in any.
#pragma once

#include "src/ledger/queries.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class LedgerChoiceModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of another model")
public:
    enum class Role { ledgerId = Qt::UserRole + 1, title, tasks };
    Q_ENUM(Role)

    explicit LedgerChoiceModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    [[nodiscard]] static std::vector<Row> rowsOf(const std::vector<ledger::LedgerRow>& ledgers);
};

}  // namespace hezhang::ui
