// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/ledger_update.h"

#include <algorithm>
#include <array>

#include "schema/record_validator.h"
#include "src/ledger/likeness.h"

namespace hezhang::documents {

using ledger::Home;
using nlohmann::json;

namespace {

constexpr double kSameTitle = 0.8;  // of two ledgers of one year
constexpr std::array kRoles{ledger::UnitRole::lead, ledger::UnitRole::responsible,
                            ledger::UnitRole::cooperate};

// Null where the record or a value of the field is not there.
const sync::CellReading* cellOf(const sync::RecordReading* record, const std::string& field) {
    if (record == nullptr) {
        return nullptr;
    }
    const auto cell = record->cells.find(field);
    return cell == record->cells.end() ? nullptr : &cell->second;
}

std::string textOf(const json& value) {
    return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string() : value.dump();
}

// What a field says, and what it shows to people.
struct Said {
    json value;
    std::string text;
};

struct KnownTask {
    sync::RecordReading reading;
    std::int64_t serial = 0;
};

class Planner {
public:
    Planner(Home& home, const ImportedDocument& document, const UpdateChoices& choices,
            DocumentValues& values, const Progress& progress)
        : m_home(home), m_document(document), m_choices(choices), m_values(values), m_progress(progress) {}

    Result<LedgerUpdate> plan() {
        HZ_TRY(m_units, ledger::units(m_home.state()));
        HZ_CHECK(planHead());
        HZ_CHECK(planSections());
        HZ_CHECK(readTasks());
        for (std::size_t i = 0; i < m_document.tasks.size(); ++i) {
            HZ_CHECK(tell(m_progress, i, m_document.tasks.size()));
            HZ_CHECK(planTask(i));
        }
        HZ_CHECK(planMissing());
        return std::move(m_plan);
    }

private:
    Result<void> planHead() {
        std::optional<RecordId> known = m_choices.ledger;
        if (!known) {
            HZ_TRY(const LedgerChoice choice, ledgerOf(m_home, m_document));
            known = choice.same;
        }
        if (!known) {
            HZ_TRY(const sync::RecordKey key,
                   m_home.keyOf("ledger", {{"year", *m_document.year}, {"title", m_document.title}}));
            m_plan.ledger = m_home.idOf(key);
            m_plan.isNew = true;
            m_plan.title = m_document.title;
            m_plan.head.push_back({.field = "state", .before = "", .after = "open", .value = "open"});
        } else {
            m_plan.ledger = *known;
        }
        HZ_TRY(m_head, m_home.state().read(m_plan.ledger));
        if (known && (!m_head || m_head->record.key.registerName != "ledger")) {
            return fail(ErrorCode::unknownRecord, "there is no ledger " + known->hex());
        }
        if (m_head) {
            m_plan.title = ledger::keyText(m_head->record.key, "title").value_or("");
        }
        if (m_document.issuer) {
            const std::string issuer = registerText(*m_document.issuer);
            HZ_TRY(auto update,
                   compare(m_plan.ledger, m_head ? &*m_head : nullptr, "issuer", {issuer, issuer}));
            if (update) {
                HZ_CHECK(decide(m_plan.ledger, *update));
                m_plan.head.push_back(std::move(*update));
            }
        }
        return {};
    }

    // nullopt: the ledger shows what the document says. `record`: null where it is not there yet.
    Result<std::optional<FieldUpdate>> compare(const RecordId& id, const sync::RecordReading* record,
                                               const std::string& field, const Said& said) {
        const sync::CellReading* cell = cellOf(record, field);
        const json shown = cell == nullptr ? json() : schema::jsonFromValue(cell->view.shown);
        const bool isSame = textOf(shown) == textOf(said.value);
        FieldUpdate update{.field = field, .before = textOf(shown), .after = said.text, .value = said.value};
        bool isUnknown = false;
        for (const sync::LiveRow& row : cell == nullptr ? std::vector<sync::LiveRow>() : cell->rows) {
            if (isSame) {
                HZ_CHECK(m_values.note(row));
                continue;
            }
            HZ_TRY(const bool isDocuments, m_values.isDocuments(row));
            if (isDocuments) {
                HZ_CHECK(m_values.note(row));
            } else {
                HZ_TRY(update.by, ledger::authorshipOf(m_home, row.ref, row.person, row.at));
                HZ_TRY(const bool isOne, m_values.isUnknown(row));
                isUnknown = isUnknown || isOne;
            }
        }
        if (isSame) {
            return std::optional<FieldUpdate>();
        }
        if (update.by) {
            HZ_TRY(const std::optional<std::string> base, m_values.lastSaid(id, field));
            update.changedBy = isUnknown                    ? ChangedBy::unknown
                               : base == textOf(said.value) ? ChangedBy::person
                                                            : ChangedBy::both;
        }
        return std::optional(std::move(update));
    }

    // What the person chose, else: the document's where only it has changed.
    Result<void> decide(const RecordId& id, FieldUpdate& update) {
        update.isTaken = update.changedBy == ChangedBy::document || m_choices.isOverEdits;
        const auto chosen = m_choices.fields.find({id, update.field});
        if (chosen == m_choices.fields.end()) {
            return {};
        }
        if (chosen->second.isTaken && chosen->second.before != update.before) {
            return fail(ErrorCode::changed,
                        "the ledger's " + update.field + " has changed since you looked at it");
        }
        update.isTaken = chosen->second.isTaken;
        return {};
    }

    Result<void> planSections() {
        std::vector<const ImportedSection*> asked;
        std::vector<TaskWords> rows;
        for (const ImportedSection& section : m_document.sections) {
            asked.push_back(&section);
            rows.push_back({registerText(section.title), ""});
        }
        std::vector<sync::RecordReading> known;
        std::vector<TaskWords> titles;
        std::int64_t last = 0;
        HZ_CHECK(m_home.state().each("section", [&](sync::RecordReading&& reading) -> Result<void> {
            if (ledger::keyId(reading.record.key, "ledger") == m_plan.ledger) {
                last = std::max(last, ledger::keyInteger(reading.record.key, "serial"));
                m_sectionTitles[reading.record.id] = ledger::cellText(reading, "title");
                titles.push_back({ledger::cellText(reading, "title"), ""});
                known.push_back(std::move(reading));
            }
            return {};
        }));
        const std::vector<TaskMatch> matches = matchTasks(titles, rows, 0);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const sync::RecordReading* reading = matches[i].isSame() ? &known[matches[i].known] : nullptr;
            SectionUpdate update;
            update.isNew = reading == nullptr;
            update.serial = reading == nullptr ? ++last : ledger::keyInteger(reading->record.key, "serial");
            HZ_TRY(const sync::RecordKey key,
                   m_home.keyOf("section", {{"ledger", m_plan.ledger.hex()}, {"serial", update.serial}}));
            update.section = m_home.idOf(key);
            HZ_TRY(update.title,
                   compare(update.section, reading, "title", {rows[i].content, rows[i].content}));
            if (update.title) {
                HZ_CHECK(decide(update.section, *update.title));
            }
            m_sectionTitles[update.section] = rows[i].content;
            for (const int task : asked[i]->tasks) {
                m_sectionOf[task] = update.section;
            }
            m_plan.sections.push_back(std::move(update));
        }
        return {};
    }

    Result<void> readTasks() {
        HZ_CHECK(m_home.state().eachNaming(
            "task", m_plan.ledger.hex(), [&](sync::RecordReading&& reading) -> Result<void> {
                if (ledger::keyId(reading.record.key, "ledger") != m_plan.ledger) {
                    return {};
                }
                const std::int64_t serial = ledger::keyInteger(reading.record.key, "serial");
                m_lastSerial = std::max(m_lastSerial, serial);
                if (!reading.isGone) {
                    m_known.push_back({std::move(reading), serial});
                }
                return {};
            }));
        std::ranges::sort(m_known, {}, &KnownTask::serial);
        std::vector<TaskWords> known;
        for (const KnownTask& task : m_known) {
            HZ_TRY(const std::string formerly, formerContent(task.reading));
            known.push_back({ledger::cellText(task.reading, "content"),
                             ledger::cellText(task.reading, "number"), formerly});
        }
        std::vector<TaskWords> rows;
        for (const ImportedTask& task : m_document.tasks) {
            rows.push_back({task.content, task.ordinal});
        }
        m_matches = matchTasks(known, rows, 0);
        for (const auto& [serial, task] : m_choices.same) {
            matchChosen(serial, task);
        }
        return {};
    }

    // What the document said of a task that a person has rewritten; empty where nobody has, or it is not
    // known.
    Result<std::string> formerContent(const sync::RecordReading& task) {
        const sync::CellReading* cell = cellOf(&task, "content");
        bool isDocuments = true;
        for (const sync::LiveRow& row : cell == nullptr ? std::vector<sync::LiveRow>() : cell->rows) {
            HZ_TRY(const bool isOne, m_values.isDocuments(row));
            isDocuments = isDocuments && isOne;
        }
        if (isDocuments) {
            return std::string();
        }
        HZ_TRY(const std::optional<std::string> said, m_values.lastSaid(task.record.id, "content"));
        return said.value_or("");
    }

    // Only what is nobody's yet.
    void matchChosen(int serial, const RecordId& task) {
        for (std::size_t row = 0; row < m_matches.size(); ++row) {
            for (std::size_t i = 0; i < m_known.size(); ++i) {
                const bool isMeant =
                    m_document.tasks[row].serial == serial && m_known[i].reading.record.id == task;
                const bool isTaken = isMeant && std::ranges::any_of(m_matches, [&](const TaskMatch& match) {
                                         return match.isSame() && match.known == i;
                                     });
                if (isMeant && !isTaken && !m_matches[row].isSame()) {
                    m_matches[row] = {MatchKind::alike, i, 0};
                }
            }
        }
    }

    Result<void> planTask(std::size_t place) {
        const ImportedTask& task = m_document.tasks[place];
        const TaskMatch& match = m_matches[place];
        const KnownTask* known = match.isSame() ? &m_known[match.known] : nullptr;
        TaskUpdate update;
        update.place = place;
        update.serial = known != nullptr ? known->serial : ++m_lastSerial;
        update.number = task.ordinal;
        update.content = registerText(task.content);
        HZ_TRY(const sync::RecordKey key,
               m_home.keyOf("task", {{"ledger", m_plan.ledger.hex()}, {"serial", update.serial}}));
        update.task = m_home.idOf(key);
        if (known == nullptr && (match.kind == MatchKind::perhaps || match.kind == MatchKind::several ||
                                 match.kind == MatchKind::taken)) {
            update.resembles = m_known[match.known].serial;
        }
        const sync::RecordReading* reading = known != nullptr ? &known->reading : nullptr;
        for (const auto& [field, said] : saidOf(task)) {
            HZ_TRY(auto one, compare(update.task, reading, field, said));
            if (reading != nullptr && isUnsaid(field)) {
                continue;
            }
            if (one && field == "section") {
                const auto before = RecordId::fromHexText(one->before);
                one->before = before ? m_sectionTitles[*before] : "";
            }
            if (one) {
                update.fields.push_back(std::move(*one));
            }
        }
        HZ_CHECK(planUnits(task, reading, update));
        for (FieldUpdate& one : update.fields) {
            HZ_CHECK(decide(update.task, one));
        }
        update.kind = known == nullptr ? UpdateKind::added : kindOf(update.fields);
        m_plan.tasks.push_back(std::move(update));
        return {};
    }

    // A document that says nothing of a field of any task has no column for it: an extract takes nothing
    // away.
    [[nodiscard]] bool isUnsaid(const std::string& field) const {
        static const std::map<std::string, std::string ImportedTask::*, std::less<>> kTexts{
            {"number", &ImportedTask::ordinal},
            {"item", &ImportedTask::item},
            {"indicator", &ImportedTask::indicator},
            {"responsible_text", &ImportedTask::responsibleText},
            {"deadline_text", &ImportedTask::deadlineText},
            {"due", &ImportedTask::deadlineText},
            {"recurrence", &ImportedTask::deadlineText}};
        const auto text = kTexts.find(field);
        return text != kTexts.end() && std::ranges::all_of(m_document.tasks, [&](const ImportedTask& task) {
                   return (task.*text->second).empty();
               });
    }

    static UpdateKind kindOf(const std::vector<FieldUpdate>& fields) {
        const auto isPlace = [](const FieldUpdate& one) {
            return one.field == "number" || one.field == "section";
        };
        return fields.empty()                         ? UpdateKind::same
               : std::ranges::all_of(fields, isPlace) ? UpdateKind::renumbered
                                                      : UpdateKind::changed;
    }

    std::vector<std::pair<std::string, Said>> saidOf(const ImportedTask& task) {
        std::vector<std::pair<std::string, Said>> all;
        const auto put = [&](const char* field, const std::string& text) {
            all.push_back({field, {text, text}});
        };
        put("number", registerText(task.ordinal));
        if (const auto section = m_sectionOf.find(task.serial); section != m_sectionOf.end()) {
            all.push_back({"section", {section->second.hex(), m_sectionTitles[section->second]}});
        }
        put("item", registerText(task.item));
        put("content", registerText(task.content));
        put("indicator", registerText(task.indicator));
        put("responsible_text", registerText(task.responsibleText));
        put("deadline_text", registerText(task.deadlineText));
        put("due", task.due ? task.due->text() : std::string());
        put("recurrence", std::string(ledger::name(task.recurrence)));
        return all;
    }

    // --- units

    [[nodiscard]] std::string namesOf(const std::vector<RecordId>& units) const {
        std::string names;
        for (const ledger::NamedUnit& unit : m_units) {
            if (std::ranges::find(units, unit.id) != units.end()) {
                names += (names.empty() ? "" : "、") + unit.name;
            }
        }
        return names;
    }

    Result<void> planUnits(const ImportedTask& task, const sync::RecordReading* reading, TaskUpdate& update) {
        bool isWhole = task.picked || !task.units.empty();
        std::map<ledger::UnitRole, std::vector<RecordId>> named;
        for (const ledger::PhraseUnit& phrase :
             task.picked ? std::vector<ledger::PhraseUnit>() : task.units) {
            const ResolvedUnit resolved = resolveUnit(m_units, phrase);
            isWhole = isWhole && resolved.reason.empty();
            auto& units = named[phrase.role];
            units.insert(units.end(), resolved.members.begin(), resolved.members.end());
        }
        for (const PickedUnit& unit : task.picked.value_or(std::vector<PickedUnit>())) {
            named[unit.role].push_back(unit.unit);
        }
        for (const ledger::UnitRole role : kRoles) {
            HZ_TRY(auto one,
                   compareUnits(update.task, reading, std::string(ledger::name(role)), named[role], isWhole));
            if (one) {
                update.fields.push_back(std::move(*one));
            }
        }
        return {};
    }

    // `isWhole`: every name of the document was understood, so that a unit it does not name is not meant.
    Result<std::optional<FieldUpdate>> compareUnits(const RecordId& task, const sync::RecordReading* reading,
                                                    const std::string& role,
                                                    const std::vector<RecordId>& named, bool isWhole) {
        const sync::CellReading* cell = cellOf(reading, role);
        FieldUpdate update{.field = role};
        std::vector<RecordId> present;
        for (const sync::LiveRow& row : cell == nullptr ? std::vector<sync::LiveRow>() : cell->rows) {
            const auto unit = RecordId::fromHexText(row.value.asText().value_or(""));
            if (!unit || std::ranges::find(present, *unit) != present.end()) {
                continue;
            }
            present.push_back(*unit);
            const bool isNamed = std::ranges::find(named, *unit) != named.end();
            HZ_TRY(const bool isDocuments, m_values.isDocuments(row));
            if (isNamed || isDocuments) {
                HZ_CHECK(m_values.note(row));
            }
            if (!isNamed && isDocuments && isWhole && isOffered(*unit)) {
                update.removed.push_back(*unit);
            }
        }
        for (const RecordId& unit : named) {
            const bool isThere = std::ranges::find(present, unit) != present.end() ||
                                 std::ranges::find(update.added, unit) != update.added.end();
            if (isThere) {
                continue;
            }
            HZ_TRY(const std::optional<ledger::Authorship> by, m_values.takenAwayBy(task, role, unit.hex()));
            if (by) {
                update.changedBy = ChangedBy::person;
                update.by = by;
            }
            update.added.push_back(unit);
        }
        if (update.added.empty() && update.removed.empty()) {
            return std::optional<FieldUpdate>();
        }
        std::vector<RecordId> after = present;
        std::erase_if(after, [&](const RecordId& unit) {
            return std::ranges::find(update.removed, unit) != update.removed.end();
        });
        after.insert(after.end(), update.added.begin(), update.added.end());
        update.before = namesOf(present);
        update.after = namesOf(after);
        return std::optional(std::move(update));
    }

    // A unit that was merged or split still stands for those that go on with its work.
    [[nodiscard]] bool isOffered(const RecordId& unit) const {
        return std::ranges::any_of(
            m_units, [&](const ledger::NamedUnit& one) { return one.id == unit && !one.isOver; });
    }

    Result<void> planMissing() {
        std::set<std::size_t> matched;
        for (const TaskMatch& match : m_matches) {
            if (match.isSame()) {
                matched.insert(match.known);
            }
        }
        for (std::size_t i = 0; i < m_known.size(); ++i) {
            if (matched.contains(i)) {
                continue;
            }
            TaskUpdate update;
            update.task = m_known[i].reading.record.id;
            update.serial = m_known[i].serial;
            update.number = ledger::cellText(m_known[i].reading, "number");
            update.content = ledger::cellText(m_known[i].reading, "content");
            HZ_CHECK(m_home.state().eachNaming("filing", update.task.hex(),
                                               [&](sync::RecordReading&& filing) -> Result<void> {
                                                   update.filings += filing.isGone ? 0 : 1;
                                                   return {};
                                               }));
            update.isRemoved = m_choices.isRemovingMissing || m_choices.removed.contains(update.task);
            m_plan.missing.push_back(std::move(update));
        }
        return {};
    }

    Home& m_home;
    const ImportedDocument& m_document;
    const UpdateChoices& m_choices;
    DocumentValues& m_values;
    const Progress& m_progress;
    LedgerUpdate m_plan;
    std::optional<sync::RecordReading> m_head;
    std::vector<ledger::NamedUnit> m_units;
    std::map<RecordId, std::string> m_sectionTitles;
    std::map<int, RecordId> m_sectionOf;  // by serial in the document
    std::vector<KnownTask> m_known;
    std::vector<TaskMatch> m_matches;  // by place in the document
    std::int64_t m_lastSerial = 0;
};

}  // namespace

std::string_view name(ChangedBy who) {
    switch (who) {
    case ChangedBy::document:
        return "document";
    case ChangedBy::person:
        return "person";
    case ChangedBy::both:
        return "both";
    case ChangedBy::unknown:
        return "unknown";
    }
    return "";
}

std::size_t LedgerUpdate::count(UpdateKind kind) const {
    return static_cast<std::size_t>(std::ranges::count(tasks, kind, &TaskUpdate::kind));
}

std::size_t LedgerUpdate::changed() const {
    return static_cast<std::size_t>(std::ranges::count_if(tasks, [](const TaskUpdate& task) {
        return task.kind != UpdateKind::added && std::ranges::any_of(task.fields, &FieldUpdate::isTaken);
    }));
}

std::size_t LedgerUpdate::keptEdits() const {
    const auto isKept = [](const FieldUpdate& one) {
        return !one.isTaken && one.changedBy != ChangedBy::document;
    };
    auto count = static_cast<std::size_t>(std::ranges::count_if(head, isKept));
    for (const SectionUpdate& section : sections) {
        count += section.title && isKept(*section.title) ? 1 : 0;
    }
    for (const TaskUpdate& task : tasks) {
        count += static_cast<std::size_t>(std::ranges::count_if(task.fields, isKept));
    }
    return count;
}

Result<LedgerChoice> ledgerOf(Home& home, const ImportedDocument& document) {
    if (!document.year) {
        return fail(ErrorCode::badInput, "the document does not say its year; give it with --year");
    }
    LedgerChoice choice;
    double most = kSameTitle;
    HZ_TRY(const std::vector<ledger::LedgerRow> all, ledger::ledgers(home));
    for (const ledger::LedgerRow& one : all) {
        const double alike = one.year == *document.year ? ledger::likeness(one.title, document.title) : 0;
        if (one.year == *document.year && one.title == document.title) {
            choice.same = one.id;
        } else if (alike >= most) {
            most = alike;
            choice.likely = one.id;
        }
    }
    choice.likely = choice.same ? std::nullopt : choice.likely;
    return choice;
}

Result<LedgerUpdate> planUpdate(Home& home, const ImportedDocument& document, const UpdateChoices& choices,
                                DocumentValues& values, const Progress& progress) {
    return Planner(home, document, choices, values, progress).plan();
}

ResolvedUnit resolveUnit(std::span<const ledger::NamedUnit> county, const ledger::PhraseUnit& phrase) {
    if (phrase.openEnded) {
        return {{}, "the phrase leaves open which units are meant"};
    }
    if (phrase.group) {
        std::vector<RecordId> members = ledger::expandGroup(county, phrase.name);
        const char* reason = members.empty() ? "the county has no units of this group" : "";
        return {std::move(members), reason};
    }
    if (const auto unit = ledger::matchUnit(county, phrase.name)) {
        const auto is = [&](const ledger::NamedUnit& one) { return one.id == *unit && one.isSplit; };
        if (std::any_of(county.begin(), county.end(), is)) {
            return {{}, "the unit was split, and a person has to say who goes on with this"};
        }
        return {{*unit}, ""};
    }
    return {{}, "no unit, or more than one, has this name"};
}

std::string registerText(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\t') {
            result.push_back(' ');
        } else if (c == '\n' || static_cast<unsigned char>(c) >= 0x20) {
            result.push_back(c);
        }
    }
    return result;
}

}  // namespace hezhang::documents
