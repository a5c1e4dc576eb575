// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/register_def.h"

#include <algorithm>

namespace hezhang::schema {

// Long enough for a written reason beside the op id.
static constexpr std::size_t kAdmittedLengthMax = 1000;

static FieldDef makeDeletedCell() {
    FieldDef field;
    field.name = kDeletedCell;
    field.title = {"已删除", "Deleted"};
    field.type = FieldType::boolean;
    field.merge = sync::MergeRule::keepBoth;
    return field;
}

static FieldDef makeAdmittedCell() {
    FieldDef field;
    field.name = kAdmittedCell;
    field.title = {"准予采用", "Admitted"};
    field.merge = sync::MergeRule::set;
    field.maxLength = kAdmittedLengthMax;
    field.write = {Writer::office};
    field.isInDump = false;
    return field;
}

static const FieldDef* fieldNamed(const std::vector<FieldDef>& fields, std::string_view name) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const FieldDef& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

bool FieldDef::acceptsEmpty() const {
    if (valueClassOf(type) != sync::Value::Class::text) {
        return false;
    }
    return isFixed() ? isOptional : !isSet();
}

bool FieldDef::isWritableBy(Writer writer) const {
    return std::find(write.begin(), write.end(), writer) != write.end();
}

const Choice* FieldDef::choice(std::string_view value) const {
    const auto found =
        std::find_if(choices.begin(), choices.end(), [&](const Choice& one) { return one.value == value; });
    return found == choices.end() ? nullptr : &*found;
}

const FieldDef* RegisterDef::cell(std::string_view cellName) const {
    static const FieldDef deleted = makeDeletedCell();
    static const FieldDef admitted = makeAdmittedCell();
    if (cellName == kDeletedCell) {
        return &deleted;
    }
    if (cellName == kAdmittedCell) {
        return &admitted;
    }
    return fieldNamed(cells, cellName);
}

const FieldDef* RegisterDef::keyField(std::string_view fieldName) const {
    return fieldNamed(key, fieldName);
}

bool isBuiltInCell(std::string_view name) {
    return name == kDeletedCell || name == kAdmittedCell;
}

}  // namespace hezhang::schema
