// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The tasks of a ledger by the units that have a part in them, with what each has filed in one window.
//
// Table:   role display: a word: noTask is "", else none unsubmitted changed submitted returned approved
// after-approval aside (what asks most of the
//          office is shown: aside before returned before after-approval before the rest), or locked where
//          this home may not read. after-approval has how many edits since behind it: "after-approval/2".
//          Changes are told exactly.
// For QML:
//   windowId: the window that is shown; "" shows the open one that closes first, else the one that closed
//   last windowTitle, windowLine (its days and the ledger), isOpen, isReady; errorWhat, errorNext; hasWindow:
//   there is one Filters, "" for none; they combine: section, state (a word of the table, or missing: none,
//   unsubmitted or changed; or asking: for more time), text (in the
//     task or the unit's name). A task or unit without a cell that passes is left out.
//   rowTitles, columnTitles: MatrixHeadModel · missing: MissingListModel, of what the filters let through
//   askedCount, submittedCount, approvedCount, returnedCount, missingCount, belowCount, asideCount,
//   afterApprovalCount, askingCount: of the whole window · contradictionCount: -1 until it is known ·
//   sections taskAt(row), unitAt(column): ids · missingText(): the list as text · copyMissing(): into the
//   clipboard · copyReminder(unitId): a text for that unit (reminders.h), for all where it is empty; signal
//   reminderCopied()
// Threads: the window's; the page is made in the reading thread.
#pragma once

#include <QAbstractTableModel>

#include "src/office/matrix.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

// Roles: title, subtitle (a task's section).
class MatrixHeadModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a matrix")
public:
    enum class Role { title = Qt::UserRole + 1, subtitle };
    Q_ENUM(Role)
    explicit MatrixHeadModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

// Roles: taskId, unitId, unitName, number, item, filingState (none unsubmitted changed), timeText (days left
// or over, and whether more time was granted or asked for), isFirstOfUnit. By unit, then by serial.
class MissingListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a matrix")
public:
    enum class Role {
        taskId = Qt::UserRole + 1,
        unitId,
        unitName,
        number,
        item,
        filingState,
        timeText,
        isFirstOfUnit
    };
    Q_ENUM(Role)
    explicit MissingListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

class MatrixModel : public QAbstractTableModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString windowId READ windowId WRITE setWindowId NOTIFY readingDone FINAL)
    Q_PROPERTY(QString windowTitle READ windowTitle NOTIFY readingDone FINAL)
    Q_PROPERTY(QString windowLine READ windowLine NOTIFY readingDone FINAL)
    Q_PROPERTY(bool hasWindow READ hasWindow NOTIFY readingDone FINAL)
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY readingDone FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY readingDone FINAL)
    Q_PROPERTY(QString section READ section WRITE setSection NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString state READ state WRITE setState NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY filterChanged FINAL)
    Q_PROPERTY(hezhang::ui::MatrixHeadModel* rowTitles READ rowTitles CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::MatrixHeadModel* columnTitles READ columnTitles CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::MissingListModel* missing READ missing CONSTANT FINAL)
    Q_PROPERTY(int askedCount READ askedCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int submittedCount READ submittedCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int approvedCount READ approvedCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int belowCount READ belowCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int returnedCount READ returnedCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int missingCount READ missingCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int asideCount READ asideCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int afterApprovalCount READ afterApprovalCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int contradictionCount READ contradictionCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int askingCount READ askingCount NOTIFY readingDone FINAL)
    Q_PROPERTY(QStringList sections READ sections NOTIFY readingDone FINAL)
public:
    explicit MatrixModel(HomeThread& reader, const QString& windowId, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return {{Qt::DisplayRole, "display"}}; }

    [[nodiscard]] Q_INVOKABLE QString taskAt(int row) const { return m_rows.value(row); }
    [[nodiscard]] Q_INVOKABLE QString unitAt(int column) const { return m_columns.value(column); }
    [[nodiscard]] Q_INVOKABLE QString missingText() const;
    Q_INVOKABLE void copyMissing() const;
    Q_INVOKABLE void copyReminder(const QString& unitId);

    [[nodiscard]] QString windowId() const { return m_page.windowId; }
    [[nodiscard]] QString windowTitle() const { return m_page.title; }
    [[nodiscard]] QString windowLine() const { return m_page.line; }
    [[nodiscard]] bool hasWindow() const { return !m_page.windowId.isEmpty(); }
    [[nodiscard]] bool isOpen() const { return m_page.isOpen; }
    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString section() const { return m_filter.section; }
    [[nodiscard]] QString state() const { return m_filter.state; }
    [[nodiscard]] QString text() const { return m_filter.text; }
    [[nodiscard]] MatrixHeadModel* rowTitles() { return &m_rowTitles; }
    [[nodiscard]] MatrixHeadModel* columnTitles() { return &m_columnTitles; }
    [[nodiscard]] MissingListModel* missing() { return &m_missing; }
    [[nodiscard]] int askedCount() const { return m_page.counts.asked; }
    [[nodiscard]] int submittedCount() const { return m_page.counts.submitted; }
    [[nodiscard]] int approvedCount() const { return m_page.counts.approved; }
    [[nodiscard]] int belowCount() const { return m_page.counts.below; }
    [[nodiscard]] int returnedCount() const { return m_page.counts.returned; }
    [[nodiscard]] int missingCount() const { return m_page.counts.missing(); }
    [[nodiscard]] int asideCount() const { return m_page.counts.aside; }
    [[nodiscard]] int afterApprovalCount() const { return m_page.counts.afterApproval; }
    [[nodiscard]] int contradictionCount() const { return m_contradictionCount; }
    [[nodiscard]] int askingCount() const { return m_page.counts.asking; }
    [[nodiscard]] QStringList sections() const { return m_page.sections; }

    void setWindowId(const QString& id);
    void setSection(const QString& value) { setFilter(m_filter.section, value); }
    void setState(const QString& value) { setFilter(m_filter.state, value); }
    void setText(const QString& value) { setFilter(m_filter.text, value); }

    // What a reading takes with it and brings back; public for its tests.
    struct Filter {
        QString windowId, section, state, text;
    };
    struct Page {
        QString windowId, title, line;
        bool isOpen = false;
        office::WindowCounts counts;
        std::vector<Row> rows;  // heads; their keys are ids
        std::vector<Row> columns;
        std::vector<QStringList> words;
        std::vector<Row> missing;
        QStringList sections;
    };
    // When it closes, and of which ledger.
    [[nodiscard]] static QString lineOf(const office::WindowRow& window);
    [[nodiscard]] static QString wordOf(const office::MatrixCell& cell);
    [[nodiscard]] static Page pageOf(const office::Matrix& matrix, const Filter& filter);
    // Makes the table this one, by exact steps.
    void show(Page page);

signals:
    void filterChanged();
    void readingDone();
    void reminderCopied();

private:
    void setFilter(QString& filter, const QString& value);
    void removeGone(const QStringList& rows, const QStringList& columns);
    void insertColumnsOf(const QStringList& columns, const std::vector<QStringList>& words,
                         const QStringList& rows);
    void insertRowsOf(const QStringList& rows, const std::vector<QStringList>& words);
    void tellChanges(const std::vector<QStringList>& words);

    HomeThread& m_reader;
    Filter m_filter;
    Page m_page;            // without its table
    QStringList m_rows;     // task ids
    QStringList m_columns;  // unit ids
    std::vector<QStringList> m_words;
    MatrixHeadModel m_rowTitles;
    MatrixHeadModel m_columnTitles;
    MissingListModel m_missing;
    std::optional<Error> m_error;
    bool m_isReady = false;
    int m_contradictionCount = -1;
    Reading m_reading;
    Reading m_contradictions;
};

}  // namespace hezhang::ui
