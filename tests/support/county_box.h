// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county's folder, and homes enrolled with it, in one process and one temporary folder that goes with the
// object.
#pragma once

#include <gtest/gtest.h>

#include "src/ledger/county_folder.h"
#include "src/ledger/filing.h"
#include "src/office/windows.h"
#include "tests/support/direct_transport.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::test {

template <class T>
T taken(Result<T> result) {
    EXPECT_TRUE(result) << result.error().text;
    return std::move(*result);
}

inline void taken(const Result<void>& result) {
    EXPECT_TRUE(result) << result.error().text;
}

// The real time, and what tests have waited beside it.
class WaitingClock final : public ClockSource {
public:
    [[nodiscard]] WallMs now() const override { return m_real.now() + m_waited; }
    void advance(WallMs by) { m_waited += by; }

private:
    RealClock m_real;
    WallMs m_waited = 0;
};

class CountyBox {
public:
    CountyBox() {
        EXPECT_TRUE(ledger::CountyFolder::init(m_folder / "county", {.name = "测试县", .office = "公开办"},
                                               environment()));
        m_county = taken(ledger::CountyFolder::open(m_folder / "county", environment()));
        EXPECT_TRUE(m_county->importUnits(
            "name,short_names,kind,parent\n甲镇,,town,\n乙镇,,town,\n县民政局,民政局,department,\n"));
        m_transport.emplace(*m_county);
    }

    [[nodiscard]] ledger::Environment environment() { return {m_clock, m_random}; }
    [[nodiscard]] WaitingClock& clock() { return m_clock; }
    [[nodiscard]] const std::string& folder() const { return m_folder.path(); }
    [[nodiscard]] sync::Transport& transport() { return *m_transport; }
    [[nodiscard]] ledger::CountyFolder& county() { return *m_county; }

    [[nodiscard]] std::string invite(const std::string& unit, const std::string& person,
                                     const std::string& role) {
        return taken(m_county->invite({.unit = unit, .person = person, .role = role}, std::nullopt)).code;
    }
    // A home in folder()/name that has synced once.
    [[nodiscard]] std::unique_ptr<ledger::Home> enrol(const std::string& name, const std::string& unit,
                                                      const std::string& person, const std::string& role,
                                                      const std::string& url = "http://127.0.0.1:9") {
        const std::string home = m_folder / name;
        EXPECT_TRUE(ledger::Home::enroll(home, url, invite(unit, person, role), *m_transport, environment()));
        auto opened = taken(ledger::Home::open(home, environment()));
        sync(*opened);
        return opened;
    }
    void sync(ledger::Home& home) {
        const auto report = taken(home.sync(*m_transport));
        EXPECT_FALSE(report.error) << report.error->text;
    }

    [[nodiscard]] std::string newLedger(ledger::Home& office) const {
        const auto answer = taken(office.edit({.registerName = "ledger",
                                               .key = {{"year", 2026}, {"title", "要点"}},
                                               .field = "state",
                                               .text = "open"}));
        return answer.record.hex();
    }
    // A task of the ledger for the units named, all as responsible.
    [[nodiscard]] RecordId newTask(ledger::Home& office, const std::string& ledgerId, int serial,
                                   const std::string& content,
                                   const std::vector<std::string>& unitNames = {"公开办"},
                                   const std::string& due = "") const {
        ledger::EditRequest request{.registerName = "task",
                                    .key = {{"ledger", ledgerId}, {"serial", serial}}};
        request.field = "content";
        request.text = content;
        const auto answer = taken(office.edit(request));
        set(office, answer.record, "item", "事项" + std::to_string(serial));
        if (!due.empty()) {
            set(office, answer.record, "due", due);
        }
        for (const std::string& name : unitNames) {
            const RecordId unit = taken(ledger::findUnit(office.state(), name));
            EXPECT_TRUE(office.edit({.record = answer.record,
                                     .field = "responsible",
                                     .kind = sync::OpKind::add,
                                     .text = unit.hex()}));
        }
        return answer.record;
    }
    static void set(ledger::Home& home, const RecordId& record, const std::string& field,
                    const std::string& text) {
        const auto answer = home.edit({.record = record, .field = field, .text = text});
        EXPECT_TRUE(answer) << answer.error().text;
    }
    // A task whose content was written so often, a sync each: "第1版。" and so on.
    [[nodiscard]] RecordId taskOfVersions(ledger::Home& office, int versions) {
        const RecordId task = newTask(office, newLedger(office), 1, "第1版。", {"甲镇"});
        for (int i = 2; i <= versions; ++i) {
            sync(office);
            set(office, task, "content", "第" + std::to_string(i) + "版。");
        }
        sync(office);
        return task;
    }
    [[nodiscard]] RecordId newWindow(ledger::Home& office, const std::string& closes) const {
        const RecordId ledgerId = taken(ledger::findLedger(office.state(), ""));
        return taken(office::openWindow(office, ledgerId, closes, "窗口 " + closes));
    }

private:
    WaitingClock m_clock;
    SystemRandom m_random;
    TemporaryFolder m_folder;
    std::unique_ptr<ledger::CountyFolder> m_county;
    std::optional<DirectTransport> m_transport;
};

}  // namespace hezhang::test
