// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county, its office and three units that report on one task in a window: two towns, and the bureau that
// leads.
#pragma once

#include "src/office/review.h"
#include "tests/support/county_box.h"

namespace hezhang::test {

class WindowTest : public ::testing::Test {
protected:
    explicit WindowTest(const std::string& content, const std::string& closes = "2099-08-15") {
        office = county.enrol("office", "公开办", "马主任", "office");
        north = county.enrol("north", "甲镇", "张三", "clerk");
        south = county.enrol("south", "乙镇", "李四", "clerk");
        bureau = county.enrol("bureau", "县民政局", "王五", "clerk");
        ledgerId = county.newLedger(*office);
        task = county.newTask(*office, ledgerId, 1, content, {"甲镇", "乙镇"});
        EXPECT_TRUE(office->edit(
            {.record = task, .field = "lead", .kind = sync::OpKind::add, .text = unit("县民政局").hex()}));
        window = county.newWindow(*office, closes);
        spread();
    }
    void spread() {
        for (int i = 0; i < 2; ++i) {
            for (ledger::Home* home : {north.get(), south.get(), bureau.get(), office.get()}) {
                county.sync(*home);
            }
        }
    }
    [[nodiscard]] RecordId unit(const std::string& name) const {
        return taken(ledger::findUnit(office->state(), name));
    }
    [[nodiscard]] ledger::FilingRequest request(ledger::Home& home, const std::string& text) const {
        return {.task = task, .unit = taken(home.unit()), .window = window, .text = text};
    }
    RecordId file(ledger::Home& home, const std::string& text,
                  const std::optional<std::int64_t>& count = {}) const {
        ledger::FilingRequest filing = request(home, text);
        filing.count = count;
        filing.isSubmitted = true;
        return taken(ledger::file(home, filing)).record;
    }
    void approve(const std::string& unitName) const {
        const auto view = taken(office::reviewView(*office, task, unit(unitName), window));
        office::ReviewRequest approval{.task = task, .unit = unit(unitName), .window = window};
        approval.outcome = office::ReviewOutcome::approve;
        approval.fingerprint = view.fingerprint;
        ASSERT_TRUE(office::review(*office, approval));
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> north;
    std::unique_ptr<ledger::Home> south;
    std::unique_ptr<ledger::Home> bureau;
    std::string ledgerId;
    RecordId task;
    RecordId window;
};

}  // namespace hezhang::test
