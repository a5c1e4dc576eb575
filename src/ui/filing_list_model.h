// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The filings of one task that this home may read, the latest window first.
//
// Roles: filingId, unitId, unitName, windowId, windowTitle, windowCloses (a date in words), text, status
// (word), percentText, count (int),
//   evidenceCount, evidenceHere (int; of the files, how many are on this device), filingState (none
//   unsubmitted changed submitted), verifiedStatus, verifiedNote, returnedReason, authorText (who wrote the
//   text, and when), textState, statusState, percentState (empty single merged conflict); bool: isOwn,
//   hasConflict, isMerged, isUnsent, isApproved (by the office, as it stands).
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/ledger/views.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class FilingListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a task")
public:
    enum class Role {
        filingId = Qt::UserRole + 1,
        unitId,
        unitName,
        windowId,
        windowTitle,
        windowCloses,
        text,
        status,
        percentText,
        count,
        evidenceCount,
        evidenceHere,
        filingState,
        verifiedStatus,
        verifiedNote,
        returnedReason,
        authorText,
        textState,
        statusState,
        percentState,
        isOwn,
        hasConflict,
        isMerged,
        isUnsent,
        isApproved
    };
    Q_ENUM(Role)

    explicit FilingListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    [[nodiscard]] static Row rowOf(const ledger::FilingRow& filing);
};

}  // namespace hezhang::ui
