// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/ledger_choice_model.h"

#include "src/ui/words.h"

namespace hezhang::ui {

std::vector<Row> LedgerChoiceModel::rowsOf(const std::vector<ledger::LedgerRow>& ledgers) {
    std::vector<Row> rows;
    for (const ledger::LedgerRow& one : ledgers) {
        Row row{idText(one.id), {}};
        row.set(Role::ledgerId, row.key)
            .set(Role::title, tr("%1 (%2)", "title and year").arg(toQt(one.title)).arg(one.year))
            .set(Role::tasks, static_cast<int>(one.tasks));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace hezhang::ui
