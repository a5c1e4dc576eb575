// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/closing.h"

#include <algorithm>
#include <map>

#include "src/ledger/calendar.h"
#include "src/ledger/files.h"
#include "src/office/closing_counts.h"
#include "src/office/closing_parts.h"
#include "sync/base/clock_source.h"

namespace hezhang::office {

using ledger::FilingState;
using ledger::Home;
using nlohmann::json;
using sync::RecordReading;

namespace {

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

// The rows of a window as they stand: what the county had answered before a position.
class Freezer {
public:
    Freezer(Home& home, const RecordId& window, std::uint64_t before)
        : m_home(home), m_succession(home.state()), m_window(window), m_before(before) {}

    Result<json> read() {
        HZ_TRY(const std::optional<RecordReading> window, m_home.state().read(m_window));
        if (!window || window->isGone || window->record.key.registerName != "window") {
            return fail(ErrorCode::unknownRecord, "the window is not here");
        }
        const WindowDay day = windowDay(*window, m_before);
        m_lastDay = day.day;
        HZ_TRY(m_extensions, ledger::extensionsOfWindow(m_home, m_succession, m_window, m_before));
        HZ_TRY(const sync::Cursor cursor, m_home.replica().cursor());
        json content{{"form", kClosingForm},
                     {"window", m_window.hex()},
                     {"ledger", ledger::keyText(window->record.key, "ledger").value_or("")},
                     {"last_day", m_lastDay},
                     {"epoch", cursor.epoch.hex()},
                     {"position", m_before},
                     {"rows", json::array()}};
        if (day.extended != nullptr) {
            HZ_TRY(content["extended"], evidenceOf(day.extended->ref, day.extended->order.position));
        }
        HZ_TRY(const std::vector<WindowTask> tasks,
               windowTasks(m_home, m_succession, m_window, std::nullopt));
        for (const WindowTask& task : tasks) {
            HZ_CHECK(addRows(task, content["rows"]));
        }
        HZ_TRY(content["counts"], frozenCounts(m_home, m_succession, m_window, tasks, m_before));
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
            json row{{"task", task.task.hex()}, {"serial", task.serial}, {"item", task.item},
                     {"unit", unit.hex()},      {"unit_name", unitName}, {"evidence", json::object()}};
            HZ_CHECK(addLastDay(m_extensions.of(task.task, unit), row));
            const auto filing = best.find(unit);
            HZ_CHECK(addFiling(filing == best.end() ? nullptr : filing->second, row));
            rows.push_back(std::move(row));
        }
        return {};
    }
    // The window's, or the day the unit was granted where that is later.
    Result<void> addLastDay(const ledger::StandingExtension& extension, json& row) {
        row["last_day"] = std::max(m_lastDay, extension.grantedTo);
        if (extension.grantedTo > m_lastDay) {
            HZ_TRY(json granted, evidenceOf(extension.day, extension.at.position));
            HZ_TRY(granted["decision"], m_home.replica().history().dotText(extension.decision));
            row["evidence"]["more_time"] = std::move(granted);
        }
        return {};
    }
    Result<void> addFiling(const WindowFiling* filing, json& row) {
        row["state"] = ledger::name(filing == nullptr ? FilingState::none : filing->state);
        row["filing"] = filing == nullptr ? json() : json(filing->record.hex());
        row["fingerprint"] = nullptr;
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
        return evidenceOf(row->ref, row->order.position);
    }
    Result<json> evidenceOf(sync::OpRef ref, std::uint64_t position) {
        HZ_TRY(std::string dot, m_home.replica().history().dotText(ref));
        HZ_TRY(const std::optional<WallMs> at, timeOf(position));
        return json{
            {"dot", std::move(dot)}, {"position", position}, {"at", at ? toIsoText(*at) : std::string()}};
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
    std::uint64_t m_before;
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

}  // namespace

WindowDay windowDay(const RecordReading& window, std::uint64_t before) {
    WindowDay answer{ledger::keyText(window.record.key, "closes").value_or(""), nullptr};
    const auto cell = window.cells.find("extended_to");
    if (cell != window.cells.end()) {
        for (const sync::LiveRow& row : cell->second.rows) {
            const bool isBetter = answer.extended == nullptr || answer.extended->rank < row.rank;
            const auto day = row.value.asText();
            if (row.order.position < before && isBetter && day && !day->empty()) {
                answer.extended = &row;
                answer.day = *day;
            }
        }
    }
    return answer;
}

Result<json> windowContent(Home& home, const RecordId& window, std::uint64_t before) {
    return Freezer(home, window, before).read();
}

Result<std::vector<std::string>> closingDigests(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<RecordReading> closing, closingOf(home, window));
    return closing && !closing->isGone ? namesInOrder(*closing) : std::vector<std::string>{};
}

Result<std::string> freeze(Home& home, const RecordId& window) {
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_TRY(json content, windowContent(home, window, cursor.position));
    content["closed_at"] = toIsoText(home.now());
    std::string text = content.dump() + "\n";
    if (text.size() > ledger::kBlobBytesMax) {
        HZ_TRY(const std::string counts, countsInWords(home, content["counts"]));
        return fail(ErrorCode::tooLarge, "the snapshot has " + std::to_string(text.size()) +
                                             " bytes, and a file " + std::to_string(ledger::kBlobBytesMax) +
                                             " at most: " + std::to_string(content["rows"].size()) +
                                             " rows and " + counts);
    }
    return text;
}

Result<FrozenWindow> frozenWindow(Home& home, const RecordId& window) {
    HZ_TRY(const std::vector<std::string> names, closingDigests(home, window));
    if (names.empty()) {
        return fail(ErrorCode::notFound,
                    "no snapshot of the window is here: it was not closed, or sync first");
    }
    FrozenWindow result{names.back(), {}, {}, {}};
    const auto bytes = ledger::readFile(home.folder() + "/blobs/" + result.digest, ledger::kBlobBytesMax);
    if (!bytes) {
        return bytes.error().code == ErrorCode::fileNotFound
                   ? fail(ErrorCode::notFound, "the file of the snapshot is not here yet: sync")
                   : fail(bytes.error());
    }
    result.text = std::string(hezhang::textOf(*bytes));
    result.content = json::parse(result.text, nullptr, false);
    if (home.suite().hash({*bytes}).hex() != result.digest) {
        return fail(ErrorCode::malformed, "the file of the snapshot is not what its digest says");
    }
    HZ_CHECK(checkForm(result.content));
    HZ_TRY(const std::optional<RecordReading> closing, closingOf(home, window));
    if (const sync::LiveRow* const row = answeredRow(*closing, kFrozenCell, result.digest)) {
        HZ_TRY(result.enteredAt, ledger::countyTimeOf(home, row->order.position));
    }
    return result;
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
    facts.isLocked = reading && ledger::cellText(*reading, "state") == "closed";
    if (facts.isLocked) {
        HZ_TRY(facts.closed, evidenceOf(home, answeredRow(*reading, "state", "closed")));
    }
    HZ_TRY(const ledger::StandingExtension extension,
           ledger::longestExtension(home.state(), succession, task, unit, window));
    facts.lastDay = reading ? windowDay(*reading, UINT64_MAX).day : std::string();
    facts.isGrantedLater =
        extension.grantedTo > facts.lastDay && facts.closed && facts.closed->position < extension.at.position;
    facts.lastDay = std::max(facts.lastDay, extension.grantedTo);
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
