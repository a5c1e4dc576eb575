// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/check_line_list_model.h"

#include "src/ui/format.h"
#include "src/ui/words.h"

namespace hezhang::ui {

static QString kindWords(const std::optional<ledger::CheckKind>& kind) {
    if (!kind) {
        return CheckLineListModel::tr("not said how");
    }
    switch (*kind) {
    case ledger::CheckKind::desk:
        return CheckLineListModel::tr("At the desk");
    case ledger::CheckKind::site:
        return CheckLineListModel::tr("On site");
    case ledger::CheckKind::material:
        return CheckLineListModel::tr("From material");
    case ledger::CheckKind::judgement:
        return CheckLineListModel::tr("By judgement");
    }
    return {};
}

std::vector<Row> CheckLineListModel::rowsOf(const office::Worksheet& sheet,
                                            const QMap<QString, QString>& marks) {
    std::vector<Row> rows;
    for (const office::WorksheetLine& one : sheet.lines) {
        if (one.isDropped) {
            continue;
        }
        Row row{toQt(one.line.key), {}};
        const office::LineSeen seen = one.seen.value_or(office::LineSeen{});
        row.set(Role::words, toQt(one.line.words))
            .set(Role::kind, one.line.kind ? QString::fromUtf8(name(*one.line.kind).data()) : QString())
            .set(Role::kindText, kindWords(one.line.kind))
            .set(Role::result, marks.value(row.key))
            .set(Role::lastResult, toQt(seen.result))
            .set(Role::lastText,
                 joined({Format::shortDate(toQt(seen.day)), toQt(seen.personName), toQt(seen.finding)}));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace hezhang::ui
