// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/filing_list_model.h"

#include "src/ui/format.h"
#include "src/ui/words.h"

namespace hezhang::ui {

static bool isAny(const ledger::FilingRow& filing, sync::CellState state) {
    return filing.text.state == state || filing.status.state == state || filing.percent.state == state;
}

Row FilingListModel::rowOf(const ledger::FilingRow& filing) {
    const auto& percent = filing.percent.value;
    Row row{idText(filing.record), {}};
    row.set(Role::filingId, row.key)
        .set(Role::unitId, idText(filing.unit))
        .set(Role::unitName, toQt(filing.unitName))
        .set(Role::windowId, idText(filing.window))
        .set(Role::windowTitle, toQt(filing.windowTitle))
        .set(Role::windowCloses, Format::date(toQt(filing.windowCloses)))
        .set(Role::text, valueText(filing.text.value))
        .set(Role::status, valueText(filing.status.value))
        .set(Role::percentText, percent.is_number_integer() ? Format::percent(percent.get<int>()) : QString())
        .set(Role::count, static_cast<int>(filing.count))
        .set(Role::evidenceCount, static_cast<int>(filing.evidence.size()))
        .set(Role::evidenceHere, static_cast<int>(filing.evidenceCounts.here))
        .set(Role::filingState, filingStateWord(filing.state))
        .set(Role::verifiedStatus, toQt(filing.verifiedStatus))
        .set(Role::verifiedNote, toQt(filing.verifiedNote))
        .set(Role::returnedReason, toQt(filing.returned))
        .set(Role::authorText, ui::authorText(filing.text))
        .set(Role::textState, cellStateWord(filing.text.state))
        .set(Role::statusState, cellStateWord(filing.status.state))
        .set(Role::percentState, cellStateWord(filing.percent.state))
        .set(Role::isOwn, filing.isOwn)
        .set(Role::hasConflict, isAny(filing, sync::CellState::conflict))
        .set(Role::isMerged, isAny(filing, sync::CellState::merged))
        .set(Role::isUnsent, filing.isUnsent)
        .set(Role::isApproved, filing.isApproved);
    return row;
}

}  // namespace hezhang::ui
