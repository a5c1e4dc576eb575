// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/late_filings.h"

#include <algorithm>
#include <map>

#include "src/ledger/tallies.h"
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
        for (const std::string_view registerName : {std::string_view("filing"), ledger::kTallyRegister}) {
            HZ_CHECK(m_home.state().eachNaming(registerName, m_window.hex(), [&](RecordReading&& reading) {
                return addAdmissions(reading);
            }));
        }
        std::vector<LateFiling> rows;
        for (auto& [id, row] : m_rows) {
            HZ_CHECK(addNames(row));
            rows.push_back(std::move(row));
        }
        std::ranges::stable_sort(
            rows, {}, [](const LateFiling& row) { return std::tie(row.serial, row.unitName, row.filing); });
        return rows;
    }

private:
    // Of this window's reports only. A tally lies in the scope of the filing.
    LateFiling* rowOf(const sync::RecordRow& record) {
        const bool isFiling = record.key.registerName == "filing";
        const bool isReport = isFiling || record.key.registerName == ledger::kTallyRegister;
        if (!isReport || ledger::keyId(record.key, "window") != m_window) {
            return nullptr;
        }
        const RecordId task = ledger::keyId(record.key, "task").value_or(RecordId{});
        const RecordId unit = ledger::keyId(record.key, "unit").value_or(RecordId{});
        LateFiling& row = m_rows[{task, unit, record.scope}];
        row.filing = isFiling ? record.id : row.filing;
        row.task = task;
        row.unit = unit;
        return &row;
    }
    static void addCount(const sync::RecordRow& tally, const ledger::AsideListing& aside, LateFiling& row) {
        if (!aside.value.is_number_integer()) {
            return;
        }
        const std::string words = ledger::keyText(tally.key, "target").value_or("");
        auto count = std::ranges::find(row.counts, words, &LateCount::words);
        if (count == row.counts.end()) {
            row.counts.push_back({words, 0, 0, {}});
            count = row.counts.end() - 1;
        }
        const auto number = aside.value.get<std::int64_t>();
        if (aside.field == "done") {
            count->done = ledger::addClamped(count->done, number);
        } else if (aside.field == "cases") {
            count->cases = ledger::addClamped(count->cases, number);
        } else if (aside.field == "percent") {
            count->percent = number;
        }
    }
    Result<void> addAside(const ledger::AsideListing& aside) {
        HZ_TRY(const std::optional<sync::RecordRow> record, m_home.store().record(aside.record));
        LateFiling* const row = record ? rowOf(*record) : nullptr;
        if (row != nullptr) {
            row->aside.push_back(aside.op);
            row->by = aside.by;
            if (record->key.registerName == ledger::kTallyRegister) {
                addCount(*record, aside, *row);
            } else if (aside.field == "text" && aside.value.is_string()) {
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
    std::map<std::tuple<RecordId, RecordId, std::string>, LateFiling> m_rows;  // by task, unit and scope
};

}  // namespace

Result<std::vector<LateFiling>> lateFilings(Home& home, const RecordId& window) {
    return LateReader(home, window).read();
}

}  // namespace hezhang::office
