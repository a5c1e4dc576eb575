// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/field_context.h"

#include <algorithm>

namespace hezhang::ui {

using nlohmann::json;

static bool contains(const std::vector<std::string>& dots, const std::string& dot) {
    return std::find(dots.begin(), dots.end(), dot) != dots.end();
}

static void addMissing(std::vector<std::string>& dots, const std::vector<std::string>& more) {
    for (const std::string& dot : more) {
        if (!contains(dots, dot)) {
            dots.push_back(dot);
        }
    }
}

FieldContext FieldContext::of(const ledger::CellShown& shown) {
    return {shown.value, shown.seen, shown.live};
}

bool FieldContext::isNewer(const ledger::CellShown& now) const {
    return std::any_of(now.live.begin(), now.live.end(),
                       [&](const std::string& dot) { return !contains(known, dot); });
}

void FieldContext::look(const ledger::CellShown& now) {
    addMissing(seen, now.seen);
    addMissing(known, now.live);
}

json FieldContext::toJson() const {
    return {{"base", base}, {"seen", seen}, {"known", known}};
}

static std::optional<std::vector<std::string>> dotsFrom(const json& stored, const char* name) {
    std::vector<std::string> dots;
    if (!stored.contains(name) || !stored[name].is_array()) {
        return std::nullopt;
    }
    for (const json& dot : stored[name]) {
        if (!dot.is_string()) {
            return std::nullopt;
        }
        dots.push_back(dot.get<std::string>());
    }
    return dots;
}

std::optional<FieldContext> FieldContext::fromJson(const json& stored) {
    if (!stored.is_object() || !stored.contains("base")) {
        return std::nullopt;
    }
    auto seen = dotsFrom(stored, "seen");
    auto known = dotsFrom(stored, "known");
    return seen && known ? std::optional<FieldContext>({stored["base"], std::move(*seen), std::move(*known)})
                         : std::nullopt;
}

}  // namespace hezhang::ui
