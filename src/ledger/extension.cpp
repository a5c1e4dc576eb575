// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/extension.h"

#include <algorithm>

#include "schema/record_validator.h"
#include "schema/text_rules.h"
#include "src/ledger/one_transaction.h"
#include "sync/engine/log_applier.h"

namespace hezhang::ledger {

using nlohmann::json;
using sync::RecordReading;

namespace {

Result<void> put(Home& home, EditRequest edit, const std::string& field, const std::string& value) {
    edit.field = field;
    edit.json = json(value);
    HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(edit));
    return {};
}

Result<void> addNames(Home& home, const RecordReading& reading, Extension& one) {
    HZ_TRY(const std::optional<RecordReading> task, home.state().read(one.task));
    if (task) {
        one.serial = keyInteger(task->record.key, "serial");
        one.taskItem = taskWords(*task);
    }
    Succession succession(home.state());
    HZ_TRY(one.unitName, unitLabel(succession, home.state(), one.unit));
    if (const auto until = reading.cells.find("until"); until != reading.cells.end()) {
        const sync::LiveRow& live = until->second.rows.front();
        HZ_TRY(one.by, authorshipOf(home, live.ref, live.person, live.at));
    }
    for (const auto& [field, cell] : reading.cells) {
        one.isUnsent =
            one.isUnsent || std::any_of(cell.rows.begin(), cell.rows.end(),
                                        [](const sync::LiveRow& live) { return live.isUnanswered(); });
    }
    return {};
}

Result<void> checkRequest(Home& home, const ExtensionRequest& request) {
    if (request.reason.empty()) {
        return fail(ErrorCode::badInput, "a request for more time needs a reason");
    }
    HZ_TRY(const std::string lastDay, lastDayOf(home, request.window));
    if (!schema::isDate(request.until) || request.until <= lastDay) {
        return fail(ErrorCode::badInput,
                    "more time is asked until a day after " + lastDay + ", the window's last");
    }
    HZ_TRY(const std::optional<RecordReading> task, home.state().read(request.task));
    if (!task || task->isGone) {
        return fail(ErrorCode::unknownRecord, "the task is not here or was deleted");
    }
    Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> asked, standingUnitsOf(succession, *task));
    HZ_TRY(const RecordId standing, succession.standing(request.unit));
    if (!asked.contains(standing)) {
        return fail(ErrorCode::badInput, "the task is not asked of the unit");
    }
    HZ_TRY(const ReportExtension before, extensionOf(home, request.task, request.unit, request.window));
    if (before.waiting) {
        return fail(ErrorCode::badInput, "more time was asked already, until " + before.waiting->until +
                                             ": wait for the answer, or delete it");
    }
    return {};
}

// Whose report it is, by its scope: the unit's own, or that of the shared task.
sync::RecordKey requestKey(const RecordId& task, const RecordId& unit, const RecordId& window,
                           std::int64_t number, const std::string& scope) {
    return {std::string(kExtensionRegister),
            {{"task", sync::Value::text(task.hex())},
             {"unit", sync::Value::text(unit.hex())},
             {"window", sync::Value::text(window.hex())},
             {"number", sync::Value::integer(number)},
             {"scope", sync::Value::text(scope)}}};
}

// The first that nobody has used, or whose author took it back before it was answered.
Result<sync::RecordKey> freeRequest(Home& home, const ExtensionRequest& request) {
    for (std::int64_t number = 1; number <= kRequestsMax; ++number) {
        HZ_TRY(sync::RecordKey key, home.keyOf(kExtensionRegister, {{"task", request.task.hex()},
                                                                    {"unit", request.unit.hex()},
                                                                    {"window", request.window.hex()},
                                                                    {"number", number}}));
        HZ_TRY(const std::optional<RecordReading> known, home.state().read(home.idOf(key)));
        if (!known || (known->isGone && !known->cells.contains("decision"))) {
            return key;
        }
    }
    return fail(ErrorCode::badInput, "more time was asked for this report " + std::to_string(kRequestsMax) +
                                         " times already, as often as it can be: talk to the county office, "
                                         "which can change its last answer");
}

}  // namespace

Result<void> eachRequestFor(sync::Projection& state, Succession& succession, const RecordId& task,
                            const RecordId& unit, const RecordId& window,
                            const std::function<Result<void>(RecordReading&&)>& visit) {
    HZ_TRY(const std::optional<Bytes> county, state.store().meta(sync::meta::kCounty));
    HZ_TRY(const auto control, county ? sync::decode<sync::CountyControl>(*county, "county")
                                      : fail(ErrorCode::notFound, "this folder holds no county"));
    HZ_TRY(const std::set<RecordId> units, succession.past(unit));
    for (const RecordId& one : units) {
        for (const std::string& scope : {unitScope(one), taskScope(task)}) {
            for (std::int64_t number = 1; number <= kRequestsMax; ++number) {
                HZ_TRY(std::optional<RecordReading> reading,
                       state.read(sync::recordIdOf(state.history().suite(), control.county,
                                                   requestKey(task, one, window, number, scope))));
                if (reading && !reading->isGone) {
                    HZ_CHECK(visit(std::move(*reading)));
                }
            }
        }
    }
    return {};
}

Result<std::string> lastDayOf(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(window));
    if (!reading || reading->isGone || reading->record.key.registerName != "window") {
        return fail(ErrorCode::unknownRecord, "the window is not here");
    }
    const std::string extended = cellText(*reading, "extended_to");
    return extended.empty() ? keyText(reading->record.key, "closes").value_or("") : extended;
}

std::string_view name(ExtensionState state) {
    switch (state) {
    case ExtensionState::asked:
        return "asked";
    case ExtensionState::granted:
        return "granted";
    case ExtensionState::refused:
        return "refused";
    }
    return "";
}

Extension extensionIn(const RecordReading& reading) {
    Extension one;
    one.record = reading.record.id;
    one.task = keyId(reading.record.key, "task").value_or(RecordId{});
    one.unit = keyId(reading.record.key, "unit").value_or(RecordId{});
    one.window = keyId(reading.record.key, "window").value_or(RecordId{});
    one.until = cellText(reading, "until");
    one.reason = cellText(reading, "reason");
    one.answer = cellText(reading, "answer");
    const std::string decision = cellText(reading, "decision");
    // The day is the office's word, too: without one nothing is granted.
    one.grantedTo = decision == "granted" ? cellText(reading, "granted_to") : "";
    if (!one.grantedTo.empty()) {
        one.state = ExtensionState::granted;
    } else if (decision == "refused") {
        one.state = ExtensionState::refused;
    }
    return one;
}

namespace {

// With names, the latest in front.
class RequestList {
public:
    explicit RequestList(Home& home) : m_home(home) {}
    // `unit`: whose report it is about now.
    Result<void> take(const RecordReading& reading, const RecordId& unit) {
        const auto until = reading.cells.find("until");
        if (!reading.isGone && until != reading.cells.end()) {
            Extension one = extensionIn(reading);
            HZ_CHECK(addNames(m_home, reading, one));
            const Report report{one.task, unit, one.window};
            m_standing[report].take(reading);
            m_found.push_back({until->second.rows.front().order, report, std::move(one)});
        }
        return {};
    }
    std::vector<Extension> all() {
        std::ranges::sort(m_found, [](const Found& a, const Found& b) { return b.at < a.at; });
        std::vector<Extension> all;
        all.reserve(m_found.size());
        for (Found& found : m_found) {
            found.one.isSuperseded = found.one.state != ExtensionState::asked &&
                                     m_standing.at(found.report).request != found.one.record;
            all.push_back(std::move(found.one));
        }
        return all;
    }

private:
    using Report = std::tuple<RecordId, RecordId, RecordId>;
    struct Found {
        sync::Order at;
        Report report;
        Extension one;
    };
    Home& m_home;
    std::vector<Found> m_found;
    std::map<Report, StandingExtension> m_standing;
};

}  // namespace

Result<std::vector<Extension>> extensions(Home& home, const std::optional<RecordId>& window) {
    RequestList list(home);
    Succession succession(home.state());
    const auto take = [&](RecordReading&& reading) -> Result<void> {
        if (window && keyId(reading.record.key, "window") != window) {
            return {};
        }
        HZ_TRY(const RecordId unit,
               succession.standing(keyId(reading.record.key, "unit").value_or(RecordId{})));
        return list.take(reading, unit);
    };
    HZ_CHECK(window ? home.state().eachNaming(kExtensionRegister, window->hex(), take)
                    : home.state().each(kExtensionRegister, take));
    return list.all();
}

Result<std::vector<Extension>> extensionsOf(Home& home, const RecordId& task, const RecordId& unit,
                                            const RecordId& window) {
    RequestList list(home);
    Succession succession(home.state());
    HZ_CHECK(eachRequestFor(home.state(), succession, task, unit, window,
                            [&](RecordReading&& reading) { return list.take(reading, unit); }));
    return list.all();
}

Result<ReportExtension> extensionOf(Home& home, const RecordId& task, const RecordId& unit,
                                    const RecordId& window) {
    HZ_TRY(std::vector<Extension> all, extensionsOf(home, task, unit, window));
    ReportExtension report;
    report.isUsedUp = std::ranges::count(all, unit, &Extension::unit) >= kRequestsMax;
    for (Extension& one : all) {
        std::optional<Extension>& place =
            one.state == ExtensionState::asked ? report.waiting : report.decided;
        if (!place && !one.isSuperseded) {
            place = std::move(one);
        }
    }
    return report;
}

Result<RecordId> askForExtension(Home& home, const ExtensionRequest& request) {
    return inOneTransaction(home, [&]() -> Result<RecordId> {
        HZ_CHECK(checkRequest(home, request));
        HZ_TRY(const sync::RecordKey key, freeRequest(home, request));
        EditRequest edit{.registerName = key.registerName, .key = json::object()};
        for (const auto& [field, value] : key.fields) {
            edit.key[field] = schema::jsonFromValue(value);
        }
        HZ_CHECK(put(home, edit, "until", request.until));
        HZ_CHECK(put(home, edit, "reason", request.reason));
        return home.idOf(key);
    });
}

Result<void> answerExtension(Home& home, const RecordId& extension, const ExtensionAnswer& answer) {
    return inOneTransaction(home, [&]() -> Result<void> {
        HZ_TRY(const std::optional<RecordReading> reading, home.state().read(extension));
        if (!reading || reading->isGone || reading->record.key.registerName != kExtensionRegister) {
            return fail(ErrorCode::unknownRecord, "there is no such request for more time here");
        }
        const Extension one = extensionIn(*reading);
        const EditRequest edit{.record = extension};
        if (!answer.isGranted) {
            if (answer.words.empty()) {
                return fail(ErrorCode::badInput, "a refusal needs a reason");
            }
            HZ_CHECK(put(home, edit, "decision", "refused"));
            return put(home, edit, "answer", answer.words);
        }
        const std::string until = answer.until.empty() ? one.until : answer.until;
        HZ_TRY(const std::string lastDay, lastDayOf(home, one.window));
        if (!schema::isDate(until) || until <= lastDay) {
            return fail(ErrorCode::badInput,
                        "more time is granted until a day after " + lastDay + ", the window's last");
        }
        HZ_CHECK(put(home, edit, "decision", "granted"));
        HZ_CHECK(put(home, edit, "granted_to", until));
        return answer.words == one.answer ? Result<void>{} : put(home, edit, "answer", answer.words);
    });
}

void StandingExtension::take(const RecordReading& one, std::uint64_t before) {
    // The first of the highest rank, as the cell shows it.
    const auto standing = [&](std::string_view field) -> const sync::LiveRow* {
        const auto cell = one.cells.find(field);
        const sync::LiveRow* found = nullptr;
        if (cell != one.cells.end()) {
            for (const sync::LiveRow& row : cell->second.rows) {
                const bool isBetter = found == nullptr || found->rank < row.rank;
                found = row.order.position < before && isBetter ? &row : found;
            }
        }
        return found;
    };
    const sync::LiveRow* const said = standing("decision");
    const sync::LiveRow* const until = standing("granted_to");
    if ((one.isGone && standing(schema::kDeletedCell) != nullptr) || standing("until") == nullptr) {
        return;
    }
    const bool isGranted = said != nullptr && said->value.asText() == "granted" && until != nullptr;
    if (!isGranted && (said == nullptr || said->value.asText() != "refused")) {
        isAsking = true;
        return;
    }
    const sync::Order when = isGranted ? std::max(said->order, until->order) : said->order;
    if (request.isNone() || at < when) {
        request = one.record.id;
        at = when;
        decision = said->ref;
        day = isGranted ? until->ref : sync::OpRef{};
        grantedTo = isGranted ? std::string(until->value.asText().value_or("")) : std::string();
    }
}

Result<StandingExtension> longestExtension(sync::Projection& state, Succession& succession,
                                           const RecordId& task, const RecordId& unit,
                                           const RecordId& window) {
    StandingExtension longest;
    HZ_TRY(const std::set<RecordId> heirs, succession.heirs(unit));
    for (const RecordId& heir : heirs) {
        HZ_TRY(const std::vector<RecordId> successors, succession.successors(heir));
        if (!successors.empty()) {
            continue;  // it is over
        }
        StandingExtension one;
        HZ_CHECK(eachRequestFor(state, succession, task, heir, window,
                                [&](RecordReading&& request) -> Result<void> {
                                    one.take(request);
                                    return {};
                                }));
        longest = longest.grantedTo < one.grantedTo ? one : longest;
    }
    return longest;
}

const StandingExtension& ExtensionsOfWindow::of(const RecordId& task, const RecordId& unit) const {
    static const StandingExtension kNone;
    const auto found = reports.find({task, unit});
    return found == reports.end() ? kNone : found->second;
}

Result<ExtensionsOfWindow> extensionsOfWindow(Home& home, Succession& succession, const RecordId& window,
                                              std::uint64_t before) {
    ExtensionsOfWindow all;
    HZ_CHECK(home.state().eachNaming(kExtensionRegister, window.hex(),
                                     [&](RecordReading&& reading) -> Result<void> {
                                         const Extension one = extensionIn(reading);
                                         if (one.window != window) {
                                             return {};
                                         }
                                         HZ_TRY(const std::set<RecordId> heirs, succession.heirs(one.unit));
                                         for (const RecordId& unit : heirs) {
                                             all.reports[{one.task, unit}].take(reading, before);
                                         }
                                         return {};
                                     }));
    return all;
}

}  // namespace hezhang::ledger
