// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/windows.h"

#include <algorithm>

#include "src/ledger/calendar.h"
#include "src/ledger/one_transaction.h"
#include "src/office/closing.h"
#include "src/office/matrix.h"

namespace hezhang::office {

using ledger::EditRequest;
using ledger::Home;
using nlohmann::json;

namespace {

Result<RecordId> assign(Home& home, EditRequest window, const std::string& field, const std::string& value) {
    window.field = field;
    window.json = json(value);
    HZ_TRY(const sync::EditAnswer answer, home.edit(window));
    return answer.record;
}

}  // namespace

Result<RecordId> openWindow(Home& home, const RecordId& ledgerId, const std::string& closes,
                            const std::optional<std::string>& title) {
    EditRequest window;
    window.registerName = "window";
    window.key = {{"ledger", ledgerId.hex()}, {"closes", closes}};
    return ledger::inOneTransaction(home, [&]() -> Result<RecordId> {
        if (title) {
            HZ_TRY([[maybe_unused]] const RecordId titled, assign(home, window, "title", *title));
        }
        return assign(home, window, "state", "open");
    });
}

Result<void> closeWindow(Home& home, const RecordId& window, AbsentSnapshot absent) {
    return ledger::inOneTransaction(home, [&]() -> Result<void> {
        HZ_TRY(const std::string state, ledger::shownText(home.state(), window, "state"));
        const bool isClosed = state == "closed";
        const auto standing = frozenWindow(home, window);
        if (isClosed && (standing || standing.error().code != ErrorCode::notFound)) {
            return fail(ErrorCode::badInput,
                        "the window is closed already, and its snapshot stands: open it again first");
        }
        HZ_TRY(const std::vector<std::string> named, closingDigests(home, window));
        if (isClosed && !named.empty() && absent == AbsentSnapshot::mayCome) {
            return fail(
                ErrorCode::badInput,
                "the window is closed already, and the file of its snapshot is not here yet: sync; only if "
                "it is lost, freeze it anew");
        }
        HZ_TRY(const std::string frozen, freeze(home, window));
        // When it was closed is not moved.
        if (!isClosed) {
            HZ_TRY([[maybe_unused]] const RecordId closed,
                   assign(home, {.record = window}, "state", "closed"));
        }
        HZ_TRY(const std::string name, home.addBlob(copyOf(viewOf(frozen))));
        EditRequest closing{.registerName = std::string(kClosingRegister), .key = {{"window", window.hex()}}};
        closing.field = std::string(kFrozenCell);
        closing.kind = sync::OpKind::add;
        closing.json = json(name);
        HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(closing));
        return {};
    });
}

Result<void> reopenWindow(Home& home, const RecordId& window, const std::optional<std::string>& extendedTo) {
    HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(window));
    if (!record || record->key.registerName != "window") {
        return fail(ErrorCode::unknownRecord, "the window is not here");
    }
    // ISO dates: the order of the texts is that of the days.
    if (extendedTo && *extendedTo <= ledger::keyText(record->key, "closes").value_or("")) {
        return fail(ErrorCode::badInput, "a window is extended to a day after the one it closes");
    }
    return ledger::inOneTransaction(home, [&]() -> Result<void> {
        if (extendedTo) {
            HZ_TRY([[maybe_unused]] const RecordId extended,
                   assign(home, {.record = window}, "extended_to", *extendedTo));
        }
        HZ_TRY([[maybe_unused]] const RecordId opened, assign(home, {.record = window}, "state", "open"));
        return {};
    });
}

Result<std::vector<MissingRow>> missing(Home& home, const RecordId& window) {
    HZ_TRY(const Matrix table, matrix(home, window));
    const ledger::Date today = ledger::beijingDay(home.now());
    std::vector<MissingRow> rows;
    for (std::size_t task = 0; task < table.tasks.size(); ++task) {
        for (std::size_t unit = 0; unit < table.units.size(); ++unit) {
            const MatrixCell& cell = table.at(task, unit);
            if (cell.isMissing()) {
                const std::string& lastDay = table.lastDay(cell);
                const auto day = ledger::Date::parse(lastDay);
                rows.push_back({table.tasks[task].task, table.tasks[task].serial, table.tasks[task].item,
                                table.units[unit].unit, table.units[unit].name,
                                std::string(ledger::name(cell.filing)), lastDay, !cell.extendedTo.empty(),
                                cell.isAsking, day ? day->daysSince(today) : 0});
            }
        }
    }
    return rows;
}

}  // namespace hezhang::office
