// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/filing.h"

#include "schema/record_validator.h"
#include "src/ledger/drafts.h"
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

Result<sync::RecordKey> filingKey(Home& home, const RecordId& task, const RecordId& unit, const RecordId& window) {
    return home.keyOf("filing", {{"task", task.hex()}, {"unit", unit.hex()}, {"window", window.hex()}});
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
    if (changes.empty() && !request.isSubmitted) {
        return fail(ErrorCode::usage, "nothing to file: give a text, a status, a percent, a count, evidence or --submit");
    }
    return inOneTransaction(home, [&]() -> Result<FilingAnswer> {
        HZ_TRY(const sync::RecordKey key, filingKey(home, request.task, request.unit, request.window));
        FilingAnswer answer{home.idOf(key), false};
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
