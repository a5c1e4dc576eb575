// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/models.h"

#include "src/ui/words.h"

namespace hezhang::ui {

Enrolment* Models::enrolment() const {
    return new Enrolment(m_session);
}

SyncStatus* Models::syncStatus() const {
    return new SyncStatus(m_session.reader(), m_session.store());
}

TaskListModel* Models::taskList() const {
    // Who does not report for a unit of his own looks at all of them.
    const QString& role = m_session.info().role;
    const bool isReporting = role == QLatin1String("clerk") || role == QLatin1String("leader");
    return new TaskListModel(m_session.reader(), nullptr,
                             isReporting ? QStringLiteral("own") : QStringLiteral("all"));
}

TaskModel* Models::task(const QString& taskId) const {
    return new TaskModel(m_session.reader(), m_session.store(), m_session.info(), idOf(taskId));
}

EarlierTaskModel* Models::earlierTasks(const QString& taskId) const {
    return new EarlierTaskModel(m_session.reader(), idOf(taskId));
}

FilingFormModel* Models::filingForm(const QString& taskId, const QString& unitId,
                                    const QString& windowId) const {
    const RecordId unit = unitId.isEmpty() ? m_session.info().unit : idOf(unitId);
    return new FilingFormModel(m_session.reader(), m_session.store(), m_session.folder(),
                               {idOf(taskId), unit, idOf(windowId)});
}

FieldEditModel* Models::fieldEdit(const QString& recordId, const QString& field) const {
    return new FieldEditModel(m_session.reader(), m_session.store(), idOf(recordId), field);
}

InboxModel* Models::inbox() const {
    return new InboxModel(m_session.reader(), m_session.store());
}

DifferenceModel* Models::difference(const QString& recordId, const QString& field) const {
    return new DifferenceModel(m_session.reader(), m_session.store(), idOf(recordId), field);
}

NoticeModel* Models::notice(const QString& noticeId) const {
    return new NoticeModel(m_session.reader(), m_session.store(), noticeId);
}

HistoryModel* Models::history(const QString& recordId, const QString& field) const {
    return new HistoryModel(m_session.reader(), m_session.store(), idOf(recordId), field);
}

OwnEditListModel* Models::ownEdits() const {
    return new OwnEditListModel(m_session.reader());
}

ReceiptListModel* Models::receipts() const {
    return new ReceiptListModel(m_session.reader(), m_session.store());
}

MatrixModel* Models::matrix(const QString& windowId) const {
    return new MatrixModel(m_session.reader(), windowId);
}

WindowListModel* Models::windowList() const {
    return new WindowListModel(m_session.reader(), m_session.store());
}

ReviewModel* Models::review(const QString& taskId, const QString& unitId, const QString& windowId) const {
    return new ReviewModel(m_session.reader(), m_session.store(),
                           {idOf(taskId), idOf(unitId), idOf(windowId)});
}

ParagraphListModel* Models::paragraphs(const QString& windowId) const {
    return new ParagraphListModel(m_session.reader(), idOf(windowId));
}

ParagraphModel* Models::paragraph(const QString& taskId, const QString& windowId) const {
    return new ParagraphModel(m_session.reader(), m_session.store(), {idOf(taskId), idOf(windowId)});
}

WindowModel* Models::window(const QString& windowId) const {
    return new WindowModel(m_session.reader(), m_session.store(), idOf(windowId));
}

FilingFactsModel* Models::filingFacts(const QString& taskId, const QString& unitId,
                                      const QString& windowId) const {
    const RecordId unit = unitId.isEmpty() ? m_session.info().unit : idOf(unitId);
    return new FilingFactsModel(m_session.reader(), {idOf(taskId), unit, idOf(windowId)});
}

YearLinkListModel* Models::yearLinks(const QString& ledgerId) const {
    return new YearLinkListModel(m_session.reader(), m_session.store(), idOf(ledgerId));
}

PrintedCellModel* Models::printedCell(const QString& taskId, const QString& windowId) const {
    return new PrintedCellModel(m_session.reader(), {idOf(taskId), idOf(windowId)});
}

ContradictionListModel* Models::contradictions(const QString& windowId) const {
    return new ContradictionListModel(m_session.reader(), m_session.store(), idOf(windowId));
}

AsideListModel* Models::asideList() const {
    return new AsideListModel(m_session.reader(), m_session.store(), m_session.info());
}

ImportModel* Models::documentImport() const {
    return new ImportModel(m_session.reader(), m_session.store());
}

ReturnedFormModel* Models::returnedForm() const {
    return new ReturnedFormModel(m_session.reader(), m_session.store());
}

HolidayListModel* Models::holidays() const {
    return new HolidayListModel(m_session.reader(), m_session.store());
}

FormCodeModel* Models::formCode() const {
    return new FormCodeModel(m_session.reader());
}

UnitContactListModel* Models::unitContacts() const {
    return new UnitContactListModel(m_session.reader(), m_session.store(),
                                    m_session.info().role == QLatin1String("office"));
}

ExportModel* Models::exportForm() const {
    return new ExportModel(m_session.reader());
}

PlaceListModel* Models::places() const {
    return new PlaceListModel(m_session.reader(), m_session.store());
}

PlaceModel* Models::place(const QString& placeId, const QString& unitId) const {
    return new PlaceModel(m_session.reader(), idOf(placeId), idOf(unitId));
}

CheckFormModel* Models::checkForm(const QString& taskId, const QString& unitId, const QString& placeId,
                                  const QString& checkId) const {
    return new CheckFormModel(m_session.reader(), m_session.store(), m_session.folder(),
                              {idOf(taskId), idOf(unitId), idOf(placeId), idOf(checkId)});
}

UnitCheckListModel* Models::unitChecks() const {
    return new UnitCheckListModel(m_session.reader());
}

UnitCheckListModel* Models::unitCheck(const QString& checkId) const {
    return new UnitCheckListModel(m_session.reader(), idOf(checkId));
}

SearchModel* Models::search() const {
    return new SearchModel(m_session.reader(), *m_settings);
}

DeviceListModel* Models::deviceList() const {
    return new DeviceListModel(m_session.reader(), m_session.network());
}

InvitationModel* Models::invitation() const {
    return new InvitationModel(m_session.reader(), m_session.network());
}

}  // namespace hezhang::ui
