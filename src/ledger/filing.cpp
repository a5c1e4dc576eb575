// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/filing.h"

#include "schema/record_validator.h"
#include "src/ledger/drafts.h"
#include "src/ledger/names.h"
#include "src/ledger/one_transaction.h"

namespace hezhang::ledger {

using nlohmann::json;
using sync::OpKind;

namespace {

struct Change {
    std::string field;
    OpKind kind = OpKind::assign;
    json value;
    std::optional<std::vector<std::string>> seen;
};

Result<bool> write(Home& home, const sync::RecordKey& key, const std::vector<Change>& changes) {
    bool isLate = false;
    for (const Change& change : changes) {
        EditRequest request;
        request.registerName = key.registerName;
        request.key = json::object();
        for (const auto& [name, value] : key.fields) {
            request.key[name] = schema::jsonFromValue(value);
        }
        request.field = change.field;
        request.kind = change.kind;
        request.json = change.value;
        request.seen = change.seen;
        HZ_TRY(const sync::EditAnswer answer, home.edit(request));
        isLate = isLate || answer.warning == sync::Reason::windowClosed;
    }
    return isLate;
}

}  // namespace

namespace {

struct FilingPlace {
    RecordId task;
    RecordId window;
};

// The key of a unit's filing where it is there or was begun as a draft; nullopt: neither.
Result<std::optional<sync::RecordKey>> begunKey(Home& home, const FilingPlace& place, const RecordId& unit) {
    HZ_TRY(const sync::RecordKey key,
           home.keyOf("filing", {{"task", place.task.hex()}, {"unit", unit.hex()}, {"window", place.window.hex()}}));
    HZ_TRY(const bool isGone, home.state().isGone(home.idOf(key)));
    if (!isGone) {
        return std::optional(key);
    }
    // A draft may have been begun before the task was shared, or while it was.
    HZ_TRY(const sync::ScopeState scopes, home.replica().scopeState());
    for (const std::string& scope : {keyText(key, "scope").value_or(""), unitScope(unit), taskScope(place.task)}) {
        const sync::RecordKey one = withScope(key, scope);
        HZ_TRY(const std::optional<Draft> draft, sync::holdsScope(scopes.held, scope)
                                                     ? loadDraft(home, draftSlot(home.idOf(one)))
                                                     : Result<std::optional<Draft>>(std::nullopt));
        if (draft) {
            return std::optional(one);
        }
    }
    return std::optional<sync::RecordKey>();
}

// The unit in whose name a new filing is begun.
Result<RecordId> unitToFileFor(Home& home, Succession& succession, const RecordId& task, const RecordId& unit) {
    HZ_TRY(const RecordId standing, succession.standing(unit));
    HZ_TRY(const std::set<RecordId> past, succession.actsFor(unit));
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(task));
    HZ_TRY(const std::set<RecordId> asked,
           reading ? standingUnitsOf(succession, *reading) : Result<std::set<RecordId>>(std::set<RecordId>{}));
    std::vector<RecordId> before;
    std::copy_if(asked.begin(), asked.end(), std::back_inserter(before),
                 [&](const RecordId& one) { return past.contains(one); });
    return asked.contains(standing) || before.size() != 1 ? standing : before.front();
}

}  // namespace

Result<sync::RecordKey> filingKey(Home& home, const RecordId& task, const RecordId& unit, const RecordId& window) {
    const FilingPlace place{task, window};
    Succession succession(home.state());
    HZ_TRY(const RecordId standing, succession.standing(unit));
    std::set<RecordId> tried;
    const auto begunBy = [&](const RecordId& one) {
        return tried.insert(one).second ? begunKey(home, place, one)
                                        : Result<std::optional<sync::RecordKey>>(std::nullopt);
    };
    for (const RecordId& one : {unit, standing}) {
        HZ_TRY(const auto begun, begunBy(one));
        if (begun) {
            return *begun;
        }
    }
    std::vector<sync::RecordKey> earlier;
    HZ_TRY(const std::set<RecordId> past, succession.actsFor(unit));
    for (const RecordId& one : past) {
        HZ_TRY(const RecordId now, succession.standing(one));
        HZ_TRY(const auto begun,
               now == standing ? begunBy(one) : Result<std::optional<sync::RecordKey>>(std::nullopt));
        if (begun) {
            earlier.push_back(*begun);
        }
    }
    if (earlier.size() == 1) {
        return earlier.front();
    }
    HZ_TRY(const RecordId name, unitToFileFor(home, succession, task, unit));
    HZ_TRY(const auto begun, begunBy(name));
    if (begun) {
        return *begun;
    }
    return home.keyOf("filing", {{"task", task.hex()}, {"unit", name.hex()}, {"window", window.hex()}});
}

Result<FilingAnswer> file(Home& home, const FilingRequest& request) {
    std::vector<Change> changes;
    if (request.text) {
        changes.push_back({"text", OpKind::assign, *request.text, {}});
    }
    if (request.status) {
        changes.push_back({"status", OpKind::assign, *request.status, {}});
    }
    if (request.percent) {
        changes.push_back({"percent", OpKind::assign, *request.percent, {}});
    }
    if (request.count) {
        changes.push_back({"done_count", OpKind::increment, *request.count, {}});
    }
    // The files first: what an edit names must be there when it is durable.
    for (const std::string& path : request.evidence) {
        HZ_TRY(const std::string name, home.addBlob(path));
        changes.push_back({"evidence", OpKind::add, name, {}});
    }
    for (Change& change : changes) {
        if (const auto seen = request.seen.find(change.field); seen != request.seen.end()) {
            change.seen = seen->second;
        }
    }
    if (changes.empty() && request.tallies.empty() && !request.isSubmitted) {
        return fail(ErrorCode::usage, "nothing to file: give a text, a status, a percent, a count, evidence or --submit");
    }
    return inOneTransaction(home, [&]() -> Result<FilingAnswer> {
        HZ_TRY(const sync::RecordKey key, filingKey(home, request.task, request.unit, request.window));
        FilingAnswer answer{home.idOf(key), false};
        for (TallyEdit edit : request.tallies) {
            edit.task = request.task;
            edit.unit = keyId(key, "unit").value_or(request.unit);
            edit.window = request.window;
            HZ_TRY(const RecordId counted, tally(home, edit));
            answer.record = changes.empty() && !request.isSubmitted ? counted : answer.record;
        }
        HZ_TRY(answer.isLate, write(home, key, changes));
        if (request.isSubmitted) {
            HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(answer.record));
            if (!reading || reading->isGone) {
                return fail(ErrorCode::badInput, "the filing is empty and cannot be submitted");
            }
            HZ_TRY(const Hash fingerprint, fingerprintOf(home.state(), answer.record));
            HZ_TRY(const bool isLate, write(home, key, {{"submitted", OpKind::add, fingerprint.hex(), {}}}));
            answer.isLate = answer.isLate || isLate;
        }
        if (request.draft) {
            HZ_CHECK(noteDraftDone(home, draftSlot(answer.record), *request.draft));
        }
        return answer;
    });
}

}  // namespace hezhang::ledger
