// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Where pages get their models: one function a model, each makes a new one. QML keeps it in the page's
// required property and it goes with the page.
//
// REQUIRES: session.state is ready, but for enrolment().
// Threads: the window's.
#pragma once

#include <QObject>
#include <QQmlEngine>

#include "src/ui/app_session.h"
#include "src/ui/aside_list_model.h"
#include "src/ui/check_form_model.h"
#include "src/ui/contradiction_list_model.h"
#include "src/ui/device_list_model.h"
#include "src/ui/difference_model.h"
#include "src/ui/earlier_task_model.h"
#include "src/ui/enrolment.h"
#include "src/ui/export_model.h"
#include "src/ui/field_edit_model.h"
#include "src/ui/filing_facts_model.h"
#include "src/ui/filing_form_model.h"
#include "src/ui/form_code_model.h"
#include "src/ui/history_model.h"
#include "src/ui/holiday_list_model.h"
#include "src/ui/import_model.h"
#include "src/ui/inbox_model.h"
#include "src/ui/invitation_model.h"
#include "src/ui/matrix_model.h"
#include "src/ui/notice_model.h"
#include "src/ui/own_edit_list_model.h"
#include "src/ui/paragraph_list_model.h"
#include "src/ui/paragraph_model.h"
#include "src/ui/place_list_model.h"
#include "src/ui/place_model.h"
#include "src/ui/printed_cell_model.h"
#include "src/ui/receipt_list_model.h"
#include "src/ui/returned_form_model.h"
#include "src/ui/review_model.h"
#include "src/ui/search_model.h"
#include "src/ui/sync_status.h"
#include "src/ui/task_list_model.h"
#include "src/ui/task_model.h"
#include "src/ui/unit_contact_list_model.h"
#include "src/ui/window_list_model.h"
#include "src/ui/window_model.h"
#include "src/ui/year_link_list_model.h"

namespace hezhang::ui {

class Models : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
public:
    explicit Models(AppSession& session, QObject* parent = nullptr) : QObject(parent), m_session(session) {}

    [[nodiscard]] Q_INVOKABLE hezhang::ui::Enrolment* enrolment() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::SyncStatus* syncStatus() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::TaskListModel* taskList() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::TaskModel* task(const QString& taskId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::EarlierTaskModel* earlierTasks(const QString& taskId) const;
    // An empty unit: this home's own.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::FilingFormModel* filingForm(const QString& taskId,
                                                                       const QString& unitId,
                                                                       const QString& windowId) const;
    // "joint_progress", "joint_status" of a task; any assign cell.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::FieldEditModel* fieldEdit(const QString& recordId,
                                                                     const QString& field) const;
    // What waits for a decision, and one of it. A notice by the inbox's noticeId.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::InboxModel* inbox() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::DifferenceModel* difference(const QString& recordId,
                                                                       const QString& field) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::NoticeModel* notice(const QString& noticeId) const;
    // An empty field: of all.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::HistoryModel* history(const QString& recordId,
                                                                 const QString& field) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::OwnEditListModel* ownEdits() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ReceiptListModel* receipts() const;
    // The county office's pages.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::MatrixModel* matrix(const QString& windowId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::WindowListModel* windowList() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ReviewModel* review(const QString& taskId, const QString& unitId,
                                                               const QString& windowId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ParagraphListModel* paragraphs(const QString& windowId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ParagraphModel* paragraph(const QString& taskId,
                                                                     const QString& windowId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::WindowModel* window(const QString& windowId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::FilingFactsModel* filingFacts(const QString& taskId,
                                                                         const QString& unitId,
                                                                         const QString& windowId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::PrintedCellModel* printedCell(const QString& taskId,
                                                                         const QString& windowId) const;
    // An empty ledger: the newest.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::YearLinkListModel* yearLinks(const QString& ledgerId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ContradictionListModel* contradictions(
        const QString& windowId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::AsideListModel* asideList() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ExportModel* exportForm() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::DeviceListModel* deviceList() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::InvitationModel* invitation() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ImportModel* documentImport() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::ReturnedFormModel* returnedForm() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::HolidayListModel* holidays() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::UnitContactListModel* unitContacts() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::FormCodeModel* formCode() const;

    // -- checks on site, search
    [[nodiscard]] Q_INVOKABLE hezhang::ui::PlaceListModel* places() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::PlaceModel* place(const QString& placeId,
                                                             const QString& unitId) const;
    // checkId: of a second look at that check; else empty.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::CheckFormModel* checkForm(const QString& taskId,
                                                                     const QString& unitId,
                                                                     const QString& placeId,
                                                                     const QString& checkId) const;
    // About this home's own unit.
    [[nodiscard]] Q_INVOKABLE hezhang::ui::UnitCheckListModel* unitChecks() const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::UnitCheckListModel* unitCheck(const QString& checkId) const;
    [[nodiscard]] Q_INVOKABLE hezhang::ui::SearchModel* search() const;
    // Until then they are kept nowhere. REQUIRES: outlives the models.
    void setSettings(Settings& settings) { m_settings = &settings; }

private:
    AppSession& m_session;
    Settings* m_settings = new Settings({}, this);
};

}  // namespace hezhang::ui
