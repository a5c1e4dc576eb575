// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One reporting window: what closing it would freeze, the closing, and afterwards its snapshot with what came
// late beside it.
//
// For QML:
//   windowId; isReady, isBusy; errorWhat, errorNext · title, line (its days and ledger), isOpen
//   asked, submitted, approved, missing (int; filings) · missingUnits: list of {unitName, text: which tasks};
//   missingNames: their names unsent (int): edits of this home that the county has not answered: they would
//   not be in the snapshot hasSnapshot: it was closed once, and the file is here; digest, closedText (when),
//   frozenCount (int; of the rows, how many stood complete), rowCount · snapshotNext: why it is not here, and
//   what to do; canFreeze: closed, and no snapshot is here: close() freezes what stands now
//   late: list of {taskId, unitId, unitName, title, text, authorText, asideCount (int), isDeletion: admitting
//     it deletes the report or a count, ops, admitted: list of {reason, authorText}}
//   checkTitle: empty: nothing was checked; isGood; checkFacts: list of {label, value}; checkRows: list of
//   {title, text}: what was changed since, is wrong, or cannot be looked up
// Calls: close(); save(file): the snapshot, byte for byte; verify(); verifyFile(file); closeCheck();
//   admit(ops, reason)
// Signals: done(outcome): closed or admitted, durable; or saved. failed(what, next)
// Threads: the window's.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QUrl>
#include <QVariantList>

#include "src/office/closing.h"
#include "src/office/matrix.h"
#include "src/ui/saving.h"
#include "src/ui/words.h"

namespace hezhang::ui {

class WindowModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString windowId READ windowId CONSTANT FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString line READ line NOTIFY changed FINAL)
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY changed FINAL)
    Q_PROPERTY(int asked READ asked NOTIFY changed FINAL)
    Q_PROPERTY(int submitted READ submitted NOTIFY changed FINAL)
    Q_PROPERTY(int approved READ approved NOTIFY changed FINAL)
    Q_PROPERTY(int missing READ missing NOTIFY changed FINAL)
    Q_PROPERTY(QString missingNames READ missingNames NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList missingUnits READ missingUnits NOTIFY changed FINAL)
    Q_PROPERTY(int unsent READ unsent NOTIFY changed FINAL)
    Q_PROPERTY(bool hasSnapshot READ hasSnapshot NOTIFY changed FINAL)
    Q_PROPERTY(QString digest READ digest NOTIFY changed FINAL)
    Q_PROPERTY(QString closedText READ closedText NOTIFY changed FINAL)
    Q_PROPERTY(int frozenCount READ frozenCount NOTIFY changed FINAL)
    Q_PROPERTY(int rowCount READ rowCount NOTIFY changed FINAL)
    Q_PROPERTY(QString snapshotNext READ snapshotNext NOTIFY changed FINAL)
    Q_PROPERTY(bool canFreeze READ canFreeze NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList late READ late NOTIFY changed FINAL)
    Q_PROPERTY(QString checkTitle READ checkTitle NOTIFY checked FINAL)
    Q_PROPERTY(bool isGood READ isGood NOTIFY checked FINAL)
    Q_PROPERTY(QVariantList checkFacts READ checkFacts NOTIFY checked FINAL)
    Q_PROPERTY(QVariantList checkRows READ checkRows NOTIFY checked FINAL)
public:
    WindowModel(HomeThread& reader, StoreThread& store, const RecordId& window, QObject* parent = nullptr);

    Q_INVOKABLE void close();
    Q_INVOKABLE void admit(const QStringList& ops, const QString& reason);
    Q_INVOKABLE void save(const QUrl& file);
    Q_INVOKABLE void verify();
    Q_INVOKABLE void verifyFile(const QUrl& file);
    Q_INVOKABLE void closeCheck();

    [[nodiscard]] QString windowId() const { return idText(m_window); }
    [[nodiscard]] bool isReady() const { return m_reading.isReady(); }
    [[nodiscard]] bool isBusy() const { return m_saving.isBusy(); }
    [[nodiscard]] QString errorWhat() const { return m_reading.errorWhat(); }
    [[nodiscard]] QString errorNext() const { return m_reading.errorNext(); }
    [[nodiscard]] QString title() const { return m_page.title; }
    [[nodiscard]] QString line() const { return m_page.line; }
    [[nodiscard]] bool isOpen() const { return m_page.isOpen; }
    [[nodiscard]] int asked() const { return m_page.counts.asked; }
    [[nodiscard]] int submitted() const { return m_page.counts.submitted; }
    [[nodiscard]] int approved() const { return m_page.counts.approved; }
    [[nodiscard]] int missing() const { return m_page.counts.missing(); }
    [[nodiscard]] QString missingNames() const;
    [[nodiscard]] QVariantList missingUnits() const { return m_page.missingUnits; }
    [[nodiscard]] int unsent() const { return m_page.unsent; }
    [[nodiscard]] bool hasSnapshot() const { return !m_page.digest.isEmpty(); }
    [[nodiscard]] QString digest() const { return m_page.digest; }
    [[nodiscard]] QString closedText() const { return m_page.closedText; }
    [[nodiscard]] int frozenCount() const { return m_page.frozen; }
    [[nodiscard]] int rowCount() const { return m_page.rows; }
    [[nodiscard]] QString snapshotNext() const { return m_page.snapshotNext; }
    [[nodiscard]] bool canFreeze() const { return m_page.canFreeze; }
    [[nodiscard]] QVariantList late() const { return m_page.late; }
    [[nodiscard]] QString checkTitle() const { return m_check.title; }
    [[nodiscard]] bool isGood() const { return m_check.isGood; }
    [[nodiscard]] QVariantList checkFacts() const { return m_check.facts; }
    [[nodiscard]] QVariantList checkRows() const { return m_check.rows; }

signals:
    void changed();
    void checked();
    void done(const QString& outcome);
    void failed(const QString& what, const QString& next);

private:
    struct Page {
        QString title, line;
        bool isOpen = false;
        office::WindowCounts counts;
        QVariantList missingUnits;
        int unsent = 0;
        QString digest, closedText, snapshotNext;
        bool canFreeze = false;
        int frozen = 0;
        int rows = 0;
        QVariantList late;
    };
    struct Check {
        QString title;
        bool isGood = false;
        QVariantList facts, rows;
    };
    [[nodiscard]] static Result<Page> read(ledger::Home& home, const RecordId& window);
    [[nodiscard]] static Result<Check> checkOf(ledger::Home& home, const office::FrozenCheck& found);
    template <class Work>
    void edit(const QString& outcome, Work work);
    void takeCheck(const QString& title, Result<Check> check);

    HomeThread& m_reader;
    RecordId m_window;
    Page m_page;
    Check m_check;
    Saving m_saving;
    Reading m_reading;
};

}  // namespace hezhang::ui
