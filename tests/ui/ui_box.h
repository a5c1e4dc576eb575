// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county, a town's home in it, and a session of the client on that home. Time is waited for by conditions
// only.
#pragma once

#include <gmock/gmock.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "src/ui/models.h"
#include "tests/support/county_box.h"

namespace hezhang::test {

// A condition that has not come true by then never will.
inline constexpr int kWaitMs = 30'000;

inline QString qt(const std::string& text) {
    return QString::fromStdString(text);
}
template <class Condition>
[[nodiscard]] bool comesTrue(Condition condition) {
    return QTest::qWaitFor(condition, kWaitMs);
}

inline Result<std::unique_ptr<sync::Transport>> noTransport(const std::string&, const std::atomic<bool>&) {
    return fail(ErrorCode::unreachable, "no network");
}

// Carries the network thread's messages to the county of the box. REQUIRES: the test leaves the county alone
// meanwhile.
inline ui::TransportFactory directTo(CountyBox& county) {
    return
        [&county](const std::string&, const std::atomic<bool>&) -> Result<std::unique_ptr<sync::Transport>> {
            return std::unique_ptr<sync::Transport>(std::make_unique<DirectTransport>(county.county()));
        };
}

class UiTest : public ::testing::Test {
protected:
    UiTest() {
        office = county.enrol("office", "公开办", "马主任", "office");
        town = county.enrol("town", "甲镇", "张三", "clerk");
        colleague = county.enrol("colleague", "甲镇", "李四", "clerk");
        ledgerId = county.newLedger(*office);
    }
    // Tasks and windows of the office reach the others.
    void spread() {
        for (ledger::Home* home :
             {office.get(), town.get(), colleague.get(), office.get(), town.get(), colleague.get()}) {
            county.sync(*home);
        }
    }
    void openSession(ui::TransportFactory factory = &noTransport, bool isAutomatic = false) {
        openHome(*town, std::move(factory), isAutomatic);
    }
    void openHome(ledger::Home& home, ui::TransportFactory factory = &noTransport, bool isAutomatic = false) {
        session = std::make_unique<ui::AppSession>(std::move(factory), ui::SyncTimes{100, 30'000, 100});
        models = std::make_unique<ui::Models>(*session);
        session->store().setAutomaticSync(isAutomatic);
        session->open(qt(home.folder()));
        ASSERT_TRUE(comesTrue([&] { return session->state() == ui::AppSession::State::Ready; }));
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> town;       // what the session has open; here it plays another process
    std::unique_ptr<ledger::Home> colleague;  // the same unit, another device
    std::string ledgerId;
    std::unique_ptr<ui::AppSession> session;
    std::unique_ptr<ui::Models> models;
};

}  // namespace hezhang::test
