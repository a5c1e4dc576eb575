// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/window_list_model.h"

#include "src/office/contradictions.h"
#include "src/office/windows.h"
#include "src/ui/format.h"
#include "src/ui/words.h"

namespace hezhang::ui {

Row WindowListModel::rowOf(const office::WindowRow& window, const Counted& counted, bool isCounted) {
    const office::WindowCounts& counts = counted.filings;
    Row row{idText(window.window), {}};
    row.set(Role::windowId, row.key)
        .set(Role::title, window.title.empty() ? Format::date(toQt(window.closes)) : toQt(window.title))
        .set(Role::ledgerTitle, toQt(window.ledgerTitle))
        .set(Role::closes, toQt(window.closes))
        .set(Role::closesText, Format::date(toQt(window.closes)))
        .set(Role::extendedText, Format::date(toQt(window.extendedTo)))
        .set(Role::asked, counts.asked)
        .set(Role::submitted, counts.submitted)
        .set(Role::approved, counts.approved)
        .set(Role::returned, counts.returned)
        .set(Role::missing, counts.missing())
        .set(Role::aside, counts.aside)
        .set(Role::contradictions, counted.contradictions)
        .set(Role::isOpen, window.isOpen)
        .set(Role::isCounted, isCounted);
    return row;
}

WindowListModel::WindowListModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_ledgers(this),
      m_saving(store, this),
      m_reading(reader, this),
      m_counting(reader, this, Reading::When::asked) {
    m_reading.show<Loaded>(
        [] {
            return [](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.windows, office::windows(home));
                HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
                loaded.ledgers = LedgerChoiceModel::rowsOf(ledgers);
                return loaded;
            };
        },
        [this](Loaded loaded) { take(std::move(loaded)); });
    m_counting.show<Counts>(
        [this] {
            const std::size_t size = std::min(m_uncounted.size(), kCountedAtOnce);
            return [windows = std::vector<RecordId>(m_uncounted.begin(),
                                                    m_uncounted.begin() + static_cast<std::ptrdiff_t>(size))](
                       ledger::Home& home) { return countsOf(home, windows); };
        },
        [this](const Counts& counts) { takeCounts(counts); });
    follow(*this, m_reading, m_saving);
    connect(&m_counting, &Reading::answered, this, &WindowListModel::changed);
    m_reading.again();
}

Result<WindowListModel::Counts> WindowListModel::countsOf(ledger::Home& home,
                                                          const std::vector<RecordId>& windows) {
    Counts counts;
    for (const RecordId& window : windows) {
        HZ_TRY(counts[window].filings, office::windowCounts(home, window));
        HZ_TRY(const std::vector<office::Contradiction> found, office::contradictions(home, window));
        counts[window].contradictions = static_cast<int>(found.size());
    }
    return counts;
}

void WindowListModel::take(Loaded loaded) {
    m_windows = std::move(loaded.windows);
    m_uncounted.clear();
    for (const office::WindowRow& one : m_windows) {
        m_uncounted.push_back(one.window);
    }
    m_ledgers.setRows(std::move(loaded.ledgers));
    showRows();
    countOn();
}

// Until a window is counted again, its row has the counts of before.
void WindowListModel::takeCounts(const Counts& counts) {
    for (const auto& [window, one] : counts) {
        m_counts[window] = one;
        std::erase(m_uncounted, window);
    }
    showRows();
    countOn();
}

void WindowListModel::countOn() {
    if (!m_uncounted.empty()) {
        m_counting.again();
    }
}

void WindowListModel::showRows() {
    std::vector<Row> rows;
    for (const office::WindowRow& window : m_windows) {
        const auto counts = m_counts.find(window.window);
        const bool isCounted = counts != m_counts.end();
        rows.push_back(rowOf(window, isCounted ? counts->second : Counted{}, isCounted));
    }
    setRows(std::move(rows));
}

template <class Work>
void WindowListModel::edit(Work work) {
    m_saving.start(std::move(work), [this] { emit done(); });
}

void WindowListModel::open(const QString& ledgerId, const QString& closes, const QString& title) {
    edit([ledgerId = idOf(ledgerId), closes = closes.toStdString(),
          title = title.trimmed().toStdString()](ledger::Home& home) {
        return office::openWindow(home, ledgerId, closes,
                                  title.empty() ? std::nullopt : std::optional<std::string>(title));
    });
}

void WindowListModel::reopen(const QString& windowId, const QString& extendedTo) {
    edit([window = idOf(windowId), until = extendedTo.toStdString()](ledger::Home& home) {
        return office::reopenWindow(home, window,
                                    until.empty() ? std::nullopt : std::optional<std::string>(until));
    });
}

bool WindowListModel::isDate(const QString& text) {
    return text.size() == 10 && QDate::fromString(text, Qt::ISODate).isValid();
}

}  // namespace hezhang::ui
