// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which task of an earlier year each task of a ledger goes on with (office/year_links.h): what is linked,
// what is certain enough to be taken together, and what a person has to pick.
//
// Roles: taskId, title (serial and content), linkState (linked new certain doubtful no-earlier), earlier:
// list of {taskId,
//   title, percentText, isLinked}: those it is linked with, else the candidates, the most alike first.
// For QML: ledgerId: whose tasks; "" until it is known, then the newest · ledgers: LedgerChoiceModel ·
// isReady,
//   isBusy; errorWhat, errorNext · earlierYear (int; 0: no ledger of an earlier year is here) · state: shows
//   only these, "" all; states: list of {state, count}, those there are; certainCount
// Calls: link(taskId, earlierId), unlink(taskId, earlierId), markNew(taskId), linkCertain()
// Signals: done(): durable; failed(what, next)
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include <QVariantList>

#include "src/office/year_links.h"
#include "src/ui/ledger_choice_model.h"
#include "src/ui/saving.h"

namespace hezhang::ui {

class YearLinkListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(hezhang::ui::LedgerChoiceModel* ledgers READ ledgers CONSTANT FINAL)
    Q_PROPERTY(QString ledgerId READ ledgerId WRITE setLedgerId NOTIFY changed FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(int earlierYear READ earlierYear NOTIFY changed FINAL)
    Q_PROPERTY(QString state READ state WRITE setState NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList states READ states NOTIFY changed FINAL)
    Q_PROPERTY(int certainCount READ certainCount NOTIFY changed FINAL)
public:
    enum class Role { taskId = Qt::UserRole + 1, title, linkState, earlier };
    Q_ENUM(Role)

    YearLinkListModel(HomeThread& reader, StoreThread& store, const RecordId& ledger,
                      QObject* parent = nullptr);

    Q_INVOKABLE void link(const QString& taskId, const QString& earlierId);
    Q_INVOKABLE void unlink(const QString& taskId, const QString& earlierId);
    Q_INVOKABLE void markNew(const QString& taskId);
    Q_INVOKABLE void linkCertain();

    [[nodiscard]] LedgerChoiceModel* ledgers() { return &m_ledgers; }
    [[nodiscard]] QString ledgerId() const;
    [[nodiscard]] bool isReady() const { return m_reading.isReady(); }
    [[nodiscard]] bool isBusy() const { return m_saving.isBusy(); }
    [[nodiscard]] QString errorWhat() const { return m_reading.errorWhat(); }
    [[nodiscard]] QString errorNext() const { return m_reading.errorNext(); }
    [[nodiscard]] int earlierYear() const { return m_page.earlierYear; }
    [[nodiscard]] QString state() const { return m_state; }
    [[nodiscard]] QVariantList states() const;
    [[nodiscard]] int certainCount() const { return countOf(QStringLiteral("certain")); }

    void setLedgerId(const QString& id);
    void setState(const QString& state);

signals:
    void changed();
    void done();
    void failed(const QString& what, const QString& next);

private:
    struct Page {
        RecordId ledger;
        int earlierYear = 0;
        std::vector<Row> ledgers, rows;
    };
    [[nodiscard]] static Result<Page> read(ledger::Home& home, const RecordId& ledger);
    void showRows();
    [[nodiscard]] int countOf(const QString& state) const;
    template <class Work>
    void edit(Work work);

    LedgerChoiceModel m_ledgers;
    RecordId m_ledger;  // none: the newest
    QString m_state;
    Page m_page;
    Saving m_saving;
    Reading m_reading;
};

}  // namespace hezhang::ui
