// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/late_filings.h"

#include <algorithm>
#include <map>

#include "sync/engine/intake.h"

namespace hezhang::office {

using ledger::Home;
using sync::RecordReading;

namespace {

class LateReader {
public:
    LateReader(Home& home, const RecordId& window)
        : m_home(home), m_succession(home.state()), m_window(window) {}

    Result<std::vector<LateFiling>> read() {
        HZ_TRY(const std::vector<ledger::AsideListing> asides, ledger::asides(m_home));
        for (const ledger::AsideListing& aside : asides) {
            HZ_CHECK(addAside(aside));
        }
        HZ_CHECK(m_home.state().eachNaming("filing", m_window.hex(),
                                           [&](RecordReading&& reading) { return addAdmissions(reading); }));
        std::vector<LateFiling> rows;
        for (auto& [id, row] : m_rows) {
            HZ_CHECK(addNames(row));
            rows.push_back(std::move(row));
        }
        std::ranges::sort(
            rows, {}, [](const LateFiling& row) { return std::tuple(row.serial, row.unitName, row.filing); });
        return rows;
    }

private:
    // Of this window's filings only.
    LateFiling* rowOf(const sync::RecordRow& record) {
        if (record.key.registerName != "filing" || ledger::keyId(record.key, "window") != m_window) {
            return nullptr;
        }
        LateFiling& row = m_rows[record.id];
        row.filing = record.id;
        row.task = ledger::keyId(record.key, "task").value_or(RecordId{});
        row.unit = ledger::keyId(record.key, "unit").value_or(RecordId{});
        return &row;
    }
    Result<void> addAside(const ledger::AsideListing& aside) {
        HZ_TRY(const std::optional<sync::RecordRow> record, m_home.store().record(aside.record));
        LateFiling* const row = record ? rowOf(*record) : nullptr;
        if (row != nullptr) {
            row->aside.push_back(aside.op);
            row->by = aside.by;
            if (aside.field == "text" && aside.value.is_string()) {
                row->text = aside.value.get<std::string>();
            }
        }
        return {};
    }
    Result<void> addAdmissions(const RecordReading& reading) {
        const auto cell = reading.cells.find(schema::kAdmittedCell);
        if (cell == reading.cells.end()) {
            return {};
        }
        for (const sync::LiveRow& live : cell->second.rows) {
            const auto parsed = sync::parseAdmit(live.value.asText().value_or(""));
            LateFiling* const row = parsed ? rowOf(reading.record) : nullptr;
            if (row == nullptr) {
                continue;
            }
            HZ_TRY(ledger::Authorship by, ledger::authorshipOf(m_home, live.ref, live.person, live.at));
            const bool isKnown = std::ranges::any_of(row->admitted, [&](const Admission& one) {
                return one.reason == parsed->second && one.by.person == by.person;
            });
            if (!isKnown) {
                row->admitted.push_back({parsed->second, std::move(by)});
            }
        }
        return {};
    }
    Result<void> addNames(LateFiling& row) {
        HZ_TRY(row.unitName, ledger::unitLabel(m_succession, m_home.state(), row.unit));
        HZ_TRY(const std::optional<RecordReading> task, m_home.state().read(row.task));
        if (task) {
            row.serial = ledger::keyInteger(task->record.key, "serial");
            row.taskItem = ledger::taskWords(*task);
        }
        return {};
    }

    Home& m_home;
    ledger::Succession m_succession;
    RecordId m_window;
    std::map<RecordId, LateFiling> m_rows;
};

}  // namespace

Result<std::vector<LateFiling>> lateFilings(Home& home, const RecordId& window) {
    return LateReader(home, window).read();
}

}  // namespace hezhang::office
