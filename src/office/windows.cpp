// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/windows.h"

#include <algorithm>
#include <map>
#include <set>

#include "src/ledger/views.h"

namespace hezhang::office {

using ledger::EditRequest;
using ledger::Home;
using nlohmann::json;

namespace {

std::set<RecordId> unitsOf(const sync::RecordReading& task) {
    std::set<RecordId> units;
    for (const std::string_view role : ledger::kUnitRoles) {
        if (const auto cell = task.cells.find(role); cell != task.cells.end()) {
            for (const sync::Value& element : cell->second.view.elements) {
                if (const auto id = RecordId::fromHexText(element.asText().value_or(""))) {
                    units.insert(*id);
                }
            }
        }
    }
    return units;
}

// Each filing of the window, by (task, unit).
using Filings = std::map<std::pair<RecordId, RecordId>, std::string>;

std::string stateText(ledger::FilingState state) {
    switch (state) {
    case ledger::FilingState::noWindow:
    case ledger::FilingState::none:
        return "none";
    case ledger::FilingState::unsubmitted:
        return "unsubmitted";
    case ledger::FilingState::changed:
        return "changed";
    case ledger::FilingState::submitted:
        return "submitted";
    }
    return "none";
}

}  // namespace

Result<RecordId> openWindow(Home& home, const RecordId& ledgerId, const std::string& closes,
                            const std::optional<std::string>& title) {
    EditRequest request;
    request.registerName = "window";
    request.key = {{"ledger", ledgerId.hex()}, {"closes", closes}};
    const bool isOwnBatch = !home.isInBatch();
    if (isOwnBatch) {
        HZ_CHECK(home.beginBatch());
    }
    const auto work = [&]() -> Result<RecordId> {
        if (title) {
            request.field = "title";
            request.json = json(*title);
            HZ_TRY([[maybe_unused]] const sync::EditAnswer titled, home.edit(request));
        }
        request.field = "state";
        request.json = json("open");
        HZ_TRY(const sync::EditAnswer opened, home.edit(request));
        return opened.record;
    };
    auto result = work();
    if (isOwnBatch && !result) {
        home.abandonBatch();
    } else if (isOwnBatch) {
        HZ_CHECK(home.commitBatch());
    }
    return result;
}

Result<void> closeWindow(Home& home, const RecordId& window) {
    EditRequest request;
    request.record = window;
    request.field = "state";
    request.json = json("closed");
    HZ_TRY([[maybe_unused]] const sync::EditAnswer closed, home.edit(request));
    return {};
}

Result<std::vector<MissingRow>> missing(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<sync::RecordRow> windowRecord, home.store().record(window));
    if (!windowRecord) {
        return fail(ErrorCode::unknownRecord, "the window is not here");
    }
    const auto ledgerId = ledger::keyId(windowRecord->key, "ledger");
    Filings filings;
    HZ_CHECK(home.state().each("filing", [&](sync::RecordReading&& filing) -> Result<void> {
        const auto task = ledger::keyId(filing.record.key, "task");
        const auto unit = ledger::keyId(filing.record.key, "unit");
        if (filing.isGone || ledger::keyId(filing.record.key, "window") != window || !task || !unit) {
            return {};
        }
        HZ_TRY(const ledger::FilingState state, ledger::filingState(home, filing));
        std::string& known = filings[{*task, *unit}];
        // In either scope: what is submitted in one is not missing.
        if (known != "submitted") {
            known = stateText(state);
        }
        return {};
    }));
    HZ_TRY(const sync::ScopeState scopes, home.replica().scopeState());
    std::vector<MissingRow> rows;
    HZ_CHECK(home.state().each("task", [&](sync::RecordReading&& task) -> Result<void> {
        if (task.isGone || ledger::keyId(task.record.key, "ledger") != ledgerId) {
            return {};
        }
        MissingRow row;
        row.task = task.record.id;
        for (const auto& [name, value] : task.record.key.fields) {
            row.serial = name == "serial" ? value.asInteger().value_or(0) : row.serial;
        }
        if (const auto item = task.cells.find("item"); item != task.cells.end()) {
            row.taskItem = item->second.view.shown.asText().value_or("");
        }
        for (const RecordId& unit : unitsOf(task)) {
            // Whose filings of this task are not held here may have been submitted for all we know.
            HZ_TRY(const std::optional<sync::Value> shared, home.state().shown(task.record.id, "shared"));
            const bool isShared = shared && shared->asBoolean().value_or(false);
            if (!sync::holdsScope(scopes.held, ledger::unitScope(unit)) &&
                !(isShared && sync::holdsScope(scopes.held, ledger::taskScope(task.record.id)))) {
                continue;
            }
            const auto filing = filings.find({task.record.id, unit});
            if (filing != filings.end() && filing->second == "submitted") {
                continue;
            }
            row.unit = unit;
            row.state = filing == filings.end() ? "none" : filing->second;
            HZ_TRY(row.unitName, ledger::unitName(home.state(), unit));
            rows.push_back(row);
        }
        return {};
    }));
    std::sort(rows.begin(), rows.end(), [](const MissingRow& a, const MissingRow& b) {
        return std::tie(a.serial, a.unitName, a.unit) < std::tie(b.serial, b.unitName, b.unit);
    });
    return rows;
}

}  // namespace hezhang::office
