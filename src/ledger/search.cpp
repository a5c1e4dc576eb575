// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/search.h"

#include <algorithm>
#include <array>
#include <set>

namespace hezhang::ledger {
namespace {

using sync::RecordReading;

constexpr std::array<std::string_view, 4> kFirstKinds{"task", "filing", "check", "comment"};

// One text of a record that search() looks into.
using VisitText = std::function<void(const std::string& field, const std::string& text)>;

void eachText(const RecordReading& reading, const VisitText& visit) {
    for (const auto& [field, value] : reading.record.key.fields) {
        const auto text = value.asText();
        if (text && field != "nonce" && field != "scope") {
            visit(field, std::string(*text));
        }
    }
    for (const auto& [field, cell] : reading.cells) {
        // Every live text: also the one a conflict does not show.
        for (const sync::LiveRow& row : cell.rows) {
            if (const auto text = row.value.asText()) {
                visit(field, std::string(*text));
            }
        }
    }
}

void addHits(const RecordReading& reading, const std::string& wanted, std::vector<SearchHit>& hits) {
    eachText(reading, [&](const std::string& field, const std::string& text) {
        if (foldedForSearch(text).find(wanted) != std::string::npos) {
            hits.push_back({reading.record.id, reading.record.key.registerName, field, text});
        }
    });
}

// Ids and hashes are not in the index.
bool canBePartOfAnId(std::string_view needle) {
    return std::all_of(needle.begin(), needle.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

// nullopt: the index is of no use for this.
std::optional<std::vector<IndexedRecord>> candidatesOf(Home& home, std::string_view needle) {
    if (!SearchIndex::canAnswer(needle)) {
        return std::nullopt;
    }
    auto index = SearchIndex::open(home);
    if (!index) {
        return std::nullopt;
    }
    for (;;) {
        const auto isDone = (*index)->catchUp(home);
        if (!isDone) {
            return std::nullopt;
        }
        if (*isDone) {
            break;
        }
    }
    auto found = (*index)->candidates(needle);
    return found ? std::optional(std::move(*found)) : std::nullopt;
}

Result<std::vector<IndexedRecord>> allRecords(Home& home) {
    HZ_TRY(const std::vector<sync::RecordRow> records, home.store().recordsOf(""));
    std::vector<IndexedRecord> all;
    for (const sync::RecordRow& record : records) {
        const RecordId task =
            record.key.registerName == "task" ? record.id : keyId(record.key, "task").value_or(RecordId{});
        all.push_back(
            {record.id, record.key.registerName, task, keyId(record.key, "unit").value_or(RecordId{})});
    }
    return all;
}

// -- filters

struct Filtering {
    SearchFilter filter;
    std::map<RecordId, std::string> sections;
    std::set<RecordId> tasks;  // that pass what is about tasks
    std::set<RecordId> tasksOfUnit;
    std::set<RecordId> units;  // the one that is asked for, and those it acts for
    [[nodiscard]] bool passes(const IndexedRecord& one) const {
        const bool isTask = one.registerName == "task";
        if (filter.unit && (isTask ? !tasksOfUnit.contains(one.task)
                                   : !units.contains(one.unit) && !units.contains(one.record))) {
            return false;
        }
        return !filter.isAboutTasks() || tasks.contains(one.task);
    }
};

bool passesAsTask(const RecordReading& task, const Filtering& filtering) {
    const SearchFilter& filter = filtering.filter;
    const std::string due = cellText(task, "due");
    const std::string status = cellText(task, "joint_status");
    const auto section = RecordId::fromHexText(cellText(task, "section"));
    const auto known = section ? filtering.sections.find(*section) : filtering.sections.end();
    const std::string title = known == filtering.sections.end() ? std::string() : known->second;
    const bool isDueAsked = !filter.dueFrom.empty() || !filter.dueBefore.empty();
    return (filter.section.empty() || title == filter.section) &&
           (!isDueAsked || (!due.empty() && due >= filter.dueFrom &&
                            (filter.dueBefore.empty() || due < filter.dueBefore))) &&
           (filter.status.empty() || (filter.status == "none" ? status.empty() : status == filter.status));
}

Result<Filtering> filteringOf(Home& home, const SearchFilter& filter) {
    Filtering filtering{filter, {}, {}, {}, {}};
    if (filter.unit) {
        Succession succession(home.state());
        HZ_TRY(filtering.units, succession.actsFor(*filter.unit));
    }
    HZ_CHECK(home.state().each("section", [&](RecordReading&& reading) -> Result<void> {
        if (!reading.isGone) {
            filtering.sections[reading.record.id] = cellText(reading, "title");
        }
        return {};
    }));
    if (!filter.unit && !filter.isAboutTasks()) {
        return filtering;
    }
    HZ_CHECK(home.state().each("task", [&](RecordReading&& task) -> Result<void> {
        if (passesAsTask(task, filtering)) {
            filtering.tasks.insert(task.record.id);
        }
        const std::set<RecordId> named = unitsOfTask(task);
        if (std::any_of(named.begin(), named.end(),
                        [&](const RecordId& unit) { return filtering.units.contains(unit); })) {
            filtering.tasksOfUnit.insert(task.record.id);
        }
        return {};
    }));
    return filtering;
}

// -- what is found

// The first text people read that holds it: a shown value before one that a conflict hides.
std::optional<std::pair<std::string, std::string>> hitIn(const schema::RegisterDef& def,
                                                         const RecordReading& reading,
                                                         std::string_view needle) {
    std::optional<std::pair<std::string, std::string>> hit;
    const auto isText = [&](const std::string& name) {
        const schema::FieldDef* field = def.keyField(name);
        field = field != nullptr ? field : def.cell(name);
        return field != nullptr && isSearchText(field->type);
    };
    for (const auto& [field, cell] : reading.cells) {
        const auto shown = cell.view.shown.asText();
        if (shown && isText(field) && foundAt(*shown, needle) != std::string::npos) {
            return std::pair(field, std::string(*shown));
        }
    }
    eachText(reading, [&](const std::string& field, const std::string& text) {
        if (!hit && isText(field) && foundAt(text, needle) != std::string::npos) {
            hit.emplace(field, text);
        }
    });
    return hit;
}

Result<std::string> nameOf(Home& home, const RecordId& id) {
    if (id.isNone()) {
        return std::string();
    }
    for (const std::string_view field : {"item", "name", "title", "content"}) {
        HZ_TRY(const std::optional<sync::Value> value, home.state().shown(id, field));
        if (value && value->asText() && !value->asText()->empty()) {
            return std::string(*value->asText());
        }
    }
    return std::string();
}

Result<std::optional<FoundRecord>> lookAt(Home& home, const IndexedRecord& one, std::string_view needle) {
    const schema::RegisterDef* def = home.registers().find(one.registerName);
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(one.record));
    const auto hit =
        def != nullptr && reading && !reading->isGone ? hitIn(*def, *reading, needle) : std::nullopt;
    if (!hit) {
        return std::optional<FoundRecord>();
    }
    FoundRecord found{one.record,
                      one.registerName,
                      one.task,
                      one.unit,
                      keyId(reading->record.key, "window").value_or(RecordId{}),
                      {},
                      {},
                      hit->first,
                      hit->second};
    HZ_TRY(found.title, nameOf(home, one.task.isNone() ? one.record : one.task));
    HZ_TRY(found.unitName, nameOf(home, one.unit));
    return std::optional(std::move(found));
}

std::size_t placeOfKind(std::string_view registerName) {
    return static_cast<std::size_t>(std::find(kFirstKinds.begin(), kFirstKinds.end(), registerName) -
                                    kFirstKinds.begin());
}

bool isBefore(const IndexedRecord& a, const IndexedRecord& b) {
    const std::size_t placeA = placeOfKind(a.registerName);
    const std::size_t placeB = placeOfKind(b.registerName);
    return std::tie(placeA, a.registerName, a.record) < std::tie(placeB, b.registerName, b.record);
}

}  // namespace

std::size_t foundAt(std::string_view text, std::string_view needle) {
    return foldedForSearch(text).find(foldedForSearch(needle));
}

Result<std::vector<SearchHit>> searchByScan(Home& home, std::string_view needle) {
    std::vector<SearchHit> hits;
    const std::string wanted = foldedForSearch(needle);
    HZ_CHECK(home.state().each("", [&](RecordReading&& reading) -> Result<void> {
        if (!reading.isGone && home.registers().find(reading.record.key.registerName) != nullptr) {
            addHits(reading, wanted, hits);
        }
        return {};
    }));
    return hits;
}

Result<std::vector<SearchHit>> search(Home& home, std::string_view needle) {
    const auto candidates = canBePartOfAnId(needle) ? std::nullopt : candidatesOf(home, needle);
    if (!candidates) {
        return searchByScan(home, needle);
    }
    std::vector<SearchHit> hits;
    const std::string wanted = foldedForSearch(needle);
    for (const IndexedRecord& one : *candidates) {
        HZ_TRY(const std::optional<RecordReading> reading, home.state().read(one.record));
        if (reading && !reading->isGone) {
            addHits(*reading, wanted, hits);
        }
    }
    return hits;
}

Result<SearchAnswer> find(Home& home, std::string_view needle, const SearchFilter& filter,
                          std::size_t perGroup) {
    SearchAnswer answer;
    HZ_TRY(const Filtering filtering, filteringOf(home, filter));
    for (const auto& [id, title] : filtering.sections) {
        if (!title.empty() &&
            std::find(answer.sections.begin(), answer.sections.end(), title) == answer.sections.end()) {
            answer.sections.push_back(title);
        }
    }
    if (needle.empty()) {
        return answer;
    }
    auto candidates = candidatesOf(home, needle);
    if (!candidates) {
        HZ_TRY(candidates, allRecords(home));
    }
    std::erase_if(*candidates, [&](const IndexedRecord& one) { return !filtering.passes(one); });
    std::sort(candidates->begin(), candidates->end(), isBefore);
    for (const IndexedRecord& one : *candidates) {
        if (answer.groups.empty() || answer.groups.back().registerName != one.registerName) {
            answer.groups.push_back({one.registerName, {}, 0, false});
        }
        FoundGroup& group = answer.groups.back();
        if (group.records.size() == perGroup) {
            group.isMore = true;
            ++group.total;
            continue;
        }
        HZ_TRY(std::optional<FoundRecord> found, lookAt(home, one, needle));
        if (found) {
            group.records.push_back(std::move(*found));
            ++group.total;
        }
    }
    std::erase_if(answer.groups, [](const FoundGroup& group) { return group.records.empty(); });
    return answer;
}

}  // namespace hezhang::ledger
