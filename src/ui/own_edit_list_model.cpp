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

Result<OwnEditListModel::Page> OwnEditListModel::pageOf(ledger::Home& home, const std::string& state,
                                                        int limit, const std::string& after) {
    Page page;
    HZ_TRY(const ledger::OwnEdits edits,
           ledger::ownEdits(home, state, static_cast<std::size_t>(limit), after));
    for (const ledger::OwnEdit& edit : edits.edits) {
        page.rows.push_back(rowOf(edit));
    }
    page.total = static_cast<int>(edits.total);
    return page;
}

OwnEditListModel::OwnEditListModel(HomeThread& reader, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_reading(reader, this),
      m_nextReading(reader, this, Reading::When::asked) {
    m_reading.define<Page>(
        [this] {
            return [state = m_state.toStdString(), limit = wanted()](ledger::Home& home) {
                return pageOf(home, state, limit, {});
            };
        },
        [this](Result<Page> page) {
            if (page) {
                setRows(std::move(page->rows), page->total);
            }
            m_isReady = true;
            emit readingDone();
        });
    m_nextReading.define<NextPage>(
        [this] {
            return [state = m_state.toStdString(), limit = wanted() - count(),
                    after = keyAt(count() - 1)](ledger::Home& home) -> Result<NextPage> {
                HZ_TRY(Page page, pageOf(home, state, limit, after.toStdString()));
                return NextPage{after, std::move(page)};
            };
        },
        [this](Result<NextPage> next) { takeNext(std::move(next)); });
    connect(this, &RowListModel::moreWanted, &m_nextReading, &Reading::again);
    m_reading.again();
}

// Where the list has become another one meanwhile, all of it is read again.
void OwnEditListModel::takeNext(Result<NextPage> next) {
    if (next && next->after == keyAt(count() - 1)) {
        appendRows(std::move(next->page.rows), next->page.total);
    } else {
        m_reading.again();
    }
}

void OwnEditListModel::setState(const QString& state) {
    if (m_state != state) {
        m_state = state;
        emit stateChanged();
        m_reading.again();
    }
}

}  // namespace hezhang::ui
