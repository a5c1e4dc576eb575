// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/dump.h"

#include "schema/record_validator.h"

namespace hezhang::ledger {

using nlohmann::json;

json dumpForm(std::optional<sync::MergeRule> rule, const sync::CellReading& cell) {
    if (rule == sync::MergeRule::counter) {
        return cell.view.sum;
    }
    if (rule == sync::MergeRule::set) {
        json elements = json::array();
        for (const sync::Value& element : cell.view.elements) {
            elements.push_back(schema::jsonFromValue(element));
        }
        return elements;
    }
    if (cell.view.state != sync::CellState::conflict) {
        return schema::jsonFromValue(cell.view.shown);
    }
    json distinct = json::array();
    for (const sync::Value& value : cell.view.distinct) {
        distinct.push_back(schema::jsonFromValue(value));
    }
    return {{"conflict", distinct}, {"shown", schema::jsonFromValue(cell.view.shown)}};
}

json dumpFields(const schema::RegisterDef& def, const sync::RecordReading& reading) {
    json fields = json::object();
    for (const auto& [fieldName, value] : reading.record.key.fields) {
        const schema::FieldDef* field = def.keyField(fieldName);
        if (field != nullptr && field->isInDump) {
            fields[fieldName] = schema::jsonFromValue(value);
        }
    }
    for (const auto& [fieldName, cell] : reading.cells) {
        const schema::FieldDef* field = def.cell(fieldName);
        if (field != nullptr && field->isInDump && fieldName != schema::kDeletedCell) {
            fields[fieldName] = dumpForm(field->merge, cell);
        }
    }
    if (reading.deletion) {
        fields[std::string(schema::kDeletedCell)] = {{"conflict", {false, true}}, {"shown", false}};
    }
    return fields;
}

Result<void> dump(sync::Projection& state, const schema::Registers& registers, std::string_view scope,
                  const std::function<void(std::string_view)>& line) {
    return state.each("", [&](sync::RecordReading&& reading) -> Result<void> {
        const schema::RegisterDef* def = registers.find(reading.record.key.registerName);
        if (def == nullptr || reading.isGone || (!scope.empty() && reading.record.scope != scope)) {
            return {};
        }
        const json object{{"id", reading.record.id.hex()},
                          {"register", reading.record.key.registerName},
                          {"scope", reading.record.scope},
                          {"fields", dumpFields(*def, reading)}};
        line(object.dump() + "\n");
        return {};
    });
}

Result<Hash> digest(sync::Projection& state, const schema::Registers& registers, std::string_view scope) {
    // The suite hashes whole texts; a county's dump of a year is some megabytes.
    std::string text;
    HZ_CHECK(dump(state, registers, scope, [&](std::string_view line) { text += line; }));
    return state.history().suite().hash({viewOf(text)});
}

}  // namespace hezhang::ledger
