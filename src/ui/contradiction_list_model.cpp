// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/contradiction_list_model.h"

#include <algorithm>

#include "src/office/review.h"
#include "src/ui/format.h"
#include "src/ui/matrix_model.h"

namespace hezhang::ui {

using office::Contradiction;
using office::ContradictionKind;

static QString kindWord(ContradictionKind kind) {
    return toQt(std::string(office::name(kind)));
}

static QString wordsOf(const Contradiction& found) {
    QStringList names;
    for (const office::ContradictionUnit& unit : found.units) {
        names.append(toQt(unit.unitName));
    }
    const QString comma = ContradictionListModel::tr(", ", "between names in a list");
    switch (found.kind) {
    case ContradictionKind::leadDone: {
        const QString lead = names.takeFirst();
        return ContradictionListModel::tr("%1 leads and reports it done; %2 do(es) not")
            .arg(lead, names.join(comma));
    }
    case ContradictionKind::figureFell:
        return ContradictionListModel::tr("%1: lower than in the window before").arg(names.first());
    case ContradictionKind::percentStatus:
        return ContradictionListModel::tr("%1: percentage and status do not go together").arg(names.first());
    case ContradictionKind::belowTarget:
        return ContradictionListModel::tr("%1 reports it done: %2").arg(names.first(), toQt(found.sentence));
    case ContradictionKind::sameEvent:
        return ContradictionListModel::tr("%1 write the same: %2")
            .arg(names.join(comma), toQt(found.sentence));
    case ContradictionKind::afterApproval:
        return ContradictionListModel::tr("%1: %n edit(s) since it was approved", nullptr,
                                          static_cast<int>(found.editsSinceApproval))
            .arg(names.first());
    }
    return {};
}

static QVariantMap sideOf(const office::ContradictionUnit& unit, const QString& windowTitle, bool isEarlier) {
    return {{QStringLiteral("unitId"), idText(unit.unit)},
            {QStringLiteral("unitName"), toQt(unit.unitName)},
            {QStringLiteral("windowId"), idText(unit.window)},
            {QStringLiteral("windowTitle"), windowTitle},
            {QStringLiteral("role"), toQt(unit.role)},
            {QStringLiteral("status"), toQt(unit.status)},
            {QStringLiteral("percentText"),
             unit.percent ? Format::percent(static_cast<int>(*unit.percent)) : QString()},
            {QStringLiteral("countText"), unit.count ? QString::number(*unit.count) : QString()},
            {QStringLiteral("text"), toQt(unit.text)},
            {QStringLiteral("fingerprint"), toQt(unit.fingerprint)},
            {QStringLiteral("isEarlier"), isEarlier}};
}

static Row rowOf(const Contradiction& found, const std::vector<office::WindowRow>& windows) {
    using Role = ContradictionListModel::Role;
    const auto titleOf = [&](const RecordId& window) {
        const auto of = std::ranges::find(windows, window, &office::WindowRow::window);
        return of == windows.end() ? QString() : toQt(of->title);
    };
    QStringList key{kindWord(found.kind), idText(found.task), toQt(found.sentence)};
    QVariantList sides;
    for (const office::ContradictionUnit& unit : found.before) {
        sides.append(sideOf(unit, titleOf(unit.window), true));
    }
    for (const office::ContradictionUnit& unit : found.units) {
        key.append(idText(unit.filing));
        sides.append(sideOf(unit, titleOf(unit.window), false));
    }
    Row row{key.join(QLatin1Char('/')), {}};
    row.set(Role::taskId, idText(found.task))
        .set(Role::title, QString::number(found.serial) + QLatin1Char(' ') + toQt(found.taskItem))
        .set(Role::kind, kindWord(found.kind))
        .set(Role::body, wordsOf(found))
        .set(Role::sides, sides);
    return row;
}

Result<ContradictionListModel::Page> ContradictionListModel::read(ledger::Home& home,
                                                                  const RecordId& window) {
    HZ_TRY(const std::vector<Contradiction> all, office::contradictions(home, window));
    HZ_TRY(const std::vector<office::WindowRow> windows, office::windows(home));
    Page page;
    if (const auto of = std::ranges::find(windows, window, &office::WindowRow::window); of != windows.end()) {
        page.title = toQt(of->title);
        page.line = MatrixModel::lineOf(*of);
    }
    for (const Contradiction& found : all) {
        page.rows.push_back(rowOf(found, windows));
    }
    return page;
}

ContradictionListModel::ContradictionListModel(HomeThread& reader, StoreThread& store, const RecordId& window,
                                               QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_window(window),
      m_saving(store, this),
      m_reading(reader, this) {
    m_reading.show<Page>(
        [this] { return [window = m_window](ledger::Home& home) { return read(home, window); }; },
        [this](Page page) {
            m_page = std::move(page);
            showRows();
        });
    follow(*this, m_reading, m_saving);
    m_reading.again();
}

void ContradictionListModel::showRows() {
    std::vector<Row> rows;
    std::ranges::copy_if(m_page.rows, std::back_inserter(rows), [this](const Row& row) {
        return m_kind.isEmpty() || row.at(Role::kind).toString() == m_kind;
    });
    setRows(std::move(rows));
}

void ContradictionListModel::setKind(const QString& kind) {
    if (m_kind != kind) {
        m_kind = kind;
        showRows();
        emit changed();
    }
}

QVariantList ContradictionListModel::kinds() const {
    QVariantList list;
    for (const ContradictionKind kind : office::kContradictionKinds) {
        const auto count = std::ranges::count_if(
            m_page.rows, [&](const Row& row) { return row.at(Role::kind).toString() == kindWord(kind); });
        if (count > 0) {
            list.append(QVariantMap{{QStringLiteral("kind"), kindWord(kind)},
                                    {QStringLiteral("count"), static_cast<int>(count)}});
        }
    }
    return list;
}

void ContradictionListModel::giveBack(const QString& taskId, const QString& unitId,
                                      const QString& fingerprint, const QString& reason) {
    if (reason.trimmed().isEmpty()) {
        return;
    }
    office::ReviewRequest request{.task = idOf(taskId), .unit = idOf(unitId), .window = m_window};
    request.outcome = office::ReviewOutcome::giveBack;
    request.reason = reason.trimmed().toStdString();
    request.fingerprint = fingerprint.toStdString();
    m_saving.start([request](ledger::Home& home) { return office::review(home, request); },
                   [this] { emit done(); });
}

}  // namespace hezhang::ui
