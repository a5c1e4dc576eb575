// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The notices on days off that the county counts working days by, and one in a file that the office looks at
// before it loads it (src/ledger/county_calendar.h).
//
// Roles: title (year and region), notice (number and day), origin (the program's or the county's own),
//   isProvisional, problem (in words), off, work (days in words)
// For QML: isReady (also of the file that was opened), isBusy, errorWhat, errorNext (of the list) · nextYear:
// the first year that is not
//   announced · fileName: of the file looked at, "" none; fileWhat, fileNext: why it cannot be used; facts:
//   list of {label, value} of what it says and would change, empty where it cannot; canLoad: it changes
//   something
// Calls: openFile(url), load(), close()
// Signals: done(): durable, the file is put away; failed(what, next)
// Threads: the window's. The file is read in the reading thread.
#pragma once

#include <QUrl>
#include <QVariantList>

#include "src/ledger/county_calendar.h"
#include "src/ui/row_list_model.h"
#include "src/ui/saving.h"

namespace hezhang::ui {

class HolidayListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(int nextYear READ nextYear NOTIFY changed FINAL)
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed FINAL)
    Q_PROPERTY(QString fileWhat READ fileWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString fileNext READ fileNext NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed FINAL)
    Q_PROPERTY(bool canLoad READ canLoad NOTIFY changed FINAL)
public:
    enum class Role { title = Qt::UserRole + 1, notice, origin, isProvisional, problem, off, work };
    Q_ENUM(Role)

    HolidayListModel(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    Q_INVOKABLE void openFile(const QUrl& file);
    Q_INVOKABLE void load();
    Q_INVOKABLE void close();

    [[nodiscard]] bool isReady() const {
        return m_reading.isReady() && !m_isOpening && m_page.table == m_table;
    }
    [[nodiscard]] bool isBusy() const { return m_saving.isBusy(); }
    [[nodiscard]] QString errorWhat() const { return m_reading.errorWhat(); }
    [[nodiscard]] QString errorNext() const { return m_reading.errorNext(); }
    [[nodiscard]] int nextYear() const { return m_page.nextYear; }
    [[nodiscard]] QString fileName() const { return m_fileName; }
    [[nodiscard]] QString fileWhat() const { return m_fault.what; }
    [[nodiscard]] QString fileNext() const { return m_fault.next; }
    [[nodiscard]] QVariantList facts() const { return isShown() ? m_page.facts : QVariantList(); }
    [[nodiscard]] bool canLoad() const { return isShown() && m_page.isChange && !isBusy(); }

signals:
    void changed();
    void done();
    void failed(const QString& what, const QString& next);

private:
    using Table = std::optional<ledger::HolidayTable>;
    struct Page {
        std::vector<Row> rows;
        int nextYear = 0;
        Table table;         // the file that is looked at
        QVariantList facts;  // of it
        bool isChange = false;
    };
    [[nodiscard]] static Result<Page> read(ledger::Home& home, const Table& table);
    [[nodiscard]] bool isShown() const { return m_table && m_page.table == m_table; }
    void look(const QString& name, Table table, const Message& fault);

    HomeThread& m_reader;
    QString m_fileName;
    Message m_fault;
    Table m_table;  // of the file that was opened, where it is one
    bool m_isOpening = false;
    Page m_page;
    Saving m_saving;
    Reading m_reading;
};

}  // namespace hezhang::ui
