// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/unit_list_model.h"

#include "src/ui/format.h"
#include "src/ui/words.h"

namespace hezhang::ui {

void UnitListModel::show(const std::vector<ledger::TaskUnit>& units, const RecordId& own) {
    std::vector<Row> rows;
    for (const ledger::TaskUnit& unit : units) {
        const QString role = toQt(unit.role);
        Row row{idText(unit.unit) + QLatin1Char('/') + role, {}};
        row.set(Role::unitId, idText(unit.unit))
            .set(Role::unitName, toQt(unit.name))
            .set(Role::unitRole, role)
            .set(Role::roleText, Format::unitRole(role))
            .set(Role::isOwn, unit.unit == own);
        rows.push_back(std::move(row));
    }
    setRows(std::move(rows));
}

}  // namespace hezhang::ui
