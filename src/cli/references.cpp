// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/references.h"

#include "schema/record_validator.h"
#include "schema/text_rules.h"
#include "src/ledger/names.h"
#include "sync/base/check.h"

namespace hezhang::cli {

static Result<RecordId> findTarget(ledger::Home& home, std::string_view target, const std::string& typed) {
    if (target == "unit") {
        return ledger::findUnit(home.state(), typed);
    }
    if (target == "ledger") {
        return ledger::findLedger(home.state(), typed);
    }
    if (target == "task") {
        return ledger::findTask(home.state(), typed, "");
    }
    if (target == "window") {
        return ledger::findWindow(home.state(), typed, "");
    }
    return ledger::findRecord(home.state(), typed);
}

Result<std::string> storedText(ledger::Home& home, const schema::FieldDef& field, const std::string& typed) {
    if (field.type != schema::FieldType::reference || typed.empty() || RecordId::fromHexText(typed)) {
        return typed;
    }
    HZ_TRY(const RecordId found, findTarget(home, field.target, typed));
    return found.hex();
}

Result<std::string> storedChoice(std::string_view registerName, std::string_view cell,
                                 std::string_view typed) {
    const schema::RegisterDef* def = schema::Registers::builtIn().find(registerName);
    const schema::FieldDef* field = def == nullptr ? nullptr : def->cell(cell);
    HZ_ASSERT(field != nullptr);
    const auto value = schema::valueFromText(*field, typed);
    if (!value) {
        return fail(ErrorCode::usage, value.error().text);
    }
    return std::string(value->asText().value_or(""));
}

static bool isCalled(const sync::RecordReading& place, std::string_view typed) {
    const auto name = place.cells.find("name");
    return ledger::keyText(place.record.key, "first_name") == typed ||
           (name != place.cells.end() && name->second.view.shown.asText() == typed);
}

Result<RecordId> findPlace(ledger::Home& home, const RecordId& unit, const std::string& typed) {
    if (const auto id = RecordId::fromHexText(typed)) {
        return *id;
    }
    std::vector<RecordId> found;
    HZ_CHECK(home.state().each("place", [&](sync::RecordReading&& place) -> Result<void> {
        if (!place.isGone && ledger::keyId(place.record.key, "unit") == unit && isCalled(place, typed)) {
            found.push_back(place.record.id);
        }
        return {};
    }));
    if (found.empty()) {
        return ledger::findRecord(home.state(), typed);
    }
    if (found.size() > 1) {
        return fail(ErrorCode::ambiguous, schema::inQuotes(typed) + " names several places: " +
                                              found[0].hex() + ", " + found[1].hex());
    }
    return found.front();
}

Result<RecordId> findTaskWindow(ledger::Home& home, const RecordId& task, const std::string& typed) {
    HZ_TRY(const auto row, home.store().record(task));
    const auto ledgerId = row ? ledger::keyId(row->key, "ledger") : std::nullopt;
    return ledger::findWindow(home.state(), typed, ledgerId ? ledgerId->hex() : "");
}

// --- text ---

// More than any value may hold: the field's own limit says so later.
static constexpr std::size_t kInputBytesMax = 1024 * 1024;

static std::string withoutLastLineEnd(std::string text) {
    if (text.ends_with('\n')) {
        text.pop_back();
    }
    if (text.ends_with('\r')) {
        text.pop_back();
    }
    return text;
}

Result<std::string> typedText(const std::string& typed, std::istream& in) {
    if (typed != "-") {
        return typed;
    }
    std::string text(kInputBytesMax, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() == kInputBytesMax) {
        return fail(ErrorCode::tooLarge, "the text on standard input is too long");
    }
    return withoutLastLineEnd(std::move(text));
}

}  // namespace hezhang::cli
