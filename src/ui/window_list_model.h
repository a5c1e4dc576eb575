// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The reporting windows, the open ones in front; and what opens and reopens them (window_model.h closes).
//
// Roles: windowId, title, ledgerTitle, closes (ISO), closesText, extendedText (empty: not extended); int:
// asked, submitted, approved,
//   returned, missing, aside, contradictions; bool: isOpen, isCounted: the numbers are known (they come
//   window by window).
// For QML: ledgers: LedgerChoiceModel · isReady, isBusy; errorWhat, errorNext
//   open(ledgerId, closes, title), reopen(windowId, extendedTo): dates as ISO text, "" for
//   no extension isDate(text): it is one
// Signals: done() when it is durable; failed(what, next).
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/office/matrix.h"
#include "src/ui/ledger_choice_model.h"
#include "src/ui/saving.h"

namespace hezhang::ui {

class WindowListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(hezhang::ui::LedgerChoiceModel* ledgers READ ledgers CONSTANT FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    enum class Role {
        windowId = Qt::UserRole + 1,
        title,
        ledgerTitle,
        closes,
        closesText,
        extendedText,
        asked,
        submitted,
        approved,
        returned,
        missing,
        aside,
        contradictions,
        isOpen,
        isCounted
    };
    Q_ENUM(Role)

    WindowListModel(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    Q_INVOKABLE void open(const QString& ledgerId, const QString& closes, const QString& title);
    Q_INVOKABLE void reopen(const QString& windowId, const QString& extendedTo);
    [[nodiscard]] Q_INVOKABLE static bool isDate(const QString& text);

    [[nodiscard]] LedgerChoiceModel* ledgers() { return &m_ledgers; }
    [[nodiscard]] bool isReady() const { return m_reading.isReady(); }
    [[nodiscard]] bool isBusy() const { return m_saving.isBusy(); }
    [[nodiscard]] QString errorWhat() const { return failedReading().errorWhat(); }
    [[nodiscard]] QString errorNext() const { return failedReading().errorNext(); }

signals:
    void changed();
    void done();
    void failed(const QString& what, const QString& next);

private:
    // The counts of so many windows are read in one step; other readings come in between.
    static constexpr std::size_t kCountedAtOnce = 2;

    struct Counted {
        office::WindowCounts filings;
        int contradictions = 0;
    };
    using Counts = std::map<RecordId, Counted>;
    struct Loaded {
        std::vector<office::WindowRow> windows;
        std::vector<Row> ledgers;
    };
    [[nodiscard]] static Row rowOf(const office::WindowRow& window, const Counted& counted, bool isCounted);
    [[nodiscard]] static Result<Counts> countsOf(ledger::Home& home, const std::vector<RecordId>& windows);
    void take(Loaded loaded);
    void takeCounts(const Counts& counts);
    void countOn();
    [[nodiscard]] const Reading& failedReading() const {
        return m_reading.errorWhat().isEmpty() ? m_counting : m_reading;
    }
    void showRows();
    template <class Work>
    void edit(Work work);

    LedgerChoiceModel m_ledgers;
    Saving m_saving;
    std::vector<office::WindowRow> m_windows;
    Counts m_counts;
    std::vector<RecordId> m_uncounted;  // since the last change, in the order of the list
    Reading m_reading;
    Reading m_counting;
};

}  // namespace hezhang::ui
