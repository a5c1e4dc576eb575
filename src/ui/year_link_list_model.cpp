// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/year_link_list_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using office::YearLink;
using office::YearLinkState;

static constexpr std::array kLinkStates{YearLinkState::certain, YearLinkState::doubtful, YearLinkState::none,
                                        YearLinkState::linked, YearLinkState::isNew};

// "none" is the word of a filing that is not there.
static QString linkStateWord(YearLinkState state) {
    return state == YearLinkState::none ? QStringLiteral("no-earlier")
                                        : toQt(std::string(office::name(state)));
}

static QVariantMap earlierOf(const office::YearCandidate& one, bool isLinked) {
    return {
        {QStringLiteral("taskId"), idText(one.task)},
        {QStringLiteral("title"), QString::number(one.serial) + QLatin1Char(' ') + toQt(one.content)},
        {QStringLiteral("percentText"), Format::percent(static_cast<int>(std::lround(one.likeness * 100)))},
        {QStringLiteral("isLinked"), isLinked}};
}

static Row linkRow(const YearLink& link) {
    using Role = YearLinkListModel::Role;
    QVariantList earlier;
    for (const office::YearCandidate& one : link.linked) {
        earlier.append(earlierOf(one, true));
    }
    for (const office::YearCandidate& one : link.candidates) {
        earlier.append(earlierOf(one, false));
    }
    Row row{idText(link.task), {}};
    row.set(Role::taskId, row.key)
        .set(Role::title, QString::number(link.serial) + QLatin1Char(' ') + toQt(link.content))
        .set(Role::linkState, linkStateWord(link.state))
        .set(Role::earlier, earlier);
    return row;
}

Result<YearLinkListModel::Page> YearLinkListModel::read(ledger::Home& home, const RecordId& ledger) {
    Page page;
    HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
    page.ledgers = LedgerChoiceModel::rowsOf(ledgers);
    page.ledger = ledger.isNone() && !ledgers.empty() ? ledgers.front().id : ledger;
    if (page.ledger.isNone()) {
        return page;
    }
    HZ_TRY(const office::YearLinks links, office::yearLinks(home, page.ledger));
    page.earlierYear = static_cast<int>(links.earlierYear.value_or(0));
    for (const YearLink& link : links.tasks) {
        page.rows.push_back(linkRow(link));
    }
    return page;
}

YearLinkListModel::YearLinkListModel(HomeThread& reader, StoreThread& store, const RecordId& ledger,
                                     QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_store(store),
      m_ledgers(this),
      m_ledger(ledger),
      m_reading(reader, this) {
    m_reading.define<Page>(
        [this] { return [ledger = m_ledger](ledger::Home& home) { return read(home, ledger); }; },
        [this](Result<Page> page) { take(std::move(page)); });
    m_reading.again();
}

void YearLinkListModel::take(Result<Page> page) {
    m_isReady = true;
    if (page) {
        m_error.reset();
        m_page = std::move(*page);
        m_ledgers.setRows(m_page.ledgers);
        showRows();
    } else {
        m_error = page.error();
    }
    emit changed();
}

void YearLinkListModel::showRows() {
    std::vector<Row> rows;
    std::ranges::copy_if(m_page.rows, std::back_inserter(rows), [this](const Row& row) {
        return m_state.isEmpty() || row.at(Role::linkState).toString() == m_state;
    });
    setRows(std::move(rows));
}

int YearLinkListModel::countOf(const QString& state) const {
    return static_cast<int>(std::ranges::count_if(
        m_page.rows, [&](const Row& row) { return row.at(Role::linkState).toString() == state; }));
}

QVariantList YearLinkListModel::states() const {
    QVariantList list;
    for (const YearLinkState state : kLinkStates) {
        const QString word = linkStateWord(state);
        if (const int count = countOf(word); count > 0) {
            list.append(QVariantMap{{QStringLiteral("state"), word}, {QStringLiteral("count"), count}});
        }
    }
    return list;
}

void YearLinkListModel::setState(const QString& state) {
    if (m_state != state) {
        m_state = state;
        showRows();
        emit changed();
    }
}

QString YearLinkListModel::ledgerId() const {
    return idText(m_page.ledger);
}

void YearLinkListModel::setLedgerId(const QString& id) {
    if (const RecordId ledger = idOf(id); ledger != m_ledger) {
        m_ledger = ledger;
        m_reading.again();
    }
}

// One at a time: a second press of the button does nothing.
template <class Work>
void YearLinkListModel::edit(Work work) {
    if (m_isBusy) {
        return;
    }
    m_isBusy = true;
    emit changed();
    m_store.edit<bool>(this, std::move(work), [this](const Result<bool>& answer) {
        m_isBusy = false;
        emit changed();
        if (answer) {
            m_reading.again();
            emit done();
        } else {
            const Message message = MessageTable::of(answer.error().code);
            emit failed(message.what, message.next);
        }
    });
}

void YearLinkListModel::link(const QString& taskId, const QString& earlierId) {
    edit([task = idOf(taskId), earlier = idOf(earlierId)](ledger::Home& home) -> Result<bool> {
        HZ_CHECK(office::linkTask(home, task, earlier));
        return true;
    });
}

void YearLinkListModel::unlink(const QString& taskId, const QString& earlierId) {
    edit([task = idOf(taskId), earlier = idOf(earlierId)](ledger::Home& home) -> Result<bool> {
        HZ_CHECK(office::unlinkTask(home, task, earlier));
        return true;
    });
}

void YearLinkListModel::markNew(const QString& taskId) {
    edit([task = idOf(taskId)](ledger::Home& home) -> Result<bool> {
        HZ_CHECK(office::markNew(home, task));
        return true;
    });
}

void YearLinkListModel::linkCertain() {
    edit([ledger = m_page.ledger](ledger::Home& home) -> Result<bool> {
        HZ_TRY(const std::size_t linked, office::linkCertain(home, ledger));
        return linked > 0;
    });
}

QString YearLinkListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString YearLinkListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
