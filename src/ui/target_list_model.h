// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The targets of a task, with what a unit and all its units have counted towards each.
//
// Roles: words · measure (none times share) · unitWord (次, 件, …) · needText (what it asks: "5 次 a year") ·
//   ownText (what this unit has: "3 of 5 次, 2 to go"), windowText (of these in the window, or empty),
//   allText (all units together; empty where just this one has counted or others are not known here) ·
//   earlierText (what goes on in it, or that it is not in the text any more; or empty) · continued (keys of
//   what goes on in it), heirs (of a dropped one: keys of those that may go on with it) ·
//   bool: isCounted, isMet (by what counts: own, or together), isDropped
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/ledger/tallies.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class TargetListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a task")
public:
    enum class Role {
        words = Qt::UserRole + 1,
        measure,
        unitWord,
        needText,
        ownText,
        windowText,
        allText,
        earlierText,
        continued,
        heirs,
        isCounted,
        isMet,
        isDropped
    };
    Q_ENUM(Role)

    explicit TargetListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    // As it is for `unit`. The key of a row is the target's.
    [[nodiscard]] static std::vector<Row> rowsOf(const ledger::TaskTallies& tallies, const RecordId& unit);
    // "3 of 5 times, 2 to go"
    [[nodiscard]] static QString tallyText(const ledger::Target& target, const ledger::Tally& tally);
    // Reads and makes them.
    [[nodiscard]] static Result<std::vector<Row>> read(ledger::Home& home, const RecordId& task,
                                                       const RecordId& unit,
                                                       const std::optional<RecordId>& window);
};

}  // namespace hezhang::ui
