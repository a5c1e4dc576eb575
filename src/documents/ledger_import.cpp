// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/ledger_import.h"
#include "src/ledger/likeness.h"
#include "src/ledger/one_transaction.h"

#include <algorithm>
#include <map>

namespace hezhang::documents {

using ledger::EditRequest;
using ledger::Home;
using nlohmann::json;
using sync::OpKind;

namespace {

// Document text as the registers take it: line breaks as \n, no other control characters.
std::string clean(std::string_view text) {
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

class Importer {
public:
    Importer(Home& home, const ImportedDocument& document, const Progress& progress)
        : m_home(home), m_document(document), m_progress(progress) {}

    Result<LedgerImport> run() {
        if (!m_document.year) {
            return fail(ErrorCode::badInput, "the document does not say its year; give it with --year");
        }
        m_result.tasks = m_document.tasks.size();
        m_result.warnings = m_document.warnings;
        HZ_TRY(m_units, ledger::units(m_home.state()));
        HZ_CHECK(writeLedger());
        HZ_CHECK(writeSections());
        HZ_CHECK(matchTasks());
        for (std::size_t i = 0; i < m_document.tasks.size(); ++i) {
            HZ_CHECK(tell(m_progress, i, m_document.tasks.size()));
            HZ_CHECK(writeTask(i));
        }
        return m_result;
    }

private:
    struct KnownTask {
        RecordId id;
        std::int64_t serial = 0;
        std::string content;
        bool isMatched = false;
    };

    // Assigns only what differs from what is shown. Returns whether it did.
    Result<bool> assign(const std::string& registerName, const json& key, const std::string& field,
                        const json& value) {
        HZ_TRY(const sync::RecordKey recordKey, m_home.keyOf(registerName, key));
        HZ_TRY(const std::optional<sync::Value> shown, m_home.state().shown(m_home.idOf(recordKey), field));
        const auto shownText = shown ? shown->asText() : std::nullopt;
        const auto shownNumber = shown ? shown->asInteger() : std::nullopt;
        const bool isSame =
            (value.is_string() && (shownText ? *shownText == value.get_ref<const std::string&>()
                                             : value.get_ref<const std::string&>().empty())) ||
            (value.is_number_integer() && shownNumber == value.get<std::int64_t>());
        if (isSame) {
            return false;
        }
        EditRequest request;
        request.registerName = registerName;
        request.key = key;
        request.field = field;
        request.json = value;
        HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, m_home.edit(request));
        return true;
    }

    Result<void> writeLedger() {
        m_ledgerKey = {{"year", *m_document.year}, {"title", m_document.title}};
        HZ_TRY(const sync::RecordKey key, m_home.keyOf("ledger", m_ledgerKey));
        m_result.ledger = m_home.idOf(key);
        HZ_TRY(const std::optional<sync::Value> state, m_home.state().shown(m_result.ledger, "state"));
        if (!state) {
            HZ_TRY([[maybe_unused]] const bool isNew, assign("ledger", m_ledgerKey, "state", "open"));
        }
        if (m_document.issuer) {
            HZ_TRY([[maybe_unused]] const bool isNew,
                   assign("ledger", m_ledgerKey, "issuer", clean(*m_document.issuer)));
        }
        return {};
    }

    [[nodiscard]] json sectionKey(std::int64_t serial) const {
        return {{"ledger", m_result.ledger.hex()}, {"serial", serial}};
    }

    Result<void> writeSections() {
        std::map<std::string, std::int64_t> known;
        std::int64_t last = 0;
        HZ_CHECK(m_home.state().each("section", [&](sync::RecordReading&& reading) -> Result<void> {
            if (ledger::keyId(reading.record.key, "ledger") == m_result.ledger) {
                for (const auto& [name, value] : reading.record.key.fields) {
                    if (name == "serial") {
                        const std::int64_t serial = value.asInteger().value_or(0);
                        last = std::max(last, serial);
                        HZ_TRY(const std::string title,
                               ledger::shownText(m_home.state(), reading.record.id, "title"));
                        known.emplace(title, serial);
                    }
                }
            }
            return {};
        }));
        std::int64_t order = 0;
        for (const ImportedSection& section : m_document.sections) {
            const std::string title = clean(section.title);
            const auto [it, isNew] = known.emplace(title, last + 1);
            last += isNew ? 1 : 0;
            HZ_TRY([[maybe_unused]] const bool titled,
                   assign("section", sectionKey(it->second), "title", title));
            HZ_TRY([[maybe_unused]] const bool ordered,
                   assign("section", sectionKey(it->second), "order", ++order));
            HZ_TRY(const sync::RecordKey key, m_home.keyOf("section", sectionKey(it->second)));
            for (const int task : section.tasks) {
                m_sectionOf[task] = m_home.idOf(key);
            }
        }
        return {};
    }

    Result<void> matchTasks() {
        HZ_CHECK(m_home.state().each("task", [&](sync::RecordReading&& reading) -> Result<void> {
            if (!reading.isGone && ledger::keyId(reading.record.key, "ledger") == m_result.ledger) {
                KnownTask task;
                task.id = reading.record.id;
                for (const auto& [name, value] : reading.record.key.fields) {
                    task.serial = name == "serial" ? value.asInteger().value_or(0) : task.serial;
                }
                HZ_TRY(task.content, ledger::shownText(m_home.state(), reading.record.id, "content"));
                m_known.push_back(std::move(task));
            }
            return {};
        }));
        for (const KnownTask& task : m_known) {
            m_lastSerial = std::max(m_lastSerial, task.serial);
        }
        m_serialOf.assign(m_document.tasks.size(), 0);
        // Equal contents first: a moved task must not be taken by one that only resembles it.
        for (const bool isExact : {true, false}) {
            for (std::size_t i = 0; i < m_document.tasks.size(); ++i) {
                if (m_serialOf[i] == 0) {
                    matchTask(i, isExact);
                }
            }
        }
        for (const KnownTask& task : m_known) {
            if (!task.isMatched) {
                m_result.warnings.push_back(
                    {0, "task " + std::to_string(task.serial) +
                            " of the ledger is not in this document; it stays as it is"});
            }
        }
        return {};
    }

    void matchTask(std::size_t index, bool isExact) {
        const std::string content = clean(m_document.tasks[index].content);
        KnownTask* best = nullptr;
        double bestLikeness = 0;
        for (KnownTask& task : m_known) {
            if (task.isMatched) {
                continue;
            }
            const double alike =
                isExact ? (task.content == content ? 1.0 : 0.0) : ledger::likeness(task.content, content);
            if (alike > bestLikeness) {
                bestLikeness = alike;
                best = &task;
            }
        }
        if (best != nullptr && bestLikeness >= ledger::kSameTask) {
            best->isMatched = true;
            m_serialOf[index] = best->serial;
        } else if (!isExact && best != nullptr && bestLikeness >= ledger::kSimilarTask) {
            m_result.warnings.push_back(
                {m_document.tasks[index].line, "task " + m_document.tasks[index].ordinal +
                                                   " resembles task " + std::to_string(best->serial) +
                                                   " of the ledger; taken as a new one, please check"});
        }
    }

    Result<void> writeTask(std::size_t index) {
        const ImportedTask& task = m_document.tasks[index];
        const bool isNew = m_serialOf[index] == 0;
        const std::int64_t serial = isNew ? ++m_lastSerial : m_serialOf[index];
        const json key{{"ledger", m_result.ledger.hex()}, {"serial", serial}};
        bool isChanged = false;
        const auto put = [&](const std::string& field, const json& value) -> Result<void> {
            HZ_TRY(const bool isDifferent, assign("task", key, field, value));
            isChanged = isChanged || isDifferent;
            return {};
        };
        HZ_CHECK(put("number", clean(task.ordinal)));
        HZ_CHECK(put("order", static_cast<std::int64_t>(index + 1)));
        if (const auto section = m_sectionOf.find(task.serial); section != m_sectionOf.end()) {
            HZ_CHECK(put("section", section->second.hex()));
        }
        HZ_CHECK(put("item", clean(task.item)));
        HZ_CHECK(put("content", clean(task.content)));
        HZ_CHECK(put("indicator", clean(task.indicator)));
        HZ_CHECK(put("responsible_text", clean(task.responsibleText)));
        HZ_CHECK(put("deadline_text", clean(task.deadlineText)));
        HZ_CHECK(put("due", task.due ? task.due->text() : std::string()));
        HZ_CHECK(put("recurrence", std::string(ledger::name(task.recurrence))));
        HZ_TRY(const sync::RecordKey recordKey, m_home.keyOf("task", key));
        HZ_TRY(const bool hasNewUnits, writeUnits(task, key, m_home.idOf(recordKey), serial));
        m_result.created += isNew ? 1 : 0;
        m_result.changed += !isNew && (isChanged || hasNewUnits) ? 1 : 0;
        return {};
    }

    Result<bool> writeUnits(const ImportedTask& task, const json& key, const RecordId& id,
                            std::int64_t serial) {
        if (task.picked) {
            return writePicked(*task.picked, key, id);
        }
        bool isChanged = false;
        for (const ledger::PhraseUnit& phrase : task.units) {
            const ResolvedUnit resolved = resolveUnit(m_units, phrase);
            if (!resolved.reason.empty()) {
                m_result.unresolved.push_back(
                    {id, serial, phrase.name, std::string(ledger::name(phrase.role)), resolved.reason});
            }
            for (const RecordId& member : resolved.members) {
                HZ_TRY(const bool isNew, addUnit({member, phrase.role}, key, id));
                isChanged = isChanged || isNew;
            }
        }
        return isChanged;
    }

    Result<bool> writePicked(const std::vector<PickedUnit>& picked, const json& key, const RecordId& id) {
        bool isChanged = false;
        for (const PickedUnit& unit : picked) {
            HZ_TRY(const bool isNew, addUnit(unit, key, id));
            isChanged = isChanged || isNew;
        }
        return isChanged;
    }

    // False where the task has it already.
    Result<bool> addUnit(const PickedUnit& unit, const json& key, const RecordId& id) {
        const std::string role(ledger::name(unit.role));
        HZ_TRY(const std::vector<sync::Value> present, m_home.state().elements(id, role));
        if (std::find(present.begin(), present.end(), sync::Value::text(unit.unit.hex())) != present.end()) {
            return false;
        }
        EditRequest request;
        request.registerName = "task";
        request.key = key;
        request.field = role;
        request.kind = OpKind::add;
        request.json = json(unit.unit.hex());
        HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, m_home.edit(request));
        return true;
    }

    Home& m_home;
    const ImportedDocument& m_document;
    const Progress& m_progress;
    LedgerImport m_result;
    json m_ledgerKey;
    std::vector<ledger::NamedUnit> m_units;
    std::map<int, RecordId> m_sectionOf;  // by serial in the document
    std::vector<KnownTask> m_known;
    std::vector<std::int64_t> m_serialOf;  // by index; 0: a new task
    std::int64_t m_lastSerial = 0;
};

}  // namespace

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

Result<LedgerImport> importLedger(Home& home, const ImportedDocument& document, const Progress& progress) {
    return ledger::inOneTransaction(home, [&] { return Importer(home, document, progress).run(); });
}

}  // namespace hezhang::documents
