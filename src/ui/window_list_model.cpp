// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/window_list_model.h"

#include "src/office/windows.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

static Row rowOf(const office::WindowRow& window) {
    using Role = WindowListModel::Role;
    Row row{idText(window.window), {}};
    row.set(Role::windowId, row.key)
        .set(Role::title, window.title.empty() ? Format::date(toQt(window.closes)) : toQt(window.title))
        .set(Role::ledgerTitle, toQt(window.ledgerTitle))
        .set(Role::closes, toQt(window.closes))
        .set(Role::closesText, Format::date(toQt(window.closes)))
        .set(Role::extendedText, Format::date(toQt(window.extendedTo)))
        .set(Role::asked, window.counts.asked)
        .set(Role::submitted, window.counts.submitted)
        .set(Role::approved, window.counts.approved)
        .set(Role::returned, window.counts.returned)
        .set(Role::missing, window.counts.missing())
        .set(Role::aside, window.counts.aside)
        .set(Role::isOpen, window.isOpen);
    return row;
}

WindowListModel::WindowListModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_store(store),
      m_ledgers(this),
      m_reading(reader, this) {
    m_reading.define<Loaded>(
        [] {
            return [](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(const std::vector<office::WindowRow> windows, office::windows(home));
                for (const office::WindowRow& one : windows) {
                    loaded.rows.push_back(rowOf(one));
                }
                HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
                loaded.ledgers = LedgerChoiceModel::rowsOf(ledgers);
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void WindowListModel::take(Result<Loaded> loaded) {
    m_isReady = true;
    if (loaded) {
        m_error.reset();
        setRows(std::move(loaded->rows));
        m_ledgers.setRows(std::move(loaded->ledgers));
    } else {
        m_error = loaded.error();
    }
    emit changed();
}

// One at a time: a second press of the button is no second window.
template <class Work>
void WindowListModel::edit(Work work) {
    if (m_isBusy) {
        return;
    }
    m_isBusy = true;
    emit changed();
    m_store.edit<RecordId>(this, std::move(work), [this](const Result<RecordId>& answer) {
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

void WindowListModel::open(const QString& ledgerId, const QString& closes, const QString& title) {
    edit([ledgerId = idOf(ledgerId), closes = closes.toStdString(),
          title = title.trimmed().toStdString()](ledger::Home& home) {
        return office::openWindow(home, ledgerId, closes,
                                  title.empty() ? std::nullopt : std::optional<std::string>(title));
    });
}

void WindowListModel::close(const QString& windowId) {
    edit([window = idOf(windowId)](ledger::Home& home) -> Result<RecordId> {
        HZ_CHECK(office::closeWindow(home, window));
        return window;
    });
}

void WindowListModel::reopen(const QString& windowId, const QString& extendedTo) {
    edit([window = idOf(windowId), until = extendedTo.toStdString()](ledger::Home& home) -> Result<RecordId> {
        HZ_CHECK(office::reopenWindow(home, window,
                                      until.empty() ? std::nullopt : std::optional<std::string>(until)));
        return window;
    });
}

bool WindowListModel::isDate(const QString& text) {
    return text.size() == 10 && QDate::fromString(text, Qt::ISODate).isValid();
}

QString WindowListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString WindowListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
