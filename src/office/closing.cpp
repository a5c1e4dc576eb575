// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/closing.h"

#include <algorithm>
#include <map>

#include "src/ledger/calendar.h"
#include "src/ledger/extension.h"
#include "src/ledger/files.h"
#include "sync/base/clock_source.h"

namespace hezhang::office {

using ledger::FilingState;
using ledger::Home;
using nlohmann::json;
using sync::RecordReading;

namespace {

std::string lastDayOf(const RecordReading& window) {
    const std::string extended = ledger::cellText(window, "extended_to");
    return extended.empty() ? ledger::keyText(window.record.key, "closes").value_or("") : extended;
}

// The first op that put the value into the cell and that the county has answered; null: there is none.
const sync::LiveRow* answeredRow(const RecordReading& reading, std::string_view cell,
                                 std::string_view value) {
    const auto found = reading.cells.find(cell);
    if (found == reading.cells.end()) {
        return nullptr;
    }
    const auto row = std::ranges::find_if(found->second.rows, [&](const sync::LiveRow& one) {
        return !one.isUnanswered() && one.value.asText() == value;
    });
    return row == found->second.rows.end() ? nullptr : &*row;
}

// The window's, or the day the unit was granted where that is later.
std::string lastDayFor(const ledger::ExtensionsOfWindow& extensions, const std::string& ofWindow,
                       const RecordId& task, const RecordId& unit) {
    return std::max(ofWindow, extensions.of(task, unit).grantedTo);
}

// The rows of a window as they stand.
class Freezer {
public:
    Freezer(Home& home, const RecordId& window)
        : m_home(home), m_succession(home.state()), m_window(window) {}

    Result<json> read() {
        HZ_TRY(const std::optional<RecordReading> window, m_home.state().read(m_window));
        if (!window || window->isGone || window->record.key.registerName != "window") {
            return fail(ErrorCode::unknownRecord, "the window is not here");
        }
        m_lastDay = lastDayOf(*window);
        HZ_TRY(m_extensions, ledger::extensionsOfWindow(m_home, m_succession, m_window));
        HZ_TRY(const sync::Cursor cursor, m_home.replica().cursor());
        json content{{"window", m_window.hex()},
                     {"ledger", ledger::keyText(window->record.key, "ledger").value_or("")},
                     {"last_day", m_lastDay},
                     {"epoch", cursor.epoch.hex()},
                     {"position", cursor.position},
                     {"rows", json::array()}};
        HZ_TRY(const std::vector<WindowTask> tasks,
               windowTasks(m_home, m_succession, m_window, std::nullopt));
        for (const WindowTask& task : tasks) {
            HZ_CHECK(addRows(task, content["rows"]));
        }
        return content;
    }

private:
    // A unit that has two roles in a task is asked once.
    Result<void> addRows(const WindowTask& task, json& rows) {
        std::map<RecordId, std::string> units;
        for (const ledger::UnitPart& part : task.parts) {
            HZ_TRY(units[part.unit], ledger::unitName(m_home.state(), part.unit));
        }
        std::map<RecordId, const WindowFiling*> best;
        for (const WindowFiling& filing : task.filings) {
            HZ_TRY(const std::set<RecordId> heirs, m_succession.heirs(filing.unit));
            for (const RecordId& unit : heirs) {
                const WindowFiling*& known = best[unit];
                known = known == nullptr || known->state < filing.state ? &filing : known;
            }
        }
        for (const auto& [unit, unitName] : units) {
            json row{{"task", task.task.hex()},
                     {"serial", task.serial},
                     {"item", task.item},
                     {"unit", unit.hex()},
                     {"unit_name", unitName},
                     {"last_day", lastDayFor(m_extensions, m_lastDay, task.task, unit)}};
            const auto filing = best.find(unit);
            HZ_CHECK(addFiling(filing == best.end() ? nullptr : filing->second, row));
            rows.push_back(std::move(row));
        }
        return {};
    }
    Result<void> addFiling(const WindowFiling* filing, json& row) {
        row["state"] = ledger::name(filing == nullptr ? FilingState::none : filing->state);
        row["filing"] = filing == nullptr ? json() : json(filing->record.hex());
        row["fingerprint"] = nullptr;
        row["evidence"] = json::object();
        if (filing != nullptr) {
            row["fingerprint"] = ledger::fingerprintOf(m_home.state(), filing->reading).hex();
            HZ_TRY(const json submitted, evidenceIn(*filing, "submitted", row["fingerprint"]));
            HZ_TRY(const json approved, evidenceIn(*filing, "approved", row["fingerprint"]));
            if (!submitted.is_null()) {
                row["evidence"]["complete"] = submitted;
                row["evidence"]["on_time"] = {{"received_at", submitted["at"]},
                                              {"last_day", row["last_day"]}};
            }
            if (!approved.is_null()) {
                row["evidence"]["correct"] = approved;
            }
        }
        row["locked"] = true;
        row["complete"] = row["evidence"].contains("complete");
        row["correct"] = row["evidence"].contains("correct");
        row["on_time"] = row["complete"].get<bool>()
                             ? onTime(row["evidence"]["complete"], row["last_day"].get<std::string>())
                             : json();
        return {};
    }
    Result<json> evidenceIn(const WindowFiling& filing, std::string_view cell, const json& fingerprint) {
        const sync::LiveRow* const row = answeredRow(filing.reading, cell, fingerprint.get<std::string>());
        if (row == nullptr) {
            return json();
        }
        HZ_TRY(std::string dot, m_home.replica().history().dotText(row->ref));
        HZ_TRY(const std::optional<WallMs> at, timeOf(row->order.position));
        return json{{"dot", std::move(dot)},
                    {"position", row->order.position},
                    {"at", at ? toIsoText(*at) : std::string()}};
    }
    // Null where the county's time is not here.
    [[nodiscard]] json onTime(const json& submitted, const std::string& lastDay) const {
        const auto at = m_times.at(submitted["position"].get<std::uint64_t>());
        return at ? json(ledger::beijingDay(*at).text() <= lastDay) : json();
    }
    Result<std::optional<WallMs>> timeOf(std::uint64_t position) {
        if (const auto known = m_times.find(position); known != m_times.end()) {
            return known->second;
        }
        HZ_TRY(const std::optional<WallMs> at, ledger::countyTimeOf(m_home, position));
        m_times.emplace(position, at);
        return at;
    }

    Home& m_home;
    ledger::Succession m_succession;
    RecordId m_window;
    std::string m_lastDay;
    ledger::ExtensionsOfWindow m_extensions;
    std::map<std::uint64_t, std::optional<WallMs>> m_times;
};

Result<std::optional<RecordReading>> closingOf(Home& home, const RecordId& window) {
    HZ_TRY(const sync::RecordKey key, home.keyOf(kClosingRegister, {{"window", window.hex()}}));
    return home.state().read(home.idOf(key));
}

// The latest last.
std::vector<std::string> namesInOrder(const RecordReading& closing) {
    std::vector<std::string> names;
    if (const auto cell = closing.cells.find(kFrozenCell); cell != closing.cells.end()) {
        for (const sync::LiveRow& row : cell->second.rows) {
            names.emplace_back(row.value.asText().value_or(""));
        }
    }
    return names;
}

RecordId idIn(const json& row, const char* key) {
    return RecordId::fromHexText(row[key].get<std::string>()).value_or(RecordId{});
}

FrozenFinding about(const json& row, std::string why) {
    return {idIn(row, "task"), idIn(row, "unit"), std::move(why)};
}

// -- the form of the text: whoever wrote it, nothing is read of it that is not there

bool isTextOf(const json& object, std::initializer_list<const char*> keys) {
    return std::ranges::all_of(
        keys, [&](const char* key) { return object.contains(key) && object[key].is_string(); });
}

bool isPositionIn(const json& object) {
    return object.contains("position") && object["position"].is_number_unsigned();
}

bool isEvidence(const json& evidence) {
    return evidence.is_object() && std::ranges::all_of(evidence.items(), [](const auto& fact) {
               const json& value = fact.value();
               return value.is_object() &&
                      (fact.key() == "on_time" || (isTextOf(value, {"dot", "at"}) && isPositionIn(value)));
           });
}

bool isRow(const json& row) {
    return row.is_object() && isTextOf(row, {"task", "unit", "unit_name", "item", "state"}) &&
           row.contains("filing") && row.contains("fingerprint") && row.contains("on_time") &&
           row.contains("serial") && row["serial"].is_number_integer() && row.contains("complete") &&
           row["complete"].is_boolean() && row.contains("correct") && row["correct"].is_boolean() &&
           row.contains("evidence") && isEvidence(row["evidence"]);
}

bool isFrozen(const json& content) {
    return content.is_object() && isTextOf(content, {"window", "closed_at", "last_day"}) &&
           isPositionIn(content) && content.contains("rows") && content["rows"].is_array() &&
           std::ranges::all_of(content["rows"], isRow);
}

// Compares what was frozen with the log and with the rows of now.
class Verifier {
public:
    Verifier(Home& home, const json& content) : m_home(home), m_content(content) {}

    Result<void> run(const json& now, FrozenCheck& check) {
        using RowKey = std::pair<RecordId, RecordId>;
        const auto keyOf = [](const json& row) { return RowKey(idIn(row, "task"), idIn(row, "unit")); };
        std::map<RowKey, const json*> present;
        for (const json& row : now["rows"]) {
            present.emplace(keyOf(row), &row);
        }
        for (const json& row : m_content["rows"]) {
            ++check.rows;
            HZ_CHECK(checkEvidence(row, check));
            const auto same = present.find(keyOf(row));
            if (same == present.end()) {
                check.changed.push_back(about(row, "the task is not asked of the unit any more"));
                continue;
            }
            compare(row, *same->second, check);
            present.erase(same);
        }
        for (const auto& [key, row] : present) {
            check.changed.push_back(about(*row, "the task is asked of the unit since"));
        }
        return {};
    }

private:
    Result<void> checkEvidence(const json& row, FrozenCheck& check) {
        for (const auto& [fact, cell] :
             {std::pair("complete", "submitted"), std::pair("correct", "approved")}) {
            if (row["evidence"].contains(fact)) {
                HZ_CHECK(checkOp(row, fact, cell, check));
            }
        }
        return {};
    }
    Result<void> checkOp(const json& row, const std::string& fact, std::string_view cell,
                         FrozenCheck& check) {
        const json& evidence = row["evidence"][fact];
        const auto position = evidence["position"].get<std::uint64_t>();
        const auto ref = m_home.replica().history().parseDot(evidence["dot"].get<std::string>());
        HZ_TRY(const std::optional<sync::HistoricOp> op,
               ref ? m_home.replica().history().opAt(*ref)
                   : Result<std::optional<sync::HistoricOp>>(std::nullopt));
        HZ_TRY(const std::optional<WallMs> at, ledger::countyTimeOf(m_home, position));
        if (!op || !at) {
            check.absent.push_back(about(row, fact + ": the op or its entry is not here"));
            return {};
        }
        HZ_TRY(const sync::Order entered, m_home.state().orderOf(*ref));
        // An op that was admitted counts from its later verdict on.
        const bool isThere = entered.position <= position && position < m_content["position"] &&
                             evidence["at"] == toIsoText(*at) && row["filing"] == op->op.record.hex() &&
                             op->op.field == cell && op->op.kind == sync::OpKind::add &&
                             row["fingerprint"] == std::string(op->op.value.asText().value_or(""));
        check.proved += isThere ? 1 : 0;
        if (!isThere) {
            check.wrong.push_back(about(row, fact + ": the op in the log is another one"));
        }
        return {};
    }
    void compare(const json& then, const json& now, FrozenCheck& check) {
        const bool isSame = then["state"] == now["state"] && then["fingerprint"] == now["fingerprint"] &&
                            then["correct"] == now["correct"];
        if (isSame) {
            return;
        }
        // What is complete now by an op that was in the log by then, and was not there, was left out.
        const bool wasThere =
            now["complete"].get<bool>() && now["evidence"]["complete"]["position"] < m_content["position"];
        if (then["state"] == "none" && wasThere) {
            check.wrong.push_back(about(then, "the log has a filing that the snapshot leaves out"));
            return;
        }
        const auto words = [](const json& row) {
            return row["state"].get<std::string>() + (row["correct"].get<bool>() ? " and approved" : "");
        };
        check.changed.push_back(about(then, words(then) + " then, " + words(now) + " now"));
    }

    Home& m_home;
    const json& m_content;
};

}  // namespace

Result<std::string> freeze(Home& home, const RecordId& window) {
    HZ_TRY(json content, Freezer(home, window).read());
    content["closed_at"] = toIsoText(home.now());
    std::string text = content.dump() + "\n";
    if (text.size() > ledger::kBlobBytesMax) {
        return fail(ErrorCode::tooLarge, "the window has " + std::to_string(content["rows"].size()) +
                                             " rows, more than one file holds");
    }
    return text;
}

Result<FrozenWindow> frozenWindow(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<RecordReading> closing, closingOf(home, window));
    const std::vector<std::string> names =
        closing && !closing->isGone ? namesInOrder(*closing) : std::vector<std::string>{};
    if (names.empty()) {
        return fail(ErrorCode::notFound,
                    "no snapshot of the window is here: it was not closed, or sync first");
    }
    FrozenWindow result{names.back(), {}, {}};
    const auto bytes = ledger::readFile(home.folder() + "/blobs/" + result.digest, ledger::kBlobBytesMax);
    if (!bytes) {
        return bytes.error().code == ErrorCode::fileNotFound
                   ? fail(ErrorCode::notFound, "the file of the snapshot is not here yet: sync")
                   : fail(bytes.error());
    }
    result.text = std::string(hezhang::textOf(*bytes));
    result.content = json::parse(result.text, nullptr, false);
    if (home.suite().hash({*bytes}).hex() != result.digest || !isFrozen(result.content)) {
        return fail(ErrorCode::malformed, "the file of the snapshot is not what its digest says");
    }
    return result;
}

Result<FrozenCheck> verifyFrozen(Home& home, const RecordId& window) {
    HZ_TRY(const FrozenWindow frozen, frozenWindow(home, window));
    return verifyFrozen(home, window, frozen.text);
}

Result<FrozenCheck> verifyFrozen(Home& home, const RecordId& window, std::string_view text) {
    const json content = json::parse(text, nullptr, false);
    if (!isFrozen(content)) {
        return fail(ErrorCode::malformed, "this is no snapshot of a window");
    }
    if (content["window"] != window.hex()) {
        return fail(ErrorCode::badInput, "the snapshot is of another window");
    }
    HZ_TRY(const std::optional<RecordReading> closing, closingOf(home, window));
    const std::vector<std::string> names =
        closing && !closing->isGone ? namesInOrder(*closing) : std::vector<std::string>{};
    FrozenCheck check;
    check.digest = home.suite().hash({viewOf(text)}).hex();
    check.isNamed = std::ranges::find(names, check.digest) != names.end();
    check.isLatest = check.isNamed && names.back() == check.digest;
    HZ_TRY(const json now, Freezer(home, window).read());
    HZ_CHECK(Verifier(home, content).run(now, check));
    return check;
}

static Result<std::optional<FactEvidence>> evidenceOf(Home& home, const sync::LiveRow* row) {
    if (row == nullptr) {
        return std::optional<FactEvidence>();
    }
    FactEvidence evidence;
    evidence.position = row->order.position;
    HZ_TRY(evidence.dot, home.replica().history().dotText(row->ref));
    HZ_TRY(evidence.at, ledger::countyTimeOf(home, row->order.position));
    HZ_TRY(evidence.by, ledger::authorshipOf(home, row->ref, row->person, row->at));
    return std::optional(std::move(evidence));
}

Result<FilingFacts> filingFacts(Home& home, const RecordId& task, const RecordId& unit,
                                const RecordId& window) {
    ledger::Succession succession(home.state());
    HZ_TRY(const std::vector<WindowTask> tasks, windowTasks(home, succession, window, task));
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(window));
    FilingFacts facts;
    HZ_TRY(const ledger::ExtensionsOfWindow extensions, ledger::extensionsOfWindow(home, succession, window));
    facts.lastDay = reading ? lastDayOf(*reading) : std::string();
    HZ_TRY(const std::set<RecordId> heirs, succession.heirs(unit));
    for (const RecordId& heir : heirs) {
        facts.lastDay = lastDayFor(extensions, facts.lastDay, task, heir);
    }
    facts.isLocked = reading && ledger::cellText(*reading, "state") == "closed";
    if (facts.isLocked) {
        HZ_TRY(facts.closed, evidenceOf(home, answeredRow(*reading, "state", "closed")));
    }
    const WindowFiling* best = nullptr;
    for (const WindowFiling& filing : tasks.front().filings) {
        if (filing.unit == unit && (best == nullptr || best->state < filing.state)) {
            best = &filing;
        }
    }
    if (best != nullptr) {
        const std::string stands = ledger::fingerprintOf(home.state(), best->reading).hex();
        HZ_TRY(facts.submitted, evidenceOf(home, answeredRow(best->reading, "submitted", stands)));
        HZ_TRY(facts.approved, evidenceOf(home, answeredRow(best->reading, "approved", stands)));
    }
    if (facts.submitted && facts.submitted->at) {
        facts.isOnTime = ledger::beijingDay(*facts.submitted->at).text() <= facts.lastDay;
    }
    return facts;
}

}  // namespace hezhang::office
