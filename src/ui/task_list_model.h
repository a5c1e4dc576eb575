// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The tasks by what is due: what asks for something now stands in front.
//
// Roles (all text unless said): taskId, number, item, content, section, due (ISO), dueText (a date), deadline
// (words), deadlineState
//   (overdue due-soon on-time or empty), dueGroup (returned overdue due-soon later no-date: for section
//   headings), unitsText, ownRole (lead responsible cooperate or empty), jointStatus (word), filingState
//   (noWindow none unsubmitted changed submitted), windowId, returnedReason; bool: isOwn, isReturned,
//   hasConflict, isMerged, isUnsent, isAside.
// Filters, each empty for none; they combine: scope (own: my unit's; all), unit (id), section, due (overdue
// due-soon later no-date),
//   status (word of jointStatus; none: no status), filing (a filingState), mark (returned conflict unsent
//   aside merged), text.
// Counts over the scope, whatever the other filters: overdueCount, dueSoonCount, returnedCount,
// conflictCount, unsentCount, toFileCount. isReady: the first reading has come. sections: titles for a
// filter's choice. Errors:  errorWhat, errorNext; the rows stay. Threads: the window's; rows are made in the
// reading thread.
#pragma once

#include "src/ledger/views.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class TaskListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString scope MEMBER m_scope WRITE setScope NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString unit MEMBER m_unit WRITE setUnit NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString section MEMBER m_section WRITE setSection NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString due MEMBER m_due WRITE setDue NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString status MEMBER m_status WRITE setStatus NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString filing MEMBER m_filing WRITE setFiling NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString mark MEMBER m_mark WRITE setMark NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString text MEMBER m_text WRITE setText NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(int overdueCount READ overdueCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int dueSoonCount READ dueSoonCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int returnedCount READ returnedCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int conflictCount READ conflictCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int unsentCount READ unsentCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int toFileCount READ toFileCount NOTIFY readingDone FINAL)
    Q_PROPERTY(QStringList sections READ sections NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY readingDone FINAL)
public:
    enum class Role {
        taskId = Qt::UserRole + 1,
        number,
        item,
        content,
        section,
        due,
        dueText,
        deadline,
        deadlineState,
        dueGroup,
        unitsText,
        ownRole,
        jointStatus,
        filingState,
        windowId,
        returnedReason,
        isOwn,
        isReturned,
        hasConflict,
        isMerged,
        isUnsent,
        isAside
    };
    Q_ENUM(Role)

    // `scope`: with which it begins.
    explicit TaskListModel(HomeThread& reader, QObject* parent = nullptr,
                           const QString& scope = QStringLiteral("own"));

    void setScope(const QString& value) { setFilter(m_scope, value); }
    void setUnit(const QString& value) { setFilter(m_unit, value); }
    void setSection(const QString& value) { setFilter(m_section, value); }
    void setDue(const QString& value) { setFilter(m_due, value); }
    void setStatus(const QString& value) { setFilter(m_status, value); }
    void setFiling(const QString& value) { setFilter(m_filing, value); }
    void setMark(const QString& value) { setFilter(m_mark, value); }
    void setText(const QString& value) { setFilter(m_text, value); }
    Q_INVOKABLE void clearFilters();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] int overdueCount() const { return m_counts.overdue; }
    [[nodiscard]] int dueSoonCount() const { return m_counts.dueSoon; }
    [[nodiscard]] int returnedCount() const { return m_counts.returned; }
    [[nodiscard]] int conflictCount() const { return m_counts.conflict; }
    [[nodiscard]] int unsentCount() const { return m_counts.unsent; }
    [[nodiscard]] int toFileCount() const { return m_counts.toFile; }
    [[nodiscard]] QStringList sections() const { return m_sections; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

    // What a reading takes with it and brings back; public for its tests.
    struct Filter {
        QString scope, unit, section, due, status, filing, mark, text;
        int wanted = kPageRows;
    };
    struct Counts {
        int overdue = 0, dueSoon = 0, returned = 0, conflict = 0, unsent = 0, toFile = 0;
    };
    struct Page {
        std::vector<Row> rows;
        int total = 0;
        Counts counts;
        QStringList sections;
    };
    [[nodiscard]] static Page pageOf(const std::vector<ledger::BoardRow>& all, const Filter& filter);

signals:
    void filterChanged();
    void readingDone();

private:
    void setFilter(QString& filter, const QString& value);
    [[nodiscard]] Filter filter() const;
    void take(Result<Page> page);

    QString m_scope;
    QString m_unit, m_section, m_due, m_status, m_filing, m_mark, m_text;
    Counts m_counts;
    QStringList m_sections;
    std::optional<Error> m_error;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
