// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/window_filings.h"

#include <algorithm>
#include <map>

namespace hezhang::office {

using ledger::Home;
using sync::RecordReading;

bool WindowFiling::isInConflict(std::string_view cell) const {
    const auto found = reading.cells.find(cell);
    return found != reading.cells.end() && found->second.view.state == sync::CellState::conflict;
}

std::optional<std::int64_t> WindowFiling::number(std::string_view cell) const {
    const auto found = reading.cells.find(cell);
    if (found == reading.cells.end() || isInConflict(cell)) {
        return std::nullopt;
    }
    const bool isCounter = std::ranges::any_of(
        found->second.rows, [](const sync::LiveRow& row) { return row.kind == sync::OpKind::increment; });
    return isCounter ? std::optional(found->second.view.sum) : found->second.view.shown.asInteger();
}

namespace {

class Reader {
public:
    Reader(Home& home, ledger::Succession& succession, const RecordId& window)
        : m_home(home), m_succession(succession), m_window(window) {}

    Result<std::vector<WindowTask>> read(const std::optional<RecordId>& only) {
        HZ_CHECK(only ? readTask(*only) : readTasks());
        std::ranges::sort(m_tasks, {},
                          [](const WindowTask& task) { return std::pair(task.serial, task.task); });
        for (WindowTask& task : m_tasks) {
            m_byTask[task.task] = &task;
        }
        HZ_CHECK(readFilings(only.value_or(m_window)));
        for (WindowTask& task : m_tasks) {
            std::ranges::sort(task.filings, {}, placeOf);
        }
        return std::move(m_tasks);
    }

private:
    static std::tuple<std::size_t, std::string, RecordId> placeOf(const WindowFiling& filing) {
        const auto* const role = std::ranges::find(ledger::kUnitRoles, filing.role);
        return {static_cast<std::size_t>(role - ledger::kUnitRoles.begin()), filing.firstName, filing.record};
    }
    Result<RecordId> ledgerOfWindow() {
        HZ_TRY(const std::optional<RecordReading> window, m_home.state().read(m_window));
        if (!window || window->isGone || window->record.key.registerName != "window") {
            return fail(ErrorCode::unknownRecord, "the window is not here");
        }
        return ledger::keyId(window->record.key, "ledger").value_or(RecordId{});
    }
    Result<void> addTask(const RecordReading& reading) {
        WindowTask task;
        task.task = reading.record.id;
        task.serial = ledger::keyInteger(reading.record.key, "serial");
        task.item = ledger::taskWords(reading);
        task.content = ledger::cellText(reading, "content");
        HZ_TRY(task.parts, ledger::partsIn(m_succession, reading));
        m_tasks.push_back(std::move(task));
        return {};
    }
    Result<void> readTask(const RecordId& task) {
        HZ_TRY(const RecordId ledgerId, ledgerOfWindow());
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(task));
        if (!reading || reading->isGone || reading->record.key.registerName != "task") {
            return fail(ErrorCode::unknownRecord, "the task is not here");
        }
        if (ledger::keyId(reading->record.key, "ledger") != ledgerId) {
            return fail(ErrorCode::badInput, "the window is of another ledger than the task");
        }
        return addTask(*reading);
    }
    Result<void> readTasks() {
        HZ_TRY(const RecordId ledgerId, ledgerOfWindow());
        return m_home.state().eachNaming(
            "task", ledgerId.hex(), [&](RecordReading&& reading) -> Result<void> {
                const bool isMeant =
                    !reading.isGone && ledger::keyId(reading.record.key, "ledger") == ledgerId;
                return isMeant ? addTask(reading) : Result<void>{};
            });
    }
    Result<void> readFilings(const RecordId& named) {
        return m_home.state().eachNaming("filing", named.hex(), [&](RecordReading&& reading) -> Result<void> {
            const auto task = ledger::keyId(reading.record.key, "task");
            const bool isMeant = !reading.isGone && !reading.cells.empty() && task &&
                                 m_byTask.contains(*task) &&
                                 ledger::keyId(reading.record.key, "window") == m_window;
            return isMeant ? addFiling(std::move(reading), *m_byTask.at(*task)) : Result<void>{};
        });
    }
    Result<void> addFiling(RecordReading&& reading, WindowTask& task) {
        WindowFiling filing;
        filing.record = reading.record.id;
        filing.unit = ledger::keyId(reading.record.key, "unit").value_or(RecordId{});
        HZ_TRY(filing.standing, m_succession.standing(filing.unit));
        HZ_TRY(filing.unitName, ledger::unitLabel(m_succession, m_home.state(), filing.unit));
        HZ_TRY(const std::optional<sync::RecordRow> unit, m_home.store().record(filing.unit));
        filing.firstName = unit ? ledger::keyText(unit->key, "first_name").value_or("") : "";
        // The parts stand in the order of their weight.
        const auto part = std::ranges::find(task.parts, filing.standing, &ledger::UnitPart::unit);
        filing.role = part == task.parts.end() ? std::string() : part->role;
        HZ_TRY(filing.state, ledger::filingState(m_home, reading));
        filing.reading = std::move(reading);
        task.filings.push_back(std::move(filing));
        return {};
    }

    Home& m_home;
    ledger::Succession& m_succession;
    RecordId m_window;
    std::vector<WindowTask> m_tasks;
    std::map<RecordId, WindowTask*> m_byTask;
};

}  // namespace

Result<std::vector<WindowTask>> windowTasks(Home& home, ledger::Succession& succession,
                                            const RecordId& window, const std::optional<RecordId>& only) {
    return Reader(home, succession, window).read(only);
}

}  // namespace hezhang::office
