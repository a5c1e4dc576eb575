// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office has imported a plan and changed a text of it by hand, the town has reported; a corrected plan
// and a form that was filled in lie ready; for page tests (QML: `papers`).
#pragma once

#include <fstream>

#include "src/documents/ledger_import.h"
#include "src/documents/text_import.h"
#include "src/ui/models.h"
#include "tests/support/county_box.h"

namespace hezhang::test {

class PapersBox : public QObject {
    Q_OBJECT
public:
    static constexpr const char* kPlan =
        "某县2026年重点任务台账\n序号\t重点工作\t主要内容\t量化指标\t责任单位\t完成时限\n"
        "1\t预算\t公开年度预算决算信息，回应群众关切。\t\t甲镇\t2026年6月底前\n"
        "2\t解读\t做好政策解读，图文解读占比不低于80%。\t\t甲镇\t2026年9月底前\n";

    explicit PapersBox(ui::TransportFactory transport)
        : m_officeSession(transport), m_townSession(transport) {
        m_office = m_county.enrol("office", "公开办", "马主任", "office");
        m_town = m_county.enrol("town", "甲镇", "张三", "clerk");
        static_cast<void>(taken(documents::importLedger(*m_office, taken(documents::importText(kPlan)))));
        m_window = m_county.newWindow(*m_office, "2026-08-31");
        CountyBox::set(*m_office, task(1), "content", "公开年度预算信息，回应群众关切。");
        m_county.sync(*m_office);
        m_county.sync(*m_town);
        std::ofstream(m_county.folder() + "/form.csv")
            << "2026年任务台账（填报版）\n序号,重点工作,主要内容,责任单位,完成时限,进展落实情况\n"
            << "1,预算,\"公开年度预算信息，回应群众关切。\",甲镇,6月底,已公开预算。\n"
            << "2,解读,\"做好政策解读，图文解读占比不低于80%。\",甲镇,9月底,解读12件。\n";
        for (ui::AppSession* session : {&m_officeSession, &m_townSession}) {
            session->store().setAutomaticSync(false);
        }
        m_officeSession.open(QString::fromStdString(m_office->folder()));
        m_townSession.open(QString::fromStdString(m_town->folder()));
    }
    Q_INVOKABLE bool isReady() const {
        return m_officeSession.state() == ui::AppSession::State::Ready &&
               m_townSession.state() == ui::AppSession::State::Ready;
    }
    Q_INVOKABLE hezhang::ui::ImportModel* importModel() const { return m_officeModels.documentImport(); }
    Q_INVOKABLE hezhang::ui::ReturnedFormModel* returnedForm() const { return m_townModels.returnedForm(); }
    // Task 1 says something else, task 2 is gone.
    Q_INVOKABLE static QString correctedPlan() {
        return QString::fromUtf8(kPlan)
            .section(QLatin1Char('\n'), 0, 2)
            .replace(QString::fromUtf8("决算信息"), QString::fromUtf8("和决算信息"));
    }
    Q_INVOKABLE QUrl form() const {
        return QUrl::fromLocalFile(QString::fromStdString(m_county.folder() + "/form.csv"));
    }
    Q_INVOKABLE QString content(int serial) const {
        return QString::fromStdString(taken(ledger::shownText(m_office->state(), task(serial), "content")));
    }
    Q_INVOKABLE QString reported(int serial) const {
        const auto key =
            taken(ledger::filingKey(*m_town, task(serial), m_town->me().enrolment.unit, m_window));
        return QString::fromStdString(taken(ledger::shownText(m_town->state(), m_town->idOf(key), "text")));
    }
    Q_INVOKABLE int tasks() const { return static_cast<int>(taken(ledger::tasks(*m_office, {})).size()); }

private:
    [[nodiscard]] RecordId task(int serial) const {
        return taken(ledger::findTask(m_office->state(), std::to_string(serial), ""));
    }

    CountyBox m_county;
    std::unique_ptr<ledger::Home> m_office;
    std::unique_ptr<ledger::Home> m_town;
    RecordId m_window;
    ui::AppSession m_officeSession;
    ui::AppSession m_townSession;
    ui::Models m_officeModels{m_officeSession};
    ui::Models m_townModels{m_townSession};
};

}  // namespace hezhang::test
