// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A window that is closed, and its snapshot.
#pragma once

#include "src/office/closing.h"
#include "tests/support/window_test.h"

namespace hezhang::test {

class ClosingTest : public WindowTest {
protected:
    ClosingTest() : WindowTest("开展培训。") {}
    RecordId file(ledger::Home& home, const std::string& text, bool isSubmitted = true) const {
        ledger::FilingRequest filing = request(home, text);
        filing.isSubmitted = isSubmitted;
        return taken(ledger::file(home, filing)).record;
    }
    void close() const {
        const auto closed = office::closeWindow(*office, window);
        ASSERT_TRUE(closed) << closed.error().text;
    }
    [[nodiscard]] office::FrozenWindow frozen(ledger::Home& home) const {
        return taken(office::frozenWindow(home, window));
    }
    [[nodiscard]] nlohmann::json row(const std::string& unitName) const {
        const nlohmann::json content = frozen(*office).content;
        for (const nlohmann::json& one : content["rows"]) {
            if (one["unit_name"] == unitName) {
                return one;
            }
        }
        return {};
    }
    [[nodiscard]] office::FrozenCheck check() const { return taken(office::verifyFrozen(*office, window)); }
};

}  // namespace hezhang::test
