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

// What a cell showed of what the county had answered before a position; null: there was nothing.
Result<json> figureOf(Home& home, const RecordReading& reading, std::string_view field,
                      std::uint64_t before) {
    const auto cell = reading.cells.find(field);
    std::vector<sync::LiveRow> rows;
    if (cell != reading.cells.end()) {
        std::ranges::copy_if(cell->second.rows, std::back_inserter(rows),
                             [&](const sync::LiveRow& row) { return row.order.position < before; });
    }
    const auto rule = home.state().rules().ruleOf(reading.record.key.registerName, field);
    if (rows.empty() || !rule) {
        return json();
    }
    const bool isCounted = rows.front().kind == sync::OpKind::increment;
    HZ_TRY(const sync::CellReading then, home.state().cellOf(*rule, std::move(rows)));
    const auto shown = isCounted ? std::optional(then.view.sum) : then.view.shown.asInteger();
    return shown ? json(*shown) : json();
}

bool isAnyRow(const RecordReading& reading, std::string_view field, const auto& isMeant) {
    const auto cell = reading.cells.find(field);
    return cell != reading.cells.end() && std::ranges::any_of(cell->second.rows, isMeant);
}

// Whether a cell has values that came after a position: then what stood before may be gone.
bool isWrittenSince(const RecordReading& reading, std::string_view field, std::uint64_t before) {
    return isAnyRow(reading, field, [&](const sync::LiveRow& row) {
        return row.order.position >= before && row.kind != sync::OpKind::increment;
    });
}

bool wasSubmittedBefore(const RecordReading& filing, std::uint64_t before) {
    return isAnyRow(filing, "submitted",
                    [&](const sync::LiveRow& row) { return row.order.position < before; });
}

// One record of a count, with its figures before a position.
struct CountedTally {
    RecordId record;
    std::string unit;
    std::string window;  // empty: none
    std::string target;
    json done, cases, percent;
    [[nodiscard]] json content() const {
        return {{"record", record.hex()}, {"unit", unit},   {"target", target},
                {"done", done},           {"cases", cases}, {"percent", percent}};
    }
};

// nullopt: it is not here, or had none.
Result<std::optional<CountedTally>> countedTally(Home& home, const RecordId& record, std::uint64_t before) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(record));
    if (!reading) {
        return std::optional<CountedTally>();
    }
    const sync::RecordKey& key = reading->record.key;
    CountedTally one{record,
                     ledger::keyText(key, "unit").value_or(""),
                     ledger::keyText(key, "window").value_or(""),
                     ledger::keyText(key, "target").value_or(""),
                     {},
                     {},
                     {}};
    HZ_TRY(one.done, figureOf(home, *reading, "done", before));
    HZ_TRY(one.cases, figureOf(home, *reading, "cases", before));
    HZ_TRY(one.percent, figureOf(home, *reading, "percent", before));
    const bool isCounted = !one.done.is_null() || !one.cases.is_null() || !one.percent.is_null();
    return isCounted ? std::optional(std::move(one)) : std::nullopt;
}

void addNumber(json& sum, const json& more) {
    if (!more.is_null()) {
        sum = sum.is_null() ? more
                            : json(ledger::addClamped(sum.get<std::int64_t>(), more.get<std::int64_t>()));
    }
}

// What records come to that are not named one by one. Of stated percents that of the window that closes last
// counts, in it the lowest: as it is printed (tallies.h).
class SumOfTallies {
public:
    Result<void> add(Home& home, const CountedTally& one) {
        ++m_records;
        addNumber(m_done, one.done);
        addNumber(m_cases, one.cases);
        if (!one.percent.is_null()) {
            const auto id = RecordId::fromHexText(one.window);
            HZ_TRY(const std::optional<sync::RecordRow> window,
                   id ? home.store().record(*id) : Result<std::optional<sync::RecordRow>>(std::nullopt));
            std::pair stated{window ? ledger::keyText(window->key, "closes").value_or("") : "", one.window};
            const bool isLower = stated.first == m_stated.first && one.percent < m_percent;
            if (m_percent.is_null() || m_stated.first < stated.first || isLower) {
                m_percent = one.percent;
                m_stated = std::move(stated);
            }
        }
        return {};
    }
    [[nodiscard]] json content(const std::string& unit) const {
        return {{"unit", unit},
                {"records", m_records},
                {"done", m_done},
                {"cases", m_cases},
                {"percent", m_percent},
                {"percent_window", m_stated.second.empty() ? json() : json(m_stated.second)}};
    }

private:
    std::size_t m_records = 0;
    json m_done, m_cases, m_percent;
    std::pair<std::string, std::string> m_stated;  // the day its window closes, and the window
};
using SumsByUnit = std::map<std::string, SumOfTallies>;

json contentOf(const SumsByUnit& sums) {
    json list = json::array();
    for (const auto& [unit, sum] : sums) {
        list.push_back(sum.content(unit));
    }
    return list;
}

class CountFreezer {
public:
    CountFreezer(Home& home, ledger::Succession& succession, const RecordId& window, std::uint64_t before)
        : m_home(home), m_succession(succession), m_window(window.hex()), m_before(before) {}

    Result<json> read(const std::vector<WindowTask>& tasks) {
        HZ_TRY(const std::vector<sync::RecordRow> tallies, m_home.store().recordsOf(ledger::kTallyRegister));
        for (const sync::RecordRow& row : tallies) {
            m_counted.insert(ledger::keyId(row.key, "task").value_or(RecordId{}));
        }
        json counts = json::array();
        for (const WindowTask& task : tasks) {
            json row{{"task", task.task.hex()}, {"together", false}};
            for (const char* list : {"filings", "targets", "dropped"}) {
                row[list] = json::array();
            }
            HZ_CHECK(addFilings(task, row["filings"]));
            if (m_counted.contains(task.task)) {
                HZ_CHECK(addTargets(task.task, row));
            }
            if (!row["filings"].empty() || !row["targets"].empty() || !row["dropped"].empty()) {
                counts.push_back(std::move(row));
            }
        }
        return counts;
    }

private:
    Result<void> addFilings(const WindowTask& task, json& filings) {
        for (const WindowFiling& filing : task.filings) {
            HZ_TRY(const json done, figureOf(m_home, filing.reading, "done_count", m_before));
            if (wasSubmittedBefore(filing.reading, m_before) && !done.is_null()) {
                filings.push_back(
                    {{"filing", filing.record.hex()}, {"unit", filing.unit.hex()}, {"done_count", done}});
            }
        }
        return {};
    }
    Result<void> addTargets(const RecordId& task, json& row) {
        HZ_TRY(const ledger::TaskTallies all, ledger::taskTallies(m_home, m_succession, task, std::nullopt));
        row["together"] = all.isTogether;
        SumsByUnit dropped;
        for (const ledger::TargetTallies& target : all.targets) {
            SumsByUnit others;
            json tallies = json::array();
            for (const RecordId& record : target.records) {
                HZ_TRY(const std::optional<CountedTally> one, countedTally(m_home, record, m_before));
                if (one && !target.isDropped && one->window == m_window) {
                    tallies.push_back(one->content());
                } else if (one) {
                    HZ_CHECK((target.isDropped ? dropped : others)[one->unit].add(m_home, *one));
                }
            }
            if (!tallies.empty() || !others.empty()) {
                row["targets"].push_back(
                    {{"words", target.key}, {"tallies", std::move(tallies)}, {"others", contentOf(others)}});
            }
        }
        row["dropped"] = contentOf(dropped);
        return {};
    }

    Home& m_home;
    ledger::Succession& m_succession;
    std::string m_window;
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
           isFigure(one, "done") && isFigure(one, "cases") && isFigure(one, "percent");
}

bool isSum(const json& one) {
    return one.is_object() && isText(one, "unit") && isFigure(one, "records") && isFigure(one, "done") &&
           isFigure(one, "cases") && isFigure(one, "percent") && one.contains("percent_window");
}

bool isTarget(const json& one) {
    return one.is_object() && isText(one, "words") && isList(one, "tallies", isTally) &&
           isList(one, "others", isSum);
}

bool isTaskOfCounts(const json& one) {
    return one.is_object() && isText(one, "task") && isList(one, "filings", isFiling) &&
           isList(one, "targets", isTarget) && isList(one, "dropped", isSum);
}

// -- looked up

RecordId recordIn(const json& one, const char* key) {
    return RecordId::fromHexText(one[key].get<std::string>()).value_or(RecordId{});
}

class CountCheck {
public:
    CountCheck(Home& home, const json& content, FrozenCheck& check)
        : m_home(home),
          m_succession(home.state()),
          m_window(content["window"].get<std::string>()),
          m_before(content["position"].get<std::uint64_t>()),
          m_check(check) {}

    Result<void> run(const json& counts, const json& now) {
        std::map<RecordId, const json*> tasks;
        for (const json& task : counts) {
            if (!tasks.emplace(recordIn(task, "task"), &task).second) {
                m_check.wrong.push_back(
                    {recordIn(task, "task"), {}, "counts: the task stands in it twice", {}});
            }
            for (const json& filing : task["filings"]) {
                HZ_CHECK(checkFiling(task, filing));
            }
            for (const json& target : task["targets"]) {
                for (const json& tally : target["tallies"]) {
                    HZ_CHECK(checkTally(task, target, tally));
                }
            }
        }
        for (const json& task : now) {
            tasks.emplace(recordIn(task, "task"), nullptr);
            for (const json& filing : task["filings"]) {
                HZ_CHECK(checkLeftOut(task, filing));
            }
            for (const json& target : task["targets"]) {
                for (const json& tally : target["tallies"]) {
                    HZ_CHECK(checkMore(task, tally));
                }
            }
        }
        for (const auto& [task, row] : tasks) {
            HZ_CHECK(checkSums(task, row));
        }
        return {};
    }

private:
    [[nodiscard]] static FrozenFinding about(const json& task, const json& one, std::string why) {
        return {recordIn(task, "task"), recordIn(one, "unit"), std::move(why), {}};
    }
    // Once each; `place`: the words it counts towards.
    bool name(const json& task, const json& one, const char* key, const std::string& place) {
        const bool isFirst = m_named.emplace(recordIn(one, key), place).second;
        if (!isFirst) {
            m_check.wrong.push_back(about(task, one, "counts: the record stands in it twice"));
        }
        return isFirst;
    }
    // The numbers of one record; a figure that is null is one that nobody had set.
    Result<void> checkFigures(const RecordReading& reading, const json& one,
                              std::initializer_list<const char*> fields, const FrozenFinding& wrong) {
        bool isSame = true;
        bool isKnown = true;
        for (const char* field : fields) {
            HZ_TRY(const json then, figureOf(m_home, reading, field, m_before));
            const bool isFieldSame = then == one[field];
            isSame = isSame && isFieldSame;
            isKnown = isKnown && (isFieldSame || !isWrittenSince(reading, field, m_before));
        }
        if (isSame) {
            ++m_check.proved;
            return {};
        }
        HZ_TRY(const bool isDeleted, isDeletedSince(reading.record.id));
        FrozenFinding finding = wrong;
        finding.why += isKnown && !isDeleted ? ": by the log the figures were others"
                                             : ": the figures were written anew since";
        (isKnown && !isDeleted ? m_check.wrong : m_check.changed).push_back(std::move(finding));
        return {};
    }
    // What was deleted and written anew has lost its increments here; the log still has both.
    Result<bool> isDeletedSince(const RecordId& record) {
        HZ_TRY(const std::vector<ledger::HistoryRow> history, ledger::history(m_home, record));
        return std::ranges::any_of(history, [&](const ledger::HistoryRow& row) {
            return row.field == schema::kDeletedCell && row.position.value_or(m_before) >= m_before;
        });
    }
    Result<void> checkFiling(const json& task, const json& filing) {
        if (!name(task, filing, "filing", {})) {
            return {};
        }
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
    // `filing`: one of now.
    Result<void> checkLeftOut(const json& task, const json& filing) {
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(recordIn(filing, "filing")));
        HZ_TRY(const json then,
               reading ? figureOf(m_home, *reading, "done_count", m_before) : Result<json>(json()));
        if (!then.is_null() && wasSubmittedBefore(*reading, m_before) &&
            !m_named.contains(recordIn(filing, "filing"))) {
            m_check.wrong.push_back(about(task, filing, "done_count: the snapshot leaves it out"));
        }
        return {};
    }
    Result<void> checkTally(const json& task, const json& target, const json& tally) {
        if (!name(task, tally, "record", target["words"].get<std::string>())) {
            return {};
        }
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(recordIn(tally, "record")));
        if (!reading) {
            m_check.absent.push_back(about(task, tally, "tally: the record is not here"));
            return {};
        }
        const sync::RecordKey& key = reading->record.key;
        if (key.registerName != ledger::kTallyRegister || ledger::keyText(key, "window") != m_window ||
            task["task"] != ledger::keyText(key, "task").value_or("") ||
            tally["unit"] != ledger::keyText(key, "unit").value_or("") ||
            tally["target"] != ledger::keyText(key, "target").value_or("")) {
            m_check.wrong.push_back(
                about(task, tally, "tally: it is of another unit, task, window or target"));
            return {};
        }
        return checkFigures(*reading, tally, {"done", "cases", "percent"}, about(task, tally, "tally"));
    }
    // `tally`: one of this window, as it is now.
    Result<void> checkMore(const json& task, const json& tally) {
        HZ_TRY(const std::optional<CountedTally> then,
               countedTally(m_home, recordIn(tally, "record"), m_before));
        if (!then || then->content() != tally) {
            m_check.changed.push_back(about(task, tally, "counted for the window since"));
        }
        return {};
    }

    // -- what is summed up

    using Place =
        std::pair<std::string, std::string>;  // the words it counts towards, empty: dropped; the unit
    // What the snapshot says of a place, and what the log does.
    struct Sums {
        json frozen, then;
        [[nodiscard]] static json number(const json& sum, const char* field) {
            return sum.is_null() || sum[field].is_null() ? json(0) : sum[field];
        }
    };

    // `row`: of the snapshot; null: it says nothing of the task.
    Result<void> checkSums(const RecordId& task, const json* row) {
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(task));
        if (!reading || reading->isGone || reading->record.key.registerName != "task") {
            m_check.absent.push_back({task, {}, "counts: the task is not here", {}});
            return {};
        }
        HZ_TRY(const bool isMoved, areTargetsMovedSince(*reading));
        std::map<Place, Sums> places;
        HZ_CHECK(addSumsOfLog(*reading, isMoved, places));
        if (row != nullptr) {
            for (const json& target : (*row)["targets"]) {
                addFrozen(*row, target["others"], target["words"].get<std::string>(), places);
            }
            addFrozen(*row, (*row)["dropped"], {}, places);
        }
        std::map<std::string, bool> units;  // whether every place of the unit is as it was
        for (const auto& [place, sums] : places) {
            const bool isSame = sums.frozen == sums.then;
            units.emplace(place.second, true).first->second &= isSame;
            m_check.proved += isSame ? 1 : 0;
        }
        for (const auto& [unit, isSame] : units) {
            if (!isSame) {
                HZ_CHECK(judge(task, unit, isMoved, places));
            }
        }
        return {};
    }
    Result<void> addSumsOfLog(const RecordReading& task, bool isMoved, std::map<Place, Sums>& places) {
        HZ_TRY(const ledger::TaskTallies all, ledger::taskTallies(m_home, m_succession, task, std::nullopt));
        std::map<Place, SumOfTallies> sums;
        for (const ledger::TargetTallies& target : all.targets) {
            const std::string words = target.isDropped ? std::string() : target.key;
            for (const RecordId& record : target.records) {
                HZ_TRY(const std::optional<CountedTally> one, countedTally(m_home, record, m_before));
                const auto named = m_named.find(record);
                if (one && named == m_named.end()) {
                    HZ_CHECK((sums[{words, one->unit}].add(m_home, *one)));
                } else if (one && named->second != words) {
                    const RecordId unit = RecordId::fromHexText(one->unit).value_or(RecordId{});
                    (isMoved ? m_check.changed : m_check.wrong)
                        .push_back({task.record.id, unit, "tally: it counts towards another target now", {}});
                }
            }
        }
        for (const auto& [place, sum] : sums) {
            places[place].then = sum.content(place.second);
        }
        return {};
    }
    void addFrozen(const json& task, const json& list, const std::string& words,
                   std::map<Place, Sums>& places) {
        for (const json& sum : list) {
            json& frozen = places[{words, sum["unit"].get<std::string>()}].frozen;
            if (!frozen.is_null()) {
                m_check.wrong.push_back(about(task, sum, "counts: the unit stands in it twice"));
            }
            frozen = sum;
        }
    }
    // The places of a unit are not as the snapshot has them.
    Result<void> judge(const RecordId& task, const std::string& unit, bool isMoved,
                       const std::map<Place, Sums>& places) {
        Sums total{{{"records", 0}, {"done", 0}, {"cases", 0}}, {{"records", 0}, {"done", 0}, {"cases", 0}}};
        for (const auto& [place, sums] : places) {
            for (const char* field : {"records", "done", "cases"}) {
                if (place.second == unit) {
                    addNumber(total.frozen[field], Sums::number(sums.frozen, field));
                    addNumber(total.then[field], Sums::number(sums.then, field));
                }
            }
        }
        FrozenFinding finding{task, RecordId::fromHexText(unit).value_or(RecordId{}), {}, {}};
        HZ_TRY(const Since since, rewrittenSince(task, unit));
        const bool isSameInAll = total.frozen == total.then;
        if (since == Since::deleted || (since == Since::percentWritten && isSameInAll)) {
            finding.why = "counts: figures were deleted or written anew since";
        } else if (isMoved && isSameInAll) {
            finding.why = "counts: they count towards other targets now";
        } else {
            finding.why = "counts: the log has others than the snapshot sums up";
            m_check.wrong.push_back(std::move(finding));
            return {};
        }
        m_check.changed.push_back(std::move(finding));
        return {};
    }
    enum class Since : std::uint8_t { nothing, percentWritten, deleted };
    Result<Since> rewrittenSince(const RecordId& task, const std::string& unit) {
        Since since = Since::nothing;
        HZ_CHECK(m_home.state().eachNaming(
            ledger::kTallyRegister, task.hex(), [&](RecordReading&& reading) -> Result<void> {
                if (since == Since::deleted || ledger::keyId(reading.record.key, "task") != task ||
                    ledger::keyText(reading.record.key, "unit") != unit) {
                    return {};
                }
                HZ_TRY(const bool isDeleted, isDeletedSince(reading.record.id));
                if (isDeleted) {
                    since = Since::deleted;
                } else if (isWrittenSince(reading, "percent", m_before)) {
                    since = Since::percentWritten;
                }
                return {};
            }));
        return since;
    }
    // The task's text demands something else, or the office has said what goes on with what.
    Result<bool> areTargetsMovedSince(const RecordReading& task) {
        bool isMoved =
            isWrittenSince(task, "content", m_before) || isWrittenSince(task, "indicator", m_before);
        HZ_CHECK(m_home.state().eachNaming(
            "target", task.record.id.hex(), [&](RecordReading&& reading) -> Result<void> {
                isMoved = isMoved || reading.isGone || isWrittenSince(reading, "continued_as", m_before);
                return {};
            }));
        return isMoved;
    }

    Home& m_home;
    ledger::Succession m_succession;
    std::string m_window;
    std::uint64_t m_before;
    FrozenCheck& m_check;
    std::map<RecordId, std::string> m_named;  // one by one, with the words each counts towards
};

}  // namespace

Result<json> frozenCounts(Home& home, ledger::Succession& succession, const RecordId& window,
                          const std::vector<WindowTask>& tasks, std::uint64_t before) {
    return CountFreezer(home, succession, window, before).read(tasks);
}

bool areCounts(const json& counts) {
    return counts.is_array() && std::ranges::all_of(counts, isTaskOfCounts);
}

Result<std::string> countsInWords(Home& home, const json& counts) {
    std::map<std::string, std::size_t> units;
    std::size_t all = 0;
    const auto count = [&](const json& list) {
        for (const json& one : list) {
            ++units[one["unit"].get<std::string>()];
            ++all;
        }
    };
    for (const json& task : counts) {
        count(task["filings"]);
        count(task["dropped"]);
        for (const json& target : task["targets"]) {
            count(target["tallies"]);
            count(target["others"]);
        }
    }
    const auto most = std::ranges::max_element(units, {}, [](const auto& unit) { return unit.second; });
    if (most == units.end()) {
        return std::string("no counts");
    }
    HZ_TRY(const std::string name,
           ledger::unitName(home.state(), RecordId::fromHexText(most->first).value_or(RecordId{})));
    return std::to_string(all) + " counts, the most of " + name + " (" + std::to_string(most->second) + ")";
}

Result<void> checkCounts(Home& home, const json& content, const json& now, FrozenCheck& check) {
    return CountCheck(home, content, check).run(content["counts"], now);
}

}  // namespace hezhang::office
