// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A few units and tasks, written through a home: what programs that try damage and faults begin with.
#pragma once

#include "src/ledger/home.h"
#include "tests/support/store_box.h"

namespace hezhang::test {

inline constexpr const char* kUnits =
    "name,short_names,kind,parent\n甲镇,,town,\n乙镇,,town,\n县民政局,民政局,department,\n";
inline constexpr const char* kUrl = "http://127.0.0.1:9";  // where nobody listens

inline sync::EditAnswer set(ledger::Home& home, const RecordId& record, const std::string& field,
                            const std::string& text) {
    return must(home.edit({.record = record, .field = field, .text = text}));
}

inline RecordId newTask(ledger::Home& office, const std::string& ledgerId, int serial, const RecordId& unit) {
    ledger::EditRequest request{.registerName = "task", .key = {{"ledger", ledgerId}, {"serial", serial}}};
    request.field = "content";
    request.text = "公开第" + std::to_string(serial) + "项工作的进展情况。";
    const RecordId task = must(office.edit(request)).record;
    set(office, task, "item", "事项" + std::to_string(serial));
    must(
        office.edit({.record = task, .field = "responsible", .kind = sync::OpKind::add, .text = unit.hex()}));
    return task;
}

}  // namespace hezhang::test
