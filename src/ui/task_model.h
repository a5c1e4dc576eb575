// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One task, read: everything this home knows of it. It follows what changes; its joint text and status are
// edited with FieldEditModel.
//
// For QML:
//   isReady, isGone (deleted, or not here) · errorWhat, errorNext
//   heading (number, section and ledger in one line), deadlineLine (deadline as printed, as a date, how
//   often) taskId, number, item, content, indicator, section, ledgerTitle, responsibleText, deadlineText,
//   dueText (date), deadline (words),
//     deadlineState, recurrenceText, ownRole (word or empty), decidedStatus (word)
//   units: UnitListModel · filings: FilingListModel · targets: TargetListModel, for this home's unit
//   jointText, jointTextState, jointTextBy · jointStatus (word), jointStatusState, jointStatusBy: states as
//   cellState (empty single merged
//     conflict); By: who wrote it, and when
//   filingState (noWindow none unsubmitted changed submitted), windowId (the open window, or empty),
//   returnedReason hasConflict, isMerged, isUnsent, isAside · canEditJoint: this home's unit has the task, or
//   is the office · canFile · canContinue: the office may say which target goes on with a dropped
//   one: continueTarget(dropped, as), keys of rows; as empty: none. Signal failed(what, next)
// Threads: the window's.
#pragma once

#include "src/ui/filing_list_model.h"
#include "src/ui/home_thread.h"
#include "src/ui/reading.h"
#include "src/ui/store_thread.h"
#include "src/ui/target_list_model.h"
#include "src/ui/unit_list_model.h"

namespace hezhang::ui {

class TaskModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isGone READ isGone NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString taskId READ taskId CONSTANT FINAL)
    Q_PROPERTY(QString heading READ heading NOTIFY changed FINAL)
    Q_PROPERTY(QString deadlineLine READ deadlineLine NOTIFY changed FINAL)
    Q_PROPERTY(QString number READ number NOTIFY changed FINAL)
    Q_PROPERTY(QString item READ item NOTIFY changed FINAL)
    Q_PROPERTY(QString content READ content NOTIFY changed FINAL)
    Q_PROPERTY(QString indicator READ indicator NOTIFY changed FINAL)
    Q_PROPERTY(QString section READ section NOTIFY changed FINAL)
    Q_PROPERTY(QString ledgerTitle READ ledgerTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString responsibleText READ responsibleText NOTIFY changed FINAL)
    Q_PROPERTY(QString deadlineText READ deadlineText NOTIFY changed FINAL)
    Q_PROPERTY(QString dueText READ dueText NOTIFY changed FINAL)
    Q_PROPERTY(QString deadline READ deadline NOTIFY changed FINAL)
    Q_PROPERTY(QString deadlineState READ deadlineState NOTIFY changed FINAL)
    Q_PROPERTY(QString recurrenceText READ recurrenceText NOTIFY changed FINAL)
    Q_PROPERTY(QString ownRole READ ownRole NOTIFY changed FINAL)
    Q_PROPERTY(QString decidedStatus READ decidedStatus NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::UnitListModel* units READ units CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::FilingListModel* filings READ filings CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::TargetListModel* targets READ targets CONSTANT FINAL)
    Q_PROPERTY(QString jointText READ jointText NOTIFY changed FINAL)
    Q_PROPERTY(QString jointTextState READ jointTextState NOTIFY changed FINAL)
    Q_PROPERTY(QString jointTextBy READ jointTextBy NOTIFY changed FINAL)
    Q_PROPERTY(QString jointStatus READ jointStatus NOTIFY changed FINAL)
    Q_PROPERTY(QString jointStatusState READ jointStatusState NOTIFY changed FINAL)
    Q_PROPERTY(QString jointStatusBy READ jointStatusBy NOTIFY changed FINAL)
    Q_PROPERTY(QString filingState READ filingState NOTIFY changed FINAL)
    Q_PROPERTY(QString windowId READ windowId NOTIFY changed FINAL)
    Q_PROPERTY(QString returnedReason READ returnedReason NOTIFY changed FINAL)
    Q_PROPERTY(bool hasConflict READ hasConflict NOTIFY changed FINAL)
    Q_PROPERTY(bool isMerged READ isMerged NOTIFY changed FINAL)
    Q_PROPERTY(bool isUnsent READ isUnsent NOTIFY changed FINAL)
    Q_PROPERTY(bool isAside READ isAside NOTIFY changed FINAL)
    Q_PROPERTY(bool canEditJoint READ canEditJoint NOTIFY changed FINAL)
    Q_PROPERTY(bool canFile READ canFile NOTIFY changed FINAL)
    Q_PROPERTY(bool canContinue READ canContinue NOTIFY changed FINAL)
public:
    TaskModel(HomeThread& reader, StoreThread& store, const HomeInfo& info, const RecordId& task,
              QObject* parent = nullptr);

    Q_INVOKABLE void continueTarget(const QString& dropped, const QString& as);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isGone() const { return m_error && m_error->code == ErrorCode::unknownRecord; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString taskId() const;
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString deadlineLine() const;
    [[nodiscard]] QString number() const;
    [[nodiscard]] QString item() const;
    [[nodiscard]] QString content() const;
    [[nodiscard]] QString indicator() const;
    [[nodiscard]] QString section() const;
    [[nodiscard]] QString ledgerTitle() const;
    [[nodiscard]] QString responsibleText() const;
    [[nodiscard]] QString deadlineText() const;
    [[nodiscard]] QString lastWorkingDayText() const;
    [[nodiscard]] QString dueText() const;
    [[nodiscard]] QString deadline() const;
    [[nodiscard]] QString deadlineState() const;
    [[nodiscard]] QString recurrenceText() const;
    [[nodiscard]] QString ownRole() const;
    [[nodiscard]] QString decidedStatus() const;
    [[nodiscard]] UnitListModel* units() { return &m_units; }
    [[nodiscard]] FilingListModel* filings() { return &m_filings; }
    [[nodiscard]] TargetListModel* targets() { return &m_targets; }
    [[nodiscard]] QString jointText() const;
    [[nodiscard]] QString jointTextState() const;
    [[nodiscard]] QString jointTextBy() const;
    [[nodiscard]] QString jointStatus() const;
    [[nodiscard]] QString jointStatusState() const;
    [[nodiscard]] QString jointStatusBy() const;
    [[nodiscard]] QString filingState() const;
    [[nodiscard]] QString windowId() const;
    [[nodiscard]] QString returnedReason() const;
    [[nodiscard]] bool hasConflict() const { return m_view.row.hasConflict; }
    [[nodiscard]] bool isMerged() const { return m_view.row.isMerged; }
    [[nodiscard]] bool isUnsent() const { return m_view.row.isUnsent; }
    [[nodiscard]] bool isAside() const { return m_view.row.isAside; }
    [[nodiscard]] bool canEditJoint() const;
    [[nodiscard]] bool canFile() const;
    [[nodiscard]] bool canContinue() const { return m_info.role == QLatin1String("office"); }

signals:
    void changed();
    void failed(const QString& what, const QString& next);

private:
    struct Loaded {
        ledger::TaskView view;
        std::vector<Row> filings;
        std::vector<Row> targets;
    };
    void take(Result<Loaded> loaded);

    StoreThread& m_store;
    RecordId m_task;
    HomeInfo m_info;
    ledger::TaskView m_view;
    UnitListModel m_units;
    FilingListModel m_filings;
    TargetListModel m_targets;
    Reading m_reading;
    std::optional<Error> m_error;
    bool m_isReady = false;
};

}  // namespace hezhang::ui
