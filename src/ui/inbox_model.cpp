// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/inbox_model.h"

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using ledger::Difference;
using ledger::DifferenceKind;
using InboxRole = InboxModel::Role;

namespace {

QString kindWord(DifferenceKind kind) {
    switch (kind) {
    case DifferenceKind::none:
        return {};
    case DifferenceKind::conflict:
        return QStringLiteral("conflict");
    case DifferenceKind::merged:
        return QStringLiteral("merged");
    case DifferenceKind::overruled:
        return QStringLiteral("overruled");
    }
    return {};
}

QString writersOf(const Difference& one) {
    QStringList writers;
    for (const ledger::DifferenceValue& value : one.values) {
        writers.append(InboxModel::tr("%1 %2", "unit, person")
                           .arg(toQt(value.by.unitName), toQt(value.by.personName))
                           .trimmed());
    }
    writers.removeDuplicates();
    return writers.join(InboxModel::tr(", ", "between names"));
}

Row rowOf(const Difference& one) {
    Row row{toQt(one.record.hex() + "/" + one.field), {}};
    row.set(InboxRole::kind, kindWord(one.kind))
        .set(InboxRole::recordId, idText(one.record))
        .set(InboxRole::field, toQt(one.field))
        .set(InboxRole::noticeId, QString())
        .set(InboxRole::title, toQt(one.place.title))
        .set(InboxRole::place, joined({toQt(one.place.unitName), toQt(one.place.detail)}))
        .set(InboxRole::fieldText, fieldTitle(one.place.registerName, one.field))
        .set(InboxRole::summary, writersOf(one))
        .set(InboxRole::ageText, Format::when(one.since))
        .set(InboxRole::isOwn, one.isOwn())
        .set(InboxRole::isSeen, false);
    return row;
}

Row rowOf(const ledger::Notice& notice) {
    Row row{QStringLiteral("notice/") + toQt(notice.id), {}};
    row.set(InboxRole::kind, QStringLiteral("notice"))
        .set(InboxRole::recordId, idText(notice.record))
        .set(InboxRole::field, toQt(notice.field))
        .set(InboxRole::noticeId, toQt(notice.id))
        .set(InboxRole::title, toQt(notice.place.title))
        .set(InboxRole::place, joined({toQt(notice.place.unitName), toQt(notice.place.detail)}))
        .set(InboxRole::fieldText, fieldTitle(notice.place.registerName, notice.field))
        .set(InboxRole::summary, InboxModel::tr("decided by %1 %2", "unit, person")
                                     .arg(toQt(notice.by.unitName), toQt(notice.by.personName)))
        .set(InboxRole::ageText, Format::when(notice.by.at))
        .set(InboxRole::isOwn, true)
        .set(InboxRole::isSeen, notice.isSeen);
    return row;
}

}  // namespace

InboxModel::InboxModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_store(store),
      m_reading(reader, this, Reading::When::asked) {
    m_reading.define<Loaded>(
        [] {
            return [](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(const std::vector<ledger::Notice> told, ledger::notices(home));
                HZ_TRY(const std::vector<Difference> open, ledger::differences(home));
                for (const ledger::Notice& notice : told) {
                    if (!notice.isSeen) {
                        loaded.rows.push_back(rowOf(notice));
                    }
                }
                for (const Difference& one : open) {
                    loaded.rows.push_back(rowOf(one));
                }
                for (const ledger::Notice& notice : told) {
                    if (notice.isSeen) {
                        loaded.rows.push_back(rowOf(notice));
                    }
                }
                HZ_TRY(loaded.isWorkDue, ledger::isNoticeWorkDue(home));
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, &m_reading, &Reading::again);
    connect(&reader, &HomeThread::changed, this, [this] {
        if (!m_wait.isActive()) {
            m_wait.start(kWaitMs);
        }
    });
    connect(this, &RowListModel::moreWanted, this, &InboxModel::showRows);
    m_reading.again();
}

void InboxModel::take(Result<Loaded> loaded) {
    if (loaded) {
        m_error.reset();
        m_all = std::move(loaded->rows);
        m_conflicts = m_merged = m_notices = 0;
        for (const Row& row : m_all) {
            const QString kind = row.at(InboxRole::kind).toString();
            m_conflicts += kind == QLatin1String("conflict") ? 1 : 0;
            m_merged += kind == QLatin1String("merged") || kind == QLatin1String("overruled") ? 1 : 0;
            m_notices += kind == QLatin1String("notice") && !row.at(InboxRole::isSeen).toBool() ? 1 : 0;
        }
        showRows();
        if (loaded->isWorkDue) {
            findNotices();
        }
    } else {
        m_error = loaded.error();
    }
    m_isReady = true;
    emit readingDone();
}

// One step; its commit is a change of the home, so the next reading asks for the next one.
void InboxModel::findNotices() {
    if (m_isFinding) {
        return;
    }
    m_isFinding = true;
    m_store.ask<bool>(
        this, [](ledger::Home& home) { return ledger::findNotices(home); },
        [this](const Result<bool>&) { m_isFinding = false; });
}

void InboxModel::showRows() {
    std::vector<Row> rows;
    int total = 0;
    for (const Row& row : m_all) {
        const QString kind = row.at(InboxRole::kind).toString();
        const bool isKind = m_kind.isEmpty() || kind == m_kind ||
                            (m_kind == QLatin1String("merged") && kind == QLatin1String("overruled"));
        const bool isMeant = isKind && (m_scope.isEmpty() || row.at(InboxRole::isOwn).toBool());
        if (isMeant && total++ < wanted()) {
            rows.push_back(row);
        }
    }
    setRows(std::move(rows), total);
}

void InboxModel::setKind(const QString& kind) {
    if (m_kind != kind) {
        m_kind = kind;
        showRows();
        emit filterChanged();
    }
}

void InboxModel::setScope(const QString& scope) {
    if (m_scope != scope) {
        m_scope = scope;
        showRows();
        emit filterChanged();
    }
}

QString InboxModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString InboxModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
