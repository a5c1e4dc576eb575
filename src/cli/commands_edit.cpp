// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "schema/record_validator.h"
#include "schema/text_rules.h"
#include "src/cli/batch.h"
#include "src/cli/commands.h"
#include "src/cli/references.h"
#include "src/ledger/names.h"

namespace hezhang::cli {

using ledger::EditRequest;
using ledger::Home;

// --- one cell ---

// Units and other references by their names, where the field is known; what is unknown the edit itself
// refuses.
static Result<std::string> cellText(Home& home, const RecordId& record, const std::string& field,
                                    const std::string& typed) {
    HZ_TRY(const auto row, home.store().record(record));
    const schema::RegisterDef* def = row ? home.registers().find(row->key.registerName) : nullptr;
    const schema::FieldDef* cell = def == nullptr ? nullptr : def->cell(field);
    return cell == nullptr ? typed : storedText(home, *cell, typed);
}

static Result<int> change(Call& call, sync::OpKind kind) {
    EditRequest request;
    request.kind = kind;
    request.field = call.args.operand(1);
    if (const auto seen = call.args.value("seen")) {
        request.seen = seenDots(*seen);
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(request.record, ledger::findRecord(home->state(), call.args.operand(0)));
    HZ_TRY(request.text, cellText(*home, *request.record, request.field, call.args.operand(2)));
    HZ_TRY(const sync::EditAnswer edit, home->edit(request));
    return call.answerEdit(edit);
}

static Result<int> set(Call& call) {
    return change(call, sync::OpKind::assign);
}
static Result<int> add(Call& call) {
    return change(call, sync::OpKind::add);
}
static Result<int> remove(Call& call) {
    return change(call, sync::OpKind::remove);
}
static Result<int> increment(Call& call) {
    return change(call, sync::OpKind::increment);
}

static Result<int> deleteRecord(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId record, ledger::findRecord(home->state(), call.args.operand(0)));
    HZ_TRY(const sync::EditAnswer edit, home->deleteRecord(record));
    return call.answerEdit(edit);
}

// --- a new record ---

namespace {

struct TypedField {
    std::string name;
    std::string text;
};

struct NewRecord {
    nlohmann::json key = nlohmann::json::object();
    std::vector<EditRequest> cells;
};

}  // namespace

static std::vector<TypedField> typedFields(std::span<const std::string> operands) {
    std::vector<TypedField> fields;
    for (const std::string& operand : operands) {
        const std::size_t equals = operand.find('=');
        fields.push_back({operand.substr(0, equals), operand.substr(equals + 1)});
    }
    return fields;
}

static sync::OpKind kindFor(const schema::FieldDef& cell) {
    if (cell.isSet()) {
        return sync::OpKind::add;
    }
    return cell.isCounter() ? sync::OpKind::increment : sync::OpKind::assign;
}

// Errors: usage for a field that is no set but stands twice.
static Result<void> checkRepeats(const schema::RegisterDef& def, const std::vector<TypedField>& fields) {
    std::set<std::string_view> seen;
    for (const TypedField& field : fields) {
        const schema::FieldDef* cell = def.cell(field.name);
        const bool mayRepeat = cell != nullptr && cell->isSet();
        if (!seen.insert(field.name).second && !mayRepeat) {
            return usage(schema::inQuotes(field.name) + " stands twice");
        }
    }
    return {};
}

static Result<NewRecord> newRecord(Home& home, const schema::RegisterDef& def,
                                   const std::vector<TypedField>& fields) {
    NewRecord record;
    for (const TypedField& typed : fields) {
        const schema::FieldDef* fixed = def.keyField(typed.name);
        const schema::FieldDef* field = fixed != nullptr ? fixed : def.cell(typed.name);
        if (field == nullptr) {
            return fail(ErrorCode::unknownField,
                        "register " + def.name + " has no field " + schema::inQuotes(typed.name));
        }
        HZ_TRY(const std::string text, storedText(home, *field, typed.text));
        if (fixed != nullptr) {
            HZ_TRY(const sync::Value value, schema::valueFromText(*field, text));
            record.key[typed.name] = schema::jsonFromValue(value);
            continue;
        }
        EditRequest request;
        request.registerName = def.name;
        request.field = typed.name;
        request.kind = kindFor(*field);
        request.text = text;
        record.cells.push_back(std::move(request));
    }
    return record;
}

// A record exists with its first op: one transaction, all cells or none.
static Result<RecordId> writeRecord(Home& home, NewRecord record) {
    RecordId id;
    HZ_CHECK(home.beginBatch());
    for (EditRequest& request : record.cells) {
        if (id.isNone()) {
            request.key = record.key;
        } else {
            request.record = id;
        }
        HZ_TRY(const sync::EditAnswer edit, home.edit(request));
        id = edit.record;
    }
    HZ_CHECK(home.commitBatch());
    return id;
}

static Result<int> create(Call& call) {
    const std::span<const std::string> operands = call.args.operands();
    const std::vector<TypedField> fields = typedFields(operands.subspan(1));
    HZ_TRY(Home* const home, call.home());
    const schema::RegisterDef* def = home->registers().find(operands[0]);
    if (def == nullptr) {
        return fail(ErrorCode::unknownRegister, "no register " + schema::inQuotes(operands[0]));
    }
    HZ_CHECK(checkRepeats(*def, fields));
    HZ_TRY(NewRecord record, newRecord(*home, *def, fields));
    if (record.cells.empty()) {
        return usage("a record begins with its first field beyond the key, and none is given");
    }
    HZ_TRY(const RecordId id, writeRecord(*home, std::move(record)));
    return call.answerRecord(id);
}

// --- many edits ---

static Result<int> edit(Call& call) {
    const std::string path = call.args.textOf("batch");
    const BatchOptions options{static_cast<std::size_t>(call.args.number("commit-every").value_or(1))};
    HZ_TRY(Home* const home, call.home());
    if (path == "-") {
        return runBatch(*home, call.io.in, options, call.io);
    }
    std::error_code ignored;
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, ignored)) {
        return fail(ErrorCode::fileNotFound, "cannot read " + schema::inQuotes(path));
    }
    return runBatch(*home, file, options, call.io);
}

std::vector<CommandSpec> editCommands() {
    const OptionSpec seen{"seen",         Takes::one, "DOT,…|none", "what the form showed when it was opened",
                          Need::optional, isSeen};
    return {
        {"new", "REGISTER FIELD=VALUE…", "a new record; a set's field may stand several times", {}, create},
        {"set", "RECORD FIELD VALUE", "write a field", {seen}, set},
        {"add", "RECORD FIELD VALUE", "add to a set", {seen}, add},
        {"remove", "RECORD FIELD VALUE", "take out of a set", {seen}, remove},
        {"increment", "RECORD FIELD N", "count up, or with a negative number down", {seen}, increment},
        {"delete", "RECORD", "delete a record", {}, deleteRecord},
        {"edit",
         "",
         "many edits as JSON lines, each answered when it is durable",
         {{"batch", Takes::one, "FILE|-", "where the lines are", Need::required, isNotEmpty},
          {"commit-every", Takes::one, "N", "lines a transaction (default 1)", Need::optional, isPositive}},
         edit},
    };
}

}  // namespace hezhang::cli
