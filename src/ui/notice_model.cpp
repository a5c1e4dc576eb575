// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/notice_model.h"

#include "src/ui/field_words.h"
#include "src/ui/format.h"

namespace hezhang::ui {

NoticeModel::NoticeModel(HomeThread& reader, StoreThread& store, const QString& id, QObject* parent)
    : QObject(parent), m_store(store), m_id(id.toStdString()), m_reading(reader, this) {
    m_reading.define<ledger::Notice>(
        [this] {
            return [id = m_id](ledger::Home& home) -> Result<ledger::Notice> {
                HZ_TRY(const std::vector<ledger::Notice> all, ledger::notices(home));
                for (const ledger::Notice& one : all) {
                    if (one.id == id) {
                        return one;
                    }
                }
                return ledger::Notice{};
            };
        },
        [this](Result<ledger::Notice> notice) {
            m_notice = std::move(notice).value_or(ledger::Notice{});
            m_isReady = true;
            emit changed();
        });
    m_reading.again();
}

void NoticeModel::markSeen() {
    m_store.ask<void>(
        this, [id = m_id](ledger::Home& home) { return ledger::markNoticeSeen(home, id); },
        [this](const Result<void>&) { m_reading.again(); });
}

// An entry that was deleted in spite of an edit: what was taken is its going.
QString NoticeModel::ownText() const {
    return valueWords(m_notice.place.registerName, m_notice.ownField, m_notice.own);
}

QString NoticeModel::takenText() const {
    return valueWords(m_notice.place.registerName, m_notice.field, m_notice.taken);
}

QVariantList NoticeModel::runs() const {
    return m_notice.runs.size() > 1 ? runsOf(m_notice.runs) : oneRun(takenText());
}

QString NoticeModel::title() const {
    return toQt(m_notice.place.title);
}
QString NoticeModel::place() const {
    return joined({fieldText(), toQt(m_notice.place.unitName), toQt(m_notice.place.detail)});
}
QString NoticeModel::fieldText() const {
    return fieldTitle(m_notice.place.registerName, m_notice.field);
}
QString NoticeModel::ownTimeText() const {
    return Format::when(m_notice.ownAt);
}
QString NoticeModel::person() const {
    return toQt(m_notice.by.personName);
}
QString NoticeModel::unit() const {
    return toQt(m_notice.by.unitName);
}
QString NoticeModel::time() const {
    return Format::when(m_notice.by.at);
}
QString NoticeModel::recordId() const {
    return idText(m_notice.record);
}
QString NoticeModel::field() const {
    return toQt(m_notice.field);
}
QString NoticeModel::taskId() const {
    return idText(m_notice.place.task);
}

}  // namespace hezhang::ui
