// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/units_import.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/record_validator.h"
#include "src/ledger/csv.h"
#include "sync/base/check.h"

namespace hezhang::ledger {

using sync::OpKind;
using sync::Value;

namespace {

constexpr std::size_t kBadLinesShown = 20;
constexpr std::string_view kFullWidthSemicolon = "；";

struct UnitLine {
    std::size_t line = 0;
    std::string name;
    std::optional<std::vector<std::string>> shortNames;  // absent: the column is
    std::optional<std::string> kind;
    std::optional<std::string> parent;
    std::optional<std::string> contact;
    std::optional<std::string> contactPhone;
    RecordId id;
    const NamedUnit* present = nullptr;  // the unit it is; null: a new one
};

// What is wrong, line by line.
class BadLines {
public:
    void add(std::size_t line, const std::string& what) {
        m_texts[line] += (m_texts[line].empty() ? "" : ", ") + what;
    }
    [[nodiscard]] bool holds(std::size_t line) const { return m_texts.contains(line); }
    [[nodiscard]] bool isEmpty() const { return m_texts.empty(); }
    [[nodiscard]] Error error() const {
        std::string text;
        std::size_t shown = 0;
        for (const auto& [line, what] : m_texts) {
            if (shown++ == kBadLinesShown) {
                text += "; and " + std::to_string(m_texts.size() - kBadLinesShown) + " more";
                break;
            }
            text += (text.empty() ? "line " : "; line ") + std::to_string(line) + ": " + what;
        }
        return {ErrorCode::badInput, text + ". Nothing was imported"};
    }

private:
    std::map<std::size_t, std::string> m_texts;
};

bool holds(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::vector<std::string> splitShortNames(std::string text) {
    for (std::size_t at = text.find(kFullWidthSemicolon); at != std::string::npos;
         at = text.find(kFullWidthSemicolon)) {
        text.replace(at, kFullWidthSemicolon.size(), ";");
    }
    std::vector<std::string> names;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(';', start), text.size());
        const auto first = text.find_first_not_of(" \t", start);
        if (first < end) {
            const auto last = text.find_last_not_of(" \t", end - 1);
            std::string name = text.substr(first, last - first + 1);
            if (!holds(names, name)) {
                names.push_back(std::move(name));
            }
        }
        start = end + 1;
    }
    return names;
}

// -- reading the lines

struct Columns {
    std::optional<std::size_t> name;
    std::optional<std::size_t> shortNames;
    std::optional<std::size_t> kind;
    std::optional<std::size_t> parent;
    std::optional<std::size_t> contact;
    std::optional<std::size_t> contactPhone;
};

constexpr std::string_view kColumns = "name, short_names, kind, parent, contact, contact_phone";

Result<Columns> readHeader(const CsvRow& header) {
    Columns columns;
    const std::map<std::string_view, std::optional<std::size_t>*> known{
        {"name", &columns.name},       {"short_names", &columns.shortNames},
        {"kind", &columns.kind},       {"parent", &columns.parent},
        {"contact", &columns.contact}, {"contact_phone", &columns.contactPhone}};
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
        const std::string& cell = header.cells[i];
        const auto found = known.find(cell);
        if (cell.empty()) {
            continue;
        }
        if (found == known.end() || *found->second) {
            return fail(ErrorCode::badInput, "line " + std::to_string(header.line) + ": the column '" + cell +
                                                 "' is " +
                                                 (found == known.end() ? "unknown" : "there twice") +
                                                 ", the columns are " + std::string(kColumns));
        }
        *found->second = i;
    }
    if (!columns.name) {
        return fail(ErrorCode::badInput,
                    "line " + std::to_string(header.line) + ": the column 'name' is missing");
    }
    return columns;
}

class LineReader {
public:
    LineReader(const Columns& columns, const schema::RegisterDef& def, BadLines& bad)
        : m_columns(columns), m_def(def), m_bad(bad) {}

    UnitLine read(const CsvRow& row) {
        UnitLine line;
        line.line = row.line;
        line.name = cell(row, m_columns.name).value_or("");
        if (line.name.empty()) {
            m_bad.add(row.line, "the name is empty");
        }
        check(row, "name", line.name);
        if (const auto text = cell(row, m_columns.shortNames)) {
            line.shortNames = splitShortNames(*text);
            for (const std::string& shortName : *line.shortNames) {
                check(row, "short_names", shortName);
            }
        }
        if (const auto text = cell(row, m_columns.kind); text && !text->empty()) {
            line.kind = readKind(row, *text);
        }
        line.parent = cell(row, m_columns.parent);
        line.contact = cell(row, m_columns.contact);
        line.contactPhone = cell(row, m_columns.contactPhone);
        check(row, "contact", line.contact.value_or(""));
        check(row, "contact_phone", line.contactPhone.value_or(""));
        return line;
    }

private:
    static std::optional<std::string> cell(const CsvRow& row, std::optional<std::size_t> column) {
        if (!column) {
            return std::nullopt;
        }
        return *column < row.cells.size() ? row.cells[*column] : std::string();
    }
    void check(const CsvRow& row, std::string_view field, const std::string& text) {
        if (const auto valid = schema::validate(*m_def.cell(field), Value::text(text));
            !text.empty() && !valid) {
            m_bad.add(row.line, valid.error().text);
        }
    }
    std::optional<std::string> readKind(const CsvRow& row, const std::string& text) {
        const auto value = schema::valueFromText(*m_def.cell("kind"), text);
        if (!value) {
            m_bad.add(row.line, value.error().text);
            return std::nullopt;
        }
        return std::string(value->asText().value_or(""));
    }

    const Columns& m_columns;
    const schema::RegisterDef& m_def;
    BadLines& m_bad;
};

// -- which unit each line is

class Matcher {
public:
    Matcher(std::vector<UnitLine>& lines, const std::vector<NamedUnit>& units, const sync::Suite& suite,
            const CountyId& county, BadLines& bad, std::vector<std::string>& warnings)
        : m_lines(lines),
          m_units(units),
          m_suite(suite),
          m_county(county),
          m_bad(bad),
          m_warnings(warnings) {}

    void match() {
        std::map<std::string_view, std::size_t> lineOfName;
        for (UnitLine& line : m_lines) {
            if (const auto [at, isNew] = lineOfName.emplace(line.name, line.line); !isNew) {
                m_bad.add(line.line, "the name stands in line " + std::to_string(at->second) + " already");
                continue;
            }
            take(line, withName(line.name));
        }
        for (UnitLine& line : m_lines) {
            if (line.present == nullptr) {
                take(line, sharingAName(line));
            }
        }
        for (UnitLine& line : m_lines) {
            if (line.present == nullptr) {
                line.id = sync::recordIdOf(m_suite, m_county, unitKey(line.name));
                take(line, withId(line.id));
            }
        }
    }

private:
    void take(UnitLine& line, const NamedUnit* unit) {
        if (unit == nullptr) {
            return;
        }
        if (!m_taken.insert(unit->id).second) {
            m_bad.add(line.line, "another line is the same unit");
            return;
        }
        line.present = unit;
        line.id = unit->id;
    }

    [[nodiscard]] const NamedUnit* withName(std::string_view name) const {
        const auto found = std::find_if(m_units.begin(), m_units.end(),
                                        [&](const NamedUnit& unit) { return unit.name == name; });
        return found == m_units.end() ? nullptr : &*found;
    }
    [[nodiscard]] const NamedUnit* withId(const RecordId& id) const {
        const auto found = std::find_if(m_units.begin(), m_units.end(),
                                        [&](const NamedUnit& unit) { return unit.id == id; });
        return found == m_units.end() ? nullptr : &*found;
    }

    // 城关镇 and 城关街道 may both be 城关 for short: only units of one kind are taken to be the same.
    [[nodiscard]] bool isSharing(const UnitLine& line, const NamedUnit& unit) const {
        if (unit.isOver || m_taken.contains(unit.id) || (line.kind && *line.kind != unit.kind)) {
            return false;
        }
        const auto isOurs = [&](const std::string& name) {
            return name == line.name || (line.shortNames && holds(*line.shortNames, name));
        };
        return isOurs(unit.name) || std::any_of(unit.shortNames.begin(), unit.shortNames.end(), isOurs);
    }

    const NamedUnit* sharingAName(const UnitLine& line) {
        const NamedUnit* found = nullptr;
        for (const NamedUnit& unit : m_units) {
            if (!isSharing(line, unit)) {
                continue;
            }
            if (found != nullptr) {
                m_bad.add(line.line, line.name + " may be " + found->name + " or " + unit.name);
                return nullptr;
            }
            found = &unit;
        }
        if (found != nullptr) {
            m_warnings.push_back("line " + std::to_string(line.line) + ": " + line.name + " is taken to be " +
                                 found->name);
        }
        return found;
    }

    std::vector<UnitLine>& m_lines;
    const std::vector<NamedUnit>& m_units;
    const sync::Suite& m_suite;
    const CountyId& m_county;
    BadLines& m_bad;
    std::vector<std::string>& m_warnings;
    std::set<RecordId> m_taken;
};

// -- parents and names as they will be

// A unit after the import.
struct FutureUnit {
    std::string name;
    std::vector<std::string> shortNames;
    RecordId parent;
};
using Future = std::map<RecordId, FutureUnit>;

Future futureOf(const std::vector<UnitLine>& lines, const std::vector<NamedUnit>& units) {
    Future future;
    for (const NamedUnit& unit : units) {
        future[unit.id] = {unit.name, unit.shortNames, unit.parent};
    }
    for (const UnitLine& line : lines) {
        FutureUnit& unit = future[line.id];
        unit.name = line.name;
        unit.shortNames = line.shortNames.value_or(unit.shortNames);
    }
    return future;
}

void resolveParents(const std::vector<UnitLine>& lines, Future& future, BadLines& bad) {
    std::multimap<std::string_view, RecordId> byName;
    std::multimap<std::string_view, RecordId> byShortName;
    for (const auto& [id, unit] : future) {
        byName.emplace(unit.name, id);
        for (const std::string& shortName : unit.shortNames) {
            byShortName.emplace(shortName, id);
        }
    }
    for (const UnitLine& line : lines) {
        if (!line.parent) {
            continue;
        }
        const auto& names = byName.contains(*line.parent) ? byName : byShortName;
        const std::size_t count = line.parent->empty() ? 0 : names.count(*line.parent);
        if (count == 1) {
            future[line.id].parent = names.find(*line.parent)->second;
        } else if (line.parent->empty()) {
            future[line.id].parent = {};
        } else {
            bad.add(line.line, std::string(count == 0 ? "there is no unit " : "several units are called ") +
                                   *line.parent);
        }
    }
}

void checkNoUnitIsAboveItself(const std::vector<UnitLine>& lines, const Future& future, BadLines& bad) {
    for (const UnitLine& line : lines) {
        std::set<RecordId> passed;
        auto at = future.find(line.id);
        while (at != future.end() && passed.insert(at->first).second) {
            at = future.find(at->second.parent);
        }
        if (at != future.end() && at->first == line.id) {
            bad.add(line.line, line.name + " is above itself");
        }
    }
}

void warnOfSharedNames(const std::vector<UnitLine>& lines, const Future& future,
                       std::vector<std::string>& warnings) {
    std::map<std::string_view, std::size_t> uses;
    for (const auto& [id, unit] : future) {
        ++uses[unit.name];
        for (const std::string& shortName : unit.shortNames) {
            uses[shortName] += shortName == unit.name ? 0 : 1;
        }
    }
    for (const UnitLine& line : lines) {
        for (const std::string& shortName : future.at(line.id).shortNames) {
            if (uses[shortName] > 1) {
                warnings.push_back("line " + std::to_string(line.line) + ": several units are called " +
                                   shortName + ", so it names none of them");
            }
        }
    }
}

// -- edits

class EditWriter {
public:
    explicit EditWriter(sync::Projection& state) : m_state(state) {}

    Result<void> write(const UnitLine& line, const FutureUnit& unit, UnitsImport& outcome) {
        const std::size_t before = m_edits.size() + m_parentEdits.size();
        HZ_TRY(m_key, keyOf(line));
        if (line.present == nullptr) {
            HZ_CHECK(reviveIfDeleted(line));
        }
        const NamedUnit now = line.present != nullptr ? *line.present : NamedUnit{};
        if (now.name != unit.name) {
            add("name", OpKind::assign, Value::text(unit.name));
        }
        if (line.kind && now.kind != *line.kind) {
            add("kind", OpKind::assign, Value::text(*line.kind));
        }
        for (const std::string& shortName : unit.shortNames) {
            if (!holds(now.shortNames, shortName)) {
                add("short_names", OpKind::add, Value::text(shortName));
            }
        }
        for (const std::string& shortName : now.shortNames) {
            if (!holds(unit.shortNames, shortName)) {
                add("short_names", OpKind::remove, Value::text(shortName));
            }
        }
        HZ_CHECK(writeText(line, "contact", line.contact));
        HZ_CHECK(writeText(line, "contact_phone", line.contactPhone));
        if (now.parent != unit.parent) {
            m_parentEdits.push_back(
                edit("parent", OpKind::assign, Value::text(unit.parent.isNone() ? "" : unit.parent.hex())));
        }
        const bool isSame = before == m_edits.size() + m_parentEdits.size();
        ++(line.present == nullptr ? outcome.created : isSame ? outcome.unchanged : outcome.changed);
        return {};
    }

    // Parents last: by then every unit is there.
    std::vector<sync::CountyEdit> take() {
        m_edits.insert(m_edits.end(), m_parentEdits.begin(), m_parentEdits.end());
        return std::move(m_edits);
    }

private:
    Result<sync::RecordKey> keyOf(const UnitLine& line) {
        if (line.present == nullptr) {
            return unitKey(line.name);
        }
        HZ_TRY(const std::optional<sync::RecordRow> record, m_state.store().record(line.id));
        HZ_ASSERT(record.has_value());
        return record->key;
    }
    // What the list says nothing of stays.
    Result<void> writeText(const UnitLine& line, std::string_view field,
                           const std::optional<std::string>& text) {
        if (text) {
            HZ_TRY(const std::string now, shownText(m_state, line.id, field));
            if (now != *text) {
                add(field, OpKind::assign, Value::text(*text));
            }
        }
        return {};
    }
    Result<void> reviveIfDeleted(const UnitLine& line) {
        HZ_TRY(const std::optional<sync::RecordRow> record, m_state.store().record(line.id));
        if (record) {
            add(schema::kDeletedCell, OpKind::assign, Value::boolean(false));
        }
        return {};
    }
    [[nodiscard]] sync::CountyEdit edit(std::string_view field, OpKind kind, Value value) const {
        return {m_key, std::string(kCommonScope), std::string(field), kind, std::move(value)};
    }
    void add(std::string_view field, OpKind kind, Value value) {
        m_edits.push_back(edit(field, kind, std::move(value)));
    }

    sync::Projection& m_state;
    sync::RecordKey m_key;
    std::vector<sync::CountyEdit> m_edits;
    std::vector<sync::CountyEdit> m_parentEdits;
};

}  // namespace

sync::RecordKey unitKey(std::string_view firstName) {
    return {"unit", {{"first_name", Value::text(firstName)}}};
}

Result<UnitsPlan> planUnits(std::string_view csv, sync::Projection& state, const CountyId& county,
                            const schema::Registers& registers) {
    HZ_TRY(const std::vector<CsvRow> rows, parseCsv(csv));
    if (rows.empty()) {
        return fail(ErrorCode::badInput, "the list has no header line: " + std::string(kColumns));
    }
    const schema::RegisterDef* def = registers.find("unit");
    HZ_ASSERT(def != nullptr);
    HZ_TRY(const Columns columns, readHeader(rows.front()));
    HZ_TRY(const std::vector<NamedUnit> present, units(state));
    BadLines bad;
    UnitsPlan plan;
    std::vector<UnitLine> lines;
    LineReader reader(columns, *def, bad);
    std::transform(rows.begin() + 1, rows.end(), std::back_inserter(lines),
                   [&](const CsvRow& row) { return reader.read(row); });
    Matcher(lines, present, state.history().suite(), county, bad, plan.outcome.warnings).match();
    for (const UnitLine& line : lines) {
        if (line.present == nullptr && !line.kind && !bad.holds(line.line)) {
            bad.add(line.line, "a new unit needs a kind");
        }
    }
    Future future = futureOf(lines, present);
    resolveParents(lines, future, bad);
    checkNoUnitIsAboveItself(lines, future, bad);
    if (!bad.isEmpty()) {
        return fail(bad.error());
    }
    warnOfSharedNames(lines, future, plan.outcome.warnings);
    EditWriter writer(state);
    for (const UnitLine& line : lines) {
        HZ_CHECK(writer.write(line, future.at(line.id), plan.outcome));
    }
    plan.edits = writer.take();
    return plan;
}

}  // namespace hezhang::ledger
