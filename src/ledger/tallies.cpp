// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/tallies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "src/ledger/chinese_text.h"
#include "src/ledger/names.h"
#include "src/ledger/one_transaction.h"

namespace hezhang::ledger {

using sync::RecordReading;

namespace {

constexpr std::size_t kContinuationsMax = 16;  // one after the other: what comes then is not followed

std::int64_t timesInAYear(const Target& target) {
    static constexpr std::array<std::pair<std::string_view, int>, 5> kTimes{
        {{"yearly", 1}, {"half-yearly", 2}, {"quarterly", 4}, {"monthly", 12}, {"weekly", 52}}};
    const auto* const known =
        std::ranges::find(kTimes, std::string_view(target.unit), &std::pair<std::string_view, int>::first);
    return known == kTimes.end() ? 0 : known->second;
}

double neededOf(const Target& target) {
    switch (target.kind) {
    case TargetKind::ratio:
    case TargetKind::count:
        return target.value;
    case TargetKind::clock:
        return 100;
    case TargetKind::recurrence:
        return target.value * static_cast<double>(timesInAYear(target));
    }
    return 0;
}

bool isAtMost(const Target& target) {
    return target.comparison == TargetComparison::atMost && target.kind != TargetKind::clock;
}

std::string unitWord(const Target& target) {
    return target.kind == TargetKind::count ? target.unit : "次";
}

constexpr double kNumberMost = 1e12;

std::string numberWord(double value) {
    // Whatever was counted; beyond it no number says anything.
    const auto tenths = std::llround(std::clamp(value, -kNumberMost, kNumberMost) * 10);
    const auto whole = std::abs(tenths);
    return (tenths < 0 ? "-" : "") + std::to_string(whole / 10) +
           (whole % 10 == 0 ? "" : "." + std::to_string(whole % 10));
}

std::int64_t sumOf(const RecordReading& reading, std::string_view cell) {
    const auto found = reading.cells.find(cell);
    return found == reading.cells.end() ? 0 : found->second.view.sum;
}

std::optional<std::int64_t> percentOf(const RecordReading& reading) {
    const auto found = reading.cells.find("percent");
    return found == reading.cells.end() ? std::nullopt : found->second.view.shown.asInteger();
}

void addTo(Tally& sum, const Tally& one) {
    sum.done = addClamped(sum.done, one.done);
    sum.cases = addClamped(sum.cases, one.cases);
    sum.isCounted = sum.isCounted || one.isCounted;
    if (one.percent && one.cases == 0) {
        sum.percent = std::min(sum.percent.value_or(100), *one.percent);
    }
}

Tally tallyIn(const std::map<RecordId, Tally>& tallies, const RecordId& unit) {
    const auto found = tallies.find(unit);
    return found == tallies.end() ? Tally{} : found->second;
}

// Reads one task's.
class TallyReader {
public:
    TallyReader(Home& home, Succession& succession, const RecordReading& task,
                const std::optional<RecordId>& window)
        : m_home(home), m_succession(succession), m_task(task), m_window(window) {}

    Result<TaskTallies> read() {
        HZ_TRY(const std::vector<UnitPart> parts, partsIn(m_succession, m_task));
        m_result.isTogether = std::ranges::any_of(parts, [](auto& part) { return part.role == "lead"; });
        HZ_TRY(const sync::ScopeState scopes, m_home.replica().scopeState());
        const bool isShared =
            std::ranges::find(scopes.held, taskScope(m_task.record.id)) != scopes.held.end() &&
            isTaskShared();
        m_result.isWhole = isShared || sync::holdsScope(scopes.held, "any");
        for (const char* field : {"content", "indicator"}) {
            addTargets(cellText(m_task, field));
        }
        const std::size_t inText = m_result.targets.size();
        HZ_CHECK(readContinuations());
        HZ_CHECK(
            m_home.state().eachNaming(kTallyRegister, m_task.record.id.hex(), [&](RecordReading&& reading) {
                return reading.isGone || keyId(reading.record.key, "task") != m_task.record.id
                           ? Result<void>()
                           : addTally(reading);
            }));
        std::sort(m_result.targets.begin() + static_cast<std::ptrdiff_t>(inText), m_result.targets.end(),
                  [](auto& a, auto& b) { return a.key < b.key; });
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool isTaskShared() const {
        const auto shared = m_task.cells.find("shared");
        return shared != m_task.cells.end() && shared->second.view.shown.asBoolean().value_or(false);
    }
    // By its words: anybody may have counted under thousands of them.
    TargetTallies* targetOf(const std::string& key) {
        const auto found = m_places.find(key);
        return found == m_places.end() ? nullptr : &m_result.targets[found->second];
    }
    TargetTallies& addTarget(const std::string& key, Target target, bool isDropped) {
        m_places.emplace(key, m_result.targets.size());
        m_result.targets.push_back({key, std::move(target), isDropped, {}, {}, {}, {}, {}});
        return m_result.targets.back();
    }
    void addTargets(const std::string& text) {
        for (Target& target : targetsIn(text)) {
            const std::string key = wordsKey(target.words);
            if (targetOf(key) == nullptr) {
                addTarget(key, std::move(target), false);
            }
        }
    }
    // What is no longer in the text is read from its words once more.
    TargetTallies& dropped(const std::string& key) {
        if (TargetTallies* const known = targetOf(key)) {
            return *known;
        }
        std::vector<Target> read = targetsIn(key);
        Target target = read.empty() ? Target{} : std::move(read.front());
        target.words = key;
        return addTarget(key, std::move(target), true);
    }
    Result<void> readContinuations() {
        const std::string task = m_task.record.id.hex();
        return m_home.state().eachNaming("target", task, [&](RecordReading&& reading) -> Result<void> {
            const std::string as = cellText(reading, "continued_as");
            if (!reading.isGone && !as.empty() && keyText(reading.record.key, "task") == task) {
                m_continued[keyText(reading.record.key, "words").value_or("")] = as;
            }
            return {};
        });
    }
    // Where the tallies of a key count: itself while it is in the text, else what goes on with it.
    TargetTallies& placeOf(const std::string& key) {
        std::string at = key;
        for (std::size_t i = 0; i < kContinuationsMax; ++i) {
            if (TargetTallies* const target = targetOf(at); target != nullptr && !target->isDropped) {
                if (at != key && m_taken.insert(key).second) {
                    target->continued.push_back(key);
                }
                return *target;
            }
            const auto next = m_continued.find(at);
            if (next == m_continued.end()) {
                break;
            }
            at = next->second;
        }
        return dropped(key);
    }
    Result<void> addTally(const RecordReading& reading) {
        const sync::RecordKey& key = reading.record.key;
        const Tally one{sumOf(reading, "done"), sumOf(reading, "cases"), std::nullopt,
                        !reading.cells.empty()};
        const RecordId unit = keyId(key, "unit").value_or(RecordId{});
        HZ_TRY(const RecordId standing, m_succession.standing(unit));
        HZ_TRY(const std::set<RecordId> heirs, m_succession.heirs(unit));
        const auto window = keyId(key, "window");
        TargetTallies& target = placeOf(keyText(key, "target").value_or(""));
        HZ_TRY(
            const std::optional<sync::RecordRow> row,
            window ? m_home.store().record(*window) : Result<std::optional<sync::RecordRow>>(std::nullopt));
        const std::string closes = row ? keyText(row->key, "closes").value_or("") : "";
        const Stated stated{closes, percentOf(reading)};
        target.records.push_back(reading.record.id);
        add(target.byUnit, m_ofUnits[target.key], standing, one, stated);
        for (const RecordId& heir : heirs) {
            add(target.byHeir, m_ofHeirs[target.key], heir, one, stated);
            if (m_window && window == m_window) {
                add(target.inWindow, m_ofWindow[target.key], heir, one, stated);
            }
        }
        return {};
    }
    // A percent that a unit stated, and the day its window closes.
    struct Stated {
        std::string closes;
        std::optional<std::int64_t> percent;
    };
    using LatestOf = std::map<RecordId, Stated>;  // by unit
    static void add(std::map<RecordId, Tally>& tallies, LatestOf& latestOf, const RecordId& unit,
                    const Tally& one, const Stated& stated) {
        Tally& sum = tallies[unit];
        addTo(sum, one);
        if (stated.percent) {
            Stated& latest = latestOf[unit];
            if (!latest.percent || latest.closes < stated.closes) {
                latest = stated;
            } else if (latest.closes == stated.closes) {
                latest.percent = std::min(*latest.percent, *stated.percent);
            }
            sum.percent = latest.percent;
        }
    }

    Home& m_home;
    Succession& m_succession;
    const RecordReading& m_task;
    std::optional<RecordId> m_window;
    TaskTallies m_result;
    std::map<std::string, std::size_t> m_places;  // in m_result.targets, by key
    std::map<std::string, std::string> m_continued;
    std::set<std::string> m_taken;  // keys that count towards another target
    std::map<std::string, LatestOf> m_ofUnits, m_ofHeirs, m_ofWindow;  // by key of the target
};

Result<RecordReading> readTask(Home& home, const RecordId& task) {
    HZ_TRY(std::optional<RecordReading> reading, home.state().read(task));
    if (!reading || reading->isGone || reading->record.key.registerName != "task") {
        return fail(ErrorCode::unknownRecord, "the task is not here");
    }
    return std::move(*reading);
}

Result<void> checkTally(const TallyEdit& edit, const Target& target, const Tally& before) {
    const Measure measure = measureOf(target);
    if (measure == Measure::none) {
        return fail(ErrorCode::badInput, "this target is not counted: report on it in words");
    }
    if (edit.done == 0 && edit.cases == 0 && !edit.percent) {
        return fail(ErrorCode::badInput, "nothing is counted: give how many more");
    }
    if (measure == Measure::times && (edit.cases != 0 || edit.percent)) {
        return fail(ErrorCode::badInput, "this target counts times: give only how many more");
    }
    const std::int64_t done = addClamped(before.done, edit.done);
    const std::int64_t cases = addClamped(before.cases, edit.cases);
    if (done < 0 || cases < 0) {
        return fail(ErrorCode::badInput, "that would leave less than nothing: " +
                                             std::to_string(before.done) + " were counted so far");
    }
    if (measure == Measure::share && done > cases) {
        return fail(ErrorCode::badInput, "that would be " + std::to_string(done) + " of " +
                                             std::to_string(cases) + " cases: count the cases too");
    }
    return {};
}

Result<sync::EditAnswer> writeTally(Home& home, const sync::RecordKey& key, std::string_view cell,
                                    sync::OpKind kind, std::int64_t value) {
    EditRequest request;
    request.registerName = key.registerName;
    request.key = nlohmann::json::object();
    for (const auto& [field, text] : key.fields) {
        request.key[field] = text.asText().value_or("");
    }
    request.field = cell;
    request.kind = kind;
    request.json = value;
    return home.edit(request);
}

constexpr std::int64_t kCountMax = 1'000'000'000;

bool isInRange(std::int64_t count) {
    return count >= -kCountMax && count <= kCountMax;
}

}  // namespace

std::int64_t addClamped(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) {
        return a < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    }
    return sum;
}

std::string_view name(Measure measure) {
    switch (measure) {
    case Measure::none:
        return "none";
    case Measure::times:
        return "times";
    case Measure::share:
        return "share";
    }
    return "";
}

Measure measureOf(const Target& target) {
    switch (target.kind) {
    case TargetKind::ratio:
    case TargetKind::clock:
        return Measure::share;
    case TargetKind::count:
        return target.value > 0 ? Measure::times : Measure::none;
    case TargetKind::recurrence:
        return timesInAYear(target) > 0 ? Measure::times : Measure::none;
    }
    return Measure::none;
}

std::optional<double> Tally::share() const {
    if (cases <= 0) {
        return percent ? std::optional(static_cast<double>(*percent)) : std::nullopt;
    }
    const double counted = 100.0 * static_cast<double>(done) / static_cast<double>(cases);
    return percent ? std::min(counted, static_cast<double>(*percent)) : counted;
}

Standing standingOf(const Target& target, const Tally& tally) {
    Standing standing;
    standing.needed = neededOf(target);
    const bool isTimes = measureOf(target) == Measure::times;
    const std::optional<double> have =
        isTimes ? std::optional(static_cast<double>(tally.done)) : tally.share();
    standing.isMet = have && (isAtMost(target) ? *have <= standing.needed : *have >= standing.needed);
    if (isAtMost(target)) {
        return standing;
    }
    const double all = isTimes ? standing.needed : static_cast<double>(tally.cases) * standing.needed / 100;
    constexpr double kShownMax = 1e15;
    const double missing = std::ceil(all - 1e-9) - static_cast<double>(tally.done);
    standing.missing = static_cast<std::int64_t>(std::clamp(missing, 0.0, kShownMax));
    return standing;
}

std::string standingWords(const Target& target, const Tally& tally) {
    const Standing standing = standingOf(target, tally);
    if (!tally.isCounted) {
        return "尚未计数";
    }
    const std::string bound = isAtMost(target) ? "不超过" : "";
    if (measureOf(target) == Measure::times) {
        const std::string unit = unitWord(target);
        const std::string words = bound + numberWord(standing.needed) + unit +
                                  (bound.empty() ? "中已有" : "，已有") + std::to_string(tally.done) + unit;
        return words + (standing.missing > 0 ? "，还差" + std::to_string(standing.missing) + unit : "");
    }
    std::string words;
    if (tally.cases > 0) {
        words = std::to_string(tally.cases) + "件中" + std::to_string(tally.done) + "件，" +
                numberWord(100.0 * static_cast<double>(tally.done) / static_cast<double>(tally.cases)) + "%";
    }
    if (tally.percent) {
        words += (words.empty() ? "" : "，另有填报") + std::to_string(*tally.percent) + "%";
    }
    return words + "，要求" + bound + numberWord(standing.needed) + "%";
}

Tally TargetTallies::of(const RecordId& unit) const {
    return tallyIn(byHeir, unit);
}

Tally TargetTallies::ownOf(const RecordId& unit) const {
    return tallyIn(byUnit, unit);
}

Tally TargetTallies::inWindowOf(const RecordId& unit) const {
    return tallyIn(inWindow, unit);
}

Tally TargetTallies::total() const {
    Tally sum;
    for (const auto& [unit, one] : byUnit) {
        addTo(sum, one);
    }
    return sum;
}

Tally TaskTallies::measured(const TargetTallies& target, const RecordId& unit) const {
    return isTogether ? target.total() : target.of(unit);
}

std::vector<const TargetTallies*> TaskTallies::unmetBy(const RecordId& unit) const {
    std::vector<const TargetTallies*> unmet;
    for (const TargetTallies& target : targets) {
        const Tally tally = measured(target, unit);
        const bool isAsked = !target.isDropped && measureOf(target.target) != Measure::none;
        if (isAsked && tally.isCounted && !standingOf(target.target, tally).isMet) {
            unmet.push_back(&target);
        }
    }
    return unmet;
}

Result<const TargetTallies*> TaskTallies::find(std::string_view numberOrWords) const {
    const std::optional<int> number =
        numberOrWords.size() <= 3 ? numberFrom(toUtf16(numberOrWords)) : std::nullopt;
    if (number && *number >= 1 && static_cast<std::size_t>(*number) <= targets.size()) {
        return &targets[static_cast<std::size_t>(*number) - 1];
    }
    const auto found = std::ranges::find(targets, wordsKey(numberOrWords), &TargetTallies::key);
    if (found == targets.end()) {
        return fail(ErrorCode::notFound, "the task has no target '" + std::string(numberOrWords) + "'");
    }
    return &*found;
}

Result<TaskTallies> taskTallies(Home& home, Succession& succession, const RecordReading& task,
                                const std::optional<RecordId>& window) {
    return TallyReader(home, succession, task, window).read();
}

Result<TaskTallies> taskTallies(Home& home, Succession& succession, const RecordId& task,
                                const std::optional<RecordId>& window) {
    HZ_TRY(const RecordReading reading, readTask(home, task));
    return taskTallies(home, succession, reading, window);
}

Result<RecordId> tally(Home& home, const TallyEdit& edit) {
    if (!isInRange(edit.done) || !isInRange(edit.cases)) {
        return fail(ErrorCode::badInput, "a count is " + std::to_string(kCountMax) + " at most");
    }
    return inOneTransaction(home, [&]() -> Result<RecordId> {
        Succession succession(home.state());
        HZ_TRY(const TaskTallies tallies, taskTallies(home, succession, edit.task, std::nullopt));
        HZ_TRY(const TargetTallies* const target, tallies.find(edit.target));
        HZ_TRY(const RecordId standing, succession.standing(edit.unit));
        HZ_CHECK(checkTally(edit, target->target, target->ownOf(standing)));
        nlohmann::json fields{{"task", edit.task.hex()}, {"unit", edit.unit.hex()}, {"target", target->key}};
        if (!edit.window.isNone()) {
            fields["window"] = edit.window.hex();
        }
        HZ_TRY(const sync::RecordKey key, home.keyOf(kTallyRegister, fields));
        for (const auto& [cell, more] : {std::pair("done", edit.done), std::pair("cases", edit.cases)}) {
            if (more != 0) {
                HZ_TRY([[maybe_unused]] const auto counted,
                       writeTally(home, key, cell, sync::OpKind::increment, more));
            }
        }
        if (edit.percent) {
            HZ_TRY([[maybe_unused]] const auto stated,
                   writeTally(home, key, "percent", sync::OpKind::assign, *edit.percent));
        }
        return home.idOf(key);
    });
}

Result<sync::EditAnswer> continueTarget(Home& home, const TargetContinuation& continuation) {
    return inOneTransaction(home, [&]() -> Result<sync::EditAnswer> {
        Succession succession(home.state());
        HZ_TRY(const TaskTallies tallies, taskTallies(home, succession, continuation.task, std::nullopt));
        const std::string droppedKey = wordsKey(continuation.dropped);
        const bool isContinued = std::ranges::any_of(tallies.targets, [&](const TargetTallies& target) {
            return std::ranges::find(target.continued, droppedKey) != target.continued.end();
        });
        EditRequest request;
        request.registerName = "target";
        request.field = "continued_as";
        request.key = {{"task", continuation.task.hex()}, {"words", droppedKey}};
        if (!isContinued) {
            HZ_TRY(const TargetTallies* const from, tallies.find(continuation.dropped));
            if (!from->isDropped) {
                return fail(ErrorCode::badInput, "'" + from->target.words +
                                                     "' stands in the task's text: only what no longer does "
                                                     "is continued");
            }
            request.key["words"] = from->key;
        }
        if (!continuation.as.empty()) {
            HZ_TRY(const TargetTallies* const to, tallies.find(continuation.as));
            std::vector<Target> read = targetsIn(request.key["words"].get<std::string>());
            const Measure measure = read.empty() ? Measure::none : measureOf(read.front());
            if (to->isDropped) {
                return fail(ErrorCode::badInput,
                            "'" + to->key + "' does not stand in the task's text either");
            }
            if (measureOf(to->target) != measure) {
                return fail(ErrorCode::badInput, "one counts times and the other a share: count anew");
            }
            request.text = to->key;
        } else {
            request.text = "";
        }
        return home.edit(request);
    });
}

}  // namespace hezhang::ledger
