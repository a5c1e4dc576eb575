// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/names.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace hezhang::ledger {

using sync::Projection;

namespace {

constexpr std::size_t kStartDigitsMin = 6;

bool isHex(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// The candidates for the one-line error.
std::string listed(const std::vector<std::string>& candidates) {
    std::string text;
    for (std::size_t i = 0; i < candidates.size() && i < 10; ++i) {
        text += (i > 0 ? ", " : "") + candidates[i];
    }
    return text;
}

Result<std::optional<RecordId>> byIdText(Projection& state, std::string_view text, std::string_view registerName) {
    const auto id = RecordId::fromHexText(text);
    if (!id) {
        return std::optional<RecordId>{};
    }
    HZ_TRY(const std::optional<sync::RecordRow> record, state.store().record(*id));
    return record && record->key.registerName == registerName ? id : std::optional<RecordId>{};
}

Result<std::vector<sync::RecordReading>> presentOf(Projection& state, std::string_view registerName) {
    std::vector<sync::RecordReading> present;
    HZ_CHECK(state.each(registerName, [&](sync::RecordReading&& reading) -> Result<void> {
        if (!reading.isGone) {
            present.push_back(std::move(reading));
        }
        return {};
    }));
    return present;
}

// How a unit may be meant, the surest first.
enum class NameOfUnit : std::uint8_t { full, shorter, first };

bool isCalled(const NamedUnit& unit, NameOfUnit name, std::string_view text) {
    switch (name) {
    case NameOfUnit::full: return unit.name == text;
    case NameOfUnit::shorter:
        return std::find(unit.shortNames.begin(), unit.shortNames.end(), text) != unit.shortNames.end();
    case NameOfUnit::first: return unit.firstName == text;
    }
    return false;
}

}  // namespace

std::string cellText(const sync::RecordReading& reading, std::string_view field) {
    const auto cell = reading.cells.find(field);
    return cell == reading.cells.end() ? std::string() : std::string(cell->second.view.shown.asText().value_or(""));
}

std::string taskWords(const sync::RecordReading& task) {
    std::string item = cellText(task, "item");
    return item.empty() ? cellText(task, "content") : item;
}

std::vector<std::string> cellElements(const sync::RecordReading& reading, std::string_view field) {
    std::vector<std::string> elements;
    if (const auto cell = reading.cells.find(field); cell != reading.cells.end()) {
        for (const sync::Value& element : cell->second.view.elements) {
            elements.emplace_back(element.asText().value_or(""));
        }
    }
    return elements;
}

std::set<RecordId> unitsOfTask(const sync::RecordReading& task) {
    std::set<RecordId> units;
    for (const std::string_view role : kUnitRoles) {
        for (const std::string& element : cellElements(task, role)) {
            if (const auto unit = RecordId::fromHexText(element)) {
                units.insert(*unit);
            }
        }
    }
    return units;
}

Result<std::vector<UnitPart>> partsIn(Succession& succession, const sync::RecordReading& task) {
    std::vector<UnitPart> parts;
    std::set<RecordId> joined;   // that stand for another one too
    for (const std::string_view role : kUnitRoles) {
        for (const std::string& element : cellElements(task, role)) {
            const RecordId named = RecordId::fromHexText(element).value_or(RecordId{});
            HZ_TRY(const RecordId unit, succession.standing(named));
            if (unit != named) {
                joined.insert(unit);
            }
            const UnitPart part{unit, std::string(role)};
            if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
                parts.push_back(part);
            }
        }
    }
    // The roles stand in the order of their weight: of what came together only the first counts.
    std::set<RecordId> listed;
    std::erase_if(parts, [&](const UnitPart& part) {
        return !listed.insert(part.unit).second && joined.contains(part.unit);
    });
    return parts;
}

Result<std::set<RecordId>> standingUnitsOf(Succession& succession, const sync::RecordReading& task) {
    std::set<RecordId> standing;
    for (const RecordId& unit : unitsOfTask(task)) {
        HZ_TRY(const RecordId now, succession.standing(unit));
        standing.insert(now);
    }
    return standing;
}

std::int64_t keyInteger(const sync::RecordKey& key, std::string_view field) {
    for (const auto& [name, value] : key.fields) {
        if (name == field) {
            return value.asInteger().value_or(0);
        }
    }
    return 0;
}

Result<RecordId> findRecord(Projection& state, std::string_view text) {
    if (!isHex(text) || text.size() < kStartDigitsMin || text.size() > RecordId::kSize * 2) {
        return fail(ErrorCode::usage, "'" + std::string(text) + "' is not a record id or a start of one (6 hex digits at least)");
    }
    HZ_TRY(const std::vector<RecordId> found, state.store().recordsStartingWith(text));
    if (found.empty()) {
        return fail(ErrorCode::unknownRecord, "no record " + std::string(text) + " is here");
    }
    if (found.size() > 1) {
        std::vector<std::string> candidates;
        for (const RecordId& id : found) {
            candidates.push_back(id.hex());
        }
        return fail(ErrorCode::ambiguous, "several records start with " + std::string(text) + ": " + listed(candidates));
    }
    return found.front();
}

Result<std::string> shownText(Projection& state, const RecordId& record, std::string_view field) {
    HZ_TRY(const std::optional<sync::Value> value, state.shown(record, field));
    return value ? std::string(value->asText().value_or("")) : std::string();
}

Result<std::vector<NamedUnit>> units(Projection& state) {
    std::vector<NamedUnit> all;
    HZ_TRY(const std::vector<sync::RecordReading> present, presentOf(state, "unit"));
    std::map<std::string, int> successors;   // how many, by id
    for (const sync::RecordReading& reading : present) {
        for (const std::string& id : cellElements(reading, kPredecessorsCell)) {
            ++successors[id];
        }
    }
    for (const sync::RecordReading& reading : present) {
        NamedUnit unit;
        unit.id = reading.record.id;
        unit.name = cellText(reading, "name");
        unit.firstName = keyText(reading.record.key, "first_name").value_or("");
        if (unit.name.empty()) {
            unit.name = unit.firstName;
        }
        const int count = successors[unit.id.hex()];
        unit.isOver = count > 0 || !cellText(reading, "valid_to").empty();
        unit.isSplit = count > 1;
        unit.shortNames = cellElements(reading, "short_names");
        unit.kind = cellText(reading, "kind");
        unit.parent = RecordId::fromHexText(cellText(reading, "parent")).value_or(RecordId{});
        all.push_back(std::move(unit));
    }
    std::sort(all.begin(), all.end(), [](const NamedUnit& a, const NamedUnit& b) { return a.name < b.name; });
    return all;
}

Result<RecordId> findUnit(Projection& state, std::string_view text) {
    HZ_TRY(const std::optional<RecordId> byId, byIdText(state, text, "unit"));
    if (byId) {
        return *byId;
    }
    HZ_TRY(const std::vector<NamedUnit> all, units(state));
    for (const NameOfUnit name : {NameOfUnit::full, NameOfUnit::shorter, NameOfUnit::first}) {
        for (const bool isOver : {false, true}) {
            std::vector<const NamedUnit*> found;
            for (const NamedUnit& unit : all) {
                if (unit.isOver == isOver && isCalled(unit, name, text)) {
                    found.push_back(&unit);
                }
            }
            if (found.size() == 1 || (!found.empty() && name == NameOfUnit::full)) {
                return found.front()->id;
            }
            if (!found.empty()) {
                std::vector<std::string> candidates;
                for (const NamedUnit* unit : found) {
                    candidates.push_back(unit->name);
                }
                return fail(ErrorCode::ambiguous, "several units are called " + std::string(text) + ": " + listed(candidates));
            }
        }
    }
    if (isHex(text) && text.size() >= kStartDigitsMin) {
        HZ_TRY(const RecordId id, findRecord(state, text));
        HZ_TRY(const std::optional<RecordId> unit, byIdText(state, id.hex(), "unit"));
        if (unit) {
            return *unit;
        }
    }
    return fail(ErrorCode::unknownUnit, "there is no unit " + std::string(text));
}

Result<RecordId> findLedger(Projection& state, std::string_view text) {
    HZ_TRY(const std::optional<RecordId> byId, byIdText(state, text, "ledger"));
    if (byId) {
        return *byId;
    }
    HZ_TRY(const std::vector<sync::RecordReading> present, presentOf(state, "ledger"));
    std::int64_t newest = 0;
    for (const sync::RecordReading& reading : present) {
        newest = std::max(newest, keyInteger(reading.record.key, "year"));
    }
    std::vector<RecordId> found;
    std::vector<std::string> candidates;
    for (const sync::RecordReading& reading : present) {
        const std::string title = keyText(reading.record.key, "title").value_or("");
        const bool isMeant = text.empty() ? keyInteger(reading.record.key, "year") == newest
                                          : title == text || (isHex(text) && text.size() >= kStartDigitsMin &&
                                                              reading.record.id.hex().starts_with(text));
        if (isMeant) {
            found.push_back(reading.record.id);
            candidates.push_back(reading.record.id.hex() + " " + title);
        }
    }
    if (found.empty()) {
        return fail(ErrorCode::unknownRecord, text.empty() ? "there is no ledger yet" : "there is no ledger " + std::string(text));
    }
    if (found.size() > 1) {
        return fail(ErrorCode::ambiguous, "several ledgers are meant: " + listed(candidates));
    }
    return found.front();
}

Result<RecordId> findTask(Projection& state, std::string_view text, std::string_view ledgerText) {
    HZ_TRY(const std::optional<RecordId> byId, byIdText(state, text, "task"));
    if (byId) {
        return *byId;
    }
    std::int64_t serial = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), serial);
    const bool isSerial = parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
    // Six digits and more can only be a start of an id: no ledger has that many tasks.
    if (isSerial && text.size() < kStartDigitsMin) {
        HZ_TRY(const RecordId ledger, findLedger(state, ledgerText));
        HZ_TRY(const std::vector<sync::RecordReading> present, presentOf(state, "task"));
        for (const sync::RecordReading& reading : present) {
            if (keyId(reading.record.key, "ledger") == ledger && keyInteger(reading.record.key, "serial") == serial) {
                return reading.record.id;
            }
        }
        return fail(ErrorCode::unknownRecord, "the ledger has no task " + std::string(text));
    }
    HZ_TRY(const RecordId id, findRecord(state, text));
    HZ_TRY(const std::optional<RecordId> task, byIdText(state, id.hex(), "task"));
    if (!task) {
        return fail(ErrorCode::unknownRecord, "record " + id.hex() + " is not a task");
    }
    return *task;
}

Result<RecordId> findWindow(Projection& state, std::string_view text, std::string_view ledgerText) {
    HZ_TRY(const std::optional<RecordId> byId, byIdText(state, text, "window"));
    if (byId) {
        return *byId;
    }
    std::optional<RecordId> ledger;
    if (!ledgerText.empty()) {
        HZ_TRY(ledger, findLedger(state, ledgerText));
    }
    HZ_TRY(const std::vector<sync::RecordReading> present, presentOf(state, "window"));
    std::vector<RecordId> found;
    std::vector<std::string> candidates;
    for (const sync::RecordReading& reading : present) {
        const std::string closes = keyText(reading.record.key, "closes").value_or("");
        const bool isOpen = cellText(reading, "state") == "open";
        const bool isMeant = text.empty() ? isOpen : closes == text || (isHex(text) && text.size() >= kStartDigitsMin &&
                                                                        reading.record.id.hex().starts_with(text));
        if (isMeant && (!ledger || keyId(reading.record.key, "ledger") == *ledger)) {
            found.push_back(reading.record.id);
            candidates.push_back(closes + " (" + reading.record.id.hex() + ")");
        }
    }
    if (found.empty()) {
        if (text.empty()) {
            for (const sync::RecordReading& reading : present) {
                candidates.push_back(keyText(reading.record.key, "closes").value_or(""));
            }
            return fail(ErrorCode::ambiguous, "no window is open, name one" + (candidates.empty() ? "" : ": " + listed(candidates)));
        }
        return fail(ErrorCode::unknownRecord, "there is no window " + std::string(text));
    }
    if (found.size() > 1) {
        return fail(ErrorCode::ambiguous, "several windows are meant: " + listed(candidates));
    }
    return found.front();
}

Result<std::string> unitName(Projection& state, const RecordId& unit) {
    if (unit.isNone()) {
        return std::string();
    }
    HZ_TRY(std::string name, shownText(state, unit, "name"));
    if (name.empty()) {
        HZ_TRY(const std::optional<sync::RecordRow> record, state.store().record(unit));
        name = record ? keyText(record->key, "first_name").value_or("") : "";
    }
    return name;
}

Result<std::string> scopeWords(Projection& state, std::string_view scope) {
    if (const auto unit = idInScope(scope, kUnitScope)) {
        HZ_TRY(const std::string name, unitName(state, *unit));
        return "单位 " + (name.empty() ? unit->hex() : name);
    }
    const auto task = idInScope(scope, kTaskScope);
    if (!task) {
        static const std::map<std::string, std::string, std::less<>> kWords{
            {std::string(kCommonScope), "全县共用内容"},
            {std::string(kAllScopes), "全部内容"},
            {restrictedScope("paragraph"), "合并段落"},
            {restrictedScope("closing"), "报送期的封存件"}};
        const auto words = kWords.find(scope);
        return words == kWords.end() ? std::string(scope) : words->second;
    }
    HZ_TRY(const std::optional<sync::RecordReading> reading, state.read(*task));
    const std::int64_t serial = reading ? keyInteger(reading->record.key, "serial") : 0;
    return "任务 " + (serial == 0 ? task->hex() : std::to_string(serial) + " " + taskWords(*reading));
}

Result<std::string> unitLabel(Succession& succession, Projection& state, const RecordId& unit) {
    HZ_TRY(const std::string name, unitName(state, unit));
    HZ_TRY(const RecordId standing, succession.standing(unit));
    if (standing == unit) {
        return name;
    }
    HZ_TRY(const std::string now, unitName(state, standing));
    return name + "（现" + now + "）";
}

Result<std::string> personName(Projection& state, const RecordId& person) { return shownText(state, person, "name"); }

Result<RecordId> unitOfPerson(Projection& state, const RecordId& person) {
    HZ_TRY(const std::string unit, shownText(state, person, "unit"));
    return RecordId::fromHexText(unit).value_or(RecordId{});
}

std::optional<RecordId> matchUnit(std::span<const NamedUnit> all, std::string_view name) {
    const auto matches = [](std::string_view known, std::string_view asked) {
        if (known == asked) {
            return true;
        }
        // 区民政局, 西夏区民政局 and 民政局 are the same to a county: one is the end of the other, what stands before ends a level.
        const bool isShorter = known.size() > asked.size();
        const std::string_view whole = isShorter ? known : asked;
        const std::string_view end = isShorter ? asked : known;
        if (end.size() < 9 || !whole.ends_with(end)) {
            return false;
        }
        const std::string_view before = whole.substr(0, whole.size() - end.size());
        return before.ends_with("区") || before.ends_with("县") || before.ends_with("市") || before.ends_with("旗");
    };
    const auto isOne = [&](const NamedUnit& unit, bool isExact) {
        bool is = isExact ? unit.name == name : matches(unit.name, name);
        for (const std::string& shortName : unit.shortNames) {
            is = is || (isExact ? shortName == name : matches(shortName, name));
        }
        return is;
    };
    const auto wasOne = [&](const NamedUnit& unit) { return unit.firstName == name; };
    const std::array<std::function<bool(const NamedUnit&)>, 3> ways{
        [&](const NamedUnit& unit) { return isOne(unit, true); },
        [&](const NamedUnit& unit) { return isOne(unit, false); }, wasOne};
    for (const auto& isMeant : ways) {
        for (const bool isOver : {false, true}) {
            std::vector<RecordId> found;
            for (const NamedUnit& unit : all) {
                if (unit.isOver == isOver && isMeant(unit)) {
                    found.push_back(unit.id);
                }
            }
            if (!found.empty()) {
                // Where two are meant a person decides.
                return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
            }
        }
    }
    return std::nullopt;
}

std::vector<RecordId> expandGroup(std::span<const NamedUnit> all, std::string_view group) {
    const auto holds = [&](std::string_view part) { return group.find(part) != std::string_view::npos; };
    const bool isTowns = holds("镇") || holds("乡");
    const bool isStreets = holds("街");
    // 各单位 and 各有关单位 without more mean everybody who reports.
    const bool isAllUnits = holds("各单位");
    const bool isDepartments = holds("部门") || holds("局");
    const bool isInstitutions = holds("事业单位");
    std::vector<RecordId> members;
    for (const NamedUnit& unit : all) {
        const bool isMember = (isTowns && unit.kind == "town") || (isStreets && unit.kind == "street") ||
                              (isDepartments && unit.kind == "department") ||
                              (isInstitutions && unit.kind == "institution") ||
                              (isAllUnits && (unit.kind == "town" || unit.kind == "street" || unit.kind == "department"));
        if (isMember && !unit.isOver) {
            members.push_back(unit.id);
        }
    }
    return members;
}

}  // namespace hezhang::ledger
