// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/own_edit_list_model.h"

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using OwnEditRole = OwnEditListModel::Role;

static Row rowOf(const ledger::OwnEdit& edit) {
    const Message why = edit.reason.empty() ? Message{} : MessageTable::ofReason(toQt(edit.reason));
    Row row{toQt(edit.dot), {}};
    row.set(OwnEditRole::recordId, idText(edit.record))
        .set(OwnEditRole::field, toQt(edit.field))
        .set(OwnEditRole::title, toQt(edit.place.title))
        .set(OwnEditRole::place, joined({toQt(edit.place.unitName), toQt(edit.place.detail)}))
        .set(OwnEditRole::fieldText, fieldTitle(edit.place.registerName, edit.field))
        .set(OwnEditRole::valueText, valueWords(edit.place.registerName, edit.field, edit.value))
        .set(OwnEditRole::timeText, Format::when(edit.at))
        .set(OwnEditRole::progress, progressWord(edit.verdict))
        .set(OwnEditRole::reasonWhat, why.what)
        .set(OwnEditRole::reasonNext, why.next);
    return row;
}

OwnEditListModel::OwnEditListModel(HomeThread& reader, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent), m_reading(reader, this) {
    m_reading.define<Page>(
        [this] {
            return [state = m_state.toStdString(), limit = wanted()](ledger::Home& home) -> Result<Page> {
                Page page;
                HZ_TRY(const ledger::OwnEdits edits,
                       ledger::ownEdits(home, state, static_cast<std::size_t>(limit)));
                for (const ledger::OwnEdit& edit : edits.edits) {
                    page.rows.push_back(rowOf(edit));
                }
                page.total = static_cast<int>(edits.total);
                return page;
            };
        },
        [this](Result<Page> page) {
            if (page) {
                setRows(std::move(page->rows), page->total);
            }
            m_isReady = true;
            emit readingDone();
        });
    connect(this, &RowListModel::moreWanted, &m_reading, &Reading::again);
    m_reading.again();
}

void OwnEditListModel::setState(const QString& state) {
    if (m_state != state) {
        m_state = state;
        emit stateChanged();
        m_reading.again();
    }
}

}  // namespace hezhang::ui
