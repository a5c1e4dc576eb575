// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/closing_counts.h"

#include <algorithm>
#include <map>
#include <set>

#include "src/ledger/tallies.h"

namespace hezhang::office {

using ledger::Home;
using nlohmann::json;
using sync::RecordReading;

namespace {

// What the rows of a cell come to that the county had answered before a position; null: there was none. A
// cell that is not counted has no figure while several values are in conflict.
json figureOf(const RecordReading& reading, std::string_view field, std::uint64_t before) {
    const auto cell = reading.cells.find(field);
    json figure;
    if (cell == reading.cells.end()) {
        return figure;
    }
    for (const sync::LiveRow& row : cell->second.rows) {
        const std::int64_t number = row.value.asInteger().value_or(0);
        if (row.order.position >= before) {
            continue;
        }
        const bool isCounted = row.kind == sync::OpKind::increment;
        if (!isCounted && !figure.is_null() && figure != number) {
            return {};
        }
        figure =
            isCounted && !figure.is_null() ? ledger::addClamped(figure.get<std::int64_t>(), number) : number;
    }
    return figure;
}

// Whether a cell has values that came after a position: then what stood before may be gone.
bool isWrittenSince(const RecordReading& reading, std::string_view field, std::uint64_t before) {
    const auto cell = reading.cells.find(field);
    return cell != reading.cells.end() && std::ranges::any_of(cell->second.rows, [&](auto& row) {
               return row.order.position >= before && row.kind != sync::OpKind::increment;
           });
}

class CountFreezer {
public:
    CountFreezer(Home& home, ledger::Succession& succession, std::uint64_t before)
        : m_home(home), m_succession(succession), m_before(before) {}

    Result<json> read(const std::vector<WindowTask>& tasks) {
        HZ_TRY(const std::vector<sync::RecordRow> tallies, m_home.store().recordsOf(ledger::kTallyRegister));
        for (const sync::RecordRow& row : tallies) {
            m_counted.insert(ledger::keyId(row.key, "task").value_or(RecordId{}));
        }
        json counts = json::array();
        for (const WindowTask& task : tasks) {
            json row{{"task", task.task.hex()}, {"together", false}, {"filings", filingsOf(task)}};
            row["targets"] = json::array();
            if (m_counted.contains(task.task)) {
                HZ_CHECK(addTargets(task.task, row));
            }
            if (!row["filings"].empty() || !row["targets"].empty()) {
                counts.push_back(std::move(row));
            }
        }
        return counts;
    }

private:
    [[nodiscard]] json filingsOf(const WindowTask& task) const {
        json filings = json::array();
        for (const WindowFiling& filing : task.filings) {
            const json done = figureOf(filing.reading, "done_count", m_before);
            if (filing.wasSubmitted() && !done.is_null()) {
                filings.push_back(
                    {{"filing", filing.record.hex()}, {"unit", filing.unit.hex()}, {"done_count", done}});
            }
        }
        return filings;
    }
    Result<void> addTargets(const RecordId& task, json& row) {
        HZ_TRY(const ledger::TaskTallies all, ledger::taskTallies(m_home, m_succession, task, std::nullopt));
        row["together"] = all.isTogether;
        for (const ledger::TargetTallies& target : all.targets) {
            json tallies = json::array();
            for (const RecordId& record : target.isDropped ? std::vector<RecordId>{} : target.records) {
                HZ_CHECK(addTally(record, tallies));
            }
            if (!tallies.empty()) {
                row["targets"].push_back({{"words", target.key}, {"tallies", std::move(tallies)}});
            }
        }
        return {};
    }
    Result<void> addTally(const RecordId& record, json& tallies) {
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(record));
        json done = reading ? figureOf(*reading, "done", m_before) : json();
        json cases = reading ? figureOf(*reading, "cases", m_before) : json();
        json percent = reading ? figureOf(*reading, "percent", m_before) : json();
        if (done.is_null() && cases.is_null() && percent.is_null()) {
            return {};
        }
        const sync::RecordKey& key = reading->record.key;
        const auto window = ledger::keyText(key, "window");
        tallies.push_back({{"record", record.hex()},
                           {"unit", ledger::keyText(key, "unit").value_or("")},
                           {"window", window && !window->empty() ? json(*window) : json()},
                           {"target", ledger::keyText(key, "target").value_or("")},
                           {"done", std::move(done)},
                           {"cases", std::move(cases)},
                           {"percent", std::move(percent)}});
        return {};
    }

    Home& m_home;
    ledger::Succession& m_succession;
    std::uint64_t m_before;
    std::set<RecordId> m_counted;
};

// -- the form

bool isFigure(const json& object, const char* key) {
    return object.contains(key) && (object[key].is_null() || object[key].is_number_integer());
}

bool isText(const json& object, const char* key) {
    return object.contains(key) && object[key].is_string();
}

bool isList(const json& object, const char* key, bool (*isOne)(const json&)) {
    return object.contains(key) && object[key].is_array() && std::ranges::all_of(object[key], isOne);
}

bool isFiling(const json& one) {
    return one.is_object() && isText(one, "filing") && isText(one, "unit") && isFigure(one, "done_count");
}

bool isTally(const json& one) {
    return one.is_object() && isText(one, "record") && isText(one, "unit") && isText(one, "target") &&
           one.contains("window") && isFigure(one, "done") && isFigure(one, "cases") &&
           isFigure(one, "percent");
}

bool isTarget(const json& one) {
    return one.is_object() && isText(one, "words") && isList(one, "tallies", isTally);
}

bool isTaskOfCounts(const json& one) {
    return one.is_object() && isText(one, "task") && isList(one, "filings", isFiling) &&
           isList(one, "targets", isTarget);
}

// -- looked up

RecordId recordIn(const json& one, const char* key) {
    return RecordId::fromHexText(one[key].get<std::string>()).value_or(RecordId{});
}

class CountCheck {
public:
    CountCheck(Home& home, const json& content, FrozenCheck& check)
        : m_home(home),
          m_window(content["window"].get<std::string>()),
          m_before(content["position"].get<std::uint64_t>()),
          m_check(check) {}

    Result<void> run(const json& counts, const json& now) {
        std::map<std::string, std::string> placesNow;
        HZ_CHECK(eachTally(now, [&](const json&, const json& target, const json& tally) {
            placesNow[tally["record"].get<std::string>()] = target["words"].get<std::string>();
            return Result<void>();
        }));
        for (const json& task : counts) {
            for (const json& filing : task["filings"]) {
                HZ_CHECK(checkFiling(task, filing));
            }
        }
        HZ_CHECK(eachTally(counts, [&](const json& task, const json& target, const json& tally) {
            return checkTally(task, target, tally, placesNow);
        }));
        return eachTally(
            now, [&](const json& task, const json&, const json& tally) { return checkLeftOut(task, tally); });
    }

private:
    template <class Visit>
    static Result<void> eachTally(const json& counts, const Visit& visit) {
        for (const json& task : counts) {
            for (const json& target : task["targets"]) {
                for (const json& tally : target["tallies"]) {
                    HZ_CHECK(visit(task, target, tally));
                }
            }
        }
        return {};
    }
    [[nodiscard]] static FrozenFinding about(const json& task, const json& one, std::string why) {
        return {recordIn(task, "task"), recordIn(one, "unit"), std::move(why), {}};
    }
    // The numbers of one record; a figure that is null is one that nobody had set.
    Result<void> checkFigures(const RecordReading& reading, const json& one,
                              std::initializer_list<const char*> fields, const FrozenFinding& wrong) {
        bool isSame = true;
        bool isKnown = true;
        for (const char* field : fields) {
            const bool isFieldSame = figureOf(reading, field, m_before) == one[field];
            isSame = isSame && isFieldSame;
            isKnown = isKnown && (isFieldSame || !isWrittenSince(reading, field, m_before));
        }
        if (isSame) {
            ++m_check.proved;
            return {};
        }
        // What was deleted and written anew has lost its increments here; the log still has both.
        HZ_TRY(const std::vector<ledger::HistoryRow> history, ledger::history(m_home, reading.record.id));
        const bool isDeletedSince = std::ranges::any_of(history, [&](const ledger::HistoryRow& row) {
            return row.field == schema::kDeletedCell && row.position.value_or(m_before) >= m_before;
        });
        FrozenFinding finding = wrong;
        finding.why += isKnown && !isDeletedSince ? ": by the log the figures were others"
                                                  : ": the figures were written anew since";
        (isKnown && !isDeletedSince ? m_check.wrong : m_check.changed).push_back(std::move(finding));
        return {};
    }
    Result<void> checkFiling(const json& task, const json& filing) {
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(recordIn(filing, "filing")));
        if (!reading) {
            m_check.absent.push_back(about(task, filing, "done_count: the filing is not here"));
            return {};
        }
        const sync::RecordKey& key = reading->record.key;
        if (key.registerName != "filing" || ledger::keyText(key, "window") != m_window ||
            task["task"] != ledger::keyText(key, "task").value_or("") ||
            filing["unit"] != ledger::keyText(key, "unit").value_or("")) {
            m_check.wrong.push_back(about(task, filing, "done_count: it is of another report"));
            return {};
        }
        return checkFigures(*reading, filing, {"done_count"}, about(task, filing, "done_count"));
    }
    Result<void> checkTally(const json& task, const json& target, const json& tally,
                            const std::map<std::string, std::string>& placesNow) {
        m_named.insert(tally["record"].get<std::string>());
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(recordIn(tally, "record")));
        if (!reading) {
            m_check.absent.push_back(about(task, tally, "tally: the record is not here"));
            return {};
        }
        const sync::RecordKey& key = reading->record.key;
        if (key.registerName != ledger::kTallyRegister ||
            task["task"] != ledger::keyText(key, "task").value_or("") ||
            tally["unit"] != ledger::keyText(key, "unit").value_or("") ||
            tally["target"] != ledger::keyText(key, "target").value_or("") ||
            tally["window"] != windowOf(key)) {
            m_check.wrong.push_back(
                about(task, tally, "tally: it is of another unit, task, window or target"));
            return {};
        }
        const auto place = placesNow.find(tally["record"].get<std::string>());
        if (place == placesNow.end() || target["words"] != place->second) {
            m_check.changed.push_back(
                about(task, tally, "tally: it counts towards another target, or none, now"));
        }
        return checkFigures(*reading, tally, {"done", "cases", "percent"}, about(task, tally, "tally"));
    }
    static json windowOf(const sync::RecordKey& key) {
        const auto window = ledger::keyText(key, "window");
        return window && !window->empty() ? json(*window) : json();
    }
    // Of `now`: what had figures then, and is not named; what was counted for this window since.
    Result<void> checkLeftOut(const json& task, const json& tally) {
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(recordIn(tally, "record")));
        if (!reading) {
            return {};
        }
        bool wasThere = false;
        bool isMore = false;
        for (const char* field : {"done", "cases", "percent"}) {
            const json then = figureOf(*reading, field, m_before);
            wasThere = wasThere || !then.is_null();
            isMore = isMore || then != tally[field];
        }
        HZ_TRY(const bool isAsThen, areTargetsAsThen(recordIn(task, "task")));
        if (wasThere && !m_named.contains(tally["record"].get<std::string>())) {
            FrozenFinding finding = about(task, tally,
                                          isAsThen ? "the log has a count that the snapshot leaves out"
                                                   : "a count that was there counts towards a target now");
            (isAsThen ? m_check.wrong : m_check.changed).push_back(std::move(finding));
        } else if (isMore && tally["window"] == m_window) {
            m_check.changed.push_back(about(task, tally, "counted for the window since"));
        }
        return {};
    }

    // Whether neither the task's text nor what goes on with dropped targets was written since.
    Result<bool> areTargetsAsThen(const RecordId& task) {
        if (const auto known = m_asThen.find(task); known != m_asThen.end()) {
            return known->second;
        }
        const auto isBefore = [this](const RecordReading& reading, std::string_view field) {
            const auto cell = reading.cells.find(field);
            return cell == reading.cells.end() || std::ranges::all_of(cell->second.rows, [this](auto& row) {
                       return row.order.position < m_before;
                   });
        };
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(task));
        bool isAsThen = reading && isBefore(*reading, "content") && isBefore(*reading, "indicator");
        HZ_CHECK(m_home.state().eachNaming("target", task.hex(), [&](RecordReading&& one) -> Result<void> {
            for (const auto& [field, cell] : one.cells) {
                isAsThen = isAsThen && isBefore(one, field);
            }
            return {};
        }));
        m_asThen.emplace(task, isAsThen);
        return isAsThen;
    }

    Home& m_home;
    std::string m_window;
    std::uint64_t m_before;
    std::map<RecordId, bool> m_asThen;
    FrozenCheck& m_check;
    std::set<std::string> m_named;
};

}  // namespace

Result<json> frozenCounts(Home& home, ledger::Succession& succession, const std::vector<WindowTask>& tasks,
                          std::uint64_t before) {
    return CountFreezer(home, succession, before).read(tasks);
}

bool areCounts(const json& counts) {
    return counts.is_array() && std::ranges::all_of(counts, isTaskOfCounts);
}

Result<void> checkCounts(Home& home, const json& content, const json& now, FrozenCheck& check) {
    return CountCheck(home, content, check).run(content["counts"], now);
}

}  // namespace hezhang::office
