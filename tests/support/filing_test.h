// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county, its office and a town that has a task and a window to file something in.
#pragma once

#include "tests/support/county_box.h"

namespace hezhang::test {

class FilingTest : public ::testing::Test {
protected:
    FilingTest()
        : m_office(m_county.enrol("office", "公开办", "张三", "office")),
          m_town(m_county.enrol("town", "甲镇", "李四", "clerk")) {
        m_task = m_county.newTask(*m_office, m_county.newLedger(*m_office), 1, "甲。", {"甲镇"});
        m_window = m_county.newWindow(*m_office, "2026-08-31");
        m_county.sync(*m_office);
        m_county.sync(*m_town);
    }

    // Where the file lies that the town files next.
    [[nodiscard]] std::string filePath() const { return m_county.folder() + "/file"; }
    void fileIt() {
        m_record = taken(ledger::file(*m_town, {.task = m_task,
                                                .unit = m_town->me().enrolment.unit,
                                                .window = m_window,
                                                .evidence = {filePath()}}))
                       .record;
    }
    [[nodiscard]] std::string blobsAtCounty() const { return m_county.folder() + "/county/blobs"; }
    [[nodiscard]] std::string atCounty(const std::string& name) const {
        return blobsAtCounty() + "/" + name.substr(0, 2) + "/" + name;
    }

    CountyBox m_county;
    std::unique_ptr<ledger::Home> m_office;
    std::unique_ptr<ledger::Home> m_town;
    RecordId m_task;
    RecordId m_window;
    RecordId m_record;
};

}  // namespace hezhang::test
