// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/rights.h"

#include <algorithm>
#include <set>

#include "schema/record_key.h"
#include "schema/record_validator.h"
#include "src/ledger/dump.h"
#include "src/ledger/extension.h"
#include "src/ledger/tallies.h"
#include "src/ledger/people.h"
#include "src/ledger/succession.h"
#include "sync/log/log_entry.h"

namespace hezhang::ledger {

using schema::FieldDef;
using schema::RegisterDef;
using schema::Writer;
using sync::Judgement;
using sync::OpKind;
using sync::Projection;
using sync::Reason;
using sync::Verdict;

namespace {

constexpr sync::Rank kOfficeRank = 3;
constexpr sync::Rank kLeadRank = 2;
constexpr sync::Rank kOtherRank = 1;

bool isOfficeRole(std::string_view role) { return role == "office" || role == "county"; }

// Supervisors, checkers and auditors do not write for a unit.
bool writesForUnit(std::string_view role) { return role == "clerk" || role == "leader" || role == "office"; }

bool isKindOf(sync::MergeRule rule, OpKind kind) {
    switch (rule) {
    case sync::MergeRule::keepBoth:
    case sync::MergeRule::authority:
    case sync::MergeRule::prose: return kind == OpKind::assign;
    case sync::MergeRule::set: return kind == OpKind::add || kind == OpKind::remove;
    case sync::MergeRule::counter: return kind == OpKind::increment;
    }
    return false;
}

// Clerks and leaders hold what is their unit's; the other roles hold all.
bool holdsByUnit(std::string_view role) { return role == "clerk" || role == "leader"; }

}  // namespace

struct LedgerJudge::Asked {
    const sync::JudgedOp& op;
    Projection& state;
    const RegisterDef* def = nullptr;
    const FieldDef* cell = nullptr;
    std::optional<RecordId> unit;    // of the record
    std::optional<RecordId> task;    // of the record, or itself
    RecordId authorUnit;             // as the state stands
    Succession* succession = nullptr;
};

std::string unitScope(const RecordId& unit) { return std::string(kUnitScope) + unit.hex(); }

std::string taskScope(const RecordId& task) { return std::string(kTaskScope) + task.hex(); }

std::string restrictedScope(std::string_view registerName) {
    return std::string(kRestrictedScope) + std::string(registerName);
}

std::optional<RecordId> idInScope(std::string_view scope, std::string_view kind) {
    return scope.starts_with(kind) ? RecordId::fromHexText(scope.substr(kind.size())) : std::nullopt;
}

std::optional<std::string> keyText(const sync::RecordKey& key, std::string_view field) {
    for (const auto& [fieldName, value] : key.fields) {
        if (fieldName == field) {
            const auto text = value.asText();
            return text ? std::optional<std::string>(*text) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<RecordId> keyId(const sync::RecordKey& key, std::string_view field) {
    const auto text = keyText(key, field);
    return text ? RecordId::fromHexText(*text) : std::nullopt;
}

std::optional<sync::MergeRule> LedgerRules::ruleOf(std::string_view registerName, std::string_view field) const {
    const RegisterDef* def = m_registers.find(registerName);
    const FieldDef* cell = def != nullptr ? def->cell(field) : nullptr;
    return cell != nullptr ? cell->merge : std::nullopt;
}

std::uint32_t LedgerRules::versionOf(std::string_view registerName) const {
    const RegisterDef* def = m_registers.find(registerName);
    return def != nullptr ? static_cast<std::uint32_t>(def->version) : 0;
}

Result<std::vector<std::string>> LedgerJudge::scopesOf(const sync::EnrolmentControl& enrolment,
                                                       Projection& state) const {
    // Who has left reads on no more; the answers to what he wrote still reach him.
    HZ_TRY(const bool hasLeft, isEnded(state.store(), enrolment.person));
    if (hasLeft && enrolment.role != kCountyRole) {
        return std::vector<std::string>{};
    }
    if (!holdsByUnit(enrolment.role)) {
        return std::vector<std::string>{std::string(kAllScopes)};
    }
    std::set<std::string> scopes{std::string(kCommonScope)};
    Succession succession(state);
    HZ_TRY(const RecordId own, unitOf(enrolment, state));
    HZ_TRY(const std::set<RecordId> units, succession.actsFor(own));
    for (const RecordId& unit : units) {
        scopes.insert(unitScope(unit));
        for (const std::string_view role : kUnitRoles) {
            HZ_TRY(const std::vector<RecordId> tasks,
                   state.store().recordsHolding(role, sync::Value::text(unit.hex())));
            for (const RecordId& task : tasks) {
                scopes.insert(taskScope(task));
            }
        }
    }
    return std::vector<std::string>(scopes.begin(), scopes.end());
}

bool LedgerJudge::isOffice(const sync::EnrolmentControl& enrolment) const { return isOfficeRole(enrolment.role); }

Result<Judgement> LedgerJudge::judge(const sync::JudgedOp& op, Projection& state) const {
    const auto aside = [](Reason reason) { return Judgement{Verdict::aside, reason, 0}; };
    Succession succession(state);
    Asked asked{op, state, nullptr, nullptr, std::nullopt, std::nullopt, {}, &succession};
    asked.def = m_registers.find(op.key.registerName);
    asked.cell = asked.def != nullptr ? asked.def->cell(op.op.field) : nullptr;
    if (asked.cell == nullptr) {
        return aside(Reason::badValue);
    }
    asked.unit = keyId(op.key, "unit");
    asked.task = op.key.registerName == "task" ? std::optional(op.op.record) : keyId(op.key, "task");
    HZ_TRY(const Reason misfit, fits(asked));
    if (misfit != Reason::none) {
        return aside(misfit);
    }
    HZ_TRY(const bool isKnown, areReferencesKnown(asked));
    if (!isKnown) {
        return aside(Reason::unknownRecord);
    }
    HZ_TRY(const bool isCircle, closesCircle(asked));
    if (isCircle) {
        return aside(Reason::badValue);
    }
    HZ_TRY(asked.authorUnit, unitOf(op.author, state));
    HZ_TRY(const bool isHeld, holdsScopeOf(asked));
    HZ_TRY(const bool isAllowed, isHeld ? hasRight(asked) : Result<bool>(false));
    if (!isAllowed) {
        return aside(Reason::noRight);
    }
    HZ_TRY(const sync::Rank rank, rankOf(asked));
    HZ_TRY(const Reason closed, closedReason(asked));
    if (closed != Reason::none) {
        return Judgement{Verdict::aside, closed, rank};
    }
    return Judgement{Verdict::accepted, Reason::none, rank};
}

Result<Reason> LedgerJudge::fits(const Asked& asked) const {
    const schema::RecordKey key{asked.op.key.registerName, asked.op.key.fields};
    if (!schema::validateKey(*asked.def, key) || !asked.cell->merge) {
        return Reason::badValue;
    }
    if (!isKindOf(*asked.cell->merge, asked.op.op.kind)) {
        return Reason::wrongKind;
    }
    if (!schema::validate(*asked.cell, asked.op.op.value)) {
        return Reason::badValue;
    }
    const std::string& scope = asked.op.scope;
    switch (asked.def->scope) {
    case schema::ScopeRule::county:
        return scope == kCommonScope ? Reason::none : Reason::noRight;
    case schema::ScopeRule::unit: {
        const bool isNamed = keyText(asked.op.key, "scope") == scope;
        const bool isUnits = asked.unit && scope == unitScope(*asked.unit);
        const bool isTasks = asked.task && scope == taskScope(*asked.task);
        return isNamed && (isUnits || isTasks) ? Reason::none : Reason::noRight;
    }
    case schema::ScopeRule::ofRecord: {
        const auto target = keyId(asked.op.key, "record");
        if (!target) {
            return Reason::badValue;
        }
        HZ_TRY(const std::optional<sync::RecordRow> record, asked.state.store().record(*target));
        if (!record) {
            return Reason::unknownRecord;
        }
        return record->scope == scope && keyText(asked.op.key, "scope") == scope ? Reason::none : Reason::noRight;
    }
    case schema::ScopeRule::restricted: {
        const bool isOwn = scope == restrictedScope(asked.def->name) && keyText(asked.op.key, "scope") == scope;
        return isOwn ? Reason::none : Reason::noRight;
    }
    }
    return Reason::badValue;
}

Result<bool> LedgerJudge::areReferencesKnown(const Asked& asked) const {
    const auto isKnown = [&](const FieldDef& field, const sync::Value& value) -> Result<bool> {
        const auto text = value.asText();
        if (field.type != schema::FieldType::reference || !text || text->empty()) {
            return true;
        }
        const auto id = RecordId::fromHexText(*text);
        HZ_TRY(const std::optional<sync::RecordRow> record,
               id ? asked.state.store().record(*id) : Result<std::optional<sync::RecordRow>>(std::nullopt));
        return record && (field.target == schema::kAnyRegister || field.target == record->key.registerName);
    };
    for (const auto& [fieldName, value] : asked.op.key.fields) {
        const FieldDef* field = asked.def->keyField(fieldName);
        HZ_TRY(const bool known, field != nullptr ? isKnown(*field, value) : Result<bool>(false));
        if (!known) {
            return false;
        }
    }
    return asked.op.op.kind == OpKind::remove ? Result<bool>(true) : isKnown(*asked.cell, asked.op.op.value);
}

// No unit comes from itself.
Result<bool> LedgerJudge::closesCircle(const Asked& asked) const {
    const bool isNaming = asked.op.key.registerName == "unit" && asked.op.op.field == kPredecessorsCell &&
                          asked.op.op.kind == OpKind::add;
    const auto named = isNaming ? RecordId::fromHexText(asked.op.op.value.asText().value_or("")) : std::nullopt;
    if (!named) {
        return false;
    }
    HZ_TRY(const std::set<RecordId> past, asked.succession->past(*named));
    return past.contains(asked.op.op.record);
}

// What scopesOf() says, asked for one scope. A device that has learned that it holds a scope no more stops the
// edit there; one that has not writes on, and the county sets it aside.
Result<bool> LedgerJudge::holdsScopeOf(const Asked& asked) const {
    const sync::EnrolmentControl& author = asked.op.author;
    if (author.role == kCountyRole) {
        return true;
    }
    HZ_TRY(const bool hasLeft, isEnded(asked.state.store(), author.person));
    if (hasLeft) {
        return false;
    }
    if (!holdsByUnit(author.role) || asked.op.scope == kCommonScope) {
        return true;
    }
    if (const auto unit = idInScope(asked.op.scope, kUnitScope)) {
        return asked.succession->mayActFor(asked.authorUnit, *unit);
    }
    const auto task = idInScope(asked.op.scope, kTaskScope);
    return task ? isUnitOfTask(asked, *task, kUnitRoles) : Result<bool>(false);
}

Result<bool> LedgerJudge::isUnitOfTask(const Asked& asked, const RecordId& task,
                                       std::span<const std::string_view> roles) const {
    for (const std::string_view role : roles) {
        HZ_TRY(const std::vector<sync::Value> units, asked.state.elements(task, role));
        for (const sync::Value& element : units) {
            const auto unit = RecordId::fromHexText(element.asText().value_or(""));
            HZ_TRY(const bool isOne,
                   unit ? asked.succession->mayActFor(asked.authorUnit, *unit) : Result<bool>(false));
            if (isOne) {
                return true;
            }
        }
    }
    return false;
}

Result<bool> LedgerJudge::hasRight(const Asked& asked) const {
    if (asked.op.author.role == "county") {
        return true;
    }
    if (asked.op.author.role == "supervisor" || asked.op.author.role == "auditor") {
        return false;  // they only read
    }
    if (asked.op.op.field == schema::kDeletedCell) {
        return mayDelete(asked);
    }
    if (asked.op.op.field == schema::kAdmittedCell) {
        return isOfficeRole(asked.op.author.role);
    }
    // Whoever counts counts towards a task that is his unit's.
    if (asked.op.key.registerName == kTallyRegister && asked.task) {
        HZ_TRY(const bool hasPart, isUnitOfTask(asked, *asked.task, kUnitRoles));
        if (!hasPart) {
            return false;
        }
    }
    // What the office has answered stays what it was asked; of two askings at once it says which stands.
    if (asked.op.key.registerName == kExtensionRegister && asked.cell->isWritableBy(Writer::ownUnit) &&
        !isOfficeRole(asked.op.author.role)) {
        HZ_TRY(const std::optional<sync::Value> decision, asked.state.shown(asked.op.op.record, "decision"));
        if (decision) {
            return false;
        }
    }
    for (const Writer writer : asked.cell->write) {
        HZ_TRY(const bool isOne, isWriter(writer, asked));
        if (isOne) {
            return true;
        }
    }
    return false;
}

Result<bool> LedgerJudge::isWriter(Writer writer, const Asked& asked) const {
    const sync::EnrolmentControl& author = asked.op.author;
    const auto isOneOfTask = [&](std::span<const std::string_view> roles) -> Result<bool> {
        return asked.task && writesForUnit(author.role) ? isUnitOfTask(asked, *asked.task, roles)
                                                        : Result<bool>(false);
    };
    switch (writer) {
    case Writer::office: return isOfficeRole(author.role);
    case Writer::ownUnit:
        return asked.unit && writesForUnit(author.role) ? asked.succession->mayActFor(asked.authorUnit, *asked.unit)
                                                        : Result<bool>(false);
    case Writer::leadUnit: return isOneOfTask(std::span(kUnitRoles).first(1));
    case Writer::taskUnit: return isOneOfTask(kUnitRoles);
    case Writer::checker: return author.role == "checker";
    case Writer::author: {
        HZ_TRY(const std::vector<sync::LiveRow> rows, asked.state.store().liveOf(asked.op.op.record));
        return std::all_of(rows.begin(), rows.end(),
                           [&](const sync::LiveRow& row) { return row.person == asked.op.op.person; });
    }
    }
    return false;
}

Result<bool> LedgerJudge::mayDelete(const Asked& asked) const {
    for (const schema::DeleteRule& rule : asked.def->deleteRules) {
        HZ_TRY(const bool isOne, isWriter(rule.by, asked));
        if (!isOne) {
            continue;
        }
        switch (rule.when) {
        case schema::DeleteWhen::always: return true;
        case schema::DeleteWhen::unsubmitted: {
            HZ_TRY(const std::vector<sync::Value> submitted, asked.state.elements(asked.op.op.record, "submitted"));
            HZ_TRY(const Hash now, fingerprintOf(asked.state, asked.op.op.record));
            const bool isSubmitted = std::any_of(submitted.begin(), submitted.end(), [&](const sync::Value& value) {
                return value.asText() == std::string_view(now.hex());
            });
            if (!isSubmitted) {
                return true;
            }
            break;
        }
        case schema::DeleteWhen::authored: {
            HZ_TRY(const bool isAuthor, isWriter(Writer::author, asked));
            if (isAuthor) {
                return true;
            }
            break;
        }
        }
    }
    return false;
}

// Only what a unit reports is bound to its window and ledger; the office goes on. A tally without a window is
// bound to the ledger alone.
Result<Reason> LedgerJudge::closedReason(const Asked& asked) const {
    const bool isReport = asked.op.key.registerName == "filing" || asked.op.key.registerName == kTallyRegister;
    const bool isOfUnit = asked.cell->isWritableBy(Writer::ownUnit) || asked.op.op.field == schema::kDeletedCell;
    if (isOfficeRole(asked.op.author.role) || !isReport || !isOfUnit) {
        return Reason::none;
    }
    const auto window = keyId(asked.op.key, "window");
    HZ_TRY(const std::optional<sync::Value> state,
           window ? asked.state.shown(*window, "state") : Result<std::optional<sync::Value>>(std::nullopt));
    if (state && state->asText() == "closed") {
        HZ_TRY(const bool hasTime, hasMoreTime(asked, *window));
        if (!hasTime) {
            return Reason::windowClosed;
        }
    }
    HZ_TRY(const std::optional<sync::RecordRow> windowRecord,
           window ? asked.state.store().record(*window) : Result<std::optional<sync::RecordRow>>(std::nullopt));
    HZ_TRY(const std::optional<sync::RecordRow> taskRecord,
           asked.task ? asked.state.store().record(*asked.task) : Result<std::optional<sync::RecordRow>>(std::nullopt));
    for (const auto& of : {windowRecord, taskRecord}) {
        const auto ledger = of ? keyId(of->key, "ledger") : std::nullopt;
        HZ_TRY(const std::optional<sync::Value> ledgerState,
               ledger ? asked.state.shown(*ledger, "state") : Result<std::optional<sync::Value>>(std::nullopt));
        if (ledgerState && ledgerState->asText() == "closed") {
            return Reason::sealed;
        }
    }
    return Reason::none;
}

// Whoever was granted more time goes on after the others' window has closed, with a report it took over too. By which
// day is measured where lateness is: a judgement knows no day.
Result<bool> LedgerJudge::hasMoreTime(const Asked& asked, const RecordId& window) const {
    if (!asked.unit || !asked.task) {
        return false;
    }
    HZ_TRY(const StandingExtension extension,
           longestExtension(asked.state, *asked.succession, *asked.task, *asked.unit, window));
    return !extension.grantedTo.empty();
}

Result<sync::Rank> LedgerJudge::rankOf(const Asked& asked) const {
    if (isOfficeRole(asked.op.author.role)) {
        return kOfficeRank;
    }
    HZ_TRY(const bool isLead, isWriter(Writer::leadUnit, asked));
    return isLead ? kLeadRank : kOtherRank;
}

Result<Hash> fingerprintOf(Projection& state, const RecordId& filing) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, state.read(filing));
    return fingerprintOf(state, reading.value_or(sync::RecordReading{}));
}

Hash fingerprintOf(Projection& state, const sync::RecordReading& filing) {
    nlohmann::json parts = nlohmann::json::object();
    for (const std::string_view field : {"text", "status", "percent", "done_count", "evidence"}) {
        if (const auto cell = filing.cells.find(field); cell != filing.cells.end()) {
            parts[std::string(field)] = dumpForm(state.rules().ruleOf(filing.record.key.registerName, field), cell->second);
        }
    }
    return state.history().suite().hash({viewOf(parts.dump())});
}

}  // namespace hezhang::ledger
