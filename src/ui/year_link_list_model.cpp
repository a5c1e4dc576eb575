// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/year_link_list_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "src/ui/format.h"
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
      m_ledgers(this),
      m_ledger(ledger),
      m_saving(store, this),
      m_reading(reader, this) {
    m_reading.show<Page>(
        [this] { return [ledger = m_ledger](ledger::Home& home) { return read(home, ledger); }; },
        [this](Page page) {
            m_page = std::move(page);
            m_ledgers.setRows(m_page.ledgers);
            showRows();
        });
    follow(*this, m_reading, m_saving);
    m_reading.again();
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

template <class Work>
void YearLinkListModel::edit(Work work) {
    m_saving.start(std::move(work), [this] { emit done(); });
}

void YearLinkListModel::link(const QString& taskId, const QString& earlierId) {
    edit([task = idOf(taskId), earlier = idOf(earlierId)](ledger::Home& home) {
        return office::linkTask(home, task, earlier);
    });
}

void YearLinkListModel::unlink(const QString& taskId, const QString& earlierId) {
    edit([task = idOf(taskId), earlier = idOf(earlierId)](ledger::Home& home) {
        return office::unlinkTask(home, task, earlier);
    });
}

void YearLinkListModel::markNew(const QString& taskId) {
    edit([task = idOf(taskId)](ledger::Home& home) { return office::markNew(home, task); });
}

void YearLinkListModel::linkCertain() {
    edit([ledger = m_page.ledger](ledger::Home& home) { return office::linkCertain(home, ledger); });
}

}  // namespace hezhang::ui
