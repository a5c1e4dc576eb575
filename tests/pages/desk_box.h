// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's home in a county where one town reports full percentage and not done; for page tests (QML:
// `desk`).
#pragma once

#include <fstream>

#include "src/documents/export.h"
#include "src/ledger/county_calendar.h"
#include "src/ledger/files.h"
#include "src/office/review.h"
#include "src/ui/models.h"
#include "tests/support/county_box.h"

namespace hezhang::test {

class DeskBox : public QObject {
    Q_OBJECT
public:
    explicit DeskBox(ui::TransportFactory transport) : m_session(std::move(transport)) {
        m_office = m_county.enrol("office", "公开办", "马主任", "office");
        m_town = m_county.enrol("town", "甲镇", "张三", "clerk");
        m_task = m_county.newTask(*m_office, m_county.newLedger(*m_office), 1, "公示栏按季更新。",
                                  {"甲镇", "乙镇"});
        m_window = m_county.newWindow(*m_office, "2099-08-31");
        makeLastYear();
        spread();
        m_unit = m_town->me().enrolment.unit;
        ledger::FilingRequest filing{.task = m_task, .unit = m_unit, .window = m_window, .text = "已更新。"};
        filing.status = "in-progress";
        filing.percent = 100;
        filing.isSubmitted = true;
        static_cast<void>(taken(ledger::file(*m_town, filing)));
        spread();
        m_session.store().setAutomaticSync(false);
        m_session.open(QString::fromStdString(m_office->folder()));
    }
    Q_INVOKABLE bool isReady() const { return m_session.state() == ui::AppSession::State::Ready; }
    Q_INVOKABLE QString task() const { return QString::fromStdString(m_task.hex()); }
    Q_INVOKABLE QString unit() const { return QString::fromStdString(m_unit.hex()); }
    Q_INVOKABLE QString windowId() const { return QString::fromStdString(m_window.hex()); }
    Q_INVOKABLE hezhang::ui::ContradictionListModel* contradictions() const {
        return m_models.contradictions(windowId());
    }
    Q_INVOKABLE hezhang::ui::WindowModel* window() const { return m_models.window(windowId()); }
    Q_INVOKABLE hezhang::ui::PrintedCellModel* printedCell() const {
        return m_models.printedCell(task(), windowId());
    }
    Q_INVOKABLE hezhang::ui::YearLinkListModel* yearLinks() const { return m_models.yearLinks({}); }
    Q_INVOKABLE hezhang::ui::HolidayListModel* holidays() const { return m_models.holidays(); }
    Q_INVOKABLE hezhang::ui::UnitContactListModel* unitContacts() const { return m_models.unitContacts(); }
    Q_INVOKABLE hezhang::ui::FormCodeModel* formCode() const { return m_models.formCode(); }
    // A notice for 2027 in a file; a damaged one where it ends before it begins.
    Q_INVOKABLE QUrl notice(const QString& to) const {
        const std::string path = m_county.folder() + "/2027.json";
        const nlohmann::json off{{"name", "元旦"}, {"from", "2027-01-01"}, {"to", to.toStdString()}};
        const nlohmann::json table{{"year", 2027},
                                   {"notice", "测试〔2026〕1号"},
                                   {"title", "测试用放假安排"},
                                   {"off", nlohmann::json::array({off})},
                                   {"work", nlohmann::json::array()}};
        std::ofstream(path) << table;
        return QUrl::fromLocalFile(QString::fromStdString(path));
    }
    Q_INVOKABLE int noticesLoaded() const {
        return static_cast<int>(taken(ledger::countyHolidays(*m_office)).size());
    }
    // What stands beside the seal of the town's form.
    Q_INVOKABLE QString printedDigits() const {
        documents::ExportRequest request;
        request.form = "filing-form";
        request.file = m_county.folder() + "/form.json";
        request.ledger = taken(ledger::findLedger(m_office->state(), "要点"));
        request.unit = m_unit;
        request.window = m_window;
        static_cast<void>(taken(documents::exportForm(*m_office, request)));
        const Bytes bytes = taken(ledger::readFile(request.file, 1'000'000));
        const auto form = nlohmann::json::parse(textOf(bytes));
        return QString::fromStdString(form["fingerprint"].get<std::string>());
    }
    Q_INVOKABLE QString contact() const {
        return QString::fromStdString(taken(ledger::shownText(m_office->state(), m_unit, "contact")));
    }
    // Why the town's report was returned.
    Q_INVOKABLE QString returned() const {
        const auto view = taken(office::reviewView(*m_office, m_task, m_unit, m_window));
        return QString::fromStdString(view.filing.filing.returned);
    }

private:
    // Its task is like that of this year.
    void makeLastYear() {
        const auto ledger = taken(m_office->edit({.registerName = "ledger",
                                                  .key = {{"year", 2025}, {"title", "上年要点"}},
                                                  .field = "state",
                                                  .text = "open"}));
        static_cast<void>(m_county.newTask(*m_office, ledger.record.hex(), 1, "公示栏按月更新。", {"甲镇"}));
    }
    void spread() {
        for (ledger::Home* home : {m_office.get(), m_town.get(), m_office.get(), m_town.get()}) {
            m_county.sync(*home);
        }
    }

    CountyBox m_county;
    std::unique_ptr<ledger::Home> m_office;
    std::unique_ptr<ledger::Home> m_town;
    RecordId m_task;
    RecordId m_unit;
    RecordId m_window;
    ui::AppSession m_session;
    ui::Models m_models{m_session};
};

}  // namespace hezhang::test
